//! Headings that are tasks to their author: `### T-002: Login` with `**Depends:** T-001` below it.
//! Which of them wait?

use std::ops::Range;

use super::inherit::{Extent, items_of};
use super::{Phase, Tasks};
use crate::markdown::State;
use crate::spec::references::{ReferenceKind, read_references};
use crate::spec::source_str::readable;
use crate::text::{Span, Text};

impl Tasks {
    /// Returns the line up to which everything stands below a phase: that of the next heading of
    /// its level or above.
    pub fn end_of_phase(&self, phase: usize) -> usize {
        let level = self.phases[phase].level;
        let mut behind = self.phases[phase + 1..].iter();
        let next = behind.find(|next| next.level <= level);
        next.map_or(usize::MAX, |next| next.line)
    }

    /// Returns the indexes of all items below a phase, and below the phases in it.
    pub fn below(&self, phase: usize) -> Range<usize> {
        let before = |line: usize| self.items.partition_point(|item| item.line < line);
        before(self.phases[phase].line)..before(self.end_of_phase(phase))
    }

    /// Puts right which items are `ready`, by what headings say comes first: nothing below a
    /// heading that waits, and the first open item below one that waits no more. Headings that say
    /// nothing leave everything to the order. What does not exist holds nothing up.
    pub fn hold_phases(&self, text: &Text, ready: &mut [bool]) {
        for (index, phase) in self.phases.iter().enumerate() {
            let Some(before) = self.phases_before(text, phase) else {
                continue;
            };
            let items = items_of(self, index, Extent::Direct);
            if before
                .into_iter()
                .any(|other| other != index && self.is_open(other))
            {
                ready[items].fill(false);
            } else if !ready[items.clone()].contains(&true)
                && let Some(first) = items.clone().find(|item| self.may_begin(*item))
            {
                ready[first] = true;
            }
        }
    }

    /// Returns the phases that come before one, by its own words; nothing where it does not say.
    fn phases_before(&self, text: &Text, phase: &Phase) -> Option<Vec<usize>> {
        let mut before = Vec::new();
        let mut says = false;
        for reference in phase
            .depends
            .iter()
            .flat_map(|field| read_references(text, field.body))
        {
            let range = match reference.kind {
                ReferenceKind::Id(id) => self.phases_from(text, id, id),
                ReferenceKind::Range { from, to } => self.phases_from(text, from, to),
                ReferenceKind::Nothing => Some(0..0),
                _ => None,
            };
            says |= range.is_some();
            before.extend(range.into_iter().flatten());
        }
        says.then_some(before)
    }

    /// Returns the phases from one number to another.
    fn phases_from(&self, text: &Text, from: Span, to: Span) -> Option<Range<usize>> {
        let place = |id: Span| {
            self.phases
                .iter()
                .position(|phase| phase.number.as_deref() == Some(readable(text.slice(id))))
        };
        let (first, last) = (place(from)?, place(to)?);
        (first <= last).then_some(first..last + 1)
    }

    fn is_open(&self, phase: usize) -> bool {
        self.items[items_of(self, phase, Extent::All)]
            .iter()
            .any(|item| item.counted && item.state != State::Done)
    }

    fn may_begin(&self, item: usize) -> bool {
        let item = &self.items[item];
        item.counted && item.state.marker().can_start
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::Document;

    #[test]
    fn what_is_below_a_heading_waits_for_the_headings_it_names() {
        let head = "### T-001: a\n- **Depends**: none\n- [x] b\n### T-002: c\n- [ ] d\n- [ ] e\n### T-003: f\n";
        for (below, expected) in [
            (
                "- **Depends**: T-001\n- [ ] g\n- [ ] h\n",
                [false, true, false, true, false],
            ),
            (
                "- **依存**: T-002\n- [ ] g\n- [ ] h\n",
                [false, true, false, false, false],
            ),
            (
                "- **依存**: T-001〜T-002\n- [ ] g\n- [ ] h\n",
                [false, true, false, false, false],
            ),
            (
                "**Dependencies:** T-009\n\n- [ ] g\n- [ ] h\n",
                [false, true, false, false, false],
            ),
            (
                "- **Depends**: none\n- [-] g\n- [ ] h\n",
                [false, true, false, false, true],
            ),
            (
                "- [ ] g\n- [ ] h\n\n**Depends:** T-001\n",
                [false, true, false, true, false],
            ),
        ] {
            let text = Text::new(format!("{head}{below}"));
            let tasks = Tasks::parse(&text, &Document::parse(&text));
            let mut ready = vec![false, true, false, false, false];
            tasks.hold_phases(&text, &mut ready);
            assert_eq!(ready, expected, "{below:?}");
        }
    }

    #[test]
    fn what_stands_behind_an_item_is_about_that_item() {
        let text = Text::new(
            "## Tasks\n- [ ] 1. a\n\n**Dependencies:** None\n\n- [ ] 2. b\n\n**Dependencies:** Task 1\n",
        );
        let tasks = Tasks::parse(&text, &Document::parse(&text));
        let bodies: Vec<Vec<_>> = tasks
            .items
            .iter()
            .map(|item| {
                item.fields
                    .iter()
                    .map(|field| text.lossy(field.body))
                    .collect()
            })
            .collect();
        assert_eq!(bodies, [["None"], ["Task 1"]]);
        assert!(tasks.phases[0].depends.is_empty());
    }
}
