//! `specboard config`: the commented default of the configuration, and where it is read from.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::context::Context;
use super::options::Format;
use super::status::{Status, Stop};
use crate::config::{Config as Configuration, SETTINGS, Setting, commented_default};
use crate::store::exists;
use crate::store::state::config_file;

/// Print the commented default configuration and where it is read from
#[derive(Debug, Args)]
pub(super) struct Config {
    /// Print only the path of your own configuration
    #[arg(long, conflicts_with = "json")]
    path: bool,
    #[command(flatten)]
    format: Format,
}

/// What the command answers.
#[derive(Serialize)]
struct Answer<'a> {
    path: String,
    exists: bool,
    repository: Vec<String>,
    settings: Vec<Row<'a>>,
    problems: Vec<String>,
}

/// One setting.
#[derive(Serialize)]
struct Row<'a> {
    name: &'static str,
    value: &'a str,
    default: &'static str,
    doc: &'static str,
}

impl Config {
    pub(super) fn run(&self, context: &mut Context<'_, '_>) -> Result<Status, Stop> {
        let path = config_file()?;
        if self.path {
            context.output.line(&path.to_string_lossy())?;
            return Ok(Status::Done);
        }
        let repository = context.repository_files();
        let config = context.whole_config();
        if self.format.json {
            let answer = Answer::new(&path, &repository, &config);
            context.output.json(&answer)?;
            return Ok(Status::Done);
        }
        let text = head(&path, &repository) + &commented_default();
        context.output.bytes(text.as_bytes())?;
        Ok(Status::Done)
    }
}

impl<'a> Answer<'a> {
    fn new(path: &Path, repository: &[PathBuf], config: &'a Configuration) -> Self {
        let name = |path: &PathBuf| path.to_string_lossy().into_owned();
        let row = |setting: &Setting| Row {
            name: setting.name,
            value: config.value(setting),
            default: setting.default,
            doc: setting.doc,
        };
        Self {
            path: path.to_string_lossy().into_owned(),
            exists: exists(path),
            repository: repository.iter().map(name).collect(),
            settings: SETTINGS.iter().map(row).collect(),
            problems: config.mistakes.iter().map(ToString::to_string).collect(),
        }
    }
}

/// Says where the configuration is read from, as comments.
fn head(path: &Path, repository: &[PathBuf]) -> String {
    let line = |what: &str, path: &Path| {
        let is_there = if exists(path) { "" } else { " (not there)" };
        format!(
            "# {what}: {}{is_there}\n",
            path.to_string_lossy().escape_debug()
        )
    };
    let mut text = line("Your own configuration", path);
    text.extend(
        repository
            .iter()
            .map(|path| line("That of this repository", path)),
    );
    text.push_str(
        "# Every setting with what it is where nobody sets it. Uncomment a line to change it.\n\n",
    );
    text
}
