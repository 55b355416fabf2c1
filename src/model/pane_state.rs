//! Cursor, scroll and folds: one state for each pane of each feature, and for each file that was
//! open in the Files pane. Lines are kept as positions, so that they follow a change.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::position::{Position, visit_all};
use super::{GroupKey, Narrowed, Pane, Row, TraceForm, TraceSection};

/// How the tasks of a list are arranged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Turn {
    /// As the file has them.
    #[default]
    Tree,
    /// By what can be done together.
    Waves,
}

/// Where a reader is in one document.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct PaneState {
    /// The line under the cursor.
    pub cursor: Position,
    /// The row under the cursor among those that its line is wrapped to: above 0 only inside what
    /// is higher than the screen, and on the heading of a group of tasks.
    pub part: usize,
    /// The first row on the screen.
    pub top: usize,
    /// How many rows below the first one on the screen the cursor is to stand again, once there are
    /// rows of a document that was changed or left; none where it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<usize>,
    /// How many columns of the lines that are cut are scrolled out at the left.
    /// Of the trace: how many columns of the matrix are.
    pub left: usize,
    /// The cell that is chosen in the row of a table under the cursor, from 0; none where it is the
    /// whole row.
    #[serde(skip)]
    pub cell: Option<usize>,
    /// The lines of folded tasks and headings.
    pub folded: BTreeSet<Position>,
    /// The lines of items that others changed and that were not seen yet. Not remembered: what
    /// changes while the board is away is not known.
    #[serde(skip)]
    pub unread: BTreeSet<Position>,
    /// What a filter lets through of a list of tasks; none where nothing is filtered.
    #[serde(skip)]
    pub narrowed: Option<Arc<Narrowed>>,
    /// Whether tasks are hidden that are done with all below them; of the trace, criteria that are
    /// covered.
    pub hides_finished: bool,
    /// Whether the source is shown where there is a laid-out form of it.
    pub shows_source: bool,
    /// What only this kind of pane has.
    pub own: Own,
}

/// What only one kind of pane has.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Own {
    /// A pane that has nothing of its own.
    #[default]
    Nothing,
    /// The Tasks pane.
    Tasks(TasksState),
    /// The Trace pane.
    Trace(TraceState),
}

/// What only a Tasks pane has.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct TasksState {
    /// How tasks are arranged.
    pub turn: Turn,
    /// The lines of tasks whose details are open.
    pub opened: BTreeSet<Position>,
    /// The folded groups of tasks.
    pub folded_groups: BTreeSet<GroupKey>,
}

/// What only a Trace pane has.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct TraceState {
    /// Whether it stands as a list or as a matrix.
    pub form: TraceForm,
    /// The section that the cursor is in.
    pub section: TraceSection,
    /// The line of the task that is chosen: in the list among those that cover a criterion, in the
    /// matrix as the column that it stands in.
    pub column: Position,
}

impl Default for TraceState {
    /// The list, with its cursor before everything.
    fn default() -> Self {
        Self {
            form: TraceForm::default(),
            section: TraceSection::Gaps,
            column: Position::default(),
        }
    }
}

impl PaneState {
    /// Makes the state of a pane that was never shown.
    pub fn of(pane: Pane) -> Self {
        Self {
            own: (pane.row().own)(),
            ..Self::default()
        }
    }

    /// Puts the cursor on the first row of a line.
    pub fn go_to(&mut self, line: usize) {
        (self.cursor, self.part) = (Position::at(line), 0);
        self.height = None;
    }

    /// Puts the cursor on a row.
    pub fn stand_on(&mut self, row: Row) {
        let (section, line, part) = row.key();
        (self.cursor, self.part) = (Position::at(line), part);
        self.height = None;
        if let Own::Trace(trace) = &mut self.own {
            trace.section = section;
        }
    }

    /// Returns how tasks are arranged.
    pub fn turn(&self) -> Turn {
        self.tasks().map_or(Turn::Tree, |tasks| tasks.turn)
    }

    /// Returns whether the details of the task on a line are open.
    pub fn is_opened(&self, line: usize) -> bool {
        self.tasks()
            .is_some_and(|tasks| tasks.opened.contains(&line))
    }

    /// Returns whether the task or heading on a line is folded. A filter opens what it lets through,
    /// as long as it lasts.
    pub fn is_folded(&self, line: usize) -> bool {
        self.narrowed.is_none() && self.folded.contains(&line)
    }

    /// Returns whether a filter hides the item on a line.
    pub fn is_filtered_out(&self, line: usize) -> bool {
        let narrowed = self.narrowed.as_ref();
        narrowed.is_some_and(|narrowed| !narrowed.shown.contains(&line))
    }

    /// Returns whether a filter leaves the item on a line only to show where others stand.
    pub fn is_around_matches(&self, line: usize) -> bool {
        let narrowed = self.narrowed.as_ref();
        narrowed.is_some_and(|narrowed| !narrowed.matches.contains(&line))
    }

    /// Returns whether a group of tasks is folded.
    pub fn is_group_folded(&self, group: &GroupKey) -> bool {
        self.narrowed.is_none()
            && self
                .tasks()
                .is_some_and(|tasks| tasks.folded_groups.contains(group))
    }

    /// Returns what only a Tasks pane has.
    pub fn tasks(&self) -> Option<&TasksState> {
        if let Own::Tasks(tasks) = &self.own {
            Some(tasks)
        } else {
            None
        }
    }

    /// Returns what only a Tasks pane has, to be changed.
    pub fn tasks_mut(&mut self) -> Option<&mut TasksState> {
        if let Own::Tasks(tasks) = &mut self.own {
            Some(tasks)
        } else {
            None
        }
    }

    /// Returns what only a Trace pane has.
    pub fn trace(&self) -> Option<&TraceState> {
        if let Own::Trace(trace) = &self.own {
            Some(trace)
        } else {
            None
        }
    }

    /// Returns what only a Trace pane has, to be changed.
    pub fn trace_mut(&mut self) -> Option<&mut TraceState> {
        if let Own::Trace(trace) = &mut self.own {
            Some(trace)
        } else {
            None
        }
    }

    /// Returns the section of the trace that the cursor is in; the first one in all other panes.
    pub fn section(&self) -> TraceSection {
        self.trace()
            .map_or(TraceSection::default(), |trace| trace.section)
    }

    /// Returns the line of the task that is chosen in the trace, itself or as a column.
    pub fn column(&self) -> usize {
        self.trace().map_or(0, |trace| trace.column.line)
    }

    /// Returns whether the trace stands as a list or as a matrix.
    pub fn trace_form(&self) -> TraceForm {
        self.trace()
            .map_or_else(TraceForm::default, |trace| trace.form)
    }

    /// Returns whether the cursor is on the heading of a group of tasks, whose line is that of a
    /// task.
    pub fn is_on_wave(&self) -> bool {
        self.turn() == Turn::Waves && self.part > 0
    }

    /// Returns where the cursor is among the rows of its pane: but for tasks by waves they are
    /// sorted by this.
    pub fn key(&self) -> (TraceSection, usize, usize) {
        (self.section(), self.cursor.line, self.part)
    }

    /// Returns whether the cursor is on a row.
    pub fn is_at(&self, row: Row) -> bool {
        row.is_place() && row.key() == self.key()
    }

    /// Visits every position in the document of a pane; of the trace, those that count in the lines
    /// of that document.
    pub fn visit(&mut self, pane: Pane, visit: &mut dyn FnMut(&mut Position)) {
        if let Own::Trace(trace) = &mut self.own {
            if trace.section.pane() == pane {
                visit(&mut self.cursor);
            }
            if pane == Pane::Tasks {
                visit(&mut trace.column);
            }
            return;
        }
        visit(&mut self.cursor);
        visit_all(&mut self.folded, visit);
        visit_all(&mut self.unread, visit);
        if let Own::Tasks(tasks) = &mut self.own {
            visit_all(&mut tasks.opened, visit);
            tasks.folded_groups = std::mem::take(&mut tasks.folded_groups)
                .into_iter()
                .map(|group| group.visited(visit))
                .collect();
        }
    }
}

/// The states of all panes of all features that were visited. A file that was open in the Files
/// pane has one as a feature has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaneStates {
    pane_states: HashMap<PathBuf, HashMap<Pane, PaneState>>,
}

impl PaneStates {
    /// Returns the state of a pane of the feature in the folder `feature`.
    pub fn of(&self, feature: &Path, pane: Pane) -> Option<&PaneState> {
        self.pane_states.get(feature)?.get(&pane)
    }

    /// Returns the states of all panes of a feature.
    pub fn of_feature(&self, feature: &Path) -> impl Iterator<Item = &PaneState> {
        self.pane_states
            .get(feature)
            .into_iter()
            .flat_map(|panes| panes.values())
    }

    /// Returns the states of the panes of which some lines are those of the document of `pane`: its
    /// own, and the trace.
    pub fn of_document_mut(
        &mut self,
        owner: &Path,
        pane: Pane,
    ) -> impl Iterator<Item = &mut PaneState> {
        let panes = self.pane_states.get_mut(owner).into_iter().flatten();
        panes
            .filter(move |(of, _)| **of == pane || (**of == Pane::Trace && pane != Pane::Files))
            .map(|(_, pane_state)| pane_state)
    }

    /// Returns all states, in no order that means anything.
    pub fn iter(&self) -> impl Iterator<Item = (&Path, Pane, &PaneState)> {
        self.pane_states.iter().flat_map(|(feature, panes)| {
            panes
                .iter()
                .map(|(pane, pane_state)| (feature.as_path(), *pane, pane_state))
        })
    }

    /// Returns the state of a pane of the feature in the folder `feature`, made at its start where
    /// there is none.
    pub fn entry(&mut self, feature: &Path, pane: Pane) -> &mut PaneState {
        if !self.pane_states.contains_key(feature) {
            self.pane_states
                .insert(feature.to_path_buf(), HashMap::new());
        }
        self.pane_states
            .entry(feature.to_path_buf())
            .or_default()
            .entry(pane)
            .or_insert_with(|| PaneState::of(pane))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Moves every position of the document of a pane by ten lines, and lists what moved.
    fn moved(mut pane_state: PaneState, pane: Pane) -> Vec<usize> {
        let mut lines = Vec::new();
        pane_state.visit(pane, &mut |position| {
            position.line += 10;
            lines.push(position.line);
        });
        let mut again = Vec::new();
        pane_state.visit(pane, &mut |position| again.push(position.line));
        assert_eq!(lines, again, "what moved stays moved");
        lines
    }

    #[test]
    fn everything_that_holds_a_line_is_carried() {
        let set = |line| BTreeSet::from([Position::at(line)]);
        let tasks = PaneState {
            cursor: Position::at(1),
            folded: set(2),
            unread: set(3),
            own: Own::Tasks(TasksState {
                turn: Turn::Waves,
                opened: set(4),
                folded_groups: [
                    GroupKey::First(Position::at(5)),
                    GroupKey::Named("a".to_owned()),
                ]
                .into(),
            }),
            ..PaneState::default()
        };
        assert_eq!(moved(tasks, Pane::Tasks), [11, 12, 13, 14, 15]);
        let trace = PaneState {
            cursor: Position::at(1),
            own: Own::Trace(TraceState {
                column: Position::at(2),
                ..TraceState::default()
            }),
            ..PaneState::default()
        };
        assert_eq!(moved(trace.clone(), Pane::Requirements), [11]);
        assert_eq!(moved(trace.clone(), Pane::Tasks), [12]);
        assert_eq!(moved(trace, Pane::Design), [0; 0]);
    }
}
