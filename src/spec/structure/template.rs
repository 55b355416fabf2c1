//! The text that a new item begins with: what is still to be said stands in angle brackets.
//!
//! Knows the patterns of EARS as Alistair Mavin names them, and no documents.

/// How a criterion begins, what its condition is called, and what stands before the system.
const PATTERNS: [(&str, &str, &str); 5] = [
    ("WHEN ", "<trigger>", ", THE "),
    ("WHILE ", "<state>", ", THE "),
    ("IF ", "<unwanted event>", ", THEN THE "),
    ("WHERE ", "<feature is included>", ", THE "),
    ("", "", "THE "),
];

/// Returns a criterion in which everything is still to be said but the name of the system.
pub(super) fn criterion(system: Option<&str>) -> String {
    let (keyword, condition, before) = PATTERNS[0];
    let system = system.unwrap_or("<system>");
    format!("{keyword}{condition}{before}{system} SHALL <response>")
}

/// Returns a criterion in the next pattern: what was said stays, also the condition where both have
/// one. None where it is in no pattern.
pub fn next_pattern(words: &str) -> Option<String> {
    let at = pattern_of(words)?;
    let (keyword, unsaid, before) = PATTERNS[at];
    let next = PATTERNS[(at + 1) % PATTERNS.len()];
    let inside = words.strip_prefix(keyword)?;
    let (condition, rest) = inside.split_once(before)?;
    let said = if condition == unsaid || condition.is_empty() {
        next.1
    } else {
        condition
    };
    let said = if next.0.is_empty() { "" } else { said };
    Some(format!("{}{said}{}{rest}", next.0, next.2))
}

fn pattern_of(words: &str) -> Option<usize> {
    let begins = |(keyword, _, before): &(&str, &str, &str)| {
        words.starts_with(keyword) && words.contains(before)
    };
    PATTERNS.iter().position(begins)
}

/// Returns where the first field at or after a byte of a line stands.
pub fn field_from(line: &str, from: usize) -> Option<(usize, usize)> {
    let start = from + line.get(from..)?.find('<')?;
    let inside = &line[start + 1..];
    let end = inside.find('>')?;
    let is_field = end > 0
        && inside[..end].starts_with(|first: char| first.is_alphabetic())
        && inside[..end]
            .chars()
            .all(|char| char.is_alphabetic() || " ,’'".contains(char));
    if is_field {
        return Some((start, start + end + 2));
    }
    field_from(line, start + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_turn_and_keep_what_was_said() {
        let mut words = criterion(Some("Board"));
        let mut seen = vec![words.clone()];
        for _ in 0..5 {
            words = next_pattern(&words).unwrap();
            seen.push(words.clone());
        }
        assert_eq!(
            seen,
            [
                "WHEN <trigger>, THE Board SHALL <response>",
                "WHILE <state>, THE Board SHALL <response>",
                "IF <unwanted event>, THEN THE Board SHALL <response>",
                "WHERE <feature is included>, THE Board SHALL <response>",
                "THE Board SHALL <response>",
                "WHEN <trigger>, THE Board SHALL <response>",
            ]
        );
        assert_eq!(
            next_pattern("WHEN a key is pressed, THE Board SHALL draw").as_deref(),
            Some("WHILE a key is pressed, THE Board SHALL draw")
        );
        assert_eq!(next_pattern("Something else"), None);
    }

    #[test]
    fn fields_are_words_in_angle_brackets() {
        for (line, from, expected) in [
            ("WHEN <trigger>, THE <system>", 0, Some((5, 14))),
            ("WHEN <trigger>, THE <system>", 6, Some((20, 28))),
            ("a < b and c > d", 0, None),
            ("Vec<u8> <T>", 0, Some((8, 11))),
            ("", 0, None),
        ] {
            assert_eq!(field_from(line, from), expected, "{line}");
        }
    }
}
