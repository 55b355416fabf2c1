//! Documents that were read: taken into the model, with cursor, scroll and folds where they were.

use std::collections::{BTreeSet, HashSet};
use std::path::PathBuf;

use super::{board, first};
use crate::command::{arrive, deal_open, leave_choice};
use crate::model::{
    Deadline, Effect, Job, Mode, Model, OpenFile, OpenFiles, Pane, Position, Summary,
};
use crate::store::Failure;
use crate::text::{LineMap, Text};

/// Orders the documents of the spec under the cursor of the list, if it is not the one that is
/// open.
pub(super) fn open_cursor(model: &mut Model) -> Vec<Effect> {
    let Some(index) = model.specs.at(&model.sidebar.cursor) else {
        return Vec::new();
    };
    if model.wanted_feature() == Some(&model.sidebar.cursor) {
        return Vec::new();
    }
    vec![Effect::Forget(Deadline::Rest), model.ask_to_open(index)]
}

/// Takes in the documents of a feature: of another one than was open, or new versions of the open
/// one.
pub(super) fn take(model: &mut Model, open_files: OpenFiles) -> Vec<Effect> {
    let is_known = |path: &PathBuf| model.specs.at(path).is_some();
    if !open_files.feature.as_ref().is_some_and(is_known) {
        // It is gone; what stands in its place was asked for when that was seen.
        return Vec::new();
    }
    let effects = if open_files.feature == model.open_files.feature {
        merge(model, open_files)
    } else {
        model.close_file();
        model.leave_documents();
        model.open_files = open_files;
        model.find_again();
        // Selected cards are not in the pane whose document changes.
        if !matches!(model.mode.base(), Mode::SelectCards(_)) {
            model.mode.leave_selection();
        }
        board::follow(model);
        Vec::new()
    };
    model.open_files.link();
    arrive(model);
    first::arrive(model);
    count_open(model);
    deal_open(model);
    tell_problems(model);
    effects
}

/// Says what is wrong with the open spec and with the specs folders, once for each: the first in
/// the footer, all among the last messages.
pub(super) fn tell_problems(model: &mut Model) {
    retract_problems(model);
    let shared = model
        .specs
        .workspace()
        .problems
        .iter()
        .map(|(_, problem)| problem.to_string());
    let own = model
        .shown()
        .map(|index| model.specs.summary(index).problems.clone())
        .unwrap_or_default();
    let new: Vec<String> = shared
        .chain(own)
        .filter(|problem| !model.notices.holds(problem))
        .collect();
    new.iter()
        .for_each(|problem| model.notices.note_problem(problem));
    let is_busy = model.notices.current.is_some() || model.mode != Mode::Normal;
    if is_busy {
        return;
    }
    let Some(first) = new.first() else {
        return;
    };
    let more = if new.len() > 1 {
        format!(", and {} more: g m", new.len() - 1)
    } else {
        String::new()
    };
    model.notices.show(format!("{first}{more}"));
}

/// Takes back what was said of files and no longer holds, of whatever spec it was.
fn retract_problems(model: &mut Model) {
    if model.notices.problems.is_empty() {
        return;
    }
    let shared = model.specs.workspace().problems.iter();
    let own = model
        .specs
        .summaries()
        .iter()
        .flat_map(|summary| &summary.problems);
    let current: HashSet<String> = shared
        .map(|(_, problem)| problem.to_string())
        .chain(own.cloned())
        .collect();
    model.notices.retract(|text| !current.contains(text));
}

/// Puts new versions in the place of old ones, pane by pane, and drops the panes whose file is
/// gone.
fn merge(model: &mut Model, open_files: OpenFiles) -> Vec<Effect> {
    let Some(feature) = model.shown_feature().cloned() else {
        return Vec::new();
    };
    let is_gone = |pane: &Pane| *pane != Pane::Files && pane.file(&feature).is_none();
    Pane::with_file()
        .filter(is_gone)
        .for_each(|pane| model.leave(pane));
    model.open_files.by_pane.retain(|(pane, _)| !is_gone(pane));
    leave_lost_choice(model);
    model.open_files.beside = open_files.beside;
    let mut is_read_again = false;
    for (pane, open_file) in open_files.by_pane {
        if is_gone(&pane) {
            continue;
        }
        match trust(model, pane, &open_file) {
            Trust::Sure => replace(model, pane, open_file, &[]),
            Trust::Unsure => is_read_again = true,
            Trust::Overtaken => {}
        }
    }
    if is_read_again {
        vec![model.ask(Job::Open(Box::new(feature), Vec::new()))]
    } else {
        Vec::new()
    }
}

/// Leaves a list of places of which one is in a document that is gone.
fn leave_lost_choice(model: &mut Model) {
    let Mode::Choose(choice) = &model.mode else {
        return;
    };
    if choice
        .targets
        .iter()
        .any(|target| model.open_files.result(target.pane).is_none())
    {
        leave_choice(model);
    }
}

/// How far a reading is to be trusted beside what the board itself writes.
pub(super) enum Trust {
    /// It is what stands on disk.
    Sure,
    /// It may be older than what the board wrote since: it is read once more before it counts.
    Unsure,
    /// The board is writing the file. What comes of that tells more, and a refusal reads the file
    /// again.
    Overtaken,
}

/// Says how far a reading is to be trusted.
///
/// A open file that the board wrote has no version until the first reading after it, which is either
/// its own echo or unsure.
pub(super) fn trust(model: &mut Model, pane: Pane, read: &Result<OpenFile, Failure>) -> Trust {
    let Ok(read) = read else { return Trust::Sure };
    if model
        .writing
        .iter()
        .any(|write| write.part(&read.file).is_some())
    {
        return Trust::Overtaken;
    }
    let Some((_, Ok(open_file))) = model
        .open_files
        .by_pane
        .iter_mut()
        .find(|(of, _)| *of == pane)
    else {
        return Trust::Sure;
    };
    let is_echo_due = open_file.version.is_none() && read.version.is_some();
    open_file.version = read.version;
    if is_echo_due && open_file.text != read.text {
        Trust::Unsure
    } else {
        Trust::Sure
    }
}

/// Puts one open file in the place of the one before, carries the place in it over the change, and
/// remembers what others changed: every item with a changed line but those at `own`.
pub(super) fn replace(
    model: &mut Model,
    pane: Pane,
    open_file: Result<OpenFile, Failure>,
    own: &[usize],
) {
    if let (Some(before), Ok(after)) = (model.open_files.of(pane), &open_file)
        && before.text != after.text
    {
        let is_own = model.edited_outside.as_ref() == Some(&after.file.path);
        let map = LineMap::between(&before.text, &after.text);
        let changed: Vec<usize> = map
            .changed()
            .into_iter()
            .filter(|line| !own.contains(line) && !is_own)
            .collect();
        let changed = after.items_at(&changed);
        let named = names(after, &changed);
        let (was_blank, is_blank) = (is_blank(&before.text), is_blank(&after.text));
        if is_blank {
            model.leave(pane);
        } else if !was_blank {
            model.hold_cursor(pane);
        }
        carry(model, pane, &map);
        if was_blank {
            // It was emptied, or made anew, and is written now.
            model.find_in(pane, &after.text);
        }
        if let Some(pane_state) = model.pane_state_of_mut(pane) {
            pane_state
                .unread
                .extend(changed.iter().copied().map(Position::at));
        }
        say_changed(model, pane, &named);
    }
    match (model.open_files.of(pane), &open_file) {
        (None, Ok(after)) if !is_blank(&after.text) => model.find_in(pane, &after.text),
        (Some(_), Err(_)) => model.leave(pane),
        _ => {}
    }
    let open_files = &mut model.open_files.by_pane;
    match open_files.iter_mut().find(|(of, _)| *of == pane) {
        Some(slot) => slot.1 = open_file,
        None => open_files.push((pane, open_file)),
    }
}

/// Returns whether a text says nothing.
fn is_blank(text: &Text) -> bool {
    text.bytes().trim_ascii().is_empty()
}

/// Carries over a change of a document everything that holds lines of it: cursors, folds,
/// selection, jumps. What waits to be found by what its line says is left as it is.
fn carry(model: &mut Model, pane: Pane, map: &LineMap) {
    model.visit_positions(pane, &mut |position| position.follow(map));
    model.noted = None;
}

/// How many changed items a message names.
const NAMED: usize = 4;

/// Returns the numbers of changed tasks, as far as they have any.
fn names(open_file: &OpenFile, lines: &BTreeSet<usize>) -> Vec<String> {
    let numbers = lines.iter().filter_map(|line| {
        open_file.tasks.items[open_file.tasks.at_line(*line)?]
            .number
            .clone()
    });
    numbers.collect()
}

/// Says what others changed in the pane on the screen, unless there is something else to be read.
fn say_changed(model: &mut Model, pane: Pane, names: &[String]) {
    let is_busy = model.notices.current.is_some() || model.mode != Mode::Normal;
    if names.is_empty() || pane != model.pane || is_busy {
        return;
    }
    let more = names.len().saturating_sub(NAMED);
    let shown = names[..names.len() - more].join(", ");
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    model.notices.say(format!(
        "changed by another program: {shown}{more}; x marks it as seen"
    ));
}

/// Counts the tasks of the open feature from its open file, so that no file is parsed twice.
pub fn count_open(model: &mut Model) {
    let Some(index) = model.shown() else { return };
    let summary = Summary::of_open_file(
        model.specs.feature(index),
        model.open_files.result(Pane::Tasks),
    );
    let others = Pane::with_file().filter(|pane| *pane != Pane::Tasks);
    let elsewhere = others
        .filter_map(|pane| model.open_files.result(pane)?.as_ref().ok())
        .flat_map(OpenFile::conflicts)
        .collect();
    *model.specs.summary_mut(index) = Summary {
        elsewhere,
        written: model.specs.summary(index).written,
        ..summary
    };
}

/// Takes in the figures of features.
pub(super) fn take_summaries(model: &mut Model, summaries: Vec<(PathBuf, Summary)>) -> Vec<Effect> {
    for (path, summary) in summaries {
        if let Some(index) = model.specs.at(&path) {
            let before = model.specs.summary(index);
            let is_changed = before.digest.is_some() && before.digest != summary.digest;
            let unread = before.unread || is_changed;
            *model.specs.summary_mut(index) = Summary { unread, ..summary };
        }
    }
    first::decide(model).into_iter().collect()
}
