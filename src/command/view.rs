//! Choosing what is shown: the list of specs and the next or previous spec.

use super::{Command, Hint, Scope, always};
use crate::model::{Deadline, Effect, Focus, Model, View, Width};

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "sidebar-toggle",
        keys: &["\\"],
        scope: Scope::Main,
        doc: "Show or hide the list of specs",
        hint: Some(Hint { keys: "\\", word: "specs", rank: 31 }),
        applies: |model| model.view == View::Main,
        run: toggle_sidebar,
    },
    Command { name: "feature-next", keys: &["] s"], scope: Scope::Main, doc: "Next spec", hint: None, applies: always, run: next_feature },
    Command {
        name: "feature-previous",
        keys: &["[ s"],
        scope: Scope::Main,
        doc: "Previous spec",
        hint: None,
        applies: always,
        run: previous_feature,
    },
];

/// Shows the list, with the focus on it, or puts it away.
fn toggle_sidebar(model: &mut Model) -> Vec<Effect> {
    let was_shown = model.layout().sidebar.is_some();
    let is_drawer = model.layout().width < Width::Wide;
    model.sidebar.toggled = was_shown != is_drawer;
    model.focus = if was_shown { Focus::Content } else { Focus::Sidebar };
    Vec::new()
}

fn next_feature(model: &mut Model) -> Vec<Effect> {
    step(model, 1)
}

fn previous_feature(model: &mut Model) -> Vec<Effect> {
    step(model, -1)
}

fn step(model: &mut Model, by: isize) -> Vec<Effect> {
    let at = model.feature_at(&model.sidebar.cursor.clone()).or(model.shown()).unwrap_or(0);
    let to = at.saturating_add_signed(by).min(model.workspace.features.len().saturating_sub(1));
    if let Some(feature) = model.workspace.features.get(to) {
        model.sidebar.cursor = feature.folder.path.clone();
    }
    vec![Effect::Wait(Deadline::Rest)]
}
