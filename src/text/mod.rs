//! Text and changes to it: exact bytes, lines with their own endings, spans, edits, what differs
//! between two texts, and the merge of two changes.
//!
//! Knows no Markdown and no files. Nothing in here ever re-encodes: a text is the bytes it was made
//! from, and the only way to another text is an [`Edit`].

mod cells;
mod diff;
mod edit;
mod excerpt;
mod hunks;
mod lines;
mod merge;
mod needle;

pub use cells::{
    CleanPart, Cleaned, clean, clean_parts, cut_end, cut_middle, head, longest_word, pad,
    row_start, width, wrap, wrap_ranges,
};
pub use edit::{Bias, Edit, Overlap, Splice};
pub use excerpt::Excerpt;
pub use hunks::{Hunk, Sign};
pub use lines::LineMap;
pub use merge::{Conflict, Labels, Parts, Place, Resolution, merge, whole_lines};
pub use needle::Needle;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// A half-open range of byte offsets into one [`Text`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset behind the last byte; never before `start`.
    pub end: usize,
}

impl Span {
    /// Makes the span from `start` up to, without, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span never ends before it starts");
        Self { start, end }
    }

    /// Counts the bytes inside.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Returns whether no byte is inside.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Returns whether the byte at `offset` is inside.
    pub fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Returns the span as a range, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// How one line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEnding {
    /// `\n`
    Lf,
    /// `\r\n`
    CrLf,
    /// A `\r` that no `\n` follows.
    Cr,
    /// The text stops here.
    None,
}

/// One line: where its content is and how it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The content without its ending (and, in the first line, without a byte order mark).
    pub content: Span,
    /// The whole line with its ending (and the byte order mark).
    pub whole: Span,
    /// The ending.
    pub ending: LineEnding,
}

/// The exact bytes of one file, with an index of its lines.
///
/// Any bytes are a text: a byte order mark, CRLF, LF, lone CR, a missing final newline and invalid
/// UTF-8 are kept as they are. Clones share the bytes and the index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    source: Arc<Source>,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Source {
    bytes: Vec<u8>,
    lines: Vec<Line>,
}

/// How many lines are looked at one by one before they are searched.
const NEAR_LINES: usize = 8;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// How many bytes are looked at to tell whether a file is text.
const LOOKED_AT: usize = 8000;

impl Text {
    /// Makes a text of `bytes`, unchanged.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        let lines = split_lines(&bytes);
        Self {
            source: Arc::new(Source { bytes, lines }),
        }
    }

    /// Returns all bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.source.bytes
    }

    /// Returns whether it is something else than text, by a zero byte among the first ones, as git
    /// tells it.
    pub fn is_binary(&self) -> bool {
        self.bytes()[..self.len().min(LOOKED_AT)].contains(&0)
    }

    /// Counts all bytes.
    pub fn len(&self) -> usize {
        self.bytes().len()
    }

    /// Returns whether there is no byte at all.
    pub fn is_empty(&self) -> bool {
        self.bytes().is_empty()
    }

    /// Returns the bytes inside `span`; what lies behind the end of the text is left out.
    pub fn slice(&self, span: Span) -> &[u8] {
        let end = span.end.min(self.bytes().len());
        &self.bytes()[span.start.min(end)..end]
    }

    /// Returns the characters inside `span`, invalid bytes as replacement characters.
    pub fn lossy(&self, span: Span) -> Cow<'_, str> {
        String::from_utf8_lossy(self.slice(span))
    }

    /// Returns the lines in order. An empty text has none; a final newline starts no further line.
    pub fn lines(&self) -> &[Line] {
        &self.source.lines
    }

    /// Returns the index (from 0) of the line that holds `offset`; behind the end, the last line.
    pub fn line_at(&self, offset: usize) -> usize {
        self.lines()
            .partition_point(|line| line.whole.end <= offset)
            .min(self.lines().len().saturating_sub(1))
    }

    /// Returns the same as [`Text::line_at`], at once where that line is `near` or one of the few
    /// behind it.
    pub fn line_near(&self, near: usize, offset: usize) -> usize {
        let few = self
            .lines()
            .get(near..self.lines().len().min(near + NEAR_LINES))
            .unwrap_or_default();
        match few.iter().position(|line| offset < line.whole.end) {
            Some(behind) if offset >= few[0].whole.start => near + behind,
            _ => self.line_at(offset),
        }
    }

    /// Returns whether a UTF-8 byte order mark stands at the start.
    pub fn has_byte_order_mark(&self) -> bool {
        self.bytes().starts_with(BYTE_ORDER_MARK)
    }

    /// Returns the ending that most lines have; LF for a text of one line.
    pub fn main_ending(&self) -> LineEnding {
        let count = |ending| {
            self.lines()
                .iter()
                .filter(|line| line.ending == ending)
                .count()
        };
        let (lf, crlf, cr) = (
            count(LineEnding::Lf),
            count(LineEnding::CrLf),
            count(LineEnding::Cr),
        );
        if crlf > lf && crlf >= cr {
            LineEnding::CrLf
        } else if cr > lf {
            LineEnding::Cr
        } else {
            LineEnding::Lf
        }
    }
}

fn split_lines(bytes: &[u8]) -> Vec<Line> {
    let mut lines = Vec::with_capacity(bytes.len() / 32);
    let mut start = 0;
    let mut content_start = if bytes.starts_with(BYTE_ORDER_MARK) {
        BYTE_ORDER_MARK.len()
    } else {
        0
    };
    while start < bytes.len() {
        let content_end = content_start + line_length(&bytes[content_start..]);
        let ending = match &bytes[content_end..] {
            [b'\n', ..] => LineEnding::Lf,
            [b'\r', b'\n', ..] => LineEnding::CrLf,
            [_, ..] => LineEnding::Cr,
            [] => LineEnding::None,
        };
        let end = content_end + ending.as_bytes().len();
        lines.push(Line {
            content: Span::new(content_start, content_end),
            whole: Span::new(start, end),
            ending,
        });
        start = end;
        content_start = end;
    }
    lines
}

/// Counts the bytes before the first line ending, eight at a time where there are so many.
fn line_length(bytes: &[u8]) -> usize {
    let mut at = 0;
    for chunk in bytes.as_chunks::<8>().0 {
        let word = u64::from_le_bytes(*chunk);
        let found = zero_bytes(word ^ every(b'\n')) | zero_bytes(word ^ every(b'\r'));
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    at + bytes[at..]
        .iter()
        .position(|byte| matches!(byte, b'\n' | b'\r'))
        .unwrap_or(bytes.len() - at)
}

/// Returns a word of which each byte is `byte`.
pub(crate) const fn every(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// Sets the highest bit of the lowest byte that is zero, and perhaps of others above it; gives 0
/// where none is.
pub(crate) const fn zero_bytes(word: u64) -> u64 {
    word.wrapping_sub(every(1)) & !word & every(0x80)
}

impl LineEnding {
    /// Returns the bytes that the ending is made of.
    pub fn as_bytes(self) -> &'static [u8] {
        match self {
            Self::Lf => b"\n",
            Self::CrLf => b"\r\n",
            Self::Cr => b"\r",
            Self::None => b"",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn contents(text: &Text) -> Vec<String> {
        text.lines()
            .iter()
            .map(|line| text.lossy(line.content).into_owned())
            .collect()
    }

    #[test]
    fn lines_of_every_ending() {
        for (bytes, expected) in [
            ("", vec![]),
            ("a", vec!["a"]),
            ("a\n", vec!["a"]),
            ("a\n\n", vec!["a", ""]),
            ("a\r\nb\rc\nd", vec!["a", "b", "c", "d"]),
            ("\u{feff}# a\nb", vec!["# a", "b"]),
            ("\u{feff}", vec![""]),
            ("\r\r\n", vec!["", ""]),
        ] {
            assert_eq!(contents(&Text::new(bytes)), expected, "{bytes:?}");
        }
    }

    #[test]
    fn the_main_ending_is_the_most_frequent() {
        for (bytes, expected) in [
            ("a", LineEnding::Lf),
            ("a\r\nb\r\nc\n", LineEnding::CrLf),
            ("a\nb\nc\r\n", LineEnding::Lf),
            ("a\rb\r", LineEnding::Cr),
        ] {
            assert_eq!(Text::new(bytes).main_ending(), expected, "{bytes:?}");
        }
    }

    proptest! {
        #[test]
        fn the_lines_together_are_the_bytes(bytes in proptest::collection::vec(prop_oneof![Just(b'\r'), Just(b'\n'), any::<u8>()], 0..200)) {
            let text = Text::new(bytes.clone());
            let together: Vec<u8> = text.lines().iter().flat_map(|line| text.slice(line.whole).to_vec()).collect();
            prop_assert_eq!(&together, &bytes);
            for (index, line) in text.lines().iter().enumerate() {
                prop_assert!(!text.slice(line.content).iter().any(|byte| matches!(byte, b'\n' | b'\r')));
                for offset in line.whole.range() {
                    prop_assert_eq!(text.line_at(offset), index);
                    for near in [0, index / 2, index, index + 1] {
                        prop_assert_eq!(text.line_near(near, offset), index);
                    }
                }
            }
        }
    }
}
