//! The board's own temporary files: how they are named, and what becomes of those that a killed
//! process left behind.
//!
//! Such a file holds the text that was displaced or the one that was about to be put in place. It
//! may be the only copy, so it is moved to the user's state and not just removed.

use super::steps::keep_text;
use crate::store::names::{TEMPORARY_PREFIX, TEMPORARY_SUFFIX, is_ours};
use crate::store::state::State;
use rustix::io::Errno;
use rustix::process::{Pid, test_kill_process};
use std::ffi::OsStr;
use std::fs::Permissions;
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};
use tempfile::NamedTempFile;

/// The age in seconds from which a file of a process that is gone is nobody's: also where the
/// process only seems to be gone, as one on another machine does, a write is over by then.
const STALE: i64 = 10;
/// The age in seconds from which any other file is nobody's. A process that was stopped in a write
/// may still go on.
const STALE_OF_UNKNOWN: i64 = 60 * 60;

/// Makes a temporary file in a folder, named after this process.
pub(super) fn make_temporary(folder: &Path, mode: Option<u32>) -> io::Result<NamedTempFile> {
    let prefix = format!("{TEMPORARY_PREFIX}{}-", std::process::id());
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(TEMPORARY_SUFFIX);
    if let Some(mode) = mode {
        builder.permissions(Permissions::from_mode(mode));
    }
    builder.tempfile_in(folder)
}

/// Takes away what killed processes left beside `file`, and keeps the texts in `state`.
pub(super) fn sweep(file: &Path, state: &State, now: SystemTime) {
    let seconds = now
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs().cast_signed());
    let folder = file.parent().map(std::fs::read_dir).into_iter().flatten();
    for entry in folder.flatten().flatten() {
        let name = entry.file_name();
        let changed = entry.metadata().map(|metadata| metadata.ctime());
        let is_stale = changed.is_ok_and(|changed| seconds - changed > age_of_stale(&name));
        if !is_ours(&name) || !is_stale {
            continue;
        }
        match keep_text(&entry.path(), &entry.path(), state) {
            Ok(kept) => tracing::info!(kept = %kept.display(), "a killed process left a text"),
            Err(failure) => tracing::warn!(%failure, "a temporary file stays behind"),
        }
    }
}

/// Returns the age in seconds from which a temporary file of this name is nobody's.
fn age_of_stale(name: &OsStr) -> i64 {
    let is_gone = process_of(name)
        .is_some_and(|process| test_kill_process(process).is_err_and(|error| error == Errno::SRCH));
    if is_gone { STALE } else { STALE_OF_UNKNOWN }
}

/// Returns the process that made a temporary file.
fn process_of(name: &OsStr) -> Option<Pid> {
    let rest = name.to_str()?.strip_prefix(TEMPORARY_PREFIX)?;
    let (process, _) = rest.split_once('-')?;
    Pid::from_raw(process.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    /// Returns a process that has ended.
    fn gone() -> u32 {
        let mut child = std::process::Command::new("true").spawn().unwrap();
        let process = child.id();
        child.wait().unwrap();
        process
    }

    #[test]
    fn what_a_killed_process_left_is_taken_away_and_its_text_kept() {
        let (gone, own) = (gone(), std::process::id());
        let minute = Duration::from_secs(60);
        for (name, age, is_swept) in [
            (format!(".specboard-{gone}-abc.tmp"), Duration::ZERO, false),
            (format!(".specboard-{gone}-abc.tmp"), minute, true),
            (format!(".specboard-{own}-abc.tmp"), minute, false),
            (format!(".specboard-{own}-abc.tmp"), minute * 120, true),
            (".specboard-abc.tmp".to_owned(), minute, false),
            (".specboard-abc.tmp".to_owned(), minute * 120, true),
            ("notes.tmp".to_owned(), minute * 120, false),
            (format!("specboard-{gone}-abc.tmp"), minute * 120, false),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let state = State::at(folder.path().join("state"));
            let (left, file) = (folder.path().join(&name), folder.path().join("tasks.md"));
            std::fs::write(&left, "- [ ] 1. The only copy\n").unwrap();
            std::fs::write(&file, "").unwrap();
            sweep(&file, &state, SystemTime::now() + age);
            assert_eq!(left.exists(), !is_swept, "{name} after {age:?}");
            let kept: Vec<String> = state
                .drafts()
                .iter()
                .map(|draft| std::fs::read_to_string(&draft.kept).unwrap())
                .collect();
            let expected = ["- [ ] 1. The only copy\n"];
            assert_eq!(kept, expected[..usize::from(is_swept)], "{name}");
            assert!(file.exists());
        }
    }

    #[test]
    fn a_temporary_file_tells_its_process() {
        let folder = tempfile::tempdir().unwrap();
        let file = make_temporary(folder.path(), None).unwrap();
        let name = file.path().file_name().unwrap();
        assert!(is_ours(name));
        assert_eq!(process_of(name), Some(rustix::process::getpid()));
    }
}
