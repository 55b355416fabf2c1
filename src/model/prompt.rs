//! The command line at the bottom: one line of text with a caret, and which of its completions is
//! chosen.
//!
//! The one file that knows the text area. It does not know what the text means, nor what the
//! completions are.

use tui_textarea::{CursorMove, TextArea};
use unicode_segmentation::UnicodeSegmentation;

use super::{Key, KeyCode, Mode};
use crate::text::clean;

/// A line that is being typed.
#[derive(Clone, Debug, Default)]
pub struct Prompt {
    area: TextArea<'static>,
    /// The completion that was chosen, counted from the best; none as long as only typing decides.
    pub chosen: Option<usize>,
    /// The mode that comes back when the line is left.
    pub below: Mode,
}

impl PartialEq for Prompt {
    fn eq(&self, other: &Self) -> bool {
        let parts = |prompt: &Self| (prompt.text().to_owned(), prompt.caret(), prompt.chosen);
        parts(self) == parts(other) && self.below == other.below
    }
}

impl Eq for Prompt {}

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
        self.area.lines().first().map_or("", String::as_str)
    }

    /// Returns the text before the caret, and the text from it on.
    pub fn halves(&self) -> (&str, &str) {
        let text = self.text();
        let at = text
            .char_indices()
            .nth(self.caret())
            .map_or(text.len(), |(at, _)| at);
        text.split_at(at)
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
        self.area.insert_str(clean(line));
        self.chosen = None;
    }

    /// Puts `text` in the place of the whole line.
    pub fn set(&mut self, text: &str) {
        self.area = TextArea::default();
        self.insert(text);
    }

    /// Returns how many characters stand before the caret.
    fn caret(&self) -> usize {
        self.area.cursor().1
    }

    fn press_plain(&mut self, code: KeyCode) -> bool {
        match code {
            KeyCode::Char(character) => self.area.insert_char(character),
            KeyCode::Named("backspace") => self.erase_back(),
            KeyCode::Named("delete") => self.erase_forward(),
            KeyCode::Named("left") => self.go_back(),
            KeyCode::Named("right") => self.go_forward(),
            KeyCode::Named("home") => self.area.move_cursor(CursorMove::Head),
            KeyCode::Named("end") => self.area.move_cursor(CursorMove::End),
            KeyCode::Named(_) => return false,
        }
        true
    }

    fn press_ctrl(&mut self, code: KeyCode) -> bool {
        match code {
            KeyCode::Char('a') => self.area.move_cursor(CursorMove::Head),
            KeyCode::Char('e') => self.area.move_cursor(CursorMove::End),
            KeyCode::Char('b') => self.go_back(),
            KeyCode::Char('f') => self.go_forward(),
            KeyCode::Char('h') => self.erase_back(),
            KeyCode::Char('w') => self.erase_word(),
            KeyCode::Char('k') => {
                self.area.delete_line_by_end();
            }
            KeyCode::Char('u') => {
                self.area.delete_line_by_head();
            }
            _ => return false,
        }
        true
    }

    /// Counts the characters of what a person takes for one, before the caret. The text area itself
    /// goes by code points.
    fn last_before(&self) -> usize {
        self.halves()
            .0
            .graphemes(true)
            .next_back()
            .map_or(0, |grapheme| grapheme.chars().count())
    }

    fn first_after(&self) -> usize {
        self.halves()
            .1
            .graphemes(true)
            .next()
            .map_or(0, |grapheme| grapheme.chars().count())
    }

    fn go_back(&mut self) {
        (0..self.last_before()).for_each(|_| self.area.move_cursor(CursorMove::Back));
    }

    fn go_forward(&mut self) {
        (0..self.first_after()).for_each(|_| self.area.move_cursor(CursorMove::Forward));
    }

    fn erase_back(&mut self) {
        let count = self.last_before();
        self.go_back();
        self.area.delete_str(count);
    }

    /// Erases back to where a word begins. The text area itself would stop at each underscore of a
    /// name.
    fn erase_word(&mut self) {
        let before = self.halves().0;
        let words = before.trim_end();
        let last = words.chars().next_back().map(is_mark);
        let rest = words.trim_end_matches(|character: char| {
            !character.is_whitespace() && Some(is_mark(character)) == last
        });
        let count = before[rest.len()..].chars().count();
        (0..count).for_each(|_| self.area.move_cursor(CursorMove::Back));
        self.area.delete_str(count);
    }

    fn erase_forward(&mut self) {
        self.area.delete_str(self.first_after());
    }
}

/// Returns whether a character stands between words.
fn is_mark(character: char) -> bool {
    character.is_ascii_punctuation() && character != '_'
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
