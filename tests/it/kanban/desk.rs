//! A board without terminal and disk: files are texts in memory, and what the board orders is
//! carried out at once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::{Color, Modifier, Style};
use specboard::command::parse_keys;
use specboard::model::{
    Answer, Board, Cards, Done, Effect, Job, Key, Message, Model, OpenFile, OpenFiles, Outcome,
    Pane, Settings, Summary, Unwritten, Write,
};
use specboard::spec::feature::Feature;
use specboard::spec::workspace::Workspace;
use specboard::store::{DocumentFile, DocumentKind, Folder, Root};
use specboard::text::{Text, width};
use specboard::update::{count_open, settle, update};
use specboard::view::view;

/// The board, the files, and what was ordered.
pub(crate) struct Desk {
    pub(crate) model: Model,
    texts: BTreeMap<PathBuf, Text>,
    pub(crate) writes: Vec<Write>,
    /// Whether writes wait until they are let go.
    pub(crate) holds_writes: bool,
}

impl Desk {
    /// Opens the first of the features given by name and task list.
    pub(crate) fn new(features: &[(&str, &str)], size: (u16, u16)) -> Self {
        Self::with(features, size, Settings::default())
    }

    pub(crate) fn with(features: &[(&str, &str)], size: (u16, u16), settings: Settings) -> Self {
        let root = Root {
            name: "harbour".to_owned(),
            dir: "/harbour".into(),
            specs: "/harbour/.kiro/specs".into(),
        };
        let texts = features
            .iter()
            .map(|(name, source)| (file_of(name).path, Text::new(*source)))
            .collect();
        let features = features.iter().map(|(name, _)| feature(name)).collect();
        let workspace = Workspace {
            roots: vec![root],
            features,
            problems: vec![],
        };
        let model = Model::new(workspace, settings, size);
        let mut desk = Self {
            model,
            texts,
            writes: Vec::new(),
            holds_writes: false,
        };
        for index in 0..desk.model.workspace.features.len() {
            let feature = desk.model.workspace.features[index].clone();
            desk.model.summaries[index] = desk
                .open_file(&feature)
                .map(|open_file| summary(&open_file))
                .unwrap_or_default();
        }
        if let Some(first) = desk.model.workspace.features.first().cloned() {
            desk.model.open_files = desk.open_files(&first);
            count_open(&mut desk.model);
        }
        settle(&mut desk.model);
        desk
    }

    /// Presses keys, in the notation of the key table.
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        for key in parse_keys(keys) {
            self.press_key(key);
        }
        self
    }

    pub(crate) fn press_key(&mut self, key: Key) {
        self.tell(Message::Pressed(key));
    }

    /// Tells the board something, and carries out what it orders.
    pub(crate) fn tell(&mut self, message: Message) {
        let effects = update(&mut self.model, message);
        for effect in effects {
            self.perform(effect);
        }
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Write(write) => {
                self.writes.push(*write.clone());
                if !self.holds_writes {
                    self.write(*write);
                }
            }
            Effect::Ask(ticket, Job::Open(feature, _)) => {
                let open_files = Answer::Opened(Box::new(self.open_files(&feature)));
                self.tell(Message::Answered(ticket, open_files));
            }
            Effect::Ask(ticket, Job::LoadCards(features)) => {
                let dealt = features
                    .iter()
                    .map(|(feature, _)| self.load(feature))
                    .collect();
                self.tell(Message::Answered(ticket, Answer::CardsLoaded(dealt)));
            }
            _ => {}
        }
    }

    /// Carries out a write that was held.
    pub(crate) fn write(&mut self, write: Write) {
        let text = &self.texts[&write.file.path];
        let result = write
            .change
            .plan(write.file.kind, text)
            .map_err(|refusal| Unwritten::Refused(refusal.to_string()))
            .map(|plan| {
                let after = plan.edit.apply(text);
                Done {
                    lines: plan.marked.iter().map(|marked| marked.task.line).collect(),
                    after,
                    marked: plan.marked,
                    inverse: plan.inverse,
                }
            });
        if let Ok(done) = &result {
            self.texts
                .insert(write.file.path.clone(), done.after.clone());
        }
        self.tell(Message::Written(Box::new(Outcome { write, result })));
    }

    /// Writes a task list as another program would.
    pub(crate) fn change(&mut self, name: &str, source: &str) {
        let path = file_of(name).path;
        self.texts.insert(path.clone(), Text::new(source));
        self.tell(Message::Changed(vec![path]));
    }

    pub(crate) fn source(&self, name: &str) -> String {
        String::from_utf8(self.texts[&file_of(name).path].bytes().to_vec()).unwrap()
    }

    fn open_file(&self, feature: &Feature) -> Option<OpenFile> {
        let file = feature.task_file()?;
        Some(OpenFile::of(
            Pane::Tasks,
            file.clone(),
            self.texts.get(&file.path)?.clone(),
            None,
        ))
    }

    fn open_files(&self, feature: &Feature) -> OpenFiles {
        let open_files = self
            .open_file(feature)
            .map(|open_file| (Pane::Tasks, Ok(open_file)))
            .into_iter()
            .collect();
        OpenFiles {
            feature: Some(feature.folder.path.clone()),
            by_pane: open_files,
            ..OpenFiles::default()
        }
    }

    fn load(&self, feature: &Feature) -> (PathBuf, Option<Cards>, Summary) {
        let path = feature.folder.path.clone();
        let open_file = self.open_file(feature);
        let cards = open_file.as_ref().map(|open_file| {
            Cards::of(
                path.clone(),
                open_file.file.clone(),
                &open_file.text,
                &open_file.tasks,
            )
        });
        (
            path,
            cards,
            open_file.as_ref().map(summary).unwrap_or_default(),
        )
    }

    pub(crate) fn board(&self) -> &Board {
        &self.model.board
    }

    /// Names the card under the cursor with the glyph of its column.
    pub(crate) fn cursor(&self) -> String {
        let Some((_, card)) = self.board().card() else {
            return "none".to_owned();
        };
        let glyph = specboard::markdown::marker_for(self.board().cursor().state).ascii;
        format!("{glyph} {}", card.number.as_deref().unwrap_or(&card.title))
    }

    /// Draws the columns as one line each.
    pub(crate) fn columns(&self) -> Vec<String> {
        let columns = self.model.columns();
        let name = |slot: &specboard::model::Slot<'_>| {
            slot.card
                .number
                .clone()
                .unwrap_or_else(|| slot.card.title.clone())
        };
        let draw = |column: &specboard::model::Column<'_>| {
            let names: Vec<String> = column.slots.iter().map(name).collect();
            format!(
                "{} {}",
                specboard::markdown::marker_for(column.state).ascii,
                names.join(" ")
            )
            .trim_end()
            .to_owned()
        };
        columns.iter().map(draw).collect()
    }

    /// Returns the screen as text, without blanks at the ends of lines.
    pub(crate) fn screen(&self) -> String {
        let buffer = self.buffer();
        let line = |y: u16| {
            let (mut cells, mut x) = (String::new(), 0);
            while x < buffer.area.width {
                let symbol = buffer[(x, y)].symbol();
                cells.push_str(symbol);
                x += u16::try_from(width(symbol)).unwrap().max(1);
            }
            cells.trim_end().to_owned()
        };
        (0..buffer.area.height)
            .map(line)
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// Returns the screen, and below it the runs of cells that have a style, by line and column.
    pub(crate) fn styled_screen(&self) -> String {
        let buffer = self.buffer();
        let mut out = format!("{}\n\nstyles", self.screen());
        for y in 0..buffer.area.height {
            let mut runs = Vec::new();
            let mut x = 0;
            while x < buffer.area.width {
                let style = word_of(buffer[(x, y)].style());
                let end = (x..buffer.area.width)
                    .find(|next| word_of(buffer[(*next, y)].style()) != style)
                    .unwrap_or(buffer.area.width);
                if !style.is_empty() {
                    runs.push(format!("{x}-{} {style}", end - 1));
                }
                x = end;
            }
            if !runs.is_empty() {
                out.push_str(&format!("\n{y:>2}: {}", runs.join(", ")));
            }
        }
        out
    }

    fn buffer(&self) -> ratatui::buffer::Buffer {
        let (columns, rows) = self.model.size;
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        terminal
            .draw(|frame| view(&self.model, frame.buffer_mut()))
            .unwrap();
        terminal.backend().buffer().clone()
    }
}

fn word_of(style: Style) -> String {
    let mut words = Vec::new();
    if let Some(colour) = style.fg.filter(|colour| *colour != Color::Reset) {
        words.push(colour.to_string().to_lowercase());
    }
    for (modifier, word) in [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "dim"),
        (Modifier::REVERSED, "reversed"),
    ] {
        words.extend(
            style
                .add_modifier
                .contains(modifier)
                .then(|| word.to_owned()),
        );
    }
    words.join(" ")
}

fn file_of(name: &str) -> DocumentFile {
    DocumentFile {
        kind: DocumentKind::Tasks,
        path: Path::new("/harbour/.kiro/specs")
            .join(name)
            .join("tasks.md"),
    }
}

fn feature(name: &str) -> Feature {
    let path = Path::new("/harbour/.kiro/specs").join(name);
    let documents = vec![file_of(name)];
    Feature {
        root: 0,
        folder: Folder {
            name: name.to_owned(),
            path,
            documents,
            other_files: vec![],
            archived: false,
            problems: vec![],
        },
    }
}

fn summary(open_file: &OpenFile) -> Summary {
    let progress = specboard::spec::progress::Progress::of(&open_file.tasks);
    Summary {
        counted: true,
        progress: Some(progress),
        ..Summary::default()
    }
}
