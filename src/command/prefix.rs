//! The keys that wait for a second one: a word for each, and where they lead.

use super::{Command, applicable, commands, parse_keys, place_scopes};
use crate::model::{Key, KeyCode, Mode, Model};

/// What a prefix stands for.
const WORDS: &[(char, &str)] = &[
    ('g', "go"),
    ('s', "state"),
    ('S', "state, with sub-tasks"),
    ('z', "scroll and fold"),
    ('d', "delete"),
    (']', "next"),
    ('[', "previous"),
];

/// Returns the word for a prefix: the title of its pop-up.
pub fn prefix_word(first: Key) -> &'static str {
    WORDS
        .iter()
        .find(|(key, _)| KeyCode::Char(*key) == first.code)
        .map_or("", |(_, word)| word)
}

/// Returns the commands that a waiting prefix leads to, each with its second key.
pub fn continuations(model: &Model) -> Vec<(String, &'static Command)> {
    let Mode::Prefix { first, .. } = model.mode else {
        return Vec::new();
    };
    let second = |command: &'static Command| {
        let sequences = command.keys_in(model).map(parse_keys);
        sequences
            .filter(|keys| keys.len() == 2 && keys[0] == first)
            .map(|keys| keys[1].to_string())
            .next()
    };
    applicable(model)
        .filter_map(|command| Some((second(command)?, command)))
        .collect()
}

/// Returns whether a key begins a sequence of two in any place.
pub(crate) fn is_prefix_anywhere(model: &Model, first: Key) -> bool {
    let begins = |keys: &str| matches!(parse_keys(keys)[..], [key, _] if key == first);
    commands().any(|command| command.keys_in(model).any(begins))
}

/// Returns whether two keys are those of a command in any place.
pub(crate) fn is_sequence_anywhere(model: &Model, typed: [Key; 2]) -> bool {
    commands().any(|command| command.keys_in(model).any(|keys| parse_keys(keys) == typed))
}

/// Returns the first command that a prefix leads to where the model stands, whether it applies or
/// not.
pub(crate) fn behind(model: &Model, first: Key) -> Option<&'static Command> {
    let scopes = place_scopes(model);
    let leads = |keys: &str| parse_keys(keys).starts_with(&[first]);
    commands().find(|command| scopes.contains(&command.scope) && command.keys_in(model).any(leads))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_prefix_has_a_word() {
        for command in crate::command::commands() {
            for keys in command
                .keys
                .iter()
                .map(|keys| parse_keys(keys))
                .filter(|keys| keys.len() == 2)
            {
                assert!(!prefix_word(keys[0]).is_empty(), "{}", command.name);
            }
        }
    }
}
