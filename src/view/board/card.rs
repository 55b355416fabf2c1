//! One card: state, number and title; below it, where there is room, where it belongs and what it
//! refers to.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::Canvas;
use super::super::line::{put, row_of};
use super::super::references::references;
use super::super::theme::{Role, state_role};
use crate::markdown::State;
use crate::model::{BoardScope, Card, CardKey, Column, Mode, Model, Part, Slot};
use crate::spec::stale::age;
use crate::text::{clean, cut_end, cut_middle, pad, width};

/// The column of the state's glyph within a card.
const STATE: usize = 2;
/// The column of the number.
const NUMBER: usize = 4;
/// Columns for a number with its star: at least and at most; a longer one moves its own title.
const NUMBER_FIELD: (usize, usize) = (4, 6);
/// Blank columns at the end of a card.
const END: usize = 2;
/// The least that references keep beside a parent's title, which loses its end, and beside a
/// feature's name.
const REFERENCES: (usize, usize) = (10, 6);
/// What stands between the parts of the second line.
/// The narrowest that a name is cut to before it is left out.
const SHORTEST_NAME: usize = 6;

/// What all cards on the screen have in common.
pub(super) struct Look {
    /// Rows of a card.
    pub(super) rows: usize,
    /// Columns for the number.
    number: usize,
    /// The cursor.
    cursor: Option<CardKey>,
}

impl Look {
    /// Works out the look of the cards in `columns`.
    pub(super) fn of(canvas: &Canvas<'_>, columns: &[Column<'_>]) -> Self {
        let numbers = columns
            .iter()
            .flat_map(|column| &column.slots)
            .map(|slot| number_width(slot.card));
        let (least, most) = NUMBER_FIELD;
        let widest = numbers.max().unwrap_or(0);
        let number = if widest == 0 {
            0
        } else {
            widest.clamp(least, most) + 1
        };
        Self {
            rows: canvas.model.card_rows(),
            number,
            cursor: canvas.model.board.cursor().cursor,
        }
    }

    /// Returns the glyph at the side of a card: the cursor, or what stays where a carried card was.
    fn cursor(&self, canvas: &Canvas<'_>, slot: &Slot<'_>) -> Option<(&'static str, Role)> {
        if slot.part == Part::Left {
            return Some((canvas.glyphs.resting, Role::Dim));
        }
        let is_here = self
            .cursor
            .as_ref()
            .is_some_and(|key| key.is(slot.cards, slot.card));
        is_here.then_some((canvas.glyphs.cursor, Role::Accent))
    }
}

/// Draws a card into its rows.
pub(super) fn draw(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    area: Rect,
    slot: &Slot<'_>,
    look: &Look,
) {
    let card = slot.card;
    let columns = usize::from(area.width);
    if let Some(cursor) = look.cursor(canvas, slot) {
        put(buffer, area, 0, &[cursor]);
    }
    let state = state(canvas.model, slot);
    put(
        buffer,
        area,
        STATE,
        &[(canvas.glyphs.state(state), state_role(state))],
    );
    let number = pad(&format!("{} ", number(card)), look.number);
    let number = if look.number == 0 { "" } else { &number };
    let at = put(buffer, area, NUMBER, &[(number, Role::Text)]);
    let title = clean(&title(card)).into_owned();
    let room = columns.saturating_sub(at + END);
    put(
        buffer,
        area,
        at,
        &[(&cut_end(&title, room, canvas.glyphs.cut), Role::Text)],
    );
    if let Some(row) = row_of(area, 1) {
        let at = NUMBER + look.number;
        let second = second_line(canvas, slot, columns.saturating_sub(at + END));
        put(buffer, row, at, &[(&second, Role::Dim)]);
    }
}

/// Returns the state that is drawn: of the carried card the one it would get.
fn state(model: &Model, slot: &Slot<'_>) -> State {
    match &model.mode {
        Mode::Move(carried) if slot.part == Part::Aimed => carried.aim,
        _ => slot.card.state,
    }
}

/// Returns the number with its star; of an optional task without a number the star alone.
fn number(card: &Card) -> String {
    let star = if card.optional { "*" } else { "" };
    format!(
        "{}{star}",
        clean(card.number.as_deref().unwrap_or_default())
    )
}

/// Counts the columns of the number with its star.
fn number_width(card: &Card) -> usize {
    card.number
        .as_deref()
        .map_or(0, |number| width(&clean(number)))
        + usize::from(card.optional)
}

/// Returns the title, with a marker that has no meaning here in front.
fn title(card: &Card) -> String {
    card.marker.as_ref().map_or_else(
        || card.title.clone(),
        |marker| format!("[{marker}] {}", card.title),
    )
}

/// Returns the second line in at most `room` columns: parent or feature, then references, or how
/// far the children are.
fn second_line(canvas: &Canvas<'_>, slot: &Slot<'_>, room: usize) -> String {
    let name = clean(&name(canvas.model, slot)).into_owned();
    let for_rest = if name.is_empty() {
        room
    } else {
        room.saturating_sub(width(&name) + width(canvas.glyphs.between))
    };
    let figures = figures(canvas, slot, room, for_rest);
    if name.is_empty() || figures.is_empty() {
        return cut_name(canvas, &(name + &figures), room);
    }
    let left = room.saturating_sub(width(&figures) + width(canvas.glyphs.between));
    if left < SHORTEST_NAME.min(width(&name)) {
        return cut_end(&figures, room, canvas.glyphs.cut).into_owned();
    }
    format!(
        "{}{}{figures}",
        cut_name(canvas, &name, left),
        canvas.glyphs.between
    )
}

/// Names where a card belongs: to its parent, or among the cards of all features to its feature.
fn name(model: &Model, slot: &Slot<'_>) -> String {
    match model.board.scope {
        Some(BoardScope::All) => model.workspace.address(slot.feature),
        _ => slot.card.parent.as_deref().unwrap_or_default().to_owned(),
    }
}

/// Returns what is known of the work: how far the children are, or references. `free` columns of
/// `room` are left beside the name.
fn figures(canvas: &Canvas<'_>, slot: &Slot<'_>, room: usize, free: usize) -> String {
    let notes = notes(canvas, slot);
    let taken: usize = notes
        .iter()
        .map(|note| width(note) + width(canvas.glyphs.between))
        .sum();
    let (room, free) = (room.saturating_sub(taken), free.saturating_sub(taken));
    let mut parts = Vec::new();
    if let Some(children) = slot.card.children {
        parts.push(format!("{}/{}", children.done, children.total));
        let open = format!("{} optional open", children.optional_open);
        let fits = width(&parts[0]) + width(canvas.glyphs.between) + width(&open) <= free;
        parts.extend((fits && children.optional_open > 0).then_some(open));
    } else {
        let (beside_parent, beside_feature) = REFERENCES;
        let is_tight = !notes.is_empty() || canvas.model.board.scope == Some(BoardScope::All);
        let least = if is_tight {
            beside_feature
        } else {
            beside_parent
        };
        parts.push(references(
            &slot.card.references,
            free.max(least).min(room),
            canvas.glyphs.cut,
        ));
    }
    parts.extend(notes);
    parts.retain(|part| !part.is_empty());
    parts.join(canvas.glyphs.between)
}

/// Returns what is said of a card before its references get their room: that it is stale, that it
/// was taken from here.
fn notes(canvas: &Canvas<'_>, slot: &Slot<'_>) -> Vec<String> {
    let stale = if slot.card.state.is_begun() {
        canvas.model.stale_days_in(&slot.cards.feature)
    } else {
        None
    };
    let stale = stale.map(|days| format!("stale {}", age(days)));
    stale
        .into_iter()
        .chain((slot.part == Part::Left).then(|| "was here".to_owned()))
        .collect()
}

/// Cuts the name of a feature in its middle, the title of a parent at its end.
fn cut_name(canvas: &Canvas<'_>, name: &str, room: usize) -> String {
    match canvas.model.board.scope {
        Some(BoardScope::All) => cut_middle(name, room, canvas.glyphs.cut),
        _ => cut_end(name, room, canvas.glyphs.cut),
    }
    .into_owned()
}
