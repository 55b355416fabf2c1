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
    if canvas.pane != model.pane {
        return;
    }
    let Some(editor) = model.editor() else {
        return;
    };
    let body = canvas.layout.body;
    if let Some(place) = model.editor_place(&canvas.layout) {
        push_apart(buffer, body, place);
        let area = part_of(body, place);
        draw_rows(canvas, buffer, editor, area);
        draw_completions(canvas, buffer, editor, area);
    }
}

/// Draws the editor over a card of the kanban, in the place of the peek.
pub(super) fn draw_at_card(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let (Some(editor), Some(area)) = (canvas.model.editor(), canvas.layout.peek) else {
        return;
    };
    erase(buffer, area);
    let name = [
        (canvas.glyphs.line, Role::Dim),
        (" ", Role::Text),
        (editor.unit.name.as_str(), Role::Strong),
    ];
    put(buffer, area, 1, &name);
    let area = Rect {
        y: area.y + 1,
        height: area.height.saturating_sub(1),
        ..area
    };
    draw_rows(canvas, buffer, editor, area);
    draw_completions(canvas, buffer, editor, area);
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
            if editor.is_contradicted(row.line) {
                put(buffer, line, 1, &[(canvas.glyphs.conflict, Role::Danger)]);
            }
            draw_row(buffer, line, editor, &row, is_last);
        }
    }
}

/// The most ids that are offered at once.
const OFFERED: usize = 5;

/// Draws the ids that fit below the row of the caret, over what stands there.
fn draw_completions(canvas: &Canvas<'_>, buffer: &mut Buffer, editor: &Editor, area: Rect) {
    let Some(found) = canvas.model.completions() else {
        return;
    };
    let caret = editor.buffer().caret();
    let rows = editor.rows(usize::from(area.height));
    let is_here = |row: &EditorRow| row.line == caret.row && row.bytes.start <= caret.byte;
    let below = rows.iter().rposition(is_here).map_or(0, |row| row + 1);
    let body = canvas.layout.body;
    let top = usize::from(area.y - body.y) + below;
    let first = found.chosen.saturating_sub(OFFERED - 1);
    for (index, (id, words)) in found.ids.iter().enumerate().skip(first).take(OFFERED) {
        let Some(row) = row_of(body, top + index - first) else {
            return;
        };
        erase(buffer, row);
        let is_chosen = index == found.chosen;
        let role = if is_chosen { Role::Accent } else { Role::Id };
        let mark = if is_chosen { canvas.glyphs.cursor } else { " " };
        let at = editor.margin() + 2;
        let pieces = [
            (mark, Role::Accent),
            (id, role),
            ("  ", Role::Text),
            (words, Role::Dim),
        ];
        put(buffer, row, at, &pieces);
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
