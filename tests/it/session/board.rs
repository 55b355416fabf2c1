//! A board whose files are in memory: keys go in, orders are carried out as the threads would, and
//! the screen can be looked at.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Style;
use specboard::command::parse_keys;
use specboard::model::{
    Answer, Done, Effect, Job, Message, Model, OpenFile, OpenFiles, Outcome, Pane, Settings,
    Unwritten, Write,
};
use specboard::spec::feature::Feature;
use specboard::spec::workspace::Workspace;
use specboard::store::{DocumentFile, DocumentKind, Folder, Root};
use specboard::text::Text;
use specboard::update::update;
use specboard::view::view;

/// A plan with two levels, a star, and parents that are nearly done.
pub(crate) const PLAN: &str = "\
# Implementation Plan

- [ ] 1. Set up the store
  - [x] 1.1 Create the tables
    - One table for users
    - _Requirements: 1.1, 1.2_
  - [ ] 1.2 Import the users
    - _Requirements: 1.3_
  - [ ]* 1.3 Write property tests
- [-] 2. Sign in
  - [x] 2.1 Check the password
  - [-] 2.2 Limit the attempts
    - _Requirements: 2.4_
- [ ]* 3. Measure
  - [ ] 3.1 Count the requests
- [x] 4. Final checkpoint
";

/// A short one for a second spec.
pub(crate) const OTHER: &str = "- [ ] 1. Only task\n";

/// The board.
pub(crate) struct Board {
    pub(crate) model: Model,
    /// What stands on disk.
    pub(crate) files: BTreeMap<PathBuf, Text>,
    /// Writes that were ordered and not carried out yet.
    pub(crate) ordered: VecDeque<Write>,
    /// All orders since the start.
    pub(crate) effects: Vec<Effect>,
}

impl Board {
    /// Makes a board of the size, with a feature for each text; the first is open.
    pub(crate) fn new(size: (u16, u16), plans: &[(&str, &str)]) -> Self {
        Self::with(Settings::default(), size, plans)
    }

    /// Makes a board of 120x36 with the usual two plans.
    pub(crate) fn usual() -> Self {
        Self::new((120, 36), &[("sign-in", PLAN), ("other", OTHER)])
    }

    /// Makes a board with settings.
    pub(crate) fn with(settings: Settings, size: (u16, u16), plans: &[(&str, &str)]) -> Self {
        let root = Root {
            name: ".".to_owned(),
            dir: "/shop".into(),
            specs: "/shop/.kiro/specs".into(),
        };
        let features: Vec<Feature> = plans
            .iter()
            .map(|(name, _)| feature(&root.specs, name))
            .collect();
        let files = plans
            .iter()
            .map(|(name, text)| (task_path(&root.specs, name), Text::new(*text)))
            .collect();
        let workspace = Workspace {
            roots: vec![root],
            features,
            problems: vec![],
        };
        let model = Model::new(workspace, settings, size);
        let mut board = Self {
            model,
            files,
            ordered: VecDeque::new(),
            effects: Vec::new(),
        };
        board.open(0);
        board
    }

    /// Opens a feature.
    pub(crate) fn open(&mut self, index: usize) {
        let folder = &self.model.workspace.features[index].folder;
        self.model.sidebar.cursor = folder.path.clone();
        let open = self.model.ask_to_open(index);
        self.perform(vec![open]);
    }

    /// Presses keys, with blanks between; carries out what is ordered after each.
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        for key in parse_keys(keys) {
            self.tell(Message::Pressed(key));
            self.write();
        }
        self
    }

    /// Presses keys while the disk is slow: nothing that is ordered is carried out.
    pub(crate) fn press_ahead(&mut self, keys: &str) -> &mut Self {
        for key in parse_keys(keys) {
            self.tell(Message::Pressed(key));
        }
        self
    }

    /// Types text, letter by letter.
    pub(crate) fn type_in(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            let notation = if letter == ' ' {
                "space".to_owned()
            } else {
                letter.to_string()
            };
            self.press(&notation);
        }
        self
    }

    /// Says that something happened.
    pub(crate) fn tell(&mut self, message: Message) {
        let effects = update(&mut self.model, message);
        self.perform(effects);
    }

    /// Carries out all writes that are ordered.
    pub(crate) fn write(&mut self) {
        while let Some(write) = self.ordered.pop_front() {
            self.carry_out(write);
        }
    }

    /// Carries out one write.
    pub(crate) fn carry_out(&mut self, write: Write) {
        let text = &self.files[&write.file.path];
        let result = match write.change.plan(write.file.kind, text) {
            Ok(plan) => {
                let (after, inverse) = (plan.edit.apply(text), plan.edit.invert(text));
                self.files.insert(write.file.path.clone(), after.clone());
                let lines = inverse
                    .splices()
                    .iter()
                    .map(|splice| after.line_at(splice.span.start))
                    .collect();
                Ok(Done {
                    after,
                    lines,
                    marked: plan.marked,
                    inverse: plan.inverse,
                })
            }
            Err(refusal) => Err(Unwritten::Refused(refusal.to_string())),
        };
        self.tell(Message::Written(Box::new(Outcome { write, result })));
    }

    /// Changes the open plan as another program would, and lets the board read it.
    pub(crate) fn change_outside(&mut self, from: &str, to: &str) {
        let feature = self.model.shown_feature().unwrap().clone();
        let path = feature.task_file().unwrap().path.clone();
        let text = self.text();
        assert!(text.contains(from), "{from}");
        self.files.insert(path, Text::new(text.replace(from, to)));
        let open = self.model.ask_to_open(self.model.shown().unwrap());
        self.perform(vec![open]);
    }

    /// Returns what stands on disk of the open plan.
    pub(crate) fn text(&self) -> String {
        let path = &self
            .model
            .shown_feature()
            .unwrap()
            .task_file()
            .unwrap()
            .path;
        String::from_utf8(self.files[path].bytes().to_vec()).unwrap()
    }

    /// Returns the lines of the open plan that differ from `before`.
    pub(crate) fn changed(&self, before: &str) -> Vec<String> {
        let (text, before) = (self.text(), before.to_owned());
        assert_eq!(text.lines().count(), before.lines().count());
        text.lines()
            .zip(before.lines())
            .filter(|(after, before)| after != before)
            .map(|(after, _)| after.trim().to_owned())
            .collect()
    }

    /// Returns the message in the footer.
    pub(crate) fn said(&self) -> &str {
        self.model
            .notices
            .current
            .as_ref()
            .map_or("", |notice| &notice.text)
    }

    /// Returns the number or the title of the task under the cursor.
    pub(crate) fn task(&self) -> String {
        let Some(index) = self.model.task_at_cursor() else {
            return String::new();
        };
        let task = &self.model.open_file().unwrap().tasks.items[index];
        task.number.clone().unwrap_or_else(|| task.title.clone())
    }

    /// Counts the writes that were ordered since the start.
    pub(crate) fn writes(&self) -> usize {
        self.effects
            .iter()
            .filter(|effect| matches!(effect, Effect::Write(_)))
            .count()
    }

    /// Draws the screen: its text, then every run of cells with a style of its own.
    pub(crate) fn screen(&self) -> String {
        let buffer = self.draw();
        let rows = (0..buffer.area.height).map(|row| text_of(&buffer, row));
        let runs = (0..buffer.area.height).flat_map(|row| runs_of(&buffer, row));
        rows.chain(["-- styles".to_owned()])
            .chain(runs)
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// Draws the text of the last row.
    pub(crate) fn footer(&self) -> String {
        let buffer = self.draw();
        text_of(&buffer, buffer.area.height - 1)
    }

    /// Draws the model.
    pub(crate) fn draw(&self) -> Buffer {
        let (columns, rows) = self.model.size;
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        terminal
            .draw(|frame| view(&self.model, frame.buffer_mut()))
            .unwrap();
        terminal.backend().buffer().clone()
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match &effect {
                Effect::Write(write) => self.ordered.push_back((**write).clone()),
                Effect::Ask(ticket, Job::Open(feature, _)) => {
                    let open_files = Answer::Opened(Box::new(self.read(feature)));
                    self.tell(Message::Answered(*ticket, open_files));
                }
                _ => {}
            }
            self.effects.push(effect);
        }
    }

    fn read(&self, feature: &Feature) -> OpenFiles {
        let file = feature.task_file().unwrap();
        let open_file = OpenFile::of(
            Pane::Tasks,
            file.clone(),
            self.files[&file.path].clone(),
            None,
        );
        OpenFiles {
            feature: Some(feature.folder.path.clone()),
            by_pane: vec![(Pane::Tasks, Ok(open_file))],
            ..OpenFiles::default()
        }
    }
}

fn task_path(specs: &Path, name: &str) -> PathBuf {
    specs.join(name).join("tasks.md")
}

fn feature(specs: &Path, name: &str) -> Feature {
    let documents = vec![DocumentFile {
        kind: DocumentKind::Tasks,
        path: task_path(specs, name),
    }];
    let folder = Folder {
        name: name.to_owned(),
        path: specs.join(name),
        documents,
        other_files: vec![],
        archived: false,
        problems: vec![],
    };
    Feature { root: 0, folder }
}

fn text_of(buffer: &Buffer, row: u16) -> String {
    let text: String = (0..buffer.area.width)
        .map(|column| buffer[(column, row)].symbol())
        .collect();
    text.trim_end().to_owned()
}

/// Returns the runs of a row as `row:columns style`.
fn runs_of(buffer: &Buffer, row: u16) -> Vec<String> {
    let style = |cell: &Cell| Style {
        underline_color: None,
        ..cell.style()
    };
    let plain = style(&Cell::EMPTY);
    let mut runs = Vec::new();
    let mut start = 0;
    for column in 1..=buffer.area.width {
        let of = style(&buffer[(start, row)]);
        if column < buffer.area.width && style(&buffer[(column, row)]) == of {
            continue;
        }
        if of != plain {
            let modifier = if of.add_modifier.is_empty() {
                String::new()
            } else {
                format!(" {:?}", of.add_modifier)
            };
            runs.push(format!(
                "{}:{}-{} {:?}{modifier}",
                row + 1,
                start + 1,
                column,
                of.fg.unwrap_or_default()
            ));
        }
        start = column;
    }
    runs
}
