//! How each mode takes keys: which count while it lasts, and what becomes of the others.
//!
//! A mode that shields keys names its scopes here, and its commands stand in the key table under
//! those scopes; a line of text, a question, a list all do it in this way.

use super::{Hint, Scope, filter, find, jump};
use crate::model::{Mode, Model};

/// What becomes of a key that means nothing in the scopes of a mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OtherKeys {
    /// It is refused, as one that does nothing here.
    Unknown,
    /// It is typed into the line or the editor.
    Typed,
    /// It ends the mode by accepting what was chosen, and then counts as usual.
    Accepting,
    /// It does nothing, without a word: the keys that count are on the screen.
    Ignored,
    /// It is refused with the keys that count.
    Refused(&'static str),
}

/// How a mode takes keys.
pub(super) struct ModeRow {
    /// The scopes whose keys count, in place of those of the surface; none where these do.
    pub scopes: Option<&'static [Scope]>,
    /// What becomes of all other keys.
    pub others: OtherKeys,
    /// What the footer calls leaving it.
    pub leave: Option<&'static str>,
    /// Which hints of commands that apply are of use.
    pub shows: fn(&Hint) -> bool,
}

/// The rank behind the last hint of what acts on the item.
const ITEM_RANKS: u8 = 16;

const NORMAL: ModeRow = ModeRow {
    scopes: None,
    others: OtherKeys::Unknown,
    leave: None,
    shows: |_| true,
};

const SELECT: ModeRow = ModeRow {
    leave: Some("leave"),
    shows: |hint| hint.rank < ITEM_RANKS || hint.keys == "esc",
    ..NORMAL
};

const MOVE: ModeRow = ModeRow {
    scopes: Some(&[Scope::Move, Scope::Always]),
    others: OtherKeys::Refused(
        "MOVE: h l choose the column, enter puts the card there, esc puts it back",
    ),
    leave: Some("back"),
    shows: |_| true,
};

const CHOOSE: ModeRow = ModeRow {
    scopes: Some(&[Scope::List, Scope::Always]),
    others: OtherKeys::Accepting,
    leave: Some("back"),
    shows: |_| true,
};

const PROMPT: ModeRow = ModeRow {
    scopes: Some(&[Scope::Prompt, Scope::Always]),
    others: OtherKeys::Typed,
    leave: Some("back"),
    shows: |_| true,
};

const FIND: ModeRow = ModeRow {
    scopes: Some(&[Scope::Find, Scope::Always]),
    ..PROMPT
};

const FILTER: ModeRow = ModeRow {
    scopes: Some(&[Scope::Filter, Scope::Always]),
    ..PROMPT
};

const FINDER: ModeRow = ModeRow {
    scopes: Some(&[Scope::Finder, Scope::Always]),
    ..PROMPT
};

const SEARCH: ModeRow = ModeRow {
    scopes: Some(&[Scope::Search, Scope::Always]),
    ..PROMPT
};

const OUTLINE: ModeRow = ModeRow {
    scopes: Some(&[Scope::Outline, Scope::Always]),
    ..PROMPT
};

const EDIT: ModeRow = ModeRow {
    scopes: Some(&[Scope::Editor, Scope::Always]),
    others: OtherKeys::Typed,
    leave: None,
    shows: |_| true,
};

const CONFLICT: ModeRow = ModeRow {
    scopes: Some(&[Scope::Conflict]),
    others: OtherKeys::Ignored,
    leave: None,
    shows: |_| true,
};

const PROPOSAL: ModeRow = ModeRow {
    scopes: Some(&[Scope::Proposal]),
    others: OtherKeys::Ignored,
    leave: None,
    shows: |_| true,
};

const PLACE: ModeRow = ModeRow {
    scopes: Some(&[Scope::Place]),
    others: OtherKeys::Ignored,
    leave: None,
    shows: |_| true,
};

const QUESTION: ModeRow = ModeRow {
    scopes: Some(&[Scope::Question]),
    others: OtherKeys::Ignored,
    leave: None,
    shows: |_| true,
};

/// Returns how a mode takes keys. A waiting prefix leaves that to the mode below.
pub(super) fn row(mode: &Mode) -> &'static ModeRow {
    match mode {
        Mode::Normal => &NORMAL,
        Mode::Select { .. } | Mode::SelectCards(_) => &SELECT,
        Mode::Prefix { below, .. } => row(below),
        Mode::Move(_) => &MOVE,
        Mode::Place(_) => &PLACE,
        Mode::Choose(choice) if choice.filter.is_some() => &OUTLINE,
        Mode::Choose(_) => &CHOOSE,
        Mode::Prompt(_) => &PROMPT,
        Mode::Find(_) => &FIND,
        Mode::Filter(_) => &FILTER,
        Mode::Finder(_) => &FINDER,
        Mode::Search(_) => &SEARCH,
        Mode::Edit(_) => &EDIT,
        Mode::Conflict(_) => &CONFLICT,
        Mode::Proposal(_) => &PROPOSAL,
        Mode::Question(_) => &QUESTION,
    }
}

/// Returns what becomes of a key that means nothing now.
pub(crate) fn other_keys(model: &Model) -> OtherKeys {
    row(&model.mode).others
}

/// Leaves a mode that shields keys, with what it began taken back. Returns whether there was one.
pub(super) fn leave(model: &mut Model) -> bool {
    match &model.mode {
        Mode::Normal | Mode::Select { .. } | Mode::SelectCards(_) | Mode::Prefix { .. } => false,
        // Their own commands leave them, for something may be to be asked first.
        Mode::Edit(_)
        | Mode::Conflict(_)
        | Mode::Proposal(_)
        | Mode::Place(_)
        | Mode::Question(_) => false,
        Mode::Move(_) => {
            model.mode = Mode::Normal;
            true
        }
        Mode::Choose(_) => jump::leave(model),
        Mode::Prompt(_) | Mode::Finder(_) | Mode::Search(_) => model.mode.leave_prompt(),
        Mode::Find(_) => find::leave(model),
        Mode::Filter(_) => filter::leave(model),
    }
}
