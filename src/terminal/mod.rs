//! The terminal: painting it, taking and giving it back, keys and signals.
mod colour;
mod ink;
mod paint;
mod pen;
mod picture;
mod row;
mod scroll;
mod width;

pub use colour::ColourDepth;
pub use paint::Painter;
