//! What the documents mean: typed views over lossless documents, and intents turned into edits.
//!
//! Knows no files and no screen. Every value keeps the spans it was read from.

pub mod change;
pub mod progress;
pub mod tasks;
