//! What the sub-commands share of the command line: the options of every command, the format of an
//! answer, and how the word for a state is read.
//!
//! Knows no sub-command.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::markdown::{MARKERS, Marker, State};

/// What every command takes.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// Use this folder: one that holds .kiro, or a .kiro or specs folder itself. May be repeated
    #[arg(long = "root", value_name = "DIR", global = true)]
    pub(super) roots: Vec<PathBuf>,
    /// Use a fresh copy of the bundled sample; the copy is kept
    #[arg(long, global = true, conflicts_with = "roots")]
    pub(super) demo: bool,
    /// Never write to a file
    #[arg(long, global = true)]
    pub(super) read_only: bool,
    /// Use ASCII characters only
    #[arg(long, global = true)]
    pub(super) ascii: bool,
    /// Use this theme on the board: auto, terminal, dark, light, high-contrast, mono, or one of the configuration
    #[arg(long, value_name = "NAME", global = true)]
    pub(super) theme: Option<String>,
    /// Listen to the mouse on the board
    #[arg(long, global = true)]
    pub(super) mouse: bool,
    /// Append a log to this file
    #[arg(long, value_name = "FILE", global = true)]
    pub(super) log: Option<PathBuf>,
}

/// How an answer is written.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Format {
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// Reads the word for a state that can be written.
pub(super) fn target_state() -> impl TypedValueParser<Value = State> {
    states(|row| row.byte().is_some())
}

/// Reads the word for any state.
pub(super) fn any_state() -> impl TypedValueParser<Value = State> {
    states(|_| true)
}

fn states(is_offered: fn(&Marker) -> bool) -> impl TypedValueParser<Value = State> {
    let words = MARKERS
        .iter()
        .filter(|row| is_offered(row))
        .map(|row| row.word);
    PossibleValuesParser::new(words).map(|word| {
        let row = MARKERS.iter().find(|row| row.word == word);
        row.map_or(State::Other, |row| row.state)
    })
}
