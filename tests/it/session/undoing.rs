//! Undo and redo: across files, by name, against other writers, in turn.

use super::board::{Board, OTHER, PLAN};
use specboard::model::{Message, Mode, Origin, Outcome, Pane, Unwritten};

#[test]
fn changes_are_taken_back_and_done_again_by_name_across_files() {
    let mut board = Board::usual();
    board.press("j j space");
    board.open(1);
    board.press("space");
    assert_eq!(board.text(), "- [x] 1. Only task\n");
    board.press("u");
    assert_eq!(
        (board.said(), board.text().as_str()),
        ("undone: 1 is not started again (other)", OTHER)
    );
    board.press("u");
    assert_eq!(board.said(), "undone: 1.2 is not started again (sign-in)");
    board.press("u");
    assert_eq!(board.said(), "nothing to undo");
    board.press("ctrl-r");
    assert_eq!(board.said(), "redone: 1.2 is done (sign-in)");
    board.press("ctrl-r");
    assert_eq!(
        (board.said(), board.text().as_str()),
        ("redone: 1 is done (other)", "- [x] 1. Only task\n")
    );
    board.press("ctrl-r");
    assert_eq!(board.said(), "nothing to redo");
    board.open(0);
    assert_eq!(board.changed(PLAN), ["- [x] 1.2 Import the users"]);
}

#[test]
fn the_cursor_goes_to_what_was_undone_and_ctrl_o_comes_back() {
    let mut board = Board::usual();
    board.press("j j space G");
    let before = board.task();
    board.press("u");
    assert_eq!(board.task(), "1.2");
    board.press("ctrl-o");
    assert_eq!(board.task(), before);
    // What is folded over it opens, and the cursor comes from the list and from other panes.
    for away in ["g g z m", "tab", "1"] {
        let mut board = Board::usual();
        board.press("j j space").press(away).press("u");
        assert_eq!(
            (board.model.pane, board.task().as_str()),
            (Pane::Tasks, "1.2"),
            "{away}"
        );
    }
}

#[test]
fn an_undo_in_another_spec_opens_it_there() {
    let mut board = Board::usual();
    board.press("j j space");
    board.open(1);
    board.press("u");
    assert_eq!(board.said(), "undone: 1.2 is not started again (sign-in)");
    board.open(0);
    assert_eq!(board.task(), "1.2");
}

#[test]
fn a_new_change_ends_what_could_be_done_again() {
    let mut board = Board::usual();
    board.press("space u j space ctrl-r");
    assert_eq!(board.said(), "nothing to redo");
}

#[test]
fn what_somebody_else_changed_since_is_asked_about_and_the_rest_is_undone() {
    for (key, marker, said) in [
        ("h", " ", "undone: 1.2 in progress (sign-in)"),
        ("l", "x", "1.2 in progress stays as it is on disk"),
    ] {
        let mut board = Board::usual();
        board.press("s p j j s p");
        board.change_outside("[-] 1.2", "[x] 1.2");
        board.press("u");
        assert!(matches!(board.model.mode, Mode::Conflict(_)), "{key}");
        assert!(
            board.text().contains("[x] 1.2"),
            "nothing is written before the choice"
        );
        board.press(key);
        assert_eq!((board.said(), &board.model.mode), (said, &Mode::Normal));
        let line = format!("- [{marker}] 1.2 Import the users");
        assert!(board.text().contains(&line), "{key}: {}", board.text());
        board.press("u");
        assert_eq!(
            board.said(),
            "undone: 1 is not started again (sign-in)",
            "{key}"
        );
    }
}

#[test]
fn an_undo_that_is_left_for_later_stays_in_the_history() {
    let mut board = Board::usual();
    board.press("j j e end");
    board.tell(Message::Pasted(" now".to_owned()));
    board.press("ctrl-s");
    board.change_outside("users now", "users then");
    board.press("u esc");
    assert_eq!(board.model.mode, Mode::Normal);
    assert_eq!(board.changed(PLAN), ["- [ ] 1.2 Import the users then"]);
    board.press("u h");
    assert_eq!(
        (board.said(), board.text().as_str()),
        ("undone: the edit of task 1.2 (sign-in)", PLAN)
    );
    // The same the other way: what is to be done again was changed by others.
    board.change_outside("the users", "all users");
    board.press("ctrl-r esc ctrl-r h");
    assert_eq!(board.said(), "redone: the edit of task 1.2 (sign-in)");
    assert!(
        board.text().contains("Import the users then\n"),
        "{}",
        board.text()
    );
}

#[test]
fn both_sides_of_an_undo_are_edited_in_the_document_and_the_step_stays() {
    let mut board = Board::usual();
    board.press("s p");
    board.change_outside("[-] 1. Set", "[x] 1. Set");
    board.press("u e");
    let typed = board
        .model
        .editor()
        .map(|editor| editor.buffer().lines().to_vec());
    assert_eq!(
        typed.unwrap_or_default()[..2],
        ["- [ ] 1. Set up the store", "- [x] 1. Set up the store"]
    );
    assert_eq!(board.model.history.undo.len(), 1);
}

#[test]
fn an_undo_of_what_others_took_back_already_says_so() {
    let mut board = Board::usual();
    board.press("s p");
    board.change_outside("[-] 1. Set", "[ ] 1. Set");
    board.press("u");
    assert_eq!(
        (board.said(), &board.model.mode),
        ("1 back already", &Mode::Normal)
    );
}

#[test]
fn an_undo_that_conflicts_while_one_types_waits_in_the_history() {
    let mut board = Board::usual();
    board.press("s p").press_ahead("u j j e");
    board.change_outside("[-] 1. Set", "[x] 1. Set");
    board.write();
    assert!(matches!(board.model.mode, Mode::Edit(_)));
    assert!(
        board.said().starts_with("not undone (1 in progress)"),
        "{}",
        board.said()
    );
    board.press("esc u");
    assert!(matches!(board.model.mode, Mode::Conflict(_)));
}

#[test]
fn a_task_that_moved_is_undone_where_it_is_now() {
    let mut board = Board::usual();
    board.press("j j space");
    board.change_outside(
        "# Implementation Plan\n",
        "# Implementation Plan\n\nAn agent was here.\n",
    );
    board.press("u");
    assert_eq!(
        (board.said(), board.task().as_str()),
        ("undone: 1.2 is not started again (sign-in)", "1.2")
    );
    assert_eq!(
        board.text(),
        PLAN.replace("Plan\n", "Plan\n\nAn agent was here.\n")
    );
}

#[test]
fn marks_that_changed_nothing_are_no_part_of_the_undo() {
    let mut board = Board::usual();
    board.press("S d");
    board.change_outside("[x] 1.1", "[-] 1.1");
    board.press("u");
    assert_eq!(
        board.said(),
        "undone: 3 tasks are not started again (sign-in)"
    );
    assert_eq!(board.changed(PLAN), ["- [-] 1.1 Create the tables"]);
}

#[test]
fn an_undo_of_what_is_being_written_waits_for_its_turn() {
    for (keys, expected) in [
        ("space u", vec![]),
        ("space u ctrl-r", vec!["- [x] 1. Set up the store"]),
        // What a waiting redo brings counts for the key behind it.
        ("space u ctrl-r space", vec![]),
        (
            "space j space u u ctrl-r ctrl-r",
            vec!["- [x] 1. Set up the store", "- [ ] 1.1 Create the tables"],
        ),
        ("space u space", vec!["- [x] 1. Set up the store"]),
        ("space u s p", vec!["- [-] 1. Set up the store"]),
        ("space j space u u", vec![]),
        ("s p s d u space", vec!["- [x] 1. Set up the store"]),
    ] {
        let mut board = Board::usual();
        board.press_ahead(keys);
        assert!(
            board.writes() < keys.split(' ').filter(|key| *key != "j").count(),
            "{keys}: all ordered at once"
        );
        board.write();
        assert_eq!(board.changed(PLAN), expected, "{keys}");
        assert!(
            board.model.writing.is_empty() && board.model.history.waiting.is_empty(),
            "{keys}"
        );
    }
}

#[test]
fn an_undo_that_could_not_be_written_now_can_be_tried_again() {
    let mut board = Board::usual();
    board.press("space").press_ahead("u");
    let write = board.ordered.pop_front().unwrap();
    assert_eq!(write.origin, Origin::Undo);
    let result = Err(Unwritten::Failed(
        "tasks.md does not come to rest".to_owned(),
    ));
    board.tell(Message::Written(Box::new(Outcome { write, result })));
    assert_eq!(
        board.said(),
        "not undone (1 done): tasks.md does not come to rest"
    );
    board.press("u");
    assert_eq!(board.text(), PLAN);
}

#[test]
fn a_write_that_is_told_of_twice_is_one_step_back() {
    let mut board = Board::usual();
    board.press_ahead("*");
    let write = board.ordered.pop_front().unwrap();
    board.carry_out(&write);
    let starred = board.text();
    // Another program's text came back over ours, and the change was made on that once more.
    board.change_outside(&starred, PLAN);
    board.carry_out(&write);
    assert_eq!(board.text(), starred);
    board.press("u");
    assert_eq!(board.text(), PLAN);
    board.press("u");
    assert_eq!(board.said(), "nothing to undo");
}

#[test]
fn a_mark_is_taken_back_from_a_task_that_others_gave_another_title() {
    for (theirs, expected) in [
        // The title is another one, and a line came before: only the marker goes back.
        (
            "  - [ ] 1.0 New\n  - [x] 1.2 Import all the customers\n",
            Some("  - [ ] 1.0 New\n  - [ ] 1.2 Import all the customers\n"),
        ),
        // Another marker, another number, or the title of another task: nothing is guessed.
        ("  - [-] 1.2 Import all the customers\n", None),
        ("  - [x] 1.4 Import all the customers\n", None),
        ("  - [x] 1.2 Create the tables\n", None),
        ("  - [x] 1.2 Import\n  - [x] 1.2 Export\n", None),
    ] {
        let mut board = Board::usual();
        board.press("j j space");
        board.change_outside("  - [x] 1.2 Import the users\n", theirs);
        let before = board.text();
        board.press("u");
        let after = expected.map_or(before.clone(), |expected| before.replace(theirs, expected));
        assert_eq!(board.text(), after, "{}", board.said());
        assert_eq!(
            board.said().contains("not undone"),
            expected.is_none(),
            "{}",
            board.said()
        );
        if expected.is_some() {
            board.press("ctrl-r");
            assert_eq!(board.text(), before, "{}", board.said());
        }
    }
}
