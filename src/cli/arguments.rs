//! The arguments of the program and the table of its sub-commands.
//!
//! Knows how words are read, not what is done with them.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use super::context::Context;
use super::options::Options;
use super::status::{Status, Stop};
use super::{
    config, drafts, edit, keys, list, mark, merge_driver, next, renumber, search, show, structure,
    tasks, trace,
};

/// A full-screen board over the specs in .kiro/specs: read them, track their tasks, edit in place.
///
/// Without a command the board opens. The commands do the same work in scripts: text for people,
/// --json for programs.
#[derive(Debug, Parser)]
#[command(name = "specboard", bin_name = "specboard", version, max_term_width = 110, after_help = AFTER_HELP)]
pub struct Arguments {
    /// Open these specs or files; .kiro is looked for in the folders above them
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) options: Options,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
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
            pub(super) fn run(&self, context: &mut Context<'_, '_>) -> Result<Status, Stop> {
                match self {
                    $(Self::$name(command) => command.run(context),)*
                }
            }
        }
    };
}

commands! {
    List => list::List,
    Tasks => tasks::Tasks,
    Mark => mark::Mark,
    Edit => edit::Edit,
    Add => structure::Add,
    Move => structure::Move,
    Remove => structure::Remove,
    Renumber => renumber::Renumber,
    Drafts => drafts::Drafts,
    Show => show::Show,
    Trace => trace::Trace,
    Search => search::Search,
    Next => next::Next,
    Keys => keys::Keys,
    Config => config::Config,
    MergeDriver => merge_driver::MergeDriver,
}

const AFTER_HELP: &str = "\
Examples:
  specboard --demo                              explore a copy of the bundled sample
  specboard list                                every spec with its progress
  specboard tasks user-auth --state doing       what is in progress in one spec
  specboard mark user-auth 2.1 done             tick a task: one byte of its file changes
  specboard edit user-auth 2.1 --title 'Log in'   change a title, nothing else
  specboard add task user-auth --under 2 'Log out'  a new item in the file's own form
  specboard mark user-auth :14 2.3 todo         several at once, one by line: all or none
  specboard show user-auth design               read a document
  specboard trace user-auth                     which tasks cover which criteria, and gaps
  specboard search 'rate limit'                 every line of the specs that contains the words
  specboard next                                what can be started now
  specboard list --json --root a --root b       several roots, for a program

A SPEC is a name as printed by list, its last parts, or its beginning; ROOT:NAME with several roots.
A TASK is a number (2.1), a line (:14), or both (2.1:14).

Exit status: 0 done, 1 \"no\" (a conflict, a file still being written), 2 bad usage,
3 cannot read or write.";

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
