//! Single frames with the bytes that they take, painted into an emulated terminal.

mod emulator;

use ratatui::style::{Color, Style};

use super::*;
use emulator::{Emulator, Line, plain, whole};

const BOARD: [&str; 15] = [
    " RpiDNS  main ±1                                                  5 specs · 141/144 · 1 in progress · 1 stale · 2 unread",
    " Specs                by name │ user-authentication   1 Requirements  2 Design [3 Tasks] 4 Trace  5 Files    30/31 ■■■■·",
    "  ✓ custom-period        5/5  │",
    "  ◐ help-documentation 21/22  │   ✓ 1     Set up database schema and migration service  ▸4",
    "  ◐ rpz-feed…anagement 38/39 !│   ✓ 2     Implement core authentication service",
    "▏•◐ user-aut…ntication 30/31 z│     ✓ 2.1   Create auth.php with AuthService class                     5.1 5.4",
    "  ✓ vite-vue…migration 47/47  │     ✓ 2.2   Implement login functionality                              1.2 1.3 5.2",
    "                              │     ✓ 2.3   Implement session verification                             1.4 1.5 5.3",
    "                              │▌    ✓ 2.4   Implement logout functionality                             2.1 2.2",
    "                              │     ✓ 2.5   Implement rate limiting                                    5.5",
    "                              │     ○ 2.6*  Write property tests for authentication                    1.1 1.2 1.3 +6",
    "                              │   ✓ 3     Implement password management",
    "                              │     ✓ 3.1   Implement password change functionality                    3.1 3.2 3.3 +2",
    "                              │     ○ 3.2*  Write property tests for password management               3.1 3.2 3.3 +2",
    " space done  s state  e edit  o new  enter requirement  c comment  b board  / find         ? help   tasks.md:215",
];

fn sent(emulator: &mut Emulator) -> String {
    let bytes = emulator.frame();
    emulator.check();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn the_first_frame_is_shorter_than_its_text() {
    let mut emulator = Emulator::of(&BOARD);
    let text: usize = BOARD.iter().map(|line| line.len()).sum();
    let first = sent(&mut emulator).len();
    assert!(first < text, "{first} bytes for {text} of text");
}

#[test]
fn a_cursor_glyph_moves_by_its_two_cells() {
    let mut emulator = Emulator::of(&BOARD);
    sent(&mut emulator);
    emulator.lines[8][31] = (" ", Style::new());
    emulator.lines[9][31] = ("▌", Style::new().fg(Color::Cyan));
    assert_eq!(sent(&mut emulator), "\x1b[9;32H \x08\n\x1b[36m▌\x1b[m");
}

#[test]
fn the_cursor_of_the_terminal_is_told_only_what_changes() {
    let mut emulator = Emulator::of(&BOARD);
    sent(&mut emulator);
    for (cursor, expected) in [
        (None, ""),
        (Some((3, 2)), "\x1b[3;4H\x1b[?25h"),
        (Some((3, 2)), ""),
        (Some((4, 2)), "\x1b[3;5H"),
        (None, "\x1b[?25l"),
    ] {
        emulator.cursor = cursor;
        assert_eq!(sent(&mut emulator), expected, "{cursor:?}");
    }
}

#[test]
fn rows_that_moved_are_not_sent_again() {
    let (mut emulator, added) = (
        Emulator::of(&BOARD),
        plain("     ✓ 3.3   Implement a form for the new password and its rules"),
    );
    sent(&mut emulator);
    emulator.lines[2..14].rotate_left(1);
    emulator.lines[13] = added;
    let expected = "\x1b[3;14r\x1b[14H\n\x1b[r\x1b[14;6H✓ 3.3   Implement a form for the new password and its rules";
    assert_eq!(sent(&mut emulator), expected);
    emulator.lines[2..14].rotate_right(1);
    emulator.lines[2] = plain("  ◐ another");
    assert_eq!(
        sent(&mut emulator),
        "\x1b[3;14r\x1b[3H\x1b[L\x1b[r\x1b[3;3H◐ another"
    );
}

#[test]
fn stale_text_is_erased_rather_than_overwritten() {
    let mut emulator = Emulator::of(&BOARD);
    sent(&mut emulator);
    for (row, line, expected) in [
        (3, "  ◐ help-documentation 21/22  │", "\x1b[4;35H\x1b[K"),
        (
            4,
            "  ◐ rpz-feed…anagement 38/39  │   ✓ 2     Implement core authentication service",
            "\x1b[5;30H ",
        ),
        (
            5,
            "▏•◐ user-aut…ntication 30/31 z│                                                                        5.1 5.4",
            "\x1b[6;37H\x1b[46X",
        ),
        (6, "", "\x1b[7H\x1b[K"),
    ] {
        emulator.lines[row] = plain(line);
        assert_eq!(sent(&mut emulator), expected, "{line}");
    }
    emulator.lines.fill(Line::new());
    assert_eq!(sent(&mut emulator), "\x1b[H\x1b[J");
}

#[test]
fn a_failed_write_is_made_good_by_the_next_frame() {
    let area = Size {
        width: 20,
        height: 2,
    };
    let mut painter = Painter::new(Failing(1), area, ColourDepth::Sixteen);
    painter
        .draw([(0, 0, &BufferCell::new("a"))].into_iter())
        .unwrap();
    assert!(painter.flush().is_err());
    painter.flush().unwrap();
    assert_eq!(painter.frame(), b"");
}

/// Fails so many times, then takes everything.
struct Failing(usize);

impl Write for Failing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let failed = self.0 > 0;
        self.0 = self.0.saturating_sub(1);
        if failed {
            Err(io::ErrorKind::BrokenPipe.into())
        } else {
            Ok(bytes.len())
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn odd_graphemes_are_not_gathered() {
    let mark = |number: u32| char::from_u32(0x300 + number).unwrap();
    let odd = |number: u32| ['e', mark(number / 96), mark(number % 96)];
    let mut painter = Painter::new(Vec::new(), Size::new(12, 4), ColourDepth::None);
    let mut last = Buffer::default();
    for start in (0..1440).step_by(12) {
        last = whole(&[(start..start + 12).flat_map(odd).collect()]);
        painter.show(&last).unwrap();
    }
    assert!(painter.graphemes.clusters() < 1200);
    let sent = String::from_utf8(std::mem::take(&mut painter.out)).unwrap();
    assert!(sent.contains(&odd(1439).iter().collect::<String>()));
    painter.show(&last).unwrap();
    assert_eq!(painter.out, b"", "they are still what they were");
}
