//! What a reviewer does: from a task to its criterion and back, the peek, panes side by side, the
//! outline.

use crate::corpus::repositories;
use crate::footer::assert_screen;
use crate::harness::{Board, Workspace, opened};
use specboard::model::{Message, Mode, Pane, Settings};
use specboard::spec::Contents;
use specboard::spec::references::IdKind;
use specboard::store::find_roots;
use specboard::update::{settle, update};

const REQUIREMENTS: &str = "\
# Requirements Document

## Glossary

- **Login_Page**: The page with the form to sign in
- **Session**: What a user has between signing in and out

## Requirements

### Requirement 1: User Login

**User Story:** As a user, I want to sign in, so that I can securely access the interface.

#### Acceptance Criteria

1. WHEN a user navigates to the interface without a Session, THE System SHALL redirect them to the Login_Page
2. IF the password is wrong, THEN THE System SHALL say so without naming the reason

### Requirement 2: User Logout

**User Story:** As a user, I want to sign out, so that my session is safe.

#### Acceptance Criteria

1. WHEN a user clicks the logout button, THE System SHALL invalidate the current Session
2. THE Login_Page SHALL display a logout confirmation message after successful logout
3. THE System SHALL log every logout
";

const DESIGN: &str = "\
# Design

## Overview

Words.

## Correctness Properties

### Property 1: Logout invalidates

*For any* session, after the logout it is refused with every later request.

**Validates: Requirements 2.1**

### Property 2: Nothing tests this

*For any* x.

**Validates: Requirements 1.2**
";

const TASKS: &str = "\
# Implementation Plan

- [x] 1. Build the login
  - Show the form
  - _Requirements: 1.1, 1.2_
- [ ] 2. Build the logout
  - [x] 2.1 Add the button
    - _Requirements: 2.1_
  - [ ]* 2.2 Write the test
    - **Property 1: Logout invalidates**
    - _Requirements: 2.1, 9.9_
- [ ] 3. Checkpoint
- [x] 4. Test the whole flow
  - _Requirements: All_
";

fn workspace() -> Workspace {
    Workspace::new(&[
        ("a-sign-in/requirements.md", REQUIREMENTS),
        ("a-sign-in/design.md", DESIGN),
        ("a-sign-in/tasks.md", TASKS),
        ("b-other/tasks.md", "- [ ] 1. another\n- [ ] 2. one\n"),
    ])
}

/// Starts a board that shows the tasks of the first spec, with the cursor on the first.
fn board(workspace: &Workspace, size: (u16, u16)) -> Board {
    let mut board = Board::start(workspace, size);
    board.open(workspace, "a-sign-in").keys("3 g g");
    board
}

/// Returns the file and the line of the cursor, from 1.
fn at(board: &Board) -> (Pane, usize) {
    (
        board.model.pane,
        board
            .model
            .pane_state()
            .map_or(0, |pane_state| pane_state.cursor.line + 1),
    )
}

#[test]
fn the_peek_at_120x36() {
    assert_screen!(board(&workspace(), (120, 36)).keys("j j j").styled());
}

#[test]
fn the_peek_at_80x24() {
    assert_screen!(board(&workspace(), (80, 24)).keys("j j j").styled());
}

#[test]
fn the_peek_follows_when_the_keys_rest_and_goes_away_with_its_key() {
    let workspace = workspace();
    let mut board = board(&workspace, (120, 36));
    assert!(
        board.screen().contains("── 1 Build the login"),
        "{}",
        board.screen()
    );
    board.type_keys("j j");
    assert!(
        board.screen().contains("── 1 Build the login"),
        "the peek moved before the keys rested:\n{}",
        board.screen()
    );
    assert!(
        board.keys("k j").screen().contains("── 2.1"),
        "{}",
        board.screen()
    );
    assert!(
        !board.keys("p").screen().contains("──"),
        "{}",
        board.screen()
    );
    assert!(
        board.keys("p").screen().contains("── 2.1"),
        "{}",
        board.screen()
    );
}

#[test]
fn the_rule_of_the_peek_stands_still_wherever_the_cursor_is() {
    let workspace = workspace();
    for (size, pane) in [
        ((120, 36), "1"),
        ((120, 36), "3"),
        ((80, 24), "1"),
        ((80, 24), "3"),
    ] {
        let mut board = board(&workspace, size);
        board.keys(pane);
        let rule = |screen: &str| {
            screen
                .lines()
                .position(|line| line.contains("── ") || line.ends_with("──"))
        };
        let first = rule(&board.screen());
        assert!(first.is_some(), "{}", board.screen());
        for _ in 0..12 {
            assert_eq!(rule(&board.keys("j").screen()), first, "{}", board.screen());
        }
    }
}

#[test]
fn the_peek_begins_with_the_whole_title_and_counts_what_does_not_fit() {
    let details: String = (0..9)
        .map(|index| format!("  - detail {index}\n"))
        .collect();
    let title = "A title that goes on and on ".repeat(5);
    let tasks = format!("- [ ] 1. {title}\n{details}  - _Requirements: 1.1, 2.1_\n- [x] 2. Next\n");
    let workspace = Workspace::new(&[("a/tasks.md", &tasks)]);
    let mut board = Board::start(&workspace, (80, 24));
    let screen = board.keys("3").screen();
    let head = screen.split("── 1 ").nth(1).unwrap();
    let words: Vec<&str> = head.split_whitespace().take(35).collect();
    assert_eq!(words.join(" "), title.trim(), "{screen}");
    assert!(
        screen.contains("+8 details") || screen.contains("+7 details"),
        "{screen}"
    );
}

#[test]
fn a_peek_follows_a_change_on_disk() {
    let workspace = workspace();
    let mut board = board(&workspace, (120, 36));
    workspace.write(
        "a-sign-in/tasks.md",
        TASKS.replace("Build the login", "Build the other login"),
    );
    assert!(
        board
            .changed(&workspace, &["a-sign-in/tasks.md"])
            .screen()
            .contains("── 1 Build the other login"),
        "{}",
        board.screen()
    );
}

#[test]
fn from_one_to_what_belongs_to_it_and_back() {
    for (keys, expected) in [
        ("j j enter", (Pane::Requirements, 25)),
        ("j j enter ctrl-o", (Pane::Tasks, 7)),
        ("j j enter [ j", (Pane::Tasks, 7)),
        ("j j enter ctrl-o ] j", (Pane::Requirements, 25)),
        ("enter", (Pane::Requirements, 16)),
        ("enter ctrl-o", (Pane::Tasks, 3)),
        ("enter j", (Pane::Requirements, 17)),
        ("enter j esc", (Pane::Tasks, 3)),
        ("enter j enter ctrl-o", (Pane::Tasks, 3)),
        ("g d j enter g r", (Pane::Tasks, 3)),
        ("j j j g d j enter", (Pane::Design, 9)),
        ("j j j g d j enter g r", (Pane::Tasks, 9)),
        ("j j j g d j enter g d", (Pane::Requirements, 25)),
        ("j j enter g d", (Pane::Requirements, 6)),
        ("j j enter g d g r", (Pane::Requirements, 16)),
        ("j j j j enter", (Pane::Tasks, 12)),
        ("j j j j j enter", (Pane::Requirements, 10)),
    ] {
        let workspace = workspace();
        let mut board = board(&workspace, (120, 36));
        board.keys(keys);
        assert_eq!(at(&board), expected, "{keys}:\n{}", board.screen());
    }
}

#[test]
fn several_places_of_a_jump_stand_in_a_list_at_120x36() {
    assert_screen!(board(&workspace(), (120, 36)).keys("enter j").styled());
}

#[test]
fn a_key_that_is_none_of_the_lists_stays_there_and_counts_as_usual() {
    let workspace = workspace();
    let mut board = board(&workspace, (120, 36));
    board.keys("enter 3");
    assert_eq!(
        (at(&board), board.model.mode.clone()),
        ((Pane::Tasks, 3), Mode::Normal)
    );
    board.keys("ctrl-o");
    assert_eq!(at(&board), (Pane::Tasks, 3), "the jump is remembered");
}

#[test]
fn jumps_lead_back_across_specs_and_survive_changes() {
    let workspace = workspace();
    let mut board = board(&workspace, (120, 36));
    board.keys("j j enter ] s");
    assert_eq!(
        board.model.open_files.feature.as_deref(),
        Some(workspace.specs().join("b-other").as_path())
    );
    workspace.write("a-sign-in/tasks.md", format!("Words before.\n\n{TASKS}"));
    board.changed(&workspace, &["a-sign-in/tasks.md"]);
    board.keys("ctrl-o");
    assert_eq!(
        board.model.open_files.feature.as_deref(),
        Some(workspace.specs().join("a-sign-in").as_path())
    );
    assert_eq!(board.model.pane, Pane::Tasks);
}

#[test]
fn a_jump_opens_what_hides_its_place() {
    let workspace = workspace();
    let mut board = board(&workspace, (120, 36));
    board.keys("j j enter 3 .");
    assert!(
        !board.screen().contains("Add the button"),
        "{}",
        board.screen()
    );
    board.keys("1 enter");
    assert_eq!(
        at(&board),
        (Pane::Tasks, 7),
        "a finished task that is hidden is shown:\n{}",
        board.screen()
    );
    board.keys("esc 2 g g z m 1 enter j j");
    assert_eq!(
        at(&board),
        (Pane::Design, 9),
        "a folded property is unfolded:\n{}",
        board.screen()
    );
}

#[test]
fn a_refused_prefix_takes_its_second_key_with_it() {
    let workspace = workspace();
    for keys in ["1 s q", "2 s q", "5 s q", "tab s q", "1 S q"] {
        let mut board = board(&workspace, (120, 36));
        assert_eq!(board.keys(keys).model.quit, None, "{keys}");
    }
    let settings = Settings {
        read_only: true,
        ..Settings::default()
    };
    let mut board = Board::start_with(&workspace, (120, 36), settings);
    let screen = board.keys("3 s p").screen();
    assert!(
        !board.model.hides_peek && screen.contains("read-only"),
        "{screen}"
    );
}

#[test]
fn a_list_follows_a_change_on_disk_and_esc_leads_back_to_the_same_task() {
    for keys in ["esc", "3 ctrl-o", "enter ctrl-o"] {
        let workspace = workspace();
        let mut board = board(&workspace, (120, 36));
        board.keys("enter");
        workspace.write("a-sign-in/tasks.md", format!("One.\n\nTwo.\n\n{TASKS}"));
        board.changed(&workspace, &["a-sign-in/tasks.md"]);
        board.keys(keys);
        assert_eq!(at(&board), (Pane::Tasks, 7), "{keys}");
    }
}

#[test]
fn a_spec_that_changed_while_another_was_open_is_found_again_at_the_same_task() {
    for keys in ["[ s", "ctrl-o"] {
        let workspace = workspace();
        let mut board = board(&workspace, (120, 36));
        board.keys("j j enter 3 j ] s");
        workspace.write("a-sign-in/tasks.md", format!("One.\n\nTwo.\n\n{TASKS}"));
        board.changed(&workspace, &["a-sign-in/tasks.md"]);
        board.keys(keys);
        let expected = if keys == "ctrl-o" { 11 } else { 13 };
        assert_eq!(
            at(&board),
            (Pane::Tasks, expected),
            "{keys}:\n{}",
            board.screen()
        );
    }
}

#[test]
fn looking_at_the_places_of_a_list_changes_nothing_for_good() {
    let workspace = workspace();
    let mut board = board(&workspace, (120, 36));
    board.keys("z m . 1 j enter");
    let pane_states = |board: &Board| {
        let of = |pane| {
            board.model.pane_state_of(pane).map(|pane_state| {
                (
                    pane_state.cursor,
                    pane_state.folded.clone(),
                    pane_state.hides_finished,
                )
            })
        };
        [of(Pane::Tasks), of(Pane::Requirements), of(Pane::Design)]
    };
    board.keys("esc 2 1 ] ] ] ] j");
    let before = pane_states(&board);
    board.keys("enter j j j esc");
    assert_eq!(pane_states(&board), before);
    board.keys("3 . z r g g v j j j g d esc");
    assert!(
        matches!(board.model.mode, Mode::Select { .. }),
        "{:?}",
        board.model.mode
    );
}

#[test]
fn a_list_ends_where_its_document_is_gone() {
    let workspace = workspace();
    let mut board = board(&workspace, (120, 36));
    board.keys("enter");
    std::fs::remove_file(workspace.specs().join("a-sign-in/requirements.md")).unwrap();
    board.changed(&workspace, &["a-sign-in/requirements.md"]);
    assert_eq!(
        (at(&board), board.model.mode.clone()),
        ((Pane::Tasks, 3), Mode::Normal)
    );
}

#[test]
fn a_dangling_id_is_never_counted_away() {
    let tasks = TASKS.replace(
        "_Requirements: 2.1, 9.9_",
        "_Requirements: 1.1, 1.2, 2.1, 2.2, 2.3, 9.9_",
    );
    let workspace = Workspace::new(&[
        ("a-sign-in/requirements.md", REQUIREMENTS),
        ("a-sign-in/tasks.md", &tasks),
    ]);
    let mut board = Board::start(&workspace, (80, 24));
    let screen = board.keys("3 g g j j j").screen();
    assert_eq!(
        screen.matches("9.9").count(),
        2,
        "in its row and in the peek:\n{screen}"
    );
}

#[test]
fn a_task_that_names_all_leads_to_every_requirement() {
    let workspace = workspace();
    let mut board = board(&workspace, (120, 36));
    assert!(
        board.keys("G g d").screen().contains("1 of 2"),
        "{}",
        board.screen()
    );
    let words = board.keys("esc k g d").screen();
    assert!(words.contains("3 refers to no requirement"), "{words}");
}

#[test]
fn from_the_trace_one_comes_to_the_criterion() {
    let workspace = workspace();
    let mut board = board(&workspace, (120, 36));
    assert_eq!(at(board.keys("4 j j g d")), (Pane::Requirements, 25));
    let tasks = TASKS.replace("  - _Requirements: All_\n", "");
    workspace.write("a-sign-in/tasks.md", tasks);
    board.changed(&workspace, &["a-sign-in/tasks.md"]);
    assert_eq!(
        at(board.keys("4 g g enter")),
        (Pane::Requirements, 26),
        "{}",
        board.screen()
    );
}

#[test]
fn a_word_is_left_without_another_one() {
    let workspace = workspace();
    let mut board = board(&workspace, (120, 36));
    board.keys("G k g d");
    assert!(
        !board.keys("esc").screen().contains("q quits"),
        "{}",
        board.screen()
    );
    assert!(
        board.keys("esc").screen().contains("q quits"),
        "{}",
        board.screen()
    );
}

#[test]
fn panes_that_come_beside_another_follow_at_once_and_flag_what_is_folded() {
    let workspace = workspace();
    let mut board = board(&workspace, (160, 40));
    board.keys("j j");
    assert!(board.screen().contains("▏›"), "{}", board.screen());
    board.keys("shift-tab z m tab");
    board.keys("k j");
    assert!(
        board.screen().contains("▏›"),
        "a fold stands for what it hides:\n{}",
        board.screen()
    );
}

#[test]
fn the_outline_leads_to_headings() {
    let workspace = workspace();
    let mut board = board(&workspace, (120, 36));
    board.keys("2 g o");
    assert!(board.screen().contains("── outline"), "{}", board.screen());
    board.keys("down down down enter");
    assert_eq!(at(&board), (Pane::Design, 9));
    board.keys("3 g o");
    assert_eq!(
        (at(&board), board.model.mode.clone()),
        ((Pane::Tasks, 3), Mode::Normal),
        "a single heading needs no list"
    );
}

#[test]
fn panes_stand_side_by_side_at_160x40() {
    assert_screen!(board(&workspace(), (160, 40)).keys("j j").styled());
}

#[test]
fn three_panes_stand_side_by_side_at_200x30() {
    assert_screen!(board(&workspace(), (200, 30)).keys("j j").screen());
}

#[test]
fn the_other_pane_follows_and_tab_goes_there() {
    let workspace = workspace();
    let mut board = board(&workspace, (160, 40));
    board.keys("j j");
    assert_eq!(
        board
            .model
            .pane_state_of(Pane::Requirements)
            .map(|pane_state| pane_state.cursor.line + 1),
        Some(25)
    );
    board.keys("shift-tab");
    assert_eq!(at(&board), (Pane::Requirements, 25));
    assert_eq!(
        board
            .model
            .pane_state_of(Pane::Tasks)
            .map(|pane_state| pane_state.cursor.line + 1),
        Some(7),
        "the first task that names the criterion"
    );
    board.keys("tab tab");
    assert_eq!(board.model.pane, Pane::Requirements);
    board.keys("shift-tab");
    assert_eq!(board.model.focus, specboard::model::Focus::Sidebar);
    assert!(!board.keys("tab |").model.layout().is_split());
}

#[test]
#[cfg_attr(
    not(corpus),
    ignore = "no corpus: SPECBOARD_CORPUS names one when the tests are built"
)]
fn from_any_task_to_its_criterion_and_back_is_two_keys() {
    let folders = repositories();
    let mut tried = 0;
    for (turn, folder) in folders.iter().enumerate() {
        let Ok(roots) = find_roots(folder, std::slice::from_ref(folder)) else {
            continue;
        };
        tried += jump_in(&roots, turn);
    }
    assert!(tried >= 200, "only {tried} tasks of the corpus were tried");
}

/// Jumps from some tasks of some specs to the first criterion that each names, and back. Gives how
/// many.
fn jump_in(roots: &[specboard::store::Root], turn: usize) -> usize {
    let mut model = specboard::runtime::Start {
        roots: roots.to_vec(),
        ..Default::default()
    }
    .model((120, 36));
    let count = model.specs.features().len();
    let mut tried = 0;
    for index in (0..count).filter(|index| (index + turn).is_multiple_of(count.div_ceil(4).max(1)))
    {
        let feature = model.specs.feature(index).clone();
        let open_files = specboard::runtime::read_all(&feature);
        model.sidebar.cursor = feature.folder.path.clone();
        let read = opened(&mut model, open_files);
        update(&mut model, read);
        let contents = Contents::read(&feature, &roots[0]);
        let named = named(&contents);
        for (line, expected) in named
            .iter()
            .skip(turn % 3)
            .step_by(named.len().div_ceil(4).max(1))
        {
            press(&mut model, "3");
            model.go_to_line(*line);
            settle(&mut model);
            let before = model.pane_state().cloned();
            press(&mut model, "enter");
            let pane_state = model.pane_state().map(|pane_state| pane_state.cursor.line);
            assert_eq!(
                (model.pane, pane_state),
                (Pane::Requirements, Some(*expected)),
                "{}:{}",
                feature.folder.path.display(),
                line + 1
            );
            press(&mut model, "ctrl-o");
            assert_eq!(
                (model.pane, model.pane_state().cloned()),
                (Pane::Tasks, before),
                "{}:{}",
                feature.folder.path.display(),
                line + 1
            );
            tried += 1;
        }
    }
    tried
}

/// Returns the lines of the tasks that name a requirement or a criterion, each with the line of the
/// first that it names.
fn named(contents: &Contents) -> Vec<(usize, usize)> {
    let (Some(list), Some(wanted)) = (&contents.list, contents.wanted()) else {
        return Vec::new();
    };
    let lines = |id: &str| {
        let known = wanted
            .resolver
            .known()
            .iter()
            .position(|known| known.id == id)?;
        let first = wanted
            .resolver
            .known()
            .iter()
            .position(|known| known.kind == IdKind::Criterion)?;
        match known.checked_sub(first) {
            Some(criterion) => Some(wanted.criteria_document.criteria()[criterion].line),
            None => Some(wanted.criteria_document.groups()[known].line),
        }
    };
    let of = |item: usize| {
        let is_plain = !contents.links.plan.references[item]
            .iter()
            .any(|one| format!("{:?}", one.resolutions).contains("All("));
        let ids = contents.ids_named_by(item);
        is_plain
            .then(|| ids.iter().find_map(|id| lines(id)))
            .flatten()
    };
    let items = list.tasks.items.iter().enumerate();
    items
        .filter_map(|(index, item)| Some((item.line, of(index)?)))
        .collect()
}

fn press(model: &mut specboard::model::Model, keys: &str) {
    specboard::command::parse_keys(keys)
        .into_iter()
        .for_each(|key| drop(update(model, Message::Pressed(key))));
}
