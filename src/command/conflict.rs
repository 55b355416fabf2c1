//! Deciding a conflict: what was typed against what stands on disk, place by place.

use super::edit::{put_aside, save};
use super::undo::{keep_step, order};
use super::{Command, Hint, Scope, always};
use crate::model::{Deadline, Dispute, Disputed, Editor, Effect, Mode, Model, Write};
use crate::spec::change::Change;
use crate::text::{Edit, Resolution, Text};

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "conflict-take-yours",
        keys: &["h"],
        scope: Scope::Conflict,
        doc: "Keep your version",
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
        doc: "Keep the version on disk",
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
        doc: "Keep both, yours first",
        needs: None,
        hint: |model| {
            (!is_about_lost(model)).then_some(Hint {
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
        doc: "Edit both, yours first",
        needs: None,
        hint: |model| {
            let word = if is_about_lost(model) {
                "edit document"
            } else {
                "edit both"
            };
            Some(Hint {
                keys: "e",
                word,
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
        doc: "Decide later; what was typed is kept as a draft",
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

/// Returns whether nothing is left on disk of the document that is decided about.
fn is_about_lost(model: &Model) -> bool {
    matches!(&model.mode, Mode::Conflict(dispute) if dispute.lost_lines().is_some())
}

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
    let theirs = dispute.theirs().clone();
    if edit.is_empty() {
        let words = format!("{} stays as it is on disk", dispute.name());
        model.notices.say(words);
    }
    match dispute.cause {
        Disputed::Edit(editor) if edit.is_empty() => vec![Effect::DropDraft(editor.ticket)],
        Disputed::Edit(editor) => save(model, *editor, theirs, edit),
        Disputed::Step(write, part) => go_step(model, write, part, (theirs, edit)),
    }
}

/// Goes a step of the history with one part as it was decided: an edit of what is on disk, or none.
fn go_step(
    model: &mut Model,
    mut write: Write,
    part: usize,
    (base, edit): (Text, Edit),
) -> Vec<Effect> {
    if edit.is_empty() {
        write.parts.remove(part);
    } else if let Some(part) = write.parts.get_mut(part) {
        part.change = Change::Text { base, edit };
    }
    if write.parts.is_empty() {
        return Vec::new();
    }
    order(model, write)
}

/// Opens the editor over what is on disk, with both sides of each place in it.
fn edit_result(model: &mut Model) -> Vec<Effect> {
    match std::mem::take(&mut model.mode) {
        Mode::Conflict(dispute) => {
            let lost = dispute.lost_lines();
            let (resolved, theirs, edit) =
                (dispute.resolved(), dispute.theirs().clone(), dispute.edit());
            match dispute.cause {
                Disputed::Edit(mut editor) => {
                    if let Some(count) = lost {
                        let words = format!("the whole document: ctrl-s writes all {count} lines");
                        model.notices.say(words);
                        editor.widen_to_document();
                    }
                    editor.follow_to(&theirs, &resolved);
                    model.mode = Mode::Edit(editor);
                    vec![Effect::Wait(Deadline::Draft)]
                }
                Disputed::Step(write, part) => edit_step(model, write, part, (&theirs, &edit)),
            }
        }
        other => {
            model.mode = other;
            Vec::new()
        }
    }
}

/// Opens the editor over what a step of the history and what is on disk come to. The step stays
/// where it is in the history.
fn edit_step(
    model: &mut Model,
    write: Write,
    part: usize,
    (theirs, edit): (&Text, &Edit),
) -> Vec<Effect> {
    let editor = write
        .parts
        .get(part)
        .map(|part| Editor::over_edit(part, theirs, edit));
    keep_step(model, write);
    let opened = editor.map(|editor| model.open_elsewhere(editor));
    opened.unwrap_or_default()
}

fn later(model: &mut Model) -> Vec<Effect> {
    let dispute = match std::mem::take(&mut model.mode) {
        Mode::Conflict(dispute) => *dispute,
        other => {
            model.mode = other;
            return Vec::new();
        }
    };
    let conflict = dispute.conflict().clone();
    match dispute.cause {
        Disputed::Edit(mut editor) => {
            editor.contradict(&conflict);
            put_aside(model, *editor)
        }
        Disputed::Step(write, _) => {
            keep_step(model, write);
            model
                .notices
                .say("nothing was changed: u and ctrl-r ask again");
            Vec::new()
        }
    }
}
