//! Which part of a source plays which role: headings, markers, code, EARS keywords, references,
//! links.
//!
//! Knows no colours. Whoever draws a source gives each role its look.

use super::links::includes;
use crate::markdown::{
    BlockKind, Inline, InlineKind, State, heading_text, inlines, list_line, row_rules, state_of,
};
use crate::spec::references::{find_fields, read_references};
use crate::text::{Span, Text};

/// What a part of a line is to its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Running text.
    Plain,
    /// A heading of the first two levels: of the document, or of a part of it.
    Title,
    /// A heading of the third level.
    Heading,
    /// A heading of a lower level.
    Subheading,
    /// What is strongly emphasized.
    Strong,
    /// What is emphasized.
    Emphasis,
    /// A checkbox with its brackets and star, by what its marker means.
    Marker(State),
    /// A code block's line, or code between backticks.
    Code,
    /// Code that does not stand out, in a language that is known.
    CodeText,
    /// A keyword of a language.
    CodeKeyword,
    /// A string, a number, or a word that stands for a value.
    CodeLiteral,
    /// A type, a key, a tag.
    CodeName,
    /// A comment in code.
    CodeComment,
    /// A line that was added.
    Added,
    /// A line that was removed.
    Removed,
    /// A line of a quote.
    Quote,
    /// What stands in a cell of a table.
    Table,
    /// What names a column of a table, where it is laid out.
    TableHead,
    /// What only marks and says nothing where a text is laid out: asterisks, backticks, the
    /// brackets and the address of a link, number signs.
    Markup,
    /// What stands back: bullets, fences, the rules of tables and breaks; and HTML, comments,
    /// metadata.
    Aside,
    /// The sign before the lines of a quote.
    Bar,
    /// A break between passages, drawn as a line.
    Rule,
    /// What leads from one to another in the list that stands for a diagram.
    Arrow,
    /// What is put before an arrow that is drawn as a dashed line.
    Dash,
    /// An EARS keyword in upper case.
    Keyword,
    /// The id of a requirement in a reference, and the number of a list line.
    Id,
    /// A link with its address.
    Link,
}

/// Bytes of one line that play one role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Highlight {
    /// The bytes.
    pub span: Span,
    /// The role.
    pub role: Role,
}

/// The words of EARS and those that join its clauses.
const KEYWORDS: &[&str] = &[
    "WHEN", "WHILE", "WHERE", "IF", "THEN", "THE", "SHALL", "AND", "OR", "NOT",
];

/// How many letters the longest of [`KEYWORDS`] has.
const LONGEST_KEYWORD: usize = 5;

/// The longest line on which references are looked for, in bytes.
const LONGEST: usize = 1 << 16;

/// Returns the roles in `lines`, each of them on a line of its own, which together are running text
/// or what else a block of the given `kind` holds. Where a span of `keywords`, which are in order,
/// stands in running text, it plays that role.
///
/// The highlights, in order, are the lines without gap or overlap, and none is empty.
pub fn highlights(
    text: &Text,
    lines: &[Span],
    kind: BlockKind,
    keywords: &[Span],
) -> Vec<Highlight> {
    let found = match kind {
        BlockKind::Paragraph | BlockKind::Item | BlockKind::Blank | BlockKind::Other => overlay(
            running_as(text, lines, kind, Inside::Words),
            &ids(text, lines),
        ),
        BlockKind::Table => {
            let rows = lines.iter().flat_map(|line| row(text, *line)).collect();
            overlay(rows, &ids(text, lines))
        }
        BlockKind::Heading(level) => heading(text, lines, level),
        BlockKind::Quote => running_as(text, lines, kind, Inside::Words),
        BlockKind::FrontMatter => lines.iter().flat_map(|line| fact(text, *line)).collect(),
        _ => lines
            .iter()
            .map(|line| Highlight::new(*line, role_of_line(text.slice(*line), kind)))
            .collect(),
    };
    let keywords: Vec<Highlight> = keywords
        .iter()
        .map(|span| Highlight::new(*span, Role::Keyword))
        .collect();
    join_equal(overlay(found, &keywords))
}

/// Returns only where markup and code stand in `lines`, as [`highlights`] does, which takes longer.
pub(super) fn markup(text: &Text, lines: &[Span], kind: BlockKind) -> Vec<Highlight> {
    match kind {
        BlockKind::Heading(level) => heading(text, lines, level),
        BlockKind::Paragraph
        | BlockKind::Item
        | BlockKind::Blank
        | BlockKind::Other
        | BlockKind::Quote => running_as(text, lines, kind, Inside::Markup),
        _ => Vec::new(),
    }
}

/// What is looked for inside of running text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// Markup, and what it marks.
    Markup,
    /// Keywords and addresses too.
    Words,
}

/// Returns the highlights with neighbours of one role as one, and without empty ones.
fn join_equal(found: Vec<Highlight>) -> Vec<Highlight> {
    let mut joined: Vec<Highlight> = Vec::with_capacity(found.len());
    for next in found.into_iter().filter(|found| !found.span.is_empty()) {
        match joined.last_mut() {
            Some(last) if last.role == next.role && last.span.end == next.span.start => {
                last.span.end = next.span.end;
            }
            _ => joined.push(next),
        }
    }
    joined
}

impl Highlight {
    fn new(span: Span, role: Role) -> Self {
        Self { span, role }
    }

    /// Returns whether ids and keywords may stand out in it.
    fn takes_words(self) -> bool {
        matches!(
            self.role,
            Role::Plain | Role::Strong | Role::Emphasis | Role::Table | Role::Heading | Role::Quote
        )
    }
}

/// Returns the role of a whole line of a block that is not running text.
fn role_of_line(line: &[u8], kind: BlockKind) -> Role {
    match kind {
        _ if is_ruling(line, kind) => Role::Aside,
        BlockKind::Code => Role::Code,
        BlockKind::Html | BlockKind::Comment | BlockKind::Rule | BlockKind::FrontMatter => {
            Role::Aside
        }
        _ => Role::Plain,
    }
}

/// Returns the roles in a line of metadata: what it says stands out from what that is called.
fn fact(text: &Text, line: Span) -> [Highlight; 2] {
    let bytes = text.slice(line);
    let colon = bytes.iter().position(|byte| *byte == b':');
    let is_key = |byte: &u8| byte.is_ascii_alphanumeric() || b"_- .".contains(byte);
    let behind = colon.filter(|colon| bytes[..*colon].iter().all(is_key));
    let end = behind.map_or(line.start, |colon| line.start + colon + 1);
    let is_ruled = matches!(bytes.trim_ascii(), b"---" | b"...");
    let rest = if is_ruled { Role::Aside } else { Role::Plain };
    [
        Highlight::new(Span::new(line.start, end), Role::Aside),
        Highlight::new(Span::new(end, line.end), rest),
    ]
}

/// Returns whether a line only parts others: a fence, the line below a heading, the rule below the
/// head of a table.
fn is_ruling(line: &[u8], kind: BlockKind) -> bool {
    let line = line.trim_ascii();
    match kind {
        BlockKind::Code => line.starts_with(b"```") || line.starts_with(b"~~~"),
        BlockKind::Heading(_) => line.iter().all(|byte| matches!(byte, b'=' | b'-')),
        BlockKind::Table => line
            .iter()
            .all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ')),
        _ => false,
    }
}

/// Returns the roles in a heading, whose number signs and underline are no words of it.
fn heading(text: &Text, lines: &[Span], level: u8) -> Vec<Highlight> {
    let role = match level {
        0..=2 => Role::Title,
        3 => Role::Heading,
        _ => Role::Subheading,
    };
    let is_ruled = |line: &Span| is_ruling(text.slice(*line), BlockKind::Heading(1));
    let mut found = Vec::new();
    for line in lines {
        if line.is_empty() || is_ruled(line) {
            found.push(Highlight::new(*line, Role::Aside));
            continue;
        }
        let words = heading_text(text.bytes(), *line);
        let before = Span::new(line.start, words.start.max(line.start));
        found.push(Highlight::new(before, Role::Markup));
        found.extend(inline(text, &[words], role));
        found.push(Highlight::new(Span::new(words.end, line.end), Role::Markup));
    }
    found
}

/// Returns the roles in running text of a kind, with what is looked for inside.
fn running_as(text: &Text, lines: &[Span], kind: BlockKind, inside: Inside) -> Vec<Highlight> {
    let is_quote = kind == BlockKind::Quote;
    let base = if is_quote { Role::Quote } else { Role::Plain };
    let mut marks = Vec::with_capacity(lines.len());
    let mut rests = Vec::with_capacity(lines.len());
    for line in lines {
        let own = if is_quote {
            quote_marks(text, *line)
        } else {
            list_marks(text, *line)
        };
        let start = own.last().map_or(line.start, |mark| mark.span.end);
        rests.push(Span::new(start, line.end));
        marks.push(own);
    }
    let inside = match inside {
        Inside::Markup => with_includes(text, &rests, inline(text, &rests, base)),
        Inside::Words => stand_out(text, &rests, base),
    };
    let mut inside = inside.into_iter().peekable();
    let mut found = Vec::new();
    for (line, own) in lines.iter().zip(marks) {
        let mut at = line.start;
        for mark in own {
            found.push(Highlight::new(Span::new(at, mark.span.start), Role::Plain));
            at = mark.span.end;
            found.push(mark);
        }
        while let Some(next) = inside.next_if(|next| line.contains(next.span.start)) {
            found.push(next);
        }
    }
    found
}

/// Returns where the rules between the cells of a row stand, in order; an escaped one is text.
pub(super) fn rules(text: &Text, row: Span) -> Vec<usize> {
    let found = row_rules(text.slice(row)).into_iter();
    found.map(|at| row.start + at).collect()
}

/// Returns the roles in a row of a table.
fn row(text: &Text, line: Span) -> Vec<Highlight> {
    if is_ruling(text.slice(line), BlockKind::Table) {
        return vec![Highlight::new(line, Role::Aside)];
    }
    let mut found = Vec::new();
    let mut start = line.start;
    for at in rules(text, line) {
        found.extend(stand_out(text, &[Span::new(start, at)], Role::Table));
        found.push(Highlight::new(Span::new(at, at + 1), Role::Aside));
        start = at + 1;
    }
    found.extend(stand_out(text, &[Span::new(start, line.end)], Role::Table));
    found
}

/// Returns the roles in text whose bullets and rules are taken off; what does not stand out plays
/// the role `base`.
fn stand_out(text: &Text, lines: &[Span], base: Role) -> Vec<Highlight> {
    let inline = inline(text, lines, base);
    let words: Vec<Highlight> = inline
        .iter()
        .filter(|part| part.takes_words())
        .flat_map(|part| words(text, part.span))
        .collect();
    with_includes(text, lines, overlay(inline, &words))
}

/// Cuts `found` where a file or folder is taken in.
fn with_includes(text: &Text, lines: &[Span], found: Vec<Highlight>) -> Vec<Highlight> {
    let includes = lines.iter().flat_map(|line| includes(text, *line));
    let includes: Vec<Highlight> = includes.flat_map(include).collect();
    overlay(found, &includes)
}

/// Returns the roles in a file or folder that is taken in: its path is a link, the rest marks it.
fn include([whole, path]: [Span; 2]) -> [Highlight; 3] {
    [
        Highlight::new(Span::new(whole.start, path.start), Role::Markup),
        Highlight::new(path, Role::Link),
        Highlight::new(Span::new(path.end, whole.end), Role::Markup),
    ]
}

/// Returns the roles of what Markdown marks in such text.
fn inline(text: &Text, lines: &[Span], base: Role) -> Vec<Highlight> {
    let parts = inlines(text, lines).parts;
    let found = parts.iter();
    found
        .map(|part| Highlight::new(part.span, role_of(text, part, base)))
        .collect()
}

fn role_of(text: &Text, part: &Inline, base: Role) -> Role {
    match part.kind {
        InlineKind::Code => Role::Code,
        InlineKind::Mark | InlineKind::Ticks => Role::Markup,
        _ if part.style.link.is_some() => Role::Link,
        InlineKind::Tag if text.slice(part.span).starts_with(b"<!--") => Role::Aside,
        InlineKind::Tag => base,
        _ if part.style.is_strong => Role::Strong,
        _ if part.style.is_emphasized => Role::Emphasis,
        InlineKind::Text | InlineKind::Entity(_) => base,
    }
}

/// Cuts `found` where highlights of `over` stand in what takes words; both are in order.
fn overlay(found: Vec<Highlight>, over: &[Highlight]) -> Vec<Highlight> {
    if over.is_empty() {
        return found;
    }
    let mut cut = Vec::with_capacity(found.len() + 2 * over.len());
    let mut next = 0;
    for below in found {
        let mut at = below.span.start;
        while let Some(above) = over.get(next) {
            if above.span.start >= below.span.end {
                break;
            }
            let start = above.span.start.max(at);
            let end = above.span.end.min(below.span.end);
            if start < end && below.takes_words() {
                cut.push(Highlight::new(Span::new(at, start), below.role));
                cut.push(Highlight::new(Span::new(start, end), above.role));
                at = end;
            }
            if above.span.end > below.span.end {
                break;
            }
            next += 1;
        }
        cut.push(Highlight::new(Span::new(at, below.span.end), below.role));
    }
    cut.retain(|highlight| !highlight.span.is_empty());
    cut
}

/// Reads the signs before a line of a quote.
fn quote_marks(text: &Text, content: Span) -> Vec<Highlight> {
    let line = text.slice(content);
    let is_sign = |byte: &&u8| matches!(byte, b'>' | b' ');
    let signs = line.iter().take_while(is_sign).count();
    let mut marks = Vec::new();
    for (at, byte) in line[..signs].iter().enumerate() {
        if *byte == b'>' {
            let at = content.start + at;
            marks.push(Highlight::new(Span::new(at, at + 1), Role::Bar));
        }
    }
    marks
}

/// Reads the bullet or number of a list line, and its checkbox with brackets and star.
fn list_marks(text: &Text, content: Span) -> Vec<Highlight> {
    let Some(found) = list_line(text.bytes(), content) else {
        return Vec::new();
    };
    let is_number = text
        .slice(found.bullet)
        .first()
        .is_some_and(u8::is_ascii_digit);
    let bullet = Highlight {
        span: found.bullet,
        role: if is_number { Role::Id } else { Role::Aside },
    };
    let checkbox = found.checkbox.map(|checkbox| {
        let end = checkbox
            .star
            .map_or(checkbox.marker.end + 1, |star| star.end);
        Highlight {
            span: Span::new(checkbox.marker.start - 1, end),
            role: Role::Marker(state_of(text.slice(checkbox.marker))),
        }
    });
    [Some(bullet), checkbox].into_iter().flatten().collect()
}

/// Finds the ids in the references on some lines, in order.
fn ids(text: &Text, lines: &[Span]) -> Vec<Highlight> {
    let short = lines.iter().filter(|line| line.len() <= LONGEST);
    let fields = short.flat_map(|line| {
        let index = text.line_at(line.start);
        find_fields(text, index..index + 1)
    });
    let references = fields
        .filter(|field| field.kind.names_requirements())
        .flat_map(|field| read_references(text, field.body));
    let mut found: Vec<Highlight> = references
        .flat_map(|reference| reference.ids())
        .map(|span| Highlight::new(span, Role::Id))
        .collect();
    found.sort_by_key(|id| id.span.start);
    found
}

/// Finds the addresses and keywords in a part of a line, in order.
fn words(text: &Text, span: Span) -> Vec<Highlight> {
    let mut found = Vec::new();
    let mut at = span.start;
    while at < span.end {
        let before = at.checked_sub(1).map(|before| text.bytes()[before]);
        let word = word_at(text.slice(Span::new(at, span.end)), before);
        let Some((length, role)) = word else {
            at += 1;
            continue;
        };
        found.push(Highlight::new(Span::new(at, at + length), role));
        at += length;
    }
    found
}

/// Reads an address or a keyword at the start of some bytes.
fn word_at(bytes: &[u8], before: Option<u8>) -> Option<(usize, Role)> {
    match bytes.first()? {
        b'h' => Some((address(bytes)?, Role::Link)),
        b'A'..=b'Z' => Some((keyword(bytes, before)?, Role::Keyword)),
        _ => None,
    }
}

/// Measures an address that stands by itself.
pub(super) fn address(bytes: &[u8]) -> Option<usize> {
    let is_address = bytes.starts_with(b"http://") || bytes.starts_with(b"https://");
    let ends = |byte: &u8| {
        byte.is_ascii_whitespace() || matches!(byte, b'>' | b')' | b'"' | b'`') || !byte.is_ascii()
    };
    is_address.then(|| bytes.iter().position(ends).unwrap_or(bytes.len()))
}

/// Measures an EARS keyword that is a word of its own.
fn keyword(bytes: &[u8], before: Option<u8>) -> Option<usize> {
    let joins = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'/');
    let length = bytes
        .iter()
        .take(LONGEST_KEYWORD + 1)
        .take_while(|byte| byte.is_ascii_uppercase())
        .count();
    let is_word = !before.is_some_and(|byte| joins(&byte)) && !bytes.get(length).is_some_and(joins);
    let is_keyword = KEYWORDS
        .iter()
        .any(|word| word.as_bytes() == &bytes[..length]);
    (is_word && is_keyword).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::Document;
    use proptest::prelude::*;

    fn on_line(text: &Text, line: usize, kind: BlockKind) -> Vec<Highlight> {
        highlights(text, &[text.lines()[line].content], kind, &[])
    }

    /// Draws the highlights of a line that stand out, each with the first letter of its role.
    fn drawn(line: &str) -> Vec<String> {
        let text = Text::new(line);
        let kind = Document::parse(&text).blocks[0].kind;
        let standing_out = on_line(&text, 0, kind)
            .into_iter()
            .filter(|run| run.role != Role::Plain);
        standing_out
            .map(|run| format!("{:.1} {}", format!("{:?}", run.role), text.lossy(run.span)))
            .collect()
    }

    #[test]
    fn what_stands_out_on_a_line() {
        for (line, expected) in [
            (
                "## Title `x`",
                vec!["M ## ", "T Title ", "M `", "C x", "M `"],
            ),
            (
                "- [x]* 1.1 Use `a` and ``b`c``",
                vec![
                    "A -", "M [x]*", "M `", "C a", "M `", "M ``", "C b`c", "M ``",
                ],
            ),
            (
                "- [ ] see [text](a.md) or https://x.org/y, ok",
                vec![
                    "A -",
                    "M [ ]",
                    "M [",
                    "L text",
                    "M ](a.md)",
                    "L https://x.org/y,",
                ],
            ),
            (
                "1. WHEN a, THE S SHALL NOT b AND ANDROID",
                vec!["I 1.", "K WHEN", "K THE", "K SHALL", "K NOT", "K AND"],
            ),
            (
                "**Story `a`:** **b",
                vec!["M **", "S Story ", "M `", "C a", "M `", "S :", "M **"],
            ),
            ("a **IF** b", vec!["M **", "K IF", "M **"]),
            ("***", vec!["A ***"]),
            ("a #[[file:b.rs]] c", vec!["M #[[file:", "L b.rs", "M ]]"]),
            (
                "- _Requirements: 1.1, FR-2.3 (all of it), All_",
                vec![
                    "A -",
                    "M _",
                    "E Requirements: ",
                    "I 1.1",
                    "E , ",
                    "I FR-2.3",
                    "E  (all of it), All",
                    "M _",
                ],
            ),
            (
                "- **Validates: Requirements 2.1**",
                vec!["A -", "M **", "S Validates: Requirements ", "I 2.1", "M **"],
            ),
            (
                "- _Files: a1.rs_",
                vec!["A -", "M _", "E Files: a1.rs", "M _"],
            ),
            ("> WHEN quoted", vec!["B >", "Q  ", "K WHEN", "Q  quoted"]),
            ("- an open ` tick WHEN", vec!["A -", "K WHEN"]),
            ("日本語 WHEN です", vec!["K WHEN"]),
            ("---", vec!["A ---"]),
        ] {
            assert_eq!(drawn(line), expected, "{line:?}");
        }
    }

    #[test]
    fn rules_and_fences_stand_back() {
        let text = Text::new(
            "| a | `b` |\n|---|:-:|\n| 1 | 2 |\n\n~~~rust\nlet a = b;\n~~~\n\nTitle\n=====\n",
        );
        let document = Document::parse(&text);
        let role = |line: usize| {
            on_line(
                &text,
                line,
                document.blocks[document.block_at(line).unwrap()].kind,
            )[0]
            .role
        };
        let roles: Vec<Role> = [0, 1, 4, 5, 6, 8, 9].into_iter().map(role).collect();
        assert_eq!(
            roles,
            [
                Role::Aside,
                Role::Aside,
                Role::Aside,
                Role::Code,
                Role::Aside,
                Role::Title,
                Role::Aside
            ]
        );
    }

    proptest! {
        #[test]
        fn the_highlights_together_are_the_line(line in "[-*+ \\[\\]x`_:(1.)WHEN日h/t*\\\\]{0,30}|[- \\[x\\]]{5}_Requirements: [1-9., `\\[(\\]A-Z]{0,20}_?") {
            let text = Text::new(line);
            for block in Document::parse(&text).blocks {
                for line in block.first_line..block.end_line {
                    let content = text.lines()[line].content;
                    let mut at = content.start;
                    for run in on_line(&text, line, block.kind) {
                        prop_assert!(run.span.start == at && !run.span.is_empty());
                        at = run.span.end;
                    }
                    prop_assert_eq!(at, content.end);
                }
            }
        }
    }
}
