//! Marks and edits beside a program that rewrites the same file in a loop: nothing of theirs is
//! lost or torn, and of ours only what they had read before and wrote after.
//!
//! `SPECBOARD_STRESS` sets how many writes are tried beside each writer; the long form is
//! `cargo test --test it stress -- --ignored`.

mod writer;

use specboard::spec::change::carry;
use specboard::store::read;
use specboard::store::state::State;
use specboard::store::write::{self, Displaced, Settled, WriteError};
use specboard::text::{Edit, Span, Text};
use std::path::Path;
use std::process::{Child, Command};
pub(crate) use writer::Random;
use writer::{Cycle, TASKS, Way, beside, now, parse};

/// No test of its own: the process that rewrites, when another test starts it.
#[test]
fn writer_process() {
    let Ok(way) = std::env::var("SPECBOARD_WRITER") else {
        return;
    };
    let way = Way::ALL
        .into_iter()
        .find(|each| format!("{each:?}") == way)
        .unwrap();
    writer::run(way, Path::new(&std::env::var_os("SPECBOARD_FILE").unwrap()));
}

#[test]
fn marks_beside_writers() {
    for way in Way::ALL {
        beside_writer(way, count(24), mark);
    }
}

#[test]
#[ignore = "takes some minutes"]
fn a_thousand_marks_beside_each_writer() {
    for way in Way::ALL {
        beside_writer(way, count(1000), mark);
    }
}

#[test]
fn edits_beside_writers() {
    for way in Way::ALL {
        beside_writer(way, count(5), star);
    }
}

#[test]
#[ignore = "takes some minutes"]
fn many_edits_beside_each_writer() {
    for way in Way::ALL {
        beside_writer(way, count(60), star);
    }
}

/// The writers that let go of the file between two rewrites. Beside one that never does, a longer
/// text can only be written over the one that stands there, and what was written in the same moment
/// is reported.
const LETTING_GO: [Way; 2] = [Way::Rename, Way::Truncate];

#[test]
fn titles_beside_a_writer_that_renames() {
    beside_writer(LETTING_GO[0], count(12), title);
}

#[test]
fn titles_beside_a_writer_that_truncates() {
    beside_writer(LETTING_GO[1], count(12), title);
}

#[test]
#[ignore = "takes some minutes"]
fn a_thousand_titles_beside_each_writer() {
    for way in LETTING_GO {
        beside_writer(way, count(1000), title);
    }
}

fn count(usual: usize) -> usize {
    std::env::var("SPECBOARD_STRESS")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(usual)
}

/// What is to become of one task: its number, and what then stands in and behind its brackets.
struct Intent {
    task: usize,
    wanted: String,
    /// Whether it is an edit of the text that was read before, which is carried over to the one that
    /// stands there.
    is_typed: bool,
}

fn mark(round: usize) -> Intent {
    Intent {
        task: round % TASKS,
        wanted: if (round / TASKS).is_multiple_of(2) {
            "x".to_owned()
        } else {
            " ".to_owned()
        },
        is_typed: false,
    }
}

fn star(round: usize) -> Intent {
    Intent {
        task: round % TASKS,
        wanted: if (round / TASKS).is_multiple_of(2) {
            " *".to_owned()
        } else {
            " ".to_owned()
        },
        is_typed: false,
    }
}

fn title(round: usize) -> Intent {
    Intent {
        task: round % TASKS,
        wanted: format!(" |Title of round {round}"),
        is_typed: true,
    }
}

impl Intent {
    /// Returns the edit of a text, which for what is typed is made on `base`.
    fn edit(&self, base: &Text, text: &Text) -> Result<Edit, String> {
        if !self.is_typed {
            return self.mark(text);
        }
        let edit = self.retype(base)?;
        carry(&edit, base, text).map_err(|reason| reason.to_string())
    }

    fn retype(&self, base: &Text) -> Result<Edit, String> {
        let content = base.lossy(Span::new(0, base.len()));
        let head = format!("] {}. ", self.task);
        let start = content.find(&head).ok_or("the task is gone")? + head.len();
        let end = start + content[start..].find('\n').ok_or("the task is cut")?;
        let title = self.wanted.trim_start_matches([' ', '|']);
        Ok(Edit::splice(Span::new(start, end), title))
    }

    fn mark(&self, text: &Text) -> Result<Edit, String> {
        let content = text.lossy(Span::new(0, text.len()));
        let tail = format!(" {}. Task\n", self.task);
        let end = content.find(&tail).ok_or("the task is gone")?;
        let start = content[..end].rfind("- [").ok_or("the task is gone")? + 3;
        let (state, star) = self.wanted.split_at(1);
        let wanted = format!("{state}]{star}");
        match &content[start..end] {
            there if there == wanted => Ok(Edit::default()),
            there if there.len() == wanted.len() => {
                Ok(Edit::splice(Span::new(start, start + 1), state))
            }
            _ => Ok(Edit::splice(Span::new(start, end), wanted)),
        }
    }
}

/// A write that was said to be done.
struct Done {
    intent: Intent,
    start: u128,
    end: u128,
}

#[derive(Debug, Default)]
struct Tally {
    done: usize,
    busy: usize,
    refused: usize,
    stray: usize,
    kept: usize,
    came_back: usize,
    overtaken: usize,
}

/// Writes `rounds` times beside a writer, then compares what both say with each other.
fn beside_writer(way: Way, rounds: usize, intent: fn(usize) -> Intent) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tasks.md");
    std::fs::write(&path, writer::text(0, &vec![" ".to_owned(); TASKS])).unwrap();
    let state = State::at(folder.path().join("state"));
    let mut child = start(way, &path);
    let (mut tally, mut done) = (Tally::default(), Vec::new());
    for round in 0..rounds {
        let (intent, start) = (intent(round), now());
        if put(&path, &state, &intent, &mut tally) {
            done.push(Done {
                intent,
                start,
                end: now(),
            });
        }
    }
    std::fs::write(beside(&path, "stop"), "").unwrap();
    assert!(
        child.wait().unwrap().success(),
        "{way:?}: the writer failed"
    );
    let log = writer::log(&path);
    check_rewrites(way, &log, &path, &tally);
    check_ours(way, &log, &done, &mut tally);
    println!("{way:?}: {} rewrites, {tally:?}", log.len());
    assert!(
        tally.done * 4 > rounds,
        "{way:?}: too little was done to say anything: {tally:?}"
    );
}

fn start(way: Way, path: &Path) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "stress::writer_process", "--nocapture"])
        .env("SPECBOARD_WRITER", format!("{way:?}"))
        .env("SPECBOARD_FILE", path);
    command.stdout(std::process::Stdio::null()).spawn().unwrap()
}

/// Carries out one intent and, where the displaced file comes back, carries it out again; says
/// whether it is done.
fn put(path: &Path, state: &State, intent: &Intent, tally: &mut Tally) -> bool {
    let Ok((base, _)) = read(path) else {
        tally.busy += 1;
        return false;
    };
    for _ in 0..5 {
        match write::write_keeping(path, state, |text| intent.edit(&base, text)) {
            Ok(written) => match written.displaced.map_or(Settled::Quiet, Displaced::settle) {
                Settled::Quiet => {
                    tally.done += 1;
                    return true;
                }
                Settled::CameBack => tally.came_back += 1,
                Settled::Kept(failure) => {
                    println!("kept: {failure}");
                    tally.kept += 1;
                    return false;
                }
            },
            Err(WriteError::Busy(failure)) if failure.line.is_some() => {
                println!("stray: {failure}");
                tally.stray += 1;
                return false;
            }
            // Written over beside a writer that did not let go: said, with the text from before.
            Err(WriteError::Busy(failure)) if failure.message.contains("is kept in") => {
                println!("kept: {failure}");
                tally.kept += 1;
                return false;
            }
            Err(WriteError::Busy(_)) => {
                tally.busy += 1;
                return false;
            }
            // On a busy disk a writer's second step may come after the file has been quiet; then
            // the task may be missing.
            Err(WriteError::Refused(_)) => {
                tally.refused += 1;
                return false;
            }
            Err(error) => panic!("{error}"),
        }
    }
    false
}

/// Each rewrite read what the one before had written, whole; and the last one is on disk.
///
/// What a writer wrote into the file that was displaced comes back. Where it read the path again
/// before that, it read past its own rewrite: once for each that came back.
fn check_rewrites(way: Way, log: &[Cycle], path: &Path, tally: &Tally) {
    let content = std::fs::read_to_string(path).unwrap();
    let last = parse(&content).map(|(counter, _)| counter);
    let read = log.iter().map(|cycle| cycle.counter).chain([last]);
    let mut problems = 0;
    let mut behind = 0;
    for (index, counter) in read.enumerate() {
        if counter != Some(index as u64 - behind) {
            behind = counter.map_or(behind, |counter| (index as u64).saturating_sub(counter));
            problems += 1;
            if problems < 4 {
                println!("{way:?}: read {counter:?} where {index} was written");
            }
        }
    }
    // A byte of ours in their text, and a text of theirs without a place, were reported when they
    // came about.
    assert!(
        problems <= tally.came_back || tally.stray + tally.kept > 0,
        "{way:?}: a rewrite is lost or torn: {tally:?}\n{content}"
    );
}

/// Everything of ours was seen by the writer afterwards, unless it had read before and wrote after.
fn check_ours(way: Way, log: &[Cycle], done: &[Done], tally: &mut Tally) {
    for (index, ours) in done.iter().enumerate() {
        // A byte of ours that was reported as stray leaves a text that the writer cannot read.
        let is_next = |cycle: &Cycle| cycle.counter.is_some() && cycle.read_start > ours.end;
        let Some(next) = log.iter().position(is_next) else {
            continue;
        };
        let again = done[index + 1..]
            .iter()
            .find(|later| later.intent.task == ours.intent.task);
        let seen = &log[next].tasks[ours.intent.task];
        if *seen == ours.intent.wanted
            || again.is_some_and(|again| again.start < log[next].read_end)
        {
            continue;
        }
        let had_read_before = log[..next].last().is_some_and(|cycle| {
            cycle.counter.is_some()
                && cycle.read_start <= ours.end
                && cycle.write_end >= ours.start
                && cycle.tasks[ours.intent.task] != ours.intent.wanted
        });
        assert!(
            had_read_before,
            "{way:?}: {seen:?} where {:?} was written to task {}",
            ours.intent.wanted, ours.intent.task
        );
        tally.overtaken += 1;
    }
}
