//! Moving the cursor: by item, by half pages, to the ends; between list and pane.

use super::{Command, Hint, Scope, always};
use crate::model::{Deadline, Effect, Focus, Model, Pane, Row, View};

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "cursor-down",
        keys: &["j", "down"],
        scope: Scope::All,
        doc: "Next item",
        hint: None,
        applies: always,
        run: down,
    },
    Command {
        name: "cursor-up",
        keys: &["k", "up"],
        scope: Scope::All,
        doc: "Previous item",
        hint: None,
        applies: always,
        run: up,
    },
    Command {
        name: "cursor-first",
        keys: &["g g", "home"],
        scope: Scope::All,
        doc: "First item",
        hint: None,
        applies: always,
        run: first,
    },
    Command {
        name: "cursor-last",
        keys: &["G", "end"],
        scope: Scope::All,
        doc: "Last item",
        hint: None,
        applies: always,
        run: last,
    },
    Command {
        name: "page-down",
        keys: &["ctrl-d", "pgdn"],
        scope: Scope::All,
        doc: "Half a page down",
        hint: None,
        applies: always,
        run: page_down,
    },
    Command {
        name: "page-up",
        keys: &["ctrl-u", "pgup"],
        scope: Scope::All,
        doc: "Half a page up",
        hint: None,
        applies: always,
        run: page_up,
    },
    Command {
        name: "item-open",
        keys: &["enter"],
        scope: Scope::All,
        doc: "Go to or open what the cursor is on",
        hint: Some(Hint {
            keys: "enter",
            word: "open",
            rank: 20,
        }),
        applies: can_open,
        run: open,
    },
    Command {
        name: "pane-next",
        keys: &["tab"],
        scope: Scope::All,
        doc: "Focus the next pane",
        hint: Some(Hint {
            keys: "tab",
            word: "other pane",
            rank: 32,
        }),
        applies: |model| model.view == View::Main,
        run: next_pane,
    },
    Command {
        name: "pane-previous",
        keys: &["shift-tab"],
        scope: Scope::All,
        doc: "Focus the previous pane",
        hint: None,
        applies: |model| model.view == View::Main,
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
    let half = half_page(model);
    move_by_page(model, half)
}

fn page_up(model: &mut Model) -> Vec<Effect> {
    let half = half_page(model);
    move_by_page(model, -half)
}

/// Moves by a number of rows: in a pane an item may take several, elsewhere each takes one.
fn move_by_page(model: &mut Model, by: isize) -> Vec<Effect> {
    if (model.view, model.focus) != (View::Main, Focus::Content) {
        return move_by(model, by);
    }
    let rows = model.rows();
    let Some(place) = model.place_mut() else {
        return Vec::new();
    };
    let Some(at) = rows.iter().position(|row| place.is_at(*row)) else {
        return Vec::new();
    };
    let to = at.saturating_add_signed(by);
    let mut ahead = (0..rows.len()).filter(|index| rows[*index].is_place());
    let found = if by > 0 {
        let next = ahead.clone().find(|index| *index > at);
        ahead.rfind(|index| (at + 1..=to).contains(index)).or(next)
    } else {
        let previous = ahead.clone().rfind(|index| *index < at);
        ahead.find(|index| (to..at).contains(index)).or(previous)
    };
    if let Some(index) = found {
        place.stand_on(rows[index]);
    }
    Vec::new()
}

fn first(model: &mut Model) -> Vec<Effect> {
    move_by(model, isize::MIN / 2)
}

fn last(model: &mut Model) -> Vec<Effect> {
    move_by(model, isize::MAX / 2)
}

fn half_page(model: &Model) -> isize {
    let layout = model.layout();
    let rows = match (model.view, model.focus) {
        (View::Main, Focus::Sidebar) => layout.sidebar_rows(),
        (View::Main, Focus::Content) => usize::from(layout.body.height),
        (View::Help | View::Messages, _) => usize::from(layout.page.height),
        (View::Board, _) => model.cards_on_screen(),
        (View::Start, _) => 0,
    };
    (rows / 2).max(1).cast_signed()
}

/// Moves the cursor of whatever has the focus by a number of rows on which it can stand.
fn move_by(model: &mut Model, by: isize) -> Vec<Effect> {
    match (model.view, model.focus) {
        (View::Help, _) => model.help.go(model.size.0, by),
        (View::Messages, _) => model.notices.top = model.notices.top.saturating_add_signed(by),
        (View::Start, _) => {}
        (View::Board, _) => return super::board::move_by(model, by),
        (View::Main, Focus::Sidebar) => return move_in_sidebar(model, by),
        (View::Main, Focus::Content) => return move_in_pane(model, by),
    }
    Vec::new()
}

fn move_in_pane(model: &mut Model, by: isize) -> Vec<Effect> {
    let places: Vec<Row> = model
        .rows()
        .into_iter()
        .filter(|row| row.is_place())
        .collect();
    let Some(place) = model.place_mut() else {
        return Vec::new();
    };
    let at = places.iter().position(|row| place.is_at(*row)).unwrap_or(0);
    let to = at
        .saturating_add_signed(by)
        .min(places.len().saturating_sub(1));
    if let Some(row) = places.get(to) {
        place.stand_on(*row);
    }
    Vec::new()
}

/// Moves in the list of specs. The content follows when the keys rest, so that a held key stays
/// cheap.
fn move_in_sidebar(model: &mut Model, by: isize) -> Vec<Effect> {
    let rows = model.sidebar.rows(&model.workspace, &model.summaries);
    let at = rows
        .iter()
        .position(|row| row.path == model.sidebar.cursor)
        .unwrap_or(0);
    let to = at
        .saturating_add_signed(by)
        .min(rows.len().saturating_sub(1));
    if let Some(row) = rows.into_iter().nth(to) {
        model.sidebar.cursor = row.path;
    }
    vec![Effect::Wait(Deadline::Rest)]
}

fn can_open(model: &Model) -> bool {
    match (model.view, model.focus) {
        (View::Help, _) | (View::Main, Focus::Sidebar) => true,
        (View::Board, _) => super::board::on_card(model),
        (View::Main, Focus::Content) if model.pane == Pane::Trace => model.has_trace(),
        (View::Main, Focus::Content) => {
            super::jump::on_item(model) || model.file_at_cursor().is_some()
        }
        (View::Messages | View::Start, _) => false,
    }
}

/// Opens what the cursor is on: a spec, a folder of specs, the details of a task, a file.
fn open(model: &mut Model) -> Vec<Effect> {
    match (model.view, model.focus) {
        (View::Help, _) => return super::app::run_chosen(model),
        (View::Board, _) => return super::board::open_task(model),
        (View::Messages | View::Start, _) => return Vec::new(),
        (View::Main, Focus::Content) if model.is_in_file_list() => return open_file(model),
        (View::Main, Focus::Content) if model.pane == Pane::Trace => {
            return super::trace::open_cell(model);
        }
        (View::Main, Focus::Content) => return super::jump::open(model),
        (View::Main, Focus::Sidebar) => {}
    }
    let Some(index) = model.feature_at(&model.sidebar.cursor.clone()) else {
        return super::fold::toggle(model);
    };
    model.focus = Focus::Content;
    model.sidebar.toggled = false;
    let feature = &model.workspace.features[index];
    let is_open = model.sheets.feature.as_ref() == Some(&feature.folder.path);
    if is_open {
        Vec::new()
    } else {
        vec![
            Effect::Open(Box::new(feature.clone()), Vec::new()),
            Effect::Forget(Deadline::Rest),
        ]
    }
}

/// Opens the file under the cursor in place of the list; the list stays until the file is read.
fn open_file(model: &mut Model) -> Vec<Effect> {
    model.files.open = model.file_at_cursor().map(|file| file.path.clone());
    if let Some(place) = model.place_mut() {
        let cursor = place.cursor.line;
        place.unread.remove(&cursor);
    }
    Vec::new()
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
