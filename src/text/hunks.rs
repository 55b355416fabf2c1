//! What an edit changes, line by line, for a reader: lines that go with `-`, lines that come with
//! `+`.

use std::ops::Range;

use super::diff::{common_ends, contents};
use super::{Edit, Span, Splice, Text};

/// Lines that stand together and are replaced together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// The index of the first line concerned in the text before, from 0.
    pub line: usize,
    /// The lines before, without their ends.
    pub before: Vec<String>,
    /// The lines after.
    pub after: Vec<String>,
}

/// Whether a line goes or comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// It stands in the text before only.
    Removed,
    /// It stands in the text after only.
    Added,
}

impl Sign {
    /// Returns the character that stands before such a line.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Removed => "-",
            Self::Added => "+",
        }
    }
}

impl Hunk {
    /// Returns the hunks of an edit, in order: the lines that its splices touch, without those that
    /// stay as they are.
    pub fn all(before: &Text, edit: &Edit) -> Vec<Self> {
        let mut groups: Vec<(Range<usize>, Vec<&Splice>)> = Vec::new();
        for splice in edit.splices() {
            let lines = lines_of(before, splice.span);
            match groups.last_mut() {
                Some((last, splices)) if lines.start < last.end => {
                    last.end = last.end.max(lines.end);
                    splices.push(splice);
                }
                _ => groups.push((lines, vec![splice])),
            }
        }
        let hunks = groups
            .into_iter()
            .map(|(lines, splices)| Self::of(before, lines, &splices));
        hunks
            .filter(|hunk| !hunk.before.is_empty() || !hunk.after.is_empty())
            .collect()
    }

    /// Makes the hunk of lines in which all of the given splices lie.
    fn of(text: &Text, lines: Range<usize>, splices: &[&Splice]) -> Self {
        let bytes = whole(text, &lines);
        let (mut after, mut at) = (Vec::new(), bytes.start);
        for splice in splices {
            after.extend_from_slice(text.slice(Span::new(at, splice.span.start)));
            after.extend_from_slice(&splice.insert);
            at = splice.span.end;
        }
        after.extend_from_slice(text.slice(Span::new(at, bytes.end.max(at))));
        let (mut old, mut new) = (shown(text.slice(bytes)), shown(&after));
        let (head, tail) = common_ends(&old, &new);
        old.truncate(old.len() - tail);
        new.truncate(new.len() - tail);
        Self {
            line: lines.start + head,
            before: old.split_off(head),
            after: new.split_off(head),
        }
    }

    /// Returns the lines in the order in which they are read: where each became another one, both
    /// stand together.
    pub fn signed(&self) -> Vec<(Sign, &str)> {
        let removed = self.before.iter().map(|line| (Sign::Removed, &line[..]));
        let added = self.after.iter().map(|line| (Sign::Added, &line[..]));
        if self.before.len() == self.after.len() {
            return removed
                .zip(added)
                .flat_map(|(removed, added)| [removed, added])
                .collect();
        }
        removed.chain(added).collect()
    }
}

/// Returns the lines that a span touches.
fn lines_of(text: &Text, span: Span) -> Range<usize> {
    let lines = text.line_at(span.start)..text.line_at(span.end) + 1;
    lines.start.min(text.lines().len())..lines.end.min(text.lines().len())
}

/// Returns the bytes of lines with their ends.
fn whole(text: &Text, lines: &Range<usize>) -> Span {
    let lines = text.lines().get(lines.clone()).unwrap_or_default();
    match (lines.first(), lines.last()) {
        (Some(first), Some(last)) => Span::new(first.whole.start, last.whole.end),
        _ => Span::new(text.len(), text.len()),
    }
}

/// Returns the lines of bytes, without their ends.
fn shown(bytes: &[u8]) -> Vec<String> {
    let text = Text::new(bytes);
    contents(&text)
        .into_iter()
        .map(|line| String::from_utf8_lossy(line).into_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_became_others_stand_together() {
        let numbers = Text::new("1. a\n3. a\n5. a\n");
        let splices = [(5, "2"), (10, "3")].map(|(at, digit)| Splice {
            span: Span::new(at, at + 1),
            insert: digit.into(),
        });
        let hunks = Hunk::all(&numbers, &Edit::new(splices.into()).unwrap());
        let signed: Vec<_> = hunks.iter().flat_map(Hunk::signed).collect();
        let expected = ["3. a", "2. a", "5. a", "3. a"];
        assert_eq!(
            signed.iter().map(|(_, line)| *line).collect::<Vec<_>>(),
            expected
        );
        let before = Text::new("a\r\nb\r\nc\r\nd\r\n");
        for (after, expected) in [
            ("a\r\nB\r\nC\r\nd\r\n", &[(1, "-b +B"), (2, "-c +C")][..]),
            ("a\r\nd\r\n", &[(1, "-b -c")]),
            ("a\r\nb\r\nc\r\nd\r\ne\r\n", &[(4, "+e")]),
            ("A\r\nb\r\nc\r\n", &[(0, "-a +A"), (3, "-d")]),
            ("a\r\nb\r\nc\r\nd\r\n", &[]),
            ("", &[(0, "-a -b -c -d")]),
        ] {
            let edit = Edit::between(&before, &Text::new(after));
            let hunks = Hunk::all(&before, &edit);
            let drawn = hunks.iter().map(|hunk| {
                let lines = hunk.signed().into_iter();
                let lines: Vec<String> = lines
                    .map(|(sign, line)| format!("{}{line}", sign.symbol()))
                    .collect();
                (hunk.line, lines.join(" "))
            });
            let drawn: Vec<(usize, String)> = drawn.collect();
            let expected: Vec<(usize, String)> = expected
                .iter()
                .map(|(line, words)| (*line, (*words).to_owned()))
                .collect();
            assert_eq!(drawn, expected);
        }
    }
}
