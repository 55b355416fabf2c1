//! Selecting several tasks, and marking them as one.

use super::board::{Board, PLAN};
use specboard::model::{Message, Mode};

#[test]
fn a_selection_is_one_edit_and_one_undo() {
    for keys in ["v j j space", "j j v k k space"] {
        let mut board = Board::usual();
        board.press(keys);
        assert_eq!(
            board.changed(PLAN),
            ["- [x] 1. Set up the store", "- [x] 1.2 Import the users"],
            "{keys}"
        );
        assert_eq!(
            (board.writes(), board.said(), &board.model.mode),
            (1, "2 tasks done; u undoes it", &Mode::Normal),
            "{keys}"
        );
        board.press("u");
        assert_eq!(
            (board.said(), board.text().as_str()),
            ("undone: 2 tasks are not started again (sign-in)", PLAN),
            "{keys}"
        );
    }
}

#[test]
fn what_is_folded_away_is_not_selected_and_all_below_is_when_asked() {
    for (keys, expected) in [
        (
            "h v j s d",
            vec!["- [x] 1. Set up the store", "- [x] 2. Sign in"],
        ),
        (
            "h v j S d",
            vec![
                "- [x] 1. Set up the store",
                "- [x] 1.2 Import the users",
                "- [x]* 1.3 Write property tests",
                "- [x] 2. Sign in",
                "- [x] 2.2 Limit the attempts",
            ],
        ),
        ("v space", vec!["- [x] 1. Set up the store"]),
        ("v j v space", vec!["- [ ] 1.1 Create the tables"]),
        ("j v esc j space", vec!["- [x] 1.2 Import the users"]),
    ] {
        let mut board = Board::usual();
        board.press(keys);
        assert_eq!(board.changed(PLAN), expected, "{keys}");
    }
}

#[test]
fn done_tasks_only_are_opened_again() {
    let mut board = Board::new((80, 24), &[("a", "- [x] 1. a\n- [x] 2. b\n- [ ] 3. c\n")]);
    board.press("v j space");
    assert_eq!(board.text(), "- [ ] 1. a\n- [ ] 2. b\n- [ ] 3. c\n");
}

#[test]
fn a_selection_stays_over_help_and_prompt_and_follows_changes_from_outside() {
    let mut board = Board::usual();
    board.press("j v j ? q");
    assert_eq!(board.model.selected(), Some(vec![1, 2]));
    board.change_outside(
        "# Implementation Plan\n",
        "# Implementation Plan\n\nAn agent was here.\n",
    );
    assert_eq!(board.model.selected(), Some(vec![1, 2]));
    board.press(":").type_in("state-set-done").press("enter");
    assert_eq!(
        (board.said(), board.task().as_str()),
        (
            "everything required below 1 is done: s u ticks it too",
            "1.2"
        )
    );
}

#[test]
fn a_selection_ends_where_its_tasks_are_left() {
    for leave in ["tab", "esc", "ctrl-c", "v"] {
        let mut board = Board::usual();
        board.press("v j").press(leave);
        assert_eq!(
            (board.model.selected(), board.said()),
            (None, ""),
            "{leave}"
        );
    }
    let mut board = Board::usual();
    board.press("v j");
    board.open(1);
    assert_eq!(board.model.selected(), None);
}

#[test]
fn the_star_goes_for_all_that_are_selected() {
    let mut board = Board::usual();
    board.press("v j j j *");
    let starred = [
        "- [ ]* 1. Set up the store",
        "- [x]* 1.1 Create the tables",
        "- [ ]* 1.2 Import the users",
    ];
    assert_eq!(board.changed(PLAN), starred);
    assert_eq!(
        (board.said(), board.writes()),
        ("3 tasks optional; u undoes it", 1)
    );
    board.press("g g v j j j *");
    let required = PLAN.replace("]* 1.3", "] 1.3");
    assert_eq!(board.text(), required);
    assert_eq!(board.said(), "4 tasks required; u undoes it");
    board.press("u");
    assert_eq!(board.changed(PLAN), starred);
    board.press("u");
    assert_eq!(board.text(), PLAN);
    assert_eq!(board.said(), "undone: 3 tasks are required again (sign-in)");
    // What is optional by a task above is left alone.
    board.press("G k v k *");
    assert_eq!(board.text(), PLAN.replace("]* 3.", "] 3."));
}

#[test]
fn the_footer_says_how_many_and_what_can_be_done_with_them() {
    let mut board = Board::usual();
    board.press("v j j");
    insta::assert_snapshot!("selection-120x36", board.screen());
    board.tell(Message::Resized(40, 10));
    insta::assert_snapshot!("selection-40x10", board.screen());
}
