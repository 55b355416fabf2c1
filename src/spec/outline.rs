//! The sections of a document: headings with what stands below them.
//!
//! Knows no languages and no meaning of headings.

use std::ops::Range;

use crate::markdown::{BlockKind, Document, heading_text};
use crate::text::{Span, Text};

/// A heading and what stands below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The level of the heading, from 1 to 6.
    pub level: u8,
    /// The words of the heading, without number signs.
    pub title: Span,
    /// Index of the heading's line, from 0.
    pub line: usize,
    /// Index of the line behind the section with all its sub-sections.
    pub end_line: usize,
    /// The blocks between this heading and the next, of whatever level, as indexes into the
    /// document.
    pub blocks: Range<usize>,
    /// The section that this one is a part of, as an index into the outline.
    pub parent: Option<usize>,
}

/// Returns the sections of the given `lines` in order.
///
/// A heading ends every section of its own or a deeper level; the last section ends with the lines.
pub fn outline(text: &Text, document: &Document, lines: Range<usize>) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let blocks = blocks_of(document, &lines);
    for index in blocks.clone() {
        let block = document.blocks[index];
        let BlockKind::Heading(level) = block.kind else {
            continue;
        };
        if let Some(last) = sections.last_mut() {
            last.blocks.end = index;
        }
        while let Some(closed) = open.pop_if(|open| sections[*open].level >= level) {
            sections[closed].end_line = block.first_line;
        }
        let title = heading_text(text.bytes(), text.lines()[block.first_line].content);
        let section = Section {
            level,
            title,
            line: block.first_line,
            end_line: lines.end,
            blocks: index + 1..blocks.end,
            parent: open.last().copied(),
        };
        open.push(sections.len());
        sections.push(section);
    }
    sections
}

/// Returns the blocks that begin in the given `lines`, as indexes into the document.
pub(crate) fn blocks_of(document: &Document, lines: &Range<usize>) -> Range<usize> {
    let start = document
        .blocks
        .partition_point(|block| block.first_line < lines.start);
    let end = document
        .blocks
        .partition_point(|block| block.first_line < lines.end);
    start..end.max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_know_their_extent_and_their_parent() {
        let text = Text::new("# A\na\n## B\nb\n### C\n## D\n\nd\n# E\n");
        let document = Document::parse(&text);
        let drawn: Vec<String> = outline(&text, &document, 0..text.lines().len())
            .iter()
            .map(|section| {
                format!(
                    "{}{} {}..{} {:?}",
                    section.level,
                    text.lossy(section.title),
                    section.line,
                    section.end_line,
                    section.parent
                )
            })
            .collect();
        assert_eq!(
            drawn,
            [
                "1A 0..8 None",
                "2B 2..5 Some(0)",
                "3C 4..5 Some(1)",
                "2D 5..8 Some(0)",
                "1E 8..9 None"
            ]
        );
    }

    #[test]
    fn an_outline_of_some_lines() {
        let text = Text::new("# A\n## B\nb\n## C\nc\n");
        let document = Document::parse(&text);
        let sections = outline(&text, &document, 1..3);
        assert_eq!(sections.len(), 1);
        assert_eq!(
            (sections[0].line, sections[0].end_line, sections[0].parent),
            (1, 3, None)
        );
    }
}
