//! What a list leaves out: `All except 3.1`, `3.1以外`. Such ids are no references.

use super::parts::{BRACKETS, behind_words, id_at, is_all, trimmed};
use crate::spec::aliases::INDEX;
use crate::spec::source_str::{SourceStr, is_caseless};

/// Cuts a list into what stands before the part that leaves something out, that part, and what
/// stands behind it.
///
/// The part reaches to the end of its brackets or of the list. It begins at the word that leaves
/// out; but with the list where that word stands behind an id, or where all is named before it.
pub(super) fn part_exclusion(list: SourceStr<'_>) -> Option<[SourceStr<'_>; 3]> {
    if !list.text.contains(char::is_alphabetic) {
        return None;
    }
    let word = list
        .text
        .char_indices()
        .map(|(at, _)| at)
        .find(|at| leaves_out_next(list, *at) || leaves_out_last(list.text, *at))?;
    let opening = list
        .before(word)
        .text
        .rfind(is_opening)
        .filter(|open| !list.text[*open..word].contains(is_closing));
    let end = opening.and_then(|_| list.text[word..].find(is_closing).map(|close| word + close));
    let end = end.map_or(list.text.len(), |close| {
        close + list.text[close..].chars().next().map_or(0, char::len_utf8)
    });
    let start = match opening {
        Some(open) => open,
        None if leaves_out_next(list, word) => word,
        None => 0,
    };
    let start = if is_all(trimmed(list.before(start)).text) {
        0
    } else {
        start
    };
    Some([
        list.before(start),
        list.before(end).after(start),
        list.after(end),
    ])
}

/// Returns whether a word at `at` leaves out the id behind it.
fn leaves_out_next(list: SourceStr<'_>, at: usize) -> bool {
    let rest = list.after(at);
    if list.text[..at].ends_with(|char: char| char.is_alphabetic() && !is_caseless(char)) {
        return false;
    }
    INDEX
        .except
        .word_length(rest.text)
        .is_some_and(|length| id_at(behind_words(trimmed(rest.after(length)))).is_some())
}

/// Returns whether a word at `at` leaves out the id before it.
fn leaves_out_last(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '_', '*', '`']);
    before.ends_with(|char: char| char.is_ascii_digit())
        && INDEX.excepted.word_length(&text[at..]).is_some()
}

fn is_opening(char: char) -> bool {
    BRACKETS.iter().any(|(open, _)| *open == char)
}

fn is_closing(char: char) -> bool {
    BRACKETS.iter().any(|(_, close)| *close == char)
}
