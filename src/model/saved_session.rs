//! What is remembered of a visit to a workspace, so that the next one begins where this one ended.
//!
//! Knows not where it is kept. A visit that no longer fits the files does no harm: cursors are
//! brought to rows that are there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Model, Pane, PaneState, SpecOrder};

/// One visit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedSession {
    /// The folder of the feature that was open at the end.
    pub feature: Option<PathBuf>,
    /// The pane that was shown.
    pub pane: Pane,
    /// Whether panes are to stand side by side, where that was chosen.
    pub side_by_side: Option<bool>,
    /// Whether the peek was put away.
    pub hides_peek: bool,
    /// The folders that were folded in the list of specs.
    pub folded: BTreeSet<PathBuf>,
    /// The order that was chosen for the list.
    pub order: Option<SpecOrder>,
    /// The fingerprints of the tasks that were not done, by the folder of their feature.
    pub open_tasks: Vec<(PathBuf, BTreeSet<u32>)>,
    /// Where the reader was, by the folder of the feature, or the file open in the Files pane, and
    /// the pane.
    #[serde(alias = "places")]
    pub pane_states: Vec<(PathBuf, Pane, PaneState)>,
}

impl SavedSession {
    /// Returns what is to be remembered of a board. Folders whose names are not UTF-8 are left out,
    /// as are those that are gone.
    pub fn of(model: &Model) -> Self {
        let is_known = |path: &PathBuf| path.to_str().is_some();
        let is_there = |path: &Path, pane: Pane| {
            model.specs.at(path).is_some() || (pane == Pane::Files && is_file_of(model, path))
        };
        let mut pane_states: Vec<(PathBuf, Pane, PaneState)> = model
            .pane_states
            .iter()
            .filter(|(feature, pane, pane_state)| {
                **pane_state != PaneState::of(*pane) && is_there(feature, *pane)
            })
            .map(|(feature, pane, pane_state)| (feature.to_path_buf(), pane, pane_state.clone()))
            .filter(|(feature, ..)| is_known(feature))
            .collect();
        pane_states.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        let folded = model
            .sidebar
            .folded
            .iter()
            .filter(|path| is_known(path))
            .cloned()
            .collect();
        let feature = model.open_files.feature.clone().filter(is_known);
        Self {
            feature,
            pane: model.pane,
            side_by_side: model.split,
            hides_peek: model.hides_peek,
            folded,
            order: model.sidebar.order,
            open_tasks: open_tasks(model),
            pane_states,
        }
    }

    /// Puts cursors, scroll and folds where they were. Which feature and pane is shown is for the
    /// caller to choose.
    pub fn restore(self, model: &mut Model) {
        (model.sidebar.folded, model.sidebar.order) = (self.folded, self.order);
        (model.split, model.hides_peek) = (self.side_by_side, self.hides_peek);
        model.board.left_open = self.open_tasks.into_iter().collect();
        for (feature, pane, pane_state) in self.pane_states {
            *model.pane_states.entry(&feature, pane) = pane_state;
        }
    }
}

/// Returns the tasks that are not done; of a feature that was not read in this visit, what the visit
/// before knew.
fn open_tasks(model: &Model) -> Vec<(PathBuf, BTreeSet<u32>)> {
    let open = model.specs.entries().filter_map(|spec| {
        let path = &spec.feature.folder.path;
        let open: BTreeSet<u32> = if spec.summary.counted {
            spec.summary.open.iter().copied().collect()
        } else {
            model.board.left_open.get(path)?.clone()
        };
        (path.to_str().is_some() && !open.is_empty()).then(|| (path.clone(), open))
    });
    open.collect()
}

/// Returns whether a file can be opened in the Files pane, as far as that is known without looking.
fn is_file_of(model: &Model, path: &Path) -> bool {
    let is_own = model
        .specs
        .workspace()
        .features
        .iter()
        .any(|feature| feature.other_files().any(|file| file == path));
    is_own
        || model
            .specs
            .workspace()
            .roots
            .iter()
            .any(|root| path.parent() == Some(&root.steering()))
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::model::{Position, Settings};
    use crate::spec::feature::Feature;
    use crate::spec::workspace::Workspace;
    use crate::store::Folder;

    fn model() -> Model {
        let folder = Folder {
            name: "a".into(),
            path: "/x/.kiro/specs/a".into(),
            documents: vec![],
            other_files: vec![],
            archived: false,
            problems: vec![],
        };
        let workspace = Workspace {
            features: vec![Feature { root: 0, folder }],
            ..Workspace::default()
        };
        Model::new(workspace, Settings::default(), (80, 24))
    }

    #[test]
    fn a_visit_is_taken_up_where_it_ended() {
        let mut model = model();
        let feature = PathBuf::from("/x/.kiro/specs/a");
        model.open_files.feature = Some(feature.clone());
        model.pane = Pane::Design;
        model.sidebar.folded.insert("/x/.kiro/specs/group".into());
        *model.pane_states.entry(&feature, Pane::Design) = PaneState {
            cursor: Position::at(7),
            folded: [Position::at(3)].into(),
            ..PaneState::default()
        };
        model
            .pane_states
            .entry(Path::new("/x/.kiro/specs/gone"), Pane::Tasks)
            .cursor = Position::at(3);
        let text = serde_json::to_string(&SavedSession::of(&model)).unwrap();
        let visit: SavedSession = serde_json::from_str(&text).unwrap();
        assert_eq!(
            (visit.feature.as_ref(), visit.pane, visit.pane_states.len()),
            (Some(&feature), Pane::Design, 1)
        );
        let mut next = self::model();
        visit.restore(&mut next);
        assert_eq!(
            next.pane_states.of(&feature, Pane::Design),
            model.pane_states.of(&feature, Pane::Design)
        );
        assert_eq!(next.sidebar.folded, model.sidebar.folded);
    }

    #[test]
    fn what_an_older_board_did_not_write_is_as_at_the_start() {
        assert_eq!(
            serde_json::from_str::<SavedSession>("{}").unwrap(),
            SavedSession::default()
        );
    }
}
