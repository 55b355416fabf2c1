//! The kanban as a user meets it: keys in, the whole screen and the bytes of the files out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod desk;
mod laws;
mod moves;
mod screens;
mod walk;
