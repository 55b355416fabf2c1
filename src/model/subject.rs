//! What a cursor is on, and where one can go from there: tasks, requirements, criteria, glossary
//! terms, properties.
//!
//! Answers questions about the open feature. Going is for the commands.

use super::{Model, OpenFile, Pane};
use crate::markdown::State;
use crate::prose::links::LinkTarget;
use crate::spec::links::state_together;
use crate::spec::{CriteriaDocument, Criterion, Design, Group, Placed, Property, Term, Wanted};
use crate::store::DocumentFile;
use crate::text::{Span, Text, row_start};

/// Something that others can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The item of the task list with this index.
    Task(usize),
    /// The requirement, or the section of a bug report, with this index.
    Group(usize),
    /// The criterion with this index.
    Criterion(usize),
    /// The term of the glossary with this index.
    Term(usize),
    /// The property of the design with this index.
    Property(usize),
}

/// A place where one can go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The pane.
    pub pane: Pane,
    /// Index of the line, from 0.
    pub line: usize,
    /// What is there; none for a heading.
    pub subject: Option<Subject>,
    /// How far it is; none for what has no state.
    pub state: Option<State>,
    /// How it is named: its number, or nothing.
    pub label: String,
    /// Its words on one line.
    pub text: String,
    /// What it leads to, of a link.
    pub link: Option<LinkTarget>,
}

/// The longest text of a target that is kept, in bytes.
const LONGEST_TEXT: usize = 1000;

impl Model {
    /// Returns what the cursor of the chosen pane is on.
    pub fn subject(&self) -> Option<Subject> {
        (self.pane.row().subject)(self, self.pane_state()?)
    }

    /// Returns what stands on a line of a pane; of the trace, the criterion on a line of its
    /// document.
    pub fn subject_at(&self, pane: Pane, line: usize) -> Option<Subject> {
        (pane.row().subject_at)(self, line)
    }

    pub(super) fn task_around(&self, line: usize) -> Option<Subject> {
        let tasks = &self.open_files.of(Pane::Tasks)?.tasks;
        tasks.around_line(line).map(Subject::Task)
    }

    pub(super) fn criterion_or_term_at(&self, line: usize) -> Option<Subject> {
        wished_at(self.criteria_document()?, line)
    }

    pub(super) fn criterion_on(&self, line: usize) -> Option<Subject> {
        let wanted = self.wanted()?;
        let own = self.open_files.of(Pane::Requirements)?.text.lines().len();
        let Some(line_beside) = line.checked_sub(own) else {
            let criterion = wanted.criteria_document.criterion_at(line);
            return criterion.map(Subject::Criterion);
        };
        let beside = &wanted.beside.as_ref()?.criteria_document;
        let before = wanted.criteria_document.criterion_count();
        let criterion = beside.criterion_at(line_beside)?;
        Some(Subject::Criterion(before + criterion))
    }

    pub(super) fn property_at(&self, line: usize) -> Option<Subject> {
        let inside = |property: &Property| (property.line..property.end_line).contains(&line);
        let at = self.design()?.properties.iter().position(inside);
        at.map(Subject::Property)
    }

    /// Returns the place of something, if its document is read.
    pub fn target(&self, subject: Subject) -> Option<Target> {
        let (pane, line) = self.line_of(subject)?;
        Some(Target {
            pane,
            line,
            subject: Some(subject),
            state: self.state_of(subject),
            label: self.label_of(subject)?,
            text: self.words_of(subject)?,
            link: None,
        })
    }

    /// Returns what something is about: the criteria that a task names or a property validates, the
    /// terms that a criterion uses.
    pub fn definitions(&self, subject: Subject) -> Vec<Target> {
        self.targets_of(self.about(subject))
    }

    /// Returns what something is about, without its place.
    pub(super) fn about(&self, subject: Subject) -> Vec<Subject> {
        let links = &self.open_files.links;
        match subject {
            Subject::Task(item) => {
                let named = links
                    .named_by(item)
                    .into_iter()
                    .map(|known| self.known(known));
                named
                    .chain(links.tested_by(item).into_iter().map(Subject::Property))
                    .collect()
            }
            Subject::Property(property) => links
                .validated_by(property)
                .into_iter()
                .map(|known| self.known(known))
                .collect(),
            Subject::Criterion(criterion) => self.terms_in(criterion).map(Subject::Term).collect(),
            Subject::Group(_) | Subject::Term(_) => Vec::new(),
        }
    }

    /// Returns what refers to something: the tasks and properties of a criterion or a requirement,
    /// the tests of a property, the criteria that use a term. Nothing refers to a task.
    pub fn referrers(&self, subject: Subject) -> Vec<Target> {
        self.targets_of(self.referring(subject))
    }

    /// Returns what refers to something, without its place.
    pub(super) fn referring(&self, subject: Subject) -> Box<dyn Iterator<Item = Subject> + '_> {
        let links = &self.open_files.links;
        match subject {
            Subject::Criterion(criterion) => {
                let tasks = links.behind(criterion).map(Subject::Task);
                let properties = links.properties_of(criterion);
                Box::new(tasks.chain(properties.map(Subject::Property)))
            }
            Subject::Group(group) => Box::new(self.referrers_of_group(group).into_iter()),
            Subject::Property(property) => {
                Box::new(links.testing(property).iter().copied().map(Subject::Task))
            }
            Subject::Term(term) => Box::new(self.users_of(term).map(Subject::Criterion)),
            Subject::Task(_) => Box::new(std::iter::empty()),
        }
    }

    fn targets_of(&self, subjects: impl IntoIterator<Item = Subject>) -> Vec<Target> {
        subjects
            .into_iter()
            .filter_map(|subject| self.target(subject))
            .collect()
    }

    /// Returns the lines of a pane that belong together with something: what it is about and what
    /// refers to it, each once and in order.
    pub fn linked_lines(&self, pane: Pane, subject: Subject) -> Vec<usize> {
        let linked = self
            .about(subject)
            .into_iter()
            .chain(self.referring(subject));
        let mut lines: Vec<usize> = linked
            .filter_map(|linked| self.line_of(linked))
            .chain(self.properties_behind(subject))
            .filter(|(of, _)| *of == pane)
            .map(|(_, line)| line)
            .collect();
        lines.sort_unstable();
        lines.dedup();
        lines
    }

    /// Returns the places of the properties that validate the criteria that a task names.
    fn properties_behind(&self, subject: Subject) -> impl Iterator<Item = (Pane, usize)> + '_ {
        let links = &self.open_files.links;
        let named = if let Subject::Task(item) = subject {
            links.named_by(item)
        } else {
            Vec::new()
        };
        let criteria = named.into_iter().filter_map(|known| links.criterion(known));
        let properties = criteria.flat_map(|criterion| links.properties_of(criterion));
        properties.filter_map(|property| self.line_of(Subject::Property(property)))
    }

    /// Returns what is wanted, if it is read.
    pub fn criteria_document(&self) -> Option<&CriteriaDocument> {
        Some(
            &self
                .open_files
                .of(Pane::Requirements)?
                .wanted
                .as_ref()?
                .criteria_document,
        )
    }

    fn wanted(&self) -> Option<&Wanted> {
        self.open_files.of(Pane::Requirements)?.wanted.as_deref()
    }

    /// Returns a criterion with the document that it stands in.
    pub fn criterion(&self, index: usize) -> Option<Placed<'_, &Criterion>> {
        self.wanted()?.criterion(index)
    }

    /// Returns a requirement, or a section of a bug report, with the document that it stands in.
    pub fn group(&self, index: usize) -> Option<Placed<'_, Group<'_>>> {
        self.wanted()?.group(index)
    }

    /// Counts the criteria of all documents.
    pub fn criterion_count(&self) -> usize {
        self.wanted().map_or(0, Wanted::criterion_count)
    }

    /// Counts the requirements, and the sections of bug reports.
    pub fn group_count(&self) -> usize {
        self.wanted().map_or(0, Wanted::group_count)
    }

    /// Returns the text of the document that something wanted stands in.
    pub fn text_around<T>(&self, placed: &Placed<'_, T>) -> Option<&Text> {
        match &self.wanted()?.beside {
            Some(beside) if placed.beside.is_some() => Some(&beside.text),
            _ => Some(&self.open_files.of(Pane::Requirements)?.text),
        }
    }

    /// Returns the file of the bug report beside the requirements.
    pub fn file_beside(&self) -> Option<&DocumentFile> {
        let beside = self.wanted()?.beside.as_ref()?;
        Some(&beside.file)
    }

    /// Returns the pane in which something wanted is shown: a bug report beside requirements is
    /// among the other files.
    fn pane_of<T>(placed: &Placed<'_, T>) -> Pane {
        if placed.beside.is_some() {
            Pane::Files
        } else {
            Pane::Requirements
        }
    }

    /// Returns what is designed, if it is read.
    pub fn design(&self) -> Option<&Design> {
        self.open_files.of(Pane::Design)?.design.as_deref()
    }

    /// Returns how far the required tasks that cover a criterion are; none where no task does.
    /// Tasks that name all count only where no other does.
    pub fn state_of_criterion(&self, criterion: usize) -> Option<State> {
        self.open_files.links.cover_state(criterion).state
    }

    /// Returns how far items are together; optional ones count only among themselves.
    pub fn state_of_items(&self, items: &[usize]) -> Option<State> {
        let all = &self.open_files.of(Pane::Tasks)?.tasks.items;
        state_together(
            items
                .iter()
                .map(|item| (all[*item].state, all[*item].optional)),
        )
    }

    /// Returns how an item is named: number and star, else its line.
    pub fn name_of_item(&self, item: usize) -> String {
        let Some(open_file) = self.open_files.of(Pane::Tasks) else {
            return String::new();
        };
        let task = &open_file.tasks.items[item];
        let star = if task.optional { "*" } else { "" };
        task.number.as_ref().map_or_else(
            || format!(":{}", task.line + 1),
            |number| format!("{number}{star}"),
        )
    }

    fn known(&self, known: usize) -> Subject {
        self.open_files
            .links
            .criterion(known)
            .map_or(Subject::Group(known), Subject::Criterion)
    }

    /// Returns the tasks that name a requirement or one of its criteria, and the properties that
    /// validate one.
    fn referrers_of_group(&self, group: usize) -> Vec<Subject> {
        let links = &self.open_files.links;
        let criteria = links.criteria_of(group).iter().copied();
        let mut tasks = links.behind_any(criteria.clone());
        tasks.extend(links.naming(group));
        tasks.sort_unstable();
        tasks.dedup();
        let properties = links.properties_of_any(criteria);
        tasks
            .into_iter()
            .map(Subject::Task)
            .chain(properties.into_iter().map(Subject::Property))
            .collect()
    }

    /// Returns the terms whose words stand in a criterion.
    fn terms_in(&self, criterion: usize) -> impl Iterator<Item = usize> + '_ {
        let used = self.text_of_criterion(criterion).unwrap_or_default();
        self.terms()
            .filter(move |(_, term)| speaks_of(&used, term))
            .map(|(index, _)| index)
    }

    /// Returns the criteria in which the words of a term stand.
    fn users_of(&self, term: usize) -> impl Iterator<Item = usize> + '_ {
        let word = self
            .terms()
            .find(|(index, _)| *index == term)
            .map(|(_, word)| word)
            .unwrap_or_default();
        (0..self.criterion_count()).filter(move |criterion| {
            self.text_of_criterion(*criterion)
                .is_some_and(|text| speaks_of(&text, &word))
        })
    }

    fn terms(&self) -> impl Iterator<Item = (usize, String)> + '_ {
        let open_file = self.open_files.of(Pane::Requirements);
        let terms = self
            .criteria_document()
            .map_or(&[][..], CriteriaDocument::terms)
            .iter()
            .enumerate();
        terms.filter_map(move |(index, term)| {
            Some((index, open_file?.text.lossy(term.term).into_owned()))
        })
    }

    fn text_of_criterion(&self, criterion: usize) -> Option<String> {
        let placed = self.criterion(criterion)?;
        Some(one_line(self.text_around(&placed)?, placed.found.text))
    }

    fn line_of(&self, subject: Subject) -> Option<(Pane, usize)> {
        Some(match subject {
            Subject::Task(item) => (
                Pane::Tasks,
                self.open_files.of(Pane::Tasks)?.tasks.items.get(item)?.line,
            ),
            Subject::Property(property) => {
                (Pane::Design, self.design()?.properties.get(property)?.line)
            }
            Subject::Group(group) => {
                let placed = self.group(group)?;
                (Self::pane_of(&placed), placed.found.line)
            }
            Subject::Criterion(criterion) => {
                let placed = self.criterion(criterion)?;
                (Self::pane_of(&placed), placed.found.line)
            }
            Subject::Term(term) => (
                Pane::Requirements,
                self.criteria_document()?.terms().get(term)?.line,
            ),
        })
    }

    fn state_of(&self, subject: Subject) -> Option<State> {
        match subject {
            Subject::Task(item) => Some(
                self.open_files
                    .of(Pane::Tasks)?
                    .tasks
                    .items
                    .get(item)?
                    .state,
            ),
            Subject::Criterion(criterion) => self.state_of_criterion(criterion),
            Subject::Property(property) => {
                self.state_of_items(self.open_files.links.testing(property))
            }
            Subject::Group(_) | Subject::Term(_) => None,
        }
    }

    fn label_of(&self, subject: Subject) -> Option<String> {
        Some(match subject {
            Subject::Task(item) => self.name_of_item(item),
            Subject::Property(property) => {
                name_of_property(self.design()?.properties.get(property)?)
            }
            Subject::Group(group) => self.group(group)?.found.id.unwrap_or_default().to_owned(),
            Subject::Criterion(criterion) => self.criterion(criterion)?.found.id.clone(),
            Subject::Term(_) => String::new(),
        })
    }

    fn words_of(&self, subject: Subject) -> Option<String> {
        let wanted = || {
            self.open_files
                .of(Pane::Requirements)
                .map(|open_file| &open_file.text)
        };
        Some(match subject {
            Subject::Task(item) => {
                let items = &self.open_files.of(Pane::Tasks)?.tasks.items;
                row_start(&items.get(item)?.title).to_owned()
            }
            Subject::Property(property) => one_line(
                &self.open_files.of(Pane::Design)?.text,
                self.design()?.properties.get(property)?.title,
            ),
            Subject::Group(group) => {
                let placed = self.group(group)?;
                one_line(self.text_around(&placed)?, placed.found.title)
            }
            Subject::Criterion(criterion) => self.text_of_criterion(criterion)?,
            Subject::Term(term) => {
                let term = self.criteria_document()?.terms().get(term)?;
                format!(
                    "{}: {}",
                    one_line(wanted()?, term.term),
                    one_line(wanted()?, term.definition)
                )
            }
        })
    }
}

impl OpenFile {
    /// Returns the requirement, criterion or term on a line, of a Requirements pane.
    pub fn subject_at(&self, line: usize) -> Option<Subject> {
        wished_at(&self.wanted.as_ref()?.criteria_document, line)
    }
}

/// Returns the name of a property in a column: its number behind a `P`.
pub fn name_of_property(property: &Property) -> String {
    let number = property.number.trim_start_matches(['P', 'p']);
    format!("P{number}")
}

/// Returns the characters of a span on one line, with one blank between words.
pub fn one_line(text: &Text, span: Span) -> String {
    let end = span.end.min(span.start + LONGEST_TEXT);
    text.lossy(Span::new(span.start, end))
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Returns what stands on a line of a document with criteria: a criterion, a term, else the
/// requirement whose heading or story it is.
fn wished_at(criteria_document: &CriteriaDocument, line: usize) -> Option<Subject> {
    if let Some(criterion) = criteria_document.criterion_at(line) {
        return Some(Subject::Criterion(criterion));
    }
    if let Some(term) = criteria_document
        .terms()
        .iter()
        .position(|term: &Term| term.line == line)
    {
        return Some(Subject::Term(term));
    }
    let group = criteria_document.group_before(line)?;
    is_head(criteria_document, group, line).then_some(Subject::Group(group))
}

/// Returns whether a line stands in the heading of a group or between it and its first criterion.
fn is_head(criteria_document: &CriteriaDocument, group: usize, line: usize) -> bool {
    let heading = criteria_document.group(group).map(|group| group.line);
    let first = criteria_document.first_criterion_from(heading.unwrap_or(line) + 1);
    heading == Some(line) || first.is_none_or(|first| line < first.line)
}

/// Returns whether the words of a term stand in a text, as words of their own.
fn speaks_of(text: &str, term: &str) -> bool {
    let is_word = |char: char| char.is_alphanumeric() && char.is_ascii();
    let stands = |(at, _): (usize, &str)| {
        !text[..at].ends_with(is_word) && !text[at + term.len()..].starts_with(is_word)
    };
    !term.is_empty() && text.match_indices(term).any(stands)
}
