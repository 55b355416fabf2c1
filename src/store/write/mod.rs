//! Changing a file that others may be changing too, so that nothing of theirs is lost.
//!
//! ```text
//!            ┌──────────────── overtaken: again, on the fresh text ───────────────┐
//!            ▼                                                                     │
//! at rest ─► read ─► decide ─► same length:  overwrite its bytes, re-read ─────────┤
//! (snapshot.rs)                (mark.rs)                                           │
//!                              else: exchange with a new file, look what came out ─┤─► displaced: watch it for
//!                              (replace.rs)                                        │   a second (displaced.rs)
//!                              or rewrite in place, old text kept (in_place.rs) ───┘
//!                              where the file is hard-linked, cannot be replaced, or is held open by a writer (openers.rs)
//! ```
//!
//! The caller does not hand over a text but an intent: a function from the fresh text to an edit,
//! asked again whenever somebody else was faster. A mark keeps the length and so keeps the file:
//! whoever holds it open goes on writing into the same file. Only a writer that had read before us
//! and writes after us makes our change vanish; no scheme can prevent that.
//!
//! Knows nothing of what an edit means.

mod displaced;
mod in_place;
mod leftovers;
mod make;
mod mark;
mod metadata;
mod openers;
mod patience;
mod replace;
mod snapshot;
mod steps;
mod unmake;

pub use displaced::{Displaced, Settled};
pub use make::make;
pub use patience::Waiting;
pub use unmake::unmake;

use super::Failure;
use super::state::State;
use crate::text::{Edit, Splice, Text};
use mark::Mark;
use patience::Patience;
use snapshot::Snapshot;
use std::fmt;
use std::path::Path;
use std::time::SystemTime;

/// What was written.
#[derive(Debug)]
pub struct Written {
    /// The text that the edit was made on: what was on disk.
    pub before: Text,
    /// The text that is on disk now.
    pub after: Text,
    /// The file that ours took the place of, where it did. [`Displaced::settle`] it on a thread
    /// that may wait a second.
    pub displaced: Option<Displaced>,
}

/// Why nothing was written, or not what was wanted.
#[derive(Debug)]
pub enum WriteError<R> {
    /// The intent does not fit the text on disk.
    Refused(R),
    /// Others are writing the file: it does not come to rest, or it was rewritten whenever we
    /// wrote.
    Busy(Failure),
    /// The file cannot be read or written.
    Failed(Failure),
}

/// The two kinds of "not done", as the exit status tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// It could be done and is not to be done now: exit status 1.
    No,
    /// The file system does not allow it: exit status 3.
    CannotWrite,
}

impl<R> WriteError<R> {
    /// Returns the kind.
    pub fn class(&self) -> Class {
        match self {
            Self::Refused(_) | Self::Busy(_) => Class::No,
            Self::Failed(_) => Class::CannotWrite,
        }
    }

    /// Returns the failure, unless the intent itself was refused.
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Refused(_) => None,
            Self::Busy(failure) | Self::Failed(failure) => Some(failure),
        }
    }
}

impl<R: fmt::Display> fmt::Display for WriteError<R> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(reason) => reason.fmt(formatter),
            Self::Busy(failure) | Self::Failed(failure) => failure.fmt(formatter),
        }
    }
}

impl<R: fmt::Display + fmt::Debug> std::error::Error for WriteError<R> {}

/// Writes to `path` the edit that `decide` gives for the text found there, following links.
///
/// Waits until the file has been quiet for 20 ms, at most a second, and for a program that is in the
/// middle of writing it, at most three. `decide` is asked again with the fresh text whenever somebody
/// else wrote in between; an empty edit writes nothing and is success. Texts that must be kept for a
/// while go to the user's state.
pub fn write<R>(
    path: &Path,
    decide: impl FnMut(&Text) -> Result<Edit, R>,
) -> Result<Written, WriteError<R>> {
    write_telling(path, &(), decide)
}

/// Does what [`write()`] does, and tells `waiting` where that takes long.
pub fn write_telling<R>(
    path: &Path,
    waiting: &dyn Waiting,
    decide: impl FnMut(&Text) -> Result<Edit, R>,
) -> Result<Written, WriteError<R>> {
    match State::of_user() {
        Ok(state) => write_into(path, &state, waiting, decide),
        Err(failure) => Err(WriteError::Failed(failure)),
    }
}

/// Does what [`write()`] does, and keeps texts in `state`.
pub fn write_keeping<R>(
    path: &Path,
    state: &State,
    decide: impl FnMut(&Text) -> Result<Edit, R>,
) -> Result<Written, WriteError<R>> {
    write_into(path, state, &(), decide)
}

fn write_into<R>(
    path: &Path,
    state: &State,
    waiting: &dyn Waiting,
    mut decide: impl FnMut(&Text) -> Result<Edit, R>,
) -> Result<Written, WriteError<R>> {
    let patience = Patience::new(path, waiting);
    let mut overtaken: Option<Mark> = None;
    for attempt in 0..ATTEMPTS {
        let (snapshot, decided) = decide_at_rest(path, &patience, &mut decide)?;
        let is_there = decided.as_ref().is_ok_and(Edit::is_empty);
        if !is_there
            && let Some(mark) = &overtaken
            && let Some(failure) = mark.stray(&snapshot)
        {
            return Err(WriteError::Busy(failure));
        }
        let edit = decided.map_err(WriteError::Refused)?;
        if edit.is_empty() {
            return Ok(Written {
                before: snapshot.text.clone(),
                after: snapshot.text,
                displaced: None,
            });
        }
        let after = edit.apply(&snapshot.text);
        match put(&snapshot, &edit, &after, state, attempt)? {
            Outcome::Done(displaced) => {
                leftovers::sweep(&snapshot.real, state, SystemTime::now());
                return Ok(Written {
                    before: snapshot.text,
                    after,
                    displaced: displaced.map(|boxed| *boxed),
                });
            }
            Outcome::Overtaken => {
                overtaken = overwrites(&edit).then(|| Mark::new(&snapshot, edit, after));
            }
        }
    }
    Err(WriteError::Busy(Failure::new(
        path,
        format!(
            "was rewritten by another program {ATTEMPTS} times while it was being saved. Try again in a moment"
        ),
    )))
}

/// Reads the file at rest and lets it be decided. A program that is in the middle of writing it is
/// waited for, for half of a file is nothing to decide on: until it writes on to something that looks
/// whole and that the intent fits. A mark leaves all other bytes to whoever writes them.
fn decide_at_rest<R>(
    path: &Path,
    patience: &Patience<'_>,
    decide: &mut impl FnMut(&Text) -> Result<Edit, R>,
) -> Result<(Snapshot, Result<Edit, R>), Stop> {
    loop {
        let snapshot = Snapshot::take(path, patience)?;
        let decided = decide(&snapshot.text);
        let has_moved = patience.has_seen_writes(&snapshot.version);
        let is_whole = match &decided {
            Ok(edit) if edit.is_empty() || overwrites(edit) => true,
            Ok(_) => has_moved && !snapshot.looks_cut(),
            Err(_) => false,
        };
        // What is written is compared with the file once more; a refusal is not.
        let is_newest = || decided.is_ok() || snapshot.is_unchanged() && snapshot.is_at_path();
        if is_whole || !snapshot.is_unfinished() && is_newest() {
            return Ok((snapshot, decided));
        }
        if let Err(stop) = patience.pause() {
            let may_fit = decided.is_ok() || snapshot.looks_cut();
            return if may_fit {
                Err(stop)
            } else {
                Ok((snapshot, decided))
            };
        }
    }
}

/// How often an intent is tried before it is given up.
const ATTEMPTS: usize = 8;
/// How many of the attempts wait for a program that has the file open for writing; then it is one
/// that never closes it.
const WAITING_ATTEMPTS: usize = 4;

/// How one attempt went.
enum Outcome {
    /// The text is on disk; another file may have been displaced by it.
    Done(Option<Box<Displaced>>),
    /// Somebody else wrote meanwhile. Nothing of theirs is lost; ours is not certain to be there.
    Overtaken,
}

/// Why an attempt is not to be repeated.
enum Stop {
    Busy(Failure),
    Failed(Failure),
}

impl<R> From<Stop> for WriteError<R> {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Busy(failure) => Self::Busy(failure),
            Stop::Failed(failure) => Self::Failed(failure),
        }
    }
}

fn put(
    snapshot: &Snapshot,
    edit: &Edit,
    after: &Text,
    state: &State,
    attempt: usize,
) -> Result<Outcome, Stop> {
    if overwrites(edit) {
        return mark::overwrite(snapshot, edit, after);
    }
    if openers::is_open_for_writing(&snapshot.real) {
        return if attempt < WAITING_ATTEMPTS {
            Ok(Outcome::Overtaken)
        } else {
            in_place::rewrite(snapshot, after, state)
        };
    }
    match replace::replace(snapshot, after, state)? {
        Some(outcome) => Ok(outcome),
        None => in_place::rewrite(snapshot, after, state),
    }
}

/// The most bytes that one character has.
const CHARACTER: usize = 4;

/// Returns whether an edit only puts characters in the place of others, as a mark does: that is
/// written over the file in place. Longer texts are put in place as a whole, so that no half of one
/// can ever stand there.
fn overwrites(edit: &Edit) -> bool {
    let is_short = |splice: &Splice| splice.span.len() <= CHARACTER;
    edit.keeps_length() && edit.splices().iter().all(is_short)
}

#[cfg(test)]
mod tests;
