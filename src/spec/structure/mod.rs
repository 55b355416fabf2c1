//! The structure of a document as operations: new items, and items taken away, moved, made deeper or
//! higher.
//!
//! Each is a function from a text and a place in it to an [`Edit`], or a plain reason why not. What
//! it leads to is read again before it counts: where that is not the tree that was promised, nothing
//! is done.

mod among;
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
mod typed;

pub(crate) use number::Cut;
pub use place::Where;
pub use prepare::{New, Prepared, prepare};
pub use template::{field_from, next_pattern};
pub use tree::Sort;
pub use typed::check_typed;

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

/// An operation carried out on its items.
struct Run {
    outcome: Outcome,
    /// The number that each item took, in the order in which they were done.
    numbers: Vec<Option<String>>,
}

/// Returns the same numbers, so that those of one parent rise in the order of the items.
fn rising(numbers: &[Option<String>], is_from_end: bool) -> Vec<Option<String>> {
    let mut all = numbers.to_vec();
    for head in numbers.iter().flatten().filter_map(|one| Cut::of(one)) {
        let is_of_head = |one: &&mut Option<String>| {
            let cut = one.as_deref().and_then(Cut::of);
            cut.is_some_and(|cut| cut.head == head.head)
        };
        let mut places: Vec<_> = all.iter_mut().filter(is_of_head).collect();
        let mut own: Vec<_> = places.iter().filter_map(|one| (**one).clone()).collect();
        own.sort_by_key(|one| Cut::of(one).and_then(Cut::value));
        if is_from_end {
            own.reverse();
        }
        for (place, number) in places.iter_mut().zip(own) {
            **place = Some(number);
        }
    }
    all
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
        let turns = self.in_turn(roots(&parse(kind, text.clone()), lines)?);
        let run = self.run(kind, text, &turns, &[])?;
        let chosen = rising(&run.numbers, self.is_from_end());
        if chosen == run.numbers {
            return Ok(run.outcome);
        }
        Ok(self.run(kind, text, &turns, &chosen)?.outcome)
    }

    /// Carries it out on one item after the other, the last of `turns` first; `chosen` are the
    /// numbers that they take, in the order in which they are done.
    fn run(
        self,
        kind: DocumentKind,
        text: &Text,
        turns: &[usize],
        chosen: &[Option<String>],
    ) -> Result<Run, Refused> {
        let mut parsed = parse(kind, text.clone());
        let mut left = turns.to_vec();
        let (mut done, mut numbers, mut renamed) = (Vec::new(), Vec::new(), Vec::new());
        let mut operation = self;
        while let Some(line) = left.pop() {
            let chosen = chosen.get(numbers.len()).and_then(Option::as_deref);
            let step = operation.step(&parsed, line, chosen)?;
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
            numbers.push(step.number);
            renamed.push(step.renamed);
            parsed = after;
        }
        done.sort_unstable();
        if self.is_from_end() {
            renamed.reverse();
        }
        let outcome = Outcome {
            edit: Edit::between(text, &parsed.text),
            lines: done,
            renamed: renamed.concat(),
        };
        Ok(Run { outcome, numbers })
    }

    fn step(self, parsed: &Parsed, line: usize, chosen: Option<&str>) -> Result<Step, Refused> {
        match self {
            Self::Remove => moves::remove(parsed, line),
            Self::Down => moves::step_over(parsed, line, true, chosen),
            Self::Up => moves::step_over(parsed, line, false, chosen),
            Self::Indent => moves::indent(parsed, line, chosen),
            Self::Outdent => moves::outdent(parsed, line, chosen),
            Self::Place(to) => moves::place(parsed, line, to, chosen),
            Self::Join => join::join(parsed, line),
            Self::Split => join::split(parsed, line),
        }
    }

    /// Returns whether the last of several items is taken first, so that they stay in their order.
    fn is_from_end(self) -> bool {
        matches!(
            self,
            Self::Remove | Self::Down | Self::Outdent | Self::Split | Self::Place(Where::After(_))
        )
    }

    /// Puts lines into the order in which they are taken from the end.
    fn in_turn(self, mut lines: Vec<usize>) -> Vec<usize> {
        if !self.is_from_end() {
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
    let path = match kind {
        DocumentKind::Other => "other.md".into(),
        kind => kind.file_name().into(),
    };
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
