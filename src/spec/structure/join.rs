//! Two tasks made one, and one made two: the title of the second is a detail of the first, or was one.

use std::ops::Range;

use super::Refused;
use super::head::{head_for, source, task_on};
use super::moves::{Step, place};
use super::parse;
use super::place::{Spot, Where};
use super::shape::Shape;
use super::sheet::{Row, Sheet, is_blank};
use super::tree::{Sort, Tree};
use crate::markdown::{State, list_line};
use crate::spec::parsed::Parsed;
use crate::spec::references::FieldKind;
use crate::spec::tasks::Task;
use crate::text::Span;

/// Joins a task with the next one: the title of that and its details go behind its own details, the
/// sub-tasks of that behind its own.
pub(super) fn join(parsed: &Parsed, line: usize) -> Result<Step, Refused> {
    let (tree, index) = task_around(parsed, line)?;
    let other = next_of(parsed, &tree, index)?;
    let Some(child) = tree.children(other).next() else {
        return join_leaf(parsed, &tree, (index, other));
    };
    let first = place(
        parsed,
        tree.nodes[child].line,
        Where::Under(tree.nodes[index].line),
        None,
    )?;
    let between = parse(parsed.file.kind, first.finished.after.clone());
    first.promised.check(&between)?;
    let line = first.finished.lines[tree.nodes[index].line];
    let line = line.ok_or_else(|| Refused::new("the task is gone"))?;
    let mut second = join(&between, line)?;
    let later = |line: &Option<usize>| line.and_then(|line| second.finished.lines[line]);
    let lines = first.finished.lines.iter().map(later).collect();
    second.finished.lines = lines;
    second.renamed = [first.renamed, second.renamed].concat();
    Ok(second)
}

fn task_around(parsed: &Parsed, line: usize) -> Result<(Tree, usize), Refused> {
    let tree = Tree::of(parsed, Sort::Task);
    let index = tree.around(line);
    let index = index.ok_or_else(|| Refused::new("there is no task on that line"))?;
    Ok((tree, index))
}

fn task_of<'a>(parsed: &'a Parsed, tree: &Tree, index: usize) -> Result<&'a Task, Refused> {
    let task = task_on(parsed, tree.nodes[index].line);
    task.ok_or_else(|| Refused::new("there is no task on that line"))
}

/// Returns the task that one can be joined with.
fn next_of(parsed: &Parsed, tree: &Tree, index: usize) -> Result<usize, Refused> {
    let next = tree.beside(index, true);
    let next = next.ok_or_else(|| Refused::new("no task stands behind it"))?;
    let (lines, others) = (tree.whole(parsed, index)?, tree.whole(parsed, next)?);
    if !(lines.end..others.start).all(|line| is_blank(&parsed.text, line)) {
        let words = "something stands between it and the next one: move that first";
        return Err(Refused::new(words));
    }
    let is_done = |index| Ok(task_of(parsed, tree, index)?.state == State::Done);
    if is_done(index)? != is_done(next)? {
        let words = "only one of the two is done: give both the same state first";
        return Err(Refused::new(words));
    }
    Ok(next)
}

/// Joins a task with one that has no sub-tasks.
fn join_leaf(
    parsed: &Parsed,
    tree: &Tree,
    (index, other): (usize, usize),
) -> Result<Step, Refused> {
    let (one, two) = (&tree.nodes[index], &tree.nodes[other]);
    let (task, next) = (task_of(parsed, tree, index)?, task_of(parsed, tree, other)?);
    let text = &parsed.text;
    let title = source(parsed).title_of(next);
    let title = title.ok_or_else(|| Refused::new("the next one has no title to be kept"))?;
    let line = text.lines()[two.line].content;
    let words = text.slice(Span::new(title.start, line.end));
    let mut rows = Sheet::rows_of(text, two.line..two.own_end);
    if let Some(head) = rows.first_mut() {
        let start = detail_start(parsed, task).or_else(|| detail_start(parsed, next));
        let start = start.unwrap_or_else(|| [indent_of(parsed, task), b"  - ".to_vec()].concat());
        head.content = [&start, words].concat();
        head.from = None;
    }
    let mut sheet = Sheet::new(text);
    sheet.keep(0..one.own_end);
    sheet.push(rows);
    sheet.keep(one.own_end..one.end);
    sheet.keep(two.end..text.lines().len());
    let both = next.number.clone().zip(task.number.clone());
    Ok(Step {
        number: None,
        renamed: both.into_iter().collect(),
        ..Step::of(parsed, sheet, Some(one.line))
    })
}

/// Returns what stands before the words of the first detail of a task that is a bullet.
fn detail_start(parsed: &Parsed, task: &Task) -> Option<Vec<u8>> {
    let text = &parsed.text;
    let start = |line: usize| {
        let content = text.lines().get(line)?.content;
        let found = list_line(text.bytes(), content)?;
        let is_bullet = text.slice(found.bullet).len() == 1 && found.checkbox.is_none();
        is_bullet.then(|| {
            text.slice(Span::new(content.start, found.text.start))
                .to_vec()
        })
    };
    task.details.clone().find_map(start)
}

fn indent_of(parsed: &Parsed, task: &Task) -> Vec<u8> {
    let content = parsed.text.lines()[task.line].content;
    let bytes = parsed.text.slice(content);
    let blanks = bytes.iter().take_while(|byte| matches!(byte, b' ' | b'\t'));
    bytes[..blanks.count()].to_vec()
}

/// Splits a task at one of its details: that is the title of a new task behind it, with all details
/// that follow. What the task requires is required of both.
pub(super) fn split(parsed: &Parsed, line: usize) -> Result<Step, Refused> {
    let (tree, index) = task_around(parsed, line)?;
    let node = &tree.nodes[index];
    let task = task_of(parsed, &tree, index)?;
    let detail = detail_around(parsed, task, line)?;
    tree.whole(parsed, index)?;
    let spot = Spot::after(parsed, &tree, index)?;
    let text = &parsed.text;
    let mut rows = split_rows(parsed, task, &detail, node.own_end)?;
    let mut head = head_for(parsed, &tree, &spot);
    let marker = text.slice(task.marker);
    if let Some(at) = head.before.windows(3).position(|found| found == b"[ ]") {
        head.before.splice(at + 1..at + 2, marker.iter().copied());
    }
    if let Some(first) = rows.first_mut() {
        first.content = [&head.indent[..], &head.bytes(), &first.content].concat();
    }
    let kept = required_lines(task, detail.start..node.own_end);
    let mut sheet = Sheet::new(text);
    sheet.keep(0..detail.start);
    kept.iter().for_each(|line| sheet.keep(*line..*line + 1));
    sheet.keep(node.own_end..node.end);
    sheet.push((0..spot.above).map(|_| Row::new("")));
    let at = detail.start + kept.len() + (node.end - node.own_end) + spot.above;
    sheet.push(rows);
    sheet.keep(node.end..text.lines().len());
    let finished = sheet.finish();
    let to = |line: usize| finished.lines.get(line).copied().flatten();
    let mut promised = Shape::of(parsed).moved(&finished.lines);
    let parent = spot.parent.and_then(|parent| to(tree.nodes[parent].line));
    promised.promise(at, Sort::Task, parent, spot.group.and_then(to));
    Ok(Step {
        number: None,
        line: Some(at),
        finished,
        renamed: Vec::new(),
        promised,
    })
}

/// Returns the lines of the detail around a line.
fn detail_around(parsed: &Parsed, task: &Task, line: usize) -> Result<Range<usize>, Refused> {
    let details = Tree::details(parsed, task);
    let outer = |index: usize| {
        std::iter::successors(Some(index), |index| details.nodes[*index].parent).last()
    };
    let found = details.around(line).and_then(outer);
    let lines = found.map(|index| details.nodes[index].line..details.nodes[index].end);
    let words = "put the cursor on the detail that the second task begins with: l opens them";
    let lines = lines.ok_or_else(|| Refused::new(words))?;
    if task.fields.iter().any(|field| field.line == lines.start) {
        return Err(Refused::new("a label is no title of a task"));
    }
    Ok(lines)
}

/// Returns the lines of the new task: first the words of its title, then what is below it.
fn split_rows(
    parsed: &Parsed,
    task: &Task,
    detail: &Range<usize>,
    end: usize,
) -> Result<Vec<Row>, Refused> {
    let text = &parsed.text;
    let content = text.lines()[detail.start].content;
    let found = list_line(text.bytes(), content);
    let found = found.ok_or_else(|| Refused::new("that line is no list item"))?;
    if found.text.is_empty() {
        return Err(Refused::new(
            "the detail says nothing that could be a title",
        ));
    }
    let indent = indent_of(parsed, task);
    let blanks = text.slice(Span::new(content.start, found.bullet.start));
    let deeper = blanks.strip_prefix(&indent[..]).unwrap_or_default();
    let mut rows = vec![Row::new(text.slice(found.text))];
    let mut below = Sheet::rows_of(text, detail.start + 1..detail.end);
    // What is below the detail stands as far in as details do.
    for row in &mut below {
        let rest = row
            .content
            .strip_prefix(&[&indent[..], deeper].concat()[..]);
        if let Some(rest) = rest.filter(|rest| !rest.is_empty()) {
            row.content = [&indent, rest].concat();
        }
    }
    rows.extend(below);
    rows.extend(Sheet::rows_of(text, detail.end..end));
    Ok(rows)
}

/// Returns the lines among some that say nothing but what a task requires.
fn required_lines(task: &Task, lines: Range<usize>) -> Vec<usize> {
    let fields = task.fields.iter();
    let named = fields.filter(|field| field.kind == FieldKind::Requirements);
    let mut found: Vec<usize> = named
        .map(|field| field.line)
        .filter(|line| lines.contains(line))
        .collect();
    found.dedup();
    found
}
