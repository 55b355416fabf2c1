//! What the documents of one feature say together: criteria, properties and tasks, with every reference resolved.
//!
//! Reading ([`Contents::read`]) and putting together ([`Contents::of`]) are apart; the second is pure. Each document is optional, and one that cannot be
//! read is a problem and hides no other.

use std::collections::HashSet;

use super::aliases::INDEX;
use super::bugfix::Bugfix;
use super::design::Design;
use super::feature::{Feature, TaskList};
use super::id::read_id;
use super::paper::Paper;
use super::parallel::in_order;
use super::piece::{Piece, readable};
use super::reading::Reading;
use super::references::{FieldKind, Reference, ReferenceKind, Resolution, Resolved, Resolver, read_references};
use super::requirements::{Criterion, Requirements};
use super::tasks::{ItemKind, Task, Tasks};
use super::trace::{Trace, TracedTask};
use super::waves::{Need, Part, Step, Waves, ready};
use super::workspace::Workspace;
use crate::store::{DocumentFile, DocumentKind, Problem, Root};
use crate::text::Text;

/// What the documents of a feature say.
#[derive(Clone, Debug, Default)]
pub struct Contents {
    /// What is wanted.
    pub wanted: Option<Wanted>,
    /// How it is to be built.
    pub designed: Option<Designed>,
    /// What is to be done.
    pub list: Option<TaskList>,
    /// How the tasks hang together and what they name.
    pub plan: Plan,
    /// What is wrong with the folder and its files.
    pub problems: Vec<Problem>,
    /// Whether the document with the criteria is there and cannot be read: then nobody knows what dangles.
    is_half_read: bool,
}

/// The document with the criteria.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The document.
    pub paper: Paper,
    /// What it says.
    pub says: Wishes,
    /// The ids that may be named. Those of criteria are in the order of [`Wishes::criteria`].
    pub resolver: Resolver,
}

/// What a document with criteria says.
#[derive(Clone, Debug)]
pub enum Wishes {
    /// Requirements, or the section for them in a single file.
    Requirements(Requirements),
    /// A bug.
    Bugfix(Bugfix),
}

/// The document with the design.
#[derive(Clone, Debug)]
pub struct Designed {
    /// The document.
    pub paper: Paper,
    /// What it says.
    pub design: Design,
    /// For each property, what it validates.
    pub validated: Vec<Vec<Resolved>>,
}

/// What follows from the tasks and the criteria together.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// For each item, what it names.
    pub references: Vec<Vec<Resolved>>,
    /// The graph of waves, where there is one that can be read.
    pub waves: Option<Waves>,
    /// For each item, whether it can be begun now.
    pub ready: Vec<bool>,
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
        let mut open = |file: Option<&DocumentFile>| match file.map(Paper::read)? {
            Ok(paper) => Some(paper),
            Err(failure) => {
                let problem = failure.problem(root);
                if !problems.contains(&problem) {
                    problems.push(problem);
                }
                None
            }
        };
        let (wanted, design) = (open(feature.criteria_file()), open(design));
        let is_half_read = wanted.is_none() && feature.criteria_file().is_some();
        Self { problems, is_half_read, ..Self::of(reading.list, wanted, design) }
    }

    /// Puts together what was read.
    pub fn of(list: Option<TaskList>, wanted: Option<Paper>, design: Option<Paper>) -> Self {
        let wanted = wanted.map(Wanted::of);
        let nothing = Resolver::default();
        let resolver = wanted.as_ref().map_or(&nothing, |wanted| &wanted.resolver);
        let designed = design.map(|paper| Designed::of(paper, resolver));
        let plan = list.as_ref().map(|list| Plan::of(list, resolver)).unwrap_or_default();
        Self { wanted, designed, list, plan, ..Self::default() }
    }

    /// Gives the items that are tasks, in order: those that [`Contents::trace`] numbers.
    pub fn tasks(&self) -> Vec<usize> {
        let items = self.list.iter().flat_map(|list| list.tasks.items.iter().enumerate());
        items.filter(|(_, item)| item.kind == ItemKind::Task).map(|(index, _)| index).collect()
    }

    /// Gives the ids that an item names, each once: ranges and *All* expanded, what is unknown as written, nothing for `N/A`.
    pub fn ids_named_by(&self, item: usize) -> Vec<String> {
        let known = self.wanted.as_ref().map_or(&[][..], |wanted| wanted.resolver.known());
        let text = self.list.as_ref().map(|list| &list.text);
        let mut ids: Vec<String> = Vec::new();
        for Resolved { reference, resolutions } in &self.plan.references[item] {
            for resolution in resolutions {
                match resolution {
                    Resolution::Found(found) | Resolution::All(found) if !found.is_empty() => {
                        ids.extend(found.iter().map(|id| known[*id].id.clone()));
                    }
                    Resolution::Nothing => {}
                    Resolution::Dangling(id) => ids.push(id.clone()),
                    _ => ids.extend(text.map(|text| reference.written(text).into_owned())),
                }
            }
        }
        let mut seen = HashSet::new();
        ids.retain(|id| seen.insert(id.clone()));
        ids
    }

    /// Traces the criteria. Tasks are numbered as in [`Contents::tasks`], properties as in the design.
    pub fn trace(&self) -> Trace {
        let nothing = Resolver::default();
        let resolver = self.wanted.as_ref().map_or(&nothing, |wanted| &wanted.resolver);
        let validated = self.designed.as_ref().map_or(&[][..], |designed| &designed.validated);
        let mut trace = Trace::new(resolver, &self.traced_tasks(), validated);
        if self.is_half_read {
            trace.dangling.clear();
        }
        trace
    }

    fn traced_tasks(&self) -> Vec<TracedTask> {
        let Some(list) = &self.list else { return Vec::new() };
        let items = self.tasks();
        let traced = |item: &usize| TracedTask {
            parent: list.tasks.items[*item].parent.and_then(|parent| items.binary_search(&parent).ok()),
            references: self.plan.references[*item].clone(),
        };
        items.iter().map(traced).collect()
    }
}

/// Reads what `read` gives of each of the given features of `workspace`, on all cores and in their order.
pub fn read_contents(workspace: &Workspace, features: &[usize], read: fn(&Feature, &Root) -> Contents) -> Vec<Contents> {
    in_order(features.len(), |at| {
        let feature = &workspace.features[features[at]];
        read(feature, workspace.root_of(feature))
    })
}

impl Wanted {
    /// Reads the criteria of a paper.
    pub fn of(paper: Paper) -> Self {
        if paper.file.kind == DocumentKind::Bugfix {
            let bugfix = Bugfix::parse(&paper.text, &paper.document);
            return Self { resolver: bugfix.resolver(), says: Wishes::Bugfix(bugfix), paper };
        }
        let lines = paper.lines_of(DocumentKind::Requirements).unwrap_or(0..0);
        let requirements = Requirements::parse_lines(&paper.text, &paper.document, lines);
        Self { resolver: Resolver::of_requirements(&paper.text, &requirements), says: Wishes::Requirements(requirements), paper }
    }
}

impl Wishes {
    /// Gives the criteria, in order.
    pub fn criteria(&self) -> Vec<&Criterion> {
        match self {
            Self::Requirements(requirements) => requirements.criteria.iter().collect(),
            Self::Bugfix(bugfix) => bugfix.criteria().collect(),
        }
    }
}

impl Designed {
    /// Reads the design of a paper, and resolves what its properties validate.
    pub fn of(paper: Paper, resolver: &Resolver) -> Self {
        let lines = paper.lines_of(DocumentKind::Design).unwrap_or(0..0);
        let design = Design::parse_lines(&paper.text, &paper.document, lines);
        let resolved = |reference: &Reference| Resolved { reference: *reference, resolutions: resolver.resolve(&paper.text, reference) };
        let validated = design.properties.iter().map(|property| property.validates.iter().map(resolved).collect()).collect();
        Self { paper, design, validated }
    }
}

impl Plan {
    /// Resolves what the tasks of `list` name, and finds out which of them are ready.
    pub fn of(list: &TaskList, resolver: &Resolver) -> Self {
        let named = |item: &Task| {
            let fields = item.fields.iter().filter(|field| field.kind.names_requirements());
            fields.flat_map(|field| resolver.resolve_body(&list.text, field.body)).collect()
        };
        let references = list.tasks.items.iter().map(named).collect();
        let waves = Waves::find(&list.text, &list.document).and_then(Result::ok);
        let ready = ready_items(list, waves.as_ref());
        Self { references, waves, ready }
    }
}

/// The items of a task list, with the text that they were read from.
#[derive(Clone, Copy, Debug)]
pub struct Items<'a> {
    /// The text.
    pub text: &'a Text,
    /// The items.
    pub tasks: &'a Tasks,
}

/// Says for each item of `list` whether it can be begun now. Items of checklists never are.
pub fn ready_items(list: &TaskList, waves: Option<&Waves>) -> Vec<bool> {
    ready_among(Items { text: &list.text, tasks: &list.tasks }, waves)
}

/// Says the same of items that have no file.
pub fn ready_among(list: Items<'_>, waves: Option<&Waves>) -> Vec<bool> {
    let items = &list.tasks.items;
    let tasks: Vec<usize> = (0..items.len()).filter(|index| items[*index].kind == ItemKind::Task).collect();
    let steps: Vec<Step<'_>> = tasks.iter().map(|index| step(list, &items[*index])).collect();
    let mut found = vec![false; items.len()];
    for step in ready(&steps, waves) {
        found[tasks[step]] = true;
    }
    found
}

fn step<'a>(list: Items<'a>, task: &'a Task) -> Step<'a> {
    let alone = task.counted || task.optional && !task.has_children;
    Step {
        number: task.number.as_deref(),
        state: task.state,
        part: if alone { Part::Leaf } else { Part::Parent },
        need: if task.optional { Need::Optional } else { Need::Required },
        depends: depends(list, task),
    }
}

/// Gives the numbers of the tasks that a task says come first, ranges expanded by the order of the list.
pub fn depends<'a>(list: Items<'a>, task: &Task) -> Vec<&'a str> {
    let fields = task.fields.iter().filter(|field| field.kind == FieldKind::Depends);
    let references = fields.flat_map(|field| read_references(list.text, field.body));
    references.flat_map(|reference| numbers(list, reference)).collect()
}

fn numbers(list: Items<'_>, reference: Reference) -> Vec<&str> {
    let written = |span| readable(list.text.slice(span));
    match reference.kind {
        ReferenceKind::Id(id) => vec![written(id)],
        ReferenceKind::Range { from, to } => between(list, written(from), written(to)),
        ReferenceKind::Prose => number_behind_word(list.text, reference).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Gives the numbers of the tasks from one to another; both as written where one of them is missing.
fn between<'a>(list: Items<'a>, from: &'a str, to: &'a str) -> Vec<&'a str> {
    let numbers: Vec<&str> = list.tasks.items.iter().filter_map(|item| item.number.as_deref()).collect();
    let place = |number| numbers.iter().position(|other| *other == number);
    match (place(from), place(to)) {
        (Some(first), Some(last)) if first <= last => numbers[first..=last].to_vec(),
        _ => vec![from, to],
    }
}

/// Reads the number in `Task 2.1 must be completed first`.
fn number_behind_word(text: &Text, reference: Reference) -> Option<&str> {
    let words = Piece::read(text, reference.span);
    let number = words.after(INDEX.task.word_length(words.text)?).trim();
    read_id(number.text).map(|shape| number.before(shape.length).text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Version;

    fn version() -> Version {
        let file = tempfile::NamedTempFile::new().unwrap();
        crate::store::version(file.path()).unwrap()
    }

    fn paper(kind: DocumentKind, source: &str) -> Paper {
        Paper::of(DocumentFile { kind, path: kind.file_name().into() }, Text::new(source))
    }

    fn list(kind: DocumentKind, source: &str) -> TaskList {
        TaskList::of(DocumentFile { kind, path: kind.file_name().into() }, Text::new(source), version())
    }

    /// Draws each criterion with the tasks that name it.
    fn drawn(contents: &Contents) -> String {
        let (trace, items) = (contents.trace(), contents.tasks());
        let addresses = contents.list.as_ref().unwrap().tasks.addresses();
        let known = contents.wanted.as_ref().unwrap().resolver.known();
        let draw = |criterion: &super::super::trace::CriterionTrace| {
            let tasks: Vec<&str> = criterion.tasks.iter().map(|task| addresses[items[*task]].as_str()).collect();
            format!("{}[{}]", known[criterion.known].id, tasks.join(" "))
        };
        trace.criteria.iter().map(draw).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn tasks_name_criteria_of_every_sort_of_document() {
        let tasks = "- [ ] 1. a\n  - [ ] 1.1 b\n    - _Requirements: 1.1_\n## Success Criteria\n- [ ] c _Requirements: 1.2_\n";
        let requirements = "## Requirements\n### Requirement 1\n#### Acceptance Criteria\n1. THE S SHALL a\n2. THE S SHALL b\n";
        let bugfix =
            "### Current Behavior (Defect)\n\n1.1 WHEN a THEN b\n\n### Expected Behavior (Correct)\n\n2.1 WHEN a THEN the S SHALL c\n";
        let of = |kind, source| Contents::of(Some(list(DocumentKind::Tasks, tasks)), Some(paper(kind, source)), None);
        assert_eq!(drawn(&of(DocumentKind::Requirements, requirements)), "1.1[1.1] 1.2[]");
        assert_eq!(drawn(&of(DocumentKind::Bugfix, bugfix)), "1.1[1.1] 2.1[]");
    }

    #[test]
    fn one_file_is_all_three_documents() {
        let source = "# X\n## Requirements\n- WHEN a, THE S SHALL b\n- THE S SHALL c\n## Design\n### Property 1: P\n**Validates: 2**\n\
                      ## Tasks\n- [ ] d _Requirements: 1_\n- [ ] e\n";
        let spec = || paper(DocumentKind::Spec, source);
        let contents = Contents::of(Some(list(DocumentKind::Spec, source)), Some(spec()), Some(spec()));
        assert_eq!(drawn(&contents), "1[:9] 2[]");
        assert_eq!(contents.trace().criteria[1].properties, [0]);
        assert_eq!(contents.plan.ready, [true, false]);
    }

    #[test]
    fn what_is_ready_by_what_tasks_depend_on() {
        for (source, expected) in [
            ("- [ ] 1. a\n- [ ] 2. b\n", vec![true, false]),
            ("- [x] 1. a\n- [ ] 2. b\n  - _Depends: 1_\n- [ ] 3. c\n  - _Depends: 2_\n", vec![false, true, false]),
            (
                "- [x] 1. a\n- [ ] 2. b\n- [ ] 3. c\n  - _Depends: 1-2_\n- [ ] 4. d\n  - **Dependencies:** Task 1\n",
                vec![false, true, false, true],
            ),
            ("- [x] 1. a\n- [ ] 2. b _Dependencies: Task 1 must be completed first_\n", vec![false, true]),
            ("- [ ] 1. a\n  - [ ]* 1.1 b\n", vec![true, false]),
            ("- [x] 1. a\n## Success Criteria\n- [ ] fast\n", vec![false, false]),
        ] {
            let plan = Plan::of(&list(DocumentKind::Tasks, source), &Resolver::default());
            assert_eq!(plan.ready, expected, "{source:?}");
        }
    }
}
