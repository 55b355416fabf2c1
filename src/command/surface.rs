//! The row of each surface, and the commands that show each pane.

use super::behaviour::Behaviour;
use super::{Command, Scope, board, content, diagram, no_hint, overview, pages, specs, trace};
use crate::model::{Effect, Focus, Model, Pane, Surface, View};

/// The commands that show a pane: one for each.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "requirements-open",
        keys: &["1"],
        scope: Scope::All,
        doc: "Requirements (or bug analysis)",
        needs: None,
        hint: no_hint,
        applies: has_specs,
        run: |model| open(model, Pane::Requirements),
    },
    Command {
        name: "design-open",
        keys: &["2"],
        scope: Scope::All,
        doc: "Design",
        needs: None,
        hint: no_hint,
        applies: has_specs,
        run: |model| open(model, Pane::Design),
    },
    Command {
        name: "tasks-open",
        keys: &["3"],
        scope: Scope::All,
        doc: "Tasks",
        needs: None,
        hint: no_hint,
        applies: has_specs,
        run: |model| open(model, Pane::Tasks),
    },
    Command {
        name: "trace-open",
        keys: &["4"],
        scope: Scope::All,
        doc: "Trace: criteria and the tasks that cover them",
        needs: None,
        hint: no_hint,
        applies: has_specs,
        run: |model| open(model, Pane::Trace),
    },
    Command {
        name: "files-open",
        keys: &["5"],
        scope: Scope::All,
        doc: "Other files and steering",
        needs: None,
        hint: no_hint,
        applies: has_specs,
        run: |model| open(model, Pane::Files),
    },
];

/// Returns what a surface does.
pub(super) fn behaviour(surface: Surface) -> &'static Behaviour {
    match surface {
        Surface::Specs => &specs::BEHAVIOUR,
        Surface::Requirements => &content::REQUIREMENTS,
        Surface::Design => &content::DESIGN,
        Surface::Tasks => &content::TASKS,
        Surface::Trace => &trace::BEHAVIOUR,
        Surface::FileList => &content::FILE_LIST,
        Surface::File => &content::FILE,
        Surface::Board => &board::BEHAVIOUR,
        Surface::Overview => &overview::BEHAVIOUR,
        Surface::Help => &pages::HELP,
        Surface::Messages => &pages::MESSAGES,
        Surface::Diagram => &diagram::BEHAVIOUR,
        Surface::Start => &pages::START,
    }
}

/// Returns what the surface that takes the keys does.
pub(super) fn current(model: &Model) -> &'static Behaviour {
    behaviour(model.surface())
}

pub(super) fn has_specs(model: &Model) -> bool {
    model.missing.is_none()
}

/// Shows a pane, and gives it the focus.
fn open(model: &mut Model, pane: Pane) -> Vec<Effect> {
    let is_drawer = model.layout().body.x == 0;
    model.show_view(View::Main);
    model.choose_pane(pane);
    model.focus = Focus::Content;
    model.sidebar.toggled &= !is_drawer;
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pane_is_shown_by_the_digit_of_its_key() {
        let keys: Vec<String> = Pane::ALL
            .iter()
            .map(|pane| pane.key().to_string())
            .collect();
        let commands: Vec<&[&str]> = COMMANDS.iter().map(|command| command.keys).collect();
        assert_eq!(
            commands,
            keys.iter()
                .map(|key| vec![key.as_str()])
                .collect::<Vec<_>>()
        );
    }
}
