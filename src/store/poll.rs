//! Finding changes without being told: by comparing versions of all files, for file systems that
//! send no events.

use super::coalesce::Change;
use super::ignored::is_ignored;
use super::read::{Version, version};
use super::scan;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What was there at the last look.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Look {
    files: BTreeMap<PathBuf, Option<Version>>,
    folders: Vec<PathBuf>,
}

impl Look {
    /// Looks at everything in `roots` and below.
    pub(super) fn take(roots: &[PathBuf]) -> Self {
        let (mut files, mut folders) = (BTreeMap::new(), Vec::new());
        for folder in roots.iter().flat_map(|root| scan::reach(root).folders) {
            let entries = std::fs::read_dir(&folder)
                .into_iter()
                .flatten()
                .flatten()
                .map(|entry| entry.path());
            files.extend(
                entries
                    .filter(|path| !path.file_name().is_some_and(is_ignored) && !path.is_dir())
                    .map(|path| (path.clone(), version(&path).ok())),
            );
            folders.push(folder);
        }
        Self { files, folders }
    }

    /// Returns what differs in `later`; nothing where nothing does.
    pub(super) fn changes(&self, later: &Self) -> Option<Change> {
        let differs = |path: &&PathBuf| match (self.files.get(*path), later.files.get(*path)) {
            (Some(Some(before)), Some(Some(now))) => !before.is_still(now),
            (before, now) => before != now,
        };
        let gone = self
            .files
            .keys()
            .filter(|path| !later.files.contains_key(*path));
        let mut paths: Vec<PathBuf> = later
            .files
            .keys()
            .filter(differs)
            .chain(gone)
            .cloned()
            .collect();
        paths.sort();
        let rescan = self.folders != later.folders;
        (rescan || !paths.is_empty()).then_some(Change { paths, rescan })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn two_looks_tell_what_changed() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("a")).unwrap();
        let changes: [(&dyn Fn(), Option<Change>); 6] = [
            (&|| {}, None),
            (
                &|| std::fs::write(at("a/tasks.md"), "1").unwrap(),
                Some(Change {
                    paths: vec![at("a/tasks.md")],
                    rescan: false,
                }),
            ),
            (
                &|| std::fs::write(at("a/tasks.md"), "22").unwrap(),
                Some(Change {
                    paths: vec![at("a/tasks.md")],
                    rescan: false,
                }),
            ),
            (
                &|| std::fs::create_dir(at("b")).unwrap(),
                Some(Change {
                    paths: vec![],
                    rescan: true,
                }),
            ),
            (
                &|| std::fs::rename(at("a/tasks.md"), at("b/x")).unwrap(),
                Some(Change {
                    paths: vec![at("a/tasks.md"), at("b/x")],
                    rescan: false,
                }),
            ),
            (
                &|| std::fs::remove_dir_all(at("b")).unwrap(),
                Some(Change {
                    paths: vec![at("b/x")],
                    rescan: true,
                }),
            ),
        ];
        let roots = [folder.path().to_path_buf()];
        for (change, expected) in changes {
            // What was only just written is looked at again.
            std::thread::sleep(Duration::from_millis(50));
            let before = Look::take(&roots);
            change();
            assert_eq!(before.changes(&Look::take(&roots)), expected);
        }
    }
}
