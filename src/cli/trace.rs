//! `specboard trace`: which tasks and properties stand behind each criterion, and what stands
//! alone.

use std::borrow::Cow;
use std::ops::Range;

use serde::Serialize;

use super::context::{Context, listing_status, read_chosen};
use super::options::Format;
use super::output::Output;
use super::status::{Status, Stop};
use super::style::Style;
use crate::markdown::State;
use crate::prose::highlight::Role;
use crate::spec::contents::Contents;
use crate::spec::ears::Pattern;
use crate::spec::feature::Feature;
use crate::spec::links::state_together;
use crate::spec::par_map::par_map;
use crate::spec::workspace::Workspace;
use crate::spec::{Coverage, Criterion, CriterionTrace, Group, Origin, Trace as Found, Words};
use crate::text::{Span, Text, clean, cut_end, pad, width};

/// Show which tasks cover which criteria, and the gaps
///
/// Without a SPEC, those of all specs. Each line has a sign (`✗`: no task covers it; else how far its
/// tasks are), the id, the EARS pattern, the tasks, the properties (P) and the text. A task
/// covers a criterion when it names it, its requirement or All; a requirement without criteria is
/// covered itself. A task without a number is named by
/// its line. A task counts as unreferenced when neither itself nor a task above or below it has a
/// reference. References that are words, not ids, are listed apart from dangling ones.
#[derive(Debug, clap::Args)]
pub(super) struct Trace {
    /// Names of specs, as printed by list
    #[arg(value_name = "SPEC")]
    specs: Vec<String>,
    #[command(flatten)]
    format: Format,
}

impl Trace {
    pub(super) fn run(&self, context: &mut Context<'_, '_>) -> Result<Status, Stop> {
        let (workspace, chosen, contents) = read_chosen(context, &self.specs, Contents::read)?;
        let read: Vec<Read<'_>> = chosen
            .iter()
            .zip(&contents)
            .map(|(index, contents)| Read::new(&workspace, *index, contents))
            .collect();
        // Criteria are cut into clauses here, which takes as long as reading them did.
        let features = par_map(read.len(), |at| read[at].traced());
        if self.format.json {
            context.output.json(&Answer {
                features: &features,
            })?;
        } else {
            self.write_text(&features, context.output)?;
        }
        Ok(listing_status(&workspace))
    }

    fn write_text(&self, features: &[Traced<'_>], output: &mut Output<'_>) -> Result<(), Stop> {
        let told: Vec<&Traced<'_>> = features
            .iter()
            .filter(|feature| !self.specs.is_empty() || !feature.is_silent())
            .collect();
        for (index, feature) in told.iter().enumerate() {
            if index > 0 {
                output.line("")?;
            }
            write_feature(feature, output)?;
        }
        if told.len() > 1 {
            output.line("")?;
            output.line(&totals(&told))?;
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
    found: &'a Found,
    /// For each task of the trace, how it is named.
    names: Vec<String>,
    /// The items behind the tasks of the trace.
    items: &'a [usize],
    files: Files,
}

/// The files of a feature, relative to the root; empty where there is none.
struct Files {
    criteria: String,
    beside: String,
    tasks: String,
    design: String,
}

/// A document with criteria.
struct Source<'a> {
    criteria: Vec<&'a Criterion>,
    groups: Vec<Group<'a>>,
    text: &'a Text,
    file: &'a str,
}

impl<'a> Read<'a> {
    fn new(workspace: &'a Workspace, index: usize, contents: &'a Contents) -> Self {
        let feature = &workspace.features[index];
        let root = workspace.root_of(feature);
        let items = contents.links.tasks();
        let addresses = contents
            .list
            .as_ref()
            .map(|list| list.tasks.addresses())
            .unwrap_or_default();
        let files = Files {
            criteria: contents
                .criteria
                .as_ref()
                .map(|criteria| root.relative(&criteria.file.path))
                .unwrap_or_default(),
            beside: contents
                .wanted()
                .and_then(|wanted| wanted.beside.as_ref())
                .map(|beside| root.relative(&beside.file.path))
                .unwrap_or_default(),
            tasks: contents
                .list
                .as_ref()
                .map(|list| root.relative(&list.file.path))
                .unwrap_or_default(),
            design: contents
                .designed
                .as_ref()
                .map(|designed| root.relative(&designed.file.path))
                .unwrap_or_default(),
        };
        let names = items.iter().map(|item| addresses[*item].clone()).collect();
        Self {
            feature,
            root: &root.name,
            address: workspace.address(feature),
            contents,
            found: &contents.links.trace,
            names,
            items,
            files,
        }
    }

    fn traced(&self) -> Traced<'_> {
        Traced {
            name: self.feature.name(),
            root: self.root,
            criteria: self.criteria(),
            dangling: self
                .found
                .dangling
                .iter()
                .map(|found| Dangling {
                    lost: self.lost(found.from, found.span, Cow::from(&found.id)),
                    reason: self.why_missing(&found.id),
                })
                .collect(),
            prose: self
                .found
                .prose
                .iter()
                .map(|words| self.lost(words.from, words.span, self.words(*words)))
                .collect(),
            unreferenced_tasks: self
                .found
                .unreferenced
                .iter()
                .map(|task| self.names[*task].as_str())
                .collect(),
            coverage: self.found.coverage(),
            address: &self.address,
            tasks: self.items.len(),
        }
    }

    fn criteria(&self) -> Vec<Row<'_>> {
        let (Some(parsed), Some(wanted)) = (&self.contents.criteria, self.contents.wanted()) else {
            return Vec::new();
        };
        let own = Source {
            criteria: wanted.criteria_document.criteria(),
            groups: wanted.criteria_document.groups(),
            text: &parsed.text,
            file: &self.files.criteria,
        };
        let beside = wanted.beside.as_ref().map(|beside| Source {
            criteria: beside.criteria_document.criteria(),
            groups: beside.criteria_document.groups(),
            text: &beside.text,
            file: &self.files.beside,
        });
        let mut group = 0;
        let mut rows = Vec::with_capacity(self.found.criteria.len());
        let mut criteria = &self.found.criteria[..];
        for source in std::iter::once(own).chain(beside) {
            let (traced, behind) = criteria.split_at(source.criteria.len());
            criteria = behind;
            let groups = group..group + source.groups.len();
            group = groups.end;
            rows.push((source, traced, groups));
        }
        // What is left are requirements without criteria.
        let rows = rows.into_iter();
        rows.flat_map(|(source, traced, groups)| self.rows_of(&source, traced, criteria, groups))
            .collect()
    }

    /// Returns the rows of a document, in its order: of its criteria, and of the requirements that
    /// have none.
    fn rows_of<'b>(
        &'b self,
        source: &Source<'b>,
        traced: &[CriterionTrace],
        bare: &[CriterionTrace],
        groups: Range<usize>,
    ) -> Vec<Row<'b>> {
        let criteria = traced.iter().zip(&source.criteria);
        let mut rows: Vec<Row<'_>> = criteria
            .map(|(trace, criterion)| self.row(trace, criterion, source.text, source.file))
            .collect();
        let own = bare.iter().filter(|trace| groups.contains(&trace.known));
        rows.extend(own.map(|trace| {
            let group = source.groups[trace.known - groups.start];
            Row {
                id: group.id.unwrap_or_default(),
                text: one_line(&source.text.lossy(group.title)),
                kind: Some("requirement"),
                pattern: Pattern::None.name(),
                line: group.line + 1,
                ..self.traced_row(trace, source.file)
            }
        }));
        rows.sort_by_key(|row| row.line);
        rows
    }

    fn row<'b>(
        &'b self,
        trace: &CriterionTrace,
        criterion: &'b Criterion,
        text: &'b Text,
        file: &'b str,
    ) -> Row<'b> {
        Row {
            id: &criterion.id,
            text: one_line(&criterion.words(text)),
            pattern: criterion.ears(text).pattern.name(),
            line: criterion.line + 1,
            ..self.traced_row(trace, file)
        }
    }

    /// Returns what a row says of the tasks and properties behind it.
    fn traced_row<'b>(&'b self, trace: &CriterionTrace, file: &'b str) -> Row<'b> {
        Row {
            tasks: trace
                .tasks
                .iter()
                .map(|task| self.names[task].as_str())
                .collect(),
            properties: trace
                .properties
                .iter()
                .map(|property| self.property(property))
                .collect(),
            file,
            by_all_only: trace.tasks.is_by_all_only(),
            counted: trace.needs_task,
            state: self.state(&trace.tasks.iter().collect::<Vec<_>>()),
            ..Row::default()
        }
    }

    /// Returns how far the given tasks are together; none where there are none. Optional ones count
    /// only among themselves.
    fn state(&self, tasks: &[usize]) -> Option<State> {
        let all = &self.contents.list.as_ref()?.tasks.items;
        let items = tasks.iter().map(|task| &all[self.items[*task]]);
        state_together(items.map(|item| (item.state, item.optional)))
    }

    fn property(&self, property: usize) -> &str {
        self.contents
            .design()
            .map_or("", |design| &design.properties[property].number)
    }

    /// Returns what a reference stands in, and where.
    fn lost<'b>(&'b self, from: Origin, span: Span, reference: Cow<'b, str>) -> Lost<'b> {
        let (name, kind, file) = match from {
            Origin::Task(task) => (self.names[task].as_str(), "task", &self.files.tasks),
            Origin::Property(property) => (self.property(property), "property", &self.files.design),
        };
        let line = self.text(from).map_or(0, |text| text.line_at(span.start));
        Lost {
            from: name,
            reference,
            file,
            line: line + 1,
            kind,
        }
    }

    fn why_missing(&self, id: &str) -> String {
        let wanted = self.contents.wanted();
        wanted.map_or_else(
            || "there is no document with criteria".to_owned(),
            |wanted| wanted.resolver.why_missing(id),
        )
    }

    fn words(&self, words: Words) -> Cow<'_, str> {
        self.text(words.from)
            .map(|text| text.lossy(words.span))
            .unwrap_or_default()
    }

    /// Returns the text in which a reference stands.
    fn text(&self, from: Origin) -> Option<&Text> {
        match from {
            Origin::Task(_) => self.contents.list.as_ref().map(|list| &list.text),
            Origin::Property(_) => self
                .contents
                .designed
                .as_ref()
                .map(|designed| &designed.text),
        }
    }
}

#[derive(Serialize)]
struct Answer<'a> {
    features: &'a [Traced<'a>],
}

/// One feature, as the contract of the command line has it.
#[derive(Serialize)]
struct Traced<'a> {
    name: &'a str,
    root: &'a str,
    criteria: Vec<Row<'a>>,
    dangling: Vec<Dangling<'a>>,
    prose: Vec<Lost<'a>>,
    unreferenced_tasks: Vec<&'a str>,
    coverage: Coverage,
    #[serde(skip)]
    address: &'a str,
    #[serde(skip)]
    tasks: usize,
}

/// One criterion.
#[derive(Default, Serialize)]
struct Row<'a> {
    id: &'a str,
    text: String,
    /// What it is where it is no criterion.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    pattern: &'static str,
    tasks: Vec<&'a str>,
    properties: Vec<&'a str>,
    file: &'a str,
    line: usize,
    by_all_only: bool,
    /// Whether a task has to cover it, so that it counts. Left out where it is so.
    #[serde(skip_serializing_if = "is_true")]
    counted: bool,
    #[serde(skip)]
    state: Option<State>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks with a reference"
)]
fn is_true(value: &bool) -> bool {
    *value
}

/// A reference to what does not exist, with the reason.
#[derive(Serialize)]
struct Dangling<'a> {
    #[serde(flatten)]
    lost: Lost<'a>,
    reason: String,
}

/// A reference to what does not exist, or one that is words.
#[derive(Serialize)]
struct Lost<'a> {
    from: &'a str,
    reference: Cow<'a, str>,
    file: &'a str,
    line: usize,
    kind: &'static str,
}

impl Traced<'_> {
    /// Returns whether there is nothing to tell but that there are no criteria.
    fn is_silent(&self) -> bool {
        self.criteria.is_empty() && self.dangling.is_empty() && self.prose.is_empty()
    }

    fn by_all_only(&self) -> usize {
        self.criteria.iter().filter(|row| row.by_all_only).count()
    }

    /// Returns the figures: `18/20 criteria covered, 1 by All only`.
    fn figures(&self) -> String {
        let Coverage { covered, total } = self.coverage;
        match self.by_all_only() {
            _ if total == 0 => "no criteria".to_owned(),
            0 => format!("{covered}/{total} criteria covered"),
            by_all => format!("{covered}/{total} criteria covered, {by_all} by All only"),
        }
    }
}

impl Row<'_> {
    fn tasks(&self, style: Style) -> String {
        if self.tasks.is_empty() {
            style.none().to_owned()
        } else if self.by_all_only {
            format!("{} by All", some(&self.tasks))
        } else {
            some(&self.tasks)
        }
    }
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many names stand in one cell.
const MOST_NAMES: usize = 4;

/// Returns the first names, and how many more there are.
fn some(names: &[&str]) -> String {
    let shown = if names.len() > MOST_NAMES {
        MOST_NAMES - 1
    } else {
        names.len()
    };
    let mut cell = names[..shown].join(" ");
    if shown < names.len() {
        cell.push_str(&format!(" +{}", names.len() - shown));
    }
    clean(&cell).into_owned()
}

/// The widths of the columns of one feature.
struct Columns {
    id: usize,
    pattern: usize,
    tasks: usize,
    properties: usize,
}

impl Columns {
    fn of(rows: &[Row<'_>], style: Style) -> Self {
        let widest = |cell: &dyn Fn(&Row<'_>) -> usize| rows.iter().map(cell).max().unwrap_or(0);
        Self {
            id: widest(&|row| width(&clean(row.id))),
            pattern: widest(&|row| row.pattern.len()),
            tasks: widest(&|row| width(&row.tasks(style))),
            properties: widest(&|row| width(&properties(row))),
        }
    }

    fn before_text(&self) -> usize {
        let properties = if self.properties > 0 {
            self.properties + 2
        } else {
            0
        };
        4 + self.id + 2 + self.pattern + 2 + self.tasks + 2 + properties
    }
}

fn properties(row: &Row<'_>) -> String {
    if row.properties.is_empty() {
        String::new()
    } else {
        format!("P {}", some(&row.properties))
    }
}

fn write_feature(feature: &Traced<'_>, output: &mut Output<'_>) -> Result<(), Stop> {
    let mut heading = String::new();
    output
        .style
        .paint(&mut heading, Role::Heading, feature.address);
    output.line(&format!("{heading}  {}", feature.figures()))?;
    let columns = Columns::of(&feature.criteria, output.style);
    for row in &feature.criteria {
        let line = line(row, &columns, output.style);
        output.line(&line)?;
    }
    write_gaps(feature, output)
}

fn line(row: &Row<'_>, columns: &Columns, style: Style) -> String {
    let mut line = "  ".to_owned();
    match row.state {
        Some(state) => style.paint(&mut line, Role::Marker(state), style.glyph(state)),
        None if !row.counted => line.push(' '),
        None => line.push_str(style.uncovered()),
    }
    line.push(' ');
    style.paint(&mut line, Role::Id, &pad(&clean(row.id), columns.id + 2));
    line.push_str(&pad(row.pattern, columns.pattern + 2));
    line.push_str(&pad(&row.tasks(style), columns.tasks + 2));
    if columns.properties > 0 {
        line.push_str(&pad(&properties(row), columns.properties + 2));
    }
    let left = style.columns.map_or(usize::MAX, |all| {
        all.saturating_sub(columns.before_text()).max(LEAST_TEXT)
    });
    line.push_str(&cut_end(&clean(&row.text), left, style.cut()));
    line.truncate(line.trim_end().len());
    line
}

/// How much of a criterion is always shown.
const LEAST_TEXT: usize = 10;

/// Writes what stands alone: criteria without a task, references that name nothing, tasks without a
/// reference.
fn write_gaps(feature: &Traced<'_>, output: &mut Output<'_>) -> Result<(), Stop> {
    let uncovered: Vec<&str> = feature
        .criteria
        .iter()
        .filter(|row| row.counted && row.tasks.is_empty())
        .map(|row| row.id)
        .collect();
    if !uncovered.is_empty() && feature.tasks > 0 {
        write_names("No task for", &uncovered, output)?;
    }
    write_lost(feature, output)?;
    if !feature.unreferenced_tasks.is_empty() && !feature.criteria.is_empty() {
        write_names("No reference in task", &feature.unreferenced_tasks, output)?;
    }
    Ok(())
}

/// Writes the references that name nothing: those to what does not exist, then those that are
/// words.
fn write_lost(feature: &Traced<'_>, output: &mut Output<'_>) -> Result<(), Stop> {
    if feature.criteria.is_empty() && !feature.dangling.is_empty() {
        output.line(&format!(
            "  Dangling: all {} references, as there are no criteria",
            feature.dangling.len()
        ))?;
    } else {
        for Dangling { lost, reason } in &feature.dangling {
            let Lost {
                from,
                reference,
                file,
                line,
                kind,
            } = lost;
            output.line(&clean(&format!(
                "  Dangling: {kind} {from} names {reference}: {reason}  {file}:{line}"
            )))?;
        }
    }
    for Lost {
        from,
        reference,
        file,
        line,
        kind,
    } in &feature.prose
    {
        output.line(&clean(&format!(
            "  Not an id: {kind} {from} says \"{reference}\"  {file}:{line}"
        )))?;
    }
    Ok(())
}

fn write_names(label: &str, names: &[&str], output: &mut Output<'_>) -> Result<(), Stop> {
    let names = clean(&names.join(" ")).into_owned();
    let left = output.style.columns.map_or(usize::MAX, |columns| {
        columns.saturating_sub(label.len() + 4).max(LEAST_TEXT)
    });
    Ok(output.line(&format!(
        "  {label}: {}",
        cut_end(&names, left, output.style.cut())
    ))?)
}

fn totals(features: &[&Traced<'_>]) -> String {
    let sum = |count: &dyn Fn(&Traced<'_>) -> usize| {
        features.iter().map(|feature| count(feature)).sum::<usize>()
    };
    format!(
        "{} specs, {} of {} criteria covered, {} by All only; {} dangling, {} not an id",
        features.len(),
        sum(&|feature| feature.coverage.covered),
        sum(&|feature| feature.coverage.total),
        sum(&|feature| feature.by_all_only()),
        sum(&|feature| feature.dangling.len()),
        sum(&|feature| feature.prose.len()),
    )
}
