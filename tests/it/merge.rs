//! Edits of different tasks of one file, made at the same time: merged here, and by git.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use specboard::markdown::Document;
use specboard::spec::tasks::{Task, Tasks, line_parts};
use specboard::text::{Edit, Span, Text, merge};

use super::corpus::{files, find_corpus};

/// Random numbers that are the same on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        // Xorshift, by Marsaglia.
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % limit.max(1)
    }

    fn words(&mut self) -> String {
        let words = [
            "tests", "login", "retry", "schema", "for", "the", "cache", "7",
        ];
        let count = 1 + self.below(4);
        let chosen: Vec<&str> = (0..count).map(|_| words[self.below(words.len())]).collect();
        format!("{} {}", chosen.join(" "), self.below(1_000_000))
    }
}

/// An edit as somebody would make it to one task: a tick, a star, another title, a new detail, the
/// task taken away.
fn edit_of(text: &Text, task: &Task, random: &mut Random) -> Edit {
    let line = text.lines()[task.line];
    let bracket = task.marker.end + 1;
    match random.below(8) {
        0..=2 => {
            let marker = ["x", " ", "-", "~"][random.below(4)];
            Edit::splice(task.marker, marker)
        }
        3 => match task.star {
            Some(star) => Edit::splice(star, ""),
            None => Edit::splice(Span::new(bracket, bracket), "*"),
        },
        4 | 5 => {
            let number = task.number_span.map_or(bracket, |number| number.end);
            let start = task.star.map_or(number, |star| star.end.max(number));
            let words = format!(" {}", random.words());
            Edit::splice(Span::new(start, line.content.end), words)
        }
        6 => {
            let ending = String::from_utf8_lossy(text.main_ending().as_bytes()).into_owned();
            let indent = " ".repeat(task.indent + 2);
            let detail = format!("{ending}{indent}- {}", random.words());
            Edit::splice(Span::new(line.content.end, line.content.end), detail)
        }
        _ => {
            let last = text.lines()[task.details.end.max(task.line + 1) - 1];
            Edit::splice(Span::new(line.content.start, last.whole.end), "")
        }
    }
}

/// Merges edits of two different tasks of a file, `count` times; says where it went wrong.
fn merge_pairs(
    path: &Path,
    source: &[u8],
    count: usize,
    random: &mut Random,
) -> (usize, Vec<String>) {
    let text = Text::new(source);
    let tasks = Tasks::parse(&text, &Document::parse(&text)).items;
    if tasks.len() < 2 {
        return (0, Vec::new());
    }
    let mut wrong = Vec::new();
    for _ in 0..count {
        let first = random.below(tasks.len());
        let second = (first + 1 + random.below(tasks.len() - 1)) % tasks.len();
        let edits = [first, second].map(|index| edit_of(&text, &tasks[index], random));
        let [ours, theirs] = [&edits[0], &edits[1]].map(|edit| edit.apply(&text));
        let expected = edits[0].union(&edits[1]).unwrap().apply(&text);
        let merged = merge(&text, &ours, &theirs, line_parts).map(|edit| edit.apply(&text));
        match merged {
            Ok(merged) if merged == expected => {}
            Ok(_) => wrong.push(format!("{}: another text: {edits:?}", path.display())),
            Err(conflict) => wrong.push(format!(
                "{}: {:?}: {edits:?}",
                path.display(),
                conflict.places()
            )),
        }
    }
    (count, wrong)
}

const SMALL: &[&str] = &[
    "- [ ] 1. a\n- [ ] 2. b\n",
    "# T\n\n- [ ] 1. Set up\n  - [ ] 1.1 One\n    - _Requirements: 1.1_\n  - [ ]* 1.2 Two\n    - _Requirements: 1.1_\n\n- [x] 2. Next\n  - detail\n  - _Requirements: 1.1_",
    "- [ ] a\r\n\r\n- [ ] a\r\n\r\n- [ ] a\r\n",
];

#[test]
fn edits_of_different_tasks_go_together() {
    let mut random = Random(7);
    for source in SMALL {
        let (_, wrong) = merge_pairs(Path::new("small"), source.as_bytes(), 150, &mut random);
        assert!(
            wrong.is_empty(),
            "{source:?}: {:#?}",
            &wrong[..wrong.len().min(4)]
        );
    }
}

#[test]
#[ignore = "10,000 pairs over the corpus take some seconds"]
fn edits_of_different_tasks_of_the_corpus_go_together() {
    let Some(corpus) = find_corpus() else { return };
    let mut files = files(&corpus);
    files.retain(|path| path.ends_with("tasks.md"));
    let mut random = Random(11);
    let (mut tried, mut wrong) = (0, Vec::new());
    while tried < 10_000 {
        let before = tried;
        for path in &files {
            let (count, found) = merge_pairs(path, &fs::read(path).unwrap(), 10, &mut random);
            tried += count;
            wrong.extend(found);
        }
        assert!(tried > before, "no file of the corpus has two tasks");
    }
    assert!(
        wrong.is_empty(),
        "{} of {tried}: {:#?}",
        wrong.len(),
        &wrong[..wrong.len().min(6)]
    );
}

/// A repository whose merges of Markdown go through the program.
struct Repository(tempfile::TempDir);

impl Repository {
    /// Makes one that holds `base`, with `ours` checked out and `theirs` on a branch of that name.
    /// None where there is no git.
    fn new(base: &str, ours: &str, theirs: &str) -> Option<Self> {
        if Command::new("git").arg("--version").output().is_err() {
            println!("skipped: there is no git here");
            return None;
        }
        let made = Self(tempfile::tempdir().unwrap());
        made.git(&["init", "-q", "-b", "main"]);
        let driver = format!(
            "{} merge-driver %O %A %B %P",
            env!("CARGO_BIN_EXE_specboard")
        );
        made.git(&["config", "merge.specboard.driver", &driver]);
        fs::write(
            made.0.path().join(".gitattributes"),
            "*.md merge=specboard\n",
        )
        .unwrap();
        made.commit(base);
        made.git(&["checkout", "-q", "-b", "theirs"]);
        made.commit(theirs);
        made.git(&["checkout", "-q", "main"]);
        made.commit(ours);
        Some(made)
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("tasks.md")
    }

    fn commit(&self, source: &str) {
        fs::write(self.file(), source).unwrap();
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", "tasks"]);
    }

    fn git(&self, words: &[&str]) -> Output {
        Command::new("git")
            .args(["-c", "user.name=a", "-c", "user.email=a@example.org"])
            .args(words)
            .current_dir(self.0.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .output()
            .unwrap()
    }

    /// Merges; gives whether git took it as whole, and the file.
    fn merge(&self) -> (bool, String) {
        let merged = self.git(&["merge", "-q", "--no-edit", "theirs"]);
        let source = fs::read_to_string(self.file()).unwrap();
        (merged.status.success(), source)
    }
}

#[test]
fn git_merges_ticks_and_titles_through_the_program() {
    for (base, ours, theirs, is_whole, expected) in [
        (
            "- [ ] 1. a\n- [ ] 2. b\n",
            "- [x] 1. a\n- [ ] 2. b\n",
            "- [ ] 1. new\n- [x] 2. b\n",
            true,
            "- [x] 1. new\n- [x] 2. b\n",
        ),
        (
            "- [ ] 1. a\n- [ ] 2. b\n",
            "- [ ] 1. one\n- [ ] 2. b\n",
            "- [ ] 1. un\n- [x] 2. b\n",
            false,
            "<<<<<<< ours\n- [ ] 1. one\n=======\n- [ ] 1. un\n>>>>>>> theirs\n- [x] 2. b\n",
        ),
    ] {
        let Some(repository) = Repository::new(base, ours, theirs) else {
            return;
        };
        assert_eq!(repository.merge(), (is_whole, expected.to_owned()));
    }
}
