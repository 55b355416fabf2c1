//! Ordering writes, one after the other; taking changes back and doing them again.

use super::{Command, Hint, Scope, no_hint, off_pages};
use crate::markdown::marker_for;
use crate::model::{Effect, Entry, Model, Origin, Step, Write};
use crate::spec::change::{Change, Target};

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "edit-undo",
        keys: &["u"],
        scope: Scope::All,
        doc: "Undo the last change, in any file",
        needs: Some("nothing to undo"),
        hint: |model| {
            off_pages(
                model,
                Hint {
                    keys: "u",
                    word: "undo",
                    rank: 18,
                },
            )
        },
        applies: |model| !model.history.undo.is_empty() || is_behind(model, Origin::Undo),
        run: undo,
    },
    Command {
        name: "edit-redo",
        keys: &["ctrl-r"],
        scope: Scope::All,
        doc: "Redo",
        needs: Some("nothing to redo"),
        hint: no_hint,
        applies: |model| !model.history.redo.is_empty() || is_behind(model, Origin::Redo),
        run: redo,
    },
];

/// Orders a write, unless the board may only read. What comes behind a waiting undo waits too.
pub(super) fn order(model: &mut Model, write: Write) -> Vec<Effect> {
    if model.settings.read_only {
        model
            .notices
            .fail("nothing is written: the board is read-only (--read-only)");
        return Vec::new();
    }
    if !model.history.waiting.is_empty() {
        model.history.waiting.push_back(Step::Write(write));
        return Vec::new();
    }
    start(model, write)
}

fn start(model: &mut Model, write: Write) -> Vec<Effect> {
    model.writing.push(write.clone());
    vec![Effect::Write(Box::new(write))]
}

/// Starts what waited for its turn, as far as it can be started now.
pub(crate) fn go_on(model: &mut Model) -> Vec<Effect> {
    let mut effects = Vec::new();
    while let Some(step) = model.history.waiting.pop_front() {
        let must_wait = match step {
            Step::Undo => is_written_by_other(model, Origin::Undo),
            Step::Redo => is_written_by_other(model, Origin::Redo),
            Step::Write(_) => false,
        };
        if must_wait {
            model.history.waiting.push_front(step);
            break;
        }
        effects.extend(match step {
            Step::Undo => take_back(model),
            Step::Redo => do_again(model),
            Step::Write(write) => start(model, write),
        });
    }
    effects
}

/// Returns the writes whose changes will stand on disk beside what is shown, the latest last: a
/// waiting undo takes one off.
pub(super) fn ahead(model: &Model) -> Vec<&Write> {
    let mut ahead: Vec<&Write> = model.writing.iter().collect();
    let mut undone: Vec<&Write> = Vec::new();
    for step in &model.history.waiting {
        match step {
            Step::Undo => undone.extend(ahead.pop()),
            Step::Redo => ahead.extend(undone.pop()),
            Step::Write(write) => ahead.push(write),
        }
    }
    ahead
}

fn undo(model: &mut Model) -> Vec<Effect> {
    if is_behind(model, Origin::Undo) {
        model.history.waiting.push_back(Step::Undo);
        return Vec::new();
    }
    take_back(model)
}

fn redo(model: &mut Model) -> Vec<Effect> {
    if is_behind(model, Origin::Redo) {
        model.history.waiting.push_back(Step::Redo);
        return Vec::new();
    }
    do_again(model)
}

/// Returns whether a step must wait: what it is about may still be on its way to the disk.
fn is_behind(model: &Model, origin: Origin) -> bool {
    !model.history.waiting.is_empty() || is_written_by_other(model, origin)
}

fn is_written_by_other(model: &Model, origin: Origin) -> bool {
    model.writing.iter().any(|write| write.origin != origin)
}

fn take_back(model: &mut Model) -> Vec<Effect> {
    let entry = model.history.undo.pop();
    step(model, entry, Origin::Undo, "nothing to undo")
}

fn do_again(model: &mut Model) -> Vec<Effect> {
    let entry = model.history.redo.pop();
    step(model, entry, Origin::Redo, "nothing to redo")
}

/// Puts a step that was not gone back where it came from.
pub(crate) fn keep_step(model: &mut Model, write: Write) {
    let steps = match write.origin {
        Origin::User => return,
        Origin::Undo => &mut model.history.undo,
        Origin::Redo => &mut model.history.redo,
    };
    if let Some(name) = write.name {
        steps.push(Entry {
            name,
            parts: write.parts,
        });
    }
}

fn step(model: &mut Model, entry: Option<Entry>, origin: Origin, nothing: &str) -> Vec<Effect> {
    let Some(entry) = entry else {
        model.notices.say(nothing);
        return Vec::new();
    };
    start(
        model,
        Write {
            parts: entry.parts,
            origin,
            name: Some(entry.name),
        },
    )
}

/// Names a change for the history: "2.3 done".
pub(crate) fn name_of(change: &Change) -> String {
    match change {
        Change::Stars { tasks, starred } => {
            let word = if *starred { "optional" } else { "required" };
            match &tasks[..] {
                [task] => format!("{task} {word}"),
                _ => format!("{} tasks {word}", tasks.len()),
            }
        }
        Change::Text { .. }
        | Change::Tasks { .. }
        | Change::Structure { .. }
        | Change::Unmake(_) => "edit".to_owned(),
        Change::Marks(marks) => match &marks[..] {
            [mark] => format!("{} {}", mark.task, target_name(&mark.to)),
            _ => format!(
                "{} tasks {}",
                marks.len(),
                marks.first().map_or("", |mark| target_name(&mark.to))
            ),
        },
    }
}

fn target_name(target: &Target) -> &'static str {
    match target {
        Target::State(state) => marker_for(*state).name,
        Target::Marker(_) => "back",
    }
}
