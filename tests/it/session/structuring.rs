//! The structure of a plan by keys: new tasks, and tasks deleted, moved, made deeper or higher.

use super::board::{Board, PLAN};
use specboard::model::{Message, Mode, Settings};

fn typed(board: &mut Board, text: &str) {
    board.tell(Message::Pasted(text.to_owned()));
}

#[test]
fn what_is_typed_is_seen_above_the_peek() {
    let plan: String = (1..=40)
        .map(|task| format!("- [ ] {task}. Task\n"))
        .collect();
    for (keys, words) in [("G o", "41. Last"), ("g E ctrl-end", "40. TaskLast")] {
        let mut board = Board::with(Settings::default(), (80, 24), &[("sign-in", &plan)]);
        board.press(keys);
        typed(&mut board, "Last");
        let screen = board.screen();
        assert!(screen.contains(words), "{keys}\n{screen}");
        assert!(screen.contains("── "), "no peek\n{screen}");
    }
}

#[test]
fn a_new_task_is_prepared_typed_and_written_beside_the_cursor() {
    let mut board = Board::usual();
    board.press("j j o");
    let Mode::Edit(editor) = &board.model.mode else {
        panic!("no editor");
    };
    let lines = ["- [ ] 1.4 <title>", "  - _Requirements: <ids>_"];
    assert_eq!(editor.buffer().lines(), lines);
    assert_eq!(editor.unit.name, "task 1.4");
    typed(&mut board, "Export the users");
    board.press("ctrl-s");
    let expected = "    - _Requirements: 1.3_\n  - [ ] 1.4 Export the users\n  - [ ]* 1.3 Write";
    assert!(board.text().contains(expected), "{}", board.text());
    assert_eq!(
        (board.task().as_str(), board.said()),
        (
            "1.4",
            "added task 1.4; numbers are out of order: # renumbers; u undoes it"
        )
    );
    board.press("u");
    assert_eq!(board.text(), PLAN);
    assert_eq!(board.said(), "undone: task 1.4 is gone again (sign-in)");
    board.press("g g O");
    typed(&mut board, "Begin");
    board.press("ctrl-s");
    assert!(
        board
            .text()
            .starts_with("# Implementation Plan\n\n- [ ] 5. Begin\n- [ ] 1. Set up"),
        "{}",
        board.text()
    );
}

#[test]
fn an_unfilled_field_stops_the_save_and_an_untouched_item_is_dropped() {
    let mut board = Board::usual();
    board.press("o ctrl-s");
    assert!(board.said().starts_with("<title> is still empty"));
    assert!(matches!(board.model.mode, Mode::Edit(_)));
    board.press("esc esc");
    assert_eq!(
        (&board.model.mode, board.text().as_str()),
        (&Mode::Normal, PLAN)
    );
    assert_eq!(board.writes(), 0);
}

#[test]
fn items_are_deleted_with_all_that_belongs_to_them() {
    let mut board = Board::usual();
    board.press("d d");
    assert!(
        board
            .text()
            .starts_with("# Implementation Plan\n\n- [-] 2. Sign in\n"),
        "{}",
        board.text()
    );
    assert_eq!(board.said(), "deleted task 1; u undoes it");
    board.press("u");
    assert_eq!(board.text(), PLAN);
    assert_eq!(board.said(), "undone: task 1 is there again (sign-in)");
    board.press("g g j v j d d");
    let text = board.text();
    assert!(!text.contains("1.1 Create") && !text.contains("1.2 Import"));
    assert!(text.contains("- [ ] 1. Set up the store\n  - [ ]* 1.3 Write property tests\n"));
    assert_eq!(board.model.mode, Mode::Normal);
    board.press("u");
    assert_eq!(board.text(), PLAN);
    assert_eq!(board.said(), "undone: 2 tasks are there again (sign-in)");
}

#[test]
fn several_items_are_called_several_and_named_with_their_new_numbers() {
    let mut board = Board::usual();
    board.press("j v j <");
    let said = board.said();
    assert!(
        said.starts_with("outdented 2 tasks, 1.1 is now 5, 1.2 is now 6"),
        "{said}"
    );
    board.press("esc u");
    assert_eq!(
        board.said(),
        "undone: 2 tasks are where they were (sign-in)"
    );
    board.press("g g v j <");
    let said = board.said();
    assert!(
        said.contains("one of them") || said.contains("task 1: it is"),
        "{said}"
    );
}

#[test]
fn a_message_that_is_longer_than_the_line_is_read_whole_above_it() {
    for (size, keys) in [
        ((80, 24), "j v j <"),
        ((80, 24), "j d d"),
        ((100, 30), "j v j <"),
    ] {
        let mut board = Board::new(size, &[("sign-in", PLAN)]);
        board.press(keys);
        let words: Vec<&str> = board.said().split_whitespace().collect();
        let screen = board.screen();
        let drawn: Vec<&str> = screen.split_whitespace().collect();
        let is_whole = drawn.windows(words.len()).any(|seen| seen == words);
        assert!(is_whole, "{size:?} {keys}: {words:?}\n{screen}");
    }
}

#[test]
fn items_move_and_the_cursor_goes_with_them() {
    let mut board = Board::usual();
    board.press("j J");
    assert_eq!(board.task(), "1.1");
    board.press("J");
    assert!(
        board
            .text()
            .contains("tests\n  - [x] 1.1 Create the tables\n    - One")
    );
    // Past the last of them, below the next parent, with a number there.
    board.press("J");
    assert_eq!(board.task(), "2.3");
    assert!(
        board
            .text()
            .contains("- [-] 2. Sign in\n  - [x] 2.3 Create the tables\n    - One table"),
        "{}",
        board.text()
    );
    assert!(board.said().contains("1.1 is now 2.3"), "{}", board.said());
    board.press("u u u");
    assert_eq!(board.text(), PLAN);
    board.press("g g J");
    assert_eq!(board.task(), "1");
    board.press("K");
    assert_eq!(board.text(), PLAN);
    board.press("K");
    assert_eq!(board.said(), "task 1: it is already the first one");
}

#[test]
fn keys_that_come_faster_than_the_disk_each_count() {
    let mut board = Board::usual();
    board.press("j");
    board.press_ahead("J J");
    board.write();
    board.write();
    let text = board.text();
    assert!(
        text.contains("1.3 Write property tests\n  - [x] 1.1 Create the tables\n"),
        "{text}"
    );
    board.press("u u");
    assert_eq!(board.text(), PLAN);
}

#[test]
fn a_selection_moves_as_one_and_stays_selected() {
    let mut board = Board::usual();
    board.press("j v j J");
    let text = board.text();
    assert!(
        text.contains("- [ ] 1. Set up the store\n  - [ ]* 1.3 Write property tests\n  - [x] 1.1"),
        "{text}"
    );
    assert!(matches!(board.model.mode, Mode::Select { .. }));
    board.press("K esc");
    assert_eq!(board.text(), PLAN);
    board.press("u");
    assert_ne!(board.text(), PLAN);
}

#[test]
fn levels_change_with_the_numbers() {
    let mut board = Board::usual();
    board.press("g g J >");
    let text = board.text();
    assert!(
        text.contains("  - [ ] 2.3 Set up the store\n    - [x] 2.3.1 Create"),
        "{text}"
    );
    assert_eq!(board.task(), "2.3");
    board.press("<");
    let text = board.text();
    assert!(
        text.contains("\n- [ ] 5. Set up the store\n  - [x] 5.1 Create"),
        "{text}"
    );
}

#[test]
fn what_others_change_meanwhile_is_kept_or_asked_about() {
    let mut board = Board::usual();
    // Elsewhere: both stand.
    board.press_ahead("J");
    let ticked = board.text().replace("- [x] 4. Final", "- [ ] 4. Final");
    let path = board
        .model
        .shown_feature()
        .unwrap()
        .task_file()
        .unwrap()
        .path
        .clone();
    board
        .disk
        .files
        .insert(path.clone(), specboard::text::Text::new(ticked));
    board.write();
    let text = board.text();
    assert!(
        text.starts_with("# Implementation Plan\n\n- [-] 2. Sign in\n"),
        "{text}"
    );
    assert!(text.contains("- [ ] 4. Final"), "{text}");
    // The same lines: nothing is deleted that nobody has seen.
    let mut board = Board::usual();
    board.press("j j");
    board.press_ahead("d d");
    let changed = board.text().replace("Import the users", "Import all users");
    board
        .disk
        .files
        .insert(path, specboard::text::Text::new(changed));
    board.write();
    assert!(
        board.text().contains("1.2 Import all users\n"),
        "{}",
        board.text()
    );
    assert!(!board.said().starts_with("deleted"), "{}", board.said());
}

#[test]
fn the_cursor_goes_to_a_new_last_item_without_a_final_newline() {
    let mut board = Board::new((120, 36), &[("s", "- [ ] one\n- [ ] two")]);
    board.press("G o");
    typed(&mut board, "three");
    board.press("ctrl-s");
    assert_eq!(board.text(), "- [ ] one\n- [ ] two\n- [ ] three");
    assert_eq!(board.task(), "three");
}

#[test]
fn a_detail_is_deleted_and_moved_alone() {
    let mut board = Board::usual();
    board.press("j l j d d");
    assert_eq!(
        board.text(),
        PLAN.replace("    - One table for users\n", "")
    );
    assert_eq!(board.said(), "deleted a detail of task 1.1; u undoes it");
    board.press("u j K");
    assert!(
        board
            .text()
            .contains("    - _Requirements: 1.1, 1.2_\n    - One table for users\n"),
        "{}",
        board.text()
    );
}

#[test]
fn tasks_are_joined_and_split_by_name() {
    let mut board = Board::usual();
    board.press("j :").type_in("task-join").press("enter");
    assert!(
        board
            .said()
            .starts_with("task 1.1: only one of the two is done")
    );
    board.press("space :").type_in("task-join").press("enter");
    let joined = "  - [ ] 1.1 Create the tables\n    - One table for users\n    - _Requirements: 1.1, 1.2_\n    - Import the users\n    - _Requirements: 1.3_\n  - [ ]* 1.3";
    assert!(board.text().contains(joined), "{}", board.text());
    assert!(
        board.said().starts_with("joined task 1.1"),
        "{}",
        board.said()
    );
    board
        .press("l j j j :")
        .type_in("task-split")
        .press("enter");
    let split = "    - _Requirements: 1.1, 1.2_\n    - _Requirements: 1.3_\n  - [ ] 1.4 Import the users\n    - _Requirements: 1.3_\n  - [ ]* 1.3";
    assert!(board.text().contains(split), "{}", board.text());
    assert_eq!(board.task(), "1.4");
    board.press("u u u");
    assert_eq!(board.text(), PLAN);
}
