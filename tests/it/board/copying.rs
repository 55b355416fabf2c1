//! Copying items as Markdown, and their places.

use specboard::command::parse_keys;
use specboard::model::{Effect, Message};
use specboard::update::update;

use crate::harness::{Board, Workspace};

const REQUIREMENTS: &str = "### Requirement 1: Sessions\n\n1. THE System SHALL keep\n   sessions\n2. THE System SHALL end\n";
const TASKS: &str =
    "- [ ] 1. Store\n  - [ ] 1.1 Keep\n    - a detail\n    - _Requirements: 1.1_\n- [x] 2. End\n";

/// Types keys and returns what the last of them puts onto the clipboard, with what is said.
fn copied(keys: &str, key: &str) -> (String, String) {
    let files = [
        ("auth/requirements.md", REQUIREMENTS),
        ("auth/tasks.md", TASKS),
    ];
    let workspace = Workspace::new(&files);
    let mut board = Board::start(&workspace, (100, 24));
    board.open(&workspace, "auth").keys(keys);
    let effects: Vec<Effect> = parse_keys(key)
        .into_iter()
        .flat_map(|key| update(&mut board.model, Message::Pressed(key)))
        .collect();
    let text = effects.into_iter().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text),
        _ => None,
    });
    let said = board.model.notices.current.as_ref();
    (
        text.unwrap_or_default(),
        said.map_or_else(String::new, |notice| notice.text.clone()),
    )
}

#[test]
fn an_item_is_copied_as_its_markdown_without_its_indent() {
    for (keys, text, said) in [
        (
            "3 g g j",
            "- [ ] 1.1 Keep\n  - a detail\n  - _Requirements: 1.1_\n",
            "copied task 1.1: 3 lines of Markdown",
        ),
        ("3 G", "- [x] 2. End\n", "copied task 2: 1 line of Markdown"),
        (
            "1 g g j",
            "1. THE System SHALL keep\n   sessions\n",
            "copied criterion 1.1: 2 lines of Markdown",
        ),
        (
            "3 g g j v j",
            "- [ ] 1.1 Keep\n  - a detail\n  - _Requirements: 1.1_\n- [x] 2. End\n",
            "copied 2 tasks: 4 lines of Markdown",
        ),
        (
            "3 G b",
            "- [x] 2. End\n",
            "copied task 2: 1 line of Markdown",
        ),
    ] {
        assert_eq!(
            copied(keys, "y"),
            (text.to_owned(), said.to_owned()),
            "{keys}"
        );
    }
}

#[test]
fn a_place_is_copied_as_spec_number_file_and_line() {
    for (keys, place) in [
        ("3 g g j", "auth 1.1 (.kiro/specs/auth/tasks.md:2)"),
        ("1 G", "auth 1.2 (.kiro/specs/auth/requirements.md:5)"),
        ("3 G b", "auth 2 (.kiro/specs/auth/tasks.md:5)"),
    ] {
        let said = format!("copied {place}");
        assert_eq!(copied(keys, "Y"), (place.to_owned(), said), "{keys}");
    }
}

#[test]
fn where_there_is_nothing_to_copy_that_is_said() {
    let (text, said) = copied("tab", "y");
    assert_eq!(text, "");
    assert!(!said.is_empty());
}
