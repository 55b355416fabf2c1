//! The terms of a glossary: list items, paragraphs and table rows.

use std::ops::Range;

use super::Term;
use crate::markdown::{Block, BlockKind, Document, list_line};
use crate::spec::source_str::SourceStr;
use crate::text::{Span, Text};

/// Reads the terms in the given `blocks`.
pub(super) fn read(text: &Text, document: &Document, blocks: Range<usize>, terms: &mut Vec<Term>) {
    for block in &document.blocks[blocks] {
        match block.kind {
            BlockKind::Item => read_item(text, *block, terms),
            BlockKind::Paragraph => {
                terms.extend(term(
                    SourceStr::read(text, block.span).trim(),
                    block.first_line,
                ));
            }
            BlockKind::Table => terms
                .extend((block.first_line + 2..block.end_line).filter_map(|line| row(text, line))),
            _ => {}
        }
    }
}

/// Reads an item: a term, or a further line of the term above it.
fn read_item(text: &Text, block: Block, terms: &mut Vec<Term>) {
    let Some(line) = list_line(text.bytes(), text.lines()[block.first_line].content) else {
        return;
    };
    let piece = SourceStr::read(
        text,
        Span::new(line.text.start, block.span.end.max(line.text.start)),
    )
    .trim();
    match terms.last_mut() {
        Some(last) if line.indent > 0 => {
            last.definition.end = piece.span().end.max(last.definition.end);
        }
        _ => terms.extend(term(piece, block.first_line)),
    }
}

/// Reads `**Term**: definition`, `**Term:** definition`, `Term: definition` and the same with a
/// dash.
fn term(piece: SourceStr<'_>, line: usize) -> Option<Term> {
    let bold = piece
        .text
        .strip_prefix("**")
        .and_then(|rest| rest.find("**"));
    let (name, rest) = match bold {
        Some(length) => (piece.after(2).before(length), piece.after(length + 4)),
        None => {
            let end = [": ", "：", " - ", " – ", " — "]
                .iter()
                .filter_map(|sign| piece.text.find(sign))
                .min()?;
            (piece.before(end), piece.after(end))
        }
    };
    let signs = &[':', '：', '-', '–', '—', ' ', '\n', '*'];
    let term = name.trim_of(&['*', '`', ':', '：', ' ']);
    (!term.is_empty()).then(|| Term {
        term: term.span(),
        definition: rest.trim_start_of(signs).trim().span(),
        line,
    })
}

/// Reads a table row: the term and the cell behind it.
fn row(text: &Text, line: usize) -> Option<Term> {
    let piece = SourceStr::read(text, text.lines()[line].content).trim();
    let inside = piece.map(|row| row.trim_matches('|'));
    let end = inside.text.find('|')?;
    let rest = inside.after(end + 1);
    let definition = rest
        .map(|rest| rest.split('|').next().unwrap_or_default())
        .trim();
    let term = inside.before(end).trim_of(&['*', '`', ' ']);
    (!term.is_empty()).then(|| Term {
        term: term.span(),
        definition: definition.span(),
        line,
    })
}
