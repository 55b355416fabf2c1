//! One feature: what kind it is, and which file its tasks stand in.

use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::reading::faults;
use super::single::Single;
use super::tasks::Tasks;
use crate::markdown::{Document, Fault};
use crate::store::{DocumentFile, DocumentKind, Folder};
use crate::text::Text;

/// What a feature is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FeatureKind {
    /// Something new.
    Feature,
    /// Something to mend: there is a bugfix.md.
    Bugfix,
    /// One spec.md in place of three documents.
    Single,
}

/// One spec folder with what its files are for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    /// Index of its root.
    pub root: usize,
    /// The folder.
    pub folder: Folder,
}

impl Feature {
    /// Returns the name: the path below the specs folder, `.` for files directly in it.
    pub fn name(&self) -> &str {
        &self.folder.name
    }

    /// Returns a path in the folder as text relative to it, with replacement characters for bytes
    /// that are no UTF-8.
    pub fn relative(&self, path: &Path) -> String {
        path.strip_prefix(&self.folder.path)
            .unwrap_or(path)
            .to_string_lossy()
            .into_owned()
    }

    /// Says what the feature is written for, as far as its documents tell.
    pub fn kind(&self) -> FeatureKind {
        if self.file(DocumentKind::Bugfix).is_some() {
            FeatureKind::Bugfix
        } else if self.is_single() {
            FeatureKind::Single
        } else {
            FeatureKind::Feature
        }
    }

    /// Returns the file with the criteria: requirements.md, else bugfix.md, or the spec.md of a
    /// single-file feature.
    pub fn criteria_file(&self) -> Option<&DocumentFile> {
        let single = if self.is_single() {
            self.file(DocumentKind::Spec)
        } else {
            None
        };
        self.file(DocumentKind::Requirements)
            .or_else(|| self.file(DocumentKind::Bugfix))
            .or(single)
    }

    /// Returns the second file with criteria: bugfix.md beside requirements.md.
    pub fn criteria_file_beside(&self) -> Option<&DocumentFile> {
        self.file(DocumentKind::Requirements)?;
        self.file(DocumentKind::Bugfix)
    }

    /// Returns the file with the design: design.md, or the spec.md of a single-file feature.
    pub fn design_file(&self) -> Option<&DocumentFile> {
        let single = if self.is_single() {
            self.file(DocumentKind::Spec)
        } else {
            None
        };
        self.file(DocumentKind::Design).or(single)
    }

    /// Returns whether spec.md is the source: only where the other four documents are all missing.
    pub fn is_single(&self) -> bool {
        !self.folder.documents.is_empty()
            && self
                .folder
                .documents
                .iter()
                .all(|file| file.kind == DocumentKind::Spec)
    }

    /// Returns the documents that are sources, without a spec.md beside others.
    pub fn documents(&self) -> impl Iterator<Item = &DocumentFile> {
        let single = self.is_single();
        self.folder
            .documents
            .iter()
            .filter(move |file| single || file.kind != DocumentKind::Spec)
    }

    /// Returns the paths of all files that are no source.
    pub fn other_files(&self) -> impl Iterator<Item = &Path> {
        let single = self.is_single();
        let beside = self
            .folder
            .documents
            .iter()
            .filter(move |file| !single && file.kind == DocumentKind::Spec);
        beside
            .map(|file| file.path.as_path())
            .chain(self.folder.other_files.iter().map(|path| path.as_path()))
    }

    /// Returns whether the folder is empty: a spec that nobody has written yet.
    pub fn is_empty(&self) -> bool {
        let folder = &self.folder;
        let is_bare = folder.documents.is_empty() && folder.other_files.is_empty();
        is_bare && folder.problems.is_empty()
    }

    /// Returns the document of a kind.
    pub fn file(&self, kind: DocumentKind) -> Option<&DocumentFile> {
        self.folder.documents.iter().find(|file| file.kind == kind)
    }

    /// Returns the file of a name in the folder itself, in any letter case: a source, or one that is
    /// no document.
    pub fn named(&self, name: &str) -> Option<DocumentFile> {
        let is_named = |path: &Path| {
            let own = path.file_name();
            own.is_some_and(|own| own.eq_ignore_ascii_case(name))
        };
        let source = self.documents().find(|file| is_named(&file.path));
        let is_here = |path: &&PathBuf| path.parent() == Some(&self.folder.path) && is_named(path);
        let other = || {
            let path = self.folder.other_files.iter().find(is_here)?;
            Some(DocumentFile {
                kind: DocumentKind::Other,
                path: path.clone(),
            })
        };
        source.cloned().or_else(other)
    }

    /// Returns the file that holds the tasks: tasks.md, or the spec.md of a single-file feature.
    pub fn task_file(&self) -> Option<&DocumentFile> {
        let single = if self.is_single() {
            self.file(DocumentKind::Spec)
        } else {
            None
        };
        self.file(DocumentKind::Tasks).or(single)
    }
}

/// The tasks of one document with what they were read from.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'a> {
    /// The text.
    pub text: &'a Text,
    /// The text cut into blocks.
    pub document: &'a Document,
    /// The items.
    pub tasks: &'a Tasks,
}

/// Returns what is wrong inside a task file, by line: with its text, its Markdown, and what looks
/// like a task there and is none.
pub fn faults_of(list: Listed<'_>) -> Vec<Fault> {
    let mut found = faults(list.text, list.document);
    found.extend(list.tasks.faults.iter().cloned());
    found.sort_by_key(|fault| fault.line);
    found
}

/// Returns the lines of a document in which items are tasks: all of tasks.md, the Tasks section of
/// spec.md.
pub fn task_lines(kind: DocumentKind, text: &Text, document: &Document) -> Range<usize> {
    let all = 0..text.lines().len();
    if kind == DocumentKind::Spec {
        Single::parse(text, document).tasks.unwrap_or(0..0)
    } else {
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feature(documents: &[DocumentKind]) -> Feature {
        let documents = documents
            .iter()
            .map(|kind| DocumentFile {
                kind: *kind,
                path: kind.file_name().into(),
            })
            .collect();
        let folder = Folder {
            name: "a".to_owned(),
            path: "a".into(),
            documents,
            other_files: vec![],
            archived: false,
            problems: vec![],
        };
        Feature { root: 0, folder }
    }

    #[test]
    fn spec_md_is_a_source_only_alone() {
        let alone = feature(&[DocumentKind::Spec]);
        assert_eq!(
            (alone.kind(), alone.task_file().map(|file| file.kind)),
            (FeatureKind::Single, Some(DocumentKind::Spec))
        );
        let beside = feature(&[DocumentKind::Requirements, DocumentKind::Spec]);
        assert_eq!(
            (beside.kind(), beside.task_file()),
            (FeatureKind::Feature, None)
        );
        assert_eq!(beside.other_files().count(), 1);
        assert_eq!(
            feature(&[DocumentKind::Bugfix, DocumentKind::Tasks]).kind(),
            FeatureKind::Bugfix
        );
    }

    #[test]
    fn only_the_tasks_section_of_spec_md_holds_tasks() {
        let text = Text::new(
            "# X\n\n## Requirements\n- [ ] criterion\n\n## Tasks\n- [ ] task\n### More\n- [x] task\n\n## Notes\n- [ ] no\n",
        );
        let document = Document::parse(&text);
        assert_eq!(task_lines(DocumentKind::Spec, &text, &document), 5..10);
        assert_eq!(task_lines(DocumentKind::Tasks, &text, &document), 0..12);
    }
}
