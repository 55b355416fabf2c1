//! Editing in place.

mod buffer;

pub use buffer::{Caret, Motion, TextBuffer};
