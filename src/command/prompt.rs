//! The command line: any command by its name, with completion.

use super::{Command, Hint, Scope, always, matching, no_hint, off_pages, run_or_say};
use crate::model::{Effect, Mode, Model, Prompt};

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "command-open",
        keys: &[":"],
        scope: Scope::All,
        doc: "Run any command by name",
        needs: None,
        hint: |model| {
            off_pages(
                model,
                Hint {
                    keys: ":",
                    word: "commands",
                    rank: 80,
                },
            )
        },
        applies: always,
        run: open,
    },
    Command {
        name: "prompt-accept",
        keys: &["enter"],
        scope: Scope::Prompt,
        doc: "Accept",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "enter",
                word: "run",
                rank: 11,
            })
        },
        applies: always,
        run: accept,
    },
    Command {
        name: "prompt-complete",
        keys: &["tab"],
        scope: Scope::Prompt,
        doc: "Complete",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "tab",
                word: "complete",
                rank: 10,
            })
        },
        applies: always,
        run: complete,
    },
    Command {
        name: "choice-next",
        keys: &["ctrl-n", "down"],
        scope: Scope::Prompt,
        doc: "Next choice",
        needs: None,
        hint: no_hint,
        applies: always,
        run: |model| choose(model, usize::wrapping_sub),
    },
    Command {
        name: "choice-previous",
        keys: &["ctrl-p", "up"],
        scope: Scope::Prompt,
        doc: "Previous choice",
        needs: None,
        hint: no_hint,
        applies: always,
        run: |model| choose(model, usize::wrapping_add),
    },
];

/// Returns the command that enter would run: the one that was chosen, else the best match of what
/// was typed.
pub fn chosen(model: &Model, prompt: &Prompt) -> Option<&'static Command> {
    let is_open = prompt.chosen.is_none() && prompt.text().is_empty();
    if is_open {
        None
    } else {
        matching(model, prompt.text())
            .get(prompt.chosen.unwrap_or(0))
            .copied()
    }
}

fn open(model: &mut Model) -> Vec<Effect> {
    let below = std::mem::take(&mut model.mode);
    model.mode = Mode::Prompt(Box::new(Prompt::over(below)));
    Vec::new()
}

/// Runs what is chosen. A line on which nothing was typed is left; one that fits no command stays.
fn accept(model: &mut Model) -> Vec<Effect> {
    let Mode::Prompt(prompt) = &model.mode else {
        return Vec::new();
    };
    let command = chosen(model, prompt);
    if command.is_none() && !prompt.text().is_empty() {
        return Vec::new();
    }
    model.mode.leave_prompt();
    command.map_or_else(Vec::new, |command| run_or_say(model, command))
}

fn complete(model: &mut Model) -> Vec<Effect> {
    let Mode::Prompt(prompt) = &model.mode else {
        return Vec::new();
    };
    let best = chosen(model, prompt);
    if let (Some(best), Mode::Prompt(prompt)) = (best, &mut model.mode) {
        prompt.set(best.name);
    }
    Vec::new()
}

/// Goes to another choice. The list grows upwards from the line, so the next one down is the one
/// before in its order.
fn choose(model: &mut Model, step: fn(usize, usize) -> usize) -> Vec<Effect> {
    let Mode::Prompt(prompt) = &model.mode else {
        return Vec::new();
    };
    let count = matching(model, prompt.text()).len();
    let is_fresh = prompt.chosen.is_none() && prompt.text().is_empty();
    if let (Mode::Prompt(prompt), true) = (&mut model.mode, count > 0) {
        let next = step(prompt.chosen.unwrap_or(0) + count, 1) % count;
        prompt.chosen = Some(if is_fresh { 0 } else { next });
    }
    Vec::new()
}
