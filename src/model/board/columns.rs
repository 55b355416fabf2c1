//! The columns of the kanban: which cards stand in each, and where each stands on the screen.
//!
//! A pure function of cards and mode. Scroll and cursor are in the cursor, drawing is in `view`.

use super::{Board, BoardScope, Card, Cards, Carried};
use crate::markdown::{ColumnShown, State};
use crate::spec::feature::Feature;
use crate::spec::workspace::Workspace;
use crate::text::width;

/// The narrowest that a column with cards is drawn, where there are several.
const LEAST: u16 = 36;

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
}

/// One column.
#[derive(Clone, Debug)]
pub struct Column<'a> {
    /// The state of its cards.
    pub state: State,
    /// The cards, in the order of features and files.
    pub slots: Vec<Slot<'a>>,
    /// Whether only its title is drawn.
    pub is_folded: bool,
}

/// Where a column stands on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strip {
    /// The index of the column.
    pub column: usize,
    /// Its first column on the screen.
    pub x: u16,
    /// How wide it is, with the blanks behind it.
    pub width: u16,
}

impl Column<'_> {
    /// Counts the cards, without the place that a carried one was taken from.
    pub fn count(&self) -> usize {
        self.slots
            .iter()
            .filter(|slot| slot.part != Part::Left)
            .count()
    }

    /// Returns whether the cursor can stand in it.
    pub fn is_open(&self) -> bool {
        !self.is_folded && self.count() > 0
    }

    /// Returns how many columns of the screen it needs; none where it takes its share.
    fn fixed(&self) -> Option<u16> {
        let title = width(self.state.marker().title) + self.count().to_string().len();
        self.is_folded
            .then(|| u16::try_from(title + 6).unwrap_or(LEAST))
    }
}

impl Board {
    /// Returns the columns that there are: some only while they hold a card.
    pub fn columns<'a>(
        &'a self,
        workspace: &'a Workspace,
        carried: Option<&Carried>,
    ) -> Vec<Column<'a>> {
        let aim = carried.map(|carried| carried.aim);
        let is_folded = |state| self.folds_done && state == State::Done && aim != Some(State::Done);
        let mut columns = State::ALL.map(|state| Column {
            state,
            slots: Vec::new(),
            is_folded: is_folded(state),
        });
        for (feature, cards) in self.shown_cards(workspace) {
            for card in cards
                .list
                .iter()
                .filter(|card| self.arrangement.shows(card))
            {
                let slot = Slot {
                    feature,
                    cards,
                    card,
                    part: Part::Resting,
                };
                match carried
                    .filter(|carried| carried.key.is(cards, card) && carried.aim != card.state)
                {
                    None => columns[rank(card.state)].slots.push(slot),
                    Some(carried) => {
                        columns[rank(card.state)].slots.push(Slot {
                            part: Part::Left,
                            ..slot
                        });
                        columns[rank(carried.aim)].slots.push(Slot {
                            part: Part::Aimed,
                            ..slot
                        });
                    }
                }
            }
        }
        let is_there = |column: &Column<'_>| {
            column.state.marker().column == ColumnShown::Always || !column.slots.is_empty()
        };
        columns.into_iter().filter(is_there).collect()
    }

    fn shown_cards<'a>(
        &'a self,
        workspace: &'a Workspace,
    ) -> impl Iterator<Item = (&'a Feature, &'a Cards)> {
        let is_shown = |feature: &&Feature| match &self.scope {
            Some(BoardScope::One(path)) => feature.folder.path == *path,
            Some(BoardScope::All) => true,
            None => false,
        };
        let cards = |feature: &'a Feature| Some((feature, self.cards.get(&feature.folder.path)?));
        workspace.features.iter().filter(is_shown).filter_map(cards)
    }
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

/// Returns as many columns as fit from the one with index `first` on: a folded one as wide as its
/// title, the others in equal shares.
pub fn strips(columns: &[Column<'_>], first: usize, columns_of_screen: u16) -> Vec<Strip> {
    let needs: Vec<Option<u16>> = columns.iter().map(Column::fixed).collect();
    share(&needs, first, columns_of_screen)
}

/// Finds the first column on the screen, so that the one with index `focus` is on it, as near to
/// `first` as can be.
pub fn first_column(
    columns: &[Column<'_>],
    first: usize,
    focus: usize,
    columns_of_screen: u16,
) -> usize {
    let needs: Vec<Option<u16>> = columns.iter().map(Column::fixed).collect();
    let last = |first: usize| {
        share(&needs, first, columns_of_screen)
            .last()
            .map_or(0, |strip| strip.column)
    };
    let mut first = first.min(focus);
    while last(first) < focus {
        first += 1;
    }
    // Room at the right end is given to the columns at the left.
    while first > 0 && last(first - 1) == last(first) {
        first -= 1;
    }
    first
}

fn share(needs: &[Option<u16>], first: usize, columns_of_screen: u16) -> Vec<Strip> {
    let mut left = columns_of_screen;
    let fits = |(index, need): &(usize, Option<u16>)| {
        let need = need.unwrap_or(LEAST);
        let fits = need <= left || *index == first;
        left = left.saturating_sub(need);
        fits
    };
    let shown: Vec<(usize, Option<u16>)> = needs
        .iter()
        .copied()
        .enumerate()
        .skip(first)
        .take_while(fits)
        .collect();
    let fixed: u16 = shown.iter().filter_map(|(_, need)| *need).sum();
    let shares =
        u16::try_from(shown.iter().filter(|(_, need)| need.is_none()).count()).unwrap_or(1);
    let rest = columns_of_screen.saturating_sub(fixed);
    let (mut x, mut taken) = (0, 0);
    let pane_state = |(column, need): (usize, Option<u16>)| {
        let width = need.unwrap_or_else(|| {
            taken += 1;
            part(rest, taken, shares) - part(rest, taken - 1, shares)
        });
        let strip = Strip {
            column,
            x,
            width: width.min(columns_of_screen.saturating_sub(x)),
        };
        x += width;
        strip
    };
    shown.into_iter().map(pane_state).collect()
}

/// Returns where the share with the number `index` of `count` ends.
fn part(whole: u16, index: u16, count: u16) -> u16 {
    let end = u32::from(whole) * u32::from(index) / u32::from(count.max(1));
    u16::try_from(end).unwrap_or(whole)
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

    fn pane_states(needs: &[Option<u16>], first: usize, columns: u16) -> Vec<(usize, u16, u16)> {
        share(needs, first, columns)
            .into_iter()
            .map(|strip| (strip.column, strip.x, strip.width))
            .collect()
    }

    #[test]
    fn columns_share_the_width_and_as_many_as_fit_are_shown() {
        let open = [None; 5];
        for (columns, needs, first, expected) in [
            (
                120,
                &open[..3],
                0,
                vec![(0, 0, 40), (1, 40, 40), (2, 80, 40)],
            ),
            (
                160,
                &open[..4],
                0,
                vec![(0, 0, 40), (1, 40, 40), (2, 80, 40), (3, 120, 40)],
            ),
            (
                120,
                &open[..4],
                1,
                vec![(1, 0, 40), (2, 40, 40), (3, 80, 40)],
            ),
            (100, &open[..3], 0, vec![(0, 0, 50), (1, 50, 50)]),
            (80, &open[..3], 1, vec![(1, 0, 40), (2, 40, 40)]),
            (71, &open[..3], 2, vec![(2, 0, 71)]),
            (40, &open[..3], 1, vec![(1, 0, 40)]),
            (20, &open[..3], 0, vec![(0, 0, 20)]),
            (
                110,
                &open[..3],
                0,
                vec![(0, 0, 36), (1, 36, 37), (2, 73, 37)],
            ),
            (
                120,
                &[None, None, Some(12)],
                0,
                vec![(0, 0, 54), (1, 54, 54), (2, 108, 12)],
            ),
            (
                80,
                &[None, None, Some(12)],
                0,
                vec![(0, 0, 40), (1, 40, 40)],
            ),
            (
                86,
                &[None, None, Some(12)],
                0,
                vec![(0, 0, 37), (1, 37, 37), (2, 74, 12)],
            ),
        ] {
            assert_eq!(
                pane_states(needs, first, columns),
                expected,
                "{columns} from {first}"
            );
        }
    }

    #[test]
    fn at_every_width_the_columns_fill_the_screen_and_none_is_too_narrow() {
        for columns in 1..=240 {
            for count in 1..=5 {
                for folded in [None, Some(count - 1)] {
                    let mut needs = vec![None; count];
                    folded.into_iter().for_each(|index| needs[index] = Some(12));
                    for first in 0..count {
                        let strips = share(&needs, first, columns);
                        assert_eq!(strips[0].column, first);
                        assert!(
                            strips
                                .windows(2)
                                .all(|pair| pair[0].x + pair[0].width == pair[1].x)
                        );
                        assert!(strips.iter().all(|strip| strip.x + strip.width <= columns));
                        assert!(
                            strips.len() == 1
                                || strips.iter().all(
                                    |strip| strip.width >= needs[strip.column].unwrap_or(LEAST)
                                )
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn the_column_of_the_cursor_is_on_the_screen() {
        let column = |state| Column {
            state,
            slots: Vec::new(),
            is_folded: false,
        };
        let columns = FIVE.map(column);
        for (width, first, focus, expected) in [
            (80, 0, 0, 0),
            (80, 0, 1, 0),
            (80, 0, 2, 1),
            (80, 1, 4, 3),
            (80, 3, 1, 1),
            (200, 3, 4, 0),
            (40, 0, 4, 4),
            (120, 4, 4, 2),
        ] {
            assert_eq!(
                first_column(&columns, first, focus, width),
                expected,
                "{width} {first} {focus}"
            );
        }
    }

    #[test]
    fn a_card_goes_to_the_nearest_column_there_is() {
        let columns = |states: &[State]| -> Vec<Column<'_>> {
            states
                .iter()
                .map(|state| Column {
                    state: *state,
                    slots: Vec::new(),
                    is_folded: false,
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
