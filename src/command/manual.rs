//! Texts printed from the table of commands: the README's key table, `specboard keys`, and the help
//! on the screen.

use serde::Serialize;

use super::{GROUPS, applies_here, commands};
use crate::model::{HelpEntry, HelpGroup, Keymap, Model};

/// Which commands a help screen lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those that can be run where the model stands.
    Here,
    /// All.
    All,
}

/// One command as scripts read it.
#[derive(Serialize)]
struct Entry<'a> {
    command: &'static str,
    keys: Vec<&'a str>,
    scope: &'static str,
    doc: &'static str,
}

/// Returns all commands as one JSON document, with the keys of a keymap.
pub fn json(keymap: &Keymap) -> serde_json::Result<String> {
    let entries: Vec<Entry> = commands()
        .map(|command| Entry {
            command: command.name,
            keys: keymap.keys(command.name, command.keys).collect(),
            scope: command.scope.word(),
            doc: command.doc,
        })
        .collect();
    serde_json::to_string(&entries)
}

/// Returns the key table as Markdown, for the README.
pub fn key_table() -> String {
    let mut table = String::from("| keys | where | what it does | command |\n|---|---|---|---|\n");
    for command in commands() {
        let keys: Vec<String> = command
            .keys
            .iter()
            .map(|keys| format!("`{}`", keys.replace('|', "\\|")))
            .collect();
        let keys = if keys.is_empty() {
            format!("`:{}`", command.name)
        } else {
            keys.join(" ")
        };
        table.push_str(&format!(
            "| {keys} | {} | {} | `{}` |\n",
            command.scope.word(),
            command.doc,
            command.name
        ));
    }
    table
}

/// Returns the groups of the help screen: the commands that can be run here, or all.
pub fn help_groups(model: &Model, of: Which) -> Vec<HelpGroup> {
    let mut groups: Vec<HelpGroup> = Vec::new();
    for (title, commands) in GROUPS {
        let shown = commands
            .iter()
            .filter(|command| of == Which::All || applies_here(model, command));
        let entries: Vec<HelpEntry> = shown
            .map(|command| HelpEntry {
                name: command.name,
                keys: command.keys_in(model).map(str::to_owned).collect(),
                doc: command.doc,
            })
            .collect();
        match groups.last_mut().filter(|group| group.title == *title) {
            Some(group) => group.entries.extend(entries),
            None => groups.push(HelpGroup { title, entries }),
        }
    }
    groups.retain(|group| !group.entries.is_empty());
    groups
}
