//! The panes that show a document, and the list of files: cursor, headings, what is too wide.

use std::sync::Arc;

use super::behaviour::{Action, Behaviour, Folding, Motion, Word, word};
use super::{Scope, cell, diagram, fold, home, jump, links, waves};
use crate::model::{Deadline, Effect, Form, Model, Row, RowKind, cursor_row};

/// What a pane without a use for anything more does: it moves, folds, and opens links.
pub(super) const PLAIN: Behaviour = Behaviour {
    scopes: &[Scope::Items, Scope::Main],
    step: move_by,
    page: move_by_page,
    rows: rows_of_page,
    across: Some(Motion {
        applies: super::always,
        hint: |model| where_anything(model, cell::word_of_across(model)),
        run: cell::go_across,
    }),
    open: Some(Action {
        applies: |model| diagram::is_under_cursor(model) || links::has_link(model),
        hint: |model| diagram::word_of_open(model),
        run: |model| {
            if diagram::is_under_cursor(model) {
                diagram::open(model)
            } else {
                links::open(model)
            }
        },
    }),
    turn: None,
    hide_finished: None,
    folding: Some(Folding {
        toggle: fold::toggle,
        all: fold::fold_all,
        none: fold::unfold_all,
    }),
    heading: Some(Motion {
        applies: has_document,
        hint: |_| None,
        run: go_to_heading,
    }),
    sideways: Some(Motion {
        applies: has_document,
        hint: |_| None,
        run: scroll,
    }),
    anchor: Some(Motion {
        applies: has_document,
        hint: |_| None,
        run: put_cursor,
    }),
    close: home::CLOSE,
    escape: home::say_how_to_quit,
    no_item: NO_ITEM,
};

/// Requirements.
pub(super) const REQUIREMENTS: Behaviour = Behaviour {
    open: Some(Action {
        applies: leads_somewhere,
        hint: |model| diagram::word_of_open(model).or(word("task", 20)),
        run: open,
    }),
    ..PLAIN
};

/// Design.
pub(super) const DESIGN: Behaviour = Behaviour {
    open: Some(Action {
        applies: leads_somewhere,
        hint: |model| diagram::word_of_open(model).or(word("requirement", 20)),
        run: open,
    }),
    ..PLAIN
};

/// Tasks.
pub(super) const TASKS: Behaviour = Behaviour {
    scopes: &[Scope::Tasks, Scope::Items, Scope::Main],
    open: Some(Action {
        applies: |model| jump::on_item(model) || model.aside_at_cursor().is_some(),
        hint: |model| match model.aside_at_cursor() {
            Some(_) => word("show", 20),
            None if jump::is_about_something(model) => word("requirement", 20),
            None => None,
        },
        run: |model| match model.aside_at_cursor() {
            Some(_) => fold::toggle_details(model),
            None => jump::open(model),
        },
    }),
    turn: Some(Action {
        applies: waves::can_turn,
        hint: |model| {
            if waves::are_shown(model) {
                word("tree", 50)
            } else {
                word("waves", 50)
            }
        },
        run: |model| {
            waves::turn(model);
            // The cursor may stand on another row now.
            model.rested = None;
            vec![Effect::Wait(Deadline::Rest)]
        },
    }),
    hide_finished: Some(Action {
        applies: super::always,
        hint: |model| where_anything(model, word("finished", 60)),
        run: fold::toggle_finished,
    }),
    no_item: "the cursor is not on a task",
    ..PLAIN
};

/// The list of files.
pub(super) const FILE_LIST: Behaviour = Behaviour {
    across: Some(Motion {
        applies: super::always,
        hint: |_| None,
        run: fold::go_across,
    }),
    open: Some(Action {
        applies: is_on_file,
        hint: |_| word("open", 20),
        run: open_file,
    }),
    anchor: Some(Motion {
        applies: is_on_file,
        hint: |_| None,
        run: put_cursor,
    }),
    ..PLAIN
};

/// A file that is open in place of the list.
pub(super) const FILE: Behaviour = Behaviour {
    close: Action {
        applies: super::always,
        hint: |_| word("back", 24),
        run: |model| {
            model.close_file();
            Vec::new()
        },
    },
    escape: home::say_how_to_go_back,
    ..PLAIN
};

/// Why there is nothing for a command that needs an item, in a pane whose items are no tasks.
pub(super) const NO_ITEM: &str = "this does not apply to what the cursor is on";

/// Returns whether the pane shows a document with anything in it.
pub(super) fn has_document(model: &Model) -> bool {
    let open_file = model.open_file();
    open_file.is_some_and(|open_file| !open_file.text.is_empty())
}

/// Returns the word of what needs something to act on: an empty pane offers nothing but what fills
/// it.
fn where_anything(model: &Model, word: Option<Word>) -> Option<Word> {
    if has_document(model) { word } else { None }
}

fn leads_somewhere(model: &Model) -> bool {
    diagram::is_under_cursor(model) || jump::on_item(model) || links::has_link(model)
}

/// Opens the diagram under the cursor, or goes to what the item there is about; where there is
/// neither, where the link leads.
fn open(model: &mut Model) -> Vec<Effect> {
    if diagram::is_under_cursor(model) {
        diagram::open(model)
    } else if jump::on_item(model) {
        jump::open(model)
    } else {
        links::open(model)
    }
}

fn is_on_file(model: &Model) -> bool {
    model.file_at_cursor().is_some()
}

/// Counts the rows of the pane.
pub(super) fn rows_of_body(model: &Model) -> usize {
    usize::from(model.layout().body.height)
}

/// Counts the rows of a page: those of the pane on which the cursor may stand, but for the head of a
/// table that will stand over what comes next.
fn rows_of_page(model: &Model) -> usize {
    let height = model.layout().reach();
    let (Some(open_file), Some(pane_state)) = (model.open_file(), model.pane_state()) else {
        return height;
    };
    let Form::Rendered(rendered) = open_file.form(pane_state) else {
        return height;
    };
    let over = rendered.head_over(&model.rows(), pane_state.top + height);
    height.saturating_sub(over.map_or(0, |(_, rows)| rows))
}

pub(super) fn move_by(model: &mut Model, by: isize) -> Vec<Effect> {
    let rows = model.rows();
    let Some(pane_state) = model.pane_state_mut() else {
        return Vec::new();
    };
    let cursor = cursor_row(pane_state, &rows);
    let Some(at) = cursor.or_else(|| rows.iter().position(|row| row.is_place())) else {
        return Vec::new();
    };
    let steps = by.unsigned_abs();
    let found = if by < 0 {
        nth_place(rows[..=at].iter().rev(), steps)
    } else {
        nth_place(rows[at..].iter(), steps)
    };
    if let Some(row) = found {
        pane_state.stand_on(row);
    }
    Vec::new()
}

/// Returns the place that is `steps` behind the first of some rows, or the last one.
fn nth_place<'a>(rows: impl Iterator<Item = &'a Row>, steps: usize) -> Option<Row> {
    let places = rows.copied().filter(|row| row.is_place());
    places.take(steps.saturating_add(1)).last()
}

/// Moves by a number of rows, of which an item may take several. The screen is scrolled as far, so
/// that the next page is seen whole.
pub(super) fn move_by_page(model: &mut Model, by: isize) -> Vec<Effect> {
    let rows = model.rows();
    let Some(pane_state) = model.pane_state_mut() else {
        return Vec::new();
    };
    let Some(at) = cursor_row(pane_state, &rows) else {
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
        let above = at.saturating_sub(pane_state.top);
        pane_state.stand_on(rows[index]);
        pane_state.height = Some(above);
    }
    Vec::new()
}

/// Opens the file under the cursor in place of the list; the list stays until the file is read.
fn open_file(model: &mut Model) -> Vec<Effect> {
    model.files.open = model.file_at_cursor().map(|file| file.path.clone());
    if let Some(pane_state) = model.pane_state_mut() {
        let cursor = pane_state.cursor.line;
        pane_state.unread.remove(&cursor);
    }
    Vec::new()
}

/// Goes to the next heading or the one before.
fn go_to_heading(model: &mut Model, by: isize) -> Vec<Effect> {
    if by < 0 {
        previous_heading(model)
    } else {
        next_heading(model)
    }
}

fn next_heading(model: &mut Model) -> Vec<Effect> {
    let (rows, at) = rows_around_cursor(model);
    let next = headings(model, &rows)
        .into_iter()
        .find(|heading| *heading > at);
    go_to(model, &rows, next, "this is the last heading")
}

fn previous_heading(model: &mut Model) -> Vec<Effect> {
    let (rows, at) = rows_around_cursor(model);
    let previous = headings(model, &rows)
        .into_iter()
        .rfind(|heading| *heading < at);
    go_to(model, &rows, previous, "this is the first heading")
}

/// Returns the rows of the pane, and the index of the one under the cursor.
fn rows_around_cursor(model: &Model) -> (Arc<[Row]>, usize) {
    let rows = model.rows();
    let at = model
        .pane_state()
        .and_then(|pane_state| cursor_row(pane_state, &rows));
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
    if let Some(pane_state) = model.pane_state_mut() {
        pane_state.stand_on(rows[at]);
        if !(pane_state.top..=pane_state.top + half).contains(&at) {
            pane_state.top = at;
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
    if !headings.is_empty() {
        return headings;
    }
    let Some(open_file) = model.open_file() else {
        return headings;
    };
    at(&|kind| matches!(kind, RowKind::Task(index, _) if open_file.tasks.items[index].depth == 0))
}

/// Scrolls so that the cursor stands at the top, in the middle or at the bottom, as far as the
/// document goes and the margin allows.
pub(super) fn put_cursor(model: &mut Model, to: isize) -> Vec<Effect> {
    let height = model.layout().reach();
    let above = match to {
        ..0 => 0,
        0 => height / 2,
        1.. => height - 1,
    };
    let rows = model.rows();
    if let Some(pane_state) = model.pane_state_mut()
        && let Some(index) = cursor_row(pane_state, &rows)
    {
        pane_state.top = index.saturating_sub(above);
    }
    Vec::new()
}

/// Returns half the columns of the pane.
fn step(model: &Model) -> usize {
    model.layout().source_columns() / 2
}

/// Moves what is cut by half the columns, as far as it goes.
fn scroll(model: &mut Model, by: isize) -> Vec<Effect> {
    let furthest = model
        .pane_state()
        .and_then(|pane_state| Some(model.open_file()?.furthest(pane_state)))
        .unwrap_or(0);
    let by = by * step(model).cast_signed();
    if furthest == 0 {
        model.notices.say("nothing here is wider than the pane");
    } else if let Some(pane_state) = model.pane_state_mut() {
        pane_state.left = pane_state.left.saturating_add_signed(by).min(furthest);
    }
    Vec::new()
}
