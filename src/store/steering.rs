//! The steering documents of a root: the Markdown files that tell an agent about the whole
//! repository.
//!
//! Reads names only. Which of them is given to an agent when stands in the files.

use std::path::{Path, PathBuf};

use super::ignored::is_ignored;
use super::{Failure, Root};

/// Lists the steering documents of `root`, sorted by path, byte by byte; none where there is no
/// folder for them.
///
/// Takes what has a name for Markdown and is no folder. Links are listed, and what stands in a
/// file's place too: reading says what is wrong with it.
pub fn steering(root: &Root) -> Result<Vec<PathBuf>, Failure> {
    let folder = root.steering();
    let entries = match std::fs::read_dir(&folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(|error| Failure::reading(&folder, &error))?,
    };
    let mut found: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| is_steering(path))
        .collect();
    found.sort_by(|a, b| {
        a.as_os_str()
            .as_encoded_bytes()
            .cmp(b.as_os_str().as_encoded_bytes())
    });
    Ok(found)
}

/// Returns whether the name of a file is that of a Markdown file.
pub fn is_markdown(path: &Path) -> bool {
    path.extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("md") || end.eq_ignore_ascii_case("markdown"))
}

fn is_steering(path: &Path) -> bool {
    is_markdown(path) && !path.file_name().is_some_and(is_ignored) && !path.is_dir()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(dir: &Path) -> Root {
        Root {
            name: ".".to_owned(),
            dir: dir.to_path_buf(),
            specs: dir.join(".kiro/specs"),
        }
    }

    #[test]
    fn markdown_files_are_listed_and_folders_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let root = root(folder.path());
        assert_eq!(steering(&root), Ok(vec![]));
        std::fs::create_dir_all(root.steering().join("folder.md")).unwrap();
        for name in [
            "tech.md",
            "Product.MD",
            "notes.txt",
            ".specboard-1.tmp",
            "._tech.md",
        ] {
            std::fs::write(root.steering().join(name), "").unwrap();
        }
        std::os::unix::fs::symlink("nowhere", root.steering().join("gone.md")).unwrap();
        let names: Vec<PathBuf> = steering(&root)
            .unwrap()
            .iter()
            .map(|path| path.file_name().unwrap().into())
            .collect();
        assert_eq!(
            names,
            [
                PathBuf::from("Product.MD"),
                "gone.md".into(),
                "tech.md".into()
            ]
        );
    }

    #[test]
    fn what_stands_in_the_place_of_the_folder_is_a_reason() {
        let folder = tempfile::tempdir().unwrap();
        let root = root(folder.path());
        std::fs::create_dir(folder.path().join(".kiro")).unwrap();
        std::fs::write(root.steering(), "").unwrap();
        let failure = steering(&root).unwrap_err();
        assert!(failure.message.contains("not a directory"), "{failure}");
    }
}
