//! How a row of the trace as a list shares a pane: state, id, the tasks that cover the criterion,
//! its words.
//!
//! A pure function of widths, for update, which scrolls, and view, which draws. Knows no tasks.

use std::ops::Range;

/// Blanks behind the ids.
const AFTER_ID: usize = 3;
/// Blanks behind the tasks.
const AFTER_TASKS: usize = 2;
/// The fewest columns for tasks: the word above them.
const LEAST_TASKS: usize = 5;
/// The fewest that they get where they need them: one with the number of the others.
const ENOUGH_TASKS: usize = 9;
/// The most columns of running text.
const LONGEST_TEXT: usize = 100;
/// The most rows that the tasks of one criterion take.
const TASK_ROWS: usize = 6;

/// Where everything stands in a row, in columns of the pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListGrid {
    /// The columns for an id.
    pub id: usize,
    /// Where the tasks begin, and how many columns they have.
    pub tasks_at: usize,
    /// How many columns the tasks have.
    pub tasks: usize,
    /// Where the words begin.
    pub words_at: usize,
    /// How many columns the words have.
    pub words: usize,
}

impl ListGrid {
    /// Shares out the `columns` of a pane whose ids begin at column `at`: for ids of at most `id`
    /// columns, and for lists of tasks of at most `tasks`, which get a quarter of the pane.
    pub fn of(id: usize, tasks: usize, columns: u16, at: usize) -> Self {
        let columns = usize::from(columns);
        let id = id.clamp(3, (columns / 4).max(3));
        let most = (columns / 4).saturating_sub(4).max(ENOUGH_TASKS);
        let tasks = tasks.clamp(LEAST_TASKS, most);
        let tasks_at = at + id + AFTER_ID;
        let words_at = tasks_at + tasks + AFTER_TASKS;
        Self {
            id,
            tasks_at,
            tasks,
            words_at,
            words: columns.saturating_sub(words_at).clamp(1, LONGEST_TEXT),
        }
    }

    /// Returns the column behind the words, where figures end.
    pub fn end(&self) -> usize {
        self.words_at + self.words
    }
}

/// Returns which of some entries of these `widths` stand on which line of `columns`, with a blank
/// between them.
pub fn entry_lines(widths: &[usize], columns: usize) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut taken = 0;
    for (index, width) in widths.iter().enumerate() {
        match lines.last_mut() {
            Some(line) if taken + 1 + width <= columns => {
                line.end = index + 1;
                taken += 1 + width;
            }
            _ => {
                lines.push(index..index + 1);
                taken = *width;
            }
        }
    }
    lines
}

/// Returns the part of some lines that is shown: as many as a row may have, with the one that holds
/// the entry `chosen`.
pub fn shown_lines(lines: &[Range<usize>], chosen: usize) -> &[Range<usize>] {
    let with_chosen = lines.iter().position(|line| line.contains(&chosen));
    let end = with_chosen.map_or(0, |line| line + 1).max(TASK_ROWS);
    let end = end.min(lines.len());
    &lines[end.saturating_sub(TASK_ROWS)..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_take_a_quarter_of_the_pane_at_most() {
        for (id, tasks, columns, expected) in [
            (3, 40, 89, (11, 18, 31, 58)),
            (3, 40, 80, (11, 16, 29, 51)),
            (3, 9, 80, (11, 9, 22, 58)),
            (3, 0, 80, (11, 5, 18, 62)),
            (9, 40, 200, (17, 40, 59, 100)),
            (3, 40, 40, (11, 9, 22, 18)),
            (90, 90, 20, (13, 9, 24, 1)),
        ] {
            let grid = ListGrid::of(id, tasks, columns, 5);
            let found = (grid.tasks_at, grid.tasks, grid.words_at, grid.words);
            assert_eq!(found, expected, "{id} {tasks} {columns}");
        }
    }

    #[test]
    fn entries_fill_lines_and_one_that_is_too_wide_has_its_own() {
        for (widths, columns, expected) in [
            (&[][..], 9, vec![]),
            (&[4, 4, 9], 9, vec![0..2, 2..3]),
            (&[4, 5], 9, vec![0..1, 1..2]),
            (&[4, 12, 4, 4, 1], 9, vec![0..1, 1..2, 2..4, 4..5]),
        ] {
            assert_eq!(entry_lines(widths, columns), expected, "{widths:?}");
        }
    }

    #[test]
    fn of_many_lines_those_around_the_chosen_entry_are_shown() {
        let lines = entry_lines(&[4; 20], 9);
        for (chosen, expected) in [(0, 0..12), (11, 0..12), (12, 2..14), (19, 8..20)] {
            let shown = shown_lines(&lines, chosen);
            let entries = shown[0].start..shown[shown.len() - 1].end;
            assert_eq!(entries, expected, "{chosen}");
        }
        assert!(shown_lines(&[], 0).is_empty());
    }
}
