//! The Files pane after a message: what is to be read for it while it is shown, and what was read.

use std::path::{Path, PathBuf};

use super::opened::{self, Trust};
use crate::command::{list_files, reveal, reveal_line};
use crate::model::{
    Deadline, Effect, FileList, Followed, Job, Model, OpenFile, Pane, Position, View,
};
use crate::prose::links::FileLink;
use crate::store::{Failure, real_path};

/// Orders what the pane on the screen lacks: nothing is read for one that is not shown.
pub(super) fn order(model: &mut Model) -> Vec<Effect> {
    if (model.view, model.pane) != (View::Main, Pane::Files) {
        return Vec::new();
    }
    let Some(feature) = model.shown_feature().cloned() else {
        return Vec::new();
    };
    let mut effects = Vec::new();
    if model.files.ordered_list.as_ref() != Some(&feature.folder.path) {
        model.files.ordered_list = Some(feature.folder.path.clone());
        effects.push(model.ask(Job::ListFiles(Box::new(feature))));
    }
    if model.files.ordered_file != model.files.open {
        model.files.ordered_file = model.files.open.clone();
        let file = model.files.open.clone().map(Job::ReadFile);
        effects.extend(file.map(|job| model.ask(job)));
    }
    effects
}

/// Marks as outdated what may differ after files changed; without paths that is everything.
pub(super) fn outdate(model: &mut Model, paths: &[PathBuf]) {
    if paths.is_empty() || paths.iter().any(|path| is_listed_here(model, path)) {
        model.files.ordered_list = None;
    }
    if paths.is_empty()
        || model
            .files
            .open
            .as_ref()
            .is_some_and(|open| paths.contains(open))
    {
        model.files.ordered_file = None;
    }
}

/// Returns whether a file would stand in the list of the open feature.
fn is_listed_here(model: &Model, path: &Path) -> bool {
    let Some(feature) = model.shown_feature() else {
        return false;
    };
    path.starts_with(&feature.folder.path)
        || path.starts_with(model.specs.workspace().root_of(feature).steering())
}

/// Takes in a list: the cursor stays on its file, and what is new or differs is unread.
pub(super) fn take_list(model: &mut Model, mut list: FileList) -> Vec<Effect> {
    if model.open_files.feature.as_ref() != Some(&list.feature) {
        return Vec::new();
    }
    leave_out_shown(model, &mut list);
    match model
        .files
        .list
        .take_if(|before| before.feature == list.feature)
    {
        Some(before) => follow(model, &before, &list),
        // What was unread in an earlier list cannot be found in this one any more.
        None => model
            .pane_states
            .entry(&list.feature, Pane::Files)
            .unread
            .clear(),
    }
    model.files.list = Some(list);
    Vec::new()
}

/// Leaves out the files that panes of their own show.
fn leave_out_shown(model: &Model, list: &mut FileList) {
    let Some(feature) = model.shown_feature() else {
        return;
    };
    let shown: Vec<_> = Pane::with_file()
        .filter_map(|pane| pane.file(feature))
        .collect();
    let is_shown = |path: &Path| shown.iter().any(|file| file.path == path);
    list.files.retain(|file| !is_shown(&file.path));
}

/// Carries the place in the list over to a new one.
fn follow(model: &mut Model, before: &FileList, after: &FileList) {
    let open = model.files.open.clone();
    let pane_state = model.pane_states.entry(&after.feature, Pane::Files);
    let went = |at: &Position| after.position(&before.files.get(at.line)?.path);
    let went = |at: &Position| went(at).map(Position::at);
    pane_state.cursor = went(&pane_state.cursor).unwrap_or(pane_state.cursor);
    pane_state.unread = pane_state.unread.iter().filter_map(went).collect();
    let news = after.files.iter().enumerate().filter(|(_, file)| {
        let known = before
            .position(&file.path)
            .map(|index| before.files[index].version);
        known != Some(file.version) && open.as_ref() != Some(&file.path)
    });
    pane_state
        .unread
        .extend(news.map(|(index, _)| Position::at(index)));
}

/// Takes in a file that was read, if it is still the one that is wanted.
pub(super) fn take_file(
    model: &mut Model,
    path: &Path,
    read: Result<OpenFile, Failure>,
) -> Vec<Effect> {
    if model.files.open.as_deref() != Some(path) {
        return Vec::new();
    }
    match opened::trust(model, Pane::Files, &read) {
        Trust::Sure => {
            opened::replace(model, Pane::Files, read, &[]);
            land(model);
        }
        Trust::Unsure => model.files.ordered_file = None,
        Trust::Overtaken => {}
    }
    Vec::new()
}

/// Takes in where a link leads: to a document that has a pane of its own, to another file, or
/// nowhere.
pub(super) fn take_found(
    model: &mut Model,
    followed: Followed,
    path: Option<PathBuf>,
) -> Vec<Effect> {
    let Some(path) = path else {
        return say_missing(model, &followed);
    };
    if let Some(here) = model.here() {
        model.jumps.leave(here);
    }
    match pane_of(model, &path) {
        Some(pane) => open_document(model, pane, &followed.link),
        None => open_beside(model, path, followed.link),
    }
    vec![Effect::Wait(Deadline::Rest)]
}

/// Takes in the files of a folder that a link leads to: they are listed, to choose among.
pub(super) fn take_folder(
    model: &mut Model,
    followed: &Followed,
    files: &[PathBuf],
) -> Vec<Effect> {
    let name = &followed.link.path;
    if files.is_empty() {
        model.notices.say(format!("there is no file in {name}"));
        return Vec::new();
    }
    let names = files.iter().filter_map(|file| file.file_name());
    let folder = name.trim_end_matches('/');
    let paths = names.map(|name| format!("{folder}/{}", name.to_string_lossy()));
    list_files(model, name.clone(), paths)
}

fn say_missing(model: &mut Model, followed: &Followed) -> Vec<Effect> {
    let (name, dir) = (&followed.link.path, followed.dir.display());
    let words = format!("there is no file {name} in {dir}");
    model.notices.say(words);
    Vec::new()
}

/// Shows the document of a pane, at the place that a link names.
fn open_document(model: &mut Model, pane: Pane, link: &FileLink) {
    let open_file = model.open_files.of(pane);
    match open_file.and_then(|file| file.line_of_link(link)) {
        Some(line) => reveal(model, pane, line),
        None => model.choose_pane(pane),
    }
}

/// Shows a file that has no pane of its own, at the place that a link names.
fn open_beside(model: &mut Model, path: PathBuf, link: FileLink) {
    model.choose_pane(Pane::Files);
    model.show_file(path);
    model.files.aim = Some(link);
    land(model);
}

/// Returns the pane that shows a document of the open feature.
fn pane_of(model: &Model, path: &Path) -> Option<Pane> {
    let feature = model.shown_feature()?;
    let mut panes = Pane::with_file().filter(|pane| *pane != Pane::Files);
    panes.find(|pane| {
        pane.file(feature)
            .is_some_and(|file| real_path(&file.path) == path)
    })
}

/// Goes to the place in the open file that a link names, once it is read.
fn land(model: &mut Model) {
    if model.shown_file().is_none() {
        return;
    }
    let Some(link) = model.files.aim.take() else {
        return;
    };
    let open_file = model.open_files.of(Pane::Files);
    if let Some(line) = open_file.and_then(|file| file.line_of_link(&link)) {
        reveal_line(model, line);
    }
}
