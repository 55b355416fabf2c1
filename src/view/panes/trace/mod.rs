//! The Trace pane: criteria against tasks, then what stands alone; its head stands while the rest
//! scrolls, and a line below says what the cursor means.

mod below;
mod head;
mod matrix;
mod note;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::Canvas;
use super::super::line::{put, row_of};
use super::super::theme::Role;
use super::{draw_cursor, missing};
use crate::model::{Matrix, Pane, PaneState, RowKind, TraceSection};
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
        (None, _) => "This spec has no requirements.md: there are no criteria to trace.".to_owned(),
        (Some(_), None) => return,
        (Some(file), Some(open_file)) => {
            let has_criteria = open_file
                .wanted
                .as_ref()
                .is_some_and(|wanted| wanted.criteria_document.criterion_count() > 0);
            if has_criteria {
                return;
            }
            let name = file.path.file_name().unwrap_or_default().to_string_lossy();
            format!("{name} holds no criteria: there is nothing to trace.")
        }
    };
    missing::draw_words(canvas, buffer, &[words]);
}

fn draw_all(canvas: &Canvas<'_>, buffer: &mut Buffer, matrix: &Matrix<'_>) {
    let model = canvas.model;
    let Some(pane_state) = model.pane_state_of(canvas.pane) else {
        return;
    };
    let grid = model.grid(matrix, &canvas.layout);
    let Some(criteria) = model.criteria_document() else {
        return;
    };
    let drawing = Drawing {
        canvas,
        matrix,
        grid: &grid,
        left: pane_state.left,
        criteria,
    };
    head::draw(&drawing, buffer, pane_state);
    for (index, row) in model
        .rows_of(canvas.pane)
        .iter()
        .copied()
        .skip(pane_state.top)
        .enumerate()
    {
        let Some(area) = row_of(canvas.layout.body, index) else {
            break;
        };
        if pane_state.is_at(row) {
            draw_cursor(canvas, buffer, area);
        }
        match row.kind {
            RowKind::Traced(TraceSection::Criteria, criterion, _) => {
                drawing.draw_criterion(buffer, area, criterion);
            }
            RowKind::Traced(..) => below::draw(canvas, buffer, area, row),
            RowKind::Title(section, count) => draw_title(canvas, buffer, area, section, count),
            RowKind::Unfound => draw_unfound(canvas, buffer, area, pane_state),
            _ => {}
        }
    }
    note::draw(canvas, buffer, matrix);
}

fn draw_title(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    area: Rect,
    section: TraceSection,
    count: usize,
) {
    let count = format!("  {count}");
    put(
        buffer,
        area,
        usize::from(canvas.layout.margin()),
        &[(section.title(), Role::Strong), (&count, Role::Dim)],
    );
}

/// Says in the place of the criteria why all of them are hidden.
fn draw_unfound(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, pane_state: &PaneState) {
    let words = if pane_state.shows_gaps() {
        "no gaps: every criterion has a required task"
    } else {
        "every criterion is covered by tasks that are done"
    };
    put(
        buffer,
        area,
        usize::from(canvas.layout.margin()),
        &[(words, Role::Text)],
    );
}
