//! The lossless document: a text cut into blocks, so that every byte belongs to exactly one.
//!
//! Knows Markdown and the checkbox markers of spec files; knows nothing of tasks, requirements or
//! files. Parsing never fails: what nothing claims is an [`BlockKind::Other`] block.

mod blocks;
mod conflict;
mod inline;
mod line;
mod markers;
mod reference;
mod skeleton;
mod table;

pub use conflict::Conflict;
pub use inline::{Inline, InlineKind, InlineStyle, Inlines, begins_markup, entity, inlines};
pub use line::{Checkbox, ListLine, heading_text, list_line};
pub use markers::{ColumnShown, MARKERS, Marker, State, Tone, Weight, marker_for, state_of};
pub use reference::{Definition, definition_name, definitions};
pub use table::row_rules;

use crate::text::{Span, Text};

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading with its level from 1 to 6, underlined ones included.
    Heading(u8),
    /// A paragraph, also one inside a list item, if it is not the item's first.
    Paragraph,
    /// The first paragraph of a list item, with its bullet or number.
    Item,
    /// A fenced or indented code block.
    Code,
    /// A block quote with all that it holds.
    Quote,
    /// A table.
    Table,
    /// A block of HTML that is not a comment.
    Html,
    /// A block of HTML that is a comment.
    Comment,
    /// A thematic break.
    Rule,
    /// Metadata between `---` lines at the start of the text.
    FrontMatter,
    /// Lines without any content.
    Blank,
    /// What nothing else claims, such as link reference definitions.
    Other,
    /// A line of a text that is no Markdown.
    Plain,
}

/// One block: whole lines of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its bytes, line endings included.
    pub span: Span,
    /// Index of its first line, from 0.
    pub first_line: usize,
    /// Index behind its last line.
    pub end_line: usize,
}

/// Something about the Markdown that a reader should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Index of the line, from 0.
    pub line: usize,
    /// A sentence.
    pub message: String,
}

/// A text cut into blocks.
///
/// Invariant: the spans of the blocks, in order, are the whole text without gap or overlap, and no
/// block is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// All blocks in order.
    pub blocks: Vec<Block>,
    /// What a reader should know, by line.
    pub faults: Vec<Fault>,
    /// Merge conflicts, in order.
    pub conflicts: Vec<Conflict>,
}

impl Document {
    /// Cuts `text` into blocks.
    pub fn parse(text: &Text) -> Self {
        blocks::parse(text)
    }

    /// Takes `text` as what it is, where it is no Markdown: each line is a block of its own.
    pub fn plain(text: &Text) -> Self {
        blocks::plain(text)
    }

    /// Returns the merge conflict around the line with index `line`.
    pub fn conflict_at(&self, line: usize) -> Option<&Conflict> {
        self.conflicts
            .iter()
            .find(|conflict| conflict.lines.contains(&line))
    }

    /// Returns the index of the block that holds the line with index `line`.
    pub fn block_at(&self, line: usize) -> Option<usize> {
        let index = self.blocks.partition_point(|block| block.end_line <= line);
        (index < self.blocks.len()).then_some(index)
    }
}
