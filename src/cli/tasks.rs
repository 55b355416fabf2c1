//! `specboard tasks`: the tasks and checklist items of features.

use std::borrow::Cow;

use serde::Serialize;

use super::context::{Context, listing_status, read_chosen};
use super::options::{Format, any_state};
use super::output::Output;
use super::status::{Status, Stop};
use super::style::Style;
use crate::markdown::State;
use crate::prose::highlight::Role;
use crate::spec::contents::Contents;
use crate::spec::feature::Feature;
use crate::spec::parsed::Parsed;
use crate::spec::tasks::{ItemKind, Task};
use crate::spec::workspace::Workspace;
use crate::text::{clean, cut_end, pad, width};

/// Show tasks and checklist items
///
/// Without a SPEC, those of all specs. Each line has the line number in the file, the state, the
/// number and the title; `*` marks an optional task.
#[derive(Debug, clap::Args)]
pub(super) struct Tasks {
    /// Names of specs, as printed by list
    #[arg(value_name = "SPEC")]
    specs: Vec<String>,
    /// Only those in this state. May be repeated
    #[arg(long = "state", value_name = "STATE", value_parser = any_state())]
    states: Vec<State>,
    /// Only those that can be started now
    #[arg(long)]
    ready: bool,
    #[command(flatten)]
    format: Format,
}

impl Tasks {
    pub(super) fn run(&self, context: &mut Context<'_, '_>) -> Result<Status, Stop> {
        let (workspace, chosen, contents) =
            read_chosen(context, &self.specs, Contents::read_tasks)?;
        let read: Vec<Read<'_>> = chosen
            .iter()
            .zip(&contents)
            .map(|(index, contents)| Read::new(&workspace, *index, contents))
            .collect();
        let features: Vec<Listed<'_>> = read.iter().map(|read| self.listed(read)).collect();
        if self.format.json {
            context.output.json(&Answer {
                features: &features,
            })?;
        } else {
            self.write_text(&features, context.output)?;
        }
        let is_unread = !self.specs.is_empty() && read.iter().any(Read::is_unread);
        Ok(if is_unread {
            Status::NoAccess
        } else {
            listing_status(&workspace)
        })
    }

    fn listed<'a>(&self, read: &'a Read<'_>) -> Listed<'a> {
        let rows = |list: &'a Parsed| {
            let ready = &read.contents.links.plan.schedule.ready;
            let wanted = |index: &usize| {
                let state = list.tasks.items[*index].state;
                let is_of_state = self.states.is_empty() || self.states.contains(&state);
                is_of_state && (!self.ready || ready[*index])
            };
            (0..list.tasks.items.len())
                .filter(wanted)
                .map(|index| Row::new(read, list, index))
                .collect()
        };
        let tasks = read.contents.list.as_ref().map(rows).unwrap_or_default();
        Listed {
            name: read.feature.name(),
            root: read.root,
            tasks,
            address: &read.address,
            file: &read.file,
            is_unread: read.is_unread(),
        }
    }

    fn write_text(&self, features: &[Listed<'_>], output: &mut Output<'_>) -> Result<(), Stop> {
        for feature in features {
            if !feature.tasks.is_empty() {
                write_feature(feature, output)?;
            } else if !self.specs.is_empty() {
                let reason = if feature.is_unread {
                    "its tasks cannot be read"
                } else {
                    "there is no such task"
                };
                output.say(&format!("{}: {reason}", feature.address));
            }
        }
        Ok(())
    }
}

/// One feature with what was read of it.
struct Read<'a> {
    feature: &'a Feature,
    root: &'a str,
    address: String,
    contents: &'a Contents,
    /// The task file, relative to the root; empty where there is none.
    file: String,
}

impl<'a> Read<'a> {
    fn new(workspace: &'a Workspace, index: usize, contents: &'a Contents) -> Self {
        let feature = &workspace.features[index];
        let root = workspace.root_of(feature);
        let file = contents
            .list
            .as_ref()
            .map(|list| root.relative(&list.file.path))
            .unwrap_or_default();
        Self {
            feature,
            root: &root.name,
            address: workspace.address(feature),
            contents,
            file,
        }
    }

    /// Returns whether the feature may have tasks that could not be read.
    fn is_unread(&self) -> bool {
        let is_blocked =
            self.feature.task_file().is_some() || !self.feature.folder.problems.is_empty();
        self.contents.list.is_none() && is_blocked
    }
}

#[derive(Serialize)]
struct Answer<'a> {
    features: &'a [Listed<'a>],
}

/// One feature with its items, as the contract of the command line has it.
#[derive(Serialize)]
struct Listed<'a> {
    name: &'a str,
    root: &'a str,
    tasks: Vec<Row<'a>>,
    #[serde(skip)]
    address: &'a str,
    #[serde(skip)]
    file: &'a str,
    #[serde(skip)]
    is_unread: bool,
}

/// One item.
#[derive(Serialize)]
struct Row<'a> {
    number: Option<&'a str>,
    title: &'a str,
    state: State,
    marker: Cow<'a, str>,
    optional: bool,
    kind: ItemKind,
    counted: bool,
    parent: Option<&'a str>,
    parent_line: Option<usize>,
    depth: usize,
    #[serde(serialize_with = "ids")]
    references: Named<'a>,
    file: &'a str,
    line: usize,
    ready: bool,
}

/// The ids that an item names: listed only while they are printed.
struct Named<'a> {
    contents: &'a Contents,
    item: usize,
}

impl Named<'_> {
    fn ids(&self) -> Vec<Cow<'_, str>> {
        self.contents.ids_named_by(self.item)
    }
}

fn ids<S: serde::Serializer>(named: &Named<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(named.ids())
}

impl<'a> Row<'a> {
    fn new(read: &'a Read<'_>, list: &'a Parsed, index: usize) -> Self {
        let task: &Task = &list.tasks.items[index];
        let parent = task.parent.map(|parent| &list.tasks.items[parent]);
        Self {
            number: task.number.as_deref(),
            title: &task.title,
            state: task.state,
            marker: list.text.lossy(task.marker),
            optional: task.optional,
            kind: task.kind,
            counted: task.counted,
            parent: parent.and_then(|parent| parent.number.as_deref()),
            parent_line: parent.map(|parent| parent.line + 1),
            depth: task.depth,
            references: Named {
                contents: read.contents,
                item: index,
            },
            file: &read.file,
            line: task.line + 1,
            ready: read.contents.links.plan.schedule.ready[index],
        }
    }

    /// Returns the number with the star of an optional task.
    fn number_and_star(&self) -> String {
        format!(
            "{}{}",
            clean(self.number.unwrap_or_default()),
            if self.optional { "*" } else { "" }
        )
    }
}

/// How wide the column of line numbers and that of task numbers are at least.
const LEAST_COLUMNS: (usize, usize) = (4, 5);

fn write_feature(feature: &Listed<'_>, output: &mut Output<'_>) -> Result<(), Stop> {
    let mut heading = String::new();
    output
        .style
        .paint(&mut heading, Role::Heading, feature.address);
    output.line(&format!("{heading}  {}", clean(feature.file)))?;
    let lines = feature
        .tasks
        .iter()
        .map(|row| row.line.to_string().len() + 1)
        .max()
        .unwrap_or(0)
        .max(LEAST_COLUMNS.0);
    let widest = feature
        .tasks
        .iter()
        .map(|row| width(&row.number_and_star()))
        .max()
        .unwrap_or(0);
    let numbers = if widest == 0 {
        0
    } else {
        widest.max(LEAST_COLUMNS.1) + 1
    };
    for row in &feature.tasks {
        let line = line(row, lines, numbers, output.style);
        output.line(&line)?;
    }
    Ok(())
}

fn line(row: &Row<'_>, lines: usize, numbers: usize, style: Style) -> String {
    let mut line = format!(
        "{:>lines$}  {:indent$}",
        row.line,
        "",
        indent = 2 * row.depth
    );
    let role = Role::Marker(row.state);
    if row.kind == ItemKind::Checklist {
        style.paint(&mut line, role, &format!("[{}]", row.marker));
        line.push(' ');
    } else {
        style.paint(&mut line, role, style.glyph(row.state));
        line.push_str(&format!(" {}", pad(&row.number_and_star(), numbers)));
        if row.state == State::Other {
            line.push_str(&format!("[{}] ", clean(&row.marker)));
        }
    }
    let title = clean(row.title);
    let used = lines + 2 + 2 * row.depth + 2 + numbers;
    let left = style.columns.map_or(usize::MAX, |columns| {
        columns.saturating_sub(used).max(LEAST_TITLE)
    });
    line.push_str(&cut_end(&title, left, style.cut()));
    line.truncate(line.trim_end().len());
    line
}

/// How much of a title is always shown.
const LEAST_TITLE: usize = 10;
