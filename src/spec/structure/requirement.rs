//! New items of several lines: a requirement with its story and first criterion, a property, a whole
//! document that has nothing yet. Labels and headings are those of the neighbours.

use super::Refused;
use super::among::{
    CRITERIA, announced, criteria_heading, criteria_label, first_criterion_of, first_head,
    first_spot, requirement_on, requirements,
};
use super::head::{criteria, head_for, head_of, task_on};
use super::place::{Spot, Where};
use super::prepare::{IDS, New, Prepared, continued, is_title, name, one_line};
use super::sheet::is_blank;
use super::template;
use super::tree::{Sort, Tree};
use crate::spec::Requirement;
use crate::spec::ears::ClauseKind;
use crate::spec::parsed::Parsed;
use crate::spec::references::{Field, FieldKind};
use crate::store::DocumentKind;
use crate::text::Span;

const STORY: &str = "**User Story:** ";
const STORY_WORDS: &str = "As a <role>, I want <feature>, so that <benefit>";
/// What stands before the words of a first criterion where no neighbour shows it.
const FIRST: &str = "1. ";
const VALIDATES: &str = "**Validates: Requirements <ids>**";

/// Returns the lines of the template for an item whose first line begins with `start`.
pub(super) fn template(parsed: &Parsed, tree: &Tree, spot: &Spot, start: &str) -> Vec<String> {
    let first = format!("{start}{}", one_line(parsed, tree, spot));
    let blank = String::new;
    match tree.sort {
        Sort::Requirement => {
            let mut lines = vec![first, blank()];
            lines.extend(body(parsed, tree, spot));
            lines
        }
        Sort::Property => {
            let (statement, validates) = ("<what holds for all inputs>".into(), VALIDATES.into());
            vec![first, blank(), statement, blank(), validates]
        }
        Sort::Task => {
            let references = reference_line(parsed, tree, spot);
            std::iter::once(first).chain(references).collect()
        }
        _ => vec![first],
    }
}

/// How many tasks, the nearest first, show whether tasks say what they are about.
const NEAR: usize = 3;

/// Returns the line in which a new task says which criteria it is about, as one of its neighbours does.
fn reference_line(parsed: &Parsed, tree: &Tree, spot: &Spot) -> Option<String> {
    let depth = spot.parent.map_or(0, |parent| tree.depth(parent) + 1);
    let is_like =
        |index: &usize| tree.depth(*index) == depth && tree.children(*index).next().is_none();
    let mut near: Vec<usize> = (0..tree.nodes.len()).filter(is_like).collect();
    near.sort_by_key(|index| tree.nodes[*index].line.abs_diff(spot.at));
    let mut near = near.into_iter().take(NEAR);
    near.find_map(|index| reference_of(parsed, tree, index))
}

/// Returns the line in which a task says which criteria it is about, with a field in their place.
fn reference_of(parsed: &Parsed, tree: &Tree, index: usize) -> Option<String> {
    let task = task_on(parsed, tree.nodes[index].line)?;
    let is_meant =
        |field: &&Field| field.kind == FieldKind::Requirements && field.line >= task.title_end;
    let field = task.fields.iter().find(is_meant)?;
    let content = parsed.text.lines()[field.line].content;
    let (before, behind) = (
        Span::new(content.start, field.body.start),
        Span::new(field.body.end, content.end.max(field.body.end)),
    );
    let indent = head_of(parsed, tree, index).indent;
    let before = parsed.text.slice(before).strip_prefix(&indent[..])?;
    let line = [before, IDS.as_bytes(), parsed.text.slice(behind)].concat();
    String::from_utf8(line).ok()
}

/// Returns what stands below the heading of a requirement, as in the neighbour.
fn body(parsed: &Parsed, tree: &Tree, spot: &Spot) -> Vec<String> {
    let model = spot.model.map(|model| tree.nodes[model].line);
    let model = model.and_then(|line| requirement_on(parsed, line));
    let label = model.and_then(|model| story_label(parsed, model));
    let mark = model.and_then(|model| criteria_label(parsed, model.line));
    let start = model.and_then(|model| body_start(parsed, tree, spot, model.line));
    let system = system(parsed, spot.at);
    vec![
        format!("{}{STORY_WORDS}", label.as_deref().unwrap_or(STORY)),
        String::new(),
        mark.unwrap_or_else(|| CRITERIA.to_owned()),
        String::new(),
        format!(
            "{}{}",
            start.as_deref().unwrap_or(FIRST),
            template::criterion(system.as_deref())
        ),
    ]
}

/// Returns what stands before the words of the first criterion of a new requirement, as in the one on
/// a line.
fn body_start(parsed: &Parsed, tree: &Tree, spot: &Spot, line: usize) -> Option<String> {
    let criteria = Tree::of(parsed, Sort::Criterion);
    let model = criteria.on(first_criterion_of(parsed, line)?)?;
    let owner = head_for(parsed, tree, spot).number?;
    first_start(parsed, &criteria, model, &owner)
}

/// Returns what stands before the words of a story.
fn story_label(parsed: &Parsed, found: &Requirement) -> Option<String> {
    let story = found.story?;
    let line = parsed.text.lines()[parsed.text.line_at(story.start)].content;
    let label = Span::new(line.start, story.start.max(line.start));
    String::from_utf8(parsed.text.slice(label).to_vec()).ok()
}

/// Returns the system that the criterion nearest to a line names.
pub(super) fn system(parsed: &Parsed, line: usize) -> Option<String> {
    let all = criteria(parsed)?.criteria();
    let named = |found: &crate::spec::Criterion| {
        let says = parsed.text.lossy(found.text).into_owned();
        let ears = crate::spec::ears::parse(&says);
        let system = ears
            .clauses
            .iter()
            .find(|clause| clause.kind == ClauseKind::System)?;
        let name = says.get(system.text.range())?.trim();
        let is_name = !name.is_empty() && name.len() < 60 && !name.contains(['\n', '<', '>']);
        is_name.then(|| name.to_owned())
    };
    let mut near: Vec<&crate::spec::Criterion> = all;
    near.sort_by_key(|found| found.line.abs_diff(line));
    near.into_iter().take(8).find_map(named)
}

/// Prepares the first criterion of a requirement, where that is what is asked for.
pub(super) fn first_criterion(
    parsed: &Parsed,
    wanted: Option<Sort>,
    to: Option<Where>,
    new: New<'_>,
) -> Result<Option<Prepared>, Refused> {
    let Some(Where::After(line) | Where::Before(line) | Where::Under(line)) = to else {
        return Ok(None);
    };
    let owner = owner(parsed, line, wanted);
    let Some(owner) = owner.filter(|owner| first_criterion_of(parsed, owner.line).is_none()) else {
        return Ok(None);
    };
    let New::Words(words) = new else {
        let words = template::criterion(system(parsed, line).as_deref());
        return Ok(Some(first_of(parsed, owner, &words)));
    };
    Ok(Some(first_of(parsed, owner, words)))
}

/// Returns the requirement that a criterion is wanted for: the one on the line, or that of the
/// heading for criteria on it.
fn owner(parsed: &Parsed, line: usize, wanted: Option<Sort>) -> Option<&Requirement> {
    if wanted == Some(Sort::Criterion) {
        return requirement_on(parsed, line);
    }
    let (_, section) = criteria_heading(parsed, line..line + 1)?;
    let mut all = requirements(parsed).iter();
    let around = all.rfind(|found| found.line < section);
    around.filter(|found| wanted.is_none() && line < found.end_line)
}

fn first_of(parsed: &Parsed, owner: &Requirement, words: &str) -> Prepared {
    let tree = Tree::of(parsed, Sort::Criterion);
    let spot = first_spot(parsed, &tree, owner);
    let start = spot
        .model
        .and_then(|model| first_start(parsed, &tree, model, &owner.id))
        .unwrap_or_else(|| FIRST.to_owned());
    let mut lines = announced(parsed, &tree, &spot);
    let first = lines.len();
    let (said, rest) = words.split_once('\n').unwrap_or((words, ""));
    lines.push(format!("{start}{said}"));
    if !rest.is_empty() {
        lines.extend(continued(&start, rest));
    }
    Prepared {
        sort: Sort::Criterion,
        at: spot.at,
        above: spot.above,
        below: spot.below,
        indent: Vec::new(),
        lines,
        first,
        name: name(Sort::Criterion, Some(&format!("{}.1", owner.id))),
    }
}

/// Returns what stands before the words of the first criterion of a requirement with this id, as at a
/// criterion of another one.
fn first_start(parsed: &Parsed, tree: &Tree, model: usize, owner: &str) -> Option<String> {
    let head = first_head(parsed, tree, model, owner)?;
    String::from_utf8([head.indent.clone(), head.bytes()].concat()).ok()
}

/// Prepares a new section at the end of a design, where that is meant by its title.
pub(super) fn section_of_title(parsed: &Parsed, line: usize) -> Option<Prepared> {
    if parsed.file.kind != DocumentKind::Design || !is_title(parsed, line) {
        return None;
    }
    let mut filled = (0..parsed.text.lines().len()).rev();
    let last = filled.find(|line| !is_blank(&parsed.text, *line))?;
    let lines = ["## <title>", "", "<text>"];
    Some(Prepared {
        sort: Sort::Block,
        at: last + 1,
        above: 1,
        below: 0,
        indent: Vec::new(),
        lines: lines.map(str::to_owned).into(),
        first: lines.len() - 1,
        name: "section".to_owned(),
    })
}

/// Prepares a whole document with its first item.
pub(super) fn whole_document(
    kind: DocumentKind,
    wanted: Option<Sort>,
) -> Result<Prepared, Refused> {
    let (sort, lines): (_, &[&str]) = match kind {
        DocumentKind::Requirements => (Sort::Requirement, REQUIREMENTS),
        DocumentKind::Tasks => (Sort::Task, TASKS),
        DocumentKind::Design => (Sort::Property, DESIGN),
        DocumentKind::Bugfix | DocumentKind::Spec | DocumentKind::Other => {
            (Sort::Block, &["<text>"])
        }
    };
    if wanted.is_some_and(|wanted| wanted != sort) {
        return Err(Refused::new(
            "the document has nothing yet to put it beside",
        ));
    }
    Ok(Prepared {
        sort,
        at: 0,
        above: 0,
        below: 0,
        indent: Vec::new(),
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        first: 0,
        name: kind.file_name().to_owned(),
    })
}

const REQUIREMENTS: &[&str] = &[
    "# Requirements Document",
    "",
    "## Introduction",
    "",
    "<what this is about>",
    "",
    "## Glossary",
    "",
    "- **<term>**: <meaning>",
    "",
    "## Requirements",
    "",
    "### Requirement 1: <title>",
    "",
    "**User Story:** As a <role>, I want <feature>, so that <benefit>",
    "",
    "#### Acceptance Criteria",
    "",
    "1. WHEN <trigger>, THE <system> SHALL <response>",
];

const TASKS: &[&str] = &[
    "# Implementation Plan",
    "",
    "## Overview",
    "",
    "<what is built>",
    "",
    "## Tasks",
    "",
    "- [ ] 1. <title>",
    "  - _Requirements: <ids>_",
    "",
    "## Notes",
    "",
    "- Tasks with a `*` behind the box are optional",
    "",
    "## Task Dependency Graph",
    "",
    "```json",
    "{\"waves\":[{\"id\":0,\"tasks\":[\"1\"]}]}",
    "```",
];

const DESIGN: &[&str] = &[
    "# Design Document",
    "",
    "## Overview",
    "",
    "<how it is built>",
    "",
    "## Architecture",
    "",
    "<the parts and how they hang together>",
    "",
    "## Components and Interfaces",
    "",
    "<each part and what it offers>",
    "",
    "## Data Models",
    "",
    "<what is stored>",
    "",
    "## Correctness Properties",
    "",
    "### Property 1: <title>",
    "",
    "<what holds for all inputs>",
    "",
    "**Validates: Requirements <ids>**",
    "",
    "## Error Handling",
    "",
    "<what can fail, and what happens then>",
    "",
    "## Testing Strategy",
    "",
    "<how it is tested>",
];
