//! What one line says by itself: list bullets with their checkboxes, and the text of a heading.
//!
//! These are the parts that a Markdown parser does not give: `[-]`, `[~]` and `[ ]*` are plain text
//! to it.

use super::markers::{State, state_of};
use crate::text::Span;

const TAB: usize = 4;

/// How deep lists and quotes may lie in each other on one line. What is deeper is text: nobody
/// writes it, and it must cost no reader more than its length.
pub(super) const NESTING: usize = 100;

/// A line that begins with a list bullet or a list number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListLine {
    /// How far the bullet is indented, in columns; a tab goes on to the next multiple of four.
    pub indent: usize,
    /// The bullet (`-`, `*`, `+`) or the number with its dot or parenthesis.
    pub bullet: Span,
    /// The checkbox, if there is one.
    pub checkbox: Option<Checkbox>,
    /// What follows the bullet or the checkbox, without the blanks at both ends.
    pub text: Span,
}

/// A box behind a bullet: `[ ]`, `[x]`, `[-]`, `[]`, with whatever single character inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checkbox {
    /// The bytes between the brackets: none, or one character as a reader sees it.
    pub marker: Span,
    /// The optional star right behind the bracket, with its backslash if it has one: `]*`, `]\*`.
    pub star: Option<Span>,
}

/// Reads the line with the given `content` (without its ending) as a list line.
///
/// Of items that begin on the line of the item around them, as in `- - [ ] a`, the first one with a
/// checkbox counts, at most 100 deep.
pub fn list_line(bytes: &[u8], content: Span) -> Option<ListLine> {
    let first = one_item(bytes, content, 0)?;
    let mut inner = first;
    for _ in 1..NESTING {
        if inner.checkbox.is_some() {
            return Some(inner);
        }
        let indent = inner.indent + (inner.text.start - inner.bullet.start);
        let rest = Span::new(inner.text.start, content.end);
        let Some(next) = one_item(bytes, rest, indent) else {
            return Some(first);
        };
        inner = next;
    }
    Some(if inner.checkbox.is_some() {
        inner
    } else {
        first
    })
}

/// Reads a bullet that stands at `indent` columns, and what follows it as its text.
fn one_item(bytes: &[u8], content: Span, indent: usize) -> Option<ListLine> {
    let line = bytes.get(content.range())?;
    let (blanks, columns) = indentation(line);
    let start = content.start + blanks;
    let bullet = Span::new(start, start + bullet_length(&line[blanks..])?);
    let rest = Span::new(bullet.end, content.end);
    let Some(found) = checkbox(bytes, trim_start(bytes, rest)) else {
        let is_plain = blanks == ascii_blanks(line) && is_parted(&bytes[rest.range()]);
        return is_plain.then(|| ListLine {
            indent: indent + columns,
            bullet,
            checkbox: None,
            text: trim(bytes, rest),
        });
    };
    let text_start = found.star.map_or(found.marker.end + 1, |star| star.end);
    Some(ListLine {
        indent: indent + columns,
        bullet,
        checkbox: Some(found),
        text: trim(bytes, trim_start(bytes, Span::new(text_start, content.end))),
    })
}

/// Blanks that Markdown takes for letters, in UTF-8: people type and paste them without seeing it.
/// They count as blanks around a checkbox only, and each as one column.
const ODD_BLANKS: &[&[u8]] = &[
    "\u{a0}".as_bytes(),
    "\u{2002}".as_bytes(),
    "\u{2003}".as_bytes(),
    "\u{2007}".as_bytes(),
    "\u{2009}".as_bytes(),
    "\u{200b}".as_bytes(),
    "\u{202f}".as_bytes(),
    "\u{3000}".as_bytes(),
    "\u{feff}".as_bytes(),
];

/// Measures a blank at the start, of whatever sort.
fn blank_length(bytes: &[u8]) -> Option<usize> {
    match bytes.first()? {
        b' ' | b'\t' => Some(1),
        0xc2.. => ODD_BLANKS
            .iter()
            .find(|blank| bytes.starts_with(blank))
            .map(|blank| blank.len()),
        _ => None,
    }
}

/// Returns whether `character` is one blank that Markdown takes for a letter.
pub(super) fn is_odd_blank(character: &[u8]) -> bool {
    ODD_BLANKS.contains(&character)
}

/// Counts the bytes and the columns of leading blanks.
fn indentation(line: &[u8]) -> (usize, usize) {
    let (mut at, mut columns) = (0, 0);
    while let Some(length) = blank_length(&line[at..]) {
        columns += if line[at] == b'\t' {
            TAB - columns % TAB
        } else {
            1
        };
        at += length;
    }
    (at, columns)
}

/// Counts the blanks at the start that Markdown knows.
fn ascii_blanks(line: &[u8]) -> usize {
    line.iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count()
}

/// Measures a bullet or a list number.
fn bullet_length(line: &[u8]) -> Option<usize> {
    let length = match line.first()? {
        b'-' | b'*' | b'+' => 1,
        b'0'..=b'9' => {
            let digits = line.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let closed = digits <= 9 && matches!(line.get(digits), Some(b'.' | b')'));
            if closed { digits + 1 } else { return None }
        }
        _ => return None,
    };
    let behind = &line[length..];
    (behind.is_empty() || blank_length(behind).is_some()).then_some(length)
}

/// Returns whether a blank that Markdown knows, or the end of the line, follows a bullet.
fn is_parted(behind: &[u8]) -> bool {
    matches!(behind, [] | [b' ' | b'\t', ..])
}

/// Reads a checkbox at the start of `span`. What follows must part it from a link and from a word
/// in brackets: a blank, a star, the end of the line, or, behind a marker that is known, the start
/// of a word.
fn checkbox(bytes: &[u8], span: Span) -> Option<Checkbox> {
    let inside = bytes[span.range()].strip_prefix(b"[")?;
    let length = character_length(inside);
    let length = length
        + if inside[length.min(inside.len())..].starts_with(VARIATION_SELECTOR) {
            VARIATION_SELECTOR.len()
        } else {
            0
        };
    let close = inside
        .iter()
        .take(length + 1)
        .position(|byte| *byte == b']')?;
    if close != 0 && close != length {
        return None;
    }
    let start = span.start + 1;
    let marker = Span::new(start, start + close);
    let after = marker.end + 1;
    let behind = &bytes[after..span.end];
    let star = match behind {
        [b'*', b'*', ..] => None,
        [b'*', ..] => Some(Span::new(after, after + 1)),
        [b'\\', b'*', ..] => Some(Span::new(after, after + 2)),
        _ => None,
    };
    let is_known = state_of(&bytes[marker.range()]) != State::Other;
    let is_box = star.is_some()
        || behind.is_empty()
        || blank_length(behind).is_some()
        || is_known && begins_title(behind);
    is_box.then_some(Checkbox { marker, star })
}

/// Returns whether a title begins right behind a checkbox, as in `[ ]2. Title`. Behind a link, an
/// index or a word in brackets other signs follow.
fn begins_title(behind: &[u8]) -> bool {
    match behind {
        [b'*', b'*', next, ..] => !next.is_ascii_whitespace(),
        [b'`' | b'"' | b'\'' | b'_' | b'~' | b'@' | b'$', ..] => true,
        [byte, ..] => byte.is_ascii_alphanumeric() || !byte.is_ascii(),
        [] => false,
    }
}

/// What asks for the emoji form of the character before it, as in `[✔️]`; it belongs to that
/// character.
const VARIATION_SELECTOR: &[u8] = "\u{fe0f}".as_bytes();

/// Measures the character at the start, one byte where it is not valid UTF-8.
fn character_length(bytes: &[u8]) -> usize {
    let longest = &bytes[..bytes.len().min(4)];
    let valid = longest
        .utf8_chunks()
        .next()
        .map_or("", |chunk| chunk.valid());
    valid.chars().next().map_or(1, char::len_utf8)
}

/// Returns `span` without the blanks at its start, odd ones included.
fn trim_start(bytes: &[u8], span: Span) -> Span {
    let mut start = span.start;
    while let Some(length) = blank_length(&bytes[start..span.end]) {
        start += length;
    }
    Span::new(start, span.end)
}

/// Returns `span` without the blanks at both ends.
fn trim(bytes: &[u8], span: Span) -> Span {
    let is_text = |byte: &u8| !matches!(byte, b' ' | b'\t');
    let inside = &bytes[span.range()];
    let start = inside.iter().position(is_text).unwrap_or(inside.len());
    let end = inside
        .iter()
        .rposition(is_text)
        .map_or(start, |last| last + 1);
    Span::new(span.start + start, span.start + end)
}

/// Returns the text of the heading whose first line has the given `content`: without number signs
/// and the blanks around them.
///
/// For an underlined heading, which has no number signs, that is the whole line.
pub fn heading_text(bytes: &[u8], content: Span) -> Span {
    let whole = trim(bytes, content);
    let signs = bytes[whole.range()]
        .iter()
        .take_while(|byte| **byte == b'#')
        .count();
    if signs == 0 {
        return whole;
    }
    let text = trim(bytes, Span::new(whole.start + signs, whole.end));
    let closing = bytes[text.range()]
        .iter()
        .rev()
        .take_while(|byte| **byte == b'#')
        .count();
    let open = Span::new(text.start, text.end - closing);
    let parted = open.is_empty() || matches!(bytes[open.end - 1], b' ' | b'\t');
    if closing > 0 && parted {
        trim(bytes, open)
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws a list line as `indent|bullet|marker|star|text`.
    fn drawn(line: &str) -> Option<String> {
        let bytes = line.as_bytes();
        let found = list_line(bytes, Span::new(0, bytes.len()))?;
        let part = |span: Span| String::from_utf8_lossy(&bytes[span.range()]).into_owned();
        let (marker, star) = match found.checkbox {
            None => ("none".to_owned(), String::new()),
            Some(checkbox) => (
                format!("[{}]", part(checkbox.marker)),
                checkbox.star.map(part).unwrap_or_default(),
            ),
        };
        Some(format!(
            "{}|{}|{marker}|{star}|{}",
            found.indent,
            part(found.bullet),
            part(found.text)
        ))
    }

    #[test]
    fn list_lines() {
        for (line, expected) in [
            ("- [ ] 1. Title", "0|-|[ ]||1. Title"),
            ("  - [x] 1.1 Title  ", "2|-|[x]||1.1 Title"),
            ("\t* [-] a", "4|*|[-]||a"),
            ("+ [~]", "0|+|[~]||"),
            ("1. [ ] a", "0|1.|[ ]||a"),
            ("12) [X] a", "0|12)|[X]||a"),
            ("- [] a", "0|-|[]||a"),
            ("- [✓] a", "0|-|[✓]||a"),
            ("- [✔\u{fe0f}] a", "0|-|[✔\u{fe0f}]||a"),
            ("  - - [ ] a", "4|-|[ ]||a"),
            ("1. - [x] a", "3|-|[x]||a"),
            ("- - - [ ] a", "4|-|[ ]||a"),
            ("- - a", "0|-|none||- a"),
            ("- [ ]* 2.4 a", "0|-|[ ]|*|2.4 a"),
            ("- [ ]\\* 2.4 a", "0|-|[ ]|\\*|2.4 a"),
            ("- [x] \\*6.1 a", "0|-|[x]||\\*6.1 a"),
            ("- [ ]** bold", "0|-|none||[ ]** bold"),
            ("- [ ]2. Colour", "0|-|[ ]||2. Colour"),
            ("- [-]3. Print", "0|-|[-]||3. Print"),
            ("- [x]Done", "0|-|[x]||Done"),
            ("- [ ]**1.1** Bold", "0|-|[ ]||**1.1** Bold"),
            ("- [ ]标题", "0|-|[ ]||标题"),
            ("- [x]`code`", "0|-|[x]||`code`"),
            ("- [ ]\u{a0}2. a", "0|-|[ ]||2. a"),
            ("-\u{a0}[x] 2. a", "0|-|[x]||2. a"),
            ("- \u{a0} [ ] 2. a", "0|-|[ ]||2. a"),
            ("\u{a0}\u{a0}- [ ] a", "2|-|[ ]||a"),
            ("-\u{3000}[~]\u{3000}a", "0|-|[~]||a"),
            ("1.\u{a0}[ ] a", "0|1.|[ ]||a"),
            ("- [\u{a0}] a", "0|-|[\u{a0}]||a"),
            ("- [x][ref]", "0|-|none||[x][ref]"),
            ("- [x]: https://a.b", "0|-|none||[x]: https://a.b"),
            ("- [ ](link)", "0|-|none||[ ](link)"),
            ("- [x].y = 1", "0|-|none||[x].y = 1"),
            ("- []string", "0|-|none||[]string"),
            ("- [1]note", "0|-|none||[1]note"),
            ("- \u{a0}text", "0|-|none||\u{a0}text"),
            ("- [x](link)", "0|-|none||[x](link)"),
            ("- [WIP] a", "0|-|none||[WIP] a"),
            ("- [xy] a", "0|-|none||[xy] a"),
            ("- text", "0|-|none||text"),
            ("-", "0|-|none||"),
        ] {
            assert_eq!(drawn(line).as_deref(), Some(expected), "{line:?}");
        }
    }

    #[test]
    fn lines_that_are_no_list_lines() {
        for line in [
            "",
            "text",
            "-text",
            "--- ",
            "1.text",
            "1 text",
            "1234567890. a",
            "**bold**",
            "[ ] a",
            "# - [ ] a",
            "-\u{a0}text",
            "\u{a0}- text",
        ] {
            assert_eq!(drawn(line), None, "{line:?}");
        }
    }

    #[test]
    fn an_invalid_byte_is_a_marker() {
        let bytes = b"- [\xff] a";
        let found = list_line(bytes, Span::new(0, bytes.len())).unwrap();
        assert_eq!(found.checkbox.unwrap().marker, Span::new(3, 4));
    }

    #[test]
    fn heading_texts() {
        for (line, expected) in [
            ("# Title", "Title"),
            ("  ## A B ##  ", "A B"),
            ("# C#", "C#"),
            ("#", ""),
            ("## ##", ""),
            ("Underlined", "Underlined"),
            ("### # a", "# a"),
        ] {
            let text = heading_text(line.as_bytes(), Span::new(0, line.len()));
            assert_eq!(&line[text.range()], expected, "{line:?}");
        }
    }
}
