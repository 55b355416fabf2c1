//! A bug report: what happens, what should happen, and what must stay, as criteria with written
//! ids.
//!
//! Knows no tasks. The three sections are those of Kiro's `bugfix.md`; their names are looked up in
//! every language.

use super::aliases::{Role, role_of};
use super::outline::{Section, blocks_of, outline};
use super::piece::Piece;
use super::references::{IdKind, Known, Resolver};
use super::requirements::{Criterion, Requirements, section_criteria};
use crate::markdown::Document;
use crate::text::{Span, Text};

/// What a bug report says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bugfix {
    /// The introduction without its heading.
    pub introduction: Option<Span>,
    /// What happens: `1.1`, `1.2`.
    pub current: Option<Behavior>,
    /// What should happen: `2.1`, `2.2`.
    pub expected: Option<Behavior>,
    /// What must stay as it is: `3.1`, `3.2`.
    pub unchanged: Option<Behavior>,
}

/// One of the three sections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behavior {
    /// The words of its heading.
    pub title: Span,
    /// Index of the heading's line, from 0.
    pub line: usize,
    /// Its criteria, in order. One without a written id gets the section's number and its position.
    pub criteria: Vec<Criterion>,
}

impl Bugfix {
    /// Reads the whole of `text`.
    pub fn parse(text: &Text, document: &Document) -> Self {
        let sections = outline(text, document, 0..text.lines().len());
        let mut bugfix = Self {
            introduction: Requirements::parse(text, document).introduction,
            ..Self::default()
        };
        for section in &sections {
            let (place, number) = match role_of(Piece::read(text, section.title).text) {
                Some(Role::Current) => (&mut bugfix.current, "1"),
                Some(Role::Expected) => (&mut bugfix.expected, "2"),
                Some(Role::Unchanged) => (&mut bugfix.unchanged, "3"),
                _ => continue,
            };
            if place.is_none() {
                *place = Some(behavior(text, document, section, number));
            }
        }
        bugfix
    }

    /// Returns the sections that are there, in order.
    pub fn behaviors(&self) -> impl Iterator<Item = &Behavior> {
        [&self.current, &self.expected, &self.unchanged]
            .into_iter()
            .flatten()
    }

    /// Returns the criteria of all sections, in order.
    pub fn criteria(&self) -> impl Iterator<Item = &Criterion> {
        self.behaviors().flat_map(|behavior| &behavior.criteria)
    }

    /// Makes a resolver over the criteria. The sections themselves are known as `1`, `2` and `3`.
    pub fn resolver(&self) -> Resolver {
        let sections = [
            (&self.current, "1"),
            (&self.expected, "2"),
            (&self.unchanged, "3"),
        ];
        let present = || {
            sections
                .iter()
                .filter_map(|(behavior, id)| Some((behavior.as_ref()?, *id)))
        };
        let mut known: Vec<Known> = present()
            .map(|(_, id)| Known {
                id: id.to_owned(),
                kind: IdKind::Requirement,
                parent: None,
            })
            .collect();
        for (parent, (behavior, _)) in present().enumerate() {
            let criteria = behavior.criteria.iter();
            known.extend(criteria.map(|found| Known {
                id: found.id.clone(),
                kind: IdKind::Criterion,
                parent: Some(parent),
            }));
        }
        Resolver::new(known)
    }
}

fn behavior(text: &Text, document: &Document, section: &Section, number: &str) -> Behavior {
    let blocks = blocks_of(document, &(section.line + 1..section.end_line));
    Behavior {
        title: section.title,
        line: section.line,
        criteria: section_criteria(text, document, blocks, number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(source: &str) -> Vec<String> {
        let text = Text::new(source);
        let bugfix = Bugfix::parse(&text, &Document::parse(&text));
        bugfix
            .criteria()
            .map(|criterion| format!("{} {}", criterion.id, text.lossy(criterion.text)))
            .collect()
    }

    #[test]
    fn three_sections_with_written_ids() {
        let source = "# Bugfix Requirements Document\n\n## Introduction\n\nIt breaks.\n\n## Bug Analysis\n\n### Current Behavior (Defect)\n\n\
                      1.1 WHEN a THEN the system breaks\n\n1.2 WHEN b THEN the system breaks\n\n### Expected Behavior (Correct)\n\n\
                      2.1 WHEN a THEN the system SHALL work\n2.2 WHEN b THEN the system SHALL work\n\n\
                      ### Unchanged Behavior (Regression Prevention)\n\n- 3.1 WHEN c THEN the system SHALL CONTINUE TO work\n";
        assert_eq!(
            drawn(source),
            [
                "1.1 WHEN a THEN the system breaks",
                "1.2 WHEN b THEN the system breaks",
                "2.1 WHEN a THEN the system SHALL work",
                "2.2 WHEN b THEN the system SHALL work",
                "3.1 WHEN c THEN the system SHALL CONTINUE TO work",
            ]
        );
        let text = Text::new(source);
        let introduction = Bugfix::parse(&text, &Document::parse(&text)).introduction;
        assert_eq!(
            introduction
                .map(|span| text.lossy(span).trim().to_owned())
                .as_deref(),
            Some("It breaks.")
        );
    }

    #[test]
    fn sections_in_other_languages_and_without_ids() {
        let source = "## 当前行为（缺陷）\n\n1. 当 a 时，系统出错\n\n## 期望行为（正确）\n\n- 系统应当 b\n- 系统应当 c\n";
        assert_eq!(
            drawn(source),
            ["1.1 当 a 时，系统出错", "2.1 系统应当 b", "2.2 系统应当 c"]
        );
    }

    #[test]
    fn criteria_without_ids_beside_some_with_ids_get_free_ones() {
        let source = "## Current Behavior\n\n1.2 WHEN a THEN b\n\nWHEN c THEN d\n\n## Expected Behavior\n\n- AC3: WHEN a THEN e\n- WHEN c THEN f\n";
        assert_eq!(
            drawn(source),
            [
                "1.2 WHEN a THEN b",
                "1.3 WHEN c THEN d",
                "2.3 WHEN a THEN e",
                "2.2 WHEN c THEN f"
            ]
        );
    }

    #[test]
    fn references_find_sections_and_criteria() {
        let text = Text::new(
            "## Current Behavior\n\n1.1 WHEN a THEN b\n\n## Expected Behavior\n\n2.1 WHEN a THEN c\n",
        );
        let resolver = Bugfix::parse(&text, &Document::parse(&text)).resolver();
        let find = |id: &str| {
            resolver
                .find(id)
                .map(|found| resolver.known()[found].id.clone())
        };
        assert_eq!(
            [find("1"), find("2.1"), find("3.1")],
            [Some("1".to_owned()), Some("2.1".to_owned()), None]
        );
    }
}
