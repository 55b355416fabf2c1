//! The finder after a message: what was read for it, and what is to be read where the keys rest.

use std::path::PathBuf;

use crate::command::ask_for_entries;
use crate::model::{
    Deadline, Effect, EntryPlace, Excerpt, Finder, FinderAreas, FinderEntry, Job, Mode, Model, Pane,
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

/// Takes in what stands around a place.
pub(super) fn take_excerpt(model: &mut Model, excerpt: Excerpt) -> Vec<Effect> {
    if let Mode::Finder(finder) = &mut model.mode {
        finder.excerpt = Some(excerpt);
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
    if !matches!(model.mode, Mode::Finder(_)) {
        return Vec::new();
    }
    let features = model.specs.features().iter();
    let is_touched = |path: &PathBuf| paths.is_empty() || paths.contains(path);
    let touched = features
        .filter(|feature| feature.documents().any(|file| is_touched(&file.path)))
        .cloned()
        .collect();
    ask_for_entries(model, touched)
}

/// Scrolls so that the chosen match can be seen.
pub(super) fn settle(finder: &mut Finder, size: (u16, u16)) {
    let height = usize::from(FinderAreas::of(size).list.height).max(1);
    let least = (finder.at + 1).saturating_sub(height);
    finder.top = finder.top.clamp(least, finder.at.max(least));
}

impl Model {
    /// Returns the file and the line of what is chosen in the finder.
    pub fn finder_place(&self) -> Option<(PathBuf, usize)> {
        let Mode::Finder(finder) = &self.mode else {
            return None;
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
