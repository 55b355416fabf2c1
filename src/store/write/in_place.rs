//! Rewriting a file where it stands, for files that cannot be replaced: hard-linked ones, those in
//! a folder that is closed to us, and those that a program holds open for writing all the time.
//!
//! For a moment the file holds neither text whole, so the old one is kept as a draft until the new
//! one has been read back.

use super::snapshot::Snapshot;
use super::{Outcome, Stop};
use crate::store::Failure;
use crate::store::state::{Draft, State};
use crate::text::Text;
use std::io;
use std::os::unix::fs::FileExt;

/// Writes this text over the one held, and reads it back.
pub(super) fn rewrite(snapshot: &Snapshot, after: &Text, state: &State) -> Result<Outcome, Stop> {
    let draft = state
        .keep_draft(&snapshot.path, &snapshot.text)
        .map_err(Stop::Failed)?;
    if !snapshot.is_unchanged() || !snapshot.is_at_path() {
        drop_draft(state, &draft);
        return Ok(Outcome::Overtaken);
    }
    if let Err(error) = overwrite(snapshot, &snapshot.text, after) {
        return Err(take_back(snapshot, after, &error, state, &draft));
    }
    if !snapshot.holds(after) || !snapshot.is_at_path() {
        let message = format!(
            "another program wrote it at the same moment. Look at it; the earlier text is kept in {}",
            draft.kept.display()
        );
        return Err(Stop::Busy(Failure::new(&snapshot.path, message)));
    }
    snapshot
        .file
        .sync_all()
        .map_err(|error| snapshot.cannot_write(&error))?;
    drop_draft(state, &draft);
    Ok(Outcome::Done(None))
}

/// Changes `from` to `to`: what is the same at the start is not written again.
fn overwrite(snapshot: &Snapshot, from: &Text, to: &Text) -> io::Result<()> {
    let same = from
        .bytes()
        .iter()
        .zip(to.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    reserve(snapshot, from.len(), to.len())?;
    snapshot
        .file
        .write_all_at(&to.bytes()[same..], same as u64)?;
    snapshot.file.set_len(to.len() as u64)
}

/// Claims the space for a longer text first, so that a full disk is noticed before a byte is
/// changed.
#[cfg(target_os = "linux")]
fn reserve(snapshot: &Snapshot, from: usize, to: usize) -> io::Result<()> {
    use rustix::fs::FallocateFlags;
    use rustix::io::Errno;
    if to <= from {
        return Ok(());
    }
    match rustix::fs::fallocate(
        &snapshot.file,
        FallocateFlags::KEEP_SIZE,
        from as u64,
        (to - from) as u64,
    ) {
        Err(Errno::OPNOTSUPP | Errno::NOSYS) | Ok(()) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn reserve(_held: &Snapshot, _from: usize, _to: usize) -> io::Result<()> {
    Ok(())
}

fn take_back(
    snapshot: &Snapshot,
    after: &Text,
    error: &io::Error,
    state: &State,
    draft: &Draft,
) -> Stop {
    if overwrite(snapshot, after, &snapshot.text).is_ok() && snapshot.holds(&snapshot.text) {
        drop_draft(state, draft);
        return snapshot.cannot_write(error);
    }
    let mut failure = Failure::writing(&snapshot.path, error);
    failure.message.push_str(&format!(
        ". The earlier text is kept in {}",
        draft.kept.display()
    ));
    Stop::Failed(failure)
}

fn drop_draft(state: &State, draft: &Draft) {
    if let Err(failure) = state.drop_draft(draft) {
        tracing::warn!(%failure, "a draft stays behind");
    }
}
