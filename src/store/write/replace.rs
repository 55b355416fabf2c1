//! Replacing a file by another in one step, and putting back what should not have come out.
//!
//! Exchange, not rename: what was displaced is still there to be looked at. If somebody wrote
//! between our last look and the exchange, their file comes out, is put back, and the intent is
//! tried again on it.

use super::displaced::Displaced;
use super::leftovers::make_temporary;
use super::snapshot::Snapshot;
use super::steps::{exchange, is_untouched, keep_text, remove, sync_folder};
use super::{Outcome, Stop, metadata};
use crate::store::state::State;
use crate::store::{Failure, version};
use crate::text::Text;
use rustix::io::Errno;
use std::fs::File;
use std::io::{self, Write};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use tempfile::NamedTempFile;

/// Puts a new file with this text in the place of the one held; gives nothing where the file cannot
/// be replaced by its like.
pub(super) fn replace(
    snapshot: &Snapshot,
    after: &Text,
    state: &State,
) -> Result<Option<Outcome>, Stop> {
    if snapshot.metadata.nlink() > 1 {
        return Ok(None);
    }
    let Some(mut new) = prepare(snapshot, after)? else {
        return Ok(None);
    };
    if version(&snapshot.path) != Ok(snapshot.version) {
        return Ok(Some(Outcome::Overtaken));
    }
    match exchange(new.path(), &snapshot.real) {
        Ok(()) => {
            // From here on the temporary name holds a file of theirs: it must not vanish by itself.
            new.disable_cleanup(true);
            look_at_displaced(snapshot, new, after, state).map(Some)
        }
        Err(Errno::NOENT) => Ok(Some(Outcome::Overtaken)),
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => rename(snapshot, new).map(Some),
        Err(Errno::ACCESS | Errno::PERM) => Ok(None),
        Err(error) => Err(snapshot.cannot_write(&error.into())),
    }
}

/// Writes the new file beside the old one; gives nothing where the folder or the owner does not
/// allow that.
fn prepare(snapshot: &Snapshot, after: &Text) -> Result<Option<NamedTempFile>, Stop> {
    let folder = snapshot.real.parent().unwrap_or(&snapshot.real);
    let mut new = match make_temporary(folder, None) {
        Ok(new) => new,
        Err(error) if is_denied(&error) => return Ok(None),
        Err(error) => return Err(snapshot.cannot_write(&error)),
    };
    new.write_all(after.bytes())
        .map_err(|error| snapshot.cannot_write(&error))?;
    if let Err(error) = metadata::make_alike(new.as_file(), &snapshot.file, &snapshot.metadata) {
        tracing::info!(file = %snapshot.real.display(), %error, "no like file can be made; it is rewritten in place");
        return Ok(None);
    }
    new.as_file()
        .sync_all()
        .map_err(|error| snapshot.cannot_write(&error))?;
    Ok(Some(new))
}

fn is_denied(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
    )
}

/// Looks at what came out of the exchange: the text we had read, or somebody's newer one, which
/// goes back.
fn look_at_displaced(
    snapshot: &Snapshot,
    new: NamedTempFile,
    after: &Text,
    state: &State,
) -> Result<Outcome, Stop> {
    let (ours, out) = (new.as_file(), new.path());
    let is_what_we_read = version(out).is_ok_and(|version| version.place == snapshot.version.place)
        && snapshot.holds(&snapshot.text);
    if !is_what_we_read {
        return put_back(snapshot, ours, out, after, state);
    }
    sync_folder(&snapshot.real);
    let (ours, out) = new.into_parts();
    let out = out.to_path_buf();
    Ok(Outcome::Done(Some(Box::new(Displaced::new(
        snapshot, ours, out, after, state,
    )))))
}

/// Puts back what came out. If yet another file stands there by then, that one is newer and stays,
/// and the one in hand is kept.
fn put_back(
    snapshot: &Snapshot,
    ours: &File,
    out: &Path,
    after: &Text,
    state: &State,
) -> Result<Outcome, Stop> {
    exchange(out, &snapshot.real).map_err(|error| snapshot.cannot_write(&error.into()))?;
    if is_untouched(ours, out, after) {
        remove(out);
        return Ok(Outcome::Overtaken);
    }
    exchange(out, &snapshot.real).map_err(|error| snapshot.cannot_write(&error.into()))?;
    let kept = keep_text(&snapshot.path, out, state).map_err(Stop::Failed)?;
    let message = format!(
        "was rewritten twice by another program while it was being saved. The text in between is kept in {}",
        kept.display()
    );
    Err(Stop::Busy(Failure::new(&snapshot.path, message)))
}

/// The way without exchange: what is displaced cannot be looked at, so the last look must do.
fn rename(snapshot: &Snapshot, new: NamedTempFile) -> Result<Outcome, Stop> {
    tracing::warn!(file = %snapshot.real.display(), "this file system exchanges no files: replaced by rename");
    if !snapshot.is_unchanged() || !snapshot.is_at_path() {
        return Ok(Outcome::Overtaken);
    }
    new.persist(&snapshot.real)
        .map_err(|error| snapshot.cannot_write(&error.error))?;
    sync_folder(&snapshot.real);
    Ok(Outcome::Done(None))
}
