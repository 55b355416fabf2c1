//! Whether an item stays one with other words in its lines.

use std::ops::Range;

use super::head::{head_of, source, task_on};
use super::shape::{Shape, otherwise};
use super::tree::{Sort, Tree};
use super::{Refused, parse};
use crate::spec::parsed::Parsed;
use crate::store::DocumentKind;
use crate::text::{Edit, Span, Text};

/// Checks that an edit of the lines of one item leaves it an item, and all others what they are.
///
/// # Errors
///
/// With what would be read as something else, and how the item has to begin.
pub fn check_typed(
    kind: DocumentKind,
    text: &Text,
    lines: Range<usize>,
    edit: &Edit,
) -> Result<(), Refused> {
    let (before, after) = (parse(kind, text.clone()), parse(kind, edit.apply(text)));
    let sort = |parsed: &Parsed| sort_on(parsed, lines.start);
    if let Some(was) = sort(&before)
        && sort(&after) != Some(was)
    {
        return Err(Refused::new(format!(
            "it would not be read as {} any more: {}",
            named(was),
            beginning(&before, lines.start, was)
        )));
    }
    let grown = after.text.lines().len() + lines.end;
    let end = grown.saturating_sub(text.lines().len());
    let shift = |line: usize| match line {
        line if line < lines.start => Some(line),
        line if line < lines.end => None,
        line => Some(line - lines.end + end),
    };
    let moved: Vec<Option<usize>> = (0..text.lines().len()).map(shift).collect();
    match Shape::of(&before).moved(&moved).lost_in(&after) {
        None => Ok(()),
        Some((line, _)) => Err(otherwise(&after, line)),
    }
}

/// Returns the sort of the item that begins on a line.
fn sort_on(parsed: &Parsed, line: usize) -> Option<Sort> {
    let (tree, index) = Tree::at(parsed, line).ok()?;
    (tree.nodes[index].line == line).then_some(tree.sort)
}

fn named(sort: Sort) -> &'static str {
    match sort {
        Sort::Task => "a task",
        Sort::Criterion => "a criterion",
        Sort::Requirement => "a requirement",
        Sort::Property => "a property",
        Sort::Item => "an item of the list",
        Sort::Row => "a row of the table",
        Sort::Block => "a paragraph",
    }
}

/// Says how an item begins before its words.
fn beginning(parsed: &Parsed, line: usize, sort: Sort) -> String {
    let head = before_words(parsed, line, sort).unwrap_or_default();
    match head.trim_end() {
        "" => "write the whole item, as it stands in the file".to_owned(),
        head => format!("begin with \"{head} \", as it stands in the file"),
    }
}

/// Returns what stands before the words of an item, as it is.
fn before_words(parsed: &Parsed, line: usize, sort: Sort) -> Option<String> {
    let content = parsed.text.lines().get(line)?.content;
    let words = match sort {
        Sort::Task => source(parsed).title_of(task_on(parsed, line)?)?.start,
        _ => {
            let tree = Tree::of(parsed, sort);
            let head = head_of(parsed, &tree, tree.on(line)?);
            content.start + head.indent.len() + head.bytes().len()
        }
    };
    let head = Span::new(content.start, words.min(content.end));
    Some(parsed.text.lossy(head).trim_start().to_owned())
}
