//! What tasks answer to a filter, and which of a list it lets through.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Facts, Filter, FilterPlace, files_in, names};
use crate::markdown::State;
use crate::model::{Model, OpenFile, Pane, PaneState, Position};
use crate::spec::stale::grows_stale;
use crate::spec::tasks::Task;
use crate::text::{Needle, Text};

/// What a filter lets through of a list of tasks, by their lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrowed {
    /// What it lets through.
    pub matches: BTreeSet<usize>,
    /// The same, and the tasks above it, which stay to show where it stands.
    pub shown: BTreeSet<usize>,
    basis: Basis,
}

/// What it depends on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Basis {
    filter: String,
    spec: String,
    /// The list as it was read.
    text: Text,
    grows_old: bool,
    /// What is unread, where that is asked for.
    unread: BTreeSet<Position>,
}

/// A task with what tells more of it.
struct TaskFacts<'a> {
    open_file: &'a OpenFile,
    pane_state: &'a PaneState,
    spec: &'a str,
    /// Whether begun work of the list is stale.
    grows_old: bool,
    task: &'a Task,
}

impl Facts for TaskFacts<'_> {
    fn has(&self, words: &Needle) -> bool {
        let number = self.task.number.as_deref().unwrap_or_default();
        words.is_in(&format!("{number} {}", self.task.title))
    }

    fn state(&self) -> Option<State> {
        Some(self.task.state)
    }

    fn is_optional(&self) -> Option<bool> {
        Some(self.task.optional)
    }

    fn names(&self, id: &str) -> bool {
        let references = self.task.references(&self.open_file.text);
        references.iter().any(|written| names(written, id))
    }

    fn spec(&self) -> &str {
        self.spec
    }

    fn is_stale(&self) -> Option<bool> {
        Some(self.grows_old && grows_stale(self.task))
    }

    fn is_unread(&self) -> Option<bool> {
        Some(self.pane_state.unread.contains(&self.task.line))
    }

    fn is_covered(&self) -> Option<bool> {
        None
    }

    fn speaks_of(&self, file: &str) -> bool {
        let files = files_of(&self.open_file.text, self.task);
        files.iter().any(|path| path.contains(file))
    }
}

impl Model {
    /// Finds what the filter of tasks lets through of the open list, where it is on the screen. It
    /// is found once for all that it depends on.
    pub fn narrow_tasks(&mut self) {
        let basis = self.basis_of_narrowed();
        let known = self.pane_state_of(Pane::Tasks);
        let known = known.and_then(|pane_state| pane_state.narrowed.as_ref());
        if known.map(|known| &known.basis) == basis.as_ref() {
            return;
        }
        let narrowed = basis.and_then(|basis| self.narrowed_tasks(basis));
        if let Some(pane_state) = self.pane_state_of_mut(Pane::Tasks) {
            pane_state.narrowed = narrowed.map(Arc::new);
        }
    }

    fn basis_of_narrowed(&self) -> Option<Basis> {
        let filter = self.filters.of(FilterPlace::Tasks)?;
        let unread = &self.pane_state_of(Pane::Tasks)?.unread;
        let is_stale = |index| self.stale_days(index).is_some();
        let spec = self.shown_feature().map_or("", |feature| feature.name());
        Some(Basis {
            filter: filter.text().to_owned(),
            spec: spec.to_owned(),
            text: self.open_files.of(Pane::Tasks)?.text.clone(),
            grows_old: self.shown().is_some_and(is_stale),
            unread: if filter.asks_for("unread") {
                unread.clone()
            } else {
                BTreeSet::new()
            },
        })
    }

    fn narrowed_tasks(&self, basis: Basis) -> Option<Narrowed> {
        let filter = self.filters.of(FilterPlace::Tasks)?;
        let open_file = self.open_files.of(Pane::Tasks)?;
        let pane_state = self.pane_state_of(Pane::Tasks)?;
        let facts = |task| TaskFacts {
            open_file,
            pane_state,
            spec: &basis.spec,
            grows_old: basis.grows_old,
            task,
        };
        let found = narrowed(filter, &open_file.tasks.items, facts);
        Some(Narrowed { basis, ..found })
    }
}

fn narrowed<'a>(
    filter: &Filter,
    items: &'a [Task],
    facts: impl Fn(&'a Task) -> TaskFacts<'a>,
) -> Narrowed {
    let mut narrowed = Narrowed::default();
    for item in items.iter().filter(|item| filter.lets(&facts(item))) {
        narrowed.matches.insert(item.line);
        narrowed.shown.insert(item.line);
        let above = std::iter::successors(item.parent, |above| items[*above].parent);
        narrowed.shown.extend(above.map(|above| items[above].line));
    }
    narrowed
}

/// Returns the paths of files that a task speaks of, in small letters, each once.
pub(in crate::model) fn files_of(text: &crate::text::Text, task: &Task) -> Box<[Box<str>]> {
    let lines = task.line..task.details.end.max(task.title_end);
    let mut files = BTreeSet::new();
    for line in lines {
        let written = text.lossy(text.lines()[line].content).to_lowercase();
        files.extend(files_in(&written).map(Box::from));
    }
    files.into_iter().collect()
}
