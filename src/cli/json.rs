//! JSON that is safe to look at: one line, exact, with every character escaped that a terminal
//! could obey.

use std::io;

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// Writes `value` as one line of JSON without its newline.
pub(super) fn to_bytes(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(64 * 1024);
    value.serialize(&mut Serializer::with_formatter(&mut bytes, Safe))?;
    Ok(bytes)
}

/// Escapes what serde_json leaves alone although it is no plain text: DEL, the C1 controls, and
/// characters that reorder a line.
struct Safe;

impl Formatter for Safe {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut done = 0;
        for (at, character) in fragment
            .char_indices()
            .filter(|(_, character)| is_unsafe(*character))
        {
            writer.write_all(&fragment.as_bytes()[done..at])?;
            write!(writer, "\\u{:04x}", u32::from(character))?;
            done = at + character.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[done..])
    }
}

fn is_unsafe(character: char) -> bool {
    matches!(character, '\u{7f}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_stands_in_it_and_nothing_is_lost() {
        for text in [
            "plain",
            "\x1b[31m\u{9b}31m\x7f",
            "日本語 👨\u{200d}👩 \u{202e}x",
            "a\"\\\n",
            "",
        ] {
            let json = String::from_utf8(to_bytes(&text).unwrap()).unwrap();
            assert!(
                !json
                    .chars()
                    .any(|character| character.is_control() || is_unsafe(character)),
                "{json}"
            );
            assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }
    }
}
