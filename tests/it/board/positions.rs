//! Folds, open details, waves and jumps stay with what they are of, when other programs change
//! files that are open, that are not open, and while the board is away.

use specboard::model::{Model, SavedSession};
use specboard::runtime::Start;
use specboard::store::find_roots;
use specboard::update::settle;

use crate::harness::{Board, Workspace};

const PLAN: &str = "# Plan\n\n- [ ] 1. First\n  - [ ] 1.1 one\n    - detail one\n- [ ] 2. Second\n  \
                    - [ ] 2.1 two\n    - detail two\n";
const LONGER: &str = "# Plan\n\nNew words.\n\n- [ ] 0. New\n  - [ ] 0.1 zero\n- [ ] 1. First\n  - [ ] 1.1 one\n    \
                      - detail one\n- [x] 2. Second\n  - [ ] 2.1 two\n    - detail two\n";

fn workspace() -> Workspace {
    Workspace::new(&[
        ("a/tasks.md", PLAN),
        ("b/tasks.md", "- [ ] 1. Other\n- [ ] 2. More\n"),
    ])
}

/// Opens the spec with this place in the list, in its Tasks pane.
fn open(board: &mut Board, index: usize) {
    board.keys("tab g g");
    for _ in 0..index {
        board.keys("j");
    }
    board.keys("enter 3");
}

/// Returns what the open task list has folded and opened, and where its cursor is, by the words of
/// the lines.
fn held(model: &Model) -> String {
    let (Some(open_file), Some(pane_state)) = (model.open_file(), model.pane_state()) else {
        return "nothing".to_owned();
    };
    let words = |line: usize| {
        let line = open_file.text.lossy(open_file.text.lines()[line].content);
        line.trim_start_matches(|letter: char| !letter.is_ascii_digit())
            .to_owned()
    };
    let all = |positions: &mut dyn Iterator<Item = usize>| {
        positions.map(words).collect::<Vec<_>>().join(", ")
    };
    let opened = &pane_state.tasks().unwrap().opened;
    format!(
        "at {}; folded {}; open {}",
        words(pane_state.cursor.line),
        all(&mut pane_state.folded.iter().map(|folded| folded.line)),
        all(&mut opened.iter().map(|opened| opened.line)),
    )
}

/// Starts the board anew after a visit that was written down.
fn again(workspace: &Workspace, board: &mut Board) -> Model {
    board.model.leave_documents();
    let text = serde_json::to_string(&SavedSession::of(&board.model)).unwrap();
    let visit: SavedSession = serde_json::from_str(&text).unwrap();
    let roots = find_roots(&workspace.dir(), &[]).unwrap();
    let start = Start {
        roots,
        ..Start::default()
    };
    let mut model = start.model_after(Some(visit), (100, 30));
    settle(&mut model);
    model
}

/// Folds task 2 and opens the details of 1.1.
fn folded(board: &mut Board) {
    board.keys("g g j l j j z a");
    assert_eq!(
        held(&board.model),
        "at 2. Second; folded 2. Second; open 1.1 one"
    );
}

#[test]
fn a_fold_stays_on_its_task_while_another_spec_is_open() {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (100, 30));
    open(&mut board, 0);
    folded(&mut board);
    open(&mut board, 1);
    workspace.write("a/tasks.md", LONGER);
    board.changed(&workspace, &["a/tasks.md"]);
    open(&mut board, 0);
    assert_eq!(
        held(&board.model),
        "at 2. Second; folded 2. Second; open 1.1 one"
    );
}

#[test]
fn a_fold_stays_on_its_task_over_a_restart() {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (100, 30));
    open(&mut board, 0);
    folded(&mut board);
    workspace.write("a/tasks.md", LONGER);
    assert_eq!(
        held(&again(&workspace, &mut board)),
        "at 2. Second; folded 2. Second; open 1.1 one"
    );
    // Also where another spec was open at the end.
    workspace.write("a/tasks.md", PLAN);
    let mut board = Board::start(&workspace, (100, 30));
    open(&mut board, 0);
    folded(&mut board);
    open(&mut board, 1);
    workspace.write("a/tasks.md", LONGER);
    board.model = again(&workspace, &mut board);
    open(&mut board, 0);
    assert_eq!(
        held(&board.model),
        "at 2. Second; folded 2. Second; open 1.1 one"
    );
}

#[test]
fn a_fold_stays_on_its_task_while_the_file_is_gone() {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (100, 30));
    workspace.write("a/design.md", "# D\n");
    board.changed(&workspace, &["a/design.md"]);
    open(&mut board, 0);
    folded(&mut board);
    std::fs::remove_file(workspace.specs().join("a/tasks.md")).unwrap();
    board.changed(&workspace, &["a/tasks.md"]);
    assert_eq!(held(&board.model), "nothing");
    workspace.write("a/tasks.md", LONGER);
    board.changed(&workspace, &["a/tasks.md"]);
    assert_eq!(
        held(&board.model),
        "at 2. Second; folded 2. Second; open 1.1 one"
    );
}

/// Returns a task list with waves, each of one task, named by what is given.
fn waves(ids: &[&str], tasks: &[&str]) -> String {
    let items: String = tasks
        .iter()
        .map(|task| format!("- [ ] {task}. Task {task}\n"))
        .collect();
    let waves: Vec<String> = ids
        .iter()
        .zip(tasks)
        .map(|(id, task)| format!("{{{id}\"tasks\":[\"{task}\"]}}"))
        .collect();
    format!(
        "{items}\n```json\n{{\"waves\":[{}]}}\n```\n",
        waves.join(",")
    )
}

/// Returns the titles of the waves that are folded.
fn folded_waves(model: &Model) -> Vec<String> {
    let (open_file, pane_state) = (model.open_file().unwrap(), model.pane_state().unwrap());
    let groups = open_file.grouping().groups.iter();
    groups
        .filter(|group| pane_state.is_group_folded(&group.key))
        .map(|group| group.title.clone())
        .collect()
}

#[test]
fn a_folded_wave_stays_folded_where_another_one_comes_before_it() {
    for (before, after, expected) in [
        (["", ""], ["", "", ""], "Wave 3"),
        (
            ["\"id\":1,", "\"id\":2,"],
            ["\"id\":1,", "\"id\":2,", "\"id\":3,"],
            "Wave 3",
        ),
        (
            ["\"id\":\"base\",", "\"id\":\"top\","],
            ["\"id\":\"first\",", "\"id\":\"base\",", "\"id\":\"top\","],
            "top",
        ),
    ] {
        for is_open in [true, false] {
            let workspace = workspace();
            workspace.write("a/tasks.md", waves(&before, &["1", "2"]));
            let mut board = Board::start(&workspace, (100, 30));
            open(&mut board, 0);
            board.keys("t G h h");
            assert_eq!(folded_waves(&board.model).len(), 1);
            if !is_open {
                open(&mut board, 1);
            }
            workspace.write("a/tasks.md", waves(&after, &["0", "1", "2"]));
            board.changed(&workspace, &["a/tasks.md"]);
            if !is_open {
                open(&mut board, 0);
            }
            assert_eq!(folded_waves(&board.model), [expected], "open: {is_open}");
        }
    }
}

#[test]
fn a_jump_leads_back_to_its_line_in_a_spec_that_changed_meanwhile() {
    let workspace = workspace();
    workspace.write(
        "a/requirements.md",
        "### Requirement 1: A\n1. THE S SHALL a\n",
    );
    workspace.write(
        "a/tasks.md",
        PLAN.replace("- detail two", "- _Requirements: 1.1_"),
    );
    let mut board = Board::start(&workspace, (100, 30));
    open(&mut board, 0);
    board.keys("G g d");
    open(&mut board, 1);
    workspace.write(
        "a/tasks.md",
        LONGER.replace("- detail two", "- _Requirements: 1.1_"),
    );
    board.changed(&workspace, &["a/tasks.md"]);
    board.keys("ctrl-o");
    assert!(
        held(&board.model).starts_with("at 2.1 two"),
        "{}",
        held(&board.model)
    );
}

/// Returns the row of the screen that the cursor is on.
fn row_of_cursor(board: &Board) -> Option<usize> {
    board.screen().lines().position(|line| line.contains('▌'))
}

#[test]
fn the_cursor_keeps_its_row_of_the_screen_where_others_insert_lines_above() {
    let task = |number: usize| format!("- [ ] {number}. Task\n  - _Requirements: 1.1_\n");
    let plan: String = (1..80).map(task).collect();
    let longer = format!("# Plan\n\n{}{plan}", "- [ ] 0. New\n".repeat(9));
    for (leave, come_back) in [
        ("", ""),
        ("tab g g j enter", "tab k enter"),
        ("g d", "ctrl-o"),
    ] {
        let workspace = workspace();
        workspace.write(
            "a/requirements.md",
            "### Requirement 1: A\n1. THE S SHALL a\n",
        );
        workspace.write("a/tasks.md", &plan);
        let mut board = Board::start(&workspace, (80, 24));
        open(&mut board, 0);
        board.keys("g g").keys(&"j ".repeat(40)).keys("k k k");
        let before = (held(&board.model), row_of_cursor(&board));
        assert!(before.0.starts_with("at 38. Task"), "{before:?}");
        board.keys(leave);
        workspace.write("a/tasks.md", &longer);
        board.changed(&workspace, &["a/tasks.md"]).keys(come_back);
        let after = (held(&board.model), row_of_cursor(&board));
        assert_eq!(after, before, "{leave:?}\n{}", board.screen());
    }
}

#[test]
fn the_cursor_keeps_its_row_of_the_screen_over_a_restart() {
    let plan: String = (1..80)
        .map(|number| format!("- [ ] {number}. Task\n"))
        .collect();
    let workspace = workspace();
    workspace.write("a/tasks.md", &plan);
    let mut board = Board::start(&workspace, (100, 30));
    open(&mut board, 0);
    board.keys("g g").keys(&"j ".repeat(40)).keys("k k k");
    let before = (held(&board.model), row_of_cursor(&board));
    workspace.write(
        "a/tasks.md",
        format!("{}{plan}", "- [ ] 0. New\n".repeat(9)),
    );
    let board = Board::of(again(&workspace, &mut board));
    assert_eq!((held(&board.model), row_of_cursor(&board)), before);
}

#[test]
fn what_is_inserted_above_is_seen_where_a_document_is_seen_from_its_start() {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (100, 30));
    open(&mut board, 0);
    board.keys("g g j");
    workspace.write("a/tasks.md", LONGER);
    board.changed(&workspace, &["a/tasks.md"]);
    assert!(board.screen().contains("New"), "{}", board.screen());
}

#[test]
fn a_jump_leads_back_to_the_row_of_the_screen_that_it_left() {
    let plan: String = (1..80)
        .map(|number| format!("- [ ] {number}. Task\n"))
        .collect();
    let workspace = workspace();
    workspace.write("a/tasks.md", &plan);
    let mut board = Board::start(&workspace, (80, 24));
    open(&mut board, 0);
    board.keys("g g").keys(&"j ".repeat(40)).keys("k k k");
    let before = (held(&board.model), row_of_cursor(&board));
    board.keys("/ 7 9 enter");
    assert!(held(&board.model).starts_with("at 79. Task"));
    board.keys("ctrl-o");
    assert_eq!((held(&board.model), row_of_cursor(&board)), before);
}

#[test]
fn the_cursor_stays_on_its_task_when_a_file_is_emptied_and_written_again() {
    let is_on_second = |board: &Board| {
        let screen = board.screen();
        let mut lines = screen.lines();
        lines.any(|line| line.starts_with('▌') && line.contains("2     Second"))
    };
    for first_is_deleted in [false, true] {
        let workspace = Workspace::new(&[("sign-in/tasks.md", PLAN)]);
        let mut board = Board::start(&workspace, (80, 24));
        board.open(&workspace, "sign-in").keys("3 j j");
        assert!(is_on_second(&board), "{}", board.screen());
        if first_is_deleted {
            std::fs::remove_file(workspace.specs().join("sign-in/tasks.md")).unwrap();
            board.changed(&workspace, &["sign-in", "sign-in/tasks.md"]);
        }
        for source in ["", PLAN] {
            workspace.write("sign-in/tasks.md", source);
            board.changed(&workspace, &["sign-in", "sign-in/tasks.md"]);
        }
        assert!(is_on_second(&board), "{}", board.screen());
    }
}
