//! specboard
pub mod text;
