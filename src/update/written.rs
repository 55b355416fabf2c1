//! Writes that were carried out, or refused: the history, the open file on the screen, a word to the
//! user.

use super::{board, edit, opened};
use crate::command::{closable, deal_open, go_on, name_of, name_of_task};
use crate::model::{
    Done, Effect, Entry, Model, OpenFile, Origin, Outcome, Pane, Unwritten, View, Write,
};
use crate::spec::change::{Change, Marked};
use crate::text::Text;

/// Takes in how a write went, and starts what waited for it.
///
/// A write is told of a second time when another program's change came back over it: then it is in
/// the history already.
pub(super) fn take(model: &mut Model, outcome: Outcome) -> Vec<Effect> {
    let Outcome { write, result } = outcome;
    let at = model.writing.iter().position(|other| *other == write);
    let order = at.map(|index| model.writing.remove(index));
    let mut effects = edit::written(model, &write, result.as_ref().err());
    match result {
        Ok(done) if order.is_some() => finish(model, &write, done),
        Ok(done) => show(model, &write, &done.after, &done.lines),
        Err(reason) => {
            // What stands on disk now may have been passed over while the write was under way.
            let again = read_again(model, &write);
            refuse(model, write, reason);
            effects.extend(again.into_iter().chain(go_on(model)));
            return effects;
        }
    }
    effects.extend(go_on(model));
    effects
}

fn finish(model: &mut Model, write: &Write, done: Done) {
    let name = write
        .name
        .clone()
        .unwrap_or_else(|| name_of(&changed(&write.change, &done.marked)));
    let is_nothing = matches!(&done.inverse, Change::Marks(marks) if marks.is_empty());
    show(model, write, &done.after, &done.lines);
    let entry = Entry {
        name: name.clone(),
        feature: write.feature.clone(),
        file: write.file.clone(),
        change: done.inverse,
    };
    match write.origin {
        _ if is_nothing => model
            .notices
            .say(format!("{} already", name_of(&write.change))),
        Origin::User => {
            model.history.redo.clear();
            model.history.undo.push(entry);
            say_done(model, write, &name, &done.marked);
        }
        Origin::Undo => {
            model
                .notices
                .say(format!("undo: {name}{}", place(model, write)));
            model.history.redo.push(entry);
        }
        Origin::Redo => {
            model
                .notices
                .say(format!("redo: {name}{}", place(model, write)));
            model.history.undo.push(entry);
        }
    }
    board::say_gone(model, &done.marked);
}

/// Orders the documents of a feature again, if it is the open one.
fn read_again(model: &mut Model, write: &Write) -> Option<Effect> {
    if model.wanted_feature() != Some(&write.feature) {
        return None;
    }
    let index = model.feature_at(&write.feature)?;
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

/// Says in which spec something was written, where it is not the one on the screen.
fn place(model: &Model, write: &Write) -> String {
    if model.open_files.feature.as_ref() == Some(&write.feature) {
        return String::new();
    }
    let name = model
        .feature_at(&write.feature)
        .map(|index| model.workspace.features[index].name().to_owned());
    name.map(|name| format!(" in {name}")).unwrap_or_default()
}

/// Says what was not done. A step that could only not be taken now can be taken later.
fn refuse(model: &mut Model, write: Write, reason: Unwritten) {
    let words = reason.words();
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
    let steps = match write.origin {
        Origin::User => return,
        Origin::Undo => &mut model.history.undo,
        Origin::Redo => &mut model.history.redo,
    };
    if let (Unwritten::Failed(_), Some(name)) = (reason, write.name) {
        steps.push(Entry {
            name,
            feature: write.feature,
            file: write.file,
            change: write.change,
        });
    }
}

/// Shows the text that now stands on disk, where its file is open. Lines other than `own` that
/// differ were changed by others just before.
fn show(model: &mut Model, write: &Write, after: &Text, own: &[usize]) {
    if model.open_files.feature.as_ref() != Some(&write.feature) {
        return board::take_written(model, write, after);
    }
    let panes: Vec<Pane> = model
        .open_files
        .by_pane
        .iter()
        .filter(|(_, open_file)| {
            open_file
                .as_ref()
                .is_ok_and(|open_file| open_file.file == write.file)
        })
        .map(|(pane, _)| *pane)
        .collect();
    for pane in panes {
        let open_file = OpenFile::of(pane, write.file.clone(), after.clone(), None);
        opened::replace(model, pane, Ok(open_file), own);
    }
    model.open_files.link();
    opened::count_open(model);
    deal_open(model);
}

/// Says what a new mark has led to: how many tasks it changed, where it was not the one under the
/// cursor, and that a parent can be ticked now.
fn say_done(model: &mut Model, write: &Write, name: &str, marked: &[Marked]) {
    let offer = offer(model, write);
    let needs_no_word = marked.len() <= 1 && write.name.is_none();
    if matches!(write.change, Change::Text { .. }) {
        let what = name.strip_prefix("edit ").unwrap_or(name);
        return model.notices.say(format!("saved {what}; u takes it back"));
    }
    match offer {
        Some(offer) => model.notices.say(offer),
        None if model.is_on_trace() => model
            .notices
            .say(listed(&changed(&write.change, marked)).unwrap_or_else(|| name.to_owned())),
        None if needs_no_word => {}
        None => model.notices.say(name),
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
    let last = marks.split_last().filter(|_| marks.len() <= NAMED)?;
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
fn offer(model: &Model, write: &Write) -> Option<String> {
    let Change::Marks(marks) = &write.change else {
        return None;
    };
    let open_file = model
        .open_file()
        .filter(|open_file| open_file.file == write.file)?;
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
    Some(format!("all required below {name} is done: {way}"))
}
