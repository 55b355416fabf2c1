//! Ids as people write them: `1.2`, `2A`, `FR-1.1`, `REQ-CC-001`, `US-2`, `ФТ-3`.
//!
//! Knows nothing of what an id names. An id is an optional prefix of letters and hyphens, numbers
//! with dots, and perhaps one letter at the end.

use super::source_str::is_caseless;

/// The longest run of letters that still counts as a prefix.
const LONGEST_PREFIX: usize = 8;

/// How an id is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdShape {
    /// Bytes of the whole id.
    pub length: usize,
    /// Bytes of the prefix with its hyphen; 0 without one.
    pub prefix: usize,
    /// How many numbers: 1 for `FR-1`, 3 for `4.1.2`.
    pub numbers: usize,
}

/// Reads the id at the very start of `text`.
///
/// A prefix starts with an upper-case letter. What follows the id is no letter or digit of the same
/// word.
pub fn read_id(text: &str) -> Option<IdShape> {
    let prefix = prefix_length(text);
    let (numbers, mut end) = numbers(text, prefix)?;
    let mut after = text[end..].chars();
    if let Some(letter) = after.next().filter(char::is_ascii_alphabetic) {
        if after.next().is_some_and(char::is_alphanumeric) {
            return None;
        }
        end += letter.len_utf8();
    }
    Some(IdShape {
        length: end,
        prefix,
        numbers,
    })
}

/// Returns the form of an id by which two spellings are compared: lower case, without zeros before
/// a number and with plain hyphens.
pub fn id_key(id: &str) -> String {
    let mut key = String::with_capacity(id.len());
    let mut chars = id.chars().peekable();
    let mut inside_number = false;
    while let Some(char) = chars.next() {
        let before_digit = chars.peek().is_some_and(char::is_ascii_digit);
        match char {
            '0' if !inside_number && before_digit => continue,
            '_' | '‐' | '‑' | '–' => key.push('-'),
            _ if char.is_ascii() => key.push(char.to_ascii_lowercase()),
            _ => key.extend(char.to_lowercase()),
        }
        inside_number = char.is_ascii_digit();
    }
    key
}

/// Returns the numbers of a key, with dots and letters behind: `1.2` of `fr-1.2`.
pub fn key_digits(key: &str) -> &str {
    key.find(|char: char| char.is_ascii_digit())
        .map_or("", |start| &key[start..])
}

/// Measures words of letters with the hyphens behind them, up to the first digit.
fn prefix_length(text: &str) -> usize {
    let mut letters = 0;
    for (offset, char) in text.char_indices() {
        match char {
            _ if offset == 0 && !char.is_uppercase() => return 0,
            _ if char.is_ascii_digit() => return offset,
            '-' | '_' | '‑' if letters > 0 => letters = 0,
            _ if char.is_alphabetic() && !is_caseless(char) && letters < LONGEST_PREFIX => {
                letters += 1;
            }
            _ => return 0,
        }
    }
    0
}

/// Reads numbers with dots between them from `start`; gives how many and where they end.
fn numbers(text: &str, start: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let digits_from = |from: usize| {
        bytes[from..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    };
    let mut end = start + digits_from(start);
    if end == start {
        return None;
    }
    let mut count = 1;
    if bytes.get(end).is_some_and(u8::is_ascii_alphabetic)
        && bytes.get(end + 1) == Some(&b'.')
        && digits_from(end + 2) > 0
    {
        end += 1;
    }
    while bytes.get(end) == Some(&b'.') {
        let digits = digits_from(end + 1);
        if digits == 0 {
            break;
        }
        end += 1 + digits;
        count += 1;
    }
    Some((count, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_at_the_start() {
        for (text, expected) in [
            ("1. Title", Some(("1", 0, 1))),
            ("1.2 Title", Some(("1.2", 0, 2))),
            ("4.1.2", Some(("4.1.2", 0, 3))),
            ("2A: Title", Some(("2A", 0, 1))),
            ("2A.1", Some(("2A.1", 0, 2))),
            ("7.4b", Some(("7.4b", 0, 2))),
            ("FR-1: a", Some(("FR-1", 3, 1))),
            ("FR-01.1 a", Some(("FR-01.1", 3, 2))),
            ("R3.3", Some(("R3.3", 1, 2))),
            ("REQ-CC-001", Some(("REQ-CC-001", 7, 1))),
            ("REQ-LP-NFR-2", Some(("REQ-LP-NFR-2", 11, 1))),
            ("НФТ-2: а", Some(("НФТ-2", 7, 1))),
            ("1.1需求", Some(("1.1", 0, 2))),
            ("req-1", None),
            ("1st thing", None),
            ("Title 1", None),
            ("需求1", None),
            ("", None),
            ("Implementation1", None),
        ] {
            let found =
                read_id(text).map(|shape| (&text[..shape.length], shape.prefix, shape.numbers));
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn keys_compare_spellings() {
        for (id, key, digits) in [
            ("US-001", "us-1", "1"),
            ("FR-01.10", "fr-1.10", "1.10"),
            ("R1.0", "r1.0", "1.0"),
            ("1.2", "1.2", "1.2"),
            ("2A", "2a", "2a"),
            ("REQ-CC-001", "req-cc-1", "1"),
            ("AC-4.2.5", "ac-4.2.5", "4.2.5"),
        ] {
            assert_eq!(
                (id_key(id).as_str(), key_digits(&id_key(id))),
                (key, digits),
                "{id}"
            );
        }
    }
}
