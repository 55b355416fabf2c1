//! Selecting several items, for one edit.

use super::mark::on_task;
use super::{Command, Hint, Scope};
use crate::model::{Effect, Mode, Model, Surface};

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[Command {
    name: "selection-start",
    keys: &["v"],
    scope: Scope::Items,
    doc: "Select several tasks",
    needs: None,
    hint: |model| {
        let hint = Hint {
            keys: "v",
            word: "select",
            rank: 13,
        };
        (model.surface() == Surface::Board && model.mode == Mode::Normal).then_some(hint)
    },
    applies: |model| matches!(model.surface(), Surface::Tasks | Surface::Board) && on_task(model),
    run: start,
}];

/// Starts a selection at the cursor; where one is there already, leaves it.
fn start(model: &mut Model) -> Vec<Effect> {
    if model.mode.leave_selection() {
        return Vec::new();
    }
    let mode = match model.surface() {
        Surface::Board => model
            .board
            .cursor()
            .cursor
            .map(Box::new)
            .map(Mode::SelectCards),
        _ => model.pane_state().map(|pane_state| Mode::Select {
            anchor: pane_state.cursor.line,
        }),
    };
    model.mode = mode.unwrap_or_default();
    Vec::new()
}
