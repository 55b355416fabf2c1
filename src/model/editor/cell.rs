//! Editing one cell of a table: what is taken out of its row, and how it is put back.
//!
//! A row is one line, so what is typed on several is put together with tags that break the line.

use super::{Caret, Editor};
use crate::model::{Form, Model};
use crate::prose::layout::PassageKind;
use crate::prose::table::{cell_source, cells};
use crate::spec::unit::{Unit, UnitKind};
use crate::text::{Edit, Excerpt, Span, Text, clean, cut_end};

/// The longest part of a head that stands in the name of a cell, in columns.
const NAME: usize = 24;

/// Takes a unit out of a text; of a row that no longer has the cell, all of it.
pub(super) fn excerpt_of(text: &Text, unit: &Unit) -> Excerpt {
    match span_of(text, unit) {
        Some(cell) => Excerpt::of_part(text, cell),
        None => Excerpt::of(text, unit.lines.clone()),
    }
}

/// Returns what a unit that is a cell says in a text; none of any other.
pub(super) fn lines_in(text: &Text, unit: &Unit) -> Option<Vec<String>> {
    span_of(text, unit).map(|cell| Excerpt::of_part(text, cell).shown())
}

/// Returns the bytes of a unit that is a cell.
fn span_of(text: &Text, unit: &Unit) -> Option<Span> {
    let UnitKind::Cell(index) = unit.kind else {
        return None;
    };
    let row = text.lines().get(unit.lines.start)?.content;
    cells(text, row).get(index).copied()
}

impl Editor {
    /// Returns the edit that writes a cell; none where no cell is edited.
    pub(super) fn edit_of_cell(&self) -> Option<Edit> {
        span_of(self.base(), &self.unit)?;
        Some(self.excerpt.edit(&[cell_source(self.buffer.lines())]))
    }

    /// Returns the whole row with what was typed in one of its cells, the caret in it, and the indent
    /// that is taken off: what is kept of it can be taken up without knowing of cells.
    pub(super) fn row_of_cell(&self) -> Option<(Vec<String>, Caret, Vec<u8>)> {
        let cell = span_of(self.base(), &self.unit)?;
        let row = Excerpt::of(self.base(), self.unit.lines.clone());
        let written = self.edit_of_cell()?.apply(self.base());
        let line = written.lines().get(self.unit.lines.start)?.content;
        let whole = Span::new(line.start + row.indent().len(), line.end);
        let (lines, caret) = (self.buffer.lines(), self.buffer.caret());
        let above = lines.get(..caret.row).unwrap_or_default();
        let here = lines.get(caret.row).and_then(|line| line.get(..caret.byte));
        let mut before = above.to_vec();
        before.extend(here.map(str::to_owned));
        let at = cell.start - whole.start + cell_source(&before).len();
        let caret = Caret::new(0, at.min(whole.len()));
        Some((
            vec![written.lossy(whole).into_owned()],
            caret,
            row.indent().to_vec(),
        ))
    }
}

impl Model {
    /// Counts the cells of the row of a table that the cursor of the chosen pane is on; none where
    /// it is on anything else.
    pub fn cells_at_cursor(&self) -> Option<usize> {
        let (open_file, pane_state) = (self.open_file()?, self.pane_state()?);
        let Form::Rendered(rendered) = open_file.form(pane_state) else {
            return None;
        };
        let passage = rendered.passage_at(pane_state.cursor.line)?;
        let is_row = matches!(passage.kind, PassageKind::TableRow { .. });
        is_row.then(|| cells(&open_file.text, passage.span).len())
    }

    /// Returns the cell that is chosen in the row under the cursor of the chosen pane.
    pub fn chosen_cell(&self) -> Option<Unit> {
        let pane_state = self.pane_state()?;
        let index = pane_state
            .cell
            .filter(|index| self.cells_at_cursor() > Some(*index))?;
        let text = &self.open_file()?.text;
        let line = pane_state.cursor.line;
        let head = self.open_file()?.table_head(line)?;
        let title = cells(text, text.lines()[head].content).get(index).copied();
        let title = title.map(|span| clean(&text.lossy(span)).into_owned());
        let title = title.filter(|title| !title.is_empty());
        let name = title.map_or_else(
            || format!("cell {}", index + 1),
            |title| format!("cell \"{}\"", cut_end(&title, NAME, "…")),
        );
        Some(Unit {
            kind: UnitKind::Cell(index),
            lines: line..line + 1,
            name,
        })
    }
}
