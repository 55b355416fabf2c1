//! How long a write waits for other programs that write the same file, and who is told of it.
//!
//! Knows no file's text.

use super::Stop;
use crate::store::Failure;
use crate::store::read::Version;
use std::cell::{Cell, OnceCell};
use std::path::Path;
use std::time::{Duration, Instant};

/// How often a file is looked at, and how long it must not have changed to be at rest. Programs that
/// write in several steps take them within this time.
pub(super) const QUIET: Duration = Duration::from_millis(20);
/// From when on somebody is told.
const NEWS: Duration = Duration::from_millis(200);
/// How long one write waits in all.
const ALL: Duration = Duration::from_secs(3);

/// Somebody who waits for a write.
pub trait Waiting {
    /// Takes in that another program is still writing the file.
    fn waits(&self, path: &Path);
    /// Returns whether the write is to be given up.
    fn is_given_up(&self) -> bool;
}

/// Somebody who is not told, and waits to the end.
impl Waiting for () {
    fn waits(&self, _: &Path) {}

    fn is_given_up(&self) -> bool {
        false
    }
}

/// The wait of one write.
pub(super) struct Patience<'a> {
    path: &'a Path,
    waiting: &'a dyn Waiting,
    begun: Instant,
    is_told: Cell<bool>,
    /// The version that was found first.
    first: OnceCell<Version>,
}

impl<'a> Patience<'a> {
    pub(super) fn new(path: &'a Path, waiting: &'a dyn Waiting) -> Self {
        Self {
            path,
            waiting,
            begun: Instant::now(),
            is_told: Cell::new(false),
            first: OnceCell::new(),
        }
    }

    /// Waits for a moment, if there is one left.
    pub(super) fn pause(&self) -> Result<(), Stop> {
        let waited = self.begun.elapsed();
        if waited >= NEWS && !self.is_told.replace(true) {
            self.waiting.waits(self.path);
        }
        if waited >= ALL || self.waiting.is_given_up() {
            return Err(self.busy());
        }
        std::thread::sleep(QUIET);
        Ok(())
    }

    /// Returns whether the file was written to since it was found first.
    pub(super) fn has_seen_writes(&self, version: &Version) -> bool {
        self.first.get_or_init(|| *version) != version
    }

    /// Returns that the file does not come to rest.
    pub(super) fn busy(&self) -> Stop {
        Stop::Busy(Failure::new(
            self.path,
            "still being written by another program; try again in a moment",
        ))
    }
}
