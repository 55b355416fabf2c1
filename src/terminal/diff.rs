//! Painting one row, and all rows of a grid, over another with the fewest bytes.
//!
//! Knows two grids and the encoder; does not know which rows moved.

use super::cell::Cell;
use super::encoder::{Encoder, rewriting};
use super::grid::{Grid, span, text_end};
use super::motion::counted_len;

/// So short a row is not tried in a second way.
const SHORT: usize = 12;

/// So few stale blanks are written rather than erased.
const ERASE: usize = 3;

/// Paints `next` where `shown` is on the terminal.
pub(super) fn paint(encoder: &mut Encoder, shown: &Grid, next: &Grid) {
    let height = next.size().height;
    let bottom = (0..height)
        .rev()
        .find(|row| text_end(next.row(*row)) > 0)
        .map_or(0, |last| last + 1);
    let stale = (bottom..height)
        .filter(|row| text_end(shown.row(*row)) > 0)
        .count();
    let painted = if stale > 1 { bottom } else { height };
    for row in 0..painted {
        paint_row(encoder, row, shown.row(row), next.row(row));
    }
    if stale > 1 {
        encoder.go(bottom, 0);
        encoder.erase_below();
    }
}

/// Paints one row in place, or erases it from its first change on and paints what follows:
/// whichever is shorter.
fn paint_row(encoder: &mut Encoder, row: u16, shown: &[Cell], next: &[Cell]) {
    let Some(first) = (0..next.len()).find(|column| shown[*column] != next[*column]) else {
        return;
    };
    let in_place = paint_cells(encoder.fork(), row, shown, next);
    if in_place.len() <= SHORT {
        return encoder.join(in_place);
    }
    let mut erased = encoder.fork();
    erased.go(row, first);
    erased.erase_right();
    let mut rest = shown.to_vec();
    rest[first..].fill(Cell::BLANK);
    let erased = paint_cells(erased, row, &rest, next);
    encoder.join(if erased.len() < in_place.len() {
        erased
    } else {
        in_place
    });
}

fn paint_cells<'a>(
    mut encoder: Encoder<'a>,
    row: u16,
    shown: &[Cell],
    next: &[Cell],
) -> Encoder<'a> {
    let mut painting = Painting {
        encoder: &mut encoder,
        row,
        shown,
        next,
        spoilt: 0,
    };
    painting.text();
    painting.tail();
    encoder
}

/// One row being painted.
struct Painting<'a, 'b> {
    encoder: &'a mut Encoder<'b>,
    row: u16,
    shown: &'a [Cell],
    next: &'a [Cell],
    /// Before this column, a grapheme wider than expected may have covered what was there.
    spoilt: usize,
}

impl Painting<'_, '_> {
    fn text(&mut self) {
        let end = text_end(self.next);
        let mut column = 0;
        while column < end {
            column = match self.next[column] {
                cell if cell.is_rest() || !self.is_stale(column) => column + 1,
                cell if cell.is_blank() => self.blanks(column),
                _ => self.grapheme(column),
            };
        }
    }

    fn is_stale(&self, column: usize) -> bool {
        column < self.spoilt || self.shown[column] != self.next[column]
    }

    /// Makes the stale blanks of a run blank, by writing or by erasing them, and gives the column
    /// behind them.
    fn blanks(&mut self, column: usize) -> usize {
        let run = self.next[column..]
            .iter()
            .take_while(|cell| cell.is_blank())
            .count();
        let stale = (0..run)
            .rev()
            .find(|offset| self.is_stale(column + offset))
            .map_or(0, |last| last + 1);
        self.approach(column);
        if counted_len(stale) + counted_len(run) < stale {
            self.encoder.erase(stale);
        } else {
            self.spaces(stale);
        }
        column + stale
    }

    /// Writes the grapheme at `column` and gives the column behind it.
    fn grapheme(&mut self, column: usize) -> usize {
        let cell = self.next[column];
        let width = span(self.next, column);
        self.approach(column);
        if cell.is_disputed() {
            self.clear_for(column, width);
            self.spoilt = self.spoilt.max(column + self.encoder.widest(cell));
        }
        self.encoder.write(cell, width);
        column + width
    }

    /// Clears the columns that a terminal may take for no part of the grapheme: it would leave in
    /// them what was there.
    fn clear_for(&mut self, column: usize, width: usize) {
        let mut left = column + 1..column + width;
        if left.any(|column| column < self.spoilt || !self.shown[column].is_blank()) {
            self.spaces(width);
            self.encoder.go(self.row, column);
        }
    }

    /// Makes blank what is stale behind the text.
    fn tail(&mut self) {
        let end = text_end(self.next);
        let stale = text_end(self.shown).max(self.spoilt.min(self.shown.len()));
        let Some(first) = (end..stale).find(|column| self.is_stale(*column)) else {
            return;
        };
        let near = self
            .encoder
            .column_in(self.row)
            .filter(|column| (end..=first).contains(column));
        let start = near.unwrap_or(
            if self.encoder.motion_len(self.row, end) < self.encoder.motion_len(self.row, first) {
                end
            } else {
                first
            },
        );
        if stale - start < ERASE {
            self.approach(start);
            return self.spaces(stale - start);
        }
        self.approach(start);
        self.encoder.erase_right();
    }

    /// Goes to `column`, or writes again what lies between where that is shorter.
    fn approach(&mut self, column: usize) {
        let motion = self.encoder.motion_len(self.row, column);
        let start = self
            .encoder
            .column_in(self.row)
            .filter(|start| *start < column);
        let between = start.map(|start| &self.next[start..column]);
        if motion > 0
            && let Some(between) = between
            && rewriting(self.encoder, between).is_some_and(|bytes| bytes < motion)
        {
            return self.again(between);
        }
        self.encoder.go(self.row, column);
    }

    fn again(&mut self, cells: &[Cell]) {
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_rest()) {
            self.encoder.write(*cell, span(cells, column));
        }
    }

    fn spaces(&mut self, count: usize) {
        for _ in 0..count {
            self.encoder.write(Cell::BLANK, 1);
        }
    }
}
