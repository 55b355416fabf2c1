//! The open editor: the Markdown of one unit over its rows in the pane, what is below moved down.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Canvas;
use super::line::{erase, put, row_of};
use super::theme::Role;
use crate::model::{Caret, Editor, EditorPlace, EditorRow, wrap};

/// Draws the editor over the chosen pane, whose rows are drawn already.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let model = canvas.model;
    let is_over_this = canvas.pane == model.pane;
    let Some(editor) = model.editor().filter(|_| is_over_this) else {
        return;
    };
    let body = canvas.layout.body;
    if let Some(place) = model.editor_place(&canvas.layout) {
        push_apart(buffer, body, place);
        draw_rows(canvas, buffer, editor, part_of(body, place));
    }
}

/// Draws the rows of an editor from the first row of an area on.
fn draw_rows(canvas: &Canvas<'_>, buffer: &mut Buffer, editor: &Editor, area: Rect) {
    erase(buffer, area);
    let mut rows = editor.rows(usize::from(area.height)).into_iter().peekable();
    for index in 0..usize::from(area.height) {
        let Some(line) = row_of(area, index) else {
            break;
        };
        put(buffer, line, 0, &[(canvas.glyphs.cursor, Role::Accent)]);
        if let Some(row) = rows.next() {
            let is_last = rows.peek().is_none_or(|next| next.line != row.line);
            draw_row(buffer, line, editor, &row, is_last);
        }
    }
}

/// Moves what stands below the unit down by the rows that the editor needs beyond the unit's own.
fn push_apart(buffer: &mut Buffer, body: Rect, place: EditorPlace) {
    let down = place.height - place.covered;
    let first_moved = place.first + place.height;
    for to in (first_moved..usize::from(body.height)).rev() {
        let (Some(source), Some(target)) = (row_of(body, to - down), row_of(body, to)) else {
            continue;
        };
        for x in body.left()..body.right() {
            buffer[(x, target.y)] = buffer[(x, source.y)].clone();
        }
    }
}

fn part_of(body: Rect, place: EditorPlace) -> Rect {
    let rows = |count: usize| u16::try_from(count).unwrap_or(u16::MAX).min(body.height);
    Rect {
        y: body.y + rows(place.first),
        height: rows(place.height),
        ..body
    }
}

/// Draws one row, with what is selected and the caret.
fn draw_row(buffer: &mut Buffer, area: Rect, editor: &Editor, row: &EditorRow, is_last: bool) {
    let line = &editor.buffer().lines()[row.line];
    let at = editor.margin();
    put(
        buffer,
        area,
        at,
        &[(&wrap::drawn(&line[row.bytes.clone()]), Role::Text)],
    );
    if let Some((start, end)) = editor.buffer().selection() {
        let from = bound(row, start);
        let to = bound(row, end);
        put_part(buffer, area, at, line, row, from..to);
    }
    let caret = editor.buffer().caret();
    let is_behind = caret.byte == row.bytes.end && is_last;
    if caret.row == row.line && (row.bytes.contains(&caret.byte) || is_behind) {
        let under = line[caret.byte..row.bytes.end].chars().next();
        let end = caret.byte + under.map_or(0, char::len_utf8);
        let column = at + wrap::column_of(line, &row.bytes, caret.byte);
        match under {
            Some(_) => put_part(buffer, area, at, line, row, caret.byte..end),
            None => {
                put(
                    buffer,
                    area,
                    column.min(usize::from(area.width) - 1),
                    &[(" ", Role::Caret)],
                );
            }
        }
    }
}

/// Returns where in a row the text before or behind a place of the buffer ends.
fn bound(row: &EditorRow, place: Caret) -> usize {
    let whole = Caret::new(row.line, place.byte);
    match place.row.cmp(&row.line) {
        std::cmp::Ordering::Less => row.bytes.start,
        std::cmp::Ordering::Greater => row.bytes.end,
        std::cmp::Ordering::Equal => whole.byte.clamp(row.bytes.start, row.bytes.end),
    }
}

/// Draws a part of a row reversed.
fn put_part(
    buffer: &mut Buffer,
    area: Rect,
    at: usize,
    line: &str,
    row: &EditorRow,
    part: std::ops::Range<usize>,
) {
    let from = at + wrap::column_of(line, &row.bytes, part.start);
    let to = at + wrap::column_of(line, &row.bytes, part.end);
    let drawn = wrap::drawn(&line[row.bytes.start..part.end]);
    let before = wrap::drawn(&line[row.bytes.start..part.start]);
    let words = drawn.get(before.len()..).unwrap_or_default();
    put(buffer, area, from, &[(words, Role::Caret)]);
    debug_assert!(to >= from, "a part never ends before it starts");
}
