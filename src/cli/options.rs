//! What the sub-commands share of the command line: the options of every command, the format of an
//! answer, and how the word for a state is read.
//!
//! Knows no sub-command.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::markdown::{MARKERS, OTHER, State};

/// What every command takes.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// Use this folder: one that holds .kiro, or a .kiro or specs folder itself. May be repeated
    #[arg(long = "root", value_name = "DIR", global = true)]
    pub(super) roots: Vec<PathBuf>,
    /// Use a fresh copy of the bundled sample; the copy is kept
    #[arg(long, global = true, conflicts_with = "roots")]
    pub(super) demo: bool,
    /// Refuse every write
    #[arg(long, global = true)]
    pub(super) read_only: bool,
    /// Draw with ASCII characters only
    #[arg(long, global = true)]
    pub(super) ascii: bool,
    /// Write a log to the end of this file
    #[arg(long, value_name = "FILE", global = true)]
    pub(super) log: Option<PathBuf>,
}

/// How an answer is written.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Format {
    /// Answer in JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// Reads the word for a state that can be written.
pub(super) fn target_state() -> impl TypedValueParser<Value = State> {
    states(&[])
}

/// Reads the word for any state.
pub(super) fn any_state() -> impl TypedValueParser<Value = State> {
    states(&[OTHER])
}

fn states(
    further: &'static [&'static crate::markdown::Marker],
) -> impl TypedValueParser<Value = State> {
    let rows = || MARKERS.iter().chain(further.iter().copied());
    let mut words: Vec<&'static str> = rows().map(|row| row.word).collect();
    words.dedup();
    PossibleValuesParser::new(words).map(move |word| {
        MARKERS
            .iter()
            .chain(further.iter().copied())
            .find(|row| row.word == word)
            .map_or(State::Other, |row| row.state)
    })
}
