//! Editing in place: what is typed, written, taken back, merged with others and kept.

use super::board::{Board, OTHER, PLAN};
use crate::harness::{self, Workspace};
use specboard::model::{Effect, Message, Mode, Outcome, Pane, Question, Unwritten};
use specboard::store::LeftDraft;
use specboard::text::Text;

fn typed(board: &mut Board, text: &str) {
    board.tell(Message::Pasted(text.to_owned()));
}

#[test]
fn a_title_is_retyped_written_taken_back_and_done_again() {
    let mut board = Board::usual();
    board.press("j j e end");
    typed(&mut board, " of the shop");
    board.press("ctrl-s");
    assert_eq!(
        board.changed(PLAN),
        ["- [ ] 1.2 Import the users of the shop"]
    );
    assert_eq!(board.model.mode, Mode::Normal);
    board.press("u");
    assert_eq!(
        (board.said(), board.text().as_str()),
        ("undone: the edit of task 1.2 (sign-in)", PLAN)
    );
    board.press("ctrl-r");
    assert_eq!(
        board.changed(PLAN),
        ["- [ ] 1.2 Import the users of the shop"]
    );
}

#[test]
fn a_new_line_takes_the_bullet_of_its_neighbours() {
    let mut board = Board::usual();
    board.press("j j e end enter");
    typed(&mut board, "In batches");
    board.press("ctrl-s");
    let expected = "  - [ ] 1.2 Import the users\n    - In batches\n    - _Requirements: 1.3_\n";
    assert!(board.text().contains(expected), "{}", board.text());
}

#[test]
fn escape_asks_only_with_changes_and_takes_only_its_letters() {
    let mut board = Board::usual();
    board.press("e esc");
    assert_eq!(
        (&board.model.mode, board.text().as_str()),
        (&Mode::Normal, PLAN)
    );
    board.press("e end x esc j j");
    let is_asked = |board: &Board| {
        matches!(&board.model.mode, Mode::Question(question)
            if matches!(question.as_ref(), Question::LeaveEdit(_)))
    };
    assert!(is_asked(&board));
    board.press("esc");
    assert!(matches!(board.model.mode, Mode::Edit(_)));
    board.press("esc d");
    assert_eq!(
        (&board.model.mode, board.text().as_str()),
        (&Mode::Normal, PLAN)
    );
    board.press("e end x esc s");
    assert_eq!(board.changed(PLAN), ["- [ ] 1. Set up the storex"]);
}

#[test]
fn what_others_change_elsewhere_comes_in_while_one_types() {
    let mut board = Board::usual();
    board.press("j j e end");
    typed(&mut board, " now");
    board.change_outside(
        "- [ ] 1. Set up the store",
        "- [x] 1. Set up the store\n  - [ ] 1.0 First",
    );
    typed(&mut board, " and here");
    board.press("ctrl-s");
    let text = board.text();
    assert!(
        text.contains("- [x] 1. Set up the store\n  - [ ] 1.0 First\n"),
        "{text}"
    );
    assert!(
        text.contains("  - [ ] 1.2 Import the users now and here\n"),
        "{text}"
    );
}

#[test]
fn a_tick_from_outside_and_a_retyped_title_fit_together() {
    let mut board = Board::usual();
    board.press("j j e end");
    typed(&mut board, " now");
    board.change_outside("- [ ] 1.2", "- [x] 1.2");
    board.press("ctrl-s");
    assert_eq!(board.changed(PLAN), ["- [x] 1.2 Import the users now"]);
}

#[test]
fn the_same_words_changed_on_both_sides_are_shown_and_chosen() {
    for (key, expected) in [
        ("h", "  - [ ] 1.2 Import the users now\n"),
        ("l", "  - [ ] 1.2 Import all users\n"),
        (
            "+",
            "  - [ ] 1.2 Import the users now\n  - [ ] 1.2 Import all users\n",
        ),
    ] {
        let mut board = Board::usual();
        board.press("j j e end");
        typed(&mut board, " now");
        board.change_outside("Import the users", "Import all users");
        board.press("ctrl-s");
        assert!(matches!(board.model.mode, Mode::Conflict(_)), "{key}");
        let disputed = board.text();
        assert!(disputed.contains("Import all users") && !disputed.contains("now"));
        board.press(key);
        assert!(board.text().contains(expected), "{key}: {}", board.text());
        assert_eq!(board.model.mode, Mode::Normal);
    }
}

#[test]
fn a_conflict_that_is_left_for_later_keeps_both_sides() {
    let mut board = Board::usual();
    board.press("j j e end");
    typed(&mut board, " now");
    board.change_outside("Import the users", "Import all users");
    board.press("ctrl-s esc");
    assert!(board.text().contains("Import all users"));
    let kept = board.effects.iter().rev().find_map(|effect| match effect {
        Effect::KeepDraft(draft) => Some(draft.typed.lines.join("\n")),
        _ => None,
    });
    assert!(kept.unwrap().starts_with("- [ ] 1.2 Import the users now"));
    let folder = board.model.shown_feature().unwrap().folder.path.clone();
    assert!(board.model.is_in_conflict(&folder));
    // It is taken up where it was left, and decided.
    board.press("e");
    let line = &board.model.editor().unwrap().buffer().lines()[0];
    assert_eq!(line, "- [ ] 1.2 Import the users now");
    board.press("ctrl-s h");
    assert!(board.text().contains("Import the users now\n"));
    assert!(!board.model.is_in_conflict(&folder));
}

#[test]
fn what_is_typed_is_kept_when_the_keys_rest_and_dropped_when_it_is_written() {
    let mut board = Board::usual();
    board.press("j j e end");
    typed(&mut board, " now");
    board.tell(Message::Paused);
    assert!(
        board
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::KeepDraft(_)))
    );
    board.press("ctrl-s");
    assert!(
        board
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::DropDraft(_)))
    );
}

/// Returns the draft that a board leaves behind.
fn left_behind(board: &Board) -> LeftDraft {
    let draft = board.effects.iter().rev().find_map(|effect| match effect {
        Effect::KeepDraft(draft) => Some(draft.clone()),
        _ => None,
    });
    let draft = draft.unwrap();
    LeftDraft {
        id: "a".to_owned(),
        typed: draft.typed,
        fresh: Some(draft.base.clone()),
        base: draft.base,
    }
}

#[test]
fn a_draft_of_an_earlier_board_is_taken_up_over_what_stands_there_now() {
    let mut board = Board::usual();
    board.press("j j e end");
    typed(&mut board, " half a sen");
    board.tell(Message::Paused);
    let left = left_behind(&board);
    let mut later = Board::usual();
    later.change_outside("- [ ] 1. Set up the store", "- [x] 1. Set up the store");
    later.open(1);
    later.tell(Message::DraftsFound(vec![left]));
    later.press("t");
    typed(&mut later, "tence");
    later.press("ctrl-s");
    let text = later.text();
    assert!(text.contains("- [x] 1. Set up the store\n"), "{text}");
    assert!(
        text.contains("  - [ ] 1.2 Import the users half a sentence\n"),
        "{text}"
    );
}

#[test]
fn an_edit_that_another_program_puts_back_is_kept() {
    let mut board = Board::usual();
    board.press("j j e end");
    typed(&mut board, " now");
    board.press("ctrl-s");
    // Other changes beside it are none of its business.
    board.change_outside("- [ ] 3.1 Count", "- [x] 3.1 Count");
    board.change_outside(
        "[ ] 1.2 Import the users now",
        "[x] 1.2 Import the users now",
    );
    assert!(!board.said().contains("put back"), "{}", board.said());
    board.change_outside("Import the users now", "Import the users");
    assert!(
        board
            .said()
            .starts_with("another program put back the old text of task 1.2"),
        "{}",
        board.said()
    );
    let kept = board.effects.iter().rev().find_map(|effect| match effect {
        Effect::KeepDraft(draft) => Some(draft.typed.lines.join("\n")),
        _ => None,
    });
    assert!(kept.unwrap().contains("Import the users now"));
    board.press("esc e");
    typed(&mut board, " then");
    board.press("ctrl-s");
    let expected = "  - [x] 1.2 Import the users now then\n";
    assert!(board.text().contains(expected), "{}", board.text());
}

#[test]
fn an_edited_item_that_is_deleted_or_moved_here_was_not_put_back_by_others() {
    for keys in ["d d", "J", "J d d"] {
        let mut board = Board::usual();
        board.press("j j e end enter");
        typed(&mut board, "a detail");
        board.press("ctrl-s").press(keys);
        board.change_outside("- [ ] 3.1 Count", "- [x] 3.1 Count");
        board.change_outside("- [x] 3.1 Count", "- [ ] 3.1 Count");
        assert!(board.model.kept.is_empty(), "{keys}: {}", board.said());
        for _ in keys.replace("d d", "d").split(' ') {
            board.press("u");
        }
        board.press("u");
        assert_eq!(board.text(), PLAN, "{keys}");
    }
}

#[test]
fn what_is_done_again_is_said_as_it_was_done() {
    let mut board = Board::usual();
    board.press("j j d d u ctrl-r");
    assert!(
        board.said().starts_with("redone: deleted task 1.2"),
        "{}",
        board.said()
    );
}

#[test]
fn an_edit_that_is_undone_here_is_not_kept() {
    let mut board = Board::usual();
    board.press("j j e end");
    typed(&mut board, " now");
    board.press("ctrl-s u");
    board.change_outside("- [ ] 3.1 Count", "- [x] 3.1 Count");
    assert!(!board.said().contains("put back"), "{}", board.said());
    assert!(board.model.kept.is_empty());
}

#[test]
fn the_question_about_a_draft_is_seen() {
    for size in [(120, 36), (80, 24)] {
        let mut board = Board::new(size, &[("sign-in", PLAN)]);
        board.press("j j e end");
        typed(&mut board, " half a sen");
        board.tell(Message::Paused);
        let left = left_behind(&board);
        let mut later = Board::new(size, &[("sign-in", PLAN)]);
        later.tell(Message::DraftsFound(vec![left]));
        later.press("l");
        insta::assert_snapshot!(format!("draft_{}", size.0), later.screen());
    }
}

#[test]
fn a_read_only_board_says_so() {
    let mut board = Board::usual();
    board.model.settings.read_only = true;
    board.press("e");
    assert!(board.said().contains("--read-only"), "{}", board.said());
    assert_eq!(board.model.mode, Mode::Normal);
}

#[test]
fn an_edit_over_other_line_ends_and_bytes_changes_only_its_lines() {
    let plans = [
        "\u{feff}- [ ] 1. A\r\n  - d  \r\n- [ ] 2. B\r\n",
        "- [ ] 1. A\n\t- d\t\n- [ ] 2. B",
        "- [ ] 1. 한글 👨\u{200d}👩\u{200d}👧\r\n- [ ] 2. B\n",
    ];
    for plan in plans {
        let mut board = Board::new((80, 24), &[("a", plan)]);
        board.press("e end");
        typed(&mut board, "!\nmore");
        board.press("ctrl-s");
        let (before, after) = (Text::new(plan), Text::new(board.text()));
        let rest =
            |text: &Text, from: usize| text.bytes()[text.lines()[from].whole.start..].to_vec();
        assert_eq!(rest(&before, 1), rest(&after, 2), "{plan:?}");
        let (old, new) = (before.lines()[0], after.lines()[0]);
        assert!(
            after
                .bytes()
                .starts_with(before.slice((old.whole.start..old.content.end).into()))
        );
        assert_eq!(
            (old.ending, old.ending),
            (new.ending, after.lines()[1].ending),
            "{plan:?}"
        );
        board.press("u");
        assert_eq!(board.text(), plan);
    }
}

#[test]
fn documents_are_edited_by_paragraph_section_and_whole() {
    let mut board = Board::usual();
    board.press("g E");
    let editor = board.model.editor().unwrap();
    assert_eq!(editor.buffer().lines().len(), PLAN.lines().count());
    board.press("esc");
    assert_eq!(board.model.pane, Pane::Tasks);
    board.press("g e");
    assert_eq!(board.model.editor().unwrap().unit.lines.start, 0);
}

#[test]
fn words_over_which_another_change_came_back_are_shown_with_it() {
    let mut board = Board::usual();
    board.press("j j e end");
    typed(&mut board, " now");
    board.press_ahead("ctrl-s");
    let write = board.ordered.pop_front().unwrap();
    board.carry_out(&write);
    // A writer that had read before us puts its own words there, and ours are made on them again.
    board.change_outside("the users now", "all users");
    board.carry_out(&write);
    assert!(matches!(board.model.mode, Mode::Conflict(_)));
    assert!(
        board
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::KeepDraft(draft)
            if draft.typed.lines[0].ends_with("Import the users now")))
    );
    board.press("h");
    assert!(
        board.text().contains("Import the users now\n"),
        "{}",
        board.text()
    );
}

#[test]
fn a_conflict_is_seen_whole_with_its_keys() {
    for size in [(120, 36), (80, 24)] {
        let mut board = Board::new(size, &[("sign-in", PLAN)]);
        board.press("j j e end");
        typed(
            &mut board,
            " that were in the old shop, with their orders and what they looked at",
        );
        board.change_outside("Import the users", "Import all users and their carts");
        board.change_outside("- [ ]* 3. Measure", "- [x]* 3. Measure");
        board.press("ctrl-s");
        insta::assert_snapshot!(format!("conflict_{}", size.0), board.screen());
    }
}

#[test]
fn an_undo_in_dispute_is_seen_with_its_keys() {
    for size in [(120, 36), (80, 24)] {
        let mut board = Board::new(size, &[("sign-in", PLAN)]);
        board.press("s p");
        board.change_outside("[-] 1. Set", "[x] 1. Set");
        board.press("u");
        insta::assert_snapshot!(format!("undo_in_dispute_{}", size.0), board.screen());
    }
}

#[test]
fn an_editor_and_a_question_about_it_are_seen() {
    for size in [(120, 36), (80, 24)] {
        let mut board = Board::new(size, &[("sign-in", PLAN)]);
        board.press("j j e end enter");
        typed(
            &mut board,
            "In batches of a thousand, and again from where it stopped when it is interrupted, so that nobody waits",
        );
        insta::assert_snapshot!(format!("editor_{}", size.0), board.screen());
        board.press("esc");
        insta::assert_snapshot!(format!("leave_{}", size.0), board.screen());
    }
}

#[test]
fn lines_that_both_sides_changed_are_flagged_while_one_types() {
    let mut board = Board::new((120, 36), &[("sign-in", PLAN), ("other", OTHER)]);
    board.press("j j e end");
    typed(&mut board, " now");
    board.change_outside("Import the users", "Import all users");
    let flagged = |board: &Board| -> Vec<String> {
        let screen = board.screen();
        let rows = screen.lines().take_while(|row| !row.starts_with("--"));
        let rows = rows.filter(|row| row.contains('≠'));
        rows.map(|row| row.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect()
    };
    let rows = flagged(&board);
    assert!(
        rows.iter().any(|row| row.contains("Import the users now")),
        "{rows:?}"
    );
    // A line typed above moves the flag with the words.
    board.press("home enter");
    let rows = flagged(&board);
    assert!(
        rows.iter().any(|row| row.contains("Import the users now")),
        "{rows:?}"
    );
}

#[test]
fn an_id_that_names_nothing_is_said_at_once() {
    let workspace = Workspace::new(&[
        (
            "a/requirements.md",
            "# R\n\n### Requirement 1: A\n\n#### Acceptance Criteria\n\n1. WHEN a THEN it SHALL b\n2. WHEN c THEN it SHALL d\n",
        ),
        ("a/tasks.md", "- [ ] 1. One\n  - _Requirements: 1.1_\n"),
    ]);
    for (typed, expected) in [
        ("1.2", None),
        ("1.", None),
        ("9.", Some("9 names no requirement")),
        ("1.7", Some("1.7 names no requirement")),
        ("1.7, 1.8", Some("1.7 and 1.8 name no requirement")),
        ("1.7, 1.1", Some("1.7 names no requirement")),
    ] {
        let mut board = harness::Board::start(&workspace, (120, 36));
        board.open(&workspace, "a");
        board.keys("3 e down end backspace backspace backspace backspace");
        board.send(Message::Pasted(typed.to_owned()));
        let screen = board.screen();
        let footer = screen.lines().last().unwrap_or_default();
        let said = expected.is_none_or(|words| footer.contains(words));
        assert!(
            said && footer.contains("no requirement") == expected.is_some(),
            "{typed}: {screen}"
        );
    }
}

#[test]
fn an_item_that_others_took_away_or_moved_is_kept_and_can_be_put_back() {
    let item = "  - [ ] 1.2 Import the users\n    - _Requirements: 1.3_\n";
    let end = "- [x] 4. Final checkpoint\n";
    for (moved, said, head) in [
        (end.to_owned(), "task 1.2 is gone", "deleted on disk"),
        (
            format!("{end}{item}"),
            "task 1.2 is now on line 15",
            "moved to line 15",
        ),
    ] {
        let mut board = Board::usual();
        board.press("j j e end");
        typed(&mut board, " now");
        let path = board
            .disk
            .files
            .keys()
            .find(|path| path.ends_with("sign-in/tasks.md"));
        let path = path.unwrap().clone();
        let plan = PLAN.replace(item, "").replace(end, &moved);
        board.disk.files.insert(path, Text::new(plan));
        board.open(0);
        assert!(board.said().starts_with(said), "{}", board.said());
        board.press("ctrl-s");
        assert!(board.screen().contains(head), "{}", board.screen());
        board.press("h");
        let expected = "_Requirements: 1.1, 1.2_\n  - [ ] 1.2 Import the users now\n    - _Requirements: 1.3_\n";
        assert!(board.text().contains(expected), "{}", board.text());
    }
}

#[test]
fn what_one_writes_in_ones_own_editor_is_not_unread() {
    let mut board = Board::usual();
    let unread = |board: &Board| board.model.pane_state().unwrap().unread.len();
    board.press("E");
    board.change_outside("Import the users", "Import all users");
    assert_eq!(unread(&board), 0);
    board.press("j");
    board.change_outside("Import all users", "Import no users");
    assert_eq!(unread(&board), 1);
}

#[test]
fn a_save_that_failed_is_read_whole_and_hides_no_answer() {
    for size in [(80, 24), (120, 36)] {
        let mut board = Board::new(size, &[("sign-in", PLAN)]);
        board.press("j j e end");
        typed(&mut board, " now");
        board.disk.files.clear();
        board.press("ctrl-s");
        let failure = "not written (edit task 1.2): /shop/.kiro/specs/sign-in/tasks.md is gone";
        for (keys, answers) in [
            (
                "end",
                ["EDIT task 1.2", "ctrl-s save", "esc leave"].as_slice(),
            ),
            (
                "esc",
                &["s save", "d discard", "k keep as draft", "esc back"],
            ),
        ] {
            board.press(keys);
            let (screen, footer) = (board.screen(), board.footer());
            assert!(screen.contains(failure), "{size:?} {keys}: {screen}");
            assert!(screen.contains("Import the users now"), "{screen}");
            for answer in answers {
                assert!(
                    footer.contains(answer),
                    "{size:?} {keys} {answer}: {footer}"
                );
            }
        }
        board.press("esc esc d");
        assert_eq!(board.model.mode, Mode::Normal);
    }
}

#[test]
fn keys_typed_while_a_save_is_under_way_wait_for_its_end() {
    // Nothing runs before the save is done, and then everything does, in its order.
    let mut board = Board::usual();
    board.press("j j e end");
    typed(&mut board, " now");
    board.press_ahead("ctrl-s j space k");
    assert_eq!(board.ordered.len(), 1);
    assert!(
        board.said().contains("task 1.2 is being saved"),
        "{}",
        board.said()
    );
    board.write();
    assert_eq!(
        board.changed(PLAN),
        [
            "- [ ] 1.2 Import the users now",
            "- [x]* 1.3 Write property tests"
        ]
    );
    assert_eq!(board.task(), "1.2");
    // They were typed for the board: into an editor that comes back they do not go, and they
    // answer no question that nobody had seen.
    for is_conflict in [false, true] {
        let mut board = Board::usual();
        board.press("j j e end");
        typed(&mut board, " now");
        board.press_ahead("ctrl-s");
        let path = board.ordered[0].parts[0].file.path.clone();
        if is_conflict {
            let theirs = PLAN.replace("Import the users", "Import all users");
            board.disk.files.insert(path, Text::new(theirs));
        } else {
            board.disk.files.remove(&path);
        }
        board.press_ahead("esc d h d o");
        typed(&mut board, "pasted");
        board.write();
        let typed = match &board.model.mode {
            Mode::Edit(editor) => editor.buffer().lines()[0].clone(),
            Mode::Conflict(dispute) => dispute.sides().unwrap().ours[0].trim().to_owned(),
            mode => panic!("{mode:?}"),
        };
        assert_eq!(typed, "- [ ] 1.2 Import the users now");
        assert!(board.ordered.is_empty() && board.model.typed_ahead.is_empty());
    }
}

#[test]
fn a_draft_that_contradicts_its_file_is_flagged_from_the_start_on() {
    for size in [(120, 36), (80, 24)] {
        for (is_disputed, theirs) in [(true, "Import all users"), (false, "Import the users")] {
            let mut board = Board::usual();
            board.press("j j e end");
            typed(&mut board, " half a sen");
            board.tell(Message::Paused);
            let mut left = left_behind(&board);
            let fresh = PLAN.replace("Import the users", theirs);
            left.fresh = Some(Text::new(fresh.clone()));
            let mut later = Board::new(size, &[("sign-in", &fresh)]);
            later.tell(Message::DraftsFound(vec![left]));
            let footer = later.footer();
            assert!(footer.contains("DRAFT"), "{footer}");
            assert_eq!(footer.contains("DRAFT ≠ of"), is_disputed, "{footer}");
            assert_flagged(&later, is_disputed);
            // Put off, it stays flagged, and `e` there takes it up.
            later.press("esc");
            assert_flagged(&later, is_disputed);
            later.press("j j e");
            assert!(later.screen().contains("Import the users half a sen"));
            later.press("esc d");
            assert_flagged(&later, false);
        }
    }
}

#[test]
fn a_conflict_that_is_put_off_is_flagged_on_every_screen_until_it_is_none() {
    for size in [(120, 36), (80, 24)] {
        let mut board = Board::new(size, &[("sign-in", PLAN)]);
        board.press("j j e end");
        typed(&mut board, " now");
        board.change_outside("Import the users", "Import all users");
        board.press("ctrl-s esc");
        assert_flagged(&board, true);
        board.press("\\");
        let list = board.screen();
        assert!(
            list.lines()
                .any(|row| row.contains("≠") && row.contains("sign-in")),
            "{list}"
        );
        board.press("\\");
        board.change_outside("Import all users", "Import the users");
        assert_flagged(&board, false);
    }
}

/// Asserts whether the title, the head of the pane and the row of task 1.2 flag a conflict.
fn assert_flagged(board: &Board, is_flagged: bool) {
    let screen = board.screen();
    let rows: Vec<&str> = screen.lines().collect();
    let has = |words: &str| rows.iter().any(|row| row.contains(words));
    let task = rows.iter().find(|row| row.contains("Import")).unwrap();
    assert_eq!(has("≠ 1 conflict"), is_flagged, "{screen}");
    assert_eq!(has("≠sign-in"), is_flagged, "{screen}");
    assert_eq!(task.contains('≠'), is_flagged, "{screen}");
}

#[test]
fn a_save_that_waits_for_another_program_says_so_and_esc_goes_back_to_the_text() {
    for size in [(120, 36), (80, 24)] {
        let mut board = Board::new(size, &[("sign-in", PLAN)]);
        board.press("j j e end");
        typed(&mut board, " now");
        // Before it is said, esc is a key as any other: the save goes on.
        board.press_ahead("ctrl-s esc");
        assert!(!board.effects.contains(&Effect::GiveUpWrite));
        let path = board.ordered[0].parts[0].file.path.clone();
        board.tell(Message::Waiting(path));
        let screen = board.screen();
        let said: Vec<&str> = screen.split_whitespace().collect();
        let words = "tasks.md is still being written by another program; your text is kept";
        assert!(said.join(" ").contains(words), "{screen}");
        assert!(screen.contains("esc goes back"), "{screen}");
        board.press_ahead("esc");
        assert!(board.effects.contains(&Effect::GiveUpWrite));
        let write = board.ordered.pop_front().unwrap();
        let result = Err(Unwritten::Failed("it is still being written".to_owned()));
        board.tell(Message::Written(Box::new(Outcome { write, result })));
        let screen = board.screen();
        assert!(screen.contains("your text is kept"), "{screen}");
        assert!(screen.contains("Import the users now"), "{screen}");
        assert!(board.footer().contains("ctrl-s save"), "{}", board.footer());
        board.press("ctrl-s");
        assert!(board.text().contains("Import the users now"));
    }
}
