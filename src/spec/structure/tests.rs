//! Operations on items in every dialect: what each leads to, and that taking back leads back.

use super::*;
use crate::store::DocumentKind::{self, Bugfix, Design, Requirements, Spec, Tasks};

/// Carries out an operation on the lines that begin with the given words, and takes it back.
fn after(kind: DocumentKind, source: &str, operation: Operation, lines: &[usize]) -> String {
    let text = Text::new(source);
    let outcome = match operation.apply(kind, &text, lines) {
        Ok(outcome) => outcome,
        Err(refused) => return format!("refused: {refused}"),
    };
    let after = outcome.edit.apply(&text);
    assert_eq!(outcome.edit.invert(&text).apply(&after), text, "{source:?}");
    String::from_utf8(after.bytes().to_vec()).unwrap()
}

/// Adds an item, takes it away again, and returns the text with it.
fn added(kind: DocumentKind, source: &str, wanted: Option<Sort>, to: Option<Where>) -> String {
    let text = Text::new(source);
    let prepared = match prepare(kind, &text, wanted, to, New::Words("New")) {
        Ok(prepared) => prepared,
        Err(refused) => return format!("refused: {refused}"),
    };
    let edit = match prepared.checked_edit(kind, &text) {
        Ok(edit) => edit,
        Err(refused) => return format!("refused: {refused}"),
    };
    let with = edit.apply(&text);
    let line = prepared.at + prepared.above + prepared.lines.len() - 1;
    let back = Operation::Remove.apply(kind, &with, &[line]);
    let back = back.map(|outcome| outcome.edit.apply(&with));
    assert_eq!(back, Ok(text), "{source:?}");
    String::from_utf8(with.bytes().to_vec()).unwrap()
}

use Where::{After, Before, Under};

#[test]
fn a_new_task_is_written_as_its_neighbours_are() {
    for (source, to, expected) in [
        (
            "- [x] 1. a\n- [ ] 2. b\n",
            After(0),
            "- [x] 1. a\n- [ ] 3. New\n- [ ] 2. b\n",
        ),
        (
            "- [x] 1. a\n- [ ] 2. b\n",
            Before(0),
            "- [ ] 3. New\n- [x] 1. a\n- [ ] 2. b\n",
        ),
        (
            "- [x] 1. a\n- [ ] 2. b\n",
            Before(1),
            "- [x] 1. a\n- [ ] 3. New\n- [ ] 2. b\n",
        ),
        // With all that belongs to the neighbour before it.
        (
            "- [ ] 1. a\n  - d\n  - [ ] 1.1 c\n    - e\n\n- [ ] 2. b\n",
            After(0),
            "- [ ] 1. a\n  - d\n  - [ ] 1.1 c\n    - e\n\n- [ ] 3. New\n\n- [ ] 2. b\n",
        ),
        (
            "- [ ] 1. a\n  - [ ]* 1.1 c\n  - [ ] 1.2 d\n",
            After(1),
            "- [ ] 1. a\n  - [ ]* 1.1 c\n  - [ ] 1.3 New\n  - [ ] 1.2 d\n",
        ),
        (
            "- [ ] 1. a\n- [ ] 2. b\n",
            Under(0),
            "- [ ] 1. a\n  - [ ] 1.1 New\n- [ ] 2. b\n",
        ),
        (
            "- [ ] 1. a\n  - [ ] 1.1 c\n- [ ] 2. b\n  - d\n",
            Under(2),
            "- [ ] 1. a\n  - [ ] 1.1 c\n- [ ] 2. b\n  - d\n  - [ ] 2.1 New\n",
        ),
        // CRLF, a byte order mark, no final newline, tabs.
        (
            "\u{feff}- [ ] 1. a\r\n- [ ] 2. b",
            After(1),
            "\u{feff}- [ ] 1. a\r\n- [ ] 2. b\r\n- [ ] 3. New",
        ),
        (
            "\u{feff}- [ ] 1. a\r\n",
            Before(0),
            "\u{feff}- [ ] 2. New\r\n- [ ] 1. a\r\n",
        ),
        ("- [ ] 1. a", After(0), "- [ ] 1. a\n- [ ] 2. New"),
        (
            "-\t[ ] 1. a\n\t-\t[ ] 1.1 b\n",
            Under(0),
            "-\t[ ] 1. a\n\t-\t[ ] 1.1 b\n\t-\t[ ] 1.2 New\n",
        ),
        (
            "- [ ] 1. a\n\t- d\n",
            Under(0),
            "- [ ] 1. a\n\t- d\n\t- [ ] 1.1 New\n",
        ),
        // Loose lists stay loose, tight ones tight.
        (
            "- [ ] 1. a\n\n- [ ] 2. b\n",
            After(0),
            "- [ ] 1. a\n\n- [ ] 3. New\n\n- [ ] 2. b\n",
        ),
        (
            "- [ ] 1. a\n\n\n- [ ] 2. b\n\n## N\n",
            After(3),
            "- [ ] 1. a\n\n\n- [ ] 2. b\n\n\n- [ ] 3. New\n\n## N\n",
        ),
        // An odd gap is not copied, and one blank line in a tight list is none.
        (
            "- [ ] a\n- [ ] b\n\n\n\n\n\n\n- [ ] c\n",
            Before(8),
            "- [ ] a\n- [ ] b\n- [ ] New\n\n\n\n\n\n\n- [ ] c\n",
        ),
        (
            "- [ ] a\n\n- [ ] b\n\n\n\n\n\n\n- [ ] c\n",
            After(9),
            "- [ ] a\n\n- [ ] b\n\n\n\n\n\n\n- [ ] c\n\n- [ ] New\n",
        ),
        (
            "- [ ] a\n- [ ] b\n\n- [ ] c\n- [ ] d\n",
            After(3),
            "- [ ] a\n- [ ] b\n\n- [ ] c\n- [ ] New\n- [ ] d\n",
        ),
        (
            "# T\n\n- [ ] 1. a\n",
            Before(2),
            "# T\n\n- [ ] 2. New\n- [ ] 1. a\n",
        ),
        // Spellings of numbers and stars.
        ("- [ ]* 2.1 a\n", After(0), "- [ ]* 2.1 a\n- [ ] 2.2 New\n"),
        (
            "- [ ]\\* 2.1 a\n",
            After(0),
            "- [ ]\\* 2.1 a\n- [ ] 2.2 New\n",
        ),
        (
            "- [ ] \\*2.1 a\n",
            After(0),
            "- [ ] \\*2.1 a\n- [ ] 2.2 New\n",
        ),
        ("- [ ] 2.1* a\n", After(0), "- [ ] 2.1* a\n- [ ] 2.2 New\n"),
        (
            "* [-] **Task 1.1**: a\n",
            After(0),
            "* [-] **Task 1.1**: a\n* [ ] **Task 1.2**: New\n",
        ),
        (
            "- [ ] T-001: a\n",
            After(0),
            "- [ ] T-001: a\n- [ ] T-002: New\n",
        ),
        (
            "- [ ] 任务 1：写\n",
            After(0),
            "- [ ] 任务 1：写\n- [ ] 任务 2：New\n",
        ),
        ("- [x] 1. 标题\n", After(0), "- [x] 1. 标题\n- [ ] 2. New\n"),
        (
            "- [ ] a\n- [x] b\n",
            After(0),
            "- [ ] a\n- [ ] New\n- [x] b\n",
        ),
        (
            "1. [ ] a\n2. [ ] b\n",
            After(1),
            "1. [ ] a\n2. [ ] b\n3. [ ] New\n",
        ),
        // What the parent says behind its last sub-task is its own.
        (
            "- [ ] 1. a\n  - [ ] 1.1 b\n  - _Requirements: 1.1_\n\n- [ ] 2. c\n",
            After(0),
            "- [ ] 1. a\n  - [ ] 1.1 b\n  - _Requirements: 1.1_\n\n- [ ] 3. New\n\n- [ ] 2. c\n",
        ),
        // Details with numbers, and at the indent of their task.
        (
            "- [ ] 1. a\n  1. one\n  2. two\n- [ ] 2. b\n",
            After(0),
            "- [ ] 1. a\n  1. one\n  2. two\n- [ ] 3. New\n- [ ] 2. b\n",
        ),
        (
            "- [ ] 1. a\n- detail\n- [ ] 2. b\n",
            After(0),
            "- [ ] 1. a\n- detail\n- [ ] 3. New\n- [ ] 2. b\n",
        ),
        // Phases that begin anew, and phases that go on.
        (
            "## A\n- [ ] 1. a\n## B\n- [ ] 1. b\n- [ ] 2. c\n",
            After(1),
            "## A\n- [ ] 1. a\n- [ ] 2. New\n## B\n- [ ] 1. b\n- [ ] 2. c\n",
        ),
        (
            "## A\n- [ ] 1. a\n## B\n- [ ] 2. b\n",
            After(1),
            "## A\n- [ ] 1. a\n- [ ] 3. New\n## B\n- [ ] 2. b\n",
        ),
    ] {
        assert_eq!(added(Tasks, source, None, Some(to)), expected, "{source:?}");
    }
}

#[test]
fn the_first_task_goes_where_tasks_are_looked_for() {
    for (source, expected) in [
        ("", "- [ ] 1. New\n"),
        ("\u{feff}", "\u{feff}- [ ] 1. New\n"),
        ("# Plan\n", "# Plan\n\n- [ ] 1. New\n"),
        (
            "# Plan\r\n\r\n## Tasks\r\n\r\n## Notes\r\n\r\nx",
            "# Plan\r\n\r\n## Tasks\r\n\r\n- [ ] 1. New\r\n\r\n## Notes\r\n\r\nx",
        ),
        ("# Plan", "# Plan\n\n- [ ] 1. New"),
    ] {
        assert_eq!(
            added(Tasks, source, Some(Sort::Task), None),
            expected,
            "{source:?}"
        );
    }
    let single = "# S\n\n## Requirements\n- THE S SHALL a\n\n## Tasks\n- [ ] b\n";
    assert_eq!(
        added(Spec, single, Some(Sort::Task), None),
        "# S\n\n## Requirements\n- THE S SHALL a\n\n## Tasks\n- [ ] b\n- [ ] New\n"
    );
}

const WANTED: &str = "# Requirements Document\n\n## Requirements\n\n### Requirement 1: A\n\n**User Story:** As a user, I want a\n\n#### Acceptance Criteria\n\n1. WHEN x, THE Board SHALL y\n2. THE Board SHALL z\n\n### Requirement 2: B\n\n**User Story:** As a user, I want b\n\n#### Acceptance Criteria\n\n1. THE Board SHALL b\n";

#[test]
fn new_criteria_requirements_properties_and_items() {
    let replaced = |from: &str, to: &str| WANTED.replacen(from, to, 1);
    for (kind, source, wanted, to, expected) in [
        (
            Requirements,
            WANTED,
            None,
            After(10),
            replaced("2. THE", "3. New\n2. THE"),
        ),
        (
            Requirements,
            WANTED,
            Some(Sort::Criterion),
            Under(4),
            replaced("SHALL z\n", "SHALL z\n3. New\n"),
        ),
        (
            Requirements,
            WANTED,
            None,
            After(4),
            replaced("### Requirement 2", "### Requirement 3: New\n\n### Requirement 2"),
        ),
        (
            Requirements,
            "### FR-01 – A\n- [x] **FR-01.1** a\n- [ ] **FR-01.2** b\n",
            None,
            After(1),
            "### FR-01 – A\n- [x] **FR-01.1** a\n- [ ] **FR-01.3** New\n- [ ] **FR-01.2** b\n".to_owned(),
        ),
        (
            Bugfix,
            "### Current Behavior (Defect)\r\n\r\n1.1 WHEN a THEN b\r\n\r\n1.2 WHEN c THEN d\r\n",
            None,
            After(2),
            "### Current Behavior (Defect)\r\n\r\n1.1 WHEN a THEN b\r\n\r\n1.3 New\r\n\r\n1.2 WHEN c THEN d\r\n".to_owned(),
        ),
        (
            Design,
            "## P\n\n### Property 1: A\n\nx\n\n### Property 2: B\n\ny\n",
            None,
            After(2),
            "## P\n\n### Property 1: A\n\nx\n\n### Property 3: New\n\n### Property 2: B\n\ny\n".to_owned(),
        ),
        (
            Requirements,
            "## Glossary\n\n- **A**: one\n- **B**: two\n",
            None,
            After(2),
            "## Glossary\n\n- **A**: one\n- New\n- **B**: two\n".to_owned(),
        ),
        (
            Design,
            "## D\n\n1. one\n2. two\n   - deep\n",
            None,
            After(3),
            "## D\n\n1. one\n2. two\n   - deep\n3. New\n".to_owned(),
        ),
        (
            Design,
            "## D\n\nOne\nparagraph.\n\nTwo.",
            None,
            After(2),
            "## D\n\nOne\nparagraph.\n\nNew\n\nTwo.".to_owned(),
        ),
    ] {
        assert_eq!(added(kind, source, wanted, Some(to)), expected, "{source:?}");
    }
}

#[test]
fn a_requirement_without_criteria_gets_its_first() {
    let source = "### Requirement 1: A\n\n#### Acceptance Criteria\n\n1) THE Board SHALL y\n\n### Requirement 2: B\n\nWords.\n";
    let under = Some(Under(6));
    assert_eq!(
        added_only(source, Some(Sort::Criterion), under),
        format!("{source}\n#### Acceptance Criteria\n\n1) New\n")
    );
    let source = "### Requirement 1: A\n\n#### Acceptance Criteria\n\n### Requirement 2: B\n";
    assert_eq!(
        added_only(source, None, Some(After(2))),
        "### Requirement 1: A\n\n#### Acceptance Criteria\n\n1. New\n\n### Requirement 2: B\n"
    );
}

fn added_only(source: &str, wanted: Option<Sort>, to: Option<Where>) -> String {
    let text = Text::new(source);
    let prepared = prepare(Requirements, &text, wanted, to, New::Words("New")).unwrap();
    let edit = prepared.checked_edit(Requirements, &text).unwrap();
    String::from_utf8(edit.apply(&text).bytes().to_vec()).unwrap()
}

#[test]
fn further_lines_of_a_new_item_stood_at_the_margin() {
    let criteria = "### Requirement 1: A\n\n#### Acceptance Criteria\n\n9. b\n";
    for (kind, source, wanted, words, expected) in [
        (
            Tasks,
            "- [ ] 1. a\n",
            Sort::Task,
            "b\nc",
            "- [ ] 2. b\n  c\n",
        ),
        (
            Tasks,
            "- [ ] 1. a\n",
            Sort::Task,
            "b\n- c\n  - d",
            "- [ ] 2. b\n  - c\n    - d\n",
        ),
        (
            Tasks,
            "- [ ] 1. a\n",
            Sort::Task,
            "b\n    - c\n\n  d",
            "- [ ] 2. b\n    - c\n\n  d\n",
        ),
        (
            Tasks,
            "-\t[ ] 1. a\r\n",
            Sort::Task,
            "b\nc",
            "-\t[ ] 2. b\r\n\tc\r\n",
        ),
        (
            Tasks,
            "9. [ ] a\n",
            Sort::Task,
            "b\nc",
            "10. [ ] b\n    c\n",
        ),
        (
            Requirements,
            criteria,
            Sort::Criterion,
            "c\nd",
            "10. c\n    d\n",
        ),
        (
            Requirements,
            "### Requirement 1: A\n",
            Sort::Criterion,
            "c\nd",
            "\n#### Acceptance Criteria\n\n1. c\n   d\n",
        ),
        (
            Requirements,
            criteria,
            Sort::Requirement,
            "c\nd",
            "\n### Requirement 2: c\nd\n",
        ),
    ] {
        let text = Text::new(source);
        let to = match (kind, wanted) {
            (Requirements, Sort::Criterion) => Some(Under(0)),
            _ => None,
        };
        let prepared = prepare(kind, &text, Some(wanted), to, New::Words(words)).unwrap();
        let after = prepared.checked_edit(kind, &text).unwrap().apply(&text);
        let after = String::from_utf8(after.bytes().to_vec()).unwrap();
        assert_eq!(after, format!("{source}{expected}"), "{words:?}");
    }
}

#[test]
fn a_new_task_offers_the_line_for_its_criteria_where_its_neighbours_have_one() {
    for (source, to, expected) in [
        (
            "- [ ] 1. a\n  - d\n  - _Requirements: 1.1, 2.3_\n- [ ] 2. Checkpoint\n",
            After(3),
            &["- [ ] 3. <title>", "  - _Requirements: <ids>_"][..],
        ),
        (
            "- [ ] 1. a\n\t- [ ] 1.1 b\n\t\t- _需求：1.1_ (all)\n",
            After(1),
            &["- [ ] 1.2 <title>", "\t- _需求：<ids>_ (all)"],
        ),
        // A parent says nothing of the kind, and a title is none.
        (
            "- [ ] 1. a\n  - [ ] 1.1 b\n    - _Requirements: 1.1_\n",
            After(0),
            &["- [ ] 2. <title>"],
        ),
        ("- [ ] 1. a\n", After(0), &["- [ ] 2. <title>"]),
    ] {
        let text = Text::new(source);
        let new = prepare(Tasks, &text, None, Some(to), New::Template).unwrap();
        assert_eq!(new.lines, expected, "{source:?}");
        assert!(!new.is_optional(&new.lines[0]));
        assert!(new.lines[1..].iter().all(|line| new.is_optional(line)));
    }
}

#[test]
fn on_the_title_of_a_document_its_own_items_are_made() {
    let titled = |title: &str, rest: &str| {
        format!("# {title}\n\nWords.\n\n## Introduction\n\nMore.\n{rest}")
    };
    for (kind, source, sort, at, first) in [
        (
            Requirements,
            titled(
                "R",
                "\n## Requirements\n\n### Requirement 1: A\n\n1. THE S SHALL a\n",
            ),
            Sort::Requirement,
            13,
            "### Requirement 2: <title>",
        ),
        (
            Requirements,
            titled("R", "\n## Requirements\n\n## Notes\n"),
            Sort::Requirement,
            9,
            "### Requirement 1: <title>",
        ),
        (
            Tasks,
            titled("T", "\n- [ ] 1. a\n  - d\n"),
            Sort::Task,
            10,
            "- [ ] 2. <title>",
        ),
        (Tasks, "# T\n".to_owned(), Sort::Task, 1, "- [ ] 1. <title>"),
        (Design, titled("D", "\n\n"), Sort::Block, 7, "## <title>"),
        // A bug report has sections of its own.
        (Bugfix, titled("B", ""), Sort::Block, 2, "<text>"),
    ] {
        let text = Text::new(&source[..]);
        let new = prepare(kind, &text, None, Some(After(0)), New::Template).unwrap();
        let found = (new.sort, new.at, &new.lines[0][..]);
        assert_eq!(found, (sort, at, first), "{source:?}");
        assert!(new.checked_edit(kind, &text).is_ok(), "{source:?}");
    }
}

#[test]
fn a_template_says_what_is_still_to_be_said() {
    let text = Text::new(WANTED);
    let lines = |line| {
        let prepared = prepare(Requirements, &text, None, Some(After(line)), New::Template);
        prepared.unwrap().lines.join("\n")
    };
    assert_eq!(lines(11), "3. WHEN <trigger>, THE Board SHALL <response>");
    assert_eq!(
        lines(4),
        "### Requirement 3: <title>\n\n**User Story:** As a <role>, I want <feature>, so that <benefit>\n\n#### Acceptance Criteria\n\n1. WHEN <trigger>, THE Board SHALL <response>"
    );
    let empty = prepare(Requirements, &Text::new("\n"), None, None, New::Template).unwrap();
    let read = parse(Requirements, Text::new(empty.lines.join("\n")));
    let wanted = read.wanted.unwrap();
    assert_eq!(wanted.criteria_document.criteria().len(), 1);
}

#[test]
fn what_belongs_to_an_item_goes_with_it() {
    let deep =
        "- [ ] 1. a\n  - d\n\n  ```\n  - [ ] no task\n  ```\n  - [x] 1.1 b\n    - e\n- [ ] 2. c\n";
    for (source, lines, expected) in [
        (deep, &[0][..], "- [ ] 2. c\n"),
        (
            deep,
            &[6],
            "- [ ] 1. a\n  - d\n\n  ```\n  - [ ] no task\n  ```\n- [ ] 2. c\n",
        ),
        (deep, &[0, 6], "- [ ] 2. c\n"),
        (
            deep,
            &[6, 8],
            "- [ ] 1. a\n  - d\n\n  ```\n  - [ ] no task\n  ```\n",
        ),
        (
            "# T\r\n\r\n- [ ] 1. a\r\n\r\n- [ ] 2. b",
            &[4],
            "# T\r\n\r\n- [ ] 1. a",
        ),
        (
            "# T\n\n- [ ] 1. a\n\n- [ ] 2. b\n",
            &[2],
            "# T\n\n- [ ] 2. b\n",
        ),
        ("# T\n\n- [ ] 1. a\n\n## N\n", &[2], "# T\n\n## N\n"),
        (
            "\u{feff}- [ ] 1. a\r\n- [ ] 2. b\r\n",
            &[0],
            "\u{feff}- [ ] 2. b\r\n",
        ),
        ("- [ ] 1. a", &[0], ""),
        // What the parent says behind its last sub-task stays with the parent.
        (
            "- [ ] 1. a\n  - [ ] 1.1 b\n  - [ ] 1.2 c\n  - _Requirements: 1.1_\n",
            &[2],
            "- [ ] 1. a\n  - [ ] 1.1 b\n  - _Requirements: 1.1_\n",
        ),
        (
            "- [ ] 1. a\n## N\n- [ ] 1.1 b\n",
            &[0],
            "refused: part of it is elsewhere in the file: move that first",
        ),
        (
            "<<<<<<< a\n- [ ] 1. a\n=======\n- [x] 1. a\n>>>>>>> b\n",
            &[1],
            "refused: it is inside the merge conflict on line 1: resolve that first",
        ),
    ] {
        assert_eq!(
            after(Tasks, source, Operation::Remove, lines),
            expected,
            "{source:?}"
        );
    }
    let without = after(Requirements, WANTED, Operation::Remove, &[4]);
    assert!(
        without.starts_with("# Requirements Document\n\n## Requirements\n\n### Requirement 2: B\n")
    );
}

#[test]
fn items_move_past_their_neighbours_headings_and_parents() {
    use Operation::{Down, Up};
    for (source, operation, lines, expected) in [
        (
            "- [ ] 1. a\n- [ ] 2. b\n",
            Down,
            &[0][..],
            "- [ ] 2. b\n- [ ] 1. a\n",
        ),
        (
            "- [ ] 1. a\r\n- [ ] 2. b",
            Down,
            &[0],
            "- [ ] 2. b\r\n- [ ] 1. a",
        ),
        (
            "- [ ] 1. a\r\n- [ ] 2. b",
            Up,
            &[1],
            "- [ ] 2. b\r\n- [ ] 1. a",
        ),
        (
            "\u{feff}- [ ] a\n\n- [ ] b\n- [ ] c\n",
            Down,
            &[0],
            "\u{feff}- [ ] b\n\n- [ ] a\n- [ ] c\n",
        ),
        (
            "- [ ] a\n- [ ] b\n- [ ] c\n",
            Down,
            &[0, 1],
            "- [ ] c\n- [ ] a\n- [ ] b\n",
        ),
        (
            "- [ ] a\n- [ ] b\n- [ ] c\n",
            Up,
            &[1, 2],
            "- [ ] b\n- [ ] c\n- [ ] a\n",
        ),
        (
            "- [ ] 1. a\n  - d\n  - [ ] 1.1 b\n\n    more\n- [ ] 2. c\n",
            Down,
            &[0],
            "- [ ] 2. c\n- [ ] 1. a\n  - d\n  - [ ] 1.1 b\n\n    more\n",
        ),
        // To the next parent, where the number says so.
        (
            "- [ ] 1. a\n  - [ ] 1.1 b\n- [ ] 2. c\n  - [ ] 2.1 d\n",
            Down,
            &[1],
            "- [ ] 1. a\n- [ ] 2. c\n  - [ ] 2.2 b\n  - [ ] 2.1 d\n",
        ),
        (
            "- [ ] 1. a\n- [ ] 2. c\n  - [x]* 2.1 d\n    - [ ] 2.1.1 e\n",
            Up,
            &[2],
            "- [ ] 1. a\n  - [x]* 1.1 d\n    - [ ] 1.1.1 e\n- [ ] 2. c\n",
        ),
        // Below the next heading.
        (
            "## A\n\n- [ ] 1. a\n\n## B\n\n- [ ] 2. b\n- [ ] 3. c\n",
            Down,
            &[2],
            "## A\n\n## B\n\n- [ ] 1. a\n- [ ] 2. b\n- [ ] 3. c\n",
        ),
        (
            "## A\n\n- [ ] 1. a\n\n## B\n\n- [ ] 2. b\n",
            Up,
            &[6],
            "## A\n\n- [ ] 1. a\n- [ ] 2. b\n\n## B\n",
        ),
        // Below words that head what follows; rules stay between the neighbours.
        (
            "- [ ] a\n\n**Later:**\n\n- [ ] b\n- [ ] c\n",
            Down,
            &[0],
            "**Later:**\n\n- [ ] a\n- [ ] b\n- [ ] c\n",
        ),
        (
            "- [ ] a\n\n---\n\n- [ ] b\n",
            Up,
            &[4],
            "- [ ] b\n\n---\n\n- [ ] a\n",
        ),
        (
            "- [ ] 1. a\n",
            Down,
            &[0],
            "refused: it is already the last one",
        ),
    ] {
        assert_eq!(
            after(Tasks, source, operation, lines),
            expected,
            "{source:?}"
        );
    }
    let moved = after(Requirements, WANTED, Down, &[11]);
    assert!(
        moved.ends_with("#### Acceptance Criteria\n\n2. THE Board SHALL z\n1. THE Board SHALL b\n"),
        "{moved}"
    );
    let moved = after(Requirements, WANTED, Down, &[4]);
    assert!(
        moved.ends_with("1. WHEN x, THE Board SHALL y\n2. THE Board SHALL z\n"),
        "{moved}"
    );
}

#[test]
fn numbers_of_several_items_rise_in_their_order_below_another_parent() {
    use Operation::{Down, Indent, Outdent, Place, Up};
    let two = "- [ ] 1. a\n  - [ ] 1.1 x\n    - d\n  - [ ] 1.2 y\n- [ ] 2. b\n  - [ ] 2.1 z\n";
    for (source, operation, lines, expected, renamed) in [
        (
            two,
            Outdent,
            &[1, 3][..],
            "- [ ] 1. a\n- [ ] 3. x\n  - d\n- [ ] 4. y\n- [ ] 2. b\n  - [ ] 2.1 z\n",
            &[("1.1", "3"), ("1.2", "4")][..],
        ),
        (
            two,
            Down,
            &[1, 3],
            "- [ ] 1. a\n- [ ] 2. b\n  - [ ] 2.2 x\n    - d\n  - [ ] 2.3 y\n  - [ ] 2.1 z\n",
            &[("1.1", "2.2"), ("1.2", "2.3")],
        ),
        (
            two,
            Place(Where::After(5)),
            &[1, 3],
            "- [ ] 1. a\n- [ ] 2. b\n  - [ ] 2.1 z\n  - [ ] 2.2 x\n    - d\n  - [ ] 2.3 y\n",
            &[("1.1", "2.2"), ("1.2", "2.3")],
        ),
        (
            "- [ ] 1. a\n  - [ ] 1.1 x\n- [ ] 2. b\n  - [ ] 2.9 y\n  - [ ] 2.10 z\n",
            Up,
            &[3, 4],
            "- [ ] 1. a\n  - [ ] 1.1 x\n  - [ ] 1.2 y\n  - [ ] 1.3 z\n- [ ] 2. b\n",
            &[("2.9", "1.2"), ("2.10", "1.3")],
        ),
        (
            "- [ ] 1. a\n- [ ] 2. b\n  - [ ] 2.1 c\n- [ ] 3. d\n",
            Indent,
            &[1, 3],
            "- [ ] 1. a\n  - [ ] 1.1 b\n    - [ ] 1.1.1 c\n  - [ ] 1.2 d\n",
            &[("2", "1.1"), ("2.1", "1.1.1"), ("3", "1.2")],
        ),
    ] {
        assert_eq!(after(Tasks, source, operation, lines), expected);
        let outcome = operation.apply(Tasks, &Text::new(source), lines).unwrap();
        let pair = |(old, new): &(&str, &str)| (old.to_string(), new.to_string());
        let renamed: Vec<_> = renamed.iter().map(pair).collect();
        assert_eq!(outcome.renamed, renamed, "{source:?}");
    }
}

#[test]
fn items_change_their_level_with_their_number() {
    use Operation::{Indent, Outdent};
    for (source, operation, lines, expected) in [
        (
            "- [ ] 1. a\n- [x] 2. b\n  - d\n- [ ] 3. c\n",
            Indent,
            &[1][..],
            "- [ ] 1. a\n  - [x] 1.1 b\n    - d\n- [ ] 3. c\n",
        ),
        (
            "- [ ] 1. a\n  - [ ] 1.1 x\n- [ ] 2. b\n  - [ ] 2.1 c\n",
            Indent,
            &[2],
            "- [ ] 1. a\n  - [ ] 1.1 x\n  - [ ] 1.2 b\n    - [ ] 1.2.1 c\n",
        ),
        (
            "- [ ] 1. a\r\n  - [ ]* 1.1 b\r\n    - d\r\n  - [ ] 1.2 c",
            Outdent,
            &[1],
            "- [ ] 1. a\r\n  - [ ] 1.2 c\r\n- [ ]* 2. b\r\n  - d",
        ),
        (
            "- [ ] a\n- [ ] b\n- [ ] c\n",
            Indent,
            &[1, 2],
            "- [ ] a\n  - [ ] b\n  - [ ] c\n",
        ),
        (
            "- [ ] a\n\t- [ ] b\n\t- [ ] c\n",
            Outdent,
            &[1, 2],
            "- [ ] a\n- [ ] b\n- [ ] c\n",
        ),
        (
            "- [ ] 1. a\n- [ ] 1.1 b\n- [ ] 2. c\n",
            Indent,
            &[2],
            "- [ ] 1. a\n- [ ] 1.1 b\n- [ ] 1.2 c\n",
        ),
        (
            "- [ ] 1. a\n",
            Indent,
            &[0],
            "refused: there is nothing above that it could go under",
        ),
        (
            "- [ ] 1. a\n",
            Outdent,
            &[0],
            "refused: it is already at the top level",
        ),
    ] {
        assert_eq!(
            after(Tasks, source, operation, lines),
            expected,
            "{source:?}"
        );
    }
    assert_eq!(
        after(Requirements, WANTED, Indent, &[11]),
        "refused: only tasks and list items have levels"
    );
}

#[test]
fn items_go_beside_others_that_are_named() {
    let source = "- [ ] 1. a\n  - [ ] 1.1 b\n- [ ] 2. c\n- [ ] 3. d\n";
    for (line, to, expected) in [
        (
            3,
            Before(0),
            "- [ ] 3. d\n- [ ] 1. a\n  - [ ] 1.1 b\n- [ ] 2. c\n",
        ),
        (
            0,
            After(3),
            "- [ ] 2. c\n- [ ] 3. d\n- [ ] 1. a\n  - [ ] 1.1 b\n",
        ),
        (
            3,
            Under(0),
            "- [ ] 1. a\n  - [ ] 1.1 b\n  - [ ] 1.2 d\n- [ ] 2. c\n",
        ),
        (0, Under(1), "refused: it cannot be moved below itself"),
        (0, After(0), "refused: it cannot be moved next to itself"),
    ] {
        assert_eq!(
            after(Tasks, source, Operation::Place(to), &[line]),
            expected
        );
    }
}

#[test]
fn a_criterion_goes_to_another_requirement_also_where_that_has_none() {
    use Operation::{Down, Place, Up};
    let heading = "#### Acceptance Criteria\n\n";
    let plain = format!("### Requirement 1: A\n\n{heading}1. THE S SHALL a\n2. THE S SHALL b\n\n");
    let second = "### Requirement 2: B\n\nWords.\n";
    for (source, operation, line, expected) in [
        (
            format!("{plain}{second}\n{heading}1. THE S SHALL c\n"),
            Place(Under(7)),
            4,
            format!(
                "### Requirement 1: A\n\n{heading}2. THE S SHALL b\n\n{second}\n{heading}1. THE S SHALL c\n2. THE S SHALL a\n"
            ),
        ),
        (
            format!("{plain}{second}"),
            Place(Under(7)),
            5,
            format!(
                "### Requirement 1: A\n\n{heading}1. THE S SHALL a\n\n{second}\n{heading}1. THE S SHALL b\n"
            ),
        ),
        (
            format!("{plain}{second}"),
            Down,
            5,
            format!(
                "### Requirement 1: A\n\n{heading}1. THE S SHALL a\n\n{second}\n{heading}1. THE S SHALL b\n"
            ),
        ),
        (
            format!("### Requirement 1: A\n\n### Requirement 2: B\n\n{heading}1. THE S SHALL a"),
            Up,
            6,
            format!("### Requirement 1: A\n\n{heading}1. THE S SHALL a\n\n### Requirement 2: B\n\n#### Acceptance Criteria"),
        ),
        (
            "### FR-01 – A\n- **FR-01.1** a\n- **FR-01.2** b\n\n### FR-02 – B\n".to_owned(),
            Place(Under(4)),
            2,
            "### FR-01 – A\n- **FR-01.1** a\n\n### FR-02 – B\n\n#### Acceptance Criteria\n\n- **FR-02.1** b\n".to_owned(),
        ),
        (
            format!("{plain}{second}"),
            Place(Under(6)),
            4,
            "refused: it can only be moved among items of its kind".to_owned(),
        ),
    ] {
        assert_eq!(after(Requirements, &source, operation, &[line]), expected);
    }
}

#[test]
fn tasks_are_joined_and_split_at_a_detail() {
    let cases: &[(&str, Operation, &str, &str)] = &[
        (
            "- [ ] 1. a\n  - one\n  - _Requirements: 1.1_\n- [ ] 2. b\n  - two\n- [ ] 3. c\n",
            Operation::Join,
            "1. a",
            "- [ ] 1. a\n  - one\n  - _Requirements: 1.1_\n  - b\n  - two\n- [ ] 3. c\n",
        ),
        (
            "- [ ] 1. a\r\n\r\n  - [ ] 1.1 x\r\n\r\n- [ ] 2. b\r\n\r\n  - [ ] 2.1 y\r\n    - two\r\n\r\n- [ ] 3. c",
            Operation::Join,
            "1. a",
            "- [ ] 1. a\r\n  - b\r\n\r\n  - [ ] 1.1 x\r\n\r\n  - [ ] 1.2 y\r\n    - two\r\n\r\n- [ ] 3. c",
        ),
        (
            "- [ ] a\n- [ ] b\n",
            Operation::Join,
            "] a",
            "- [ ] a\n  - b\n",
        ),
        (
            "- [x] 1. a\n- [ ] 2. b\n",
            Operation::Join,
            "1. a",
            "only one of the two is done: give both the same state first",
        ),
        (
            "- [ ] 1. a\n",
            Operation::Join,
            "1. a",
            "no task stands behind it",
        ),
        (
            "- [ ] 1. a\n\n## Phase 2\n\n- [ ] 2. b\n",
            Operation::Join,
            "1. a",
            "something stands between it and the next one: move that first",
        ),
        (
            "- [x] 1. a\n  - one\n  - **two**\n    - deep\n  - three\n  - _Requirements: 1.1_\n- [ ] 2. c\n",
            Operation::Split,
            "two",
            "- [x] 1. a\n  - one\n  - _Requirements: 1.1_\n- [x] 3. **two**\n  - deep\n  - three\n  - _Requirements: 1.1_\n- [ ] 2. c\n",
        ),
        (
            "- [ ] 1. a\n\t- one\n\t- two\n\t- [ ] 1.1 x\n\n- [ ] 2. c\n",
            Operation::Split,
            "- one",
            "- [ ] 1. a\n\t- [ ] 1.1 x\n\n- [ ] 3. one\n\t- two\n\n- [ ] 2. c\n",
        ),
        (
            "- [ ] a\n  1. one\n  2. two",
            Operation::Split,
            "2. two",
            "- [ ] a\n  1. one\n- [ ] two",
        ),
        (
            "- [ ] 1. a\n  - _Requirements: 1.1_\n",
            Operation::Split,
            "Requirements",
            "a label is no title of a task",
        ),
        (
            "- [ ] 1. a\n  - one\n",
            Operation::Split,
            "1. a",
            "put the cursor on the detail that the second task begins with: l opens them",
        ),
    ];
    for (source, operation, words, expected) in cases {
        let text = Text::new(*source);
        let line = source.lines().position(|line| line.contains(words));
        let outcome = operation.apply(DocumentKind::Tasks, &text, &[line.unwrap()]);
        let after = match outcome {
            Ok(outcome) => {
                let after = outcome.edit.apply(&text);
                assert_eq!(outcome.edit.invert(&text).apply(&after), text);
                String::from_utf8(after.bytes().to_vec()).unwrap()
            }
            Err(refused) => refused.reason,
        };
        assert_eq!(&after, expected, "{source:?}");
    }
}

#[test]
fn a_detail_is_an_item_of_its_own() {
    let source =
        "- [ ] 1. a\n  - one\n    more\n  - two\n    - deep\n  - [ ] 1.1 b\n    1. x\n    2. y\n";
    for (words, operation, expected) in [
        (
            "one",
            Operation::Remove,
            source.replace("  - one\n    more\n", ""),
        ),
        (
            "two",
            Operation::Remove,
            source.replace("  - two\n    - deep\n", ""),
        ),
        (
            "deep",
            Operation::Remove,
            source.replace("    - deep\n", ""),
        ),
        ("y", Operation::Remove, source.replace("    2. y\n", "")),
        (
            "1.1 b",
            Operation::Remove,
            source[..source.find("  - [ ] 1.1").unwrap()].to_owned(),
        ),
        (
            "two",
            Operation::Up,
            source.replace(
                "  - one\n    more\n  - two\n    - deep\n",
                "  - two\n    - deep\n  - one\n    more\n",
            ),
        ),
    ] {
        let text = Text::new(source);
        let line = source
            .lines()
            .position(|line| line.contains(words))
            .unwrap();
        let outcome = operation
            .apply(DocumentKind::Tasks, &text, &[line])
            .unwrap();
        assert_eq!(outcome.edit.apply(&text), Text::new(expected), "{words}");
    }
    let text = Text::new(source);
    let down = Operation::Down.apply(DocumentKind::Tasks, &text, &[3]);
    assert_eq!(down.unwrap_err().reason, "it is already the last one");
}

#[test]
fn what_stands_in_a_design_is_made_moved_and_deleted_by_its_kind() {
    let source = "# Design\n\n## Glossary\n\n- **A**: one\n- **B**: two\n\nFirst.\n\nSecond\nline.\n\n| a | b |\n|---|---|\n| 1 | x |\n| 2 | y |\n| 3 | z |\n\n1. One\n2. Two\n";
    let cases: &[(&str, Operation, &str, &str)] = &[
        ("2 | y", Operation::Remove, "| 2 | y |\n", ""),
        (
            "2 | y",
            Operation::Up,
            "| 1 | x |\n| 2 | y |\n",
            "| 2 | y |\n| 1 | x |\n",
        ),
        (
            "2 | y",
            Operation::Down,
            "| 2 | y |\n| 3 | z |\n",
            "| 3 | z |\n| 2 | y |\n",
        ),
        (
            "**A**",
            Operation::Down,
            "- **A**: one\n- **B**: two\n",
            "- **B**: two\n- **A**: one\n",
        ),
        ("**B**", Operation::Remove, "- **B**: two\n", ""),
        (
            "First",
            Operation::Down,
            "First.\n\nSecond\nline.\n",
            "Second\nline.\n\nFirst.\n",
        ),
        ("Second", Operation::Remove, "Second\nline.\n\n", ""),
        ("1. One", Operation::Remove, "1. One\n", ""),
    ];
    let text = Text::new(source);
    let line = |words: &str| {
        source
            .lines()
            .position(|line| line.contains(words))
            .unwrap()
    };
    for (words, operation, from, to) in cases {
        let outcome = operation.apply(DocumentKind::Design, &text, &[line(words)]);
        let after = outcome.unwrap_or_else(|refused| panic!("{words} {operation:?}: {refused}"));
        let expected = source.replace(from, to);
        assert_eq!(
            after.edit.apply(&text),
            Text::new(expected),
            "{words} {operation:?}"
        );
    }
    for (words, operation, reason) in [
        (
            "| a | b",
            Operation::Remove,
            "the head of a table stays: delete its rows, or edit it in place",
        ),
        (
            "|---",
            Operation::Remove,
            "the head of a table stays: delete its rows, or edit it in place",
        ),
        ("1 | x", Operation::Up, "it is already the first one"),
        ("3 | z", Operation::Down, "it is already the last one"),
        (
            "2 | y",
            Operation::Indent,
            "only tasks and list items have levels",
        ),
    ] {
        let refused = operation.apply(DocumentKind::Design, &text, &[line(words)]);
        assert_eq!(refused.map(|_| ()).unwrap_err().reason, reason, "{words}");
    }
    for (words, to, new) in [
        (
            "2 | y",
            Where::After as fn(usize) -> Where,
            "| 2 | y |\n| <a> | <b> |\n",
        ),
        ("2 | y", Where::Before, "| <a> | <b> |\n| 2 | y |\n"),
        ("|---", Where::After, "|---|---|\n| <a> | <b> |\n"),
        (
            "**A**",
            Where::After,
            "- **A**: one\n- **<term>**: <meaning>\n",
        ),
        ("First", Where::After, "First.\n\n<text>\n"),
    ] {
        let at = Some(to(line(words)));
        let new_item = prepare(DocumentKind::Design, &text, None, at, New::Template).unwrap();
        let edit = new_item.checked_edit(DocumentKind::Design, &text).unwrap();
        let after = edit.apply(&text);
        let after = String::from_utf8(after.bytes().to_vec()).unwrap();
        assert!(after.contains(new), "{words}: {after}");
    }
}
