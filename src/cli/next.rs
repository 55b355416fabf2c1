//! `specboard next`: what can be begun now, across specs.

use serde::Serialize;

use super::context::{Context, listing_status, read_chosen};
use super::options::Format;
use super::output::Output;
use super::status::{Status, Stop};
use crate::prose::highlight::Role;
use crate::spec::contents::Contents;
use crate::spec::parsed::Parsed;
use crate::spec::references::FieldKind;
use crate::spec::tasks::Task;
use crate::spec::workspace::Workspace;
use crate::text::{clean, width};

/// Show what can be started now, across specs
///
/// The open tasks that nothing else holds up: by their spec's waves, by what they depend on, else
/// the next one in the list.
#[derive(Debug, clap::Args)]
pub(super) struct Next {
    /// Names of specs, as printed by list
    #[arg(value_name = "SPEC")]
    specs: Vec<String>,
    #[command(flatten)]
    format: Format,
}

/// The answer as JSON.
#[derive(Serialize)]
struct Answer<'a> {
    tasks: &'a [NextTask<'a>],
}

/// A task that can be begun, as the contract of the command line has it.
#[derive(Serialize)]
struct NextTask<'a> {
    spec: &'a str,
    root: &'a str,
    number: Option<&'a str>,
    title: &'a str,
    file: String,
    line: usize,
    why: &'static str,
    #[serde(skip)]
    address: String,
}

impl Next {
    pub(super) fn run(&self, context: &mut Context<'_, '_>) -> Result<Status, Stop> {
        let (workspace, chosen, contents) =
            read_chosen(context, &self.specs, Contents::read_tasks)?;
        let specs = chosen.iter().zip(&contents);
        let tasks: Vec<NextTask<'_>> = specs
            .flat_map(|(index, contents)| tasks_of(&workspace, *index, contents))
            .collect();
        if self.format.json {
            context.output.json(&Answer { tasks: &tasks })?;
        } else {
            write_text(&tasks, context.output)?;
            if tasks.is_empty() {
                context.output.say(nothing_to_start(&contents));
            }
        }
        Ok(listing_status(&workspace))
    }
}

/// Returns the tasks of a spec that can be begun; none of an archived one.
fn tasks_of<'a>(
    workspace: &'a Workspace,
    index: usize,
    contents: &'a Contents,
) -> Vec<NextTask<'a>> {
    let feature = &workspace.features[index];
    if feature.folder.archived {
        return Vec::new();
    }
    let Some(list) = &contents.list else {
        return Vec::new();
    };
    let root = workspace.root_of(feature);
    let ready = &contents.links.plan.schedule.ready;
    let items = list.tasks.items.iter().zip(ready);
    let ready = items.filter(|(_, is_ready)| **is_ready);
    ready
        .map(|(task, _)| NextTask {
            spec: feature.name(),
            root: &root.name,
            number: task.number.as_deref(),
            title: &task.title,
            file: root.relative(&list.file.path),
            line: task.line + 1,
            why: why(contents, list, task),
            address: workspace.address(feature),
        })
        .collect()
}

/// Says why a task can be begun.
fn why(contents: &Contents, list: &Parsed, task: &Task) -> &'static str {
    let depends = |field: &crate::spec::references::Field| field.kind == FieldKind::Depends;
    if task.fields.iter().any(depends) {
        return "what it depends on is done";
    }
    if contents.links.plan.schedule.waves.is_some() {
        return "its wave is open";
    }
    match task.parent.map(|parent| &list.tasks.items[parent]) {
        _ if task.is_side_by_side() => "it can be done in parallel with its neighbours",
        Some(parent) if parent.state.is_begun() => "next in what is in progress",
        _ => "next in the list",
    }
}

fn write_text(tasks: &[NextTask<'_>], output: &mut Output<'_>) -> Result<(), Stop> {
    let specs = tasks.iter().map(|task| width(&clean(&task.address)));
    let numbers = tasks
        .iter()
        .map(|task| width(&clean(task.number.unwrap_or_default())));
    let (specs, numbers) = (specs.max().unwrap_or(0), numbers.max().unwrap_or(0));
    for task in tasks {
        let mut line = String::new();
        let pad = |text: &str, columns: usize| crate::text::pad(&clean(text), columns);
        output
            .style
            .paint(&mut line, Role::Heading, &pad(&task.address, specs));
        line.push_str(&format!(
            "  {} {}  ",
            pad(task.number.unwrap_or_default(), numbers),
            clean(task.title)
        ));
        output.style.paint(&mut line, Role::Code, task.why);
        output.line(&line)?;
    }
    Ok(())
}

/// Says why no task can be started.
fn nothing_to_start(contents: &[Contents]) -> &'static str {
    let lists = contents.iter().flat_map(|contents| &contents.list);
    let mut tasks = lists.flat_map(|list| &list.tasks.items);
    match tasks.next() {
        Some(_) => {
            "nothing can be started: everything is done, in progress, or waits for another task"
        }
        None => "nothing can be started: there are no tasks yet",
    }
}
