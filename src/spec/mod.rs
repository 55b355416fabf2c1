//! What the documents mean: typed views over lossless documents, and intents turned into edits.
//!
//! Knows no screen. Reads through the store, writes nothing. Every value keeps the spans it was read from.

pub mod change;
pub mod feature;
pub mod progress;
pub mod source;
pub mod style;
pub mod tasks;
pub mod workspace;
