//! The help screen and the list of messages.

use super::board::{Board, PLAN};
use crate::footer::assert_screen;
use crate::harness::{self, Workspace};
use specboard::model::{Message, View};

#[test]
fn help_is_of_the_place_then_of_all_and_leads_back() {
    let mut board = Board::usual();
    board.press("?");
    let here = board.model.help.count();
    let names = |board: &Board| {
        board
            .model
            .help
            .groups
            .iter()
            .flat_map(|group| group.entries.clone())
            .map(|entry| entry.name)
            .collect::<Vec<_>>()
    };
    assert!(names(&board).contains(&"task-toggle") && !names(&board).contains(&"edit-undo"));
    board.press("?");
    assert!(board.model.help.count() > here && names(&board).contains(&"edit-undo"));
    board.press("?");
    assert_eq!(
        (board.model.help.count(), board.model.view),
        (here, View::Help)
    );
    board.press("q");
    assert_eq!((board.model.view, board.model.quit), (View::Main, None));
    board.press("tab ?");
    assert!(!names(&board).contains(&"task-toggle"));
}

#[test]
fn enter_runs_the_command_under_the_cursor_where_help_was_called() {
    let mut board = Board::usual();
    board.press("? enter");
    assert_eq!(
        (board.changed(PLAN), board.model.view),
        (vec!["- [x] 1. Set up the store".to_owned()], View::Main)
    );
    board.press("tab ? ? enter");
    assert_eq!(
        (board.said(), board.model.view),
        ("the cursor is not on a task", View::Main)
    );
}

#[test]
fn views_lead_back_to_the_one_they_were_called_from() {
    for (keys, expected) in [
        ("?", vec![View::Main]),
        ("? g m", vec![View::Main, View::Help]),
        ("? g m q", vec![View::Main]),
        ("? g m esc esc", vec![]),
        ("g m ?", vec![View::Main, View::Messages]),
        ("g m ? ? ? q q", vec![]),
    ] {
        let mut board = Board::usual();
        board.press(keys);
        assert_eq!(
            (board.model.behind.clone(), board.model.quit),
            (expected, None),
            "{keys}"
        );
    }
}

#[test]
fn messages_are_listed_with_the_newest_first() {
    let mut board = Board::new((60, 12), &[("sign-in", PLAN)]);
    board.press("g m");
    assert!(board.screen().contains("no messages yet"));
    board.press("q");
    for count in 1..=20 {
        board.model.notices.say(format!("message {count}"));
    }
    board
        .model
        .notices
        .fail("not written: a long reason that does not fit on one line of this narrow screen");
    board.press("g m esc");
    assert_screen!("messages-60x12", board.screen());
    board.press("G");
    assert!(board.screen().contains("message 1 "));
    board.press("k");
    assert!(!board.screen().contains("message 1 "));
}

#[test]
fn the_cursor_of_a_long_help_is_always_seen() {
    for (columns, rows) in [(120, 36), (60, 12), (20, 5)] {
        let mut board = Board::new((columns, rows), &[("sign-in", PLAN)]);
        board.press("? ?");
        for step in 0..board.model.help.count() {
            let screen = board.screen();
            assert_eq!(
                screen.matches('▌').count(),
                1,
                "{columns}x{rows} after {step}:\n{screen}"
            );
            board.press("j");
        }
    }
}

#[test]
fn screens_of_help() {
    for (name, size, keys) in [
        ("help-120x36", (120, 36), "?"),
        ("help-all-120x36", (120, 36), "? ?"),
        ("help-80x24", (80, 24), "?"),
        ("help-all-80x24", (80, 24), "? ? G"),
        ("help-40x10", (40, 10), "? j j"),
    ] {
        let mut board = Board::new(size, &[("sign-in", PLAN)]);
        board.press(keys);
        assert_screen!(name, board.screen());
    }
    let mut board = Board::usual();
    board.press("?");
    board.tell(Message::Resized(80, 24));
    assert!(board.screen().contains('▌'));
}

#[test]
fn the_title_above_the_first_entry_is_seen_again_with_it() {
    let mut board = Board::usual();
    board.press("? ?");
    let first = board.model.help.cursor;
    board.press("G");
    assert!(board.model.help.top > 0);
    board.press("g g");
    assert_eq!((board.model.help.cursor, board.model.help.top), (first, 0));
}

#[test]
fn enter_is_offered_only_on_a_task_that_names_a_requirement_and_says_why_elsewhere() {
    let mut board = Board::new(
        (120, 36),
        &[("a", "- [ ] 1. Bare\n- [ ] 2. Full\n  - detail\n")],
    );
    assert!(
        !board.footer().contains("requirement"),
        "{}",
        board.footer()
    );
    board.press("enter");
    assert_eq!(
        board.said(),
        "this task names no requirement and has no details"
    );
    board.press("j enter");
    assert_eq!(board.said(), "");
    assert!(board.screen().contains("detail"));
}

#[test]
fn every_key_behind_a_prefix_is_on_the_screen_at_every_size() {
    let workspace = Workspace::new(&[(
        "a/tasks.md",
        "- [ ] 1. One\n  - [ ] 1.1 Two, see [notes](notes.md)\n- [-] 2. Three\n",
    )]);
    for (size, place) in [(40, 10), (50, 12), (60, 20), (80, 24), (120, 36)]
        .into_iter()
        .flat_map(|size| [(size, "3 j"), (size, "1"), (size, "b"), (size, "\\")])
    {
        for prefix in ["g", "s", "S", "z", "d", "]", "["] {
            let mut board = harness::Board::start(&workspace, size);
            board.keys(place).keys(prefix);
            let behind = specboard::command::continuations(&board.model);
            let screen = board.screen();
            for (key, command) in behind {
                let start: String = command.doc.chars().take(10).collect();
                let entry = format!("  {key}  {start}");
                assert!(
                    screen.contains(&entry),
                    "{size:?} {place} {prefix} {entry}: {screen}"
                );
            }
        }
    }
}
