//! Words looked for in the texts of many specs: every line that holds them, in the order of the
//! workspace.
//!
//! Reads the files; what a line means is not known here.

use std::path::{Path, PathBuf};

use super::feature::Feature;
use super::par_map::par_map;
use crate::store::{Failure, read};
use crate::text::{Needle, Text};

/// A line that holds the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundLine {
    /// The index of the spec among those that are searched.
    pub feature: usize,
    /// The file.
    pub path: PathBuf,
    /// The index of the line, from 0.
    pub line: usize,
    /// The characters before the words, on that line.
    pub column: usize,
    /// The line, without its end.
    pub text: String,
}

/// Returns the lines of the documents and other files of some specs that hold the words, and the
/// files that could not be read, each with the index of its spec. Files that are no text are passed
/// over.
pub fn search(features: &[&Feature], needle: &Needle) -> (Vec<FoundLine>, Vec<(usize, Failure)>) {
    let searched = par_map(features.len(), |at| {
        search_feature(at, features[at], needle)
    });
    let (mut found, mut failures) = (Vec::new(), Vec::new());
    for (lines, failed) in searched {
        found.extend(lines);
        failures.extend(failed);
    }
    (found, failures)
}

fn search_feature(
    index: usize,
    feature: &Feature,
    needle: &Needle,
) -> (Vec<FoundLine>, Vec<(usize, Failure)>) {
    let documents = feature.documents().map(|file| file.path.as_path());
    let (mut found, mut failures) = (Vec::new(), Vec::new());
    for path in documents.chain(feature.other_files()) {
        match read(path) {
            Ok((text, _)) if !text.is_binary() => {
                found.extend(lines_with(index, path, &text, needle));
            }
            Ok(_) => {}
            Err(failure) => failures.push((index, failure)),
        }
    }
    (found, failures)
}

fn lines_with<'a>(
    feature: usize,
    path: &'a Path,
    text: &'a Text,
    needle: &'a Needle,
) -> impl Iterator<Item = FoundLine> + 'a {
    text.lines()
        .iter()
        .enumerate()
        .filter_map(move |(line, of)| {
            let words = text.lossy(of.content);
            let span = needle.matches(&words).next()?;
            Some(FoundLine {
                feature,
                path: path.to_path_buf(),
                line,
                column: words[..span.start].chars().count(),
                text: words.into_owned(),
            })
        })
}
