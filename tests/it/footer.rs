//! The last row of the screen: a snapshot of its own for the hints, which all other snapshots leave
//! out, so that a new hint changes one of them.

use crate::harness::{Board, Workspace};

/// Compares a screen with its snapshot, but for the footer.
macro_rules! assert_screen {
    ($screen:expr $(,)?) => {
        insta::assert_snapshot!($crate::footer::without_footer($screen))
    };
    ($name:expr, $screen:expr $(,)?) => {
        insta::assert_snapshot!($name, $crate::footer::without_footer($screen))
    };
}
pub(crate) use assert_screen;

/// What divides a screen from the styles that are drawn below it.
const DIVIDERS: [&str; 3] = ["---", "styles", "-- styles"];

/// Leaves out the last row of a screen, and its styles, where they are listed with their row before
/// a colon.
pub(crate) fn without_footer(screen: impl AsRef<str>) -> String {
    let lines: Vec<&str> = screen.as_ref().split('\n').collect();
    let divider = lines.iter().rposition(|line| DIVIDERS.contains(line));
    let mut end = divider.unwrap_or(lines.len());
    // Above some dividers stands a blank line.
    if divider.is_some_and(|at| lines[at] == "styles") {
        end -= 1;
    }
    // One of the forms counts its rows from 1.
    let is_from_one = divider.is_some_and(|at| lines[at] == "-- styles");
    let footer = if is_from_one { end } else { end - 1 };
    let is_of_footer = |line: &&&str| {
        let row = line.split(':').next().unwrap_or_default();
        row.trim().parse() == Ok(footer)
    };
    let styles = lines[end..].iter().filter(|line| !is_of_footer(line));
    let kept: Vec<&str> = lines[..end - 1].iter().chain(styles).copied().collect();
    kept.join("\n")
}

const PLAN: &str =
    "# Plan\n\n- [-] 1. Set up\n  - [ ] 1.1 Create\n    - _Requirements: 1.1_\n- [ ] 2. Use\n";
const REQUIREMENTS: &str = "# Requirements Document\n\n### Requirement 1: Sign in\n\n#### Acceptance Criteria\n\n1. WHEN a user signs in, THE system SHALL greet.\n";

/// Each surface and mode that has hints of its own, and the keys that lead there.
const PLACES: [(&str, &str); 17] = [
    ("specs", "tab"),
    ("requirements", "1 G"),
    ("design", "2"),
    ("tasks", "3 j"),
    ("waves", "3 t j"),
    ("trace", "4 j"),
    ("the matrix", "4 t j"),
    ("files", "5"),
    ("a file", "5 enter"),
    ("kanban", "b"),
    ("a card in the hand", "b m"),
    ("a selection", "3 v j"),
    ("overview", "0"),
    ("help", "?"),
    ("messages", "g m"),
    ("a diagram", "2 G enter"),
    ("the command line", ":"),
];

#[test]
fn hints_of_each_surface() {
    // The board opens the spec that was written to last.
    let workspace = Workspace::new(&[
        ("other/tasks.md", "- [ ] 1. Other\n"),
        ("sign-in/requirements.md", REQUIREMENTS),
        (
            "sign-in/design.md",
            "# Design\n\n## Overview\n\nWords.\n\n```mermaid\ngraph TD\nA --> B\n```\n",
        ),
        ("sign-in/tasks.md", PLAN),
        ("sign-in/notes.md", "# Notes\n"),
    ]);
    let mut rows = Vec::new();
    for columns in [120, 80, 40] {
        for (name, keys) in PLACES {
            let mut board = Board::start(&workspace, (columns, 24));
            let screen = board.keys(keys).screen();
            let footer = screen.lines().last().unwrap_or_default();
            rows.push(format!("{columns:>3} {name}:\n{footer}"));
        }
    }
    insta::assert_snapshot!(rows.join("\n"));
}

#[test]
fn the_footer_and_its_styles_are_left_out() {
    for (screen, expected) in [
        ("a\nb", "a"),
        ("a\nb\n---\n 0:0  \"a\"\n 1:0  \"b\"", "a\n---\n 0:0  \"a\""),
        (
            "a\nb\n\nstyles\n 0: 0-0 bold\n 1: 0-0 dim",
            "a\n\nstyles\n 0: 0-0 bold",
        ),
        (
            "a\nb\n-- styles\n1:1-1 Red\n2:1-1 Red",
            "a\n-- styles\n1:1-1 Red",
        ),
    ] {
        assert_eq!(without_footer(screen), expected);
    }
}

#[test]
fn how_a_mode_is_left_is_seen_at_80_columns_beside_the_longest_name() {
    let long = "A very long title that is cut in every footer there is";
    let requirements = REQUIREMENTS.replace("Sign in", long);
    let plan = format!("- [ ] {long}\n  - more\n- [-] 2. Use\n");
    let workspace = Workspace::new(&[
        ("other/tasks.md", "- [ ] 1. Other\n"),
        ("sign-in/requirements.md", &requirements),
        ("sign-in/tasks.md", &plan),
    ]);
    for (keys, mode) in [
        ("2 o", "EDIT"),
        ("1 o", "EDIT"),
        ("3 o", "EDIT"),
        ("3 e", "EDIT"),
        ("3 e end x esc", "EDIT"),
        ("1 g e", "EDIT"),
        ("1 g E", "EDIT"),
        ("b e", "EDIT"),
        ("b m", "MOVE"),
        ("b m l", "MOVE"),
    ] {
        for columns in [80, 100, 120] {
            let mut board = Board::start(&workspace, (columns, 24));
            board.open(&workspace, "sign-in").keys(keys);
            let screen = board.screen();
            let footer = screen.lines().last().unwrap_or_default();
            assert!(footer.contains(mode), "{columns} {keys}: {footer}");
            assert!(footer.contains(" esc "), "{columns} {keys}: {footer}");
        }
    }
}
