//! specboard
pub mod command;
pub mod demo;
pub mod markdown;
pub mod model;
pub mod runtime;
pub mod spec;
pub mod store;
pub mod terminal;
pub mod text;
pub mod update;
pub mod view;
