//! The peek: what belongs to the item under the cursor, below its pane, since the keys rested
//! there.
//!
//! Says what stands in it; how it is wrapped and drawn is for the view.

use super::{BoardScope, Model, Pane, Subject, Target, View, one_line};
use crate::markdown::State;
use crate::spec::references::Resolution;
use crate::spec::tasks::Task;
use crate::text::{Text, row_start};

/// What a peek shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Peek {
    /// The number of the item, or nothing.
    pub label: String,
    /// What stands behind it.
    pub title: String,
    /// What is said at the end of the first line.
    pub remark: String,
    /// What the item names or is named by, as many as may be seen.
    pub lines: Vec<PeekLine>,
    /// How many of those there are more.
    pub more: usize,
    /// The details of the item, each on one line.
    pub details: Vec<String>,
}

/// One line of a peek, before it is wrapped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeekLine {
    /// What it is.
    pub part: PeekPart,
    /// How far it is; none for what has no state.
    pub state: Option<State>,
    /// The id, or nothing.
    pub label: String,
    /// The words.
    pub text: String,
    /// What stands at the end: what else names it, as far as it may be seen, or where it is.
    pub tail: Vec<String>,
    /// How many names stand at the end in all.
    pub named: usize,
}

/// What a line of a peek is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PeekPart {
    /// A criterion, a requirement, a property or a task.
    #[default]
    Link,
    /// A reference to what does not exist.
    Dangling,
}

/// The most details that are collected: more than any peek has rows.
const DETAILS: usize = 40;

impl Model {
    /// Returns the peek below the chosen pane; none while the keys have not rested, or where there
    /// is nothing to be shown.
    pub fn peek(&self) -> Option<Peek> {
        if self.view == View::Board {
            return self.peek_at_card();
        }
        let (pane, line) = self.rested?;
        if pane != self.pane {
            return None;
        }
        let subject = self.subject_at(pane, line)?;
        match subject {
            Subject::Task(item) => self.peek_at_task(item),
            _ => self.peek_at(subject),
        }
    }

    /// Returns the peek at the card where the keys rested: what its own words say, until the
    /// documents of its spec are read.
    fn peek_at_card(&self) -> Option<Peek> {
        let key = self.board.rested.as_ref()?;
        let cards = self.board.cards.get(&key.feature)?;
        let card = cards.find(&key.task)?;
        let list = if self.open_files.feature.as_ref() == Some(&key.feature) {
            self.open_files.of(Pane::Tasks)
        } else {
            None
        };
        let item = list.and_then(|open_file| open_file.tasks.at_line(card.line));
        let mut peek = item
            .and_then(|item| self.peek_at_task(item))
            .unwrap_or_else(|| Peek {
                label: card.number.clone().unwrap_or_default(),
                title: plain(row_start(&card.title)),
                ..Peek::default()
            });
        if self.board.scope == Some(BoardScope::All)
            && let Some(index) = self.specs.at(&key.feature)
        {
            peek.remark = self.specs.workspace().address(self.specs.feature(index));
        }
        Some(peek)
    }

    fn peek_at_task(&self, item: usize) -> Option<Peek> {
        let open_file = self.open_files.of(Pane::Tasks)?;
        let task = &open_file.tasks.items[item];
        let mut details = details(&open_file.text, task);
        details.extend(self.children_of(item));
        let mut lines = self.lost_in(item);
        let (about, more) = self.first_targets(self.about(Subject::Task(item)).into_iter());
        lines.extend(about.into_iter().map(|target| self.line_at(target, item)));
        if self.open_files.links.names_all(item) {
            lines.push(link("All", "every requirement of this spec"));
        }
        let is_parent = open_file.tasks.children(item).next().is_some();
        if lines.is_empty() && details.is_empty() {
            let words = if is_parent {
                "all sub-tasks are done"
            } else {
                "no details"
            };
            details.push(words.to_owned());
        }
        Some(Peek {
            label: self.name_of_item(item),
            title: plain(row_start(&task.title)),
            remark: self.remark_on_task(item),
            lines,
            more,
            details,
        })
    }

    /// Says how far the tasks below a parent are, and that a task is optional.
    fn remark_on_task(&self, item: usize) -> String {
        let Some(open_file) = self.open_files.of(Pane::Tasks) else {
            return String::new();
        };
        let tasks = &open_file.tasks;
        let (mut done, mut total) = (0, 0);
        for child in tasks.children(item) {
            total += 1;
            done += usize::from(tasks.items[child].state == State::Done);
        }
        match (total, tasks.items[item].optional) {
            (0, true) => "optional".to_owned(),
            (0, false) => String::new(),
            _ => format!("{done}/{total}"),
        }
    }

    /// Names the next open task below a parent.
    fn children_of(&self, item: usize) -> Option<String> {
        let tasks = &self.open_files.of(Pane::Tasks)?.tasks;
        let is_open = |child: &usize| tasks.items[*child].state != State::Done;
        let next = tasks.children(item).find(is_open)?;
        let title = plain(row_start(&tasks.items[next].title));
        Some(format!("next: {} {title}", self.name_of_item(next)))
    }

    /// Returns the line of what a task names: at the end stands what else names it, or the place of
    /// a property.
    fn line_at(&self, target: Target, item: usize) -> PeekLine {
        let links = &self.open_files.links;
        let (tail, named) = match target.subject {
            Some(Subject::Criterion(criterion)) => {
                let count = links.count_behind(criterion);
                let own = usize::from(links.is_behind(criterion, item));
                (self.others(links.behind(criterion), item), count - own)
            }
            Some(Subject::Property(_)) => (vec![self.address(&target)], 1),
            Some(Subject::Group(group)) => {
                let naming = links.naming(group);
                let own = usize::from(naming.binary_search(&item).is_ok());
                (
                    self.others(naming.iter().copied(), item),
                    naming.len() - own,
                )
            }
            _ => (Vec::new(), 0),
        };
        let text = self.statement_of(target.subject).unwrap_or(target.text);
        PeekLine {
            part: PeekPart::Link,
            state: target.state,
            label: prefixed(target.subject, target.label),
            text,
            tail,
            named,
        }
    }

    /// Returns what a property states.
    fn statement_of(&self, subject: Option<Subject>) -> Option<String> {
        let Some(Subject::Property(property)) = subject else {
            return None;
        };
        let stated = self.design()?.properties.get(property)?.statement?;
        Some(plain(&one_line(
            &self.open_files.of(Pane::Design)?.text,
            stated,
        )))
    }

    fn address(&self, target: &Target) -> String {
        format!("{}:{}", self.file_name(target.pane), target.line + 1)
    }

    /// Returns the peek at what is not a task: what refers to it, and what it is about.
    fn peek_at(&self, subject: Subject) -> Option<Peek> {
        let target = self.target(subject)?;
        // The terms of a criterion stand in it and are a key away.
        let abouts = if matches!(subject, Subject::Property(_)) {
            self.about(subject)
        } else {
            Vec::new()
        };
        let (linked, more) = self.first_targets(self.referring(subject).chain(abouts));
        let lines: Vec<PeekLine> = linked
            .into_iter()
            .map(|target| self.line_of_target(target))
            .collect();
        let remark = self.remark_on(subject, lines.is_empty());
        // The words of the item are seen where the cursor is.
        let title = if target.label.is_empty() {
            target.text
        } else {
            String::new()
        };
        Some(Peek {
            label: prefixed(Some(subject), target.label),
            title,
            remark,
            lines,
            more,
            details: Vec::new(),
        })
    }

    fn line_of_target(&self, target: Target) -> PeekLine {
        PeekLine {
            part: PeekPart::Link,
            tail: vec![self.address(&target)],
            named: 1,
            state: target.state,
            label: prefixed(target.subject, target.label),
            text: target.text,
        }
    }

    /// Returns the places of as many of some subjects as the screen has rows, and how many there
    /// are more.
    fn first_targets(&self, mut subjects: impl Iterator<Item = Subject>) -> (Vec<Target>, usize) {
        let seen = subjects.by_ref().take(usize::from(self.size.1));
        let targets = seen.filter_map(|subject| self.target(subject)).collect();
        (targets, subjects.count())
    }

    /// Says what is odd about how something is covered.
    fn remark_on(&self, subject: Subject, is_alone: bool) -> String {
        let has_tasks = self.open_files.of(Pane::Tasks).is_some();
        let standing = if let Subject::Criterion(criterion) = subject {
            self.criterion_coverage(criterion)
        } else {
            None
        };
        let remark = match subject {
            Subject::Criterion(_) if standing.is_some_and(|standing| standing.is_by_all) => {
                "is named only by \"All\""
            }
            Subject::Criterion(_)
                if has_tasks && standing.is_none_or(|standing| standing.tasks == 0) =>
            {
                "is named by no task"
            }
            Subject::Criterion(_) if standing.is_some_and(|standing| standing.is_weak) => {
                "has optional tasks only"
            }
            Subject::Property(_) if has_tasks && is_alone => "is tested by no task",
            Subject::Criterion(_) | Subject::Group(_) if !is_alone => "is named by",
            _ => "",
        };
        remark.to_owned()
    }

    fn lost_in(&self, item: usize) -> Vec<PeekLine> {
        let wanted = self.open_files.of(Pane::Requirements);
        let wanted = wanted.and_then(|open_file| open_file.wanted.as_ref());
        let why = |id: &str| wanted.map(|wanted| wanted.resolver.why_missing(id));
        let lost = |id: String| PeekLine {
            part: PeekPart::Dangling,
            text: format!("dangling: {}", why(&id).unwrap_or_default()),
            label: id,
            ..PeekLine::default()
        };
        self.dangling_in(item).into_iter().map(lost).collect()
    }

    /// Returns the ids that an item names and that do not exist, as written. Where there is no
    /// document with ids, nobody knows.
    pub fn dangling_in(&self, item: usize) -> Vec<String> {
        let wanted = self
            .open_files
            .of(Pane::Requirements)
            .and_then(|open_file| open_file.wanted.as_ref());
        if wanted.is_none_or(|wanted| wanted.resolver.known().is_empty()) {
            return Vec::new();
        }
        let resolutions = self
            .open_files
            .links
            .plan
            .references
            .get(item)
            .into_iter()
            .flatten()
            .flat_map(|resolved| &resolved.resolutions);
        resolutions
            .filter_map(|one| {
                if let Resolution::Dangling(id) = one {
                    Some(id.clone())
                } else {
                    None
                }
            })
            .collect()
    }

    /// Returns the names of as many items beside `own` as may be seen on one line, behind the word
    /// "also".
    fn others(&self, items: impl Iterator<Item = usize>, own: usize) -> Vec<String> {
        let others = items.filter(|item| *item != own);
        let seen = others.take(usize::from(self.size.0));
        let mut names: Vec<String> = seen.map(|item| self.name_of_item(item)).collect();
        if let Some(first) = names.first_mut() {
            *first = format!("also {first}");
        }
        names
    }

    fn file_name(&self, pane: Pane) -> String {
        let name = self
            .open_files
            .of(pane)
            .and_then(|open_file| open_file.file.path.file_name());
        name.unwrap_or_default().to_string_lossy().into_owned()
    }
}

/// Returns an id as it is told from the number of a task: `req 1.1`. One that begins with letters
/// says itself what it is of.
fn prefixed(subject: Option<Subject>, label: String) -> String {
    let is_wanted = matches!(subject, Some(Subject::Criterion(_) | Subject::Group(_)));
    if is_wanted && label.starts_with(|first: char| first.is_ascii_digit()) {
        format!("req {label}")
    } else {
        label
    }
}

fn link(label: &str, text: &str) -> PeekLine {
    PeekLine {
        part: PeekPart::Link,
        label: label.to_owned(),
        text: text.to_owned(),
        ..PeekLine::default()
    }
}

/// Returns the details of a task, each on one line and without its bullet, but for those that only
/// hold fields that are shown otherwise.
fn details(text: &Text, task: &Task) -> Vec<String> {
    let own = (task.title_end..task.details.end).filter(|line| {
        !task
            .fields
            .iter()
            .any(|field| field.line == *line && is_told(field))
    });
    let words = own.map(|line| plain(&one_line(text, text.lines()[line].content)));
    words
        .filter(|words| !words.is_empty())
        .take(DETAILS)
        .collect()
}

/// Returns whether the peek tells of a field in a line of its own.
fn is_told(field: &crate::spec::references::Field) -> bool {
    field.kind.names_requirements()
}

/// Returns a line without bullet and marks of emphasis.
fn plain(line: &str) -> String {
    let line = line
        .trim_start_matches("- ")
        .trim_start_matches("* ")
        .trim_start_matches("+ ")
        .trim_matches(['_', ' ']);
    let mut before = ' ';
    let mut kept = String::with_capacity(line.len());
    for (at, char) in line.char_indices() {
        let after = line[at + char.len_utf8()..].chars().next().unwrap_or(' ');
        let is_free = char::is_whitespace(before) && char::is_whitespace(after);
        let is_inside = before.is_alphanumeric() && after.is_alphanumeric();
        if char != '*' || is_free || is_inside {
            kept.push(char);
        }
        before = char;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_loses_its_bullet_and_its_emphasis_and_nothing_else() {
        for (line, expected) in [
            ("- **Property 1: A**", "Property 1: A"),
            ("*For any* x, y * z = 2*3", "For any x, y * z = 2*3"),
            ("* item", "item"),
            ("_Depends: 1_", "Depends: 1"),
            ("plain", "plain"),
            ("", ""),
        ] {
            assert_eq!(plain(line), expected, "{line:?}");
        }
    }
}
