//! Searching the text of all specs, as one types.

use super::finder::{go_to_file, page};
use super::{Command, Hint, Scope, always, no_hint};
use crate::model::{Deadline, Effect, Find, FoundLines, Job, Mode, Model, Prompt, Search};

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "search-open",
        keys: &["g /"],
        scope: Scope::All,
        doc: "Search the text of all specs",
        needs: None,
        hint: no_hint,
        applies: |model| model.missing.is_none(),
        run: open,
    },
    Command {
        name: "search-accept",
        keys: &["enter"],
        scope: Scope::Search,
        doc: "Go to the line",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "enter",
                word: "go",
                rank: 10,
            })
        },
        applies: always,
        run: accept,
    },
    Command {
        name: "search-next",
        keys: &["ctrl-n", "down"],
        scope: Scope::Search,
        doc: "Next line",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "ctrl-n ctrl-p",
                word: "choose",
                rank: 12,
            })
        },
        applies: always,
        run: |model| step(model, 1),
    },
    Command {
        name: "search-previous",
        keys: &["ctrl-p", "up"],
        scope: Scope::Search,
        doc: "Previous line",
        needs: None,
        hint: no_hint,
        applies: always,
        run: |model| step(model, -1),
    },
    Command {
        name: "search-page-down",
        keys: &["pgdn", "ctrl-d"],
        scope: Scope::Search,
        doc: "A page of lines down",
        needs: None,
        hint: no_hint,
        applies: always,
        run: |model| {
            let page = page(model);
            step(model, page)
        },
    },
    Command {
        name: "search-page-up",
        keys: &["pgup"],
        scope: Scope::Search,
        doc: "A page of lines up",
        needs: None,
        hint: no_hint,
        applies: always,
        run: |model| {
            let page = page(model);
            step(model, -page)
        },
    },
    Command {
        name: "search-file-next",
        keys: &["tab"],
        scope: Scope::Search,
        doc: "Next file",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "tab",
                word: "next file",
                rank: 11,
            })
        },
        applies: always,
        run: |model| step_file(model, 1),
    },
    Command {
        name: "search-file-previous",
        keys: &["shift-tab"],
        scope: Scope::Search,
        doc: "Previous file",
        needs: None,
        hint: no_hint,
        applies: always,
        run: |model| step_file(model, -1),
    },
];

fn open(model: &mut Model) -> Vec<Effect> {
    let below = std::mem::take(&mut model.mode);
    model.mode = Mode::Search(Box::new(Search::new(Prompt::over(below))));
    Vec::new()
}

/// Asks for the lines that hold what is typed now.
pub(crate) fn search(model: &mut Model) -> Vec<Effect> {
    let Mode::Search(search) = &mut model.mode else {
        return Vec::new();
    };
    let Some(needle) = search.needle() else {
        search.found = FoundLines::default();
        search.is_reading = false;
        return Vec::new();
    };
    search.is_reading = true;
    let features = model.specs.features().to_vec();
    vec![model.ask(Job::Search(features, needle))]
}

fn step(model: &mut Model, by: isize) -> Vec<Effect> {
    if let Mode::Search(search) = &mut model.mode {
        search.step(by);
    }
    vec![Effect::Wait(Deadline::Rest)]
}

fn step_file(model: &mut Model, by: isize) -> Vec<Effect> {
    if let Mode::Search(search) = &mut model.mode {
        search.step_file(by);
    }
    vec![Effect::Wait(Deadline::Rest)]
}

/// Goes to the chosen line, where `n` and `N` go on in that document; one can jump back to where one
/// was.
fn accept(model: &mut Model) -> Vec<Effect> {
    let Mode::Search(search) = &model.mode else {
        return Vec::new();
    };
    let Some(chosen) = search.chosen().cloned() else {
        return Vec::new();
    };
    let needle = search.needle();
    model.mode.leave_prompt();
    model.find = needle.map(Find::new);
    go_to_file(model, &chosen.feature, &chosen.path, chosen.line)
}
