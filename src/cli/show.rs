//! `specboard show`: one document of a feature, laid out as the board does it, or as its bytes.

use std::ops::Range;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde::Serialize;

use super::context::{Context, candidates, find_feature};
use super::options::Format;
use super::output::Output;
use super::standing::Standing;
use super::status::{Status, Stop};
use crate::markdown::Document;
use crate::model::{Measure, Overflow, Rendered};
use crate::prose::layout::Passage;
use crate::prose::line::{SourceLine, source_lines};
use crate::spec::feature::Feature;
use crate::spec::parsed::Parsed;
use crate::spec::workspace::Workspace;
use crate::store::{DocumentKind, is_markdown, read};
use crate::text::{Line, Span, Text, width};

/// Show a document
///
/// Rendered as on the board: markup is taken off, tables stand in columns; on a terminal, headings,
/// code, EARS keywords and references stand out. Control characters are shown as symbols; --raw
/// gives the exact bytes.
#[derive(Debug, clap::Args)]
pub(super) struct Show {
    /// Name of a spec, as printed by list
    #[arg(value_name = "SPEC")]
    spec: String,
    /// requirements, bugfix, design, tasks, spec, or another file of the spec; in a single-file
    /// spec, the section [default: tasks, else the first]
    #[arg(value_name = "DOCUMENT")]
    document: Option<String>,
    /// Wrap lines at N columns [default: the terminal's width; no wrapping in a pipe]
    #[arg(long, value_name = "N", value_parser = columns)]
    width: Option<usize>,
    /// When to use colours
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Colour::Auto)]
    color: Colour,
    /// Print the file's bytes unchanged
    #[arg(long, conflicts_with_all = ["width", "color", "json"])]
    raw: bool,
    #[command(flatten)]
    format: Format,
}

/// The narrowest width that text is wrapped to.
const MOST_NARROW: usize = 10;

/// Reads a width to wrap to.
fn columns(typed: &str) -> Result<usize, String> {
    let columns = typed.parse().ok();
    columns
        .filter(|columns| *columns >= MOST_NARROW)
        .ok_or_else(|| format!("give a number of columns, {MOST_NARROW} or more"))
}

/// The columns of a line that is not wrapped.
const ENDLESS: usize = 1 << 20;

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Colour {
    /// On a terminal.
    Auto,
    Always,
    Never,
}

impl Show {
    pub(super) fn run(&self, context: &mut Context<'_, '_>) -> Result<Status, Stop> {
        let workspace = context.workspace()?;
        let feature = &workspace.features[find_feature(&workspace, &self.spec)?];
        let path = self
            .path(feature)
            .map_err(|stop| unreadable(feature).unwrap_or(stop))?;
        let text = read(&path)?.0;
        let lines = self.part(feature, &path, &text)?;
        let part = || Text::new(text.slice(whole(&text.lines()[lines.clone()])));
        if self.raw {
            context.output.bytes(part().bytes())?;
        } else if self.format.json {
            let answer = Answer::new(&workspace, feature, &path, &part());
            context.output.json(&answer)?;
        } else {
            let root = workspace.root_of(feature);
            let standing = Standing::of(feature, root, &path, &text);
            let shown = Shown {
                text,
                lines,
                standing,
            };
            self.write_text(&path, &shown, context.output)?;
        }
        Ok(Status::Done)
    }

    /// Finds the file that is asked for, among those of the feature and no others.
    fn path(&self, feature: &Feature) -> Result<PathBuf, Stop> {
        let Some(wanted) = &self.document else {
            let first = feature.task_file().or_else(|| feature.documents().next());
            return first
                .map(|file| file.path.clone())
                .ok_or_else(|| unknown("document", feature));
        };
        let by_word = document_kind(wanted).and_then(|kind| by_kind(feature, kind));
        by_word
            .or_else(|| by_name(feature, wanted))
            .ok_or_else(|| unknown(wanted, feature))
    }

    /// Returns the lines of the section that is asked for of the one file of a single-file feature,
    /// else all of them.
    fn part(&self, feature: &Feature, path: &Path, text: &Text) -> Result<Range<usize>, Stop> {
        let all = 0..text.lines().len();
        if !feature.is_single() {
            return Ok(all);
        }
        let (Some(part), Some(file)) = (
            self.document.as_deref().and_then(document_kind),
            feature
                .file(DocumentKind::Spec)
                .filter(|file| file.path == path),
        ) else {
            return Ok(all);
        };
        let parsed = Parsed::of(file.clone(), text.clone(), None);
        parsed
            .lines_of(part)
            .ok_or_else(|| unknown(part.word(), feature))
    }

    fn write_text(&self, path: &Path, shown: &Shown, output: &mut Output<'_>) -> Result<(), Stop> {
        let text = &shown.text;
        output.style.colour = match self.color {
            Colour::Auto => output.style.colour,
            Colour::Always => true,
            Colour::Never => false,
        };
        let columns = self.width.or(output.style.columns);
        let document = if is_markdown(path) {
            Document::parse(text)
        } else {
            Document::plain(text)
        };
        let standing = shown.standing.as_ref();
        let criteria = standing.and_then(Standing::criteria_document);
        match Rendered::of(text, &document, shown.lines.clone(), criteria) {
            Some(rendered) => {
                let mut rendered = rendered.with_overflow(Overflow::Wrap);
                rendered.measure(text, &document, measure(columns, standing));
                write_rendered(shown, &rendered, columns, output)
            }
            None => write_source(shown, &document, columns, output),
        }
    }
}

fn document_kind(word: &str) -> Option<DocumentKind> {
    DocumentKind::ALL
        .into_iter()
        .find(|kind| kind.word() == word)
}

/// Returns the document of a kind; the one file of a single-file feature is all of them but a
/// bugfix.
fn by_kind(feature: &Feature, kind: DocumentKind) -> Option<PathBuf> {
    let stands_in = feature.is_single() && kind != DocumentKind::Bugfix;
    let single = if stands_in {
        feature.file(DocumentKind::Spec)
    } else {
        None
    };
    feature.file(kind).or(single).map(|file| file.path.clone())
}

/// Returns the file of a name relative to the feature's folder. Only listed files count, so that no
/// name leads out of the folder.
fn by_name(feature: &Feature, name: &str) -> Option<PathBuf> {
    files(feature)
        .find(|path| feature.relative(path) == name)
        .map(Path::to_path_buf)
}

fn files(feature: &Feature) -> impl Iterator<Item = &Path> {
    feature
        .documents()
        .map(|file| file.path.as_path())
        .chain(feature.other_files())
}

fn unknown(wanted: &str, feature: &Feature) -> Stop {
    if feature.is_empty() {
        let words = format!("{} is empty: there is nothing to show", feature.name());
        return Stop::new(Status::BadUsage, words);
    }
    let names: Vec<String> = files(feature).map(|path| feature.relative(path)).collect();
    candidates(
        format!("{} has no {wanted}. There are:", feature.name()),
        names.into_iter(),
    )
}

/// Says why documents of a feature cannot be read, where that is so: then none is missing.
fn unreadable(feature: &Feature) -> Option<Stop> {
    let reasons: Vec<String> = feature
        .folder
        .problems
        .iter()
        .map(ToString::to_string)
        .collect();
    (!reasons.is_empty()).then_some(Stop::Said(Status::NoAccess, reasons))
}

/// What is to be shown.
struct Shown {
    text: Text,
    /// The lines of it that are asked for.
    lines: Range<usize>,
    /// What stands beside its criteria; none of a document without.
    standing: Option<Standing>,
}

/// The fewest columns of an answer with references, and the columns for these.
const WITH_REFERENCES: (usize, usize) = (70, 17);

/// Returns what a document is measured by in some columns.
fn measure(columns: Option<usize>, standing: Option<&Standing>) -> Measure {
    let has_room = columns.is_some_and(|columns| columns >= WITH_REFERENCES.0);
    // The board leaves its last column free.
    let columns = columns.map_or(ENDLESS, |columns| columns + 1);
    Measure {
        columns,
        most: columns,
        references: if has_room && standing.is_some() {
            WITH_REFERENCES.1
        } else {
            0
        },
        ..Measure::default()
    }
}

/// Writes a document as the board lays it out.
fn write_rendered(
    shown: &Shown,
    rendered: &Rendered,
    columns: Option<usize>,
    output: &mut Output<'_>,
) -> Result<(), Stop> {
    let criteria = shown
        .standing
        .as_ref()
        .and_then(Standing::criteria_document);
    for (passage, _) in rendered.passages() {
        if passage.is_apart {
            output.line("")?;
        }
        let marks = output.style.cut_marks();
        let lines = rendered.drawn(&shown.text, passage, criteria, 0, marks);
        let at = rendered.measured().text_at(passage);
        let (first, rest) = lines
            .split_first()
            .map_or((None, &[][..]), |(first, rest)| (Some(first), rest));
        if let Some(first) = first {
            write_first(
                shown,
                rendered.measured(),
                passage,
                first,
                (columns, output),
            )?;
        }
        for line in rest {
            write_line(&line.clone().indented(at), output)?;
        }
    }
    Ok(())
}

/// Writes the first line of a passage between what stands before and behind it.
fn write_first(
    shown: &Shown,
    measure: Measure,
    passage: &Passage,
    line: &SourceLine,
    (columns, output): (Option<usize>, &mut Output<'_>),
) -> Result<(), Stop> {
    let (style, at) = (output.style, measure.text_at(passage));
    let standing = shown.standing.as_ref();
    let before = standing.and_then(|standing| standing.before(passage, measure, style));
    let painted = before.unwrap_or_else(|| " ".repeat(at)) + &painted(line, output);
    let references = measure.references.saturating_sub(1);
    let end = if references > 0 { columns } else { None };
    let behind = standing.zip(end).and_then(|(standing, end)| {
        let words = standing.behind(passage, references, style)?;
        Some((words, end))
    });
    let Some((words, end)) = behind else {
        return Ok(output.line(painted.trim_end())?);
    };
    let used = at + width(&line.plain());
    let blanks = (end + 1).saturating_sub(measure.references + used).max(1);
    Ok(output.line(&format!("{painted}{}{words}", " ".repeat(blanks)))?)
}

/// Writes a text as it is written.
fn write_source(
    shown: &Shown,
    document: &Document,
    columns: Option<usize>,
    output: &mut Output<'_>,
) -> Result<(), Stop> {
    let lines = source_lines(&shown.text, document);
    for line in &lines[shown.lines.clone()] {
        for part in columns.map_or_else(|| vec![line.clone()], |columns| line.wrap(columns)) {
            write_line(&part, output)?;
        }
    }
    Ok(())
}

/// Returns all bytes of some lines.
fn whole(lines: &[Line]) -> Span {
    match (lines.first(), lines.last()) {
        (Some(first), Some(last)) => Span::new(first.whole.start, last.whole.end),
        _ => Span::default(),
    }
}

/// Returns a line in its colours.
fn painted(line: &SourceLine, output: &Output<'_>) -> String {
    let mut painted = String::new();
    line.parts()
        .for_each(|(part, role)| output.style.paint(&mut painted, role, part));
    painted
}

fn write_line(line: &SourceLine, output: &mut Output<'_>) -> Result<(), Stop> {
    let painted = painted(line, output);
    let is_blank = line.parts().all(|(part, _)| part.trim().is_empty());
    let shown = if is_blank { "" } else { painted.trim_end() };
    Ok(output.line(shown)?)
}

/// One document with its text, invalid bytes as replacement characters.
#[derive(Serialize)]
struct Answer<'a> {
    name: &'a str,
    root: &'a str,
    file: String,
    text: String,
}

impl<'a> Answer<'a> {
    fn new(workspace: &'a Workspace, feature: &'a Feature, path: &Path, text: &Text) -> Self {
        let root = workspace.root_of(feature);
        let text = text.lossy(Span::new(0, text.len())).into_owned();
        Self {
            name: feature.name(),
            root: &root.name,
            file: root.relative(path),
            text,
        }
    }
}
