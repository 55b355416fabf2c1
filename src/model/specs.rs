//! All specs of the workspace with what is known of each: features and summaries change together.
//!
//! Knows neither which spec is shown nor where its files are open.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::Summary;
use crate::spec::feature::Feature;
use crate::spec::workspace::Workspace;

/// The features of a workspace, each with its summary.
#[derive(Debug, Default)]
pub struct Specs {
    workspace: Workspace,
    /// By the index of the feature.
    summaries: Vec<Summary>,
    /// The index of each feature, by its folder.
    places: HashMap<PathBuf, usize>,
}

/// A feature and what is known of it.
#[derive(Clone, Copy, Debug)]
pub struct SpecEntry<'a> {
    /// Its place in the workspace.
    pub index: usize,
    /// The feature.
    pub feature: &'a Feature,
    /// What is known of it.
    pub summary: &'a Summary,
}

impl Specs {
    /// Makes the specs of a workspace of which nothing was read yet.
    pub fn new(workspace: Workspace) -> Self {
        let mut specs = Self::default();
        specs.replace(workspace, |_, feature| Summary::of(feature));
        specs
    }

    /// Puts a workspace in the place of the one before. `keep` makes the summary of each feature
    /// from the one that had its folder before, if there was one.
    pub fn replace(
        &mut self,
        workspace: Workspace,
        mut keep: impl FnMut(Option<(Feature, Summary)>, &Feature) -> Summary,
    ) {
        let before = std::mem::replace(&mut self.workspace, workspace).features;
        let mut known: HashMap<PathBuf, (Feature, Summary)> = before
            .into_iter()
            .zip(std::mem::take(&mut self.summaries))
            .map(|(feature, summary)| (feature.folder.path.clone(), (feature, summary)))
            .collect();
        let features = &self.workspace.features;
        self.summaries = features
            .iter()
            .map(|feature| keep(known.remove(&feature.folder.path), feature))
            .collect();
        self.places = features
            .iter()
            .enumerate()
            .map(|(index, feature)| (feature.folder.path.clone(), index))
            .collect();
    }

    /// Returns the workspace.
    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// Returns how many features there are.
    pub fn len(&self) -> usize {
        self.summaries.len()
    }

    /// Returns whether there is no feature.
    pub fn is_empty(&self) -> bool {
        self.summaries.is_empty()
    }

    /// Returns the features, in the order of the workspace.
    pub fn features(&self) -> &[Feature] {
        &self.workspace.features
    }

    /// Returns the summaries, in the order of the workspace.
    pub fn summaries(&self) -> &[Summary] {
        &self.summaries
    }

    /// Returns each feature with its summary, in the order of the workspace.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = SpecEntry<'_>> + ExactSizeIterator {
        let both = self.workspace.features.iter().zip(&self.summaries);
        both.enumerate()
            .map(|(index, (feature, summary))| SpecEntry {
                index,
                feature,
                summary,
            })
    }

    /// Returns the feature at `index`.
    pub fn feature(&self, index: usize) -> &Feature {
        &self.workspace.features[index]
    }

    /// Returns what is known of the feature at `index`.
    pub fn summary(&self, index: usize) -> &Summary {
        &self.summaries[index]
    }

    /// Returns what is known of the feature at `index`, to be changed.
    pub fn summary_mut(&mut self, index: usize) -> &mut Summary {
        &mut self.summaries[index]
    }

    /// Finds the feature in the folder `path`.
    pub fn at(&self, path: &Path) -> Option<usize> {
        self.places.get(path).copied()
    }

    /// Finds the feature that owns the file `path`: the one in the nearest folder above it.
    pub fn owner_of(&self, path: &Path) -> Option<usize> {
        path.ancestors().skip(1).find_map(|folder| self.at(folder))
    }
}
