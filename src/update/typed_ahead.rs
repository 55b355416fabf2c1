//! Keys that are typed while a save is under way: they wait until it is known whether the editor
//! comes back.

use super::update;
use crate::model::{Effect, KeyCode, Message, Model, Typing};
use std::path::PathBuf;

/// Holds a key or a paste back where a save is under way. Returns the message that counts now.
pub(super) fn hold(model: &mut Model, message: Message) -> Option<Message> {
    let Some((_, editor)) = model.saving.first() else {
        return Some(message);
    };
    let typing = match message {
        Message::Pressed(key) => Typing::Key(key),
        Message::Pasted(text) => Typing::Paste(text),
        other => return Some(other),
    };
    if model.waits_for.is_some() && is_leaving(&typing) {
        return Some(Message::GivenUp);
    }
    let words = format!("{} is being saved: keys wait", editor.unit.name);
    model.notices.show(words);
    model.typed_ahead.push_back(typing);
    None
}

fn is_leaving(typing: &Typing) -> bool {
    let Typing::Key(key) = typing else {
        return false;
    };
    matches!(
        (key.ctrl, key.code),
        (false, KeyCode::Named("esc")) | (true, KeyCode::Char('c'))
    )
}

/// Says that a write waits for another program. What waits behind a save can be had back at once.
pub(super) fn wait(model: &mut Model, path: PathBuf) -> Vec<Effect> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let words = if model.saving.is_empty() {
        format!("{name} is still being written by another program: waiting")
    } else {
        format!(
            "{name} is still being written by another program; your text is kept and waits: esc goes back to it"
        )
    };
    model.notices.show(words);
    model.waits_for = Some(path);
    Vec::new()
}

/// Forgets what was typed ahead: it was not meant for the editor that came back, nor as an answer to
/// a question that nobody had seen.
pub(super) fn forget(model: &mut Model) {
    model.typed_ahead.clear();
}

/// Lets what was typed ahead count, now that nothing is being saved.
pub(super) fn go_on(model: &mut Model) -> Vec<Effect> {
    let mut effects = Vec::new();
    while model.saving.is_empty()
        && let Some(typing) = model.typed_ahead.pop_front()
    {
        effects.extend(update(
            model,
            match typing {
                Typing::Key(key) => Message::Pressed(key),
                Typing::Paste(text) => Message::Pasted(text),
            },
        ));
    }
    effects
}
