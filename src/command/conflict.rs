//! Deciding a conflict: what was typed against what stands on disk, place by place.

use super::edit::save;
use super::{Command, Hint, Scope, always};
use crate::model::{Deadline, Dispute, Effect, Mode, Model};
use crate::text::{Edit, Resolution};

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "conflict-take-yours",
        keys: &["h"],
        scope: Scope::Conflict,
        doc: "Keep yours",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "h",
                word: "keep yours",
                rank: 10,
            })
        },
        applies: always,
        run: |model| choose(model, Resolution::Ours),
    },
    Command {
        name: "conflict-take-theirs",
        keys: &["l"],
        scope: Scope::Conflict,
        doc: "Take what is on disk",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "l",
                word: "take theirs",
                rank: 11,
            })
        },
        applies: always,
        run: |model| choose(model, Resolution::Theirs),
    },
    Command {
        name: "conflict-take-both",
        keys: &["+"],
        scope: Scope::Conflict,
        doc: "Both, yours first",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "+",
                word: "both",
                rank: 12,
            })
        },
        applies: always,
        run: |model| choose(model, Resolution::Both),
    },
    Command {
        name: "conflict-edit",
        keys: &["e"],
        scope: Scope::Conflict,
        doc: "Edit the result: both, yours first",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "e",
                word: "edit both",
                rank: 13,
            })
        },
        applies: always,
        run: edit_result,
    },
    Command {
        name: "conflict-later",
        keys: &["esc", "ctrl-c"],
        scope: Scope::Conflict,
        doc: "Decide later; the draft is kept",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "esc",
                word: "later",
                rank: 90,
            })
        },
        applies: always,
        run: later,
    },
];

/// Decides the place on the screen; with the last one everything is written as one edit.
fn choose(model: &mut Model, resolution: Resolution) -> Vec<Effect> {
    let Mode::Conflict(dispute) = &mut model.mode else {
        return Vec::new();
    };
    let Some(edit) = dispute.choose(resolution) else {
        return Vec::new();
    };
    match std::mem::take(&mut model.mode) {
        Mode::Conflict(dispute) => write(model, *dispute, edit),
        other => {
            model.mode = other;
            Vec::new()
        }
    }
}

fn write(model: &mut Model, dispute: Dispute, edit: Edit) -> Vec<Effect> {
    let Dispute { editor, theirs, .. } = dispute;
    if edit.is_empty() {
        model
            .notices
            .say(format!("{} stays as it is on disk", editor.unit.name));
        return vec![Effect::DropDraft(editor.ticket)];
    }
    save(model, editor, theirs, edit)
}

/// Opens the editor over what is on disk, with both sides of each place in it.
fn edit_result(model: &mut Model) -> Vec<Effect> {
    match std::mem::take(&mut model.mode) {
        Mode::Conflict(dispute) => {
            let (resolved, theirs) = (dispute.resolved(), dispute.theirs.clone());
            let mut editor = dispute.editor;
            editor.follow_to(&theirs, &resolved);
            model.mode = Mode::Edit(Box::new(editor));
        }
        other => model.mode = other,
    }
    vec![Effect::Wait(Deadline::Draft)]
}

fn later(model: &mut Model) -> Vec<Effect> {
    match std::mem::take(&mut model.mode) {
        Mode::Conflict(dispute) => {
            let editor = dispute.editor;
            let words = format!("{} is kept as a draft, the file as it is", editor.unit.name);
            model.notices.say(words);
            vec![
                Effect::KeepDraft(Box::new(editor.draft(model.now))),
                Effect::LeaveDraft(editor.ticket),
            ]
        }
        other => {
            model.mode = other;
            Vec::new()
        }
    }
}
