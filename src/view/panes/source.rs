//! A pane of source: what is no Markdown, and what else is asked for as it is written; wrapped, but
//! for code and tables, which are cut and scrolled.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::Canvas;
use super::super::line::{put, row_of};
use super::super::theme::{Role, state_role};
use super::{Flagged, draw_cursor, flag, folded, properties};
use crate::markdown::BlockKind;
use crate::model::{OpenFile, Row, RowKind, drawn_line};
use crate::prose::highlight;
use crate::prose::line::SourceLine;
use crate::text::width;

/// Draws the rows that are on the screen.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer, open_file: &OpenFile) {
    let Some(pane_state) = canvas.model.pane_state_of(canvas.pane) else {
        return;
    };
    let body = canvas.layout.body;
    let rows = canvas.model.rows_of(canvas.pane);
    let flagged = Flagged::of(canvas);
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
        if let Some(flag) = flag(canvas, open_file, &rows, at, &flagged) {
            put(buffer, area, 1, &[flag]);
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
        properties::draw(canvas, buffer, area, row);
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
        highlight::Role::Plain
        | highlight::Role::Table
        | highlight::Role::Arrow
        | highlight::Role::CodeText => Role::Text,
        highlight::Role::Emphasis | highlight::Role::Subheading => Role::Emphasis,
        highlight::Role::Title | highlight::Role::TableHead => Role::Title,
        highlight::Role::Heading | highlight::Role::Strong => Role::Strong,
        highlight::Role::Marker(state) => state_role(state),
        highlight::Role::Code => Role::Code,
        highlight::Role::Quote
        | highlight::Role::Aside
        | highlight::Role::Markup
        | highlight::Role::Bar
        | highlight::Role::Rule
        | highlight::Role::Dash
        | highlight::Role::CodeComment => Role::Dim,
        highlight::Role::Keyword | highlight::Role::CodeKeyword => Role::Keyword,
        highlight::Role::CodeLiteral => Role::Literal,
        highlight::Role::CodeName => Role::Name,
        highlight::Role::Added => Role::Added,
        highlight::Role::Removed => Role::Removed,
        highlight::Role::Id => Role::Id,
        highlight::Role::Link => Role::Link,
    }
}
