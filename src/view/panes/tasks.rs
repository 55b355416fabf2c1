//! The Tasks pane: phases, tasks by nesting, details that are open in place; references in a column of their own.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::Canvas;
use super::super::line::{put, row_of};
use super::super::theme::{Role, state_role};
use crate::markdown::State;
use crate::model::{Focus, Row, RowKind, Sheet, Width};
use crate::spec::tasks::Task;
use crate::text::{clean, cut_end, pad, width};

/// Columns for references at the end of a row.
const REFERENCES: usize = 17;
/// Columns for a number, with the blank behind it.
const NUMBER: usize = 6;

/// Draws the rows that are on the screen.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer, sheet: &Sheet) {
    let model = canvas.model;
    let Some(place) = model.place() else { return };
    for (index, row) in model.rows().into_iter().skip(place.top).enumerate() {
        let Some(area) = row_of(canvas.layout.body, index) else { break };
        if row.is_place() && row.line == place.cursor {
            draw_cursor(canvas, buffer, area);
        }
        if matches!(row.kind, RowKind::Task(..)) && place.unread.contains(&row.line) {
            put(buffer, area, 1, &[(canvas.glyphs.unread, Role::Mark)]);
        }
        draw_row(canvas, buffer, area, sheet, row);
    }
}

fn draw_cursor(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect) {
    let has_focus = canvas.model.focus == Focus::Content;
    let glyph = if has_focus { (canvas.glyphs.cursor, Role::Accent) } else { (canvas.glyphs.resting, Role::Dim) };
    put(buffer, area, 0, &[glyph]);
}

fn draw_row(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, sheet: &Sheet, row: Row) {
    match row.kind {
        RowKind::Gap => {}
        RowKind::Phase(index, hides) => {
            let folded = folded(canvas, hides);
            put(buffer, area, 1, &[(&sheet.tasks.phases[index].title, Role::Strong), (&folded, Role::Dim)]);
        }
        RowKind::Task(index, hides) => draw_task(canvas, buffer, area, sheet, &sheet.tasks.items[index], hides),
        RowKind::Detail(index) => draw_detail(canvas, buffer, area, sheet, row.line, &sheet.tasks.items[index]),
    }
}

fn folded(canvas: &Canvas<'_>, hides: usize) -> String {
    if hides == 0 { String::new() } else { format!("  {}{hides}", canvas.glyphs.closed) }
}

/// Gives the column of a task's state glyph.
fn state_column(canvas: &Canvas<'_>, task: &Task) -> usize {
    let margin = if canvas.layout.width == Width::Tiny { 2 } else { 3 };
    margin + 2 * task.depth.min(8)
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

/// Gives as many references as fit, and how many more there are.
fn references(references: &[String], columns: usize, cut: &str) -> String {
    let all = references.join(" ");
    if width(&clean(&all)) <= columns {
        return all;
    }
    for shown in (1..references.len()).rev() {
        let line = format!("{} +{}", references[..shown].join(" "), references.len() - shown);
        if width(&clean(&line)) <= columns {
            return line;
        }
    }
    cut_end(&clean(&all), columns, cut).into_owned()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_that_do_not_fit_are_counted() {
        let ids = |count: usize| (1..=count).map(|index| format!("1.{index}")).collect::<Vec<_>>();
        for (given, expected) in [
            (ids(2), "1.1 1.2"),
            (ids(4), "1.1 1.2 1.3 1.4"),
            (ids(9), "1.1 1.2 1.3 +6"),
            (vec!["a very long remark".to_owned()], "a very long rem…"),
        ] {
            assert_eq!(references(&given, 16, "…"), expected);
        }
    }
}
