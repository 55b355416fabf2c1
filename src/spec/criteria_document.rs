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

    /// Returns how many criteria there are.
    pub fn criterion_count(&self) -> usize {
        match self {
            Self::Requirements(requirements) => requirements.criteria.len(),
            Self::Bugfix(bugfix) => bugfix.behaviors.iter().map(|one| one.criteria.len()).sum(),
        }
    }

    /// Returns the criterion with this index among [`CriteriaDocument::criteria`].
    pub fn criterion(&self, index: usize) -> Option<&Criterion> {
        match self {
            Self::Requirements(requirements) => requirements.criteria.get(index),
            Self::Bugfix(bugfix) => bugfix.criteria().nth(index),
        }
    }

    /// Returns the index of the criterion that holds a line.
    pub fn criterion_at(&self, line: usize) -> Option<usize> {
        let (before, criteria) = match self {
            Self::Requirements(requirements) => (0, &requirements.criteria[..]),
            Self::Bugfix(bugfix) => {
                let at = bugfix.behaviors.partition_point(|one| one.line <= line);
                let (own, before) = bugfix.behaviors[..at].split_last()?;
                let counts = before.iter().map(|one| one.criteria.len());
                (counts.sum(), &own.criteria[..])
            }
        };
        let at = criteria.partition_point(|one| one.end_line <= line);
        let found = criteria.get(at).filter(|found| found.line <= line);
        found.map(|_| before + at)
    }

    /// Returns the first criterion that begins on a line or after it.
    pub fn first_criterion_from(&self, line: usize) -> Option<&Criterion> {
        let first_of = |criteria: &'_ [Criterion]| {
            let at = criteria.partition_point(|one| one.line < line);
            (at < criteria.len()).then_some(at)
        };
        match self {
            Self::Requirements(requirements) => {
                let criteria = &requirements.criteria;
                criteria.get(first_of(criteria)?)
            }
            Self::Bugfix(bugfix) => bugfix
                .behaviors
                .iter()
                .find_map(|one| one.criteria.get(first_of(&one.criteria)?)),
        }
    }

    /// Returns how many groups there are.
    pub fn group_count(&self) -> usize {
        match self {
            Self::Requirements(requirements) => requirements.requirements.len(),
            Self::Bugfix(bugfix) => bugfix.behaviors.len(),
        }
    }

    /// Returns what holds criteria, by its index among [`CriteriaDocument::groups`].
    pub fn group(&self, index: usize) -> Option<Group<'_>> {
        match self {
            Self::Requirements(requirements) => requirements
                .requirements
                .get(index)
                .map(Group::of_requirement),
            Self::Bugfix(bugfix) => bugfix.behaviors.get(index).map(Group::of_behavior),
        }
    }

    /// Returns the index of the last group whose heading stands on a line or before it.
    pub fn group_before(&self, line: usize) -> Option<usize> {
        let behind = match self {
            Self::Requirements(requirements) => requirements
                .requirements
                .partition_point(|one| one.line <= line),
            Self::Bugfix(bugfix) => bugfix.behaviors.partition_point(|one| one.line <= line),
        };
        behind.checked_sub(1)
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
