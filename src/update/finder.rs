//! The finder after a message: what was read for it, and what is to be read where the keys rest.

use std::path::PathBuf;

use crate::command::{ask_for_entries, search};
use crate::model::{
    Deadline, Effect, EntryPlace, Excerpt, FinderAreas, FinderEntry, FoundLines, Job, Mode, Model,
    Pane, SearchRow,
};

/// Takes in what can be found in the documents of some features, while the finder is open.
pub(super) fn take(
    model: &mut Model,
    folders: &[PathBuf],
    entries: Vec<FinderEntry>,
) -> Vec<Effect> {
    let Mode::Finder(finder) = &mut model.mode else {
        return Vec::new();
    };
    let before = finder.chosen().map(|entry| entry.place.clone());
    finder.take(folders, entries);
    if finder.chosen().map(|entry| &entry.place) == before.as_ref() {
        return Vec::new();
    }
    vec![Effect::Wait(Deadline::Rest)]
}

/// Takes in the lines that hold what was typed into the search, while that is open.
pub(super) fn take_lines(model: &mut Model, found: FoundLines) -> Vec<Effect> {
    let Mode::Search(search) = &mut model.mode else {
        return Vec::new();
    };
    search.take(found);
    vec![Effect::Wait(Deadline::Rest)]
}

/// Takes in what stands around a place.
pub(super) fn take_excerpt(model: &mut Model, excerpt: Excerpt) -> Vec<Effect> {
    match &mut model.mode {
        Mode::Finder(finder) => finder.excerpt = Some(excerpt),
        Mode::Search(search) => search.excerpt = Some(excerpt),
        _ => {}
    }
    Vec::new()
}

/// Orders what stands around the chosen place, where it is shown.
pub(super) fn rest(model: &mut Model) -> Vec<Effect> {
    if FinderAreas::of(model.size).excerpt.is_none() {
        return Vec::new();
    }
    let Some((path, line)) = model.finder_place() else {
        return Vec::new();
    };
    vec![model.ask(Job::ReadExcerpt(path, line))]
}

/// Orders the entries of the features of which documents changed, while the finder is open; without
/// paths of all.
pub(super) fn change(model: &mut Model, paths: &[PathBuf]) -> Vec<Effect> {
    match model.mode {
        Mode::Finder(_) => {}
        Mode::Search(_) => return search(model),
        _ => return Vec::new(),
    }
    let features = model.specs.features().iter();
    let is_touched = |path: &PathBuf| paths.is_empty() || paths.contains(path);
    let touched = features
        .filter(|feature| feature.documents().any(|file| is_touched(&file.path)))
        .cloned()
        .collect();
    ask_for_entries(model, touched)
}

/// Scrolls so that the chosen match can be seen, in the search with the name of its spec above it.
pub(super) fn settle(model: &mut Model) {
    let height = usize::from(FinderAreas::of(model.size).list.height).max(1);
    match &mut model.mode {
        Mode::Finder(finder) => finder.top = scrolled(finder.top, finder.at, finder.at, height),
        Mode::Search(search) => {
            let rows = search.rows();
            let at = rows
                .iter()
                .position(|row| *row == SearchRow::Line(search.at));
            let at = at.unwrap_or(0);
            let first = match at.checked_sub(1).map(|above| rows[above]) {
                Some(SearchRow::Spec(_)) => at - 1,
                _ => at,
            };
            search.top = scrolled(search.top, first, at, height);
        }
        _ => {}
    }
}

/// Returns the first row on a screen of some rows on which those from `first` to `last` are seen.
fn scrolled(top: usize, first: usize, last: usize, height: usize) -> usize {
    let least = (last + 1).saturating_sub(height);
    top.clamp(least, first.max(least))
}

impl Model {
    /// Returns the file and the line of what is chosen in the finder, or in the search.
    pub fn finder_place(&self) -> Option<(PathBuf, usize)> {
        let finder = match &self.mode {
            Mode::Finder(finder) => finder,
            Mode::Search(search) => {
                let chosen = search.chosen()?;
                return Some((chosen.path.clone(), chosen.line));
            }
            _ => return None,
        };
        let place = &finder.chosen()?.place;
        let file = |pane: Pane| {
            let index = self.specs.at(place.feature()?)?;
            Some(pane.file(self.specs.feature(index))?.path)
        };
        match place {
            EntryPlace::Spec(_) => Some((file(Pane::Tasks)?, 0)),
            EntryPlace::Line(_, pane, line) => Some((file(*pane)?, *line)),
            EntryPlace::File(_, path) => Some((path.clone(), 0)),
            EntryPlace::Command(_) => None,
        }
    }
}
