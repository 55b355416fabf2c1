//! The Trace pane as a user meets it: the list and the matrix, what stands alone below them, marks
//! of one task and no more.

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

fn matrix(workspace: &Workspace) -> Board {
    let mut board = board(workspace);
    board.keys("t g g");
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
fn a_requirement_without_criteria_is_a_gap_until_a_task_names_it() {
    let workspace = workspace();
    let words = "### Requirement 3: Look\n\nIt is blue.\n";
    workspace.write("site/requirements.md", format!("{REQUIREMENTS}\n{words}"));
    let tasks = TASKS.replace("All", "2.2");
    workspace.write("site/tasks.md", &tasks);
    let mut board = board(&workspace);
    assert!(line(&board, "✗ 3 ").ends_with("Look"), "{}", board.screen());
    let screen = board.keys("j enter").screen();
    assert!(screen.contains("[1 Requirements]"), "{screen}");
    assert!(screen.contains("requirements.md:20"), "{screen}");
    let screen = board.keys("4 t").screen();
    assert!(line(&board, "✗ 3 ").ends_with("Look"), "{screen}");
    board.keys("t");
    let named = "- [x] 5. Look\n  - _Requirements: 3_\n";
    workspace.write("site/tasks.md", format!("{tasks}{named}"));
    board.changed(&workspace, &["site/tasks.md"]);
    assert!(line(&board, "✓ 3 ").ends_with("Look"), "{}", board.screen());
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
            .keys("4 ] ] ] ] ] ]")
            .styled()
    );
}

#[test]
fn trace_at_40x12() {
    let workspace = workspace();
    assert_screen!(Board::start(&workspace, (40, 12)).keys("4 j").screen());
}

#[test]
fn trace_matrix_at_120x36() {
    let workspace = workspace();
    assert_screen!(board(&workspace).keys("t j l").styled());
}

#[test]
fn trace_matrix_at_80x24() {
    let workspace = workspace();
    assert_screen!(
        Board::start(&workspace, (80, 24))
            .keys("4 t . ] ] ] ]")
            .styled()
    );
}

#[test]
fn trace_matrix_at_40x12() {
    let workspace = workspace();
    assert_screen!(
        Board::start(&workspace, (40, 12))
            .keys("4 t g g l l")
            .screen()
    );
}

#[test]
fn the_cursor_goes_through_the_list_and_the_matrix_and_below_them() {
    use TraceSection::{Criteria, Dangling, Gaps, Misdesigned, Unreferenced};
    for (keys, section, at, column) in [
        ("", Gaps, 11, "1"),
        ("j", Criteria, 9, "1"),
        ("j j j", Criteria, 17, "1"),
        ("] ]", Criteria, 9, "1"),
        ("] ] ] ]", Criteria, 17, "1"),
        ("] ] ] ] ] ]", Unreferenced, 13, "1"),
        ("] ] ] ] ] ] ] ] ] ]", Misdesigned, 7, "1"),
        ("G [ [ [ [", Unreferenced, 13, "1"),
        ("j j [ [", Criteria, 9, "1"),
        ("G g g", Gaps, 11, "1"),
        ("j . .", Gaps, 11, "1"),
        ("j t", Criteria, 9, "1"),
        ("t t", Gaps, 11, "1"),
        ("t j j", Criteria, 18, "1"),
        ("t g g l", Criteria, 9, "2"),
        ("t g g l l l l h", Criteria, 9, "2"),
        ("t g g l l", Criteria, 9, "4"),
        ("t g g h", Criteria, 9, "1"),
        ("t g g z l l", Criteria, 9, "4"),
        ("t g g ] ]", Unreferenced, 13, "1"),
        ("t g g ] ] ] ]", Dangling, 7, "1"),
        ("t G [ [", Dangling, 7, "1"),
        ("t g g .", Criteria, 11, "1"),
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
fn the_line_below_says_what_is_chosen() {
    for (keys, expected) in [
        ("", "── 1.3* Count: optional, so 1.3 is a gap tasks.md:8"),
        ("j", "── 1.1 Show the bookings tasks.md:4"),
        ("j l", "── 1.2 Say what is wrong tasks.md:6"),
        ("j l l l h", "── 1.1 Show the bookings tasks.md:4"),
        ("j l j", "── 1.2 Say what is wrong tasks.md:6"),
        ("j j j j", "── 4 Try everything, by \"All\" tasks.md:14"),
        (
            "t g g l",
            "── 1.1 × 2: no task below 2 Sign out tasks.md:10",
        ),
        ("t g g", "── 1.1 × 1: 1.1 Show the bookings, 1.2 tasks.md:4"),
        ("t", "── 1.3 × 1: 1.3* Count tasks.md:8"),
        (
            "t g g l l",
            "── 1.1 × 4: only by \"All\": 4 Try everything tasks.md:14",
        ),
        (
            "t j j l l",
            "── 2.2 × 4: 4 Try everything, by \"All\" tasks.md:14",
        ),
        (
            "G [ [ [ [",
            "── 3 Checkpoint: names no criterion tasks.md:13",
        ),
        (
            "G [ [",
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
    for (keys, typed) in [("", "j l"), ("t", "k l")] {
        let before = line(board.keys(keys), "──");
        assert_eq!(line(board.type_keys(typed), "──"), before, "{keys}");
        assert_ne!(line(board.keys("j"), "──"), before, "{keys}");
    }
}

#[test]
fn a_mark_is_for_one_task() {
    for (keys, from, to, message) in [
        ("space", "[ ]* 1.3 Count", "[x]* 1.3 Count", "1.3 done"),
        ("j space", "[x] 1.1 Show", "[ ] 1.1 Show", "1.1 not started"),
        ("j l space", "[ ] 1.2 Say", "[x] 1.2 Say", "1.2 done"),
        ("j l s p", "[ ] 1.2 Say", "[-] 1.2 Say", "1.2 in progress"),
        ("j j s q", "[ ] 1.2 Say", "[~] 1.2 Say", "1.2 queued"),
        ("j j j s d", "[-] 2.1 End", "[x] 2.1 End", "2.1 done"),
        ("G [ [ [ [ space", "[ ] 3. Check", "[x] 3. Check", "3 done"),
        ("G [ [ s p", "[ ] 1.2 Say", "[-] 1.2 Say", "1.2 in progress"),
        ("G space", "", "", "the cursor is not on a task"),
        ("S", "", "", "only in the Tasks view"),
        ("t space", "[ ]* 1.3 Count", "[x]* 1.3 Count", "1.3 done"),
        ("t k s p", "[ ] 1.2 Say", "[-] 1.2 Say", "1.2 in progress"),
        ("t j l s d", "[-] 2.1 End", "[x] 2.1 End", "2.1 done"),
        ("t g g l space", "", "", "no task of 2 names 1.1"),
        ("t g g space", "", "", "1.1 in 1 stands for 2 tasks"),
        ("t g g s d", "", "", "1.1 in 1 stands for 2 tasks"),
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
        board.keys("esc u");
        assert_eq!(workspace.read("site/tasks.md"), TASKS, "{keys}");
    }
}

#[test]
fn a_cell_of_several_tasks_asks_which_of_them_is_to_be_marked() {
    let workspace = workspace();
    let mut board = matrix(&workspace);
    let screen = board.keys("space").screen();
    assert!(screen.contains("1 of 2"), "{screen}");
    assert_eq!(workspace.read("site/tasks.md"), TASKS);
    board.keys("j space");
    let expected = TASKS.replace("[ ] 1.2 Say", "[x] 1.2 Say");
    assert_eq!(workspace.read("site/tasks.md"), expected);
    board.keys("ctrl-o");
    assert_eq!(board.model.pane, Pane::Trace);
    assert_eq!(cursor(&board), (TraceSection::Criteria, 9, "1".to_owned()));
}

#[test]
fn a_criterion_shows_its_mark_at_once() {
    let workspace = workspace();
    let mut board = board(&workspace);
    board.keys("j l");
    assert!(line(&board, "◐ 1.1").starts_with("◐ 1.1   ✓1.1 ○1.2"));
    assert!(line(board.keys("space"), "✓ 1.1").starts_with("✓ 1.1   ✓1.1 ✓1.2"));
}

#[test]
fn a_cell_shows_its_mark_at_once() {
    let workspace = workspace();
    let mut board = matrix(&workspace);
    assert!(line(board.keys("j"), "○ 1.2").starts_with("○ 1.2  ○  ·  ·   1  "));
    assert!(line(board.keys("space"), "✓ 1.2").starts_with("✓ 1.2  ✓  ·  ·   1  "));
}

#[test]
fn a_gap_that_is_filled_moves_and_the_cursor_with_it() {
    let workspace = workspace();
    let mut board = board(&workspace);
    let tasks = TASKS.replace("[ ]* 1.3", "[ ] 1.3");
    workspace.write("site/tasks.md", tasks);
    board.changed(&workspace, &["site/tasks.md"]);
    assert_eq!(cursor(&board), (TraceSection::Criteria, 11, "1".to_owned()));
    let screen = board.screen();
    assert!(
        screen.contains("5 of 5 covered") && !screen.contains("Gaps"),
        "{screen}"
    );
}

#[test]
fn the_criterion_under_the_cursor_stands_in_full_with_all_its_tasks() {
    let tasks: String = (1..=30)
        .map(|number| format!("- [ ] {number}. Task\n  - _Requirements: 1.1_\n"))
        .collect();
    let workspace = Workspace::new(&[
        ("site/requirements.md", REQUIREMENTS),
        ("site/tasks.md", &tasks),
    ]);
    let mut board = Board::start(&workspace, (80, 24));
    board.keys("4 j j j j");
    let row = line(&board, "○ 1.1");
    assert!(
        row.contains("○1 ○2 ○3 ○4 ○5") && row.ends_with("show the"),
        "{row:?}"
    );
    assert!(board.screen().contains("to come"), "{}", board.screen());
    board.keys(&["l"; 29].join(" "));
    let screen = board.screen();
    assert!(
        screen.contains("○30") && !screen.contains("○1 ○2"),
        "{screen}"
    );
    let row = line(board.keys("k"), "○ 1.1");
    assert!(row.contains("○1 ○2 ○3 ○4 +26 "), "{row:?}");
}

#[test]
fn columns_of_the_matrix_are_those_that_cover_what_is_on_the_screen() {
    let criteria: String = (1..=30)
        .map(|at| format!("{at}. THE S SHALL {at}\n"))
        .collect();
    let requirements = format!("### Requirement 1: A\n#### Acceptance Criteria\n{criteria}");
    let tasks: String = (1..=30)
        .map(|at| format!("- [ ] {at}. Task\n  - _Requirements: 1.{at}_\n"))
        .collect();
    let workspace = Workspace::new(&[
        ("site/requirements.md", &requirements),
        ("site/tasks.md", &tasks),
    ]);
    let mut board = Board::start(&workspace, (120, 12));
    for (keys, expected) in [
        ("4 t", "1 2 3 4 5 6 7 8"),
        ("l", "1 2 3 4 5 6 7 8"),
        ("G", "2 23 24 25 26 27 28 29 30"),
        ("l", "23 24 25 26 27 28 29 30"),
    ] {
        let head = line(board.keys(keys), "id ");
        let labels = head.split("  all").next().unwrap_or_default();
        let labels: Vec<&str> = labels.split_whitespace().skip(1).collect();
        assert_eq!(labels.join(" "), expected, "{keys}");
    }
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
        ("enter", Pane::Tasks, 8),
        ("j enter", Pane::Tasks, 4),
        ("j l enter", Pane::Tasks, 6),
        ("j j enter", Pane::Tasks, 6),
        ("t g g enter", Pane::Tasks, 4),
        ("t g g j enter", Pane::Tasks, 6),
        ("t g g l enter", Pane::Trace, 9),
        ("G [ [ [ [ enter", Pane::Tasks, 13),
        ("G [ [ enter", Pane::Tasks, 6),
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
fn enter_on_a_gap_goes_to_the_criterion() {
    let workspace = workspace();
    let mut board = board(&workspace);
    workspace.write(
        "site/tasks.md",
        TASKS
            .replace("1.1, 1.2, 9.9", "1.1, 9.9")
            .replace("All", "1.1"),
    );
    board.changed(&workspace, &["site/tasks.md"]);
    assert!(line(board.keys("g g"), "✗ 1.2").starts_with("✗ 1.2   – "));
    board.keys("enter");
    let at = board.model.pane_state().unwrap().cursor.line + 1;
    assert_eq!((board.model.pane, at), (Pane::Requirements, 10));
}

#[test]
fn a_gap_has_one_glyph_in_every_view() {
    let workspace = workspace();
    let tasks = TASKS
        .replace("1.1, 1.2, 9.9", "1.1, 9.9")
        .replace("All", "1.1");
    workspace.write("site/tasks.md", tasks);
    let mut board = board(&workspace);
    board.changed(&workspace, &["site/tasks.md"]);
    for (keys, at) in [("1", "requirements"), ("4", "list"), ("t", "matrix")] {
        board.keys(keys);
        for row in ["✗ 1.2 ", "! ○ 1.3 "] {
            assert!(
                !line(&board, row).is_empty(),
                "{at}: {row}\n{}",
                board.screen()
            );
        }
    }
}

#[test]
fn the_cursor_stays_on_its_row_when_files_change() {
    let text = ("## Requirements", "Text\n\n## Requirements");
    let plan = ("# Tasks", "# Tasks\n\nText");
    let design = ("# Design", "# Design\n\nText");
    let task = ("- [ ] 1. Sign in\n", "- [ ] 0. New\n- [ ] 1. Sign in\n");
    use TraceSection::{Criteria, Dangling, Gaps, Misdesigned, Unreferenced};
    for (keys, file, (before, after), expected) in [
        ("", "requirements", text, (Gaps, 13)),
        ("j j l", "requirements", text, (Criteria, 12)),
        ("t k l", "requirements", text, (Criteria, 12)),
        ("j j l", "tasks", plan, (Criteria, 10)),
        ("t g g j l", "tasks", plan, (Criteria, 10)),
        ("G [ [ [ [", "tasks", plan, (Unreferenced, 15)),
        ("G [ [", "tasks", plan, (Dangling, 9)),
        ("G", "design", design, (Misdesigned, 9)),
        ("G", "requirements", text, (Misdesigned, 7)),
        ("j j l", "tasks", task, (Criteria, 10)),
        ("t g g j l", "tasks", task, (Criteria, 10)),
    ] {
        let workspace = workspace();
        let mut board = board(&workspace);
        let column = cursor(board.keys(keys)).2;
        let file = &format!("site/{file}.md");
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
    let visit = SavedSession::of(&board(&workspace).keys("t g g l l ] ]").model);
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
        (Pane::Trace, TraceSection::Unreferenced, 13, "4".to_owned())
    );
    assert!(model.rows().iter().any(|row| pane_state.is_at(*row)));
}

#[test]
fn what_is_covered_is_hidden_and_gaps_are_all_that_is_left() {
    for (keys, tasks, expected, is_shown) in [
        ("", "1.1, 2", "gaps first · 3 of 5 covered", true),
        (".", "1.1, 2", "gaps only · 3 of 5 covered", false),
        (". .", "1.1, 2", "gaps first · 3 of 5 covered", true),
        ("t", "1.1, 2", "all · 3/5", true),
        ("t .", "1.1, 2", "gaps · 3/5", false),
        (
            ".",
            "1, 2",
            "no gaps: every criterion has a required task",
            false,
        ),
        (
            "t .",
            "1, 2",
            "no gaps: every criterion has a required task",
            false,
        ),
    ] {
        let tasks = format!("- [x] 1. a\n  - _Requirements: {tasks}_\n");
        let workspace = Workspace::new(&[
            ("site/requirements.md", REQUIREMENTS),
            ("site/tasks.md", &tasks),
        ]);
        let mut board = board(&workspace);
        let screen = board.keys(keys).screen();
        assert!(screen.contains(expected), "{keys}: {screen}");
        assert_eq!(screen.contains("✓ 1.1"), is_shown, "{keys}: {screen}");
    }
}

#[test]
fn without_criteria_there_is_a_sentence() {
    let single = "# X\n## Requirements\n- WHEN a, THE S SHALL b\n- THE S SHALL c\n## Tasks\n- [ ] d _Requirements: 1_\n- [ ] e\n";
    let bug = "### Current Behavior (Defect)\n\n1.1 WHEN a THEN b\n\n### Expected Behavior (Correct)\n\n2.1 WHEN a THEN the S SHALL c\n";
    for (file, text, expected) in [
        (
            "site/tasks.md",
            TASKS,
            "This spec has no requirements.md, so there is nothing to trace.",
        ),
        (
            "site/requirements.md",
            "# Requirements\n\nSoon.\n",
            "requirements.md has no acceptance criteria, so there is nothing to trace.",
        ),
        ("site/requirements.md", REQUIREMENTS, "0 of 5 covered"),
        ("site/spec.md", single, "1 of 2 covered"),
        ("site/bugfix.md", bug, "0 of 1 covered"),
    ] {
        let workspace = Workspace::new(&[(file, text)]);
        let mut board = board(&workspace);
        let screen = board.keys("j l h G space t t t h l t . .").screen();
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

#[test]
fn a_criterion_is_opened_from_the_trace_of_a_spec_without_tasks() {
    let requirements = "### Requirement 1\n#### Acceptance Criteria\n1. THE System SHALL answer\n";
    for tasks in ["", "# Plan\n"] {
        let workspace =
            Workspace::new(&[("a/requirements.md", requirements), ("a/tasks.md", tasks)]);
        for keys in ["4 enter", "4 t enter", "4 t h l space s d", "4 . t . enter"] {
            let mut board = Board::start(&workspace, (120, 36));
            board.keys(keys);
            assert!(board.screen().contains("1.1"), "{keys}: {}", board.screen());
        }
    }
}

/// bugfix.md beside requirements.md is a document with criteria of its own: its ids are found, its
/// rows stand behind those of the requirements, and it is opened among the other files.
#[test]
fn a_bug_report_beside_requirements_is_traced_and_gone_to() {
    let bug = "# Bug\n\n### Expected Behavior\n\n1.1 WHEN a THEN the Site SHALL stay\n\n2.5 WHEN a THEN the Site SHALL resend\n";
    let workspace = Workspace::new(&[
        ("site/requirements.md", REQUIREMENTS),
        ("site/bugfix.md", bug),
        (
            "site/tasks.md",
            "- [ ] 1. Resend\n  - _Requirements: 1.1, 2.5, 7.1_\n",
        ),
    ]);
    let mut board = Board::start(&workspace, (120, 30));
    board.keys("4");
    let rows = |board: &Board| -> Vec<String> {
        let screen = board.screen();
        let rows = screen.lines().filter(|line| line.contains("SHALL"));
        let cells = |line: &str| {
            line.split_whitespace()
                .skip(1)
                .collect::<Vec<_>>()
                .join(" ")
        };
        rows.map(|line| cells(line.split_once('│').unwrap().1))
            .collect()
    };
    let list = rows(&board);
    assert!(
        list.iter()
            .any(|row| row.ends_with("THE Site SHALL say goodbye")),
        "{list:?}"
    );
    assert!(
        list.iter()
            .any(|row| row == "2.5 ○1 WHEN a THEN the Site SHALL resend"),
        "{list:?}"
    );
    assert!(
        board.screen().contains("Tasks with dangling references"),
        "{}",
        board.screen()
    );
    board.keys("t");
    assert!(
        rows(&board).iter().any(|row| row.contains("SHALL resend")),
        "{}",
        board.screen()
    );
    board.keys("3 enter j j");
    let screen = board.screen();
    assert!(
        screen.contains("[5 Files]") && screen.contains("bugfix.md:7"),
        "{screen}"
    );
    // Both documents say 1.1; the second is the one of the bug report.
    board.keys("k");
    assert!(board.screen().contains("bugfix.md:5"), "{}", board.screen());
    board.keys("k");
    assert!(
        board.screen().contains("requirements.md:9"),
        "{}",
        board.screen()
    );
    board.keys("esc");
    assert!(board.screen().contains("[3 Tasks]"), "{}", board.screen());
    // What is written there by others is taken in.
    workspace.write("site/bugfix.md", bug.replace("2.5", "7.1"));
    board.changed(&workspace, &["site/bugfix.md"]);
    let screen = board.screen();
    assert!(
        screen.contains("2.5!") && !screen.contains("7.1!"),
        "{screen}"
    );
}
