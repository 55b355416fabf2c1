//! Writes that were carried out, or refused: the history, the open file on the screen, a word to the
//! user.

use super::{board, edit, opened, renamed, structure, undone};
use crate::command::{closable, deal_open, go_on, keep_step, name_of, name_of_task};
use crate::model::{
    Dispute, Done, Editor, Effect, Entry, FileChange, Job, Mode, Model, OpenFile, Origin, Outcome,
    Pane, Step, Unwritten, View, Write,
};
use crate::spec::change::{Change, Marked};
use crate::text::{Conflict, Text};

/// Takes in how a write went, and starts what waited for it.
///
/// A write is told of a second time when another program's change came back over it: then it is in
/// the history already.
pub(super) fn take(model: &mut Model, outcome: Outcome) -> Vec<Effect> {
    let Outcome { write, result } = outcome;
    model.waits_for = None;
    let at = model.writing.iter().position(|other| *other == write);
    let order = at.map(|index| model.writing.remove(index));
    let saved = model.saving.iter().find(|(saved, _)| *saved == write);
    let result = match saved {
        Some(_) => result.map_err(with_text),
        None => result,
    };
    let new = saved.and_then(|(_, editor)| structure::Written::of(editor));
    let mut effects = edit::written(model, &write, result.as_ref().err());
    match result {
        Ok(mut done) if order.is_some() => {
            if let Some(new) = &new {
                done.iter_mut().for_each(|done| new.aim(done));
            }
            effects.extend(finish(model, &write, done));
        }
        Ok(done) => show_all(model, &write, &done),
        Err(reason) => {
            // What stands on disk now may have been passed over while the write was under way.
            let again = read_again(model, &write);
            effects.extend(match order {
                Some(_) => refuse(model, write, reason),
                None => written_over(model, write, reason),
            });
            effects.extend(again.into_iter().chain(go_on(model)));
            return effects;
        }
    }
    effects.extend(go_on(model));
    effects
}

fn finish(model: &mut Model, write: &Write, done: Vec<Done>) -> Vec<Effect> {
    let before = structure::Before::of(model, write);
    let names = renamed::Names::before(model, write);
    show_all(model, write, &done);
    structure::follow(model, write, &done);
    let renamed: Vec<(String, String)> =
        done.iter().flat_map(|done| done.renamed.clone()).collect();
    let real = real_change(write, &done);
    let name = write.name.clone().unwrap_or_else(|| name_of(&real));
    let marked: Vec<Marked> = done.iter().flat_map(|done| done.marked.clone()).collect();
    let is_nothing = done.iter().all(|done| !is_real(&done.inverse));
    let effects = match write.origin {
        Origin::Undo | Origin::Redo if !is_nothing => {
            let effects = undone::show(model, write, &done);
            let words = undone::words(model, write, &done, &name);
            model.notices.say(words);
            effects
        }
        _ => Vec::new(),
    };
    let entry = Entry {
        name: name.clone(),
        parts: inverse(write, done),
    };
    match write.origin {
        _ if is_nothing => say_already(model, write),
        Origin::User => {
            model.history.redo.clear();
            model.history.undo.push(entry);
            say_done(model, write, &real, &name);
            structure::say(model, write, &name, &renamed, &before);
            renamed::say(model, names);
        }
        Origin::Undo => model.history.redo.push(entry),
        Origin::Redo => model.history.undo.push(entry),
    }
    board::say_gone(model, &marked);
    effects
        .into_iter()
        .chain(list_again(model, write))
        .collect()
}

/// Orders the list of specs again, where a write has made a document or taken one away.
fn list_again(model: &mut Model, write: &Write) -> Option<Effect> {
    let is_new = |part: &FileChange| {
        if matches!(part.change, Change::Unmake(_)) {
            return true;
        }
        let feature = model.specs.at(&part.feature);
        let feature = feature.map(|index| &model.specs.features()[index]);
        feature.is_some_and(|feature| feature.documents().all(|file| *file != part.file))
    };
    let is_new = write.parts.iter().any(is_new);
    is_new.then(|| model.ask(Job::List))
}

/// Returns whether a change changes anything.
fn is_real(change: &Change) -> bool {
    match change {
        Change::Marks(marks) => !marks.is_empty(),
        Change::Text { edit, .. } => !edit.is_empty(),
        Change::Stars { .. }
        | Change::Tasks { .. }
        | Change::Structure { .. }
        | Change::Unmake(_) => true,
    }
}

/// Says that a write had nothing to change.
fn say_already(model: &mut Model, write: &Write) {
    let ordered = ordered_change(write);
    let name = match (&write.name, &ordered) {
        (Some(name), Change::Text { .. }) => {
            let what = name.strip_prefix("edit ").unwrap_or(name);
            let words = format!("{what}: the file says that already, nothing was written");
            return model.notices.say(words);
        }
        _ => name_of(&ordered),
    };
    model.notices.say(format!("{name} already"));
}

/// Returns what takes a write back, the last part first; nothing for parts that changed nothing.
fn inverse(write: &Write, done: Vec<Done>) -> Vec<FileChange> {
    let changes = write.parts.iter().zip(done).rev();
    changes
        .filter(|(_, done)| is_real(&done.inverse))
        .map(|(part, done)| FileChange {
            change: done.inverse,
            ..part.clone()
        })
        .collect()
}

/// Returns what a write orders, as one change for its name.
fn ordered_change(write: &Write) -> Change {
    joined(write.parts.iter().map(|part| part.change.clone()))
}

/// Returns what a write really changed, as one change for its name.
fn real_change(write: &Write, done: &[Done]) -> Change {
    let parts = write.parts.iter().zip(done);
    joined(parts.map(|(part, done)| changed(&part.change, &done.marked)))
}

/// Joins marks of several files; of other changes the first one tells what was done.
fn joined(changes: impl Iterator<Item = Change>) -> Change {
    let joined = changes.reduce(|mut first, next| {
        if let (Change::Marks(marks), Change::Marks(more)) = (&mut first, next) {
            marks.extend(more);
        }
        first
    });
    joined.unwrap_or(Change::Marks(Vec::new()))
}

/// Orders the documents of a feature again, if it is the open one.
fn read_again(model: &mut Model, write: &Write) -> Option<Effect> {
    let wanted = model.wanted_feature()?;
    if !write.parts.iter().any(|part| part.feature == wanted) {
        return None;
    }
    let index = model.specs.at(wanted)?;
    Some(model.ask_to_open(index))
}

/// Returns the part of a change that changed something.
fn changed(change: &Change, marked: &[Marked]) -> Change {
    let Change::Marks(marks) = change else {
        return change.clone();
    };
    let real = marks
        .iter()
        .zip(marked)
        .filter(|(_, marked)| marked.before != marked.after);
    Change::Marks(real.map(|(mark, _)| mark.clone()).collect())
}

/// Says what was not done. A step that could only not be taken now can be taken later; one that
/// contradicts what others wrote since is asked about.
fn refuse(model: &mut Model, write: Write, reason: Unwritten) -> Vec<Effect> {
    match reason {
        Unwritten::Conflict(conflict) => ask(model, write, *conflict),
        Unwritten::Refused(words) => match structure::refused(&write, &words) {
            Some(words) => model.notices.say(words),
            None => say_refused(model, &write, &words),
        },
        Unwritten::Failed(words) => {
            say_refused(model, &write, &words);
            keep_step(model, write);
        }
    }
    Vec::new()
}

/// Says of a save that failed that what was typed is not lost: it is in the editor again, or a draft.
fn with_text(reason: Unwritten) -> Unwritten {
    match reason {
        Unwritten::Failed(words) => Unwritten::Failed(format!("{words}; your text is kept")),
        other => other,
    }
}

/// Takes in that another program's change came back over a write, which cannot be made again on
/// that. What was typed is in dispute then, or kept as a draft.
fn written_over(model: &mut Model, write: Write, reason: Unwritten) -> Vec<Effect> {
    let (Origin::User, Unwritten::Conflict(conflict)) = (write.origin, &reason) else {
        return refuse(model, write, reason);
    };
    let mut edits = write.parts.iter().filter_map(|part| match &part.change {
        Change::Text { base, edit } => Some(Editor::over_edit(part, base, edit)),
        _ => None,
    });
    let Some(mut editor) = edits.next_back() else {
        return refuse(model, write, reason);
    };
    model.opened += 1;
    editor.ticket = model.opened;
    let kept = Effect::KeepDraft(Box::new(editor.draft(model.now)));
    if model.mode != Mode::Normal {
        say_refused(
            model,
            &write,
            "another program overwrote it; it is kept as a draft",
        );
        editor.contradict(conflict);
        model.kept.push(editor);
        return vec![kept];
    }
    model.mode = Mode::Conflict(Box::new(Dispute::of_edit(editor, *conflict.clone())));
    vec![kept]
}

fn say_refused(model: &mut Model, write: &Write, words: &str) {
    let name = write
        .name
        .as_ref()
        .map(|name| format!(" ({name})"))
        .unwrap_or_default();
    let deed = match write.origin {
        Origin::User => "not written",
        Origin::Undo => "not undone",
        Origin::Redo => "not redone",
    };
    model.notices.fail(format!("{deed}{name}: {words}"));
}

/// Shows a step and what others wrote at the same place, to be decided. Where something else is
/// being done the step stays in the history, as do those that were to follow it.
fn ask(model: &mut Model, write: Write, conflict: Conflict) {
    if matches!(model.mode, Mode::Conflict(_)) {
        // The edit itself is in dispute, on the screen.
        return;
    }
    let words = "somebody else changed the same lines since";
    if write.origin == Origin::User {
        return say_refused(model, &write, words);
    }
    model
        .history
        .waiting
        .retain(|step| matches!(step, Step::Write(_)));
    let dispute = Dispute::of_step(write.clone(), conflict);
    match dispute {
        Some(dispute) if model.mode == Mode::Normal => {
            model.mode = Mode::Conflict(Box::new(dispute));
        }
        _ => {
            say_refused(model, &write, words);
            keep_step(model, write);
        }
    }
}

/// Shows the texts that now stand on disk.
fn show_all(model: &mut Model, write: &Write, done: &[Done]) {
    for (part, done) in write.parts.iter().zip(done) {
        show(model, part, &done.after, &done.lines);
    }
}

/// Shows the text that now stands on disk, where its file is open. Lines other than `own` that
/// differ were changed by others just before.
fn show(model: &mut Model, part: &FileChange, after: &Text, own: &[usize]) {
    if model.open_files.feature.as_ref() != Some(&part.feature) {
        return board::take_written(model, part, after);
    }
    let is_of_part = |open_file: &OpenFile| open_file.file == part.file;
    let panes: Vec<Pane> = model
        .open_files
        .by_pane
        .iter()
        .filter(|(_, open_file)| open_file.as_ref().is_ok_and(is_of_part))
        .map(|(pane, _)| *pane)
        .collect();
    for pane in panes {
        let open_file = OpenFile::of(pane, part.file.clone(), after.clone(), None);
        opened::replace(model, pane, Ok(open_file), own);
    }
    model.open_files.link();
    opened::count_open(model);
    deal_open(model);
}

/// Says what a new mark has led to: how many tasks it changed, where it was not the one under the
/// cursor, and that a parent can be ticked now.
fn say_done(model: &mut Model, write: &Write, real: &Change, name: &str) {
    let ordered = ordered_change(write);
    if structure::is_about(write) {
        return;
    }
    if matches!(ordered, Change::Text { .. }) {
        let what = name.strip_prefix("edit ").unwrap_or(name);
        return model.notices.say(format!("saved {what}; u undoes it"));
    }
    let is_one = !matches!(&ordered, Change::Marks(marks) if marks.len() > 1);
    match write.parts.iter().find_map(|part| offer(model, part)) {
        Some(offer) => model.notices.say(offer),
        None if model.is_on_trace() => model
            .notices
            .say(listed(real).unwrap_or_else(|| name.to_owned())),
        None if is_one && write.name.is_none() && model.view != View::Board => {}
        // No hint says so while the message stands in their place.
        None => model.notices.say(format!("{name}; u undoes it")),
    }
}

/// How many tasks a message names.
const NAMED: usize = 6;

/// Names each of the tasks that were marked, unless there are too many: the trace does not show
/// them by themselves.
fn listed(change: &Change) -> Option<String> {
    let Change::Marks(marks) = change else {
        return None;
    };
    if marks.len() > NAMED {
        return None;
    }
    let last = marks.split_last()?;
    let others: String = last
        .1
        .iter()
        .map(|mark| format!("{}, ", mark.task))
        .collect();
    Some(format!(
        "{others}{}",
        name_of(&Change::Marks(vec![last.0.clone()]))
    ))
}

/// Offers to tick a parent when its last required child was.
fn offer(model: &Model, part: &FileChange) -> Option<String> {
    let Change::Marks(marks) = &part.change else {
        return None;
    };
    let open_file = model
        .open_file()
        .filter(|open_file| open_file.file == part.file)?;
    let tasks = &open_file.tasks;
    let parents = marks
        .iter()
        .rev()
        .filter_map(|mark| tasks.items[mark.task.find(tasks).ok()?].parent);
    let parent = parents
        .into_iter()
        .find(|parent| tasks.can_be_closed(*parent))?;
    let name = name_of_task(&tasks.items[parent]);
    let way = match model.view {
        _ if closable(model) == Some(parent) => "s u ticks it too",
        View::Board => "enter, then s u ticks it too",
        _ => "space ticks it there",
    };
    Some(format!("everything required below {name} is done: {way}"))
}
