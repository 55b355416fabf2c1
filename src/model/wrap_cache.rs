//! How many rows each line of a source takes at one width, so that a key need not wrap a whole
//! document.

use std::ops::Range;

use crate::markdown::{BlockKind, Document};
use crate::prose::line::{SourceLine, keeps_columns, wrapped_height};
use crate::text::{Span, Text, clean, width};

/// The heights of the lines of one pane at one width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WrapCache {
    columns: usize,
    /// The first line that was measured.
    first: usize,
    rows: Vec<u32>,
    /// The columns of the widest line that is cut and not wrapped.
    pub widest: usize,
}

/// The longest line that is wrapped, in bytes: one that is longer than any book's is cut, so that
/// it holds up no key.
const LONGEST: usize = 1 << 16;

impl WrapCache {
    /// Measures the lines of `text` in the range `lines` for a width in columns.
    pub fn of(text: &Text, document: &Document, lines: Range<usize>, columns: usize) -> Self {
        let mut wrap_cache = Self {
            columns,
            first: lines.start,
            rows: Vec::with_capacity(lines.len()),
            widest: 0,
        };
        for block in &document.blocks {
            let inside = block.first_line.max(lines.start)..block.end_line.min(lines.end);
            inside.for_each(|line| wrap_cache.take(text, line, keeps_columns(block.kind)));
        }
        wrap_cache
    }

    fn take(&mut self, text: &Text, line: usize, is_cut: bool) {
        let height = match is_cut || is_endless(text, line) {
            true => {
                self.widest = self.widest.max(columns_of(text, line));
                1
            }
            false => wrapped_height(text, line, self.columns),
        };
        self.rows.push(u32::try_from(height).unwrap_or(u32::MAX));
    }

    /// Returns whether these are the heights at a width.
    pub fn fit(&self, columns: usize) -> bool {
        self.columns == columns
    }

    /// Returns the width that was measured for.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Returns the rows of a line; one for a line that was not measured.
    pub fn rows(&self, line: usize) -> usize {
        let measured = line
            .checked_sub(self.first)
            .and_then(|index| self.rows.get(index));
        measured.map_or(1, |rows| *rows as usize)
    }

    /// Returns how far the lines that are cut can be scrolled to the left.
    pub fn furthest(&self) -> usize {
        self.widest.saturating_sub(self.columns)
    }
}

/// Returns whether a line is too long to be wrapped.
fn is_endless(text: &Text, line: usize) -> bool {
    text.lines()[line].content.len() > LONGEST
}

fn columns_of(text: &Text, line: usize) -> usize {
    if is_endless(text, line) {
        LONGEST
    } else {
        width(&clean(&text.lossy(text.lines()[line].content)))
    }
}

/// Returns a line as it is drawn, and whether it is cut to the width; of one that is too long to be
/// wrapped only the start.
pub fn drawn_line(text: &Text, line: usize, kind: BlockKind) -> (SourceLine, bool) {
    drawn_part(text, line, text.lines()[line].content, kind)
}

/// Does as [`drawn_line`] with the part of a line that `span` holds.
pub(super) fn drawn_part(
    text: &Text,
    line: usize,
    span: Span,
    kind: BlockKind,
) -> (SourceLine, bool) {
    if is_endless(text, line) {
        return (SourceLine::beginning(text, line, LONGEST), true);
    }
    (SourceLine::part(text, span, kind), keeps_columns(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_tables_and_endless_lines_are_cut_and_the_rest_is_wrapped() {
        let endless = "x".repeat(LONGEST + 1);
        let text = Text::new(format!(
            "one two three\n\n```\nlet a = b + c;\n```\n\n{endless}\n"
        ));
        let document = Document::parse(&text);
        let wrap_cache = |lines: Range<usize>| WrapCache::of(&text, &document, lines, 8);
        let all = wrap_cache(0..7);
        let rows: Vec<usize> = (0..7).map(|line| all.rows(line)).collect();
        assert_eq!(
            (rows, all.furthest()),
            (vec![2, 1, 1, 1, 1, 1, 1], LONGEST - 8)
        );
        let some = wrap_cache(0..5);
        assert_eq!(
            (some.rows(0), some.furthest()),
            (2, "let a = b + c;".len() - 8)
        );
        assert_eq!(wrap_cache(3..5).rows(3), 1);
        let (drawn, is_cut) = drawn_line(&text, 6, BlockKind::Paragraph);
        assert_eq!((drawn.plain().len(), is_cut), (LONGEST, true));
    }
}
