//! Where links lead, step by step, so that a change behind one is noticed as a change of the link.
//!
//! Knows no watcher: says which folders are to be watched, and what is meant by a change there.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::read::{Version, version};

/// How many steps of one link are followed, as the system has it.
const MOST_STEPS: usize = 40;

/// What stands behind the links of a tree.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// The links that lead over each place. A place is spelled as a watch of its folder reports it.
    over: BTreeMap<PathBuf, BTreeSet<PathBuf>>,
}

impl Links {
    /// Follows `links` to their ends, over links and to what is not there too. `watched` are the
    /// folders that are watched under these names anyway.
    pub(super) fn follow(links: &[PathBuf], watched: &BTreeSet<PathBuf>) -> Self {
        let mut over: BTreeMap<PathBuf, BTreeSet<PathBuf>> = BTreeMap::new();
        if links.is_empty() {
            return Self { over };
        }
        // One folder has one watch: what happens in it is reported under one of its names.
        let names: HashMap<_, &PathBuf> = watched
            .iter()
            .filter_map(|folder| Some((place(folder)?, folder)))
            .collect();
        for link in links {
            for (folder, name) in steps(link) {
                let known = place(&folder).and_then(|place| names.get(&place));
                let spelled = known.map_or(&folder, |known| *known).join(name);
                over.entry(spelled).or_default().insert(link.clone());
            }
        }
        Self { over }
    }

    /// Returns the folders to be watched, each once.
    pub(super) fn folders(&self) -> BTreeSet<PathBuf> {
        self.over
            .keys()
            .filter_map(|place| place.parent())
            .map(Path::to_path_buf)
            .collect()
    }

    /// Returns the links that lead over `place`.
    pub(super) fn over(&self, place: &Path) -> impl Iterator<Item = &PathBuf> {
        self.over.get(place).into_iter().flatten()
    }
}

/// Returns each place that a link leads over: its folder, without links in it, and the name there.
fn steps(link: &Path) -> Vec<(PathBuf, std::ffi::OsString)> {
    let mut steps = Vec::new();
    let mut at = link.to_path_buf();
    while steps.len() < MOST_STEPS {
        let Ok(target) = std::fs::read_link(&at) else {
            break;
        };
        let target = at.parent().unwrap_or(Path::new("/")).join(target);
        let (Some(name), Some(Ok(folder))) =
            (target.file_name(), target.parent().map(Path::canonicalize))
        else {
            break;
        };
        at = folder.join(name);
        steps.push((folder, name.to_owned()));
    }
    steps
}

fn place(folder: &Path) -> Option<(u64, u64)> {
    version(folder).ok().map(|Version { place, .. }| place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn every_step_of_a_link_is_known_under_the_name_that_is_watched() {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().canonicalize().unwrap();
        let at = |name: &str| dir.join(name);
        for name in ["specs/a", "specs/b", "shared", "real"] {
            std::fs::create_dir_all(at(name)).unwrap();
        }
        symlink("../../shared/first", at("specs/a/tasks.md")).unwrap();
        symlink("../real/second", at("shared/first")).unwrap();
        symlink("../a/../b/design.md", at("specs/a/design.md")).unwrap();
        symlink("loop", at("specs/loop")).unwrap();
        let links = Links::follow(
            &["specs/a/tasks.md", "specs/a/design.md", "specs/loop"].map(at),
            &["specs", "specs/a", "specs/b"].map(at).into(),
        );
        assert_eq!(
            links.folders(),
            ["shared", "real", "specs", "specs/b"].map(at).into()
        );
        for (place, link) in [
            ("shared/first", "specs/a/tasks.md"),
            ("real/second", "specs/a/tasks.md"),
            ("specs/b/design.md", "specs/a/design.md"),
        ] {
            assert_eq!(links.over(&at(place)).collect::<Vec<_>>(), [&at(link)]);
        }
    }
}
