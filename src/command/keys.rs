//! The notation of keys: `j`, `down`, `g g`, `ctrl-d`, and how a terminal's event becomes a key.

use crossterm::event::{KeyCode as TerminalCode, KeyEvent, KeyModifiers};

use crate::model::{Key, KeyCode};

/// Keys with names, and what a terminal calls them.
const NAMED: &[(&str, TerminalCode)] = &[
    ("enter", TerminalCode::Enter),
    ("esc", TerminalCode::Esc),
    ("tab", TerminalCode::Tab),
    ("shift-tab", TerminalCode::BackTab),
    ("backspace", TerminalCode::Backspace),
    ("delete", TerminalCode::Delete),
    ("up", TerminalCode::Up),
    ("down", TerminalCode::Down),
    ("left", TerminalCode::Left),
    ("right", TerminalCode::Right),
    ("home", TerminalCode::Home),
    ("end", TerminalCode::End),
    ("pgup", TerminalCode::PageUp),
    ("pgdn", TerminalCode::PageDown),
];

/// Keys with names that are held with shift, for selecting.
const SHIFTED: &[(&str, TerminalCode)] = &[
    ("shift-left", TerminalCode::Left),
    ("shift-right", TerminalCode::Right),
    ("shift-up", TerminalCode::Up),
    ("shift-down", TerminalCode::Down),
    ("shift-home", TerminalCode::Home),
    ("shift-end", TerminalCode::End),
];

/// Reads keys in the notation of the table of commands: one or several, with blanks between.
pub fn parse_keys(notation: &str) -> Vec<Key> {
    notation.split(' ').filter_map(parse_key).collect()
}

/// Reads keys that a user wrote in the same notation.
///
/// # Errors
///
/// Returns what is no key, or that there are more than two or none.
pub fn read_keys(notation: &str) -> Result<Vec<Key>, String> {
    let words: Vec<&str> = notation
        .split(' ')
        .filter(|word| !word.is_empty())
        .collect();
    if !matches!(words.len(), 1 | 2) {
        return Err(format!(
            "`{notation}` is not one key or two, such as `x` or `g x`"
        ));
    }
    let strict = |word: &&str| parse_key(word).filter(|key| key.to_string() == *word);
    let read = words.iter().map(|word| strict(word).ok_or(word));
    read.collect::<Result<_, _>>()
        .map_err(|word| format!("`{word}` is no key: keys are written like {}", examples()))
}

fn examples() -> String {
    let named: Vec<&str> = NAMED.iter().map(|(name, _)| *name).collect();
    format!("x, G, ctrl-d, space, {}", named.join(", "))
}

fn parse_key(notation: &str) -> Option<Key> {
    let (ctrl, name) = notation
        .strip_prefix("ctrl-")
        .map_or((false, notation), |name| (true, name));
    let named = NAMED
        .iter()
        .find(|(named, _)| *named == name)
        .map(|(named, _)| KeyCode::Named(named));
    let code = named.or_else(|| {
        if name == "space" {
            Some(KeyCode::Char(' '))
        } else {
            name.chars().next().map(KeyCode::Char)
        }
    })?;
    Some(Key { code, ctrl })
}

/// Reads a terminal's event. Gives nothing for keys that have no notation.
pub fn from_event(event: &KeyEvent) -> Option<Key> {
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    let shift = event.modifiers.contains(KeyModifiers::SHIFT);
    let code = match event.code {
        TerminalCode::Char(character) => KeyCode::Char(character),
        code if shift => {
            let selecting = SHIFTED.iter().find(|(_, named)| *named == code);
            let plain = || NAMED.iter().find(|(_, named)| *named == code);
            KeyCode::Named(selecting.or_else(plain)?.0)
        }
        code => KeyCode::Named(NAMED.iter().find(|(_, named)| *named == code)?.0),
    };
    Some(Key { code, ctrl })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notation_reads_what_it_writes() {
        for notation in [
            "j",
            "G",
            "g g",
            "ctrl-d",
            "space",
            "enter",
            "shift-tab",
            "z a",
            "*",
            "|",
            "\\",
            "] ]",
            "pgdn",
        ] {
            let keys = parse_keys(notation);
            assert_eq!(
                keys.iter()
                    .map(Key::to_string)
                    .collect::<Vec<_>>()
                    .join(" "),
                notation
            );
        }
    }

    #[test]
    fn events_become_the_keys_of_the_notation() {
        for (code, modifiers, notation) in [
            (TerminalCode::Char('j'), KeyModifiers::NONE, "j"),
            (TerminalCode::Char('G'), KeyModifiers::SHIFT, "G"),
            (TerminalCode::Char('d'), KeyModifiers::CONTROL, "ctrl-d"),
            (TerminalCode::BackTab, KeyModifiers::SHIFT, "shift-tab"),
            (TerminalCode::PageDown, KeyModifiers::NONE, "pgdn"),
            (TerminalCode::Char(' '), KeyModifiers::NONE, "space"),
        ] {
            assert_eq!(
                from_event(&KeyEvent::new(code, modifiers)).map(|key| vec![key]),
                Some(parse_keys(notation))
            );
        }
        assert_eq!(
            from_event(&KeyEvent::new(TerminalCode::F(5), KeyModifiers::NONE)),
            None
        );
    }
}
