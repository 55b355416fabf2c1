//! The body of a field as a list of references: ids, ranges, all, prose.

use std::borrow::Cow;

use crate::spec::aliases::INDEX;
use crate::spec::id::{IdShape, read_id};
use crate::spec::piece::Piece;
use crate::text::{Span, Text};

/// One reference of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// All of it, with a word before the id, without a remark behind it.
    pub span: Span,
    /// What it says.
    pub kind: ReferenceKind,
}

/// What a reference says. Ids are spans, for they are as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceKind {
    /// A criterion or a whole requirement: `1.2`, `FR-1`.
    Id(Span),
    /// A criterion by the numbers of its requirement and its own: `Req 7 AC 1`.
    Criterion {
        /// The id of the requirement.
        requirement: Span,
        /// The number of the criterion.
        criterion: Span,
    },
    /// All from the first to the last: `1.1-1.5`.
    Range {
        /// The first id.
        from: Span,
        /// The last id.
        to: Span,
    },
    /// Every requirement.
    All,
    /// No requirement, said so: `N/A`.
    Nothing,
    /// Words.
    Prose,
}

impl Reference {
    /// Gives the reference as written, without words before an id: `1.1-1.5`, `FR-1`, `All`.
    pub fn written(self, text: &Text) -> Cow<'_, str> {
        let span = match self.kind {
            ReferenceKind::Id(id) => id,
            ReferenceKind::Range { from, to } => Span::new(from.start, to.end),
            _ => self.span,
        };
        text.lossy(span)
    }

    /// Gives where the ids in it are written.
    pub fn ids(self) -> impl Iterator<Item = Span> {
        let ids = match self.kind {
            ReferenceKind::Id(id) => [Some(id), None],
            ReferenceKind::Criterion { requirement, criterion } => [Some(requirement), Some(criterion)],
            ReferenceKind::Range { from, to } => [Some(from), Some(to)],
            ReferenceKind::All | ReferenceKind::Nothing | ReferenceKind::Prose => [None, None],
        };
        ids.into_iter().flatten()
    }
}

/// Reads the references in `body`.
pub fn read_references(text: &Text, body: Span) -> Vec<Reference> {
    references_in(Piece::read(text, body))
}

/// Reads the references in a piece.
pub(super) fn references_in(body: Piece<'_>) -> Vec<Reference> {
    let mut reader = Reader::default();
    let piece = unwrapped(body.trim());
    let label = Piece::new("", piece.span().start);
    reader.take_list(without_label(piece).unwrap_or(label));
    reader.references
}

/// Gives the body without brackets around the whole of it.
fn unwrapped(piece: Piece<'_>) -> Piece<'_> {
    for (open, close) in [('[', ']'), ('(', ')'), ('（', '）'), ('【', '】')] {
        let inside = piece.text.strip_prefix(open).and_then(|text| text.strip_suffix(close));
        if let Some(inside) = inside.filter(|inside| !inside.contains([open, close])) {
            return piece.map(|_| inside).trim();
        }
    }
    piece
}

/// Gives the body without a second label before its ids: `Requirements: 1.1`.
fn without_label(piece: Piece<'_>) -> Option<Piece<'_>> {
    let length = INDEX.requirement.word_length(piece.text);
    let behind = length.map(|length| piece.after(length).trim());
    let behind = behind.filter(|behind| behind.text.starts_with([':', '：']));
    Some(behind.map_or(piece, |behind| behind.trim_start_of(&[':', '：', ' '])))
}

/// Reads one list.
#[derive(Default)]
struct Reader {
    references: Vec<Reference>,
    /// The requirement whose criteria are being counted up: `Req 7 AC 1, 2`.
    counted: Option<Span>,
    /// Whether the last id is a criterion's whole one, so that none can follow it: `AC-4.5.1`.
    criterion_ids: bool,
}

impl Reader {
    /// Cuts a list at its commas, but not inside parentheses.
    fn take_list(&mut self, list: Piece<'_>) {
        let mut start = 0;
        let mut depth = 0usize;
        for (offset, char) in list.text.char_indices() {
            match char {
                '(' | '（' => depth += 1,
                ')' | '）' => depth = depth.saturating_sub(1),
                ',' | '，' | '、' | ';' | '；' | '\n' | '|' if depth == 0 => {
                    self.take(list.before(offset).after(start));
                    start = offset + char.len_utf8();
                }
                _ => {}
            }
        }
        self.take(list.after(start));
    }

    /// Takes one part of the list, which may still hold several ids.
    fn take(&mut self, part: Piece<'_>) {
        let mut rest = trimmed(part);
        if let Some(length) = INDEX.and.word_length(rest.text) {
            rest = trimmed(rest.after(length));
        }
        while !rest.is_empty() {
            let behind = self.take_criterion(rest).or_else(|| self.take_id(rest));
            match behind {
                Some(behind) => rest = trimmed(behind),
                None => return self.take_words(rest),
            }
        }
    }

    /// Takes a criterion whose requirement stands before the comma: `Requirement 7, Criterion 1`.
    fn take_criterion<'a>(&mut self, part: Piece<'a>) -> Option<Piece<'a>> {
        let last = self.references.last().copied()?;
        let ReferenceKind::Id(requirement) = last.kind else { return None };
        if self.criterion_ids {
            return None;
        }
        let (criterion, behind) = criterion(part)?;
        self.references.pop();
        self.add(last.span.start, criterion.span().end, ReferenceKind::Criterion { requirement, criterion: criterion.span() });
        self.counted = Some(requirement);
        Some(without_remark(behind))
    }

    /// Takes an id or a range at the start, with the remark behind it; gives what stands behind.
    fn take_id<'a>(&mut self, part: Piece<'a>) -> Option<Piece<'a>> {
        let id_start = behind_words(part);
        let (id, shape) = id_at(id_start)?;
        let behind = id_start.after(shape.length);
        let start = part.span().start;
        if let Some((criterion, behind)) = criterion(behind) {
            self.add(start, criterion.span().end, ReferenceKind::Criterion { requirement: id.span(), criterion: criterion.span() });
            self.counted = Some(id.span());
            return Some(without_remark(behind));
        }
        if let Some((to, behind)) = range_end(behind) {
            self.add(start, to.span().end, ReferenceKind::Range { from: id.span(), to: to.span() });
            return Some(without_remark(behind));
        }
        let single = shape.prefix == 0 && shape.numbers == 1 && id_start == part;
        match self.counted.filter(|_| single) {
            Some(requirement) => self.add(start, id.span().end, ReferenceKind::Criterion { requirement, criterion: id.span() }),
            None => {
                self.counted = None;
                self.criterion_ids = INDEX.criterion.word_length(id.text).is_some();
                self.add(start, id.span().end, ReferenceKind::Id(id.span()));
            }
        }
        Some(without_remark(behind))
    }

    /// Takes words without an id at their start.
    fn take_words(&mut self, words: Piece<'_>) {
        self.counted = None;
        let kind = match words.text {
            text if is_all(text) => ReferenceKind::All,
            text if INDEX.none.starts(text).any(|length| is_remark(&text[length..])) => ReferenceKind::Nothing,
            _ => ReferenceKind::Prose,
        };
        self.add(words.span().start, words.span().end, kind);
    }

    fn add(&mut self, start: usize, end: usize, kind: ReferenceKind) {
        self.references.push(Reference { span: Span::new(start, end), kind });
    }
}

fn trimmed(piece: Piece<'_>) -> Piece<'_> {
    let closed = piece.map(|text| text.trim_end_matches([' ', '.', '。', '*', '_', ']', '`', '\r', '\t']));
    closed.trim_start_of(&[' ', '*', '_', '[', '`', '#', '§', '&', '\r', '\t'])
}

/// Gives what stands behind the words for a requirement: `Requirement 1` → `1`.
fn behind_words(part: Piece<'_>) -> Piece<'_> {
    let words = [&INDEX.requirement, &INDEX.criterion];
    let mut piece = part;
    for names in words {
        if let Some(length) = names.word_length(piece.text)
            && !piece.text[length..].starts_with('-')
        {
            piece = piece.after(length).trim_start_of(&[' ', '#', '№', ':', '：', '\u{a0}']);
        }
    }
    piece
}

/// Reads an id that is no word of the text: `1.1`, `FR-1`, and what only a blank or punctuation follows.
fn id_at(piece: Piece<'_>) -> Option<(Piece<'_>, IdShape)> {
    let shape = read_id(piece.text)?;
    let behind = &piece.text[shape.length..];
    let first = behind.chars().next();
    let parted = first.is_none_or(|char| !char.is_ascii_alphanumeric() && !matches!(char, '%' | '+' | '/' | '=' | '$'));
    parted.then(|| (piece.before(shape.length), shape))
}

/// Reads the criterion behind a requirement: `AC 1`, `, Criterion 1`, `- AC1`.
fn criterion(behind: Piece<'_>) -> Option<(Piece<'_>, Piece<'_>)> {
    let words = behind.trim_start_of(&[' ', ':', '-', '.', '(', '/']);
    let length = INDEX.criterion.word_length(words.text)?;
    let number = words.after(length).trim_start_of(&[' ', '#', '-', ':']);
    let digits = number.text.bytes().take_while(u8::is_ascii_digit).count();
    let goes_on = number.text[digits..].strip_prefix('.').is_some_and(|rest| rest.starts_with(|char: char| char.is_ascii_digit()));
    (digits > 0 && !goes_on).then(|| (number.before(digits), number.after(digits).trim_start_of(&[')'])))
}

/// Reads the end of a range behind its first id: `-1.5`, ` – 1.5`, ` through 1.5`.
fn range_end(behind: Piece<'_>) -> Option<(Piece<'_>, Piece<'_>)> {
    let open = behind.trim();
    let sign = open.text.chars().next().filter(|char| matches!(char, '-' | '–' | '—' | '~' | '〜' | '～' | '‑' | '−' | '→'));
    let length = match sign {
        Some(sign) => sign.len_utf8(),
        None if open.text.starts_with("..") => open.text.len() - open.text.trim_start_matches('.').len(),
        None => INDEX.through.word_length(open.text)?,
    };
    let end = behind_words(open.after(length).trim());
    let (id, shape) = id_at(end)?;
    Some((id, end.after(shape.length)))
}

/// Gives what stands behind a remark: nothing, unless a further id follows.
fn without_remark(behind: Piece<'_>) -> Piece<'_> {
    let mut rest = behind.trim();
    for (open, close) in [('(', ')'), ('（', '）'), ('[', ']')] {
        if rest.text.starts_with(open) {
            rest = rest.text.find(close).map_or(rest.after(rest.text.len()), |end| rest.after(end + close.len_utf8())).trim();
        }
    }
    if let Some(length) = INDEX.and.word_length(rest.text) {
        rest = rest.after(length).trim();
    }
    let further = rest.trim_start_of(&['/', '+', '&', ' ']);
    if id_at(behind_words(further)).is_some() { further } else { rest.after(rest.text.len()) }
}

/// Says whether the words mean every requirement: `All`, `All requirements (testing)`, `全要件`.
fn is_all(text: &str) -> bool {
    let whole = INDEX.all_requirements.word_length(text);
    whole.is_some() || INDEX.all.starts(text).any(|length| is_remark(&text[length..]))
}

/// Says whether nothing but a remark stands behind a word.
fn is_remark(behind: &str) -> bool {
    let rest = behind.trim_start();
    rest.is_empty() || rest.starts_with(['(', '（', '–', '—', ':']) || rest.starts_with("- ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Draws the references as `id`, `req/criterion`, `from..to`, `ALL`, `NOTHING` and `"prose"`.
    fn drawn(body: &str) -> String {
        let text = Text::new(body);
        let draw = |reference: Reference| match reference.kind {
            ReferenceKind::Id(id) => text.lossy(id).into_owned(),
            ReferenceKind::Criterion { requirement, criterion } => format!("{}/{}", text.lossy(requirement), text.lossy(criterion)),
            ReferenceKind::Range { from, to } => format!("{}..{}", text.lossy(from), text.lossy(to)),
            ReferenceKind::All => "ALL".to_owned(),
            ReferenceKind::Nothing => "NOTHING".to_owned(),
            ReferenceKind::Prose => format!("{:?}", text.lossy(reference.span)),
        };
        read_references(&text, Span::new(0, body.len())).into_iter().map(draw).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn bodies() {
        for (body, expected) in [
            ("1.1, 1.2, 1.3", "1.1 1.2 1.3"),
            ("1.1", "1.1"),
            ("9", "9"),
            ("1.1、1.2，2.1；3", "1.1 1.2 2.1 3"),
            ("1.1 1.2", "1.1 1.2"),
            ("1.1, 1.2, and 1.3.", "1.1 1.2 1.3"),
            ("1.1 and 1.2", "1.1 1.2"),
            ("1.1 和 1.2", "1.1 1.2"),
            ("1.1 e 1.2", "1.1 1.2"),
            ("1.1-1.5", "1.1..1.5"),
            ("1.1–1.5, 2.1", "1.1..1.5 2.1"),
            ("1.1 - 1.5", "1.1..1.5"),
            ("1.1 through 1.5", "1.1..1.5"),
            ("1.1 to 1.5", "1.1..1.5"),
            ("1.1～1.5", "1.1..1.5"),
            ("1.1 至 1.5", "1.1..1.5"),
            ("1-6", "1..6"),
            ("R8.1–8.4", "R8.1..8.4"),
            ("R8.1–R8.4", "R8.1..R8.4"),
            ("FR-2.1", "FR-2.1"),
            ("FR-2.1.1, NFR-3", "FR-2.1.1 NFR-3"),
            ("R3.3, REQ-1, NFR3", "R3.3 REQ-1 NFR3"),
            ("US-001, US-002", "US-001 US-002"),
            ("Requirement 1", "1"),
            ("Requirements 2.1, 2.2", "2.1 2.2"),
            ("Requirements: 2.1", "2.1"),
            ("需求 1.3, 2.4", "1.3 2.4"),
            ("要件6.4", "6.4"),
            ("要件24（アーキテクチャ）", "24"),
            ("Требования 1.1", "1.1"),
            ("Req 7 AC 1", "7/1"),
            ("Req 7 AC 1, 2, Req 8 AC 3", "7/1 7/2 8/3"),
            ("Requirement 7, Criterion 1", "7/1"),
            ("Requirement 7, AC 1, 2", "7/1 7/2"),
            ("AC-1, AC-2, Req 3 AC 4", "AC-1 AC-2 3/4"),
            ("FR-4.5, AC-4.5.2, AC-4.5.3", "FR-4.5 AC-4.5.2 AC-4.5.3"),
            ("Requirements 7, 8", "7 8"),
            ("[1.1, 1.2]", "1.1 1.2"),
            ("[1.1], [1.2]", "1.1 1.2"),
            ("1.2 (Mode A, Mode B), 3.2", "1.2 3.2"),
            ("Requirement 1 (Touch), Requirement 2 (Drag)", "1 2"),
            ("8 (CLI Commands)", "8"),
            ("31, Performance", "31 \"Performance\""),
            ("All", "ALL"),
            ("All (testing)", "ALL"),
            ("(all)", "ALL"),
            ("All requirements", "ALL"),
            ("All requirements - validation", "ALL"),
            ("全要件", "ALL"),
            ("全要件に関連", "ALL"),
            ("所有需求", "ALL"),
            ("全部", "ALL"),
            ("모든 요구사항 검증", "ALL"),
            ("Все требования", "ALL"),
            ("Todos os requisitos", "ALL"),
            ("Todos los requisitos", "ALL"),
            ("Toutes les exigences", "ALL"),
            ("Alle Anforderungen", "ALL"),
            ("N/A", "NOTHING"),
            ("N/A (code organization)", "NOTHING"),
            ("なし", "NOTHING"),
            ("无", "NOTHING"),
            ("All modal-related", "\"All modal-related\""),
            ("Testing Strategy", "\"Testing Strategy\""),
            ("(implied by design)", "\"implied by design\""),
            ("{{REQUIREMENT_IDS}}", "\"{{REQUIREMENT_IDS\""),
            ("", ""),
        ] {
            assert_eq!(drawn(body).replace("}}", ""), expected.replace("}}", ""), "{body:?}");
        }
    }

    proptest! {
        #[test]
        fn any_body_gives_spans_inside_it_in_order(body in "(1\\.1|R2|Req 7|AC 1|All|全要件|through|[-–,、;()（）. \\n]|\\PC){0,12}") {
            let text = Text::new(body.clone());
            let mut end = 0;
            for reference in read_references(&text, Span::new(0, body.len())) {
                prop_assert!(reference.span.start >= end && body.get(reference.span.range()).is_some());
                end = reference.span.end;
            }
        }
    }
}
