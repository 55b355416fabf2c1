//! A sequence diagram as a list of its messages.

use std::collections::HashMap;

use super::{DiagramLine, List, Part, Statement, behind, unquoted};
use crate::prose::highlight::Role;
use crate::spec::source_str::SourceStr;
use crate::text::Text;

/// The arrows between two participants, the longest of those with one start first, with whether
/// they are dashed: a reply.
const ARROWS: &[(&str, bool)] = &[
    ("<<-->>", true),
    ("<<->>", false),
    ("-->>", true),
    ("->>", false),
    ("--x", true),
    ("-x", false),
    ("--)", true),
    ("-)", false),
    ("-->", true),
    ("->", false),
];

/// The words that open a group, and those that go on with it.
const OPENING: &[&str] = &[
    "loop", "alt", "opt", "par", "critical", "break", "rect", "box",
];
const GOING_ON: &[&str] = &["else", "and", "option"];
/// The words of lines that say nothing to a reader of the list.
const SILENT: &[&str] = &["activate", "deactivate", "autonumber", "destroy"];

/// The participants by the name that messages call them, with what they are to be called.
type Labels<'a> = HashMap<&'a str, SourceStr<'a>>;

pub(super) fn list(text: &Text, body: &[Statement<'_>]) -> Vec<DiagramLine> {
    let labels = labels(body);
    let mut list = List::new(text);
    let mut open = 0_usize;
    for statement in body {
        let words = statement.words;
        if let Some((word, title)) = first_of(words, OPENING) {
            list.depth = open;
            // A coloured background says nothing in words.
            let title = if word == "rect" {
                title.after(title.text.len())
            } else {
                title
            };
            push_group(&mut list, statement.line, word, title);
            open += 1;
        } else if let Some((word, title)) = first_of(words, GOING_ON) {
            list.depth = open.saturating_sub(1);
            push_group(&mut list, statement.line, word, title);
        } else if words.text == "end" {
            open = open.saturating_sub(1);
        } else {
            list.depth = open;
            take(&mut list, *statement, &labels, body);
        }
    }
    list.lines
}

fn push_group(list: &mut List<'_>, line: usize, word: &'static str, title: SourceStr<'_>) {
    if word == "rect" {
        return;
    }
    let parts = [
        Part::Added(word, Role::Keyword),
        Part::Added("  ", Role::Plain),
        Part::Said(title, Role::Strong),
    ];
    list.push(
        line,
        if title.is_empty() {
            &parts[..1]
        } else {
            &parts
        },
    );
}

/// Takes a line that is no group.
fn take(
    list: &mut List<'_>,
    statement: Statement<'_>,
    labels: &Labels<'_>,
    body: &[Statement<'_>],
) {
    let words = statement.words;
    if let Some((name, label)) = participant(words) {
        // One that sends or gets something is seen there.
        if !is_used(name, body) {
            list.push(statement.line, &[Part::Said(label, Role::Plain)]);
        }
        return;
    }
    if first_of(words, SILENT).is_some() {
        return;
    }
    if let Some((about, note)) = note(words) {
        let mut parts = vec![Part::Added("note ", Role::Aside)];
        push_names(&mut parts, about, labels);
        parts.extend([
            Part::Added("  ", Role::Plain),
            Part::Said(note, Role::Quote),
        ]);
        return list.push(statement.line, &parts);
    }
    let Some(message) = Message::of(words) else {
        return list.push_source(statement);
    };
    let dash = if message.is_reply { "┄" } else { "" };
    let mut parts = vec![
        Part::Said(label_of(message.from, labels), Role::Strong),
        Part::Added(" ", Role::Plain),
        Part::Added(dash, Role::Dash),
        Part::Added("→", Role::Arrow),
        Part::Added(" ", Role::Plain),
        Part::Said(label_of(message.to, labels), Role::Strong),
    ];
    if !message.words.is_empty() {
        parts.extend([
            Part::Added("  ", Role::Plain),
            Part::Said(message.words, Role::Plain),
        ]);
    }
    list.push(statement.line, &parts);
}

fn push_names<'a>(parts: &mut Vec<Part<'a>>, names: SourceStr<'a>, labels: &Labels<'a>) {
    let mut rest = names;
    loop {
        let at = rest.text.find(',');
        let name = at.map_or(rest, |at| rest.before(at)).trim();
        parts.push(Part::Said(label_of(name, labels), Role::Strong));
        let Some(at) = at else {
            return;
        };
        parts.push(Part::Added(", ", Role::Plain));
        rest = rest.after(at + 1);
    }
}

/// Returns the participants that are named otherwise than messages call them.
fn labels<'a>(body: &[Statement<'a>]) -> Labels<'a> {
    let named = body
        .iter()
        .filter_map(|statement| participant(statement.words));
    named.map(|(name, label)| (name.text, label)).collect()
}

/// Reads the declaration of a participant: its name and its label.
fn participant(words: SourceStr<'_>) -> Option<(SourceStr<'_>, SourceStr<'_>)> {
    let words = behind(words, "create").unwrap_or(words);
    let declared = behind(words, "participant").or_else(|| behind(words, "actor"))?;
    let Some(at) = declared.text.find(" as ") else {
        return Some((declared, unquoted(declared)));
    };
    let label = unquoted(declared.after(at + " as ".len()));
    Some((declared.before(at).trim(), label))
}

/// Returns whether a message or a note names a participant.
fn is_used(name: SourceStr<'_>, body: &[Statement<'_>]) -> bool {
    let is_named = |names: &str| names.split(',').any(|other| other.trim() == name.text);
    body.iter().any(|statement| {
        let words = statement.words;
        let by_message = Message::of(words)
            .is_some_and(|message| message.from.text == name.text || message.to.text == name.text);
        by_message || note(words).is_some_and(|(about, _)| is_named(about.text))
    })
}

fn label_of<'a>(name: SourceStr<'a>, labels: &Labels<'a>) -> SourceStr<'a> {
    labels.get(name.text).copied().unwrap_or(name)
}

/// Reads a note: whom it is about, and its words.
fn note(words: SourceStr<'_>) -> Option<(SourceStr<'_>, SourceStr<'_>)> {
    let rest = behind(words, "Note").or_else(|| behind(words, "note"))?;
    let places = ["over", "left of", "right of"];
    let about = places.iter().find_map(|place| behind(rest, place))?;
    let at = about.text.find(':')?;
    Some((about.before(at).trim(), about.after(at + 1).trim()))
}

/// A message between two participants.
struct Message<'a> {
    from: SourceStr<'a>,
    to: SourceStr<'a>,
    words: SourceStr<'a>,
    is_reply: bool,
}

impl<'a> Message<'a> {
    fn of(line: SourceStr<'a>) -> Option<Self> {
        let (ends, words) = match line.text.find(':') {
            Some(at) => (line.before(at), line.after(at + 1).trim()),
            None => (line, line.after(line.text.len())),
        };
        let first = |(arrow, is_reply): &(&'static str, bool)| {
            Some((ends.text.find(arrow)?, arrow.len(), *is_reply))
        };
        let found = ARROWS.iter().filter_map(first);
        let (at, length, is_reply) =
            found.min_by_key(|(at, length, _)| (*at, usize::MAX - length))?;
        let from = ends.before(at).trim();
        let to = ends
            .after(at + length)
            .trim()
            .trim_start_of(&['+', '-'])
            .trim();
        (!from.is_empty() && !to.is_empty()).then_some(Self {
            from,
            to,
            words,
            is_reply,
        })
    }
}

/// Returns the first word of a line, where it is one of some, with what stands behind it.
fn first_of<'a>(
    words: SourceStr<'a>,
    wanted: &[&'static str],
) -> Option<(&'static str, SourceStr<'a>)> {
    let mut wanted = wanted.iter();
    wanted.find_map(|word| Some((*word, behind(words, word)?)))
}
