//! The structure of a document as operations: new items, and items taken away, moved, made deeper or
//! higher.
//!
//! Each is a function from a text and a place in it to an [`Edit`], or a plain reason why not. What
//! it leads to is read again before it counts: where that is not the tree that was promised, nothing
//! is done.

#[cfg(test)]
mod forms;
mod head;
mod join;
mod moves;
mod number;
mod place;
mod prepare;
mod requirement;
mod shape;
mod sheet;
mod template;
#[cfg(test)]
mod tests;
mod tree;

pub(crate) use number::Cut;
pub use place::Where;
pub use prepare::{New, Prepared, prepare};
pub use template::{field_from, next_pattern};
pub use tree::Sort;

use super::parsed::Parsed;
use crate::store::{DocumentFile, DocumentKind};
use crate::text::{Edit, Text};
use moves::Step;
use tree::Tree;

/// Why an operation is not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// A clause: "it is the last one already".
    pub reason: String,
}

impl Refused {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        let reason = reason.into();
        Self { reason }
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.reason.fmt(out)
    }
}

/// What is done to items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Take them away with all that belongs to them.
    Remove,
    /// Move them past the next one.
    Down,
    /// Move them past the one before.
    Up,
    /// Let them belong to the one before.
    Indent,
    /// Put them behind the one that they belong to.
    Outdent,
    /// Put them beside or below another one.
    Place(Where),
    /// Make one task of each and the next.
    Join,
    /// Make two tasks of the one whose detail stands there.
    Split,
}

/// What an operation led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The edit.
    pub edit: Edit,
    /// The lines on which the items begin now, in order; none of those that are gone.
    pub lines: Vec<usize>,
    /// What was called otherwise before: the numbers before and now.
    pub renamed: Vec<(String, String)>,
}

impl Operation {
    /// Carries it out on the items on the given lines, all or none.
    ///
    /// # Errors
    ///
    /// Where it means nothing there, or where the text would be read as something else afterwards.
    pub fn apply(
        self,
        kind: DocumentKind,
        text: &Text,
        lines: &[usize],
    ) -> Result<Outcome, Refused> {
        let mut parsed = parse(kind, text.clone());
        let mut left = self.in_turn(roots(&parsed, lines)?);
        let (mut done, mut renamed) = (Vec::new(), Vec::new());
        let mut operation = self;
        while let Some(line) = left.pop() {
            let step = operation.step(&parsed, line)?;
            let after = parse(kind, step.finished.after.clone());
            step.promised.check(&after)?;
            if !matches!(operation, Self::Join | Self::Split) {
                check_whole(&parsed, line, &after, step.line)?;
            }
            let to = |line: usize| step.finished.lines.get(line).copied().flatten();
            left = left.into_iter().filter_map(to).collect();
            done = done.into_iter().filter_map(to).collect();
            operation = operation.followed(to);
            done.extend(step.line);
            renamed.extend(step.renamed);
            parsed = after;
        }
        done.sort_unstable();
        Ok(Outcome {
            edit: Edit::between(text, &parsed.text),
            lines: done,
            renamed,
        })
    }

    fn step(self, parsed: &Parsed, line: usize) -> Result<Step, Refused> {
        match self {
            Self::Remove => moves::remove(parsed, line),
            Self::Down => moves::step_over(parsed, line, true),
            Self::Up => moves::step_over(parsed, line, false),
            Self::Indent => moves::indent(parsed, line),
            Self::Outdent => moves::outdent(parsed, line),
            Self::Place(to) => moves::place(parsed, line, to),
            Self::Join => join::join(parsed, line),
            Self::Split => join::split(parsed, line),
        }
    }

    /// Puts lines into the order in which they are taken from the end, so that the items stay in
    /// theirs.
    fn in_turn(self, mut lines: Vec<usize>) -> Vec<usize> {
        let is_from_end = matches!(
            self,
            Self::Remove | Self::Down | Self::Outdent | Self::Split | Self::Place(Where::After(_))
        );
        if !is_from_end {
            lines.reverse();
        }
        lines
    }

    /// Lets a place follow the lines that it is beside.
    fn followed(self, to: impl Fn(usize) -> Option<usize>) -> Self {
        let moved = |line: usize| to(line).unwrap_or(line);
        match self {
            Self::Place(Where::After(line)) => Self::Place(Where::After(moved(line))),
            Self::Place(Where::Before(line)) => Self::Place(Where::Before(moved(line))),
            Self::Place(Where::Under(line)) => Self::Place(Where::Under(moved(line))),
            other => other,
        }
    }
}

/// Refuses a text in which an item that was moved is not an item of its own any more.
fn check_whole(
    before: &Parsed,
    line: usize,
    after: &Parsed,
    now: Option<usize>,
) -> Result<(), Refused> {
    let Some(now) = now else {
        return Ok(());
    };
    let size = |parsed: &Parsed, line: usize| {
        let (tree, index) = Tree::at(parsed, line).ok()?;
        let node = &tree.nodes[index];
        Some((tree.sort, node.end - node.line))
    };
    if size(before, line) == size(after, now) {
        return Ok(());
    }
    Err(Refused::new(
        "it would run into the lines there: edit them in place instead",
    ))
}

/// Returns the lines of the items on the given lines, without those that belong to another one of
/// them.
fn roots(parsed: &Parsed, lines: &[usize]) -> Result<Vec<usize>, Refused> {
    let mut items = Vec::new();
    for line in lines {
        let (tree, index) = Tree::at(parsed, *line)?;
        let node = &tree.nodes[index];
        items.push(node.line..node.end);
    }
    items.sort_by_key(|item| item.start);
    items.dedup();
    let is_inside = |item: &std::ops::Range<usize>| {
        let mut others = items.iter();
        others.any(|other| other.start < item.start && item.start < other.end)
    };
    let roots: Vec<usize> = items
        .iter()
        .filter(|item| !is_inside(item))
        .map(|item| item.start)
        .collect();
    if roots.is_empty() {
        return Err(Refused::new("there is nothing there"));
    }
    Ok(roots)
}

/// Reads a text as a document of a kind.
fn parse(kind: DocumentKind, text: Text) -> Parsed {
    let path = kind.file_name().into();
    Parsed::of(DocumentFile { kind, path }, text, None)
}

/// Returns what sort of item a line belongs to, and the lines of that with all that belongs to it.
///
/// # Errors
///
/// Where the line belongs to none.
pub fn item_at(
    kind: DocumentKind,
    text: &Text,
    line: usize,
) -> Result<(Sort, std::ops::Range<usize>), Refused> {
    let parsed = parse(kind, text.clone());
    let (tree, index) = Tree::at(&parsed, line)?;
    let node = &tree.nodes[index];
    Ok((tree.sort, node.line..node.end))
}
