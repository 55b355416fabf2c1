//! Scrolling: which row is the first on the screen. Knows numbers of rows, and no model.

use std::cmp::Ordering;
use std::ops::RangeInclusive;

/// The rows that stay between the cursor and the edge of the screen, as far as there are rows.
pub(super) const MARGIN: usize = 3;

/// Returns the first row on the screen, so that the rows `item` of `count` are on it: all, or the
/// first that fit; with `margin` rows above and below them where there is room. The last row never
/// stands above the last line of the screen.
pub(super) fn scrolled(
    top: usize,
    item: RangeInclusive<usize>,
    count: usize,
    height: usize,
    margin: usize,
) -> usize {
    let (first, end) = (*item.start(), (*item.end()).min(item.start() + height - 1));
    let margin = margin.min((height - (end + 1 - first)) / 2);
    let highest = first.saturating_sub(margin);
    let lowest = (end + margin + 1).saturating_sub(height);
    top.clamp(lowest.min(highest), highest)
        .min(count.saturating_sub(height))
}

/// Returns the first row on the screen as [`scrolled`], by `stride` rows at least where it is
/// another one than before and the row stays on the screen with that.
pub(super) fn scrolled_by(
    stride: usize,
    top: usize,
    item: RangeInclusive<usize>,
    count: usize,
    height: usize,
    margin: usize,
) -> usize {
    let near = scrolled(top, item.clone(), count, height, margin);
    let (first, end) = (*item.start(), *item.end());
    match near.cmp(&top) {
        Ordering::Equal => near,
        Ordering::Greater => near
            .max((top + stride).min(first))
            .min(count.saturating_sub(height)),
        Ordering::Less => near.min(
            top.saturating_sub(stride)
                .max((end + 1).saturating_sub(height)),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_row_is_always_on_the_screen() {
        for margin in [0, 1, MARGIN, 99] {
            for count in 1..40 {
                for height in 1..20 {
                    for index in 0..count {
                        for top in 0..count {
                            let new = scrolled(top, index..=index, count, height, margin);
                            assert!(
                                (new..new + height).contains(&index),
                                "{top} {index} {count} {height}"
                            );
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn the_view_goes_by_lines_with_a_margin() {
        for (top, row, expected) in [
            (0, 6, 0),
            (0, 7, 1),
            (1, 8, 2),
            (20, 23, 20),
            (20, 22, 19),
            (0, 39, 30),
            (30, 38, 30),
            (5, 1, 0),
        ] {
            assert_eq!(scrolled(top, row..=row, 40, 10, 3), expected, "{top} {row}");
        }
        assert_eq!(scrolled(0, 10..=10, 40, 10, 0), 1);
    }

    #[test]
    fn by_a_stride_the_view_goes_further_and_keeps_the_row() {
        for (top, row, expected) in [
            (0, 6, 0),
            (0, 7, 5),
            (5, 12, 10),
            (20, 22, 15),
            (28, 38, 30),
            (2, 3, 0),
            (0, 30, 24),
        ] {
            assert_eq!(
                scrolled_by(5, top, row..=row, 40, 10, 3),
                expected,
                "{top} {row}"
            );
        }
        for top in 0..31 {
            for row in 0..40 {
                let new = scrolled_by(5, top, row..=row, 40, 10, 3);
                assert!(
                    (new..new + 10).contains(&row) && new <= 30,
                    "{top} {row} {new}"
                );
            }
        }
    }

    #[test]
    fn the_whole_of_an_item_is_on_the_screen_where_it_fits() {
        for (top, item, expected) in [
            (0, 8..=12, 3),
            (0, 8..=30, 8),
            (5, 3..=4, 3),
            (0, 3..=9, 0),
            (9, 0..=0, 0),
        ] {
            assert_eq!(
                scrolled(top, item.clone(), 40, 10, 0),
                expected,
                "{top} {item:?}"
            );
        }
    }
}
