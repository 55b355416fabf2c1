//! Mermaid diagrams as lists that can be read at any width: messages of a sequence, what leads
//! where in a flowchart, the fields of classes and tables.
//!
//! Nothing of a diagram is drawn, so no label is cut and nothing can hang. What is not understood is
//! shown as it is written. The grammar is that of <https://mermaid.js.org>.

mod entities;
mod flow;
mod plain;
mod sequence;

use std::ops::Range;

use super::highlight::{Highlight, Role};
use super::line::{Run, SourceLine, runs};
use crate::spec::source_str::SourceStr;
use crate::text::{Span, Text};

/// A line of the list that stands for a diagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiagramLine {
    /// The line of the source that it was made from.
    pub line: usize,
    /// What is drawn.
    pub shown: SourceLine,
}

/// The most that is read of one diagram, in bytes: nobody reads more as a list.
const LONGEST: usize = 1 << 16;
/// How far what a group holds stands in.
const INDENT: usize = 2;

/// A line of a diagram, without comments and blanks around it.
#[derive(Clone, Copy)]
struct Statement<'a> {
    line: usize,
    words: SourceStr<'a>,
}

/// Returns a diagram that stands on the given `lines` of a text as a list, below what it is, as the
/// diagram itself says it; none where it is of a kind that is best read as it is written.
pub fn diagram(text: &Text, lines: Range<usize>) -> Option<(Span, Vec<DiagramLine>)> {
    let own = text.lines().get(lines.clone())?;
    let (first, last) = (own.first()?.content.start, own.last()?.content.end);
    if last - first > LONGEST {
        return None;
    }
    let statements = statements(text, lines);
    let (head, body) = statements.split_first()?;
    let kind = head
        .words
        .text
        .split_whitespace()
        .next()
        .unwrap_or_default();
    let list = match kind.trim_end_matches(';') {
        "sequenceDiagram" => sequence::list(text, body),
        "graph" | "flowchart" | "stateDiagram" | "stateDiagram-v2" => flow::list(text, body),
        "classDiagram" | "classDiagram-v2" | "erDiagram" => entities::list(text, body),
        "gantt" | "pie" | "journey" | "timeline" => plain::entries(text, body),
        "mindmap" => plain::mind_map(text, body),
        "gitGraph" | "gitGraph:" => plain::commits(text, body),
        kind if kind.starts_with("C4") => plain::parts(text, body),
        _ => return None,
    };
    (!list.is_empty()).then(|| (head.words.span(), list))
}

/// Returns the lines that say something: no comments, no directives, no metadata at the start.
fn statements(text: &Text, lines: Range<usize>) -> Vec<Statement<'_>> {
    let mut found: Vec<Statement<'_>> = Vec::new();
    let mut is_metadata = false;
    for line in lines {
        let words = SourceStr::read(text, text.lines()[line].content).trim();
        if words.text == "---" && (found.is_empty() || is_metadata) {
            is_metadata = !is_metadata;
            continue;
        }
        if is_metadata || words.is_empty() || words.text.starts_with("%%") {
            continue;
        }
        found.push(Statement { line, words });
    }
    found
}

/// The list so far.
struct List<'a> {
    text: &'a Text,
    lines: Vec<DiagramLine>,
    /// How many groups are open.
    depth: usize,
}

impl<'a> List<'a> {
    fn new(text: &'a Text) -> Self {
        Self {
            text,
            lines: Vec::new(),
            depth: 0,
        }
    }

    /// Adds a line of some parts.
    fn push(&mut self, line: usize, parts: &[Part<'_>]) {
        self.push_at(self.depth, line, parts);
    }

    /// Adds a line at a depth.
    fn push_at(&mut self, depth: usize, line: usize, parts: &[Part<'_>]) {
        let start = self.text.lines()[line].content.start;
        let mut found: Vec<Run> = Vec::new();
        for part in parts {
            match part {
                Part::Said(words, role) => found.extend(said(self.text, words.span(), *role)),
                Part::Added(words, role) => {
                    found.push(Run::added((*words).to_owned(), start, *role));
                }
            }
        }
        found.retain(|run| !run.text.is_empty());
        let shown = SourceLine::from_runs(found).indented(depth * INDENT);
        self.lines.push(DiagramLine { line, shown });
    }

    /// Adds a line as it is written.
    fn push_source(&mut self, statement: Statement<'_>) {
        self.push(statement.line, &[Part::Said(statement.words, Role::Aside)]);
    }
}

/// A part of a line.
#[derive(Clone, Copy)]
enum Part<'a> {
    /// What stands in the source.
    Said(SourceStr<'a>, Role),
    /// What does not.
    Added(&'a str, Role),
}

/// Returns words of the source as runs; a tag that breaks the line is a blank.
fn said(text: &Text, span: Span, role: Role) -> Vec<Run> {
    let highlight = Highlight { span, role };
    let mut found = Vec::new();
    for run in runs(text, span, &[highlight]) {
        let mut rest = 0;
        for (at, length) in breaks(&run.text) {
            found.extend(run.part(rest, at));
            found.push(Run::added(" ".to_owned(), run.span.start, role));
            rest = at + length;
        }
        found.extend(run.part(rest, run.text.len()));
    }
    found
}

/// Finds the tags and escapes that break a line.
fn breaks(text: &str) -> Vec<(usize, usize)> {
    const BREAKS: &[&str] = &["<br/>", "<br>", "<br />", "\\n"];
    let found = BREAKS
        .iter()
        .flat_map(|tag| text.match_indices(tag).map(|(at, _)| (at, tag.len())));
    let mut found: Vec<(usize, usize)> = found.collect();
    found.sort_unstable();
    found
}

/// Returns a label without the quotes around it.
fn unquoted(label: SourceStr<'_>) -> SourceStr<'_> {
    label.trim().trim_of(&['"', '`']).trim()
}

/// Returns what stands behind a word at the start, where it stands there as a word.
fn behind<'a>(words: SourceStr<'a>, word: &str) -> Option<SourceStr<'a>> {
    let rest = words.text.strip_prefix(word)?;
    let is_parted = rest.is_empty() || rest.starts_with(char::is_whitespace);
    is_parted.then(|| words.after(word.len()).trim())
}

#[cfg(test)]
mod tests;
