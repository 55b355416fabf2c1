//! The search over the real specs finds the lines that `grep -i` finds, for random words of three
//! scripts.
//!
//! Needs the corpus and a `grep` that knows UTF-8; without either it is ignored or says so.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use specboard::spec::feature::Feature;
use specboard::spec::search::search;
use specboard::spec::workspace::Workspace;
use specboard::store::find_roots;
use specboard::text::Needle;

use crate::corpus::repositories;
use crate::harness::Dice;

/// Returns how many words of each script are looked for: few, for each reads the whole corpus, or as
/// many as `SPECBOARD_WORDS` says.
fn count_of_words() -> usize {
    let said = std::env::var("SPECBOARD_WORDS").ok();
    said.and_then(|count| count.parse().ok()).unwrap_or(2)
}

/// Returns the specs of all repositories.
fn features() -> Vec<Feature> {
    let roots = |folder: &PathBuf| find_roots(folder, &[]).unwrap_or_default();
    let scanned = repositories()
        .into_iter()
        .map(|folder| Workspace::scan(roots(&folder)));
    scanned.flat_map(|workspace| workspace.features).collect()
}

/// Returns the files of specs that are text.
fn files(features: &[Feature]) -> Vec<PathBuf> {
    let documents = features.iter().flat_map(|feature| {
        let documents = feature.documents().map(|file| file.path.as_path());
        documents.chain(feature.other_files())
    });
    let files: BTreeSet<&Path> = documents.collect();
    let is_text = |path: &&Path| fs::read(path).is_ok_and(|bytes| !bytes.contains(&0));
    files
        .into_iter()
        .filter(is_text)
        .map(PathBuf::from)
        .collect()
}

/// Returns whether a letter is of a script.
type OfScript = fn(char) -> bool;

const SCRIPTS: [(&str, OfScript, usize); 3] = [
    ("Latin", |letter| letter.is_ascii_lowercase(), 4),
    (
        "CJK",
        |letter| ('\u{4e00}'..='\u{9fff}').contains(&letter),
        2,
    ),
    ("Cyrillic", |letter| ('а'..='я').contains(&letter), 4),
];

/// Returns random words of a script that stand in the files, of `length` letters.
fn words(files: &[PathBuf], is_letter: OfScript, length: usize) -> BTreeSet<String> {
    let mut all: BTreeSet<String> = BTreeSet::new();
    for path in files {
        let text = fs::read_to_string(path).unwrap_or_default();
        let runs = text.split(|letter| !is_letter(letter));
        let long = runs.filter(|run| run.chars().count() >= length);
        all.extend(long.map(|run| run.chars().take(length).collect::<String>()));
    }
    let all: Vec<String> = all.into_iter().collect();
    let mut dice = Dice(15);
    let chosen = (0..count_of_words()).filter_map(|_| all.get(dice.roll(all.len())).cloned());
    chosen.collect()
}

/// Returns the lines that grep finds, from 1; none where there is no grep.
fn grepped(word: &str, files: &[PathBuf]) -> Option<BTreeSet<(PathBuf, usize)>> {
    let mut grep = Command::new("xargs")
        .args(["-0", "grep", "-iFnHaZ", "-e", word])
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let list: Vec<String> = files
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    let mut stdin = grep.stdin.take().unwrap();
    let writing = std::thread::spawn(move || stdin.write_all(list.join("\0").as_bytes()));
    let output = grep.wait_with_output().ok()?;
    writing.join().unwrap().ok()?;
    // 127 is a program that is not there; 123 says that one of the greps found nothing.
    if output.status.code() == Some(127) {
        return None;
    }
    let found = output
        .stdout
        .split(|byte| *byte == b'\n')
        .filter_map(|line| {
            let end = line.iter().position(|byte| *byte == 0)?;
            let path = PathBuf::from(String::from_utf8_lossy(&line[..end]).into_owned());
            let rest = String::from_utf8_lossy(&line[end + 1..]).into_owned();
            Some((path, rest.split(':').next()?.parse().ok()?))
        });
    Some(found.collect())
}

#[test]
#[cfg_attr(
    not(corpus),
    ignore = "no corpus: SPECBOARD_CORPUS names one when the tests are built"
)]
fn search_finds_the_lines_that_grep_finds() {
    let features = features();
    let (all, files): (Vec<&Feature>, _) = (features.iter().collect(), files(&features));
    for (script, is_letter, length) in SCRIPTS {
        let words = words(&files, is_letter, length);
        if words.is_empty() {
            println!("the corpus has no {script} words");
        }
        for word in words {
            let Some(expected) = grepped(&word, &files) else {
                println!("there is no grep: nothing is compared");
                return;
            };
            let (lines, _) = search(&all, &Needle::of(&word).unwrap());
            let found: Vec<(PathBuf, usize)> = lines
                .into_iter()
                .map(|line| (line.path, line.line + 1))
                .collect();
            let distinct: BTreeSet<(PathBuf, usize)> = found.iter().cloned().collect();
            assert_eq!(found.len(), distinct.len(), "{script} {word}: a line twice");
            assert!(!expected.is_empty(), "{script} {word}: grep finds nothing");
            let differ: Vec<_> = distinct.symmetric_difference(&expected).take(5).collect();
            assert!(differ.is_empty(), "{script} {word}: {differ:?}");
        }
    }
}
