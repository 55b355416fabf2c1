//! The numbers of tasks in the graph of waves.

use super::tasks::Names;
use crate::spec::parsed::Parsed;
use crate::spec::source_str::readable;
use crate::spec::structure::Refused;
use crate::spec::waves::{After, Wave, Waves};
use crate::text::Span;

/// Finds the numbers of tasks in the graph: what stands in a list, and is no name of a wave.
pub(super) fn replaced(list: &Parsed, names: &Names) -> Vec<(Span, String)> {
    named_in_waves(list, names).map_or_else(Vec::new, |(_, places)| places)
}

/// Finds the numbers of tasks in the graph, with the lines that it stands on.
pub(in crate::spec) fn named_in_waves(
    list: &Parsed,
    names: &Names,
) -> Option<(Span, Vec<(Span, String)>)> {
    let Some(Ok(waves)) = Waves::find(&list.text, &list.document) else {
        return None;
    };
    let ids: Vec<&String> = waves
        .waves
        .iter()
        .filter_map(|wave| wave.id.as_ref())
        .collect();
    let has_order = waves.waves.iter().any(|wave| wave.after.is_some());
    let lines = &list.text.lines()[waves.line..waves.end_line];
    let code = Span::new(lines.first()?.whole.start, lines.last()?.whole.end);
    let source = readable(list.text.slice(code));
    let is_task =
        |token: &Token<'_>| !has_order || !ids.iter().any(|id| *id == token.word) || token.is_task;
    let place = |token: Token<'_>| {
        let at = code.start + token.at;
        let span = Span::new(at, at + token.word.len());
        Some((span, names.get(token.word)?.clone()))
    };
    let places = tokens(source).into_iter().filter(is_task).filter_map(place);
    Some((code, places.collect()))
}

/// A value in a list, or the name of one in an object that says what comes before each task.
struct Token<'a> {
    at: usize,
    word: &'a str,
    /// Whether the list is called `tasks`.
    is_task: bool,
}

/// Finds the values that stand in lists.
fn tokens(source: &str) -> Vec<Token<'_>> {
    let bytes = source.as_bytes();
    let (mut found, mut open, mut key, mut at) = (Vec::new(), Vec::new(), "", 0);
    while at < bytes.len() {
        let (word, length) = match bytes[at] {
            b'"' => {
                let inside = string(&source[at + 1..]);
                (Some((at + 1, inside)), inside.len() + 2)
            }
            b'0'..=b'9' => {
                let inside = number(&source[at..]);
                (Some((at, inside)), inside.len())
            }
            b'[' => {
                open.push(key);
                (None, 1)
            }
            b'{' => {
                open.push("{");
                (None, 1)
            }
            b']' | b'}' => {
                open.pop();
                (None, 1)
            }
            _ => (None, 1),
        };
        at += length;
        let Some((start, word)) = word else {
            continue;
        };
        if source[at..].trim_start().starts_with(':') {
            key = word;
        } else if open.last().is_some_and(|open| *open != "{") {
            let is_task = open.last() == Some(&"tasks");
            found.push(Token {
                at: start,
                word,
                is_task,
            });
        }
    }
    found
}

fn string(inside: &str) -> &str {
    let end = inside.find('"').unwrap_or(inside.len());
    &inside[..end]
}

fn number(source: &str) -> &str {
    let is_part = |char: char| char.is_ascii_digit() || char == '.';
    let end = source.find(|char| !is_part(char)).unwrap_or(source.len());
    &source[..end]
}

/// Refuses a graph that does not name the same tasks.
pub(super) fn check(before: &Parsed, after: &Parsed, names: &Names) -> Result<(), Refused> {
    let of = |parsed: &Parsed| match Waves::find(&parsed.text, &parsed.document) {
        Some(Ok(waves)) => waves.waves,
        _ => Vec::new(),
    };
    let renamed = |wave: Wave| -> Wave {
        let name = |name: String| names.get(&name).cloned().unwrap_or(name);
        let after = wave.after.map(|after| match after {
            After::Each(each) => After::Each(
                each.into_iter()
                    .map(|(task, before)| (name(task), before.into_iter().map(name).collect()))
                    .collect(),
            ),
            all @ After::All(_) => all,
        });
        Wave {
            tasks: wave.tasks.into_iter().map(name).collect(),
            after,
            ..wave
        }
    };
    let (old, new) = (of(before), of(after));
    let expected: Vec<Wave> = old.into_iter().map(renamed).collect();
    if expected == new {
        return Ok(());
    }
    Err(Refused::new(
        "the waves are written in a way that cannot be renumbered: change them by hand",
    ))
}
