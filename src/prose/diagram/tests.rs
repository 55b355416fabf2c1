//! Diagrams as lists: what is shown of each kind, and that no words are lost.

use super::*;
use proptest::prelude::*;

fn drawn(source: &str) -> Vec<String> {
    let text = Text::new(source);
    let found = diagram(&text, 0..text.lines().len());
    let (_, lines) = found.unwrap_or_default();
    lines.iter().map(|line| line.shown.plain()).collect()
}

#[test]
fn messages_of_a_sequence() {
    let source = "sequenceDiagram\n    autonumber\n    participant U as User\n    actor DB as \"SQLite<br/>Database\"\n    participant L as Log\n\
                  U->>+DB: Navigate to /rpi_admin\n    DB-->>-U: 401\n    Note over U,DB: both: wait\n    alt No valid session\n        U-xDB: x\n\
                  loop Each\n    U->>U: again\n    end\n    else Valid\n        U->>DB:\n    end\n    activate U\n    strange line\n";
    assert_eq!(
        drawn(source),
        [
            "Log",
            "User → SQLite Database  Navigate to /rpi_admin",
            "SQLite Database ┄→ User  401",
            "note User, SQLite Database  both: wait",
            "alt  No valid session",
            "  User → SQLite Database  x",
            "  loop  Each",
            "    User → User  again",
            "else  Valid",
            "  User → SQLite Database",
            "strange line",
        ]
    );
}

#[test]
fn flowcharts_by_what_leads_where() {
    let source = "flowchart TB\n    %% a comment\n    subgraph Frontend[\"Vue.js Frontend\"]\n        LOGIN[Login Page]\n        APP(App.vue)\n    end\n\
                  LOGIN -->|POST| AUTH[(auth.php)]\n    LOGIN --> APP & STORE{Store?}\n    AUTH -- reads --> DB((SQLite)); DB -.-> APP\n    A[\"x (y)\"]:::red ==> B --> C\n\
                  classDef red fill:#f00\n    LONE[Alone]\n";
    assert_eq!(
        drawn(source),
        [
            "Vue.js Frontend  Login Page, App.vue",
            "Login Page → auth.php  POST",
            "Login Page → App.vue, Store?",
            "auth.php → SQLite  reads",
            "SQLite → App.vue",
            "x (y) → B",
            "B → C",
            "Alone",
        ]
    );
}

#[test]
fn states_with_their_events() {
    let source = "stateDiagram-v2\n    [*] --> Idle\n    Idle --> Busy: start\n    state \"Very busy\" as Busy\n    state Busy {\n        One --> Two : next\n    }\n\
                  note right of Idle: waits\n    Busy --> [*]\n";
    assert_eq!(
        drawn(source),
        [
            "[*] → Idle",
            "Idle → Very busy  start",
            "Very busy",
            "Busy",
            "  One → Two  next",
            "Idle  waits",
            "Very busy → [*]",
        ]
    );
}

#[test]
fn classes_and_tables_with_their_fields() {
    assert_eq!(
        drawn(
            "classDiagram\n    class Animal {\n        +name: String\n        +run() void\n    }\n    Animal <|-- Dog : is a\n    Dog : bark()\n"
        ),
        [
            "Animal",
            "  +name: String",
            "  +run() void",
            "Animal <|-- Dog  is a",
            "Dog : bark()"
        ]
    );
    assert_eq!(
        drawn("erDiagram\n    USER ||--o{ ORDER : places\n    USER {\n        int id PK\n    }\n"),
        ["USER 1 – 0..n ORDER  places", "USER", "  int id PK"]
    );
}

#[test]
fn diagrams_that_are_lists_already() {
    for (source, expected) in [
        (
            "gantt\n    title A plan\n    dateFormat YYYY\n    section First\n    One :a1, 2024, 3d\n    Two\n",
            &[
                "A plan",
                "dateFormat YYYY",
                "First",
                "  One  a1, 2024, 3d",
                "  Two",
            ][..],
        ),
        ("pie title Pets\n  \"Dogs\" : 386\n", &["Dogs  386"]),
        (
            "journey\n  title Day\n  section Work\n    Make tea: 5: Me, Cat\n",
            &["Day", "Work", "  Make tea  5: Me, Cat"],
        ),
        (
            "mindmap\n  root((The Root))\n    One\n      id[\"In One\"]\n    ::icon(fa)\n    Two\n",
            &["The Root", "  One", "    In One", "  Two"],
        ),
        (
            "gitGraph\n  commit id: \"a\"\n  branch b\n  commit\n  merge b tag: \"v1\"\n",
            &[
                "  commit id: \"a\"",
                "branch b",
                "  commit",
                "merge b tag: \"v1\"",
            ],
        ),
        (
            "C4Context\n  title S\n  System_Boundary(b, \"Inside\") {\n    Person(user, \"A User\", \"Somebody, here\")\n  }\n  System(sys, \"The System\")\n  Rel(user, sys, \"Uses\", \"HTTPS\")\n",
            &[
                "S",
                "Inside",
                "  A User  Somebody, here",
                "The System",
                "A User → The System  Uses, HTTPS",
            ],
        ),
    ] {
        assert_eq!(drawn(source), expected, "{source}");
    }
}

#[test]
fn other_diagrams_are_read_as_they_are_written() {
    for source in [
        "quadrantChart\n  title x\n",
        "pie\n",
        "",
        "graph TD\n",
        "nothing\n",
    ] {
        assert_eq!(drawn(source), [""; 0], "{source:?}");
    }
}

proptest! {
    #[test]
    fn the_lines_stand_in_the_order_of_the_source(
        body in "((subgraph |end|A|B\\[x\\]|-->|---|\\|y\\||&|;|:| |->>|Note over |state |\\{|\\}|note |<|\\(|\\n){1,3} ?){0,40}",
        kind in "(graph TD|sequenceDiagram|stateDiagram-v2|erDiagram|classDiagram|gantt|mindmap|gitGraph|C4Context)"
    ) {
        let text = Text::new(format!("{kind}\n{body}"));
        let (_, lines) = diagram(&text, 0..text.lines().len()).unwrap_or_default();
        prop_assert!(lines.windows(2).all(|two| two[0].line <= two[1].line), "{:?}", lines);
        prop_assert!(lines.iter().all(|line| line.line < text.lines().len()));
    }
}
