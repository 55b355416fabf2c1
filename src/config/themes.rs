//! The themes in the configuration: one that is built in, with other colours for some roles.

use std::collections::BTreeMap;

use ratatui::style::{Color, Modifier};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Config;
use super::reader::Written;
use crate::store::Failure;
use crate::view::{Ink, Look, Role, THEMES};

/// The sixteen colours by their words.
const COLOURS: [(&str, Color); 17] = [
    ("default", Color::Reset),
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("gray", Color::Gray),
    ("dark-gray", Color::DarkGray),
    ("light-red", Color::LightRed),
    ("light-green", Color::LightGreen),
    ("light-yellow", Color::LightYellow),
    ("light-blue", Color::LightBlue),
    ("light-magenta", Color::LightMagenta),
    ("light-cyan", Color::LightCyan),
    ("white", Color::White),
];

/// What is done to letters, by its words.
const MODIFIERS: [(&str, Modifier); 5] = [
    ("bold", Modifier::BOLD),
    ("faint", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underlined", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
];

/// What a theme is changed from.
const BASE: &str = "from";

/// Finds a theme by its name: one that the configuration defines, or one that is built in.
pub(super) fn find(own: &BTreeMap<String, Look>, name: &str) -> Option<Look> {
    own.get(name).cloned().or_else(|| Look::named(name))
}

/// Returns the words for all roles that a theme can colour.
pub(super) fn roles() -> Vec<String> {
    let coloured = Role::ALL.into_iter().filter(|role| *role != Role::Text);
    coloured.map(Role::word).collect()
}

/// Takes in the themes, and returns what is wrong in them.
pub(super) fn take(
    config: &mut Config,
    written: &Written<'_>,
    value: &Spanned<DeValue<'_>>,
) -> Vec<Failure> {
    let Some(themes) = value.get_ref().as_table() else {
        let reason = "themes are tables, such as [themes.mine], so this is not used".to_owned();
        return vec![written.mistake(value.span(), reason)];
    };
    let mut mistakes = Vec::new();
    for (name, value) in themes {
        let key: &str = name.get_ref();
        let is_built_in = THEMES.iter().any(|theme| theme.name == key);
        match value.get_ref().as_table() {
            _ if is_built_in => mistakes.push(written.mistake(
                name.span(),
                format!("the theme {key} is built in, so this is not used: take another name"),
            )),
            Some(table) => {
                let (look, wrong) = read(written, table);
                config.themes.insert(key.to_owned(), look);
                mistakes.extend(wrong);
            }
            None => mistakes.push(written.mistake(
                name.span(),
                format!("the theme {key} is no table, such as [themes.{key}], so it is not used"),
            )),
        }
    }
    mistakes
}

/// Reads one theme.
fn read(written: &Written<'_>, table: &DeTable<'_>) -> (Look, Vec<Failure>) {
    let base = table.get(BASE).and_then(|base| base.get_ref().as_str());
    let named = base.and_then(Look::named);
    let (is_known, mut look) = (named.is_some(), named.unwrap_or_default());
    let mut mistakes = Vec::new();
    for (name, value) in table {
        let key: &str = name.get_ref();
        if key == BASE {
            if !is_known {
                let names: Vec<&str> = THEMES.iter().map(|theme| theme.name).collect();
                let reason = format!("from is one of {}: auto is used", names.join(", "));
                mistakes.push(written.mistake(value.span(), reason));
            }
            continue;
        }
        match ink(key, value.get_ref()) {
            Ok((role, ink)) => look.set(role, ink),
            Err(reason) => mistakes.push(written.mistake(value.span(), reason)),
        }
    }
    (look, mistakes)
}

/// Reads the ink of one role: a colour, words for what is done to the letters, or both.
fn ink(key: &str, value: &DeValue<'_>) -> Result<(Role, Ink), String> {
    let role = Role::ALL
        .into_iter()
        .find(|role| *role != Role::Text && role.word() == key)
        .ok_or_else(|| {
            format!(
                "{key} is no role, so it is not used: there are {}",
                roles().join(", ")
            )
        })?;
    let mut ink = Ink::default();
    for word in value.as_str().unwrap_or("?").split_whitespace() {
        let modifier = MODIFIERS.iter().find(|(name, _)| *name == word);
        match (modifier, colour(word)) {
            (Some((_, modifier)), _) => ink.modifier.insert(*modifier),
            (None, Some(colour)) => ink.colour = Some(colour),
            (None, None) => return Err(unfit(key)),
        }
    }
    Ok((role, ink))
}

fn unfit(key: &str) -> String {
    let colours: Vec<&str> = COLOURS.iter().map(|(name, _)| *name).collect();
    let modifiers: Vec<&str> = MODIFIERS.iter().map(|(name, _)| *name).collect();
    format!(
        "{key} is no colour, so its usual one is used: a colour is \"#rrggbb\", \"0\" to \"255\", or one of {}, with {} before it",
        colours.join(", "),
        modifiers.join(", ")
    )
}

fn colour(word: &str) -> Option<Color> {
    if let Some((_, colour)) = COLOURS.iter().find(|(name, _)| *name == word) {
        return Some(*colour);
    }
    let Some(digits) = word.strip_prefix('#') else {
        return word.parse().ok().map(Color::Indexed);
    };
    if digits.len() != 6 || !digits.is_ascii() {
        return None;
    }
    let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
    Some(Color::Rgb(part(0)?, part(2)?, part(4)?))
}
