//! A text cut down to what decides where its blocks are: the start of each line.
//!
//! The Markdown parser spends most of its time inside of lines, on emphasis, code and links, and
//! nobody here asks where those are.

use super::line::{NESTING, list_line};
use crate::text::{Span, Text, every, zero_bytes};

/// What the Markdown parser reads in place of a text: as many lines, each with what stands before
/// the first word of the original, tabs as blanks there, and a comma for the rest.
///
/// Whole are lines that no word is in, and those with what may matter to blocks further on: a part
/// of HTML, a fence, and, up to the next blank line, what may be the definition of a link. Of the
/// rows of a table the signs between the columns are left. Bytes outside ASCII, valid or not, are
/// commas there, which begin nothing.
#[derive(Debug, Default)]
pub(super) struct Skeleton {
    source: String,
    /// For each line, the offset of its first byte.
    starts: Vec<usize>,
    /// The lines that are nested deeper than [`NESTING`], cut there.
    deep: Vec<usize>,
    /// The lines that are blank here, whatever they hold.
    hidden: Vec<usize>,
}

/// What stands for words: it begins no block and no emphasis.
const WORD: u8 = b',';

/// How far a tab goes: to the next multiple of it.
const TAB: usize = 4;

/// How many lines are looked at one by one before they are searched.
const NEAR_LINES: usize = 8;

/// The longest paragraph that is kept whole, in bytes, so that the parser is asked about links and
/// tags only in what somebody may have written.
const WHOLE: usize = 1 << 16;

/// How many bytes of a long line with a tag are kept: what tells the kind of a block of HTML.
const TAG: usize = 1 << 10;

/// How many blanks a line may begin with: each level of a list takes at least two.
const INDENT: usize = 4 * NESTING;

/// What ends a block of HTML wherever it stands.
const HTML_ENDS: &[&[u8]] = &[
    b"-->",
    b"?>",
    b"]]>",
    b"</pre>",
    b"</script>",
    b"</style>",
    b"</textarea>",
    b">",
];

impl Skeleton {
    /// Cuts a text down.
    pub(super) fn of(text: &Text) -> Self {
        let mut cutter = Cutter::new(text);
        for index in 0..text.lines().len() {
            cutter.take(index);
        }
        cutter.into_skeleton()
    }

    /// Cuts a text down in which some lines, in order, are as good as blank.
    pub(super) fn without(text: &Text, hidden: &[usize]) -> Self {
        let mut cutter = Cutter::new(text);
        cutter.hidden = hidden.to_vec();
        for index in 0..text.lines().len() {
            cutter.take(index);
        }
        cutter.into_skeleton()
    }

    /// Takes the whole of a text, to compare with.
    #[cfg(test)]
    pub(super) fn whole(text: &Text) -> Self {
        let mut cutter = Cutter::new(text);
        for index in 0..text.lines().len() {
            cutter.is_whole = true;
            cutter.take(index);
        }
        cutter.into_skeleton()
    }

    /// Returns the text for the parser.
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    /// Returns the lines whose lists and quotes lie deeper in each other than [`NESTING`].
    pub(super) fn deep(&self) -> &[usize] {
        &self.deep
    }

    /// Returns the lines that are blank here, whatever they hold.
    pub(super) fn hidden(&self) -> &[usize] {
        &self.hidden
    }

    /// Returns the offset at which a line begins.
    pub(super) fn start(&self, line: usize) -> usize {
        self.starts[line]
    }

    /// Returns the line that holds `offset`, at once where that line is `near` or one of the few
    /// behind it.
    pub(super) fn line_near(&self, near: usize, offset: usize) -> usize {
        let few = self
            .starts
            .get(near + 1..self.starts.len().min(near + 1 + NEAR_LINES))
            .unwrap_or_default();
        match few.iter().position(|start| offset < *start) {
            Some(behind) if offset >= self.starts[near] => near + behind,
            _ => self
                .starts
                .partition_point(|start| *start <= offset)
                .saturating_sub(1),
        }
    }
}

/// What is cut so far.
struct Cutter<'a> {
    text: &'a Text,
    bytes: Vec<u8>,
    starts: Vec<usize>,
    deep: Vec<usize>,
    hidden: Vec<usize>,
    /// The first line since the last blank one.
    group: usize,
    /// Whether the lines of this group are whole.
    is_whole: bool,
    /// Whether a block of HTML may have begun somewhere.
    in_html: bool,
    /// Where the next end of a link's label is.
    label: usize,
    /// Where the next sign is that may matter behind the first word.
    sign: usize,
}

impl<'a> Cutter<'a> {
    fn new(text: &'a Text) -> Self {
        let (bytes, starts) = (
            Vec::with_capacity(text.len() / 2),
            Vec::with_capacity(text.lines().len()),
        );
        let (label, sign) = (next_label(text.bytes(), 0), next_pipe(text.bytes(), 0));
        Self {
            text,
            bytes,
            starts,
            deep: Vec::new(),
            hidden: Vec::new(),
            group: 0,
            is_whole: false,
            in_html: false,
            label,
            sign,
        }
    }

    fn take(&mut self, index: usize) {
        let line = self.text.lines()[index];
        let has_label = self.has_label(line.content);
        if self.is_long(line.content) {
            self.is_whole = false;
        } else if has_label && !self.is_whole {
            return self.begin_again(index);
        }
        self.starts.push(self.bytes.len());
        let content = if self.hidden.binary_search(&index).is_ok() {
            &[]
        } else {
            self.text.slice(line.content)
        };
        match self.add_start(content) {
            Start::Blank => (self.group, self.is_whole) = (index + 1, false),
            Start::Until(length) => self.add_rest(line.content, length),
            Start::Deep => self.add_deep(index, line.content),
        }
        for byte in line.ending.as_bytes() {
            self.bytes.push(*byte);
        }
    }

    /// Takes all lines of a group up to `last` again, whole.
    fn begin_again(&mut self, last: usize) {
        self.is_whole = true;
        self.bytes.truncate(
            self.starts
                .get(self.group)
                .copied()
                .unwrap_or(self.bytes.len()),
        );
        self.starts.truncate(self.group);
        self.deep
            .truncate(self.deep.partition_point(|line| *line < self.group));
        for index in self.group..last + 1 {
            self.take(index);
        }
    }

    /// Returns whether a paragraph that goes as far as this line is too long to be kept whole.
    fn is_long(&self, line: Span) -> bool {
        let group = self.text.lines()[self.group].whole.start;
        line.end - group > WHOLE
    }

    /// Adds what may begin a block.
    fn add_start(&mut self, content: &[u8]) -> Start {
        let mut nesting = Nesting::of(content);
        let mut is_blank = true;
        for (at, byte) in content.iter().enumerate() {
            if nesting.is_deep(at, *byte, content.get(at + 1)) {
                return Start::Deep;
            }
            match byte {
                b'\t' => {
                    self.add_tab();
                    continue;
                }
                b' ' => {}
                _ if is_word(*byte, &content[at + 1..]) => return Start::Until(at),
                _ => is_blank = false,
            }
            self.bytes.push(*byte);
        }
        if is_blank {
            Start::Blank
        } else {
            Start::Until(content.len())
        }
    }

    /// Adds the blanks that a tab stands for before the first word, as CommonMark counts them: the
    /// parser takes a tab that is partly the indent of an item for a part of the item's words.
    fn add_tab(&mut self) {
        let start = self.starts.last().copied().unwrap_or(0);
        let blanks = TAB - (self.bytes.len() - start) % TAB;
        self.bytes.extend(std::iter::repeat_n(b' ', blanks));
    }

    /// Adds a word for what is nested too deep. What is indented that far is only text anyway, but
    /// for an item.
    fn add_deep(&mut self, index: usize, line: Span) {
        self.bytes.push(WORD);
        let mut start = self.text.slice(line).iter().take(INDENT);
        let is_indented = start.all(|byte| matches!(byte, b' ' | b'\t'));
        if !is_indented || list_line(self.text.bytes(), line).is_some() {
            self.deep.push(index);
        }
    }

    /// Adds what matters of a line from `start` on, where its first word begins.
    fn add_rest(&mut self, line: Span, start: usize) {
        let text = self.text;
        match &text.slice(line)[start..] {
            [] => {}
            tag @ [b'<', ..] => {
                self.begin_html(line.start);
                self.add_tag(line, tag);
            }
            whole if self.is_whole || is_fence(whole) => self.add_ascii(whole),
            _ if !self.has_sign(line) => self.bytes.push(WORD),
            long if self.in_html && self.is_long(line) => self.add_html_ends(long),
            whole if self.in_html => self.add_ascii(whole),
            cells => self.add_cells(cells),
        }
    }

    /// Lets the signs that may end a block of HTML matter from offset `from` on.
    fn begin_html(&mut self, from: usize) {
        if !self.in_html {
            (self.in_html, self.sign) = (true, next_sign(self.text.bytes(), from));
        }
    }

    /// Returns whether the end of a link's label is in a line. Lines are asked for in order.
    fn has_label(&mut self, line: Span) -> bool {
        if self.label < line.start {
            self.label = next_label(self.text.bytes(), line.start);
        }
        self.label < line.end
    }

    /// Returns whether there is a sign in a line that may matter. Lines are asked for in order.
    fn has_sign(&mut self, line: Span) -> bool {
        if self.sign < line.start {
            let next = if self.in_html { next_sign } else { next_pipe };
            self.sign = next(self.text.bytes(), line.start);
        }
        self.sign < line.end
    }

    fn add_ascii(&mut self, shown: &[u8]) {
        self.bytes.extend(
            shown
                .iter()
                .map(|byte| if byte.is_ascii() { *byte } else { WORD }),
        );
    }

    /// Adds a line that begins with a tag; of one that is too long the start and what ends a block.
    fn add_tag(&mut self, line: Span, tag: &[u8]) {
        if !self.is_long(line) {
            return self.add_ascii(tag);
        }
        let (start, rest) = tag.split_at(tag.len().min(TAG));
        self.add_ascii(start);
        self.add_html_ends(rest);
    }

    /// Adds what of a line may end a block of HTML.
    fn add_html_ends(&mut self, rest: &[u8]) {
        self.bytes.push(WORD);
        for end in HTML_ENDS {
            if contains(rest, end) {
                self.bytes.extend_from_slice(end);
                self.bytes.push(WORD);
            }
        }
    }

    /// Adds the signs that part the columns of a table, and what makes them no signs.
    fn add_cells(&mut self, rest: &[u8]) {
        for byte in rest {
            match byte {
                b'|' | b'\\' => self.bytes.push(*byte),
                b' ' | b'\t' => {}
                _ if self.bytes.last() == Some(&WORD) => {}
                _ => self.bytes.push(WORD),
            }
        }
    }

    fn into_skeleton(self) -> Skeleton {
        // All bytes are ASCII, so that nothing can be lost here.
        Skeleton {
            source: String::from_utf8(self.bytes).unwrap_or_default(),
            starts: self.starts,
            deep: self.deep,
            hidden: self.hidden,
        }
    }
}

/// How the start of a line ends.
enum Start {
    /// There is nothing on the line.
    Blank,
    /// At its first word, at this offset.
    Until(usize),
    /// Where lists and quotes lie too deep in each other.
    Deep,
}

/// How deep the lists and quotes that begin on a line lie in each other, while its bytes go by.
struct Nesting {
    markers: usize,
    /// Whether all bytes so far are blanks and markers. No marker stands behind others.
    counts: bool,
}

impl Nesting {
    /// Begins with a line. Neither a blank line is nested nor a break, which is made of the same
    /// signs as bullets.
    fn of(content: &[u8]) -> Self {
        Self {
            markers: 0,
            counts: !is_break(content) && !content.trim_ascii().is_empty(),
        }
    }

    /// Takes the next byte. Says whether it is deeper than [`NESTING`].
    fn is_deep(&mut self, at: usize, byte: u8, next: Option<&u8>) -> bool {
        if !self.counts {
            return false;
        }
        let ends = matches!(next, None | Some(b' ' | b'\t'));
        match byte {
            b' ' | b'\t' => return self.markers == 0 && at >= INDENT,
            b'>' => self.markers += 1,
            b'-' | b'*' | b'+' | b'.' | b')' if ends => self.markers += 1,
            b'0'..=b'9' => {}
            _ => self.counts = false,
        }
        self.markers > NESTING
    }
}

/// Returns whether a line is made of one sign of a thematic break and blanks.
fn is_break(content: &[u8]) -> bool {
    let signs = content.trim_ascii();
    let sign = signs.first().copied().unwrap_or_default();
    matches!(sign, b'-' | b'*')
        && signs
            .iter()
            .all(|byte| *byte == sign || matches!(byte, b' ' | b'\t'))
}

/// Finds bytes, whatever the case of their letters.
fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes
        .windows(wanted.len())
        .any(|window| window.eq_ignore_ascii_case(wanted))
}

/// Returns whether a word begins with `byte`, or something else that is no start of a block. Tags
/// and fences are told apart from it later.
fn is_word(byte: u8, behind: &[u8]) -> bool {
    match byte {
        b'*' | b'_' => opens_emphasis(byte, behind),
        b'0'..=b'9'
        | b'#'
        | b'-'
        | b'+'
        | b'='
        | b'>'
        | b'|'
        | b':'
        | b'.'
        | b')'
        | ..=b' '
        | 0x7f => false,
        _ => true,
    }
}

/// Returns whether one or two stars stand right before a word, so that they are neither a bullet
/// nor a rule.
fn opens_emphasis(star: u8, behind: &[u8]) -> bool {
    let next = if behind.first() == Some(&star) {
        behind.get(1)
    } else {
        behind.first()
    };
    next.is_some_and(|next| *next > b' ' && *next != star)
}

fn is_fence(rest: &[u8]) -> bool {
    rest.starts_with(b"```") || rest.starts_with(b"~~~")
}

/// Finds the next end of a link's label, which its definition follows: `]:`.
fn next_label(bytes: &[u8], from: usize) -> usize {
    let word = |word| zero_bytes(word ^ every(b']'));
    position(bytes, from, word, |at| {
        bytes[at] == b']' && bytes.get(at + 1) == Some(&b':')
    })
}

fn next_pipe(bytes: &[u8], from: usize) -> usize {
    position(
        bytes,
        from,
        |word| zero_bytes(word ^ every(b'|')),
        |at| bytes[at] == b'|',
    )
}

/// Finds the next sign of HTML or of a table.
fn next_sign(bytes: &[u8], from: usize) -> usize {
    // Only in these bits do the three differ, and a tilde from them.
    let word = |word| zero_bytes((word | every(0x42)) ^ every(b'~'));
    position(bytes, from, word, |at| {
        matches!(bytes[at], b'<' | b'>' | b'|')
    })
}

/// Finds the first offset from `from` on that `is_wanted`, or gives the length. What is wanted is
/// only looked for where `in_word` marks the highest bit of one of eight bytes.
#[inline]
fn position(
    bytes: &[u8],
    from: usize,
    in_word: impl Fn(u64) -> u64,
    is_wanted: impl Fn(usize) -> bool,
) -> usize {
    let (words, last) = bytes[from..].as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        if in_word(u64::from_le_bytes(*word)) != 0 {
            let start = from + 8 * index;
            if let Some(found) = (start..start + 8).find(|at| is_wanted(*at)) {
                return found;
            }
        }
    }
    (bytes.len() - last.len()..bytes.len())
        .find(|at| is_wanted(*at))
        .unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_at_its_first_word() {
        for (source, expected) in [
            ("- [ ] 1. A **bold** word", "- ,"),
            ("# Heading\r\ntext\r\n", "# ,\r\n,\r\n"),
            ("* * *\n---\n| - |", "* * *\n---\n| - |"),
            ("* a\n** b\n**a**\n_a_", "* ,\n** ,\n,\n,"),
            ("```js x\n``` ", "```js x\n``` "),
            ("- ~~~js x\n`a` b", "- ~~~js x\n,"),
            ("a | b\n| a \\| `b` |", ",|,\n| ,\\|,|"),
            ("text -> b", ","),
            ("<b>\ntext <b> 日\na | b", "<b>\ntext <b> ,,,\na | b"),
            ("日本", ","),
            ("  \n", "  \n"),
            ("-\ta\n\t-\t\tb\n  \t* c", "-   ,\n    -       ,\n    * ,"),
            (
                "one\ntwo [a]: b\nthree\n\nfour",
                "one\ntwo [a]: b\nthree\n\n,",
            ),
            ("[a]:\nb c", "[a]:\nb c"),
            ("[a\nb]: c", "[a\nb]: c"),
            ("\u{feff}text\nb", ",\n,"),
        ] {
            assert_eq!(
                Skeleton::of(&Text::new(source)).source(),
                expected,
                "{source:?}"
            );
        }
        assert_eq!(Skeleton::of(&Text::new(&b"\xffa"[..])).source(), ",");
    }

    #[test]
    fn offsets_are_found_again_in_their_lines() {
        let text = Text::new("one two\n\n- three four\n\n\n\n\n\n\n\n\n\n\nfive\n");
        let skeleton = Skeleton::of(&text);
        for line in 0..text.lines().len() {
            for near in 0..text.lines().len() {
                assert_eq!(
                    skeleton.line_near(near, skeleton.start(line)),
                    line,
                    "{line} near {near}"
                );
            }
        }
    }
}
