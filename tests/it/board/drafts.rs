//! Drafts in the real program: half a sentence, and then the program or the disk fails.

use std::path::Path;
use std::time::{Duration, Instant};

use rustix::process::Signal;
#[cfg(target_os = "linux")]
use rustix::process::{Pid, Resource, Rlimit, getrlimit, prlimit};

use super::session::{PATIENCE, Session};
use crate::harness::Workspace;

const PLAN: &str = "- [ ] 1. First\n- [ ] 2. Second\n";
const END: &str = "\x05";
const SAVE: &str = "\x13";

fn workspace() -> Workspace {
    Workspace::new(&[("sign-in/tasks.md", PLAN)])
}

/// Starts the board and types half a sentence into the first task.
fn start_typing(workspace: &Workspace, program: &[&str]) -> Session {
    let mut session = Session::start_by(workspace, program);
    session.wait_for_text("▌  ○ 1     First");
    session.keys("e");
    session.wait_for_text("EDIT");
    session.keys(END);
    session.keys(" half a sen");
    session.wait_for_text("First half a sen");
    session
}

/// Waits until what was typed is kept: under its name, not only in the file that gets that name.
fn wait_for_draft(state: &Path) {
    let end = Instant::now() + PATIENCE;
    let is_kept = || {
        let kept = std::fs::read_dir(state.join("specboard/typed")).into_iter();
        let mut paths = kept.flatten().flatten().map(|entry| entry.path());
        let holds_it = |path: &Path| {
            std::fs::read_to_string(path).is_ok_and(|text| text.contains("half a sen"))
        };
        paths.any(|path| path.extension().is_some_and(|end| end == "json") && holds_it(&path))
    };
    while !is_kept() {
        assert!(Instant::now() < end, "no draft came");
        std::thread::sleep(Duration::from_millis(20));
    }
}

const PROGRAM: &[&str] = &[env!("CARGO_BIN_EXE_specboard"), ".kiro/specs/sign-in"];

#[test]
fn half_a_sentence_is_offered_after_the_board_was_killed() {
    for signal in [Signal::KILL, Signal::HUP] {
        let workspace = workspace();
        let mut session = start_typing(&workspace, PROGRAM);
        if signal == Signal::KILL {
            wait_for_draft(&workspace.dir().join("state"));
        }
        session.signal(signal);
        session.end();
        assert_eq!(workspace.read("sign-in/tasks.md"), PLAN, "{signal:?}");
        let mut session = Session::start_by(&workspace, PROGRAM);
        session.wait_for_text("DRAFT");
        session.keys("t");
        session.wait_for_text("First half a sen");
        session.wait_for_text("EDIT");
        session.keys("tence");
        session.wait_for_text("First half a sentence");
        session.keys(SAVE);
        session.wait_for_text("saved");
        let expected = PLAN.replace("First", "First half a sentence");
        assert_eq!(workspace.read("sign-in/tasks.md"), expected, "{signal:?}");
        session.keys("q");
        assert_eq!(session.end(), 0);
        // It is offered once.
        let mut session = Session::start_by(&workspace, PROGRAM);
        session.wait_for_text("First half a sentence");
        session.keys("q");
        assert_eq!(session.end(), 0, "{signal:?}");
    }
}

#[cfg(target_os = "linux")]
/// Lets a process write files of at most so many bytes.
fn limit_files(process: Pid, bytes: Option<u64>) {
    let maximum = getrlimit(Resource::Fsize).maximum;
    let limit = Rlimit {
        current: bytes.or(maximum),
        maximum,
    };
    prlimit(Some(process), Resource::Fsize, limit).unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_stays_in_the_editor_and_is_written_once_there_is_room() {
    let workspace = workspace();
    // The signal that comes with the limit is ignored, so that it is as a full disk.
    let line = format!("trap '' XFSZ; exec {}", PROGRAM.join(" "));
    let mut session = start_typing(&workspace, &["sh", "-c", &line]);
    limit_files(session.process(), Some(0));
    session.keys(SAVE);
    session.wait_for_text("not written");
    session.wait_for_text("First half a sen");
    assert_eq!(workspace.read("sign-in/tasks.md"), PLAN);
    limit_files(session.process(), None);
    session.keys(SAVE);
    session.wait_for_text("saved");
    let expected = PLAN.replace("First", "First half a sen");
    assert_eq!(workspace.read("sign-in/tasks.md"), expected);
    session.keys("q");
    assert_eq!(session.end(), 0);
}
