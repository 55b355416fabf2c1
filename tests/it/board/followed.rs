//! What stays where it was, or is shown as new, when other programs change files beside the board.

use crate::harness::{Board, Workspace};

const SIZE: (u16, u16) = (80, 12);

/// Makes a task list of this many tasks, numbered from 1.
fn plan(count: usize) -> String {
    (1..=count)
        .map(|task| format!("- [ ] {task}. Task {task}\n"))
        .collect()
}

/// Returns the words of a line of the open task list.
fn words(board: &Board, line: usize) -> String {
    let text = &board.model.open_file().unwrap().text;
    text.lossy(text.lines()[line].content).into_owned()
}

/// Returns the unread lines of the open task list by their words.
fn unread(board: &Board) -> Vec<String> {
    let pane_state = board.model.pane_state().unwrap();
    pane_state
        .unread
        .iter()
        .map(|position| words(board, position.line))
        .collect()
}

fn rewrite(workspace: &Workspace, board: &mut Board, text: &str) {
    workspace.write("a/tasks.md", text);
    board.changed(workspace, &["a/tasks.md"]);
}

#[test]
fn what_is_unread_stays_unread_where_lines_come_above_it() {
    let workspace = Workspace::new(&[("a/tasks.md", &plan(30))]);
    let mut board = Board::start(&workspace, SIZE);
    let changed = plan(30).replace("Task 20", "Job 20");
    rewrite(&workspace, &mut board, &changed);
    assert_eq!(unread(&board), ["- [ ] 20. Job 20"]);
    let longer = format!("- [ ] 0. New\n{changed}");
    rewrite(&workspace, &mut board, &longer);
    assert_eq!(unread(&board), ["- [ ] 0. New", "- [ ] 20. Job 20"]);
    let headed = format!("# Plan\n\nSome words.\n\n{longer}");
    rewrite(&workspace, &mut board, &headed);
    let all = ["# Plan", "- [ ] 0. New", "- [ ] 20. Job 20"];
    assert_eq!(unread(&board), all);
}

#[test]
fn what_is_no_task_is_unread_where_it_changes() {
    let list = "- [ ] 1. One\n\n## Notes\n\nOld words.\nMore words.\n\n### - [ ] 2. Boxed\n\n- [ ] 3. Three\n";
    let workspace = Workspace::new(&[("a/tasks.md", list)]);
    for (from, to, expected, drawn) in [
        ("Notes", "Remarks", "## Remarks", "•Remarks"),
        ("More words", "New words", "## Notes", "•Notes"),
        (
            "### - [ ]",
            "### - [x]",
            "### - [x] 2. Boxed",
            "•✓ 2. Boxed",
        ),
        ("Three", "Four", "- [ ] 3. Four", "• ○ 3     Four"),
    ] {
        workspace.write("a/tasks.md", list);
        let mut board = Board::start(&workspace, SIZE);
        rewrite(&workspace, &mut board, &list.replace(from, to));
        assert_eq!(unread(&board), [expected], "{from}");
        let screen = board.keys("3").screen();
        assert!(screen.contains(drawn), "{screen}");
    }
}

/// Returns the row of the cursor on the screen, and whether it is on task 41.
fn cursor_on_41(board: &Board) -> (usize, bool) {
    let screen = board.screen();
    let rows: Vec<&str> = screen.lines().collect();
    let row = rows.iter().position(|line| line.contains('▌')).unwrap();
    (row, rows[row].contains("Task 41"))
}

fn with_two_before(count: usize) -> String {
    format!("- [ ] 0. New\n- [ ] 0.5. New\n{}", plan(count))
}

#[test]
fn the_screen_stays_on_its_tasks_where_lines_come_above_them() {
    let workspace = Workspace::new(&[("a/tasks.md", &plan(60))]);
    let mut board = Board::start(&workspace, SIZE);
    board.keys("3").keys(&"j ".repeat(40)).keys("k k k j j j");
    let before = cursor_on_41(&board);
    assert!(before.1, "{}", board.screen());
    rewrite(&workspace, &mut board, &with_two_before(60));
    assert_eq!(cursor_on_41(&board), before, "{}", board.screen());
}

#[test]
fn the_screen_is_on_its_tasks_again_after_another_spec() {
    let workspace = Workspace::new(&[("b/tasks.md", "- [ ] 1. B\n"), ("a/tasks.md", &plan(60))]);
    let mut board = Board::start(&workspace, (120, 16));
    board.keys("3").keys(&"j ".repeat(40)).keys("k k k j j j");
    let before = cursor_on_41(&board);
    assert!(before.1, "{}", board.screen());
    board.keys("tab j enter");
    assert!(!board.screen().contains("Task 41"), "{}", board.screen());
    rewrite(&workspace, &mut board, &with_two_before(60));
    board.keys("tab k enter");
    assert_eq!(cursor_on_41(&board), before, "{}", board.screen());
}

#[test]
fn a_spec_that_comes_is_unread_and_those_of_the_start_are_not() {
    let workspace = Workspace::new(&[
        ("a/tasks.md", "- [ ] 1. A\n"),
        ("b/tasks.md", "- [ ] 1. B\n"),
    ]);
    let mut board = Board::start(&workspace, SIZE);
    let unread = |board: &Board| {
        let features = board
            .model
            .specs
            .workspace()
            .features
            .iter()
            .zip(board.model.specs.summaries());
        let unread = features.filter(|(_, summary)| summary.unread);
        unread
            .map(|(feature, _)| feature.name().to_owned())
            .collect::<Vec<_>>()
    };
    assert!(unread(&board).is_empty());
    workspace.write("c/tasks.md", "- [ ] 1. C\n");
    board.changed(&workspace, &["c/tasks.md"]);
    assert_eq!(unread(&board), ["c"]);
}

/// Of cards with the same words, the cursor stays on the one that is nearest to where it was.
#[test]
fn of_equal_cards_the_nearest_keeps_the_cursor() {
    let same = "- [ ] Same\n- [ ] Other\n- [ ] Same\n- [ ] Last\n";
    let workspace = Workspace::new(&[("a/tasks.md", same)]);
    let mut board = Board::start(&workspace, (120, 36));
    board.keys("b g g j j");
    let line = |board: &Board| board.model.board.card().map(|(_, card)| card.line);
    assert_eq!(line(&board), Some(2));
    rewrite(&workspace, &mut board, &same.replace("Last", "The last"));
    assert_eq!(line(&board), Some(2));
    board.keys("space");
    assert!(
        workspace.read("a/tasks.md").contains("Other\n- [x] Same\n"),
        "{}",
        workspace.read("a/tasks.md")
    );
}

#[test]
fn a_heading_above_the_first_item_folds_what_is_below_it() {
    let workspace = Workspace::new(&[(
        "a/tasks.md",
        "## One\n- [ ] 1. Alpha\n## Two\n- [ ] 2. Beta\n",
    )]);
    let mut board = Board::start(&workspace, (120, 36));
    let screen = board.keys("3 g g h").screen();
    assert!(
        !screen.contains("Alpha") && screen.contains("Beta"),
        "{screen}"
    );
    let screen = board.keys("l").screen();
    assert!(
        screen.contains("Alpha") && screen.contains("Beta"),
        "{screen}"
    );
}
