//! Putting stale work back: what was begun long ago is not started again.

use super::intent::{expected_state, mark_as};
use crate::markdown::State;
use crate::model::{Cards, Effect, Model, SelectedTask, Selection, Surface};
use crate::spec::stale::is_begun;

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
        1 => "1 stale task not started".to_owned(),
        count => format!("{count} stale tasks not started"),
    };
    mark_as(model, &chosen, State::Todo, name)
}

/// Returns the stale tasks of the spec that the cursor is in, if there are any.
fn stale(model: &Model) -> Option<Selection> {
    let card = model
        .board
        .card()
        .filter(|_| model.surface() == Surface::Board);
    let feature = card
        .map(|(cards, _)| &cards.feature)
        .or(model.open_files.feature.as_ref())?;
    model.stale_days_in(feature)?;
    let mut chosen =
        card.map_or_else(|| begun_tasks(model), |(cards, _)| Some(begun_cards(cards)))?;
    let Selection { file, tasks, .. } = &mut chosen;
    tasks.retain(|task| expected_state(model, file, task).is_begun());
    (!chosen.tasks.is_empty()).then_some(chosen)
}

fn begun_tasks(model: &Model) -> Option<Selection> {
    let items = &model.open_file()?.tasks.items;
    let begun: Vec<usize> = (0..items.len())
        .filter(|index| is_begun(&items[*index]))
        .collect();
    model.selection_of(&begun)
}

/// Returns the begun tasks of a spec: all of them have a card.
fn begun_cards(cards: &Cards) -> Selection {
    let begun = cards.list.iter().filter(|card| card.state.is_begun());
    let tasks = begun
        .map(|card| SelectedTask {
            key: card.key(),
            state: card.state,
        })
        .collect();
    Selection {
        feature: cards.feature.clone(),
        file: cards.file.clone(),
        tasks,
    }
}
