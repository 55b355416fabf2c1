//! What a key can do: the table of commands, from which key lookup, footer, help, the README's key table and `specboard keys` are printed.
//!
//! A command is one row in one of the groups below, with the function that runs it beside it. Nothing here draws or reads files.

mod app;
mod cursor;
mod fold;
mod keys;
mod manual;
mod mark;
mod view;

pub use keys::{from_event, parse_keys};
pub use manual::{json, key_table, place_groups};
pub(crate) use mark::name_of;

use crate::model::{Effect, Focus, Key, Mode, Model, Pane, View};

/// Where a command applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// In every view.
    All,
    /// In the main view, its list of specs included.
    Main,
    /// Wherever the cursor is on an item.
    Items,
    /// Where tasks are.
    Tasks,
    /// In the list of specs.
    Specs,
}

impl Scope {
    /// Gives the word for the key table.
    pub fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Main => "main",
            Self::Items => "items",
            Self::Tasks => "tasks",
            Self::Specs => "specs",
        }
    }
}

/// What a command shows in the footer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The keys as the footer names them: one key may stand for several commands, such as `s` for all states.
    pub keys: &'static str,
    /// One or two words.
    pub word: &'static str,
    /// Where it stands among the hints: what acts on the item, what goes somewhere, what changes the view.
    pub rank: u8,
}

/// One command.
pub struct Command {
    /// `object-verb`, in kebab case.
    pub name: &'static str,
    /// Its keys: one or two each, as in `g g`.
    pub keys: &'static [&'static str],
    /// Where it applies.
    pub scope: Scope,
    /// What it does, as one line.
    pub doc: &'static str,
    /// What the footer shows.
    pub hint: Option<Hint>,
    /// Whether it applies to what the cursor is on.
    pub applies: fn(&Model) -> bool,
    /// Runs it.
    pub run: fn(&mut Model) -> Vec<Effect>,
}

/// All groups of commands, in the order of the key table.
const GROUPS: &[&[Command]] = &[cursor::COMMANDS, app::COMMANDS, view::COMMANDS, fold::COMMANDS, mark::COMMANDS];

/// Gives all commands in the order of the key table.
pub fn commands() -> impl Iterator<Item = &'static Command> {
    GROUPS.iter().copied().flatten()
}

/// Finds a command by its name.
pub fn named(name: &str) -> Option<&'static Command> {
    commands().find(|command| command.name == name)
}

/// What one or two typed keys mean.
pub enum Found {
    /// A command.
    Command(&'static Command),
    /// The first of two keys.
    Prefix,
    /// Nothing.
    Nothing,
}

/// Finds what `typed` means where the model stands.
pub fn lookup(model: &Model, typed: &[Key]) -> Found {
    let scopes = scopes(model);
    let mut is_prefix = false;
    for scope in scopes {
        for command in commands().filter(|command| command.scope == scope) {
            for keys in command.keys.iter().map(|keys| parse_keys(keys)) {
                if keys == typed {
                    return Found::Command(command);
                }
                is_prefix |= keys.len() > typed.len() && keys.starts_with(typed);
            }
        }
    }
    if is_prefix { Found::Prefix } else { Found::Nothing }
}

/// Gives the scopes whose keys count where the model stands, the nearest first.
pub fn scopes(model: &Model) -> Vec<Scope> {
    match (model.view, model.focus, model.pane) {
        (View::Help { .. }, ..) => vec![Scope::All],
        (View::Main, Focus::Sidebar, _) => vec![Scope::Specs, Scope::Main, Scope::All],
        (View::Main, Focus::Content, Pane::Tasks) => vec![Scope::Tasks, Scope::Items, Scope::Main, Scope::All],
        (View::Main, Focus::Content, _) => vec![Scope::Items, Scope::Main, Scope::All],
    }
}

/// Gives the commands that can be run where the model stands.
pub fn applicable(model: &Model) -> impl Iterator<Item = &'static Command> {
    let scopes = scopes(model);
    commands().filter(move |command| scopes.contains(&command.scope)).filter(|command| (command.applies)(model))
}

/// Gives the hints of the footer, in their order, without repeats.
pub fn hints(model: &Model) -> Vec<Hint> {
    let mut hints: Vec<Hint> = applicable(model).filter_map(|command| command.hint).collect();
    hints.sort_by_key(|hint| hint.rank);
    hints.dedup_by_key(|hint| hint.keys);
    hints
}

/// Gives the commands that a waiting prefix leads to, each with its second key.
pub fn continuations(model: &Model) -> Vec<(String, &'static Command)> {
    let Mode::Prefix { first, .. } = model.mode else { return Vec::new() };
    let second = |command: &'static Command| {
        let sequences = command.keys.iter().map(|keys| parse_keys(keys));
        sequences.filter(|keys| keys.len() == 2 && keys[0] == first).map(|keys| keys[1].to_string()).next()
    };
    applicable(model).filter_map(|command| Some((second(command)?, command))).collect()
}

fn always(_: &Model) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    /// Which scopes are looked at together, in every place there is.
    const PLACES: &[&[Scope]] = &[
        &[Scope::Specs, Scope::Main, Scope::All],
        &[Scope::Tasks, Scope::Items, Scope::Main, Scope::All],
        &[Scope::Items, Scope::Main, Scope::All],
    ];

    #[test]
    fn names_are_unique_and_in_kebab_case() {
        let mut seen = HashSet::new();
        for command in commands() {
            assert!(seen.insert(command.name), "{} stands twice", command.name);
            assert!(command.name.chars().all(|character| character.is_ascii_lowercase() || character == '-'), "{}", command.name);
            assert!(command.name.contains('-'), "{}", command.name);
            assert!(!command.doc.ends_with('.') && !command.doc.is_empty(), "{}", command.name);
        }
    }

    #[test]
    fn no_two_keys_clash_in_any_place() {
        for place in PLACES {
            let sequences: Vec<_> = commands()
                .filter(|command| place.contains(&command.scope))
                .flat_map(|command| command.keys.iter().map(|keys| (parse_keys(keys), command.name)))
                .collect();
            for (index, (keys, name)) in sequences.iter().enumerate() {
                assert!(matches!(keys.len(), 1 | 2), "{name}");
                for (others, other) in &sequences[index + 1..] {
                    assert!(!keys.starts_with(others) && !others.starts_with(keys), "{name} and {other} clash");
                }
            }
        }
    }
}
