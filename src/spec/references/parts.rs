//! The parts of a list of references: ids, plain numbers, ranges, words before and behind them,
//! brackets.
//!
//! Knows no list: each function reads what stands at the start of a piece.

use crate::spec::aliases::INDEX;
use crate::spec::id::{IdShape, read_id};
use crate::spec::source_str::{SourceStr, is_caseless};

/// Brackets, each with the one that closes it.
pub(super) const BRACKETS: &[(char, char)] = &[('(', ')'), ('（', '）'), ('[', ']'), ('【', '】')];

/// How far back the word before an id is looked for, in bytes.
const LONGEST_WORD: usize = 60;

/// Ids with the characters behind them.
pub(super) struct Ids<'a> {
    /// The first id.
    pub(super) from: SourceStr<'a>,
    /// The last one, of a range.
    pub(super) to: Option<SourceStr<'a>>,
    /// What stands behind.
    pub(super) behind: SourceStr<'a>,
}

/// Returns the piece without brackets around the whole of it.
pub(super) fn unwrapped(piece: SourceStr<'_>) -> SourceStr<'_> {
    for (open, close) in BRACKETS {
        let inside = piece
            .text
            .strip_prefix(*open)
            .and_then(|text| text.strip_suffix(*close));
        if let Some(inside) = inside.filter(|inside| !inside.contains([*open, *close])) {
            return piece.map(|_| inside).trim();
        }
    }
    piece
}

/// Returns what is inside the brackets at the start, and what stands behind them; everything is
/// inside where nothing closes them.
pub(super) fn bracketed(piece: SourceStr<'_>) -> Option<(SourceStr<'_>, SourceStr<'_>)> {
    let (open, close) = BRACKETS
        .iter()
        .find(|(open, _)| piece.text.starts_with(*open))?;
    let inside = piece.after(open.len_utf8());
    let end = inside.text.find(*close);
    let behind = end.map_or(inside.text.len(), |end| end + close.len_utf8());
    Some((
        inside.before(end.unwrap_or(inside.text.len())).trim(),
        inside.after(behind),
    ))
}

/// The same, where no further brackets are inside.
pub(super) fn plainly_bracketed(piece: SourceStr<'_>) -> Option<(SourceStr<'_>, SourceStr<'_>)> {
    let is_open = |char: char| BRACKETS.iter().any(|(open, _)| char == *open);
    bracketed(piece).filter(|(inside, _)| !inside.text.contains(is_open))
}

/// Returns the list without a second label before its ids: `Requirements: 1.1`.
pub(super) fn without_label(piece: SourceStr<'_>) -> SourceStr<'_> {
    let length = INDEX.requirement.word_length(piece.text);
    let behind = length.map(|length| piece.after(length).trim());
    let behind = behind.filter(|behind| behind.text.starts_with([':', '：']));
    behind.map_or(piece, |behind| behind.trim_start_of(&[':', '：', ' ']))
}

/// Returns a part of a list without the marks and blanks around it.
pub(super) fn trimmed(piece: SourceStr<'_>) -> SourceStr<'_> {
    let closed =
        piece.map(|text| text.trim_end_matches([' ', '.', '。', '*', '_', ']', '`', '\r', '\t']));
    closed.trim_start_of(&[' ', '*', '_', '[', '`', '#', '§', '&', '\r', '\t'])
}

/// Returns what stands behind a word such as `and`, and without one everything.
pub(super) fn behind_and(piece: SourceStr<'_>) -> SourceStr<'_> {
    INDEX
        .and
        .word_length(piece.text)
        .map_or(piece, |length| trimmed(piece.after(length)))
}

/// Returns what stands behind the words for a requirement and a criterion: `Requirement 1` → `1`.
pub(super) fn behind_words(part: SourceStr<'_>) -> SourceStr<'_> {
    behind_requirement(part).map_or_else(|| behind_criterion(part), behind_criterion)
}

/// Returns what stands behind the word for a requirement; nothing without one.
pub(super) fn behind_requirement(part: SourceStr<'_>) -> Option<SourceStr<'_>> {
    let length = INDEX.requirement.word_length(part.text)?;
    (!part.text[length..].starts_with('-')).then(|| {
        part.after(length)
            .trim_start_of(&[' ', '#', '№', ':', '：', '\u{a0}'])
    })
}

fn behind_criterion(part: SourceStr<'_>) -> SourceStr<'_> {
    let length = INDEX
        .criterion
        .word_length(part.text)
        .filter(|length| !part.text[*length..].starts_with('-'));
    length.map_or(part, |length| {
        part.after(length)
            .trim_start_of(&[' ', '#', '№', ':', '：', '\u{a0}'])
    })
}

/// Returns what stands behind the word for a criterion, which punctuation may part from what is
/// before: `AC 1`, `: Criterion 1`, `- AC1`.
pub(super) fn behind_criterion_word(behind: SourceStr<'_>) -> Option<SourceStr<'_>> {
    let words = behind.trim_start_of(&[' ', ':', '：', '-', '–', '—', '.', '/', '的', 'の']);
    let length = INDEX.criterion.word_length(words.text)?;
    Some(
        words
            .after(length)
            .trim_start_of(&[' ', '#', '№', '-', ':', '：', '.']),
    )
}

/// Reads an id that is no word of the text: `1.1`, `FR-1`, and what only a blank or punctuation
/// follows.
pub(super) fn id_at(piece: SourceStr<'_>) -> Option<(SourceStr<'_>, IdShape)> {
    let shape = read_id(piece.text)?;
    let mut behind = piece.text[shape.length..].chars();
    let parted = match behind.next() {
        Some('/') => begins_with_same(behind.as_str(), shape),
        Some('%' | '+' | '=' | '$') => false,
        next => next.is_none_or(|char| !char.is_ascii_alphanumeric()),
    };
    parted.then(|| (piece.before(shape.length), shape))
}

/// Returns whether behind a slash there is a second id: `1.1/1.2`, but not `3/4`.
fn begins_with_same(text: &str, shape: IdShape) -> bool {
    let is_sure = |shape: IdShape| shape.numbers > 1 || shape.prefix > 0;
    let behind = behind_words(SourceStr::new(text.trim_start(), 0));
    let has_word = behind.text.len() < text.trim_start().len();
    read_id(behind.text).is_some_and(|second| has_word || is_sure(shape) && is_sure(second))
}

/// Reads a number of one part and without a prefix: that of a criterion.
pub(super) fn number_at(piece: SourceStr<'_>) -> Option<(SourceStr<'_>, SourceStr<'_>)> {
    let shape = read_id(piece.text).filter(|shape| is_number(*shape))?;
    let behind = piece.after(shape.length);
    (!behind.text.starts_with(['%', '='])).then(|| (piece.before(shape.length), behind))
}

/// Returns whether an id is a number of one part and without a prefix.
pub(super) fn is_number(shape: IdShape) -> bool {
    shape.prefix == 0 && shape.numbers == 1
}

/// Reads the number of a criterion of `requirement`, or a range of two: `1`, `1-3`,
/// `1 through AC 3`.
pub(super) fn criteria_at<'a>(piece: SourceStr<'a>, requirement: &str) -> Option<Ids<'a>> {
    let (from, behind) = number_at(piece)?;
    let end = behind_range_sign(behind).and_then(|end| match behind_requirement(end) {
        Some(same) => behind_criterion_word(
            same.map(|text| text.strip_prefix(requirement).unwrap_or_default()),
        ),
        None => Some(behind_criterion(end)),
    });
    Some(match end.and_then(number_at) {
        Some((to, behind)) => Ids {
            from,
            to: Some(to),
            behind,
        },
        None => Ids {
            from,
            to: None,
            behind,
        },
    })
}

/// Reads an id or a range of two, with words before it.
pub(super) fn ids_at(piece: SourceStr<'_>) -> Option<Ids<'_>> {
    let (from, shape) = id_at(behind_words(piece))?;
    let behind = behind_words(piece).after(shape.length);
    let has_criterion = |piece: SourceStr<'_>| behind_criterion(piece) != piece;
    // Behind `Req 1 - AC 2` there is a criterion, not the end of a range.
    let end = behind_range_sign(behind)
        .filter(|end| has_criterion(piece) || !has_criterion(*end))
        .map(behind_words);
    Some(match end.and_then(|end| Some((end, id_at(end)?))) {
        Some((end, (to, shape))) => Ids {
            from,
            to: Some(to),
            behind: end.after(shape.length),
        },
        None => Ids {
            from,
            to: None,
            behind,
        },
    })
}

/// Reads a range with a word before its first id: `from 1.1 to 1.5`.
pub(super) fn range_behind_word(part: SourceStr<'_>) -> Option<Ids<'_>> {
    let piece = behind_requirement(part).unwrap_or(part);
    let length = INDEX.from.word_length(piece.text)?;
    ids_at(piece.after(length).trim()).filter(|ids| ids.to.is_some())
}

/// Returns what stands behind the sign of a range: `-1.5`, ` – 1.5`, ` through 1.5`.
fn behind_range_sign(behind: SourceStr<'_>) -> Option<SourceStr<'_>> {
    let open = behind.trim();
    let sign = open
        .text
        .chars()
        .next()
        .filter(|char| matches!(char, '-' | '–' | '—' | '~' | '〜' | '～' | '‑' | '−' | '→'));
    let length = match sign {
        Some(sign) => sign.len_utf8(),
        None if open.text.starts_with("..") => {
            open.text.len() - open.text.trim_start_matches('.').len()
        }
        None => INDEX.through.word_length(open.text)?,
    };
    Some(open.after(length).trim())
}

/// Finds the first id or range in `words` that is meant as one, with where the words begin that say
/// so.
///
/// Numbers are common in sentences. So only what a word for a requirement stands before is one, an
/// id with a hyphen such as `FR-2`, and a number of several parts at the end of words, behind a
/// word that is no name and does not count something else: not `Python 3.11`, `version 1.2` or
/// `1.5 seconds`.
pub(super) fn ids_in(words: SourceStr<'_>) -> Option<(usize, Ids<'_>)> {
    let mut starts = words
        .text
        .char_indices()
        .map(|(start, _)| start)
        .filter(|start| begins_word(&words.text[..*start]));
    starts.find_map(|start| Some((start, meant_ids(words, start)?)))
}

fn begins_word(before: &str) -> bool {
    before.ends_with(|char: char| {
        char.is_whitespace() || is_caseless(char) || matches!(char, '(' | ':' | '/')
    })
}

fn meant_ids(words: SourceStr<'_>, start: usize) -> Option<Ids<'_>> {
    let rest = words.after(start);
    let ids = ids_at(rest)?;
    let shape = read_id(ids.from.text)?;
    let has_word = behind_requirement(rest).is_some();
    let has_prefix = shape.prefix > 0 && ids.from.text[..shape.prefix].ends_with('-');
    let is_last = behind_and(ids.behind.trim())
        .text
        .starts_with(|char: char| char.is_ascii_digit())
        || ends_words(ids.behind.text);
    let is_meant = has_word
        || has_prefix
        || shape.prefix == 0 && shape.numbers > 1 && is_last && introduces(&words.text[..start]);
    is_meant.then_some(ids)
}

fn ends_words(behind: &str) -> bool {
    !behind
        .trim_start_matches(|char: char| !char.is_alphanumeric())
        .starts_with(char::is_alphanumeric)
}

/// Returns whether an id may stand behind these words: the last is no name and none that counts
/// something else.
fn introduces(before: &str) -> bool {
    let near = (before.len().saturating_sub(LONGEST_WORD)..before.len())
        .find_map(|at| before.get(at..))
        .unwrap_or_default();
    let near = near
        .trim_end()
        .trim_end_matches(['(', '（', ':', '：'])
        .trim_end();
    let last = near.rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_name = last.starts_with(|char: char| char.is_uppercase() || !char.is_alphabetic());
    !is_name && !counts_other(last)
}

/// Returns whether a word, or the end of one in a script without blanks, counts something else than
/// requirements.
fn counts_other(word: &str) -> bool {
    let is_whole = |end: &str| {
        [&INDEX.counted, &INDEX.task, &INDEX.property]
            .iter()
            .any(|names| names.word_length(end) == Some(end.len()))
    };
    let mut starts = word
        .char_indices()
        .filter(|(at, char)| *at == 0 || is_caseless(*char));
    starts.any(|(at, _)| is_whole(&word[at..]))
}

/// Returns whether the words mean every requirement: `All`, `All requirements (testing)`, `全要件`.
pub(super) fn is_all(text: &str) -> bool {
    let whole = INDEX.all_requirements.word_length(text);
    whole.is_some()
        || INDEX
            .all
            .starts(text)
            .any(|length| is_remark(&text[length..]))
}

/// Returns whether the words mean no requirement: `N/A`, `None (code organization)`.
pub(super) fn is_nothing(text: &str) -> bool {
    INDEX
        .none
        .starts(text)
        .any(|length| is_remark(&text[length..]))
}

/// Returns whether nothing but a remark stands behind a word.
fn is_remark(behind: &str) -> bool {
    let rest = behind.trim_start();
    rest.is_empty() || rest.starts_with(['(', '（', '–', '—', ':']) || rest.starts_with("- ")
}
