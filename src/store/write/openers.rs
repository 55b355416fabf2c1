//! Who has a file open for writing.
//!
//! Such a program goes on writing into the file that it opened; a new file in its place would not
//! reach it. Only Linux tells, and only of the user's own processes: "nobody" is a hint, and what
//! follows must hold without it.

use std::path::Path;

/// Returns whether another process is known to have the file at `real` open for writing.
#[cfg(target_os = "linux")]
pub(super) fn is_open_for_writing(real: &Path) -> bool {
    let own = std::process::id().to_string();
    names(Path::new("/proc"))
        .filter(|name| name.bytes().all(|byte| byte.is_ascii_digit()) && *name != own)
        .any(|process| {
            let process = Path::new("/proc").join(process);
            let descriptors = process.join("fd");
            names(&descriptors).any(|descriptor| {
                std::fs::read_link(descriptors.join(&descriptor)).is_ok_and(|target| target == real)
                    && can_write(&process.join("fdinfo").join(descriptor))
            })
        })
}

#[cfg(not(target_os = "linux"))]
pub(super) fn is_open_for_writing(_real: &Path) -> bool {
    false
}

#[cfg(target_os = "linux")]
fn names(folder: &Path) -> impl Iterator<Item = String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok())
}

/// Reads the flags that the file was opened with (proc(5): octal; the last two bits are 0 for
/// reading only).
#[cfg(target_os = "linux")]
fn can_write(information: &Path) -> bool {
    let information = std::fs::read_to_string(information).unwrap_or_default();
    let flags = information
        .lines()
        .find_map(|line| line.strip_prefix("flags:"));
    flags
        .and_then(|flags| u32::from_str_radix(flags.trim(), 8).ok())
        .is_some_and(|flags| flags & 3 != 0)
}
