//! The body of a field as a list of references: ids, ranges, criteria of a requirement, all, prose.

use super::exclusion::part_exclusion;
use super::parts::{
    Ids, behind_and, behind_criterion_word, behind_requirement, behind_words, bracketed,
    criteria_at, id_at, ids_at, ids_in, is_all, is_nothing, is_number, number_at,
    plainly_bracketed, range_behind_word, trimmed, unwrapped, without_label,
};
use super::reference::{Reference, ReferenceKind};
use crate::spec::aliases::INDEX;
use crate::spec::id::read_id;
use crate::spec::source_str::{SourceStr, is_caseless};
use crate::text::{Span, Text};

/// Reads the references in `body`.
pub fn read_references(text: &Text, body: Span) -> Vec<Reference> {
    references_in(SourceStr::read(text, body))
}

/// Reads the references in a piece.
pub(super) fn references_in(body: SourceStr<'_>) -> Vec<Reference> {
    let mut reader = Reader::default();
    reader.take_list(without_label(unwrapped(body.trim())));
    reader.references
}

/// The requirement whose criteria may follow.
#[derive(Clone, Copy, Default)]
enum Current<'a> {
    #[default]
    Nothing,
    /// It was named as a whole by the last reference, which becomes a criterion where one follows:
    /// `Req 7, AC 1`.
    Named(SourceStr<'a>),
    /// Its criteria are counted up: `Req 7 AC 1, 2, AC 3`.
    Counted(SourceStr<'a>),
}

/// Reads one list.
#[derive(Default)]
struct Reader<'a> {
    references: Vec<Reference>,
    current: Current<'a>,
    /// Where the next reference begins, if before its own id: at the requirement that it narrows
    /// down.
    start: Option<usize>,
    /// Whether the last reference is words with a number at their end: `Observability 1`.
    words_count: bool,
}

impl<'a> Reader<'a> {
    /// Takes a list without what it leaves out, which is prose.
    fn take_list(&mut self, list: SourceStr<'a>) {
        let mut list = list;
        while let Some([before, left_out, behind]) = part_exclusion(list) {
            self.take_parts(before);
            let words = trimmed(left_out).span();
            self.add(words.start, words.end, ReferenceKind::Prose);
            self.current = Current::Nothing;
            list = behind;
        }
        self.take_parts(list);
    }

    /// Cuts a list at its commas, but not inside parentheses.
    fn take_parts(&mut self, list: SourceStr<'a>) {
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
    fn take(&mut self, part: SourceStr<'a>) {
        if self.ends_codes() {
            self.current = Current::Nothing;
        }
        let mut rest = behind_and(trimmed(part));
        if self.goes_on_words(rest) {
            return;
        }
        while !rest.is_empty() {
            let behind = self.take_criteria(rest).or_else(|| self.take_ids(rest));
            match behind {
                Some(behind) => rest = trimmed(self.further(behind)),
                None => return self.take_words(rest),
            }
        }
    }

    /// Lets words that count something, `Observability 1`, go on with a further number; gives whether
    /// they do.
    fn goes_on_words(&mut self, part: SourceStr<'a>) -> bool {
        let counts = std::mem::take(&mut self.words_count);
        let is_number = || {
            ids_at(part).is_some_and(|ids| {
                let ends = [Some(ids.from), ids.to];
                let is_bare = |id: &SourceStr<'_>| read_id(id.text).is_some_and(is_number);
                ids.behind.trim().is_empty() && ends.iter().flatten().all(is_bare)
            }) && part.text.starts_with(|char: char| char.is_ascii_digit())
        };
        if !counts || !is_number() {
            return false;
        }
        let Some(words) = self.references.last_mut() else {
            return false;
        };
        words.span.end = part.span().end;
        self.words_count = true;
        true
    }

    /// Returns whether the list holds several codes by now, so that one more is none of a criterion
    /// of the last: `NFR3, NFR4, AC7`.
    fn ends_codes(&self) -> bool {
        let Current::Named(last) = self.current else {
            return false;
        };
        let is_code = last.text.starts_with(char::is_alphabetic);
        let mut before = self.references.iter().rev().skip(1);
        is_code
            && before
                .next()
                .is_some_and(|reference| matches!(reference.kind, ReferenceKind::Id(_)))
    }

    /// Takes criteria of the current requirement: `AC 1`, `Criteria 1-3`, `AC (1, 2)`, and plain
    /// numbers behind such.
    fn take_criteria(&mut self, part: SourceStr<'a>) -> Option<SourceStr<'a>> {
        let (requirement, open) = self.criteria_in(part)?;
        self.count(requirement);
        if let Some((inside, behind)) = plainly_bracketed(open) {
            self.take_list(inside);
            return Some(behind);
        }
        let Some(Ids { from, to, behind }) = criteria_at(open, requirement.text) else {
            self.current = Current::Nothing;
            return self.take_ids(open);
        };
        let (requirement, from, end) = (requirement.span(), from.span(), to.unwrap_or(from).span());
        let kind = match to {
            Some(_) => ReferenceKind::Criteria {
                requirement,
                from,
                to: end,
            },
            None => ReferenceKind::Criterion {
                requirement,
                criterion: from,
            },
        };
        self.add(part.span().start, end.end, kind);
        Some(behind)
    }

    /// Returns the current requirement and what stands behind the word for a criterion, if that is
    /// a criterion of it.
    fn criteria_in(&self, part: SourceStr<'a>) -> Option<(SourceStr<'a>, SourceStr<'a>)> {
        let behind = behind_criterion_word(part);
        let (requirement, open) = match self.current {
            Current::Nothing => return None,
            Current::Named(requirement) => (requirement, behind?),
            Current::Counted(requirement) => (requirement, behind.unwrap_or(part)),
        };
        let first = match plainly_bracketed(open) {
            Some((inside, _)) if behind.is_some() => inside,
            _ => open,
        };
        let is_one =
            number_at(first).is_some() || behind.is_some() && is_inside(first, requirement);
        is_one.then_some((requirement, open))
    }

    /// Lets criteria of `requirement` follow. Where it was only just named as a whole, they stand
    /// for it.
    fn count(&mut self, requirement: SourceStr<'a>) {
        if matches!(self.current, Current::Named(_)) {
            self.start = self.references.pop().map(|whole| whole.span.start);
        }
        self.current = Current::Counted(requirement);
    }

    /// Takes an id or a range at the start; gives what stands behind.
    fn take_ids(&mut self, part: SourceStr<'a>) -> Option<SourceStr<'a>> {
        let Ids { from, to, behind } = ids_at(part).or_else(|| range_behind_word(part))?;
        let start = part.span().start;
        self.current = Current::Nothing;
        if let Some(to) = to {
            self.add(
                start,
                to.span().end,
                ReferenceKind::Range {
                    from: from.span(),
                    to: to.span(),
                },
            );
            return Some(behind);
        }
        let is_alone = number_at(from).is_some() && behind_criterion_word(part).is_some();
        let id = if is_alone {
            Span::new(start, from.span().end)
        } else {
            from.span()
        };
        self.add(start, id.end, ReferenceKind::Id(id));
        if !is_alone && INDEX.criterion.word_length(from.text).is_none() {
            self.current = Current::Named(from);
        }
        Some(behind)
    }

    /// Returns where the list goes on behind an id: nowhere, unless further ids follow. Takes what
    /// narrows the id down, and the ids in a remark.
    fn further(&mut self, behind: SourceStr<'a>) -> SourceStr<'a> {
        let mut rest = behind.trim();
        if self.criteria_in(rest).is_some() {
            return rest;
        }
        while let Some((_, behind)) = bracketed(rest) {
            if let Some((inside, _)) = plainly_bracketed(rest) {
                self.narrow(inside);
            }
            rest = behind.trim();
        }
        rest = behind_and(rest);
        let further = rest.trim_start_of(&['/', '+', '&', ' ']);
        if id_at(behind_words(further)).is_some() || self.criteria_in(further).is_some() {
            return further;
        }
        let sentence = rest.trim_start_of(&['.', '。', ':', '：', ' ']);
        if self.goes_on(rest, sentence) {
            return sentence;
        }
        self.take_remark(rest)
    }

    /// Returns whether a list goes on behind a dot or a colon: `1.1. 1.2.`,
    /// `Requirement 1: 1.1, 1.2`.
    fn goes_on(&mut self, rest: SourceStr<'a>, sentence: SourceStr<'a>) -> bool {
        let Some((id, shape)) = id_at(sentence) else {
            return false;
        };
        if let Current::Named(requirement) = self.current
            && is_inside(sentence, requirement)
        {
            self.count(requirement);
            return true;
        }
        let behind = sentence.after(id.text.len());
        let is_sure = shape.prefix == 0
            && (shape.numbers > 1 || behind.is_empty() || behind.text.starts_with('.'));
        rest.text.starts_with(['.', '。']) && is_sure
    }

    /// Takes what is in brackets behind a requirement, where it names criteria of it:
    /// `1 (AC 2, 3)`, `1 (1.2, 1.3)`.
    fn narrow(&mut self, inside: SourceStr<'a>) {
        let Current::Named(requirement) = self.current else {
            return;
        };
        if is_inside(inside, requirement) {
            self.count(requirement);
            self.take_list(inside);
        } else if self.criteria_in(inside).is_some() {
            self.take_list(inside);
        }
    }

    /// Takes the ids in a remark behind an id; gives where a word for a requirement begins a list
    /// again.
    fn take_remark(&mut self, remark: SourceStr<'a>) -> SourceStr<'a> {
        let mut left = remark;
        while let Some((start, Ids { from, to, behind })) = ids_in(left) {
            if behind_requirement(left.after(start)).is_some() {
                return left.after(start);
            }
            let (from, to) = (from.span(), to.unwrap_or(from).span());
            self.add(from.start, to.end, ReferenceKind::InRemark { from, to });
            left = behind;
        }
        left.after(left.text.len())
    }

    /// Takes words without an id at their start.
    fn take_words(&mut self, words: SourceStr<'a>) {
        self.current = Current::Nothing;
        match words.text {
            text if is_all(text) => {
                self.add(words.span().start, words.span().end, ReferenceKind::All);
            }
            text if is_nothing(text) => {
                self.add(words.span().start, words.span().end, ReferenceKind::Nothing);
            }
            _ => self.take_prose(words),
        }
    }

    /// Takes words that may have ids in them. From the word for a requirement on they are a list
    /// again.
    fn take_prose(&mut self, words: SourceStr<'a>) {
        let mut left = words;
        while let Some((start, Ids { from, to, behind })) = ids_in(left) {
            if behind_requirement(left.after(start)).is_some() {
                return self.take(left.after(start));
            }
            let (from, to) = (from.span(), to.unwrap_or(from).span());
            self.add(
                left.trim().span().start,
                to.end,
                ReferenceKind::InWords { from, to },
            );
            left = behind;
        }
        if left == words {
            self.add(words.span().start, words.span().end, ReferenceKind::Prose);
            self.words_count = ends_with_number(words.text);
        }
    }

    fn add(&mut self, start: usize, end: usize, kind: ReferenceKind) {
        let start = self.start.take().unwrap_or(start);
        self.references.push(Reference {
            span: Span::new(start, end),
            kind,
        });
    }
}

/// Returns whether words end with a number of one part: `Observability 1`, but not `Python 3.11`.
fn ends_with_number(words: &str) -> bool {
    let before = words.trim_end_matches(|char: char| char.is_ascii_digit());
    let is_parted = before.ends_with([' ', '-', '\u{a0}']) || before.ends_with(is_caseless);
    before.len() < words.len() && is_parted
}

/// Returns whether a piece begins with the whole id of a criterion of `requirement`: `1.2` of `1`.
fn is_inside(piece: SourceStr<'_>, requirement: SourceStr<'_>) -> bool {
    let id = id_at(piece).map(|(id, _)| id.text);
    id.and_then(|id| id.strip_prefix(requirement.text))
        .is_some_and(|rest| rest.starts_with('.'))
}
