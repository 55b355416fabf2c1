//! What a file is by its name: a document of a spec, or a temporary file of the board's own.

use std::ffi::OsStr;

/// What a file is by its name: one of the five documents that make a folder a spec, or another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentKind {
    /// What is wanted.
    Requirements,
    /// What is broken, in place of requirements.
    Bugfix,
    /// How it is to be built.
    Design,
    /// What is to be done.
    Tasks,
    /// Everything in one file.
    Spec,
    /// Any other file. Never listed among the documents of a folder.
    Other,
}

impl DocumentKind {
    /// The kinds of documents, in the order in which they are listed.
    pub const ALL: [Self; 5] = [
        Self::Requirements,
        Self::Bugfix,
        Self::Design,
        Self::Tasks,
        Self::Spec,
    ];

    /// Returns the file name in its usual spelling; nothing for other files.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Requirements => "requirements.md",
            Self::Bugfix => "bugfix.md",
            Self::Design => "design.md",
            Self::Tasks => "tasks.md",
            Self::Spec => "spec.md",
            Self::Other => "",
        }
    }

    /// Returns the word for the kind, as the command line takes it.
    pub fn word(self) -> &'static str {
        self.file_name().trim_end_matches(".md")
    }

    /// Returns the kind of document that a file of this name is, in any letter case.
    pub fn of(file_name: &OsStr) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| file_name.eq_ignore_ascii_case(kind.file_name()))
    }
}

/// Returns whether a file of this name is one that the board itself put there for the length of a
/// write.
pub(super) fn is_ours(file_name: &OsStr) -> bool {
    let name = file_name.as_encoded_bytes();
    name.starts_with(TEMPORARY_PREFIX.as_bytes()) && name.ends_with(TEMPORARY_SUFFIX.as_bytes())
}

/// How the names of the board's own temporary files begin.
pub(super) const TEMPORARY_PREFIX: &str = ".specboard-";
/// How the names of the board's own temporary files end.
pub(super) const TEMPORARY_SUFFIX: &str = ".tmp";
