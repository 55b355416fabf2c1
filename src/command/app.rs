//! The program itself: help, leaving, suspending, drawing again.

use super::{Command, Hint, Scope, always};
use crate::model::{Effect, Focus, Model, View};

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "view-close",
        keys: &["q"],
        scope: Scope::All,
        doc: "Back to the view before; in the main view quit",
        hint: Some(Hint { keys: "q", word: "quit", rank: 90 }),
        applies: always,
        run: close,
    },
    Command {
        name: "mode-leave",
        keys: &["esc", "ctrl-c"],
        scope: Scope::All,
        doc: "Leave the mode, selection, filter or message",
        hint: None,
        applies: always,
        run: leave,
    },
    Command {
        name: "app-suspend",
        keys: &["ctrl-z"],
        scope: Scope::All,
        doc: "Suspend",
        hint: None,
        applies: always,
        run: |_| vec![Effect::Suspend],
    },
    Command {
        name: "screen-redraw",
        keys: &["ctrl-l"],
        scope: Scope::All,
        doc: "Draw everything again",
        hint: None,
        applies: always,
        run: |_| vec![Effect::Redraw],
    },
    Command {
        name: "help-open",
        keys: &["?"],
        scope: Scope::All,
        doc: "Keys of this place; again: all",
        hint: None,
        applies: always,
        run: help,
    },
];

fn close(model: &mut Model) -> Vec<Effect> {
    match model.view {
        View::Help { .. } => model.view = View::Main,
        View::Main => model.quit = Some(0),
    }
    Vec::new()
}

/// Leaves the innermost thing, and never the program.
fn leave(model: &mut Model) -> Vec<Effect> {
    let drawer = model.focus == Focus::Sidebar && model.layout().body.x == 0;
    match model.view {
        _ if model.notices.clear() => {}
        View::Help { .. } => model.view = View::Main,
        View::Main if drawer => {
            model.focus = Focus::Content;
            model.sidebar.toggled = false;
        }
        View::Main => model.notices.say("q quits"),
    }
    Vec::new()
}

fn help(model: &mut Model) -> Vec<Effect> {
    model.view = match model.view {
        View::Main => View::Help { all: false, top: 0 },
        View::Help { all, .. } => View::Help { all: !all, top: 0 },
    };
    Vec::new()
}
