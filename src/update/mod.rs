//! Routes messages: `update` changes the model and says what is to be done. It does no I/O and draws nothing.

mod board;
mod changed;
mod opened;
mod pressed;
mod settle;
mod written;

pub use opened::count_open;
pub use settle::settle;

use crate::model::{Deadline, Effect, Message, Mode, Model, Signal};

/// Takes in what happened, and gives the orders that follow.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    let effects = match message {
        Message::Pressed(key) => pressed::press(model, key),
        Message::Pasted(text) => pressed::paste(model, &text),
        Message::Resized(columns, rows) => {
            model.size = (columns, rows);
            Vec::new()
        }
        Message::Rested => {
            model.note();
            opened::open_cursor(model)
        }
        Message::Waited => show_prefix(model),
        Message::Opened(sheets) => opened::take(model, *sheets),
        Message::Counted(summaries) => opened::take_summaries(model, summaries),
        Message::Dealt(cards) => board::take(model, cards),
        Message::Listed(workspace) => changed::list(model, *workspace),
        Message::Changed(paths) => changed::change(model, &paths),
        Message::Written(outcome) => written::take(model, *outcome),
        Message::Signalled(signal) => signalled(model, signal),
    };
    settle(model);
    effects
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
            vec![Effect::Forget(Deadline::Rest)]
        }
        Signal::Stop => vec![Effect::Suspend],
        Signal::Continue => vec![Effect::Redraw],
    }
}
