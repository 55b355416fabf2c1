//! Numbers put in order on the board: the diff first, then all files as one edit.

use crate::harness::{Board, Workspace};
use specboard::model::Mode;

const REQUIREMENTS: &str = "# Requirements Document\n\n## Requirements\n\n### Requirement 1: Sign in\n\n#### Acceptance Criteria\n\n1. WHEN a, THE S SHALL b\n3. WHEN c, THE S SHALL d\n4. WHEN e, THE S SHALL f\n";
const DESIGN: &str = "# Design Document\n\n## Correctness Properties\n\n### Property 2: P\n\nx\n\n**Validates: Requirements 1.3**\n\n### Property 5: Q\n\ny\n\n**Validates: Requirements 1.4**\n";
const TASKS: &str = "# Implementation Plan\n\n- [ ] 1. a\r\n  - _Requirements: 1.1, 1.3_\r\n- [x] 3. b\n  - **Property 5: Q**\n  - _Requirements: 1.4_\n";

fn board(workspace: &Workspace) -> Board {
    let mut board = Board::start(workspace, (120, 36));
    board.open(workspace, "shop");
    board
}

fn workspace(others: &[(&str, &str)]) -> Workspace {
    let files = [
        ("shop/requirements.md", REQUIREMENTS),
        ("shop/design.md", DESIGN),
        ("shop/tasks.md", TASKS),
    ];
    Workspace::new(&[&files, others].concat())
}

fn said(board: &Board) -> &str {
    let current = board.model.notices.current.as_ref();
    current.map_or("", |notice| &notice.text)
}

#[test]
fn numbers_are_shown_as_a_diff_and_written_to_all_files_as_one_edit() {
    for (pane, expected) in [
        (
            "3",
            [
                REQUIREMENTS.to_owned(),
                DESIGN.to_owned(),
                TASKS.replace("] 3.", "] 2."),
            ],
        ),
        (
            "1",
            [
                REQUIREMENTS
                    .replace("\n3. ", "\n2. ")
                    .replace("\n4. ", "\n3. "),
                DESIGN.replace("1.3", "1.2").replace("1.4", "1.3"),
                TASKS.replace("1.3", "1.2").replace("1.4", "1.3"),
            ],
        ),
        (
            "2",
            [
                REQUIREMENTS.to_owned(),
                DESIGN.replace("Property 5", "Property 3"),
                TASKS.replace("Property 5", "Property 3"),
            ],
        ),
    ] {
        let workspace = workspace(&[]);
        let files = ["shop/requirements.md", "shop/design.md", "shop/tasks.md"];
        let on_disk = || files.map(|file| workspace.read(file));
        let before = on_disk();
        let mut board = board(&workspace);
        board.keys(pane).keys("#");
        assert!(
            matches!(board.model.mode, Mode::Proposal(_)),
            "{}",
            said(&board)
        );
        for (key, is_asked) in [("q", true), ("x", true), ("j", true), ("n", false)] {
            board.keys(key);
            assert_eq!(
                matches!(board.model.mode, Mode::Proposal(_)),
                is_asked,
                "{key}"
            );
        }
        assert_eq!(on_disk(), before, "{pane}");
        board.keys("# y");
        assert_eq!(on_disk(), expected, "{pane}");
        assert!(said(&board).starts_with("renumbered "), "{}", said(&board));
        board.keys("#");
        assert!(said(&board).ends_with(" are in order"), "{}", said(&board));
        board.keys("u");
        assert_eq!(on_disk(), before, "{pane}");
        assert!(
            said(&board).contains("have the numbers of before"),
            "{}",
            said(&board)
        );
        board.keys("ctrl-r");
        assert_eq!(on_disk(), expected, "{pane}");
    }
}

#[test]
fn the_diff_says_which_lines_change_in_which_file() {
    let workspace = workspace(&[("shop/tasks.meta.json", "{}")]);
    let mut board = board(&workspace);
    let screen = board.keys("1 #").screen();
    let below: Vec<&str> = screen
        .lines()
        .skip_while(|line| !line.contains("renumber requirements"))
        .collect();
    assert_eq!(
        below.join("\n"),
        " ── renumber requirements and criteria: 6 places in 3 files
   requirements.md
    10 - 3. WHEN c, THE S SHALL d
    10 + 2. WHEN c, THE S SHALL d
    11 - 4. WHEN e, THE S SHALL f
    11 + 3. WHEN e, THE S SHALL f
   tasks.md
     4 -   - _Requirements: 1.1, 1.3_
     4 +   - _Requirements: 1.1, 1.2_
     7 -   - _Requirements: 1.4_
     7 +   - _Requirements: 1.3_
   design.md
     9 - **Validates: Requirements 1.3**
     9 + **Validates: Requirements 1.2**
    15 - **Validates: Requirements 1.4**
    15 + **Validates: Requirements 1.3**
 RENUMBER write these numbers?  y write  n leave"
    );
    // Kiro knows tasks by number and title.
    let screen = board.keys("n 3 #").screen();
    assert!(
        screen.contains("tasks.meta.json: Kiro will not find"),
        "{screen}"
    );
}

#[test]
fn a_long_diff_is_scrolled() {
    let plan: String = (1..=40)
        .map(|task| format!("- [ ] {}. Task\n", task * 2))
        .collect();
    let workspace = Workspace::new(&[("shop/tasks.md", &plan)]);
    let mut board = Board::start(&workspace, (80, 24));
    board.open(&workspace, "shop").keys("#");
    assert!(board.screen().contains("1–21 of 79"), "{}", board.screen());
    board.keys("ctrl-d j");
    assert!(board.screen().contains("12–32 of 79"), "{}", board.screen());
    board.keys(&"ctrl-d ".repeat(20));
    assert!(board.screen().contains("59–79 of 79"), "{}", board.screen());
    board.keys("ctrl-u k k");
    assert!(board.screen().contains("47–67 of 79"), "{}", board.screen());
}

#[test]
fn what_others_wrote_while_the_diff_was_shown_is_shown_before_it_is_written() {
    let workspace = workspace(&[]);
    let mut board = board(&workspace);
    board.keys("3 #");
    let theirs = format!("{TASKS}- [ ] 7. c\n");
    workspace.write("shop/tasks.md", &theirs);
    board.changed(&workspace, &["shop/tasks.md"]);
    board.keys("y");
    assert_eq!(workspace.read("shop/tasks.md"), theirs);
    assert!(matches!(board.model.mode, Mode::Proposal(_)));
    assert!(
        said(&board).contains("changed meanwhile"),
        "{}",
        said(&board)
    );
    board.keys("y");
    let expected = theirs.replace("] 3.", "] 2.").replace("] 7.", "] 3.");
    assert_eq!(workspace.read("shop/tasks.md"), expected);
}

#[test]
fn numbers_that_cannot_be_put_in_order_say_why() {
    for (files, keys, words) in [
        (
            &[("shop/tasks.md", "- [ ] 1. a\n- [ ] 1. b\n")][..],
            "#",
            "nothing was renumbered: the number 1 appears twice",
        ),
        (
            &[(
                "shop/bugfix.md",
                "### Current Behavior (Defect)\n\n1.1 WHEN a THEN b\n",
            )],
            "1 #",
            "nothing was renumbered: the sections of a bug report",
        ),
        (
            &[("shop/tasks.md", "- [ ] 1. a\n"), ("shop/notes.md", "x\n")],
            "4 #",
            "numbers are put in order in Requirements, Design and Tasks",
        ),
    ] {
        let workspace = Workspace::new(files);
        let mut board = Board::start(&workspace, (120, 36));
        board.open(&workspace, "shop").keys(keys);
        assert!(said(&board).starts_with(words), "{}", said(&board));
        assert_eq!(board.model.mode, Mode::Normal);
    }
}

#[test]
fn what_a_deletion_leaves_dangling_is_shown_and_taken_out_on_a_yes() {
    let tasks = "- [ ] 1. a\n  - _Requirements: 1.1, 1.3_\n- [ ] 2. b\n  - _Requirements: 1.3_\n\n```json\n{\"waves\":[{\"id\":0,\"tasks\":[\"1\"]},{\"id\":1,\"tasks\":[\"2\"]}]}\n```\n";
    let workspace = Workspace::new(&[
        ("shop/requirements.md", REQUIREMENTS),
        ("shop/design.md", DESIGN),
        ("shop/tasks.md", tasks),
    ]);
    let mut board = board(&workspace);
    let open = |board: &mut Board| {
        board.keys("1");
        let line = REQUIREMENTS.lines().position(|line| line.starts_with("3."));
        board.model.pane_state_mut().unwrap().go_to(line.unwrap());
        board.keys("d d");
    };
    open(&mut board);
    let screen = board.screen();
    assert!(
        screen.contains("deleted criterion 1.3: 3 places name what is gone"),
        "{screen}"
    );
    assert!(
        screen.contains("MEND take out what names nothing now?"),
        "{screen}"
    );
    assert!(
        screen.contains("     2 +   - _Requirements: 1.1_\n"),
        "{screen}"
    );
    board.keys("n");
    assert_eq!(workspace.read("shop/tasks.md"), tasks);
    assert!(
        said(&board).ends_with("numbers are out of order: # renumbers"),
        "{}",
        said(&board)
    );
    board.keys("u");
    assert_eq!(workspace.read("shop/requirements.md"), REQUIREMENTS);
    open(&mut board);
    board.keys("y");
    let mended = tasks
        .replace("1.1, 1.3", "1.1")
        .replace("  - _Requirements: 1.3_\n", "");
    assert_eq!(workspace.read("shop/tasks.md"), mended);
    assert!(!workspace.read("shop/design.md").contains("1.3"));
    assert_eq!(
        said(&board),
        "mended 3 names; numbers are out of order: # renumbers; u undoes it"
    );
    board.keys("u");
    assert_eq!(workspace.read("shop/tasks.md"), tasks);
    assert_eq!(said(&board), "undone: 3 names are as they were (shop)");
    board.keys("u");
    assert_eq!(workspace.read("shop/requirements.md"), REQUIREMENTS);
    // Waves lose the task that is gone.
    board.keys("3 G k d d y");
    assert!(
        workspace
            .read("shop/tasks.md")
            .contains("{\"id\":1,\"tasks\":[]}")
    );
}

#[test]
fn names_follow_tasks_that_go_elsewhere_key_by_key() {
    let tasks =
        "- [ ] 1. a\n  - [ ] 1.1 b\n- [ ] 2. c\n  - [ ] 2.1 d\n    - _Depends: 1.1_\n- [ ] 3. e\n";
    let workspace = Workspace::new(&[("shop/tasks.md", tasks)]);
    let mut board = Board::start(&workspace, (80, 24));
    board.open(&workspace, "shop").keys("g g j J");
    let screen = board.screen();
    assert!(
        screen.contains("moved task 1.1, 1.1 is now 2.2: 1 place names it as before"),
        "{screen}"
    );
    assert!(
        screen.contains("MEND let them follow?  y write  n leave"),
        "{screen}"
    );
    board.keys("y");
    assert!(workspace.read("shop/tasks.md").contains("_Depends: 2.2_"));
    board.keys("u u");
    assert_eq!(workspace.read("shop/tasks.md"), tasks);
}
