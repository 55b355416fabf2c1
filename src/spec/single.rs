//! The single-file form: which lines of `spec.md` are its requirements, its design and its tasks.
//!
//! Knows only headings; the readers of the three documents take the lines from here.

use std::ops::Range;

use super::aliases::{Role, role_of};
use super::outline::outline;
use super::source_str::SourceStr;
use crate::markdown::Document;
use crate::text::Text;

/// The three sections of a single-file spec, each with its heading, as lines from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Single {
    /// The section with requirements.
    pub requirements: Option<Range<usize>>,
    /// The section with the design.
    pub design: Option<Range<usize>>,
    /// The section with tasks.
    pub tasks: Option<Range<usize>>,
}

impl Single {
    /// Finds the sections. The first heading of each sort counts, of those that stand highest.
    pub fn parse(text: &Text, document: &Document) -> Self {
        let sections = outline(text, document, 0..text.lines().len());
        let roles: Vec<Option<Role>> = sections
            .iter()
            .map(|section| role_of(SourceStr::read(text, section.title).text))
            .collect();
        let find = |wanted: Role| {
            let of_role = sections
                .iter()
                .zip(&roles)
                .filter(|(_, role)| **role == Some(wanted));
            let inner = of_role.filter(|(section, _)| {
                section.level > 1 || sections.iter().filter(|other| other.level == 1).count() > 1
            });
            inner
                .min_by_key(|(section, _)| (section.level, section.line))
                .map(|(section, _)| section.line..section.end_line)
        };
        Self {
            requirements: find(Role::Requirements),
            design: find(Role::Design),
            tasks: find(Role::Tasks),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::requirements::Requirements;

    const SPEC: &str = "# User Authentication Specification\n\n## Requirements\n- WHEN a user enters valid credentials, THE SYSTEM SHALL grant access.\n- \
                        WHEN a user leaves, THE SYSTEM SHALL forget them.\n\n## Design\n- **Architecture**: REST API.\n\n## Tasks\n- [ ] Implement login.\n";

    #[test]
    fn three_sections() {
        let text = Text::new(SPEC);
        let single = Single::parse(&text, &Document::parse(&text));
        assert_eq!(
            single,
            Single {
                requirements: Some(2..6),
                design: Some(6..9),
                tasks: Some(9..11)
            }
        );
    }

    #[test]
    fn criteria_without_numbers_are_named_by_position() {
        let text = Text::new(SPEC);
        let document = Document::parse(&text);
        let lines = Single::parse(&text, &document).requirements.unwrap();
        let found = Requirements::parse_lines(&text, &document, lines);
        let ids: Vec<&str> = found
            .criteria
            .iter()
            .map(|criterion| criterion.id.as_str())
            .collect();
        assert_eq!(ids, ["1", "2"]);
    }

    #[test]
    fn sections_in_other_languages_and_missing_ones() {
        for (source, expected) in [
            (
                "# T\n## 需求\n- a\n## 任务\n- [ ] b\n",
                Single {
                    requirements: Some(1..3),
                    design: None,
                    tasks: Some(3..5),
                },
            ),
            (
                "# Requirements\na\n# Design\nb\n# Tasks\nc\n",
                Single {
                    requirements: Some(0..2),
                    design: Some(2..4),
                    tasks: Some(4..6),
                },
            ),
            ("text\n", Single::default()),
        ] {
            let text = Text::new(source);
            assert_eq!(
                Single::parse(&text, &Document::parse(&text)),
                expected,
                "{source:?}"
            );
        }
    }
}
