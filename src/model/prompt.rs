//! The command line at the bottom: one line of text with a caret, and which of its completions is
//! chosen.
//!
//! Does not know what the text means, nor what the completions are.

use super::{Key, KeyCode, Mode, Motion, TextBuffer};
use crate::text::clean;

/// A line that is being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prompt {
    buffer: TextBuffer,
    /// The completion that was chosen, counted from the best; none as long as only typing decides.
    pub chosen: Option<usize>,
    /// The mode that comes back when the line is left.
    pub below: Mode,
}

impl Prompt {
    /// Opens an empty line over a mode.
    pub fn over(below: Mode) -> Self {
        Self {
            below,
            ..Self::default()
        }
    }

    /// Returns the text.
    pub fn text(&self) -> &str {
        self.buffer.line()
    }

    /// Returns the text before the caret, and the text from it on.
    pub fn halves(&self) -> (&str, &str) {
        self.buffer.halves()
    }

    /// Says what a key does to the text, if it does anything: letters are typed, and the usual keys
    /// of a command line edit.
    pub fn press(&mut self, key: Key) -> bool {
        let is_known = if key.ctrl {
            self.press_ctrl(key.code)
        } else {
            self.press_plain(key.code)
        };
        if is_known {
            self.chosen = None;
        }
        is_known
    }

    /// Types the first line of `text`, cleaned, at the caret.
    pub fn insert(&mut self, text: &str) {
        // Terminals end a pasted line as the enter key does, with a carriage return.
        let line = text.split(['\r', '\n']).next().unwrap_or_default();
        self.buffer.insert(&clean(line));
        self.chosen = None;
    }

    /// Puts `text` in the place of the whole line.
    pub fn set(&mut self, text: &str) {
        self.buffer = TextBuffer::default();
        self.insert(text);
    }

    fn press_plain(&mut self, code: KeyCode) -> bool {
        match code {
            KeyCode::Char(character) => self.buffer.insert(character.encode_utf8(&mut [0; 4])),
            KeyCode::Named("backspace") => self.buffer.erase(Motion::Back),
            KeyCode::Named("delete") => self.buffer.erase(Motion::Forward),
            KeyCode::Named("left") => self.buffer.step(Motion::Back),
            KeyCode::Named("right") => self.buffer.step(Motion::Forward),
            KeyCode::Named("home") => self.buffer.step(Motion::First),
            KeyCode::Named("end") => self.buffer.step(Motion::Last),
            KeyCode::Named(_) => return false,
        }
        true
    }

    fn press_ctrl(&mut self, code: KeyCode) -> bool {
        match code {
            KeyCode::Char('a') => self.buffer.step(Motion::First),
            KeyCode::Char('e') => self.buffer.step(Motion::Last),
            KeyCode::Char('b') => self.buffer.step(Motion::Back),
            KeyCode::Char('f') => self.buffer.step(Motion::Forward),
            KeyCode::Char('h') => self.buffer.erase(Motion::Back),
            KeyCode::Char('w') => self.buffer.erase(Motion::WordBack),
            KeyCode::Char('k') => self.buffer.erase(Motion::Last),
            KeyCode::Char('u') => self.buffer.erase(Motion::First),
            _ => return false,
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &'static str) -> Key {
        Key {
            code: KeyCode::Named(name),
            ctrl: false,
        }
    }

    fn ctrl(character: char) -> Key {
        Key {
            code: KeyCode::Char(character),
            ctrl: true,
        }
    }

    /// Draws the line with `|` for the caret.
    fn drawn(text: &str, keys: &[Key]) -> String {
        let mut prompt = Prompt::default();
        prompt.insert(text);
        for key in keys {
            assert!(prompt.press(*key), "{key}");
        }
        let (before, after) = prompt.halves();
        format!("{before}|{after}")
    }

    #[test]
    fn keys_edit_the_line() {
        let x = Key {
            code: KeyCode::Char('x'),
            ctrl: false,
        };
        for (text, keys, expected) in [
            ("ab", &[x][..], "abx|"),
            ("ab", &[named("left"), x], "ax|b"),
            ("ab", &[named("home"), named("delete")], "|b"),
            (
                "ab",
                &[named("backspace"), named("backspace"), named("backspace")],
                "|",
            ),
            ("task-open", &[ctrl('a'), ctrl('f'), ctrl('k')], "t|"),
            ("task open", &[ctrl('w')], "task |"),
            ("task_id go_on  ", &[ctrl('w')], "task_id |"),
            ("task-open", &[ctrl('w')], "task-|"),
            ("task --", &[ctrl('w')], "task |"),
            ("  ", &[ctrl('w')], "|"),
            ("", &[ctrl('w')], "|"),
            ("one two", &[named("left"), ctrl('w')], "one |o"),
            ("task open", &[ctrl('u')], "|"),
            (
                "e\u{301}a",
                &[named("left"), named("left"), named("delete")],
                "|a",
            ),
            ("ae\u{301}", &[ctrl('h')], "a|"),
        ] {
            assert_eq!(drawn(text, keys), expected, "{text}");
        }
    }

    #[test]
    fn a_paste_is_one_clean_line() {
        for (pasted, expected) in [
            ("a\nb", "a|"),
            ("a\r\nb", "a|"),
            ("a\rb", "a|"),
            ("\u{1b}[31mred", "␛[31mred|"),
            ("", "|"),
        ] {
            assert_eq!(drawn(pasted, &[]), expected);
        }
    }

    #[test]
    fn other_keys_are_left_alone() {
        let mut prompt = Prompt {
            chosen: Some(2),
            ..Prompt::default()
        };
        for key in [
            named("tab"),
            named("enter"),
            named("esc"),
            ctrl('c'),
            ctrl('n'),
            ctrl('z'),
        ] {
            assert!(!prompt.press(key), "{key}");
        }
        assert_eq!((prompt.text(), prompt.chosen), ("", Some(2)));
    }
}
