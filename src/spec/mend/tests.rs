//! Names of what is gone, in every form in which they are written.

use super::*;
use crate::spec::structure::{Operation, Where};
use crate::store::DocumentKind;

const REQUIREMENTS: &str = "### Requirement 1: A\n\n#### Acceptance Criteria\n\n1. THE S SHALL a\n2. THE S SHALL b\n3. THE S SHALL c\n\n### Requirement 2: B\n\n#### Acceptance Criteria\n\n1. THE S SHALL d\n";

fn contents([requirements, design, tasks]: [&str; 3]) -> Contents {
    Contents::of(
        Some(Parsed::of_source(DocumentKind::Tasks, tasks)),
        Some(Parsed::of_source(DocumentKind::Requirements, requirements)),
        Some(Parsed::of_source(DocumentKind::Design, design)),
    )
}

fn source(text: &Text) -> String {
    String::from_utf8(text.bytes().to_vec()).unwrap()
}

/// Carries out an operation on the line that holds some words of the requirements or else of the
/// tasks, mends what it leaves, and returns design and tasks.
fn mended(sources: [&str; 3], operation: Operation, words: &str) -> [String; 2] {
    let before = contents(sources);
    let line = |source: &str| source.lines().position(|line| line.contains(words));
    let [requirements, design, tasks] = sources;
    let (after, renamed) = match line(requirements) {
        Some(line) => {
            let text = Text::new(requirements);
            let kind = DocumentKind::Requirements;
            let outcome = operation.apply(kind, &text, &[line]).unwrap();
            let now = source(&outcome.edit.apply(&text));
            (contents([&now, design, tasks]), outcome.renamed)
        }
        None => {
            let text = Text::new(tasks);
            let line = line(tasks).unwrap();
            let outcome = operation
                .apply(DocumentKind::Tasks, &text, &[line])
                .unwrap();
            let now = source(&outcome.edit.apply(&text));
            (contents([requirements, design, &now]), outcome.renamed)
        }
    };
    let loss = Loss::between(&before, &after, &renamed);
    let after = all_after(&after, &mend(&after, &loss).edits);
    [after.designed, after.list].map(|parsed| source(&parsed.unwrap().text))
}

#[test]
fn what_has_the_digits_of_something_that_is_gone_keeps_its_name() {
    let requirements =
        "## Requirements\n\n### US-1: A\n\n1. THE S SHALL a\n\n### AC-1: B\n\n1. THE S SHALL b\n";
    let tasks = "- [ ] 1. x\n  - _Requirements: AC-1, US-1_\n";
    let [_, now] = mended([requirements, "", tasks], Operation::Remove, "US-1");
    assert_eq!(now, "- [ ] 1. x\n  - _Requirements: AC-1_\n");
}

#[test]
fn references_to_a_criterion_that_is_gone_are_taken_out() {
    for (field, expected) in [
        (
            "  - _Requirements: 1.1, 1.2, 1.3_\n",
            "  - _Requirements: 1.1, 1.3_\n",
        ),
        (
            "  - _Requirements: 1.2, 1.3_\r\n",
            "  - _Requirements: 1.3_\r\n",
        ),
        (
            "  - _Requirements: 1.3, 1.2_\n",
            "  - _Requirements: 1.3_\n",
        ),
        (
            "  - _Requirements: 1.3, 1.2 (both)_\n",
            "  - _Requirements: 1.3_\n",
        ),
        ("  - _需求：1.1、1.2_\n", "  - _需求：1.1_\n"),
        ("  - _Requirements: R1.2, R2_\n", "  - _Requirements: R2_\n"),
        ("  - _Requirements: 1.2_\n  - more\n", "  - more\n"),
        ("  - more\n  - _Requirements: 1.2_\n", "  - more\n"),
        ("  - _Requirements: 1.2-1.3_\n", "  - _Requirements: 1.3_\n"),
        ("  - _Requirements: 1.1-1.2_\n", "  - _Requirements: 1.1_\n"),
        (
            "  - _Requirements: 1.1-1.3_\n",
            "  - _Requirements: 1.1-1.3_\n",
        ),
        // What cannot be taken out alone stays.
        (
            "  - _Requirements: see 1.2 and the rest_\n",
            "  - _Requirements: see 1.2 and the rest_\n",
        ),
        (
            "  - _Requirements: 9.9, 1.1_\n",
            "  - _Requirements: 9.9, 1.1_\n",
        ),
    ] {
        let tasks = format!("- [ ] 1. a\n{field}- [ ] 2. b\n");
        let [_, list] = mended([REQUIREMENTS, "", &tasks], Operation::Remove, "SHALL b");
        assert_eq!(
            list,
            format!("- [ ] 1. a\n{expected}- [ ] 2. b\n"),
            "{field:?}"
        );
    }
}

#[test]
fn a_requirement_goes_with_all_that_names_it_or_its_criteria() {
    let design = "### Property 1: P\n\nx\n\n**Validates: Requirements 2.1, 1.1**\n\n### Property 2: Q\n\ny\n\n**Validates: Requirements 2.1**\n";
    let tasks = "- [ ] 1. a\n  - _Requirements: 1.1, 2, 2.1_\n- [ ] 2. b\n  - _Requirements: Requirement 2_\n- [ ] 3. c\n  - _Requirements: 2.1_";
    let [design, list] = mended(
        [REQUIREMENTS, design, tasks],
        Operation::Remove,
        "Requirement 2",
    );
    assert_eq!(
        design,
        "### Property 1: P\n\nx\n\n**Validates: Requirements 1.1**\n\n### Property 2: Q\n\ny\n"
    );
    assert_eq!(
        list,
        "- [ ] 1. a\n  - _Requirements: 1.1_\n- [ ] 2. b\n- [ ] 3. c"
    );
}

#[test]
fn references_follow_a_criterion_that_goes_elsewhere() {
    let tasks = "- [ ] 1. a\n  - _Requirements: 1.1, 1.3_\n- [ ] 2. b\n  - _Requirements: R1.3_\n";
    let to = Operation::Place(Where::After(12));
    let [_, list] = mended([REQUIREMENTS, "", tasks], to, "SHALL c");
    assert_eq!(
        list,
        "- [ ] 1. a\n  - _Requirements: 1.1, 2.2_\n- [ ] 2. b\n  - _Requirements: R2.2_\n"
    );
}

#[test]
fn criteria_that_are_counted_by_their_place_keep_their_references() {
    let requirements = "### Requirement 1: A\n\n#### Acceptance Criteria\n\n- THE S SHALL a\n- THE S SHALL b\n- THE S SHALL c\n";
    let tasks =
        "- [ ] 1. a\n  - _Requirements: 1.1, 1.3_\n- [ ] 2. b\n  - _Requirements: 1.2, 1.3_\n";
    let [_, list] = mended([requirements, "", tasks], Operation::Remove, "SHALL b");
    assert_eq!(
        list,
        "- [ ] 1. a\n  - _Requirements: 1.1, 1.2_\n- [ ] 2. b\n  - _Requirements: 1.2_\n"
    );
}

#[test]
fn waves_and_what_comes_first_follow_the_tasks() {
    let tasks = |depends: &str, waves: &str| {
        format!(
            "- [ ] 1. a\n  - [ ] 1.1 b\n  - [ ] 1.2 c\n- [ ] 2. d\n  - [ ] 2.1 e\n{depends}\n```json\n{waves}\n```\n"
        )
    };
    let before = tasks(
        "    - _Depends: 1.1, 1.2_\n",
        "{\"waves\":[{\"id\":0,\"tasks\":[\"1.1\"]},{\"id\":1,\"tasks\":[\"1.2\", \"2.1\"]}]}",
    );
    for (operation, words, depends, waves) in [
        (
            Operation::Remove,
            "1.2 c",
            "    - _Depends: 1.1_\n",
            "{\"waves\":[{\"id\":0,\"tasks\":[\"1.1\"]},{\"id\":1,\"tasks\":[\"2.1\"]}]}",
        ),
        (
            Operation::Down,
            "1.2 c",
            "    - _Depends: 1.1, 2.2_\n",
            "{\"waves\":[{\"id\":0,\"tasks\":[\"1.1\"]},{\"id\":1,\"tasks\":[\"2.2\", \"2.1\"]}]}",
        ),
        (
            Operation::Remove,
            "1. a",
            "",
            "{\"waves\":[{\"id\":0,\"tasks\":[]},{\"id\":1,\"tasks\":[\"2.1\"]}]}",
        ),
    ] {
        let [_, list] = mended(["", "", &before], operation, words);
        let after = tasks(depends, waves);
        let below = |text: &str| text[text.find("2.1 e").unwrap()..].to_owned();
        assert_eq!(below(&list), below(&after), "{words}");
    }
}

#[test]
fn lists_over_several_lines_keep_their_form() {
    let list = "- [ ] 1. a\n- [ ] 2. b\n- [ ] 3. c\n\n```json\n{\n  \"waves\": [\n    {\n      \"id\": 0,\n      \"tasks\": [\n        \"1\",\n        \"2\",\n        \"3\"\n      ]\n    }\n  ]\n}\n```\n";
    for (words, gone) in [
        ("1. a", "        \"1\",\n"),
        ("2. b", "        \"2\",\n"),
        ("3. c", ",\n        \"3\""),
    ] {
        let [_, after] = mended(["", "", list], Operation::Remove, words);
        let line = list.lines().find(|line| line.ends_with(words)).unwrap();
        let expected = list.replace(&format!("{line}\n"), "").replace(gone, "");
        assert_eq!(after, expected, "{words}");
    }
}

#[test]
fn nothing_is_mended_where_nothing_is_lost() {
    let tasks = "- [ ] 1. a\n  - _Requirements: 1.1, 9.9_\n- [ ] 2. b\n";
    let [_, list] = mended([REQUIREMENTS, "", tasks], Operation::Down, "1. a");
    assert!(list.contains("_Requirements: 1.1, 9.9_"));
    let before = contents([REQUIREMENTS, "", tasks]);
    assert!(Loss::between(&before, &before, &[]).is_empty());
}
