//! The Tasks pane: phases, tasks by nesting, details that are open in place; references in a column of their own.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::Canvas;
use super::super::line::{put, row_of};
use super::super::references::references;
use super::super::theme::{Role, state_role};
use super::{draw_cursor, folded};
use crate::markdown::State;
use crate::model::{Row, RowKind, Sheet, Width};
use crate::spec::tasks::Task;
use crate::text::{clean, cut_end, pad, width};

/// Columns for references at the end of a row.
const REFERENCES: usize = 17;
/// Columns for a number, with the blank behind it.
const NUMBER: usize = 6;

/// Draws the rows that are on the screen.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer, sheet: &Sheet) {
    let model = canvas.model;
    let Some(place) = model.place_of(canvas.pane) else { return };
    let selected = if canvas.pane == model.pane { model.selected().unwrap_or_default() } else { Vec::new() };
    let rows = model.rows_of(canvas.pane);
    for (index, row) in rows.iter().copied().skip(place.top).enumerate() {
        let Some(area) = row_of(canvas.layout.body, index) else { break };
        if place.is_at(row) {
            draw_cursor(canvas, buffer, area);
        } else if matches!(row.kind, RowKind::Task(index, _) if selected.contains(&index)) {
            put(buffer, area, 0, &[(canvas.glyphs.resting, Role::Accent)]);
        }
        // A folded row stands for the lines that it hides.
        let next = rows.get(place.top + index + 1).map_or(usize::MAX, |next| next.line.max(row.line + 1));
        if !matches!(row.kind, RowKind::Gap) && place.unread.range(row.line..next).next().is_some() {
            put(buffer, area, 1, &[(canvas.glyphs.unread, Role::Mark)]);
        }
        draw_row(canvas, buffer, area, sheet, row);
    }
}

fn draw_row(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, sheet: &Sheet, row: Row) {
    match row.kind {
        RowKind::Gap
        | RowKind::Heading(_)
        | RowKind::Source(_)
        | RowKind::Rest(_)
        | RowKind::Title(..)
        | RowKind::Traced(..)
        | RowKind::Unfound => {}
        RowKind::Phase(index, hides) => {
            let folded = folded(canvas, hides);
            put(buffer, area, 2, &[(&sheet.tasks.phases[index].title, Role::Strong), (&folded, Role::Dim)]);
        }
        RowKind::Task(index, hides) => draw_task(canvas, buffer, area, sheet, &sheet.tasks.items[index], hides),
        RowKind::Detail(index) => draw_detail(canvas, buffer, area, sheet, row.line, &sheet.tasks.items[index]),
    }
}

/// Gives the column of a task's state glyph.
fn state_column(canvas: &Canvas<'_>, task: &Task) -> usize {
    usize::from(canvas.layout.margin()) + 2 * task.depth.min(8)
}

fn draw_task(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, sheet: &Sheet, task: &Task, hides: usize) {
    let columns = usize::from(area.width);
    let references_at = if canvas.layout.width <= Width::Narrow { columns } else { columns.saturating_sub(REFERENCES) };
    let at = put(buffer, area, state_column(canvas, task), &[(canvas.glyphs.state(task.state), state_role(task.state)), (" ", Role::Text)]);
    let at = put(buffer, area, at, &[(&number(canvas, task), Role::Text)]);
    let folded = folded(canvas, hides);
    let room = references_at.saturating_sub(at + 1 + width(&folded)).max(4);
    let title = clean(&title(sheet, task)).into_owned();
    put(buffer, area, at, &[(&cut_end(&title, room, canvas.glyphs.cut), Role::Text), (&folded, Role::Dim)]);
    if references_at < columns {
        let references = references(&task.references(&sheet.text), REFERENCES - 1, canvas.glyphs.cut);
        put(buffer, area, references_at, &[(&references, Role::Id)]);
    }
}

/// Gives the number with its star, in a field of fixed width; nothing for a task without number.
fn number(canvas: &Canvas<'_>, task: &Task) -> String {
    let star = if task.optional { "*" } else { "" };
    let Some(number) = &task.number else { return if task.optional { "* ".to_owned() } else { String::new() } };
    let field = if canvas.layout.width == Width::Tiny { 0 } else { NUMBER - 1 };
    format!("{} ", pad(&format!("{number}{star}"), field))
}

/// Gives the title, with a marker that has no meaning here in front.
fn title(sheet: &Sheet, task: &Task) -> String {
    if task.state == State::Other {
        return format!("[{}] {}", sheet.text.lossy(task.marker), task.title);
    }
    task.title.clone()
}

fn draw_detail(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, sheet: &Sheet, line: usize, task: &Task) {
    let content = sheet.text.lines()[line].content;
    let text = sheet.text.lossy(content);
    let own = text.len() - text.trim_start().len();
    let inner = own.saturating_sub(task.indent + 2);
    let at = state_column(canvas, task) + 2 + inner;
    let room = usize::from(area.width).saturating_sub(at + 1).max(4);
    let text = clean(text.trim()).into_owned();
    put(buffer, area, at, &[(&cut_end(&text, room, canvas.glyphs.cut), Role::Dim)]);
}
