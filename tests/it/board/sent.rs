//! How many bytes a key sends to the terminal, from the screen that it leaves to the next one, and
//! how often a held key is drawn.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::io;
use std::rc::Rc;

use ratatui::layout::Size;
use specboard::store::find_roots;
use specboard::terminal::{ColourDepth, Painter};

use super::session::Session;
use crate::corpus::repositories;
use crate::harness::{Board, Workspace};

/// The most keys of one walk.
const STEPS: usize = 60;

/// What goes to a terminal.
#[derive(Clone, Default)]
struct Line(Rc<RefCell<Vec<u8>>>);

impl io::Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A board with the terminal that it is painted on.
struct Desk {
    board: Board,
    painter: Painter<Line>,
    line: Line,
}

impl Desk {
    fn new(board: Board) -> Self {
        let line = Line::default();
        let (width, height) = board.model.size;
        let size = Size { width, height };
        let painter = Painter::new(line.clone(), size, ColourDepth::Sixteen);
        let mut desk = Self {
            board,
            painter,
            line,
        };
        desk.sent();
        desk
    }

    /// Paints the screen, and counts the bytes that this takes.
    fn sent(&mut self) -> usize {
        self.painter.show(&self.board.buffer()).unwrap();
        self.line.0.take().len()
    }

    fn top(&self) -> usize {
        self.board.model.pane_state().map_or(0, |state| state.top)
    }

    fn line(&self) -> Option<usize> {
        self.board.model.pane_state().map(|state| state.cursor.line)
    }

    /// Goes down by so many rows, or to the end of the pane. Returns the bytes of each key, with what follows once the
    /// keys rest: of those that only move the cursor, and of those that scroll, for each row.
    fn walk_down(&mut self, most: usize) -> (Vec<usize>, Vec<usize>) {
        let (mut moved, mut scrolled) = (Vec::new(), Vec::new());
        for _ in 0..most {
            let (top, line) = (self.top(), self.line());
            self.board.type_keys("j");
            let first = self.sent();
            self.board.keys("");
            let all = first + self.sent();
            if self.line() == line {
                break;
            }
            match self.top().abs_diff(top) {
                0 => moved.push(all),
                rows => scrolled.push(all / rows),
            }
        }
        (moved, scrolled)
    }
}

fn most(counts: &[usize]) -> usize {
    counts.iter().copied().max().unwrap_or(0)
}

/// A list in which every kind of row follows every other.
fn mixed() -> String {
    let mut text = "# Plan\n".to_owned();
    for group in 1..30 {
        let star = if group % 2 == 0 { "*" } else { "" };
        let _ = write!(
            text,
            "\n## Phase {group}\n\nSome words.\n\n- [ ] {group}. Bare\n  - [x]{star} {group}.1 With a reference\n    - _Requirements: 1.1_\n  - [-] {group}.2 Bare\n\nWords.\n"
        );
    }
    text
}

const WANTED: &str = "# Requirements\n\n### Requirement 1: Sign in\n\n#### Acceptance Criteria\n\n1. WHEN a user signs in, THE system SHALL greet.\n";

#[test]
fn a_cursor_key_in_tasks_sends_little() {
    let plan = mixed();
    let workspace = Workspace::new(&[("a/requirements.md", WANTED), ("a/tasks.md", &plan)]);
    for (size, keys, most_scrolled) in [
        ((120, 36), "3 p \\", 300),
        ((120, 36), "3 p", 3_000),
        ((100, 30), "3 p", 3_000),
        ((80, 24), "3 p", 300),
    ] {
        let mut board = Board::start(&workspace, size);
        board.keys(keys).keys("g g");
        let (moved, scrolled) = Desk::new(board).walk_down(STEPS);
        assert!(moved.len() > 10 && scrolled.len() > 20, "{size:?} {keys}");
        assert!(most(&moved) <= 120, "{size:?} {keys}: {moved:?}");
        assert!(
            most(&scrolled) <= most_scrolled,
            "{size:?} {keys}: {scrolled:?}"
        );
    }
}

#[test]
#[cfg_attr(
    not(corpus),
    ignore = "no corpus: SPECBOARD_CORPUS names one when the tests are built"
)]
fn a_cursor_key_in_real_tasks_sends_little() {
    let mut peeks = Vec::new();
    let mut steps = 0;
    for folder in repositories() {
        if find_roots(&folder, std::slice::from_ref(&folder)).is_err() {
            continue;
        }
        for (keys, most_scrolled) in [("3 p \\", 300), ("3 p", 3_000), ("3", 3_000)] {
            let mut board = super::first::start(&folder, (120, 36));
            board.keys(keys).keys("g g");
            let (moved, scrolled) = Desk::new(board).walk_down(STEPS);
            let place = format!("{} {keys}", folder.display());
            if keys == "3" {
                peeks.extend(moved);
                continue;
            }
            steps += moved.len() + scrolled.len();
            assert!(most(&moved) <= 120, "{place}: {moved:?}");
            assert!(most(&scrolled) <= most_scrolled, "{place}: {scrolled:?}");
        }
    }
    peeks.sort_unstable();
    let (median, high) = (peeks[peeks.len() / 2], peeks[peeks.len() * 9 / 10]);
    println!(
        "{steps} steps; with the peek: median {median}, nine of ten at most {high}, {:?}",
        peeks.last()
    );
    assert!(steps > 500, "{steps}");
    assert!(median <= 500, "{median}");
}

#[test]
fn keys_that_wait_are_drawn_at_once() {
    let plan = mixed();
    let workspace = Workspace::new(&[("a/tasks.md", &plan)]);
    let place = |keys: &str| {
        let mut board = Board::start(&workspace, (80, 24));
        board.keys("g g").type_keys(keys);
        let line = board.model.pane_state().unwrap().cursor.line + 1;
        format!("tasks.md:{line} ")
    };
    let mut session = Session::start(&workspace, &[]);
    session.wait_for_text("tasks.md:");
    session.keys("gg");
    session.wait_for_text(place("").trim());
    session.count_cursors();
    session.keys(&"j".repeat(30));
    session.wait_for_text(place(&"j ".repeat(30)).trim());
    // Each frame in which the cursor moved draws it once.
    assert!((1..=3).contains(&session.count_cursors()));
}
