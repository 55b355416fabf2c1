//! specboard
pub mod markdown;
pub mod spec;
pub mod store;
pub mod text;
