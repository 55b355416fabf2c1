//! A bug report: what happens, what should happen, and what must stay, as criteria with written
//! ids.
//!
//! Knows no tasks. The three sections are those of Kiro's `bugfix.md`; their names are looked up in
//! every language. Each may stand there several times, and a text that begins with `2.5` is a
//! criterion below any other heading, too.

use super::aliases::{Role, role_of};
use super::ears::Pattern;
use super::id::read_id;
use super::outline::{Section, blocks_of, outline};
use super::references::{IdKind, Known, Resolver};
use super::requirements::{Criterion, Requirements, section_criteria};
use super::source_str::SourceStr;
use crate::markdown::Document;
use crate::text::{Span, Text};

/// What a bug report says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bugfix {
    /// The introduction without its heading.
    pub introduction: Option<Span>,
    /// Its sections with criteria, in order.
    pub behaviors: Vec<Behavior>,
}

/// What a section of a bug report describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BehaviorKind {
    /// What happens: `1.1`, `1.2`. It tells of the bug; no task has to do it.
    Current,
    /// What should happen: `2.1`, `2.2`.
    Expected,
    /// What must stay as it is: `3.1`, `3.2`.
    Unchanged,
    /// Something else, by its heading. Its criteria have their numbers written out.
    Other,
}

/// One section with criteria.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behavior {
    /// What it describes.
    pub kind: BehaviorKind,
    /// The number that its criteria begin with.
    pub number: String,
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
        let mut reader = Reader {
            text,
            document,
            behaviors: Vec::new(),
            end: 0,
        };
        for section in &sections {
            reader.take(section);
        }
        reader.take_kinds_of_others();
        Self {
            introduction: Requirements::parse(text, document).introduction,
            behaviors: reader.behaviors,
        }
    }

    /// Returns the criteria of all sections, in order.
    pub fn criteria(&self) -> impl Iterator<Item = &Criterion> {
        self.behaviors
            .iter()
            .flat_map(|behavior| &behavior.criteria)
    }

    /// Makes a resolver over the criteria. The sections themselves are known by their numbers: `1`,
    /// `2` and `3`.
    pub fn resolver(&self) -> Resolver {
        let mut known: Vec<Known> = self.behaviors.iter().map(Behavior::known).collect();
        for (parent, behavior) in self.behaviors.iter().enumerate() {
            let criteria = behavior.criteria.iter();
            known.extend(criteria.map(|found| Known {
                id: found.id.clone(),
                kind: IdKind::Criterion,
                parent: Some(parent),
                needs_task: behavior.kind != BehaviorKind::Current,
            }));
        }
        Resolver::new(known)
    }
}

impl Behavior {
    fn known(&self) -> Known {
        Known {
            id: self.number.clone(),
            kind: IdKind::Requirement,
            parent: None,
            // What it says, its criteria say.
            needs_task: false,
        }
    }
}

/// Reads the sections one after the other.
struct Reader<'a> {
    text: &'a Text,
    document: &'a Document,
    behaviors: Vec<Behavior>,
    /// Index of the line behind the last section that is known by its heading.
    end: usize,
}

impl Reader<'_> {
    fn take(&mut self, section: &Section) {
        if section.line < self.end {
            return;
        }
        let (kind, number) = match role_of(SourceStr::read(self.text, section.title).text) {
            Some(Role::Current) => (BehaviorKind::Current, "1"),
            Some(Role::Expected) => (BehaviorKind::Expected, "2"),
            Some(Role::Unchanged) => (BehaviorKind::Unchanged, "3"),
            Some(Role::Criteria) => return self.take_criteria(section),
            _ => return self.take_other(section),
        };
        self.end = section.end_line;
        let blocks = blocks_of(self.document, &(section.line + 1..section.end_line));
        let criteria = section_criteria(self.text, self.document, blocks, number);
        let is_first = self.behaviors.iter().all(|before| before.kind != kind);
        let number = match first_number(&criteria) {
            Some(written) if !is_first => written,
            _ => number,
        };
        self.behaviors
            .push(behavior(section, kind, number.to_owned(), criteria));
    }

    /// Takes a section of acceptance criteria, which have their own numbers.
    fn take_criteria(&mut self, section: &Section) {
        let blocks = section.blocks.clone();
        let mut criteria = section_criteria(self.text, self.document, blocks, "0");
        for criterion in &mut criteria {
            if let Some(number) = criterion.id.strip_prefix("0.") {
                criterion.id = number.to_owned();
            }
        }
        let title = self.text.lossy(section.title).into_owned();
        if !criteria.is_empty() {
            self.behaviors
                .push(behavior(section, BehaviorKind::Other, title, criteria));
        }
    }

    /// Takes the criteria with written numbers from a section of any other name.
    fn take_other(&mut self, section: &Section) {
        let blocks = section.blocks.clone();
        let mut criteria = section_criteria(self.text, self.document, blocks, "0");
        criteria.retain(|criterion| {
            has_two_numbers(&criterion.id)
                && criterion.written.is_some()
                && criterion.ears(self.text).pattern != Pattern::None
        });
        if let Some(number) = first_number(&criteria).map(str::to_owned) {
            self.behaviors
                .push(behavior(section, BehaviorKind::Other, number, criteria));
        }
    }

    /// Says of sections with other names what they describe, where their numbers go on those of a
    /// section with a known one.
    fn take_kinds_of_others(&mut self) {
        let known: Vec<(String, BehaviorKind)> = self
            .behaviors
            .iter()
            .filter(|behavior| behavior.kind != BehaviorKind::Other)
            .map(|behavior| (behavior.number.clone(), behavior.kind))
            .collect();
        let others = self
            .behaviors
            .iter_mut()
            .filter(|behavior| behavior.kind == BehaviorKind::Other);
        for other in others {
            let same = known.iter().find(|(number, _)| *number == other.number);
            other.kind = same.map_or(BehaviorKind::Other, |(_, kind)| *kind);
        }
    }
}

/// Returns the number that the first written id begins with: `4` of `4.1`.
fn first_number(criteria: &[Criterion]) -> Option<&str> {
    let written = criteria
        .iter()
        .find(|criterion| criterion.written.is_some())?;
    let (number, _) = written.id.split_once('.')?;
    Some(number)
}

/// Returns whether an id is `N.M`, perhaps with further numbers.
fn has_two_numbers(id: &str) -> bool {
    read_id(id).is_some_and(|shape| shape.prefix == 0 && shape.numbers > 1)
}

fn behavior(
    section: &Section,
    kind: BehaviorKind,
    number: String,
    criteria: Vec<Criterion>,
) -> Behavior {
    Behavior {
        kind,
        number,
        title: section.title,
        line: section.line,
        criteria,
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

    #[test]
    fn criteria_beyond_the_first_section_of_each_name() {
        for (source, expected) in [
            (
                "### Expected Behavior\n\n2.1 WHEN a THEN b SHALL c\n\n### Resend Invitation\n\n2.5 WHEN d THEN e SHALL f\n",
                "2:2.1 2:2.5",
            ),
            (
                "### Current Behavior (Defect)\n\n1.1 WHEN a THEN b\n\n### Expected Behavior\n\n2.1 WHEN a THEN b SHALL c\n\n\
                 ### Current Behavior (Defect)\n\n4.1 WHEN d THEN e\n\n### Expected Behavior (Correct)\n\n5.1 WHEN d THEN e SHALL f\n",
                "1:1.1- 2:2.1 4:4.1- 5:5.1",
            ),
            (
                "## 当前行为\n\n1.1 当 a 时，系统出错\n\n## 另一个问题\n\n1.7 当 b 时，系统应 c\n\n4.1 WHEN d THEN e SHALL f\n",
                "1:1.1- 1:1.7- 1:4.1-",
            ),
            (
                "## Introduction\n\n2.0 brought the bug.\n\n## Expected Behavior\n\n### Login\n\n2.1 WHEN a THEN b SHALL c\n\n\
                 ### Logout\n\n2.2 WHEN a THEN b SHALL c\n",
                "2:2.1 2:2.2",
            ),
            (
                "### Expected Behavior\n\n2.1 WHEN a THEN b SHALL c\n\n## Acceptance Criteria\n\n1. THE fix SHALL d\n",
                "2:2.1 Acceptance Criteria:1",
            ),
        ] {
            let text = Text::new(source);
            let resolver = Bugfix::parse(&text, &Document::parse(&text)).resolver();
            let known = resolver.known();
            let criteria = known.iter().filter(|known| known.kind == IdKind::Criterion);
            let drawn: Vec<String> = criteria
                .map(|found| {
                    let section = &known[found.parent.unwrap()].id;
                    let sign = if found.needs_task { "" } else { "-" };
                    format!("{section}:{}{sign}", found.id)
                })
                .collect();
            assert_eq!(drawn.join(" "), expected, "{source:?}");
        }
    }
}
