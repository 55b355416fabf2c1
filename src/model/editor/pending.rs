//! An editor that waits for its document: a draft that was taken up.

use std::path::PathBuf;

use super::super::{Effect, Mode, Model, Pane};
use super::{Caret, Editor};
use crate::spec::unit::{Unit, UnitKind};
use crate::store::{DocumentFile, DocumentKind, LeftDraft};
use crate::text::{Excerpt, Text};

impl Editor {
    /// Makes the editor of a draft, over the text that it was typed over.
    pub fn resume(feature: PathBuf, file: DocumentFile, draft: &LeftDraft, ticket: u64) -> Self {
        let typed = &draft.typed;
        let lines = typed.first_line..typed.end_line.max(typed.first_line);
        let unit = Unit {
            kind: UnitKind::Block,
            lines: lines.clone(),
            name: typed.name.clone(),
        };
        let mut editor = Self::open(feature, file, &draft.base, unit);
        if lines.is_empty() {
            editor.excerpt = Excerpt::empty_at(&draft.base, lines.start, typed.indent.as_bytes());
        }
        let caret = Caret::new(typed.caret.0, typed.caret.1);
        editor.buffer.reset(typed.lines.clone(), caret);
        editor.ticket = ticket;
        editor
    }
}

impl Model {
    /// Returns the drafts that belong to one of the roots, and leaves the others alone.
    pub fn own_drafts(&self, left: Vec<LeftDraft>) -> Vec<LeftDraft> {
        let roots = &self.workspace.roots;
        let is_own = |draft: &LeftDraft| {
            let file = draft.typed.file();
            roots
                .iter()
                .any(|root| file.starts_with(&root.specs) || file.starts_with(root.steering()))
        };
        left.into_iter().filter(is_own).collect()
    }

    /// Begins to take up a draft: its spec is opened, and once its document is there, the editor.
    pub fn take_up(&mut self, draft: LeftDraft) -> Vec<Effect> {
        let path = draft.typed.file();
        let Some(index) = self.owner_of(&path) else {
            let words = format!("the spec of the draft is gone: {} holds the text", draft.id);
            self.notices.fail(words);
            return Vec::new();
        };
        let folder = self.workspace.features[index].folder.path.clone();
        let kind = path
            .file_name()
            .and_then(DocumentKind::of)
            .unwrap_or(DocumentKind::Other);
        self.choose_pane(Pane::of(kind));
        self.sidebar.cursor = folder;
        self.opened += 1;
        let taken = Effect::TakeDraft(draft.id.clone(), self.opened);
        self.pending = Some((draft, self.opened));
        vec![taken, self.ask_to_open(index)]
    }

    /// Opens the editor that waits, once its document is on the screen.
    pub fn open_pending(&mut self) {
        let Some((draft, ticket)) = &self.pending else {
            return;
        };
        let path = draft.typed.file();
        let Some(open_file) = self
            .open_file()
            .filter(|open_file| open_file.file.path == path)
        else {
            return;
        };
        let Some(feature) = self.open_files.feature.clone() else {
            return;
        };
        let editor = Editor::resume(feature, open_file.file.clone(), draft, *ticket);
        let line = shown_line(&editor, &open_file.text);
        self.pending = None;
        self.go_to_line(line);
        self.mode = Mode::Edit(Box::new(editor));
    }
}

/// Returns the line of the present text at which the editor is shown.
fn shown_line(editor: &Editor, fresh: &Text) -> usize {
    let map = crate::text::LineMap::between(editor.base(), fresh);
    map.line(editor.unit.lines.start)
}
