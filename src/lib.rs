//! specboard
pub mod store;
pub mod text;
