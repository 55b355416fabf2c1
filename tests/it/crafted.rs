//! Lines that nobody writes by hand, each read and shown by the whole program: none may end it, and
//! none may cost more than its length.
//!
//! They are long enough that reading one over and over for each of its parts would not come to an
//! end, and deep enough that a call for each level would run out of stack.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use specboard::cli::{Output, Style, run};
use specboard::markdown::{Document, inlines};
use specboard::prose::line::{SourceLine, source_lines};
use specboard::text::{Text, width};

/// How often the part of a line is repeated.
const MANY: usize = 20_000;

/// A class of lines: its name, and a line of so many repetitions.
type Class = (&'static str, fn(usize) -> String);

/// The lines by name: what makes one of a length.
const LINES: &[Class] = &[
    ("numbered items in each other", |many| {
        "1. ".repeat(many) + "a"
    }),
    ("items with dashes in each other", |many| {
        "- ".repeat(many) + "a"
    }),
    ("items with stars in each other", |many| {
        "* ".repeat(many) + "a"
    }),
    ("items with pluses in each other", |many| {
        "+ ".repeat(many) + "[ ] a"
    }),
    ("quotes in each other", |many| "> ".repeat(many) + "a"),
    ("quotes without blanks", |many| ">".repeat(many) + "a"),
    ("quotes and items in turn", |many| "> - ".repeat(many) + "a"),
    ("open brackets", |many| "[".repeat(many)),
    ("closed brackets", |many| "]".repeat(many)),
    ("nested brackets", |many| {
        "[".repeat(many) + &"]".repeat(many)
    }),
    ("links that are never closed", |many| "[a](".repeat(many)),
    ("links to what is never closed", |many| {
        "[a](<b".repeat(many)
    }),
    ("links with open titles", |many| "[a](b \"".repeat(many)),
    ("images that are never closed", |many| "![".repeat(many)),
    ("definitions", |many| "[a]: ".repeat(many)),
    ("growing runs of backticks", growing_ticks),
    ("backticks", |many| "` ".repeat(many)),
    ("open emphasis", |many| "*a ".repeat(many)),
    ("open strong emphasis", |many| "**a ".repeat(many)),
    ("strong emphasis", |many| "**a** ".repeat(many)),
    ("lines under words", |many| "_a ".repeat(many)),
    ("tags", |many| "<a ".repeat(many)),
    ("tags with open attributes", |many| "<a b=\"".repeat(many)),
    ("comments", |many| "<!-- ".repeat(many)),
    ("entities", |many| "&amp;".repeat(many)),
    ("backslashes", |many| "\\".repeat(many)),
    ("addresses", |many| "https://a.b ".repeat(many)),
    ("keywords", |many| "WHEN ".repeat(many)),
    ("capitals", |many| "A".repeat(many)),
    ("tabs", |many| {
        "\t".repeat(many) + "a" + &"\t".repeat(many) + "b"
    }),
    ("cells", |many| "| a ".repeat(many)),
    ("wide letters", |many| "日".repeat(many)),
    ("control characters", |many| "\x1b[".repeat(many)),
    ("joiners", |many| "👨\u{200d}".repeat(many)),
];

/// Returns runs of backticks, each longer by one, in about as many bytes as asked for.
fn growing_ticks(many: usize) -> String {
    let mut line = String::new();
    for length in 1.. {
        if line.len() >= many {
            break;
        }
        line.push_str(&"`".repeat(length));
        line.push(' ');
    }
    line
}

/// Runs the program in the folder `here` and returns its exit status and its answer.
fn ran(here: &Path, words: &str) -> (u8, String) {
    let (mut answer, mut messages) = (Vec::new(), Vec::new());
    let all = format!("specboard {words}");
    let status = run(
        all.split_whitespace()
            .map(OsString::from)
            .collect::<Vec<_>>(),
        here.to_path_buf(),
        &mut Output::new(&mut answer, &mut messages, Style::default()),
    );
    (status.code(), String::from_utf8(answer).unwrap())
}

#[test]
fn a_crafted_line_in_any_document_stops_no_command() {
    let folder = tempfile::tempdir().unwrap();
    let specs = folder.path().join(".kiro/specs");
    for spec in ["bad", "good"] {
        fs::create_dir_all(specs.join(spec)).unwrap();
        fs::write(specs.join(spec).join("tasks.md"), "- [x] 1. Done\n").unwrap();
    }
    for (name, line) in LINES {
        let line = line(MANY);
        let write = |document: &str, source: String| {
            fs::write(specs.join("bad").join(document), source).unwrap();
        };
        write(
            "tasks.md",
            format!("- [ ] 1. Open\n\n{line}\n\n- [x] 2. Done\n  {line}\n"),
        );
        write(
            "requirements.md",
            format!("### Requirement 1: A\n\n1. THE S SHALL b {line}\n\n{line}\n"),
        );
        write("design.md", format!("# Design\n\n{line}\n"));
        for command in [
            "list",
            "tasks bad",
            "trace bad",
            "show bad design --width 80",
            "show bad requirements",
            "show bad tasks",
        ] {
            let (status, answer) = ran(folder.path(), command);
            assert!(status <= 1, "{name}: {command}: {status}");
            assert!(!answer.is_empty(), "{name}: {command} says nothing");
        }
        assert!(ran(folder.path(), "list").1.contains("good"), "{name}");
    }
}

#[test]
fn a_crafted_line_is_shown_whole_and_within_the_width() {
    for (name, line) in LINES {
        let text = Text::new(line(MANY / 4));
        let drawn = source_lines(&text, &Document::parse(&text));
        assert_eq!(drawn.len(), text.lines().len(), "{name}");
        for line in drawn {
            let squeezed = |line: &SourceLine| line.plain().replace(' ', "");
            let wrapped = line.wrap(80);
            assert!(
                wrapped.iter().all(|line| width(&line.plain()) <= 80),
                "{name}"
            );
            let together: String = wrapped.iter().map(squeezed).collect();
            assert!(together == squeezed(&line), "{name} is not shown whole");
        }
    }
}

#[test]
fn twice_the_line_is_at_most_two_and_a_half_times_the_parts() {
    for (name, line) in LINES {
        let parts = |many: usize| {
            let text = Text::new(line(many));
            let lines: Vec<_> = text.lines().iter().map(|line| line.content).collect();
            let blocks = Document::parse(&text);
            let runs: usize = source_lines(&text, &blocks)
                .iter()
                .map(|line| line.runs().len())
                .sum();
            blocks.blocks.len() + runs + inlines(&text, &lines).parts.len()
        };
        let (once, twice) = (parts(1000), parts(2000));
        assert!(2 * twice <= 5 * once + 20, "{name}: {once}, then {twice}");
    }
}
