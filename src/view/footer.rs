//! The last line: the mode, a message or the hints that apply now, `? help`, and the place of the cursor.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Canvas;
use super::line::put;
use super::theme::Role;
use crate::command::hints;
use crate::model::{Focus, Kind, Mode, Model, View, Width};
use crate::text::{clean, cut_end, width};

const HELP: &str = "? help";
/// Columns for the place at the end.
const PLACE: usize = 20;
/// Columns for `? help` with the blanks behind it.
const HELP_FIELD: usize = 10;

/// Draws the line.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let area = canvas.layout.footer;
    let columns = usize::from(area.width);
    let place = if canvas.layout.width >= Width::Normal { place(canvas.model) } else { String::new() };
    let help_at = if canvas.layout.width >= Width::Normal {
        columns.saturating_sub(PLACE + HELP_FIELD)
    } else {
        columns.saturating_sub(HELP.len() + 1)
    };
    let room = Rect { width: u16::try_from(help_at.saturating_sub(1)).unwrap_or(area.width), ..area };
    draw_left(canvas, buffer, room);
    put(buffer, area, help_at, &[("?", Role::Accent), (" help", Role::Dim)]);
    if !place.is_empty() {
        put(buffer, area, help_at + HELP_FIELD, &[(&cut_end(&clean(&place), PLACE, canvas.glyphs.cut), Role::Text)]);
    }
}

/// Draws the message, the waiting prefix or the hints.
fn draw_left(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect) {
    let model = canvas.model;
    if let Some(notice) = &model.notices.current {
        let role = if notice.kind == Kind::Error { Role::Danger } else { Role::Text };
        let text = clean(&notice.text).into_owned();
        put(buffer, area, 1, &[(&cut_end(&text, usize::from(area.width).saturating_sub(1), canvas.glyphs.cut), role)]);
        return;
    }
    if let Mode::Prefix { first, shown: true } = model.mode {
        put(buffer, area, 1, &[(&first.to_string(), Role::Accent)]);
        return;
    }
    draw_hints(canvas, buffer, area);
}

fn draw_hints(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect) {
    let most = match canvas.layout.width {
        Width::Tiny => 2,
        Width::Narrow => 4,
        Width::Normal => 5,
        _ => 8,
    };
    let mut at = 1;
    for hint in hints(canvas.model).into_iter().take(most) {
        let wide = width(hint.keys) + 1 + width(hint.word);
        if at + wide > usize::from(area.width) {
            break;
        }
        at = put(buffer, area, at, &[(hint.keys, Role::Accent), (" ", Role::Text), (hint.word, Role::Dim)]) + 2;
    }
}

/// Gives the file and the line of the cursor.
fn place(model: &Model) -> String {
    match (model.view, model.focus) {
        (View::Main, Focus::Content) => {
            let (Some(sheet), Some(place)) = (model.sheet(), model.place()) else { return String::new() };
            let name = sheet.file.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            format!("{name}:{}", place.cursor + 1)
        }
        _ => String::new(),
    }
}
