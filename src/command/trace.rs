//! The trace: choosing a task of a row or a column of the matrix, going there, marking no more than
//! one; list or matrix; going between its sections.

use super::behaviour::{Action, Behaviour, Motion, word};
use super::{Scope, always, content, fold, home};
use crate::model::{Effect, Model, PaneState, Row, RowKind, Subject, Target, TraceForm};

/// What the trace does. Going to a task and choosing it come first among the hints: that is what
/// the trace is for.
pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    scopes: &[Scope::Tasks, Scope::Items, Scope::Main],
    step: content::move_by,
    page: content::move_by_page,
    rows: content::rows_of_body,
    across: Some(Motion {
        applies: always,
        hint: |model| match model.trace_form() {
            _ if !model.has_trace() => None,
            TraceForm::List => word("which task", 9),
            TraceForm::Matrix => word("column", 9),
        },
        run: go_across,
    }),
    open: Some(Action {
        applies: Model::has_trace,
        hint: |_| word("task", 8),
        run: open_tasks,
    }),
    turn: Some(Action {
        applies: always,
        hint: |model| match model.trace_form() {
            _ if !model.has_trace() => None,
            TraceForm::List => word("matrix", 10),
            TraceForm::Matrix => word("list", 10),
        },
        run: turn,
    }),
    hide_finished: Some(Action {
        applies: always,
        hint: |model| match model.pane_state() {
            _ if !model.has_trace() => None,
            Some(pane_state) if pane_state.hides_finished => word("show covered", 11),
            _ => word("hide covered", 11),
        },
        run: toggle_covered,
    }),
    folding: None,
    heading: Some(Motion {
        applies: Model::has_trace,
        hint: |_| None,
        run: go_to_section,
    }),
    sideways: Some(Motion {
        applies: |model| model.trace_form() == TraceForm::Matrix,
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

/// Chooses the task of the row, or the column of the matrix, that is `by` further to the right.
fn go_across(model: &mut Model, by: isize) -> Vec<Effect> {
    let line = match model.trace_form() {
        TraceForm::List => line_across(model, by),
        TraceForm::Matrix => column_across(model, by),
    };
    if let (Some(line), Some(trace)) = (line, model.pane_state_mut().and_then(PaneState::trace_mut))
    {
        trace.column = line.into();
    }
    Vec::new()
}

/// Returns the line of the task that is `by` behind the chosen one of those that cover the criterion
/// under the cursor.
fn line_across(model: &Model, by: isize) -> Option<usize> {
    let criterion = model.row_at_cursor()?.criterion()?;
    let items: Vec<usize> = model.open_files.links.behind(criterion).collect();
    let at = model.chosen_of(&items, model.pane_state()?)?;
    let to = at.saturating_add_signed(by).min(items.len() - 1);
    let target = model.target(Subject::Task(items[to]))?;
    Some(target.line)
}

/// Returns the line of the task whose column is `by` behind the chosen one of those that are shown.
fn column_across(model: &Model, by: isize) -> Option<usize> {
    let columns = model.matrix_columns();
    let chosen = model.chosen_column();
    let at = columns.iter().position(|column| *column == chosen)?;
    let to = at.saturating_add_signed(by).min(columns.len() - 1);
    model.matrix().line_of(columns[to])
}

/// Chooses a column that is half of what is seen further, to the right where `way` is above 0.
fn page_across(model: &mut Model, way: isize) -> Vec<Effect> {
    let grid = model.grid(&model.matrix(), &model.matrix_columns(), &model.layout());
    let shown = grid
        .shown(model.pane_state().map_or(0, |pane_state| pane_state.left))
        .len();
    go_across(model, way * (shown / 2).max(1).cast_signed())
}

/// Shows the criteria as a list or as a matrix.
fn turn(model: &mut Model) -> Vec<Effect> {
    if let Some(trace) = model.pane_state_mut().and_then(PaneState::trace_mut) {
        trace.form = match trace.form {
            TraceForm::List => TraceForm::Matrix,
            TraceForm::Matrix => TraceForm::List,
        };
    }
    model.note();
    Vec::new()
}

/// Hides the criteria that are covered, or shows them again.
fn toggle_covered(model: &mut Model) -> Vec<Effect> {
    fold::toggle_hidden(model, "covered criteria are hidden: . shows them again")
}

/// Goes to the chosen task, or to those in the chosen cell; below the criteria, to the task or the
/// property of the row.
fn open_tasks(model: &mut Model) -> Vec<Effect> {
    let Some(row) = model.row_at_cursor() else {
        return say_empty(model);
    };
    let Some(criterion) = row.criterion() else {
        return match model.subject_of_trace(row) {
            Some(subject) => show(model, vec![subject]),
            None => say_empty(model),
        };
    };
    if model.open_files.links.count_behind(criterion) == 0 {
        // There is no task to go to: what is missing is seen where it is wanted.
        return show(model, vec![model.traced(criterion)]);
    }
    let tasks = model.tasks_at_cursor();
    if tasks.is_empty() {
        return say_empty(model);
    }
    show(model, tasks.into_iter().map(Subject::Task).collect())
}

/// Goes to the first of some subjects, and lists them where there are several.
fn show(model: &mut Model, subjects: Vec<Subject>) -> Vec<Effect> {
    let targets: Vec<Target> = subjects
        .into_iter()
        .filter_map(|subject| model.target(subject))
        .collect();
    let title = cell_name(model).unwrap_or_default();
    super::jump::show(model, title, targets, 0)
}

/// Names the chosen cell: "1.1 in 3".
fn cell_name(model: &Model) -> Option<String> {
    let criterion = model.row_at_cursor()?.criterion()?;
    let id = model.traced_id(criterion)?;
    let column = model.matrix().label(model.chosen_column());
    if column.is_empty() {
        return Some(id.to_owned());
    }
    Some(format!("{id} in {column}"))
}

/// Marks nothing: lists the tasks in the chosen cell where it stands for several, else says that
/// there is none.
pub(super) fn ask_which(model: &mut Model) -> Vec<Effect> {
    let tasks = model.tasks_at_cursor();
    if tasks.len() < 2 {
        return say_empty(model);
    }
    let name = cell_name(model).unwrap_or_default();
    model.notices.say(format!(
        "{name} stands for {} tasks: choose one, then mark it",
        tasks.len()
    ));
    show(model, tasks.into_iter().map(Subject::Task).collect())
}

/// Says that there is no task where the cursor is.
fn say_empty(model: &mut Model) -> Vec<Effect> {
    let words = empty(model).unwrap_or_else(|| "the cursor is not on a task".to_owned());
    model.notices.say(words);
    Vec::new()
}

fn empty(model: &Model) -> Option<String> {
    let criterion = model.row_at_cursor()?.criterion()?;
    let id = model.traced_id(criterion)?;
    if model.trace_form() == TraceForm::List {
        return Some(format!("no task names {id}: enter goes to the criterion"));
    }
    let column = model.chosen_column();
    model.matrix().columns().get(column)?;
    Some(format!(
        "no task of {} names {id}: h l choose another column",
        model.matrix().label(column)
    ))
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

/// Returns the first place below each heading; of the matrix also the first criterion.
fn section_starts(model: &Model) -> Vec<Row> {
    let mut starts = Vec::new();
    let mut is_first = true;
    for row in model.rows().iter().copied() {
        if matches!(row.kind, RowKind::Title(..) | RowKind::Requirement(_)) {
            is_first = true;
        } else if row.is_place() && is_first {
            is_first = false;
            starts.push(row);
        }
    }
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
