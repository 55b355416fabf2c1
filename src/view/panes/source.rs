//! A pane of source: Requirements and Design, and what has no items; wrapped, but for code and
//! tables, which are cut and scrolled.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::Canvas;
use super::super::line::{erase, put, row_of};
use super::super::references::references;
use super::super::theme::{Role, state_role};
use super::{draw_cursor, folded};
use crate::markdown::BlockKind;
use crate::model::{
    OpenFile, Pane, Row, RowKind, Subject, Target, drawn_line, holds_one, is_unread,
};
use crate::prose::highlight;
use crate::prose::line::SourceLine;
use crate::text::{clean, width};

/// Draws the rows that are on the screen.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer, open_file: &OpenFile) {
    let Some(pane_state) = canvas.model.pane_state_of(canvas.pane) else {
        return;
    };
    let body = canvas.layout.body;
    let rows = canvas.model.rows_of(canvas.pane);
    let linked = canvas.linked_lines();
    let mut wrapped = Wrapped {
        canvas,
        open_file,
        left: pane_state.left,
        line: None,
        parts: Vec::new(),
    };
    for (at, row) in rows.iter().copied().enumerate().skip(pane_state.top) {
        let index = at - pane_state.top;
        let Some(area) = row_of(body, index) else {
            break;
        };
        if pane_state.is_at(row) {
            draw_cursor(canvas, buffer, area);
        }
        if is_unread(open_file, pane_state, &rows, at) {
            put(buffer, area, 1, &[(canvas.glyphs.unread, Role::Mark)]);
        } else if holds_one(open_file, pane_state, &rows, at, &linked) {
            put(buffer, area, 1, &[(canvas.glyphs.linked, Role::Accent)]);
        }
        match row.kind {
            RowKind::Gap => {}
            RowKind::Heading(hides) if pane_state.folded.contains(&row.line) => {
                draw_folded(canvas, buffer, area, open_file, row, hides);
            }
            _ => {
                if let Some(part) = wrapped.part(row) {
                    put_line(canvas, buffer, area, part);
                }
            }
        }
        if let Some(property) = property_at(canvas, row) {
            draw_links(canvas, buffer, area, property);
        }
    }
}

/// Returns the property whose first row this is.
fn property_at(canvas: &Canvas<'_>, row: Row) -> Option<usize> {
    if canvas.pane != Pane::Design || row.part() > 0 {
        return None;
    }
    canvas
        .model
        .design()?
        .properties
        .iter()
        .position(|property| property.line == row.line)
}

/// Draws at the end of a property's first row what it validates and how far the tasks are that test
/// it; the heading gives way.
fn draw_links(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, property: usize) {
    let (model, columns) = (canvas.model, canvas.layout.references());
    if columns == 0 {
        return;
    }
    let Some(at) = usize::from(area.width).checked_sub(columns) else {
        return;
    };
    let ids = |targets: Vec<Target>| {
        targets
            .into_iter()
            .map(|target| target.label)
            .collect::<Vec<String>>()
    };
    let validated = ids(model.definitions(Subject::Property(property)));
    let tests = ids(model.referrers(Subject::Property(property)));
    let state = model.state_of_items(model.open_files.links.testing(property));
    let glyph = state.map_or((canvas.glyphs.none, Role::Dim), |state| {
        (canvas.glyphs.state(state), state_role(state))
    });
    let (validated, tests) = side_by_side(&validated, &tests, columns - 4, canvas.glyphs.cut);
    clear_end(canvas, buffer, area, at);
    let end = put(buffer, area, at, &[(&validated, Role::Id)]);
    put(
        buffer,
        area,
        end.max(at + (columns - 2) / 2) + 1,
        &[glyph, (" ", Role::Text), (&tests, Role::Id)],
    );
}

/// Returns two lists that share some columns, so that ids are counted and not cut: the second gives
/// way first.
fn side_by_side(
    first: &[String],
    second: &[String],
    columns: usize,
    cut: &str,
) -> (String, String) {
    let half = columns / 2;
    let least = |list: &[String]| {
        list.first().map_or(0, |id| {
            width(&clean(id)) + if list.len() > 1 { 3 } else { 0 }
        })
    };
    let for_first = half.max(least(first)).min(columns);
    let first = references(first, for_first, cut);
    let left = columns - width(&clean(&first)).max(half).min(columns);
    let second = if least(second) > left {
        String::new()
    } else {
        references(second, left, cut)
    };
    (first, second)
}

/// Blanks out the end of a row from a column on; what was there before it ends in the mark of a
/// cut.
fn clear_end(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, at: usize) {
    let Some(room) = u16::try_from(at)
        .ok()
        .and_then(|at| at.checked_sub(1))
        .filter(|at| *at < area.width)
    else {
        return;
    };
    let is_cut = buffer[(area.x + room, area.y)].symbol() != " ";
    erase(
        buffer,
        Rect {
            x: area.x + room,
            width: area.width - room,
            ..area
        },
    );
    if is_cut && room > 0 {
        let last = Rect {
            x: area.x + room - 1,
            width: 1,
            ..area
        };
        // Half of a wide character is none.
        let wide = if room > 1 && width(buffer[(last.x - 1, last.y)].symbol()) > 1 {
            1
        } else {
            0
        };
        erase(
            buffer,
            Rect {
                x: last.x - wide,
                width: 1 + wide,
                ..last
            },
        );
        put(buffer, last, 0, &[(canvas.glyphs.cut, Role::Strong)]);
    }
}

/// Draws a folded heading on one row, cut where it must be.
fn draw_folded(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    area: Rect,
    open_file: &OpenFile,
    row: Row,
    hides: usize,
) {
    let hidden = folded(canvas, hides);
    let room = canvas
        .layout
        .source_columns()
        .saturating_sub(width(&hidden))
        .max(4);
    let (line, _) = drawn_line(&open_file.text, row.line, BlockKind::Heading(1));
    let end = put_line(
        canvas,
        buffer,
        area,
        &line.window(0, room, canvas.glyphs.cut),
    );
    put(buffer, area, end, &[(&hidden, Role::Dim)]);
}

fn put_line(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, line: &SourceLine) -> usize {
    let pieces: Vec<(&str, Role)> = line
        .parts()
        .map(|(part, role)| (part, role_of(role)))
        .collect();
    put(buffer, area, usize::from(canvas.layout.margin()), &pieces)
}

/// The rows of the line that was drawn last, so that a line is wrapped once for all of its rows.
struct Wrapped<'a> {
    canvas: &'a Canvas<'a>,
    open_file: &'a OpenFile,
    left: usize,
    line: Option<usize>,
    parts: Vec<SourceLine>,
}

impl Wrapped<'_> {
    /// Returns what stands on a row.
    fn part(&mut self, row: Row) -> Option<&SourceLine> {
        if self.line != Some(row.line) {
            self.line = Some(row.line);
            self.parts = self.parts_of(row.line);
        }
        self.parts.get(row.part())
    }

    fn parts_of(&self, line: usize) -> Vec<SourceLine> {
        let columns = self.open_file.wrap_cache.columns();
        let document = &self.open_file.document;
        let kind = document
            .block_at(line)
            .map_or(BlockKind::Other, |block| document.blocks[block].kind);
        let (drawn, is_cut) = drawn_line(&self.open_file.text, line, kind);
        if is_cut {
            vec![drawn.window(self.left, columns, self.canvas.glyphs.cut)]
        } else {
            drawn.wrap(columns)
        }
    }
}

/// Returns the look of a role in a source.
pub(super) fn role_of(role: highlight::Role) -> Role {
    match role {
        highlight::Role::Plain | highlight::Role::Table | highlight::Role::Emphasis => Role::Text,
        highlight::Role::Heading | highlight::Role::Strong => Role::Strong,
        highlight::Role::Marker(state) => state_role(state),
        highlight::Role::Code => Role::Code,
        highlight::Role::Quote | highlight::Role::Aside => Role::Dim,
        highlight::Role::Keyword => Role::Keyword,
        highlight::Role::Id => Role::Id,
        highlight::Role::Link => Role::Link,
    }
}
