//! Scrolling: which row is the first on the screen. Knows numbers of rows, and no model.

use std::ops::RangeInclusive;

/// Returns the first row on the screen, so that the rows `item` of `count` are on it: all, or the
/// first that fit.
pub(super) fn scrolled(
    top: usize,
    item: RangeInclusive<usize>,
    count: usize,
    height: usize,
    jumps: bool,
) -> usize {
    let (first, end) = (*item.start(), (*item.end()).min(item.start() + height - 1));
    let step = if jumps { height / 2 } else { 0 };
    match () {
        () if first < top => first.saturating_sub(step),
        () if end >= top + height => (end + 1 - height + step).min(first),
        () => top,
    }
    .min(count.saturating_sub(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_row_is_always_on_the_screen() {
        for jumps in [true, false] {
            for count in 1..40 {
                for height in 1..20 {
                    for index in 0..count {
                        for top in 0..count {
                            let new = scrolled(top, index..=index, count, height, jumps);
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
    fn at_full_width_the_view_goes_by_lines() {
        assert_eq!(scrolled(0, 10..=10, 40, 10, false), 1);
        assert_eq!(scrolled(0, 10..=10, 40, 10, true), 6);
        assert_eq!(scrolled(20, 19..=19, 40, 10, false), 19);
        assert_eq!(scrolled(20, 19..=19, 40, 10, true), 14);
        assert_eq!(scrolled(3, 5..=5, 40, 10, true), 3);
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
                scrolled(top, item.clone(), 40, 10, false),
                expected,
                "{top} {item:?}"
            );
        }
    }
}
