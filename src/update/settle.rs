//! What holds after every message: the cursor stands on a row that is there, and is on the screen.

use std::ops::RangeInclusive;
use std::path::Path;

use super::scroll::{MARGIN, scrolled, scrolled_by};
use crate::model::{
    FilterPlace, Focus, Layout, Model, Pane, Row, RowKind, Scroll, SidebarColumns, TraceForm, View,
    row_of_cursor,
};

/// Brings cursors to rows that exist, and scrolls so that they can be seen.
pub fn settle(model: &mut Model) {
    if let Some(index) = model.shown() {
        model.specs.summary_mut(index).unread = false;
    }
    settle_sidebar(model);
    settle_overview(model);
    settle_pane(model);
    settle_trace(model);
    let layout = model.layout();
    super::edit::settle(model, &layout);
    super::board::settle(model);
    settle_help(model);
    settle_messages(model);
    settle_diagram(model);
    super::finder::settle(model);
    let is_there =
        model.pane == Pane::Tasks && model.focus == Focus::Content && model.view != View::Board;
    let selects_cards = model.count_selected_cards().is_some();
    if !is_there && !selects_cards {
        model.mode.leave_selection();
    }
}

/// Returns how many rows a list of `height` rows goes on at once.
fn stride(scroll: Scroll, height: usize) -> usize {
    match scroll {
        Scroll::Line => 1,
        Scroll::Half => height / 2,
    }
}

fn settle_help(model: &mut Model) {
    let columns = model.help.columns(model.size.0);
    let Some((_, row)) = model.help.position(&columns) else {
        return;
    };
    let rows = columns.iter().map(Vec::len).max().unwrap_or(0);
    // The title above the first entries is seen with them.
    let row = if row == 1 { 0 } else { row };
    model.help.top = scrolled(
        model.help.top,
        row..=row,
        rows,
        model.layout().help_rows(),
        0,
    );
}

fn settle_messages(model: &mut Model) {
    let layout = model.layout();
    let rows = model.notices.rows(layout.message_columns()).len();
    model.notices.top = model
        .notices
        .top
        .min(rows.saturating_sub(usize::from(layout.page.height)));
}

/// Scrolls a diagram no further than it goes, and leaves it where it is no longer there.
fn settle_diagram(model: &mut Model) {
    if model.view != View::Diagram {
        return;
    }
    let Some(shown) = model.shown_diagram() else {
        model.close_view();
        return;
    };
    let page = model.layout().diagram_rows();
    let below = shown.lines.len().saturating_sub(usize::from(page.height));
    let right = shown.columns().saturating_sub(usize::from(page.width));
    if let Some(diagram) = &mut model.diagram {
        (diagram.top, diagram.left) = (diagram.top.min(below), diagram.left.min(right));
    }
}

fn settle_pane(model: &mut Model) {
    if model.view != View::Main {
        return;
    }
    let layout = model.layout();
    layout
        .areas()
        .for_each(|area| settle_area(model, area.pane, &layout.at(area)));
}

/// Brings the cursor of one of the panes on the screen to a row, and scrolls it.
fn settle_area(model: &mut Model, pane: Pane, layout: &Layout) {
    model.measure(pane, layout);
    // Made before the rows are asked for: a pane that is shown for the first time has no place yet.
    let is_new = model.pane_state_of(pane).is_none();
    if pane == Pane::Tasks {
        model.narrow_tasks();
    }
    if model.pane_state_of_mut(pane).is_none() {
        return;
    }
    if is_new {
        begin_on_tasks(model, pane);
    }
    let furthest = model
        .pane_state_of(pane)
        .and_then(|pane_state| Some(model.open_files.of(pane)?.furthest(pane_state)))
        .unwrap_or(usize::MAX);
    let rows = model.rows_of(pane);
    let cells = if pane == model.pane {
        model.cells_at_cursor()
    } else {
        None
    };
    let found = model
        .pane_state_of(pane)
        .and_then(|pane_state| row_of_cursor(model.open_files.of(pane), pane_state, &rows));
    let scroll = model.settings.scroll;
    let Some(pane_state) = model.pane_state_of_mut(pane) else {
        return;
    };
    pane_state.left = pane_state.left.min(furthest);
    pane_state.cell = pane_state
        .cell
        .min(cells.and_then(|cells| cells.checked_sub(1)));
    if pane_state.cursor.mark.is_some() {
        // It waits for its line to come back.
        return;
    }
    let Some(index) = found else { return };
    let held = pane_state.height.take();
    let top = held.map_or(pane_state.top, |held| index.saturating_sub(held));
    pane_state.stand_on(rows[index]);
    let height = layout.reach();
    pane_state.top = scrolled_by(
        stride(scroll, height),
        top,
        whole_item(&rows, index, height),
        rows.len(),
        height,
        MARGIN,
    );
}

/// Puts the cursor of a list that is shown for the first time on the first of its tasks and phases,
/// below what the list begins with.
fn begin_on_tasks(model: &mut Model, pane: Pane) {
    let rows = model.rows_of(pane);
    let is_task = |row: &&Row| matches!(row.kind, RowKind::Task(..) | RowKind::Phase(..));
    let first = rows.iter().find(is_task).copied();
    if let (Some(first), Some(pane_state)) = (first, model.pane_state_of_mut(pane)) {
        pane_state.stand_on(first);
    }
}

/// Scrolls the matrix of the trace to the chosen column, and notes what the line below it speaks of
/// where that is gone.
fn settle_trace(model: &mut Model) {
    if model.view != View::Main || model.pane != Pane::Trace || !model.has_trace() {
        return;
    }
    if model.trace_form() == TraceForm::Matrix {
        let columns = model.matrix_columns();
        let grid = model.grid(&model.matrix(), &columns, &model.layout());
        let chosen = model.chosen_column();
        let at = columns.iter().position(|column| *column == chosen);
        if let Some(pane_state) = model.pane_state_mut() {
            pane_state.left = grid.scrolled(pane_state.left, at.unwrap_or(0));
        }
    }
    if !model.is_noted() {
        model.note();
    }
}

/// Returns the rows of the item at the row `index`; with what stands before the first item, which
/// no cursor would bring onto the screen.
fn whole_item(rows: &[Row], index: usize, height: usize) -> RangeInclusive<usize> {
    let end = index
        + rows[index + 1..]
            .iter()
            .take_while(|row| matches!(row.kind, RowKind::Rest(_)))
            .count();
    let is_first = end < height && !rows[..index].iter().any(|row| row.is_place());
    if is_first { 0..=end } else { index..=end }
}

/// Brings the cursor of the overview to a row, and scrolls it. Without a cursor it begins where the
/// list of specs stands.
fn settle_overview(model: &mut Model) {
    if model.view != View::Overview {
        return;
    }
    let rows = model.spec_rows();
    let at = |path: &Path| rows.iter().position(|row| row.path == path);
    let nearest = |path: &Path| rows.iter().rposition(|row| path.starts_with(&row.path));
    let list = &model.overview.list;
    let found = at(&list.cursor).or_else(|| nearest(&list.cursor));
    let found = found.or_else(|| at(&model.sidebar.cursor)).unwrap_or(0);
    let height = usize::from(model.layout().table_rows().height).max(1);
    let list = &mut model.overview.list;
    if let Some(row) = rows.get(found) {
        list.cursor.clone_from(&row.path);
    }
    let stride = stride(model.settings.scroll, height);
    let list = &mut model.overview.list;
    list.top = scrolled_by(stride, list.top, found..=found, rows.len(), height, MARGIN);
}

fn settle_sidebar(model: &mut Model) {
    let rows = model.sidebar_rows();
    model.sidebar.columns = SidebarColumns::of(&rows);
    if !rows.iter().any(|row| row.path == model.sidebar.cursor) {
        let cursor = model.sidebar.cursor.clone();
        let above = rows.iter().rev().find(|row| cursor.starts_with(&row.path));
        let shown = rows
            .iter()
            .find(|row| Some(&row.path) == model.open_files.feature.as_ref());
        if let Some(row) = above.or(shown).or(rows.first()) {
            model.sidebar.cursor = row.path.clone();
        }
    }
    let is_filtered = model.filters.of(FilterPlace::Specs).is_some();
    if model.focus == Focus::Sidebar && rows.is_empty() && !is_filtered {
        model.focus = Focus::Content;
    }
    let height = model.layout().sidebar_rows().max(1);
    let index = rows
        .iter()
        .position(|row| row.path == model.sidebar.cursor)
        .unwrap_or(0);
    let stride = stride(model.settings.scroll, height);
    let top = model.sidebar.top;
    model.sidebar.top = scrolled_by(stride, top, index..=index, rows.len(), height, MARGIN);
}
