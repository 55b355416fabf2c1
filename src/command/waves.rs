//! Tasks by waves: turning to them and back, and folding their groups.

use crate::model::{Basis, GroupKey, Model, PaneState, Row, RowKind, Surface, Turn, row_of_cursor};
use crate::spec::tasks::Tasks;

/// Returns whether the cursor is among tasks that can be shown by waves.
pub(super) fn can_turn(model: &Model) -> bool {
    model.surface() == Surface::Tasks
        && model
            .open_file()
            .is_some_and(|open_file| !open_file.is_source())
}

/// Returns whether the pane shows tasks by waves.
pub(super) fn are_shown(model: &Model) -> bool {
    model
        .open_file()
        .zip(model.pane_state())
        .is_some_and(|(open_file, pane_state)| open_file.is_by_waves(pane_state))
}

/// Shows the tasks by waves, or as the file has them. The task under the cursor stays at its height
/// on the screen, as far as that can be.
pub(super) fn turn(model: &mut Model) {
    let height =
        at_cursor(model).saturating_sub(model.pane_state().map_or(0, |pane_state| pane_state.top));
    let Some(pane_state) = model.pane_state_mut() else {
        return;
    };
    if let Some(tasks) = pane_state.tasks_mut() {
        tasks.turn = match tasks.turn {
            Turn::Tree => Turn::Waves,
            Turn::Waves => Turn::Tree,
        };
    }
    let at = at_cursor(model);
    if let Some(pane_state) = model.pane_state_mut() {
        // One row above it is seen too: it may be the heading.
        pane_state.top = at.saturating_sub(height.max(1));
    }
    let is_only_order = are_shown(model)
        && model
            .open_file()
            .is_some_and(|open_file| open_file.grouping().basis == Basis::Order);
    if is_only_order {
        model
            .notices
            .say("this spec has no waves or dependencies: tasks are shown in order");
    }
}

/// Returns the row of the cursor.
fn at_cursor(model: &Model) -> usize {
    let rows = model.rows();
    let found = model
        .pane_state()
        .and_then(|pane_state| row_of_cursor(model.open_file(), pane_state, &rows));
    found.unwrap_or(0)
}

/// Returns the row that a task stands below among its group: of a task, else of the heading. None
/// for what is no task, and in a tree.
pub(super) fn row_above(model: &Model, kind: RowKind) -> Option<Row> {
    let RowKind::Task(item, _) = kind else {
        return None;
    };
    if !are_shown(model) {
        return None;
    }
    let open_file = model.open_file()?;
    let grouping = open_file.grouping();
    let parent = grouping.parent(&open_file.tasks, item);
    let is_above = |row: &Row| match row.kind {
        RowKind::Task(above, _) => Some(above) == parent,
        RowKind::Wave(group, _) => parent.is_none() && Some(group) == grouping.group_of[item],
        _ => false,
    };
    model.rows().iter().copied().find(is_above)
}

/// Returns whether a task has others below it in its group.
pub(super) fn has_below(model: &Model, item: usize) -> bool {
    let Some(open_file) = model.open_file() else {
        return false;
    };
    let grouping = open_file.grouping();
    open_file
        .tasks
        .subtree(item)
        .into_iter()
        .skip(1)
        .any(|below| grouping.group_of[below] == grouping.group_of[item])
}

/// Returns what tells the group of a heading from others; none for another row.
pub(super) fn key_of(model: &Model, kind: RowKind) -> Option<GroupKey> {
    let RowKind::Wave(group, _) = kind else {
        return None;
    };
    Some(model.open_file()?.grouping().groups.get(group)?.key.clone())
}

/// Folds or unfolds a group.
pub(super) fn toggle(model: &mut Model, group: GroupKey) {
    let Some(tasks) = model.pane_state_mut().and_then(PaneState::tasks_mut) else {
        return;
    };
    if !tasks.folded_groups.remove(&group) {
        tasks.folded_groups.insert(group);
    }
}

/// Folds all groups that `is_wanted` says. Says whether there was one.
pub(super) fn fold(model: &mut Model, is_wanted: impl Fn(&Tasks, &[usize]) -> bool) -> bool {
    let Some(open_file) = model.open_file() else {
        return false;
    };
    let groups = open_file.grouping().groups.iter();
    let folded: Vec<GroupKey> = groups
        .filter(|group| is_wanted(&open_file.tasks, &group.items))
        .map(|group| group.key.clone())
        .collect();
    let has_some = !folded.is_empty();
    if let Some(tasks) = model.pane_state_mut().and_then(PaneState::tasks_mut) {
        tasks.folded_groups.extend(folded);
    }
    has_some
}
