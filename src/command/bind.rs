//! Binding commands to other keys than those of the table.
//!
//! What is bound is checked here: a key that cannot be reached, or that would take a letter from
//! text that is typed, is refused with the reason. Does not know where bindings are written.

use super::{Command, Scope, commands, named, parse_keys, read_keys};
use crate::model::{Key, KeyCode, Keymap, Model};

/// Which scopes are looked at together, in every place there is.
pub(super) const PLACES: &[&[Scope]] = &[
    &[Scope::Specs, Scope::Main, Scope::All, Scope::Always],
    &[
        Scope::Tasks,
        Scope::Items,
        Scope::Main,
        Scope::All,
        Scope::Always,
    ],
    &[Scope::Items, Scope::Main, Scope::All, Scope::Always],
    &[
        Scope::Board,
        Scope::Tasks,
        Scope::Items,
        Scope::All,
        Scope::Always,
    ],
    &[Scope::Specs, Scope::All, Scope::Always],
    &[Scope::Start, Scope::All, Scope::Always],
    &[Scope::Prompt, Scope::Always],
    &[Scope::Find, Scope::Always],
    &[Scope::Filter, Scope::Always],
    &[Scope::Finder, Scope::Always],
    &[Scope::Search, Scope::Always],
    &[Scope::Outline, Scope::Always],
    // Its own `esc` stands before the one that counts in every mode.
    &[Scope::Editor],
    &[Scope::List, Scope::Always],
    &[Scope::Question],
    &[Scope::Conflict],
    &[Scope::Proposal],
    &[Scope::Place],
    &[Scope::Move, Scope::Always],
];

/// The scopes in which letters are text.
const TYPED: [Scope; 8] = [
    Scope::Always,
    Scope::Editor,
    Scope::Prompt,
    Scope::Find,
    Scope::Filter,
    Scope::Finder,
    Scope::Search,
    Scope::Outline,
];

/// Bindings that are collected before any of them counts, so that two commands can change their
/// keys.
#[derive(Default)]
pub struct Bindings {
    wanted: Vec<(&'static Command, Vec<String>)>,
}

impl Bindings {
    /// Adds the keys that a command is to have, in place of all that it had.
    ///
    /// # Errors
    ///
    /// Returns why it cannot have them: there is no such command or key, or no way to press it.
    pub fn add(&mut self, name: &str, keys: Vec<String>) -> Result<(), String> {
        let command = named(name)
            .ok_or_else(|| "there is no such command: `specboard keys` lists all".to_owned())?;
        if keys.is_empty() && (command.scope.is_of_mode() || command.scope == Scope::Always) {
            return Err("it cannot be run by its name, so it needs a key".to_owned());
        }
        keys.iter().try_for_each(|keys| fits(command, keys))?;
        self.wanted.push((command, keys));
        Ok(())
    }

    /// Makes the keymap. A key that another command has by the table is taken from it.
    ///
    /// Also returns the commands that keep the keys of the table, each with the reason.
    pub fn keymap(self) -> (Keymap, Vec<(&'static str, String)>) {
        let (mut keymap, mut refused) = (Keymap::default(), Vec::new());
        for (command, _) in &self.wanted {
            keymap.set(command.name, Vec::new());
        }
        let mut bound = Vec::new();
        for (command, keys) in self.wanted {
            match clash(&keymap, &bound, command, &keys) {
                None => {
                    take(&mut keymap, command, &keys);
                    keymap.set(command.name, keys);
                    bound.push(command.name);
                }
                Some(reason) => refused.push((command.name, reason)),
            }
        }
        for (name, _) in &refused {
            give_back(&mut keymap, name);
        }
        (keymap, refused)
    }
}

/// Returns why keys cannot be those of a command, whatever other commands have.
fn fits(command: &Command, notation: &str) -> Result<(), String> {
    let keys = read_keys(notation)?;
    let is_letter = |key: &Key| matches!(key.code, KeyCode::Char(_)) && !key.ctrl;
    if TYPED.contains(&command.scope) && keys.iter().any(is_letter) {
        return Err(format!(
            "`{notation}` is text where this command counts: take a key with ctrl, or one with a name"
        ));
    }
    Ok(())
}

/// Returns the first reason why a command cannot have `keys` beside those of others.
fn clash(keymap: &Keymap, bound: &[&str], command: &Command, keys: &[String]) -> Option<String> {
    let others = commands().filter(|other| other.name != command.name && meet(command, other));
    for other in others {
        for taken in keymap.keys(other.name, other.keys) {
            let is_bound = bound.contains(&other.name);
            let reason = keys
                .iter()
                .find_map(|keys| reason(keys, taken, other.name, is_bound));
            if reason.is_some() {
                return reason;
            }
        }
    }
    None
}

/// Returns why `keys` cannot stand beside the keys `taken` of another command, if they cannot.
fn reason(keys: &str, taken: &str, other: &str, is_bound: bool) -> Option<String> {
    let (wanted, there) = (parse_keys(keys), parse_keys(taken));
    if wanted == there {
        return is_bound.then(|| format!("`{keys}` is already given to {other}"));
    }
    if there.starts_with(&wanted) {
        return Some(format!("`{keys}` begins `{taken}` of {other}"));
    }
    let is_behind = wanted.starts_with(&there);
    is_behind.then(|| format!("`{taken}` is {other} by itself, so nothing can begin with it"))
}

/// Returns whether two commands count in the same place.
fn meet(one: &Command, other: &Command) -> bool {
    PLACES
        .iter()
        .any(|place| place.contains(&one.scope) && place.contains(&other.scope))
}

/// Takes keys from all commands that have them where `command` counts.
fn take(keymap: &mut Keymap, command: &Command, keys: &[String]) {
    for other in commands().filter(|other| other.name != command.name && meet(command, other)) {
        let (taken, left): (Vec<&str>, Vec<&str>) = keymap
            .keys(other.name, other.keys)
            .partition(|there| keys.iter().any(|keys| keys == there));
        if !taken.is_empty() {
            let left = left.into_iter().map(str::to_owned).collect();
            keymap.set(other.name, left);
        }
    }
}

/// Gives a command those keys of the table that no other has by now.
fn give_back(keymap: &mut Keymap, name: &str) {
    let Some(command) = named(name) else { return };
    let usual = command.keys.iter().map(|keys| (*keys).to_owned());
    let all: Vec<&str> = commands().map(|command| command.name).collect();
    let free = usual.filter(|keys| {
        let one = std::slice::from_ref(keys);
        clash(keymap, &all, command, one).is_none()
    });
    let free = free.collect();
    keymap.set(command.name, free);
}

/// Returns the first key of a command where the model stands, or how it is run by its name.
pub fn key_of(model: &Model, name: &str) -> String {
    let command = named(name);
    let key = command.and_then(|command| command.keys_in(model).next());
    key.map_or_else(|| format!(":{name}"), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keymap(bindings: &[(&str, &[&str])]) -> (Keymap, Vec<(&'static str, String)>) {
        let mut all = Bindings::default();
        for (name, keys) in bindings {
            let keys = keys.iter().map(|keys| (*keys).to_owned()).collect();
            all.add(name, keys).unwrap();
        }
        all.keymap()
    }

    fn keys_of(keymap: &Keymap, name: &str) -> String {
        let command = named(name).unwrap();
        let keys: Vec<&str> = keymap.keys(command.name, command.keys).collect();
        keys.join(" ")
    }

    #[test]
    fn a_key_is_taken_from_the_command_that_had_it() {
        let (keymap, refused) = keymap(&[("task-toggle", &["x", "ctrl-t"])]);
        assert!(refused.is_empty());
        assert_eq!(keys_of(&keymap, "task-toggle"), "x ctrl-t");
        for command in commands().filter(|command| command.name != "task-toggle") {
            let has_it = keymap
                .keys(command.name, command.keys)
                .any(|keys| keys == "x");
            let task = named("task-toggle").unwrap();
            assert!(!has_it || !meet(command, task), "{}", command.name);
        }
    }

    #[test]
    fn two_commands_can_change_their_keys() {
        let (keymap, refused) = keymap(&[("view-close", &["Q"]), ("app-quit", &["q"])]);
        assert!(refused.is_empty(), "{refused:?}");
        assert_eq!(keys_of(&keymap, "view-close"), "Q");
        assert_eq!(keys_of(&keymap, "app-quit"), "q");
    }

    #[test]
    fn what_cannot_be_reached_is_refused_and_the_usual_keys_stay() {
        for (name, keys, expected) in [
            ("task-toggle", "g", "begins `g"),
            ("task-toggle", "j x", "`j` is cursor-down by itself"),
        ] {
            let (keymap, refused) = keymap(&[(name, &[keys])]);
            assert!(refused[0].1.contains(expected), "{refused:?}");
            assert_eq!(keys_of(&keymap, name), "space");
        }
        let (keymap, refused) = keymap(&[("view-close", &["Z"]), ("app-quit", &["Z"])]);
        assert_eq!(
            refused,
            [("app-quit", "`Z` is already given to view-close".to_owned())]
        );
        assert_eq!(keys_of(&keymap, "app-quit"), "");
    }

    #[test]
    fn what_is_no_key_or_no_command_is_refused_with_the_reason() {
        for (name, keys, expected) in [
            ("task-tick", &["x"][..], "no such command"),
            ("task-toggle", &["hyper-x"], "`hyper-x` is no key"),
            ("task-toggle", &["g g g"], "one key or two"),
            ("editor-commit", &["x"], "`x` is text"),
            ("mode-leave", &[], "needs a key"),
        ] {
            let keys = keys.iter().map(|keys| (*keys).to_owned()).collect();
            let reason = Bindings::default().add(name, keys).unwrap_err();
            assert!(reason.contains(expected), "{reason}");
        }
    }
}
