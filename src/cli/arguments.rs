//! The arguments of the program and the table of its sub-commands.
//!
//! Knows how words are read, not what is done with them.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand};

use super::place::Session;
use super::{Status, Stop, keys, list, mark, show, tasks, trace};
use crate::markdown::{MARKERS, OTHER, State};

/// A board over the specs in .kiro/specs: see every feature and its tasks, and tick them.
///
/// Without a command the full-screen board opens. The commands do the same for scripts: text for
/// people, --json for programs.
#[derive(Debug, Parser)]
#[command(name = "specboard", bin_name = "specboard", version, max_term_width = 110, after_help = AFTER_HELP)]
pub struct Arguments {
    /// Open the board at these specs or files; it looks for .kiro in the folders above them
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) options: Options,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

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

/// Makes the sub-commands of their rows: the name and the type that reads its arguments and does
/// its work.
macro_rules! commands {
    ($($name:ident => $command:path,)*) => {
        /// The sub-commands. What `--help` says of each stands at its type.
        #[derive(Debug, Subcommand)]
        pub(super) enum Command {
            $($name($command),)*
        }

        impl Command {
            /// Does the command's work.
            pub(super) fn run(&self, session: &mut Session<'_, '_>) -> Result<Status, Stop> {
                match self {
                    $(Self::$name(command) => command.run(session),)*
                }
            }
        }
    };
}

commands! {
    List => list::List,
    Tasks => tasks::Tasks,
    Mark => mark::Mark,
    Show => show::Show,
    Trace => trace::Trace,
    Keys => keys::Keys,
}

const AFTER_HELP: &str = "\
Examples:
  specboard --demo                              look around in a copy of the bundled sample
  specboard list                                every feature with its progress
  specboard tasks user-auth --state doing       what is in progress in one feature
  specboard mark user-auth 2.1 done             tick a task: one byte of its file changes
  specboard mark user-auth :14 2.3 todo         by line, and several at once: all or none
  specboard show user-auth design               read a document
  specboard trace user-auth                     which tasks cover which criteria, and the gaps
  specboard list --json --root a --root b       several places, for a program

A SPEC is a name as list prints it, its last parts, or its beginning; ROOT:NAME with several roots.
A TASK is a number (2.1), a line (:14), or both (2.1:14).

Exit status: 0 done, 1 \"no\" (a conflict, a file that does not come to rest), 2 bad usage,
3 cannot read or write.";

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

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_well_formed() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_command_takes_json_and_says_what_it_does() {
        for command in Arguments::command().get_subcommands() {
            assert!(command.get_about().is_some(), "{}", command.get_name());
            assert!(
                command
                    .get_arguments()
                    .any(|argument| argument.get_id() == "json"),
                "{}",
                command.get_name()
            );
        }
    }
}
