//! Bytes for the terminal, with what they leave behind: where its cursor stands and what it writes with.
//!
//! Knows the shortest way to each place and no pictures. Only sequences that every terminal has had since the VT102 (and the Linux
//! console, tmux, screen and their emulations) are used; repeating a character (REP) and left and right margins are not among them.

use ratatui::buffer::Cell;

use super::pen::{Pen, push_number};
use super::picture::{is_blank, is_rest};
use super::width::is_disputed;

/// Bytes to send, in order, and the state of the terminal behind them.
#[derive(Clone, Debug)]
pub(super) struct Ink {
    bytes: Vec<u8>,
    pen: Pen,
    at: Option<Place>,
    columns: usize,
}

/// Where the terminal's cursor stands.
///
/// The column is unknown behind the last one, where terminals wait to wrap each in its own way, and behind a grapheme on whose
/// width they disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    row: u16,
    column: Option<usize>,
}

impl Ink {
    /// Starts with a plain pen and an unknown place, on a terminal of so many columns.
    pub(super) fn new(columns: u16) -> Self {
        Self { bytes: Vec::new(), pen: Pen::default(), at: None, columns: usize::from(columns) }
    }

    /// Starts an alternative: the same state without the bytes.
    pub(super) fn fork(&self) -> Self {
        Self { bytes: Vec::new(), ..*self }
    }

    /// Goes on with what was written on a fork.
    pub(super) fn join(&mut self, fork: Self) {
        self.bytes.extend(fork.bytes);
        self.pen = fork.pen;
        self.at = fork.at;
    }

    /// Counts the bytes.
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Gives the bytes.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Gives the column in which the cursor stands, if it is known to stand in `row`.
    pub(super) fn column_in(&self, row: u16) -> Option<usize> {
        self.at.filter(|place| place.row == row).and_then(|place| place.column)
    }

    /// Counts the bytes that [`Ink::go`] would take.
    pub(super) fn way(&self, row: u16, column: usize) -> usize {
        self.path(row, column).len()
    }

    /// Moves the cursor by the shortest way.
    pub(super) fn go(&mut self, row: u16, column: usize) {
        let path = self.path(row, column);
        self.bytes.extend(path);
        self.at = Some(Place { row, column: Some(column) });
    }

    /// Says whether writing `cell` takes no change of pen.
    pub(super) fn suits(&self, cell: &Cell) -> bool {
        self.change_for(cell).0.is_empty()
    }

    /// Writes the grapheme of `cell`, `width` columns wide, where the cursor stands.
    pub(super) fn write(&mut self, cell: &Cell, width: usize) {
        let (change, pen) = self.change_for(cell);
        self.bytes.extend(change);
        self.pen = pen;
        self.bytes.extend(cell.symbol().as_bytes());
        let columns = self.columns;
        let Some(place) = &mut self.at else { return };
        let known = place.column.filter(|_| !is_disputed(cell.symbol()));
        place.column = known.map(|column| column + width).filter(|column| *column < columns);
    }

    /// Makes `count` columns from the cursor on blank; the cursor stays.
    pub(super) fn erase(&mut self, count: usize) {
        self.blank_pen();
        self.control(&number(count), b'X');
    }

    /// Makes the row blank from the cursor on; the cursor stays.
    pub(super) fn erase_right(&mut self) {
        self.blank_pen();
        self.control(&[], b'K');
    }

    /// Makes everything behind the cursor blank, in reading order; the cursor stays.
    pub(super) fn erase_below(&mut self) {
        self.blank_pen();
        self.control(&[], b'J');
    }

    /// Makes the whole screen blank, whatever was on it and whatever the pen was.
    pub(super) fn wipe(&mut self) {
        self.bytes.extend(b"\x1b[m\x1b[2J");
        self.pen = Pen::default();
        self.at = None;
    }

    /// Moves the rows from `top` up to, without, `bottom` of `height` by `lines`, up where positive; blanks come in.
    ///
    /// Line feeds and inserted or deleted lines do it rather than SU and SD, which not every emulation knows. The place is
    /// unknown behind each change of the region: most go home, some stay.
    pub(super) fn scroll(&mut self, top: u16, bottom: u16, height: u16, lines: i32) {
        self.blank_pen();
        let whole = top == 0 && bottom == height;
        if !whole {
            self.region(top, bottom, height);
        }
        let count = lines.unsigned_abs() as usize;
        if lines > 0 {
            let (fed, deleted) = (self.fork().fed(bottom - 1, count), self.fork().lines_at(top, count, b'M'));
            self.join(if fed.len() <= deleted.len() { fed } else { deleted });
        } else {
            let inserted = self.fork().lines_at(top, count, b'L');
            self.join(inserted);
        }
        if !whole {
            self.bytes.extend(b"\x1b[r");
            self.at = None;
        }
    }

    /// Shows or hides the terminal's own cursor.
    pub(super) fn cursor(&mut self, sequence: &[u8]) {
        self.bytes.extend(sequence);
    }

    /// Puts the pen back, so that what others write into the terminal is plain.
    pub(super) fn rest(&mut self) {
        self.bytes.extend(self.pen.change(Pen::default()));
        self.pen = Pen::default();
    }

    /// Gives the bytes and the pen that `cell` takes: for a blank, any pen that shows none of itself will do.
    fn change_for(&self, cell: &Cell) -> (Vec<u8>, Pen) {
        let wanted = Pen::of(cell);
        if cell.symbol() != " " || !wanted.blanks_like(wanted) {
            return (self.pen.change(wanted), wanted);
        }
        if self.pen.blanks_like(wanted) {
            return (Vec::new(), self.pen);
        }
        let near = self.pen.for_blanks_of(wanted);
        let (to_near, to_wanted) = (self.pen.change(near), self.pen.change(wanted));
        if to_near.len() <= to_wanted.len() { (to_near, near) } else { (to_wanted, wanted) }
    }

    fn blank_pen(&mut self) {
        let (change, pen) = self.change_for(&Cell::EMPTY);
        self.bytes.extend(change);
        self.pen = pen;
    }

    fn path(&self, row: u16, column: usize) -> Vec<u8> {
        let absolute = position(row, column);
        let Some(place) = self.at else { return absolute };
        // Across first: a carriage return ends what a terminal may be waiting for behind its last column.
        let mut relative = across(place.column, column);
        relative.extend(down(place.row, row));
        if relative.len() < absolute.len() { relative } else { absolute }
    }

    fn region(&mut self, top: u16, bottom: u16, height: u16) {
        let mut bounds = number(usize::from(top) + 1);
        if bottom < height {
            bounds.push(b';');
            bounds.extend(number(usize::from(bottom)));
        }
        self.control(&bounds, b'r');
        self.at = None;
    }

    fn fed(mut self, row: u16, count: usize) -> Self {
        self.go(row, 0);
        self.bytes.extend(std::iter::repeat_n(b'\n', count));
        self
    }

    fn lines_at(mut self, row: u16, count: usize, end: u8) -> Self {
        self.go(row, 0);
        self.bytes.extend(counted(count, end));
        self
    }

    fn control(&mut self, parameters: &[u8], end: u8) {
        self.bytes.extend(b"\x1b[");
        self.bytes.extend(parameters);
        self.bytes.push(end);
    }
}

/// Counts the bytes of a sequence with one number.
pub(super) fn counted_len(count: usize) -> usize {
    counted(count, b'C').len()
}

/// Counts the bytes of writing `cells` again; nothing where the pen would have to change or a terminal might differ on a width.
pub(super) fn rewriting(ink: &Ink, cells: &[Cell]) -> Option<usize> {
    cells.iter().try_fold(0, |sum, cell| {
        let usable = is_rest(cell) || is_blank(cell) || !is_disputed(cell.symbol());
        (usable && (is_rest(cell) || ink.suits(cell))).then(|| sum + cell.symbol().len())
    })
}

fn position(row: u16, column: usize) -> Vec<u8> {
    let mut bytes = b"\x1b[".to_vec();
    if row > 0 {
        push_number(&mut bytes, row + 1);
    }
    if column > 0 {
        bytes.push(b';');
        bytes.extend(number(column + 1));
    }
    bytes.push(b'H');
    bytes
}

fn across(from: Option<usize>, to: usize) -> Vec<u8> {
    let from_margin = [b"\r".to_vec(), if to > 0 { counted(to, b'C') } else { Vec::new() }].concat();
    let absolute = [b"\x1b[".to_vec(), number(to + 1), b"G".to_vec()].concat();
    let relative = match from {
        None => from_margin.clone(),
        Some(from) if from < to => counted(to - from, b'C'),
        Some(from) => shorter(vec![b'\x08'; from - to], counted(from - to, b'D')),
    };
    shorter(absolute, shorter(relative, from_margin))
}

fn down(from: u16, to: u16) -> Vec<u8> {
    let absolute = [b"\x1b[".to_vec(), number(usize::from(to) + 1), b"d".to_vec()].concat();
    let distance = usize::from(from.abs_diff(to));
    if from > to {
        return shorter(counted(distance, b'A'), absolute);
    }
    // A line feed is a move here: the row below exists, and the terminal is in raw mode.
    shorter(vec![b'\n'; distance], shorter(counted(distance, b'B'), absolute))
}

/// Gives a sequence that does something `count` times.
fn counted(count: usize, end: u8) -> Vec<u8> {
    match count {
        0 => Vec::new(),
        1 => vec![b'\x1b', b'[', end],
        _ => [b"\x1b[".to_vec(), number(count), vec![end]].concat(),
    }
}

fn shorter(left: Vec<u8>, right: Vec<u8>) -> Vec<u8> {
    if right.len() < left.len() { right } else { left }
}

fn number(number: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(4);
    push_number(&mut bytes, u16::try_from(number).unwrap_or(u16::MAX));
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(row: u16, column: Option<usize>) -> Ink {
        Ink { at: Some(Place { row, column }), ..Ink::new(80) }
    }

    fn text(ink: Ink) -> String {
        String::from_utf8(ink.into_bytes()).unwrap()
    }

    #[test]
    fn the_shortest_way_is_taken() {
        let column = |column| Some(column);
        for (from, to, expected) in [
            (None, (0, 0), "\x1b[H"),
            (None, (4, 0), "\x1b[5H"),
            (None, (0, 4), "\x1b[;5H"),
            (None, (11, 30), "\x1b[12;31H"),
            (Some((5, column(3))), (5, 3), ""),
            (Some((5, column(3))), (5, 4), "\x1b[C"),
            (Some((5, column(3))), (5, 2), "\x08"),
            (Some((5, column(30))), (5, 20), "\x1b[21G"),
            (Some((5, column(30))), (5, 25), "\x1b[5D"),
            (Some((5, column(30))), (5, 0), "\r"),
            (Some((5, column(12))), (6, 11), "\x08\n"),
            (Some((5, column(79))), (6, 2), "\x1b[3G\n"),
            (Some((5, None)), (6, 0), "\r\n"),
            (Some((5, None)), (5, 7), "\x1b[8G"),
            (Some((5, column(12))), (4, 12), "\x1b[A"),
            (Some((5, column(12))), (30, 12), "\x1b[25B"),
            (Some((30, column(70))), (2, 71), "\x1b[3;72H"),
        ] {
            let mut ink = from.map_or(Ink::new(80), |(row, column)| standing(row, column));
            ink.go(to.0, to.1);
            assert_eq!(text(ink), expected, "{from:?} -> {to:?}");
        }
    }

    #[test]
    fn scrolling_takes_the_shorter_of_its_ways() {
        for (top, bottom, lines, expected) in [
            (2, 35, 1, "\x1b[3;35r\x1b[35H\n\x1b[r"),
            (2, 36, 1, "\x1b[3r\x1b[36H\n\x1b[r"),
            (0, 36, 1, "\x1b[36H\n"),
            (2, 35, 9, "\x1b[3;35r\x1b[3H\x1b[9M\x1b[r"),
            (2, 35, -1, "\x1b[3;35r\x1b[3H\x1b[L\x1b[r"),
            (0, 36, -12, "\x1b[H\x1b[12L"),
        ] {
            let mut ink = Ink::new(80);
            ink.scroll(top, bottom, 36, lines);
            assert_eq!(text(ink), expected, "{top}..{bottom} by {lines}");
        }
    }

    #[test]
    fn the_column_is_forgotten_where_terminals_differ() {
        for (symbol, width, start, expected) in
            [("a", 1, 3, Some(4)), ("中", 2, 3, Some(5)), ("a", 1, 79, None), ("👍", 2, 3, None), ("✅", 2, 3, None), ("✓", 1, 3, Some(4))]
        {
            let mut ink = standing(0, Some(start));
            let mut cell = Cell::EMPTY;
            cell.set_symbol(symbol);
            ink.write(&cell, width);
            assert_eq!(ink.column_in(0), expected, "{symbol}");
        }
    }
}
