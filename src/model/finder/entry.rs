//! What the finder offers: everything of the specs that has a name of its own.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::markdown::State;
use crate::model::{Pane, one_line};
use crate::spec::feature::Feature;
use crate::spec::outline;
use crate::spec::parsed::Parsed;

/// What an entry is. A letter stands for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// A spec.
    Spec,
    /// A requirement, or a section of a bug report.
    Requirement,
    /// An acceptance criterion.
    Criterion,
    /// A task.
    Task,
    /// A correctness property.
    Property,
    /// A heading.
    Section,
    /// A document, or another file of a spec.
    File,
    /// A command of the board.
    Command,
}

impl EntryKind {
    /// All kinds, in the order in which they are narrowed to.
    pub const ALL: [Self; 8] = [
        Self::Spec,
        Self::Requirement,
        Self::Criterion,
        Self::Task,
        Self::Property,
        Self::Section,
        Self::File,
        Self::Command,
    ];

    /// Returns the letter of the kind, and its word.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Spec => ("S", "spec"),
            Self::Requirement => ("R", "requirement"),
            Self::Criterion => ("C", "criterion"),
            Self::Task => ("T", "task"),
            Self::Property => ("P", "property"),
            Self::Section => ("H", "heading"),
            Self::File => ("F", "file"),
            Self::Command => (":", "command"),
        }
    }
}

/// Where an entry leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryPlace {
    /// The spec in a folder.
    Spec(Arc<Path>),
    /// A line of what a pane shows of the spec in a folder, from 0.
    Line(Arc<Path>, Pane, usize),
    /// A file beside the documents of the spec in a folder.
    File(Arc<Path>, PathBuf),
    /// A command, by its name.
    Command(&'static str),
}

impl EntryPlace {
    /// Returns the folder of its spec; none of a command.
    pub fn feature(&self) -> Option<&Path> {
        match self {
            Self::Spec(feature) | Self::Line(feature, ..) | Self::File(feature, _) => Some(feature),
            Self::Command(_) => None,
        }
    }
}

/// One thing to be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FinderEntry {
    /// What it is.
    pub kind: EntryKind,
    /// Where it leads.
    pub place: EntryPlace,
    /// The state of a task.
    pub state: Option<State>,
    /// The number or key, the words and where they are from, with a blank between each.
    haystack: Box<str>,
    /// The bytes of the number or key.
    label: usize,
    /// The end of the words in bytes.
    words: usize,
}

impl FinderEntry {
    /// Makes an entry of its number or key, its words and the name of what it is from.
    pub fn new(kind: EntryKind, place: EntryPlace, label: &str, words: &str, from: &str) -> Self {
        Self {
            kind,
            place,
            state: None,
            haystack: format!("{label} {words} {from}").into(),
            label: label.len(),
            words: label.len() + 1 + words.len(),
        }
    }

    /// Returns all that it is met by: number, words and where they are from.
    pub fn haystack(&self) -> &str {
        &self.haystack
    }

    /// Returns the number of an item, or the key of a command.
    pub fn label(&self) -> &str {
        &self.haystack[..self.label]
    }

    /// Returns the words.
    pub fn words(&self) -> &str {
        &self.haystack[self.label + 1..self.words]
    }

    /// Returns the name of what the words are from.
    pub fn from(&self) -> &str {
        &self.haystack[self.words + 1..]
    }

    /// Makes the entries of a feature that are known without reading: itself and its files.
    pub fn of_feature(feature: &Feature, name: &str) -> Vec<Self> {
        let folder: Arc<Path> = feature.folder.path.as_path().into();
        let place = EntryPlace::Spec(Arc::clone(&folder));
        let mut entries = vec![Self::new(EntryKind::Spec, place, "", name, "")];
        let file_name = |path: &Path| {
            let below = path.strip_prefix(&folder).unwrap_or(path);
            below.to_string_lossy().into_owned()
        };
        let documents = feature.documents().map(|file| file.path.as_path());
        for path in documents.chain(feature.other_files()) {
            let pane = Pane::of_file_name(path.file_name().unwrap_or_default());
            let place = match pane {
                Pane::Files => EntryPlace::File(Arc::clone(&folder), path.to_path_buf()),
                pane => EntryPlace::Line(Arc::clone(&folder), pane, 0),
            };
            let words = file_name(path);
            entries.push(Self::new(EntryKind::File, place, "", &words, name));
        }
        entries
    }

    /// Makes the entries of one document of a feature: requirements and criteria, properties, tasks,
    /// and the other headings.
    pub fn of_document(feature: &Arc<Path>, name: &str, parsed: &Parsed) -> Vec<Self> {
        let make = |kind, pane, line, label: &str, words: &str| {
            let place = EntryPlace::Line(Arc::clone(feature), pane, line);
            Self::new(kind, place, label, words, name)
        };
        let text = &parsed.text;
        let mut entries = Vec::new();
        if let Some(wanted) = &parsed.wanted {
            let document = &wanted.criteria_document;
            entries.extend(document.groups().into_iter().map(|group| {
                let words = one_line(text, group.title);
                let id = group.id.unwrap_or_default();
                make(
                    EntryKind::Requirement,
                    Pane::Requirements,
                    group.line,
                    id,
                    &words,
                )
            }));
            entries.extend(document.criteria().into_iter().map(|criterion| {
                let words = one_line(text, criterion.text);
                let (line, id) = (criterion.line, &criterion.id);
                make(EntryKind::Criterion, Pane::Requirements, line, id, &words)
            }));
        }
        let properties = parsed.design.iter().flat_map(|design| &design.properties);
        entries.extend(properties.map(|property| {
            let words = one_line(text, property.title);
            let (line, id) = (property.line, &property.number);
            make(EntryKind::Property, Pane::Design, line, id, &words)
        }));
        entries.extend(parsed.tasks.items.iter().map(|task| {
            let id = task.number.as_deref().unwrap_or_default();
            let entry = make(EntryKind::Task, Pane::Tasks, task.line, id, &task.title);
            Self {
                state: Some(task.state),
                ..entry
            }
        }));
        let known: HashSet<usize> = entries.iter().filter_map(Self::line).collect();
        let pane = Pane::of_file_name(parsed.file.path.file_name().unwrap_or_default());
        let headings = outline(text, &parsed.document, 0..text.lines().len());
        let headings = headings
            .iter()
            .filter(|heading| pane != Pane::Files && !known.contains(&heading.line));
        entries.extend(headings.map(|heading| {
            let words = one_line(text, heading.title);
            make(EntryKind::Section, pane, heading.line, "", &words)
        }));
        entries
    }

    /// Returns the line that it leads to, from 0.
    pub fn line(&self) -> Option<usize> {
        match self.place {
            EntryPlace::Line(_, _, line) => Some(line),
            _ => None,
        }
    }
}
