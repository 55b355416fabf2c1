//! Panes and surfaces. A pane is a tab of the main view; a surface is what is on the screen and
//! takes the keys, as one word.
//!
//! What the model knows of a pane stands in its row here. What a surface does with keys stands in
//! `command`, and how it is drawn in `view`, one row for each.

use std::ffi::OsStr;
use std::ops::Range;
use std::sync::Arc;

use ratatui::layout::Rect;

use super::pane_state::{Own, TasksState, TraceState};
use super::trace::around_trace;
use super::{Focus, Model, PaneState, Row, Subject, View};
use crate::spec::Single;
use crate::spec::feature::Feature;
use crate::spec::renumber::Numbered;
use crate::store::{DocumentFile, DocumentKind};

/// Finds the lines of a section of a single-file spec.
type SectionOf = fn(Single) -> Option<Range<usize>>;

/// What the model knows of a pane.
pub(super) struct PaneRow {
    /// The word on the tab.
    title: &'static str,
    /// The names of the files that it is for, in any letter case, of which it shows the first that
    /// is there; none where it is for no one file.
    file_names: &'static [&'static str],
    /// The section of a single-file spec that it shows; none where it shows nothing of such a spec.
    pub section: Option<SectionOf>,
    /// Whether it stands side by side with others of which this is true.
    is_beside_others: bool,
    /// Whether there is something that a peek below it can tell of; none where it never has a peek.
    peek: Option<fn(&Model) -> bool>,
    /// The document that can be made where its file is missing, and what that begins with; none where
    /// nothing is made.
    pub makes: Option<(DocumentKind, &'static str)>,
    /// What is numbered anew in a document of a kind that it shows; none where nothing is.
    pub numbered: fn(DocumentKind) -> Option<Numbered>,
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
    file_names: &["requirements.md", "bugfix.md"],
    section: Some(|single| single.requirements),
    is_beside_others: true,
    peek: Some(has_open_file),
    makes: Some((DocumentKind::Requirements, "requirement")),
    numbered: |kind| match kind {
        DocumentKind::Bugfix => None,
        _ => Some(Numbered::Requirements),
    },
    own: || Own::Nothing,
    rows: Model::rows_of_document,
    subject: |model, pane_state| model.criterion_or_term_at(pane_state.cursor.line),
    subject_at: Model::criterion_or_term_at,
    lines_of: |_| None,
    around: |_| (0, 0),
    surface: |_| Surface::Requirements,
};

const DESIGN: PaneRow = PaneRow {
    title: "Design",
    file_names: &["design.md"],
    section: Some(|single| single.design),
    is_beside_others: true,
    peek: Some(|model| {
        let design = model.design();
        design.is_some_and(|design| !design.properties.is_empty())
    }),
    makes: Some((DocumentKind::Design, "property")),
    numbered: |_| Some(Numbered::Properties),
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
    file_names: &["tasks.md", "spec.md"],
    section: Some(|single| single.tasks),
    is_beside_others: true,
    peek: Some(has_open_file),
    makes: Some((DocumentKind::Tasks, "task")),
    numbered: |_| Some(Numbered::Tasks),
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
    file_names: &[],
    section: None,
    is_beside_others: false,
    peek: None,
    makes: None,
    numbered: |_| None,
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
    file_names: &[],
    section: None,
    is_beside_others: false,
    peek: None,
    makes: None,
    numbered: |_| None,
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

/// Returns whether the file of the chosen pane is read.
fn has_open_file(model: &Model) -> bool {
    model.open_file().is_some()
}

impl Pane {
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

    /// Returns the name of the file that the pane is for; none where it is for no one file.
    pub fn file_name(self) -> Option<&'static str> {
        self.row().file_names.first().copied()
    }

    /// Returns what the document begins with that can be made in the pane.
    pub fn first_item(self) -> Option<&'static str> {
        self.row().makes.map(|(_, first)| first)
    }

    /// Returns the panes that show one file of a spec each, in the order of their keys.
    pub fn with_file() -> impl Iterator<Item = Self> {
        Self::ALL
            .into_iter()
            .filter(|pane| pane.file_name().is_some())
    }

    /// Returns whether the pane stands side by side with others where there is room.
    pub fn is_beside_others(self) -> bool {
        self.row().is_beside_others
    }

    /// Returns the panes that stand side by side, from left to right.
    pub fn side_by_side() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|pane| pane.is_beside_others())
    }

    /// Returns whether the pane can have a peek.
    pub fn can_have_peek(self) -> bool {
        self.row().peek.is_some()
    }

    /// Finds the pane for files of a name: the one with all other files where none is for it alone.
    pub fn of_file_name(name: &OsStr) -> Self {
        let is_for = |pane: &Self| {
            let mut names = pane.row().file_names.iter();
            names.any(|own| name.eq_ignore_ascii_case(own))
        };
        Self::ALL.into_iter().find(is_for).unwrap_or(Self::Files)
    }

    /// Returns the file of a feature that the pane shows: the one of its name, or the spec.md of a
    /// single-file feature of which it shows a section.
    pub fn file(self, feature: &Feature) -> Option<DocumentFile> {
        let row = self.row();
        let named = row.file_names.iter().find_map(|name| feature.named(name));
        let single = || {
            row.section?;
            let spec = feature.task_file()?;
            (spec.kind == DocumentKind::Spec).then(|| spec.clone())
        };
        named.or_else(single)
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
    /// All specs in a table.
    Overview,
    /// The keys: of one place, or all.
    Help,
    /// The last messages.
    Messages,
    /// A diagram that has the whole screen.
    Diagram,
    /// What can be done where there are no specs.
    Start,
}

impl Surface {
    /// Returns whether it is a part of the main view.
    pub fn is_main(self) -> bool {
        match self {
            Self::Specs => true,
            Self::Board | Self::Overview | Self::Help | Self::Messages | Self::Start => false,
            Self::Diagram => false,
            Self::Requirements | Self::Design | Self::Tasks | Self::Trace => true,
            Self::FileList | Self::File => true,
        }
    }

    /// Returns what words can be found in.
    pub fn findable(self) -> Findable {
        match self {
            Self::Requirements | Self::Design | Self::Tasks | Self::File => Findable::Lines,
            Self::FileList => Findable::Files,
            Self::Specs | Self::Overview => Findable::Specs,
            Self::Board => Findable::Cards,
            Self::Help => Findable::HelpEntries,
            Self::Trace | Self::Messages | Self::Diagram | Self::Start => Findable::Nothing,
        }
    }

    /// Returns whether it is a pane of the main view, with a cursor in rows.
    pub fn is_pane(self) -> bool {
        self.is_main() && self != Self::Specs
    }

    /// Returns whether it is a page that lies over another view, and is only read.
    pub fn is_page(self) -> bool {
        matches!(self, Self::Help | Self::Messages | Self::Diagram)
    }
}

/// What words can be found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Findable {
    /// The lines of the file that the pane shows.
    Lines,
    /// The names in the list of files.
    Files,
    /// The names of the specs.
    Specs,
    /// The cards.
    Cards,
    /// The keys of the help.
    HelpEntries,
    /// Nothing.
    Nothing,
}

impl Model {
    /// Returns whether what is on the screen has a peek, wherever the cursor is.
    pub fn has_peek(&self) -> bool {
        let peek = self.pane.row().peek;
        match self.view {
            View::Main => peek.is_some_and(|can_tell| can_tell(self)),
            View::Board => !self.board.cards.is_empty(),
            View::Overview | View::Help | View::Messages | View::Diagram | View::Start => false,
        }
    }

    /// Returns what takes the keys.
    pub fn surface(&self) -> Surface {
        match (self.view, self.focus) {
            (View::Main, Focus::Sidebar) => Surface::Specs,
            (View::Main, Focus::Content) => self.surface_of(self.pane),
            (View::Board, _) => Surface::Board,
            (View::Overview, _) => Surface::Overview,
            (View::Help, _) => Surface::Help,
            (View::Messages, _) => Surface::Messages,
            (View::Diagram, _) => Surface::Diagram,
            (View::Start, _) => Surface::Start,
        }
    }

    /// Returns the surface that a pane is while it has the focus.
    pub fn surface_of(&self, pane: Pane) -> Surface {
        (pane.row().surface)(self)
    }
}
