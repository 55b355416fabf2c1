//! Edits that are put off: those put aside in this session, and the drafts of earlier boards.
//!
//! They follow their file as an open editor does, so that it is known which of them contradict what
//! stands on disk.

use std::path::Path;

use super::super::{Effect, Merged, Mode, Model, OpenFile, Pane};
use super::Editor;
use crate::store::{DocumentFile, DocumentKind, LeftDraft};
use crate::text::Text;

/// A draft that an earlier board left behind and that was not taken up yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftEdit {
    /// The draft.
    pub draft: LeftDraft,
    /// The edit that it is.
    pub editor: Editor,
}

impl Editor {
    /// Follows another text of its file: takes in what fits, and notes what contradicts.
    fn follow_put_off(&mut self, fresh: &Text) {
        let is_seen = self.contradicted.is_none() && self.base() == fresh;
        if is_seen || self.is_known_to_contradict(fresh) {
            return;
        }
        match self.merge(fresh) {
            Merged::Clean(edit) => self.follow_to(fresh, &edit.apply(fresh)),
            Merged::Open(dispute) => self.contradict(dispute.conflict()),
        }
    }

    /// Returns whether it is over a file that is open, at a line of it.
    fn is_at(&self, open_file: &OpenFile, line: usize) -> bool {
        let lines = || self.unit_in(&open_file.text).lines;
        self.file == open_file.file && (lines().contains(&line) || lines().start == line)
    }
}

impl Model {
    fn put_off(&self) -> impl Iterator<Item = &Editor> {
        let left = self.left.iter().map(|left| &left.editor);
        self.kept.iter().chain(left)
    }

    fn disputed(&self) -> impl Iterator<Item = &Editor> {
        let edits = self.put_off().chain(self.editor());
        edits.filter(|edit| edit.contradicted.is_some())
    }

    /// Returns whether an edit of a file in a folder contradicts what stands on disk, and is not
    /// decided.
    pub fn is_in_conflict(&self, folder: &Path) -> bool {
        let is_decided = matches!(&self.mode, Mode::Conflict(dispute)
            if dispute.place().is_some_and(|(feature, _)| feature == folder));
        is_decided || self.disputed().any(|edit| edit.feature == folder)
    }

    /// Returns how many edits contradict what stands on disk, and are not decided.
    pub fn conflicts(&self) -> usize {
        let is_decided = usize::from(matches!(self.mode, Mode::Conflict(_)));
        is_decided + self.disputed().count()
    }

    /// Returns the lines of a pane's document at which edits that were put off contradict it, in
    /// order.
    pub fn disputed_lines(&self, pane: Pane) -> Vec<usize> {
        let Some(open_file) = self.open_files.of(pane) else {
            return Vec::new();
        };
        let here = self.put_off().filter(|edit| edit.file == open_file.file);
        let line = |edit: &Editor| {
            let known = edit.contradicted.as_ref()?;
            let last = open_file.text.lines().len().saturating_sub(1);
            Some(known.at.min(last))
        };
        let mut lines: Vec<_> = here.filter_map(line).collect();
        lines.sort_unstable();
        lines
    }

    /// Lets what was put off follow the documents that are open.
    pub fn follow_put_off(&mut self) {
        let left = self.left.iter_mut().map(|left| &mut left.editor);
        for editor in self.kept.iter_mut().chain(left) {
            if let Some(open_file) = self.open_files.of_file(&editor.file) {
                editor.follow_put_off(&open_file.text);
            }
        }
    }

    /// Notes a draft that an earlier board left behind, with whether it contradicts its file.
    pub fn note_left(&mut self, draft: &LeftDraft) {
        let path = draft.typed.file();
        let Some(index) = self.spec_beside(&path) else {
            return;
        };
        let feature = self.specs.feature(index);
        let own = feature.documents().find(|file| file.path == path);
        let file = own.cloned().unwrap_or(DocumentFile {
            kind: DocumentKind::Other,
            path,
        });
        let mut editor = Editor::resume(feature.folder.path.clone(), file, draft, 0);
        editor.follow_put_off(draft.fresh.as_ref().unwrap_or(&Text::default()));
        let draft = draft.clone();
        self.left.push(LeftEdit { draft, editor });
    }

    /// Returns whether a draft that was left behind contradicts its file.
    pub fn is_disputed(&self, draft: &LeftDraft) -> bool {
        let mut disputed = self.left.iter().filter(|left| left.draft.id == draft.id);
        disputed.any(|left| left.editor.contradicted.is_some())
    }

    /// Takes the edit that was put aside at the cursor, if one was.
    pub fn take_kept(&mut self) -> Option<Editor> {
        let (line, open_file) = self.line_to_edit()?;
        let mut kept = self.kept.iter();
        let at = kept.position(|editor| editor.is_at(open_file, line))?;
        Some(self.kept.remove(at))
    }

    /// Begins to take up the draft that was left behind at the cursor, if one was.
    pub fn take_left(&mut self) -> Option<Vec<Effect>> {
        let (line, open_file) = self.line_to_edit()?;
        let mut left = self.left.iter();
        let found = left.find(|left| left.editor.is_at(open_file, line))?;
        let draft = found.draft.clone();
        Some(self.take_up(draft))
    }
}
