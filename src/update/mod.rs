//! Routes messages: `update` changes the model and says what is to be done. It does no I/O and
//! draws nothing.

mod alerts;
mod board;
mod changed;
mod edit;
mod files;
mod finder;
mod first;
mod opened;
mod pressed;
mod renamed;
mod reverted;
mod scroll;
mod settle;
mod structure;
mod typed_ahead;
mod undone;
mod written;

pub use first::{choose, in_progress, stand_on_task, wait};
pub use opened::count_open;
pub use settle::settle;

use crate::model::{Answer, Deadline, Effect, Message, Mode, Model, Signal, View};

/// Takes in what happened, and gives the orders that follow.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    date_notices(model);
    let known = alerts::known(model);
    let Some(message) = typed_ahead::hold(model, message) else {
        return Vec::new();
    };
    let is_key = matches!(message, Message::Pressed(_) | Message::Pointed(_));
    let is_answer = matches!(message, Message::Written(_));
    let mut effects = take_in(model, message);
    // Nobody knows what happened before: neither to the screen nor to the files.
    if effects.contains(&Effect::Redraw) {
        effects.extend(changed::change(model, &[]));
    }
    model.follow_missing_files();
    effects.extend(edit::follow(model));
    model.follow_put_off();
    effects.extend(changed::release_edited(model));
    model.open_pending();
    edit::offer_next(model);
    let mut ordered = files::order(model);
    ordered.extend(model.measure_specs());
    settle(model);
    if !is_key {
        rest(model);
    }
    // First what is on the screen: an order that comes of the others is a later one.
    ordered.extend(effects);
    ordered.extend(alerts::tell(model, known));
    if is_answer {
        ordered.extend(typed_ahead::go_on(model));
    }
    ordered
}

/// Changes the model by what happened.
fn take_in(model: &mut Model, message: Message) -> Vec<Effect> {
    match message {
        Message::Pressed(key) => pressed::press(model, key),
        Message::Pasted(text) => pressed::paste(model, &text),
        Message::Left | Message::Returned => {
            model.is_elsewhere = matches!(message, Message::Left);
            Vec::new()
        }
        Message::Pointed(pointed) => pressed::point(model, pointed),
        Message::Resized(columns, rows) => {
            model.size = (columns, rows);
            Vec::new()
        }
        Message::Rested if matches!(model.mode, Mode::Finder(_) | Mode::Search(_)) => {
            finder::rest(model)
        }
        Message::Rested => {
            model.note();
            if model.view == View::Board {
                board::rest(model)
            } else {
                opened::open_cursor(model)
            }
        }
        Message::Waited => show_prefix(model),
        Message::Paused => edit::keep_draft(model),
        Message::DraftsFound(left) => edit::offer(model, left),
        Message::Answered(ticket, answer) => match model.take_answer(ticket, answer) {
            Some(answer) => {
                let effects = take(model, answer);
                effects.into_iter().chain(reverted::keep(model)).collect()
            }
            None => Vec::new(),
        },
        Message::Changed(paths) => changed::change(model, &paths),
        Message::Waiting(path) => typed_ahead::wait(model, path),
        Message::GivenUp => vec![Effect::GiveUpWrite],
        Message::Written(outcome) => written::take(model, *outcome),
        Message::Signalled(signal) => signalled(model, signal),
    }
}

/// Lets what is said from now on carry the time and the open spec.
fn date_notices(model: &mut Model) {
    model.notices.now = model.now;
    let spec = model.shown_feature().map_or("", |feature| feature.name());
    if model.notices.spec != spec {
        model.notices.spec = spec.to_owned();
    }
}

/// Takes in what was read.
fn take(model: &mut Model, answer: Answer) -> Vec<Effect> {
    match answer {
        Answer::Opened(open_files) => {
            let effects = opened::take(model, *open_files);
            edit::follow_conflict(model);
            effects
        }
        Answer::Counted(summaries) => opened::take_summaries(model, summaries),
        Answer::CardsLoaded(cards) => board::take(model, cards),
        Answer::Measured(measured) => {
            model.overview.take(measured);
            Vec::new()
        }
        Answer::FilesListed(list) => files::take_list(model, *list),
        Answer::FileFound(followed, path) => files::take_found(model, *followed, path),
        Answer::FolderFound(followed, files) => files::take_folder(model, &followed, &files),
        Answer::FileRead(path, read) => files::take_file(model, &path, *read),
        Answer::EntriesRead(folders, entries) => finder::take(model, &folders, entries),
        Answer::Searched(found) => finder::take_lines(model, *found),
        Answer::ExcerptRead(excerpt) => finder::take_excerpt(model, *excerpt),
        Answer::Listed(workspace) => changed::list(model, *workspace),
    }
}

/// Remembers where the cursor rests. What is linked with that place comes onto the screen in the
/// panes beside it.
fn rest(model: &mut Model) {
    let rested = model
        .pane_state()
        .map(|pane_state| (model.pane, pane_state.cursor.line));
    let is_new = std::mem::replace(&mut model.rested, rested) != rested;
    let (true, Some(subject)) = (is_new, model.subject()) else {
        return;
    };
    let (layout, chosen) = (model.layout(), model.pane);
    for area in layout.areas().filter(|area| area.pane != chosen) {
        let line = model.linked_lines(area.pane, subject).first().copied();
        if let (Some(line), Some(pane_state)) = (line, model.pane_state_of_mut(area.pane)) {
            pane_state.go_to(line);
        }
    }
    if layout.is_split() {
        settle(model);
    }
}

/// Shows the pop-up of a prefix that has waited.
fn show_prefix(model: &mut Model) -> Vec<Effect> {
    if let Mode::Prefix { shown, .. } = &mut model.mode {
        *shown = true;
    }
    Vec::new()
}

fn signalled(model: &mut Model, signal: Signal) -> Vec<Effect> {
    match signal {
        Signal::End(status) => {
            model.quit = Some(status);
            let mut effects = edit::keep_draft(model);
            effects.push(Effect::Forget(Deadline::Rest));
            effects
        }
        Signal::Stop => vec![Effect::Suspend],
        Signal::Continue => vec![Effect::Redraw],
    }
}
