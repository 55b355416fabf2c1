//! The documents of the chosen feature, one sheet for each pane.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::PathBuf;

use crate::markdown::Document;
use crate::spec::feature::{Feature, task_lines};
use crate::spec::tasks::Tasks;
use crate::store::{DocumentFile, DocumentKind, Failure, Version, read};
use crate::text::Text;

/// A pane of the main view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pane {
    /// requirements.md or bugfix.md.
    Requirements,
    /// design.md.
    Design,
    /// tasks.md.
    #[default]
    Tasks,
}

impl Pane {
    /// All panes, in the order of their keys.
    pub const ALL: [Self; 3] = [Self::Requirements, Self::Design, Self::Tasks];

    /// Gives the word on the tab.
    pub fn title(self) -> &'static str {
        match self {
            Self::Requirements => "Requirements",
            Self::Design => "Design",
            Self::Tasks => "Tasks",
        }
    }

    /// Gives the file of a feature that the pane shows.
    pub fn file(self, feature: &Feature) -> Option<&DocumentFile> {
        let own = match self {
            Self::Requirements => feature.file(DocumentKind::Requirements).or_else(|| feature.file(DocumentKind::Bugfix)),
            Self::Design => feature.file(DocumentKind::Design),
            Self::Tasks => feature.file(DocumentKind::Tasks),
        };
        own.or_else(|| feature.task_file().filter(|file| file.kind == DocumentKind::Spec))
    }
}

/// One document as a pane shows it, from one version of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The file.
    pub file: DocumentFile,
    /// The text.
    pub text: Text,
    /// The version of the file; none where the text is what the board itself just wrote.
    pub version: Option<Version>,
    /// The text cut into blocks.
    pub document: Document,
    /// The lines that the pane shows.
    pub lines: Range<usize>,
    /// The items of a Tasks pane; none in others.
    pub tasks: Tasks,
}

impl Sheet {
    /// Reads the sheet of a pane.
    pub fn read(pane: Pane, file: &DocumentFile) -> Result<Self, Failure> {
        let (text, version) = read(&file.path)?;
        Ok(Self::of(pane, file.clone(), text, Some(version)))
    }

    /// Makes the sheet of a text that was read from `file`.
    pub fn of(pane: Pane, file: DocumentFile, text: Text, version: Option<Version>) -> Self {
        let document = Document::parse(&text);
        let is_tasks = pane == Pane::Tasks;
        let lines = if is_tasks { task_lines(file.kind, &text, &document) } else { 0..text.lines().len() };
        let tasks = if is_tasks { Tasks::parse_lines(&text, &document, lines.clone()) } else { Tasks::default() };
        Self { file, text, version, document, lines, tasks }
    }
}

impl Sheet {
    /// Gives the lines of the items that hold one of `lines`: tasks with their details, headings and list items with what follows them.
    pub fn items_at(&self, lines: &[usize]) -> BTreeSet<usize> {
        lines.iter().filter(|line| self.lines.contains(line)).filter_map(|line| self.item_at(*line)).collect()
    }

    /// Gives the lines of the tasks above the item on `line`, the nearest first.
    pub fn ancestors(&self, line: usize) -> Vec<usize> {
        let items = &self.tasks.items;
        let parent = |index: &usize| items[*index].parent;
        let first = self.tasks.at_line(line).as_ref().and_then(parent);
        std::iter::successors(first, parent).map(|index| items[index].line).collect()
    }

    fn item_at(&self, line: usize) -> Option<usize> {
        if self.tasks.items.is_empty() {
            return self.document.block_at(line).map(|block| self.document.blocks[block].first_line);
        }
        let at = self.tasks.items.partition_point(|item| item.line <= line);
        let item = &self.tasks.items[at.checked_sub(1)?];
        (line < item.details.end.max(item.title_end)).then_some(item.line)
    }
}

/// The sheets of one feature. A pane without a file has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheets {
    /// The folder of the feature; none before the first is chosen.
    pub feature: Option<PathBuf>,
    /// The sheets by pane, or why one could not be read.
    pub sheets: Vec<(Pane, Result<Sheet, Failure>)>,
}

impl Sheets {
    /// Reads the sheets of `panes`.
    pub fn read(feature: &Feature, panes: &[Pane]) -> Self {
        let sheets = panes.iter().filter_map(|pane| Some((*pane, Sheet::read(*pane, pane.file(feature)?)))).collect();
        Self { feature: Some(feature.folder.path.clone()), sheets }
    }

    /// Gives the sheet of a pane, if it could be read.
    pub fn of(&self, pane: Pane) -> Option<&Sheet> {
        self.result(pane)?.as_ref().ok()
    }

    /// Gives the sheet of a pane, or why it could not be read.
    pub fn result(&self, pane: Pane) -> Option<&Result<Sheet, Failure>> {
        self.sheets.iter().find(|(of, _)| *of == pane).map(|(_, sheet)| sheet)
    }
}
