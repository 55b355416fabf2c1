//! Where jumps began, so that one can go back and forth between them across features; and the list
//! of places that one jump may lead to.

use std::path::{Path, PathBuf};

use super::position::{Position, visit_line};
use super::{Mode, Model, Pane, PaneState, Prompt, Target, TraceSection};
use crate::text::Needle;

/// How many jumps are remembered.
const MOST: usize = 100;

/// A place that was left by a jump.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jump {
    /// The folder of the feature.
    pub feature: PathBuf,
    /// The pane.
    pub pane: Pane,
    /// The file that is open in place of the list of files.
    pub file: Option<PathBuf>,
    /// The section of the trace that the cursor was in.
    pub section: TraceSection,
    /// The line under the cursor.
    pub position: Position,
    /// The row of it, as in [`super::PaneState`].
    pub part: usize,
    /// How many rows below the first one on the screen the cursor stood.
    pub height: usize,
}

impl Jump {
    /// Returns whether its line is one of the document of a pane of a feature.
    fn is_in(&self, feature: &Path, pane: Pane) -> bool {
        let document = if self.pane == Pane::Trace {
            self.section.pane()
        } else {
            self.pane
        };
        document == pane && self.feature == feature
    }
}

/// The places that jumps left, in both directions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Jumps {
    back: Vec<Jump>,
    forward: Vec<Jump>,
}

impl Jumps {
    /// Remembers where a jump begins. What lay ahead is forgotten.
    pub fn leave(&mut self, jump: Jump) {
        self.forward.clear();
        self.back.retain(|known| *known != jump);
        self.back.push(jump);
        let surplus = self.back.len().saturating_sub(MOST);
        self.back.drain(..surplus);
    }

    /// Returns the place before, and remembers `here` as what lies ahead.
    pub fn go_back(&mut self, here: Option<Jump>) -> Option<Jump> {
        let jump = self.back.pop()?;
        self.forward.extend(here);
        Some(jump)
    }

    /// Returns the place that lies ahead, and remembers `here` as what lies behind.
    pub fn go_forward(&mut self, here: Option<Jump>) -> Option<Jump> {
        let jump = self.forward.pop()?;
        self.back.extend(here);
        Some(jump)
    }

    /// Returns the places that were left last, the newest first.
    pub fn recent(&self) -> Vec<Jump> {
        self.back.iter().rev().cloned().collect()
    }

    /// Returns whether there is a place to go back to.
    pub fn has_back(&self) -> bool {
        !self.back.is_empty()
    }

    /// Returns whether a place lies ahead.
    pub fn has_forward(&self) -> bool {
        !self.forward.is_empty()
    }

    /// Returns the places whose lines are those of the document of a pane.
    fn of_document_mut(&mut self, feature: &Path, pane: Pane) -> impl Iterator<Item = &mut Jump> {
        let all = self.back.iter_mut().chain(&mut self.forward);
        all.filter(move |jump| jump.is_in(feature, pane))
    }

    /// Visits the positions in the document of a pane.
    pub(super) fn visit(
        &mut self,
        feature: &Path,
        pane: Pane,
        visit: &mut dyn FnMut(&mut Position),
    ) {
        self.of_document_mut(feature, pane)
            .for_each(|jump| visit(&mut jump.position));
    }
}

/// The places that a jump may lead to, listed above the footer. The cursor shows the chosen one
/// while the list is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the list is of.
    pub title: String,
    /// The places.
    pub targets: Vec<Target>,
    /// The chosen one.
    pub at: usize,
    /// Where the jump began.
    pub origin: Jump,
    /// What is typed to narrow the list; none where letters are commands.
    pub filter: Option<ChoiceFilter>,
    /// What was selected there.
    pub below: Mode,
    /// Cursor, scroll and folds of all panes before the jump: looking at places changes nothing for
    /// good.
    pub pane_states: Vec<(Pane, PaneState)>,
}

/// What narrows a list of places as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceFilter {
    /// The line that is typed.
    pub prompt: Prompt,
    /// All places of the list.
    pub all: Vec<Target>,
}

impl Choice {
    /// Leaves the places that have all words that are typed. The chosen one stays chosen, if it is
    /// among them.
    pub fn refine(&mut self) {
        let Some(filter) = &self.filter else {
            return;
        };
        let words: Vec<Needle> = filter
            .prompt
            .text()
            .split_whitespace()
            .filter_map(Needle::of)
            .collect();
        let is_met = |target: &&Target| words.iter().all(|word| word.is_in(&target.text));
        let chosen = self.targets.get(self.at).map(|target| target.line);
        self.targets = filter.all.iter().filter(is_met).cloned().collect();
        let at = self
            .targets
            .iter()
            .position(|target| Some(target.line) == chosen);
        self.at = at.unwrap_or(0);
    }

    /// Counts the places with those that are not met.
    pub fn count(&self) -> usize {
        self.filter
            .as_ref()
            .map_or(self.targets.len(), |filter| filter.all.len())
    }

    /// Visits the positions in the document of a pane.
    pub(super) fn visit(
        &mut self,
        feature: &Path,
        pane: Pane,
        visit: &mut dyn FnMut(&mut Position),
    ) {
        if self.origin.feature != feature {
            return;
        }
        if self.origin.is_in(feature, pane) {
            visit(&mut self.origin.position);
        }
        if let (Mode::Select { anchor }, true) = (&mut self.below, self.origin.pane == pane) {
            visit_line(anchor, visit);
        }
        let all = self.filter.iter_mut().flat_map(|filter| &mut filter.all);
        self.targets
            .iter_mut()
            .chain(all)
            .filter(|target| target.pane == pane)
            .for_each(|target| visit_line(&mut target.line, visit));
        self.pane_states
            .iter_mut()
            .filter(|(of, _)| *of == pane || *of == Pane::Trace)
            .for_each(|(_, pane_state)| pane_state.visit(pane, visit));
    }
}

impl Model {
    /// Returns where the cursor is now, if it is in a pane.
    pub fn here(&self) -> Option<Jump> {
        let (feature, pane_state) = (self.open_files.feature.clone()?, self.pane_state()?);
        Some(Jump {
            feature,
            pane: self.pane,
            file: self.file_of_pane(self.pane).map(Path::to_path_buf),
            section: pane_state.section(),
            position: pane_state.cursor,
            part: pane_state.part,
            height: self.height_in(self.pane, pane_state).unwrap_or(0),
        })
    }

    /// Puts the cursor where a jump says. The feature must be the open one, or be opened next.
    pub fn return_to(&mut self, jump: &Jump) {
        self.choose_pane(jump.pane);
        if let Some(file) = &jump.file {
            self.show_file(file.clone());
        } else if jump.pane == Pane::Files {
            self.close_file();
        }
        let owner = jump.file.as_ref().unwrap_or(&jump.feature);
        let pane_state = self.pane_states.entry(owner, jump.pane);
        (pane_state.cursor, pane_state.part) = (jump.position, jump.part);
        pane_state.height = Some(jump.height);
        if let Some(trace) = pane_state.trace_mut() {
            trace.section = jump.section;
        }
    }
}

/// Which way a motion goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Down.
    Next,
    /// Up.
    Previous,
}

/// A spec that is being opened for a place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The folder of the spec.
    pub feature: PathBuf,
    /// The place.
    pub destination: Destination,
}

/// A place in a spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// Its first task in progress; on the way up, its last.
    Begun(Way),
    /// A pane, as it was left.
    Pane(Pane),
    /// A line of what a pane shows, from 0.
    Line(Pane, usize),
    /// A line of a file beside its documents, from 0.
    File(PathBuf, usize),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jump(line: usize) -> Jump {
        Jump {
            feature: "a".into(),
            pane: Pane::Tasks,
            file: None,
            section: TraceSection::default(),
            position: Position::at(line),
            part: 0,
            height: 0,
        }
    }

    #[test]
    fn one_goes_back_and_forth_between_jumps() {
        let mut jumps = Jumps::default();
        jumps.leave(jump(1));
        jumps.leave(jump(2));
        assert_eq!(jumps.go_back(Some(jump(3))), Some(jump(2)));
        assert_eq!(jumps.go_back(Some(jump(2))), Some(jump(1)));
        assert_eq!(jumps.go_back(Some(jump(1))), None);
        assert_eq!(jumps.go_forward(Some(jump(1))), Some(jump(2)));
        jumps.leave(jump(9));
        assert_eq!(
            (jumps.go_forward(None), jumps.go_back(None)),
            (None, Some(jump(9)))
        );
    }

    #[test]
    fn only_so_many_are_remembered_and_none_twice() {
        let mut jumps = Jumps::default();
        (0..MOST + 5).for_each(|line| jumps.leave(jump(line)));
        jumps.leave(jump(MOST));
        let lines: Vec<usize> = std::iter::from_fn(|| jumps.go_back(None))
            .map(|jump| jump.position.line)
            .collect();
        assert_eq!(
            (lines.len(), lines[0], lines[1], lines.last()),
            (MOST, MOST, MOST + 4, Some(&5))
        );
    }
}
