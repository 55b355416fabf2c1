//! Modes and views: what keys mean now, and what the screen shows.

use super::{
    CardKey, Carried, Choice, Dispute, Editor, FilterPrompt, FindPrompt, Finder, Key, NewCard,
    Prompt, Proposal, Search,
};
use crate::store::LeftDraft;

/// What keys mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Keys are commands.
    #[default]
    Normal,
    /// Several tasks are selected: those on the rows from the anchor to the cursor.
    Select {
        /// The line where the selection was started, from 0.
        anchor: usize,
    },
    /// Several cards of one column are selected: those from the anchor to the cursor.
    SelectCards(Box<CardKey>),
    /// The first key of two was typed.
    Prefix {
        /// The key.
        first: Key,
        /// Whether it has waited long enough for its pop-up to be shown.
        shown: bool,
        /// The mode in which it was typed.
        below: Box<Mode>,
    },
    /// A card of the kanban is in the hand.
    Move(Box<Carried>),
    /// Where a new card goes is being chosen.
    Place(Box<NewCard>),
    /// One of several places that a jump may lead to is being chosen.
    Choose(Box<Choice>),
    /// The name of a command is being typed.
    Prompt(Box<Prompt>),
    /// Words to be found are being typed.
    Find(Box<FindPrompt>),
    /// Words and facts are being typed that narrow a view.
    Filter(Box<FilterPrompt>),
    /// Anything with a name is being looked for.
    Finder(Box<Finder>),
    /// The text of all specs is being searched.
    Search(Box<Search>),
    /// A unit of a document is being edited.
    Edit(Box<Editor>),
    /// An edit and a change on disk contradict each other, and are decided place by place.
    Conflict(Box<Dispute>),
    /// A change is shown as a diff, and a yes writes it.
    Proposal(Box<Proposal>),
    /// Something is asked, and only the letters of its answers count.
    Question(Box<Question>),
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// What becomes of an edit that is left with changes.
    LeaveEdit(Box<Editor>),
    /// What becomes of a draft that an earlier board left behind.
    TakeDraft {
        /// The draft.
        draft: Box<LeftDraft>,
        /// Whether its text is shown.
        is_shown: bool,
    },
}

impl Mode {
    /// Returns the mode without what lies over it: a prefix that waits, a line that is being typed.
    pub fn base(&self) -> &Self {
        match self {
            Self::Prefix { below, .. } => below.base(),
            Self::Prompt(prompt) => prompt.below.base(),
            Self::Find(find) => find.prompt.below.base(),
            Self::Filter(typed) => typed.prompt.below.base(),
            Self::Finder(finder) => finder.prompt.below.base(),
            Self::Search(search) => search.prompt.below.base(),
            _ => self,
        }
    }

    /// Returns the mode without what lies over it, to be changed.
    pub fn base_mut(&mut self) -> &mut Self {
        match self {
            Self::Prefix { below, .. } => below.base_mut(),
            Self::Prompt(prompt) => prompt.below.base_mut(),
            Self::Find(find) => find.prompt.below.base_mut(),
            Self::Filter(typed) => typed.prompt.below.base_mut(),
            Self::Finder(finder) => finder.prompt.below.base_mut(),
            Self::Search(search) => search.prompt.below.base_mut(),
            _ => self,
        }
    }

    /// Leaves a line that is being typed, for the mode below. Returns whether there was one.
    pub fn leave_prompt(&mut self) -> bool {
        match std::mem::take(self) {
            Self::Prompt(prompt) => {
                *self = prompt.below;
                true
            }
            Self::Finder(finder) => {
                *self = finder.prompt.below;
                true
            }
            Self::Search(search) => {
                *self = search.prompt.below;
                true
            }
            mode => {
                *self = mode;
                false
            }
        }
    }

    /// Leaves a selection, if one is there, and nothing else. Says whether one was.
    pub fn leave_selection(&mut self) -> bool {
        let base = self.base_mut();
        let is_selecting = matches!(base, Self::Select { .. } | Self::SelectCards(_));
        if is_selecting {
            *base = Self::Normal;
        }
        is_selecting
    }
}

/// What the screen shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// The list of specs and a pane of the chosen one.
    #[default]
    Main,
    /// The kanban.
    Board,
    /// All specs in a table.
    Overview,
    /// What can be done where there are no specs.
    Start,
    /// The keys: of one place, or all.
    Help,
    /// The last messages.
    Messages,
    /// A diagram of a document.
    Diagram,
}
