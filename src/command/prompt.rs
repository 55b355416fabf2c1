//! The command line: any command by its name, with completion.

use super::complete::{Meaning, meaning};
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
        doc: "Run the command",
        needs: None,
        hint: |model| {
            is_ready(model).then_some(Hint {
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
        doc: "Complete the name",
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
        doc: "Next command",
        needs: None,
        hint: no_hint,
        applies: always,
        run: |model| choose(model, usize::wrapping_sub),
    },
    Command {
        name: "choice-previous",
        keys: &["ctrl-p", "up"],
        scope: Scope::Prompt,
        doc: "Previous command",
        needs: None,
        hint: no_hint,
        applies: always,
        run: |model| choose(model, usize::wrapping_add),
    },
];

/// Returns the command that enter runs: the one that was chosen, else the one that the text means
/// beyond doubt.
pub fn chosen(model: &Model, prompt: &Prompt) -> Option<&'static Command> {
    if let Some(index) = prompt.chosen {
        return matching(model, prompt.text()).get(index).copied();
    }
    match meaning(prompt.text()) {
        Some(Meaning::Command(command)) => Some(command),
        _ => None,
    }
}

/// Returns what to say above the choices: the answer to what was typed, or why enter runs nothing.
pub fn remark(model: &Model, prompt: &Prompt) -> Option<&'static str> {
    if prompt.text().is_empty() || chosen(model, prompt).is_some() {
        return None;
    }
    if let Some(Meaning::Answer(words)) = meaning(prompt.text()) {
        return Some(words);
    }
    Some(match matching(model, prompt.text()).len() {
        0 => "no such command",
        1 => "one fits: tab completes it, enter runs it then",
        _ => "several fit: tab or up chooses one",
    })
}

/// Returns whether enter has something to run.
fn is_ready(model: &Model) -> bool {
    matches!(&model.mode, Mode::Prompt(prompt) if chosen(model, prompt).is_some())
}

fn open(model: &mut Model) -> Vec<Effect> {
    let below = std::mem::take(&mut model.mode);
    model.mode = Mode::Prompt(Box::new(Prompt::over(below)));
    Vec::new()
}

/// Runs what is chosen, or answers. A line on which nothing was typed is left; one that may mean
/// several commands, or none, stays.
fn accept(model: &mut Model) -> Vec<Effect> {
    let Mode::Prompt(prompt) = &model.mode else {
        return Vec::new();
    };
    let command = chosen(model, prompt);
    let answer = match meaning(prompt.text()) {
        Some(Meaning::Answer(words)) if command.is_none() => Some(words),
        _ => None,
    };
    if command.is_none() && answer.is_none() && !prompt.text().is_empty() {
        return Vec::new();
    }
    model.mode.leave_prompt();
    if let Some(words) = answer {
        model.notices.say(words);
    }
    command.map_or_else(Vec::new, |command| run_or_say(model, command))
}

/// Completes the name of the command that is chosen, else of the best match.
fn complete(model: &mut Model) -> Vec<Effect> {
    let Mode::Prompt(prompt) = &model.mode else {
        return Vec::new();
    };
    if prompt.text().is_empty() {
        return Vec::new();
    }
    let best = chosen(model, prompt).or_else(|| matching(model, prompt.text()).first().copied());
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
    // The first step shows the best one, unless enter would run it already.
    let at = match (prompt.chosen, chosen(model, prompt)) {
        (None, None) => None,
        (chosen, _) => Some(chosen.unwrap_or(0)),
    };
    if let (Mode::Prompt(prompt), true) = (&mut model.mode, count > 0) {
        prompt.chosen = Some(at.map_or(0, |at| step(at + count, 1) % count));
    }
    Vec::new()
}
