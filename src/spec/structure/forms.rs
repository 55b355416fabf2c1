//! Each operation in each form that a task list is written in: what it leads to is the same, in that
//! form.

use super::*;
use crate::spec::contents::Contents;
use crate::spec::renumber::{Numbered, renumber};

const PLAN: &str =
    "- [ ] 1. a\n  - d\n- [x] 2. b\n  - [ ] 2.1 c\n    - e\n  - [ ] 2.2 f\n- [ ] 3. g\n";

/// What is done on which line, and what it leads to.
const DONE: &[(Deed, &str, &str)] = &[
    (
        Deed::New,
        "1. a",
        "- [ ] 1. a\n  - d\n- [ ] 4. n\n- [x] 2. b\n  - [ ] 2.1 c\n    - e\n  - [ ] 2.2 f\n- [ ] 3. g\n",
    ),
    (
        Deed::Items(Operation::Remove),
        "2. b",
        "- [ ] 1. a\n  - d\n- [ ] 3. g\n",
    ),
    (
        Deed::Items(Operation::Remove),
        "- e",
        "- [ ] 1. a\n  - d\n- [x] 2. b\n  - [ ] 2.1 c\n  - [ ] 2.2 f\n- [ ] 3. g\n",
    ),
    (
        Deed::Items(Operation::Down),
        "1. a",
        "- [x] 2. b\n  - [ ] 2.1 c\n    - e\n  - [ ] 2.2 f\n- [ ] 1. a\n  - d\n- [ ] 3. g\n",
    ),
    (
        Deed::Items(Operation::Up),
        "3. g",
        "- [ ] 1. a\n  - d\n- [ ] 3. g\n- [x] 2. b\n  - [ ] 2.1 c\n    - e\n  - [ ] 2.2 f\n",
    ),
    (
        Deed::Items(Operation::Indent),
        "3. g",
        "- [ ] 1. a\n  - d\n- [x] 2. b\n  - [ ] 2.1 c\n    - e\n  - [ ] 2.2 f\n  - [ ] 2.3 g\n",
    ),
    (
        Deed::Items(Operation::Outdent),
        "2.2 f",
        "- [ ] 1. a\n  - d\n- [x] 2. b\n  - [ ] 2.1 c\n    - e\n- [ ] 4. f\n- [ ] 3. g\n",
    ),
    (
        Deed::Items(Operation::Place(Where::After(0))),
        "2.1 c",
        "- [ ] 1. a\n  - d\n- [ ] 4. c\n  - e\n- [x] 2. b\n  - [ ] 2.2 f\n- [ ] 3. g\n",
    ),
    (
        Deed::Items(Operation::Join),
        "2.1 c",
        "- [ ] 1. a\n  - d\n- [x] 2. b\n  - [ ] 2.1 c\n    - e\n    - f\n- [ ] 3. g\n",
    ),
    (
        Deed::Items(Operation::Split),
        "- d",
        "- [ ] 1. a\n- [ ] 4. d\n- [x] 2. b\n  - [ ] 2.1 c\n    - e\n  - [ ] 2.2 f\n- [ ] 3. g\n",
    ),
];

#[derive(Clone, Copy, Debug)]
enum Deed {
    New,
    Items(Operation),
}

/// The name of a form, the kind of its document, and how a text is brought into it.
type NamedForm = (&'static str, DocumentKind, fn(&str) -> String);

/// The forms: what a plan looks like in each.
const FORMS: &[NamedForm] = &[
    ("plain", DocumentKind::Tasks, str::to_owned),
    ("CRLF", DocumentKind::Tasks, |plan| {
        plan.replace('\n', "\r\n")
    }),
    ("a byte order mark", DocumentKind::Tasks, |plan| {
        format!("\u{feff}{plan}")
    }),
    ("no final newline", DocumentKind::Tasks, |plan| {
        plan.trim_end().to_owned()
    }),
    ("tabs", DocumentKind::Tasks, |plan| plan.replace("  ", "\t")),
    ("loose", DocumentKind::Tasks, |plan| {
        plan.replace("\n- [", "\n\n- [")
            .replace("\n  - [", "\n\n  - [")
    }),
    ("numbered details", DocumentKind::Tasks, |plan| {
        plan.replace("- d\n", "1. d\n")
            .replace("- e\n", "1. e\n")
            .replace("4. 1. d", "4. d")
    }),
    ("CJK", DocumentKind::Tasks, |plan| {
        plan.replace(" a\n", " 任务：导出\n")
            .replace(" c\n", " 実装する\n")
            .replace(" g\n", " 테스트\n")
    }),
    ("a star behind the box", DocumentKind::Tasks, |plan| {
        starred(plan, "]* ")
    }),
    ("an escaped star", DocumentKind::Tasks, |plan| {
        starred(plan, "]\\* ")
    }),
    (
        "an escaped star at the number",
        DocumentKind::Tasks,
        |plan| starred(plan, "] \\*"),
    ),
    ("unnumbered", DocumentKind::Tasks, |plan| {
        let numbers = ["1. ", "2. ", "3. ", "4. ", "2.1 ", "2.2 ", "2.3 "];
        numbers.iter().fold(plan.to_owned(), |plan, number| {
            plan.replace(&format!("] {number}"), "] ")
        })
    }),
    ("bold numbers", DocumentKind::Tasks, |plan| {
        // Bold that begins before the number stays bold at another place.
        let plan = plan
            .replace("] 4. f", "] **4** f")
            .replace("] 4. c", "] **4** c");
        ["2.1", "2.2", "2.3"].iter().fold(plan, |plan, number| {
            plan.replace(&format!("] {number} "), &format!("] **{number}** "))
        })
    }),
    ("a single file", DocumentKind::Spec, |plan| {
        format!("# X\n\n## Requirements\n\n- THE S SHALL x\n\n## Tasks\n\n{plan}")
    }),
];

/// Returns a plan in which the task `f` has a star.
fn starred(plan: &str, star: &str) -> String {
    let line = |line: &str| match line.ends_with(" f") && line.contains("] ") {
        true => line.replacen("] ", star, 1),
        false => line.to_owned(),
    };
    plan.lines().map(|text| line(text) + "\n").collect()
}

/// Returns the line of the plan in a form, by its line in the plain one.
fn line_in(form: &str, plain: usize) -> usize {
    let filled = |(_, line): &(usize, &str)| line.contains("- ") || line.contains("1. ");
    let begins = form.find("## Tasks").unwrap_or(0);
    let first = form[..begins].lines().count();
    let lines = form.lines().enumerate().skip(first);
    lines.filter(filled).nth(plain).unwrap().0
}

fn text_of(text: &Text) -> String {
    String::from_utf8(text.bytes().to_vec()).unwrap()
}

#[test]
fn each_operation_leads_to_the_same_in_each_form() {
    for (name, kind, form) in FORMS {
        for (deed, words, expected) in DONE {
            // A single detail behind a tab is read as a part of the title: it cannot be told from one
            // that goes on in the next line.
            if *name == "tabs" && matches!(deed, Deed::Items(Operation::Split)) {
                continue;
            }
            let text = Text::new(form(PLAN));
            let plain = PLAN.lines().position(|line| line.contains(words)).unwrap();
            let line = line_in(&form(PLAN), plain);
            let first = line_in(&form(PLAN), 0);
            let edit = match deed {
                Deed::New => {
                    let to = Some(Where::After(line));
                    let new = prepare(*kind, &text, None, to, New::Words("n")).unwrap();
                    new.checked_edit(*kind, &text).unwrap()
                }
                Deed::Items(operation) => {
                    let operation = match operation {
                        Operation::Place(_) => Operation::Place(Where::After(first)),
                        other => *other,
                    };
                    let outcome = operation.apply(*kind, &text, &[line]);
                    outcome
                        .unwrap_or_else(|refused| panic!("{name} {deed:?}: {refused}"))
                        .edit
                }
            };
            let after = edit.apply(&text);
            assert_eq!(text_of(&after), form(expected), "{name} {deed:?}");
            assert_eq!(edit.invert(&text).apply(&after), text, "{name} {deed:?}");
        }
    }
}

#[test]
fn numbers_are_put_in_order_in_each_form() {
    let source = "- [ ] 1. a\n  - d\n- [x] 3. b\n  - [ ] 3.2 c\n    - e\n  - [ ] 3.1 f\n    - _Depends: 3.2_\n- [ ] 2. g\n";
    let expected = "- [ ] 1. a\n  - d\n- [x] 2. b\n  - [ ] 2.1 c\n    - e\n  - [ ] 2.2 f\n    - _Depends: 2.1_\n- [ ] 3. g\n";
    for (name, kind, form) in FORMS.iter().filter(|(name, ..)| *name != "unnumbered") {
        let bold = |plan: &str| {
            plan.replace("] 3.2 ", "] **3.2** ")
                .replace("] 3.1 ", "] **3.1** ")
        };
        let source = match *name {
            "bold numbers" => bold(source),
            _ => form(source),
        };
        let parsed = parse(*kind, Text::new(source));
        let contents = Contents::of(Some(parsed.clone()), None, None);
        let changes = renumber(&contents, Numbered::Tasks).unwrap();
        let after = changes[0].edit.apply(&parsed.text);
        assert_eq!(text_of(&after), form(expected), "{name}");
    }
}
