//! Everything known between two messages: the workspace, what is open, where the cursors are, the
//! mode, the history.
//!
//! Holds state and answers questions about it. Changes come through `update`; nothing here touches
//! the disk or the screen.

mod board;
mod conflict;
mod coverage;
mod diagram;
mod editor;
mod effect;
mod files;
mod filter;
mod find;
mod finder;
mod first_choice;
mod help;
mod history;
mod jobs;
mod jumps;
mod layout;
mod links;
mod message;
mod missing_file;
mod mode;
mod notice;
mod open_file;
mod overview;
mod pane_state;
mod peek;
mod position;
mod prompt;
mod proposal;
mod rendered;
mod rows;
mod saved_session;
mod search;
mod selection;
mod settings;
mod sidebar;
mod specs;
mod stale;
mod subject;
mod summary;
mod surface;
mod trace;
mod wrap_cache;

pub use board::{
    Arrangement, Board, BoardCursor, BoardScope, Card, CardKey, CardPlace, Cards, Carried,
    Children, Column, ColumnRow, Heads, NUMBER_COLUMN, NewCard, ParentTask, Part, Side, Slot,
    Strip, first_column, neighbour, number_field, rank, strips,
};
pub use conflict::{Dispute, Disputed, Fate, Merged, Sides};
pub use coverage::{CriterionCoverage, GroupCoverage};
pub use diagram::{DiagramForm, DiagramView, ShownDiagram};
pub use editor::{
    Caret, Completions, Editor, EditorPlace, EditorRow, LeftEdit, Motion, NewItem, Pressed,
    TextBuffer, wrap,
};
pub use effect::{Deadline, Draft, Effect, FileChange, Origin, Write};
pub use files::{FileList, Files};
pub use filter::{
    FACTS, Fact, Facts, Filter, FilterPlace, FilterPrompt, Filters, Narrowed,
    completions as filter_completions,
};
pub use find::{Find, FindOrigin, FindPrompt, Hit, Landed};
pub use finder::{EntryKind, EntryPlace, Excerpt, Finder, FinderAreas, FinderEntry};
pub use first_choice::FirstChoice;
pub use help::{Help, HelpEntry, HelpGroup, HelpLine};
pub use history::{Entry, History, Step};
pub use jobs::{Answer, Job, JobKind, Jobs, Ticket};
pub use jumps::{Arrival, Choice, ChoiceFilter, Destination, Jump, Jumps, Way};
pub use layout::{Area, Layout, Width};
pub use links::Followed;
pub use message::{Done, Key, KeyCode, Message, Outcome, Pointed, Signal, Typing, Unwritten};
pub use mode::{Mode, Question, View};
pub use notice::{Kind, Notice, NoticeRow, Notices};
pub use open_file::{Form, OpenFile, OpenFiles};
pub use overview::{MANY_SPECS, Measured, Overview, OverviewFigures, OverviewOrder, OverviewRow};
pub use pane_state::{Own, PaneState, PaneStates, TasksState, TraceState, Turn};
pub use peek::{Peek, PeekLine, PeekPart};
pub use position::{Found, Position};
pub use prompt::Prompt;
pub use proposal::{Proposal, ProposalLine, Purpose};
pub use rendered::{Measure, Overflow, Rendered};
use rows::file_rows;
pub use rows::{
    Aside, AsideKind, Basis, Group, GroupKey, Grouping, KeptRows, Lines, Row, RowKind, aside_words,
    asides, cursor_row, holds_one, is_unread, row_of_cursor, rows, shown_phases,
};
pub use saved_session::SavedSession;
pub use search::{FoundIn, FoundLines, Search, SearchRow};
pub use selection::{SelectedTask, Selection};
pub use settings::{Alert, Keymap, Scroll, Settings};
pub use sidebar::{Branch, Sidebar, SidebarColumns, SidebarRow, SpecFilter, SpecOrder};
pub use specs::{SpecEntry, Specs};
pub use subject::{Subject, Target, name_of_property, one_line};
pub use summary::Summary;
pub use surface::{Findable, Pane, Surface};
pub use trace::{
    Columns, Cover, Grid, ListGrid, Matrix, Needs, Noted, TraceCache, TraceForm, TraceSection,
    WORDS_FROM, entry_lines, shown_lines,
};
pub use wrap_cache::{WrapCache, drawn_line};

use std::collections::{BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::spec::feature::Feature;
use crate::spec::workspace::Workspace;
use crate::store::LeftDraft;
use crate::text::Text;

/// Which part of the screen the keys act on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The list of specs.
    Sidebar,
    /// The pane beside it.
    #[default]
    Content,
}

/// The state of the whole board.
#[derive(Debug)]
pub struct Model {
    /// What the user chose at the start.
    pub settings: Settings,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The present time in seconds since 1970, as the runtime last said: for ages, which are
    /// counted when something is drawn.
    pub now: i64,
    /// Whether changes on disk are found by looking again and again, because no events come.
    pub is_polling: bool,
    /// Whether the terminal has lost the focus.
    pub is_elsewhere: bool,
    /// Why there is no workspace, as a sentence; none where there is one.
    pub missing: Option<String>,
    /// All features, each with what is known of it.
    pub specs: Specs,
    /// The list of specs.
    pub sidebar: Sidebar,
    /// The table of all specs.
    pub overview: Overview,
    /// The documents of the chosen feature.
    pub open_files: OpenFiles,
    /// The list and the open file of the Files pane.
    pub files: Files,
    /// What was asked for and may still be answered.
    pub jobs: Jobs,
    /// The open feature that is gone from disk, until a key is pressed: when it comes back it is
    /// opened again.
    pub lost: Option<PathBuf>,
    /// Whether the open spec is gone from the disk and listed only because text of it is being
    /// edited.
    pub holds_deleted: bool,
    /// The view.
    pub view: View,
    /// The views it was called from, the last one last.
    pub behind: Vec<View>,
    /// The help screen.
    pub help: Help,
    /// The diagram that has the whole screen, or had it last.
    pub diagram: Option<DiagramView>,
    /// The chosen pane of the main view.
    pub pane: Pane,
    /// Whether its partner stands beside it where there is room; none where it is left to the size
    /// of the screen.
    pub split: Option<bool>,
    /// The pane that stands beside the first of those that stand side by side.
    pub partner: Pane,
    /// Which part the keys act on.
    pub focus: Focus,
    /// Whether no peek is wanted below a pane.
    pub hides_peek: bool,
    /// Where the cursor was when the keys last rested: peek and linked panes are of that line.
    pub rested: Option<(Pane, usize)>,
    /// What is looked for on the screen; none before, and once it was left.
    pub find: Option<Find>,
    /// What narrows each view.
    pub filters: Filters,
    /// How far the choice is of what is shown first.
    pub first_choice: FirstChoice,
    /// Where jumps began.
    pub jumps: Jumps,
    /// The spec that is being opened for one of its tasks; none while nothing is.
    pub arrival: Option<Arrival>,
    /// The kanban.
    pub board: Board,
    /// The mode.
    pub mode: Mode,
    /// Cursor, scroll and folds of every pane of every feature.
    pub pane_states: PaneStates,
    /// What the line below the trace speaks of; none before the trace was on the screen.
    pub noted: Option<Noted>,
    /// What can be undone.
    pub history: History,
    /// Messages to the user.
    pub notices: Notices,
    /// The marks that are being written, so that a second key press counts from them.
    pub writing: Vec<Write>,
    /// The edits whose writes are under way: they come back where one fails.
    pub saving: Vec<(Write, Editor)>,
    /// The file for which a write waits, because another program is still writing it.
    pub waits_for: Option<PathBuf>,
    /// What was typed while one of them was being written, to count afterwards.
    pub typed_ahead: VecDeque<Typing>,
    /// A draft that was taken up and waits for its document, with its ticket.
    pub pending: Option<(LeftDraft, u64)>,
    /// The file that was just open in the user's own editor, until a key is pressed: a change of it is
    /// the user's.
    pub edited_outside: Option<PathBuf>,
    /// The edits that were put aside in this session: `e` at their place takes them up again.
    pub kept: Vec<Editor>,
    /// The drafts of earlier boards that were not taken up yet: `e` at their place does.
    pub left: Vec<LeftEdit>,
    /// The drafts that are still to be offered.
    pub drafts: Vec<LeftDraft>,
    /// How many editors were opened.
    pub opened: u64,
    /// The exit status, once the board is to end.
    pub quit: Option<u8>,
}

impl Model {
    /// Makes the model of a workspace of which nothing was read yet.
    pub fn new(workspace: Workspace, settings: Settings, size: (u16, u16)) -> Self {
        Self {
            settings,
            size,
            now: 0,
            is_polling: false,
            is_elsewhere: false,
            missing: None,
            specs: Specs::new(workspace),
            sidebar: Sidebar::default(),
            overview: Overview::default(),
            open_files: OpenFiles::default(),
            files: Files::default(),
            jobs: Jobs::default(),
            lost: None,
            holds_deleted: false,
            view: View::default(),
            behind: Vec::new(),
            help: Help::default(),
            diagram: None,
            pane: Pane::default(),
            split: None,
            partner: Pane::default(),
            focus: Focus::default(),
            hides_peek: false,
            rested: None,
            find: None,
            filters: Filters::default(),
            first_choice: FirstChoice::default(),
            jumps: Jumps::default(),
            arrival: None,
            board: Board::default(),
            mode: Mode::default(),
            pane_states: PaneStates::default(),
            noted: None,
            history: History::default(),
            notices: Notices::default(),
            writing: Vec::new(),
            saving: Vec::new(),
            typed_ahead: VecDeque::new(),
            pending: None,
            edited_outside: None,
            kept: Vec::new(),
            waits_for: None,
            left: Vec::new(),
            drafts: Vec::new(),
            opened: 0,
            quit: None,
        }
    }

    /// Returns the view that the board begins with, and to which others lead back.
    pub fn home(&self) -> View {
        if self.missing.is_some() {
            View::Start
        } else {
            View::Main
        }
    }

    /// Returns the index of the feature that the content shows.
    pub fn shown(&self) -> Option<usize> {
        self.specs.at(self.open_files.feature.as_deref()?)
    }

    /// Returns the feature that the content shows.
    pub fn shown_feature(&self) -> Option<&Feature> {
        self.shown().map(|index| self.specs.feature(index))
    }

    /// Chooses a pane.
    pub fn choose_pane(&mut self, pane: Pane) {
        self.pane = pane;
        if Pane::side_by_side().skip(1).any(|partner| partner == pane) {
            self.partner = pane;
        }
    }

    /// Returns the open file of the chosen pane.
    pub fn open_file(&self) -> Option<&OpenFile> {
        self.open_files.of(self.pane)
    }

    /// Returns the place of the chosen pane.
    pub fn pane_state(&self) -> Option<&PaneState> {
        self.pane_state_of(self.pane)
    }

    /// Returns the place of the chosen pane, to be changed.
    pub fn pane_state_mut(&mut self) -> Option<&mut PaneState> {
        self.pane_state_of_mut(self.pane)
    }

    /// Returns what the cursor is on in a task list where that belongs to no item.
    pub fn aside_at_cursor(&self) -> Option<&Aside> {
        if self.pane != Pane::Tasks || self.focus != Focus::Content || self.view != View::Main {
            return None;
        }
        match self.row_at_cursor()?.kind {
            RowKind::Aside(index) | RowKind::AsideLine(index) => {
                self.open_file()?.asides().get(index)
            }
            _ => None,
        }
    }

    /// Returns the row under the cursor of the chosen pane.
    pub fn row_at_cursor(&self) -> Option<Row> {
        let pane_state = self.pane_state()?;
        let rows = self.rows();
        cursor_row(pane_state, &rows).map(|index| rows[index])
    }

    /// Returns the place of a pane of the open feature.
    pub fn pane_state_of(&self, pane: Pane) -> Option<&PaneState> {
        self.pane_states.of(self.owner_of_pane_state(pane)?, pane)
    }

    /// Returns the place of a pane of the open feature, to be changed.
    pub fn pane_state_of_mut(&mut self, pane: Pane) -> Option<&mut PaneState> {
        let owner = self.owner_of_pane_state(pane)?.to_path_buf();
        Some(self.pane_states.entry(&owner, pane))
    }

    /// Returns what the place of a pane belongs to: the folder of the open feature, or the file
    /// that the pane shows in place of its list.
    pub fn owner_of_pane_state(&self, pane: Pane) -> Option<&Path> {
        let file = self.file_of_pane(pane);
        file.or(self.open_files.feature.as_deref())
    }

    /// Returns the file that a pane shows in place of its list.
    pub(super) fn file_of_pane(&self, pane: Pane) -> Option<&Path> {
        if pane == Pane::Files {
            self.shown_file()
        } else {
            None
        }
    }

    /// Returns what the positions in the document of a pane belong to: the folder of the open
    /// feature, or the file that is open in place of the list.
    fn owner_of_document(&self, pane: Pane) -> Option<&Path> {
        if pane == Pane::Files {
            self.files.open.as_deref()
        } else {
            self.open_files.feature.as_deref()
        }
    }

    /// Makes sure that the rows of a pane are those at the width it has in `layout`.
    pub fn measure(&mut self, pane: Pane, layout: &Layout) {
        let shows_source = self
            .pane_state_of(pane)
            .is_some_and(|pane_state| pane_state.shows_source);
        let Some(open_file) = self.open_files.of_mut(pane) else {
            return;
        };
        match &mut open_file.rendered {
            Some(rendered) if !shows_source => {
                rendered.measure(&open_file.text, &open_file.document, layout.measure());
            }
            _ => open_file.measure(layout.source_columns()),
        }
    }

    /// Visits every position in the document of a pane: those of panes, of jumps, of what is
    /// selected or chosen among.
    pub fn visit_positions(&mut self, pane: Pane, visit: &mut dyn FnMut(&mut Position)) {
        let Some(owner) = self.owner_of_document(pane).map(Path::to_path_buf) else {
            return;
        };
        self.pane_states
            .of_document_mut(&owner, pane)
            .for_each(|pane_state| pane_state.visit(pane, visit));
        self.jumps.visit(&owner, pane, visit);
        if self.has_diagram_view()
            && let Some(diagram) = &mut self.diagram
            && diagram.pane == pane
        {
            visit(&mut diagram.position);
        }
        if let Mode::Find(find) = &mut self.mode {
            find.origin.visit(&owner, pane, visit);
        }
        if let Mode::Filter(typed) = &mut self.mode {
            typed.origin.visit(&owner, pane, visit);
        }
        match self.mode.base_mut() {
            Mode::Choose(choice) => choice.visit(&owner, pane, visit),
            Mode::Select { anchor } if pane == self.pane => {
                position::visit_line(anchor, visit);
            }
            _ => {}
        }
    }

    /// Marks the positions in the open documents, before these are left.
    pub fn leave_documents(&mut self) {
        let panes: Vec<Pane> = self
            .open_files
            .by_pane
            .iter()
            .map(|(pane, _)| *pane)
            .collect();
        panes.into_iter().for_each(|pane| self.leave(pane));
    }

    /// Marks the positions in the document of a pane, before it is left.
    pub fn leave(&mut self, pane: Pane) {
        let Some(text) = self
            .open_files
            .of(pane)
            .map(|open_file| open_file.text.clone())
        else {
            return;
        };
        self.visit_positions(pane, &mut |position| position.set_mark(&text));
        self.hold_cursor(pane);
    }

    /// Returns how many rows below the first one on the screen the cursor stands in a state of a
    /// pane.
    pub fn height_in(&self, pane: Pane, pane_state: &PaneState) -> Option<usize> {
        let rows = self.rows_of(pane);
        let index = row_of_cursor(self.open_files.of(pane), pane_state, &rows)?;
        index.checked_sub(pane_state.top)
    }

    /// Lets the cursor of a pane keep its row of the screen over a change of its document. A
    /// document that is seen from its first row on is seen from there afterwards.
    pub fn hold_cursor(&mut self, pane: Pane) {
        let height = match self.pane_state_of(pane) {
            Some(pane_state) if pane_state.top > 0 => self.height_in(pane, pane_state),
            _ => return,
        };
        if let Some(pane_state) = self.pane_state_of_mut(pane) {
            pane_state.height = height;
        }
    }

    /// Finds the marked positions in the open documents, which are open again.
    pub fn find_again(&mut self) {
        let open_files = &self.open_files.by_pane;
        let texts: Vec<(Pane, Text)> = open_files
            .iter()
            .filter_map(|(pane, open_file)| Some((*pane, open_file.as_ref().ok()?.text.clone())))
            .collect();
        texts
            .iter()
            .for_each(|(pane, text)| self.find_in(*pane, text));
    }

    /// Finds the marked positions in the document of a pane, which has this text now.
    pub fn find_in(&mut self, pane: Pane, text: &Text) {
        let mut marked = BTreeSet::new();
        self.visit_positions(pane, &mut |position| {
            if position.mark.is_some() {
                marked.insert(*position);
            }
        });
        if marked.is_empty() {
            return;
        }
        let found = Found::of(text, &marked);
        self.visit_positions(pane, &mut |position| position.settle(&found));
    }

    /// Returns the rows of the chosen pane.
    pub fn rows(&self) -> Arc<[Row]> {
        self.rows_of(self.pane)
    }

    /// Returns the rows of a pane.
    pub fn rows_of(&self, pane: Pane) -> Arc<[Row]> {
        (pane.row().rows)(self, pane)
    }

    pub(super) fn rows_of_document(&self, pane: Pane) -> Arc<[Row]> {
        let (Some(open_file), Some(pane_state)) =
            (self.open_files.of(pane), self.pane_state_of(pane))
        else {
            return Arc::default();
        };
        rows(open_file, pane_state, self.layout().of_pane(pane).reach())
    }

    pub(super) fn rows_of_files(&self, pane: Pane) -> Arc<[Row]> {
        if self.shown_file().is_some() {
            return self.rows_of_document(pane);
        }
        self.file_list()
            .map_or_else(Arc::default, |list| file_rows(&list.files).into())
    }

    pub(super) fn rows_of_trace(&self, pane: Pane) -> Arc<[Row]> {
        self.pane_state_of(pane)
            .map_or_else(Arc::default, |pane_state| self.trace_rows(pane_state))
    }

    /// Puts the cursor of the chosen pane onto a line, and unfolds the tasks or headings above it.
    pub fn go_to_line(&mut self, line: usize) {
        let ancestors = self
            .open_file()
            .map_or(Vec::new(), |open_file| open_file.ancestors(line));
        let group = self.group_of_line(line).and_then(|group| {
            let groups = &self.open_file()?.grouping().groups;
            Some(groups.get(group)?.key.clone())
        });
        if let Some(pane_state) = self.pane_state_mut() {
            pane_state.go_to(line);
            pane_state
                .folded
                .retain(|folded| !ancestors.contains(&folded.line));
            if let (Some(group), Some(tasks)) = (group, pane_state.tasks_mut()) {
                tasks.folded_groups.remove(&group);
            }
        }
    }

    /// Returns the group of the task on a line, where tasks are shown by waves.
    pub fn group_of_line(&self, line: usize) -> Option<usize> {
        let open_file = self.open_file().filter(|open_file| {
            self.pane_state()
                .is_some_and(|pane_state| open_file.is_by_waves(pane_state))
        })?;
        open_file.grouping().group_of[open_file.tasks.at_line(line)?]
    }

    /// Returns the index of the task under the cursor, if the cursor of the Tasks pane is on one.
    pub fn task_at_cursor(&self) -> Option<usize> {
        if self.pane != Pane::Tasks || self.focus != Focus::Content {
            return None;
        }
        let pane_state = self
            .pane_state()
            .filter(|pane_state| !pane_state.is_on_wave())?;
        self.open_file()?.tasks.at_line(pane_state.cursor.line)
    }

    /// Returns the indices of the selected tasks, if several can be selected now: those that can be
    /// seen from the anchor to the cursor.
    pub fn selected(&self) -> Option<Vec<usize>> {
        let Mode::Select { anchor } = *self.mode.base() else {
            return None;
        };
        Some(rows::items_between(
            self.pane_state()?,
            &self.rows(),
            anchor,
        ))
    }

    /// Opens a view over the one on the screen.
    pub fn open_view(&mut self, view: View) {
        if self.view != view {
            self.behind.push(std::mem::replace(&mut self.view, view));
        }
    }

    /// Shows a view in place of the one on the screen and of those behind it.
    pub fn show_view(&mut self, view: View) {
        self.view = view;
        self.behind.clear();
    }

    /// Goes back to the view before. Says whether there was one.
    pub fn close_view(&mut self) -> bool {
        let before = self
            .behind
            .pop()
            .or((self.view != View::Main).then_some(View::Main));
        self.view = before.unwrap_or(self.view);
        before.is_some()
    }

    /// Returns the layout of the screen.
    pub fn layout(&self) -> Layout {
        Layout::of(self)
    }
}
