//! The hints of the footer: those of the commands that count now, in their order.

use std::borrow::Cow;

use super::{Command, Hint, Scope, commands, modes, scopes};
use crate::model::Model;

/// A hint as the footer shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FooterHint {
    /// The keys, by the configuration.
    pub keys: Cow<'static, str>,
    /// One or two words.
    pub word: &'static str,
    /// Whether it says how a mode or a screen is left.
    pub leaves: bool,
}

/// The key that leaves, where the configuration says nothing else.
const LEAVING: &str = "esc";

/// Returns the hints of the footer, in their order, without repeats.
pub fn hints(model: &Model) -> Vec<FooterHint> {
    let (scopes, mode) = (scopes(model), modes::row(&model.mode));
    let mut hints: Vec<(&Command, Hint)> = commands()
        .filter(|command| scopes.contains(&command.scope) && (command.applies)(model))
        .filter_map(|command| Some((command, (command.hint)(model)?)))
        .filter(|(_, hint)| (mode.shows)(hint))
        .collect();
    hints.sort_by_key(|(_, hint)| hint.rank);
    hints.dedup_by_key(|(_, hint)| hint.keys);
    let shown = hints.into_iter().map(|(command, hint)| FooterHint {
        keys: keys_now(model, &scopes, command, hint.keys),
        word: hint.word,
        leaves: hint.keys == LEAVING,
    });
    shown.collect()
}

/// Returns the keys of a hint by the configuration. Keys of several commands, such as `j k`, are
/// looked up one by one.
fn keys_now(
    model: &Model,
    scopes: &[Scope],
    command: &Command,
    keys: &'static str,
) -> Cow<'static, str> {
    if model.settings.keymap.is_empty() {
        return Cow::Borrowed(keys);
    }
    let now = |keys: &str| key_now(model, scopes, command, keys);
    if let Some(key) = now(keys) {
        return Cow::Owned(key);
    }
    let words = keys
        .split(' ')
        .map(|word| now(word).unwrap_or_else(|| word.to_owned()));
    Cow::Owned(words.collect::<Vec<_>>().join(" "))
}

/// Returns what stands for a key of the table now: the first key of the command that has it there,
/// or what such a key begins with where `key` is a prefix.
fn key_now(model: &Model, scopes: &[Scope], own: &Command, key: &str) -> Option<String> {
    let there = || commands().filter(|command| scopes.contains(&command.scope));
    let has = |command: &&Command| command.keys.contains(&key);
    if let Some(command) = Some(own).filter(has).or_else(|| there().find(has)) {
        let mut keys = command.keys_in(model);
        let first = keys
            .next()
            .map_or_else(|| format!(":{}", command.name), str::to_owned);
        let is_kept = first == key || keys.any(|other| other == key);
        return Some(if is_kept { key.to_owned() } else { first });
    }
    let first = |keys: &str| keys.split_once(' ').map(|(first, _)| first.to_owned());
    let begins = |keys: &str| first(keys).is_some_and(|first| first == key);
    let command = there().find(|command| command.keys.iter().any(|keys| begins(keys)))?;
    let mut keys = command.keys_in(model);
    keys.next()
        .map(|keys| first(keys).unwrap_or_else(|| keys.to_owned()))
}
