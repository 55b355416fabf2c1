//! `specboard drafts`: what was typed and never written, listed and dropped.

use serde::Serialize;

use super::context::Context;
use super::options::Format;
use super::status::{Status, Stop};
use crate::store::state::State;
use crate::store::{Drafts as Store, LeftDraft, now};
use crate::text::clean;

/// List text typed on the board and not saved yet
///
/// When the board ends in the middle of an edit, the text is kept in your own state folder, never in
/// the repository, and offered at the next start. Drafts of a running board are not listed.
#[derive(Debug, clap::Args)]
pub(super) struct Drafts {
    /// Delete a draft, by its name in the list
    #[arg(long, value_name = "ID")]
    drop: Option<String>,
    #[command(flatten)]
    format: Format,
}

/// The answer in JSON.
#[derive(Serialize)]
struct Answer<'a> {
    drafts: Vec<Row<'a>>,
}

/// One draft.
#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    file: String,
    item: &'a str,
    line: usize,
    age_seconds: i64,
    text: String,
}

impl Drafts {
    pub(super) fn run(&self, context: &mut Context<'_, '_>) -> Result<Status, Stop> {
        let state = State::of_user().map_err(|failure| no_access(&failure.to_string()))?;
        let store = Store::of(&state);
        if let Some(id) = &self.drop {
            return drop_draft(&store, id, context);
        }
        let left = store.left();
        let rows: Vec<Row<'_>> = left.iter().map(row).collect();
        if self.format.json {
            context.output.json(&Answer { drafts: rows })?;
            return Ok(Status::Done);
        }
        if rows.is_empty() {
            context
                .output
                .say("there are no drafts: everything typed is saved");
        }
        for row in rows {
            let minutes = row.age_seconds / 60;
            let head = format!(
                "{}  {}  {}:{}  {minutes} min ago",
                row.id, row.item, row.file, row.line
            );
            context.output.line(&clean(&head))?;
            for line in row.text.lines() {
                context.output.line(&clean(&format!("    {line}")))?;
            }
        }
        Ok(Status::Done)
    }
}

fn drop_draft(store: &Store, id: &str, context: &mut Context<'_, '_>) -> Result<Status, Stop> {
    match store.drop_left(id) {
        Ok(true) => {
            context.output.say(&format!("{id}: draft deleted"));
            Ok(Status::Done)
        }
        Ok(false) => Err(Stop::new(
            Status::BadUsage,
            format!(
                "there is no draft {id}, or a running board is using it: specboard drafts lists them"
            ),
        )),
        Err(failure) => Err(no_access(&failure.to_string())),
    }
}

fn row(draft: &LeftDraft) -> Row<'_> {
    Row {
        id: &draft.id,
        file: draft.typed.file().to_string_lossy().into_owned(),
        item: &draft.typed.name,
        line: draft.typed.first_line + 1,
        age_seconds: (now() - draft.typed.at).max(0),
        text: draft.typed.lines.join("\n"),
    }
}

fn no_access(reason: &str) -> Stop {
    Stop::new(Status::NoAccess, reason.to_owned())
}
