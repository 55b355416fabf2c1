//! Leaving the main view: back to the kanban or the overview that a task or a spec was opened from,
//! else the program.

use super::behaviour::{Action, word};
use super::{always, board, overview};
use crate::model::{Effect, Model};

/// The exit status of a board that found nothing to read.
const NOTHING_READ: u8 = 3;

/// Leaves the main view or the start screen.
pub(super) const CLOSE: Action = Action {
    applies: always,
    hint: |_| word("quit", 90),
    run: close,
};

fn close(model: &mut Model) -> Vec<Effect> {
    if let Some(scope) = model.board.behind.take() {
        return board::reopen(model, &scope);
    }
    if model.overview.leads_back {
        overview::open(model);
        return Vec::new();
    }
    quit(model)
}

/// Ends the program.
pub(super) fn quit(model: &mut Model) -> Vec<Effect> {
    model.quit = Some(if model.missing.is_some() {
        NOTHING_READ
    } else {
        0
    });
    Vec::new()
}

/// Says how the program is left, unless a message was there to be left.
pub(super) fn say_how_to_quit(model: &mut Model) {
    if !model.notices.has_passed {
        model.notices.say("q quits");
    }
}

/// Says how a surface is left that lies over another.
pub(super) fn say_how_to_go_back(model: &mut Model) {
    model.notices.say("q goes back");
}
