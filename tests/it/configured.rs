//! The program with a configuration: what it prints of it, and how the board is with one.

use std::fs;
use std::process::{Command, Output};

use specboard::command::Bindings;
use specboard::model::{Alert, Message, Scroll, Settings, SpecOrder};

use crate::board::session::Session;
use crate::harness::{Board, Workspace};

const PLAN: &str = "- [ ] 1. First\n- [ ] 2. Second\n";

fn workspace() -> Workspace {
    Workspace::new(&[("sign-in/tasks.md", PLAN)])
}

/// Writes the user's configuration.
fn configure(workspace: &Workspace, text: &str) {
    let folder = workspace.dir().join("config/specboard");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), text).unwrap();
}

/// Runs the program in the workspace with its user's configuration.
fn ran(workspace: &Workspace, words: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_specboard"))
        .args(words.split(' '))
        .current_dir(workspace.dir())
        .env("XDG_CONFIG_HOME", workspace.dir().join("config"))
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn the_default_is_printed_and_where_it_is_read_from() {
    let workspace = workspace();
    let path = workspace.dir().join("config/specboard/config.toml");
    let printed = text(&ran(&workspace, "config").stdout);
    let head = format!("# Your own configuration: {} (not there)\n", path.display());
    assert!(printed.starts_with(&head), "{printed}");
    assert!(
        printed.contains(".kiro/specboard.toml (not there)\n"),
        "{printed}"
    );
    assert_eq!(
        text(&ran(&workspace, "config --path").stdout),
        format!("{}\n", path.display())
    );
    configure(&workspace, &printed);
    let again = ran(&workspace, "config");
    assert_eq!(text(&again.stdout), printed.replacen(" (not there)", "", 1));
    assert_eq!(text(&again.stderr), "");
}

#[test]
fn a_mistake_is_told_on_standard_error_and_the_command_does_its_work() {
    let workspace = workspace();
    configure(&workspace, "scroll = 'up'\n[keys]\ntask-toggle = 'x'\n");
    let ran = ran(&workspace, "keys");
    let said = text(&ran.stderr);
    assert!(
        said.contains(
            "config.toml:1: scroll cannot be \"up\", but \"line\" or \"half\": \"line\" is used"
        ),
        "{said}"
    );
    assert!(ran.status.success() && text(&ran.stdout).contains(" x "));
}

#[test]
fn a_theme_that_is_not_there_is_refused_with_those_that_are() {
    let workspace = workspace();
    configure(&workspace, "[themes.mine]\naccent = 'red'\n");
    let ran = ran(&workspace, "--theme pink");
    assert_eq!(ran.status.code(), Some(2));
    let said = text(&ran.stderr);
    assert!(
        said.contains("there is no theme pink") && said.contains("  mine"),
        "{said}"
    );
}

/// The colours of the cell that shows a text.
fn colour_of(screen: &vt100::Screen, text: &str) -> vt100::Color {
    let places = (0..24).flat_map(|row| (0..80).map(move |column| (row, column)));
    let mut cells = places.filter_map(|(row, column)| screen.cell(row, column));
    let cell = cells.find(|cell| cell.contents() == text);
    cell.map_or(vt100::Color::Default, vt100::Cell::fgcolor)
}

#[test]
fn the_theme_follows_the_background_that_the_terminal_tells() {
    let workspace = workspace();
    let mut session = Session::start(&workspace, &[]);
    session.wait_for_text("First");
    let cursor = |screen: &vt100::Screen| colour_of(screen, "▌");
    session.wait_for("the palette", |screen| {
        cursor(screen) == vt100::Color::Idx(6)
    });
    session.keys("\x1b]11;rgb:ffff/ffff/ffff\x1b\\");
    session.wait_for("the light theme", |screen| {
        cursor(screen) == vt100::Color::Idx(24)
    });
    session.keys("\x1b]11;rgb:1e1e/1e1e/2e2e\x07");
    session.wait_for("the dark theme", |screen| {
        cursor(screen) == vt100::Color::Idx(80)
    });
    session.keys("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn a_theme_that_is_named_asks_for_no_background() {
    let workspace = workspace();
    let mut session = Session::start(&workspace, &["--theme", "mono"]);
    session.wait_for_text("First");
    session.keys("\x1b]11;rgb:ffff/ffff/ffff\x1b\\j");
    session.wait_for_text("tasks.md:2");
    session.wait_for("no colour", |screen| {
        (0..24).all(|row| {
            (0..80).all(|column| {
                let cell = screen.cell(row, column).unwrap();
                cell.fgcolor() == vt100::Color::Default
            })
        })
    });
}

#[test]
fn the_board_starts_with_a_mistake_told_and_the_rest_of_the_configuration() {
    let workspace = workspace();
    configure(&workspace, "colour = 1\n[keys]\ntask-toggle = 'x'\n");
    let mut session = Session::start(&workspace, &[]);
    session.wait_for_text("config.toml:1: colour is no setting");
    session.keys("\x1b");
    session.wait_for_text("x tick");
    session.keys("x");
    session.wait_for_text("1/2");
    assert_eq!(
        workspace.read("sign-in/tasks.md"),
        PLAN.replacen("[ ]", "[x]", 1)
    );
    session.keys("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn a_repository_changes_looks_and_never_keys() {
    let workspace = workspace();
    let own = workspace.dir().join(".kiro/specboard.toml");
    fs::write(own, "glyphs = 'ascii'\nkeys.task-toggle = 'x'\n").unwrap();
    let mut session = Session::start(&workspace, &[]);
    session.wait_for_text("specboard.toml:2: keys is for your own configuration only");
    session.keys("\x1b");
    session.wait_for_text(">  o 1");
    session.wait_for_text("space tick");
}

/// Makes settings with other keys.
fn bound(bindings: &[(&str, &str)]) -> Settings {
    let mut all = Bindings::default();
    for (command, keys) in bindings {
        all.add(command, vec![(*keys).to_owned()]).unwrap();
    }
    Settings {
        keymap: all.keymap().0,
        ..Settings::default()
    }
}

#[test]
fn other_keys_run_their_command_and_stand_in_footer_and_help() {
    let workspace = workspace();
    let settings = bound(&[
        ("task-toggle", "x"),
        ("help-open", "ctrl-k"),
        ("state-set-doing", "z i"),
        ("cursor-down", "J"),
    ]);
    let mut board = Board::start_with(&workspace, (120, 24), settings);
    let screen = board.screen();
    let footer = screen.lines().last().unwrap();
    assert!(
        footer.contains(" x tick") && footer.contains("ctrl-k help"),
        "{footer}"
    );
    board.keys("space");
    assert_eq!(workspace.read("sign-in/tasks.md"), PLAN);
    board.keys("x J z i");
    assert_eq!(
        workspace.read("sign-in/tasks.md"),
        "- [x] 1. First\n- [-] 2. Second\n"
    );
    let help = board.keys("ctrl-k").screen();
    for expected in ["▌x  ", " z i  ", " :item-move-down", "ctrl-k all"] {
        assert!(help.contains(expected), "{help}");
    }
}

#[test]
fn who_looks_elsewhere_is_told_of_what_an_agent_did_and_nobody_else() {
    let workspace = workspace();
    let settings = Settings {
        alert: Alert::Bell,
        ..Settings::default()
    };
    let mut board = Board::start_with(&workspace, (120, 24), settings);
    let change = |board: &mut Board, text: &str| {
        workspace.write("sign-in/tasks.md", text);
        board.changed(&workspace, &["sign-in/tasks.md"]);
        std::mem::take(&mut board.alerts)
    };
    let plan = PLAN.replace("First", "The first");
    assert!(change(&mut board, &plan).is_empty());
    board.send(Message::Left);
    let told = change(&mut board, &plan.replace("Second", "The second"));
    assert!(
        told.iter().any(|words| words.contains("unread")),
        "{told:?}"
    );
    let done = plan.replacen("[ ]", "[x]", 1);
    let told = change(&mut board, &done);
    assert!(
        told.iter().any(|words| words == "a task is done"),
        "{told:?}"
    );
    board.type_keys("e");
    assert!(change(&mut board, &done.replacen("[ ]", "[x]", 1)).is_empty());
    board.type_keys("esc");
    board.send(Message::Returned);
    assert!(change(&mut board, PLAN).is_empty());
}

#[test]
fn a_list_scrolls_by_half_a_screen_and_begins_in_the_configured_order() {
    let tasks: String = (1..=60)
        .map(|number| format!("- [ ] {number}. Task\n"))
        .collect();
    let files: Vec<(String, &str)> =
        vec![("b/tasks.md".into(), &tasks), ("a/tasks.md".into(), PLAN)];
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), *text))
        .collect();
    let workspace = Workspace::new(&files);
    let settings = Settings {
        scroll: Scroll::Half,
        order: Some(SpecOrder::OpenFirst),
        side_by_side: Some(false),
        ..Settings::default()
    };
    let mut board = Board::start_with(&workspace, (200, 24), settings);
    assert!(!board.model.layout().is_split());
    assert_eq!(board.model.spec_order(), SpecOrder::OpenFirst);
    board.open(&workspace, "b");
    let mut tops = Vec::new();
    for _ in 0..40 {
        board.keys("j");
        let top = board.model.pane_state().unwrap().top;
        if tops.last() != Some(&top) {
            tops.push(top);
        }
    }
    let height = board.model.layout().reach();
    assert!(tops.len() < 8, "{tops:?}");
    assert!(
        tops.windows(2).all(|pair| pair[1] - pair[0] >= height / 2),
        "{tops:?}"
    );
}
