//! A key: looked up in the table of commands, and run; or typed where text is typed.

use std::path::PathBuf;

use super::edit;
use crate::command::{
    self, Command, Found, OtherKeys, accept_choice, at_its_place, behind, continuations,
    is_prefix_anywhere, is_sequence_anywhere, leave_choice, leave_filter, leave_find, lookup,
    narrow, other_keys, refine, refine_choice, search, seek, why_not,
};
use crate::model::{
    Deadline, Effect, FirstChoice, Focus, Key, KeyCode, Mode, Model, Pane, Pointed, Prompt,
    TraceSection, View,
};

/// Takes a key. Where no text is typed, and with ctrl, its place on the keyboard counts.
pub(super) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    let is_text = other_keys(model) == OtherKeys::Typed && !key.ctrl;
    let key = if is_text { key } else { at_its_place(key) };
    act(model, |model| take(model, key))
}

/// Takes what was done with the mouse.
pub(super) fn point(model: &mut Model, pointed: Pointed) -> Vec<Effect> {
    act(model, |model| command::point(model, pointed))
}

/// Does what the user asks for, and what follows wherever the cursor went with it.
fn act(model: &mut Model, act: impl FnOnce(&mut Model) -> Vec<Effect>) -> Vec<Effect> {
    model.notices.pass();
    model.lost = None;
    model.first_choice = FirstChoice::Made;
    model.edited_outside = None;
    let before = seen(model);
    let (pane, noted) = (model.pane, cell(model));
    let mut effects = act(model);
    if before != seen(model) {
        mark_seen(model, before);
        // What belongs to the cursor follows when the keys rest, so that a held key stays cheap.
        effects.extend(follows_cursor(model).then_some(Effect::Wait(Deadline::Rest)));
    }
    effects.extend(follow_in_trace(model, pane, noted));
    effects.extend(follows_card(model).then_some(Effect::Wait(Deadline::Rest)));
    effects
}

/// Returns whether a peek follows the cursor from card to card.
fn follows_card(model: &Model) -> bool {
    model.view == View::Board && model.mode == Mode::Normal && model.layout().peek.is_some()
}

/// Returns whether anything else on the screen follows the cursor of a pane.
fn follows_cursor(model: &Model) -> bool {
    let layout = model.layout();
    model.focus == Focus::Content && (layout.peek.is_some() || layout.is_split())
}

/// Returns the row of the trace that the cursor is on, and its column.
fn cell(model: &Model) -> Option<((TraceSection, usize, usize), usize)> {
    model
        .pane_state_of(Pane::Trace)
        .map(|pane_state| (pane_state.key(), pane_state.column()))
}

/// Lets the line below the trace follow the cursor when the keys rest, so that a held key stays
/// cheap; at once where the trace was just opened.
fn follow_in_trace(
    model: &mut Model,
    pane: Pane,
    before: Option<((TraceSection, usize, usize), usize)>,
) -> Option<Effect> {
    if pane != Pane::Trace || before == cell(model) {
        model.noted.take_if(|_| pane != Pane::Trace);
        return None;
    }
    Some(Effect::Wait(Deadline::Rest))
}

/// Where the cursor is, in which pane of which feature or file.
type Seen = Option<(PathBuf, Pane, usize)>;

fn seen(model: &Model) -> Seen {
    let pane_state = model
        .pane_state()
        .filter(|pane_state| model.focus == Focus::Content && !pane_state.is_on_wave())?;
    Some((
        model.owner_of_pane_state(model.pane)?.to_path_buf(),
        model.pane,
        pane_state.cursor.line,
    ))
}

/// What others changed counts as seen when the cursor leaves it.
fn mark_seen(model: &mut Model, left: Seen) {
    if let Some((owner, pane, line)) = left {
        model.pane_states.entry(&owner, pane).unread.remove(&line);
    }
}

fn take(model: &mut Model, key: Key) -> Vec<Effect> {
    if matches!(model.mode, Mode::Prefix { .. }) {
        take_second(model, key)
    } else {
        look_up(model, &[key])
    }
}

/// Takes the second key of a prefix. One that was refused takes only those with it that go with it
/// elsewhere; others count as usual.
fn take_second(model: &mut Model, key: Key) -> Vec<Effect> {
    let is_refused = continuations(model).is_empty();
    let Mode::Prefix { first, below, .. } = std::mem::take(&mut model.mode) else {
        return Vec::new();
    };
    model.mode = *below;
    let keys = [first, key];
    let alone = is_refused && !is_sequence_anywhere(model, keys);
    let mut effects = vec![Effect::Forget(Deadline::Prefix)];
    effects.extend(look_up(model, if alone { &keys[1..] } else { &keys }));
    effects
}

/// Takes pasted text, where text is typed.
pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if let Mode::Edit(editor) = &mut model.mode {
        return edit::paste(editor, text);
    }
    if let Some(prompt) = prompt_of(&mut model.mode) {
        prompt.insert(text);
        return follow_typing(model);
    }
    let words = "pasted text goes into an editor or a command: e or : opens one";
    model.notices.say(words);
    Vec::new()
}

/// Runs what keys mean in the mode that lasts, or does with them what the mode does with others.
fn look_up(model: &mut Model, keys: &[Key]) -> Vec<Effect> {
    match (lookup(model, keys), other_keys(model)) {
        (Found::Command(command), _) => run(model, command),
        (Found::Prefix, OtherKeys::Unknown) => wait(model, keys[0]),
        (Found::Nothing, OtherKeys::Unknown) => refuse(model, keys),
        (_, OtherKeys::Typed) => type_in(model, keys),
        (_, OtherKeys::Accepting) => {
            accept_choice(model);
            look_up(model, keys)
        }
        (_, OtherKeys::Ignored) => Vec::new(),
        (_, OtherKeys::Refused(words)) => {
            model.notices.say(words);
            Vec::new()
        }
    }
}

fn run(model: &mut Model, command: &Command) -> Vec<Effect> {
    if (command.applies)(model) {
        return (command.run)(model);
    }
    let why = why_not(model, command);
    model.notices.say(why);
    Vec::new()
}

/// Refuses keys that mean nothing. One that begins something elsewhere takes its second key with it,
/// so that this one does nothing by itself.
fn refuse(model: &mut Model, keys: &[Key]) -> Vec<Effect> {
    if let [first] = *keys
        && is_prefix_anywhere(model, first)
    {
        hold(model, first);
    }
    say_unknown(model, keys);
    Vec::new()
}

/// Types a key into what takes text.
fn type_in(model: &mut Model, keys: &[Key]) -> Vec<Effect> {
    let [key] = *keys else {
        return Vec::new();
    };
    if matches!(model.mode, Mode::Edit(_)) {
        return edit::type_in(model, key);
    }
    let Some(prompt) = prompt_of(&mut model.mode) else {
        return Vec::new();
    };
    if prompt.text().is_empty() && key.code == KeyCode::Named("backspace") {
        leave_typing(model);
        return Vec::new();
    }
    if prompt.press(key) {
        follow_typing(model)
    } else {
        Vec::new()
    }
}

/// Returns the line that is typed in a mode.
fn prompt_of(mode: &mut Mode) -> Option<&mut Prompt> {
    match mode {
        Mode::Prompt(prompt) => Some(prompt),
        Mode::Find(find) => Some(&mut find.prompt),
        Mode::Filter(typed) => Some(&mut typed.prompt),
        Mode::Choose(choice) => Some(&mut choice.filter.as_mut()?.prompt),
        Mode::Finder(finder) => Some(&mut finder.prompt),
        Mode::Search(open) => Some(&mut open.prompt),
        _ => None,
    }
}

/// Does what follows on the line that is typed now.
fn follow_typing(model: &mut Model) -> Vec<Effect> {
    match model.mode {
        Mode::Find(_) => seek(model),
        Mode::Filter(_) => narrow(model),
        Mode::Choose(_) => refine_choice(model),
        Mode::Finder(_) => refine(model),
        Mode::Search(_) => search(model),
        _ => Vec::new(),
    }
}

/// Leaves the line that is typed.
fn leave_typing(model: &mut Model) {
    match model.mode {
        Mode::Find(_) => leave_find(model),
        Mode::Filter(_) => leave_filter(model),
        Mode::Choose(_) => leave_choice(model),
        _ => model.mode.leave_prompt(),
    };
}

/// Waits for the second key of a prefix.
fn hold(model: &mut Model, first: Key) {
    let below = Box::new(std::mem::take(&mut model.mode));
    model.mode = Mode::Prefix {
        first,
        shown: false,
        below,
    };
}

/// Waits for the second key, where there is one that does anything.
fn wait(model: &mut Model, first: Key) -> Vec<Effect> {
    hold(model, first);
    if !continuations(model).is_empty() {
        return vec![Effect::Wait(Deadline::Prefix)];
    }
    if let Some(command) = behind(model, first) {
        let why = why_not(model, command);
        model.notices.say(why);
    }
    Vec::new()
}

/// Says that keys mean nothing; escape after a prefix is the usual way out and needs no word.
fn say_unknown(model: &mut Model, keys: &[Key]) {
    let names: Vec<String> = keys.iter().map(Key::to_string).collect();
    if names.last().is_none_or(|name| name != "esc") {
        model.notices.say(format!(
            "{} does nothing here: ? shows the keys",
            names.join(" ")
        ));
    }
}
