//! A document or its whole folder that others delete while text of it is being typed.

use specboard::model::{Message, Mode};

use crate::harness::{Board, Workspace};

const PLAN: &str = "- [ ] 1. First\n- [ ] 2. Second\n";
const OTHER: &str = "- [ ] 1. Of the neighbour\n";

/// A board with half a sentence typed into the first task of `sign-in`.
fn typing(size: (u16, u16)) -> (Workspace, Board) {
    let workspace = Workspace::new(&[("sign-in/tasks.md", PLAN), ("zebra/tasks.md", OTHER)]);
    workspace.write("sign-in/design.md", "# Design\n");
    let mut board = Board::start(&workspace, size);
    board.open(&workspace, "sign-in").keys("3 e end");
    board.send(Message::Pasted(" half a sen".to_owned()));
    assert!(board.screen().contains("First half a sen"));
    (workspace, board)
}

fn delete(workspace: &Workspace, board: &mut Board, path: &str) {
    let deleted = workspace.specs().join(path);
    if deleted.is_dir() {
        std::fs::remove_dir_all(deleted).unwrap();
    } else {
        std::fs::remove_file(deleted).unwrap();
    }
    board.changed(workspace, &["sign-in", "sign-in/tasks.md"]);
}

const DELETED: [&str; 2] = ["sign-in", "sign-in/tasks.md"];
const SIZES: [(u16, u16); 2] = [(80, 24), (120, 36)];

#[test]
fn text_stays_in_its_pane_when_its_spec_or_document_is_deleted() {
    for (path, size) in DELETED
        .into_iter()
        .flat_map(|path| SIZES.map(|size| (path, size)))
    {
        let (workspace, mut board) = typing(size);
        delete(&workspace, &mut board, path);
        let screen = board.screen();
        let is_kept = screen.contains("1. First half a sen") && screen.contains("≠sign-in   ");
        assert!(
            is_kept && !screen.contains("Of the neighbour"),
            "{path} {size:?}: {screen}"
        );
        assert!(
            screen.contains("tasks.md was deleted: ctrl-s asks what to do"),
            "{screen}"
        );
        assert!(
            screen.contains("tasks.md was deleted on disk while you were editing"),
            "{screen}"
        );
        board.keys("t e n c e");
        assert!(
            board.screen().contains("First half a sentence"),
            "{}",
            board.screen()
        );
        board.keys("ctrl-s");
        let screen = board.screen();
        for words in [
            "h writes the whole document again",
            "the whole document, 2 lines, with this edit",
            "1. First half a sentence",
            "your edit is dropped",
        ] {
            assert!(screen.contains(words), "{words}: {screen}");
        }
        assert!(!screen.contains("2. Second"), "{screen}");
        board.keys("h");
        let expected = PLAN.replace("First", "First half a sentence");
        assert_eq!(workspace.read("sign-in/tasks.md"), expected, "{path}");
        let screen = board.screen();
        assert!(
            screen.contains("1     First half a sentence"),
            "{path}: {screen}"
        );
        assert_eq!(board.model.mode, Mode::Normal);
        board.keys("u");
        let restored = workspace.specs().join("sign-in/tasks.md");
        assert!(!restored.exists(), "{path}: an empty file was left");
    }
}

#[test]
fn the_whole_of_a_deleted_document_is_opened_and_said_to_be() {
    for (keys, expected) in [
        ("e ctrl-s", PLAN.replace("First", "First half a sen")),
        ("e t ctrl-s", PLAN.replace("First", "First half a sent")),
    ] {
        for size in SIZES {
            let (workspace, mut board) = typing(size);
            delete(&workspace, &mut board, "sign-in/tasks.md");
            board.keys("ctrl-s");
            assert!(board.screen().contains("e edit document"), "{keys}");
            board.keys("e");
            let screen = board.screen();
            for words in ["EDIT document", "ctrl-s writes all 2 lines", "2. Second"] {
                assert!(screen.contains(words), "{words}: {screen}");
            }
            board.keys(keys.strip_prefix("e ").unwrap_or_default());
            assert_eq!(workspace.read("sign-in/tasks.md"), expected, "{keys}");
        }
    }
}

#[test]
fn a_new_item_of_a_deleted_document_is_written_with_all_of_it() {
    for keys in ["h", "e ctrl-s"] {
        let workspace = Workspace::new(&[("sign-in/tasks.md", PLAN)]);
        let mut board = Board::start(&workspace, (80, 24));
        board.open(&workspace, "sign-in").keys("3 o");
        board.send(Message::Pasted("Between".to_owned()));
        delete(&workspace, &mut board, "sign-in/tasks.md");
        board.keys("ctrl-s").keys(keys);
        let written = workspace.read("sign-in/tasks.md");
        assert!(
            ["First", "Between", "Second"]
                .iter()
                .all(|words| written.contains(words)),
            "{keys}: {written}"
        );
    }
}

#[test]
fn a_spec_that_was_deleted_leaves_the_list_when_its_editor_does() {
    for (keys, kept) in [("esc d", 0), ("esc k", 1)] {
        let (workspace, mut board) = typing((120, 36));
        delete(&workspace, &mut board, "sign-in");
        board.keys(keys);
        let names: Vec<&str> = board
            .model
            .specs
            .features()
            .iter()
            .map(|spec| spec.name())
            .collect();
        assert_eq!(names, ["zebra"], "{keys}");
        assert_eq!(board.model.kept.len(), kept, "{keys}");
        let screen = board.screen();
        assert!(screen.contains("Of the neighbour"), "{keys}: {screen}");
        assert_eq!(
            screen.contains("specboard drafts"),
            kept == 1,
            "{keys}: {screen}"
        );
    }
}

#[test]
fn a_conflict_about_a_document_that_is_deleted_meanwhile_is_still_written() {
    for path in DELETED {
        let (workspace, mut board) = typing((120, 36));
        workspace.write("sign-in/tasks.md", PLAN.replace("First", "Theirs"));
        board
            .changed(&workspace, &["sign-in/tasks.md"])
            .keys("ctrl-s");
        assert!(matches!(board.model.mode, Mode::Conflict(_)));
        delete(&workspace, &mut board, path);
        board.keys("h");
        let screen = board.screen();
        assert!(screen.contains("First half a sen"), "{path}: {screen}");
        board.keys("ctrl-s h");
        let written = workspace.read("sign-in/tasks.md");
        assert!(
            written.contains("1. First half a sen\n"),
            "{path}: {written}"
        );
    }
}

#[test]
fn an_editor_in_which_nothing_was_typed_goes_with_its_document() {
    for path in DELETED {
        let (workspace, mut board) = typing((80, 24));
        board.keys("esc d e");
        delete(&workspace, &mut board, path);
        assert_eq!(board.model.mode, Mode::Normal, "{path}");
        assert_eq!(board.model.kept, [], "{path}");
    }
}

#[test]
fn a_document_that_comes_back_while_a_conflict_is_open_is_not_doubled() {
    for (back, is_open) in [
        (PLAN.to_owned(), false),
        (PLAN.replace("Second", "Theirs"), false),
        (PLAN.replace("First", "Theirs"), true),
    ] {
        let (workspace, mut board) = typing((80, 24));
        delete(&workspace, &mut board, "sign-in/tasks.md");
        board.keys("ctrl-s");
        assert!(matches!(board.model.mode, Mode::Conflict(_)));
        workspace.write("sign-in/tasks.md", &back);
        board.changed(&workspace, &["sign-in", "sign-in/tasks.md"]);
        let screen = board.screen();
        assert!(screen.contains("the file changed again"), "{screen}");
        assert_eq!(matches!(board.model.mode, Mode::Conflict(_)), is_open);
        board.keys(if is_open { "h" } else { "ctrl-s" });
        let expected = back.replace("First", "First half a sen");
        let expected = expected.replace("1. Theirs", "1. First half a sen");
        assert_eq!(workspace.read("sign-in/tasks.md"), expected);
    }
}
