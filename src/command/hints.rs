//! The hints of the footer: those of the commands that count now, in their order.

use super::{Hint, commands, modes, scopes};
use crate::model::Model;

/// Returns the hints of the footer, in their order, without repeats.
pub fn hints(model: &Model) -> Vec<Hint> {
    let (scopes, mode) = (scopes(model), modes::row(&model.mode));
    let mut hints: Vec<Hint> = commands()
        .filter(|command| scopes.contains(&command.scope) && (command.applies)(model))
        .filter_map(|command| (command.hint)(model))
        .filter(mode.shows)
        .collect();
    hints.sort_by_key(|hint| hint.rank);
    hints.dedup_by_key(|hint| hint.keys);
    hints
}
