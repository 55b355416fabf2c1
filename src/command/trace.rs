//! The trace: its columns, gaps only, going from a cell to its tasks, going between its sections.

use super::behaviour::{Action, Behaviour, Motion, word};
use super::{Scope, always, content, fold, home};
use crate::model::{Effect, Model, PaneState, Row, RowKind, Subject, Target, TraceSection};

/// What the trace does. What moves and turns the matrix comes first among the hints, for it is seen
/// nowhere else.
pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    scopes: &[Scope::Tasks, Scope::Items, Scope::Main],
    step: content::move_by,
    page: content::move_by_page,
    rows: content::rows_of_body,
    across: Some(Motion {
        applies: always,
        hint: |_| word("column", 12),
        run: go_across,
    }),
    open: Some(Action {
        applies: Model::has_trace,
        hint: |_| word("task", 20),
        run: open_cell,
    }),
    turn: Some(Action {
        applies: always,
        hint: |model| match model.pane_state() {
            Some(pane_state) if pane_state.shows_gaps() => word("all", 21),
            _ => word("gaps only", 21),
        },
        run: turn,
    }),
    hide_finished: Some(Action {
        applies: always,
        hint: |model| match model.pane_state() {
            Some(pane_state) if pane_state.hides_finished => word("show done", 22),
            _ => word("hide done", 22),
        },
        run: fold::toggle_finished,
    }),
    folding: None,
    heading: Some(Motion {
        applies: always,
        hint: |_| None,
        run: go_to_section,
    }),
    sideways: Some(Motion {
        applies: always,
        hint: |_| None,
        run: page_across,
    }),
    anchor: Some(Motion {
        applies: always,
        hint: |_| None,
        run: content::put_cursor,
    }),
    close: home::CLOSE,
    escape: home::say_how_to_quit,
    no_item: content::NO_ITEM,
};

/// Goes to the next section, or the one before.
fn go_to_section(model: &mut Model, by: isize) -> Vec<Effect> {
    if by < 0 {
        previous_section(model)
    } else {
        next_section(model)
    }
}

/// Chooses the column of the matrix that is `by` columns further to the right.
fn go_across(model: &mut Model, by: isize) -> Vec<Effect> {
    let matrix = model.matrix();
    let last = matrix.columns().len().saturating_sub(1);
    let line = matrix.line_of(model.chosen_column().saturating_add_signed(by).min(last));
    if let (Some(line), Some(trace)) = (line, model.pane_state_mut().and_then(PaneState::trace_mut))
    {
        trace.column = line.into();
    }
    Vec::new()
}

/// Chooses a column that is half of what is seen further, to the right where `way` is above 0.
fn page_across(model: &mut Model, way: isize) -> Vec<Effect> {
    let grid = model.grid(&model.matrix(), &model.layout());
    let shown = grid
        .shown(model.pane_state().map_or(0, |pane_state| pane_state.left))
        .len();
    go_across(model, way * (shown / 2).max(1).cast_signed())
}

/// Shows all criteria, or only those that are not covered as they should be.
fn turn(model: &mut Model) -> Vec<Effect> {
    if let Some(trace) = model.pane_state_mut().and_then(PaneState::trace_mut) {
        trace.shows_gaps = !trace.shows_gaps;
    }
    Vec::new()
}

/// Goes to the tasks in the chosen cell; below the matrix, to the task or property of the row.
fn open_cell(model: &mut Model) -> Vec<Effect> {
    let subjects: Vec<Subject> = match model
        .row_at_cursor()
        .and_then(|row| model.subject_of_trace(row))
    {
        Some(Subject::Criterion(_)) => model
            .traced_tasks()
            .into_iter()
            .map(Subject::Task)
            .collect(),
        other => other.into_iter().collect(),
    };
    if let (true, Some(Subject::Criterion(criterion))) = (subjects.is_empty(), model.subject())
        && model.open_files.links.count_behind(criterion) == 0
    {
        // No column has a task for it: what is missing is seen where it is wanted.
        let criterion = model
            .target(Subject::Criterion(criterion))
            .into_iter()
            .collect();
        return super::jump::show(model, String::new(), criterion, 0);
    }
    let targets: Vec<Target> = subjects
        .into_iter()
        .filter_map(|subject| model.target(subject))
        .collect();
    if targets.is_empty() {
        say_empty(model)
    } else {
        super::jump::show(model, "the cell".to_owned(), targets, 0)
    }
}

/// Says that there is no task in the chosen cell.
pub(super) fn say_empty(model: &mut Model) -> Vec<Effect> {
    let words = empty(model).unwrap_or_else(|| "the cursor is on no task".to_owned());
    model.notices.say(words);
    Vec::new()
}

fn empty(model: &Model) -> Option<String> {
    let RowKind::Traced(TraceSection::Criteria, criterion, _) = model.row_at_cursor()?.kind else {
        return None;
    };
    let matrix = model.matrix();
    let column = model.chosen_column();
    let id = &model.criteria_document()?.criterion(criterion)?.id;
    matrix.columns().get(column).map(|_| {
        format!(
            "no task of {} names {id}: h l choose another column",
            matrix.label(column)
        )
    })
}

/// Goes to the first row of the next section.
fn next_section(model: &mut Model) -> Vec<Effect> {
    let Some(cursor) = model.pane_state().map(|pane_state| pane_state.key()) else {
        return Vec::new();
    };
    let next = section_starts(model)
        .into_iter()
        .find(|row| row.key() > cursor);
    go_to(model, next, "this is the last section")
}

/// Goes to the first row of this section, or from there to that of the one before.
fn previous_section(model: &mut Model) -> Vec<Effect> {
    let Some(cursor) = model.pane_state().map(|pane_state| pane_state.key()) else {
        return Vec::new();
    };
    let previous = section_starts(model)
        .into_iter()
        .rfind(|row| row.key() < cursor);
    go_to(model, previous, "this is the first section")
}

fn section_starts(model: &Model) -> Vec<Row> {
    let mut starts: Vec<Row> = model
        .rows()
        .iter()
        .copied()
        .filter(|row| row.is_place())
        .collect();
    starts.dedup_by_key(|row| row.key().0);
    starts
}

/// Puts the cursor on a row. One that would stand in the lower half of the screen comes to the top,
/// below its heading.
fn go_to(model: &mut Model, row: Option<Row>, nowhere: &str) -> Vec<Effect> {
    let Some(row) = row else {
        model.notices.say(nowhere);
        return Vec::new();
    };
    let half = usize::from(model.layout().body.height) / 2;
    let at = model
        .rows()
        .iter()
        .position(|other| *other == row)
        .unwrap_or(0);
    if let Some(pane_state) = model.pane_state_mut() {
        pane_state.stand_on(row);
        if !(pane_state.top + 1..=pane_state.top + half).contains(&at) {
            pane_state.top = at.saturating_sub(1);
        }
    }
    Vec::new()
}
