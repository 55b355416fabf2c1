//! A workspace with everything that can be wrong with a file: board and commands show the others,
//! and name each with its reason.

use std::process::Command;

use crate::harness::{Board, Workspace};

/// Makes a workspace in which one spec is whole and each other is broken in its own way.
fn hostile() -> Workspace {
    let workspace = Workspace::new(&[
        ("good/tasks.md", "- [x] 1. a\n- [ ] 2. b\n"),
        ("huge/requirements.md", "# Requirements\n"),
        ("pipe/requirements.md", "# Requirements\n"),
        ("folder/requirements.md", "# Requirements\n"),
        ("esc\x1b[31mape/tasks.md", "- [ ] 1. \x1b[2Jred\n"),
    ]);
    workspace.write("invalid/tasks.md", b"- [ ] 1. caf\xe9\n- [x] 2. b\n");
    let specs = workspace.specs();
    let huge = std::fs::File::create(specs.join("huge/tasks.md")).unwrap();
    huge.set_len(100 << 20).unwrap();
    rustix::fs::mknodat(
        rustix::fs::CWD,
        specs.join("pipe/tasks.md"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::from_raw_mode(0o644),
        0,
    )
    .unwrap();
    std::fs::create_dir(specs.join("folder/tasks.md")).unwrap();
    std::os::unix::fs::symlink(&specs, specs.join("good/loop")).unwrap();
    std::os::unix::fs::symlink("self", specs.join("self")).unwrap();
    std::fs::create_dir(specs.join("unreadable")).unwrap();
    // A link to itself cannot be read by anybody, root included.
    std::os::unix::fs::symlink("tasks.md", specs.join("unreadable/tasks.md")).unwrap();
    std::fs::write(specs.join("unreadable/design.md"), "# Design\n").unwrap();
    workspace
}

/// The broken specs, and a word of the reason that each is named with.
const REASONS: &[(&str, &str)] = &[
    ("huge", "16 MiB"),
    ("pipe", "pipe"),
    ("folder", "folder"),
    ("invalid", "UTF-8"),
    ("unreadable", "symbolic"),
    ("self", "symbolic"),
];

#[test]
fn the_commands_show_the_others_and_name_each_reason() {
    let workspace = hostile();
    let list = Command::new(env!("CARGO_BIN_EXE_specboard"))
        .args(["list"])
        .current_dir(workspace.dir())
        .output()
        .unwrap();
    let (answer, said) = (
        String::from_utf8_lossy(&list.stdout).into_owned(),
        String::from_utf8_lossy(&list.stderr).into_owned(),
    );
    assert_eq!(list.status.code(), Some(0), "{said}");
    assert!(
        answer.contains("good") && answer.contains("1/2"),
        "{answer}"
    );
    for (name, reason) in REASONS {
        assert!(
            said.lines()
                .any(|line| line.contains(name) && line.contains(reason)),
            "{name} is not named with \"{reason}\":\n{said}"
        );
    }
    assert!(
        !answer.contains('\x1b') && !said.contains('\x1b'),
        "{answer}{said}"
    );
    let json = Command::new(env!("CARGO_BIN_EXE_specboard"))
        .args(["list", "--json"])
        .current_dir(workspace.dir())
        .output()
        .unwrap();
    let value: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    let huge = value["features"]
        .as_array()
        .unwrap()
        .iter()
        .find(|feature| feature["name"] == "huge")
        .unwrap();
    assert!(
        huge["problems"][0]["message"]
            .as_str()
            .unwrap()
            .contains("16 MiB"),
        "{huge}"
    );
}

#[test]
fn the_board_shows_the_others_and_names_each_reason() {
    let workspace = hostile();
    let mut board = Board::start(&workspace, (120, 36));
    board.keys("tab g g");
    let mut screens = String::new();
    for _ in 0..10 {
        screens.push_str(&board.keys("j").screen());
    }
    assert!(screens.contains("good           1/2 !"), "{screens}");
    for (name, reason) in REASONS
        .iter()
        .filter(|(name, _)| !["self", "invalid"].contains(name))
    {
        let pane = screens
            .split("Specs ")
            .find(|screen| screen.contains(&format!("│ {name} ")) && screen.contains(reason));
        assert!(
            pane.is_some(),
            "{name} does not say \"{reason}\":\n{screens}"
        );
    }
    assert!(screens.contains("caf�"), "{screens}");
}
