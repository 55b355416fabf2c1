//! Where an item goes: the line, the blank lines that part it from its neighbours, and the neighbour
//! that it is like.
//!
//! A place is chosen so that taking the item away again leaves the text as it was: the lines that
//! part it from what is above stand above it, or below it where it is the first.

use std::ops::Range;

use super::Refused;
use super::sheet::{blanks_above, blanks_from, is_blank};
use super::tree::{Sort, Tree};
use crate::markdown::BlockKind;
use crate::spec::parsed::Parsed;

/// Beside or below which line an item is meant to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// After the item on this line, with all that belongs to that.
    After(usize),
    /// Before the item on this line.
    Before(usize),
    /// As the last one below the item on this line.
    Under(usize),
}

/// A place for an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// The line that it goes before.
    pub(super) at: usize,
    /// How many blank lines stand above it.
    pub(super) above: usize,
    /// How many blank lines stand below it.
    pub(super) below: usize,
    /// The item above it in the tree.
    pub(super) parent: Option<usize>,
    /// The line of the heading that it stands below.
    pub(super) group: Option<usize>,
    /// The item that it is like: a neighbour, or one as deep below another parent.
    pub(super) model: Option<usize>,
}

impl Spot {
    /// Returns the place behind an item with all that belongs to it.
    pub(super) fn after(parsed: &Parsed, tree: &Tree, index: usize) -> Result<Self, Refused> {
        if tree.is_head(index) {
            return Ok(Self::first_row(tree));
        }
        let lines = tree.whole(parsed, index)?;
        Ok(Self {
            at: lines.end,
            above: parting(parsed, tree, index),
            below: 0,
            parent: tree.nodes[index].parent,
            group: tree.nodes[index].group,
            model: Some(index),
        })
    }

    /// Returns the place below the head of a table.
    fn first_row(tree: &Tree) -> Self {
        Self {
            at: tree.nodes[0].end,
            above: 0,
            below: 0,
            parent: None,
            group: None,
            model: Some(0),
        }
    }

    /// Returns the place before an item.
    pub(super) fn before(parsed: &Parsed, tree: &Tree, index: usize) -> Self {
        if tree.sort == Sort::Row {
            let first = Self::first_row(tree);
            let at = tree.nodes[index].line.max(first.at);
            return Self { at, ..first };
        }
        let (text, line) = (&parsed.text, tree.nodes[index].line);
        let blanks = parting(parsed, tree, index);
        let top = line - blanks_above(text, line);
        let is_behind = top.checked_sub(1).is_some_and(|last| tree.holds(last));
        let (at, above, below) = if is_behind {
            (top, blanks, 0)
        } else {
            (line, 0, blanks)
        };
        Self {
            at,
            above,
            below,
            parent: tree.nodes[index].parent,
            group: tree.nodes[index].group,
            model: Some(index),
        }
    }

    /// Returns the place of the last item below another.
    pub(super) fn under(parsed: &Parsed, tree: &Tree, parent: usize) -> Result<Self, Refused> {
        if let Some(last) = tree.children(parent).next_back() {
            tree.whole(parsed, parent)?;
            return Self::after(parsed, tree, last);
        }
        tree.whole(parsed, parent)?;
        let depth = tree.depth(parent) + 1;
        let of_depth = (0..tree.nodes.len()).filter(|index| tree.depth(*index) == depth);
        let model = of_depth.min_by_key(|index| index.abs_diff(parent));
        let above = model.map_or(0, |model| parting_first(parsed, tree, model));
        Ok(Self {
            at: tree.nodes[parent].own_end,
            above,
            below: 0,
            parent: Some(parent),
            group: tree.nodes[parent].group,
            model,
        })
    }
}

/// How many neighbours, the nearest first, show what is usual.
const NEAR: usize = 5;

/// Returns how many blank lines usually part an item and its neighbours: more than one only where it
/// is always more.
pub(super) fn parting(parsed: &Parsed, tree: &Tree, index: usize) -> usize {
    let least = usize::from(tree.sort == Sort::Block);
    let usual_of = |items: &[usize]| usual(&gaps(parsed, tree, index, items));
    let (as_deep, firsts) = as_deep(tree, index);
    let is_sibling = |other: &usize| tree.are_siblings(index, *other);
    let siblings: Vec<usize> = as_deep.iter().copied().filter(is_sibling).collect();
    let usual = usual_of(&siblings)
        .or_else(|| usual_of(&as_deep))
        .or_else(|| usual_of(&firsts));
    usual.map_or_else(
        || default_parting(parsed, tree, index),
        |usual| usual.max(least),
    )
}

/// Returns how many blank lines usually part the first items below a parent from that, where they are
/// as deep as an item.
fn parting_first(parsed: &Parsed, tree: &Tree, index: usize) -> usize {
    let (_, firsts) = as_deep(tree, index);
    let usual = usual(&gaps(parsed, tree, index, &firsts));
    usual.unwrap_or_else(|| parting(parsed, tree, index))
}

/// Returns the items as deep as one: those behind another one, and the first ones below a parent.
fn as_deep(tree: &Tree, index: usize) -> (Vec<usize>, Vec<usize>) {
    let depth = tree.depth(index);
    let as_deep = (0..tree.nodes.len()).filter(|other| tree.depth(*other) == depth);
    let is_behind = |other: &usize| {
        let above = other.checked_sub(1);
        above.is_none() || tree.nodes[*other].parent != above
    };
    as_deep.partition(is_behind)
}

/// Returns how many blank lines stand above items that have another one above them, the nearest to an
/// item first.
fn gaps(parsed: &Parsed, tree: &Tree, index: usize, items: &[usize]) -> Vec<usize> {
    let line = tree.nodes[index].line;
    let gap = |other: &usize| {
        let other = tree.nodes[*other].line;
        let blanks = blanks_above(&parsed.text, other);
        let last = (other - blanks).checked_sub(1)?;
        tree.holds(last).then_some((other.abs_diff(line), blanks))
    };
    let mut found: Vec<(usize, usize)> = items.iter().filter_map(gap).collect();
    found.sort_by_key(|(far, _)| *far);
    found.into_iter().map(|(_, blanks)| blanks).collect()
}

/// Returns the commonest of the nearest gaps.
fn usual(gaps: &[usize]) -> Option<usize> {
    let is_odd = |gap: &&usize| **gap > 1;
    let has_plain = !gaps.iter().all(|gap| is_odd(&gap));
    let plain = gaps.iter().filter(|gap| !has_plain || !is_odd(gap));
    let near: Vec<usize> = plain.take(NEAR).copied().collect();
    let count = |gap: &usize| near.iter().filter(|other| *other == gap).count();
    near.iter().rev().max_by_key(|gap| count(gap)).copied()
}

/// Returns how many blank lines part items of a sort where no two of them show it.
fn default_parting(parsed: &Parsed, tree: &Tree, index: usize) -> usize {
    match tree.sort {
        Sort::Task | Sort::Item | Sort::Row => 0,
        Sort::Requirement | Sort::Property | Sort::Block => 1,
        Sort::Criterion => {
            let line = tree.nodes[index].line;
            let block = parsed.document.block_at(line);
            let kind = block.map(|block| parsed.document.blocks[block].kind);
            usize::from(matches!(kind, Some(BlockKind::Paragraph)))
        }
    }
}

/// Returns the lines that go with an item that is taken away: with it the blank lines that part it
/// from its neighbours.
pub(super) fn taken(parsed: &Parsed, tree: &Tree, lines: &Range<usize>) -> Range<usize> {
    let text = &parsed.text;
    let (above, below) = (
        blanks_above(text, lines.start),
        blanks_from(text, lines.end),
    );
    let end = lines.end + below;
    let holds = |line: usize| !is_blank(text, line) && tree.holds(line);
    let is_behind = (lines.start - above).checked_sub(1).is_some_and(holds);
    let is_before = end < text.lines().len() && holds(end);
    let is_first = lines.start == above;
    let is_last = end == text.lines().len();
    let goes_with_above = is_behind || (is_last && !is_first);
    let goes_with_below = !goes_with_above && (is_before || is_first);
    if goes_with_above || (!goes_with_below && above <= below) {
        lines.start - above..lines.end
    } else {
        lines.start..end
    }
}
