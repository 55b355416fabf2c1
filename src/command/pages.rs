//! What help, messages and the start screen do: pages without items of a spec.

use super::behaviour::{Action, Behaviour, Motion, word};
use super::{Scope, always, home, named, run_or_say};
use crate::model::{Effect, Model};

const NO_TASK: &str = "the cursor is not on a task";

/// Leaves a page for the view that it was called from.
const CLOSE: Action = Action {
    applies: always,
    hint: |_| word("back", 90),
    run: |model| {
        close(model);
        Vec::new()
    },
};

/// The help screen.
pub(super) const HELP: Behaviour = Behaviour {
    scopes: &[],
    step: move_in_help,
    page: move_in_help,
    rows: rows_of_page,
    across: Some(Motion {
        applies: always,
        hint: |_| word("column", 40),
        run: |model, by| {
            model.help.go_across(model.size.0, by);
            Vec::new()
        },
    }),
    open: Some(Action {
        applies: always,
        hint: |_| word("run", 20),
        run: run_chosen,
    }),
    turn: None,
    hide_finished: None,
    folding: None,
    heading: None,
    sideways: None,
    anchor: None,
    close: CLOSE,
    escape: close,
    no_item: NO_TASK,
};

/// The last messages.
pub(super) const MESSAGES: Behaviour = Behaviour {
    scopes: &[],
    step: scroll_messages,
    page: scroll_messages,
    rows: rows_of_page,
    across: None,
    open: None,
    turn: None,
    hide_finished: None,
    folding: None,
    heading: None,
    sideways: None,
    anchor: None,
    close: CLOSE,
    escape: close,
    no_item: NO_TASK,
};

/// The start screen.
pub(super) const START: Behaviour = Behaviour {
    scopes: &[Scope::Start],
    step: |_, _| Vec::new(),
    page: |_, _| Vec::new(),
    rows: |_| 0,
    across: None,
    open: None,
    turn: None,
    hide_finished: None,
    folding: None,
    heading: None,
    sideways: None,
    anchor: None,
    close: home::CLOSE,
    escape: home::say_how_to_quit,
    no_item: NO_TASK,
};

fn move_in_help(model: &mut Model, by: isize) -> Vec<Effect> {
    model.help.go(model.size.0, by);
    Vec::new()
}

fn scroll_messages(model: &mut Model, by: isize) -> Vec<Effect> {
    model.notices.top = model.notices.top.saturating_add_signed(by);
    Vec::new()
}

fn close(model: &mut Model) {
    model.close_view();
}

fn rows_of_page(model: &Model) -> usize {
    usize::from(model.layout().page.height)
}

/// Runs the command under the cursor of the help screen, in the view it was called from.
fn run_chosen(model: &mut Model) -> Vec<Effect> {
    let Some(command) = model.help.selection().and_then(|entry| named(entry.name)) else {
        return Vec::new();
    };
    model.close_view();
    run_or_say(model, command)
}
