//! The trace of the open feature: its sections and their rows, what the cursor and the chosen
//! column mean together.
//!
//! Answers questions. What follows from the documents alone is made once for each version of them;
//! going and marking is for the commands.

mod cache;
mod grid;
mod matrix;

pub use cache::TraceCache;
pub use grid::{Grid, Needs, WORDS_FROM};
pub use matrix::{Columns, Cover, Matrix};

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use ratatui::layout::Rect;

use super::{Focus, Layout, Model, OpenFile, Pane, PaneState, Row, RowKind, Subject, View};
use crate::spec::{Dangling, Origin};
use crate::text::width;

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
    /// The criteria. Lines are those of their document.
    #[default]
    Criteria,
    /// Tasks that name nothing. Lines are those of the task list, as in the next.
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
            Self::Criteria => Pane::Requirements,
            Self::Unreferenced | Self::Dangling => Pane::Tasks,
            Self::Misdesigned => Pane::Design,
        }
    }

    /// Returns the words of its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Criteria => "Criteria",
            Self::Unreferenced => "Tasks that name nothing",
            Self::Dangling => "Tasks that name what is not there",
            Self::Misdesigned => "Properties that name what is not there",
        }
    }
}

/// The row and the column of which the line below the trace speaks. It follows the cursor when the
/// keys rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    feature: PathBuf,
    /// The row.
    pub row: Row,
    /// The index of the column.
    pub column: usize,
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
        Pane::DOCUMENTS.into_iter().all(is_read)
            && has_tasks
            && !self.open_files.links.trace.criteria.is_empty()
    }

    /// Returns the matrix of the open feature.
    pub fn matrix(&self) -> Matrix<'_> {
        Matrix::of(&self.open_files.links, self.open_files.of(Pane::Tasks))
    }

    /// Returns how the columns of the trace stand in its pane.
    pub fn grid(&self, matrix: &Matrix<'_>, layout: &Layout) -> Grid {
        let needs = self.open_files.trace_cache.needs(|| self.needs(matrix));
        Grid::of(needs, layout.body.width, usize::from(layout.margin()) + 2)
    }

    fn needs(&self, matrix: &Matrix<'_>) -> Needs {
        let criteria = self.criteria();
        let names = |criterion: usize| width(&self.names_of_properties(criterion).join(" "));
        let ids = criteria.iter().map(|criterion| width(&criterion.id));
        let columns = 0..matrix.columns().len();
        Needs {
            id: ids.max().unwrap_or(0),
            labels: columns.map(|column| width(&matrix.label(column))).collect(),
            properties: (0..criteria.len()).map(names).max().unwrap_or(0),
        }
    }

    /// Returns the numbers of the properties that validate a criterion.
    pub fn names_of_properties(&self, criterion: usize) -> Vec<String> {
        let properties = self.design().map_or(&[][..], |design| &design.properties);
        let number = |property: &usize| {
            Some(
                properties
                    .get(*property)?
                    .number
                    .trim_start_matches(['P', 'p'])
                    .to_owned(),
            )
        };
        self.open_files
            .links
            .properties_of(criterion)
            .iter()
            .filter_map(number)
            .collect()
    }

    /// Returns the rows of the trace at a place. They are made once for all that they depend on.
    pub(super) fn trace_rows(&self, pane_state: &PaneState) -> Arc<[Row]> {
        if !self.has_trace() {
            return Arc::default();
        }
        let shown = (pane_state.shows_gaps(), pane_state.hides_finished);
        let make = || self.made_trace_rows(pane_state);
        self.open_files.trace_cache.rows(shown, make)
    }

    fn made_trace_rows(&self, pane_state: &PaneState) -> Vec<Row> {
        let mut rows = self.criterion_rows(pane_state);
        if rows.is_empty() {
            rows.push(Row {
                line: 0,
                kind: RowKind::Unfound,
            });
        }
        for section in TraceSection::BELOW {
            let below = numbered(section, self.lines_below(section));
            if let Some(first) = below.first() {
                rows.push(Row {
                    line: first.line,
                    kind: RowKind::Gap,
                });
                rows.push(Row {
                    line: first.line,
                    kind: RowKind::Title(section, below.len()),
                });
            }
            rows.extend(below);
        }
        rows
    }

    fn criterion_rows(&self, pane_state: &PaneState) -> Vec<Row> {
        let Some(criteria_document) = self.criteria_document() else {
            return Vec::new();
        };
        let matrix = self.matrix();
        let is_shown = |criterion: &usize| {
            let is_wanted = !pane_state.shows_gaps() || matrix.cover(*criterion).is_gap();
            is_wanted && !(pane_state.hides_finished && matrix.is_finished(*criterion))
        };
        let criteria = criteria_document.criteria();
        let shown = (0..criteria.len()).filter(is_shown);
        let lines = shown.map(|criterion| (criteria[criterion].line, criterion));
        numbered(TraceSection::Criteria, lines.collect())
    }

    /// Returns line and index of what stands in a section below the criteria.
    fn lines_below(&self, section: TraceSection) -> Vec<(usize, usize)> {
        let Some(open_file) = self.open_files.of(section.pane()) else {
            return Vec::new();
        };
        let links = &self.open_files.links;
        let dangling = |is_wanted: fn(Origin) -> bool| {
            let all = links
                .trace
                .dangling
                .iter()
                .enumerate()
                .filter(move |(_, dangling)| is_wanted(dangling.from));
            all.map(|(index, dangling)| (open_file.text.line_at(dangling.span.start), index))
                .collect()
        };
        match section {
            TraceSection::Criteria => Vec::new(),
            TraceSection::Unreferenced => links
                .unreferenced()
                .map(|item| (open_file.tasks.items[item].line, item))
                .collect(),
            TraceSection::Dangling => dangling(|from| matches!(from, Origin::Task(_))),
            TraceSection::Misdesigned => dangling(|from| matches!(from, Origin::Property(_))),
        }
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
            TraceSection::Criteria => Subject::Criterion(index),
            TraceSection::Unreferenced => Subject::Task(index),
            TraceSection::Dangling | TraceSection::Misdesigned => {
                match self.dangling(index)?.from {
                    Origin::Task(task) => Subject::Task(self.open_files.links.item(task)),
                    Origin::Property(property) => Subject::Property(property),
                }
            }
        })
    }

    /// Returns the tasks that a mark in the trace is for: those in the chosen cell, or the one of
    /// the row.
    pub fn traced_tasks(&self) -> Vec<usize> {
        let Some(row) = self.row_at_cursor().filter(|_| self.is_on_trace()) else {
            return Vec::new();
        };
        match self.subject_of_trace(row) {
            Some(Subject::Criterion(criterion)) => {
                self.matrix().cell(criterion, self.chosen_column())
            }
            Some(Subject::Task(item)) => vec![item],
            _ => Vec::new(),
        }
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
        let row = self.row_at_cursor().filter(|_| self.pane == Pane::Trace)?;
        Some(Noted {
            feature: self.open_files.feature.clone()?,
            row,
            column: self.chosen_column(),
        })
    }
}

/// Makes rows of lines and indexes, in the order of the lines, those of one line with numbers of
/// their own.
fn numbered(section: TraceSection, mut lines: Vec<(usize, usize)>) -> Vec<Row> {
    lines.sort_by_key(|(line, _)| *line);
    let mut seen: HashMap<usize, usize> = HashMap::new();
    let row = |(line, index): (usize, usize)| {
        let part = seen.entry(line).and_modify(|part| *part += 1).or_default();
        Row {
            line,
            kind: RowKind::Traced(section, index, *part),
        }
    };
    lines.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_one_line_have_numbers_of_their_own() {
        let rows = numbered(TraceSection::Dangling, vec![(7, 0), (3, 1), (7, 2)]);
        let keys: Vec<_> = rows.iter().map(|row| row.key()).collect();
        assert_eq!(
            keys,
            [
                (TraceSection::Dangling, 3, 0),
                (TraceSection::Dangling, 7, 0),
                (TraceSection::Dangling, 7, 1)
            ]
        );
    }
}
