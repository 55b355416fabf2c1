//! The thread that reads: documents, figures, the list of features. It sleeps until it is asked.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::Duration;

use crate::model::{Deck, Effect, FileList, Files, Message, Pane, Sheet, Sheets, Summary};
use crate::spec::feature::{Feature, TaskList};
use crate::spec::workspace::Workspace;
use crate::store::{DocumentFile, Failure, Root, Version, version};

/// How many features are counted before their figures are shown.
const BATCH: usize = 64;

/// Starts the thread. What it reads goes to `tell`.
pub(super) fn start(
    roots: Vec<Root>,
    tell: impl Fn(Message) + Send + 'static,
) -> io::Result<Sender<Effect>> {
    let (sender, orders) = channel::<Effect>();
    let read = move || {
        orders
            .iter()
            .for_each(|order| answer(&order, &roots, &tell));
    };
    thread::Builder::new()
        .name("reader".to_owned())
        .spawn(read)?;
    Ok(sender)
}

/// Reads what one order asks for; an order that asks for nothing to be read is none of its
/// business.
pub(super) fn answer(order: &Effect, roots: &[Root], tell: &impl Fn(Message)) {
    match order {
        Effect::Open(feature, known) => tell(Message::Opened(Box::new(open(feature, known)))),
        Effect::Count(features) => features
            .chunks(BATCH)
            .for_each(|batch| tell(Message::Counted(count(batch)))),
        Effect::Deal(features) => features
            .chunks(BATCH)
            .for_each(|batch| tell(Message::Dealt(deal(batch)))),
        Effect::ListFiles(feature) => {
            let list = roots
                .get(feature.root)
                .map(|root| FileList::read(feature, root));
            list.into_iter()
                .for_each(|list| tell(Message::FilesListed(Box::new(list))));
        }
        Effect::ReadFile(path) => tell(Message::FileRead(
            path.clone(),
            Box::new(Sheet::read(Pane::Files, &Files::other(path))),
        )),
        Effect::List => tell(Message::Listed(Box::new(Workspace::scan(roots.to_vec())))),
        _ => {}
    }
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
