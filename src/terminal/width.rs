//! On which graphemes terminals disagree how many columns they take, and how many it may be.
//!
//! Knows no terminal by name: none is asked, and none is trusted.

use ratatui::buffer::CellWidth;
use unicode_width::UnicodeWidthChar;

/// Returns whether terminals may advance by different numbers of columns for `symbol`.
///
/// Those are sequences of several characters, wide pictures from U+2190 to U+2BFF, which used to be
/// narrow, and everything from U+1F000 on except the ideographs of the planes 2 and 3.
pub(super) fn is_disputed(symbol: &str) -> bool {
    let mut characters = symbol.chars();
    let Some(first) = characters.next() else {
        return false;
    };
    match first {
        _ if characters.next().is_some() => true,
        '\u{2190}'..='\u{2bff}' => symbol.cell_width() > 1,
        _ => ('\u{1f000}'..'\u{20000}').contains(&first) || first >= '\u{40000}',
    }
}

/// Counts the columns that `symbol` takes at most: each character for itself where a terminal joins
/// none.
pub(super) fn widest(symbol: &str) -> usize {
    let apart: usize = symbol
        .chars()
        .map(|character| character.width().unwrap_or(1))
        .sum();
    // A single picture may be drawn wide where the tables say narrow.
    let alone = if is_disputed(symbol) { 2 } else { 1 };
    apart.max(usize::from(symbol.cell_width())).max(alone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_terminals_differ_on_is_disputed() {
        for (symbol, disputed, columns) in [
            ("a", false, 1),
            ("中", false, 2),
            ("✓", false, 1),
            ("→", false, 1),
            ("✅", true, 2),
            ("👍", true, 2),
            ("🀀", true, 2),
            ("𠀀", false, 2),
            ("e\u{301}", true, 2),
            ("👨\u{200d}👩\u{200d}👧", true, 6),
            ("🇩🇪", true, 2),
        ] {
            assert_eq!(
                (is_disputed(symbol), widest(symbol)),
                (disputed, columns),
                "{symbol:?}"
            );
        }
    }
}
