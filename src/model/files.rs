//! The Files pane: the list of what lies beside the documents, and the one of these files that is
//! open.
//!
//! The open file is a open file among those of the feature. Which of them are to be read is for
//! `update` to say.

use std::path::{Path, PathBuf};

use super::{Focus, Model, Pane, View};
use crate::prose::links::FileLink;
use crate::spec::files::OtherFile;
use crate::store::{DocumentFile, DocumentKind};

/// The files beside the documents of one feature.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileList {
    /// The folder of the feature.
    pub feature: PathBuf,
    /// The files, those of the feature first.
    pub files: Vec<OtherFile>,
}

impl FileList {
    /// Finds a file by its path.
    pub fn position(&self, path: &Path) -> Option<usize> {
        self.files.iter().position(|file| file.path == path)
    }
}

/// What the pane shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// The list that was read last.
    pub list: Option<FileList>,
    /// The file that is open in place of the list, or will be once it is read.
    pub open: Option<PathBuf>,
    /// The feature whose list was ordered and is not outdated.
    pub ordered_list: Option<PathBuf>,
    /// The file that was ordered and is not outdated.
    pub ordered_file: Option<PathBuf>,
    /// The place in the open file that is gone to once it is read.
    pub aim: Option<FileLink>,
}

impl Files {
    /// Returns a file as one that is no document.
    pub fn other(path: &Path) -> DocumentFile {
        DocumentFile {
            kind: DocumentKind::Other,
            path: path.to_path_buf(),
        }
    }
}

impl Model {
    /// Returns the list of the open feature, once it is read.
    pub fn file_list(&self) -> Option<&FileList> {
        let list = self.files.list.as_ref()?;
        (self.open_files.feature.as_ref() == Some(&list.feature)).then_some(list)
    }

    /// Returns the path of the file that is shown in place of the list.
    pub fn shown_file(&self) -> Option<&Path> {
        self.open_files.result(Pane::Files)?;
        self.files.open.as_deref()
    }

    /// Returns whether the cursor moves in the list of files.
    pub fn is_in_file_list(&self) -> bool {
        self.is_in_files() && self.files.open.is_none()
    }

    fn is_in_files(&self) -> bool {
        (self.view, self.focus, self.pane) == (View::Main, Focus::Content, Pane::Files)
    }

    /// Returns the file of the list that the cursor is on.
    pub fn file_at_cursor(&self) -> Option<&OtherFile> {
        if !self.is_in_file_list() {
            return None;
        }
        self.file_list()?.files.get(self.pane_state()?.cursor.line)
    }

    /// Returns the file under the cursor and its line, from 0, in every view that has one.
    pub fn place_in_file(&self) -> Option<(PathBuf, usize)> {
        if self.view == View::Board {
            let (cards, card) = self.board.card()?;
            return Some((cards.file.path.clone(), card.line));
        }
        if let Some(file) = self.file_at_cursor() {
            return Some((file.path.clone(), 0));
        }
        if self.view != View::Main || self.focus != Focus::Content {
            return None;
        }
        self.place_in_document()
    }

    /// Returns the file of the document that the cursor of the pane is on, and its line, from 0.
    pub fn place_in_document(&self) -> Option<(PathBuf, usize)> {
        if let Some(place) = self.place_beside() {
            return Some(place);
        }
        let open_file = self.document_at_cursor()?;
        Some((open_file.file.path.clone(), self.pane_state()?.cursor.line))
    }

    /// Returns the place of a criterion of the trace that stands beside the requirements.
    fn place_beside(&self) -> Option<(PathBuf, usize)> {
        let subject = (self.pane == Pane::Trace).then(|| self.subject())??;
        let target = self.target(subject)?;
        let file = self.file_beside()?;
        (target.pane == Pane::Files).then(|| (file.path.clone(), target.line))
    }

    /// Opens a file in place of the list, or of the one that is open.
    pub fn show_file(&mut self, path: PathBuf) {
        if self.files.open.as_ref() != Some(&path) {
            self.close_file();
            self.files.open = Some(path);
        }
    }

    /// Goes back from the open file to the list. Says whether one was open.
    ///
    /// What others changed in it was on the screen, and counts as seen.
    pub fn close_file(&mut self) -> bool {
        self.leave(Pane::Files);
        let Some(path) = self.files.open.take() else {
            return false;
        };
        self.files.ordered_file = None;
        self.open_files
            .by_pane
            .retain(|(pane, _)| *pane != Pane::Files);
        self.pane_states.entry(&path, Pane::Files).unread.clear();
        true
    }
}
