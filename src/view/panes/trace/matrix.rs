//! A row of the matrix: flag, how far the criterion is covered, its id, a glyph for each column,
//! its properties, its words.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::super::Canvas;
use super::super::super::line::put;
use super::super::super::references::references;
use super::super::super::theme::{Role, state_role};
use super::{draw_flag, standing_glyph};
use crate::markdown::State;
use crate::model::{Grid, Matrix};
use crate::text::{clean, cut_end, cut_middle};

/// What the rows of one frame are drawn from.
pub(super) struct Drawing<'a> {
    pub(super) canvas: &'a Canvas<'a>,
    pub(super) matrix: &'a Matrix<'a>,
    pub(super) grid: &'a Grid,
    /// The columns of the matrix that are shown, or scrolled out.
    pub(super) columns: &'a [usize],
    /// How many columns are scrolled out.
    pub(super) left: usize,
}

impl Drawing<'_> {
    /// Draws the row of a criterion.
    pub(super) fn draw_criterion(&self, buffer: &mut Buffer, area: Rect, criterion: usize) {
        let Some(id) = self.canvas.model.traced_id(criterion) else {
            return;
        };
        let glyphs = self.canvas.glyphs;
        draw_flag(self.canvas, buffer, area, self.matrix, criterion);
        let covered = standing_glyph(self.canvas, self.matrix, criterion);
        let id = clean(id).into_owned();
        let id = cut_middle(&id, self.grid.id, glyphs.cut);
        put(
            buffer,
            area,
            self.grid.start - self.grid.id - 2,
            &[covered, (" ", Role::Text), (&id, Role::Text)],
        );
        let shown = self.grid.shown(self.left);
        let states = self.matrix.states(criterion, &self.columns[shown.clone()]);
        for (column, state) in shown.zip(states) {
            let glyph = self.glyph(state).unwrap_or((glyphs.empty, Role::Dim));
            put(
                buffer,
                area,
                self.grid.end_of(column, self.left) - 1,
                &[glyph],
            );
        }
        self.draw_properties(buffer, area, criterion);
        self.draw_words(buffer, area, criterion);
    }

    fn glyph(&self, state: Option<State>) -> Option<(&'static str, Role)> {
        state.map(|state| (self.canvas.glyphs.state(state), state_role(state)))
    }

    fn draw_properties(&self, buffer: &mut Buffer, area: Rect, criterion: usize) {
        let Some((at, columns)) = self.grid.properties else {
            return;
        };
        let names = references(
            &self.canvas.model.names_of_properties(criterion),
            columns,
            self.canvas.glyphs.cut,
        );
        put(buffer, area, at, &[(&names, Role::Id)]);
    }

    fn draw_words(&self, buffer: &mut Buffer, area: Rect, criterion: usize) {
        let Some(at) = self.grid.words else {
            return;
        };
        let words = clean(&self.canvas.model.words_of_criterion(criterion)).into_owned();
        let room = usize::from(area.width).saturating_sub(at + 1);
        put(
            buffer,
            area,
            at,
            &[(&cut_end(&words, room, self.canvas.glyphs.cut), Role::Text)],
        );
    }
}
