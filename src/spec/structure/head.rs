//! What stands before the words of an item: its indent, bullet, box and number, taken from a
//! neighbour.
//!
//! Everything but the number, a star and a mark in the box is the neighbour's, byte for byte.

use super::among::{first_head, is_first, requirement_on};
use super::number::next_free;
use super::place::Spot;
use super::tree::{Sort, Tree};
use crate::markdown::list_line;
use crate::spec::parsed::Parsed;
use crate::spec::tasks::Task;
use crate::spec::unit::Source;
use crate::spec::{CriteriaDocument, Criterion};
use crate::text::Span;

/// What stands before the words of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// The blanks.
    pub(super) indent: Vec<u8>,
    /// What stands before the number: bullet and box.
    pub(super) before: Vec<u8>,
    /// The number.
    pub(super) number: Option<String>,
    /// What stands between the number and the words.
    pub(super) behind: Vec<u8>,
}

impl Head {
    /// Returns it without the indent.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let number = self.number.as_deref().unwrap_or_default();
        [&self.before, number.as_bytes(), &self.behind].concat()
    }

    /// Reads the head that a line has before the byte `words`, with the number at `number`.
    fn read(parsed: &Parsed, line: usize, number: Option<Span>, words: usize) -> Self {
        let content = parsed.text.lines()[line].content;
        let bytes = parsed.text.slice(content);
        let blanks = bytes.iter().take_while(|byte| matches!(byte, b' ' | b'\t'));
        let start = content.start + blanks.count();
        let words = words.clamp(start, content.end);
        let number = number.filter(|number| start <= number.start && number.end <= words);
        let cut = number.map_or(words, |number| number.start);
        let slice = |from, to| parsed.text.slice(Span::new(from, to)).to_vec();
        Self {
            indent: slice(content.start, start),
            before: slice(start, cut),
            number: number.map(|number| parsed.text.lossy(number).into_owned()),
            behind: number.map_or_else(Vec::new, |number| slice(number.end, words)),
        }
    }
}

/// Returns the source of a document, for finding what belongs together in it.
pub(super) fn source(parsed: &Parsed) -> Source<'_> {
    Source {
        text: &parsed.text,
        document: &parsed.document,
        tasks: Some(&parsed.tasks),
        criteria: criteria(parsed),
        design: parsed.design.as_deref(),
    }
}

pub(super) fn criteria(parsed: &Parsed) -> Option<&CriteriaDocument> {
    parsed
        .wanted
        .as_ref()
        .map(|wanted| &wanted.criteria_document)
}

/// Returns the task on a line.
pub(super) fn task_on(parsed: &Parsed, line: usize) -> Option<&Task> {
    let tasks = &parsed.tasks;
    Some(&tasks.items[tasks.at_line(line)?])
}

/// Returns the criterion that begins on a line.
pub(super) fn criterion_on(parsed: &Parsed, line: usize) -> Option<&Criterion> {
    let document = criteria(parsed)?;
    let found = document.criterion(document.criterion_at(line)?)?;
    (found.line == line).then_some(found)
}

/// Returns the head of an item.
pub(super) fn head_of(parsed: &Parsed, tree: &Tree, index: usize) -> Head {
    let line = tree.nodes[index].line;
    let start = parsed.text.lines()[line].content.start;
    match tree.sort {
        Sort::Task => {
            task_on(parsed, line).map_or_else(Head::default, |task| of_task(parsed, task))
        }
        Sort::Criterion => {
            let found = criterion_on(parsed, line);
            found.map_or_else(Head::default, |found| of_criterion(parsed, found))
        }
        Sort::Requirement => of_requirement(parsed, line),
        Sort::Property => of_property(parsed, line),
        Sort::Item => of_item(parsed, line),
        Sort::Row | Sort::Block => Head::read(parsed, line, None, start),
    }
}

/// Returns where the words of a task begin; none where they cannot be told from what is before them.
fn words_of(parsed: &Parsed, task: &Task) -> Option<usize> {
    source(parsed).title_of(task).map(|title| title.start)
}

fn of_task(parsed: &Parsed, task: &Task) -> Head {
    let text = &parsed.text;
    let content = text.lines()[task.line].content;
    let behind_number = [
        Some(task.marker.end + 1),
        task.number_span.map(|span| span.end),
    ];
    let least = behind_number
        .into_iter()
        .flatten()
        .max()
        .unwrap_or(content.start);
    let words = words_of(parsed, task).unwrap_or(least).max(least);
    let mut head = Head::read(parsed, task.line, task.number_span, words);
    let whole = content.start + head.indent.len();
    // From the back, so that the offsets stay.
    if let Some(star) = task.star {
        match task.number_span {
            Some(number) if star.start >= number.end => {
                cut(&mut head.behind, star, number.end);
            }
            _ => cut(&mut head.before, star, whole),
        }
    }
    let marker = Span::new(task.marker.start, task.marker.end);
    replace(&mut head.before, marker, whole, b" ");
    count_on(&mut head.before);
    if words == least {
        head.behind = default_behind(task);
    }
    head
}

/// Returns what stands behind the number of a task that has no words.
fn default_behind(task: &Task) -> Vec<u8> {
    match &task.number {
        None => b" ".to_vec(),
        Some(number) if number.contains('.') => b" ".to_vec(),
        Some(_) => b". ".to_vec(),
    }
}

fn cut(bytes: &mut Vec<u8>, span: Span, start: usize) {
    replace(bytes, span, start, b"");
}

/// Puts other bytes in the place of a span of the file; `bytes` begin at `start` there.
fn replace(bytes: &mut Vec<u8>, span: Span, start: usize, with: &[u8]) {
    let (Some(from), Some(to)) = (span.start.checked_sub(start), span.end.checked_sub(start))
    else {
        return;
    };
    if to <= bytes.len() {
        bytes.splice(from..to, with.iter().copied());
    }
}

/// Lets a list number at the start be the next one.
fn count_on(bytes: &mut Vec<u8>) {
    let digits = bytes
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let value = std::str::from_utf8(&bytes[..digits]).ok();
    let value = value.and_then(|value| value.parse::<u32>().ok());
    if let Some(next) = value.and_then(|value| value.checked_add(1)) {
        bytes.splice(..digits, next.to_string().into_bytes());
    }
}

fn of_criterion(parsed: &Parsed, found: &Criterion) -> Head {
    let mut head = Head::read(parsed, found.line, found.written, found.text.start);
    let content = parsed.text.lines()[found.line].content;
    let start = content.start + head.indent.len();
    uncheck(parsed, found.line, &mut head.before, start);
    if head.number.is_none() || found.written.is_some_and(|written| written.start > start) {
        count_on(&mut head.before);
    }
    let marks = |bytes: &[u8]| bytes.windows(2).filter(|pair| *pair == b"**").count();
    if (marks(&head.before) + marks(&head.behind)) % 2 == 1 {
        head.before = without_marks(&head.before);
        head.behind = without_marks(&head.behind);
    }
    head
}

fn without_marks(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().copied().filter(|byte| *byte != b'*').collect()
}

/// Lets a box be empty.
fn uncheck(parsed: &Parsed, line: usize, before: &mut Vec<u8>, start: usize) {
    let content = parsed.text.lines()[line].content;
    let found = list_line(parsed.text.bytes(), content);
    if let Some(checkbox) = found.and_then(|found| found.checkbox) {
        replace(before, checkbox.marker, start, b" ");
    }
}

fn of_requirement(parsed: &Parsed, line: usize) -> Head {
    let Some(CriteriaDocument::Requirements(all)) = criteria(parsed) else {
        return Head::default();
    };
    let found = all.requirements.iter().find(|found| found.line == line);
    let Some(found) = found else {
        return Head::default();
    };
    headed(parsed, line, found.written, found.title)
}

fn of_property(parsed: &Parsed, line: usize) -> Head {
    let design = parsed.design.as_ref();
    let found = design.and_then(|design| design.properties.iter().find(|one| one.line == line));
    found.map_or_else(Head::default, |found| {
        headed(parsed, line, Some(found.written), found.title)
    })
}

/// Reads the head of a heading; without a title, a colon parts the number from it.
fn headed(parsed: &Parsed, line: usize, written: Option<Span>, title: Span) -> Head {
    if !title.is_empty() {
        return Head::read(parsed, line, written, title.start);
    }
    let end = written.map_or(parsed.text.lines()[line].content.end, |written| written.end);
    let mut head = Head::read(parsed, line, written, end);
    head.behind = b": ".to_vec();
    head
}

fn of_item(parsed: &Parsed, line: usize) -> Head {
    let content = parsed.text.lines()[line].content;
    let Some(found) = list_line(parsed.text.bytes(), content) else {
        return Head::default();
    };
    let mut head = Head::read(parsed, line, None, found.text.start);
    let start = content.start + head.indent.len();
    if let Some(star) = found.checkbox.and_then(|checkbox| checkbox.star) {
        cut(&mut head.before, star, start);
    }
    uncheck(parsed, line, &mut head.before, start);
    count_on(&mut head.before);
    if head
        .before
        .last()
        .is_some_and(|last| !matches!(last, b' ' | b'\t'))
    {
        head.before.push(b' ');
    }
    head
}

/// Returns the number that a new item like another one has: the next free one among those that
/// count with it.
pub(super) fn free_number(parsed: &Parsed, tree: &Tree, model: usize) -> Option<String> {
    let number = |index: usize| number_of(parsed, tree, index);
    let like = number(model)?;
    let siblings: Vec<String> = (0..tree.nodes.len())
        .filter(|other| tree.are_siblings(model, *other))
        .filter_map(number)
        .collect();
    // Somebody who writes `1.` before every item lets the list count.
    let is_uncounted = siblings.len() > 1 && siblings.iter().all(|number| *number == like);
    if is_uncounted {
        return Some(like);
    }
    if tree.sort != Sort::Task || repeats(parsed) {
        return next_free(
            &like,
            near(parsed, tree, model, &siblings)
                .iter()
                .map(String::as_str),
        );
    }
    let all = parsed
        .tasks
        .items
        .iter()
        .filter_map(|task| task.number.as_deref());
    next_free(&like, all)
}

/// Returns the number of an item, with plain digits.
fn number_of(parsed: &Parsed, tree: &Tree, index: usize) -> Option<String> {
    match tree.sort {
        Sort::Task => task_on(parsed, tree.nodes[index].line)?.number.clone(),
        _ => head_of(parsed, tree, index).number,
    }
}

/// Returns the head of a new item in a place.
pub(super) fn head_for(parsed: &Parsed, tree: &Tree, spot: &Spot) -> Head {
    let model = spot
        .model
        .map(|model| (model, head_of(parsed, tree, model)));
    let is_beside = |model: usize| tree.nodes[model].parent == spot.parent;
    match (model, spot.parent) {
        (Some((model, head)), _) if is_first(tree, spot) => {
            let owner = spot.group.and_then(|line| requirement_on(parsed, line));
            let first = owner.and_then(|owner| first_head(parsed, tree, model, &owner.id));
            // A number that cannot be followed stays what it is.
            first.unwrap_or(Head {
                number: None,
                ..head
            })
        }
        (Some((model, head)), _) if is_beside(model) => Head {
            number: free_number(parsed, tree, model),
            ..head
        },
        (model, Some(parent)) => below(parsed, tree, parent, model),
        _ => Head::default(),
    }
}

/// Returns the head of the first item below a parent, as far in as `model` below its own.
fn below(parsed: &Parsed, tree: &Tree, parent: usize, model: Option<(usize, Head)>) -> Head {
    let above = head_of(parsed, tree, parent);
    let step = model.as_ref().and_then(|(model, head)| {
        let own = tree.nodes[*model].parent?;
        let outer = head_of(parsed, tree, own).indent;
        head.indent.strip_prefix(&outer[..]).map(<[u8]>::to_vec)
    });
    let step = step.unwrap_or_else(|| usual_step(parsed));
    let number = number_of(parsed, tree, parent).map(|number| format!("{number}.1"));
    let like = model
        .map(|(_, head)| head)
        .filter(|head| head.number.is_some() == number.is_some());
    let (before, behind) = like.map_or_else(
        || (above.before, b" ".to_vec()),
        |head| (head.before, head.behind),
    );
    Head {
        indent: [above.indent, step].concat(),
        before,
        behind: if number.is_some() { behind } else { Vec::new() },
        number,
    }
}

/// Returns how far sub-items stand in where none shows it.
fn usual_step(parsed: &Parsed) -> Vec<u8> {
    let mut lines = parsed.text.lines().iter();
    let has_tabs = lines.any(|line| parsed.text.slice(line.content).starts_with(b"\t"));
    if has_tabs {
        b"\t".to_vec()
    } else {
        b"  ".to_vec()
    }
}

/// Returns the numbers that count with an item where others begin anew below another heading.
fn near(parsed: &Parsed, tree: &Tree, model: usize, siblings: &[String]) -> Vec<String> {
    if tree.sort != Sort::Task {
        return siblings.to_vec();
    }
    let phase = |line: usize| {
        parsed
            .tasks
            .phases
            .partition_point(|phase| phase.line <= line)
    };
    let own = phase(tree.nodes[model].line);
    let tasks = parsed.tasks.items.iter();
    let near = tasks.filter(|task| phase(task.line) == own);
    near.filter_map(|task| task.number.clone()).collect()
}

/// Returns whether some number of a task stands twice.
fn repeats(parsed: &Parsed) -> bool {
    let mut seen = std::collections::HashSet::new();
    let mut numbers = parsed
        .tasks
        .items
        .iter()
        .filter_map(|task| task.number.as_deref());
    !numbers.all(|number| seen.insert(number))
}
