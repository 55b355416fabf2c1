//! What the board shows first where no earlier visit and no path says it: a task in progress, else
//! an open one of the spec that was changed last, else the list of specs.
//!
//! Chosen from the figures of the features. Where there are too many to be looked into before the
//! first frame, the choice waits until they are counted, unless a key is pressed before.

use crate::markdown::{State, Weight};
use crate::model::{Effect, FirstChoice, Focus, MANY_SPECS, Mode, Model, Pane, SpecOrder, View};

/// How far the times of files are apart, in seconds, before they say anything: those of a fresh
/// clone are not, and mean nothing.
const SPREAD: i64 = 60;

/// Chooses the feature that is shown first, and stands on it in the list. Where no feature has more
/// to say than the others the list gets the focus, the open ones first.
pub fn choose(model: &mut Model) -> Option<usize> {
    let chosen = in_progress(model).or_else(|| changed_last(model));
    let is_listed = chosen.is_none() && model.specs.features().len() > 1;
    if is_listed && model.settings.order.is_none() {
        model.sidebar.order = Some(SpecOrder::OpenFirst);
    }
    model.focus = if is_listed {
        Focus::Sidebar
    } else {
        Focus::Content
    };
    if model.specs.len() > MANY_SPECS && in_progress(model).is_none() {
        model.view = View::Overview;
    }
    let index = chosen.or_else(|| first_listed(model))?;
    Some(stand_on_feature(model, index))
}

/// Leaves the choice until all features are counted. Returns the one that is shown until then: the
/// first in the list, which has the focus.
pub fn wait(model: &mut Model) -> Option<usize> {
    model.first_choice = FirstChoice::Waiting;
    model.focus = Focus::Sidebar;
    let index = first_listed(model)?;
    Some(stand_on_feature(model, index))
}

/// Makes the choice that waited, once all features are counted.
pub(super) fn decide(model: &mut Model) -> Option<Effect> {
    let is_due = model.first_choice == FirstChoice::Waiting
        && model
            .specs
            .summaries()
            .iter()
            .all(|summary| summary.counted);
    if !is_due {
        return None;
    }
    model.first_choice = FirstChoice::Made;
    if model.mode != Mode::Normal {
        return None;
    }
    let index = choose(model)?;
    let folder = model.specs.feature(index).folder.path.clone();
    if model.wanted_feature() == Some(&folder) {
        return None;
    }
    model.first_choice = FirstChoice::Opening(folder);
    Some(model.ask_to_open(index))
}

/// Stands on a task of the feature that was chosen, once its documents are there.
pub(super) fn arrive(model: &mut Model) {
    let FirstChoice::Opening(folder) = &model.first_choice else {
        return;
    };
    if model.open_files.feature.as_ref() == Some(folder) {
        stand_on_task(model);
    }
    model.first_choice = FirstChoice::Made;
}

/// Stands on a feature in the list, with its tasks as the chosen pane.
fn stand_on_feature(model: &mut Model, index: usize) -> usize {
    model.choose_pane(Pane::Tasks);
    model.sidebar.cursor = model.specs.feature(index).folder.path.clone();
    index
}

/// Finds the first feature in the list.
fn first_listed(model: &Model) -> Option<usize> {
    let rows = model.sidebar_rows();
    rows.iter().find_map(|row| model.specs.at(&row.path))
}

/// Finds the first feature in the order of the workspace that is known to have a task in progress;
/// archived ones are left out.
pub fn in_progress(model: &Model) -> Option<usize> {
    let mut specs = model.specs.entries();
    specs.position(|spec| {
        let progress = spec.summary.progress;
        progress.is_some_and(|progress| progress.doing > 0) && !spec.feature.folder.archived
    })
}

/// Finds the feature that was written to last among those with open tasks, where the times of the
/// files tell one from the other.
fn changed_last(model: &Model) -> Option<usize> {
    let specs = model.specs.entries();
    let times: Vec<(usize, (i64, i64))> = specs
        .filter(|spec| !spec.feature.folder.archived)
        .filter_map(|spec| Some((spec.index, spec.summary.written?)))
        .collect();
    let seconds = || times.iter().map(|(_, (seconds, _))| *seconds);
    if seconds().max()? - seconds().min()? <= SPREAD {
        return None;
    }
    let is_open = |index: usize| {
        let progress = model.specs.summary(index).progress;
        progress.is_some_and(|progress| progress.state() != State::Done)
    };
    times
        .into_iter()
        .filter(|(index, _)| is_open(*index))
        .max_by_key(|(index, time)| (*time, usize::MAX - index))
        .map(|(index, _)| index)
}

/// Puts the cursor onto the first task in progress, else onto the first open one. A place that is
/// remembered stays.
pub fn stand_on_task(model: &mut Model) {
    let Some(feature) = model.open_files.feature.clone() else {
        return;
    };
    if model.pane_states.of(&feature, Pane::Tasks).is_some() {
        return;
    }
    let Some(open_file) = model.open_files.of(Pane::Tasks) else {
        return;
    };
    let tasks = &open_file.tasks.items;
    let begun = tasks
        .iter()
        .find(|task| task.state.marker().weight == Weight::Begun);
    let open = tasks
        .iter()
        .find(|task| task.counted && task.state != State::Done);
    if let Some(task) = begun.or(open) {
        let line = task.line;
        model.pane_states.entry(&feature, Pane::Tasks).go_to(line);
    }
}
