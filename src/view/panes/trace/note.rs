//! The line below the trace: what the noted row and column mean together, and where that stands.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::super::Canvas;
use super::super::super::line::put;
use super::super::super::theme::Role;
use super::below::{address_of, words};
use crate::model::{Cover, Matrix, Model, Noted, Pane, RowKind, Subject, TraceForm, TraceSection};
use crate::text::{clean, cut_end, width};

/// Columns for file and line at the end.
const PLACE: usize = 17;

/// What the line says. Only the title is cut.
#[derive(Default)]
struct Words {
    before: String,
    title: String,
    behind: String,
    place: String,
}

/// Draws the line, where there is room for one.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer, matrix: &Matrix<'_>) {
    let body = canvas.layout.body;
    if canvas.layout.below == 0 {
        return;
    }
    let Some(noted) = &canvas.model.noted else {
        return;
    };
    let Some(words) = words_of(canvas, matrix, noted) else {
        return;
    };
    let area = Rect {
        y: body.bottom(),
        height: 1,
        ..body
    };
    let at = put(
        buffer,
        area,
        1,
        &[(canvas.glyphs.line, Role::Dim), (" ", Role::Text)],
    );
    let columns = usize::from(area.width);
    let place_at = columns.saturating_sub(PLACE.max(width(&words.place) + 1));
    let room = place_at.saturating_sub(at + 1);
    let title = clean(&words.title).into_owned();
    let title_room = room.saturating_sub(width(&words.before) + width(&words.behind));
    let said = format!(
        "{}{}{}",
        words.before,
        cut_end(&title, title_room, canvas.glyphs.cut),
        words.behind
    );
    put(
        buffer,
        area,
        at,
        &[(&cut_end(&clean(&said), room, canvas.glyphs.cut), Role::Text)],
    );
    put(buffer, area, place_at, &[(&words.place, Role::Text)]);
}

fn words_of(canvas: &Canvas<'_>, matrix: &Matrix<'_>, noted: &Noted) -> Option<Words> {
    let model = canvas.model;
    let RowKind::Traced(section, index, _) = noted.row.kind else {
        return None;
    };
    let subject = model.subject_of_trace(noted.row)?;
    match section {
        TraceSection::Gaps | TraceSection::Criteria if model.trace_form() == TraceForm::List => {
            chosen(canvas, matrix, index, noted.task)
        }
        TraceSection::Gaps | TraceSection::Criteria => cell(canvas, matrix, index, noted.column),
        TraceSection::Unreferenced => Some(Words {
            behind: ": names no criterion".to_owned(),
            ..item(model, subject, noted.row.line)
        }),
        TraceSection::Dangling | TraceSection::Misdesigned => {
            let id = &model.dangling(index)?.id;
            let line = noted.row.line;
            Some(Words {
                behind: format!(": no criterion {id}"),
                place: address_of(model, section.pane(), line),
                ..item(model, subject, line)
            })
        }
    }
}

fn item(model: &Model, subject: Subject, line: usize) -> Words {
    let (name, title) = words(model, subject);
    Words {
        before: format!("{name} "),
        title,
        behind: String::new(),
        place: address_of(model, Pane::Tasks, line),
    }
}

/// Says which task of a row is chosen, or that there is none.
fn chosen(
    canvas: &Canvas<'_>,
    matrix: &Matrix<'_>,
    criterion: usize,
    task: Option<usize>,
) -> Option<Words> {
    let model = canvas.model;
    let id = clean(model.traced_id(criterion)?).into_owned();
    let place = model.target(model.traced(criterion))?;
    let place_of_criterion = || address_of(model, place.pane, place.line);
    let cover = matrix.cover(criterion);
    let without = match cover {
        Cover::Nothing => Some(format!("no task names {id}")),
        Cover::Unneeded => Some(format!("{id} says what the bug does: it needs no task")),
        _ => None,
    };
    if let Some(before) = without {
        return Some(Words {
            before,
            place: place_of_criterion(),
            ..Words::default()
        });
    }
    let tasks = &model.open_files.of(Pane::Tasks)?.tasks;
    let line = tasks.items.get(task?)?.line;
    let behind = match cover {
        Cover::OptionalOnly => format!(": optional, so {id} is a gap"),
        Cover::AllOnly => ", by \"All\"".to_owned(),
        _ => String::new(),
    };
    Some(Words {
        behind,
        ..item(model, Subject::Task(task?), line)
    })
}

/// Says which tasks stand in a cell, all by their names and the first with its title.
fn cell(
    canvas: &Canvas<'_>,
    matrix: &Matrix<'_>,
    criterion: usize,
    column: usize,
) -> Option<Words> {
    let model = canvas.model;
    let id = clean(model.traced_id(criterion)?).into_owned();
    let Some(of) = matrix.columns().get(column) else {
        return Some(Words {
            before: id,
            ..Words::default()
        });
    };
    let head = format!(
        "{id} {} {}: ",
        canvas.glyphs.times,
        clean(&matrix.label(column))
    );
    let cell = matrix.cell(criterion, column);
    let by_all = matrix.by_all(criterion, column);
    let (items, before, behind) = match (cell.is_empty(), by_all.is_empty()) {
        (true, true) => (vec![*of], "no task below ", ""),
        (true, false) => (by_all, "only by \"All\": ", ""),
        (false, true) => (cell, "", ""),
        (false, false) => (cell, "", ", by \"All\""),
    };
    let (first, others) = items.split_first()?;
    let others: String = others
        .iter()
        .map(|item| format!(", {}", model.name_of_item(*item)))
        .collect();
    let line = model.open_files.of(Pane::Tasks)?.tasks.items[*first].line;
    let item = item(model, Subject::Task(*first), line);
    Some(Words {
        before: format!("{head}{before}{}", item.before),
        behind: format!("{others}{behind}"),
        ..item
    })
}
