//! The panes of the main view, one file each.

mod tasks;

use ratatui::buffer::Buffer;

use super::Canvas;
use super::line::{put, row_of};
use super::theme::Role;
use crate::model::Pane;
use crate::store::Failure;
use crate::text::{clean, wrap};

/// Draws the pane of the chosen tab, or says why there is nothing to draw.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let model = canvas.model;
    match model.sheets.result(model.pane) {
        Some(Ok(sheet)) => tasks::draw(canvas, buffer, sheet),
        Some(Err(failure)) => draw_failure(canvas, buffer, failure),
        None => draw_words(canvas, buffer, &[missing(canvas)]),
    }
}

/// Says what is missing, in the place of a pane.
fn missing(canvas: &Canvas<'_>) -> String {
    if canvas.model.workspace.features.is_empty() {
        return "There is no spec yet. Begin with .kiro/specs/NAME/tasks.md".to_owned();
    }
    let file = match canvas.model.pane {
        Pane::Requirements => "requirements.md",
        Pane::Design => "design.md",
        Pane::Tasks => "tasks.md",
    };
    format!("This spec has no {file}.")
}

/// Says why a document cannot be read, with what to do about it.
fn draw_failure(canvas: &Canvas<'_>, buffer: &mut Buffer, failure: &Failure) {
    let name = failure.path.file_name().unwrap_or_default().to_string_lossy();
    draw_words(canvas, buffer, &[format!("{name} {}", failure.message)]);
}

/// Draws paragraphs, wrapped, below a blank line.
fn draw_words(canvas: &Canvas<'_>, buffer: &mut Buffer, paragraphs: &[String]) {
    let area = canvas.layout.body;
    let columns = usize::from(area.width).saturating_sub(5);
    let lines = paragraphs.iter().flat_map(|text| wrap(&clean(text), columns).into_iter().map(str::to_owned).collect::<Vec<_>>());
    for (index, line) in lines.enumerate() {
        if let Some(row) = row_of(area, index + 1) {
            put(buffer, row, 3, &[(&line, Role::Text)]);
        }
    }
}
