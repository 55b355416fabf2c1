//! The matrix of criteria against tasks: what stands in a cell, and how well a criterion is
//! covered.
//!
//! Knows neither the screen nor the cursor.

use std::ops::Range;

use crate::markdown::State;
use crate::spec::Links;
use crate::spec::links::state_together;
use crate::spec::tasks::{ItemKind, Task, Tasks};

/// How well a criterion is covered, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cover {
    /// No task refers to it.
    Nothing,
    /// Only optional tasks do.
    OptionalOnly,
    /// Only tasks that name all requirements at once do.
    AllOnly,
    /// A required task names it.
    Named,
    /// No task refers to it, and none has to: it tells what a bug does.
    Unneeded,
}

impl Cover {
    /// Returns whether a reviewer has to act. Being covered by *All* is worth a word and no gap.
    pub fn is_gap(self) -> bool {
        matches!(self, Self::Nothing | Self::OptionalOnly)
    }
}

/// The tasks of a feature as columns, and what they cover.
#[derive(Clone, Debug)]
pub struct Matrix<'a> {
    links: &'a Links,
    items: &'a [Task],
    /// The items that are columns, in order: those at the top that are tasks or hold some.
    columns: Vec<usize>,
    /// For each item the one at the top above it, or itself.
    tops: Vec<usize>,
}

impl<'a> Matrix<'a> {
    /// Makes the matrix of what is linked.
    pub fn of(links: &'a Links, tasks: Option<&'a Tasks>) -> Self {
        let items = tasks.map_or(&[][..], |tasks| &tasks.items);
        let top = |index: usize| {
            tasks
                .and_then(|tasks| tasks.above(index).last())
                .unwrap_or(index)
        };
        let tops: Vec<usize> = (0..items.len()).map(top).collect();
        let of_tasks = items
            .iter()
            .zip(&tops)
            .filter(|(item, _)| item.kind == ItemKind::Task);
        let mut columns: Vec<usize> = of_tasks.map(|(_, top)| *top).collect();
        columns.sort_unstable();
        columns.dedup();
        Self {
            links,
            items,
            columns,
            tops,
        }
    }

    /// Returns the items that are columns.
    pub fn columns(&self) -> &[usize] {
        &self.columns
    }

    /// Returns the index of the column whose task stands on a line or is the last before it; the
    /// first where none is.
    pub fn column_at(&self, line: usize) -> usize {
        self.columns
            .partition_point(|item| self.items[*item].line <= line)
            .saturating_sub(1)
    }

    /// Returns the line of a column's task.
    pub fn line_of(&self, column: usize) -> Option<usize> {
        self.columns.get(column).map(|item| self.items[*item].line)
    }

    /// Returns how a column is named: by the number of its task, else by its line.
    pub fn label(&self, column: usize) -> String {
        let task = &self.items[self.columns[column]];
        task.number
            .clone()
            .unwrap_or_else(|| format!(":{}", task.line + 1))
    }

    /// Returns the items of a column that stand behind a criterion, in order.
    pub fn cell(&self, criterion: usize, column: usize) -> Vec<usize> {
        let Some(top) = self.columns.get(column) else {
            return Vec::new();
        };
        self.links
            .behind(criterion)
            .into_iter()
            .filter(|item| self.tops[*item] == *top)
            .collect()
    }

    /// Returns for each of some columns how far the tasks in the cell of a criterion are; none
    /// where there are none.
    pub fn states(&self, criterion: usize, columns: Range<usize>) -> Vec<Option<State>> {
        let behind = self.links.behind(criterion);
        let in_column = |top: &usize| {
            behind
                .iter()
                .copied()
                .filter(|item| self.tops[*item] == *top)
                .collect::<Vec<usize>>()
        };
        self.columns[columns]
            .iter()
            .map(|top| self.group_coverage(&in_column(top)))
            .collect()
    }

    /// Returns how far all tasks are that stand behind a criterion.
    pub fn state_of(&self, criterion: usize) -> Option<State> {
        self.group_coverage(&self.links.behind(criterion))
    }

    /// Says how well a criterion is covered.
    pub fn cover(&self, criterion: usize) -> Cover {
        let behind = self.links.behind(criterion);
        match () {
            () if behind.is_empty() && !self.links.needs_task(criterion) => Cover::Unneeded,
            () if behind.is_empty() => Cover::Nothing,
            () if self.links.needs_task(criterion)
                && behind.iter().all(|item| self.items[*item].optional) =>
            {
                Cover::OptionalOnly
            }
            () if self.links.is_by_all_only(criterion) => Cover::AllOnly,
            () => Cover::Named,
        }
    }

    /// Returns whether nothing is left to do or to say about a criterion: it is covered, and by
    /// tasks that are done.
    pub fn is_finished(&self, criterion: usize) -> bool {
        !self.cover(criterion).is_gap() && self.state_of(criterion) == Some(State::Done)
    }

    /// Returns the items of a column that name all requirements at once, and not the criterion
    /// itself.
    pub fn by_all(&self, criterion: usize, column: usize) -> Vec<usize> {
        let by_all = self
            .links
            .trace
            .criteria
            .get(criterion)
            .map_or(&[][..], |trace| &trace.by_all);
        let top = self.columns.get(column);
        by_all
            .iter()
            .map(|task| self.links.item(*task))
            .filter(|item| Some(&self.tops[*item]) == top)
            .collect()
    }

    fn group_coverage(&self, items: &[usize]) -> Option<State> {
        state_together(
            items
                .iter()
                .map(|item| (self.items[*item].state, self.items[*item].optional)),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{OpenFile, Pane};
    use crate::store::{DocumentFile, DocumentKind};
    use crate::text::Text;

    const WANTED: &str = "## Requirements\n### Requirement 1: A\n#### Acceptance Criteria\n1. THE S SHALL a\n2. THE S SHALL b\n\
                          ### Requirement 2: B\n#### Acceptance Criteria\n1. THE S SHALL c\n2. THE S SHALL d\n";

    fn open_file(pane: Pane, kind: DocumentKind, source: &str) -> OpenFile {
        OpenFile::of(
            pane,
            DocumentFile {
                kind,
                path: kind.file_name().into(),
            },
            Text::new(source),
            None,
        )
    }

    /// Draws the labels of the columns, then each criterion: how it is covered, the state of its
    /// cells, `.` for an empty one, `a` behind one where a task names All.
    fn drawn(tasks: &str) -> String {
        let wanted = open_file(Pane::Requirements, DocumentKind::Requirements, WANTED);
        let tasks = open_file(Pane::Tasks, DocumentKind::Tasks, tasks);
        let links = Links::of(Some(tasks.listed()), wanted.wanted.as_deref(), None);
        let matrix = Matrix::of(&links, Some(&tasks.tasks));
        let columns = 0..matrix.columns().len();
        let mut lines = vec![
            columns
                .clone()
                .map(|column| matrix.label(column))
                .collect::<Vec<_>>()
                .join(" "),
        ];
        for criterion in 0..4 {
            let states = matrix.states(criterion, columns.clone());
            let cell = |column: usize| {
                let all = if matrix.by_all(criterion, column).is_empty() {
                    ""
                } else {
                    "a"
                };
                let state =
                    states[column].map_or(".", |state| crate::markdown::marker_for(state).ascii);
                format!("{state}{all}")
            };
            let cells: Vec<String> = columns.clone().map(cell).collect();
            let finished = if matrix.is_finished(criterion) {
                "!"
            } else {
                ""
            };
            lines.push(format!(
                "{:?}{finished} {}",
                matrix.cover(criterion),
                cells.join(" ")
            ));
        }
        lines.join("\n")
    }

    #[test]
    fn a_cell_is_the_state_of_the_tasks_below_one_at_the_top_that_refer_to_the_criterion() {
        for (tasks, expected) in [
            ("", "\nNothing \nNothing \nNothing \nNothing "),
            (
                "- [x] 1. a\n  - [x] 1.1 b\n    - _Requirements: 1.1, 1.2_\n  - [ ] 1.2 c\n    - _Requirements: 1.2_\n- [~] 2. d\n  - _Requirements: 2_\n",
                "1 2\nNamed! x .\nNamed - .\nNamed . ~\nNamed . ~",
            ),
            (
                "- [ ] 1. a\n  - [ ]* 1.1 b\n    - _Requirements: 1.1_\n- [x] 7. c\n  - _Requirements: All_\n- [x] d\n  - _Requirements: 1.1_\n",
                "1 7 :6\nNamed! o .a x\nAllOnly! . xa .\nAllOnly! . xa .\nAllOnly! . xa .",
            ),
            (
                "- [ ] 1. a\n  - [x]* 1.1 b\n    - _Requirements: 1.1_\n    - [x] 1.1.1 c\n      - _Requirements: 1.2_\n## Success Criteria\n- [ ] fast\n",
                "1\nOptionalOnly x\nOptionalOnly x\nNothing .\nNothing .",
            ),
        ] {
            assert_eq!(drawn(tasks), expected, "{tasks}");
        }
    }

    #[test]
    fn a_line_belongs_to_the_column_before_it() {
        let tasks = open_file(
            Pane::Tasks,
            DocumentKind::Tasks,
            "# Plan\n- [ ] 1. a\n  - [ ] 1.1 b\n- [ ] 2. c\n",
        );
        let links = Links::of(Some(tasks.listed()), None, None);
        let matrix = Matrix::of(&links, Some(&tasks.tasks));
        assert_eq!(
            (0..6)
                .map(|line| matrix.column_at(line))
                .collect::<Vec<_>>(),
            [0, 0, 0, 1, 1, 1]
        );
        assert_eq!((matrix.line_of(1), matrix.line_of(2)), (Some(3), None));
        assert_eq!(Matrix::of(&links, None).column_at(7), 0);
    }
}
