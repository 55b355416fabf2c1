//! The start: which specs there are, which one is shown first, and its tasks, read before the first frame.

use std::path::{Path, PathBuf};

use crate::model::{Model, Pane, Settings, Sheets};
use crate::spec::feature::Feature;
use crate::spec::workspace::Workspace;
use crate::store::{Root, version};
use crate::update::count_open;

/// What the board is started with.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// The folders that hold specs.
    pub roots: Vec<Root>,
    /// What to open: a spec's folder or a file in it. The first that is inside a root counts.
    pub paths: Vec<PathBuf>,
    /// What the user chose.
    pub settings: Settings,
}

impl Start {
    /// Makes the model of the first frame: all names, and the tasks of the chosen spec.
    pub fn model(self, size: (u16, u16)) -> Model {
        let workspace = Workspace::scan(self.roots);
        let mut model = Model::new(workspace, self.settings, size);
        let chosen = self.paths.iter().find_map(|path| at_path(&model, path)).or_else(|| changed_last(&model.workspace.features));
        if let Some(feature) = chosen.and_then(|index| model.workspace.features.get(index)) {
            model.sidebar.cursor = feature.folder.path.clone();
            model.sheets = Sheets::read(feature, &[Pane::Tasks]);
            count_open(&mut model);
        }
        model
    }
}

/// Finds the feature that a path given on the command line lies in.
fn at_path(model: &Model, path: &Path) -> Option<usize> {
    let path = std::path::absolute(path).ok()?;
    model.feature_at(&path).or_else(|| model.owner_of(&path))
}

/// Finds the feature whose documents were written to last; the first where none can be told.
fn changed_last(features: &[Feature]) -> Option<usize> {
    let changed =
        |feature: &Feature| feature.documents().filter_map(|file| version(&file.path).ok()).map(|version| version.modified()).max();
    let latest = features
        .iter()
        .enumerate()
        .filter(|(_, feature)| !feature.folder.archived)
        .max_by_key(|(index, feature)| (changed(feature), usize::MAX - index));
    latest.map(|(index, _)| index).or(if features.is_empty() { None } else { Some(0) })
}
