//! The board: whole screens without a terminal.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

#[expect(dead_code, reason = "other tests use the rest")]
mod harness;
mod panes;
mod walk;
