//! Numbers anew in every form, and what names them.

use super::*;
use crate::store::DocumentKind;

fn contents(requirements: &str, design: &str, tasks: &str) -> Contents {
    Contents::of(
        Some(Parsed::of_source(DocumentKind::Tasks, tasks)),
        Some(Parsed::of_source(DocumentKind::Requirements, requirements)),
        Some(Parsed::of_source(DocumentKind::Design, design)),
    )
}

/// Numbers anew, and returns the documents in order: requirements, design, tasks.
fn numbered(what: Numbered, sources: [&str; 3]) -> Result<[String; 3], Refused> {
    let [requirements, design, tasks] = sources;
    let before = contents(requirements, design, tasks);
    let changes = renumber(&before, what)?;
    let after = all_after(&before, &changes);
    let text = |parsed: &Option<Parsed>| {
        let bytes = parsed.as_ref().unwrap().text.bytes().to_vec();
        String::from_utf8(bytes).unwrap()
    };
    Ok([
        text(&after.criteria),
        text(&after.designed),
        text(&after.list),
    ])
}

fn tasks(source: &str) -> String {
    match numbered(Numbered::Tasks, ["", "", source]) {
        Ok([_, _, tasks]) => tasks,
        Err(refused) => format!("refused: {refused}"),
    }
}

#[test]
fn tasks_count_in_their_own_form_with_what_names_them() {
    for (source, expected) in [
        (
            "- [ ] 1. a\r\n- [x] 4. n\r\n  - [ ]* 4.2 m\r\n  - [ ] 4.1 k\r\n- [ ] 2. b",
            "- [ ] 1. a\r\n- [x] 2. n\r\n  - [ ]* 2.1 m\r\n  - [ ] 2.2 k\r\n- [ ] 3. b",
        ),
        (
            "- [ ] T-001: a\n- [ ] T-005: b\n- [ ] T-003: c\n  - _Depends: T-001, T-005_\n",
            "- [ ] T-001: a\n- [ ] T-002: b\n- [ ] T-003: c\n  - _Depends: T-001, T-002_\n",
        ),
        (
            "- [ ] **Task 2**: a\n- [ ] **Task 1**: b\n- [ ] c\n",
            "- [ ] **Task 1**: a\n- [ ] **Task 2**: b\n- [ ] c\n",
        ),
        (
            "- [ ] 1. a\n- [ ] 3. b\n\n```json\n{\"waves\":[{\"id\":3,\"tasks\":[\"1\"]},{\"id\":1,\"tasks\":[\"3\"]}]}\n```\n",
            "- [ ] 1. a\n- [ ] 2. b\n\n```json\n{\"waves\":[{\"id\":3,\"tasks\":[\"1\"]},{\"id\":1,\"tasks\":[\"2\"]}]}\n```\n",
        ),
        (
            "- [ ] 1. a\n- [ ] 1. b\n",
            "refused: the number 1 appears twice: tell those apart first",
        ),
        (
            "- [ ] 7.4 a\n- [ ] 7.4b b\n",
            "refused: some numbers have letters after them: number those by hand",
        ),
        ("- [ ] a\n- [ ] b\n", "- [ ] a\n- [ ] b\n"),
    ] {
        assert_eq!(tasks(source), expected, "{source:?}");
    }
}

#[test]
fn criteria_and_requirements_count_with_every_reference() {
    let requirements = "### Requirement 1: A\n\n#### Acceptance Criteria\n\n1. THE S SHALL a\n3. THE S SHALL n\n2. THE S SHALL b\n\n### Requirement 4: N\n\n#### Acceptance Criteria\n\n1. THE S SHALL c\n\n### Requirement 2: B\n\n#### Acceptance Criteria\n\n1. THE S SHALL d\n2. THE S SHALL e\n";
    let design = "### Property 1: P\n\nx\n\n**Validates: Requirements 1.3, 4.1**\n";
    let list = "- [ ] 1. a\n  - _Requirements: 1.1, 1.2_\n- [ ] 2. b\n  - _Requirements: 2.1-2.2, Requirement 4_\n- [ ] 3. c\n  - _Requirements: R1.3, Req 2 AC 1_\n";
    let [requirements, design, list] =
        numbered(Numbered::Requirements, [requirements, design, list]).unwrap();
    assert_eq!(
        requirements,
        "### Requirement 1: A\n\n#### Acceptance Criteria\n\n1. THE S SHALL a\n2. THE S SHALL n\n3. THE S SHALL b\n\n### Requirement 2: N\n\n#### Acceptance Criteria\n\n1. THE S SHALL c\n\n### Requirement 3: B\n\n#### Acceptance Criteria\n\n1. THE S SHALL d\n2. THE S SHALL e\n"
    );
    assert!(
        design.ends_with("**Validates: Requirements 1.2, 2.1**\n"),
        "{design}"
    );
    assert_eq!(
        list,
        "- [ ] 1. a\n  - _Requirements: 1.1, 1.3_\n- [ ] 2. b\n  - _Requirements: 3.1-3.2, Requirement 2_\n- [ ] 3. c\n  - _Requirements: R1.2, Req 3 AC 1_\n"
    );
}

#[test]
fn whole_ids_count_with_their_requirement() {
    let requirements = "### FR-03: A\n- **FR-03.1** THE S SHALL a\n- **FR-03.4** THE S SHALL b\n### FR-05: B\n- **FR-05.1** THE S SHALL c\n";
    let list = "- [ ] 1. a\n  - _Requirements: FR-03.4, FR-05_\n";
    let [requirements, _, list] =
        numbered(Numbered::Requirements, [requirements, "", list]).unwrap();
    assert_eq!(
        requirements,
        "### FR-03: A\n- **FR-03.1** THE S SHALL a\n- **FR-03.2** THE S SHALL b\n### FR-04: B\n- **FR-04.1** THE S SHALL c\n"
    );
    assert!(list.ends_with("_Requirements: FR-03.2, FR-04_\n"), "{list}");
}

#[test]
fn a_reference_that_would_name_something_else_stops_it() {
    let requirements =
        "### Requirement 1: A\n\n1. THE S SHALL a\n3. THE S SHALL n\n2. THE S SHALL b\n";
    for body in ["1.1-1.2", "1.4"] {
        let list = format!("- [ ] 1. a\n  - _Requirements: {body}_\n");
        let refused = numbered(Numbered::Criteria, [requirements, "", &list]);
        assert_eq!(refused.is_err(), body == "1.1-1.2", "{body}: {refused:?}");
    }
}

#[test]
fn properties_count_with_the_tasks_that_speak_of_them() {
    let design = "### Property 1: A\n\nx\n\n### Property 4: N\n\nz\n\n### Property 2: B\n\ny\n";
    let list = "- [ ] 1. a\n  - **Property 2: B**\n- [ ] 2. b\n  - **Property 4: N**\n";
    let [_, design, list] = numbered(Numbered::Properties, ["", design, list]).unwrap();
    assert_eq!(
        design,
        "### Property 1: A\n\nx\n\n### Property 2: N\n\nz\n\n### Property 3: B\n\ny\n"
    );
    assert_eq!(
        list,
        "- [ ] 1. a\n  - **Property 3: B**\n- [ ] 2. b\n  - **Property 2: N**\n"
    );
}

#[test]
fn everything_counts_at_once() {
    let requirements = "### Requirement 2: A\n\n1. THE S SHALL a\n3. THE S SHALL b\n";
    let list = "- [ ] 1. a\n  - _Requirements: 2.3_\n- [ ] 3. b\n";
    let [requirements, _, list] = numbered(Numbered::All, [requirements, "", list]).unwrap();
    assert!(
        requirements.ends_with("2. THE S SHALL b\n"),
        "{requirements}"
    );
    assert_eq!(list, "- [ ] 1. a\n  - _Requirements: 2.2_\n- [ ] 2. b\n");
}
