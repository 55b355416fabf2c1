//! The rows of a pane: which lines of a document are on the screen, given what is folded.

mod asides;
mod files;
mod grouping;
mod kept;
mod needs;
mod rendered;
mod source;
mod waves;

pub use asides::{Aside, AsideKind, aside_words, asides};
pub(super) use files::rows as file_rows;
pub use grouping::{Basis, Group, GroupKey, Grouping};
pub use kept::KeptRows;

use std::collections::BTreeSet;
use std::iter::Peekable;
use std::ops::Range;
use std::sync::Arc;

use super::trace::row_of_cursor as row_of_trace_cursor;
use super::{Form, OpenFile, PaneState, Position, TraceSection, Turn};
use crate::markdown::State;
use crate::spec::tasks::{Phase, Task};

/// One row of a pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line of the document, from 0. A gap between items has the line of the row below.
    pub line: usize,
    /// What is on it.
    pub kind: RowKind,
}

/// What is on a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// Nothing.
    Gap,
    /// The phase with this index, and how many rows it hides.
    Phase(usize, usize),
    /// The heading of the group with this index, and how many tasks it hides.
    Wave(usize, usize),
    /// The item with this index, and how many items it hides.
    Task(usize, usize),
    /// A line of the details of the item with this index.
    Detail(usize),
    /// What belongs to no item, by its index.
    Aside(usize),
    /// A line that the aside with this index is opened to.
    AsideLine(usize),
    /// The first row of a heading, and how many places it hides.
    Heading(usize),
    /// The row with this index among those of a line of source.
    Source(usize),
    /// The same, where it goes on with what a row above began, or only parts others.
    Rest(usize),
    /// The heading of a group of files.
    Group,
    /// A file of a list; its line is its index there.
    File,
    /// The heading of a section of the trace, and how many rows it has.
    Title(TraceSection, usize),
    /// A row of the trace: its section; the index of the criterion, the item or the dangling
    /// reference; and which one of those on its line it is.
    Traced(TraceSection, usize, usize),
    /// In the place of phases that are hidden because nothing in them is open: how many.
    FinishedPhases(usize),
    /// The heading over what is no task, behind the last group of tasks.
    NotTasks,
    /// A word in the place of criteria that are all hidden.
    Unfound,
    /// The heading of the requirement with this index, in the trace.
    Requirement(usize),
}

impl Row {
    /// Returns whether the cursor can stand on the row.
    pub fn is_place(self) -> bool {
        !matches!(
            self.kind,
            RowKind::Gap
                | RowKind::Rest(_)
                | RowKind::Group
                | RowKind::Title(..)
                | RowKind::FinishedPhases(_)
                | RowKind::NotTasks
                | RowKind::Unfound
                | RowKind::Requirement(_)
        )
    }

    /// Returns whether the row goes on with what a row above began.
    pub fn is_part(self) -> bool {
        matches!(self.kind, RowKind::Rest(_)) || self.part() > 0
    }

    /// Returns the index of the row among those of its line; of the heading of a group of tasks,
    /// what tells it from its first task.
    pub fn part(self) -> usize {
        match self.kind {
            RowKind::Source(part) | RowKind::Rest(part) | RowKind::Traced(_, _, part) => part,
            RowKind::Wave(..) => HEADING,
            _ => 0,
        }
    }

    /// Returns by what the places among the rows of a pane are told apart: section, line, part. But
    /// for tasks by waves they are sorted by it.
    pub fn key(self) -> (TraceSection, usize, usize) {
        let section = if let RowKind::Traced(section, ..) = self.kind {
            section
        } else {
            TraceSection::default()
        };
        (section, self.line, self.part())
    }
}

/// The part of the heading of a group.
const HEADING: usize = 1;

/// Returns the rows of a pane that is `height` rows high, in the form in which it is shown. They are
/// made once for all that they depend on.
pub fn rows(open_file: &OpenFile, pane_state: &PaneState, height: usize) -> Arc<[Row]> {
    let make = || made_rows(open_file, pane_state, height);
    open_file.rows.get(open_file, pane_state, height, make)
}

fn made_rows(open_file: &OpenFile, pane_state: &PaneState, height: usize) -> Vec<Row> {
    match open_file.form(pane_state) {
        Form::Items if pane_state.turn() == Turn::Waves => waves::rows(open_file, pane_state),
        Form::Items => task_rows(open_file, pane_state),
        Form::Rendered(rendered) => rendered::rows(rendered, pane_state, height),
        Form::Source => source::rows(open_file, pane_state, height),
    }
}

/// Makes the first of the rows of an item a place, or all of them where there are more than
/// `height`.
fn open_places(rows: &mut [Row], height: usize) {
    let count = if rows.len() > height { rows.len() } else { 1 };
    for row in rows
        .iter_mut()
        .take(count)
        .filter(|row| matches!(row.kind, RowKind::Rest(_)))
    {
        row.kind = RowKind::Source(row.part());
    }
}

/// How many rows from the first one on the screen are looked at before all others.
const NEAR: usize = 512;

/// Finds the row on which the cursor stands. Where it was left, that is on the screen: so a key in a
/// document of many rows costs no look at all of them.
pub fn cursor_row(pane_state: &PaneState, rows: &[Row]) -> Option<usize> {
    let top = pane_state.top.min(rows.len());
    let end = rows.len().min(top + NEAR);
    let mut ranges = [top..end, 0..top, end..rows.len()].into_iter();
    ranges.find_map(|mut range| range.find(|index| pane_state.is_at(rows[*index])))
}

/// Finds the row on which the cursor is to stand: its own, else one that stands for it. None where
/// it can stand on none.
pub fn row_of_cursor(
    open_file: Option<&OpenFile>,
    pane_state: &PaneState,
    rows: &[Row],
) -> Option<usize> {
    if let Some(open_file) = open_file.filter(|open_file| open_file.is_by_waves(pane_state)) {
        return waves::row_of_cursor(open_file, pane_state, rows);
    }
    if let Some(own) = cursor_row(pane_state, rows) {
        return Some(own);
    }
    if pane_state.trace().is_some() {
        return row_of_trace_cursor(pane_state, rows);
    }
    let places = || rows.iter().enumerate().filter(|(_, row)| row.is_place());
    let before = places()
        .take_while(|(_, row)| row.key() <= pane_state.key())
        .last();
    before.or_else(|| places().next()).map(|(index, _)| index)
}

/// Returns whether others changed what stands on the row with the index `at`, up to the next item.
/// A folded row stands for what it hides.
pub fn is_unread(open_file: &OpenFile, pane_state: &PaneState, rows: &[Row], at: usize) -> bool {
    holds_one(open_file, pane_state, rows, at, &pane_state.unread)
}

/// Lines of a document.
pub trait Lines {
    /// Returns whether one of them is in a range.
    fn has_one_in(&self, range: Range<usize>) -> bool;
}

impl Lines for BTreeSet<Position> {
    fn has_one_in(&self, range: Range<usize>) -> bool {
        self.range::<usize, _>(range).next().is_some()
    }
}

/// In order.
impl Lines for Vec<usize> {
    fn has_one_in(&self, range: Range<usize>) -> bool {
        let at = self.partition_point(|line| *line < range.start);
        self.get(at).is_some_and(|line| *line < range.end)
    }
}

/// Returns whether one of some `lines` stands on the row with the index `at`, up to the next item.
/// A folded row stands for what it hides.
pub fn holds_one(
    open_file: &OpenFile,
    pane_state: &PaneState,
    rows: &[Row],
    at: usize,
    lines: &impl Lines,
) -> bool {
    let row = rows[at];
    if !lines.has_one_in(0..usize::MAX)
        || row.kind == RowKind::Gap
        || row.part() > 0 && !matches!(row.kind, RowKind::Wave(..))
    {
        return false;
    }
    if open_file.is_by_waves(pane_state) {
        return waves::lines_of(open_file, pane_state, row)
            .iter()
            .any(|line| lines.has_one_in(*line..line + 1));
    }
    let next = rows[at + 1..]
        .iter()
        .map(|row| row.line)
        .find(|line| *line > row.line)
        .unwrap_or(usize::MAX);
    lines.has_one_in(row.line..next)
}

/// Returns the items on the rows from the one of the line `anchor` to the one of the cursor.
pub(super) fn items_between(pane_state: &PaneState, rows: &[Row], anchor: usize) -> Vec<usize> {
    let Some(cursor) = cursor_row(pane_state, rows) else {
        return Vec::new();
    };
    let own = rows
        .iter()
        .position(|row| row.line == anchor && matches!(row.kind, RowKind::Task(..)));
    let empty_at = |row: usize| row..row;
    let from = match own {
        Some(row) => row..row + 1,
        // Hidden by now: among rows in the order of the file it is known where it would stand.
        None if pane_state.turn() == Turn::Tree => {
            empty_at(rows.partition_point(|row| row.line < anchor))
        }
        None => empty_at(cursor),
    };
    let inside = &rows[from.start.min(cursor)..from.end.max(cursor + 1)];
    inside
        .iter()
        .filter_map(|row| {
            if let RowKind::Task(index, _) = row.kind {
                Some(index)
            } else {
                None
            }
        })
        .collect()
}

fn task_rows(open_file: &OpenFile, pane_state: &PaneState) -> Vec<Row> {
    let mut phases = shown_phases(open_file);
    let items = &open_file.tasks.items;
    let finished = hidden(items, pane_state);
    let count = phases.len();
    phases.retain(|phase| finished[open_file.tasks.below(*phase)].contains(&false));
    let is_filtered = pane_state.narrowed.is_some();
    let finished_phases = if is_filtered { 0 } else { count - phases.len() };
    let mut list = List {
        open_file,
        pane_state,
        rows: Vec::new(),
        hidden: vec![false; items.len()],
        finished,
    };
    let mut phases = phases.into_iter().peekable();
    let asides = if is_filtered {
        0
    } else {
        open_file.asides().len()
    };
    let mut asides = (0..asides).peekable();
    let mut folded_phase = None;
    for (index, item) in open_file.tasks.items.iter().enumerate() {
        folded_phase = list.take_headings(&mut phases, &mut asides, item.line, folded_phase);
        list.take_item(index, item, folded_phase);
    }
    list.take_headings(&mut phases, &mut asides, usize::MAX, folded_phase);
    if finished_phases > 0 {
        let line = open_file.lines.end.saturating_sub(1);
        let gap = (!list.rows.is_empty()).then_some(RowKind::Gap);
        let kinds = gap
            .into_iter()
            .chain([RowKind::FinishedPhases(finished_phases)]);
        list.rows.extend(kinds.map(|kind| Row { line, kind }));
    }
    list.rows
}

/// Returns the headings that are drawn, where there are several: those with items right below them,
/// and those with several such headings below, but for one that all of them stand below.
pub fn shown_phases(open_file: &OpenFile) -> Vec<usize> {
    let tasks = &open_file.tasks;
    let phases = &tasks.phases;
    let with_items = |phase: &Phase| phase.items > 0 && open_file.lines.contains(&phase.line);
    let own: Vec<usize> = (0..phases.len())
        .filter(|index| with_items(&phases[*index]))
        .collect();
    if own.len() < 2 {
        return Vec::new();
    }
    let is_shown = |phase: &usize| {
        if own.binary_search(phase).is_ok() {
            return true;
        }
        let end = tasks.end_of_phase(*phase);
        let before = |line: usize| own.partition_point(|own| phases[*own].line < line);
        let below = before(end) - before(phases[*phase].line);
        below > 1 && below < own.len() && open_file.lines.contains(&phases[*phase].line)
    };
    (0..phases.len()).filter(is_shown).collect()
}

/// Says of each item whether it is not to be shown: done with all below it where that is hidden, or
/// not let through by a filter.
fn hidden(items: &[Task], pane_state: &PaneState) -> Vec<bool> {
    let mut hidden = if pane_state.hides_finished {
        finished(items)
    } else {
        vec![false; items.len()]
    };
    for (hidden, item) in hidden.iter_mut().zip(items) {
        *hidden |= pane_state.is_filtered_out(item.line);
    }
    hidden
}

/// Says of each item whether it is done with all below it.
fn finished(items: &[Task]) -> Vec<bool> {
    let mut finished: Vec<bool> = items.iter().map(|item| item.state == State::Done).collect();
    for (index, item) in items.iter().enumerate().rev() {
        if let Some(parent) = item.parent
            && !finished[index]
        {
            finished[parent] = false;
        }
    }
    finished
}

/// Returns the rows of an item's details, where they are open.
fn details<'a>(
    open_file: &'a OpenFile,
    pane_state: &PaneState,
    index: usize,
) -> impl Iterator<Item = Row> + 'a {
    let (text, item) = (&open_file.text, &open_file.tasks.items[index]);
    let lines = if pane_state.is_opened(item.line) {
        item.title_end..item.details.end
    } else {
        0..0
    };
    let filled = lines.filter(|line| {
        !text
            .slice(text.lines()[*line].content)
            .trim_ascii()
            .is_empty()
    });
    filled.map(move |line| Row {
        line,
        kind: RowKind::Detail(index),
    })
}

/// The rows so far.
struct List<'a> {
    open_file: &'a OpenFile,
    pane_state: &'a PaneState,
    rows: Vec<Row>,
    hidden: Vec<bool>,
    /// Whether an item is not to be shown.
    finished: Vec<bool>,
}

impl List<'_> {
    /// Adds phases and asides above a line. Gives the row of the phase that is folded there.
    fn take_headings(
        &mut self,
        phases: &mut Peekable<impl Iterator<Item = usize>>,
        asides: &mut Peekable<impl Iterator<Item = usize>>,
        line: usize,
        mut folded: Option<usize>,
    ) -> Option<usize> {
        let open_file = self.open_file;
        let line_of_phase = |phase: usize| open_file.tasks.phases[phase].line;
        let line_of_aside = |aside: usize| open_file.asides()[aside].line;
        loop {
            let next = phases
                .peek()
                .map_or(line, |phase| line_of_phase(*phase).min(line));
            if let Some(aside) = asides.next_if(|aside| line_of_aside(*aside) < next) {
                folded = self.take_aside(aside, folded);
            } else if let Some(phase) = phases.next_if(|phase| line_of_phase(*phase) < line) {
                folded = self.take_phase(phase, folded);
            } else {
                return folded;
            }
        }
    }

    /// Adds a phase. Gives its row when it is folded.
    fn take_phase(&mut self, index: usize, folded: Option<usize>) -> Option<usize> {
        let phase = &self.open_file.tasks.phases[index];
        if let Some(row) = folded.filter(|row| self.phase_level(*row) < phase.level) {
            return Some(row);
        }
        if !self.rows.is_empty() {
            self.rows.push(Row {
                line: phase.line,
                kind: RowKind::Gap,
            });
        }
        self.rows.push(Row {
            line: phase.line,
            kind: RowKind::Phase(index, 0),
        });
        self.pane_state
            .is_folded(phase.line)
            .then_some(self.rows.len() - 1)
    }

    fn phase_level(&self, row: usize) -> u8 {
        if let RowKind::Phase(index, _) = self.rows[row].kind {
            self.open_file.tasks.phases[index].level
        } else {
            0
        }
    }

    fn take_item(&mut self, index: usize, item: &Task, folded_phase: Option<usize>) {
        if let Some(row) = folded_phase {
            self.hidden[index] = true;
            return self.count_hidden(row);
        }
        if self.finished[index] {
            self.hidden[index] = true;
            return;
        }
        let parent_hides = item
            .parent
            .is_some_and(|parent| self.hidden[parent] || self.is_folded(parent));
        if parent_hides {
            self.hidden[index] = true;
            if let Some(row) = self.visible_ancestor(item) {
                self.count_hidden(row);
            }
            return;
        }
        self.rows.push(Row {
            line: item.line,
            kind: RowKind::Task(index, 0),
        });
        self.rows
            .extend(details(self.open_file, self.pane_state, index));
    }

    fn is_folded(&self, index: usize) -> bool {
        self.pane_state
            .is_folded(self.open_file.tasks.items[index].line)
    }

    /// Finds the row of the nearest ancestor that is on the screen.
    fn visible_ancestor(&self, item: &Task) -> Option<usize> {
        let mut ancestor = item.parent;
        while let Some(index) = ancestor {
            if !self.hidden[index] {
                return self
                    .rows
                    .iter()
                    .rposition(|row| matches!(row.kind, RowKind::Task(of, _) if of == index));
            }
            ancestor = self.open_file.tasks.items[index].parent;
        }
        None
    }

    fn count_hidden(&mut self, row: usize) {
        if let RowKind::Phase(_, hides) | RowKind::Task(_, hides) = &mut self.rows[row].kind {
            *hides += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Own, Pane, Position, TasksState};
    use crate::store::DocumentKind;

    fn open_file(source: &str) -> OpenFile {
        OpenFile::of_source(Pane::Tasks, DocumentKind::Tasks, source)
    }

    /// Draws rows of text as one word each: `h` a heading, `s` a place, `r` no place, with the
    /// line, the part, and what it hides.
    pub(super) fn drawn_rows(rows: &[Row]) -> String {
        let draw = |row: &Row| match row.kind {
            RowKind::Heading(hides) => format!("h{}+{hides}", row.line),
            RowKind::Source(part) => format!("s{}.{part}", row.line),
            RowKind::Rest(part) => format!("r{}.{part}", row.line),
            RowKind::Gap => "-".to_owned(),
            _ => "?".to_owned(),
        };
        rows.iter().map(draw).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn phases_with_nothing_open_are_one_row_where_what_is_finished_is_hidden() {
        let source = "# Plan\n## One\n- [x] 1. a\n## Two\n### Half\n- [x] 2. b\n### Other\n- [ ] 3. c\n## Three\n- [x] 4. d\n";
        let open_file = open_file(source);
        let titles: Vec<&str> = shown_phases(&open_file)
            .into_iter()
            .map(|phase| open_file.tasks.phases[phase].title.as_str())
            .collect();
        assert_eq!(titles, ["One", "Two", "Half", "Other", "Three"]);
        let pane_state = PaneState {
            hides_finished: true,
            ..PaneState::default()
        };
        let kinds: Vec<RowKind> = rows(&open_file, &pane_state, 40)
            .iter()
            .map(|row| row.kind)
            .collect();
        let expected = [
            RowKind::Phase(2, 0),
            RowKind::Gap,
            RowKind::Phase(4, 0),
            RowKind::Task(2, 0),
            RowKind::Gap,
            RowKind::FinishedPhases(3),
        ];
        assert_eq!(kinds, expected);
    }

    /// Draws rows as one word each: `p` a phase, `t` a task, `d` a detail, with the line and what
    /// it hides.
    fn drawn(source: &str, folded: &[usize], opened: &[usize]) -> String {
        let lines = |lines: &[usize]| lines.iter().copied().map(Position::at).collect();
        let pane_state = PaneState {
            folded: lines(folded),
            own: Own::Tasks(TasksState {
                opened: lines(opened),
                ..TasksState::default()
            }),
            ..PaneState::default()
        };
        let draw = |row: &Row| match row.kind {
            RowKind::Gap => "-".to_owned(),
            RowKind::Phase(_, hides) => format!("p{}+{hides}", row.line),
            RowKind::Task(_, hides) => format!("t{}+{hides}", row.line),
            RowKind::Detail(_) => format!("d{}", row.line),
            RowKind::Aside(_) => format!("a{}", row.line),
            RowKind::AsideLine(_) => format!("l{}", row.line),
            _ => "?".to_owned(),
        };
        rows(&open_file(source), &pane_state, 20)
            .iter()
            .map(draw)
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn the_cursor_is_found_on_the_screen_and_far_from_it() {
        let open_file = open_file(&"- [ ] a\n".repeat(3 * NEAR));
        let mut pane_state = PaneState::default();
        let rows = rows(&open_file, &pane_state, 20);
        for top in [0, NEAR, 2 * NEAR + 9, 4 * NEAR] {
            for line in [0, NEAR - 1, NEAR, 3 * NEAR - 1] {
                pane_state.go_to(line);
                pane_state.top = top;
                assert_eq!(cursor_row(&pane_state, &rows), Some(line), "{top}");
            }
        }
        pane_state.go_to(3 * NEAR);
        assert_eq!(cursor_row(&pane_state, &rows), None);
        assert_eq!(
            row_of_cursor(Some(&open_file), &pane_state, &rows),
            Some(3 * NEAR - 1)
        );
    }

    #[test]
    fn lines_are_looked_up_by_ranges() {
        let positions: BTreeSet<Position> = [3, 7].map(Position::at).into();
        for (range, expected) in [
            (0..3, false),
            (3..4, true),
            (4..7, false),
            (4..8, true),
            (8..9, false),
        ] {
            assert_eq!(vec![3, 7].has_one_in(range.clone()), expected, "{range:?}");
            assert_eq!(positions.has_one_in(range.clone()), expected, "{range:?}");
        }
    }

    const PLAN: &str = "# Plan\n## A\n- [ ] 1. a\n  - [ ] 1.1 b\n    - detail\n\n    - more\n    - [ ] 1.1.1 c\n## B\n- [ ] 2. d\n";

    #[test]
    fn what_is_folded_is_counted_where_it_is_hidden() {
        for (folded, opened, expected) in [
            (&[][..], &[][..], "p1+0 t2+0 t3+0 t7+0 - p8+0 t9+0"),
            (&[2], &[], "p1+0 t2+2 - p8+0 t9+0"),
            (&[3], &[3], "p1+0 t2+0 t3+1 d4 d6 - p8+0 t9+0"),
            (&[1], &[], "p1+3 - p8+0 t9+0"),
            (&[2, 3], &[], "p1+0 t2+2 - p8+0 t9+0"),
        ] {
            assert_eq!(
                drawn(PLAN, folded, opened),
                expected,
                "{folded:?} {opened:?}"
            );
        }
    }

    #[test]
    fn a_single_heading_over_all_tasks_is_not_drawn() {
        assert_eq!(
            drawn("# Plan\n\n## Tasks\n- [ ] a\n\n## Notes\ntext\n", &[], &[]),
            "t3+0 - a5"
        );
    }
}
