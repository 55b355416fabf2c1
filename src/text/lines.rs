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
        let contents = |text: &Text| -> Vec<Vec<u8>> { text.lines().iter().map(|line| text.slice(line.content).to_vec()).collect() };
        let kept = capture_diff_slices(Algorithm::Myers, &contents(before), &contents(after))
            .into_iter()
            .filter_map(|op| if let DiffOp::Equal { old_index, new_index, len } = op { Some((old_index, new_index, len)) } else { None })
            .collect();
        Self { kept, after: after.lines().len() }
    }

    /// Gives the line that `line` became. A changed line keeps its distance to the nearest line before it that stayed, as far as the
    /// next one that stayed.
    pub fn line(&self, line: usize) -> usize {
        let behind = self.kept.partition_point(|(old, ..)| *old <= line);
        let (old, new, count) = behind.checked_sub(1).map_or((0, 0, 0), |index| self.kept[index]);
        let limit = self.kept.get(behind).map_or(self.after, |(_, new, _)| *new);
        if line < old + count {
            return new + (line - old);
        }
        (new + (line - old)).min(limit.saturating_sub(1).max(new + count.saturating_sub(1)))
    }

    /// Says whether a line of the later text is new or changed.
    pub fn is_changed(&self, line: usize) -> bool {
        !self.kept.iter().any(|(_, new, count)| (*new..new + count).contains(&line))
    }

    /// Gives the lines of the later text that are new or changed, in order.
    pub fn changed(&self) -> Vec<usize> {
        (0..self.after).filter(|line| self.is_changed(*line)).collect()
    }
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
            assert_eq!(map(before, after).line(line), expected, "{before:?} to {after:?}");
        }
    }

    #[test]
    fn changed_lines_are_those_that_were_not_there() {
        assert_eq!(map("a\nb\nc\n", "a\nB\nc\nd\n").changed(), [1, 3]);
        assert_eq!(map("a\n", "a\n").changed(), Vec::<usize>::new());
    }

    proptest! {
        #[test]
        fn a_line_always_lands_inside(before in "[ab\n]{0,40}", after in "[ab\n]{0,40}", line in 0usize..40) {
            let count = Text::new(after.as_str()).lines().len();
            prop_assert!(map(&before, &after).line(line) < count.max(1));
        }
    }
}
