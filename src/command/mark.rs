//! Marking tasks: a state for one, for several, for all below; the star.

use std::collections::{BTreeMap, BTreeSet};

use super::intent::{expected_star, expected_state, mark, mark_all, part, write, write_parts};
use super::{Command, Hint, Scope, board, no_hint, stale};
use crate::markdown::State;
use crate::model::{Cards, Effect, Model, SelectedTask, Selection, Surface};
use crate::spec::change::{Change, TaskKey};
use crate::spec::tasks::Task;

/// The hint at what sets a state.
pub(super) const STATE: Hint = Hint {
    keys: "s",
    word: "state",
    rank: 11,
};

/// The hint at what ticks.
pub(super) const TOGGLE: Hint = Hint {
    keys: "space",
    word: "tick",
    rank: 10,
};

/// Returns a hint at what marks. In the trace those that go somewhere are of more use.
fn hint_in_place(hint: Hint, model: &Model) -> Option<Hint> {
    let later = if model.is_on_trace() { 10 } else { 0 };
    Some(Hint {
        rank: hint.rank + later,
        ..hint
    })
}

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "task-toggle",
        keys: &["space"],
        scope: Scope::Items,
        doc: "Tick or untick",
        needs: Some("nothing to tick here"),
        hint: |model| hint_in_place(TOGGLE, model),
        applies: can_mark,
        run: toggle,
    },
    Command {
        name: "state-set-todo",
        keys: &["s n"],
        scope: Scope::Tasks,
        doc: "Not started",
        needs: None,
        hint: |model| hint_in_place(STATE, model),
        applies: can_mark,
        run: |model| set(model, State::Todo),
    },
    Command {
        name: "state-set-queued",
        keys: &["s q"],
        scope: Scope::Tasks,
        doc: "Queued",
        needs: None,
        hint: |model| hint_in_place(STATE, model),
        applies: can_mark,
        run: |model| set(model, State::Queued),
    },
    Command {
        name: "state-set-doing",
        keys: &["s p"],
        scope: Scope::Tasks,
        doc: "In progress",
        needs: None,
        hint: |model| hint_in_place(STATE, model),
        applies: can_mark,
        run: |model| set(model, State::Doing),
    },
    Command {
        name: "state-set-done",
        keys: &["s d"],
        scope: Scope::Tasks,
        doc: "Done",
        needs: None,
        hint: |model| hint_in_place(STATE, model),
        applies: can_mark,
        run: |model| set(model, State::Done),
    },
    Command {
        name: "parent-tick",
        keys: &["s u"],
        scope: Scope::Tasks,
        doc: "Tick the parent too, once everything below it is done",
        needs: Some("no parent to tick: it is done already, or something below it is open"),
        hint: no_hint,
        applies: |model| can_mark(model) && closable(model).is_some(),
        run: tick_parent,
    },
    Command {
        name: "subtree-set-todo",
        keys: &["S n"],
        scope: Scope::Tasks,
        doc: "Not started, with all sub-tasks",
        needs: None,
        hint: with_children,
        applies: can_mark_in_list,
        run: |model| set_below(model, State::Todo),
    },
    Command {
        name: "subtree-set-queued",
        keys: &["S q"],
        scope: Scope::Tasks,
        doc: "Queued, with all sub-tasks",
        needs: None,
        hint: no_hint,
        applies: can_mark_in_list,
        run: |model| set_below(model, State::Queued),
    },
    Command {
        name: "subtree-set-doing",
        keys: &["S p"],
        scope: Scope::Tasks,
        doc: "In progress, with all sub-tasks",
        needs: None,
        hint: no_hint,
        applies: can_mark_in_list,
        run: |model| set_below(model, State::Doing),
    },
    Command {
        name: "subtree-set-done",
        keys: &["S d"],
        scope: Scope::Tasks,
        doc: "Done, with all sub-tasks",
        needs: None,
        hint: no_hint,
        applies: can_mark_in_list,
        run: |model| set_below(model, State::Done),
    },
    Command {
        name: "stale-reset",
        keys: &["s r"],
        scope: Scope::Tasks,
        doc: "Reset this spec's stale tasks to not started",
        needs: Some("nothing is stale: no started task was left untouched for a week"),
        hint: no_hint,
        applies: |model| !model.settings.read_only && stale::is_there(model),
        run: stale::reset,
    },
    Command {
        name: "task-optional-toggle",
        keys: &["*"],
        scope: Scope::Tasks,
        doc: "Make optional or required",
        needs: None,
        hint: no_hint,
        applies: can_mark_in_list,
        run: toggle_star,
    },
];

/// Returns what marks selected tasks together with all below them: worth a word only there.
fn with_children(model: &Model) -> Option<Hint> {
    model.selected().map(|_| Hint {
        keys: "S",
        word: "with sub-tasks",
        rank: 12,
    })
}

pub(super) fn on_task(model: &Model) -> bool {
    model.selection().is_some()
}

/// Returns whether there is something to be marked. In the trace this holds wherever the cursor is,
/// so that the hints stay as they are between cells.
fn can_mark(model: &Model) -> bool {
    (on_task(model) || (model.is_on_trace() && model.has_trace())) && !model.settings.read_only
}

/// Returns whether the cursor is on a task or a card that can be marked.
fn can_mark_in_list(model: &Model) -> bool {
    matches!(model.surface(), Surface::Tasks | Surface::Board) && can_mark(model)
}

/// Makes the tasks done, or not started when all of them are done.
fn toggle(model: &mut Model) -> Vec<Effect> {
    let chosen = model.selections();
    let is_done = |chosen: &Selection| {
        let mut tasks = chosen.tasks.iter();
        tasks.all(|task| expected_state(model, &chosen.file, task) == State::Done)
    };
    let are_done = chosen.iter().all(is_done);
    set(model, if are_done { State::Todo } else { State::Done })
}

fn set(model: &mut Model, state: State) -> Vec<Effect> {
    let chosen = model.selections();
    if chosen.is_empty() {
        return nothing_here(model);
    }
    board::step_past(model, &chosen, state);
    mark_all(model, &chosen, state)
}

fn set_below(model: &mut Model, state: State) -> Vec<Effect> {
    if model.surface() == Surface::Board {
        return set_below_cards(model, state);
    }
    let Some(open_file) = model.open_file() else {
        return nothing_here(model);
    };
    let indices: BTreeSet<usize> = model
        .targets()
        .into_iter()
        .flat_map(|index| open_file.tasks.subtree(index))
        .collect();
    mark_in_list(model, &Vec::from_iter(indices), state)
}

/// Returns tasks of cards with all those below them, each once and in file order.
fn with_below(cards: &Cards, tasks: &[SelectedTask]) -> Vec<SelectedTask> {
    let found = tasks.iter().filter_map(|task| cards.find(&task.key));
    let below = found.flat_map(|card| card.below.iter().cloned());
    let all = tasks.iter().cloned().chain(below);
    let by_line: BTreeMap<Option<usize>, SelectedTask> =
        all.map(|task| (task.key.line, task)).collect();
    by_line.into_values().collect()
}

/// Marks cards with all tasks below them.
fn set_below_cards(model: &mut Model, state: State) -> Vec<Effect> {
    let mut chosen = model.selections();
    for of in &mut chosen {
        if let Some(cards) = model.board.cards.get(&of.feature) {
            of.tasks = with_below(cards, &of.tasks);
        }
    }
    if chosen.is_empty() {
        return nothing_here(model);
    }
    board::step_past(model, &chosen, state);
    mark_all(model, &chosen, state)
}

fn tick_parent(model: &mut Model) -> Vec<Effect> {
    let parent = closable(model);
    mark_in_list(model, parent.as_slice(), State::Done)
}

/// Returns the nearest task above the cursor that is open though all required tasks below it are
/// done.
pub(crate) fn closable(model: &Model) -> Option<usize> {
    if !model.surface().is_main() {
        return None;
    }
    let tasks = &model.open_file()?.tasks;
    tasks
        .above(model.task_at_cursor()?)
        .find(|above| tasks.can_be_closed(*above))
}

fn mark_in_list(model: &mut Model, indices: &[usize], state: State) -> Vec<Effect> {
    let Some(chosen) = model.selection_of(indices) else {
        return nothing_here(model);
    };
    mark(model, &chosen, state)
}

/// Gives tasks a star of their own; where all of them have one, takes it away.
fn toggle_star(model: &mut Model) -> Vec<Effect> {
    let chosen = model.selections();
    let count: usize = chosen.iter().map(|chosen| chosen.tasks.len()).sum();
    if count == 1 && model.surface() == Surface::Tasks {
        return toggle_one_star(model, &chosen[0]);
    }
    // What is optional by a task above needs no star of its own.
    let needs_own = |task: &&SelectedTask| task.starred || !task.optional;
    let is_starred = |of: &Selection, task: &SelectedTask| expected_star(model, &of.file, task);
    let are_starred = |of: &Selection| {
        let mut tasks = of.tasks.iter().filter(needs_own);
        tasks.all(|task| is_starred(of, task))
    };
    let starred = !chosen.iter().all(are_starred);
    let (mut parts, mut changed) = (Vec::new(), 0);
    for of in &chosen {
        let meant = of.tasks.iter().filter(needs_own);
        let meant = meant.filter(|task| is_starred(of, task) != starred);
        let tasks: Vec<TaskKey> = meant.map(|task| task.key.clone()).collect();
        changed += tasks.len();
        if !tasks.is_empty() {
            parts.push(part(of, Change::Stars { tasks, starred }));
        }
    }
    if parts.is_empty() {
        let words = "optional because a task above is: press * on that one";
        model.notices.say(words);
        return Vec::new();
    }
    let word = if starred { "optional" } else { "required" };
    let name = (changed > 1).then(|| format!("{changed} tasks {word}"));
    write_parts(model, parts, name)
}

fn toggle_one_star(model: &mut Model, chosen: &Selection) -> Vec<Effect> {
    let (Some(open_file), &[index]) = (model.open_file(), model.targets().as_slice()) else {
        return nothing_here(model);
    };
    let task = &open_file.tasks.items[index];
    let starred = expected_star(model, &chosen.file, &chosen.tasks[0]);
    let change = Change::Stars {
        tasks: vec![TaskKey::of(task)],
        starred: !starred,
    };
    let above = open_file
        .tasks
        .above(index)
        .find(|above| open_file.tasks.items[*above].star.is_some());
    let Some(above) = above.map(|above| name_of_task(&open_file.tasks.items[above])) else {
        return write(model, chosen, change);
    };
    let own = name_of_task(task);
    if starred {
        model
            .notices
            .say(format!("{own} stays optional, because {above} is"));
        return write(model, chosen, change);
    }
    model.notices.say(format!(
        "{own} is optional because {above} is: press * on {above} to change both"
    ));
    Vec::new()
}

fn nothing_here(model: &mut Model) -> Vec<Effect> {
    if model.is_on_trace() {
        return super::trace::ask_which(model);
    }
    model.notices.say("the cursor is not on a task");
    Vec::new()
}

/// Returns what a message calls a task: its number, else its title.
pub(crate) fn name_of_task(task: &Task) -> String {
    task.number
        .clone()
        .unwrap_or_else(|| format!("\"{}\"", task.title))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::MARKERS;

    #[test]
    fn every_state_that_is_written_has_its_commands() {
        for row in MARKERS.iter().filter(|row| row.byte().is_some()) {
            for object in ["state", "subtree"] {
                let name = format!("{object}-set-{}", row.word);
                let command = COMMANDS.iter().find(|command| command.name == name);
                assert!(command.is_some(), "there is no command {name}");
            }
        }
    }
}
