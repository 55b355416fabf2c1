//! Cards: what the kanban keeps of a task, and which tasks of a list have one.
//!
//! Knows no columns and no cursor. A card holds no part of the document, so that the cards of all
//! specs stay small.

use std::path::PathBuf;
use std::sync::Arc;

use super::super::SelectedTask;
use super::super::filter::files_of;
use super::super::summary::fingerprint;
use crate::markdown::State;
use crate::spec::change::TaskKey;
use crate::spec::tasks::{ItemKind, Phase, Task, Tasks};
use crate::store::DocumentFile;
use crate::text::{Text, clean, width};

/// One task as the kanban shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The index of the task's line, from 0.
    pub line: usize,
    /// The number as written.
    pub number: Option<String>,
    /// The title as read.
    pub title: String,
    /// What the marker means.
    pub state: State,
    /// What stands between the brackets, where that has no meaning here.
    pub marker: Option<String>,
    /// Whether the task is optional.
    pub optional: bool,
    /// Whether it has a star of its own.
    pub starred: bool,
    /// The parent; none for a task of the first level.
    pub parent: Option<Arc<ParentTask>>,
    /// How many columns of the screen the number takes, with its star.
    pub number_columns: u16,
    /// How many columns the title takes.
    pub title_columns: u16,
    /// The figures of its children; none for a task without any.
    pub children: Option<Children>,
    /// The references to requirements, as written.
    pub references: Box<[String]>,
    /// The paths of the files that it speaks of, in small letters.
    pub files: Box<[Box<str>]>,
    /// The lines of the tasks and headings that hide it in the Tasks pane where they are folded.
    pub above: Vec<usize>,
    /// The tasks below it at any depth, in file order, whether they are cards or not.
    pub below: Box<[SelectedTask]>,
}

/// What a card knows of its parent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParentTask {
    /// The index of its line, from 0.
    pub line: usize,
    /// Its number, or nothing, and its title.
    pub name: String,
    /// The figures of its children.
    pub children: Children,
}

/// The figures of a task's children.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Children {
    /// Children that are done.
    pub done: usize,
    /// All children.
    pub total: usize,
    /// Optional children that are not done.
    pub optional_open: usize,
}

/// The cards of one feature, in the order of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cards {
    /// The folder of the feature.
    pub feature: PathBuf,
    /// The file that the tasks stand in.
    pub file: DocumentFile,
    /// The cards of every arrangement.
    pub list: Arc<[Card]>,
}

/// Which tasks are shown as cards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrangement {
    /// Tasks without children, and parents that are themselves in progress, queued or other.
    #[default]
    Leaves,
    /// The tasks of the first level.
    Parents,
}

impl Arrangement {
    /// Returns whether a card is shown.
    pub fn shows(self, card: &Card) -> bool {
        match self {
            Self::Leaves => card.children.is_none() || card.state.is_at_work(),
            Self::Parents => card.parent.is_none(),
        }
    }
}

impl Card {
    /// Returns the key that finds the task in a fresh text.
    pub fn key(&self) -> TaskKey {
        TaskKey {
            number: self.number.clone(),
            title: Some(self.title.clone()),
            line: Some(self.line),
            may_move: true,
        }
    }

    /// Returns what tells the task from the others of its spec.
    pub fn fingerprint(&self) -> u32 {
        fingerprint(self.number.as_deref(), &self.title)
    }

    /// Returns the task of the card, as chosen.
    pub fn selected(&self) -> SelectedTask {
        SelectedTask {
            key: self.key(),
            state: self.state,
            starred: self.starred,
            optional: self.optional,
        }
    }

    /// Returns the number with its star; of an optional task without a number the star alone.
    pub fn label(&self) -> String {
        let star = if self.optional { "*" } else { "" };
        format!("{}{star}", self.number.as_deref().unwrap_or_default())
    }

    /// Returns the title, with a marker that has no meaning here in front.
    pub fn words(&self) -> String {
        let marker = self.marker.as_ref();
        marker.map_or_else(
            || self.title.clone(),
            |marker| format!("[{marker}] {}", self.title),
        )
    }

    /// Returns whether the card stands for the task that `key` means, wherever that has moved.
    pub fn is(&self, key: &TaskKey) -> bool {
        self.number == key.number && Some(&self.title) == key.title.as_ref()
    }
}

impl Cards {
    /// Makes the cards of a task list that was read from `text`.
    pub fn of(feature: PathBuf, file: DocumentFile, text: &Text, tasks: &Tasks) -> Self {
        let children = children(tasks);
        let parents = parents(tasks, &children);
        let mut headings = Headings {
            phases: &tasks.phases,
            at: 0,
            open: Vec::new(),
        };
        let mut cards = Vec::new();
        for (index, task) in tasks
            .items
            .iter()
            .enumerate()
            .filter(|(_, task)| task.kind == ItemKind::Task)
        {
            headings.enter(task.line);
            if !task.has_children || task.parent.is_none() || task.state.is_at_work() {
                let parent = task.parent.and_then(|parent| parents[parent].clone());
                let above = headings.lines().chain(ancestors(tasks, task)).collect();
                let figures = task.has_children.then_some(children[index]);
                let below = tasks.subtree(index).into_iter().skip(1);
                cards.push(Card {
                    below: below
                        .map(|below| SelectedTask::of(&tasks.items[below]))
                        .collect(),
                    ..card(text, task, parent, figures, above)
                });
            }
        }
        Self {
            feature,
            file,
            list: cards.into(),
        }
    }

    fn at_line(&self, line: usize) -> Option<&Card> {
        let at = self.list.binary_search_by_key(&line, |card| card.line);
        at.ok().map(|at| &self.list[at])
    }

    /// Finds the card of a task; the nearest to its line where several fit.
    pub fn find(&self, key: &TaskKey) -> Option<&Card> {
        // Mostly it is where it was.
        let at = key.line.and_then(|line| self.at_line(line));
        if let Some(card) = at.filter(|card| card.is(key)) {
            return Some(card);
        }
        let fitting = self.list.iter().filter(|card| card.is(key));
        fitting.min_by_key(|card| card.line.abs_diff(key.line.unwrap_or(0)))
    }
}

/// Returns what the cards below each task know of it; none for a task without children.
fn parents(tasks: &Tasks, children: &[Children]) -> Vec<Option<Arc<ParentTask>>> {
    let parent = |(task, children): (&Task, &Children)| {
        let number = task.number.as_deref().unwrap_or_default();
        let parent = ParentTask {
            line: task.line,
            name: format!("{number} {}", task.title).trim_start().to_owned(),
            children: *children,
        };
        task.has_children.then(|| Arc::new(parent))
    };
    tasks.items.iter().zip(children).map(parent).collect()
}

/// Counts the children of all tasks in one pass.
fn children(tasks: &Tasks) -> Vec<Children> {
    let mut figures = vec![Children::default(); tasks.items.len()];
    for task in &tasks.items {
        let Some(parent) = task.parent else { continue };
        let is_done = task.state == State::Done;
        figures[parent].total += 1;
        figures[parent].done += usize::from(is_done);
        figures[parent].optional_open += usize::from(task.optional && !is_done);
    }
    figures
}

/// Returns the lines of a task's ancestors, the nearest first.
fn ancestors<'a>(tasks: &'a Tasks, task: &'a Task) -> impl Iterator<Item = usize> + 'a {
    std::iter::successors(task.parent, |above| tasks.items[*above].parent)
        .map(|above| tasks.items[above].line)
}

fn card(
    text: &Text,
    task: &Task,
    parent: Option<Arc<ParentTask>>,
    children: Option<Children>,
    above: Vec<usize>,
) -> Card {
    let marker = (task.state == State::Other).then(|| text.lossy(task.marker).into_owned());
    let mut card = Card {
        line: task.line,
        number: task.number.clone(),
        title: task.title.clone(),
        state: task.state,
        marker,
        optional: task.optional,
        starred: task.star.is_some(),
        parent,
        number_columns: 0,
        title_columns: 0,
        children,
        references: task.references(text).into(),
        files: files_of(text, task),
        above,
        below: Box::default(),
    };
    card.number_columns = columns(&card.label());
    card.title_columns = columns(&card.words());
    card
}

/// Returns how many columns of the screen a text takes.
fn columns(text: &str) -> u16 {
    u16::try_from(width(&clean(text))).unwrap_or(u16::MAX)
}

/// The headings over the line that is being looked at, the outermost first.
struct Headings<'a> {
    phases: &'a [Phase],
    at: usize,
    open: Vec<usize>,
}

impl Headings<'_> {
    fn enter(&mut self, line: usize) {
        while let Some(phase) = self.phases.get(self.at).filter(|phase| phase.line < line) {
            self.open
                .retain(|open| self.phases[*open].level < phase.level);
            self.open.push(self.at);
            self.at += 1;
        }
    }

    fn lines(&self) -> impl Iterator<Item = usize> {
        self.open.iter().map(|open| self.phases[*open].line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::Document;
    use crate::store::DocumentKind;

    fn cards(source: &str) -> Cards {
        let text = Text::new(source);
        let tasks = Tasks::parse(&text, &Document::parse(&text));
        let file = DocumentFile {
            kind: DocumentKind::Tasks,
            path: "a/tasks.md".into(),
        };
        Cards::of("a".into(), file, &text, &tasks)
    }

    /// Draws the cards of an arrangement: glyph, number or title, the figures of its children.
    fn drawn(source: &str, arrangement: Arrangement) -> String {
        let draw = |card: &Card| {
            let name = card.number.clone().unwrap_or_else(|| card.title.clone());
            let star = if card.optional { "*" } else { "" };
            let children = card
                .children
                .map(|of| format!("({}/{} {})", of.done, of.total, of.optional_open))
                .unwrap_or_default();
            format!(
                "{}{name}{star}{children}",
                crate::markdown::marker_for(card.state).ascii
            )
        };
        let cards = cards(source);
        cards
            .list
            .iter()
            .filter(|card| arrangement.shows(card))
            .map(draw)
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn leaves_and_parents_at_work_are_cards() {
        for (source, leaves, parents) in [
            ("", "", ""),
            ("- [ ] 1. a\n- [x] 2. b\n", "o1 x2", "o1 x2"),
            (
                "- [ ] 1. a\n  - [x] 1.1 b\n  - [ ]* 1.2 c\n",
                "x1.1 o1.2*",
                "o1(1/2 1)",
            ),
            ("- [x] 1. a\n  - [x] 1.1 b\n", "x1.1", "x1(1/1 0)"),
            (
                "- [-] 1. a\n  - [~] 1.1 b\n    - [ ] 1.1.1 c\n",
                "-1(0/1 0) ~1.1(0/1 0) o1.1.1",
                "-1(0/1 0)",
            ),
            ("- [/] 1. a\n  - [x] 1.1 b\n", "?1(1/1 0) x1.1", "?1(1/1 0)"),
            (
                "- [ ] 1. a\n  - [ ] 1.1 b\n    - [ ] 1.1.1 c\n",
                "o1.1.1",
                "o1(0/1 0)",
            ),
            (
                "- [ ] plain\n\n## Success Criteria\n- [ ] no card\n",
                "oplain",
                "oplain",
            ),
            (
                "- [x] 1. a\n  - [ ]* 1.1 b\n    - [ ] 1.1.1 c\n",
                "o1.1.1*",
                "x1(0/1 1)",
            ),
        ] {
            assert_eq!(drawn(source, Arrangement::Leaves), leaves, "{source:?}");
            assert_eq!(drawn(source, Arrangement::Parents), parents, "{source:?}");
        }
    }

    #[test]
    fn a_card_knows_what_stands_above_it() {
        let cards = cards(
            "# Plan\n## A\n- [ ] 1. a\n  - [ ] 1.1 b\n    - _Requirements: 1.1, 2.3_\n## B\n### C\n- [/] d\n## E\n- [ ] e\n",
        );
        let above: Vec<&[usize]> = cards.list.iter().map(|card| &card.above[..]).collect();
        assert_eq!(above, [&[0, 1][..], &[0, 1, 2], &[0, 5, 6], &[0, 8]]);
        let parent = cards.list[1].parent.as_deref();
        assert_eq!(parent.map(|parent| parent.name.as_str()), Some("1 a"));
        assert_eq!(cards.list[2].marker.as_deref(), Some("/"));
    }

    #[test]
    fn a_card_is_found_where_it_moved() {
        let key = cards("- [ ] 1. a\n- [ ] 1. a\n").list[1].key();
        let moved = cards("# New\n\n- [ ] 1. a\n- [x] 1. a\n- [ ] 1. b\n");
        assert_eq!(moved.find(&key).map(|card| card.line), Some(2));
        assert_eq!(
            moved
                .find(&TaskKey {
                    line: Some(4),
                    ..key.clone()
                })
                .map(|card| card.line),
            Some(3)
        );
        assert_eq!(cards("- [ ] 1. other\n").find(&key), None);
    }
}
