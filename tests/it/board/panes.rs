//! The panes of a spec: Requirements and Design as source, what is missing or broken, the start
//! screen, and where a reader was.

use std::path::Path;

use crate::footer::assert_screen;
use crate::harness::{Board, Workspace};
use specboard::model::{Message, Pane, SavedSession, View};
use specboard::runtime::Start;
use specboard::store::find_roots;
use specboard::update::settle;

const REQUIREMENTS: &str = "\
# Requirements Document

## Introduction

This document says what a visitor of the ferry line can do, in more words than fit on one line of a small terminal.

## Requirements

### Requirement 1: Sign in

**User Story:** As a visitor, I want to sign in, so that `my` bookings are found.

#### Acceptance Criteria

1. WHEN a visitor signs in, THE Site SHALL show the bookings, as in https://example.org/bookings
2. IF the password is wrong, THEN THE Site SHALL say so
- [x] 3. checked by hand

### Requirement 2: Sign out

> Quoted from the minutes.

1. THE Site SHALL end the session
";

const DESIGN: &str = "\
# Design

| Method | Endpoint | Action |
|--------|----------|--------|
| POST | `/auth?action=login` | a cell with more words than a narrow pane has columns for, so that it is cut |

```rust
fn sign_in(visitor: &Visitor, password: &str, clock: &Clock, bookings: &Bookings) -> Result<Session, Refused>;
```
";

fn workspace() -> Workspace {
    Workspace::new(&[
        ("a/requirements.md", REQUIREMENTS),
        ("a/design.md", DESIGN),
        (
            "a/tasks.md",
            "## One\n- [x] 1. a\n  - [x] 1.1 b\n- [ ] 2. c\n  - [x] 2.1 d\n## Two\n- [x] 3. e\n",
        ),
    ])
}

/// Returns the line of the cursor in the pane on the screen, from 1.
fn cursor(board: &Board) -> usize {
    board
        .model
        .pane_state()
        .map_or(0, |pane_state| pane_state.cursor.line + 1)
}

/// Returns the rows of the pane without the list of specs, joined by blanks.
fn words(board: &Board) -> String {
    board
        .screen()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn requirements_at_120x36() {
    let workspace = workspace();
    assert_screen!(Board::start(&workspace, (120, 36)).keys("1 j j j").styled());
}

#[test]
fn design_at_60x20() {
    let workspace = workspace();
    assert_screen!(
        Board::start(&workspace, (60, 20))
            .keys("2 j j z l")
            .styled()
    );
}

#[test]
fn the_cursor_goes_where_the_keys_say() {
    for (keys, line) in [
        ("1", 1),
        ("1 j", 3),
        ("1 j j j k", 5),
        ("1 ] ] ] ]", 7),
        ("1 ] ] ] ] [ [", 3),
        ("1 G", 23),
        ("1 G [ [", 19),
        ("1 G g g", 1),
        ("1 G h", 19),
        ("1 G h h", 19),
        ("1 G h h h", 7),
        ("1 ] ] h ] ]", 7),
        ("1 ] ] h ] ] [ [", 3),
        ("1 ] ] h l ] ]", 7),
        ("1 G z a", 19),
        ("1 z m G", 7),
        ("1 z m z r G", 23),
        ("1 G ] ]", 23),
        ("2 j j j", 8),
        ("2 j 1 G 2 j", 5),
        ("3 ] ]", 6),
        ("3 ] ] [ [", 1),
    ] {
        let workspace = workspace();
        let mut board = Board::start(&workspace, (100, 30));
        board.keys(keys);
        assert_eq!(cursor(&board), line, "{keys}\n{}", board.screen());
    }
}

/// Makes a workspace in which the file of a pane holds one task, and the documents another one.
fn workspace_of(pane: Pane) -> (Workspace, String) {
    let path = format!("a/{}", pane.file_name().unwrap());
    let workspace = Workspace::new(&[
        ("a/requirements.md", "- [ ] 1. Elsewhere\n"),
        ("a/design.md", "- [ ] 1. Elsewhere\n"),
        ("a/tasks.md", "- [ ] 1. Elsewhere\n"),
    ]);
    workspace.write(&path, "- [ ] 1. First words\n");
    (workspace, path)
}

#[test]
fn the_file_of_every_pane_is_shown_and_read_again_and_an_undo_goes_to_it() {
    for pane in Pane::with_file() {
        let (workspace, path) = workspace_of(pane);
        let mut board = Board::start(&workspace, (80, 24));
        let shows = |board: &Board, words: &str| {
            let screen = board.screen();
            assert!(screen.contains(words), "{pane:?}: {words}\n{screen}");
        };
        board.keys(&pane.key().to_string());
        shows(&board, "First words");

        workspace.write(&path, "- [ ] 1. Words of another program\n");
        board.changed(&workspace, &[&path]);
        shows(&board, "Words of another program");

        board.keys("e end ! ctrl-s");
        assert_eq!(
            workspace.read(&path),
            "- [ ] 1. Words of another program!\n",
            "{pane:?}"
        );
        let other = Pane::ALL.into_iter().find(|other| *other != pane).unwrap();
        board.keys(&other.key().to_string()).keys("u");
        assert_eq!(board.model.pane, pane);
        assert_eq!(
            workspace.read(&path),
            "- [ ] 1. Words of another program\n",
            "{pane:?}"
        );
        board.keys(&Pane::Files.key().to_string());
        let list = board.model.file_list().unwrap();
        let listed = list.position(&workspace.specs().join(&path));
        assert_eq!(listed, None, "{pane:?} shows it");
    }
}

#[test]
fn the_file_of_every_pane_is_looked_for_on_the_command_line_and_by_slash() {
    for pane in Pane::with_file() {
        let (workspace, path) = workspace_of(pane);
        let start = Start {
            roots: find_roots(&workspace.dir(), &[]).unwrap(),
            paths: vec![workspace.specs().join(&path)],
            ..Start::default()
        };
        let mut model = start.model((80, 24));
        settle(&mut model);
        assert_eq!(model.pane, pane, "{path}");
        let mut board = Board::of(model);
        board.keys("/ w o r d s");
        let find = board.model.find.as_ref().and_then(|find| find.place());
        assert_eq!(find.as_deref(), Some("1 of 1"), "{pane:?}");
    }
}

#[test]
fn no_more_panes_stand_side_by_side_than_there_is_room_for() {
    let workspace = workspace();
    let board = Board::start(&workspace, (300, 40));
    let shown: Vec<Pane> = board.model.layout().areas().map(|area| area.pane).collect();
    assert_eq!(shown, Pane::side_by_side().collect::<Vec<_>>());
}

#[test]
fn a_pane_that_is_chosen_has_the_focus() {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (80, 24));
    board.keys("\\ 1 j");
    assert_eq!((board.model.layout().sidebar, cursor(&board)), (None, 3));
}

#[test]
fn what_is_done_is_folded_with_its_phase() {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (100, 30));
    let screen = words(board.keys("3 z d"));
    assert!(
        screen.contains("1 a ▸1") && screen.contains("2.1 d") && screen.contains("Two ▸1"),
        "{screen}"
    );
}

#[test]
fn the_cursor_is_put_in_the_middle() {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (100, 12));
    board.keys("1 ] ] ] ] z z");
    let at = board
        .screen()
        .lines()
        .position(|line| line.contains('▌'))
        .unwrap();
    assert_eq!(at, 6, "{}", board.screen());
}

#[test]
fn what_is_wider_than_the_pane_is_cut_and_scrolled() {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (60, 20));
    let before = words(board.keys("2"));
    let after = words(board.keys("z l"));
    assert!(
        before.contains("fn sign_in(") && before.contains('…') && !before.contains("bookings:"),
        "{before}"
    );
    assert!(
        after.contains("bookings:") && !after.contains("fn sign_in("),
        "{after}"
    );
    assert_eq!(words(board.keys("z h z h")), before);
    let narrow = words(board.keys("1 z l"));
    assert!(
        narrow.contains("nothing here is wider than the pane"),
        "{narrow}"
    );
}

#[test]
fn all_of_a_paragraph_higher_than_the_pane_can_be_read() {
    let long: Vec<String> = (0..400).map(|word| format!("w{word}")).collect();
    let workspace = Workspace::new(&[
        (
            "a/design.md",
            &format!("# D\n\n{}\n\nend\n", long.join(" ")),
        ),
        ("a/tasks.md", "- [ ] a\n"),
    ]);
    let mut board = Board::start(&workspace, (40, 10));
    board.keys("2");
    let mut seen = board.screen();
    while cursor(&board) < 5 {
        seen.push_str(&board.keys("j").screen());
    }
    assert!(long.iter().all(|word| seen.contains(word)));
}

#[test]
fn a_single_file_is_shown_by_its_sections() {
    let text =
        "# X\n\n## Requirements\n1. THE S SHALL a\n\n## Design\nplan\n\n## Tasks\n- [ ] 1. task\n";
    let workspace = Workspace::new(&[("a/spec.md", text)]);
    let mut board = Board::start(&workspace, (80, 24));
    for (key, shown, hidden) in [
        ("1", "SHALL a", "plan"),
        ("2", "plan", "SHALL a"),
        ("3", "task", "plan"),
    ] {
        let screen = words(board.keys(key));
        assert!(
            screen.contains(shown) && !screen.contains(hidden),
            "{key}: {screen}"
        );
    }
}

#[test]
fn what_is_missing_or_broken_is_said_in_its_pane_with_what_is_fine() {
    let workspace = workspace();
    for (path, text) in [
        ("folder/requirements.md", &b"# R\n"[..]),
        ("folder/design.md", b"# D\n"),
        ("lone/tasks.md", b"- [ ] a\n"),
        ("bytes/tasks.md", b"- [ ] 1. a\xff b\n"),
        ("empty/tasks.md", b"\n"),
        ("words/tasks.md", b"# Plan\n\nNo box yet.\n"),
        ("endless/tasks.md", b"- [ ] a\n"),
    ] {
        workspace.write(path, text);
    }
    std::fs::create_dir(workspace.specs().join("folder/tasks.md")).unwrap();
    std::os::unix::fs::symlink("design.md", workspace.specs().join("endless/design.md")).unwrap();
    for (spec, keys, expected) in [
        (
            "folder",
            "3",
            "tasks.md cannot be read: it is a folder, not a file. Move it away or rename it Requirements and Design are fine: keys 1 and 2.",
        ),
        ("folder", "1", "▌ R"),
        (
            "lone",
            "2",
            "This spec has no design.md. o makes it, with the first property. Tasks is fine: key 3.",
        ),
        ("bytes", "3", "1 a\u{fffd} b"),
        ("empty", "3", "tasks.md is empty."),
        ("words", "3", "No box yet."),
        (
            "endless",
            "2",
            "It is a link that leads back to itself: remove it",
        ),
    ] {
        let mut board = board_at(&workspace, &workspace.specs().join(spec), (90, 24));
        let screen = words(board.keys(keys));
        assert!(screen.contains(expected), "{spec} {keys}\n{screen}");
    }
}

/// Starts a board with a path as argument.
fn board_at(workspace: &Workspace, path: &Path, size: (u16, u16)) -> Board {
    let mut board = Board::start(workspace, size);
    board.model = start(workspace, path).model(size);
    settle(&mut board.model);
    board.send(Message::Changed(vec![path.join("new")]));
    board
}

fn start(workspace: &Workspace, path: &Path) -> Start {
    Start {
        roots: find_roots(&workspace.dir(), &[]).unwrap(),
        paths: vec![path.to_path_buf()],
        ..Start::default()
    }
}

#[test]
fn the_next_visit_begins_where_the_last_one_ended_unless_a_path_is_given() {
    let workspace = workspace();
    workspace.write("b/tasks.md", "- [ ] a\n");
    let mut board = board_at(&workspace, &workspace.specs().join("a"), (100, 30));
    board.keys("1 ] ] h ] ] j");
    let visit = SavedSession::of(&board.model);
    let pane_state = board.model.pane_state().cloned();
    for (path, pane, expected) in [
        ("", Pane::Requirements, pane_state.clone()),
        ("a/requirements.md", Pane::Requirements, pane_state),
        ("a/design.md", Pane::Design, None),
        ("b", Pane::Tasks, None),
    ] {
        let mut start = start(&workspace, &workspace.specs().join(path));
        start.paths.retain(|_| !path.is_empty());
        let model = start.model_after(Some(visit.clone()), (100, 30));
        assert_eq!(
            (model.pane, model.pane_state()),
            (pane, expected.as_ref()),
            "{path}"
        );
        assert!(model.open_files.of(pane).is_some(), "{path}");
    }
}

#[test]
fn a_visit_to_what_is_gone_does_no_harm() {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (100, 30));
    board.keys("1 G");
    let mut visit = SavedSession::of(&board.model);
    workspace.write("a/requirements.md", "# R\n");
    let again = |visit: &SavedSession| {
        let roots = find_roots(&workspace.dir(), &[]).unwrap();
        let mut model = Start {
            roots,
            ..Start::default()
        }
        .model_after(Some(visit.clone()), (100, 30));
        settle(&mut model);
        model
    };
    assert_eq!(
        again(&visit)
            .pane_state()
            .map(|pane_state| (pane_state.cursor.line, pane_state.top)),
        Some((0, 0))
    );
    visit.feature = Some("/nowhere".into());
    assert_eq!(again(&visit).pane, Pane::Tasks);
}

#[test]
fn without_specs_the_start_screen_offers_what_can_be_done() {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (80, 24));
    board.model = Start {
        missing: Some("there is no .kiro folder in /x".to_owned()),
        ..Start::default()
    }
    .model((80, 24));
    assert_screen!(board.keys("j 1 3 ? q esc").screen());
    assert_eq!(board.model.view, View::Start);
    board.keys("q");
    assert_eq!(board.model.quit, Some(3));
}

/// What is no item has a row in its place: with its box, its number or its words, and what stands
/// below it folded. The cursor can stand there, and keys say what can be done.
#[test]
fn what_is_no_task_stands_in_the_list_in_its_place() {
    let source = "# Plan\n\n## Overview\n\nWords\nmore\n\n### - [x] 1. Set up\n\n_Requirements: 1.1_\n\n- install\n\n## Task 3: Boxes\n\n\
                  - [ ] 3.1 One\n\n1. First group\n   - [ ] 1.1 a\n2. Second group\n   - [ ] 2.1 b\n\nBetween\nthem\n\n\
                  | # | Task | Done |\n|---|---|---|\n| 4 | Print | [x] |\n\n- [ ] 6. Last\n\n## Notes\n\n- one\n- two\n";
    let workspace = Workspace::new(&[("a/tasks.md", source)]);
    let mut board = Board::start(&workspace, (100, 36));
    let rows = |board: &Board| -> Vec<String> {
        let screen = board.screen();
        let lines = screen
            .lines()
            .skip(2)
            .map(|line| line.chars().skip(24).collect::<String>());
        let words = |line: String| {
            let plain = line.replace(['│', '▌', '▏'], " ");
            plain.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        lines
            .map(words)
            .take_while(|line| !line.starts_with("──"))
            .filter(|line| !line.is_empty())
            .collect()
    };
    let folded = [
        "Plan ▸3 lines",
        "✓ 1. Set up ▸2 lines 1.1",
        "Task 3: Boxes",
        "○ 3.1 One",
        "1. First group",
        "○ 1.1 a",
        "2. Second group",
        "○ 2.1 b",
        "4 lines",
        "✓ 4 Print",
        "○ 6 Last",
        "Notes ▸2 lines",
    ];
    assert_eq!(rows(&board), folded, "{}", board.screen());
    assert!(
        board.screen().contains("tasks.md:16"),
        "begins on a task: {}",
        board.screen()
    );
    for (keys, line, why) in [
        ("g g", 1, "a heading is no task"),
        ("j", 8, "the box of a heading is no task"),
        ("G", 32, "a heading is no task"),
        ("k k", 28, "a box in a table is no task"),
        ("k", 23, "this belongs to no task"),
        ("k k", 20, "this line has no box to tick"),
    ] {
        board.keys(keys);
        assert!(
            board.screen().contains(&format!("tasks.md:{line}")),
            "{keys}: {}",
            board.screen()
        );
        board.keys("space");
        assert!(board.screen().contains(why), "{keys}: {}", board.screen());
        assert_eq!(workspace.read("a/tasks.md"), source);
    }
    board.keys("G enter");
    assert_eq!(
        rows(&board)[11..],
        ["Notes", "- one", "- two"],
        "{}",
        board.screen()
    );
    board.keys("j e end ! ctrl-s");
    assert!(
        workspace.read("a/tasks.md").ends_with("- one!\n- two\n"),
        "{}",
        board.screen()
    );
    board.keys("h");
    assert_eq!(rows(&board), folded, "{}", board.screen());
    assert!(board.screen().contains("tasks.md:32"), "{}", board.screen());
    // Prose is opened in its place, and done tasks are hidden together with it.
    board.keys("k k k l");
    let opened = rows(&board)[8..12].to_vec();
    assert_eq!(
        opened,
        ["Between", "them", "| # | Task | Done |", "|---|---|---|"],
        "{}",
        board.screen()
    );
    board.keys("h .");
    let open = ["○ 3.1 One", "○ 1.1 a", "○ 2.1 b", "○ 6 Last"];
    assert_eq!(rows(&board), open, "{}", board.screen());
}

/// A group of tasks under a fold takes what stands between them with it; a heading ends a fold of
/// its level.
#[test]
fn what_is_no_task_is_folded_with_the_tasks_around_it() {
    let source = "## A\n\n- [ ] 1. a\n  - [ ] 1.1 b\n\nwords in a\n\n  - [ ] 1.2 c\n\n## B\n\nwords in b\n\n- [ ] 2. d\n\n## Notes\n\ntext\n";
    let workspace = Workspace::new(&[("a/tasks.md", source)]);
    let mut board = Board::start(&workspace, (100, 36));
    board.keys("g g j h");
    let screen = board.screen();
    assert!(
        !screen.contains("words in a") && screen.contains("words in b"),
        "{screen}"
    );
    board.keys("g g h");
    board.keys("j h");
    let screen = board.screen();
    assert!(
        !screen.contains("words in b") && screen.contains("Notes"),
        "{screen}"
    );
}
