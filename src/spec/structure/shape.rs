//! The tree of a document as a list of lines, for checking that an operation led to what it promised.

use std::collections::BTreeMap;

use super::Refused;
use super::tree::{Sort, Tree};
use crate::spec::parsed::Parsed;

/// For each item, by its line and sort, the line of what it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Shape {
    items: BTreeMap<(usize, Sort), Belongs>,
}

/// What an item belongs to: the line of the item above it, and that of its heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Belongs {
    parent: Option<usize>,
    group: Option<usize>,
}

/// The sorts of items that have a meaning of their own.
const SORTS: [Sort; 4] = [
    Sort::Task,
    Sort::Criterion,
    Sort::Requirement,
    Sort::Property,
];

impl Shape {
    /// Returns the shape of a document.
    pub(super) fn of(parsed: &Parsed) -> Self {
        let mut items = BTreeMap::new();
        for sort in SORTS {
            let tree = Tree::of(parsed, sort);
            for node in &tree.nodes {
                let parent = node.parent.map(|parent| tree.nodes[parent].line);
                let group = node.group;
                items.insert((node.line, sort), Belongs { parent, group });
            }
        }
        Self { items }
    }

    /// Returns the shape after lines went elsewhere; what was on a line that is gone is gone.
    pub(super) fn moved(&self, lines: &[Option<usize>]) -> Self {
        let to = |line: usize| lines.get(line).copied().flatten();
        let item = |((line, sort), belongs): (&(usize, Sort), &Belongs)| {
            let parent = belongs.parent.and_then(to);
            let group = belongs.group.and_then(to);
            Some(((to(*line)?, *sort), Belongs { parent, group }))
        };
        let items = self.items.iter().filter_map(item).collect();
        Self { items }
    }

    /// Lets an item belong to others.
    pub(super) fn promise(
        &mut self,
        line: usize,
        sort: Sort,
        parent: Option<usize>,
        group: Option<usize>,
    ) {
        if SORTS.contains(&sort) {
            self.items.insert((line, sort), Belongs { parent, group });
        }
    }

    /// Refuses a text in which one of these items, or a new one, is not read as that.
    pub(super) fn check_all_in(&self, after: &Parsed, new: (usize, Sort)) -> Result<(), Refused> {
        let found = Self::of(after);
        let is_read = SORTS.contains(&new.1) && !found.items.contains_key(&new);
        let mut kept = self.items.iter();
        let lost = kept.find(|(key, belongs)| found.items.get(key) != Some(belongs));
        match lost.map(|(key, _)| key.0).or(is_read.then_some(new.0)) {
            None => Ok(()),
            Some(line) => Err(otherwise(after, line)),
        }
    }

    /// Returns the first of these items that is not read as one of its sort.
    pub(super) fn lost_in(&self, after: &Parsed) -> Option<(usize, Sort)> {
        let found = Self::of(after);
        let mut kept = self.items.keys();
        kept.find(|key| !found.items.contains_key(key)).copied()
    }

    /// Refuses a text that is read otherwise.
    pub(super) fn check(&self, after: &Parsed) -> Result<(), Refused> {
        let found = Self::of(after);
        if found == *self {
            return Ok(());
        }
        let differs =
            |(key, belongs): &(&(usize, Sort), &Belongs)| found.items.get(key) != Some(belongs);
        let lost = self.items.iter().find(differs);
        let new = || found.items.keys().find(|key| !self.items.contains_key(key));
        let line = lost
            .map(|(key, _)| key.0)
            .or_else(|| new().map(|key| key.0));
        Err(otherwise(after, line.unwrap_or(0)))
    }
}

pub(super) fn otherwise(after: &Parsed, line: usize) -> Refused {
    let says = after.text.lines().get(line);
    let says = says.map_or_else(String::new, |line| {
        after.text.lossy(line.content).into_owned()
    });
    let words = crate::text::clean(says.trim()).into_owned();
    let words = crate::text::cut_end(&words, 40, "…");
    Refused::new(format!(
        "\"{words}\" would be read as something else there: edit the lines in place instead"
    ))
}
