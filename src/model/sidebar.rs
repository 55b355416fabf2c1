//! The list of specs: a tree by folder or a ranking, the rows of it that are not folded away, and
//! the columns they need.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{FilterPlace, Model, SpecEntry, Specs, Summary, Width};
use crate::markdown::State;
use crate::spec::feature::Feature;
use crate::spec::progress::Progress;
use crate::spec::workspace::Workspace;
use crate::text::{clean, width};

/// The order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum SpecOrder {
    /// By name, folder by folder.
    #[default]
    Name,
    /// What is in progress, what is open, and then, folded into one row, what is finished.
    OpenFirst,
    /// By the time of the last change to the tasks, the newest first.
    Change,
}

impl SpecOrder {
    /// Returns the order that comes after this one.
    pub fn next(self) -> Self {
        match self {
            Self::Name => Self::OpenFirst,
            Self::OpenFirst => Self::Change,
            Self::Change => Self::Name,
        }
    }
}

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
    /// The order that was chosen; none where it is left to the size of the screen.
    pub order: Option<SpecOrder>,
    /// Whether the row of what is finished is unfolded, where the open ones come first.
    pub shows_finished: bool,
    /// The columns that its rows need, as of the last time the list was settled.
    pub columns: SidebarColumns,
    /// Whether the list is over the content of a narrow screen, or out of the way on a wide one.
    pub toggled: bool,
}

/// The columns that the rows of the list need, whichever of them are on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SidebarColumns {
    /// For every row to be whole.
    pub all: usize,
    /// For all but a few: at most one, or 15 of 100, are cut.
    pub most: usize,
}

impl SidebarColumns {
    /// Measures rows.
    pub fn of(rows: &[SidebarRow]) -> Self {
        let mut columns: Vec<usize> = rows.iter().map(SidebarRow::columns).collect();
        columns.sort_unstable();
        let few = (columns.len() * 15 / 100).max(1);
        let nth_last = |cut: usize| columns.iter().rev().nth(cut).copied().unwrap_or(0);
        Self {
            all: nth_last(0),
            most: nth_last(few),
        }
    }
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
    /// All finished features.
    Finished,
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
    /// The last part of its name; the whole name in a ranking.
    pub name: String,
    /// How many features it hides.
    pub hides: usize,
    /// The progress of the feature, or of all features below the folder; none where nothing has
    /// tasks.
    pub progress: Option<Progress>,
}

/// The columns for figures that are not known yet.
const UNKNOWN: usize = 5;

impl SidebarRow {
    /// Returns the columns before the name: cursor, flag, the indent of two a level, the glyph.
    pub fn name_at(&self) -> usize {
        self.state_at() + 2
    }

    /// Returns the column of the glyph.
    pub fn state_at(&self) -> usize {
        2 + 2 * self.depth
    }

    /// Returns what stands behind the name: how many features it hides.
    pub fn hides(&self) -> String {
        if self.hides > 0 {
            format!("  {}", self.hides)
        } else {
            String::new()
        }
    }

    /// Returns how many tasks are in progress; nothing for none.
    pub fn doing(&self) -> Option<usize> {
        let doing = self.progress?.doing;
        (doing > 0).then_some(doing)
    }

    /// Returns how many counted tasks are open.
    pub fn open(&self) -> Option<usize> {
        self.progress
            .map(|progress| progress.total.saturating_sub(progress.done))
    }

    /// Returns `done/total`; nothing without tasks.
    pub fn figures(&self) -> Option<String> {
        self.progress
            .map(|progress| format!("{}/{}", progress.done, progress.total))
    }

    /// Returns the columns that the whole row needs, with a blank before the figures and the cell
    /// for a badge behind them.
    pub fn columns(&self) -> usize {
        let figures = self.figures().map_or(UNKNOWN, |figures| figures.len());
        let doing = self.doing().map_or(0, |doing| doing.to_string().len() + 2);
        let name = width(&clean(&self.name)) + self.hides().len();
        self.name_at() + name + 1 + doing + figures + 2
    }
}

impl Model {
    /// Returns the order of the list: the one chosen with a key, else that of the configuration, else
    /// the one that fits the screen.
    pub fn spec_order(&self) -> SpecOrder {
        let usual = if Width::of(self.size.0) < Width::Wide {
            SpecOrder::OpenFirst
        } else {
            SpecOrder::Name
        };
        self.sidebar.order.or(self.settings.order).unwrap_or(usual)
    }

    /// Returns the rows of a list of specs in an order, of the specs that the filter lets through.
    pub(super) fn rows_of_list(&self, list: &Sidebar, order: SpecOrder) -> Vec<SidebarRow> {
        let is_shown = |index: usize| self.lets_spec(index);
        let is_filtered = self.filters.of(FilterPlace::Specs).is_some();
        let filter = is_filtered.then_some(&is_shown as SpecFilter<'_>);
        list.rows(&self.specs, order, filter)
    }

    /// Returns the rows of the list in order.
    pub fn sidebar_rows(&self) -> Vec<SidebarRow> {
        self.rows_of_list(&self.sidebar, self.spec_order())
    }
}

/// Says of the feature with an index whether a filter lets it through.
pub type SpecFilter<'a> = &'a dyn Fn(usize) -> bool;

impl Sidebar {
    /// The path of the row of what is finished. No folder has it: theirs begin at a root.
    pub const FINISHED: &str = "finished";

    /// Returns the rows in an order, of the features that a filter lets through. What that does is
    /// seen, even in a folded folder.
    pub fn rows(
        &self,
        specs: &Specs,
        order: SpecOrder,
        filter: Option<SpecFilter<'_>>,
    ) -> Vec<SidebarRow> {
        let is_shown = |index: usize| filter.is_none_or(|is_shown| is_shown(index));
        let open = Self {
            folded: BTreeSet::new(),
            shows_finished: true,
            ..Self::default()
        };
        let list = if filter.is_some() {
            &Self {
                hides_finished: self.hides_finished,
                ..open
            }
        } else {
            self
        };
        match order {
            SpecOrder::Name => list.tree(specs, &is_shown),
            SpecOrder::OpenFirst => list.open_first(specs, &is_shown),
            SpecOrder::Change => list.by_change(specs, &is_shown),
        }
    }

    /// Returns whether a folder is folded, or the row of what is finished.
    pub fn is_folded(&self, row: &SidebarRow) -> bool {
        match row.branch {
            Branch::Finished => !self.shows_finished,
            _ => self.folded.contains(&row.path),
        }
    }

    fn by_change(&self, specs: &Specs, is_shown: SpecFilter<'_>) -> Vec<SidebarRow> {
        let mut ranked = shown(specs, is_shown);
        ranked.retain(|(row, finished, _)| !(*finished && self.leaves_out(&row.path)));
        ranked.sort_by_key(|(_, _, summary)| {
            Reverse(summary.version.map(|version| version.modified()))
        });
        ranked.into_iter().map(|(row, ..)| row).collect()
    }

    fn open_first(&self, specs: &Specs, is_shown: SpecFilter<'_>) -> Vec<SidebarRow> {
        let (finished, mut open): (Vec<_>, Vec<_>) = shown(specs, is_shown)
            .into_iter()
            .partition(|(_, finished, _)| *finished);
        open.sort_by_key(|(row, ..)| Reverse((row.doing().is_some(), row.open())));
        let mut rows: Vec<SidebarRow> = open.into_iter().map(|(row, ..)| row).collect();
        let mut finished: Vec<SidebarRow> = finished.into_iter().map(|(row, ..)| row).collect();
        let is_archived = |row: &SidebarRow| match row.branch {
            Branch::Feature(index) => specs.feature(index).folder.archived,
            _ => false,
        };
        finished.sort_by_key(is_archived);
        if rows.is_empty() {
            return finished;
        }
        if self.hides_finished {
            rows.extend(
                finished
                    .into_iter()
                    .filter(|row| !self.leaves_out(&row.path)),
            );
        } else {
            self.add_finished(&mut rows, finished);
        }
        rows
    }

    /// Returns whether a finished feature is left out of the list. The one under the cursor is not:
    /// a jump may have led there.
    fn leaves_out(&self, feature: &Path) -> bool {
        self.hides_finished && feature != self.cursor
    }

    /// Adds the row of what is finished, and its features where it is unfolded.
    fn add_finished(&self, rows: &mut Vec<SidebarRow>, finished: Vec<SidebarRow>) {
        if finished.is_empty() {
            return;
        }
        let mut sum = Progress::default();
        finished
            .iter()
            .filter_map(|row| row.progress)
            .for_each(|progress| sum += progress);
        rows.push(SidebarRow {
            depth: 0,
            branch: Branch::Finished,
            path: Self::FINISHED.into(),
            name: format!("{} finished", finished.len()),
            hides: 0,
            progress: Some(sum),
        });
        // The one under the cursor is seen: a jump may have led there.
        let is_seen = |row: &SidebarRow| self.shows_finished || row.path == self.cursor;
        let below = finished.into_iter().filter(is_seen);
        rows.extend(below.map(|row| SidebarRow { depth: 1, ..row }));
    }

    fn tree(&self, specs: &Specs, is_shown: SpecFilter<'_>) -> Vec<SidebarRow> {
        let mut tree = Tree {
            sidebar: self,
            workspace: specs.workspace(),
            rows: Vec::new(),
            hidden: Vec::new(),
        };
        for spec in specs.entries() {
            let progress = spec.summary.progress;
            let is_hidden = is_finished(spec) && self.leaves_out(&spec.feature.folder.path);
            if is_hidden || !is_shown(spec.index) {
                tree.hidden.push((spec.feature, progress));
            } else {
                tree.take(spec.index, spec.feature, progress);
            }
        }
        tree.add_hidden();
        tree.rows
    }
}

/// Returns the same as [`ranked`], of the features that a filter lets through.
fn shown<'a>(specs: &'a Specs, is_shown: SpecFilter<'_>) -> Vec<(SidebarRow, bool, &'a Summary)> {
    let all = ranked(specs).into_iter().enumerate();
    let shown = all.filter(|(index, _)| is_shown(*index));
    shown.map(|(_, ranked)| ranked).collect()
}

/// Returns a row for each feature, in the order of the workspace, with whether it is finished and
/// what else is known of it.
pub(super) fn ranked(specs: &Specs) -> Vec<(SidebarRow, bool, &Summary)> {
    let row = |spec: SpecEntry<'_>| SidebarRow {
        depth: 0,
        branch: Branch::Feature(spec.index),
        path: spec.feature.folder.path.clone(),
        name: specs.workspace().address(spec.feature),
        hides: 0,
        progress: spec.summary.progress,
    };
    specs
        .entries()
        .map(|spec| (row(spec), is_finished(spec), spec.summary))
        .collect()
}

/// Returns whether a feature is archived, or done with nothing in progress.
fn is_finished(spec: SpecEntry<'_>) -> bool {
    let is_done = |progress: Progress| progress.state() == State::Done && progress.doing == 0;
    spec.feature.folder.archived || spec.summary.progress.is_some_and(is_done)
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

    fn specs(roots: usize, names: &[(usize, &str)]) -> Specs {
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
        Specs::new(Workspace {
            roots: (0..roots).map(root).collect(),
            features: names.iter().map(feature).collect(),
            problems: vec![],
        })
    }

    /// Draws rows as indented names, with what they hide and their figures.
    fn drawn(sidebar: &Sidebar, specs: &mut Specs) -> Vec<String> {
        let progress = Some(Progress {
            done: 1,
            total: 2,
            ..Progress::default()
        });
        (0..specs.len()).for_each(|index| specs.summary_mut(index).progress = progress);
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
            .rows(specs, SpecOrder::Name, None)
            .iter()
            .map(draw)
            .collect()
    }

    /// Makes specs with the figures of each: done, total, in progress.
    fn counted(names: &[(&str, [usize; 3])]) -> Specs {
        let folders: Vec<_> = names.iter().map(|(name, _)| (0, *name)).collect();
        let mut specs = specs(1, &folders);
        for (index, (_, [done, total, doing])) in names.iter().copied().enumerate() {
            *specs.summary_mut(index) = Summary {
                counted: true,
                progress: (total > 0).then(|| Progress {
                    done,
                    total,
                    doing,
                    ..Progress::default()
                }),
                ..Summary::default()
            };
        }
        specs
    }

    #[test]
    fn what_is_open_comes_first_and_what_is_finished_is_one_row() {
        let specs = counted(&[
            ("a", [2, 2, 0]),
            ("b", [1, 2, 0]),
            ("g/c", [4, 8, 0]),
            ("g/d", [1, 2, 1]),
            ("notes", [0, 0, 0]),
            ("z", [3, 3, 0]),
            ("z2", [3, 3, 1]),
            ("archive/old", [0, 3, 0]),
        ]);
        let names = |sidebar: &Sidebar| -> Vec<String> {
            let rows = sidebar.rows(&specs, SpecOrder::OpenFirst, None);
            rows.into_iter()
                .map(|row| format!("{}{}", " ".repeat(row.depth), row.name))
                .collect()
        };
        let open = ["g/d", "z2", "g/c", "b", "notes"];
        let mut sidebar = Sidebar::default();
        assert_eq!(names(&sidebar), [&open[..], &["3 finished"]].concat());
        sidebar.shows_finished = true;
        let finished = ["3 finished", " a", " z", " archive/old"];
        assert_eq!(names(&sidebar), [&open[..], &finished].concat());
        sidebar.hides_finished = true;
        assert_eq!(names(&sidebar), open);
    }

    #[test]
    fn where_all_is_finished_nothing_is_folded() {
        let specs = counted(&[("a", [2, 2, 0]), ("b", [1, 1, 0])]);
        let rows = Sidebar::default().rows(&specs, SpecOrder::OpenFirst, None);
        assert_eq!(rows.len(), 2);
    }

    #[test]
    fn a_row_needs_its_name_and_its_own_figures() {
        let specs = counted(&[("a", [2, 2, 0]), ("g/name", [10, 100, 12])]);
        let rows = Sidebar::default().rows(&specs, SpecOrder::Name, None);
        let columns: Vec<usize> = rows.iter().map(SidebarRow::columns).collect();
        assert_eq!(
            columns,
            [
                "  ✓ a 2/2  ".chars().count(),
                "  ▾ g 12◐ 10/100  ".chars().count(),
                "    ◐ name 12◐ 10/100  ".chars().count()
            ]
        );
    }

    #[test]
    fn folders_group_and_add_up() {
        let mut specs = specs(
            1,
            &[(0, "a"), (0, "g/b"), (0, "g/h/c"), (0, "z"), (0, "z/inner")],
        );
        assert_eq!(
            drawn(&Sidebar::default(), &mut specs),
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
            drawn(&folded, &mut specs),
            ["a 1/2", "g +2 2/4", "z 1/2", " inner 1/2"]
        );
    }

    #[test]
    fn several_roots_stand_on_top() {
        let mut specs = specs(2, &[(0, "a"), (1, "a")]);
        assert_eq!(
            drawn(&Sidebar::default(), &mut specs),
            ["r0 1/2", " a 1/2", "r1 1/2", " a 1/2"]
        );
    }

    #[test]
    fn archived_features_can_be_hidden() {
        let mut specs = specs(1, &[(0, "a"), (0, "archive/old")]);
        let hiding = Sidebar {
            hides_finished: true,
            ..Sidebar::default()
        };
        assert_eq!(drawn(&hiding, &mut specs), ["a 1/2"]);
    }
}
