//! Folding: tasks and phases in the pane, folders in the list of specs, details in place.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Command, Hint, Scope, always};
use crate::model::{Effect, Focus, Model, RowKind, View};

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "cursor-left",
        keys: &["h", "left"],
        scope: Scope::All,
        doc: "Column to the left; fold; then to the parent",
        hint: Some(Hint { keys: "h l", word: "fold", rank: 40 }),
        applies: |model| model.view == View::Main,
        run: fold,
    },
    Command {
        name: "cursor-right",
        keys: &["l", "right"],
        scope: Scope::All,
        doc: "Column to the right; unfold",
        hint: None,
        applies: always,
        run: unfold,
    },
    Command {
        name: "fold-toggle",
        keys: &["z a"],
        scope: Scope::All,
        doc: "Fold or unfold here",
        hint: None,
        applies: always,
        run: toggle,
    },
    Command { name: "fold-all", keys: &["z m"], scope: Scope::All, doc: "Fold everything", hint: None, applies: always, run: fold_all },
    Command {
        name: "fold-none",
        keys: &["z r"],
        scope: Scope::All,
        doc: "Unfold everything",
        hint: None,
        applies: always,
        run: unfold_all,
    },
];

/// Folds what the cursor is on; where there is nothing to fold, goes to the parent.
fn fold(model: &mut Model) -> Vec<Effect> {
    if model.view != View::Main {
        return Vec::new();
    }
    if model.focus == Focus::Sidebar {
        fold_folder(model);
    } else {
        fold_row(model);
    }
    Vec::new()
}

fn fold_row(model: &mut Model) {
    let Some((line, kind)) = current_row(model) else { return };
    let folds = can_fold(model, kind);
    let parent = parent_line(model, kind);
    let Some(place) = model.place_mut() else { return };
    let closed = place.opened.remove(&parent_of_detail(kind, parent, line));
    match kind {
        RowKind::Detail(_) => place.cursor = parent.unwrap_or(line),
        _ if closed => {}
        _ if folds && place.folded.insert(line) => {}
        _ => place.cursor = parent.unwrap_or(line),
    }
}

/// Gives the line of the task whose details are to be closed.
fn parent_of_detail(kind: RowKind, parent: Option<usize>, line: usize) -> usize {
    if matches!(kind, RowKind::Detail(_)) { parent.unwrap_or(line) } else { line }
}

fn current_row(model: &Model) -> Option<(usize, RowKind)> {
    let cursor = model.place()?.cursor;
    model.rows().into_iter().find(|row| row.is_place() && row.line == cursor).map(|row| (row.line, row.kind))
}

fn can_fold(model: &Model, kind: RowKind) -> bool {
    match kind {
        RowKind::Phase(..) => true,
        RowKind::Task(index, _) => model.sheet().is_some_and(|sheet| sheet.tasks.items[index].has_children),
        _ => false,
    }
}

/// Gives the line one level up: of a detail its task, of a task its parent.
fn parent_line(model: &Model, kind: RowKind) -> Option<usize> {
    let items = &model.sheet()?.tasks.items;
    match kind {
        RowKind::Detail(index) => Some(items[index].line),
        RowKind::Task(index, _) => items[index].parent.map(|parent| items[parent].line),
        _ => None,
    }
}

/// Unfolds what the cursor is on; a task that has no children opens its details.
fn unfold(model: &mut Model) -> Vec<Effect> {
    if model.view != View::Main {
        return Vec::new();
    }
    if model.focus == Focus::Sidebar {
        let cursor = model.sidebar.cursor.clone();
        model.sidebar.folded.remove(&cursor);
        return Vec::new();
    }
    let Some((line, kind)) = current_row(model) else { return Vec::new() };
    let is_leaf = !can_fold(model, kind);
    let Some(place) = model.place_mut() else { return Vec::new() };
    if !place.folded.remove(&line) && is_leaf && matches!(kind, RowKind::Task(..)) {
        place.opened.insert(line);
    }
    Vec::new()
}

/// Folds what is open and unfolds what is folded.
pub(super) fn toggle(model: &mut Model) -> Vec<Effect> {
    if model.focus == Focus::Sidebar {
        let cursor = model.sidebar.cursor.clone();
        if !model.sidebar.folded.remove(&cursor) && model.feature_at(&cursor).is_none() {
            model.sidebar.folded.insert(cursor);
        }
        return Vec::new();
    }
    let Some((line, kind)) = current_row(model) else { return Vec::new() };
    if !can_fold(model, kind) {
        return toggle_details(model);
    }
    if let Some(place) = model.place_mut()
        && !place.folded.remove(&line)
    {
        place.folded.insert(line);
    }
    Vec::new()
}

/// Opens the details of the task under the cursor in place, or closes them.
pub(super) fn toggle_details(model: &mut Model) -> Vec<Effect> {
    let Some((line, kind)) = current_row(model) else { return Vec::new() };
    let line = parent_of_detail(kind, parent_line(model, kind), line);
    if let Some(place) = model.place_mut() {
        if place.opened.remove(&line) {
            place.cursor = line;
        } else {
            place.opened.insert(line);
        }
    }
    Vec::new()
}

fn fold_all(model: &mut Model) -> Vec<Effect> {
    if model.focus == Focus::Sidebar {
        model.sidebar.folded = folders(model);
        return Vec::new();
    }
    let Some(sheet) = model.sheet() else { return Vec::new() };
    let parents: BTreeSet<usize> = sheet.tasks.items.iter().filter(|item| item.has_children).map(|item| item.line).collect();
    if let Some(place) = model.place_mut() {
        place.opened.clear();
        place.folded = parents;
    }
    Vec::new()
}

fn unfold_all(model: &mut Model) -> Vec<Effect> {
    if model.focus == Focus::Sidebar {
        model.sidebar.folded.clear();
    } else if let Some(place) = model.place_mut() {
        place.folded.clear();
        place.opened.clear();
    }
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
    let above = |path: &Path| rows.iter().find(|row| path.parent() == Some(&row.path)).map(|row| row.path.clone());
    if let Some(parent) = above(&cursor) {
        model.sidebar.cursor = parent;
    }
}

/// Gives all folders of the list that group features.
fn folders(model: &Model) -> BTreeSet<std::path::PathBuf> {
    let open = crate::model::Sidebar::default().rows(&model.workspace, &model.summaries);
    open.into_iter().filter(|row| !matches!(row.branch, crate::model::Branch::Feature(_))).map(|row| row.path).collect()
}
