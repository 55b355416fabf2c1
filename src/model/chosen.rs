//! What a command acts on: the one place that says which tasks the cursor means, in every view.

use std::path::PathBuf;

use super::{Model, View};
use crate::markdown::State;
use crate::spec::change::TaskKey;
use crate::store::DocumentFile;

/// Tasks of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The folder of the feature.
    pub feature: PathBuf,
    /// The file.
    pub file: DocumentFile,
    /// The tasks, at least one, in the order of the file.
    pub tasks: Vec<ChosenTask>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChosenTask {
    /// The key that finds it in a fresh text.
    pub key: TaskKey,
    /// The state on the screen.
    pub state: State,
}

impl Model {
    /// Gives the tasks that a command acts on, if the cursor is on one.
    pub fn chosen(&self) -> Option<Chosen> {
        match self.view {
            View::Main => self.chosen_in_pane(),
            View::Board => self.board.chosen(),
            View::Help { .. } | View::Start => None,
        }
    }

    fn chosen_in_pane(&self) -> Option<Chosen> {
        let sheet = self.sheet()?;
        let task = sheet.tasks.items.get(self.task_at_cursor()?)?;
        let task = ChosenTask { key: TaskKey::of(task), state: task.state };
        Some(Chosen { feature: self.sheets.feature.clone()?, file: sheet.file.clone(), tasks: vec![task] })
    }
}
