//! One document of a feature as it was read: the file, its text and its blocks.

use std::ops::Range;

use super::single::Single;
use crate::markdown::Document;
use crate::store::{DocumentFile, DocumentKind, Failure, read};
use crate::text::Text;

/// One document, read and cut into blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// The file.
    pub file: DocumentFile,
    /// The text it held.
    pub text: Text,
    /// The text cut into blocks.
    pub document: Document,
}

impl Paper {
    /// Reads a file.
    pub fn read(file: &DocumentFile) -> Result<Self, Failure> {
        let (text, _) = read(&file.path)?;
        Ok(Self::of(file.clone(), text))
    }

    /// Makes the paper of a text that was read from `file`.
    pub fn of(file: DocumentFile, text: Text) -> Self {
        let document = Document::parse(&text);
        Self {
            file,
            text,
            document,
        }
    }

    /// Returns the lines that are this `part` of a feature: the whole, or the section of a single
    /// file. None where the single file has no such section.
    pub fn lines_of(&self, part: DocumentKind) -> Option<Range<usize>> {
        if self.file.kind != DocumentKind::Spec {
            return Some(0..self.text.lines().len());
        }
        let sections = Single::parse(&self.text, &self.document);
        match part {
            DocumentKind::Requirements => sections.requirements,
            DocumentKind::Design => sections.design,
            DocumentKind::Tasks => sections.tasks,
            DocumentKind::Spec => Some(0..self.text.lines().len()),
            DocumentKind::Bugfix | DocumentKind::Other => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_single_file_are_its_sections() {
        let paper = |kind| {
            Paper::of(
                DocumentFile {
                    kind,
                    path: "x.md".into(),
                },
                Text::new("# X\n## Requirements\n- a\n## Tasks\n- [ ] b\n"),
            )
        };
        let single = paper(DocumentKind::Spec);
        let parts = DocumentKind::ALL.map(|part| single.lines_of(part));
        assert_eq!(parts, [Some(1..3), None, None, Some(3..5), Some(0..5)]);
        assert_eq!(
            paper(DocumentKind::Design).lines_of(DocumentKind::Design),
            Some(0..5)
        );
    }
}
