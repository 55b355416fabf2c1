//! What stands above the trace: of the list the words for its columns, of the matrix their numbers,
//! the chosen one reversed; and the figures.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::super::line::{put, put_end};
use super::super::super::theme::Role;
use super::list::List;
use super::matrix::Drawing;
use crate::model::{Cover, Layout, PaneState};
use crate::text::{clean, cut_end, width};

/// Returns one of the rows above the others, counted from them upwards.
fn above(layout: &Layout, rows: u16) -> Rect {
    Rect {
        y: layout.body.y - rows,
        height: 1,
        ..layout.body
    }
}

/// Draws the rows above the list: the figures end where those of the requirements do.
pub(super) fn draw_of_list(list: &List<'_>, buffer: &mut Buffer) {
    let layout = &list.canvas.layout;
    if layout.above == 0 {
        return;
    }
    list.draw_labels(buffer, above(layout, 1));
    let figures = list_figures(list);
    let area = list.within(above(layout, layout.above));
    let from = if layout.above == 1 { area.width / 3 } else { 0 };
    put_end(buffer, area, usize::from(from), &[(&figures, Role::Text)]);
}

/// Draws the rows above the matrix.
pub(super) fn draw(drawing: &Drawing<'_>, buffer: &mut Buffer, pane_state: &PaneState) {
    let layout = &drawing.canvas.layout;
    if layout.above > 0 {
        let chosen = drawing.matrix.column_at(pane_state.column());
        draw_labels(drawing, buffer, above(layout, 1), chosen);
    }
    let figures_at = match drawing.grid.words {
        Some(at) if layout.above == 1 => Some((above(layout, 1), at)),
        _ if layout.above == 2 => Some((above(layout, 2), usize::from(layout.margin()))),
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
        let label = clean(&drawing.matrix.label(drawing.columns[column])).into_owned();
        let label = cut_end(&label, grid.width_of(column) - 1, cut);
        let role = if drawing.columns[column] == chosen {
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
    if shown.end < drawing.columns.len() && !shown.is_empty() {
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

/// Returns the figures of the list: what it begins with, and how many criteria are covered as they
/// should be.
fn list_figures(list: &List<'_>) -> String {
    let model = list.canvas.model;
    let count = model.open_files.links.trace.criteria.len();
    let (covered, total) = model.covered_among(0..count);
    let order = if list.pane_state.hides_finished {
        "gaps only"
    } else {
        "gaps first"
    };
    let between = list.canvas.glyphs.between;
    format!("{order}{between}{covered} of {total} covered")
}

/// Returns the figures of the matrix: which criteria are shown, how many are covered as they should
/// be, and how many only by tasks that name all.
fn figures(drawing: &Drawing<'_>, pane_state: &PaneState) -> String {
    let model = drawing.canvas.model;
    let count = model.open_files.links.trace.criteria.len();
    let (covered, total) = model.covered_among(0..count);
    let by_all = (0..count)
        .filter(|criterion| drawing.matrix.cover(*criterion) == Cover::AllOnly)
        .count();
    let shown = if pane_state.hides_finished {
        "gaps"
    } else {
        "all"
    };
    let between = drawing.canvas.glyphs.between;
    let by_all = if by_all > 0 {
        format!("{between}{by_all} by All only")
    } else {
        String::new()
    };
    format!("{shown}{between}{covered}/{total}{by_all}")
}
