//! The place of a criterion among those of a requirement, also of one that has none yet.

use std::ops::Range;

use super::Refused;
use super::head::{Head, criteria, head_of};
use super::number::Cut;
use super::place::{Spot, Where};
use super::sheet::is_blank;
use super::tree::{Sort, Tree};
use crate::spec::aliases::{Role, role_of};
use crate::spec::parsed::Parsed;
use crate::spec::source_str::SourceStr;
use crate::spec::{CriteriaDocument, Requirement, Section, outline};

/// What announces criteria where no neighbour shows it.
pub(super) const CRITERIA: &str = "#### Acceptance Criteria";

/// Returns the requirements of a document, in order.
pub(super) fn requirements(parsed: &Parsed) -> &[Requirement] {
    match criteria(parsed) {
        Some(CriteriaDocument::Requirements(all)) => &all.requirements,
        _ => &[],
    }
}

/// Returns the requirement of which the heading is on a line.
pub(super) fn requirement_on(parsed: &Parsed, line: usize) -> Option<&Requirement> {
    requirements(parsed).iter().find(|found| found.line == line)
}

/// Returns the place of a criterion before or behind those of the requirement on a line.
///
/// # Errors
///
/// Where no requirement is on that line.
pub(super) fn spot_in(
    parsed: &Parsed,
    tree: &Tree,
    requirement: usize,
    to: Where,
) -> Result<Spot, Refused> {
    let mut own = (0..tree.nodes.len()).filter(|index| {
        let node = &tree.nodes[*index];
        node.group == Some(requirement) && node.parent.is_none()
    });
    let beside = match to {
        Where::Before(_) => own
            .next()
            .map(|first| Ok(Spot::before(parsed, tree, first))),
        _ => own.next_back().map(|last| Spot::after(parsed, tree, last)),
    };
    let none = || Refused::new("it can only go beside items of its kind");
    beside.unwrap_or_else(|| {
        let owner = requirement_on(parsed, requirement).ok_or_else(none)?;
        Ok(first_spot(parsed, tree, owner))
    })
}

/// Returns the place of the first criterion of a requirement.
pub(super) fn first_spot(parsed: &Parsed, tree: &Tree, owner: &Requirement) -> Spot {
    let heading = criteria_heading(parsed, owner.line + 1..owner.end_line);
    let end = heading.map_or(owner.end_line, |(end, _)| end);
    let mut inside = (owner.line..end).rev();
    let last = inside.find(|line| !is_blank(&parsed.text, *line));
    let all = 0..tree.nodes.len();
    Spot {
        at: last.map_or(owner.line + 1, |last| last + 1),
        above: 1,
        below: 0,
        parent: None,
        group: Some(owner.line),
        model: all.min_by_key(|index| tree.nodes[*index].line.abs_diff(owner.line)),
    }
}

/// Finds a heading for criteria in lines: behind which line its section ends, and its own line.
pub(super) fn criteria_heading(parsed: &Parsed, lines: Range<usize>) -> Option<(usize, usize)> {
    let all = 0..parsed.text.lines().len();
    let sections = outline(&parsed.text, &parsed.document, all);
    let is_meant = |section: &&Section| {
        let title = SourceStr::read(&parsed.text, section.title).text;
        lines.contains(&section.line) && role_of(title) == Some(Role::Criteria)
    };
    let found = sections.iter().find(is_meant)?;
    Some((found.end_line, found.line))
}

/// Returns the lines that announce the first criterion in a place: what stands above those of a
/// neighbour, where the requirement has nothing of the kind.
pub(super) fn announced(parsed: &Parsed, tree: &Tree, spot: &Spot) -> Vec<String> {
    let owner = spot.group.and_then(|line| requirement_on(parsed, line));
    let has_heading =
        |owner: &Requirement| criteria_heading(parsed, owner.line + 1..owner.end_line).is_some();
    if !is_first(tree, spot) || owner.is_none_or(has_heading) {
        return Vec::new();
    }
    let near = spot.model.and_then(|model| tree.nodes[model].group);
    let label = near.and_then(|group| criteria_label(parsed, group));
    vec![label.unwrap_or_else(|| CRITERIA.to_owned()), String::new()]
}

/// Returns whether a place is that of the first criterion below its heading.
pub(super) fn is_first(tree: &Tree, spot: &Spot) -> bool {
    let is_beside = |model: usize| tree.nodes[model].group == spot.group;
    tree.sort == Sort::Criterion && spot.group.is_some() && !spot.model.is_some_and(is_beside)
}

/// Returns the heading or the label above the criteria of the requirement on a line.
pub(super) fn criteria_label(parsed: &Parsed, requirement: usize) -> Option<String> {
    let first = first_criterion_of(parsed, requirement)?;
    let filled = (requirement + 1..first)
        .rev()
        .find(|line| !is_blank(&parsed.text, *line))?;
    let content = parsed.text.lines()[filled].content;
    let says = String::from_utf8(parsed.text.slice(content).to_vec()).ok()?;
    let words = says.trim_matches(|char: char| !char.is_alphanumeric());
    (role_of(words) == Some(Role::Criteria)).then_some(says)
}

/// Returns the line of the first criterion below the heading on a line.
pub(super) fn first_criterion_of(parsed: &Parsed, heading: usize) -> Option<usize> {
    let tree = Tree::of(parsed, Sort::Criterion);
    let found = tree.nodes.iter().find(|node| node.group == Some(heading));
    found.map(|node| node.line)
}

/// Returns what stands before the words of the first criterion of a requirement, as at a criterion of
/// another one. None where that names the other one in a way that cannot be followed.
pub(super) fn first_head(parsed: &Parsed, tree: &Tree, model: usize, owner: &str) -> Option<Head> {
    let mut head = head_of(parsed, tree, model);
    count_from_one(&mut head.before);
    let Some(number) = &head.number else {
        return Some(head);
    };
    let near = tree.nodes[model].group;
    let near = near.and_then(|line| requirement_on(parsed, line));
    let cut = Cut::of(number)?;
    let above = match near.and_then(|near| cut.head.strip_prefix(&near.id[..])) {
        Some(rest) => format!("{owner}{rest}"),
        None if cut.head.is_empty() => String::new(),
        None => return None,
    };
    let is_padded = cut.digits.starts_with('0');
    let width = if is_padded { cut.digits.len() } else { 1 };
    let number = Some(format!("{above}{:0width$}", 1));
    Some(Head { number, ..head })
}

/// Lets a list number at the start be the first one.
fn count_from_one(bytes: &mut Vec<u8>) {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit());
    let digits = digits.count();
    if digits > 0 {
        bytes.splice(..digits, *b"1");
    }
}
