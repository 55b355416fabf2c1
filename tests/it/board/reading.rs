//! Documents as they are read: laid out on whole screens, with `R` back to what is written.

use std::num::NonZeroU16;

use crate::footer::assert_screen;
use crate::harness::{Board, Workspace};
use ratatui::layout::Size;
use specboard::model::Settings;
use specboard::terminal::{ColourDepth, Painter};

const DESIGN: &str = "\
# Design

> Quoted from the *minutes*:
> twice.

## Components and **interfaces**

The [service](https://example.org/a) reads `rows` &amp; writes them\\
on two lines.

### Endpoints

| Method | Endpoint | Action |
|--------|:--------:|--------|
| POST | `/auth.php?action=login` | Authenticate the user and begin a session that lasts a day |
| DELETE | `/auth.php?action=delete_user` | Remove a user<br>and all sessions |

#### 日本語の表

| 名前 | 説明 |
|------|------|
| 利用者 | ログインする人 |

1. One
   - nested
2. Two

```php
class AuthService {
    // a line that is longer than the pane is wide, so that it is cut where it ends and can be scrolled
}
```

```mermaid
sequenceDiagram
    participant U as User
    U->>auth.php: POST credentials
    auth.php-->>U: 200 OK
```

<!-- a comment -->

---

The end.
";

fn words(board: &Board) -> String {
    let screen = board.screen();
    screen.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn workspace() -> Workspace {
    Workspace::new(&[("sign-in/design.md", DESIGN)])
}

#[test]
fn a_design_is_laid_out() {
    for (name, size, keys) in [
        ("a_design_at_120x45", (120, 45), "2"),
        ("a_design_at_80x24", (80, 24), "2"),
        ("the_end_of_a_design_at_80x24", (80, 24), "2 G"),
        ("a_design_at_60x20", (60, 20), "2"),
        ("a_design_at_40x10", (40, 10), "2"),
        ("a_design_at_200x50", (200, 50), "2"),
    ] {
        let mut board = Board::start(&workspace(), size);
        assert_screen!(name, board.keys(keys).styled());
    }
}

#[test]
fn a_design_is_laid_out_in_ascii() {
    let settings = Settings {
        ascii: true,
        ..Settings::default()
    };
    for (name, size) in [("ascii_at_120x45", (120, 45)), ("ascii_at_80x24", (80, 24))] {
        let mut board = Board::start_with(&workspace(), size, settings.clone());
        let screen = board.keys("2 G").styled();
        let strange = |letter: &char| !letter.is_ascii() && !DESIGN.contains(*letter);
        assert_eq!(screen.chars().find(strange), None, "{screen}");
        assert_screen!(name, screen);
    }
}

#[test]
fn a_design_is_laid_out_without_colours() {
    for (name, size) in [
        ("no_colour_at_120x45", (120, 45)),
        ("no_colour_at_80x24", (80, 24)),
    ] {
        let mut board = Board::start(&workspace(), size);
        let frame = board.keys("2 G").buffer();
        let (width, height) = size;
        let mut bytes = Vec::new();
        let mut painter = Painter::new(&mut bytes, Size { width, height }, ColourDepth::None);
        painter.show(&frame).unwrap();
        let mut terminal = vt100::Parser::new(at_least_one(height), at_least_one(width), 0);
        terminal.process(&bytes);
        assert_screen!(name, attributes(terminal.screen()));
    }
}

fn at_least_one(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).unwrap()
}

/// Returns what a terminal shows, with the runs that have attributes below it. None has a colour.
fn attributes(screen: &vt100::Screen) -> String {
    let (height, width) = screen.size();
    let (height, width) = (height.get(), width.get());
    let mut runs = Vec::new();
    for row in 0..height {
        let mut run: Option<(u16, String, String)> = None;
        for column in 0..width {
            let cell = screen.cell(row, column).unwrap();
            assert_eq!((cell.fgcolor(), cell.bgcolor()), Default::default());
            let names = [
                (cell.bold(), "BOLD "),
                (cell.dim(), "DIM "),
                (cell.italic(), "ITALIC "),
                (cell.underline(), "UNDERLINED "),
                (cell.inverse(), "REVERSED "),
            ];
            let has = names.into_iter().filter(|(has, _)| *has);
            let names: String = has.map(|(_, name)| name).collect();
            match &mut run {
                Some((_, known, text)) if *known == names => text.push_str(cell.contents()),
                _ => {
                    runs.extend(
                        run.replace((column, names, cell.contents().to_owned()))
                            .map(|run| (row, run)),
                    );
                }
            }
        }
        runs.extend(run.map(|run| (row, run)));
    }
    let seen = runs
        .into_iter()
        .filter(|(_, (_, names, _))| !names.is_empty());
    let lines: Vec<String> = seen
        .map(|(row, (column, names, text))| format!("{row:>2}:{column:<3} {names}{text:?}"))
        .collect();
    format!(
        "{}\n---\n{}",
        screen.contents().trim_end_matches('\n'),
        lines.join("\n")
    )
}

#[test]
fn the_source_is_shown_at_the_same_place_and_back() {
    let mut board = Board::start(&workspace(), (100, 30));
    let line = |board: &Board| board.model.pane_state().unwrap().cursor.line;
    board.keys("2 j j j j j j");
    let before = line(&board);
    assert!(words(&board).contains("Components and interfaces"));
    assert!(words(board.keys("R")).contains("## Components and **interfaces**"));
    assert_eq!(line(&board), before);
    assert!(words(board.keys("R")).contains("Components and interfaces"));
    assert_eq!(line(&board), before);
}

#[test]
fn a_table_that_is_scrolled_says_on_which_sides_it_goes_on() {
    let word = "w".repeat(60);
    let table = format!(
        "# Design\n\n| Name | Left | Right |\n|--|--|--|\n| one | {word} | {word} |\n\n```\n{}\n```\n",
        "code ".repeat(40)
    );
    let workspace = Workspace::new(&[("a/design.md", &table)]);
    for size in [(120, 36), (80, 24)] {
        let mut board = Board::start(&workspace, size);
        let edges = |board: &Board| {
            let screen = board.screen();
            let row = screen.lines().find(|line| line.contains("www")).unwrap();
            (row.contains('‹'), row.contains('›'))
        };
        let code = |board: &Board| board.screen().contains('…');
        board.keys("2");
        assert_eq!(edges(&board), (false, true), "{}", board.screen());
        assert!(code(&board), "{}", board.screen());
        board.keys("z l");
        assert!(edges(&board).0 && code(&board), "{}", board.screen());
    }
}

#[test]
fn no_line_is_passed_over_from_page_to_page_with_a_peek_and_without() {
    let words: String = (0..150).map(|line| format!("Line{line}.\n\n")).collect();
    let properties = "## Property 1: A\n\nFor any x.\n\n**Validates: Requirements 1.1**\n";
    for (has_peek, document) in [
        (false, format!("# Design\n\n{words}")),
        (true, format!("# Design\n\n{words}{properties}")),
    ] {
        let workspace = Workspace::new(&[("a/design.md", &document)]);
        for size in [(120, 36), (80, 24), (60, 20)] {
            let mut board = Board::start(&workspace, size);
            board.keys("2");
            assert!(!has_peek || board.model.layout().peek.is_some());
            let seen = |board: &Board| {
                let (screen, layout) = (board.screen(), board.model.layout());
                let first = usize::from(layout.body.y);
                let lines: Vec<&str> = screen.lines().skip(first).take(layout.reach()).collect();
                lines.join("\n")
            };
            let mut all = seen(&board);
            for _ in 0..60 {
                all.push_str(&seen(board.keys("ctrl-f")));
            }
            let is_missing = |line: &usize| !all.contains(&format!("Line{line}."));
            assert_eq!((0..150).find(is_missing), None, "{size:?} {has_peek}");
            for _ in 0..60 {
                all.push_str(&seen(board.keys("ctrl-b")));
            }
            assert!(board.screen().contains("Line0."), "{}", board.screen());
        }
    }
}
