//! What the board keeps for its user outside the repository: remembered places, and texts that must
//! not be lost.
//!
//! Knows nothing of what is remembered; the callers name it. Losing this folder loses no spec.

use super::Failure;
use crate::text::Text;
use etcetera::BaseStrategy;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::ffi::OsString;
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

/// The folder in which the board keeps its user's state. It is made when something is first kept.
#[derive(Clone, Debug)]
pub struct State {
    dir: PathBuf,
}

/// A text that is kept until what became of it is certain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Where the text itself lies, byte for byte.
    pub kept: PathBuf,
    /// The file that it belongs to.
    pub of: PathBuf,
}

/// Returns where the user's configuration is read from: `specboard/config.toml` in
/// `$XDG_CONFIG_HOME`, else in `~/.config`. It need not exist.
///
/// # Errors
///
/// Returns that there is no home folder.
pub fn config_file() -> Result<PathBuf, Failure> {
    let homeless = |_| {
        let reason = "cannot be found: set HOME or XDG_CONFIG_HOME";
        Failure::new(Path::new("~"), reason)
    };
    let base = etcetera::choose_base_strategy().map_err(homeless)?;
    Ok(base.config_dir().join("specboard/config.toml"))
}

impl State {
    /// Returns the user's own: `specboard` in `$XDG_STATE_HOME`, else in `~/.local/state`.
    pub fn of_user() -> Result<Self, Failure> {
        let homeless = |_| {
            Failure::new(
                Path::new("~"),
                "cannot be found: set HOME or XDG_STATE_HOME",
            )
        };
        let base = etcetera::choose_base_strategy().map_err(homeless)?;
        let dir = base
            .state_dir()
            .unwrap_or_else(|| base.home_dir().join(".local/state"));
        Ok(Self::at(dir.join("specboard")))
    }

    /// Returns one in a folder of the caller's choice.
    pub fn at(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into() }
    }

    /// Returns the folder.
    pub fn folder(&self) -> &Path {
        &self.dir
    }

    /// Returns what was saved under `name`; nothing where nothing was. What cannot be understood is
    /// a failure.
    pub fn load<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Failure> {
        let path = self.place(name);
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Failure::reading(&path, &error)),
        };
        serde_json::from_slice(&bytes).map(Some).map_err(|error| {
            Failure::new(
                &path,
                format!("cannot be understood: {error}. Remove it to start afresh"),
            )
        })
    }

    /// Saves `value` under `name`: whole or not at all.
    pub fn save<T: Serialize>(&self, name: &str, value: &T) -> Result<(), Failure> {
        let path = self.place(name);
        let bytes = serde_json::to_vec_pretty(value)
            .map_err(|error| Failure::writing(&path, &io::Error::other(error)))?;
        put(&path, &bytes)
    }

    /// Keeps `text`, which belongs to the file `of`, until [`State::drop_draft`].
    pub fn keep_draft(&self, of: &Path, text: &Text) -> Result<Draft, Failure> {
        let of = std::path::absolute(of).unwrap_or_else(|_| of.to_path_buf());
        let kept = self.dir.join("drafts").join(draft_name(&of));
        put(&place_file(&kept), of.as_os_str().as_bytes())?;
        put(&kept, text.bytes())?;
        Ok(Draft { kept, of })
    }

    /// Drops a draft that is no longer needed.
    pub fn drop_draft(&self, draft: &Draft) -> Result<(), Failure> {
        let removed = std::fs::remove_file(&draft.kept)
            .and_then(|()| std::fs::remove_file(place_file(&draft.kept)));
        removed.map_err(|error| Failure::writing(&draft.kept, &error))
    }

    /// Returns every draft that was neither dropped nor taken up, in no order that means anything.
    pub fn drafts(&self) -> Vec<Draft> {
        let entries = std::fs::read_dir(self.dir.join("drafts"))
            .into_iter()
            .flatten()
            .flatten();
        entries
            .map(|entry| entry.path())
            .filter_map(|kept| {
                let of = std::fs::read(place_file(&kept)).ok()?;
                Some(Draft {
                    kept,
                    of: PathBuf::from(OsString::from_vec(of)),
                })
            })
            .collect()
    }

    fn place(&self, name: &str) -> PathBuf {
        self.dir.join(format!("{name}.json"))
    }
}

/// Writes `files` (relative path and bytes) into the folder `dir`, which is made where it is
/// missing.
///
/// A path that leads out of `dir` is a failure. Files that are there already are overwritten.
pub fn unpack(files: &[(&str, &[u8])], dir: &Path) -> Result<(), Failure> {
    for (name, bytes) in files {
        let path = dir.join(name);
        if !Path::new(name)
            .components()
            .all(|component| matches!(component, Component::Normal(_)))
        {
            return Err(Failure::new(
                &path,
                "is not unpacked: its path leads out of the folder",
            ));
        }
        put(&path, bytes)?;
    }
    Ok(())
}

/// Writes `files` into the folder `name` inside a new one that only its user can enter and that is
/// kept, with `prefix` at the start of its name. Returns the folder with the files.
pub fn unpack_anew(files: &[(&str, &[u8])], prefix: &str, name: &str) -> Result<PathBuf, Failure> {
    let made = tempfile::Builder::new().prefix(prefix).tempdir();
    let folder = made
        .map_err(|error| Failure::writing(&std::env::temp_dir(), &error))?
        .keep()
        .join(name);
    unpack(files, &folder)?;
    Ok(folder)
}

/// Opens a file to write to its end, and makes it where there is none.
pub fn append_to(path: &Path) -> Result<File, Failure> {
    let opened = File::options().append(true).create(true).open(path);
    opened.map_err(|error| Failure::writing(path, &error))
}

/// Puts a file in place in one step, with the folders above it. Only its user can read it.
pub(super) fn put(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let dir = path.parent().unwrap_or(path);
    let put = || -> io::Result<()> {
        std::fs::create_dir_all(dir)?;
        let mut file = tempfile::NamedTempFile::new_in(dir)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    };
    put().map_err(|error| Failure::writing(path, &error))
}

/// Where a draft says to which file it belongs.
fn place_file(kept: &Path) -> PathBuf {
    let mut name = kept.as_os_str().to_os_string();
    name.push(".place");
    PathBuf::from(name)
}

/// A name that shows the file's own and is never given twice.
fn draft_name(of: &Path) -> OsString {
    let mut hasher = DefaultHasher::new();
    (of, SystemTime::now(), std::process::id()).hash(&mut hasher);
    let mut name = OsString::from(format!("{:016x}-", hasher.finish()));
    name.push(of.file_name().unwrap_or_default());
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn state() -> (tempfile::TempDir, State) {
        let folder = tempfile::tempdir().unwrap();
        let state = State::at(folder.path().join("not/yet/there"));
        (folder, state)
    }

    #[test]
    fn what_was_saved_is_loaded() {
        let (_folder, state) = state();
        assert_eq!(state.load::<u32>("place"), Ok(None));
        for value in [BTreeMap::from([("a", 1)]), BTreeMap::new()] {
            state.save("place", &value).unwrap();
            let loaded: BTreeMap<String, u32> = state.load("place").unwrap().unwrap();
            assert_eq!(
                loaded,
                value
                    .into_iter()
                    .map(|(key, value)| (key.to_owned(), value))
                    .collect()
            );
        }
    }

    #[test]
    fn what_cannot_be_understood_is_a_reason() {
        let (_folder, state) = state();
        state.save("place", &"text").unwrap();
        let failure = state.load::<u32>("place").unwrap_err();
        assert!(
            failure.message.contains("Remove it to start afresh")
                && failure.path.ends_with("place.json"),
            "{failure}"
        );
    }

    #[test]
    fn drafts_keep_their_bytes_and_their_file_until_dropped() {
        let (_folder, state) = state();
        let text = Text::new(&b"\xff\r\n\0"[..]);
        let first = state
            .keep_draft(Path::new("/x/a\u{1b}b/tasks.md"), &text)
            .unwrap();
        let second = state
            .keep_draft(Path::new("/x/a\u{1b}b/tasks.md"), &text)
            .unwrap();
        assert_eq!(std::fs::read(&first.kept).unwrap(), text.bytes());
        state.drop_draft(&first).unwrap();
        assert_eq!(state.drafts(), [second]);
    }

    #[test]
    fn unpacking_never_leaves_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("demo");
        unpack(
            &[(".kiro/specs/a/tasks.md", b"- [ ] 1. A\r\n"), ("b", b"")],
            &dir,
        )
        .unwrap();
        assert_eq!(
            std::fs::read(dir.join(".kiro/specs/a/tasks.md")).unwrap(),
            b"- [ ] 1. A\r\n"
        );
        for outside in ["../x", "/tmp/x", "a/../../x"] {
            assert!(unpack(&[(outside, b"")], &dir).is_err(), "{outside}");
        }
        assert!(!folder.path().join("x").exists());
    }
}
