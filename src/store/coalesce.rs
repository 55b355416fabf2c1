//! Many small reports about files made into few: who wrote what, and when the writer was done.
//!
//! Knows no watcher and no clock; what is reported and what time it is comes from outside.

use super::ignored::is_ignored;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What changed on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Files whose bytes may differ; each may also be new or gone.
    pub paths: Vec<PathBuf>,
    /// Whether folders came or went, or reports were lost: list everything again, and compare it
    /// with what is known.
    pub rescan: bool,
}

/// One thing that happened to a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Happening {
    /// Somebody is writing the file.
    Written(PathBuf),
    /// A writer closed the file, or it got its name: nothing more is to come.
    Finished(PathBuf),
    /// The file lost its name. It may be on its way to come back, as many editors save.
    Gone(PathBuf),
    /// A folder came, went or changed its name, or something was missed.
    FoldersChanged,
}

/// How long a file that is written and not closed is waited for.
const PATIENCE: Duration = Duration::from_millis(500);

/// How long a file that went is waited for before it counts as gone.
const ABSENCE: Duration = Duration::from_millis(100);

/// What happened and is not reported yet.
#[derive(Debug, Default)]
pub(super) struct Coalescer {
    finished: BTreeSet<PathBuf>,
    /// Files that are still open, with the time at which they are reported nevertheless.
    written: BTreeMap<PathBuf, Instant>,
    /// Files that went, with the time at which they count as gone.
    gone: BTreeMap<PathBuf, Instant>,
    rescan: bool,
}

impl Coalescer {
    /// Takes in one thing that happened.
    pub(super) fn take(&mut self, happening: Happening, now: Instant) {
        match happening {
            Happening::Written(path) | Happening::Finished(path) | Happening::Gone(path)
                if path.file_name().is_some_and(is_ignored) => {}
            Happening::Written(path) => {
                self.gone.remove(&path);
                self.written.entry(path).or_insert(now + PATIENCE);
            }
            Happening::Gone(path) => {
                self.written.remove(&path);
                self.gone.insert(path, now + ABSENCE);
            }
            Happening::Finished(path) => {
                self.written.remove(&path);
                self.gone.remove(&path);
                self.finished.insert(path);
            }
            Happening::FoldersChanged => self.rescan = true,
        }
    }

    /// Returns the time at which something is to be reported that nothing announces; nothing while
    /// there is nothing to wait for.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.written
            .values()
            .chain(self.gone.values())
            .min()
            .copied()
    }

    /// Returns what is to be reported now, once.
    pub(super) fn ripe(&mut self, now: Instant) -> Option<Change> {
        for pending in [&mut self.written, &mut self.gone] {
            pending.retain(|path, deadline| {
                let is_ripe = *deadline <= now;
                if is_ripe {
                    self.finished.insert(path.clone());
                }
                !is_ripe
            });
        }
        if self.finished.is_empty() && !self.rescan {
            return None;
        }
        let paths = std::mem::take(&mut self.finished).into_iter().collect();
        Some(Change {
            paths,
            rescan: std::mem::take(&mut self.rescan),
        })
    }
}

/// Returns whether `path` matters to somebody who watches `folders`: it lies in one of them, or one
/// of them lies in it.
pub(super) fn concerns(path: &Path, folders: &[PathBuf]) -> bool {
    folders
        .iter()
        .any(|folder| path.starts_with(folder) || folder.starts_with(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Happening::{Finished, FoldersChanged, Gone, Written};

    /// One line for each report, with its time in milliseconds, for what happened at the given
    /// times.
    fn reports(happenings: &[(u64, Happening)]) -> Vec<String> {
        let start = Instant::now();
        let (mut coalescer, mut lines) = (Coalescer::default(), Vec::new());
        for time in 0..2000 {
            let now = start + Duration::from_millis(time);
            for (_, happening) in happenings.iter().filter(|(when, _)| *when == time) {
                coalescer.take(happening.clone(), now);
            }
            if let Some(change) = coalescer.ripe(now) {
                let paths: Vec<_> = change
                    .paths
                    .iter()
                    .map(|path| path.to_string_lossy())
                    .collect();
                lines.push(format!(
                    "{time} {}{}",
                    paths.join(" "),
                    if change.rescan { " rescan" } else { "" }
                ));
            }
        }
        assert_eq!(coalescer.deadline(), None);
        lines
    }

    #[test]
    fn a_file_is_reported_when_its_writer_is_done_or_takes_too_long() {
        let (written, finished, gone) = (
            |name: &str| Written(name.into()),
            |name: &str| Finished(name.into()),
            |name: &str| Gone(name.into()),
        );
        for (happenings, expected) in [
            (vec![], vec![]),
            (
                vec![(0, written("a")), (3, written("a")), (9, finished("a"))],
                vec!["9 a"],
            ),
            (vec![(0, written("a")), (300, written("a"))], vec!["500 a"]),
            (
                vec![(0, written("a")), (600, written("a")), (700, finished("a"))],
                vec!["500 a", "700 a"],
            ),
            (
                vec![(0, finished("b")), (0, finished("a")), (0, finished("b"))],
                vec!["0 a b"],
            ),
            (
                vec![(0, written("a")), (5, finished("b"))],
                vec!["5 b", "500 a"],
            ),
            (vec![(0, gone("a"))], vec!["100 a"]),
            (vec![(0, gone("a")), (90, finished("a"))], vec!["90 a"]),
            (
                vec![
                    (0, gone("a")),
                    (20, written("a")),
                    (30, finished("a")),
                    (40, gone("a")),
                ],
                vec!["30 a", "140 a"],
            ),
            (vec![(0, finished(".#a")), (0, written("4913"))], vec![]),
            (
                vec![(5, FoldersChanged), (5, FoldersChanged)],
                vec!["5  rescan"],
            ),
            (
                vec![
                    (0, written("x/.specboard-1.tmp")),
                    (1, finished("x/.specboard-1.tmp")),
                ],
                vec![],
            ),
        ] {
            assert_eq!(reports(&happenings), expected, "{happenings:?}");
        }
    }

    #[test]
    fn only_what_lies_in_the_folders_or_holds_them_matters() {
        let folders = ["/x/.kiro/specs".into(), "/y/specs".into()];
        for (path, expected) in [
            ("/x/.kiro/specs/a/tasks.md", true),
            ("/x/.kiro/specs", true),
            ("/x/.kiro", true),
            ("/x/.kiro/settings", false),
            ("/x/.kiro/specs-old/a", false),
            ("/y/other", false),
        ] {
            assert_eq!(concerns(Path::new(path), &folders), expected, "{path}");
        }
    }
}
