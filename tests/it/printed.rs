//! What is printed from the table of commands: the README's copy is the table, and the JSON has its
//! shape.

use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde_json::Value;
use specboard::command::{commands, json, key_table, parse_keys};
use specboard::config::settings_table;
use specboard::markdown::MARKERS;
use specboard::model::Keymap;
use specboard::spec::reference_labels;

/// Held by whoever reads a document, which another test may write.
static DOCUMENTS: Mutex<()> = Mutex::new(());

/// Returns whether the documents are to be written instead of compared.
fn is_update() -> bool {
    std::env::var_os("SPECBOARD_UPDATE").is_some_and(|value| value == "1")
}

/// Compares what stands in the README between two marks with what is printed; with
/// `SPECBOARD_UPDATE=1` it is written instead.
fn compare_table(name: &str, fresh: &str) {
    let _held = DOCUMENTS.lock().unwrap_or_else(PoisonError::into_inner);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let split = |text: &str, at: &str| {
        let (before, behind) = text.split_once(at)?;
        Some((before.to_owned(), behind.to_owned()))
    };
    let (before, rest) = split(&readme, &begin).unwrap();
    let (table, after) = split(&rest, &end).unwrap();
    if is_update() {
        return fs::write(&path, format!("{before}{begin}{fresh}{end}{after}")).unwrap();
    }
    let stale = table.lines().find(|line| !fresh.contains(line));
    let new = fresh.lines().find(|line| !table.contains(line));
    assert!(
        table == fresh,
        "README.md is stale ({stale:?} is now {new:?}): SPECBOARD_UPDATE=1 cargo test --test it printed"
    );
}

#[test]
fn the_key_table_of_the_readme_is_not_stale() {
    compare_table("keys", &key_table());
}

#[test]
fn the_settings_of_the_readme_are_not_stale() {
    compare_table("settings", &settings_table());
}

/// A line of a document that lists what stands in a table.
struct TableLine {
    file: &'static str,
    /// How the line begins, which no other line of the file does.
    start: &'static str,
    /// The rest of it.
    rest: String,
}

/// Returns words as a sentence lists them: `a, b or c`.
fn listed(words: &[String], and: &str) -> String {
    let (last, first) = words.split_last().unwrap();
    format!("{} {and} {last}", first.join(", "))
}

/// Says what each character between the brackets means.
fn characters() -> String {
    let quoted = |byte: &u8| match byte {
        b' ' => "space".to_owned(),
        byte => format!("`{}`", char::from(*byte)),
    };
    let written = MARKERS.iter().filter(|row| row.byte().is_some());
    let said = written.map(|row| {
        let bytes: Vec<String> = row.bytes.iter().map(quoted).collect();
        let are = if bytes.len() == 1 { "is" } else { "are" };
        format!("{} {are} {}", bytes.join(" and "), row.name)
    });
    said.collect::<Vec<_>>().join(", ")
}

fn lines_from_tables() -> Vec<TableLine> {
    let written: Vec<_> = MARKERS.iter().filter(|row| row.byte().is_some()).collect();
    let words: Vec<String> = written.iter().map(|row| row.word.to_owned()).collect();
    let names: Vec<&str> = written.iter().map(|row| row.name).collect();
    let key = |word: &String| {
        let name = format!("state-set-{word}");
        let command = commands().find(|command| command.name == name);
        let command = command.unwrap_or_else(|| panic!("there is no command {name}"));
        format!("`{}`", command.keys[0].trim_start_matches("s "))
    };
    let keys: Vec<String> = words.iter().map(key).collect();
    let all: Vec<&str> = MARKERS.iter().map(|row| row.word).collect();
    vec![
        TableLine {
            file: "README.md",
            start: "| `s` then ",
            rest: format!(
                "{} | {} (`S`: with all sub-tasks) |",
                keys.join(" "),
                names.join(", ")
            ),
        },
        TableLine {
            file: "README.md",
            start: "specboard mark SPEC TASK… STATE [--json]         ",
            rest: format!(
                "{}: one byte for each task, all or none",
                listed(&words, "or")
            ),
        },
        TableLine {
            file: "docs/command-line.md",
            start: "### `tasks [SPEC…] [--state ",
            rest: format!("{}]…`", all.join("|")),
        },
        TableLine {
            file: "docs/command-line.md",
            start: "### `mark SPEC TASK… ",
            rest: format!("{}`", words.join("|")),
        },
        TableLine {
            file: "docs/format.md",
            start: "- *State*: the character in the brackets: ",
            rest: format!("{}.", characters()),
        },
        TableLine {
            file: "docs/format.md",
            start: "  Their labels in English: ",
            rest: format!("{}.", reference_labels().join(", ")),
        },
    ]
}

/// Set `SPECBOARD_UPDATE=1` to write the lines into the documents instead of comparing.
#[test]
fn the_documents_list_every_state_and_every_label_of_references() {
    let _held = DOCUMENTS.lock().unwrap_or_else(PoisonError::into_inner);
    for TableLine { file, start, rest } in lines_from_tables() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let text = fs::read_to_string(&path).unwrap();
        let mut lines = text.lines().filter(|line| line.starts_with(start));
        let (Some(line), None) = (lines.next(), lines.next()) else {
            panic!("{file} has not one line that begins with {start:?}");
        };
        let expected = format!("{start}{rest}");
        if is_update() {
            fs::write(&path, text.replace(line, &expected)).unwrap();
            continue;
        }
        assert_eq!(
            line, expected,
            "{file} is stale: SPECBOARD_UPDATE=1 cargo test --test it printed"
        );
    }
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
    let value: Value = serde_json::from_str(&json(&Keymap::default()).unwrap()).unwrap();
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
