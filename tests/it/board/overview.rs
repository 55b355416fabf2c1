//! The overview: its figures and their sums, its orders, going into a spec and back, and when the
//! board begins with it.

use specboard::model::{OverviewOrder, Surface};
use specboard::runtime::Start;
use specboard::store::find_roots;
use specboard::update::settle;

use crate::footer::assert_screen;
use crate::harness::{Board, Workspace};

const REQUIREMENTS: &str = "### Requirement 1: A\n\n1. THE S SHALL a\n2. THE S SHALL b\n";

fn workspace() -> Workspace {
    Workspace::new(&[
        ("api/auth/requirements.md", REQUIREMENTS),
        (
            "api/auth/tasks.md",
            "- [x] 1. a\n  - _Requirements: 1.1_\n- [-] 2. b\n- [ ]* 3. c\n",
        ),
        ("api/mail/requirements.md", REQUIREMENTS),
        (
            "api/mail/tasks.md",
            "- [x] 1. a\n  - _Requirements: 1.1, 1.2_\n",
        ),
        ("notes/design.md", "# Design\n"),
        ("web/requirements.md", REQUIREMENTS),
        ("web/tasks.md", "- [ ] 1. a\n- [ ] 2. b\n- [x]* 3. c\n"),
    ])
}

/// Opens the overview as it looks a day after the files were written.
fn overview(workspace: &Workspace, size: (u16, u16)) -> Board {
    let mut board = Board::start(workspace, size);
    board.keys("0");
    let rows = board.model.overview_rows();
    let written = rows.iter().filter_map(|row| row.figures.written).max();
    board.model.now = written.unwrap() + 24 * 60 * 60;
    board
}

/// Returns the names on the screen from the top to the first blank row.
fn names(board: &Board) -> Vec<String> {
    let rows = board.model.overview_rows().into_iter();
    rows.map(|row| row.row.name).collect()
}

#[test]
fn figures_of_specs_and_their_sums() {
    let workspace = workspace();
    for size in [(120, 30), (80, 14), (60, 14), (40, 12)] {
        let board = overview(&workspace, size);
        assert_screen!(format!("overview_{}", size.0), board.styled());
    }
}

#[test]
fn t_sorts_by_the_next_column_and_the_cursor_stays_on_its_spec() {
    let workspace = workspace();
    let mut board = overview(&workspace, (120, 24));
    board.keys("G");
    let cursor = board.model.overview.list.cursor.clone();
    for (order, expected) in [
        (
            OverviewOrder::Required,
            ["web", "api/auth", "api/mail", "notes"],
        ),
        (
            OverviewOrder::Doing,
            ["api/auth", "api/mail", "web", "notes"],
        ),
        (
            OverviewOrder::Stale,
            ["api/auth", "api/mail", "notes", "web"],
        ),
        (
            OverviewOrder::Optional,
            ["api/auth", "api/mail", "web", "notes"],
        ),
        (
            OverviewOrder::Covered,
            ["web", "api/auth", "api/mail", "notes"],
        ),
    ] {
        board.keys("t");
        assert_eq!(board.model.overview.order, order);
        assert_eq!(names(&board), expected, "{order:?}");
        assert_eq!(board.model.overview.list.cursor, cursor, "{order:?}");
    }
    board.keys("t t");
    assert_eq!(board.model.overview.order, OverviewOrder::Name);
    assert_eq!(names(&board), ["api", "auth", "mail", "notes", "web"]);
}

#[test]
fn what_is_finished_is_hidden_and_still_counts_for_its_folder() {
    let workspace = workspace();
    let mut board = overview(&workspace, (120, 24));
    board.keys(".");
    assert_eq!(names(&board), ["api", "auth", "notes", "web"]);
    let screen = board.screen();
    let folder = screen.lines().find(|line| line.contains("▾ api")).unwrap();
    assert!(folder.contains("2/3") && folder.contains("3/4"), "{screen}");
    board.keys("t");
    assert_eq!(names(&board), ["web", "api/auth", "notes"]);
}

#[test]
fn enter_opens_a_spec_and_q_leads_back_to_the_overview() {
    let workspace = workspace();
    let mut board = overview(&workspace, (120, 24));
    board.keys("g g j j enter");
    assert_eq!(board.model.surface(), Surface::Tasks);
    let name = |board: &Board| board.model.shown_feature().unwrap().name().to_owned();
    assert_eq!(name(&board), "api/mail");
    board.keys("q");
    assert_eq!(board.model.surface(), Surface::Overview);
    assert!(board.model.overview.list.cursor.ends_with("api/mail"));
    board.keys("q q");
    assert_eq!(board.model.quit, Some(0));
}

#[test]
fn a_folder_folds_and_says_what_it_hides() {
    let workspace = workspace();
    let mut board = overview(&workspace, (120, 24));
    board.keys("g g enter");
    assert_eq!(names(&board), ["api", "notes", "web"]);
    assert!(board.screen().contains("▸ api  2"), "{}", board.screen());
    board.keys("/ m a i l enter");
    assert!(board.model.overview.list.cursor.ends_with("api/mail"));
    assert_eq!(names(&board).len(), 5);
}

#[test]
fn what_changes_on_disk_is_measured_again() {
    let workspace = workspace();
    let mut board = overview(&workspace, (120, 24));
    let covered = |board: &Board| {
        let rows = board.model.overview_rows();
        let row = rows.iter().find(|row| row.row.name == "web").unwrap();
        row.figures.coverage.map(|coverage| coverage.covered)
    };
    assert_eq!(covered(&board), Some(0));
    workspace.write("web/tasks.md", "- [ ] 1. a\n  - _Requirements: 1.2_\n");
    board.changed(&workspace, &["web/tasks.md"]);
    assert_eq!(covered(&board), Some(1));
    // While it is not on the screen nothing is read for it, but once it is back.
    board.keys("q");
    workspace.write(
        "web/tasks.md",
        "- [ ] 1. Both of them\n  - _Requirements: 1.1, 1.2_\n",
    );
    board.changed(&workspace, &["web/tasks.md"]);
    assert_eq!(covered(&board), Some(1));
    board.keys("0");
    assert_eq!(covered(&board), Some(2));
}

/// Starts a board without a visit before it on some specs with one task each.
fn first_surface(specs: usize, marker: char) -> Surface {
    let workspace = Workspace::new(&[]);
    for spec in 0..specs {
        let marker = if spec == 0 { marker } else { ' ' };
        workspace.write(&format!("s{spec}/tasks.md"), format!("- [{marker}] 1. a\n"));
    }
    let mut model = Start {
        roots: find_roots(&workspace.dir(), &[]).unwrap(),
        ..Start::default()
    }
    .model((120, 24));
    settle(&mut model);
    model.surface()
}

#[test]
fn the_board_begins_with_it_where_there_are_many_specs_and_nothing_is_in_progress() {
    assert_eq!(first_surface(21, ' '), Surface::Overview);
    assert_eq!(first_surface(20, ' '), Surface::Specs);
    assert_eq!(first_surface(21, '-'), Surface::Tasks);
}
