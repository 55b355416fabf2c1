//! What stands inside of running text: emphasis, code, links, tags.
//!
//! The Markdown parser is asked for one paragraph, item, heading or cell at a time, whose lines are
//! given to it as one heading, so that nothing on them can begin a block.

use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag, TagEnd};

use super::reference::{Definition, definition_name, definitions};
use crate::text::{Span, Text};

/// Running text in parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inlines {
    /// The parts in order. Together they are the text without gap or overlap, and none is empty.
    pub parts: Vec<Inline>,
    /// The addresses of its links and images.
    pub addresses: Vec<String>,
}

/// A part of running text, on one line of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inline {
    /// Its bytes.
    pub span: Span,
    /// What it is.
    pub kind: InlineKind,
    /// What it stands in.
    pub style: InlineStyle,
}

/// What a part of running text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InlineKind {
    /// Text, shown as it is.
    Text,
    /// An entity, and the text that it stands for.
    Entity(String),
    /// Code, without the backticks around it.
    Code,
    /// The backticks around code.
    Ticks,
    /// A tag of HTML, or a comment.
    Tag,
    /// What only marks: asterisks, brackets, the address of a link, the backslash of an escape.
    Mark,
}

/// What a part of running text stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InlineStyle {
    /// Whether it is strongly emphasized.
    pub is_strong: bool,
    /// Whether it is emphasized.
    pub is_emphasized: bool,
    /// Whether it is struck through.
    pub is_struck: bool,
    /// The link or image that it belongs to, as an index into [`Inlines::addresses`].
    pub link: Option<usize>,
}

/// The longest text that the parser is asked about, in bytes. What is longer is text: nobody writes
/// a paragraph that is longer than a chapter, and it must hold up no key.
const LONGEST: usize = 1 << 16;

/// What the parser reads before the text: it makes a heading of it.
const BEFORE: &str = "# ";
/// What it reads behind, so that number signs at the end of the text are not the end of a heading.
const BEHIND: &str = " ,";

/// Takes running text apart. `lines` is what it has on each of its lines, without bullets, number
/// signs and indents.
pub fn inlines(text: &Text, lines: &[Span]) -> Inlines {
    let length: usize = lines.iter().map(|line| line.len() + 1).sum();
    let is_plain = lines
        .iter()
        .all(|line| !text.slice(*line).iter().any(begins_markup));
    let mut reader = Reader::new(lines);
    if !is_plain && length <= LONGEST {
        let source = joined(text, lines, length);
        let options = Options::ENABLE_STRIKETHROUGH;
        let mut known = None;
        let referred = |link: BrokenLink<'_>| {
            let known = known.get_or_insert_with(|| definitions(text));
            address(text, known, &link.reference).map(|address| (address, CowStr::from("")))
        };
        let parser = Parser::new_with_broken_link_callback(&source, options, Some(referred));
        for (event, range) in parser.into_offset_iter() {
            let start = range.start.saturating_sub(BEFORE.len()).min(length);
            let end = range.end.saturating_sub(BEFORE.len()).min(length);
            reader.take(text, &event, Span::new(start, end.max(start)));
        }
    }
    reader.finish(text, length)
}

/// Returns the address that a link refers to by name; of a footnote its name, `^` before it.
fn address<'t>(text: &Text, known: &[Definition], written: &str) -> Option<CowStr<'t>> {
    let name = definition_name(written);
    let found = known.iter().find(|definition| definition.name == name)?;
    if name.starts_with('^') {
        return Some(CowStr::from(name));
    }
    Some(CowStr::from(text.lossy(found.target).into_owned()))
}

/// Returns what an entity such as `&amp;` stands for; none where it is none.
pub fn entity(written: &str) -> Option<String> {
    let mut events = Parser::new(written).skip(1);
    match events.next()? {
        Event::Text(shown) if *shown != *written => Some(shown.to_string()),
        _ => None,
    }
}

/// Returns whether a byte may begin something else than text.
pub fn begins_markup(byte: &u8) -> bool {
    matches!(byte, b'*' | b'_' | b'`' | b'[' | b'<' | b'&' | b'\\' | b'~')
}

/// Returns the lines as one, with as many bytes as they have, a blank behind each. Invalid bytes
/// are letters there.
fn joined(text: &Text, lines: &[Span], length: usize) -> String {
    let mut source = String::with_capacity(BEFORE.len() + length + BEHIND.len());
    source.push_str(BEFORE);
    for line in lines {
        for chunk in text.slice(*line).utf8_chunks() {
            source.push_str(chunk.valid());
            source.extend(std::iter::repeat_n('x', chunk.invalid().len()));
        }
        source.push(' ');
    }
    source.push_str(BEHIND);
    source
}

/// The parts so far while the events of the parser go by. Offsets are those in the joined lines.
struct Reader<'a> {
    lines: &'a [Span],
    /// The line that `at` is on, and the offset where it begins.
    line: usize,
    line_start: usize,
    /// Up to where everything is taken.
    at: usize,
    /// How many of each are open.
    strong: usize,
    emphasis: usize,
    struck: usize,
    links: Vec<usize>,
    found: Inlines,
}

impl<'a> Reader<'a> {
    fn new(lines: &'a [Span]) -> Self {
        Self {
            lines,
            line: 0,
            line_start: 0,
            at: 0,
            strong: 0,
            emphasis: 0,
            struck: 0,
            links: Vec::new(),
            found: Inlines::default(),
        }
    }

    fn style(&self) -> InlineStyle {
        InlineStyle {
            is_strong: self.strong > 0,
            is_emphasized: self.emphasis > 0,
            is_struck: self.struck > 0,
            link: self.links.last().copied(),
        }
    }

    fn take(&mut self, text: &Text, event: &Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.take_start(text, tag, span),
            Event::End(tag) => self.take_end(text, *tag, span),
            Event::Text(shown) => {
                self.take_gap(text, span.start);
                let kind = if self.is_entity(text, span.end, shown) {
                    InlineKind::Entity(shown.to_string())
                } else {
                    InlineKind::Text
                };
                self.push(span.end, &kind);
            }
            Event::Code(_) => self.take_code(text, span),
            Event::InlineHtml(_) | Event::Html(_) => {
                self.take_gap(text, span.start);
                self.push(span.end, &InlineKind::Tag);
            }
            _ => {}
        }
    }

    fn take_start(&mut self, text: &Text, tag: &Tag<'_>, span: Span) {
        if !matches!(tag, Tag::Heading { .. }) {
            self.take_gap(text, span.start);
        }
        match tag {
            Tag::Strong => self.strong += 1,
            Tag::Emphasis => self.emphasis += 1,
            Tag::Strikethrough => self.struck += 1,
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.links.push(self.found.addresses.len());
                self.found.addresses.push(dest_url.to_string());
            }
            _ => {}
        }
    }

    fn take_end(&mut self, text: &Text, tag: TagEnd, span: Span) {
        if !matches!(tag, TagEnd::Heading(_)) {
            self.take_gap(text, span.end);
        }
        match tag {
            TagEnd::Strong => self.strong -= 1,
            TagEnd::Emphasis => self.emphasis -= 1,
            TagEnd::Strikethrough => self.struck -= 1,
            TagEnd::Link | TagEnd::Image => self.links.truncate(self.links.len().saturating_sub(1)),
            _ => {}
        }
    }

    /// Takes code with the backticks around it.
    fn take_code(&mut self, text: &Text, span: Span) {
        self.take_gap(text, span.start);
        let ticks = self.ticks_at(text, span.end);
        let (start, end) = (span.start + ticks, span.end.saturating_sub(ticks));
        self.push(start, &InlineKind::Ticks);
        self.push(end, &InlineKind::Code);
        self.push(span.end, &InlineKind::Ticks);
    }

    /// Counts the backticks from where the next part begins on.
    fn ticks_at(&self, text: &Text, end: usize) -> usize {
        let next = self.next_up_to(text, end);
        next.iter().take_while(|byte| **byte == b'`').count()
    }

    /// Returns whether an entity that means `shown` stands from where the next part begins up to
    /// `end`.
    fn is_entity(&self, text: &Text, end: usize, shown: &str) -> bool {
        let next = self.next_up_to(text, end);
        next.starts_with(b"&") && next.ends_with(b";") && next != shown.as_bytes()
    }

    /// Returns the bytes from where the next part begins up to `end`, those on its line.
    fn next_up_to<'t>(&self, text: &'t Text, end: usize) -> &'t [u8] {
        let Some(line) = self.lines.get(self.line) else {
            return &[];
        };
        let start = line.start + (self.at - self.line_start);
        let most = line.end.min(start + end.saturating_sub(self.at));
        text.slice(Span::new(start, most.max(start)))
    }

    /// Takes what no event speaks of: blanks, and what only marks.
    fn take_gap(&mut self, text: &Text, end: usize) {
        while self.at < end {
            let Some(line) = self.lines.get(self.line) else {
                return;
            };
            let until = end.min(self.line_start + line.len() + 1);
            let start = line.start + (self.at - self.line_start);
            let own = Span::new(start, line.end.min(start + (until - self.at)));
            let is_blank = text.slice(own).iter().all(u8::is_ascii_whitespace);
            let kind = if is_blank {
                InlineKind::Text
            } else {
                InlineKind::Mark
            };
            self.push(until, &kind);
        }
    }

    /// Takes everything up to `end` as parts of one kind, one for each line.
    fn push(&mut self, end: usize, kind: &InlineKind) {
        while self.at < end {
            let Some(line) = self.lines.get(self.line) else {
                return;
            };
            let line_end = self.line_start + line.len();
            let until = end.min(line_end);
            if self.at < until {
                let start = line.start + (self.at - self.line_start);
                self.add(Span::new(start, start + (until - self.at)), kind.clone());
            }
            self.at = until;
            if end > line_end {
                // The blank behind the line stands for nothing in the source.
                (self.line, self.line_start, self.at) = (self.line + 1, line_end + 1, line_end + 1);
            }
        }
    }

    fn add(&mut self, span: Span, kind: InlineKind) {
        let style = self.style();
        match self.found.parts.last_mut() {
            Some(last)
                if kind == InlineKind::Text
                    && last.kind == kind
                    && last.style == style
                    && last.span.end == span.start =>
            {
                last.span.end = span.end;
            }
            _ => self.found.parts.push(Inline { span, kind, style }),
        }
    }

    fn finish(mut self, text: &Text, length: usize) -> Inlines {
        if self.at == 0 {
            self.push(length, &InlineKind::Text);
        }
        self.take_gap(text, length);
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Returns each line of a text.
    fn lines(text: &Text) -> Vec<Span> {
        text.lines().iter().map(|line| line.content).collect()
    }

    /// Draws the parts, each with a letter for its kind and one for each style.
    fn drawn(source: &str) -> Vec<String> {
        let text = Text::new(source);
        let found = inlines(&text, &lines(&text));
        let draw = |part: &Inline| {
            let kind = match &part.kind {
                InlineKind::Text => "t".to_owned(),
                InlineKind::Entity(shown) => format!("e({shown})"),
                InlineKind::Code => "c".to_owned(),
                InlineKind::Ticks => "`".to_owned(),
                InlineKind::Tag => "<".to_owned(),
                InlineKind::Mark => "m".to_owned(),
            };
            let flag = |is: bool, letter: &'static str| if is { letter } else { "" };
            format!(
                "{kind}{}{}{}{} {}",
                flag(part.style.is_strong, "S"),
                flag(part.style.is_emphasized, "E"),
                flag(part.style.is_struck, "D"),
                part.style
                    .link
                    .map_or("", |link| found.addresses[link].as_str()),
                text.lossy(part.span)
            )
        };
        found.parts.iter().map(draw).collect()
    }

    #[test]
    fn what_running_text_is_made_of() {
        for (source, expected) in [
            ("plain text", &["t plain text"][..]),
            (
                "a **b *c* d**",
                &[
                    "t a ", "mS **", "tS b ", "mSE *", "tSE c", "mSE *", "tS  d", "mS **",
                ],
            ),
            ("a ``b`c`` d", &["t a ", "` ``", "c b`c", "` ``", "t  d"]),
            (
                "[a `b`](c)",
                &["mc [", "tc a ", "`c `", "cc b", "`c `", "mc ](c)"],
            ),
            ("![a](b.png)", &["mb.png ![", "tb.png a", "mb.png ](b.png)"]),
            (
                "<https://a.b>",
                &[
                    "mhttps://a.b <",
                    "thttps://a.b https://a.b",
                    "mhttps://a.b >",
                ],
            ),
            ("~~a~~", &["mD ~~", "tD a", "mD ~~"]),
            ("a \\* b", &["t a ", "m \\", "t * b"]),
            ("a &amp; b", &["t a ", "e(&) &amp;", "t  b"]),
            ("a<br>b", &["t a", "< <br>", "t b"]),
            ("snake_case_name", &["t snake_case_name"]),
            ("a **b", &["t a **b"]),
            (
                "one **two\nthree** four",
                &["t one ", "mS **", "tS two", "tS three", "mS **", "t  four"],
            ),
            ("a `b\nc` d", &["t a ", "` `", "c b", "c c", "` `", "t  d"]),
            (
                "# not a heading *b* #",
                &["t # not a heading ", "mE *", "tE b", "mE *", "t  #"],
            ),
            (
                "*a*\n- b\n===\n| c |",
                &["mE *", "tE a", "mE *", "t - b", "t ===", "t | c |"],
            ),
            ("  a *b*  ", &["t   a ", "mE *", "tE b", "mE *", "t   "]),
            ("[ ] a [x] b", &["t [ ] a [x] b"]),
            ("a[i][j] b[^2]", &["t a[i][j] b[^2]"]),
            (
                "[a][B] b[^1]\n[b]: c.md\n[^1]: d",
                &[
                    "mc.md [",
                    "tc.md a",
                    "mc.md ][B]",
                    "t  b",
                    "m^1 [",
                    "t^1 ^1",
                    "m^1 ]",
                    "mc.md [",
                    "tc.md b",
                    "mc.md ]",
                    "t : c.md",
                    "m^1 [",
                    "t^1 ^1",
                    "m^1 ]",
                    "t : d",
                ],
            ),
            ("", &[]),
        ] {
            assert_eq!(drawn(source), expected, "{source:?}");
        }
    }

    #[test]
    fn what_is_longer_than_a_chapter_is_text() {
        let source = "*a* ".repeat(LONGEST);
        assert_eq!(drawn(&source).len(), 1);
    }

    proptest! {
        #[test]
        fn the_parts_together_are_the_text(source in "([a-z日é \\t]|\\*\\*?|_|``?|\\[|\\]\\(|\\)|!\\[|<|>|&amp;|\\\\|~~|#|\n|- |[|]|\\x00){0,40}", at in 0usize..40, wild in proptest::collection::vec(any::<u8>(), 0..4)) {
            let mut bytes = source.into_bytes();
            let at = at.min(bytes.len());
            bytes.splice(at..at, wild);
            let text = Text::new(bytes);
            let lines = lines(&text);
            let found = inlines(&text, &lines);
            let mut parts = found.parts.iter();
            for line in lines {
                let mut at = line.start;
                while at < line.end {
                    let part = parts.next().unwrap();
                    prop_assert!(part.span.start == at && !part.span.is_empty());
                    at = part.span.end;
                }
                prop_assert_eq!(at, line.end);
            }
            prop_assert_eq!(parts.next(), None);
        }
    }
}
