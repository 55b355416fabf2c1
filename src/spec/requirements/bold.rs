//! Requirements that are set as bold paragraphs: `**US-01: Create**`, with a story and criteria
//! behind them.
//!
//! They become sections of the outline, one level below the heading above them, and from there on
//! are like headings.

use std::ops::Range;

use super::headings::names_requirement;
use super::{Label, leading_label};
use crate::markdown::{Block, BlockKind, Document, list_line};
use crate::spec::outline::{Section, blocks_of, outline};
use crate::spec::source_str::SourceStr;
use crate::text::{Span, Text};

/// The deepest level of a heading.
const DEEPEST: u8 = 6;

/// The level of what stands above the first heading, as if it stood below a title.
const BELOW_A_TITLE: u8 = 2;

/// Adds the bold paragraphs that are requirements to the sections of some lines of a document.
pub(super) fn with_bold_headings(
    text: &Text,
    document: &Document,
    lines: &Range<usize>,
) -> Vec<Section> {
    let sections = outline(text, document, lines.clone());
    let mut found: Vec<Section> = Vec::with_capacity(sections.len());
    let mut places = Vec::with_capacity(sections.len());
    let first = sections.first().map_or(lines.end, |section| section.line);
    let above = Part {
        blocks: blocks_of(document, &(lines.start..first)),
        end_line: first,
        level: BELOW_A_TITLE,
        parent: None,
    };
    found.extend(above.cut(document, &starts(text, document, &above.blocks)));
    for mut section in sections {
        section.parent = section.parent.map(|parent| places[parent]);
        let starts = starts(text, document, &section.blocks);
        let part = Part {
            blocks: section.blocks.clone(),
            end_line: section.end_line,
            level: (section.level + 1).min(DEEPEST),
            parent: Some(found.len()),
        };
        places.push(found.len());
        if let Some((first, _)) = starts.first() {
            section.blocks.end = *first;
        }
        found.push(section);
        found.extend(part.cut(document, &starts));
    }
    found
}

/// What stands below one heading, or above the first one.
struct Part {
    blocks: Range<usize>,
    end_line: usize,
    level: u8,
    parent: Option<usize>,
}

impl Part {
    /// Returns the sections that begin at the given blocks, each with its title.
    fn cut(&self, document: &Document, starts: &[(usize, Span)]) -> Vec<Section> {
        let ends = starts.iter().skip(1).map(|(next, _)| *next);
        let ends = ends.chain([self.blocks.end]);
        let section = |((block, title), end): (&(usize, Span), usize)| {
            let next = document.blocks.get(end);
            let end_line = next.map_or(self.end_line, |block| block.first_line);
            Section {
                level: self.level,
                title: *title,
                line: document.blocks[*block].first_line,
                end_line: end_line.min(self.end_line),
                blocks: *block..end,
                parent: self.parent,
            }
        };
        starts.iter().zip(ends).map(section).collect()
    }
}

/// Finds the bold paragraphs among some blocks that are requirements, each with its title. One is
/// one only where criteria or a story are announced below it.
fn starts(text: &Text, document: &Document, blocks: &Range<usize>) -> Vec<(usize, Span)> {
    let mut starts: Vec<(usize, Span)> = Vec::new();
    let mut last: Option<(usize, Span)> = None;
    for index in blocks.clone() {
        let block = document.blocks[index];
        if let Some(title) = bold_title(text, block) {
            last = Some((index, title));
        } else if announces(text, block) {
            starts.extend(last.take());
        }
    }
    starts
}

/// Returns the words of a paragraph whose first line is bold as a whole and names a requirement.
fn bold_title(text: &Text, block: Block) -> Option<Span> {
    if block.kind != BlockKind::Paragraph {
        return None;
    }
    let line = SourceStr::read(text, text.lines()[block.first_line].content).trim();
    let inside = line.text.strip_prefix("**")?.strip_suffix("**")?;
    let title = line.map(|_| inside);
    (!inside.contains("**") && names_requirement(title)).then(|| title.span())
}

/// Returns whether a block announces criteria or is a story.
fn announces(text: &Text, block: Block) -> bool {
    if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item) {
        return false;
    }
    (block.first_line..block.end_line).any(|line| {
        let content = text.lines()[line].content;
        let content = list_line(text.bytes(), content).map_or(content, |line| line.text);
        let label = leading_label(SourceStr::read(text, content).trim());
        matches!(label, Some((Label::Criteria | Label::Story, _)))
    })
}
