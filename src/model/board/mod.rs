//! The kanban: whose cards it shows, in which arrangement, and where its cursor is.
//!
//! Cards are kept only while it is open. What is on the screen is worked out from them in
//! `columns`.

mod card;
mod columns;

pub use card::{Arrangement, Card, Cards, Children};
pub use columns::{Column, Part, Slot, Strip, first_column, neighbour, rank, strips};

use std::collections::HashMap;
use std::path::PathBuf;

use super::{Mode, Model, SelectedTask, Selection};
use crate::markdown::State;
use crate::spec::change::TaskKey;

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
    /// The card.
    pub key: CardKey,
    /// The column that it would be put into.
    pub aim: State,
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
    /// The first card on the screen, by column.
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
    /// Whether the column of what is done is folded to its title.
    pub folds_done: bool,
    /// The cards, by the folder of their feature.
    pub cards: HashMap<PathBuf, Cards>,
    /// The feature whose task list is shown in its pane as soon as it was read.
    pub leaving_for: Option<PathBuf>,
    /// What was shown before a card's task was opened in its pane: closing the main view leads back
    /// there.
    pub behind: Option<BoardScope>,
    cursors: HashMap<BoardScope, BoardCursor>,
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
        self.leaving_for = None;
        self.cards = HashMap::new();
    }

    /// Takes in the cards of a feature, if they are to be shown.
    pub fn load(&mut self, cards: Cards) {
        let is_shown = match &self.scope {
            Some(BoardScope::One(path)) => *path == cards.feature,
            Some(BoardScope::All) => true,
            None => false,
        };
        if is_shown {
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
        let task = SelectedTask {
            key: card.key(),
            state: card.state,
        };
        Some(Selection {
            feature: cards.feature.clone(),
            file: cards.file.clone(),
            tasks: vec![task],
        })
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
        self.board.columns(&self.workspace, carried)
    }

    /// Returns how many rows a card takes up: one where there are few.
    pub fn card_rows(&self) -> usize {
        if self.layout().body.height < 12 { 1 } else { 2 }
    }

    /// Returns how many cards of a column are on the screen.
    pub fn cards_on_screen(&self) -> usize {
        (usize::from(self.layout().body.height) / self.card_rows()).max(1)
    }
}
