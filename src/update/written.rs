//! Writes that were carried out, or refused: the history, the sheet on the screen, a word to the user.

use super::opened;
use crate::command::name_of;
use crate::markdown::State;
use crate::model::{Done, Effect, Entry, Model, Origin, Outcome, Pane, Sheet, Write};
use crate::spec::change::Change;
use crate::spec::tasks::Tasks;
use crate::text::Text;

/// Takes in how a write went.
pub(super) fn take(model: &mut Model, outcome: Outcome) -> Vec<Effect> {
    let Outcome { write, result } = outcome;
    if let Some(index) = model.writing.iter().position(|other| *other == write) {
        model.writing.remove(index);
    }
    match result {
        Ok(done) => {
            finish(model, &write, done);
            Vec::new()
        }
        Err(reason) => refuse(model, &write, &reason),
    }
}

fn finish(model: &mut Model, write: &Write, done: Done) {
    let name = write.name.clone().unwrap_or_else(|| name_of(&write.change));
    let is_nothing = done.marked.iter().all(|marked| marked.before == marked.after) && matches!(write.change, Change::Marks(_));
    let entry = Entry { name: name.clone(), feature: write.feature.clone(), file: write.file.clone(), change: done.inverse };
    match write.origin {
        _ if is_nothing => model.notices.say(format!("{name} already")),
        Origin::User => {
            model.history.redo.clear();
            model.history.undo.push(entry);
        }
        Origin::Undo => {
            model.notices.say(format!("undo: {name}"));
            model.history.redo.push(entry);
        }
        Origin::Redo => {
            model.notices.say(format!("redo: {name}"));
            model.history.undo.push(entry);
        }
    }
    let own: Vec<usize> = done.marked.iter().map(|marked| marked.task.line).collect();
    show(model, write, &done.after, &own);
    if write.origin == Origin::User {
        offer_parent(model, write);
    }
}

/// Says why nothing was written, and reads the file again: what stands there now may have been passed over while the write was under way.
fn refuse(model: &mut Model, write: &Write, reason: &str) -> Vec<Effect> {
    let deed = match write.origin {
        Origin::User => "not written",
        Origin::Undo => "not undone",
        Origin::Redo => "not redone",
    };
    model.notices.fail(format!("{deed}: {reason}"));
    let feature = model.shown_feature().filter(|feature| feature.folder.path == write.feature);
    feature.map(|feature| Effect::Open(Box::new(feature.clone()), Vec::new())).into_iter().collect()
}

/// Shows the text that now stands on disk, where its file is open. Lines other than `own` that differ were changed by others just before.
fn show(model: &mut Model, write: &Write, after: &Text, own: &[usize]) {
    if model.sheets.feature.as_ref() != Some(&write.feature) {
        return;
    }
    let panes: Vec<Pane> = model
        .sheets
        .sheets
        .iter()
        .filter(|(_, sheet)| sheet.as_ref().is_ok_and(|sheet| sheet.file == write.file))
        .map(|(pane, _)| *pane)
        .collect();
    for pane in panes {
        let sheet = Sheet::of(pane, write.file.clone(), after.clone(), None);
        opened::replace(model, pane, Ok(sheet), own);
    }
    opened::count_open(model);
}

/// Says that a parent can be ticked when its last required child was.
fn offer_parent(model: &mut Model, write: &Write) {
    let Change::Marks(marks) = &write.change else { return };
    let Some(tasks) = model.sheets.of(Pane::Tasks).map(|sheet| &sheet.tasks) else { return };
    let parent = marks.iter().rev().find_map(|mark| tasks.items[mark.task.find(tasks).ok()?].parent);
    let Some(parent) = parent.filter(|parent| is_complete(tasks, *parent)) else { return };
    let parent = &tasks.items[parent];
    let name = parent.number.clone().unwrap_or_else(|| parent.title.clone());
    model.notices.say(format!("every required task below {name} is done: it can be ticked too"));
}

/// Says whether a task is open though all its required children are done.
fn is_complete(tasks: &Tasks, parent: usize) -> bool {
    let mut required = tasks.children(parent).map(|child| &tasks.items[child]).filter(|child| !child.optional).peekable();
    let any = required.peek().is_some();
    any && tasks.items[parent].state != State::Done && required.all(|child| child.state == State::Done)
}
