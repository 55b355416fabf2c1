//! What a surface does with the keys that mean something everywhere: the shape of its row.
//!
//! The rows stand beside the functions that they name; `surface` finds the row of each surface.

use super::Scope;
use crate::model::{Effect, Model};

/// One or two words for the footer, and where they stand among the hints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// The words.
    pub word: &'static str,
    /// Their rank, as in [`super::Hint`].
    pub rank: u8,
}

/// Makes the words of a hint.
pub(super) const fn word(word: &'static str, rank: u8) -> Option<Word> {
    Some(Word { word, rank })
}

/// Does something, and gives the orders that follow.
pub(super) type Run = fn(&mut Model) -> Vec<Effect>;

/// Something that a surface can do.
pub(super) struct Action {
    /// Whether it can be done now.
    pub applies: fn(&Model) -> bool,
    /// What the footer calls it; nothing where it needs no word.
    pub hint: fn(&Model) -> Option<Word>,
    /// Does it.
    pub run: Run,
}

/// Something that goes either way: forwards for a positive number, else backwards.
pub(super) struct Motion {
    /// Whether there is anything to go through.
    pub applies: fn(&Model) -> bool,
    /// What the footer calls it; nothing where it needs no word.
    pub hint: fn(&Model) -> Option<Word>,
    /// Goes so far.
    pub run: fn(&mut Model, isize) -> Vec<Effect>,
}

/// What folds on a surface.
pub(super) struct Folding {
    /// Folds or unfolds what the cursor is on.
    pub toggle: Run,
    /// Folds everything.
    pub all: Run,
    /// Unfolds everything.
    pub none: Run,
}

/// What a surface does.
///
/// A new one says all of this; what it leaves out does not compile.
pub(super) struct Behaviour {
    /// The scopes whose keys count on it, the nearest first, before those that count everywhere.
    pub scopes: &'static [Scope],
    /// Moves the cursor by items.
    pub step: fn(&mut Model, isize) -> Vec<Effect>,
    /// Moves the cursor by rows of the screen.
    pub page: fn(&mut Model, isize) -> Vec<Effect>,
    /// Counts the rows of it that are on the screen at once.
    pub rows: fn(&Model) -> usize,
    /// Goes to the column beside, or folds and unfolds.
    pub across: Option<Motion>,
    /// Opens what the cursor is on.
    pub open: Option<Action>,
    /// Shows the same in another arrangement.
    pub turn: Option<Action>,
    /// Hides what is finished, or shows it again.
    pub hide_finished: Option<Action>,
    /// Folds.
    pub folding: Option<Folding>,
    /// Goes to another heading.
    pub heading: Option<Motion>,
    /// Scrolls what is too wide to be seen.
    pub sideways: Option<Motion>,
    /// Scrolls so that the row under the cursor stands at the top (-1), in the middle (0) or at the
    /// bottom (1) of the screen.
    pub anchor: Option<Motion>,
    /// Leaves it, or the program.
    pub close: Action,
    /// Leaves less than that: what escape does where nothing else is to be left.
    pub escape: fn(&mut Model),
    /// Why there is nothing for a command that needs an item.
    pub no_item: &'static str,
}
