//! The last messages, the newest first.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Canvas;
use super::footer::age_words;
use super::line::{put, put_end, row_of};
use super::theme::Role;
use crate::model::{Kind, NoticeRow};

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
        "no messages yet".to_owned()
    } else {
        format!("the last {}", notices.log.len())
    };
    put_end(
        buffer,
        head,
        end + 2,
        &[(&count, Role::Dim), (" ", Role::Text)],
    );
    let field = canvas.layout.message_age();
    let rows = notices.rows(canvas.layout.message_columns());
    for (index, row) in rows.iter().skip(notices.top).enumerate() {
        if let Some(area) = row_of(page, index) {
            draw_row(canvas, buffer, area, row, field);
        }
    }
}

/// Draws a row: an error's flag, how long ago it was said, the text, and the spec where it fits.
fn draw_row(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    area: Rect,
    row: &NoticeRow<'_>,
    field: usize,
) {
    let notice = row.notice;
    let (flag, role) = match notice.kind {
        Kind::Error => ("!", Role::Danger),
        Kind::Word => (" ", Role::Text),
    };
    if !row.begins {
        put(buffer, area, 3 + field, &[(&row.text, role)]);
        return;
    }
    put(buffer, area, 1, &[(flag, Role::Danger)]);
    if field > 0 && notice.at > 0 {
        let age = age_words(canvas.model.now - notice.at);
        put(buffer, area, 3, &[(&age, Role::Dim)]);
    }
    let end = put(buffer, area, 3 + field, &[(&row.text, role)]);
    put_end(
        buffer,
        area,
        end + 2,
        &[(&notice.spec, Role::Dim), (" ", Role::Text)],
    );
}
