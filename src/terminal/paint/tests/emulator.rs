//! Frames painted into an emulated terminal, and the laws that hold for any of them.
//!
//! For tests only. The emulation knows no crossed-out text and always wraps at its right margin.

use std::cell::RefCell;
use std::io::{self, Write};
use std::num::NonZeroU16;
use std::rc::Rc;

use proptest::prelude::*;
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::{Buffer, Cell as BufferCell, CellWidth};
use ratatui::layout::{Rect, Size};
use ratatui::style::{Color, Modifier, Style};
use ratatui::{Terminal, TerminalOptions, Viewport};

use crate::terminal::width::{is_disputed, widest};
use crate::terminal::{ColourDepth, Painter};

/// Graphemes with their styles.
pub(super) type Line = Vec<(&'static str, Style)>;

const EVEN: [&str; 12] = [" ", " ", " ", "a", "b", "c", ".", "中", "文", "✓", "▌", "│"];
const UNEVEN: [&str; 7] = [
    "👍",
    "✅",
    "e\u{301}",
    "👨\u{200d}👩\u{200d}👧",
    "🇩🇪",
    "⚠\u{fe0f}",
    "𠀀",
];

#[derive(Clone, Debug)]
enum Step {
    Rows(Vec<(u16, Line)>),
    Scroll(u16, u16, i16),
    Resize(u16, u16),
    Cursor(Option<(u16, u16)>),
    Clear,
    Repaint,
}

/// A terminal that is painted, and what is to be on it.
pub(super) struct Emulator {
    terminal: Terminal<Painter<Tape>>,
    tape: Tape,
    depth: ColourDepth,
    parser: vt100::Parser,
    pub(super) lines: Vec<Line>,
    pub(super) cursor: Option<(u16, u16)>,
}

/// Keeps what is written into it.
#[derive(Clone, Default)]
struct Tape(Rc<RefCell<Vec<u8>>>);

impl Tape {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.borrow_mut())
    }
}

impl Write for Tape {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Emulator {
    fn new(width: u16, height: u16, depth: ColourDepth) -> Self {
        let tape = Tape::default();
        let terminal =
            Terminal::new(Painter::new(tape.clone(), Size { width, height }, depth)).unwrap();
        let (rows, columns) = (
            NonZeroU16::new(height).unwrap(),
            NonZeroU16::new(width).unwrap(),
        );
        let mut parser = vt100::Parser::new(rows, columns, 0);
        parser.process("stale ".repeat(usize::from(width)).as_bytes());
        Self {
            terminal,
            tape,
            depth,
            parser,
            lines: vec![Line::new(); 40],
            cursor: None,
        }
    }

    pub(super) fn of(text: &[&'static str]) -> Self {
        let mut emulator = Self::new(120, 36, ColourDepth::Sixteen);
        emulator.lines = text.iter().map(|line| plain(line)).collect();
        emulator.lines.resize(40, Line::new());
        emulator
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Rows(rows) => rows
                .iter()
                .for_each(|(row, line)| self.lines[usize::from(*row)].clone_from(line)),
            Step::Scroll(top, bottom, lines) => {
                let band =
                    &mut self.lines[usize::from(*top.min(bottom))..usize::from(*top.max(bottom))];
                let middle = usize::from(lines.unsigned_abs()).min(band.len());
                if *lines > 0 {
                    band.rotate_left(middle);
                } else {
                    band.rotate_right(middle);
                }
            }
            Step::Resize(width, height) => {
                self.terminal.backend_mut().resize(Size {
                    width: *width,
                    height: *height,
                });
                let (rows, columns) = (
                    NonZeroU16::new(*height).unwrap(),
                    NonZeroU16::new(*width).unwrap(),
                );
                self.parser.screen_mut().set_size(rows, columns);
            }
            Step::Cursor(cursor) => self.cursor = *cursor,
            Step::Clear => self.terminal.clear().unwrap(),
            Step::Repaint => {
                self.parser.process(b"\x1b[Hspoilt by someone else");
                self.terminal.backend_mut().repaint();
            }
        }
    }

    /// Draws a frame, lets the terminal obey it, and gives its bytes.
    pub(super) fn frame(&mut self) -> Vec<u8> {
        let size = self.terminal.backend().size().unwrap();
        let cursor = self
            .cursor
            .map(|(x, y)| (x.min(size.width - 1), y.min(size.height - 1)));
        let lines = &self.lines;
        self.terminal
            .draw(|frame| {
                render(lines, frame.buffer_mut());
                cursor
                    .into_iter()
                    .for_each(|place| frame.set_cursor_position(place));
            })
            .unwrap();
        let bytes = self.tape.take();
        self.parser.process(&bytes);
        assert_eq!(self.parser.screen().hide_cursor(), cursor.is_none());
        if let Some((x, y)) = cursor {
            assert_eq!(self.parser.screen().cursor_position(), (y, x));
        }
        bytes
    }

    pub(super) fn check(&self) {
        let size = self.terminal.backend().size().unwrap();
        let mut wanted = Buffer::empty(Rect::new(0, 0, size.width, size.height));
        render(&self.lines, &mut wanted);
        for row in 0..size.height {
            let mut column = 0;
            while column < size.width {
                check_cell(
                    &wanted[(column, row)],
                    self.parser.screen().cell(row, column).unwrap(),
                    self.depth,
                );
                column += wanted[(column, row)].cell_width().max(1);
            }
        }
    }
}

pub(super) fn plain(text: &'static str) -> Line {
    (0..text.len())
        .filter(|start| text.is_char_boundary(*start))
        .map(|start| {
            let end = (start + 1..=text.len())
                .find(|end| text.is_char_boundary(*end))
                .unwrap();
            let style = if &text[start..end] == "▌" {
                Style::new().fg(Color::Cyan)
            } else {
                Style::new()
            };
            (&text[start..end], style)
        })
        .collect()
}

/// Draws lines into a whole frame of 12 columns.
pub(super) fn whole(lines: &[String]) -> Buffer {
    let mut frame = Buffer::empty(Rect::new(0, 0, 12, 4));
    for (row, line) in (0u16..).zip(lines) {
        frame.set_stringn(0, row, line, 12, Style::new());
    }
    frame
}

/// Returns the text of a frame by rows, without trailing blanks.
fn text(frame: &Buffer) -> Vec<String> {
    let rows = frame.content.chunks(usize::from(frame.area.width));
    let row = |cells: &[BufferCell]| {
        let mut line = String::new();
        let mut covered = 0;
        for cell in cells {
            if covered == 0 {
                line.push_str(cell.symbol());
            }
            covered = if covered == 0 {
                usize::from(cell.cell_width()).saturating_sub(1)
            } else {
                covered - 1
            };
        }
        line.trim_end().to_owned()
    };
    rows.map(row).collect()
}

fn render(lines: &[Line], buffer: &mut Buffer) {
    let area = buffer.area;
    for (row, line) in (0..area.height).zip(lines) {
        let mut column = 0;
        for (grapheme, style) in line {
            let left = usize::from(area.width - column);
            // The parser always wraps at the margin, where a session has switched that off.
            let grapheme = if widest(grapheme) > left {
                "x"
            } else {
                grapheme
            };
            if left > 0 {
                column = buffer.set_stringn(column, row, grapheme, left, *style).0;
            }
        }
    }
}

fn check_cell(wanted: &BufferCell, seen: &vt100::Cell, depth: ColourDepth) {
    let about = format!("{wanted:?} {seen:?}");
    let symbol = wanted.symbol();
    match symbol {
        " " => assert!(["", " "].contains(&seen.contents()), "{about}"),
        _ if is_disputed(symbol) => assert!(
            seen.contents().starts_with(symbol.chars().next().unwrap()),
            "{about}"
        ),
        _ => assert_eq!(seen.contents(), symbol, "{about}"),
    }
    assert_eq!(seen.bgcolor(), colour(depth, wanted.bg), "{about}");
    assert_eq!(
        seen.inverse(),
        wanted.modifier.contains(Modifier::REVERSED),
        "{about}"
    );
    assert_eq!(
        seen.underline(),
        wanted.modifier.contains(Modifier::UNDERLINED),
        "{about}"
    );
    if symbol == " " {
        return;
    }
    assert_eq!(seen.fgcolor(), colour(depth, wanted.fg), "{about}");
    assert_eq!(
        seen.bold(),
        wanted.modifier.contains(Modifier::BOLD),
        "{about}"
    );
    assert_eq!(
        seen.dim(),
        wanted.modifier.contains(Modifier::DIM),
        "{about}"
    );
    assert_eq!(
        seen.italic(),
        wanted.modifier.contains(Modifier::ITALIC),
        "{about}"
    );
}

fn colour(depth: ColourDepth, colour: Color) -> vt100::Color {
    match (depth, colour) {
        (ColourDepth::None, _) | (_, Color::Reset) => vt100::Color::Default,
        (_, Color::Cyan) => vt100::Color::Idx(6),
        (_, Color::LightRed) => vt100::Color::Idx(9),
        (_, Color::Indexed(index)) => vt100::Color::Idx(index),
        (_, Color::Rgb(red, green, blue)) => vt100::Color::Rgb(red, green, blue),
        _ => unreachable!("{colour:?} is not drawn here"),
    }
}

fn any_style() -> impl Strategy<Value = Style> {
    let colours = vec![
        Color::Reset,
        Color::Cyan,
        Color::LightRed,
        Color::Indexed(3),
        Color::Indexed(99),
        Color::Rgb(1, 2, 3),
    ];
    let weights = vec![
        Modifier::empty(),
        Modifier::empty(),
        Modifier::BOLD,
        Modifier::DIM,
    ];
    let others = vec![
        Modifier::ITALIC,
        Modifier::UNDERLINED,
        Modifier::REVERSED,
        Modifier::CROSSED_OUT,
    ];
    let styled = (
        prop::sample::select(colours.clone()),
        prop::sample::select(colours.clone()),
        prop::sample::select(weights),
    );
    prop_oneof![
        4 => Just(Style::new()),
        2 => prop::sample::select(colours).prop_map(|colour| Style::new().fg(colour)),
        1 => (styled, prop::sample::subsequence(others, 0..3)).prop_map(|((foreground, background, weight), others)| {
            Style::new().fg(foreground).bg(background).add_modifier(others.into_iter().fold(weight, Modifier::union))
        }),
    ]
}

fn any_line(graphemes: Vec<&'static str>) -> impl Strategy<Value = Line> {
    let word = (
        any_style(),
        prop::collection::vec(prop::sample::select(graphemes), 0..8),
    );
    let words = prop::collection::vec((word, 0..12_usize), 0..6);
    words.prop_map(|words| {
        let spaced = words.into_iter().map(|((style, word), gap)| {
            let word = word.into_iter().map(move |grapheme| (grapheme, style));
            word.chain(std::iter::repeat_n((" ", Style::new()), gap))
        });
        spaced.flatten().collect()
    })
}

fn any_steps(graphemes: Vec<&'static str>) -> impl Strategy<Value = Vec<Step>> {
    let rows = prop::collection::vec((0..30_u16, any_line(graphemes.clone())), 1..4);
    let page =
        prop::collection::vec(any_line(graphemes), 30).prop_map(|lines| (0..).zip(lines).collect());
    let step = prop_oneof![
        6 => rows.prop_map(Step::Rows),
        2 => page.prop_map(Step::Rows),
        6 => (0..30_u16, 0..30_u16, -4..5_i16).prop_map(|(top, bottom, lines)| Step::Scroll(top, bottom, lines)),
        1 => (6..50_u16, 1..30_u16).prop_map(|(width, height)| Step::Resize(width, height)),
        2 => prop::option::of((0..50_u16, 0..30_u16)).prop_map(Step::Cursor),
        1 => Just(Step::Clear),
        1 => Just(Step::Repaint),
    ];
    prop::collection::vec(step, 1..20)
}

fn any_depth() -> impl Strategy<Value = ColourDepth> {
    prop::sample::select(vec![ColourDepth::None, ColourDepth::True])
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn the_terminal_shows_what_was_drawn(depth in any_depth(), steps in any_steps([&EVEN[..], &UNEVEN[..]].concat())) {
        let mut emulator = Emulator::new(30, 12, depth);
        for step in &steps {
            emulator.step(step);
            emulator.frame();
            emulator.check();
        }
        prop_assert_eq!(emulator.frame(), b"", "nothing changed, nothing is sent");
    }

    #[test]
    fn no_frame_is_longer_than_painting_every_change(lines in prop::collection::vec(any_line(EVEN.to_vec()), 80)) {
        let area = Rect::new(0, 0, 60, 40);
        let fixed = TerminalOptions { viewport: Viewport::Fixed(area) };
        let tape = Tape::default();
        let mut usual = Terminal::with_options(CrosstermBackend::new(tape.clone()), fixed).unwrap();
        let mut emulator = Emulator::new(60, 40, ColourDepth::True);
        emulator.frame();
        for start in [0, 1, 5, 40] {
            emulator.lines = lines[start..start + 40].to_vec();
            tape.take();
            usual.draw(|frame| render(&emulator.lines, frame.buffer_mut())).unwrap();
            let ours = emulator.frame();
            emulator.check();
            let usual = tape.take();
            prop_assert!(ours.len() <= usual.len(), "{} > {}", ours.len(), usual.len());
        }
    }

    #[test]
    fn a_whole_frame_is_shown_as_it_is(frames in prop::collection::vec(prop::collection::vec("[ a▌│日本語한]{0,14}", 4), 1..8)) {
        let tape = Tape::default();
        let mut painter = Painter::new(tape.clone(), Size::new(12, 4), ColourDepth::None);
        let size = |count| NonZeroU16::new(count).unwrap();
        let mut terminal = vt100::Parser::new(size(4), size(12), 0);
        for lines in frames {
            let frame = whole(&lines);
            painter.show(&frame).unwrap();
            terminal.process(&tape.take());
            let shown: Vec<String> = terminal.screen().rows(0, 12).map(|row| row.trim_end().to_owned()).collect();
            prop_assert_eq!(shown, text(&frame));
        }
    }
}
