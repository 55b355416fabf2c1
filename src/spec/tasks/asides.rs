//! Fields behind the last sub-task that stand exactly as far in as it: to Markdown they are the
//! parent's.
//!
//! ```text
//! - [ ] 1. Parent
//!   - [ ] 1.1 a
//!   - [x] 1.2 b
//!   - _Requirements: 1.1_
//! ```

use std::collections::HashSet;

use super::Task;
use crate::spec::references::Field;

/// Fields beside the item before them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Aside {
    /// Index of the item before them.
    pub(super) item: usize,
    /// The fields.
    pub(super) fields: Vec<Field>,
}

/// Gives fields to the parents of the items before them, where they are meant, and else to those
/// items.
///
/// They are the items' own where siblings carry theirs in the same way, where the parent carries
/// some of its own, and where it is no further out.
pub(super) fn give(items: &mut [Task], asides: Vec<Aside>) {
    if asides.is_empty() {
        return;
    }
    let last = last_children(items);
    let carriers: HashSet<(Option<usize>, usize)> = asides
        .iter()
        .filter(|aside| last[aside.item] != Last::Child)
        .map(|aside| (items[aside.item].parent, items[aside.item].indent))
        .collect();
    let has_own: Vec<bool> = items.iter().map(has_references).collect();
    for Aside { item, fields } in asides {
        let parent = items[item].parent.filter(|parent| {
            last[item] == Last::Child
                && items[*parent].indent < items[item].indent
                && !has_own[*parent]
                && !carriers.contains(&(Some(*parent), items[item].indent))
        });
        items[parent.unwrap_or(item)].fields.extend(fields);
    }
}

/// Whether an item is the last of its siblings.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// It is.
    Child,
    /// Siblings or their sub-tasks follow.
    No,
}

/// Finds the items behind which nothing of their parent follows. The last of them all may have
/// sub-tasks itself, but none is behind its fields then.
fn last_children(items: &[Task]) -> Vec<Last> {
    let mut last = vec![Last::Child; items.len()];
    let mut youngest: Vec<Option<usize>> = vec![None; items.len()];
    for (index, item) in items.iter().enumerate() {
        let Some(parent) = item.parent else {
            continue;
        };
        last[parent] = Last::No;
        if let Some(elder) = youngest[parent].replace(index) {
            last[elder] = Last::No;
        }
    }
    last
}

fn has_references(item: &Task) -> bool {
    item.fields
        .iter()
        .any(|field| field.kind.names_requirements())
}

#[cfg(test)]
mod tests {
    use crate::spec::tasks::tests::parsed;

    #[test]
    fn fields_behind_the_last_sub_task_are_the_parents() {
        for (source, expected) in [
            (
                "- [ ] 1. Parent\n  - [ ] 1.1 a\n  - [x] 1.2 b\n  - _Requirements: 1.1_\n- [ ] 2. c\n",
                vec!["1.1", "", "", ""],
            ),
            (
                "- [ ] 1. Parent\n  - [ ] 1.1 a\n\n  _Requirements: 1.1_\n",
                vec!["1.1", ""],
            ),
            (
                "- [ ] Parent\n  - [ ] a\n  - detail\n  - **Requirements**: 1.1\n",
                vec!["1.1", ""],
            ),
            (
                "- [ ] 1. P\n  - [ ] 1.1 a\n    - _Requirements: 2.1_\n  - [ ] 1.2 b\n    - _Requirements: 2.2_\n  - _Requirements: 1.1_\n",
                vec!["1.1", "2.1", "2.2"],
            ),
            // Siblings carry theirs in the same way.
            (
                "- [ ] 1. P\n  - [ ] 1.1 a\n  - _Requirements: 1.1_\n  - [ ] 1.2 b\n  - _Requirements: 1.2_\n",
                vec!["", "1.1", "1.2"],
            ),
            // The parent has its own.
            (
                "- [ ] 1. P\n  - _Requirements: 1.1_\n  - [ ] 1.1 a\n  - _Requirements: 1.2_\n",
                vec!["1.1", "1.2"],
            ),
            // Further in, and at the margin, it is the item's.
            (
                "- [ ] 1. P\n  - [ ] 1.1 a\n    - _Requirements: 1.1_\n",
                vec!["", "1.1"],
            ),
            (
                "- [ ] 1. P\n- [ ] 1.1 a\n- _Requirements: 1.1_\n- [ ] 2. b\n- _Requirements: 1.2_\n",
                vec!["", "1.1", "1.2"],
            ),
            // Behind a sub-task that is not the last.
            (
                "- [ ] 1. P\n  - [ ] 1.1 a\n  - _Requirements: 1.1_\n  - [ ] 1.2 b\n",
                vec!["", "1.1", ""],
            ),
        ] {
            let (text, tasks) = parsed(source);
            let found: Vec<String> = tasks
                .items
                .iter()
                .map(|item| item.references(&text).join(" "))
                .collect();
            assert_eq!(found, expected, "{source:?}");
        }
    }
}
