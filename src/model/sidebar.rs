//! The list of specs: a tree by folder, and the rows of it that are not folded away.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::Summary;
use crate::markdown::State;
use crate::spec::feature::Feature;
use crate::spec::progress::Progress;
use crate::spec::workspace::Workspace;

/// The state of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sidebar {
    /// The folder under the cursor: a feature's, a group's or a root's.
    pub cursor: PathBuf,
    /// The first row on the screen.
    pub top: usize,
    /// The folders that are folded.
    pub folded: BTreeSet<PathBuf>,
    /// Whether finished and archived features are hidden.
    pub hides_finished: bool,
    /// Whether the list is over the content of a narrow screen, or out of the way on a wide one.
    pub toggled: bool,
}

/// What a row of the list stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Branch {
    /// A root, by its index; only where there are several.
    Root(usize),
    /// A folder that groups features.
    Folder,
    /// A feature, by its index.
    Feature(usize),
}

/// One row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SidebarRow {
    /// How deep it stands.
    pub depth: usize,
    /// What it stands for.
    pub branch: Branch,
    /// The folder.
    pub path: PathBuf,
    /// The last part of its name.
    pub name: String,
    /// How many features it hides.
    pub hides: usize,
    /// The progress of the feature, or of all features below the folder; none where nothing has
    /// tasks.
    pub progress: Option<Progress>,
}

impl Sidebar {
    /// Returns the rows in order.
    pub fn rows(&self, workspace: &Workspace, summaries: &[Summary]) -> Vec<SidebarRow> {
        let mut tree = Tree {
            sidebar: self,
            workspace,
            rows: Vec::new(),
            hidden: Vec::new(),
        };
        for (index, feature) in workspace.features.iter().enumerate() {
            let summary = summaries.get(index);
            let progress = summary.and_then(|summary| summary.progress);
            if self.hides_finished && is_finished(feature, summary) {
                tree.hidden.push((feature, progress));
            } else {
                tree.take(index, feature, progress);
            }
        }
        tree.add_hidden();
        tree.rows
    }
}

/// Returns whether a feature is done or archived.
fn is_finished(feature: &Feature, summary: Option<&Summary>) -> bool {
    let done = summary
        .and_then(|summary| summary.progress)
        .is_some_and(|progress| progress.state() == State::Done);
    done || feature.folder.archived
}

/// The rows so far.
struct Tree<'a> {
    sidebar: &'a Sidebar,
    workspace: &'a Workspace,
    rows: Vec<SidebarRow>,
    /// Features that are hidden, which count for the folders above them all the same.
    hidden: Vec<(&'a Feature, Option<Progress>)>,
}

impl Tree<'_> {
    fn take(&mut self, index: usize, feature: &Feature, progress: Option<Progress>) {
        let root = &self.workspace.roots[feature.root];
        let mut above: Vec<(PathBuf, Branch, String)> = Vec::new();
        if self.workspace.roots.len() > 1 {
            above.push((
                root.dir.clone(),
                Branch::Root(feature.root),
                root.name.clone(),
            ));
        }
        let segments: Vec<&str> = feature.name().split('/').collect();
        let mut path = root.specs.clone();
        for segment in &segments[..segments.len() - 1] {
            path.push(segment);
            above.push((path.clone(), Branch::Folder, (*segment).to_owned()));
        }
        let mut folded = None;
        for (depth, (path, branch, name)) in above.iter().enumerate() {
            let row = self.row_of(path, depth, *branch, name, folded.is_some());
            if let Some(row) = row {
                self.add(row, progress);
                folded = folded.or(self.sidebar.folded.contains(path).then_some(row));
            }
        }
        match folded {
            Some(row) => self.rows[row].hides += 1,
            None => self.push(
                above.len(),
                Branch::Feature(index),
                &feature.folder.path,
                segments[segments.len() - 1],
                progress,
            ),
        }
    }

    /// Adds the progress of hidden features to the folders that are there.
    fn add_hidden(&mut self) {
        for (feature, progress) in std::mem::take(&mut self.hidden) {
            let root = &self.workspace.roots[feature.root].dir;
            let is_above =
                |row: &SidebarRow| row.path == *root || feature.folder.path.starts_with(&row.path);
            let above: Vec<usize> = (0..self.rows.len())
                .filter(|row| is_above(&self.rows[*row]))
                .collect();
            above.into_iter().for_each(|row| self.add(row, progress));
        }
    }

    /// Finds the row of a folder, or adds it. A folder below a folded one has none.
    fn row_of(
        &mut self,
        path: &Path,
        depth: usize,
        branch: Branch,
        name: &str,
        is_hidden: bool,
    ) -> Option<usize> {
        if let Some(row) = self.rows.iter().rposition(|row| row.path == path) {
            return Some(row);
        }
        if is_hidden {
            return None;
        }
        self.push(depth, branch, path, name, None);
        Some(self.rows.len() - 1)
    }

    fn push(
        &mut self,
        depth: usize,
        branch: Branch,
        path: &Path,
        name: &str,
        progress: Option<Progress>,
    ) {
        self.rows.push(SidebarRow {
            depth,
            branch,
            path: path.to_path_buf(),
            name: name.to_owned(),
            hides: 0,
            progress,
        });
    }

    /// Adds the progress of a feature to a folder above it. A feature that is a folder for others
    /// keeps its own figures.
    fn add(&mut self, row: usize, progress: Option<Progress>) {
        let Some(progress) = progress else { return };
        let row = &mut self.rows[row];
        if !matches!(row.branch, Branch::Feature(_)) {
            *row.progress.get_or_insert_default() += progress;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Folder, Root};

    fn workspace(roots: usize, names: &[(usize, &str)]) -> Workspace {
        let root = |index: usize| Root {
            name: format!("r{index}"),
            dir: format!("r{index}").into(),
            specs: format!("r{index}/specs").into(),
        };
        let feature = |(root, name): &(usize, &str)| {
            let path = PathBuf::from(format!("r{root}/specs/{name}"));
            let archived = name.starts_with("archive/");
            Feature {
                root: *root,
                folder: Folder {
                    name: (*name).to_owned(),
                    path,
                    documents: vec![],
                    other_files: vec![],
                    archived,
                    problems: vec![],
                },
            }
        };
        Workspace {
            roots: (0..roots).map(root).collect(),
            features: names.iter().map(feature).collect(),
            problems: vec![],
        }
    }

    /// Draws rows as indented names, with what they hide and their figures.
    fn drawn(sidebar: &Sidebar, workspace: &Workspace) -> Vec<String> {
        let progress = Some(Progress {
            done: 1,
            total: 2,
            ..Progress::default()
        });
        let summaries: Vec<_> = workspace
            .features
            .iter()
            .map(|_| Summary {
                progress,
                ..Summary::default()
            })
            .collect();
        let draw = |row: &SidebarRow| {
            let hides = if row.hides > 0 {
                format!(" +{}", row.hides)
            } else {
                String::new()
            };
            let figures = row
                .progress
                .map(|progress| format!(" {}/{}", progress.done, progress.total))
                .unwrap_or_default();
            format!("{}{}{hides}{figures}", " ".repeat(row.depth), row.name)
        };
        sidebar
            .rows(workspace, &summaries)
            .iter()
            .map(draw)
            .collect()
    }

    #[test]
    fn folders_group_and_add_up() {
        let workspace = workspace(
            1,
            &[(0, "a"), (0, "g/b"), (0, "g/h/c"), (0, "z"), (0, "z/inner")],
        );
        assert_eq!(
            drawn(&Sidebar::default(), &workspace),
            [
                "a 1/2",
                "g 2/4",
                " b 1/2",
                " h 1/2",
                "  c 1/2",
                "z 1/2",
                " inner 1/2"
            ]
        );
        let folded = Sidebar {
            folded: ["r0/specs/g".into()].into(),
            ..Sidebar::default()
        };
        assert_eq!(
            drawn(&folded, &workspace),
            ["a 1/2", "g +2 2/4", "z 1/2", " inner 1/2"]
        );
    }

    #[test]
    fn several_roots_stand_on_top() {
        let workspace = workspace(2, &[(0, "a"), (1, "a")]);
        assert_eq!(
            drawn(&Sidebar::default(), &workspace),
            ["r0 1/2", " a 1/2", "r1 1/2", " a 1/2"]
        );
    }

    #[test]
    fn archived_features_can_be_hidden() {
        let workspace = workspace(1, &[(0, "a"), (0, "archive/old")]);
        let hiding = Sidebar {
            hides_finished: true,
            ..Sidebar::default()
        };
        assert_eq!(drawn(&hiding, &workspace), ["a 1/2"]);
    }
}
