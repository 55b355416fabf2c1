//! References in headings of tasks: `## Task 1: Login (Requirement 1)`, `### FR-1: Login`.
//!
//! A heading counts as one where it says so by a word for a requirement, at its start or in
//! brackets. Ids with a prefix alone, such as `FR-1`, look like numbers of tasks (`T-001`); they
//! are given as a weaker kind. Plain numbers are never references.

use super::body::references_in;
use super::fields::{Field, FieldKind};
use super::parts::{behind_requirement, id_at, plainly_bracketed};
use super::reference::Reference;
use crate::spec::source_str::SourceStr;
use crate::text::{Span, Text};

/// The longest title that is looked at, in bytes.
const LONGEST_TITLE: usize = 300;

const OPENING: &[char] = &['(', '（', '[', '【'];
const CLOSING: &[char] = &[')', '）', ']', '】'];

/// Finds what the heading with the given title names, on the line with index `line`.
pub(crate) fn heading_fields(text: &Text, title: Span, line: usize) -> Vec<Field> {
    let title = SourceStr::read(text, title);
    if title.text.len() > LONGEST_TITLE {
        return Vec::new();
    }
    let brackets = title
        .text
        .char_indices()
        .filter_map(|(at, _)| plainly_bracketed(title.after(at)))
        .map(|(inside, _)| inside);
    let found = leading(title)
        .into_iter()
        .chain(brackets.filter_map(|inside| Some((inside, kind_of_list(inside)?))));
    found
        .map(|(body, kind)| Field {
            kind,
            label: Span::new(body.span().start, body.span().start),
            body: body.span(),
            line,
        })
        .collect()
}

/// Finds what is named in the brackets at the end of a title, `Login (Req 1.1)`, on the line with
/// index `line`. Gives with it where the brackets stand, marks included, if they name nothing but
/// requirements for sure.
pub(crate) fn closing_references(
    text: &Text,
    title: Span,
    line: usize,
) -> Option<(Field, Option<Span>)> {
    let whole = SourceStr::read(text, title);
    let title = whole.map(|text| text.trim_end_matches([' ', '\t', '.', '。', '*', '_']));
    title.text.ends_with(CLOSING).then_some(())?;
    let from = title.text.len().saturating_sub(LONGEST_TITLE);
    let mut opening = title
        .text
        .char_indices()
        .rev()
        .take_while(|(at, _)| *at >= from)
        .filter(|(_, char)| OPENING.contains(char));
    let (at, inside) = opening.find_map(|(at, _)| {
        let (inside, behind) = plainly_bracketed(title.after(at))?;
        behind.is_empty().then_some((at, inside))
    })?;
    let kind = kind_of_list(inside)?;
    let marks = title.text[..at].trim_end_matches(['*', '_']).len();
    let extent = Span::new(title.span().start + marks, whole.span().end);
    Some((
        Field {
            kind,
            label: Span::new(inside.span().start, inside.span().start),
            body: inside.span(),
            line,
        },
        (kind == FieldKind::Requirements).then_some(extent),
    ))
}

/// Reads an id at the start: `FR-1: Login`, `Requirement 1: Login`.
fn leading(title: SourceStr<'_>) -> Option<(SourceStr<'_>, FieldKind)> {
    let numbered = behind_requirement(title);
    let (id, shape) = id_at(numbered.unwrap_or(title))?;
    match numbered {
        Some(_) => Some((id, FieldKind::Requirements)),
        None if shape.prefix > 0 => Some((id, FieldKind::Heading)),
        None => None,
    }
}

/// Returns the kind of a list in brackets, if it holds nothing but references.
fn kind_of_list(list: SourceStr<'_>) -> Option<FieldKind> {
    let references = references_in(list);
    let is_list = !references.is_empty()
        && references
            .iter()
            .all(|reference| reference.ids().next().is_some() && !reference.is_words());
    match behind_requirement(list) {
        Some(_) => is_list.then_some(FieldKind::Requirements),
        None if is_list && is_short_word(list) => Some(FieldKind::Requirements),
        None if is_list && are_codes(list) => Some(FieldKind::Requirements),
        None => {
            (is_list && list.text.starts_with(char::is_uppercase)).then_some(FieldKind::Heading)
        }
    }
}

/// Returns whether a list begins with the short word for a requirement: `R5`.
fn is_short_word(list: SourceStr<'_>) -> bool {
    list.text
        .strip_prefix('R')
        .is_some_and(|rest| rest.starts_with(|char: char| char.is_ascii_digit()))
}

/// Prefixes that only the ids of requirements and of their criteria have, in tasks too.
const PREFIXES: &[&str] = &["FR", "NFR", "REQ", "US", "AC", "RF", "RNF"];

/// Returns whether every id of a list has such a prefix: `FR-1, NFR-2`.
fn are_codes(list: SourceStr<'_>) -> bool {
    let is_code = |reference: &Reference| {
        reference.ids().all(|id| {
            let at = id.start - list.span().start;
            let word = list.text[at..].split(|char: char| !char.is_alphabetic());
            word.take(1).any(|word| PREFIXES.contains(&word))
        })
    };
    references_in(list).iter().all(is_code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_headings_name() {
        for (title, expected) in [
            ("任务 1：策略路由基线（需求 1）", "Requirements<需求 1>"),
            (
                "Task 2: Login (Requirements 1.1-1.3, 2)",
                "Requirements<Requirements 1.1-1.3, 2>",
            ),
            ("Task 3 [Req 1 AC 2] done", "Requirements<Req 1 AC 2>"),
            (
                "Задача 1: Вход (Требование 1)",
                "Requirements<Требование 1>",
            ),
            ("Requirement 3: Login", "Requirements<3>"),
            ("FR-1: Login", "Heading<FR-1>"),
            (
                "T-021: 単一ファイルオープン（US-001）✅",
                "Heading<T-021> Requirements<US-001>",
            ),
            ("Phase 2: Polish (US-1, US-2)", "Requirements<US-1, US-2>"),
            ("Phase 2: Polish (US-1, T-2)", "Heading<US-1, T-2>"),
            ("1. Set up", ""),
            ("Task 2: Retry (3 times)", ""),
            ("Phase 1 (1.1)", ""),
            ("Requirements", ""),
            ("Tests (all requirements)", ""),
            (
                "Week 1 (Requirement 1 is done)",
                "Requirements<Requirement 1 is done>",
            ),
        ] {
            let text = Text::new(title);
            let fields = heading_fields(&text, Span::new(0, title.len()), 0);
            let drawn: Vec<String> = fields
                .iter()
                .map(|field| format!("{:?}<{}>", field.kind, text.lossy(field.body)))
                .collect();
            assert_eq!(drawn.join(" "), expected, "{title:?}");
        }
    }
}
