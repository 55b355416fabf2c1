//! Waves: which tasks may be done together, as a graph in tasks.md says.
//!
//! Reads every shape in which people and agents write the graph. Knows tasks only by number.

use serde_json::Value;

use super::source_str::readable;
use crate::markdown::{Block, BlockKind, Document, Fault};
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
    /// Its name, where it has an id beside it.
    pub title: Option<String>,
    /// The numbers of its tasks, as written; perhaps of tasks that do not exist.
    pub tasks: Vec<String>,
    /// What comes before it. None where it does not say so itself.
    pub after: Option<After>,
}

/// What a wave says comes before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum After {
    /// Waves or tasks, by name.
    All(Vec<String>),
    /// For each of its tasks what comes before that one.
    Each(Vec<(String, Vec<String>)>),
}

impl Waves {
    /// Finds the block of the graph, whether it can be read or not.
    pub fn block<'a>(text: &Text, document: &'a Document) -> Option<&'a Block> {
        let says_waves = |block: &&Block| readable(text.slice(block.span)).contains("\"waves\"");
        let blocks = document.blocks.iter();
        blocks
            .filter(|block| block.kind == BlockKind::Code)
            .find(says_waves)
    }

    /// Finds the graph: the first code block that says `"waves"`. A problem where there is one that
    /// cannot be read.
    pub fn find(text: &Text, document: &Document) -> Option<Result<Self, Fault>> {
        let block = Self::block(text, document)?;
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
                message: format!("the waves cannot be read: {reason}. Fix the block, or remove it"),
            }),
        })
    }

    /// Returns how a person calls the wave with the given index: by its id and its name, else by its
    /// position.
    pub fn name(&self, wave: usize) -> String {
        let Wave { id, title, .. } = &self.waves[wave];
        match (id, title) {
            (None, None) => (wave + 1).to_string(),
            (Some(name), None) | (None, Some(name)) => name.clone(),
            (Some(id), Some(title)) if words(title).any(|word| word == id) => title.clone(),
            (Some(id), Some(title)) => format!("{id}: {title}"),
        }
    }
}

/// Returns the words of a name.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|char: char| !char.is_alphanumeric() && char != '.')
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
        _ => Err("\"waves\" is not a list".to_owned()),
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
    let id = get(&["id", "wave", "number"]).and_then(name);
    let title = get(&["name", "title"]).and_then(name);
    let (id, title) = if id.is_some() {
        (id, title)
    } else {
        (title, None)
    };
    Wave {
        title: title.filter(|title| Some(title) != id.as_ref()),
        id,
        tasks: get(&["tasks", "taskIds", "task_ids", "items"])
            .map(names)
            .unwrap_or_default(),
        after: get(&["dependsOn", "depends_on", "dependencies", "after"]).and_then(after),
    }
}

/// Reads what comes before a wave: names, or an object with names for each task. Where the keys of
/// the object say what the names are of, they are names of the wave.
fn after(value: &Value) -> Option<After> {
    let Value::Object(object) = value else {
        return (!value.is_null()).then(|| After::All(names(value)));
    };
    let is_whole =
        |key: &String| matches!(key.as_str(), "waves" | "wave" | "tasks" | "task" | "id");
    if object.keys().all(is_whole) {
        return Some(After::All(object.values().flat_map(names).collect()));
    }
    let each = object
        .iter()
        .map(|(task, before)| (task.clone(), names(before)));
    Some(After::Each(each.collect()))
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
            let after = match &wave.after {
                None => String::new(),
                Some(After::All(names)) => format!(" after {}", names.join(" ")),
                Some(After::Each(each)) => each
                    .iter()
                    .map(|(task, names)| format!(" {task} after {}", names.join(" ")))
                    .collect(),
            };
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
            (
                r#"{"waves":[{"wave":1,"tasks":["3","4"],"dependsOn":{"3":["1","2"],"4":"1"}}]}"#,
                "1[3 4] 3 after 1 2 4 after 1",
            ),
            (
                r#"{"waves":[{"wave":1,"tasks":["3"],"dependsOn":{"waves":[0],"tasks":["1"]}}]}"#,
                "1[3] after 1 0",
            ),
            (
                r#"{"waves":[{"wave":1,"tasks":["3"],"dependsOn":null}]}"#,
                "1[3]",
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
    fn a_wave_is_called_by_its_id_and_its_name() {
        for (wave, expected) in [
            ("{}", "1"),
            (r#"{"id":0}"#, "0"),
            (r#"{"name":"Setup"}"#, "Setup"),
            (r#"{"id":2,"name":"Setup"}"#, "2: Setup"),
            (r#"{"id":2,"name":"Wave 2: Setup"}"#, "Wave 2: Setup"),
            (r#"{"id":2,"name":"2"}"#, "2"),
        ] {
            let found = waves(&format!("{{\"waves\":[{wave}]}}")).unwrap().unwrap();
            assert_eq!(found.name(0), expected, "{wave}");
        }
    }
}
