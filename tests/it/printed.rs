//! What is printed from the table of commands: the README's copy is the table, and the JSON has its
//! shape.

use std::fs;
use std::path::Path;

use serde_json::Value;
use specboard::command::{commands, json, key_table, parse_keys};

const BEGIN: &str = "<!-- keys -->\n";
const END: &str = "<!-- /keys -->";

/// Set `SPECBOARD_UPDATE=1` to write the table into the README instead of comparing.
#[test]
fn the_key_table_of_the_readme_is_not_stale() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (before, rest) = readme
        .split_once(BEGIN)
        .expect("README.md has a line `<!-- keys -->`");
    let (table, after) = rest
        .split_once(END)
        .expect("README.md has a line `<!-- /keys -->`");
    if std::env::var_os("SPECBOARD_UPDATE").is_some_and(|value| value == "1") {
        return fs::write(&path, format!("{before}{BEGIN}{}{END}{after}", key_table())).unwrap();
    }
    assert_eq!(
        table,
        key_table(),
        "README.md is stale: SPECBOARD_UPDATE=1 cargo test --test it printed"
    );
}

#[test]
fn every_row_of_the_key_table_has_its_four_cells() {
    let table = key_table();
    for row in table.lines() {
        let bars = row.replace("\\|", "").matches('|').count();
        assert_eq!(bars, 5, "{row}");
    }
    assert_eq!(table.lines().count(), commands().count() + 2);
}

#[test]
fn the_json_lists_every_command_with_its_keys() {
    let value: Value = serde_json::from_str(&json().unwrap()).unwrap();
    let entries = value.as_array().unwrap();
    assert_eq!(entries.len(), commands().count());
    for (entry, command) in entries.iter().zip(commands()) {
        let object = entry.as_object().unwrap();
        assert_eq!(
            object.keys().collect::<Vec<_>>(),
            ["command", "doc", "keys", "scope"]
        );
        assert_eq!(object["command"], command.name);
        assert_eq!(object["scope"], command.scope.word());
        assert_eq!(object["doc"], command.doc);
        let keys: Vec<&str> = object["keys"]
            .as_array()
            .unwrap()
            .iter()
            .map(|keys| keys.as_str().unwrap())
            .collect();
        assert_eq!(keys, command.keys);
        assert!(
            keys.iter().all(|keys| !parse_keys(keys).is_empty()),
            "{}",
            command.name
        );
    }
}
