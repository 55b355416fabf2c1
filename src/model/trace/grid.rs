//! How the columns of the trace share a pane: ids, the matrix, properties, the words of the
//! criteria.
//!
//! A pure function of widths, for update, which scrolls, and view, which draws. Knows no tasks.

use std::ops::Range;

/// The narrowest pane with the words of the criteria.
pub const WORDS_FROM: u16 = 66;

/// The fewest columns that are left to the words, where they stand at all.
const WORDS: usize = 28;
/// The fewest columns of the matrix for which the properties give way.
const MATRIX: usize = 24;
/// The narrowest column of the matrix: two blanks and a glyph.
const COLUMN: usize = 3;
/// Blanks behind the matrix.
const GAP: usize = 3;
/// The narrowest field for properties, with the blanks behind it.
const PROPERTIES: usize = 6;
/// The widest one.
const MOST_PROPERTIES: usize = 10;

/// What is to be shown, as far as it needs columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// The widest id.
    pub id: usize,
    /// The label of each column of the matrix.
    pub labels: Vec<usize>,
    /// The longest list of properties; 0 where there is no property.
    pub properties: usize,
}

/// Where everything stands in a row, in columns of the pane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// The columns for an id.
    pub id: usize,
    /// Where the matrix begins.
    pub start: usize,
    /// Where the properties begin, and how many columns they have.
    pub properties: Option<(usize, usize)>,
    /// Where the words begin.
    pub words: Option<usize>,
    widths: Vec<usize>,
    room: usize,
}

impl Grid {
    /// Shares out the `columns` of a pane whose ids begin at column `at`. What does not fit gives
    /// way whole: the words, then the properties; the matrix scrolls.
    pub fn of(needs: &Needs, columns: u16, at: usize) -> Self {
        let has_words = columns >= WORDS_FROM;
        let columns = usize::from(columns);
        let id = needs.id.clamp(2, (columns / 3).max(2));
        let start = at + id;
        let rest = columns.saturating_sub(start + 1);
        let widths: Vec<usize> = needs
            .labels
            .iter()
            .map(|label| (label + 1).clamp(COLUMN, rest.max(COLUMN)))
            .collect();
        let wanted: usize = widths.iter().sum();
        let field = if needs.properties == 0 {
            0
        } else {
            (needs.properties + 1).clamp(PROPERTIES, MOST_PROPERTIES)
        };
        let has_properties = field > 0 && (has_words || rest >= wanted.min(MATRIX) + GAP + field);
        let beside = GAP + if has_properties { field } else { 0 };
        let room = match (has_words, has_properties) {
            (true, _) => rest.saturating_sub(beside + WORDS).max(rest / 3),
            (false, true) => rest.saturating_sub(beside),
            (false, false) => rest.saturating_sub(1),
        };
        let room = room.min(wanted);
        let behind = start + room + GAP;
        Self {
            id,
            start,
            properties: has_properties.then_some((behind, field.saturating_sub(1))),
            words: has_words.then_some(start + room + beside),
            widths,
            room,
        }
    }

    /// Returns the columns of the matrix that can be seen whole when those before the one with
    /// index `left` are scrolled out; at least one, if there is one.
    pub fn shown(&self, left: usize) -> Range<usize> {
        let left = left.min(self.widths.len());
        let mut taken = 0;
        let fit = self.widths[left..].iter().take_while(|width| {
            taken += **width;
            taken <= self.room
        });
        left..left + fit.count().max(usize::from(left < self.widths.len()))
    }

    /// Returns where a column of the matrix ends when those before `left` are scrolled out: its
    /// glyph is the last one before that.
    pub fn end_of(&self, column: usize, left: usize) -> usize {
        self.start + self.widths[left..=column].iter().sum::<usize>()
    }

    /// Returns how wide a column of the matrix is.
    pub fn width_of(&self, column: usize) -> usize {
        self.widths[column]
    }

    /// Returns how many columns are to be scrolled out so that the one with index `chosen` is seen.
    /// At the edge the matrix jumps by half of what is seen, for a jump costs as much as a step.
    pub fn scrolled(&self, left: usize, chosen: usize) -> usize {
        let shown = self.shown(left);
        let half = shown.len() / 2;
        let first = self.first_before(chosen + 1);
        let left = if chosen < left {
            first.max(chosen.saturating_sub(half))
        } else if chosen >= shown.end {
            first.max((left + half).min(chosen))
        } else {
            left
        };
        left.min(self.first_before(self.widths.len()))
    }

    /// Returns the first column from which on all before `end` are seen.
    fn first_before(&self, end: usize) -> usize {
        let (end, mut taken) = (end.min(self.widths.len()), 0);
        let fit = self.widths[..end].iter().rev().take_while(|width| {
            taken += **width;
            taken <= self.room
        });
        end.saturating_sub(fit.count().max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(labels: usize, properties: usize, columns: u16) -> Grid {
        Grid::of(
            &Needs {
                id: 3,
                labels: vec![2; labels],
                properties,
            },
            columns,
            5,
        )
    }

    #[test]
    fn columns_give_way_whole() {
        for (labels, properties, columns, shown, at_properties, at_words) in [
            (14, 2, 89, 14, Some((53, 5)), Some(59)),
            (14, 0, 89, 14, None, Some(53)),
            (30, 2, 89, 14, Some((54, 5)), Some(60)),
            (30, 2, 80, 11, Some((45, 5)), Some(51)),
            (14, 2, 60, 14, Some((53, 5)), None),
            (30, 20, 60, 12, Some((49, 9)), None),
            (14, 2, 40, 10, None, None),
            (2, 2, 40, 2, Some((17, 5)), None),
            (0, 2, 89, 0, Some((11, 5)), Some(17)),
            (14, 2, 20, 3, None, None),
        ] {
            let grid = grid(labels, properties, columns);
            let found = (grid.shown(0).len(), grid.properties, grid.words);
            assert_eq!(
                found,
                (shown, at_properties, at_words),
                "{labels} {properties} {columns}"
            );
        }
    }

    #[test]
    fn the_chosen_column_is_seen_wherever_the_matrix_was() {
        for columns in (20..120).step_by(7) {
            for labels in 1..40 {
                let grid = Grid::of(
                    &Needs {
                        id: 3,
                        labels: (0..labels).map(|label| label % 9).collect(),
                        properties: 2,
                    },
                    columns,
                    5,
                );
                for (left, chosen) in
                    (0..labels).flat_map(|left| (0..labels).map(move |chosen| (left, chosen)))
                {
                    let left = grid.scrolled(left, chosen);
                    assert!(
                        grid.shown(left).contains(&chosen),
                        "{columns} {labels} {chosen}"
                    );
                    assert_eq!(
                        grid.scrolled(left, chosen),
                        left,
                        "{columns} {labels} {chosen}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_matrix_that_fits_is_not_scrolled() {
        assert_eq!(grid(14, 2, 89).scrolled(9, 13), 0);
        assert_eq!(
            (
                grid(30, 2, 80).scrolled(0, 12),
                grid(30, 2, 80).scrolled(6, 5),
                grid(30, 2, 80).scrolled(29, 29)
            ),
            (5, 0, 19)
        );
    }

    #[test]
    fn a_matrix_without_columns_has_nothing_to_scroll() {
        assert_eq!(
            (grid(0, 2, 80).scrolled(3, 0), grid(0, 2, 80).shown(3)),
            (0, 0..0)
        );
    }

    #[test]
    fn long_labels_have_wider_columns() {
        let grid = Grid::of(
            &Needs {
                id: 4,
                labels: vec![1, 6, 2],
                properties: 0,
            },
            100,
            5,
        );
        assert_eq!(
            (0..3)
                .map(|column| grid.end_of(column, 0))
                .collect::<Vec<_>>(),
            [12, 19, 22]
        );
        assert_eq!((grid.end_of(1, 1), grid.width_of(1)), (16, 7));
    }
}
