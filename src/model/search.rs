//! The search: every line of all specs that holds what is typed, grouped by spec.
//!
//! Its lines are read for each thing that is typed, and dropped when it is left. Knows neither keys
//! nor how it is drawn.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Excerpt, Prompt};
use crate::text::Needle;

/// The search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// The line that is typed.
    pub prompt: Prompt,
    /// What was found of what was typed last.
    pub found: FoundLines,
    /// Whether the lines for what is typed now are still to come.
    pub is_reading: bool,
    /// The chosen line.
    pub at: usize,
    /// The first row on the screen.
    pub top: usize,
    /// What stands around the chosen line, once it was read.
    pub excerpt: Option<Excerpt>,
}

/// The lines that hold some words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundLines {
    /// The words; none before any.
    pub needle: Option<Needle>,
    /// The lines, spec by spec; of very many only the first.
    pub lines: Vec<FoundIn>,
    /// How many there are in each spec that has one, with its name.
    pub specs: Vec<(String, usize)>,
    /// How many specs were searched.
    pub searched: usize,
}

/// A line that holds the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundIn {
    /// The index of its spec among those that have one.
    pub spec: usize,
    /// The folder of its spec.
    pub feature: Arc<Path>,
    /// Its file.
    pub path: PathBuf,
    /// Its index in the file, from 0.
    pub line: usize,
    /// What it says.
    pub text: String,
}

/// A row of the search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchRow {
    /// The name of a spec, by its index among those that have a line.
    Spec(usize),
    /// A line, by its index.
    Line(usize),
}

impl Search {
    /// The most lines that are kept.
    pub const MOST: usize = 5000;

    /// Opens it over a mode.
    pub fn new(prompt: Prompt) -> Self {
        Self {
            prompt,
            ..Self::default()
        }
    }

    /// Returns what is looked for now; none where nothing is typed.
    pub fn needle(&self) -> Option<Needle> {
        Needle::of(self.prompt.text().trim())
    }

    /// Takes in what was found, if it is for what is typed now.
    pub fn take(&mut self, found: FoundLines) {
        if found.needle != self.needle() {
            return;
        }
        self.is_reading = false;
        let chosen = self.chosen().map(|line| (line.path.clone(), line.line));
        let is_same = found.needle == self.found.needle;
        self.found = found;
        let again = chosen.and_then(|(path, line)| {
            let mut lines = self.found.lines.iter();
            lines.position(|found| (&found.path, found.line) == (&path, line))
        });
        let kept = if is_same { again } else { None };
        (self.at, self.top) = (kept.unwrap_or(0), 0);
    }

    /// Returns how many lines there are in all specs.
    pub fn count(&self) -> usize {
        self.found.specs.iter().map(|(_, count)| count).sum()
    }

    /// Returns the rows: each spec with its lines below it.
    pub fn rows(&self) -> Vec<SearchRow> {
        let mut rows = Vec::with_capacity(self.found.lines.len());
        let mut spec = None;
        for (index, line) in self.found.lines.iter().enumerate() {
            if spec != Some(line.spec) {
                spec = Some(line.spec);
                rows.push(SearchRow::Spec(line.spec));
            }
            rows.push(SearchRow::Line(index));
        }
        rows
    }

    /// Returns the chosen line.
    pub fn chosen(&self) -> Option<&FoundIn> {
        self.found.lines.get(self.at)
    }

    /// Chooses another line.
    pub fn step(&mut self, by: isize) {
        let last = self.found.lines.len().saturating_sub(1);
        self.at = self.at.saturating_add_signed(by).min(last);
    }

    /// Chooses the first line of the next file, or of the one before.
    pub fn step_file(&mut self, by: isize) {
        let lines = &self.found.lines;
        let Some(chosen) = self.chosen() else {
            return;
        };
        let begins = |at: &usize| *at == 0 || lines[*at - 1].path != lines[*at].path;
        let to = if by > 0 {
            (self.at + 1..lines.len()).find(begins)
        } else {
            let first = (0..=self.at).rfind(|at| begins(at) && lines[*at].path == chosen.path);
            let first = first.unwrap_or(0);
            if first < self.at {
                Some(first)
            } else {
                (0..first).rfind(begins)
            }
        };
        self.at = to.unwrap_or(self.at);
    }
}
