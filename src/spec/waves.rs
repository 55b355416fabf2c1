//! Waves: which tasks may be done together, as a graph in tasks.md says.
//!
//! Reads every shape in which people and agents write the graph. Knows tasks only by number.

use std::collections::HashMap;

use serde_json::Value;

use super::piece::readable;
use crate::markdown::{BlockKind, Document, Fault};
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
    /// The ids of the waves that come before it. None where it does not say so itself.
    pub after: Option<Vec<String>>,
}

impl Waves {
    /// Finds the graph: the first code block that says `"waves"`. A problem where there is one that
    /// cannot be read.
    pub fn find(text: &Text, document: &Document) -> Option<Result<Self, Fault>> {
        let blocks = document
            .blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Code);
        let block = blocks
            .into_iter()
            .find(|block| readable(text.slice(block.span)).contains("\"waves\""))?;
        let inside = text.lines()[block.first_line + 1..block.end_line]
            .iter()
            .take_while(|line| !is_fence(text, line.content));
        let lines: Vec<Span> = inside.map(|line| line.whole).collect();
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
            return None;
        };
        let source = readable(text.slice(Span::new(first.start, last.end)));
        Some(match read(source) {
            Ok(waves) => Ok(Self {
                waves,
                line: block.first_line,
                end_line: block.end_line,
            }),
            Err(reason) => Err(Fault {
                line: block.first_line,
                message: format!(
                    "the waves cannot be read: {reason}. Mend the block, or take it out"
                ),
            }),
        })
    }

    /// Returns for each wave the indexes of those right before it.
    ///
    /// As soon as one wave names those before it, names decide alone: a wave that names none, or
    /// only unknown ones, has none. Else it is the one with the next lower number, or the one that
    /// is written before where an id is no number.
    pub fn before(&self) -> Vec<Vec<usize>> {
        let names_decide = self.waves.iter().any(|wave| wave.after.is_some());
        if names_decide {
            self.named_before()
        } else {
            self.ordered_before()
        }
    }

    fn named_before(&self) -> Vec<Vec<usize>> {
        let ids = self.ids();
        let named = |wave: &Wave| {
            wave.after
                .iter()
                .flatten()
                .filter_map(|id| ids.get(id.as_str()).copied())
                .collect()
        };
        self.waves.iter().map(named).collect()
    }

    fn ordered_before(&self) -> Vec<Vec<usize>> {
        let number = |wave: &Wave| wave.id.as_ref()?.parse::<u64>().ok();
        let mut order: Vec<usize> = (0..self.waves.len()).collect();
        if self.waves.iter().all(|wave| number(wave).is_some()) {
            order.sort_by_key(|wave| number(&self.waves[*wave]));
        }
        let mut before = vec![Vec::new(); self.waves.len()];
        for pair in order.windows(2) {
            before[pair[1]].push(pair[0]);
        }
        before
    }

    /// Returns each wave by index together with an id that it names and no wave has.
    pub fn unknown(&self) -> Vec<(usize, &str)> {
        let ids = self.ids();
        let named = self.waves.iter().enumerate().flat_map(|(index, wave)| {
            wave.after
                .iter()
                .flatten()
                .map(move |id| (index, id.as_str()))
        });
        named.filter(|(_, id)| !ids.contains_key(id)).collect()
    }

    /// Returns how a person calls the wave with the given index: by its id, else by its position.
    pub fn name(&self, wave: usize) -> String {
        self.waves[wave]
            .id
            .clone()
            .unwrap_or_else(|| (wave + 1).to_string())
    }

    /// Returns where waves are by id; of two with one id the first.
    fn ids(&self) -> HashMap<&str, usize> {
        self.waves
            .iter()
            .enumerate()
            .rev()
            .filter_map(|(index, wave)| Some((wave.id.as_deref()?, index)))
            .collect()
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
        Value::Object(waves) => Ok(waves
            .iter()
            .map(|(id, tasks)| Wave {
                id: Some(id.clone()),
                ..wave(tasks)
            })
            .collect()),
        _ => Err("\"waves\" is no list".to_owned()),
    }
}

/// Takes out comments behind `//` that begin a line or follow a blank, and commas before a closing
/// bracket.
fn forgiven(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    for line in source.lines() {
        let comment = if line.trim_start().starts_with("//") {
            Some(0)
        } else {
            line.find(" // ")
        };
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
    let Value::Object(object) = value else {
        return Wave {
            tasks: names(value),
            ..Wave::default()
        };
    };
    let get = |keys: &[&str]| keys.iter().find_map(|key| object.get(*key));
    Wave {
        id: get(&["id", "wave", "name", "number"]).and_then(name),
        tasks: get(&["tasks", "taskIds", "task_ids", "items"])
            .map(names)
            .unwrap_or_default(),
        after: get(&["dependsOn", "depends_on", "dependencies", "after"]).map(names),
    }
}

fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().filter_map(name).collect(),
        other => name(other).into_iter().collect(),
    }
}

/// Returns a name, a number, or the id of an object as text.
fn name(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(object) => ["id", "task", "number"]
            .iter()
            .find_map(|key| object.get(*key))
            .and_then(name),
        _ => None,
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
            let after = wave
                .after
                .as_ref()
                .map(|after| format!(" after {}", after.join(" ")))
                .unwrap_or_default();
            format!(
                "{}[{}]{after}",
                wave.id.as_deref().unwrap_or("-"),
                wave.tasks.join(" ")
            )
        };
        waves(json)
            .unwrap()
            .unwrap()
            .waves
            .iter()
            .map(wave)
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn every_shape() {
        for (json, expected) in [
            (
                r#"{"waves":[{"id":0,"tasks":["1.1"]},{"id":1,"tasks":["1.2","2"]}]}"#,
                "0[1.1] 1[1.2 2]",
            ),
            (
                r#"{"waves":[{"wave":1,"description":"d","tasks":[1, 7, 2.1]}],"more":true}"#,
                "1[1 7 2.1]",
            ),
            (
                r#"{"waves":[{"name":"a","tasks":["1"]},{"name":"b","dependsOn":["a"],"tasks":["2"]}]}"#,
                "a[1] b[2] after a",
            ),
            (r#"{"waves":[["1.1","1.2"],["2"]]}"#, "-[1.1 1.2] -[2]"),
            (r#"{"waves":{"0":["1.1"],"1":["2"]}}"#, "0[1.1] 1[2]"),
            (
                r#"{"waves":[{"id":0,"tasks":[{"id":"1.1","title":"t"}]}]}"#,
                "0[1.1]",
            ),
            (
                "{\"waves\":[\n  // first\n  {\"id\":0,\"tasks\":[\"1.1\",]},\n]}",
                "0[1.1]",
            ),
        ] {
            assert_eq!(drawn(json), expected, "{json}");
        }
    }

    #[test]
    fn graphs_that_cannot_be_read() {
        for json in [r#"{"waves":"#, r#"{"waves":3}"#, r#"{"waves":[}"#] {
            assert!(
                matches!(waves(json), Some(Err(fault)) if fault.line == 2),
                "{json}"
            );
        }
        assert!(waves("{}").is_none());
    }

    #[test]
    fn what_comes_right_before_a_wave() {
        for (json, expected, unknown) in [
            (
                r#"{"waves":[["1"],["2"],["3"]]}"#,
                vec![vec![], vec![0], vec![1]],
                vec![],
            ),
            (
                r#"{"waves":[{"id":2},{"id":0},{"id":1}]}"#,
                vec![vec![2], vec![], vec![1]],
                vec![],
            ),
            (
                r#"{"waves":{"10":["3"],"2":["2"],"1":["1"]}}"#,
                vec![vec![], vec![2], vec![0]],
                vec![],
            ),
            (
                r#"{"waves":[{"id":"b","dependsOn":["a"]},{"id":"a"}]}"#,
                vec![vec![1], vec![]],
                vec![],
            ),
            (
                r#"{"waves":[{"id":"b","dependsOn":["z","a"]},{"id":"a","dependsOn":"y"}]}"#,
                vec![vec![1], vec![]],
                vec![(0, "z"), (1, "y")],
            ),
            (
                r#"{"waves":[{"id":0},{"id":1,"dependsOn":[0]},{"id":2,"dependsOn":[]}]}"#,
                vec![vec![], vec![0], vec![]],
                vec![],
            ),
        ] {
            let found = waves(json).unwrap().unwrap();
            assert_eq!(
                (found.before(), found.unknown()),
                (expected, unknown),
                "{json}"
            );
        }
    }
}
