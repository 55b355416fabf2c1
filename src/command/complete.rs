//! What a typed command means: its name, the beginning of it that no other has, or a short form
//! known from vi; and which commands are offered for what was typed, the best first.

use super::{Command, GROUPS, applies_here, commands, named};
use crate::model::Model;

/// What a typed line means.
#[derive(Clone, Copy)]
pub(super) enum Meaning {
    /// A command.
    Command(&'static Command),
    /// A sentence that answers it.
    Answer(&'static str),
}

/// Short forms that users of vi type without thinking, and the commands that they stand for.
const SHORT_FORMS: &[(&[&str], &str)] = &[
    (
        &["q", "q!", "qa", "qa!", "quit", "wq", "wqa", "x", "xa"],
        "app-quit",
    ),
    (&["e", "e!", "edit", "checktime"], "files-reload"),
    (&["h", "help"], "help-open"),
    (&["u", "undo"], "edit-undo"),
    (&["red", "redo"], "edit-redo"),
];

/// The short forms of writing, for which there is nothing to do.
const WRITES: &[&str] = &["w", "w!", "wa", "write", "up", "update"];

/// How well a command fits: smaller is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// It is what the text means.
    Meant,
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

/// Returns what a typed line means without anything being chosen, if that is beyond doubt.
pub(super) fn meaning(typed: &str) -> Option<Meaning> {
    let typed = typed.trim().to_lowercase();
    if typed.is_empty() {
        return None;
    }
    if WRITES.contains(&typed.as_str()) {
        return Some(Meaning::Answer(
            "nothing to write: every change is already on disk",
        ));
    }
    let mut short_forms = SHORT_FORMS.iter();
    let short = short_forms.find(|(forms, _)| forms.contains(&typed.as_str()));
    let name = short.map_or(typed.as_str(), |(_, name)| *name);
    let exact = named(name).filter(|command| is_offered(command));
    exact.or_else(|| only(name)).map(Meaning::Command)
}

/// Returns the command whose name begins with `typed`, if it is the only one.
fn only(typed: &str) -> Option<&'static Command> {
    let mut fitting = offered().filter(|command| command.name.starts_with(typed));
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

/// Returns whether a command can be run by its name: the others belong to modes in which no command
/// line opens.
fn is_offered(command: &Command) -> bool {
    !command.scope.is_of_mode() && command.name != "command-open"
}

/// Returns the commands that can be run by their names.
pub fn offered() -> impl Iterator<Item = &'static Command> {
    commands().filter(|command| is_offered(command))
}

/// Returns the commands that fit what was typed, the best first: among equals those that can be run
/// here, those without keys, short names.
pub fn matching(model: &Model, typed: &str) -> Vec<&'static Command> {
    let meant = match meaning(typed) {
        Some(Meaning::Command(command)) => command.name,
        _ => "",
    };
    let typed = typed.trim().to_lowercase();
    let all = GROUPS
        .iter()
        .flat_map(|(title, commands)| commands.iter().map(move |command| (title, command)));
    let mut ranked: Vec<_> = all
        .filter(|(_, command)| is_offered(command))
        .filter_map(|(title, command)| {
            let fit = if command.name == meant {
                Fit::Meant
            } else {
                fit(title, command, &typed)?
            };
            Some((fit, command))
        })
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
            command.keys_in(model).next().is_some(),
            length(command),
        )
    });
    ranked.into_iter().map(|(_, command)| command).collect()
}

fn fit(title: &str, command: &Command, typed: &str) -> Option<Fit> {
    let name = command.name;
    if name.starts_with(typed) {
        Some(Fit::Start)
    } else if name.split('-').any(|word| word.starts_with(typed)) {
        Some(Fit::Word)
    } else if name.contains(typed) {
        Some(Fit::Inside)
    } else if has_letters(name, typed) {
        Some(Fit::Letters)
    } else if command.doc.to_lowercase().contains(typed) {
        Some(Fit::Doc)
    } else if title.to_lowercase().starts_with(typed) {
        Some(Fit::Group)
    } else {
        None
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
            ("e", Some("files-reload")),
            ("h", Some("help-open")),
            ("in progress", Some("task-next-in-progress")),
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

    /// Returns what enter runs for what was typed, or the answer that it gives.
    fn entered(typed: &str) -> Option<&'static str> {
        meaning(typed).map(|meaning| match meaning {
            Meaning::Command(command) => command.name,
            Meaning::Answer(words) => words,
        })
    }

    #[test]
    fn enter_runs_a_name_its_only_beginning_or_what_users_of_vi_mean() {
        let nothing_to_write = "nothing to write: every change is already on disk";
        for (typed, expected) in [
            ("state-set-done", Some("state-set-done")),
            ("state-set-q", Some("state-set-queued")),
            ("  APP-Q ", Some("app-quit")),
            ("state-set", None),
            ("set", None),
            ("stedon", None),
            ("in progress", None),
            ("", None),
            ("q", Some("app-quit")),
            ("q!", Some("app-quit")),
            ("wq", Some("app-quit")),
            ("x", Some("app-quit")),
            ("w", Some(nothing_to_write)),
            ("e", Some("files-reload")),
            ("h", Some("help-open")),
            ("undo", Some("edit-undo")),
            ("answer-save", None),
        ] {
            assert_eq!(entered(typed), expected, "{typed}");
        }
    }

    #[test]
    fn every_short_form_leads_to_a_command() {
        for (forms, name) in SHORT_FORMS {
            assert!(named(name).is_some_and(is_offered), "{name}");
            assert!(forms.iter().all(|form| named(form).is_none()), "{forms:?}");
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
