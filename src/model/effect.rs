//! What an update asks for: a closed list of orders, carried out by the runtime.

use std::path::PathBuf;

use super::{Job, Ticket};
use crate::spec::change::Change;
use crate::store::{DocumentFile, Typed};
use crate::text::Text;

/// An order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Read something, and answer under its number.
    Ask(Ticket, Job),
    /// Unpack the bundled sample into a new folder, and open it.
    OpenSample,
    /// Write a change to a file.
    Write(Box<Write>),
    /// Give up the write that waits for another program.
    GiveUpWrite,
    /// Keep what is being typed outside the repository.
    KeepDraft(Box<Draft>),
    /// Keep a draft that an earlier board left, by its name, as the one of a ticket.
    TakeDraft(String, u64),
    /// Remove a draft that an earlier board left, by its name.
    RemoveDraft(String),
    /// Open a file at a line, from 0, in the user's own editor, and come back.
    EditOutside(PathBuf, usize),
    /// Leave a draft to the next board that is started.
    LeaveDraft(u64),
    /// Drop the draft of an edit, by its ticket: it is written, or not wanted.
    DropDraft(u64),
    /// Send a message after a while without a key. Replaces an earlier order for the same deadline.
    Wait(Deadline),
    /// Forget a deadline.
    Forget(Deadline),
    /// Draw everything again, as on a terminal of which nothing is known, and compare every file that was
    /// read with its version on disk.
    Redraw,
    /// Tell the user something while the terminal has no focus.
    Alert(String),
    /// Put a text onto the clipboard of the terminal, where that allows it.
    Copy(String),
    /// Stop as ctrl-z does, and come back.
    Suspend,
}

/// The moments that a key starts and that pass once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deadline {
    /// 100 ms of rest, then what follows the cursor is shown.
    Rest,
    /// 400 ms after a prefix, then its pop-up is shown.
    Prefix,
    /// A second after something was typed into an edit, then it is kept as a draft.
    Draft,
}

/// What is being typed, to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What the edit is called, for as long as the board runs.
    pub ticket: u64,
    /// What was typed, and where.
    pub typed: Typed,
    /// The text that it was typed over.
    pub base: Text,
}

/// One action: changes to one file or several, all or none, and what they are for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    /// The changes, each of another file.
    pub parts: Vec<FileChange>,
    /// What asked for it.
    pub origin: Origin,
    /// What the history calls it; none for a change that is new.
    pub name: Option<String>,
}

/// A change to one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// The folder of the feature.
    pub feature: PathBuf,
    /// The file.
    pub file: DocumentFile,
    /// The change.
    pub change: Change,
}

impl Write {
    /// Returns the part that changes a file.
    pub fn part(&self, file: &DocumentFile) -> Option<&FileChange> {
        self.parts.iter().find(|part| part.file == *file)
    }
}

/// What asked for a write: it decides where the history goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The user, directly.
    User,
    /// Undo: the entry moves to what can be redone.
    Undo,
    /// Redo: the entry moves back.
    Redo,
}
