//! References without a label: a line that is nothing else, `*Requirements 1.1, 1.2.*`, and
//! brackets at the end of a title, `Round trip (Req 1, AC 1)`.
//!
//! Numbers are common in sentences. So a word must say that these are references, and nothing may
//! stand beside them.

use super::body::references_in;
use super::fields::body_of;
use super::parts::{BRACKETS, behind_and, behind_requirement, id_at, plainly_bracketed, unwrapped};
use super::reference::{Reference, ReferenceKind};
use crate::spec::aliases::INDEX;
use crate::spec::source_str::SourceStr;
use crate::text::Text;

/// The longest label, in bytes.
const LONGEST_LABEL: usize = 60;

/// Reads the references of a line of a property which has no label for them: `*Requirements 1.1*`,
/// `**Validates Requirements 1.1**`, `- **Criteria:** 1.1`. None where it says anything else.
pub(crate) fn line_references(text: &Text, line: usize) -> Option<Vec<Reference>> {
    let whole = bare(body_of(text, line).map(|line| line.trim_start_matches(['>', '→', ' '])));
    if let Some(list) = behind_word(whole) {
        return only_references(list);
    }
    let colon = whole
        .text
        .find([':', '：'])
        .filter(|at| *at <= LONGEST_LABEL)?;
    let label = whole.before(colon).trim_of(&['*', '_', ' ']);
    let is_criterion =
        INDEX.criteria.has_label(label.text) || INDEX.criterion.has_label(label.text);
    let body = bare(whole.after(colon).trim_start_of(&[':', '：', ' ']));
    let is_whole_id = behind_requirement(body).is_some()
        || id_at(body).is_some_and(|(_, shape)| shape.numbers > 1 || shape.prefix > 0);
    (is_criterion && is_whole_id)
        .then(|| only_references(body))
        .flatten()
}

/// Reads the references in brackets at the end of a title; gives what is left of that, too. Without
/// a word for a requirement only ids of several numbers are references.
pub(crate) fn bracketed_references(
    title: SourceStr<'_>,
) -> Option<(SourceStr<'_>, Vec<Reference>)> {
    let open = title
        .text
        .rfind(|char: char| BRACKETS.iter().any(|(open, _)| *open == char))?;
    let (inside, behind) = plainly_bracketed(title.after(open))?;
    if !behind.trim().is_empty() {
        return None;
    }
    let references = only_references(behind_word(inside).unwrap_or(inside))?;
    let is_meant = behind_word(inside).is_some() || has_several_numbers(inside);
    is_meant.then(|| {
        let left = title
            .before(open)
            .map(|text| text.trim_end_matches([' ', '-', '–', '—', ':', '*', '_']));
        (left, references)
    })
}

fn has_several_numbers(list: SourceStr<'_>) -> bool {
    list.text.split([',', '，', '、', ';']).all(|part| {
        id_at(SourceStr::new(part.trim(), 0)).is_some_and(|(_, shape)| shape.numbers > 1)
    })
}

/// Returns a piece without marks and brackets around the whole of it.
fn bare(piece: SourceStr<'_>) -> SourceStr<'_> {
    let inside = piece
        .trim()
        .trim_start_of(&['*', '_', ' '])
        .map(|text| text.trim_end_matches(['*', '_', '.', '。', ' ']));
    unwrapped(inside)
}

/// Returns a list from its word for a requirement on; behind a word that says that something is
/// validated it may do without.
fn behind_word(piece: SourceStr<'_>) -> Option<SourceStr<'_>> {
    if behind_requirement(piece).is_some() {
        return Some(piece);
    }
    let length = INDEX.validates.word_length(piece.text)?;
    Some(
        piece
            .after(length)
            .trim_start_of(&[' ', ':', '：', '*', '_']),
    )
}

/// Reads a list that holds nothing but references, remarks in brackets apart.
fn only_references(list: SourceStr<'_>) -> Option<Vec<Reference>> {
    let references = references_in(list);
    let is_id = |reference: &Reference| {
        !reference.is_words() && !matches!(reference.kind, ReferenceKind::InRemark { .. })
    };
    let mut at = list.span().start;
    for reference in &references {
        let gap = list
            .before(reference.span.start.saturating_sub(list.span().start))
            .after(at.saturating_sub(list.span().start));
        if !is_id(reference) || !parts_only(gap) {
            return None;
        }
        at = reference.span.end.max(at);
    }
    let rest = list.after(at.saturating_sub(list.span().start));
    (!references.is_empty() && parts_only(rest)).then_some(references)
}

/// Returns whether what stands between or behind references only parts them, or is a remark.
fn parts_only(gap: SourceStr<'_>) -> bool {
    let mut rest = gap;
    loop {
        rest = rest.map(|text| text.trim_start_matches(|char: char| is_sign(char)));
        match plainly_bracketed(rest) {
            Some((_, behind)) => rest = behind,
            None if rest.is_empty() => return true,
            None => {
                let behind = behind_and(rest);
                if behind == rest {
                    return false;
                }
                rest = behind;
            }
        }
    }
}

fn is_sign(char: char) -> bool {
    !char.is_alphanumeric() && !BRACKETS.iter().any(|(open, _)| *open == char)
}
