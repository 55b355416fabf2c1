//! Being told of changes on disk: at once where the file system sends events, within a second where
//! it does not.
//!
//! Watches folders, never files, since a file's watch dies when the file is replaced. Nothing wakes
//! up while nothing happens.

pub use super::coalesce::Change;

use super::coalesce::{Coalescer, Happening, concerns};
use super::links::Links;
use super::poll::Look;
use super::{Failure, scan};
use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RemoveKind, RenameMode};
use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// How changes are noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The file system tells, at once.
    Events,
    /// Everything is looked at once a second, because the file system does not tell or its watches
    /// are used up.
    Polling,
}

/// Watches folders until it is dropped.
#[derive(Debug)]
pub struct Watcher {
    is_polling: Arc<AtomicBool>,
    signals: Sender<Signal>,
}

impl Watcher {
    /// Watches `folders` and all below them, links to folders included, and calls `report` for each
    /// change from a thread of its own.
    ///
    /// Returns at once. The first report asks for a rescan: from then on everything is watched, and
    /// nothing after that listing is missed. A folder that is not there is noticed when it comes.
    pub fn start(
        folders: &[PathBuf],
        report: impl Fn(Change) + Send + 'static,
    ) -> Result<Self, Failure> {
        let (signals, received) = channel();
        let watch = Watch {
            folders: folders.to_vec(),
            notify: None,
            watched: BTreeSet::new(),
            links: Links::default(),
            is_polling: Arc::default(),
        };
        let started = Self {
            is_polling: Arc::clone(&watch.is_polling),
            signals: signals.clone(),
        };
        let named = std::thread::Builder::new().name("watch".to_owned());
        let spawned = named.spawn(move || watch.begin(signals).run(&received, report));
        spawned
            .map_err(|error| Failure::new(Path::new("."), format!("cannot be watched: {error}")))?;
        Ok(started)
    }

    /// Says how changes are noticed now; it may turn from events to polling while there are too
    /// many folders.
    pub fn mode(&self) -> Mode {
        if self.is_polling.load(Ordering::Relaxed) {
            Mode::Polling
        } else {
            Mode::Events
        }
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        // A thread that has ended already needs no word.
        let _ended = self.signals.send(Signal::Stop);
    }
}

/// How often everything is looked at where no events come; with the look, a change is seen within a
/// second.
const POLL: Duration = Duration::from_millis(800);

enum Signal {
    Event(notify::Result<Event>),
    /// No event will come any more.
    Deaf,
    Stop,
}

/// Passes events on, and says when there will be none any more: the thread that listens to the
/// system drops it, whatever ends that thread.
struct Ear(Sender<Signal>);

impl Ear {
    fn hear(&self, event: notify::Result<Event>) {
        if event.as_ref().map_or(true, is_news) {
            // The thread may have ended a moment ago.
            let _ended = self.0.send(Signal::Event(event));
        }
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        let _ended = self.0.send(Signal::Deaf);
    }
}

/// What the thread owns.
struct Watch {
    folders: Vec<PathBuf>,
    /// What tells of events; none where everything is polled.
    notify: Option<Box<dyn notify::Watcher + Send>>,
    /// Every folder that is watched now.
    watched: BTreeSet<PathBuf>,
    /// What stands behind the links in them.
    links: Links,
    is_polling: Arc<AtomicBool>,
}

impl Watch {
    /// Gets ready to be told; the first report arms the watches.
    fn begin(mut self, signals: Sender<Signal>) -> Self {
        let ear = Ear(signals);
        let made = RecommendedWatcher::new(
            move |event| ear.hear(event),
            Config::default().with_follow_symlinks(false),
        );
        let is_silent = self.folders.iter().any(|folder| sends_no_events(folder));
        match made {
            Ok(notify) if !is_silent => self.notify = Some(Box::new(notify)),
            Ok(_) => self.poll_from_now("the file system sends no events"),
            Err(error) => self.poll_from_now(&error.to_string()),
        }
        self
    }

    fn poll_from_now(&mut self, reason: &str) {
        tracing::warn!(reason, "changes are found by polling");
        self.is_polling.store(true, Ordering::Relaxed);
        self.notify = None;
    }

    /// Watches every folder there is now, what stands above the topmost ones, so that they are seen
    /// when they come again, and the folders that links lead to.
    fn arm(&mut self) {
        let wanted = self.wanted();
        // What is gone goes first: a folder that was renamed is still watched under its old name,
        // and loses its watch with that.
        self.forget(self.watched.difference(&wanted).cloned().collect());
        // All are watched again, for another folder may have the name now.
        let mut new = wanted;
        // What was made in a folder before it was watched is found by listing again.
        while !new.is_empty() {
            self.watch(&new);
            self.watched.append(&mut new);
            new = self.wanted().difference(&self.watched).cloned().collect();
        }
    }

    fn wanted(&mut self) -> BTreeSet<PathBuf> {
        let mut wanted: BTreeSet<PathBuf> = self
            .folders
            .iter()
            .filter_map(|folder| nearest_above(folder))
            .collect();
        let mut links = Vec::new();
        for folder in &self.folders {
            let reach = scan::reach(folder);
            wanted.extend(reach.folders);
            links.extend(reach.links);
            links.extend(folder.is_symlink().then(|| folder.clone()));
        }
        self.links = Links::follow(&links, &wanted);
        wanted.append(&mut self.links.folders());
        wanted
    }

    fn forget(&mut self, gone: Vec<PathBuf>) {
        for folder in gone {
            if let Some(Err(error)) = self.notify.as_mut().map(|notify| notify.unwatch(&folder)) {
                tracing::debug!(folder = %folder.display(), %error, "was not watched any more");
            }
            self.watched.remove(&folder);
        }
    }

    /// Watches these folders; where that fails, everything is polled.
    fn watch(&mut self, folders: &BTreeSet<PathBuf>) {
        let Some(notify) = &mut self.notify else {
            return;
        };
        let failed = |folder: &PathBuf| match notify.watch(folder, RecursiveMode::NonRecursive) {
            Err(error) if folder.is_dir() => Some(error),
            _ => None,
        };
        if let Some(error) = folders.iter().find_map(failed) {
            self.poll_from_now(&error.to_string());
        }
    }

    fn run(mut self, signals: &Receiver<Signal>, report: impl Fn(Change)) {
        let mut coalescer = Coalescer::default();
        coalescer.take(Happening::FoldersChanged, Instant::now());
        let mut first = None;
        while self.notify.is_some() {
            // Everything that is known by now makes one report.
            for signal in first.take().into_iter().chain(signals.try_iter()) {
                match signal {
                    Signal::Event(event) => self.hear(event, &mut coalescer),
                    Signal::Deaf => self.poll_from_now("no events come any more"),
                    Signal::Stop => return,
                }
            }
            if let Some(change) = coalescer.ripe(Instant::now()) {
                if change.rescan {
                    self.arm();
                }
                report(change);
            }
            // A watch that was refused has ended the events: there is nothing to wait for.
            if self.notify.is_some() {
                let Some(signal) = next(signals, coalescer.deadline()) else {
                    return;
                };
                first = signal;
            }
        }
        self.poll(signals, report);
    }

    fn hear(&self, event: notify::Result<Event>, coalescer: &mut Coalescer) {
        for happening in self.happenings(event) {
            coalescer.take(happening, Instant::now());
        }
    }

    fn poll(&self, signals: &Receiver<Signal>, report: impl Fn(Change)) {
        let mut last = Look::take(&self.folders);
        // What changed since the events ended is not known.
        report(Change {
            paths: vec![],
            rescan: true,
        });
        while let Some(signal) = next(signals, Some(Instant::now() + POLL)) {
            if matches!(signal, Some(Signal::Stop)) {
                return;
            }
            let now = Look::take(&self.folders);
            if let Some(change) = last.changes(&now) {
                report(change);
            }
            last = now;
        }
    }

    /// Makes what notify says into what it means.
    fn happenings(&self, event: notify::Result<Event>) -> Vec<Happening> {
        let Ok(event) = event else {
            return vec![Happening::FoldersChanged];
        };
        if event.need_rescan() {
            return vec![Happening::FoldersChanged];
        }
        let happenings = event.paths.into_iter().flat_map(|path| {
            let linked = self.links.over(&path).cloned();
            let mut meant: Vec<PathBuf> = linked.collect();
            // A folder behind links may go too; what else happens in it is nobody's business.
            if concerns(&path, &self.folders) || self.watched.contains(&path) {
                meant.push(path);
            }
            meant
        });
        happenings
            .map(|path| self.happening(event.kind, path))
            .collect()
    }

    fn happening(&self, kind: EventKind, path: PathBuf) -> Happening {
        match kind {
            EventKind::Create(CreateKind::Folder) | EventKind::Remove(RemoveKind::Folder) => {
                Happening::FoldersChanged
            }
            EventKind::Modify(ModifyKind::Data(_)) => Happening::Written(path),
            _ if self.is_folder(&path) => Happening::FoldersChanged,
            EventKind::Create(_) => Happening::Written(path),
            EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(RenameMode::From)) => {
                Happening::Gone(path)
            }
            _ => Happening::Finished(path),
        }
    }

    /// Returns whether this is a folder, or was one, or stands above what is watched.
    fn is_folder(&self, path: &Path) -> bool {
        self.watched.contains(path)
            || self.folders.iter().any(|folder| folder.starts_with(path))
            || path.is_dir()
    }
}

/// Returns whether an event is more than somebody's looking: our own reading must not make us read
/// again.
fn is_news(event: &Event) -> bool {
    match event.kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        // Comes in addition to "from" and "to".
        EventKind::Modify(ModifyKind::Name(RenameMode::Both)) => false,
        _ => true,
    }
}

/// Waits for a signal; gives `Some(None)` when the deadline came first, and nothing when there will
/// be none any more.
fn next(signals: &Receiver<Signal>, deadline: Option<Instant>) -> Option<Option<Signal>> {
    let Some(deadline) = deadline else {
        return signals.recv().ok().map(Some);
    };
    match signals.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
        Ok(signal) => Some(Some(signal)),
        Err(RecvTimeoutError::Timeout) => Some(None),
        Err(RecvTimeoutError::Disconnected) => None,
    }
}

/// The nearest folder above `folder` that is there.
fn nearest_above(folder: &Path) -> Option<PathBuf> {
    folder
        .ancestors()
        .skip(1)
        .find(|above| above.is_dir())
        .map(Path::to_path_buf)
}

#[cfg(target_os = "linux")]
fn sends_no_events(folder: &Path) -> bool {
    /// Magic numbers of statfs(2): NFS, SMB, SMB2, CIFS, 9P, AFS, Ceph, VirtualBox, FUSE.
    const SILENT: [u32; 9] = [
        0x6969,
        0x517b,
        0xfe53_4d42,
        0xff53_4d42,
        0x0102_1997,
        0x5346_414f,
        0x00c3_6400,
        0x786f_4256,
        0x6573_5546,
    ];
    let there = if folder.exists() {
        Some(folder.to_path_buf())
    } else {
        nearest_above(folder)
    };
    let Some(status) = there.and_then(|there| rustix::fs::statfs(&there).ok()) else {
        return false;
    };
    SILENT
        .iter()
        .any(|magic| i128::from(status.f_type) & 0xffff_ffff == i128::from(*magic))
}

#[cfg(not(target_os = "linux"))]
fn sends_no_events(_folder: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests;
