//! What can happen to the board: a closed list of messages, in the past tense.

use std::fmt;
use std::path::PathBuf;

use super::effect::Write;
use super::{Answer, Ticket};
use crate::spec::change::{Change, Marked, Refusal};
use crate::store::LeftDraft;
use crate::text::{Conflict, Text};

/// A key without the rest of a terminal's event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Which key.
    pub code: KeyCode,
    /// Whether ctrl was held.
    pub ctrl: bool,
}

/// Which key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyCode {
    /// A character as typed, shift included.
    Char(char),
    /// A key with a name: `enter`, `esc`, `tab`, `shift-tab`, `up`, `pgdn`, …
    Named(&'static str),
}

impl fmt::Display for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            out.write_str("ctrl-")?;
        }
        match self.code {
            KeyCode::Char(' ') => out.write_str("space"),
            KeyCode::Char(character) => write!(out, "{character}"),
            KeyCode::Named(name) => out.write_str(name),
        }
    }
}

/// A signal that ends or stops a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Asked to end, with the exit status that says so.
    End(u8),
    /// Asked to stop until it is continued.
    Stop,
    /// Continued after a stop that was not ours.
    Continue,
}

/// Something that was typed and waits to count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typing {
    /// A key.
    Key(Key),
    /// A pasted text.
    Paste(String),
}

/// What was done with the mouse, by columns and rows from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointed {
    /// A cell was clicked.
    Clicked((u16, u16)),
    /// The wheel was turned: towards the end for a positive number.
    Turned(isize),
    /// What is at one cell was dragged to another.
    Carried {
        /// Where it was.
        from: (u16, u16),
        /// Where it was let go.
        to: (u16, u16),
    },
}

/// Something that happened.
#[derive(Debug)]
pub enum Message {
    /// A key was pressed.
    Pressed(Key),
    /// Text was pasted.
    Pasted(String),
    /// The terminal lost the focus.
    Left,
    /// The terminal has the focus again.
    Returned,
    /// Something was done with the mouse.
    Pointed(Pointed),
    /// The terminal has another size now: columns and rows.
    Resized(u16, u16),
    /// The user has rested for a moment.
    Rested,
    /// A prefix has waited for its second key.
    Waited,
    /// Drafts of earlier boards were found.
    DraftsFound(Vec<LeftDraft>),
    /// Nothing was typed into an edit for a moment.
    Paused,
    /// Something was read that a job with this number asked for.
    Answered(Ticket, Answer),
    /// Files or folders changed on disk; those that are known are named.
    Changed(Vec<PathBuf>),
    /// A write waits for another program that is still writing this file.
    Waiting(PathBuf),
    /// The write that waits for another program is to be given up.
    GivenUp,
    /// A write was carried out, or not.
    Written(Box<Outcome>),
    /// A signal came.
    Signalled(Signal),
}

/// How a write went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What was to be written.
    pub write: Write,
    /// What was done, for each part of the write, or why nothing.
    pub result: Result<Vec<Done>, Unwritten>,
}

/// Why nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unwritten {
    /// The change does not fit what stands on disk now, and never will.
    Refused(String),
    /// The file could not be written now.
    Failed(String),
    /// Somebody else changed the same parts of the same lines: both changes, and a way to choose.
    Conflict(Box<Conflict>),
}

impl Unwritten {
    /// Returns the reason as a sentence.
    pub fn words(&self) -> String {
        match self {
            Self::Refused(words) | Self::Failed(words) => words.clone(),
            Self::Conflict(conflict) => Refusal::Conflict(conflict.clone()).to_string(),
        }
    }
}

impl From<Refusal> for Unwritten {
    fn from(reason: Refusal) -> Self {
        match reason {
            Refusal::Conflict(conflict) => Self::Conflict(conflict),
            reason => Self::Refused(reason.to_string()),
        }
    }
}

/// What a write did to one of its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The text that stands on disk now.
    pub after: Text,
    /// The lines of that text that the write changed, from 0.
    pub lines: Vec<usize>,
    /// The tasks that were marked.
    pub marked: Vec<Marked>,
    /// The lines on which the items that were moved stand now.
    pub targets: Vec<usize>,
    /// What has another number now: before and after.
    pub renamed: Vec<(String, String)>,
    /// The change that takes it back.
    pub inverse: Change,
}
