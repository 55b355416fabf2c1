//! The other program: a process that rewrites a file in one of four ways, and notes what it read
//! and when it wrote.
//!
//! The file is a counter, which every rewrite raises, a filler of changing length, and tasks, which
//! are written back as they were read.

use std::fmt::Write as _;
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How many tasks the file has.
pub(crate) const TASKS: usize = 50;

/// The title of every task at first.
const FIRST: &str = "Task";

/// The ways in which programs rewrite files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// A new file takes the name of the old one.
    Rename,
    /// The file is opened, read, overwritten and cut.
    InPlace,
    /// The file is emptied and written in two steps.
    Truncate,
    /// The file is opened once and overwritten again and again.
    OpenDescriptor,
}

impl Way {
    pub(crate) const ALL: [Self; 4] = [
        Self::Rename,
        Self::InPlace,
        Self::Truncate,
        Self::OpenDescriptor,
    ];
}

/// One rewrite as the writer saw it; times in nanoseconds.
#[derive(Debug)]
pub(crate) struct Cycle {
    pub(crate) read_start: u128,
    pub(crate) read_end: u128,
    pub(crate) write_end: u128,
    pub(crate) counter: Option<u64>,
    /// What stands in the brackets of each task, `*` added where one follows, then `|` and its title
    /// where that is another than at first.
    pub(crate) tasks: Vec<String>,
}

/// Returns the file's text.
pub(crate) fn text(counter: u64, tasks: &[String]) -> String {
    let mut text = format!(
        "# Tasks {counter}\n{}\n",
        "filler ".repeat(counter as usize * 7 % 40)
    );
    for (number, task) in tasks.iter().enumerate() {
        let (marks, title) = task.split_once('|').unwrap_or((task, FIRST));
        let (state, star) = marks.split_at(1);
        writeln!(text, "- [{state}]{star} {number}. {title}").unwrap();
    }
    writeln!(text, "end {counter}").unwrap();
    text
}

/// Takes the file's text apart; nothing where it is not exactly as [`text`] makes it.
pub(crate) fn parse(content: &str) -> Option<(u64, Vec<String>)> {
    let counter = content
        .lines()
        .next()?
        .strip_prefix("# Tasks ")?
        .parse()
        .ok()?;
    let task = |line: &str| {
        let (state, rest) = line.strip_prefix("- [")?.split_once(']')?;
        let (star, rest) = rest.split_once(' ')?;
        let title = rest.split_once(". ")?.1;
        let title = if title == FIRST {
            String::new()
        } else {
            format!("|{title}")
        };
        Some(format!("{state}{star}{title}"))
    };
    let tasks: Vec<String> = content.lines().filter_map(task).collect();
    (tasks.len() == TASKS && text(counter, &tasks) == content).then_some((counter, tasks))
}

pub(crate) fn now() -> u128 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_nanos()
}

/// Rewrites `path` until `path.stop` exists, then writes `path.log`.
pub(crate) fn run(way: Way, path: &Path) {
    let mut random = Random(now() as u64 | 1);
    let mut log = String::new();
    let mut open = OpenOptions::new()
        .read(true)
        .write(true)
        .open(path)
        .unwrap();
    while !beside(path, "stop").exists() {
        for _ in 0..1 + random.below(3) {
            let read_start = now();
            if way == Way::InPlace {
                open = OpenOptions::new()
                    .read(true)
                    .write(true)
                    .open(path)
                    .unwrap();
            }
            let content = read(way, path, &mut open);
            let read_end = now();
            let parsed = parse(&content);
            if let Some((counter, tasks)) = &parsed {
                std::thread::sleep(Duration::from_micros(random.below(3000)));
                write(way, path, &mut open, &text(counter + 1, tasks));
            }
            let (counter, tasks) = parsed.map_or((String::new(), vec![]), |(counter, tasks)| {
                (counter.to_string(), tasks)
            });
            writeln!(
                log,
                "{read_start},{read_end},{},{counter},{}",
                now(),
                tasks.join(";")
            )
            .unwrap();
        }
        std::thread::sleep(Duration::from_millis(15 + random.below(50)));
    }
    std::fs::write(beside(path, "log"), log).unwrap();
}

/// Returns what a writer that has ended noted.
pub(crate) fn log(path: &Path) -> Vec<Cycle> {
    let log = std::fs::read_to_string(beside(path, "log")).unwrap();
    let cycle = |line: &str| {
        let fields: Vec<&str> = line.split(',').collect();
        Cycle {
            read_start: fields[0].parse().unwrap(),
            read_end: fields[1].parse().unwrap(),
            write_end: fields[2].parse().unwrap(),
            counter: fields[3].parse().ok(),
            tasks: fields[4].split(';').map(str::to_owned).collect(),
        }
    };
    log.lines().map(cycle).collect()
}

pub(crate) fn beside(path: &Path, what: &str) -> PathBuf {
    path.with_extension(what)
}

fn read(way: Way, path: &Path, open: &mut File) -> String {
    let mut bytes = Vec::new();
    match way {
        Way::Rename | Way::Truncate => bytes = std::fs::read(path).unwrap(),
        Way::InPlace | Way::OpenDescriptor => {
            open.rewind().unwrap();
            open.read_to_end(&mut bytes).unwrap();
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn write(way: Way, path: &Path, open: &mut File, text: &str) {
    match way {
        Way::Rename => {
            std::fs::write(beside(path, "new"), text).unwrap();
            std::fs::rename(beside(path, "new"), path).unwrap();
        }
        Way::InPlace | Way::OpenDescriptor => {
            open.write_all_at(text.as_bytes(), 0).unwrap();
            open.set_len(text.len() as u64).unwrap();
        }
        Way::Truncate => {
            let (first, second) = text.split_at(text.len() / 2);
            let mut file = File::create(path).unwrap();
            file.write_all(first.as_bytes()).unwrap();
            std::thread::sleep(Duration::from_millis(1));
            file.write_all(second.as_bytes()).unwrap();
        }
    }
}

/// Numbers that differ from run to run (xorshift).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}
