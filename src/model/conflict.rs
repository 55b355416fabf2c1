//! A change of ours and one on disk that contradict each other, and what was chosen so far.
//!
//! Nothing is written before every place is decided. Knows the texts, not how they are drawn.

use std::path::Path;

use super::{Editor, FileChange, Write};
use crate::markdown::list_line;
use crate::spec::change::Refusal;
use crate::spec::tasks::line_parts;
use crate::store::DocumentFile;
use crate::text::{Conflict, Edit, LineMap, Resolution, Span, Text, merge};

/// A conflict that is being decided, one place after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispute {
    /// Our change.
    pub cause: Disputed,
    conflict: Conflict,
    chosen: Vec<Resolution>,
}

/// The change of ours that contradicts what stands on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Disputed {
    /// What was typed.
    Edit(Box<Editor>),
    /// One part of a step of the history, by its index in the write.
    Step(Write, usize),
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

/// What became on disk of the lines that are in dispute, where they do not stand there any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// They are gone.
    Gone,
    /// They stand at another place: its line, from 0.
    Moved(usize),
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
            Err(conflict) => Merged::Open(Box::new(Dispute::of_edit(self.clone(), *conflict))),
        }
    }
}

impl Dispute {
    /// Makes the dispute of what was typed.
    pub fn of_edit(editor: Editor, conflict: Conflict) -> Self {
        Self::new(Disputed::Edit(Box::new(editor)), conflict)
    }

    /// Makes the dispute of a step of the history. None where the conflict is with no part of it.
    pub fn of_step(write: Write, conflict: Conflict) -> Option<Self> {
        let refusal = Refusal::Conflict(Box::new(conflict.clone()));
        let refuses = |part: &FileChange| {
            let planned = part.change.plan(part.file.kind, conflict.theirs());
            planned.is_err_and(|reason| reason == refusal)
        };
        let part = write.parts.iter().position(refuses)?;
        Some(Self::new(Disputed::Step(write, part), conflict))
    }

    fn new(cause: Disputed, conflict: Conflict) -> Self {
        Self {
            cause,
            conflict,
            chosen: Vec::new(),
        }
    }

    /// Returns what our change is called.
    pub fn name(&self) -> &str {
        match &self.cause {
            Disputed::Edit(editor) => &editor.unit.name,
            Disputed::Step(write, _) => write.name.as_deref().unwrap_or("the change"),
        }
    }

    /// Returns the folder of the feature and the file that is changed.
    pub fn place(&self) -> Option<(&Path, &DocumentFile)> {
        match &self.cause {
            Disputed::Edit(editor) => Some((&editor.feature, &editor.file)),
            Disputed::Step(write, part) => {
                let part = write.parts.get(*part)?;
                Some((&part.feature, &part.file))
            }
        }
    }

    /// Returns both changes, and where they contradict each other.
    pub fn conflict(&self) -> &Conflict {
        &self.conflict
    }

    /// Returns the text that stands on disk.
    pub fn theirs(&self) -> &Text {
        self.conflict.theirs()
    }

    /// Returns which place is to be decided now, from 0, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        (self.chosen.len(), self.conflict.places().len())
    }

    /// Returns how many other lines changed on disk, which are taken over as they are.
    pub fn merged_lines(&self) -> usize {
        let map = LineMap::between(self.conflict.base(), self.theirs());
        let changed = map.changed();
        let is_open = |line: &usize| {
            let Some(found) = self.theirs().lines().get(*line) else {
                return false;
            };
            let mut places = self.conflict.places().iter();
            places.any(|place| place.theirs.contains(found.whole.start))
        };
        changed.iter().filter(|line| !is_open(line)).count()
    }

    /// Returns how many lines our document has, where nothing of it is left on disk: keeping ours
    /// writes them all again.
    pub fn lost_lines(&self) -> Option<usize> {
        let is_lost = self.theirs().is_empty() && !self.conflict.base().is_empty();
        is_lost.then(|| self.conflict.ours().lines().len())
    }

    /// Returns what the place to be decided says. Of a document of which nothing is left on disk only
    /// the lines that we changed are shown.
    pub fn sides(&self) -> Option<Sides> {
        let place = self.conflict.places().get(self.chosen.len())?;
        if self.lost_lines().is_some() {
            return Some(self.changed_lines());
        }
        Some(Sides {
            line: self.conflict.base().line_at(place.base.start),
            before: lines(self.conflict.base(), place.base),
            ours: lines(self.conflict.ours(), place.ours),
            theirs: lines(self.theirs(), place.theirs),
        })
    }

    /// Returns the lines that our change touches, before it and with it.
    fn changed_lines(&self) -> Sides {
        let (base, ours) = (self.conflict.base(), self.conflict.ours());
        let edit = Edit::between(base, ours);
        let first = edit.splices().first().map_or(0, |splice| splice.span.start);
        let last = edit.splices().last().map_or(0, |splice| splice.span.end);
        let end = ours.len() - (base.len() - last);
        Sides {
            line: base.line_at(first),
            before: lines(base, Span::new(first, last.max(first + 1).min(base.len()))),
            ours: lines(ours, Span::new(first, end.max(first + 1).min(ours.len()))),
            theirs: Vec::new(),
        }
    }

    /// Returns what became of the lines of the place, where they do not stand there any more.
    pub fn fate(&self) -> Option<Fate> {
        let place = self.conflict.places().get(self.chosen.len())?;
        if !place.theirs.is_empty() || place.base.is_empty() {
            return None;
        }
        let (base, theirs) = (self.conflict.base(), self.theirs());
        let first = match &self.cause {
            Disputed::Edit(editor) => editor.unit.lines.start,
            Disputed::Step(..) => base.line_at(place.base.start),
        };
        let words = |text: &Text, line: usize| {
            let line = text.lines().get(line)?;
            Some(unmarked(text.slice(line.content)).to_vec())
        };
        let moved = words(base, first).filter(|words| !words.is_empty());
        let is_there = |line: &usize| moved.is_some() && words(theirs, *line) == moved;
        let at = (0..theirs.lines().len()).find(is_there);
        Some(at.map_or(Fate::Gone, Fate::Moved))
    }

    /// Decides the place. Returns the edit of the text on disk once none is left.
    pub fn choose(&mut self, resolution: Resolution) -> Option<Edit> {
        self.chosen.push(resolution);
        let (decided, all) = self.progress();
        (decided == all).then(|| self.edit())
    }

    /// Returns the text with what was chosen; undecided places keep both.
    pub fn resolved(&self) -> Text {
        self.conflict.resolved(&self.chosen)
    }

    /// Returns the edit of the text on disk that leads to [`Dispute::resolved`].
    pub fn edit(&self) -> Edit {
        Edit::between(self.theirs(), &self.resolved())
    }
}

/// Returns what a line says behind its checkbox.
fn unmarked(content: &[u8]) -> &[u8] {
    let line = list_line(content, Span::new(0, content.len()));
    let checkbox = line.and_then(|line| line.checkbox);
    let behind = checkbox.map_or(0, |checkbox| checkbox.marker.end + 1);
    content[behind..].trim_ascii()
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
