//! What can be undone and redone: changes by name, across files, held as intents so that they survive changes from outside.

use std::path::PathBuf;

use crate::spec::change::Change;
use crate::store::DocumentFile;

/// One step back or forward.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What was done, for messages: "2.3 done".
    pub name: String,
    /// The folder of the feature.
    pub feature: PathBuf,
    /// The file.
    pub file: DocumentFile,
    /// The change that goes this step.
    pub change: Change,
}

/// The steps back and the steps forward, the nearest last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// What undo takes back.
    pub undo: Vec<Entry>,
    /// What redo does again.
    pub redo: Vec<Entry>,
}
