//! `specboard mark`: giving tasks a state, one byte each.

use std::path::Path;

use serde::Serialize;

use super::context::{Context, candidates, find_feature, say_problem};
use super::options::{Format, target_state};
use super::status::{Status, Stop};
use super::style::Style;
use crate::markdown::{Document, State, marker_for, state_of};
use crate::spec::change::{Mark as Intent, Marked, Refusal, Target, TaskKey, mark};
use crate::spec::feature::{Feature, task_lines};
use crate::spec::tasks::{Task, Tasks};
use crate::spec::workspace::Workspace;
use crate::store::{Class, DocumentFile, Settled, WriteError, write};
use crate::text::{Edit, Text, clean};

/// Mark tasks
///
/// Only the byte between the brackets changes; a task already in that state is left alone. Several
/// tasks are marked together or not at all. If an agent is writing the same file, the mark goes into
/// its latest text or is refused with a reason.
#[derive(Debug, clap::Args)]
pub(super) struct Mark {
    /// Name of a spec, as printed by list
    #[arg(value_name = "SPEC")]
    spec: String,
    /// Tasks by number (2.1), by line (:14), or both (2.1:14)
    #[arg(value_name = "TASK", required = true, value_parser = task_key)]
    tasks: Vec<TaskKey>,
    /// The new state
    #[arg(value_name = "STATE", value_parser = target_state())]
    state: State,
    #[command(flatten)]
    format: Format,
}

/// Reads a task's number, line, or both.
pub(super) fn task_key(word: &str) -> Result<TaskKey, String> {
    let (number, line) = word
        .split_once(':')
        .map_or((word, None), |(number, line)| (number, Some(line)));
    let line = line.map(|line| {
        line.parse::<usize>()
            .ok()
            .and_then(|line| line.checked_sub(1))
            .ok_or("the line is a number from 1")
    });
    let number = Some(number.to_owned()).filter(|number| !number.is_empty());
    let key = TaskKey {
        number,
        line: line.transpose()?,
        ..TaskKey::default()
    };
    if key.number.is_none() && key.line.is_none() {
        Err("a number, a colon and a line, or both".to_owned())
    } else {
        Ok(key)
    }
}

impl Mark {
    pub(super) fn run(&self, context: &mut Context<'_, '_>) -> Result<Status, Stop> {
        if context.options.read_only {
            return Err(Stop::new(
                Status::No,
                "nothing was marked: --read-only forbids writing",
            ));
        }
        let workspace = context.workspace()?;
        let feature = &workspace.features[find_feature(&workspace, &self.spec)?];
        let Some(file) = feature.task_file() else {
            return Err(no_task_file(&workspace, feature, context));
        };
        let root = workspace.root_of(feature);
        let path = root.relative(&file.path);
        let marked = self.write(file, &path)?;
        tracing::info!(file = ?file.path, tasks = marked.len(), "marked");
        let changes: Vec<Change<'_>> = marked
            .iter()
            .map(|marked| Change::new(&root.name, &path, marked))
            .collect();
        if self.format.json {
            context.output.json(&Answer { changes })?;
        } else {
            for (marked, change) in marked.iter().zip(&changes) {
                let line = line(marked, change, context.output.style);
                context.output.line(&line)?;
            }
        }
        Ok(Status::Done)
    }

    /// Writes the marks until they stand: a file that was put in our file's place by a late writer
    /// gets them anew.
    fn write(&self, file: &DocumentFile, path: &str) -> Result<Vec<Marked>, Stop> {
        let mut decision = Decision {
            mark: self,
            file,
            path,
            intents: None,
            marked: Vec::new(),
        };
        for _ in 0..ATTEMPTS {
            let written = write(&file.path, |text| decision.decide(text)).map_err(stop)?;
            match written
                .displaced
                .map_or(Settled::Quiet, |displaced| displaced.settle())
            {
                Settled::Quiet => return Ok(decision.marked),
                Settled::CameBack => {}
                Settled::Kept(failure) => return Err(Stop::new(Status::No, failure.to_string())),
            }
        }
        Err(Stop::new(
            Status::No,
            format!(
                "{path} is constantly being written by another program; nothing was marked. Try again in a moment"
            ),
        ))
    }
}

/// How often marks are written again after a late writer.
const ATTEMPTS: usize = 8;

fn no_task_file(workspace: &Workspace, feature: &Feature, context: &mut Context<'_, '_>) -> Stop {
    feature
        .folder
        .problems
        .iter()
        .for_each(|problem| say_problem(workspace, feature.root, problem, context.output));
    let status = if feature.folder.problems.is_empty() {
        Status::BadUsage
    } else {
        Status::NoAccess
    };
    Stop::new(status, format!("{} has no tasks to mark", feature.name()))
}

/// What is decided on each fresh text of the file.
struct Decision<'a> {
    mark: &'a Mark,
    file: &'a DocumentFile,
    path: &'a str,
    /// The marks, once it is known which tasks were meant.
    intents: Option<Vec<Intent>>,
    marked: Vec<Marked>,
}

impl Decision<'_> {
    fn decide(&mut self, text: &Text) -> Result<Edit, Stop> {
        let document = Document::parse(text);
        let tasks =
            Tasks::parse_lines(text, &document, task_lines(self.file.kind, text, &document));
        let intents = match &self.intents {
            Some(intents) => intents.clone(),
            None => self.meant(&tasks)?,
        };
        let (edit, mut marked) =
            mark(text, &tasks, &intents).map_err(|refusal| self.refused(&refusal))?;
        marked.sort_by_key(|marked| marked.task.line);
        marked.dedup_by_key(|marked| marked.task.line);
        (self.intents, self.marked) = (Some(intents), marked);
        Ok(edit)
    }

    /// Finds out which tasks are meant. From then on each is known by number and title: it may
    /// move, but must not be another.
    fn meant(&self, tasks: &Tasks) -> Result<Vec<Intent>, Stop> {
        let intent = |key: &TaskKey| {
            let found = key
                .find(tasks)
                .map_err(|refusal| unknown(&refusal, tasks, self.path))?;
            Ok(Intent {
                task: TaskKey::of(&tasks.items[found]),
                from: None,
                base: None,
                to: Target::State(self.mark.state),
            })
        };
        self.mark.tasks.iter().map(intent).collect()
    }

    /// Says that somebody else changed the file so that the tasks are not what they were.
    fn refused(&self, refusal: &Refusal) -> Stop {
        if let Refusal::Unmerged(..) = refusal {
            return in_conflict(refusal, self.path);
        }
        let sentence = match refusal {
            Refusal::Gone(key) => format!("task {key} is gone from {}", self.path),
            Refusal::Ambiguous(key, lines) => {
                format!("task {key} appears {} times in {}", lines.len(), self.path)
            }
            Refusal::Changed(key) => format!("task {key} was changed in {}", self.path),
            Refusal::NoMarker
            | Refusal::Conflict(_)
            | Refusal::Unmerged(..)
            | Refusal::Structure(_) => {
                format!("these tasks of {} cannot be marked together", self.path)
            }
        };
        Stop::new(
            Status::No,
            format!(
                "{sentence}: another program wrote the file meanwhile. Nothing was marked. Look at it, then try again"
            ),
        )
    }
}

/// Says that a task stands inside a merge conflict.
fn in_conflict(refusal: &Refusal, path: &str) -> Stop {
    Stop::new(
        Status::No,
        format!("{refusal}. Nothing was marked in {path}"),
    )
}

/// Says that a task is not there, or there several times, and which could be meant.
fn unknown(refusal: &Refusal, tasks: &Tasks, path: &str) -> Stop {
    let (sentence, fitting): (_, Vec<&Task>) = match refusal {
        Refusal::Ambiguous(key, lines) => {
            let fitting = tasks
                .items
                .iter()
                .filter(|task| lines.contains(&task.line))
                .collect();
            (
                format!("task {key} could be any of these in {path}; add the line:"),
                fitting,
            )
        }
        Refusal::Gone(key) | Refusal::Changed(key) => (
            format!("there is no task {key} in {path}. There are:"),
            nearest(key, tasks),
        ),
        Refusal::Unmerged(..) => return in_conflict(refusal, path),
        Refusal::NoMarker | Refusal::Conflict(_) | Refusal::Structure(_) => (
            format!("there is no such task in {path}. There are:"),
            tasks.items.iter().collect(),
        ),
    };
    let names = fitting.iter().map(|task| {
        format!(
            "{}:{}  {}",
            task.number.as_deref().unwrap_or_default(),
            task.line + 1,
            task.title
        )
    });
    candidates(sentence, names)
}

/// Returns the tasks in the order in which they could be meant: with the same number or line, then
/// with a number that begins alike, then all.
fn nearest<'a>(key: &TaskKey, tasks: &'a Tasks) -> Vec<&'a Task> {
    let begins_alike = |task: &Task| {
        key.number
            .as_ref()
            .zip(task.number.as_ref())
            .is_some_and(|(wanted, number)| alike(wanted, number))
    };
    let mut nearest: Vec<&Task> = tasks.items.iter().collect();
    nearest.sort_by_key(|task| {
        if key.number.is_some() && task.number == key.number {
            0
        } else if key.line == Some(task.line) {
            1
        } else if begins_alike(task) {
            2
        } else {
            3 + key.line.map_or(0, |line| task.line.abs_diff(line))
        }
    });
    nearest
}

fn alike(wanted: &str, number: &str) -> bool {
    let first = |number: &str| number.split('.').next().map(str::to_owned);
    first(wanted) == first(number)
}

pub(super) fn stop(error: WriteError<Stop>) -> Stop {
    let status = if error.class() == Class::No {
        Status::No
    } else {
        Status::NoAccess
    };
    match error {
        WriteError::Refused(stop) => stop,
        WriteError::Busy(failure) | WriteError::Failed(failure) => {
            Stop::new(status, failure.to_string())
        }
    }
}

#[derive(Serialize)]
struct Answer<'a> {
    changes: Vec<Change<'a>>,
}

/// One mark, as the contract of the command line has it. Where the task had the state already,
/// `from` is `to`.
#[derive(Serialize)]
struct Change<'a> {
    root: &'a str,
    file: &'a str,
    line: usize,
    number: Option<&'a str>,
    from: State,
    to: State,
}

impl<'a> Change<'a> {
    fn new(root: &'a str, file: &'a str, marked: &'a Marked) -> Self {
        let Marked {
            task,
            before,
            after,
        } = marked;
        Self {
            root,
            file,
            line: task.line + 1,
            number: task.number.as_deref(),
            from: state_of(before),
            to: state_of(after),
        }
    }
}

fn line(marked: &Marked, change: &Change<'_>, style: Style) -> String {
    let number = change
        .number
        .map(|number| format!("{number} "))
        .unwrap_or_default();
    let to = marker_for(change.to).name;
    let what = match change.from {
        from if from == change.to => format!("{to} already"),
        State::Other => format!(
            "[{}] {} {to}",
            String::from_utf8_lossy(&marked.before),
            style.arrow()
        ),
        from => format!("{} {} {to}", marker_for(from).name, style.arrow()),
    };
    let place = Path::new(change.file).display();
    clean(&format!(
        "{number}{}: {what}  {place}:{}",
        marked.task.title, change.line
    ))
    .into_owned()
}
