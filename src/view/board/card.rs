//! One line of a column: a card with its number and title, or the head over those that belong
//! together.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::Canvas;
use super::super::line::{put, put_end};
use super::super::theme::{Role, state_role};
use crate::markdown::State;
use crate::model::{CardKey, Column, Heads, Mode, Model, NUMBER_COLUMN, Part, Slot, number_field};
use crate::spec::stale::age;
use crate::text::{clean, cut_end, cut_middle, pad, width};

/// The column of the state's glyph within a card.
const STATE: usize = 2;
/// The column at which a head begins.
const HEAD: usize = 1;
/// The fewest columns that a title keeps beside what stands at the end of its line.
const SHORTEST_TITLE: usize = 8;

/// What all cards on the screen have in common.
pub(super) struct Look {
    /// Columns for the number.
    number: usize,
    /// The cursor.
    cursor: Option<CardKey>,
    /// Whether the cards that are drawn are selected.
    pub(super) is_selected: bool,
}

impl Look {
    /// Works out the look of the cards in `columns`.
    pub(super) fn of(canvas: &Canvas<'_>, columns: &[Column<'_>]) -> Self {
        Self {
            number: usize::from(number_field(columns)),
            cursor: canvas.model.board.cursor().cursor,
            is_selected: false,
        }
    }

    /// Returns the glyph at the side of a card: the cursor, that it is selected, or what stays where
    /// a carried card was.
    fn cursor(&self, canvas: &Canvas<'_>, slot: &Slot<'_>) -> Option<(&'static str, Role)> {
        if slot.part == Part::Left {
            return Some((canvas.glyphs.resting, Role::Dim));
        }
        let is_here = self
            .cursor
            .as_ref()
            .is_some_and(|key| key.is(slot.cards, slot.card));
        if is_here {
            return Some((canvas.glyphs.cursor, Role::Accent));
        }
        self.is_selected
            .then_some((canvas.glyphs.resting, Role::Accent))
    }
}

/// Draws a card: state, number, title, and at the end how far its children are or for how long it
/// is stale.
pub(super) fn draw(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    area: Rect,
    slot: &Slot<'_>,
    look: &Look,
) {
    if let Some(cursor) = look.cursor(canvas, slot) {
        put(buffer, area, 0, &[cursor]);
    }
    let state = state(canvas.model, slot);
    let glyph = (canvas.glyphs.state(state), state_role(state));
    put(buffer, area, STATE, &[glyph]);
    let label = clean(&slot.card.label()).into_owned();
    let label = pad(&format!("{label} "), look.number);
    let label = if look.number == 0 { "" } else { &label };
    let at = put(
        buffer,
        area,
        usize::from(NUMBER_COLUMN),
        &[(label, Role::Text)],
    );
    if slot.part == Part::Left {
        put(buffer, area, at, &[("was here", Role::Dim)]);
        return;
    }
    let tail = tail(canvas, slot);
    let end = draw_tail(buffer, area, at, (&tail, Role::Dim));
    let words = clean(&slot.card.words()).into_owned();
    let room = end.saturating_sub(at);
    put(
        buffer,
        area,
        at,
        &[(&cut_end(&words, room, canvas.glyphs.cut), Role::Text)],
    );
}

/// Draws the head over the cards that belong together, with the figures of what it names.
pub(super) fn draw_head(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    area: Rect,
    heads: Heads,
    slot: &Slot<'_>,
) {
    let (name, figures) = head(canvas.model, heads, slot);
    let end = draw_tail(buffer, area, HEAD, (&figures, Role::Strong));
    let room = end.saturating_sub(HEAD);
    let name = clean(&name).into_owned();
    let name = match heads {
        Heads::Specs => cut_middle(&name, room, canvas.glyphs.cut),
        Heads::Parents => cut_end(&name, room, canvas.glyphs.cut),
    };
    put(buffer, area, HEAD, &[(&name, Role::Strong)]);
}

/// Draws what stands at the end of a line, if what stands before keeps room. Returns the column
/// before which that ends.
fn draw_tail(buffer: &mut Buffer, area: Rect, at: usize, tail: (&str, Role)) -> usize {
    let columns = usize::from(area.width);
    let pieces = [tail, (" ", Role::Text)];
    let is_drawn = !tail.0.is_empty() && put_end(buffer, area, at + SHORTEST_TITLE, &pieces);
    let taken = if is_drawn { width(tail.0) + 2 } else { 1 };
    columns.saturating_sub(taken)
}

/// Returns the state that is drawn: of the carried card the one it would get.
fn state(model: &Model, slot: &Slot<'_>) -> State {
    match &model.mode {
        Mode::Move(carried) if slot.part == Part::Aimed => carried.aim,
        _ => slot.card.state,
    }
}

/// Returns what a head is called, and its figures.
fn head(model: &Model, heads: Heads, slot: &Slot<'_>) -> (String, String) {
    match (heads, &slot.card.parent) {
        (Heads::Parents, Some(parent)) => {
            let children = parent.children;
            (
                parent.name.clone(),
                format!("{}/{}", children.done, children.total),
            )
        }
        _ => {
            let progress = model
                .specs
                .at(&slot.cards.feature)
                .and_then(|index| model.specs.summary(index).progress);
            let figures = progress.map(|of| format!("{}/{}", of.done, of.total));
            (
                model.specs.workspace().address(slot.feature),
                figures.unwrap_or_default(),
            )
        }
    }
}

/// Returns what stands at the end of a card.
fn tail(canvas: &Canvas<'_>, slot: &Slot<'_>) -> String {
    let stale = if slot.card.state.marker().grows_stale {
        canvas.model.stale_days_in(&slot.cards.feature)
    } else {
        None
    };
    let stale = stale.map(|days| format!("z {}", age(days)));
    let children = slot.card.children;
    let children = children.map(|children| format!("{}/{}", children.done, children.total));
    let parts: Vec<String> = children.into_iter().chain(stale).collect();
    parts.join(" ")
}
