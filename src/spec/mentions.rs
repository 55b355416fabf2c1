//! Where tasks speak of properties of the design: `**Property 1: Round trip**`,
//! `Write tests for properties 2 and 4-6`.
//!
//! Reads words and numbers and knows no design: which properties exist is the caller's matter.

use super::aliases::INDEX;
use super::id::read_id;
use super::source_str::readable;

/// The most properties that one range may name.
const LONGEST_RANGE: usize = 200;

/// Returns the numbers of the properties that a line speaks of, as written, in order. Ranges are
/// counted out.
pub(crate) fn properties_in(line: &[u8]) -> Vec<String> {
    let text = readable(line);
    let mut numbers = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let left = &text[at..];
        let length = if begins_word(text, at) {
            INDEX.property.word_length(left).or_else(|| plural(left))
        } else {
            None
        };
        at += match length {
            Some(length) => length + take_numbers(&left[length..], &mut numbers),
            None => left.chars().next().map_or(1, char::len_utf8),
        };
    }
    numbers
}

/// Returns the numbers of the properties that words name, where they name nothing else:
/// `Property 3`, `properties 2 and 4-6`.
pub(crate) fn properties_alone(words: &str) -> Option<Vec<String>> {
    let words = words.trim();
    let length = INDEX
        .property
        .word_length(words)
        .or_else(|| plural(words))?;
    let mut numbers = Vec::new();
    let end = length + take_numbers(&words[length..], &mut numbers);
    (end == words.len() && !numbers.is_empty()).then_some(numbers)
}

/// Returns whether a word can begin at byte `at`.
fn begins_word(text: &str, at: usize) -> bool {
    !text[..at].ends_with(char::is_alphanumeric)
        || !text[at..].starts_with(|char: char| char.is_ascii())
}

/// Measures the one plural that is spelled unlike its singular.
fn plural(text: &str) -> Option<usize> {
    let word = text.get(.."properties".len())?;
    word.eq_ignore_ascii_case("properties")
        .then_some(word.len())
}

/// Reads the numbers behind the word. Gives how many bytes they take.
fn take_numbers(text: &str, numbers: &mut Vec<String>) -> usize {
    let mut at = 0;
    let mut is_range = false;
    loop {
        let blanks = text[at..].len() - text[at..].trim_start_matches([' ', '#', '\u{a0}']).len();
        let left = &text[at + blanks..];
        if !left.starts_with(|char: char| char.is_ascii_digit()) {
            return at;
        }
        let Some(length) = read_id(left).map(|shape| shape.length) else {
            return at;
        };
        let number = &left[..length];
        if is_range {
            count_out(numbers, number);
        }
        numbers.push(number.to_owned());
        at += blanks + length;
        let Some((joint, joins_range)) = joint(&text[at..]) else {
            return at;
        };
        (at, is_range) = (at + joint, joins_range);
    }
}

/// Measures what stands between two numbers, and says whether it makes a range of them.
fn joint(text: &str) -> Option<(usize, bool)> {
    let blanks = text.len() - text.trim_start().len();
    let left = &text[blanks..];
    let found = [
        ("-", true),
        ("–", true),
        ("—", true),
        ("~", true),
        ("to ", true),
        (", and ", false),
        (", ", false),
        ("、", false),
    ];
    let also = [
        ("，", false),
        ("and ", false),
        ("& ", false),
        ("/", false),
        (",", false),
    ];
    let (word, is_range) = found
        .into_iter()
        .chain(also)
        .find(|(word, _)| left.starts_with(word))?;
    let behind = left[word.len()..].trim_start_matches([' ', '#']);
    behind
        .starts_with(|char: char| char.is_ascii_digit())
        .then_some((blanks + word.len(), is_range))
}

/// Adds the whole numbers between the last one and `last`.
fn count_out(numbers: &mut Vec<String>, last: &str) {
    let (Some(Ok(from)), Ok(to)) = (
        numbers.last().map(|number| number.parse::<usize>()),
        last.parse::<usize>(),
    ) else {
        return;
    };
    if to.saturating_sub(from) <= LONGEST_RANGE {
        numbers.extend((from + 1..to).map(|number| number.to_string()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_behind_the_word_are_read_in_every_form() {
        for (line, expected) in [
            ("- **Property 10: Lineage 一致性**", "10"),
            ("Write tests for Properties 4-6 (parser)", "4 5 6"),
            ("properties 1, 2 and 5", "1 2 5"),
            ("Property 2 – Property 4", "2 4"),
            ("Property 1 and Property 3 hold", "1 3"),
            ("实现属性 3 的测试", "3"),
            ("**プロパティ 4、5**", "4 5"),
            ("Property-based tests", ""),
            ("property 3.5 mm", "3.5"),
            ("Property: 1", ""),
            ("the property is read 2 times", ""),
            ("properties 1-9999999", "1 9999999"),
            ("Property 1 - 3 bad frames", "1 2 3"),
            ("", ""),
        ] {
            assert_eq!(
                properties_in(line.as_bytes()).join(" "),
                expected,
                "{line:?}"
            );
        }
    }
}
