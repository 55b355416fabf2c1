//! Bytes for the terminal, with what they leave behind: where its cursor stands and what it writes
//! with.
//!
//! Knows the shortest motion to each place and no grids. Only sequences that every terminal has
//! had since the VT102 (and the Linux console, tmux, screen and their emulations) are used;
//! repeating a character (REP) and left and right margins are not among them.

use super::cell::{Cell, Graphemes};
use super::motion::{Motion, Place, counted_len, push, push_counted};
use super::sgr::Sgr;

/// Bytes to send, in order, and the state of the terminal behind them.
#[derive(Clone, Debug)]
pub(super) struct Encoder<'a> {
    graphemes: &'a Graphemes,
    bytes: Vec<u8>,
    sgr: Sgr,
    at: Option<Place>,
    columns: usize,
}

impl<'a> Encoder<'a> {
    /// Starts with plain attributes and an unknown place, on a terminal of so many columns.
    pub(super) fn new(graphemes: &'a Graphemes, columns: u16) -> Self {
        Self {
            graphemes,
            bytes: Vec::new(),
            sgr: Sgr::PLAIN,
            at: None,
            columns: usize::from(columns),
        }
    }

    /// Starts an alternative: the same state without the bytes.
    pub(super) fn fork(&self) -> Self {
        Self {
            bytes: Vec::new(),
            ..*self
        }
    }

    /// Goes on with what was written on a fork.
    pub(super) fn join(&mut self, fork: Self) {
        self.bytes.extend(fork.bytes);
        self.sgr = fork.sgr;
        self.at = fork.at;
    }

    /// Counts the bytes.
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Returns the bytes.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Returns the column in which the cursor stands, if it is known to stand in `row`.
    pub(super) fn column_in(&self, row: u16) -> Option<usize> {
        self.at
            .filter(|place| place.row == usize::from(row))
            .and_then(|place| place.column)
    }

    /// Counts the bytes that [`Encoder::go`] would take.
    pub(super) fn motion_len(&self, row: u16, column: usize) -> usize {
        self.shortest(row, column).len()
    }

    /// Moves the cursor by the shortest motion.
    pub(super) fn go(&mut self, row: u16, column: usize) {
        let motion = self.shortest(row, column);
        motion.write(&mut self.bytes);
        self.at = Some(Place {
            row: usize::from(row),
            column: Some(column),
        });
    }

    /// Returns whether writing `cell` takes no change of attributes.
    pub(super) fn suits(&self, cell: Cell) -> bool {
        self.change_for(cell).0.is_empty()
    }

    /// Counts the columns that `cell` takes at most.
    pub(super) fn widest(&self, cell: Cell) -> usize {
        self.graphemes.widest(cell)
    }

    /// Writes `cell`, `width` columns wide, where the cursor stands.
    pub(super) fn write(&mut self, cell: Cell, width: usize) {
        let (change, sgr) = self.change_for(cell);
        self.bytes.extend(change);
        self.sgr = sgr;
        self.graphemes.write(cell, &mut self.bytes);
        let columns = self.columns;
        let Some(place) = &mut self.at else { return };
        place.column = match place.column {
            Some(column) if !cell.is_disputed() && column + width < columns => Some(column + width),
            _ => None,
        };
    }

    /// Makes `count` columns from the cursor on blank; the cursor stays.
    pub(super) fn erase(&mut self, count: usize) {
        self.sgr_of_blanks();
        push_counted(&mut self.bytes, count, b'X');
    }

    /// Makes the row blank from the cursor on; the cursor stays.
    pub(super) fn erase_right(&mut self) {
        self.sgr_of_blanks();
        self.bytes.extend(b"\x1b[K");
    }

    /// Makes everything behind the cursor blank, in reading order; the cursor stays.
    pub(super) fn erase_below(&mut self) {
        self.sgr_of_blanks();
        self.bytes.extend(b"\x1b[J");
    }

    /// Makes the whole screen blank, whatever was on it and whatever the attributes were.
    pub(super) fn wipe(&mut self) {
        self.bytes.extend(b"\x1b[m\x1b[2J");
        self.sgr = Sgr::PLAIN;
        self.at = None;
    }

    /// Moves the rows from `top` up to, without, `bottom` of `height` by `lines`, up where
    /// positive; blanks come in.
    ///
    /// Line feeds and inserted or deleted lines do it rather than SU and SD, which not every
    /// emulation knows. The place is unknown behind each change of the region: most go home, some
    /// stay.
    pub(super) fn scroll(&mut self, top: u16, bottom: u16, height: u16, lines: i32) {
        self.sgr_of_blanks();
        let whole = top == 0 && bottom == height;
        if !whole {
            self.region(top, bottom, height);
        }
        let count = lines.unsigned_abs() as usize;
        if lines < 0 {
            self.go(top, 0);
            push_counted(&mut self.bytes, count, b'L');
        } else if count + self.motion_len(bottom - 1, 0)
            <= counted_len(count) + self.motion_len(top, 0)
        {
            self.go(bottom - 1, 0);
            self.bytes.extend(std::iter::repeat_n(b'\n', count));
        } else {
            self.go(top, 0);
            push_counted(&mut self.bytes, count, b'M');
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

    /// Resets the attributes, so that what others write into the terminal is plain.
    pub(super) fn rest(&mut self) {
        self.bytes.extend(self.sgr.change(Sgr::PLAIN));
        self.sgr = Sgr::PLAIN;
    }

    /// Returns the bytes and the attributes that `cell` takes: for a blank, any that show nothing
    /// of themselves will do.
    fn change_for(&self, cell: Cell) -> (Vec<u8>, Sgr) {
        let wanted = cell.sgr();
        if !cell.is_space() || !wanted.blanks_like(wanted) {
            return (self.sgr.change(wanted), wanted);
        }
        if self.sgr.blanks_like(wanted) {
            return (Vec::new(), self.sgr);
        }
        let near = self.sgr.for_blanks_of(wanted);
        let (to_near, to_wanted) = (self.sgr.change(near), self.sgr.change(wanted));
        if to_near.len() <= to_wanted.len() {
            (to_near, near)
        } else {
            (to_wanted, wanted)
        }
    }

    fn sgr_of_blanks(&mut self) {
        let (change, sgr) = self.change_for(Cell::BLANK);
        self.bytes.extend(change);
        self.sgr = sgr;
    }

    fn shortest(&self, row: u16, column: usize) -> Motion {
        Motion::shortest(self.at, usize::from(row), column)
    }

    fn region(&mut self, top: u16, bottom: u16, height: u16) {
        self.bytes.extend(b"\x1b[");
        push(&mut self.bytes, usize::from(top) + 1);
        if bottom < height {
            self.bytes.push(b';');
            push(&mut self.bytes, usize::from(bottom));
        }
        self.bytes.push(b'r');
        self.at = None;
    }
}

/// Counts the bytes of writing `cells` again; nothing where the attributes would have to change or
/// a terminal might differ on a width.
pub(super) fn rewriting(encoder: &Encoder, cells: &[Cell]) -> Option<usize> {
    cells.iter().try_fold(0, |sum, cell| {
        let usable = cell.is_rest() || (!cell.is_disputed() && encoder.suits(*cell));
        if usable {
            Some(sum + cell.length()?)
        } else {
            None
        }
    })
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Cell as BufferCell;

    use super::super::ColourDepth;
    use super::*;

    fn text(encoder: Encoder) -> String {
        String::from_utf8(encoder.into_bytes()).unwrap()
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
            let graphemes = Graphemes::new(ColourDepth::None);
            let mut encoder = Encoder::new(&graphemes, 80);
            encoder.scroll(top, bottom, 36, lines);
            assert_eq!(text(encoder), expected, "{top}..{bottom} by {lines}");
        }
    }

    #[test]
    fn the_column_is_forgotten_where_terminals_differ() {
        for (symbol, width, start, expected) in [
            ("a", 1, 3, Some(4)),
            ("中", 2, 3, Some(5)),
            ("a", 1, 79, None),
            ("👍", 2, 3, None),
            ("✅", 2, 3, None),
            ("✓", 1, 3, Some(4)),
        ] {
            let mut graphemes = Graphemes::new(ColourDepth::None);
            let (cell, columns) = graphemes.of(BufferCell::default().set_symbol(symbol));
            assert_eq!(columns, width, "{symbol}");
            let mut encoder = Encoder {
                at: Some(Place {
                    row: 0,
                    column: Some(start),
                }),
                ..Encoder::new(&graphemes, 80)
            };
            encoder.write(cell, width);
            assert_eq!(encoder.column_in(0), expected, "{symbol}");
        }
    }
}
