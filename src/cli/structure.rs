//! `specboard add`, `move` and `remove`: the items of a spec, each with all that belongs to it.

use clap::ValueEnum;
use serde::Serialize;

use super::context::{Context, find_feature};
use super::edit::{Found, TASK, check_plain, choose, is_kind, items, put, standard_input};
use super::options::Format;
use super::status::{Status, Stop};
use crate::spec::contents::Contents;
use crate::spec::feature::Feature;
use crate::spec::mend::Left;
use crate::spec::renumber::DocumentEdit;
use crate::spec::structure::{New, Operation, Outcome, Sort, Where, prepare};
use crate::store::{DocumentFile, DocumentKind, Root, read};
use crate::text::{Edit, Excerpt, Hunk, Text, clean};

/// Add a task, criterion, requirement or property
///
/// It takes its bullet, indent, number form, blank lines and line ends from its neighbours, and the
/// next free number; nothing else is renumbered. Without a place it goes to the end.
#[derive(Debug, clap::Args)]
pub(super) struct Add {
    /// What to add
    #[arg(value_enum)]
    kind: Kind,
    /// Name of a spec, as printed by list
    #[arg(value_name = "SPEC")]
    spec: String,
    /// Its text; `-` reads standard input. Further lines are indented below the first
    #[arg(value_name = "TEXT", allow_hyphen_values = true)]
    text: String,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    options: Writing,
}

/// Move an item with everything that belongs to it
///
/// Below another parent or requirement it takes the next free number there; else numbers stay.
#[derive(Debug, clap::Args)]
pub(super) struct Move {
    /// Name of a spec, as printed by list
    #[arg(value_name = "SPEC")]
    spec: String,
    /// A task (2.1, :14, 2.1:14), a criterion or requirement (1.2, FR-1), a property (P3)
    #[arg(value_name = "ITEM")]
    item: String,
    #[command(flatten)]
    place: Place,
    /// Refuse unless the item's text is still this
    #[arg(long = "if", value_name = "TEXT", allow_hyphen_values = true)]
    expected: Option<String>,
    #[command(flatten)]
    options: Writing,
}

/// Remove items with everything that belongs to them
///
/// Several are removed together or not at all. Numbers of other items stay.
#[derive(Debug, clap::Args)]
pub(super) struct Remove {
    /// Name of a spec, as printed by list
    #[arg(value_name = "SPEC")]
    spec: String,
    /// Tasks (2.1, :14, 2.1:14), criteria or requirements (1.2, FR-1), properties (P3) of one file
    #[arg(value_name = "ITEM", required = true)]
    items: Vec<String>,
    /// Refuse unless the text of the one item is still this
    #[arg(long = "if", value_name = "TEXT", allow_hyphen_values = true)]
    expected: Option<String>,
    #[command(flatten)]
    options: Writing,
}

/// Where an item goes.
#[derive(Clone, Debug, clap::Args)]
struct Place {
    /// After this item and everything that belongs to it
    #[arg(long, value_name = "ITEM", conflicts_with_all = ["before", "under"])]
    after: Option<String>,
    /// Before this item
    #[arg(long, value_name = "ITEM", conflicts_with = "under")]
    before: Option<String>,
    /// As the last item under this one
    #[arg(long, value_name = "ITEM")]
    under: Option<String>,
}

/// How a change is written and told.
#[derive(Clone, Copy, Debug, clap::Args)]
struct Writing {
    /// Say what would change, and write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    format: Format,
}

/// What can be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    Task,
    Criterion,
    Requirement,
    Property,
}

/// The answer in JSON.
#[derive(Serialize)]
pub(super) struct Answer {
    pub(super) changes: Vec<Row>,
}

/// The answer of what changes items, in JSON.
#[derive(Serialize)]
struct Told<'a> {
    changes: Vec<Row>,
    dangling: Vec<Dangling<'a>>,
}

/// What names something by a name that it has no more.
#[derive(Serialize)]
struct Dangling<'a> {
    /// Empty for the waves.
    from: &'a str,
    kind: &'static str,
    reference: &'a str,
    /// The name that it has now; none where it is gone.
    now: Option<&'a str>,
    file: String,
    line: usize,
}

impl<'a> Dangling<'a> {
    fn of(left: &'a Left, root: &Root) -> Self {
        Self {
            from: &left.from,
            kind: left.namer.word(),
            reference: &left.reference,
            now: left.now(),
            file: root.relative(&left.file),
            line: left.line + 1,
        }
    }
}

/// What changed in one file: the lines concerned, before and after.
#[derive(Serialize)]
pub(super) struct Row {
    root: String,
    file: String,
    line: usize,
    before: String,
    after: String,
}

impl Kind {
    fn sort(self) -> Sort {
        match self {
            Self::Task => Sort::Task,
            Self::Criterion => Sort::Criterion,
            Self::Requirement => Sort::Requirement,
            Self::Property => Sort::Property,
        }
    }

    /// Returns a word for an item beside which such items stand, so that it means no other: `2.1` is
    /// `task:2.1` beside a task.
    fn qualified(self, word: &str) -> String {
        qualified(word, self == Self::Task)
    }

    /// Returns the file of a feature that such items stand in.
    fn file(self, feature: &Feature) -> Option<&DocumentFile> {
        match self {
            Self::Task => feature.task_file(),
            Self::Criterion | Self::Requirement => feature.criteria_file(),
            Self::Property => feature.design_file(),
        }
    }
}

/// Returns a word with the kind that it is to mean, unless it says one itself.
fn qualified(word: &str, is_task: bool) -> String {
    let says_kind = word.split_once(':').is_some_and(|(kind, _)| is_kind(kind));
    match (says_kind, is_task) {
        (true, _) => word.to_owned(),
        (false, true) => format!("task:{word}"),
        (false, false) => format!("req:{word}"),
    }
}

/// Returns whether a word that names an item names a task.
fn is_task(feature: &Feature, word: &str) -> bool {
    match word.split_once(':') {
        Some((kind, _)) if is_kind(kind) => kind == TASK,
        _ => choose(feature, &qualified(word, true)).is_ok(),
    }
}

impl Place {
    fn word(&self) -> Option<&String> {
        let words = [&self.after, &self.before, &self.under];
        words.into_iter().find_map(Option::as_ref)
    }

    fn at(&self, line: usize) -> Where {
        if self.after.is_some() {
            Where::After(line)
        } else if self.before.is_some() {
            Where::Before(line)
        } else {
            Where::Under(line)
        }
    }
}

impl Add {
    pub(super) fn run(&self, context: &mut Context<'_, '_>) -> Result<Status, Stop> {
        let text = match &self.text[..] {
            "-" => standard_input()?,
            text => text.to_owned(),
        };
        let text = text.replace("\r\n", "\n");
        if text.trim().is_empty() {
            return Err(Stop::new(
                Status::BadUsage,
                "TEXT is empty: say what to add",
            ));
        }
        check_plain(&text, "\n\t")?;
        run(context, self.options, &self.spec, |feature| {
            let file = match self.place.word() {
                Some(word) => choose(feature, &self.kind.qualified(word))?,
                None => self
                    .kind
                    .file(feature)
                    .ok_or_else(|| self.no_file(feature))?,
            };
            let decide = move |kind: DocumentKind, now: &Text| self.decide(kind, now, &text);
            Ok((file, Box::new(decide) as Decide<'_>))
        })
    }

    fn no_file(&self, feature: &Feature) -> Stop {
        let word = match self.kind {
            Kind::Task => "tasks.md",
            Kind::Criterion | Kind::Requirement => "requirements.md",
            Kind::Property => "design.md",
        };
        let words = format!(
            "{} has no {word} yet: create the file first",
            feature.name()
        );
        Stop::new(Status::BadUsage, words)
    }

    fn decide(&self, kind: DocumentKind, now: &Text, words: &str) -> Result<Outcome, Stop> {
        let to = match self.place.word() {
            Some(word) => {
                let word = self.kind.qualified(word);
                Some(self.place.at(line_of(kind, now, &word)?))
            }
            None => None,
        };
        let sort = Some(self.kind.sort());
        let prepared = prepare(kind, now, sort, to, New::Words(words)).map_err(refused)?;
        let edit = prepared.checked_edit(kind, now).map_err(refused)?;
        Ok(Outcome {
            edit,
            lines: vec![prepared.at + prepared.above + prepared.first],
            renamed: Vec::new(),
        })
    }
}

impl Move {
    pub(super) fn run(&self, context: &mut Context<'_, '_>) -> Result<Status, Stop> {
        let Some(target) = self.place.word() else {
            let words = "say where: --after, --before or --under ITEM";
            return Err(Stop::new(Status::BadUsage, words));
        };
        run(context, self.options, &self.spec, |feature| {
            let file = choose(feature, &self.item)?;
            // The target is of the item's kind, whatever else has its number.
            let target = &qualified(target, is_task(feature, &self.item));
            if choose(feature, target)? != file {
                let words = format!("{} and {target} are in different files", self.item);
                return Err(Stop::new(Status::BadUsage, words));
            }
            let target = target.clone();
            let decide = move |kind: DocumentKind, now: &Text| {
                let line = checked_line(kind, now, &self.item, self.expected.as_deref())?;
                let to = self.place.at(line_of(kind, now, &target)?);
                Operation::Place(to)
                    .apply(kind, now, &[line])
                    .map_err(refused)
            };
            Ok((file, Box::new(decide) as Decide<'_>))
        })
    }
}

impl Remove {
    pub(super) fn run(&self, context: &mut Context<'_, '_>) -> Result<Status, Stop> {
        if self.expected.is_some() && self.items.len() > 1 {
            let words = "--if is for one item: name one, or leave --if out";
            return Err(Stop::new(Status::BadUsage, words));
        }
        run(context, self.options, &self.spec, |feature| {
            let mut file = None;
            for item in &self.items {
                let own = choose(feature, item)?;
                if *file.get_or_insert(own) != own {
                    let words =
                        "the items are in different files: remove those of one file at a time";
                    return Err(Stop::new(Status::BadUsage, words));
                }
            }
            let decide = |kind: DocumentKind, now: &Text| {
                let line = |item: &String| checked_line(kind, now, item, self.expected.as_deref());
                let lines = self.items.iter().map(line).collect::<Result<Vec<_>, _>>()?;
                Operation::Remove.apply(kind, now, &lines).map_err(refused)
            };
            let file = file.ok_or_else(|| Stop::new(Status::BadUsage, "name an item"))?;
            Ok((file, Box::new(decide) as Decide<'_>))
        })
    }
}

/// Decides on a fresh text of a file.
type Decide<'a> = Box<dyn Fn(DocumentKind, &Text) -> Result<Outcome, Stop> + 'a>;

/// Writes what is decided for a file of a spec, and says what changed.
fn run<'b>(
    context: &mut Context<'_, '_>,
    options: Writing,
    spec: &str,
    plan: impl for<'a> FnOnce(&'a Feature) -> Result<(&'a DocumentFile, Decide<'b>), Stop>,
) -> Result<Status, Stop> {
    if context.options.read_only && !options.dry_run {
        let words = "nothing was written: --read-only forbids writing";
        return Err(Stop::new(Status::No, words));
    }
    let workspace = context.workspace()?;
    let feature = &workspace.features[find_feature(&workspace, spec)?];
    let root = workspace.root_of(feature);
    let (file, decide) = plan(feature)?;
    let contents = Contents::read(feature, root);
    let (before, outcome) = if options.dry_run {
        let (text, _) = read(&file.path)?;
        let outcome = decide(file.kind, &text)?;
        (text, outcome)
    } else {
        write_outcome(file, &decide)?
    };
    let change = DocumentEdit {
        file: file.clone(),
        base: before,
        edit: outcome.edit.clone(),
    };
    let (left, renamed) = Left::by(&contents, &change, &outcome.renamed);
    say_renamed(context, &renamed);
    say_left(context, root, feature.name(), &left);
    tell(context, options, root, &change, &left)?;
    Ok(Status::Done)
}

fn write_outcome(file: &DocumentFile, decide: &Decide<'_>) -> Result<(Text, Outcome), Stop> {
    let mut last = None;
    let (before, _) = put(file, |text| {
        let outcome = decide(file.kind, text)?;
        let edit = outcome.edit.clone();
        last = Some(outcome);
        Ok(edit)
    })?;
    let outcome = last.ok_or_else(|| Stop::new(Status::No, "nothing was written"))?;
    Ok((before, outcome))
}

fn tell(
    context: &mut Context<'_, '_>,
    options: Writing,
    root: &Root,
    change: &DocumentEdit,
    left: &[Left],
) -> Result<(), Stop> {
    let file = root.relative(&change.file.path);
    if options.format.json {
        let row = row(&root.name, &file, &change.base, &change.edit);
        let changes = vec![row].into_iter().filter(|row| row.before != row.after);
        let changes = changes.collect();
        let dangling = left.iter().map(|left| Dangling::of(left, root)).collect();
        return Ok(context.output.json(&Told { changes, dangling })?);
    }
    say_hunks(context, &file, &change.base, &change.edit)
}

/// Says which items have another number.
fn say_renamed(context: &mut Context<'_, '_>, renamed: &[(String, String)]) {
    for (old, new) in renamed {
        let words = format!("{old} is now {new}");
        context.output.say(&clean(&words));
    }
}

/// Says what still names something that is gone or called otherwise, and what to do.
fn say_left(context: &mut Context<'_, '_>, root: &Root, spec: &str, left: &[Left]) {
    for left in left {
        let (file, line) = (root.relative(&left.file), left.line + 1);
        let words = format!("{file}:{line}: {}", left.words());
        context.output.say(&clean(&words));
    }
    let them = match left.len() {
        0 => return,
        1 => "this name",
        _ => "these names",
    };
    let words = format!(
        "change {them} with specboard edit; then specboard renumber {spec} puts numbers in order where some are missing"
    );
    context.output.say(&clean(&words));
}

/// Says which lines of a file an edit changes: a place for each run of lines, those before with `-`
/// and those after with `+`. Blank lines are left out.
pub(super) fn say_hunks(
    context: &mut Context<'_, '_>,
    file: &str,
    before: &Text,
    edit: &Edit,
) -> Result<(), Stop> {
    for hunk in Hunk::all(before, edit) {
        let place = format!("{file}:{}", hunk.line + 1);
        context.output.line(&clean(&place))?;
        let lines = hunk.signed().into_iter();
        for (sign, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let line = format!("{} {line}", sign.symbol());
            context.output.line(&clean(&line))?;
        }
    }
    Ok(())
}

/// Returns the lines that differ, before and after.
pub(super) fn row(root: &str, file: &str, before: &Text, edit: &Edit) -> Row {
    let after = edit.apply(before);
    let contents = |text: &Text| -> Vec<String> {
        let line = |line: &crate::text::Line| text.lossy(line.content).into_owned();
        text.lines().iter().map(line).collect()
    };
    let (old, new) = (contents(before), contents(&after));
    let head = old
        .iter()
        .zip(&new)
        .take_while(|(old, new)| old == new)
        .count();
    let rest = old[head..].iter().rev().zip(new[head..].iter().rev());
    let tail = rest.take_while(|(old, new)| old == new).count();
    Row {
        root: root.to_owned(),
        file: file.to_owned(),
        line: head + 1,
        before: old[head..old.len() - tail].join("\n"),
        after: new[head..new.len() - tail].join("\n"),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "errors are mapped by it")]
fn refused(refused: crate::spec::structure::Refused) -> Stop {
    Stop::new(Status::No, format!("nothing was changed: {refused}"))
}

/// Finds the one item that a word names in a fresh text.
fn found(kind: DocumentKind, text: &Text, word: &str) -> Result<Found, Stop> {
    let mut found = items(kind, text, word);
    match (found.pop(), found.is_empty()) {
        (Some(item), true) => Ok(item),
        _ => Err(Stop::new(
            Status::No,
            format!(
                "{word} is no longer there: another program wrote the file meanwhile. Nothing was changed"
            ),
        )),
    }
}

fn line_of(kind: DocumentKind, text: &Text, word: &str) -> Result<usize, Stop> {
    Ok(found(kind, text, word)?.unit.lines.start)
}

/// Returns the line of an item that still says what the caller has read.
fn checked_line(
    kind: DocumentKind,
    text: &Text,
    word: &str,
    expected: Option<&str>,
) -> Result<usize, Stop> {
    let item = found(kind, text, word)?;
    let says = || {
        Excerpt::of(text, item.unit.lines.clone())
            .shown()
            .join("\n")
    };
    if expected.is_some_and(|expected| says() != expected) {
        let words = format!(
            "{} has changed meanwhile: nothing was changed",
            item.unit.name
        );
        return Err(Stop::new(Status::No, words));
    }
    Ok(item.unit.lines.start)
}
