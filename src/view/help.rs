//! The help screen: the keys of the place it was called from, or all.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Canvas;
use super::line::{put, put_end, row_of};
use super::theme::Role;
use crate::command::{Command, commands, place_groups};
use crate::text::pad;

/// Draws the help screen over the main view.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer, all: bool, top: usize) {
    let (columns, rows) = canvas.model.size;
    let area = Rect::new(0, 0, columns, rows.saturating_sub(1));
    let shown = place_groups(canvas.model, all);
    let word = if all { "Help: all commands" } else { "Help: keys of this place" };
    let Some(head) = row_of(area, 0) else { return };
    let end = put(buffer, head, 1, &[(word, Role::Strong)]);
    put_end(
        buffer,
        head,
        end + 2,
        &[(&format!("{} of {} commands, ? {}", shown.len(), commands().count(), if all { "this place" } else { "all" }), Role::Dim)],
    );
    let list = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    let top = top.min(shown.len().saturating_sub(usize::from(list.height)));
    for (index, command) in shown.iter().skip(top).enumerate() {
        let Some(row) = row_of(list, index) else { break };
        draw_command(buffer, row, command);
    }
}

fn draw_command(buffer: &mut Buffer, area: Rect, command: &Command) {
    put(buffer, area, 1, &[(&pad(&command.keys.join("  "), 14), Role::Accent), ("  ", Role::Text), (command.doc, Role::Text)]);
    if area.width >= 80 {
        let at = usize::from(area.width) - 24;
        put(buffer, area, at, &[(command.name, Role::Dim)]);
    }
}
