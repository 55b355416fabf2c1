//! The clipboard of the terminal, which may be far away: the text is sent to it (OSC 52).

use std::io::{self, Write};

use crossterm::Command;
use crossterm::clipboard::CopyToClipboard;

use super::unless_gone;

/// Puts a text onto the clipboard of the terminal; one that does not allow it does nothing.
///
/// # Errors
///
/// Returns what the terminal refused.
pub fn copy(text: &str) -> io::Result<()> {
    let is_in_tmux = std::env::var_os("TMUX").is_some();
    let sent = sequence(text, is_in_tmux);
    let mut out = io::stdout().lock();
    unless_gone(out.write_all(sent.as_bytes()).and_then(|()| out.flush()))
}

/// Returns what is sent. tmux takes it itself or passes on what is wrapped, as it is set up; so both
/// are sent there.
fn sequence(text: &str, is_in_tmux: bool) -> String {
    let mut plain = String::new();
    // Writing to a string cannot fail.
    let _ = CopyToClipboard::to_clipboard_from(text).write_ansi(&mut plain);
    if is_in_tmux {
        let doubled = plain.replace('\u{1b}', "\u{1b}\u{1b}");
        plain.push_str(&format!("\u{1b}Ptmux;{doubled}\u{1b}\\"));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_sent_as_letters_that_no_terminal_takes_for_orders() {
        assert_eq!(sequence("a\u{1b}b", false), "\u{1b}]52;c;YRti\u{1b}\\");
        assert_eq!(
            sequence("hi", true),
            "\u{1b}]52;c;aGk=\u{1b}\\\u{1b}Ptmux;\u{1b}\u{1b}]52;c;aGk=\u{1b}\u{1b}\\\u{1b}\\"
        );
    }
}
