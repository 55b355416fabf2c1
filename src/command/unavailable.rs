//! Why a command cannot be run where the model stands, in a few words.

use super::{Command, Scope, place_scopes, surface};
use crate::model::Model;

/// Says why a command that does not apply cannot be run.
pub fn why_not(model: &Model, command: &Command) -> String {
    let is_here = place_scopes(model).contains(&command.scope);
    let is_for_items = matches!(command.scope, Scope::Items | Scope::Tasks);
    if is_here && is_for_items && model.settings.read_only {
        return with_name(command, "the board was started with --read-only");
    }
    if let (true, Some(need)) = (is_here, command.needs) {
        return need.to_owned();
    }
    if is_here && is_for_items && model.is_on_trace() {
        return with_name(command, "it is for the Tasks pane");
    }
    match command.scope {
        Scope::Items => surface::current(model).no_item.to_owned(),
        Scope::Tasks => "the cursor is on no task".to_owned(),
        scope => with_name(command, elsewhere(scope, is_here)),
    }
}

fn with_name(command: &Command, reason: &str) -> String {
    format!("{}: {reason}", command.name)
}

/// Says where the commands of a scope can be run.
fn elsewhere(scope: Scope, is_here: bool) -> &'static str {
    match scope {
        Scope::Specs => "it is for the list of specs",
        Scope::Board if !is_here => "it is for the board",
        Scope::Start => "it is for the start screen",
        Scope::List => "it is for a list of places",
        Scope::Main if !is_here => "it is for the main view",
        Scope::Editor => "it is for an open editor",
        Scope::Question => "it answers a question",
        Scope::Conflict => "it decides a conflict",
        Scope::Prompt | Scope::Find => "it is for a line that is being typed",
        Scope::Move => "it is for a card in the hand",
        Scope::Items | Scope::Tasks | Scope::All | Scope::Always | Scope::Main | Scope::Board => {
            "there is nothing for it to do here"
        }
    }
}
