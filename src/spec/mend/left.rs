//! What still names something by a name that it has no more after an operation.
//!
//! Finds and says it; what mends it is another matter.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::Loss;
use crate::spec::contents::Contents;
use crate::spec::parsed::Parsed;
use crate::spec::references::{ReferenceKind, Resolution, Resolved};
use crate::spec::renumber::{
    DocumentEdit, Names, all_after, depends_fields, ids_in, named_in_waves,
};
use crate::spec::source_str::readable;
use crate::spec::tasks::Task;
use crate::text::Span;

/// What names something by a name that it has no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Namer {
    /// A task.
    Task,
    /// A property of the design.
    Property,
    /// The waves.
    Waves,
}

impl Namer {
    /// Returns the word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Property => "property",
            Self::Waves => "waves",
        }
    }
}

/// What became of something that is still named as before.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Fate {
    Gone,
    Called(String),
    /// Something else has the name now.
    Replaced,
}

/// A name that something has no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// What names it.
    pub namer: Namer,
    /// The number of that; of a task without one the line: `:14`. Empty for the waves.
    pub from: String,
    /// The name as written.
    pub reference: String,
    /// The file.
    pub file: PathBuf,
    /// Index of the line.
    pub line: usize,
    fate: Fate,
}

impl Left {
    /// Finds what the edit of one document leaves in all of them, given the tasks that have another
    /// number; and all that has another one, criteria too. Nothing is found where the document is not
    /// what was edited any more.
    pub fn by(
        before: &Contents,
        change: &DocumentEdit,
        renamed: &[(String, String)],
    ) -> (Vec<Self>, Vec<(String, String)>) {
        let mut own = documents(before);
        let is_as_edited = own
            .find(|parsed| parsed.file == change.file)
            .is_some_and(|parsed| parsed.text == change.base);
        if !is_as_edited {
            return (Vec::new(), renamed.to_vec());
        }
        let after = all_after(before, std::slice::from_ref(change));
        let called = Loss::between(before, &after, renamed).called();
        let left = Self::between(before, &after, renamed);
        (left, [renamed, &called[..]].concat())
    }

    /// Finds what names something by a name that it had in the earlier of two readings alone.
    pub fn between(before: &Contents, after: &Contents, renamed: &[(String, String)]) -> Vec<Self> {
        let loss = Loss::between(before, after, renamed);
        if loss.is_empty() {
            return Vec::new();
        }
        let dangled = of_criteria(before, |_, is_dangling| is_dangling.then_some(Fate::Gone));
        let known: HashSet<(String, String)> =
            dangled.iter().map(|found| found.key(before)).collect();
        let fate = |written: &str, is_dangling: bool| loss.fate(written, is_dangling);
        let mut all = of_criteria(after, fate);
        let is_new =
            |found: &Self| found.fate == Fate::Replaced || !known.contains(&found.key(after));
        all.retain(is_new);
        all.extend(of_tasks(after, &loss));
        all
    }

    /// Says it in a clause: "task 2.2 names 1.4, which is gone".
    pub fn words(&self) -> String {
        let namer = match self.namer {
            Namer::Waves => "the waves name".to_owned(),
            namer => format!("{} {} names", namer.word(), self.from),
        };
        let fate = match &self.fate {
            Fate::Gone => "which is gone".to_owned(),
            Fate::Called(now) => format!("which is {now} now"),
            Fate::Replaced => "which is another one now".to_owned(),
        };
        format!("{namer} {}, {fate}", self.reference)
    }

    /// Returns the name that it has now, if it is still there.
    pub fn now(&self) -> Option<&str> {
        match &self.fate {
            Fate::Called(now) => Some(now),
            _ => None,
        }
    }

    /// Returns what tells it from others in any state of its document.
    fn key(&self, contents: &Contents) -> (String, String) {
        let said = line_of(contents, &self.file, self.line);
        (said, self.reference.clone())
    }
}

impl Loss {
    /// Returns what became of the criterion or requirement that a reference names.
    fn fate(&self, written: &str, is_dangling: bool) -> Option<Fate> {
        match self.of_id(written, is_dangling) {
            Some((_, Some(now))) => Some(Fate::Called(now.clone())),
            Some((_, None)) if !is_dangling => Some(Fate::Replaced),
            _ => is_dangling.then_some(Fate::Gone),
        }
    }
}

fn documents(contents: &Contents) -> impl Iterator<Item = &Parsed> {
    let all = [&contents.list, &contents.criteria, &contents.designed];
    all.into_iter().flatten()
}

/// Returns what a line of one of the documents says, without the blanks around it.
fn line_of(contents: &Contents, file: &Path, line: usize) -> String {
    let parsed = documents(contents).find(|one| one.file.path == file);
    let said = parsed.and_then(|one| Some(one.text.lossy(one.text.lines().get(line)?.content)));
    said.map_or_else(String::new, |said| said.trim().to_owned())
}

/// Finds the references of which something became; `fate` is asked with each as it is written, and
/// whether it names nothing.
fn of_criteria(contents: &Contents, fate: impl Fn(&str, bool) -> Option<Fate>) -> Vec<Left> {
    let mut all = Vec::new();
    if let Some(list) = &contents.list {
        let named = list.tasks.items.iter().zip(&contents.links.plan.references);
        for (item, references) in named {
            let from = address(item);
            all.extend(lost(list, references, (Namer::Task, &from), &fate));
        }
    }
    if let (Some(designed), Some(design)) = (&contents.designed, contents.design()) {
        let named = design.properties.iter().zip(&contents.links.validated);
        for (property, references) in named {
            let from = (Namer::Property, &property.number[..]);
            all.extend(lost(designed, references, from, &fate));
        }
    }
    all
}

/// Returns the number of a task, or its line.
fn address(task: &Task) -> String {
    let number = task.number.clone();
    number.unwrap_or_else(|| format!(":{}", task.line + 1))
}

fn lost(
    parsed: &Parsed,
    references: &[Resolved],
    (namer, from): (Namer, &str),
    fate: &impl Fn(&str, bool) -> Option<Fate>,
) -> Vec<Left> {
    let left = |span: Span, reference: &str, fate| Left {
        namer,
        from: from.to_owned(),
        reference: reference.to_owned(),
        file: parsed.file.path.clone(),
        line: parsed.text.line_at(span.start),
        fate,
    };
    let mut all = Vec::new();
    for resolved in references {
        let span = resolved.reference.span;
        for resolution in &resolved.resolutions {
            if let Resolution::Dangling(id) = resolution {
                all.extend(fate(id, true).map(|fate| left(span, id, fate)));
            }
        }
        if let (ReferenceKind::Id(id), [Resolution::Found(_)]) =
            (resolved.reference.kind, &resolved.resolutions[..])
        {
            let written = readable(parsed.text.slice(id));
            all.extend(fate(written, false).map(|fate| left(span, written, fate)));
        }
    }
    all
}

/// Finds the names of tasks that are lost, in what says which come first and in the waves.
fn of_tasks(contents: &Contents, loss: &Loss) -> Vec<Left> {
    let Some(list) = &contents.list else {
        return Vec::new();
    };
    let name =
        |(old, new): &(String, Option<String>)| (old.clone(), new.clone().unwrap_or_default());
    let names: Names = loss.tasks.iter().map(name).collect();
    let left = |namer, (span, now): (Span, String)| {
        let line = list.text.line_at(span.start);
        let around = list.tasks.around_line(line);
        let task = around.map(|index| &list.tasks.items[index]);
        Left {
            namer,
            from: match (namer, task) {
                (Namer::Task, Some(task)) => address(task),
                _ => String::new(),
            },
            reference: list.text.lossy(span).into_owned(),
            file: list.file.path.clone(),
            line,
            fate: match &now[..] {
                "" => Fate::Gone,
                _ => Fate::Called(now),
            },
        }
    };
    let depends = depends_fields(list).flat_map(|field| ids_in(list, field.body, &names));
    let depends = depends.map(|found| left(Namer::Task, found));
    let waves = named_in_waves(list, &names).into_iter();
    let waves = waves.flat_map(|(_, places)| places);
    depends
        .chain(waves.map(|found| left(Namer::Waves, found)))
        .collect()
}
