//! References in headings of tasks: `## Task 1: Login (Requirement 1)`, `### FR-1: Login`.
//!
//! A heading counts as one where it says so by a word for a requirement, at its start or in
//! brackets. Ids with a prefix alone, such as `FR-1`, look like numbers of tasks (`T-001`); they
//! are given as a weaker kind. Plain numbers are never references.

use super::body::references_in;
use super::fields::{Field, FieldKind};
use super::parts::{behind_requirement, id_at, plainly_bracketed};
use super::reference::Reference;
use crate::spec::aliases::INDEX;
use crate::spec::id::read_id;
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
        .map(|(body, kind)| unlabelled(kind, behind_label(body).unwrap_or(body), line))
        .collect()
}

/// Finds what is named at the end of a title, in brackets or behind a dash, `Login (Req 1.1)`,
/// `Login — Req 1.1`, on the line with index `line`. Gives with it where that stands, marks
/// included, if it names nothing but requirements for sure.
pub(crate) fn closing_references(
    text: &Text,
    title: Span,
    line: usize,
) -> Option<(Field, Option<Span>)> {
    let whole = SourceStr::read(text, title);
    let title = whole.map(|text| text.trim_end_matches([' ', '\t', '.', '。', '*', '_']));
    if let Some((sign, list)) = behind_sign(title) {
        return Some((
            unlabelled(FieldKind::Requirements, list, line),
            Some(Span::new(sign, whole.span().end)),
        ));
    }
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
    let body = behind_label(inside).unwrap_or(inside);
    Some((
        unlabelled(kind, body, line),
        (kind == FieldKind::Requirements).then_some(extent),
    ))
}

/// Returns a field without a label.
fn unlabelled(kind: FieldKind, body: SourceStr<'_>, line: usize) -> Field {
    Field {
        kind,
        label: Span::new(body.span().start, body.span().start),
        body: body.span(),
        line,
    }
}

/// What parts a title from references behind it.
const SIGNS: &[&str] = &[" — ", " – ", " - ", " → ", " -> ", " => "];

/// Finds references behind the last dash or arrow of a title; gives with them where the sign begins,
/// as an offset into the text.
fn behind_sign(title: SourceStr<'_>) -> Option<(usize, SourceStr<'_>)> {
    let last = |sign: &&str| Some((title.text.rfind(*sign)?, sign.len()));
    let (at, length) = SIGNS.iter().filter_map(last).max()?;
    let list = title.after(at + length).trim_start_of(&['*', ' ']);
    let list = behind_label(list).or_else(|| {
        let is_named = behind_requirement(list).is_some() || names_criteria(list);
        (is_named && holds_only_ids(list)).then_some(list)
    })?;
    Some((title.span().start + at, list))
}

/// Labels that stand before references of requirements in brackets, beside those of fields.
const LABELS: &[&str] = &["ref", "refs", "reference", "references"];

/// Returns what stands behind a label, where it is nothing but ids that only requirements and
/// criteria have: `refs: 2.2`, `covers 1.1`.
fn behind_label(list: SourceStr<'_>) -> Option<SourceStr<'_>> {
    let end = list.text.find([':', '：', ' '])?;
    let label = list.before(end);
    let is_label = INDEX.references.has_label(label.text)
        || INDEX.validates.has_label(label.text)
        || LABELS
            .iter()
            .any(|name| label.text.eq_ignore_ascii_case(name));
    let behind = list.after(end).trim_start_of(&[':', '：', ' ']);
    let is_sure = are_codes(behind) || behind_requirement(behind).is_some() || are_pairs(behind);
    (is_label && is_sure && holds_only_ids(behind)).then_some(behind)
}

/// Returns whether a list is of criteria by their whole ids: `AC 1.1, 1.2`.
fn names_criteria(list: SourceStr<'_>) -> bool {
    let length = INDEX.criterion.word_length(list.text);
    length.is_some_and(|length| are_pairs(list.after(length)) && holds_only_ids(list))
}

/// Returns whether every id of a list is one of several numbers: `1.1, 1.2`.
fn are_pairs(list: SourceStr<'_>) -> bool {
    let is_pair = |id: Span| {
        let at = id.start - list.span().start;
        let shape = read_id(&list.text[at..]);
        shape.is_some_and(|shape| shape.prefix == 0 && shape.numbers > 1)
    };
    let mut ids = references_in(list)
        .into_iter()
        .flat_map(Reference::ids)
        .peekable();
    ids.peek().is_some() && ids.all(is_pair)
}

/// Returns whether a list is ids, words for what they name and signs between them, and nothing else.
fn holds_only_ids(list: SourceStr<'_>) -> bool {
    let references = references_in(list);
    let mut from = 0;
    for reference in &references {
        let start = reference.span.start.saturating_sub(list.span().start);
        if reference.is_words() || !is_between(list.text.get(from..start).unwrap_or_default()) {
            return false;
        }
        from = reference.span.end - list.span().start;
    }
    !references.is_empty()
        && list.text[from..]
            .chars()
            .all(|char| !char.is_alphanumeric())
}

/// Returns whether words between ids only say that a list goes on.
fn is_between(words: &str) -> bool {
    let mut words = words
        .split(|char: char| !char.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let names = [&INDEX.and, &INDEX.requirement, &INDEX.criterion];
    words.all(|word| {
        names
            .iter()
            .any(|names| names.word_length(word) == Some(word.len()))
    })
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
    if behind_label(list).is_some() || names_criteria(list) {
        return Some(FieldKind::Requirements);
    }
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
    let references = references_in(list);
    !references.is_empty() && references.iter().all(is_code)
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
