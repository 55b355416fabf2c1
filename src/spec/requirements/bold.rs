//! Requirements that are set as bold paragraphs: `**US-01: Create**`, with a story and criteria
//! behind them.
//!
//! They become sections of the outline, one level below the heading above them, and from there on
//! are like headings.

use super::headings::names_requirement;
use super::{Label, leading_label};
use crate::markdown::{Block, BlockKind, Document, list_line};
use crate::spec::outline::Section;
use crate::spec::source_str::SourceStr;
use crate::text::{Span, Text};

/// The deepest level of a heading.
const DEEPEST: u8 = 6;

/// Adds the bold paragraphs that are requirements to the sections of a document.
pub(super) fn with_bold_headings(
    text: &Text,
    document: &Document,
    sections: Vec<Section>,
) -> Vec<Section> {
    let mut found: Vec<Section> = Vec::with_capacity(sections.len());
    let mut places = Vec::with_capacity(sections.len());
    for mut section in sections {
        section.parent = section.parent.map(|parent| places[parent]);
        let starts = starts(text, document, &section);
        let end = section.blocks.end;
        let parent = found.len();
        places.push(parent);
        let level = (section.level + 1).min(DEEPEST);
        if let Some((first, _)) = starts.first() {
            section.blocks.end = *first;
        }
        let section_end = section.end_line;
        found.push(section);
        for (index, (block, title)) in starts.iter().enumerate() {
            let next = starts.get(index + 1).map_or(end, |(next, _)| *next);
            let end_line = document
                .blocks
                .get(next)
                .map_or(section_end, |block| block.first_line);
            found.push(Section {
                level,
                title: *title,
                line: document.blocks[*block].first_line,
                end_line: end_line.min(section_end),
                blocks: *block..next,
                parent: Some(parent),
            });
        }
    }
    found
}

/// Finds the bold paragraphs of a section that are requirements, each with its title. One is one
/// only where criteria or a story are announced below it.
fn starts(text: &Text, document: &Document, section: &Section) -> Vec<(usize, Span)> {
    let mut starts: Vec<(usize, Span)> = Vec::new();
    let mut last: Option<(usize, Span)> = None;
    for index in section.blocks.clone() {
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
