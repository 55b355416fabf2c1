//! The Requirements pane, laid out: criteria with what stands behind them, at several sizes and in
//! several dialects.

use crate::footer::assert_screen;
use crate::harness::{Board, Workspace};
use specboard::model::{Pane, SavedSession, Settings};
use specboard::update::settle;

const REQUIREMENTS: &str = "\
# Requirements Document

## Introduction

This document says what replaces the basic authentication of the web server,
with a page to sign in.

## Glossary

- **Authentication_System**: The service that checks passwords and keeps sessions
- **Login_Page**: The page to sign in

## Requirements

### Requirement 2: User Logout

**User Story:** As a user, I want to sign out of the application, so that I can secure my session when I'm done.

#### Acceptance Criteria

1. WHEN a user clicks the logout button, THE Authentication_System SHALL invalidate the current session
2. WHEN a session is invalidated, THE Authentication_System SHALL redirect the user to the `Login_Page`

3. THE Login_Page SHALL display a logout confirmation message after successful logout:
   - for five seconds
   - in the language of the user

### Requirement 8: Database Schema Versioning

**User Story:** As a developer, I want the schema to be versioned.

#### Acceptance Criteria

1. If a migration fails, then the Authentication_System shall rollback changes and log the error
2. THE Authentication_System SHALL preserve existing data during schema upgrades
10. THE Authentication_System SHALL do what no task is for

## Notes

| Table | Owner |
|-------|-------|
| users | nobody |
";

const TASKS: &str = "\
- [x] 1. Schema
  - [x] 1.1 Migrate
    - _Requirements: 8.1_
  - [ ]* 1.4 Test migrations
    - _Requirements: 8.1, 8.2_
- [x] 2. Service
  - [x] 2.4 Log out
    - _Requirements: 2.1, 2.2_
  - [ ]* 2.6 Property tests
    - _Requirements: 2.1_
- [-] 7. Button
  - _Requirements: 2.1_
- [ ] 9. One
  - _Requirements: 2.1_
- [ ] 10. Two
  - _Requirements: 2.1_
- [x] 13. Test everything
  - _Requirements: 2_
";

fn workspace() -> Workspace {
    Workspace::new(&[("a/requirements.md", REQUIREMENTS), ("a/tasks.md", TASKS)])
}

/// Returns the rows of the pane without the list of specs, as words with single blanks.
fn words(board: &Board) -> String {
    board
        .screen()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Returns the line of the cursor in the pane on the screen, from 1.
fn cursor(board: &Board) -> usize {
    board
        .model
        .pane_state()
        .map_or(0, |pane_state| pane_state.cursor.line + 1)
}

#[test]
fn laid_out_at_120x36() {
    let workspace = workspace();
    assert_screen!(Board::start(&workspace, (120, 36)).keys("1 G").styled());
}

#[test]
fn laid_out_at_80x24() {
    let workspace = workspace();
    assert_screen!(
        Board::start(&workspace, (80, 24))
            .keys("1 ctrl-d ctrl-d")
            .screen()
    );
}

#[test]
fn laid_out_in_62_columns() {
    let workspace = workspace();
    assert_screen!(
        Board::start(&workspace, (62, 30))
            .keys("1 ctrl-d ctrl-d ctrl-d")
            .styled()
    );
}

#[test]
fn laid_out_at_40x14_in_ascii() {
    let workspace = workspace();
    let settings = Settings {
        ascii: true,
        ..Settings::default()
    };
    assert_screen!(
        Board::start_with(&workspace, (40, 14), settings)
            .keys("1 G k k")
            .screen()
    );
}

#[test]
fn beside_another_pane_there_is_little_room_for_references() {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (160, 30));
    board.keys("1 ctrl-d");
    board.model.split = Some(true);
    settle(&mut board.model);
    assert!(!board.screen().contains("2.4 2.6*"), "{}", board.screen());
    board.keys("\\");
    let screen = board.screen();
    assert!(
        screen.contains(" 2.4 2.6* +4 ") && screen.contains(" 5/6 covered │"),
        "{screen}"
    );
}

#[test]
fn a_bug_report_is_laid_out_by_its_sections() {
    let bug = "# Bug\n\n## Bug Analysis\n\n### Current Behavior (Defect)\n\n1.1 WHEN a visitor signs in THEN the site forgets it\n\
               1.2 WHEN a visitor leaves THEN the site keeps the session\n\n### Expected Behavior (Correct)\n\n2.1 WHEN a visitor signs in THEN the site SHALL \
               remember it\n\n### Unchanged Behavior (Regression Prevention)\n\n3.1 WHEN a visitor reads THEN the site SHALL CONTINUE TO serve pages\n";
    let workspace = Workspace::new(&[
        ("a/bugfix.md", bug),
        ("a/tasks.md", "- [x] 1. Fix\n  - _Requirements: 1.1, 2.1_\n"),
    ]);
    assert_screen!(Board::start(&workspace, (80, 24)).keys("1 j j j").styled());
}

#[test]
fn a_single_file_shows_its_section_for_requirements() {
    let spec = "# Spec\n\n## Requirements\n\n### R1 — Sign in\n\n- R1.1 The site must remember a visitor\n- R1.2 The site must forget one\n\n\
                ## Design\n\nText.\n\n## Tasks\n\n- [x] 1. Remember\n  - _Requirements: R1.1_\n";
    let workspace = Workspace::new(&[("a/spec.md", spec)]);
    assert_screen!(Board::start(&workspace, (80, 12)).keys("1 j j").screen());
}

#[test]
fn columns_are_straight_in_a_document_in_chinese() {
    let source = "# 需求文档\n\n## 需求\n\n### 需求 1：用户登录\n\n**用户故事：** 作为用户，我希望能够登录系统，以便我可以安全地访问管理界面和我的数据。\n\n\
                  #### 验收标准\n\n1. 当用户提交有效的凭据时，系统应当创建会话并重定向到管理界面，同时记录登录时间 🔒 和来源地址\n\
                  2. 如果密码错误，那么系统应当显示错误信息\n";
    let workspace = Workspace::new(&[
        ("a/requirements.md", source),
        ("a/tasks.md", "- [x] 1. 登录\n  - _需求：1.1_\n"),
    ]);
    assert_screen!(Board::start(&workspace, (50, 20)).keys("1 G").styled());
    assert_screen!(Board::start(&workspace, (80, 20)).keys("1 G").screen());
}

#[test]
fn criteria_in_a_table_are_criteria_with_their_other_cells() {
    let source = "### Requirement 1: Sign in\n\n| ID | Page | Acceptance Criteria | Priority |\n|----|----|----|----|\n\
                  | **1.1** | Start | WHEN a visitor signs in, THE Site SHALL show the bookings of the last year | High |\n\
                  | 1.2 | | THE Site SHALL say so | Low |\n";
    let workspace = Workspace::new(&[
        ("a/requirements.md", source),
        ("a/tasks.md", "- [x] 1. a\n  - _Requirements: 1.1_\n"),
    ]);
    assert_screen!(Board::start(&workspace, (80, 14)).keys("1 G").screen());
}

#[test]
fn a_checkbox_of_a_criterion_stays_to_be_seen() {
    let source = "### Requirement 1: Sign in\n\n- [x] THE Site SHALL remember\n- [ ] THE Site SHALL forget\n";
    let workspace = Workspace::new(&[("a/requirements.md", source)]);
    let screen = Board::start(&workspace, (80, 14)).keys("1 G").screen();
    assert!(
        screen.contains("     1.1  [x] THE Site") && screen.contains("▌    1.2  [ ] THE Site"),
        "{screen}"
    );
}

#[test]
fn keys_go_by_what_is_laid_out() {
    for (keys, line) in [
        ("1", 1),
        ("1 j j", 5),
        ("1 j j j j", 10),
        ("1 ] ] ] ] ] ] ] ]", 15),
        ("1 ] ] ] ] ] ] ] ] j", 17),
        ("1 ] ] ] ] ] ] ] ] j j", 21),
        ("1 ] ] ] ] ] ] ] ] j j j j j", 28),
        ("1 ] ] ] ] ] ] ] ] j j h", 15),
        ("1 ] ] ] ] ] ] ] ] j j h h h", 13),
        ("1 ] ] ] ] ] ] ] ] j j z a", 15),
        ("1 ] ] ] ] ] ] ] ] z a j", 28),
        ("1 G R", 42),
        ("1 G R R", 42),
    ] {
        let workspace = workspace();
        let mut board = Board::start(&workspace, (100, 30));
        board.keys(keys);
        assert_eq!(cursor(&board), line, "{keys}\n{}", board.screen());
    }
}

#[test]
fn folded_requirements_count_what_they_hide() {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (100, 30));
    let screen = words(board.keys("1 ] ] ] ] ] ] ] ] z a"));
    assert!(
        screen.contains("Requirement 2: User Logout ▸4 ◐ 3/3"),
        "{screen}"
    );
    assert!(!screen.contains("clicks the logout button"), "{screen}");
    assert!(words(board.keys("z r")).contains("clicks the logout button"));
}

#[test]
fn the_source_is_shown_at_the_same_line_and_remembered() {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (100, 30));
    board.keys("1 ] ] ] ] ] ] ] ] j j");
    let at = |board: &Board| board.screen().lines().position(|line| line.contains('▌'));
    let before = at(&board);
    assert!(words(board.keys("R")).contains("#### Acceptance Criteria"));
    assert_eq!((cursor(&board), at(&board)), (21, before));
    let visit = SavedSession::of(&board.model);
    assert!(
        visit
            .pane_states
            .iter()
            .any(|(_, pane, pane_state)| *pane == Pane::Requirements && pane_state.shows_source)
    );
    assert!(!words(board.keys("R")).contains("#### Acceptance Criteria"));
    assert!(words(board.keys("3 R")).contains("nothing is rendered here"));
}

#[test]
fn what_others_change_is_flagged_at_its_criterion() {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (120, 60));
    board.keys("1 j");
    workspace.write(
        "a/requirements.md",
        REQUIREMENTS
            .replace("for five seconds", "for ten seconds")
            .replace("data during", "data in"),
    );
    board.changed(&workspace, &["a/requirements.md"]);
    for keys in ["", "R"] {
        let screen = board.keys(keys).screen();
        let flagged: Vec<&str> = screen
            .lines()
            .filter(|line| line.contains("│ •") || line.contains("│▌•"))
            .collect();
        assert!(
            flagged.len() == 2
                && flagged[0].contains("logout confirmation")
                && flagged[1].contains("preserve"),
            "{screen}"
        );
    }
}

#[test]
fn a_criterion_that_is_higher_than_the_pane_can_be_read_to_its_end() {
    let long: String = (1..200).map(|number| format!("word{number} ")).collect();
    let source = format!("### Requirement 1: A\n\n1. THE S SHALL {long}end\n2. THE S SHALL stop\n");
    let workspace = Workspace::new(&[("a/requirements.md", &source)]);
    let mut board = Board::start(&workspace, (80, 12));
    board.keys("1 j");
    for number in [1, 100, 199] {
        let word = format!("word{number} ");
        let is_seen = (0..40).any(|_| {
            let is_there = board
                .screen()
                .split_whitespace()
                .any(|found| found == word.trim());
            board.keys("j");
            is_there
        });
        assert!(is_seen, "{word}\n{}", board.keys("g g j").screen());
        board.keys("g g j");
    }
}

#[test]
fn a_document_without_criteria_is_laid_out_too() {
    let workspace = Workspace::new(&[("a/requirements.md", "# Requirements\n\nNothing yet.\n")]);
    let mut board = Board::start(&workspace, (80, 24));
    let screen = words(board.keys("1"));
    assert!(screen.contains("▌ Requirements Nothing yet."), "{screen}");
    let screen = words(board.keys("R"));
    assert!(screen.contains("▌ # Requirements Nothing yet."), "{screen}");
}
