//! `specboard renumber`: numbers in order, with everything that names them.

use clap::ValueEnum;

use super::context::{Context, find_feature};
use super::options::Format;
use super::status::{Status, Stop};
use super::structure::{Answer, Row, row, say_row};
use crate::model::{FileChange, Origin, Write};
use crate::runtime::write_now;
use crate::spec::change::Change;
use crate::spec::contents::Contents;
use crate::spec::feature::Feature;
use crate::spec::renumber::{Numbered, Renumbered, renumber};

/// Number tasks, criteria, requirements and properties in order
///
/// Numbers keep their form, and everything that names them follows: references, ranges, waves and
/// what tasks depend on. All files are written or none. Where a reference would name something else
/// than before, nothing is written.
#[derive(Debug, clap::Args)]
pub(super) struct Renumber {
    /// Name of a spec, as printed by list
    #[arg(value_name = "SPEC")]
    spec: String,
    /// What is numbered; everything where nothing is said
    #[arg(value_enum)]
    what: Option<What>,
    /// Say what would change, and write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    format: Format,
}

/// What can be numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    Tasks,
    Criteria,
    Requirements,
    Properties,
}

impl What {
    fn numbered(self) -> Numbered {
        match self {
            Self::Tasks => Numbered::Tasks,
            Self::Criteria => Numbered::Criteria,
            Self::Requirements => Numbered::Requirements,
            Self::Properties => Numbered::Properties,
        }
    }
}

/// Kiro's own file, in which what a task was is kept by its number and title.
const HISTORY: &str = "tasks.meta.json";

impl Renumber {
    pub(super) fn run(&self, context: &mut Context<'_, '_>) -> Result<Status, Stop> {
        if context.options.read_only && !self.dry_run {
            let words = "nothing is numbered: --read-only refuses every write";
            return Err(Stop::new(Status::No, words));
        }
        let workspace = context.workspace()?;
        let feature = &workspace.features[find_feature(&workspace, &self.spec)?];
        let root = workspace.root_of(feature);
        let contents = Contents::read(feature, root);
        let what = self.what.map_or(Numbered::All, What::numbered);
        let changes = renumber(&contents, what)
            .map_err(|refused| Stop::new(Status::No, format!("nothing is numbered: {refused}")))?;
        if !self.dry_run {
            write(feature, &changes)?;
        }
        warn(context, feature, &changes);
        let rows = changes.iter().map(|change| {
            let file = root.relative(&change.file.path);
            row(&root.name, &file, &change.base, &change.edit)
        });
        let rows: Vec<Row> = rows.collect();
        self.tell(context, rows)?;
        Ok(Status::Done)
    }

    fn tell(&self, context: &mut Context<'_, '_>, rows: Vec<Row>) -> Result<(), Stop> {
        if self.format.json {
            return Ok(context.output.json(&Answer { changes: rows })?);
        }
        if rows.is_empty() {
            context.output.say("all numbers are in order");
        }
        for row in &rows {
            say_row(context, row)?;
        }
        Ok(())
    }
}

fn write(feature: &Feature, changes: &[Renumbered]) -> Result<(), Stop> {
    if changes.is_empty() {
        return Ok(());
    }
    let part = |change: &Renumbered| FileChange {
        feature: feature.folder.path.clone(),
        file: change.file.clone(),
        change: Change::Text {
            base: change.base.clone(),
            edit: change.edit.clone(),
        },
    };
    let order = Write {
        parts: changes.iter().map(part).collect(),
        origin: Origin::User,
        name: None,
    };
    let stop = |reason: crate::model::Unwritten| {
        Stop::new(
            Status::No,
            format!("nothing is numbered: {}", reason.words()),
        )
    };
    write_now(&order).map_err(stop)?;
    Ok(())
}

/// Says that Kiro will not find what it knows of the tasks.
fn warn(context: &mut Context<'_, '_>, feature: &Feature, changes: &[Renumbered]) {
    let is_history = |path: &std::path::Path| path.file_name().is_some_and(|name| name == HISTORY);
    let has_history = feature.other_files().any(is_history);
    let tasks = feature.task_file();
    let is_about_tasks = changes.iter().any(|change| Some(&change.file) == tasks);
    if has_history && is_about_tasks {
        context.output.say(
            "Kiro keeps the history of tasks by number and title in tasks.meta.json: tasks that have another number now are new to it",
        );
    }
}
