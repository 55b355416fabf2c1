//! Where a new card can go: beside the one under the cursor, or at the end of a spec.

use std::path::PathBuf;

use super::super::Model;
use super::{BoardScope, Cards};
use crate::markdown::State;
use crate::spec::change::TaskKey;

/// The place of a new card that is being chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCard {
    /// The state that it gets: that of its column.
    pub state: State,
    /// Where it can go, the nearest first.
    pub places: Vec<CardPlace>,
    /// The one that is chosen.
    pub chosen: usize,
}

/// A place for a new card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardPlace {
    /// The folder of the spec.
    pub feature: PathBuf,
    /// The task that it is beside, and on which side; none at the end of the task list.
    pub beside: Option<(TaskKey, Side)>,
    /// What a screen calls the place.
    pub words: String,
}

/// On which side of a task a new one goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Behind it, with all that belongs to it.
    After,
    /// Before it.
    Before,
    /// Below it, as its last sub-task.
    Under,
}

impl NewCard {
    /// Chooses another place, not beyond the ends.
    pub fn step(&mut self, by: isize) {
        let last = self.places.len().saturating_sub(1);
        self.chosen = self.chosen.saturating_add_signed(by).min(last);
    }
}

impl Model {
    /// Returns the places for a new card in the column of the cursor; none where no spec is shown
    /// that has a task list.
    pub fn places_of_new_card(&self) -> Option<NewCard> {
        let mut places = Vec::new();
        let card = self.board.card();
        if let Some((cards, card)) = card {
            let name = card.number.as_deref().unwrap_or(&card.title);
            for (side, words) in [
                (Side::After, "behind"),
                (Side::Before, "before"),
                (Side::Under, "as a sub-task of"),
            ] {
                places.push(CardPlace {
                    feature: cards.feature.clone(),
                    beside: Some((card.key(), side)),
                    words: format!("{words} {name} ({})", self.name_of_spec(cards)),
                });
            }
        }
        let own = card.map(|(cards, _)| &cards.feature);
        let mut ends: Vec<&Cards> = self.board.cards.values().collect();
        ends.sort_by_key(|cards| (Some(&cards.feature) != own, self.specs.at(&cards.feature)));
        let is_all = self.board.scope == Some(BoardScope::All);
        let ends = ends
            .into_iter()
            .filter(|cards| is_all || own.is_none_or(|own| *own == cards.feature));
        places.extend(ends.map(|cards| CardPlace {
            feature: cards.feature.clone(),
            beside: None,
            words: format!("at the end of {}", self.name_of_spec(cards)),
        }));
        (!places.is_empty()).then(|| NewCard {
            state: self.board.cursor().state,
            places,
            chosen: 0,
        })
    }

    fn name_of_spec(&self, cards: &Cards) -> &str {
        let index = self.specs.at(&cards.feature);
        index.map_or("", |index| self.specs.features()[index].name())
    }
}
