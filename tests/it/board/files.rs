//! The Files pane: the list with what its files tell, a file opened in place of it, and what
//! changes on disk meanwhile.

use std::path::{Path, PathBuf};

use crate::footer::assert_screen;
use crate::harness::{Board, Workspace};
use specboard::command::parse_keys;
use specboard::model::{Effect, Job, Message, Pane, SavedSession};
use specboard::runtime::{Start, fulfil};
use specboard::store::{LeftDraft, Typed, find_roots};
use specboard::text::Text;
use specboard::update::{settle, update};

const NOTES: &str = "# Notes\n\nThe first paragraph of `notes`, with **more** words than fit on one line of a small terminal, so that it is wrapped.\n\n## Later\n\n- one\n- two\n";

fn workspace() -> Workspace {
    Workspace::new(&[
        ("a/tasks.md", "- [x] 1. a\n- [ ] 2. b\n"),
        (
            "a/.config.kiro",
            "{\"specType\":\"bugfix\",\"workflowType\":\"requirements-first\"}",
        ),
        ("a/notes.md", NOTES),
        (
            "a/research/data.csv",
            "name,value\n**not**,`markdown`\n\nlast,1\n",
        ),
        (
            "a/spec.json",
            "{\n  \"phase\": \"design-generated\",\n  \"language\": \"ja\",\n  \"approvals\": {\n    \"requirements\": {\"generated\": true, \"approved\": true},\n    \
             \"design\": {\"generated\": true, \"approved\": false},\n    \"tasks\": {\"generated\": false}\n  },\n  \"ready_for_implementation\": false\n}\n",
        ),
        ("b/tasks.md", "- [ ] 1. a\n"),
        ("../steering/product.md", "# Product\n"),
        (
            "../steering/api.md",
            "---\ninclusion: fileMatch\nfileMatchPattern: ['src/api/**', '*.proto']\n---\n# API\n",
        ),
        (
            "../steering/release.md",
            "---\ninclusion: manual\n---\n# Release\n",
        ),
        (
            "../steering/review.md",
            "---\ninclusion: auto\nname: review\ndescription: How changes are reviewed\n---\n",
        ),
    ])
}

/// Starts a board in the spec a.
fn board(workspace: &Workspace, size: (u16, u16)) -> Board {
    let mut board = Board::start(workspace, size);
    board.keys("tab g g enter");
    board
}

/// Returns the screen with single blanks, without rules.
fn words(board: &Board) -> String {
    board
        .screen()
        .split_whitespace()
        .filter(|word| *word != "│")
        .collect::<Vec<_>>()
        .join(" ")
}

/// Returns the row of the cursor without the list of specs and the blanks at its ends.
fn cursor_row(board: &Board) -> String {
    let screen = board.screen();
    let row = screen
        .lines()
        .find_map(|line| line.split_once('▌'))
        .map(|(_, row)| row.trim().to_owned());
    row.unwrap_or_default()
}

#[test]
fn a_new_title_where_kiro_keeps_a_history_of_tasks_is_said_once() {
    let workspace = Workspace::new(&[
        ("a/tasks.md", "- [ ] 1. First\n- [ ] 2. Second\n  - More\n"),
        ("a/tasks.meta.json", "{}"),
    ]);
    let mut board = Board::start(&workspace, (120, 24));
    let is_said = |board: &Board| {
        board
            .screen()
            .contains("Kiro's history of it (tasks.meta.json)")
    };
    for (keys, expected) in [
        ("space", false),
        ("space", false),
        // A detail is no part of the name.
        ("j e down end x ctrl-s", false),
        ("k e end x ctrl-s", true),
        ("e end x ctrl-s", false),
    ] {
        board.keys(keys);
        assert_eq!(is_said(&board), expected, "{keys}\n{}", board.screen());
    }
    let expected = "- [ ] 1. Firstxx\n- [ ] 2. Second\n  - Morex\n";
    assert_eq!(workspace.read("a/tasks.md"), expected);
}

#[test]
fn the_draft_of_a_file_that_is_no_document_is_taken_up() {
    for (name, text) in [
        ("../steering/tech.md", "# Tech\n\nRust.\n"),
        ("b/notes.md", "# Notes\n\nRust.\n"),
        ("b/sub/notes.txt", "Notes\n\nRust.\n"),
    ] {
        let workspace = Workspace::new(&[
            ("a/tasks.md", "- [ ] 1. First\n"),
            ("b/tasks.md", "- [ ] 1. Second\n"),
            (name, text),
        ]);
        let file = workspace.specs().canonicalize().unwrap().join(name);
        let file = file.canonicalize().unwrap();
        let mut typed = Typed::new(&file, "paragraph".to_owned(), vec!["Rust and C".to_owned()]);
        (typed.first_line, typed.end_line) = (2, 3);
        let draft = LeftDraft {
            id: "1".to_owned(),
            typed,
            base: Text::new(text),
            fresh: Some(Text::new(text)),
        };
        let mut board = Board::start(&workspace, (100, 24));
        board.send(Message::DraftsFound(vec![draft]));
        assert!(board.screen().contains("DRAFT"), "{}", board.screen());
        board.keys("t");
        let screen = board.screen();
        assert!(
            screen.contains("Rust and C") && screen.contains("EDIT"),
            "{name}\n{screen}"
        );
        board.keys("ctrl-s");
        assert_eq!(
            workspace.read(name),
            text.replace("Rust", "Rust and C").replace("C.", "C")
        );
    }
}

#[test]
fn the_list_at_120x36() {
    let workspace = workspace();
    assert_screen!(board(&workspace, (120, 36)).keys("5 j").styled());
}

#[test]
fn the_list_at_80x24() {
    let workspace = workspace();
    assert_screen!(board(&workspace, (80, 24)).keys("5").styled());
}

#[test]
fn the_list_at_40x12() {
    let workspace = workspace();
    assert_screen!(board(&workspace, (40, 12)).keys("5 j j j j").screen());
}

#[test]
fn an_open_file_at_120x36() {
    let workspace = workspace();
    assert_screen!(board(&workspace, (120, 36)).keys("5 j enter j").styled());
}

#[test]
fn an_open_file_at_60x20() {
    let workspace = workspace();
    assert_screen!(board(&workspace, (60, 20)).keys("5 j j enter j").styled());
}

#[test]
fn keys_lead_into_a_file_and_back_to_the_list() {
    for (keys, expected) in [
        ("5", ".config.kiro"),
        ("5 G", "review.md"),
        ("5 j j j j", "api.md"),
        ("5 j enter", "Notes"),
        ("5 j enter j j j", "- one"),
        ("5 j enter ] ] ] ]", "Later"),
        ("5 j enter ] ] h", "Later  ▸2"),
        ("5 j enter q", "notes.md"),
        ("5 j enter esc", "Notes"),
        ("5 j enter j q j k enter", "The first paragraph"),
        ("5 j enter j q j enter", "name,value"),
        ("5 j enter 3 5", "Notes"),
        ("5 j enter 5", "Notes"),
        ("5 j j enter j", "**not**,`markdown`"),
        ("5 j j enter j j", "last,1"),
        ("5 j h l z a z m z r", "notes.md"),
        ("5 j ] s [ s", "notes.md"),
        ("5 ] s", "api.md"),
    ] {
        let workspace = workspace();
        let mut board = board(&workspace, (100, 30));
        board.keys(keys);
        let row = cursor_row(&board);
        assert!(
            row.starts_with(expected),
            "{keys}: {row}\n{}",
            board.screen()
        );
        assert_eq!(board.model.quit, None, "{keys}");
    }
}

#[test]
fn the_footer_says_what_the_keys_do_and_where_the_cursor_is() {
    let workspace = workspace();
    let mut board = board(&workspace, (120, 30));
    for (keys, expected, not) in [
        ("5", "enter open", "h l fold"),
        ("j enter j", "q back", "enter open"),
        ("esc", "q goes back", "?!"),
        ("q", "q quit", "notes.md:"),
    ] {
        let footer = board
            .keys(keys)
            .screen()
            .lines()
            .last()
            .unwrap()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        assert!(
            footer.contains(expected) && !footer.contains(not),
            "{keys}: {footer}"
        );
    }
    assert_eq!(board.keys("q").model.quit, Some(0));
}

#[test]
fn a_file_that_is_closed_before_it_was_read_does_not_come_up() {
    let workspace = workspace();
    let mut board = board(&workspace, (100, 30));
    board.keys("5 j");
    let mut effects = Vec::new();
    for key in specboard::command::parse_keys("enter q") {
        effects.extend(update(&mut board.model, Message::Pressed(key)));
    }
    let path = workspace.specs().join("a/notes.md");
    assert!(
        matches!(&effects[..], [Effect::Ask(_, Job::ReadFile(asked))] if *asked == path),
        "{effects:?}"
    );
    for effect in effects {
        specboard::runtime::fulfil(&effect, &[])
            .into_iter()
            .for_each(|message| board.send(message));
    }
    assert_eq!(
        (cursor_row(&board).starts_with("notes.md"), board.model.quit),
        (true, None)
    );
}

#[test]
fn nothing_is_read_for_a_pane_that_is_not_shown() {
    let workspace = workspace();
    let mut board = board(&workspace, (100, 30));
    let steering = workspace.dir().join(".kiro/steering/product.md");
    for (keys, is_read) in [("3", false), ("5", true), ("?", false), ("q 1", false)] {
        board.keys(keys);
        let effects = update(&mut board.model, Message::Changed(vec![steering.clone()]));
        let reads = |effect: &Effect| {
            matches!(effect, Effect::Ask(_, Job::ListFiles(_) | Job::ReadFile(_)))
        };
        assert_eq!(effects.iter().any(reads), is_read, "{keys}: {effects:?}");
    }
    let reads = specboard::store::read::count();
    board.keys("3 j");
    assert!(board.model.files.list.is_some() && specboard::store::read::count() >= reads);
}

#[test]
fn items_of_a_file_are_moved_and_what_is_read_meanwhile_is_not_called_changed_by_others() {
    let workspace = workspace();
    let mut board = board(&workspace, (100, 30));
    board.keys("5 j enter G");
    let mut written = Vec::new();
    for key in parse_keys("K") {
        for order in update(&mut board.model, Message::Pressed(key)) {
            let roots = board.model.specs.workspace().roots.clone();
            written.extend(fulfil(&order, &roots));
        }
    }
    // The file is read again before the board knows that it is written.
    board.changed(&workspace, &["a/notes.md"]);
    written.into_iter().for_each(|message| board.send(message));
    let moved = NOTES.replace("- one\n- two\n", "- two\n- one\n");
    assert_eq!(workspace.read("a/notes.md"), moved);
    let screen = words(&board);
    assert!(!screen.contains('•'), "{screen}");
    assert_eq!(cursor_row(&board), "- two");
    board.keys("u");
    assert_eq!(workspace.read("a/notes.md"), NOTES);
}

#[test]
fn what_changes_on_disk_is_shown_with_the_cursor_where_it_was() {
    let workspace = workspace();
    let mut board = board(&workspace, (100, 30));
    board.keys("5 j enter G");
    workspace.write(
        "a/notes.md",
        NOTES.replace("## Later\n", "## New\n\nparagraph\n\n## Later\n"),
    );
    let screen = words(board.changed(&workspace, &["a/notes.md"]));
    assert!(
        screen.contains("• New") && screen.contains("• paragraph") && !screen.contains("• Later"),
        "{screen}"
    );
    assert_eq!(cursor_row(&board), "- two");
    let screen = words(board.keys("x"));
    assert!(!screen.contains('•'), "{screen}");
    std::fs::remove_file(workspace.specs().join("a/notes.md")).unwrap();
    let screen = words(board.changed(&workspace, &["a/notes.md"]));
    assert!(
        screen.contains("notes.md cannot be read: no such file")
            && screen.contains("q goes back to the list."),
        "{screen}"
    );
    workspace.write("a/notes.md", "# Again\n");
    assert!(words(board.changed(&workspace, &["a/notes.md"])).contains("▌ Again"));
}

#[test]
fn the_list_follows_what_comes_goes_and_changes() {
    let workspace = workspace();
    let mut board = board(&workspace, (100, 30));
    board.keys("5 j");
    workspace.write("a/brief.md", "new\n");
    let screen = words(board.changed(&workspace, &["a/brief.md"]));
    assert!(
        screen.contains("• brief.md") && !screen.contains("• notes.md"),
        "{screen}"
    );
    assert!(
        cursor_row(&board).starts_with("notes.md"),
        "{}",
        board.screen()
    );
    workspace.write("../steering/product.md", "---\ninclusion: manual\n---\n");
    board.send(Message::Changed(vec![
        workspace.dir().join(".kiro/steering/product.md"),
    ]));
    let screen = words(&board);
    assert!(screen.contains("• product.md 26 B manual"), "{screen}");
    board.keys("] c");
    assert!(
        cursor_row(&board).contains("product.md"),
        "{}",
        board.screen()
    );
    let screen = words(board.keys("x"));
    assert!(!screen.contains('•'), "{screen}");
    std::fs::remove_file(workspace.specs().join("a/brief.md")).unwrap();
    assert!(!words(board.changed(&workspace, &["a/brief.md"])).contains("brief.md"));
    assert!(
        cursor_row(&board).starts_with("product.md"),
        "{}",
        board.screen()
    );
}

#[test]
fn what_others_changed_is_not_counted_once_its_file_was_left() {
    let workspace = workspace();
    for keys in ["q", "] s"] {
        let mut board = board(&workspace, (100, 30));
        board.keys("5 j enter G");
        workspace.write("a/notes.md", format!("new\n\n{NOTES}"));
        board.changed(&workspace, &["a/notes.md"]);
        assert!(board.screen().contains("· 1 unread"), "{}", board.screen());
        board.keys(keys);
        assert!(!board.screen().contains("unread"), "{}", board.screen());
        // Another spec closes the file; its row has the cursor.
        assert!(
            cursor_row(board.keys("[ s")).starts_with("notes.md"),
            "{keys}: {}",
            board.screen()
        );
        workspace.write("a/notes.md", NOTES);
    }
}

#[test]
fn a_spec_without_other_files_says_so() {
    let workspace = Workspace::new(&[("a/tasks.md", "- [ ] a\n")]);
    let mut board = Board::start(&workspace, (100, 30));
    let screen = words(board.keys("5 j enter z z ] ]"));
    assert!(
        screen.contains("This spec has no other files, and there are no steering documents."),
        "{screen}"
    );
}

#[test]
fn each_root_has_its_own_steering() {
    let (one, two) = (
        workspace(),
        Workspace::new(&[("c/tasks.md", "- [ ] a\n"), ("../steering/other.md", "")]),
    );
    let roots = find_roots(&one.dir(), &[one.dir(), two.dir()]).unwrap();
    let mut board = Board::start(&one, (100, 30));
    board.model = Start {
        roots,
        ..Start::default()
    }
    .model((100, 30));
    settle(&mut board.model);
    for (path, expected, not) in [
        (one.specs().join("a"), "product.md", "other.md"),
        (two.specs().join("c"), "other.md", "product.md"),
    ] {
        board.model.sidebar.cursor = path;
        board.send(Message::Rested);
        let screen = words(board.keys("5"));
        assert!(
            screen.contains(expected) && !screen.contains(not),
            "{screen}"
        );
    }
}

#[test]
fn hostile_files_are_named_and_do_no_harm() {
    let workspace = Workspace::new(&[
        ("a/tasks.md", "- [ ] a\n"),
        ("a/esc\x1b[31mape\n.md", "\x1b[2Jred\n"),
        ("a/empty.txt", ""),
    ]);
    let path = |name: &str| workspace.specs().join("a").join(name);
    workspace.write("a/latin.txt", b"caf\xe9\n");
    workspace.write("a/logo.png", b"\x89PNG\0\0\x1b[2J");
    let odd = <std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(b"odd\xff.md");
    std::fs::write(workspace.specs().join("a").join(odd), "odd bytes\n").unwrap();
    std::fs::File::create(path("huge.log"))
        .unwrap()
        .set_len(100 << 20)
        .unwrap();
    std::os::unix::fs::symlink("loop.md", workspace.dir().join(".kiro/steering/loop.md"))
        .unwrap_or_default();
    std::fs::create_dir_all(workspace.dir().join(".kiro/steering/folder.md")).unwrap();
    let pipe = workspace.dir().join(".kiro/steering/pipe.md");
    rustix::fs::mknodat(
        rustix::fs::CWD,
        &pipe,
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::from_raw_mode(0o644),
        0,
    )
    .unwrap();
    for (name, expected) in [
        ("empty.txt", "empty.txt is empty. q goes back to the list."),
        ("latin.txt", "caf\u{fffd}"),
        (
            "logo.png",
            "logo.png is not text: it contains zero bytes. Open it with another program q goes back to the list.",
        ),
        ("odd", "odd bytes"),
        (
            "huge.log",
            "huge.log is not read: it has 100 MiB, more than the limit of 16 MiB. Split it q goes back to the list.",
        ),
        ("esc", "[2Jred"),
        (
            "pipe.md",
            "pipe.md cannot be read: it is a pipe, not a file. Move it away or rename it",
        ),
    ] {
        let mut board = Board::start(&workspace, (120, 36));
        board.keys("5");
        let list = board.model.file_list().unwrap();
        let index = list
            .files
            .iter()
            .position(|file| file.name.starts_with(name))
            .unwrap_or_else(|| panic!("{name}: {}", board.screen()));
        board.keys(&format!("g g {} enter", "j ".repeat(index)));
        let screen = words(&board);
        assert!(
            screen.contains(expected) && !screen.contains(['\x1b', '\n']),
            "{name}\n{screen}"
        );
    }
    let screen = words(Board::start(&workspace, (120, 36)).keys("5"));
    assert!(
        !screen.contains("folder.md")
            && screen.contains("pipe.md")
            && screen.contains("it is a pipe"),
        "{screen}"
    );
}

#[test]
fn a_folder_in_the_place_of_an_open_file_is_a_reason() {
    let workspace = workspace();
    let mut board = board(&workspace, (100, 30));
    board.keys("5 j enter");
    let path = workspace.specs().join("a/notes.md");
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    board.send(Message::Changed(Vec::new()));
    assert!(
        words(&board).contains("notes.md cannot be read: it is a folder, not a file."),
        "{}",
        board.screen()
    );
    assert!(
        cursor_row(board.keys("q")).starts_with("research/data.csv"),
        "{}",
        board.screen()
    );
}

#[test]
fn a_file_has_its_place_on_the_next_visit() {
    let workspace = workspace();
    let mut first = board(&workspace, (100, 30));
    first.keys("5 j enter G q");
    let visit = SavedSession::of(&first.model);
    let steering: PathBuf = workspace.dir().join(".kiro/steering/product.md");
    assert!(visit.pane_states.iter().any(|(path, pane, _)| path
        == &workspace.specs().join("a/notes.md")
        && *pane == Pane::Files));
    assert!(
        !visit
            .pane_states
            .iter()
            .any(|(path, ..)| path == Path::new(&steering))
    );
    let mut next = Board::start(&workspace, (100, 30));
    visit.restore(&mut next.model);
    next.keys("tab g g enter 5 enter");
    assert_eq!(cursor_row(&next), "- two");
}
