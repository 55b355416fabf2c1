//! A pane of source: Requirements and Design, and what has no items; wrapped, but for code and tables, which are cut and scrolled.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::Canvas;
use super::super::line::{erase, put, row_of};
use super::super::references::references;
use super::super::theme::{Role, state_role};
use super::{draw_cursor, folded};
use crate::markdown::BlockKind;
use crate::model::{Pane, Row, RowKind, Sheet, Subject, Target, drawn_line, is_unread};
use crate::spec::source::SourceLine;
use crate::spec::style;
use crate::text::width;

/// Draws the rows that are on the screen.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer, sheet: &Sheet) {
    let Some(place) = canvas.model.place_of(canvas.pane) else { return };
    let body = canvas.layout.body;
    let rows = canvas.model.rows_of(canvas.pane);
    let linked = canvas.linked_lines();
    let mut wrapped = Wrapped { canvas, sheet, left: place.left, line: None, parts: Vec::new() };
    for (at, row) in rows.iter().copied().enumerate().skip(place.top) {
        let index = at - place.top;
        let Some(area) = row_of(body, index) else { break };
        if place.is_at(row) {
            draw_cursor(canvas, buffer, area);
        }
        if is_unread(sheet, place, &rows, at) {
            put(buffer, area, 1, &[(canvas.glyphs.unread, Role::Mark)]);
        } else if row.is_place() && row.part() == 0 && linked.contains(&row.line) {
            put(buffer, area, 1, &[(canvas.glyphs.linked, Role::Accent)]);
        }
        match row.kind {
            RowKind::Gap => {}
            RowKind::Heading(hides) if place.folded.contains(&row.line) => draw_folded(canvas, buffer, area, sheet, row, hides),
            _ => drop(wrapped.part(row).map(|part| put_line(canvas, buffer, area, part))),
        }
        if let Some(property) = property_at(canvas, row) {
            draw_links(canvas, buffer, area, property);
        }
    }
}

/// Gives the property whose first row this is.
fn property_at(canvas: &Canvas<'_>, row: Row) -> Option<usize> {
    let design = canvas.model.design().filter(|_| canvas.pane == Pane::Design && row.part() == 0)?;
    design.properties.iter().position(|property| property.line == row.line)
}

/// Draws at the end of a property's first row what it validates and how far the tasks are that test it, over what stands there.
fn draw_links(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, property: usize) {
    let model = canvas.model;
    let at = usize::from(area.width).saturating_sub(canvas.layout.references());
    if canvas.layout.references() == 0 {
        return;
    }
    let end =
        Rect { x: area.x + area.width - u16::try_from(canvas.layout.references()).unwrap_or(0) - 1, width: area.right() - area.x, ..area };
    erase(buffer, end.intersection(area));
    let ids = |targets: Vec<Target>| targets.into_iter().map(|target| target.label).collect::<Vec<String>>();
    let tests = model.referrers(Subject::Property(property));
    let half = (canvas.layout.references() - 2) / 2;
    let validated = references(&ids(model.definitions(Subject::Property(property))), half, canvas.glyphs.cut);
    put(buffer, area, at, &[(&validated, Role::Id)]);
    let state = model.state_of_items(model.sheets.links.testing(property));
    let glyph = state.map_or((canvas.glyphs.none, Role::Dim), |state| (canvas.glyphs.state(state), state_role(state)));
    let names = references(&ids(tests), half - 1, canvas.glyphs.cut);
    put(buffer, area, at + half + 1, &[glyph, (" ", Role::Text), (&names, Role::Id)]);
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
