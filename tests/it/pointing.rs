//! The mouse: what a click, the wheel and a drag do in each view.

use specboard::model::{Focus, Message, Pointed, Settings, View};

use crate::board::session::Session;
use crate::harness::{Board, Workspace};

const PLAN: &str =
    "- [ ] 1. First\n- [-] 2. Second\n  - [x] 2.1 Inner\n  - [-] 2.2 Outer\n- [ ] 3. Third\n";

fn workspace() -> Workspace {
    Workspace::new(&[
        ("other/tasks.md", "- [-] 1. Else\n"),
        ("sign-in/tasks.md", PLAN),
    ])
}

/// Returns the cell in which a text stands on the screen.
fn cell_of(board: &Board, text: &str) -> (u16, u16) {
    let screen = board.screen();
    let found = screen.lines().zip(0..).find_map(|(line, row)| {
        let at = line.find(text)?;
        let column = specboard::text::width(&line[..at]);
        Some((u16::try_from(column).unwrap(), row))
    });
    found.unwrap_or_else(|| panic!("{text} is not on\n{screen}"))
}

fn click(board: &mut Board, text: &str) {
    let cell = cell_of(board, text);
    board.send(Message::Pointed(Pointed::Clicked(cell)));
}

fn line_at_cursor(board: &Board) -> usize {
    board.model.pane_state().unwrap().cursor.line
}

#[test]
fn a_click_moves_the_cursor_and_a_second_one_opens() {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (120, 36));
    board.open(&workspace, "sign-in");
    click(&mut board, "Third");
    assert_eq!(
        (line_at_cursor(&board), board.model.focus),
        (4, Focus::Content)
    );
    click(&mut board, "other");
    assert_eq!(board.model.focus, Focus::Sidebar);
    assert!(board.model.sidebar.cursor.ends_with("other"));
    click(&mut board, "other");
    assert_eq!(board.model.focus, Focus::Content);
    assert!(board.screen().contains("Else"), "{}", board.screen());
}

#[test]
fn the_wheel_goes_on_and_nothing_happens_while_one_types() {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (80, 24));
    board.open(&workspace, "sign-in");
    board.send(Message::Pointed(Pointed::Turned(1)));
    assert_eq!(line_at_cursor(&board), 3);
    board.send(Message::Pointed(Pointed::Turned(-1)));
    assert_eq!(line_at_cursor(&board), 0);
    board.type_keys("/");
    click(&mut board, "Third");
    assert_eq!(line_at_cursor(&board), 0);
}

#[test]
fn a_click_in_the_overview_goes_to_its_row() {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (120, 36));
    board.keys("0");
    click(&mut board, "sign-in");
    assert!(board.model.overview.list.cursor.ends_with("sign-in"));
    click(&mut board, "sign-in");
    assert_eq!(board.model.view, View::Main);
}

fn drag(board: &mut Board, card: &str, column: &str) {
    let (from, to) = (cell_of(board, card), cell_of(board, column));
    board.send(Message::Pointed(Pointed::Carried { from, to }));
}

#[test]
fn a_card_that_is_dragged_is_written_into_the_column() {
    let workspace = workspace();
    let mut board = Board::start(&workspace, (160, 36));
    board.open(&workspace, "sign-in").keys("b");
    drag(&mut board, "First", "In progress");
    assert_eq!(
        workspace.read("sign-in/tasks.md"),
        PLAN.replacen("[ ] 1", "[-] 1", 1)
    );
    board.keys("u");
    assert_eq!(workspace.read("sign-in/tasks.md"), PLAN);
}

#[test]
fn a_drag_on_a_board_that_is_read_only_writes_nothing_and_says_why() {
    let workspace = workspace();
    let settings = Settings {
        read_only: true,
        ..Settings::default()
    };
    let mut board = Board::start_with(&workspace, (160, 36), settings);
    board.open(&workspace, "sign-in").keys("b");
    drag(&mut board, "First", "In progress");
    assert_eq!(workspace.read("sign-in/tasks.md"), PLAN);
    let said = board.model.notices.current.as_ref().unwrap();
    assert!(said.text.contains("read-only"), "{}", said.text);
}

#[test]
fn the_mouse_counts_only_where_it_is_asked_for() {
    let workspace = workspace();
    let mut session = Session::start(&workspace, &["--mouse", ".kiro/specs/sign-in"]);
    session.wait_for("the mouse", |screen| {
        screen.mouse_protocol_mode() == vt100::MouseProtocolMode::ButtonMotion
    });
    session.wait_for_text("tasks.md:1");
    session.keys("\x1b[<0;12;5M\x1b[<0;12;5m");
    session.wait_for_text("tasks.md:3");
    session.keys("q");
    assert_eq!(session.end(), 0);
    let mut session = Session::start(&workspace, &[]);
    session.wait_for("a screen without the mouse", |screen| {
        screen.alternate_screen() && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
    });
}
