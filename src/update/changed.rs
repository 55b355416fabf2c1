//! Changes on disk: which files to read again, and what became of the list of features.

use std::path::{Path, PathBuf};

use super::board;
use super::opened;
use crate::model::{Effect, Model, Pane, Reach, Sheets, Summary};
use crate::spec::feature::Feature;
use crate::spec::workspace::Workspace;
use crate::store::Version;

/// Orders what must be read again after files changed.
pub(super) fn change(model: &mut Model, paths: &[PathBuf], folders: bool) -> Vec<Effect> {
    let mut effects = Vec::new();
    if folders || paths.iter().any(|path| !is_known(model, path)) {
        effects.push(Effect::List);
    }
    effects.extend(reopen(model, paths));
    let touched = |feature: &Feature| feature.task_file().is_some_and(|file| paths.contains(&file.path));
    effects.extend(count(model, touched));
    effects
}

/// Says whether a path is a document in the list and still there to be read; otherwise the list itself may have changed.
fn is_known(model: &Model, path: &Path) -> bool {
    model.workspace.features.iter().any(|feature| feature.folder.documents.iter().any(|file| file.path == path))
}

/// Orders the open feature's documents if one of them is among the paths.
fn reopen(model: &Model, paths: &[PathBuf]) -> Option<Effect> {
    let feature = model.shown_feature()?;
    feature.folder.documents.iter().any(|file| paths.contains(&file.path)).then(|| Effect::Open(Box::new(feature.clone()), versions(model)))
}

/// Gives the versions of the sheets that are open.
fn versions(model: &Model) -> Vec<(Pane, Version)> {
    let sheets = model.sheets.sheets.iter();
    sheets.filter_map(|(pane, sheet)| Some((*pane, sheet.as_ref().ok()?.version?))).collect()
}

/// Orders the counting of all features that `is_wanted` says, but for the open one, which is counted from its sheet. Their cards are read with
/// it where they are on the screen.
fn count(model: &Model, is_wanted: impl Fn(&Feature) -> bool) -> Option<Effect> {
    let shown = model.shown();
    let features = model.workspace.features.iter().zip(&model.summaries).enumerate();
    let wanted: Vec<(Feature, Option<Version>)> = features
        .filter(|(index, (feature, _))| Some(*index) != shown && is_wanted(feature))
        .map(|(_, (feature, summary))| (feature.clone(), summary.version))
        .collect();
    let order = if model.board.reach == Some(Reach::All) { Effect::Deal } else { Effect::Count };
    (!wanted.is_empty()).then(|| order(wanted))
}

/// Takes in a new list of features. What is known of those that stayed is kept.
pub(super) fn list(model: &mut Model, workspace: Workspace) -> Vec<Effect> {
    let before = std::mem::replace(&mut model.workspace, workspace);
    let known = std::mem::take(&mut model.summaries);
    let mut known: Vec<(Feature, Summary)> = before.features.into_iter().zip(known).collect();
    model.summaries = model.workspace.features.iter().map(|feature| keep(&mut known, feature)).collect();
    board::prune(model);
    let mut effects = close_vanished(model);
    let uncounted: Vec<PathBuf> = model
        .workspace
        .features
        .iter()
        .zip(&model.summaries)
        .filter(|(_, summary)| !summary.counted)
        .map(|(feature, _)| feature.folder.path.clone())
        .collect();
    effects.extend(count(model, |feature| uncounted.contains(&feature.folder.path)));
    if let Some(feature) = model.shown_feature() {
        effects.push(Effect::Open(Box::new(feature.clone()), versions(model)));
    }
    opened::tell_problems(model);
    effects
}

/// Gives what was known of a feature whose documents are still the same ones.
fn keep(known: &mut Vec<(Feature, Summary)>, feature: &Feature) -> Summary {
    let same = |(old, _): &(Feature, Summary)| old.folder.path == feature.folder.path && old.task_file() == feature.task_file();
    let kept = known.iter().position(same).map(|index| known.swap_remove(index).1);
    kept.unwrap_or_else(|| Summary::of(feature))
}

/// Leaves the open feature when it is gone, for the one that now stands in its place in the list.
fn close_vanished(model: &mut Model) -> Vec<Effect> {
    let Some(path) = model.sheets.feature.clone().filter(|path| model.feature_at(path).is_none()) else { return Vec::new() };
    model.sheets = Sheets::default();
    model.notices.say(format!("{} is gone", path.file_name().unwrap_or_default().to_string_lossy()));
    let next = model.workspace.features.iter().find(|feature| feature.folder.path >= path).or(model.workspace.features.last());
    let Some(next) = next else { return Vec::new() };
    model.sidebar.cursor = next.folder.path.clone();
    vec![Effect::Open(Box::new(next.clone()), Vec::new())]
}
