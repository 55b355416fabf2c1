//! What is read for a job: documents, figures, the list of features. Knows no threads.

use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use crate::model::{Answer, Deck, FileList, Files, Job, Pane, Sheet, Sheets, Summary};
use crate::spec::feature::{Feature, TaskList};
use crate::spec::workspace::Workspace;
use crate::store::{DocumentFile, Failure, Root, Version, version};

/// Reads what one job asks for.
pub(super) fn answer(job: &Job, roots: &[Root], tell: &impl Fn(Answer)) {
    let answer = match job {
        Job::Open(feature, known) => Answer::Opened(Box::new(open(feature, known))),
        Job::Count(features) => Answer::Counted(count(features)),
        Job::Deal(features) => Answer::Dealt(deal(features)),
        Job::ListFiles(feature) => {
            let Some(root) = roots.get(feature.root) else {
                return;
            };
            Answer::FilesListed(Box::new(FileList::read(feature, root)))
        }
        Job::ReadFile(path) => {
            let read = Sheet::read(Pane::Files, &Files::other(path));
            Answer::FileRead(path.clone(), Box::new(read))
        }
        Job::List => Answer::Listed(Box::new(Workspace::scan(roots.to_vec()))),
    };
    tell(answer);
}

/// Reads the documents of a feature, but for those whose file still has the version that is known.
fn open(feature: &Feature, known: &[(Pane, Version)]) -> Sheets {
    let is_known = |pane: Pane| {
        let Some((_, known)) = known.iter().find(|(of, _)| *of == pane) else {
            return false;
        };
        pane.file(feature)
            .is_some_and(|file| version(&file.path).is_ok_and(|now| now == *known))
    };
    let sheets = Pane::DOCUMENTS
        .into_iter()
        .filter(|pane| !is_known(*pane))
        .filter_map(|pane| Some((pane, read(pane, pane.file(feature)?))))
        .collect();
    Sheets {
        feature: Some(feature.folder.path.clone()),
        sheets,
        ..Sheets::default()
    }
}

/// How long a file that is not there is waited for: many programs save by removing a file and
/// writing it again.
const ABSENCE: Duration = Duration::from_millis(100);

/// Reads a document; one that is gone for a moment is read when it is back.
fn read(pane: Pane, file: &DocumentFile) -> Result<Sheet, Failure> {
    let sheet = Sheet::read(pane, file);
    if sheet.is_ok() || file.path.exists() {
        return sheet;
    }
    thread::sleep(ABSENCE);
    Sheet::read(pane, file)
}

/// Counts features, but for those whose task file still has the version that is known.
fn count(features: &[(Feature, Option<Version>)]) -> Vec<(PathBuf, Summary)> {
    stale(features)
        .map(|feature| (feature.folder.path.clone(), Summary::read(feature)))
        .collect()
}

/// Reads the cards of features with their figures, each file once.
fn deal(features: &[(Feature, Option<Version>)]) -> Vec<(PathBuf, Option<Deck>, Summary)> {
    let deal = |feature: &Feature| {
        let list = feature.task_file().map(TaskList::read);
        let summary = Summary::count(feature, list.as_ref());
        let path = feature.folder.path.clone();
        let deck = list
            .and_then(Result::ok)
            .map(|list| Deck::of(path.clone(), list.file, &list.text, &list.tasks));
        (path, deck, summary)
    };
    stale(features).map(deal).collect()
}

/// Returns the features whose task file has not the version that is known.
fn stale(features: &[(Feature, Option<Version>)]) -> impl Iterator<Item = &Feature> {
    let is_known = |(feature, known): &&(Feature, Option<Version>)| {
        let now = feature
            .task_file()
            .and_then(|file| version(&file.path).ok());
        known.is_some() && now == *known
    };
    features
        .iter()
        .filter(move |feature| !is_known(feature))
        .map(|(feature, _)| feature)
}
