//! Telling the user something while the terminal has no focus.

use std::io;

use super::unless_gone;
use crate::model::Alert;
use std::io::Write;

/// The order to tell when the terminal gets the focus and loses it.
pub const FOCUS: &[u8] = b"\x1b[?1004h";

/// Tells the user something, in the way that was chosen.
///
/// # Errors
///
/// Returns what the terminal refused.
pub fn alert(way: Alert, words: &str) -> io::Result<()> {
    let is_in_tmux = std::env::var_os("TMUX").is_some();
    unless_gone(super::Output.write_all(sequence(way, words, is_in_tmux).as_bytes()))
}

/// Returns what is sent. Within tmux the bell flags the window, and the rest is passed on to the
/// terminal around it.
fn sequence(way: Alert, words: &str, is_in_tmux: bool) -> String {
    let sent = match way {
        Alert::Off => return String::new(),
        Alert::Bell => return "\u{7}".to_owned(),
        Alert::Osc9 => format!("\u{1b}]9;specboard: {words}\u{1b}\\"),
        Alert::Osc777 => format!("\u{1b}]777;notify;specboard;{words}\u{1b}\\"),
        Alert::Osc99 => format!("\u{1b}]99;;specboard: {words}\u{1b}\\"),
    };
    if !is_in_tmux {
        return sent;
    }
    let doubled = sent.replace('\u{1b}', "\u{1b}\u{1b}");
    format!("\u{7}\u{1b}Ptmux;{doubled}\u{1b}\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_has_its_sequence() {
        for (way, is_in_tmux, expected) in [
            (Alert::Off, false, ""),
            (Alert::Bell, true, "\u{7}"),
            (Alert::Osc9, false, "\u{1b}]9;specboard: hi\u{1b}\\"),
            (
                Alert::Osc777,
                false,
                "\u{1b}]777;notify;specboard;hi\u{1b}\\",
            ),
            (Alert::Osc99, false, "\u{1b}]99;;specboard: hi\u{1b}\\"),
            (
                Alert::Osc9,
                true,
                "\u{7}\u{1b}Ptmux;\u{1b}\u{1b}]9;specboard: hi\u{1b}\u{1b}\\\u{1b}\\",
            ),
        ] {
            assert_eq!(sequence(way, "hi", is_in_tmux), expected, "{way:?}");
        }
    }
}
