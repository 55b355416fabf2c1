//! The panes of a spec: choosing one, its headings, scrolling it.

use super::{Command, Hint, Scope};
use crate::model::{Deadline, Effect, Focus, Layout, Model, Pane, Row, RowKind, View};

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "requirements-open",
        keys: &["1"],
        scope: Scope::All,
        doc: "Requirements (bugfix.md: bug analysis)",
        hint: None,
        applies: has_specs,
        run: |model| open(model, Pane::Requirements),
    },
    Command {
        name: "design-open",
        keys: &["2"],
        scope: Scope::All,
        doc: "Design",
        hint: None,
        applies: has_specs,
        run: |model| open(model, Pane::Design),
    },
    Command {
        name: "tasks-open",
        keys: &["3"],
        scope: Scope::All,
        doc: "Tasks",
        hint: None,
        applies: has_specs,
        run: |model| open(model, Pane::Tasks),
    },
    Command {
        name: "trace-open",
        keys: &["4"],
        scope: Scope::All,
        doc: "Criteria against tasks",
        hint: None,
        applies: has_specs,
        run: |model| open(model, Pane::Trace),
    },
    Command {
        name: "files-open",
        keys: &["5"],
        scope: Scope::All,
        doc: "Files of the spec, steering",
        hint: None,
        applies: has_specs,
        run: |model| open(model, Pane::Files),
    },
    Command {
        name: "pane-split",
        keys: &["|"],
        scope: Scope::Main,
        doc: "Show the partner pane beside this one, or not",
        hint: Some(Hint {
            keys: "|",
            word: "side by side",
            rank: 33,
        }),
        applies: |model| {
            model.view == View::Main
                && model.size.0 >= Layout::SPLIT
                && Pane::DOCUMENTS.contains(&model.pane)
        },
        run: toggle_split,
    },
    Command {
        name: "peek-toggle",
        keys: &["p"],
        scope: Scope::Main,
        doc: "Show or hide the peek",
        hint: Some(Hint {
            keys: "p",
            word: "peek",
            rank: 70,
        }),
        applies: |model| model.view == View::Main && Pane::DOCUMENTS.contains(&model.pane),
        run: toggle_peek,
    },
    Command {
        name: "heading-next",
        keys: &["] ]"],
        scope: Scope::Main,
        doc: "Next heading or requirement",
        hint: None,
        applies: in_pane,
        run: next_heading,
    },
    Command {
        name: "heading-previous",
        keys: &["[ ["],
        scope: Scope::Main,
        doc: "Previous heading or requirement",
        hint: None,
        applies: in_pane,
        run: previous_heading,
    },
    Command {
        name: "view-centre",
        keys: &["z z"],
        scope: Scope::All,
        doc: "Put the cursor in the middle",
        hint: None,
        applies: |model| in_pane(model) || model.file_at_cursor().is_some(),
        run: centre,
    },
    Command {
        name: "view-left",
        keys: &["z h"],
        scope: Scope::All,
        doc: "Scroll wide code and tables left",
        hint: None,
        applies: in_pane,
        run: scroll_left,
    },
    Command {
        name: "view-right",
        keys: &["z l"],
        scope: Scope::All,
        doc: "Scroll wide code and tables right",
        hint: None,
        applies: in_pane,
        run: scroll_right,
    },
];

fn has_specs(model: &Model) -> bool {
    model.missing.is_none()
}

fn in_pane(model: &Model) -> bool {
    model.view == View::Main
        && model.focus == Focus::Content
        && (model.sheet().is_some() || model.is_on_trace())
}

/// Shows a pane, and gives it the focus.
fn open(model: &mut Model, pane: Pane) -> Vec<Effect> {
    let is_drawer = model.layout().body.x == 0;
    model.view = View::Main;
    model.choose_pane(pane);
    model.focus = Focus::Content;
    model.sidebar.toggled &= !is_drawer;
    Vec::new()
}

/// Puts the partner of a pane beside it, or takes it away again.
fn toggle_split(model: &mut Model) -> Vec<Effect> {
    model.is_split = !model.is_split;
    model.choose_pane(model.pane);
    // What is beside it now is to follow as after a move.
    model.rested = None;
    vec![Effect::Wait(Deadline::Rest)]
}

/// Shows or hides the peek below the pane.
fn toggle_peek(model: &mut Model) -> Vec<Effect> {
    model.hides_peek = !model.hides_peek;
    let (columns, rows) = model.size;
    if !model.hides_peek && model.layout().peek.is_none() && model.subject().is_some() {
        model
            .notices
            .say(format!("there is no room for a peek at {columns}x{rows}"));
    }
    vec![Effect::Wait(Deadline::Rest)]
}

fn next_heading(model: &mut Model) -> Vec<Effect> {
    if model.pane == Pane::Trace {
        return super::trace::next_section(model);
    }
    let (rows, at) = rows_around_cursor(model);
    let next = headings(model, &rows)
        .into_iter()
        .find(|heading| *heading > at);
    go_to(model, &rows, next, "this is the last heading")
}

fn previous_heading(model: &mut Model) -> Vec<Effect> {
    if model.pane == Pane::Trace {
        return super::trace::previous_section(model);
    }
    let (rows, at) = rows_around_cursor(model);
    let previous = headings(model, &rows)
        .into_iter()
        .rfind(|heading| *heading < at);
    go_to(model, &rows, previous, "this is the first heading")
}

/// Returns the rows of the pane, and the index of the one under the cursor.
fn rows_around_cursor(model: &Model) -> (Vec<Row>, usize) {
    let rows = model.rows();
    let at = model
        .place()
        .and_then(|place| rows.iter().position(|row| place.is_at(*row)));
    (rows, at.unwrap_or(0))
}

/// Puts the cursor on a heading. One that would stand in the lower half of the screen comes to the
/// top, with what is below it.
fn go_to(model: &mut Model, rows: &[Row], at: Option<usize>, nowhere: &str) -> Vec<Effect> {
    let Some(at) = at else {
        model.notices.say(nowhere);
        return Vec::new();
    };
    let half = usize::from(model.layout().body.height) / 2;
    if let Some(place) = model.place_mut() {
        place.stand_on(rows[at]);
        if !(place.top..=place.top + half).contains(&at) {
            place.top = at;
        }
    }
    Vec::new()
}

/// Returns the rows of the headings; in a task list without phases, of the tasks at the top.
fn headings(model: &Model, rows: &[Row]) -> Vec<usize> {
    let at = |is_wanted: &dyn Fn(RowKind) -> bool| {
        (0..rows.len())
            .filter(|row| is_wanted(rows[*row].kind))
            .collect()
    };
    let headings: Vec<usize> = at(&|kind| {
        matches!(
            kind,
            RowKind::Heading(_) | RowKind::Phase(..) | RowKind::Wave(..)
        )
    });
    let Some(sheet) = model.sheet().filter(|_| headings.is_empty()) else {
        return headings;
    };
    at(&|kind| matches!(kind, RowKind::Task(index, _) if sheet.tasks.items[index].depth == 0))
}

fn centre(model: &mut Model) -> Vec<Effect> {
    let half = usize::from(model.layout().body.height) / 2;
    let rows = model.rows();
    if let Some(place) = model.place_mut()
        && let Some(index) = rows.iter().position(|row| place.is_at(*row))
    {
        place.top = index.saturating_sub(half);
    }
    Vec::new()
}

fn scroll_left(model: &mut Model) -> Vec<Effect> {
    if model.pane == Pane::Trace {
        return super::trace::page_across(model, -1);
    }
    let step = step(model);
    scroll(model, |left| left.saturating_sub(step))
}

fn scroll_right(model: &mut Model) -> Vec<Effect> {
    if model.pane == Pane::Trace {
        return super::trace::page_across(model, 1);
    }
    let step = step(model);
    scroll(model, |left| left + step)
}

/// Returns half the columns of the pane.
fn step(model: &Model) -> usize {
    model.layout().source_columns() / 2
}

/// Moves what is cut to the left or right, as far as it goes.
fn scroll(model: &mut Model, to: impl Fn(usize) -> usize) -> Vec<Effect> {
    let furthest = model
        .place()
        .and_then(|place| Some(model.sheet()?.furthest(place)))
        .unwrap_or(0);
    if furthest == 0 {
        model.notices.say("nothing here is wider than the pane");
    } else if let Some(place) = model.place_mut() {
        place.left = to(place.left).min(furthest);
    }
    Vec::new()
}
