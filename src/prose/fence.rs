//! The lines around a code block: what they say of it, and what stands between them.

use std::ops::Range;

use crate::markdown::{Block, BlockKind, Document};
use crate::spec::source_str::SourceStr;
use crate::text::{Span, Text};

/// The fences of a code block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fence {
    /// The blanks before the first.
    pub indent: usize,
    /// What it says of the code: the language, where it names one.
    pub info: Span,
    /// The lines between the two.
    pub inside: Range<usize>,
}

impl Fence {
    /// Reads the fences of a block; none of one that is told by its indent.
    pub fn of(text: &Text, block: Block) -> Option<Self> {
        let content = |line: usize| text.lines()[line].content;
        let first = content(block.first_line);
        let whole = SourceStr::read(text, first).trim();
        let sign = whole.text.chars().next()?;
        let info = whole.trim_start_of(&[sign]).span();
        let signs = Span::new(whole.span().start, info.start);
        if !matches!(sign, '`' | '~') || signs.len() < 3 {
            return None;
        }
        let last = block.end_line - 1;
        let is_closed = last > block.first_line && closes(text, content(last), signs);
        let end = if is_closed { last } else { block.end_line };
        Some(Self {
            indent: leading(text, first),
            info: SourceStr::read(text, info).trim().span(),
            inside: block.first_line + 1..end,
        })
    }

    /// Finds the fences of the code block that a line of a document stands in.
    pub fn around(text: &Text, document: &Document, line: usize) -> Option<Self> {
        let block = document.blocks[document.block_at(line)?];
        if block.kind == BlockKind::Code {
            Self::of(text, block)
        } else {
            None
        }
    }

    /// Returns whether a Mermaid diagram stands between them.
    pub fn is_diagram(&self, text: &Text) -> bool {
        let words = SourceStr::read(text, self.info).text;
        let language = words.split_whitespace().next().unwrap_or_default();
        language.eq_ignore_ascii_case("mermaid")
    }
}

/// Returns whether a line closes what was opened with some `signs`.
fn closes(text: &Text, line: Span, signs: Span) -> bool {
    let sign = text.bytes()[signs.start];
    let own = text.slice(line).trim_ascii();
    own.len() >= signs.len() && own.iter().all(|byte| *byte == sign)
}

/// Counts the blanks at the start of a span.
pub(super) fn leading(text: &Text, span: Span) -> usize {
    let bytes = text.slice(span);
    bytes.iter().take_while(|byte| **byte == b' ').count()
}
