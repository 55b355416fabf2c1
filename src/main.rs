//! The `specboard` program.

use std::process::ExitCode;

use specboard::cli;

fn main() -> color_eyre::Result<ExitCode> {
    color_eyre::install()?;
    Ok(cli::main().into())
}
