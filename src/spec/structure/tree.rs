//! The items of a document as a tree of lines: what an item is made of, what is below it and which
//! are its neighbours.
//!
//! Knows every sort of item; not what is done to them.

use std::ops::Range;

use super::Refused;
use super::sheet::is_blank;
use crate::markdown::{Block, BlockKind, list_line};
use crate::spec::parsed::Parsed;
use crate::spec::tasks::{ItemKind, Task, Tasks};
use crate::spec::{CriteriaDocument, Requirements};
use crate::text::Text;

/// What the items of a tree are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// Tasks.
    Task,
    /// Acceptance criteria.
    Criterion,
    /// Requirements.
    Requirement,
    /// Correctness properties.
    Property,
    /// Items of a list: terms of a glossary, boxes of a checklist, details.
    Item,
    /// Rows of a table.
    Row,
    /// Paragraphs, code and quotes, and tables as a whole.
    Block,
}

/// The lines of a table's head: the names of the columns, and the rule.
const HEAD: usize = 2;

/// One item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Node {
    /// Index of its first line.
    pub(super) line: usize,
    /// Index behind the last line that is its own, without blank lines at the end.
    pub(super) own_end: usize,
    /// Index behind the last line of all that belongs to it.
    pub(super) end: usize,
    /// The item above it.
    pub(super) parent: Option<usize>,
    /// The line of the heading that it stands below, where items of several headings are told apart.
    pub(super) group: Option<usize>,
    /// Whether something that belongs to it stands elsewhere.
    pub(super) is_apart: bool,
}

/// All items of one sort, in the order of the document.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    pub(super) sort: Sort,
    pub(super) nodes: Vec<Node>,
}

impl Tree {
    /// Returns the items around a line, and which of them the line belongs to.
    pub(super) fn at(parsed: &Parsed, line: usize) -> Result<(Self, usize), Refused> {
        if parsed.text.lines().get(line).is_none() {
            return Err(Refused::new("there is nothing on that line"));
        }
        let sorts = [
            Sort::Task,
            Sort::Criterion,
            Sort::Requirement,
            Sort::Property,
        ];
        for sort in sorts {
            let tree = Self::of(parsed, sort);
            let Some(index) = tree.around(line) else {
                continue;
            };
            return Ok(Self::detail_at(parsed, line).unwrap_or((tree, index)));
        }
        let item = Self::list_around(parsed, line).or_else(|| Self::table_around(parsed, line));
        let tree = item.unwrap_or_else(|| Self::of(parsed, Sort::Block));
        match tree.around(line) {
            Some(index) => Ok((tree, index)),
            None => Err(Refused::new(
                "a heading goes with everything below it: edit the section with g e",
            )),
        }
    }

    /// Returns all items of a sort.
    pub(super) fn of(parsed: &Parsed, sort: Sort) -> Self {
        let nodes = match sort {
            Sort::Task => task_nodes(parsed),
            Sort::Criterion => criterion_nodes(parsed),
            Sort::Requirement => requirement_nodes(parsed),
            Sort::Property => property_nodes(parsed),
            Sort::Item | Sort::Row => Vec::new(),
            Sort::Block => block_nodes(parsed),
        };
        Self { sort, nodes }
    }

    /// Returns the details of the task around a line, and which of them the line belongs to, where
    /// that is a list item.
    fn detail_at(parsed: &Parsed, line: usize) -> Option<(Self, usize)> {
        let task = &parsed.tasks.items[parsed.tasks.around_line(line)?];
        if line < task.title_end || task.kind != ItemKind::Task {
            return None;
        }
        let details = Self::details(parsed, task);
        let index = details.around(line)?;
        Some((details, index))
    }

    /// Returns the list items among the details of a task.
    pub(super) fn details(parsed: &Parsed, task: &Task) -> Self {
        let blocks = &parsed.document.blocks;
        let own = task.title_end..task.details.end.max(task.title_end);
        let first = blocks.partition_point(|block| block.first_line < own.start);
        let end = blocks.partition_point(|block| block.first_line < own.end);
        let mut nodes = item_nodes(parsed, &(first..end.max(first)));
        let parted = |node: &mut Node| node.end = node.end.min(own.end);
        nodes.iter_mut().for_each(parted);
        Self {
            sort: Sort::Item,
            nodes,
        }
    }

    /// Returns the innermost item that a line belongs to. A requirement and a property are meant by
    /// their heading alone.
    pub(super) fn around(&self, line: usize) -> Option<usize> {
        let is_meant = |node: &Node| match self.sort {
            Sort::Requirement | Sort::Property => node.line == line,
            _ => (node.line..node.own_end).contains(&line),
        };
        self.nodes.iter().rposition(is_meant)
    }

    /// Returns the item that begins on a line.
    pub(super) fn on(&self, line: usize) -> Option<usize> {
        self.nodes.iter().position(|node| node.line == line)
    }

    /// Returns the list that a line belongs to, if it is one.
    fn list_around(parsed: &Parsed, line: usize) -> Option<Self> {
        let blocks = list_run(parsed, line)?;
        let nodes = item_nodes(parsed, &blocks);
        Some(Self {
            sort: Sort::Item,
            nodes,
        })
    }

    /// Returns the table that a line belongs to: its head, and its rows.
    fn table_around(parsed: &Parsed, line: usize) -> Option<Self> {
        let block = parsed.document.blocks[parsed.document.block_at(line)?];
        if block.kind != BlockKind::Table {
            return None;
        }
        let first = (block.first_line + HEAD).min(block.end_line);
        let node = |lines: Range<usize>, group| Node {
            line: lines.start,
            own_end: lines.end,
            end: lines.end,
            parent: None,
            group,
            is_apart: false,
        };
        let head = node(block.first_line..first, Some(block.first_line));
        let rows = (first..block.end_line).map(|line| node(line..line + 1, None));
        Some(Self {
            sort: Sort::Row,
            nodes: std::iter::once(head).chain(rows).collect(),
        })
    }

    /// Returns whether an item is the head of a table.
    pub(super) fn is_head(&self, index: usize) -> bool {
        self.sort == Sort::Row && index == 0
    }

    /// Returns whether two items have the same parent and stand below the same heading.
    pub(super) fn are_siblings(&self, one: usize, other: usize) -> bool {
        let (one, other) = (&self.nodes[one], &self.nodes[other]);
        one.parent == other.parent && one.group == other.group
    }

    /// Returns the item beside another, after or before it.
    pub(super) fn beside(&self, index: usize, is_after: bool) -> Option<usize> {
        let mut after = index + 1..self.nodes.len();
        let is_sibling = |other: &usize| self.are_siblings(index, *other);
        if is_after {
            after.find(is_sibling)
        } else {
            (0..index).rev().find(is_sibling)
        }
    }

    /// Returns the items directly below one.
    pub(super) fn children(&self, index: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let all = index + 1..self.nodes.len();
        all.filter(move |child| self.nodes[*child].parent == Some(index))
    }

    /// Returns how many items are above one.
    pub(super) fn depth(&self, index: usize) -> usize {
        let above = |index: &usize| self.nodes[*index].parent;
        std::iter::successors(above(&index), above).count()
    }

    /// Returns whether a line belongs to some item.
    pub(super) fn holds(&self, line: usize) -> bool {
        let behind = self.nodes.partition_point(|node| node.line <= line);
        self.nodes[..behind].iter().any(|node| line < node.end)
    }

    /// Returns the lines of an item with all that belongs to it.
    ///
    /// # Errors
    ///
    /// Where some of that stands elsewhere, or inside a merge conflict.
    pub(super) fn whole(&self, parsed: &Parsed, index: usize) -> Result<Range<usize>, Refused> {
        let node = &self.nodes[index];
        if self.is_head(index) {
            return Err(Refused::new(
                "the head of a table stays: delete its rows, or edit it in place",
            ));
        }
        if node.is_apart {
            return Err(Refused::new(
                "part of it is elsewhere in the file: move that first",
            ));
        }
        let lines = node.line..node.end;
        let mut conflicts = parsed.document.conflicts.iter();
        let hit = conflicts
            .find(|conflict| conflict.lines.start < lines.end && lines.start < conflict.lines.end);
        match hit {
            None => Ok(lines),
            Some(conflict) => Err(Refused::new(format!(
                "it is inside the merge conflict on line {}: resolve that first",
                conflict.lines.start + 1
            ))),
        }
    }
}

/// Returns the lines without the blank ones at their end.
fn filled(text: &Text, lines: Range<usize>) -> Range<usize> {
    let last = lines.clone().rev().find(|line| !is_blank(text, *line));
    lines.start..last.map_or(lines.start + 1, |last| last + 1)
}

fn task_nodes(parsed: &Parsed) -> Vec<Node> {
    let tasks = &parsed.tasks;
    let is_task = |index: &usize| tasks.items[*index].kind == ItemKind::Task;
    let kept: Vec<usize> = (0..tasks.items.len()).filter(is_task).collect();
    let place = |index: usize| kept.binary_search(&index).ok();
    let node = |index: &usize| {
        let task = &tasks.items[*index];
        let own_end = end_of(parsed, task, task);
        let end = own_end.max(end_of(parsed, task, &tasks.items[task.last_below]));
        let below = *index..task.last_below + 1;
        let is_whole = tasks.subtree(*index).len() == below.len()
            && below.into_iter().all(|index| is_task(&index))
            && !has_heading(parsed, task.line..end);
        Node {
            line: task.line,
            own_end,
            end,
            parent: task.parent.and_then(place),
            group: None,
            is_apart: !is_whole,
        }
    };
    kept.iter().map(node).collect()
}

/// Returns the index behind the last line of the details of `last` that belongs to `task`, which is
/// the same or above it: what stands further out, or was read as its parent's, does not.
fn end_of(parsed: &Parsed, task: &Task, last: &Task) -> usize {
    let text = &parsed.text;
    let end = last.details.end.max(last.title_end);
    let is_outside = |line: &usize| {
        let found = text.lines().get(*line);
        let listed = found.and_then(|found| list_line(text.bytes(), found.content));
        listed.is_some_and(|listed| listed.indent < task.indent)
            || is_of_parent(&parsed.tasks, task, *line)
    };
    let own = (last.title_end..end).find(is_outside).unwrap_or(end);
    filled(text, last.line..own.max(last.title_end)).end
}

fn is_of_parent(tasks: &Tasks, task: &Task, line: usize) -> bool {
    let parent = task.parent.map(|parent| &tasks.items[parent]);
    parent.is_some_and(|parent| parent.fields.iter().any(|field| field.line == line))
}

/// Returns whether a heading stands in lines.
pub(super) fn has_heading(parsed: &Parsed, lines: Range<usize>) -> bool {
    let mut blocks = parsed.document.blocks.iter();
    blocks.any(|block| {
        matches!(block.kind, BlockKind::Heading(_)) && lines.contains(&block.first_line)
    })
}

fn criteria(parsed: &Parsed) -> Option<&CriteriaDocument> {
    parsed
        .wanted
        .as_ref()
        .map(|wanted| &wanted.criteria_document)
}

fn criterion_nodes(parsed: &Parsed) -> Vec<Node> {
    let Some(document) = criteria(parsed) else {
        return Vec::new();
    };
    let found = document.criteria().into_iter();
    let lines = found.map(|found| (found.line..found.end_line, group_of(document, found)));
    nest(parsed, lines.collect())
}

/// Returns the line of the heading that a criterion stands below.
fn group_of(document: &CriteriaDocument, found: &crate::spec::Criterion) -> Option<usize> {
    match document {
        CriteriaDocument::Requirements(all) => {
            found.requirement.map(|index| all.requirements[index].line)
        }
        CriteriaDocument::Bugfix(_) => document
            .group_before(found.line)
            .and_then(|index| document.group(index))
            .map(|group| group.line),
    }
}

fn requirement_nodes(parsed: &Parsed) -> Vec<Node> {
    let Some(CriteriaDocument::Requirements(Requirements { requirements, .. })) = criteria(parsed)
    else {
        return Vec::new();
    };
    let lines = requirements
        .iter()
        .map(|one| (one.line..one.end_line, None));
    nest(parsed, lines.collect())
}

fn property_nodes(parsed: &Parsed) -> Vec<Node> {
    let properties = parsed.design.iter().flat_map(|design| &design.properties);
    let lines = properties.map(|one| (one.line..one.end_line, None));
    nest(parsed, lines.collect())
}

/// Makes items of lines, of which one inside another is below it.
fn nest(parsed: &Parsed, found: Vec<(Range<usize>, Option<usize>)>) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::with_capacity(found.len());
    for (lines, group) in found {
        let lines = filled(&parsed.text, lines);
        let parent = nodes.iter().rposition(|above| lines.start < above.end);
        let is_apart = parent.is_some_and(|parent| nodes[parent].end < lines.end);
        if let Some(parent) = parent {
            let above = &mut nodes[parent];
            above.own_end = above.own_end.min(lines.start);
            above.is_apart |= is_apart;
        }
        nodes.push(Node {
            line: lines.start,
            own_end: lines.end,
            end: lines.end,
            parent,
            group,
            is_apart,
        });
    }
    nodes
}

/// Returns the blocks of the list that a line belongs to: its items with all that is indented below
/// them.
fn list_run(parsed: &Parsed, line: usize) -> Option<Range<usize>> {
    let blocks = &parsed.document.blocks;
    let at = parsed.document.block_at(line)?;
    let goes_on = |block: &Block| is_in_list(parsed, block);
    if !goes_on(&blocks[at]) {
        return None;
    }
    let before = blocks[..at].iter().rev().take_while(|block| goes_on(block));
    let after = blocks[at..].iter().take_while(|block| goes_on(block));
    let (start, end) = (at - before.count(), at + after.count());
    let first = (start..end).find(|index| blocks[*index].kind == BlockKind::Item)?;
    (blocks[first].first_line <= line).then_some(first..end)
}

fn is_in_list(parsed: &Parsed, block: &Block) -> bool {
    let first = parsed.text.slice(block.span);
    match block.kind {
        BlockKind::Item | BlockKind::Blank => true,
        BlockKind::Heading(_) | BlockKind::FrontMatter | BlockKind::Plain => false,
        _ => first.starts_with(b" ") || first.starts_with(b"\t"),
    }
}

fn item_nodes(parsed: &Parsed, run: &Range<usize>) -> Vec<Node> {
    let blocks = &parsed.document.blocks[run.clone()];
    let end = blocks.last().map_or(0, |block| block.end_line);
    let indent = |block: &Block| {
        let line = parsed.text.lines()[block.first_line].content;
        list_line(parsed.text.bytes(), line).map_or(0, |line| line.indent)
    };
    let items = blocks.iter().filter(|block| block.kind == BlockKind::Item);
    let items: Vec<(usize, usize)> = items
        .map(|block| (block.first_line, indent(block)))
        .collect();
    let lines = items.iter().enumerate().map(|(at, (line, indent))| {
        let next = items[at + 1..].iter().find(|(_, other)| other <= indent);
        (*line..next.map_or(end, |(line, _)| *line), None)
    });
    nest(parsed, lines.collect())
}

/// Returns the blocks that are no items, with the lists between them as one, each below its heading.
fn block_nodes(parsed: &Parsed) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    let (mut group, mut is_list) = (None, false);
    for block in &parsed.document.blocks {
        match block.kind {
            BlockKind::Blank => continue,
            BlockKind::Heading(_) => {
                (group, is_list) = (Some(block.first_line), false);
                continue;
            }
            _ => {}
        }
        let goes_on = is_list && is_in_list(parsed, block);
        is_list = goes_on || block.kind == BlockKind::Item;
        match nodes.last_mut() {
            Some(last) if goes_on => (last.own_end, last.end) = (block.end_line, block.end_line),
            _ => nodes.push(Node {
                line: block.first_line,
                own_end: block.end_line,
                end: block.end_line,
                parent: None,
                group,
                is_apart: false,
            }),
        }
    }
    nodes
}
