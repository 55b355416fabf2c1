//! The start: which specs there are, which one is shown first, and its tasks, read before the first
//! frame.

use std::path::{Path, PathBuf};

use super::first;
use super::reader::{read_all, read_documents};
use crate::model::{Model, OpenFiles, Pane, SavedSession, Settings};
use crate::spec::feature::Feature;
use crate::spec::workspace::Workspace;
use crate::store::{Root, real_path};
use crate::update::count_open;
use crate::view::Look;

/// What the board is started with.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// The folders that hold specs.
    pub roots: Vec<Root>,
    /// What to open: a spec's folder or a file in it. The first that is inside a root counts.
    pub paths: Vec<PathBuf>,
    /// What the user chose.
    pub settings: Settings,
    /// Why there are no roots, as a sentence: then the board begins with the start screen.
    pub missing: Option<String>,
    /// What is wrong in the configuration, as sentences.
    pub mistakes: Vec<String>,
    /// Whether the mouse is listened to.
    pub mouse: bool,
    /// The theme.
    pub look: Look,
}

impl Start {
    /// Makes the model of the first frame: all names, and the tasks of the chosen spec.
    pub fn model(self, size: (u16, u16)) -> Model {
        self.model_after(None, size)
    }

    /// Makes the model of the first frame after an earlier visit. A path wins over the feature and
    /// the pane of that visit.
    pub fn model_after(self, visit: Option<SavedSession>, size: (u16, u16)) -> Model {
        let mut model = Model::new(
            Workspace::scan(self.roots).in_natural_order(),
            self.settings,
            size,
        );
        model.missing = self.missing;
        model.view = model.home();
        tell(&mut model, self.mistakes);
        let chosen = self
            .paths
            .iter()
            .find_map(|path| at_path(&model, path))
            .or_else(|| at_visit(&model, visit.as_ref()?));
        if let Some(visit) = visit {
            visit.restore(&mut model);
        }
        match chosen {
            Some((index, pane)) => open(&mut model, index, pane),
            None => first::open(&mut model),
        }
        model
    }
}

/// Says what is wrong in the configuration: the first until it is dismissed, all among the messages.
fn tell(model: &mut Model, mistakes: Vec<String>) {
    let mut mistakes = mistakes.into_iter();
    let first = mistakes.next();
    mistakes
        .rev()
        .for_each(|mistake| model.notices.note(&mistake));
    if let Some(first) = first {
        model.notices.fail(first);
    }
}

/// Opens a pane of a feature.
fn open(model: &mut Model, index: usize, pane: Pane) {
    model.choose_pane(pane);
    let shown: Vec<Pane> = model.layout().areas().map(|area| area.pane).collect();
    let Some(feature) = model.specs.features().get(index) else {
        return;
    };
    model.sidebar.cursor = feature.folder.path.clone();
    model.open_files = first_open_files(feature, &shown);
    model.find_again();
    count_open(model);
}

/// Reads what the first frame shows: the documents of its panes; for the trace all of them.
fn first_open_files(feature: &Feature, panes: &[Pane]) -> OpenFiles {
    if let [pane] = panes
        && *pane != Pane::Trace
    {
        return read_documents(feature, panes);
    }
    let mut open_files = read_all(feature);
    open_files.link();
    open_files
}

/// Finds where an earlier visit ended.
fn at_visit(model: &Model, visit: &SavedSession) -> Option<(usize, Pane)> {
    Some((model.specs.at(visit.feature.as_deref()?)?, visit.pane))
}

/// Finds the feature that a path given on the command line lies in, and the pane that shows the
/// file.
fn at_path(model: &Model, path: &Path) -> Option<(usize, Pane)> {
    let path = std::path::absolute(path).ok()?;
    let real = real_path(&path);
    let index = [path.as_path(), &real]
        .into_iter()
        .find_map(|path| model.specs.at(path).or_else(|| model.specs.owner_of(path)))?;
    let pane = path
        .file_name()
        .map(Pane::of_file_name)
        .filter(|pane| pane.file_name().is_some())
        .unwrap_or_default();
    Some((index, pane))
}
