//! Surfaces: what is on the screen and takes the keys, as one word.
//!
//! What a surface does with keys stands in `command`, one row for each; how it is drawn, in `view`.

use super::{Focus, Model, Pane, View};

/// What is on the screen and takes the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surface {
    /// The list of specs.
    Specs,
    /// requirements.md or bugfix.md.
    Requirements,
    /// design.md.
    Design,
    /// tasks.md.
    Tasks,
    /// Criteria against tasks.
    Trace,
    /// The list of files.
    FileList,
    /// A file that is open in place of the list.
    File,
    /// The kanban.
    Board,
    /// The keys: of one place, or all.
    Help,
    /// The last messages.
    Messages,
    /// What can be done where there are no specs.
    Start,
}

impl Surface {
    /// Returns whether it is a part of the main view.
    pub fn is_main(self) -> bool {
        match self {
            Self::Specs => true,
            Self::Board | Self::Help | Self::Messages | Self::Start => false,
            Self::Requirements | Self::Design | Self::Tasks | Self::Trace => true,
            Self::FileList | Self::File => true,
        }
    }

    /// Returns whether it is a pane of the main view, with a cursor in rows.
    pub fn is_pane(self) -> bool {
        self.is_main() && self != Self::Specs
    }

    /// Returns whether it is a page that lies over another view, and is only read.
    pub fn is_page(self) -> bool {
        matches!(self, Self::Help | Self::Messages)
    }
}

impl Model {
    /// Returns what takes the keys.
    pub fn surface(&self) -> Surface {
        match (self.view, self.focus) {
            (View::Main, Focus::Sidebar) => Surface::Specs,
            (View::Main, Focus::Content) => self.surface_of(self.pane),
            (View::Board, _) => Surface::Board,
            (View::Help, _) => Surface::Help,
            (View::Messages, _) => Surface::Messages,
            (View::Start, _) => Surface::Start,
        }
    }

    /// Returns the surface that a pane is while it has the focus.
    pub fn surface_of(&self, pane: Pane) -> Surface {
        match pane {
            Pane::Requirements => Surface::Requirements,
            Pane::Design => Surface::Design,
            Pane::Tasks => Surface::Tasks,
            Pane::Trace => Surface::Trace,
            Pane::Files if self.files.open.is_some() => Surface::File,
            Pane::Files => Surface::FileList,
        }
    }
}
