//! Labelled lines: `_Requirements: 1.1_`, `**Validates: Requirements 1.1**`, `_Depends: 1.1_`, and
//! every other label.

use std::ops::Range;

use super::body::references_in;
use super::parts::{behind_requirement, id_at};
use crate::markdown::list_line;
use crate::spec::aliases::INDEX;
use crate::spec::source_str::SourceStr;
use crate::text::{Span, Text};

/// The longest label, in bytes.
const LONGEST_LABEL: usize = 60;

/// How many lines a body may go on over, until its closing mark.
const LONGEST_BODY: usize = 4;

const COLONS: &[char] = &[':', '：'];
const WIDE_COLON: &[u8] = "：".as_bytes();
const MARKS: &[char] = &['*', '_'];

/// What a field says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldKind {
    /// The requirements that a task implements: `_Requirements:`, `_需求：`, `_Satisfies:`.
    Requirements,
    /// The requirements that a property or a test proves: `**Validates:`.
    Validates,
    /// A property: `**Property 1: Round trip**`.
    Property,
    /// The tasks that come first: `_Depends:`.
    Depends,
    /// The parts that a task may touch: `_Boundary:`.
    Boundary,
    /// When a bug shows: `_Bug_Condition:`.
    BugCondition,
    /// What should happen instead: `_Expected_Behavior:`.
    ExpectedBehavior,
    /// What must stay: `_Preservation:`.
    Preservation,
    /// Ids in a heading above: `### FR-1: Login`. They count only where they exist as they are
    /// written, for other numbers look alike.
    Heading,
    /// Any other label.
    Other,
}

impl FieldKind {
    /// Returns whether the body names requirements that a task or a property stands for.
    pub fn names_requirements(self) -> bool {
        matches!(self, Self::Requirements | Self::Validates)
    }

    /// Returns whether the body names requirements or tasks.
    pub fn is_reference(self) -> bool {
        self.names_requirements() || self == Self::Depends
    }
}

/// A label and what stands behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// What it says.
    pub kind: FieldKind,
    /// The label, without marks and colon. For a property that is the word with its number.
    pub label: Span,
    /// What it is about, without marks.
    pub body: Span,
    /// Index of the line, from 0.
    pub line: usize,
}

/// Finds the fields in the given `lines`, in order.
///
/// A line is a field where it begins with an emphasised label; a label of references also counts
/// without emphasis. Labels of references and of what comes first also count, where they are
/// emphasised, at the end of another text, such as a task's title or another field. The caller
/// leaves out lines in code.
pub fn find_fields(text: &Text, lines: Range<usize>) -> Vec<Field> {
    let mut fields = Vec::new();
    for line in lines.start..lines.end.min(text.lines().len()) {
        if has_colon(text.slice(text.lines()[line].content)) {
            find_on_line(text, line, lines.end, &mut fields);
        }
    }
    fields
}

/// Returns whether the line with index `line` begins with a field, so that no sentence goes on
/// there.
pub(crate) fn begins_with_field(text: &Text, line: usize) -> bool {
    has_colon(text.slice(text.lines()[line].content)) && leading(body_of(text, line)).is_some()
}

/// Reads an item on the line with index `line` that stands in a list behind a `label` alone, where
/// it begins with a reference.
pub(crate) fn listed_field(text: &Text, line: usize, label: Field) -> Option<Field> {
    let piece = body_of(text, line);
    begins_with_reference(piece).then(|| Field {
        body: piece.span(),
        line,
        ..label
    })
}

/// Returns whether a colon may be inside: the ASCII one, or the first byte of the full-width one.
fn has_colon(line: &[u8]) -> bool {
    line.iter().any(|byte| matches!(byte, b':' | 0xef))
}

/// Returns a line without its bullet and the blanks around it.
pub(super) fn body_of(text: &Text, line: usize) -> SourceStr<'_> {
    let content = text.lines()[line].content;
    let start = list_line(text.bytes(), content).map_or(content, |line| line.text);
    SourceStr::read(text, start).trim()
}

/// Finds the fields of one line: the first, and those behind it or inside what it says.
fn find_on_line(text: &Text, line: usize, end: usize, fields: &mut Vec<Field>) {
    let piece = body_of(text, line);
    let mut next = leading(piece).or_else(|| inner(piece));
    while let Some(field) = next {
        let mut body = match field.open {
            Some(marks) => closed(text, line, end, field.body, marks),
            None => field.body.trim().span(),
        };
        let from = if field.open.is_some() {
            body.end
        } else {
            body.start
        };
        next = inner(piece.after(from.saturating_sub(piece.span().start)));
        if let Some(next) = next.as_ref().filter(|next| next.start < body.end) {
            body = field
                .body
                .before(next.start.saturating_sub(field.body.span().start))
                .map(|text| text.trim_matches([' ', '(', ')', '*', '_']))
                .span();
        }
        fields.push(Field {
            kind: field.kind,
            label: field.label.span(),
            body,
            line,
        });
    }
}

/// A field whose body is not yet cut off at its closing mark.
struct OpenField<'a> {
    kind: FieldKind,
    label: SourceStr<'a>,
    body: SourceStr<'a>,
    /// The mark that is still open when the body begins.
    open: Option<&'a str>,
    /// Where the field begins, marks included.
    start: usize,
}

/// Reads a field at the start of a line.
fn leading(piece: SourceStr<'_>) -> Option<OpenField<'_>> {
    let inside = piece.trim_start_of(&['*', '_', '[', '(']);
    let marks = piece.text[..piece.text.len() - inside.text.len()].trim_matches(['[', '(']);
    let colon = colon_in(inside.text)?;
    let name = inside.before(colon);
    let label = name.trim_of(MARKS).trim();
    let behind = inside
        .after(colon)
        .map(|text| &text[text.chars().next().map_or(0, char::len_utf8)..]);
    let kind = if points_to_requirement(label, behind) {
        FieldKind::Requirements
    } else {
        kind(label.text)
    };
    if marks.is_empty() && !(kind.is_reference() && begins_with_reference(behind)) {
        return None;
    }
    let closed = marks.is_empty() || name.text.ends_with(MARKS) || behind.text.starts_with(marks);
    let body = if closed {
        behind.trim_start_of(MARKS)
    } else {
        behind
    };
    let inner = label.text.contains(MARKS) && kind == FieldKind::Other;
    let open = if closed { None } else { Some(marks) };
    (!label.is_empty() && !inner).then_some(OpenField {
        kind,
        label,
        body,
        open,
        start: piece.span().start,
    })
}

/// Returns whether a label that may stand before anything stands before a requirement:
/// `**See:** Requirement 1`.
fn points_to_requirement(label: SourceStr<'_>, behind: SourceStr<'_>) -> bool {
    let body = behind.trim_start_of(&['*', '_', ' ']);
    INDEX.pointers.has_label(label.text) && behind_requirement(body).and_then(id_at).is_some()
}

/// Finds the colon behind a label, ASCII or full width.
fn colon_in(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_colon = |at: &usize| {
        bytes[*at] == b':' || bytes[*at] == WIDE_COLON[0] && bytes[*at..].starts_with(WIDE_COLON)
    };
    (0..bytes.len().min(LONGEST_LABEL + 1)).find(is_colon)
}

/// Finds an emphasised label of references inside a line: `Title _Requirements: 1.1_`.
fn inner(piece: SourceStr<'_>) -> Option<OpenField<'_>> {
    let marks = piece
        .text
        .bytes()
        .enumerate()
        .filter(|(_, byte)| matches!(byte, b'*' | b'_'));
    let starts = marks.map(|(offset, _)| offset + 1);
    let mut found = starts.filter_map(|start| leading_at(piece, start));
    found.find(|field| field.kind.is_reference())
}

/// Returns whether a text begins with a reference, so that a label without emphasis before it is
/// meant as one.
fn begins_with_reference(behind: SourceStr<'_>) -> bool {
    let list = behind.trim_start_of(MARKS);
    let first = list.map(|text| text.split([',', ';']).next().unwrap_or_default());
    references_in(first)
        .first()
        .is_some_and(|reference| !reference.is_words())
}

fn leading_at(piece: SourceStr<'_>, start: usize) -> Option<OpenField<'_>> {
    if piece.text[start..].starts_with(MARKS) {
        return None;
    }
    let before = &piece.text[..start];
    let opening = before.len() - before.trim_end_matches(MARKS).len();
    let opens = before[..before.len() - opening].ends_with([' ', '\t', '(', '（', '。', '.']);
    if !opens {
        return None;
    }
    leading(piece.after(start - opening)).filter(|field| !field.label.is_empty())
}

/// Returns the body up to the mark that closes it, in this line or one of the next; to the end of
/// the line where nothing closes it.
fn closed(text: &Text, line: usize, end: usize, body: SourceStr<'_>, marks: &str) -> Span {
    if let Some(length) = closing(body.text, marks) {
        return body.before(length).trim().span();
    }
    let last = (line + LONGEST_BODY).min(end).min(text.lines().len());
    for next in line + 1..last {
        let content = text.lines()[next].content;
        let piece = SourceStr::read(text, content);
        if piece.text.trim().is_empty()
            || list_line(text.bytes(), content).is_some()
            || piece.text.contains(COLONS)
        {
            break;
        }
        if let Some(length) = closing(piece.text, marks) {
            let whole = Span::new(body.span().start, content.start + length);
            return SourceStr::read(text, whole).trim().span();
        }
    }
    body.trim_of(&['*', '_', ' ']).span()
}

/// Finds the closing mark: one that no letter or digit follows.
fn closing(body: &str, marks: &str) -> Option<usize> {
    let ends = |offset: &usize| !body[offset + marks.len()..].starts_with(char::is_alphanumeric);
    body.match_indices(marks)
        .map(|(offset, _)| offset)
        .find(ends)
}

/// Labels that say the same in every language, as tools write them.
const FIXED: &[(&str, FieldKind)] = &[
    ("boundary", FieldKind::Boundary),
    ("bug_condition", FieldKind::BugCondition),
    ("bug condition", FieldKind::BugCondition),
    ("expected_behavior", FieldKind::ExpectedBehavior),
    ("expected behavior", FieldKind::ExpectedBehavior),
    ("preservation", FieldKind::Preservation),
];

fn kind(label: &str) -> FieldKind {
    if let Some((_, kind)) = FIXED
        .iter()
        .find(|(name, _)| label.eq_ignore_ascii_case(name))
    {
        return *kind;
    }
    match label {
        _ if INDEX.references.has_label(label) => FieldKind::Requirements,
        _ if INDEX.validates.has_label(label) => FieldKind::Validates,
        _ if INDEX.depends.has_label(label) => FieldKind::Depends,
        _ if is_property(label) => FieldKind::Property,
        _ => FieldKind::Other,
    }
}

/// Returns whether the label is the word for a property and a number.
fn is_property(label: &str) -> bool {
    let numbered = |length: usize| {
        label[length..]
            .trim_start()
            .starts_with(|char: char| char.is_ascii_digit() || char == 'P')
    };
    INDEX.property.starts(label).any(numbered)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws the fields as `Kind<label|body>`.
    fn drawn(source: &str) -> String {
        let text = Text::new(source);
        let fields = find_fields(&text, 0..text.lines().len());
        let draw = |field: &Field| {
            format!(
                "{:?}<{}|{}>",
                field.kind,
                text.lossy(field.label),
                text.lossy(field.body)
            )
        };
        fields.iter().map(draw).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn labels_of_references() {
        for (line, expected) in [
            (
                "  - _Requirements: 1.1, 1.2_",
                "Requirements<Requirements|1.1, 1.2>",
            ),
            (
                "  - _Requirements: 1.1_ and more",
                "Requirements<Requirements|1.1>",
            ),
            ("    _Requirements: 1.1_", "Requirements<Requirements|1.1>"),
            ("  - _Requirements_: 1.1", "Requirements<Requirements|1.1>"),
            ("  - *Requirements: 1.1*", "Requirements<Requirements|1.1>"),
            (
                "  - **Requirements:** 1.1",
                "Requirements<Requirements|1.1>",
            ),
            (
                "  - **Requirements**: 1.1",
                "Requirements<Requirements|1.1>",
            ),
            ("  - Requirements: 1.1", "Requirements<Requirements|1.1>"),
            ("  - _Requirements: 1.1", "Requirements<Requirements|1.1>"),
            (
                "  - _Requirements: 1.1,\n    1.2_",
                "Requirements<Requirements|1.1,\n    1.2>",
            ),
            (
                "- [ ] 1. Title _Requirements: 1.1_",
                "Requirements<Requirements|1.1>",
            ),
            (
                "- _Satisfies: R15.1_ _Depends: 1.1_",
                "Requirements<Satisfies|R15.1> Depends<Depends|1.1>",
            ),
            (
                "- **Requirements:** 1.1 (_Depends: 1.2_)",
                "Requirements<Requirements|1.1> Depends<Depends|1.2>",
            ),
            (
                "- **Note:** both _Requirements: 1.1_",
                "Other<Note|both> Requirements<Requirements|1.1>",
            ),
            (
                "- [ ] 1. Title (_Requirements: 1.1_)",
                "Requirements<Requirements|1.1>",
            ),
            ("  - _需求: 1.1_", "Requirements<需求|1.1>"),
            ("  - _需求：1.1_", "Requirements<需求|1.1>"),
            ("**验收需求：** 1.4", "Requirements<验收需求|1.4>"),
            ("  - _要件: 1.1_", "Requirements<要件|1.1>"),
            (
                "**参照**: 要件24（アーキテクチャ）",
                "Requirements<参照|要件24（アーキテクチャ）>",
            ),
            (
                "- **See:** Requirement 1",
                "Requirements<See|Requirement 1>",
            ),
            ("  - **対応US**: US-001", "Requirements<対応US|US-001>"),
            ("  - _요구사항: 1.1_", "Requirements<요구사항|1.1>"),
            ("  - _Requisitos: 1.1_", "Requirements<Requisitos|1.1>"),
            ("  - _Требования: 1.1_", "Requirements<Требования|1.1>"),
            (
                "  - _Anforderungen: 1.1_",
                "Requirements<Anforderungen|1.1>",
            ),
            ("  - _Exigences : 1.1_", "Requirements<Exigences|1.1>"),
            ("  - _Satisfies: R15.1_", "Requirements<Satisfies|R15.1>"),
            ("  - _Validates: 1.1_", "Validates<Validates|1.1>"),
            (
                "  - **Validates: Requirements 2.1, 2.2**",
                "Validates<Validates|Requirements 2.1, 2.2>",
            ),
            (
                "**Validates: Requirements 2.1**",
                "Validates<Validates|Requirements 2.1>",
            ),
            ("**验证: 需求 1.3**", "Validates<验证|需求 1.3>"),
            ("- **検証: 要件 1.1**", "Validates<検証|要件 1.1>"),
        ] {
            assert_eq!(drawn(line), expected, "{line:?}");
        }
    }

    #[test]
    fn other_fields() {
        for (line, expected) in [
            (
                "  - **Property 1: Round trip**",
                "Property<Property 1|Round trip>",
            ),
            ("  - **属性 2: 往返**", "Property<属性 2|往返>"),
            ("  - _Depends: 1.1_", "Depends<Depends|1.1>"),
            ("  - **依存**: T-001", "Depends<依存|T-001>"),
            ("  - _Boundary: API_", "Boundary<Boundary|API>"),
            (
                "  - _Bug_Condition: isBug(x)_",
                "BugCondition<Bug_Condition|isBug(x)>",
            ),
            (
                "  - _Expected_Behavior: ok_",
                "ExpectedBehavior<Expected_Behavior|ok>",
            ),
            (
                "  - _Preservation: rest_",
                "Preservation<Preservation|rest>",
            ),
            ("  - _Files: `a_b.rs`_", "Other<Files|`a_b.rs`>"),
            ("  - _Commit: \"feat: x\"_", "Other<Commit|\"feat: x\">"),
            (
                "- **See:** docs/requirements.md",
                "Other<See|docs/requirements.md>",
            ),
            ("- **参照**: 要件定義", "Other<参照|要件定義>"),
            ("  - text: more", ""),
            ("  - Validate: `--name` is given", ""),
            ("  - Requires: a key", ""),
            ("- [ ] 1. Title: more", ""),
            ("text", ""),
        ] {
            assert_eq!(drawn(line), expected, "{line:?}");
        }
    }
}
