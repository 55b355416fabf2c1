//! The finder: everything with a name in all specs, narrowed by what is typed and by kind.
//!
//! Its entries are read when it is opened and dropped when it is left. Knows neither keys nor how it
//! is drawn.

mod areas;
mod entry;
#[cfg(test)]
mod tests;

pub use areas::FinderAreas;
pub use entry::{EntryKind, EntryPlace, FinderEntry};

use std::cmp::Reverse;
use std::path::{Path, PathBuf};

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::{Jump, Prompt};

/// The finder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Finder {
    /// The line that is typed.
    pub prompt: Prompt,
    /// All that can be found so far.
    entries: Vec<FinderEntry>,
    /// The entries that are met, by their index, the best first.
    matches: Vec<usize>,
    /// The chosen one of the matches.
    pub at: usize,
    /// The first of the matches on the screen.
    pub top: usize,
    /// The kind that it is narrowed to.
    pub kind: Option<EntryKind>,
    /// The features whose documents are still to be read.
    pub missing: usize,
    /// The places that were left last, the newest first: what is listed before something is typed.
    pub recent: Vec<Jump>,
    /// What stands around the chosen one, once it was read.
    pub excerpt: Option<Excerpt>,
}

/// The lines around the place of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The file.
    pub path: PathBuf,
    /// The line of the entry, from 0.
    pub line: usize,
    /// The first line that was read, from 0.
    pub first: usize,
    /// The lines from there on.
    pub lines: Vec<String>,
}

impl Finder {
    /// Opens it over a mode, with what is known without reading.
    pub fn new(prompt: Prompt, entries: Vec<FinderEntry>, recent: Vec<Jump>) -> Self {
        let mut finder = Self {
            prompt,
            entries,
            recent,
            ..Self::default()
        };
        finder.refine();
        finder
    }

    /// Returns how many entries there are of the kind that it is narrowed to.
    pub fn count(&self) -> usize {
        let is_counted = |entry: &&FinderEntry| self.is_of_kind(entry);
        self.entries.iter().filter(is_counted).count()
    }

    /// Returns how many entries are met.
    pub fn matched(&self) -> usize {
        self.matches.len()
    }

    /// Returns the entries that are met, the best first.
    pub fn found(&self) -> impl Iterator<Item = &FinderEntry> {
        self.matches.iter().map(|index| &self.entries[*index])
    }

    /// Returns the chosen entry.
    pub fn chosen(&self) -> Option<&FinderEntry> {
        self.matches.get(self.at).map(|index| &self.entries[*index])
    }

    /// Takes in the entries of the documents of features, in the place of those that it had of them.
    /// What was chosen stays chosen.
    pub fn take(&mut self, features: &[PathBuf], entries: Vec<FinderEntry>) {
        let chosen = self.chosen().map(|entry| entry.place.clone());
        let is_read = |entry: &FinderEntry| {
            let is_of_document = !matches!(entry.kind, EntryKind::Spec | EntryKind::File);
            let feature = entry.place.feature();
            is_of_document && feature.is_some_and(|own| features.iter().any(|path| path == own))
        };
        self.entries.retain(|entry| !is_read(entry));
        self.entries.extend(entries);
        self.missing = self.missing.saturating_sub(features.len());
        self.refine();
        let index = chosen.and_then(|place| {
            let mut found = self.found();
            found.position(|entry| entry.place == place)
        });
        self.at = index.unwrap_or(0);
    }

    /// Narrows it to the next kind of which something is met, or to the one before; behind the last
    /// one to none.
    pub fn narrow(&mut self, by: isize) {
        let kinds: Vec<Option<EntryKind>> = std::iter::once(None)
            .chain(EntryKind::ALL.map(Some))
            .collect();
        let at = kinds.iter().position(|kind| *kind == self.kind);
        for step in 1..=kinds.len() {
            let to = at.unwrap_or(0) + if by < 0 { kinds.len() - step } else { step };
            self.kind = kinds[to % kinds.len()];
            self.refine();
            if !self.matches.is_empty() || self.kind.is_none() {
                return;
            }
        }
    }

    /// Chooses another match.
    pub fn step(&mut self, by: isize) {
        let last = self.matches.len().saturating_sub(1);
        self.at = self.at.saturating_add_signed(by).min(last);
    }

    /// Finds anew what is met by what is typed.
    pub fn refine(&mut self) {
        (self.at, self.top) = (0, 0);
        self.matches = if self.prompt.text().trim().is_empty() {
            self.untyped()
        } else {
            self.typed()
        };
    }

    /// Returns what is listed before something is typed: the last places, then everything in its
    /// order.
    fn untyped(&self) -> Vec<usize> {
        let mut listed: Vec<usize> = Vec::new();
        for jump in &self.recent {
            let index = self.entry_at(jump);
            listed.extend(index.filter(|index| !listed.contains(index)));
        }
        let rest = (0..self.entries.len()).filter(|index| !listed.contains(index));
        let rest: Vec<usize> = rest.collect();
        let is_listed = |index: &usize| self.is_of_kind(&self.entries[*index]);
        listed.into_iter().chain(rest).filter(is_listed).collect()
    }

    /// Returns the last item of a pane that begins at the line of a jump or above it.
    fn entry_at(&self, jump: &Jump) -> Option<usize> {
        let line = |entry: &FinderEntry| match &entry.place {
            EntryPlace::Line(feature, pane, line)
                if entry.kind != EntryKind::File
                    && (&**feature, *pane) == (jump.feature.as_path(), jump.pane) =>
            {
                (*line <= jump.position.line).then_some(*line)
            }
            _ => None,
        };
        let lines = self.entries.iter().enumerate();
        let nearest = lines
            .filter_map(|(index, entry)| Some((line(entry)?, index)))
            .max();
        nearest.map(|(_, index)| index)
    }

    /// Returns what is met by the words that are typed: the best first, and of equal ones the first.
    fn typed(&self) -> Vec<usize> {
        let (pattern, mut matcher) = (self.pattern(), matcher());
        let mut characters = Vec::new();
        let mut scored: Vec<(u32, usize)> = Vec::new();
        for (index, entry) in self.entries.iter().enumerate() {
            if !self.is_of_kind(entry) {
                continue;
            }
            let haystack = Utf32Str::new(entry.haystack(), &mut characters);
            let score = pattern.score(haystack, &mut matcher);
            scored.extend(score.map(|score| (self.weighed(entry, score), index)));
        }
        // Letters that are strewn over a sentence are met by chance.
        let best = scored.iter().map(|(score, _)| *score).max().unwrap_or(0);
        scored.retain(|(score, _)| score.saturating_mul(2) > best);
        scored.sort_by_key(|(score, index)| (Reverse(*score), *index));
        scored.into_iter().map(|(_, index)| index).collect()
    }

    /// Lets commands stand behind what is in the specs, as long as they are not asked for.
    fn weighed(&self, entry: &FinderEntry, score: u32) -> u32 {
        if entry.kind == EntryKind::Command && self.kind.is_none() {
            score / 4 * 3
        } else {
            score
        }
    }

    /// Returns the graphemes of the haystack of an entry that what is typed meets, by their index, in
    /// order.
    pub fn met(&self, entry: &FinderEntry) -> Vec<usize> {
        let mut characters = Vec::new();
        let haystack = Utf32Str::new(entry.haystack(), &mut characters);
        let mut met = Vec::new();
        self.pattern().indices(haystack, &mut matcher(), &mut met);
        let mut met: Vec<usize> = met.into_iter().map(|index| index as usize).collect();
        met.sort_unstable();
        met.dedup();
        met
    }

    fn pattern(&self) -> Pattern {
        Pattern::parse(
            self.prompt.text(),
            CaseMatching::Smart,
            Normalization::Smart,
        )
    }

    fn is_of_kind(&self, entry: &FinderEntry) -> bool {
        self.kind.is_none_or(|kind| kind == entry.kind)
    }
}

impl Excerpt {
    /// Returns whether it is of a line of a file, from 0.
    pub fn is_of(&self, path: &Path, line: usize) -> bool {
        (&*self.path, self.line) == (path, line)
    }
}

fn matcher() -> Matcher {
    Matcher::new(Config::DEFAULT)
}
