//! The panes of the main view, one file each.

mod missing;
mod requirements;
mod source;
mod tasks;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Canvas;
use super::line::put;
use super::theme::Role;
use crate::model::{Focus, Form, Place, Row, RowKind, Sheet};

/// Draws the pane of the chosen tab, or says why there is nothing to draw.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    match canvas.model.sheets.result(canvas.pane) {
        Some(Ok(sheet)) if sheet.is_blank() => missing::draw_empty(canvas, buffer, sheet),
        Some(Ok(sheet)) => draw_sheet(canvas, buffer, sheet),
        Some(Err(failure)) => missing::draw_failure(canvas, buffer, failure),
        None => missing::draw(canvas, buffer),
    }
}

fn draw_sheet(canvas: &Canvas<'_>, buffer: &mut Buffer, sheet: &Sheet) {
    let Some(place) = canvas.model.place_of(canvas.pane) else { return };
    match sheet.form(place) {
        Form::Items => tasks::draw(canvas, buffer, sheet),
        Form::Laid(laid) => requirements::draw(canvas, buffer, sheet, laid),
        Form::Source => source::draw(canvas, buffer, sheet),
    }
}

/// Says whether others changed something in the item at `row`, up to the next one. What stands on no row of its own counts to the row above.
fn is_unread(place: &Place, row: Row, rows_behind: &[Row]) -> bool {
    if matches!(row.kind, RowKind::Gap) || row.part() > 0 {
        return false;
    }
    let next = rows_behind.iter().map(|row| row.line).find(|line| *line > row.line).unwrap_or(usize::MAX);
    place.unread.range(row.line..next).next().is_some()
}

/// Draws the flag of an item that others changed.
fn draw_unread(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect) {
    put(buffer, area, 1, &[(canvas.glyphs.unread, Role::Mark)]);
}

fn draw_cursor(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect) {
    let has_focus = canvas.model.focus == Focus::Content && canvas.pane == canvas.model.pane;
    let glyph = if has_focus { (canvas.glyphs.cursor, Role::Accent) } else { (canvas.glyphs.resting, Role::Dim) };
    put(buffer, area, 0, &[glyph]);
}

/// Gives what stands behind something that is folded: how much it hides.
fn folded(canvas: &Canvas<'_>, hides: usize) -> String {
    if hides == 0 { String::new() } else { format!("  {}{hides}", canvas.glyphs.closed) }
}
