//! Panes and surfaces. A pane is a tab of the main view; a surface is what is on the screen and
//! takes the keys, as one word.
//!
//! What the model knows of a pane stands in its row here. What a surface does with keys stands in
//! `command`, and how it is drawn in `view`, one row for each.

use std::ops::Range;
use std::sync::Arc;

use ratatui::layout::Rect;

use super::pane_state::{Own, TasksState, TraceState};
use super::trace::around_trace;
use super::{Focus, Model, PaneState, Row, Subject, View};
use crate::spec::Single;
use crate::spec::feature::Feature;
use crate::store::{DocumentFile, DocumentKind};

/// What the model knows of a pane.
pub(super) struct PaneRow {
    /// The word on the tab.
    title: &'static str,
    /// The name of the file that the pane is for; nothing where it is for no one file.
    file_name: &'static str,
    /// The kinds of the documents that it shows, the first that is there.
    documents: &'static [DocumentKind],
    /// The section of a single-file spec that it shows.
    pub section: fn(Single) -> Option<Range<usize>>,
    /// What it remembers that other panes do not.
    pub own: fn() -> Own,
    /// Makes its rows.
    pub rows: fn(&Model, Pane) -> Arc<[Row]>,
    /// Finds what the cursor is on.
    pub subject: fn(&Model, &PaneState) -> Option<Subject>,
    /// Finds what stands on a line of its document.
    pub subject_at: fn(&Model, usize) -> Option<Subject>,
    /// The pane in whose lines its cursor counts, where that is another one.
    pub lines_of: fn(&PaneState) -> Option<Pane>,
    /// How many rows of its area stand above and below the others while these scroll.
    pub around: fn(Rect) -> (u16, u16),
    /// The surface that it is while it has the focus.
    surface: fn(&Model) -> Surface,
}

/// Makes [`Pane`] and [`Pane::ALL`] of one row for each pane.
macro_rules! panes {
    ($($(#[$meta:meta])+ $pane:ident => $row:ident,)+) => {
        /// A pane of the main view.
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize,
            serde::Deserialize,
        )]
        #[serde(rename_all = "lowercase")]
        pub enum Pane {
            $($(#[$meta])+ $pane,)+
        }

        impl Pane {
            /// All panes, in the order of their keys.
            pub const ALL: [Self; [$(Self::$pane),+].len()] = [$(Self::$pane),+];
        }

        /// What is known of each pane, in their order.
        const ROWS: &[&PaneRow] = &[$(&$row),+];
    };
}

panes! {
    /// requirements.md or bugfix.md.
    Requirements => REQUIREMENTS,
    /// design.md.
    Design => DESIGN,
    /// tasks.md.
    #[default]
    Tasks => TASKS,
    /// Which tasks and properties stand behind each criterion.
    Trace => TRACE,
    /// All other files of the spec, and what steers all specs.
    Files => FILES,
}

const REQUIREMENTS: PaneRow = PaneRow {
    title: "Requirements",
    file_name: "requirements.md",
    documents: &[DocumentKind::Requirements, DocumentKind::Bugfix],
    section: |single| single.requirements,
    own: || Own::Requirements {
        shows_source: false,
    },
    rows: Model::rows_of_document,
    subject: |model, pane_state| model.criterion_or_term_at(pane_state.cursor.line),
    subject_at: Model::criterion_or_term_at,
    lines_of: |_| None,
    around: |_| (0, 0),
    surface: |_| Surface::Requirements,
};

const DESIGN: PaneRow = PaneRow {
    title: "Design",
    file_name: "design.md",
    documents: &[DocumentKind::Design],
    section: |single| single.design,
    own: || Own::Nothing,
    rows: Model::rows_of_document,
    subject: |model, pane_state| model.property_at(pane_state.cursor.line),
    subject_at: Model::property_at,
    lines_of: |_| None,
    around: |_| (0, 0),
    surface: |_| Surface::Design,
};

const TASKS: PaneRow = PaneRow {
    title: "Tasks",
    file_name: "tasks.md",
    documents: &[DocumentKind::Tasks],
    section: |single| single.tasks,
    own: || Own::Tasks(TasksState::default()),
    rows: Model::rows_of_document,
    subject: |model, pane_state| model.task_around(pane_state.cursor.line),
    subject_at: Model::task_around,
    lines_of: |_| None,
    around: |_| (0, 0),
    surface: |_| Surface::Tasks,
};

const TRACE: PaneRow = PaneRow {
    title: "Trace",
    file_name: "",
    documents: &[],
    section: |_| None,
    own: || Own::Trace(TraceState::default()),
    rows: Model::rows_of_trace,
    subject: |model, _| model.subject_of_trace(model.row_at_cursor()?),
    subject_at: Model::criterion_on,
    lines_of: |pane_state| Some(pane_state.section().pane()),
    around: around_trace,
    surface: |_| Surface::Trace,
};

const FILES: PaneRow = PaneRow {
    title: "Files",
    file_name: "",
    documents: &[],
    section: |_| None,
    own: || Own::Nothing,
    rows: Model::rows_of_files,
    subject: |_, _| None,
    subject_at: |_, _| None,
    lines_of: |_| None,
    around: |_| (0, 0),
    surface: |model| match model.files.open {
        Some(_) => Surface::File,
        None => Surface::FileList,
    },
};

impl Pane {
    /// The panes that show one document each.
    pub const DOCUMENTS: [Self; 3] = [Self::Requirements, Self::Design, Self::Tasks];

    /// Returns what the model knows of the pane.
    pub(super) fn row(self) -> &'static PaneRow {
        ROWS[self as usize]
    }

    /// Returns the word on the tab.
    pub fn title(self) -> &'static str {
        self.row().title
    }

    /// Returns the digit of its key.
    pub fn key(self) -> usize {
        self as usize + 1
    }

    /// Returns the name of the file that the pane is for; nothing where it is for no one file.
    pub fn file_name(self) -> &'static str {
        self.row().file_name
    }

    /// Finds the pane for files of a kind.
    pub fn of(kind: DocumentKind) -> Self {
        match kind {
            DocumentKind::Requirements | DocumentKind::Bugfix => Self::Requirements,
            DocumentKind::Design => Self::Design,
            DocumentKind::Tasks | DocumentKind::Spec => Self::Tasks,
            DocumentKind::Other => Self::Files,
        }
    }

    /// Returns the file of a feature that the pane shows.
    pub fn file(self, feature: &Feature) -> Option<&DocumentFile> {
        let kinds = self.row().documents;
        if kinds.is_empty() {
            return None;
        }
        let single = || {
            feature
                .task_file()
                .filter(|file| file.kind == DocumentKind::Spec)
        };
        kinds
            .iter()
            .find_map(|kind| feature.file(*kind))
            .or_else(single)
    }
}

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
        (pane.row().surface)(self)
    }
}
