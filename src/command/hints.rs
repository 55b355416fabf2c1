//! The hints of the footer: taken from the table of commands, worded for the view and the mode.

use super::{Command, Hint, Scope, applicable, board, commands, trace};
use crate::model::{Focus, Mode, Model, Pane, View};

/// Hints that are called otherwise outside the main view.
const ELSEWHERE: &[(View, &str, &str)] = &[
    (View::Help, "enter", "run"),
    (View::Help, "q", "back"),
    (View::Messages, "q", "back"),
    (View::Help, "h l", "column"),
];

/// Where enter leads to from the items of a pane.
const IN_PANES: &[(Pane, &str)] = &[
    (Pane::Tasks, "requirement"),
    (Pane::Requirements, "task"),
    (Pane::Design, "requirement"),
    (Pane::Trace, "task"),
];

/// What leaves a mode.
const LEAVE: Hint = Hint {
    keys: "esc",
    word: "back",
    rank: 90,
};
/// What marks selected tasks together with all below them.
const BELOW: Hint = Hint {
    keys: "S",
    word: "with children",
    rank: 12,
};
/// The rank behind the last hint of what acts on the item.
const ITEM_RANKS: u8 = 15;

/// Returns the hints of the footer, in their order, without repeats.
pub fn hints(model: &Model) -> Vec<Hint> {
    let mut hints: Vec<Hint> = match (&model.mode, model.mode.base()) {
        (Mode::Choose(_), _) => of(commands().filter(|command| command.scope == Scope::List))
            .chain([LEAVE])
            .collect(),
        (Mode::Prompt(_), _) => of(commands().filter(|command| command.scope == Scope::Prompt))
            .chain([LEAVE])
            .collect(),
        (Mode::Edit(_), _) => {
            of(commands().filter(|command| command.scope == Scope::Editor)).collect()
        }
        (Mode::Question(_), _) => {
            of(commands().filter(|command| command.scope == Scope::Question)).collect()
        }
        (_, Mode::Select { .. }) => {
            let acting = of(applicable(model)).filter(|hint| hint.rank < ITEM_RANKS);
            acting
                .chain([
                    BELOW,
                    Hint {
                        word: "leave",
                        ..LEAVE
                    },
                ])
                .collect()
        }
        _ => {
            let wanted = of(applicable(model)).filter(|hint| is_wanted(model, *hint));
            wanted
                .filter_map(|hint| board::reword(model, hint))
                .filter_map(|hint| trace::reword(model, hint))
                .map(|hint| worded(model, hint))
                .collect()
        }
    };
    hints.sort_by_key(|hint| hint.rank);
    hints.dedup_by_key(|hint| hint.keys);
    hints
}

fn of(commands: impl Iterator<Item = &'static Command>) -> impl Iterator<Item = Hint> {
    commands.filter_map(|command| command.hint)
}

/// Returns whether a hint is worth its room: the list of specs needs no word where it is seen, and
/// nothing folds in a list of files.
fn is_wanted(model: &Model, hint: Hint) -> bool {
    let is_page = matches!(model.view, View::Help | View::Messages);
    let goes_elsewhere = matches!(hint.keys, "b" | ":" | "x" | "u");
    let is_idle = hint.keys == "h l" && model.is_in_file_list();
    (hint.keys != "\\" || model.layout().sidebar.is_none())
        && !(is_page && goes_elsewhere)
        && !is_idle
}

fn worded(model: &Model, hint: Hint) -> Hint {
    if hint.keys == "q" && model.is_in_open_file() {
        return Hint {
            word: "back",
            ..hint
        };
    }
    if hint.keys == "|" && model.layout().is_split() {
        return Hint {
            word: "one pane",
            ..hint
        };
    }
    let other = ELSEWHERE
        .iter()
        .find(|(of, keys, _)| *of == model.view && *keys == hint.keys)
        .map(|(.., word)| *word);
    let is_in_pane =
        model.view == View::Main && model.focus == Focus::Content && hint.keys == "enter";
    let word = other.or_else(|| {
        IN_PANES
            .iter()
            .find(|(pane, _)| is_in_pane && *pane == model.pane)
            .map(|(_, word)| *word)
    });
    word.map_or(hint, |word| Hint { word, ..hint })
}
