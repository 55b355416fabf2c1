//! The rows of the trace: gaps first and then by requirement, or all criteria in the order of their
//! document; below them what stands alone.
//!
//! They are kept until a document or the arrangement changes; the one under the cursor is opened in
//! a copy.

use std::collections::HashMap;
use std::sync::Arc;

use super::list::{entry_lines, shown_lines};
use super::{ListGrid, TraceForm, TraceSection};
use crate::model::{Model, PaneState, Row, RowKind, Subject};
use crate::spec::Origin;
use crate::text::{clean, width, wrap};

/// How wide what is shown of the criteria is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct TraceNeeds {
    /// The widest id.
    pub id: usize,
    /// The longest list of tasks, as far as it matters.
    pub tasks: usize,
    /// The longest list of properties.
    pub properties: usize,
}

/// Finds the row on which the cursor of a trace is to stand: its own; the same criterion where the
/// other arrangement has it, or where it went when a task began or ceased to cover it; else the one
/// before.
pub(crate) fn row_of_cursor(pane_state: &PaneState, rows: &[Row]) -> Option<usize> {
    let (section, line, part) = pane_state.key();
    let sibling = match section {
        TraceSection::Gaps => TraceSection::Criteria,
        TraceSection::Criteria => TraceSection::Gaps,
        section => section,
    };
    let at = |section: TraceSection| {
        rows.iter()
            .position(|row| row.is_place() && row.key() == (section, line, part))
    };
    let places = || rows.iter().enumerate().filter(|(_, row)| row.is_place());
    let before = || {
        places()
            .take_while(|(_, row)| row.key() <= pane_state.key())
            .last()
    };
    at(section)
        .or_else(|| at(sibling))
        .or_else(|| Some(before().or_else(|| places().next())?.0))
}

impl Model {
    /// Returns the rows of the trace at a place.
    pub(in crate::model) fn trace_rows(&self, pane_state: &PaneState) -> Arc<[Row]> {
        if !self.has_trace() {
            return Arc::default();
        }
        let kept = &self.open_files.trace_cache;
        let (form, hides_covered) = (pane_state.trace_form(), pane_state.hides_finished);
        let plain = kept.plain((form, hides_covered), || {
            let mut rows = match form {
                TraceForm::List => self.rows_by_requirement(hides_covered),
                TraceForm::Matrix => self.rows_in_order(hides_covered),
            };
            self.add_sections(&mut rows);
            rows
        });
        if form == TraceForm::Matrix {
            return plain;
        }
        let at = row_of_cursor(pane_state, &plain);
        let criterion = at.and_then(|at| plain[at].criterion());
        let (Some(at), Some(criterion)) = (at, criterion) else {
            return plain;
        };
        match self.rows_of_criterion(criterion, pane_state) {
            0..=1 => plain,
            rows => kept.opened(plain, at, rows - 1),
        }
    }

    /// Counts the rows that a criterion takes in full; never more than there are on the screen.
    fn rows_of_criterion(&self, criterion: usize, pane_state: &PaneState) -> usize {
        let layout = self.layout().of_pane(crate::model::Pane::Trace);
        let grid = self.list_grid(&layout);
        let words = self.words_of_criterion(criterion);
        let words = wrap(&clean(&words), grid.words).len();
        let items: Vec<usize> = self.open_files.links.behind(criterion).collect();
        let chosen = self.chosen_of(&items, pane_state).unwrap_or(0);
        let lines = entry_lines(&self.widths_of_tasks(&items), grid.tasks);
        let tasks = shown_lines(&lines, chosen).len();
        words.max(tasks).min(usize::from(layout.body.height))
    }

    /// Returns how wide tasks are with the glyphs of their states.
    pub fn widths_of_tasks(&self, items: &[usize]) -> Vec<usize> {
        items
            .iter()
            .map(|item| 1 + width(&clean(&self.name_of_item(*item))))
            .collect()
    }

    /// Returns how the columns of the trace as a list stand in its pane.
    pub fn list_grid(&self, layout: &crate::model::Layout) -> ListGrid {
        let needs = self.trace_needs();
        ListGrid::of(
            needs.id,
            needs.tasks,
            layout.body.width,
            usize::from(layout.margin()) + 2,
        )
    }

    /// Returns how wide what is shown of the criteria is.
    pub(super) fn trace_needs(&self) -> &TraceNeeds {
        self.open_files.trace_cache.needs(|| {
            let count = self.open_files.links.trace.criteria.len();
            let widest = |of: &dyn Fn(usize) -> usize| (0..count).map(of).max();
            let id = |criterion| self.traced_id(criterion).map_or(0, width);
            TraceNeeds {
                id: widest(&id).unwrap_or(0),
                tasks: widest(&|criterion| self.width_of_tasks(criterion)).unwrap_or(0),
                properties: widest(&|criterion| {
                    width(&self.names_of_properties(criterion).join(" "))
                })
                .unwrap_or(0),
            }
        })
    }

    /// Returns how many columns the tasks of a criterion take, as far as a pane may have them.
    fn width_of_tasks(&self, criterion: usize) -> usize {
        let items = self.open_files.links.behind(criterion).take(MOST_TASKS);
        let items: Vec<usize> = items.collect();
        let widths = self.widths_of_tasks(&items);
        widths
            .iter()
            .map(|width| width + 1)
            .sum::<usize>()
            .saturating_sub(1)
    }

    /// Makes the rows of the list: gaps first, then by requirement what is covered.
    fn rows_by_requirement(&self, hides_covered: bool) -> Vec<Row> {
        let matrix = self.matrix();
        let is_gap = |row: &Row| {
            let criterion = row.criterion();
            criterion.is_some_and(|at| matrix.cover(at).is_gap())
        };
        let (gaps, covered): (Vec<Row>, Vec<Row>) =
            self.criterion_rows().into_iter().partition(is_gap);
        let mut rows = Vec::with_capacity(gaps.len() + covered.len() + 1);
        if let Some(first) = gaps.first() {
            rows.push(Row {
                line: first.line,
                kind: RowKind::Title(TraceSection::Gaps, gaps.len()),
            });
        } else if hides_covered {
            rows.push(UNFOUND);
        }
        rows.extend(
            gaps.into_iter()
                .map(|row| row.in_section(TraceSection::Gaps)),
        );
        if hides_covered {
            return rows;
        }
        let groups = self.groups_of_criteria();
        let mut group = None;
        for row in covered {
            let own = row.criterion().and_then(|criterion| groups[criterion]);
            if own != group {
                group = own;
                rows.extend(own.map(|own| Row {
                    line: row.line,
                    kind: RowKind::Requirement(own),
                }));
            }
            rows.push(row);
        }
        rows
    }

    /// Makes the rows of the matrix: the criteria in the order of their document.
    fn rows_in_order(&self, hides_covered: bool) -> Vec<Row> {
        let matrix = self.matrix();
        let mut rows = self.criterion_rows();
        if hides_covered {
            rows.retain(|row| row.criterion().is_some_and(|at| matrix.cover(at).is_gap()));
        }
        if rows.is_empty() {
            rows.push(UNFOUND);
        }
        rows
    }

    fn criterion_rows(&self) -> Vec<Row> {
        // The lines of a document beside the requirements go on behind theirs.
        let own = self.open_files.of(crate::model::Pane::Requirements);
        let own = own.map_or(0, |open_file| open_file.text.lines().len());
        let count = self.open_files.links.trace.criteria.len();
        let lines = (0..count).filter_map(|index| {
            let (is_beside, line) = self.place_of_traced(index)?;
            Some((if is_beside { own } else { 0 } + line, index))
        });
        numbered(TraceSection::Criteria, lines.collect())
    }

    /// Returns whether a criterion of the trace stands in the document beside the requirements, and
    /// its line there.
    fn place_of_traced(&self, criterion: usize) -> Option<(bool, usize)> {
        if let Subject::Group(group) = self.traced(criterion) {
            let placed = self.group(group)?;
            return Some((placed.beside.is_some(), placed.found.line));
        }
        let placed = self.criterion(criterion)?;
        Some((placed.beside.is_some(), placed.found.line))
    }

    /// Adds the sections below the criteria, each with its title.
    fn add_sections(&self, rows: &mut Vec<Row>) {
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
            TraceSection::Gaps | TraceSection::Criteria => Vec::new(),
            TraceSection::Unreferenced => links
                .unreferenced()
                .map(|item| (open_file.tasks.items[item].line, item))
                .collect(),
            TraceSection::Dangling => dangling(|from| matches!(from, Origin::Task(_))),
            TraceSection::Misdesigned => dangling(|from| matches!(from, Origin::Property(_))),
        }
    }
}

/// How many tasks are measured: more than any pane has room for on one row.
const MOST_TASKS: usize = 100;

/// The row in the place of criteria that are all hidden.
const UNFOUND: Row = Row {
    line: 0,
    kind: RowKind::Unfound,
};

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
