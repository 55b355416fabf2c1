//! Going to the next and the previous of a kind.

use super::{Command, Scope};
use crate::markdown::State;
use crate::model::{Effect, Model, Pane, RowKind, Sheet, View};

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "task-next-open",
        keys: &["] o"],
        scope: Scope::Tasks,
        doc: "Next open task",
        hint: None,
        applies: is_on_tasks,
        run: next_open,
    },
    Command {
        name: "task-previous-open",
        keys: &["[ o"],
        scope: Scope::Tasks,
        doc: "Previous open task",
        hint: None,
        applies: is_on_tasks,
        run: previous_open,
    },
];

/// Says whether the pane on the screen is the list of tasks.
fn is_on_tasks(model: &Model) -> bool {
    model.view == View::Main && model.pane == Pane::Tasks
}

fn next_open(model: &mut Model) -> Vec<Effect> {
    let cursor = model.place().map_or(0, |place| place.cursor);
    let next = open_tasks(model).find(|(_, line)| *line > cursor);
    go(model, next, "no open task further down")
}

fn previous_open(model: &mut Model) -> Vec<Effect> {
    let cursor = model.place().map_or(0, |place| place.cursor);
    let previous = open_tasks(model).filter(|(_, line)| *line < cursor).last();
    go(model, previous, "no open task further up")
}

/// Gives the indices and lines of the tasks that are not done.
fn open_tasks(model: &Model) -> impl Iterator<Item = (usize, usize)> {
    let items = model.sheet().into_iter().flat_map(|sheet| sheet.tasks.items.iter().enumerate());
    items.filter(|(_, item)| item.state != State::Done).map(|(index, item)| (index, item.line))
}

fn go(model: &mut Model, task: Option<(usize, usize)>, nothing: &str) -> Vec<Effect> {
    let Some((index, line)) = task else {
        model.notices.say(nothing);
        return Vec::new();
    };
    unfold_above(model, index);
    if let Some(place) = model.place_mut() {
        place.cursor = line;
    }
    Vec::new()
}

/// Opens what hides a task: the tasks above it and, where that does not do, the headings before it.
fn unfold_above(model: &mut Model, index: usize) {
    let Some(sheet) = model.sheet() else { return };
    let above: Vec<usize> = sheet.tasks.above(index).map(|above| sheet.tasks.items[above].line).collect();
    let headings = headings_over(sheet, index);
    let is_hidden = |model: &Model| !model.rows().iter().any(|row| matches!(row.kind, RowKind::Task(at, _) if at == index));
    for lines in [above, headings] {
        if is_hidden(model)
            && let Some(place) = model.place_mut()
        {
            place.folded.retain(|line| !lines.contains(line));
        }
    }
}

/// Gives the lines of the headings that a task stands below, of every level.
fn headings_over(sheet: &Sheet, index: usize) -> Vec<usize> {
    let line = sheet.tasks.items[index].line;
    let mut level = u8::MAX;
    let mut lines = Vec::new();
    for phase in sheet.tasks.phases.iter().rev().filter(|phase| phase.line < line) {
        if phase.level < level {
            level = phase.level;
            lines.push(phase.line);
        }
    }
    lines
}
