//! What the documents mean: typed views over lossless documents, and intents turned into edits.
//!
//! Knows no screen. Reads through the store, writes nothing. Every value keeps the spans it was
//! read from; nothing fails, and nothing is repaired.

mod aliases;
mod bugfix;
pub mod change;
mod config;
pub mod contents;
pub mod criteria_document;
mod cycles;
mod design;
pub mod ears;
pub mod feature;
pub mod files;
mod id;
pub mod links;
pub mod mend;
mod mentions;
pub mod metadata;
mod outline;
pub(crate) mod par_map;
pub mod parsed;
pub mod progress;
pub mod reading;
pub mod ready;
pub mod references;
pub mod renumber;
pub mod requirements;
pub mod schedule;
pub mod search;
mod single;
pub(crate) mod source_str;
pub mod stale;
pub mod structure;
pub mod tasks;
mod trace;
pub mod unit;
mod wave_order;
pub mod waves;
pub mod workspace;

pub use aliases::{Role, reference_labels};
pub use bugfix::{Behavior, BehaviorKind, Bugfix};
pub use config::{Approval, Config, Inclusion, SpecJson};
pub use contents::Contents;
pub use criteria_document::{CriteriaDocument, Group};
pub use design::{Design, Figure, FigureKind, Property};
pub use id::{IdShape, id_key, key_digits, read_id};
pub use links::{Beside, Links, Placed, Wanted};
pub use outline::{Section, outline};
pub use requirements::{Criterion, Requirement, Requirements, Term};
pub use single::Single;
pub use trace::{Coverage, CriterionTrace, Dangling, Origin, Trace, TracedTask, Words};
pub use waves::{After, Wave, Waves};
