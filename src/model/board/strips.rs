//! Where the columns of the kanban stand on the screen.
//!
//! Width goes to the columns by what they hold: first to those with open cards, as much as their
//! longest line needs; then to what is done; what is left over to all. An empty column and a folded
//! one are their title only, and on a narrow screen an empty one is left out.

use super::{Card, Column, ColumnRow, Heads};
use crate::markdown::State;
use crate::text::{clean, width};

/// The least that a column with open cards asks for, where its cards are not narrower.
const WISHED: u16 = 40;
/// The least that it gets, so that all columns with open cards are on the screen.
const LEAST: u16 = 24;
/// The least of a column with what is done.
const LEAST_DONE: u16 = 28;
/// The most that a column needs: a line of text ends there.
const MOST: u16 = 100;
/// The fewest columns of a screen with empty columns.
const WITH_EMPTY: u16 = 100;
/// The most columns for the title of a folded column.
const FOLDED_TITLE: usize = 8;
/// The column of the number within a card.
pub const NUMBER_COLUMN: u16 = 4;
/// Columns for a number with its star: at least and at most; a longer one moves its own title.
const NUMBER_FIELD: (u16, u16) = (4, 6);

/// Where a column stands on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strip {
    /// The index of the column.
    pub column: usize,
    /// Its first column on the screen.
    pub x: u16,
    /// How wide it is, with the rule behind it.
    pub width: u16,
}

/// What a column needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    /// Its title only.
    Title(u16),
    /// Room for cards: as much as the longest needs.
    Cards {
        /// How much that is.
        natural: u16,
        /// Whether they are done.
        are_done: bool,
    },
}

impl Need {
    /// Returns the least that it gets; `wished` for one with open cards that needs more.
    fn least(self, wished: u16) -> u16 {
        match self {
            Self::Title(columns) => columns,
            Self::Cards { natural, are_done } => {
                natural.min(if are_done { LEAST_DONE } else { wished })
            }
        }
    }

    fn has_open_cards(self) -> bool {
        matches!(self, Self::Cards { are_done, .. } if !are_done)
    }
}

/// Returns how many columns the numbers of cards take, with a blank: the same in all columns.
pub fn number_field(columns: &[Column<'_>]) -> u16 {
    let open = columns.iter().filter(|column| !column.is_folded);
    let widest = open.map(Column::number_columns).max();
    let (least, most) = NUMBER_FIELD;
    match widest {
        None | Some(0) => 0,
        Some(widest) => widest.clamp(least, most) + 1,
    }
}

/// Returns as many columns as fit from the one with index `first` on.
pub fn strips(columns: &[Column<'_>], first: usize, columns_of_screen: u16) -> Vec<Strip> {
    share(&needs(columns, columns_of_screen), first, columns_of_screen)
}

/// Finds the first column on the screen, so that the one with index `focus` is on it, as near to
/// `first` as can be.
pub fn first_column(
    columns: &[Column<'_>],
    first: usize,
    focus: usize,
    columns_of_screen: u16,
) -> usize {
    let needs = needs(columns, columns_of_screen);
    let last = |first: usize| {
        share(&needs, first, columns_of_screen)
            .last()
            .map_or(0, |strip| strip.column)
    };
    let mut first = first.min(focus);
    while first < focus && last(first) < focus {
        first += 1;
    }
    // Room at the right end is given to the columns at the left.
    while first > 0 && last(first - 1) >= last(first) {
        first -= 1;
    }
    first
}

fn needs(columns: &[Column<'_>], columns_of_screen: u16) -> Vec<Option<Need>> {
    let number = number_field(columns);
    let is_bare = columns.iter().all(|column| column.slots.is_empty());
    let shows_empty = is_bare || columns_of_screen >= WITH_EMPTY;
    let need = |column: &Column<'_>| match column {
        column if column.slots.is_empty() && !shows_empty => None,
        column if column.is_folded || column.slots.is_empty() => Some(Need::Title(titled(column))),
        column => Some(Need::Cards {
            natural: *column
                .figures
                .natural
                .get_or_init(|| natural(column, number).min(MOST)),
            are_done: column.state == State::Done,
        }),
    };
    columns.iter().map(need).collect()
}

/// Returns how many columns a title without cards takes, with the rule behind it.
fn titled(column: &Column<'_>) -> u16 {
    let title = width(column.state.marker().title);
    let words = if column.is_folded {
        let count = column.count().to_string().len();
        title.min(FOLDED_TITLE).max(count)
    } else {
        title
    };
    u16::try_from(words + 5).unwrap_or(MOST)
}

/// Returns how many columns the longest line of a column takes, with the rule behind it.
fn natural(column: &Column<'_>, number: u16) -> u16 {
    let cards = column.slots.iter().map(|slot| of_card(slot.card, number));
    let rows = column.rows();
    let heads = rows.iter().filter_map(|row| match row {
        ColumnRow::Head(slot) => Some(of_head(column, *slot)),
        ColumnRow::Card(_) => None,
    });
    let title = width(column.state.marker().title) + 2 * column.count().to_string().len() + 12;
    let title = u16::try_from(title).unwrap_or(MOST);
    cards.chain(heads).max().unwrap_or(0).max(title)
}

/// Returns how many columns a card takes.
fn of_card(card: &Card, number: u16) -> u16 {
    let label = (card.number_columns + 1).max(number);
    let label = if number == 0 { 0 } else { label };
    let tail = if card.children.is_some() { 7 } else { 0 };
    (NUMBER_COLUMN + label + 2 + tail).saturating_add(card.title_columns)
}

/// Returns how many columns a head takes.
fn of_head(column: &Column<'_>, slot: usize) -> u16 {
    let slot = &column.slots[slot];
    let name = match (column.heads, &slot.card.parent) {
        (Heads::Parents, Some(parent)) => width(&clean(&parent.name)),
        _ => width(&clean(slot.feature.name())),
    };
    u16::try_from(name + 12).unwrap_or(MOST)
}

fn share(needs: &[Option<Need>], first: usize, columns_of_screen: u16) -> Vec<Strip> {
    let (shown, mut widths) = fitting(needs, first, columns_of_screen);
    let mut rest = columns_of_screen.saturating_sub(widths.iter().sum());
    for is_first in [true, false] {
        let most = |need: &Need| match need {
            Need::Cards { natural, .. } if need.has_open_cards() == is_first => *natural,
            _ => 0,
        };
        let most: Vec<u16> = shown.iter().map(|(_, need)| most(need)).collect();
        rest = fill(&mut widths, &most, rest);
    }
    let has_cards = |need: &Need| matches!(need, Need::Cards { .. });
    let takes = |(_, need): &(usize, Need)| if has_cards(need) { u16::MAX } else { 0 };
    let most: Vec<u16> = shown.iter().map(takes).collect();
    fill(&mut widths, &most, rest);
    let mut x = 0;
    let strip = |((column, _), width): ((usize, Need), u16)| {
        let strip = Strip { column, x, width };
        x += width;
        strip
    };
    shown.into_iter().zip(widths).map(strip).collect()
}

/// Returns the columns that fit from the one with index `first` on, with the least that each gets.
fn fitting(
    needs: &[Option<Need>],
    first: usize,
    columns_of_screen: u16,
) -> (Vec<(usize, Need)>, Vec<u16>) {
    let wished = wished(needs, columns_of_screen);
    let mut left = columns_of_screen;
    let mut shown = Vec::new();
    let mut widths = Vec::new();
    for (index, need) in needs.iter().enumerate().skip(first) {
        let Some(need) = need else { continue };
        let least = need.least(wished);
        if least > left && !shown.is_empty() {
            break;
        }
        shown.push((index, *need));
        widths.push(least.min(left));
        left -= least.min(left);
    }
    (shown, widths)
}

/// Returns the least that a column with open cards gets where it needs more: all of them are to be
/// on the screen, and what stands as a title beside them.
fn wished(needs: &[Option<Need>], columns_of_screen: u16) -> u16 {
    let needs = || needs.iter().flatten();
    let open = || needs().filter(|need| need.has_open_cards());
    let titles = needs().filter(|need| matches!(need, Need::Title(_)));
    let titles: u16 = titles.map(|need| need.least(0)).sum();
    let room = columns_of_screen.saturating_sub(titles);
    let count = u16::try_from(open().count()).unwrap_or(1).max(1);
    if open().map(|need| need.least(WISHED)).sum::<u16>() <= room {
        return WISHED;
    }
    (room / count).clamp(LEAST, WISHED)
}

/// Widens the narrowest first, each up to its most. Returns what is left over.
fn fill(widths: &mut [u16], most: &[u16], mut rest: u16) -> u16 {
    while rest > 0 {
        let growing = widths.iter_mut().zip(most);
        let growing = growing.filter(|(width, most)| **width < **most);
        let Some((width, _)) = growing.min_by_key(|(width, _)| **width) else {
            return rest;
        };
        *width += 1;
        rest -= 1;
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn open(natural: u16) -> Option<Need> {
        Some(Need::Cards {
            natural,
            are_done: false,
        })
    }

    const fn done(natural: u16) -> Option<Need> {
        Some(Need::Cards {
            natural,
            are_done: true,
        })
    }

    const fn title(columns: u16) -> Option<Need> {
        Some(Need::Title(columns))
    }

    #[test]
    fn width_goes_to_open_cards_first_then_to_what_is_done_and_the_rest_to_all() {
        for (columns, needs, first, expected) in [
            (
                120,
                vec![open(30), open(30), done(30)],
                0,
                vec![(0, 40), (1, 40), (2, 40)],
            ),
            (
                120,
                vec![open(99), open(50), done(99)],
                0,
                vec![(0, 46), (1, 46), (2, 28)],
            ),
            (
                120,
                vec![open(99), open(42), done(99)],
                0,
                vec![(0, 50), (1, 42), (2, 28)],
            ),
            (
                120,
                vec![open(90), title(15), done(99)],
                0,
                vec![(0, 77), (1, 15), (2, 28)],
            ),
            (
                120,
                vec![open(60), title(15), title(9)],
                0,
                vec![(0, 96), (1, 15), (2, 9)],
            ),
            (
                100,
                vec![open(99), open(99), done(99)],
                0,
                vec![(0, 50), (1, 50)],
            ),
            (
                100,
                vec![open(99), open(99), title(9)],
                0,
                vec![(0, 46), (1, 45), (2, 9)],
            ),
            (
                80,
                vec![open(99), open(99), open(99)],
                0,
                vec![(0, 27), (1, 27), (2, 26)],
            ),
            (
                80,
                vec![open(99), open(99), done(99)],
                1,
                vec![(1, 52), (2, 28)],
            ),
            (
                80,
                vec![None, open(99), done(40)],
                0,
                vec![(1, 52), (2, 28)],
            ),
            (40, vec![open(99), open(30), done(99)], 1, vec![(1, 40)]),
            (20, vec![open(99), done(99)], 0, vec![(0, 20)]),
        ] {
            let strips = share(&needs, first, columns);
            let drawn: Vec<_> = strips
                .iter()
                .map(|strip| (strip.column, strip.width))
                .collect();
            assert_eq!(drawn, expected, "{columns} from {first}");
        }
    }

    #[test]
    fn at_every_width_the_columns_fill_the_screen_and_open_cards_are_on_it() {
        for columns in 20..=240 {
            for natural in [10, 30, 60, 100] {
                for count in 1..=4 {
                    let mut needs = vec![open(natural); count];
                    needs.push(done(100));
                    for first in 0..=count {
                        let strips = share(&needs, first, columns);
                        assert_eq!(strips[0].column, first);
                        let is_next = |pair: &[Strip]| pair[0].x + pair[0].width == pair[1].x;
                        assert!(strips.windows(2).all(is_next), "{columns} {strips:?}");
                        let end = strips.last().map(|strip| strip.x + strip.width);
                        assert_eq!(end, Some(columns));
                    }
                    let fits = usize::from(columns) >= count * usize::from(LEAST);
                    assert!(!fits || share(&needs, 0, columns).len() >= count);
                }
            }
        }
    }
}
