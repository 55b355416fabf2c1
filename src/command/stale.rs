//! Putting stale work back: what was begun long ago is not started again.

use super::mark::{expected_state, mark_as};
use crate::markdown::State;
use crate::model::{Chosen, ChosenTask, Effect, Model, View};
use crate::spec::change::TaskKey;
use crate::spec::stale::{STALE_AFTER_DAYS, is_begun, is_begun_state};

/// Puts all stale tasks of one spec back, as one change.
pub(super) fn reset(model: &mut Model) -> Vec<Effect> {
    let Some(chosen) = stale(model) else {
        model.notices.say(format!("nothing here has been in progress or queued for {STALE_AFTER_DAYS} days"));
        return Vec::new();
    };
    let name = match chosen.tasks.len() {
        1 => "1 stale task not started".to_owned(),
        count => format!("{count} stale tasks not started"),
    };
    mark_as(model, &chosen, State::Todo, name)
}

/// Gives the stale tasks of the spec that the cursor is in, if there are any.
fn stale(model: &Model) -> Option<Chosen> {
    let mut chosen = if model.view == View::Board { begun_cards(model) } else { begun_tasks(model) }?;
    model.stale_days_in(&chosen.feature)?;
    let Chosen { file, tasks, .. } = &mut chosen;
    tasks.retain(|task| is_begun_state(expected_state(model, file, task)));
    (!chosen.tasks.is_empty()).then_some(chosen)
}

fn begun_tasks(model: &Model) -> Option<Chosen> {
    let items = &model.sheet()?.tasks.items;
    let begun: Vec<usize> = (0..items.len()).filter(|index| is_begun(&items[*index])).collect();
    model.chosen_among(&begun)
}

/// Gives the begun tasks of the feature of the card under the cursor: all of them have a card.
fn begun_cards(model: &Model) -> Option<Chosen> {
    let (deck, _) = model.board.card()?;
    let begun = deck.cards.iter().filter(|card| is_begun_state(card.state));
    let task = |key: TaskKey, state: State| ChosenTask { key, state };
    let tasks = begun.map(|card| task(card.key(), card.state)).collect();
    Some(Chosen { feature: deck.feature.clone(), file: deck.file.clone(), tasks })
}
