//! What the list of specs knows of a feature without keeping its documents.

use crate::spec::feature::{Feature, TaskList};
use crate::spec::progress::Progress;
use crate::store::Version;

/// The figures of one feature.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Whether its tasks were counted yet.
    pub counted: bool,
    /// Its progress; none without tasks, or where they cannot be read.
    pub progress: Option<Progress>,
    /// The version of the task file that was counted.
    pub version: Option<Version>,
    /// Whether others changed it while it was not open, and it was not opened since.
    pub unread: bool,
    /// Reasons why something of it cannot be shown.
    pub problems: Vec<String>,
}

impl Summary {
    /// Makes the summary of a feature of which only the names are known.
    pub fn of(feature: &Feature) -> Self {
        let problems = feature.folder.problems.iter().map(|problem| problem.message.clone()).collect();
        Self { problems, ..Self::default() }
    }

    /// Counts the tasks of a feature. Reads its task file, and no other.
    pub fn read(feature: &Feature) -> Self {
        let mut summary = Self { counted: true, ..Self::of(feature) };
        match feature.task_file().map(TaskList::read) {
            None => {}
            Some(Ok(list)) => summary.take(&list),
            Some(Err(failure)) => summary.problems.push(failure.message),
        }
        summary
    }

    fn take(&mut self, list: &TaskList) {
        self.progress = Some(list.progress()).filter(|_| !list.tasks.items.is_empty());
        self.version = Some(list.version);
    }
}
