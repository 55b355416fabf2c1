//! A board without terminal and disk: files are texts in memory, and what the board orders is
//! carried out at once.

use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};

use ratatui::style::{Color, Modifier, Style};
use specboard::command::parse_keys;
use specboard::model::{Board, Effect, Key, Message, Settings, Write};
use specboard::text::{Text, width};
use specboard::update::{count_open, settle};

use crate::harness::drawn;
use crate::memory::{Memory, summary};

/// The board.
pub(crate) struct Desk {
    memory: Memory,
}

impl Deref for Desk {
    type Target = Memory;

    fn deref(&self) -> &Memory {
        &self.memory
    }
}

impl DerefMut for Desk {
    fn deref_mut(&mut self) -> &mut Memory {
        &mut self.memory
    }
}

impl Desk {
    /// Opens the first of the features given by name and task list.
    pub(crate) fn new(features: &[(&str, &str)], size: (u16, u16)) -> Self {
        Self::with(features, size, Settings::default())
    }

    pub(crate) fn with(features: &[(&str, &str)], size: (u16, u16), settings: Settings) -> Self {
        let mut memory = Memory::new("/harbour", features, size, settings);
        let features = memory.model.specs.features().to_vec();
        for (index, feature) in features.iter().enumerate() {
            let open_file = memory.open_file(feature);
            *memory.model.specs.summary_mut(index) = open_file
                .map(|open_file| summary(feature, open_file))
                .unwrap_or_default();
        }
        if let Some(first) = features.first() {
            memory.model.open_files = memory.open_files(first);
            count_open(&mut memory.model);
        }
        settle(&mut memory.model);
        Self { memory }
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

    /// Returns the writes that were ordered so far.
    pub(crate) fn writes(&self) -> Vec<&Write> {
        let writes = self.effects.iter().filter_map(|effect| match effect {
            Effect::Write(write) => Some(&**write),
            _ => None,
        });
        writes.collect()
    }

    /// Writes a task list as another program would.
    pub(crate) fn change(&mut self, name: &str, source: &str) {
        let path = path_of(name);
        self.disk.files.insert(path.clone(), Text::new(source));
        self.tell(Message::Changed(vec![path]));
    }

    pub(crate) fn source(&self, name: &str) -> String {
        String::from_utf8(self.disk.files[&path_of(name)].bytes().to_vec()).unwrap()
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

    pub(crate) fn buffer(&self) -> ratatui::buffer::Buffer {
        drawn(&self.model)
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

fn path_of(name: &str) -> PathBuf {
    Path::new("/harbour/.kiro/specs")
        .join(name)
        .join("tasks.md")
}
