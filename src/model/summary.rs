//! What the list of specs knows of a feature without keeping its documents.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::markdown::Document;
use crate::spec::feature::{Feature, TaskList};
use crate::spec::progress::Progress;
use crate::spec::reading::faults;
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
    /// What tells the bytes of that version from others: a file that was only touched is not changed.
    pub digest: Option<u64>,
    /// Whether others changed it while it was not open, and it was not opened since.
    pub unread: bool,
    /// Reasons why something of it cannot be shown.
    pub problems: Vec<String>,
}

impl Summary {
    /// Makes the summary of a feature of which only the names are known.
    pub fn of(feature: &Feature) -> Self {
        let problems = feature.folder.problems.iter().map(ToString::to_string).collect();
        Self { problems, ..Self::default() }
    }

    /// Counts the tasks of a feature. Reads its task file, and no other.
    pub fn read(feature: &Feature) -> Self {
        Self::count(feature, feature.task_file().map(TaskList::read).as_ref())
    }

    /// Counts the tasks of a feature whose task file was read.
    pub fn count(feature: &Feature, list: Option<&Result<TaskList, Failure>>) -> Self {
        let mut summary = Self { counted: true, ..Self::of(feature) };
        match list {
            None => {}
            Some(Ok(list)) => summary.take(list),
            Some(Err(failure)) => summary.problems.push(failure.to_string()),
        }
        summary
    }

    fn take(&mut self, list: &TaskList) {
        self.take_faults(&list.file, &list.text, &list.document);
        self.progress = Some(list.progress()).filter(|_| !list.tasks.items.is_empty());
        self.version = Some(list.version);
        self.digest = Some(digest(&list.text));
    }

    /// Takes in what is wrong inside a task file that could be read.
    pub fn take_faults(&mut self, file: &DocumentFile, text: &Text, document: &Document) {
        let name = file.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let sentences = faults(text, document).into_iter().map(|fault| format!("{name}:{}: {}", fault.line + 1, fault.message));
        self.problems.extend(sentences);
    }
}

/// Gives a number that differs for texts that differ, as far as this run of the program goes.
pub fn digest(text: &Text) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.bytes().hash(&mut hasher);
    hasher.finish()
}
