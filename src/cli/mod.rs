//! The command line: what is asked for, which command answers, and with which exit status.
//!
//! ```text
//! arguments ─► run ─► a sub-command ─► spec, store ─► Output ─► standard output (the answer)
//!                └──► the board, without a sub-command      └─► standard error (messages)
//! ```
//!
//! Knows no command's work. Nothing in here writes to the process's own streams but [`main`]; all
//! else goes through [`Output`], so that a test needs no process.

mod arguments;
mod config;
mod context;
mod drafts;
mod edit;
mod json;
mod keys;
mod list;
mod log;
mod mark;
mod merge_driver;
mod next;
mod options;
mod output;
mod renumber;
mod search;
mod show;
mod standing;
mod status;
mod structure;
mod style;
mod tasks;
mod trace;

pub use arguments::Arguments;
pub use output::Output;
pub use status::Status;
pub use style::Style;

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;

use clap::Parser;

use crate::runtime::{self, Start};
use context::Context;
use status::Stop;

/// Runs the program on the process's own arguments and streams.
pub fn main() -> Status {
    let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    let style = Style::of_process();
    let mut answer = io::BufWriter::new(io::stdout().lock());
    let mut messages = io::stderr();
    let mut output = Output::new(&mut answer, &mut messages, style);
    run(std::env::args_os(), here, &mut output)
}

/// Runs the command that `words` ask for, the program's name first, in the folder `here`.
///
/// An answer that nobody reads any more (`specboard list | head -1`) is no failure.
pub fn run(
    words: impl IntoIterator<Item = OsString>,
    here: PathBuf,
    output: &mut Output<'_>,
) -> Status {
    let result = match Arguments::try_parse_from(words) {
        Ok(arguments) => answer(&arguments, here, output),
        Err(error) => output.usage(&error).map_err(Stop::from),
    };
    let result = result.and_then(|status| output.flush().map(|()| status).map_err(Stop::from));
    result.unwrap_or_else(|stop| end(stop, output))
}

fn answer(arguments: &Arguments, here: PathBuf, output: &mut Output<'_>) -> Result<Status, Stop> {
    if let Some(file) = &arguments.options.log {
        log::start(&here.join(file))?;
    }
    let mut context = Context::begin(&arguments.options, here, output)?;
    let result = match &arguments.command {
        Some(command) => {
            context.say_mistakes();
            command.run(&mut context)
        }
        None => context.start(&arguments.paths).and_then(board),
    };
    context.end();
    result
}

/// Runs the board, on a terminal that takes its screen.
fn board(start: Start) -> Result<Status, Stop> {
    let status = runtime::run(start).map_err(|report| {
        Stop::new(
            Status::NoAccess,
            format!("{report:#}. For scripts there are commands: specboard --help"),
        )
    })?;
    Ok(Status::Ended(status))
}

/// Says why a command ended early.
fn end(stop: Stop, output: &mut Output<'_>) -> Status {
    match stop {
        Stop::Said(status, lines) => {
            lines.iter().enumerate().for_each(|(at, line)| {
                output.say(&if at == 0 {
                    format!("error: {line}")
                } else {
                    line.clone()
                });
            });
            status
        }
        Stop::Unwritten(error) if error.kind() == io::ErrorKind::BrokenPipe => Status::Done,
        Stop::Unwritten(error) => {
            output.say(&format!("error: the answer cannot be written: {error}"));
            Status::NoAccess
        }
    }
}
