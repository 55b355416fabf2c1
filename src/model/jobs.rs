//! What the threads that read are asked for, and what they answer.
//!
//! Every job has a number. A job may be overtaken: by a newer one, or by what the user does
//! meanwhile; its answer is then told by its number, and does not count. Knows no threads.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::{
    Cards, Effect, Excerpt, FileList, FinderEntry, Followed, FoundLines, Measured, Model, OpenFile,
    OpenFiles, Pane, Summary,
};
use crate::spec::feature::Feature;
use crate::spec::workspace::Workspace;
use crate::store::{Failure, Version};
use crate::text::Needle;

/// The number of a job. A later job has a higher one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(u64);

/// Something to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Job {
    /// The documents of a feature, but for the panes whose file still has the version given.
    Open(Box<Feature>, Vec<(Pane, Version)>),
    /// The progress of features, but for those whose documents all still have the versions given.
    Count(Vec<(Feature, Vec<Version>)>),
    /// The cards of features with their progress, but for those whose documents all still have the
    /// versions given.
    LoadCards(Vec<(Feature, Vec<Version>)>),
    /// How much of features is covered, but for those whose documents all still have the versions
    /// given.
    Measure(Vec<(Feature, Vec<Version>)>),
    /// The list of the files beside the documents of a feature, with what they tell.
    ListFiles(Box<Feature>),
    /// A file that is no document.
    ReadFile(PathBuf),
    /// The file that a link leads to.
    FindFile(Box<Followed>),
    /// Everything with a name in the documents of features.
    ReadEntries(Vec<Feature>),
    /// The lines of features that hold some words.
    Search(Vec<Feature>, Needle),
    /// What stands around a line of a file, from 0.
    ReadExcerpt(PathBuf, usize),
    /// The features of all roots.
    List,
}

/// What a job is about. A newer job takes the place of an older one that was not begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobKind {
    /// The documents on the screen.
    Documents,
    /// The list of files on the screen.
    FileList,
    /// The file on the screen.
    File,
    /// The file that a link leads to.
    Link,
    /// Figures and cards. Each such job is for features of its own, and none replaces another.
    Figures,
    /// How much is covered. Each such job is for features of its own, and none replaces another.
    Coverage,
    /// What the finder offers. Each such job is for features of its own, and none replaces another.
    Entries,
    /// The lines that hold what is typed.
    Search,
    /// What stands around a place in the finder.
    Excerpt,
    /// The list of features.
    Features,
}

impl Job {
    /// Returns what the job is about.
    pub fn kind(&self) -> JobKind {
        match self {
            Self::Open(..) => JobKind::Documents,
            Self::Count(_) | Self::LoadCards(_) => JobKind::Figures,
            Self::Measure(_) => JobKind::Coverage,
            Self::ListFiles(_) => JobKind::FileList,
            Self::ReadFile(_) => JobKind::File,
            Self::FindFile(_) => JobKind::Link,
            Self::ReadEntries(_) => JobKind::Entries,
            Self::Search(..) => JobKind::Search,
            Self::ReadExcerpt(..) => JobKind::Excerpt,
            Self::List => JobKind::Features,
        }
    }

    /// Returns whether the job is for what is on the screen, so that it waits for nothing else.
    pub fn is_for_screen(&self) -> bool {
        !matches!(
            self.kind(),
            JobKind::Figures
                | JobKind::Coverage
                | JobKind::Entries
                | JobKind::Search
                | JobKind::Features
        )
    }

    /// Returns whether an older job need not be begun any more.
    pub fn replaces(&self, older: &Self) -> bool {
        let is_for_its_own = matches!(
            self.kind(),
            JobKind::Figures | JobKind::Coverage | JobKind::Entries
        );
        self.kind() == older.kind() && !is_for_its_own
    }
}

/// What was read.
#[derive(Debug)]
pub enum Answer {
    /// The documents of a feature.
    Opened(Box<OpenFiles>),
    /// The figures of features, each by its folder.
    Counted(Vec<(PathBuf, Summary)>),
    /// The cards of features, each with its figures; a feature without a task list that can be read
    /// has none.
    CardsLoaded(Vec<(PathBuf, Option<Cards>, Summary)>),
    /// How much of features is covered, each by its folder.
    Measured(Vec<(PathBuf, Measured)>),
    /// The files beside the documents of a feature.
    FilesListed(Box<FileList>),
    /// The file that a link leads to; none where there is no such file.
    FileFound(Box<Followed>, Option<PathBuf>),
    /// The files in the folder that a link leads to.
    FolderFound(Box<Followed>, Vec<PathBuf>),
    /// A file that is no document, or why it could not be read.
    FileRead(PathBuf, Box<Result<OpenFile, Failure>>),
    /// Everything with a name in the documents of the features in some folders.
    EntriesRead(Vec<PathBuf>, Vec<FinderEntry>),
    /// The lines that hold some words.
    Searched(Box<FoundLines>),
    /// What stands around a place.
    ExcerptRead(Box<Excerpt>),
    /// The features of all roots.
    Listed(Box<Workspace>),
}

/// What was asked for and may still be answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Jobs {
    last: Ticket,
    /// By kind, the oldest job whose answer counts.
    oldest: HashMap<JobKind, Ticket>,
    /// The newest job for the figures of each feature.
    figures: HashMap<PathBuf, Ticket>,
    /// The newest job for how much of each feature is covered.
    coverage: HashMap<PathBuf, Ticket>,
    /// The feature whose documents were asked for last, until they come.
    opening: Option<Opening>,
}

/// A feature that is being opened, or opened again.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Opening {
    ticket: Ticket,
    feature: PathBuf,
    known: Vec<(Pane, Version)>,
}

impl Jobs {
    /// Begins anew behind the jobs of another board: no answer to one of those counts.
    pub fn after(other: &Self) -> Self {
        let kinds = [
            JobKind::Documents,
            JobKind::FileList,
            JobKind::File,
            JobKind::Link,
            JobKind::Figures,
            JobKind::Coverage,
            JobKind::Entries,
            JobKind::Search,
            JobKind::Excerpt,
            JobKind::Features,
        ];
        let next = Ticket(other.last.0 + 1);
        Self {
            last: other.last,
            oldest: kinds.map(|kind| (kind, next)).into(),
            ..Self::default()
        }
    }

    /// Returns the feature that is being opened.
    pub fn opening(&self) -> Option<&Path> {
        self.opening.as_ref().map(|opening| &*opening.feature)
    }

    /// Lets no answer count to what was asked for so far about documents.
    pub fn forget_documents(&mut self) {
        self.opening = None;
        self.oldest
            .insert(JobKind::Documents, Ticket(self.last.0 + 1));
    }

    fn number(&mut self, job: &mut Job) -> Ticket {
        self.last = Ticket(self.last.0 + 1);
        match job {
            Job::Open(feature, known) => self.open(&feature.folder.path, known),
            Job::Count(features) | Job::LoadCards(features) => {
                let paths = features
                    .iter()
                    .map(|(feature, _)| feature.folder.path.clone());
                self.figures.extend(paths.map(|path| (path, self.last)));
            }
            Job::Measure(features) => {
                let paths = features.iter().map(|(feature, _)| &feature.folder.path);
                let newest = paths.map(|path| (path.clone(), self.last));
                self.coverage.extend(newest);
            }
            Job::ListFiles(_) | Job::ReadFile(_) | Job::FindFile(_) | Job::List => {}
            Job::ReadEntries(_) | Job::Search(..) | Job::ReadExcerpt(..) => {}
        }
        self.last
    }

    /// Notes that a feature is being opened. An answer about another one does not count any more.
    /// What an unanswered job for the same feature was to read, this one reads as well.
    fn open(&mut self, feature: &Path, known: &mut Vec<(Pane, Version)>) {
        match &self.opening {
            Some(before) if before.feature == feature => {
                known.retain(|known| before.known.contains(known));
            }
            _ => {
                self.oldest.insert(JobKind::Documents, self.last);
            }
        }
        self.opening = Some(Opening {
            ticket: self.last,
            feature: feature.to_path_buf(),
            known: known.clone(),
        });
    }

    /// Returns whether the answer to a job counts: no newer one of its kind was taken.
    fn take(&mut self, kind: JobKind, ticket: Ticket) -> bool {
        let oldest = self.oldest.entry(kind).or_default();
        if ticket < *oldest {
            return false;
        }
        *oldest = ticket;
        if kind == JobKind::Documents {
            self.opening.take_if(|opening| opening.ticket == ticket);
        }
        true
    }

    /// Returns whether figures of a feature are those that were asked for last.
    fn are_wanted(&self, feature: &Path, ticket: Ticket) -> bool {
        self.figures.get(feature) == Some(&ticket)
    }
}

impl Model {
    /// Asks for something to be read.
    pub fn ask(&mut self, mut job: Job) -> Effect {
        let ticket = self.jobs.number(&mut job);
        Effect::Ask(ticket, job)
    }

    /// Asks for the documents of the feature with this index: it is to be shown.
    pub fn ask_to_open(&mut self, index: usize) -> Effect {
        let feature = self.specs.feature(index).clone();
        self.ask(Job::Open(Box::new(feature), Vec::new()))
    }

    /// Returns the folder of the feature that is shown, or will be as soon as it is read.
    pub fn wanted_feature(&self) -> Option<&Path> {
        self.jobs.opening().or(self.open_files.feature.as_deref())
    }

    /// Returns the part of an answer that counts; none where the answer is late.
    pub fn take_answer(&mut self, ticket: Ticket, answer: Answer) -> Option<Answer> {
        let kind = match &answer {
            Answer::Opened(_) => JobKind::Documents,
            Answer::Counted(_) | Answer::CardsLoaded(_) => JobKind::Figures,
            Answer::Measured(_) => JobKind::Coverage,
            Answer::FilesListed(_) => JobKind::FileList,
            Answer::FileFound(..) | Answer::FolderFound(..) => JobKind::Link,
            Answer::FileRead(..) => JobKind::File,
            Answer::EntriesRead(..) => JobKind::Entries,
            Answer::Searched(_) => JobKind::Search,
            Answer::ExcerptRead(_) => JobKind::Excerpt,
            Answer::Listed(_) => JobKind::Features,
        };
        let is_wanted = |path: &Path| self.jobs.are_wanted(path, ticket);
        match answer {
            Answer::Counted(mut figures) => {
                figures.retain(|(path, _)| is_wanted(path));
                Some(Answer::Counted(figures))
            }
            Answer::CardsLoaded(mut cards) => {
                cards.retain(|(path, ..)| is_wanted(path));
                Some(Answer::CardsLoaded(cards))
            }
            Answer::Measured(mut measured) => {
                let newest = &self.jobs.coverage;
                measured.retain(|(path, _)| newest.get(path) == Some(&ticket));
                Some(Answer::Measured(measured))
            }
            other => self.jobs.take(kind, ticket).then_some(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Settings;
    use crate::store::Folder;

    fn feature(name: &str) -> Feature {
        let folder = Folder {
            name: name.to_owned(),
            path: name.into(),
            documents: vec![],
            other_files: vec![],
            archived: false,
            problems: vec![],
        };
        Feature { root: 0, folder }
    }

    fn version() -> Version {
        let file = tempfile::NamedTempFile::new().unwrap();
        crate::store::version(file.path()).unwrap()
    }

    fn model() -> Model {
        Model::new(Workspace::default(), Settings::default(), (80, 24))
    }

    /// Asks to open a feature. Returns the number of the job and the panes that need not be read.
    fn open(model: &mut Model, name: &str, known: &[Pane]) -> (Ticket, Vec<Pane>) {
        let version = version();
        let known = known.iter().map(|pane| (*pane, version)).collect();
        match model.ask(Job::Open(Box::new(feature(name)), known)) {
            Effect::Ask(ticket, Job::Open(_, known)) => {
                (ticket, known.into_iter().map(|(pane, _)| pane).collect())
            }
            other => panic!("{other:?}"),
        }
    }

    fn is_taken(model: &mut Model, ticket: Ticket) -> bool {
        let answer = Answer::Opened(Box::default());
        model.take_answer(ticket, answer).is_some()
    }

    #[test]
    fn documents_of_a_feature_that_is_not_wanted_any_more_are_late() {
        let mut model = model();
        let first = open(&mut model, "a", &[]).0;
        let second = open(&mut model, "b", &[]).0;
        assert_eq!(model.wanted_feature(), Some(Path::new("b")));
        assert!(!is_taken(&mut model, first) && is_taken(&mut model, second));
        assert_eq!(model.wanted_feature(), None);
        // Of one feature, each reading counts that is newer than the last.
        let third = open(&mut model, "b", &[]).0;
        let fourth = open(&mut model, "b", &[]).0;
        assert!(is_taken(&mut model, third) && is_taken(&mut model, fourth));
        assert!(!is_taken(&mut model, third));
        let fifth = open(&mut model, "b", &[]).0;
        model.jobs.forget_documents();
        assert!(!is_taken(&mut model, fifth));
    }

    #[test]
    fn a_job_reads_what_the_one_before_it_was_to_read() {
        let mut model = model();
        assert_eq!(open(&mut model, "a", &[Pane::Tasks]).1, [Pane::Tasks]);
        assert_eq!(open(&mut model, "a", &[]).1, []);
        assert_eq!(open(&mut model, "a", &[Pane::Tasks]).1, []);
        assert_eq!(open(&mut model, "b", &[Pane::Tasks]).1, [Pane::Tasks]);
    }

    #[test]
    fn figures_count_for_the_features_of_the_newest_job() {
        let mut model = model();
        let mut count = |names: &[&str]| {
            let features = names
                .iter()
                .map(|name| (feature(name), Vec::new()))
                .collect();
            match model.ask(Job::Count(features)) {
                Effect::Ask(ticket, _) => ticket,
                other => panic!("{other:?}"),
            }
        };
        let (first, second) = (count(&["a", "b"]), count(&["b"]));
        let mut taken = |ticket| {
            let figures = ["a", "b"].map(|name| (name.into(), Summary::default()));
            match model.take_answer(ticket, Answer::Counted(figures.into())) {
                Some(Answer::Counted(figures)) => figures
                    .iter()
                    .map(|(path, _)| path.to_string_lossy().into_owned())
                    .collect::<Vec<_>>(),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(
            (taken(first), taken(second)),
            (vec!["a".to_owned()], vec!["b".to_owned()])
        );
    }

    #[test]
    fn a_new_board_takes_no_answer_meant_for_the_one_before() {
        let mut before = model();
        let old = open(&mut before, "a", &[]).0;
        let mut model = model();
        model.jobs = Jobs::after(&before.jobs);
        assert!(!is_taken(&mut model, old));
        let new = open(&mut model, "a", &[]).0;
        assert!(is_taken(&mut model, new));
    }
}
