//! What the documents of a feature mean: requirements, references, properties, waves.
//!
//! Knows texts and Markdown, and no files. Everything here is read out of a [`Text`](crate::text::Text) and stays tied to it by spans; nothing fails, and
//! nothing is repaired.

mod aliases;
mod bugfix;
mod config;
mod design;
pub mod ears;
mod id;
mod outline;
mod piece;
pub mod references;
pub mod requirements;
mod single;
mod trace;
pub mod waves;

pub use aliases::Role;
pub use bugfix::{Behavior, Bugfix};
pub use config::{Approval, Config, Inclusion, SpecJson, SpecType};
pub use design::{Design, Figure, FigureKind, Property};
pub use id::{IdShape, id_key, key_digits, read_id};
pub use outline::{Section, outline};
pub use requirements::{Criterion, Requirement, Requirements, Term};
pub use single::Single;
pub use trace::{Coverage, CriterionTrace, Trace, TracedTask};
pub use waves::{Wave, Waves};
