//! Where a command works: the roots that it was given or finds, and the features that its words
//! name.

use std::path::{Path, PathBuf};

use super::options::Options;
use super::output::Output;
use super::status::{Status, Stop};
use crate::config::{Config, GlyphSet, repository_files};
use crate::model::Settings;
use crate::runtime::{Start, unpack_sample};
use crate::spec::contents::{Contents, read_contents};
use crate::spec::feature::Feature;
use crate::spec::workspace::{NotFound, Workspace};
use crate::store::{NoRoot, Problem, Root, exists, find_roots};
use crate::view::Look;

/// How many candidates are shown where a name fits none or several.
pub(super) const MOST_CANDIDATES: usize = 20;

/// One run of the program.
pub(super) struct Context<'a, 'b> {
    pub(super) options: &'a Options,
    pub(super) output: &'a mut Output<'b>,
    /// The user's configuration.
    pub(super) config: Config,
    /// Whether ASCII is drawn where nobody says otherwise.
    usual_ascii: bool,
    here: PathBuf,
    /// The copy of the bundled sample, where one is used.
    sample: Option<PathBuf>,
}

impl<'a, 'b> Context<'a, 'b> {
    /// Begins a run in the folder `here`; unpacks the sample where it is asked for.
    pub(super) fn begin(
        options: &'a Options,
        here: PathBuf,
        output: &'a mut Output<'b>,
    ) -> Result<Self, Stop> {
        let (config, usual_ascii) = (Config::read(&[]), output.style.ascii);
        output.style.ascii = draws_ascii(options, &config, usual_ascii);
        let sample = if options.demo {
            Some(unpack_sample()?)
        } else {
            None
        };
        Ok(Self {
            options,
            output,
            config,
            usual_ascii,
            here,
            sample,
        })
    }

    /// Returns a path as it is meant here.
    pub(super) fn path(&self, path: &Path) -> PathBuf {
        self.here.join(path)
    }

    /// Says what is wrong in the user's configuration.
    pub(super) fn say_mistakes(&mut self) {
        for mistake in &self.config.mistakes {
            self.output.say(&mistake.to_string());
        }
    }

    /// Returns the configuration of the user together with those of the repositories.
    pub(super) fn whole_config(&self) -> Config {
        Config::read(&self.roots().unwrap_or_default())
    }

    /// Returns where configurations lie that come with the repositories.
    pub(super) fn repository_files(&self) -> Vec<PathBuf> {
        repository_files(&self.roots().unwrap_or_default())
    }

    /// Ends a run: says where the sample is.
    pub(super) fn end(&mut self) {
        if let Some(folder) = &self.sample {
            self.output.say(&format!(
                "The sample is a copy and is kept: {}",
                folder.display()
            ));
        }
    }

    /// Lists all features of all roots.
    pub(super) fn workspace(&self) -> Result<Workspace, Stop> {
        let roots = self.roots()?;
        let workspace = Workspace::scan(roots);
        tracing::info!(
            roots = workspace.roots.len(),
            features = workspace.features.len(),
            "scanned"
        );
        Ok(workspace)
    }

    fn roots(&self) -> Result<Vec<Root>, NoRoot> {
        match &self.sample {
            Some(folder) => find_roots(&self.here, std::slice::from_ref(folder)),
            None => find_roots(&self.here, &self.options.roots),
        }
    }

    /// Returns what the board starts with at the given paths. Without any root that is no failure
    /// on a terminal: the board says how to begin.
    pub(super) fn start(&self, paths: &[PathBuf]) -> Result<Start, Stop> {
        let paths: Vec<PathBuf> = paths.iter().map(|path| self.here.join(path)).collect();
        if let Some(missing) = paths.iter().find(|path| !exists(path)) {
            return Err(Stop::new(Status::BadUsage, missing_path(missing)));
        }
        let found = if paths.is_empty() || self.sample.is_some() {
            self.roots()
        } else {
            self.roots_above(&paths)
        };
        let (roots, missing) = match found {
            Err(reason @ NoRoot::Above(_)) if self.output.style.columns.is_some() => {
                (Vec::new(), Some(reason.to_string()))
            }
            found => (found?, None),
        };
        let config = Config::read(&roots);
        let settings = Settings {
            read_only: self.options.read_only,
            ascii: draws_ascii(self.options, &config, self.usual_ascii),
            ..config.settings.clone()
        };
        Ok(Start {
            roots,
            paths,
            settings,
            missing,
            look: self.look(&config)?,
            mouse: self.options.mouse || config.mouse,
            mistakes: config.mistakes.iter().map(ToString::to_string).collect(),
        })
    }

    /// Returns the theme that the options name, else that of the configuration.
    fn look(&self, config: &Config) -> Result<Look, Stop> {
        let Some(name) = &self.options.theme else {
            return Ok(config.look.clone());
        };
        config.theme(name).ok_or_else(|| {
            let names = config.theme_names().into_iter().map(str::to_owned);
            let names: Vec<String> = names.collect();
            candidates(
                format!("there is no theme {name}. There are:"),
                names.into_iter(),
            )
        })
    }

    /// Finds the roots given, else those at or above the paths, each once.
    fn roots_above(&self, paths: &[PathBuf]) -> Result<Vec<Root>, NoRoot> {
        if !self.options.roots.is_empty() {
            return self.roots();
        }
        let mut roots: Vec<Root> = Vec::new();
        for path in paths {
            for root in find_roots(path, &[])? {
                if !roots.iter().any(|other| other.dir == root.dir) {
                    roots.push(root);
                }
            }
        }
        if roots.len() > 1 {
            roots
                .iter_mut()
                .for_each(|root| root.name = root.dir.to_string_lossy().into_owned());
        }
        Ok(roots)
    }
}

/// Returns whether ASCII is drawn: by the options, else by the configuration, else as `usual`.
fn draws_ascii(options: &Options, config: &Config, usual: bool) -> bool {
    let chosen = config.glyphs.map(|glyphs| glyphs == GlyphSet::Ascii);
    options.ascii || chosen.unwrap_or(usual)
}

/// Finds the feature that a word names.
pub(super) fn find_feature(workspace: &Workspace, name: &str) -> Result<usize, Stop> {
    let (sentence, names) = match workspace.find(name) {
        Ok(index) => return Ok(index),
        Err(NotFound::Ambiguous(names)) => (format!("{name} could be any of these specs:"), names),
        Err(NotFound::Unknown(names)) if names.is_empty() => (
            format!("there is no spec {name}: there are no specs at all"),
            names,
        ),
        Err(NotFound::Unknown(names)) if name.is_empty() => {
            ("an empty word names no spec. There are:".to_owned(), names)
        }
        Err(NotFound::Unknown(names)) => (
            format!("there is no spec {name}. There are:"),
            nearest(name, names),
        ),
    };
    Err(candidates(sentence, names.into_iter()))
}

/// Puts names that hold the word before the others.
fn nearest(word: &str, names: Vec<String>) -> Vec<String> {
    let word = word.to_lowercase();
    let (mut nearest, others): (Vec<_>, Vec<_>) = names
        .into_iter()
        .partition(|name| name.to_lowercase().contains(&word));
    nearest.extend(others);
    nearest
}

/// Makes a stop for bad usage that shows what could be meant.
pub(super) fn candidates(sentence: String, names: impl ExactSizeIterator<Item = String>) -> Stop {
    let further = names.len().saturating_sub(MOST_CANDIDATES);
    let mut lines = vec![sentence];
    lines.extend(names.take(MOST_CANDIDATES).map(|name| format!("  {name}")));
    if further > 0 {
        lines.push(format!("  and {further} more"));
    }
    Stop::Said(Status::BadUsage, lines)
}

/// Returns the features that words name, in the order of the workspace, each once; all of them
/// where there are no words.
pub(super) fn chosen_features(workspace: &Workspace, names: &[String]) -> Result<Vec<usize>, Stop> {
    if names.is_empty() {
        return Ok((0..workspace.features.len()).collect());
    }
    let mut chosen = names
        .iter()
        .map(|name| find_feature(workspace, name))
        .collect::<Result<Vec<_>, _>>()?;
    chosen.sort_unstable();
    chosen.dedup();
    Ok(chosen)
}

/// What `read` makes of a feature and its root.
pub(super) type ReadFeature = fn(&Feature, &Root) -> Contents;

/// Reads the features of the given names, or all, and gives the workspace, which of its features
/// they are, and what they hold.
pub(super) fn read_chosen(
    context: &mut Context<'_, '_>,
    names: &[String],
    read: ReadFeature,
) -> Result<(Workspace, Vec<usize>, Vec<Contents>), Stop> {
    let workspace = context.workspace()?;
    let chosen = chosen_features(&workspace, names)?;
    let contents = read_and_say(&workspace, &chosen, read, context.output);
    Ok((workspace, chosen, contents))
}

/// Reads the given features and says every problem on the way, those of their roots too.
fn read_and_say(
    workspace: &Workspace,
    features: &[usize],
    read: ReadFeature,
    output: &mut Output<'_>,
) -> Vec<Contents> {
    let contents = read_contents(workspace, features, read);
    for (root, problem) in &workspace.problems {
        say_problem(workspace, *root, problem, output);
    }
    for (index, contents) in features.iter().zip(&contents) {
        let root = workspace.features[*index].root;
        contents
            .problems
            .iter()
            .for_each(|problem| say_problem(workspace, root, problem, output));
    }
    contents
}

/// Says one problem, with its root in front where that is not the only one.
pub(super) fn say_problem(
    workspace: &Workspace,
    root: usize,
    problem: &Problem,
    output: &mut Output<'_>,
) {
    let root = &workspace.roots[root].name;
    if root == "." {
        output.say(&problem.to_string());
    } else {
        output.say(&format!("{}/{problem}", root.trim_end_matches('/')));
    }
}

/// Says how a listing ended: a place where there is nothing but problems could not be read.
pub(super) fn listing_status(workspace: &Workspace) -> Status {
    let is_unread = workspace.features.is_empty() && !workspace.problems.is_empty();
    if is_unread {
        Status::NoAccess
    } else {
        Status::Done
    }
}

fn missing_path(path: &Path) -> String {
    format!(
        "there is no file or folder {}, and no command of that name. Try: specboard --help",
        path.display()
    )
}
