//! Reading one file whole, without ever waiting for it.
//!
//! Knows nothing of what the bytes mean. A pipe, a device or a huge file is named, not read.

use super::Failure;
use crate::text::Text;
use rustix::fs::{Mode, OFlags};
use std::fs::{File, FileType, Metadata};
use std::io::{self, Read};
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

/// The size, in bytes, above which a file is not read.
pub const LARGEST: u64 = 16 * 1024 * 1024;

/// What tells one state of a file from another without reading it.
///
/// Equal versions of one path mean the same bytes, as far as the file system's clock can tell;
/// [`Version::is_still`] says whether it can.
#[derive(Clone, Copy, Debug)]
pub struct Version {
    /// The file system and the file in it.
    pub(super) place: (u64, u64),
    /// Bytes.
    pub(super) size: u64,
    /// Seconds and nanoseconds of the last write.
    pub(super) modified: (i64, i64),
    /// Seconds and nanoseconds of the last write or change of name, mode or owner.
    pub(super) changed: (i64, i64),
    /// Whether the file was changed so shortly before this was found out that a change right behind
    /// it may have the same times.
    is_young: bool,
}

/// How long a tick of the clock lasts from which files get their times: 10 ms at most on Linux, and
/// as much again to be sure.
const TICK: Duration = Duration::from_millis(20);
/// The same for file systems that keep whole seconds; some keep every other.
const LONG_TICK: Duration = Duration::from_secs(2);

/// Whether it is young tells nothing of the file.
impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.has_same_bytes(other) && self.changed == other.changed
    }
}

impl Eq for Version {}

impl Version {
    pub(super) fn of(metadata: &Metadata) -> Self {
        let mut version = Self {
            place: (metadata.dev(), metadata.ino()),
            size: metadata.size(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
            is_young: false,
        };
        version.is_young = version.is_changed_since(SystemTime::now());
        version
    }

    /// Returns whether the file changed less than a tick before `now`. A time to come says nothing:
    /// it is another computer's.
    fn is_changed_since(&self, now: SystemTime) -> bool {
        let (Ok(seconds), Ok(nanoseconds)) =
            (u64::try_from(self.changed.0), u32::try_from(self.changed.1))
        else {
            return false;
        };
        let is_whole = nanoseconds == 0 && self.modified.1 == 0;
        let tick = if is_whole { LONG_TICK } else { TICK };
        let changed = SystemTime::UNIX_EPOCH + Duration::new(seconds, nanoseconds);
        now.duration_since(changed).is_ok_and(|age| age < tick)
    }

    /// Returns whether the file certainly holds the bytes that were read with this version, now that
    /// its version is another one. Not where a second write in the same tick of the clock would
    /// look the same.
    pub fn is_still(&self, now: &Self) -> bool {
        self == now && !self.is_young
    }

    /// Returns how many bytes the file has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Returns the moment of the last write: seconds and nanoseconds since 1970.
    pub fn modified(&self) -> (i64, i64) {
        self.modified
    }

    /// Returns whether both are the same file without a write in between; its name, mode or owner
    /// may have changed.
    pub(super) fn has_same_bytes(&self, other: &Self) -> bool {
        (self.place, self.size, self.modified) == (other.place, other.size, other.modified)
    }
}

/// Reads the file at `path`, following links, together with its version.
///
/// Takes regular files of at most [`LARGEST`] bytes; never waits for a writer. The version is from
/// before the first byte was read: a change in the middle of reading shows as a later version.
pub fn read(path: &Path) -> Result<(Text, Version), Failure> {
    let failed = |error: io::Error| Failure::reading(path, &error);
    let file = open(path, OFlags::RDONLY).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    refuse_unfit(path, &metadata)?;
    READS.fetch_add(1, Ordering::Relaxed);
    let bytes = read_all(&file, metadata.len()).map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        return Err(too_large(path, bytes.len() as u64));
    }
    Ok((Text::new(bytes), Version::of(&metadata)))
}

/// Looks whether the file at `path` could be read, following links, without reading it.
///
/// Takes what [`read`] takes.
pub fn check(path: &Path) -> Result<(), Failure> {
    let failed = |error: io::Error| Failure::reading(path, &error);
    let file = open(path, OFlags::RDONLY).map_err(failed)?;
    refuse_unfit(path, &file.metadata().map_err(failed)?)
}

/// Looks whether a line of the file at `path` may open a merge conflict, and keeps nothing of it.
/// Not in what cannot be read.
pub fn may_hold_conflict(path: &Path) -> bool {
    let Ok(file) = open(path, OFlags::RDONLY) else {
        return false;
    };
    let Ok(metadata) = file.metadata() else {
        return false;
    };
    if refuse_unfit(path, &metadata).is_err() {
        return false;
    }
    read_all(&file, metadata.len()).is_ok_and(|bytes| {
        let mut lines = bytes.split(|byte| *byte == b'\n');
        lines.any(|line| line.starts_with(b"<<<<<<<"))
    })
}

/// Returns the version of the file at `path`, following links.
pub fn version(path: &Path) -> Result<Version, Failure> {
    std::fs::metadata(path)
        .map(|metadata| Version::of(&metadata))
        .map_err(|error| Failure::reading(path, &error))
}

/// Returns whether something stands at `path`, following links.
pub fn exists(path: &Path) -> bool {
    path.exists()
}

/// Returns the first of some paths at which there is a file inside of the folder `dir`, following
/// links.
pub fn find_inside(dir: &Path, paths: &[PathBuf]) -> Option<PathBuf> {
    let dir = real_path(dir);
    let is_inside = |path: &&PathBuf| path.is_file() && real_path(path).starts_with(&dir);
    Some(real_path(paths.iter().find(is_inside)?))
}

/// The most files of a folder that are listed.
const MOST_LISTED: usize = 200;

/// Returns the files in the first of some paths at which there is a folder inside of the folder
/// `dir`, following links; in order of their names, and none that is hidden. None where there is no
/// such folder.
pub fn files_inside(dir: &Path, paths: &[PathBuf]) -> Option<Vec<PathBuf>> {
    let dir = real_path(dir);
    let is_inside = |path: &PathBuf| path.starts_with(&dir);
    let mut folders = paths.iter().map(|path| real_path(path));
    let folder = folders.find(|path| is_inside(path) && path.is_dir())?;
    let is_shown = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default();
        !name.as_encoded_bytes().starts_with(b".") && path.is_file()
    };
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path()).filter(is_shown);
    let mut found: Vec<PathBuf> = paths.filter(|path| is_inside(&real_path(path))).collect();
    found.sort_unstable();
    found.truncate(MOST_LISTED);
    Some(found)
}

/// Returns `path` without links and dots; as it is where it leads nowhere.
pub fn real_path(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

/// Counts the files that this process has read so far, so that a test can say that each version is
/// read once.
pub fn count() -> u64 {
    READS.load(Ordering::Relaxed)
}

static READS: AtomicU64 = AtomicU64::new(0);

/// Opens `path` so that neither a pipe nor a terminal can hold us up or take us over.
pub(super) fn open(path: &Path, access: OFlags) -> io::Result<File> {
    let flags = access | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    Ok(File::from(rustix::fs::open(path, flags, Mode::empty())?))
}

pub(super) fn refuse_unfit(path: &Path, metadata: &Metadata) -> Result<(), Failure> {
    if !metadata.is_file() {
        return Err(Failure::new(path, unfit(metadata.file_type())));
    }
    if metadata.len() > LARGEST {
        Err(too_large(path, metadata.len()))
    } else {
        Ok(())
    }
}

/// Says what stands in a file's place.
pub(super) fn unfit(file_type: FileType) -> String {
    let what = match file_type {
        _ if file_type.is_dir() => "a folder",
        _ if file_type.is_fifo() => "a pipe",
        _ if file_type.is_socket() => "a socket",
        _ if file_type.is_symlink() => "a link",
        _ => "a device",
    };
    format!("cannot be read: it is {what}, not a file. Move it away or rename it")
}

fn too_large(path: &Path, size: u64) -> Failure {
    let mebibytes = size.div_ceil(1024 * 1024);
    Failure::new(
        path,
        format!(
            "is not read: it has {mebibytes} MiB, more than the limit of {} MiB. Split it",
            LARGEST / 1024 / 1024
        ),
    )
}

fn read_all(file: &File, expected: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0) + 1);
    file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;
    use std::path::PathBuf;

    fn file(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tasks.md");
        std::fs::write(&path, bytes).unwrap();
        (folder, path)
    }

    #[test]
    fn any_bytes_are_read_as_they_are() {
        for bytes in [&b""[..], b"\xef\xbb\xbf# a\r\n\0\xff\r", &[b'x'; 100_000]] {
            let (_folder, path) = file(bytes);
            let before = count();
            let (text, read_version) = read(&path).unwrap();
            assert_eq!(
                (text.bytes(), read_version),
                (bytes, version(&path).unwrap())
            );
            assert!(count() > before);
        }
    }

    #[test]
    fn every_kind_of_change_gives_another_version() {
        let (folder, path) = file(b"one");
        let other = folder.path().join("other");
        let changes: [&dyn Fn(); 3] = [
            &|| std::fs::write(&path, "three").unwrap(),
            &|| {
                std::fs::write(&other, "three").unwrap();
                std::fs::rename(&other, &path).unwrap();
            },
            &|| std::fs::remove_file(&path).unwrap(),
        ];
        for change in changes {
            let before = version(&path);
            change();
            assert_ne!(before, version(&path));
        }
    }

    #[test]
    fn a_second_write_in_the_same_tick_is_another_version() {
        let (_folder, path) = file(b"one");
        for text in ["two", "six"].repeat(50) {
            let known = read(&path).unwrap().1;
            std::fs::write(&path, text).unwrap();
            assert!(!known.is_still(&version(&path).unwrap()), "{known:?}");
        }
        std::thread::sleep(2 * TICK);
        let known = read(&path).unwrap().1;
        let is_coarse = known.modified.1 == 0;
        assert!(known.is_still(&version(&path).unwrap()) || is_coarse);
    }

    #[test]
    fn what_was_changed_less_than_a_tick_ago_is_young() {
        let at = |changed, modified| Version {
            place: (1, 1),
            size: 1,
            modified,
            changed,
            is_young: false,
        };
        let now = SystemTime::UNIX_EPOCH + Duration::new(100, 500_000_000);
        for (changed, modified, expected) in [
            ((100, 490_000_000), (7, 7), true),
            ((100, 450_000_000), (7, 7), false),
            ((100, 600_000_000), (7, 7), false),
            ((99, 0), (99, 0), true),
            ((98, 0), (98, 0), false),
            ((99, 0), (99, 7), false),
            ((-1, 0), (-1, 0), false),
        ] {
            let version = at(changed, modified);
            assert_eq!(version.is_changed_since(now), expected, "{version:?}");
        }
    }

    #[test]
    fn what_is_no_readable_file_is_named_and_not_read() {
        let (folder, path) = file(b"");
        let at = |name: &str| folder.path().join(name);
        assert!(
            std::process::Command::new("mkfifo")
                .arg(at("pipe"))
                .status()
                .unwrap()
                .success()
        );
        std::fs::create_dir(at("folder")).unwrap();
        std::os::unix::fs::symlink("nowhere", at("dangling")).unwrap();
        std::os::unix::fs::symlink("loop", at("loop")).unwrap();
        File::create(at("huge"))
            .unwrap()
            .set_len(100 * 1024 * 1024)
            .unwrap();
        for (path, expected) in [
            (at("pipe"), "it is a pipe, not a file"),
            (at("folder"), "it is a folder, not a file"),
            (at("dangling"), "no such file or directory"),
            (at("loop"), "symbolic links"),
            (at("huge"), "100 MiB, more than the limit of 16 MiB"),
            (PathBuf::from("/dev/null"), "it is a device, not a file"),
            (path.join("x"), "not a directory"),
        ] {
            let failure = read(&path).unwrap_err();
            assert!(failure.message.contains(expected), "{failure}");
            assert_eq!(failure.path, path);
        }
    }

    #[test]
    fn a_file_without_permission_is_a_reason() {
        let (_folder, path) = file(b"secret");
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o000)).unwrap();
        if rustix::process::geteuid().is_root() {
            println!("skipped: root may read everything");
            return;
        }
        assert!(
            read(&path)
                .unwrap_err()
                .message
                .contains("mode 0000. Try: chmod +r")
        );
    }
}
