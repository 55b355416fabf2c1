//! What the board shows first where no earlier visit and no path says it: a task in progress, else
//! an open one of the spec that was changed last, else the list of specs.

use super::reader::read_documents;
use crate::markdown::{State, Weight};
use crate::model::{Focus, Model, OpenFiles, Pane, SpecOrder, Summary};
use crate::spec::feature::Feature;
use crate::store::version;
use crate::update::count_open;

/// How far the times of files are apart, in seconds, before they say anything: those of a fresh
/// clone are not, and mean nothing.
const SPREAD: i64 = 60;

/// Opens the tasks of the feature that is shown first, with the cursor on one that waits. Where no
/// feature has more to say than the others the list gets the focus, the open ones first.
pub(super) fn open(model: &mut Model) {
    let chosen = in_progress(model).or_else(|| {
        let index = changed_last(model).or_else(|| first_listed(model))?;
        let tasks = read_documents(&model.workspace.features[index], &[Pane::Tasks]);
        Some((index, tasks))
    });
    let Some((index, tasks)) = chosen else {
        return;
    };
    model.choose_pane(Pane::Tasks);
    model.sidebar.cursor = model.workspace.features[index].folder.path.clone();
    model.open_files = tasks;
    read_partners(model, index);
    model.find_again();
    count_open(model);
    stand_on_task(model);
}

/// Reads the documents that stand beside the tasks.
fn read_partners(model: &mut Model, index: usize) {
    let partners: Vec<Pane> = model
        .layout()
        .areas()
        .map(|area| area.pane)
        .filter(|pane| *pane != Pane::Tasks)
        .collect();
    if partners.is_empty() {
        return;
    }
    let read = read_documents(&model.workspace.features[index], &partners);
    model.open_files.by_pane.extend(read.by_pane);
    model.open_files.link();
}

/// Gives the list the focus where there is more than one feature, and finds the first in it.
fn first_listed(model: &mut Model) -> Option<usize> {
    if model.workspace.features.len() > 1 {
        model.focus = Focus::Sidebar;
        model.sidebar.order = Some(SpecOrder::OpenFirst);
    }
    let rows = model.sidebar_rows();
    rows.iter().find_map(|row| model.feature_at(&row.path))
}

/// Finds the first feature in the order of the list that has a task in progress, and its tasks.
/// Counts the tasks up to there; archived features are left out.
fn in_progress(model: &mut Model) -> Option<(usize, OpenFiles)> {
    for (index, feature) in model.workspace.features.iter().enumerate() {
        let tasks = read_documents(feature, &[Pane::Tasks]);
        let summary = Summary::of_open_file(feature, tasks.result(Pane::Tasks));
        let is_begun = summary.progress.is_some_and(|progress| progress.doing > 0);
        // The rest of a summary is left to the thread that counts them all.
        model.summaries[index].progress = summary.progress;
        if is_begun && !feature.folder.archived {
            return Some((index, tasks));
        }
    }
    None
}

/// Finds the feature that was written to last among those with open tasks, where the times of the
/// files tell one from the other.
fn changed_last(model: &Model) -> Option<usize> {
    let features = model.workspace.features.iter().enumerate();
    let times: Vec<(usize, (i64, i64))> = features
        .filter(|(_, feature)| !feature.folder.archived)
        .filter_map(|(index, feature)| Some((index, changed(feature)?)))
        .collect();
    let seconds = || times.iter().map(|(_, (seconds, _))| *seconds);
    if seconds().max()? - seconds().min()? <= SPREAD {
        return None;
    }
    let is_open = |index: usize| {
        let progress = model.summaries[index].progress;
        progress.is_some_and(|progress| progress.state() != State::Done)
    };
    times
        .into_iter()
        .filter(|(index, _)| is_open(*index))
        .max_by_key(|(index, time)| (*time, usize::MAX - index))
        .map(|(index, _)| index)
}

/// Returns the time of the last write to a document of a feature.
fn changed(feature: &Feature) -> Option<(i64, i64)> {
    let versions = feature
        .documents()
        .filter_map(|file| version(&file.path).ok());
    versions.map(|version| version.modified()).max()
}

/// Puts the cursor onto the first task in progress, else onto the first open one. A place that is
/// remembered stays.
fn stand_on_task(model: &mut Model) {
    let Some(feature) = model.open_files.feature.clone() else {
        return;
    };
    let is_remembered = model.pane_states.of(&feature, Pane::Tasks).is_some();
    let Some(open_file) = model.open_files.of(Pane::Tasks).filter(|_| !is_remembered) else {
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
