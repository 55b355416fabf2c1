//! The only door to the file system: finding, reading, writing and watching specs, and what the
//! board remembers for its user.
//!
//! Knows bytes, names and places, but no Markdown and no meaning. Nothing in here hides a failure:
//! what could not be done comes back as a value with the reason and what to do about it.

mod clock;
mod coalesce;
mod draft;
mod failure;
mod ignored;
mod links;
mod names;
mod overwrite;
mod poll;
pub mod read;
pub mod root;
pub mod scan;
pub mod state;
mod steering;
pub mod watch;
pub mod write;

pub use clock::now;
pub use draft::{Drafts, KeptDraft, LeftDraft, Typed};
pub use failure::{Failure, Problem};
pub use names::DocumentKind;
pub use overwrite::overwrite;
pub use read::{
    Version, check, exists, files_inside, find_inside, may_hold_conflict, read, real_path, version,
};
pub use root::{NoRoot, Root, find_roots};
pub use scan::{DocumentFile, Folder, Scan, scan};
pub use state::append_to;
pub use steering::{is_markdown, steering};
pub use watch::{Change, Mode, Watcher};
pub use write::{
    Class, Displaced, Settled, Waiting, WriteError, Written, make, unmake, write, write_telling,
};
