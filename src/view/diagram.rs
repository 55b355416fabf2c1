//! A diagram that has the whole screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Canvas;
use super::line::{put, put_end, row_of};
use super::panes::put_line;
use super::theme::Role;
use crate::model::{DiagramView, ShownDiagram};

/// Draws the part of it that is scrolled to, below what it is.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let model = canvas.model;
    let (Some(view), Some(shown)) = (&model.diagram, model.shown_diagram()) else {
        return;
    };
    let area = canvas.layout.diagram_rows();
    draw_head(canvas, buffer, view, &shown);
    let (columns, marks) = (usize::from(area.width), canvas.glyphs.cut_marks());
    for (index, line) in shown.lines.iter().skip(view.top).enumerate() {
        let Some(row) = row_of(area, index) else {
            return;
        };
        let line = line.window_between(view.left, columns, marks.table);
        put_line(canvas, buffer, row, 0, &line);
    }
}

/// Draws what it is, its forms with the one on the screen among them, and the rows that are seen.
fn draw_head(canvas: &Canvas<'_>, buffer: &mut Buffer, view: &DiagramView, shown: &ShownDiagram) {
    let page = canvas.layout.page;
    let head = Rect {
        y: 0,
        height: 1,
        ..page
    };
    let end = put(buffer, head, 1, &[("Diagram", Role::Strong)]);
    let mut at = put(buffer, head, end + 2, &[(&shown.kind, Role::Dim)]) + 1;
    for form in &shown.forms {
        let pieces = if *form == shown.form {
            [
                ("[", Role::Strong),
                (form.name(), Role::Strong),
                ("]", Role::Strong),
            ]
        } else {
            [
                (" ", Role::Text),
                (form.name(), Role::Dim),
                (" ", Role::Text),
            ]
        };
        at = put(buffer, head, at + 1, &pieces);
    }
    let all = shown.lines.len();
    let last = all.min(view.top + usize::from(page.height));
    let rows = format!("{}{}{last} of {all} ", view.top + 1, canvas.glyphs.range);
    put_end(buffer, head, at + 2, &[(&rows, Role::Dim)]);
}
