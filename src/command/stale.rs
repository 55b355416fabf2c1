//! Putting stale work back: what was begun long ago is not started again.

use super::intent::{expected_state, mark_as};
use crate::markdown::State;
use crate::model::{Card, Cards, Effect, Model, Selection, Surface};
use crate::spec::stale::grows_stale;

/// Returns whether there is stale work in the spec that the cursor is in.
pub(super) fn is_there(model: &Model) -> bool {
    stale(model).is_some()
}

/// Puts all stale tasks of one spec back, as one change.
pub(super) fn reset(model: &mut Model) -> Vec<Effect> {
    let Some(chosen) = stale(model) else {
        return Vec::new();
    };
    let name = match chosen.tasks.len() {
        1 => "1 stale task reset to not started".to_owned(),
        count => format!("{count} stale tasks reset to not started"),
    };
    mark_as(model, &chosen, State::Todo, name)
}

/// Returns the stale tasks of the spec that the cursor is in, if there are any.
fn stale(model: &Model) -> Option<Selection> {
    let card = if model.surface() == Surface::Board {
        model.board.card()
    } else {
        None
    };
    let feature = card
        .map(|(cards, _)| &cards.feature)
        .or(model.open_files.feature.as_ref())?;
    model.stale_days_in(feature)?;
    let mut chosen =
        card.map_or_else(|| tasks_of(model), |(cards, _)| Some(tasks_of_cards(cards)))?;
    let Selection { file, tasks, .. } = &mut chosen;
    tasks.retain(|task| expected_state(model, file, task).marker().grows_stale);
    (!chosen.tasks.is_empty()).then_some(chosen)
}

fn tasks_of(model: &Model) -> Option<Selection> {
    let items = &model.open_file()?.tasks.items;
    let stale: Vec<usize> = (0..items.len())
        .filter(|index| grows_stale(&items[*index]))
        .collect();
    model.selection_of(&stale)
}

/// Returns the stale tasks of a spec from its cards: all of them have one.
fn tasks_of_cards(cards: &Cards) -> Selection {
    let stale = cards
        .list
        .iter()
        .filter(|card| card.state.marker().grows_stale);
    let tasks = stale.map(Card::selected).collect();
    Selection {
        feature: cards.feature.clone(),
        file: cards.file.clone(),
        tasks,
    }
}
