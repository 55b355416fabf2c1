//! What is read for a job, and for the first frame: documents, figures, the list of features. Knows
//! no threads.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crate::model::{
    Answer, Cards, Excerpt, FileList, Files, FinderEntry, FoundIn, FoundLines, Job, Measured,
    OpenFile, OpenFiles, Pane, Search, Summary,
};
use crate::spec::contents::Contents;
use crate::spec::feature::Feature;
use crate::spec::files::OtherFile;
use crate::spec::parsed::Parsed;
use crate::spec::reading::conflicts_elsewhere;
use crate::spec::search::search;
use crate::spec::workspace::Workspace;
use crate::store::{self, DocumentFile, Failure, Root, Version, version};
use crate::text::{Needle, clean};

/// Reads what one job asks for.
pub(super) fn answer(job: &Job, roots: &[Root], tell: &impl Fn(Answer)) {
    let answer = match job {
        Job::Open(feature, known) => Answer::Opened(Box::new(open(feature, known))),
        Job::Count(features) => Answer::Counted(count(features)),
        Job::LoadCards(features) => Answer::CardsLoaded(load(features)),
        Job::Measure(features) => Answer::Measured(measure(features, roots)),
        Job::ListFiles(feature) => {
            let Some(root) = roots.get(feature.root) else {
                return;
            };
            Answer::FilesListed(Box::new(FileList {
                feature: feature.folder.path.clone(),
                files: OtherFile::all(feature, root),
            }))
        }
        Job::FindFile(followed) => {
            let found = store::find_inside(&followed.dir, &followed.paths);
            let folder = || store::files_inside(&followed.dir, &followed.paths);
            match found.is_none().then(folder).flatten() {
                Some(files) => Answer::FolderFound(followed.clone(), files),
                None => Answer::FileFound(followed.clone(), found),
            }
        }
        Job::ReadFile(path) => {
            let read = other_file(path);
            Answer::FileRead(path.clone(), Box::new(read))
        }
        Job::ReadEntries(features) => {
            let folders = features.iter().map(|feature| feature.folder.path.clone());
            Answer::EntriesRead(folders.collect(), entries(features, roots))
        }
        Job::Search(features, needle) => {
            Answer::Searched(Box::new(lines_with(features, roots, needle)))
        }
        Job::ReadExcerpt(path, line) => Answer::ExcerptRead(Box::new(excerpt(path, *line))),
        Job::List => Answer::Listed(Box::new(Workspace::scan(roots.to_vec()).in_natural_order())),
    };
    tell(answer);
}

/// Reads the documents of a feature, but for those whose file still has the version that is known.
fn open(feature: &Feature, known: &[(Pane, Version)]) -> OpenFiles {
    let is_known = |pane: Pane| {
        let Some((_, known)) = known.iter().find(|(of, _)| *of == pane) else {
            return false;
        };
        pane.file(feature)
            .is_some_and(|file| version(&file.path).is_ok_and(|now| known.is_still(&now)))
    };
    let panes: Vec<Pane> = Pane::with_file().filter(|pane| !is_known(*pane)).collect();
    read_each(feature, &panes, read_patiently)
}

/// Reads the documents that all panes show of a feature.
pub fn read_all(feature: &Feature) -> OpenFiles {
    read_documents(feature, &Pane::with_file().collect::<Vec<_>>())
}

/// Reads the documents that some panes show of a feature.
pub fn read_documents(feature: &Feature, panes: &[Pane]) -> OpenFiles {
    read_each(feature, panes, Parsed::read)
}

/// Reads the documents of some panes, each file once.
fn read_each(
    feature: &Feature,
    panes: &[Pane],
    read: fn(&DocumentFile) -> Result<Parsed, Failure>,
) -> OpenFiles {
    let mut files: Vec<(DocumentFile, Result<Parsed, Failure>)> = Vec::new();
    for file in panes.iter().filter_map(|pane| pane.file(feature)) {
        if !files.iter().any(|(known, _)| *known == file) {
            let parsed = read(&file);
            files.push((file, parsed));
        }
    }
    let open_file = |pane: &Pane| {
        let file = pane.file(feature)?;
        let (_, parsed) = files.iter().find(|(known, _)| *known == file)?;
        let open_file = parsed.clone().map(|parsed| OpenFile::show(*pane, parsed));
        Some((*pane, open_file))
    };
    let beside = feature
        .criteria_file_beside()
        .and_then(|file| read(file).ok()?.as_beside());
    OpenFiles {
        feature: Some(feature.folder.path.clone()),
        beside,
        by_pane: panes.iter().filter_map(open_file).collect(),
        ..OpenFiles::default()
    }
}

/// Reads a file that is no document. Of it only text is taken.
fn other_file(path: &Path) -> Result<OpenFile, Failure> {
    let parsed = Parsed::read(&Files::other(path))?;
    if parsed.text.is_binary() {
        return Err(Failure::new(
            path,
            "is not text: it contains zero bytes. Open it with another program",
        ));
    }
    Ok(OpenFile::show(Pane::Files, parsed))
}

/// How long a file that is not there is waited for: many programs save by removing a file and
/// writing it again.
const ABSENCE: Duration = Duration::from_millis(100);

/// Reads a document; one that is gone for a moment is read when it is back.
fn read_patiently(file: &DocumentFile) -> Result<Parsed, Failure> {
    let parsed = Parsed::read(file);
    if parsed.is_ok() || store::exists(&file.path) {
        return parsed;
    }
    thread::sleep(ABSENCE);
    Parsed::read(file)
}

/// Reads everything with a name in the documents of features. Of a document that cannot be read
/// there is nothing: its pane says why.
fn entries(features: &[Feature], roots: &[Root]) -> Vec<FinderEntry> {
    let of_feature = |feature: &Feature| {
        let folder: Arc<Path> = feature.folder.path.as_path().into();
        let name = address(feature, roots);
        let documents: Vec<&DocumentFile> = feature.documents().collect();
        let parsed = documents
            .into_iter()
            .filter_map(|file| Parsed::read(file).ok());
        parsed
            .flat_map(|parsed| FinderEntry::of_document(&folder, &name, &parsed))
            .collect::<Vec<_>>()
    };
    features.iter().flat_map(of_feature).collect()
}

/// Returns the name of a feature, with its root in front where there are several.
fn address(feature: &Feature, roots: &[Root]) -> String {
    match roots.get(feature.root) {
        Some(root) if roots.len() > 1 => format!("{}:{}", root.name, feature.name()),
        _ => feature.name().to_owned(),
    }
}

/// Finds the lines of features that hold some words. What cannot be read holds none: its pane says
/// why.
fn lines_with(features: &[Feature], roots: &[Root], needle: &Needle) -> FoundLines {
    let searched: Vec<&Feature> = features.iter().collect();
    let (lines, _) = search(&searched, needle);
    let mut found = FoundLines {
        needle: Some(needle.clone()),
        searched: features.len(),
        ..FoundLines::default()
    };
    let mut last = None;
    for line in lines {
        let feature = &features[line.feature];
        if last != Some(line.feature) {
            last = Some(line.feature);
            found.specs.push((address(feature, roots), 0));
        }
        if let Some((_, count)) = found.specs.last_mut() {
            *count += 1;
        }
        if found.lines.len() < Search::MOST {
            found.lines.push(FoundIn {
                spec: found.specs.len() - 1,
                feature: feature.folder.path.as_path().into(),
                path: line.path,
                line: line.line,
                text: line.text,
            });
        }
    }
    found
}

/// The most lines of an excerpt.
const EXCERPT_LINES: usize = 80;
/// How far above its place a heading is looked for, that it begins with.
const HEADING_WITHIN: usize = 12;

/// Reads what stands around a line, from the heading above it on; nothing where the file cannot be
/// read.
fn excerpt(path: &Path, line: usize) -> Excerpt {
    let text = store::read(path).map(|(text, _)| text).unwrap_or_default();
    let shown = |line: usize| clean(&text.lossy(text.lines()[line].content)).into_owned();
    let count = text.lines().len();
    let above = line.saturating_sub(HEADING_WITHIN)..line.min(count);
    let heading = above.rev().find(|line| shown(*line).starts_with('#'));
    let first = heading.unwrap_or(line.saturating_sub(2)).min(count);
    let lines = first..count.min(first + EXCERPT_LINES);
    Excerpt {
        path: path.to_path_buf(),
        line,
        first,
        lines: lines.map(shown).collect(),
    }
}

/// Counts features, but for those whose documents all still have the versions that are known.
fn count(features: &[(Feature, Vec<Version>)]) -> Vec<(PathBuf, Summary)> {
    let count = |feature: &Feature| {
        let (_, summary) = read_list(feature);
        (feature.folder.path.clone(), summary)
    };
    stale(features).map(count).collect()
}

/// Finds how much of features is covered, but for those whose documents all still have the versions
/// that are known. Nothing else of them is kept.
fn measure(features: &[(Feature, Vec<Version>)], roots: &[Root]) -> Vec<(PathBuf, Measured)> {
    let measure = |feature: &Feature| {
        // From before the first of them is read: a change in between shows as a later version.
        let documents = versions(feature);
        let coverage = roots.get(feature.root).and_then(|root| {
            let contents = Contents::read_tasks(feature, root);
            let has_tasks = contents
                .list
                .is_some_and(|list| !list.tasks.items.is_empty());
            let coverage = contents.links.trace.coverage();
            (has_tasks && coverage.total > 0).then_some(coverage)
        });
        let measured = Measured {
            documents,
            coverage,
        };
        (feature.folder.path.clone(), measured)
    };
    stale(features).map(measure).collect()
}

/// Reads the tasks of a feature and counts them, and looks for merge conflicts in its other
/// documents.
fn read_list(feature: &Feature) -> (Option<Result<Parsed, Failure>>, Summary) {
    // From before the first of them is read: a change in between shows as a later version.
    let documents = versions(feature);
    let list = feature.task_file().map(Parsed::read);
    let summary = Summary {
        elsewhere: conflicts_elsewhere(feature),
        written: documents.iter().map(Version::modified).max(),
        documents,
        ..Summary::count(feature, list.as_ref())
    };
    (list, summary)
}

/// Returns the versions of the documents of a feature, but for those that are not there.
fn versions(feature: &Feature) -> Vec<Version> {
    let documents = feature.documents();
    documents
        .filter_map(|file| version(&file.path).ok())
        .collect()
}

/// Returns the time of the last write to a document of a feature.
pub(super) fn written(feature: &Feature) -> Option<(i64, i64)> {
    versions(feature).iter().map(Version::modified).max()
}

/// Reads the cards of features with their figures, each file once.
fn load(features: &[(Feature, Vec<Version>)]) -> Vec<(PathBuf, Option<Cards>, Summary)> {
    let deal = |feature: &Feature| {
        let (list, summary) = read_list(feature);
        let path = feature.folder.path.clone();
        let cards = list
            .and_then(Result::ok)
            .map(|list| Cards::of(path.clone(), list.file, &list.text, &list.tasks));
        (path, cards, summary)
    };
    stale(features).map(deal).collect()
}

/// Returns the features of which a document has not the version that is known.
fn stale(features: &[(Feature, Vec<Version>)]) -> impl Iterator<Item = &Feature> {
    let is_known = |(feature, known): &&(Feature, Vec<Version>)| {
        let now = versions(feature);
        let mut pairs = known.iter().zip(&now);
        known.len() == now.len()
            && known.len() == feature.documents().count()
            && pairs.all(|(known, now)| known.is_still(now))
    };
    features
        .iter()
        .filter(move |feature| !is_known(feature))
        .map(|(feature, _)| feature)
}
