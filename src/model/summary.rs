//! What the list of specs knows of a feature without keeping its documents.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::OpenFile;
use crate::markdown::{Document, State};
use crate::spec::feature::{Feature, Listed, faults_of};
use crate::spec::parsed::Parsed;
use crate::spec::progress::Progress;
use crate::spec::tasks::{ItemKind, Task, Tasks};
use crate::store::{DocumentFile, Failure, Version};
use crate::text::Text;

/// The figures of one feature.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Whether its tasks were counted yet.
    pub counted: bool,
    /// Its progress; none without tasks, or where they cannot be read.
    pub progress: Option<Progress>,
    /// The version of the task file that was counted.
    pub version: Option<Version>,
    /// The versions of all its documents, in their order, that were looked through for it; none
    /// where it is not known which they were.
    pub documents: Vec<Version>,
    /// When one of its documents was written to last: seconds and nanoseconds since 1970. None where
    /// nobody looked.
    pub written: Option<(i64, i64)>,
    /// What tells the bytes of that version from others: a file that was only touched is not
    /// changed.
    pub digest: Option<u64>,
    /// The fingerprints of its tasks that are not done, in the order of the file.
    pub open: Box<[u32]>,
    /// Whether others changed it while it was not open, and it was not opened since.
    pub unread: bool,
    /// Reasons why something of it cannot be shown.
    pub problems: Vec<String>,
    /// What is wrong in its documents without tasks.
    pub elsewhere: Vec<String>,
}

impl Summary {
    /// Makes the summary of a feature of which only the names are known.
    pub fn of(feature: &Feature) -> Self {
        let problems = feature
            .folder
            .problems
            .iter()
            .map(ToString::to_string)
            .collect();
        Self {
            problems,
            ..Self::default()
        }
    }

    /// Returns whether something is wrong with it.
    pub fn is_troubled(&self) -> bool {
        !self.problems.is_empty() || !self.elsewhere.is_empty()
    }

    /// Counts the tasks of a feature whose task file was read.
    pub fn count(feature: &Feature, list: Option<&Result<Parsed, Failure>>) -> Self {
        let mut summary = Self {
            counted: true,
            ..Self::of(feature)
        };
        match list {
            None => {}
            Some(Ok(list)) => summary.take(list),
            Some(Err(failure)) => summary.problems.push(failure.to_string()),
        }
        summary
    }

    /// Counts the tasks of a feature from the open file of its task file, so that no file is parsed
    /// twice.
    pub fn of_open_file(feature: &Feature, open_file: Option<&Result<OpenFile, Failure>>) -> Self {
        let mut summary = Self {
            counted: true,
            ..Self::of(feature)
        };
        match open_file {
            None => {}
            Some(Ok(open_file)) => summary.take_open_file(open_file),
            Some(Err(failure)) => summary.problems.push(failure.to_string()),
        }
        summary
    }

    fn take(&mut self, list: &Parsed) {
        self.take_tasks(&list.file, &list.text, &list.document, &list.tasks);
        self.version = list.version;
    }

    fn take_open_file(&mut self, open_file: &OpenFile) {
        self.take_tasks(
            &open_file.file,
            &open_file.text,
            &open_file.document,
            &open_file.tasks,
        );
        self.version = open_file.version;
    }

    /// Takes in the figures of a task file that could be read, and what is wrong inside it.
    fn take_tasks(&mut self, file: &DocumentFile, text: &Text, document: &Document, tasks: &Tasks) {
        let name = file
            .path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let list = Listed {
            text,
            document,
            tasks,
        };
        let sentences = faults_of(list)
            .into_iter()
            .map(|fault| format!("{name}:{}: {}", fault.line + 1, fault.message));
        self.problems.extend(sentences);
        self.progress = if tasks.items.is_empty() {
            None
        } else {
            Some(Progress::of(tasks))
        };
        self.digest = Some(digest(text));
        let is_open = |task: &&Task| task.kind == ItemKind::Task && task.state != State::Done;
        let open = tasks.items.iter().filter(is_open);
        self.open = open
            .map(|task| fingerprint(task.number.as_deref(), &task.title))
            .collect();
    }
}

/// Returns a number that tells a task from the others of its spec by its own number and its title.
pub(super) fn fingerprint(number: Option<&str>, title: &str) -> u32 {
    let mut hasher = DefaultHasher::new();
    (number, title).hash(&mut hasher);
    let [a, b, c, d, ..] = hasher.finish().to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}

/// Returns a number that differs for texts that differ, as far as this run of the program goes.
fn digest(text: &Text) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.bytes().hash(&mut hasher);
    hasher.finish()
}
