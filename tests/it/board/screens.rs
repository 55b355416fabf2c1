//! Whole screens: a workspace, a string of keys, the screen as a snapshot, and the bytes on disk.

use crate::footer::assert_screen;
use crate::harness::{Board, Workspace, opened};
use specboard::model::Settings;

/// Specs like real ones, with what each form of a task looks like.
const PLAN: &str = "\
# Implementation Plan: User authentication

## Tasks

- [x] 1. Set up database schema and migration service
  - [x] 1.1 Create the migration table
    - _Requirements: 8.1, 8.2_
- [-] 2. Implement core authentication service
  - [x] 2.1 Create auth.php with AuthService class
    - Hash passwords with bcrypt
    - _Requirements: 5.1, 5.4_
  - [ ] 2.2 Implement login functionality, with a title that is much too long to fit beside its references in a pane
    - _Requirements: 1.2, 1.3, 5.2, 5.3, 5.4, 5.5, 6.1_
  - [ ]* 2.3 Write property tests for authentication
    - **Validates: Requirements 1.1, 1.2**
- [~] 3. 日本語のタスクと絵文字 👩‍👩‍👧 も列を崩さない
- [/] 4. A marker without a meaning
";

fn workspace() -> Workspace {
    Workspace::new(&[
        ("user-authentication/tasks.md", PLAN),
        (
            "user-authentication/requirements.md",
            "# Requirements Document\n",
        ),
        ("custom-period/tasks.md", "- [x] 1. a\n- [x] 2. b\n"),
        (
            "identity/session-review/tasks.md",
            "- [ ] 1. a\r\n- [-] 2. b\r\n",
        ),
        (
            "identity/a-name-that-is-far-too-long-for-the-list/tasks.md",
            "- [ ] a\n",
        ),
        (
            "only-requirements/requirements.md",
            "# Requirements Document\n",
        ),
    ])
}

/// Starts a board with the cursor in the tasks of user-authentication.
fn board(workspace: &Workspace, size: (u16, u16)) -> Board {
    let mut board = Board::start(workspace, size);
    board.open(workspace, "user-authentication");
    board
}

#[test]
fn the_board_at_120x36() {
    let workspace = workspace();
    assert_screen!(board(&workspace, (120, 36)).keys("j j j").styled());
}

#[test]
fn the_board_at_80x24() {
    let workspace = workspace();
    assert_screen!(board(&workspace, (80, 24)).styled());
}

#[test]
fn the_board_at_40x10() {
    let workspace = workspace();
    assert_screen!(board(&workspace, (40, 10)).styled());
}

#[test]
fn the_board_in_ascii() {
    let workspace = workspace();
    let settings = Settings {
        ascii: true,
        ..Settings::default()
    };
    let mut board = Board::start_with(&workspace, (110, 20), settings);
    let screen = board.open(&workspace, "user-authentication").screen();
    let foreign = screen
        .replace("日本語のタスクと絵文字", "")
        .replace("も列を崩さない", "")
        .replace('👩', "");
    assert!(foreign.is_ascii(), "{foreign}");
    assert_screen!(screen);
}

#[test]
fn a_spec_without_tasks_that_is_open_has_a_dash_in_the_list() {
    let workspace = Workspace::new(&[(
        "only-requirements/requirements.md",
        "# Requirements Document\n",
    )]);
    let screen = Board::start(&workspace, (100, 10)).screen();
    assert!(screen.contains("only-requirements     –  │"), "{screen}");
}

#[test]
fn the_drawer_covers_the_left_half_and_closes_on_enter() {
    let workspace = workspace();
    let mut board = board(&workspace, (80, 24));
    assert_screen!(board.keys("\\").screen());
    assert!(!board.keys("enter").screen().contains("Specs "));
}

#[test]
fn details_open_in_place_and_folds_count_what_they_hide() {
    let workspace = workspace();
    let mut board = board(&workspace, (100, 20));
    assert_screen!(board.keys("j j j l k h").screen());
}

#[test]
fn a_screen_that_is_too_small_says_so() {
    let workspace = workspace();
    let screen = board(&workspace, (19, 5)).screen();
    assert!(screen.contains("too small"), "{screen}");
}

#[test]
fn marking_changes_one_byte_and_undo_gives_the_file_back() {
    let workspace = workspace();
    let mut board = board(&workspace, (120, 36));
    for (keys, line) in [
        ("j j j space", "  - [x] 2.1 C"),
        ("j space", "  - [x] 2.2 I"),
        ("s p", "  - [-] 2.2 I"),
        ("s q", "  - [~] 2.2 I"),
        ("s n", "  - [ ] 2.2 I"),
    ] {
        board.keys(keys);
        if keys != "j j j space" {
            assert!(
                workspace
                    .read("user-authentication/tasks.md")
                    .contains(line),
                "{keys}"
            );
        }
    }
    board.keys("u u u u u");
    assert_eq!(workspace.read("user-authentication/tasks.md"), PLAN);
    board.keys("ctrl-r");
    assert_ne!(workspace.read("user-authentication/tasks.md"), PLAN);
}

#[test]
fn undo_asks_where_somebody_else_changed_the_place() {
    let workspace = workspace();
    let mut board = board(&workspace, (120, 36));
    board.keys("space");
    workspace.write(
        "user-authentication/tasks.md",
        PLAN.replace("- [x] 1. Set", "- [~] 1. Set"),
    );
    let screen = board
        .changed(&workspace, &["user-authentication/tasks.md"])
        .keys("u")
        .screen();
    for words in [
        "CONFLICT",
        "- [ ] 1. Set",
        "h  yours",
        "l  on disk",
        "- [~] 1. Set",
    ] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
    let is_theirs = || {
        let text = workspace.read("user-authentication/tasks.md");
        text.contains("- [~] 1. Set")
    };
    assert!(is_theirs());
    let screen = board.keys("l").screen();
    assert!(
        screen.contains("1 not started stays as it is on disk"),
        "{screen}"
    );
    assert!(is_theirs());
}

#[test]
fn a_read_only_board_writes_nothing() {
    let workspace = workspace();
    let settings = Settings {
        read_only: true,
        ..Settings::default()
    };
    let mut board = Board::start_with(&workspace, (120, 36), settings);
    board.open(&workspace, "user-authentication");
    let screen = board.keys("space s p").screen();
    assert!(screen.contains("read-only"), "{screen}");
    assert_eq!(workspace.read("user-authentication/tasks.md"), PLAN);
}

#[test]
fn the_board_follows_changes_on_disk() {
    let workspace = workspace();
    let mut board = board(&workspace, (120, 36));
    board.keys("j j j");
    workspace.write(
        "user-authentication/tasks.md",
        format!("# New heading\n\nAnd a line.\n\n{PLAN}"),
    );
    let screen = board
        .changed(&workspace, &["user-authentication/tasks.md"])
        .screen();
    assert!(
        screen.contains("▌    ✓ 2.1"),
        "the cursor stays on its task:\n{screen}"
    );
    workspace.write("new-one/tasks.md", "- [ ] 1. new\n");
    assert!(
        board
            .changed(&workspace, &["new-one"])
            .screen()
            .contains("new-one")
    );
    std::fs::remove_dir_all(workspace.specs().join("user-authentication")).unwrap();
    let screen = board.changed(&workspace, &["user-authentication"]).screen();
    assert!(
        !screen.contains("user-auth…") && screen.contains("is gone"),
        "{screen}"
    );
}

#[test]
fn text_from_files_reaches_no_cell_as_a_control_character() {
    let hostile = "- [ ] 1. red \x1b[31m title \x07 \u{9b}2J \u{202e}reversed\n  - detail \x1b]0;title\x07\n## Phase \x1b[2J\n- [ ] 2. b\n";
    let workspace = Workspace::new(&[
        ("evil\x1b[31m/tasks.md", hostile),
        ("a/tasks.md", "- [ ] a\n"),
    ]);
    let mut board = Board::start(&workspace, (120, 36));
    board.keys("tab G enter l");
    let buffer = board.buffer();
    for cell in &buffer.content {
        assert!(
            !cell.symbol().chars().any(char::is_control),
            "{:?}",
            cell.symbol()
        );
    }
    assert!(
        board.screen().contains("red ␛[31m title ␇"),
        "{}",
        board.screen()
    );
}

#[test]
fn what_others_change_is_unread_until_the_cursor_leaves_it() {
    let workspace = workspace();
    let mut board = board(&workspace, (120, 36));
    let changed = PLAN
        .replace("2.1 Create", "2.1 Make")
        .replace("- [~] 3.", "- [-] 3.");
    workspace.write("user-authentication/tasks.md", &changed);
    workspace.write(
        "custom-period/tasks.md",
        "- [ ] 1. a\n- [x] 2. b, longer than before\n",
    );
    board.changed(
        &workspace,
        &["user-authentication/tasks.md", "custom-period/tasks.md"],
    );
    assert_screen!(board.screen());
    assert!(!board.keys("] c k").screen().contains("•   ✓ 2.1"));
    let screen = board.keys("x").screen();
    assert!(
        screen.contains("1 unread") && screen.contains(" •○ custom-period"),
        "{screen}"
    );
}

#[test]
fn a_stale_reading_does_not_take_back_what_the_board_just_wrote() {
    let workspace = workspace();
    let mut board = board(&workspace, (120, 36));
    let feature = board.model.shown_feature().unwrap().clone();
    let stale = specboard::runtime::read_all(&feature);
    board.keys("space");
    let stale = opened(&mut board.model, stale);
    board.send(stale);
    let screen = board.screen();
    assert!(
        screen.contains("▌  ○ 1 ") && !screen.contains("unread"),
        "{screen}"
    );
}

#[test]
fn a_reading_of_what_the_board_is_writing_is_not_taken_for_somebody_elses() {
    let workspace = workspace();
    let mut board = board(&workspace, (120, 36));
    let feature = board.model.shown_feature().unwrap().clone();
    let effects = specboard::update::update(
        &mut board.model,
        specboard::model::Message::Pressed(specboard::command::parse_keys("space")[0]),
    );
    let written: Vec<_> = effects
        .iter()
        .flat_map(|effect| specboard::runtime::fulfil(effect, &[]))
        .collect();
    let early = specboard::runtime::read_all(&feature);
    let early = opened(&mut board.model, early);
    board.send(early);
    written.into_iter().for_each(|message| board.send(message));
    let screen = board.screen();
    assert!(
        screen.contains("▌  ○ 1 ") && !screen.contains("unread"),
        "{screen}"
    );
}

#[test]
fn the_boards_own_star_is_not_unread() {
    let workspace = workspace();
    let mut board = board(&workspace, (120, 36));
    board
        .keys("j *")
        .changed(&workspace, &["user-authentication/tasks.md"]);
    let screen = board.screen();
    assert!(
        screen.contains("✓ 1.1*") && !screen.contains("unread") && !screen.contains('•'),
        "{screen}"
    );
}

#[test]
fn a_file_that_was_only_touched_is_not_unread() {
    let workspace = workspace();
    let mut board = board(&workspace, (120, 36));
    let text = workspace.read("custom-period/tasks.md");
    workspace.write("custom-period/tasks.md", text);
    let screen = board
        .changed(&workspace, &["custom-period/tasks.md"])
        .screen();
    assert!(!screen.contains("unread"), "{screen}");
}

#[test]
fn specs_that_are_gone_and_come_back_are_open_again() {
    let workspace = workspace();
    let mut board = board(&workspace, (120, 36));
    let (kiro, aside) = (workspace.dir().join(".kiro"), workspace.dir().join("aside"));
    std::fs::rename(&kiro, &aside).unwrap();
    assert!(
        board
            .changed(&workspace, &["user-authentication"])
            .screen()
            .contains("is gone")
    );
    std::fs::rename(&aside, &kiro).unwrap();
    let screen = board.changed(&workspace, &["user-authentication"]).screen();
    assert!(
        screen.contains("▌  ✓ 1     Set up") && !screen.contains("is gone"),
        "{screen}"
    );
}

#[test]
fn a_deleted_task_list_is_missing_and_not_broken() {
    let workspace = workspace();
    let mut board = board(&workspace, (120, 36));
    std::fs::remove_file(workspace.specs().join("custom-period/tasks.md")).unwrap();
    std::fs::write(
        workspace.specs().join("custom-period/design.md"),
        "# Design\n",
    )
    .unwrap();
    board.changed(
        &workspace,
        &["custom-period/tasks.md", "custom-period/design.md"],
    );
    let screen = board.screen();
    assert!(
        screen.contains("custom-period                    –  │") && !screen.contains("not read"),
        "{screen}"
    );
}

#[test]
fn a_change_in_another_pane_is_marked_on_its_tab_and_found_from_here() {
    let workspace = workspace();
    let mut board = board(&workspace, (120, 36));
    workspace.write(
        "user-authentication/requirements.md",
        "# Requirements Document\n\nA new paragraph.\n",
    );
    let screen = board
        .changed(&workspace, &["user-authentication/requirements.md"])
        .screen();
    assert!(screen.contains(" 1 Requirements• 2 Design"), "{screen}");
    let screen = board.keys("] c").screen();
    assert!(screen.contains("[1 Requirements]"), "{screen}");
    assert!(!board.keys("x 3").screen().contains("unread"));
}

#[test]
fn hidden_specs_count_for_their_folders() {
    let workspace = Workspace::new(&[
        ("group/done/tasks.md", "- [x] 1. a\n"),
        ("group/open/tasks.md", "- [ ] 1. a\n"),
    ]);
    let mut board = Board::start(&workspace, (100, 12));
    let screen = board.keys("tab .").screen();
    assert!(
        screen.contains("group          1/2") && !screen.contains("done"),
        "{screen}"
    );
}

#[test]
fn closing_a_task_that_was_opened_from_the_kanban_leads_back_there() {
    let workspace = workspace();
    let mut board = board(&workspace, (120, 36));
    let kanban = board.keys("b").screen();
    board.keys("enter");
    assert!(board.screen().contains("[3 Tasks]"));
    assert_eq!(board.keys("q").screen(), kanban);
    assert_eq!(board.model.quit, None);
}

#[test]
fn what_is_done_with_all_below_it_can_be_hidden() {
    let workspace = workspace();
    let mut board = board(&workspace, (120, 36));
    let screen = board.keys(".").screen();
    assert!(
        !screen.contains("│   ✓ 1  ")
            && !screen.contains("│     ✓ 2.1")
            && screen.contains("2.2")
            && screen.contains("◐ 2 "),
        "{screen}"
    );
    assert!(board.keys(".").screen().contains("2.1"));
}
