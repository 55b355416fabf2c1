//! The text of all specs, searched as one types.

use crate::harness::{Board, Workspace};

fn workspace() -> Workspace {
    Workspace::new(&[
        (
            "auth/requirements.md",
            "### Requirement 1: Sessions\n\n1. THE System SHALL keep sessions\n",
        ),
        (
            "auth/notes.md",
            "About sessions, and about tokens.\n\nTokens expire.\n",
        ),
        (
            "billing/tasks.md",
            "- [x] 1. Send invoices\n  - the session of the customer\n",
        ),
        ("mail/tasks.md", "- [ ] 1. Send letters\n"),
    ])
}

fn board() -> (Workspace, Board) {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (120, 24));
    board.open(&workspace, "mail");
    (workspace, board)
}

/// Returns the open spec, the pane and the line of the cursor, from 1.
fn place(board: &Board) -> String {
    let name = board
        .model
        .shown_feature()
        .map_or("-", |feature| feature.name());
    let line = board
        .model
        .pane_state()
        .map_or(0, |pane_state| pane_state.cursor.line + 1);
    format!("{name} {} {line}", board.model.pane.title())
}

#[test]
fn lines_of_all_specs_are_found_as_one_types() {
    let (_workspace, mut board) = board();
    board.keys("g /");
    assert!(
        board.screen().contains("every line of all specs"),
        "{}",
        board.screen()
    );
    board.keys("s e s s i o n");
    let screen = board.screen();
    assert!(screen.contains("4 lines in 2 of 3 specs"), "{screen}");
    board.keys("s");
    assert!(
        board.screen().contains("3 lines in 1 of 3 specs"),
        "{}",
        board.screen()
    );
    board.keys("x x");
    assert!(
        board.screen().contains("no line has this"),
        "{}",
        board.screen()
    );
}

#[test]
fn enter_goes_to_the_line_and_n_goes_on_there() {
    for (keys, expected) in [
        ("S e s s", "auth Requirements 1"),
        ("s e s s ctrl-n", "auth Requirements 3"),
        ("t o k e n s ctrl-n", "auth Files 3"),
        ("s e s s tab", "auth Files 1"),
        ("s e s s tab tab", "billing Tasks 1"),
        ("s e s s tab tab shift-tab", "auth Files 1"),
    ] {
        let (_workspace, mut board) = board();
        board.keys(&format!("g / {keys} enter"));
        assert_eq!(place(&board), expected, "{keys}\n{}", board.screen());
        board.keys("ctrl-o");
        assert_eq!(place(&board), "mail Tasks 1", "{keys}");
    }
    let (_workspace, mut board) = board();
    board.keys("g / t o k e n s enter n");
    assert_eq!(place(&board), "auth Files 3", "{}", board.screen());
}

#[test]
fn esc_leaves_everything_as_it_was() {
    let (_workspace, mut board) = board();
    let before = board.screen();
    board.keys("g / s e s s esc");
    assert_eq!(board.screen(), before);
}

#[test]
fn what_others_write_meanwhile_is_found() {
    let (workspace, mut board) = board();
    board.keys("g / z e b r a");
    workspace.write(
        "mail/tasks.md",
        "- [ ] 1. Send letters\n- [ ] 2. Paint a zebra\n",
    );
    board.changed(&workspace, &["mail/tasks.md"]);
    assert!(
        board.screen().contains("1 line in 1 of 3 specs"),
        "{}",
        board.screen()
    );
}

#[test]
fn the_search_at_four_sizes() {
    for (columns, rows) in [(160, 45), (120, 36), (80, 24), (60, 20)] {
        let workspace = workspace();
        let mut board = Board::start(&workspace, (columns, rows));
        board.keys("g / s e s s ctrl-n");
        insta::assert_snapshot!(format!("search_{columns}x{rows}"), board.screen());
    }
}
