//! What stands behind criteria: which tasks count for one, how far they are, and what a reader
//! should worry about.

use super::{Model, Pane};
use crate::markdown::State;
use crate::spec::links::state_together;
use crate::spec::{Criterion, Links};

/// What stands behind one criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CriterionCoverage {
    /// How far the tasks are; none where there is no task. Optional ones count only where there are
    /// no others.
    pub state: Option<State>,
    /// How many tasks count: see [`Links::behind`](crate::spec::Links::behind).
    pub tasks: usize,
    /// Whether they name it only by naming all.
    pub is_by_all: bool,
    /// Whether no task has to be done for it: there is none, or each is optional.
    pub is_weak: bool,
}

/// What stands behind the criteria of a requirement, or of a section of a bug report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupCoverage {
    /// How far it is; none where no criterion has a task.
    pub state: Option<State>,
    /// How many criteria have a task that must be done.
    pub firm: usize,
    /// How many criteria there are.
    pub total: usize,
}

impl CriterionCoverage {
    /// Returns what stands behind a criterion of a feature with tasks. None where none has to and
    /// none does.
    pub fn of(links: &Links, criterion: usize) -> Option<Self> {
        let (tasks, is_needed) = (links.count_behind(criterion), links.needs_task(criterion));
        if !is_needed && tasks == 0 {
            return None;
        }
        let together = links.cover_state(criterion);
        Some(Self {
            state: together.state,
            tasks,
            is_by_all: links.is_by_all_only(criterion),
            is_weak: is_needed && together.is_optional,
        })
    }
}

impl GroupCoverage {
    /// Returns what stands behind a requirement of a feature with tasks. None where it has no
    /// criteria that need one.
    pub fn of(links: &Links, group: usize) -> Option<Self> {
        let needed = links.criteria_of(group).iter().copied();
        let needed = needed.filter(|criterion| links.needs_task(*criterion));
        let standings = needed.filter_map(|criterion| CriterionCoverage::of(links, criterion));
        let total = standings.clone().count();
        if total == 0 {
            return None;
        }
        let is_bare = standings.clone().all(|standing| standing.state.is_none());
        let states = standings
            .clone()
            .map(|standing| (standing.state.unwrap_or(State::Todo), false));
        let state = if is_bare {
            None
        } else {
            state_together(states)
        };
        Some(Self {
            state,
            firm: standings.filter(|standing| !standing.is_weak).count(),
            total,
        })
    }
}

impl Model {
    /// Returns what stands behind a criterion. None where the feature has no tasks that could, or
    /// none has to and none does.
    pub fn criterion_coverage(&self, criterion: usize) -> Option<CriterionCoverage> {
        self.has_items()
            .then(|| CriterionCoverage::of(&self.open_files.links, criterion))?
    }

    /// Returns what stands behind a requirement. None where it has no criteria, or the feature no
    /// tasks.
    pub fn group_coverage(&self, group: usize) -> Option<GroupCoverage> {
        self.has_items()
            .then(|| GroupCoverage::of(&self.open_files.links, group))?
    }

    fn has_items(&self) -> bool {
        let list = self.open_files.of(Pane::Tasks);
        list.is_some_and(|list| !list.tasks.items.is_empty())
    }

    /// Returns the criteria of the open feature, in order.
    pub fn criteria(&self) -> Vec<&Criterion> {
        self.open_files
            .of(Pane::Requirements)
            .and_then(|open_file| open_file.wanted.as_ref())
            .map(|wanted| wanted.criteria())
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{OpenFile, OpenFiles, Settings};
    use crate::spec::workspace::Workspace;
    use crate::store::DocumentKind;

    const REQUIREMENTS: &str = "### Requirement 1: A\n1. THE S SHALL a\n2. THE S SHALL b\n### Requirement 2: B\n1. THE S SHALL c\n";

    fn model(tasks: &str) -> Model {
        let mut model = Model::new(Workspace::default(), Settings::default(), (80, 24));
        let open_file = |pane, kind: DocumentKind, source: &str| {
            (pane, Ok(OpenFile::of_source(pane, kind, source)))
        };
        let wanted = open_file(Pane::Requirements, DocumentKind::Requirements, REQUIREMENTS);
        let open_files = vec![wanted, open_file(Pane::Tasks, DocumentKind::Tasks, tasks)];
        model.open_files = OpenFiles {
            feature: Some("/x".into()),
            by_pane: open_files,
            ..OpenFiles::default()
        };
        model.open_files.link();
        model
    }

    /// Draws what stands behind each criterion as state, tasks, and `all` or `weak` where it is.
    fn drawn(model: &Model, criterion: usize) -> String {
        let Some(found) = model.criterion_coverage(criterion) else {
            return "-".to_owned();
        };
        let behind = model.open_files.links.behind(criterion);
        let names: Vec<String> = behind.map(|item| model.name_of_item(item)).collect();
        assert_eq!(found.tasks, names.len());
        let all = if found.is_by_all { " all" } else { "" };
        let weak = if found.is_weak { " weak" } else { "" };
        format!("{:?} {}{all}{weak}", found.state, names.join(" "))
    }

    #[test]
    fn tasks_that_name_all_count_where_no_other_does() {
        let tasks = "- [x] 1. a\n  - _Requirements: 1.1_\n- [ ]* 2. b\n  - _Requirements: 1.1, 1.2_\n- [-] 3. c\n  - _Requirements: All_\n";
        let model = model(tasks);
        let found: Vec<String> = (0..3).map(|criterion| drawn(&model, criterion)).collect();
        assert_eq!(
            found,
            ["Some(Done) 1 2*", "Some(Todo) 2* weak", "Some(Doing) 3 all"]
        );
        let together: Vec<_> = (0..2).map(|group| model.group_coverage(group)).collect();
        let expected = |state, firm, total| {
            Some(GroupCoverage {
                state: Some(state),
                firm,
                total,
            })
        };
        assert_eq!(
            together,
            [expected(State::Doing, 1, 2), expected(State::Doing, 1, 1)]
        );
    }

    #[test]
    fn without_tasks_nothing_is_said() {
        let model = model("no tasks\n");
        assert_eq!(
            (model.criterion_coverage(0), model.group_coverage(0)),
            (None, None)
        );
    }

    #[test]
    fn what_no_task_names_is_weak() {
        let model = model("- [x] 1. a\n");
        assert_eq!(drawn(&model, 0), "None  weak");
        assert_eq!(
            model.group_coverage(0),
            Some(GroupCoverage {
                state: None,
                firm: 0,
                total: 2
            })
        );
    }
}
