//! Which tasks are stale, by the time that the model was told.

use std::path::Path;

use super::Model;
use crate::spec::stale::{count_begun, stale_days};

impl Model {
    /// Returns for how many days nobody wrote to the tasks of the feature with this index, where
    /// begun work in it is stale by now. What is archived rests.
    pub fn stale_days(&self, index: usize) -> Option<i64> {
        let version = self.summaries[index]
            .version
            .filter(|_| !self.workspace.features[index].folder.archived)?;
        stale_days(&version, self.now).filter(|_| self.begun(index) > 0)
    }

    /// Returns the same of the feature in the folder `path`.
    pub fn stale_days_in(&self, path: &Path) -> Option<i64> {
        self.stale_days(self.feature_at(path)?)
    }

    /// Counts the stale tasks of all features.
    pub fn stale(&self) -> usize {
        let stale = (0..self.summaries.len()).filter(|index| self.stale_days(*index).is_some());
        stale.map(|index| self.begun(index)).sum()
    }

    fn begun(&self, index: usize) -> usize {
        self.summaries[index]
            .progress
            .as_ref()
            .map_or(0, count_begun)
    }
}
