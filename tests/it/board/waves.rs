//! Tasks by waves, and stale work: what is shown, where the cursor goes, and what is written.

use std::time::{Duration, SystemTime};

use crate::footer::assert_screen;
use crate::harness::{Board, Workspace};
use specboard::model::{Pane, SavedSession};

/// A plan in which one wave is done, one is worked on, and one waits.
const PLAN: &str = "\
# Implementation Plan

- [x] 1. Lay the cable
  - [x] 1.1 Measure the depth of the harbour
    - _Requirements: 1.1_
  - [x] 1.2 Order the cable
    - _Requirements: 1.2, 1.3_
- [-] 2. Build the lamps
  - [x] 2.1 Cast the housings
    - _Requirements: 2.1_
  - [-] 2.2 Grind the lenses
    - Two for each lamp
    - _Requirements: 2.2, 2.3, 2.4, 2.5_
  - [ ] 2.3 Wire the sockets
  - [ ]* 2.4 Write a manual
- [ ] 3. Light the pier
  - [ ] 3.1 Hang the lamps
    - _Requirements: 3.1_
  - [~] 3.2 Set the clock
- [ ] 4. Invite the harbour master

```json
{
  \"waves\": [
    { \"id\": 0, \"tasks\": [\"1.1\", \"1.2\"] },
    { \"id\": 1, \"tasks\": [\"2.1\", \"2.2\", \"2.3\", \"2.4\"] },
    { \"id\": 2, \"tasks\": [\"3\"] }
  ]
}
```
";
const DAY: u64 = 24 * 60 * 60;

fn workspace() -> Workspace {
    Workspace::new(&[
        ("pier/tasks.md", PLAN),
        ("ferry/tasks.md", "- [-] 1. a\n- [ ] 2. b\n"),
        ("quay/tasks.md", "- [ ] 1. a\n"),
    ])
}

/// Starts a board on the pier, `days` days after the last write to its tasks; the ferry's are
/// fresh.
fn board_after(workspace: &Workspace, size: (u16, u16), days: u64) -> Board {
    let now = SystemTime::now();
    let file = std::fs::File::options()
        .write(true)
        .open(workspace.specs().join("pier/tasks.md"))
        .unwrap();
    file.set_modified(now - Duration::from_secs(days * DAY + 60))
        .unwrap();
    let mut board = Board::start(workspace, size);
    board.model.now = i64::try_from(
        now.duration_since(SystemTime::UNIX_EPOCH)
            .unwrap()
            .as_secs(),
    )
    .unwrap();
    board.open(workspace, "pier");
    board
}

fn board(workspace: &Workspace, size: (u16, u16)) -> Board {
    board_after(workspace, size, 0)
}

/// Returns what the cursor of the pane is on: the line from 1, with `w` for the heading of a wave.
fn cursor(board: &Board) -> String {
    let pane_state = board.model.pane_state().unwrap();
    format!(
        "{}{}",
        if pane_state.is_on_wave() { "w" } else { "" },
        pane_state.cursor.line + 1
    )
}

/// Returns the file as it is now.
fn tasks(workspace: &Workspace) -> String {
    workspace.read("pier/tasks.md")
}

#[test]
fn tasks_by_waves_and_stale_ones_at_120x36() {
    let workspace = workspace();
    assert_screen!(
        board_after(&workspace, (120, 36), 9)
            .keys("t j j j")
            .styled()
    );
}

#[test]
fn tasks_by_waves_and_stale_ones_at_80x24() {
    let workspace = workspace();
    assert_screen!(board_after(&workspace, (80, 24), 9).keys("t z d").styled());
}

#[test]
fn tasks_by_waves_at_40x14() {
    let workspace = workspace();
    assert_screen!(board_after(&workspace, (40, 14), 9).keys("t").screen());
}

#[test]
fn stale_work_in_the_tree_at_120x36() {
    let workspace = workspace();
    assert_screen!(board_after(&workspace, (120, 36), 9).styled());
}

#[test]
fn the_cursor_goes_where_the_keys_say() {
    for (keys, expected) in [
        ("j j", "6"),
        ("j j t", "6"),
        ("j j t t", "6"),
        // A parent without a row is stood for by its first sub-task.
        ("t", "4"),
        ("j j t k k", "w4"),
        ("t G", "20"),
        ("t g g", "w4"),
        ("t g g j", "4"),
        ("t ] ]", "w8"),
        ("t ] ] ] ]", "w16"),
        ("t G [ [", "w20"),
        ("t g g ] o", "8"),
        ("t g g ] o ] o", "11"),
        ("t g g ] o ] o ] o ] o ] o", "16"),
        ("t G [ o", "19"),
        ("t G [ o [ o [ o [ o", "15"),
        // What is folded opens for the next open task.
        ("t z m g g ] o", "8"),
        ("t z m g g j j ] o", "16"),
        ("t h", "w4"),
        ("t h h j", "w8"),
        ("t h h l j", "4"),
        ("t G h h k", "19"),
        // The children of a task in the same wave are folded with it.
        ("t ] ] ] ] j h j", "w20"),
        ("t ] ] ] ] j j h", "16"),
        ("t . g g", "w8"),
        ("t j .", "8"),
        ("t z d g g j", "w8"),
        // Details.
        ("t ] ] j j j l j", "12"),
        ("t ] ] j j j l j h", "11"),
    ] {
        let workspace = workspace();
        let mut board = board(&workspace, (100, 40));
        board.keys(keys);
        assert_eq!(cursor(&board), expected, "{keys}\n{}", board.screen());
    }
}

#[test]
fn marks_work_among_waves() {
    for (keys, lines) in [
        ("t ] ] j j j space", &["  - [x] 2.2"][..]),
        ("t ] ] j j j s q", &["  - [~] 2.2"]),
        (
            "t ] ] ] ] j S d",
            &["- [x] 3.", "  - [x] 3.1", "  - [x] 3.2"],
        ),
        // From the last task of a wave to the first of the next, in the order on the screen.
        ("t ] ] j j j j j v j j s d", &["  - [x]* 2.4", "- [x] 3. "]),
        ("t G v k k s d", &["  - [x] 3.2", "- [x] 4."]),
        // A heading is no task.
        ("t ] ] space", &["- [-] 2."]),
    ] {
        let workspace = workspace();
        let mut board = board(&workspace, (100, 40));
        board.keys(keys);
        let after = tasks(&workspace);
        for line in lines {
            assert!(
                after.contains(line),
                "{keys}: {line}\n{}\n{after}",
                board.screen()
            );
        }
        let changed = PLAN
            .lines()
            .zip(after.lines())
            .filter(|(before, after)| before != after)
            .count();
        assert!(changed <= lines.len(), "{keys}: {changed} lines\n{after}");
        board.keys("u");
        assert_eq!(tasks(&workspace), PLAN, "{keys}");
    }
}

#[test]
fn the_cursor_stays_on_its_task_when_the_file_changes() {
    let workspace = workspace();
    let mut board = board(&workspace, (100, 40));
    board.keys("t ] ] j j j j");
    assert_eq!(cursor(&board), "14");
    let graph = PLAN
        .replace("\"1.2\"]", "\"1.2\", \"2.3\"]")
        .replace("\"2.3\", ", "");
    workspace.write("pier/tasks.md", format!("New first line.\n\n{graph}"));
    let screen = board.changed(&workspace, &["pier/tasks.md"]).screen();
    assert_eq!(cursor(&board), "16", "{screen}");
    let heading = screen
        .lines()
        .position(|line| line.contains("Wave 0"))
        .unwrap();
    assert!(
        screen.lines().nth(heading + 4).unwrap().contains("2.3"),
        "{screen}"
    );
}

#[test]
fn what_others_change_is_flagged_on_its_task_or_on_the_wave_that_hides_it() {
    let workspace = workspace();
    let mut board = board(&workspace, (100, 40));
    board.keys("t ] ] h");
    workspace.write(
        "pier/tasks.md",
        PLAN.replace("2.3 Wire", "2.3 Rewire")
            .replace("1.1 Measure", "1.1 Sound"),
    );
    let screen = board.changed(&workspace, &["pier/tasks.md"]).screen();
    let flagged: Vec<&str> = screen
        .lines()
        .filter(|line| line.contains("│ •") || line.contains("│▌•"))
        .collect();
    assert!(
        flagged.len() == 2 && flagged[0].contains("1.1") && flagged[1].contains("Wave 1"),
        "{screen}"
    );
    let screen = board.keys("j").screen();
    assert!(
        screen.contains("•Wave 1") || screen.contains("• Wave 1"),
        "a heading that was left is not seen: {screen}"
    );
    let screen = board.keys("] c ] c").screen();
    assert!(
        screen
            .lines()
            .any(|line| line.contains('▌') && line.contains("2.3")),
        "{screen}"
    );
}

#[test]
fn the_arrangement_is_remembered_for_each_spec() {
    let workspace = workspace();
    let mut board = board(&workspace, (120, 36));
    board.keys("t ] ] h");
    let text = serde_json::to_string(&SavedSession::of(&board.model)).unwrap();
    let mut next = Board::start(&workspace, (120, 36));
    serde_json::from_str::<SavedSession>(&text)
        .unwrap()
        .restore(&mut next.model);
    let screen = next.open(&workspace, "pier").screen();
    assert!(
        screen.contains("Wave 1  ▸5") && cursor(&next) == "w8",
        "{screen}"
    );
    let feature = workspace.specs().join("ferry");
    assert!(
        next.model
            .pane_states
            .of(&feature, Pane::Tasks)
            .is_none_or(|pane_state| pane_state
                .tasks()
                .is_none_or(|tasks| tasks.folded_groups.is_empty()))
    );
    assert!(
        !next.keys("] s").screen().contains("Wave"),
        "{}",
        next.screen()
    );
}

#[test]
fn a_list_without_waves_and_needs_says_that_it_is_an_order() {
    let workspace = workspace();
    let mut board = board(&workspace, (120, 36));
    let screen = board.keys("tab j enter t").screen();
    assert!(
        screen.contains("this spec has no waves or dependencies"),
        "{screen}"
    );
}

#[test]
fn stale_tasks_go_back_with_one_key_and_come_again_with_one() {
    let workspace = workspace();
    let mut board = board_after(&workspace, (120, 36), 9);
    assert!(board.screen().contains(" · 3 stale"), "{}", board.screen());
    let screen = board.keys("s r").screen();
    assert!(
        screen.contains("3 stale tasks reset to not started")
            && !screen.contains("z 9 d")
            && !screen.contains("· 3 stale"),
        "{screen}"
    );
    let expected = PLAN.replace("[-]", "[ ]").replace("[~]", "[ ]");
    assert_eq!(tasks(&workspace), expected);
    let screen = board.keys("s r").screen();
    assert!(
        screen.contains("nothing is stale: no started task was left untouched for a week"),
        "{screen}"
    );
    assert!(board.keys("u").screen().contains("undone: 3 tasks are"));
    assert_eq!(tasks(&workspace), PLAN);
}

#[test]
fn work_is_stale_from_the_seventh_day_on_and_not_in_the_archive() {
    for (days, is_stale) in [(0, false), (6, false), (7, true), (120, true)] {
        let workspace = workspace();
        let mut board = board_after(&workspace, (120, 36), days);
        let screen = board.screen();
        assert_eq!(
            screen.contains(&format!("z {days} d")),
            is_stale,
            "{screen}"
        );
        assert_eq!(
            screen
                .lines()
                .any(|line| line.contains("pier") && line.contains("z│")),
            is_stale,
            "{screen}"
        );
        let changes = board.keys("s r").model.history.undo.len();
        assert_eq!(changes, usize::from(is_stale), "{days}");
    }
    let workspace = Workspace::new(&[("archive/old/tasks.md", "- [-] 1. a\n")]);
    let mut board = Board::start(&workspace, (120, 36));
    board.model.now = i64::MAX / 2;
    assert!(!board.screen().contains("stale"), "{}", board.screen());
}

#[test]
fn cards_say_that_they_are_stale_and_can_be_put_back() {
    let workspace = workspace();
    let mut board = board_after(&workspace, (120, 36), 9);
    let screen = board.keys("b").screen();
    assert_eq!(screen.matches("z 9 d").count(), 2, "{screen}");
    let screen = board.keys("b").screen();
    assert_eq!(screen.matches("z 9 d").count(), 2, "{screen}");
    board.keys("s r");
    assert!(!tasks(&workspace).contains("[-]") && workspace.read("ferry/tasks.md").contains("[-]"));
}

#[test]
fn nothing_is_put_back_on_a_read_only_board() {
    let workspace = workspace();
    let mut board = board_after(&workspace, (120, 36), 9);
    board.model.settings.read_only = true;
    assert!(
        board.keys("s r").screen().contains("read-only"),
        "{}",
        board.screen()
    );
    assert_eq!(tasks(&workspace), PLAN);
}
