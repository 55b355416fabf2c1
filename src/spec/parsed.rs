//! One document as it was read: the file, its text and blocks, and what each of its parts says.
//!
//! Board and command line read documents in this form alone. What a document does not hold for its
//! kind is missing; of a single-file spec each part is its own section. The parts are shared, so
//! that several panes can show one document that was parsed once.

use std::ops::Range;
use std::sync::Arc;

use super::criteria_document::CriteriaDocument;
use super::design::Design;
use super::feature::{Listed, faults_of};
use super::links::{Beside, Wanted};
use super::progress::Progress;
use super::single::Single;
use super::tasks::Tasks;
use crate::markdown::{Document, Fault};
use crate::store::{DocumentFile, DocumentKind, Failure, Version, is_markdown, read};
use crate::text::Text;

/// One document, read, cut into blocks and understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The file.
    pub file: DocumentFile,
    /// The text it held.
    pub text: Text,
    /// The version of the file; none where the text was not read from it.
    pub version: Option<Version>,
    /// The text cut into blocks.
    pub document: Arc<Document>,
    /// The criteria; none in a document that is for something else.
    pub wanted: Option<Arc<Wanted>>,
    /// The design; none in a document that is for something else.
    pub design: Option<Arc<Design>>,
    /// The items; none in a document that is for something else.
    pub tasks: Arc<Tasks>,
    /// The sections of a single-file spec.
    sections: Option<Single>,
}

impl Parsed {
    /// Reads a file.
    pub fn read(file: &DocumentFile) -> Result<Self, Failure> {
        let (text, version) = read(&file.path)?;
        Ok(Self::of(file.clone(), text, Some(version)))
    }

    /// Parses a text as what `file` is for.
    pub fn of(file: DocumentFile, text: Text, version: Option<Version>) -> Self {
        let document = if file.kind == DocumentKind::Other && !is_markdown(&file.path) {
            Document::plain(&text)
        } else {
            Document::parse(&text)
        };
        let is_single = file.kind == DocumentKind::Spec;
        let mut parsed = Self {
            sections: is_single.then(|| Single::parse(&text, &document)),
            document: Arc::new(document),
            wanted: None,
            design: None,
            tasks: Arc::default(),
            file,
            text,
            version,
        };
        parsed.wanted = parsed.read_wanted().map(Arc::new);
        parsed.design = parsed.read_design().map(Arc::new);
        parsed.tasks = Arc::new(parsed.read_tasks());
        parsed
    }

    /// Returns the lines that are this `part` of a feature: the whole, or the section of a single
    /// file. None where the single file has no such section.
    pub fn lines_of(&self, part: DocumentKind) -> Option<Range<usize>> {
        let all = 0..self.text.lines().len();
        let Some(sections) = &self.sections else {
            return Some(all);
        };
        match part {
            DocumentKind::Requirements => sections.requirements.clone(),
            DocumentKind::Design => sections.design.clone(),
            DocumentKind::Tasks => sections.tasks.clone(),
            DocumentKind::Spec => Some(all),
            DocumentKind::Bugfix | DocumentKind::Other => None,
        }
    }

    /// Returns the sections of a single-file spec; none of another document.
    pub fn sections(&self) -> Option<&Single> {
        self.sections.as_ref()
    }

    /// Returns the items with what they were read from.
    pub fn listed(&self) -> Listed<'_> {
        Listed {
            text: &self.text,
            document: &self.document,
            tasks: &self.tasks,
        }
    }

    /// Returns what is wrong inside a task file, by line; nothing of its waves.
    pub fn faults(&self) -> Vec<Fault> {
        faults_of(self.listed())
    }

    /// Counts progress.
    pub fn progress(&self) -> Progress {
        Progress::of(&self.tasks)
    }

    /// Returns the document as one that stands beside others with criteria.
    pub fn as_beside(&self) -> Option<Arc<Beside>> {
        Some(Arc::new(Beside {
            file: self.file.clone(),
            text: self.text.clone(),
            criteria_document: self.wanted.as_ref()?.criteria_document.clone(),
        }))
    }

    /// Returns the document with the criteria of another one beside its own.
    #[must_use]
    pub fn with_beside(mut self, beside: Option<&Arc<Beside>>) -> Self {
        if let (Some(wanted), Some(beside)) = (&self.wanted, beside) {
            self.wanted = Some(Arc::new(wanted.joined(&self.text, beside)));
        }
        self
    }

    fn read_wanted(&self) -> Option<Wanted> {
        use DocumentKind::{Bugfix, Requirements, Spec};
        let kind = self.file.kind;
        let lines = self.lines_of(Requirements).unwrap_or(0..0);
        matches!(kind, Requirements | Bugfix | Spec).then(|| {
            let criteria_document = CriteriaDocument::read(kind, &self.text, &self.document, lines);
            Wanted::of(&self.text, criteria_document)
        })
    }

    fn read_design(&self) -> Option<Design> {
        let lines = self.lines_of(DocumentKind::Design).unwrap_or(0..0);
        matches!(self.file.kind, DocumentKind::Design | DocumentKind::Spec)
            .then(|| Design::parse_lines(&self.text, &self.document, lines))
    }

    fn read_tasks(&self) -> Tasks {
        let lines = self.lines_of(DocumentKind::Tasks).unwrap_or(0..0);
        let holds_tasks = matches!(self.file.kind, DocumentKind::Tasks | DocumentKind::Spec);
        let lines = if holds_tasks { lines } else { 0..0 };
        Tasks::parse_lines(&self.text, &self.document, lines)
    }
}

#[cfg(test)]
impl Parsed {
    /// Reads a text as the document of a kind.
    pub(crate) fn of_source(kind: DocumentKind, source: &str) -> Self {
        let file = DocumentFile {
            kind,
            path: kind.file_name().into(),
        };
        Self::of(file, Text::new(source), None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_single_file_are_its_sections() {
        let source = "# X\n## Requirements\n- a\n## Tasks\n- [ ] b\n";
        let single = Parsed::of_source(DocumentKind::Spec, source);
        let parts = DocumentKind::ALL.map(|part| single.lines_of(part));
        assert_eq!(parts, [Some(1..3), None, None, Some(3..5), Some(0..5)]);
        let design = Parsed::of_source(DocumentKind::Design, source);
        assert_eq!(design.lines_of(DocumentKind::Design), Some(0..5));
    }

    #[test]
    fn a_document_holds_what_its_kind_is_for() {
        let source =
            "## Requirements\n- THE S SHALL a\n## Design\n### Property 1: P\n## Tasks\n- [ ] b\n";
        for (kind, expected) in [
            (DocumentKind::Requirements, (true, false, 0)),
            (DocumentKind::Bugfix, (true, false, 0)),
            (DocumentKind::Design, (false, true, 0)),
            (DocumentKind::Tasks, (false, false, 1)),
            (DocumentKind::Spec, (true, true, 1)),
        ] {
            let parsed = Parsed::of_source(kind, source);
            assert_eq!(
                (
                    parsed.wanted.is_some(),
                    parsed.design.is_some(),
                    parsed.tasks.items.len()
                ),
                expected,
                "{kind:?}"
            );
        }
    }
}
