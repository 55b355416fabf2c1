//! Keywords that are none: words of a condition that stand for themselves, as acronyms, names of
//! syntax or quotations.
//!
//! Looks only at what is around one word: `Intensity Factor (IF)`, `the WHERE clause`,
//! `TSS and IF in real time`.

use super::keywords::begins_text;
use crate::spec::source_str::prefix_length;

/// Marks that open what is set apart from the sentence, each with the mark that closes it.
const ENCLOSING: &[(char, char)] = &[
    ('(', ')'),
    ('（', '）'),
    ('[', ']'),
    ('【', '】'),
    ('"', '"'),
    ('“', '”'),
    ('‘', '’'),
    ('«', '»'),
    ('「', '」'),
    ('『', '』'),
    ('\'', '\''),
];

/// Words behind which a name stands and no clause.
const BEFORE_NAMES: &[&str] = &[
    "the", "The", "a", "an", "each", "every", "its", "their", "of", "with", "by", "using", "via",
    "called", "named",
];

/// Words that join two names as well as two clauses.
const JOINING: &[&str] = &["and", "or", "nor", "plus"];

/// Verbs that need a subject before them; a clause does not begin with one.
const VERBS: &[&str] = &[
    "is", "are", "was", "were", "be", "has", "have", "had", "can", "cannot", "could", "does", "do",
    "must", "will", "would", "should", "shall", "may", "might",
];

/// Words that go on with what is before them and so are no verb.
const GOING_ON: &[&str] = &[
    "and", "or", "in", "of", "for", "to", "with", "by", "from", "on", "into", "at", "as", "per",
    "inside", "within", "without",
];

/// What a keyword of a language is called, and what is calculated; in the plural with an `s`.
const NOUNS: &[&str] = &[
    "statement",
    "clause",
    "loop",
    "condition",
    "block",
    "expression",
    "calculation",
    "keyword",
    "branch",
    "branche",
    "construct",
    "operator",
    "function",
    "formula",
    "value",
    "field",
    "metric",
    "column",
    "score",
    "factor",
    "directive",
    "predicate",
    "filter",
    "syntax",
    "token",
];

/// How far around a keyword is looked for what encloses it, in bytes.
const NEAR: usize = 300;

/// Returns whether the keyword of a condition from `start` to `end` stands for itself.
pub(super) fn is_name(text: &str, start: usize, end: usize) -> bool {
    if begins_text(text, start) {
        return false;
    }
    let (near, start, end) = nearby(text, start, end);
    is_name_in(near, start, end)
}

/// Returns whether brackets or quotation marks around a part of the sentence enclose what stands
/// from `start` to `end`.
pub(super) fn is_enclosed(text: &str, start: usize, end: usize) -> bool {
    let (near, start, end) = nearby(text, start, end);
    is_enclosed_in(near, start, end)
}

/// Returns what is around a word, and where the word stands in it.
fn nearby(text: &str, start: usize, end: usize) -> (&str, usize, usize) {
    let from = (start.saturating_sub(NEAR)..=start)
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(start);
    let to = (end..=text.len().min(end + NEAR))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(end);
    (&text[from..to], start - from, end - from)
}

fn is_name_in(text: &str, start: usize, end: usize) -> bool {
    let before = last_word(&text[..start]);
    let behind = text[end..].trim_start_matches([' ', '*', '_', '\t']);
    let next = first_word(behind);
    let is_joined = JOINING.contains(&before)
        && (GOING_ON.contains(&next) || NOUNS.contains(&next.trim_end_matches('s')));
    let is_alone = behind.is_empty()
        || behind.starts_with([',', '.', ';', '/', ')', ']', '，', '。', '、', '）']);
    let has_no_subject = VERBS.contains(&next) || JOINING.contains(&next);
    BEFORE_NAMES.contains(&before)
        || is_alone
        || is_joined
        || has_no_subject
        || names_syntax(behind, next)
        || is_enclosed_in(text, start, end)
}

fn first_word(text: &str) -> &str {
    text.split(|char: char| !char.is_ascii_alphanumeric())
        .next()
        .unwrap_or_default()
}

/// Returns the word that stands before the end of `text`, with nothing but a blank between.
fn last_word(text: &str) -> &str {
    let open = text.trim_end_matches([' ', '*', '_']);
    open.rsplit(|char: char| !char.is_ascii_alphanumeric())
        .next()
        .unwrap_or_default()
}

/// Returns whether a noun without a verb behind it follows a keyword: `IF statements in loops`, but
/// not `IF values change`.
fn names_syntax(behind: &str, noun: &str) -> bool {
    if !NOUNS.contains(&noun.trim_end_matches('s')) {
        return false;
    }
    let length = behind
        .find([',', '.', ';', '\n', '，', '。'])
        .unwrap_or(behind.len());
    let mut words = behind[noun.len()..length.max(noun.len())].split_whitespace();
    words.next().is_none_or(|word| GOING_ON.contains(&word))
        && !words.any(|word| VERBS.contains(&word))
}

fn is_enclosed_in(text: &str, start: usize, end: usize) -> bool {
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, char) in text[..start].char_indices() {
        if open.last().is_some_and(|(_, close)| *close == char)
            && (char != '\'' || closes_quote(text, at))
        {
            open.pop();
        } else if let Some((_, close)) = ENCLOSING.iter().find(|(mark, _)| *mark == char)
            && (char != '\'' || opens_quote(text, at))
        {
            open.push((at, *close));
        }
    }
    open.into_iter().any(|(at, close)| {
        let closing = text[end..].char_indices().find(|(behind, char)| {
            *char == close && (close != '\'' || closes_quote(text, end + behind))
        });
        closing.is_some_and(|(behind, _)| {
            !begins_text(text, at) && !has_demand(&text[at..end + behind])
        })
    })
}

fn opens_quote(text: &str, at: usize) -> bool {
    !text[..at].ends_with(char::is_alphanumeric)
}

fn closes_quote(text: &str, at: usize) -> bool {
    !text[at + 1..].starts_with(char::is_alphanumeric)
}

/// Returns whether a whole sentence is enclosed, with a demand of its own.
fn has_demand(text: &str) -> bool {
    text.char_indices()
        .any(|(at, _)| prefix_length(&text[at..], " shall ").is_some())
}

#[cfg(test)]
mod tests {
    use super::super::{Pattern, parse};

    #[test]
    fn an_acronym_a_name_or_a_quotation_is_no_keyword() {
        for text in [
            "THE S SHALL display the Intensity Factor (IF)",
            "THE S SHALL use it for TSS and IF calculations",
            "THE S SHALL show that TSS and IF cannot be calculated",
            "THE S SHALL recalculate TSS and IF in real-time",
            "THE S SHALL calculate NP, IF and TSS",
            "THE S SHALL calculate NP, IF, TSS",
            "THE S SHALL show the IF.",
            "THE S SHALL support IF statements",
            "THE S SHALL support IF statements in loops, and more",
            "THE S SHALL reject the WHERE clause",
            "THE S SHALL reject a **WHERE** clause",
            "THE S SHALL map WHILE loops",
            "THE S SHALL map IF/ELSE to branches",
            "THE S SHALL display text \"IF only\"",
            "THE S SHALL display 'WHEN you can' as text",
            "THE S SHALL display “IF only” twice",
            "THE S SHALL display 「IF 甲」",
            "THE S SHALL log the reason (IF there is one)",
            "The IF calculator SHALL round up",
            "The message (if any) shall be shown",
            "THE S SHALL show \"a, IF b\"",
        ] {
            assert_eq!(parse(text).pattern, Pattern::Ubiquitous, "{text}");
        }
    }

    #[test]
    fn a_clause_behind_the_demand_stays_a_condition() {
        for (text, expected) in [
            ("THE S SHALL b WHEN c", Pattern::EventDriven),
            ("THE S SHALL b WHEN the user asks", Pattern::EventDriven),
            ("THE S SHALL activate only WHEN asked", Pattern::EventDriven),
            (
                "THE S SHALL stop IF values exceed the limit",
                Pattern::UnwantedBehaviour,
            ),
            (
                "THE S SHALL stop IF conditions are met",
                Pattern::UnwantedBehaviour,
            ),
            (
                "THE S SHALL stop IF conditions for a are met",
                Pattern::UnwantedBehaviour,
            ),
            (
                "THE S SHALL b and IF c happens, d",
                Pattern::UnwantedBehaviour,
            ),
            ("THE S SHALL b, WHILE in dark mode", Pattern::StateDriven),
            ("THE S SHALL show \"a\" WHEN b", Pattern::EventDriven),
            (
                "THE S SHALL show the user's name WHEN it's known",
                Pattern::EventDriven,
            ),
            ("THE S SHALL b IF and only IF c", Pattern::UnwantedBehaviour),
            ("\"WHEN a, THE S SHALL b\"", Pattern::EventDriven),
            ("Login (\"WHEN a, THE S SHALL b\")", Pattern::EventDriven),
            ("(WHEN a) THE S SHALL b", Pattern::EventDriven),
            ("THE S SHALL ensure that WHEN a, b", Pattern::EventDriven),
        ] {
            assert_eq!(parse(text).pattern, expected, "{text}");
        }
    }
}
