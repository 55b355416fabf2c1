//! The program itself: help, leaving, suspending, drawing again.

use super::{
    Command, Hint, Scope, Which, always, board, help_groups, jump, leave_prompt, named, run_or_say,
};
use crate::model::{Effect, Focus, Help, Model, View};

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "view-close",
        keys: &["q"],
        scope: Scope::All,
        doc: "Back to the view before; in the main view quit",
        hint: Some(Hint {
            keys: "q",
            word: "quit",
            rank: 90,
        }),
        applies: always,
        run: close,
    },
    Command {
        name: "app-quit",
        keys: &[],
        scope: Scope::All,
        doc: "Quit from anywhere",
        hint: None,
        applies: always,
        run: quit,
    },
    Command {
        name: "mode-leave",
        keys: &["esc", "ctrl-c"],
        scope: Scope::Always,
        doc: "Leave the mode, selection, filter or message",
        hint: None,
        applies: always,
        run: leave,
    },
    Command {
        name: "app-suspend",
        keys: &["ctrl-z"],
        scope: Scope::Always,
        doc: "Suspend",
        hint: None,
        applies: always,
        run: |_| vec![Effect::Suspend],
    },
    Command {
        name: "screen-redraw",
        keys: &["ctrl-l"],
        scope: Scope::Always,
        doc: "Read and draw again",
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
    Command {
        name: "messages-open",
        keys: &["g m"],
        scope: Scope::All,
        doc: "The last messages",
        hint: None,
        applies: |model| model.view != View::Messages,
        run: open_messages,
    },
];

/// The exit status of a board that found nothing to read.
const NOTHING_READ: u8 = 3;

fn close(model: &mut Model) -> Vec<Effect> {
    match model.view {
        View::Help | View::Messages => {
            model.close_view();
        }
        View::Board => board::close(model),
        View::Main if model.is_in_open_file() => {
            model.close_file();
        }
        View::Main | View::Start => {
            let Some(reach) = model.board.behind.take() else {
                return quit(model);
            };
            return board::reopen(model, &reach);
        }
    }
    Vec::new()
}

fn quit(model: &mut Model) -> Vec<Effect> {
    model.quit = Some(if model.missing.is_some() {
        NOTHING_READ
    } else {
        0
    });
    Vec::new()
}

/// Leaves the innermost thing, and never the program.
fn leave(model: &mut Model) -> Vec<Effect> {
    let is_drawer = model.focus == Focus::Sidebar && model.layout().body.x == 0;
    if leave_prompt(model)
        || jump::leave(model)
        || model.notices.clear()
        || model.mode.leave_selection()
    {
        return Vec::new();
    }
    match model.view {
        View::Help | View::Messages => {
            model.close_view();
        }
        View::Board => model.notices.say("q goes back"),
        View::Main if is_drawer => {
            model.focus = Focus::Content;
            model.sidebar.toggled = false;
        }
        View::Main if model.is_in_open_file() => model.notices.say("q goes back"),
        // A message was there to be left.
        View::Main | View::Start if model.notices.has_passed => {}
        View::Main | View::Start => model.notices.say("q quits"),
    }
    Vec::new()
}

/// Opens the help screen of this place; on the help screen lists all commands, or those of the
/// place again.
fn help(model: &mut Model) -> Vec<Effect> {
    let all = model.view == View::Help && !model.help.all;
    if model.view == View::Help {
        model.close_view();
    }
    let groups = help_groups(model, if all { Which::All } else { Which::Here });
    model.help = Help {
        all,
        groups,
        ..Help::default()
    };
    model.open_view(View::Help);
    Vec::new()
}

/// Runs the command under the cursor of the help screen, in the view it was called from.
pub(super) fn run_chosen(model: &mut Model) -> Vec<Effect> {
    let Some(command) = model.help.chosen().and_then(|entry| named(entry.name)) else {
        return Vec::new();
    };
    model.close_view();
    run_or_say(model, command)
}

fn open_messages(model: &mut Model) -> Vec<Effect> {
    // The newest are at the end; the view brings this back to what there is.
    model.notices.top = usize::MAX;
    model.open_view(View::Messages);
    Vec::new()
}
