//! `specboard merge-driver`: the merge of one file for git, part by part of its lines.

use std::borrow::Cow;
use std::path::PathBuf;

use serde::Serialize;

use super::context::Context;
use super::options::Format;
use super::status::{Status, Stop};
use crate::spec::tasks::line_parts;
use crate::store::{overwrite, read};
use crate::text::{Conflict, Edit, Labels, Text, merge};

/// Merge one file for git: ticks, titles and new lines combine
///
/// To have git call it:
///
///   git config merge.specboard.driver "specboard merge-driver %O %A %B %P"
///   echo '.kiro/specs/**/*.md merge=specboard' >> .gitattributes
///
/// The result is written into OURS. Where both sides changed the same part of a line, both stay
/// there between conflict markers, and the exit status is 1.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(super) struct MergeDriver {
    /// The file as it was before both changes (%O)
    base: PathBuf,
    /// The file with our change; it becomes the result (%A)
    ours: PathBuf,
    /// The file with their change (%B)
    theirs: PathBuf,
    /// The name of the file in the repository, for messages (%P)
    path: Option<PathBuf>,
    #[command(flatten)]
    format: Format,
}

/// How long git's own markers are.
const MARKER: usize = 7;

impl MergeDriver {
    pub(super) fn run(&self, context: &mut Context<'_, '_>) -> Result<Status, Stop> {
        if context.options.read_only {
            return Err(Stop::new(
                Status::No,
                "nothing was merged: --read-only forbids writing",
            ));
        }
        let files = [&self.base, &self.ours, &self.theirs].map(|file| context.path(file));
        let [base, ours, theirs] = [read(&files[0])?.0, read(&files[1])?.0, read(&files[2])?.0];
        let merged = merge(&base, &ours, &theirs, line_parts);
        let result = match &merged {
            Ok(edit) => edit.apply(&base),
            Err(conflict) => with_markers(conflict),
        };
        overwrite(&files[1], &result)?;
        self.answer(&merged, context)
    }

    /// Says in which places the sides contradict each other.
    fn answer(
        &self,
        merged: &Result<Edit, Box<Conflict>>,
        context: &mut Context<'_, '_>,
    ) -> Result<Status, Stop> {
        let file = self.path.as_ref().unwrap_or(&self.ours).to_string_lossy();
        let conflicts = merged
            .as_ref()
            .err()
            .map(|conflict| places(conflict))
            .unwrap_or_default();
        let status = if conflicts.is_empty() {
            Status::Done
        } else {
            Status::No
        };
        for place in &conflicts {
            let words = "both sides changed the same part of this line";
            let line = place.line;
            context.output.say(&format!("{file}:{line}: {words}"));
        }
        if self.format.json {
            let file = &file;
            context.output.json(&Answer { file, conflicts })?;
        }
        Ok(status)
    }
}

fn with_markers(conflict: &Conflict) -> Text {
    conflict.with_markers(Labels {
        ours: "ours",
        theirs: "theirs",
        size: MARKER,
    })
}

/// What `--json` answers: no conflicts where the merge is whole.
#[derive(Serialize)]
struct Answer<'a> {
    file: &'a str,
    conflicts: Vec<Place<'a>>,
}

/// Where the sides contradict each other: the line in ours, from 1, and what each has there.
#[derive(Serialize)]
struct Place<'a> {
    line: usize,
    base: Cow<'a, str>,
    ours: Cow<'a, str>,
    theirs: Cow<'a, str>,
}

fn places(conflict: &Conflict) -> Vec<Place<'_>> {
    let places = conflict.places().iter();
    places
        .map(|place| Place {
            line: conflict.ours().line_at(place.ours.start) + 1,
            base: conflict.base().lossy(place.base),
            ours: conflict.ours().lossy(place.ours),
            theirs: conflict.theirs().lossy(place.theirs),
        })
        .collect()
}
