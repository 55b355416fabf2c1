//! A text cut down to what decides where its blocks are: the start of each line.
//!
//! The Markdown parser spends most of its time inside of lines, on emphasis, code and links, and nobody here asks where those are.

use std::ops::Range;

use crate::text::{LineEnding, Text, every, zero_bytes};

/// What the Markdown parser reads in place of a text: as many lines, each with the first letter of the original and what stands before it.
///
/// Whole are lines that no letter is in, and those with a sign further on that may matter to blocks: a part of HTML, a column of a table, a fence, and, up to
/// the next blank line, what may be the definition of a link. Bytes outside ASCII, valid or not, are commas there, which begin nothing.
#[derive(Debug, Default)]
pub(super) struct Skeleton {
    source: String,
    /// For each line, the offset of its first byte.
    starts: Vec<usize>,
}

/// How many lines are looked at one by one before they are searched.
const NEAR_LINES: usize = 8;

impl Skeleton {
    /// Cuts a text down.
    pub(super) fn of(text: &Text) -> Self {
        let lines = text.lines().len();
        let mut cutter =
            Cutter { text, bytes: Vec::with_capacity(text.len() / 2), starts: Vec::with_capacity(lines), group: 0, is_whole: false };
        for index in 0..lines {
            cutter.take(index);
        }
        cutter.into_skeleton()
    }

    /// Takes the whole of a text, to compare with.
    #[cfg(test)]
    pub(super) fn whole(text: &Text) -> Self {
        let mut cutter = Cutter { text, bytes: Vec::new(), starts: Vec::new(), group: 0, is_whole: true };
        cutter.add_whole(0..text.lines().len());
        cutter.into_skeleton()
    }

    /// Gives the text for the parser.
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    /// Gives the offset at which a line begins.
    pub(super) fn start(&self, line: usize) -> usize {
        self.starts[line]
    }

    /// Gives the line that holds `offset`, at once where that line is `near` or one of the few behind it.
    pub(super) fn line_near(&self, near: usize, offset: usize) -> usize {
        let few = self.starts.get(near + 1..self.starts.len().min(near + 1 + NEAR_LINES)).unwrap_or_default();
        match few.iter().position(|start| offset < *start) {
            Some(behind) if offset >= self.starts[near] => near + behind,
            _ => self.starts.partition_point(|start| *start <= offset).saturating_sub(1),
        }
    }
}

/// What is cut so far.
struct Cutter<'a> {
    text: &'a Text,
    bytes: Vec<u8>,
    starts: Vec<usize>,
    /// The first line since the last blank one.
    group: usize,
    /// Whether the lines of this group are whole.
    is_whole: bool,
}

impl Cutter<'_> {
    fn take(&mut self, index: usize) {
        let line = self.text.lines()[index];
        let content = self.text.slice(line.content);
        let start = Start::of(content);
        match start {
            Start::Blank => (self.group, self.is_whole) = (index + 1, false),
            Start::Link if !self.is_whole => return self.begin_again(index),
            _ => {}
        }
        let shown = if self.is_whole { content.len() } else { start.length(content) };
        self.add(&content[..shown], line.ending);
    }

    /// Takes all lines of a group up to `last` again, whole.
    fn begin_again(&mut self, last: usize) {
        self.is_whole = true;
        self.bytes.truncate(self.starts.get(self.group).copied().unwrap_or(self.bytes.len()));
        self.starts.truncate(self.group);
        self.add_whole(self.group..last + 1);
    }

    fn add_whole(&mut self, lines: Range<usize>) {
        let text = self.text;
        for line in &text.lines()[lines] {
            self.add(text.slice(line.content), line.ending);
        }
    }

    fn add(&mut self, shown: &[u8], ending: LineEnding) {
        let start = self.bytes.len();
        self.starts.push(start);
        self.bytes.extend_from_slice(shown);
        if !shown.is_ascii() {
            self.bytes[start..].iter_mut().filter(|byte| !byte.is_ascii()).for_each(|byte| *byte = b',');
        }
        self.bytes.extend_from_slice(ending.as_bytes());
    }

    fn into_skeleton(self) -> Skeleton {
        // All bytes are ASCII, so that nothing can be lost here.
        Skeleton { source: String::from_utf8(self.bytes).unwrap_or_default(), starts: self.starts }
    }
}

/// How a line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    /// There are only blanks.
    Blank,
    /// There is a letter at this offset, and nothing further on matters.
    Letter(usize),
    /// All of it matters.
    Whole,
    /// It may be a part of the definition of a link.
    Link,
}

impl Start {
    fn of(line: &[u8]) -> Self {
        let mut matters = false;
        for (at, byte) in line.iter().enumerate() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => return Self::at_letter(line, at, matters),
                b']' if line.get(at + 1) == Some(&b':') => return Self::Link,
                b'`' | b'~' => matters |= line[at..].starts_with(&[*byte; 3]),
                _ => matters |= is_sign(byte),
            }
        }
        if line.iter().all(|byte| matches!(byte, b' ' | b'\t')) { Self::Blank } else { Self::Whole }
    }

    fn at_letter(line: &[u8], letter: usize, matters: bool) -> Self {
        let rest = &line[letter..];
        match has_sign(rest) {
            true if rest.windows(2).any(|pair| pair == b"]:") => Self::Link,
            true if matters || rest.iter().any(is_sign) => Self::Whole,
            _ if matters => Self::Whole,
            _ => Self::Letter(letter),
        }
    }

    fn length(self, line: &[u8]) -> usize {
        if let Self::Letter(at) = self { at + 1 } else { line.len() }
    }
}

/// Says whether a sign is among the bytes that is one of HTML, of tables or of a link's definition; looks at eight at a time.
fn has_sign(bytes: &[u8]) -> bool {
    let in_word = |word: &[u8; 8]| {
        let word = u64::from_le_bytes(*word);
        let found = |sign| zero_bytes(word ^ every(sign));
        found(b'<') | found(b'>') | found(b'|') | found(b']') != 0
    };
    let (words, last) = bytes.as_chunks::<8>();
    words.iter().any(in_word) || last.iter().any(|byte| is_sign(byte) || *byte == b']')
}

fn is_sign(byte: &u8) -> bool {
    matches!(byte, b'<' | b'>' | b'|')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_behind_its_first_letter() {
        for (source, expected) in [
            ("- [ ] 1. A **bold** word", "- [ ] 1. A"),
            ("# Heading\r\ntext\r\n", "# H\r\nt\r\n"),
            ("* * *\n---\n| - |", "* * *\n---\n| - |"),
            ("```js x\n``` ", "```js x\n``` "),
            ("- ~~~js x", "- ~~~js x"),
            ("a | b", "a | b"),
            ("text <b> 日", "text <b> ,,,"),
            ("日本", ","),
            ("  \n", "  \n"),
            ("one\ntwo [a]: b\nthree\n\nfour", "one\ntwo [a]: b\nthree\n\nf"),
            ("[a]:\nb c", "[a]:\nb c"),
            ("[a\nb]: c", "[a\nb]: c"),
            ("\u{feff}text\nb", "t\nb"),
        ] {
            assert_eq!(Skeleton::of(&Text::new(source)).source(), expected, "{source:?}");
        }
        assert_eq!(Skeleton::of(&Text::new(&b"\xffa"[..])).source(), ",");
    }

    #[test]
    fn offsets_are_found_again_in_their_lines() {
        let text = Text::new("one two\n\n- three four\n\n\n\n\n\n\n\n\n\n\nfive\n");
        let skeleton = Skeleton::of(&text);
        for line in 0..text.lines().len() {
            for near in 0..text.lines().len() {
                assert_eq!(skeleton.line_near(near, skeleton.start(line)), line, "{line} near {near}");
            }
        }
    }
}
