//! Where each line of a text went when it became another text.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::Text;

/// The way from the lines of one text to those of a later one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineMap {
    /// Runs of lines that stayed: first line before, first line after, how many.
    kept: Vec<(usize, usize, usize)>,
    /// How many lines the later text has.
    after: usize,
}

impl LineMap {
    /// Compares two texts by their lines.
    pub fn between(before: &Text, after: &Text) -> Self {
        let (old, new) = (contents(before), contents(after));
        let kept = if old.len().max(new.len()) > MOST {
            kept_ends(&old, &new)
        } else {
            kept_runs(&old, &new)
        };
        Self {
            kept,
            after: new.len(),
        }
    }

    /// Returns the line that `line` became. A changed line keeps its distance to the nearest line
    /// before it that stayed, as far as the next one that stayed.
    pub fn line(&self, line: usize) -> usize {
        let behind = self.kept.partition_point(|(old, ..)| *old <= line);
        let (old, new, count) = behind
            .checked_sub(1)
            .map_or((0, 0, 0), |index| self.kept[index]);
        let limit = self.kept.get(behind).map_or(self.after, |(_, new, _)| *new);
        if line < old + count {
            return new + (line - old);
        }
        (new + (line - old)).min(limit.saturating_sub(1).max(new + count.saturating_sub(1)))
    }

    /// Returns the lines of the later text that are new or changed, in order.
    pub fn changed(&self) -> Vec<usize> {
        let starts = self.kept.iter().map(|(_, new, _)| *new).chain([self.after]);
        let ends = std::iter::once(0).chain(self.kept.iter().map(|(_, new, count)| new + count));
        ends.zip(starts)
            .flat_map(|(end, start)| end..start)
            .collect()
    }
}

/// The most lines of a text that are compared one by one: comparing more would hold up a key.
const MOST: usize = 20_000;

fn contents(text: &Text) -> Vec<&[u8]> {
    text.lines()
        .iter()
        .map(|line| text.slice(line.content))
        .collect()
}

fn kept_runs(old: &[&[u8]], new: &[&[u8]]) -> Vec<(usize, usize, usize)> {
    let equal = |op| {
        if let DiffOp::Equal {
            old_index,
            new_index,
            len,
        } = op
        {
            Some((old_index, new_index, len))
        } else {
            None
        }
    };
    capture_diff_slices(Algorithm::Myers, old, new)
        .into_iter()
        .filter_map(equal)
        .collect()
}

/// Returns what two texts begin and end with alike.
fn kept_ends(old: &[&[u8]], new: &[&[u8]]) -> Vec<(usize, usize, usize)> {
    let head = old
        .iter()
        .zip(new)
        .take_while(|(old, new)| old == new)
        .count();
    let tail = old[head..]
        .iter()
        .rev()
        .zip(new[head..].iter().rev())
        .take_while(|(old, new)| old == new)
        .count();
    let runs = [(0, 0, head), (old.len() - tail, new.len() - tail, tail)];
    runs.into_iter().filter(|(.., count)| *count > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn map(before: &str, after: &str) -> LineMap {
        LineMap::between(&Text::new(before), &Text::new(after))
    }

    #[test]
    fn lines_follow_what_happens_above_them() {
        for (before, after, line, expected) in [
            ("a\nb\nc\n", "a\nb\nc\n", 1, 1),
            ("a\nb\nc\n", "new\na\nb\nc\n", 1, 2),
            ("a\nb\nc\n", "b\nc\n", 2, 1),
            ("a\nb\nc\n", "a\nB\nc\n", 1, 1),
            ("a\nb\nc\n", "a\nc\n", 1, 0),
            ("a\nb\n", "", 1, 0),
            ("a\nb\nc\n", "x\na\nB\nc\n", 1, 2),
        ] {
            assert_eq!(
                map(before, after).line(line),
                expected,
                "{before:?} to {after:?}"
            );
        }
    }

    #[test]
    fn changed_lines_are_those_that_were_not_there() {
        assert_eq!(map("a\nb\nc\n", "a\nB\nc\nd\n").changed(), [1, 3]);
        assert_eq!(map("a\n", "a\n").changed(), Vec::<usize>::new());
    }

    #[test]
    fn of_very_long_texts_what_they_begin_and_end_with_stays() {
        let long = |middle: &str| format!("{}{middle}{}", "a\n".repeat(MOST), "b\n".repeat(9));
        for (before, after, line, expected, changed) in [
            ("x\n", "", MOST + 1, MOST, vec![]),
            ("", "x\ny\n", MOST, MOST + 2, vec![MOST, MOST + 1]),
            ("x\n", "y\n", MOST + 5, MOST + 5, vec![MOST]),
            ("x\n", "x\n", 7, 7, vec![]),
        ] {
            let map = map(&long(before), &long(after));
            assert_eq!(
                (map.line(line), map.changed()),
                (expected, changed),
                "{before:?} to {after:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_changed_line_is_one_of_the_changed_lines(before in "[ab\n]{0,40}", after in "[ab\n]{0,40}") {
            let map = map(&before, &after);
            let is_kept = |line: &usize| map.kept.iter().any(|(_, new, count)| (*new..new + count).contains(line));
            let changed: Vec<usize> = (0..map.after).filter(|line| !is_kept(line)).collect();
            prop_assert_eq!(map.changed(), changed);
        }

        #[test]
        fn a_line_always_lands_inside(before in "[ab\n]{0,40}", after in "[ab\n]{0,40}", line in 0usize..40) {
            let count = Text::new(after.as_str()).lines().len();
            prop_assert!(map(&before, &after).line(line) < count.max(1));
        }
    }
}
