//! What stands above the matrix: the numbers of its columns, the chosen one reversed, and its
//! figures.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::super::line::put;
use super::super::super::theme::Role;
use super::matrix::Drawing;
use crate::model::{Cover, PaneState};
use crate::text::{clean, cut_end, width};

/// Draws the rows above the matrix.
pub(super) fn draw(drawing: &Drawing<'_>, buffer: &mut Buffer, pane_state: &PaneState) {
    let layout = &drawing.canvas.layout;
    let above = |rows: u16| Rect {
        y: layout.body.y - rows,
        height: 1,
        ..layout.body
    };
    if layout.above > 0 {
        draw_labels(
            drawing,
            buffer,
            above(1),
            drawing.matrix.column_at(pane_state.column()),
        );
    }
    let figures_at = match drawing.grid.words {
        Some(at) if layout.above == 1 => Some((above(1), at)),
        _ if layout.above == 2 => Some((above(2), usize::from(layout.margin()))),
        _ => None,
    };
    if let Some((area, at)) = figures_at {
        let figures = figures(drawing, pane_state);
        let room = usize::from(area.width).saturating_sub(at + 1);
        put(
            buffer,
            area,
            at,
            &[(
                &cut_end(&figures, room, drawing.canvas.glyphs.cut),
                Role::Text,
            )],
        );
    }
}

fn draw_labels(drawing: &Drawing<'_>, buffer: &mut Buffer, area: Rect, chosen: usize) {
    let (grid, cut) = (drawing.grid, drawing.canvas.glyphs.cut);
    put(
        buffer,
        area,
        grid.start - grid.id - 2,
        &[("id", Role::Strong)],
    );
    let shown = grid.shown(drawing.left);
    for column in shown.clone() {
        let label = clean(&drawing.matrix.label(column)).into_owned();
        let label = cut_end(&label, grid.width_of(column) - 1, cut);
        let role = if column == chosen {
            Role::Selection
        } else {
            Role::Strong
        };
        put(
            buffer,
            area,
            grid.end_of(column, drawing.left) - width(&label),
            &[(&label, role)],
        );
    }
    // More columns than are seen: said where a blank is kept between columns.
    if drawing.left > 0 {
        put(buffer, area, grid.start, &[(cut, Role::Dim)]);
    }
    if shown.end < drawing.matrix.columns().len() && !shown.is_empty() {
        put(
            buffer,
            area,
            grid.end_of(shown.end - 1, drawing.left),
            &[(cut, Role::Dim)],
        );
    }
    if let Some((at, _)) = grid.properties {
        put(buffer, area, at, &[("P", Role::Strong)]);
    }
}

/// Returns the figures: which criteria are shown, how many are covered, and what else is to be
/// said; of the gaps, which there are.
fn figures(drawing: &Drawing<'_>, pane_state: &PaneState) -> String {
    let covers: Vec<Cover> = (0..drawing.criteria.criterion_count())
        .filter(|criterion| drawing.canvas.model.open_files.links.needs_task(*criterion))
        .map(|criterion| drawing.matrix.cover(criterion))
        .collect();
    let count = |wanted: Cover| covers.iter().filter(|cover| **cover == wanted).count();
    let name = |count: usize, words: &str| (count > 0).then(|| format!("{count} {words}"));
    let glyphs = drawing.canvas.glyphs;
    let uncovered = count(Cover::Nothing);
    let covered = Some(format!("{}/{}", covers.len() - uncovered, covers.len()));
    let (shown, first, second) = match (pane_state.shows_gaps(), pane_state.hides_finished) {
        (true, _) => (
            "gaps",
            name(uncovered, glyphs.uncovered),
            name(count(Cover::OptionalOnly), "optional only"),
        ),
        (false, true) => ("open", covered, name(count(Cover::AllOnly), "by All only")),
        (false, false) => ("all", covered, name(count(Cover::AllOnly), "by All only")),
    };
    let parts = [Some(shown.to_owned()), first, second];
    parts
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(glyphs.between)
}
