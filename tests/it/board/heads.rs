//! The line above a pane and the edge of the peek: what they keep on every width, over a restart,
//! and under the cursor.

use std::path::Path;

use specboard::command::parse_keys;
use specboard::model::{Message, Model, SavedSession};
use specboard::runtime::{Start, read_all};
use specboard::store::{Root, find_roots};
use specboard::update::{settle, update};

use crate::corpus::repositories;
use crate::harness::{Board, Workspace, opened};

/// Makes a spec with this name and more tasks than any screen holds.
fn workspace(name: &str) -> Workspace {
    let tasks: String = (1..=60)
        .map(|number| format!("- [ ] {number}. Task\n"))
        .collect();
    let criteria: String = (1..=60)
        .map(|number| format!("{number}. THE S SHALL do\n"))
        .collect();
    let requirements =
        format!("# R\n\n### Requirement 1: A\n\n#### Acceptance Criteria\n\n{criteria}");
    Workspace::new(&[
        (&format!("{name}/tasks.md"), &tasks),
        (&format!("{name}/requirements.md"), &requirements),
    ])
}

/// Returns the line above the pane.
fn head(board: &Board) -> String {
    let screen = board.screen();
    let is_head = |line: &&str| line.contains(" Tasks]") || line.contains("[1 Requirements]");
    let line = screen.lines().find(is_head).unwrap_or_default();
    let (_, head) = line.split_once('│').unwrap_or(("", line));
    head.trim_end().to_owned()
}

#[test]
fn tabs_are_shortened_before_they_vanish() {
    let short = workspace("login");
    let long = workspace("a-name-that-is-too-long-to-stand-beside-the-tabs");
    for (workspace, columns, expected) in [
        (
            &short,
            120,
            "login 1 Requirements 2 Design [3 Tasks] 4 Trace 5 Files 1–16 of 60 0/60 ·····",
        ),
        (
            &short,
            100,
            "login 1 Req 2 Des [3 Tasks] 4 Tra 5 Fil 1–16 of 60 0/60",
        ),
        (
            &short,
            99,
            "login 1 Requirements 2 Design [3 Tasks] 4 Trace 5 Files 1–16 of 60 0/60",
        ),
        (
            &short,
            80,
            "login 1 Requirements 2 Design [3 Tasks] 4 Trace 5 Files 1–16 of 60 0/60",
        ),
        (
            &short,
            70,
            "login 1 Req 2 Des [3 Tasks] 4 Tra 5 Fil 1–16 of 60 0/60",
        ),
        (&short, 60, "login [3 Tasks] 0/60"),
        (&short, 50, "login [3 Tasks] 0/60"),
        (
            &long,
            120,
            "a-name-tha…e-the-tabs 1 Req 2 Des [3 Tasks] 4 Tra 5 Fil 1–16 of 60 0/60",
        ),
        (
            &long,
            100,
            "a-name-that-i…side-the-tabs 1 2 [3 Tasks] 4 5 1–16 of 60 0/60",
        ),
        (
            &long,
            99,
            "a-name-that-…ide-the-tabs 1 Requirements 2 Design [3 Tasks] 4 Trace 5 Files 1–16 of 60 0/60",
        ),
        (
            &long,
            80,
            "a-name-tha…de-the-tabs 1 Req 2 Des [3 Tasks] 4 Tra 5 Fil 1–16 of 60 0/60",
        ),
        (
            &long,
            70,
            "a-name-that-is-…beside-the-tabs 1 2 [3 Tasks] 4 5 1–16 of 60 0/60",
        ),
        (
            &long,
            60,
            "a-name-that-is-too-lo…-stand-beside-the-tabs [3 Tasks] 0/60",
        ),
        (
            &long,
            50,
            "a-name-that-is-t…d-beside-the-tabs [3 Tasks] 0/60",
        ),
    ] {
        let mut board = Board::start(workspace, (columns, 24));
        board.keys("3");
        let head = head(&board);
        let words: Vec<&str> = head.split_whitespace().collect();
        assert_eq!(words.join(" "), expected, "{columns}");
    }
}

/// Returns the words of the screen at this width: those above the pane, and how many keys the footer
/// hints at.
fn shown(workspace: &Workspace, columns: u16, pane: &str) -> (String, usize) {
    let mut board = Board::start(workspace, (columns, 24));
    board.keys("\\ \\").keys(pane);
    let screen = board.screen();
    let lines: Vec<&str> = screen.lines().collect();
    let hints = lines[23].split("? help").next().unwrap_or_default();
    (
        lines[..2].join("\n"),
        hints
            .split("  ")
            .filter(|hint| !hint.trim().is_empty())
            .count(),
    )
}

#[test]
fn a_screen_of_100_columns_never_shows_less_than_one_of_99() {
    for name in [
        "login",
        "user-authentication",
        "a-name-that-is-far-too-long-for-the-tabs",
    ] {
        let workspace = workspace(name);
        for pane in ["1", "2", "3", "4", "5"] {
            let (less, fewer) = shown(&workspace, 99, pane);
            let (more, hints) = shown(&workspace, 100, pane);
            let place = format!("{name} {pane}\n{less}\n{more}");
            for tab in ["1", "2", "3", "4", "5"] {
                let is_tab = |words: &str| words.contains(&format!("{tab} "));
                assert!(!is_tab(&less) || is_tab(&more), "{place}");
            }
            for words in [" of ", "0/60", &name[..5]] {
                assert!(
                    !less.contains(words) || more.contains(words),
                    "{place}: {words}"
                );
            }
            assert!(hints >= fewer, "{place}: {hints} {fewer}");
        }
    }
}

#[test]
fn panes_side_by_side_and_the_order_of_the_list_outlive_a_restart() {
    let workspace = workspace("login");
    workspace.write("search/tasks.md", "- [ ] 1. Find\n");
    for (keys, panes, order) in [
        ("", 2, "by name"),
        ("|", 1, "by name"),
        ("shift-tab shift-tab t", 2, "open first"),
        ("| shift-tab t t", 1, "by change"),
    ] {
        let mut board = Board::start(&workspace, (170, 30));
        board.keys(keys);
        let visit = serde_json::to_string(&SavedSession::of(&board.model)).unwrap();
        let start = Start {
            roots: find_roots(&workspace.dir(), &[]).unwrap(),
            ..Start::default()
        };
        let visit = serde_json::from_str(&visit).unwrap();
        let mut model = start.model_after(Some(visit), (170, 30));
        settle(&mut model);
        for board in [&board, &Board::of(model)] {
            let screen = board.screen();
            assert!(screen.contains(order), "{keys}: {screen}");
            let rules = screen
                .lines()
                .nth(2)
                .unwrap_or_default()
                .matches('│')
                .count();
            assert_eq!(rules, panes, "{keys}: {screen}");
        }
    }
}

#[test]
#[cfg_attr(
    not(corpus),
    ignore = "no corpus: SPECBOARD_CORPUS names one when the tests are built"
)]
fn the_edge_of_the_peek_never_moves_under_the_cursor() {
    let steps = walk_down_corpus(4);
    assert!(steps > 2_500, "only {steps} steps were taken");
}

#[test]
#[ignore = "takes half a minute"]
fn the_edge_of_the_peek_never_moves_in_any_spec() {
    let steps = walk_down_corpus(1);
    assert!(steps > 10_000, "only {steps} steps were taken");
}

/// Walks down the tasks of every `every`th spec of each repository. Returns how many steps that
/// took.
fn walk_down_corpus(every: usize) -> usize {
    let mut steps = 0;
    for folder in repositories() {
        if let Ok(roots) = find_roots(&folder, std::slice::from_ref(&folder)) {
            steps += walk_down(&roots, &folder, every);
        }
    }
    steps
}

/// Walks down the tasks of every `every`th spec of a repository. Returns how many steps that took.
fn walk_down(roots: &[Root], folder: &Path, every: usize) -> usize {
    let start = Start {
        roots: roots.to_vec(),
        ..Start::default()
    };
    let mut model = start.model((120, 36));
    let mut steps = 0;
    for index in (0..model.specs.features().len()).step_by(every) {
        let feature = model.specs.features()[index].clone();
        model.sidebar.cursor = feature.folder.path.clone();
        let read = opened(&mut model, read_all(&feature));
        update(&mut model, read);
        press(&mut model, "3");
        press(&mut model, "g g");
        let edge = model.layout().peek;
        let mut before = None;
        while model.pane_state().map(|pane_state| pane_state.cursor.line) != before {
            before = model.pane_state().map(|pane_state| pane_state.cursor.line);
            update(&mut model, Message::Rested);
            let place = format!("{} {} {before:?}", folder.display(), feature.name());
            assert_eq!(model.layout().peek, edge, "{place}");
            press(&mut model, "j");
            assert_eq!(model.layout().peek, edge, "{place}");
            steps += 1;
        }
    }
    steps
}

fn press(model: &mut Model, keys: &str) {
    for key in parse_keys(keys) {
        update(model, Message::Pressed(key));
    }
}
