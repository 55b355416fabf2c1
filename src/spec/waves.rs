//! Waves: which tasks may be done together, as a graph in tasks.md says, and which tasks are ready now.
//!
//! Reads every shape in which people and agents write the graph. Knows tasks only by number and state.

use std::collections::HashMap;

use serde_json::Value;

use super::piece::readable;
use crate::markdown::{BlockKind, Document, Fault, State};
use crate::text::{Span, Text};

/// The graph of a tasks document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waves {
    /// The waves, in the order in which they are written.
    pub waves: Vec<Wave>,
    /// Index of the first line of the code block, from 0.
    pub line: usize,
    /// Index behind its last line.
    pub end_line: usize,
}

/// Tasks that may be done together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wave {
    /// Its id, number or name, as written.
    pub id: Option<String>,
    /// The numbers of its tasks, as written; perhaps of tasks that do not exist.
    pub tasks: Vec<String>,
    /// The ids of the waves that come before it. None where the order says it.
    pub after: Option<Vec<String>>,
}

impl Waves {
    /// Finds the graph: the first code block that says `"waves"`. A problem where there is one that cannot be read.
    pub fn find(text: &Text, document: &Document) -> Option<Result<Self, Fault>> {
        let blocks = document.blocks.iter().filter(|block| block.kind == BlockKind::Code);
        let block = blocks.into_iter().find(|block| readable(text.slice(block.span)).contains("\"waves\""))?;
        let inside = text.lines()[block.first_line + 1..block.end_line].iter().take_while(|line| !is_fence(text, line.content));
        let lines: Vec<Span> = inside.map(|line| line.whole).collect();
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return None };
        let source = readable(text.slice(Span::new(first.start, last.end)));
        Some(match read(source) {
            Ok(waves) => Ok(Self { waves, line: block.first_line, end_line: block.end_line }),
            Err(reason) => Err(Fault { line: block.first_line, message: format!("the waves cannot be read: {reason}") }),
        })
    }

    /// Gives the index of the wave that names the task with this number.
    pub fn wave_of(&self, number: &str) -> Option<usize> {
        self.waves.iter().position(|wave| wave.tasks.iter().any(|task| task == number))
    }

    /// Gives the indexes of the waves that must be done before the wave with the given index.
    fn before(&self, wave: usize) -> Vec<usize> {
        let Some(after) = &self.waves[wave].after else { return (0..wave).collect() };
        let named = |id: &String| self.waves.iter().position(|wave| wave.id.as_ref() == Some(id));
        after.iter().filter_map(named).filter(|before| *before != wave).collect()
    }
}

fn is_fence(text: &Text, line: Span) -> bool {
    let content = text.slice(line).trim_ascii();
    content.starts_with(b"```") || content.starts_with(b"~~~")
}

/// Reads the graph, with comments and commas at the end of lists forgiven.
fn read(source: &str) -> Result<Vec<Wave>, String> {
    let value: Value = match serde_json::from_str(source) {
        Ok(value) => value,
        Err(error) => serde_json::from_str(&forgiven(source)).map_err(|_| error.to_string())?,
    };
    let waves = value.get("waves").unwrap_or(&value);
    match waves {
        Value::Array(waves) => Ok(waves.iter().map(wave).collect()),
        Value::Object(waves) => Ok(waves.iter().map(|(id, tasks)| Wave { id: Some(id.clone()), ..wave(tasks) }).collect()),
        _ => Err("\"waves\" is no list".to_owned()),
    }
}

/// Takes out comments behind `//` that begin a line or follow a blank, and commas before a closing bracket.
fn forgiven(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    for line in source.lines() {
        let comment = if line.trim_start().starts_with("//") { Some(0) } else { line.find(" // ") };
        out.push_str(&line[..comment.unwrap_or(line.len())]);
        out.push('\n');
    }
    let mut kept = String::with_capacity(out.len());
    for char in out.chars() {
        if matches!(char, ']' | '}') {
            let open = kept.trim_end();
            let length = open.strip_suffix(',').map_or(kept.len(), str::len);
            kept.truncate(length);
        }
        kept.push(char);
    }
    kept
}

/// Reads a wave: an object with tasks, a list of tasks, or one task.
fn wave(value: &Value) -> Wave {
    let Value::Object(object) = value else { return Wave { tasks: names(value), ..Wave::default() } };
    let get = |keys: &[&str]| keys.iter().find_map(|key| object.get(*key));
    Wave {
        id: get(&["id", "wave", "name", "number"]).and_then(name),
        tasks: get(&["tasks", "taskIds", "task_ids", "items"]).map(names).unwrap_or_default(),
        after: get(&["dependsOn", "depends_on", "dependencies", "after"]).map(names),
    }
}

fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().filter_map(name).collect(),
        other => name(other).into_iter().collect(),
    }
}

/// Gives a name, a number, or the id of an object as text.
fn name(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(object) => ["id", "task", "number"].iter().find_map(|key| object.get(*key)).and_then(name),
        _ => None,
    }
}

/// A task, as far as the question counts whether it is ready.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step<'a> {
    /// Its number.
    pub number: Option<&'a str>,
    /// Its state.
    pub state: State,
    /// Whether it is done by itself or by its sub-tasks.
    pub part: Part,
    /// Whether it may be left out.
    pub need: Need,
    /// The numbers of the tasks that come first, as it says itself.
    pub depends: Vec<&'a str>,
}

/// Whether a task is done by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// It has no sub-tasks.
    Leaf,
    /// It has sub-tasks.
    Parent,
}

/// Whether a task may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It must be done.
    Required,
    /// It may be left out, and nothing waits for it.
    Optional,
}

/// Gives the indexes of the steps that are ready: open leaves for which nothing else has to be done first.
///
/// Where there is a graph, that is everything in the waves before; a task that the graph leaves out counts to the wave of its parent. Else it is what a task
/// itself names, and for tasks that name nothing the order: then the first open one is ready, an optional one only where no other is open.
pub fn ready(steps: &[Step<'_>], waves: Option<&Waves>) -> Vec<usize> {
    let board = Board { steps, numbers: numbers(steps) };
    let in_order = board.first_open();
    let is_ready = |index: &usize| {
        let step = &steps[*index];
        let waiting = match (waves, step.number.and_then(|number| wave_around(waves?, number))) {
            _ if !step.depends.is_empty() => step.depends.iter().any(|number| !board.is_done(number)),
            (Some(waves), Some(wave)) => board.waits(waves, wave),
            _ => in_order != Some(*index),
        };
        board.is_open(*index) && !waiting
    };
    (0..steps.len()).filter(is_ready).collect()
}

/// Gives the wave of a task, or of the nearest task above that the graph names.
fn wave_around(waves: &Waves, number: &str) -> Option<usize> {
    let mut number = number;
    loop {
        if let Some(wave) = waves.wave_of(number) {
            return Some(wave);
        }
        number = number.rsplit_once('.')?.0;
    }
}

/// Where steps are by number. Of two with one number the last counts, for a second phase restarts.
fn numbers<'a>(steps: &[Step<'a>]) -> HashMap<&'a str, usize> {
    steps.iter().enumerate().filter_map(|(index, step)| Some((step.number?, index))).collect()
}

struct Board<'a> {
    steps: &'a [Step<'a>],
    numbers: HashMap<&'a str, usize>,
}

impl Board<'_> {
    fn is_open(&self, index: usize) -> bool {
        let step = &self.steps[index];
        step.part == Part::Leaf && matches!(step.state, State::Todo | State::Queued)
    }

    /// Gives the first open leaf, a required one before an optional one.
    fn first_open(&self) -> Option<usize> {
        let open = |need: Need| (0..self.steps.len()).find(|index| self.is_open(*index) && self.steps[*index].need == need);
        open(Need::Required).or_else(|| open(Need::Optional))
    }

    /// Says whether a task is done: itself, or all its required leaves. What does not exist holds nothing up.
    fn is_done(&self, number: &str) -> bool {
        let Some(step) = self.numbers.get(number).map(|index| &self.steps[*index]) else { return true };
        if step.state == State::Done || step.part == Part::Leaf {
            return step.state == State::Done;
        }
        let below = |step: &&Step<'_>| step.number.and_then(|below| below.strip_prefix(number)).is_some_and(|rest| rest.starts_with('.'));
        let mut leaves = self.steps.iter().filter(below).filter(|step| step.part == Part::Leaf && step.need == Need::Required);
        leaves.all(|step| step.state == State::Done)
    }

    /// Says whether a required task of a wave before this one is not done.
    fn waits(&self, waves: &Waves, wave: usize) -> bool {
        let required = |number: &&String| self.numbers.get(number.as_str()).is_some_and(|index| self.steps[*index].need == Need::Required);
        let before = waves.before(wave);
        before.iter().flat_map(|wave| &waves.waves[*wave].tasks).filter(required).any(|number| !self.is_done(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waves(json: &str) -> Option<Result<Waves, Fault>> {
        let text = Text::new(format!("# Tasks\n\n```json\n{json}\n```\n\ntext\n"));
        Waves::find(&text, &Document::parse(&text))
    }

    fn drawn(json: &str) -> String {
        let wave = |wave: &Wave| {
            let after = wave.after.as_ref().map(|after| format!(" after {}", after.join(" "))).unwrap_or_default();
            format!("{}[{}]{after}", wave.id.as_deref().unwrap_or("-"), wave.tasks.join(" "))
        };
        waves(json).unwrap().unwrap().waves.iter().map(wave).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_shape() {
        for (json, expected) in [
            (r#"{"waves":[{"id":0,"tasks":["1.1"]},{"id":1,"tasks":["1.2","2"]}]}"#, "0[1.1] 1[1.2 2]"),
            (r#"{"waves":[{"wave":1,"description":"d","tasks":[1, 7, 2.1]}],"more":true}"#, "1[1 7 2.1]"),
            (r#"{"waves":[{"name":"a","tasks":["1"]},{"name":"b","dependsOn":["a"],"tasks":["2"]}]}"#, "a[1] b[2] after a"),
            (r#"{"waves":[["1.1","1.2"],["2"]]}"#, "-[1.1 1.2] -[2]"),
            (r#"{"waves":{"0":["1.1"],"1":["2"]}}"#, "0[1.1] 1[2]"),
            (r#"{"waves":[{"id":0,"tasks":[{"id":"1.1","title":"t"}]}]}"#, "0[1.1]"),
            ("{\"waves\":[\n  // first\n  {\"id\":0,\"tasks\":[\"1.1\",]},\n]}", "0[1.1]"),
        ] {
            assert_eq!(drawn(json), expected, "{json}");
        }
    }

    #[test]
    fn graphs_that_cannot_be_read() {
        for json in [r#"{"waves":"#, r#"{"waves":3}"#, r#"{"waves":[}"#] {
            assert!(matches!(waves(json), Some(Err(fault)) if fault.line == 2), "{json}");
        }
        assert!(waves("{}").is_none());
    }

    /// Makes steps of lines such as `x 1.1`: the marker, a star for an optional one, the number, and what it depends on.
    fn steps(source: &str) -> Vec<Step<'_>> {
        let numbers: Vec<&str> = source.lines().filter_map(|line| line.split(' ').nth(1)).collect();
        source
            .lines()
            .map(|line| {
                let mut words = line.split(' ');
                let marker = words.next().unwrap_or_default();
                let number = words.next();
                let below = |other: &&str| number.is_some_and(|number| other.starts_with(&format!("{number}.")));
                Step {
                    number,
                    state: match &marker[..1] {
                        "x" => State::Done,
                        "-" => State::Doing,
                        "~" => State::Queued,
                        _ => State::Todo,
                    },
                    part: if numbers.iter().any(below) { Part::Parent } else { Part::Leaf },
                    need: if marker.ends_with('*') { Need::Optional } else { Need::Required },
                    depends: words.collect(),
                }
            })
            .collect()
    }

    #[test]
    fn what_is_ready() {
        let graph = r#"{"waves":[{"id":0,"tasks":["1.1","1.2"]},{"id":1,"tasks":["2.1","9.9"]},{"id":2,"tasks":["3"]}]}"#;
        let named = r#"{"waves":[{"id":"a","tasks":["1.1"]},{"id":"b","tasks":["1.2"]},{"id":"c","tasks":["2.1"],"dependsOn":["a"]}]}"#;
        for (source, json, expected) in [
            ("x 1\no 2\no 3", None, "2"),
            ("- 1\no 2\no 3", None, "2"),
            ("x 1\no* 2\no 3", None, "3"),
            ("x 1\no* 2", None, "2"),
            ("o 1\no 1.1\no 1.2", None, "1.1"),
            ("x 1", None, ""),
            ("o 1\no 2 1\no 3 1\no 4 9", None, "1 4"),
            ("x 1\no 2 1\n~ 3 1", None, "2 3"),
            ("o 1.1\no 1.2\no 2.1\no 3", Some(graph), "1.1 1.2"),
            ("x 1.1\no 1.2\no 2.1\no 3", Some(graph), "1.2"),
            ("x 1.1\nx 1.2\no 2.1\no 3.1\no 3", Some(graph), "2.1"),
            ("x 1.1\nx 1.2\nx 2.1\no 3\no 3.1\no 3.2", Some(graph), "3.1 3.2"),
            ("x 1.1\no* 1.2\no 2.1\no 3", Some(graph), "1.2 2.1"),
            ("x 1.1\n- 1.2\no 2.1", Some(named), "2.1"),
        ] {
            let steps = steps(source);
            let waves = json.map(|json| waves(json).unwrap().unwrap());
            let found: Vec<&str> = ready(&steps, waves.as_ref()).into_iter().filter_map(|index| steps[index].number).collect();
            assert_eq!(found.join(" "), expected, "{source:?}");
        }
    }
}
