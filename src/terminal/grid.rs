//! What a terminal shows, cell by cell, with each wide grapheme kept whole.
//!
//! Knows no bytes and no text.

use ratatui::layout::Size;

use super::cell::Cell;

/// The cells of one screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Grid {
    size: Size,
    cells: Vec<Cell>,
}

impl Grid {
    /// Makes a grid of nothing but blanks.
    pub(super) fn blank(size: Size) -> Self {
        Self {
            size,
            cells: vec![Cell::BLANK; usize::from(size.width) * usize::from(size.height)],
        }
    }

    /// Returns columns and rows.
    pub(super) fn size(&self) -> Size {
        self.size
    }

    /// Returns the cells of one row.
    pub(super) fn row(&self, row: u16) -> &[Cell] {
        let start = usize::from(row) * usize::from(self.size.width);
        &self.cells[start..start + usize::from(self.size.width)]
    }

    /// Takes over all cells and the size of another grid.
    pub(super) fn take_over(&mut self, other: &Self) {
        self.size = other.size;
        self.cells.clone_from(&other.cells);
    }

    /// Puts other cells in the place of all.
    pub(super) fn replace(&mut self, mut change: impl FnMut(Cell) -> Cell) {
        self.cells.iter_mut().for_each(|cell| *cell = change(*cell));
    }

    /// Puts `cell` into as many columns as it is wide; outside the grid nothing happens.
    ///
    /// A blank on the second half of a wide grapheme changes nothing: ratatui sends one behind some
    /// emoji, to clear what a terminal may have left there, which the painter sees to itself.
    /// Anything else there takes the whole grapheme away.
    pub(super) fn put(&mut self, (column, row): (u16, u16), cell: Cell, width: usize) {
        if column >= self.size.width || row >= self.size.height {
            return;
        }
        let (column, cells) = (usize::from(column), self.row_mut(row));
        if cells[column].is_rest() && cell.is_blank() {
            return;
        }
        if column + width > cells.len() {
            return put_cells(cells, column, Cell::BLANK, 1);
        }
        put_cells(cells, column, cell, width);
    }

    /// Makes the cells from `start` up to, without, `end` blank, in reading order.
    pub(super) fn erase(&mut self, start: (u16, u16), end: (u16, u16)) {
        let place = |(column, row): (u16, u16)| {
            usize::from(row) * usize::from(self.size.width) + usize::from(column)
        };
        let (start, end) = (
            place(start).min(self.cells.len()),
            place(end).min(self.cells.len()),
        );
        if start < end {
            uncover(&mut self.cells, start);
            uncover(&mut self.cells, end);
            self.cells[start..end].fill(Cell::BLANK);
        }
    }

    /// Moves the rows from `top` up to, without, `bottom` by `lines`, up where positive; blanks
    /// come in.
    pub(super) fn scroll(&mut self, top: u16, bottom: u16, lines: i32) {
        let width = usize::from(self.size.width);
        let band = &mut self.cells[usize::from(top) * width..usize::from(bottom) * width];
        let moved = (lines.unsigned_abs() as usize * width).min(band.len());
        let kept = band.len() - moved;
        if lines > 0 {
            band.rotate_left(moved);
            band[kept..].fill(Cell::BLANK);
        } else {
            band.rotate_right(moved);
            band[..moved].fill(Cell::BLANK);
        }
    }

    fn row_mut(&mut self, row: u16) -> &mut [Cell] {
        let start = usize::from(row) * usize::from(self.size.width);
        &mut self.cells[start..start + usize::from(self.size.width)]
    }
}

/// Counts the columns of the grapheme that starts at `column`.
pub(super) fn span(cells: &[Cell], column: usize) -> usize {
    1 + cells[column + 1..]
        .iter()
        .take_while(|cell| cell.is_rest())
        .count()
}

/// Returns the column behind the last cell in which something is seen.
pub(super) fn text_end(cells: &[Cell]) -> usize {
    cells
        .iter()
        .rposition(|cell| !cell.is_blank())
        .map_or(0, |last| last + 1)
}

fn put_cells(cells: &mut [Cell], column: usize, cell: Cell, width: usize) {
    uncover(cells, column);
    uncover(cells, column + width);
    cells[column + 1..column + width].fill(cell.rest());
    cells[column] = cell;
}

/// Takes away the grapheme that covers both `column` and the one before it, if one does.
///
/// ratatui does not send the columns that come to light by this where its own buffer has blanks in
/// them already, as it has behind each wide grapheme that it writes.
fn uncover(cells: &mut [Cell], column: usize) {
    if !cells.get(column).is_some_and(|cell| cell.is_rest()) {
        return;
    }
    let start = cells[..column]
        .iter()
        .rposition(|cell| !cell.is_rest())
        .unwrap_or(0);
    let end = start + span(cells, start);
    cells[start..end].fill(Cell::BLANK);
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Cell as BufferCell;

    use super::super::ColourDepth;
    use super::super::cell::Graphemes;
    use super::*;

    fn grid(symbols: &[(u16, &str)]) -> Grid {
        let mut grid = Grid::blank(Size {
            width: 6,
            height: 1,
        });
        for (column, symbol) in symbols {
            let (cell, width) =
                Graphemes::new(ColourDepth::Sixteen).of(BufferCell::default().set_symbol(symbol));
            grid.put((*column, 0), cell, width);
        }
        grid
    }

    fn symbols(grid: &Grid) -> Vec<String> {
        let graphemes = Graphemes::new(ColourDepth::Sixteen);
        let symbol = |cell: &Cell| {
            let mut bytes = Vec::new();
            graphemes.write(*cell, &mut bytes);
            String::from_utf8(bytes).unwrap()
        };
        grid.row(0).iter().map(symbol).collect()
    }

    #[test]
    fn a_wide_grapheme_is_whole_or_gone() {
        for (puts, expected) in [
            (&[(0, "中")][..], ["中", "", " ", " ", " ", " "]),
            (&[(0, "中"), (1, " ")], ["中", "", " ", " ", " ", " "]),
            (&[(0, "中"), (0, "a")], ["a", " ", " ", " ", " ", " "]),
            (&[(0, "中"), (1, "a")], [" ", "a", " ", " ", " ", " "]),
            (&[(1, "中"), (0, "文")], ["文", "", " ", " ", " ", " "]),
            (&[(0, "中"), (1, "文")], [" ", "文", "", " ", " ", " "]),
            (
                &[(2, "中"), (3, "文"), (1, "a")],
                [" ", "a", " ", "文", "", " "],
            ),
            (&[(5, "中")], [" ", " ", " ", " ", " ", " "]),
            (
                &[(0, "\u{1b}[2J"), (1, "\u{9b}1m"), (2, "\u{200b}")],
                [" ", " ", " ", " ", " ", " "],
            ),
            (&[(6, "a")], [" ", " ", " ", " ", " ", " "]),
        ] {
            assert_eq!(symbols(&grid(puts)), expected, "{puts:?}");
        }
    }

    #[test]
    fn erasing_takes_graphemes_that_it_cuts() {
        for (start, end, expected) in [
            (0, 1, [" ", " ", "a", "文", "", " "]),
            (1, 2, [" ", " ", "a", "文", "", " "]),
            (2, 4, ["中", "", " ", " ", " ", " "]),
        ] {
            let mut grid = grid(&[(0, "中"), (2, "a"), (3, "文")]);
            grid.erase((start, 0), (end, 0));
            assert_eq!(symbols(&grid), expected, "{start}..{end}");
        }
    }
}
