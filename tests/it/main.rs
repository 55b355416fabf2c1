//! Drives the program from outside: its command line, its board and its files, one module for each
//! of what is driven.
//!
//! One program for all of them, so that the library is linked once; `cargo test --test it MODULE`
//! runs the tests of one module.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says so"
)]

mod architecture;
mod board;
mod cli;
mod configured;
mod contract;
mod corpus;
mod corpus_documents;
mod corpus_rendered;
mod corpus_search;
mod crafted;
mod footer;
mod harness;
mod hostile_places;
mod kanban;
mod many_specs;
mod memory;
mod merge;
mod pictures;
mod pointing;
mod printed;
mod random_markdown;
mod session;
mod stress;
mod structure;
