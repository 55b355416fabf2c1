//! A document, laid out; where it requires something, criteria with their state, their ids and what
//! covers them.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::Canvas;
use super::super::line::{put, row_of};
use super::super::references::first_of;
use super::super::theme::{Role, state_role, style};
use super::source::role_of;
use super::{Flagged, draw_cursor, flag, folded, properties};
use crate::markdown::State;
use crate::model::{CriterionCoverage, OpenFile, PaneState, Rendered, Row, RowKind};
use crate::prose::highlight;
use crate::prose::layout::{Passage, PassageKind};
use crate::prose::line::SourceLine;
use crate::spec::CriteriaDocument;
use crate::text::{clean, width};

/// What is said of tasks that name all requirements at once.
const BY_ALL: &str = " by All";

/// Draws the rows that are on the screen.
pub(super) fn draw(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    open_file: &OpenFile,
    rendered: &Rendered,
) {
    let Some(pane_state) = canvas.model.pane_state_of(canvas.pane) else {
        return;
    };
    let rows = canvas.model.rows_of(canvas.pane);
    let flagged = Flagged::of(canvas);
    let criteria = match open_file.wanted {
        Some(_) => canvas.model.criteria_document(),
        None => None,
    };
    let mut sight = Sight {
        canvas,
        open_file,
        rendered,
        pane_state,
        criteria,
        passage: None,
        lines: Arc::default(),
    };
    let over = sight.draw_head(buffer, &rows);
    for (index, row) in rows.iter().copied().enumerate().skip(pane_state.top + over) {
        let Some(area) = row_of(canvas.layout.body, index - pane_state.top) else {
            break;
        };
        if pane_state.is_at(row) {
            draw_cursor(canvas, buffer, area);
        }
        let flag = flag(canvas, open_file, &rows, index, &flagged);
        if let Some(flag) = flag {
            put(buffer, area, 1, &[flag]);
        }
        if row.kind != RowKind::Gap
            && let Some(passage) = rendered.passage_at(row.line)
        {
            sight.draw(buffer, area, row, passage);
            sight.draw_standing(buffer, area, row, passage, flag.is_some());
            properties::draw(canvas, buffer, area, row);
        }
    }
}

/// What is drawn, and the lines of the passage that was drawn last, so that it is wrapped once for
/// all of its rows.
struct Sight<'a> {
    canvas: &'a Canvas<'a>,
    open_file: &'a OpenFile,
    rendered: &'a Rendered,
    pane_state: &'a PaneState,
    criteria: Option<&'a CriteriaDocument>,
    passage: Option<usize>,
    lines: Arc<[SourceLine]>,
}

impl Sight<'_> {
    /// Draws the words on a row.
    fn draw(&mut self, buffer: &mut Buffer, area: Rect, row: Row, passage: &Passage) {
        let first = passage.lines.start;
        if self.passage != Some(first) {
            self.passage = Some(first);
            self.lines = self.rendered.drawn(
                &self.open_file.text,
                passage,
                self.criteria,
                self.pane_state.left,
                self.canvas.glyphs.cut_marks(),
            );
        }
        let at = self.rendered.measured().text_at(passage);
        match row.kind {
            RowKind::Heading(hides) if self.pane_state.folded.contains(&row.line) => {
                self.draw_folded(buffer, area, at, passage, hides);
            }
            _ => {
                if let Some(line) = self.lines.get(row.part()) {
                    put_line(self.canvas, buffer, area, at, line);
                    self.mark_cell(buffer, area, at, passage);
                }
            }
        }
    }

    /// Draws the head of a table whose first rows are scrolled out over those that follow. Returns the
    /// rows that it takes.
    fn draw_head(&mut self, buffer: &mut Buffer, rows: &[Row]) -> usize {
        let top = self.pane_state.top;
        let Some((head, height)) = self.rendered.head_over(rows, top) else {
            return 0;
        };
        let hidden = rows.iter().skip(top).take(height);
        if hidden.copied().any(|row| self.pane_state.is_at(row)) {
            return 0;
        }
        for part in 0..height {
            let row = Row {
                line: head.lines.start,
                kind: RowKind::Rest(part),
            };
            if let Some(area) = row_of(self.canvas.layout.body, part) {
                self.draw(buffer, area, row, head);
            }
        }
        height
    }

    /// Marks the chosen cell in the row of a table under the cursor.
    fn mark_cell(&self, buffer: &mut Buffer, area: Rect, at: usize, passage: &Passage) {
        let state = self.pane_state;
        if state.cursor.line != passage.lines.start || self.canvas.pane != self.canvas.model.pane {
            return;
        }
        let Some(columns) = state
            .cell
            .and_then(|cell| self.rendered.columns_of_cell(passage, cell))
        else {
            return;
        };
        let left = if self.rendered.is_wide(passage) {
            state.left
        } else {
            0
        };
        let end = usize::from(area.width).min(at + self.rendered.measured().room(passage));
        let start = at + columns.start.saturating_sub(left);
        for column in start..end.min((at + columns.end).saturating_sub(left)) {
            let column = area.x + u16::try_from(column).unwrap_or(area.width);
            if let Some(cell) = buffer.cell_mut((column, area.y)) {
                cell.set_style(style(Role::Selection));
            }
        }
    }

    /// Draws a folded heading on one row, cut where it must be.
    fn draw_folded(
        &self,
        buffer: &mut Buffer,
        area: Rect,
        at: usize,
        passage: &Passage,
        hides: usize,
    ) {
        let hidden = folded(self.canvas, hides);
        let room = self
            .rendered
            .measured()
            .room(passage)
            .saturating_sub(width(&hidden))
            .max(4);
        let Some(line) = self.lines.first() else {
            return;
        };
        let is_cut = self.lines.len() > 1;
        let shown = line.window(
            0,
            room.saturating_sub(usize::from(is_cut)),
            self.canvas.glyphs.cut,
        );
        let end = put_line(self.canvas, buffer, area, at, &shown);
        let has_mark = shown.plain().ends_with(self.canvas.glyphs.cut);
        let cut = if is_cut && !has_mark {
            self.canvas.glyphs.cut
        } else {
            ""
        };
        put(buffer, area, end, &[(cut, Role::Dim), (&hidden, Role::Dim)]);
    }

    /// Draws what stands behind a requirement or a criterion, on its first row: state, id, and at
    /// the end figures or tasks.
    fn draw_standing(
        &self,
        buffer: &mut Buffer,
        area: Rect,
        row: Row,
        passage: &Passage,
        has_flag: bool,
    ) {
        if row.part() > 0 {
            return;
        }
        match (&passage.kind, passage.criterion) {
            (
                PassageKind::Heading {
                    group: Some(group), ..
                },
                _,
            ) => self.draw_together(buffer, area, *group),
            (PassageKind::Criterion(id), Some(criterion)) => {
                put(
                    buffer,
                    area,
                    self.rendered.measured().id_at(),
                    &[(&clean(id), Role::Id)],
                );
                if let Some(standing) = self.canvas.model.criterion_coverage(criterion) {
                    self.draw_criterion(buffer, area, criterion, standing, has_flag);
                }
            }
            _ => {}
        }
    }

    /// Draws how far the criteria of a requirement are together, and how many of them have a task
    /// that must be done.
    fn draw_together(&self, buffer: &mut Buffer, area: Rect, group: usize) {
        let Some(together) = self.canvas.model.group_coverage(group) else {
            return;
        };
        let figures = format!(" {}/{}", together.firm, together.total);
        self.put_reference(
            buffer,
            area,
            &[self.glyph(together.state), (&figures, Role::Text)],
        );
    }

    fn draw_criterion(
        &self,
        buffer: &mut Buffer,
        area: Rect,
        criterion: usize,
        standing: CriterionCoverage,
        has_flag: bool,
    ) {
        let measure = self.rendered.measured();
        // What no task names has a glyph of its own.
        let is_optional = standing.is_weak && standing.state.is_some();
        if is_optional && !has_flag {
            put(buffer, area, 1, &[(self.canvas.glyphs.found, Role::Danger)]);
        }
        put(buffer, area, measure.margin, &[self.glyph(standing.state)]);
        let by_all = if standing.is_by_all { BY_ALL } else { "" };
        let model = self.canvas.model;
        let behind = model.open_files.links.behind(criterion);
        let names = behind.map(|item| model.name_of_item(item));
        let room = measure.references.saturating_sub(1 + by_all.len());
        let cut = self.canvas.glyphs.cut;
        self.put_reference(
            buffer,
            area,
            &[
                (&first_of(names, standing.tasks, room, cut), Role::Id),
                (by_all, Role::Dim),
            ],
        );
    }

    fn put_reference(&self, buffer: &mut Buffer, area: Rect, pieces: &[(&str, Role)]) {
        let measure = self.rendered.measured();
        if measure.references > 0 {
            put(
                buffer,
                area,
                measure.columns.saturating_sub(measure.references),
                pieces,
            );
        }
    }

    /// Returns the glyph of a state, or that of nothing.
    fn glyph(&self, state: Option<State>) -> (&'static str, Role) {
        let glyphs = self.canvas.glyphs;
        state.map_or((glyphs.uncovered, Role::Danger), |state| {
            (glyphs.state(state), state_role(state))
        })
    }
}

/// Draws a line, with rules and arrows in the glyphs of the terminal.
pub(in crate::view) fn put_line(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    area: Rect,
    at: usize,
    line: &SourceLine,
) -> usize {
    let rule = canvas.glyphs.line_of(line.plain().chars().count());
    let pieces: Vec<(&str, Role)> = line
        .parts()
        .map(|(part, role)| match role {
            highlight::Role::Rule => (rule.as_str(), Role::Dim),
            highlight::Role::Bar => (canvas.glyphs.rule, Role::Dim),
            highlight::Role::Arrow => (canvas.glyphs.arrow, Role::Text),
            highlight::Role::Dash => (canvas.glyphs.dash, Role::Text),
            _ => (part, role_of(role)),
        })
        .collect();
    put(buffer, area, at, &pieces)
}
