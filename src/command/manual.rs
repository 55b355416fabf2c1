//! Texts printed from the table of commands: the README's key table, `specboard keys`, and the help on the screen.

use serde::Serialize;

use super::{Command, applicable, commands};
use crate::model::Model;

/// One command as scripts read it.
#[derive(Serialize)]
struct Entry {
    command: &'static str,
    keys: &'static [&'static str],
    scope: &'static str,
    doc: &'static str,
}

/// Gives all commands as one JSON document.
pub fn json() -> serde_json::Result<String> {
    let entries: Vec<Entry> = commands()
        .map(|command| Entry { command: command.name, keys: command.keys, scope: command.scope.word(), doc: command.doc })
        .collect();
    serde_json::to_string(&entries)
}

/// Gives the key table as Markdown, for the README.
pub fn key_table() -> String {
    let mut table = String::from("| keys | where | what it does | command |\n|---|---|---|---|\n");
    for command in commands() {
        let keys: Vec<String> = command.keys.iter().map(|keys| format!("`{}`", keys.replace('|', "\\|"))).collect();
        table.push_str(&format!("| {} | {} | {} | `{}` |\n", keys.join(" "), command.scope.word(), command.doc, command.name));
    }
    table
}

/// Gives the commands of the help screen: those that can be run here, or all.
pub fn place_groups(model: &Model, all: bool) -> Vec<&'static Command> {
    if all { commands().collect() } else { applicable(model).collect() }
}
