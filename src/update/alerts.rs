//! Telling a user who looks elsewhere that something happened: an agent's change, a task that is
//! done. Knows no terminal.

use crate::command::{OtherKeys, other_keys};
use crate::model::{Alert, Effect, Model};

/// What was known before a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Known {
    unread: usize,
    done: usize,
}

/// Returns what is known now; none where nobody is to be told.
pub(super) fn known(model: &Model) -> Option<Known> {
    let is_typing = other_keys(model) == OtherKeys::Typed;
    if model.settings.alert == Alert::Off || !model.is_elsewhere || is_typing {
        return None;
    }
    let summaries = model.specs.summaries();
    let specs = summaries.iter().filter(|summary| summary.unread).count();
    let items = model.pane_states.iter();
    let items: usize = items.map(|(.., pane_state)| pane_state.unread.len()).sum();
    let done = summaries.iter().filter_map(|summary| summary.progress);
    Some(Known {
        unread: specs + items,
        done: done.map(|progress| progress.done).sum(),
    })
}

/// Tells what is new since then.
pub(super) fn tell(model: &Model, before: Option<Known>) -> Option<Effect> {
    let (before, now) = (before?, known(model)?);
    let done = now.done.saturating_sub(before.done);
    let words = match (done, now.unread) {
        (0, unread) if unread <= before.unread => return None,
        (0, unread) => format!("{unread} unread changes in the specs"),
        (1, _) => "a task is done".to_owned(),
        (done, _) => format!("{done} tasks are done"),
    };
    Some(Effect::Alert(words))
}
