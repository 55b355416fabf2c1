//! `specboard list`: every feature with its progress.

use serde::Serialize;

use super::context::{Context, listing_status, say_problem};
use super::options::Format;
use super::output::Output;
use super::status::{Status, Stop};
use super::style::Style;
use crate::markdown::State;
use crate::prose::highlight::Role;
use crate::spec::feature::{Feature, FeatureKind};
use crate::spec::progress::Progress;
use crate::spec::reading::{Reading, read_each};
use crate::spec::stale::{age, stale_days};
use crate::spec::workspace::Workspace;
use crate::spec::{Approval, SpecJson};
use crate::store::{Problem, Version, now};
use crate::text::{clean, cut_middle, pad, width};

/// List every spec with its progress
///
/// Figures count required tasks that have no required sub-tasks; optional ones are counted apart.
/// Tasks left in progress or queued in a file untouched for a week, or as long as stale-days in the configuration says, show their age. `!` marks a
/// spec whose tasks cannot be read; the reason is on standard error.
#[derive(Debug, clap::Args)]
pub(super) struct List {
    #[command(flatten)]
    format: Format,
}

impl List {
    pub(super) fn run(&self, context: &mut Context<'_, '_>) -> Result<Status, Stop> {
        let workspace = context.workspace()?;
        let all: Vec<usize> = (0..workspace.features.len()).collect();
        let (now, after) = (now(), context.config.settings.stale_after_days);
        let stale = |version: &Version| stale_days(version, now, after);
        let rows = read_each(&workspace, &all, |index, reading| {
            Row::new(&workspace, index, reading, &stale)
        });
        if self.format.json {
            context.output.json(&Answer::new(&workspace, &rows))?;
        } else {
            write_text(&workspace, &rows, context.output)?;
        }
        Ok(listing_status(&workspace))
    }
}

/// The whole answer, as the contract of the command line has it.
#[derive(Serialize)]
struct Answer<'a> {
    roots: Vec<&'a str>,
    features: &'a [Row<'a>],
    problems: Vec<Stray<'a>>,
}

/// A problem that belongs to no feature.
#[derive(Serialize)]
struct Stray<'a> {
    #[serde(flatten)]
    problem: &'a Problem,
    root: &'a str,
}

/// What spec.json says of the documents.
#[derive(Serialize)]
struct Approvals {
    requirements: Option<Approval>,
    design: Option<Approval>,
    tasks: Option<Approval>,
}

impl Approvals {
    /// Returns the approvals, where there are any.
    fn of(json: &SpecJson) -> Option<Self> {
        let SpecJson {
            requirements,
            design,
            tasks,
            ..
        } = *json;
        [requirements, design, tasks]
            .iter()
            .any(Option::is_some)
            .then_some(Self {
                requirements,
                design,
                tasks,
            })
    }
}

/// One feature.
#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    path: String,
    root: &'a str,
    kind: FeatureKind,
    documents: Vec<String>,
    other_files: Vec<String>,
    archived: bool,
    progress: Progress,
    problems: Vec<Problem>,
    phase: Option<String>,
    approvals: Option<Approvals>,
    /// Whether there is a list of tasks that could be read.
    #[serde(skip)]
    is_read: bool,
    /// For how many days nobody wrote to its tasks, where work that was begun is stale by now.
    #[serde(skip)]
    stale_days: Option<i64>,
    #[serde(skip)]
    root_index: usize,
}

impl<'a> Answer<'a> {
    fn new(workspace: &'a Workspace, features: &'a [Row<'a>]) -> Self {
        let stray = |(root, problem): &'a (usize, Problem)| Stray {
            problem,
            root: &workspace.roots[*root].name,
        };
        Self {
            roots: workspace
                .roots
                .iter()
                .map(|root| root.name.as_str())
                .collect(),
            features,
            problems: workspace.problems.iter().map(stray).collect(),
        }
    }
}

impl<'a> Row<'a> {
    fn new(
        workspace: &'a Workspace,
        index: usize,
        reading: Reading,
        stale: &dyn Fn(&Version) -> Option<i64>,
    ) -> Self {
        let feature: &Feature = &workspace.features[index];
        let root = workspace.root_of(feature);
        let reading = reading.with_faults_of_schedule(root);
        Self {
            name: feature.name(),
            path: root.relative(&feature.folder.path),
            root: &root.name,
            kind: reading.metadata.kind(feature),
            documents: feature
                .documents()
                .map(|file| feature.relative(&file.path))
                .collect(),
            other_files: feature
                .other_files()
                .map(|path| feature.relative(path))
                .collect(),
            archived: feature.folder.archived,
            progress: reading
                .list
                .as_ref()
                .map(|list| list.progress())
                .unwrap_or_default(),
            problems: reading.problems,
            approvals: Approvals::of(&reading.metadata.spec_json),
            phase: reading.metadata.spec_json.phase,
            is_read: reading.list.is_some(),
            stale_days: match &reading.list {
                Some(list) if !feature.folder.archived => list.version.as_ref().and_then(stale),
                _ => None,
            },
            root_index: feature.root,
        }
    }

    /// Returns whether tasks are missing here because of a problem.
    fn is_broken(&self) -> bool {
        !self.is_read && !self.problems.is_empty()
    }

    /// Returns whether the folder is empty: a spec that nobody has written yet.
    fn is_empty(&self) -> bool {
        let is_bare = self.documents.is_empty() && self.other_files.is_empty();
        is_bare && self.problems.is_empty()
    }

    fn has_tasks(&self) -> bool {
        self.progress.total + self.progress.optional_total > 0
    }

    /// Returns what stands behind the figures.
    fn remarks(&self) -> Vec<String> {
        let progress = &self.progress;
        let optional = (progress.optional_total > 0).then(|| {
            format!(
                "{}/{} optional",
                progress.optional_done, progress.optional_total
            )
        });
        let stale = self
            .stale_days
            .map(|days| format!(", {}", age(days)))
            .unwrap_or_default();
        let counted = [
            (progress.doing, "in progress", &*stale),
            (progress.queued, "queued", &stale),
            (progress.other, "other", ""),
        ];
        let counted = counted
            .into_iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, name, age)| format!("{count} {name}{age}"));
        optional
            .into_iter()
            .chain(counted)
            .chain(self.archived.then(|| "archived".to_owned()))
            .chain(self.is_empty().then(|| "empty".to_owned()))
            .collect()
    }
}

/// The widths of the columns, over all rows.
struct Columns {
    name: usize,
    done: usize,
    total: usize,
}

/// What stands before the name and between the columns.
const BEFORE_NAME: usize = 3;
const GAP: usize = 4;

impl Columns {
    fn of(rows: &[Row<'_>], style: Style) -> Self {
        let widest =
            |measure: &dyn Fn(&Row<'_>) -> usize| rows.iter().map(measure).max().unwrap_or(0);
        let done = widest(&|row| row.progress.done.to_string().len());
        let total = widest(&|row| row.progress.total.to_string().len());
        let remarks = widest(&|row| row.remarks().iter().map(|remark| remark.len() + 3).sum());
        let name = widest(&|row| width(&clean(row.name)));
        let left = |columns: usize| {
            columns
                .saturating_sub(BEFORE_NAME + GAP + done + 1 + total + remarks)
                .max(SHORTEST_NAME)
        };
        Self {
            name: style
                .columns
                .map_or(name, |columns| name.min(left(columns))),
            done,
            total,
        }
    }
}

/// How much of a name is always shown.
const SHORTEST_NAME: usize = 12;

fn write_text(
    workspace: &Workspace,
    rows: &[Row<'_>],
    output: &mut Output<'_>,
) -> Result<(), Stop> {
    let columns = Columns::of(rows, output.style);
    for (index, root) in workspace.roots.iter().enumerate() {
        if workspace.roots.len() > 1 {
            let mut heading = String::new();
            output.style.paint(&mut heading, Role::Heading, &root.name);
            output.line(&heading)?;
        }
        for row in rows.iter().filter(|row| row.root_index == index) {
            let line = line(row, &columns, output.style);
            output.line(&line)?;
        }
    }
    output.line(&totals(rows))?;
    say_problems(workspace, rows, output);
    Ok(())
}

fn line(row: &Row<'_>, columns: &Columns, style: Style) -> String {
    let mut line = " ".to_owned();
    let state = row.progress.state();
    if row.is_broken() {
        line.push('!');
    } else if row.has_tasks() {
        style.paint(&mut line, Role::Marker(state), style.glyph(state));
    } else {
        style.paint(&mut line, Role::Marker(State::Todo), style.none());
    }
    line.push(' ');
    line.push_str(&pad(
        &cut_middle(&clean(row.name), columns.name, style.cut()),
        columns.name + GAP,
    ));
    line.push_str(&figures(row, columns, style));
    for remark in row.remarks() {
        line.push_str("   ");
        line.push_str(&remark);
    }
    line.truncate(line.trim_end().len());
    line
}

/// Returns done and total, one below the other at the stroke.
fn figures(row: &Row<'_>, columns: &Columns, style: Style) -> String {
    let Columns { done, total, .. } = *columns;
    if row.has_tasks() {
        return format!(
            "{:>done$}/{:<total$}",
            row.progress.done, row.progress.total
        );
    }
    pad(&format!("{:>done$}", style.none()), done + 1 + total)
}

fn totals(rows: &[Row<'_>]) -> String {
    let mut sum = Progress::default();
    rows.iter().for_each(|row| sum += row.progress);
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    let empty = rows.iter().filter(|row| row.is_empty()).count();
    let specs = rows.len() - empty;
    let mut line = format!(
        "{specs} spec{}, {} of {} required task{} done",
        plural(specs),
        sum.done,
        sum.total,
        plural(sum.total)
    );
    let broken = rows.iter().filter(|row| row.is_broken()).count();
    if broken > 0 {
        line.push_str(&format!("; {broken} not read"));
    }
    if empty > 0 {
        line.push_str(&format!("; {empty} empty"));
    }
    line
}

fn say_problems(workspace: &Workspace, rows: &[Row<'_>], output: &mut Output<'_>) {
    if rows.iter().all(Row::is_empty) && workspace.problems.is_empty() {
        output.say("There are no specs yet. Start with a folder: .kiro/specs/NAME");
    }
    for (root, problem) in &workspace.problems {
        say_problem(workspace, *root, problem, output);
    }
    for row in rows {
        row.problems
            .iter()
            .for_each(|problem| say_problem(workspace, row.root_index, problem, output));
    }
}
