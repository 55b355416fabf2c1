//! The trace: its columns, gaps only, going from a cell to its tasks, going between its sections.

use super::Hint;
use crate::model::{Effect, Model, Place, Row, RowKind, Subject, Target, TraceSection};

/// Returns a hint as it reads in the trace: what moves and turns the matrix comes first, for it is
/// seen nowhere else.
pub(super) fn reword(model: &Model, hint: Hint) -> Option<Hint> {
    if !model.is_on_trace() {
        return Some(hint);
    }
    let shows_gaps = model.place().is_some_and(Place::shows_gaps);
    let hides_done = model.place().is_some_and(|place| place.hides_finished);
    let (word, rank) = match hint.keys {
        "h l" => ("column", 12),
        "enter" => ("task", 20),
        "t" if shows_gaps => ("all", 21),
        "t" => ("gaps only", 21),
        "." if hides_done => ("show done", 22),
        "." => ("hide done", 22),
        _ => (hint.word, hint.rank),
    };
    Some(Hint { word, rank, ..hint })
}

/// Chooses the column of the matrix that is `by` columns further to the right.
pub(super) fn go_across(model: &mut Model, by: isize) -> Vec<Effect> {
    let matrix = model.matrix();
    let last = matrix.columns().len().saturating_sub(1);
    let line = matrix.line_of(model.chosen_column().saturating_add_signed(by).min(last));
    if let (Some(line), Some(trace)) = (line, model.place_mut().and_then(Place::trace_mut)) {
        trace.column = line.into();
    }
    Vec::new()
}

/// Chooses a column that is half of what is seen further, to the right where `way` is above 0.
pub(super) fn page_across(model: &mut Model, way: isize) -> Vec<Effect> {
    let grid = model.grid(&model.matrix(), &model.layout());
    let shown = grid
        .shown(model.place().map_or(0, |place| place.left))
        .len();
    go_across(model, way * (shown / 2).max(1).cast_signed())
}

/// Shows all criteria, or only those that are not covered as they should be.
pub(super) fn turn(model: &mut Model) {
    if let Some(trace) = model.place_mut().and_then(Place::trace_mut) {
        trace.shows_gaps = !trace.shows_gaps;
    }
}

/// Goes to the tasks in the chosen cell; below the matrix, to the task or property of the row.
pub(super) fn open_cell(model: &mut Model) -> Vec<Effect> {
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
        && model.sheets.links.behind(criterion).is_empty()
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
    let id = &model.wishes()?.criteria().get(criterion)?.id;
    matrix.columns().get(column).map(|_| {
        format!(
            "no task of {} names {id}: h l choose another column",
            matrix.label(column)
        )
    })
}

/// Goes to the first row of the next section.
pub(super) fn next_section(model: &mut Model) -> Vec<Effect> {
    let Some(cursor) = model.place().map(|place| place.key()) else {
        return Vec::new();
    };
    let next = section_starts(model)
        .into_iter()
        .find(|row| row.key() > cursor);
    go_to(model, next, "this is the last section")
}

/// Goes to the first row of this section, or from there to that of the one before.
pub(super) fn previous_section(model: &mut Model) -> Vec<Effect> {
    let Some(cursor) = model.place().map(|place| place.key()) else {
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
        .into_iter()
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
    if let Some(place) = model.place_mut() {
        place.stand_on(row);
        if !(place.top + 1..=place.top + half).contains(&at) {
            place.top = at.saturating_sub(1);
        }
    }
    Vec::new()
}
