//! Making a file that is not there yet, whole or not at all.

use std::io::{ErrorKind, Write};
use std::path::Path;

use super::leftovers::make_temporary;
use super::steps::sync_folder;
use crate::store::Failure;
use crate::text::Text;

/// Makes a file with a text, and its folder where that was deleted. Returns whether it did: where
/// something stands at the path already nothing is done.
///
/// # Errors
///
/// Where the folder does not allow it.
pub fn make(path: &Path, text: &Text) -> Result<bool, Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let failed = |error: &std::io::Error| Failure::writing(path, error);
    if !folder.exists() {
        std::fs::create_dir(folder).map_err(|error| failed(&error))?;
    }
    let mut new = make_temporary(folder, Some(0o666)).map_err(|error| failed(&error))?;
    new.write_all(text.bytes())
        .and_then(|()| new.as_file().sync_all())
        .map_err(|error| failed(&error))?;
    match new.persist_noclobber(path) {
        Ok(_) => {
            sync_folder(path);
            Ok(true)
        }
        Err(refused) if refused.error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(refused) => Err(failed(&refused.error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_made_only_where_there_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tasks.md");
        assert!(make(&path, &Text::new("one\n")).unwrap());
        assert!(!make(&path, &Text::new("other\n")).unwrap());
        assert_eq!(std::fs::read(&path).unwrap(), b"one\n");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        let deleted = folder.path().join("deleted/tasks.md");
        assert!(make(&deleted, &Text::new("one\n")).unwrap());
        assert_eq!(std::fs::read(&deleted).unwrap(), b"one\n");
        assert!(make(&folder.path().join("none/below/tasks.md"), &Text::new("")).is_err());
    }
}
