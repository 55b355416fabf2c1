//! Edits that another program put back to what stood there before, as one does that writes its own
//! old copy of a file: what was typed is kept.

use crate::model::{Caret, Editor, Effect, Entry, FileChange, Model};
use crate::spec::change::{Change, carry};
use crate::text::{Edit, Text};

/// How many of the last edits are looked after.
const EDITS: usize = 8;

/// Keeps what was typed in edits that are no longer in the documents that were read, as drafts.
pub(super) fn keep(model: &mut Model) -> Vec<Effect> {
    let mut effects = Vec::new();
    while let Some(at) = find(model) {
        let entry = model.history.undo.remove(at);
        effects.extend(keep_edit(model, &entry));
    }
    effects
}

/// Finds the last edit that was put back.
fn find(model: &Model) -> Option<usize> {
    let edits = model.history.undo.iter().enumerate().rev();
    let mut edits = edits.filter(|(_, entry)| name(entry).is_some());
    let is_put_back = |(at, entry): &(usize, &Entry)| {
        let part = entry.parts.first();
        part.is_some_and(|part| is_put_back(model, part) && !is_gone_by_own_step(model, *at, part))
    };
    edits
        .by_ref()
        .take(EDITS)
        .find(is_put_back)
        .map(|(at, _)| at)
}

/// Returns what was edited; none of another step than an edit.
fn name(entry: &Entry) -> Option<&str> {
    let is_text = |part: &FileChange| matches!(part.change, Change::Text { .. });
    let name = entry.name.strip_prefix("edit ")?;
    (entry.parts.len() == 1 && entry.parts.iter().all(is_text)).then_some(name)
}

/// Returns whether all that takes an edit back was done by somebody else already.
fn is_put_back(model: &Model, part: &FileChange) -> bool {
    let Change::Text { base, edit } = &part.change else {
        return false;
    };
    if model.open_files.feature.as_ref() != Some(&part.feature) {
        return false;
    }
    let open_file = model.open_files.of_file(&part.file);
    open_file
        .is_some_and(|open_file| open_file.text != *base && is_without(&open_file.text, base, edit))
}

/// Returns whether a text has nothing left that `edit` of `base` would take back.
fn is_without(text: &Text, base: &Text, edit: &Edit) -> bool {
    carry(edit, base, text).is_ok_and(|left| left.is_empty())
}

/// Returns whether a later step of the board's own took away what was edited: a deleted or moved
/// item.
fn is_gone_by_own_step(model: &Model, at: usize, part: &FileChange) -> bool {
    let Change::Text { base, edit } = &part.change else {
        return false;
    };
    let later = model.history.undo.iter().skip(at + 1);
    let parts = later.flat_map(|entry| &entry.parts);
    let mut same = parts.filter(|later| later.file == part.file);
    same.any(|later| match &later.change {
        Change::Text {
            base: after,
            edit: back,
        } => is_without(after, base, edit) && !is_without(&back.apply(after), base, edit),
        _ => false,
    })
}

/// Keeps what was typed, here and on disk.
fn keep_edit(model: &mut Model, entry: &Entry) -> Option<Effect> {
    let name = name(entry)?.to_owned();
    let part = entry.parts.first()?;
    let Change::Text { base, edit } = &part.change else {
        return None;
    };
    let mut editor = Editor::over_edit(part, &edit.apply(base), &edit.invert(base));
    editor.unit.name.clone_from(&name);
    // One goes on where one had ended.
    let lines = editor.buffer().lines();
    let end = Caret::new(lines.len() - 1, lines.last().map_or(0, String::len));
    editor.buffer_mut().go_to(end);
    model.opened += 1;
    editor.ticket = model.opened;
    let kept = Effect::KeepDraft(Box::new(editor.draft(model.now)));
    model.kept.push(editor);
    model.notices.fail(format!(
        "another program put back the old text of {name}; yours is kept: e there continues it"
    ));
    Some(kept)
}
