//! Lines of documents that find themselves again.
//!
//! While a document is open, its positions are carried over each change of it. One that is not open
//! changes unseen: a position that was marked before the document was left finds its line by what
//! the line says. Knows no panes.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};

use crate::markdown::{Checkbox, list_line};
use crate::text::{LineMap, Span, Text};

/// A line of a document. Positions are compared by their lines alone, so that a set of them can be
/// asked for a line.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Position {
    /// The line, from 0.
    pub line: usize,
    /// What tells the line from others, while its document is not open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<u64>,
}

impl Position {
    /// Makes the position of a line of an open document.
    pub fn at(line: usize) -> Self {
        Self { line, mark: None }
    }

    /// Carries the position over a change of its document, unless it waits to be found there.
    pub fn follow(&mut self, map: &LineMap) {
        if self.mark.is_none() {
            self.line = map.line(self.line);
        }
    }

    /// Remembers what the line says, before its document is left.
    pub fn set_mark(&mut self, text: &Text) {
        self.mark = mark(text, self.line);
    }

    /// Takes the line that was found for the position, if it was marked.
    pub fn settle(&mut self, found: &Found) {
        if self.mark.is_some() {
            *self = Self::at(found.line(*self));
        }
    }
}

impl From<usize> for Position {
    fn from(line: usize) -> Self {
        Self::at(line)
    }
}

impl PartialEq for Position {
    fn eq(&self, other: &Self) -> bool {
        self.line == other.line
    }
}

impl Eq for Position {}

impl PartialOrd for Position {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Position {
    fn cmp(&self, other: &Self) -> Ordering {
        self.line.cmp(&other.line)
    }
}

impl Hash for Position {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.line.hash(state);
    }
}

impl Borrow<usize> for Position {
    fn borrow(&self) -> &usize {
        &self.line
    }
}

/// Visits each position of a set. Those that come to the same line become one.
pub(super) fn visit_all(set: &mut BTreeSet<Position>, visit: &mut dyn FnMut(&mut Position)) {
    if set.is_empty() {
        return;
    }
    let visited = std::mem::take(set).into_iter().map(|mut position| {
        visit(&mut position);
        position
    });
    *set = visited.collect();
}

/// Visits a line that is no position by itself.
pub(super) fn visit_line(line: &mut usize, visit: &mut dyn FnMut(&mut Position)) {
    let mut position = Position::at(*line);
    visit(&mut position);
    *line = position.line;
}

/// Where the marked positions of one document are in a text that was opened again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// How far each line moved that is found exactly once, in order.
    shifts: Vec<(usize, isize)>,
    /// The lines that say what a mark stands for.
    candidates: HashMap<u64, Vec<usize>>,
    /// How many lines the text has.
    count: usize,
}

impl Found {
    /// Looks for the marks of `positions` in a text.
    pub fn of(text: &Text, positions: &BTreeSet<Position>) -> Self {
        let mut candidates: HashMap<u64, Vec<usize>> = positions
            .iter()
            .filter_map(|position| Some((position.mark?, Vec::new())))
            .collect();
        let count = text.lines().len();
        if candidates.is_empty() {
            return Self::default();
        }
        for line in 0..count {
            let lines = mark(text, line).and_then(|mark| candidates.get_mut(&mark));
            lines.into_iter().for_each(|lines| lines.push(line));
        }
        let shift = |position: &Position| match *candidates.get(&position.mark?)?.as_slice() {
            [line] => Some((
                position.line,
                line.cast_signed() - position.line.cast_signed(),
            )),
            _ => None,
        };
        let shifts = positions.iter().filter_map(shift).collect();
        Self {
            shifts,
            candidates,
            count,
        }
    }

    /// Returns the line of a marked position: the only one that says the same. Among several it is
    /// the one nearest to where its neighbours have moved, and where none says it, that place.
    pub fn line(&self, position: Position) -> usize {
        let line = position
            .line
            .saturating_add_signed(self.shift(position.line));
        let candidates = position.mark.and_then(|mark| self.candidates.get(&mark));
        let nearest = candidates
            .into_iter()
            .flatten()
            .min_by_key(|candidate| candidate.abs_diff(line));
        nearest.map_or(line.min(self.count.saturating_sub(1)), |line| *line)
    }

    /// Returns how far the nearest line moved that is found for sure.
    fn shift(&self, line: usize) -> isize {
        let nearest = self.shifts.iter().min_by_key(|(of, _)| of.abs_diff(line));
        nearest.map_or(0, |(_, shift)| *shift)
    }
}

/// Returns a number that tells what a line says from what others say; the marker in a checkbox does
/// not count. It is the same in every run of the program.
fn mark(text: &Text, line: usize) -> Option<u64> {
    let content = text.lines().get(line)?.content;
    let checkbox = list_line(text.bytes(), content).and_then(|found| found.checkbox);
    let (before, behind) = match checkbox {
        Some(Checkbox { marker, .. }) => (
            text.slice(Span::new(content.start, marker.start)),
            text.slice(Span::new(marker.end, content.end)),
        ),
        None => (text.slice(content).trim_ascii_end(), &[][..]),
    };
    let bytes = before
        .trim_ascii_start()
        .iter()
        .chain(behind.trim_ascii_end());
    // FNV-1a, for the standard hasher may be another one in the next version.
    Some(bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Marks lines of one text and finds them in another.
    fn found(before: &str, lines: &[usize], after: &str) -> Vec<usize> {
        let (before, after) = (Text::new(before), Text::new(after));
        let marked: BTreeSet<Position> = lines
            .iter()
            .map(|line| {
                let mut position = Position::at(*line);
                position.set_mark(&before);
                position
            })
            .collect();
        let found = Found::of(&after, &marked);
        marked
            .iter()
            .map(|position| found.line(*position))
            .collect()
    }

    #[test]
    fn a_line_is_found_by_what_it_says() {
        for (before, lines, after, expected) in [
            ("a\nb\nc\n", &[1][..], "x\ny\na\nb\nc\n", &[3][..]),
            ("a\n- [ ] b\n", &[1], "x\na\n- [x] b\n", &[2]),
            ("a\n  b\n", &[1], "b \na\n", &[0]),
            // Of equal lines the one that moved as its neighbours did.
            (
                "a\nsame\nsame\nb\n",
                &[0, 2, 3],
                "x\ny\nz\na\nsame\nsame\nb\n",
                &[3, 5, 6],
            ),
            // One that is gone is where it would be.
            ("a\nb\nc\n", &[0, 1], "x\na\nC\n", &[1, 2]),
            ("a\nb\nc\n", &[2], "", &[0]),
            ("a\nb\nc\n", &[], "x\n", &[]),
        ] {
            assert_eq!(
                found(before, lines, after),
                expected,
                "{before:?} {after:?}"
            );
        }
    }

    #[test]
    fn positions_of_a_set_are_asked_for_by_line() {
        let mut set: BTreeSet<Position> = [3, 5].map(Position::at).into();
        assert!(set.contains(&3) && set.range(4..9).next() == Some(&Position::at(5)));
        visit_all(&mut set, &mut |position| position.line = 4);
        assert_eq!(set, [Position::at(4)].into());
    }
}
