//! The diagram that has the whole screen: which one it is, how it is shown, how far it is scrolled.
//!
//! Made anew of the document for each frame, so that it follows each change of it. Knows no colours.

use super::position::Position;
use super::{Model, Pane, View};
use crate::prose::diagram::diagram;
use crate::prose::fence::Fence;
use crate::prose::line::SourceLine;
use crate::text::{Span, width};

/// How a diagram is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiagramForm {
    /// What it says, line by line.
    List,
    /// As it is written.
    Source,
}

impl DiagramForm {
    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Source => "source",
        }
    }
}

/// The diagram that has the whole screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiagramView {
    /// The pane whose document it stands in.
    pub pane: Pane,
    /// The line of its first fence.
    pub position: Position,
    /// How it is shown, where it can be.
    pub form: DiagramForm,
    /// The first line on the screen.
    pub top: usize,
    /// The first column on the screen.
    pub left: usize,
}

/// What is shown of a diagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownDiagram {
    /// What it is, as its first line says.
    pub kind: String,
    /// All that it can be shown as.
    pub forms: Vec<DiagramForm>,
    /// What it is shown as.
    pub form: DiagramForm,
    /// Its lines, not wrapped.
    pub lines: Vec<SourceLine>,
}

impl ShownDiagram {
    /// Returns the columns of its longest line.
    pub fn columns(&self) -> usize {
        let wide = self.lines.iter().map(|line| width(&line.plain()));
        wide.max().unwrap_or(0)
    }
}

impl Model {
    /// Returns the line of the first fence of the diagram that the cursor of the chosen pane is in.
    pub fn diagram_at_cursor(&self) -> Option<usize> {
        if !self.surface().is_pane() {
            return None;
        }
        let (open_file, line) = (self.open_file()?, self.pane_state()?.cursor.line);
        let fence = Fence::around(&open_file.text, &open_file.document, line)?;
        let is_shown = fence.is_diagram(&open_file.text) && !fence.inside.is_empty();
        is_shown.then_some(fence.inside.start - 1)
    }

    /// Returns what is shown of the diagram that has the whole screen; none where it is no longer
    /// there.
    pub fn shown_diagram(&self) -> Option<ShownDiagram> {
        let view = self.diagram.as_ref()?;
        let open_file = self.open_files.of(view.pane)?;
        let text = &open_file.text;
        let fence = Fence::around(text, &open_file.document, view.position.line)?;
        if !fence.is_diagram(text) || fence.inside.is_empty() {
            return None;
        }
        let written = || fence.inside.clone().map(|line| text.lines()[line].content);
        let source = |span: Span| SourceLine::with(text, span, &[]);
        let (kind, list) = diagram(text, fence.inside.clone()).unwrap_or_default();
        let (forms, form) = if list.is_empty() {
            (vec![DiagramForm::Source], DiagramForm::Source)
        } else {
            (vec![DiagramForm::List, DiagramForm::Source], view.form)
        };
        Some(ShownDiagram {
            kind: text.lossy(kind).into_owned(),
            forms,
            form,
            lines: match form {
                DiagramForm::List => list.into_iter().map(|line| line.shown).collect(),
                DiagramForm::Source => written().map(source).collect(),
            },
        })
    }

    /// Returns whether a diagram has the whole screen, or lies behind what has it.
    pub fn has_diagram_view(&self) -> bool {
        self.view == View::Diagram || self.behind.contains(&View::Diagram)
    }
}
