//! Where the last visit to a workspace is kept: in the user's state folder, by the roots of the
//! workspace.
//!
//! Nothing depends on it. What goes wrong is logged, and the board begins as for the first time.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;

use crate::model::SavedSession;
use crate::store::state::State;
use crate::store::{Root, real_path};

/// The memory of one workspace.
#[derive(Debug)]
pub(super) struct Memory {
    state: State,
    name: String,
}

impl Memory {
    /// Finds the memory of the workspace with these roots; none where there is no workspace or no
    /// folder for it.
    pub(super) fn of(roots: &[Root]) -> Option<Self> {
        let state = State::of_user()
            .inspect_err(|failure| tracing::warn!(%failure, "no place is remembered"))
            .ok()?;
        (!roots.is_empty()).then(|| Self {
            state,
            name: name(roots),
        })
    }

    /// Returns the last visit.
    pub(super) fn recall(&self) -> Option<SavedSession> {
        self.state
            .load(&self.name)
            .inspect_err(|failure| tracing::warn!(%failure, "the last place is not known"))
            .ok()?
    }

    /// Keeps a visit.
    pub(super) fn keep(&self, visit: &SavedSession) {
        if let Err(failure) = self.state.save(&self.name, visit) {
            tracing::warn!(%failure, "the place is not remembered");
        }
    }
}

/// Names a workspace by its roots, whatever way led to them.
fn name(roots: &[Root]) -> String {
    let places: Vec<PathBuf> = roots.iter().map(|root| real_path(&root.specs)).collect();
    let mut hasher = DefaultHasher::new();
    places.hash(&mut hasher);
    format!("places/{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Pane;

    #[test]
    fn a_workspace_is_known_again_through_a_link() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("shop/.kiro/specs")).unwrap();
        std::os::unix::fs::symlink("shop", folder.path().join("link")).unwrap();
        let root = |name: &str| {
            let dir = folder.path().join(name);
            Root {
                name: name.to_owned(),
                specs: dir.join(".kiro/specs"),
                dir,
            }
        };
        assert_eq!(name(&[root("shop")]), name(&[root("link")]));
        assert_ne!(name(&[root("shop")]), name(&[root("other")]));
    }

    #[test]
    fn a_visit_is_recalled_and_a_broken_one_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let memory = Memory {
            state: State::at(folder.path()),
            name: "places/1".to_owned(),
        };
        assert_eq!(memory.recall(), None);
        let visit = SavedSession {
            pane: Pane::Design,
            ..SavedSession::default()
        };
        memory.keep(&visit);
        assert_eq!(memory.recall(), Some(visit));
        std::fs::write(folder.path().join("places/1.json"), "{").unwrap();
        assert_eq!(memory.recall(), None);
    }
}
