//! Criteria in tables.

use crate::markdown::Block;
use crate::spec::aliases::INDEX;
use crate::spec::id::read_id;
use crate::spec::source_str::SourceStr;
use crate::text::{Span, Text};

/// What a row must have to be a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// An id in its first cell.
    Id,
    /// Any text, as the table stands among criteria.
    Text,
}

/// A row that is a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// The id in the first cell.
    pub(super) id: Option<Span>,
    /// The cell with the criterion.
    pub(super) text: Span,
    /// Index of the line.
    pub(super) line: usize,
}

/// Headers of a column of numbers.
const NUMBERS: &[&str] = &[
    "id",
    "#",
    "no",
    "no.",
    "nr",
    "nr.",
    "nº",
    "№",
    "number",
    "编号",
    "序号",
    "編號",
    "番号",
    "번호",
    "номер",
    "número",
];

/// Returns the rows of the table that are criteria.
pub(super) fn rows(text: &Text, table: Block, need: Need) -> Vec<Row> {
    let mut lines = table.first_line..table.end_line;
    let header = lines
        .next()
        .map(|line| cells(text, line))
        .unwrap_or_default();
    let numbered = header
        .first()
        .is_some_and(|cell| is_number_header(cell.text));
    let column = header
        .iter()
        .position(|cell| INDEX.criteria.has_label(cell.text))
        .filter(|column| *column > 0);
    lines
        .skip(1)
        .filter_map(|line| row(&cells(text, line), line, numbered, column, need))
        .collect()
}

fn is_number_header(cell: &str) -> bool {
    let lower = cell.to_lowercase();
    NUMBERS.contains(&lower.as_str()) || lower.ends_with(" id")
}

fn row(
    cells: &[SourceStr<'_>],
    line: usize,
    numbered: bool,
    column: Option<usize>,
    need: Need,
) -> Option<Row> {
    let first = cells.first()?.trim_of(&['*', '`', '_', '[', ']', ' ']);
    let shape = read_id(first.text).filter(|shape| shape.length == first.text.len());
    let id = shape
        .filter(|shape| numbered || shape.numbers > 1 || shape.prefix > 1)
        .map(|_| first.span());
    if id.is_none() && need == Need::Id {
        return None;
    }
    let behind_id = if shape.is_some() { 1 } else { 0 };
    let text = cells
        .get(column.unwrap_or(behind_id))
        .filter(|cell| !cell.is_empty())?;
    Some(Row {
        id,
        text: text.span(),
        line,
    })
}

/// Cuts a line into cells, without blanks. A pipe behind a backslash parts none.
pub(in crate::spec) fn cells(text: &Text, line: usize) -> Vec<SourceStr<'_>> {
    let whole = SourceStr::read(text, text.lines()[line].content).trim();
    let inside = whole.map(|line| line.strip_prefix('|').unwrap_or(line));
    let inside = inside.map(|line| line.strip_suffix('|').unwrap_or(line));
    let mut cells = Vec::new();
    let mut start = 0;
    for (offset, _) in inside.text.match_indices('|') {
        if !inside.text[..offset].ends_with('\\') {
            cells.push(inside.before(offset).after(start).trim());
            start = offset + 1;
        }
    }
    cells.push(inside.after(start).trim());
    cells
}
