//! The kanban: whose cards it shows, in which arrangement, and where its cursor is.
//!
//! Cards are kept only while it is open. What is on the screen is worked out from them in
//! `columns`.

mod card;
mod columns;
mod dealt;
mod places;
mod strips;

pub use card::{Arrangement, Card, Cards, Children, ParentTask};
pub use columns::{Column, ColumnRow, Heads, Part, Slot, neighbour, rank};
pub use places::{CardPlace, NewCard, Side};
pub use strips::{NUMBER_COLUMN, Strip, first_column, number_field, strips};

pub(super) use dealt::Asked;

use std::collections::{BTreeSet, HashMap};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use super::{Mode, Model, SelectedTask, Selection, View};
use crate::markdown::State;
use crate::spec::change::TaskKey;
use columns::IsShown;
use dealt::KeptColumns;

/// Whose cards are shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum BoardScope {
    /// Those of the feature in this folder.
    One(PathBuf),
    /// Those of all features.
    All,
}

/// Which card is meant, wherever it moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardKey {
    /// The folder of the feature.
    pub feature: PathBuf,
    /// The task.
    pub task: TaskKey,
}

impl CardKey {
    /// Makes the key of a card.
    pub fn of(slot: &Slot<'_>) -> Self {
        Self {
            feature: slot.cards.feature.clone(),
            task: slot.card.key(),
        }
    }

    /// Returns whether exactly this card is meant, and not another with the same words.
    pub fn is(&self, cards: &Cards, card: &Card) -> bool {
        self.task.line == Some(card.line) && card.is(&self.task) && self.feature == cards.feature
    }
}

/// A card in the hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The card under the cursor.
    pub key: CardKey,
    /// All cards in the hand: that one, or those that were selected.
    pub chosen: Vec<Selection>,
    /// The column that they would be put into.
    pub aim: State,
}

impl Carried {
    /// Counts the cards in the hand.
    pub fn count(&self) -> usize {
        self.chosen.iter().map(|chosen| chosen.tasks.len()).sum()
    }

    /// Returns whether a card is in the hand.
    pub fn holds(&self, cards: &Cards, card: &Card) -> bool {
        let is_it = |task: &SelectedTask| task.key.line == Some(card.line) && card.is(&task.key);
        let mut own = self
            .chosen
            .iter()
            .filter(|chosen| chosen.feature == cards.feature);
        own.any(|chosen| chosen.tasks.iter().any(is_it))
    }
}

/// Cursor and scroll.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardCursor {
    /// The card under the cursor; none where there is no card.
    pub cursor: Option<CardKey>,
    /// The column of the cursor.
    pub state: State,
    /// The place of the cursor in its column, for when its card goes.
    pub index: usize,
    /// The first row on the screen, by column.
    pub tops: [usize; State::ALL.len()],
    /// The first column on the screen.
    pub first: usize,
}

impl Default for BoardCursor {
    /// Stands where the work is.
    fn default() -> Self {
        Self {
            cursor: None,
            state: State::Doing,
            index: 0,
            tops: [0; State::ALL.len()],
            first: 0,
        }
    }
}

/// The state of the kanban.
#[derive(Clone, Debug, Default)]
pub struct Board {
    /// Whose cards are shown; none while it is closed.
    pub scope: Option<BoardScope>,
    /// Which tasks are cards.
    pub arrangement: Arrangement,
    /// Whether the column of what is done is folded to its title among the cards of one feature.
    pub folds_done_of_one: bool,
    /// Whether it is open among the cards of all, and that of other markers with it.
    pub opens_done_of_all: bool,
    /// The card that the cursor was on when the keys last rested: the peek is about it.
    pub rested: Option<CardKey>,
    /// The cards, by the folder of their feature.
    pub cards: HashMap<PathBuf, Cards>,
    /// The feature of the card that is edited as soon as its documents are read.
    pub editing_of: Option<PathBuf>,
    /// Where a new card is typed as soon as the documents of its spec are read, and its state.
    pub new_in: Option<(CardPlace, State)>,
    /// A card that was marked while the cursor had no other to go to in its column: it does not
    /// follow that one.
    pub left_behind: Option<CardKey>,
    /// The feature whose task list is shown in its pane as soon as it was read.
    pub leaving_for: Option<PathBuf>,
    /// The fingerprints of the tasks that were not done when the last visit ended, by the folder of
    /// their feature.
    pub left_open: HashMap<PathBuf, BTreeSet<u32>>,
    /// What was shown before a card's task was opened in its pane: closing the main view leads back
    /// there.
    pub behind: Option<BoardScope>,
    cursors: HashMap<BoardScope, BoardCursor>,
    /// The columns with a filter, and without one.
    kept: [KeptColumns; 2],
}

impl Board {
    /// Shows the cards of one feature or of all, and drops those that are not shown.
    pub fn show(&mut self, scope: BoardScope) {
        if let BoardScope::One(path) = &scope {
            self.cards.retain(|feature, _| feature == path);
        }
        self.scope = Some(scope);
    }

    /// Closes the kanban and drops its cards.
    pub fn close(&mut self) {
        self.scope = None;
        self.rested = None;
        self.leaving_for = None;
        self.editing_of = None;
        self.new_in = None;
        self.cards = HashMap::new();
    }

    /// Returns whether the column of a state is folded to its title: among the cards of all features
    /// what is done would hide the rest.
    pub fn folds(&self, state: State) -> bool {
        match (&self.scope, state) {
            (Some(BoardScope::All), State::Done | State::Other) => !self.opens_done_of_all,
            (_, State::Done) => self.folds_done_of_one,
            _ => false,
        }
    }

    /// Folds what is done, or unfolds it.
    pub fn toggle_done(&mut self) {
        match self.scope {
            Some(BoardScope::All) => self.opens_done_of_all = !self.opens_done_of_all,
            _ => self.folds_done_of_one = !self.folds_done_of_one,
        }
    }

    /// Returns whether the cards of a feature are to be shown.
    pub fn shows(&self, feature: &Path) -> bool {
        match &self.scope {
            Some(BoardScope::One(path)) => path == feature,
            Some(BoardScope::All) => true,
            None => false,
        }
    }

    /// Takes in the cards of a feature, if they are to be shown.
    pub fn load(&mut self, cards: Cards) {
        if self.shows(&cards.feature) {
            self.cards.insert(cards.feature.clone(), cards);
        }
    }

    /// Returns cursor and scroll.
    pub fn cursor(&self) -> BoardCursor {
        self.scope
            .as_ref()
            .and_then(|scope| self.cursors.get(scope))
            .cloned()
            .unwrap_or_default()
    }

    /// Puts cursor and scroll elsewhere.
    pub fn set_cursor(&mut self, board_cursor: BoardCursor) {
        if let Some(scope) = &self.scope {
            self.cursors.insert(scope.clone(), board_cursor);
        }
    }

    /// Returns the card under the cursor, with all cards of its spec.
    pub fn card(&self) -> Option<(&Cards, &Card)> {
        let key = self.cursors.get(self.scope.as_ref()?)?.cursor.as_ref()?;
        let cards = self.cards.get(&key.feature)?;
        Some((cards, cards.find(&key.task)?))
    }

    /// Returns what a command acts on: the task of the card under the cursor.
    pub(super) fn selection(&self) -> Option<Selection> {
        let (cards, card) = self.card()?;
        Some(selection_of(cards, &[card]))
    }
}

/// Returns some cards of a spec, as chosen.
fn selection_of(cards: &Cards, chosen: &[&Card]) -> Selection {
    Selection {
        feature: cards.feature.clone(),
        file: cards.file.clone(),
        tasks: chosen.iter().map(|card| card.selected()).collect(),
    }
}

impl Model {
    /// Returns the columns of the kanban, with the carried card at its aim.
    pub fn columns(&self) -> Vec<Column<'_>> {
        let carried = if let Mode::Move(carried) = &self.mode {
            Some(&**carried)
        } else {
            None
        };
        let is_shown = |cards: &Cards, card: &Card| self.lets_card(cards, card);
        let filter = self
            .asked_of_cards()
            .map(|asked| (asked, &is_shown as IsShown<'_>));
        self.board.columns(&self.specs, carried, filter)
    }

    /// Returns the places of the selected cards in the column of the cursor; none where no cards
    /// are selected, or that of the anchor is gone from the column.
    pub fn selected_cards(&self, column: &Column<'_>) -> Option<RangeInclusive<usize>> {
        let Mode::SelectCards(anchor) = self.mode.base() else {
            return None;
        };
        let board_cursor = self.board.cursor();
        if self.view != View::Board || column.state != board_cursor.state {
            return None;
        }
        let is_anchor =
            |slot: &Slot<'_>| slot.cards.feature == anchor.feature && slot.card.is(&anchor.task);
        let from = column.slots.iter().position(is_anchor)?;
        let to = board_cursor.index.min(column.slots.len().saturating_sub(1));
        Some(from.min(to)..=from.max(to))
    }

    /// Counts the selected cards; none where no cards are selected.
    pub fn count_selected_cards(&self) -> Option<usize> {
        // Asked after every message, and the columns are many cards.
        if !matches!(self.mode.base(), Mode::SelectCards(_)) {
            return None;
        }
        let columns = self.columns();
        let selected = columns
            .iter()
            .find_map(|column| self.selected_cards(column))?;
        Some(selected.count())
    }

    /// Returns the selected cards, spec by spec; without a selection the one under the cursor.
    pub(super) fn selections_on_board(&self) -> Vec<Selection> {
        let columns = self.columns();
        let selected = |column: &'_ Column<'_>| {
            let range = self.selected_cards(column)?;
            let specs = column.slots[range].chunk_by(|a, b| std::ptr::eq(a.cards, b.cards));
            let selection = |slots: &[Slot<'_>]| {
                let cards: Vec<&Card> = slots.iter().map(|slot| slot.card).collect();
                selection_of(slots[0].cards, &cards)
            };
            Some(specs.map(selection).collect())
        };
        let selected = columns.iter().find_map(selected);
        selected.unwrap_or_else(|| self.board.selection().into_iter().collect())
    }
}
