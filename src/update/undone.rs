//! What an undo or a redo leads to: words that say what is so now, and the cursor on it.

use super::structure;
use crate::command::{name_of_task, put_cursor, reveal};
use crate::markdown::state_of;
use crate::model::{
    CardKey, Deadline, Done, Effect, FileChange, Jump, Mode, Model, Origin, Pane, Position,
    TraceSection, View, Write,
};
use crate::spec::change::{Change, Marked, TaskKey};

/// Says what is so now, and of which spec: "undone: 1.2 is not started again (sign-in)".
pub(super) fn words(model: &Model, write: &Write, done: &[Done], name: &str) -> String {
    let (deed, again) = match write.origin {
        Origin::Undo => ("undone", " again"),
        Origin::User | Origin::Redo => ("redone", ""),
    };
    let change = write.parts.first().map(|part| &part.change);
    let what = match change {
        Some(Change::Marks(_)) => format!("{}{again}", states(done)),
        Some(Change::Stars { tasks, starred }) => {
            let word = if *starred { "optional" } else { "required" };
            match &tasks[..] {
                [task] => format!("{task} is {word}{again}"),
                _ => format!("{} tasks are {word}{again}", tasks.len()),
            }
        }
        Some(Change::Unmake(_)) => made(write),
        Some(Change::Text { .. } | Change::Tasks { .. } | Change::Structure { .. }) | None => {
            match name.strip_prefix("edit ") {
                Some(unit) => format!("the edit of {unit}"),
                None if write.origin == Origin::Undo => {
                    structure::undone(name).unwrap_or_else(|| name.to_owned())
                }
                None => name.to_owned(),
            }
        }
    };
    format!("{deed}: {what}{}", specs(model, write))
}

/// Names a document that was made and is taken away again: "tasks.md is gone again".
fn made(write: &Write) -> String {
    let name = write
        .parts
        .first()
        .and_then(|part| part.file.path.file_name());
    let name = name.unwrap_or_default().to_string_lossy();
    format!("{name} is gone again")
}

/// Says which states the tasks have now.
fn states(done: &[Done]) -> String {
    let changed = |marked: &&Marked| marked.before != marked.after;
    let marked: Vec<&Marked> = done
        .iter()
        .flat_map(|done| done.marked.iter().filter(changed))
        .collect();
    let state = |marked: &Marked| state_of(&marked.after).marker().name;
    let Some(first) = marked.first() else {
        return "everything is as it was".to_owned();
    };
    match marked.len() {
        1 => format!("{} is {}", name_of_task(&first.task), state(first)),
        count if marked.iter().all(|other| state(other) == state(first)) => {
            format!("{count} tasks are {}", state(first))
        }
        count => format!("{count} tasks are as they were"),
    }
}

/// Names the spec that was written to, or counts several.
fn specs(model: &Model, write: &Write) -> String {
    let mut folders: Vec<_> = write.parts.iter().map(|part| &part.feature).collect();
    folders.sort();
    folders.dedup();
    match folders[..] {
        [folder] => model
            .specs
            .at(folder)
            .map(|index| format!(" ({})", model.specs.feature(index).name()))
            .unwrap_or_default(),
        _ => format!(" ({} specs)", folders.len()),
    }
}

/// Puts the cursor on what was changed, wherever that is. The trace stands still: it shows the
/// change by itself.
pub(super) fn show(model: &mut Model, write: &Write, done: &[Done]) -> Vec<Effect> {
    let changed = write.parts.iter().zip(done);
    let mut places = changed.filter_map(|(part, done)| Some((part, done, first_line(done)?)));
    let Some((part, done, line)) = places.next() else {
        return Vec::new();
    };
    match model.view {
        _ if model.mode != Mode::Normal => Vec::new(),
        View::Board => {
            let task = done.marked.iter().find(|marked| marked.task.line == line);
            if let Some(marked) = task {
                let key = CardKey {
                    feature: part.feature.clone(),
                    task: TaskKey::of(&marked.task),
                };
                put_cursor(model, key);
            }
            Vec::new()
        }
        View::Main => show_in_pane(model, part, line),
        View::Overview | View::Help | View::Messages | View::Diagram | View::Start => Vec::new(),
    }
}

/// Returns the first line that was changed.
fn first_line(done: &Done) -> Option<usize> {
    let is_changed = |marked: &&Marked| marked.before != marked.after;
    let marked = done.marked.iter().filter(is_changed);
    let first = marked.map(|marked| marked.task.line).min();
    first.or_else(|| done.lines.first().copied())
}

fn show_in_pane(model: &mut Model, part: &FileChange, line: usize) -> Vec<Effect> {
    let Some(index) = model.specs.at(&part.feature) else {
        return Vec::new();
    };
    let feature = model.specs.feature(index);
    let shows_file = |pane: &Pane| pane.file(feature).as_ref() == Some(&part.file);
    let mut panes = std::iter::once(model.pane).chain(Pane::with_file());
    let Some(pane) = panes.find(shows_file) else {
        return Vec::new();
    };
    let is_open = model.open_files.feature.as_ref() == Some(&part.feature);
    if is_open && model.pane == Pane::Trace {
        return Vec::new();
    }
    let here = model.here();
    let is_here = is_open
        && here
            .as_ref()
            .is_some_and(|here| (here.pane, here.position.line) == (pane, line));
    if !is_here {
        here.into_iter().for_each(|here| model.jumps.leave(here));
    }
    if is_open {
        reveal(model, pane, line);
        return vec![Effect::Wait(Deadline::Rest)];
    }
    let place = Jump {
        feature: part.feature.clone(),
        pane,
        file: None,
        section: TraceSection::default(),
        position: Position::at(line),
        part: 0,
        height: usize::from(model.size.1) / 3,
    };
    model.return_to(&place);
    model.sidebar.cursor = place.feature;
    vec![Effect::Forget(Deadline::Rest), model.ask_to_open(index)]
}
