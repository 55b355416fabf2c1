//! `specboard edit`: the text of one task, criterion, requirement or property.

use std::io::Read;
use std::ops::Range;

use serde::Serialize;

use super::context::{Context, candidates, find_feature};
use super::options::Format;
use super::status::{Status, Stop};
use crate::markdown::Document;
use crate::spec::change::TaskKey;
use crate::spec::feature::{Feature, task_lines};
use crate::spec::structure::check_typed;
use crate::spec::tasks::{Task, Tasks};
use crate::spec::unit::{Source, Unit};
use crate::spec::{CriteriaDocument, Design};
use crate::store::{DocumentFile, DocumentKind, Settled, write};
use crate::text::{Edit as Change, Excerpt, Span, Text};

/// Edit the text of a task, criterion, requirement or property
///
/// --title replaces the words of a title and nothing else; --text or - replaces the item's own
/// Markdown, as the board's editor shows it. Line ends, indent and everything around it stay.
#[derive(Debug, clap::Args)]
pub(super) struct Edit {
    /// Name of a spec, as printed by list
    #[arg(value_name = "SPEC")]
    spec: String,
    /// A task (2.1, :14, 2.1:14), a criterion or requirement (1.2, FR-1), a property (P3); task:1.2
    /// or req:1.2 where both exist
    #[arg(value_name = "ITEM")]
    item: String,
    /// The new title of a task, requirement or property
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true, conflicts_with_all = ["text", "stdin"])]
    title: Option<String>,
    /// The new Markdown of the item
    #[arg(
        long,
        value_name = "TEXT",
        allow_hyphen_values = true,
        conflicts_with = "stdin"
    )]
    text: Option<String>,
    /// `-`: read the new Markdown from standard input
    #[arg(value_name = "-", value_parser = ["-"])]
    stdin: Option<String>,
    /// Refuse unless the item's text, or with --title its title, is still this
    #[arg(long = "if", value_name = "TEXT", allow_hyphen_values = true)]
    expected: Option<String>,
    #[command(flatten)]
    format: Format,
}

/// The answer in JSON.
#[derive(Serialize)]
struct Answer<'a> {
    changes: Vec<Row<'a>>,
}

/// What changed in one file.
#[derive(Serialize)]
struct Row<'a> {
    root: &'a str,
    file: &'a str,
    line: usize,
    before: String,
    after: String,
}

/// Which kinds of items a word may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Any,
    Task,
    Requirement,
}

/// An item of a text: its lines, and the words of its title where it has one.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) unit: Unit,
    title: Option<Span>,
}

impl Edit {
    pub(super) fn run(&self, context: &mut Context<'_, '_>) -> Result<Status, Stop> {
        if context.options.read_only {
            let words = "nothing was edited: --read-only forbids writing";
            return Err(Stop::new(Status::No, words));
        }
        let typed = self.typed()?;
        let workspace = context.workspace()?;
        let feature = &workspace.features[find_feature(&workspace, &self.spec)?];
        let file = choose(feature, &self.item)?;
        let root = workspace.root_of(feature);
        let path = root.relative(&file.path);
        let (before, edit) = put(file, |text| self.decide(file.kind, text, &typed))?;
        let row = row(&root.name, &path, &before, &edit);
        if self.format.json {
            let changes = row.into_iter().collect();
            context.output.json(&Answer { changes })?;
            return Ok(Status::Done);
        }
        let words = row.map_or_else(
            || format!("{path}: nothing to change"),
            |row| {
                format!(
                    "{}:{}: {}",
                    row.file,
                    row.line,
                    row.after.replace('\n', " / ")
                )
            },
        );
        context.output.line(&crate::text::clean(&words))?;
        Ok(Status::Done)
    }

    /// Returns the text that is to stand there.
    fn typed(&self) -> Result<String, Stop> {
        let typed = match self.title.as_ref().or(self.text.as_ref()) {
            Some(text) => text.clone(),
            None if self.stdin.is_some() => standard_input()?,
            None => {
                let words = "give the new text: --title TEXT, --text TEXT, or - for standard input";
                return Err(Stop::new(Status::BadUsage, words));
            }
        };
        if typed.trim().is_empty() {
            let words = "the new text is empty, so nothing is edited: `specboard remove` deletes";
            return Err(Stop::new(Status::BadUsage, words));
        }
        let typed = typed.replace("\r\n", "\n");
        check_plain(&typed, if self.title.is_some() { "" } else { "\n\t" })?;
        Ok(typed)
    }

    /// Decides on a fresh text.
    fn decide(&self, kind: DocumentKind, text: &Text, typed: &str) -> Result<Change, Stop> {
        let (lines, edit) = self.edit(kind, text, typed)?;
        check_typed(kind, text, lines, &edit)
            .map_err(|refused| Stop::new(Status::No, format!("nothing was edited: {refused}")))?;
        Ok(edit)
    }

    /// Returns the lines of the item, and their edit.
    fn edit(
        &self,
        kind: DocumentKind,
        text: &Text,
        typed: &str,
    ) -> Result<(Range<usize>, Change), Stop> {
        let found = items(kind, text, &self.item);
        let [item] = &found[..] else {
            let words = format!(
                "{} is no longer there: another program wrote the file meanwhile. Nothing was edited",
                self.item
            );
            return Err(Stop::new(Status::No, words));
        };
        let own = item.unit.lines.clone();
        let excerpt = Excerpt::of(text, own.clone());
        self.check(text, item, &excerpt)?;
        if self.title.is_none() {
            let lines: Vec<String> = typed.split('\n').map(str::to_owned).collect();
            return Ok((own, excerpt.edit(&lines)));
        }
        let Some(title) = item.title else {
            let words = format!("{} has no title: use --text", item.unit.name);
            return Err(Stop::new(Status::BadUsage, words));
        };
        if text.slice(title) == typed.as_bytes() {
            return Ok((own, Change::default()));
        }
        Ok((own, Change::splice(title, typed)))
    }

    /// Refuses where the item does not say what the caller has read.
    fn check(&self, text: &Text, item: &Found, excerpt: &Excerpt) -> Result<(), Stop> {
        let Some(expected) = &self.expected else {
            return Ok(());
        };
        let says = match item.title {
            Some(title) if self.title.is_some() => text.lossy(title).into_owned(),
            _ => excerpt.shown().join("\n"),
        };
        if says == *expected {
            return Ok(());
        }
        let words = format!(
            "{} has changed meanwhile: nothing was edited",
            item.unit.name
        );
        Err(Stop::new(Status::No, words))
    }
}

/// Refuses a text with control characters other than those that are allowed in it.
pub(super) fn check_plain(text: &str, allowed: &str) -> Result<(), Stop> {
    let is_refused = |char: &char| char.is_control() && !allowed.contains(*char);
    let Some(found) = text.chars().find(is_refused) else {
        return Ok(());
    };
    let words = match found {
        '\n' | '\r' => "a title is one line: use --text for more".to_owned(),
        '\t' => "a title cannot hold a tab: put blanks in its place".to_owned(),
        found => format!(
            "the text holds the control character U+{:04X}, which no document should: take it out",
            u32::from(found)
        ),
    };
    Err(Stop::new(Status::BadUsage, words))
}

/// How often an edit is written again after a late writer.
const ATTEMPTS: usize = 8;

/// Returns the file of a feature that the item stands in that a word names.
pub(super) fn choose<'a>(feature: &'a Feature, word: &str) -> Result<&'a DocumentFile, Stop> {
    let mut found = Vec::new();
    for file in feature.documents() {
        let (text, _) = crate::store::read(&file.path)?;
        let items = items(file.kind, &text, word);
        found.extend(items.into_iter().map(|item| (file, item)));
    }
    match &found[..] {
        [(file, _)] => Ok(file),
        [] if word.is_empty() => Err(Stop::new(
            Status::BadUsage,
            "an empty word names no item: specboard tasks and specboard trace list them",
        )),
        [] => Err(Stop::new(
            Status::BadUsage,
            format!(
                "there is no item {word} in {}: specboard tasks and specboard trace list them",
                feature.name()
            ),
        )),
        several => Err(ambiguous(word, several)),
    }
}

fn ambiguous(word: &str, several: &[(&DocumentFile, Found)]) -> Stop {
    let names = several.iter().map(|(file, found)| {
        let name = file.path.file_name().unwrap_or_default().to_string_lossy();
        format!(
            "{} in {name}:{}",
            found.unit.name,
            found.unit.lines.start + 1
        )
    });
    let names: Vec<String> = names.collect();
    let sentence = format!(
        "{word} could be any of these; add the line (2.1:14), or put task: or req: in front:"
    );
    candidates(sentence, names.into_iter())
}

/// Reads standard input as text, without a newline at its end.
pub(super) fn standard_input() -> Result<String, Stop> {
    let mut text = String::new();
    let read = std::io::stdin().read_to_string(&mut text);
    read.map_err(|error| {
        let words = format!("standard input cannot be read as text: {error}");
        Stop::new(Status::NoAccess, words)
    })?;
    Ok(text.strip_suffix('\n').map_or(text.clone(), str::to_owned))
}

/// Writes what is decided on the fresh text of a file until it stands. Returns that text, and the
/// edit of it.
pub(super) fn put(
    file: &DocumentFile,
    mut decide: impl FnMut(&Text) -> Result<Change, Stop>,
) -> Result<(Text, Change), Stop> {
    let mut decided = None;
    for _ in 0..ATTEMPTS {
        let decide = |text: &Text| {
            let edit = decide(text)?;
            decided = Some((text.clone(), edit.clone()));
            Ok(edit)
        };
        let written = write(&file.path, decide).map_err(super::mark::stop)?;
        match written
            .displaced
            .map_or(Settled::Quiet, |displaced| displaced.settle())
        {
            Settled::Quiet => break,
            Settled::CameBack => {}
            Settled::Kept(failure) => return Err(Stop::new(Status::No, failure.to_string())),
        }
    }
    decided.ok_or_else(|| Stop::new(Status::No, "nothing was written"))
}

/// The word for tasks before a colon.
pub(super) const TASK: &str = "task";

/// Returns whether a word before a colon says of which kind an item is.
pub(super) fn is_kind(word: &str) -> bool {
    matches!(word, TASK | "req" | "requirement" | "criterion")
}

/// Returns the items of a text that a word names.
pub(super) fn items(kind: DocumentKind, text: &Text, word: &str) -> Vec<Found> {
    let (wanted, word) = match word.split_once(':') {
        Some((TASK, rest)) => (Kind::Task, rest),
        Some((kind, rest)) if is_kind(kind) => (Kind::Requirement, rest),
        _ => (Kind::Any, word),
    };
    let document = Document::parse(text);
    let all = 0..text.lines().len();
    let lines = task_lines(kind, text, &document);
    let tasks = Tasks::parse_lines(text, &document, lines);
    let criteria = CriteriaDocument::read(kind, text, &document, all);
    let design = Design::parse(text, &document);
    let holds = |kinds: &[DocumentKind]| kinds.contains(&kind);
    let has_tasks = holds(&[DocumentKind::Tasks, DocumentKind::Spec]);
    let has_criteria = holds(&[
        DocumentKind::Requirements,
        DocumentKind::Bugfix,
        DocumentKind::Spec,
    ]);
    let source = Source {
        text,
        document: &document,
        tasks: has_tasks.then_some(&tasks),
        criteria: has_criteria.then_some(&criteria),
        design: (kind == DocumentKind::Design).then_some(&design),
    };
    let mut found = Vec::new();
    if wanted != Kind::Requirement {
        found.extend(task_items(&source, word));
    }
    if wanted != Kind::Task {
        found.extend(criterion_items(&source, word));
        found.extend(property_items(&source, word));
    }
    found
}

fn task_items(source: &Source<'_>, word: &str) -> Vec<Found> {
    let (Some(tasks), Ok(key)) = (source.tasks, super::mark::task_key(word)) else {
        return Vec::new();
    };
    let is_meant = |task: &&Task| {
        let of = TaskKey {
            number: key.number.clone(),
            line: key.line,
            ..TaskKey::default()
        };
        of.number
            .is_none_or(|number| task.number.as_ref() == Some(&number))
            && of.line.is_none_or(|line| line == task.line)
    };
    let item = |task: &Task| {
        Some(Found {
            unit: source.unit_at(task.line)?,
            title: source.title_of(task),
        })
    };
    tasks
        .items
        .iter()
        .filter(is_meant)
        .filter_map(item)
        .collect()
}

fn criterion_items(source: &Source<'_>, word: &str) -> Vec<Found> {
    let Some(criteria) = source.criteria else {
        return Vec::new();
    };
    let is_meant = |id: &str| id.eq_ignore_ascii_case(word);
    let criterion_lines = criteria
        .criteria()
        .into_iter()
        .filter(|found| is_meant(&found.id));
    let criterion = criterion_lines.map(|found| (found.line, None));
    let groups = criteria.groups().into_iter();
    let group = groups.filter(|group| group.id.is_some_and(is_meant));
    let group = group.map(|group| (group.line, Some(group.title)));
    let places = criterion.chain(group);
    places
        .filter_map(|(line, title)| {
            Some(Found {
                unit: source.unit_at(line)?,
                title,
            })
        })
        .collect()
}

fn property_items(source: &Source<'_>, word: &str) -> Vec<Found> {
    let (Some(design), Some(number)) = (source.design, word.strip_prefix(['P', 'p'])) else {
        return Vec::new();
    };
    let meant = design
        .properties
        .iter()
        .filter(|property| property.number == number);
    meant
        .filter_map(|property| {
            let title = Some(property.title).filter(|title| !title.is_empty());
            Some(Found {
                unit: source.unit_at(property.line)?,
                title,
            })
        })
        .collect()
}

/// Returns the lines concerned, before and after; none where nothing changes.
fn row<'a>(root: &'a str, file: &'a str, before: &Text, edit: &Change) -> Option<Row<'a>> {
    let after = edit.apply(before);
    let inverse = edit.invert(before);
    let said = |text: &Text, edit: &Change| {
        let (first, last) = (edit.splices().first()?, edit.splices().last()?);
        let start = text.line_at(first.span.start);
        let end = text.line_at(last.span.end.saturating_sub(1).max(first.span.start));
        let lines = text.lines().get(start..=end)?;
        let lines: Vec<_> = lines.iter().map(|line| text.lossy(line.content)).collect();
        Some((start, lines.join("\n")))
    };
    let (line, says_before) = said(before, edit)?;
    let (_, says_after) = said(&after, &inverse)?;
    Some(Row {
        root,
        file,
        line: line + 1,
        before: says_before,
        after: says_after,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titled(kind: DocumentKind, source: &str, word: &str, title: &str) -> Vec<String> {
        let text = Text::new(source);
        let replace = |found: Found| {
            let span = found.title.unwrap();
            let after = Change::splice(span, title).apply(&text);
            String::from_utf8_lossy(after.bytes()).into_owned()
        };
        items(kind, &text, word).into_iter().map(replace).collect()
    }

    #[test]
    fn a_title_is_replaced_and_nothing_else() {
        let tasks = DocumentKind::Tasks;
        for (source, word, expected) in [
            ("- [ ] 1. Old\r\n", "1", "- [ ] 1. New\r\n"),
            (
                "- [x]* 1.2 Old title  \n  - d\n",
                "1.2",
                "- [x]* 1.2 New  \n  - d\n",
            ),
            ("- [ ] **1.1** Old\n", "1.1", "- [ ] **1.1** New\n"),
            ("- [ ] Old one\n", ":1", "- [ ] New\n"),
            (
                "- [ ] 1. Old\n  goes on\n- [ ] 2. b",
                "1",
                "- [ ] 1. New\n- [ ] 2. b",
            ),
        ] {
            assert_eq!(titled(tasks, source, word, "New"), [expected], "{source:?}");
        }
        let requirements = "### Requirement 1: Old\n\n1. WHEN a, THE x SHALL b\n";
        let kind = DocumentKind::Requirements;
        assert_eq!(
            titled(kind, requirements, "req:1", "New"),
            ["### Requirement 1: New\n\n1. WHEN a, THE x SHALL b\n"]
        );
    }

    #[test]
    fn a_word_names_each_kind_of_item() {
        let text = Text::new("### Requirement 1: A\n\n1. WHEN a, THE x SHALL b\n");
        let named = |word| {
            let found = items(DocumentKind::Requirements, &text, word);
            found
                .into_iter()
                .map(|found| found.unit.name)
                .collect::<Vec<_>>()
        };
        assert_eq!(named("1.1"), ["criterion 1.1"]);
        assert_eq!(named("task:1.1"), Vec::<String>::new());
        let design = Text::new("### Property 3: Round trip\n\nAny x.\n");
        let found = items(DocumentKind::Design, &design, "P3");
        assert_eq!(found[0].unit.name, "property 3");
    }
}
