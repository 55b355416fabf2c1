//! A table as a reader sees it: cells in columns that fit the screen, with what is too wide wrapped
//! in its cell.
//!
//! Knows no colours and no panes. Its rules are left out: columns are told apart by where they
//! begin.

use std::cmp::Reverse;
use std::ops::Range;

use super::highlight::{Role, highlights, rules};
use super::line::{Run, SourceLine, runs};
use super::reflow::{beginning, without_markup};
use crate::markdown::BlockKind;
use crate::spec::source_str::SourceStr;
use crate::text::{Span, Text, longest_word, width};

/// How many columns part two cells.
const GAP: usize = 2;
/// What an item begins with where a table is a list.
const BULLET: &str = "- ";
/// The fewest columns of a column.
const FEWEST: usize = 3;

/// The columns of a table at one width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableColumns {
    /// How many columns of the screen each has.
    widths: Vec<usize>,
    /// Whether it is a list: it has one column, which is wider than the room.
    is_list: bool,
}

impl TableColumns {
    /// Fits the columns of some `rows` into a `room`: each is as wide as its widest cell; where
    /// that is too much the widest give way, down to their longest word. What still does not fit is
    /// wider than the room.
    pub fn fit(text: &Text, rows: &[Span], room: usize) -> Self {
        let mut wanted: Vec<usize> = Vec::new();
        let mut least: Vec<usize> = Vec::new();
        for row in rows {
            for (column, cell) in cells(text, *row).into_iter().enumerate() {
                if column == wanted.len() {
                    wanted.push(FEWEST);
                    least.push(FEWEST);
                }
                for line in cell_lines(text, cell) {
                    let plain = line.plain();
                    wanted[column] = wanted[column].max(width(&plain));
                    least[column] = least[column].max(longest_word(&plain));
                }
            }
        }
        // One word that is as long as a line must not push all others off the screen.
        let most = (room / 2).max(FEWEST);
        least
            .iter_mut()
            .for_each(|least| *least = (*least).min(most));
        Self {
            is_list: wanted.len() == 1 && wanted[0] > room,
            widths: fitted(wanted, &least, room),
        }
    }

    /// Makes the widest give way until all fit, also where words are broken then.
    pub fn squeezed(self, room: usize) -> Self {
        let least = vec![FEWEST; self.widths.len()];
        Self {
            widths: fitted(self.widths, &least, room),
            ..self
        }
    }

    /// Returns how many columns of the screen a row takes.
    pub fn width(&self) -> usize {
        total(&self.widths)
    }

    /// Returns the columns of the screen that the cell with an index takes.
    pub fn columns_of(&self, cell: usize) -> Range<usize> {
        let before = self.widths.iter().take(cell);
        let start = before.map(|width| width + GAP).sum();
        start..start + self.widths.get(cell).copied().unwrap_or(0)
    }

    /// Returns the lines of a row. The cells of its `head` name the columns.
    pub fn lines(&self, text: &Text, row: Span, is_head: bool) -> Vec<SourceLine> {
        if self.is_list && !is_head {
            return self.item(text, row);
        }
        let cells: Vec<Vec<SourceLine>> = cells(text, row)
            .into_iter()
            .zip(&self.widths)
            .map(|(cell, width)| {
                let lines = cell_lines(text, cell).into_iter();
                lines.flat_map(|line| line.wrap(*width)).collect()
            })
            .collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0).max(1);
        (0..height)
            .map(|at| self.line(&cells, at, row.start, is_head))
            .collect()
    }

    /// Returns the lines of a row as an item of a list.
    fn item(&self, text: &Text, row: Span) -> Vec<SourceLine> {
        let room = self.width().saturating_sub(BULLET.len()).max(1);
        let cells = cells(text, row).into_iter();
        let lines = cells.flat_map(|cell| cell_lines(text, cell));
        let lines = lines.flat_map(|line| line.wrap(room));
        let begun = |(at, line): (usize, SourceLine)| {
            let before = if at == 0 { BULLET } else { "  " };
            let mut runs = vec![Run::added(before.to_owned(), row.start, Role::Plain)];
            runs.extend(line.runs().iter().cloned());
            SourceLine::from_runs(runs)
        };
        lines.enumerate().map(begun).collect()
    }

    /// Returns one line of a row. A head is as long as its column, so that what is below it is seen
    /// to be.
    fn line(
        &self,
        cells: &[Vec<SourceLine>],
        at: usize,
        start: usize,
        is_head: bool,
    ) -> SourceLine {
        let last = cells.len().saturating_sub(1);
        let mut line = Vec::new();
        for (column, (cell, columns)) in cells.iter().zip(&self.widths).enumerate() {
            let own = cell.get(at).map_or(&[][..], SourceLine::runs);
            let used: usize = own.iter().map(|run| width(&run.text)).sum();
            let end = own.last().map_or(start, |run| run.span.end);
            line.extend(
                own.iter()
                    .cloned()
                    .map(|run| if is_head { headed(run) } else { run }),
            );
            let rest = columns.saturating_sub(used);
            if is_head {
                line.push(Run::added(" ".repeat(rest), end, Role::TableHead));
            }
            if column < last {
                let blanks = GAP + if is_head { 0 } else { rest };
                line.push(Run::added(" ".repeat(blanks), end, Role::Plain));
            }
        }
        line.retain(|run| !run.text.is_empty());
        SourceLine::from_runs(line)
    }
}

/// Returns the widths that columns get in a room: what is `wanted`, but for the widest, which are
/// made equal until all fit; none becomes narrower than its `least`.
fn fitted(mut wanted: Vec<usize>, least: &[usize], room: usize) -> Vec<usize> {
    let mut over = total(&wanted).saturating_sub(room);
    if over > 0 {
        let most = |least: usize| least.max(room);
        let widths = wanted.iter_mut().zip(least);
        widths.for_each(|(wanted, least)| *wanted = (*wanted).min(most(*least)));
        over = total(&wanted).saturating_sub(room);
    }
    while over > 0 {
        let can_give = (0..wanted.len()).filter(|column| wanted[*column] > least[*column]);
        let Some(widest) = can_give.max_by_key(|column| (wanted[*column], Reverse(*column))) else {
            break;
        };
        wanted[widest] -= 1;
        over -= 1;
    }
    wanted
}

fn total(widths: &[usize]) -> usize {
    let gaps = GAP * widths.len().saturating_sub(1);
    widths.iter().sum::<usize>() + gaps
}

/// Returns what a cell's run looks like in the head.
fn headed(run: Run) -> Run {
    Run {
        role: Role::TableHead,
        ..run
    }
}

/// Returns the cells of a row without the rules and blanks around them.
pub fn cells(text: &Text, row: Span) -> Vec<Span> {
    let mut cells = Vec::new();
    let mut start = row.start;
    for at in rules(text, row) {
        cells.push(Span::new(start, at));
        start = at + 1;
    }
    cells.push(Span::new(start, row.end));
    let is_empty = |cell: &Span| text.slice(*cell).trim_ascii().is_empty();
    // What stands before the first rule and behind the last is no cell where there is nothing.
    if cells.len() > 1 && cells.last().is_some_and(is_empty) {
        cells.pop();
    }
    if cells.len() > 1 && cells.first().is_some_and(is_empty) {
        cells.remove(0);
    }
    let trimmed = |cell: Span| {
        let bytes = text.slice(cell);
        let kept = bytes.trim_ascii().len();
        let before = match kept {
            // What is typed there stands between the blanks.
            0 => bytes.len() / 2,
            _ => bytes.len() - bytes.trim_ascii_start().len(),
        };
        Span::new(cell.start + before, cell.start + before + kept)
    };
    cells.into_iter().map(trimmed).collect()
}

/// Returns text as it is written in a cell: on one line, in which no rule ends the cell.
pub fn cell_source(lines: &[String]) -> String {
    let mut source = String::new();
    let mut is_escaped = false;
    for letter in lines.join("<br>").chars() {
        if letter == '|' && !is_escaped {
            source.push('\\');
        }
        is_escaped = letter == '\\' && !is_escaped;
        source.push(letter);
    }
    // A backslash at the end would take the rule behind it into the cell.
    if is_escaped {
        source.push('\\');
    }
    source
}

/// Returns the lines of a cell before they are wrapped: it is broken where its text says so.
fn cell_lines(text: &Text, cell: Span) -> Vec<SourceLine> {
    let cell = beginning(text, cell);
    let found = highlights(text, &[cell], BlockKind::Paragraph, &[]);
    let lines = parts(text, cell)
        .into_iter()
        .map(|part| SourceLine::from_runs(without_markup(runs(text, part, &found))));
    lines.collect()
}

/// Returns the parts of a cell between the tags that break it.
fn parts(text: &Text, cell: Span) -> Vec<Span> {
    const BREAKS: &[&str] = &["<br>", "<br/>", "<br />", "<BR>"];
    let mut parts = Vec::new();
    let mut rest = SourceStr::read(text, cell);
    loop {
        let next = BREAKS
            .iter()
            .filter_map(|tag| Some((rest.text.find(tag)?, tag.len())))
            .min();
        let Some((at, length)) = next else {
            parts.push(Span::new(rest.span().start, cell.end));
            return parts;
        };
        let start = rest.span().start;
        parts.push(Span::new(start, start + at));
        rest = SourceStr::read(text, Span::new(start + at + length, cell.end));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn drawn(source: &str, room: usize) -> Vec<String> {
        let text = Text::new(source);
        let rows: Vec<Span> = text.lines().iter().map(|line| line.content).collect();
        let columns = TableColumns::fit(&text, &rows, room);
        let lines = |(at, row): (usize, &Span)| columns.lines(&text, *row, at == 0);
        rows.iter()
            .enumerate()
            .flat_map(lines)
            .map(|line| line.plain())
            .collect()
    }

    #[test]
    fn columns_are_as_wide_as_their_cells() {
        assert_eq!(
            drawn(
                "| Method | `Path` |\n| **GET** | /a?b=c |\nx | 日本語\n",
                40
            ),
            ["Method  Path  ", "GET     /a?b=c", "x       日本語"]
        );
    }

    #[test]
    fn the_widest_columns_give_way_down_to_their_longest_word() {
        let source = "| A | Long words here |\n| b | one two three four |\n";
        assert_eq!(
            drawn(source, 14),
            [
                "A    Long     ",
                "     words    ",
                "     here     ",
                "b    one two",
                "     three",
                "     four"
            ]
        );
        assert_eq!(drawn(source, 4)[..2], ["A    Lon", "     g  "]);
    }

    #[test]
    fn one_long_column_is_a_list() {
        let source = "| Words |\n| one two three |\n| four |\n|  |\n";
        assert_eq!(
            drawn(source, 10),
            ["Words     ", "- one two", "  three", "- four", "- "]
        );
        assert_eq!(drawn(source, 20)[..2], ["Words        ", "one two three"]);
    }

    #[test]
    fn a_cell_is_broken_where_it_says_so() {
        assert_eq!(
            drawn("| a | b |\n| one<br>two<br/>three | x \\| y |\n", 40),
            ["a      b    ", "one    x | y", "two    ", "three  "]
        );
    }

    proptest! {
        #[test]
        fn no_word_is_lost(row in "(\\| ?[a-c*`日 ]{0,12}){1,4}\\|", room in 4usize..40) {
            let plain = |text: &str| -> String {
                text.chars().filter(|letter| matches!(letter, 'a'..='c' | '日')).collect()
            };
            let all: Vec<String> = drawn(&row, room);
            let mut found: Vec<char> = plain(&all.concat()).chars().collect();
            let mut wanted: Vec<char> = plain(&row).chars().collect();
            found.sort_unstable();
            wanted.sort_unstable();
            prop_assert_eq!(found, wanted);
        }

        #[test]
        fn what_can_fit_fits(widths in proptest::collection::vec(1usize..200, 1..8), room in 1usize..120) {
            let least = vec![1; widths.len()];
            let found = fitted(widths.clone(), &least, room);
            let fits = total(&widths) <= room;
            prop_assert!(!fits || found == widths);
            let fewest = total(&least).max(room);
            prop_assert!(fits || total(&found) == fewest);
        }
    }
}
