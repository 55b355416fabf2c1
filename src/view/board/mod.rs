//! The kanban: columns beside each other, each with its title and its cards.

mod card;
mod title;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Canvas;
use super::line::{put, row_of};
use super::theme::{Role, state_role};
use crate::model::{BoardCursor, Column, Strip, rank, strips};
use crate::text::{clean, cut_end};
use card::Look;

/// Draws the kanban.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let model = canvas.model;
    let columns = model.columns();
    let board_cursor = model.board.cursor();
    let strips = strips(&columns, board_cursor.first, model.size.0);
    title::draw(canvas, buffer, &columns, &strips);
    let look = Look::of(canvas, &columns);
    for strip in &strips {
        let column = &columns[strip.column];
        draw_head(canvas, buffer, *strip, column);
        if !column.is_folded {
            draw_cards(canvas, buffer, *strip, column, &board_cursor, &look);
        }
    }
    if columns.iter().all(|column| column.slots.is_empty()) {
        draw_reason(canvas, buffer);
    }
}

/// Cuts an area down to a strip of it.
fn strip_of(area: Rect, strip: Strip) -> Rect {
    Rect {
        x: area.x + strip.x,
        width: strip.width,
        ..area
    }
}

/// Draws glyph, name and count; of a folded column how many cards it hides.
fn draw_head(canvas: &Canvas<'_>, buffer: &mut Buffer, strip: Strip, column: &Column<'_>) {
    let (glyph, role) = (canvas.glyphs.state(column.state), state_role(column.state));
    let fold = if column.is_folded {
        canvas.glyphs.closed
    } else {
        ""
    };
    let count = format!(" {fold}{}", column.count());
    let pieces = [
        (glyph, role),
        (" ", Role::Text),
        (column.state.marker().title, Role::Strong),
        (&count, Role::Text),
    ];
    put(buffer, strip_of(canvas.layout.head, strip), 1, &pieces);
}

fn draw_cards(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    strip: Strip,
    column: &Column<'_>,
    board_cursor: &BoardCursor,
    look: &Look,
) {
    let area = strip_of(canvas.layout.body, strip);
    let shown = column
        .slots
        .iter()
        .skip(board_cursor.tops[rank(column.state)])
        .take(canvas.model.cards_on_screen());
    for (index, slot) in shown.enumerate() {
        let Some(row) = row_of(area, index * look.rows) else {
            break;
        };
        let height = u16::try_from(look.rows)
            .unwrap_or(1)
            .min(area.bottom() - row.y);
        card::draw(canvas, buffer, Rect { height, ..row }, slot, look);
    }
}

/// Says in the place of cards why there are none.
fn draw_reason(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let model = canvas.model;
    let problem = model
        .shown()
        .and_then(|index| model.summaries[index].problems.first());
    let text = problem.map_or_else(
        || "There are no tasks here.".to_owned(),
        |problem| format!("There are no tasks here: {problem}"),
    );
    if let Some(row) = row_of(canvas.layout.body, 1) {
        let room = usize::from(row.width).saturating_sub(4);
        put(
            buffer,
            row,
            2,
            &[(&cut_end(&clean(&text), room, canvas.glyphs.cut), Role::Text)],
        );
    }
}
