//! A diagram that has the whole screen: scrolled both ways, in each of its forms, and left again.

use crate::footer::assert_screen;
use crate::harness::{Board, Workspace};
use specboard::model::View;

/// Returns a design with a sequence that is longer and wider than any screen here.
fn design() -> String {
    let message = |number: usize| {
        let words = "words that go on and on ".repeat(8);
        format!("    User->>Server: message {number} with {words}end\n")
    };
    let messages: String = (1..=60).map(message).collect();
    format!("# Design\n\nBefore.\n\n```mermaid\nsequenceDiagram\n{messages}```\n\nAfter.\n")
}

fn board(size: (u16, u16)) -> Board {
    Board::start(&Workspace::new(&[("a/design.md", &design())]), size)
}

#[test]
fn a_diagram_is_opened_scrolled_both_ways_turned_and_left() {
    for size in [(120, 36), (80, 24), (60, 20), (40, 10)] {
        let mut board = board(size);
        board.keys("2 j j j");
        let before = board.screen();
        board.keys("enter");
        assert_eq!(board.model.view, View::Diagram);
        assert!(
            board.screen().contains("message 1 with"),
            "{}",
            board.screen()
        );
        board.keys("G");
        let screen = board.screen();
        assert!(screen.contains("message 60"), "{screen}");
        assert!(screen.contains('›') && !screen.contains("end"), "{screen}");
        board.keys(&"l ".repeat(40));
        let screen = board.screen();
        assert!(
            screen.contains('‹') && screen.contains("on end"),
            "{screen}"
        );
        board.keys(&"h ".repeat(40));
        board.keys("g g t");
        assert!(
            board.screen().contains("User->>Server: message 1"),
            "{}",
            board.screen()
        );
        board.keys("t");
        assert!(!board.screen().contains("->>"), "{}", board.screen());
        board.keys("ctrl-f esc");
        assert_eq!((board.model.view, board.screen()), (View::Main, before));
    }
}

#[test]
fn a_diagram_looks_like_this() {
    for (name, size, keys) in [
        ("a_diagram_at_120x36", (120, 36), "2 j j j enter l"),
        ("a_diagram_at_80x24", (80, 24), "2 j j j enter t G"),
    ] {
        assert_screen!(name, board(size).keys(keys).styled());
    }
}

#[test]
fn a_diagram_that_is_not_understood_has_its_source_only() {
    let source = "# D\n\n```mermaid\nquadrantChart\n  title Words\n```\n";
    let mut board = Board::start(&Workspace::new(&[("a/design.md", source)]), (80, 24));
    board.keys("2 G enter");
    assert!(
        board.screen().contains("quadrantChart"),
        "{}",
        board.screen()
    );
    board.keys("t");
    assert!(
        board.screen().contains("  title Words"),
        "{}",
        board.screen()
    );
}

#[test]
fn a_diagram_follows_its_document_and_is_left_with_it() {
    let workspace = Workspace::new(&[("a/design.md", &design())]);
    let mut board = Board::start(&workspace, (80, 24));
    board.keys("2 j j j enter");
    let longer = format!(
        "# Above\n\n{}",
        design().replace("message 1 ", "a new message ")
    );
    workspace.write("a/design.md", &longer);
    board.changed(&workspace, &["a/design.md"]);
    assert!(
        board.screen().contains("a new message"),
        "{}",
        board.screen()
    );
    workspace.write("a/design.md", "# Design\n");
    board.changed(&workspace, &["a/design.md"]);
    assert_eq!(board.model.view, View::Main);
}

#[test]
fn each_step_of_a_chain_on_one_line_is_shown() {
    let source = "# D\n\n```mermaid\ngraph TD\nA --> B --> C\nC --> D\n```\n";
    let mut board = Board::start(&Workspace::new(&[("a/design.md", source)]), (80, 24));
    board.keys("2");
    for step in ["A → B", "B → C", "C → D"] {
        assert_eq!(
            board.screen().matches(step).count(),
            1,
            "{}",
            board.screen()
        );
    }
    board.keys("G");
    assert_eq!(board.model.pane_state().unwrap().cursor.line, 5);
}
