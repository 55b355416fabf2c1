//! What the finder offers, meets and chooses.

use super::*;
use crate::model::{Pane, Position, TraceSection};
use crate::spec::parsed::Parsed;
use crate::store::DocumentKind;

const REQUIREMENTS: &str = "# Requirements\n\n### Requirement 1: Session Security\n\n#### Acceptance \
    Criteria\n\n1. WHEN a session ends, THE System SHALL forget it\n2. THE System SHALL log\n";
const TASKS: &str = "# Plan\n\n- [ ] 1. Store sessions\n- [x] 2. Протокол входа\n";

fn entries(kind: DocumentKind, source: &str) -> Vec<FinderEntry> {
    let mut parsed = Parsed::of_source(kind, source);
    parsed.file.path = match kind {
        DocumentKind::Tasks => "auth/tasks.md".into(),
        _ => "auth/requirements.md".into(),
    };
    FinderEntry::of_document(&Path::new("auth").into(), "auth", &parsed)
}

fn finder() -> Finder {
    let mut all = entries(DocumentKind::Requirements, REQUIREMENTS);
    all.extend(entries(DocumentKind::Tasks, TASKS));
    Finder::new(Prompt::default(), all, Vec::new())
}

/// Types a line and draws what is met: letter, number and words.
fn met(finder: &mut Finder, typed: &str) -> Vec<String> {
    finder.prompt.set(typed);
    finder.refine();
    let draw = |entry: &FinderEntry| {
        let (letter, _) = entry.kind.words();
        [letter, entry.label(), entry.words()].join(" ")
    };
    finder.found().map(draw).collect()
}

#[test]
fn everything_with_a_name_is_offered_once() {
    assert_eq!(
        met(&mut finder(), ""),
        [
            "R 1 Session Security",
            "C 1.1 WHEN a session ends, THE System SHALL forget it",
            "C 1.2 THE System SHALL log",
            "H  Requirements",
            "H  Acceptance Criteria",
            "T 1 Store sessions",
            "T 2 Протокол входа",
            "H  Plan",
        ]
    );
}

#[test]
fn words_and_numbers_and_specs_are_met() {
    let mut finder = finder();
    for (typed, expected) in [
        ("store", "T 1 Store sessions"),
        ("1.2", "C 1.2 THE System SHALL log"),
        (
            "forget",
            "C 1.1 WHEN a session ends, THE System SHALL forget it",
        ),
        ("протокол", "T 2 Протокол входа"),
        ("auth sessec", "R 1 Session Security"),
    ] {
        assert_eq!(met(&mut finder, typed)[0], expected, "{typed}");
    }
    assert!(met(&mut finder, "zebra").is_empty());
    assert_eq!(finder.chosen(), None);
}

#[test]
fn the_letters_that_are_met_are_told_by_their_place() {
    let mut finder = finder();
    finder.prompt.set("'store");
    finder.refine();
    let entry = finder.chosen().unwrap().clone();
    assert_eq!(entry.haystack(), "1 Store sessions auth");
    assert_eq!(finder.met(&entry), [2, 3, 4, 5, 6]);
}

#[test]
fn tab_goes_round_the_kinds_of_which_something_is_met() {
    let mut finder = finder();
    met(&mut finder, "session");
    let mut kinds = Vec::new();
    for _ in 0..4 {
        finder.narrow(1);
        kinds.push(finder.kind);
    }
    let round = [
        Some(EntryKind::Requirement),
        Some(EntryKind::Criterion),
        Some(EntryKind::Task),
        None,
    ];
    assert_eq!(kinds, round);
    finder.narrow(-1);
    assert_eq!(finder.kind, Some(EntryKind::Task));
    assert_eq!(finder.count(), 2);
}

#[test]
fn the_last_places_come_first_before_something_is_typed() {
    let jump = |pane, line| Jump {
        feature: "auth".into(),
        pane,
        section: TraceSection::default(),
        position: Position::at(line),
        part: 0,
        height: 0,
        file: None,
    };
    let mut finder = finder();
    finder.recent = vec![jump(Pane::Tasks, 3), jump(Pane::Requirements, 6)];
    let shown = met(&mut finder, "");
    assert_eq!(
        shown[..2],
        [
            "T 2 Протокол входа".to_owned(),
            "C 1.1 WHEN a session ends, THE System SHALL forget it".to_owned()
        ]
    );
    assert_eq!(shown.len(), 8);
}

#[test]
fn what_is_chosen_stays_chosen_while_others_come() {
    let mut finder = finder();
    met(&mut finder, "'store");
    let chosen = finder.chosen().unwrap().place.clone();
    let mut other = Parsed::of_source(DocumentKind::Tasks, "- [ ] 1. Store\n- [ ] 2. Restore\n");
    other.file.path = "b/tasks.md".into();
    let others = FinderEntry::of_document(&Path::new("b").into(), "b", &other);
    finder.take(&["b".into()], others);
    assert_eq!(finder.matched(), 3);
    assert_eq!(finder.chosen().unwrap().place, chosen);
    // Read again, a spec has no entry twice.
    finder.take(
        &["b".into()],
        FinderEntry::of_document(&Path::new("b").into(), "b", &other),
    );
    assert_eq!(finder.matched(), 3);
}

#[test]
fn the_choice_stays_among_the_matches() {
    let mut finder = finder();
    met(&mut finder, "session");
    finder.step(100);
    assert_eq!(finder.at + 1, finder.matched());
    finder.step(-100);
    assert_eq!(finder.at, 0);
}
