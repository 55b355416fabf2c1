//! Random specs, random keys and random sizes: no panic, and on every screen the cursor of the pane
//! and nothing over the edge.

use proptest::prelude::*;
use proptest::sample::select;
use specboard::command::{commands, parse_keys};
use specboard::model::{Key, Message, Mode};

use crate::harness::{Board, Workspace, check_screen};

/// Lines of task lists, some of them odd.
const TASKS: &[&str] = &[
    "# Plan",
    "## Phase",
    "- [ ] 1. Open",
    "- [x] 2. Done",
    "  - [-] 2.1 Begun *with* `marks`",
    "  - [ ]* 2.2 Optional",
    "    - detail\twith tab",
    "    - _Requirements: 1.1, 2.1-2.3, 9.9_",
    "  - _Requirements: All_",
    "    - _Depends: 1, 2.1_",
    "      - [~] 1.1.1 Deep",
    "- [X]no blank",
    "* [] 日本語の仕事 👨\u{200d}👩\u{200d}👧 e\u{301}",
    "**Property 1**",
    "text \u{1b}[31m of \u{202e}no list",
    "```",
    "{\"waves\": [{\"id\": 1, \"tasks\": [\"1\", \"2.1\"]}]}",
    "<<<<<<< ours",
    "=======",
    ">>>>>>> theirs",
    "",
    "",
];

/// Lines of requirements.
const REQUIREMENTS: &[&str] = &[
    "# Requirements",
    "## Glossary",
    "- **System**: what is built",
    "### Requirement 1: Sign in",
    "### Requirement 2",
    "**User Story:** As a user, I want this, so that that.",
    "#### Acceptance Criteria",
    "1. WHEN a user signs in THE System SHALL answer with words enough to be wrapped at every width",
    "2. THE System SHALL b",
    "   - part",
    "1.1 IF c THEN THE System SHALL d",
    "| Id | Text |",
    "|----|------|",
    "| 2.1 | THE System SHALL e |",
    "> quoted",
    "---",
    "a paragraph",
    "",
    "",
];

/// Lines of designs.
const DESIGN: &[&str] = &[
    "# Design",
    "## Part",
    "### Property 1: Round trip",
    "*For any* input, the output is the same.",
    "**Validates: Requirements 1.1, 2.2**",
    "```mermaid",
    "```",
    "| a | b |",
    "|---|---|",
    "- item",
    "  goes on",
    "a paragraph that is long enough to be wrapped where the pane is narrow",
    "",
];

/// Something that can happen.
#[derive(Clone, Debug)]
enum Event {
    Keys(Key),
    Paste(String),
    Resize(u16, u16),
    Rest,
}

fn document(lines: &'static [&'static str]) -> impl Strategy<Value = String> {
    let lines = prop::collection::vec(select(lines), 0..40);
    (lines, select(&["\n", "\r\n"][..])).prop_map(|(lines, end)| lines.join(end))
}

/// Returns all keys that mean anything somewhere, those that move and show more often than others.
fn key() -> impl Strategy<Value = Key> {
    let all: Vec<Key> = commands()
        .flat_map(|command| command.keys)
        .flat_map(|keys| parse_keys(keys))
        .collect();
    let often = parse_keys("j k j k G 1 2 3 4 5 t h l enter esc tab R | . space");
    prop_oneof![2 => select(all), 3 => select(often)]
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        20 => key().prop_map(Event::Keys),
        1 => ".{0,12}".prop_map(Event::Paste),
        2 => (0u16..210, 0u16..50).prop_map(|(columns, rows)| Event::Resize(columns, rows)),
        3 => Just(Event::Rest),
    ]
}

/// A spec's documents and what happens on a board over it.
type Walk = (String, String, String, Vec<Event>);

fn walk(events: usize) -> impl Strategy<Value = Walk> {
    (
        document(TASKS),
        document(REQUIREMENTS),
        document(DESIGN),
        prop::collection::vec(event(), 1..events),
    )
}

fn check((tasks, requirements, design, events): Walk) {
    let workspace = Workspace::new(&[
        ("a/tasks.md", &tasks),
        ("a/requirements.md", &requirements),
        ("a/design.md", &design),
        ("b/tasks.md", "- [ ] 1. Only task\n"),
    ]);
    let mut board = Board::start(&workspace, (120, 36));
    board.open(&workspace, "a");
    for event in events {
        let place = format!("{event:?}");
        match event {
            Event::Keys(key) => board.send(Message::Pressed(key)),
            Event::Paste(text) => board.send(Message::Pasted(text)),
            Event::Resize(columns, rows) => board.send(Message::Resized(columns, rows)),
            Event::Rest => {
                board.keys("");
            }
        }
        if board.model.size.0 == 0 || board.model.size.1 == 0 {
            continue;
        }
        if board.model.mode == Mode::Normal {
            check_screen(&board.model, &place);
        } else {
            board.buffer();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn on_random_specs_random_keys_leave_the_cursor_on_the_screen(walk in walk(60)) {
        check(walk);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    #[ignore = "takes minutes"]
    fn on_many_random_specs_random_keys_leave_the_cursor_on_the_screen(walk in walk(200)) {
        check(walk);
    }
}
