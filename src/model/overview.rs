//! The overview: all specs in a table, each with how far it is, what is in progress, stale, optional
//! and covered, and when it was changed; folders add up what is below them.
//!
//! How much is covered takes the criteria of every spec: those are read while the table is on the
//! screen, and only the figures are kept. Knows neither keys nor how it is drawn.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::sidebar::ranked;
use super::{
    Branch, Effect, FilterPlace, Job, Model, Sidebar, SidebarRow, SpecEntry, SpecOrder, View,
};
use crate::spec::Coverage;
use crate::spec::feature::Feature;
use crate::spec::progress::Progress;
use crate::store::Version;

/// With more specs than these the board begins with the overview, where nothing is in progress.
pub const MANY_SPECS: usize = 20;

/// What the table is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OverviewOrder {
    /// By name, folder by folder.
    #[default]
    Name,
    /// By the share of the required tasks that is done, the least first.
    Required,
    /// By how many tasks are in progress, the most first.
    Doing,
    /// By for how long work that was begun rests, the longest first.
    Stale,
    /// By how many optional tasks are left, the most first.
    Optional,
    /// By the share of the criteria that is covered, the least first.
    Covered,
    /// By the last change, the newest first.
    Changed,
}

impl OverviewOrder {
    /// All orders: of the columns from left to right.
    pub const ALL: [Self; 7] = [
        Self::Name,
        Self::Required,
        Self::Doing,
        Self::Stale,
        Self::Optional,
        Self::Covered,
        Self::Changed,
    ];

    /// Returns the order by the next column.
    pub fn next(self) -> Self {
        Self::ALL[(self as usize + 1) % Self::ALL.len()]
    }
}

/// The state of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overview {
    /// Its cursor, folds and scroll.
    pub list: Sidebar,
    /// What it is sorted by.
    pub order: OverviewOrder,
    /// Whether the spec on the screen was opened from it, so that leaving that leads back.
    pub leads_back: bool,
    /// What was measured of features, by their folder.
    measured: HashMap<PathBuf, Measured>,
    /// The folders of the features whose figures were asked for and that did not change since.
    ordered: HashSet<PathBuf>,
}

/// How much of a feature is covered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    /// The versions of its documents.
    pub documents: Vec<Version>,
    /// How many criteria a task covers; none without tasks or without criteria.
    pub coverage: Option<Coverage>,
}

/// The figures of one row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OverviewFigures {
    /// The progress; none without tasks.
    pub progress: Option<Progress>,
    /// For how many days work that was begun rests, the longest; none where it does not.
    pub stale: Option<i64>,
    /// How many criteria are covered; none without criteria, and until they were read.
    pub coverage: Option<Coverage>,
    /// When a document was written to last, in seconds since 1970.
    pub written: Option<i64>,
}

/// One row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverviewRow {
    /// What it stands for.
    pub row: SidebarRow,
    /// Its figures.
    pub figures: OverviewFigures,
}

impl OverviewFigures {
    /// Adds the figures of another feature.
    fn add(&mut self, other: Self) {
        if let Some(progress) = other.progress {
            *self.progress.get_or_insert_default() += progress;
        }
        if let Some(coverage) = other.coverage {
            let sum = self.coverage.get_or_insert_default();
            sum.covered += coverage.covered;
            sum.total += coverage.total;
        }
        self.stale = self.stale.max(other.stale);
        self.written = self.written.max(other.written);
    }

    /// Returns where a row stands in an order: the lowest first, and last what has no such figure.
    fn rank(&self, order: OverviewOrder) -> (bool, Reverse<i64>) {
        let share = |part: usize, whole: usize| part.saturating_mul(10_000) / whole.max(1);
        let least = |share: usize| Reverse(i64::try_from(share).map_or(i64::MIN, |share| -share));
        let most = |count: usize| Reverse(i64::try_from(count).unwrap_or(i64::MAX));
        let figure = match order {
            OverviewOrder::Name => None,
            OverviewOrder::Required => self
                .progress
                .map(|progress| least(share(progress.done, progress.total))),
            OverviewOrder::Doing => self.progress.map(|progress| most(progress.doing)),
            OverviewOrder::Stale => self.stale.map(Reverse),
            OverviewOrder::Optional => self.progress.map(|progress| {
                most(
                    progress
                        .optional_total
                        .saturating_sub(progress.optional_done),
                )
            }),
            OverviewOrder::Covered => self
                .coverage
                .map(|coverage| least(share(coverage.covered, coverage.total))),
            OverviewOrder::Changed => self.written.map(Reverse),
        };
        (figure.is_none(), figure.unwrap_or(Reverse(0)))
    }
}

impl Overview {
    /// Takes in what was measured of features.
    pub fn take(&mut self, measured: Vec<(PathBuf, Measured)>) {
        self.measured.extend(measured);
    }

    /// Notes that files changed, so that their features are measured again; without paths all.
    pub fn outdate(&mut self, paths: &[PathBuf]) {
        let is_touched = |folder: &PathBuf| paths.iter().any(|path| path.starts_with(folder));
        self.ordered
            .retain(|folder| !paths.is_empty() && !is_touched(folder));
    }
}

impl Model {
    /// Returns the list of specs that takes the keys: the table of the overview where that is on
    /// the screen, else the one beside the content.
    pub fn spec_list(&self) -> &Sidebar {
        if self.view == View::Overview {
            &self.overview.list
        } else {
            &self.sidebar
        }
    }

    /// Returns the list of specs that takes the keys, to be changed.
    pub fn spec_list_mut(&mut self) -> &mut Sidebar {
        if self.view == View::Overview {
            &mut self.overview.list
        } else {
            &mut self.sidebar
        }
    }

    /// Returns the rows of the list of specs that takes the keys.
    pub fn spec_rows(&self) -> Vec<SidebarRow> {
        if self.view == View::Overview {
            let rows = self.overview_rows().into_iter();
            rows.map(|row| row.row).collect()
        } else {
            self.sidebar_rows()
        }
    }

    /// Returns how much of the feature in a folder is covered, as far as that was measured.
    pub(super) fn coverage_of(&self, folder: &Path) -> Option<Coverage> {
        self.overview.measured.get(folder)?.coverage
    }

    /// Returns whether the overview is on the screen, or behind a page that is.
    pub fn has_overview(&self) -> bool {
        self.view == View::Overview || self.behind.contains(&View::Overview)
    }

    /// Returns the rows of the overview, in its order.
    pub fn overview_rows(&self) -> Vec<OverviewRow> {
        let (list, order) = (&self.overview.list, self.overview.order);
        if order != OverviewOrder::Name {
            return self.sorted_rows(order);
        }
        let sums = self.sums();
        let rows = self.rows_of_list(list, SpecOrder::Name).into_iter();
        rows.map(|row| {
            let figures = match row.branch {
                Branch::Feature(index) => self.figures_of(index),
                _ => sums.get(&*row.path).copied().unwrap_or_default(),
            };
            OverviewRow { row, figures }
        })
        .collect()
    }

    /// Returns a row for each feature, by one of their figures.
    fn sorted_rows(&self, order: OverviewOrder) -> Vec<OverviewRow> {
        let hides_finished = self.overview.list.hides_finished;
        let ranked = ranked(&self.specs).into_iter().zip(self.specs.entries());
        let shown = ranked.filter(|((_, is_finished, _), spec)| {
            !(hides_finished && *is_finished) && self.lets_spec(spec.index)
        });
        let mut rows: Vec<OverviewRow> = shown
            .map(|((row, ..), spec)| OverviewRow {
                row,
                figures: self.figures_of(spec.index),
            })
            .collect();
        rows.sort_by_key(|row| row.figures.rank(order));
        rows
    }

    /// Returns the figures of all folders that hold features, by their paths.
    fn sums(&self) -> HashMap<&Path, OverviewFigures> {
        let mut sums: HashMap<&Path, OverviewFigures> = HashMap::new();
        for SpecEntry { index, feature, .. } in self.specs.entries() {
            let (figures, root) = (
                self.figures_of(index),
                self.specs.workspace().root_of(feature),
            );
            let above = feature.folder.path.ancestors().skip(1);
            for folder in above.take_while(|folder| folder.starts_with(&root.dir)) {
                sums.entry(folder).or_default().add(figures);
            }
        }
        sums
    }

    /// Returns the figures of the feature with this index.
    fn figures_of(&self, index: usize) -> OverviewFigures {
        let (feature, summary) = (self.specs.feature(index), self.specs.summary(index));
        let measured = self.overview.measured.get(&feature.folder.path);
        let seen = measured.and_then(|measured| {
            let versions = measured.documents.iter();
            versions.map(Version::modified).max()
        });
        OverviewFigures {
            progress: summary.progress,
            stale: self.stale_days(index),
            coverage: measured.and_then(|measured| measured.coverage),
            written: seen.max(summary.written).map(|(seconds, _)| seconds),
        }
    }

    /// Asks for the figures that the overview lacks, while it is on the screen or specs are filtered
    /// by them.
    pub fn measure_specs(&mut self) -> Option<Effect> {
        let filter = self.filters.of(FilterPlace::Specs);
        let is_asked_for = filter.is_some_and(|filter| filter.asks_for("covered"));
        if !self.has_overview() && !is_asked_for {
            return None;
        }
        let ordered = &self.overview.ordered;
        let features = self.specs.features().iter();
        let wanted: Vec<(Feature, Vec<Version>)> = features
            .filter(|feature| !ordered.contains(&feature.folder.path))
            .map(|feature| {
                let known = self.overview.measured.get(&feature.folder.path);
                let documents = known.map(|known| known.documents.clone());
                (feature.clone(), documents.unwrap_or_default())
            })
            .collect();
        let folders = wanted
            .iter()
            .map(|(feature, _)| feature.folder.path.clone());
        self.overview.ordered.extend(folders);
        (!wanted.is_empty()).then(|| self.ask(Job::Measure(wanted)))
    }
}
