//! Writing where it is hard: killed in the middle, no permission, a closed folder, a full disk. The
//! old or the new file, whole, and a message.
//!
//! The writing is done by processes of their own, which are this program again.

use specboard::store::state::State;
use specboard::store::write::{WriteError, Written, write_keeping};
use specboard::store::{Class, Root, read, scan};
use specboard::text::{Edit, Span, Text};
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::fs::{File, Permissions};
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// No test of its own: what the processes do that the tests start.
#[test]
fn child_process() {
    let Ok(deed) = std::env::var("SPECBOARD_DEED") else {
        return;
    };
    let folder = PathBuf::from(std::env::var_os("SPECBOARD_FOLDER").unwrap());
    let state = State::at(std::env::var_os("SPECBOARD_STATE").unwrap());
    match deed.as_str() {
        "toggle" => toggle_for_ever(&folder, &state),
        "denied" => write_without_permission(&folder, &state),
        _ => write_on_a_full_disk(&folder, &state),
    }
}

#[test]
fn killed_while_writing() {
    kill_writers(25);
}

#[test]
#[ignore = "takes a minute"]
fn killed_two_hundred_times_while_writing() {
    kill_writers(200);
}

#[test]
fn the_bits_of_a_mode_are_kept_whichever_way_a_file_is_written() {
    let place = place();
    let (path, state) = (
        place.path().join("specs/tasks.md"),
        State::at(place.path().join("state")),
    );
    for mode in [0o755, 0o700, 0o640, 0o711] {
        for (edit, after) in edits() {
            std::fs::write(&path, BEFORE).unwrap();
            chmod(&path, mode);
            write(&path, &state, &edit).unwrap();
            let kept = std::fs::metadata(&path).unwrap().permissions().mode() & 0o7777;
            assert_eq!(
                (kept, std::fs::read_to_string(&path).unwrap().as_str()),
                (mode, after),
                "{mode:o}"
            );
        }
    }
}

#[test]
fn without_permission() {
    let place = place();
    let mut child = command(&place, "denied");
    if rustix::process::geteuid().is_root() {
        // Permissions do not bind root: nobody does it.
        let program = place.path().join("program");
        std::fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
        for path in [
            place.path().to_path_buf(),
            place.path().join("specs"),
            program.clone(),
        ] {
            chown(&path, Some(65534), Some(65534)).unwrap();
        }
        child = command_of(&program, &place, "denied");
        child.uid(65534).gid(65534);
    }
    assert_succeeds(&mut child);
}

#[test]
fn on_a_full_disk() {
    let place = place();
    let can_mount = Command::new("unshare")
        .args(["-rm", "true"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !can_mount {
        return println!("skipped: no small file system can be mounted here");
    }
    let mut child = command_of(Path::new("unshare"), &place, "full");
    let script = "mount -t tmpfs -o size=256k tmpfs \"$SPECBOARD_FOLDER\" && exec \"$0\" --exact hostile_places::child_process --nocapture";
    child
        .args(["-rm", "sh", "-c", script])
        .arg(std::env::current_exe().unwrap());
    assert_succeeds(&mut child);
}

/// A folder with `specs` in it, for the files, and room for a state.
fn place() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    std::fs::create_dir(place.path().join("specs")).unwrap();
    place
}

fn command(place: &tempfile::TempDir, deed: &str) -> Command {
    command_of(&std::env::current_exe().unwrap(), place, deed)
}

fn command_of(program: &Path, place: &tempfile::TempDir, deed: &str) -> Command {
    let mut command = Command::new(program);
    let (folder, state) = (place.path().join("specs"), place.path().join("state"));
    command
        .env("SPECBOARD_DEED", deed)
        .env("SPECBOARD_FOLDER", folder)
        .env("SPECBOARD_STATE", state);
    if program != Path::new("unshare") {
        command.args(["--exact", "hostile_places::child_process", "--nocapture"]);
    }
    command
}

fn assert_succeeds(child: &mut Command) {
    let output = child.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}"
    );
}

/// The two texts that a file is toggled between: no part of one can be taken for the other.
fn texts() -> [String; 2] {
    ["one\n".repeat(10_000), "the other\n".repeat(7_000)]
}

/// Replaces the whole text by another.
fn put(path: &Path, state: &State, text: &str) -> Result<Written, WriteError<Infallible>> {
    write_keeping(path, state, |before| {
        Ok(Edit::splice(Span::new(0, before.len()), text))
    })
}

fn toggle_for_ever(folder: &Path, state: &State) {
    for text in texts().iter().cycle() {
        for name in ["replaced.md", "linked.md"] {
            put(&folder.join(name), state, text).unwrap();
        }
    }
}

fn kill_writers(times: u64) {
    let place = place();
    let at = |name: &str| place.path().join("specs").join(name);
    std::fs::write(at("replaced.md"), &texts()[0]).unwrap();
    std::fs::write(at("linked.md"), &texts()[0]).unwrap();
    std::fs::hard_link(at("linked.md"), at("second.md")).unwrap();
    let state = State::at(place.path().join("state"));
    let (mut torn, mut left, mut seen) = (0, 0, BTreeSet::new());
    for _ in 0..times {
        let mut child = command(&place, "toggle")
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        wait_for_change(&at("replaced.md"));
        std::thread::sleep(Duration::from_micros(random_below(150_000)));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(is_whole(&at("replaced.md")), "replaced.md is torn");
        seen.insert(std::fs::read(at("replaced.md")).unwrap());
        torn += u32::from(take_up_drafts(&at("linked.md"), &state));
        left += remove_leftovers(place.path().join("specs").as_path());
    }
    assert_eq!(seen.len(), 2, "nothing was written before the kills");
    println!(
        "{times} kills: {torn} files in the middle of being rewritten in place, {left} temporary files left"
    );
}

/// Waits until the file says something else, so that a slow machine kills no child before its first
/// write.
fn wait_for_change(path: &Path) {
    let before = std::fs::read(path).unwrap();
    for _ in 0..5_000 {
        if std::fs::read(path).is_ok_and(|now| now != before) {
            return;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    panic!("nothing was written to {}", path.display());
}

fn random_below(limit: u64) -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    (u64::from(now.subsec_nanos()).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20) % limit
}

fn is_whole(path: &Path) -> bool {
    let content = std::fs::read_to_string(path).unwrap();
    texts().contains(&content)
}

/// Does what a user would do after a crash; says whether the file was torn. Then the old text must
/// be among the drafts.
fn take_up_drafts(path: &Path, state: &State) -> bool {
    let drafts = state.drafts();
    let whole = drafts
        .iter()
        .find(|draft| draft.of == path && is_whole(&draft.kept));
    let is_torn = !is_whole(path);
    if is_torn {
        std::fs::write(path, std::fs::read(&whole.unwrap().kept).unwrap()).unwrap();
    }
    drafts
        .iter()
        .for_each(|draft| state.drop_draft(draft).unwrap());
    is_torn
}

/// Removes what a killed process left, all of it hidden and named as ours.
fn remove_leftovers(folder: &Path) -> usize {
    let names = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let leftovers: Vec<String> = names.filter(|name| !name.ends_with(".md")).collect();
    for name in &leftovers {
        assert!(name.starts_with(".specboard-"), "{name}");
        std::fs::remove_file(folder.join(name)).unwrap();
    }
    leftovers.len()
}

fn chmod(path: &Path, mode: u32) {
    std::fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

const BEFORE: &str = "- [ ] 1. One\n";

/// Marks the task, and gives it a star: one in place, one by a new file.
fn edits() -> [(Edit, &'static str); 2] {
    [
        (Edit::splice(Span::new(3, 4), "x"), "- [x] 1. One\n"),
        (Edit::splice(Span::new(5, 5), "*"), "- [ ]* 1. One\n"),
    ]
}

fn write(path: &Path, state: &State, edit: &Edit) -> Result<Written, WriteError<Infallible>> {
    write_keeping(path, state, |_: &Text| Ok(edit.clone()))
}

fn write_without_permission(folder: &Path, state: &State) {
    let path = folder.join("a/tasks.md");
    std::fs::create_dir(folder.join("a")).unwrap();
    for (edit, after) in edits() {
        std::fs::write(&path, BEFORE).unwrap();
        for (mode, expected) in [
            (0o444, "mode 0444. Try: chmod +w"),
            (0o000, "mode 0000. Try: chmod +w"),
        ] {
            chmod(&path, mode);
            let error = write(&path, state, &edit).unwrap_err();
            assert!(
                error.class() == Class::CannotWrite && error.to_string().contains(expected),
                "{error}"
            );
        }
        assert!(
            read(&path).unwrap_err().message.contains(
                "permission denied (os error 13). Owner nobody, mode 0000. Try: chmod +r"
            )
        );
        chmod(&path, 0o644);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), BEFORE);
        chmod(&folder.join("a"), 0o555);
        let written = write(&path, state, &edit);
        chmod(&folder.join("a"), 0o755);
        assert!(
            written.unwrap().displaced.is_none(),
            "nothing can be displaced in a closed folder"
        );
        assert_eq!(
            (
                std::fs::read_to_string(&path).unwrap().as_str(),
                state.drafts()
            ),
            (after, vec![])
        );
    }
    list_a_closed_folder(folder);
}

fn list_a_closed_folder(folder: &Path) {
    std::fs::create_dir(folder.join("b")).unwrap();
    chmod(&folder.join("b"), 0o000);
    let found = scan(&Root {
        name: ".".into(),
        dir: folder.to_path_buf(),
        specs: folder.to_path_buf(),
    });
    chmod(&folder.join("b"), 0o755);
    assert_eq!(
        found
            .folders
            .iter()
            .map(|folder| folder.name.as_str())
            .collect::<Vec<_>>(),
        ["a"]
    );
    assert!(
        found.problems[0]
            .to_string()
            .starts_with("b: cannot be read: permission denied"),
        "{:?}",
        found.problems
    );
}

fn write_on_a_full_disk(folder: &Path, state: &State) {
    let before = BEFORE.to_owned() + &"filler\n".repeat(12_000);
    for name in ["replaced.md", "linked.md"] {
        std::fs::write(folder.join(name), &before).unwrap();
    }
    std::fs::hard_link(folder.join("linked.md"), folder.join("second.md")).unwrap();
    let mut filler = File::create(folder.join("filler")).unwrap();
    while filler.write_all(&[0; 4096]).is_ok() {}
    for name in ["replaced.md", "linked.md"] {
        let path = folder.join(name);
        let error = put(&path, state, &before.replace("filler", "longer filler")).unwrap_err();
        assert!(
            error.class() == Class::CannotWrite
                && error
                    .to_string()
                    .contains("Free some space, then try again"),
            "{error}"
        );
        assert_eq!(std::fs::read_to_string(&path).unwrap(), before);
        write(&path, state, &edits()[0].0).unwrap();
        assert!(
            std::fs::read_to_string(&path)
                .unwrap()
                .starts_with("- [x] 1. One\n")
        );
    }
    assert_eq!(
        (state.drafts(), std::fs::read_dir(folder).unwrap().count()),
        (vec![], 4)
    );
}
