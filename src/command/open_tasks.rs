//! Going to the next and the previous of a kind, in the order in which they are shown.

use std::ops::Range;

use super::{Command, Scope, no_hint};
use crate::markdown::{State, Weight};
use crate::model::{
    Arrival, Deadline, Destination, Effect, Focus, Model, OpenFile, Pane, RowKind, Surface, Way,
};
use crate::spec::tasks::Task;

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "task-next-open",
        keys: &["] o"],
        scope: Scope::Tasks,
        doc: "Next open task",
        needs: None,
        hint: no_hint,
        applies: is_on_tasks,
        run: next_open,
    },
    Command {
        name: "task-previous-open",
        keys: &["[ o"],
        scope: Scope::Tasks,
        doc: "Previous open task",
        needs: None,
        hint: no_hint,
        applies: is_on_tasks,
        run: previous_open,
    },
    Command {
        name: "task-next-in-progress",
        keys: &["] p"],
        scope: Scope::Main,
        doc: "Next task in progress, in this spec or a later one",
        needs: None,
        hint: no_hint,
        applies: is_main,
        run: |model| go_to_begun(model, Way::Next),
    },
    Command {
        name: "task-previous-in-progress",
        keys: &["[ p"],
        scope: Scope::Main,
        doc: "Previous task in progress, in this spec or an earlier one",
        needs: None,
        hint: no_hint,
        applies: is_main,
        run: |model| go_to_begun(model, Way::Previous),
    },
];

fn is_main(model: &Model) -> bool {
    model.surface().is_main()
}

/// Goes to the next or previous task in progress: of the spec on the screen, else of the next or
/// previous one in the order of the names that has any. From the list it is the spec under the
/// cursor that counts, from another pane its first or last task.
fn go_to_begun(model: &mut Model, way: Way) -> Vec<Effect> {
    let Some(here) = model.specs.at(&model.sidebar.cursor).or(model.shown()) else {
        return Vec::new();
    };
    let is_open = model.shown() == Some(here);
    let found = if is_open { begun(model, way) } else { None };
    if let Some(line) = found {
        model.choose_pane(Pane::Tasks);
        model.focus = Focus::Content;
        model.sidebar.toggled = false;
        model.go_to_line(line);
        return vec![Effect::Wait(Deadline::Rest)];
    }
    match other_in_progress(model, here, way, is_open) {
        Some(index) => open_at_begun(model, index, way),
        None => {
            model.notices.say(match way {
                Way::Next => "no task in progress further down",
                Way::Previous => "no task in progress further up",
            });
            Vec::new()
        }
    }
}

/// Returns the line of the next or previous task in progress of the open spec: from the cursor, where
/// that is among its tasks.
fn begun(model: &Model, way: Way) -> Option<usize> {
    let open_file = model.open_files.of(Pane::Tasks)?;
    let mut lines = begun_lines(open_file);
    if !is_on_tasks(model) {
        return match way {
            Way::Next => lines.next(),
            Way::Previous => lines.next_back(),
        };
    }
    let cursor = model.pane_state()?.cursor.line;
    match way {
        Way::Next => lines.find(|line| *line > cursor),
        Way::Previous => lines.rfind(|line| *line < cursor),
    }
}

/// Returns the lines of the tasks in progress, from the first to the last.
fn begun_lines(open_file: &OpenFile) -> impl DoubleEndedIterator<Item = usize> {
    let begun = |task: &&Task| task.state.marker().weight == Weight::Begun;
    let tasks = open_file.tasks.items.iter();
    tasks.filter(begun).map(|task| task.line)
}

/// Finds the next or previous spec with a task in progress; the one at `here` too, where it is only
/// the cursor of the list that is on it.
fn other_in_progress(model: &Model, here: usize, way: Way, is_open: bool) -> Option<usize> {
    let is_begun = |index: &usize| {
        let feature = model.specs.feature(*index);
        let progress = model.specs.summary(*index).progress;
        !feature.folder.archived && progress.is_some_and(|progress| progress.doing > 0)
    };
    let skipped = usize::from(is_open);
    match way {
        Way::Next => (here + skipped..model.specs.len()).find(is_begun),
        Way::Previous => (0..here + 1 - skipped).rfind(is_begun),
    }
}

/// Orders the documents of another spec, to go to its first or last task in progress.
fn open_at_begun(model: &mut Model, index: usize, way: Way) -> Vec<Effect> {
    let feature = model.specs.feature(index).folder.path.clone();
    if let Some(here) = model.here() {
        model.jumps.leave(here);
    }
    model.sidebar.cursor.clone_from(&feature);
    let destination = Destination::Begun(way);
    model.arrival = Some(Arrival {
        feature,
        destination,
    });
    vec![Effect::Forget(Deadline::Rest), model.ask_to_open(index)]
}

/// Goes to the first task in progress of the open spec; on the way up, to its last.
pub(super) fn arrive_at_begun(model: &mut Model, way: Way) {
    model.choose_pane(Pane::Tasks);
    let line = model.open_files.of(Pane::Tasks).and_then(|open_file| {
        let mut lines = begun_lines(open_file);
        match way {
            Way::Next => lines.next(),
            Way::Previous => lines.next_back(),
        }
    });
    if let Some(line) = line {
        model.go_to_line(line);
    }
}

/// Returns whether the pane on the screen is the list of tasks.
fn is_on_tasks(model: &Model) -> bool {
    model.surface() == Surface::Tasks
}

fn next_open(model: &mut Model) -> Vec<Effect> {
    let (order, here) = order_around_cursor(model);
    let next = order[here.end..]
        .iter()
        .copied()
        .find(|item| is_open(model, *item));
    go(
        model,
        next,
        "no more open tasks in this spec: ] s goes to the next spec",
    )
}

fn previous_open(model: &mut Model) -> Vec<Effect> {
    let (order, here) = order_around_cursor(model);
    let previous = order[..here.start]
        .iter()
        .copied()
        .rfind(|item| is_open(model, *item));
    go(
        model,
        previous,
        "no open tasks above: [ s goes to the previous spec",
    )
}

fn is_open(model: &Model, item: usize) -> bool {
    model
        .open_file()
        .is_some_and(|open_file| open_file.tasks.items[item].state != State::Done)
}

/// Returns the tasks in the order in which they are shown, and which of them the cursor is on;
/// where it is on none, the empty range between two of them.
fn order_around_cursor(model: &Model) -> (Vec<usize>, Range<usize>) {
    let (Some(open_file), Some(pane_state), Some(row)) =
        (model.open_file(), model.pane_state(), model.row_at_cursor())
    else {
        return (Vec::new(), 0..0);
    };
    let order: Vec<usize> = match open_file.is_by_waves(pane_state) {
        true => open_file.grouping().order().collect(),
        false => (0..open_file.tasks.items.len()).collect(),
    };
    let pane_state_of = |item: usize| order.iter().position(|other| *other == item).unwrap_or(0);
    let between = |at: usize| at..at;
    let here = match row.kind {
        RowKind::Task(item, _) => pane_state_of(item)..pane_state_of(item) + 1,
        RowKind::Detail(item) => between(pane_state_of(item) + 1),
        RowKind::Wave(group, _) => {
            between(pane_state_of(open_file.grouping().groups[group].items[0]))
        }
        _ => between(order.partition_point(|item| open_file.tasks.items[*item].line < row.line)),
    };
    (order, here)
}

fn go(model: &mut Model, task: Option<usize>, nothing: &str) -> Vec<Effect> {
    let (Some(index), Some(open_file)) = (task, model.open_file()) else {
        model.notices.say(nothing);
        return Vec::new();
    };
    let line = open_file.tasks.items[index].line;
    unfold_above(model, index);
    if let Some(pane_state) = model.pane_state_mut() {
        pane_state.go_to(line);
    }
    Vec::new()
}

/// Opens what hides a task: the tasks above it and, where that does not do, the headings before it.
fn unfold_above(model: &mut Model, index: usize) {
    let Some(open_file) = model.open_file() else {
        return;
    };
    if let Some(group) = model.group_of_line(open_file.tasks.items[index].line) {
        return unfold_group(model, index, group);
    }
    let above: Vec<usize> = open_file
        .tasks
        .above(index)
        .map(|above| open_file.tasks.items[above].line)
        .collect();
    let headings = headings_over(open_file, index);
    let is_hidden = |model: &Model| {
        !model
            .rows()
            .iter()
            .any(|row| matches!(row.kind, RowKind::Task(at, _) if at == index))
    };
    for lines in [above, headings] {
        if is_hidden(model)
            && let Some(pane_state) = model.pane_state_mut()
        {
            pane_state
                .folded
                .retain(|folded| !lines.contains(&folded.line));
        }
    }
}

/// Opens what hides a task among its group.
fn unfold_group(model: &mut Model, index: usize, group: usize) {
    let Some(open_file) = model.open_file() else {
        return;
    };
    let parents = std::iter::successors(
        open_file.grouping().parent(&open_file.tasks, index),
        |above| open_file.grouping().parent(&open_file.tasks, *above),
    );
    let lines: Vec<usize> = parents
        .map(|above| open_file.tasks.items[above].line)
        .collect();
    let group = open_file.grouping().groups[group].key.clone();
    if let Some(pane_state) = model.pane_state_mut() {
        if let Some(tasks) = pane_state.tasks_mut() {
            tasks.folded_groups.remove(&group);
        }
        pane_state
            .folded
            .retain(|folded| !lines.contains(&folded.line));
    }
}

/// Returns the lines of the headings that a task stands below, of every level.
fn headings_over(open_file: &OpenFile, index: usize) -> Vec<usize> {
    let line = open_file.tasks.items[index].line;
    let mut level = u8::MAX;
    let mut lines = Vec::new();
    for phase in open_file
        .tasks
        .phases
        .iter()
        .rev()
        .filter(|phase| phase.line < line)
    {
        if phase.level < level {
            level = phase.level;
            lines.push(phase.line);
        }
    }
    lines
}
