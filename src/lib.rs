//! specboard
pub mod terminal;
pub mod text;
