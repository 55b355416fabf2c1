//! The Trace pane as a user meets it: the matrix, what stands alone below it, marks in its cells.

use crate::footer::assert_screen;
use crate::harness::{Board, Workspace};
use proptest::prelude::*;
use specboard::model::{Pane, SavedSession, Settings, TraceSection};
use specboard::runtime::Start;
use specboard::store::find_roots;
use specboard::update::settle;

const REQUIREMENTS: &str = "\
# Requirements Document

## Requirements

### Requirement 1: Sign in

#### Acceptance Criteria

1. WHEN a visitor signs in, THE Site SHALL show the bookings of the last year and those that are still to come
2. IF the password is wrong, THEN THE Site SHALL say so
3. THE Site SHALL count wrong passwords

### Requirement 2: Sign out

#### Acceptance Criteria

1. THE Site SHALL end the session
2. THE Site SHALL say goodbye
";

const DESIGN: &str = "\
# Design

### Property 1: Bookings are found
**Validates: Requirements 1.1, 1.2**

### Property 2: Sessions end
**Validates: Requirements 2.1, 7.7**
";

const TASKS: &str = "\
# Tasks

- [ ] 1. Sign in
  - [x] 1.1 Show the bookings
    - _Requirements: 1.1_
  - [ ] 1.2 Say what is wrong
    - _Requirements: 1.1, 1.2, 9.9_
  - [ ]* 1.3 Count
    - _Requirements: 1.3_
- [-] 2. Sign out
  - [-] 2.1 End the session
    - _Requirements: 2.1_
- [ ] 3. Checkpoint
- [ ] 4. Try everything
  - _Requirements: All_
";

fn workspace() -> Workspace {
    Workspace::new(&[
        ("site/requirements.md", REQUIREMENTS),
        ("site/design.md", DESIGN),
        ("site/tasks.md", TASKS),
    ])
}

fn board(workspace: &Workspace) -> Board {
    let mut board = Board::start(workspace, (120, 36));
    board.keys("4");
    board
}

/// Returns where the cursor is: section, line from 1, label of the chosen column.
fn cursor(board: &Board) -> (TraceSection, usize, String) {
    let pane_state = board.model.pane_state().unwrap();
    (
        pane_state.section(),
        pane_state.cursor.line + 1,
        board.model.matrix().label(board.model.chosen_column()),
    )
}

/// Returns the line on the screen that begins with `start`, without the list of specs.
fn line(board: &Board, start: &str) -> String {
    let screen = board.screen();
    let mut lines = screen.lines().map(|line| {
        line.split_once('│')
            .map_or(line, |(_, pane)| pane)
            .trim_start_matches([' ', '▌'])
    });
    lines
        .find(|line| line.starts_with(start))
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn trace_at_120x36() {
    let workspace = workspace();
    assert_screen!(board(&workspace).keys("j l").styled());
}

#[test]
fn trace_at_80x24() {
    let workspace = workspace();
    assert_screen!(
        Board::start(&workspace, (80, 24))
            .keys("4 t ] ] ] ]")
            .styled()
    );
}

#[test]
fn trace_at_40x12() {
    let workspace = workspace();
    assert_screen!(Board::start(&workspace, (40, 12)).keys("4 l l").screen());
}

#[test]
fn the_cursor_goes_through_the_matrix_and_below_it() {
    use TraceSection::{Criteria, Dangling, Misdesigned, Unreferenced};
    for (keys, section, at, column) in [
        ("", Criteria, 9, "1"),
        ("j j l", Criteria, 11, "2"),
        ("l l l l l h", Criteria, 9, "3"),
        ("h", Criteria, 9, "1"),
        ("z l", Criteria, 9, "3"),
        ("z l z l z h", Criteria, 9, "2"),
        ("] ]", Unreferenced, 13, "1"),
        ("] ] ] ]", Dangling, 7, "1"),
        ("] ] ] ] ] ]", Misdesigned, 7, "1"),
        ("] ] ] ] ] ] ] ]", Misdesigned, 7, "1"),
        ("G [ [", Dangling, 7, "1"),
        ("j j [ [", Criteria, 9, "1"),
        ("G g g", Criteria, 9, "1"),
        ("t", Criteria, 11, "1"),
        ("j t", Criteria, 11, "1"),
        ("j t t", Criteria, 11, "1"),
        ("j j j j j", Unreferenced, 13, "1"),
    ] {
        let workspace = workspace();
        assert_eq!(
            cursor(board(&workspace).keys(keys)),
            (section, at, column.to_owned()),
            "{keys}"
        );
    }
}

#[test]
fn the_line_below_says_what_the_cell_means() {
    for (keys, expected) in [
        ("l", "── 1.1 × 2: no task below 2 Sign out tasks.md:10"),
        ("", "── 1.1 × 1: 1.1 Show the bookings, 1.2 tasks.md:4"),
        ("j j", "── 1.3 × 1: 1.3* Count tasks.md:8"),
        (
            "l l l",
            "── 1.1 × 4: only by \"All\": 4 Try everything tasks.md:14",
        ),
        (
            "j j j j l l l",
            "── 2.2 × 4: 4 Try everything, by \"All\" tasks.md:14",
        ),
        ("] ]", "── 3 Checkpoint: names no criterion tasks.md:13"),
        (
            "] ] ] ]",
            "── 1.2 Say what is wrong: no criterion 9.9 tasks.md:7",
        ),
        ("G", "── P2 Sessions end: no criterion 7.7 design.md:7"),
    ] {
        let workspace = workspace();
        let said = line(board(&workspace).keys(keys), "──");
        assert_eq!(
            said.split_whitespace().collect::<Vec<_>>().join(" "),
            expected,
            "{keys}"
        );
    }
}

#[test]
fn the_line_below_waits_for_the_keys_to_rest() {
    let workspace = workspace();
    let mut board = board(&workspace);
    let before = line(&board, "──");
    assert_eq!(line(board.type_keys("j l"), "──"), before);
    assert_ne!(line(board.keys("j"), "──"), before);
}

#[test]
fn marks_are_for_the_tasks_in_the_cell() {
    for (keys, from, to, message) in [
        ("space", "[ ] 1.2 Say", "[x] 1.2 Say", "1.2 done"),
        (
            "s p",
            "[x] 1.1 Show\n[ ] 1.2 Say",
            "[-] 1.1 Show\n[-] 1.2 Say",
            "1.1, 1.2 in progress",
        ),
        ("j s q", "[ ] 1.2 Say", "[~] 1.2 Say", "1.2 queued"),
        ("j j space", "[ ]* 1.3 Count", "[x]* 1.3 Count", "1.3 done"),
        ("j j j l s d", "[-] 2.1 End", "[x] 2.1 End", "2.1 done"),
        ("] ] space", "[ ] 3. Check", "[x] 3. Check", "3 done"),
        (
            "] ] ] ] s p",
            "[ ] 1.2 Say",
            "[-] 1.2 Say",
            "1.2 in progress",
        ),
        ("l space", "", "", "no task of 2 names 1.1"),
        ("G space", "", "", "the cursor is on no task"),
        ("S", "", "", "it is for the Tasks pane"),
    ] {
        let workspace = workspace();
        let mut board = board(&workspace);
        board.keys(keys);
        let expected = from
            .lines()
            .zip(to.lines())
            .fold(TASKS.to_owned(), |text, (from, to)| text.replace(from, to));
        assert_eq!(workspace.read("site/tasks.md"), expected, "{keys}");
        assert!(
            board.screen().lines().last().unwrap().contains(message),
            "{keys}: {}",
            board.screen()
        );
        board.keys("u");
        assert_eq!(workspace.read("site/tasks.md"), TASKS, "{keys}");
    }
}

#[test]
fn a_cell_shows_its_mark_at_once() {
    let workspace = workspace();
    let mut board = board(&workspace);
    assert!(line(&board, "◐ 1.1").starts_with("◐ 1.1  ◐  ·  ·  ·   1  "));
    assert!(line(board.keys("space"), "✓ 1.1").starts_with("✓ 1.1  ✓  ·  ·  ·   1  "));
}

#[test]
fn nothing_is_marked_with_read_only() {
    let workspace = workspace();
    let settings = Settings {
        read_only: true,
        ..Settings::default()
    };
    let mut board = Board::start_with(&workspace, (120, 36), settings);
    board.keys("4 space s d");
    assert_eq!(workspace.read("site/tasks.md"), TASKS);
}

#[test]
fn enter_goes_to_the_task() {
    for (keys, pane, at) in [
        ("enter", Pane::Tasks, 4),
        ("j enter", Pane::Tasks, 6),
        ("l enter", Pane::Trace, 9),
        ("] ] enter", Pane::Tasks, 13),
        ("] ] ] ] enter", Pane::Tasks, 6),
        ("G enter", Pane::Design, 6),
    ] {
        let workspace = workspace();
        let mut board = board(&workspace);
        board.keys(keys);
        assert_eq!(
            (
                board.model.pane,
                board.model.pane_state().unwrap().cursor.line + 1
            ),
            (pane, at),
            "{keys}"
        );
    }
}

#[test]
fn the_cursor_stays_on_its_row_when_files_change() {
    for (keys, file, before, after, expected) in [
        (
            "j l",
            "site/requirements.md",
            "## Requirements",
            "Text\n\n## Requirements",
            (TraceSection::Criteria, 12),
        ),
        (
            "j l",
            "site/tasks.md",
            "# Tasks",
            "# Tasks\n\nText",
            (TraceSection::Criteria, 10),
        ),
        (
            "] ]",
            "site/tasks.md",
            "# Tasks",
            "# Tasks\n\nText",
            (TraceSection::Unreferenced, 15),
        ),
        (
            "] ] ] ]",
            "site/tasks.md",
            "# Tasks",
            "# Tasks\n\nText",
            (TraceSection::Dangling, 9),
        ),
        (
            "G",
            "site/design.md",
            "# Design",
            "# Design\n\nText",
            (TraceSection::Misdesigned, 9),
        ),
        (
            "G",
            "site/requirements.md",
            "## Requirements",
            "Text\n\n## Requirements",
            (TraceSection::Misdesigned, 7),
        ),
        (
            "j l",
            "site/tasks.md",
            "- [ ] 1. Sign in\n",
            "- [ ] 0. New\n- [ ] 1. Sign in\n",
            (TraceSection::Criteria, 10),
        ),
    ] {
        let workspace = workspace();
        let mut board = board(&workspace);
        let column = cursor(board.keys(keys)).2;
        workspace.write(file, workspace.read(file).replace(before, after));
        board.changed(&workspace, &[file]);
        assert_eq!(
            cursor(&board),
            (expected.0, expected.1, column),
            "{keys} {file}"
        );
    }
}

#[test]
fn the_first_frame_after_a_visit_to_the_trace_shows_it_where_it_was() {
    let workspace = workspace();
    let visit = SavedSession::of(&board(&workspace).keys("] ] l l").model);
    let visit: SavedSession =
        serde_json::from_str(&serde_json::to_string(&visit).unwrap()).unwrap();
    let roots = find_roots(&workspace.dir(), &[]).unwrap();
    let mut model = Start {
        roots,
        ..Start::default()
    }
    .model_after(Some(visit), (120, 36));
    settle(&mut model);
    let pane_state = model.pane_state().unwrap();
    let found = (
        model.pane,
        pane_state.section(),
        pane_state.cursor.line + 1,
        model.matrix().label(model.chosen_column()),
    );
    assert_eq!(
        found,
        (Pane::Trace, TraceSection::Unreferenced, 13, "3".to_owned())
    );
    assert!(model.rows().iter().any(|row| pane_state.is_at(*row)));
}

#[test]
fn what_is_done_is_hidden_and_gaps_are_all_that_is_left() {
    let workspace = Workspace::new(&[
        ("site/requirements.md", REQUIREMENTS),
        (
            "site/tasks.md",
            "- [x] 1. a\n  - _Requirements: 1_\n- [ ] 2. b\n  - _Requirements: 2_\n",
        ),
    ]);
    let mut board = board(&workspace);
    assert!(board.screen().contains("all · 5/5"), "{}", board.screen());
    board.keys(".");
    assert!(
        board.screen().contains("open · 5/5") && !board.screen().contains("✓ 1.1"),
        "{}",
        board.screen()
    );
    board.keys("t");
    assert!(
        board
            .screen()
            .contains("no gaps: every criterion has a required task"),
        "{}",
        board.screen()
    );
    assert_eq!(
        board
            .model
            .rows()
            .iter()
            .filter(|row| row.is_place())
            .count(),
        0
    );
}

#[test]
fn without_criteria_there_is_a_sentence() {
    let single = "# X\n## Requirements\n- WHEN a, THE S SHALL b\n- THE S SHALL c\n## Tasks\n- [ ] d _Requirements: 1_\n- [ ] e\n";
    let bug = "### Current Behavior (Defect)\n\n1.1 WHEN a THEN b\n\n### Expected Behavior (Correct)\n\n2.1 WHEN a THEN the S SHALL c\n";
    for (file, text, expected) in [
        (
            "site/tasks.md",
            TASKS,
            "This spec has no requirements.md: there are no criteria to trace.",
        ),
        (
            "site/requirements.md",
            "# Requirements\n\nSoon.\n",
            "requirements.md holds no criteria: there is nothing to trace.",
        ),
        ("site/requirements.md", REQUIREMENTS, "all · 0/5"),
        ("site/spec.md", single, "all · 1/2"),
        ("site/bugfix.md", bug, "all · 0/1"),
    ] {
        let workspace = Workspace::new(&[(file, text)]);
        let mut board = board(&workspace);
        let screen = board.keys("j l h G space t t . .").screen();
        assert!(
            screen.contains(expected) || file == "site/spec.md",
            "{file}: {screen}"
        );
    }
}

const KEYS: [&str; 24] = [
    "j", "k", "h", "l", "G", "g g", "] ]", "[ [", "ctrl-d", "ctrl-u", "t", ".", "z l", "z h",
    "z z", "z a", "space", "s p", "s n", "u", "enter", "v", "S", "*",
];

/// Returns a text with every marker taken out.
fn without_markers(source: &str) -> String {
    ["[x]", "[-]", "[~]"]
        .iter()
        .fold(source.to_owned(), |text, marker| {
            text.replace(marker, "[ ]")
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_keys_the_cursor_is_on_a_row_and_only_markers_change(
        size in (20u16..130, 5u16..40), keys in prop::collection::vec(prop::sample::select(&KEYS[..]), 1..30),
    ) {
        let workspace = workspace();
        let mut board = Board::start(&workspace, size);
        for key in keys {
            board.keys("4").keys(key);
            let rows = board.model.rows();
            let pane_state = board.model.pane_state().unwrap();
            let body = board.model.layout().body;
            let at = rows.iter().position(|row| pane_state.is_at(*row));
            let is_seen = at.is_some_and(|at| (pane_state.top..pane_state.top + usize::from(body.height).max(1)).contains(&at));
            prop_assert!(is_seen || !rows.iter().any(|row| row.is_place()), "{}: {:?}", key, pane_state);
            board.buffer();
        }
        prop_assert_eq!(without_markers(&workspace.read("site/tasks.md")), without_markers(TASKS));
    }
}
