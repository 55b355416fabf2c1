//! Where each line of a text went when it became another text.

use super::{Bias, Edit, Text};

/// The way from the lines of one text to those of a later one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineMap {
    /// Where each line went.
    to: Vec<usize>,
    /// The lines of the later text that are new or changed.
    changed: Vec<usize>,
    /// How many lines the later text has.
    after: usize,
}

impl LineMap {
    /// Compares two texts by their lines.
    pub fn between(before: &Text, after: &Text) -> Self {
        Self::of(&Edit::between(before, after), before, after)
    }

    /// Follows an edit that leads from one text to the other.
    pub fn of(edit: &Edit, before: &Text, after: &Text) -> Self {
        let to: Vec<usize> = (0..before.lines().len())
            .map(|line| went_to(edit, before, after, line))
            .collect();
        let mut is_kept = vec![false; after.lines().len()];
        for (line, now) in before.lines().iter().zip(&to) {
            let there = after
                .lines()
                .get(*now)
                .map(|line| after.slice(line.content));
            if there == Some(before.slice(line.content)) {
                is_kept[*now] = true;
            }
        }
        let changed = (0..is_kept.len()).filter(|line| !is_kept[*line]);
        Self {
            changed: changed.collect(),
            to,
            after: is_kept.len(),
        }
    }

    /// Returns the line that `line` became; one that is gone is the one that stood above it.
    pub fn line(&self, line: usize) -> usize {
        let behind = line.saturating_sub(self.to.len());
        let last = self.after.saturating_sub(1);
        self.to
            .get(line)
            .map_or((self.after + behind).min(last), |line| *line)
    }

    /// Returns the lines of the later text that are new or changed, in order.
    pub fn changed(&self) -> Vec<usize> {
        self.changed.clone()
    }
}

/// Returns where one line went.
fn went_to(edit: &Edit, before: &Text, after: &Text, line: usize) -> usize {
    let line = before.lines()[line];
    let start = edit.map(line.content.start, Bias::After);
    let is_gone = start >= edit.map(line.whole.end, Bias::Before);
    after.line_at(if is_gone {
        start.saturating_sub(1)
    } else {
        start
    })
}

#[cfg(test)]
mod tests {
    use super::super::diff::MOST;
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
        fn a_line_that_is_not_changed_was_there_before(before in "[ab\n]{0,40}", after in "[ab\n]{0,40}") {
            let (old, new) = (Text::new(before.as_str()), Text::new(after.as_str()));
            let (map, content) = (map(&before, &after), |text: &Text, line: usize| text.lossy(text.lines()[line].content).into_owned());
            let kept: Vec<usize> = (0..new.lines().len()).filter(|line| !map.changed().contains(line)).collect();
            for line in kept {
                let is_it = |from: &usize| map.line(*from) == line && content(&old, *from) == content(&new, line);
                prop_assert!((0..old.lines().len()).any(|from| is_it(&from)));
            }
        }

        #[test]
        fn a_line_always_lands_inside(before in "[ab\n]{0,40}", after in "[ab\n]{0,40}", line in 0usize..40) {
            let count = Text::new(after.as_str()).lines().len();
            prop_assert!(map(&before, &after).line(line) < count.max(1));
        }
    }
}
