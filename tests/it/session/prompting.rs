//! The command line, and the pop-up of a prefix.

use super::board::{Board, PLAN};
use specboard::model::{Message, Mode, View};

#[test]
fn a_command_is_found_and_run() {
    for (typed, keys, expected) in [
        ("state-set-done", "enter", vec!["- [x] 1. Set up the store"]),
        ("queu", "tab enter", vec!["- [~] 1. Set up the store"]),
        ("queu", "up enter", vec!["- [~] 1. Set up the store"]),
        (
            "state-set-q",
            "tab enter",
            vec!["- [~] 1. Set up the store"],
        ),
        ("state-set-q", "enter", vec!["- [~] 1. Set up the store"]),
        (
            "state-set",
            "up up up enter",
            vec!["- [-] 1. Set up the store"],
        ),
        (
            "state-set",
            "ctrl-p ctrl-p ctrl-p ctrl-n enter",
            vec!["- [x] 1. Set up the store"],
        ),
        ("state-set", "esc", vec![]),
        ("", "enter", vec![]),
        (
            "x",
            "backspace backspace space",
            vec!["- [x] 1. Set up the store"],
        ),
    ] {
        let mut board = Board::usual();
        board.press(":").type_in(typed).press(keys);
        assert_eq!(board.changed(PLAN), expected, "{typed} {keys}");
        assert_eq!(board.model.mode, Mode::Normal, "{typed} {keys}");
    }
}

#[test]
fn letters_are_text_and_only_keys_that_are_none_are_commands() {
    let mut board = Board::usual();
    board
        .press(":")
        .type_in("q? gu")
        .press("ctrl-u ctrl-r ctrl-d pgdn")
        .type_in("jk")
        .press("ctrl-l");
    let Mode::Prompt(prompt) = &board.model.mode else {
        panic!("left")
    };
    assert_eq!(
        (prompt.text(), board.writes(), board.model.quit),
        ("jk", 0, None)
    );
    board.press("ctrl-c");
    assert_eq!(board.model.mode, Mode::Normal);
}

#[test]
fn quitting_is_by_name_or_in_the_main_view() {
    let mut board = Board::usual();
    board.press("? q");
    assert_eq!(board.model.quit, None);
    board.press("?").press(":").type_in("q").press("enter");
    assert_eq!(board.model.quit, Some(0));
}

#[test]
fn enter_never_runs_a_command_by_loose_letters() {
    for typed in ["set", "queu", "state-set", "done", "in progress"] {
        let mut board = Board::usual();
        board.press(":").type_in(typed).press("enter enter");
        assert_eq!(board.writes(), 0, "{typed}");
        assert!(matches!(board.model.mode, Mode::Prompt(_)), "{typed}");
        assert!(board.screen().contains(" fit"), "{typed}");
    }
}

#[test]
fn short_forms_mean_what_users_of_vi_expect() {
    for (typed, said, quit) in [
        ("q", "", Some(0)),
        ("q!", "", Some(0)),
        ("wq", "", Some(0)),
        ("x", "", Some(0)),
        (
            "w",
            "nothing to write: every change is already on disk",
            None,
        ),
        ("e", "read all files again", None),
    ] {
        let mut board = Board::usual();
        board
            .press("space")
            .press(":")
            .type_in(typed)
            .press("enter");
        assert_eq!((board.said(), board.model.quit), (said, quit), "{typed}");
        assert_eq!(
            board.changed(PLAN),
            ["- [x] 1. Set up the store"],
            "{typed}"
        );
    }
    let mut board = Board::usual();
    board.press(":").type_in("h").press("enter");
    assert_eq!(board.model.view, View::Help);
}

#[test]
fn what_cannot_be_run_here_says_why() {
    for (before, typed, expected) in [
        ("tab", "state-set-done", "the cursor is not on a task"),
        ("", "edit-undo", "nothing to undo"),
        ("", "edit-redo", "nothing to redo"),
        ("?", "feature-next", "Next spec: not in this view"),
        (
            "?",
            "sidebar-toggle",
            "Show or hide the list of specs: only in the main view (q goes back)",
        ),
        ("g m", "messages-open", "Recent messages: not in this view"),
    ] {
        let mut board = Board::usual();
        board.press(before).press(":").type_in(typed).press("enter");
        assert_eq!(
            (board.said(), &board.model.mode),
            (expected, &Mode::Normal),
            "{typed}"
        );
    }
}

#[test]
fn the_list_of_specs_can_be_put_away_and_called_back() {
    let mut board = Board::usual();
    board.press("\\");
    assert!(board.model.layout().sidebar.is_none() && board.footer().contains("specs"));
    board.press("\\");
    assert!(board.model.layout().sidebar.is_some() && !board.footer().contains("specs"));
}

#[test]
fn a_line_that_fits_nothing_stays() {
    let mut board = Board::usual();
    board.press(":").type_in("xyzzy").press("enter tab up down");
    assert!(matches!(&board.model.mode, Mode::Prompt(prompt) if prompt.text() == "xyzzy"));
    assert!(board.screen().contains("no such command"));
}

#[test]
fn pasted_text_goes_into_the_line_and_nowhere_else() {
    let mut board = Board::usual();
    board.tell(Message::Pasted("space\ns d\n".to_owned()));
    assert_eq!(
        (board.said(), board.writes()),
        (
            "pasted text goes into an editor or a command: e or : opens one",
            0
        )
    );
    board.press(":");
    board.tell(Message::Pasted("app-\u{1b}quit\nenter".to_owned()));
    assert!(matches!(&board.model.mode, Mode::Prompt(prompt) if prompt.text() == "app-␛quit"));
}

#[test]
fn a_prefix_that_leads_nowhere_here_says_why() {
    let mut board = Board::new(
        (80, 24),
        &[("a", "## One\n- [ ] 1. a\n## Two\n- [ ] 2. b\n")],
    );
    board.press("s");
    assert_eq!(board.said(), "the cursor is not on a task");
    board.press("p");
    assert_eq!(
        board.said(),
        "the cursor is not on a task",
        "the second key of a refused prefix does nothing by itself"
    );
    board.press("j s x");
    assert_eq!(board.said(), "s x does nothing here: ? shows the keys");
    board.press("s esc");
    assert_eq!(board.said(), "");
}

#[test]
fn screens_of_the_command_line() {
    for (name, size, typed, keys) in [
        ("command-120x36", (120, 36), "task", "up"),
        ("command-80x24", (80, 24), "", ""),
        ("command-40x10", (40, 10), "state-set", "left left"),
    ] {
        let mut board = Board::new(size, &[("sign-in", PLAN)]);
        board.press(":").type_in(typed).press(keys);
        insta::assert_snapshot!(name, board.screen());
    }
}

#[test]
fn screens_of_prefixes() {
    for (name, size, key) in [
        ("prefix-s-120x36", (120, 36), "s"),
        ("prefix-S-with-children-80x24", (80, 24), "S"),
        ("prefix-g-40x10", (40, 10), "g"),
    ] {
        let mut board = Board::new(size, &[("sign-in", PLAN)]);
        board.press(key);
        board.tell(Message::Waited);
        insta::assert_snapshot!(name, board.screen());
    }
}
