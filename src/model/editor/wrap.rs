//! How a line that is being edited takes up rows and columns, and back from a column to a place in
//! the line.
//!
//! Unlike drawn text nothing is left out here: every byte of the line belongs to one row, so that
//! the caret can stand anywhere.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::text::{clean, width};

/// How many columns lie between two tab stops.
const TAB: usize = 4;

/// Breaks a line into rows of at most `columns`, behind blanks where it can. Blanks that do not fit
/// hang over the end of their row. There is always one row.
pub fn wrap_line(line: &str, columns: usize) -> Vec<Range<usize>> {
    let columns = columns.max(1);
    let (mut rows, mut start, mut used, mut at) = (Vec::new(), 0, 0, 0);
    for word in line.split_word_bounds() {
        let is_blank = word.trim().is_empty();
        if used > 0 && !is_blank && used + columns_of(word, used) > columns {
            rows.push(start..at);
            (start, used) = (at, 0);
        }
        for grapheme in word.graphemes(true) {
            let wide = columns_of(grapheme, used);
            if used > 0 && !is_blank && used + wide > columns {
                rows.push(start..at);
                (start, used) = (at, 0);
            }
            used += wide;
            at += grapheme.len();
        }
    }
    rows.push(start..line.len());
    rows
}

/// Returns the row of a place in a line: the last one that begins there or before.
pub fn row_of(rows: &[Range<usize>], byte: usize) -> usize {
    rows.partition_point(|row| row.start <= byte)
        .saturating_sub(1)
}

/// Returns the column of a place in a row, from 0.
pub fn column_of(line: &str, row: &Range<usize>, byte: usize) -> usize {
    columns_of(&line[row.start..byte.clamp(row.start, row.end)], 0)
}

/// Returns the place at a column of a row, or the nearest before it. Places at the end of a row that
/// goes on belong to the next one.
pub fn byte_at(line: &str, row: &Range<usize>, column: usize) -> usize {
    let (mut used, mut last) = (0, row.start);
    for (at, grapheme) in line[row.clone()].grapheme_indices(true) {
        last = row.start + at;
        used += columns_of(grapheme, used);
        if used > column {
            return last;
        }
    }
    if row.end == line.len() { row.end } else { last }
}

/// Returns what is drawn of a part of a line, cleaned, with its tabs as blanks.
pub fn drawn(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    let mut used = 0;
    for grapheme in part.graphemes(true) {
        let wide = columns_of(grapheme, used);
        if grapheme == "\t" {
            out.extend(std::iter::repeat_n(' ', wide));
        } else {
            out.push_str(&clean(grapheme));
        }
        used += wide;
    }
    out
}

/// Counts the columns of text that begins `from` columns behind the start of its row.
fn columns_of(text: &str, from: usize) -> usize {
    let mut used = from;
    for grapheme in text.graphemes(true) {
        used += match grapheme {
            "\t" => TAB - used % TAB,
            other => width(&clean(other)),
        };
    }
    used - from
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_break_behind_blanks_and_words_that_are_too_long_anywhere() {
        for (line, columns, expected) in [
            ("", 4, vec![""]),
            ("one two", 4, vec!["one ", "two"]),
            ("one  two", 3, vec!["one  ", "two"]),
            ("abcdef", 4, vec!["abcd", "ef"]),
            ("한국어", 4, vec!["한국", "어"]),
            ("a\tb", 5, vec!["a\tb"]),
            ("a\tb", 4, vec!["a\t", "b"]),
        ] {
            let rows = wrap_line(line, columns);
            let shown: Vec<_> = rows.into_iter().map(|row| &line[row]).collect();
            assert_eq!(shown, expected, "{line:?}");
        }
    }

    #[test]
    fn tabs_and_control_characters_are_drawn_as_wide_as_they_count() {
        for (part, expected) in [
            ("a\tb", "a   b"),
            ("\u{1b}[m", "␛[m"),
            ("abcd\te", "abcd    e"),
        ] {
            assert_eq!(drawn(part), expected);
            assert_eq!(width(&drawn(part)), columns_of(part, 0), "{part:?}");
        }
    }

    proptest! {
        #[test]
        fn every_place_has_a_row_and_a_column_that_lead_back(
            line in "[ab \t한é👨\u{200d}\u{301}]{0,24}", columns in 1usize..9,
        ) {
            let rows = wrap_line(&line, columns);
            prop_assert_eq!(rows.iter().map(|row| &line[row.clone()]).collect::<String>(), line.as_str());
            for (at, grapheme) in line.grapheme_indices(true) {
                let row = &rows[row_of(&rows, at)];
                let is_seen = columns_of(grapheme, 0) > 0;
                if is_seen && row.contains(&at) {
                    prop_assert_eq!(byte_at(&line, row, column_of(&line, row, at)), at);
                }
            }
        }
    }
}
