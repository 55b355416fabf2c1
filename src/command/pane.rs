//! The panes of a spec: choosing one, its headings, scrolling it.

use super::{Command, Scope};
use crate::model::{Effect, Focus, Model, Pane, RowKind, View};

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
        applies: in_pane,
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
    model.view == View::Main && model.focus == Focus::Content && model.sheet().is_some()
}

/// Shows a pane, and gives it the focus.
fn open(model: &mut Model, pane: Pane) -> Vec<Effect> {
    let is_drawer = model.layout().body.x == 0;
    model.view = View::Main;
    model.pane = pane;
    model.focus = Focus::Content;
    model.sidebar.toggled &= !is_drawer;
    Vec::new()
}

fn next_heading(model: &mut Model) -> Vec<Effect> {
    let Some(cursor) = model.place().map(|place| place.cursor) else { return Vec::new() };
    let next = heading_lines(model).into_iter().find(|line| *line > cursor);
    go_to(model, next, "this is the last heading")
}

fn previous_heading(model: &mut Model) -> Vec<Effect> {
    let Some(cursor) = model.place().map(|place| place.cursor) else { return Vec::new() };
    let previous = heading_lines(model).into_iter().rfind(|line| *line < cursor);
    go_to(model, previous, "this is the first heading")
}

/// Puts the cursor on a heading. One that would stand in the lower half of the screen comes to the top, with what is below it.
fn go_to(model: &mut Model, line: Option<usize>, nowhere: &str) -> Vec<Effect> {
    let Some(line) = line else {
        model.notices.say(nowhere);
        return Vec::new();
    };
    let half = usize::from(model.layout().body.height) / 2;
    let at = model.rows().iter().position(|row| row.is_place() && row.line == line).unwrap_or(0);
    if let Some(place) = model.place_mut() {
        place.go_to(line);
        if !(place.top..=place.top + half).contains(&at) {
            place.top = at;
        }
    }
    Vec::new()
}

/// Gives the lines of the headings on the screen; in a task list without phases, of the tasks at the top.
fn heading_lines(model: &Model) -> Vec<usize> {
    let rows = model.rows();
    let lines = |is_wanted: &dyn Fn(RowKind) -> bool| rows.iter().filter(|row| is_wanted(row.kind)).map(|row| row.line).collect();
    let headings: Vec<usize> = lines(&|kind| matches!(kind, RowKind::Heading(_) | RowKind::Phase(..)));
    let Some(sheet) = model.sheet().filter(|_| headings.is_empty()) else { return headings };
    lines(&|kind| matches!(kind, RowKind::Task(index, _) if sheet.tasks.items[index].depth == 0))
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
    let step = step(model);
    scroll(model, |left| left.saturating_sub(step))
}

fn scroll_right(model: &mut Model) -> Vec<Effect> {
    let step = step(model);
    scroll(model, |left| left + step)
}

/// Gives half the columns of the pane.
fn step(model: &Model) -> usize {
    model.layout().source_columns() / 2
}

/// Moves what is cut to the left or right, as far as it goes.
fn scroll(model: &mut Model, to: impl Fn(usize) -> usize) -> Vec<Effect> {
    let furthest = model.place().and_then(|place| Some(model.sheet()?.furthest(place))).unwrap_or(0);
    if furthest == 0 {
        model.notices.say("nothing here is wider than the pane");
    } else if let Some(place) = model.place_mut() {
        place.left = to(place.left).min(furthest);
    }
    Vec::new()
}
