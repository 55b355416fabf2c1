//! The panes of the main view, one file each.

mod files;
mod missing;
mod properties;
mod rendered;
mod source;
mod tasks;
mod trace;

pub(super) use rendered::put_line;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Canvas;
use super::figures::{covered, progress};
use super::line::put;
use super::theme::Role;
use crate::model::{Focus, Form, Mode, OpenFile, Pane, Row, holds_one, is_unread};

/// How a pane is drawn.
struct Drawing {
    /// Draws its rows, or says why there are none.
    draw: fn(&Canvas<'_>, &mut Buffer),
    /// Returns the figures beside its tab, where several panes stand side by side.
    figures: fn(&Canvas<'_>) -> Option<String>,
}

fn drawing(pane: Pane) -> Drawing {
    match pane {
        Pane::Requirements => Drawing {
            draw: draw_document,
            figures: covered,
        },
        Pane::Design => Drawing {
            draw: draw_document,
            figures: |_| None,
        },
        Pane::Tasks => Drawing {
            draw: draw_document,
            figures: |canvas| progress(canvas).map(|(_, bar)| bar),
        },
        Pane::Trace => Drawing {
            draw: trace::draw,
            figures: |_| None,
        },
        Pane::Files => Drawing {
            draw: draw_files,
            figures: |_| None,
        },
    }
}

/// Draws a pane, or says why there is nothing to draw.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    (drawing(canvas.pane).draw)(canvas, buffer);
}

/// Returns the figures beside the tab of a pane.
pub(super) fn figures(canvas: &Canvas<'_>) -> Option<String> {
    (drawing(canvas.pane).figures)(canvas)
}

fn draw_document(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    match canvas.model.open_files.result(canvas.pane) {
        Some(Ok(open_file)) if open_file.is_blank() => {
            missing::draw_empty(canvas, buffer, open_file);
        }
        Some(Ok(open_file)) => draw_open_file(canvas, buffer, open_file),
        Some(Err(failure)) => missing::draw_failure(canvas, buffer, failure),
        None => missing::draw(canvas, buffer),
    }
}

/// Draws the file that is open, else the list.
fn draw_files(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let model = canvas.model;
    if model.open_files.result(canvas.pane).is_none() && model.file_list().is_some() {
        files::draw(canvas, buffer);
    } else {
        draw_document(canvas, buffer);
    }
}

fn draw_open_file(canvas: &Canvas<'_>, buffer: &mut Buffer, open_file: &OpenFile) {
    let Some(pane_state) = canvas.model.pane_state_of(canvas.pane) else {
        return;
    };
    match open_file.form(pane_state) {
        Form::Items => tasks::draw(canvas, buffer, open_file),
        Form::Rendered(rendered) => rendered::draw(canvas, buffer, open_file, rendered),
        Form::Source => source::draw(canvas, buffer, open_file),
    }
}

/// Lines of a document that something is to be said of in the margin.
struct Flagged {
    disputed: Vec<usize>,
    linked: Vec<usize>,
}

impl Flagged {
    fn of(canvas: &Canvas<'_>) -> Self {
        Self {
            disputed: canvas.model.disputed_lines(canvas.pane),
            linked: canvas.linked_lines(),
        }
    }
}

/// Returns what stands in the margin of the row with the index `at`: that an edit which was put off
/// contradicts it, that others changed it, or that it is linked with where the cursor of the chosen
/// pane rested.
fn flag(
    canvas: &Canvas<'_>,
    open_file: &OpenFile,
    rows: &[Row],
    at: usize,
    flagged: &Flagged,
) -> Option<(&'static str, Role)> {
    let pane_state = canvas.model.pane_state_of(canvas.pane)?;
    if holds_one(open_file, pane_state, rows, at, &flagged.disputed) {
        return Some((canvas.glyphs.conflict, Role::Danger));
    }
    if is_unread(open_file, pane_state, rows, at) {
        return Some((canvas.glyphs.unread, Role::Mark));
    }
    let is_linked = holds_one(open_file, pane_state, rows, at, &flagged.linked);
    is_linked.then_some((canvas.glyphs.linked, Role::Accent))
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
