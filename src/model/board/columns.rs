//! The columns of the kanban: which cards stand in each, under which heads.
//!
//! A pure function of cards and mode. Scroll and cursor are in the cursor, where a column stands on
//! the screen is in `strips`, drawing is in `view`.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::super::Specs;
use super::dealt::{Asked, Basis, Figures, Shown};
use super::{Arrangement, Board, BoardScope, Card, Cards, Carried};
use crate::markdown::{ColumnShown, State};
use crate::spec::feature::Feature;

/// Whether a filter lets a card through.
pub(super) type IsShown<'a> = &'a dyn Fn(&Cards, &Card) -> bool;

/// What a card is while one is carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A card in its place.
    Resting,
    /// The carried card, drawn where it would be put.
    Aimed,
    /// The place that the carried card was taken from.
    Left,
}

/// One card in a column.
#[derive(Clone, Copy, Debug)]
pub struct Slot<'a> {
    /// The feature it belongs to.
    pub feature: &'a Feature,
    /// The cards of its spec.
    pub cards: &'a Cards,
    /// The card.
    pub card: &'a Card,
    /// What it is while one is carried.
    pub part: Part,
    /// The indexes of the feature, and of the card among those of its spec.
    pub(super) place: (usize, usize),
}

/// What stands over cards that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heads {
    /// The name of their spec.
    Specs,
    /// The title of their parent, where they have one.
    Parents,
}

/// One row of a column, with the index of the card: the card itself, or the head over it and those
/// that follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnRow {
    /// A head.
    Head(usize),
    /// A card.
    Card(usize),
}

impl ColumnRow {
    /// Returns the index of the card, or of the first one below the head.
    pub fn slot(self) -> usize {
        let (Self::Head(slot) | Self::Card(slot)) = self;
        slot
    }
}

/// One column.
#[derive(Clone, Debug)]
pub struct Column<'a> {
    /// The state of its cards.
    pub state: State,
    /// The cards, in the order of features and files.
    pub slots: Vec<Slot<'a>>,
    /// What stands over them.
    pub heads: Heads,
    /// Whether only its title is drawn.
    pub is_folded: bool,
    pub(super) figures: Arc<Figures>,
}

impl Slot<'_> {
    /// Returns whether a head over this card is one over the other, too.
    fn shares_head(&self, other: &Slot<'_>, heads: Heads) -> bool {
        match heads {
            Heads::Specs => std::ptr::eq(self.feature, other.feature),
            Heads::Parents => self.parent_line() == other.parent_line(),
        }
    }

    fn parent_line(&self) -> Option<usize> {
        self.card.parent.as_ref().map(|parent| parent.line)
    }
}

impl Column<'_> {
    /// Counts the cards, without the place that a carried one was taken from.
    pub fn count(&self) -> usize {
        let is_there = |slot: &&Slot<'_>| slot.part != Part::Left;
        let count = || self.slots.iter().filter(is_there).count();
        *self.figures.count.get_or_init(count)
    }

    /// Returns how many columns of the screen the longest number of its cards takes.
    pub(super) fn number_columns(&self) -> u16 {
        let widths = || self.slots.iter().map(|slot| slot.card.number_columns);
        let widest = || widths().max().unwrap_or(0);
        *self.figures.number_columns.get_or_init(widest)
    }

    /// Returns whether the cursor can stand in it.
    pub fn is_open(&self) -> bool {
        !self.is_folded && self.count() > 0
    }

    /// Returns whether cards stand below a head with this one.
    pub fn has_head(&self, slot: usize) -> bool {
        match self.heads {
            Heads::Specs => true,
            Heads::Parents => self.slots[slot].card.parent.is_some(),
        }
    }

    /// Returns the rows: the cards, each run of those that belong together below its head.
    pub fn rows(&self) -> Arc<[ColumnRow]> {
        Arc::clone(self.figures.rows.get_or_init(|| self.made_rows().into()))
    }

    fn made_rows(&self) -> Vec<ColumnRow> {
        let mut rows = Vec::with_capacity(self.slots.len() * 2);
        for (index, slot) in self.slots.iter().enumerate() {
            let before = index.checked_sub(1).map(|before| &self.slots[before]);
            let is_new = before.is_none_or(|before| !before.shares_head(slot, self.heads));
            if is_new && self.has_head(index) {
                rows.push(ColumnRow::Head(index));
            }
            rows.push(ColumnRow::Card(index));
        }
        rows
    }

    /// Returns the rows that are on the screen from the row `top` on. Where cards are on it whose
    /// head is not, that stands in the place of the first.
    pub fn rows_on_screen(&self, top: usize, height: usize) -> Vec<ColumnRow> {
        let rows = self.rows();
        let mut rows: Vec<ColumnRow> = rows.iter().copied().skip(top).take(height).collect();
        // A head right above the next one would have no card.
        let is_last = matches!(rows.get(1), None | Some(ColumnRow::Head(_)));
        if let Some(first) = rows.first_mut()
            && top > 0
            && !is_last
            && self.has_head(first.slot())
        {
            *first = ColumnRow::Head(first.slot());
        }
        rows
    }

    /// Returns the rows that are to be on the screen with a card: its own, and the one above it,
    /// where its head may stand.
    pub fn rows_of(rows: &[ColumnRow], slot: usize) -> Range<usize> {
        let first = rows.partition_point(|row| row.slot() < slot);
        let is_it = |row: &ColumnRow| *row == ColumnRow::Card(slot);
        let row = rows[first..].iter().take(2).position(is_it);
        let row = row.map(|behind| first + behind);
        row.map_or(0..1, |row| row.saturating_sub(1)..row + 1)
    }
}

impl Board {
    /// Returns the columns that there are, some only while they hold a card, of the cards that a
    /// filter lets through. They are made once for all that they depend on.
    pub(in crate::model) fn columns<'a>(
        &'a self,
        specs: &'a Specs,
        carried: Option<&Carried>,
        filter: Option<(Asked, IsShown<'_>)>,
    ) -> Vec<Column<'a>> {
        let (asked, is_shown) = filter.unzip();
        let kept = &self.kept[usize::from(asked.is_none())];
        let basis = self.basis(specs, carried, asked);
        kept.get((self, specs), basis, || {
            self.made_columns(specs, carried, is_shown)
        })
    }

    fn basis(&self, specs: &Specs, carried: Option<&Carried>, asked: Option<Asked>) -> Basis {
        let shown = self.shown_cards(specs.features());
        let features = shown.map(|(index, feature, cards)| Shown {
            feature: (index, feature.folder.path.clone()),
            cards: Arc::clone(&cards.list),
            written: specs
                .summary(index)
                .version
                .map(|version| version.modified()),
        });
        Basis {
            features: features.collect(),
            scope: self.scope.clone(),
            arrangement: self.arrangement,
            folds: [State::Done, State::Other].map(|state| self.folds(state)),
            carried: carried.cloned(),
            asked,
            left_open: self.left_open.len(),
        }
    }

    fn made_columns<'a>(
        &'a self,
        specs: &'a Specs,
        carried: Option<&Carried>,
        is_shown: Option<IsShown<'_>>,
    ) -> Vec<Column<'a>> {
        let mut columns = State::ALL.map(|state| self.column(state, carried));
        let is_shown = |cards: &Cards, card: &Card| {
            let is_let = || is_shown.is_none_or(|is_shown| is_shown(cards, card));
            self.arrangement.shows(card) && is_let()
        };
        for (at, feature, cards) in self.shown_cards(specs.features()) {
            let list = cards.list.iter().enumerate();
            for (index, card) in list.filter(|(_, card)| is_shown(cards, card)) {
                let slot = Slot {
                    feature,
                    cards,
                    card,
                    part: Part::Resting,
                    place: (at, index),
                };
                deal(&mut columns, slot, carried);
            }
        }
        if self.arrangement == Arrangement::Leaves {
            columns.iter_mut().for_each(drop_parents);
        }
        if self.scope == Some(BoardScope::All) {
            let done = &mut columns[rank(State::Done)];
            self.put_newest_first(done, specs);
        }
        let is_there = |column: &Column<'_>| {
            column.state.marker().column == ColumnShown::Always || !column.slots.is_empty()
        };
        columns.into_iter().filter(is_there).collect()
    }

    fn column<'a>(&self, state: State, carried: Option<&Carried>) -> Column<'a> {
        let is_aim = carried.is_some_and(|carried| carried.aim == state);
        let heads = match self.scope {
            Some(BoardScope::All) => Heads::Specs,
            _ => Heads::Parents,
        };
        Column {
            state,
            slots: Vec::new(),
            heads,
            is_folded: self.folds(state) && !is_aim,
            figures: Arc::default(),
        }
    }

    /// Puts the cards first that were finished since the last visit, then those of the specs that
    /// were written last.
    fn put_newest_first(&self, column: &mut Column<'_>, specs: &Specs) {
        if column.is_folded {
            return;
        }
        let times: HashMap<&Path, _> = specs
            .entries()
            .map(|spec| {
                let time = spec.summary.version.map(|version| version.modified());
                (spec.feature.folder.path.as_path(), time)
            })
            .collect();
        column.slots.sort_by_cached_key(|slot| {
            let time = times.get(slot.cards.feature.as_path()).copied().flatten();
            (!self.was_left_open(slot), Reverse(time))
        });
    }

    /// Returns whether the task of a card was not done when the last visit ended.
    fn was_left_open(&self, slot: &Slot<'_>) -> bool {
        let left_open = self.left_open.get(&slot.cards.feature);
        left_open.is_some_and(|open| open.contains(&slot.card.fingerprint()))
    }

    fn shown_cards<'a>(
        &'a self,
        features: &'a [Feature],
    ) -> impl Iterator<Item = (usize, &'a Feature, &'a Cards)> {
        let is_shown = |(_, feature): &(usize, &Feature)| match &self.scope {
            Some(BoardScope::One(path)) => feature.folder.path == *path,
            Some(BoardScope::All) => !feature.folder.archived,
            None => false,
        };
        let cards = |(index, feature): (usize, &'a Feature)| {
            Some((index, feature, self.cards.get(&feature.folder.path)?))
        };
        let features = features.iter().enumerate();
        features.filter(is_shown).filter_map(cards)
    }
}

/// Puts a card into its column; a carried one into the column that it is carried to.
fn deal<'a>(columns: &mut [Column<'a>], slot: Slot<'a>, carried: Option<&Carried>) {
    let own = rank(slot.card.state);
    let aim = carried
        .filter(|carried| carried.holds(slot.cards, slot.card))
        .map_or(own, |carried| rank(carried.aim));
    if aim == own {
        columns[own].slots.push(slot);
        return;
    }
    let part = Part::Left;
    columns[own].slots.push(Slot { part, ..slot });
    let part = Part::Aimed;
    columns[aim].slots.push(Slot { part, ..slot });
}

/// Drops the parents that have a card of their own below them in the column: they are its head.
fn drop_parents(column: &mut Column<'_>) {
    let is_parent = |slot: &Slot<'_>| slot.card.children.is_some() && slot.part == Part::Resting;
    if !column.slots.iter().any(is_parent) {
        return;
    }
    let above = column.slots.iter().flat_map(|slot| {
        let feature = slot.cards.feature.as_path();
        slot.card.above.iter().map(move |line| (feature, *line))
    });
    let above: HashSet<(&Path, usize)> = above.collect();
    column.slots.retain(|slot| {
        !is_parent(slot) || !above.contains(&(slot.cards.feature.as_path(), slot.card.line))
    });
}

/// Returns the place of a state among all columns.
pub fn rank(state: State) -> usize {
    state as usize
}

/// Finds the nearest column before (`step` below 0) or behind a state, to which a card can be
/// moved: any but the one of other markers.
pub fn neighbour(columns: &[Column<'_>], state: State, step: isize) -> Option<State> {
    let mut states = columns
        .iter()
        .map(|column| column.state)
        .filter(|other| other.marker().byte().is_some());
    if step < 0 {
        states.rfind(|other| rank(*other) < rank(state))
    } else {
        states.find(|other| rank(*other) > rank(state))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIVE: [State; 5] = [
        State::Todo,
        State::Queued,
        State::Doing,
        State::Done,
        State::Other,
    ];

    #[test]
    fn a_card_goes_to_the_nearest_column_there_is() {
        let columns = |states: &[State]| -> Vec<Column<'_>> {
            states
                .iter()
                .map(|state| Column {
                    state: *state,
                    slots: Vec::new(),
                    heads: Heads::Parents,
                    is_folded: false,
                    figures: Arc::default(),
                })
                .collect()
        };
        let usual = [State::Todo, State::Doing, State::Done];
        for (shown, state, step, expected) in [
            (&usual[..], State::Todo, 1, Some(State::Doing)),
            (&usual, State::Done, -1, Some(State::Doing)),
            (&usual, State::Todo, -1, None),
            (&usual, State::Done, 1, None),
            (&usual, State::Queued, 1, Some(State::Doing)),
            (&usual, State::Queued, -1, Some(State::Todo)),
            (&FIVE, State::Todo, 1, Some(State::Queued)),
            (&FIVE, State::Done, 1, None),
            (&FIVE, State::Other, -1, Some(State::Done)),
        ] {
            assert_eq!(
                neighbour(&columns(shown), state, step),
                expected,
                "{state:?} {step}"
            );
        }
    }
}
