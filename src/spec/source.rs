//! A document's source as lines to draw: cleaned, each part with its role, wrapped to a width.
//!
//! Knows neither colours nor where the lines are drawn.

use super::style::{Role, Run, runs};
use crate::markdown::{Document, list_line};
use crate::text::{Span, Text, clean, width, wrap_ranges};

/// One line as it is drawn: safe for a terminal, in parts of one role each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceLine {
    parts: Vec<(String, Role)>,
    /// Columns before the text proper: the indent with the bullet, below which the text goes on.
    hang: usize,
}

/// Gives all lines of `text` in order, by what `document` says of their blocks.
pub fn source_lines(text: &Text, document: &Document) -> Vec<SourceLine> {
    let lines = document.blocks.iter().flat_map(|block| (block.first_line..block.end_line).map(|line| (line, block.kind)));
    lines.map(|(line, kind)| SourceLine::of(text, &runs(text, line, kind))).collect()
}

impl SourceLine {
    fn of(text: &Text, runs: &[Run]) -> Self {
        let mut column = 0;
        let mut parts = Vec::with_capacity(runs.len());
        for run in runs {
            let part = clean_from(column, &text.lossy(run.span));
            column += width(&part);
            parts.push((part, run.role));
        }
        let mut drawn = Self { parts, hang: 0 };
        drawn.hang = hang(&drawn.plain());
        drawn
    }

    /// Gives the parts in order.
    pub fn parts(&self) -> impl Iterator<Item = (&str, Role)> {
        self.parts.iter().map(|(part, role)| (part.as_str(), *role))
    }

    /// Gives the line without its roles.
    pub fn plain(&self) -> String {
        self.parts.iter().map(|(part, _)| part.as_str()).collect()
    }

    /// Breaks the line into lines of at most `columns`, between words where it can; what follows the first is indented as far as its text.
    pub fn wrap(&self, columns: usize) -> Vec<Self> {
        let plain = self.plain();
        if width(&plain) <= columns {
            return vec![self.clone()];
        }
        let plain = plain.trim_end();
        let narrow = self.hang > columns / 2;
        let hang = if narrow { width(indent(plain)).min(columns / 2) } else { self.hang };
        let body = if narrow { indent(plain).len() } else { byte_at(plain, hang) };
        let mut lines = Vec::new();
        for range in wrap_ranges(&plain[body..], columns - hang) {
            let begins = lines.is_empty() && !narrow;
            let (start, blanks) = if begins { (0, 0) } else { (body + range.start, hang) };
            lines.push(self.cut(start, body + range.end, blanks));
        }
        lines
    }

    /// Gives the bytes from `start` to `end` as a line of its own, with `blanks` before it.
    fn cut(&self, start: usize, end: usize, blanks: usize) -> Self {
        let mut parts = Vec::new();
        if blanks > 0 {
            parts.push((" ".repeat(blanks), Role::Plain));
        }
        let mut at = 0;
        for (part, role) in self.parts() {
            let (from, to) = (start.clamp(at, at + part.len()) - at, end.clamp(at, at + part.len()) - at);
            if from < to {
                parts.push((part[from..to].to_owned(), role));
            }
            at += part.len();
        }
        Self { parts, hang: blanks }
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
fn hang(plain: &str) -> usize {
    let text = list_line(plain.as_bytes(), Span::new(0, plain.len())).map_or(indent(plain).len(), |found| found.text.start);
    width(&plain[..text])
}

/// Gives the blanks at the start.
fn indent(plain: &str) -> &str {
    &plain[..plain.len() - plain.trim_start().len()]
}

/// Gives the offset of the first character at or behind a column.
fn byte_at(plain: &str, column: usize) -> usize {
    plain.char_indices().map(|(at, _)| at).find(|at| width(&plain[..*at]) >= column).unwrap_or(plain.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wrapped(source: &str, columns: usize) -> Vec<String> {
        let text = Text::new(source);
        let lines = source_lines(&text, &Document::parse(&text));
        lines.iter().flat_map(|line| line.wrap(columns)).map(|line| line.plain()).collect()
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
        assert_eq!(wrapped("- [ ] `a\x1b[31m`\u{9b}m", 80), ["- [ ] `a␛[31m`\u{fffd}m"]);
        assert_eq!(wrapped("a `b\tc`", 80), ["a `b    c`"]);
    }

    proptest! {
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
