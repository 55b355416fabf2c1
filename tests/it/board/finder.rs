//! The finder: to anything with a name in a few keys, and back.

use crate::harness::{Board, Workspace};

const REQUIREMENTS: &str = "# Requirements\n\n### Requirement 1: Sessions\n\n**User Story:** As a \
    user, I want sessions, so that I stay.\n\n#### Acceptance Criteria\n\n1. WHEN a session ends, \
    THE System SHALL forget it\n2. THE System SHALL log every visit\n";

fn workspace() -> Workspace {
    Workspace::new(&[
        ("auth/requirements.md", REQUIREMENTS),
        (
            "auth/tasks.md",
            "- [ ] 1. Store sessions\n  - [ ] 1.1 Expire them\n",
        ),
        ("auth/notes.md", "Something to keep.\n"),
        (
            "billing/design.md",
            "# Design\n\n## Invoices\n\ntext\n\n## Receipts\n\ntext\n",
        ),
        ("billing/tasks.md", "- [x] 1. Send invoices\n"),
    ])
}

fn board() -> (Workspace, Board) {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (120, 30));
    board.keys("tab g g enter 3 g g");
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
fn a_few_letters_lead_to_anything_in_any_spec_and_back() {
    for (keys, expected) in [
        ("l o g space e v e r y", "auth Requirements 10"),
        ("e x p i r e", "auth Tasks 2"),
        ("r e c e i p t s", "billing Design 7"),
        ("i n v o i c e s tab tab", "billing Design 3"),
        ("b i l l i n g", "billing Tasks 1"),
        ("d e s i g n . m d", "billing Design 1"),
    ] {
        let (_workspace, mut board) = board();
        let before = place(&board);
        board.keys(&format!("ctrl-p {keys} enter"));
        assert_eq!(place(&board), expected, "{keys}");
        board.keys("ctrl-o");
        assert_eq!(place(&board), before, "{keys}");
    }
}

#[test]
fn a_file_beside_the_documents_is_opened() {
    let (_workspace, mut board) = board();
    board.keys("ctrl-p n o t e s enter");
    assert!(
        board.screen().contains("Something to keep."),
        "{}",
        board.screen()
    );
}

#[test]
fn a_command_is_run_by_its_words() {
    let (_workspace, mut board) = board();
    board.keys("ctrl-p space t i c k space o r space u n t i c k");
    assert!(board.screen().contains("▌ : "), "{}", board.screen());
    board.keys("enter");
    assert!(board.screen().contains("✓ 1"), "{}", board.screen());
}

#[test]
fn esc_leaves_everything_as_it_was() {
    let (_workspace, mut board) = board();
    let before = board.screen();
    board.keys("ctrl-p i n v o i c e esc");
    assert_eq!(board.screen(), before);
}

#[test]
fn what_others_write_meanwhile_is_found() {
    let (workspace, mut board) = board();
    board.keys("ctrl-p ' z e b r a");
    assert!(board.screen().contains("nothing has this in its name"));
    workspace.write(
        "billing/tasks.md",
        "- [x] 1. Send invoices\n- [ ] 2. Paint a zebra\n",
    );
    board.changed(&workspace, &["billing/tasks.md"]);
    assert!(
        board.screen().contains("Paint a zebra"),
        "{}",
        board.screen()
    );
    board.keys("enter");
    assert_eq!(place(&board), "billing Tasks 2");
}

#[test]
fn the_finder_at_four_sizes() {
    for (columns, rows) in [(160, 45), (120, 36), (80, 24), (60, 20)] {
        let workspace = workspace();
        let mut board = Board::start(&workspace, (columns, rows));
        board.keys("ctrl-p s e s s");
        insta::assert_snapshot!(format!("finder_{columns}x{rows}"), board.screen());
    }
}
