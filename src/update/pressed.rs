//! A key: looked up in the table of commands, and run.

use std::path::PathBuf;

use crate::command::{Command, Found, lookup};
use crate::model::{Deadline, Effect, Focus, Key, Mode, Model, Pane};

/// Takes a key.
pub(super) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    model.notices.pass();
    let before = seen(model);
    let effects = take(model, key);
    if before != seen(model) {
        mark_seen(model, before);
    }
    effects
}

/// Where the cursor is, in which pane of which feature.
type Seen = Option<(PathBuf, Pane, usize)>;

fn seen(model: &Model) -> Seen {
    let place = model.place().filter(|_| model.focus == Focus::Content)?;
    Some((model.sheets.feature.clone()?, model.pane, place.cursor))
}

/// What others changed counts as seen when the cursor leaves it.
fn mark_seen(model: &mut Model, left: Seen) {
    if let Some((feature, pane, line)) = left {
        model.places.entry(&feature, pane).unread.remove(&line);
    }
}

fn take(model: &mut Model, key: Key) -> Vec<Effect> {
    match std::mem::take(&mut model.mode) {
        Mode::Normal => typed(model, &[key]),
        Mode::Prefix { first, .. } => {
            let mut effects = vec![Effect::Forget(Deadline::Prefix)];
            effects.extend(typed(model, &[first, key]));
            effects
        }
    }
}

fn typed(model: &mut Model, keys: &[Key]) -> Vec<Effect> {
    match lookup(model, keys) {
        Found::Command(command) => run(model, command),
        Found::Prefix => {
            model.mode = Mode::Prefix { first: keys[0], shown: false };
            vec![Effect::Wait(Deadline::Prefix)]
        }
        Found::Nothing => {
            say_unknown(model, keys);
            Vec::new()
        }
    }
}

fn run(model: &mut Model, command: &Command) -> Vec<Effect> {
    if (command.applies)(model) {
        return (command.run)(model);
    }
    model.notices.say(format!("{} does not apply here", command.name));
    Vec::new()
}

/// Says that keys mean nothing; escape after a prefix is the usual way out and needs no word.
fn say_unknown(model: &mut Model, keys: &[Key]) {
    let names: Vec<String> = keys.iter().map(Key::to_string).collect();
    if names.last().is_none_or(|name| name != "esc") {
        model.notices.say(format!("{} means nothing here: ? shows the keys", names.join(" ")));
    }
}
