//! A document that the open spec does not have yet: shown as an empty one while its first text is
//! being typed, and made when that is saved.

use super::{Mode, Model, OpenFile, Pane};
use crate::store::DocumentFile;
use crate::text::Text;

impl Model {
    /// Returns the file that the chosen pane of the open spec is for and that is not there.
    pub fn missing_file(&self) -> Option<DocumentFile> {
        self.missing_file_of(self.pane)
    }

    fn missing_file_of(&self, pane: Pane) -> Option<DocumentFile> {
        let feature = self.shown_feature()?;
        let is_open = self.open_files.feature.as_ref() == Some(&feature.folder.path);
        let (kind, _) = pane.row().makes?;
        if !is_open || pane.file(feature).is_some() {
            return None;
        }
        let path = feature.folder.path.join(kind.file_name());
        Some(DocumentFile { kind, path })
    }

    /// Shows the file that is missing in the chosen pane as an empty one.
    pub fn begin_missing_file(&mut self) {
        if let Some(file) = self.missing_file() {
            self.show_as_empty(self.pane, file);
        }
    }

    /// Returns the file of a pane that is being edited or decided about. It may have been a document of
    /// another kind than the one that is missing now.
    fn edited_file_of(&self, pane: Pane) -> Option<DocumentFile> {
        if pane != self.pane || pane == Pane::Files {
            return None;
        }
        let disputed = match &self.mode {
            Mode::Conflict(dispute) => dispute.place().map(|(_, file)| file),
            _ => None,
        };
        let typed = self.editor().map(|editor| &editor.file);
        typed.or(disputed).cloned()
    }

    fn show_as_empty(&mut self, pane: Pane, file: DocumentFile) {
        if self.open_files.result(pane).is_none() {
            let open_file = OpenFile::of(pane, file, Text::new(""), None);
            self.open_files.by_pane.push((pane, Ok(open_file)));
        }
    }

    /// Keeps what is shown of missing files in step with what is typed: empty while the first text is
    /// typed or written, not there once that was given up.
    pub fn follow_missing_files(&mut self) {
        for pane in Pane::ALL {
            let Some(missing) = self.missing_file_of(pane) else {
                continue;
            };
            let file = self.edited_file_of(pane).unwrap_or(missing);
            let is_typed = self.editor().is_some_and(|editor| editor.file == file);
            let is_written = self.writing.iter().any(|write| write.part(&file).is_some());
            let is_disputed = matches!(&self.mode, Mode::Conflict(dispute)
                if dispute.place().is_some_and(|(_, other)| *other == file));
            if is_typed || is_written || is_disputed {
                self.show_as_empty(pane, file);
            } else {
                let is_empty = |open_file: &OpenFile| open_file.text.is_empty();
                self.open_files.by_pane.retain(|(of, open_file)| {
                    *of != pane || !open_file.as_ref().is_ok_and(is_empty)
                });
            }
        }
    }
}
