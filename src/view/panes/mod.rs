//! The panes of the main view, one file each.

mod files;
mod missing;
mod requirements;
mod source;
mod tasks;
mod trace;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Canvas;
use super::line::put;
use super::theme::Role;
use crate::model::{Focus, Form, Mode, Pane, Sheet};

/// Draws the pane of the chosen tab, or says why there is nothing to draw.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    if canvas.pane == Pane::Trace {
        return trace::draw(canvas, buffer);
    }
    match canvas.model.sheets.result(canvas.pane) {
        Some(Ok(sheet)) if sheet.is_blank() => missing::draw_empty(canvas, buffer, sheet),
        Some(Ok(sheet)) => draw_sheet(canvas, buffer, sheet),
        Some(Err(failure)) => missing::draw_failure(canvas, buffer, failure),
        None if canvas.model.file_list().is_some() && canvas.pane == Pane::Files => {
            files::draw(canvas, buffer);
        }
        None => missing::draw(canvas, buffer),
    }
}

fn draw_sheet(canvas: &Canvas<'_>, buffer: &mut Buffer, sheet: &Sheet) {
    let Some(place) = canvas.model.place_of(canvas.pane) else {
        return;
    };
    match sheet.form(place) {
        Form::Items => tasks::draw(canvas, buffer, sheet),
        Form::Laid(laid) => requirements::draw(canvas, buffer, sheet, laid),
        Form::Source => source::draw(canvas, buffer, sheet),
    }
}

fn draw_cursor(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect) {
    let is_listing = matches!(canvas.model.mode, Mode::Choose(_));
    let has_focus =
        canvas.model.focus == Focus::Content && canvas.pane == canvas.model.pane && !is_listing;
    let glyph = if has_focus {
        (canvas.glyphs.cursor, Role::Accent)
    } else {
        (canvas.glyphs.resting, Role::Dim)
    };
    put(buffer, area, 0, &[glyph]);
}

/// Returns what stands behind something that is folded: how much it hides.
fn folded(canvas: &Canvas<'_>, hides: usize) -> String {
    if hides == 0 {
        String::new()
    } else {
        format!("  {}{hides}", canvas.glyphs.closed)
    }
}
