//! Documents that a spec does not have yet, made on the board.

use crate::harness::{Board, Workspace};
use specboard::model::{Message, Mode};

fn said(board: &Board) -> &str {
    let current = board.model.notices.current.as_ref();
    current.map_or("", |notice| &notice.text)
}

fn typed(board: &mut Board, text: &str) {
    board.send(Message::Pasted(text.to_owned()));
}

fn fill(board: &mut Board) {
    typed(board, "A shop");
    board.keys("tab");
    typed(board, "Sell things");
    board.keys("tab");
    typed(board, "1.1");
    board.keys("ctrl-s");
}

#[test]
fn an_empty_folder_had_no_row_to_begin_a_document_in() {
    let workspace = Workspace::new(&[("shop/tasks.md", "- [ ] 1. a\n")]);
    std::fs::create_dir(workspace.specs().join("new")).unwrap();
    let mut board = Board::start(&workspace, (120, 36));
    let screen = board.screen();
    assert!(screen.contains("1 spec · 0/1"), "{screen}");
    board.open(&workspace, "new").keys("3 o");
    fill(&mut board);
    let made = workspace.read("new/tasks.md");
    assert!(made.contains("- [ ] 1. Sell things\n"), "{made}");
    let screen = board.screen();
    assert!(screen.contains("2 specs · 0/2"), "{screen}");
}

#[test]
fn a_missing_task_list_is_made_with_its_first_task() {
    let requirements = "# Requirements Document\n\n### Requirement 1: A\n\n1. THE S SHALL a\n";
    for size in [(120, 36), (80, 24)] {
        let workspace = Workspace::new(&[("shop/requirements.md", requirements)]);
        let mut board = Board::start(&workspace, size);
        board.open(&workspace, "shop").keys("3");
        let screen = board.screen();
        assert!(screen.contains("This spec has no tasks.md."), "{screen}");
        assert!(
            screen.contains("o makes it, with the first task."),
            "{screen}"
        );
        assert!(screen.contains(" o new"), "{screen}");
        board.keys("o");
        assert!(
            board.screen().contains("# Implementation Plan"),
            "{}",
            board.screen()
        );
        fill(&mut board);
        let made = workspace.read("shop/tasks.md");
        assert!(
            made.starts_with("# Implementation Plan\n\n## Overview\n\nA shop\n\n## Tasks\n\n- [ ] 1. Sell things\n  - _Requirements: 1.1_\n\n## Notes\n"),
            "{made}"
        );
        assert!(made.ends_with("\n```\n"), "{made}");
        let screen = board.screen();
        assert!(screen.contains("▌  ○ 1     Sell things"), "{screen}");
        assert!(
            said(&board).starts_with("added tasks.md"),
            "{}",
            said(&board)
        );
        board.keys("space");
        assert!(
            workspace
                .read("shop/tasks.md")
                .contains("- [x] 1. Sell things")
        );
        let done = workspace.read("shop/tasks.md");
        board.keys("u u");
        let path = workspace.specs().join("shop/tasks.md");
        assert!(!path.exists(), "an empty file was left");
        assert_eq!(said(&board), "undone: tasks.md is gone again (shop)");
        let screen = board.screen();
        assert!(screen.contains("This spec has no tasks.md."), "{screen}");
        board.keys("ctrl-r ctrl-r");
        assert_eq!(workspace.read("shop/tasks.md"), done);
        board.keys("u u");
        assert!(!path.exists());
    }
}

#[test]
fn a_file_is_only_made_by_saving() {
    let workspace = Workspace::new(&[("shop/requirements.md", "# R\n")]);
    let mut board = Board::start(&workspace, (120, 36));
    board.open(&workspace, "shop");
    for (keys, word) in [("2 o esc", "design.md"), ("3 o x esc d", "tasks.md")] {
        board.keys(keys);
        assert!(board.model.mode == Mode::Normal, "{keys}");
        let screen = board.screen();
        assert!(
            screen.contains(&format!("This spec has no {word}.")),
            "{screen}"
        );
    }
    let files = std::fs::read_dir(workspace.specs().join("shop")).unwrap();
    assert_eq!(files.count(), 1);
}

#[test]
fn what_somebody_else_made_meanwhile_is_not_written_over() {
    let workspace = Workspace::new(&[("shop/requirements.md", "# R\n")]);
    let mut board = Board::start(&workspace, (120, 36));
    board.open(&workspace, "shop").keys("3 o");
    workspace.write("shop/tasks.md", "- [ ] 1. Theirs\n");
    fill(&mut board);
    let now = workspace.read("shop/tasks.md");
    assert!(now.contains("- [ ] 1. Theirs\n"), "{now}");
}

#[test]
fn a_made_document_that_others_wrote_to_is_not_taken_away() {
    let workspace = Workspace::new(&[("shop/requirements.md", "# Requirements\n")]);
    let mut board = Board::start(&workspace, (120, 36));
    board.open(&workspace, "shop").keys("3 o");
    fill(&mut board);
    let theirs = workspace.read("shop/tasks.md") + "\nA line of somebody else\n";
    workspace.write("shop/tasks.md", &theirs);
    board.changed(&workspace, &["shop/tasks.md"]).keys("u");
    let left = workspace.read("shop/tasks.md");
    assert!(left.contains("A line of somebody else"), "{left}");
}
