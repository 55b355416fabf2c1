//! Resolving references: what becomes of each, given the known ids.
//!
//! What is found, what is missing and what was never meant as an id are told apart.

use super::range::completed;
use super::{Ids, Reference, ReferenceKind, Resolver, read_references};
use crate::spec::id::{id_key, key_digits};
use crate::spec::source_str::readable;
use crate::text::{Span, Text};

/// What became of a reference. Numbers are indexes into the known ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// It names these; those of a range in the order of their numbers.
    Found(Ids),
    /// It names every requirement: these.
    All(Ids),
    /// It is an id, as written, that names nothing.
    Dangling(String),
    /// A property of the design, by its id as it is written: `CP1`.
    Property(String),
    /// It is words.
    Prose,
    /// It says that there is nothing to name.
    Nothing,
}

/// A reference with what became of it: one resolution, or several for a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The reference as it stands in its text.
    pub reference: Reference,
    /// What it names.
    pub resolutions: Vec<Resolution>,
}

impl Resolver {
    /// Reads and resolves all references in a `body` of `text`.
    pub fn resolve_body(&self, text: &Text, body: Span) -> Vec<Resolved> {
        let references = read_references(text, body).into_iter();
        references
            .flat_map(|reference| self.resolved(text, reference))
            .collect()
    }

    /// Resolves one reference of `text`; of words, those that are behind words of the file's own.
    pub fn resolved(&self, text: &Text, reference: Reference) -> Vec<Resolved> {
        let resolved = |reference| Resolved {
            reference,
            resolutions: self.resolve(text, &reference),
        };
        let own = self.behind_own_words(text, reference);
        if own.is_empty() {
            return vec![resolved(reference)];
        }
        own.into_iter().map(resolved).collect()
    }

    /// Reads and resolves those references in a `body` of `text` whose ids are known as they are
    /// written.
    pub fn resolve_written(&self, text: &Text, body: Span) -> Vec<Resolved> {
        let is_written = |resolved: &Resolved| {
            let mut ids = resolved.reference.ids();
            ids.all(|id| self.find_written(readable(text.slice(id))).is_some())
        };
        self.resolve_body(text, body)
            .into_iter()
            .filter(is_written)
            .collect()
    }

    /// Resolves one reference of `text`. A range of which only a part exists gives that part and
    /// what is missing.
    pub fn resolve(&self, text: &Text, reference: &Reference) -> Vec<Resolution> {
        let written = |span: Span| readable(text.slice(span));
        match reference.kind {
            ReferenceKind::Id(id) => vec![self.resolve_id(written(id))],
            ReferenceKind::Criterion {
                requirement,
                criterion,
            } => {
                vec![self.resolve_criterion(written(requirement), written(criterion))]
            }
            ReferenceKind::Criteria {
                requirement,
                from,
                to,
            } => {
                let [from, to] = [from, to]
                    .map(|number| format!("{}.{}", written(requirement), written(number)));
                self.resolve_range(&format!("{from}-{to}"), &from, &to)
            }
            ReferenceKind::Range { from, to } => self.resolve_range(
                written(Span::new(from.start, to.end)),
                written(from),
                written(to),
            ),
            ReferenceKind::InWords { from, to } => self
                .known_range(written(from), written(to))
                .unwrap_or_else(|| self.resolve_words(written(reference.span))),
            ReferenceKind::InRemark { from, to } => self
                .known_range(written(from), written(to))
                .unwrap_or_default(),
            ReferenceKind::All => vec![Resolution::All(self.requirements())],
            ReferenceKind::Nothing => vec![Resolution::Nothing],
            ReferenceKind::Prose => self.resolve_words(written(reference.span)),
        }
    }

    pub(super) fn resolve_id(&self, written: &str) -> Resolution {
        let found = self.find_all(written);
        if !found.is_empty() {
            return Resolution::Found(found.into());
        }
        match self.find_topic(written) {
            Some(found) => Resolution::Found(found.into()),
            None => Resolution::Dangling(written.to_owned()),
        }
    }

    /// Resolves words by the topic of a list of criteria. Numbers that the list lacks, behind those
    /// that it has, are requirements: `Security 1, 3`.
    fn resolve_words(&self, words: &str) -> Vec<Resolution> {
        const PARTING: &[char] = &[',', '，', '、', ';', '；'];
        if let Some(found) = self.find_topic(words) {
            return vec![Resolution::Found(found.into())];
        }
        for (at, parting) in words.rmatch_indices(PARTING) {
            let Some(found) = self.find_topic(&words[..at]) else {
                continue;
            };
            let rest = words[at + parting.len()..].split(PARTING);
            let others = rest.map(|id| self.resolve_id(id.trim()));
            return std::iter::once(Resolution::Found(found.into()))
                .chain(others)
                .collect();
        }
        vec![Resolution::Prose]
    }

    fn resolve_criterion(&self, requirement: &str, number: &str) -> Resolution {
        let id = format!("{requirement}.{number}");
        let only = || self.only_criterion(self.find(requirement), key_digits(&id_key(&id)));
        self.find(&id)
            .or_else(only)
            .map_or(Resolution::Dangling(id), |found| {
                Resolution::Found(vec![found].into())
            })
    }

    /// Resolves ids in words: only what exists, and with a prefix only as it is written.
    fn known_range(&self, from: &str, to: &str) -> Option<Vec<Resolution>> {
        let is_bare = from.starts_with(|char: char| char.is_ascii_digit());
        let is_known = |id: &str| {
            if is_bare {
                self.find(id).is_some()
            } else {
                self.find_written(id).is_some()
            }
        };
        let whole = if from == to {
            from.to_owned()
        } else {
            format!("{from}-{to}")
        };
        let both = is_known(from) && is_known(&completed(from, to));
        both.then(|| {
            if from == to {
                vec![self.resolve_id(from)]
            } else {
                self.resolve_range(&whole, from, to)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::Document;
    use crate::spec::references::{IdKind, Known};
    use crate::spec::requirements::Requirements;

    fn resolver(requirements: &[(&str, usize)]) -> Resolver {
        let mut known: Vec<Known> = Vec::new();
        for (id, _) in requirements {
            known.push(Known {
                id: (*id).to_owned(),
                kind: IdKind::Requirement,
                parent: None,
                needs_task: true,
            });
        }
        for (index, (id, criteria)) in requirements.iter().enumerate() {
            for number in 1..=*criteria {
                known.push(Known {
                    id: format!("{id}.{number}"),
                    kind: IdKind::Criterion,
                    parent: Some(index),
                    needs_task: true,
                });
            }
        }
        Resolver::new(known)
    }

    fn drawn(resolver: &Resolver, body: &str) -> String {
        let text = Text::new(body);
        let ids = |found: &[usize]| {
            found
                .iter()
                .map(|index| resolver.known()[*index].id.clone())
                .collect::<Vec<_>>()
                .join(" ")
        };
        let draw = |resolution: &Resolution| match resolution {
            Resolution::Found(found) => ids(found),
            Resolution::All(found) => format!("all({})", ids(found)),
            Resolution::Dangling(id) => format!("?{id}"),
            Resolution::Property(id) => format!("property {id}"),
            Resolution::Prose => "prose".to_owned(),
            Resolution::Nothing => "nothing".to_owned(),
        };
        let resolved = resolver.resolve_body(&text, Span::new(0, body.len()));
        let resolutions = resolved.iter().flat_map(|one| &one.resolutions);
        resolutions.map(draw).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn references_of_one_series() {
        let resolver = resolver(&[("1", 3), ("2", 2), ("2A", 1)]);
        for (body, expected) in [
            ("1.1, 2.2", "1.1 2.2"),
            ("2", "2"),
            ("2A.1, 2A", "2A.1 2A"),
            ("1.2-1.3", "1.2 1.3"),
            ("1.2-3", "1.2 1.3"),
            ("1.3-2.1", "1.3 2.1"),
            ("1-2", "1 2"),
            ("1.2-1.5", "1.2 1.3 ?1.5"),
            ("8.1-8.3", "?8.1-8.3"),
            ("R1.1, FR-2", "1.1 2"),
            ("R1.1–1.3", "1.1 1.2 1.3"),
            ("Req 1 AC 2", "1.2"),
            ("9.9", "?9.9"),
            ("1.9", "?1.9"),
            ("All", "all(1 2 2A)"),
            ("N/A, Testing", "nothing prose"),
        ] {
            assert_eq!(drawn(&resolver, body), expected, "{body:?}");
        }
    }

    #[test]
    fn a_range_goes_by_numbers_and_not_by_the_order_of_the_file() {
        let of_requirement = |numbers: &[&str]| {
            let criteria: String = numbers
                .iter()
                .map(|number| format!("{number}. THE S SHALL a\n"))
                .collect();
            format!("### Requirement 10\n#### Acceptance Criteria\n{criteria}")
        };
        let late = of_requirement(&["1", "2", "13", "16", "14", "15"]);
        let gap = of_requirement(&["1", "2", "4", "5", "7"]);
        let headings =
            "### Requirement 1\n### Requirement 3\n### Requirement 2\n### Requirement 4\n";
        let series = "### FR-1: A\n### NFR-1: C\n### FR-3: B\n### FR-2: D\n";
        let again = "### Requirement 1\n#### Acceptance Criteria\n1. THE S SHALL a\n2. THE S SHALL b\n3. THE S SHALL c\n2. THE S SHALL d\n";
        for (source, body, expected) in [
            (
                late.as_str(),
                "10.1–10.16",
                "10.1 10.2 10.13 10.14 10.15 10.16",
            ),
            (&late, "10.14-10.16", "10.14 10.15 10.16"),
            (&late, "10.16-10.14", "10.16 10.14"),
            (headings, "1-3", "1 2 3"),
            (headings, "2-3", "2 3"),
            (headings, "3-9", "3 4 ?9"),
            (series, "FR-1 – FR-3", "FR-1 FR-2 FR-3"),
            (series, "FR-1 – NFR-1", "FR-1 NFR-1"),
            (&gap, "10.3-10.5", "?10.3 10.4 10.5"),
            (&gap, "Req 10 AC 3-5", "?10.3 10.4 10.5"),
            (&gap, "10.3-10.6", "?10.3 10.4 10.5 ?10.6"),
            (&gap, "10.4-10.6", "10.4 10.5 ?10.6"),
            (&gap, "10.8-10.9", "?10.8-10.9"),
            (again, "1.1-1.3", "1.1 1.2 1.3"),
        ] {
            assert_eq!(drawn(&of_source(source), body), expected, "{body:?}");
        }
    }

    #[test]
    fn references_of_several_series() {
        let resolver = resolver(&[("FR-1", 2), ("NFR-1", 1)]);
        for (body, expected) in [
            ("FR-1", "FR-1"),
            ("fr-1.2", "?"),
            ("FR-01.2", "FR-1.2"),
            ("NFR-1.1", "NFR-1.1"),
            ("1.1", "?1.1"),
            ("US-1", "?US-1"),
            ("FR-9", "?FR-9"),
        ] {
            let expected = if expected == "?" { "prose" } else { expected };
            assert_eq!(drawn(&resolver, body), expected, "{body:?}");
        }
    }

    #[test]
    fn a_series_with_a_prefix_is_found_by_numbers() {
        let resolver = resolver(&[("US-001", 2), ("US-002", 1)]);
        for (body, expected) in [
            ("US-1", "US-001"),
            ("1", "US-001"),
            ("1.2", "US-001.2"),
            ("US-001 - US-002", "US-001 US-002"),
        ] {
            assert_eq!(drawn(&resolver, body), expected, "{body:?}");
        }
    }

    fn of_source(source: &str) -> Resolver {
        let text = Text::new(source);
        Resolver::of_requirements(&text, &Requirements::parse(&text, &Document::parse(&text)))
    }

    #[test]
    fn a_criterion_with_a_label_is_found_by_its_numbers() {
        let labels = "### Requirement 7\n#### Acceptance Criteria\n1. THE S SHALL a\n\
                      ### Requirement 8\n#### Acceptance Criteria\n- AC-8.1: THE S SHALL b\n- AC-8.2: THE S SHALL c\n";
        let series = "### FR-1: A\n#### Acceptance Criteria\n- AC-1.1: THE S SHALL a\n### FR-2: B\n#### Acceptance Criteria\n- AC-2.1: THE S SHALL b\n\
                      ### NFR-1: C\n#### Acceptance Criteria\n- THE S SHALL c\n";
        for (source, body, expected) in [
            (labels, "Req 8 AC 1", "AC-8.1"),
            (labels, "Req 8 AC 1-2", "AC-8.1 AC-8.2"),
            (labels, "8.2, AC-8.2, AC 8.2", "AC-8.2 AC-8.2 AC-8.2"),
            (labels, "AC-7.1, Req 7 AC 1", "7.1 7.1"),
            (labels, "AC 7, AC-9.1, Req 9 AC 1", "?AC 7 ?AC-9.1 ?9.1"),
            (series, "FR-1 AC 1, FR-2 AC 1", "AC-1.1 AC-2.1"),
            (series, "NFR-1 AC 1, NFR-1 AC 2", "NFR-1.1 ?NFR-1.2"),
            (series, "Req 2 AC 1", "AC-2.1"),
        ] {
            assert_eq!(drawn(&of_source(source), body), expected, "{body:?}");
        }
    }

    #[test]
    fn a_number_of_two_parts_may_mean_a_criterion_of_the_only_requirement_inside() {
        let one = "## Requirement 1: A\n### Requirement 1.1: B\n#### Acceptance Criteria\n1. THE S SHALL a\n2. THE S SHALL b\n";
        let two = format!(
            "{one}### Requirement 1.2: C\n#### Acceptance Criteria\n1. THE S SHALL a\n2. THE S SHALL b\n3. THE S SHALL c\n"
        );
        for (source, body, expected) in [
            (one, "1.1, R1.2, 1.2, Req 1 AC 2", "1.1 1.1.2 1.1.2 1.1.2"),
            (one, "1.3, R1.9", "?1.3 ?R1.9"),
            (one, "1.1.1-1.1.2", "1.1.1 1.1.2"),
            (&two, "R1.1, R1.2, R1.3", "1.1 1.2 ?R1.3"),
        ] {
            assert_eq!(drawn(&of_source(source), body), expected, "{body:?}");
        }
    }

    #[test]
    fn letters_that_name_no_requirement_are_no_number() {
        let resolver = resolver(&[("1", 2), ("2", 1), ("4", 7)]);
        for (body, expected) in [
            ("CP1", "?CP1"),
            ("P1, T1, D2", "?P1 ?T1 ?D2"),
            ("NFR2", "?NFR2"),
            ("NFR3, NFR4, AC7", "?NFR3 ?NFR4 ?AC7"),
            ("R1, REQ-2, FR-1, US-1", "1 2 1 1"),
            ("Req 1, AC 2", "1.2"),
        ] {
            assert_eq!(drawn(&resolver, body), expected, "{body:?}");
        }
    }

    #[test]
    fn an_id_may_name_several() {
        let twin = "## Requirements\n### Requirement 1\n#### Acceptance Criteria\n1. THE S SHALL a\n\
                    ### Requirement 1.1: Models\n#### Acceptance Criteria\n1. THE S SHALL b\n";
        let group = "## Requirements\n### FR-1.1: A\n### FR-1.2: B\n### FR-10.1: C\n";
        let range =
            "## Requirements\n### Requirement 3 - 5 retries\n### Requirement 20-28 (Swimming)\n";
        let bracket = "## 功能需求\n### 3.1 模板管理（FR-1）\n#### 验收标准\n1. 甲\n";
        for (source, body, expected) in [
            (twin, "1.1", "1.1 1.1"),
            (twin, "1", "1"),
            (group, "FR-1", "FR-1.1 FR-1.2"),
            (group, "FR1.2, FR-2", "FR-1.2 ?FR-2"),
            (bracket, "FR-1, FR1", "3.1 3.1"),
            (range, "20, 21, Req 28, 25.1, 29", "20 20 20 ?25.1 ?29"),
            (range, "21-23, 3, 5", "20 3 ?5"),
        ] {
            assert_eq!(drawn(&of_source(source), body), expected, "{body:?}");
        }
    }

    #[test]
    fn the_word_of_the_files_own_headings_is_a_word_in_its_references() {
        let criteria = "#### Acceptance Criteria\n1. THE S SHALL a\n2. THE S SHALL b\n";
        let of_word = |headings: [&str; 2]| {
            let [first, second] = headings;
            format!("## Requirements\n### {first}\n{criteria}### {second}\n{criteria}")
        };
        let stories = of_word(["故事 1: 登录", "故事 3"]);
        let features = of_word(["Feature 1: In", "Feature 2 - Out"]);
        let german = of_word(["Geschichte 1: Ein", "Geschichte 2: Aus"]);
        let codes = of_word(["UC-1: In", "UC-2: Out"]);
        let words = of_word(["Requirement 1: In", "Requirement 2: Out"]);
        for (source, body, expected) in [
            (&stories, "故事 1", "1"),
            (&stories, "故事1、故事3", "1 3"),
            (&stories, "故事 1 和 故事 3.2", "1 3.2"),
            (&stories, "故事 2", "?2"),
            (&features, "Feature 1, feature 2.1", "1 2.1"),
            (&features, "Features 1, 2", "1 2"),
            (&features, "Feature 2.1-2.2, Feature 1 AC 2", "2.1 2.2 1.2"),
            (&features, "New features, Feature flags", "prose prose"),
            (&german, "Geschichte 2 (Abmelden)", "2"),
            (&codes, "UC-1, UC2.1", "UC-1 UC-2.1"),
            (&words, "Feature 1, 故事 2", "prose prose"),
        ] {
            assert_eq!(drawn(&of_source(source), body), expected, "{body:?}");
        }
    }

    #[test]
    fn criteria_below_no_requirement_are_found_by_their_topic() {
        let numbered = "## Requirements\n### Requirement 1\n#### Acceptance Criteria\n1. a\n2. b\n";
        let source = format!(
            "{numbered}## Non-Functional Requirements\n### Performance\n1. a\n2. b\n### Security\n1. c\n\
             ### Data Quality\n1. d\n## 非機能要件\n### アクセシビリティ\n1. e\n"
        );
        for (body, expected) in [
            ("Security 1, 1.1", "Security 1 1.1"),
            ("NFR Performance 1, 2", "Performance 1 Performance 2"),
            (
                "Performance 1-2, Security 1",
                "Performance 1 Performance 2 Security 1",
            ),
            ("NFR: data quality 1", "Data Quality 1"),
            ("Security 1, 3, 1", "Security 1 ?3 1"),
            ("Performance 1、2、5", "Performance 1 Performance 2 ?5"),
            ("NFR-Security-1, NFR-Privacy-1", "Security 1 ?NFR-Privacy-1"),
            ("Non-Functional Requirements: Security", "Security 1"),
            ("非機能要件-アクセシビリティ1", "アクセシビリティ 1"),
            ("Performance 3", "prose"),
            ("Performance testing, Insecurity 1", "prose prose"),
            ("Network Security 1", "prose"),
        ] {
            assert_eq!(drawn(&of_source(&source), body), expected, "{body:?}");
        }
        assert_eq!(drawn(&of_source(numbered), "Security 1"), "prose");
    }

    #[test]
    fn ids_in_words_count_only_where_they_exist() {
        let resolver = resolver(&[("1", 3), ("2", 2)]);
        for (body, expected) in [
            ("user context for 1.1", "1.1"),
            ("user context for 3.11", "prose"),
            ("1.1-1.2, validation 2.1", "1.1 1.2 2.1"),
            ("1.1 validation 2.1-2.2", "1.1 2.1 2.2"),
            ("1.1 validation 9.1", "1.1 "),
            ("needs UTF-1", "prose"),
            ("from 1.1 to 1.3", "1.1 1.2 1.3"),
        ] {
            assert_eq!(drawn(&resolver, body), expected.trim_end(), "{body:?}");
        }
    }
}
