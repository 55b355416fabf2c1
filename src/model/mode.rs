//! Modes and views: what keys mean now, and what the screen shows.

use super::Key;

/// What keys mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Keys are commands.
    #[default]
    Normal,
    /// The first key of two was typed.
    Prefix {
        /// The key.
        first: Key,
        /// Whether it has waited long enough for its pop-up to be shown.
        shown: bool,
    },
}

/// What the screen shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// The list of specs and a pane of the chosen one.
    #[default]
    Main,
    /// The keys: of one place, or all.
    Help {
        /// Whether all commands are listed, or those of the place it was called from.
        all: bool,
        /// The first row on the screen.
        top: usize,
    },
}
