//! Marks and stars as intents: what is ordered for the tasks that were chosen, and what will stand on
//! disk once all that was ordered is written.

use super::undo::{ahead, order};
use crate::markdown::{State, state_of};
use crate::model::{Effect, FileChange, Model, Origin, SelectedTask, Selection, Write};
use crate::spec::change::{Change, Mark, Target};
use crate::store::DocumentFile;

/// Returns the state that a task will have when everything that is being written stands on disk.
pub(super) fn expected_state(model: &Model, file: &DocumentFile, task: &SelectedTask) -> State {
    let ahead = ahead(model);
    let pending = ahead
        .iter()
        .rev()
        .filter_map(|write| write.part(file))
        .find_map(|part| match &part.change {
            Change::Marks(marks) => marks
                .iter()
                .find(|mark| mark.task == task.key)
                .map(|mark| &mark.to),
            _ => None,
        });
    match pending {
        Some(Target::State(state)) => *state,
        Some(Target::Marker(bytes)) => state_of(bytes),
        None => task.state,
    }
}

/// Returns whether a task will have a star of its own when everything that is being written stands
/// on disk.
pub(super) fn expected_star(model: &Model, file: &DocumentFile, task: &SelectedTask) -> bool {
    let pending = ahead(model)
        .into_iter()
        .rev()
        .filter_map(|write| write.part(file))
        .find_map(|part| match &part.change {
            Change::Stars { tasks, starred } => tasks.contains(&task.key).then_some(*starred),
            _ => None,
        });
    pending.unwrap_or(task.starred)
}

/// Orders one change that gives the chosen tasks a state.
pub(super) fn mark(model: &mut Model, chosen: &Selection, state: State) -> Vec<Effect> {
    write(model, chosen, marks(chosen, state))
}

/// Orders one change, of several files, that gives the chosen tasks of each a state.
pub(super) fn mark_all(model: &mut Model, chosen: &[Selection], state: State) -> Vec<Effect> {
    let part = |chosen: &Selection| part(chosen, marks(chosen, state));
    write_parts(model, chosen.iter().map(part).collect(), None)
}

/// Does the same under a name, which is said when it is done.
pub(super) fn mark_as(
    model: &mut Model,
    chosen: &Selection,
    state: State,
    name: String,
) -> Vec<Effect> {
    write_as(model, chosen, marks(chosen, state), Some(name))
}

fn marks(chosen: &Selection, state: State) -> Change {
    let mark = |task: &SelectedTask| Mark {
        task: task.key.clone(),
        from: None,
        base: None,
        to: Target::State(state),
    };
    Change::Marks(chosen.tasks.iter().map(mark).collect())
}

/// Orders a change of the file that the chosen tasks stand in, and leaves the selection.
pub(super) fn write(model: &mut Model, chosen: &Selection, change: Change) -> Vec<Effect> {
    write_as(model, chosen, change, None)
}

/// Does the same, with a name for the history where the change itself does not say enough.
fn write_as(
    model: &mut Model,
    chosen: &Selection,
    change: Change,
    name: Option<String>,
) -> Vec<Effect> {
    write_parts(model, vec![part(chosen, change)], name)
}

pub(super) fn part(chosen: &Selection, change: Change) -> FileChange {
    FileChange {
        feature: chosen.feature.clone(),
        file: chosen.file.clone(),
        change,
    }
}

pub(super) fn write_parts(
    model: &mut Model,
    parts: Vec<FileChange>,
    name: Option<String>,
) -> Vec<Effect> {
    let write = Write {
        parts,
        origin: Origin::User,
        name,
    };
    model.mode.leave_selection();
    order(model, write)
}
