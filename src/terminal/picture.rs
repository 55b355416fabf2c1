//! What a terminal shows, cell by cell, with each wide grapheme kept whole.
//!
//! Knows no bytes. Cells are kept in one form, so that two cells that look the same compare equal: colours reduced to what is sent,
//! attributes that are not painted left out, blanks without what cannot be seen on them. The columns that a wide grapheme covers
//! behind its first hold an empty symbol.

use ratatui::buffer::{Cell, CellWidth};
use ratatui::layout::Size;
use ratatui::style::{Color, Modifier};

use super::colour::ColourDepth;
use super::pen::{PAINTED, SEEN_ON_BLANK};

/// The cells of one screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Picture {
    size: Size,
    cells: Vec<Cell>,
}

impl Picture {
    /// Makes a picture of nothing but blanks.
    pub(super) fn blank(size: Size) -> Self {
        Self { size, cells: vec![Cell::EMPTY; usize::from(size.width) * usize::from(size.height)] }
    }

    /// Gives columns and rows.
    pub(super) fn size(&self) -> Size {
        self.size
    }

    /// Gives the cells of one row.
    pub(super) fn row(&self, row: u16) -> &[Cell] {
        let start = usize::from(row) * usize::from(self.size.width);
        &self.cells[start..start + usize::from(self.size.width)]
    }

    /// Puts `cell` at a place; outside the picture nothing happens.
    ///
    /// A blank on the second half of a wide grapheme changes nothing: ratatui sends one behind some emoji, to clear what a terminal
    /// may have left there, which the painter sees to itself. Anything else there takes the whole grapheme away.
    pub(super) fn put(&mut self, column: u16, row: u16, cell: &Cell, depth: ColourDepth) {
        if column >= self.size.width || row >= self.size.height {
            return;
        }
        let (column, cell) = (usize::from(column), reduced(cell, depth));
        let cells = self.row_mut(row);
        if is_rest(&cells[column]) && is_blank(&cell) {
            return;
        }
        let width = usize::from(cell.cell_width());
        if column + width > cells.len() {
            return put_cells(cells, column, Cell::EMPTY, 1);
        }
        put_cells(cells, column, cell, width);
    }

    /// Makes the cells from `start` up to, without, `end` blank, in reading order.
    pub(super) fn erase(&mut self, start: (u16, u16), end: (u16, u16)) {
        let place = |(column, row): (u16, u16)| usize::from(row) * usize::from(self.size.width) + usize::from(column);
        let (start, end) = (place(start).min(self.cells.len()), place(end).min(self.cells.len()));
        if start < end {
            self.cells[start..end].fill(Cell::EMPTY);
            self.mend();
        }
    }

    /// Moves the rows from `top` up to, without, `bottom` by `lines`, up where positive; blanks come in.
    pub(super) fn scroll(&mut self, top: u16, bottom: u16, lines: i32) {
        let width = usize::from(self.size.width);
        let band = &mut self.cells[usize::from(top) * width..usize::from(bottom) * width];
        let moved = (lines.unsigned_abs() as usize * width).min(band.len());
        let kept = band.len() - moved;
        if lines > 0 {
            band.rotate_left(moved);
            band[kept..].fill(Cell::EMPTY);
        } else {
            band.rotate_right(moved);
            band[..moved].fill(Cell::EMPTY);
        }
    }

    fn row_mut(&mut self, row: u16) -> &mut [Cell] {
        let start = usize::from(row) * usize::from(self.size.width);
        &mut self.cells[start..start + usize::from(self.size.width)]
    }

    /// Takes away the graphemes that an erase cut through.
    fn mend(&mut self) {
        for row in 0..self.size.height {
            let cells = self.row_mut(row);
            for column in 0..cells.len() {
                let whole = usize::from(cells[column].cell_width().max(1)) == span(cells, column);
                if !is_rest(&cells[column]) && !whole {
                    cells[column] = Cell::EMPTY;
                }
                if is_rest(&cells[column]) && (column == 0 || is_blank(&cells[column - 1])) {
                    cells[column] = Cell::EMPTY;
                }
            }
        }
    }
}

/// Says whether nothing is seen in the cell, not even a background.
pub(super) fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && cell.bg == Color::Reset && !cell.modifier.intersects(SEEN_ON_BLANK)
}

/// Says whether the cell is covered by a wide grapheme that starts before it.
pub(super) fn is_rest(cell: &Cell) -> bool {
    cell.symbol().is_empty()
}

/// Counts the columns of the grapheme that starts at `column`.
pub(super) fn span(cells: &[Cell], column: usize) -> usize {
    1 + cells[column + 1..].iter().take_while(|cell| is_rest(cell)).count()
}

/// Gives the column behind the last cell in which something is seen.
pub(super) fn text_end(cells: &[Cell]) -> usize {
    cells.iter().rposition(|cell| !is_blank(cell)).map_or(0, |last| last + 1)
}

fn put_cells(cells: &mut [Cell], column: usize, cell: Cell, width: usize) {
    uncover(cells, column);
    if column + width < cells.len() {
        uncover(cells, column + width);
    }
    let mut rest = cell.clone();
    rest.set_symbol("");
    cells[column + 1..column + width].fill(rest);
    cells[column] = cell;
}

/// Takes away the grapheme that covers both `column` and the one before it.
///
/// ratatui does not send the columns that come to light by this where its own buffer has blanks in them already, as it has behind
/// each wide grapheme that it writes.
fn uncover(cells: &mut [Cell], column: usize) {
    if !is_rest(&cells[column]) {
        return;
    }
    let start = cells[..column].iter().rposition(|cell| !is_rest(cell)).unwrap_or(0);
    let end = start + span(cells, start);
    cells[start..end].fill(Cell::EMPTY);
}

/// Gives `cell` in the one form that pictures hold.
fn reduced(cell: &Cell, depth: ColourDepth) -> Cell {
    let mut reduced = Cell::EMPTY;
    reduced.bg = depth.reduce(cell.bg);
    reduced.modifier = cell.modifier & PAINTED;
    if is_printable(cell.symbol()) {
        reduced.set_symbol(cell.symbol());
    }
    if reduced.symbol() != " " || reduced.modifier.intersects(SEEN_ON_BLANK) {
        reduced.fg = depth.reduce(cell.fg);
    } else {
        reduced.modifier = Modifier::empty();
    }
    reduced
}

/// Says whether a symbol takes up columns and commands nothing: the last door before the terminal.
fn is_printable(symbol: &str) -> bool {
    !symbol.chars().any(char::is_control) && symbol.cell_width() > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(symbols: &[(u16, &str)]) -> Picture {
        let mut picture = Picture::blank(Size { width: 6, height: 1 });
        for (column, symbol) in symbols {
            picture.put(*column, 0, Cell::default().set_symbol(symbol), ColourDepth::Sixteen);
        }
        picture
    }

    fn symbols(picture: &Picture) -> Vec<&str> {
        picture.row(0).iter().map(Cell::symbol).collect()
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
            (&[(2, "中"), (3, "文"), (1, "a")], [" ", "a", " ", "文", "", " "]),
            (&[(5, "中")], [" ", " ", " ", " ", " ", " "]),
            (&[(0, "\u{1b}[2J"), (1, "\u{9b}1m"), (2, "\u{200b}")], [" ", " ", " ", " ", " ", " "]),
            (&[(6, "a")], [" ", " ", " ", " ", " ", " "]),
        ] {
            assert_eq!(symbols(&picture(puts)), expected, "{puts:?}");
        }
    }

    #[test]
    fn erasing_takes_graphemes_that_it_cuts() {
        for (start, end, expected) in
            [(0, 1, [" ", " ", "a", "文", "", " "]), (1, 2, [" ", " ", "a", "文", "", " "]), (2, 4, ["中", "", " ", " ", " ", " "])]
        {
            let mut picture = picture(&[(0, "中"), (2, "a"), (3, "文")]);
            picture.erase((start, 0), (end, 0));
            assert_eq!(symbols(&picture), expected, "{start}..{end}");
        }
    }

    #[test]
    fn what_cannot_be_seen_makes_no_difference() {
        let mut cell = Cell::EMPTY;
        cell.set_fg(Color::Red).set_bg(Color::Reset).modifier = Modifier::BOLD | Modifier::HIDDEN;
        assert_eq!(reduced(&cell, ColourDepth::True), Cell::EMPTY);
        cell.modifier |= Modifier::REVERSED;
        assert_eq!(reduced(&cell, ColourDepth::True).fg, Color::Red);
        assert_eq!(reduced(&cell, ColourDepth::None).fg, Color::Reset);
    }
}
