//! An edit and a change on disk that contradict each other, and what was chosen so far.
//!
//! Nothing is written before every place is decided. Knows the texts, not how they are drawn.

use super::Editor;
use crate::spec::tasks::line_parts;
use crate::text::{Conflict, Edit, LineMap, Resolution, Span, Text, merge};

/// A conflict that is being decided, one place after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispute {
    /// The edit.
    pub editor: Editor,
    /// The text that stands on disk.
    pub theirs: Text,
    ours: Text,
    conflict: Conflict,
    chosen: Vec<Resolution>,
}

/// What one place says on each side, line by line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sides {
    /// Index of the first line before, from 0.
    pub line: usize,
    /// What stood there before.
    pub before: Vec<String>,
    /// What was typed.
    pub ours: Vec<String>,
    /// What stands on disk.
    pub theirs: Vec<String>,
}

/// What becomes of an edit when its file has moved on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Merged {
    /// Both fit: the edit of the text on disk.
    Clean(Edit),
    /// They contradict each other.
    Open(Box<Dispute>),
}

impl Editor {
    /// Merges what was typed with the text that stands on disk.
    pub fn merge(&self, theirs: &Text) -> Merged {
        let base = self.base();
        let ours = self.edit().apply(base);
        match merge(base, &ours, theirs, line_parts) {
            Ok(edit) => Merged::Clean(Edit::between(theirs, &edit.apply(base))),
            Err(conflict) => Merged::Open(Box::new(Dispute {
                editor: self.clone(),
                theirs: theirs.clone(),
                ours,
                conflict: *conflict,
                chosen: Vec::new(),
            })),
        }
    }
}

impl Dispute {
    /// Returns which place is to be decided now, from 0, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        (self.chosen.len(), self.conflict.places().len())
    }

    /// Returns how many other lines changed on disk, which are taken over as they are.
    pub fn merged_lines(&self) -> usize {
        let map = LineMap::between(self.editor.base(), &self.theirs);
        let changed = map.changed();
        let is_open = |line: &usize| {
            let Some(found) = self.theirs.lines().get(*line) else {
                return false;
            };
            let mut places = self.conflict.places().iter();
            places.any(|place| place.theirs.contains(found.whole.start))
        };
        changed.iter().filter(|line| !is_open(line)).count()
    }

    /// Returns what the place to be decided says.
    pub fn sides(&self) -> Option<Sides> {
        let place = self.conflict.places().get(self.chosen.len())?;
        Some(Sides {
            line: self.editor.base().line_at(place.base.start),
            before: lines(self.editor.base(), place.base),
            ours: lines(&self.ours, place.ours),
            theirs: lines(&self.theirs, place.theirs),
        })
    }

    /// Decides the place. Returns the edit of the text on disk once none is left.
    pub fn choose(&mut self, resolution: Resolution) -> Option<Edit> {
        self.chosen.push(resolution);
        let (decided, all) = self.progress();
        (decided == all).then(|| Edit::between(&self.theirs, &self.resolved()))
    }

    /// Returns the text with what was chosen; undecided places keep both.
    pub fn resolved(&self) -> Text {
        self.conflict
            .resolve(&self.chosen)
            .apply(self.editor.base())
    }
}

fn lines(text: &Text, span: Span) -> Vec<String> {
    if span.is_empty() {
        return Vec::new();
    }
    let lines = text.line_at(span.start)..=text.line_at(span.end - 1);
    let lines = text.lines().get(lines).unwrap_or_default();
    lines
        .iter()
        .map(|line| text.lossy(line.content).into_owned())
        .collect()
}
