//! Filtering what a view shows by words and facts.

use super::{Command, Hint, Scope, always, no_hint};
use crate::model::{
    Deadline, Effect, Filter, FilterPrompt, Mode, Model, Prompt, filter_completions,
};

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "filter-open",
        keys: &["f"],
        scope: Scope::All,
        doc: "Filter: words, state:doing req:1.2 -optional:yes",
        needs: Some("nothing can be filtered here"),
        hint: |model| {
            let word = if model.filter().is_some() {
                "change filter"
            } else {
                "filter"
            };
            Some(Hint {
                keys: "f",
                word,
                rank: 62,
            })
        },
        applies: |model| model.filter_place().is_some(),
        run: open,
    },
    Command {
        name: "filter-accept",
        keys: &["enter"],
        scope: Scope::Filter,
        doc: "Keep the filter",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "enter",
                word: "keep",
                rank: 11,
            })
        },
        applies: always,
        run: accept,
    },
    Command {
        name: "filter-complete",
        keys: &["tab"],
        scope: Scope::Filter,
        doc: "Complete the word or its value; again: the next",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "tab",
                word: "complete",
                rank: 10,
            })
        },
        applies: always,
        run: |model| complete(model, 1),
    },
    Command {
        name: "filter-complete-back",
        keys: &["shift-tab"],
        scope: Scope::Filter,
        doc: "Complete to the one before",
        needs: None,
        hint: no_hint,
        applies: always,
        run: |model| complete(model, -1),
    },
];

/// Opens a line with the filter of what takes the keys.
fn open(model: &mut Model) -> Vec<Effect> {
    let Some(place) = model.filter_place() else {
        return Vec::new();
    };
    let origin = model.find_origin();
    let before = model.filters.of(place).cloned();
    let mut prompt = Prompt::over(std::mem::take(&mut model.mode));
    if let Some(filter) = &before {
        prompt.set(&format!("{} ", filter.text()));
    }
    model.mode = Mode::Filter(Box::new(FilterPrompt {
        prompt,
        place,
        before,
        origin,
        stem: None,
    }));
    Vec::new()
}

/// Filters by what is typed so far.
pub(crate) fn narrow(model: &mut Model) -> Vec<Effect> {
    let Mode::Filter(typed) = &mut model.mode else {
        return Vec::new();
    };
    typed.stem = None;
    set(model)
}

fn set(model: &mut Model) -> Vec<Effect> {
    let Mode::Filter(typed) = &model.mode else {
        return Vec::new();
    };
    let (place, filter) = (typed.place, Filter::of(typed.prompt.text()));
    model.filters.set(place, filter);
    vec![Effect::Wait(Deadline::Rest)]
}

/// Leaves the line, with the filter and everything else as it was before.
pub(crate) fn leave(model: &mut Model) -> bool {
    let Mode::Filter(typed) = std::mem::take(&mut model.mode) else {
        return false;
    };
    model.mode = typed.prompt.below;
    model.filters.set(typed.place, typed.before);
    model.restore_find(typed.origin);
    true
}

/// Leaves the line and keeps the filter.
fn accept(model: &mut Model) -> Vec<Effect> {
    let Mode::Filter(typed) = std::mem::take(&mut model.mode) else {
        return Vec::new();
    };
    model.mode = typed.prompt.below;
    Vec::new()
}

/// Lets everything through again. Returns whether there was a filter.
pub(super) fn clear(model: &mut Model) -> bool {
    let Some(place) = model.filter_place() else {
        return false;
    };
    let had_one = model.filters.of(place).is_some();
    model.filters.set(place, None);
    had_one
}

/// Completes the last word: to the first that fits, and then to the next or the one before.
fn complete(model: &mut Model, by: isize) -> Vec<Effect> {
    let Mode::Filter(typed) = &mut model.mode else {
        return Vec::new();
    };
    let stem = typed.stem.clone();
    let stem = stem.unwrap_or_else(|| typed.prompt.text().to_owned());
    let fitting = filter_completions(&stem, typed.place);
    let start = stem.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let start = start + usize::from(stem[start..].starts_with('-'));
    let now = typed.prompt.text().get(start..).unwrap_or_default();
    let at = fitting.iter().position(|word| word == now);
    let count = isize::try_from(fitting.len()).unwrap_or(isize::MAX).max(1);
    let to = match at.and_then(|at| isize::try_from(at).ok()) {
        Some(at) => (at + by).rem_euclid(count),
        None if by < 0 => count - 1,
        None => 0,
    };
    let to = usize::try_from(to).unwrap_or(0);
    if let Some(word) = fitting.get(to) {
        typed.prompt.set(&format!("{}{word}", &stem[..start]));
        // A word that is whole is what its value goes on from.
        typed.stem = (fitting.len() > 1).then_some(stem);
    }
    set(model)
}
