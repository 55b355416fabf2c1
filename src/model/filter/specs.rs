//! What specs answer to a filter.

use super::{Facts, FilterPlace};
use crate::markdown::State;
use crate::model::{Focus, Model, SpecEntry, View};
use crate::text::Needle;

/// A spec with what tells more of it.
struct SpecFacts<'a> {
    model: &'a Model,
    spec: SpecEntry<'a>,
}

impl Facts for SpecFacts<'_> {
    fn has(&self, words: &Needle) -> bool {
        words.is_in(self.spec.feature.name())
    }

    fn state(&self) -> Option<State> {
        self.spec
            .summary
            .progress
            .map(|progress| progress.at_a_glance())
    }

    fn is_optional(&self) -> Option<bool> {
        None
    }

    fn names(&self, _: &str) -> bool {
        false
    }

    fn spec(&self) -> &str {
        self.spec.feature.name()
    }

    fn is_stale(&self) -> Option<bool> {
        Some(self.model.stale_days(self.spec.index).is_some())
    }

    fn is_unread(&self) -> Option<bool> {
        Some(self.model.is_unread_spec(self.spec.index))
    }

    fn is_covered(&self) -> Option<bool> {
        let coverage = self.model.coverage_of(&self.spec.feature.folder.path)?;
        Some(coverage.covered == coverage.total)
    }

    fn speaks_of(&self, _: &str) -> bool {
        false
    }
}

impl Model {
    /// Returns whether others changed something in the feature with this index that was not looked
    /// at yet.
    pub fn is_unread_spec(&self, index: usize) -> bool {
        let path = &self.specs.feature(index).folder.path;
        let mut pane_states = self.pane_states.of_feature(path);
        self.specs.summary(index).unread
            || pane_states.any(|pane_state| !pane_state.unread.is_empty())
    }

    /// Returns whether the filter of specs lets a feature through; of the list beside the content,
    /// also the one that is worked on.
    pub(in crate::model) fn lets_spec(&self, index: usize) -> bool {
        let Some(filter) = self.filters.of(FilterPlace::Specs) else {
            return true;
        };
        let (feature, summary) = (self.specs.feature(index), self.specs.summary(index));
        let is_worked_on = self.view != View::Overview
            && self.focus == Focus::Content
            && feature.folder.path == self.sidebar.cursor;
        let spec = SpecEntry {
            index,
            feature,
            summary,
        };
        is_worked_on || filter.lets(&SpecFacts { model: self, spec })
    }

    /// Counts the specs that the filter lets through, and all.
    pub(super) fn filtered_specs(&self) -> (usize, usize) {
        let all = 0..self.specs.len();
        (
            all.filter(|index| self.lets_spec(*index)).count(),
            self.specs.len(),
        )
    }
}
