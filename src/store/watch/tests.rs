//! Real folders, real changes. Waits are long, so that a busy machine fails no test; what must not
//! come is told by what comes after it.

use super::*;
use std::fs::File;
use std::io::Write;
use std::os::unix::fs::symlink;

/// A watched `.kiro/specs` with one spec.
struct Place {
    folder: tempfile::TempDir,
    specs: PathBuf,
    watcher: Watcher,
    changes: Receiver<Change>,
}

fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let specs = folder.path().join(".kiro/specs");
    std::fs::create_dir_all(specs.join("a")).unwrap();
    std::fs::write(specs.join("a/tasks.md"), "1").unwrap();
    let (sender, changes) = channel();
    let watcher = Watcher::start(std::slice::from_ref(&specs), move |change| {
        drop(sender.send(change));
    })
    .unwrap();
    assert_eq!(
        changes.recv(),
        Ok(Change {
            paths: vec![],
            rescan: true
        })
    );
    Place {
        folder,
        specs,
        watcher,
        changes,
    }
}

impl Place {
    /// Waits for a change that is as expected, and gives all changes up to it as one.
    fn wait(&self, is_expected: impl Fn(&Change) -> bool) -> Change {
        let mut all = Change::default();
        let deadline = Instant::now() + Duration::from_secs(20);
        while !is_expected(&all) {
            let left = deadline.saturating_duration_since(Instant::now());
            let change = self
                .changes
                .recv_timeout(left)
                .unwrap_or_else(|_| panic!("only {all:?} came"));
            all.paths.extend(change.paths);
            all.rescan |= change.rescan;
        }
        all
    }

    fn wait_for(&self, name: &str) -> Change {
        self.wait(|change| change.paths.contains(&self.specs.join(name)))
    }

    fn write(&self, name: &str) {
        std::fs::write(self.specs.join(name), "2").unwrap();
    }
}

#[test]
fn every_way_to_change_a_file_is_reported() {
    let place = place();
    assert_eq!(place.watcher.mode(), Mode::Events);
    let ways: [(&dyn Fn(), &str); 6] = [
        (&|| place.write("a/tasks.md"), "a/tasks.md"),
        (
            &|| {
                place.write("a/new");
                std::fs::rename(place.specs.join("a/new"), place.specs.join("a/tasks.md")).unwrap();
            },
            "a/tasks.md",
        ),
        (&|| place.write("a/design.md"), "a/design.md"),
        (
            &|| std::fs::remove_file(place.specs.join("a/design.md")).unwrap(),
            "a/design.md",
        ),
        (&|| place.write("tasks.md"), "tasks.md"),
        (
            &|| {
                std::fs::rename(place.specs.join("tasks.md"), place.specs.join("a/spec.md"))
                    .unwrap();
            },
            "a/spec.md",
        ),
    ];
    for (change, expected) in ways {
        change();
        assert!(!place.wait_for(expected).rescan, "{expected}");
    }
}

#[test]
fn a_writer_that_keeps_the_file_open_is_reported_nevertheless() {
    let place = place();
    let mut file = File::options()
        .write(true)
        .open(place.specs.join("a/tasks.md"))
        .unwrap();
    file.write_all(b"22").unwrap();
    place.wait_for("a/tasks.md");
    file.write_all(b"3").unwrap();
    place.wait_for("a/tasks.md");
}

#[test]
fn reading_and_our_own_temporary_files_are_no_change() {
    let place = place();
    for name in ["a/tasks.md", "a"] {
        let path = place.specs.join(name);
        assert!(path.is_dir() || !std::fs::read(path).unwrap().is_empty());
    }
    place.write("a/.specboard-x.tmp");
    std::fs::remove_file(place.specs.join("a/.specboard-x.tmp")).unwrap();
    std::fs::write(place.specs.parent().unwrap().join("settings.json"), "").unwrap();
    place.write("a/last");
    assert_eq!(
        place.wait_for("a/last"),
        Change {
            paths: vec![place.specs.join("a/last")],
            rescan: false
        }
    );
}

#[test]
fn folders_that_come_go_and_move_are_followed() {
    let place = place();
    let at = |name: &str| place.specs.join(name);
    let ways: [(&dyn Fn(), &str); 5] = [
        (
            &|| std::fs::create_dir_all(at("b/c/d")).unwrap(),
            "b/c/d/tasks.md",
        ),
        (
            &|| std::fs::rename(at("b/c"), at("e")).unwrap(),
            "e/d/tasks.md",
        ),
        (
            &|| std::fs::create_dir_all(at("b/c/d")).unwrap(),
            "b/c/d/tasks.md",
        ),
        (
            &|| {
                std::fs::remove_dir_all(at("a")).unwrap();
                std::fs::create_dir(at("a")).unwrap();
            },
            "a/tasks.md",
        ),
        (
            &|| {
                std::fs::create_dir_all(place.folder.path().join("shared/x")).unwrap();
                symlink("../../shared", at("linked")).unwrap();
            },
            "linked/x/tasks.md",
        ),
    ];
    for (change, file) in ways {
        change();
        place.wait(|change| change.rescan);
        write_until_seen(&place, file);
    }
}

/// Writes a file in a new folder. The folder is listed again after the report, so a write may fall
/// before the watch only once.
fn write_until_seen(place: &Place, file: &str) {
    place.wait_at_rest();
    place.write(file);
    place.wait_for(file);
}

impl Place {
    /// Takes reports until none comes for a while.
    fn wait_at_rest(&self) {
        while self
            .changes
            .recv_timeout(Duration::from_millis(200))
            .is_ok()
        {}
    }
}

#[test]
fn a_root_that_is_made_again_is_seen() {
    let place = place();
    for gone in [place.specs.clone(), place.folder.path().join(".kiro")] {
        std::fs::remove_dir_all(gone).unwrap();
        place.wait(|change| change.rescan);
        place.wait_at_rest();
        std::fs::create_dir_all(place.specs.join("a")).unwrap();
        place.wait(|change| change.rescan);
        write_until_seen(&place, "a/tasks.md");
    }
}

/// Watches that the system refuses from the one with this number on, from 0.
#[derive(Debug)]
struct Refused {
    inner: RecommendedWatcher,
    left: usize,
}

impl notify::Watcher for Refused {
    fn new<F: notify::EventHandler>(hear: F, config: Config) -> notify::Result<Self> {
        let inner = RecommendedWatcher::new(hear, config)?;
        Ok(Self { inner, left: 0 })
    }

    fn watch(&mut self, path: &Path, mode: RecursiveMode) -> notify::Result<()> {
        if self.left == 0 {
            return Err(notify::Error::new(notify::ErrorKind::MaxFilesWatch));
        }
        self.left -= 1;
        self.inner.watch(path, mode)
    }

    fn unwatch(&mut self, path: &Path) -> notify::Result<()> {
        self.inner.unwatch(path)
    }

    fn kind() -> notify::WatcherKind {
        RecommendedWatcher::kind()
    }
}

/// A watched folder with one spec where so many watches are granted; none means no events at all.
fn place_with(granted: Option<usize>) -> Place {
    let folder = tempfile::tempdir().unwrap();
    let specs = folder.path().join("specs");
    std::fs::create_dir_all(specs.join("a")).unwrap();
    let (sender, changes) = channel();
    let (signals, received) = channel();
    let is_polling = Arc::new(AtomicBool::new(false));
    let mut watch = Watch {
        folders: vec![specs.clone()],
        notify: None,
        watched: BTreeSet::new(),
        links: Links::default(),
        is_polling: Arc::clone(&is_polling),
    };
    let ear = Ear(signals.clone());
    let mut refused =
        <Refused as notify::Watcher>::new(move |event| ear.hear(event), Config::default()).unwrap();
    match granted {
        Some(granted) => {
            refused.left = granted;
            watch.notify = Some(Box::new(refused));
        }
        None => watch.poll_from_now("a test"),
    }
    std::thread::spawn(move || watch.run(&received, move |change| drop(sender.send(change))));
    let watcher = Watcher {
        is_polling,
        signals,
    };
    let place = Place {
        folder,
        specs,
        watcher,
        changes,
    };
    place.wait(|change| change.rescan);
    place
}

#[test]
fn whichever_watch_is_refused_changes_are_found_by_looking() {
    // The folder above, the one of the specs and that of the spec are watched at the start.
    for granted in [None, Some(0), Some(1), Some(2), Some(3)] {
        let place = place_with(granted);
        if granted == Some(3) {
            assert_eq!(place.watcher.mode(), Mode::Events);
            std::fs::create_dir(place.specs.join("b")).unwrap();
            place.wait(|change| change.rescan);
        }
        // What is written before the first look is found by the rescan.
        place.wait_at_rest();
        place.write("a/tasks.md");
        place.wait_for("a/tasks.md");
        assert_eq!(place.watcher.mode(), Mode::Polling, "{granted:?}");
        place.write("a/design.md");
        place.wait_for("a/design.md");
        drop(place.watcher);
        while place.changes.recv().is_ok() {}
    }
}

#[test]
fn events_that_end_are_followed_by_looking() {
    let place = place_with(Some(usize::MAX));
    place.write("a/tasks.md");
    place.wait_for("a/tasks.md");
    place.watcher.signals.send(Signal::Deaf).unwrap();
    place.wait(|change| change.rescan);
    place.wait_at_rest();
    assert_eq!(place.watcher.mode(), Mode::Polling);
    place.write("a/design.md");
    place.wait_for("a/design.md");
}

#[test]
fn what_changes_behind_a_link_is_a_change_of_the_link() {
    let place = place();
    let shared = place.folder.path().join("shared");
    std::fs::create_dir_all(shared.join("deep")).unwrap();
    std::fs::write(shared.join("deep/plan.md"), "1").unwrap();
    symlink("deep/plan.md", shared.join("step.md")).unwrap();
    symlink("../../../shared/step.md", place.specs.join("a/design.md")).unwrap();
    std::fs::create_dir(place.specs.join("b")).unwrap();
    place.wait(|change| change.rescan);
    place.wait_at_rest();
    std::fs::write(shared.join("deep/plan.md"), "22").unwrap();
    place.wait_for("a/design.md");
    std::fs::write(shared.join("new"), "333").unwrap();
    std::fs::rename(shared.join("new"), shared.join("step.md")).unwrap();
    place.wait_for("a/design.md");
}

#[test]
fn a_link_that_is_made_to_lead_elsewhere_asks_for_everything() {
    let place = place();
    for name in ["one", "two"] {
        std::fs::create_dir(place.folder.path().join(name)).unwrap();
    }
    symlink("../../one", place.specs.join("linked")).unwrap();
    place.wait(|change| change.rescan);
    place.wait_at_rest();
    symlink("../../two", place.specs.join(".new")).unwrap();
    std::fs::rename(place.specs.join(".new"), place.specs.join("linked")).unwrap();
    place.wait(|change| change.rescan);
    write_until_seen(&place, "linked/tasks.md");
}

#[test]
fn what_editors_leave_is_no_change() {
    let place = place();
    symlink("ann@host.1:2", place.specs.join("a/.#tasks.md")).unwrap();
    for name in ["a/#tasks.md#", "a/.tasks.md.swp", "a/4913", "a/tasks.md~"] {
        place.write(name);
        std::fs::remove_file(place.specs.join(name)).unwrap();
    }
    std::fs::remove_file(place.specs.join("a/.#tasks.md")).unwrap();
    // Nothing of it waits to be reported later either.
    std::thread::sleep(Duration::from_millis(150));
    place.write("a/last");
    assert_eq!(place.wait_for("a/last").paths, [place.specs.join("a/last")]);
}
