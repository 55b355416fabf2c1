//! A part of a text as characters that knows where in the file it stands.
//!
//! Knows nothing of what the characters mean. It lets the readers of this layer cut strings as
//! usual and still give spans of the file.

use crate::text::{Span, Text};

/// A string together with the offset of its first byte in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SourceStr<'a> {
    /// The characters.
    pub(crate) text: &'a str,
    start: usize,
}

impl<'a> SourceStr<'a> {
    /// Makes a piece of `text` that stands at `start` in the file.
    pub(crate) fn new(text: &'a str, start: usize) -> Self {
        Self { text, start }
    }

    /// Reads the characters inside `span`, up to the first byte that is not valid UTF-8.
    pub(crate) fn read(text: &'a Text, span: Span) -> Self {
        Self::new(readable(text.slice(span)), span.start)
    }

    /// Returns where the piece stands in the file.
    pub(crate) fn span(self) -> Span {
        Span::new(self.start, self.start + self.text.len())
    }

    /// Returns whether no character is inside.
    pub(crate) fn is_empty(self) -> bool {
        self.text.is_empty()
    }

    /// Returns the part that `cut` leaves of the characters. `cut` must return a part of what it
    /// gets.
    pub(crate) fn map(self, cut: impl FnOnce(&'a str) -> &'a str) -> Self {
        let part = cut(self.text);
        let skipped = part
            .as_ptr()
            .addr()
            .saturating_sub(self.text.as_ptr().addr())
            .min(self.text.len());
        Self::new(part, self.start + skipped)
    }

    /// Returns what stands from byte `offset` on; nothing where that splits a character.
    pub(crate) fn after(self, offset: usize) -> Self {
        Self::new(
            self.text.get(offset..).unwrap_or_default(),
            self.start + offset.min(self.text.len()),
        )
    }

    /// Returns what stands before byte `offset`; everything where that splits a character.
    pub(crate) fn before(self, offset: usize) -> Self {
        Self::new(self.text.get(..offset).unwrap_or(self.text), self.start)
    }

    /// Returns the piece without blanks at both ends.
    pub(crate) fn trim(self) -> Self {
        self.map(str::trim)
    }

    /// Returns the piece without the characters at both ends that `unwanted` names.
    pub(crate) fn trim_of(self, unwanted: &[char]) -> Self {
        self.map(|text| text.trim_matches(unwanted))
    }

    /// Returns the piece without the characters at its start that `unwanted` names.
    pub(crate) fn trim_start_of(self, unwanted: &[char]) -> Self {
        self.map(|text| text.trim_start_matches(unwanted))
    }
}

/// Returns the characters up to the first byte that is not valid UTF-8.
pub(crate) fn readable(bytes: &[u8]) -> &str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
    }
}

/// Measures the start of `text` that is `prefix` without regard to case.
pub(crate) fn prefix_length(text: &str, prefix: &str) -> Option<usize> {
    let mut pairs = text.bytes().zip(prefix.bytes());
    match pairs.find(|(found, wanted)| !found.eq_ignore_ascii_case(wanted)) {
        None => (prefix.len() <= text.len()).then_some(prefix.len()),
        Some((found, wanted)) if found.is_ascii() && wanted.is_ascii() => None,
        Some(_) => folded_length(text, prefix),
    }
}

/// Measures the same where letters outside ASCII differ, which may be the same letters in another
/// case.
fn folded_length(text: &str, prefix: &str) -> Option<usize> {
    if !may_begin(text.as_bytes(), prefix.as_bytes())
        || prefix.is_ascii()
        || prefix.starts_with(is_caseless)
    {
        return None;
    }
    let mut rest = text.chars();
    for expected in prefix.chars() {
        let found = rest.next()?;
        if found != expected && !found.to_lowercase().eq(expected.to_lowercase()) {
            return None;
        }
    }
    Some(text.len() - rest.as_str().len())
}

/// Returns the bytes that a text may begin with which begins with `word` in whatever case.
pub(crate) fn first_bytes(word: &str) -> Vec<u8> {
    let first_byte = |char: char| char.encode_utf8(&mut [0; 4]).as_bytes()[0];
    let mut bytes: Vec<u8> = word
        .chars()
        .take(1)
        .flat_map(|char| char.to_lowercase().chain(char.to_uppercase()))
        .map(first_byte)
        .collect();
    bytes.dedup();
    bytes
}

/// Returns whether the letter belongs to a script without cases: Chinese, Japanese, Korean.
pub(crate) fn is_caseless(char: char) -> bool {
    char >= '\u{2e80}'
}

/// Returns whether the first bytes allow a match.
fn may_begin(text: &[u8], prefix: &[u8]) -> bool {
    let (Some(first), Some(wanted)) = (text.first(), prefix.first()) else {
        return prefix.is_empty();
    };
    if wanted.is_ascii() {
        first.eq_ignore_ascii_case(wanted)
    } else {
        !first.is_ascii()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_keeps_its_place() {
        let text = Text::new("## A: 需求 x  \n");
        let piece = SourceStr::read(&text, Span::new(3, 14));
        assert_eq!(piece.text, "A: 需求 x");
        assert_eq!(piece.after(2).trim().span(), Span::new(6, 14));
        assert_eq!(piece.before(1).span(), Span::new(3, 4));
        assert_eq!(piece.trim_of(&['A', 'x', ' ', ':']).text, "需求");
        assert_eq!(piece.after(4).text, "", "splits a character");
    }

    #[test]
    fn invalid_bytes_end_a_piece() {
        assert_eq!(
            SourceStr::read(&Text::new(&b"ab\xffcd"[..]), Span::new(0, 5)).text,
            "ab"
        );
    }

    #[test]
    fn prefixes_without_regard_to_case() {
        for (text, prefix, expected) in [
            ("Requirement 1", "requirement", Some(11)),
            ("ТРЕБОВАНИЕ 1", "требование", Some(20)),
            ("需求1", "需求", Some(6)),
            ("Req", "requirement", None),
            ("需", "需求", None),
        ] {
            assert_eq!(prefix_length(text, prefix), expected, "{text}");
        }
    }
}
