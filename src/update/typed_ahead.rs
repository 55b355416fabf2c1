//! Keys that are typed while a save is under way: they wait until it is known whether the editor
//! comes back.

use super::update;
use crate::model::{Effect, Message, Model, Typing};

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
    let words = format!("{} is being saved: keys wait", editor.unit.name);
    model.notices.show(words);
    model.typed_ahead.push_back(typing);
    None
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
