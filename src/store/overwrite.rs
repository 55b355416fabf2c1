//! Writing a file that another program has handed over for the answer, and that nobody else knows.

use std::path::Path;

use super::Failure;
use crate::text::Text;

/// Writes a text over the file at `path`.
///
/// Looks at nobody else who may be writing it: for files of specs there is [`super::write()`].
pub fn overwrite(path: &Path, text: &Text) -> Result<(), Failure> {
    std::fs::write(path, text.bytes()).map_err(|error| Failure::writing(path, &error))
}
