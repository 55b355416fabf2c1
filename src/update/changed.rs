//! Changes on disk: which files to read again, and what became of the list of features.

use std::path::{Path, PathBuf};

use super::board;
use super::files;
use super::finder;
use super::opened;
use crate::model::{BoardScope, Effect, Job, Model, OpenFiles, Pane, SpecEntry, Summary};
use crate::spec::feature::Feature;
use crate::spec::workspace::Workspace;
use crate::store::Version;

/// Orders what must be read again after files changed: what is on the screen first, then the list,
/// for a file may also have come or gone.
///
/// Without paths it is not known what changed: every file that was read is compared with its version
/// on disk. What was not read yet is the list's affair.
pub(super) fn change(model: &mut Model, paths: &[PathBuf]) -> Vec<Effect> {
    files::outdate(model, paths);
    model.overview.outdate(paths);
    let touched = |spec: SpecEntry<'_>| {
        if paths.is_empty() {
            return spec.summary.counted;
        }
        let mut documents = spec.feature.documents();
        documents.any(|file| paths.contains(&file.path))
    };
    let mut effects: Vec<Effect> = reopen(model, paths).into_iter().collect();
    effects.extend(count(model, touched));
    effects.extend(finder::change(model, paths));
    effects.push(model.ask(Job::List));
    effects
}

/// Orders the documents of the feature that is shown, or is going to be, if one of them is among
/// the paths; without paths once they are all known.
fn reopen(model: &mut Model, paths: &[PathBuf]) -> Option<Effect> {
    let index = model.specs.at(model.wanted_feature()?)?;
    let is_touched = if paths.is_empty() {
        model.jobs.opening().is_some() || is_whole(model)
    } else {
        let feature = model.specs.feature(index);
        let shown = Pane::with_file().filter_map(|pane| pane.file(feature));
        let mut shown = shown.chain(feature.criteria_file_beside().cloned());
        shown.any(|file| paths.contains(&file.path))
    };
    is_touched.then(|| read_again(model, index))
}

/// Orders the documents of a feature, but for the versions of it that are on the screen.
fn read_again(model: &mut Model, index: usize) -> Effect {
    let feature = model.specs.feature(index).clone();
    let known = if model.open_files.feature.as_ref() == Some(&feature.folder.path) {
        versions(model)
    } else {
        Vec::new()
    };
    model.ask(Job::Open(Box::new(feature), known))
}

/// Returns the versions of the open files that are open.
fn versions(model: &Model) -> Vec<(Pane, Version)> {
    let open_files = model.open_files.by_pane.iter();
    open_files
        .filter_map(|(pane, open_file)| Some((*pane, open_file.as_ref().ok()?.version?)))
        .collect()
}

/// Orders the counting of all features that `is_wanted` says, but for the open one, which is
/// counted from its open file. Their cards are read with it where they are on the screen.
fn count(model: &mut Model, is_wanted: impl Fn(SpecEntry<'_>) -> bool) -> Option<Effect> {
    let shown = model.shown();
    let wanted: Vec<(Feature, Vec<Version>)> = model
        .specs
        .entries()
        .filter(|spec| Some(spec.index) != shown && is_wanted(*spec))
        .map(|spec| (spec.feature.clone(), spec.summary.documents.clone()))
        .collect();
    let order = if model.board.scope == Some(BoardScope::All) {
        Job::LoadCards
    } else {
        Job::Count
    };
    (!wanted.is_empty()).then(|| model.ask(order(wanted)))
}

/// Takes in a new list of features. What is known of those that stayed is kept.
pub(super) fn list(model: &mut Model, mut workspace: Workspace) -> Vec<Effect> {
    keep_edited(model, &mut workspace);
    let is_first = model.specs.is_empty();
    let is_counted = || model.specs.entries().all(|spec| spec.summary.counted);
    if workspace == *model.specs.workspace() && is_counted() && is_whole(model) {
        return Vec::new();
    }
    model.files.ordered_list = None;
    model
        .specs
        .replace(workspace, |known, feature| keep(known, feature, is_first));
    board::prune(model);
    close_vanished(model);
    let mut effects: Vec<Effect> = open_again(model).into_iter().collect();
    let is_opening = !effects.is_empty();
    effects.extend(count(model, |spec| !spec.summary.counted));
    if !is_opening {
        effects.extend(read_wanted(model));
    }
    opened::tell_problems(model);
    effects
}

/// Orders the documents of the feature that is going to be shown; where that one is gone, of the
/// one that is on the screen.
fn read_wanted(model: &mut Model) -> Option<Effect> {
    let wanted = model.wanted_feature().and_then(|path| model.specs.at(path));
    if wanted.is_none() {
        model.jobs.forget_documents();
    }
    let index = wanted.or_else(|| model.shown())?;
    Some(read_again(model, index))
}

/// Returns whether every document of the open feature was read: the first frame has only one.
fn is_whole(model: &Model) -> bool {
    let is_read = |feature: &Feature| {
        Pane::with_file()
            .all(|pane| pane.file(feature).is_none() || model.open_files.result(pane).is_some())
    };
    model.shown_feature().is_some_and(is_read)
}

/// Returns what was known of a feature whose documents are still the same ones. One that has come
/// is unread.
fn keep(known: Option<(Feature, Summary)>, feature: &Feature, is_first: bool) -> Summary {
    let has_come = known.is_none() && !is_first;
    match known {
        Some((before, summary)) if before.folder == feature.folder => summary,
        _ => Summary {
            unread: has_come,
            ..Summary::of(feature)
        },
    }
}

/// Leaves a feature that is gone in the list, with no documents, for as long as text of it is being
/// typed, decided about or written: its editor stays where it is.
fn keep_edited(model: &mut Model, workspace: &mut Workspace) {
    model.holds_deleted = false;
    let Some(folder) = model.edited_folder().map(Path::to_path_buf) else {
        return;
    };
    let is_there = |feature: &Feature| feature.folder.path == folder;
    let Some(index) = model.specs.at(&folder) else {
        return;
    };
    let mut feature = model.specs.feature(index).clone();
    if workspace.features.iter().any(is_there) || feature.root >= workspace.roots.len() {
        return;
    }
    feature.folder.documents.clear();
    feature.folder.other_files.clear();
    let at = index.min(workspace.features.len());
    workspace.features.insert(at, feature);
    model.holds_deleted = true;
}

/// Orders the list again once nothing is typed any more in a feature that is gone.
pub(super) fn release_edited(model: &mut Model) -> Option<Effect> {
    if !model.holds_deleted || model.edited_folder().is_some() {
        return None;
    }
    model.holds_deleted = false;
    Some(model.ask(Job::List))
}

/// Leaves the open feature when it is gone, and remembers it: it may come back, as when another
/// branch is looked at.
fn close_vanished(model: &mut Model) {
    let Some(path) = model
        .open_files
        .feature
        .clone()
        .filter(|path| model.specs.at(path).is_none())
    else {
        return;
    };
    model.close_file();
    model.leave_documents();
    model.open_files = OpenFiles::default();
    model.jobs.forget_documents();
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let has_draft = model.kept.iter().any(|editor| editor.feature == path);
    model.lost.get_or_insert(path);
    model.notices.say(if has_draft {
        format!("{name} is gone; specboard drafts lists what you typed")
    } else {
        format!("{name} is gone")
    });
}

/// Opens a feature where none is open: the one that was lost, else the one that stands in its place
/// in the list.
fn open_again(model: &mut Model) -> Option<Effect> {
    let lost = model.lost.clone();
    let is_back = lost
        .as_deref()
        .is_some_and(|path| model.specs.at(path).is_some());
    if is_back {
        model.lost = None;
        model.notices.clear();
    } else if model.open_files.feature.is_some() {
        return None;
    }
    let features = model.specs.features();
    let wanted = lost.as_ref().unwrap_or(&model.sidebar.cursor);
    let next = features
        .iter()
        .position(|feature| feature.folder.path >= *wanted)
        .or(features.len().checked_sub(1))?;
    model.sidebar.cursor = features[next].folder.path.clone();
    Some(model.ask_to_open(next))
}
