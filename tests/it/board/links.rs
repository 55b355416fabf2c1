//! Links in documents: where they lead, and back.

use crate::harness::{Board, Workspace};
use specboard::model::Pane;

const DESIGN: &str = "# Design\n\nSee [the guide](../../../docs/guide.md#set-up).\n\nSee `src/main.ts` and #[[file:src/main.ts:2-3]] or https://example.org/%1b.\n\n\
                      See [below](#the-end).\n\nSee `src/gone.ts`.\n\nSee [secrets](../../../../outside.md).\n\nSee [tasks](tasks.md).\n\n## The End\n";

fn workspace() -> Workspace {
    Workspace::new(&[
        ("a/design.md", DESIGN),
        ("a/tasks.md", "- [ ] 1. a\n"),
        (
            "../../docs/guide.md",
            "# Guide\n\ntext\n\n## Set up\n\nmore `guide.md`\n",
        ),
        ("../../src/main.ts", "one\ntwo\nthree\n"),
        ("../../../outside.md", "secret\n"),
    ])
}

/// Starts a board on a paragraph of the design.
fn board(workspace: &Workspace, paragraph: usize) -> Board {
    let mut board = Board::start(workspace, (100, 24));
    board.keys("2 g g");
    for _ in 0..paragraph {
        board.keys("j");
    }
    board
}

/// Returns the file that is open in place of the list, and the line of the cursor, from 1.
fn opened(board: &Board) -> (String, usize) {
    let file = board.model.shown_file().and_then(|path| path.file_name());
    let name = file.map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let line = board
        .model
        .pane_state()
        .map_or(0, |pane_state| pane_state.cursor.line + 1);
    (name, line)
}

#[test]
fn a_link_opens_its_file_at_its_heading_and_one_comes_back() {
    let workspace = workspace();
    let mut board = board(&workspace, 1);
    board.keys("enter");
    assert_eq!(
        (board.model.pane, opened(&board)),
        (Pane::Files, ("guide.md".into(), 5))
    );
    board.keys("j enter");
    assert_eq!(opened(&board), ("guide.md".into(), 7));
    board.keys("ctrl-o ctrl-o");
    assert_eq!((board.model.pane, opened(&board).1), (Pane::Design, 3));
    board.keys("] j");
    assert_eq!(opened(&board).0, "guide.md");
}

#[test]
fn of_several_links_one_is_chosen() {
    let workspace = workspace();
    let mut board = board(&workspace, 2);
    board.keys("enter");
    let screen = board.screen();
    for listed in [
        "links",
        "src/main.ts",
        "src/main.ts:2",
        "https://example.org/%1b",
    ] {
        assert!(screen.contains(listed), "{listed}\n{screen}");
    }
    board.keys("j enter");
    assert_eq!(opened(&board), ("main.ts".into(), 2));
    board.keys("ctrl-o enter j j enter");
    assert_eq!(opened(&board).1, 5);
    assert!(board.screen().contains("https://example.org/%1b"));
}

#[test]
fn where_a_link_leads_is_said_and_nothing_is_opened() {
    let workspace = workspace();
    for (paragraph, keys, said) in [
        (1, "g x", "../../../docs/guide.md#set-up"),
        (4, "enter", "there is no file src/gone.ts in"),
        (5, "enter", "there is no file ../../../../outside.md in"),
        (0, "g x", "there is no link here"),
    ] {
        let mut board = board(&workspace, paragraph);
        board.keys(keys);
        assert!(board.screen().contains(said), "{said}\n{}", board.screen());
        assert_eq!(board.model.pane, Pane::Design);
    }
}

#[test]
fn a_folder_that_is_taken_in_lists_its_files_and_none_outside() {
    let design = "# Design\n\n#[[folder:docs]]\n\n#[[folder:one/]]\n\n#[[folder:../../../../..]]\n\n#[[folder:empty]]\n";
    let workspace = Workspace::new(&[
        ("a/design.md", design),
        ("../../docs/a.md", "# A\n"),
        ("../../docs/b.md", "# B\n"),
        ("../../docs/.hidden", "x\n"),
        ("../../one/only.md", "# Only\n"),
        ("../../empty/.keep", ""),
    ]);
    let mut several = board(&workspace, 1);
    several.keys("enter");
    assert!(
        several.screen().contains("docs/b.md"),
        "{}",
        several.screen()
    );
    assert!(!several.screen().contains("hidden"));
    several.keys("j enter");
    assert_eq!(opened(&several).0, "b.md");
    several.keys("ctrl-o");
    assert_eq!((several.model.pane, opened(&several).1), (Pane::Design, 3));
    let mut one = board(&workspace, 2);
    one.keys("enter");
    assert_eq!(opened(&one).0, "only.md");
    for (paragraph, said) in [
        (3, "there is no file ../../../../.."),
        (4, "there is no file in empty"),
    ] {
        let mut board = board(&workspace, paragraph);
        board.keys("enter");
        assert!(board.screen().contains(said), "{}", board.screen());
    }
}

#[test]
fn a_link_to_a_heading_or_to_a_document_of_the_spec_goes_there() {
    let workspace = workspace();
    let mut headed = board(&workspace, 3);
    headed.keys("enter");
    assert_eq!((headed.model.pane, opened(&headed).1), (Pane::Design, 15));
    headed.keys("ctrl-o");
    assert_eq!(opened(&headed).1, 7);
    let mut tasks = board(&workspace, 6);
    tasks.keys("enter");
    assert_eq!(tasks.model.pane, Pane::Tasks);
}

#[test]
fn the_outline_of_a_file_that_a_link_opened_leads_through_that_file() {
    let workspace = workspace();
    let mut board = board(&workspace, 1);
    board.keys("enter g g g o down");
    assert!(board.screen().contains("outline"), "{}", board.screen());
    board.keys("enter");
    assert_eq!(opened(&board), ("guide.md".into(), 5));
}

const REFERRED: &str = "# Design\n\nRead [the guide][Guide] first.[^1]\n\nAnd a[0][1].\n\n[guide]: ../../../docs/guide.md#set-up\n[^1]: Only **once**.\n";

#[test]
fn links_by_name_and_footnotes_are_laid_out_and_followed() {
    let workspace = Workspace::new(&[
        ("a/design.md", REFERRED),
        ("../../docs/guide.md", "# Guide\n\ntext\n\n## Set up\n"),
    ]);
    for size in [(120, 36), (80, 24)] {
        let mut board = Board::start(&workspace, size);
        board.keys("2 g g j");
        let screen = board.screen();
        for shown in [
            "Read the guide first.^1",
            "And a[0][1].",
            "[guide]: ../../../docs/guide.md#set-up",
            "^1: Only once.",
        ] {
            assert!(screen.contains(shown), "{shown}\n{screen}");
        }
        board.keys("g x");
        let screen = board.screen();
        assert!(screen.contains("[^1]"), "{screen}");
        board.keys("j enter");
        assert_eq!(board.model.pane_state().unwrap().cursor.line + 1, 8);
        board.keys("ctrl-o enter enter");
        assert_eq!(opened(&board), ("guide.md".into(), 5));
    }
}
