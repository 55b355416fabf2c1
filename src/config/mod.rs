//! The configuration: what the user wrote to have the board otherwise than usual.
//!
//! ```text
//! config.toml ─► reader ─► table ─► Config ─► the board, the commands
//!                            └────► manual: the commented default, the README
//! ```
//!
//! A mistake in it never stops anything: it is told, and what stands beside it counts. Does not know
//! the options of the command line, which win over it.

mod keys;
mod manual;
mod reader;
mod table;
mod themes;

pub use manual::{commented_default, settings_table};
pub use table::{SETTINGS, Setting};

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::model::Settings;
use crate::store::state::config_file;
use crate::store::{Failure, Root};
use crate::view::{Look, THEMES};
use reader::Source;

/// What the configuration says.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// What the model needs to know. Whether ASCII is drawn is in `glyphs`, for it may be left open.
    pub settings: Settings,
    /// Which glyphs are drawn; none where that is left to the terminal.
    pub glyphs: Option<GlyphSet>,
    /// Whether the mouse is listened to.
    pub mouse: bool,
    /// The theme.
    pub look: Look,
    /// The themes that it defines, by their names.
    pub themes: BTreeMap<String, Look>,
    /// What is wrong in its files, with what is used instead.
    pub mistakes: Vec<Failure>,
    /// The settings that were set, as they are written in TOML.
    pub set: BTreeMap<&'static str, String>,
}

/// Which glyphs are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GlyphSet {
    /// Those of the table of glyphs.
    Unicode,
    /// ASCII characters only.
    Ascii,
}

impl Config {
    /// Reads the configurations of the repositories at `roots`, and the user's own, which wins.
    pub fn read(roots: &[Root]) -> Self {
        let mut config = Self::default();
        // The first root is the nearest, so it is read behind the others.
        for path in repository_files(roots).into_iter().rev() {
            config.take(&Source::of_repository(path));
        }
        match config_file() {
            Ok(path) => config.take(&Source::of_user(path)),
            Err(failure) => config.mistakes.push(failure),
        }
        config
    }

    /// Returns the theme of a name: one that is defined here, or one that is built in.
    pub fn theme(&self, name: &str) -> Option<Look> {
        themes::find(&self.themes, name)
    }

    /// Returns the names of all themes.
    pub fn theme_names(&self) -> Vec<&str> {
        let built_in = THEMES.iter().map(|theme| theme.name);
        built_in
            .chain(self.themes.keys().map(String::as_str))
            .collect()
    }

    /// Returns what is used of a setting, as it is written in TOML.
    pub fn value(&self, setting: &Setting) -> &str {
        self.set
            .get(setting.name)
            .map_or(setting.default, String::as_str)
    }
}

/// Returns where the configurations lie that come with repositories. They need not exist.
pub fn repository_files(roots: &[Root]) -> Vec<PathBuf> {
    let file = |root: &Root| root.dir.join(".kiro/specboard.toml");
    roots.iter().map(file).collect()
}

#[cfg(test)]
mod tests;
