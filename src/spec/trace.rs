//! The trace: which tasks and properties stand behind each criterion, and what stands alone.
//!
//! Knows tasks only by their references and their parents. A criterion is covered when a task names it, its requirement or all requirements; properties do
//! not count, and the caller leaves out items of checklists.

use super::references::{IdKind, Resolution, Resolver};

/// A task, as far as the trace counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TracedTask {
    /// The task above, as an index into the tasks.
    pub parent: Option<usize>,
    /// What became of its references.
    pub references: Vec<Resolution>,
}

/// What stands behind one criterion. Numbers are indexes into tasks and properties as they were given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CriterionTrace {
    /// The criterion, as an index into the known ids of the resolver.
    pub known: usize,
    /// The tasks that name it, its requirement or all.
    pub tasks: Vec<usize>,
    /// The properties that validate it.
    pub properties: Vec<usize>,
}

/// The trace of a feature.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// All criteria, in order.
    pub criteria: Vec<CriterionTrace>,
    /// References of tasks to ids that do not exist: the task and the id as written.
    pub dangling: Vec<(usize, String)>,
    /// Tasks without a reference, which neither a task above nor one below has instead.
    pub unreferenced: Vec<usize>,
}

/// How many criteria a task covers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Those with a task.
    pub covered: usize,
    /// All of them.
    pub total: usize,
}

impl Trace {
    /// Traces the criteria that `resolver` knows.
    pub fn new(resolver: &Resolver, tasks: &[TracedTask], properties: &[Vec<Resolution>]) -> Self {
        let mut trace = Self { criteria: criteria(resolver), dangling: dangling(tasks), unreferenced: unreferenced(tasks) };
        for (index, task) in tasks.iter().enumerate() {
            for criterion in named(resolver, &trace.criteria, &task.references) {
                trace.criteria[criterion].tasks.push(index);
            }
        }
        for (index, references) in properties.iter().enumerate() {
            for criterion in named(resolver, &trace.criteria, references) {
                trace.criteria[criterion].properties.push(index);
            }
        }
        trace
    }

    /// Counts the criteria that a task covers.
    pub fn coverage(&self) -> Coverage {
        let covered = self.criteria.iter().filter(|criterion| !criterion.tasks.is_empty()).count();
        Coverage { covered, total: self.criteria.len() }
    }
}

fn criteria(resolver: &Resolver) -> Vec<CriterionTrace> {
    let known = resolver.known().iter().enumerate().filter(|(_, known)| known.kind == IdKind::Criterion);
    known.map(|(known, _)| CriterionTrace { known, ..CriterionTrace::default() }).collect()
}

/// Gives the criteria that references name, as indexes, each once.
fn named(resolver: &Resolver, criteria: &[CriterionTrace], references: &[Resolution]) -> Vec<usize> {
    let everything = references.iter().any(|reference| matches!(reference, Resolution::All(_)));
    let mut found = vec![false; resolver.known().len()];
    for reference in references {
        if let Resolution::Found(ids) = reference {
            ids.iter().for_each(|id| found[*id] = true);
        }
    }
    let is_named = |known: usize| everything || around(resolver, known).any(|id| found[id]);
    (0..criteria.len()).filter(|criterion| is_named(criteria[*criterion].known)).collect()
}

/// Gives a known id and those around it: a criterion, its requirement, the requirement that this is a part of.
fn around(resolver: &Resolver, known: usize) -> impl Iterator<Item = usize> {
    let known_ids = resolver.known();
    std::iter::successors(Some(known), |id| known_ids[*id].parent.filter(|parent| parent < id || known_ids[*id].kind == IdKind::Criterion))
}

fn dangling(tasks: &[TracedTask]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (index, task) in tasks.iter().enumerate() {
        for reference in &task.references {
            if let Resolution::Dangling(id) = reference {
                found.push((index, id.clone()));
            }
        }
    }
    found
}

/// Gives the tasks that have no reference themselves, above or below.
fn unreferenced(tasks: &[TracedTask]) -> Vec<usize> {
    let mut above: Vec<bool> = Vec::with_capacity(tasks.len());
    for (index, task) in tasks.iter().enumerate() {
        let inherited = task.parent.filter(|parent| *parent < index).is_some_and(|parent| above[parent]);
        above.push(inherited || !task.references.is_empty());
    }
    let mut below: Vec<bool> = tasks.iter().map(|task| !task.references.is_empty()).collect();
    for index in (0..tasks.len()).rev() {
        if let Some(parent) = tasks[index].parent.filter(|parent| *parent < index) {
            below[parent] |= below[index];
        }
    }
    (0..tasks.len()).filter(|index| !above[*index] && !below[*index]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::Document;
    use crate::spec::references::read_references;
    use crate::spec::requirements::Requirements;
    use crate::text::{Span, Text};

    const REQUIREMENTS: &str = "## Requirements\n### Requirement 1: A\n#### Acceptance Criteria\n1. THE S SHALL a\n2. THE S SHALL b\n\
                                ### Requirement 2: B\n#### Acceptance Criteria\n1. THE S SHALL c\n### 2.2 C\n**Acceptance Criteria:**\n- THE S SHALL d\n";

    fn resolver() -> Resolver {
        let text = Text::new(REQUIREMENTS);
        Resolver::of_requirements(&text, &Requirements::parse(&text, &Document::parse(&text)))
    }

    fn resolved(resolver: &Resolver, body: &str) -> Vec<Resolution> {
        let text = Text::new(body);
        let references = read_references(&text, Span::new(0, body.len()));
        references.iter().flat_map(|reference| resolver.resolve(&text, reference)).collect()
    }

    /// Traces tasks given as references and parents, and draws each criterion with its tasks.
    fn drawn(tasks: &[(&str, Option<usize>)]) -> (String, Trace) {
        let resolver = resolver();
        let tasks: Vec<TracedTask> =
            tasks.iter().map(|(body, parent)| TracedTask { parent: *parent, references: resolved(&resolver, body) }).collect();
        let trace = Trace::new(&resolver, &tasks, &[]);
        let draw = |criterion: &CriterionTrace| format!("{}{:?}", resolver.known()[criterion.known].id, criterion.tasks);
        (trace.criteria.iter().map(draw).collect::<Vec<_>>().join(" "), trace)
    }

    #[test]
    fn what_covers_a_criterion() {
        for (tasks, expected, covered) in [
            (vec![], "1.1[] 1.2[] 2.1[] 2.2.1[]", 0),
            (vec![("1.1", None)], "1.1[0] 1.2[] 2.1[] 2.2.1[]", 1),
            (vec![("1.1, 1.1", None), ("1", None)], "1.1[0, 1] 1.2[1] 2.1[] 2.2.1[]", 2),
            (vec![("1.1-2.1", None)], "1.1[0] 1.2[0] 2.1[0] 2.2.1[]", 3),
            (vec![("All", None)], "1.1[0] 1.2[0] 2.1[0] 2.2.1[0]", 4),
            (vec![("9.9, Testing, N/A", None)], "1.1[] 1.2[] 2.1[] 2.2.1[]", 0),
        ] {
            let (found, trace) = drawn(&tasks);
            assert_eq!((found.as_str(), trace.coverage()), (expected, Coverage { covered, total: 4 }), "{tasks:?}");
        }
    }

    #[test]
    fn what_stands_alone() {
        let (_, trace) = drawn(&[("", None), ("1.1", Some(0)), ("", Some(0)), ("9.9", None), ("", Some(3)), ("", None), ("N/A", None)]);
        assert_eq!(trace.dangling, [(3, "9.9".to_owned())]);
        assert_eq!(trace.unreferenced, [2, 5]);
    }

    #[test]
    fn properties_are_listed_and_do_not_cover() {
        let resolver = resolver();
        let trace = Trace::new(&resolver, &[], &[resolved(&resolver, "1.2")]);
        assert_eq!(trace.criteria[1].properties, [0]);
        assert_eq!(trace.coverage().covered, 0);
    }
}
