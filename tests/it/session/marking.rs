//! Marks: one task, all below, the star, the offer for the parent.

use super::board::{Board, PLAN};
use specboard::model::{Kind, Settings};

#[test]
fn keys_mark_the_task_under_the_cursor() {
    for (keys, expected) in [
        ("space", vec!["- [x] 1. Set up the store"]),
        ("s n", vec![]),
        ("s q", vec!["- [~] 1. Set up the store"]),
        ("s p", vec!["- [-] 1. Set up the store"]),
        ("s d", vec!["- [x] 1. Set up the store"]),
        ("j space", vec!["- [ ] 1.1 Create the tables"]),
        (
            "S d",
            vec![
                "- [x] 1. Set up the store",
                "- [x] 1.2 Import the users",
                "- [x]* 1.3 Write property tests",
            ],
        ),
        ("S n", vec!["- [ ] 1.1 Create the tables"]),
        ("G S p", vec!["- [-] 4. Final checkpoint"]),
        ("j S q", vec!["- [~] 1.1 Create the tables"]),
        ("*", vec!["- [ ]* 1. Set up the store"]),
        ("j j j *", vec!["- [ ] 1.3 Write property tests"]),
    ] {
        let mut board = Board::usual();
        board.press(keys);
        assert_eq!(board.changed(PLAN), expected, "{keys}");
        board.press("u");
        assert_eq!(board.text(), PLAN, "{keys}, undone");
    }
}

#[test]
fn keys_pressed_before_the_disk_answers_count_from_what_will_stand_there() {
    for (keys, expected) in [
        ("space space", vec![]),
        ("* *", vec![]),
        (
            "S d S n u",
            vec![
                "- [x] 1. Set up the store",
                "- [x] 1.2 Import the users",
                "- [x]* 1.3 Write property tests",
            ],
        ),
    ] {
        let mut board = Board::usual();
        board.press_ahead(keys).write();
        assert_eq!(board.changed(PLAN), expected, "{keys}");
    }
}

#[test]
fn a_task_that_is_optional_through_an_ancestor_says_so() {
    let mut board = Board::usual();
    board.press("G k *");
    assert_eq!((board.task().as_str(), board.writes()), ("3.1", 0));
    assert_eq!(
        board.said(),
        "3.1 is optional because 3 is: press * on 3 to change both"
    );
}

#[test]
fn the_parent_is_offered_and_never_ticked_by_itself() {
    let mut board = Board::usual();
    board.press("j j space");
    assert_eq!(board.changed(PLAN), ["- [x] 1.2 Import the users"]);
    assert_eq!(
        board.said(),
        "everything required below 1 is done: s u ticks it too"
    );
    board.press("s u");
    assert_eq!(
        board.changed(PLAN),
        ["- [x] 1. Set up the store", "- [x] 1.2 Import the users"]
    );
    board.press("s u");
    assert_eq!(
        board.said(),
        "no parent to tick: it is done already, or something below it is open"
    );
    board.press("u");
    assert_eq!(
        (board.said(), board.changed(PLAN).len()),
        ("undone: 1 is not started again (sign-in)", 1)
    );
}

#[test]
fn the_offer_names_the_way_from_where_the_cursor_is_now() {
    let mut board = Board::usual();
    board.press_ahead("j j space G").write();
    assert_eq!(
        board.said(),
        "everything required below 1 is done: space ticks it there"
    );
}

#[test]
fn several_marks_are_named_by_what_they_changed() {
    let mut board = Board::usual();
    board.press("S p");
    assert_eq!(board.said(), "4 tasks in progress; u undoes it");
    board.press("S p");
    assert_eq!(board.said(), "4 tasks in progress already");
    board.press("j space k S d");
    assert_eq!(board.said(), "3 tasks done; u undoes it");
}

#[test]
fn a_board_that_only_reads_writes_nothing_and_says_why() {
    let settings = Settings {
        read_only: true,
        ..Settings::default()
    };
    let mut board = Board::with(settings, (120, 36), &[("sign-in", PLAN)]);
    for (keys, expected) in [
        (
            "space",
            "nothing is written: the board is read-only (--read-only)",
        ),
        (
            "s",
            "nothing is written: the board is read-only (--read-only)",
        ),
        (
            "*",
            "nothing is written: the board is read-only (--read-only)",
        ),
        ("u", "nothing to undo"),
    ] {
        board.press(keys);
        assert_eq!((board.said(), board.writes()), (expected, 0), "{keys}");
    }
    assert!(!board.footer().contains("done"), "{}", board.footer());
}

#[test]
fn open_tasks_are_gone_to_also_where_they_are_folded_away() {
    let mut board = Board::new(
        (80, 24),
        &[(
            "a",
            "## One\n- [x] 1. a\n  - [ ] 1.1 b\n## Two\n- [x] 2. c\n- [ ] 3. d\n",
        )],
    );
    board.press("j h z m k h ] o");
    assert_eq!(board.task(), "1.1");
    board.press("] o");
    assert_eq!(board.task(), "3");
    board.press("] o");
    assert_eq!(
        (board.task().as_str(), board.said()),
        (
            "3",
            "no more open tasks in this spec: ] s goes to the next spec"
        )
    );
    board.press("[ o");
    assert_eq!(board.task(), "1.1");
    board.press("[ o");
    assert_eq!(
        board.said(),
        "no open tasks above: [ s goes to the previous spec"
    );
}

#[test]
fn words_pass_with_the_next_key_and_errors_stay_until_escape() {
    let mut board = Board::usual();
    board.press("esc");
    assert_eq!(board.said(), "q quits");
    board.press("j");
    assert_eq!(board.said(), "");
    board.press_ahead("k space");
    board
        .disk
        .files
        .values_mut()
        .for_each(|text| *text = specboard::text::Text::new("# Plan\n"));
    board.write();
    board.press("j k");
    assert_eq!(
        board.said(),
        "not written: task 1 is no longer in the file, or another task is in its place"
    );
    assert_eq!(
        board
            .model
            .notices
            .current
            .as_ref()
            .map(|notice| notice.kind),
        Some(Kind::Error)
    );
    board.press("esc");
    assert_eq!(board.said(), "");
}
