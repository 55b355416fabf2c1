//! Cutting a text into blocks: the Markdown parser says what each line is, and equal neighbours
//! become one block.

use std::ops::Range;

use pulldown_cmark::{
    CodeBlockKind, Event, HeadingLevel, MetadataBlockKind, Options, Parser, Tag, TagEnd,
};

use super::conflict::{self, Conflict};
use super::line::{NESTING, list_line};
use super::skeleton::Skeleton;
use super::{Block, BlockKind, Document, Fault};
use crate::text::{Line, Span, Text};

/// What one line is, and the offset in the skeleton of the construct that says so: lines of one
/// construct become one block.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Claim {
    kind: BlockKind,
    owner: usize,
}

/// Cuts `text` into blocks.
pub(super) fn parse(text: &Text) -> Document {
    let conflicts = conflict::find(text);
    if conflicts.is_empty() {
        return cut(text, &Skeleton::of(text));
    }
    parse_around(text, conflicts)
}

/// Cuts a text with `conflicts`, whose marks are blank to the parser. Those that an example shows
/// are none.
fn parse_around(text: &Text, mut conflicts: Vec<Conflict>) -> Document {
    let plain = cut(text, &Skeleton::of(text));
    conflicts.retain(|conflict| !is_example(text, &plain, conflict));
    if conflicts.is_empty() {
        return plain;
    }
    let marks: Vec<usize> = conflicts
        .iter()
        .flat_map(|conflict| conflict.marks.iter().copied())
        .collect();
    let mut document = cut(text, &Skeleton::without(text, &marks));
    let told = conflicts.iter().map(Conflict::fault);
    document.faults.extend(told);
    document.faults.sort_by_key(|fault| fault.line);
    document.conflicts = conflicts;
    document
}

/// Languages of code blocks in which a conflict may stand as an example. In any other it breaks
/// what is there.
const EXAMPLES: &[&str] = &[
    "",
    "text",
    "txt",
    "plaintext",
    "plain",
    "diff",
    "git",
    "bash",
    "sh",
    "shell",
    "console",
    "md",
    "markdown",
];

/// Returns whether a whole conflict stands in one code block that shows something.
fn is_example(text: &Text, document: &Document, conflict: &Conflict) -> bool {
    let Some(block) = document
        .block_at(conflict.lines.start)
        .map(|index| &document.blocks[index])
    else {
        return false;
    };
    let first = text.slice(text.lines()[block.first_line].content);
    let info = first.trim_ascii().trim_ascii_start();
    let language = info
        .iter()
        .skip_while(|byte| matches!(byte, b'`' | b'~'))
        .take_while(|byte| byte.is_ascii_alphanumeric())
        .map(u8::to_ascii_lowercase)
        .collect::<Vec<u8>>();
    block.kind == BlockKind::Code
        && conflict.lines.end <= block.end_line
        && EXAMPLES.iter().any(|name| name.as_bytes() == language)
}

/// Makes each line of `text` a block of its own.
pub(super) fn plain(text: &Text) -> Document {
    let block = |(line, found): (usize, &Line)| {
        let is_blank = text.slice(found.content).trim_ascii().is_empty();
        let kind = if is_blank {
            BlockKind::Blank
        } else {
            BlockKind::Plain
        };
        Block {
            kind,
            span: found.whole,
            first_line: line,
            end_line: line + 1,
        }
    };
    Document {
        blocks: text.lines().iter().enumerate().map(block).collect(),
        faults: Vec::new(),
        conflicts: Vec::new(),
    }
}

/// Cuts `text` into blocks where the Markdown parser finds them in its skeleton.
fn cut(text: &Text, skeleton: &Skeleton) -> Document {
    let mut claims = Claims::new(text, skeleton);
    let mut options = Options::ENABLE_TABLES;
    options.set(
        Options::ENABLE_YAML_STYLE_METADATA_BLOCKS,
        begins_with_metadata(text),
    );
    for (event, range) in Parser::new_ext(skeleton.source(), options).into_offset_iter() {
        claims.take(&event, range.into());
    }
    claims.into_document()
}

/// The claims on all lines while the events of the parser go by.
///
/// Outer constructs come before inner ones, so that a later claim is the more exact one; only
/// quotes and comments keep what they hold.
struct Claims<'a> {
    text: &'a Text,
    skeleton: &'a Skeleton,
    lines: Vec<Claim>,
    quotes: usize,
    faults: Vec<Fault>,
    /// The line where the last event began. The next one mostly begins there or not far behind.
    near: usize,
}

impl<'a> Claims<'a> {
    fn new(text: &'a Text, skeleton: &'a Skeleton) -> Self {
        let nobody = Claim {
            kind: BlockKind::Other,
            owner: usize::MAX,
        };
        Self {
            text,
            skeleton,
            lines: vec![nobody; text.lines().len()],
            quotes: 0,
            faults: Vec::new(),
            near: 0,
        }
    }

    fn take(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Start(Tag::BlockQuote(_)) => {
                if self.quotes == 0 {
                    self.claim(span, BlockKind::Quote);
                }
                self.quotes += 1;
            }
            Event::End(TagEnd::BlockQuote(_)) => self.quotes -= 1,
            _ if self.quotes > 0 => {}
            Event::Start(tag) => self.take_start(tag, span),
            Event::Rule => self.claim(span, BlockKind::Rule),
            _ => {}
        }
    }

    fn take_start(&mut self, tag: &Tag<'_>, span: Span) {
        match tag {
            Tag::Heading { level, .. } => self.claim_heading(span, *level),
            Tag::Paragraph => self.claim_paragraph(span),
            Tag::Item => self.claim_item(span),
            Tag::CodeBlock(kind) => self.claim_code(span, kind),
            Tag::HtmlBlock => self.claim_html(span),
            Tag::Table(_) => self.claim(span, BlockKind::Table),
            Tag::MetadataBlock(MetadataBlockKind::YamlStyle | MetadataBlockKind::PlusesStyle) => {
                self.claim(span, BlockKind::FrontMatter);
            }
            _ => {}
        }
    }

    fn claim(&mut self, span: Span, kind: BlockKind) {
        let lines = self.lines_of(span);
        self.lines[lines].fill(Claim {
            kind,
            owner: span.start,
        });
    }

    fn lines_of(&mut self, span: Span) -> Range<usize> {
        if span.is_empty() {
            return 0..0;
        }
        let first = self.line_at(span.start);
        first..self.skeleton.line_near(first, span.end - 1) + 1
    }

    /// Returns the line that holds `offset`, at which an event begins.
    fn line_at(&mut self, offset: usize) -> usize {
        self.near = self.skeleton.line_near(self.near, offset);
        self.near
    }

    /// Claims a heading. A paragraph of a list item that is underlined by accident (`---` right
    /// below) stays an item: a heading begins its own line.
    fn claim_heading(&mut self, span: Span, level: HeadingLevel) {
        let first = self.line_at(span.start);
        if self.is_list_line(first) {
            return self.claim_paragraph(span);
        }
        self.claim(span, BlockKind::Heading(level as u8));
    }

    /// Claims a paragraph. The one that begins on an item's own line belongs to the item.
    fn claim_paragraph(&mut self, span: Span) {
        let first = self.line_at(span.start);
        let item = self
            .lines
            .get(first)
            .copied()
            .filter(|claim| claim.kind == BlockKind::Item);
        let claim = item.unwrap_or(Claim {
            kind: BlockKind::Paragraph,
            owner: span.start,
        });
        let lines = self.lines_of(span);
        self.lines[lines].fill(claim);
    }

    /// Claims all lines of an item. Those of a tight item have no paragraph of their own; what
    /// follows a blank or a nested block is cut off when the blocks are made.
    fn claim_item(&mut self, span: Span) {
        self.claim(span, BlockKind::Item);
    }

    fn claim_code(&mut self, span: Span, kind: &CodeBlockKind<'_>) {
        self.claim(span, BlockKind::Code);
        if matches!(kind, CodeBlockKind::Fenced(_)) && !self.is_closed(span) {
            let line = self.line_at(span.start);
            self.faults.push(Fault {
                line,
                message: "the code fence that opens here is never closed".to_owned(),
            });
        }
    }

    /// Returns whether the last line of a fenced code block closes its first.
    fn is_closed(&mut self, span: Span) -> bool {
        let lines = self.lines_of(span);
        let fence = &self.skeleton.source().as_bytes()[span.range()];
        let sign = fence.first().copied().unwrap_or(b'`');
        let length = fence.iter().take_while(|byte| **byte == sign).count();
        let last = self.text.lines()[lines.end - 1].content;
        let closing = self.text.slice(last).trim_ascii();
        lines.len() > 1
            && closing
                .iter()
                .rev()
                .take_while(|byte| **byte == sign)
                .count()
                >= length
    }

    fn claim_html(&mut self, span: Span) {
        if self.skeleton.source()[span.range()]
            .trim_start()
            .starts_with("<!--")
        {
            return self.claim(span, BlockKind::Comment);
        }
        let mut shelter = Shelter::default();
        for line in self.lines_of(span) {
            let content = self.text.slice(self.text.lines()[line].content);
            self.lines[line] = Claim {
                kind: shelter.kind(),
                owner: span.start,
            };
            shelter = shelter.behind(content);
        }
    }

    fn is_list_line(&self, line: usize) -> bool {
        self.text
            .lines()
            .get(line)
            .is_some_and(|line| list_line(self.text.bytes(), line.content).is_some())
    }

    fn into_document(mut self) -> Document {
        self.claim_blanks();
        self.claim_stray_items();
        self.claim_rest_of_items();
        self.claim_marks();
        self.tell_deep_lines();
        let mut blocks: Vec<Block> = Vec::new();
        let mut owner = None;
        for (index, claim) in self.lines.iter().enumerate() {
            let line = self.text.lines()[index].whole;
            match blocks.last_mut() {
                Some(block) if owner == Some(*claim) => {
                    (block.span.end, block.end_line) = (line.end, index + 1);
                }
                _ => blocks.push(Block {
                    kind: claim.kind,
                    span: line,
                    first_line: index,
                    end_line: index + 1,
                }),
            }
            owner = Some(*claim);
        }
        blocks.shrink_to_fit();
        self.faults.sort_by_key(|fault| fault.line);
        Document {
            blocks,
            faults: self.faults,
            conflicts: Vec::new(),
        }
    }

    /// Lets the marks of conflicts belong to nothing around them, but for those in code.
    fn claim_marks(&mut self) {
        for line in self.skeleton.hidden() {
            let claim = &mut self.lines[*line];
            if claim.kind != BlockKind::Code {
                *claim = Claim {
                    kind: BlockKind::Other,
                    owner: self.skeleton.start(*line),
                };
            }
        }
    }

    /// Says which lines are nested so deep that the rest of them was read as text.
    fn tell_deep_lines(&mut self) {
        for line in self.skeleton.deep() {
            let is_read = matches!(
                self.lines[*line].kind,
                BlockKind::Item | BlockKind::Paragraph | BlockKind::Quote | BlockKind::Other
            );
            if is_read {
                self.faults.push(Fault {
                    line: *line,
                    message: format!(
                        "lists and quotes lie more than {NESTING} deep in each other here; \
                         what is deeper is read as text"
                    ),
                });
            }
        }
    }

    /// Returns blank lines to nobody, but for those inside code, comments, HTML, quotes and
    /// metadata.
    fn claim_blanks(&mut self) {
        for (claim, line) in self.lines.iter_mut().zip(self.text.lines()) {
            let keeps = matches!(
                claim.kind,
                BlockKind::Code
                    | BlockKind::Comment
                    | BlockKind::Html
                    | BlockKind::Quote
                    | BlockKind::FrontMatter
            );
            if !keeps
                && self
                    .text
                    .slice(line.content)
                    .iter()
                    .all(u8::is_ascii_whitespace)
            {
                *claim = Claim {
                    kind: BlockKind::Blank,
                    owner: usize::MAX,
                };
            }
        }
    }

    /// Makes an item of each line with a bullet and a checkbox that Markdown takes for a part of a
    /// paragraph or of HTML: who wrote it meant an item.
    fn claim_stray_items(&mut self) {
        for index in 0..self.lines.len() {
            let kind = self.lines[index].kind;
            let line = self.text.lines()[index];
            let open = matches!(
                kind,
                BlockKind::Paragraph | BlockKind::Html | BlockKind::Other | BlockKind::Item
            );
            let owned =
                kind == BlockKind::Item && self.lines[index].owner >= self.skeleton.start(index);
            if open
                && !owned
                && list_line(self.text.bytes(), line.content)
                    .is_some_and(|found| found.checkbox.is_some())
            {
                self.lines[index] = Claim {
                    kind: BlockKind::Item,
                    owner: self.skeleton.start(index),
                };
            }
        }
    }

    /// Makes paragraphs of the lines of an item that do not follow its first line without a gap.
    fn claim_rest_of_items(&mut self) {
        for index in 1..self.lines.len() {
            let claim = self.lines[index];
            let begins = claim.owner >= self.skeleton.start(index);
            if claim.kind == BlockKind::Item && !begins && self.lines[index - 1] != claim {
                let rest = Claim {
                    kind: BlockKind::Paragraph,
                    owner: self.skeleton.start(index),
                };
                self.lines[index..]
                    .iter_mut()
                    .take_while(|next| **next == claim)
                    .for_each(|next| *next = rest);
            }
        }
    }
}

/// What hides the lines inside a block of HTML from being items: Markdown does not look in there,
/// and people write comments and fences into it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shelter {
    #[default]
    None,
    Comment,
    Fence,
    /// An element whose text is shown as it is, by the tag that closes it.
    Raw(&'static [u8]),
}

/// The elements whose text is shown as it is, or not at all: the tags that open and close them.
const RAW: &[(&[u8], &[u8])] = &[
    (b"<pre", b"</pre"),
    (b"<script", b"</script"),
    (b"<style", b"</style"),
    (b"<textarea", b"</textarea"),
];

impl Shelter {
    /// Returns the kind of a line that begins here.
    fn kind(self) -> BlockKind {
        match self {
            Self::None => BlockKind::Html,
            Self::Comment => BlockKind::Comment,
            Self::Fence | Self::Raw(_) => BlockKind::Code,
        }
    }

    /// Returns what hides the line behind `line`.
    fn behind(self, line: &[u8]) -> Self {
        let is_fence = matches!(
            line.trim_ascii_start(),
            [b'`', b'`', b'`', ..] | [b'~', b'~', b'~', ..]
        );
        match self {
            Self::Comment if find(line, b"-->").is_some() => Self::None,
            Self::Fence if is_fence => Self::None,
            Self::Raw(close) if find(line, close).is_some() => Self::None,
            Self::None if is_fence => Self::Fence,
            Self::None => Self::opened_by(line),
            same => same,
        }
    }

    /// Returns what a line opens and does not close.
    fn opened_by(line: &[u8]) -> Self {
        let is_left_open = |open: &[u8], close: &[u8]| {
            find(line, open).is_some_and(|at| find(&line[at..], close).is_none())
        };
        let raw = RAW
            .iter()
            .find(|(open, close)| is_left_open(open, close))
            .map(|(_, close)| Self::Raw(close));
        if is_left_open(b"<!--", b"-->") {
            Self::Comment
        } else {
            raw.unwrap_or_default()
        }
    }
}

/// Finds bytes, whatever the case of their letters.
fn find(line: &[u8], wanted: &[u8]) -> Option<usize> {
    line.windows(wanted.len())
        .position(|window| window.eq_ignore_ascii_case(wanted))
}

/// Returns whether a text begins with metadata: a line of dashes, and then a key with a colon.
/// Without one the dashes part tasks.
fn begins_with_metadata(text: &Text) -> bool {
    let mut lines = text.lines().iter().map(|line| text.lossy(line.content));
    let is_ruled = lines.next().is_some_and(|line| line.trim_end() == "---");
    let is_key = |key: &str| {
        !key.is_empty()
            && key.chars().all(|character| {
                character.is_alphanumeric() || matches!(character, '_' | '-' | '.')
            })
    };
    let first = if is_ruled {
        lines.find(|line| !line.trim().is_empty() && !line.starts_with('#'))
    } else {
        None
    };
    first
        .as_ref()
        .and_then(|line| line.split_once(':'))
        .is_some_and(|(key, _)| is_key(key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Draws the blocks as one letter a line.
    fn kinds(source: &str) -> String {
        drawn(&Document::parse(&Text::new(source)))
    }

    fn drawn(document: &Document) -> String {
        let letter = |kind| match kind {
            BlockKind::Heading(_) => 'H',
            BlockKind::Paragraph => 'P',
            BlockKind::Item => 'I',
            BlockKind::Code => 'C',
            BlockKind::Quote => 'Q',
            BlockKind::Table => 'T',
            BlockKind::Html => '<',
            BlockKind::Comment => '!',
            BlockKind::Rule => 'R',
            BlockKind::FrontMatter => 'F',
            BlockKind::Blank => '.',
            BlockKind::Other => '?',
            BlockKind::Plain => '-',
        };
        let drawn: Vec<String> = document
            .blocks
            .iter()
            .map(|block| {
                std::iter::repeat_n(letter(block.kind), block.end_line - block.first_line).collect()
            })
            .collect();
        drawn.join("|")
    }

    #[test]
    fn kinds_of_lines() {
        for (source, expected) in [
            ("# A\n\ntext\ngoes on\n", "H|.|PP"),
            ("\u{feff}# A\n", "H"),
            ("Title\n=====\ntext\n", "HH|P"),
            ("- [ ] a\n  goes on\n  - b\n", "II|I"),
            ("- a\n\n  second paragraph\n- b\n", "I|.|P|I"),
            ("```\n- [ ] no item\n```\n", "CCC"),
            ("~~~~md\n```\n- [ ] no\n~~~~\n- [ ] yes\n", "CCCC|I"),
            ("- [ ] a\n  ```rust\n  code\n  ```\n- [ ] b\n", "I|CCC|I"),
            ("text\n\n    - [ ] code\n", "P|.|C"),
            ("> - [ ] quoted\n> more\n\n- [ ] b\n", "QQ|.|I"),
            ("| a | b |\n|---|---|\n| - [ ] | x |\n", "TTT"),
            ("<!-- - [ ] x\n- [ ] y\n-->\n- [ ] z\n", "!!!|I"),
            ("<details>\n- [ ] a\n</details>\n", "<|I|<"),
            ("---\ninclusion: always\n---\n# A\n", "FFF|H"),
            ("---\n- [ ] 1. a\n---\n- [ ] 2. b\n", "R|I|R|I"),
            (
                "<details>\n<!--\n- [ ] no\n-->\n- [ ] yes\n</details>\n",
                "<<|!!|I|<",
            ),
            ("<div><!-- c\n- [ ] no\n--></div>\n", "<|!!"),
            (
                "<details>\n```\n- [ ] no\n```\n- [ ] yes\n</details>\n",
                "<<|CC|I|<",
            ),
            (
                "<details>\n<pre>\n- [ ] no\n</PRE>\n</details>\n",
                "<<|CC|<",
            ),
            ("- - [ ] a\n", "I"),
            ("- [ ] a\n\n---\n\n- [ ] b\n", "I|.|R|.|I"),
            ("- [ ] a\n  ---\n- [ ] b\n", "II|I"),
            ("[a]: https://example.org\n", "?"),
            ("text\n2. [ ] item all the same\n", "P|I"),
            ("- [ ] a\r\n- [ ] b\rc", "I|II"),
            ("", ""),
        ] {
            assert_eq!(kinds(source), expected, "{source:?}");
        }
    }

    #[test]
    fn a_text_that_is_no_markdown_has_a_block_for_each_line() {
        for (source, expected) in [
            ("# a\n\n- [ ] b", "-|.|-"),
            ("\u{feff}{\r\n}\r", "-|-"),
            ("", ""),
        ] {
            let text = Text::new(source);
            let document = Document::plain(&text);
            assert_eq!(drawn(&document), expected, "{source:?}");
            let bytes: Vec<u8> = document
                .blocks
                .iter()
                .flat_map(|block| text.slice(block.span))
                .copied()
                .collect();
            assert_eq!(bytes, source.as_bytes());
        }
    }

    #[test]
    fn what_is_nested_too_deep_is_text_with_a_fault() {
        for marker in ["- ", "* ", "+ ", "1. ", "12) ", ">", "> ", "- > "] {
            let source = format!("{}[ ] a\n\nb\n", marker.repeat(60_000));
            let document = Document::parse(&Text::new(source));
            let faults: Vec<usize> = document.faults.iter().map(|fault| fault.line).collect();
            assert_eq!(faults, [0], "{marker:?}");
            assert_eq!(document.blocks.len(), 3, "{marker:?}");
        }
        let nested = |levels: usize| format!("{}a\n", "- ".repeat(levels));
        assert_eq!(kinds(&nested(NESTING + 1)), "I");
        for (source, expected) in [
            (nested(NESTING), 0),
            (nested(NESTING + 1), 1),
            (format!("```\n{}```\n", nested(NESTING + 1)), 0),
            ("- ".repeat(3 * NESTING), 0),
            (
                format!("|{}\n|{}\n", " - |".repeat(200), "-|".repeat(200)),
                0,
            ),
            (format!("a\n{}b\n", " ".repeat(9 * NESTING)), 0),
            (format!("{}\n", " ".repeat(9 * NESTING)), 0),
            (format!("a\n{}- b\n", " ".repeat(9 * NESTING)), 1),
        ] {
            let faults = Document::parse(&Text::new(source.as_str())).faults.len();
            assert_eq!(faults, expected, "{source:?}");
        }
        assert_eq!(kinds(&"- ".repeat(60_000)), "R");
        let blank = " ".repeat(9 * NESTING);
        assert_eq!(kinds(&format!("a\n{blank}\nb\n")), "P|.|P");
    }

    #[test]
    fn a_comment_ends_in_a_paragraph_that_is_too_long_to_be_kept() {
        let long = "a < b\n".repeat(20_000);
        let source = format!("<!-- c\n{long}d -->\n- [ ] e\n");
        assert!(kinds(&source).ends_with("!|I"));
        let source = format!("<pre>{} x</pre>\n- [ ] e\n", "a".repeat(100_000));
        assert_eq!(kinds(&source), "<|I");
    }

    #[test]
    fn an_open_fence_is_a_fault() {
        let faults = |source: &str| Document::parse(&Text::new(source)).faults;
        assert_eq!(
            faults("a\n\n```\nb\n")
                .iter()
                .map(|fault| fault.line)
                .collect::<Vec<_>>(),
            [2]
        );
        for closed in [
            "```\nb\n```",
            "````\n```\n````\n",
            "- a\n  ~~~ x\n  b\n  ~~~\n",
        ] {
            assert_eq!(faults(closed), [], "{closed:?}");
        }
    }

    proptest! {
        #[test]
        fn the_blocks_together_are_the_text(parts in proptest::collection::vec(prop_oneof![
            Just(&b"- [ ] a\n"[..]), Just(&b"  - [x]* b\r\n"[..]), Just(&b"```\n"[..]), Just(&b"> q\n"[..]), Just(&b"| a |\n|---|\n"[..]), Just(&b"\n"[..]),
            Just(&b"<!-- \n"[..]), Just(&b"\xff\xfe"[..]), Just(&b"\r"[..]), Just(&b"\t# h\n"[..]), Just(&b"---\n"[..]), Just("\u{feff}日本".as_bytes()), Just(&b"\0"[..]),
            Just(&b"text \\\n"[..]), Just(&b"1. [-] c"[..]), Just(&b"[a]: b\n"[..]),
        ], 0..30)) {
            let text = Text::new(parts.concat());
            let document = Document::parse(&text);
            let mut end = 0;
            for block in &document.blocks {
                prop_assert_eq!(block.span.start, end);
                prop_assert!(!block.span.is_empty());
                end = block.span.end;
            }
            prop_assert_eq!(end, text.len());
        }

        #[test]
        fn any_bytes_are_a_document(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let text = Text::new(bytes);
            let together: usize = Document::parse(&text).blocks.iter().map(|block| block.span.len()).sum();
            prop_assert_eq!(together, text.len());
        }

        #[test]
        fn the_skeleton_has_the_blocks_of_the_text(parts in proptest::collection::vec(prop_oneof![
            prop_oneof![Just("- "), Just("* "), Just("1. "), Just("> "), Just("# "), Just("| "), Just("    "), Just("<!-- "), Just("<div "), Just("</pre>")],
            prop_oneof![Just("```"), Just("``"), Just("`"), Just("~~~"), Just("**"), Just("* * *"), Just("__"), Just("_"), Just("---"), Just("|---|")],
            prop_oneof![Just("[ ] "), Just("[x"), Just("]: y"), Just("\\"), Just("-->"), Just(">"), Just(" a"), Just("é"), Just("b"), Just("&amp;")],
            prop_oneof![Just("\n"), Just("\n\n"), Just("\r\n"), Just("\n- "), Just("\n  "), Just("\n|---|\n"), Just("\n```\n")],
        ], 0..40)) {
            let source = parts.concat();
            let text = Text::new(source.as_str());
            prop_assert_eq!(cut(&text, &Skeleton::whole(&text)), Document::parse(&text));
        }
    }
}
