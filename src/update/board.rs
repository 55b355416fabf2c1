//! The kanban after a message: cards that were read or written, and a cursor that stands on a card
//! that is there.

use std::path::PathBuf;

use super::opened;
use super::scroll::{MARGIN, scrolled};
use crate::command::{begin_card, edit_card};
use crate::markdown::{State, marker_for, state_of};
use crate::model::{
    Arrangement, BoardCursor, BoardScope, CardKey, Cards, Column, Deadline, Effect, FileChange,
    Mode, Model, OpenFile, Pane, Part, SelectedTask, Summary, View, first_column, rank,
};
use crate::spec::change::Marked;
use crate::text::Text;

/// Takes in cards that were read, with their figures.
pub(super) fn take(
    model: &mut Model,
    dealt: Vec<(PathBuf, Option<Cards>, Summary)>,
) -> Vec<Effect> {
    for (path, cards, summary) in dealt {
        let Some(index) = model.specs.at(&path) else {
            continue;
        };
        *model.specs.summary_mut(index) = summary;
        model.board.cards.remove(&path);
        cards.into_iter().for_each(|cards| model.board.load(cards));
    }
    // The first card that the cursor comes to has its peek as after a key.
    if model.view == View::Board && model.board.rested.is_none() {
        vec![Effect::Wait(Deadline::Rest)]
    } else {
        Vec::new()
    }
}

/// Lets the peek follow the cursor to its card. Among the cards of all features it needs the
/// documents of that card's spec.
pub(super) fn rest(model: &mut Model) -> Vec<Effect> {
    let key = model.board.cursor().cursor;
    let feature = key.as_ref().map(|key| key.feature.clone());
    model.board.rested = key;
    match feature {
        Some(feature) if !model.hides_peek && model.mode == Mode::Normal => {
            model.sidebar.cursor = feature;
            opened::open_cursor(model)
        }
        _ => Vec::new(),
    }
}

/// Follows to another feature: the kanban of one feature is that of the chosen one.
pub(super) fn follow(model: &mut Model) {
    let Some(path) = model.open_files.feature.clone() else {
        return;
    };
    if model.board.leaving_for.as_ref() == Some(&path) {
        model.board.close();
        model.show_view(View::Main);
    }
    if matches!(model.board.scope, Some(BoardScope::One(_))) {
        model.board.show(BoardScope::One(path.clone()));
    }
    if model.board.editing_of.take().as_ref() == Some(&path) {
        edit_card(model);
    }
    if let Some((place, state)) = model
        .board
        .new_in
        .take_if(|(place, _)| place.feature == path)
    {
        begin_card(model, &place, state);
    }
}

/// Drops the cards of features that are gone.
pub(super) fn prune(model: &mut Model) {
    let dealt: Vec<PathBuf> = model.board.cards.keys().cloned().collect();
    for path in dealt {
        if model.specs.at(&path).is_none() {
            model.board.cards.remove(&path);
        }
    }
    if model.specs.features().is_empty() {
        model.board.close();
        model.show_view(View::Main);
    }
}

/// Takes in what a write left of the task list of a feature that is not open.
pub(super) fn take_written(model: &mut Model, part: &FileChange, after: &Text) {
    let Some(index) = model.specs.at(&part.feature) else {
        return;
    };
    if model.specs.feature(index).task_file() != Some(&part.file) {
        return;
    }
    let open_file = Ok(OpenFile::of(
        Pane::Tasks,
        part.file.clone(),
        after.clone(),
        None,
    ));
    let elsewhere = std::mem::take(&mut model.specs.summary_mut(index).elsewhere);
    *model.specs.summary_mut(index) = Summary {
        elsewhere,
        ..Summary::of_open_file(model.specs.feature(index), Some(&open_file))
    };
    if let Ok(open_file) = open_file {
        model.board.load(Cards::of(
            part.feature.clone(),
            open_file.file,
            &open_file.text,
            &open_file.tasks,
        ));
    }
}

/// Says that a parent is no card any more, now that it is not at work.
pub(super) fn say_gone(model: &mut Model, marked: &[Marked]) {
    let leaves = |marked: &&Marked| {
        marked.task.has_children
            && marked.task.state.is_at_work()
            && !state_of(&marked.after).is_at_work()
    };
    let Some(task) = marked.iter().find(leaves).map(|marked| &marked.task) else {
        return;
    };
    if model.view == View::Board && model.board.arrangement == Arrangement::Leaves {
        let name = task.number.clone().unwrap_or_else(|| task.title.clone());
        model.notices.say(format!(
            "{name} is off the board: a parent is a card only while in progress; t shows parents"
        ));
    }
}

/// Brings the cursor to a card that exists, and scrolls so that it can be seen.
pub(super) fn settle(model: &mut Model) {
    match model.view {
        View::Main if model.board.scope.is_some() => model.board.close(),
        View::Board => {
            drop_vanished(model);
            let board_cursor = settled(model);
            if board_cursor.cursor != model.board.left_behind {
                model.board.left_behind = None;
            }
            model.board.set_cursor(board_cursor);
        }
        _ => {}
    }
}

/// Lets go of a carried card that is gone or that others marked, and follows one that has moved in its file.
fn drop_vanished(model: &mut Model) {
    let Mode::Move(carried) = &mut model.mode else {
        return;
    };
    let cards = model.board.cards.get(&carried.key.feature);
    let found = cards.and_then(|cards| cards.find(&carried.key.task));
    let mut changed = None;
    for of in &mut carried.chosen {
        let cards = model.board.cards.get(&of.feature);
        let mut found = |task: &SelectedTask| {
            let now = cards?.find(&task.key)?.selected();
            // The board's own marks are known from the start, and come onto the screen later.
            if now.state != task.state && model.writing.is_empty() {
                changed = Some(now.clone());
            }
            let state = task.state;
            Some(SelectedTask { state, ..now })
        };
        of.tasks = of.tasks.iter().filter_map(&mut found).collect();
    }
    carried.chosen.retain(|of| !of.tasks.is_empty());
    let words = match (found, changed) {
        (None, _) => "the card is gone: its task was removed from the file".to_owned(),
        (Some(_), Some(task)) => {
            let state = marker_for(task.state).name;
            format!("not moved: another program marked {} {state}", task.key)
        }
        (Some(card), None) => {
            carried.key.task = card.key();
            return;
        }
    };
    model.mode = Mode::Normal;
    model.notices.say(words);
}

fn settled(model: &Model) -> BoardCursor {
    let columns = model.columns();
    let mut board_cursor = model.board.cursor();
    let is_left = |column: &Column<'_>| {
        board_cursor.cursor.is_some()
            && board_cursor.cursor == model.board.left_behind
            && column.state != board_cursor.state
    };
    let found = locate(&columns, &board_cursor)
        .filter(|(column, _)| !is_left(&columns[*column]))
        .or_else(|| nearest(&columns, &board_cursor));
    board_cursor.cursor = found.map(|(column, index)| CardKey::of(&columns[column].slots[index]));
    let focus = found.map_or_else(
        || place_of(&columns, board_cursor.state),
        |(column, _)| column,
    );
    let (state, index) = found.map_or((board_cursor.state, 0), |(column, index)| {
        (columns[column].state, index)
    });
    (board_cursor.state, board_cursor.index) = (state, index);
    board_cursor.first = first_column(&columns, board_cursor.first, focus, model.size.0);
    let height = model.layout().reach();
    for (place, column) in columns.iter().enumerate() {
        let top = &mut board_cursor.tops[rank(column.state)];
        let rows = column.rows();
        let (on_screen, margin) = if place == focus {
            (Column::rows_of(&rows, index), MARGIN)
        } else {
            (*top..*top + 1, 0)
        };
        let on_screen = on_screen.start..=on_screen.end - 1;
        *top = scrolled(*top, on_screen, rows.len(), height, margin);
    }
    board_cursor
}

/// Finds the column of a state, or the one before which it would stand.
fn place_of(columns: &[Column<'_>], state: State) -> usize {
    columns
        .iter()
        .position(|column| rank(column.state) >= rank(state))
        .unwrap_or(0)
}

/// Finds the card under the cursor: column and place in it. One that moved in its file is the
/// nearest with the same words.
fn locate(columns: &[Column<'_>], board_cursor: &BoardCursor) -> Option<(usize, usize)> {
    let key = board_cursor.cursor.as_ref()?;
    if let Some(place) = in_its_place(columns, board_cursor, key) {
        return Some((place, board_cursor.index));
    }
    let mut best: Option<(usize, (usize, usize))> = None;
    for (place, column) in columns
        .iter()
        .enumerate()
        .filter(|(_, column)| !column.is_folded)
    {
        let slots = column
            .slots
            .iter()
            .enumerate()
            .filter(|(_, slot)| slot.part != Part::Left);
        for (index, slot) in
            slots.filter(|(_, slot)| slot.card.is(&key.task) && slot.cards.feature == key.feature)
        {
            let distance = slot.card.line.abs_diff(key.task.line.unwrap_or(0));
            if best.is_none_or(|(nearest, _)| distance < nearest) {
                best = Some((distance, (place, index)));
            }
        }
    }
    best.map(|(_, at)| at)
}

/// Returns the column of the cursor where its card stands there as before.
fn in_its_place(
    columns: &[Column<'_>],
    board_cursor: &BoardCursor,
    key: &CardKey,
) -> Option<usize> {
    let place = columns
        .iter()
        .position(|column| column.state == board_cursor.state && !column.is_folded)?;
    let slot = columns[place].slots.get(board_cursor.index)?;
    let is_it = slot.part != Part::Left && key.is(slot.cards, slot.card);
    is_it.then_some(place)
}

/// Finds the card that now stands where the cursor was; where its column is empty, one in the
/// nearest column.
fn nearest(columns: &[Column<'_>], board_cursor: &BoardCursor) -> Option<(usize, usize)> {
    let here = place_of(columns, board_cursor.state);
    let open = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.is_open());
    let (place, column) = open.min_by_key(|(place, _)| place.abs_diff(here))?;
    let index = if column.state == board_cursor.state {
        board_cursor.index
    } else {
        let top = board_cursor.tops[rank(column.state)];
        column.rows().get(top).map_or(0, |row| row.slot())
    };
    Some((place, index.min(column.slots.len() - 1)))
}
