//! The list of specs: its cursor, its folders, opening a spec.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::behaviour::{Action, Behaviour, Folding, Motion, word};
use super::{Scope, always, home};
use crate::model::{Branch, Deadline, Effect, Focus, Model, Sidebar};

/// What the list does.
pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    scopes: &[Scope::Specs, Scope::Main],
    step: move_by,
    page: move_by,
    rows: |model| model.layout().sidebar_rows(),
    across: Some(Motion {
        applies: always,
        hint: |_| word("fold", 40),
        run: go_across,
    }),
    open: Some(Action {
        applies: always,
        hint: |_| word("open", 20),
        run: open,
    }),
    turn: None,
    hide_finished: Some(Action {
        applies: always,
        hint: |_| word("finished", 60),
        run: |model| {
            model.sidebar.hides_finished = !model.sidebar.hides_finished;
            Vec::new()
        },
    }),
    folding: Some(Folding {
        toggle,
        all: fold_all,
        none: unfold_all,
    }),
    heading: None,
    sideways: None,
    centre: None,
    close: home::CLOSE,
    escape,
    no_item: "the cursor is on no task",
};

/// Moves in the list of specs. The content follows when the keys rest, so that a held key stays
/// cheap.
fn move_by(model: &mut Model, by: isize) -> Vec<Effect> {
    let rows = model.sidebar.rows(&model.workspace, &model.summaries);
    let at = rows
        .iter()
        .position(|row| row.path == model.sidebar.cursor)
        .unwrap_or(0);
    let to = at
        .saturating_add_signed(by)
        .min(rows.len().saturating_sub(1));
    if let Some(row) = rows.into_iter().nth(to) {
        model.sidebar.cursor = row.path;
    }
    vec![Effect::Wait(Deadline::Rest)]
}

/// Opens the spec under the cursor; folds or unfolds a folder.
fn open(model: &mut Model) -> Vec<Effect> {
    let Some(index) = model.feature_at(&model.sidebar.cursor.clone()) else {
        return toggle(model);
    };
    model.focus = Focus::Content;
    model.sidebar.toggled = false;
    if model.wanted_feature() == Some(&model.sidebar.cursor) {
        return Vec::new();
    }
    vec![model.ask_to_open(index), Effect::Forget(Deadline::Rest)]
}

/// Puts the list away where it lies over the content.
fn escape(model: &mut Model) {
    if model.layout().body.x > 0 {
        return home::say_how_to_quit(model);
    }
    model.focus = Focus::Content;
    model.sidebar.toggled = false;
}

/// Folds the folder under the cursor, or unfolds it.
fn go_across(model: &mut Model, by: isize) -> Vec<Effect> {
    if by < 0 {
        fold_folder(model);
    } else {
        let cursor = model.sidebar.cursor.clone();
        model.sidebar.folded.remove(&cursor);
    }
    Vec::new()
}

fn toggle(model: &mut Model) -> Vec<Effect> {
    let cursor = model.sidebar.cursor.clone();
    if !model.sidebar.folded.remove(&cursor) && model.feature_at(&cursor).is_none() {
        model.sidebar.folded.insert(cursor);
    }
    Vec::new()
}

fn fold_all(model: &mut Model) -> Vec<Effect> {
    model.sidebar.folded = folders(model);
    Vec::new()
}

fn unfold_all(model: &mut Model) -> Vec<Effect> {
    model.sidebar.folded.clear();
    Vec::new()
}

/// Folds the folder under the cursor, or goes to the one above it.
fn fold_folder(model: &mut Model) {
    let cursor = model.sidebar.cursor.clone();
    let is_feature = model.feature_at(&cursor).is_some();
    if !is_feature && model.sidebar.folded.insert(cursor.clone()) {
        return;
    }
    let rows = model.sidebar.rows(&model.workspace, &model.summaries);
    let above = |path: &Path| {
        rows.iter()
            .find(|row| path.parent() == Some(&row.path))
            .map(|row| row.path.clone())
    };
    if let Some(parent) = above(&cursor) {
        model.sidebar.cursor = parent;
    }
}

/// Returns all folders of the list that group features.
fn folders(model: &Model) -> BTreeSet<PathBuf> {
    let open = Sidebar::default().rows(&model.workspace, &model.summaries);
    open.into_iter()
        .filter(|row| !matches!(row.branch, Branch::Feature(_)))
        .map(|row| row.path)
        .collect()
}
