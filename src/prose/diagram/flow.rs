//! A flowchart, or the states of a machine, as a list of what leads where.

use std::collections::{HashMap, HashSet};

use super::{DiagramLine, List, Part, Statement, behind, unquoted};
use crate::prose::highlight::Role;
use crate::spec::source_str::SourceStr;
use crate::text::Text;

/// What opens and closes the label of a node; the longest of those with one start first.
const SHAPES: &[(&str, &[&str])] = &[
    ("(((", &[")))"]),
    ("((", &["))"]),
    ("([", &["])"]),
    ("[[", &["]]"]),
    ("[(", &[")]"]),
    ("[/", &["/]", "\\]"]),
    ("[\\", &["\\]", "/]"]),
    ("{{", &["}}"]),
    ("[", &["]"]),
    ("(", &[")"]),
    ("{", &["}"]),
    (">", &["]"]),
];

/// The words of lines that say nothing to a reader of the list.
const SILENT: &[&str] = &[
    "direction",
    "classDef",
    "class",
    "style",
    "linkStyle",
    "click",
    "accTitle",
    "accDescr",
    "hide",
    "scale",
];

/// What a diagram says, in order.
enum Event<'a> {
    Open {
        line: usize,
        title: SourceStr<'a>,
    },
    Close,
    Node {
        line: usize,
        name: SourceStr<'a>,
    },
    Edge {
        line: usize,
        edge: Edge<'a>,
    },
    Note {
        line: usize,
        about: SourceStr<'a>,
        words: SourceStr<'a>,
    },
    Raw(Statement<'a>),
}

/// What leads from one node to another.
#[derive(Clone, Copy)]
struct Edge<'a> {
    from: SourceStr<'a>,
    to: SourceStr<'a>,
    label: Option<SourceStr<'a>>,
}

impl<'a> Edge<'a> {
    /// Returns what edges that are shown as one have in common.
    fn key(&self) -> (&'a str, Option<&'a str>) {
        (self.from.text, self.label.map(|label| label.text))
    }
}

pub(super) fn list(text: &Text, body: &[Statement<'_>]) -> Vec<DiagramLine> {
    let mut reader = Reader::default();
    for statement in body {
        reader.take(*statement);
    }
    let mut writer = Writer {
        list: List::new(text),
        labels: &reader.labels,
        seen: HashSet::new(),
    };
    writer.take_group(&reader.events, None);
    writer.list.lines
}

/// The events so far, with the labels of nodes by their names.
#[derive(Default)]
struct Reader<'a> {
    events: Vec<Event<'a>>,
    labels: HashMap<&'a str, SourceStr<'a>>,
    /// Whether the lines of a note go by.
    is_note: bool,
}

impl<'a> Reader<'a> {
    fn take(&mut self, statement: Statement<'a>) {
        let Statement { line, words } = statement;
        if self.is_note {
            self.is_note = words.text != "end note";
            if self.is_note {
                self.events.push(Event::Raw(statement));
            }
        } else if words.text == "end" || words.text == "}" {
            self.events.push(Event::Close);
        } else if let Some(title) = behind(words, "subgraph") {
            self.open(line, title);
        } else if let Some(rest) = behind(words, "state") {
            self.take_state(line, rest);
        } else if let Some(rest) = behind(words, "note") {
            self.take_note(statement, rest);
        } else if !SILENT.iter().any(|word| behind(words, word).is_some()) && words.text != "--" {
            words.text.split(';').for_each(|part| {
                let own = words.map(|_| part).trim();
                if !own.is_empty() {
                    self.take_chain(Statement { line, words: own });
                }
            });
        }
    }

    fn open(&mut self, line: usize, title: SourceStr<'a>) {
        let (name, label, _) = node(title).unwrap_or((title, None, title));
        let is_whole = label.is_some() || name.text == title.text;
        let shown = if is_whole {
            unquoted(label.unwrap_or(name))
        } else {
            unquoted(title)
        };
        self.labels.entry(name.text).or_insert(shown);
        self.events.push(Event::Open { line, title: shown });
    }

    /// Takes a state that is declared: with a label, as a group, or alone.
    fn take_state(&mut self, line: usize, rest: SourceStr<'a>) {
        let is_group = rest.text.ends_with('{');
        let declared = rest.map(|text| text.trim_end_matches('{')).trim();
        let label = match declared.text.find(" as ") {
            Some(at) => {
                let label = unquoted(declared.before(at));
                let name = declared.after(at + " as ".len()).trim();
                self.labels.insert(name.text, label);
                label
            }
            None => unquoted(declared),
        };
        if is_group {
            self.events.push(Event::Open { line, title: label });
        } else if !declared.text.contains("<<") {
            self.events.push(Event::Node { line, name: label });
        }
    }

    fn take_note(&mut self, statement: Statement<'a>, rest: SourceStr<'a>) {
        let places = ["right of", "left of", "over"];
        let about = places.iter().find_map(|place| behind(rest, place));
        let Some(about) = about else {
            return self.events.push(Event::Raw(statement));
        };
        let line = statement.line;
        match about.text.find(':') {
            Some(at) => self.events.push(Event::Note {
                line,
                about: about.before(at).trim(),
                words: about.after(at + 1).trim(),
            }),
            None => {
                self.is_note = true;
                let words = about.after(about.text.len());
                self.events.push(Event::Note { line, about, words });
            }
        }
    }

    /// Takes nodes with what leads from one to the next.
    fn take_chain(&mut self, statement: Statement<'a>) {
        let line = statement.line;
        let Some((mut from, mut rest)) = self.nodes(statement.words) else {
            return self.events.push(Event::Raw(statement));
        };
        let before = self.events.len();
        if rest.is_empty() {
            let alone = from.iter().map(|name| Event::Node { line, name: *name });
            return self.events.extend(alone);
        }
        while !rest.is_empty() {
            if let Some(label) = rest.text.strip_prefix(':') {
                let label = rest.map(|_| label).trim();
                return self.label_last(before, statement, &from, label);
            }
            let Some((label, behind)) = link(rest) else {
                return self.give_up(before, statement);
            };
            let Some((to, behind)) = self.nodes(behind) else {
                return self.give_up(before, statement);
            };
            for from in &from {
                let edges = to.iter().map(|to| Edge {
                    from: *from,
                    to: *to,
                    label,
                });
                self.events
                    .extend(edges.map(|edge| Event::Edge { line, edge }));
            }
            (from, rest) = (to, behind);
        }
    }

    /// Takes what stands behind a colon: the label of the edges since `before`, or what a state
    /// says.
    fn label_last(
        &mut self,
        before: usize,
        statement: Statement<'a>,
        names: &[SourceStr<'a>],
        words: SourceStr<'a>,
    ) {
        if self.events.len() == before {
            let about = names.first().copied().unwrap_or(statement.words);
            let line = statement.line;
            return self.events.push(Event::Note { line, about, words });
        }
        for event in &mut self.events[before..] {
            if let Event::Edge { edge, .. } = event {
                edge.label = Some(words);
            }
        }
    }

    /// Takes as it is written what cannot be read to its end.
    fn give_up(&mut self, before: usize, statement: Statement<'a>) {
        self.events.truncate(before);
        self.events.push(Event::Raw(statement));
    }

    /// Reads one or several nodes, and what stands behind them.
    fn nodes(&mut self, words: SourceStr<'a>) -> Option<(Vec<SourceStr<'a>>, SourceStr<'a>)> {
        let mut names = Vec::new();
        let mut rest = words;
        loop {
            let (name, label, behind) = node(rest)?;
            if let Some(label) = label {
                self.labels.entry(name.text).or_insert(label);
            }
            names.push(name);
            rest = behind;
            match rest.text.strip_prefix('&') {
                Some(next) => rest = rest.map(|_| next).trim(),
                None => return Some((names, rest)),
            }
        }
    }
}

/// Reads a node: its name, its label, and what stands behind it.
fn node(words: SourceStr<'_>) -> Option<(SourceStr<'_>, Option<SourceStr<'_>>, SourceStr<'_>)> {
    if words.text.starts_with("[*]") {
        return Some((words.before(3), None, words.after(3).trim()));
    }
    let length = name_length(words.text);
    if length == 0 {
        return None;
    }
    let (name, rest) = (words.before(length), words.after(length));
    let (label, rest) = label(rest).map_or((None, rest), |(label, rest)| (Some(label), rest));
    let rest = rest.text.strip_prefix(":::").map_or(rest, |class| {
        let end = class.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
        rest.map(|_| &class[end.unwrap_or(class.len())..])
    });
    Some((name, label, rest.trim()))
}

/// Measures the name of a node, which ends before its label and before a link.
fn name_length(words: &str) -> usize {
    for (at, letter) in words.char_indices() {
        let next = words[at + letter.len_utf8()..].chars().next();
        let is_link =
            matches!(letter, '-' | '=' | '~') && matches!(next, Some('-' | '.' | '=' | '~' | '>'));
        let is_end = letter.is_whitespace() || "[({>&;:|<\"".contains(letter) || letter == '@';
        if is_link || is_end {
            return at;
        }
    }
    words.len()
}

/// Reads the label of a node, and what stands behind it.
fn label(words: SourceStr<'_>) -> Option<(SourceStr<'_>, SourceStr<'_>)> {
    let (opens, closes) = SHAPES
        .iter()
        .find(|(opens, _)| words.text.starts_with(opens))?;
    let inside = words.after(opens.len());
    // In quotes brackets are words.
    let quoted = inside.text.trim_start().strip_prefix('"');
    let skipped = quoted.map_or(0, |quoted| {
        let start = inside.text.len() - quoted.len();
        start + quoted.find('"').map_or(0, |at| at + 1)
    });
    let ends = closes.iter().filter_map(|close| {
        let at = inside.text.get(skipped..)?.find(close)? + skipped;
        Some((at, close.len()))
    });
    let (at, length) = ends.min()?;
    Some((unquoted(inside.before(at)), inside.after(at + length)))
}

/// Reads a link between two nodes: its label, and what stands behind it.
fn link(words: SourceStr<'_>) -> Option<(Option<SourceStr<'_>>, SourceStr<'_>)> {
    let words = words.map(|text| text.strip_prefix('<').unwrap_or(text));
    let is_line = |letter: char| matches!(letter, '-' | '=' | '.' | '~');
    let length = words
        .text
        .find(|letter| !is_line(letter))
        .unwrap_or(words.text.len());
    if length < 2 {
        return None;
    }
    let (drawn, rest) = (words.before(length).text, words.after(length));
    if let Some(behind) = without_head(rest) {
        return Some(label_between(behind));
    }
    if !matches!(drawn, "--" | "==" | "-.") {
        return Some(label_between(rest.trim()));
    }
    // The label stands in the line: `-- words -->`.
    let closing = if drawn == "-." { ".-" } else { drawn };
    let at = rest.text.find(closing)?;
    let label = unquoted(rest.before(at));
    let behind = rest.after(at).map(|text| text.trim_start_matches(is_line));
    let behind = without_head(behind).unwrap_or(behind);
    Some((Some(label), behind.trim()))
}

/// Returns what stands behind the head of an arrow, where one stands at the start.
fn without_head(words: SourceStr<'_>) -> Option<SourceStr<'_>> {
    let rest = words.text.strip_prefix('>').or_else(|| {
        let round = words.text.strip_prefix(['x', 'o'])?;
        round.starts_with([' ', '|']).then_some(round)
    })?;
    Some(words.map(|_| rest).trim())
}

/// Returns the label between two bars at the start, and what stands behind it.
fn label_between(words: SourceStr<'_>) -> (Option<SourceStr<'_>>, SourceStr<'_>) {
    let Some(inside) = words.text.strip_prefix('|').map(|_| words.after(1)) else {
        return (None, words);
    };
    let Some(at) = inside.text.find('|') else {
        return (None, words);
    };
    (
        Some(unquoted(inside.before(at))),
        inside.after(at + 1).trim(),
    )
}

/// The list so far.
struct Writer<'a, 'b> {
    list: List<'b>,
    labels: &'a HashMap<&'b str, SourceStr<'b>>,
    /// The names that were shown.
    seen: HashSet<&'b str>,
}

impl<'b> Writer<'_, 'b> {
    /// Takes the events of a group, up to the one that closes it. Returns how many there were.
    fn take_group(
        &mut self,
        events: &[Event<'b>],
        opened: Option<(usize, SourceStr<'b>)>,
    ) -> usize {
        let edges = own_edges(events, opened.is_some());
        let alone = self.alone(events, &edges, opened.is_some());
        if let Some((line, title)) = opened {
            self.push_title(line, title, &alone);
            self.list.depth += 1;
        }
        let mut shown = HashSet::new();
        let mut at = 0;
        while let Some(event) = events.get(at) {
            at += 1;
            match event {
                Event::Close if opened.is_some() => break,
                Event::Open { line, title } => {
                    at += self.take_group(&events[at..], Some((*line, *title)));
                }
                Event::Node { line, name } if opened.is_none() && alone.contains(name) => {
                    let label = self.label(*name);
                    self.list.push(*line, &[Part::Said(label, Role::Strong)]);
                }
                Event::Edge { line, edge } if shown.insert(edge.key()) => {
                    self.push_edges(*line, edge, &edges);
                }
                Event::Note { line, about, words } => self.push_note(*line, *about, *words),
                Event::Raw(statement) => self.list.push_source(*statement),
                Event::Close | Event::Node { .. } | Event::Edge { .. } => {}
            }
        }
        if opened.is_some() {
            self.list.depth -= 1;
        }
        at
    }

    /// Returns the nodes of a group from and to which nothing leads there, which were not shown.
    fn alone(
        &mut self,
        events: &[Event<'b>],
        edges: &[Edge<'b>],
        is_group: bool,
    ) -> Vec<SourceStr<'b>> {
        let ends = edges.iter().flat_map(|edge| [edge.from.text, edge.to.text]);
        let linked: HashSet<&str> = ends.collect();
        let mut alone = Vec::new();
        for event in own_events(events, is_group) {
            if let Event::Node { name, .. } = event
                && !linked.contains(name.text)
                && self.seen.insert(name.text)
            {
                alone.push(*name);
            }
        }
        alone
    }

    fn label(&self, name: SourceStr<'b>) -> SourceStr<'b> {
        self.labels.get(name.text).copied().unwrap_or(name)
    }

    fn push_title(&mut self, line: usize, title: SourceStr<'b>, nodes: &[SourceStr<'b>]) {
        let mut parts = vec![Part::Said(title, Role::Keyword)];
        for (index, name) in nodes.iter().enumerate() {
            let before = if index == 0 { "  " } else { ", " };
            parts.push(Part::Added(before, Role::Plain));
            parts.push(Part::Said(self.label(*name), Role::Strong));
        }
        self.list.push(line, &parts);
    }

    /// Adds what leads from one node with one label, by all the edges of its group.
    fn push_edges(&mut self, line: usize, edge: &Edge<'b>, edges: &[Edge<'b>]) {
        let mut parts = vec![
            Part::Said(self.label(edge.from), Role::Strong),
            Part::Added(" ", Role::Plain),
            Part::Added("→", Role::Arrow),
            Part::Added(" ", Role::Plain),
        ];
        let same = edges.iter().filter(|other| other.key() == edge.key());
        for (index, other) in same.enumerate() {
            if index > 0 {
                parts.push(Part::Added(", ", Role::Plain));
            }
            parts.push(Part::Said(self.label(other.to), Role::Strong));
        }
        if let Some(label) = edge.label {
            parts.extend([
                Part::Added("  ", Role::Plain),
                Part::Said(label, Role::Plain),
            ]);
        }
        self.list.push(line, &parts);
    }

    fn push_note(&mut self, line: usize, about: SourceStr<'b>, words: SourceStr<'b>) {
        let parts = [
            Part::Said(self.label(about), Role::Strong),
            Part::Added("  ", Role::Plain),
            Part::Said(words, Role::Quote),
        ];
        self.list.push(
            line,
            if words.is_empty() {
                &parts[..1]
            } else {
                &parts
            },
        );
    }
}

/// Returns the events that stand in no group inside, up to the one that closes the group; at the
/// top nothing closes it.
fn own_events<'e, 'b>(events: &'e [Event<'b>], is_group: bool) -> Vec<&'e Event<'b>> {
    let mut own = Vec::new();
    let mut depth = 0_usize;
    for event in events {
        match event {
            Event::Open { .. } => depth += 1,
            Event::Close if depth == 0 && is_group => break,
            Event::Close => depth = depth.saturating_sub(1),
            _ if depth == 0 => own.push(event),
            _ => {}
        }
    }
    own
}

/// Returns the edges among them.
fn own_edges<'b>(events: &[Event<'b>], is_group: bool) -> Vec<Edge<'b>> {
    let own = own_events(events, is_group).into_iter();
    own.filter_map(|event| match event {
        Event::Edge { edge, .. } => Some(*edge),
        _ => None,
    })
    .collect()
}
