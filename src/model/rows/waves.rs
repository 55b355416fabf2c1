//! The rows of a task list by waves: a heading for each group with its tasks below it, and the
//! questions that only their order can answer.
//!
//! A heading has the line of the first task of its group, so that it follows a change of the file,
//! and is told from that task by its part.

use super::asides::aside_rows;
use super::grouping::{Group, Grouping};
use super::{Row, RowKind, cursor_row, details, hidden};
use crate::model::{OpenFile, PaneState};
use crate::spec::tasks::ItemKind;

/// Returns the rows.
pub(super) fn rows(open_file: &OpenFile, pane_state: &PaneState) -> Vec<Row> {
    let items = &open_file.tasks.items;
    let mut list = List {
        open_file,
        pane_state,
        grouping: open_file.grouping(),
        finished: hidden(items, pane_state),
        hidden_by: vec![None; items.len()],
        rows: Vec::new(),
    };
    for (index, group) in open_file.grouping().groups.iter().enumerate() {
        list.take_group(index, group);
    }
    list.take_rest();
    list.rows
}

/// The rows so far.
struct List<'a> {
    open_file: &'a OpenFile,
    pane_state: &'a PaneState,
    grouping: &'a Grouping,
    /// Whether an item is not to be shown.
    finished: Vec<bool>,
    /// For each item, the row of the folded task that hides it.
    hidden_by: Vec<Option<usize>>,
    rows: Vec<Row>,
}

impl List<'_> {
    fn take_group(&mut self, index: usize, group: &Group) {
        let shown: Vec<usize> = group
            .items
            .iter()
            .copied()
            .filter(|item| !self.finished[*item])
            .collect();
        if shown.is_empty() {
            return;
        }
        let line = self.open_file.tasks.items[group.items[0]].line;
        // Folded headings that follow each other stand together.
        if self
            .rows
            .last()
            .is_some_and(|row| !matches!(row.kind, RowKind::Wave(..)))
        {
            self.rows.push(Row {
                line,
                kind: RowKind::Gap,
            });
        }
        let is_folded = self.pane_state.is_group_folded(&group.key);
        self.rows.push(Row {
            line,
            kind: RowKind::Wave(index, if is_folded { shown.len() } else { 0 }),
        });
        if !is_folded {
            shown.into_iter().for_each(|item| self.take_item(item));
        }
    }

    /// Adds what is no task below the last group, in the order of the file: checklists, headings and
    /// text. A filter leaves only items.
    fn take_rest(&mut self) {
        let items = &self.open_file.tasks.items;
        let is_rest = |item: &usize| items[*item].kind != ItemKind::Task && !self.finished[*item];
        let checks: Vec<usize> = (0..items.len()).filter(is_rest).collect();
        let before = self.rows.len();
        let mut asides = self.shown_asides().into_iter().peekable();
        for item in checks {
            while let Some(row) = asides.next_if(|row| row.line < items[item].line) {
                self.rows.push(row);
            }
            self.take_item(item);
        }
        self.rows.extend(asides);
        let Some(line) = self.rows.get(before).map(|row| row.line) else {
            return;
        };
        let gap = (before > 0).then_some(RowKind::Gap);
        let kinds = gap.into_iter().chain([RowKind::NotTasks]);
        let heading: Vec<Row> = kinds.map(|kind| Row { line, kind }).collect();
        self.rows.splice(before..before, heading);
    }

    /// Returns the rows of what belongs to no item.
    fn shown_asides(&self) -> Vec<Row> {
        let (open_file, pane_state) = (self.open_file, self.pane_state);
        if pane_state.narrowed.is_some() {
            return Vec::new();
        }
        let asides = open_file.asides().iter().enumerate();
        let shown = asides.filter(|(_, aside)| !(pane_state.hides_finished && aside.is_finished()));
        let rows = shown.flat_map(|(index, _)| aside_rows(open_file, pane_state, index));
        rows.collect()
    }

    fn take_item(&mut self, item: usize) {
        if let Some(row) = self
            .grouping
            .parent(&self.open_file.tasks, item)
            .and_then(|parent| self.hiding_row(parent))
        {
            self.hidden_by[item] = Some(row);
            if let RowKind::Task(_, hides) = &mut self.rows[row].kind {
                *hides += 1;
            }
            return;
        }
        self.rows.push(Row {
            line: self.open_file.tasks.items[item].line,
            kind: RowKind::Task(item, 0),
        });
        self.rows
            .extend(details(self.open_file, self.pane_state, item));
    }

    /// Returns the row of the folded task that hides what is below `parent`.
    fn hiding_row(&self, parent: usize) -> Option<usize> {
        let row = || {
            self.rows
                .iter()
                .rposition(|row| matches!(row.kind, RowKind::Task(of, _) if of == parent))
        };
        let is_folded = self
            .pane_state
            .is_folded(self.open_file.tasks.items[parent].line);
        self.hidden_by[parent].or_else(|| is_folded.then(row)?)
    }
}

/// Finds the row for the cursor: its own; that of what hides it; else the last one before it in the
/// file.
pub(super) fn row_of_cursor(
    open_file: &OpenFile,
    pane_state: &PaneState,
    rows: &[Row],
) -> Option<usize> {
    let own = cursor_row(pane_state, rows);
    let places = || {
        rows.iter()
            .enumerate()
            .filter(|(_, row)| row.is_place() && row.part() == 0)
    };
    let before = || {
        places()
            .filter(|(_, row)| row.line <= pane_state.cursor.line)
            .max_by_key(|(_, row)| row.line)
    };
    let found = own.or_else(|| {
        open_file
            .tasks
            .at_line(pane_state.cursor.line)
            .and_then(|item| row_for(open_file, rows, item))
    });
    found
        .or_else(|| before().or_else(|| places().next()).map(|(index, _)| index))
        .or_else(|| rows.iter().position(|row| row.is_place()))
}

/// Finds the row of a task, of a task that hides it, or else the last one before it in its group;
/// for a task without a row, that of its first sub-task.
fn row_for(open_file: &OpenFile, rows: &[Row], item: usize) -> Option<usize> {
    let grouping = open_file.grouping();
    let Some(group) = grouping.group_of[item] else {
        let below = open_file
            .tasks
            .subtree(item)
            .into_iter()
            .find(|below| grouping.group_of[*below].is_some())?;
        return row_for(open_file, rows, below);
    };
    let row_of = |item: usize| {
        rows.iter()
            .position(|row| matches!(row.kind, RowKind::Task(of, _) if of == item))
    };
    let mut chain =
        std::iter::successors(Some(item), |item| grouping.parent(&open_file.tasks, *item));
    let is_before = |row: &Row| match row.kind {
        RowKind::Wave(of, _) => of == group,
        RowKind::Task(of, _) => grouping.group_of[of] == Some(group) && of < item,
        _ => false,
    };
    chain
        .find_map(row_of)
        .or_else(|| rows.iter().rposition(is_before))
}

/// Returns the lines of the items that a row stands for: its own, and those that it hides.
pub(super) fn lines_of(open_file: &OpenFile, pane_state: &PaneState, row: Row) -> Vec<usize> {
    let (items, grouping) = (&open_file.tasks.items, open_file.grouping());
    let lines = |hidden: Vec<usize>| hidden.into_iter().map(|item| items[item].line).collect();
    match row.kind {
        RowKind::Wave(group, _) if pane_state.is_group_folded(&grouping.groups[group].key) => {
            lines(grouping.groups[group].items.clone())
        }
        RowKind::Task(item, 0) => vec![items[item].line],
        RowKind::Task(item, _) => {
            let mut below = open_file.tasks.subtree(item);
            below.retain(|below| grouping.group_of[*below] == grouping.group_of[item]);
            lines(below)
        }
        RowKind::Aside(aside) => {
            let aside = &open_file.asides()[aside];
            std::iter::once(aside.line)
                .chain(aside.lines.clone())
                .collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Own, Pane, Position, TasksState, Turn};
    use crate::store::DocumentKind;

    const LIST: &str = "- [x] 1. a\n  - [x] 1.1 b\n    - detail\n  - [ ] 1.2 c\n- [ ] 2. d\n  - [ ] 2.1 e\n\n\
                        ```json\n{\"waves\":[[\"1.1\"],[\"2\"],[\"1.2\"]]}\n```\n";

    fn open_file() -> OpenFile {
        OpenFile::of_source(Pane::Tasks, DocumentKind::Tasks, LIST)
    }

    fn pane_state(folded_waves: &[usize], folded: &[usize], hides_finished: bool) -> PaneState {
        let open_file = open_file();
        let groups = &open_file.grouping().groups;
        PaneState {
            folded: folded.iter().copied().map(Position::at).collect(),
            hides_finished,
            own: Own::Tasks(TasksState {
                turn: Turn::Waves,
                folded_groups: folded_waves
                    .iter()
                    .map(|group| groups[*group].key.clone())
                    .collect(),
                ..TasksState::default()
            }),
            ..PaneState::default()
        }
    }

    fn opened(line: usize, mut pane_state: PaneState) -> PaneState {
        let opened = &mut pane_state.tasks_mut().unwrap().opened;
        opened.insert(Position::at(line));
        pane_state
    }

    /// Draws rows as one word each: `w` a heading, `t` a task, `d` a detail, with the line and what
    /// it hides.
    fn drawn(open_file: &OpenFile, pane_state: &PaneState) -> String {
        let draw = |row: &Row| match row.kind {
            RowKind::Gap => "-".to_owned(),
            RowKind::Wave(group, hides) => format!("w{group}+{hides}"),
            RowKind::Task(_, hides) => format!("t{}+{hides}", row.line),
            RowKind::Detail(_) => format!("d{}", row.line),
            RowKind::NotTasks => "n".to_owned(),
            RowKind::Aside(_) => format!("a{}", row.line),
            RowKind::AsideLine(_) => format!("l{}", row.line),
            _ => "?".to_owned(),
        };
        rows(open_file, pane_state)
            .iter()
            .map(draw)
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn what_is_no_task_stands_below_the_last_wave_without_the_graph() {
        let graph = "```json\n{\"waves\":[[\"1\"],[\"2\"]]}\n```\n";
        let unread = graph.replace("]]}", "]");
        let list = "- [ ] 1. a\n- [ ] 2. b\n";
        let tasks = "w0+0 t0+0 - w1+0 t1+0";
        for (rest, opened, hides_finished, expected) in [
            (graph.to_owned(), 9, false, ""),
            (format!("## Task Graph\n{graph}"), 9, false, ""),
            (format!("Why.\n\n{graph}"), 3, false, " - n a3"),
            (format!("## Graph\nWhy.\n{graph}"), 3, false, " - n a3 l4"),
            (format!("{graph}\nAfter.\nMore.\n"), 7, false, " - n a7 l8"),
            (
                "## Done\n### Definition of Done\n- [ ] c\n- plain\n".to_owned(),
                9,
                false,
                " - n a2 a3 t4+0",
            ),
            (
                "## Done\n### Definition of Done\n- [x] c\n".to_owned(),
                9,
                true,
                "",
            ),
            ("- plain\n".to_owned(), 9, false, ""),
        ] {
            let is_graph = rest.contains("waves");
            let source = if is_graph {
                format!("{list}\n{rest}")
            } else {
                format!("{list}{rest}\n{graph}")
            };
            let open_file = OpenFile::of_source(Pane::Tasks, DocumentKind::Tasks, &source);
            let mut pane_state = pane_state(&[], &[], hides_finished);
            pane_state
                .tasks_mut()
                .unwrap()
                .opened
                .insert(Position::at(opened));
            assert_eq!(
                drawn(&open_file, &pane_state),
                format!("{tasks}{expected}"),
                "{source}"
            );
        }
        let source = format!("{list}\n{unread}");
        let open_file = OpenFile::of_source(Pane::Tasks, DocumentKind::Tasks, &source);
        let drawn = drawn(&open_file, &pane_state(&[], &[], false));
        assert!(drawn.ends_with("- n a3"), "{drawn}");
    }

    #[test]
    fn groups_and_tasks_are_folded_and_hidden() {
        for (pane_state, expected) in [
            (
                pane_state(&[], &[], false),
                "w0+0 t1+0 - w1+0 t4+0 t5+0 - w2+0 t3+0",
            ),
            (pane_state(&[0, 1], &[], false), "w0+1 w1+2 w2+0 t3+0"),
            (
                pane_state(&[], &[0, 4], false),
                "w0+0 t1+0 - w1+0 t4+1 - w2+0 t3+0",
            ),
            (pane_state(&[], &[], true), "w1+0 t4+0 t5+0 - w2+0 t3+0"),
            (
                opened(1, pane_state(&[2], &[], false)),
                "w0+0 t1+0 d2 - w1+0 t4+0 t5+0 - w2+1",
            ),
        ] {
            assert_eq!(drawn(&open_file(), &pane_state), expected);
        }
    }

    #[test]
    fn the_cursor_is_on_its_task_or_on_what_hides_it() {
        let open_file = open_file();
        for (cursor, pane_state, expected) in [
            ((1, 0), pane_state(&[], &[], false), 1),
            ((1, 1), pane_state(&[], &[], false), 0),
            ((5, 0), pane_state(&[1], &[], false), 3),
            ((5, 0), pane_state(&[], &[4], false), 4),
            ((0, 0), pane_state(&[], &[], false), 1),
            ((1, 0), pane_state(&[], &[], true), 1),
            ((9, 0), pane_state(&[], &[], false), 5),
            ((3, 0), pane_state(&[2], &[], false), 7),
        ] {
            let pane_state = PaneState {
                cursor: Position::at(cursor.0),
                part: cursor.1,
                ..pane_state
            };
            assert_eq!(
                row_of_cursor(&open_file, &pane_state, &rows(&open_file, &pane_state)),
                Some(expected),
                "{cursor:?} {}",
                drawn(&open_file, &pane_state)
            );
        }
    }
}
