//! What is wanted: the criteria of a document, whether it is one of requirements or a bug report.
//!
//! Knows no tasks. A single file gives the lines of its own section.

use std::ops::Range;

use super::bugfix::{Behavior, Bugfix};
use super::references::Resolver;
use super::requirements::{Criterion, Requirement, Requirements, Term};
use crate::markdown::Document;
use crate::store::DocumentKind;
use crate::text::{Span, Text};

/// What a document with criteria says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CriteriaDocument {
    /// Requirements, or the section for them in a single file.
    Requirements(Requirements),
    /// A bug.
    Bugfix(Bugfix),
}

/// What holds criteria: a requirement, or a section of a bug report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group<'a> {
    /// The id that references name; none for a section of a bug report.
    pub id: Option<&'a str>,
    /// The words of its heading, without the id.
    pub title: Span,
    /// Index of the heading's line, from 0.
    pub line: usize,
    /// The user story, without its label.
    pub story: Option<Span>,
}

impl<'a> Group<'a> {
    fn of_requirement(found: &'a Requirement) -> Self {
        Self {
            id: Some(&found.id),
            title: found.title,
            line: found.line,
            story: found.story,
        }
    }

    fn of_behavior(found: &'a Behavior) -> Self {
        Self {
            id: None,
            title: found.title,
            line: found.line,
            story: None,
        }
    }
}

impl CriteriaDocument {
    /// Reads some lines of a document of the given `kind`; of a bug report, all.
    pub fn read(kind: DocumentKind, text: &Text, document: &Document, lines: Range<usize>) -> Self {
        if kind == DocumentKind::Bugfix {
            return Self::Bugfix(Bugfix::parse(text, document));
        }
        Self::Requirements(Requirements::parse_lines(text, document, lines))
    }

    /// Returns the criteria, in order.
    pub fn criteria(&self) -> Vec<&Criterion> {
        match self {
            Self::Requirements(requirements) => requirements.criteria.iter().collect(),
            Self::Bugfix(bugfix) => bugfix.criteria().collect(),
        }
    }

    /// Returns what holds the criteria, in the order of the known ids of [`CriteriaDocument::resolver`].
    pub fn groups(&self) -> Vec<Group<'_>> {
        match self {
            Self::Requirements(requirements) => requirements
                .requirements
                .iter()
                .map(Group::of_requirement)
                .collect(),
            Self::Bugfix(bugfix) => bugfix.behaviors.iter().map(Group::of_behavior).collect(),
        }
    }

    /// Returns the terms of the glossary, in order.
    pub fn terms(&self) -> &[Term] {
        match self {
            Self::Requirements(requirements) => &requirements.glossary,
            Self::Bugfix(_) => &[],
        }
    }

    /// Returns the ids that references may name: those of what is around criteria first, then those
    /// of [`CriteriaDocument::criteria`].
    pub fn resolver(&self, text: &Text) -> Resolver {
        match self {
            Self::Requirements(requirements) => Resolver::of_requirements(text, requirements),
            Self::Bugfix(bugfix) => bugfix.resolver(),
        }
    }
}
