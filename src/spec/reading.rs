//! What reading the files of features brings: their task lists, and everything that is wrong with a
//! file.
//!
//! Knows nothing of how that is shown. A file that cannot be read is a problem and hides no other.

use std::path::Path;

use super::feature::Feature;
use super::metadata::Metadata;
use super::par_map::par_map;
use super::parsed::Parsed;
use super::schedule::Schedule;
use super::workspace::Workspace;
use crate::markdown::{Conflict, Document, Fault};
use crate::store::{DocumentFile, Failure, Problem, Root, check, may_hold_conflict, read};
use crate::text::Text;

/// What the files of one feature say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The tasks, where there is a task file that can be read.
    pub list: Option<Parsed>,
    /// What tools wrote beside the documents.
    pub metadata: Metadata,
    /// What is wrong: with the folder first, then with its files.
    pub problems: Vec<Problem>,
}

impl Reading {
    /// Reads the task file of `feature`, and looks whether its other documents can be read.
    pub fn of(feature: &Feature, root: &Root) -> Self {
        let mut reading = Self {
            list: None,
            metadata: Metadata::read(feature),
            problems: feature.folder.problems.clone(),
        };
        reading.problems.extend(
            feature
                .other_files()
                .filter_map(|path| odd_name(path, root)),
        );
        let task_file = feature.task_file();
        for file in feature.documents() {
            let done = if Some(file) == task_file {
                reading.take(file, root)
            } else {
                check(&file.path)
            };
            reading
                .problems
                .extend(done.err().map(|failure| failure.problem(root)));
            if Some(file) != task_file {
                reading
                    .problems
                    .extend(problems(file, conflicts_in(file), root));
            }
        }
        reading
    }

    /// Adds what is wrong with the waves of the tasks and with what they depend on.
    #[must_use]
    pub fn with_faults_of_schedule(mut self, root: &Root) -> Self {
        if let Some(list) = &self.list {
            self.problems.extend(problems(
                &list.file,
                Schedule::of(list.listed()).faults,
                root,
            ));
        }
        self
    }

    fn take(&mut self, file: &DocumentFile, root: &Root) -> Result<(), Failure> {
        let list = Parsed::read(file)?;
        self.problems
            .extend(problems(&list.file, list.faults(), root));
        self.list = Some(list);
        Ok(())
    }
}

/// Reads the given features of `workspace` on all cores and gives what `take` makes of each, in
/// their order.
pub fn read_each<T: Send>(
    workspace: &Workspace,
    features: &[usize],
    take: impl Fn(usize, Reading) -> T + Sync,
) -> Vec<T> {
    par_map(features.len(), |at| {
        let feature = &workspace.features[features[at]];
        take(
            features[at],
            Reading::of(feature, workspace.root_of(feature)),
        )
    })
}

/// Returns what is wrong inside a file as problems of `root`.
pub(super) fn problems(
    file: &DocumentFile,
    faults: Vec<Fault>,
    root: &Root,
) -> impl Iterator<Item = Problem> {
    let file = root.relative(&file.path);
    faults.into_iter().map(move |fault| Problem {
        file: file.clone(),
        line: Some(fault.line + 1),
        message: fault.message,
    })
}

fn odd_name(path: &Path, root: &Root) -> Option<Problem> {
    let sentence = "has a name that is not UTF-8; � stands for the odd bytes. Rename it";
    path.file_name()?
        .to_str()
        .is_none()
        .then(|| Failure::new(path, sentence).problem(root))
}

/// Returns the merge conflicts in a document, which is read only where there may be some.
pub fn conflicts_in(file: &DocumentFile) -> Vec<Fault> {
    if !may_hold_conflict(&file.path) {
        return Vec::new();
    }
    let found = read(&file.path).map(|(text, _)| Document::parse(&text).conflicts);
    found
        .unwrap_or_default()
        .iter()
        .map(Conflict::fault)
        .collect()
}

/// Returns what is said of the merge conflicts in the documents without tasks.
pub fn conflicts_elsewhere(feature: &Feature) -> Vec<String> {
    let task_file = feature.task_file();
    let others = feature.documents().filter(|file| Some(*file) != task_file);
    others
        .flat_map(|file| {
            let name = feature.relative(&file.path);
            let told = conflicts_in(file).into_iter();
            told.map(move |fault| format!("{name}:{}: {}", fault.line + 1, fault.message))
        })
        .collect()
}

/// Returns what is wrong inside a text that could be read: the first line that is not UTF-8, and
/// the faults of its Markdown.
pub fn faults(text: &Text, document: &Document) -> Vec<Fault> {
    let invalid = std::str::from_utf8(text.bytes())
        .err()
        .map(|error| text.line_at(error.valid_up_to()));
    let message =
        "is not valid UTF-8 on this line; shown with replacement characters, kept as it is";
    let invalid = invalid.map(|line| Fault {
        line,
        message: message.to_owned(),
    });
    invalid
        .into_iter()
        .chain(document.faults.iter().cloned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads all features below a folder with the given files, and draws each as
    /// `name items: problems`.
    fn drawn(files: &[(&str, &[u8])]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = folder.path().join(".kiro/specs").join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        let workspace = Workspace::scan(crate::store::find_roots(folder.path(), &[]).unwrap());
        let all: Vec<usize> = (0..workspace.features.len()).collect();
        read_each(&workspace, &all, |index, reading| {
            let items = reading
                .list
                .map_or("–".to_owned(), |list| list.tasks.items.len().to_string());
            let problems: Vec<String> = reading.problems.iter().map(Problem::to_string).collect();
            format!(
                "{} {items}: {}",
                workspace.features[index].name(),
                problems.join("; ")
            )
        })
    }

    #[test]
    fn one_bad_file_hides_no_other() {
        let found = drawn(&[
            ("a/tasks.md", b"- [ ] 1. a\n- [\xff] 2. b\n"),
            ("b/tasks.md", b"- [ ] 1. a\n```\nopen\n"),
            ("c/design.md", &b"x".repeat(17 << 20)),
            ("d/tasks.md", b"- [ ] 1. a\n"),
            (
                "e/requirements.md",
                b"# A\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> main\n",
            ),
        ]);
        let kept =
            "is not valid UTF-8 on this line; shown with replacement characters, kept as it is";
        assert_eq!(
            found,
            [
                format!("a 2: .kiro/specs/a/tasks.md:2: {kept}"),
                "b 1: .kiro/specs/b/tasks.md:2: the code fence that opens here is never closed".to_owned(),
                "c –: .kiro/specs/c/design.md: is not read: it has 17 MiB, more than the limit of 16 MiB. Split it".to_owned(),
                "d 1: ".to_owned(),
                "e –: .kiro/specs/e/requirements.md:2: an unresolved merge conflict begins here, up to line 6. Keep what is right and remove its markers".to_owned(),
            ]
        );
    }
}
