//! specboard
pub mod cli;
pub mod demo;
pub mod markdown;
pub mod spec;
pub mod store;
pub mod text;
