//! The trace as a list: a row a criterion with how far it is covered, its id, the tasks that cover
//! it, each with its own state, and its words. The one under the cursor stands in full.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::super::Canvas;
use super::super::super::line::{put, put_end};
use super::super::super::theme::{Role, state_role};
use super::{draw_flag, standing_glyph};
use crate::model::{
    ListGrid, Matrix, Pane, PaneState, Row, RowKind, Subject, entry_lines, shown_lines,
};
use crate::spec::tasks::Task;
use crate::text::{clean, cut_end, cut_middle, width, wrap};

/// What the rows of one frame are drawn from.
pub(super) struct List<'a> {
    pub(super) canvas: &'a Canvas<'a>,
    pub(super) matrix: &'a Matrix<'a>,
    pub(super) pane_state: &'a PaneState,
    grid: ListGrid,
}

impl<'a> List<'a> {
    pub(super) fn of(
        canvas: &'a Canvas<'a>,
        matrix: &'a Matrix<'a>,
        pane_state: &'a PaneState,
    ) -> Self {
        Self {
            canvas,
            matrix,
            pane_state,
            grid: canvas.model.list_grid(&canvas.layout),
        }
    }

    /// Returns the columns of `area` in which figures stand at the end.
    pub(super) fn within(&self, area: Rect) -> Rect {
        let end = u16::try_from(self.grid.end()).unwrap_or(area.width);
        Rect {
            width: area.width.min(end),
            ..area
        }
    }

    /// Draws the words above the columns.
    pub(super) fn draw_labels(&self, buffer: &mut Buffer, area: Rect) {
        let margin = usize::from(self.canvas.layout.margin());
        put(buffer, area, margin, &[("id", Role::Strong)]);
        put(buffer, area, self.grid.tasks_at, &[("tasks", Role::Strong)]);
    }

    /// Draws a row with the index `at` among `rows`: of a criterion one of its lines.
    pub(super) fn draw_row(&self, buffer: &mut Buffer, area: Rect, rows: &[Row], at: usize) {
        match rows[at].kind {
            RowKind::Requirement(group) => self.draw_requirement(buffer, area, group),
            RowKind::Rest(part) => {
                let criterion = rows[..at].iter().rev().find_map(|row| row.criterion());
                if let Some(criterion) = criterion {
                    self.draw_part(buffer, area, criterion, part, true);
                }
            }
            _ => {
                if let Some(criterion) = rows[at].criterion() {
                    self.draw_first(buffer, area, criterion);
                    let is_open = self.pane_state.is_at(rows[at]);
                    self.draw_part(buffer, area, criterion, 0, is_open);
                }
            }
        }
    }

    fn draw_requirement(&self, buffer: &mut Buffer, area: Rect, group: usize) {
        let model = self.canvas.model;
        let Some(target) = model.target(Subject::Group(group)) else {
            return;
        };
        let (covered, total) = model.covered_in_group(group);
        let figures = if total == 0 {
            String::new()
        } else {
            format!("{covered}/{total}")
        };
        let title = if target.text.is_empty() {
            model.heading_of_group(group)
        } else {
            format!("{} {}", target.label, target.text)
        };
        let area = self.within(area);
        let margin = usize::from(self.canvas.layout.margin());
        let room = usize::from(area.width).saturating_sub(margin + width(&figures) + 2);
        let title = clean(title.trim()).into_owned();
        let title = cut_end(&title, room, self.canvas.glyphs.cut);
        put(buffer, area, margin, &[(&title, Role::Strong)]);
        put_end(buffer, area, margin, &[(&figures, Role::Text)]);
    }

    /// Draws state and id.
    fn draw_first(&self, buffer: &mut Buffer, area: Rect, criterion: usize) {
        let Some(id) = self.canvas.model.traced_id(criterion) else {
            return;
        };
        let margin = usize::from(self.canvas.layout.margin());
        let glyph = standing_glyph(self.canvas, self.matrix, criterion);
        draw_flag(self.canvas, buffer, area, self.matrix, criterion);
        let id = clean(id).into_owned();
        let id = cut_middle(&id, self.grid.id, self.canvas.glyphs.cut);
        put(
            buffer,
            area,
            margin,
            &[glyph, (" ", Role::Text), (&id, Role::Text)],
        );
    }

    /// Draws one of the lines of a criterion: of one that is not open the first, with what does not
    /// fit cut and counted.
    fn draw_part(
        &self,
        buffer: &mut Buffer,
        area: Rect,
        criterion: usize,
        part: usize,
        is_open: bool,
    ) {
        let model = self.canvas.model;
        let links = &model.open_files.links;
        if is_open {
            let items: Vec<usize> = links.behind(criterion).collect();
            self.draw_open_tasks(buffer, area, &items, part);
        } else {
            // Never more than fit: there can be thousands.
            let seen: Vec<usize> = links.behind(criterion).take(self.grid.tasks).collect();
            self.draw_first_tasks(buffer, area, &seen, links.count_behind(criterion));
        }
        let words = clean(&model.words_of_criterion(criterion)).into_owned();
        let line = if is_open {
            let lines = wrap(&words, self.grid.words);
            lines
                .get(part)
                .copied()
                .unwrap_or_default()
                .trim_end()
                .into()
        } else {
            cut_end(&words, self.grid.words, self.canvas.glyphs.cut)
        };
        put(buffer, area, self.grid.words_at, &[(&line, Role::Text)]);
    }

    /// Draws the tasks on a line of the criterion under the cursor, the chosen one reversed.
    fn draw_open_tasks(&self, buffer: &mut Buffer, area: Rect, items: &[usize], part: usize) {
        let model = self.canvas.model;
        let lines = entry_lines(&model.widths_of_tasks(items), self.grid.tasks);
        let chosen = model.chosen_of(items, self.pane_state);
        match shown_lines(&lines, chosen.unwrap_or(0)).get(part) {
            Some(line) => {
                self.draw_tasks(buffer, area, items, line.clone(), chosen);
            }
            None if part == 0 => self.draw_none(buffer, area),
            None => {}
        }
    }

    /// Draws as many of `count` tasks as fit, and how many more there are.
    fn draw_first_tasks(&self, buffer: &mut Buffer, area: Rect, seen: &[usize], count: usize) {
        if seen.is_empty() {
            return self.draw_none(buffer, area);
        }
        let widths = self.canvas.model.widths_of_tasks(seen);
        let fit = |columns: usize| {
            let lines = entry_lines(&widths, columns);
            lines.first().map_or(0, |line| line.end)
        };
        let mut shown = fit(self.grid.tasks);
        let mut more = String::new();
        if shown < count {
            let field = format!(" +{count}");
            shown = fit(self.grid.tasks.saturating_sub(field.len()));
            more = format!(" +{}", count - shown);
        }
        let end = self.draw_tasks(buffer, area, seen, 0..shown, None);
        put(buffer, self.beside_words(area), end, &[(&more, Role::Dim)]);
    }

    /// Draws some tasks side by side, each with its state. Gives the column behind them.
    fn draw_tasks(
        &self,
        buffer: &mut Buffer,
        area: Rect,
        items: &[usize],
        shown: Range<usize>,
        chosen: Option<usize>,
    ) -> usize {
        let area = self.beside_words(area);
        let mut at = self.grid.tasks_at;
        let first = shown.start;
        for index in shown {
            let gap = usize::from(index > first);
            let name = self.canvas.model.name_of_item(items[index]);
            let (mut glyph, mut role) = (self.glyph(items[index]), Role::Id);
            if chosen == Some(index) {
                (glyph.1, role) = (Role::Selection, Role::Selection);
            }
            at = put(buffer, area, at + gap, &[glyph, (&name, role)]);
        }
        at
    }

    /// Returns the columns of `area` before the words.
    fn beside_words(&self, area: Rect) -> Rect {
        let end = u16::try_from(self.grid.words_at - 1).unwrap_or(area.width);
        Rect {
            width: area.width.min(end),
            ..area
        }
    }

    fn glyph(&self, item: usize) -> (&'static str, Role) {
        let tasks = self.canvas.model.open_files.of(Pane::Tasks);
        let task: Option<&Task> = tasks.and_then(|open_file| open_file.tasks.items.get(item));
        task.map_or((" ", Role::Text), |task| {
            (self.canvas.glyphs.state(task.state), state_role(task.state))
        })
    }

    fn draw_none(&self, buffer: &mut Buffer, area: Rect) {
        let none = (self.canvas.glyphs.none, Role::Dim);
        put(buffer, area, self.grid.tasks_at, &[none]);
    }
}
