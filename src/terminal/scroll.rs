//! Finding bands of whole rows that moved up or down between two grids.
//!
//! Knows no bytes: which way is the shorter is found out by painting. Only the full width is looked
//! at, because left and right margins break in tmux.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use super::grid::{Grid, text_end};

/// So many are worth painting to find out the shortest.
const TRIED: usize = 3;

/// The rows from `top` up to, without, `bottom`, moved by `lines`, up where positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Move {
    /// The first row that takes part.
    pub(super) top: u16,
    /// The row behind the last that takes part.
    pub(super) bottom: u16,
    /// By how many rows, up where positive; never 0.
    pub(super) lines: i32,
}

/// Returns the few moves after which the least is left to paint, the best first.
pub(super) fn moves(shown: &Grid, next: &Grid) -> Vec<Move> {
    let rows = Rows::new(shown, next);
    let height = i32::from(next.size().height);
    let mut found: Vec<(i64, Move)> = (1 - height..height)
        .filter(|lines| *lines != 0)
        .filter_map(|lines| rows.best(lines))
        .collect();
    found.sort_by_key(|(gain, _)| -gain);
    found
        .into_iter()
        .take(TRIED)
        .map(|(_, found)| found)
        .collect()
}

/// Two grids, with what is needed to compare their rows quickly.
struct Rows<'a> {
    shown: &'a Grid,
    next: &'a Grid,
    shown_hashes: Vec<u64>,
    next_hashes: Vec<u64>,
    /// How many cells of each row differ in place.
    changed: Vec<i64>,
}

impl<'a> Rows<'a> {
    fn new(shown: &'a Grid, next: &'a Grid) -> Self {
        let height = next.size().height;
        let hashes = |grid: &Grid| (0..height).map(|row| hash(grid, row)).collect();
        let changed = (0..height)
            .map(|row| differing(shown, row, next, row))
            .collect();
        Self {
            shown,
            next,
            shown_hashes: hashes(shown),
            next_hashes: hashes(next),
            changed,
        }
    }

    /// Returns the run of rows that gains most cells by a move of `lines`, and how many.
    fn best(&self, lines: i32) -> Option<(i64, Move)> {
        if !(0..self.changed.len()).any(|row| self.is_proof(row, lines)) {
            return None;
        }
        let run = best_run((0..self.changed.len()).map(|row| self.gain(row, lines)));
        let rated = |run| self.rated(run, lines);
        // A row at the end that only looks a little like its source can pull in one of another kind.
        let tried = [run.clone(), self.trimmed(run, lines)];
        let found = tried.into_iter().filter_map(rated);
        found.max_by_key(|(gain, _)| *gain)
    }

    /// Returns a run without the rows at its ends that are not those that moved.
    fn trimmed(&self, run: Range<usize>, lines: i32) -> Range<usize> {
        let is_moved = |row: &usize| {
            let source = self.source(*row, lines);
            source.is_some_and(|source| self.shown_hashes[source] == self.next_hashes[*row])
        };
        let start = run.clone().find(is_moved).unwrap_or(run.start);
        let end = run.clone().rfind(is_moved).map_or(run.end, |row| row + 1);
        start..end
    }

    /// Returns the move that shows the rows of a run, and how many cells it gains.
    fn rated(&self, run: Range<usize>, lines: i32) -> Option<(i64, Move)> {
        let gain: i64 = run.clone().map(|row| self.gain(row, lines)).sum();
        let distance = lines.unsigned_abs() as usize;
        let (top, bottom) = if lines > 0 {
            (run.start, run.end + distance)
        } else {
            (run.start.checked_sub(distance)?, run.end)
        };
        let vacated = if lines > 0 {
            run.end..bottom
        } else {
            top..run.start
        };
        let lost: i64 = vacated.map(|row| self.text(row) - self.changed[row]).sum();
        let found = Move {
            top: u16::try_from(top).ok()?,
            bottom: u16::try_from(bottom).ok()?,
            lines,
        };
        (gain > lost).then_some((gain - lost, found))
    }

    fn source(&self, row: usize, lines: i32) -> Option<usize> {
        let source = row.checked_add_signed(lines as isize)?;
        (source < self.changed.len()).then_some(source)
    }

    /// Returns whether `row` shows text that stood `lines` below and does not stand here yet.
    fn is_proof(&self, row: usize, lines: i32) -> bool {
        let equal = self
            .source(row, lines)
            .is_some_and(|source| self.shown_hashes[source] == self.next_hashes[row]);
        equal && self.changed[row] > 0 && self.text(row) > 0
    }

    fn gain(&self, row: usize, lines: i32) -> i64 {
        match self.source(row, lines) {
            None => -i64::from(u16::MAX),
            Some(source) if self.shown_hashes[source] == self.next_hashes[row] => self.changed[row],
            Some(source) => {
                self.changed[row] - differing(self.shown, to_row(source), self.next, to_row(row))
            }
        }
    }

    fn text(&self, row: usize) -> i64 {
        to_count(text_end(self.next.row(to_row(row))))
    }
}

/// Returns a number that differs for most rows that differ.
fn hash(grid: &Grid, row: u16) -> u64 {
    let mut hasher = RowHasher(0);
    grid.row(row).hash(&mut hasher);
    hasher.finish()
}

/// A hasher for the few thousand cells of each frame. Two rows that it takes for equal cost a try
/// that is not the shortest, and show nothing wrong; so it is fast, and withstands no attack.
struct RowHasher(u64);

/// The golden ratio as a fraction of 2⁶⁴, which spreads the bits.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

impl Hasher for RowHasher {
    fn write(&mut self, bytes: &[u8]) {
        // So the variants of enums come.
        if let Ok(word) = bytes.try_into() {
            return self.write_u64(u64::from_ne_bytes(word));
        }
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u8(&mut self, value: u8) {
        self.write_u64(value.into());
    }

    fn write_u16(&mut self, value: u16) {
        self.write_u64(value.into());
    }

    fn write_u32(&mut self, value: u32) {
        self.write_u64(value.into());
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(5) ^ value).wrapping_mul(SPREAD);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

fn differing(shown: &Grid, shown_row: u16, next: &Grid, next_row: u16) -> i64 {
    to_count(
        shown
            .row(shown_row)
            .iter()
            .zip(next.row(next_row))
            .filter(|(shown, next)| shown != next)
            .count(),
    )
}

/// Returns the run with the largest sum (Kadane's way).
fn best_run(gains: impl Iterator<Item = i64>) -> Range<usize> {
    let (mut best, mut most, mut start, mut sum) = (0..0, 0, 0, 0);
    for (index, gain) in gains.enumerate() {
        if sum <= 0 {
            (start, sum) = (index, 0);
        }
        sum += gain;
        if sum > most {
            (best, most) = (start..index + 1, sum);
        }
    }
    best
}

fn to_row(row: usize) -> u16 {
    u16::try_from(row).unwrap_or(u16::MAX)
}

fn to_count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Cell as BufferCell;
    use ratatui::layout::Size;

    use super::super::ColourDepth;
    use super::super::cell::Graphemes;
    use super::*;

    fn grid(rows: &str) -> Grid {
        let mut grid = Grid::blank(Size {
            width: 4,
            height: 8,
        });
        for (row, letter) in (0..).zip(rows.chars()).filter(|(_, letter)| *letter != ' ') {
            let (cell, width) = Graphemes::new(ColourDepth::None).of(&BufferCell::from(letter));
            for column in 0..4 {
                grid.put((column, row), cell, width);
            }
        }
        grid
    }

    #[test]
    fn the_band_that_gains_most_comes_first() {
        let found = |top, bottom, lines| Some(Move { top, bottom, lines });
        for (shown, next, expected) in [
            ("abcdefgh", "abcdefgh", None),
            ("abcdefgh", "ijklmnop", None),
            ("abcdefgh", "acdefgxh", found(1, 7, 1)),
            ("abcdefgh", "abcxdefh", found(3, 7, -1)),
            ("abcdefgh", "defghxyz", found(0, 8, 3)),
            ("abcdefgh", "acdxfgyh", found(1, 7, 1)),
            ("abcdefgh", "abcdefg ", None),
            ("        ", "aaaaaaaa", None),
        ] {
            assert_eq!(
                moves(&grid(shown), &grid(next)).first().copied(),
                expected,
                "{shown} -> {next}"
            );
        }
    }
}
