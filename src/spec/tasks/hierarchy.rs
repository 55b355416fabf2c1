//! Parents, depth, optional and counted.

use std::collections::HashMap;

use super::{ItemKind, Task};

/// Fills in what follows from the order of all items: parent, depth, optional, counted.
pub(super) fn connect(items: &mut [Task]) {
    set_parents(items);
    set_last_below(items);
    set_optional(items);
    set_counted(items);
}

/// Finds each task's parent: the nearest preceding task whose number is the longest existing
/// prefix; without such a task, or without a number, the nearest preceding task that is less
/// indented.
fn set_parents(items: &mut [Task]) {
    let mut by_number: HashMap<String, usize> = HashMap::new();
    let mut open: Vec<usize> = Vec::new();
    for index in 0..items.len() {
        if items[index].kind == ItemKind::Checklist {
            continue;
        }
        open.retain(|above| items[*above].indent < items[index].indent);
        let by_prefix = items[index]
            .number
            .as_deref()
            .and_then(|number| prefixes(number).find_map(|prefix| by_number.get(prefix).copied()));
        let parent = by_prefix.or(open.last().copied());
        let depth = parent.map_or(0, |parent| items[parent].depth + 1);
        (items[index].parent, items[index].depth) = (parent, depth);
        if let Some(parent) = parent {
            items[parent].has_children = true;
            items[parent].last_child = Some(index);
        }
        if let Some(number) = items[index].number.clone() {
            by_number.insert(number, index);
        }
        open.push(index);
    }
}

fn set_last_below(items: &mut [Task]) {
    for (index, item) in items.iter_mut().enumerate() {
        item.last_below = index;
    }
    // A parent stands before its children.
    for index in (0..items.len()).rev() {
        let last = items[index].last_below;
        if let Some(parent) = items[index].parent {
            items[parent].last_below = items[parent].last_below.max(last);
        }
    }
}

/// Returns the numbers that could be above `number`, the longest first: `3.0.1` has `3.0` and `3`;
/// `CK-0.1` has `CK-0`.
fn prefixes(number: &str) -> impl Iterator<Item = &str> {
    let first = number
        .find(|character: char| character.is_ascii_digit())
        .unwrap_or(0);
    let whole = range_start(number);
    whole
        .char_indices()
        .rev()
        .filter(move |(at, character)| *at > first && matches!(character, '.' | '-'))
        .map(|(at, _)| &number[..at])
}

/// Returns the first number of a range such as `T1.1-T1.5`.
fn range_start(number: &str) -> &str {
    let is_end =
        |at: &usize| number[at + 1..].starts_with(|character: char| character.is_ascii_uppercase());
    let end = number
        .char_indices()
        .filter(|(_, character)| *character == '-')
        .map(|(at, _)| at)
        .find(is_end);
    end.map_or(number, |at| &number[..at])
}

fn set_optional(items: &mut [Task]) {
    for index in 0..items.len() {
        let inherited = items[index]
            .parent
            .is_some_and(|parent| items[parent].optional);
        items[index].optional = inherited || items[index].star.is_some();
    }
}

fn set_counted(items: &mut [Task]) {
    let mut has_required_child = vec![false; items.len()];
    for item in items.iter().filter(|item| !item.optional && !item.template) {
        if let Some(parent) = item.parent {
            has_required_child[parent] = true;
        }
    }
    for (item, has_required_child) in items.iter_mut().zip(has_required_child) {
        item.counted =
            item.kind == ItemKind::Task && !item.optional && !item.template && !has_required_child;
    }
}

#[cfg(test)]
mod tests {
    use crate::markdown::Document;
    use crate::spec::tasks::Tasks;
    use crate::text::Text;

    /// Returns for each item the line of its parent (0 for none), its depth, and whether it is
    /// optional and counted.
    fn connected(source: &str) -> Vec<(usize, usize, bool, bool)> {
        let text = Text::new(source);
        let tasks = Tasks::parse(&text, &Document::parse(&text));
        let line = |parent: Option<usize>| parent.map_or(0, |parent| tasks.items[parent].line + 1);
        tasks
            .items
            .iter()
            .map(|item| (line(item.parent), item.depth, item.optional, item.counted))
            .collect()
    }

    #[test]
    fn the_number_decides_first_and_the_indent_second() {
        for (source, expected) in [
            (
                "- [ ] 1. a\n- [ ] 1.1 b\n- [ ] 1.1.1 c\n- [ ] 2. d\n",
                vec![(0, 0), (1, 1), (2, 2), (0, 0)],
            ),
            ("- [ ] 3. a\n  - [ ] 3.0.1 b\n", vec![(0, 0), (1, 1)]),
            ("- [ ] 1. a\n  - [ ] 5.1 b\n", vec![(0, 0), (1, 1)]),
            (
                "- [ ] 1. a\n- [ ] 1. again\n- [ ] 1.1 b\n",
                vec![(0, 0), (0, 0), (2, 1)],
            ),
            (
                "- [ ] a\n  - [ ] b\n    - [ ] c\n  - [ ] d\n- [ ] e\n",
                vec![(0, 0), (1, 1), (2, 2), (1, 1), (0, 0)],
            ),
            (
                "- [ ] CK-0 a\n- [ ] CK-0: a\n- [ ] CK-0.1 b\n",
                vec![(0, 0), (0, 0), (2, 1)],
            ),
            ("- [ ] T1: a\n- [ ] T1.1-T1.5: b\n", vec![(0, 0), (1, 1)]),
            (
                "- [ ] 7. a\n- [ ] 7.4 b\n- [ ] 7.4b c\n",
                vec![(0, 0), (1, 1), (1, 1)],
            ),
        ] {
            let found: Vec<_> = connected(source)
                .into_iter()
                .map(|(parent, depth, ..)| (parent, depth))
                .collect();
            assert_eq!(found, expected, "{source:?}");
        }
    }

    #[test]
    fn optional_goes_down_and_only_required_leaves_count() {
        let source = "- [ ] 1. a\n  - [ ]* 1.1 b\n    - [ ] 1.1.1 c\n- [ ]* 2. d\n  - [ ] 2.1 e\n- [ ] 3. f\n  - [ ] 3.1 g\n";
        let found: Vec<_> = connected(source)
            .into_iter()
            .map(|(_, _, optional, counted)| (optional, counted))
            .collect();
        let expected = [
            (false, true),
            (true, false),
            (true, false),
            (true, false),
            (true, false),
            (false, false),
            (false, true),
        ];
        assert_eq!(found, expected);
    }
}
