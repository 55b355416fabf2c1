//! Marking tasks, and taking marks back.

use super::{Command, Hint, Scope};
use crate::markdown::{State, marker_for};
use crate::model::{Effect, Entry, Model, Origin, View, Write};
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
        applies: on_task,
        run: toggle,
    },
    Command {
        name: "state-set-todo",
        keys: &["s n"],
        scope: Scope::Tasks,
        doc: "Not started",
        hint: STATE,
        applies: on_task,
        run: |model| set(model, State::Todo),
    },
    Command {
        name: "state-set-queued",
        keys: &["s q"],
        scope: Scope::Tasks,
        doc: "Queued",
        hint: STATE,
        applies: on_task,
        run: |model| set(model, State::Queued),
    },
    Command {
        name: "state-set-doing",
        keys: &["s p"],
        scope: Scope::Tasks,
        doc: "In progress",
        hint: STATE,
        applies: on_task,
        run: |model| set(model, State::Doing),
    },
    Command {
        name: "state-set-done",
        keys: &["s d"],
        scope: Scope::Tasks,
        doc: "Done",
        hint: STATE,
        applies: on_task,
        run: |model| set(model, State::Done),
    },
    Command {
        name: "edit-undo",
        keys: &["u"],
        scope: Scope::All,
        doc: "Undo the last edit, whatever file",
        hint: Some(Hint { keys: "u", word: "undo", rank: 15 }),
        applies: |model| !model.history.undo.is_empty(),
        run: undo,
    },
    Command {
        name: "edit-redo",
        keys: &["ctrl-r"],
        scope: Scope::All,
        doc: "Redo",
        hint: None,
        applies: |model| !model.history.redo.is_empty(),
        run: redo,
    },
];

fn on_task(model: &Model) -> bool {
    model.view == View::Main && model.task_at_cursor().is_some()
}

/// Makes the task under the cursor done, or not started when it is done.
fn toggle(model: &mut Model) -> Vec<Effect> {
    let Some(state) = target(model).map(|task| expected_state(model, task)) else { return nothing_here(model) };
    set(model, if state == State::Done { State::Todo } else { State::Done })
}

fn target(model: &Model) -> Option<&Task> {
    model.sheet()?.tasks.items.get(model.task_at_cursor()?)
}

/// Gives the state that a task will have when everything that is being written stands on disk.
fn expected_state(model: &Model, task: &Task) -> State {
    let key = TaskKey::of(task);
    let pending = model.writing.iter().rev().find_map(|write| match &write.change {
        Change::Marks(marks) => marks.iter().find(|mark| mark.task == key).map(|mark| mark.to.clone()),
        Change::Star { .. } => None,
    });
    if let Some(Target::State(state)) = pending { state } else { task.state }
}

fn set(model: &mut Model, state: State) -> Vec<Effect> {
    let Some(task) = target(model) else { return nothing_here(model) };
    let mark = Mark { task: TaskKey::of(task), from: None, to: Target::State(state) };
    write(model, Change::Marks(vec![mark]))
}

fn nothing_here(model: &mut Model) -> Vec<Effect> {
    model.notices.say("the cursor is on no task");
    Vec::new()
}

/// Orders a change of the file on the screen.
fn write(model: &mut Model, change: Change) -> Vec<Effect> {
    let (Some(feature), Some(sheet)) = (model.sheets.feature.clone(), model.sheet()) else { return Vec::new() };
    let write = Write { feature, file: sheet.file.clone(), change, origin: Origin::User, name: None };
    order(model, write)
}

/// Orders a write, unless the board may only read.
fn order(model: &mut Model, write: Write) -> Vec<Effect> {
    if model.settings.read_only {
        model.notices.fail("nothing is written: the board was started with --read-only");
        return Vec::new();
    }
    model.writing.push(write.clone());
    vec![Effect::Write(Box::new(write))]
}

fn undo(model: &mut Model) -> Vec<Effect> {
    let entry = model.history.undo.pop();
    again(model, entry, Origin::Undo, "nothing to undo")
}

fn redo(model: &mut Model) -> Vec<Effect> {
    let entry = model.history.redo.pop();
    again(model, entry, Origin::Redo, "nothing to redo")
}

fn again(model: &mut Model, entry: Option<Entry>, origin: Origin, nothing: &str) -> Vec<Effect> {
    let Some(entry) = entry else {
        model.notices.say(nothing);
        return Vec::new();
    };
    order(model, Write { feature: entry.feature, file: entry.file, change: entry.change, origin, name: Some(entry.name) })
}

/// Names a change for the history: "2.3 done".
pub(crate) fn name_of(change: &Change) -> String {
    match change {
        Change::Star { task, starred } => format!("{task} {}", if *starred { "optional" } else { "required" }),
        Change::Marks(marks) => match &marks[..] {
            [mark] => format!("{} {}", mark.task, target_name(&mark.to)),
            _ => format!("{} tasks {}", marks.len(), marks.first().map_or("", |mark| target_name(&mark.to))),
        },
    }
}

fn target_name(target: &Target) -> &'static str {
    match target {
        Target::State(state) => marker_for(*state).name,
        Target::Marker(_) => "back",
    }
}
