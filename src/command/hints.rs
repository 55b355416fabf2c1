//! The hints of the footer: those of the commands that count now, in their order, each at its place.

use std::borrow::Cow;

use super::{Command, Hint, Scope, commands, edit, mark, modes, named, scopes, structure};
use crate::model::{Mode, Model, Surface};
use crate::text::width;

/// What `enter` does on most tasks.
const ENTER: Hint = Hint {
    keys: "enter",
    word: "requirement",
    rank: 20,
};

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

impl FooterHint {
    fn of(model: &Model, scopes: &[Scope], command: &Command, hint: Hint) -> Self {
        Self {
            keys: keys_now(model, scopes, command, hint.keys),
            word: hint.word,
            leaves: hint.keys == LEAVING,
        }
    }

    fn columns(&self) -> usize {
        width(&self.keys) + 1 + width(self.word)
    }
}

/// A place in the footer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What stands there; nothing where the command does not apply to what the cursor is on.
    pub hint: Option<FooterHint>,
    /// How many columns it takes.
    pub columns: usize,
}

/// Returns the hints of the footer, in their order, without repeats.
pub fn hints(model: &Model) -> Vec<FooterHint> {
    let scopes = scopes(model);
    let found = found(model, &scopes).into_iter();
    let shown = found.map(|(command, hint)| FooterHint::of(model, &scopes, command, hint));
    shown.collect()
}

/// Returns the commands with a hint, by their rank.
fn found(model: &Model, scopes: &[Scope]) -> Vec<(&'static Command, Hint)> {
    let mode = modes::row(&model.mode);
    let mut hints: Vec<(&Command, Hint)> = commands()
        .filter(|command| scopes.contains(&command.scope) && (command.applies)(model))
        .filter_map(|command| Some((command, (command.hint)(model)?)))
        .filter(|(_, hint)| (mode.shows)(hint))
        .collect();
    hints.sort_by_key(|(_, hint)| hint.rank);
    hints.dedup_by_key(|(_, hint)| hint.keys);
    hints
}

/// Returns the hints of the footer at their places. What comes and goes while the cursor moves keeps
/// its place, so that the others stand still and are not drawn again.
pub fn hints_in_place(model: &Model) -> Vec<Place> {
    let scopes = scopes(model);
    let of = |command, hint| FooterHint::of(model, &scopes, command, hint);
    let (mut places, mut kept) = (Vec::new(), kept(model));
    for (command, hint) in found(model, &scopes) {
        let shown = of(command, hint);
        let at = kept.iter().position(|(_, kept)| kept.keys == hint.keys);
        let usual = at.map(|at| kept.remove(at));
        let usual = usual.map_or(0, |(command, hint)| of(command, hint).columns());
        let columns = shown.columns().max(usual);
        let hint_now = Some(shown);
        places.push((
            hint.rank,
            Place {
                hint: hint_now,
                columns,
            },
        ));
    }
    for (command, hint) in kept {
        let columns = of(command, hint).columns();
        places.push((
            hint.rank,
            Place {
                hint: None,
                columns,
            },
        ));
    }
    places.sort_by_key(|(rank, _)| *rank);
    places.into_iter().map(|(_, place)| place).collect()
}

/// Returns the hints that keep their place wherever the cursor is.
fn kept(model: &Model) -> Vec<(&'static Command, Hint)> {
    let has_tasks = model
        .open_file()
        .is_some_and(|open_file| !open_file.tasks.items.is_empty());
    if model.mode != Mode::Normal || model.surface() != Surface::Tasks || !has_tasks {
        return Vec::new();
    }
    let is_kept = |keys: &str| !(model.settings.read_only && ["space", "s"].contains(&keys));
    let all = [
        ("task-toggle", mark::TOGGLE),
        ("state-set-todo", mark::STATE),
        ("item-edit", edit::HINT),
        ("item-new-after", structure::hint_of_new(model)),
        ("item-open", ENTER),
    ];
    let kept = all.into_iter().filter(|(_, hint)| is_kept(hint.keys));
    kept.filter_map(|(name, hint)| Some((named(name)?, hint)))
        .collect()
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
