//! A pane of source: Requirements and Design, and what has no items; wrapped, but for code and tables, which are cut and scrolled.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::Canvas;
use super::super::line::{put, row_of};
use super::super::theme::{Role, state_role};
use super::{draw_cursor, draw_unread, folded, is_unread};
use crate::markdown::BlockKind;
use crate::model::{Row, RowKind, Sheet, drawn_line};
use crate::spec::source::SourceLine;
use crate::spec::style;
use crate::text::width;

/// Draws the rows that are on the screen.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer, sheet: &Sheet) {
    let Some(place) = canvas.model.place_of(canvas.pane) else { return };
    let body = canvas.layout.body;
    let rows = canvas.model.rows_of(canvas.pane);
    let mut wrapped = Wrapped { canvas, sheet, left: place.left, line: None, parts: Vec::new() };
    for (index, row) in rows.iter().copied().enumerate().skip(place.top) {
        let (index, behind) = (index - place.top, &rows[index + 1..]);
        let Some(area) = row_of(body, index) else { break };
        if place.is_at(row) {
            draw_cursor(canvas, buffer, area);
        }
        if is_unread(place, row, behind) {
            draw_unread(canvas, buffer, area);
        }
        match row.kind {
            RowKind::Gap => {}
            RowKind::Heading(hides) if place.folded.contains(&row.line) => draw_folded(canvas, buffer, area, sheet, row, hides),
            _ => drop(wrapped.part(row).map(|part| put_line(canvas, buffer, area, part))),
        }
    }
}

/// Draws a folded heading on one row, cut where it must be.
fn draw_folded(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, sheet: &Sheet, row: Row, hides: usize) {
    let hidden = folded(canvas, hides);
    let room = canvas.layout.source_columns().saturating_sub(width(&hidden)).max(4);
    let (line, _) = drawn_line(&sheet.text, row.line, BlockKind::Heading(1));
    let end = put_line(canvas, buffer, area, &line.window(0, room, canvas.glyphs.cut));
    put(buffer, area, end, &[(&hidden, Role::Dim)]);
}

fn put_line(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, line: &SourceLine) -> usize {
    let pieces: Vec<(&str, Role)> = line.parts().map(|(part, role)| (part, role_of(role))).collect();
    put(buffer, area, usize::from(canvas.layout.margin()), &pieces)
}

/// The rows of the line that was drawn last, so that a line is wrapped once for all of its rows.
struct Wrapped<'a> {
    canvas: &'a Canvas<'a>,
    sheet: &'a Sheet,
    left: usize,
    line: Option<usize>,
    parts: Vec<SourceLine>,
}

impl Wrapped<'_> {
    /// Gives what stands on a row.
    fn part(&mut self, row: Row) -> Option<&SourceLine> {
        if self.line != Some(row.line) {
            self.line = Some(row.line);
            self.parts = self.parts_of(row.line);
        }
        self.parts.get(row.part())
    }

    fn parts_of(&self, line: usize) -> Vec<SourceLine> {
        let columns = self.sheet.heights.columns();
        let document = &self.sheet.document;
        let kind = document.block_at(line).map_or(BlockKind::Other, |block| document.blocks[block].kind);
        let (drawn, is_cut) = drawn_line(&self.sheet.text, line, kind);
        if is_cut { vec![drawn.window(self.left, columns, self.canvas.glyphs.cut)] } else { drawn.wrap(columns) }
    }
}

/// Gives the look of a role in a source.
pub(super) fn role_of(role: style::Role) -> Role {
    match role {
        style::Role::Plain | style::Role::Table => Role::Text,
        style::Role::Heading | style::Role::Strong => Role::Strong,
        style::Role::Marker(state) => state_role(state),
        style::Role::Code => Role::Code,
        style::Role::Quote | style::Role::Aside => Role::Dim,
        style::Role::Keyword => Role::Keyword,
        style::Role::Id => Role::Id,
        style::Role::Link => Role::Link,
    }
}
