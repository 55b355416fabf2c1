//! Labels before a text (`**User Story:** …`) and ids before a criterion (`**FR-1.1**: …`).

use crate::spec::aliases::INDEX;
use crate::spec::id::{IdShape, read_id};
use crate::spec::source_str::{SourceStr, is_caseless};

/// The longest text that is still taken for a label, in bytes.
const LONGEST_LABEL: usize = 90;

const MARKS: &[char] = &['*', '_'];
const CLOSING: &[char] = &['*', '_', ']', ')', '`', '>'];
const SEPARATORS: &[char] = &[':', '：', '.', '．', '、', '-', '–', '—', '|'];
const COLONS: &[char] = &[':', '：'];
const WIDE_COLON: &[u8] = "：".as_bytes();

/// What a label announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    /// A user story or an objective.
    Story,
    /// Acceptance criteria.
    Criteria,
    /// One criterion in EARS.
    Ears,
    /// Something else.
    Other,
}

/// Reads the label at the start of `piece`; gives also what stands behind it.
///
/// A label is emphasised (`**Label:** text`, `**Label**: text`, or alone), or a known name before a
/// colon, or anything that a colon ends.
pub(crate) fn leading_label(piece: SourceStr<'_>) -> Option<(Label, SourceStr<'_>)> {
    let (name, rest) = emphasised(piece).or_else(|| plain(piece))?;
    let label = kind(name.text);
    let bare = name.span().start == piece.span().start;
    let known = label != Label::Other;
    (known || !bare || rest.is_empty()).then_some((label, rest))
}

/// Returns whether `piece` begins with a label that stands out: `**Priority:** High`, or criteria
/// or a story by their name.
pub(crate) fn begins_with_label(piece: SourceStr<'_>) -> bool {
    piece.text.starts_with(['*', '_']) && leading_label(piece).is_some()
}

/// Returns whether `piece` only announces criteria or a story: `**Acceptance Criteria:**`.
pub(crate) fn only_announces(piece: SourceStr<'_>) -> bool {
    let is_short = piece.text.len() <= LONGEST_LABEL;
    is_short && (INDEX.criteria.has_label(piece.text) || INDEX.story.has_label(piece.text))
}

fn kind(name: &str) -> Label {
    match name {
        _ if name.eq_ignore_ascii_case("ears") => Label::Ears,
        _ if INDEX.criteria.has_label(name) => Label::Criteria,
        _ if INDEX.story.has_label(name) => Label::Story,
        _ => Label::Other,
    }
}

/// Reads `**Label:** rest`, `**Label**: rest`, `**Label: rest**` or `**Label**`.
fn emphasised(piece: SourceStr<'_>) -> Option<(SourceStr<'_>, SourceStr<'_>)> {
    let inside = piece.trim_start_of(MARKS);
    if inside == piece {
        return None;
    }
    let closing = inside.text.find(MARKS)?;
    let words = inside.before(closing);
    let rest = inside.after(closing).trim_start_of(MARKS).trim();
    if words.text.ends_with(COLONS) || rest.is_empty() || rest.text.starts_with(COLONS) {
        if let Some((name, story)) = plain(words)
            && !story.is_empty()
            && kind(name.text) != Label::Other
        {
            return Some((name, story));
        }
        return Some((words.trim_of(COLONS), rest.trim_start_of(COLONS).trim()));
    }
    None
}

/// Reads `Label: rest` on the first line.
fn plain(piece: SourceStr<'_>) -> Option<(SourceStr<'_>, SourceStr<'_>)> {
    let bytes = piece.text.as_bytes();
    let start = &bytes[..bytes.len().min(LONGEST_LABEL + 1)];
    let ends = |at: &usize| {
        matches!(bytes[*at], b':' | b'\n')
            || bytes[*at] == WIDE_COLON[0] && bytes[*at..].starts_with(WIDE_COLON)
    };
    let colon = (0..start.len())
        .find(ends)
        .filter(|at| bytes[*at] != b'\n')?;
    Some((
        piece.before(colon),
        piece.after(colon).trim_start_of(COLONS).trim(),
    ))
}

/// An id that is written before a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WrittenId<'a> {
    /// The id as written.
    pub(crate) id: SourceStr<'a>,
    /// How it is built.
    pub(crate) shape: IdShape,
    /// What the criterion says.
    pub(crate) rest: SourceStr<'a>,
    /// Whether marks or punctuation set it off, so that it is no word of the text.
    pub(crate) set_off: bool,
    /// Whether a word for a criterion stands before it: `AC 3:`, `Scenario 1:`. Such a word is no
    /// part of the id.
    pub(crate) worded: bool,
}

impl WrittenId<'_> {
    /// Returns whether an id with a hyphen, behind which only a blank stands, is none of the text:
    /// `AC-3 a`, or before a clause: `FR-3 WHEN a`.
    pub(crate) fn is_before_clause(&self) -> bool {
        let Some(word) = self.id.text[..self.shape.prefix].strip_suffix(['-', '_', '‑']) else {
            return false;
        };
        let first = self
            .rest
            .text
            .trim_start_matches('*')
            .split([' ', '*'])
            .next()
            .unwrap_or_default();
        let clause = ["WHEN", "WHILE", "WHERE", "IF", "GIVEN", "THE"]
            .iter()
            .any(|keyword| first.eq_ignore_ascii_case(keyword));
        clause || INDEX.criterion.word_length(word) == Some(word.len())
    }
}

/// Reads the id at the start of a criterion: `1.1 text`, `**FR-1.1**: text`, `AC-1: text`,
/// `AC1: text`, `[R1] text`.
pub(crate) fn written_id(piece: SourceStr<'_>) -> Option<WrittenId<'_>> {
    let unmarked = piece.trim_start_of(&['*', '_', '[', '(', '`', '<']);
    let word = INDEX
        .criterion
        .word_length(unmarked.text)
        .filter(|length| !unmarked.text[*length..].starts_with('-'));
    let id_start = word.map_or(unmarked, |length| {
        unmarked.after(length).trim_start_of(&[' ', '#'])
    });
    let shape = read_id(id_start.text)?;
    let (id, behind) = (id_start.before(shape.length), id_start.after(shape.length));
    let closed = behind
        .trim_start_of(CLOSING)
        .trim_start_of(SEPARATORS)
        .trim_start_of(CLOSING);
    let rest = closed.trim_start_of(&[' ', '\t']).trim_start_of(SEPARATORS);
    let parted = behind.text.len() > rest.text.len() || behind.text.starts_with(is_caseless);
    let set_off = word.is_some()
        || unmarked.text.len() < piece.text.len()
        || !behind.text.starts_with([' ', '\t']);
    let code = |length| unmarked.before(length).text.chars().all(char::is_uppercase);
    let worded =
        word.is_some_and(|length| behind.text.trim_start().starts_with(is_sign) || code(length));
    let rest = if piece.text.starts_with("**") {
        without_closing(rest.trim())
    } else {
        rest.trim()
    };
    (parted && !rest.is_empty()).then_some(WrittenId {
        id,
        shape,
        rest,
        set_off,
        worded,
    })
}

fn is_sign(char: char) -> bool {
    CLOSING.contains(&char) || SEPARATORS.contains(&char)
}

/// Returns the text without the marks at the end that close what opened before its id:
/// `**FR-1: text**`.
fn without_closing(rest: SourceStr<'_>) -> SourceStr<'_> {
    let marks = rest.text.matches("**").count();
    if marks % 2 == 1 && rest.text.ends_with("**") {
        rest.before(rest.text.len() - 2)
    } else {
        rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        for (text, expected) in [
            ("**User Story:** As a x", Some((Label::Story, "As a x"))),
            ("**User Story**: As a x", Some((Label::Story, "As a x"))),
            ("**User Story: As a x**", Some((Label::Story, "As a x"))),
            ("User Story: As a x", Some((Label::Story, "As a x"))),
            ("**Objective:** As a x", Some((Label::Story, "As a x"))),
            ("**用户故事：** 作为", Some((Label::Story, "作为"))),
            ("**用户故事**：作为", Some((Label::Story, "作为"))),
            (
                "**ユーザーストーリー:** 開発者として",
                Some((Label::Story, "開発者として")),
            ),
            (
                "**사용자 스토리:** 개발자로서",
                Some((Label::Story, "개발자로서")),
            ),
            (
                "**História de Usuário:** Como",
                Some((Label::Story, "Como")),
            ),
            (
                "**Historia de usuario:** Como",
                Some((Label::Story, "Como")),
            ),
            ("**Цель:** Как", Some((Label::Story, "Как"))),
            ("**Acceptance Criteria:**", Some((Label::Criteria, ""))),
            ("**Acceptance Criteria**", Some((Label::Criteria, ""))),
            ("Acceptance Criteria:", Some((Label::Criteria, ""))),
            ("**受け入れ条件**", Some((Label::Criteria, ""))),
            ("**EARS:** WHEN a", Some((Label::Ears, "WHEN a"))),
            ("**Priority:** High", Some((Label::Other, "High"))),
            ("Patterns:", Some((Label::Other, ""))),
            ("The system: logs", None),
            ("**Bold** text", None),
            ("text", None),
            ("", None),
        ] {
            let found =
                leading_label(SourceStr::new(text, 0)).map(|(label, rest)| (label, rest.text));
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn what_only_announces() {
        for (text, expected) in [
            ("**Acceptance Criteria:**", true),
            ("Acceptance Criteria", true),
            ("**Acceptance Criteria** (EARS):", true),
            ("**验收标准：**", true),
            ("**User Story:**", true),
            ("**Acceptance Criteria:** WHEN a", false),
            ("**Acceptance Criteria Notes**", false),
            ("text", false),
            ("", false),
        ] {
            assert_eq!(
                only_announces(SourceStr::new(text, 0)),
                expected,
                "{text:?}"
            );
        }
    }

    #[test]
    fn written_ids() {
        for (text, expected) in [
            ("1.1 WHEN a", Some(("1.1", "WHEN a", false))),
            ("1.1. WHEN a", Some(("1.1", "WHEN a", true))),
            ("**FR-1.1**: a", Some(("FR-1.1", "a", true))),
            ("**FR-1.1:** a", Some(("FR-1.1", "a", true))),
            ("AC-1: a", Some(("AC-1", "a", true))),
            ("AC 1.1.2: a", Some(("1.1.2", "a", true))),
            ("[R1] a", Some(("R1", "a", true))),
            ("1.1 创建", Some(("1.1", "创建", false))),
            ("1.1创建", Some(("1.1", "创建", true))),
            ("1.1 **WHEN** a", Some(("1.1", "**WHEN** a", false))),
            ("**1.1** `a` SHALL b", Some(("1.1", "`a` SHALL b", true))),
            ("**FR-1: a**", Some(("FR-1", "a", true))),
            ("FR-1 - a", Some(("FR-1", "a", false))),
            ("S3 bucket", Some(("S3", "bucket", false))),
            ("WHEN a", None),
            ("1.1", None),
            ("", None),
        ] {
            let found = written_id(SourceStr::new(text, 0))
                .map(|found| (found.id.text, found.rest.text, found.set_off));
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn words_for_a_criterion_before_its_number() {
        for (text, expected) in [
            ("AC3: a", Some(("3", "a", true))),
            ("AC 4: a", Some(("4", "a", true))),
            ("**AC1:** a", Some(("1", "a", true))),
            ("**AC1**: a", Some(("1", "a", true))),
            ("[AC2] a", Some(("2", "a", true))),
            ("AC #2 - a", Some(("2", "a", true))),
            ("AC1 WHEN a", Some(("1", "WHEN a", true))),
            ("AC8.1: a", Some(("8.1", "a", true))),
            ("Scenario 1: a", Some(("1", "a", true))),
            ("Criterion 2 follows", Some(("2", "follows", false))),
            ("验收标准 1：甲", Some(("1", "甲", true))),
            ("標準1：甲", Some(("1", "甲", true))),
            ("基準 1: 甲", Some(("1", "甲", true))),
            ("기준 1: 갑", Some(("1", "갑", true))),
            ("КП1: а", Some(("1", "а", true))),
            ("Critério 1: a", Some(("1", "a", true))),
            ("CA 1: a", Some(("1", "a", true))),
            ("Criterio 1: a", Some(("1", "a", true))),
            ("Critère 1 : a", Some(("1", "a", true))),
            ("AK1: a", Some(("1", "a", true))),
            ("AC-3: a", Some(("AC-3", "a", false))),
        ] {
            let found = written_id(SourceStr::new(text, 0))
                .map(|found| (found.id.text, found.rest.text, found.worded));
            assert_eq!(found, expected, "{text:?}");
        }
    }
}
