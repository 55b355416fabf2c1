//! Taking an item away, and putting it elsewhere: among its neighbours, below other headings and
//! parents, a level deeper or higher.
//!
//! What belongs to an item goes with it. Where it gets another parent it takes the next free number
//! there, for the number says whose it is; nothing else is numbered anew.

use std::ops::Range;

use super::Refused;
use super::among::{
    announced, first_criterion_of, first_spot, requirement_on, requirements, spot_in,
};
use super::head::{Head, head_for, head_of, task_on};
use super::place::{Spot, Where, taken};
use super::shape::Shape;
use super::sheet::{Finished, Row, Sheet};
use super::tree::{Sort, Tree, has_heading};
use crate::markdown::BlockKind;
use crate::spec::parsed::Parsed;
use crate::text::Span;

/// What one step led to.
pub(super) struct Step {
    pub(super) finished: Finished,
    /// Where the item is now; none where it is gone.
    pub(super) line: Option<usize>,
    /// The number that it took at its new place; none where it kept its own.
    pub(super) number: Option<String>,
    /// What it was called and is called now, with all below it.
    pub(super) renamed: Vec<(String, String)>,
    pub(super) promised: Shape,
}

impl Step {
    /// Makes the step of lines that were put together anew, with the item of which the first line was
    /// `line`. Everything else stays what it is.
    pub(super) fn of(parsed: &Parsed, sheet: Sheet<'_>, line: Option<usize>) -> Self {
        let finished = sheet.finish();
        Self {
            promised: Shape::of(parsed).moved(&finished.lines),
            line: line.and_then(|line| finished.lines[line]),
            finished,
            number: None,
            renamed: Vec::new(),
        }
    }
}

/// The number that an item takes where it gets another parent; none for the next free one.
type Chosen<'a> = Option<&'a str>;

/// Takes an item away.
pub(super) fn remove(parsed: &Parsed, line: usize) -> Result<Step, Refused> {
    let (tree, index) = Tree::at(parsed, line)?;
    let lines = tree.whole(parsed, index)?;
    let gone = taken(parsed, &tree, &lines);
    let mut sheet = Sheet::new(&parsed.text);
    sheet.keep(0..gone.start);
    sheet.keep(gone.end..parsed.text.lines().len());
    Ok(Step::of(parsed, sheet, None))
}

/// Moves an item past its neighbour; past the last of them, below the next parent or heading.
pub(super) fn step_over(
    parsed: &Parsed,
    line: usize,
    is_down: bool,
    chosen: Chosen<'_>,
) -> Result<Step, Refused> {
    let (tree, index) = Tree::at(parsed, line)?;
    let Some(other) = tree.beside(index, is_down) else {
        let spot = beyond(parsed, &tree, index, is_down)?;
        return transplant(parsed, &tree, index, &spot, chosen);
    };
    let (first, second) = (index.min(other), index.max(other));
    let gap = tree.nodes[first].end..tree.nodes[second].line;
    if !is_parted(parsed, &gap) {
        return swap(parsed, &tree, (first, second), index);
    }
    let spot = if is_down {
        Spot::before(parsed, &tree, other)
    } else {
        Spot::after(parsed, &tree, other)?
    };
    transplant(parsed, &tree, index, &spot, chosen)
}

/// Returns whether something stands in lines that two neighbours cannot change their places around: a
/// heading, or words that head what is below them as one does.
fn is_parted(parsed: &Parsed, lines: &Range<usize>) -> bool {
    let mut blocks = parsed.document.blocks.iter();
    blocks.any(|block| {
        !matches!(block.kind, BlockKind::Blank | BlockKind::Rule)
            && !lines.is_empty()
            && block.first_line < lines.end
            && lines.start < block.end_line
    })
}

/// Returns the place behind the last neighbour of an item: below what comes next.
fn beyond(parsed: &Parsed, tree: &Tree, index: usize, is_down: bool) -> Result<Spot, Refused> {
    let node = &tree.nodes[index];
    let uncle = node.parent.and_then(|parent| tree.beside(parent, is_down));
    match uncle {
        Some(uncle) if is_down => match tree.children(uncle).next() {
            Some(child) => Ok(Spot::before(parsed, tree, child)),
            None => Spot::under(parsed, tree, uncle),
        },
        Some(uncle) => Spot::under(parsed, tree, uncle),
        None => beyond_heading(parsed, tree, index, is_down),
    }
}

fn beyond_heading(
    parsed: &Parsed,
    tree: &Tree,
    index: usize,
    is_down: bool,
) -> Result<Spot, Refused> {
    let node = &tree.nodes[index];
    let is_elsewhere = |other: &usize| {
        let other = &tree.nodes[*other];
        other.parent.is_none() && node.parent.is_none() && other.group != node.group
    };
    let end = if is_down { "last" } else { "first" };
    let refused = || Refused::new(format!("it is already the {end} one"));
    // Rows stay in their table.
    if tree.sort == Sort::Row {
        return Err(refused());
    }
    if let Some(spot) = beside_requirement(parsed, tree, index, is_down) {
        return Ok(spot);
    }
    if is_down {
        let next = (index + 1..tree.nodes.len()).find(is_elsewhere);
        return next
            .map(|next| Spot::before(parsed, tree, next))
            .ok_or_else(refused);
    }
    let next = (0..index).rev().find(is_elsewhere).ok_or_else(refused)?;
    Spot::after(parsed, tree, next)
}

/// Returns the place of a criterion in the next requirement where that has no criteria yet.
fn beside_requirement(parsed: &Parsed, tree: &Tree, index: usize, is_down: bool) -> Option<Spot> {
    let node = &tree.nodes[index];
    if tree.sort != Sort::Criterion || node.parent.is_some() {
        return None;
    }
    let all = requirements(parsed);
    let at = all.iter().position(|one| Some(one.line) == node.group)?;
    let next = if is_down { at + 1 } else { at.checked_sub(1)? };
    let next = all.get(next)?;
    let has_parts = all.iter().any(|part| {
        let line = part.line;
        next.line < line && line < next.end_line
    });
    let is_empty = first_criterion_of(parsed, next.line).is_none();
    (is_empty && !has_parts).then(|| first_spot(parsed, tree, next))
}

/// Lets two neighbours change their places; what stands between them stays between them.
fn swap(
    parsed: &Parsed,
    tree: &Tree,
    (first, second): (usize, usize),
    moved: usize,
) -> Result<Step, Refused> {
    let (one, other) = (tree.whole(parsed, first)?, tree.whole(parsed, second)?);
    let mut sheet = Sheet::new(&parsed.text);
    sheet.keep(0..one.start);
    sheet.keep(other.clone());
    sheet.keep(one.end..other.start);
    sheet.keep(one);
    sheet.keep(other.end..parsed.text.lines().len());
    Ok(Step::of(parsed, sheet, Some(tree.nodes[moved].line)))
}

/// Moves an item a level deeper: below the neighbour before it.
pub(super) fn indent(parsed: &Parsed, line: usize, chosen: Chosen<'_>) -> Result<Step, Refused> {
    let (tree, index) = nested(parsed, line)?;
    let above = tree
        .beside(index, false)
        .filter(|above| !has_heading(parsed, tree.nodes[*above].end..tree.nodes[index].line));
    let above =
        above.ok_or_else(|| Refused::new("there is nothing above that it could go under"))?;
    let spot = Spot::under(parsed, &tree, above)?;
    transplant(parsed, &tree, index, &spot, chosen)
}

/// Moves an item a level up: behind the one that it belongs to.
pub(super) fn outdent(parsed: &Parsed, line: usize, chosen: Chosen<'_>) -> Result<Step, Refused> {
    let (tree, index) = nested(parsed, line)?;
    let parent = tree.nodes[index].parent;
    let parent = parent.ok_or_else(|| Refused::new("it is already at the top level"))?;
    let spot = Spot::after(parsed, &tree, parent)?;
    transplant(parsed, &tree, index, &spot, chosen)
}

/// Returns the item on a line, where items of its sort can belong to each other.
fn nested(parsed: &Parsed, line: usize) -> Result<(Tree, usize), Refused> {
    let (tree, index) = Tree::at(parsed, line)?;
    if matches!(tree.sort, Sort::Task | Sort::Item) {
        return Ok((tree, index));
    }
    Err(Refused::new("only tasks and list items have levels"))
}

/// Moves an item beside or below another one of its sort.
pub(super) fn place(
    parsed: &Parsed,
    line: usize,
    to: Where,
    chosen: Chosen<'_>,
) -> Result<Step, Refused> {
    let (tree, index) = Tree::at(parsed, line)?;
    let (Where::After(target) | Where::Before(target) | Where::Under(target)) = to;
    let Some(other) = tree.on(target) else {
        let spot = among(parsed, &tree, target, to)?;
        return transplant(parsed, &tree, index, &spot, chosen);
    };
    if other == index {
        return Err(Refused::new("it cannot be moved next to itself"));
    }
    let spot = match to {
        Where::After(_) => Spot::after(parsed, &tree, other)?,
        Where::Before(_) => Spot::before(parsed, &tree, other),
        Where::Under(_) => Spot::under(parsed, &tree, other)?,
    };
    transplant(parsed, &tree, index, &spot, chosen)
}

/// Returns the place of a criterion among those of the requirement on a line.
fn among(parsed: &Parsed, tree: &Tree, line: usize, to: Where) -> Result<Spot, Refused> {
    if tree.sort == Sort::Criterion && requirement_on(parsed, line).is_some() {
        return spot_in(parsed, tree, line, to);
    }
    Err(Refused::new("it can only be moved among items of its kind"))
}

/// Takes an item with all that belongs to it to another place.
fn transplant(
    parsed: &Parsed,
    tree: &Tree,
    index: usize,
    spot: &Spot,
    chosen: Chosen<'_>,
) -> Result<Step, Refused> {
    let node = &tree.nodes[index];
    let lines = tree.whole(parsed, index)?;
    if lines.start < spot.at && spot.at < lines.end || is_below(tree, spot.parent, index) {
        return Err(Refused::new("it cannot be moved below itself"));
    }
    let mut rows = Sheet::rows_of(&parsed.text, lines.clone());
    let (mut number, mut renamed) = (None, Vec::new());
    if (spot.parent, spot.group) != (node.parent, node.group) {
        let mut head = head_for(parsed, tree, spot);
        head.number = chosen.map(str::to_owned).or(head.number);
        renamed = adopt(parsed, tree, index, &head, &mut rows);
        number = head.number;
    }
    let announced = announced(parsed, tree, spot).into_iter().map(Row::new);
    let rows = announced.chain(rows).collect();
    let gone = taken(parsed, tree, &lines);
    let finished = put(parsed, &gone, spot, rows);
    let at = finished.lines[lines.start];
    let mut promised = Shape::of(parsed).moved(&finished.lines);
    if let Some(at) = at {
        let to = |line: usize| finished.lines.get(line).copied().flatten();
        let parent = spot.parent.and_then(|parent| to(tree.nodes[parent].line));
        promised.promise(at, tree.sort, parent, spot.group.and_then(to));
    }
    Ok(Step {
        finished,
        line: at,
        number,
        renamed,
        promised,
    })
}

/// Returns whether an item is another, or belongs to it.
fn is_below(tree: &Tree, item: Option<usize>, above: usize) -> bool {
    let parents = |index: &usize| tree.nodes[*index].parent;
    std::iter::successors(item, parents).any(|index| index == above)
}

/// Puts rows at a place, with the blank lines that part them there; lines that are gone are left out.
fn put(parsed: &Parsed, gone: &Range<usize>, spot: &Spot, rows: Vec<Row>) -> Finished {
    let blanks = |count: usize| (0..count).map(|_| Row::new(""));
    let mut sheet = Sheet::new(&parsed.text);
    let keep = |sheet: &mut Sheet<'_>, lines: Range<usize>| {
        sheet.keep(lines.start..lines.end.min(gone.start).max(lines.start));
        sheet.keep(lines.start.max(gone.end).min(lines.end)..lines.end);
    };
    keep(&mut sheet, 0..spot.at);
    sheet.push(blanks(spot.above));
    sheet.push(rows);
    sheet.push(blanks(spot.below));
    keep(&mut sheet, spot.at..parsed.text.lines().len());
    sheet.finish()
}

/// Gives an item the indent and the number that it has at its new place, and those below it with it.
fn adopt(
    parsed: &Parsed,
    tree: &Tree,
    index: usize,
    head: &Head,
    rows: &mut [Row],
) -> Vec<(String, String)> {
    let own = head_of(parsed, tree, index);
    let renamed = match tree.sort {
        Sort::Task => renumber_tasks(parsed, tree, index, head, rows),
        Sort::Criterion => renumber_criterion(parsed, tree, index, head, rows),
        _ => Vec::new(),
    };
    for row in rows {
        if let Some(rest) = row.content.strip_prefix(&own.indent[..])
            && !rest.is_empty()
        {
            row.content = [&head.indent, rest].concat();
        }
    }
    renamed
}

/// Numbers a task anew, and the sub-tasks whose numbers begin with its own.
fn renumber_tasks(
    parsed: &Parsed,
    tree: &Tree,
    index: usize,
    head: &Head,
    rows: &mut [Row],
) -> Vec<(String, String)> {
    let mut renamed = Vec::new();
    let own = task_on(parsed, tree.nodes[index].line);
    let numbers = own.and_then(|own| Some((own.number.clone()?, head.number.clone()?)));
    let Some((old, new)) = numbers else {
        return renamed;
    };
    for row in rows {
        let Some(task) = row.from.and_then(|line| task_on(parsed, line)) else {
            continue;
        };
        let (Some(span), Some(number)) = (task.number_span, &task.number) else {
            continue;
        };
        let Some(rest) = number.strip_prefix(&old[..]) else {
            continue;
        };
        let is_own = row.from == Some(tree.nodes[index].line);
        if !is_own && !rest.starts_with(['.', '-']) {
            continue;
        }
        let number_now = format!("{new}{rest}");
        let content = parsed.text.lines()[task.line].content;
        if is_own && task.star.is_none_or(|star| star.start < span.end) {
            set_behind(parsed, tree, index, head, (row, content, span));
        }
        let (from, to) = (span.start - content.start, span.end - content.start);
        let bold = is_own && is_bold_only_there(parsed, tree, index, head);
        let mark = if bold { "**" } else { "" };
        row.content
            .splice(from..to, format!("{mark}{number_now}").bytes());
        renamed.push((number.clone(), number_now));
    }
    renamed
}

/// Lets what stands behind the number be as at the neighbours: a dot at `1.`, none at `1.1`.
fn set_behind(
    parsed: &Parsed,
    tree: &Tree,
    index: usize,
    head: &Head,
    (row, content, number): (&mut Row, Span, Span),
) {
    let own = head_of(parsed, tree, index);
    let from = number.end - content.start;
    let is_there = row.content[from..].starts_with(&own.behind);
    // Bold that begins before the number ends where it did.
    let same_marks = own.before.ends_with(b"*") == head.before.ends_with(b"*");
    let is_alike = same_marks || is_bold_only_there(parsed, tree, index, head);
    if is_there && is_alike && !head.behind.is_empty() {
        row.content
            .splice(from..from + own.behind.len(), head.behind.iter().copied());
    }
}

/// Returns whether numbers are bold at a place, and that of an item is not.
fn is_bold_only_there(parsed: &Parsed, tree: &Tree, index: usize, head: &Head) -> bool {
    let own = head_of(parsed, tree, index);
    !own.before.ends_with(b"*") && head.before.ends_with(b" **") && head.behind.starts_with(b"**")
}

fn renumber_criterion(
    parsed: &Parsed,
    tree: &Tree,
    index: usize,
    head: &Head,
    rows: &mut [Row],
) -> Vec<(String, String)> {
    let found = super::head::criterion_on(parsed, tree.nodes[index].line);
    let (Some(found), Some(new)) = (found, &head.number) else {
        return Vec::new();
    };
    let (Some(span), Some(row)) = (found.written, rows.first_mut()) else {
        return Vec::new();
    };
    let start = parsed.text.lines()[found.line].content.start;
    if span.start >= start && span.end - start <= row.content.len() {
        row.content
            .splice(span.start - start..span.end - start, new.bytes());
    }
    Vec::new()
}
