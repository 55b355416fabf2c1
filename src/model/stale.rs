//! Which tasks are stale, by the time that the model was told.

use std::path::Path;

use super::Model;
use crate::spec::stale::stale_days;

impl Model {
    /// Returns for how many days nobody wrote to the tasks of the feature with this index, where
    /// begun work in it is stale by now. What is archived rests.
    pub fn stale_days(&self, index: usize) -> Option<i64> {
        if self.specs.feature(index).folder.archived || self.growing_stale(index) == 0 {
            return None;
        }
        stale_days(
            &self.specs.summary(index).version?,
            self.now,
            self.settings.stale_after_days,
        )
    }

    /// Returns the same of the feature in the folder `path`.
    pub fn stale_days_in(&self, path: &Path) -> Option<i64> {
        self.stale_days(self.specs.at(path)?)
    }

    /// Counts the stale tasks of all features.
    pub fn stale(&self) -> usize {
        let stale = (0..self.specs.len()).filter(|index| self.stale_days(*index).is_some());
        stale.map(|index| self.growing_stale(index)).sum()
    }

    fn growing_stale(&self, index: usize) -> usize {
        let progress = self.specs.summary(index).progress;
        progress.map_or(0, |progress| progress.growing_stale)
    }
}
