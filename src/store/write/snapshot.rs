//! A file found at rest, open for writing, with the text it held then.
//!
//! Decides nothing about what is written.

use super::Stop;
use super::openers::is_open_for_writing;
use super::patience::Patience;
use crate::store::read::{self, Version};
use crate::store::{Failure, version};
use crate::text::{LineEnding, Text};
use rustix::fs::OFlags;
use std::fs::{File, Metadata};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long to wait for a file to come to rest.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long a program that has a file open may be silent before it is taken for one that has written
/// all of it.
const SILENCE: Duration = Duration::from_secs(10);

/// An open file, its text, and the version that both belong to.
pub(super) struct Snapshot {
    /// The path as it was given.
    pub(super) path: PathBuf,
    /// The file that the path leads to, without links.
    pub(super) real: PathBuf,
    pub(super) file: File,
    pub(super) metadata: Metadata,
    pub(super) version: Version,
    pub(super) text: Text,
}

impl Snapshot {
    /// Waits for the file to come to rest, opens and reads it.
    pub(super) fn take(path: &Path, patience: &Patience<'_>) -> Result<Self, Stop> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let version = rest(path, deadline, patience)?;
            if let Some(snapshot) = Self::open(path, version)? {
                return Ok(snapshot);
            }
        }
    }

    /// Opens and reads the file if it is still in this version.
    fn open(path: &Path, version: Version) -> Result<Option<Self>, Stop> {
        let opened = path
            .canonicalize()
            .and_then(|real| Ok((read::open(&real, OFlags::RDWR)?, real)));
        let (file, real) = match opened {
            Ok(opened) => opened,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Stop::Failed(Failure::writing(path, &error))),
        };
        let failed = |error: io::Error| Stop::Failed(Failure::reading(path, &error));
        let metadata = file.metadata().map_err(failed)?;
        read::refuse_unfit(path, &metadata).map_err(Stop::Failed)?;
        if Version::of(&metadata) != version {
            return Ok(None);
        }
        let text = Text::new(contents(&file, metadata.len()).map_err(failed)?);
        let snapshot = Self {
            path: path.to_path_buf(),
            real,
            file,
            metadata,
            version,
            text,
        };
        Ok(snapshot.is_unchanged().then_some(snapshot))
    }

    /// Returns whether nobody has written to the open file since it was read.
    pub(super) fn is_unchanged(&self) -> bool {
        self.file
            .metadata()
            .is_ok_and(|metadata| Version::of(&metadata) == self.version)
    }

    /// Returns whether the text ends as one does that is not written to its end: within a line, or
    /// before the first.
    pub(super) fn looks_cut(&self) -> bool {
        self.text
            .lines()
            .last()
            .is_none_or(|line| line.ending == LineEnding::None)
    }

    /// Returns whether another program seems to be in the middle of writing the file: it has it open,
    /// and wrote to it a moment ago.
    pub(super) fn is_unfinished(&self) -> bool {
        let modified = self.metadata.modified().ok();
        let silence = modified.map(|time| time.elapsed().unwrap_or_default());
        let is_silent = silence.is_some_and(|silence| silence >= SILENCE);
        !is_silent && is_open_for_writing(&self.real)
    }

    /// Returns whether the path still leads to the open file.
    pub(super) fn is_at_path(&self) -> bool {
        version(&self.path).is_ok_and(|version| version.place == self.version.place)
    }

    /// Returns whether the open file holds exactly these bytes.
    pub(super) fn holds(&self, text: &Text) -> bool {
        contents(&self.file, text.len() as u64).is_ok_and(|bytes| bytes == text.bytes())
    }

    pub(super) fn cannot_write(&self, error: &io::Error) -> Stop {
        Stop::Failed(Failure::writing(&self.path, error))
    }
}

/// Waits until the file at `path` has not changed for a moment, and gives its version.
///
/// An empty file is waited for until the deadline: most often its writer has cut it and is about to
/// write, which a busy disk was seen to put off by most of a second. One that is empty only now,
/// after it was written in the meantime, is not at rest.
fn rest(path: &Path, deadline: Instant, patience: &Patience<'_>) -> Result<Version, Stop> {
    let first = version(path);
    let mut seen = first.clone();
    loop {
        patience.pause()?;
        let now = version(path);
        let is_late = Instant::now() >= deadline;
        let may_be_empty = is_late && first == now;
        match now {
            Ok(version) if seen.as_ref() == Ok(&version) && (version.size > 0 || may_be_empty) => {
                return Ok(version);
            }
            Err(failure) if seen.is_err() => return Err(Stop::Failed(failure)),
            _ => {}
        }
        if is_late {
            return Err(patience.busy());
        }
        seen = now;
    }
}

/// Reads an open file from its start, wherever it was read or written before.
pub(super) fn contents(file: &File, expected: u64) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; usize::try_from(expected.min(read::LARGEST)).unwrap_or(0) + 1];
    let mut filled = 0;
    loop {
        if filled == bytes.len() {
            bytes.resize(filled * 2, 0);
        }
        match file.read_at(&mut bytes[filled..], filled as u64) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    bytes.truncate(filled);
    Ok(bytes)
}
