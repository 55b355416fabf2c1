//! What a command acts on: the one place that says which tasks the cursor means, in every view.

use std::path::PathBuf;

use super::{Model, Pane, View};
use crate::markdown::State;
use crate::spec::change::TaskKey;
use crate::spec::tasks::Task;
use crate::store::DocumentFile;

/// Tasks of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The folder of the feature.
    pub feature: PathBuf,
    /// The file.
    pub file: DocumentFile,
    /// The tasks, at least one, in the order of the file.
    pub tasks: Vec<SelectedTask>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectedTask {
    /// The key that finds it in a fresh text.
    pub key: TaskKey,
    /// The state on the screen.
    pub state: State,
    /// Whether it has a star of its own.
    pub starred: bool,
    /// Whether it is optional: by its own star or that of a task above.
    pub optional: bool,
}

impl SelectedTask {
    /// Returns a task of a list, as chosen.
    pub fn of(task: &Task) -> Self {
        Self {
            key: TaskKey::of(task),
            state: task.state,
            starred: task.star.is_some(),
            optional: task.optional,
        }
    }
}

impl Model {
    /// Returns the tasks that a command acts on, if the cursor is on one.
    pub fn selection(&self) -> Option<Selection> {
        match self.view {
            View::Main => self.selection_in_pane(),
            View::Board => self.board.selection(),
            View::Overview | View::Help | View::Messages | View::Diagram | View::Start => None,
        }
    }

    /// Returns the tasks that a mark is for, file by file: on the kanban several specs may have
    /// selected cards.
    pub fn selections(&self) -> Vec<Selection> {
        match self.view {
            View::Board => self.selections_on_board(),
            _ => self.selection().into_iter().collect(),
        }
    }

    fn selection_in_pane(&self) -> Option<Selection> {
        self.selection_of(&self.targets())
    }

    /// Returns the indices of the tasks that a mark is for: those that are selected, else the one
    /// under the cursor; in the trace the one that is chosen.
    pub fn targets(&self) -> Vec<usize> {
        if self.pane == Pane::Trace {
            return self.traced_task().into_iter().collect();
        }
        self.selected()
            .unwrap_or_else(|| self.task_at_cursor().into_iter().collect())
    }

    /// Returns tasks of the open feature, by their indices, as chosen; nothing for none.
    pub fn selection_of(&self, indices: &[usize]) -> Option<Selection> {
        if indices.is_empty() {
            return None;
        }
        let open_file = self.open_files.of(Pane::Tasks)?;
        let items = &open_file.tasks.items;
        let task = |index: &usize| items.get(*index).map(SelectedTask::of);
        let tasks: Vec<SelectedTask> = indices.iter().filter_map(task).collect();
        Some(Selection {
            feature: self.open_files.feature.clone()?,
            file: open_file.file.clone(),
            tasks,
        })
    }
}
