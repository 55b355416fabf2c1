//! The kanban as a user meets it: keys in, the whole screen and the bytes of the files out.

mod desk;
mod laws;
mod moves;
mod screens;
mod walk;
