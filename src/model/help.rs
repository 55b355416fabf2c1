//! The help screen: its entries by group, how they stand in columns, and where the cursor is.
//!
//! Does not know commands: entries are names and texts, taken when the screen is opened, so that
//! they describe the place it was called from.

use crate::text::{Needle, width as cells, wrap};

/// One command on the help screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpEntry {
    /// The name of the command.
    pub name: &'static str,
    /// Its keys.
    pub keys: Vec<String>,
    /// What it does.
    pub doc: &'static str,
}

impl HelpEntry {
    /// Returns whether words stand in its keys, its name or its text.
    pub fn is_met(&self, needle: &Needle) -> bool {
        needle.is_in(self.name)
            || needle.is_in(self.doc)
            || self.keys.iter().any(|keys| needle.is_in(keys))
    }
}

/// Entries below a title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HelpGroup {
    /// One or two words.
    pub title: &'static str,
    /// At least one.
    pub entries: Vec<HelpEntry>,
}

/// A line of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HelpLine {
    /// A blank line between groups.
    Gap,
    /// The title of the group with this index.
    Title(usize),
    /// A row of the entry with these indices of group and entry, counted from 0.
    Entry(usize, usize, usize),
}

impl HelpEntry {
    /// Returns the keys as one piece of text; a command without keys is run by its name.
    pub fn keys(&self) -> String {
        if self.keys.is_empty() {
            format!(":{}", self.name)
        } else {
            self.keys.join("  ")
        }
    }

    /// Returns what it does as rows of a column of `width` with `field` columns for the keys.
    pub fn rows(&self, width: u16, field: usize) -> Vec<&'static str> {
        // Longer keys push the text to the right.
        let keys = cells(&self.keys()).max(field);
        wrap(
            self.doc,
            usize::from(width).saturating_sub(keys + MARGINS).max(1),
        )
    }
}

/// The help screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Help {
    /// Whether all commands are listed, or those of the place it was called from.
    pub all: bool,
    /// The entries.
    pub groups: Vec<HelpGroup>,
    /// The group and the entry under the cursor.
    pub cursor: (usize, usize),
    /// The first row on the screen.
    pub top: usize,
}

/// The narrowest column.
const COLUMN: u16 = 58;
/// The most columns.
const MOST: u16 = 2;
/// The columns before the keys, between keys and text, and behind the text.
const MARGINS: usize = 4;
/// The widest field for keys.
const KEYS: usize = 14;

impl Help {
    /// Counts the entries.
    pub fn count(&self) -> usize {
        self.groups.iter().map(|group| group.entries.len()).sum()
    }

    /// Returns the entry under the cursor.
    pub fn selection(&self) -> Option<&HelpEntry> {
        self.entry(self.cursor.0, self.cursor.1)
    }

    /// Returns an entry by its indices.
    pub fn entry(&self, group: usize, entry: usize) -> Option<&HelpEntry> {
        self.groups.get(group)?.entries.get(entry)
    }

    /// Returns the columns of a screen that is `width` wide. Each group goes to the column that is
    /// shortest so far.
    pub fn columns(&self, width: u16) -> Vec<Vec<HelpLine>> {
        let count = usize::from((width / COLUMN).min(MOST)).clamp(1, self.groups.len().max(1));
        let wide = width / u16::try_from(count).unwrap_or(1);
        let field = self.field();
        let mut columns: Vec<Vec<HelpLine>> = vec![Vec::new(); count];
        for (index, group) in self.groups.iter().enumerate() {
            let Some(column) = columns.iter_mut().min_by_key(|column| column.len()) else {
                break;
            };
            if !column.is_empty() {
                column.push(HelpLine::Gap);
            }
            column.push(HelpLine::Title(index));
            for (at, entry) in group.entries.iter().enumerate() {
                let rows = entry.rows(wide, field).len();
                column.extend((0..rows).map(|row| HelpLine::Entry(index, at, row)));
            }
        }
        columns
    }

    /// Returns how many columns the keys have.
    pub fn field(&self) -> usize {
        let entries = self.groups.iter().flat_map(|group| &group.entries);
        let keys = entries.map(|entry| cells(&entry.keys()));
        keys.max().unwrap_or(0).min(KEYS)
    }

    /// Returns the column and the row of the cursor.
    pub fn position(&self, columns: &[Vec<HelpLine>]) -> Option<(usize, usize)> {
        let wanted = HelpLine::Entry(self.cursor.0, self.cursor.1, 0);
        let row = |column: &Vec<HelpLine>| column.iter().position(|line| *line == wanted);
        columns
            .iter()
            .enumerate()
            .find_map(|(index, column)| Some((index, row(column)?)))
    }

    /// Returns the entries, by their indices, down one column and on at the top of the next.
    pub fn order(&self, width: u16) -> Vec<(usize, usize)> {
        let lines = self.columns(width).into_iter().flatten();
        lines.filter_map(of_entry).collect()
    }

    /// Moves the cursor by entries, down one column and on at the top of the next.
    pub fn go(&mut self, width: u16, by: isize) {
        let order = self.order(width);
        let at = order
            .iter()
            .position(|place| *place == self.cursor)
            .unwrap_or(0);
        let to = at
            .saturating_add_signed(by)
            .min(order.len().saturating_sub(1));
        if let Some(place) = order.get(to) {
            self.cursor = *place;
        }
    }

    /// Moves the cursor to another column, to the entry nearest to its row.
    pub fn go_across(&mut self, width: u16, by: isize) {
        let columns = self.columns(width);
        let Some((column, row)) = self.position(&columns) else {
            return;
        };
        let Some(aim) = column
            .checked_add_signed(by)
            .and_then(|column| columns.get(column))
        else {
            return;
        };
        let entries = aim
            .iter()
            .enumerate()
            .filter_map(|(at, line)| Some((at, of_entry(*line)?)));
        if let Some((_, place)) = entries.min_by_key(|(at, _)| at.abs_diff(row)) {
            self.cursor = place;
        }
    }
}

fn of_entry(line: HelpLine) -> Option<(usize, usize)> {
    if let HelpLine::Entry(group, entry, 0) = line {
        Some((group, entry))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn help(sizes: &[usize]) -> Help {
        let entry = HelpEntry {
            name: "a-b",
            keys: vec!["a".to_owned()],
            doc: "A",
        };
        let groups = sizes
            .iter()
            .map(|size| HelpGroup {
                title: "Title",
                entries: vec![entry.clone(); *size],
            })
            .collect();
        Help {
            groups,
            ..Help::default()
        }
    }

    #[test]
    fn groups_fill_the_columns_evenly() {
        for (sizes, width, expected) in [
            (&[3, 2, 1][..], 120, vec![4, 6]),
            (&[3, 2, 1], 80, vec![11]),
            (&[3, 2, 1], 40, vec![11]),
            (&[3], 240, vec![4]),
            (&[], 80, vec![0]),
        ] {
            let lengths: Vec<usize> = help(sizes).columns(width).iter().map(Vec::len).collect();
            assert_eq!(lengths, expected, "{sizes:?} at {width}");
        }
    }

    #[test]
    fn the_cursor_goes_down_the_columns_and_across() {
        let mut help = help(&[3, 2]);
        for (by, expected) in [
            (1, (0, 1)),
            (2, (1, 0)),
            (9, (1, 1)),
            (-1, (1, 0)),
            (-1, (0, 2)),
            (-9, (0, 0)),
        ] {
            help.go(120, by);
            assert_eq!(help.cursor, expected);
        }
        help.go(120, 2);
        for (by, expected) in [(1, (1, 1)), (1, (1, 1)), (-1, (0, 1)), (-1, (0, 1))] {
            help.go_across(120, by);
            assert_eq!(help.cursor, expected);
        }
    }
}
