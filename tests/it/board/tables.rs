//! Tables: cells that are chosen and edited one by one, and heads that stay on the screen.

use crate::harness::{Board, Workspace};
use specboard::model::{Message, Mode};

const TABLE: &str = "# D\r\n\r\n| Name | What  it | |\r\n|---|:-:|---|\r\n| a | b \\| c | x |\r\n|  | `d` ||\r\n  e | f\r\n";

fn with(document: &str, size: (u16, u16)) -> (Workspace, Board) {
    let workspace = Workspace::new(&[("a/design.md", document)]);
    let mut board = Board::start(&workspace, size);
    board.keys("2");
    (workspace, board)
}

/// Returns what a table becomes by keys, what is pasted behind them, and the keys that save it.
fn edited(keys: &str, pasted: &str) -> String {
    let (workspace, mut board) = with(TABLE, (100, 30));
    board.keys(keys);
    board.send(Message::Pasted(pasted.to_owned()));
    board.keys("ctrl-s");
    assert_eq!(board.model.mode, Mode::Normal, "{keys} {}", board.screen());
    workspace.read("a/design.md")
}

#[test]
fn a_cell_is_edited_by_itself_and_nothing_else_of_its_row_changes() {
    for (keys, pasted, from, to) in [
        ("j j l e end", "2", "| a | b", "| a2 | b"),
        ("j j l l e end", "|d", "b \\| c", "b \\| c\\|d"),
        ("j j l l e ctrl-k", "", "b \\| c", ""),
        ("j l l e end", "\nnew", "What  it", "What  it<br>new"),
        ("j j l l l l l e end", "\\", "| x |", "| x\\\\ |"),
        ("j j j l e", "n", "|  |", "| n |"),
        ("j j j l l l e", "n", "||", "|n|"),
        ("j j j j l l e end", "日", "| f", "| f日"),
        ("j j l l h e end", "2", "| a | b", "| a2 | b"),
        ("j j l h e ctrl-k", "| q |", "| a | b \\| c | x |", "| q |"),
    ] {
        assert_eq!(edited(keys, pasted), TABLE.replacen(from, to, 1), "{keys}");
    }
}

#[test]
fn what_others_change_in_the_row_comes_in_while_a_cell_is_typed() {
    let (workspace, mut board) = with(TABLE, (80, 24));
    board.keys("j j l l e end");
    board.send(Message::Pasted("!".to_owned()));
    workspace.write("a/design.md", TABLE.replace("| a |", "| long name |"));
    board.changed(&workspace, &["a/design.md"]);
    board.keys("! ctrl-s");
    let expected = TABLE.replace("| a | b \\| c", "| long name | b \\| c!!");
    assert_eq!(workspace.read("a/design.md"), expected);
    board.keys("u");
    assert_eq!(workspace.read("a/design.md"), expected.replace("!!", ""));
}

#[test]
fn the_draft_of_a_cell_is_its_whole_row() {
    let (_, mut board) = with(TABLE, (80, 24));
    board.keys("j j j j l e end enter");
    board.send(Message::Pasted("g|".to_owned()));
    let draft = board.model.editor().unwrap().draft(0);
    assert_eq!(draft.typed.lines, ["e<br>g\\| | f"]);
    assert_eq!(
        (draft.typed.indent.as_str(), draft.typed.caret),
        ("  ", (0, 8))
    );
    assert_eq!(draft.typed.name, "cell \"Name\"");
}

#[test]
fn a_chosen_cell_is_seen_and_left_with_the_table() {
    let word = "w".repeat(60);
    let table = format!("# D\n\n| A | B | C |\n|-|-|-|\n| one | {word} | {word}end |\n\nAfter.\n");
    for size in [(120, 36), (80, 24), (40, 12)] {
        let (_, mut board) = with(&table, size);
        let cell = |board: &Board| board.model.pane_state().unwrap().cell;
        board.keys("j j l l l");
        assert_eq!(cell(&board), Some(2));
        assert!(board.screen().contains("wwwend"), "{}", board.screen());
        board.keys("h h");
        assert!(board.screen().contains("one"), "{}", board.screen());
        assert!(
            board.styled().contains("REVERSED \"one"),
            "{}",
            board.styled()
        );
        board.keys("l j");
        assert_eq!(cell(&board), None);
    }
}

#[test]
fn the_head_of_a_long_table_stays_while_it_is_scrolled_and_hides_nothing() {
    let rows: String = (0..90).map(|row| format!("| row{row} | b |\n")).collect();
    let table = format!("# D\n\n| Number | Head B |\n|-|-|\n{rows}\nAfter.\n");
    for size in [(120, 36), (80, 24), (60, 20), (40, 10)] {
        let (_, mut board) = with(&table, size);
        let mut seen = board.screen();
        for _ in 0..40 {
            board.keys("ctrl-f");
            let screen = board.screen();
            let lines = || screen.lines().filter(|line| line.contains("row"));
            assert_eq!(lines().count() > 1, screen.contains("Number"), "{screen}");
            assert!(board.model.row_at_cursor().is_some());
            seen.push_str(&screen);
        }
        for row in 0..90 {
            assert!(
                seen.contains(&format!("row{row} ")),
                "row {row} at {size:?}"
            );
        }
        assert!(board.screen().contains("After."));
        board.keys("ctrl-b ctrl-b k k k k k");
        assert!(board.screen().contains("Number"), "{}", board.screen());
        assert!(board.screen().contains('▌'), "{}", board.screen());
    }
}
