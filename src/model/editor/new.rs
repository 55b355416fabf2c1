//! An editor over an item that is not in the file yet: what it begins with, its fields in angle
//! brackets, and the blank lines around it.

use super::super::Model;
use super::{Caret, Editor};
use crate::spec::structure::{Prepared, field_from, next_pattern};
use crate::spec::unit::{Unit, UnitKind};
use crate::text::{Edit, Excerpt};

/// What belongs to a new item beside what is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewItem {
    item: Prepared,
}

impl NewItem {
    /// Makes it of what was prepared.
    pub fn of(item: Prepared) -> Self {
        Self { item }
    }
}

impl Editor {
    /// Returns whether the item is a new one.
    pub fn is_new(&self) -> bool {
        self.new.is_some()
    }

    /// Returns whether a new item still says what it began with; none for an item of the file.
    pub(super) fn is_untouched(&self) -> Option<bool> {
        let new = self.new.as_ref()?;
        Some(new.item.lines == self.buffer.lines())
    }

    /// Returns the edit that writes a new item with the blank lines around it; none for an item of
    /// the file.
    pub(super) fn edit_of_new(&self) -> Option<Edit> {
        let new = self.new.as_ref()?;
        let item = Prepared {
            at: self.unit.lines.start,
            ..new.item.clone()
        };
        let lines = self.buffer.lines().iter();
        let said = lines.filter(|line| !new.item.is_optional(line));
        let said: Vec<String> = said.cloned().collect();
        Some(item.edit(self.base(), &said))
    }

    /// Makes the whole document what is edited, for nothing of it is left on disk.
    pub fn widen_to_document(&mut self) {
        self.new = None;
        self.unit = Unit::of_document(self.unit.lines.clone());
    }

    /// Returns whether a field of a new item says nothing yet.
    pub fn has_field(&self) -> bool {
        self.new.is_some() && self.field_behind(Caret::new(0, 0)).is_some()
    }

    /// Returns the first field of a new item that must still be filled in. A line that a task may do
    /// without is left out where its field says nothing.
    pub fn unfilled(&self) -> Option<String> {
        let new = self.new.as_ref()?;
        let mut lines = self.buffer.lines().iter();
        lines.find_map(|line| {
            let (start, end) = field_from(line, 0)?;
            (!new.item.is_optional(line)).then(|| line[start..end].to_owned())
        })
    }

    /// Selects the next field behind the caret, or the first one. Returns whether there is one.
    pub fn select_next_field(&mut self) -> bool {
        let caret = self
            .buffer
            .selection()
            .map_or(self.buffer.caret(), |(_, end)| end);
        let next = self.field_behind(caret);
        let Some((row, start, end)) = next.or_else(|| self.field_behind(Caret::new(0, 0))) else {
            return false;
        };
        self.buffer.leave_selection();
        self.buffer.go_to(Caret::new(row, start));
        self.buffer.start_selection();
        self.buffer.go_to(Caret::new(row, end));
        true
    }

    /// Returns the first field at or behind a place: its row, and where it begins and ends there.
    fn field_behind(&self, from: Caret) -> Option<(usize, usize, usize)> {
        let rows = self.buffer.lines().iter().enumerate().skip(from.row);
        rows.into_iter().find_map(|(row, line)| {
            let start = if row == from.row { from.byte } else { 0 };
            let (start, end) = field_from(line, start)?;
            Some((row, start, end))
        })
    }

    /// Returns whether the line of the caret is a criterion whose pattern can be turned.
    pub fn can_turn(&self) -> bool {
        turned(self.buffer.line()).is_some()
    }

    /// Turns the pattern of the criterion on the line of the caret. Returns whether there is one.
    pub fn turn_pattern(&mut self) -> bool {
        let row = self.buffer.caret().row;
        let line = self.buffer.line().to_owned();
        let Some((from, words)) = turned(&line) else {
            return false;
        };
        let (start, end) = (Caret::new(row, from), Caret::new(row, line.len()));
        self.buffer.leave_selection();
        self.buffer.replace_range(start, end, &words);
        self.buffer.go_to(start);
        if !self.select_next_field() {
            self.buffer.go_to(Caret::new(row, from + words.len()));
        }
        true
    }

    /// Puts the editor of a new item over another text of its file, before the line `at`.
    pub(super) fn rebase_new(&mut self, base: &crate::text::Text, unit: Unit) {
        let indent = self.indent().to_vec();
        self.excerpt = Excerpt::empty_at(base, unit.lines.start, &indent);
        self.unit = unit;
        self.contradicted = None;
    }
}

/// Returns the words of a criterion in the next pattern, and at which byte of the line they begin.
fn turned(line: &str) -> Option<(usize, String)> {
    const STARTS: [&str; 5] = ["WHEN ", "WHILE ", "IF ", "WHERE ", "THE "];
    let starts = STARTS.iter().filter_map(|start| line.find(start));
    let from = starts.min()?;
    Some((from, next_pattern(&line[from..])?))
}

impl Model {
    /// Opens an editor over a new item of the chosen pane's document.
    pub fn editor_of_new(&mut self, new: NewItem) -> Option<Editor> {
        let at = new.item.at;
        let unit = Unit {
            kind: UnitKind::Block,
            lines: at..at,
            name: new.item.name.clone(),
        };
        let mut editor = self.editor_of(unit)?;
        editor.excerpt = Excerpt::empty_at(&editor.base().clone(), at, &new.item.indent);
        editor
            .buffer
            .reset(new.item.lines.clone(), Caret::new(0, 0));
        editor.new = Some(new);
        editor.select_next_field();
        Some(editor)
    }
}
