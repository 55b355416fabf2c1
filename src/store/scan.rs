//! Which specs a root holds: every folder with a document or with nothing yet, however deep, and
//! what else lies in it.
//!
//! Reads names and kinds of entries only, never a file. Knows nothing of what stands in the
//! documents.

use super::ignored::is_ignored;
use super::names::{DocumentKind, is_ours};
use super::root::Root;
use super::{Failure, Problem, Version, read};
use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::fs::FileType;
use std::path::{Path, PathBuf};

/// One document on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentFile {
    /// What it is by its name.
    pub kind: DocumentKind,
    /// Where it is, in its own spelling.
    pub path: PathBuf,
}

/// One spec folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// The place below the specs folder with `/` in between; `.` for files directly in it. Not
    /// cleaned for the terminal.
    pub name: String,
    /// The folder itself.
    pub path: PathBuf,
    /// The documents, one of each kind at most, in the order of the kinds. Each is a file; whether
    /// it can be read shows later.
    pub documents: Vec<DocumentFile>,
    /// Every other file in the folder and in its sub-folders that are no specs, hidden ones too,
    /// sorted by path.
    pub other_files: Vec<PathBuf>,
    /// Returns whether it lies in a folder for what is finished, such as `archive`.
    pub archived: bool,
    /// What could not be listed here, and why.
    pub problems: Vec<Problem>,
}

/// What a root holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// The specs, sorted by path, byte by byte.
    pub folders: Vec<Folder>,
    /// What could not be listed and belongs to no spec, and why.
    pub problems: Vec<Problem>,
}

/// Lists all specs of `root`.
///
/// A spec is a folder at or below the specs folder with at least one document, or an empty one below
/// it, where the first document can be made. Links are followed once and never in a loop; a folder that is reached twice is listed once, at its real place where
/// that is inside. What cannot be listed is a problem and hides nothing.
pub fn scan(root: &Root) -> Scan {
    let walk = Walk::over(root);
    let mut found = walk.found;
    found
        .folders
        .sort_by(|a, b| bytes(&a.path).cmp(bytes(&b.path)));
    for folder in &mut found.folders {
        sort(&mut folder.other_files);
    }
    found
}

/// Where a scan looks.
pub(super) struct BoardScope {
    /// The folder itself and every folder below it, links to folders included.
    pub(super) folders: Vec<PathBuf>,
    /// The links among what lies in them, wherever they lead.
    pub(super) links: Vec<PathBuf>,
}

/// Returns where a scan of `dir` looks.
pub(super) fn reach(dir: &Path) -> BoardScope {
    let root = Root {
        name: String::new(),
        dir: dir.to_path_buf(),
        specs: dir.to_path_buf(),
    };
    let walk = Walk::over(&root);
    BoardScope {
        folders: walk.visited,
        links: walk.met,
    }
}

/// Folders whose specs count as finished, in any letter case.
const ARCHIVES: [&str; 6] = [
    "archive",
    "archived",
    "_archive",
    ".archive",
    "completed",
    "done",
];
/// Folders inside a spec that hold programs' files by the thousand.
const MACHINE_FOLDERS: [&str; 2] = ["node_modules", "target"];
const MOST_ENTRIES: usize = 200_000;
const DEEPEST: usize = 40;

/// One walk over a tree. Real folders come first, so that what a link leads to is known when links
/// are followed.
struct Walk<'a> {
    root: &'a Root,
    found: Scan,
    /// Folders seen so far, each once.
    visited: Vec<PathBuf>,
    /// Their places; looked up only when links are to be followed.
    places: Option<HashSet<(u64, u64)>>,
    /// Links to folders, with what stands above them.
    links: Vec<(PathBuf, Above)>,
    /// All links that were met, to files and to nothing too.
    met: Vec<PathBuf>,
    entries: usize,
}

/// What stands above a folder.
#[derive(Clone, Copy)]
struct Above {
    /// The nearest spec, as an index into the folders found.
    spec: Option<usize>,
    depth: usize,
}

/// The entries of one folder by what they are.
#[derive(Default)]
struct Listing {
    documents: Vec<PathBuf>,
    others: Vec<PathBuf>,
    folders: Vec<PathBuf>,
    links: Vec<PathBuf>,
    /// Entries that are neither file nor folder, or stand in a document's place; with the reason.
    unfit: Vec<Failure>,
}

impl Listing {
    fn is_spec(&self) -> bool {
        let in_place_of_document = |failure: &Failure| {
            failure
                .path
                .file_name()
                .and_then(DocumentKind::of)
                .is_some()
        };
        !self.documents.is_empty() || self.unfit.iter().any(in_place_of_document)
    }

    /// Returns whether the folder holds nothing at all, but for what is of no interest.
    fn is_empty(&self) -> bool {
        let files = [&self.documents, &self.others, &self.folders, &self.links];
        files.iter().all(|files| files.is_empty()) && self.unfit.is_empty()
    }

    /// Sorts one entry in. `followed` is set where it is a link, and says what the link leads to.
    fn add(&mut self, path: PathBuf, file_type: FileType, followed: Option<FileType>) {
        let is_document = path.file_name().and_then(DocumentKind::of).is_some();
        match followed.unwrap_or(file_type) {
            target if target.is_dir() => self.add_folder(path, target, is_document, followed),
            target if !target.is_file() => {
                self.unfit.push(Failure::new(&path, read::unfit(target)));
            }
            _ if is_document => self.documents.push(path),
            _ => self.others.push(path),
        }
    }

    fn add_folder(
        &mut self,
        path: PathBuf,
        target: FileType,
        is_document: bool,
        followed: Option<FileType>,
    ) {
        if is_document {
            self.unfit.push(Failure::new(&path, read::unfit(target)));
        }
        let folders = if followed.is_some() {
            &mut self.links
        } else {
            &mut self.folders
        };
        folders.push(path);
    }
}

impl<'a> Walk<'a> {
    fn over(root: &'a Root) -> Self {
        let mut walk = Self {
            root,
            found: Scan::default(),
            visited: Vec::new(),
            places: None,
            links: Vec::new(),
            met: Vec::new(),
            entries: 0,
        };
        if root.specs.exists() {
            walk.folder(
                &root.specs,
                &Above {
                    spec: None,
                    depth: 0,
                },
            );
        }
        walk.follow_links();
        walk
    }

    fn folder(&mut self, path: &Path, above: &Above) {
        if above.depth > DEEPEST {
            return self.report(
                above.spec,
                &Failure::new(
                    path,
                    format!("is not listed: it is more than {DEEPEST} folders deep"),
                ),
            );
        }
        if self.entries > MOST_ENTRIES || !self.is_new(path) {
            return;
        }
        let listing = match self.list(path) {
            Ok(listing) => listing,
            Err(failure) => return self.report(above.spec, &failure),
        };
        let is_spec = listing.is_spec() || (listing.is_empty() && self.can_begin(path, above));
        let spec = if is_spec {
            Some(self.begin_spec(path))
        } else {
            above.spec
        };
        self.take(listing, spec, above.depth + 1);
    }

    /// Returns whether an empty folder is a spec that nobody has written yet: its first document can
    /// be made in it. One inside a spec, of a program, or for what is finished is none.
    fn can_begin(&self, path: &Path, above: &Above) -> bool {
        let name = path.file_name().unwrap_or_default();
        let is_hidden = bytes(Path::new(name)).starts_with(b".");
        let is_below = above.depth > 0 && above.spec.is_none();
        is_below && !is_hidden && !is_machine_folder(path) && !self.is_archived(path)
    }

    /// Returns whether a folder is one for what is finished, or lies in one.
    fn is_archived(&self, path: &Path) -> bool {
        let inside = path.strip_prefix(&self.root.specs).unwrap_or(path);
        inside.components().any(|part| {
            let mut names = ARCHIVES.iter();
            names.any(|archive| part.as_os_str().eq_ignore_ascii_case(archive))
        })
    }

    /// Returns whether this folder was not seen before, and remembers it. Without links no folder
    /// can be reached twice.
    fn is_new(&mut self, path: &Path) -> bool {
        let is_new = self
            .places
            .as_mut()
            .is_none_or(|places| place(path).is_none_or(|place| places.insert(place)));
        if is_new {
            self.visited.push(path.to_path_buf());
        }
        is_new
    }

    fn list(&mut self, path: &Path) -> Result<Listing, Failure> {
        let failed = |error| Failure::reading(path, &error);
        let mut listing = Listing::default();
        for entry in std::fs::read_dir(path).map_err(failed)? {
            self.entries += 1;
            if self.entries > MOST_ENTRIES {
                return Err(Failure::new(
                    path,
                    format!(
                        "is not listed, nor what comes after it: more than {MOST_ENTRIES} entries"
                    ),
                ));
            }
            let entry = entry.map_err(failed)?;
            let (path, name) = (entry.path(), entry.file_name());
            if name == ".git" || is_ours(&name) {
                continue;
            }
            let file_type = entry.file_type();
            if is_ignored(&name) && !file_type.as_ref().is_ok_and(FileType::is_dir) {
                continue;
            }
            if file_type.as_ref().is_ok_and(FileType::is_symlink) {
                self.met.push(path.clone());
            }
            match file_type.and_then(|file_type| Ok((file_type, target(&path, file_type)?))) {
                Ok((file_type, followed)) => listing.add(path, file_type, followed),
                Err(error) => listing.unfit.push(Failure::reading(&path, &error)),
            }
        }
        sort(&mut listing.folders);
        sort(&mut listing.documents);
        Ok(listing)
    }

    fn begin_spec(&mut self, path: &Path) -> usize {
        let inside = path.strip_prefix(&self.root.specs).unwrap_or(path);
        let name = if inside.as_os_str().is_empty() {
            ".".to_owned()
        } else {
            inside.to_string_lossy().into_owned()
        };
        let folder = Folder {
            name,
            path: path.to_path_buf(),
            documents: vec![],
            other_files: vec![],
            archived: self.is_archived(path),
            problems: vec![],
        };
        self.found.folders.push(folder);
        let spec = self.found.folders.len() - 1;
        if inside.to_str().is_none() {
            self.report(
                Some(spec),
                &Failure::new(
                    path,
                    "its name is not UTF-8; � stands for the odd bytes. Rename it",
                ),
            );
        }
        spec
    }

    fn take(&mut self, listing: Listing, spec: Option<usize>, depth: usize) {
        if let Some(spec) = spec {
            self.take_documents(&listing.documents, spec);
            self.found.folders[spec].other_files.extend(listing.others);
        }
        for failure in &listing.unfit {
            self.report(spec, failure);
        }
        // Files directly in the specs folder make a spec of their own; the groups beside them are
        // not part of it.
        let above = Above {
            spec: if depth > 1 { spec } else { None },
            depth,
        };
        let is_searched = |path: &PathBuf| above.spec.is_none() || !is_machine_folder(path);
        for path in listing.folders.into_iter().filter(is_searched) {
            self.folder(&path, &above);
        }
        self.links.extend(
            listing
                .links
                .into_iter()
                .filter(is_searched)
                .map(|path| (path, above)),
        );
    }

    /// Takes one document of each kind: the one in the usual spelling, else the first.
    fn take_documents(&mut self, documents: &[PathBuf], spec: usize) {
        for kind in DocumentKind::ALL {
            let same = documents
                .iter()
                .filter(|path| path.file_name().and_then(DocumentKind::of) == Some(kind));
            let (usual, unusual): (Vec<&PathBuf>, Vec<&PathBuf>) =
                same.partition(|path| path.file_name() == Some(OsStr::new(kind.file_name())));
            let same = [usual, unusual].concat();
            let Some((first, doubles)) = same.split_first() else {
                continue;
            };
            self.found.folders[spec].documents.push(DocumentFile {
                kind,
                path: first.to_path_buf(),
            });
            for double in doubles {
                self.found.folders[spec]
                    .other_files
                    .push(double.to_path_buf());
                let taken = first
                    .file_name()
                    .map(OsStr::to_string_lossy)
                    .unwrap_or_default()
                    .into_owned();
                self.report(
                    Some(spec),
                    &Failure::new(
                        double,
                        format!("is not used: {taken} is there too. Rename one of them"),
                    ),
                );
            }
        }
    }

    fn report(&mut self, spec: Option<usize>, failure: &Failure) {
        let problem = failure.problem(self.root);
        match spec {
            Some(spec) => self.found.folders[spec].problems.push(problem),
            None => self.found.problems.push(problem),
        }
    }

    fn follow_links(&mut self) {
        if !self.links.is_empty() {
            self.places = Some(
                self.visited
                    .iter()
                    .filter_map(|folder| place(folder))
                    .collect(),
            );
        }
        while !self.links.is_empty() {
            let mut links = std::mem::take(&mut self.links);
            links.sort_by(|a, b| bytes(&a.0).cmp(bytes(&b.0)));
            for (path, above) in links {
                self.follow(&path, &above);
            }
        }
    }

    fn follow(&mut self, path: &Path, above: &Above) {
        let real_specs = self.root.specs.canonicalize().unwrap_or_default();
        if path
            .canonicalize()
            .is_ok_and(|target| real_specs.starts_with(target))
        {
            return self.report(
                above.spec,
                &Failure::new(
                    path,
                    "is not followed: this link leads back to a folder above it",
                ),
            );
        }
        self.folder(path, above);
    }
}

/// Says what a link leads to; nothing for what is no link.
fn target(path: &Path, file_type: FileType) -> std::io::Result<Option<FileType>> {
    if file_type.is_symlink() {
        std::fs::metadata(path).map(|metadata| Some(metadata.file_type()))
    } else {
        Ok(None)
    }
}

fn place(path: &Path) -> Option<(u64, u64)> {
    std::fs::metadata(path)
        .ok()
        .map(|metadata| Version::of(&metadata).place)
}

fn is_machine_folder(path: &Path) -> bool {
    MACHINE_FOLDERS
        .iter()
        .any(|name| path.file_name() == Some(&OsString::from(name)))
}

fn sort(paths: &mut [PathBuf]) {
    paths.sort_by(|a, b| bytes(a).cmp(bytes(b)));
}

fn bytes(path: &Path) -> &[u8] {
    path.as_os_str().as_encoded_bytes()
}

#[cfg(test)]
mod tests;
