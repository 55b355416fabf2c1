//! What one line says by itself: list bullets with their checkboxes, and the text of a heading.
//!
//! These are the parts that a Markdown parser does not give: `[-]`, `[~]` and `[ ]*` are plain text
//! to it.

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
/// checkbox counts, at most [`NESTING`] deep.
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
    let boxed = trim(bytes, Span::new(bullet.end, content.end));
    let checkbox = checkbox(bytes, boxed);
    let text_start = checkbox.map_or(boxed.start, |found| {
        found.star.map_or(found.marker.end + 1, |star| star.end)
    });
    Some(ListLine {
        indent: indent + columns,
        bullet,
        checkbox,
        text: trim(bytes, Span::new(text_start, content.end)),
    })
}

/// Counts the bytes and the columns of leading blanks.
fn indentation(line: &[u8]) -> (usize, usize) {
    let mut columns = 0;
    for (index, byte) in line.iter().enumerate() {
        match byte {
            b' ' => columns += 1,
            b'\t' => columns += TAB - columns % TAB,
            _ => return (index, columns),
        }
    }
    (line.len(), columns)
}

/// Measures a bullet or a list number that a blank or the end of the line follows.
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
    matches!(line.get(length), None | Some(b' ' | b'\t')).then_some(length)
}

/// Reads a checkbox at the start of `span`. What follows must part it from a link: a blank, a star,
/// or the end of the line.
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
    let star = match &bytes[after..span.end] {
        [b'*', b'*', ..] => return None,
        [b'*', ..] => Some(Span::new(after, after + 1)),
        [b'\\', b'*', ..] => Some(Span::new(after, after + 2)),
        [] | [b' ' | b'\t', ..] => None,
        _ => return None,
    };
    Some(Checkbox { marker, star })
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
