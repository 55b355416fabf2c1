//! Which files are nobody's work: what editors, patches, systems and synchronization leave beside
//! the files that they serve.
//!
//! Looks at names only.

use std::ffi::OsStr;

use super::names::is_ours;

/// How such names end: editors' copies and swap files, and what a patch left over.
const ENDINGS: [&str; 7] = [
    "~",
    ".orig",
    ".rej",
    ".swp",
    ".kate-swp",
    "___jb_tmp___",
    "___jb_old___",
];

/// How they begin: Emacs's locks, LibreOffice's and Office's, half-written files of GNOME, a
/// network's and FUSE's deleted ones, Apple's second forks, Syncthing's copies.
const BEGINNINGS: [&str; 9] = [
    ".#",
    ".~lock.",
    "~$",
    ".goutputstream-",
    ".nfs",
    ".fuse_hidden",
    "._",
    ".syncthing.",
    "~syncthing~",
];

/// What is in them: the copies that synchronization makes where two have written.
const PARTS: [&str; 3] = [".sync-conflict-", "conflicted copy", "(Case Conflict"];

/// What file managers keep in a folder.
const NAMES: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// Returns whether a file of this name is of no interest: neither listed, nor watched, nor a
/// problem, whatever is in it. The board's own temporary files are among them.
pub(super) fn is_ignored(file_name: &OsStr) -> bool {
    if is_ours(file_name) {
        return true;
    }
    let name = file_name.to_string_lossy();
    ENDINGS.iter().any(|ending| name.ends_with(ending))
        || BEGINNINGS
            .iter()
            .any(|beginning| name.starts_with(beginning))
        || PARTS.iter().any(|part| name.contains(part))
        || NAMES.contains(&&*name)
        || (name.len() > 1 && name.starts_with('#') && name.ends_with('#'))
        || is_of_vim(&name)
}

/// Returns whether Vim made the file: a further swap file (`.tasks.md.swo`), or the number by which
/// it tries whether a folder can be written to.
fn is_of_vim(name: &str) -> bool {
    /// The first number that is tried, and how far it is to the next.
    const PROBES: (u32, u32) = (4913, 123);
    let is_swap = name.starts_with('.')
        && name.rsplit_once(".sw").is_some_and(|(_, letter)| {
            letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_lowercase())
        });
    let is_probe = name
        .parse::<u32>()
        .ok()
        .and_then(|number| number.checked_sub(PROBES.0))
        .is_some_and(|behind| behind % PROBES.1 == 0);
    is_swap || is_probe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_leave_is_told_from_what_people_write() {
        for (name, expected) in [
            (".#tasks.md", true),
            ("#tasks.md#", true),
            ("tasks.md~", true),
            (".tasks.md.swp", true),
            (".tasks.md.swo", true),
            ("4913", true),
            ("5036", true),
            (".DS_Store", true),
            ("._tasks.md", true),
            ("tasks.md.orig", true),
            ("tasks.md.rej", true),
            ("tasks.sync-conflict-20240101-101010-ABCDEFG.md", true),
            ("tasks (Ann's conflicted copy 2024-01-01).md", true),
            (".goutputstream-X1Y2Z3", true),
            (".specboard-1.tmp", true),
            ("tasks.md", false),
            ("#", false),
            ("notes.swift", false),
            ("4914", false),
            ("original.md", false),
            (".config.kiro", false),
            ("#1 idea.md", false),
        ] {
            assert_eq!(is_ignored(OsStr::new(name)), expected, "{name}");
        }
    }
}
