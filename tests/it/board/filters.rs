//! Filters: what they leave of tasks and cards, completion, and how they are left.

use std::sync::Arc;

use specboard::model::{FilterPlace, Focus, Mode};

use crate::footer::assert_screen;
use crate::harness::{Board, Workspace};

const PLAN: &str = "# Plan\n\n- [x] 1. Set up login\n  - [x] 1.1 Create `src/login.ts`\n    - _Requirements: 1.1, 1.2_\n  - [ ]* 1.2 Write tests\n    - _Requirements: 2.1-2.3_\n- [-] 2. Use it\n  - [ ] 2.1 Show the form\n    - see src/form.ts\n    - _Requirements: 3_\n- [ ] 3. Document login\n";

fn board(size: (u16, u16)) -> (Workspace, Board) {
    let workspace = Workspace::new(&[
        ("auth/tasks.md", PLAN),
        (
            "mail/tasks.md",
            "- [ ] 1. Send login letters\n- [x] 2. Queue\n",
        ),
    ]);
    let mut board = Board::start(&workspace, size);
    board.open(&workspace, "auth");
    board.keys("3 g g");
    (workspace, board)
}

/// Types a text key by key.
fn typed(text: &str) -> String {
    let keys = text.chars().map(|letter| match letter {
        ' ' => "space".to_owned(),
        letter => letter.to_string(),
    });
    keys.collect::<Vec<_>>().join(" ")
}

/// Returns the numbers of the tasks on the screen.
fn shown(board: &Board) -> Vec<String> {
    let items = &board.model.open_file().unwrap().tasks.items;
    let rows = board.model.rows();
    let shown = rows.iter().filter_map(|row| {
        let item = items.iter().find(|item| item.line == row.line)?;
        item.number.clone()
    });
    shown.collect()
}

#[test]
fn tasks_are_narrowed_and_what_they_stand_below_stays() {
    for (text, expected) in [
        ("login", "1 1.1 3"),
        ("-login", "1 1.2 2 2.1"),
        ("state:todo", "1 1.2 2 2.1 3"),
        ("state:doing", "2"),
        ("state:done", "1 1.1"),
        ("optional:yes", "1 1.2"),
        ("state:todo optional:no", "2 2.1 3"),
        ("req:1.2", "1 1.1"),
        ("req:2.2", "1 1.2"),
        ("req:3.9", "2 2.1"),
        ("file:login.ts", "1 1.1"),
        ("file:src/", "1 1.1 2 2.1"),
        ("state:todo -file:form", "1 1.2 3"),
        ("unread:yes", ""),
    ] {
        let (_workspace, mut board) = board((120, 24));
        board.keys(&format!("f {} enter", typed(text)));
        assert_eq!(shown(&board).join(" "), expected, "{text}");
    }
}

#[test]
fn a_filter_opens_what_is_folded_and_only_while_it_lasts() {
    let (_workspace, mut board) = board((120, 24));
    board.keys("z m");
    assert_eq!(shown(&board).join(" "), "1 2 3");
    board.keys("f f o r m enter");
    assert_eq!(shown(&board).join(" "), "2 2.1");
    board.keys("esc");
    assert_eq!(shown(&board).join(" "), "1 2 3");
}

#[test]
fn escape_puts_back_the_filter_and_the_cursor_of_before() {
    let (_workspace, mut board) = board((120, 24));
    board.keys(&format!("f {}", typed("state:doing")));
    board.keys("enter");
    let line = board.model.pane_state().unwrap().cursor.line;
    // The line begins with the filter that lasts.
    board.keys("f - l o g i n");
    assert_eq!(shown(&board).join(" "), "2");
    board.keys("ctrl-u l e t t e r s");
    assert_eq!(shown(&board).join(" "), "");
    assert!(
        board.screen().contains("Nothing matches letters"),
        "{}",
        board.screen()
    );
    board.keys("esc");
    assert_eq!(shown(&board).join(" "), "2");
    assert_eq!(board.model.pane_state().unwrap().cursor.line, line);
    board.keys("esc");
    assert_eq!(shown(&board).len(), 6);
    assert_eq!(board.model.filters.of(FilterPlace::Tasks), None);
}

#[test]
fn words_and_values_are_completed_one_after_the_other() {
    let (_workspace, mut board) = board((120, 24));
    board.keys("f s t");
    let text = |board: &Board| match &board.model.mode {
        Mode::Filter(typed) => typed.prompt.text().to_owned(),
        mode => panic!("{mode:?}"),
    };
    assert!(
        board.screen().contains("state: stale:"),
        "{}",
        board.screen()
    );
    for (keys, expected) in [
        ("tab", "state:"),
        ("tab", "stale:"),
        ("shift-tab", "state:"),
        ("d", "state:d"),
        ("tab", "state:doing"),
        ("tab", "state:done"),
        ("space - o p tab", "state:done -optional:"),
        ("tab", "state:done -optional:yes"),
    ] {
        board.keys(keys);
        assert_eq!(text(&board), expected, "{keys}");
    }
}

#[test]
fn a_filter_lasts_in_other_specs_and_over_other_views() {
    let (workspace, mut board) = board((120, 24));
    board.keys(&format!("f {} enter", typed("state:done")));
    board.keys("1 3");
    assert_eq!(shown(&board).join(" "), "1 1.1");
    board.open(&workspace, "mail");
    assert_eq!(shown(&board).join(" "), "2");
    board.model.focus = Focus::Content;
    board.keys("space");
    assert_eq!(
        shown(&board).join(" "),
        "",
        "what is not done any more goes"
    );
}

#[test]
fn a_jump_to_what_is_hidden_lifts_the_filter() {
    let (_workspace, mut board) = board((120, 24));
    board.keys(&format!("f {} enter", typed("state:doing")));
    // Words are found only in what is shown.
    board.keys("/ l o g i n");
    assert!(board.screen().contains("not found"), "{}", board.screen());
    board.keys("esc ctrl-p D o c u m e n t enter");
    assert_eq!(shown(&board).len(), 6);
    assert!(
        board.screen().contains("the filter is lifted"),
        "{}",
        board.screen()
    );
}

/// Returns the titles of the cards on the kanban.
fn cards(board: &Board) -> Vec<String> {
    let columns = board.model.columns();
    let slots = columns.iter().flat_map(|column| &column.slots);
    slots.map(|slot| slot.card.title.clone()).collect()
}

#[test]
fn cards_of_all_specs_are_narrowed() {
    for (text, expected) in [
        (
            "login",
            "Document login, Send login letters, Create `src/login.ts`",
        ),
        ("spec:mail", "Send login letters, Queue"),
        ("spec:auth state:doing", "Use it"),
        ("req:2.2", "Write tests"),
        ("file:form.ts", "Show the form"),
        ("optional:yes", "Write tests"),
    ] {
        let (_workspace, mut board) = board((120, 24));
        board.keys(&format!("b b f {} enter", typed(text)));
        assert_eq!(cards(&board).join(", "), expected, "{text}");
        // The list of tasks has a filter of its own.
        assert_eq!(board.model.filters.of(FilterPlace::Tasks), None, "{text}");
    }
}

#[test]
fn a_fact_that_says_nothing_of_a_view_is_named() {
    let (_workspace, mut board) = board((120, 24));
    board.keys(&format!("f {}", typed("spec:auth")));
    assert!(
        board.screen().contains("no spec: of tasks"),
        "{}",
        board.screen()
    );
}

#[test]
fn screens_of_a_filter() {
    for size in [(120, 20), (80, 16)] {
        let (_workspace, mut board) = board(size);
        board.keys(&format!("f {}", typed("file:src state:t")));
        insta::assert_snapshot!(format!("filter_typed_{}", size.0), board.screen());
        board.keys("enter");
        assert_screen!(format!("filter_{}", size.0), board.styled());
        insta::assert_snapshot!(
            format!("filter_footer_{}", size.0),
            board.screen().lines().last().unwrap_or_default()
        );
    }
}

const REQUIREMENTS: &str = "### Requirement 1: A\n\n1. THE S SHALL a\n2. THE S SHALL b\n";

/// Returns the names in the list of specs, or in the overview.
fn specs(board: &Board) -> String {
    let rows = board.model.spec_rows().into_iter();
    rows.map(|row| row.name).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_list_of_specs_and_the_overview_are_narrowed() {
    let workspace = Workspace::new(&[
        ("api/auth/requirements.md", REQUIREMENTS),
        ("api/auth/tasks.md", "- [-] 1. a\n  - _Requirements: 1.1_\n"),
        ("api/mail/requirements.md", REQUIREMENTS),
        ("api/mail/tasks.md", "- [x] 1. a\n  - _Requirements: 1_\n"),
        ("notes/design.md", "# Design\n"),
        ("web/tasks.md", "- [ ] 1. a\n"),
    ]);
    for (text, expected) in [
        ("auth", "api auth"),
        ("-auth", "api mail notes web"),
        ("state:doing", "api auth"),
        ("state:done", "api mail"),
        ("-state:done", "api auth notes web"),
        ("spec:api/", "api auth mail"),
        ("covered:no", "api auth"),
        ("covered:yes", "api mail"),
        ("stale:yes", ""),
    ] {
        for keys in ["tab", "0"] {
            let mut board = Board::start(&workspace, (120, 24));
            board.open(&workspace, "web");
            board.keys(&format!("{keys} z m f {}", typed(text)));
            assert_eq!(specs(&board), expected, "{keys} {text}");
            board.keys("enter");
            assert_eq!(specs(&board), expected, "{keys} {text}");
            assert!(board.screen().contains("filtered"), "{keys} {text}");
            board.keys("esc");
            assert_eq!(specs(&board), "api notes web", "{keys} {text}");
        }
    }
}

#[test]
fn the_spec_that_is_worked_on_stays_in_the_filtered_list() {
    let workspace = Workspace::new(&[
        ("auth/tasks.md", "- [-] 1. a\n"),
        ("mail/tasks.md", "- [ ] 1. Letters\n"),
        ("web/tasks.md", "- [ ] 1. a\n"),
    ]);
    let mut board = Board::start(&workspace, (120, 24));
    board.keys("tab f a u t h enter enter");
    assert_eq!(specs(&board), "auth");
    board.keys("ctrl-p L e t t e r s enter");
    assert_eq!(board.model.shown_feature().unwrap().name(), "mail");
    assert_eq!(specs(&board), "auth mail");
    board.keys("j k");
    assert_eq!(board.model.shown_feature().unwrap().name(), "mail");
}

#[test]
fn what_a_filter_leaves_is_found_once_for_what_it_depends_on() {
    let (workspace, mut board) = board((120, 36));
    let narrowed = |board: &Board| {
        let narrowed = &board.model.pane_state().unwrap().narrowed;
        narrowed.clone().unwrap()
    };
    board.keys(&format!("f {} enter", typed("login")));
    let first = narrowed(&board);
    board.keys("j j k");
    assert!(Arc::ptr_eq(&first, &narrowed(&board)));
    workspace.write("auth/tasks.md", PLAN.replace("Use it", "Use login"));
    board.changed(&workspace, &["auth/tasks.md"]);
    assert_eq!(shown(&board).join(" "), "1 1.1 2 3");
    // Of cards the rows of a column tell.
    board.keys("b");
    let rows = |board: &Board| board.model.columns()[0].rows();
    let first = rows(&board);
    board.keys("j k");
    assert!(Arc::ptr_eq(&first, &rows(&board)));
    for keys in ["f u s e enter", "esc", "t"] {
        let before = rows(&board);
        board.keys(keys);
        assert_ne!(before, rows(&board), "{keys}\n{}", board.screen());
    }
}
