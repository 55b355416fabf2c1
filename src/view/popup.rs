//! The pop-up of a prefix that has waited: its second keys, at the bottom of the pane.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Canvas;
use super::line::{erase, put, row_of};
use super::theme::Role;
use crate::command::{Command, continuations};
use crate::model::Mode;
use crate::text::{cut_end, pad};

/// Columns of one entry.
const ENTRY: usize = 28;

/// Draws the pop-up if a prefix waits.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let Mode::Prefix { shown: true, first } = canvas.model.mode else { return };
    let entries = continuations(canvas.model);
    let body = canvas.layout.body;
    let across = (usize::from(body.width) / ENTRY).max(1);
    let height = u16::try_from(entries.len().div_ceil(across) + 1).unwrap_or(body.height).min(body.height);
    let area = Rect { y: body.bottom() - height, height, ..body };
    erase(buffer, area);
    if let Some(rule) = row_of(area, 0) {
        put(buffer, rule, 1, &[(canvas.glyphs.line, Role::Dim), (" ", Role::Text), (&first.to_string(), Role::Strong)]);
    }
    let down = entries.len().div_ceil(across).max(1);
    for (index, (key, command)) in entries.iter().enumerate() {
        if let Some(row) = row_of(area, 1 + index % down) {
            draw_entry(canvas, buffer, row, 2 + index / down * ENTRY, key, command);
        }
    }
}

fn draw_entry(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, at: usize, key: &str, command: &Command) {
    let doc = cut_end(command.doc, ENTRY - 6, canvas.glyphs.cut);
    put(buffer, area, at, &[(&pad(key, 3), Role::Accent), (&doc, Role::Text)]);
}
