//! An open editor: what keys and pastes do to it, where it scrolls, and how it follows the file
//! below it.

use super::typed_ahead;
use crate::command::drop_edit;
use crate::model::{
    Deadline, Dispute, Disputed, Editor, Effect, Fate, Key, Layout, Merged, Mode, Model, Pressed,
    Question, Unwritten, View, Write,
};
use crate::store::{DocumentFile, LeftDraft};

/// Types a key that is no command into the editor.
pub(super) fn type_in(model: &mut Model, key: Key) -> Vec<Effect> {
    let Mode::Edit(editor) = &mut model.mode else {
        return Vec::new();
    };
    match editor.press(key) {
        Pressed::Typed => {
            editor.choice = 0;
            vec![Effect::Wait(Deadline::Draft)]
        }
        Pressed::Moved => Vec::new(),
        Pressed::Nothing => {
            let words = format!("{key} does nothing while editing: ctrl-s saves, esc leaves");
            model.notices.say(words);
            Vec::new()
        }
    }
}

/// Takes pasted text.
pub(super) fn paste(editor: &mut Editor, text: &str) -> Vec<Effect> {
    editor.insert(text);
    vec![Effect::Wait(Deadline::Draft)]
}

/// Offers drafts that earlier boards left behind, one after the other.
pub(super) fn offer(model: &mut Model, left: Vec<LeftDraft>) -> Vec<Effect> {
    let own = model.own_drafts(left);
    own.iter().for_each(|draft| model.note_left(draft));
    model.drafts.extend(own);
    offer_next(model);
    Vec::new()
}

/// Offers the next draft, where nothing else is being done.
pub(super) fn offer_next(model: &mut Model) {
    if model.mode != Mode::Normal || model.pending.is_some() || model.drafts.is_empty() {
        return;
    }
    let draft = Box::new(model.drafts.remove(0));
    let is_shown = false;
    model.mode = Mode::Question(Box::new(Question::TakeDraft { draft, is_shown }));
}

/// Keeps what is being typed, if something is.
pub(super) fn keep_draft(model: &Model) -> Vec<Effect> {
    let changed = model.editor().filter(|editor| editor.is_changed());
    let kept = changed.map(|editor| Effect::KeepDraft(Box::new(editor.draft(model.now))));
    kept.into_iter().collect()
}

/// Brings the editor to the columns it has now, and the caret onto the screen. The pane below it
/// scrolls only where the editor would not fit.
pub(super) fn settle(model: &mut Model, layout: &Layout) {
    let (body, view) = (layout.body, model.view);
    let Some(editor) = model.editor_mut() else {
        return;
    };
    editor.columns = usize::from(body.width)
        .saturating_sub(editor.margin() + 1)
        .max(8);
    // Over a card the editor stands in the place of the peek, below its rule.
    let over_card = layout.peek.map(|area| area.height.saturating_sub(1));
    let height = match over_card {
        Some(height) if view == View::Board => usize::from(height).max(1),
        _ => layout.reach(),
    };
    editor.scroll_to_caret(height);
    if model.view != View::Main {
        return;
    }
    let editor = model.editor();
    let index = editor.map_or(0, |editor| model.rows_of_unit(&editor.unit).0);
    let rows = model.editor().map_or(0, |editor| editor.rows(height).len());
    // The whole editor is seen where it fits, with a row of what stands above it.
    let lowest = height.saturating_sub(rows);
    if let Some(pane_state) = model.pane_state_mut() {
        pane_state.top = pane_state.top.max(index.saturating_sub(lowest)).min(index);
    }
}

/// Lets the editor follow its file: what others changed elsewhere is taken in at once, and the caret
/// stays in its words. What contradicts what was typed waits for the save.
pub(super) fn follow(model: &mut Model) -> Vec<Effect> {
    let Some(fresh) = model.text_below_editor() else {
        return Vec::new();
    };
    let (fresh, is_deleted) = (fresh.clone(), model.is_edited_file_deleted());
    let Some(editor) = model.editor_mut() else {
        return Vec::new();
    };
    // What contradicts is not compared again at every key.
    if editor.is_known_to_contradict(&fresh) {
        return Vec::new();
    }
    if is_deleted && !editor.is_changed() {
        return leave_deleted(model);
    }
    let is_new = editor.contradicted.is_none();
    match editor.merge(&fresh) {
        Merged::Clean(edit) => editor.follow_to(&fresh, &edit.apply(&fresh)),
        Merged::Open(dispute) => {
            editor.contradict(dispute.conflict());
            let words = if is_deleted {
                format!(
                    "{} was deleted: ctrl-s asks what to do",
                    file_name(&editor.file)
                )
            } else {
                contradiction_words(&dispute)
            };
            if is_new {
                model.notices.say(words);
            }
        }
    }
    Vec::new()
}

/// Lets a conflict follow its file: what is decided is between what was typed and what stands on
/// disk now. Where both fit by now, the editor is open again.
pub(super) fn follow_conflict(model: &mut Model) {
    let Mode::Conflict(dispute) = &model.mode else {
        return;
    };
    let Disputed::Edit(editor) = &dispute.cause else {
        return;
    };
    let found = model.open_files.of_file(&editor.file);
    let fresh = found.map(|open_file| open_file.text.clone());
    let Some(fresh) = fresh.filter(|fresh| fresh != dispute.theirs()) else {
        return;
    };
    let mut editor = editor.clone();
    let words = match editor.merge(&fresh) {
        Merged::Clean(edit) => {
            editor.follow_to(&fresh, &edit.apply(&fresh));
            model.mode = Mode::Edit(editor);
            "the file changed again, and what you typed fits: ctrl-s saves it"
        }
        Merged::Open(dispute) => {
            model.mode = Mode::Conflict(dispute);
            "the file changed again: this is what stands there now"
        }
    };
    model.notices.say(words);
}

/// Leaves an editor in which nothing was typed, for its file was deleted.
fn leave_deleted(model: &mut Model) -> Vec<Effect> {
    let words = model.editor().map(|editor| {
        let (file, name) = (file_name(&editor.file), &editor.unit.name);
        format!("{file} was deleted; you had typed nothing in {name}")
    });
    let effects = drop_edit(model);
    words.into_iter().for_each(|words| model.notices.say(words));
    effects
}

fn file_name(file: &DocumentFile) -> String {
    let name = file.path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// Says how somebody else's change contradicts what is being typed.
fn contradiction_words(dispute: &Dispute) -> String {
    let name = dispute.name();
    match dispute.fate() {
        None => "somebody changed the same words on disk: ctrl-s shows both".to_owned(),
        Some(Fate::Gone) => format!("{name} is gone from the file; your text is kept: ctrl-s asks"),
        Some(Fate::Moved(line)) => {
            format!(
                "{name} is now on line {}; your text is kept: ctrl-s asks",
                line + 1
            )
        }
    }
}

/// Takes in how the write of an edit went. What could not be written is in the editor again, or kept
/// as a draft where something else is being done by now.
pub(super) fn written(model: &mut Model, write: &Write, reason: Option<&Unwritten>) -> Vec<Effect> {
    let Some(at) = model.saving.iter().position(|(saved, _)| saved == write) else {
        return Vec::new();
    };
    let (_, editor) = model.saving.remove(at);
    if reason.is_none() {
        return vec![Effect::DropDraft(editor.ticket)];
    }
    typed_ahead::forget(model);
    let kept = Effect::KeepDraft(Box::new(editor.draft(model.now)));
    if model.mode != Mode::Normal || !matches!(model.view, View::Main | View::Board) {
        model.kept.push(editor);
        return vec![kept];
    }
    model.mode = match reason {
        Some(Unwritten::Conflict(conflict)) => {
            Mode::Conflict(Box::new(Dispute::of_edit(editor, *conflict.clone())))
        }
        _ => Mode::Edit(Box::new(editor)),
    };
    vec![kept]
}
