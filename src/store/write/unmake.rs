//! Taking a file away that the board itself made, as long as nobody else has written to it.

use std::path::Path;

use rustix::fs::{CWD, RenameFlags};

use super::leftovers::make_temporary;
use super::steps::{keep_text, sync_folder};
use crate::store::state::State;
use crate::store::{Failure, exists, read};
use crate::text::Text;

/// Takes away a file that says just `text`. Returns whether it is gone: one that says something else
/// stays.
///
/// # Errors
///
/// Where the file cannot be read, or the folder does not allow it.
pub fn unmake(path: &Path, text: &Text) -> Result<bool, Failure> {
    match read(path) {
        Ok((found, _)) if found == *text => take_aside(path, text),
        Ok(_) => Ok(false),
        Err(_) if !exists(path) => Ok(true),
        Err(failure) => Err(failure),
    }
}

/// Moves the file out of its place before it is removed: what others wrote between the look and this
/// step is seen there, and put back.
fn take_aside(path: &Path, text: &Text) -> Result<bool, Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let failed = |error: &std::io::Error| Failure::writing(path, error);
    let aside = make_temporary(folder, None).map_err(|error| failed(&error))?;
    let aside = aside.into_temp_path();
    std::fs::rename(path, &aside).map_err(|error| failed(&error))?;
    let is_same = read(&aside).is_ok_and(|(found, _)| found == *text);
    if is_same {
        aside.close().map_err(|error| failed(&error))?;
        sync_folder(path);
        return Ok(true);
    }
    // From here on it is somebody else's text, which no end of this function may remove.
    let aside = aside.keep().map_err(|error| failed(&error.error))?;
    if rustix::fs::renameat_with(CWD, &aside, CWD, path, RenameFlags::NOREPLACE).is_err() {
        keep_text(path, &aside, &State::of_user()?)?;
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_file_that_says_just_what_was_written_is_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tasks.md");
        let text = Text::new("- [ ] 1. One\n");
        for (now, is_gone) in [
            (Some("- [ ] 1. One\n"), true),
            (Some("- [x] 1. One\n"), false),
            (Some(""), false),
            (None, true),
        ] {
            let _ = std::fs::remove_file(&path);
            if let Some(now) = now {
                std::fs::write(&path, now).unwrap();
            }
            assert_eq!(unmake(&path, &text).unwrap(), is_gone, "{now:?}");
            let left = std::fs::read_to_string(&path).ok();
            assert_eq!(left.as_deref(), now.filter(|_| !is_gone));
            let count = std::fs::read_dir(folder.path()).unwrap().count();
            assert_eq!(count, usize::from(left.is_some()), "{now:?}");
        }
    }
}
