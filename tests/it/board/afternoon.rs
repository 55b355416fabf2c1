//! An agent's afternoon: five hundred changes by rename, in place, create, delete and folder moves,
//! while keys move and mark.
//!
//! The board sees them through the real watch. At the end its screen is that of a fresh start, and
//! on disk stands what the two intended.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use specboard::store::{Change, Watcher};

use crate::harness::{Board, Dice, Workspace};

const CHANGES: usize = 250;
/// How long the test waits for the last reports. It is only ever reached when they do not come.
const PATIENCE: Duration = Duration::from_secs(20);

fn plan(dice: &mut Dice) -> String {
    let mut plan = String::from("# Plan\n\n## Tasks\n\n");
    for number in 1..=3 + dice.roll(5) {
        let marker = [" ", "x", "-", "~"][dice.roll(4)];
        let optional = if dice.roll(4) == 0 { "*" } else { "" };
        plan.push_str(&format!(
            "- [{marker}]{optional} {number}. Part {number}, version {}\n  - _Requirements: {number}.1_\n",
            dice.roll(1000)
        ));
    }
    plan
}

/// The agent: what it does to the specs.
struct Agent {
    specs: PathBuf,
    dice: Dice,
}

impl Agent {
    /// Returns the folders that hold a task file.
    fn folders(&self) -> Vec<PathBuf> {
        files(&self.specs)
            .into_keys()
            .filter(|path| path.ends_with("tasks.md"))
            .map(|path| path.parent().unwrap().to_path_buf())
            .collect()
    }

    fn act(&mut self) {
        let folders = self.folders();
        let folder = folders.get(self.dice.roll(folders.len().max(1))).cloned();
        match (self.dice.roll(10), folder) {
            (0, _) | (_, None) => self.create(),
            (1, Some(folder)) if folders.len() > 3 => std::fs::remove_dir_all(folder).unwrap(),
            (2, Some(folder)) => self.move_folder(&folder),
            (3..=5, Some(folder)) => self.replace(&folder),
            (_, Some(folder)) => {
                std::fs::write(folder.join("tasks.md"), plan(&mut self.dice)).unwrap();
            }
        }
    }

    fn name(&mut self) -> PathBuf {
        let group = ["", "group-a", "group-b/inner"][self.dice.roll(3)];
        self.specs
            .join(group)
            .join(format!("feature-{}", self.dice.roll(12)))
    }

    fn create(&mut self) {
        let folder = self.name();
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("tasks.md"), plan(&mut self.dice)).unwrap();
    }

    fn move_folder(&mut self, folder: &Path) {
        let target = self.name();
        if !target.exists() && !target.starts_with(folder) {
            std::fs::create_dir_all(target.parent().unwrap()).unwrap();
            std::fs::rename(folder, target).unwrap();
        }
    }

    fn replace(&mut self, folder: &Path) {
        let draft = folder.join("tasks.md.draft");
        std::fs::write(&draft, plan(&mut self.dice)).unwrap();
        std::fs::rename(draft, folder.join("tasks.md")).unwrap();
    }
}

/// Reads all files below a folder.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path.clone(), std::fs::read(&path).unwrap());
        }
    }
    found
}

/// Counts the bytes in which two states of the disk differ; anything but a replaced byte is a
/// failure.
fn changed_bytes(before: &BTreeMap<PathBuf, Vec<u8>>, after: &BTreeMap<PathBuf, Vec<u8>>) -> usize {
    assert!(
        before.keys().eq(after.keys()),
        "a key made or removed a file"
    );
    let lengths =
        |files: &BTreeMap<PathBuf, Vec<u8>>| files.values().map(Vec::len).collect::<Vec<_>>();
    assert_eq!(lengths(before), lengths(after));
    let pairs = before.values().flatten().zip(after.values().flatten());
    pairs.filter(|(before, after)| before != after).count()
}

fn take_reports(board: &mut Board, reports: &Receiver<Change>, patience: Duration) {
    while let Ok(change) = reports.recv_timeout(patience) {
        board.send(specboard::model::Message::Changed(change.paths));
    }
}

#[test]
fn an_afternoon_beside_an_agent() {
    let workspace = Workspace::new(&[
        ("feature-0/tasks.md", "- [ ] 1. a\n"),
        ("group-a/feature-1/tasks.md", "- [ ] 1. b\n"),
    ]);
    let (sender, reports) = channel();
    // Nobody listens any more when the test has ended.
    let _watcher = Watcher::start(&[workspace.specs()], move |change| {
        drop(sender.send(change));
    })
    .unwrap();
    let mut board = Board::start(&workspace, (120, 36));
    let mut agent = Agent {
        specs: workspace.specs(),
        dice: Dice(7),
    };
    let mut marks = 0;
    for _ in 0..CHANGES {
        agent.act();
        take_reports(&mut board, &reports, Duration::from_millis(1));
        let keys = [
            "j", "k", "tab", "enter", "] s", "[ s", "space", "s p", "s n", "u", "h", "l", "G",
            "g g",
        ][agent.dice.roll(14)];
        let before = files(&workspace.specs());
        board.keys(keys);
        let changed = changed_bytes(&before, &files(&workspace.specs()));
        assert!(changed <= 1, "{keys} changed {changed} bytes");
        marks += changed;
    }
    assert!(marks > 10, "only {marks} keys marked anything");
    assert_is_fresh(&workspace, &mut board, &reports);
}

/// Takes reports until the screen is that of a fresh start at the same place.
fn assert_is_fresh(workspace: &Workspace, board: &mut Board, reports: &Receiver<Change>) {
    let end = Instant::now() + PATIENCE;
    loop {
        take_reports(board, reports, Duration::from_millis(20));
        let screen = at_a_common_place(board);
        let mut fresh = Board::start(workspace, (120, 36));
        fresh.model.sidebar.cursor = board.model.sidebar.cursor.clone();
        fresh.keys("tab enter");
        let expected = at_a_common_place(&mut fresh);
        if screen == expected {
            return;
        }
        assert!(
            Instant::now() < end,
            "the board shows\n{screen}\na fresh one\n{expected}"
        );
    }
}

/// Opens the spec under the cursor of the list with nothing folded and nothing unread, and draws
/// it.
fn at_a_common_place(board: &mut Board) -> String {
    board.model.pane_states = specboard::model::PaneStates::default();
    board.model.sidebar.folded.clear();
    board.model.history = specboard::model::History::default();
    board.model.jumps = specboard::model::Jumps::default();
    for index in 0..board.model.specs.len() {
        board.model.specs.summary_mut(index).unread = false;
    }
    board.model.focus = specboard::model::Focus::Sidebar;
    board.keys("esc esc enter g g G g g");
    board.screen()
}
