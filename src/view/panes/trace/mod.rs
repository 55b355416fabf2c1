//! The Trace pane: criteria and the tasks that cover them, as a list or as a matrix, then what
//! stands alone; its head stands while the rest scrolls, and a line below says what the cursor
//! means.

mod below;
mod head;
mod list;
mod matrix;
mod note;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::Canvas;
use super::super::line::{put, put_end, row_of};
use super::super::theme::{Role, state_role};
use super::{draw_cursor, missing};
use crate::model::{Cover, Matrix, Pane, Row, RowKind, TraceForm, TraceSection};
use list::List;
use matrix::Drawing;

/// Draws the trace, or says why there is none.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let model = canvas.model;
    for pane in [Pane::Requirements, Pane::Tasks] {
        if let Some(Err(failure)) = model.open_files.result(pane) {
            return missing::draw_failure(canvas, buffer, failure);
        }
    }
    if !model.has_trace() {
        return draw_nothing(canvas, buffer);
    }
    let matrix = model.matrix();
    draw_all(canvas, buffer, &matrix);
}

/// Says why there is no trace. Documents that are still being read are no news.
fn draw_nothing(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let model = canvas.model;
    let Some(feature) = model.shown_feature() else {
        return missing::draw(canvas, buffer);
    };
    let words = match (
        Pane::Requirements.file(feature),
        model.open_files.of(Pane::Requirements),
    ) {
        (None, _) => "This spec has no requirements.md, so there is nothing to trace.".to_owned(),
        (Some(_), None) => return,
        (Some(file), Some(_)) => {
            if !model.open_files.links.trace.criteria.is_empty() {
                return;
            }
            let name = file.path.file_name().unwrap_or_default().to_string_lossy();
            format!("{name} has no acceptance criteria, so there is nothing to trace.")
        }
    };
    let remedy = "Add them in Requirements: key 1, then o.".to_owned();
    let remedy = (!model.settings.read_only).then_some(remedy);
    let paragraphs: Vec<String> = std::iter::once(words).chain(remedy).collect();
    missing::draw_words(canvas, buffer, &paragraphs);
}

fn draw_all(canvas: &Canvas<'_>, buffer: &mut Buffer, matrix: &Matrix<'_>) {
    let Some(pane_state) = canvas.model.pane_state_of(canvas.pane) else {
        return;
    };
    let list = List::of(canvas, matrix, pane_state);
    match pane_state.trace_form() {
        TraceForm::List => {
            head::draw_of_list(&list, buffer);
            draw_rows(&list, buffer, |buffer, area, rows, at| {
                list.draw_row(buffer, area, rows, at);
            });
        }
        TraceForm::Matrix => draw_matrix(&list, buffer),
    }
    note::draw(canvas, buffer, matrix);
}

fn draw_matrix(list: &List<'_>, buffer: &mut Buffer) {
    let (canvas, matrix) = (list.canvas, list.matrix);
    let columns = canvas.model.matrix_columns();
    let grid = canvas.model.grid(matrix, &columns, &canvas.layout);
    let drawing = Drawing {
        canvas,
        matrix,
        grid: &grid,
        columns: &columns,
        left: list.pane_state.left,
    };
    head::draw(&drawing, buffer, list.pane_state);
    draw_rows(list, buffer, |buffer, area, rows, at| {
        if let Some(criterion) = rows[at].criterion() {
            drawing.draw_criterion(buffer, area, criterion);
        }
    });
}

/// Draws the rows that are on the screen, those of criteria as `draw_criterion` does.
fn draw_rows(
    list: &List<'_>,
    buffer: &mut Buffer,
    draw_criterion: impl Fn(&mut Buffer, Rect, &[Row], usize),
) {
    let (canvas, pane_state) = (list.canvas, list.pane_state);
    let rows = canvas.model.rows_of(canvas.pane);
    for at in pane_state.top..rows.len() {
        let Some(area) = row_of(canvas.layout.body, at - pane_state.top) else {
            break;
        };
        let row = rows[at];
        if pane_state.is_at(row) {
            draw_cursor(canvas, buffer, area);
        }
        match row.kind {
            RowKind::Title(section, count) => draw_title(list, buffer, area, section, count),
            RowKind::Unfound => draw_unfound(canvas, buffer, area),
            RowKind::Traced(..) if row.criterion().is_none() => {
                below::draw(canvas, buffer, area, row);
            }
            _ => draw_criterion(buffer, area, &rows, at),
        }
    }
}

/// Returns the glyph of how far a criterion is covered.
fn standing_glyph(
    canvas: &Canvas<'_>,
    matrix: &Matrix<'_>,
    criterion: usize,
) -> (&'static str, Role) {
    match (matrix.state_of(criterion), matrix.cover(criterion)) {
        (Some(state), _) => (canvas.glyphs.state(state), state_role(state)),
        (None, Cover::Unneeded) => (" ", Role::Text),
        (None, _) => (canvas.glyphs.uncovered, Role::Danger),
    }
}

/// Flags a criterion that only optional tasks cover. One that nothing covers has its own glyph.
fn draw_flag(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    area: Rect,
    matrix: &Matrix<'_>,
    criterion: usize,
) {
    if matrix.cover(criterion) == Cover::OptionalOnly {
        put(buffer, area, 1, &[(canvas.glyphs.found, Role::Danger)]);
    }
}

fn draw_title(
    list: &List<'_>,
    buffer: &mut Buffer,
    area: Rect,
    section: TraceSection,
    count: usize,
) {
    let area = list.within(area);
    let margin = usize::from(list.canvas.layout.margin());
    let end = put(buffer, area, margin, &[(section.title(), Role::Strong)]);
    put_end(buffer, area, end + 1, &[(&count.to_string(), Role::Text)]);
}

/// Says in the place of the criteria why all of them are hidden.
fn draw_unfound(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect) {
    let words = "no gaps: every criterion has a required task";
    let margin = usize::from(canvas.layout.margin());
    put(buffer, area, margin, &[(words, Role::Text)]);
}
