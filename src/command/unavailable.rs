//! Why a command cannot be run where the model stands, in a few words.

use super::{Command, Scope, place_scopes};
use crate::model::{Effect, Focus, Model, Pane, View};

/// What commands need that can be asked for everywhere, by name.
const NEEDS: &[(&str, &str)] = &[
    (
        "source-toggle",
        "only requirements are laid out, and here are none",
    ),
    ("edit-undo", "nothing to undo"),
    ("edit-redo", "nothing to redo"),
    ("jump-back", "no jump to go back from"),
    ("jump-forward", "no jump to go forward to"),
    (
        "stale-reset",
        "nothing here is stale: no begun work has rested for a week",
    ),
    (
        "parent-tick",
        "there is no parent to tick: something below it is open, or it is done",
    ),
];

/// Runs a command, or says why it cannot be run here.
pub(crate) fn run_or_say(model: &mut Model, command: &Command) -> Vec<Effect> {
    if super::applies_here(model, command) {
        return (command.run)(model);
    }
    let why = why_not(model, command);
    model.notices.say(why);
    Vec::new()
}

/// Says why a command that does not apply cannot be run.
pub fn why_not(model: &Model, command: &Command) -> String {
    let is_here = place_scopes(model).contains(&command.scope);
    let need = NEEDS
        .iter()
        .find(|(name, _)| *name == command.name)
        .map(|(_, need)| *need);
    let reason = match command.scope {
        Scope::Items | Scope::Tasks if is_here && model.settings.read_only => {
            "the board was started with --read-only"
        }
        _ if is_here && need.is_some() => return need.unwrap_or_default().to_owned(),
        Scope::Items | Scope::Tasks if is_here && model.is_on_trace() => "it is for the Tasks pane",
        Scope::Items if is_in_document(model) => {
            return "the cursor is on nothing that this is for".to_owned();
        }
        Scope::Items | Scope::Tasks => return "the cursor is on no task".to_owned(),
        Scope::Specs => "it is for the list of specs",
        Scope::Board if !is_here => "it is for the board",
        Scope::Start => "it is for the start screen",
        Scope::List => "it is for a list of places",
        Scope::Main if !is_here => "it is for the main view",
        Scope::Editor => "it is for an open editor",
        Scope::Question => "it answers a question",
        Scope::Prompt => "it is for a line that is being typed",
        Scope::All | Scope::Always | Scope::Main | Scope::Board => {
            "there is nothing for it to do here"
        }
    };
    format!("{}: {reason}", command.name)
}

/// Returns whether the cursor is in a pane whose items are no tasks.
fn is_in_document(model: &Model) -> bool {
    model.view == View::Main && model.focus == Focus::Content && model.pane != Pane::Tasks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_need_is_of_a_command() {
        for (name, _) in NEEDS {
            assert!(crate::command::named(name).is_some(), "{name}");
        }
    }
}
