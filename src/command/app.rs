//! The program itself: help, leaving, suspending, drawing and reading again.

use super::{
    Command, Hint, Scope, Which, always, filter, help_groups, hint_of, home, modes, no_hint,
    surface,
};
use crate::model::{Effect, Help, Mode, Model, View};

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "view-close",
        keys: &["q"],
        scope: Scope::All,
        doc: "Back; in the main view, quit",
        needs: None,
        hint: |model| hint_of("q", surface::current(model).close.hint, model),
        applies: always,
        run: |model| (surface::current(model).close.run)(model),
    },
    Command {
        name: "app-quit",
        keys: &[],
        scope: Scope::All,
        doc: "Quit from anywhere",
        needs: None,
        hint: no_hint,
        applies: always,
        run: home::quit,
    },
    Command {
        name: "mode-leave",
        keys: &["esc", "ctrl-c"],
        scope: Scope::Always,
        doc: "Cancel: leave a mode, selection or message",
        needs: None,
        hint: |model| {
            let clears = model.mode == Mode::Normal && model.filter().is_some();
            let word = if clears {
                Some("clear")
            } else {
                modes::row(&model.mode).leave
            };
            let rank = if clears { 1 } else { 90 };
            word.map(|word| Hint {
                keys: "esc",
                word,
                rank,
            })
        },
        applies: always,
        run: leave,
    },
    Command {
        name: "app-suspend",
        keys: &["ctrl-z"],
        scope: Scope::Always,
        doc: "Suspend (fg brings it back)",
        needs: None,
        hint: no_hint,
        applies: always,
        run: |_| vec![Effect::Suspend],
    },
    Command {
        name: "screen-redraw",
        keys: &["ctrl-l"],
        scope: Scope::Always,
        doc: "Redraw the screen",
        needs: None,
        hint: no_hint,
        applies: always,
        run: |_| vec![Effect::Redraw],
    },
    Command {
        name: "files-reload",
        keys: &["g R"],
        scope: Scope::All,
        doc: "Read all files again",
        needs: None,
        hint: no_hint,
        applies: |model| model.view != View::Start,
        run: reload,
    },
    Command {
        name: "help-open",
        keys: &["?"],
        scope: Scope::All,
        doc: "Keys that work here; again: all keys",
        needs: None,
        hint: no_hint,
        applies: always,
        run: help,
    },
    Command {
        name: "messages-open",
        keys: &["g m"],
        scope: Scope::All,
        doc: "Recent messages",
        needs: None,
        hint: no_hint,
        applies: |model| model.view != View::Messages,
        run: open_messages,
    },
];

/// Leaves the innermost thing, and never the program.
fn leave(model: &mut Model) -> Vec<Effect> {
    let has_left = modes::leave(model)
        || model.notices.clear()
        || model.mode.leave_selection()
        || model.find.take().is_some()
        || filter::clear(model);
    if !has_left {
        (surface::current(model).escape)(model);
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

/// Compares every file with what was read of it, and draws everything again.
fn reload(model: &mut Model) -> Vec<Effect> {
    model.notices.show("read all files again");
    vec![Effect::Redraw]
}

fn open_messages(model: &mut Model) -> Vec<Effect> {
    model.notices.top = 0;
    model.open_view(View::Messages);
    Vec::new()
}
