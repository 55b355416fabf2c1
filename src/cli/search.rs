//! `specboard search`: every line of the specs that holds some words.

use serde::Serialize;

use super::context::{Context, chosen_features, listing_status, say_problem};
use super::options::Format;
use super::output::Output;
use super::status::{Status, Stop};
use crate::prose::highlight::Role;
use crate::spec::feature::Feature;
use crate::spec::search::{FoundLine, search};
use crate::spec::workspace::Workspace;
use crate::text::{Needle, clean};

/// Find words in the documents and other files of specs
///
/// Without a SPEC, in all of them. Lower case matches upper case too; a capital in TEXT matches
/// only itself. Exit status 1 if nothing is found.
#[derive(Debug, clap::Args)]
pub(super) struct Search {
    /// The words; all of them are on one line
    #[arg(value_name = "TEXT", allow_hyphen_values = true)]
    text: String,
    /// Names of specs, as printed by list
    #[arg(value_name = "SPEC")]
    specs: Vec<String>,
    #[command(flatten)]
    format: Format,
}

/// The answer as JSON.
#[derive(Serialize)]
struct Answer<'a> {
    hits: Vec<Hit<'a>>,
}

/// One line, as the contract of the command line has it.
#[derive(Serialize)]
struct Hit<'a> {
    spec: &'a str,
    root: &'a str,
    file: String,
    line: usize,
    column: usize,
    text: &'a str,
}

impl Search {
    pub(super) fn run(&self, context: &mut Context<'_, '_>) -> Result<Status, Stop> {
        let Some(needle) = Needle::of(&self.text) else {
            let sentence = "there is nothing to look for: TEXT is empty";
            return Err(Stop::new(Status::BadUsage, sentence.to_owned()));
        };
        let workspace = context.workspace()?;
        let chosen = chosen_features(&workspace, &self.specs)?;
        let chosen: Vec<&Feature> = chosen
            .into_iter()
            .map(|index| &workspace.features[index])
            .collect();
        let (found, failures) = search(&chosen, &needle);
        for (feature, failure) in &failures {
            let root = chosen[*feature].root;
            let problem = failure.problem(&workspace.roots[root]);
            say_problem(&workspace, root, &problem, context.output);
        }
        let hits = found
            .iter()
            .map(|found| hit(&workspace, chosen[found.feature], found))
            .collect();
        self.write(hits, context.output)?;
        Ok(match found.is_empty() {
            true if failures.is_empty() => Status::No,
            true => Status::NoAccess,
            false => listing_status(&workspace),
        })
    }

    fn write(&self, hits: Vec<Hit<'_>>, output: &mut Output<'_>) -> Result<(), Stop> {
        if self.format.json {
            return Ok(output.json(&Answer { hits })?);
        }
        for hit in &hits {
            let mut line = String::new();
            let place = format!("{}:{}", hit.file, hit.line);
            output.style.paint(&mut line, Role::Link, &place);
            line.push_str(": ");
            line.push_str(&clean(hit.text.trim()));
            output.line(&line)?;
        }
        Ok(())
    }
}

fn hit<'a>(workspace: &'a Workspace, feature: &'a Feature, found: &'a FoundLine) -> Hit<'a> {
    let root = workspace.root_of(feature);
    Hit {
        spec: feature.name(),
        root: &root.name,
        file: root.relative(&found.path),
        line: found.line + 1,
        column: found.column + 1,
        text: &found.text,
    }
}
