//! An editor that waits for its document: a draft that was taken up.

use std::path::{Path, PathBuf};

use super::super::{Effect, Focus, Mode, Model, OpenFile, Pane, View};
use super::{Caret, Editor};
use crate::spec::unit::{Unit, UnitKind};
use crate::store::{DocumentFile, LeftDraft};
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
    /// Returns the folder of the feature of which text is being typed, decided about or written.
    pub fn edited_folder(&self) -> Option<&Path> {
        let typed = self.editor().map(|editor| editor.feature.as_path());
        let disputed = match &self.mode {
            Mode::Conflict(dispute) => dispute.place().map(|(feature, _)| feature),
            _ => None,
        };
        let saved = || Some(self.saving.first()?.1.feature.as_path());
        typed.or(disputed).or_else(saved)
    }

    /// Returns whether the file that is being edited was deleted from a spec's folder.
    pub fn is_edited_file_deleted(&self) -> bool {
        let (Some(editor), Some(feature)) = (self.editor(), self.shown_feature()) else {
            return false;
        };
        let is_blank = self.text_below_editor().is_some_and(Text::is_empty);
        is_blank && feature.documents().all(|file| *file != editor.file)
    }

    /// Returns the line that `e` is about, and the document in which it stands.
    pub(super) fn line_to_edit(&self) -> Option<(usize, &OpenFile)> {
        if self.view == View::Board {
            let line = self.board.card()?.1.line;
            return Some((line, self.open_files.of(Pane::Tasks)?));
        }
        Some((self.pane_state()?.cursor.line, self.open_file()?))
    }

    /// Returns the drafts that belong to one of the roots, and leaves the others alone.
    pub fn own_drafts(&self, left: Vec<LeftDraft>) -> Vec<LeftDraft> {
        let roots = &self.specs.workspace().roots;
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
        let Some(index) = self.spec_beside(&path) else {
            let words = format!("the spec of the draft is gone: {} holds the text", draft.id);
            self.notices.fail(words);
            return Vec::new();
        };
        self.forget_left(&draft.id);
        self.opened += 1;
        let taken = Effect::TakeDraft(draft.id.clone(), self.opened);
        vec![taken, self.wait_for_document(index, draft, self.opened)]
    }

    /// Forgets a draft that was left behind: it is taken up or dropped.
    pub fn forget_left(&mut self, id: &str) {
        self.left.retain(|left| left.draft.id != id);
    }

    /// Finds the spec beside which a file can be shown: its own, or of a steering document the open one
    /// or else any of its root.
    pub(super) fn spec_beside(&self, path: &Path) -> Option<usize> {
        let workspace = self.specs.workspace();
        let shows = |index: &usize| {
            let root = workspace.root_of(self.specs.feature(*index));
            path.starts_with(root.steering())
        };
        let own = self.specs.owner_of(path);
        own.or_else(|| self.shown().filter(shows))
            .or_else(|| (0..self.specs.len()).find(shows))
    }

    /// Opens an editor over a document that need not be the one on the screen.
    pub fn open_elsewhere(&mut self, mut editor: Editor) -> Vec<Effect> {
        let Some(index) = self.specs.at(&editor.feature) else {
            return Vec::new();
        };
        self.opened += 1;
        editor.ticket = self.opened;
        let draft = editor.draft(self.now);
        let left = LeftDraft {
            id: String::new(),
            typed: draft.typed.clone(),
            base: draft.base.clone(),
            fresh: None,
        };
        let kept = Effect::KeepDraft(Box::new(draft));
        vec![kept, self.wait_for_document(index, left, editor.ticket)]
    }

    /// Opens the spec of a draft. Once its document is on the screen, the editor opens over it.
    fn wait_for_document(&mut self, index: usize, draft: LeftDraft, ticket: u64) -> Effect {
        let name = draft.typed.file();
        let pane = name.file_name().map_or(Pane::Files, Pane::of_file_name);
        self.show_view(View::Main);
        self.focus = Focus::Content;
        self.choose_pane(pane);
        self.sidebar.cursor = self.specs.feature(index).folder.path.clone();
        self.pending = Some((draft, ticket));
        self.ask_to_open(index)
    }

    /// Shows the file that an editor waits for, where that is none of the spec's documents. One that
    /// cannot be read is said to be, and its draft is left.
    fn show_pending(&mut self) {
        let is_shown = (self.view, self.pane) == (View::Main, Pane::Files);
        let Some((draft, _)) = &self.pending else {
            return;
        };
        if !is_shown || self.jobs.opening().is_some() {
            return;
        }
        let path = draft.typed.file();
        let is_broken = matches!(self.open_files.result(Pane::Files), Some(Err(_)));
        if is_broken && self.files.open.as_ref() == Some(&path) {
            self.pending = None;
            let words = "its file cannot be read: the draft is offered again at the next start";
            return self.notices.fail(words);
        }
        self.show_file(path);
    }

    /// Opens the editor that waits, once its document is on the screen.
    pub fn open_pending(&mut self) {
        self.show_pending();
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
