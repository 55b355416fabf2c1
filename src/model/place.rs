//! Cursor, scroll and folds: one place for each pane of each feature, kept in lines of the source
//! so that it can follow a change.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::{Pane, Row, TraceSection};
use crate::text::{LineMap, Text};

/// How the tasks of a list are arranged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Turn {
    /// As the file has them.
    #[default]
    Tree,
    /// By what can be done together.
    Waves,
}

/// Where a reader is in one document.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Place {
    /// The section of the trace that the cursor is in; the first one in all other panes.
    pub section: TraceSection,
    /// The line under the cursor, from 0.
    pub cursor: usize,
    /// The row under the cursor among those that its line is wrapped to: above 0 only inside what
    /// is higher than the screen, and on the heading of a group of tasks.
    pub part: usize,
    /// The first row on the screen.
    pub top: usize,
    /// The lines of folded tasks and headings.
    pub folded: BTreeSet<usize>,
    /// The indices of folded groups of tasks.
    pub folded_waves: BTreeSet<usize>,
    /// The lines of tasks whose details are open.
    pub opened: BTreeSet<usize>,
    /// The lines of items that others changed and that were not seen yet. Not remembered: what
    /// changes while the board is away is not known.
    #[serde(skip)]
    pub unread: BTreeSet<usize>,
    /// Whether tasks are hidden that are done with all below them.
    pub hides_finished: bool,
    /// How tasks are arranged.
    pub turn: Turn,
    /// Whether the source is shown where there is a laid-out form of it.
    pub shows_source: bool,
    /// What tells the line under the cursor from others, since the document was left: it finds the
    /// line again where that has moved meanwhile.
    pub anchor: Option<u64>,
    /// How many columns of the lines that are cut are scrolled out at the left.
    /// Of the trace: how many columns of the matrix are.
    pub left: usize,
    /// The line of the task whose column of the trace is chosen, from 0.
    pub column: usize,
    /// Whether the trace shows only the criteria that are not covered as they should be.
    pub shows_gaps: bool,
}

impl Place {
    /// Puts the cursor on the first row of a line.
    pub fn go_to(&mut self, line: usize) {
        (self.cursor, self.part) = (line, 0);
    }

    /// Puts the cursor on a row.
    pub fn stand_on(&mut self, row: Row) {
        (self.section, self.cursor, self.part) = row.key();
    }

    /// Returns whether the cursor is on the heading of a group of tasks, whose line is that of a
    /// task.
    pub fn is_on_wave(&self) -> bool {
        self.turn == Turn::Waves && self.part > 0
    }

    /// Returns where the cursor is among the rows of its pane: but for tasks by waves they are
    /// sorted by this.
    pub fn key(&self) -> (TraceSection, usize, usize) {
        (self.section, self.cursor, self.part)
    }

    /// Returns whether the cursor is on a row.
    pub fn is_at(&self, row: Row) -> bool {
        row.is_place() && row.key() == self.key()
    }

    /// Remembers what the line under the cursor says, before the document is left.
    pub fn leave(&mut self, text: &Text) {
        self.anchor = digest(text, self.cursor);
    }

    /// Finds the line again that was under the cursor when the document was left: the nearest that
    /// says the same.
    pub fn find_again(&mut self, text: &Text) {
        let Some(anchor) = self.anchor.take() else {
            return;
        };
        let is_same = |line: &usize| digest(text, *line) == Some(anchor);
        let nearest = (0..text.lines().len())
            .filter(is_same)
            .min_by_key(|line| line.abs_diff(self.cursor));
        let moved = nearest.unwrap_or(self.cursor);
        self.top = (self.top + moved).saturating_sub(self.cursor);
        self.cursor = moved;
    }

    /// Carries the place over a change of the text.
    pub fn follow(&mut self, map: &LineMap) {
        self.cursor = map.line(self.cursor);
        self.folded = self.folded.iter().map(|line| map.line(*line)).collect();
        self.opened = self.opened.iter().map(|line| map.line(*line)).collect();
        self.unread = self.unread.iter().map(|line| map.line(*line)).collect();
    }

    /// Carries a place in the trace over a change of the text of `pane`.
    pub fn follow_in_trace(&mut self, pane: Pane, map: &LineMap) {
        if self.section.pane() == pane {
            self.cursor = map.line(self.cursor);
        }
        if pane == Pane::Tasks {
            self.column = map.line(self.column);
        }
    }
}

/// Returns a number that tells what a line says from what others say. It is the same in every run
/// of the program.
pub fn digest(text: &Text, line: usize) -> Option<u64> {
    let content = text.slice(text.lines().get(line)?.content).trim_ascii();
    // FNV-1a, for the standard hasher may be another one in the next version.
    Some(content.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
    }))
}

/// The places of all panes of all features that were visited. A file that was open in the Files
/// pane has one as a feature has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    places: HashMap<PathBuf, HashMap<Pane, Place>>,
}

impl Places {
    /// Returns the place in a pane of the feature in the folder `feature`.
    pub fn of(&self, feature: &Path, pane: Pane) -> Option<&Place> {
        self.places.get(feature)?.get(&pane)
    }

    /// Returns all places in the panes of a feature.
    pub fn of_feature(&self, feature: &Path) -> impl Iterator<Item = &Place> {
        self.places
            .get(feature)
            .into_iter()
            .flat_map(|panes| panes.values())
    }

    /// Counts the items of all panes that others changed and that were not seen yet.
    pub fn unread(&self) -> usize {
        self.iter().map(|(.., place)| place.unread.len()).sum()
    }

    /// Returns all places, in no order that means anything.
    pub fn iter(&self) -> impl Iterator<Item = (&Path, Pane, &Place)> {
        self.places.iter().flat_map(|(feature, panes)| {
            panes
                .iter()
                .map(|(pane, place)| (feature.as_path(), *pane, place))
        })
    }

    /// Returns the place in a pane of the feature in the folder `feature`, made at its start where
    /// there is none.
    pub fn entry(&mut self, feature: &Path, pane: Pane) -> &mut Place {
        if !self.places.contains_key(feature) {
            self.places.insert(feature.to_path_buf(), HashMap::new());
        }
        self.places
            .entry(feature.to_path_buf())
            .or_default()
            .entry(pane)
            .or_default()
    }
}
