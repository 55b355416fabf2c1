//! Which commands fit what was typed of a name, the best first.

use super::{Command, GROUPS, Scope, applies_here};
use crate::model::Model;

/// How well a command fits: smaller is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// The name begins with it.
    Start,
    /// A word of the name begins with it.
    Word,
    /// The name has it somewhere.
    Inside,
    /// The letters stand in the name in this order.
    Letters,
    /// What the command does has it somewhere.
    Doc,
    /// The title of its group begins with it.
    Group,
}

/// Returns the commands that fit what was typed, the best first: among equals those that can be run
/// here, those without keys, short names.
pub fn matching(model: &Model, typed: &str) -> Vec<&'static Command> {
    let typed = typed.trim().to_lowercase();
    let all = GROUPS
        .iter()
        .flat_map(|(title, commands)| commands.iter().map(move |command| (title, command)));
    let offered =
        all.filter(|(_, command)| command.scope != Scope::Prompt && command.name != "command-open");
    let mut ranked: Vec<_> = offered
        .filter_map(|(title, command)| Some((fit(title, command, &typed)?, command)))
        .collect();
    let length = |command: &Command| {
        if typed.is_empty() {
            0
        } else {
            command.name.len()
        }
    };
    ranked.sort_by_cached_key(|(fit, command)| {
        (
            *fit,
            !applies_here(model, command),
            !command.keys.is_empty(),
            length(command),
        )
    });
    ranked.into_iter().map(|(_, command)| command).collect()
}

fn fit(title: &str, command: &Command, typed: &str) -> Option<Fit> {
    let name = command.name;
    match () {
        () if name.starts_with(typed) => Some(Fit::Start),
        () if name.split('-').any(|word| word.starts_with(typed)) => Some(Fit::Word),
        () if name.contains(typed) => Some(Fit::Inside),
        () if has_letters(name, typed) => Some(Fit::Letters),
        () if command.doc.to_lowercase().contains(typed) => Some(Fit::Doc),
        () if title.to_lowercase().starts_with(typed) => Some(Fit::Group),
        () => None,
    }
}

/// Returns whether all letters of `typed` stand in `name` in the same order.
fn has_letters(name: &str, typed: &str) -> bool {
    let mut rest = name.chars();
    typed
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .all(|letter| rest.any(|other| other == letter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::commands;
    use crate::model::Settings;
    use crate::spec::workspace::Workspace;

    #[test]
    fn the_best_match_is_first() {
        let model = Model::new(Workspace::default(), Settings::default(), (80, 24));
        for (typed, expected) in [
            ("q", Some("app-quit")),
            ("quit", Some("app-quit")),
            ("edit-u", Some("edit-undo")),
            ("undo", Some("edit-undo")),
            ("UNDO", Some("edit-undo")),
            ("stedon", Some("state-set-done")),
            ("in progress", Some("state-set-doing")),
            ("everyw", Some("app-quit")),
            ("mess", Some("messages-open")),
            ("accept", None),
            ("xyzzy", None),
        ] {
            assert_eq!(
                matching(&model, typed).first().map(|command| command.name),
                expected,
                "{typed}"
            );
        }
    }

    #[test]
    fn nothing_typed_fits_everything_and_begins_with_what_has_no_key() {
        let model = Model::new(Workspace::default(), Settings::default(), (80, 24));
        let all = matching(&model, "");
        assert_eq!(all[0].name, "app-quit");
        assert!(all.len() > 30 && all.len() < commands().count());
    }
}
