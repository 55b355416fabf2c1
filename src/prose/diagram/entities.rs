//! Classes, or the tables of a database, as lists of their fields, and how they hang together.

use super::{DiagramLine, List, Part, Statement, behind, unquoted};
use crate::prose::highlight::Role;
use crate::spec::source_str::SourceStr;
use crate::text::Text;

/// How many of one there are for each other, by the sign at its end of a line.
const CARDINALITIES: &[(&str, &str)] = &[
    ("||", "1"),
    ("|o", "0..1"),
    ("o|", "0..1"),
    ("}o", "0..n"),
    ("o{", "0..n"),
    ("}|", "1..n"),
    ("|{", "1..n"),
];
/// The lines between two classes, the longest of those with one start first.
const LINES: &[&str] = &[
    "<|--", "--|>", "<|..", "..|>", "*--", "--*", "o--", "--o", "<--", "-->", "<..", "..>", "--",
    "..",
];
/// The words of lines that say nothing to a reader of the list.
const SILENT: &[&str] = &[
    "direction",
    "classDef",
    "style",
    "click",
    "link",
    "callback",
    "cssClass",
];

pub(super) fn list(text: &Text, body: &[Statement<'_>]) -> Vec<DiagramLine> {
    let mut list = List::new(text);
    for statement in body {
        let words = statement.words;
        if words.text == "}" {
            list.depth = list.depth.saturating_sub(1);
        } else if let Some(name) = words.text.strip_suffix('{') {
            let name = words.map(|_| name).trim();
            let name = behind(name, "class")
                .or_else(|| behind(name, "namespace"))
                .unwrap_or(name);
            list.push(statement.line, &[Part::Said(unquoted(name), Role::Strong)]);
            list.depth += 1;
        } else if list.depth > 0 && relation(words).is_none() {
            list.push(statement.line, &[Part::Said(words, Role::Plain)]);
        } else if !SILENT.iter().any(|word| behind(words, word).is_some()) {
            take(&mut list, *statement);
        }
    }
    list.lines
}

/// Takes a line outside of what has fields.
fn take(list: &mut List<'_>, statement: Statement<'_>) {
    let words = statement.words;
    if let Some(name) = behind(words, "class") {
        return list.push(statement.line, &[Part::Said(name, Role::Strong)]);
    }
    let Some((left, line, right, label)) = relation(words) else {
        return list.push(statement.line, &[Part::Said(words, Role::Plain)]);
    };
    let said = cardinalities(line.text);
    let between = said
        .as_deref()
        .map_or(Part::Said(line, Role::Aside), |said| {
            Part::Added(said, Role::Aside)
        });
    let mut parts = vec![
        Part::Said(left, Role::Strong),
        Part::Added(" ", Role::Plain),
        between,
        Part::Added(" ", Role::Plain),
        Part::Said(right, Role::Strong),
    ];
    if !label.is_empty() {
        parts.extend([
            Part::Added("  ", Role::Plain),
            Part::Said(label, Role::Plain),
        ]);
    }
    list.push(statement.line, &parts);
}

/// Reads how two hang together: what stands left of the line, the line, what stands right, and what
/// is said of it.
fn relation(
    words: SourceStr<'_>,
) -> Option<(SourceStr<'_>, SourceStr<'_>, SourceStr<'_>, SourceStr<'_>)> {
    let (ends, label) = match words.text.find(" : ") {
        Some(at) => (words.before(at), unquoted(words.after(at + 3))),
        None => (words, words.after(words.text.len())),
    };
    let between = ends.text.split_whitespace().find(|word| is_line(word))?;
    let line = ends.map(|_| between);
    let start = line.span().start - ends.span().start;
    let left = ends.before(start).trim();
    let right = ends.after(start + between.len()).trim();
    (!left.is_empty() && !right.is_empty()).then_some((left, line, right, label))
}

/// Returns whether a word is a line between two.
fn is_line(word: &str) -> bool {
    LINES.contains(&word) || cardinalities(word).is_some()
}

/// Returns the signs at both ends of a line between two tables in words.
fn cardinalities(word: &str) -> Option<String> {
    let at = word.find("--").or_else(|| word.find(".."))?;
    let (left, right) = (&word[..at], &word[at + 2..]);
    let meant = |sign: &str| {
        let mut known = CARDINALITIES.iter();
        known
            .find(|(written, _)| *written == sign)
            .map(|(_, meant)| *meant)
    };
    Some(format!("{} – {}", meant(left)?, meant(right)?))
}
