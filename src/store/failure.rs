//! Why something could not be done, in words for the user: the reason, who owns the file, what to
//! try.
//!
//! Knows nothing of what was tried for what purpose; the callers name the deed ("cannot be read").

use super::Root;
use serde::Serialize;
use std::fmt;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// Something about a file that its users should know.
///
/// Names are as they are on disk and may hold control characters: clean them before they reach a
/// terminal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The file, relative to its root, with `/` between folders and replacement characters for
    /// bytes that are no UTF-8.
    pub file: String,
    /// The line, from 1, where the problem has one.
    pub line: Option<usize>,
    /// The reason and what to do.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(formatter, "{}:{line}: {}", self.file, self.message),
            None => write!(formatter, "{}: {}", self.file, self.message),
        }
    }
}

/// Something that could not be done with one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The file, as it was asked for.
    pub path: PathBuf,
    /// The line, from 1, where the failure has one.
    pub line: Option<usize>,
    /// The reason and what to do.
    pub message: String,
}

impl Failure {
    /// Makes a failure about the whole of `path`.
    pub fn new(path: &Path, message: impl Into<String>) -> Self {
        Self {
            path: path.to_path_buf(),
            line: None,
            message: message.into(),
        }
    }

    /// Makes a failure of what the system said when `path` was to be read.
    pub fn reading(path: &Path, error: &io::Error) -> Self {
        Self::new(path, explain("cannot be read", "+r", path, error))
    }

    /// Makes a failure of what the system said when `path` was to be written.
    pub fn writing(path: &Path, error: &io::Error) -> Self {
        Self::new(path, explain("cannot be written", "+w", path, error))
    }

    /// Returns the failure as a problem of `root`.
    pub fn problem(&self, root: &Root) -> Problem {
        Problem {
            file: root.relative(&self.path),
            line: self.line,
            message: self.message.clone(),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(formatter, "{}:{line}: {}", near(&self.path), self.message),
            None => write!(formatter, "{}: {}", near(&self.path), self.message),
        }
    }
}

impl std::error::Error for Failure {}

fn explain(deed: &str, permission: &str, path: &Path, error: &io::Error) -> String {
    let remedy = remedy(permission, path, error);
    let said = error.to_string();
    // The name of a temporary file means nothing to whoever reads it.
    let reason = said
        .split_once(" at path \"")
        .map_or(&*said, |(reason, _)| reason);
    format!(
        "{deed}: {}{}{remedy}",
        lower_first(reason),
        if remedy.is_empty() { "" } else { ". " }
    )
}

fn remedy(permission: &str, path: &Path, error: &io::Error) -> String {
    match error.kind() {
        _ if error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error()) => {
            "It is a link that leads back to itself: remove it".to_owned()
        }
        io::ErrorKind::PermissionDenied => permission_remedy(permission, path),
        io::ErrorKind::NotFound => "It is gone, or it is a link that leads nowhere".to_owned(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "Free some space, then try again".to_owned()
        }
        io::ErrorKind::ReadOnlyFilesystem => {
            "The file system is read-only: mount it for writing, then try again".to_owned()
        }
        io::ErrorKind::FileTooLarge => {
            "A limit on the size of files is in the way: ulimit -f shows it".to_owned()
        }
        _ => String::new(),
    }
}

fn permission_remedy(permission: &str, path: &Path) -> String {
    let Ok(metadata) = std::fs::metadata(path) else {
        return format!(
            "A folder above does not let you in. Try: namei -l {}",
            near(path)
        );
    };
    let mode = metadata.mode() & 0o7777;
    format!(
        "Owner {}, mode {mode:04o}. Try: chmod {permission} {}",
        user_name(metadata.uid()),
        near(path)
    )
}

/// The path as the user would type it from here.
fn near(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let shown = path.strip_prefix(&here).unwrap_or(path);
    if shown.as_os_str().is_empty() {
        ".".to_owned()
    } else {
        shown.to_string_lossy().into_owned()
    }
}

fn user_name(id: u32) -> String {
    let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let name = users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)?.parse() == Ok(id)).then(|| name.to_owned())
    });
    name.unwrap_or_else(|| format!("number {id}"))
}

fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map(|first| first.to_lowercase().chain(characters).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_failure_names_no_temporary_file() {
        let error = tempfile::Builder::new()
            .tempfile_in("/nowhere/at/all")
            .unwrap_err();
        assert!(error.to_string().contains(" at path "), "{error}");
        let said = Failure::writing(Path::new("a.md"), &error).to_string();
        assert!(
            said.contains("no such file or directory (os error 2). "),
            "{said}"
        );
        assert!(!said.contains("/nowhere"), "{said}");
    }

    #[test]
    fn a_failure_says_the_reason_and_the_remedy() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tasks.md");
        std::fs::write(&path, "").unwrap();
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o600)).unwrap();
        let owner = user_name(rustix::process::geteuid().as_raw());
        for (code, expected) in [
            (13, format!("cannot be read: permission denied (os error 13). Owner {owner}, mode 0600. Try: chmod +r {}", path.display())),
            (2, "cannot be read: no such file or directory (os error 2). It is gone, or it is a link that leads nowhere".to_owned()),
            (
                rustix::io::Errno::LOOP.raw_os_error(),
                "cannot be read: too many levels of symbolic links (os error 40). It is a link that leads back to itself: remove it"
                    .to_owned(),
            ),
            (28, "cannot be read: no space left on device (os error 28). Free some space, then try again".to_owned()),
        ] {
            assert_eq!(Failure::reading(&path, &io::Error::from_raw_os_error(code)).message, expected);
        }
    }

    #[test]
    fn a_problem_names_file_and_line() {
        let mut problem = Problem {
            file: "a/tasks.md".into(),
            line: Some(3),
            message: "odd".into(),
        };
        assert_eq!(problem.to_string(), "a/tasks.md:3: odd");
        problem.line = None;
        assert_eq!(problem.to_string(), "a/tasks.md: odd");
    }
}
