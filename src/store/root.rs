//! Where the specs are: folders that hold `.kiro`, found from a place or given by name.
//!
//! Knows no spec folder yet; that is the scan.

use std::collections::HashSet;
use std::fmt;
use std::path::{Component, Path, PathBuf};

use super::names::DocumentKind;

/// One place whose specs are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// The name for the user and for scripts: the folder as it was given, `.` where it was found
    /// from the working directory.
    pub name: String,
    /// The folder that holds `.kiro`, absolute; for a bare specs folder, that folder itself.
    pub dir: PathBuf,
    /// The folder whose sub-folders are specs, absolute. It need not exist.
    pub specs: PathBuf,
}

impl Root {
    /// Returns the folder of the steering documents. It need not exist.
    pub fn steering(&self) -> PathBuf {
        self.dir.join(".kiro/steering")
    }

    /// Returns `path` as text relative to this root: `/` between folders, replacement characters
    /// for bytes that are no UTF-8.
    ///
    /// What lies outside the root stays as it is.
    pub fn relative(&self, path: &Path) -> String {
        let inside = path.strip_prefix(&self.dir).unwrap_or(path);
        if inside.as_os_str().is_empty() {
            ".".to_owned()
        } else {
            inside.to_string_lossy().into_owned()
        }
    }
}

/// Says that there is no root, what was looked for, and how to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoRoot {
    /// No `.kiro` stands in this folder or above it.
    Above(PathBuf),
    /// This folder was given and holds no specs.
    Given(PathBuf),
    /// This folder was given and is not there, or is no folder.
    Missing(PathBuf),
}

impl fmt::Display for NoRoot {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Above(start) => write!(
                formatter,
                "there is no .kiro folder in {} or in any folder above. Start with a folder .kiro/specs/NAME, or name a folder: --root DIR",
                start.display()
            ),
            Self::Given(dir) => write!(
                formatter,
                "{} holds no .kiro folder and no specs. Start with a folder .kiro/specs/NAME in it, or name another folder: --root DIR",
                dir.display()
            ),
            Self::Missing(dir) => write!(
                formatter,
                "{} is not a folder that can be opened. Name another one: --root DIR",
                dir.display()
            ),
        }
    }
}

impl std::error::Error for NoRoot {}

/// Finds the roots: those `given`, each once, in their order; without any, the nearest one at or
/// above `start`.
///
/// A given folder may be the one that holds `.kiro`, a `.kiro`, its `specs`, a bare specs folder, or
/// one with a bare `specs` in it. On the way up a `.kiro` with specs wins over a nearer one without; the one in the home
/// folder counts only with specs, since it holds Kiro's own settings.
pub fn find_roots(start: &Path, given: &[PathBuf]) -> Result<Vec<Root>, NoRoot> {
    if given.is_empty() {
        return above(start).map(|root| vec![root]);
    }
    let mut seen = HashSet::new();
    let mut roots = Vec::new();
    for path in given {
        let root = resolve(start, path)?;
        if seen.insert(root.dir.canonicalize().unwrap_or_else(|_| root.dir.clone())) {
            roots.push(root);
        }
    }
    Ok(roots)
}

fn above(start: &Path) -> Result<Root, NoRoot> {
    let start = std::path::absolute(start).unwrap_or_else(|_| start.to_path_buf());
    let home = std::env::home_dir();
    let with_specs = start
        .ancestors()
        .find(|dir| dir.join(".kiro/specs").is_dir());
    let without = || {
        start
            .ancestors()
            .find(|dir| dir.join(".kiro").is_dir() && Some(*dir) != home.as_deref())
    };
    let dir = with_specs
        .or_else(without)
        .ok_or_else(|| NoRoot::Above(start.clone()))?;
    Ok(holder(".".to_owned(), dir))
}

fn holder(name: String, dir: &Path) -> Root {
    Root {
        name,
        dir: dir.to_path_buf(),
        specs: dir.join(".kiro/specs"),
    }
}

fn resolve(start: &Path, given: &Path) -> Result<Root, NoRoot> {
    let dir = tidy(&std::path::absolute(start.join(given)).unwrap_or_else(|_| start.join(given)));
    if !dir.is_dir() {
        return Err(NoRoot::Missing(given.to_path_buf()));
    }
    let levels = levels_below_holder(&dir);
    let name = name(given, levels);
    match dir.ancestors().nth(levels) {
        Some(above) if levels > 0 => Ok(holder(name, above)),
        _ if dir.join(".kiro").is_dir() => Ok(holder(name, &dir)),
        _ if is_bare(&dir) => Ok(Root {
            name,
            specs: dir.clone(),
            dir,
        }),
        _ if dir.join("specs").is_dir() => Ok(Root {
            name,
            specs: dir.join("specs"),
            dir,
        }),
        _ => Err(NoRoot::Given(given.to_path_buf())),
    }
}

/// Takes `..` and `.` out where no link could change what they mean.
fn tidy(path: &Path) -> PathBuf {
    let turns = path
        .components()
        .any(|component| component == Component::ParentDir);
    if turns {
        path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
    } else {
        path.components().collect()
    }
}

/// Counts the folders between `dir` and the one that holds `.kiro`: 1 for `.kiro`, 2 for
/// `.kiro/specs`, else 0.
fn levels_below_holder(dir: &Path) -> usize {
    if dir.ends_with(".kiro") {
        1
    } else if dir.ends_with(".kiro/specs") {
        2
    } else {
        0
    }
}

fn name(given: &Path, levels: usize) -> String {
    let named_levels = if given.ends_with(".kiro/specs") || given.ends_with(".kiro") {
        levels
    } else {
        0
    };
    let named = given.ancestors().nth(named_levels).unwrap_or(given);
    let shown: PathBuf = named
        .components()
        .filter(|component| *component != Component::CurDir)
        .collect();
    if shown.as_os_str().is_empty() {
        ".".to_owned()
    } else {
        shown.to_string_lossy().into_owned()
    }
}

/// Returns whether `dir` is a specs folder without a `.kiro` around it: by its name, or by a
/// document in it or one level below.
fn is_bare(dir: &Path) -> bool {
    dir.ends_with("specs")
        || holds_document(dir)
        || sub_folders(dir).iter().any(|below| holds_document(below))
}

fn holds_document(dir: &Path) -> bool {
    entries(dir).any(|entry| DocumentKind::of(&entry.file_name()).is_some())
}

fn sub_folders(dir: &Path) -> Vec<PathBuf> {
    entries(dir)
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect()
}

fn entries(dir: &Path) -> impl Iterator<Item = std::fs::DirEntry> {
    std::fs::read_dir(dir).into_iter().flatten().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with `shop/.kiro/specs/a/tasks.md`, `bare/b/design.md`, `docs/specs/c`, `empty`,
    /// `steering/.kiro`.
    fn places() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for dir in [
            "shop/.kiro/specs/a",
            "shop/src/deep",
            "bare/b",
            "docs/specs/c",
            "empty",
            "steering/.kiro/steering",
        ] {
            std::fs::create_dir_all(folder.path().join(dir)).unwrap();
        }
        std::fs::write(folder.path().join("shop/.kiro/specs/a/tasks.md"), "").unwrap();
        std::fs::write(folder.path().join("bare/b/DESIGN.md"), "").unwrap();
        folder
    }

    #[test]
    fn a_root_is_the_folder_that_holds_kiro_however_it_was_given() {
        let folder = places();
        for (start, given, name, dir, specs) in [
            ("shop", "", ".", "shop", "shop/.kiro/specs"),
            ("shop/src/deep", "", ".", "shop", "shop/.kiro/specs"),
            ("shop/.kiro/specs/a", "", ".", "shop", "shop/.kiro/specs"),
            ("steering", "", ".", "steering", "steering/.kiro/specs"),
            (".", "shop", "shop", "shop", "shop/.kiro/specs"),
            (".", "./shop/", "shop", "shop", "shop/.kiro/specs"),
            (".", "shop/.kiro", "shop", "shop", "shop/.kiro/specs"),
            (".", "shop/.kiro/specs", "shop", "shop", "shop/.kiro/specs"),
            ("shop", ".kiro/specs", ".", "shop", "shop/.kiro/specs"),
            ("shop/.kiro/specs", ".", ".", "shop", "shop/.kiro/specs"),
            (".", "bare", "bare", "bare", "bare"),
            ("bare", ".", ".", "bare", "bare"),
            (".", "docs", "docs", "docs", "docs/specs"),
            (".", "docs/specs", "docs/specs", "docs/specs", "docs/specs"),
        ] {
            let given: Vec<PathBuf> = [given]
                .iter()
                .filter(|given| !given.is_empty())
                .map(PathBuf::from)
                .collect();
            let roots = find_roots(&folder.path().join(start), &given).unwrap();
            let expected = Root {
                name: name.into(),
                dir: folder.path().join(dir),
                specs: folder.path().join(specs),
            };
            assert_eq!(roots, [expected], "{start} {given:?}");
        }
    }

    #[test]
    fn a_root_given_twice_is_one() {
        let folder = places();
        let roots = find_roots(
            folder.path(),
            &["shop".into(), "bare".into(), "./shop/.kiro".into()],
        )
        .unwrap();
        let names: Vec<_> = roots.iter().map(|root| root.name.as_str()).collect();
        assert_eq!(names, ["shop", "bare"]);
    }

    #[test]
    fn without_a_root_the_reason_says_how_to_begin() {
        let folder = places();
        for (given, expected) in [
            ("", "in any folder above. Start with"),
            ("empty", "empty holds no .kiro"),
            ("gone", "gone is not a folder"),
        ] {
            let given: Vec<PathBuf> = [given]
                .iter()
                .filter(|given| !given.is_empty())
                .map(PathBuf::from)
                .collect();
            let reason = find_roots(
                &folder
                    .path()
                    .join(if given.is_empty() { "empty" } else { "." }),
                &given,
            )
            .unwrap_err()
            .to_string();
            assert!(
                reason.contains(expected) && reason.contains("--root DIR"),
                "{reason}"
            );
        }
    }

    #[test]
    fn paths_are_shown_relative_to_the_root() {
        let root = Root {
            name: ".".into(),
            dir: "/x".into(),
            specs: "/x/.kiro/specs".into(),
        };
        for (path, expected) in [
            ("/x/.kiro/specs/a", ".kiro/specs/a"),
            ("/x", "."),
            ("/y/z", "/y/z"),
        ] {
            assert_eq!(root.relative(Path::new(path)), expected);
        }
    }
}
