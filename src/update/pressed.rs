//! A key: looked up in the table of commands, and run.

use crate::command::{Command, Found, carry, lookup};
use crate::model::{Deadline, Effect, Key, Mode, Model};

/// Takes a key.
pub(super) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    model.notices.pass();
    match std::mem::take(&mut model.mode) {
        Mode::Normal => typed(model, &[key]),
        Mode::Move(carried) => carry(model, *carried, key),
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
