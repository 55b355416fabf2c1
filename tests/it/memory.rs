//! A board whose files are texts in memory: what it orders is planned and answered by the code that
//! the threads run, on this thread and on those texts.
//!
//! Only task lists are there. Knows no keys and draws nothing.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};

use specboard::model::{
    Answer, Cards, Effect, Job, Message, Model, OpenFile, OpenFiles, Pane, Settings, Summary,
    Unwritten, Write,
};
use specboard::runtime::{Decide, Disk, carry_out_on};
use specboard::spec::feature::Feature;
use specboard::spec::workspace::Workspace;
use specboard::store::{DocumentFile, DocumentKind, Folder, Root};
use specboard::text::Text;
use specboard::update::update;

/// Texts by their paths.
#[derive(Default)]
pub(crate) struct MemoryDisk {
    pub(crate) files: BTreeMap<PathBuf, Text>,
}

impl Disk for MemoryDisk {
    fn read(&self, path: &Path) -> Result<Text, Unwritten> {
        let gone = || Unwritten::Failed(format!("{} is gone", path.display()));
        self.files.get(path).cloned().ok_or_else(gone)
    }

    fn replace(&mut self, path: &Path, decide: Decide<'_>) -> Result<(Text, Text), Unwritten> {
        let before = self.read(path)?;
        let edit = decide(&before).map_err(Unwritten::from)?;
        let after = edit.apply(&before);
        self.files.insert(path.to_path_buf(), after.clone());
        Ok((before, after))
    }

    fn make(&mut self, path: &Path, text: &Text) -> Result<bool, Unwritten> {
        if self.files.contains_key(path) {
            return Ok(false);
        }
        self.files.insert(path.to_path_buf(), text.clone());
        Ok(true)
    }

    fn unmake(&mut self, path: &Path, text: &Text) -> Result<bool, Unwritten> {
        let is_same = self.files.get(path) == Some(text);
        if is_same {
            self.files.remove(path);
        }
        Ok(is_same)
    }
}

/// The model, what stands on the disk, and what was ordered.
pub(crate) struct Memory {
    pub(crate) model: Model,
    pub(crate) disk: MemoryDisk,
    /// Whether writes wait until [`Memory::write`].
    pub(crate) holds_writes: bool,
    /// Writes that were ordered and not carried out yet.
    pub(crate) ordered: VecDeque<Write>,
    /// All orders since the start.
    pub(crate) effects: Vec<Effect>,
}

impl Memory {
    /// Makes a board over the folder `dir`, with a spec for each name and task list.
    pub(crate) fn new(
        dir: &str,
        plans: &[(&str, &str)],
        size: (u16, u16),
        settings: Settings,
    ) -> Self {
        let root = Root {
            name: Path::new(dir).file_name().unwrap().display().to_string(),
            dir: dir.into(),
            specs: Path::new(dir).join(".kiro/specs"),
        };
        let path = |name: &str| root.specs.join(name).join("tasks.md");
        let files = plans
            .iter()
            .map(|(name, text)| (path(name), Text::new(*text)));
        let disk = MemoryDisk {
            files: files.collect(),
        };
        let features = plans.iter().map(|(name, _)| feature(&root.specs, name));
        let workspace = Workspace {
            features: features.collect(),
            roots: vec![root],
            problems: vec![],
        };
        Self {
            model: Model::new(workspace, settings, size),
            disk,
            holds_writes: false,
            ordered: VecDeque::new(),
            effects: Vec::new(),
        }
    }

    /// Opens a spec.
    pub(crate) fn open(&mut self, index: usize) {
        let folder = &self.model.specs.feature(index).folder;
        self.model.sidebar.cursor = folder.path.clone();
        let open = self.model.ask_to_open(index);
        self.perform(vec![open]);
    }

    /// Says that something happened, and carries out what follows from it.
    pub(crate) fn tell(&mut self, message: Message) {
        let effects = update(&mut self.model, message);
        self.perform(effects);
    }

    /// Carries out all writes that are ordered.
    pub(crate) fn write(&mut self) {
        while let Some(write) = self.ordered.pop_front() {
            self.carry_out(&write);
        }
    }

    /// Carries out one write.
    pub(crate) fn carry_out(&mut self, write: &Write) {
        let outcome = carry_out_on(write, &mut self.disk);
        self.tell(Message::Written(Box::new(outcome)));
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            self.effects.push(effect.clone());
            match effect {
                Effect::Write(write) => self.ordered.push_back(*write),
                Effect::Ask(ticket, job) => {
                    if let Some(answer) = self.answer(&job) {
                        self.tell(Message::Answered(ticket, answer));
                    }
                }
                _ => {}
            }
            if !self.holds_writes {
                self.write();
            }
        }
    }

    fn answer(&self, job: &Job) -> Option<Answer> {
        match job {
            Job::Open(feature, _) => Some(Answer::Opened(Box::new(self.open_files(feature)))),
            Job::LoadCards(features) => {
                let loaded = features.iter().map(|(feature, _)| self.load(feature));
                Some(Answer::CardsLoaded(loaded.collect()))
            }
            _ => None,
        }
    }

    /// Returns the task list of a spec.
    pub(crate) fn open_file(&self, feature: &Feature) -> Option<OpenFile> {
        let file = feature.task_file()?;
        let text = self.disk.files.get(&file.path)?.clone();
        Some(OpenFile::of(Pane::Tasks, file.clone(), text, None))
    }

    /// Returns the documents of a spec.
    pub(crate) fn open_files(&self, feature: &Feature) -> OpenFiles {
        let tasks = self.open_file(feature);
        OpenFiles {
            feature: Some(feature.folder.path.clone()),
            by_pane: tasks
                .into_iter()
                .map(|file| (Pane::Tasks, Ok(file)))
                .collect(),
            ..OpenFiles::default()
        }
    }

    fn load(&self, feature: &Feature) -> (PathBuf, Option<Cards>, Summary) {
        let path = feature.folder.path.clone();
        let Some(file) = self.open_file(feature) else {
            return (path, None, Summary::default());
        };
        let cards = Cards::of(path.clone(), file.file.clone(), &file.text, &file.tasks);
        (path, Some(cards), summary(feature, file))
    }
}

/// Returns what is known of a spec with a task list.
pub(crate) fn summary(feature: &Feature, open_file: OpenFile) -> Summary {
    Summary::of_open_file(feature, Some(&Ok(open_file)))
}

fn feature(specs: &Path, name: &str) -> Feature {
    let path = specs.join(name);
    let documents = vec![DocumentFile {
        kind: DocumentKind::Tasks,
        path: path.join("tasks.md"),
    }];
    let folder = Folder {
        name: name.to_owned(),
        path,
        documents,
        other_files: vec![],
        archived: name.starts_with("archive/"),
        problems: vec![],
    };
    Feature { root: 0, folder }
}
