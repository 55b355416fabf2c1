//! References: the labelled lines of tasks and properties, what they refer to, and whether it
//! exists.
//!
//! Finds fields in lines, reads their bodies, and resolves them against ids. Knows no tasks: which
//! task a field belongs to is its line's matter. Every reference keeps its span, so that
//! renumbering can rewrite it.

mod body;
mod exclusion;
mod fields;
mod heading;
mod ids;
mod joined;
mod lone;
mod missing;
mod own_words;
mod parts;
mod range;
mod reference;
mod resolution;
mod resolver;
#[cfg(test)]
mod tests;
mod topics;

pub use body::read_references;
pub use fields::{Field, FieldKind, find_fields};
pub(crate) use fields::{begins_with_field, listed_field};
pub(crate) use heading::{closing_references, heading_fields};
pub use ids::Ids;
pub(crate) use lone::{bracketed_references, line_references};
pub use reference::{Reference, ReferenceKind};
pub use resolution::{Resolution, Resolved};
pub use resolver::{IdKind, Known, Resolver};
