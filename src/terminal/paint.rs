//! The screen's backend for ratatui, which sends as few bytes as it can find.
//!
//! It keeps a grid of what the terminal shows and one of what it shall show, and sends the
//! difference in one write per frame. It knows no modes (that is the session's part) and asks the
//! terminal nothing.
//!
//! A frame is not wrapped in a synchronized update (DEC mode 2026): it is one write, nothing is
//! erased that is not painted at once, and terminals that do not know the mode would only be sent
//! 16 bytes more.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Buffer, Cell as BufferCell};
use ratatui::layout::{Position, Size};

use super::cell::Graphemes;
use super::colour::ColourDepth;
use super::encoder::Encoder;
use super::grid::Grid;
use super::{diff, scroll};

/// A frame below so many bytes is not searched for rows that moved: a move alone costs 17.
const WORTH_A_MOVE: usize = 80;

/// So many graphemes of several characters may be kept beside those on the screen.
const MANY_CLUSTERS: usize = 1000;

const SHOW_CURSOR: &[u8] = b"\x1b[?25h";
const HIDE_CURSOR: &[u8] = b"\x1b[?25l";

/// Paints frames on a terminal behind `W`, which gets one write for each frame that changes
/// something.
///
/// The first frame wipes the screen. The terminal must be in raw mode: a line feed is sent for "one
/// row down". Each frame starts from an absolute position and plain attributes and ends with a
/// plain ones, so that a stray write of another program spoils no more than what it covers.
#[derive(Debug)]
pub struct Painter<W: Write> {
    out: W,
    graphemes: Graphemes,
    size: Size,
    shown: Grid,
    next: Grid,
    /// Whether the screen must be wiped before it is what `shown` says.
    unknown: bool,
    position: Position,
    cursor: Cursor,
    /// The cursor as the terminal has it, where that is known.
    told: Option<Cursor>,
}

/// The terminal's own cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cursor {
    Hidden,
    At(Position),
}

impl<W: Write> Painter<W> {
    /// Makes a painter for a terminal of `size` that may be sent the colours of `depth`.
    pub fn new(out: W, size: Size, depth: ColourDepth) -> Self {
        let (shown, next) = (Grid::blank(size), Grid::blank(size));
        let (position, cursor) = (Position::ORIGIN, Cursor::Hidden);
        Self {
            out,
            graphemes: Graphemes::new(depth),
            size,
            shown,
            next,
            unknown: true,
            position,
            cursor,
            told: None,
        }
    }

    /// Takes over a new size of the terminal; the next frame wipes and paints everything.
    ///
    /// ratatui asks for the size before each draw and takes it over from here.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        self.repaint();
    }

    /// Orders the next frame to wipe the screen and to paint everything, for when others have
    /// written on it.
    pub fn repaint(&mut self) {
        self.shown = Grid::blank(self.next.size());
        self.unknown = true;
        self.told = None;
    }

    /// Shows a whole frame: paints what differs from what the terminal shows, in one write.
    ///
    /// ratatui's own terminal would keep two further grids of the screen to find out what
    /// differs, which the painter knows already.
    ///
    /// # Errors
    ///
    /// Returns what the terminal refused. The next frame is then painted whole.
    pub fn show(&mut self, frame: &Buffer) -> io::Result<()> {
        if frame.area.as_size() != self.next.size() {
            self.size = frame.area.as_size();
            self.wipe();
        }
        for (index, cell) in frame.content.iter().enumerate() {
            self.put(frame.pos_of(index), cell);
        }
        self.forget_graphemes();
        self.flush()
    }

    fn put(&mut self, place: (u16, u16), drawn: &BufferCell) {
        let (cell, width) = self.graphemes.of(drawn);
        self.next.put(place, cell, width);
    }

    /// Forgets the clusters that are on neither grid any more, once they are many: a long visit
    /// to odd texts must not gather them.
    fn forget_graphemes(&mut self) {
        let size = self.next.size();
        if self.graphemes.clusters()
            <= MANY_CLUSTERS + 2 * usize::from(size.width) * usize::from(size.height)
        {
            return;
        }
        let mut kept = self.graphemes.anew();
        for grid in [&mut self.shown, &mut self.next] {
            grid.replace(|cell| kept.take_over(cell, &self.graphemes));
        }
        self.graphemes = kept;
    }

    /// Returns the bytes of the next frame, and nothing where nothing changes.
    fn frame(&self) -> Vec<u8> {
        let mut encoder = Encoder::new(&self.graphemes, self.next.size().width);
        if self.unknown {
            encoder.wipe();
        }
        if self.cursor == Cursor::Hidden && self.told != Some(Cursor::Hidden) {
            encoder.cursor(HIDE_CURSOR);
        }
        self.paint(&mut encoder);
        encoder.rest();
        self.place_cursor(&mut encoder);
        encoder.into_bytes()
    }

    /// Paints in place, or moves rows first: whichever is shorter.
    fn paint(&self, encoder: &mut Encoder) {
        let mut best = encoder.fork();
        diff::paint(&mut best, &self.shown, &self.next);
        if best.len() >= WORTH_A_MOVE && !self.unknown {
            for found in scroll::moves(&self.shown, &self.next) {
                let moved = self.paint_moved(encoder.fork(), found);
                best = if moved.len() < best.len() {
                    moved
                } else {
                    best
                };
            }
        }
        encoder.join(best);
    }

    fn paint_moved<'a>(&self, mut encoder: Encoder<'a>, found: scroll::Move) -> Encoder<'a> {
        let mut shown = self.shown.clone();
        shown.scroll(found.top, found.bottom, found.lines);
        encoder.scroll(
            found.top,
            found.bottom,
            self.next.size().height,
            found.lines,
        );
        diff::paint(&mut encoder, &shown, &self.next);
        encoder
    }

    fn place_cursor(&self, encoder: &mut Encoder) {
        let Cursor::At(position) = self.cursor else {
            return;
        };
        if encoder.len() == 0 && self.told == Some(self.cursor) {
            return;
        }
        encoder.go(position.y, usize::from(position.x));
        if !matches!(self.told, Some(Cursor::At(_))) {
            encoder.cursor(SHOW_CURSOR);
        }
    }

    fn wipe(&mut self) {
        self.next = Grid::blank(self.size);
        self.repaint();
    }
}

impl<W: Write> Backend for Painter<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a BufferCell)>,
    {
        for (column, row, cell) in content {
            self.put((column, row), cell);
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.cursor = Cursor::Hidden;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.cursor = Cursor::At(self.position);
        Ok(())
    }

    /// Returns the position that was set last; the terminal is not asked.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.position)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.position = position.into();
        if self.cursor != Cursor::Hidden {
            self.cursor = Cursor::At(self.position);
        }
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.wipe();
        Ok(())
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        let Position { x, y } = self.position;
        let Size { width, height } = self.next.size();
        match clear_type {
            ClearType::All => self.wipe(),
            ClearType::AfterCursor => self.next.erase((x, y), (0, height)),
            ClearType::BeforeCursor => self.next.erase((0, 0), (x + 1, y)),
            ClearType::CurrentLine => self.next.erase((0, y), (width, y)),
            ClearType::UntilNewLine => self.next.erase((x, y), (width, y)),
        }
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize {
            columns_rows: self.size,
            pixels: Size::ZERO,
        })
    }

    /// Sends what changed since the last flush. After an error the whole screen is painted anew.
    fn flush(&mut self) -> io::Result<()> {
        let bytes = self.frame();
        if bytes.is_empty() {
            return Ok(());
        }
        if let Err(error) = self.out.write_all(&bytes).and_then(|()| self.out.flush()) {
            self.repaint();
            return Err(error);
        }
        self.unknown = false;
        self.told = Some(self.cursor);
        self.shown.take_over(&self.next);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
