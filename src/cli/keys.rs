//! `specboard keys`: every command of the board with its keys.

use clap::Args;

use super::context::Context;
use super::options::Format;
use super::status::{Status, Stop};
use crate::command::{commands, json};
use crate::model::Keymap;
use crate::text::{pad, width};

/// Print every command of the board with its keys
#[derive(Debug, Args)]
pub(super) struct Keys {
    #[command(flatten)]
    format: Format,
}

impl Keys {
    pub(super) fn run(&self, context: &mut Context<'_, '_>) -> Result<Status, Stop> {
        let answer = if self.format.json {
            let answer = json(&context.config.settings.keymap).map_err(|error| {
                Stop::new(
                    Status::NoAccess,
                    format!("the commands cannot be written: {error}"),
                )
            })?;
            format!("{answer}\n")
        } else {
            table(&context.config.settings.keymap)
        };
        context.output.bytes(answer.as_bytes())?;
        Ok(Status::Done)
    }
}

/// Returns the commands as aligned columns: keys, where they apply, what they do, the name.
fn table(keymap: &Keymap) -> String {
    let rows: Vec<[String; 4]> = commands()
        .map(|command| {
            [
                keymap
                    .keys(command.name, command.keys)
                    .collect::<Vec<_>>()
                    .join("  "),
                command.scope.word().to_owned(),
                command.doc.to_owned(),
                command.name.to_owned(),
            ]
        })
        .collect();
    let widest = |column: usize| {
        rows.iter()
            .map(|row| width(&row[column]))
            .max()
            .unwrap_or(0)
    };
    let widths = [widest(0), widest(1), widest(2)];
    let line = |row: &[String; 4]| {
        format!(
            " {}  {}  {}  {}\n",
            pad(&row[0], widths[0]),
            pad(&row[1], widths[1]),
            pad(&row[2], widths[2]),
            row[3]
        )
    };
    rows.iter().map(line).collect()
}
