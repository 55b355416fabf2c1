//! A new card in a column of the kanban: where it goes is asked, then it is typed.

use super::board::choose;
use super::{Command, Hint, Scope, always, no_hint};
use crate::markdown::State;
use crate::model::{CardPlace, Effect, Mode, Model, NewItem, Pane, Side, View};
use crate::spec::structure::{New, Sort, Where, prepare};

/// What counts while the place of a new card is chosen.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "place-next",
        keys: &["j", "down"],
        scope: Scope::Place,
        doc: "Next place",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "j k",
                word: "choose",
                rank: 11,
            })
        },
        applies: always,
        run: |model| step(model, 1),
    },
    Command {
        name: "place-previous",
        keys: &["k", "up"],
        scope: Scope::Place,
        doc: "Previous place",
        needs: None,
        hint: no_hint,
        applies: always,
        run: |model| step(model, -1),
    },
    Command {
        name: "place-accept",
        keys: &["enter", "o"],
        scope: Scope::Place,
        doc: "Write the new task there",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "enter",
                word: "here",
                rank: 10,
            })
        },
        applies: always,
        run: accept,
    },
    Command {
        name: "place-leave",
        keys: &["esc", "ctrl-c", "q"],
        scope: Scope::Place,
        doc: "Make no new task",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "esc",
                word: "back",
                rank: 90,
            })
        },
        applies: always,
        run: |model| {
            model.mode = Mode::Normal;
            Vec::new()
        },
    },
];

/// Asks where a new card goes.
pub(super) fn ask(model: &mut Model) -> Vec<Effect> {
    if model.settings.read_only {
        let words = "nothing is written: the board is read-only (--read-only)";
        model.notices.fail(words);
        return Vec::new();
    }
    match model.places_of_new_card() {
        Some(new) => model.mode = Mode::Place(Box::new(new)),
        None => model.notices.say("no spec with a task list is shown here"),
    }
    Vec::new()
}

fn step(model: &mut Model, by: isize) -> Vec<Effect> {
    if let Mode::Place(new) = &mut model.mode {
        new.step(by);
    }
    Vec::new()
}

/// Opens the editor over the new task; once the documents of its spec are read.
fn accept(model: &mut Model) -> Vec<Effect> {
    let Mode::Place(new) = std::mem::take(&mut model.mode) else {
        return Vec::new();
    };
    let Some(place) = new.places.get(new.chosen).cloned() else {
        return Vec::new();
    };
    if model.open_files.feature.as_ref() == Some(&place.feature) {
        begin(model, &place, new.state);
        return Vec::new();
    }
    let feature = place.feature.clone();
    model.board.new_in = Some((place, new.state));
    choose(model, &feature)
}

/// Opens the editor over a new task in a spec that is read.
pub(crate) fn begin(model: &mut Model, place: &CardPlace, state: State) {
    if model.view != View::Board || model.mode != Mode::Normal {
        return;
    }
    let Some(open_file) = model.open_files.of(Pane::Tasks) else {
        return;
    };
    let (kind, text) = (open_file.file.kind, &open_file.text);
    let to = match &place.beside {
        None => None,
        Some((key, side)) => match key.find(&open_file.tasks) {
            Ok(index) => Some(side_of(*side)(open_file.tasks.items[index].line)),
            Err(_) => {
                return model
                    .notices
                    .say("the task that it was to stand beside is gone");
            }
        },
    };
    let mut new = match prepare(kind, text, Some(Sort::Task), to, New::Template) {
        Ok(prepared) => prepared,
        Err(refused) => return model.notices.say(format!("nothing new here: {refused}")),
    };
    if let (Some(byte), Some(line)) = (state.marker().byte(), new.lines.get_mut(new.first)) {
        *line = line.replacen("[ ]", &format!("[{}]", char::from(byte)), 1);
    }
    if let Some(editor) = model.editor_of_new(NewItem::of(new)) {
        model.mode = Mode::Edit(Box::new(editor));
    }
}

fn side_of(side: Side) -> fn(usize) -> Where {
    match side {
        Side::After => Where::After,
        Side::Before => Where::Before,
        Side::Under => Where::Under,
    }
}
