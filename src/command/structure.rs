//! The structure of a document as keys: new items, and items deleted, moved, made deeper or higher.
//!
//! What is chosen is an intent on the text on the screen; the writer carries it out on the fresh one.

use super::undo::{ahead, order};
use super::{Command, Hint, Scope, always, board, new_card, no_hint};
use crate::model::{Effect, FileChange, Form, Mode, Model, NewItem, Origin, Surface, Width, Write};
use crate::spec::change::Change;
use crate::spec::structure::{New, Operation, Sort, Where, item_at, prepare};
use crate::store::is_markdown;

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "item-new-after",
        keys: &["o"],
        scope: Scope::Items,
        doc: "New item after this one",
        needs: None,
        hint: |model| (model.mode == Mode::Normal).then(|| hint_of_new(model)),
        applies: |model| match model.surface() {
            Surface::Board => !model.board.cards.is_empty(),
            _ => can_make(model),
        },
        run: |model| match model.surface() {
            Surface::Board => new_card::ask(model),
            _ => open_new(model, Where::After),
        },
    },
    Command {
        name: "item-new-before",
        keys: &["O"],
        scope: Scope::Items,
        doc: "New item before this one",
        needs: None,
        hint: no_hint,
        applies: can_make,
        run: |model| open_new(model, Where::Before),
    },
    Command {
        name: "item-delete",
        keys: &["d d"],
        scope: Scope::Items,
        doc: "Delete, with everything that belongs to it",
        needs: None,
        hint: no_hint,
        applies: |model| can_change(model) || is_on_card(model),
        run: |model| match model.surface() {
            Surface::Board => board::delete(model),
            _ => change(model, Operation::Remove, "deleted"),
        },
    },
    Command {
        name: "item-move-down",
        keys: &["J"],
        scope: Scope::Items,
        doc: "Move down past the next one",
        needs: None,
        hint: no_hint,
        applies: can_change,
        run: |model| change(model, Operation::Down, "moved"),
    },
    Command {
        name: "item-move-up",
        keys: &["K"],
        scope: Scope::Items,
        doc: "Move up past the one before",
        needs: None,
        hint: no_hint,
        applies: can_change,
        run: |model| change(model, Operation::Up, "moved"),
    },
    Command {
        name: "item-indent",
        keys: &[">"],
        scope: Scope::Items,
        doc: "One level deeper",
        needs: None,
        hint: no_hint,
        applies: can_change,
        run: |model| change(model, Operation::Indent, "indented"),
    },
    Command {
        name: "item-outdent",
        keys: &["<"],
        scope: Scope::Items,
        doc: "One level up",
        needs: None,
        hint: no_hint,
        applies: can_change,
        run: |model| change(model, Operation::Outdent, "outdented"),
    },
    Command {
        name: "task-join",
        keys: &[],
        scope: Scope::Tasks,
        doc: "Join the task with the next one",
        needs: Some("only on a task in the Tasks view"),
        hint: no_hint,
        applies: |model| model.surface() == Surface::Tasks && can_change(model),
        run: join,
    },
    Command {
        name: "task-split",
        keys: &[],
        scope: Scope::Tasks,
        doc: "Split the task at this detail",
        needs: Some("only on a detail of a task: l opens them"),
        hint: no_hint,
        applies: |model| model.surface() == Surface::Tasks && can_change(model),
        run: split,
    },
    Command {
        name: "pattern-turn",
        keys: &["ctrl-t"],
        scope: Scope::Editor,
        doc: "Next EARS pattern for the criterion on this line",
        needs: None,
        hint: |model| {
            let editor = model.editor()?;
            editor.can_turn().then_some(Hint {
                keys: "ctrl-t",
                word: "pattern",
                rank: 12,
            })
        },
        applies: always,
        run: turn_pattern,
    },
];

/// Returns the hint at making something: on a narrow screen of tasks behind what leads to the list
/// and to the board.
pub(super) fn hint_of_new(model: &Model) -> Hint {
    let is_crowded = model.layout().width < Width::Wide && model.surface() == Surface::Tasks;
    Hint {
        keys: "o",
        word: "new",
        rank: if is_crowded { 19 } else { 15 },
    }
}

fn is_on_card(model: &Model) -> bool {
    model.surface() == Surface::Board && model.board.card().is_some()
}

/// Returns whether something new can be made where the cursor is: in a document, or the document that
/// the pane is for.
fn can_make(model: &Model) -> bool {
    can_change(model) || model.missing_file().is_some()
}

/// Returns whether the cursor is in a document whose items can be changed.
fn can_change(model: &Model) -> bool {
    let Some(open_file) = model.open_file() else {
        return false;
    };
    let file = &open_file.file;
    match model.surface() {
        Surface::Trace | Surface::FileList => false,
        surface => surface.is_pane() && is_markdown(&file.path),
    }
}

/// Returns the lines of the items that are meant: those that are selected, else the one under the
/// cursor.
fn chosen(model: &Model) -> Vec<usize> {
    let (Some(open_file), Some(pane_state)) = (model.open_file(), model.pane_state()) else {
        return Vec::new();
    };
    if let Form::Items = open_file.form(pane_state) {
        let items = &open_file.tasks.items;
        let lines = model.targets().into_iter();
        let lines: Vec<usize> = lines
            .filter_map(|index| items.get(index).map(|task| task.line))
            .collect();
        if !lines.is_empty() {
            return lines;
        }
    }
    vec![pane_state.cursor.line]
}

/// Says why nothing can be changed here. Returns whether that is so.
fn refuses(model: &mut Model) -> bool {
    if model.settings.read_only {
        let words = "nothing is written: the board is read-only (--read-only)";
        model.notices.fail(words);
        return true;
    }
    let (Some(open_file), Some(pane_state)) = (model.open_file(), model.pane_state()) else {
        return false;
    };
    let is_by_waves = open_file.is_by_waves(pane_state);
    if is_by_waves {
        let words = "waves are not in the file's order: t shows the tasks as a tree";
        model.notices.say(words);
    }
    is_by_waves
}

fn change(model: &mut Model, operation: Operation, deed: &str) -> Vec<Effect> {
    if refuses(model) {
        return Vec::new();
    }
    let lines = chosen(model);
    let name = format!("{deed} {}", named(model, &lines));
    if operation == Operation::Remove {
        model.mode.leave_selection();
    }
    order_operation(model, operation, lines, name)
}

/// Joins the task under the cursor with the next one, or all that are selected.
fn join(model: &mut Model) -> Vec<Effect> {
    if refuses(model) {
        return Vec::new();
    }
    let mut lines = chosen(model);
    let name = format!("joined {}", named(model, &lines));
    if lines.len() > 1 {
        lines.pop();
    }
    model.mode.leave_selection();
    order_operation(model, Operation::Join, lines, name)
}

/// Splits the task around the cursor at the detail that the cursor is on.
fn split(model: &mut Model) -> Vec<Effect> {
    if refuses(model) {
        return Vec::new();
    }
    let Some(line) = model.pane_state().map(|pane_state| pane_state.cursor.line) else {
        return Vec::new();
    };
    let unit = model
        .open_file()
        .and_then(|open_file| open_file.source(model.pane).unit_at(line));
    let name = unit.map_or_else(|| "this".to_owned(), |unit| unit.name);
    model.mode.leave_selection();
    order_operation(model, Operation::Split, vec![line], format!("split {name}"))
}

fn order_operation(
    model: &mut Model,
    operation: Operation,
    lines: Vec<usize>,
    name: String,
) -> Vec<Effect> {
    let (Some(feature), Some(open_file)) = (model.open_files.feature.clone(), model.open_file())
    else {
        return Vec::new();
    };
    let write = Write {
        parts: vec![FileChange {
            feature,
            file: open_file.file.clone(),
            change: Change::Structure {
                base: open_file.text.clone(),
                operation,
                lines,
            },
        }],
        origin: Origin::User,
        name: Some(name),
    };
    order(model, write)
}

/// Returns what a message calls the items on lines.
fn named(model: &Model, lines: &[usize]) -> String {
    let [line] = lines else {
        return format!("{} tasks", lines.len());
    };
    let Some(open_file) = model.open_file() else {
        return "this".to_owned();
    };
    let unit = open_file.source(model.pane).unit_at(*line);
    let name = unit.map_or_else(|| "this".to_owned(), |unit| unit.name);
    match item_at(open_file.file.kind, &open_file.text, *line) {
        Ok((Sort::Row, _)) => "a row of the table".to_owned(),
        Ok((Sort::Item, _)) if name.starts_with("task ") => format!("a detail of {name}"),
        _ => name,
    }
}

/// Opens the editor over a new item.
fn open_new(model: &mut Model, to: fn(usize) -> Where) -> Vec<Effect> {
    if refuses(model) {
        return Vec::new();
    }
    model.begin_missing_file();
    let lines = chosen(model);
    let Some(open_file) = model.open_file() else {
        return Vec::new();
    };
    if ahead(model)
        .iter()
        .any(|write| write.part(&open_file.file).is_some())
    {
        let words = "the last change is still being written: try again in a moment";
        model.notices.say(words);
        return Vec::new();
    }
    let line = match to(0) {
        Where::Before(_) => lines.first(),
        _ => lines.last(),
    };
    let (kind, text) = (open_file.file.kind, &open_file.text);
    let place = line
        .copied()
        .filter(|line| *line < text.lines().len())
        .map(to);
    let new = match prepare(kind, text, None, place, New::Template) {
        Ok(prepared) => prepared,
        Err(refused) => {
            model
                .notices
                .say(format!("nothing can be added here: {refused}"));
            return Vec::new();
        }
    };
    model.mode.leave_selection();
    if let Some(editor) = model.editor_of_new(NewItem::of(new)) {
        model.mode = Mode::Edit(Box::new(editor));
    }
    Vec::new()
}

fn turn_pattern(model: &mut Model) -> Vec<Effect> {
    let is_turned = model
        .editor_mut()
        .is_some_and(crate::model::Editor::turn_pattern);
    if !is_turned {
        let words = "this line follows no EARS pattern: WHEN …, THE … SHALL …";
        model.notices.say(words);
        return Vec::new();
    }
    vec![Effect::Wait(crate::model::Deadline::Draft)]
}
