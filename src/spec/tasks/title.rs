//! The title of a task as one line: what follows the number and the lines on which it goes on,
//! without what was read as a reference.

use std::ops::Range;

use super::number::Head;
use crate::spec::references::{Field, closing_references, read_references};
use crate::spec::source_str::SourceStr;
use crate::text::{Span, Text};

/// Marks around a field.
const MARKS: &[char] = &['*', '_'];

/// What may be left at the end of a title when references behind it are gone.
const LEFT: &[char] = &[' ', '\t', '-', '–', '—', '|', '·', ',', ';', '→'];

/// Finds the references in brackets at the end of a title, which goes on over `rest`.
pub(super) fn bracketed(
    text: &Text,
    head: &Head,
    line: usize,
    rest: Range<usize>,
) -> Option<(Field, Option<Span>)> {
    let (line, title) = match rest.last() {
        Some(last) => (last, text.lines()[last].content),
        None => (line, head.title),
    };
    closing_references(text, title, line)
}

/// Returns the title. `fields` are those of its lines, and `bracketed` is where references stand in
/// brackets at its end.
pub(super) fn title(
    text: &Text,
    head: &Head,
    rest: Range<usize>,
    fields: &[Field],
    bracketed: Option<Span>,
) -> String {
    let last = rest
        .clone()
        .last()
        .map_or(head.title.end, |last| text.lines()[last].content.end);
    let inside = |span: &Span| span.start >= head.title.start && span.start < last;
    let mut cuts: Vec<Span> = fields
        .iter()
        .filter(|field| says_references(text, field))
        .map(|field| extent(text, field))
        .filter(inside)
        .chain(bracketed)
        .collect();
    cuts.sort_by_key(|cut| cut.start);
    let whole = joined(text, head, rest.clone(), &[]);
    if cuts.is_empty() {
        return whole;
    }
    let cut = joined(text, head, rest, &cuts);
    let cut = cut.trim_end_matches(LEFT);
    if cut.chars().any(char::is_alphanumeric) {
        cut.to_owned()
    } else {
        whole
    }
}

/// Returns whether a field was read as references, and is no label before words.
fn says_references(text: &Text, field: &Field) -> bool {
    field.kind.is_reference()
        && read_references(text, field.body)
            .iter()
            .any(|reference| !reference.is_words())
}

/// How far from a field its marks and brackets are looked for, in bytes: a line of many fields is
/// not read anew for each of them.
const AROUND: usize = 64;

/// Returns where a field stands, with the marks and brackets around it.
fn extent(text: &Text, field: &Field) -> Span {
    let line = text.lines()[text.line_at(field.label.start)].content;
    let first = line.start.max(field.label.start.saturating_sub(AROUND));
    let is_inside = |at: &usize| text.bytes()[*at] & 0xc0 == 0x80;
    let first = first + (first..field.label.start).take_while(is_inside).count();
    let before = SourceStr::read(text, Span::new(first, field.label.start)).text;
    let unmarked = before.trim_end_matches(MARKS);
    let open = unmarked
        .chars()
        .next_back()
        .and_then(|open| Some((open, closing(open)?)));
    let end = field.body.end.max(field.label.end);
    let line_end = text.lines()[text.line_at(end)].content.end;
    let last = line_end.clamp(end, end + AROUND);
    let behind = SourceStr::read(text, Span::new(end, last)).text;
    let rest = behind
        .trim_start_matches(MARKS)
        .trim_start_matches([':', '：'])
        .trim_start_matches(MARKS);
    let (start, rest) = match open
        .and_then(|(open, close)| Some((open, rest.strip_prefix(close)?.trim_start_matches(MARKS))))
    {
        Some((open, rest)) => (unmarked.len() - open.len_utf8(), rest),
        None => (unmarked.len(), rest),
    };
    Span::new(first + start, end + behind.len() - rest.len())
}

/// Returns what closes a bracket.
fn closing(open: char) -> Option<char> {
    match open {
        '(' => Some(')'),
        '（' => Some('）'),
        '[' => Some(']'),
        '【' => Some('】'),
        _ => None,
    }
}

/// Puts the lines of a title together, without what is cut out of them.
fn joined(text: &Text, head: &Head, rest: Range<usize>, cuts: &[Span]) -> String {
    let mut title = head
        .before
        .map_or(String::new(), |before| text.lossy(before).into_owned());
    let further = text.lines()[rest].iter().map(|line| line.content);
    for line in std::iter::once(head.title).chain(further) {
        let mut start = line.start;
        title.push(' ');
        for cut in cuts
            .iter()
            .filter(|cut| cut.start < line.end && cut.end > line.start)
        {
            push_trimmed(&mut title, text, Span::new(start, cut.start.max(start)));
            start = start.max(cut.end);
        }
        push_trimmed(&mut title, text, Span::new(start, line.end.max(start)));
    }
    if head.opens_bold && title.matches("**").count() % 2 == 1 {
        title = title.replacen("**", "", 1);
    }
    title.trim().to_owned()
}

/// Adds a part of a line, with one blank before it where there is none.
fn push_trimmed(title: &mut String, text: &Text, part: Span) {
    let lossy = text.lossy(part);
    let part = lossy.trim();
    if part.is_empty() {
        return;
    }
    if !title.is_empty() && !title.ends_with(' ') && !part.starts_with(['.', ',', ';', '。', '，'])
    {
        title.push(' ');
    }
    title.push_str(part);
}

#[cfg(test)]
mod tests {
    use crate::spec::tasks::tests::parsed;

    #[test]
    fn references_in_a_title_are_read_and_do_not_stay_in_it() {
        for (line, title, references) in [
            (
                "5.2 PBT: runtime detection (Req 2.1, 2.2)",
                "PBT: runtime detection",
                "2.1 2.2",
            ),
            ("1. Login (Requirement 1.1)", "Login", "1.1"),
            ("1. Login (Requirements: 1.1-1.3)", "Login", "1.1-1.3"),
            ("1. 登录（需求 9）", "登录", "9"),
            ("1. Login (R5)", "Login", "R5"),
            ("1. Login [Req 1 AC 2].", "Login", "1.2"),
            ("1. Login (FR-1)", "Login", "FR-1"),
            ("1. Login [US-1, NFR-2.1]", "Login", "US-1 NFR-2.1"),
            ("1. 登录（REQ-S14）", "登录", "REQ-S14"),
            ("1. Login **(FR1)**", "Login", "FR1"),
            ("1. Login — Req 2.1", "Login", "2.1"),
            ("1. Login → Requirements 1.1, 1.2", "Login", "1.1 1.2"),
            ("1. Login -> Reqs: 1.1 and 2", "Login", "1.1 2"),
            ("1. Log - out – **Req 2.1**", "Log - out", "2.1"),
            ("1. Login – AC 1.1, 1.2", "Login", "1.1 1.2"),
            ("1. Login (refs: 2.2)", "Login", "2.2"),
            ("1. Login (covers 1.1)", "Login", "1.1"),
            ("1. Login (validates FR-1, FR-2)", "Login", "FR-1 FR-2"),
            ("1. Login (AC 1.1, 1.2)", "Login", "1.1 1.2"),
            ("1. Login — 2.1", "Login — 2.1", ""),
            (
                "1. Login — Req 2.1 is missing",
                "Login — Req 2.1 is missing",
                "",
            ),
            ("1. Login (covers 3 cases)", "Login (covers 3 cases)", ""),
            ("1. Login (covers 2)", "Login (covers 2)", ""),
            ("1. Login (refs: PROJ-12)", "Login (refs: PROJ-12)", ""),
            ("1. Login - implements 1.1", "Login", "1.1"),
            ("1. Login (T-001)", "Login (T-001)", ""),
            ("1. Login (FR-1, T-001)", "Login (FR-1, T-001)", ""),
            ("Login **(Req 1.1)**", "Login", "1.1"),
            ("1. Test (fast) (Req 1.1)", "Test (fast)", "1.1"),
            (
                "1. Round trip **Validates: Requirements 2.1**",
                "Round trip",
                "2.1",
            ),
            (
                "1. Round trip — _Requirements: 2.1, 2.2_",
                "Round trip",
                "2.1 2.2",
            ),
            ("1. Round trip (_Requirements: 2.1_)", "Round trip", "2.1"),
            (
                "1. Round trip _Requirements: 2.1_ and back",
                "Round trip and back",
                "2.1",
            ),
            ("**1. Round trip** _Requirements: 2.1_", "Round trip", "2.1"),
            (
                "1. **Requirements:** gather what is needed",
                "**Requirements:** gather what is needed",
                "gather what is needed",
            ),
            ("1. Login (see below)", "Login (see below)", ""),
            ("1. Login (1.1)", "Login (1.1)", ""),
            (
                "1. Gather (requirements of users)",
                "Gather (requirements of users)",
                "",
            ),
            ("1. Encode (UTF-8)", "Encode (UTF-8)", ""),
            ("1. _Requirements: 1.1_", "_Requirements: 1.1_", "1.1"),
            ("1. call(Req 1.1) twice", "call(Req 1.1) twice", ""),
            (
                "1. A title that\n  goes on (Req 1.1)",
                "A title that goes on",
                "1.1",
            ),
            (
                "1. A title that\n  goes on _Requirements: 1.1_",
                "A title that goes on",
                "1.1",
            ),
            ("1. a _Requirements: 1.1_ _Depends: 3_", "a", "1.1"),
        ] {
            let (text, tasks) = parsed(&format!("- [ ] {line}\n"));
            let item = &tasks.items[0];
            assert_eq!(
                (
                    item.title.as_str(),
                    item.references(&text).join(" ").as_str()
                ),
                (title, references),
                "{line:?}"
            );
        }
    }
}
