//! Folding: tasks, phases and waves in the pane, folders in the list of specs, details in place.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Command, Hint, Scope, waves};
use crate::markdown::State;
use crate::model::{Effect, Focus, Form, Model, Pane, Place, Position, Row, RowKind, Sheet, View};
use crate::spec::tasks::{Task, Tasks};

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "cursor-left",
        keys: &["h", "left"],
        scope: Scope::All,
        doc: "Column to the left; fold; then to the parent",
        hint: Some(Hint {
            keys: "h l",
            word: "fold",
            rank: 40,
        }),
        applies: has_columns,
        run: fold,
    },
    Command {
        name: "cursor-right",
        keys: &["l", "right"],
        scope: Scope::All,
        doc: "Column to the right; unfold",
        hint: None,
        applies: has_columns,
        run: unfold,
    },
    Command {
        name: "fold-toggle",
        keys: &["z a"],
        scope: Scope::All,
        doc: "Fold or unfold here",
        hint: None,
        applies: in_main,
        run: toggle,
    },
    Command {
        name: "fold-all",
        keys: &["z m"],
        scope: Scope::All,
        doc: "Fold everything",
        hint: None,
        applies: in_main,
        run: fold_all,
    },
    Command {
        name: "fold-none",
        keys: &["z r"],
        scope: Scope::All,
        doc: "Unfold everything",
        hint: None,
        applies: in_main,
        run: unfold_all,
    },
    Command {
        name: "fold-finished",
        keys: &["z d"],
        scope: Scope::All,
        doc: "Fold what is done",
        hint: None,
        applies: |model| model.view == View::Main && model.pane == Pane::Tasks,
        run: fold_finished,
    },
];

fn has_columns(model: &Model) -> bool {
    !matches!(model.view, View::Messages | View::Start)
}

fn in_main(model: &Model) -> bool {
    model.view == View::Main && !model.is_on_trace()
}

/// Folds what the cursor is on; where there is nothing to fold, goes to the parent.
fn fold(model: &mut Model) -> Vec<Effect> {
    if model.view == View::Board {
        return super::board::move_aside(model, -1);
    }
    if model.view != View::Main {
        return across(model, -1);
    }
    if model.is_on_trace() {
        return super::trace::go_across(model, -1);
    }
    if model.focus == Focus::Sidebar {
        fold_folder(model);
    } else {
        fold_row(model);
    }
    Vec::new()
}

/// Goes to the column beside, in a view that has columns.
fn across(model: &mut Model, by: isize) -> Vec<Effect> {
    if model.view == View::Help {
        model.help.go_across(model.size.0, by);
    }
    Vec::new()
}

fn fold_row(model: &mut Model) {
    let Some(Row { line, kind }) = model.row_at_cursor() else {
        return;
    };
    let folds = can_fold(model, kind);
    let above = waves::row_above(model, kind);
    let parent = parent_line(model, line, kind);
    let group = waves::key_of(model, kind);
    let Some(place) = model.place_mut() else {
        return;
    };
    let closed = close_details(place, parent_of_detail(kind, parent, line));
    match kind {
        RowKind::Detail(_) => place.go_to(parent.unwrap_or(line)),
        _ if closed => {}
        RowKind::Wave(..) => {
            let tasks = place.tasks_mut().zip(group);
            tasks.map(|(tasks, group)| tasks.folded_groups.insert(group));
        }
        _ if folds && place.folded.insert(line.into()) => {}
        _ if above.is_some() => above.into_iter().for_each(|above| place.stand_on(above)),
        _ => place.go_to(parent.unwrap_or(line)),
    }
}

/// Returns the line of the task whose details are to be closed.
fn parent_of_detail(kind: RowKind, parent: Option<usize>, line: usize) -> usize {
    if matches!(kind, RowKind::Detail(_)) {
        parent.unwrap_or(line)
    } else {
        line
    }
}

fn can_fold(model: &Model, kind: RowKind) -> bool {
    match kind {
        RowKind::Phase(..) | RowKind::Heading(_) | RowKind::Wave(..) => true,
        RowKind::Task(index, _) if waves::are_shown(model) => waves::has_below(model, index),
        RowKind::Task(index, _) => model
            .sheet()
            .is_some_and(|sheet| sheet.tasks.items[index].has_children),
        _ => false,
    }
}

/// Returns the line one level up: of a detail its task, of a task its parent, of a line of source
/// its heading.
fn parent_line(model: &Model, line: usize, kind: RowKind) -> Option<usize> {
    let sheet = model.sheet()?;
    let items = &sheet.tasks.items;
    match kind {
        RowKind::Detail(index) => Some(items[index].line),
        RowKind::Task(index, _) => items[index].parent.map(|parent| items[parent].line),
        RowKind::Heading(_) | RowKind::Source(_) => match sheet.form(model.place()?) {
            Form::Laid(laid) => laid.heading_above(line),
            _ => sheet.heading_above(line),
        },
        _ => None,
    }
}

/// Unfolds what the cursor is on; a task that has no children opens its details.
fn unfold(model: &mut Model) -> Vec<Effect> {
    if model.view == View::Board {
        return super::board::move_aside(model, 1);
    }
    if model.view != View::Main {
        return across(model, 1);
    }
    if model.is_on_trace() {
        return super::trace::go_across(model, 1);
    }
    if model.focus == Focus::Sidebar {
        let cursor = model.sidebar.cursor.clone();
        model.sidebar.folded.remove(&cursor);
        return Vec::new();
    }
    let Some(Row { line, kind }) = model.row_at_cursor() else {
        return Vec::new();
    };
    let is_leaf = !can_fold(model, kind);
    let group = waves::key_of(model, kind);
    let Some(place) = model.place_mut() else {
        return Vec::new();
    };
    match kind {
        RowKind::Wave(..) => {
            let tasks = place.tasks_mut().zip(group);
            tasks.map(|(tasks, group)| tasks.folded_groups.remove(&group));
        }
        _ if place.folded.remove(&line) => {}
        RowKind::Task(..) if is_leaf => open_details(place, line),
        _ => {}
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
    let Some(Row { line, kind }) = model.row_at_cursor() else {
        return Vec::new();
    };
    match kind {
        RowKind::Source(_) => toggle_fold(model, parent_line(model, line, kind)),
        RowKind::Wave(..) => waves::key_of(model, kind)
            .into_iter()
            .for_each(|group| waves::toggle(model, group)),
        RowKind::File => {}
        _ if can_fold(model, kind) => toggle_fold(model, Some(line)),
        _ => return toggle_details(model),
    }
    Vec::new()
}

/// Folds or unfolds a line, and puts the cursor on it.
fn toggle_fold(model: &mut Model, line: Option<usize>) {
    let (Some(line), Some(place)) = (line, model.place_mut()) else {
        return;
    };
    place.go_to(line);
    if !place.folded.remove(&line) {
        place.folded.insert(line.into());
    }
}

/// Opens the details of the task under the cursor in place, or closes them.
pub(super) fn toggle_details(model: &mut Model) -> Vec<Effect> {
    let Some(Row { line, kind }) = model.row_at_cursor() else {
        return Vec::new();
    };
    let line = parent_of_detail(kind, parent_line(model, line, kind), line);
    if let Some(place) = model.place_mut() {
        if close_details(place, line) {
            place.go_to(line);
        } else {
            open_details(place, line);
        }
    }
    Vec::new()
}

/// Shows the details of the task on a line.
fn open_details(place: &mut Place, line: usize) {
    if let Some(tasks) = place.tasks_mut() {
        tasks.opened.insert(line.into());
    }
}

/// Hides the details of the task on a line. Returns whether they were open.
fn close_details(place: &mut Place, line: usize) -> bool {
    place
        .tasks_mut()
        .is_some_and(|tasks| tasks.opened.remove(&line))
}

fn fold_all(model: &mut Model) -> Vec<Effect> {
    if model.focus == Focus::Sidebar {
        model.sidebar.folded = folders(model);
        return Vec::new();
    }
    if waves::are_shown(model) {
        waves::fold(model, |_, _| true);
        return Vec::new();
    }
    let Some(sheet) = model.sheet() else {
        return Vec::new();
    };
    let parents = foldable(sheet);
    if let Some(place) = model.place_mut() {
        if let Some(tasks) = place.tasks_mut() {
            tasks.opened.clear();
        }
        place.folded = parents.into_iter().map(Position::at).collect();
    }
    Vec::new()
}

/// Returns the lines that can be folded: of tasks with children, or of headings, but for a title
/// that all others stand below.
fn foldable(sheet: &Sheet) -> BTreeSet<usize> {
    if !sheet.is_source() {
        return sheet
            .tasks
            .items
            .iter()
            .filter(|item| item.has_children)
            .map(|item| item.line)
            .collect();
    }
    let mut headings = sheet.headings();
    let title = headings
        .next()
        .filter(|(_, title)| sheet.headings().skip(1).all(|(_, level)| level > *title));
    sheet
        .headings()
        .map(|(line, _)| line)
        .filter(|line| title.is_none_or(|(title, _)| title != *line))
        .collect()
}

/// Folds the tasks that are done with all that is required below them, and the phases of which that
/// can be said.
fn fold_finished(model: &mut Model) -> Vec<Effect> {
    let has_folded = waves::are_shown(model)
        && waves::fold(model, |tasks, items| {
            items.iter().all(|item| is_done(&tasks.items[*item]))
        });
    if has_folded {
        return Vec::new();
    }
    let finished = model
        .sheet()
        .map(|sheet| finished(&sheet.tasks))
        .unwrap_or_default();
    if finished.is_empty() || waves::are_shown(model) {
        model.notices.say("nothing that can be folded is done");
    } else if let Some(place) = model.place_mut() {
        place.folded.extend(finished.into_iter().map(Position::at));
    }
    Vec::new()
}

/// Returns whether a task holds nothing up any more.
fn is_done(item: &Task) -> bool {
    item.state == State::Done || item.optional
}

fn finished(tasks: &Tasks) -> BTreeSet<usize> {
    let are_done = |items: &[Task]| items.iter().all(is_done);
    let parents = tasks
        .items
        .iter()
        .enumerate()
        .filter(|(_, item)| item.has_children && item.state == State::Done);
    let parents = parents.filter(|(index, item)| {
        let below = &tasks.items[index + 1..];
        are_done(
            &below[..below
                .iter()
                .take_while(|below| below.depth > item.depth)
                .count()],
        )
    });
    let phases = tasks.phases.iter().enumerate().map(|(index, phase)| {
        let end = tasks.phases[index + 1..]
            .iter()
            .find(|next| next.level <= phase.level)
            .map_or(usize::MAX, |next| next.line);
        let from = tasks.items.partition_point(|item| item.line < phase.line);
        (
            phase.line,
            &tasks.items[from..tasks.items.partition_point(|item| item.line < end)],
        )
    });
    let phases = phases.filter(|(_, items)| !items.is_empty() && are_done(items));
    parents
        .map(|(_, item)| item.line)
        .chain(phases.map(|(line, _)| line))
        .collect()
}

fn unfold_all(model: &mut Model) -> Vec<Effect> {
    if model.focus == Focus::Sidebar {
        model.sidebar.folded.clear();
    } else if let Some(place) = model.place_mut() {
        place.folded.clear();
        if let Some(tasks) = place.tasks_mut() {
            tasks.folded_groups.clear();
            tasks.opened.clear();
        }
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
fn folders(model: &Model) -> BTreeSet<std::path::PathBuf> {
    let open = crate::model::Sidebar::default().rows(&model.workspace, &model.summaries);
    open.into_iter()
        .filter(|row| !matches!(row.branch, crate::model::Branch::Feature(_)))
        .map(|row| row.path)
        .collect()
}
