//! What has nothing in it: a workspace without specs, a spec without documents, empty documents.
//! Each says in a calm line what is missing and what to do, and offers no key that does nothing.

use crate::harness::{Board, Workspace};

fn last(board: &Board) -> String {
    board.screen().lines().last().unwrap_or_default().to_owned()
}

#[test]
fn the_title_of_an_empty_workspace_is_calm() {
    for (files, expected) in [
        (vec![], "no specs yet"),
        (vec![("a/tasks.md", "")], "1 spec · no tasks yet"),
        (vec![("a/design.md", "Words.\n")], "1 spec · no tasks yet"),
        (vec![("a/tasks.md", "- [ ]* 1. Later\n")], "1 spec · 0/0"),
        (vec![("a/tasks.md", "- [ ] 1. Now\n")], "1 spec · 0/1"),
    ] {
        let workspace = Workspace::new(&files);
        let screen = Board::start(&workspace, (120, 20)).screen();
        let title = screen.lines().next().unwrap_or_default();
        assert!(title.ends_with(&format!("  {expected}")), "{title}");
    }
}

#[test]
fn what_was_unread_in_a_spec_that_is_gone_is_not_counted() {
    let workspace = Workspace::new(&[("a/tasks.md", "- [ ] 1. One\n- [ ] 2. Two\n")]);
    let mut board = Board::start(&workspace, (120, 20));
    workspace.write("a/tasks.md", "- [ ] 1. One\n- [ ] 2. Others\n");
    assert!(
        board
            .changed(&workspace, &["a/tasks.md"])
            .screen()
            .contains("1 unread")
    );
    std::fs::remove_dir_all(workspace.specs().join("a")).unwrap();
    let screen = board.changed(&workspace, &["a/tasks.md", "a"]).screen();
    let title = screen.lines().next().unwrap_or_default();
    assert!(title.ends_with("no specs yet"), "{screen}");
}

#[test]
fn an_empty_pane_says_what_to_do_and_offers_only_that() {
    let workspace = Workspace::new(&[
        ("empty/design.md", ""),
        ("empty/requirements.md", ""),
        ("empty/tasks.md", ""),
    ]);
    std::fs::create_dir(workspace.specs().join("bare")).unwrap();
    let first = |item: &str| format!("with the first {item}.");
    for (spec, keys, expected) in [
        ("bare", "1", first("requirement")),
        ("bare", "2", first("property")),
        ("bare", "3", first("task")),
        (
            "bare",
            "4",
            "Add them in Requirements: key 1, then o.".to_owned(),
        ),
        (
            "bare",
            "3 b",
            "Make the first one in Tasks: key 3, then o.".to_owned(),
        ),
        ("empty", "1", first("requirement")),
        ("empty", "2", first("property")),
        ("empty", "3", first("task")),
        (
            "empty",
            "4",
            "Add them in Requirements: key 1, then o.".to_owned(),
        ),
        ("empty", "3 b", "o makes the first one.".to_owned()),
    ] {
        let mut board = Board::start(&workspace, (80, 24));
        let screen = board.open(&workspace, spec).keys(keys).screen();
        assert!(screen.contains(spec), "{spec} {keys}: {screen}");
        assert!(screen.contains(&expected), "{spec} {keys}: {screen}");
        assert!(!screen.contains("──"), "{spec} {keys}: {screen}");
        assert!(!screen.contains("fine"), "{spec} {keys}: {screen}");
        for hint in ["e edit", "h l", "heading", "finished", "matrix", "covered"] {
            assert!(!last(&board).contains(hint), "{spec} {keys}: {screen}");
        }
        let offers_new =
            expected.contains("o makes") || expected.contains("first ") && keys != "3 b";
        assert_eq!(
            last(&board).contains("o new"),
            offers_new,
            "{spec} {keys}: {screen}"
        );
    }
}
