//! What cards answer to a filter.

use super::{Facts, FilterPlace, names};
use crate::markdown::State;
use crate::model::board::Asked;
use crate::model::{Card, Cards, Column, Model, Pane};
use crate::spec::feature::Feature;
use crate::text::Needle;

/// A card with what tells more of it.
struct CardFacts<'a> {
    model: &'a Model,
    cards: &'a Cards,
    card: &'a Card,
}

impl Facts for CardFacts<'_> {
    fn has(&self, words: &Needle) -> bool {
        let number = self.card.number.as_deref().unwrap_or_default();
        words.is_in(&format!("{number} {}", self.card.title))
    }

    fn state(&self) -> Option<State> {
        Some(self.card.state)
    }

    fn is_optional(&self) -> Option<bool> {
        Some(self.card.optional)
    }

    fn names(&self, id: &str) -> bool {
        self.card
            .references
            .iter()
            .any(|written| names(written, id))
    }

    fn spec(&self) -> &str {
        let specs = &self.model.specs;
        let index = specs.at(&self.cards.feature);
        index.map_or("", |index| specs.feature(index).name())
    }

    fn is_stale(&self) -> Option<bool> {
        let grows_stale = self.card.state.marker().grows_stale;
        Some(grows_stale && self.model.stale_days_in(&self.cards.feature).is_some())
    }

    fn is_unread(&self) -> Option<bool> {
        let pane_state = self.model.pane_states.of(&self.cards.feature, Pane::Tasks);
        Some(pane_state.is_some_and(|pane_state| pane_state.unread.contains(&self.card.line)))
    }

    fn is_covered(&self) -> Option<bool> {
        None
    }

    fn speaks_of(&self, file: &str) -> bool {
        self.card.files.iter().any(|path| path.contains(file))
    }
}

impl Model {
    /// Returns whether the filter of the kanban lets a card through.
    pub fn lets_card(&self, cards: &Cards, card: &Card) -> bool {
        let filter = self.filters.of(FilterPlace::Board);
        let facts = CardFacts {
            model: self,
            cards,
            card,
        };
        filter.is_none_or(|filter| filter.lets(&facts))
    }

    /// Counts the cards that the filter of the kanban lets through, and all that there would be.
    pub(super) fn filtered_cards(&self) -> (usize, usize) {
        let count = |columns: Vec<Column<'_>>| columns.iter().map(Column::count).sum();
        let all = self.board.columns(&self.specs, None, None);
        (count(self.columns()), count(all))
    }

    /// Returns what the filter of the kanban asks, of the features as well.
    pub(in crate::model) fn asked_of_cards(&self) -> Option<Asked> {
        let filter = self.filters.of(FilterPlace::Board)?;
        let (stale, unread) = (filter.asks_for("stale"), filter.asks_for("unread"));
        let asked = |feature: &Feature| {
            let path = &feature.folder.path;
            let is_stale = stale && self.stale_days_in(path).is_some();
            let pane_state = self.pane_states.of(path, Pane::Tasks);
            let seen = || pane_state.map(|pane_state| pane_state.unread.clone());
            let unread = if unread { seen() } else { None };
            (is_stale, unread.unwrap_or_default())
        };
        let features = if stale || unread {
            self.specs.features()
        } else {
            &[]
        };
        let features = features.iter().map(asked).collect();
        Some((filter.text().to_owned(), features))
    }
}
