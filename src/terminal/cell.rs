//! What stands in one column of a grid: a grapheme and the attributes that it is written with,
//! small enough to keep whole screens of.
//!
//! Knows no places. Cells have one form, so that two that look the same are equal: colours reduced
//! to what is sent, attributes that are not painted left out, blanks without what cannot be seen on
//! them.

use ratatui::buffer::{Cell as BufferCell, CellWidth};
use ratatui::style::{Color, Modifier};

use super::colour::ColourDepth;
use super::sgr::{PAINTED, SEEN_ON_BLANK, Sgr};
use super::width::{is_disputed, widest};

/// A grapheme with its attributes. The columns that a wide grapheme covers behind its first hold a
/// rest of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Cell {
    /// A character; 0 in a rest; from [`CLUSTERS`] on the number of a cluster.
    code: u32,
    sgr: Sgr,
}

/// Makes cells, and keeps the text of those that are more than one character.
#[derive(Clone, Debug)]
pub(super) struct Graphemes {
    depth: ColourDepth,
    /// Graphemes of several characters, by number.
    clusters: Vec<Box<str>>,
    /// The numbers in the order of their texts.
    sorted: Vec<u32>,
}

/// Behind all characters.
const CLUSTERS: u32 = 0x11_0000;

const REST: u32 = 0;

const SPACE: u32 = ' ' as u32;

impl Cell {
    /// Nothing to be seen.
    pub(super) const BLANK: Self = Self {
        code: SPACE,
        sgr: Sgr::PLAIN,
    };

    /// Returns the attributes that it is written with.
    pub(super) fn sgr(self) -> Sgr {
        self.sgr
    }

    /// Returns what covers the further columns of this grapheme.
    pub(super) fn rest(self) -> Self {
        Self { code: REST, ..self }
    }

    /// Returns whether it is covered by a wide grapheme that starts before it.
    pub(super) fn is_rest(self) -> bool {
        self.code == REST
    }

    /// Returns whether it is a space, with whatever attributes.
    pub(super) fn is_space(self) -> bool {
        self.code == SPACE
    }

    /// Returns whether nothing is seen in it, not even a background.
    pub(super) fn is_blank(self) -> bool {
        self.is_space() && self.sgr.blanks_like(Sgr::PLAIN)
    }

    /// Returns whether terminals may advance by different numbers of columns for it; see
    /// [`is_disputed`].
    pub(super) fn is_disputed(self) -> bool {
        self.character().map_or(self.code >= CLUSTERS, |character| {
            is_disputed(character.encode_utf8(&mut [0; 4]))
        })
    }

    /// Counts the bytes of its text, unless it is a cluster.
    pub(super) fn length(self) -> Option<usize> {
        if self.is_rest() {
            Some(0)
        } else {
            self.character().map(char::len_utf8)
        }
    }

    /// Returns its character, if it is just one.
    fn character(self) -> Option<char> {
        if self.is_rest() {
            return None;
        }
        char::from_u32(self.code)
    }
}

impl Graphemes {
    /// Starts with single characters, in the colours of `depth`.
    pub(super) fn new(depth: ColourDepth) -> Self {
        Self {
            depth,
            clusters: Vec::new(),
            sorted: Vec::new(),
        }
    }

    /// Starts again, in the same colours.
    pub(super) fn anew(&self) -> Self {
        Self::new(self.depth)
    }

    /// Counts the clusters that are kept.
    pub(super) fn clusters(&self) -> usize {
        self.clusters.len()
    }

    /// Makes the cell of what was `drawn`, and counts the columns that it takes: at least one.
    pub(super) fn of(&mut self, drawn: &BufferCell) -> (Cell, usize) {
        let attributes = drawn.modifier & PAINTED;
        let background = self.depth.reduce(drawn.bg);
        let (code, width) = match printed_width(drawn.symbol()) {
            Some(width) => (self.code(drawn.symbol()), width),
            None => (SPACE, 1),
        };
        if code == SPACE && !attributes.intersects(SEEN_ON_BLANK) {
            return (
                Cell {
                    code,
                    sgr: Sgr::new(Color::Reset, background, Modifier::empty()),
                },
                width,
            );
        }
        (
            Cell {
                code,
                sgr: Sgr::new(self.depth.reduce(drawn.fg), background, attributes),
            },
            width,
        )
    }

    /// Returns the cell that is among these what `cell` is among `others`.
    pub(super) fn take_over(&mut self, cell: Cell, others: &Self) -> Cell {
        others.cluster(cell).map_or(cell, |text| Cell {
            code: self.code(text),
            ..cell
        })
    }

    /// Appends the text of `cell`.
    pub(super) fn write(&self, cell: Cell, bytes: &mut Vec<u8>) {
        self.with_text(cell, |text| bytes.extend(text.as_bytes()));
    }

    /// Counts the columns that `cell` takes at most; see [`widest`].
    pub(super) fn widest(&self, cell: Cell) -> usize {
        self.with_text(cell, widest)
    }

    fn with_text<T>(&self, cell: Cell, work: impl FnOnce(&str) -> T) -> T {
        match cell.character() {
            Some(character) => work(character.encode_utf8(&mut [0; 4])),
            None => work(self.cluster(cell).unwrap_or_default()),
        }
    }

    fn cluster(&self, cell: Cell) -> Option<&str> {
        self.clusters
            .get(cell.code.checked_sub(CLUSTERS)? as usize)
            .map(AsRef::as_ref)
    }

    fn code(&mut self, symbol: &str) -> u32 {
        let mut characters = symbol.chars();
        match (characters.next(), characters.next()) {
            (Some(character), None) => character.into(),
            _ => CLUSTERS + self.number(symbol),
        }
    }

    /// Returns the number of a cluster, a new one if it has none.
    fn number(&mut self, text: &str) -> u32 {
        match self
            .sorted
            .binary_search_by(|number| (*self.clusters[*number as usize]).cmp(text))
        {
            Ok(place) => self.sorted[place],
            Err(place) => {
                let number = u32::try_from(self.clusters.len()).unwrap_or(u32::MAX);
                self.clusters.push(text.into());
                self.sorted.insert(place, number);
                number
            }
        }
    }
}

/// Counts the columns of a symbol that takes up some and commands nothing: the last door before the
/// terminal.
fn printed_width(symbol: &str) -> Option<usize> {
    if symbol.chars().any(char::is_control) {
        return None;
    }
    Some(usize::from(symbol.cell_width())).filter(|width| *width > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(graphemes: &Graphemes, cell: Cell) -> String {
        let mut bytes = Vec::new();
        graphemes.write(cell, &mut bytes);
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_screen_of_cells_is_small() {
        assert_eq!(size_of::<Cell>(), 16);
    }

    #[test]
    fn what_cannot_be_seen_makes_no_difference() {
        let cell = |drawn: &BufferCell, depth| Graphemes::new(depth).of(drawn).0;
        let mut drawn = BufferCell::EMPTY;
        drawn.set_fg(Color::Red).set_bg(Color::Reset).modifier = Modifier::BOLD | Modifier::HIDDEN;
        assert_eq!(cell(&drawn, ColourDepth::True), Cell::BLANK);
        drawn.modifier |= Modifier::REVERSED;
        let reversed = |colour| Cell {
            code: SPACE,
            sgr: Sgr::new(colour, Color::Reset, Modifier::BOLD | Modifier::REVERSED),
        };
        assert_eq!(cell(&drawn, ColourDepth::True), reversed(Color::Red));
        assert_eq!(cell(&drawn, ColourDepth::None), reversed(Color::Reset));
    }

    #[test]
    fn a_symbol_is_written_as_it_came_or_not_at_all() {
        let mut graphemes = Graphemes::new(ColourDepth::None);
        for (symbol, expected, width, is_single) in [
            ("a", "a", 1, true),
            ("中", "中", 2, true),
            ("e\u{301}", "e\u{301}", 1, false),
            ("👨\u{200d}👩\u{200d}👧", "👨\u{200d}👩\u{200d}👧", 2, false),
            ("⚠\u{fe0f}", "⚠\u{fe0f}", 2, false),
            ("e\u{301}", "e\u{301}", 1, false),
            ("\u{1b}[2J", " ", 1, true),
            ("\u{9b}1m", " ", 1, true),
            ("\u{200b}", " ", 1, true),
            ("\0", " ", 1, true),
            ("", " ", 1, true),
        ] {
            let (cell, columns) = graphemes.of(BufferCell::default().set_symbol(symbol));
            assert_eq!(
                (
                    text(&graphemes, cell).as_str(),
                    columns,
                    cell.length().is_some()
                ),
                (expected, width, is_single),
                "{symbol:?}"
            );
            assert_eq!(text(&graphemes, cell.rest()), "");
        }
        assert_eq!(graphemes.clusters(), 3, "each is kept once");
    }

    #[test]
    fn cells_are_taken_over_with_their_text() {
        let (mut old, mut new) = (
            Graphemes::new(ColourDepth::None),
            Graphemes::new(ColourDepth::None),
        );
        let symbols = ["z\u{301}", "a", "👍🏽", "e\u{301}"]
            .map(|symbol| old.of(BufferCell::default().set_symbol(symbol)).0);
        for cell in [symbols[2], symbols[1], symbols[0].rest(), symbols[2]] {
            let taken = new.take_over(cell, &old);
            assert_eq!(text(&new, taken), text(&old, cell));
        }
        assert_eq!(new.clusters(), 1);
    }
}
