//! Where an open editor is on the screen: over the rows of its unit, which it pushes apart.
//!
//! A pure function of the model, used by both update and view. Only the rows that can be seen are
//! wrapped, so that a long document costs no more than a short one.

use std::ops::Range;

use super::super::{Layout, Mode, Model, OpenFile, Pane, Question, Row, View, cursor_row};
use super::wrap::{row_of, wrap_line};
use super::{Caret, Editor};
use crate::spec::unit::{Source, Unit};
use crate::text::Text;

/// One row of an editor: a part of one of its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditorRow {
    /// The line, from 0.
    pub line: usize,
    /// Its bytes that are on the row.
    pub bytes: Range<usize>,
}

/// Where the editor takes its place among the rows of a pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EditorPlace {
    /// The row of the pane's body at which it begins.
    pub first: usize,
    /// How many rows of the pane it stands in the place of.
    pub covered: usize,
    /// How many rows it takes; never fewer than it covers, as far as there is room.
    pub height: usize,
}

/// The columns before the text: the bar, the flag, a blank.
const MARGIN: usize = 3;
/// The most columns of the unit's own indent that are kept on the screen.
const INDENT: usize = 12;

impl Editor {
    /// Returns the column at which the text begins.
    pub fn margin(&self) -> usize {
        MARGIN + self.indent().len().min(INDENT)
    }

    /// Returns at most `count` rows from the first one on the screen.
    pub fn rows(&self, count: usize) -> Vec<EditorRow> {
        let (top_line, top_part) = self.top;
        let lines = self.buffer().lines().iter().enumerate().skip(top_line);
        let rows = lines.flat_map(|(line, text)| {
            let parts = wrap_line(text, self.columns).into_iter();
            parts.map(move |bytes| EditorRow { line, bytes })
        });
        rows.skip(top_part).take(count).collect()
    }

    /// Scrolls so that the caret is on one of `height` rows.
    pub fn scroll_to_caret(&mut self, height: usize) {
        let caret = self.buffer().caret();
        let here = (caret.row, self.part_of(caret));
        if here < self.top {
            self.top = here;
            return;
        }
        let mut start = here;
        for _ in 1..height.max(1) {
            let Some(above) = self.row_above(start).filter(|above| *above >= self.top) else {
                return;
            };
            start = above;
        }
        self.top = self.top.max(start);
    }

    /// Returns the row among those of its line on which a caret stands.
    fn part_of(&self, caret: Caret) -> usize {
        row_of(&self.wrapped(caret.row), caret.byte)
    }

    fn wrapped(&self, line: usize) -> Vec<Range<usize>> {
        let text = self.buffer().lines().get(line).map_or("", String::as_str);
        wrap_line(text, self.columns)
    }

    fn row_above(&self, (line, part): (usize, usize)) -> Option<(usize, usize)> {
        if part > 0 {
            return Some((line, part - 1));
        }
        let above = line.checked_sub(1)?;
        Some((above, self.wrapped(above).len() - 1))
    }
}

impl Model {
    /// Returns the editor that is open, also where a question about it waits.
    pub fn editor(&self) -> Option<&Editor> {
        match &self.mode {
            Mode::Edit(editor) => Some(editor),
            Mode::Question(question) => match question.as_ref() {
                Question::LeaveEdit(editor) => Some(editor),
                Question::TakeDraft { .. } => None,
            },
            _ => None,
        }
    }

    /// Returns the editor that is open, to be changed.
    pub fn editor_mut(&mut self) -> Option<&mut Editor> {
        match &mut self.mode {
            Mode::Edit(editor) => Some(editor),
            Mode::Question(question) => match question.as_mut() {
                Question::LeaveEdit(editor) => Some(editor),
                Question::TakeDraft { .. } => None,
            },
            _ => None,
        }
    }

    /// Returns the text of the edited file as it was last read, where it is another one than the one
    /// that is edited over.
    pub fn text_below_editor(&self) -> Option<&Text> {
        let editor = self.editor()?;
        let open_file = self.open_files.of_file(&editor.file)?;
        (open_file.text != *editor.base()).then_some(&open_file.text)
    }

    /// Returns the unit under the cursor of the chosen pane, or of the card under that of the kanban
    /// where its spec is open.
    pub fn unit_at_cursor(&self) -> Option<Unit> {
        if self.view == View::Board {
            return self.unit_of_card();
        }
        let line = self.pane_state()?.cursor.line;
        let open_file = self.open_file()?;
        open_file.source(self.pane).unit_at(line)
    }

    /// Returns the pane whose document [`Model::unit_at_cursor`] is of.
    pub fn pane_of_unit(&self) -> Pane {
        if self.view == View::Board {
            Pane::Tasks
        } else {
            self.pane
        }
    }

    fn unit_of_card(&self) -> Option<Unit> {
        let (cards, card) = self.board.card()?;
        if self.open_files.feature.as_ref() != Some(&cards.feature) {
            return None;
        }
        let open_file = self.open_files.of(Pane::Tasks)?;
        open_file.source(Pane::Tasks).unit_at(card.line)
    }

    /// Returns how many rows of the screen the editor over a card of the kanban takes, with the rule
    /// above it.
    pub fn card_editor_rows(&self) -> Option<u16> {
        if self.view != View::Board {
            return None;
        }
        let editor = self.editor()?;
        let mut rows = 1;
        for line in editor.buffer().lines() {
            rows += wrap_line(line, editor.columns).len();
            if rows > usize::from(self.size.1) {
                break;
            }
        }
        Some(u16::try_from(rows).unwrap_or(u16::MAX))
    }

    /// Returns where the open editor stands in the body of the chosen pane; none where it is not
    /// over a pane.
    pub fn editor_place(&self, layout: &Layout) -> Option<EditorPlace> {
        if self.view != View::Main {
            return None;
        }
        let editor = self.editor()?;
        let top = self.pane_state().map_or(0, |pane_state| pane_state.top);
        let (index, covered) = self.rows_of_unit(&editor.unit);
        let height = layout.reach();
        let first = index.saturating_sub(top).min(height.saturating_sub(1));
        let rows = editor.rows(height).len();
        let height = rows.max(covered).min(height - first);
        let covered = covered.min(height);
        Some(EditorPlace {
            first,
            covered,
            height,
        })
    }

    /// Returns the index of the first row of a unit in the chosen pane, and how many follow it that
    /// belong to the unit too: none for one that has no rows, which is put before what comes below.
    pub fn rows_of_unit(&self, unit: &Unit) -> (usize, usize) {
        let rows = self.rows();
        let is_own = |row: &Row| unit.lines.contains(&row.line);
        let cursor = self.pane_state().and_then(|at| cursor_row(at, &rows));
        let at = cursor.filter(|index| is_own(&rows[*index]));
        let at = at.or_else(|| rows.iter().position(|row| is_own(row) && row.is_place()));
        let Some(at) = at else {
            // A new item has no rows yet, and one that was deleted on disk has none any more.
            let below = rows.iter().position(|row| row.line >= unit.lines.start);
            return (below.unwrap_or(rows.len()), 0);
        };
        let before = rows[..at]
            .iter()
            .rev()
            .take_while(|row| is_own(row) && row.is_part());
        let first = at - before.count();
        let covered = rows[first..].iter().take_while(|row| is_own(row)).count();
        (first, covered)
    }
}

impl OpenFile {
    /// Returns the document with what is known of its meaning, for finding what is edited as one.
    pub fn source(&self, pane: Pane) -> Source<'_> {
        Source {
            text: &self.text,
            document: &self.document,
            tasks: (pane == Pane::Tasks).then_some(&self.tasks),
            criteria: self.wanted.as_ref().map(|wanted| &wanted.criteria_document),
            design: self.design.as_deref(),
        }
    }
}
