//! References that stand beside the items: which items do they hold for?

use std::ops::Range;

use super::{Phase, Task, Tasks};
use crate::spec::references::Field;

/// Returns the references of each phase to its items, those of inner phases first; then those in
/// its heading to the items that have none.
pub(super) fn hand_down(tasks: &mut Tasks) {
    for index in (0..tasks.phases.len())
        .rev()
        .filter(|index| !tasks.phases[*index].references.is_empty())
    {
        let (inside, beside) = (
            items_of(tasks, index, Extent::All),
            items_of(tasks, index, Extent::Direct),
        );
        give_references(
            &tasks.phases[index].references,
            &mut tasks.items,
            inside,
            beside,
        );
    }
    for index in 0..tasks.phases.len() {
        let beside = items_of(tasks, index, Extent::Direct);
        give_depends(&mut tasks.phases[index], &mut tasks.items[beside]);
    }
    for index in (0..tasks.phases.len())
        .rev()
        .filter(|index| !tasks.phases[*index].heading.is_empty())
    {
        let inside = items_of(tasks, index, Extent::All);
        give_heading(&tasks.phases[index], &mut tasks.items[inside]);
    }
}

/// How far a phase reaches.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// Over the headings inside it.
    All,
    /// Up to the next heading.
    Direct,
}

/// Returns the indexes of the items of a phase. The title of the document reaches up to the next
/// heading only.
pub(super) fn items_of(tasks: &Tasks, index: usize, extent: Extent) -> Range<usize> {
    let phase = &tasks.phases[index];
    let ends =
        |other: &&Phase| extent == Extent::Direct || other.level <= phase.level || phase.level == 1;
    let end = tasks.phases[index + 1..]
        .iter()
        .find(ends)
        .map_or(usize::MAX, |next| next.line);
    let at = |line: usize| tasks.items.partition_point(|item| item.line < line);
    at(phase.line)..at(end)
}

/// Returns references to all items of a phase. Where they stand behind several items, each is about
/// the item before it.
fn give_references(
    references: &[Field],
    items: &mut [Task],
    inside: Range<usize>,
    beside: Range<usize>,
) {
    let places = places(references, &items[beside.clone()]);
    let is_one_by_one = is_one_by_one(&places);
    for (field, place) in references.iter().zip(places) {
        if is_one_by_one && place > 0 {
            let before = beside.start..beside.start + place;
            items[nearest(&items[before.clone()], before.start)]
                .fields
                .push(*field);
        } else {
            items[inside.clone()]
                .iter_mut()
                .for_each(|item| item.fields.push(*field));
        }
    }
}

/// Returns to the item before it what comes first for that item alone; to the phase is left what
/// stands before its items, or behind them all where its heading has a number.
fn give_depends(phase: &mut Phase, beside: &mut [Task]) {
    let places = places(&phase.depends, beside);
    let is_of_items = is_one_by_one(&places) || phase.number.is_none();
    let mut left = Vec::new();
    for (field, place) in phase.depends.iter().zip(places) {
        if is_of_items && place > 0 {
            beside[nearest(&beside[..place], 0)].fields.push(*field);
        } else {
            left.push(*field);
        }
    }
    phase.depends = left;
}

/// Returns for each field how many of the items stand before it.
fn places(fields: &[Field], items: &[Task]) -> Vec<usize> {
    fields
        .iter()
        .map(|field| items.partition_point(|item| item.line < field.line))
        .collect()
}

fn is_one_by_one(places: &[usize]) -> bool {
    places.iter().any(|other| *other != places[0])
}

/// Returns the index of the last item with a number, or of the last one. The first of the given
/// items has the index `start`.
fn nearest(items: &[Task], start: usize) -> usize {
    let numbered = items.iter().rposition(|item| item.number.is_some());
    start + numbered.unwrap_or(items.len().saturating_sub(1))
}

fn give_heading(phase: &Phase, items: &mut [Task]) {
    let has_own = |item: &Task| {
        item.fields
            .iter()
            .any(|field| field.kind.names_requirements())
    };
    for item in items.iter_mut().filter(|item| !has_own(item)) {
        item.fields.extend(phase.heading.iter().copied());
    }
}

#[cfg(test)]
mod tests {
    use crate::spec::tasks::tests::parsed;

    #[test]
    fn references_below_a_heading_hold_for_its_items() {
        let source = "# Plan\n**Requirements:** 9\n- [ ] a\n## Task 1: b\n- [ ] c\n\n**Requirements:** 1.1, 1.2\n\n### Details\n- **Requirements**: 1.3\n- [ ] d\n\
                      ```\n_Requirements: 5_\n```\n## Task 2: e\n- [ ] f\n";
        let (text, tasks) = parsed(source);
        let found: Vec<_> = tasks
            .items
            .iter()
            .map(|item| item.references(&text).join(" "))
            .collect();
        assert_eq!(found, ["9", "1.1 1.2", "1.3 1.1 1.2", ""]);
    }

    #[test]
    fn references_behind_several_items_are_about_the_item_before() {
        for (source, expected) in [
            (
                "## Tasks\n- [ ] 1. a\n  - [ ] 1.1 b\n\n**Requirements:** 1\n\n- [ ] 1.2 c\n\n**Requirements:** 2\n",
                ["", "1", "2"],
            ),
            (
                "## Tasks\n- [ ] 1. a\n- [ ] x\n\n**Requirements:** 1\n\n- [ ] 2. c\n\n**Requirements:** 2\n",
                ["1", "", "2"],
            ),
            (
                "**Requirements:** 9\n## Tasks\n**Requirements:** 1\n- [ ] a\n- [ ] b\n\n**Requirements:** 2\n\n- [ ] c\n",
                ["1", "1 2", "1"],
            ),
            (
                "## Task 1\n- **Done when**:\n  - [ ] a\n  - [ ] b\n- **Requirements**: 1\n## Task 2\n- [ ] c\n- _Requirements: 2_\n",
                ["1", "1", "2"],
            ),
        ] {
            let (text, tasks) = parsed(source);
            let found: Vec<_> = tasks
                .items
                .iter()
                .map(|item| item.references(&text).join(" "))
                .collect();
            assert_eq!(found, expected, "{source:?}");
        }
    }

    #[test]
    fn what_a_heading_names_holds_for_items_that_name_nothing() {
        let source = "# Plan\n## 任务 1：a（需求 1）\n- [ ] 1.1 b\n- [ ] 1.2 c\n  - _需求: 2.1_\n### Part\n- [ ] d\n## Task 2: e (3 days)\n- [ ] f\n";
        let (text, tasks) = parsed(source);
        let found: Vec<_> = tasks
            .items
            .iter()
            .map(|item| item.references(&text).join(" "))
            .collect();
        assert_eq!(found, ["1", "2.1", "1", ""]);
    }
}
