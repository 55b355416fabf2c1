//! New items: what they begin with, and where they go. Form and number come from the neighbours.

use super::Refused;
use super::among::{requirement_on, spot_in};
use super::head::{Head, head_for, head_of};
use super::place::{Spot, Where};
use super::requirement;
use super::sheet::is_blank;
use super::template;
use super::tree::{Sort, Tree};
use super::{parse, shape::Shape};
use crate::markdown::{Block, BlockKind, list_line};
use crate::spec::aliases::{Role, role_of};
use crate::spec::outline;
use crate::spec::parsed::Parsed;
use crate::spec::requirements::cells;
use crate::spec::source_str::SourceStr;
use crate::store::DocumentKind;
use crate::text::{Edit, Excerpt, Span, Text};

/// The field for the criteria that a task is about.
pub(super) const IDS: &str = "<ids>";

/// What a new item says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum New<'a> {
    /// These words; further lines stand below the first one.
    Words(&'a str),
    /// What is still to be said, in angle brackets.
    Template,
}

/// A new item that is not written yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// What it is.
    pub sort: Sort,
    /// The index of the line that it goes before.
    pub at: usize,
    /// How many blank lines go above it.
    pub above: usize,
    /// How many blank lines go below it.
    pub below: usize,
    /// The blanks before each of its lines.
    pub indent: Vec<u8>,
    /// Its lines, without the blanks before them.
    pub lines: Vec<String>,
    /// Which of its lines is its first; those before it announce it.
    pub first: usize,
    /// What a message calls it: "task 2.3".
    pub name: String,
}

impl Prepared {
    /// Returns whether a line is one that a task may do without, and still as it was prepared.
    pub fn is_optional(&self, line: &str) -> bool {
        let mut lines = self.lines.iter();
        self.sort == Sort::Task && line.contains(IDS) && lines.any(|own| own == line)
    }

    /// Returns the edit of the text that writes `lines` in the place of the item.
    pub fn edit(&self, text: &Text, lines: &[String]) -> Edit {
        let blanks = |count| std::iter::repeat_n(String::new(), count);
        let all = blanks(self.above).chain(lines.iter().cloned());
        let all: Vec<String> = all.chain(blanks(self.below)).collect();
        Excerpt::empty_at(text, self.at, &self.indent).edit(&all)
    }

    /// Returns the edit that writes the item as it is, if it would be read as one.
    ///
    /// # Errors
    ///
    /// Where it, or another item, would be read as something else.
    pub fn checked_edit(&self, kind: DocumentKind, text: &Text) -> Result<Edit, Refused> {
        let edit = self.edit(text, &self.lines);
        let before = Shape::of(&parse(kind, text.clone()));
        let after = parse(kind, edit.apply(text));
        let count = self.above + self.lines.len() + self.below;
        let shift = |line: usize| Some(if line < self.at { line } else { line + count });
        let lines: Vec<Option<usize>> = (0..text.lines().len()).map(shift).collect();
        let line = self.at + self.above + self.first;
        before
            .moved(&lines)
            .check_all_in(&after, (line, self.sort))?;
        let is_read = Tree::at(&after, line)
            .is_ok_and(|(tree, index)| tree.sort == self.sort && tree.nodes[index].line == line);
        if !is_read {
            return Err(Refused::new(
                "it would run into the lines there: edit them in place instead",
            ));
        }
        Ok(edit)
    }
}

/// A place for an item of a sort, with the items of that sort around it.
struct Found {
    tree: Tree,
    spot: Spot,
}

/// Prepares a new item beside or below the one on a line, or as the last one of its sort.
///
/// Of the sort that is `wanted`, else of that of the item on the line.
///
/// # Errors
///
/// Where no such item can stand there.
pub fn prepare(
    kind: DocumentKind,
    text: &Text,
    wanted: Option<Sort>,
    to: Option<Where>,
    new: New<'_>,
) -> Result<Prepared, Refused> {
    let parsed = parse(kind, text.clone());
    let is_empty = (0..text.lines().len()).all(|line| is_blank(text, line));
    if is_empty && new == New::Template {
        return requirement::whole_document(kind, wanted);
    }
    if let Some(prepared) = requirement::first_criterion(&parsed, wanted, to, new)? {
        return Ok(prepared);
    }
    if wanted.is_none()
        && let (Some(Where::After(line) | Where::Before(line)), New::Template) = (to, new)
        && let Some(prepared) = requirement::section_of_title(&parsed, line)
    {
        return Ok(prepared);
    }
    let found = match to {
        Some(to) => beside(&parsed, wanted, to)?,
        None => at_end(&parsed, wanted.unwrap_or(default_sort(kind)))?,
    };
    written(&parsed, &found, new)
}

fn default_sort(kind: DocumentKind) -> Sort {
    match kind {
        DocumentKind::Requirements => Sort::Requirement,
        DocumentKind::Bugfix => Sort::Criterion,
        DocumentKind::Design => Sort::Property,
        DocumentKind::Tasks | DocumentKind::Spec => Sort::Task,
        DocumentKind::Other => Sort::Block,
    }
}

fn beside(parsed: &Parsed, wanted: Option<Sort>, to: Where) -> Result<Found, Refused> {
    let (Where::After(line) | Where::Before(line) | Where::Under(line)) = to;
    let Ok((tree, index)) = Tree::at(parsed, line) else {
        return below_heading(parsed, line, wanted);
    };
    if wanted.is_some_and(|wanted| wanted != tree.sort) {
        return beside_other(parsed, wanted.unwrap_or(tree.sort), to, &tree);
    }
    let spot = match to {
        Where::After(_) => Spot::after(parsed, &tree, index)?,
        Where::Before(_) => Spot::before(parsed, &tree, index),
        Where::Under(_) if matches!(tree.sort, Sort::Task | Sort::Item) => {
            Spot::under(parsed, &tree, index)?
        }
        Where::Under(_) => return Err(Refused::new("nothing of that kind can go below it")),
    };
    Ok(Found { tree, spot })
}

/// Finds the place beside an item of another sort: a criterion among those of a requirement.
fn beside_other(parsed: &Parsed, wanted: Sort, to: Where, other: &Tree) -> Result<Found, Refused> {
    let (Where::After(line) | Where::Before(line) | Where::Under(line)) = to;
    if (wanted, other.sort) != (Sort::Criterion, Sort::Requirement) {
        return Err(Refused::new("it can only go beside items of its kind"));
    }
    let tree = Tree::of(parsed, Sort::Criterion);
    let spot = spot_in(parsed, &tree, line, to)?;
    Ok(Found { tree, spot })
}

/// Finds the place of the first item below a heading.
fn below_heading(parsed: &Parsed, line: usize, wanted: Option<Sort>) -> Result<Found, Refused> {
    let text = &parsed.text;
    let block = parsed
        .document
        .block_at(line)
        .map(|at| parsed.document.blocks[at]);
    let heading = block.filter(|block| matches!(block.kind, BlockKind::Heading(_)));
    let Some(heading) = heading else {
        return at_end(parsed, wanted.unwrap_or(default_sort(parsed.file.kind)));
    };
    let next = (heading.end_line..text.lines().len()).find(|line| !is_blank(text, *line));
    let has_items = matches!(
        parsed.file.kind,
        DocumentKind::Requirements | DocumentKind::Tasks
    );
    let is_title = wanted.is_none() && has_items && is_title(parsed, line);
    if let Some((tree, index)) = next.and_then(|next| Tree::at(parsed, next).ok())
        && wanted.is_none_or(|wanted| wanted == tree.sort)
        && !(is_title && tree.sort == Sort::Block)
    {
        let spot = Spot::before(parsed, &tree, index);
        return Ok(Found { tree, spot });
    }
    if is_title {
        return at_end(parsed, default_sort(parsed.file.kind));
    }
    let sort = wanted.unwrap_or_else(|| sort_below(parsed, line));
    Ok(first_at(parsed, sort, heading.end_line))
}

/// Returns whether a line is the title of a document.
pub(super) fn is_title(parsed: &Parsed, line: usize) -> bool {
    let is_heading = |block: &&Block| matches!(block.kind, BlockKind::Heading(_));
    let mut blocks = parsed.document.blocks.iter();
    let first = blocks.find(is_heading);
    first.is_some_and(|first| {
        first.kind == BlockKind::Heading(1) && (first.first_line..first.end_line).contains(&line)
    })
}

/// Returns what stands below a heading by its name.
fn sort_below(parsed: &Parsed, line: usize) -> Sort {
    let title =
        crate::markdown::heading_text(parsed.text.bytes(), parsed.text.lines()[line].content);
    match role_of(SourceStr::read(&parsed.text, title).text) {
        Some(Role::Tasks) => Sort::Task,
        Some(Role::Requirements) => Sort::Requirement,
        _ if !parsed.tasks.items.is_empty() || parsed.file.kind == DocumentKind::Tasks => {
            Sort::Task
        }
        _ => Sort::Block,
    }
}

/// Makes the place of the first item of a sort: before a line, behind a blank one.
fn first_at(parsed: &Parsed, sort: Sort, at: usize) -> Found {
    let tree = Tree::of(parsed, sort);
    let model = (0..tree.nodes.len())
        .filter(|index| tree.nodes[*index].parent.is_none())
        .min_by_key(|index| tree.nodes[*index].line.abs_diff(at));
    let is_top = (0..at).all(|line| is_blank(&parsed.text, line));
    let spot = Spot {
        at,
        above: usize::from(!is_top),
        below: 0,
        parent: None,
        group: None,
        model,
    };
    Found { tree, spot }
}

/// Finds the place behind the last item of a sort; where there is none, at the end of the section
/// for them.
fn at_end(parsed: &Parsed, sort: Sort) -> Result<Found, Refused> {
    let tree = Tree::of(parsed, sort);
    let is_top = |index: &usize| tree.nodes[*index].parent.is_none();
    if let Some(last) = (0..tree.nodes.len()).rev().find(is_top) {
        let spot = Spot::after(parsed, &tree, last)?;
        return Ok(Found { tree, spot });
    }
    let role = match sort {
        Sort::Task => Role::Tasks,
        Sort::Requirement | Sort::Criterion => Role::Requirements,
        _ => Role::Design,
    };
    let all = 0..parsed.text.lines().len();
    let sections = outline(&parsed.text, &parsed.document, all.clone());
    let is_meant = |section: &&crate::spec::Section| {
        role_of(SourceStr::read(&parsed.text, section.title).text) == Some(role)
    };
    let section = sections
        .iter()
        .filter(|section| section.level > 1)
        .find(is_meant);
    let lines = section.map_or(all, |section| section.line..section.end_line);
    let last = lines
        .clone()
        .rev()
        .find(|line| !is_blank(&parsed.text, *line));
    Ok(first_at(
        parsed,
        sort,
        last.map_or(lines.start, |last| last + 1),
    ))
}

/// Writes the item of a place.
fn written(parsed: &Parsed, found: &Found, new: New<'_>) -> Result<Prepared, Refused> {
    let Found { tree, spot } = found;
    if is_in_table(parsed, tree, spot) {
        return Err(Refused::new("a row of a table is added in place, with e"));
    }
    let head = match (spot.model, spot.parent) {
        (None, None) => first_head(tree.sort),
        _ => head_for(parsed, tree, spot),
    };
    let number = head.number.clone();
    let (first, rest) = match new {
        New::Words(words) => words
            .split_once('\n')
            .map_or((words, None), |(one, more)| (one, Some(more))),
        New::Template => ("", None),
    };
    let start = String::from_utf8(head.bytes())
        .map_err(|_| Refused::new("the line it would be modelled on is not valid text"))?;
    let mut lines = match new {
        New::Template => requirement::template(parsed, tree, spot, &start),
        New::Words(_) => vec![format!("{start}{first}")],
    };
    lines.extend(rest.map_or_else(Vec::new, |rest| continued(&start, rest)));
    Ok(Prepared {
        sort: tree.sort,
        at: spot.at,
        above: spot.above,
        below: spot.below,
        indent: head.indent,
        lines,
        first: 0,
        name: name(tree.sort, whole_id(parsed, found, number).as_deref()),
    })
}

/// Returns the id of a new item: of a criterion with that of its requirement.
fn whole_id(parsed: &Parsed, found: &Found, number: Option<String>) -> Option<String> {
    let number = number?;
    let owner = found.spot.group;
    let owner = owner.and_then(|line| requirement_on(parsed, line));
    let is_count = number.bytes().all(|byte| byte.is_ascii_digit());
    match owner {
        Some(owner) if is_count && found.tree.sort == Sort::Criterion => {
            Some(format!("{}.{number}", owner.id))
        }
        _ => Some(number),
    }
}

/// Indents the further lines of an item that begins with `start` so that they belong to it: at least
/// as far as what stands behind its bullet, and as they are among themselves.
pub(super) fn continued(start: &str, rest: &str) -> Vec<String> {
    let bullet = list_line(start.as_bytes(), Span::new(0, start.len())).map(|line| line.bullet);
    let behind = bullet.map_or("", |bullet| &start[bullet.end..]);
    let blanks = behind.len() - behind.trim_start_matches(' ').len();
    let wanted = bullet.map_or(0, |bullet| bullet.end + blanks);
    let filled = rest.lines().filter(|line| !line.trim().is_empty());
    let least = filled.map(columns_of_indent).min();
    let indent = match wanted.saturating_sub(least.unwrap_or(0)) {
        missing if missing > 0 && behind.starts_with('\t') => "\t".to_owned(),
        missing => " ".repeat(missing),
    };
    let indented = |line: &str| {
        if line.trim().is_empty() {
            String::new()
        } else {
            format!("{indent}{line}")
        }
    };
    rest.split('\n').map(indented).collect()
}

fn columns_of_indent(line: &str) -> usize {
    let blanks = line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t'));
    blanks.map(|byte| if byte == b'\t' { 4 } else { 1 }).sum()
}

fn is_in_table(parsed: &Parsed, tree: &Tree, spot: &Spot) -> bool {
    let line = spot.model.map(|model| tree.nodes[model].line);
    let block = line.and_then(|line| parsed.document.block_at(line));
    block.is_some_and(|block| parsed.document.blocks[block].kind == BlockKind::Table)
        && !matches!(tree.sort, Sort::Row | Sort::Block)
}

/// Returns the head of the first item of a sort.
fn first_head(sort: Sort) -> Head {
    let (before, number, behind) = match sort {
        Sort::Task => ("- [ ] ", Some("1"), ". "),
        Sort::Criterion => ("", Some("1"), ". "),
        Sort::Requirement => ("### Requirement ", Some("1"), ": "),
        Sort::Property => ("### Property ", Some("1"), ": "),
        Sort::Item => ("- ", None, ""),
        Sort::Row | Sort::Block => ("", None, ""),
    };
    Head {
        indent: Vec::new(),
        before: before.into(),
        number: number.map(str::to_owned),
        behind: behind.into(),
    }
}

/// Returns what a message calls a new item.
pub(super) fn name(sort: Sort, number: Option<&str>) -> String {
    let word = match sort {
        Sort::Task => "task",
        Sort::Criterion => "criterion",
        Sort::Requirement => "requirement",
        Sort::Property => "property",
        Sort::Item => return "list item".to_owned(),
        Sort::Row => return "table row".to_owned(),
        Sort::Block => return "paragraph".to_owned(),
    };
    number.map_or_else(|| word.to_owned(), |number| format!("{word} {number}"))
}

/// Returns what a list item says before its words where its neighbour is a term with a meaning.
pub(super) fn is_term(parsed: &Parsed, tree: &Tree, model: usize) -> bool {
    let line = parsed.text.lines()[tree.nodes[model].line].content;
    let head = head_of(parsed, tree, model);
    let start = head.indent.len() + head.bytes().len();
    let words = parsed.text.slice(line).get(start..).unwrap_or_default();
    words.starts_with(b"**")
}

/// Returns the words of a template for an item of one line.
pub(super) fn one_line(parsed: &Parsed, tree: &Tree, spot: &Spot) -> String {
    match tree.sort {
        Sort::Task => "<title>".to_owned(),
        Sort::Criterion => template::criterion(requirement::system(parsed, spot.at).as_deref()),
        Sort::Item if spot.model.is_some_and(|model| is_term(parsed, tree, model)) => {
            "**<term>**: <meaning>".to_owned()
        }
        Sort::Row => row(parsed, tree),
        Sort::Item | Sort::Block => "<text>".to_owned(),
        Sort::Requirement | Sort::Property => "<title>".to_owned(),
    }
}

/// Returns a row of a table with a field for each column, called as that is.
fn row(parsed: &Parsed, tree: &Tree) -> String {
    let head = tree.nodes[0].line;
    let field = |cell: SourceStr<'_>| {
        let is_word = |char: char| char.is_alphabetic() || " ,’'".contains(char);
        let words: String = cell.text.chars().filter(|char| is_word(*char)).collect();
        match words.trim() {
            "" => "<text>".to_owned(),
            words => format!("<{words}>"),
        }
    };
    let cells: Vec<String> = cells(&parsed.text, head).into_iter().map(field).collect();
    let line = parsed.text.slice(parsed.text.lines()[head].content);
    let cells = cells.join(" | ");
    if line.trim_ascii().starts_with(b"|") {
        format!("| {cells} |")
    } else {
        cells
    }
}
