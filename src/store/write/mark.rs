//! Overwriting bytes of a file where they stand: the file, its links, owner and attributes stay,
//! and it needs no space.
//!
//! Between the last look and the write lies about a microsecond. A program that begins to rewrite
//! this very file in it may get our byte into its text; re-reading finds that, and it is reported
//! with its line.

use super::snapshot::Snapshot;
use super::{Outcome, Stop};
use crate::store::Failure;
use crate::text::{Edit, Splice, Text};
use std::io;
use std::os::unix::fs::FileExt;

/// Writes an edit that keeps the length, and reads it back.
pub(super) fn overwrite(snapshot: &Snapshot, edit: &Edit, after: &Text) -> Result<Outcome, Stop> {
    if !snapshot.is_unchanged() {
        return Ok(Outcome::Overtaken);
    }
    write_splices(snapshot, edit).map_err(|error| snapshot.cannot_write(&error))?;
    let is_done = snapshot.holds(after) && snapshot.is_at_path();
    Ok(if is_done {
        Outcome::Done(None)
    } else {
        Outcome::Overtaken
    })
}

/// Writes all splices or, where one fails, none.
fn write_splices(snapshot: &Snapshot, edit: &Edit) -> io::Result<()> {
    for (index, splice) in edit.splices().iter().enumerate() {
        if let Err(error) = write_splice(snapshot, splice) {
            for written in &edit.invert(&snapshot.text).splices()[..=index] {
                write_splice(snapshot, written)?;
            }
            return Err(error);
        }
    }
    Ok(())
}

fn write_splice(snapshot: &Snapshot, splice: &Splice) -> io::Result<()> {
    snapshot
        .file
        .write_all_at(&splice.insert, splice.span.start as u64)
}

/// What an overtaken attempt wrote, to find out whether it hit somebody else's text.
pub(super) struct Mark {
    place: (u64, u64),
    edit: Edit,
    after: Text,
}

impl Mark {
    pub(super) fn new(snapshot: &Snapshot, edit: Edit, after: Text) -> Self {
        Self {
            place: snapshot.version.place,
            edit,
            after,
        }
    }

    /// Says where our bytes stand in a line that is not the one we wrote, as far as can be told:
    /// the byte may be theirs by chance.
    pub(super) fn stray(&self, snapshot: &Snapshot) -> Option<Failure> {
        if snapshot.version.place != self.place {
            return None;
        }
        let fresh = &snapshot.text;
        let is_stray = |splice: &&Splice| {
            fresh.slice(splice.span) == splice.insert
                && line(fresh, splice.span.start) != line(&self.after, splice.span.start)
        };
        let splice = self.edit.splices().iter().find(is_stray)?;
        let number = fresh.line_at(splice.span.start) + 1;
        let written = String::from_utf8_lossy(&splice.insert).into_owned();
        let message = format!(
            "another program rewrote the file at the same moment; {written:?} in this line may be wrong. Look at the line"
        );
        Some(Failure {
            line: Some(number),
            ..Failure::new(&snapshot.path, message)
        })
    }
}

fn line(text: &Text, offset: usize) -> &[u8] {
    text.lines()
        .get(text.line_at(offset))
        .map_or(&[], |line| text.slice(line.whole))
}
