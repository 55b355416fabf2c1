//! What was being typed and is not written yet, kept in the user's state folder until it is.
//!
//! Knows nothing of what the text means. A draft belongs to the program that keeps it: as long as
//! that runs nobody else is offered it, so that two boards on one workspace leave each other alone.
//! Each draft is three files: what was typed, the bytes that it was typed over, and a lock.

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};
use serde::{Deserialize, Serialize};

use super::state::{State, put};
use super::{Failure, read};
use crate::text::Text;

/// What was being typed, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// The file, as bytes, for it need not be UTF-8.
    file: Vec<u8>,
    /// What was being edited, for messages: "task 2.3".
    pub name: String,
    /// The first line that was being edited, from 0, of the text below it.
    pub first_line: usize,
    /// The line behind the last one.
    pub end_line: usize,
    /// The blanks that were taken off each line.
    pub indent: String,
    /// The lines as typed.
    pub lines: Vec<String>,
    /// The line of the caret, and its byte in that line.
    pub caret: (usize, usize),
    /// When it was kept, in seconds since 1970.
    pub at: i64,
}

/// A draft that a program left behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftDraft {
    /// The name by which it is dropped: short, without blanks.
    pub id: String,
    /// What was typed.
    pub typed: Typed,
    /// The text that it was typed over.
    pub base: Text,
    /// What its file said when the draft was found; none where that could not be read.
    pub fresh: Option<Text>,
}

/// The drafts of one user.
#[derive(Clone, Debug)]
pub struct Drafts {
    dir: PathBuf,
}

/// A draft that this program keeps. Nobody else is offered it before this value is gone.
#[derive(Debug)]
pub struct KeptDraft {
    dir: PathBuf,
    id: String,
    _lock: File,
}

impl Typed {
    /// Makes what was typed into a file.
    pub fn new(file: &Path, name: String, lines: Vec<String>) -> Self {
        Self {
            file: file.as_os_str().as_bytes().to_vec(),
            name,
            first_line: 0,
            end_line: 0,
            indent: String::new(),
            lines,
            caret: (0, 0),
            at: 0,
        }
    }

    /// Returns the file.
    pub fn file(&self) -> PathBuf {
        PathBuf::from(OsString::from_vec(self.file.clone()))
    }
}

impl Drafts {
    /// Returns the drafts in a user's state.
    pub fn of(state: &State) -> Self {
        Self {
            dir: state.folder().join("typed"),
        }
    }

    /// Begins a draft over `base`, and holds it for this program.
    pub fn begin(&self, base: &Text) -> Result<KeptDraft, Failure> {
        let made = std::fs::create_dir_all(&self.dir).and_then(|()| self.new_lock());
        let (id, lock) = made.map_err(|error| Failure::writing(&self.dir, &error))?;
        put(&part(&self.dir, &id, "base"), base.bytes())?;
        Ok(KeptDraft {
            dir: self.dir.clone(),
            id,
            _lock: lock,
        })
    }

    /// Returns what programs that run no more have left behind, the oldest first. A draft that
    /// cannot be understood is left out and left alone.
    pub fn left(&self) -> Vec<LeftDraft> {
        let entries = std::fs::read_dir(&self.dir).into_iter().flatten().flatten();
        let ids = entries.filter_map(|entry| id_of(&entry.path()));
        let mut left: Vec<_> = ids.filter_map(|id| self.read_left(id)).collect();
        left.sort_by(|one, other| (one.typed.at, &one.id).cmp(&(other.typed.at, &other.id)));
        left
    }

    /// Takes over a draft that was left behind, so that this program keeps it from now on. None
    /// where another program has been faster.
    pub fn take_up(&self, id: &str) -> Option<KeptDraft> {
        let lock = free_lock(&part(&self.dir, id, "lock"))?;
        Some(KeptDraft {
            dir: self.dir.clone(),
            id: id.to_owned(),
            _lock: lock,
        })
    }

    /// Drops a draft that was left behind. Returns whether there was one that nobody holds.
    pub fn drop_left(&self, id: &str) -> Result<bool, Failure> {
        match self.take_up(id) {
            Some(kept) => kept.remove().map(|()| true),
            None => Ok(false),
        }
    }

    fn read_left(&self, id: String) -> Option<LeftDraft> {
        let _held = free_lock(&part(&self.dir, &id, "lock"))?;
        let bytes = std::fs::read(part(&self.dir, &id, "json")).ok()?;
        let base = std::fs::read(part(&self.dir, &id, "base")).ok()?;
        let typed: Typed = serde_json::from_slice(&bytes).ok()?;
        let fresh = read(&typed.file()).ok();
        Some(LeftDraft {
            fresh: fresh.map(|(text, _)| text),
            typed,
            base: Text::new(base),
            id,
        })
    }

    /// Makes a lock with a name that is not taken, and holds it.
    fn new_lock(&self) -> io::Result<(String, File)> {
        let lock = tempfile::Builder::new()
            .prefix("")
            .rand_bytes(8)
            .suffix(".lock")
            .tempfile_in(&self.dir)?;
        let (file, path) = lock.keep().map_err(|error| error.error)?;
        flock(&file, FlockOperation::NonBlockingLockExclusive)?;
        let id = path.file_stem().unwrap_or_default();
        Ok((id.to_string_lossy().into_owned(), file))
    }
}

impl KeptDraft {
    /// Returns the name by which the draft is listed.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Keeps what stands now, whole or not at all. Only its user can read it.
    pub fn keep(&self, typed: &Typed) -> Result<(), Failure> {
        let path = part(&self.dir, &self.id, "json");
        let bytes = serde_json::to_vec(typed)
            .map_err(|error| Failure::writing(&path, &io::Error::other(error)))?;
        put(&path, &bytes)
    }

    /// Keeps the text that is typed over from now on, and what stands there now.
    pub fn rebase(&self, base: &Text, typed: &Typed) -> Result<(), Failure> {
        put(&part(&self.dir, &self.id, "base"), base.bytes())?;
        self.keep(typed)
    }

    /// Removes the draft: what was typed is written, or not wanted.
    pub fn remove(self) -> Result<(), Failure> {
        for what in ["json", "base", "lock"] {
            let path = part(&self.dir, &self.id, what);
            match std::fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(Failure::writing(&path, &error));
                }
                _ => {}
            }
        }
        Ok(())
    }
}

fn part(dir: &Path, id: &str, what: &str) -> PathBuf {
    dir.join(format!("{id}.{what}"))
}

/// Returns the id of the draft whose lock this is.
fn id_of(path: &Path) -> Option<String> {
    let is_lock = path
        .extension()
        .is_some_and(|extension| extension == "lock");
    let id = path.file_stem()?.to_string_lossy().into_owned();
    is_lock.then_some(id)
}

/// Holds a lock that nobody else holds.
fn free_lock(path: &Path) -> Option<File> {
    let file = File::open(path).ok()?;
    flock(&file, FlockOperation::NonBlockingLockExclusive).ok()?;
    Some(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn drafts() -> (tempfile::TempDir, Drafts) {
        let folder = tempfile::tempdir().unwrap();
        let drafts = Drafts::of(&State::at(folder.path().join("not/yet")));
        (folder, drafts)
    }

    fn typed(words: &str) -> Typed {
        Typed::new(
            Path::new("/x/tasks.md"),
            "task 1".to_owned(),
            vec![words.to_owned()],
        )
    }

    #[test]
    fn a_draft_is_offered_only_when_its_keeper_is_gone() {
        let (_folder, drafts) = drafts();
        let base = Text::new(&b"\xff\r\n"[..]);
        let kept = drafts.begin(&base).unwrap();
        kept.keep(&typed("half a sen")).unwrap();
        kept.keep(&typed("half a sentence")).unwrap();
        assert_eq!(drafts.left(), []);
        let id = kept.id().to_owned();
        drop(kept);
        let left = drafts.left();
        assert_eq!(left.len(), 1);
        assert_eq!(
            (&left[0].base, &left[0].typed),
            (&base, &typed("half a sentence"))
        );
        assert_eq!(left[0].typed.file(), Path::new("/x/tasks.md"));
        let again = drafts.take_up(&id).unwrap();
        assert!(drafts.left().is_empty() && drafts.take_up(&id).is_none());
        again.remove().unwrap();
        assert_eq!(drafts.left(), []);
    }

    #[test]
    fn two_keepers_do_not_share_a_draft() {
        let (_folder, drafts) = drafts();
        let (one, two) = (drafts.begin(&Text::new("a")), drafts.begin(&Text::new("b")));
        let (one, two) = (one.unwrap(), two.unwrap());
        one.keep(&typed("one")).unwrap();
        two.keep(&typed("two")).unwrap();
        one.remove().unwrap();
        drop(two);
        let left = drafts.left();
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].typed, typed("two"));
        assert_eq!(drafts.drop_left(&left[0].id), Ok(true));
        assert_eq!(drafts.drop_left(&left[0].id), Ok(false));
    }

    #[test]
    fn only_its_user_can_read_a_draft() {
        let (_folder, drafts) = drafts();
        let kept = drafts.begin(&Text::new("a")).unwrap();
        kept.keep(&typed("secret")).unwrap();
        for what in ["json", "base", "lock"] {
            let path = part(&drafts.dir, kept.id(), what);
            let mode = std::fs::metadata(path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{what}");
        }
    }

    #[test]
    fn what_cannot_be_understood_is_left_out_and_left_alone() {
        let (_folder, drafts) = drafts();
        let kept = drafts.begin(&Text::new("a")).unwrap();
        let path = part(&drafts.dir, kept.id(), "json");
        std::fs::write(&path, "{").unwrap();
        drop(kept);
        assert_eq!(drafts.left(), []);
        assert!(path.exists());
    }
}
