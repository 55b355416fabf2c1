//! Lines that nobody writes by hand, each read and shown by the whole program: none may end it, and
//! none may cost more than its length.
//!
//! They are long enough that reading one over and over for each of its parts would not come to an
//! end, and deep enough that a call for each level would run out of stack.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs;
use std::path::Path;

use specboard::cli::{Output, Style, run};
use specboard::markdown::{Document, inlines};
use specboard::model::Pane;
use specboard::prose::line::{SourceLine, source_lines};
use specboard::text::{Text, width};

use crate::harness::{Board, Workspace, check_screen};

/// How often the part of a line is repeated.
const MANY: usize = 8_000;

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
        let text = Text::new(line(MANY / 2));
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

/// Makes a workspace with one spec, in whose documents a crafted line stands at several places.
fn crafted(line: &str) -> Workspace {
    let tasks =
        format!("- [ ] 1. Open\n\n{line}\n\n- [x] 2. Done\n  {line}\n  - _Requirements: 1.1_\n");
    let requirements =
        format!("### Requirement 1: A\n\n1. THE S SHALL b {line}\n2. THE S SHALL c\n\n{line}\n");
    let design =
        format!("# Design\n\n{line}\n\n### Property 1: {line}\n**Validates: Requirements 1.1**\n");
    Workspace::new(&[
        ("bad/tasks.md", &tasks),
        ("bad/requirements.md", &requirements),
        ("bad/design.md", &design),
    ])
}

#[test]
fn a_crafted_line_is_drawn_in_every_pane_with_the_cursor_on_it() {
    for (name, line) in LINES {
        let workspace = crafted(&line(MANY / 10));
        let mut board = Board::start(&workspace, (80, 24));
        for keys in ["1", "R", "2", "3", "t", "z r", "4", "5", "b"] {
            for keys in [keys, "g g", "j", "G", "k", "ctrl-d"] {
                board.keys(keys);
                check_screen(&board.model, &format!("{name}: {keys}"));
            }
        }
        board.model.size = (160, 24);
        for keys in ["esc", "1", "|", "j", "j", "G"] {
            board.keys(keys);
            check_screen(&board.model, &format!("{name}: {keys}, side by side"));
        }
    }
}

/// A class of task lists and requirements: its name, and both with so many of what it is about.
type LinkedClass = (&'static str, fn(usize) -> (String, String));

const LINKED: &[LinkedClass] = &[
    ("all tasks name one criterion", |many| {
        (tasks(many, |_| "1.1".to_owned()), criteria(10))
    }),
    ("all tasks name their own criterion", |many| {
        (
            tasks(many, |task| format!("1.{}", task + 1)),
            criteria(many),
        )
    }),
    ("all tasks name all", |many| {
        (tasks(many, |_| "All".to_owned()), criteria(10))
    }),
    ("all tasks name what is not there", |many| {
        (tasks(many, |task| format!("9.{task}")), criteria(10))
    }),
    ("all tasks name the requirement", |many| {
        (tasks(many, |_| "1".to_owned()), criteria(many))
    }),
    (
        "half of the tasks name all, half their own criterion",
        |many| {
            let named = |task: usize| {
                if task.is_multiple_of(2) {
                    "All".to_owned()
                } else {
                    format!("1.{}", task + 1)
                }
            };
            (tasks(many, named), criteria(many))
        },
    ),
    (
        "half of the tasks name the requirement, half their own criterion",
        |many| {
            let named = |task: usize| {
                if task.is_multiple_of(2) {
                    "1".to_owned()
                } else {
                    format!("1.{}", task + 1)
                }
            };
            (tasks(many, named), criteria(many))
        },
    ),
    ("one task names all criteria", |many| {
        (tasks(1, |_| format!("1.1-1.{many}")), criteria(many))
    }),
    ("tasks below each other", |many| {
        let item = |level: usize| format!("{}- [ ] {level}. a\n", " ".repeat(2 * level));
        ((0..many / 10).map(item).collect(), criteria(1))
    }),
    ("tasks that need each other in a row", |many| {
        let item = |task: usize| format!("- [ ] {}. a\n  - _Depends: {task}_\n", task + 1);
        ((0..many).map(item).collect(), criteria(1))
    }),
    ("tasks that need all before them", |many| {
        let item = |task: usize| format!("- [ ] {}. a\n  - _Depends: 1-{task}_\n", task + 1);
        ((0..many / 10).map(item).collect(), criteria(1))
    }),
];

fn tasks(many: usize, named: impl Fn(usize) -> String) -> String {
    let item = |task: usize| {
        let named = named(task);
        format!(
            "- [ ] {}. a\n  - detail\n  - _Requirements: {named}_\n",
            task + 1
        )
    };
    (0..many).map(item).collect()
}

fn criteria(many: usize) -> String {
    let criterion = |at: usize| format!("{}. THE S SHALL a\n", at + 1);
    let criteria: String = (0..many).map(criterion).collect();
    format!("### Requirement 1: A\n\n#### Acceptance Criteria\n\n{criteria}")
}

/// Counts what the board holds for what is linked: the rows of its panes, what stands behind the
/// criteria and what the peek at the cursor is made of.
fn held(board: &Board) -> (usize, usize) {
    let model = &board.model;
    let links = &model.open_files.links;
    // Criteria that share their tasks or properties hold them once.
    let mut seen = HashSet::new();
    let criteria = links.trace.criteria.iter();
    let lists = criteria.flat_map(|criterion| {
        let tasks = criterion.tasks.lists();
        tasks.chain(criterion.properties.lists())
    });
    let lists: Vec<&[usize]> = lists.collect();
    let behind = lists.into_iter().map(|list| {
        if seen.insert(list.as_ptr()) {
            list.len()
        } else {
            1
        }
    });
    let references = links.plan.references.iter().map(Vec::len);
    let groups = model.open_files.of(Pane::Tasks).map_or(0, |tasks| {
        let groups = &tasks.grouping().groups;
        groups.iter().map(|group| group.items.len()).sum()
    });
    let rows = [Pane::Requirements, Pane::Tasks, Pane::Trace];
    let rows: usize = rows.iter().map(|pane| model.rows_of(*pane).len()).sum();
    let peek = model.peek().map_or(0, |peek| {
        let tails = peek.lines.iter().map(|line| line.tail.len());
        peek.lines.len() + peek.details.len() + tails.sum::<usize>()
    });
    (
        behind.chain(references).sum::<usize>() + groups + rows,
        peek,
    )
}

#[test]
fn what_is_linked_takes_twice_as_much_for_twice_as_much_and_a_peek_what_is_seen() {
    for (name, documents) in LINKED {
        let counted = |many: usize| {
            let (tasks, requirements) = documents(many);
            let files = [
                ("a/tasks.md", &*tasks),
                ("a/requirements.md", &requirements),
            ];
            let workspace = Workspace::new(&files);
            let mut board = Board::start(&workspace, (100, 24));
            let mut most = 0;
            for keys in [
                "3", "j", "G", "1", "j", "j", "G", "4", "j", "G", "3", "t", "j", "G",
            ] {
                board.keys(keys);
                check_screen(&board.model, &format!("{name}: {many}: {keys}"));
                most = most.max(held(&board).1);
            }
            (held(&board).0, most)
        };
        let ((once, seen), (twice, seen_then)) = (counted(400), counted(800));
        assert!(2 * twice <= 5 * once + 20, "{name}: {once}, then {twice}");
        // A screen of lines, with what may be seen at the end of each.
        assert!(
            seen.max(seen_then) <= 24 * 101 + 40,
            "{name}: {seen}, {seen_then}"
        );
    }
}
