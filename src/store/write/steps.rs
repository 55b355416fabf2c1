//! The single steps of a write by replacement, each one call to the file system.

use super::snapshot::contents;
use crate::store::state::State;
use crate::store::{Failure, read, version};
use crate::text::Text;
use rustix::fs::{CWD, OFlags, RenameFlags};
use rustix::io::Errno;
use std::fs::File;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// Swaps two files in one step.
pub(super) fn exchange(one: &Path, other: &Path) -> Result<(), Errno> {
    rustix::fs::renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)
}

/// Makes what was renamed in this folder last, even after a loss of power.
pub(super) fn sync_folder(file: &Path) {
    let synced = file.parent().map_or(Ok(()), |folder| {
        read::open(folder, OFlags::RDONLY).and_then(|folder| folder.sync_all())
    });
    if let Err(error) = synced {
        tracing::warn!(file = %file.display(), %error, "the folder could not be synced");
    }
}

/// Returns whether our own file came out again, as we made it.
pub(super) fn is_untouched(ours: &File, out: &Path, after: &Text) -> bool {
    let is_ours = ours.metadata().is_ok_and(|metadata| {
        version(out).is_ok_and(|version| version.place == (metadata.dev(), metadata.ino()))
    });
    is_ours && contents(ours, after.len() as u64).is_ok_and(|bytes| bytes == after.bytes())
}

/// Moves the text of a file that has no place any more to the drafts of `path`.
pub(super) fn keep_text(path: &Path, out: &Path, state: &State) -> Result<PathBuf, Failure> {
    let (text, _) = read::read(out)?;
    let draft = state.keep_draft(path, &text)?;
    remove(out);
    Ok(draft.kept)
}

/// Removes a file of ours. Where that fails it stays behind: hidden, and in nobody's way.
pub(super) fn remove(ours: &Path) {
    if let Err(error) = std::fs::remove_file(ours) {
        tracing::warn!(file = %ours.display(), %error, "a temporary file stays behind");
    }
}
