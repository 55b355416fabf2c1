//! The real program beside others: watches that run out, links, editors, changes that no event
//! tells of.

use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};

use rustix::process::Signal;

use crate::harness::Workspace;
use crate::session::Session;

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
