//! `specboard renumber`: numbers in order, with everything that names them.

use clap::ValueEnum;

use super::context::{Context, find_feature};
use super::options::Format;
use super::status::{Status, Stop};
use super::structure::{Answer, row, say_hunks};
use crate::model::{FileChange, Origin, Write};
use crate::runtime::write_now;
use crate::spec::change::Change;
use crate::spec::contents::Contents;
use crate::spec::feature::Feature;
use crate::spec::renumber::{DocumentEdit, Numbered, is_numbered, renumber};
use crate::store::Root;
use crate::text::{Hunk, clean};

/// Number tasks, criteria, requirements and properties in order
///
/// Numbers keep their form, and everything that names them follows: references, ranges, waves and
/// what tasks depend on. All files are written or none. If a reference would point to something
/// else than before, nothing is written.
#[derive(Debug, clap::Args)]
pub(super) struct Renumber {
    /// Name of a spec, as printed by list
    #[arg(value_name = "SPEC")]
    spec: String,
    /// What to number; everything unless said
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

/// Says why no number was changed.
fn nothing_to_do(contents: &Contents, what: Numbered) -> String {
    match is_numbered(contents, what) {
        Some(true) => "all numbers are in order".to_owned(),
        Some(false) => what.unnumbered(),
        None => "nothing is numbered yet: the documents are missing or have no items".to_owned(),
    }
}

impl Renumber {
    pub(super) fn run(&self, context: &mut Context<'_, '_>) -> Result<Status, Stop> {
        if context.options.read_only && !self.dry_run {
            let words = "nothing was renumbered: --read-only forbids writing";
            return Err(Stop::new(Status::No, words));
        }
        let workspace = context.workspace()?;
        let feature = &workspace.features[find_feature(&workspace, &self.spec)?];
        let root = workspace.root_of(feature);
        let contents = Contents::read(feature, root);
        check_read(feature, &contents)?;
        let what = self.what.map_or(Numbered::All, What::numbered);
        let changes = renumber(&contents, what).map_err(|refused| {
            Stop::new(Status::No, format!("nothing was renumbered: {refused}"))
        })?;
        if !self.dry_run {
            write(feature, &changes)?;
        }
        warn(context, feature, &changes);
        if changes.is_empty() && !self.format.json {
            context.output.say(&nothing_to_do(&contents, what));
        }
        self.tell(context, root, &changes)?;
        Ok(Status::Done)
    }

    /// Says what changed: a diff on a terminal and where nothing is written, else how much.
    fn tell(
        &self,
        context: &mut Context<'_, '_>,
        root: &Root,
        changes: &[DocumentEdit],
    ) -> Result<(), Stop> {
        let file = |change: &DocumentEdit| root.relative(&change.file.path);
        if self.format.json {
            let rows = changes
                .iter()
                .map(|change| row(&root.name, &file(change), &change.base, &change.edit));
            let changes = rows.collect();
            return Ok(context.output.json(&Answer { changes })?);
        }
        let is_diff = self.dry_run || context.output.style.columns.is_some();
        for change in changes {
            if is_diff {
                say_hunks(context, &file(change), &change.base, &change.edit)?;
            } else {
                let lines = Hunk::all(&change.base, &change.edit);
                let lines: usize = lines.iter().map(|hunk| hunk.before.len()).sum();
                let word = if lines == 1 { "line" } else { "lines" };
                let words = format!("{}: {lines} {word}", file(change));
                context.output.line(&clean(&words))?;
            }
        }
        Ok(())
    }
}

/// Refuses where a document cannot be read: what names something there would be left behind.
fn check_read(feature: &Feature, contents: &Contents) -> Result<(), Stop> {
    let documents = [
        (feature.task_file(), &contents.list),
        (feature.criteria_file(), &contents.criteria),
        (feature.design_file(), &contents.designed),
    ];
    for (file, parsed) in documents {
        if let (Some(file), None) = (file, parsed) {
            let words = format!(
                "nothing was renumbered: {} cannot be read, and names in it would be left behind",
                feature.relative(&file.path)
            );
            return Err(Stop::new(Status::NoAccess, words));
        }
    }
    Ok(())
}

fn write(feature: &Feature, changes: &[DocumentEdit]) -> Result<(), Stop> {
    if changes.is_empty() {
        return Ok(());
    }
    let part = |change: &DocumentEdit| FileChange {
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
            format!("nothing was renumbered: {}", reason.words()),
        )
    };
    write_now(&order).map_err(stop)?;
    Ok(())
}

/// Says that Kiro will not find what it knows of the tasks.
fn warn(context: &mut Context<'_, '_>, feature: &Feature, changes: &[DocumentEdit]) {
    if DocumentEdit::orphan_history(changes, feature) {
        context.output.say(
            "Kiro keeps the history of tasks by number and title in tasks.meta.json: tasks that have another number now are new to it",
        );
    }
}
