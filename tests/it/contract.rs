//! The contract of the command line against what the program prints: every answer has the fields of
//! the example in `docs/command-line.md`, and no others.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use specboard::store::state::State;
use specboard::store::{Drafts, Typed};
use specboard::text::Text;

use crate::harness::Workspace;

const CONTRACT: &str = "docs/command-line.md";

const REQUIREMENTS: &str = "# Requirements\n\n### Requirement 1: Fill\n\n#### Acceptance Criteria\n\n\
    1. WHEN a thing is added, THE Cart SHALL count it\n";
const DESIGN: &str = "### Property 1: Count\n**Validates: Requirements 1.1**\n";
const TASKS: &str = "- [x] 1. Fill\n  - _Requirements: 1.1_\n- [ ] 2. Tune\n  - [ ] 2.1 Faster\n\
    \x20   - _Requirements: 1.3, Speed_\n- [ ] 3. Check\n";
const SPEC_JSON: &str =
    r#"{"phase":"design","approvals":{"requirements":{"generated":true,"approved":true}}}"#;

/// Returns a workspace in which every answer has something to say in every field.
fn workspace() -> Workspace {
    Workspace::new(&[
        ("cart/requirements.md", REQUIREMENTS),
        ("cart/design.md", DESIGN),
        ("cart/tasks.md", TASKS),
        ("cart/notes.md", "To be counted.\n"),
        ("cart/spec.json", SPEC_JSON),
        (
            "torn/tasks.md",
            "- [ ] 1. a\n```json\n{\"waves\":[{\"id\":0,\n```\n",
        ),
    ])
}

/// Returns the words that are run for the example of a command.
fn words(command: &str) -> &str {
    match command {
        "mark" => "mark cart 3 doing",
        "edit" => "edit cart 3 --title Tested",
        "add" => "add task cart More --after task:3",
        "move" => "move cart task:3 --before task:1",
        "remove" => "remove cart req:1.1 --dry-run",
        "renumber" => "renumber cart --dry-run",
        "show" => "show cart tasks",
        "search" => "search count",
        _ => command,
    }
}

/// Returns the sub-commands that answer in JSON, as the help lists them. What git runs answers with
/// its exit status alone.
fn sub_commands(workspace: &Workspace) -> Vec<String> {
    let ran = Command::new(env!("CARGO_BIN_EXE_specboard"))
        .arg("--help")
        .current_dir(workspace.dir())
        .output()
        .unwrap();
    let help = String::from_utf8(ran.stdout).unwrap();
    let (_, listed) = help.split_once("Commands:\n").unwrap();
    listed
        .lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next())
        .filter(|name| !["", "help", "merge-driver"].contains(name))
        .map(str::to_owned)
        .collect()
}

/// Returns the examples of the contract: the JSON below the heading of each command.
fn examples() -> BTreeMap<String, Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(CONTRACT);
    let contract = fs::read_to_string(path).unwrap();
    let sections = contract.split("\n### `").skip(1);
    let example = |section: &str| {
        let command = section.split([' ', '`']).next()?.to_owned();
        let (_, rest) = section.split_once("```json\n")?;
        let json = rest.split("```").next()?;
        let value = serde_json::from_str(json)
            .unwrap_or_else(|error| panic!("{CONTRACT}: the example of {command}: {error}"));
        Some((command, value))
    };
    sections.filter_map(example).collect()
}

/// Collects the fields of an answer as paths, such as `features[].name`.
fn fields(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                let path = format!("{path}.{key}");
                fields(value, &path, found);
                found.insert(path);
            }
        }
        Value::Array(array) => {
            let path = format!("{path}[]");
            array.iter().for_each(|value| fields(value, &path, found));
        }
        _ => {}
    }
}

fn fields_of(value: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    fields(value, "", &mut found);
    found
}

/// Runs the program and returns its answer as JSON.
fn answer(workspace: &Workspace, words: &str) -> Value {
    let ran = Command::new(env!("CARGO_BIN_EXE_specboard"))
        .args(words.split(' '))
        .arg("--json")
        .current_dir(workspace.dir())
        .env("XDG_STATE_HOME", workspace.dir().join("state"))
        .env("XDG_CONFIG_HOME", workspace.dir().join("config"))
        .output()
        .unwrap();
    serde_json::from_slice(&ran.stdout).unwrap_or_else(|error| panic!("{words}: {error}: {ran:?}"))
}

/// Leaves a draft as a board does that ends in the middle of an edit.
fn leave_draft(workspace: &Workspace) {
    let drafts = Drafts::of(&State::at(workspace.dir().join("state/specboard")));
    let file = workspace.specs().join("cart/tasks.md");
    let typed = Typed::new(&file, "task 1".to_owned(), vec!["half a sen".to_owned()]);
    let kept = drafts.begin(&Text::new(TASKS)).unwrap();
    kept.keep(&typed).unwrap();
}

#[test]
fn every_answer_has_the_fields_of_the_contract_and_no_others() {
    let workspace = workspace();
    leave_draft(&workspace);
    let _no_file = UnixListener::bind(workspace.specs().join("socket")).unwrap();
    let examples = examples();
    for (command, example) in &examples {
        let words = words(command);
        let (promised, given) = (fields_of(example), fields_of(&answer(&workspace, words)));
        let missing: Vec<&String> = given.difference(&promised).collect();
        assert!(
            missing.is_empty(),
            "{CONTRACT}: the example of {command} lacks {missing:?}"
        );
        let broken: Vec<&String> = promised.difference(&given).collect();
        assert!(
            broken.is_empty(),
            "{words} --json lacks what {CONTRACT} promises: {broken:?}"
        );
    }
    let commands = sub_commands(&workspace);
    assert!(commands.len() > 5, "{commands:?}");
    let without: Vec<_> = commands
        .iter()
        .filter(|command| !examples.contains_key(*command))
        .collect();
    assert!(
        without.is_empty(),
        "{CONTRACT} has no example of {without:?}"
    );
}
