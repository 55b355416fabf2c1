//! A text without what matters only inside of lines, for the parser that says where its blocks are.
//!
//! Emphasis and code make most of the parser's work, and nobody here asks where they are.

use crate::text::{Text, every, zero_bytes};

/// Gives the text as the Markdown parser reads it for its blocks: as long as the original but for the byte order mark, so that offsets stay what they are.
///
/// Behind the first letter of a line, stars, underscores and backticks are letters. What begins a block stands before that letter; a line that may begin
/// HTML or a fence is kept whole. Bytes outside ASCII, valid or not, are commas, which begin nothing either.
pub(super) fn muted(text: &Text) -> String {
    let skipped = text.lines().first().map_or(0, |line| line.content.start);
    let mut bytes = text.bytes()[skipped..].to_vec();
    for line in text.lines() {
        mute(&mut bytes[line.content.start - skipped..line.content.end - skipped]);
    }
    String::from_utf8(bytes).unwrap_or_default()
}

fn mute(line: &mut [u8]) {
    let Some(letter) = line.iter().position(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii()) else { return };
    let (before, rest) = line.split_at_mut(letter);
    if before.contains(&b'<') || before.windows(3).any(|signs| signs == b"```") {
        replace(rest, ascii);
    } else {
        replace(rest, |byte| if matches!(byte, b'*' | b'_' | b'`') { b'x' } else { ascii(byte) });
    }
}

fn ascii(byte: u8) -> u8 {
    if byte.is_ascii() { byte } else { b',' }
}

/// Replaces bytes, eight at a time where all of them stay as they are.
fn replace(bytes: &mut [u8], change: impl Fn(u8) -> u8) {
    let (words, last) = bytes.as_chunks_mut::<8>();
    for word in words {
        if !is_plain(u64::from_le_bytes(*word)) {
            word.iter_mut().for_each(|byte| *byte = change(*byte));
        }
    }
    last.iter_mut().for_each(|byte| *byte = change(*byte));
}

/// Says whether no byte of a word is one that may be replaced.
fn is_plain(word: u64) -> bool {
    let found = zero_bytes(word ^ every(b'*')) | zero_bytes(word ^ every(b'_')) | zero_bytes(word ^ every(b'`'));
    (found | word & every(0x80)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_inside_a_line_is_muted() {
        for (line, expected) in [
            ("- [ ] 1. A **bold** `code` word", "- [ ] 1. A xxboldxx xcodex word"),
            ("* * *", "* * *"),
            ("**bold** text", "**boldxx text"),
            ("_Requirements: 1.1_ and more", "_Requirements: 1.1x and more"),
            ("```js `", "```js `"),
            ("1. ~~~js", "1. ~~~js"),
            ("<a href='_'>*</a>", "<a href='_'>*</a>"),
            ("[a*b]: <c_d>", "[axb]: <cxd>"),
            ("需求 `é`", ",,,,,, x,,x"),
            ("<é>", "<,,>"),
            ("\u{feff}a*\r\nb*", "ax\r\nbx"),
        ] {
            assert_eq!(muted(&Text::new(line)), expected, "{line:?}");
        }
        assert_eq!(muted(&Text::new(&b"a\xff*"[..])), "a,x");
    }
}
