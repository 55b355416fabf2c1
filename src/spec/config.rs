//! What tools write beside the documents: `.config.kiro`, cc-sdd's `spec.json`, and the front
//! matter of steering documents.
//!
//! Reads only what the board shows. Unknown keys, broken JSON and odd values are harmless: what
//! cannot be read is missing.

use serde::Serialize;
use serde_json::Value;

use super::feature::FeatureKind;

/// Kiro's `.config.kiro`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The id, which is copied with folders and so is not unique.
    pub spec_id: Option<String>,
    /// `requirements-first`, `design-first`, `fast-task`, or what else is written.
    pub workflow: Option<String>,
    /// What the spec is about.
    pub kind: Option<FeatureKind>,
}

impl Config {
    /// Reads the file: one JSON object, or lines of `key: value` as people write them by hand.
    pub fn parse(bytes: &[u8]) -> Self {
        let pairs = pairs(bytes);
        let get = |names: &[&str]| {
            pairs
                .iter()
                .find(|(key, _)| names.iter().any(|name| key.eq_ignore_ascii_case(name)))
                .map(|(_, value)| value.clone())
        };
        Self {
            spec_id: get(&["specId", "spec_id", "id"]),
            workflow: get(&[
                "workflowType",
                "workflow_type",
                "generationMode",
                "workflow",
            ]),
            kind: get(&["specType", "spec_type", "type"]).and_then(|name| kind(&name)),
        }
    }
}

/// Reads the name of a kind. A quick spec is a small feature with the same documents.
fn kind(name: &str) -> Option<FeatureKind> {
    match name.to_ascii_lowercase().as_str() {
        "feature" | "quick-spec" | "quick" => Some(FeatureKind::Feature),
        "bugfix" | "bug" => Some(FeatureKind::Bugfix),
        _ => None,
    }
}

/// Returns the keys and values of the file that are text, a number or a truth value.
fn pairs(bytes: &[u8]) -> Vec<(String, String)> {
    if let Some(Value::Object(object)) = json(bytes) {
        return object
            .iter()
            .filter_map(|(key, value)| Some((key.clone(), plain(value)?)))
            .collect();
    }
    let text = String::from_utf8_lossy(bytes);
    text.lines().filter_map(pair).collect()
}

/// Reads a JSON value behind a byte order mark, if there is one.
fn json(bytes: &[u8]) -> Option<Value> {
    serde_json::from_slice(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)).ok()
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

/// Reads `key: value`, also as a line of JSON or with an equals sign.
fn pair(line: &str) -> Option<(String, String)> {
    let (key, value) = line.split_once([':', '='])?;
    let bare = |text: &str| {
        text.trim_matches(|char: char| {
            char.is_whitespace() || matches!(char, '"' | '\'' | ',' | '{' | '}')
        })
        .to_owned()
    };
    let (key, value) = (bare(key), bare(value));
    (!key.is_empty() && !value.is_empty() && !key.starts_with('#')).then_some((key, value))
}

/// One document's state in `spec.json`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Approval {
    /// Whether it has been written.
    pub generated: bool,
    /// Whether somebody has agreed to it.
    pub approved: bool,
}

/// cc-sdd's `spec.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpecJson {
    /// The name of the feature.
    pub feature_name: Option<String>,
    /// How far it is: free text.
    pub phase: Option<String>,
    /// The language that the documents should be in.
    pub language: Option<String>,
    /// The state of requirements.md.
    pub requirements: Option<Approval>,
    /// The state of design.md.
    pub design: Option<Approval>,
    /// The state of tasks.md.
    pub tasks: Option<Approval>,
    /// Whether work may begin.
    pub ready_for_implementation: Option<bool>,
}

impl SpecJson {
    /// Reads the file; nothing where it is no JSON object.
    pub fn parse(bytes: &[u8]) -> Self {
        let Some(Value::Object(object)) = json(bytes) else {
            return Self::default();
        };
        let words = |names: &[&str]| {
            names
                .iter()
                .find_map(|name| object.get(*name))
                .and_then(plain)
        };
        let approval = |name: &str| {
            object
                .get("approvals")
                .and_then(|approvals| approvals.get(name))
                .map(approval)
        };
        Self {
            feature_name: words(&["feature_name", "featureName", "name"]),
            phase: words(&["phase", "status"]),
            language: words(&["language"]),
            requirements: approval("requirements"),
            design: approval("design"),
            tasks: approval("tasks"),
            ready_for_implementation: object
                .get("ready_for_implementation")
                .and_then(Value::as_bool),
        }
    }
}

/// Reads the state of one document; a bare truth value says whether it is approved.
fn approval(value: &Value) -> Approval {
    let says = |name: &str| value.get(name).and_then(Value::as_bool).unwrap_or(false);
    match value.as_bool() {
        Some(approved) => Approval {
            generated: approved,
            approved,
        },
        None => Approval {
            generated: says("generated"),
            approved: says("approved"),
        },
    }
}

/// When a steering document is given to an agent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Inclusion {
    /// Always; so also without front matter.
    #[default]
    Always,
    /// When a file matches one of the patterns.
    FileMatch(Vec<String>),
    /// When somebody asks for it.
    Manual,
    /// When its description fits.
    Auto {
        /// Its name.
        name: Option<String>,
        /// What it is about.
        description: Option<String>,
    },
    /// A mode that is unknown here, as written.
    Other(String),
}

impl Inclusion {
    /// Reads the mode from the `front_matter`, with or without its `---` lines.
    pub fn parse(front_matter: &str) -> Self {
        let value = |name: &str| values(front_matter, name).into_iter().next();
        match value("inclusion").as_deref() {
            None | Some("always") => Self::Always,
            Some("fileMatch") => Self::FileMatch(values(front_matter, "fileMatchPattern")),
            Some("manual") => Self::Manual,
            Some("auto") => Self::Auto {
                name: value("name"),
                description: value("description"),
            },
            Some(other) => Self::Other(other.to_owned()),
        }
    }
}

/// Returns the values of a key: behind its colon, in brackets there, or as a list of lines below
/// it.
fn values(front_matter: &str, name: &str) -> Vec<String> {
    let mut lines = front_matter.lines().skip_while(|line| {
        line.split_once(':')
            .is_none_or(|(key, _)| key.trim() != name)
    });
    let Some((_, first)) = lines.next().and_then(|line| line.split_once(':')) else {
        return Vec::new();
    };
    let bare = |text: &str| {
        text.trim_matches(|char: char| char.is_whitespace() || matches!(char, '"' | '\''))
            .to_owned()
    };
    let inline = first.trim();
    let values: Vec<String> = match inline
        .strip_prefix('[')
        .and_then(|list| list.strip_suffix(']'))
    {
        Some(list) => list.split(',').map(bare).collect(),
        None if inline.is_empty() => lines
            .map_while(|line| line.trim_start().strip_prefix("- "))
            .map(bare)
            .collect(),
        None => vec![bare(inline)],
    };
    values
        .into_iter()
        .filter(|value| !value.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn configs() {
        let config = |id: Option<&str>, workflow: Option<&str>, kind| Config {
            spec_id: id.map(str::to_owned),
            workflow: workflow.map(str::to_owned),
            kind,
        };
        for (source, expected) in [
            (
                r#"{"specId":"a-b","workflowType":"requirements-first","specType":"bugfix"}"#,
                config(
                    Some("a-b"),
                    Some("requirements-first"),
                    Some(FeatureKind::Bugfix),
                ),
            ),
            (
                r#"{"generationMode":"requirements-first","more":[1]}"#,
                config(None, Some("requirements-first"), None),
            ),
            (
                "specType: feature\nworkflowType: design-first\n",
                config(None, Some("design-first"), Some(FeatureKind::Feature)),
            ),
            (
                "{\"specType\":\"quick-spec\",\n",
                config(None, None, Some(FeatureKind::Feature)),
            ),
            (
                "\u{feff}{\"specType\":\"feature\"}",
                config(None, None, Some(FeatureKind::Feature)),
            ),
            ("{\"specType\": 3}", Config::default()),
            ("[]", Config::default()),
            ("", Config::default()),
        ] {
            assert_eq!(Config::parse(source.as_bytes()), expected, "{source:?}");
        }
    }

    #[test]
    fn spec_json() {
        let source = r#"{"feature_name":"f","phase":"tasks-generated","language":"ja","approvals":{"requirements":{"generated":true,"approved":true},
            "design":{"generated":true,"approved":false},"tasks":true},"ready_for_implementation":false,"extra":{}}"#;
        let found = SpecJson::parse(source.as_bytes());
        assert_eq!(found.phase.as_deref(), Some("tasks-generated"));
        assert_eq!(
            found.requirements,
            Some(Approval {
                generated: true,
                approved: true
            })
        );
        assert_eq!(
            found.design,
            Some(Approval {
                generated: true,
                approved: false
            })
        );
        assert_eq!(
            found.tasks,
            Some(Approval {
                generated: true,
                approved: true
            })
        );
        assert_eq!(found.ready_for_implementation, Some(false));
        for source in ["", "[]", "{", "{\"approvals\":3}"] {
            assert_eq!(
                SpecJson::parse(source.as_bytes()),
                SpecJson::default(),
                "{source:?}"
            );
        }
    }

    #[test]
    fn inclusion_modes() {
        let patterns = |list: &[&str]| {
            Inclusion::FileMatch(list.iter().map(|text| (*text).to_owned()).collect())
        };
        for (source, expected) in [
            ("", Inclusion::Always),
            ("---\ninclusion: always\n---\n", Inclusion::Always),
            ("inclusion: manual", Inclusion::Manual),
            (
                "inclusion: fileMatch\nfileMatchPattern: \"*.ts\"\n",
                patterns(&["*.ts"]),
            ),
            (
                "inclusion: fileMatch\nfileMatchPattern: ['*.ts', \"*.tsx\"]\n",
                patterns(&["*.ts", "*.tsx"]),
            ),
            (
                "inclusion: fileMatch\nfileMatchPattern:\n  - a\n  - b\nname: c\n",
                patterns(&["a", "b"]),
            ),
            (
                "inclusion: auto\nname: n\ndescription: d: e\n",
                Inclusion::Auto {
                    name: Some("n".to_owned()),
                    description: Some("d: e".to_owned()),
                },
            ),
            (
                "inclusion: sometimes\n",
                Inclusion::Other("sometimes".to_owned()),
            ),
        ] {
            assert_eq!(Inclusion::parse(source), expected, "{source:?}");
        }
    }
}
