//! Editing in place: opening the editor over what the cursor is on, committing, leaving.

use std::path::PathBuf;

use super::board::choose;
use super::undo::order;
use super::{Command, Hint, Scope, always, no_hint};
use crate::model::{
    Caret, Deadline, Editor, Effect, FileChange, Merged, Mode, Model, Origin, Question, Surface,
    Write,
};
use crate::spec::change::Change;
use crate::spec::unit::Unit;
use crate::store::{DocumentKind, LeftDraft};
use crate::text::{Edit, Text};

/// The hint at editing in place.
pub(super) const HINT: Hint = Hint {
    keys: "e",
    word: "edit",
    rank: 14,
};

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "item-edit",
        keys: &["e"],
        scope: Scope::Items,
        doc: "Edit in place",
        needs: None,
        hint: |_| Some(HINT),
        applies: |model| {
            is_on_card(model) || (is_editable(model) && model.unit_at_cursor().is_some())
        },
        run: edit_item,
    },
    Command {
        name: "section-edit",
        keys: &["g e"],
        scope: Scope::Main,
        doc: "Edit the section the cursor is in",
        needs: None,
        hint: no_hint,
        applies: is_editable,
        run: |model| open(model, section),
    },
    Command {
        name: "document-edit",
        keys: &["g E"],
        scope: Scope::Main,
        doc: "Edit the whole document in place",
        needs: None,
        hint: no_hint,
        applies: is_editable,
        run: |model| open(model, document),
    },
    Command {
        name: "editor-open",
        keys: &["E"],
        scope: Scope::Items,
        doc: "Open $VISUAL or $EDITOR at this line",
        needs: None,
        hint: no_hint,
        applies: |model| model.place_in_file().is_some(),
        run: open_outside,
    },
    Command {
        name: "editor-commit",
        keys: &["ctrl-s"],
        scope: Scope::Editor,
        doc: "Save",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "ctrl-s",
                word: "save",
                rank: 10,
            })
        },
        applies: always,
        run: commit,
    },
    Command {
        name: "field-next",
        keys: &["tab"],
        scope: Scope::Editor,
        doc: "Accept the suggested id, go to the next field, or insert a tab",
        needs: None,
        hint: |model| {
            let word = match model.completions() {
                Some(_) => "take",
                None => model.editor()?.has_field().then_some("next field")?,
            };
            Some(Hint {
                keys: "tab",
                word,
                rank: 9,
            })
        },
        applies: always,
        run: take_id,
    },
    Command {
        name: "field-previous",
        keys: &["shift-tab"],
        scope: Scope::Editor,
        doc: "Next suggested id",
        needs: None,
        hint: no_hint,
        applies: always,
        run: choose_id,
    },
    Command {
        name: "editor-leave",
        keys: &["esc", "ctrl-c"],
        scope: Scope::Editor,
        doc: "Leave the editor; asks first if something has changed",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "esc",
                word: "leave",
                rank: 90,
            })
        },
        applies: always,
        run: leave,
    },
    Command {
        name: "answer-save",
        keys: &["s"],
        scope: Scope::Question,
        doc: "Save",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "s",
                word: "save",
                rank: 10,
            })
        },
        applies: |model| model.editor().is_some(),
        run: |model| {
            go_on_typing(model);
            commit(model)
        },
    },
    Command {
        name: "answer-take",
        keys: &["t"],
        scope: Scope::Question,
        doc: "Continue with the draft",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "t",
                word: "continue",
                rank: 9,
            })
        },
        applies: |model| offered(model).is_some(),
        run: take_draft,
    },
    Command {
        name: "answer-look",
        keys: &["l"],
        scope: Scope::Question,
        doc: "Look at the draft",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "l",
                word: "look",
                rank: 10,
            })
        },
        applies: |model| offered(model).is_some(),
        run: look_at_draft,
    },
    Command {
        name: "answer-drop",
        keys: &["d"],
        scope: Scope::Question,
        doc: "Discard it",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "d",
                word: "discard",
                rank: 11,
            })
        },
        applies: always,
        run: drop_text,
    },
    Command {
        name: "answer-keep",
        keys: &["k"],
        scope: Scope::Question,
        doc: "Keep it as a draft",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "k",
                word: "keep as draft",
                rank: 12,
            })
        },
        applies: |model| model.editor().is_some(),
        run: keep_edit,
    },
    Command {
        name: "answer-back",
        keys: &["esc", "ctrl-c"],
        scope: Scope::Question,
        doc: "Continue editing, or decide about a draft later",
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
            go_on_typing(model);
            Vec::new()
        },
    },
];

/// Returns whether the cursor is on a card of the kanban.
fn is_on_card(model: &Model) -> bool {
    model.surface() == Surface::Board && model.board.card().is_some()
}

/// Opens the editor over the item under the cursor; over a card once the documents of its spec are
/// read.
fn edit_item(model: &mut Model) -> Vec<Effect> {
    let card = if is_on_card(model) {
        model.board.card()
    } else {
        None
    };
    let feature = card.map(|(cards, _)| cards.feature.clone());
    let is_open = |feature: &PathBuf| model.open_files.feature.as_ref() == Some(feature);
    match feature.filter(|feature| !is_open(feature)) {
        Some(feature) if !refuses_edits(model) => {
            model.board.editing_of = Some(feature.clone());
            choose(model, &feature)
        }
        Some(_) => Vec::new(),
        None => open_item(model),
    }
}

/// Opens the editor over the card under the cursor, now that its spec is read.
pub(crate) fn edit_card(model: &mut Model) {
    if is_on_card(model) && model.mode == Mode::Normal {
        open_item(model);
    }
}

fn is_editable(model: &Model) -> bool {
    model.surface().is_pane() && model.open_file().is_some()
}

fn section(model: &Model) -> Option<Unit> {
    let line = model.pane_state()?.cursor.line;
    Some(model.open_file()?.source(model.pane).section_at(line))
}

fn document(model: &Model) -> Option<Unit> {
    Some(model.open_file()?.source(model.pane).whole())
}

/// Says that nothing can be edited, where the board may only read. Returns whether that is so.
fn refuses_edits(model: &mut Model) -> bool {
    if model.settings.read_only {
        model
            .notices
            .fail("nothing can be edited: the board is read-only (--read-only)");
    }
    model.settings.read_only
}

/// Returns the cell that is chosen, else what is edited as one under the cursor.
fn cell_or_item(model: &Model) -> Option<Unit> {
    model.chosen_cell().or_else(|| model.unit_at_cursor())
}

/// Opens the unit under the cursor, or takes up what was put aside there.
fn open_item(model: &mut Model) -> Vec<Effect> {
    if refuses_edits(model) {
        return Vec::new();
    }
    let Some(editor) = model.take_kept() else {
        let left = model.take_left();
        return left.unwrap_or_else(|| open(model, cell_or_item));
    };
    let words = format!("{}: what you had typed and kept", editor.unit.name);
    model.notices.say(words);
    model.mode = Mode::Edit(Box::new(editor));
    Vec::new()
}

fn open(model: &mut Model, unit: fn(&Model) -> Option<Unit>) -> Vec<Effect> {
    if refuses_edits(model) {
        return Vec::new();
    }
    let Some(editor) = unit(model).and_then(|unit| model.editor_of(unit)) else {
        return Vec::new();
    };
    model.mode = Mode::Edit(Box::new(editor));
    Vec::new()
}

/// Writes what was typed, and leaves the editor. Where nothing was, it is only left.
fn commit(model: &mut Model) -> Vec<Effect> {
    let Mode::Edit(editor) = &model.mode else {
        return Vec::new();
    };
    if editor.is_blank() {
        model
            .notices
            .say("nothing to save: write something, or leave with esc");
        return Vec::new();
    }
    if let Some(field) = editor.unfilled() {
        let words =
            format!("{field} is still empty: fill it in or delete it; tab goes to the next");
        model.notices.say(words);
        if let Some(editor) = model.editor_mut() {
            editor.buffer_mut().go_to(Caret::new(0, 0));
            editor.select_next_field();
        }
        return Vec::new();
    }
    if !editor.is_changed() {
        return drop_edit(model);
    }
    if let Some(theirs) = model.text_below_editor()
        && let Merged::Open(dispute) = editor.merge(theirs)
    {
        let kept = editor.draft(model.now);
        model.mode = Mode::Conflict(dispute);
        return vec![Effect::KeepDraft(Box::new(kept))];
    }
    let (base, edit) = (editor.base().clone(), editor.edit());
    match std::mem::take(&mut model.mode) {
        Mode::Edit(editor) => save(model, *editor, base, edit),
        other => {
            model.mode = other;
            Vec::new()
        }
    }
}

/// Orders the write of what an editor has led to: an edit of `base`. The editor comes back where it
/// fails.
pub(super) fn save(model: &mut Model, editor: Editor, base: Text, edit: Edit) -> Vec<Effect> {
    let write = Write {
        parts: vec![FileChange {
            feature: editor.feature.clone(),
            file: editor.file.clone(),
            change: Change::Text { base, edit },
        }],
        origin: Origin::User,
        name: Some(if editor.is_new() {
            format!("added {}", editor.unit.name)
        } else {
            format!("edit {}", editor.unit.name)
        }),
    };
    model.saving.push((write.clone(), editor));
    let mut effects = vec![Effect::Forget(Deadline::Draft)];
    effects.extend(order(model, write));
    effects
}

/// Takes the id that is chosen among those that fit.
fn take_id(model: &mut Model) -> Vec<Effect> {
    let found = model.completions();
    let taken = found.and_then(|found| Some((found.from, found.ids.get(found.chosen)?.0.clone())));
    if let Some(editor) = model.editor_mut() {
        match taken {
            Some((from, id)) => editor.complete(from, &id),
            None if editor.select_next_field() => return Vec::new(),
            None => editor.insert("\t"),
        }
    }
    vec![Effect::Wait(Deadline::Draft)]
}

fn choose_id(model: &mut Model) -> Vec<Effect> {
    let count = model.completions().map_or(1, |found| found.ids.len());
    if let Some(editor) = model.editor_mut() {
        editor.choice = (editor.choice + 1) % count.max(1);
    }
    Vec::new()
}

fn leave(model: &mut Model) -> Vec<Effect> {
    let Mode::Edit(editor) = &mut model.mode else {
        return Vec::new();
    };
    // A new item begins with a field that is selected: there is nothing to go back to.
    let is_untouched = editor.is_new() && !editor.is_changed();
    if !is_untouched && editor.buffer_mut().leave_selection() {
        return Vec::new();
    }
    if !editor.is_changed() {
        return drop_edit(model);
    }
    if let Mode::Edit(editor) = std::mem::take(&mut model.mode) {
        model.mode = Mode::Question(Box::new(Question::LeaveEdit(editor)));
    }
    Vec::new()
}

fn go_on_typing(model: &mut Model) {
    match std::mem::take(&mut model.mode) {
        Mode::Question(question) => {
            if let Question::LeaveEdit(editor) = *question {
                model.mode = Mode::Edit(editor);
            } else {
                model.drafts.clear();
                model
                    .notices
                    .say("kept for later: e there continues it, specboard drafts lists it");
            }
        }
        other => model.mode = other,
    }
}

/// Leaves the editor for good, with what was typed.
pub(crate) fn drop_edit(model: &mut Model) -> Vec<Effect> {
    let ticket = model.editor().map(|editor| editor.ticket);
    model.mode = Mode::Normal;
    let dropped = ticket.map(Effect::DropDraft);
    dropped
        .into_iter()
        .chain([Effect::Forget(Deadline::Draft)])
        .collect()
}

/// Returns the draft that is offered.
fn offered(model: &Model) -> Option<&LeftDraft> {
    match &model.mode {
        Mode::Question(question) => match question.as_ref() {
            Question::TakeDraft { draft, .. } => Some(draft),
            Question::LeaveEdit(_) => None,
        },
        _ => None,
    }
}

fn take_draft(model: &mut Model) -> Vec<Effect> {
    let Some(draft) = offered(model).cloned() else {
        return Vec::new();
    };
    model.mode = Mode::Normal;
    model.take_up(draft)
}

fn look_at_draft(model: &mut Model) -> Vec<Effect> {
    if let Mode::Question(question) = &mut model.mode
        && let Question::TakeDraft { is_shown, .. } = question.as_mut()
    {
        *is_shown = !*is_shown;
    }
    Vec::new()
}

/// Drops the draft that is offered, or the edit that is left.
fn drop_text(model: &mut Model) -> Vec<Effect> {
    let Some(id) = offered(model).map(|draft| draft.id.clone()) else {
        return drop_edit(model);
    };
    model.mode = Mode::Normal;
    model.forget_left(&id);
    vec![Effect::RemoveDraft(id)]
}

fn open_outside(model: &mut Model) -> Vec<Effect> {
    if refuses_edits(model) {
        return Vec::new();
    }
    let Some((path, line)) = model.place_in_file() else {
        return Vec::new();
    };
    model.edited_outside = Some(path.clone());
    vec![Effect::EditOutside(path, line)]
}

fn keep_edit(model: &mut Model) -> Vec<Effect> {
    match std::mem::take(&mut model.mode) {
        Mode::Question(question) => match *question {
            Question::LeaveEdit(editor) => put_aside(model, *editor),
            Question::TakeDraft { .. } => Vec::new(),
        },
        other => {
            model.mode = other;
            Vec::new()
        }
    }
}

/// Keeps an edit as a draft on disk and for this session.
pub(super) fn put_aside(model: &mut Model, editor: Editor) -> Vec<Effect> {
    let name = &editor.unit.name;
    let feature = model
        .specs
        .at(&editor.feature)
        .map(|index| model.specs.feature(index));
    let is_there = feature.is_some_and(|feature| {
        editor.file.kind == DocumentKind::Other
            || feature.documents().any(|file| *file == editor.file)
    });
    model.notices.say(if is_there {
        format!("{name} is kept as a draft: e there continues it")
    } else {
        format!("{name} is kept: specboard drafts lists it")
    });
    let kept = editor.draft(model.now);
    model.kept.push(editor);
    vec![
        Effect::Forget(Deadline::Draft),
        Effect::KeepDraft(Box::new(kept)),
    ]
}
