//! The laws of the merge on random texts, and cases as tables.

use super::*;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// The parts of `- [x] words`: what is before the marker, the marker, what is behind it.
fn marker(line: &[u8]) -> Vec<usize> {
    match line.iter().position(|byte| *byte == b'[') {
        Some(at) if line.get(at + 2) == Some(&b']') => vec![at + 1, at + 2],
        _ => Vec::new(),
    }
}

fn merged(base: &Text, ours: &Text, theirs: &Text) -> Result<Text, Box<Conflict>> {
    merge(base, ours, theirs, marker).map(|edit| edit.apply(base))
}

/// Merges and draws what comes out; a conflict as what the sides have at each place.
fn drawn(base: &str, ours: &str, theirs: &str) -> String {
    let texts = [base, ours, theirs].map(Text::new);
    let [base, ours, theirs] = &texts;
    match merged(base, ours, theirs) {
        Ok(merged) => merged.lossy(Span::new(0, merged.len())).into_owned(),
        Err(conflict) => {
            let place = |place: &Place| {
                let [base, ours, theirs] = [
                    (base, place.base),
                    (ours, place.ours),
                    (theirs, place.theirs),
                ]
                .map(|(text, span)| text.lossy(span));
                format!("{base:?}: {ours:?} or {theirs:?}")
            };
            conflict
                .places()
                .iter()
                .map(place)
                .collect::<Vec<_>>()
                .join("; ")
        }
    }
}

#[test]
fn changes_beside_each_other_go_together() {
    for (base, ours, theirs, expected) in [
        // Ticks on neighbouring lines.
        (
            "- [ ] a\n- [ ] b\n",
            "- [x] a\n- [ ] b\n",
            "- [ ] a\n- [x] b\n",
            "- [x] a\n- [x] b\n",
        ),
        // A tick beside a retyped title.
        ("- [ ] a b\n", "- [x] a b\n", "- [ ] else\n", "- [x] else\n"),
        // An insertion beside a change.
        ("a\nb\nc\n", "a\nnew\nb\nc\n", "a\nB\nc\n", "a\nnew\nB\nc\n"),
        ("a\nb\n", "a\nb\nnew\n", "a\nB\n", "a\nB\nnew\n"),
        // The same change twice.
        ("a\nb\n", "a\nB\n", "a\nB\n", "a\nB\n"),
        ("a\nb\nc\n", "A\nb\nC\n", "A\nb\nc\n", "A\nb\nC\n"),
        ("a\nb\n", "b\n", "b\n", "b\n"),
        // A tick beside a line that is gone.
        (
            "- [ ] a\n- [ ] b\n",
            "- [x] a\n- [ ] b\n",
            "- [ ] a\n",
            "- [x] a\n",
        ),
        // Two insertions at one place: both, in an order that does not depend on whose is whose.
        ("a\nb\n", "a\n1\nb\n", "a\n2\nb\n", "a\n1\n2\nb\n"),
        ("a\nb\n", "a\n2\nb\n", "a\n1\nb\n", "a\n1\n2\nb\n"),
        ("a\n", "a\n1\n", "a\n1\n2\n", "a\n1\n2\n"),
        ("a\n", "a\n2\n", "a\n1\n2\n", "a\n1\n2\n"),
        // Each in one piece.
        (
            "",
            "- 2\n  - r\n",
            "- 1\n  - r\n",
            "- 1\n  - r\n- 2\n  - r\n",
        ),
        // Lines that came at the end of a text without a final newline.
        ("a", "a\nb", "a\nc", "a\nb\nc"),
        ("a\r\n", "a", "a\r\nb\r\n", "a\r\nb\r\n"),
        ("a\nb\n", "a\nb", "a\n", "a\n"),
        // Line ends are converted beside a change.
        ("a\nb\n", "a\r\nb\r\n", "a\nB\n", "a\r\nB\r\n"),
        ("\u{feff}a\nb\n", "a\nb\n", "\u{feff}a\nB\n", "a\nB\n"),
    ] {
        assert_eq!(
            drawn(base, ours, theirs),
            expected,
            "{base:?} {ours:?} {theirs:?}"
        );
        assert_eq!(
            drawn(base, theirs, ours),
            expected,
            "{base:?} {theirs:?} {ours:?}"
        );
    }
}

#[test]
fn a_changed_line_end_is_lost_beside_no_change_of_the_other_side() {
    let base = "- [ ] a\n- [ ] b\n";
    for (ours, theirs, expected) in [
        // A tick of the same line, and of the next one.
        (
            "- [x] a\n- [ ] b\n",
            "- [ ] a\r\n- [ ] b\n",
            "- [x] a\r\n- [ ] b\n",
        ),
        (
            "- [x] a\n- [ ] b\n",
            "- [ ] a\n- [ ] b\r\n",
            "- [x] a\n- [ ] b\r\n",
        ),
        (
            "- [x] a\n- [ ] b\n",
            "- [ ] a\r\n- [ ] b\r\n",
            "- [x] a\r\n- [ ] b\r\n",
        ),
        // Other words, one line or several, in the place of the line.
        (
            "Else\n- [ ] b\n",
            "- [ ] a\r\n- [ ] b\n",
            "Else\r\n- [ ] b\n",
        ),
        (
            "Else\nMore\n- [ ] b\n",
            "- [ ] a\r\n- [ ] b\n",
            "Else\r\nMore\r\n- [ ] b\n",
        ),
        // New lines behind it, before it and at the end.
        (
            "- [ ] a\nnew\n- [ ] b\n",
            "- [ ] a\r\n- [ ] b\n",
            "- [ ] a\r\nnew\r\n- [ ] b\n",
        ),
        (
            "new\n- [ ] a\n- [ ] b\n",
            "- [ ] a\r\n- [ ] b\n",
            "new\r\n- [ ] a\r\n- [ ] b\n",
        ),
        (
            "- [ ] a\n- [ ] b\nnew\n",
            "- [ ] a\r\n- [ ] b\r\n",
            "- [ ] a\r\n- [ ] b\r\nnew\r\n",
        ),
        // A line that is gone ends in no way.
        ("- [ ] b\n", "- [ ] a\r\n- [ ] b\n", "- [ ] b\n"),
        // Where both changed how it ends, both are to be seen; a newline at all is no reason.
        (
            "- [ ] a\n- [x] b",
            "- [ ] a\n- [ ] b\r\n",
            "- [ ] a\n- [x] b\r\n",
        ),
        (
            "- [x] a\r\n- [ ] b\n",
            "- [ ] a\r- [ ] b\n",
            "\"- [ ] a\\n\": \"- [x] a\\r\\n\" or \"- [ ] a\\r\"",
        ),
    ] {
        assert_eq!(drawn(base, ours, theirs), expected, "{ours:?} {theirs:?}");
        if !expected.contains(" or ") {
            assert_eq!(drawn(base, theirs, ours), expected, "{theirs:?} {ours:?}");
        }
    }
}

#[test]
fn the_same_part_of_the_same_line_is_a_conflict() {
    for (base, ours, theirs, expected) in [
        (
            "a\nb\nc\n",
            "a\n1\nc\n",
            "a\n2\nc\n",
            r#""b\n": "1\n" or "2\n""#,
        ),
        (
            "- [ ] a\n",
            "- [x] a\n",
            "- [-] a\n",
            r#""- [ ] a\n": "- [x] a\n" or "- [-] a\n""#,
        ),
        // A line that is gone on one side and changed on the other, with all that went with it.
        (
            "x\n- [ ] a\n  b\ny\n",
            "x\ny\n",
            "x\n- [ ] a\n  bb\ny\n",
            r#""- [ ] a\n  b\n": "" or "- [ ] a\n  bb\n""#,
        ),
        // Lines between others that are gone.
        (
            "x\n- [ ] a\n  b\ny\n",
            "x\n- [ ] a\n  new\n  b\ny\n",
            "x\ny\n",
            r#""- [ ] a\n  b\n": "- [ ] a\n  new\n  b\n" or """#,
        ),
        // Two lines in turn are one place, with others between them two.
        (
            "a\nb\n",
            "1\n2\n",
            "3\n4\n",
            r#""a\nb\n": "1\n2\n" or "3\n4\n""#,
        ),
        (
            "a\nb\nc\n",
            "1\nb\n2\n",
            "3\nb\n4\n",
            r#""a\n": "1\n" or "3\n"; "c\n": "2\n" or "4\n""#,
        ),
    ] {
        assert_eq!(
            drawn(base, ours, theirs),
            expected,
            "{base:?} {ours:?} {theirs:?}"
        );
    }
}

#[test]
fn every_place_is_resolved_by_itself() {
    let [base, ours, theirs] = [
        "- [ ] a\n- [ ] b\n- [ ] c\n",
        "- [ ] one\n- [ ] b\n- [ ] two\n",
        "- [x] un\n- [x] b\n- [ ] deux\n",
    ]
    .map(Text::new);
    let conflict = merged(&base, &ours, &theirs).unwrap_err();
    for (resolutions, expected) in [
        // What they did beside our words is kept.
        (
            [Resolution::Ours, Resolution::Theirs],
            "- [x] one\n- [x] b\n- [ ] deux\n",
        ),
        (
            [Resolution::Both, Resolution::Text(b"- [ ] drei".to_vec())],
            "- [x] one\n- [x] un\n- [x] b\n- [ ] drei",
        ),
        (
            [Resolution::Text(b"new".to_vec()), Resolution::Ours],
            "new\n- [x] b\n- [ ] two\n",
        ),
    ] {
        let resolved = conflict.resolve(&resolutions).apply(&base);
        assert_eq!(resolved, Text::new(expected), "{resolutions:?}");
    }
}

#[test]
fn a_conflict_is_written_as_git_writes_it() {
    let [base, ours, theirs] = ["a\nb\nc", "a\n1\nc", "A\n2\nc"].map(Text::new);
    let conflict = merged(&base, &ours, &theirs).unwrap_err();
    let labels = Labels {
        ours: "ours",
        theirs: "theirs",
        size: 7,
    };
    let expected = "A\n<<<<<<< ours\n1\n=======\n2\n>>>>>>> theirs\nc";
    assert_eq!(conflict.with_markers(labels), Text::new(expected));
}

/// A text and two later forms of it.
type Triple = (Text, Text, Text);

/// A small change of a list of lines.
#[derive(Clone, Debug)]
enum Change {
    Tick(usize, u8),
    Retype(usize, Vec<u8>),
    Insert(usize, Vec<u8>),
    Remove(usize, usize),
}

/// A line with its ending: a task, one of its details, a blank, a heading, any bytes.
fn line() -> impl Strategy<Value = Vec<u8>> {
    let written = prop_oneof![
        6 => "- \\[[ x~-]\\] [1-4]\\. [a-c]{1,3}( [a-c]{1,3})?",
        2 => "  - \\[[ x]\\] [1-4]\\.[1-3] [a-c]{1,3}",
        3 => "  - (detail|_Requirements: 1\\.[12]_)",
        2 => Just(String::new()),
        1 => "## [ab]",
    ];
    let content = prop_oneof![
        9 => written.prop_map(String::into_bytes),
        1 => proptest::collection::vec(any::<u8>(), 0..6),
    ];
    (
        content,
        prop_oneof![6 => Just(&b"\n"[..]), 1 => Just(&b"\r\n"[..])],
    )
        .prop_map(|(mut content, ending)| {
            content.retain(|byte| !matches!(byte, b'\n' | b'\r'));
            content.extend_from_slice(ending);
            content
        })
}

fn change() -> impl Strategy<Value = Change> {
    let at = 0usize..12;
    prop_oneof![
        3 => (at.clone(), prop::sample::select(&b" x-~"[..])).prop_map(|(at, byte)| Change::Tick(at, byte)),
        2 => (at.clone(), line()).prop_map(|(at, line)| Change::Retype(at, line)),
        2 => (at.clone(), line()).prop_map(|(at, line)| Change::Insert(at, line)),
        1 => (at, 1usize..4).prop_map(|(at, count)| Change::Remove(at, count)),
    ]
}

fn carry_out(lines: &mut Vec<Vec<u8>>, change: Change) {
    let count = lines.len();
    match change {
        Change::Insert(at, line) => lines.insert(at.min(count), line),
        _ if lines.is_empty() => {}
        Change::Tick(at, byte) => {
            let line = &mut lines[at % count];
            if let [open, _] = marker(line)[..] {
                line[open] = byte;
            }
        }
        Change::Retype(at, line) => lines[at % count] = line,
        Change::Remove(at, many) => {
            let at = at % count;
            lines.drain(at..count.min(at + many));
        }
    }
}

/// Lines as a text; where `is_cut`, without the last ending.
fn text(lines: &[Vec<u8>], is_cut: bool) -> Text {
    let mut bytes = lines.concat();
    while is_cut && matches!(bytes.last(), Some(b'\n' | b'\r')) {
        bytes.pop();
    }
    Text::new(bytes)
}

fn small_files() -> impl Strategy<Value = Triple> {
    let changes = || proptest::collection::vec(change(), 0..5);
    let cuts = proptest::bool::weighted(0.15);
    let lines = proptest::collection::vec(line(), 0..10);
    (lines, changes(), changes(), [cuts, cuts, cuts]).prop_map(|(base, ours, theirs, cuts)| {
        let after = |changes: Vec<Change>| {
            let mut lines = base.clone();
            changes
                .into_iter()
                .for_each(|change| carry_out(&mut lines, change));
            lines
        };
        (
            text(&base, cuts[0]),
            text(&after(ours), cuts[1]),
            text(&after(theirs), cuts[2]),
        )
    })
}

fn any_bytes() -> impl Strategy<Value = Triple> {
    let byte = prop_oneof![
        2 => Just(b'\n'), 1 => Just(b'\r'), 4 => prop::sample::select(&b"[] x-ab"[..]), 1 => any::<u8>()
    ];
    let text = || proptest::collection::vec(byte.clone(), 0..24).prop_map(Text::new);
    (text(), text(), text())
}

fn contents(text: &Text) -> Vec<&[u8]> {
    lines(text)
        .iter()
        .map(|line| text.slice(line.content))
        .collect()
}

/// What every merge must do.
fn laws((base, ours, theirs): &Triple) -> Result<(), TestCaseError> {
    let same = |one: &Text, other: &Text, expected: &Text| {
        prop_assert_eq!(merged(base, one, other), Ok(expected.clone()));
        // Not only because equal texts are not even compared.
        let conflict = Sides::new(base, one, other, marker).conflict();
        prop_assert_eq!(conflict.places(), &[]);
        prop_assert_eq!(&conflict.resolve(&[]).apply(base), expected);
        Ok(())
    };
    same(base, theirs, theirs)?;
    same(ours, base, ours)?;
    same(ours, ours, ours)?;
    match (merged(base, ours, theirs), merged(base, theirs, ours)) {
        (Ok(one), Ok(other)) => {
            prop_assert_eq!(&one, &other);
            nothing_is_made_up_or_lost([base, ours, theirs], &one)
        }
        (Err(one), Err(other)) => exchanged(&one, &other, [base, ours, theirs]),
        (one, other) => Err(TestCaseError::fail(format!("{one:?} {other:?}"))),
    }
}

/// Every line is one of a side, part by part; every line that a side brought is there, part by part.
fn nothing_is_made_up_or_lost(
    [base, ours, theirs]: [&Text; 3],
    merged: &Text,
) -> Result<(), TestCaseError> {
    let (ours, theirs) = (contents(ours), contents(theirs));
    let sides = || ours.iter().chain(&theirs);
    for line in contents(merged) {
        let parts = cut(line, marker);
        let is_there = |(index, part): (usize, &&[u8])| {
            sides().any(|side| cut(side, marker).get(index) == Some(part))
        };
        prop_assert!(
            parts.iter().enumerate().all(is_there),
            "made up: {:?}",
            line
        );
    }
    let (base, merged) = (contents(base), contents(merged));
    let words = |line: &[u8]| cut(line, marker).last().map(|part| part.to_vec());
    // A blank line that lost its ending is no line any more.
    for line in sides()
        .filter(|line| !line.is_empty())
        .filter(|line| !base.iter().any(|old| words(old) == words(line)))
    {
        prop_assert!(
            merged.iter().any(|now| words(now) == words(line)),
            "lost: {:?}",
            line
        );
    }
    Ok(())
}

/// A conflict is the same from the other side, and can be resolved to either.
fn exchanged(
    one: &Conflict,
    other: &Conflict,
    [base, ours, theirs]: [&Text; 3],
) -> Result<(), TestCaseError> {
    let turned = other.places().iter().map(|place| Place {
        ours: place.theirs,
        theirs: place.ours,
        ..*place
    });
    prop_assert_eq!(one.places(), &turned.collect::<Vec<_>>());
    prop_assert!(!one.places().is_empty());
    let count = one.places().len();
    let (mine, yours) = (
        vec![Resolution::Ours; count],
        vec![Resolution::Theirs; count],
    );
    let resolved = one.resolve(&mine).apply(base);
    prop_assert_eq!(&resolved, &other.resolve(&yours).apply(base));
    for place in one.places() {
        prop_assert!(
            place.base.end <= base.len()
                && place.ours.end <= ours.len()
                && place.theirs.end <= theirs.len()
        );
    }
    Ok(())
}

fn run(cases: u32, texts: impl Strategy<Value = Triple>) {
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new(config)
        .run(&texts, |triple| laws(&triple))
        .unwrap();
}

#[test]
fn the_laws_hold() {
    run(400, small_files());
    run(200, any_bytes());
}

#[test]
#[ignore = "100,000 random triples take a minute"]
fn the_laws_hold_on_100_000_triples() {
    run(80_000, small_files());
    run(20_000, any_bytes());
}
