//! The lines of a text put in another order, with some gone and some new: every line that stays keeps
//! its bytes and its ending.
//!
//! Knows nothing of what the lines mean. A text without a final newline stays one.

use std::ops::Range;

use crate::text::{LineEnding, Span, Text};

/// One line of what comes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// The line that it was, as an index; none for a new one.
    pub(super) from: Option<usize>,
    /// What it says.
    pub(super) content: Vec<u8>,
    /// How it ends; none where that is not known yet.
    ending: LineEnding,
}

/// All lines of a text, to be put together anew.
#[derive(Clone, Debug)]
pub(super) struct Sheet<'a> {
    text: &'a Text,
    rows: Vec<Row>,
}

/// What a sheet was put together to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Finished {
    /// The text.
    pub(super) after: Text,
    /// For each line of the text before, where it is now; none where it is gone.
    pub(super) lines: Vec<Option<usize>>,
}

impl Row {
    /// Makes a new line.
    pub(super) fn new(content: impl Into<Vec<u8>>) -> Self {
        Self {
            from: None,
            content: content.into(),
            ending: LineEnding::None,
        }
    }
}

impl<'a> Sheet<'a> {
    /// Begins with an empty sheet.
    pub(super) fn new(text: &'a Text) -> Self {
        let rows = Vec::new();
        Self { text, rows }
    }

    /// Appends lines of the text as they are.
    pub(super) fn keep(&mut self, lines: Range<usize>) {
        let row = |line: usize| {
            let found = self.text.lines().get(line)?;
            Some(Row {
                from: Some(line),
                content: self.text.slice(found.content).to_vec(),
                ending: found.ending,
            })
        };
        let kept: Vec<Row> = lines.filter_map(row).collect();
        self.rows.extend(kept);
    }

    /// Appends lines.
    pub(super) fn push(&mut self, rows: impl IntoIterator<Item = Row>) {
        self.rows.extend(rows);
    }

    /// Returns the lines of a range as rows that may be changed and put elsewhere.
    pub(super) fn rows_of(text: &Text, lines: Range<usize>) -> Vec<Row> {
        let mut sheet = Sheet::new(text);
        sheet.keep(lines);
        sheet.rows
    }

    /// Puts the lines together.
    pub(super) fn finish(mut self) -> Finished {
        let all = self.text.lines();
        let is_open = all
            .last()
            .is_some_and(|line| line.ending == LineEnding::None && !line.whole.is_empty());
        self.end_lines(is_open && !is_mark_alone(self.text));
        let mut lines = vec![None; all.len()];
        let mark = if self.text.has_byte_order_mark() {
            3
        } else {
            0
        };
        let mut bytes = self.text.slice(Span::new(0, mark)).to_vec();
        for (index, row) in self.rows.iter().enumerate() {
            bytes.extend_from_slice(&row.content);
            bytes.extend_from_slice(row.ending.as_bytes());
            if let Some(from) = row.from {
                lines[from] = Some(index);
            }
        }
        Finished {
            after: Text::new(bytes),
            lines,
        }
    }

    /// Gives every line an ending: a new one ends as the line before it, and only the last one of a
    /// text without a final newline has none.
    fn end_lines(&mut self, is_open: bool) {
        let mut ending = self.text.main_ending();
        for row in &mut self.rows {
            if row.ending == LineEnding::None {
                row.ending = ending;
            }
            ending = row.ending;
        }
        match self.rows.last_mut() {
            Some(last) if is_open => last.ending = LineEnding::None,
            _ => {}
        }
    }
}

/// Returns whether a text is nothing but a byte order mark.
fn is_mark_alone(text: &Text) -> bool {
    text.has_byte_order_mark() && text.len() == 3
}

/// Returns whether a line says nothing.
pub(super) fn is_blank(text: &Text, line: usize) -> bool {
    let found = text.lines().get(line);
    found.is_none_or(|found| text.slice(found.content).trim_ascii().is_empty())
}

/// Counts the blank lines directly above a line.
pub(super) fn blanks_above(text: &Text, line: usize) -> usize {
    (0..line)
        .rev()
        .take_while(|above| is_blank(text, *above))
        .count()
}

/// Counts the blank lines from a line on.
pub(super) fn blanks_from(text: &Text, line: usize) -> usize {
    let rest = line..text.lines().len();
    rest.take_while(|below| is_blank(text, *below)).count()
}
