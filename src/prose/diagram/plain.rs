//! Diagrams that are lists already: plans, shares, journeys, time lines, mind maps, commits; and the
//! parts of a system with what leads from one to another.

use std::collections::HashMap;

use super::{DiagramLine, List, Part, Statement, behind, unquoted};
use crate::prose::highlight::Role;
use crate::spec::source_str::SourceStr;
use crate::text::Text;

/// The words that begin settings, which say nothing of what is shown.
const SETTINGS: &[&str] = &[
    "dateFormat",
    "axisFormat",
    "tickInterval",
    "todayMarker",
    "weekday",
    "accTitle:",
    "accDescr:",
];

/// Lists the entries of a plan, a pie, a journey or a time line, by their sections: each has a name,
/// a colon, and what is said of it.
pub(super) fn entries(text: &Text, body: &[Statement<'_>]) -> Vec<DiagramLine> {
    let mut list = List::new(text);
    for statement in body {
        let words = statement.words;
        let first = words.text.split_whitespace().next().unwrap_or_default();
        if SETTINGS.contains(&first) {
            list.push_source(*statement);
        } else if let Some(title) = behind(words, "title") {
            list.push_at(0, statement.line, &[Part::Said(title, Role::Strong)]);
        } else if let Some(section) = behind(words, "section") {
            list.push_at(0, statement.line, &[Part::Said(section, Role::Strong)]);
            list.depth = 1;
        } else {
            push_entry(&mut list, *statement);
        }
    }
    list.lines
}

fn push_entry(list: &mut List<'_>, statement: Statement<'_>) {
    let words = statement.words;
    let Some(colon) = words.text.find(':') else {
        return list.push(statement.line, &[Part::Said(words, Role::Plain)]);
    };
    let parts = [
        Part::Said(unquoted(words.before(colon)), Role::Plain),
        Part::Added("  ", Role::Plain),
        Part::Said(words.after(colon + 1).trim(), Role::Aside),
    ];
    list.push(statement.line, &parts);
}

/// Lists the nodes of a mind map, each below the one that it belongs to.
pub(super) fn mind_map(text: &Text, body: &[Statement<'_>]) -> Vec<DiagramLine> {
    let mut list = List::new(text);
    let mut above: Vec<usize> = Vec::new();
    for statement in body {
        let words = statement.words;
        if words.text.starts_with("::icon") || words.text.starts_with(":::") {
            continue;
        }
        let indent = words.span().start - text.lines()[statement.line].content.start;
        above.retain(|other| *other < indent);
        let role = if above.is_empty() {
            Role::Strong
        } else {
            Role::Plain
        };
        list.push_at(
            above.len(),
            statement.line,
            &[Part::Said(label(words), role)],
        );
        above.push(indent);
    }
    list.lines
}

/// Returns what a node says, without its name and the brackets that make its shape.
fn label(words: SourceStr<'_>) -> SourceStr<'_> {
    const OPENING: [char; 3] = ['(', '[', '{'];
    let closes = words.text.ends_with([')', ']', '}']);
    let Some(open) = words.text.find(OPENING) else {
        return words;
    };
    if !closes {
        return words;
    }
    let inside = words.after(open).trim_of(&['(', ')', '[', ']', '{', '}']);
    if inside.is_empty() {
        words
    } else {
        unquoted(inside)
    }
}

/// Lists commits below the branch that they are made on.
pub(super) fn commits(text: &Text, body: &[Statement<'_>]) -> Vec<DiagramLine> {
    const TURNS: &[&str] = &["branch", "checkout", "switch", "merge"];
    let mut list = List::new(text);
    for statement in body {
        let words = statement.words;
        let end = words
            .text
            .find(char::is_whitespace)
            .unwrap_or(words.text.len());
        let first = words.before(end);
        list.depth = usize::from(!TURNS.contains(&first.text));
        let parts = [
            Part::Said(first, Role::Keyword),
            Part::Added(" ", Role::Plain),
            Part::Said(words.after(end).trim(), Role::Plain),
        ];
        let has_rest = end < words.text.len();
        list.push(statement.line, if has_rest { &parts } else { &parts[..1] });
    }
    list.lines
}

/// Lists the parts of a system, within their boundaries, and what leads from one to another.
pub(super) fn parts(text: &Text, body: &[Statement<'_>]) -> Vec<DiagramLine> {
    let calls = body
        .iter()
        .filter_map(|statement| Call::of(statement.words));
    let named = calls.filter_map(|call| match call.arguments.as_slice() {
        [name, label, ..] if !call.is_relation() => Some((name.text, *label)),
        _ => None,
    });
    let labels: HashMap<&str, SourceStr<'_>> = named.collect();
    let mut list = List::new(text);
    for statement in body {
        if statement.words.text == "}" {
            list.depth = list.depth.saturating_sub(1);
        } else if let Some(title) = behind(statement.words, "title") {
            list.push(statement.line, &[Part::Said(title, Role::Strong)]);
        } else if let Some(call) = Call::of(statement.words) {
            push_call(&mut list, statement.line, &call, &labels);
        } else {
            list.push_source(*statement);
        }
    }
    list.lines
}

fn push_call<'a>(
    list: &mut List<'a>,
    line: usize,
    call: &Call<'a>,
    labels: &HashMap<&str, SourceStr<'a>>,
) {
    let name = |argument: SourceStr<'a>| labels.get(argument.text).copied().unwrap_or(argument);
    let mut said = Vec::new();
    let rest = match call.arguments.as_slice() {
        [from, to, rest @ ..] if call.is_relation() => {
            said.extend([
                Part::Said(name(*from), Role::Strong),
                Part::Added(" ", Role::Plain),
                Part::Added("→", Role::Arrow),
                Part::Added(" ", Role::Plain),
                Part::Said(name(*to), Role::Strong),
            ]);
            rest
        }
        [only] => {
            said.push(Part::Said(*only, Role::Strong));
            &[]
        }
        [_, label, rest @ ..] => {
            said.push(Part::Said(*label, Role::Strong));
            rest
        }
        [] => &[],
    };
    for (index, argument) in rest.iter().enumerate() {
        let parting = if index == 0 { "  " } else { ", " };
        said.extend([
            Part::Added(parting, Role::Plain),
            Part::Said(*argument, Role::Plain),
        ]);
    }
    if said.is_empty() {
        said.push(Part::Said(call.name, Role::Aside));
    }
    list.push(line, &said);
    list.depth += usize::from(call.opens);
}

/// What is written like the call of a function.
struct Call<'a> {
    name: SourceStr<'a>,
    /// The arguments without their quotes.
    arguments: Vec<SourceStr<'a>>,
    /// Whether what follows stands inside of it.
    opens: bool,
}

impl<'a> Call<'a> {
    fn of(words: SourceStr<'a>) -> Option<Self> {
        let open = words.text.find('(')?;
        let close = words.text.rfind(')').filter(|close| *close > open)?;
        let is_letter = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        let is_call = words.text[..open].chars().all(is_letter) && open > 0;
        is_call.then(|| Self {
            name: words.before(open),
            arguments: arguments(words.before(close).after(open + 1)),
            opens: words.text[close..].contains('{'),
        })
    }

    /// Returns whether it says what leads from one part to another.
    fn is_relation(&self) -> bool {
        self.name.text.contains("Rel")
    }
}

/// Returns what stands between commas that are not in quotes.
fn arguments(words: SourceStr<'_>) -> Vec<SourceStr<'_>> {
    let mut found = Vec::new();
    let (mut start, mut is_quoted) = (0, false);
    for (at, letter) in words.text.char_indices() {
        is_quoted ^= letter == '"';
        if letter == ',' && !is_quoted {
            found.push(unquoted(words.before(at).after(start)));
            start = at + 1;
        }
    }
    found.push(unquoted(words.after(start)));
    found
}
