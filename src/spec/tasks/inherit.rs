//! References that stand beside the items: which items do they hold for?

use std::ops::Range;

use super::{Phase, Task, Tasks};
use crate::spec::references::Field;

/// Gives the references of each phase to its items, those of inner phases first; then those in its heading to the items that have none.
pub(super) fn hand_down(tasks: &mut Tasks) {
    for index in (0..tasks.phases.len()).rev().filter(|index| !tasks.phases[*index].references.is_empty()) {
        let (inside, beside) = (items_of(tasks, index, Extent::All), items_of(tasks, index, Extent::Direct));
        give_references(&tasks.phases[index].references, &mut tasks.items, inside, beside);
    }
    for index in (0..tasks.phases.len()).rev().filter(|index| !tasks.phases[*index].heading.is_empty()) {
        let inside = items_of(tasks, index, Extent::All);
        give_heading(&tasks.phases[index], &mut tasks.items[inside]);
    }
}

/// How far a phase reaches.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// Over the headings inside it.
    All,
    /// Up to the next heading.
    Direct,
}

/// Gives the indexes of the items of a phase. The title of the document reaches up to the next heading only.
fn items_of(tasks: &Tasks, index: usize, extent: Extent) -> Range<usize> {
    let phase = &tasks.phases[index];
    let ends = |other: &&Phase| extent == Extent::Direct || other.level <= phase.level || phase.level == 1;
    let end = tasks.phases[index + 1..].iter().find(ends).map_or(usize::MAX, |next| next.line);
    let at = |line: usize| tasks.items.partition_point(|item| item.line < line);
    at(phase.line)..at(end)
}

/// Gives references to all items of a phase. Where they stand behind several items, each is about the item before it.
fn give_references(references: &[Field], items: &mut [Task], inside: Range<usize>, beside: Range<usize>) {
    let place = |field: &Field| items[beside.clone()].partition_point(|item| item.line < field.line);
    let places: Vec<usize> = references.iter().map(place).collect();
    let is_one_by_one = places.iter().any(|other| *other != places[0]);
    for (field, place) in references.iter().zip(places) {
        if is_one_by_one && place > 0 {
            let before = beside.start..beside.start + place;
            items[nearest(&items[before.clone()], before.start)].fields.push(*field);
        } else {
            items[inside.clone()].iter_mut().for_each(|item| item.fields.push(*field));
        }
    }
}

/// Gives the index of the last item with a number, or of the last one. The first of the given items has the index `start`.
fn nearest(items: &[Task], start: usize) -> usize {
    let numbered = items.iter().rposition(|item| item.number.is_some());
    start + numbered.unwrap_or(items.len().saturating_sub(1))
}

fn give_heading(phase: &Phase, items: &mut [Task]) {
    let has_own = |item: &Task| item.fields.iter().any(|field| field.kind.names_requirements());
    for item in items.iter_mut().filter(|item| !has_own(item)) {
        item.fields.extend(phase.heading.iter().copied());
    }
}
