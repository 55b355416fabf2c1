//! Why a command cannot be run where the model stands, in a few words.

use super::{Command, Scope, place_scopes, surface};
use crate::model::{Aside, AsideKind, Layout, Model, Surface};

/// Says why a command that does not apply cannot be run.
pub fn why_not(model: &Model, command: &Command) -> String {
    let is_here = place_scopes(model).contains(&command.scope);
    let is_for_items = matches!(command.scope, Scope::Items | Scope::Tasks);
    let is_for_cards = command.scope == Scope::Board && is_on_card(model);
    if is_here && (is_for_items || is_for_cards) && model.settings.read_only {
        return "nothing is written: the board is read-only (--read-only)".to_owned();
    }
    if is_here
        && is_for_items
        && let Some(aside) = model.aside_at_cursor()
    {
        return no_task(aside).to_owned();
    }
    if let (true, Some(need)) = (is_here, command.needs) {
        return need.to_owned();
    }
    if is_here && is_for_items && model.is_on_trace() {
        return "only in the Tasks view: 3 goes there".to_owned();
    }
    if is_here && command.name == "pane-split" {
        return no_split(model);
    }
    if is_here && command.scope == Scope::Items && is_on_card(model) {
        return "only in the Tasks view: enter goes there".to_owned();
    }
    match command.scope {
        Scope::Items => surface::current(model).no_item.to_owned(),
        Scope::Tasks => "the cursor is not on a task".to_owned(),
        scope => with_doc(command, elsewhere(scope, is_here)),
    }
}

/// Returns whether the cursor is on a card, which has no place among the tasks of its file.
fn is_on_card(model: &Model) -> bool {
    model.surface() == Surface::Board && model.board.card().is_some()
}

/// Says why what belongs to no task cannot be ticked.
fn no_task(aside: &Aside) -> &'static str {
    match (aside.kind, aside.state) {
        (AsideKind::Heading(_), Some(_)) => "the box of a heading is no task: e edits the heading",
        (AsideKind::Heading(_), None) => "a heading is no task: e edits it",
        (AsideKind::Line, Some(_)) => "a box in a table is no task: e edits the row",
        (AsideKind::Line, None) => "this line has no box to tick: e edits it",
        (AsideKind::Prose, _) => "this belongs to no task: e edits it",
    }
}

/// Says why panes do not stand side by side: the screen, or the view.
fn no_split(model: &Model) -> String {
    let (needed, columns) = (Layout::SPLIT, model.size.0);
    if columns < needed {
        return format!("side by side needs {needed} columns, this screen has {columns}");
    }
    "side by side is for Requirements, Design and Tasks".to_owned()
}

/// Names the command by what it does.
fn with_doc(command: &Command, reason: &str) -> String {
    format!("{}: {reason}", command.doc)
}

/// Says where the commands of a scope can be run.
fn elsewhere(scope: Scope, is_here: bool) -> &'static str {
    match scope {
        Scope::Specs => "only in the list of specs",
        Scope::Board if !is_here => "only on the board (b goes there)",
        Scope::Start => "only on the start screen",
        Scope::List => "only in a list of places",
        Scope::Main if !is_here => "only in the main view (q goes back)",
        Scope::Editor => "only while editing",
        Scope::Question => "only to answer a question",
        Scope::Conflict => "only in a conflict",
        Scope::Place => "only while the place of a new task is chosen",
        Scope::Proposal => "only while a diff is shown",
        Scope::Prompt | Scope::Find | Scope::Filter => "only while typing",
        Scope::Finder | Scope::Search | Scope::Outline => "only while typing",
        Scope::Move => "only while a card is picked up",
        Scope::Items | Scope::Tasks | Scope::All | Scope::Always | Scope::Main | Scope::Board => {
            "not in this view"
        }
    }
}
