//! Which part of a source line plays which role: headings, markers, code, EARS keywords,
//! references, links.
//!
//! Works line by line and knows no colours. Whoever draws a source gives each role its look.

use crate::markdown::{BlockKind, State, list_line, state_of};
use crate::spec::references::{find_fields, read_references};
use crate::text::{Span, Text};

/// What a part of a line is to its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Running text.
    Plain,
    /// A heading, with its number signs.
    Heading,
    /// What stands between double asterisks.
    Strong,
    /// A checkbox with its brackets and star, by what its marker means.
    Marker(State),
    /// A code block's line, or code between backticks.
    Code,
    /// A line of a quote.
    Quote,
    /// What stands in a cell of a table.
    Table,
    /// What only marks: bullets, asterisks, fences, the rules of tables and breaks; and HTML,
    /// comments, metadata.
    Aside,
    /// An EARS keyword in upper case.
    Keyword,
    /// The id of a requirement in a reference, and the number of a list line.
    Id,
    /// A link with its address.
    Link,
}

/// Bytes of one line that play one role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// The bytes.
    pub span: Span,
    /// The role.
    pub role: Role,
}

/// The words of EARS and those that join its clauses.
const KEYWORDS: &[&str] = &[
    "WHEN", "WHILE", "WHERE", "IF", "THEN", "THE", "SHALL", "AND", "OR", "NOT",
];

/// Returns the roles on the line with index `line`, which stands in a block of the given `kind`.
///
/// The runs, in order, are the line's content without gap or overlap, and none is empty.
pub fn runs(text: &Text, line: usize, kind: BlockKind) -> Vec<Run> {
    let content = text.lines()[line].content;
    let (base, found) = match kind {
        _ if is_ruling(text.slice(content), kind) => (Role::Aside, Vec::new()),
        BlockKind::Heading(_) => (Role::Heading, Vec::new()),
        BlockKind::Code => (Role::Code, Vec::new()),
        BlockKind::Quote => (Role::Quote, Vec::new()),
        BlockKind::Html | BlockKind::Comment | BlockKind::Rule | BlockKind::FrontMatter => {
            (Role::Aside, Vec::new())
        }
        BlockKind::Plain => (Role::Plain, Vec::new()),
        BlockKind::Table => (Role::Table, inline(text, line, b"|")),
        BlockKind::Paragraph | BlockKind::Item | BlockKind::Blank | BlockKind::Other => {
            (Role::Plain, inline(text, line, b""))
        }
    };
    fill(content, base, found)
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

/// Finds what stands out on a line of running text, in order. Each of the bytes `rules` is one that
/// parts cells.
fn inline(text: &Text, line: usize, rules: &[u8]) -> Vec<Run> {
    let content = text.lines()[line].content;
    let mut found = list_marks(text, content);
    let ids = ids(text, line);
    let mut at = found.last().map_or(content.start, |run| run.span.end);
    while at < content.end {
        let left = Span::new(at, content.end);
        let rule = rules.contains(&text.bytes()[at]).then_some(Run {
            span: Span::new(at, at + 1),
            role: Role::Aside,
        });
        let run = rule
            .or_else(|| ids.iter().find(|run| run.span.start == at).copied())
            .or_else(|| run_at(text, content, left));
        at = run.map_or(at + 1, |run| run.span.end);
        found.extend(run);
    }
    emphasize(text, found)
}

/// Reads the bullet or number of a list line, and its checkbox with brackets and star.
fn list_marks(text: &Text, content: Span) -> Vec<Run> {
    let Some(found) = list_line(text.bytes(), content) else {
        return Vec::new();
    };
    let is_number = text
        .slice(found.bullet)
        .first()
        .is_some_and(u8::is_ascii_digit);
    let bullet = Run {
        span: found.bullet,
        role: if is_number { Role::Id } else { Role::Aside },
    };
    let checkbox = found.checkbox.map(|checkbox| {
        let end = checkbox
            .star
            .map_or(checkbox.marker.end + 1, |star| star.end);
        Run {
            span: Span::new(checkbox.marker.start - 1, end),
            role: Role::Marker(state_of(text.slice(checkbox.marker))),
        }
    });
    [Some(bullet), checkbox].into_iter().flatten().collect()
}

/// Returns the runs with what lies between two double asterisks as strong. One that is never closed
/// is text.
fn emphasize(text: &Text, found: Vec<Run>) -> Vec<Run> {
    let is_mark = |run: &Run| run.role == Role::Aside && text.slice(run.span) == b"**";
    let mut left = found.iter().filter(|run| is_mark(run)).count();
    let mut open: Option<usize> = None;
    let mut marked = Vec::with_capacity(found.len());
    for run in found {
        if let Some(end) = open.filter(|end| *end < run.span.start) {
            marked.push(Run {
                span: Span::new(end, run.span.start),
                role: Role::Strong,
            });
        }
        let is_mark = is_mark(&run);
        left -= usize::from(is_mark);
        match (is_mark, open) {
            (true, None) if left == 0 => continue,
            (true, None) => open = Some(run.span.end),
            (true, Some(_)) => open = None,
            (false, _) => open = open.map(|_| run.span.end),
        }
        marked.push(run);
    }
    marked
}

/// Finds the ids in the references on a line.
fn ids(text: &Text, line: usize) -> Vec<Run> {
    let fields = find_fields(text, line..line + 1)
        .into_iter()
        .filter(|field| field.kind.names_requirements());
    let references = fields.flat_map(|field| read_references(text, field.body));
    references
        .flat_map(|reference| reference.ids())
        .map(|span| Run {
            span,
            role: Role::Id,
        })
        .collect()
}

/// Reads what begins at the start of `left`: code, a link or a keyword.
fn run_at(text: &Text, content: Span, left: Span) -> Option<Run> {
    let bytes = text.slice(left);
    let before = text
        .slice(Span::new(content.start, left.start))
        .last()
        .copied();
    let (length, role) = match bytes.first()? {
        b'`' => (code(bytes)?, Role::Code),
        b'*' if bytes.starts_with(b"**") => (2, Role::Aside),
        b'[' => (link(bytes)?, Role::Link),
        b'h' => (address(bytes)?, Role::Link),
        b'A'..=b'Z' => (keyword(bytes, before)?, Role::Keyword),
        _ => return None,
    };
    Some(Run {
        span: Span::new(left.start, left.start + length),
        role,
    })
}

/// Measures code between as many backticks on both sides; the backticks alone where they are never
/// closed.
fn code(bytes: &[u8]) -> Option<usize> {
    let ticks = bytes.iter().take_while(|byte| **byte == b'`').count();
    let mut at = ticks;
    while let Some(next) = bytes[at..]
        .iter()
        .position(|byte| *byte == b'`')
        .map(|found| at + found)
    {
        let closing = bytes[next..]
            .iter()
            .take_while(|byte| **byte == b'`')
            .count();
        at = next + closing;
        if closing == ticks {
            return Some(at);
        }
    }
    None
}

/// Measures `[text](address)`.
fn link(bytes: &[u8]) -> Option<usize> {
    let close = bytes.iter().position(|byte| *byte == b']')?;
    let rest = bytes[close + 1..].strip_prefix(b"(")?;
    let end = rest.iter().position(|byte| *byte == b')')?;
    Some(close + 2 + end + 1)
}

/// Measures an address that stands by itself.
fn address(bytes: &[u8]) -> Option<usize> {
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
        .take_while(|byte| byte.is_ascii_uppercase())
        .count();
    let is_word = !before.is_some_and(|byte| joins(&byte)) && !bytes.get(length).is_some_and(joins);
    let is_keyword = KEYWORDS
        .iter()
        .any(|word| word.as_bytes() == &bytes[..length]);
    (is_word && is_keyword).then_some(length)
}

/// Fills what lies between the runs `found` with the role `base`.
fn fill(content: Span, base: Role, found: Vec<Run>) -> Vec<Run> {
    let mut filled = Vec::with_capacity(2 * found.len() + 1);
    let mut at = content.start;
    let end = Run {
        span: Span::new(content.end, content.end),
        role: base,
    };
    for run in found.into_iter().chain([end]) {
        if run.span.start > at {
            filled.push(Run {
                span: Span::new(at, run.span.start),
                role: base,
            });
        }
        if !run.span.is_empty() {
            filled.push(run);
        }
        at = run.span.end;
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::Document;
    use proptest::prelude::*;

    /// Draws the runs of a line that stand out, each with the first letter of its role.
    fn drawn(line: &str) -> Vec<String> {
        let text = Text::new(line);
        let kind = Document::parse(&text).blocks[0].kind;
        let standing_out = runs(&text, 0, kind)
            .into_iter()
            .filter(|run| run.role != Role::Plain);
        standing_out
            .map(|run| format!("{:.1} {}", format!("{:?}", run.role), text.lossy(run.span)))
            .collect()
    }

    #[test]
    fn what_stands_out_on_a_line() {
        for (line, expected) in [
            ("## Title `x`", vec!["H ## Title `x`"]),
            (
                "- [x]* 1.1 Use `a` and ``b`c``",
                vec!["A -", "M [x]*", "C `a`", "C ``b`c``"],
            ),
            (
                "- [ ] see [text](a.md) or https://x.org/y, ok",
                vec!["A -", "M [ ]", "L [text](a.md)", "L https://x.org/y,"],
            ),
            (
                "1. WHEN a, THE S SHALL NOT b AND ANDROID",
                vec!["I 1.", "K WHEN", "K THE", "K SHALL", "K NOT", "K AND"],
            ),
            (
                "**Story `a`:** **b",
                vec!["A **", "S Story ", "C `a`", "S :", "A **"],
            ),
            ("a **IF** b", vec!["A **", "K IF", "A **"]),
            ("***", vec!["A ***"]),
            (
                "- _Requirements: 1.1, FR-2.3 (all of it), All_",
                vec!["A -", "I 1.1", "I FR-2.3"],
            ),
            (
                "- **Validates: Requirements 2.1**",
                vec!["A -", "A **", "S Validates: Requirements ", "I 2.1", "A **"],
            ),
            ("- _Files: a1.rs_", vec!["A -"]),
            ("> WHEN quoted", vec!["Q > WHEN quoted"]),
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
            runs(
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
                Role::Heading,
                Role::Aside
            ]
        );
    }

    proptest! {
        #[test]
        fn the_runs_together_are_the_line(line in "[-*+ \\[\\]x`_:(1.)WHEN日h/t*\\\\]{0,30}|[- \\[x\\]]{5}_Requirements: [1-9., `\\[(\\]A-Z]{0,20}_?") {
            let text = Text::new(line);
            for block in Document::parse(&text).blocks {
                for line in block.first_line..block.end_line {
                    let content = text.lines()[line].content;
                    let mut at = content.start;
                    for run in runs(&text, line, block.kind) {
                        prop_assert!(run.span.start == at && !run.span.is_empty());
                        at = run.span.end;
                    }
                    prop_assert_eq!(at, content.end);
                }
            }
        }
    }
}
