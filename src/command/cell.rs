//! Choosing a cell in a row of a table, to be edited by itself.

use super::behaviour::{Word, word};
use super::fold;
use crate::model::{Effect, Form, Model};

/// Goes to the cell beside, in a row of a table; before the first and elsewhere it folds and
/// unfolds.
pub(super) fn go_across(model: &mut Model, by: isize) -> Vec<Effect> {
    let Some(count) = model.cells_at_cursor() else {
        return fold::go_across(model, by);
    };
    let chosen = model.pane_state().and_then(|pane_state| pane_state.cell);
    let next = match chosen {
        None if by < 0 => return fold::go_across(model, by),
        None => Some(0),
        Some(0) if by < 0 => None,
        Some(cell) => Some(cell.saturating_add_signed(by).min(count.saturating_sub(1))),
    };
    if let Some(pane_state) = model.pane_state_mut() {
        pane_state.cell = next;
    }
    show_cell(model);
    Vec::new()
}

/// Returns what going across is called.
pub(super) fn word_of_across(model: &Model) -> Option<Word> {
    match model.cells_at_cursor() {
        Some(_) => word("cell", 40),
        None => word("fold", 40),
    }
}

/// Scrolls a table that is wider than the pane to the chosen cell.
fn show_cell(model: &mut Model) {
    let Some((start, end, room)) = place_of_cell(model) else {
        return;
    };
    if let Some(pane_state) = model.pane_state_mut() {
        // At each edge stands a sign where the table goes on.
        let lowest = (end + 1).saturating_sub(room);
        let highest = start.saturating_sub(1);
        pane_state.left = pane_state.left.max(lowest).min(highest);
    }
}

/// Returns the columns of the chosen cell, and how many are seen at once, in a table that is wider
/// than the pane.
fn place_of_cell(model: &Model) -> Option<(usize, usize, usize)> {
    let (open_file, pane_state) = (model.open_file()?, model.pane_state()?);
    let Form::Rendered(rendered) = open_file.form(pane_state) else {
        return None;
    };
    let row = rendered.passage_at(pane_state.cursor.line)?;
    let columns = rendered.columns_of_cell(row, pane_state.cell?)?;
    let room = rendered.measured().room(row);
    rendered
        .is_wide(row)
        .then_some((columns.start, columns.end, room))
}
