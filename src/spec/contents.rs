//! What the documents of one feature say together: criteria, properties and tasks, with every
//! reference resolved.
//!
//! Reading ([`Contents::read`]) and putting together ([`Contents::of`]) are apart; the second is
//! pure. Each document is optional, and one that cannot be read is a problem and hides no other.

use std::borrow::Cow;
use std::collections::HashSet;

use super::design::Design;
use super::feature::Feature;
use super::links::{Links, Wanted};
use super::par_map::par_map;
use super::parsed::Parsed;
use super::reading::{self, Reading};
use super::references::{Resolution, Resolved};
use super::workspace::Workspace;
use crate::store::{DocumentFile, Problem, Root};

/// What the documents of a feature say.
#[derive(Clone, Debug, Default)]
pub struct Contents {
    /// The document with the criteria.
    pub criteria: Option<Parsed>,
    /// The document with the design.
    pub designed: Option<Parsed>,
    /// The document with the tasks.
    pub list: Option<Parsed>,
    /// How they hang together. Where the document with the criteria is there and cannot be read,
    /// nothing dangles: nobody knows.
    pub links: Links,
    /// What is wrong with the folder and its files.
    pub problems: Vec<Problem>,
}

impl Contents {
    /// Reads all documents of `feature`.
    pub fn read(feature: &Feature, root: &Root) -> Self {
        Self::read_with_design(feature, root, feature.design_file())
    }

    /// Reads the tasks of `feature` and what they may name, without the design.
    pub fn read_tasks(feature: &Feature, root: &Root) -> Self {
        Self::read_with_design(feature, root, None)
    }

    fn read_with_design(feature: &Feature, root: &Root, design: Option<&DocumentFile>) -> Self {
        let reading = Reading::of(feature, root);
        let mut problems = reading.problems;
        let list = reading.list.as_ref();
        let read = |file: &DocumentFile| match list.filter(|list| list.file == *file) {
            Some(list) => Ok(list.clone()),
            None => Parsed::read(file),
        };
        let mut open = |file: Option<&DocumentFile>| match file.map(read)? {
            Ok(parsed) => Some(parsed),
            Err(failure) => {
                let problem = failure.problem(root);
                if !problems.contains(&problem) {
                    problems.push(problem);
                }
                None
            }
        };
        let (criteria, design) = (open(feature.criteria_file()), open(design));
        let beside_file = feature.criteria_file_beside();
        let beside = open(beside_file).and_then(|parsed| parsed.as_beside());
        let is_half_read = (criteria.is_none() && feature.criteria_file().is_some())
            || (beside.is_none() && beside_file.is_some());
        let criteria = criteria.map(|criteria| criteria.with_beside(beside.as_ref()));
        let mut contents = Self::of(reading.list, criteria, design);
        if is_half_read {
            contents.links.trace.dangling.clear();
            contents.links.trace.prose.clear();
        }
        let faults = contents.links.plan.schedule.faults.clone();
        problems.extend(
            contents
                .list
                .iter()
                .flat_map(|list| reading::problems(&list.file, faults.clone(), root)),
        );
        Self {
            problems,
            ..contents
        }
    }

    /// Puts together what was read.
    pub fn of(list: Option<Parsed>, criteria: Option<Parsed>, designed: Option<Parsed>) -> Self {
        let wanted = criteria
            .as_ref()
            .and_then(|parsed| parsed.wanted.as_deref());
        let design = designed
            .as_ref()
            .and_then(|parsed| Some((&parsed.text, parsed.design.as_deref()?)));
        let links = Links::of(list.as_ref().map(Parsed::listed), wanted, design);
        Self {
            criteria,
            designed,
            list,
            links,
            ..Self::default()
        }
    }

    /// Returns what is wanted.
    pub fn wanted(&self) -> Option<&Wanted> {
        self.criteria.as_ref()?.wanted.as_deref()
    }

    /// Returns what is designed.
    pub fn design(&self) -> Option<&Design> {
        self.designed.as_ref()?.design.as_deref()
    }

    /// Returns the ids that an item names, each once: ranges and *All* expanded, what is unknown as
    /// written, nothing for `N/A`. Those that are known are borrowed, for many items may name them.
    pub fn ids_named_by(&self, item: usize) -> Vec<Cow<'_, str>> {
        let known = self
            .wanted()
            .map_or(&[][..], |wanted| wanted.resolver.known());
        let text = self.list.as_ref().map(|list| &list.text);
        let mut ids: Vec<Cow<'_, str>> = Vec::new();
        for Resolved {
            reference,
            resolutions,
        } in &self.links.plan.references[item]
        {
            for resolution in resolutions {
                match resolution {
                    Resolution::Found(found) | Resolution::All(found) if !found.is_empty() => {
                        ids.extend(found.iter().map(|id| Cow::from(&known[*id].id)));
                    }
                    Resolution::Nothing => {}
                    Resolution::Dangling(id) | Resolution::Property(id) => ids.push(id.into()),
                    _ => ids.extend(text.map(|text| reference.written(text))),
                }
            }
        }
        let mut seen = HashSet::new();
        ids.retain(|id| seen.insert(id.clone()));
        ids
    }
}

/// Reads what `read` gives of each of the given features of `workspace`, on all cores and in their
/// order.
pub fn read_contents(
    workspace: &Workspace,
    features: &[usize],
    read: fn(&Feature, &Root) -> Contents,
) -> Vec<Contents> {
    par_map(features.len(), |at| {
        let feature = &workspace.features[features[at]];
        read(feature, workspace.root_of(feature))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::DocumentKind;

    /// Draws each criterion with the tasks that name it.
    fn drawn(contents: &Contents) -> String {
        let (trace, items) = (&contents.links.trace, contents.links.tasks());
        let addresses = contents.list.as_ref().unwrap().tasks.addresses();
        let known = contents.wanted().unwrap().resolver.known();
        let draw = |criterion: &super::super::trace::CriterionTrace| {
            let tasks: Vec<&str> = criterion
                .tasks
                .iter()
                .map(|task| addresses[items[task]].as_str())
                .collect();
            format!("{}[{}]", known[criterion.known].id, tasks.join(" "))
        };
        trace
            .criteria
            .iter()
            .map(draw)
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn tasks_name_criteria_of_every_sort_of_document() {
        let tasks = "- [ ] 1. a\n  - [ ] 1.1 b\n    - _Requirements: 1.1_\n## Success Criteria\n- [ ] c _Requirements: 1.2_\n";
        let requirements = "## Requirements\n### Requirement 1\n#### Acceptance Criteria\n1. THE S SHALL a\n2. THE S SHALL b\n";
        let bugfix = "### Current Behavior (Defect)\n\n1.1 WHEN a THEN b\n\n### Expected Behavior (Correct)\n\n2.1 WHEN a THEN the S SHALL c\n";
        let of = |kind, source| {
            Contents::of(
                Some(Parsed::of_source(DocumentKind::Tasks, tasks)),
                Some(Parsed::of_source(kind, source)),
                None,
            )
        };
        assert_eq!(
            drawn(&of(DocumentKind::Requirements, requirements)),
            "1.1[1.1] 1.2[]"
        );
        assert_eq!(drawn(&of(DocumentKind::Bugfix, bugfix)), "1.1[1.1] 2.1[]");
    }

    #[test]
    fn a_bug_report_beside_requirements_is_read_too_and_an_id_in_both_means_both() {
        let tasks = "- [ ] 1. a\n  - _Requirements: 1.1, 4.1_\n- [ ] 2. b\n  - _Requirements: 2.1, 2.5_\n- [ ] 3. c\n  - _Requirements: 5.1_\n";
        let requirements = "## Requirements\n### Requirement 1\n#### Acceptance Criteria\n1. THE S SHALL a\n2. THE S SHALL b\n\
                            ### Requirement 2\n#### Acceptance Criteria\n1. THE S SHALL c\n";
        let bugfix = "### Current Behavior (Defect)\n\n1.1 WHEN a THEN b\n\n### Expected Behavior\n\n2.1 WHEN a THEN the S SHALL c\n\n\
                      ### Resend Invitation\n\n2.5 WHEN a THEN the S SHALL d\n\n### Current Behavior (Defect)\n\n4.1 WHEN a THEN e\n";
        let beside = Parsed::of_source(DocumentKind::Bugfix, bugfix).as_beside();
        let wanted = Parsed::of_source(DocumentKind::Requirements, requirements);
        let contents = Contents::of(
            Some(Parsed::of_source(DocumentKind::Tasks, tasks)),
            Some(wanted.with_beside(beside.as_ref())),
            None,
        );
        assert_eq!(
            drawn(&contents),
            "1.1[1] 1.2[] 2.1[2] 1.1[1] 2.1[2] 2.5[2] 4.1[1]"
        );
        let trace = &contents.links.trace;
        let dangling: Vec<&str> = trace.dangling.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(dangling, ["5.1"]);
        // What a bug does needs no task.
        let coverage = trace.coverage();
        assert_eq!((coverage.covered, coverage.total), (4, 5));
    }

    #[test]
    fn an_id_alone_in_a_heading_counts_only_where_it_exists() {
        let tasks = "### FR-1: a\n- [ ] 1.1 b\n### T-2: c (FR-2)\n- [ ] 1.2 d\n### T1: e\n- [ ] 1.3 f\n### FR-9: g\n- [ ] 1.4 h\n";
        let requirements = "### FR-1: A\n#### Acceptance Criteria\n1. THE S SHALL a\n### FR-2: B\n#### Acceptance Criteria\n1. THE S SHALL b\n";
        let wanted = Some(Parsed::of_source(DocumentKind::Requirements, requirements));
        let contents = Contents::of(
            Some(Parsed::of_source(DocumentKind::Tasks, tasks)),
            wanted,
            None,
        );
        assert_eq!(drawn(&contents), "FR-1.1[1.1] FR-2.1[1.2]");
        let trace = contents.links.trace;
        assert_eq!((trace.dangling, trace.unreferenced), (vec![], vec![2, 3]));
    }

    #[test]
    fn one_file_is_all_three_documents() {
        let source = "# X\n## Requirements\n- WHEN a, THE S SHALL b\n- THE S SHALL c\n## Design\n### Property 1: P\n**Validates: 2**\n\
                      ## Tasks\n- [ ] d _Requirements: 1_\n- [ ] e\n";
        let spec = || Parsed::of_source(DocumentKind::Spec, source);
        let contents = Contents::of(
            Some(Parsed::of_source(DocumentKind::Spec, source)),
            Some(spec()),
            Some(spec()),
        );
        assert_eq!(drawn(&contents), "1[:9] 2[]");
        assert_eq!(
            contents.links.trace.criteria[1]
                .properties
                .iter()
                .collect::<Vec<_>>(),
            [0]
        );
        assert_eq!(contents.links.plan.schedule.ready, [true, false]);
    }
}
