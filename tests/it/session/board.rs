//! A board whose files are in memory: keys go in, and the screen can be looked at.

use std::ops::{Deref, DerefMut};
use std::path::PathBuf;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Style;
use specboard::command::parse_keys;
use specboard::model::{Effect, Message, Settings};
use specboard::text::Text;

use crate::harness::drawn;
use crate::memory::Memory;

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
    memory: Memory,
}

impl Deref for Board {
    type Target = Memory;

    fn deref(&self) -> &Memory {
        &self.memory
    }
}

impl DerefMut for Board {
    fn deref_mut(&mut self) -> &mut Memory {
        &mut self.memory
    }
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
        let mut memory = Memory::new("/shop", plans, size, settings);
        memory.holds_writes = true;
        memory.open(0);
        Self { memory }
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

    /// Changes the open plan as another program would, and lets the board read it.
    pub(crate) fn change_outside(&mut self, from: &str, to: &str) {
        let text = self.text();
        assert!(text.contains(from), "{from}");
        let path = self.path();
        let changed = Text::new(text.replace(from, to));
        self.disk.files.insert(path, changed);
        let shown = self.model.shown().unwrap();
        self.open(shown);
    }

    fn path(&self) -> PathBuf {
        let feature = self.model.shown_feature().unwrap();
        feature.task_file().unwrap().path.clone()
    }

    /// Returns what stands on disk of the open plan.
    pub(crate) fn text(&self) -> String {
        let text = &self.disk.files[&self.path()];
        String::from_utf8(text.bytes().to_vec()).unwrap()
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
        drawn(&self.model)
    }
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
