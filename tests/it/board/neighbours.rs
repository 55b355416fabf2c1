//! The real program beside others: watches that run out, links, editors, changes that no event
//! tells of, terminals that go and lines that are slow.

use std::fs::File;
use std::io::Read;
use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rustix::fs::{Mode, OFlags};
use rustix::process::Signal;
use rustix::pty::OpenptFlags;
use rustix::termios::Winsize;

use crate::board::session::{PATIENCE, Session};
use crate::harness::Workspace;

const PROGRAM: &str = env!("CARGO_BIN_EXE_specboard");

fn workspace() -> Workspace {
    Workspace::new(&[("sign-in/tasks.md", "- [ ] 1. First\n- [ ] 2. Second\n")])
}

/// Returns whether a user namespace of one's own is permitted; says so where it is not.
fn can_unshare() -> bool {
    let can = Command::new("unshare")
        .args(["-Ur", "true"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !can {
        println!("skipped: no user namespace is permitted here; the limit is not tried");
    }
    can
}

#[test]
fn where_no_watch_is_granted_a_change_is_found_by_polling() {
    if !can_unshare() {
        return;
    }
    // At the start and later: three watches are enough for one spec, not for a second one.
    for (limit, adds_spec) in [
        ("max_inotify_watches", false),
        ("max_inotify_instances", false),
        ("max_inotify_watches", true),
    ] {
        let granted = if adds_spec { 3 } else { 0 };
        let workspace = workspace();
        let script = format!("echo {granted} >/proc/sys/user/{limit}; exec {PROGRAM}");
        let mut session = Session::start_by(&workspace, &["unshare", "-Ur", "sh", "-c", &script]);
        session.wait_for_text("First");
        if adds_spec {
            workspace.write("another/tasks.md", "- [ ] 1. a\n");
        }
        session.wait_for_text("polling");
        for name in ["Changed", "Changed again"] {
            workspace.write("sign-in/tasks.md", format!("- [ ] 1. {name}\n"));
            session.wait_for_text(name);
        }
        session.keys("q");
        assert_eq!(session.end(), 0);
    }
}

#[test]
fn what_changes_behind_links_is_shown() {
    let workspace = workspace();
    let outside = workspace.dir().join("outside");
    for name in ["one", "two"] {
        std::fs::create_dir_all(outside.join(name)).unwrap();
        let text = format!("- [ ] 1. Plan {name}\n");
        std::fs::write(outside.join(name).join("tasks.md"), text).unwrap();
    }
    symlink("../../outside/one", workspace.specs().join("linked")).unwrap();
    std::fs::write(outside.join("design.md"), "# Design\n\nOld words\n").unwrap();
    symlink(
        "../../../outside/design.md",
        workspace.specs().join("sign-in/design.md"),
    )
    .unwrap();
    let mut session = Session::start(&workspace, &[".kiro/specs/sign-in/design.md"]);
    session.wait_for_text("Old words");
    std::fs::write(outside.join("design.md"), "# Design\n\nNew words\n").unwrap();
    session.wait_for_text("New words");
    session.keys("q");
    assert_eq!(session.end(), 0);

    let mut session = Session::start(&workspace, &[".kiro/specs/linked"]);
    session.wait_for_text("Plan one");
    symlink("../../outside/two", workspace.specs().join(".new")).unwrap();
    std::fs::rename(
        workspace.specs().join(".new"),
        workspace.specs().join("linked"),
    )
    .unwrap();
    session.wait_for_text("Plan two");
    session.keys("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn after_a_stop_and_by_a_key_everything_is_compared() {
    // A bind-mount, a network file system and a queue that ran over change files without an event.
    // Here the file is behind a link whose last step is not known to be one: a hard link elsewhere.
    let workspace = workspace();
    let twin = workspace.dir().join("twin.md");
    std::fs::hard_link(workspace.specs().join("sign-in/tasks.md"), &twin).unwrap();
    let mut session = Session::start(&workspace, &[".kiro/specs/sign-in"]);
    session.wait_for_text("First");
    std::fs::write(&twin, "- [ ] 1. By a key\n").unwrap();
    session.keys("\x0c");
    session.wait_for_text("By a key");
    session.signal(Signal::STOP);
    std::fs::write(&twin, "- [ ] 1. After a stop\n").unwrap();
    session.signal(Signal::CONT);
    session.wait_for_text("After a stop");
    session.keys("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn a_lock_of_an_editor_is_no_problem() {
    let workspace = workspace();
    symlink("ann@host.1:2", workspace.specs().join("sign-in/.#tasks.md")).unwrap();
    let output = Command::new(PROGRAM)
        .args(["list", "--json"])
        .current_dir(workspace.dir())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && !said.contains(".#"), "{said}");
}

#[test]
fn a_message_about_a_file_goes_with_its_cause() {
    let workspace = workspace();
    let path = workspace.specs().join("sign-in/tasks.md");
    let mut session = Session::start(&workspace, &[".kiro/specs/sign-in"]);
    session.wait_for_text("First");
    std::fs::remove_file(&path).unwrap();
    symlink("nowhere", &path).unwrap();
    session.wait_for_text("cannot be read");
    std::fs::remove_file(&path).unwrap();
    workspace.write("sign-in/tasks.md", "- [ ] 1. Back\n");
    session.wait_for("the spec without the message", |screen| {
        let text = screen.contents();
        text.contains("Back") && !text.contains("cannot be read")
    });
    session.keys("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn a_terminal_that_cannot_draw_is_told_of_the_commands() {
    let workspace = workspace();
    let mut session = Session::start_by(&workspace, &["env", "TERM=dumb", PROGRAM]);
    session.wait_for_text("specboard list");
    assert_eq!(session.end(), 3);
}

#[test]
fn a_terminal_that_goes_without_a_signal_ends_the_program() {
    let workspace = workspace();
    // It is nobody's controlling terminal, so that its end is no signal to anybody.
    let (mut master, slave) = pseudo_terminal();
    let mut child = Command::new(PROGRAM)
        .arg(".kiro/specs/sign-in")
        .current_dir(workspace.dir())
        .env("TERM", "xterm")
        .env("XDG_STATE_HOME", workspace.dir().join("state"))
        .stdin(slave.try_clone().unwrap())
        .stdout(slave.try_clone().unwrap())
        .stderr(slave)
        .spawn()
        .unwrap();
    let (mut seen, mut bytes) = (Vec::new(), [0; 4096]);
    while !String::from_utf8_lossy(&seen).contains("First") {
        let count = master.read(&mut bytes).unwrap();
        seen.extend(&bytes[..count]);
    }
    drop(master);
    let end = Instant::now() + PATIENCE;
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if Instant::now() > end {
            child.kill().unwrap();
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    assert_eq!(status.code(), Some(129));
}

fn pseudo_terminal() -> (File, File) {
    let master =
        rustix::pty::openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)
            .unwrap();
    rustix::pty::grantpt(&master).unwrap();
    rustix::pty::unlockpt(&master).unwrap();
    let size = Winsize {
        ws_row: 24,
        ws_col: 80,
        ws_xpixel: 0,
        ws_ypixel: 0,
    };
    rustix::termios::tcsetwinsize(&master, size).unwrap();
    let name = rustix::pty::ptsname(&master, Vec::new()).unwrap();
    let slave = rustix::fs::open(
        name,
        OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC,
        Mode::empty(),
    )
    .unwrap();
    (master.into(), slave.into())
}

#[test]
fn sequences_that_come_in_pieces_are_whole() {
    let workspace = workspace();
    let plan = workspace.read("sign-in/tasks.md");
    let mut session = Session::start(&workspace, &[".kiro/specs/sign-in"]);
    session.wait_for_text("▌  ○ 1     First");
    let mut send = |pieces: &[&str]| {
        for piece in pieces {
            session.keys(piece);
            std::thread::sleep(Duration::from_millis(5));
        }
    };
    send(&["\x1b", "[B"]);
    // Were the paste taken for keys, the blank in it would mark the task.
    send(&["\x1b", "[200~ x", " \x1b", "[201~"]);
    send(&["\x1b", "[", "A", "\x1bO", "B"]);
    session.wait_for_text("▌  ○ 2     Second");
    session.keys("q");
    assert_eq!(session.end(), 0);
    assert_eq!(workspace.read("sign-in/tasks.md"), plan);
}

#[test]
fn keys_of_another_layout_act_by_their_place_and_are_text_where_text_is_typed() {
    let workspace = workspace();
    let mut session = Session::start(&workspace, &[".kiro/specs/sign-in"]);
    session.wait_for_text("▌  ○ 1     First");
    session.keys("о");
    session.wait_for_text("▌  ○ 2     Second");
    session.keys("ｋ");
    session.wait_for_text("▌  ○ 1     First");
    session.keys("Жйц");
    session.wait_for_text("йц");
    session.keys("\x1b");
    session.wait_for("the footer", |screen| !screen.contents().contains("йц"));
    session.keys("й");
    assert_eq!(session.end(), 0);
}
