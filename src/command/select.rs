//! Selecting several items, for one edit.

use super::mark::on_task;
use super::{Command, Scope, no_hint};
use crate::model::{Effect, Mode, Model, Surface};

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[Command {
    name: "selection-start",
    keys: &["v"],
    scope: Scope::Items,
    doc: "Select several items",
    needs: None,
    hint: no_hint,
    applies: |model| model.surface() == Surface::Tasks && on_task(model),
    run: start,
}];

/// Starts a selection at the cursor; where one is there already, leaves it.
fn start(model: &mut Model) -> Vec<Effect> {
    if !model.mode.leave_selection()
        && let Some(pane_state) = model.pane_state()
    {
        model.mode = Mode::Select {
            anchor: pane_state.cursor.line,
        };
    }
    Vec::new()
}
