//! The list of specs: its cursor, its folders, opening a spec.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::behaviour::{Action, Behaviour, Folding, Motion, word};
use super::{Scope, always, home, surface};
use crate::model::{Branch, Deadline, Effect, Focus, Model, Sidebar, SpecOrder};

/// What the list does.
pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    scopes: &[Scope::Specs, Scope::Main],
    step: move_by,
    page: move_by,
    rows: |model| model.layout().sidebar_rows(),
    across: Some(Motion {
        applies: always,
        hint: |_| word("fold", 65),
        run: go_across,
    }),
    open: Some(Action {
        applies: always,
        hint: |_| word("open", 20),
        run: open,
    }),
    turn: Some(Action {
        applies: always,
        hint: |_| word("order", 50),
        run: turn,
    }),
    hide_finished: Some(Action {
        applies: always,
        hint: |_| word("finished", 60),
        run: toggle_finished,
    }),
    folding: Some(Folding {
        toggle,
        all: fold_all,
        none: unfold_all,
    }),
    heading: None,
    sideways: None,
    anchor: None,
    close: home::CLOSE,
    escape,
    no_item: "the cursor is not on a task",
};

/// Moves in the list of specs. The content follows when the keys rest, so that a held key stays
/// cheap.
pub(super) fn move_by(model: &mut Model, by: isize) -> Vec<Effect> {
    let rows = model.spec_rows();
    let at = rows
        .iter()
        .position(|row| row.path == model.spec_list().cursor)
        .unwrap_or(0);
    let to = at
        .saturating_add_signed(by)
        .min(rows.len().saturating_sub(1));
    if let Some(row) = rows.into_iter().nth(to) {
        model.spec_list_mut().cursor = row.path;
    }
    vec![Effect::Wait(Deadline::Rest)]
}

/// Opens the spec under the cursor; folds or unfolds a folder.
fn open(model: &mut Model) -> Vec<Effect> {
    let Some(index) = model.specs.at(&model.sidebar.cursor.clone()) else {
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

/// Shows the list in its next order. The cursor stays on its row where that one is still there.
fn turn(model: &mut Model) -> Vec<Effect> {
    model.sidebar.order = Some(model.spec_order().next());
    Vec::new()
}

/// Hides what is finished, or shows it again. The cursor stays, or goes to the nearest row that is
/// left.
pub(super) fn toggle_finished(model: &mut Model) -> Vec<Effect> {
    let before = model.spec_rows();
    let list = model.spec_list_mut();
    list.hides_finished = !list.hides_finished;
    // What is under the cursor is not hidden, unless it is to be.
    let cursor = std::mem::take(&mut list.cursor);
    let left: BTreeSet<PathBuf> = model.spec_rows().into_iter().map(|row| row.path).collect();
    let at = before
        .iter()
        .position(|row| row.path == cursor)
        .unwrap_or(0);
    model.spec_list_mut().cursor = cursor;
    let nearest = before
        .iter()
        .enumerate()
        .filter(|(_, row)| left.contains(&row.path))
        .min_by_key(|(index, _)| (index.abs_diff(at), index < &at));
    if let Some((_, row)) = nearest {
        model.spec_list_mut().cursor.clone_from(&row.path);
    }
    vec![Effect::Wait(Deadline::Rest)]
}

/// Folds the folder under the cursor or goes to the one above it; unfolds it or goes into it.
pub(super) fn go_across(model: &mut Model, by: isize) -> Vec<Effect> {
    if by < 0 {
        fold_row(model);
        return Vec::new();
    }
    let rows = model.spec_rows();
    match rows.iter().find(|row| row.path == model.spec_list().cursor) {
        Some(row) if matches!(row.branch, Branch::Feature(_)) => {
            let open = surface::current(model).open.as_ref();
            open.map_or_else(Vec::new, |open| (open.run)(model))
        }
        Some(row) if model.spec_list().is_folded(row) => toggle(model),
        _ => move_by(model, 1),
    }
}

pub(super) fn toggle(model: &mut Model) -> Vec<Effect> {
    let cursor = model.spec_list().cursor.clone();
    let is_folder = model.specs.at(&cursor).is_none();
    let list = model.spec_list_mut();
    if cursor == Path::new(Sidebar::FINISHED) {
        list.shows_finished = !list.shows_finished;
    } else if !list.folded.remove(&cursor) && is_folder {
        list.folded.insert(cursor);
    }
    Vec::new()
}

pub(super) fn fold_all(model: &mut Model) -> Vec<Effect> {
    let folders = folders(model);
    let list = model.spec_list_mut();
    (list.folded, list.shows_finished) = (folders, false);
    Vec::new()
}

pub(super) fn unfold_all(model: &mut Model) -> Vec<Effect> {
    let list = model.spec_list_mut();
    list.folded.clear();
    list.shows_finished = true;
    Vec::new()
}

/// Folds the folder under the cursor, or goes to the row that it stands below.
fn fold_row(model: &mut Model) {
    let rows = model.spec_rows();
    let Some(at) = rows
        .iter()
        .position(|row| row.path == model.spec_list().cursor)
    else {
        return;
    };
    let row = &rows[at];
    let folds = !matches!(row.branch, Branch::Feature(_)) && !model.spec_list().is_folded(row);
    if folds {
        toggle(model);
    } else if let Some(above) = rows[..at].iter().rfind(|above| above.depth < row.depth) {
        model.spec_list_mut().cursor.clone_from(&above.path);
    }
}

/// Returns all folders of the list that group features.
fn folders(model: &Model) -> BTreeSet<PathBuf> {
    let open = Sidebar::default().rows(&model.specs, SpecOrder::Name, None);
    open.into_iter()
        .filter(|row| !matches!(row.branch, Branch::Feature(_)))
        .map(|row| row.path)
        .collect()
}
