//! Definitions that links and footnotes refer to: `[guide]: docs/guide.md`, `[^1]: A note.`
//!
//! Knows a line by how it begins, not by the block around it.

use crate::text::{Span, Text};

/// What a link or a footnote refers to, on a line of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// Its name in lower case, with one blank between words; that of a footnote begins with `^`.
    pub name: String,
    /// Index of its line, from 0.
    pub line: usize,
    /// The address, or the first line of the note.
    pub target: Span,
}

/// The widest indent of a definition; what is further in is code.
const WIDEST_INDENT: usize = 3;

/// Finds the definitions of a text, in order.
pub fn definitions(text: &Text) -> Vec<Definition> {
    let lines = text.lines().iter().enumerate();
    let found = lines.filter_map(|(line, whole)| definition(text, line, whole.content));
    found.collect()
}

/// Returns a name as definitions have it.
pub fn definition_name(written: &str) -> String {
    let words: Vec<&str> = written.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

fn definition(text: &Text, line: usize, content: Span) -> Option<Definition> {
    let bytes = text.slice(content);
    let indent = bytes.iter().take_while(|byte| **byte == b' ').count();
    if indent > WIDEST_INDENT || bytes.get(indent) != Some(&b'[') {
        return None;
    }
    let start = indent + 1;
    let length = bytes[start..].iter().position(|byte| *byte == b']')?;
    let end = start + length;
    if bytes.get(end + 1) != Some(&b':') {
        return None;
    }
    let placed = |start: usize, end: usize| Span::new(content.start + start, content.start + end);
    let name = definition_name(&text.lossy(placed(start, end)));
    let target = target(bytes, end + 2, name.starts_with('^'));
    let is_one = !name.is_empty() && !target.is_empty();
    is_one.then(|| Definition {
        name,
        line,
        target: placed(target.start, target.end),
    })
}

/// Returns where on a line its address or note stands, which begins from `start` on.
fn target(bytes: &[u8], start: usize, is_note: bool) -> std::ops::Range<usize> {
    let blanks = bytes[start..].len() - bytes[start..].trim_ascii_start().len();
    let start = start + blanks;
    let end = start + bytes[start..].trim_ascii_end().len();
    if is_note {
        return start..end;
    }
    let bracketed = bytes[start..end].strip_prefix(b"<");
    if let Some(length) = bracketed.and_then(|rest| rest.iter().position(|byte| *byte == b'>')) {
        return start + 1..start + 1 + length;
    }
    let word = bytes[start..end].iter().position(u8::is_ascii_whitespace);
    start..word.map_or(end, |word| start + word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_what_they_stand_for() {
        for (source, expected) in [
            ("[a]: b.md", "a=b.md"),
            ("   [The  Guide]: <b c.md> \"Title\"", "the guide=b c.md"),
            ("[a]: b.md 'Title'\n\n[^1]: A note.", "a=b.md|^1=A note."),
            ("    [a]: b.md", ""),
            ("[a] b.md\n[a]:\n[]: b\n- [a]: b\n[a", ""),
        ] {
            let text = Text::new(source);
            let drawn = |found: &Definition| format!("{}={}", found.name, text.lossy(found.target));
            let found: Vec<String> = definitions(&text).iter().map(drawn).collect();
            assert_eq!(found.join("|"), expected, "{source}");
        }
    }
}
