//! What must hold for every file of the corpus of real specs: nothing is lost, a mark is one byte,
//! every item is listed.
//!
//! The corpus stands beside the repository or where `SPECBOARD_CORPUS` says; without it the tests
//! are ignored.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use specboard::cli::{Output, Style, run};
use specboard::markdown::{Document, MARKERS, State};
use specboard::spec::change::{Mark, Target, TaskKey, mark};
use specboard::spec::feature::task_lines;
use specboard::spec::tasks::{Task, Tasks};
use specboard::store::DocumentKind;
use specboard::text::Text;

/// Returns the folder of real specs. The tests that need it are ignored where it was missing when
/// they were built.
pub(crate) fn corpus() -> PathBuf {
    find_corpus().unwrap_or_else(|| {
        panic!(
            "there is no corpus: set SPECBOARD_CORPUS to a folder of repositories, and build again"
        )
    })
}

/// Returns the folder of real specs: where `SPECBOARD_CORPUS` says, else beside the repository.
pub(crate) fn find_corpus() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let folder = std::env::var_os("SPECBOARD_CORPUS").map_or_else(beside, PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// Returns the folders of the repositories of the corpus, in order.
pub(crate) fn repositories() -> Vec<PathBuf> {
    let entries = fs::read_dir(corpus()).unwrap().flatten();
    let folders = entries
        .map(|entry| entry.path())
        .filter(|path| path.is_dir());
    let mut folders: Vec<PathBuf> = folders.collect();
    folders.sort();
    folders
}

/// Returns all files below a folder, in order.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// One task list of the corpus.
struct List {
    path: PathBuf,
    kind: DocumentKind,
    text: Text,
    tasks: Tasks,
}

fn task_lists(corpus: &Path) -> Vec<List> {
    let list = |path: PathBuf| {
        let kind = path
            .file_name()
            .and_then(DocumentKind::of)
            .filter(|kind| matches!(kind, DocumentKind::Tasks | DocumentKind::Spec))?;
        let text = Text::new(fs::read(&path).unwrap());
        let tasks = tasks(kind, &text);
        Some(List {
            path,
            kind,
            text,
            tasks,
        })
    };
    files(corpus).into_iter().filter_map(list).collect()
}

fn tasks(kind: DocumentKind, text: &Text) -> Tasks {
    let document = Document::parse(text);
    Tasks::parse_lines(text, &document, task_lines(kind, text, &document))
}

#[test]
#[cfg_attr(
    not(corpus),
    ignore = "no corpus: SPECBOARD_CORPUS names one when the tests are built"
)]
fn the_blocks_of_every_file_together_are_the_file() {
    let corpus = corpus();
    for path in files(&corpus) {
        let text = Text::new(fs::read(&path).unwrap());
        let together: Vec<u8> = Document::parse(&text)
            .blocks
            .iter()
            .flat_map(|block| text.slice(block.span).to_vec())
            .collect();
        assert!(together == text.bytes(), "{}", path.display());
    }
}

/// How many items of each file are marked in the short form.
const SOME: usize = 5;

#[test]
#[cfg_attr(
    not(corpus),
    ignore = "no corpus: SPECBOARD_CORPUS names one when the tests are built"
)]
fn every_mark_of_some_items_is_one_byte_and_can_be_taken_back() {
    let marks = try_marks(SOME);
    assert!(marks > 5_000, "{marks}");
}

#[test]
#[ignore = "takes a minute"]
fn every_mark_of_every_item_is_one_byte_and_can_be_taken_back() {
    let marks = try_marks(usize::MAX);
    assert!(marks > 40_000, "{marks}");
}

/// Returns the states that are ever written.
fn written_states() -> impl Iterator<Item = State> {
    let written = MARKERS.iter().filter(|row| row.byte().is_some());
    written.map(|row| row.state)
}

/// Marks items of each file with each state, at most so many in equal steps; returns how many marks
/// were tried.
fn try_marks(most: usize) -> usize {
    let mut marks = 0;
    for list in task_lists(&corpus()) {
        let step = list.tasks.items.len().div_ceil(most).max(1);
        for task in list.tasks.items.iter().step_by(step) {
            for state in written_states() {
                try_mark(&list, task, state).unwrap_or_else(|reason| {
                    panic!("{}:{}: {reason}", list.path.display(), task.line + 1)
                });
                marks += 1;
            }
        }
    }
    marks
}

fn try_mark(list: &List, task: &Task, state: State) -> Result<(), String> {
    let after = marked(
        &list.text,
        &list.tasks,
        at_line(task, None, Target::State(state)),
    )?;
    if after.bytes() != expected(list.text.bytes(), task, state) {
        return Err(format!("{state:?} changed something else"));
    }
    // Reading the whole list anew for each of the states would take minutes and say nothing more.
    let read_anew = if state == State::Doing {
        Some(tasks(list.kind, &after))
    } else {
        None
    };
    let same_places = read_anew.as_ref().unwrap_or(&list.tasks);
    let (wrote, stood) = (
        state.marker().byte().unwrap(),
        list.text.slice(task.marker).to_vec(),
    );
    let from = if task.state == state {
        stood.clone()
    } else {
        vec![wrote]
    };
    if read_anew.is_some() || stood.len() == 1 {
        let back = marked(
            &after,
            same_places,
            at_line(task, Some(from), Target::Marker(stood)),
        )?;
        return if back == list.text {
            Ok(())
        } else {
            Err(format!("{state:?} could not be taken back"))
        };
    }
    Ok(())
}

fn at_line(task: &Task, from: Option<Vec<u8>>, to: Target) -> Mark {
    Mark {
        task: TaskKey {
            line: Some(task.line),
            ..TaskKey::default()
        },
        from,
        base: None,
        to,
    }
}

fn marked(text: &Text, tasks: &Tasks, intent: Mark) -> Result<Text, String> {
    let (edit, _) = mark(text, tasks, &[intent]).map_err(|refusal| format!("{refusal:?}"))?;
    Ok(edit.apply(text))
}

/// Returns the bytes with nothing else changed than the one between the brackets.
fn expected(bytes: &[u8], task: &Task, state: State) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    if task.state != state {
        bytes.splice(task.marker.range(), [state.marker().byte().unwrap()]);
    }
    bytes
}

/// Runs a command over every `every`th repository of the corpus at once.
fn answer(corpus: &Path, command: &str, every: usize) -> (u8, Vec<u8>) {
    let roots = repositories()
        .into_iter()
        .step_by(every)
        .flat_map(|path| [OsString::from("--root"), path.into_os_string()]);
    let words = ["specboard", command, "--json"]
        .map(OsString::from)
        .into_iter()
        .chain(roots);
    let (mut answer, mut messages) = (Vec::new(), Vec::new());
    let status = run(
        words,
        corpus.to_path_buf(),
        &mut Output::new(&mut answer, &mut messages, Style::default()),
    );
    (status.code(), answer)
}

#[test]
#[cfg_attr(
    not(corpus),
    ignore = "no corpus: SPECBOARD_CORPUS names one when the tests are built"
)]
fn repositories_are_listed_the_same_every_time() {
    let corpus = corpus();
    for command in ["list", "tasks", "trace"] {
        let (status, first) = answer(&corpus, command, 4);
        assert_eq!(status, 0, "{command}");
        assert!(
            first == answer(&corpus, command, 4).1,
            "{command} differs on the second run"
        );
    }
}

#[test]
#[cfg_attr(
    not(corpus),
    ignore = "no corpus: SPECBOARD_CORPUS names one when the tests are built"
)]
fn tasks_and_checklist_items_together_are_all_items() {
    let corpus = corpus();
    let answer: Value = serde_json::from_slice(&answer(&corpus, "tasks", 1).1).unwrap();
    let features = answer["features"].as_array().unwrap();
    let listed: Vec<&Value> = features
        .iter()
        .flat_map(|feature| feature["tasks"].as_array().unwrap())
        .collect();
    assert!(
        listed
            .iter()
            .all(|row| row["kind"] == "task" || row["kind"] == "checklist")
    );
    let in_tasks_md = listed
        .iter()
        .filter(|row| {
            row["file"]
                .as_str()
                .unwrap()
                .to_lowercase()
                .ends_with("/tasks.md")
        })
        .count();
    let is_reached = |list: &List| {
        list.kind == DocumentKind::Tasks
            && list
                .path
                .strip_prefix(&corpus)
                .unwrap()
                .iter()
                .nth(2)
                .is_some_and(|below| below == "specs")
    };
    let items: usize = task_lists(&corpus)
        .iter()
        .filter(|list| is_reached(list))
        .map(|list| list.tasks.items.len())
        .sum();
    assert!(items > 10_000, "{items}");
    assert_eq!(in_tasks_md, items);
}
