//! What can be undone and redone: changes by name, across files, held as intents so that they
//! survive changes from outside.

use std::collections::VecDeque;

use super::{FileChange, Write};

/// One step back or forward.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What was done, for messages: "2.3 done".
    pub name: String,
    /// The changes that go this step, each of another file.
    pub parts: Vec<FileChange>,
}

/// Something that waits until what is being written stands on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Take back what was written last.
    Undo,
    /// Do again what was taken back last.
    Redo,
    /// A new change, behind one of those.
    Write(Write),
}

/// The steps back and the steps forward, the nearest last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// What undo takes back.
    pub undo: Vec<Entry>,
    /// What redo does again.
    pub redo: Vec<Entry>,
    /// What waits for its turn, the next first.
    pub waiting: VecDeque<Step>,
}
