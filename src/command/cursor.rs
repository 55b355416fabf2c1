//! Moving the cursor: by item, by half pages, to the ends; between list and pane.

use super::behaviour::Action;
use super::{Command, Hint, Scope, always, hint_of, no_hint, surface};
use crate::model::{Effect, Focus, Model, Pane};

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "cursor-down",
        keys: &["j", "down"],
        scope: Scope::All,
        doc: "Next item",
        needs: None,
        hint: no_hint,
        applies: always,
        run: down,
    },
    Command {
        name: "cursor-up",
        keys: &["k", "up"],
        scope: Scope::All,
        doc: "Previous item",
        needs: None,
        hint: no_hint,
        applies: always,
        run: up,
    },
    Command {
        name: "cursor-first",
        keys: &["g g", "home"],
        scope: Scope::All,
        doc: "First item",
        needs: None,
        hint: no_hint,
        applies: always,
        run: first,
    },
    Command {
        name: "cursor-last",
        keys: &["G", "end"],
        scope: Scope::All,
        doc: "Last item",
        needs: None,
        hint: no_hint,
        applies: always,
        run: last,
    },
    Command {
        name: "page-down",
        keys: &["ctrl-f", "pgdn"],
        scope: Scope::All,
        doc: "Page down",
        needs: None,
        hint: no_hint,
        applies: always,
        run: page_down,
    },
    Command {
        name: "page-up",
        keys: &["ctrl-b", "pgup"],
        scope: Scope::All,
        doc: "Page up",
        needs: None,
        hint: no_hint,
        applies: always,
        run: page_up,
    },
    Command {
        name: "half-page-down",
        keys: &["ctrl-d"],
        scope: Scope::All,
        doc: "Half a page down",
        needs: None,
        hint: no_hint,
        applies: always,
        run: half_page_down,
    },
    Command {
        name: "half-page-up",
        keys: &["ctrl-u"],
        scope: Scope::All,
        doc: "Half a page up",
        needs: None,
        hint: no_hint,
        applies: always,
        run: half_page_up,
    },
    Command {
        name: "item-open",
        keys: &["enter"],
        scope: Scope::All,
        doc: "Open, or go to what this refers to",
        needs: None,
        hint: |model| hint_of("enter", open(model)?.hint, model),
        applies: |model| open(model).is_some_and(|open| (open.applies)(model)),
        run: |model| open(model).map_or_else(Vec::new, |open| (open.run)(model)),
    },
    Command {
        name: "pane-next",
        keys: &["tab"],
        scope: Scope::All,
        doc: "To the next pane",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "tab",
                word: "other pane",
                rank: 72,
            })
        },
        applies: |model| model.surface().is_main(),
        run: next_pane,
    },
    Command {
        name: "pane-previous",
        keys: &["shift-tab"],
        scope: Scope::All,
        doc: "To the previous pane",
        needs: None,
        hint: no_hint,
        applies: |model| model.surface().is_main(),
        run: previous_pane,
    },
];

fn down(model: &mut Model) -> Vec<Effect> {
    move_by(model, 1)
}

fn up(model: &mut Model) -> Vec<Effect> {
    move_by(model, -1)
}

fn page_down(model: &mut Model) -> Vec<Effect> {
    page(model, rows(model))
}

fn page_up(model: &mut Model) -> Vec<Effect> {
    page(model, -rows(model))
}

fn half_page_down(model: &mut Model) -> Vec<Effect> {
    page(model, (rows(model) / 2).max(1))
}

fn half_page_up(model: &mut Model) -> Vec<Effect> {
    page(model, -(rows(model) / 2).max(1))
}

fn page(model: &mut Model, by: isize) -> Vec<Effect> {
    (surface::current(model).page)(model, by)
}

fn first(model: &mut Model) -> Vec<Effect> {
    move_by(model, isize::MIN / 2)
}

fn last(model: &mut Model) -> Vec<Effect> {
    move_by(model, isize::MAX / 2)
}

/// Counts the rows that are on the screen at once.
fn rows(model: &Model) -> isize {
    (surface::current(model).rows)(model).max(1).cast_signed()
}

/// Moves the cursor of whatever has the focus by a number of items on which it can stand.
fn move_by(model: &mut Model, by: isize) -> Vec<Effect> {
    (surface::current(model).step)(model, by)
}

/// Returns how what the cursor is on is opened.
fn open(model: &Model) -> Option<&'static Action> {
    surface::current(model).open.as_ref()
}

/// Goes round the panes that stand side by side; where there is one, to the list of specs and back.
fn next_pane(model: &mut Model) -> Vec<Effect> {
    focus_stop(model, |at, count| {
        if at + 1 < count {
            at + 1
        } else {
            usize::from(count > 2)
        }
    })
}

fn previous_pane(model: &mut Model) -> Vec<Effect> {
    focus_stop(model, |at, count| (at + count - 1) % count)
}

/// Returns the focus to another of the panes on the screen, in their order from left to right, and
/// to the list of specs.
fn focus_stop(model: &mut Model, step: fn(usize, usize) -> usize) -> Vec<Effect> {
    let panes = model.layout().areas().map(|area| Some(area.pane));
    let stops: Vec<Option<Pane>> = std::iter::once(None).chain(panes).collect();
    let here = if model.focus == Focus::Sidebar {
        None
    } else {
        Some(model.pane)
    };
    let at = stops.iter().position(|stop| *stop == here).unwrap_or(0);
    match stops[step(at, stops.len())] {
        None => model.focus = Focus::Sidebar,
        Some(pane) => {
            model.focus = Focus::Content;
            model.choose_pane(pane);
        }
    }
    Vec::new()
}
