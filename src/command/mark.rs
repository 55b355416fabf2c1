//! Marking tasks: a state for one, for several, for all below; the star.

use std::collections::BTreeSet;

use super::undo::{ahead, order};
use super::{Command, Hint, Scope};
use crate::markdown::{State, state_of};
use crate::model::{Effect, Model, Origin, View, Write};
use crate::spec::change::{Change, Mark, Target, TaskKey};
use crate::spec::tasks::Task;

const STATE: Option<Hint> = Some(Hint { keys: "s", word: "state", rank: 11 });

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "task-toggle",
        keys: &["space"],
        scope: Scope::Items,
        doc: "Done or not done",
        hint: Some(Hint { keys: "space", word: "done", rank: 10 }),
        applies: can_mark,
        run: toggle,
    },
    Command {
        name: "state-set-todo",
        keys: &["s n"],
        scope: Scope::Tasks,
        doc: "Not started",
        hint: STATE,
        applies: can_mark,
        run: |model| set(model, State::Todo),
    },
    Command {
        name: "state-set-queued",
        keys: &["s q"],
        scope: Scope::Tasks,
        doc: "Queued",
        hint: STATE,
        applies: can_mark,
        run: |model| set(model, State::Queued),
    },
    Command {
        name: "state-set-doing",
        keys: &["s p"],
        scope: Scope::Tasks,
        doc: "In progress",
        hint: STATE,
        applies: can_mark,
        run: |model| set(model, State::Doing),
    },
    Command {
        name: "state-set-done",
        keys: &["s d"],
        scope: Scope::Tasks,
        doc: "Done",
        hint: STATE,
        applies: can_mark,
        run: |model| set(model, State::Done),
    },
    Command {
        name: "parent-tick",
        keys: &["s u"],
        scope: Scope::Tasks,
        doc: "Done for the parent too, when all below it is",
        hint: None,
        applies: |model| can_mark(model) && closable(model).is_some(),
        run: tick_parent,
    },
    Command {
        name: "subtree-set-todo",
        keys: &["S n"],
        scope: Scope::Tasks,
        doc: "Not started, with all children",
        hint: None,
        applies: can_mark,
        run: |model| set_below(model, State::Todo),
    },
    Command {
        name: "subtree-set-queued",
        keys: &["S q"],
        scope: Scope::Tasks,
        doc: "Queued, with all children",
        hint: None,
        applies: can_mark,
        run: |model| set_below(model, State::Queued),
    },
    Command {
        name: "subtree-set-doing",
        keys: &["S p"],
        scope: Scope::Tasks,
        doc: "In progress, with all children",
        hint: None,
        applies: can_mark,
        run: |model| set_below(model, State::Doing),
    },
    Command {
        name: "subtree-set-done",
        keys: &["S d"],
        scope: Scope::Tasks,
        doc: "Done, with all children",
        hint: None,
        applies: can_mark,
        run: |model| set_below(model, State::Done),
    },
    Command {
        name: "task-optional-toggle",
        keys: &["*"],
        scope: Scope::Tasks,
        doc: "Optional or required",
        hint: None,
        applies: can_mark,
        run: toggle_star,
    },
];

pub(super) fn on_task(model: &Model) -> bool {
    model.view == View::Main && !targets(model).is_empty()
}

fn can_mark(model: &Model) -> bool {
    on_task(model) && !model.settings.read_only
}

/// Gives the indices of the tasks that a mark is for: those that are selected, else the one under the cursor.
pub(super) fn targets(model: &Model) -> Vec<usize> {
    model.selected().unwrap_or_else(|| model.task_at_cursor().into_iter().collect())
}

/// Makes the tasks done, or not started when all of them are done.
fn toggle(model: &mut Model) -> Vec<Effect> {
    let Some(sheet) = model.sheet() else { return nothing_here(model) };
    let are_done = targets(model).into_iter().all(|index| expected_state(model, &sheet.tasks.items[index]) == State::Done);
    set(model, if are_done { State::Todo } else { State::Done })
}

/// Gives the state that a task will have when everything that is being written stands on disk.
fn expected_state(model: &Model, task: &Task) -> State {
    let key = TaskKey::of(task);
    let ahead = ahead(model);
    let pending = ahead.iter().rev().find_map(|write| match &write.change {
        Change::Marks(marks) => marks.iter().find(|mark| mark.task == key).map(|mark| &mark.to),
        Change::Star { .. } => None,
    });
    match pending {
        Some(Target::State(state)) => *state,
        Some(Target::Marker(bytes)) => state_of(bytes),
        None => task.state,
    }
}

/// Says whether a task will have a star of its own when everything that is being written stands on disk.
fn expected_star(model: &Model, task: &Task) -> bool {
    let key = TaskKey::of(task);
    let pending = ahead(model).into_iter().rev().find_map(|write| match &write.change {
        Change::Star { task, starred } if *task == key => Some(*starred),
        _ => None,
    });
    pending.unwrap_or(task.star.is_some())
}

fn set(model: &mut Model, state: State) -> Vec<Effect> {
    let indices = targets(model);
    mark(model, &indices, state)
}

fn set_below(model: &mut Model, state: State) -> Vec<Effect> {
    let Some(sheet) = model.sheet() else { return nothing_here(model) };
    let indices: BTreeSet<usize> = targets(model).into_iter().flat_map(|index| sheet.tasks.subtree(index)).collect();
    mark(model, &Vec::from_iter(indices), state)
}

fn tick_parent(model: &mut Model) -> Vec<Effect> {
    let parent = closable(model);
    mark(model, parent.as_slice(), State::Done)
}

/// Gives the nearest task above the cursor that is open though all required tasks below it are done.
pub(crate) fn closable(model: &Model) -> Option<usize> {
    let tasks = &model.sheet()?.tasks;
    tasks.above(model.task_at_cursor()?).find(|above| tasks.can_be_closed(*above))
}

/// Orders one change that gives tasks a state, and leaves the selection.
fn mark(model: &mut Model, indices: &[usize], state: State) -> Vec<Effect> {
    let Some(sheet) = model.sheet().filter(|_| !indices.is_empty()) else { return nothing_here(model) };
    let mark = |index: &usize| Mark { task: TaskKey::of(&sheet.tasks.items[*index]), from: None, to: Target::State(state) };
    let change = Change::Marks(indices.iter().map(mark).collect());
    write(model, change)
}

/// Gives the task a star of its own, or takes it away.
fn toggle_star(model: &mut Model) -> Vec<Effect> {
    let (Some(sheet), &[index]) = (model.sheet(), targets(model).as_slice()) else {
        model.notices.say("* goes for one task at a time: esc leaves the selection");
        return Vec::new();
    };
    let task = &sheet.tasks.items[index];
    let starred = expected_star(model, task);
    let change = Change::Star { task: TaskKey::of(task), starred: !starred };
    let above = sheet.tasks.above(index).find(|above| sheet.tasks.items[*above].star.is_some());
    let Some(above) = above.map(|above| name_of_task(&sheet.tasks.items[above])) else { return write(model, change) };
    let own = name_of_task(task);
    if starred {
        model.notices.say(format!("{own} stays optional, because {above} is"));
        return write(model, change);
    }
    model.notices.say(format!("{own} is optional because {above} is: * there changes both"));
    Vec::new()
}

fn nothing_here(model: &mut Model) -> Vec<Effect> {
    model.notices.say("the cursor is on no task");
    Vec::new()
}

/// Orders a change of the file on the screen, and leaves the selection.
pub(super) fn write(model: &mut Model, change: Change) -> Vec<Effect> {
    let (Some(feature), Some(sheet)) = (model.sheets.feature.clone(), model.sheet()) else { return Vec::new() };
    let write = Write { feature, file: sheet.file.clone(), change, origin: Origin::User, name: None };
    model.mode.leave_selection();
    order(model, write)
}

/// Gives what a message calls a task: its number, else its title.
pub(crate) fn name_of_task(task: &Task) -> String {
    task.number.clone().unwrap_or_else(|| format!("\"{}\"", task.title))
}
