//! What the mouse does: a click puts the cursor there, a second one opens, the wheel goes on, and a
//! card that is dragged goes to another column.
//!
//! It does nothing that no key does, and nothing while keys are shielded.

use ratatui::layout::{Position, Rect};

use super::board::{carry_to, put_cursor};
use super::{named, run_or_say, surface};
use crate::model::{
    Area, CardKey, ColumnRow, Deadline, Effect, Focus, Mode, Model, Pointed, View, rank, strips,
};

/// How many rows the wheel goes on at once.
const ROWS: isize = 3;

/// Whether the cursor was where the mouse is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stood {
    Elsewhere,
    Here,
}

/// Takes what was done with the mouse.
pub(crate) fn point(model: &mut Model, pointed: Pointed) -> Vec<Effect> {
    if model.mode != Mode::Normal {
        return Vec::new();
    }
    match pointed {
        Pointed::Clicked(cell) => click(model, cell.into()),
        Pointed::Turned(by) => (surface::current(model).page)(model, by * ROWS),
        Pointed::Carried { from, to } => carry(model, from.into(), to.into()),
    }
}

fn click(model: &mut Model, at: Position) -> Vec<Effect> {
    let stood = match model.view {
        View::Main => stand_in_main(model, at),
        View::Overview => stand_in_overview(model, at),
        View::Board => stand_on_card(model, at),
        View::Help | View::Messages | View::Start | View::Diagram => None,
    };
    match (stood, named("item-open")) {
        (None, _) => Vec::new(),
        (Some(Stood::Here), Some(open)) => run_or_say(model, open),
        _ => vec![Effect::Wait(Deadline::Rest)],
    }
}

/// Returns how many rows below the top of an area a place is; none outside of it.
fn row_in(area: Rect, at: Position) -> Option<usize> {
    area.contains(at).then(|| usize::from(at.y - area.y))
}

fn stand_in_main(model: &mut Model, at: Position) -> Option<Stood> {
    let layout = model.layout();
    if let Some(list) = layout.sidebar.filter(|list| list.contains(at)) {
        return stand_on_spec(model, row_in(list, at)?.checked_sub(1)?);
    }
    let area = layout.areas().find(|area| area.body.contains(at))?;
    let row = row_in(area.body, at)?;
    (row < layout.at(area).reach()).then_some(())?;
    stand_on_row(model, area, row)
}

fn stand_on_spec(model: &mut Model, row: usize) -> Option<Stood> {
    let path = model
        .sidebar_rows()
        .get(model.sidebar.top + row)?
        .path
        .clone();
    let is_here = model.focus == Focus::Sidebar && model.sidebar.cursor == path;
    model.focus = Focus::Sidebar;
    model.sidebar.cursor = path;
    Some(stood(is_here))
}

fn stand_on_row(model: &mut Model, area: Area, row: usize) -> Option<Stood> {
    let rows = model.rows_of(area.pane);
    let top = model.pane_state_of(area.pane)?.top;
    // The further rows of an item belong to its first.
    let seen = rows.get(..=top + row)?;
    let row = *seen.iter().rev().find(|row| row.is_place())?;
    let is_chosen = model.pane == area.pane && model.focus == Focus::Content;
    model.choose_pane(area.pane);
    model.focus = Focus::Content;
    let pane_state = model.pane_state_mut()?;
    let before = pane_state.key();
    pane_state.stand_on(row);
    Some(stood(is_chosen && before == pane_state.key()))
}

fn stand_in_overview(model: &mut Model, at: Position) -> Option<Stood> {
    let row = row_in(model.layout().table_rows(), at)?;
    let path = model
        .spec_rows()
        .get(model.overview.list.top + row)?
        .path
        .clone();
    let is_here = model.overview.list.cursor == path;
    model.overview.list.cursor = path;
    Some(stood(is_here))
}

fn stand_on_card(model: &mut Model, at: Position) -> Option<Stood> {
    let key = card_at(model, at)?;
    let is_here = model.board.cursor().cursor.as_ref() == Some(&key);
    put_cursor(model, key);
    Some(stood(is_here))
}

fn stood(is_here: bool) -> Stood {
    if is_here {
        Stood::Here
    } else {
        Stood::Elsewhere
    }
}

/// Returns the index of the column of the kanban that a place is in.
fn column_at(model: &Model, at: Position) -> Option<usize> {
    let (head, columns) = (model.layout().head, model.columns());
    let strips = strips(&columns, model.board.cursor().first, model.size.0);
    let x = at.x.checked_sub(head.x)?;
    let strip = strips
        .iter()
        .find(|strip| (strip.x..strip.x + strip.width).contains(&x))?;
    Some(strip.column)
}

fn card_at(model: &Model, at: Position) -> Option<CardKey> {
    let (layout, columns) = (model.layout(), model.columns());
    let column = &columns[column_at(model, at)?];
    let row = usize::from(at.y).checked_sub(usize::from(layout.head.y) + 1)?;
    let top = model.board.cursor().tops[rank(column.state)];
    match column.rows_on_screen(top, layout.reach()).get(row)? {
        ColumnRow::Card(slot) if !column.is_folded => Some(CardKey::of(&column.slots[*slot])),
        _ => None,
    }
}

/// Puts the card at one place into the column of another, as the keys do.
fn carry(model: &mut Model, from: Position, to: Position) -> Vec<Effect> {
    if model.view != View::Board {
        return Vec::new();
    }
    let (Some(key), Some(column)) = (card_at(model, from), column_at(model, to)) else {
        return Vec::new();
    };
    let state = model.columns()[column].state;
    put_cursor(model, key);
    carry_to(model, state)
}
