//! The word of a file's own headings, which is a word in its references, too: `### Feature 1` and
//! `_Requirements: Feature 1_`.
//!
//! References are read without knowing the requirements, so that such a word is prose at first.

use super::body::references_in;
use super::parts::{BRACKETS, plainly_bracketed};
use super::{Reference, ReferenceKind, Resolution, Resolved, Resolver};
use crate::spec::aliases::INDEX;
use crate::spec::requirements::{Requirement, Requirements};
use crate::spec::source_str::{SourceStr, is_caseless, prefix_length};
use crate::text::{Span, Text};

/// The most words that are looked for in references.
const MOST_WORDS: usize = 8;

/// Returns the words before the numbers of the headings of requirements, in lower case, each once;
/// those of the languages excepted.
pub(super) fn own_words(text: &Text, requirements: &Requirements) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for requirement in &requirements.requirements {
        if let Some(word) = own_word(text, requirement).filter(|word| !words.contains(word)) {
            words.push(word);
        }
    }
    words.truncate(MOST_WORDS);
    words
}

fn own_word(text: &Text, requirement: &Requirement) -> Option<String> {
    let line = text.lines().get(requirement.line)?.content;
    let number = requirement
        .written
        .filter(|written| written.start >= line.start)?;
    let before = SourceStr::read(text, Span::new(line.start, number.start)).text;
    let word = before.trim_matches(|char: char| !char.is_alphabetic());
    let is_known = INDEX.requirement.word_length(word) == Some(word.len());
    let is_plain = word.chars().all(|char| char.is_alphabetic() || char == ' ');
    (!word.is_empty() && is_plain && !is_known).then(|| word.to_lowercase())
}

/// Returns what stands in the brackets at the end of a line.
fn closing_brackets(line: SourceStr<'_>) -> Option<SourceStr<'_>> {
    let is_open = |char: char| BRACKETS.iter().any(|(open, _)| *open == char);
    let open = line.text.rfind(is_open)?;
    let (inside, behind) = plainly_bracketed(line.after(open))?;
    let is_last = behind.trim_of(&['*', '_', '.', '。', ' ', '\r']).is_empty();
    is_last.then_some(inside)
}

impl Resolver {
    /// Reads what stands behind each word of the file's own in a reference that is words; nothing
    /// where there is none.
    pub(super) fn behind_own_words(&self, text: &Text, reference: Reference) -> Vec<Reference> {
        if !reference.is_words() || self.own_words().is_empty() {
            return Vec::new();
        }
        let words = SourceStr::read(text, reference.span);
        let mut lists: Vec<SourceStr<'_>> = Vec::new();
        let mut at = 0;
        while let Some((start, end)) = self.own_word_in(words.text, at) {
            if let Some(last) = lists.last_mut() {
                *last = last.before(start - (words.text.len() - last.text.len()));
            }
            lists.push(words.after(end));
            at = end;
        }
        lists.into_iter().flat_map(references_in).collect()
    }

    /// Resolves the brackets at the end of a line that begin with a word of the file's own:
    /// `Log in (故事 1)`. Nothing where not all of it exists, for then it may be about something
    /// else.
    pub fn resolve_brackets(&self, text: &Text, line: usize) -> Vec<Resolved> {
        if self.own_words().is_empty() {
            return Vec::new();
        }
        let line = text.lines().get(line);
        let inside = line.and_then(|line| closing_brackets(SourceStr::read(text, line.content)));
        let own = inside.filter(|inside| self.own_word_length(inside.text).is_some());
        let Some(inside) = own else {
            return Vec::new();
        };
        let reference = Reference {
            span: inside.span(),
            kind: ReferenceKind::Prose,
        };
        let named = self.resolved(text, reference);
        let is_found = |one: &Resolution| matches!(one, Resolution::Found(_));
        if named.iter().all(|one| one.resolutions.iter().all(is_found)) {
            named
        } else {
            Vec::new()
        }
    }

    /// Finds the first word of the file's own from `from` on that has a number behind it; gives
    /// where it begins and where the number does.
    fn own_word_in(&self, text: &str, from: usize) -> Option<(usize, usize)> {
        let begins = |at: &usize| {
            let before = text[..*at].chars().next_back();
            before.is_none_or(|before| !before.is_alphanumeric() || is_caseless(before))
        };
        let starts = text[from..].char_indices().map(|(at, _)| from + at);
        starts
            .filter(begins)
            .find_map(|at| Some((at, at + self.own_word_length(&text[at..])?)))
    }

    /// Measures a word of the file's own with the blanks up to its number; it may be in the plural.
    fn own_word_length(&self, text: &str) -> Option<usize> {
        let lengths = self.own_words().iter().filter_map(|word| {
            let rest = &text[prefix_length(text, word)?..];
            let rest = rest
                .strip_prefix("es")
                .or(rest.strip_prefix('s'))
                .unwrap_or(rest);
            let number = rest.trim_start_matches([' ', '\u{a0}', '#', '№', ':', '：']);
            let is_number = number.starts_with(|char: char| char.is_ascii_digit());
            is_number.then(|| text.len() - number.len())
        });
        lengths.max()
    }
}
