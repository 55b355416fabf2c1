//! The list of specs: its rows and their width, its orders, going through it and into a spec.

use specboard::model::Focus;

use crate::footer::assert_screen;
use crate::harness::{Board, Workspace};

fn workspace() -> Workspace {
    Workspace::new(&[
        ("a-done/tasks.md", "- [x] 1. a\n- [x] 2. b\n"),
        ("b-begun/tasks.md", "- [x] 1. a\n- [ ] 2. b\n"),
        ("c-done/tasks.md", "- [x] 1. a\n"),
        ("d-doing/tasks.md", "- [-] 1. a\n- [-] 2. b\n- [ ] 3. c\n"),
        ("group/e-open/tasks.md", "- [ ] 1. a\n- [ ] 2. b\n"),
        ("group/f-doing/tasks.md", "- [-] 1. a\n"),
        ("g-done/tasks.md", "- [x] 1. a\n"),
    ])
}

/// Returns the rows of the list as they are on the screen, without the rule.
fn rows(board: &Board) -> Vec<String> {
    let list = board.model.layout().sidebar.unwrap();
    let screen = board.screen();
    let lines = screen.lines().skip(usize::from(list.y) + 1);
    lines
        .map(|line| {
            line.chars()
                .take(usize::from(list.width))
                .collect::<String>()
        })
        .map(|line| line.trim_end().to_owned())
        .take_while(|line| !line.is_empty())
        .collect()
}

/// Returns the name of the folder under the cursor of the list.
fn cursor(board: &Board) -> String {
    let name = board.model.sidebar.cursor.file_name();
    name.unwrap_or_default().to_string_lossy().into_owned()
}

#[test]
fn each_row_has_its_own_figures_and_says_what_is_in_progress() {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (120, 20));
    board.open(&workspace, "b-begun");
    assert_eq!(
        rows(&board),
        [
            "  ✓ a-done         2/2",
            "▏ ○ b-begun        1/2",
            "  ✓ c-done         1/1",
            "  ◐ d-doing     2◐ 0/3",
            "  ✓ g-done         1/1",
            "  ▾ group       1◐ 0/3",
            "    ○ e-open       0/2",
            "    ◐ f-doing   1◐ 0/1",
        ]
    );
}

#[test]
fn the_order_turns_and_is_said_above() {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (120, 20));
    board.open(&workspace, "b-begun").keys("tab t");
    assert_eq!(
        rows(&board),
        [
            "  ◐ d-doing       2◐ 0/3",
            "  ◐ group/f-doing 1◐ 0/1",
            "  ○ group/e-open     0/2",
            "▌ ○ b-begun          1/2",
            "  ▸ 3 finished       4/4",
        ]
    );
    assert!(board.screen().contains("open first"), "{}", board.screen());
    let screen = board.keys("t").screen();
    assert!(screen.contains("by change"), "{screen}");
    let screen = board.keys("t").screen();
    assert!(screen.contains("by name"), "{screen}");
}

#[test]
fn the_cursor_stays_or_goes_to_the_nearest_row_that_is_left() {
    for (spec, expected) in [
        ("b-begun", "b-begun"),
        ("a-done", "b-begun"),
        ("c-done", "d-doing"),
        ("g-done", "group"),
    ] {
        let workspace = workspace();
        let mut board = Board::start(&workspace, (120, 20));
        board.open(&workspace, spec).keys("tab .");
        assert_eq!(cursor(&board), expected, "{spec}");
        assert_eq!(rows(&board).len(), 5);
    }
}

#[test]
fn l_goes_into_a_spec_and_h_from_a_task_at_the_top_to_the_list() {
    let workspace = workspace();
    for keys in ["l", "right"] {
        let mut board = Board::start(&workspace, (120, 20));
        board.open(&workspace, "b-begun").keys("tab g g j");
        board.keys(keys);
        assert_eq!(board.model.focus, Focus::Content, "{keys}");
        board.keys("h");
        assert_eq!(board.model.focus, Focus::Sidebar, "{keys}");
    }
}

#[test]
fn l_unfolds_a_folder_and_goes_into_it_and_h_comes_back() {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (120, 20));
    board.open(&workspace, "a-done").keys("tab G h h");
    assert_eq!((cursor(&board), rows(&board).len()), ("group".into(), 6));
    board.keys("l");
    assert_eq!((cursor(&board), rows(&board).len()), ("group".into(), 8));
    board.keys("l");
    assert_eq!(cursor(&board), "e-open");
}

#[test]
fn the_list_keeps_its_width_while_one_moves_in_it() {
    let files: Vec<(String, &str)> = (0..40)
        .map(|index| {
            (
                format!("spec-{}/tasks.md", "x".repeat(index)),
                "- [ ] 1. a\n",
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), *text))
        .collect();
    let workspace = Workspace::new(&files);
    let mut board = Board::start(&workspace, (120, 12));
    let width = |board: &Board| board.model.layout().sidebar.unwrap().width;
    board.keys("tab g g");
    let before = width(&board);
    for _ in 0..40 {
        board.keys("j");
        assert_eq!(width(&board), before);
    }
}

#[test]
fn the_next_task_in_progress_is_found_across_specs() {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (120, 20));
    board.open(&workspace, "a-done");
    let mut seen = Vec::new();
    for keys in ["] p", "] p", "] p", "] p", "[ p", "[ p", "[ p"] {
        board.keys(keys);
        let spec = board.model.shown_feature().unwrap().name().to_owned();
        let line = board.model.pane_state().unwrap().cursor.line;
        seen.push(format!("{spec}:{line}"));
    }
    assert_eq!(
        seen,
        [
            "d-doing:0",
            "d-doing:1",
            "group/f-doing:0",
            "group/f-doing:0",
            "d-doing:1",
            "d-doing:0",
            "d-doing:0",
        ]
    );
    let screen = board.screen();
    assert!(
        screen.contains("no task in progress further up"),
        "{screen}"
    );
}

#[test]
fn from_the_list_it_is_the_spec_under_the_cursor_that_counts() {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (120, 20));
    board
        .open(&workspace, "a-done")
        .keys("tab j j j")
        .keys("] p");
    let line = board.model.pane_state().unwrap().cursor.line;
    assert_eq!((cursor(&board), line), ("d-doing".to_owned(), 0));
    assert_eq!(board.model.focus, Focus::Content);
}

#[test]
fn below_100_columns_the_list_is_a_screen_of_its_own() {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (80, 24));
    let tasks = board.open(&workspace, "d-doing").screen();
    assert_screen!(board.keys("\\").screen());
    assert_eq!(board.keys("esc").screen(), tasks);
    board.keys("\\ j enter");
    assert_eq!(board.model.focus, Focus::Content);
    assert_eq!(board.model.shown_feature().unwrap().name(), "group/f-doing");
}

/// A merge leaves its marks in any document. The list says so of each spec, and takes it back, when
/// the file that holds them is not the one with the tasks and its spec is not open.
#[test]
fn a_merge_conflict_in_a_document_of_a_spec_that_is_not_open_is_flagged_until_it_is_gone() {
    let marked = "# D\n\n<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n";
    let flags = |board: &Board| -> Vec<String> {
        let rows = rows(board).into_iter();
        rows.filter(|row| row.ends_with('!')).collect()
    };
    for (name, tells) in [
        ("requirements.md", true),
        ("design.md", true),
        ("requirements.md", false),
        ("design.md", false),
    ] {
        let path = format!("b/{name}");
        let workspace = Workspace::new(&[
            ("a/tasks.md", "- [ ] 1. a\n"),
            ("b/tasks.md", "- [ ] 1. b\n"),
            (&path, "# D\n"),
            ("c/requirements.md", "# R\n"),
        ]);
        let mut board = Board::start(&workspace, (120, 20));
        board.open(&workspace, "a");
        // What is told by a path, and what is found where no path is known.
        let told: &[&str] = if tells {
            &[&path, "c/requirements.md"]
        } else {
            &[]
        };
        assert!(flags(&board).is_empty(), "{name}: {}", board.screen());
        workspace.write(&path, marked);
        workspace.write("c/requirements.md", marked);
        board.changed(&workspace, told);
        let troubled = ["  ○ b              0/1 !", "    c                – !"];
        assert_eq!(flags(&board), troubled, "{name}: {}", board.screen());
        workspace.write(&path, "# D\n");
        workspace.write("c/requirements.md", "# R\n");
        board.changed(&workspace, told);
        assert!(flags(&board).is_empty(), "{name}: {}", board.screen());
    }
}

#[test]
fn a_jump_to_a_finished_spec_that_the_list_hides_stays_there() {
    let workspace = Workspace::new(&[
        ("a/tasks.md", "- [ ] 1. Alpha\n"),
        ("b/tasks.md", "- [x] 1. Bravo\n"),
        ("c/tasks.md", "- [ ] 1. Charlie\n"),
    ]);
    // By name, by change with what is finished hidden, open first with it hidden, and folded.
    for hiding in [".", ". t", ". t t", "t", "t t"] {
        for jump in ["] s", "ctrl-p b r a v o enter"] {
            for size in [(120, 24), (80, 24)] {
                let mut board = Board::start(&workspace, size);
                board.open(&workspace, "a");
                board.model.focus = Focus::Sidebar;
                board.keys(hiding);
                board.open(&workspace, "a");
                board.keys(jump).keys("").keys("j");
                let shown = board.model.shown_feature().map(|feature| feature.name());
                let screen = board.screen();
                assert_eq!(shown, Some("b"), "{hiding} {jump}: {screen}");
                assert!(screen.contains("Bravo"), "{hiding} {jump}: {screen}");
                board.keys("tab").keys("");
                let shown = board.model.shown_feature().map(|feature| feature.name());
                assert_eq!(shown, Some("b"), "{hiding} {jump} tab: {screen}");
            }
        }
    }
}
