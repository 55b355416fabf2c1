//! In which stage each task can be done, by what tasks say comes first.
//!
//! What a task names is kept as ranges of the list, and the highest stage in a range is looked up:
//! thousands of tasks that each name all before them cost little more than their lines.

use std::collections::HashMap;
use std::ops::Range;

use super::grouping::{Basis, is_leaf};
use crate::spec::feature::Listed;
use crate::spec::ready::First;
use crate::spec::schedule::Dependencies;
use crate::spec::tasks::Tasks;

/// How often needs that point forward are followed. A longer chain of them, or a circle, ends
/// there.
const ROUNDS: usize = 16;

/// Returns for each item the stage that follows from what tasks say comes first; none for one that
/// is no work by itself. A task that says nothing comes behind all required ones before it, an
/// optional one with the last of them.
pub(super) fn stages(list: Listed<'_>) -> (Basis, Vec<Option<usize>>) {
    let tasks = list.tasks;
    let leaves: Vec<usize> = (0..tasks.items.len())
        .filter(|item| is_leaf(tasks, *item))
        .collect();
    let mut reader = Reader::of(list);
    let needs: Vec<Option<Vec<Need>>> = leaves.iter().map(|leaf| reader.needs(*leaf)).collect();
    let basis = if needs.iter().any(Option::is_some) {
        Basis::Needs
    } else {
        Basis::Order
    };
    let mut levels = Levels::of(tasks, &leaves);
    for _ in 0..ROUNDS {
        if !raise(tasks, &leaves, &needs, &mut levels) {
            break;
        }
    }
    let mut stages = vec![None; tasks.items.len()];
    leaves
        .iter()
        .for_each(|leaf| stages[*leaf] = Some(levels.of_leaf(*leaf)));
    (basis, stages)
}

/// Work that comes first: that of some items of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Need {
    items: Range<usize>,
    /// Whether optional tasks count too. Below a task that is named they do not.
    is_all: bool,
}

/// Reads what tasks say comes first.
struct Reader<'a> {
    list: Listed<'a>,
    said: Dependencies<'a>,
    numbers: HashMap<&'a str, usize>,
    /// For each item, the last one below it.
    last_below: Highest,
    /// What is below the tasks that were named so far.
    below: HashMap<usize, Vec<Range<usize>>>,
}

impl<'a> Reader<'a> {
    fn of(list: Listed<'a>) -> Self {
        let items = list.tasks.items.iter().enumerate();
        let mut last_below = Highest::new(list.tasks.items.len());
        for (index, item) in items.clone() {
            last_below.set(index, item.last_below);
        }
        Self {
            last_below,
            list,
            said: Dependencies::of(list),
            numbers: items
                .filter_map(|(index, item)| Some((item.number.as_deref()?, index)))
                .collect(),
            below: HashMap::new(),
        }
    }

    /// Returns what a task says comes first; none where it says nothing.
    fn needs(&mut self, leaf: usize) -> Option<Vec<Need>> {
        let mut needs = Vec::new();
        for first in self.said.named_by(&self.list.tasks.items[leaf])? {
            let (from, to) = match first {
                First::One(number) => (self.numbers.get(number), None),
                First::From(from, to) => (self.numbers.get(from), self.numbers.get(to)),
            };
            match (from.copied(), to.copied()) {
                (Some(from), Some(to)) if from <= to => self.add_range(from, to, &mut needs),
                (from, to) => [from, to]
                    .into_iter()
                    .flatten()
                    .for_each(|item| self.add(item, &mut needs)),
            }
        }
        Some(
            needs
                .into_iter()
                .flat_map(|need| without(need, leaf))
                .collect(),
        )
    }

    /// Adds all items from one to another, with what is below them.
    fn add_range(&mut self, from: usize, to: usize, needs: &mut Vec<Need>) {
        needs.push(Need {
            items: from..to + 1,
            is_all: true,
        });
        // What is below those inside the range may go on behind it.
        if self.last_below.highest(from..to + 1) > to {
            let items = &self.list.tasks.items;
            let open = (from..to + 1).filter(|item| items[*item].last_below > to);
            open.for_each(|item| self.add(item, needs));
        }
    }

    /// Adds an item, or the required work below it.
    fn add(&mut self, item: usize, needs: &mut Vec<Need>) {
        let tasks = self.list.tasks;
        if is_leaf(tasks, item) {
            needs.push(Need {
                items: item..item + 1,
                is_all: true,
            });
            return;
        }
        let below = self.below.entry(item).or_insert_with(|| runs(tasks, item));
        needs.extend(below.iter().map(|items| Need {
            items: items.clone(),
            is_all: false,
        }));
    }
}

/// Returns the ranges of the list that are a task and everything below it.
fn runs(tasks: &Tasks, item: usize) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for index in tasks.subtree(item) {
        match runs.last_mut().filter(|run| run.end == index) {
            Some(run) => run.end += 1,
            None => runs.push(index..index + 1),
        }
    }
    runs
}

/// Takes an item out of what is needed.
fn without(need: Need, item: usize) -> impl Iterator<Item = Need> {
    let Need { items, is_all } = need;
    let parts = if items.contains(&item) {
        [items.start..item, item + 1..items.end]
    } else {
        [items, 0..0]
    };
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.map(move |items| Need { items, is_all })
}

/// Puts each leaf behind what it needs. Says whether one had to move.
fn raise(
    tasks: &Tasks,
    leaves: &[usize],
    needs: &[Option<Vec<Need>>],
    levels: &mut Levels,
) -> bool {
    let mut next: usize = 0;
    let mut has_moved = false;
    for (leaf, needs) in leaves.iter().zip(needs) {
        let is_optional = tasks.items[*leaf].optional;
        let level = match needs {
            Some(needs) => {
                let behind = needs.iter().map(|need| levels.behind(need));
                behind.max().unwrap_or(0)
            }
            None if is_optional => next.saturating_sub(1),
            None => next,
        };
        if levels.of_leaf(*leaf) != level {
            has_moved = true;
            levels.set(*leaf, level, is_optional);
        }
        if !is_optional {
            next = next.max(level + 1);
        }
    }
    has_moved
}

/// The level of each leaf, and the highest in every range: of all leaves and of the required ones.
struct Levels {
    all: Highest,
    required: Highest,
}

impl Levels {
    /// Puts all leaves at the lowest level.
    fn of(tasks: &Tasks, leaves: &[usize]) -> Self {
        let count = tasks.items.len();
        let mut levels = Self {
            all: Highest::new(count),
            required: Highest::new(count),
        };
        for leaf in leaves {
            levels.set(*leaf, 0, tasks.items[*leaf].optional);
        }
        levels
    }

    fn set(&mut self, leaf: usize, level: usize, is_optional: bool) {
        self.all.set(leaf, level + 1);
        if !is_optional {
            self.required.set(leaf, level + 1);
        }
    }

    fn of_leaf(&self, leaf: usize) -> usize {
        self.all.highest(leaf..leaf + 1).saturating_sub(1)
    }

    /// Returns the first level behind all that is needed.
    fn behind(&self, need: &Need) -> usize {
        let levels = if need.is_all {
            &self.all
        } else {
            &self.required
        };
        levels.highest(need.items.clone())
    }
}

/// Numbers in order, and the highest in any range of them: a segment tree. Each is 0 until it is
/// set.
struct Highest {
    count: usize,
    /// The root is at 1, what is below a node at twice its place; the numbers themselves are the
    /// last half.
    nodes: Vec<usize>,
}

impl Highest {
    fn new(count: usize) -> Self {
        Self {
            count,
            nodes: vec![0; 2 * count],
        }
    }

    fn set(&mut self, index: usize, number: usize) {
        let mut at = self.count + index;
        self.nodes[at] = number;
        while at > 1 {
            at /= 2;
            self.nodes[at] = self.nodes[2 * at].max(self.nodes[2 * at + 1]);
        }
    }

    /// Returns the highest number in a range; 0 where it is empty.
    fn highest(&self, range: Range<usize>) -> usize {
        let (mut start, mut end) = (self.count + range.start, self.count + range.end);
        let mut highest = 0;
        while start < end {
            if start % 2 == 1 {
                highest = highest.max(self.nodes[start]);
                start += 1;
            }
            if end % 2 == 1 {
                end -= 1;
                highest = highest.max(self.nodes[end]);
            }
            (start, end) = (start / 2, end / 2);
        }
        highest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::Document;
    use crate::text::Text;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_highest_of_a_range_is_that_of_its_numbers(
            numbers in proptest::collection::vec((0usize..20, 0usize..50), 1..40),
            ends in (0usize..21, 0usize..21),
        ) {
            let mut tree = Highest::new(20);
            let mut plain = [0; 20];
            for (index, number) in numbers {
                tree.set(index, number);
                plain[index] = number;
            }
            let range = ends.0.min(ends.1)..ends.0.max(ends.1);
            let expected = plain[range.clone()].iter().copied().max().unwrap_or(0);
            prop_assert_eq!(tree.highest(range), expected);
        }
    }

    #[test]
    fn tasks_that_each_need_all_before_them_are_read_as_ranges() {
        let item = |task: usize| format!("- [ ] {}. a\n  - _Depends: 1-{task}_\n", task + 1);
        let source: String = (0..500).map(item).collect();
        let text = Text::new(source);
        let document = Document::parse(&text);
        let tasks = Tasks::parse(&text, &document);
        let list = Listed {
            text: &text,
            document: &document,
            tasks: &tasks,
        };
        let mut reader = Reader::of(list);
        let needs: Vec<usize> = (0..500)
            .map(|leaf| reader.needs(leaf).map_or(0, |needs| needs.len()))
            .collect();
        assert!(needs.iter().all(|count| *count <= 2), "{needs:?}");
        let (_, stages) = stages(list);
        assert_eq!(stages[499], Some(499));
    }
}
