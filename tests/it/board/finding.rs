//! Finding words in what is on the screen.

use crate::footer::assert_screen;
use crate::harness::{Board, Workspace};
use ratatui::style::Modifier;

const TASKS: &str = "\
- [x] 1. Build the login
  - Show the FORM
  - _Requirements: 1.1_
- [ ] 2. Build the logout
  - [ ] 2.1 Add the form of the button
  - [ ] 2.2 Test it
- [ ] 3. Ship
";

const DESIGN: &str =
    "# Design\n\n## One\n\nThe form is here.\n\n## Two\n\nA Form again, and a form.\n";

fn workspace() -> Workspace {
    Workspace::new(&[
        ("a-sign-in/tasks.md", TASKS),
        ("a-sign-in/design.md", DESIGN),
    ])
}

fn several_specs() -> Workspace {
    Workspace::new(&[
        ("group/formatting/tasks.md", "- [ ] 1. Format\n"),
        ("reform/tasks.md", "- [ ] 1. Reform\n"),
    ])
}

fn board(size: (u16, u16)) -> Board {
    let mut board = Board::start(&workspace(), size);
    board.keys("3 g g");
    board
}

fn said(board: &Board) -> String {
    let notice = board.model.notices.current.as_ref();
    notice.map(|notice| notice.text.clone()).unwrap_or_default()
}

fn line(board: &Board) -> usize {
    board.model.pane_state().unwrap().cursor.line + 1
}

/// Returns the cells that are lit.
fn lit(board: &Board) -> String {
    let buffer = board.buffer();
    let cells = buffer.content.iter();
    cells
        .filter(|cell| cell.modifier.contains(Modifier::REVERSED))
        .map(|cell| cell.symbol())
        .collect()
}

#[test]
fn the_first_hit_is_shown_while_one_types_and_esc_goes_back() {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (120, 36));
    board.keys("3 g g");
    let before = board.screen();
    board.keys("/ f o r m");
    assert_eq!(line(&board), 2, "{}", board.screen());
    assert!(board.screen().contains("/form"), "{}", board.screen());
    assert!(board.screen().contains("1 of 2"), "{}", board.screen());
    assert!(lit(&board).contains("FORM"), "{}", lit(&board));
    board.keys("esc");
    assert_eq!(board.screen(), before);
    assert_eq!(lit(&board).trim(), "");
}

#[test]
fn from_hit_to_hit_and_round() {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (120, 36));
    board.keys("3 g g / f o r m enter");
    assert_eq!((line(&board), said(&board)), (2, "1 of 2  form".to_owned()));
    for (key, expected, words) in [
        ("n", 5, "2 of 2  form"),
        ("n", 2, "1 of 2  form"),
        ("N", 5, "2 of 2  form"),
        ("N", 2, "1 of 2  form"),
    ] {
        board.keys(key);
        assert_eq!((line(&board), said(&board).as_str()), (expected, words));
    }
    board.keys("G n");
    assert_eq!(line(&board), 2, "behind the last one it goes on at the top");
    board.keys("ctrl-o");
    assert_eq!(line(&board), 1);
}

#[test]
fn capitals_are_told_apart_only_where_one_is_typed() {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (120, 36));
    board.keys("2 g g / F o r m");
    assert!(board.screen().contains("1 of 1"), "{}", board.screen());
    assert_eq!(line(&board), 9);
    board.keys("backspace backspace backspace backspace backspace");
    board.keys("/ x y z enter");
    assert_eq!(said(&board), "\"xyz\" was not found here");
    board.keys("esc esc n");
    assert_eq!(said(&board), "nothing to find yet: / finds words");
}

#[test]
fn what_hides_a_hit_is_opened() {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (120, 36));
    board.keys("3 z m g g");
    assert!(!board.screen().contains("2.1"), "{}", board.screen());
    board.keys("/ b u t t o n enter");
    assert_eq!(line(&board), 5, "{}", board.screen());
    board.keys("2 z m g g / a g a i n enter");
    assert_eq!(line(&board), 9, "{}", board.screen());
}

#[test]
fn specs_cards_and_help_are_found_too() {
    let workspace = several_specs();
    let mut board = Board::start(&workspace, (120, 36));
    board.keys("tab / f o r m enter");
    let spec = |board: &Board| board.model.sidebar.cursor.file_name().unwrap().to_owned();
    let first = spec(&board);
    board.keys("n");
    assert_ne!(spec(&board), first, "{}", board.screen());
    board.keys("n");
    assert_eq!(spec(&board), first, "{}", board.screen());
    let mut board = Board::start(&workspace, (120, 36));
    board.keys("b b / r e f o r enter");
    let card = board.model.board.card().unwrap().1.title.clone();
    assert_eq!(card, "Reform");
    let mut board = Board::start(&workspace, (120, 36));
    board.keys("? / s u s p enter");
    let entry = board.model.help.selection().unwrap();
    assert_eq!(entry.name, "app-suspend", "{}", board.screen());
}

#[test]
fn hits_at_120x36() {
    assert_screen!(board((120, 36)).keys("/ f o r m").styled());
}

#[test]
fn hits_at_80x24() {
    assert_screen!(board((80, 24)).keys("2 / f o r m").styled());
}

#[test]
fn what_others_insert_while_one_types_moves_the_place_that_esc_goes_back_to() {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (120, 36));
    board.keys("3 g g j z a / s h i p");
    assert_eq!(line(&board), 7, "{}", board.screen());
    workspace.write("a-sign-in/tasks.md", format!("# Plan\n\n{TASKS}"));
    board.changed(&workspace, &["a-sign-in/tasks.md"]);
    board.keys("esc");
    assert_eq!(line(&board), 6, "{}", board.screen());
    assert!(
        board.screen().contains("2     Build the logout  ▸2"),
        "{}",
        board.screen()
    );
}

#[test]
fn words_with_markup_or_a_line_between_them_are_found_and_lit_where_they_are_wrapped() {
    let design = "# Design\n\nfirst\n\nThe **command line**: `runs` here, and one\nword follows on another until this row is\nfull of them.\n\nlast\n";
    let workspace = Workspace::new(&[("a/design.md", design), ("a/tasks.md", "- [ ] 1. a\n")]);
    let mut board = Board::start(&workspace, (60, 24));
    board.keys("2 g g");
    for (query, found) in [
        ("l i n e : space r u n s", "line: runs"),
        (
            "o n e space w o r d space f o l l o w s",
            "one word follows",
        ),
        ("f i r s t", "first"),
    ] {
        board.keys(&format!("/ {query}"));
        assert_eq!(
            lit(&board).split_whitespace().collect::<Vec<_>>().join(" "),
            found,
            "{}",
            board.screen()
        );
        board.keys("esc");
    }
    board.keys("R / l i n e : space r u n s");
    assert_eq!(lit(&board).trim(), "");
}

#[test]
fn hits_in_a_file_beside_the_documents_are_gone_to() {
    let workspace = Workspace::new(&[
        ("auth/tasks.md", "- [ ] 1. Go\n"),
        ("auth/notes.md", "One token.\n\nText.\n\nTokens expire.\n"),
    ]);
    let mut board = Board::start(&workspace, (100, 24));
    board.keys("5 g g enter / t o k e n enter");
    let line = |board: &Board| board.model.pane_state().map(|state| state.cursor.line);
    assert_eq!(line(&board), Some(0));
    board.keys("n");
    assert_eq!(line(&board), Some(4), "{}", board.screen());
}

#[test]
fn the_outline_narrows_to_what_is_typed_and_esc_goes_back() {
    let design = "# Design\n\ntext\n\n## Login form\n\ntext\n\n## Logout\n\n### The form\n\ntext\n";
    let workspace = Workspace::new(&[("a/design.md", design), ("a/tasks.md", "- [ ] 1. a\n")]);
    let mut board = Board::start(&workspace, (80, 24));
    board.keys("2 g g g o f o r m");
    let screen = board.screen();
    assert!(
        screen.contains("outline  form") && screen.contains("1 of 2"),
        "{screen}"
    );
    assert_eq!(line(&board), 5);
    board.keys("down");
    assert_eq!(line(&board), 11);
    board.keys("x");
    assert!(board.screen().contains("0 of 0"), "{}", board.screen());
    board.keys("backspace backspace backspace backspace backspace");
    assert!(board.screen().contains("of 4"), "{}", board.screen());
    board.keys("j");
    assert_eq!(line(&board), 5, "nothing is called j");
    board.keys("esc");
    assert_eq!(line(&board), 1);
    board.keys("g o l o g o u t enter");
    assert_eq!(line(&board), 9);
    board.keys("ctrl-o");
    assert_eq!(line(&board), 1);
}
