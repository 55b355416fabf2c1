//! How the documents of one feature hang together: which task names which criterion, which property
//! proves it, which task tests that.
//!
//! Pure: made of what was read before. Items are indexes into the task list, criteria into
//! [`CriteriaDocument::criteria`], properties into the design, and known ids into the resolver.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::criteria_document::{CriteriaDocument, Group};
use super::design::Design;
use super::feature::Listed;
use super::id::id_key;
use super::mentions::{properties_alone, properties_in};
use super::references::{Field, FieldKind, IdKind, Reference, Resolution, Resolved, Resolver};
use super::requirements::Criterion;
use super::schedule::Schedule;
use super::tasks::{ItemKind, Task};
use super::trace::{Trace, TracedTask, Union};
use crate::markdown::{State, Weight};
use crate::store::DocumentFile;
use crate::text::Text;

/// What is wanted, ready to be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// What the document says.
    pub criteria_document: CriteriaDocument,
    /// The ids that may be named: those around criteria first, then those of criteria. Of each
    /// kind, those of the document beside it stand behind its own.
    pub resolver: Resolver,
    /// The bug report beside requirements.
    pub beside: Option<Arc<Beside>>,
}

/// A second document with criteria: bugfix.md beside requirements.md.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// The file.
    pub file: DocumentFile,
    /// The text.
    pub text: Text,
    /// What it says.
    pub criteria_document: CriteriaDocument,
}

/// Something in one of the documents with criteria.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed<'a, T> {
    /// The document beside the requirements, where it stands there.
    pub beside: Option<&'a Beside>,
    /// What it is.
    pub found: T,
}

/// What follows from the tasks and the criteria together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// For each item, what it names.
    pub references: Vec<Vec<Resolved>>,
    /// What may be begun now.
    pub schedule: Schedule,
}

/// The links of a feature.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// What the items name, and which of them are ready.
    pub plan: Plan,
    /// For each property, what it validates.
    pub validated: Vec<Vec<Resolved>>,
    /// What stands behind each criterion. Tasks are numbered as in `tasks`.
    pub trace: Trace,
    /// The items that are tasks.
    tasks: Vec<usize>,
    /// For each property, the items that speak of it.
    tests: Vec<Vec<usize>>,
    /// The known id of the first criterion.
    first_criterion: usize,
    /// How well each criterion is covered.
    cover_states: Vec<CoverState>,
    /// For each known id before the criteria, the items that name it itself.
    naming: Vec<Vec<usize>>,
    /// For each known id before the criteria, the criteria right below it.
    below: Vec<Vec<usize>>,
}

/// How well a criterion is covered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CoverState {
    /// How far the items behind it are; none where there are none. Optional ones count only where
    /// there are no others.
    pub state: Option<State>,
    /// Whether each item behind it is optional. So it is where there are none.
    pub is_optional: bool,
}

impl Links {
    /// Links what was read. Each part may be missing.
    pub fn of(
        list: Option<Listed<'_>>,
        wanted: Option<&Wanted>,
        design: Option<(&Text, &Design)>,
    ) -> Self {
        let nothing = Resolver::default();
        let resolver = wanted.map_or(&nothing, |wanted| &wanted.resolver);
        let mut plan = list
            .map(|list| Plan::of(list, resolver))
            .unwrap_or_default();
        let by_id = list
            .zip(design)
            .map_or_else(Vec::new, |(list, (_, design))| {
                plan.find_properties(list.text, design)
            });
        let validated = design
            .map(|(text, design)| validated(text, design, resolver))
            .unwrap_or_default();
        let tasks = list.map(tasks).unwrap_or_default();
        let trace = Trace::new(resolver, &traced(list, &tasks, &plan), &validated);
        let tests = list
            .zip(design)
            .map(|(list, (_, design))| tests(list, design, &by_id))
            .unwrap_or_default();
        let is_criterion = |known: &super::references::Known| known.kind == IdKind::Criterion;
        let first_criterion = resolver
            .known()
            .iter()
            .position(is_criterion)
            .unwrap_or(resolver.known().len());
        let mut links = Self {
            naming: naming(&tasks, &plan, first_criterion),
            below: below(resolver, &trace, first_criterion),
            plan,
            validated,
            trace,
            tasks,
            tests,
            first_criterion,
            cover_states: Vec::new(),
        };
        links.cover_states = list
            .map(|list| links.cover_states_in(list))
            .unwrap_or_default();
        links
    }

    fn cover_states_in(&self, list: Listed<'_>) -> Vec<CoverState> {
        // Those below one requirement mostly share what stands behind them.
        let mut known: HashMap<*const usize, Tally> = HashMap::new();
        let criteria = self.trace.criteria.iter();
        let state = criteria.map(|criterion| {
            let tallies = criterion.tasks.counted().map(|tasks| {
                let items = tasks
                    .iter()
                    .map(|task| &list.tasks.items[self.tasks[*task]]);
                let tally = || Tally::of(items.map(|item| (item.state, item.optional)));
                *known.entry(tasks.as_ptr()).or_insert_with(tally)
            });
            let tally = tallies.fold(Tally::default(), Tally::and);
            CoverState {
                state: tally.state(),
                is_optional: tally.required.is_none(),
            }
        });
        state.collect()
    }

    /// Returns how well a criterion is covered. Without a task list none is.
    pub fn cover_state(&self, criterion: usize) -> CoverState {
        self.cover_states
            .get(criterion)
            .copied()
            .unwrap_or(CoverState {
                state: None,
                is_optional: true,
            })
    }

    /// Returns the known ids that an item names itself, each once and in its order. *All* names
    /// none of them.
    pub fn named_by(&self, item: usize) -> Vec<usize> {
        found(self.plan.references.get(item))
    }

    /// Returns the known ids that a property validates, each once and in its order.
    pub fn validated_by(&self, property: usize) -> Vec<usize> {
        found(self.validated.get(property))
    }

    /// Returns whether an item names all requirements at once.
    pub fn names_all(&self, item: usize) -> bool {
        let resolutions = self
            .plan
            .references
            .get(item)
            .into_iter()
            .flatten()
            .flat_map(|resolved| &resolved.resolutions);
        resolutions
            .into_iter()
            .any(|one| matches!(one, Resolution::All(_)))
    }

    /// Returns the criterion that a known id is, if it is one.
    pub fn criterion(&self, known: usize) -> Option<usize> {
        known.checked_sub(self.first_criterion)
    }

    /// Returns the known id of a criterion.
    pub fn known(&self, criterion: usize) -> usize {
        let traced = self.trace.criteria.get(criterion);
        traced.map_or(self.first_criterion + criterion, |traced| traced.known)
    }

    /// Returns the requirement without criteria that stands for itself in the place of a criterion.
    pub fn bare_group(&self, criterion: usize) -> Option<usize> {
        let known = self.known(criterion);
        (known < self.first_criterion).then_some(known)
    }

    /// Returns the items that cover a criterion, in order.
    #[cfg(test)]
    fn covering(&self, criterion: usize) -> Vec<usize> {
        self.trace
            .criteria
            .get(criterion)
            .into_iter()
            .flat_map(|trace| trace.tasks.iter())
            .map(|task| self.tasks[task])
            .collect()
    }

    /// Returns the items that stand behind a criterion, in order: those that name it or its
    /// requirement; where there are none, those that name all requirements at once. A task that
    /// tests everything hides no gap.
    pub fn behind(&self, criterion: usize) -> impl Iterator<Item = usize> + Clone + '_ {
        self.behind_within(criterion, 0..usize::MAX)
    }

    /// Returns those of the items behind a criterion that are in a range of the task list.
    pub fn behind_within(
        &self,
        criterion: usize,
        items: Range<usize>,
    ) -> impl Iterator<Item = usize> + Clone + '_ {
        let part = |tasks: &'_ [usize]| {
            let before = |end: usize| tasks.partition_point(|task| self.tasks[*task] < end);
            before(items.start)..before(items.end)
        };
        let parts = self
            .lists_behind(criterion)
            .map(|tasks| &tasks[part(tasks)]);
        Union::of(parts).map(|task| self.tasks[task])
    }

    /// Returns the items behind any of some criteria, each once and in order.
    pub fn behind_any(&self, criteria: impl Iterator<Item = usize>) -> Vec<usize> {
        let tasks = together(criteria.flat_map(|criterion| self.lists_behind(criterion)));
        tasks.into_iter().map(|task| self.tasks[task]).collect()
    }

    /// Counts the items that stand behind a criterion.
    pub fn count_behind(&self, criterion: usize) -> usize {
        Union::of(self.lists_behind(criterion)).count()
    }

    /// Returns whether an item stands behind a criterion.
    pub fn is_behind(&self, criterion: usize, item: usize) -> bool {
        let Ok(task) = self.tasks.binary_search(&item) else {
            return false;
        };
        let mut lists = self.lists_behind(criterion);
        lists.any(|tasks| tasks.binary_search(&task).is_ok())
    }

    /// Returns the lists of the tasks of the trace that stand behind a criterion.
    fn lists_behind(&self, criterion: usize) -> impl Iterator<Item = &[usize]> {
        let trace = self.trace.criteria.get(criterion);
        trace.into_iter().flat_map(|trace| trace.tasks.counted())
    }

    /// Returns whether a task has to cover a criterion.
    pub fn needs_task(&self, criterion: usize) -> bool {
        let trace = self.trace.criteria.get(criterion);
        trace.is_none_or(|trace| trace.needs_task)
    }

    /// Returns whether a criterion is covered, but only by tasks that name all requirements at
    /// once.
    pub fn is_by_all_only(&self, criterion: usize) -> bool {
        self.trace
            .criteria
            .get(criterion)
            .is_some_and(|trace| trace.tasks.is_by_all_only())
    }

    /// Returns the properties that validate a criterion.
    pub fn properties_of(&self, criterion: usize) -> impl Iterator<Item = usize> + '_ {
        let trace = self.trace.criteria.get(criterion);
        trace.into_iter().flat_map(|trace| trace.properties.iter())
    }

    /// Returns the properties that validate any of some criteria, each once and in order.
    pub fn properties_of_any(&self, criteria: impl Iterator<Item = usize>) -> Vec<usize> {
        let traces = criteria.filter_map(|criterion| self.trace.criteria.get(criterion));
        together(traces.flat_map(|trace| trace.properties.lists()))
    }

    /// Returns the items that name a requirement itself, or a section of a bug report, in order.
    pub fn naming(&self, group: usize) -> &[usize] {
        self.naming.get(group).map_or(&[], Vec::as_slice)
    }

    /// Returns the criteria of a requirement, or of a section of a bug report, in order and without
    /// those of its parts; the requirement itself where it has none.
    pub fn criteria_of(&self, group: usize) -> &[usize] {
        self.below.get(group).map_or(&[], Vec::as_slice)
    }

    /// Returns the items that speak of a property.
    pub fn testing(&self, property: usize) -> &[usize] {
        self.tests.get(property).map_or(&[], Vec::as_slice)
    }

    /// Returns the properties that an item speaks of.
    pub fn tested_by(&self, item: usize) -> Vec<usize> {
        (0..self.tests.len())
            .filter(|property| self.tests[*property].binary_search(&item).is_ok())
            .collect()
    }

    /// Returns the items that name nothing, nor does one above or below them.
    pub fn unreferenced(&self) -> impl Iterator<Item = usize> + '_ {
        self.trace.unreferenced.iter().map(|task| self.tasks[*task])
    }

    /// Returns the items that are tasks, in order: those that the trace numbers.
    pub fn tasks(&self) -> &[usize] {
        &self.tasks
    }

    /// Returns the item that a task of the trace is.
    pub fn item(&self, task: usize) -> usize {
        self.tasks[task]
    }
}

impl Plan {
    /// Resolves what the tasks of `list` name, and finds out which of them are ready.
    pub fn of(list: Listed<'_>, resolver: &Resolver) -> Self {
        let resolved = |field: &Field| match field.kind {
            FieldKind::Heading => resolver.resolve_written(list.text, field.body),
            kind if kind.names_requirements() => resolver.resolve_body(list.text, field.body),
            _ => Vec::new(),
        };
        let named = |item: &Task| {
            let mut named: Vec<Resolved> = item.fields.iter().flat_map(resolved).collect();
            named.extend(resolver.resolve_brackets(list.text, item.title_end.max(1) - 1));
            // Most items name one thing, and there are many items.
            named.shrink_to_fit();
            named
        };
        let references = list.tasks.items.iter().map(named).collect();
        Self {
            references,
            schedule: Schedule::of(list),
        }
    }

    /// Finds among the properties of a design what no requirement is: `P1`, `CP1`, `Property 1`.
    /// Returns which items name which properties so.
    fn find_properties(&mut self, text: &Text, design: &Design) -> Vec<(usize, usize)> {
        let numbers = design
            .properties
            .iter()
            .map(|property| id_key(&property.number));
        let places: HashMap<String, usize> = numbers.zip(0..).collect();
        let mut found = Vec::new();
        for (item, named) in self.references.iter_mut().enumerate() {
            for resolved in named {
                let reference = resolved.reference;
                for resolution in &mut resolved.resolutions {
                    let Some((id, numbers)) = maybe_properties(text, reference, resolution) else {
                        continue;
                    };
                    let place = |number: &String| places.get(&id_key(number)).copied();
                    let Some(properties) = numbers.iter().map(place).collect::<Option<Vec<_>>>()
                    else {
                        continue;
                    };
                    found.extend(properties.into_iter().map(|property| (item, property)));
                    *resolution = Resolution::Property(id);
                }
            }
        }
        found
    }
}

impl Wanted {
    /// Gets what a document says ready to be named.
    pub fn of(text: &Text, criteria_document: CriteriaDocument) -> Self {
        Self {
            resolver: criteria_document.resolver(text),
            criteria_document,
            beside: None,
        }
    }

    /// Returns this document, whose text is `text`, with another one beside it.
    #[must_use]
    pub fn joined(&self, text: &Text, beside: &Arc<Beside>) -> Self {
        let own = self.criteria_document.resolver(text);
        let other = beside.criteria_document.resolver(&beside.text);
        Self {
            criteria_document: self.criteria_document.clone(),
            resolver: own.joined(&other),
            beside: Some(Arc::clone(beside)),
        }
    }

    /// Returns the criteria of both documents, in order.
    pub fn criteria(&self) -> Vec<&Criterion> {
        let beside = self.beside.iter();
        let behind = beside.flat_map(|beside| beside.criteria_document.criteria());
        let own = self.criteria_document.criteria().into_iter();
        own.chain(behind).collect()
    }

    /// Returns a criterion: those of the document itself first, then those of the one beside it.
    pub fn criterion(&self, index: usize) -> Option<Placed<'_, &Criterion>> {
        let document = &self.criteria_document;
        let own = document.criterion_count();
        self.placed(index, own, document.criterion(index), |beside, index| {
            beside.criteria_document.criterion(index)
        })
    }

    /// Returns what is around criteria, in the same order.
    pub fn group(&self, index: usize) -> Option<Placed<'_, Group<'_>>> {
        let document = &self.criteria_document;
        let own = document.group_count();
        self.placed(index, own, document.group(index), |beside, index| {
            beside.criteria_document.group(index)
        })
    }

    fn placed<'a, T>(
        &'a self,
        index: usize,
        count: usize,
        own: Option<T>,
        find: impl Fn(&'a Beside, usize) -> Option<T>,
    ) -> Option<Placed<'a, T>> {
        if let Some(found) = own {
            let beside = None;
            return Some(Placed { beside, found });
        }
        let beside = self.beside.as_deref()?;
        let found = find(beside, index.checked_sub(count)?)?;
        Some(Placed {
            beside: Some(beside),
            found,
        })
    }

    /// Returns how many criteria there are in all.
    pub fn criterion_count(&self) -> usize {
        let beside = self.beside.as_ref();
        let behind = beside.map_or(0, |beside| beside.criteria_document.criterion_count());
        self.criteria_document.criterion_count() + behind
    }

    /// Returns how much is around criteria in all.
    pub fn group_count(&self) -> usize {
        let beside = self.beside.as_ref();
        let behind = beside.map_or(0, |beside| beside.criteria_document.group_count());
        self.criteria_document.group_count() + behind
    }
}

/// The least and the most that was done of some items, of required and of optional ones.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    required: Option<(Weight, Weight)>,
    optional: Option<(Weight, Weight)>,
}

impl Tally {
    fn of(items: impl Iterator<Item = (State, bool)>) -> Self {
        let one = |(state, is_optional): (State, bool)| {
            let weight = state.marker().weight;
            let weights = Some((weight, weight));
            if is_optional {
                Self {
                    required: None,
                    optional: weights,
                }
            } else {
                Self {
                    required: weights,
                    optional: None,
                }
            }
        };
        items.map(one).fold(Self::default(), Self::and)
    }

    fn and(self, other: Self) -> Self {
        let both = |one: Option<(Weight, Weight)>, other: Option<(Weight, Weight)>| {
            let (Some(these), Some(those)) = (one, other) else {
                return one.or(other);
            };
            Some((these.0.min(those.0), these.1.max(those.1)))
        };
        Self {
            required: both(self.required, other.required),
            optional: both(self.optional, other.optional),
        }
    }

    fn state(self) -> Option<State> {
        let (least, most) = self.required.or(self.optional)?;
        Some(match most {
            Weight::Whole if least == Weight::Whole => State::Done,
            Weight::Whole | Weight::Begun => State::Doing,
            Weight::Waiting => State::Queued,
            Weight::Nothing => State::Todo,
        })
    }
}

/// Returns how far items are together; none where there are none. Optional ones count only among
/// themselves.
pub fn state_together(items: impl Iterator<Item = (State, bool)>) -> Option<State> {
    Tally::of(items).state()
}

/// Returns what is in any of several lists, each index once and in order. A list that comes several
/// times is looked at once.
fn together<'a>(lists: impl Iterator<Item = &'a [usize]>) -> Vec<usize> {
    let mut seen = HashSet::new();
    let lists = lists.filter(|list| seen.insert(list.as_ptr()));
    let mut all: Vec<usize> = lists.flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Resolves what each property of a design validates.
fn validated(text: &Text, design: &Design, resolver: &Resolver) -> Vec<Vec<Resolved>> {
    let resolved = |reference: &Reference| resolver.resolved(text, *reference);
    design
        .properties
        .iter()
        .map(|property| property.validates.iter().flat_map(resolved).collect())
        .collect()
}

fn tasks(list: Listed<'_>) -> Vec<usize> {
    let items = list.tasks.items.iter().enumerate();
    items
        .filter(|(_, item)| item.kind == ItemKind::Task)
        .map(|(index, _)| index)
        .collect()
}

fn traced<'a>(list: Option<Listed<'_>>, tasks: &[usize], plan: &'a Plan) -> Vec<TracedTask<'a>> {
    let Some(list) = list else { return Vec::new() };
    let traced = |item: &usize| TracedTask {
        parent: list.tasks.items[*item]
            .parent
            .and_then(|parent| tasks.binary_search(&parent).ok()),
        references: Cow::Borrowed(&plan.references[*item]),
    };
    tasks.iter().map(traced).collect()
}

/// Returns the known ids that references find, each once and in order.
fn found(references: Option<&Vec<Resolved>>) -> Vec<usize> {
    let mut seen = HashSet::new();
    let resolutions = references
        .into_iter()
        .flatten()
        .flat_map(|resolved| &resolved.resolutions);
    let ids = resolutions.flat_map(|one| {
        if let Resolution::Found(ids) = one {
            &ids[..]
        } else {
            &[]
        }
    });
    ids.copied().filter(|id| seen.insert(*id)).collect()
}

/// Returns for each of the first known ids, `count` of them, the items that name it itself.
fn naming(tasks: &[usize], plan: &Plan, count: usize) -> Vec<Vec<usize>> {
    let mut naming = vec![Vec::new(); count];
    for item in tasks {
        for known in found(plan.references.get(*item)) {
            if let Some(items) = naming.get_mut(known) {
                items.push(*item);
            }
        }
    }
    naming
}

/// Returns for each of the first known ids, `count` of them, the criteria right below it; itself
/// where it is traced in their place.
fn below(resolver: &Resolver, trace: &Trace, count: usize) -> Vec<Vec<usize>> {
    let mut below = vec![Vec::new(); count];
    for (index, traced) in trace.criteria.iter().enumerate() {
        let group = if traced.known < count {
            Some(traced.known)
        } else {
            resolver.known()[traced.known].parent
        };
        if let Some(criteria) = group.and_then(|group| below.get_mut(group)) {
            criteria.push(index);
        }
    }
    below
}

/// Returns what may name properties in what no requirement is, as it is written, and their numbers.
fn maybe_properties(
    text: &Text,
    reference: Reference,
    resolution: &Resolution,
) -> Option<(String, Vec<String>)> {
    match resolution {
        Resolution::Dangling(id) => Some((id.clone(), vec![property_number(id)?.to_owned()])),
        Resolution::Prose => {
            let written = reference.written(text).into_owned();
            let numbers = properties_alone(&written)?;
            Some((written, numbers))
        }
        _ => None,
    }
}

/// Returns the number of a property that an id names by its letters.
fn property_number(id: &str) -> Option<&str> {
    const LETTERS: &[&str] = &["CP", "P", "PROP"];
    let at = id.find(|letter: char| letter.is_ascii_digit())?;
    let letters = id[..at].trim_end_matches(['-', ' ', '#']);
    let is_known = LETTERS
        .iter()
        .any(|known| known.eq_ignore_ascii_case(letters));
    is_known.then(|| &id[at..])
}

/// Returns for each property the items whose title or details speak of it.
/// `by_id` says which items name which properties by an id.
fn tests(list: Listed<'_>, design: &Design, by_id: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, property) in design.properties.iter().enumerate() {
        places
            .entry(id_key(&property.number))
            .or_default()
            .push(index);
    }
    let mut tests = vec![Vec::new(); design.properties.len()];
    if places.is_empty() {
        return tests;
    }
    for (index, item) in list.tasks.items.iter().enumerate() {
        let lines = &list.text.lines()[item.line..item.details.end.max(item.title_end)];
        let numbers = lines
            .iter()
            .flat_map(|line| properties_in(list.text.slice(line.content)));
        let named: Vec<usize> = numbers
            .filter_map(|number| places.get(&id_key(&number)))
            .flatten()
            .copied()
            .collect();
        for property in named {
            if tests[property].last() != Some(&index) {
                tests[property].push(index);
            }
        }
    }
    for (item, property) in by_id {
        let items = &mut tests[*property];
        if let Err(at) = items.binary_search(item) {
            items.insert(at, *item);
        }
    }
    tests
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::Document;
    use crate::spec::tasks::Tasks;
    use crate::store::DocumentKind;

    const REQUIREMENTS: &str = "## Requirements\n### Requirement 1: A\n#### Acceptance Criteria\n1. THE S SHALL a\n2. THE S SHALL b\n\
                                ### Requirement 2: B\n#### Acceptance Criteria\n1. THE S SHALL c\n";
    const DESIGN: &str = "### Property 1: P\n**Validates: Requirements 1.2**\n### Property 2: Q\n**Validates: Requirements 2**\n";
    const TASKS: &str = "- [x] 1. a\n  - _Requirements: 1.1, 2_\n- [ ] 2. b\n  - **Property 2: Q**\n  - _Requirements: 9.9_\n- [ ] 3. c\n  - _Requirements: All_\n";

    fn linked(requirements: &str, design: &str, tasks: &str) -> Links {
        let [requirements, design, tasks] = [requirements, design, tasks].map(Text::new);
        let document = Document::parse(&requirements);
        let says = CriteriaDocument::read(
            DocumentKind::Requirements,
            &requirements,
            &document,
            0..requirements.lines().len(),
        );
        let wanted = Wanted::of(&requirements, says);
        let of_tasks = Document::parse(&tasks);
        let items = Tasks::parse(&tasks, &of_tasks);
        let designed = Design::parse(&design, &Document::parse(&design));
        let list = Listed {
            text: &tasks,
            document: &of_tasks,
            tasks: &items,
        };
        Links::of(Some(list), Some(&wanted), Some((&design, &designed)))
    }

    #[test]
    fn what_names_what_both_ways() {
        let links = linked(REQUIREMENTS, DESIGN, TASKS);
        let named: Vec<Vec<usize>> = (0..3).map(|item| links.named_by(item)).collect();
        assert_eq!(
            (named, links.names_all(2)),
            (vec![vec![2, 1], vec![], vec![]], true)
        );
        let covering: Vec<Vec<usize>> = (0..3).map(|criterion| links.covering(criterion)).collect();
        assert_eq!(covering, [vec![0, 2], vec![2], vec![0, 2]]);
        let behind: Vec<Vec<usize>> = (0..3)
            .map(|criterion| links.behind(criterion).collect())
            .collect();
        assert_eq!(behind, [vec![0], vec![2], vec![0]]);
        for criterion in 0..3 {
            let behind: Vec<usize> = links.behind(criterion).collect();
            let told: Vec<usize> = (0..3)
                .filter(|item| links.is_behind(criterion, *item))
                .collect();
            assert_eq!(
                (&told, links.count_behind(criterion)),
                (&behind, behind.len())
            );
            let later: Vec<usize> = links.behind_within(criterion, 1..3).collect();
            assert_eq!(
                later,
                told.into_iter()
                    .filter(|item| *item > 0)
                    .collect::<Vec<_>>()
            );
        }
        assert_eq!(
            (links.criteria_of(0), links.criteria_of(1)),
            (&[0, 1][..], &[2][..])
        );
        let by_all: Vec<bool> = (0..3)
            .map(|criterion| links.is_by_all_only(criterion))
            .collect();
        assert_eq!(by_all, [false, true, false]);
        assert_eq!(
            (
                links.properties_of(1).collect::<Vec<_>>(),
                links.properties_of(2).collect::<Vec<_>>(),
                links.validated_by(0)
            ),
            (vec![0], vec![1], vec![3])
        );
        assert_eq!(
            (links.testing(1), links.tested_by(1), links.naming(1)),
            (&[1][..], vec![1], &[0][..])
        );
    }

    #[test]
    fn a_number_behind_letters_for_properties_is_looked_up_among_them() {
        let requirements = "### Requirement 1: A\n1. THE S SHALL a\n2. THE S SHALL b\n";
        let design = "### Property 1: One\n\n**Validates: Requirements 1.1**\n\n### Property 2: Two\n\n**Validates: Requirements 1.2**\n";
        let tasks = "- [ ] 1. a\n  - _Requirements: CP1, 1.1_\n- [ ] 2. b\n  - _Requirements: P2, P1_\n- [ ] 3. c\n  - _Requirements: T1, CP3, NFR2_\n";
        let links = linked(requirements, design, tasks);
        assert_eq!(
            (links.testing(0), links.testing(1)),
            (&[0, 1][..], &[1][..])
        );
        let dangling: Vec<&str> = links
            .trace
            .dangling
            .iter()
            .map(|dangling| dangling.id.as_str())
            .collect();
        assert_eq!(dangling, ["T1", "CP3", "NFR2"]);
        assert_eq!(links.named_by(0), [1]);
    }

    #[test]
    fn the_word_of_the_files_own_headings_counts_in_brackets_behind_a_title() {
        let requirements = "### 故事 1: A\n#### Acceptance Criteria\n1. THE S SHALL a\n### 故事 2: B\n#### Acceptance Criteria\n1. THE S SHALL b\n";
        let tasks = "- [ ] 1. a (故事 1)\n- [ ] 2. b（故事 2）\n- [ ] 3. c (故事 1、故事 2)\n- [ ] 4. d (故事 9)\n- [ ] 5. 故事 1 e (later)\n";
        let links = linked(requirements, "", tasks);
        let named: Vec<Vec<usize>> = (0..5).map(|item| links.named_by(item)).collect();
        assert_eq!(named, [vec![0], vec![1], vec![0, 1], vec![], vec![]]);
        assert_eq!(links.trace.dangling, []);
    }

    #[test]
    fn properties_have_letters_in_headings_and_their_word_in_references() {
        let requirements = "### Requirement 1: A\n1. THE S SHALL a\n2. THE S SHALL b\n";
        let design = "### CP1: One\n\n**Validates: Requirements 1.1**\n\n### CP-2 - Two\n\n**Validates: Requirements 1.2**\n\n### CPU 3: no property\n";
        let tasks = "- [ ] 1. a\n  - _Requirements: CP1, 1.1_\n- [ ] 2. b\n  - _Requirements: Property 2_\n- [ ] 3. c\n  - _Requirements: Properties 1, 2_\n- [ ] 4. d\n  - _Requirements: Property 3, Property tests of 2_\n";
        let links = linked(requirements, design, tasks);
        assert_eq!(
            (links.testing(0), links.testing(1), links.testing(2)),
            (&[0, 2][..], &[1, 2][..], &[][..])
        );
        assert_eq!(links.trace.dangling, []);
        assert_eq!(links.trace.prose.len(), 2);
    }

    #[test]
    fn documents_that_are_missing_leave_links_out() {
        let links = Links::of(None, None, None);
        assert_eq!(
            (links.covering(0), links.named_by(0), links.testing(0)),
            (vec![], vec![], &[][..])
        );
        assert!(linked("", "", TASKS).covering(0).is_empty());
    }

    #[test]
    fn optional_tasks_count_only_among_themselves() {
        use State::{Doing, Done, Queued, Todo};
        for (items, expected) in [
            (&[][..], None),
            (&[(Done, false), (Todo, true)], Some(Done)),
            (&[(Todo, true)], Some(Todo)),
            (&[(Done, true)], Some(Done)),
            (&[(Done, false), (Todo, false)], Some(Doing)),
            (&[(Queued, false), (Todo, false)], Some(Queued)),
        ] {
            assert_eq!(state_together(items.iter().copied()), expected, "{items:?}");
        }
    }
}
