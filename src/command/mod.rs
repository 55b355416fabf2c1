//! What a key can do: the table of commands, from which key lookup, footer, help, the README's key
//! table and `specboard keys` are printed.
//!
//! A command is one row in one of the groups below, with the function that runs it beside it.
//! Nothing here draws or reads files.

mod across;
mod app;
mod behaviour;
mod bind;
mod board;
mod cell;
mod complete;
mod conflict;
mod content;
mod copy;
mod cursor;
mod diagram;
mod edit;
mod filter;
mod find;
mod finder;
mod fold;
mod hints;
mod home;
mod intent;
mod jump;
mod keys;
mod links;
mod manual;
mod mark;
mod modes;
mod mouse;
mod new_card;
mod open_tasks;
mod overview;
mod pages;
mod pane;
mod places;
mod prefix;
mod prompt;
mod proposal;
mod search;
mod select;
mod specs;
mod stale;
mod start;
mod structure;
mod surface;
mod trace;
mod unavailable;
mod undo;
mod view;
mod waves;

pub use bind::{Bindings, key_of};
pub(crate) use board::{deal_open, put_cursor};
pub use complete::{matching, offered};
pub(crate) use edit::{drop_edit, edit_card};
pub(crate) use filter::{leave as leave_filter, narrow};
pub(crate) use find::{leave as leave_find, seek};
pub(crate) use finder::{ask as ask_for_entries, refine};
pub use hints::{FooterHint, Place, hints, hints_in_place};
pub(crate) use jump::{
    accept as accept_choice, arrive, leave as leave_choice, refine as refine_choice, reveal,
    reveal_line,
};
pub use keys::{from_event, parse_keys, read_keys};
pub(crate) use links::list_files;
pub use manual::{Which, help_groups, json, key_table};
pub(crate) use mark::{closable, name_of_task};
pub(crate) use modes::{OtherKeys, other_keys};
pub(crate) use mouse::point;
pub(crate) use new_card::begin as begin_card;
pub use places::at_its_place;
pub(crate) use prefix::{behind, is_prefix_anywhere, is_sequence_anywhere};
pub use prefix::{continuations, prefix_word};
pub use prompt::{chosen, remark};
pub(crate) use proposal::{offer_numbers, propose_mending};
pub(crate) use search::search;
pub use unavailable::why_not;
pub(crate) use undo::{go_on, keep_step, name_of};

use crate::model::{Effect, Key, Model};
use behaviour::Word;

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
    /// In the kanban.
    Board,
    /// On the start screen.
    Start,
    /// In the list of places that a jump may lead to.
    List,
    /// In the outline of a document, while letters narrow it.
    Outline,
    /// In every view, and while text is being typed.
    Always,
    /// While something is edited in place.
    Editor,
    /// While a conflict is decided; only its keys count.
    Conflict,
    /// While something is asked; only its keys count.
    Question,
    /// While a change is shown before it is written; only its keys count.
    Proposal,
    /// While the place of a new card is chosen.
    Place,
    /// While a command is being typed.
    Prompt,
    /// While words to be found are being typed.
    Find,
    /// While a filter is being typed.
    Filter,
    /// While anything with a name is looked for.
    Finder,
    /// While the text of all specs is searched.
    Search,
    /// While a card is in the hand.
    Move,
}

impl Scope {
    /// Returns the word for the key table.
    pub fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Main => "main",
            Self::Items => "items",
            Self::Tasks => "tasks",
            Self::Specs => "specs",
            Self::Board => "board",
            Self::Start => "start",
            Self::List => "list",
            Self::Always => "always",
            Self::Proposal => "diff",
            Self::Place => "place",
            Self::Prompt => "prompt",
            Self::Find => "find",
            Self::Filter => "filter",
            Self::Finder => "finder",
            Self::Search => "search",
            Self::Outline => "outline",
            Self::Editor => "editor",
            Self::Question => "question",
            Self::Conflict => "conflict",
            Self::Move => "move",
        }
    }

    /// Returns whether its commands belong to a mode that shields keys: none of them can be run by
    /// its name.
    fn is_of_mode(self) -> bool {
        match self {
            Self::All | Self::Main | Self::Items | Self::Tasks | Self::Specs => false,
            Self::Board | Self::Start | Self::Always => false,
            Self::List | Self::Editor | Self::Conflict | Self::Question => true,
            Self::Proposal
            | Self::Place
            | Self::Prompt
            | Self::Find
            | Self::Filter
            | Self::Finder
            | Self::Search
            | Self::Outline
            | Self::Move => true,
        }
    }
}

/// What a command shows in the footer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The keys as the footer names them: one key may stand for several commands, such as `s` for
    /// all states.
    pub keys: &'static str,
    /// One or two words.
    pub word: &'static str,
    /// Where it stands among the hints: what acts on the item, what goes somewhere, what changes
    /// the view.
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
    /// What it needs, said where it is asked for and that is not there; none where the scope says
    /// enough.
    pub needs: Option<&'static str>,
    /// What the footer shows while it applies, worded for where the model stands.
    pub hint: fn(&Model) -> Option<Hint>,
    /// Whether it applies to what the cursor is on.
    pub applies: fn(&Model) -> bool,
    /// Runs it.
    pub run: fn(&mut Model) -> Vec<Effect>,
}

/// All groups of commands, each with its title on the help screen, in the order of the key table.
const GROUPS: &[(&str, &[Command])] = &[
    ("Mark", mark::COMMANDS),
    ("Mark", select::COMMANDS),
    ("Mark", undo::COMMANDS),
    ("Edit", edit::COMMANDS),
    ("Edit", structure::COMMANDS),
    ("Edit", proposal::COMMANDS),
    ("Edit", conflict::COMMANDS),
    ("Board", board::OPEN),
    ("Board", view::FINISHED),
    ("Copy", copy::COMMANDS),
    ("Board", board::COMMANDS),
    ("Board", board::IN_HAND),
    ("Board", new_card::COMMANDS),
    ("Move", cursor::COMMANDS),
    ("Move", open_tasks::COMMANDS),
    ("Jump", jump::COMMANDS),
    ("Jump", links::COMMANDS),
    ("Find", find::COMMANDS),
    ("Find", filter::COMMANDS),
    ("Find", finder::COMMANDS),
    ("Find", search::COMMANDS),
    ("Show", overview::COMMANDS),
    ("Show", surface::COMMANDS),
    ("Show", pane::COMMANDS),
    ("Show", view::COMMANDS),
    ("Fold", across::COMMANDS),
    ("Everywhere", app::COMMANDS),
    ("Everywhere", start::COMMANDS),
    ("Command line", prompt::COMMANDS),
];

/// Returns all commands in the order of the key table.
pub fn commands() -> impl Iterator<Item = &'static Command> {
    GROUPS.iter().flat_map(|(_, commands)| commands.iter())
}

/// Finds a command by its name.
pub fn named(name: &str) -> Option<&'static Command> {
    commands().find(|command| command.name == name)
}

impl Command {
    /// Returns its keys where the model stands: those of the configuration, else those of its row.
    pub fn keys_in<'a>(&self, model: &'a Model) -> impl Iterator<Item = &'a str> + use<'a> {
        model.settings.keymap.keys(self.name, self.keys)
    }
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
            for keys in command.keys_in(model).map(parse_keys) {
                if keys == typed {
                    return Found::Command(command);
                }
                is_prefix |= keys.len() > typed.len() && keys.starts_with(typed);
            }
        }
    }
    if is_prefix {
        Found::Prefix
    } else {
        Found::Nothing
    }
}

/// Returns the scopes whose keys count now, the nearest first.
pub fn scopes(model: &Model) -> Vec<Scope> {
    match modes::row(&model.mode).scopes {
        Some(shield) => shield.to_vec(),
        None => place_scopes(model),
    }
}

/// Returns the scopes whose commands can be run where the model stands, whatever is being typed.
pub fn place_scopes(model: &Model) -> Vec<Scope> {
    let nearest = surface::current(model).scopes;
    [nearest, &[Scope::All, Scope::Always]].concat()
}

/// Returns whether a command can be run where the model stands.
pub fn applies_here(model: &Model, command: &Command) -> bool {
    place_scopes(model).contains(&command.scope) && (command.applies)(model)
}

/// Returns the commands that can be run where the model stands.
pub fn applicable(model: &Model) -> impl Iterator<Item = &'static Command> {
    let scopes = place_scopes(model);
    commands()
        .filter(move |command| scopes.contains(&command.scope))
        .filter(|command| (command.applies)(model))
}

/// Runs a command, or says why it cannot be run here.
pub(crate) fn run_or_say(model: &mut Model, command: &Command) -> Vec<Effect> {
    if applies_here(model, command) {
        return (command.run)(model);
    }
    let why = why_not(model, command);
    model.notices.say(why);
    Vec::new()
}

fn always(_: &Model) -> bool {
    true
}

fn no_hint(_: &Model) -> Option<Hint> {
    None
}

/// Returns the hint of what a surface calls by its own words.
fn hint_of(keys: &'static str, words: fn(&Model) -> Option<Word>, model: &Model) -> Option<Hint> {
    words(model).map(|Word { word, rank }| Hint { keys, word, rank })
}

/// Returns a hint of what goes elsewhere: pages that are only read have no room for it.
fn off_pages(model: &Model, hint: Hint) -> Option<Hint> {
    (!model.surface().is_page()).then_some(hint)
}

#[cfg(test)]
mod tests {
    use super::bind::PLACES;
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_are_unique_and_in_kebab_case() {
        let mut seen = HashSet::new();
        for command in commands() {
            assert!(seen.insert(command.name), "{} stands twice", command.name);
            assert!(
                command
                    .name
                    .chars()
                    .all(|character| character.is_ascii_lowercase() || character == '-'),
                "{}",
                command.name
            );
            assert!(command.name.contains('-'), "{}", command.name);
            assert!(
                !command.doc.ends_with('.') && !command.doc.is_empty(),
                "{}",
                command.name
            );
        }
    }

    #[test]
    fn every_command_stands_in_a_place_in_which_keys_are_compared() {
        for command in commands() {
            let is_there = PLACES.iter().any(|place| place.contains(&command.scope));
            assert!(is_there, "{}: {:?}", command.name, command.scope);
        }
    }

    #[test]
    fn no_two_keys_clash_in_any_place() {
        for place in PLACES {
            let sequences: Vec<_> = commands()
                .filter(|command| place.contains(&command.scope))
                .flat_map(|command| {
                    command
                        .keys
                        .iter()
                        .map(|keys| (parse_keys(keys), command.name))
                })
                .collect();
            for (index, (keys, name)) in sequences.iter().enumerate() {
                assert!(matches!(keys.len(), 1 | 2), "{name}");
                for (others, other) in &sequences[index + 1..] {
                    assert!(
                        !keys.starts_with(others) && !others.starts_with(keys),
                        "{name} and {other} clash"
                    );
                }
            }
        }
    }
}
