//! How far the choice is of what the board shows first. Knows nothing of how it is made.

use std::path::PathBuf;

/// How far the choice is of what is shown first, where no earlier visit and no path says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum FirstChoice {
    /// It was made, or the user went on before it was.
    #[default]
    Made,
    /// There were too many features to look into before the first frame: it is made once all of
    /// them are counted.
    Waiting,
    /// The feature in this folder was chosen and is being read.
    Opening(PathBuf),
}
