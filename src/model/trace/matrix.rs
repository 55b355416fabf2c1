//! The matrix of criteria against tasks: what stands in a cell, and how well a criterion is
//! covered.
//!
//! Knows neither the screen nor the cursor.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::markdown::State;
use crate::model::OpenFile;
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

/// The items of a task list that are columns of the matrix, and which item is below which.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// Those at the top that are tasks or hold some, in order.
    items: Vec<usize>,
    /// For each of them, the last item below it, or itself.
    last: Vec<usize>,
    /// For each item the one at the top above it, or itself.
    tops: Vec<usize>,
}

/// The columns where there is no task list.
static NO_COLUMNS: Columns = Columns {
    items: Vec::new(),
    last: Vec::new(),
    tops: Vec::new(),
};

impl Columns {
    /// Finds the columns of a task list.
    pub fn of(tasks: &Tasks) -> Self {
        let mut tops: Vec<usize> = Vec::with_capacity(tasks.items.len());
        for (index, item) in tasks.items.iter().enumerate() {
            // A parent stands before its children.
            tops.push(item.parent.map_or(index, |parent| tops[parent]));
        }
        let of_tasks = tasks.items.iter().zip(&tops);
        let mut items: Vec<usize> = of_tasks
            .filter(|(item, _)| item.kind == ItemKind::Task)
            .map(|(_, top)| *top)
            .collect();
        items.sort_unstable();
        items.dedup();
        let mut last = items.clone();
        for (index, top) in tops.iter().enumerate() {
            if let Ok(column) = items.binary_search(top) {
                last[column] = index;
            }
        }
        Self { items, last, tops }
    }

    /// Returns the items from the first to the last of some columns. Others may stand between them.
    fn span(&self, columns: &Range<usize>) -> Range<usize> {
        let first = self.items.get(columns.start).copied().unwrap_or(0);
        let last = self.last.get(columns.clone()).unwrap_or_default();
        first..last.iter().max().map_or(first, |last| last + 1)
    }

    /// Returns the column that an item stands in.
    fn column_of(&self, item: usize) -> Option<usize> {
        self.items.binary_search(&self.tops[item]).ok()
    }
}

/// The tasks of a feature as columns, and what they cover.
#[derive(Clone, Debug)]
pub struct Matrix<'a> {
    links: &'a Links,
    items: &'a [Task],
    columns: &'a Columns,
}

impl<'a> Matrix<'a> {
    /// Makes the matrix of what is linked.
    pub fn of(links: &'a Links, tasks: Option<&'a OpenFile>) -> Self {
        Self {
            links,
            items: tasks.map_or(&[], |open_file| &open_file.tasks.items),
            columns: tasks.map_or(&NO_COLUMNS, OpenFile::columns),
        }
    }

    /// Returns the items that are columns.
    pub fn columns(&self) -> &[usize] {
        &self.columns.items
    }

    /// Returns the index of the column whose task stands on a line or is the last before it; the
    /// first where none is.
    pub fn column_at(&self, line: usize) -> usize {
        self.columns
            .items
            .partition_point(|item| self.items[*item].line <= line)
            .saturating_sub(1)
    }

    /// Returns the line of a column's task.
    pub fn line_of(&self, column: usize) -> Option<usize> {
        self.columns
            .items
            .get(column)
            .map(|item| self.items[*item].line)
    }

    /// Returns how a column is named: by the number of its task, else by its line; nothing where
    /// there is no such column, as in a spec without tasks.
    pub fn label(&self, column: usize) -> String {
        let item = self.columns.items.get(column);
        let Some(task) = item.and_then(|item| self.items.get(*item)) else {
            return String::new();
        };
        task.number
            .clone()
            .unwrap_or_else(|| format!(":{}", task.line + 1))
    }

    /// Returns the columns that cover one of some criteria, in order.
    pub fn columns_of(&self, criteria: impl Iterator<Item = usize>) -> BTreeSet<usize> {
        let behind = self.links.behind_any(criteria);
        behind
            .into_iter()
            .filter_map(|item| self.columns.column_of(item))
            .collect()
    }

    /// Returns the items of a column that stand behind a criterion, in order.
    pub fn cell(&self, criterion: usize, column: usize) -> Vec<usize> {
        let found = self.behind_in(criterion, column..column + 1);
        found.map(|(_, item)| item).collect()
    }

    /// Returns the items behind a criterion in some columns, each with its column.
    fn behind_in(
        &self,
        criterion: usize,
        columns: Range<usize>,
    ) -> impl Iterator<Item = (usize, usize)> + '_ {
        let items = self.columns.span(&columns);
        let placed = self
            .links
            .behind_within(criterion, items)
            .filter_map(|item| Some((self.columns.column_of(item)?, item)));
        placed.filter(move |(column, _)| columns.contains(column))
    }

    /// Returns for each of some columns, in order, how far the tasks in the cell of a criterion are; none
    /// where there are none.
    pub fn states(&self, criterion: usize, columns: &[usize]) -> Vec<Option<State>> {
        let (Some(first), Some(last)) = (columns.first(), columns.last()) else {
            return Vec::new();
        };
        let mut found: Vec<Vec<usize>> = vec![Vec::new(); columns.len()];
        for (column, item) in self.behind_in(criterion, *first..last + 1) {
            if let Ok(at) = columns.binary_search(&column) {
                found[at].push(item);
            }
        }
        let together = |items: &Vec<usize>| {
            let items = items.iter().map(|item| &self.items[*item]);
            state_together(items.map(|item| (item.state, item.optional)))
        };
        found.iter().map(together).collect()
    }

    /// Returns how far all tasks are that stand behind a criterion.
    pub fn state_of(&self, criterion: usize) -> Option<State> {
        self.links.cover_state(criterion).state
    }

    /// Says how well a criterion is covered.
    pub fn cover(&self, criterion: usize) -> Cover {
        let (is_alone, is_needed) = (
            self.links.count_behind(criterion) == 0,
            self.links.needs_task(criterion),
        );
        if is_alone {
            return if is_needed {
                Cover::Nothing
            } else {
                Cover::Unneeded
            };
        }
        if is_needed && self.links.cover_state(criterion).is_optional {
            Cover::OptionalOnly
        } else if self.links.is_by_all_only(criterion) {
            Cover::AllOnly
        } else {
            Cover::Named
        }
    }

    /// Returns the items of a column that name all requirements at once, and not the criterion
    /// itself.
    pub fn by_all(&self, criterion: usize, column: usize) -> Vec<usize> {
        let trace = self.links.trace.criteria.get(criterion);
        let by_all = trace.into_iter().flat_map(|trace| trace.tasks.by_all());
        let top = self.columns.items.get(column);
        by_all
            .map(|task| self.links.item(task))
            .filter(|item| Some(&self.columns.tops[*item]) == top)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Pane;
    use crate::store::DocumentKind;

    const WANTED: &str = "## Requirements\n### Requirement 1: A\n#### Acceptance Criteria\n1. THE S SHALL a\n2. THE S SHALL b\n\
                          ### Requirement 2: B\n#### Acceptance Criteria\n1. THE S SHALL c\n2. THE S SHALL d\n";

    /// Draws the labels of the columns, then each criterion: how it is covered, the state of its
    /// cells, `.` for an empty one, `a` behind one where a task names All.
    fn drawn(tasks: &str) -> String {
        let wanted = OpenFile::of_source(Pane::Requirements, DocumentKind::Requirements, WANTED);
        let tasks = OpenFile::of_source(Pane::Tasks, DocumentKind::Tasks, tasks);
        let links = Links::of(Some(tasks.listed()), wanted.wanted.as_deref(), None);
        let matrix = Matrix::of(&links, Some(&tasks));
        let columns: Vec<usize> = (0..matrix.columns().len()).collect();
        let mut lines = vec![
            columns
                .iter()
                .map(|column| matrix.label(*column))
                .collect::<Vec<_>>()
                .join(" "),
        ];
        for criterion in 0..4 {
            let states = matrix.states(criterion, &columns);
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
            let cells: Vec<String> = columns.iter().copied().map(cell).collect();
            lines.push(format!("{:?} {}", matrix.cover(criterion), cells.join(" ")));
        }
        lines.join("\n")
    }

    #[test]
    fn a_cell_is_the_state_of_the_tasks_below_one_at_the_top_that_refer_to_the_criterion() {
        for (tasks, expected) in [
            ("", "\nNothing \nNothing \nNothing \nNothing "),
            (
                "- [x] 1. a\n  - [x] 1.1 b\n    - _Requirements: 1.1, 1.2_\n  - [ ] 1.2 c\n    - _Requirements: 1.2_\n- [~] 2. d\n  - _Requirements: 2_\n",
                "1 2\nNamed x .\nNamed - .\nNamed . ~\nNamed . ~",
            ),
            (
                "- [ ] 1. a\n  - [ ]* 1.1 b\n    - _Requirements: 1.1_\n- [x] 7. c\n  - _Requirements: All_\n- [x] d\n  - _Requirements: 1.1_\n",
                "1 7 :6\nNamed o .a x\nAllOnly . xa .\nAllOnly . xa .\nAllOnly . xa .",
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
        let tasks = OpenFile::of_source(
            Pane::Tasks,
            DocumentKind::Tasks,
            "# Plan\n- [ ] 1. a\n  - [ ] 1.1 b\n- [ ] 2. c\n",
        );
        let links = Links::of(Some(tasks.listed()), None, None);
        let matrix = Matrix::of(&links, Some(&tasks));
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
