//! specboard
pub mod markdown;
pub mod spec;
pub mod text;
