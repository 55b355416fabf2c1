//! The code blocks of a document whose languages are known, and the state of the scanner at the
//! start of their lines.

use std::cell::RefCell;
use std::ops::Range;

use super::{Language, State};
use crate::markdown::{BlockKind, Document};
use crate::prose::fence::Fence;
use crate::prose::highlight::Highlight;
use crate::prose::line::can_be_laid_out;
use crate::spec::source_str::SourceStr;
use crate::text::{Span, Text};

/// The most bytes that are read before a line, so that the end of a block longer than any book is
/// drawn as fast as its start. What begins further up is not seen.
const MOST_BEFORE: usize = 1 << 16;

/// The code blocks whose languages are known, in order.
#[derive(Clone, Debug, Default)]
pub struct CodeBlocks {
    blocks: Vec<CodeBlock>,
    read: RefCell<Read>,
}

/// The lines between the fences of a code block.
#[derive(Clone, Debug, PartialEq, Eq)]
struct CodeBlock {
    lines: Range<usize>,
    language: &'static Language,
}

/// The states at the starts of lines that follow on one another, as far as they were read.
#[derive(Clone, Debug, Default)]
struct Read {
    first: usize,
    states: Vec<State>,
}

/// What was read follows from the blocks.
impl PartialEq for CodeBlocks {
    fn eq(&self, other: &Self) -> bool {
        self.blocks == other.blocks
    }
}

impl Eq for CodeBlocks {}

impl CodeBlocks {
    /// Finds the code blocks of a document.
    pub fn of(text: &Text, document: &Document) -> Self {
        let code = document
            .blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Code);
        let known = code.filter_map(|block| {
            let fence = Fence::of(text, *block)?;
            let language = Language::named(SourceStr::read(text, fence.info).text)?;
            let lines = block.first_line + 1..block.end_line;
            Some(CodeBlock { lines, language })
        });
        Self {
            blocks: known.collect(),
            read: RefCell::default(),
        }
    }

    /// Finds what stands out in `span`, which is a part of the line with index `line`; none where
    /// the language is not known, or the line longer than any book's.
    pub fn highlights(&self, text: &Text, line: usize, span: Span) -> Option<Vec<Highlight>> {
        let behind = self
            .blocks
            .partition_point(|block| block.lines.start <= line);
        let block = &self.blocks[behind.checked_sub(1)?];
        if !block.lines.contains(&line) || !can_be_laid_out(span) {
            return None;
        }
        let state = self.state_at(text, block, line);
        let mut found = Vec::new();
        block
            .language
            .scan(text.slice(span), span.start, state, &mut found);
        Some(found)
    }

    /// Returns the state at the start of a line.
    fn state_at(&self, text: &Text, block: &CodeBlock, line: usize) -> State {
        let mut read = self.read.borrow_mut();
        let first = first_line(text, block, line);
        let is_same = read.first == first && !read.states.is_empty();
        if !is_same {
            *read = Read {
                first,
                states: vec![State::Code],
            };
        }
        let mut found = Vec::new();
        for next in first + read.states.len() - 1..line {
            let content = text.lines()[next].content;
            let end = content.end.min(content.start + MOST_BEFORE);
            let content = text.slice(Span::new(content.start, end));
            let state = read.states.last().copied().unwrap_or_default();
            found.clear();
            read.states
                .push(block.language.scan(content, 0, state, &mut found));
        }
        read.states.get(line - first).copied().unwrap_or_default()
    }
}

/// Returns the line from which on a block is read for one of its lines: its first, unless that is
/// far up.
///
/// Of a long block it is the start of one of its stretches, so that what is read serves for other
/// lines too.
fn first_line(text: &Text, block: &CodeBlock, line: usize) -> usize {
    let start = |line: usize| text.lines()[line].content.start;
    let before = start(line) - start(block.lines.start);
    let stretch = before / MOST_BEFORE;
    if stretch < 2 {
        return block.lines.start;
    }
    text.line_at(start(block.lines.start) + (stretch - 1) * MOST_BEFORE)
}
