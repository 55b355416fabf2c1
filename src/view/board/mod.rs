//! The kanban: columns beside each other, each with its title and its cards.

mod card;
mod title;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Canvas;
use super::line::{draw_no_match, put, put_end, row_of};
use super::theme::{Role, state_role};
use super::{editor, peek};
use crate::model::{
    BoardCursor, BoardScope, Column, ColumnRow, FilterPlace, Mode, Model, Strip, rank, strips,
};
use crate::text::{clean, cut_end};
use card::Look;

/// Draws the kanban.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let model = canvas.model;
    let columns = model.columns();
    let board_cursor = model.board.cursor();
    let strips = strips(&columns, board_cursor.first, model.size.0);
    title::draw(canvas, buffer, &columns, &strips);
    let is_bare = columns.iter().all(|column| column.slots.is_empty());
    let mut look = Look::of(canvas, &columns);
    for (index, strip) in strips.iter().enumerate() {
        let column = &columns[strip.column];
        let is_last = index + 1 == strips.len();
        let area = column_area(canvas, *strip, is_last);
        draw_title(canvas, buffer, area, column, &board_cursor);
        if !column.is_folded {
            draw_cards(canvas, buffer, area, column, &board_cursor, &mut look);
        }
        if !is_last && !is_bare {
            draw_rule(canvas, buffer, area);
        }
    }
    if is_bare {
        draw_reason(canvas, buffer);
    }
    if model.editor().is_some() {
        editor::draw_at_card(canvas, buffer);
    } else if !is_bare {
        peek::draw(canvas, buffer);
    }
}

/// Returns the area of a column, its title in the first row, without the rule behind it.
fn column_area(canvas: &Canvas<'_>, strip: Strip, is_last: bool) -> Rect {
    let head = canvas.layout.head;
    let height = head.height + u16::try_from(canvas.layout.reach()).unwrap_or(0);
    Rect {
        x: head.x + strip.x,
        width: strip.width.saturating_sub(u16::from(!is_last)),
        height: height.min(canvas.layout.body.bottom().saturating_sub(head.y)),
        ..head
    }
}

fn draw_rule(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect) {
    let rule = Rect {
        x: area.right(),
        width: 1,
        ..area
    };
    for row in 0..usize::from(rule.height) {
        if let Some(row) = row_of(rule, row) {
            put(buffer, row, 0, &[(canvas.glyphs.rule, Role::Dim)]);
        }
    }
}

/// Draws glyph, name, and which of how many cards are on the screen; of a folded column below the
/// name how many it hides.
fn draw_title(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    area: Rect,
    column: &Column<'_>,
    board_cursor: &BoardCursor,
) {
    let glyph = (canvas.glyphs.state(column.state), state_role(column.state));
    let room = usize::from(area.width).saturating_sub(4);
    let title = cut_end(column.state.marker().title, room, canvas.glyphs.cut);
    let pieces = [glyph, (" ", Role::Text), (&title, Role::Strong)];
    let end = put(buffer, area, 1, &pieces);
    if !column.is_folded {
        let count = count(canvas, column, board_cursor);
        put_end(
            buffer,
            area,
            end + 1,
            &[(&count, Role::Text), (" ", Role::Text)],
        );
        return;
    }
    let counts = if column.slots.is_empty() {
        Vec::new()
    } else {
        counts(column)
    };
    for (index, count) in counts.iter().enumerate() {
        let fold = if index == 0 { canvas.glyphs.closed } else { "" };
        if let Some(row) = row_of(area, index + 1) {
            put(
                buffer,
                row,
                1,
                &[(count, Role::Text), (" ", Role::Text), (fold, Role::Dim)],
            );
        }
    }
}

/// Counts what a folded column hides: required tasks, and optional ones.
fn counts(column: &Column<'_>) -> Vec<String> {
    let optional = column
        .slots
        .iter()
        .filter(|slot| slot.card.optional)
        .count();
    let required = column.count().saturating_sub(optional);
    let mut counts = vec![required.to_string()];
    if optional > 0 {
        counts.push(format!("+{optional}*"));
    }
    counts
}

/// Says which cards of how many are on the screen; where all are, which one the cursor is on.
fn count(canvas: &Canvas<'_>, column: &Column<'_>, board_cursor: &BoardCursor) -> String {
    let count = column.count();
    let top = board_cursor.tops[rank(column.state)];
    let rows = column.rows_on_screen(top, canvas.layout.reach());
    let cards = rows.iter().filter_map(|row| match row {
        ColumnRow::Card(slot) => Some(*slot),
        ColumnRow::Head(_) => None,
    });
    let cards: Vec<usize> = cards.collect();
    let is_here = column.state == board_cursor.state && canvas.model.mode == Mode::Normal;
    match (cards.first(), cards.last()) {
        (Some(first), Some(last)) if cards.len() < column.slots.len() && first < last => {
            format!(
                "{}{}{} of {count}",
                first + 1,
                canvas.glyphs.range,
                last + 1
            )
        }
        (Some(first), _) if cards.len() < column.slots.len() => format!("{} of {count}", first + 1),
        (Some(_), _) if is_here => format!("{} of {count}", board_cursor.index + 1),
        (Some(_), _) => count.to_string(),
        (None, _) => String::new(),
    }
}

fn draw_cards(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    area: Rect,
    column: &Column<'_>,
    board_cursor: &BoardCursor,
    look: &mut Look,
) {
    let top = board_cursor.tops[rank(column.state)];
    let rows = column.rows_on_screen(top, canvas.layout.reach());
    let selected = canvas.model.selected_cards(column);
    for (index, row) in rows.into_iter().enumerate() {
        let Some(area) = row_of(area, index + 1) else {
            break;
        };
        match row {
            ColumnRow::Head(slot) => {
                let slot = &column.slots[slot];
                card::draw_head(canvas, buffer, area, column.heads, slot);
            }
            ColumnRow::Card(slot) => {
                let is_selected = selected.as_ref().is_some_and(|range| range.contains(&slot));
                look.is_selected = is_selected;
                card::draw(canvas, buffer, area, &column.slots[slot], look);
            }
        }
    }
}

/// Says in the place of cards why there are none.
fn draw_reason(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let model = canvas.model;
    let problem = model
        .shown()
        .and_then(|index| model.specs.summary(index).problems.first());
    if let Some(filter) = model.filters.of(FilterPlace::Board) {
        return draw_no_match(canvas, buffer, filter);
    }
    let reason = problem.map_or_else(
        || "There are no tasks here.".to_owned(),
        |problem| format!("There are no tasks here: {problem}"),
    );
    for (index, text) in [&*reason, remedy(model)].into_iter().enumerate() {
        if let Some(row) = row_of(canvas.layout.body, 1 + index) {
            let room = usize::from(row.width).saturating_sub(4);
            let words = cut_end(&clean(text), room, canvas.glyphs.cut).into_owned();
            put(buffer, row, 2, &[(&words, Role::Text)]);
        }
    }
}

/// Says how the first task is made, where that can be done.
fn remedy(model: &Model) -> &'static str {
    match model.board.scope {
        _ if model.settings.read_only => "",
        _ if !model.board.cards.is_empty() => "o makes the first one.",
        Some(BoardScope::One(_)) => "Make the first one in Tasks: key 3, then o.",
        _ => "",
    }
}
