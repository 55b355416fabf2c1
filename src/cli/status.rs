//! How a command ends: its exit status, and why it ends early.

use std::io;
use std::process::ExitCode;

use crate::store::{Failure, NoRoot};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Done.
    Done,
    /// "No": a finding, a conflict, a file that does not come to rest.
    No,
    /// The arguments make no sense here.
    BadUsage,
    /// Something cannot be read or written.
    NoAccess,
    /// The board ended with this exit status, which may tell of a signal.
    Ended(u8),
}

impl Status {
    /// Returns the exit status of the process.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::No => 1,
            Self::BadUsage => 2,
            Self::NoAccess => 3,
            Self::Ended(status) => status,
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status.code())
    }
}

/// Why a command ends early.
#[derive(Debug)]
pub(super) enum Stop {
    /// There is something to say. The first line says what is wrong; the others are what could be
    /// meant.
    Said(Status, Vec<String>),
    /// The reader of the answer is gone, or there is no room for it.
    Unwritten(io::Error),
}

impl Stop {
    /// Ends with one sentence.
    pub(super) fn new(status: Status, sentence: impl Into<String>) -> Self {
        Self::Said(status, vec![sentence.into()])
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Unwritten(error)
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::new(Status::NoAccess, failure.to_string())
    }
}

impl From<NoRoot> for Stop {
    fn from(reason: NoRoot) -> Self {
        Self::new(Status::NoAccess, reason.to_string())
    }
}
