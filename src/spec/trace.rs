//! The trace: which tasks and properties stand behind each criterion, and what stands alone.
//!
//! Knows tasks only by their references and their parents. A criterion is covered when a task names
//! it, its requirement or all requirements; what a bug does needs none. A requirement without
//! criteria stands for itself, as one more of them. Properties do not count, and the caller leaves out
//! items of checklists. What a task names holds for itself alone: it covers nothing for tasks above
//! or below.

use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::Hash;
use std::sync::Arc;

use serde::Serialize;

use super::references::{IdKind, Known, Resolution, Resolved, Resolver};
use crate::text::Span;

/// A task, as far as the trace counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TracedTask<'a> {
    /// The task above, as an index into the tasks.
    pub parent: Option<usize>,
    /// What became of its references.
    pub references: Cow<'a, [Resolved]>,
}

/// What stands behind one criterion, or behind a requirement without criteria. Numbers are indexes into tasks and properties as they were
/// given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CriterionTrace {
    /// What is traced, as an index into the known ids of the resolver.
    pub known: usize,
    /// The tasks that name it.
    pub tasks: NamedBy,
    /// The properties that validate it.
    pub properties: NamedBy,
    /// Whether a task has to cover it. None has to do what a bug does; it counts nowhere and is no
    /// gap.
    pub needs_task: bool,
}

/// Who names a criterion, as lists of indexes in order that criteria share: a requirement that
/// thousands of tasks name takes no more for a thousand criteria than for one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedBy {
    /// Who names it itself, or a requirement around it.
    nearest: Option<Arc<Level>>,
    /// Who names all requirements at once.
    everything: Arc<[usize]>,
}

/// Who names one id, and then the requirements around it. Levels that nobody names are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Level {
    names: Arc<[usize]>,
    around: Option<Arc<Level>>,
}

impl NamedBy {
    /// Returns all that name it in any way, each once and in order.
    pub fn iter(&self) -> Union<'_> {
        Union::of(self.lists())
    }

    /// Returns those that name it only by naming all requirements.
    pub fn by_all(&self) -> impl Iterator<Item = usize> + '_ {
        let everything = self.everything.iter().copied();
        everything.filter(|one| !self.levels().any(|level| level.binary_search(one).is_ok()))
    }

    /// Returns the lists of all that name it in any way.
    pub fn lists(&self) -> impl Iterator<Item = &[usize]> {
        self.levels().chain([&*self.everything])
    }

    /// Returns the lists of those that count for it: who names it or a requirement around it; where
    /// nobody does, who names all.
    pub fn counted(&self) -> impl Iterator<Item = &[usize]> {
        let everything = self.is_by_all_only().then_some(&*self.everything);
        self.levels().chain(everything)
    }

    /// Returns whether nobody names it.
    pub fn is_empty(&self) -> bool {
        self.nearest.is_none() && self.everything.is_empty()
    }

    /// Returns whether it is named, but only by naming all requirements.
    pub fn is_by_all_only(&self) -> bool {
        self.nearest.is_none() && !self.everything.is_empty()
    }

    fn levels(&self) -> impl Iterator<Item = &[usize]> {
        let levels =
            std::iter::successors(self.nearest.as_deref(), |level| level.around.as_deref());
        levels.map(|level| &*level.names)
    }
}

/// What is in any of several lists in order: each index once, and in order.
#[derive(Clone, Debug)]
pub struct Union<'a> {
    lists: Vec<&'a [usize]>,
}

impl<'a> Union<'a> {
    /// Makes the union of lists, each of which is in order.
    pub fn of(lists: impl Iterator<Item = &'a [usize]>) -> Self {
        let lists = lists.filter(|list| !list.is_empty());
        Self {
            lists: lists.collect(),
        }
    }
}

impl Iterator for Union<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let heads = self.lists.iter().filter_map(|list| list.first());
        let next = *heads.min()?;
        for list in &mut self.lists {
            if list.first() == Some(&next) {
                *list = &list[1..];
            }
        }
        Some(next)
    }

    fn count(self) -> usize {
        match self.lists[..] {
            [] => 0,
            [only] => only.len(),
            _ => self.fold(0, |count, _| count + 1),
        }
    }
}

/// What a reference stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A task.
    Task(usize),
    /// A property of the design.
    Property(usize),
}

/// A reference to an id that does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dangling {
    /// What it stands in.
    pub from: Origin,
    /// Where it stands in its text.
    pub span: Span,
    /// The id as written.
    pub id: String,
}

/// A reference that is words and no id: *Testing Strategy*.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// What it stands in.
    pub from: Origin,
    /// Where it stands in its text.
    pub span: Span,
}

/// The trace of a feature.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// All criteria, in order; behind them the requirements that have none.
    pub criteria: Vec<CriterionTrace>,
    /// References to ids that do not exist, those of tasks first.
    pub dangling: Vec<Dangling>,
    /// References that are words, those of tasks first.
    pub prose: Vec<Words>,
    /// Tasks without a reference, which neither a task above nor one below has instead: they are
    /// about a part of something that is named, or a heading over it. A reference that is prose or
    /// says that there is none counts, as its author has thought of it.
    pub unreferenced: Vec<usize>,
    coverage: Coverage,
}

/// How many criteria a task covers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Those with a task.
    pub covered: usize,
    /// All of them.
    pub total: usize,
}

impl Trace {
    /// Traces the criteria that `resolver` knows.
    pub fn new(
        resolver: &Resolver,
        tasks: &[TracedTask<'_>],
        properties: &[Vec<Resolved>],
    ) -> Self {
        let (dangling, prose) = (dangling(tasks, properties), prose(tasks, properties));
        let mut trace = Self {
            criteria: criteria(resolver),
            dangling,
            prose,
            unreferenced: unreferenced(tasks),
            coverage: Coverage::default(),
        };
        let by_tasks = Naming::of(resolver, tasks.iter().map(|task| &*task.references));
        let by_properties = Naming::of(resolver, properties.iter().map(Vec::as_slice));
        let (tasks, properties) = (by_tasks.levels(resolver), by_properties.levels(resolver));
        for criterion in &mut trace.criteria {
            criterion.tasks = NamedBy {
                nearest: tasks[criterion.known].clone(),
                everything: Arc::clone(&by_tasks.everything),
            };
            criterion.properties = NamedBy {
                nearest: properties[criterion.known].clone(),
                everything: Arc::clone(&by_properties.everything),
            };
        }
        trace.coverage = coverage(&trace.criteria);
        trace
    }

    /// Returns how many criteria a task covers, among those that a task has to.
    pub fn coverage(&self) -> Coverage {
        self.coverage
    }
}

fn coverage(criteria: &[CriterionTrace]) -> Coverage {
    let counted = || criteria.iter().filter(|criterion| criterion.needs_task);
    let covered = counted().filter(|criterion| !criterion.tasks.is_empty());
    Coverage {
        covered: covered.count(),
        total: counted().count(),
    }
}

fn criteria(resolver: &Resolver) -> Vec<CriterionTrace> {
    let all = resolver.known();
    let criteria = (0..all.len()).filter(|known| all[*known].kind == IdKind::Criterion);
    criteria
        .chain(without_criteria(resolver))
        .map(|known| CriterionTrace {
            known,
            needs_task: all[known].needs_task,
            ..CriterionTrace::default()
        })
        .collect()
}

/// Returns the requirements in which nothing stands that is to be covered, of equal ones the first.
fn without_criteria(resolver: &Resolver) -> Vec<usize> {
    let all = resolver.known();
    let counts = |known: &&Known| known.kind == IdKind::Criterion || known.needs_task;
    let parent = |known: &usize| all[*known].parent;
    let parents = all.iter().filter(counts).filter_map(|known| known.parent);
    let around = parents.flat_map(|known| std::iter::successors(Some(known), parent));
    let filled: HashSet<usize> = around.map(|known| resolver.first_of(known)).collect();
    let is_bare = |known: &usize| {
        let found = &all[*known];
        found.kind == IdKind::Requirement
            && found.needs_task
            && resolver.first_of(*known) == *known
            && !filled.contains(known)
    };
    (0..all.len()).filter(is_bare).collect()
}

/// Who names what: tasks or properties, by index and in order.
struct Naming {
    /// For each known id, who names it itself. Of those that are equal the first stands for all.
    by_id: Vec<Arc<[usize]>>,
    /// Who names all requirements at once.
    everything: Arc<[usize]>,
}

impl Naming {
    fn of<'a>(resolver: &Resolver, references: impl Iterator<Item = &'a [Resolved]>) -> Self {
        let mut by_id = vec![Vec::new(); resolver.known().len()];
        let mut everything = Vec::new();
        for (index, references) in references.enumerate() {
            for resolution in references
                .iter()
                .flat_map(|reference| &reference.resolutions)
            {
                match resolution {
                    Resolution::Found(ids) => ids
                        .iter()
                        .for_each(|id| push_once(&mut by_id[resolver.first_of(*id)], index)),
                    Resolution::All(_) => push_once(&mut everything, index),
                    _ => {}
                }
            }
        }
        let nobody: Arc<[usize]> = Arc::default();
        let shared = |list: Vec<usize>| {
            if list.is_empty() {
                Arc::clone(&nobody)
            } else {
                list.into()
            }
        };
        Self {
            by_id: by_id.into_iter().map(shared).collect(),
            everything: everything.into(),
        }
    }

    /// Returns for each known id who names it or one around it.
    fn levels(&self, resolver: &Resolver) -> Vec<Option<Arc<Level>>> {
        let known = resolver.known();
        let mut levels: Vec<Option<Arc<Level>>> = vec![None; known.len()];
        // Requirements stand before what is in them, and all of them before the criteria.
        for kind in [IdKind::Requirement, IdKind::Criterion] {
            for id in (0..known.len()).filter(|id| known[*id].kind == kind) {
                let around = known[id].parent.and_then(|parent| levels[parent].clone());
                let names = &self.by_id[resolver.first_of(id)];
                levels[id] = if names.is_empty() {
                    around
                } else {
                    let names = Arc::clone(names);
                    Some(Arc::new(Level { names, around }))
                };
            }
        }
        levels
    }
}

/// Adds an index to a list in order, if it is not there.
fn push_once(list: &mut Vec<usize>, index: usize) {
    if list.last() != Some(&index) {
        list.push(index);
    }
}

/// Returns all references with what they stand in, those of tasks first.
fn origins<'a>(
    tasks: &'a [TracedTask<'_>],
    properties: &'a [Vec<Resolved>],
) -> impl Iterator<Item = (Origin, &'a Resolved)> {
    let of_tasks = tasks
        .iter()
        .enumerate()
        .map(|(index, task)| (Origin::Task(index), &*task.references));
    let of_properties = properties
        .iter()
        .enumerate()
        .map(|(index, references)| (Origin::Property(index), references.as_slice()));
    of_tasks
        .chain(of_properties)
        .flat_map(|(from, references)| references.iter().map(move |reference| (from, reference)))
}

fn dangling(tasks: &[TracedTask<'_>], properties: &[Vec<Resolved>]) -> Vec<Dangling> {
    let mut found = Vec::new();
    for (
        from,
        Resolved {
            reference,
            resolutions,
        },
    ) in origins(tasks, properties)
    {
        let ids = resolutions.iter().filter_map(|one| {
            if let Resolution::Dangling(id) = one {
                Some(id)
            } else {
                None
            }
        });
        found.extend(ids.map(|id| Dangling {
            from,
            span: reference.span,
            id: id.clone(),
        }));
    }
    once(found, |dangling| {
        (dangling.from, dangling.span, dangling.id.clone())
    })
}

fn prose(tasks: &[TracedTask<'_>], properties: &[Vec<Resolved>]) -> Vec<Words> {
    let words = origins(tasks, properties)
        .filter(|(_, resolved)| resolved.resolutions.contains(&Resolution::Prose));
    let found = words
        .map(|(from, resolved)| Words {
            from,
            span: resolved.reference.span,
        })
        .collect();
    once(found, |words| (words.from, words.span, ()))
}

/// Keeps the first of those that stand in one place, for a reference below a heading is each task's
/// there.
fn once<T, Text: Eq + Hash>(found: Vec<T>, place: fn(&T) -> (Origin, Span, Text)) -> Vec<T> {
    let mut seen = HashSet::new();
    let mut is_first = |one: &T| {
        let (from, span, text) = place(one);
        seen.insert((matches!(from, Origin::Property(_)), span, text))
    };
    found.into_iter().filter(|one| is_first(one)).collect()
}

/// Returns the tasks that have no reference themselves, above or below.
fn unreferenced(tasks: &[TracedTask<'_>]) -> Vec<usize> {
    let mut above: Vec<bool> = Vec::with_capacity(tasks.len());
    for (index, task) in tasks.iter().enumerate() {
        let inherited = task
            .parent
            .filter(|parent| *parent < index)
            .is_some_and(|parent| above[parent]);
        above.push(inherited || !task.references.is_empty());
    }
    let mut below: Vec<bool> = tasks
        .iter()
        .map(|task| !task.references.is_empty())
        .collect();
    for index in (0..tasks.len()).rev() {
        if let Some(parent) = tasks[index].parent.filter(|parent| *parent < index) {
            below[parent] |= below[index];
        }
    }
    (0..tasks.len())
        .filter(|index| !above[*index] && !below[*index])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::Document;
    use crate::spec::bugfix::Bugfix;
    use crate::spec::requirements::Requirements;
    use crate::text::Text;

    const REQUIREMENTS: &str = "## Requirements\n### Requirement 1: A\n#### Acceptance Criteria\n1. THE S SHALL a\n2. THE S SHALL b\n\
                                ### Requirement 2: B\n#### Acceptance Criteria\n1. THE S SHALL c\n### 2.2 C\n**Acceptance Criteria:**\n- THE S SHALL d\n";

    fn resolver() -> Resolver {
        let text = Text::new(REQUIREMENTS);
        Resolver::of_requirements(&text, &Requirements::parse(&text, &Document::parse(&text)))
    }

    fn resolved(resolver: &Resolver, body: &str) -> Vec<Resolved> {
        resolver.resolve_body(&Text::new(body), Span::new(0, body.len()))
    }

    /// Traces tasks given as references and parents, and draws each criterion with its tasks.
    fn drawn(tasks: &[(&str, Option<usize>)]) -> (String, Trace) {
        let resolver = resolver();
        let tasks: Vec<TracedTask<'_>> = tasks
            .iter()
            .map(|(body, parent)| TracedTask {
                parent: *parent,
                references: resolved(&resolver, body).into(),
            })
            .collect();
        let trace = Trace::new(&resolver, &tasks, &[]);
        let draw = |criterion: &CriterionTrace| {
            format!(
                "{}{:?}",
                resolver.known()[criterion.known].id,
                criterion.tasks.iter().collect::<Vec<_>>()
            )
        };
        (
            trace
                .criteria
                .iter()
                .map(draw)
                .collect::<Vec<_>>()
                .join(" "),
            trace,
        )
    }

    #[test]
    fn what_covers_a_criterion() {
        for (tasks, expected, covered) in [
            (vec![], "1.1[] 1.2[] 2.1[] 2.2.1[]", 0),
            (vec![("1.1", None)], "1.1[0] 1.2[] 2.1[] 2.2.1[]", 1),
            (
                vec![("1.1, 1.1", None), ("1", None)],
                "1.1[0, 1] 1.2[1] 2.1[] 2.2.1[]",
                2,
            ),
            (vec![("1.1-2.1", None)], "1.1[0] 1.2[0] 2.1[0] 2.2.1[]", 3),
            (vec![("2.2.1", None)], "1.1[] 1.2[] 2.1[] 2.2.1[0]", 1),
            (vec![("All", None)], "1.1[0] 1.2[0] 2.1[0] 2.2.1[0]", 4),
            (
                vec![
                    ("All", None),
                    ("1.1", None),
                    ("1", None),
                    ("1, 1.1, All", None),
                ],
                "1.1[0, 1, 2, 3] 1.2[0, 2, 3] 2.1[0, 3] 2.2.1[0, 3]",
                4,
            ),
            (
                vec![("9.9, Testing, N/A", None)],
                "1.1[] 1.2[] 2.1[] 2.2.1[]",
                0,
            ),
        ] {
            let (found, trace) = drawn(&tasks);
            assert_eq!(
                (found.as_str(), trace.coverage()),
                (expected, Coverage { covered, total: 4 }),
                "{tasks:?}"
            );
        }
    }

    #[test]
    fn a_repeated_number_is_named_wherever_it_stands() {
        let text = Text::new(
            "### Requirement 1: A\n#### Acceptance Criteria\n1. THE S SHALL a\n1. THE S SHALL b\n2. THE S SHALL c\n",
        );
        let resolver =
            Resolver::of_requirements(&text, &Requirements::parse(&text, &Document::parse(&text)));
        let trace = Trace::new(
            &resolver,
            &[TracedTask {
                parent: None,
                references: resolved(&resolver, "1.1").into(),
            }],
            &[],
        );
        assert_eq!(
            trace.coverage(),
            Coverage {
                covered: 2,
                total: 3
            }
        );
    }

    #[test]
    fn a_requirement_without_criteria_is_to_be_covered_itself() {
        let one = "### Requirement 1: A\n1. THE S SHALL a\n";
        for (source, body, expected, covered) in [
            ("### Requirement 2: B\nWords.\n", "1.1", "1.1+ 2-", 1),
            ("### Requirement 2: B\nWords.\n", "2", "1.1- 2+", 1),
            ("### Requirement 2: B\nWords.\n", "All", "1.1+ 2+", 2),
            // It is what its parts are, and its other half.
            (
                "### Requirement 2: B\n#### Requirement 2.1: C\n",
                "2",
                "1.1- 2.1+",
                1,
            ),
            ("### Requirement 2: B\n#### 2.1 C\n", "2", "1.1- 2+", 1),
            ("### Requirement 1: Again\n", "2", "1.1-", 0),
            ("### 2. Chapter\n", "2", "1.1-", 0),
            (
                "### 2. Chapter\n**User Story:** As a b, I want c\n",
                "2",
                "1.1- 2+",
                1,
            ),
            ("### FR-2: B\n", "FR-2", "1.1- FR-2+", 1),
            (
                "### Requirement 2: B\n### Requirement 2: C\n",
                "2",
                "1.1- 2+",
                1,
            ),
        ] {
            let text = Text::new(format!("{one}{source}"));
            let requirements = Requirements::parse(&text, &Document::parse(&text));
            let resolver = Resolver::of_requirements(&text, &requirements);
            let task = TracedTask {
                parent: None,
                references: resolved(&resolver, body).into(),
            };
            let trace = Trace::new(&resolver, &[task], &[]);
            let criteria = trace.criteria.iter().map(|found| {
                let sign = if found.tasks.is_empty() { "-" } else { "+" };
                format!("{}{sign}", resolver.known()[found.known].id)
            });
            assert_eq!(criteria.collect::<Vec<_>>().join(" "), expected, "{source}");
            assert_eq!(trace.coverage().covered, covered, "{source} {body}");
        }
    }

    #[test]
    fn what_stands_alone() {
        let (_, trace) = drawn(&[
            ("", None),
            ("1.1", Some(0)),
            ("", Some(0)),
            ("9.9", None),
            ("", Some(3)),
            ("", None),
            ("N/A", None),
        ]);
        assert_eq!(
            trace.dangling,
            [Dangling {
                from: Origin::Task(3),
                span: Span::new(0, 3),
                id: "9.9".to_owned()
            }]
        );
        assert_eq!(trace.unreferenced, [2, 5]);
    }

    #[test]
    fn words_are_told_apart_from_what_dangles() {
        let (resolver, (_, trace)) = (
            resolver(),
            drawn(&[
                ("9.9, Testing, N/A", None),
                ("1.1", None),
                ("user context for 7.7", None),
            ]),
        );
        let words = |from, start, end| Words {
            from,
            span: Span::new(start, end),
        };
        assert_eq!(
            trace.prose,
            [words(Origin::Task(0), 5, 12), words(Origin::Task(2), 0, 20)]
        );
        assert_eq!(
            trace.dangling,
            [Dangling {
                from: Origin::Task(0),
                span: Span::new(0, 3),
                id: "9.9".to_owned()
            }]
        );
        let shared = || TracedTask {
            parent: None,
            references: resolved(&resolver, "Testing").into(),
        };
        let trace = Trace::new(
            &resolver,
            &[shared(), shared()],
            &[resolved(&resolver, "Testing")],
        );
        assert_eq!(
            trace.prose,
            [
                words(Origin::Task(0), 0, 7),
                words(Origin::Property(0), 0, 7)
            ],
            "a heading's words are told once"
        );
    }

    #[test]
    fn what_a_bug_does_needs_no_task() {
        let text = Text::new(
            "### Current Behavior (Defect)\n\n1.1 WHEN a THEN b\n\n### Expected Behavior (Correct)\n\n\
             2.1 WHEN a THEN c SHALL d\n\n### Unchanged Behavior\n\n3.1 WHEN e THEN f SHALL g\n",
        );
        let resolver = Bugfix::parse(&text, &Document::parse(&text)).resolver();
        let task = |body| TracedTask {
            parent: None,
            references: resolved(&resolver, body).into(),
        };
        for (body, covered) in [("1.1, 2.1", 1), ("3.1", 1), ("All", 2)] {
            let trace = Trace::new(&resolver, &[task(body)], &[]);
            assert_eq!(trace.coverage(), Coverage { covered, total: 2 }, "{body}");
            assert!(trace.dangling.is_empty());
        }
    }

    #[test]
    fn properties_are_listed_and_do_not_cover() {
        let resolver = resolver();
        let trace = Trace::new(&resolver, &[], &[resolved(&resolver, "1.2")]);
        assert!(trace.criteria[1].properties.iter().eq([0]));
        assert_eq!(trace.coverage().covered, 0);
        let dangling =
            Trace::new(&resolver, &[], &[vec![], resolved(&resolver, "1.2, 9.9")]).dangling;
        assert_eq!(
            dangling,
            [Dangling {
                from: Origin::Property(1),
                span: Span::new(5, 8),
                id: "9.9".to_owned()
            }]
        );
    }

    #[test]
    fn what_is_covered_by_all_only() {
        let (_, trace) = drawn(&[("All", None), ("1.1, All", None), ("2, 2.2", None)]);
        let only: Vec<bool> = trace
            .criteria
            .iter()
            .map(|criterion| criterion.tasks.is_by_all_only())
            .collect();
        assert_eq!(
            (only, trace.criteria[0].tasks.by_all().collect::<Vec<_>>()),
            (vec![false, true, false, false], vec![0])
        );
    }
}
