//! Putting text into cells: the one place where text from files meets the screen, and is cleaned.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Canvas;
use super::theme::{Role, style};
use crate::model::Filter;
use crate::text::{clean, cut_end, width};

/// Puts pieces of text side by side onto the first row of `area`, from column `at` on. Gives the
/// column behind them. What does not fit is left out.
pub(super) fn put(buffer: &mut Buffer, area: Rect, at: usize, pieces: &[(&str, Role)]) -> usize {
    let mut column = at;
    for (text, role) in pieces {
        let room = usize::from(area.width).saturating_sub(column);
        if room == 0 || area.height == 0 {
            break;
        }
        let text = clean(text);
        // Offsets fit: they are inside the area.
        let x = area.x + u16::try_from(column).unwrap_or(area.width);
        buffer.set_stringn(x, area.y, &text, room, style(*role));
        column += width(&text);
    }
    column
}

/// Puts pieces so that they end with the first row of `area`, unless they would begin before column
/// `from`.
pub(super) fn put_end(
    buffer: &mut Buffer,
    area: Rect,
    from: usize,
    pieces: &[(&str, Role)],
) -> bool {
    let wide: usize = pieces.iter().map(|(text, _)| width(&clean(text))).sum();
    let Some(at) = usize::from(area.width)
        .checked_sub(wide)
        .filter(|at| *at >= from)
    else {
        return false;
    };
    put(buffer, area, at, pieces);
    true
}

/// Returns the row with index `row` of `area`, if it is inside.
pub(super) fn row_of(area: Rect, row: usize) -> Option<Rect> {
    let row = u16::try_from(row).ok().filter(|row| *row < area.height)?;
    Some(Rect {
        y: area.y + row,
        height: 1,
        ..area
    })
}

/// Says that a filter lets nothing through.
pub(super) fn draw_no_match(canvas: &Canvas<'_>, buffer: &mut Buffer, filter: &Filter) {
    if let Some(row) = row_of(canvas.layout.body, 1) {
        let words = format!("Nothing matches {}: esc clears the filter.", filter.text());
        let room = usize::from(row.width).saturating_sub(4);
        let words = clean(&words).into_owned();
        let words = cut_end(&words, room, canvas.glyphs.cut);
        put(buffer, row, 2, &[(&words, Role::Dim)]);
    }
}

/// Blanks out an area.
pub(super) fn erase(buffer: &mut Buffer, area: Rect) {
    for y in area.top()..area.bottom() {
        for x in area.left()..area.right() {
            buffer[(x, y)].reset();
        }
    }
}
