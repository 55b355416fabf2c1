//! What is on disk after a write, by each of its ways, with others interfering at chosen moments.

use super::*;
use crate::text::Span;
use std::fs::{File, OpenOptions, Permissions};
use std::io::{Seek, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::PathBuf;

const BEFORE: &str = "# Tasks\r\n- [ ] 1. One\r\n- [ ] 2. Two";

/// A folder with `specs/tasks.md` and a state beside it.
struct Place {
    folder: tempfile::TempDir,
    path: PathBuf,
    state: State,
}

fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("specs/tasks.md");
    std::fs::create_dir(path.parent().unwrap()).unwrap();
    std::fs::write(&path, BEFORE).unwrap();
    let state = State::at(folder.path().join("state"));
    Place {
        folder,
        path,
        state,
    }
}

impl Place {
    fn on_disk(&self) -> String {
        std::fs::read_to_string(&self.path).unwrap()
    }

    fn write(
        &self,
        decide: impl FnMut(&Text) -> Result<Edit, String>,
    ) -> Result<Written, WriteError<String>> {
        write_keeping(&self.path, &self.state, decide)
    }

    /// The names of everything in the folder of the file.
    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.path.parent().unwrap()).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    fn replace_by(&self, text: &str) {
        let other = self.folder.path().join("other");
        std::fs::write(&other, text).unwrap();
        std::fs::rename(other, &self.path).unwrap();
    }
}

/// Replaces the first `from` by `to`; refuses where there is none, and edits nothing where `to`
/// stands there already.
fn swap(text: &Text, from: &str, to: &str) -> Result<Edit, String> {
    let content = text.lossy(Span::new(0, text.len())).into_owned();
    match (content.find(from), content.contains(to)) {
        (Some(start), _) => Ok(Edit::splice(Span::new(start, start + from.len()), to)),
        (None, true) => Ok(Edit::default()),
        (None, false) => Err(format!("{from} is gone")),
    }
}

/// One byte, as marking does it.
fn mark(text: &Text) -> Result<Edit, String> {
    let edit = swap(text, "[ ] 2", "[x] 2")?;
    let spot = |splice: &crate::text::Splice| {
        Edit::splice(Span::new(splice.span.start + 1, splice.span.start + 2), "x")
    };
    Ok(edit.splices().first().map(spot).unwrap_or_default())
}

fn star(text: &Text) -> Result<Edit, String> {
    swap(text, "[ ] 2", "[ ]* 2")
}

/// An intent with the text that it leads to.
type Case = (fn(&Text) -> Result<Edit, String>, &'static str);
const MARKED: Case = (mark, "# Tasks\r\n- [ ] 1. One\r\n- [x] 2. Two");
const STARRED: Case = (star, "# Tasks\r\n- [ ] 1. One\r\n- [ ]* 2. Two");

#[test]
fn an_edit_is_on_disk_and_nothing_else_is() {
    for (intent, expected) in [MARKED, STARRED] {
        let place = place();
        let written = place.write(intent).unwrap();
        assert_eq!(
            (written.before.bytes(), written.after.bytes()),
            (BEFORE.as_bytes(), expected.as_bytes())
        );
        assert_eq!(
            written.displaced.map_or(Settled::Quiet, Displaced::settle),
            Settled::Quiet
        );
        assert_eq!(
            (place.on_disk().as_str(), place.names()),
            (expected, vec!["tasks.md".to_owned()])
        );
        assert_eq!(place.state.drafts(), []);
    }
}

#[test]
fn an_empty_edit_and_a_refusal_write_nothing() {
    let place = place();
    let version = crate::store::version(&place.path).unwrap();
    assert!(
        place
            .write(|_| Ok(Edit::default()))
            .unwrap()
            .displaced
            .is_none()
    );
    let refused = place.write(|_| Err("no".to_owned())).unwrap_err();
    assert_eq!(
        (refused.class(), refused.to_string().as_str()),
        (Class::No, "no")
    );
    assert_eq!(crate::store::version(&place.path).unwrap(), version);
}

#[test]
fn a_mark_keeps_the_very_file() {
    let place = place();
    let inode = || std::fs::metadata(&place.path).unwrap().ino();
    let before = inode();
    std::fs::hard_link(&place.path, place.folder.path().join("second")).unwrap();
    place.write(mark).unwrap();
    assert_eq!(inode(), before);
    assert_eq!(
        std::fs::read_to_string(place.folder.path().join("second")).unwrap(),
        MARKED.1
    );
}

#[test]
fn links_mode_owner_and_attributes_survive() {
    for (intent, expected) in [MARKED, STARRED] {
        let place = place();
        let link = place.folder.path().join("link.md");
        symlink("specs/tasks.md", &link).unwrap();
        std::fs::set_permissions(&place.path, Permissions::from_mode(0o642)).unwrap();
        let has_attributes = rustix::fs::setxattr(
            &place.path,
            "user.note",
            b"kept",
            rustix::fs::XattrFlags::empty(),
        )
        .is_ok();
        if rustix::process::geteuid().is_root() {
            std::os::unix::fs::chown(&place.path, Some(1234), Some(4321)).unwrap();
        }
        let like = |path: &Path| {
            std::fs::metadata(path)
                .map(|metadata| (metadata.mode(), metadata.uid(), metadata.gid()))
                .unwrap()
        };
        let before = like(&place.path);
        write_keeping(&link, &place.state, intent).unwrap();
        assert_eq!(
            (like(&place.path), place.on_disk().as_str()),
            (before, expected)
        );
        assert!(link.is_symlink());
        let mut value = [0; 9];
        match has_attributes {
            true => assert_eq!(
                rustix::fs::getxattr(&place.path, "user.note", &mut value[..]),
                Ok(4)
            ),
            false => println!("skipped: this file system has no extended attributes"),
        }
    }
}

#[test]
fn a_hard_linked_file_is_rewritten_in_place() {
    let place = place();
    let second = place.folder.path().join("second");
    std::fs::hard_link(&place.path, &second).unwrap();
    for (from, to) in [("[ ] 2", "[ ]* 2"), ("[ ]* 2", "[ ] 2"), ("Two", "")] {
        place.write(|text| swap(text, from, to)).unwrap();
        assert_eq!(std::fs::read_to_string(&second).unwrap(), place.on_disk());
    }
    assert_eq!(place.on_disk(), "# Tasks\r\n- [ ] 1. One\r\n- [ ] 2. ");
    assert_eq!(place.state.drafts(), []);
}

/// Lets `interfere` happen between reading and writing, the first time; then looks at what is on
/// disk.
fn interfered(
    intent: Case,
    interfere: impl Fn(&Place),
) -> (Place, Result<Written, WriteError<String>>, u32) {
    let (place, mut asked) = (place(), 0);
    let written = place.write(|text| {
        asked += 1;
        if asked == 1 {
            interfere(&place);
        }
        (intent.0)(text)
    });
    (place, written, asked)
}

#[test]
fn whoever_writes_between_reading_and_writing_loses_nothing() {
    let theirs = "# Tasks\r\n- [x] 1. One and a half\r\n- [ ] 2. Two";
    let writers: [fn(&Place); 2] = [
        |place| place.replace_by("# Tasks\r\n- [x] 1. One and a half\r\n- [ ] 2. Two"),
        |place| {
            std::fs::write(
                &place.path,
                "# Tasks\r\n- [x] 1. One and a half\r\n- [ ] 2. Two",
            )
            .unwrap();
        },
    ];
    for (intent, to) in [(MARKED, "[x] 2"), (STARRED, "[ ]* 2")] {
        for writer in writers {
            let (place, written, asked) = interfered(intent, writer);
            assert_eq!(
                (written.unwrap().before.bytes(), asked),
                (theirs.as_bytes(), 2)
            );
            assert_eq!(place.on_disk(), theirs.replace("[ ] 2", to));
        }
    }
}

#[test]
fn a_file_that_is_empty_for_a_moment_is_waited_for() {
    let place = place();
    std::fs::write(&place.path, "").unwrap();
    let path = place.path.clone();
    let writer = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(200));
        std::fs::write(path, BEFORE).unwrap();
    });
    let written = place.write(mark);
    writer.join().unwrap();
    assert_eq!(
        (written.unwrap().before.bytes(), place.on_disk().as_str()),
        (BEFORE.as_bytes(), MARKED.1)
    );
}

#[test]
fn an_intent_that_no_longer_fits_is_refused() {
    let (place, written, asked) = interfered(MARKED, |place| place.replace_by("- [ ] 3. Three"));
    assert_eq!(
        (written.unwrap_err().to_string().as_str(), asked),
        ("[ ] 2 is gone", 2)
    );
    assert_eq!(place.on_disk(), "- [ ] 3. Three");
}

#[test]
fn a_file_that_is_always_rewritten_is_given_up() {
    let place = place();
    let mut asked = 0;
    let busy = place.write(|text| {
        asked += 1;
        place.replace_by(&format!("{BEFORE}{asked}"));
        mark(text)
    });
    assert!(matches!(busy, Err(WriteError::Busy(_))));
    assert_eq!(
        (asked, place.on_disk()),
        (ATTEMPTS, format!("{BEFORE}{ATTEMPTS}"))
    );
}

#[test]
fn a_late_write_through_an_open_descriptor_comes_back() {
    let place = place();
    let mut theirs = OpenOptions::new()
        .read(true)
        .write(true)
        .open(&place.path)
        .unwrap();
    let written = place.write(star).unwrap();
    theirs.rewind().unwrap();
    theirs.write_all(b"# TASKS").unwrap();
    if let Some(displaced) = written.displaced {
        assert_eq!(displaced.settle(), Settled::CameBack);
        assert_eq!(place.on_disk(), BEFORE.replace("Tasks", "TASKS"));
        place.write(star).unwrap();
    }
    assert_eq!(place.on_disk(), STARRED.1.replace("Tasks", "TASKS"));
    assert_eq!(place.names(), ["tasks.md"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_program_that_holds_the_file_open_is_waited_for_and_keeps_its_file() {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};

    let place = place();
    let inode = || std::fs::metadata(&place.path).unwrap().ino();
    let before = inode();
    // It has written nothing for long: it is not in the middle of anything.
    let file = std::fs::File::options()
        .write(true)
        .open(&place.path)
        .unwrap();
    let minute = std::time::Duration::from_secs(60);
    file.set_modified(SystemTime::now() - minute).unwrap();
    drop(file);
    let mut holder = Command::new("sh")
        .args(["-c", r#"exec 3>>"$0"; echo open; read line"#])
        .arg(&place.path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(holder.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let mut asked = 0;
    let written = place.write(|text| {
        asked += 1;
        star(text)
    });
    drop(holder.stdin.take());
    holder.wait().unwrap();
    assert!(written.unwrap().displaced.is_none());
    assert_eq!((asked, inode()), (WAITING_ATTEMPTS + 1, before));
    assert_eq!(place.on_disk(), STARRED.1);
}

#[test]
fn of_two_late_writes_the_one_without_a_place_is_kept() {
    let place = place();
    let mut theirs = OpenOptions::new().write(true).open(&place.path).unwrap();
    let written = place.write(star).unwrap();
    let Some(displaced) = written.displaced else {
        return println!("skipped: the file was not exchanged");
    };
    place.replace_by("new");
    theirs.write_all(b"# TASKS").unwrap();
    let Settled::Kept(failure) = displaced.settle() else {
        panic!("not kept")
    };
    let drafts = place.state.drafts();
    assert!(
        failure
            .message
            .contains(&drafts[0].kept.display().to_string())
    );
    assert_eq!(
        std::fs::read_to_string(&drafts[0].kept).unwrap(),
        BEFORE.replace("Tasks", "TASKS")
    );
    assert_eq!(
        (place.on_disk().as_str(), place.names()),
        ("new", vec!["tasks.md".to_owned()])
    );
}

#[test]
fn a_byte_in_somebody_elses_line_is_reported_with_the_line() {
    let place = place();
    let snapshot = Snapshot::take(&place.path, &Patience::new(&place.path, &()))
        .ok()
        .unwrap();
    let edit = mark(&snapshot.text).unwrap();
    let after = edit.apply(&snapshot.text);
    let mark = Mark::new(&snapshot, edit, after);
    for (text, expected) in [
        (MARKED.1, None),
        (BEFORE, None),
        ("# Tasks\r\n- [ ] 0. New\r\n- [x] 1. Two", Some(3)),
        ("# Tasks\r\n- [x] 1. One\r\n- [x] 2. Two", None),
    ] {
        let mut file = File::create(&place.path).unwrap();
        file.write_all(text.as_bytes()).unwrap();
        let stray = mark.stray(
            &Snapshot::take(&place.path, &Patience::new(&place.path, &()))
                .ok()
                .unwrap(),
        );
        assert_eq!(stray.and_then(|failure| failure.line), expected, "{text}");
    }
}

#[test]
fn what_is_no_file_to_write_is_a_reason() {
    let place = place();
    std::fs::create_dir(place.folder.path().join("folder")).unwrap();
    for name in ["gone.md", "folder"] {
        let failed =
            write_keeping(&place.folder.path().join(name), &place.state, mark).unwrap_err();
        assert_eq!(failed.class(), Class::CannotWrite, "{failed}");
    }
}

#[test]
fn a_longer_text_of_the_same_length_replaces_the_file_and_a_mark_does_not() {
    for (from, to, keeps_file) in [
        ("[ ] 1", "[x] 1", true),
        ("1. One", "1. Two", true),
        ("# Tasks", "# Plane", false),
    ] {
        let place = place();
        let inode = std::fs::metadata(&place.path).unwrap().ino();
        let start = BEFORE.find(from).unwrap();
        let differs = |at: &usize| from.as_bytes()[*at] != to.as_bytes()[*at];
        let first = (0..from.len()).find(differs).unwrap();
        let last = (0..from.len()).rfind(differs).unwrap();
        let span = Span::new(start + first, start + last + 1);
        let edit = Edit::splice(span, &to.as_bytes()[first..=last]);
        place.write(|_| Ok(edit.clone())).unwrap();
        assert!(place.on_disk().contains(to), "{to}");
        let kept = std::fs::metadata(&place.path).unwrap().ino() == inode;
        assert_eq!(kept, keeps_file, "{to}");
    }
}

/// Notes that it is told, and gives up then or waits.
struct Watcher {
    told: std::cell::Cell<usize>,
    gives_up: bool,
}

impl Waiting for Watcher {
    fn waits(&self, _: &Path) {
        self.told.set(self.told.get() + 1);
    }

    fn is_given_up(&self) -> bool {
        self.gives_up && self.told.get() > 0
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_half_of_a_file_that_is_being_written_is_not_taken_for_the_file() {
    use std::io::{BufRead, BufReader, Write};
    use std::process::{Command, Stdio};

    const HALF: &str = "# Tasks\r\n- [ ] 1. One\r\n";
    const CUT: &str = "# Tasks\r\n- [ ] 1. One\r\n- [ ] 2. T";
    let star_first: Case = (
        |text| swap(text, "[ ] 1", "[ ]* 1"),
        "# Tasks\r\n- [ ]* 1. One\r\n- [ ] 2. Two",
    );
    for (first, (intent, expected), is_finished, gives_up) in [
        (HALF, STARRED, true, false),
        (CUT, STARRED, true, false),
        ("", STARRED, true, false),
        (HALF, star_first, true, false),
        (HALF, star_first, false, true),
        (HALF, STARRED, false, false),
        (CUT, STARRED, false, false),
        ("", STARRED, false, true),
    ] {
        let place = place();
        // Cuts the file, writes a part, and keeps it open until it gets the rest.
        let mut writer = Command::new("sh")
            .args(["-c", r#"exec 3>"$0"; printf "$1" >&3; echo half; cat >&3"#])
            .arg(&place.path)
            .arg(first)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut answers = BufReader::new(writer.stdout.take().unwrap());
        answers.read_line(&mut line).unwrap();
        let mut input = writer.stdin.take().unwrap();
        let rest = BEFORE.strip_prefix(first).unwrap().to_owned();
        let finish = std::thread::spawn(move || {
            if is_finished {
                std::thread::sleep(std::time::Duration::from_millis(600));
                input.write_all(rest.as_bytes()).unwrap();
                drop(input);
                None
            } else {
                Some((input, rest))
            }
        });
        let told = std::cell::Cell::new(0);
        let watcher = Watcher { told, gives_up };
        let written = write_into(&place.path, &place.state, &watcher, intent);
        assert_eq!(watcher.told.get(), 1);
        if let Some((mut input, rest)) = finish.join().unwrap() {
            match written {
                // Of a half that looks whole either is true: that it is being written, and that what
                // was meant is not in it. Which is said depends on where the wait ends.
                Err(WriteError::Busy(_)) => {}
                Err(WriteError::Refused(_)) => assert_eq!(first, HALF),
                other => panic!("{first:?}: {other:?}"),
            }
            assert_eq!(place.on_disk(), first);
            input.write_all(rest.as_bytes()).unwrap();
            drop(input);
            writer.wait().unwrap();
            place.write(intent).unwrap();
        } else {
            writer.wait().unwrap();
            written.unwrap();
        }
        assert_eq!(place.on_disk(), expected);
    }
}
