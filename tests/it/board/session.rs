//! The real program in a pseudo-terminal: start, move, mark, undo, quit; signals; what is on disk
//! and what becomes of the terminal.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crate::harness::Workspace;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

const PLAN: &str = "# Plan\r\n\r\n- [x] 1. First\r\n- [ ] 2. Second\r\n  - [ ]* 2.1 Optional\r\n";

/// How long a test waits for something that must come. It is only ever reached when it does not.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// The program in a terminal of 80x24.
pub(crate) struct Session {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    taken: Vec<u8>,
    screen: vt100::Parser,
}

impl Session {
    pub(crate) fn start(workspace: &Workspace, arguments: &[&str]) -> Self {
        let program = [&[env!("CARGO_BIN_EXE_specboard")], arguments].concat();
        Self::start_by(workspace, &program)
    }

    /// Starts the program by a command of its own, such as a shell.
    pub(crate) fn start_by(workspace: &Workspace, program: &[&str]) -> Self {
        let size = PtySize {
            rows: 24,
            cols: 80,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(program[0]);
        command.args(&program[1..]);
        command.cwd(workspace.dir());
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("XDG_STATE_HOME", workspace.dir().join("state"));
        command.env("XDG_CONFIG_HOME", workspace.dir().join("config"));
        for unset in ["NO_COLOR", "LC_ALL", "LC_CTYPE"] {
            command.env_remove(unset);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if sender.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let size = |count| NonZeroU16::new(count).unwrap();
        let screen = vt100::Parser::new(size(24), size(80), 0);
        Self {
            child,
            writer: pair.master.take_writer().unwrap(),
            master: pair.master,
            output,
            taken: Vec::new(),
            screen,
        }
    }

    /// Takes output until the screen is as wanted.
    pub(crate) fn wait_for(&mut self, what: &str, is_there: impl Fn(&vt100::Screen) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !is_there(self.screen.screen()) {
            match self
                .output
                .recv_timeout(end.saturating_duration_since(Instant::now()))
            {
                Ok(bytes) => {
                    self.screen.process(&bytes);
                    self.taken.extend(bytes);
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    panic!("{what} did not come:\n{}", self.screen.screen().contents())
                }
            }
        }
    }

    pub(crate) fn wait_for_text(&mut self, text: &str) {
        self.wait_for(text, |screen| screen.contents().contains(text));
    }

    /// Counts how often the cursor of the board was drawn since it was counted last.
    pub(crate) fn count_cursors(&mut self) -> usize {
        String::from_utf8_lossy(&std::mem::take(&mut self.taken))
            .matches('▌')
            .count()
    }

    pub(crate) fn keys(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    /// Waits until the program has ended, and gives its exit status.
    pub(crate) fn end(&mut self) -> u32 {
        let end = Instant::now() + PATIENCE;
        loop {
            while let Ok(bytes) = self.output.try_recv() {
                self.screen.process(&bytes);
            }
            if let Some(status) = self.child.try_wait().unwrap() {
                while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(200)) {
                    self.screen.process(&bytes);
                }
                return status.exit_code();
            }
            assert!(
                Instant::now() < end,
                "the program did not end:\n{}",
                self.screen.screen().contents()
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn assert_restored(&self) {
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
    }

    pub(crate) fn process(&self) -> rustix::process::Pid {
        let id = i32::try_from(self.child.process_id().unwrap()).unwrap();
        rustix::process::Pid::from_raw(id).unwrap()
    }

    pub(crate) fn signal(&self, signal: rustix::process::Signal) {
        rustix::process::kill_process(self.process(), signal).unwrap();
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // It has ended already, unless the test failed.
        let _ = self.child.kill();
    }
}

fn workspace() -> Workspace {
    Workspace::new(&[
        ("sign-in/tasks.md", PLAN),
        ("other/tasks.md", "- [ ] 1. a\n"),
    ])
}

#[test]
fn start_move_mark_undo_quit() {
    let workspace = workspace();
    let mut session = Session::start(&workspace, &[".kiro/specs/sign-in"]);
    session.wait_for_text("▌  ✓ 1     First");
    session.keys("j");
    session.wait_for_text("▌  ○ 2     Second");
    session.keys(" ");
    session.wait_for_text("▌  ✓ 2     Second");
    assert_eq!(
        workspace.read("sign-in/tasks.md"),
        PLAN.replace("[ ] 2.", "[x] 2.")
    );
    session.keys("jsp");
    session.wait_for_text("▌    ◐ 2.1*  Optional");
    session.keys("uu");
    session.wait_for_text("○ 2     Second");
    session.wait_for_text("○ 2.1*  Optional");
    assert_eq!(workspace.read("sign-in/tasks.md"), PLAN);
    session.keys("q");
    assert_eq!(session.end(), 0);
    session.assert_restored();
}

#[test]
fn quitting_right_after_an_edit_leaves_no_file_behind() {
    let workspace = workspace();
    let mut session = Session::start(&workspace, &[".kiro/specs/sign-in"]);
    session.wait_for_text("▌  ✓ 1     First");
    session.keys("*");
    session.wait_for_text("▌  ✓ 1*");
    session.keys("q");
    assert_eq!(session.end(), 0);
    let names: Vec<_> = std::fs::read_dir(workspace.specs().join("sign-in"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, ["tasks.md"]);
    assert!(
        workspace
            .read("sign-in/tasks.md")
            .contains("- [x]* 1. First\r\n")
    );
}

#[test]
fn a_change_on_disk_is_shown() {
    let workspace = workspace();
    let mut session = Session::start(&workspace, &[".kiro/specs/sign-in"]);
    session.wait_for_text("First");
    workspace.write(
        "sign-in/tasks.md",
        PLAN.replace("Second", "Changed outside"),
    );
    session.wait_for_text("Changed outside");
    workspace.write("brand-new/tasks.md", "- [ ] 1. a\n");
    session.keys("\\");
    session.wait_for_text("brand-new");
    session.keys("\x1b[Bq");
    assert_eq!(session.end(), 0);
}

/// As a checkout of another branch and back does it, or a script that removes a folder and writes it
/// again.
#[test]
fn a_spec_that_vanishes_and_comes_back_is_open_again_and_no_other_loses_anything() {
    let workspace = workspace();
    let mut session = Session::start(&workspace, &[".kiro/specs/sign-in"]);
    session.wait_for_text("▌  ✓ 1     First");
    session.keys("j");
    session.wait_for_text("▌  ○ 2     Second");
    for (round, pause) in [0, 2, 5, 10, 20, 40, 80, 160].into_iter().enumerate() {
        std::fs::remove_dir_all(workspace.specs().join("sign-in")).unwrap();
        std::thread::sleep(Duration::from_millis(pause));
        // A change that is seen tells that all before it was. No text is as long as the one before:
        // within one tick of the clock they would look the same.
        let words = format!("Second {}", "x".repeat(round + 1));
        let text = PLAN.replace("Second", &words);
        workspace.write("sign-in/tasks.md", &text);
        session.wait_for(
            "the spec with its figures, and those of its neighbour",
            |screen| {
                let contents = screen.contents();
                let is_at_cursor = |line: &str| line.starts_with('▌') && line.ends_with(&words);
                contents.lines().any(is_at_cursor) && contents.contains("1/3")
            },
        );
    }
    session.keys("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn a_resize_right_after_the_first_frame_is_seen() {
    let workspace = workspace();
    let mut session = Session::start(&workspace, &[".kiro/specs/sign-in"]);
    session.wait_for_text("First");
    session
        .master
        .resize(PtySize {
            rows: 24,
            cols: 60,
            pixel_width: 0,
            pixel_height: 0,
        })
        .unwrap();
    let size = |count| NonZeroU16::new(count).unwrap();
    session.screen.screen_mut().set_size(size(24), size(60));
    session.wait_for("the narrow head", |screen| {
        screen.contents().contains("[3 Tasks] 1/2")
    });
    session.keys("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn signals_end_the_program_with_their_status_and_restore_the_terminal() {
    for (signal, status) in [
        (rustix::process::Signal::TERM, 143),
        (rustix::process::Signal::HUP, 129),
    ] {
        let workspace = workspace();
        let mut session = Session::start(&workspace, &[".kiro/specs/sign-in"]);
        session.wait_for_text("First");
        session.signal(signal);
        assert_eq!(session.end(), status);
        session.assert_restored();
    }
}

#[test]
fn without_specs_the_exit_status_is_three() {
    let nowhere = tempfile::tempdir().unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_specboard"))
        .arg("list")
        .current_dir(nowhere.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        (output.status.code(), said.contains("no .kiro folder")),
        (Some(3), true),
        "{said}"
    );
}

#[test]
fn without_a_terminal_the_board_says_so() {
    let workspace = workspace();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_specboard"))
        .current_dir(workspace.dir())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        (output.status.code(), said.contains("not a terminal")),
        (Some(3), true),
        "{said}"
    );
}
