//! The rules of the source itself: the order of the layers, the doors of the dependencies, the heads
//! of files, the length of functions.
//!
//! The order is read from the table in `src/lib.rs`. Each rule is a function from one file to what
//! is wrong with it, tried on a planted fault beside it. `cargo test --test it architecture --
//! --nocapture` prints the figures.

use std::fs;
use std::path::{Path, PathBuf};

/// The longest function that is allowed, in lines.
const LONGEST: usize = 60;
/// The median and the 90th percentile that are allowed.
const USUAL: (usize, usize) = (9, 24);

/// What may stand only in some places: how it begins in the source, and where it may stand.
const DOORS: [(&str, &[&str]); 15] = [
    ("std::fs", &["store/"]),
    ("fs::read", &["store/"]),
    ("File::", &["store/"]),
    ("rustix::fs", &["store/"]),
    ("tempfile::", &["store/"]),
    (".canonicalize()", &["store/"]),
    (".exists()", &["store/"]),
    (".is_dir()", &["store/"]),
    (".is_file()", &["store/"]),
    (".metadata()", &["store/"]),
    ("notify::", &["store/watch.rs", "store/watch/"]),
    ("pulldown_cmark::", &["markdown/"]),
    ("toml::", &["config/"]),
    ("crossterm::", &["terminal/", "runtime/", "command/keys.rs"]),
    ("tui_textarea::", &["model/editor/buffer.rs"]),
];

/// What costs a reader, and what says it plainly.
const DENSE: [(&str, &str); 2] = [
    (".filter(|_|", "an if, or a match with a guard"),
    ("match () {", "if and else if"),
];

/// A file below `src/`: its path from there, and its text.
struct Source {
    path: String,
    text: String,
}

impl Source {
    fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    /// Returns the names of the modules that lead to this one.
    fn module(&self) -> Vec<&str> {
        let path = self.path.trim_end_matches(".rs").trim_end_matches("/mod");
        path.split('/').collect()
    }

    /// Returns the lines of code with their numbers from 1, without comments.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().map(|line| {
            let comment = line.find("// ").or_else(|| line.find("///"));
            let comment = comment.or_else(|| line.find("//!"));
            comment.map_or(line, |start| &line[..start])
        });
        (1..).zip(lines)
    }

    /// Returns the lines of code that are shipped: those before the module of tests.
    fn shipped(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines: Vec<&str> = self.text.lines().collect();
        let is_start = |pair: &[&str]| pair[0] == "#[cfg(test)]" && pair[1].starts_with("mod ");
        let tests = lines.windows(2).position(is_start);
        let all = tests.unwrap_or(lines.len());
        let count = if self.path.ends_with("tests.rs") {
            0
        } else {
            all
        };
        self.code().take(count)
    }
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Reads all files below `src/`, in order.
fn sources() -> Vec<Source> {
    let mut open = vec![src()];
    let mut sources = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(src()).unwrap().to_str().unwrap();
                sources.push(Source::new(name, &fs::read_to_string(&path).unwrap()));
            }
        }
    }
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    sources
}

/// Reads the layers from the table in `lib.rs`, the lowest first.
fn layers() -> Vec<String> {
    let lib = fs::read_to_string(src().join("lib.rs")).unwrap();
    let name = |line: &str| {
        let row = line.strip_prefix("//! | [`")?;
        Some(row.split_once("`]")?.0.to_owned())
    };
    lib.lines().filter_map(name).collect()
}

/// Returns where a file names a module of a layer above its own.
fn upward(source: &Source, layers: &[String]) -> Vec<String> {
    let module = source.module();
    let rank = |name: &str| layers.iter().position(|layer| layer == name);
    let Some(own) = rank(module[0]) else {
        return Vec::new();
    };
    let named = source
        .code()
        .flat_map(|(line, code)| modules_of(code, module.len()).map(move |name| (line, name)));
    named
        .filter(|(_, name)| rank(name).is_some_and(|rank| rank > own))
        .map(|(line, name)| {
            format!(
                "src/{}:{line} uses {name}, which stands below {}",
                source.path, module[0]
            )
        })
        .collect()
}

/// Returns the top modules that a line names, by `crate::` or by as many `super::` as the file is
/// deep; also those in braces behind.
fn modules_of(code: &str, depth: usize) -> impl Iterator<Item = String> {
    let roots = ["crate::".to_owned(), "super::".repeat(depth)];
    let after = roots.into_iter().flat_map(move |root| {
        let parts: Vec<&str> = code.split(root.as_str()).skip(1).collect();
        parts
    });
    after.flat_map(|rest| {
        let group = rest
            .strip_prefix('{')
            .map(|group| group.split('}').next().unwrap_or(group));
        let names: Vec<String> = match group {
            Some(group) => group.split(',').map(first_name).collect(),
            None => vec![first_name(rest)],
        };
        names
    })
}

fn first_name(code: &str) -> String {
    let is_name = |letter: &char| letter.is_alphanumeric() || *letter == '_';
    code.trim_start().chars().take_while(is_name).collect()
}

/// Returns where a file goes through a door that is not its own.
fn leaks(source: &Source) -> Vec<String> {
    let is_leak = |code: &str, (what, doors): &(&str, &[&str])| {
        names(code, what) && !doors.iter().any(|door| source.path.starts_with(door))
    };
    let leaks = source.shipped().flat_map(|(line, code)| {
        let found = DOORS.iter().filter(move |door| is_leak(code, door));
        found.map(move |(what, doors)| (line, what, doors))
    });
    leaks
        .map(|(line, what, doors)| {
            format!(
                "src/{}:{line} has {what}, which is for {}",
                source.path,
                doors.join(", ")
            )
        })
        .collect()
}

/// Returns whether a line has these words, and not only as the end of a longer name.
fn names(code: &str, what: &str) -> bool {
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    code.match_indices(what)
        .any(|(at, _)| what.starts_with('.') || !code[..at].ends_with(is_name))
}

/// Returns the dense idioms of a file.
fn dense(source: &Source) -> Vec<String> {
    let found = source.shipped().flat_map(|(number, code)| {
        let here = DENSE.iter().filter(|(idiom, _)| code.contains(idiom));
        here.map(move |(idiom, plain)| (number, *idiom, *plain))
    });
    found
        .map(|(number, idiom, plain)| format!("{}:{number}: {idiom} … is {plain}", source.path))
        .collect()
}

/// Returns whether a file says at its top what it holds.
fn has_head(source: &Source) -> bool {
    source.text.starts_with("//! ")
}

/// Returns the functions of a file with their lengths in lines, signature and last brace included.
///
/// Relies on the layout of rustfmt: a function ends at the first line that is a brace as far in as
/// its signature.
fn functions(source: &Source) -> Vec<(usize, String)> {
    let lines: Vec<(usize, &str)> = source.shipped().collect();
    let of_line = |at: usize| {
        let (number, line) = lines[at];
        let name = function_name(line)?;
        let end = length(&lines[at..], line)?;
        Some((end, format!("src/{}:{number} {name}", source.path)))
    };
    (0..lines.len()).filter_map(of_line).collect()
}

fn function_name(line: &str) -> Option<String> {
    let signature = line.trim_start();
    let visible = signature.strip_prefix("pub").map_or(signature, |rest| {
        let scope = rest
            .strip_prefix('(')
            .and_then(|scope| scope.split_once(')'));
        scope.map_or(rest, |(_, rest)| rest).trim_start()
    });
    let free = visible.strip_prefix("const ").unwrap_or(visible);
    Some(first_name(free.strip_prefix("fn ")?))
}

/// Returns how many lines a function has; none where it is only declared.
fn length(lines: &[(usize, &str)], signature: &str) -> Option<usize> {
    if signature.ends_with('}') {
        return Some(1);
    }
    let inset = signature.len() - signature.trim_start().len();
    let is_level = |line: &str| line.len() - line.trim_start().len() == inset;
    let ends = |line: &str| is_level(line) && line.ends_with(['}', ';']);
    let last = lines.iter().position(|(_, line)| ends(line))?;
    lines[last].1.ends_with('}').then_some(last + 1)
}

fn assert_none(faults: &[String], rule: &str) {
    assert!(faults.is_empty(), "{rule}:\n{}", faults.join("\n"));
}

#[test]
fn the_table_of_layers_names_every_module() {
    let lib = fs::read_to_string(src().join("lib.rs")).unwrap();
    let declared = lib
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let (mut declared, mut layers): (Vec<&str>, _) = (declared.collect(), layers());
    declared.sort_unstable();
    layers.sort_unstable();
    assert_eq!(declared, layers);
}

#[test]
fn modules_use_only_what_stands_above_them() {
    let layers = layers();
    let faults: Vec<String> = sources()
        .iter()
        .flat_map(|source| upward(source, &layers))
        .collect();
    assert_none(
        &faults,
        "a module uses only what stands above it in the table of src/lib.rs",
    );
}

#[test]
fn dependencies_stay_behind_their_doors() {
    let faults: Vec<String> = sources().iter().flat_map(leaks).collect();
    assert_none(&faults, "each dependency has one door");
}

#[test]
fn conditions_are_written_as_conditions() {
    let planted = Source::new("spec/a.rs", "fn a() {\n    b().filter(|_| c)\n}\n");
    assert_eq!(dense(&planted).len(), 1);
    let faults: Vec<String> = sources().iter().flat_map(dense).collect();
    assert_none(&faults, "conditions are written as conditions");
}

#[test]
fn every_file_says_what_it_holds() {
    let sources = sources();
    let headless = sources.iter().filter(|source| !has_head(source));
    let faults: Vec<String> = headless
        .map(|source| format!("src/{}", source.path))
        .collect();
    assert_none(&faults, "a file begins with //! and what it holds");
}

#[test]
fn functions_are_short() {
    let mut functions: Vec<(usize, String)> = sources().iter().flat_map(functions).collect();
    functions.sort_unstable();
    let (count, at) = (functions.len(), |tenths: usize| {
        functions[functions.len() * tenths / 10].0
    });
    let usual = (at(5), at(9));
    println!(
        "{count} functions, median {}, 90th percentile {}; the longest:",
        usual.0, usual.1
    );
    functions
        .iter()
        .rev()
        .take(5)
        .for_each(|(lines, name)| println!("{lines:>4} {name}"));
    let long: Vec<String> = functions
        .iter()
        .filter(|(lines, _)| *lines > LONGEST)
        .map(|(lines, name)| format!("{name} has {lines} lines"))
        .collect();
    assert_none(&long, "no function has more than 60 lines");
    assert!(count > 1000, "only {count} functions were found");
    assert!(
        usual.0 <= USUAL.0 && usual.1 <= USUAL.1,
        "median and 90th percentile: {usual:?}"
    );
}

#[test]
fn uses_of_higher_layers_are_found() {
    let layers = layers();
    for (path, code, expected) in [
        ("text/edit.rs", "use crate::model::Model;", 1),
        ("model/mod.rs", "use crate::text::Text;", 0),
        ("model/mod.rs", "use super::view::view;", 1),
        ("model/rows.rs", "use super::super::view::view;", 1),
        ("model/rows.rs", "use super::view;", 0),
        ("spec/id.rs", "use crate::{text::Text, cli::run};", 1),
        ("update/mod.rs", "    crate::terminal::size();", 1),
        ("update/mod.rs", "/// See [`crate::runtime`].", 0),
        ("demo.rs", "use crate::runtime::run;", 1),
        ("main.rs", "use crate::cli::run;", 0),
    ] {
        let found = upward(&Source::new(path, code), &layers);
        assert_eq!(found.len(), expected, "{path}: {code}: {found:?}");
    }
}

#[test]
fn uses_outside_a_door_are_found() {
    for (path, code, expected) in [
        ("spec/files.rs", "use std::fs;", 1),
        ("store/read.rs", "use std::fs;", 0),
        ("cli/log.rs", "let file = File::options();", 1),
        ("runtime/start.rs", "path.canonicalize()", 1),
        ("model/mod.rs", "use crossterm::event::KeyCode;", 1),
        ("command/keys.rs", "use crossterm::event::KeyCode;", 0),
        ("spec/flow.rs", "use pulldown_cmark::Parser;", 1),
        ("store/scan.rs", "use notify::Watcher;", 1),
        ("model/files.rs", "OtherFile::all()", 0),
        ("spec/files.rs", "//! `std::fs` is elsewhere.", 0),
        (
            "spec/files.rs",
            "fn a() {}\n\n#[cfg(test)]\nmod tests {\n    use std::fs;\n}",
            0,
        ),
        ("spec/files.rs", "#[cfg(test)]\nfn a() {}\nuse std::fs;", 1),
    ] {
        let found = leaks(&Source::new(path, code));
        assert_eq!(found.len(), expected, "{path}: {code}: {found:?}");
    }
}

#[test]
fn lengths_of_functions_are_counted_in_lines() {
    let code = "//! A.\n\nfn one() {}\n\npub(super) const fn three() {\n    1\n}\n\ntrait A {\n    fn none(&self);\n\n    fn wide(\n        &self,\n    ) -> u8 {\n        if true {\n        }\n    }\n}\n";
    let source = Source::new("spec/a.rs", code);
    let lengths: Vec<usize> = functions(&source)
        .into_iter()
        .map(|(lines, _)| lines)
        .collect();
    assert_eq!(lengths, [1, 3, 6]);
    assert!(has_head(&source) && !has_head(&Source::new("spec/a.rs", "use std::io;")));
}
