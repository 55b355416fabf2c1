//! Numbering anew: tasks, or requirements and their criteria, together with everything that is read
//! as naming them, in all documents of a feature.
//!
//! Numbers keep their form. What comes out is read again before it counts: each task names the same
//! criteria as before, and each wave the same tasks, or nothing is done.

mod criteria;
mod properties;
mod sequence;
mod tasks;
#[cfg(test)]
mod tests;
mod waves;

use std::path::Path;

pub(super) use criteria::translated;
pub(super) use tasks::{Names, depends_fields, ids_in};
pub(super) use waves::named_in_waves;

use super::contents::Contents;
use super::criteria_document::CriteriaDocument;
use super::feature::Feature;
use super::parsed::Parsed;
use super::structure::Refused;
use super::tasks::ItemKind;
use crate::store::DocumentFile;
use crate::text::{Edit, Span, Splice, Text};

/// What is numbered anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbered {
    /// Tasks, with waves and the labels that say what comes first.
    Tasks,
    /// Requirements and their criteria, with every reference to them.
    Requirements,
    /// Criteria alone, with every reference to them.
    Criteria,
    /// Properties, with the tasks that speak of them.
    Properties,
    /// All of them.
    All,
}

impl Numbered {
    /// Says that nothing of it has a number.
    pub fn unnumbered(self) -> String {
        let words = match self {
            Self::All => "tasks, requirements and criteria",
            what => what.words(),
        };
        format!("{words} have no numbers here, so there is nothing to renumber")
    }

    /// Returns what is numbered, as a message names it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Tasks => "tasks",
            Self::Requirements => "requirements and criteria",
            Self::Criteria => "criteria",
            Self::Properties => "properties",
            Self::All => "everything",
        }
    }
}

/// Returns whether something is numbered where there are items that could be; none where there are no
/// items.
pub fn is_numbered(contents: &Contents, what: Numbered) -> Option<bool> {
    let tasks = contents.list.iter().flat_map(|list| &list.tasks.items);
    let tasks = tasks.filter(|item| item.kind == ItemKind::Task);
    let document = contents.wanted().map(|wanted| &wanted.criteria_document);
    let criteria = document.map_or_else(Vec::new, CriteriaDocument::criteria);
    let requirements = match document {
        Some(CriteriaDocument::Requirements(all)) => &all.requirements[..],
        _ => &[],
    };
    let properties = contents
        .design()
        .map_or(0, |design| design.properties.len());
    let is_meant = |one| what == one || what == Numbered::All;
    let mut found = Vec::new();
    if is_meant(Numbered::Tasks) {
        found.extend(tasks.map(|item| item.number.is_some()));
    }
    if is_meant(Numbered::Requirements) {
        found.extend(requirements.iter().map(|one| one.written.is_some()));
    }
    if is_meant(Numbered::Requirements) || what == Numbered::Criteria {
        found.extend(criteria.iter().map(|one| one.written.is_some()));
    }
    if is_meant(Numbered::Properties) {
        found.extend(std::iter::repeat_n(true, properties));
    }
    (!found.is_empty()).then(|| found.contains(&true))
}

/// Kiro's own file, in which what a task was is kept by its number and title.
pub const HISTORY: &str = "tasks.meta.json";

/// The change of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentEdit {
    /// The file.
    pub file: DocumentFile,
    /// The text that the edit is of.
    pub base: Text,
    /// The edit.
    pub edit: Edit,
}

impl DocumentEdit {
    /// Returns whether Kiro will not find what it knows of the tasks of a feature after changes.
    pub fn orphan_history(changes: &[Self], feature: &Feature) -> bool {
        let is_history = |path: &Path| path.file_name().is_some_and(|name| name == HISTORY);
        let tasks = feature.task_file();
        feature.other_files().any(is_history)
            && changes
                .iter()
                .any(|change| Some(&change.file) == tasks && change.is_of_numbers())
    }

    /// Returns whether some task has another number afterwards.
    fn is_of_numbers(&self) -> bool {
        let numbers = |text: Text| -> Vec<Option<String>> {
            let parsed = Parsed::of(self.file.clone(), text, None);
            let items = parsed.tasks.items.iter();
            items.map(|item| item.number.clone()).collect()
        };
        numbers(self.base.clone()) != numbers(self.edit.apply(&self.base))
    }
}

/// Numbers anew. Returns the documents that change, none where all is in order.
///
/// # Errors
///
/// Where numbers repeat or have letters behind, or where a reference would name something else.
pub fn renumber(contents: &Contents, what: Numbered) -> Result<Vec<DocumentEdit>, Refused> {
    match what {
        Numbered::Tasks => tasks::renumber(contents),
        Numbered::Requirements => criteria::renumber(contents, true),
        Numbered::Criteria => criteria::renumber(contents, false),
        Numbered::Properties => properties::renumber(contents),
        Numbered::All => all(contents),
    }
}

/// Numbers everything anew, one sort after the other.
fn all(contents: &Contents) -> Result<Vec<DocumentEdit>, Refused> {
    let mut now = all_after(contents, &[]);
    for what in [
        Numbered::Requirements,
        Numbered::Properties,
        Numbered::Tasks,
    ] {
        if what == Numbered::Requirements && is_bug(&now) {
            continue;
        }
        let changes = renumber(&now, what)?;
        now = all_after(&now, &changes);
    }
    let mut changes: Vec<DocumentEdit> = Vec::new();
    for (before, after) in [
        (&contents.criteria, &now.criteria),
        (&contents.designed, &now.designed),
        (&contents.list, &now.list),
    ] {
        let (Some(before), Some(after)) = (before, after) else {
            continue;
        };
        let is_known = changes.iter().any(|change| change.file == before.file);
        if before.text != after.text && !is_known {
            changes.push(DocumentEdit {
                file: before.file.clone(),
                base: before.text.clone(),
                edit: Edit::between(&before.text, &after.text),
            });
        }
    }
    Ok(changes)
}

fn is_bug(contents: &Contents) -> bool {
    let wanted = contents.wanted().map(|wanted| &wanted.criteria_document);
    matches!(wanted, Some(CriteriaDocument::Bugfix(_)))
}

/// Returns what becomes of a document, if anything.
fn change(parsed: &Parsed, replaced: Vec<(Span, String)>) -> Result<Option<DocumentEdit>, Refused> {
    let is_new = |(span, new): &(Span, String)| parsed.text.slice(*span) != new.as_bytes();
    let mut splices: Vec<Splice> = replaced
        .into_iter()
        .filter(is_new)
        .map(|(span, new)| Splice {
            span,
            insert: new.into_bytes(),
        })
        .collect();
    splices.sort_by_key(|splice| (splice.span.start, splice.span.end));
    splices.dedup();
    if splices.is_empty() {
        return Ok(None);
    }
    let edit = Edit::new(splices)
        .map_err(|_| Refused::new("a reference is shared in a way that cannot be numbered anew"))?;
    Ok(Some(DocumentEdit {
        file: parsed.file.clone(),
        base: parsed.text.clone(),
        edit,
    }))
}

/// Returns a document after an edit.
fn after(parsed: &Parsed, changes: &[DocumentEdit]) -> Parsed {
    let own = changes.iter().find(|change| change.file == parsed.file);
    let text = own.map_or_else(
        || parsed.text.clone(),
        |change| change.edit.apply(&parsed.text),
    );
    let wanted = parsed.wanted.as_ref();
    let beside = wanted.and_then(|wanted| wanted.beside.as_ref());
    Parsed::of(parsed.file.clone(), text, None).with_beside(beside)
}

/// Returns the documents of a feature after edits.
pub(super) fn all_after(contents: &Contents, changes: &[DocumentEdit]) -> Contents {
    let of = |parsed: &Option<Parsed>| parsed.as_ref().map(|parsed| after(parsed, changes));
    Contents::of(
        of(&contents.list),
        of(&contents.criteria),
        of(&contents.designed),
    )
}
