//! Folding in a pane: tasks, phases and waves, headings, details in place; what is finished.

use std::collections::BTreeSet;

use super::waves;
use crate::markdown::State;
use crate::model::{
    Effect, Focus, Form, Model, OpenFile, PaneState, Position, Row, RowKind, shown_phases,
};
use crate::spec::tasks::{Task, Tasks};

/// Folds what the cursor is on, or goes to what it stands below, at last to the list of specs;
/// unfolds it.
pub(super) fn go_across(model: &mut Model, by: isize) -> Vec<Effect> {
    if by < 0 {
        fold_row(model);
    } else {
        unfold_row(model);
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
    let Some(pane_state) = model.pane_state_mut() else {
        return;
    };
    let closed = close_details(pane_state, parent_of_detail(kind, parent, line));
    match kind {
        RowKind::Detail(_) | RowKind::AsideLine(_) => pane_state.go_to(parent.unwrap_or(line)),
        _ if closed => {}
        RowKind::Wave(..) => {
            let tasks = pane_state.tasks_mut().zip(group);
            tasks.map(|(tasks, group)| tasks.folded_groups.insert(group));
        }
        _ if folds && pane_state.folded.insert(line.into()) => {}
        _ if above.is_some() => above
            .into_iter()
            .for_each(|above| pane_state.stand_on(above)),
        RowKind::Task(..) | RowKind::Aside(_) if parent.is_none() => model.focus = Focus::Sidebar,
        _ => pane_state.go_to(parent.unwrap_or(line)),
    }
}

/// Returns the line of the task whose details are to be closed.
fn parent_of_detail(kind: RowKind, parent: Option<usize>, line: usize) -> usize {
    if matches!(kind, RowKind::Detail(_) | RowKind::AsideLine(_)) {
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
            .open_file()
            .is_some_and(|open_file| open_file.tasks.items[index].has_children),
        _ => false,
    }
}

/// Returns the line one level up: of a detail its task, of a task its parent, of a line of source
/// its heading.
fn parent_line(model: &Model, line: usize, kind: RowKind) -> Option<usize> {
    let open_file = model.open_file()?;
    let items = &open_file.tasks.items;
    match kind {
        RowKind::Detail(index) => Some(items[index].line),
        RowKind::AsideLine(index) => Some(open_file.asides()[index].line),
        RowKind::Task(index, _) => items[index].parent.map(|parent| items[parent].line),
        RowKind::Heading(_) | RowKind::Source(_) => match open_file.form(model.pane_state()?) {
            Form::Rendered(rendered) => rendered.heading_above(line),
            _ => open_file.heading_above(line),
        },
        _ => None,
    }
}

/// Unfolds what the cursor is on; a task that has no children opens its details.
fn unfold_row(model: &mut Model) {
    let Some(Row { line, kind }) = model.row_at_cursor() else {
        return;
    };
    let is_leaf = !can_fold(model, kind);
    let group = waves::key_of(model, kind);
    let Some(pane_state) = model.pane_state_mut() else {
        return;
    };
    match kind {
        RowKind::Wave(..) => {
            let tasks = pane_state.tasks_mut().zip(group);
            tasks.map(|(tasks, group)| tasks.folded_groups.remove(&group));
        }
        _ if pane_state.folded.remove(&line) => {}
        RowKind::Task(..) | RowKind::Aside(_) if is_leaf => open_details(pane_state, line),
        _ => {}
    }
}

/// Folds what is open and unfolds what is folded.
pub(super) fn toggle(model: &mut Model) -> Vec<Effect> {
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
    let (Some(line), Some(pane_state)) = (line, model.pane_state_mut()) else {
        return;
    };
    pane_state.go_to(line);
    if !pane_state.folded.remove(&line) {
        pane_state.folded.insert(line.into());
    }
}

/// Opens the details of the task under the cursor in place, or closes them.
pub(super) fn toggle_details(model: &mut Model) -> Vec<Effect> {
    let Some(Row { line, kind }) = model.row_at_cursor() else {
        return Vec::new();
    };
    let line = parent_of_detail(kind, parent_line(model, line, kind), line);
    if let Some(pane_state) = model.pane_state_mut() {
        if close_details(pane_state, line) {
            pane_state.go_to(line);
        } else {
            open_details(pane_state, line);
        }
    }
    Vec::new()
}

/// Shows the details of the task on a line.
pub(super) fn open_details(pane_state: &mut PaneState, line: usize) {
    if let Some(tasks) = pane_state.tasks_mut() {
        tasks.opened.insert(line.into());
    }
}

/// Hides the details of the task on a line. Returns whether they were open.
fn close_details(pane_state: &mut PaneState, line: usize) -> bool {
    pane_state
        .tasks_mut()
        .is_some_and(|tasks| tasks.opened.remove(&line))
}

/// Folds everything in the pane.
pub(super) fn fold_all(model: &mut Model) -> Vec<Effect> {
    if waves::are_shown(model) {
        waves::fold(model, |_, _| true);
        return Vec::new();
    }
    let Some(open_file) = model.open_file() else {
        return Vec::new();
    };
    let parents = foldable(open_file);
    if let Some(pane_state) = model.pane_state_mut() {
        if let Some(tasks) = pane_state.tasks_mut() {
            tasks.opened.clear();
        }
        pane_state.folded = parents.into_iter().map(Position::at).collect();
    }
    Vec::new()
}

/// Returns the lines that can be folded: of tasks with children and the phases that they stand in,
/// or of headings, but for a title that all others stand below.
fn foldable(open_file: &OpenFile) -> BTreeSet<usize> {
    if !open_file.is_source() {
        let tasks = &open_file.tasks;
        let parents = tasks.items.iter().filter(|item| item.has_children);
        let phases = shown_phases(open_file).into_iter();
        let phases = phases.map(|phase| tasks.phases[phase].line);
        return parents.map(|item| item.line).chain(phases).collect();
    }
    let mut headings = open_file.headings();
    let title = headings.next().filter(|(_, title)| {
        open_file
            .headings()
            .skip(1)
            .all(|(_, level)| level > *title)
    });
    open_file
        .headings()
        .map(|(line, _)| line)
        .filter(|line| title.is_none_or(|(title, _)| title != *line))
        .collect()
}

/// Hides the tasks that are done, or shows them again.
pub(super) fn toggle_finished(model: &mut Model) -> Vec<Effect> {
    toggle_hidden(model, "done tasks are hidden: . shows them again")
}

/// Hides what is finished in the pane and says so in the given words, or shows it again.
pub(super) fn toggle_hidden(model: &mut Model, words: &str) -> Vec<Effect> {
    let Some(pane_state) = model.pane_state_mut() else {
        return Vec::new();
    };
    pane_state.hides_finished = !pane_state.hides_finished;
    if pane_state.hides_finished {
        model.notices.say(words);
    }
    Vec::new()
}

/// Folds the tasks that are done with all that is required below them, and the phases of which that
/// can be said.
pub(super) fn fold_finished(model: &mut Model) -> Vec<Effect> {
    let has_folded = waves::are_shown(model)
        && waves::fold(model, |tasks, items| {
            items.iter().all(|item| is_done(&tasks.items[*item]))
        });
    if has_folded {
        return Vec::new();
    }
    let finished = model
        .open_file()
        .map(|open_file| finished(&open_file.tasks))
        .unwrap_or_default();
    if finished.is_empty() || waves::are_shown(model) {
        model.notices.say("nothing to fold: no finished group here");
    } else if let Some(pane_state) = model.pane_state_mut() {
        pane_state
            .folded
            .extend(finished.into_iter().map(Position::at));
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
    let phases = tasks.phases.iter().enumerate();
    let phases = phases.map(|(index, phase)| (phase.line, &tasks.items[tasks.below(index)]));
    let phases = phases.filter(|(_, items)| !items.is_empty() && are_done(items));
    parents
        .map(|(_, item)| item.line)
        .chain(phases.map(|(line, _)| line))
        .collect()
}

/// Unfolds everything in the pane.
pub(super) fn unfold_all(model: &mut Model) -> Vec<Effect> {
    if let Some(pane_state) = model.pane_state_mut() {
        pane_state.folded.clear();
        if let Some(tasks) = pane_state.tasks_mut() {
            tasks.folded_groups.clear();
            tasks.opened.clear();
        }
    }
    Vec::new()
}
