//! The trace of the open feature, as a list or as a matrix: its sections, what the cursor and what
//! is chosen beside it mean together.
//!
//! Answers questions. What follows from the documents alone is made once for each version of them;
//! going and marking is for the commands.

mod cache;
mod grid;
mod list;
mod matrix;
mod rows;

pub use cache::TraceCache;
pub use grid::{Grid, Needs, WORDS_FROM};
pub use list::{ListGrid, entry_lines, shown_lines};
pub use matrix::{Columns, Cover, Matrix};
pub(super) use rows::row_of_cursor;

use std::path::PathBuf;

use ratatui::layout::Rect;

use super::{
    Focus, Layout, Model, OpenFile, OpenFiles, Pane, PaneState, Row, RowKind, Subject, View,
    one_line,
};
use crate::spec::{Dangling, Origin};
use crate::text::{Span, width};

/// How the trace shows the criteria.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TraceForm {
    /// One row a criterion with the tasks that cover it, gaps first.
    #[default]
    List,
    /// Criteria against tasks.
    Matrix,
}

/// The longest words of a criterion that are shown, in bytes.
const LONGEST_WORDS: usize = 4000;

/// A section of the trace, in the order of the screen. Rows of panes without sections are all in
/// the first.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum TraceSection {
    /// The criteria that no required task covers, in the list. Lines are those of their document.
    Gaps,
    /// The criteria; in the list those that are covered. Lines are those of their document.
    #[default]
    Criteria,
    /// Tasks without references. Lines are those of the task list, as in the next.
    Unreferenced,
    /// What tasks name that is not there.
    Dangling,
    /// What properties name that is not there. Lines are those of the design.
    Misdesigned,
}

impl TraceSection {
    /// The sections below the criteria.
    pub const BELOW: [Self; 3] = [Self::Unreferenced, Self::Dangling, Self::Misdesigned];

    /// Returns the pane of the document in whose lines the section counts.
    pub fn pane(self) -> Pane {
        match self {
            Self::Gaps | Self::Criteria => Pane::Requirements,
            Self::Unreferenced | Self::Dangling => Pane::Tasks,
            Self::Misdesigned => Pane::Design,
        }
    }

    /// Returns the words of its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Gaps => "Gaps",
            Self::Criteria => "Criteria",
            Self::Unreferenced => "Tasks without references",
            Self::Dangling => "Tasks with dangling references",
            Self::Misdesigned => "Properties with dangling references",
        }
    }
}

/// The row of which the line below the trace speaks, and what is chosen beside it. It follows the
/// cursor when the keys rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    feature: PathBuf,
    /// The row.
    pub row: Row,
    /// The index of the chosen column of the matrix.
    pub column: usize,
    /// The chosen task of the list; none where no task covers the criterion.
    pub task: Option<usize>,
}

/// Returns the rows above the trace, for the numbers of its columns and where there is no room
/// beside them for its figures, and the one below it.
pub(super) fn around_trace(body: Rect) -> (u16, u16) {
    let above = match body.height {
        0..3 => 0,
        3..8 => 1,
        _ if body.width >= WORDS_FROM => 1,
        _ => 2,
    };
    (above, u16::from(body.height >= 10 && body.width >= 50))
}

impl Model {
    /// Returns whether the keys act on the trace.
    pub fn is_on_trace(&self) -> bool {
        self.view == View::Main && self.focus == Focus::Content && self.pane == Pane::Trace
    }

    /// Returns whether there is a trace: every document of the feature was read, and there are
    /// criteria.
    pub fn has_trace(&self) -> bool {
        let Some(feature) = self.shown_feature() else {
            return false;
        };
        let is_read =
            |pane: Pane| pane.file(feature).is_none() || self.open_files.result(pane).is_some();
        let has_tasks = !matches!(self.open_files.result(Pane::Tasks), Some(Err(_)));
        OpenFiles::LINKED.into_iter().all(is_read)
            && has_tasks
            && !self.open_files.links.trace.criteria.is_empty()
    }

    /// Returns the matrix of the open feature.
    pub fn matrix(&self) -> Matrix<'_> {
        Matrix::of(&self.open_files.links, self.open_files.of(Pane::Tasks))
    }

    /// Returns the columns of the matrix that are shown: those that cover a criterion on the screen,
    /// and the chosen one.
    pub fn matrix_columns(&self) -> Vec<usize> {
        let matrix = self.matrix();
        let top = self.pane_state_of(Pane::Trace).map_or(0, |state| state.top);
        let height = self.layout().of_pane(Pane::Trace).body.height;
        let rows = self.rows_of(Pane::Trace);
        let seen = rows.iter().skip(top).take(usize::from(height));
        let mut columns = matrix.columns_of(seen.filter_map(|row| row.criterion()));
        if !matrix.columns().is_empty() {
            columns.insert(self.chosen_column());
        }
        columns.into_iter().collect()
    }

    /// Returns how some columns of the matrix stand in its pane.
    pub fn grid(&self, matrix: &Matrix<'_>, columns: &[usize], layout: &Layout) -> Grid {
        let known = self.trace_needs();
        let needs = Needs {
            id: known.id,
            labels: columns
                .iter()
                .map(|column| width(&matrix.label(*column)))
                .collect(),
            properties: known.properties,
        };
        Grid::of(&needs, layout.body.width, usize::from(layout.margin()) + 2)
    }

    /// Returns the numbers of the properties that validate a criterion.
    pub fn names_of_properties(&self, criterion: usize) -> Vec<String> {
        let properties = self.design().map_or(&[][..], |design| &design.properties);
        let number = |property: usize| {
            Some(
                properties
                    .get(property)?
                    .number
                    .trim_start_matches(['P', 'p'])
                    .to_owned(),
            )
        };
        self.open_files
            .links
            .properties_of(criterion)
            .filter_map(number)
            .collect()
    }

    /// Returns the words of a criterion on one line, all but those of an endless one.
    pub fn words_of_criterion(&self, criterion: usize) -> String {
        if let Some(group) = self.open_files.links.bare_group(criterion) {
            return self.words_of_group(group);
        }
        let placed = self.criterion(criterion);
        let text = placed.as_ref().and_then(|placed| self.text_around(placed));
        let (Some(placed), Some(text)) = (placed, text) else {
            return String::new();
        };
        let says = placed.found;
        let end = says.text.end.min(says.text.start + LONGEST_WORDS);
        let words = text.lossy(Span::new(says.text.start, end));
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Returns the title of a requirement on one line; its heading where it has none.
    fn words_of_group(&self, group: usize) -> String {
        let placed = self.group(group);
        let text = placed.as_ref().and_then(|placed| self.text_around(placed));
        let title = placed
            .zip(text)
            .map(|(placed, text)| one_line(text, placed.found.title));
        let title = title.filter(|title| !title.is_empty());
        title.unwrap_or_else(|| self.heading_of_group(group))
    }

    /// Returns what stands in the place of a criterion of the trace: a requirement that has none,
    /// else the criterion.
    pub fn traced(&self, criterion: usize) -> Subject {
        let bare = self.open_files.links.bare_group(criterion);
        bare.map_or(Subject::Criterion(criterion), Subject::Group)
    }

    /// Returns the id of a criterion of the trace, or of a requirement in the place of one.
    pub fn traced_id(&self, criterion: usize) -> Option<&str> {
        match self.traced(criterion) {
            Subject::Group(group) => self.group(group)?.found.id,
            _ => Some(&self.criterion(criterion)?.found.id),
        }
    }

    /// Returns the heading of a requirement, or of a section of a bug report, as written.
    pub fn heading_of_group(&self, group: usize) -> String {
        let placed = self.group(group);
        let text = placed.as_ref().and_then(|placed| self.text_around(placed));
        let (Some(placed), Some(text)) = (placed, text) else {
            return String::new();
        };
        let words = one_line(text, text.lines()[placed.found.line].content);
        words.trim_start_matches('#').trim().to_owned()
    }

    /// Returns the requirement of each criterion, or its section of a bug report.
    fn groups_of_criteria(&self) -> Vec<Option<usize>> {
        let links = &self.open_files.links;
        let mut groups = vec![None; links.trace.criteria.len()];
        for group in 0..self.group_count() {
            for criterion in links.criteria_of(group) {
                groups[*criterion] = Some(group);
            }
        }
        groups
    }

    /// Counts the criteria of a requirement that a required task covers, and those that need one.
    pub fn covered_in_group(&self, group: usize) -> (usize, usize) {
        let criteria = self.open_files.links.criteria_of(group);
        self.covered_among(criteria.iter().copied())
    }

    /// Counts among some criteria those that a required task covers, and those that need one.
    pub fn covered_among(&self, criteria: impl Iterator<Item = usize>) -> (usize, usize) {
        let matrix = self.matrix();
        let needed = criteria.filter(|criterion| self.open_files.links.needs_task(*criterion));
        needed.fold((0, 0), |(covered, total), criterion| {
            let is_covered = !matrix.cover(criterion).is_gap();
            (covered + usize::from(is_covered), total + 1)
        })
    }

    /// Returns a reference to what is not there, by its index.
    pub fn dangling(&self, index: usize) -> Option<&Dangling> {
        self.open_files.links.trace.dangling.get(index)
    }

    /// Returns what a row of the trace is about.
    pub fn subject_of_trace(&self, row: Row) -> Option<Subject> {
        let RowKind::Traced(section, index, _) = row.kind else {
            return None;
        };
        Some(match section {
            TraceSection::Gaps | TraceSection::Criteria => self.traced(index),
            TraceSection::Unreferenced => Subject::Task(index),
            TraceSection::Dangling | TraceSection::Misdesigned => {
                match self.dangling(index)?.from {
                    Origin::Task(task) => Subject::Task(self.open_files.links.item(task)),
                    Origin::Property(property) => Subject::Property(property),
                }
            }
        })
    }

    /// Returns the task that a mark in the trace is for. None where the chosen cell stands for
    /// several: no key marks more than one of them.
    pub fn traced_task(&self) -> Option<usize> {
        match self.tasks_at_cursor()[..] {
            [item] => Some(item),
            _ => None,
        }
    }

    /// Returns the tasks under the cursor of the trace: the chosen one of the row, or those in the
    /// chosen cell.
    pub fn tasks_at_cursor(&self) -> Vec<usize> {
        if !self.is_on_trace() {
            return Vec::new();
        }
        let Some(row) = self.row_at_cursor() else {
            return Vec::new();
        };
        if let Some(criterion) = row.criterion() {
            return match self.trace_form() {
                TraceForm::List => self.chosen_task(row).into_iter().collect(),
                TraceForm::Matrix => self.matrix().cell(criterion, self.chosen_column()),
            };
        }
        match self.subject_of_trace(row) {
            Some(Subject::Task(item)) => vec![item],
            _ => Vec::new(),
        }
    }

    /// Returns whether the trace stands as a list or as a matrix.
    pub fn trace_form(&self) -> TraceForm {
        self.pane_state_of(Pane::Trace)
            .map_or_else(TraceForm::default, PaneState::trace_form)
    }

    /// Returns the task that is chosen among those that cover the criterion of a row.
    pub fn chosen_task(&self, row: Row) -> Option<usize> {
        let items: Vec<usize> = self.open_files.links.behind(row.criterion()?).collect();
        let at = self.chosen_of(&items, self.pane_state_of(Pane::Trace)?)?;
        items.get(at).copied()
    }

    /// Returns which of some tasks is chosen, by its index among them: the first, until another
    /// was.
    pub fn chosen_of(&self, items: &[usize], pane_state: &PaneState) -> Option<usize> {
        let tasks = &self.open_files.of(Pane::Tasks)?.tasks.items;
        let line = pane_state.column();
        let chosen = items.iter().position(|item| tasks[*item].line == line);
        (!items.is_empty()).then(|| chosen.unwrap_or(0))
    }

    /// Returns the index of the chosen column.
    pub fn chosen_column(&self) -> usize {
        self.matrix()
            .column_at(self.pane_state_of(Pane::Trace).map_or(0, PaneState::column))
    }

    /// Returns the open file in whose lines the cursor of the chosen pane counts.
    pub fn document_at_cursor(&self) -> Option<&OpenFile> {
        let lines_of = self.pane.row().lines_of;
        self.open_files
            .of(lines_of(self.pane_state()?).unwrap_or(self.pane))
    }

    /// Notes what the cursor of the trace is on, for the line below it.
    pub fn note(&mut self) {
        self.noted = self.cell_at_cursor();
    }

    /// Returns whether what was noted is a row of the open trace.
    pub fn is_noted(&self) -> bool {
        let is_here = |noted: &Noted| self.open_files.feature.as_ref() == Some(&noted.feature);
        self.noted
            .as_ref()
            .is_some_and(|noted| is_here(noted) && self.rows_of(Pane::Trace).contains(&noted.row))
    }

    fn cell_at_cursor(&self) -> Option<Noted> {
        if self.pane != Pane::Trace {
            return None;
        }
        let row = self.row_at_cursor()?;
        Some(Noted {
            feature: self.open_files.feature.clone()?,
            row,
            column: self.chosen_column(),
            task: self.chosen_task(row),
        })
    }
}

impl Row {
    /// Returns the criterion that a row of the trace begins.
    pub fn criterion(self) -> Option<usize> {
        match self.kind {
            RowKind::Traced(TraceSection::Gaps | TraceSection::Criteria, criterion, _) => {
                Some(criterion)
            }
            _ => None,
        }
    }

    /// Returns the row of the trace as it stands in another section.
    fn in_section(self, section: TraceSection) -> Self {
        match self.kind {
            RowKind::Traced(_, index, part) => Self {
                kind: RowKind::Traced(section, index, part),
                ..self
            },
            _ => self,
        }
    }
}
