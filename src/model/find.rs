//! Finding words in what is on the screen: where they stand, which of those places the cursor is
//! on, and what comes back when the finding is left.
//!
//! Answers questions; going to a hit is for the commands.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::position::Position;
use super::{
    BoardCursor, CardKey, Findable, Form, Help, Model, OpenFile, OverviewOrder, Pane, PaneState,
    Prompt, Rendered, View,
};
use crate::prose::layout::Passage;
use crate::spec::feature::Feature;
use crate::text::{Needle, Text};

/// What is looked for, and where the cursor went last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Find {
    /// What is looked for.
    pub needle: Needle,
    /// The hit that the cursor went to last; none where there was none to go to.
    pub landed: Option<Landed>,
}

/// A hit that the cursor went to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Landed {
    /// The hit.
    pub hit: Hit,
    /// Where the cursor came to stand: that of a document goes by items, of which one may hold
    /// several hits.
    pub stood: Hit,
    /// Which one it was, from 0.
    pub index: usize,
    /// Of how many.
    pub count: usize,
}

impl Find {
    /// Makes what is looked for, before the cursor went anywhere.
    pub fn new(needle: Needle) -> Self {
        Self {
            needle,
            landed: None,
        }
    }

    /// Says which hit of how many the cursor went to; nothing where there was none.
    pub fn place(&self) -> Option<String> {
        let landed = self.landed.as_ref()?;
        Some(format!("{} of {}", landed.index + 1, landed.count))
    }
}

/// A line of text on which something to be found is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindPrompt {
    /// The line.
    pub prompt: Prompt,
    /// What was on the screen before.
    pub origin: FindOrigin,
}

/// What comes back when the line is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindOrigin {
    /// The state of the chosen pane, with what it belongs to.
    pub pane: Option<(PathBuf, Pane, PaneState)>,
    /// The cursor of the list of specs, and its folded folders.
    pub specs: (PathBuf, BTreeSet<PathBuf>),
    /// The cursor of the board.
    pub board: BoardCursor,
    /// The help screen.
    pub help: Help,
    /// What was looked for before.
    pub find: Option<Find>,
}

impl FindOrigin {
    /// Visits every position in the document of a pane.
    pub(super) fn visit(&mut self, owner: &Path, pane: Pane, visit: &mut dyn FnMut(&mut Position)) {
        if let Some((of, kept, pane_state)) = &mut self.pane
            && (of.as_path(), *kept) == (owner, pane)
        {
            pane_state.visit(pane, visit);
        }
    }
}

/// A place at which the words stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hit {
    /// A line of the document, or of the list of files.
    Line(usize),
    /// A spec, by its folder.
    Spec(PathBuf),
    /// A card.
    Card(CardKey),
    /// An entry of the help, by its group and its place there.
    Help(usize, usize),
}

impl Model {
    /// Returns what the screen is to go back to when finding is left.
    pub fn find_origin(&self) -> FindOrigin {
        FindOrigin {
            pane: self.pane_state().and_then(|pane_state| {
                let owner = self.owner_of_pane_state(self.pane)?.to_path_buf();
                Some((owner, self.pane, pane_state.clone()))
            }),
            specs: {
                let list = self.spec_list();
                (list.cursor.clone(), list.folded.clone())
            },
            board: self.board.cursor(),
            help: self.help.clone(),
            find: self.find.clone(),
        }
    }

    /// Puts back what was on the screen before something was looked for.
    pub fn restore_find(&mut self, origin: FindOrigin) {
        if let Some((owner, pane, before)) = origin.pane {
            let pane_state = self.pane_states.entry(&owner, pane);
            // What others changed in the meantime is still to be seen.
            let unread = std::mem::take(&mut pane_state.unread);
            *pane_state = PaneState { unread, ..before };
        }
        let list = self.spec_list_mut();
        (list.cursor, list.folded) = origin.specs;
        self.board.set_cursor(origin.board);
        (self.help, self.find) = (origin.help, origin.find);
    }

    /// Returns the places at which the words stand in what takes the keys, in its order.
    pub fn hits(&self, needle: &Needle) -> Vec<Hit> {
        match self.surface().findable() {
            Findable::Lines => self.open_file().zip(self.pane_state()).map_or_else(
                Vec::new,
                |(open_file, pane_state)| {
                    let form = open_file.form(pane_state);
                    let mut lines = lines_with(open_file, form, needle);
                    lines.retain(|line| !is_filtered_out(open_file, pane_state, *line));
                    lines.into_iter().map(Hit::Line).collect()
                },
            ),
            Findable::Files => self.files_with(needle),
            Findable::Specs => self.specs_with(needle),
            Findable::Cards => self.cards_with(needle),
            Findable::HelpEntries => self.help_with(needle),
            Findable::Nothing => Vec::new(),
        }
    }

    fn files_with(&self, needle: &Needle) -> Vec<Hit> {
        let files = self.file_list().map_or(&[][..], |list| &list.files);
        let name = |path: &Path| path.file_name().map(|name| name.to_owned());
        let is_met =
            |path: &Path| name(path).is_some_and(|name| needle.is_in(&name.to_string_lossy()));
        let met = files.iter().enumerate();
        met.filter(|(_, file)| is_met(&file.path))
            .map(|(index, _)| Hit::Line(index))
            .collect()
    }

    fn specs_with(&self, needle: &Needle) -> Vec<Hit> {
        let features = self.listed_features().into_iter();
        let met = features.filter(|feature| needle.is_in(feature.name()));
        met.map(|feature| Hit::Spec(feature.folder.path.clone()))
            .collect()
    }

    /// Returns the features in the order of the list that takes the keys: of a folded folder too, but
    /// for what is hidden in the overview.
    fn listed_features(&self) -> Vec<&Feature> {
        if self.view != View::Overview || self.overview.order == OverviewOrder::Name {
            return self.specs.features().iter().collect();
        }
        let rows = self.overview_rows().into_iter();
        rows.filter_map(|row| self.specs.at(&row.row.path))
            .map(|index| self.specs.feature(index))
            .collect()
    }

    fn cards_with(&self, needle: &Needle) -> Vec<Hit> {
        let columns = self.columns();
        let slots = columns.iter().flat_map(|column| &column.slots);
        let is_met = |number: Option<&str>, title: &str| {
            needle.is_in(title) || needle.is_in(number.unwrap_or_default())
        };
        let met = slots.filter(|slot| is_met(slot.card.number.as_deref(), &slot.card.title));
        met.map(|slot| Hit::Card(CardKey::of(slot))).collect()
    }

    fn help_with(&self, needle: &Needle) -> Vec<Hit> {
        let is_met = |(group, entry): &(usize, usize)| {
            let entry = self.help.entry(*group, *entry);
            entry.is_some_and(|entry| entry.is_met(needle))
        };
        let entries = self.help.order(self.size.0).into_iter();
        entries
            .filter(is_met)
            .map(|(group, entry)| Hit::Help(group, entry))
            .collect()
    }

    /// Returns everything that can be a hit beside lines, in the order of the screen.
    fn stops(&self) -> Vec<Hit> {
        match self.surface().findable() {
            Findable::Specs => {
                let features = self.listed_features().into_iter();
                features
                    .map(|feature| Hit::Spec(feature.folder.path.clone()))
                    .collect()
            }
            Findable::Cards => {
                let columns = self.columns();
                let slots = columns.iter().flat_map(|column| &column.slots);
                slots.map(|slot| Hit::Card(CardKey::of(slot))).collect()
            }
            Findable::HelpEntries => {
                let order = self.help.order(self.size.0).into_iter();
                order
                    .map(|(group, entry)| Hit::Help(group, entry))
                    .collect()
            }
            Findable::Lines | Findable::Files | Findable::Nothing => Vec::new(),
        }
    }

    /// Returns where the cursor of what takes the keys stands.
    pub fn cursor_as_hit(&self) -> Option<Hit> {
        match self.surface().findable() {
            Findable::Specs => Some(Hit::Spec(self.spec_list().cursor.clone())),
            Findable::Cards => self.board.cursor().cursor.map(Hit::Card),
            Findable::HelpEntries => Some(Hit::Help(self.help.cursor.0, self.help.cursor.1)),
            Findable::Lines | Findable::Files | Findable::Nothing => {
                Some(Hit::Line(self.pane_state()?.cursor.line))
            }
        }
    }

    /// Returns the index of the hit that the cursor is on, or else of the first one behind it.
    ///
    /// # Errors
    ///
    /// The index of the first hit behind the cursor, where it is on none.
    pub fn hit_at_cursor(&self, hits: &[Hit]) -> Result<usize, usize> {
        let Some(cursor) = self.cursor_as_hit() else {
            return Err(0);
        };
        let landed = self.find.as_ref().and_then(|find| find.landed.as_ref());
        if let Some(landed) = landed.filter(|landed| landed.stood == cursor)
            && let Some(at) = hits.iter().position(|other| *other == landed.hit)
        {
            return Ok(at);
        }
        let index = self.hits_before(hits, &cursor);
        if hits.get(index) == Some(&cursor) {
            Ok(index)
        } else {
            Err(index)
        }
    }

    /// Counts the hits before the cursor.
    fn hits_before(&self, hits: &[Hit], cursor: &Hit) -> usize {
        if let Hit::Line(line) = cursor {
            return hits.partition_point(|hit| matches!(hit, Hit::Line(other) if other < line));
        }
        let mut left = hits.iter();
        let mut next = left.next();
        let mut before = 0;
        for stop in self.stops() {
            if is_reached(&stop, cursor) {
                return before;
            }
            if next == Some(&stop) {
                before += 1;
                next = left.next();
            }
        }
        before
    }
}

/// Returns whether the cursor is at a stop: on it, or on the folder that it is the first one of.
fn is_reached(stop: &Hit, cursor: &Hit) -> bool {
    match (stop, cursor) {
        (Hit::Spec(spec), Hit::Spec(folder)) => spec.starts_with(folder),
        _ => stop == cursor,
    }
}

/// Returns the lines of a document that hold the words.
///
/// Where text is laid out, words count too between which there is markup or the end of a line.
fn lines_with(open_file: &OpenFile, form: Form<'_>, needle: &Needle) -> Vec<usize> {
    let text = &open_file.text;
    let line = |line: &usize| needle.is_in(&text.lossy(text.lines()[*line].content));
    let mut lines: Vec<usize> = open_file.lines.clone().filter(line).collect();
    if let Form::Rendered(rendered) = form {
        let laid_out = passages_with(rendered, text, needle, &lines);
        lines.extend(laid_out);
        lines.sort_unstable();
    }
    lines
}

/// Returns whether a filter hides the item in which a line stands.
fn is_filtered_out(open_file: &OpenFile, pane_state: &PaneState, line: usize) -> bool {
    let item = || Some(open_file.tasks.items[open_file.tasks.around_line(line)?].line);
    pane_state.narrowed.is_some() && pane_state.is_filtered_out(item().unwrap_or(line))
}

/// Returns the lines at which passages begin whose words are met only once they are laid out:
/// `found` are the lines that are met as they are written.
fn passages_with(rendered: &Rendered, text: &Text, needle: &Needle, found: &[usize]) -> Vec<usize> {
    let words: Vec<Needle> = needle
        .query()
        .split(|letter: char| !letter.is_alphanumeric())
        .filter_map(Needle::of)
        .collect();
    // One word is met where it is written.
    if words.len() < 2 {
        return Vec::new();
    }
    let is_met = |passage: &Passage| {
        let behind = found.partition_point(|line| *line < passage.lines.start);
        let is_found = found
            .get(behind)
            .is_some_and(|line| passage.lines.contains(line));
        let written = text.lossy(passage.span);
        !is_found
            && words.iter().all(|word| word.is_in(&written))
            && rendered
                .words(text, passage)
                .is_some_and(|words| needle.is_in(&words))
    };
    let passages = rendered.passages().map(|(passage, _)| passage);
    let met = passages.filter(|passage| is_met(passage));
    met.map(|passage| passage.lines.start).collect()
}
