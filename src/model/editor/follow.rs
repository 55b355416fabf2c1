//! Following the file below an open editor: the unit moves, and what others changed in it comes in.

use super::{Caret, Contradiction, Editor, cell};
use crate::spec::unit::Unit;
use crate::text::{Bias, Conflict, Edit, Excerpt, Text};

impl Editor {
    /// Notes that what was typed contradicts a text on disk.
    pub fn contradict(&mut self, conflict: &Conflict) {
        let (ours, first) = (conflict.ours(), self.unit.lines.start);
        let count = self.buffer.lines().len();
        let lines_of = |place: &crate::text::Place| {
            let last = place.ours.end.saturating_sub(1).max(place.ours.start);
            ours.line_at(place.ours.start)..=ours.line_at(last)
        };
        let lines = conflict.places().iter().flat_map(lines_of);
        let lines = lines.map(|line| line.saturating_sub(first).min(count - 1));
        let theirs = conflict.theirs().clone();
        self.contradicted = Some(Contradiction {
            at: self.unit_in(&theirs).lines.start,
            theirs,
            lines: lines.collect(),
            count,
        });
    }

    /// Returns whether it is known that what was typed contradicts a text, and which lines do.
    pub fn is_known_to_contradict(&self, theirs: &Text) -> bool {
        let count = self.buffer.lines().len();
        let known = self.contradicted.as_ref();
        known.is_some_and(|known| known.theirs == *theirs && known.count == count)
    }

    /// Returns whether both sides changed a line of what was typed.
    pub fn is_contradicted(&self, line: usize) -> bool {
        let known = self.contradicted.as_ref();
        known.is_some_and(|known| known.lines.contains(&line))
    }

    /// Puts the editor over another text of its file. `merged` is that text with what was typed, and
    /// differs from it only within the unit. The caret stays in its words.
    pub fn follow_to(&mut self, theirs: &Text, merged: &Text) {
        let unit = self.unit_in(theirs);
        if self.is_new() {
            return self.rebase_new(theirs, unit);
        }
        if let Some(typed) = cell::lines_in(merged, &unit) {
            let caret = self.caret_in(&typed);
            return self.rebase(theirs, unit, typed, caret);
        }
        let excerpt = Excerpt::of(theirs, unit.lines.clone());
        let behind = theirs.lines().len() - unit.lines.end;
        let end = merged
            .lines()
            .len()
            .saturating_sub(behind)
            .max(unit.lines.start);
        let typed = merged.lines()[unit.lines.start..end].iter();
        let typed: Vec<String> = typed
            .map(|line| {
                let content = merged.slice(line.content);
                let inner = content.strip_prefix(excerpt.indent()).unwrap_or(content);
                String::from_utf8_lossy(inner).into_owned()
            })
            .collect();
        let caret = self.caret_in(&typed);
        self.rebase(theirs, unit, typed, caret);
    }

    /// Returns the unit where it stands in another text of its file.
    pub(super) fn unit_in(&self, theirs: &Text) -> Unit {
        let base = self.base();
        let way = Edit::between(base, theirs);
        let lines = &self.unit.lines;
        let offset = |line: usize| {
            base.lines()
                .get(line)
                .map_or(base.len(), |line| line.whole.start)
        };
        let start = way.map(offset(lines.start), Bias::After);
        let end = way.map(offset(lines.end), Bias::Before).max(start);
        let count = theirs.lines().len();
        let line_of = |offset: usize| {
            let before = theirs
                .lines()
                .partition_point(|line| line.whole.start < offset);
            before.min(count)
        };
        Unit {
            lines: line_of(start)..line_of(end).max(line_of(start)),
            ..self.unit.clone()
        }
    }

    /// Returns the caret where its words stand in other lines.
    fn caret_in(&self, lines: &[String]) -> Caret {
        let (before, after) = (joined(self.buffer.lines()), joined(lines));
        let caret = self.buffer.caret();
        let line = before
            .lines()
            .get(caret.row)
            .map_or(before.len(), |line| line.whole.start);
        // What comes in behind a line stands behind the caret at its end, what comes in above a line
        // above the caret at its start.
        let bias = if caret.byte == 0 {
            Bias::After
        } else {
            Bias::Before
        };
        let offset = Edit::between(&before, &after).map(line + caret.byte, bias);
        let row = after.line_at(offset).min(lines.len().saturating_sub(1));
        let start = after.lines().get(row).map_or(0, |line| line.whole.start);
        Caret::new(row, offset.saturating_sub(start))
    }
}

fn joined(lines: &[String]) -> Text {
    Text::new(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Merged;
    use crate::spec::unit::UnitKind;
    use crate::store::{DocumentFile, DocumentKind};

    fn editor(base: &str, lines: std::ops::Range<usize>, typed: &[&str], caret: Caret) -> Editor {
        let file = DocumentFile {
            kind: DocumentKind::Tasks,
            path: "tasks.md".into(),
        };
        let unit = Unit {
            kind: UnitKind::Task,
            lines,
            name: "task 2".to_owned(),
        };
        let mut editor = Editor::open("spec".into(), file, &Text::new(base), unit);
        let typed = typed.iter().map(|line| (*line).to_owned()).collect();
        editor.buffer_mut().reset(typed, caret);
        editor
    }

    #[test]
    fn what_others_change_comes_in_and_the_caret_stays_in_its_words() {
        let base = "- [ ] 1. A\n- [ ] 2. B\n  - d\n- [ ] 3. C\n";
        for (theirs, typed, caret) in [
            (
                "# New\n\n- [x] 1. A\n- [ ] 2. B\n  - d\n- [ ] 3. C\n",
                "- [ ] 2. Bee",
                12,
            ),
            (
                "- [ ] 1. A\n- [x] 2. B\n  - d\n- [ ] 3. C\n",
                "- [x] 2. Bee",
                12,
            ),
            (
                "- [ ] 1. A\n- [ ] 2. B\n  - d\n  - e\n- [x] 3. C\n",
                "- [ ] 2. Bee",
                12,
            ),
        ] {
            let mut editor = editor(base, 1..3, &["- [ ] 2. Bee", "  - d"], Caret::new(0, 12));
            let theirs = Text::new(theirs);
            let Merged::Clean(edit) = editor.merge(&theirs) else {
                panic!("a conflict with {theirs:?}");
            };
            editor.follow_to(&theirs, &edit.apply(&theirs));
            assert_eq!(editor.buffer().lines()[0], typed);
            assert_eq!(editor.buffer().caret(), Caret::new(0, caret));
            assert_eq!(editor.edit().apply(&theirs), edit.apply(&theirs));
        }
    }

    #[test]
    fn a_line_that_comes_in_at_the_caret_does_not_take_it_along() {
        let base = "- [ ] 1. A\n- [ ] 2. B\n  - d\n- [ ] 3. C\n";
        for (theirs, caret, expected) in [
            ("  - d\n  - e\n", Caret::new(1, 5), Caret::new(1, 5)),
            ("  - c\n  - d\n", Caret::new(1, 0), Caret::new(2, 0)),
            ("  - c\n  - d\n", Caret::new(0, 12), Caret::new(0, 12)),
        ] {
            let mut editor = editor(base, 1..3, &["- [ ] 2. Bee", "  - d"], caret);
            let theirs = Text::new(base.replace("  - d\n", theirs));
            let Merged::Clean(edit) = editor.merge(&theirs) else {
                panic!("a conflict with {theirs:?}");
            };
            editor.follow_to(&theirs, &edit.apply(&theirs));
            assert_eq!(editor.buffer().caret(), expected, "{theirs:?}");
        }
    }

    #[test]
    fn the_same_words_changed_on_both_sides_are_a_conflict() {
        let base = "- [ ] 1. A\n- [ ] 2. B\n";
        let editor = editor(base, 1..2, &["- [ ] 2. Ours"], Caret::default());
        let theirs = Text::new("- [ ] 1. A\n- [ ] 2. Theirs\n");
        let Merged::Open(mut dispute) = editor.merge(&theirs) else {
            panic!("no conflict");
        };
        let sides = dispute.sides().unwrap();
        assert_eq!((sides.line, &sides.ours[0][..]), (1, "- [ ] 2. Ours"));
        assert_eq!(sides.theirs, ["- [ ] 2. Theirs"]);
        let edit = dispute.choose(crate::text::Resolution::Ours).unwrap();
        assert_eq!(
            edit.apply(&theirs),
            Text::new("- [ ] 1. A\n- [ ] 2. Ours\n")
        );
    }
}
