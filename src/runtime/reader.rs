//! What is read for a job, and for the first frame: documents, figures, the list of features. Knows
//! no threads.

use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use crate::model::{Answer, Deck, FileList, Files, Job, Pane, Sheet, Sheets, Summary};
use crate::spec::feature::{Feature, TaskList};
use crate::spec::files::OtherFile;
use crate::spec::reading::conflicts_elsewhere;
use crate::spec::workspace::Workspace;
use crate::store::{self, DocumentFile, DocumentKind, Failure, Root, Version, version};
use crate::text::Text;

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
            Answer::FilesListed(Box::new(FileList {
                feature: feature.folder.path.clone(),
                files: OtherFile::all(feature, root),
            }))
        }
        Job::ReadFile(path) => {
            let read = document(Pane::Files, &Files::other(path));
            Answer::FileRead(path.clone(), Box::new(read))
        }
        Job::List => Answer::Listed(Box::new(Workspace::scan(roots.to_vec()).in_natural_order())),
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

/// Reads the documents that some panes show of a feature.
pub fn read_documents(feature: &Feature, panes: &[Pane]) -> Sheets {
    let sheets = panes
        .iter()
        .filter_map(|pane| Some((*pane, document(*pane, pane.file(feature)?))))
        .collect();
    Sheets {
        feature: Some(feature.folder.path.clone()),
        sheets,
        ..Sheets::default()
    }
}

/// Reads what a pane shows of a file. Of other files than documents only text is taken.
fn document(pane: Pane, file: &DocumentFile) -> Result<Sheet, Failure> {
    let (text, version) = store::read(&file.path)?;
    if file.kind == DocumentKind::Other && is_binary(&text) {
        return Err(Failure::new(
            &file.path,
            "is not text: there are zero bytes in it. Look at it with a program of its own",
        ));
    }
    Ok(Sheet::of(pane, file.clone(), text, Some(version)))
}

/// How many bytes are looked at to tell whether a file is text, as by git.
const LOOKED_AT: usize = 8000;

/// Returns whether a file is something else than text, by its first bytes.
fn is_binary(text: &Text) -> bool {
    text.bytes()[..text.len().min(LOOKED_AT)].contains(&0)
}

/// How long a file that is not there is waited for: many programs save by removing a file and
/// writing it again.
const ABSENCE: Duration = Duration::from_millis(100);

/// Reads a document; one that is gone for a moment is read when it is back.
fn read(pane: Pane, file: &DocumentFile) -> Result<Sheet, Failure> {
    let sheet = document(pane, file);
    if sheet.is_ok() || store::exists(&file.path) {
        return sheet;
    }
    thread::sleep(ABSENCE);
    document(pane, file)
}

/// Counts features, but for those whose task file still has the version that is known.
fn count(features: &[(Feature, Option<Version>)]) -> Vec<(PathBuf, Summary)> {
    let count = |feature: &Feature| {
        let list = feature.task_file().map(TaskList::read);
        let summary = summary(feature, list.as_ref());
        (feature.folder.path.clone(), summary)
    };
    stale(features).map(count).collect()
}

/// Counts the tasks of a feature whose task file was read, and looks for merge conflicts in its
/// other documents.
fn summary(feature: &Feature, list: Option<&Result<TaskList, Failure>>) -> Summary {
    Summary {
        elsewhere: conflicts_elsewhere(feature),
        ..Summary::count(feature, list)
    }
}

/// Reads the cards of features with their figures, each file once.
fn deal(features: &[(Feature, Option<Version>)]) -> Vec<(PathBuf, Option<Deck>, Summary)> {
    let deal = |feature: &Feature| {
        let list = feature.task_file().map(TaskList::read);
        let summary = summary(feature, list.as_ref());
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
