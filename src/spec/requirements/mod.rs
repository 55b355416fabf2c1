//! Requirements: introduction, glossary, requirements with their stories, and acceptance criteria
//! with their ids.
//!
//! Reads every dialect of `requirements.md`, and the requirements section of a single-file spec.
//! Knows no tasks and no design. Nothing is refused: what is odd is a problem beside the value.

mod bold;
mod collect;
mod continuation;
mod glossary;
mod groups;
mod headings;
mod labels;
mod lines;
mod numbering;
mod table;
mod topics;

use std::ops::Range;

use labels::{Label, leading_label};
pub(crate) use labels::{begins_with_label, only_announces};
pub(super) use table::cells;

use super::ears::{self, Ears};
use super::source_str::SourceStr;
use crate::markdown::{Document, Fault};
use crate::text::{Span, Text};

/// What a requirements document says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requirements {
    /// The introduction without its heading.
    pub introduction: Option<Span>,
    /// The terms of the glossary, in order.
    pub glossary: Vec<Term>,
    /// The requirements, in order.
    pub requirements: Vec<Requirement>,
    /// The criteria of all requirements, and those that stand under none, in order.
    pub criteria: Vec<Criterion>,
    /// What a reader should know: repeated ids.
    pub problems: Vec<Fault>,
}

/// A term and what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The term, without marks of emphasis.
    pub term: Span,
    /// What it means.
    pub definition: Span,
    /// Index of its line, from 0.
    pub line: usize,
}

/// A requirement: a heading with a story and criteria below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// The id with its prefix, as written; without a written one the position among the
    /// requirements, from 1.
    pub id: String,
    /// Where the id is written.
    pub written: Option<Span>,
    /// The words of the heading behind the id; may be empty.
    pub title: Span,
    /// The level of the heading, from 1 to 6.
    pub level: u8,
    /// Index of the heading's line, from 0.
    pub line: usize,
    /// Index of the line behind the requirement.
    pub end_line: usize,
    /// The requirement that this one is a part of, as an index: `1` of `1.2`.
    pub parent: Option<usize>,
    /// The user story or the objective, without its label.
    pub story: Option<Span>,
}

/// An acceptance criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// The id that references name: `<requirement>.<number>`, or the written id where that has
    /// several parts or a prefix of its own.
    pub id: String,
    /// Where the number or the id is written. None where the position is the number.
    pub written: Option<Span>,
    /// The requirement that it belongs to, as an index.
    pub requirement: Option<usize>,
    /// What it says, from behind the number to the end of its sub-criteria.
    pub text: Span,
    /// Index of its first line, from 0.
    pub line: usize,
    /// Index behind its last line.
    pub end_line: usize,
    /// Whether a heading or a label calls it a criterion. Others are what a requirement lists
    /// without saying what it is.
    pub called: bool,
}

/// Reads the criteria in the given `blocks`, which are those of a section with the number `section`
/// and belong to no requirement.
pub(crate) fn section_criteria(
    text: &Text,
    document: &Document,
    blocks: Range<usize>,
    section: &str,
) -> Vec<Criterion> {
    numbering::number_section(
        text,
        section,
        collect::collect_blocks(text, document, blocks),
    )
}

impl Criterion {
    /// Returns what it says, without the mark that closes what has opened before its id:
    /// `**FR-1: Login** (see 2)`.
    pub fn words(&self, text: &Text) -> String {
        let said = text.lossy(self.text);
        let start = text.lines().get(self.line).map(|line| line.content.start);
        let before = self
            .written
            .zip(start)
            .filter(|(written, start)| *start <= written.start)
            .map(|(written, start)| text.lossy(Span::new(start, written.start)));
        let is_odd = |text: &str| text.matches("**").count() % 2 == 1;
        if before.is_some_and(|before| is_odd(&before)) && is_odd(&said) {
            return said.replacen("**", "", 1);
        }
        said.into_owned()
    }

    /// Cuts the criterion into clauses. Their spans are offsets into its `text`.
    pub fn ears(&self, text: &Text) -> Ears {
        ears::parse(SourceStr::read(text, self.text).text)
    }
}

impl Requirements {
    /// Reads the whole of `text`.
    pub fn parse(text: &Text, document: &Document) -> Self {
        Self::parse_lines(text, document, 0..text.lines().len())
    }

    /// Reads some lines of `text`, such as the requirements section of a single-file spec.
    pub fn parse_lines(text: &Text, document: &Document, lines: Range<usize>) -> Self {
        let sections = bold::with_bold_headings(text, document, &lines);
        let plan = headings::plan(text, document, &sections);
        let mut found = collect::collect(text, document, &sections, &plan, &lines);
        let entries = std::mem::take(&mut found.entries);
        let criteria = numbering::number(text, &plan.requirements, &sections, entries);
        let mut requirements = plan.requirements;
        for (requirement, story) in requirements.iter_mut().zip(found.stories) {
            requirement.story = story;
        }
        let problems = numbering::repeated(&requirements, &criteria);
        Self {
            introduction: found.introduction,
            glossary: found.glossary,
            requirements,
            criteria,
            problems,
        }
    }

    /// Returns the criteria of the requirement with the given index, without those of its parts.
    pub fn criteria_of(&self, requirement: usize) -> impl Iterator<Item = &Criterion> {
        self.criteria
            .iter()
            .filter(move |criterion| criterion.requirement == Some(requirement))
    }
}

#[cfg(test)]
mod tests;
