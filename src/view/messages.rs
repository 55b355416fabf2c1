//! The last messages, the newest at the end.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Canvas;
use super::line::{put, put_end, row_of};
use super::theme::Role;
use crate::model::Kind;

/// Draws the messages over the main view.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let (page, notices) = (canvas.layout.page, &canvas.model.notices);
    let head = Rect {
        y: 0,
        height: 1,
        ..page
    };
    let end = put(buffer, head, 1, &[("Messages", Role::Strong)]);
    let count = if notices.log.is_empty() {
        "nothing was said yet".to_owned()
    } else {
        format!("the last {}", notices.log.len())
    };
    put_end(
        buffer,
        head,
        end + 2,
        &[(&count, Role::Dim), (" ", Role::Text)],
    );
    for (index, (kind, begins, text)) in notices
        .rows(canvas.layout.message_columns())
        .iter()
        .skip(notices.top)
        .enumerate()
    {
        let Some(row) = row_of(page, index) else {
            break;
        };
        let role = if *kind == Kind::Error {
            Role::Danger
        } else {
            Role::Text
        };
        let flag = if *kind == Kind::Error && *begins {
            "!"
        } else {
            " "
        };
        put(
            buffer,
            row,
            1,
            &[(flag, Role::Danger), (" ", Role::Text), (text, role)],
        );
    }
}
