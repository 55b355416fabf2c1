//! A document's source as lines to draw: cleaned, each part with its role, wrapped to a width.
//!
//! Knows neither colours nor where the lines are drawn.

use super::highlight::{Role, Run, runs};
use crate::markdown::{BlockKind, Document, list_line};
use crate::text::{Span, Text, clean, head, width, wrap_ranges};

/// One line as it is drawn: safe for a terminal, in parts of one role each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceLine {
    parts: Vec<(String, Role)>,
    /// Columns before the text proper: the indent with the bullet, below which the text goes on.
    hang: usize,
}

/// Returns all lines of `text` in order, by what `document` says of their blocks.
pub fn source_lines(text: &Text, document: &Document) -> Vec<SourceLine> {
    let lines = document
        .blocks
        .iter()
        .flat_map(|block| (block.first_line..block.end_line).map(|line| (line, block.kind)));
    lines
        .map(|(line, kind)| SourceLine::new(text, line, kind))
        .collect()
}

/// Returns whether the lines of a block mean something by what stands where, so that they are
/// better cut than wrapped.
pub fn keeps_columns(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Code | BlockKind::Table)
}

/// Counts the lines that [`SourceLine::wrap`] makes of the line with index `line`, without making
/// them.
pub fn wrapped_height(text: &Text, line: usize, columns: usize) -> usize {
    let content = text.slice(text.lines()[line].content);
    if content.len() <= columns && content.iter().all(|byte| matches!(byte, b' '..=b'~')) {
        return 1;
    }
    height_of(&clean(&text.lossy(text.lines()[line].content)), columns)
}

/// Counts the lines that [`SourceLine::wrap`] makes of a line without making them; `plain` is the
/// cleaned line.
pub(super) fn height_of(plain: &str, columns: usize) -> usize {
    if width(plain) <= columns {
        1
    } else {
        breaks(plain.trim_end(), hang(plain), columns).len()
    }
}

impl SourceLine {
    /// Makes the line with index `line`, which stands in a block of the given `kind`.
    pub fn new(text: &Text, line: usize, kind: BlockKind) -> Self {
        Self::of(text, &runs(text, line, kind))
    }

    /// Makes the first bytes of the line with index `line`, without its roles.
    pub fn beginning(text: &Text, line: usize, bytes: usize) -> Self {
        let content = text.lines()[line].content;
        Self::of(
            text,
            &[Run {
                span: Span::new(content.start, content.end.min(content.start + bytes)),
                role: Role::Plain,
            }],
        )
    }

    fn of(text: &Text, runs: &[Run]) -> Self {
        let mut column = 0;
        let mut parts = Vec::with_capacity(runs.len());
        for run in runs {
            let part = clean_from(column, &text.lossy(run.span));
            column += width(&part);
            parts.push((part, run.role));
        }
        Self::from_parts(parts)
    }

    /// Makes a line of parts that were cleaned.
    pub(super) fn from_parts(parts: Vec<(String, Role)>) -> Self {
        let mut drawn = Self { parts, hang: 0 };
        drawn.hang = hang(&drawn.plain());
        drawn
    }

    /// Returns the parts in order.
    pub fn parts(&self) -> impl Iterator<Item = (&str, Role)> {
        self.parts.iter().map(|(part, role)| (part.as_str(), *role))
    }

    /// Returns the line without its roles.
    pub fn plain(&self) -> String {
        self.parts.iter().map(|(part, _)| part.as_str()).collect()
    }

    /// Breaks the line into lines of at most `columns`, between words where it can; what follows
    /// the first is indented as far as its text.
    pub fn wrap(&self, columns: usize) -> Vec<Self> {
        let plain = self.plain();
        if width(&plain) <= columns {
            return vec![self.clone()];
        }
        breaks(plain.trim_end(), self.hang, columns)
            .into_iter()
            .map(|line| self.cut(line.start, line.end, line.blanks))
            .collect()
    }

    /// Returns what is inside a window of `columns` that begins at column `left`, with `mark` (one
    /// column) where something is cut off.
    ///
    /// Of a line that is all before the window nothing is shown, so that what is inside stands out.
    pub fn window(&self, left: usize, columns: usize, mark: &str) -> Self {
        let plain = self.plain();
        let (start, blanks) = if left == 0 {
            (0, 0)
        } else {
            behind(&plain, left + 1)
        };
        if left > 0 && width(&plain) <= left {
            return Self::default();
        }
        let before = usize::from(start > 0);
        let blanks = blanks.min(columns.saturating_sub(2));
        let room = columns.saturating_sub(before + blanks);
        let is_cut = width(&plain[start..]) > room;
        let end = start + head(&plain[start..], room.saturating_sub(usize::from(is_cut))).len();
        let cut = |is_cut: bool| is_cut.then(|| (mark.to_owned(), Role::Aside));
        let parts = cut(start > 0)
            .into_iter()
            .chain(self.cut(start, end, blanks).parts)
            .chain(cut(is_cut));
        Self {
            parts: parts.collect(),
            hang: 0,
        }
    }

    /// Returns the bytes from `start` to `end` as a line of its own, with `blanks` before it.
    fn cut(&self, start: usize, end: usize, blanks: usize) -> Self {
        let mut parts = Vec::new();
        if blanks > 0 {
            parts.push((" ".repeat(blanks), Role::Plain));
        }
        let mut at = 0;
        for (part, role) in self.parts() {
            let (from, to) = (
                start.clamp(at, at + part.len()) - at,
                end.clamp(at, at + part.len()) - at,
            );
            if from < to {
                parts.push((part[from..to].to_owned(), role));
            }
            at += part.len();
        }
        Self {
            parts,
            hang: blanks,
        }
    }
}

/// Cleans a part of a line that stands at `column`, so that its tabs go on to the right place.
fn clean_from(column: usize, part: &str) -> String {
    if !part.contains('\t') {
        return clean(part).into_owned();
    }
    let before = column % 4;
    clean(&format!("{:before$}{part}", ""))[before..].to_owned()
}

/// Measures the indent of a line, with its bullet and checkbox.
pub(super) fn hang(plain: &str) -> usize {
    let text = list_line(plain.as_bytes(), Span::new(0, plain.len()))
        .map_or(indent(plain).len(), |found| found.text.start);
    width(&plain[..text])
}

/// Returns the blanks at the start.
fn indent(plain: &str) -> &str {
    &plain[..plain.len() - plain.trim_start().len()]
}

/// One of the lines that a line is broken into: bytes of it, and the blanks before them.
struct Break {
    start: usize,
    end: usize,
    blanks: usize,
}

/// Breaks a line without blanks at its end. A hang that takes more than half the columns is given
/// up for the indent.
fn breaks(plain: &str, hang: usize, columns: usize) -> Vec<Break> {
    let is_narrow = hang > columns / 2;
    let blanks = if is_narrow {
        width(indent(plain)).min(columns / 2)
    } else {
        hang
    };
    let body = if is_narrow {
        indent(plain).len()
    } else {
        head(plain, hang).len()
    };
    let mut lines: Vec<Break> = wrap_ranges(&plain[body..], columns.saturating_sub(blanks))
        .into_iter()
        .map(|range| Break {
            start: body + range.start,
            end: body + range.end,
            blanks,
        })
        .collect();
    if let Some(first) = lines.first_mut().filter(|_| !is_narrow) {
        (first.start, first.blanks) = (0, 0);
    }
    lines
}

/// Returns the offset at `column`, with the columns that are left over where a wide character
/// stands across it.
fn behind(plain: &str, column: usize) -> (usize, usize) {
    let before = head(plain, column);
    if width(before) == column || before.len() == plain.len() {
        return (before.len(), 0);
    }
    (head(plain, column + 1).len(), 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wrapped(source: &str, columns: usize) -> Vec<String> {
        let text = Text::new(source);
        let lines = source_lines(&text, &Document::parse(&text));
        lines
            .iter()
            .flat_map(|line| line.wrap(columns))
            .map(|line| line.plain())
            .collect()
    }

    #[test]
    fn text_goes_on_below_text() {
        for (source, expected) in [
            ("- [ ] one two three", vec!["- [ ] one two", "      three"]),
            ("  indented words here", vec!["  indented", "  words here"]),
            ("abcdefghijklmnopq", vec!["abcdefghijklm", "nopq"]),
            ("- 日本語の文章です", vec!["- 日本語の文", "  章です"]),
            ("\ta\tb", vec!["    a   b"]),
            ("", vec![]),
            ("\n", vec![""]),
        ] {
            assert_eq!(wrapped(source, 13), expected, "{source:?}");
        }
    }

    #[test]
    fn nothing_that_a_terminal_obeys_is_drawn() {
        assert_eq!(
            wrapped("- [ ] `a\x1b[31m`\u{9b}m", 80),
            ["- [ ] `a␛[31m`\u{fffd}m"]
        );
        assert_eq!(wrapped("a `b\tc`", 80), ["a `b    c`"]);
    }

    #[test]
    fn a_window_shows_where_something_is_cut_off() {
        let line = |plain: &str| SourceLine {
            parts: vec![(plain.to_owned(), Role::Code)],
            hang: 0,
        };
        for (plain, left, columns, expected) in [
            ("abcdefgh", 0, 8, "abcdefgh"),
            ("abcdefgh", 0, 7, "abcdef~"),
            ("abcdefgh", 2, 4, "~de~"),
            ("abcdefgh", 5, 4, "~gh"),
            ("abcdefgh", 20, 4, ""),
            ("abcdefgh", 7, 4, "~"),
            ("日本語です", 0, 7, "日本語~"),
            ("日本語です", 2, 6, "~ 語~"),
            ("日本語です", 3, 7, "~語です"),
        ] {
            assert_eq!(
                line(plain).window(left, columns, "~").plain(),
                expected,
                "{plain} {left} {columns}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_window_is_never_wider_than_asked(source in "[a-z日\\t `|]{0,40}", left in 0usize..50, columns in 2usize..40) {
            let text = Text::new(source);
            for line in source_lines(&text, &Document::parse(&text)) {
                prop_assert!(width(&line.window(left, columns, "~").plain()) <= columns);
            }
        }

        #[test]
        fn the_height_is_counted_as_it_is_wrapped(source in "[ \\t]{0,12}(- |1. |> )?(\\[ \\] )?[\\PC\\t日 ]{0,60}", columns in 4usize..40) {
            let text = Text::new(source);
            for (index, line) in source_lines(&text, &Document::parse(&text)).iter().enumerate() {
                prop_assert_eq!(line.wrap(columns).len(), wrapped_height(&text, index, columns));
            }
        }

        #[test]
        fn wrapping_keeps_the_text_and_the_width(source in "[ \\t]{0,6}(- )?(\\[ \\] )?[a-z日][\\PC\\t]{0,60}", columns in 12usize..40) {
            let text = Text::new(source);
            let squeeze = |text: &str| text.chars().filter(|character| !character.is_whitespace()).collect::<String>();
            for line in source_lines(&text, &Document::parse(&text)) {
                let lines = line.wrap(columns);
                prop_assert!(lines.iter().all(|line| width(&line.plain()) <= columns));
                prop_assert_eq!(squeeze(&lines.iter().map(SourceLine::plain).collect::<String>()), squeeze(&line.plain()));
            }
        }
    }
}
