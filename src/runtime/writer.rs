//! The thread that writes. It sleeps until it is asked; after a file was replaced it looks for a
//! second whether somebody still writes to the old one.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::model::{Done, FileChange, Message, Outcome, Unwritten, Write};
use crate::spec::change::{Change, Planned, Refusal};

use crate::store::{Displaced, Settled, Waiting, WriteError, make, read, unmake, write_telling};
use crate::text::{Edit, LineMap, Text};

/// How often a displaced file is looked at.
const LOOK: Duration = Duration::from_millis(20);
/// For how long.
const WATCHED: Duration = Duration::from_secs(1);

/// Replaced files that are still watched, each with its place in the write that replaced them.
struct Watched {
    write: Write,
    displaced: Vec<(usize, Displaced)>,
    until: Instant,
}

/// The thread that writes, as seen by the others.
pub(super) struct Writer {
    orders: Sender<Write>,
    thread: JoinHandle<()>,
    is_given_up: Arc<AtomicBool>,
}

impl Writer {
    /// Starts the thread. How each write went goes to `tell`.
    pub(super) fn start(tell: impl Fn(Message) + Send + 'static) -> io::Result<Self> {
        let (sender, orders) = channel();
        let is_given_up = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&is_given_up);
        let thread = thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || serve(&orders, &tell, &seen))?;
        Ok(Self {
            orders: sender,
            thread,
            is_given_up,
        })
    }

    /// Orders a write.
    pub(super) fn order(&self, write: Write) {
        // The thread ends only with this value.
        let _ = self.orders.send(write);
    }

    /// Gives up the write that waits for another program.
    pub(super) fn give_up(&self) {
        self.is_given_up.store(true, Ordering::Relaxed);
    }

    /// Lets the thread finish what it has begun, and take away what it has put beside the files.
    pub(super) fn finish(self) {
        drop(self.orders);
        // A writer that panicked has nothing more to finish.
        let _ = self.thread.join();
    }
}

/// Who is told that a write waits for another program.
struct Teller<'a> {
    tell: &'a dyn Fn(Message),
    is_given_up: &'a AtomicBool,
}

impl Waiting for Teller<'_> {
    fn waits(&self, path: &Path) {
        (self.tell)(Message::Waiting(path.to_path_buf()));
    }

    fn is_given_up(&self) -> bool {
        self.is_given_up.load(Ordering::Relaxed)
    }
}

fn serve(orders: &Receiver<Write>, tell: &dyn Fn(Message), is_given_up: &AtomicBool) {
    let teller = Teller { tell, is_given_up };
    let mut watched: Option<Watched> = None;
    loop {
        let order = match &watched {
            None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(_) => orders.recv_timeout(LOOK),
        };
        match order {
            Ok(write) => {
                // Dropping a displaced file looks at it once more.
                drop(watched.take());
                watched = carry_out(write, &teller);
            }
            Err(RecvTimeoutError::Timeout) => {
                watched = watched.and_then(|watched| look(watched, &teller));
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// Looks at the displaced files. Where somebody wrote to one, their text is back in its place, and
/// the change of that file is applied to that.
fn look(watched: Watched, teller: &Teller<'_>) -> Option<Watched> {
    let is_written = watched.displaced.iter().any(|(_, out)| out.is_written());
    if !is_written && Instant::now() < watched.until {
        return Some(watched);
    }
    let Watched {
        mut write,
        displaced,
        ..
    } = watched;
    let mut came_back = Vec::new();
    for (index, displaced) in displaced {
        match displaced.settle() {
            Settled::Quiet => {}
            Settled::CameBack => came_back.push(write.parts[index].clone()),
            Settled::Kept(failure) => tell_outcome(
                write.clone(),
                Err(Unwritten::Failed(failure.to_string())),
                teller.tell,
            ),
        }
    }
    if came_back.is_empty() {
        return None;
    }
    write.parts = came_back;
    carry_out(write, teller)
}

fn tell_outcome(write: Write, result: Result<Vec<Done>, Unwritten>, tell: &dyn Fn(Message)) {
    tell(Message::Written(Box::new(Outcome { write, result })));
}

/// Carries out a write and tells how it went.
fn carry_out(order: Write, teller: &Teller<'_>) -> Option<Watched> {
    teller.is_given_up.store(false, Ordering::Relaxed);
    let (outcome, displaced) = answer(&order, teller);
    (teller.tell)(Message::Written(Box::new(outcome)));
    (!displaced.is_empty()).then(|| Watched {
        write: order,
        displaced,
        until: Instant::now() + WATCHED,
    })
}

/// Writes what one order asks for. Files that were replaced are given back, each with its place in
/// the order, to be watched for a while.
pub(super) fn answer(order: &Write, waiting: &dyn Waiting) -> (Outcome, Vec<(usize, Displaced)>) {
    let mut disk = Real {
        waiting,
        displaced: Vec::new(),
    };
    let outcome = carry_out_on(order, &mut disk);
    let place = |path: &Path| order.parts.iter().position(|part| part.file.path == path);
    let displaced = disk.displaced.into_iter();
    let displaced = displaced.filter_map(|(path, out)| Some((place(&path)?, out)));
    // Nothing of ours is to come again where all was put back.
    let displaced = match outcome.result {
        Ok(_) => displaced.collect(),
        Err(_) => Vec::new(),
    };
    (outcome, displaced)
}

/// Writes what one order asks for, all of it or nothing, and waits until it stands.
///
/// # Errors
///
/// What was not written, or did not last: another program wrote over it.
pub fn write_now(order: &Write) -> Result<Vec<Done>, Unwritten> {
    let (outcome, displaced) = answer(order, &());
    let done = outcome.result?;
    for (_, out) in displaced {
        match out.settle() {
            Settled::Quiet => {}
            Settled::CameBack => {
                let words =
                    "another program wrote the file at the same time; look at it, then try again";
                return Err(Unwritten::Failed(words.to_owned()));
            }
            Settled::Kept(failure) => return Err(Unwritten::Failed(failure.to_string())),
        }
    }
    Ok(done)
}

/// Decides on the edit of a fresh text, or refuses.
pub type Decide<'a> = &'a mut dyn FnMut(&Text) -> Result<Edit, Refusal>;

/// What writes go to: the disk, or what stands for it in a test.
pub trait Disk {
    /// Returns the text of a file.
    fn read(&self, path: &Path) -> Result<Text, Unwritten>;
    /// Applies what is decided on the fresh text of a file, and returns the text before and after.
    fn replace(&mut self, path: &Path, decide: Decide<'_>) -> Result<(Text, Text), Unwritten>;
    /// Makes a file where there is none. Returns whether it did.
    fn make(&mut self, path: &Path, text: &Text) -> Result<bool, Unwritten>;
    /// Takes a file away that says just this. Returns whether it did.
    fn unmake(&mut self, path: &Path, text: &Text) -> Result<bool, Unwritten>;
}

/// The disk, with the files that were replaced.
struct Real<'a> {
    waiting: &'a dyn Waiting,
    displaced: Vec<(PathBuf, Displaced)>,
}

impl Disk for Real<'_> {
    fn read(&self, path: &Path) -> Result<Text, Unwritten> {
        match read(path) {
            Ok((text, _)) => Ok(text),
            Err(failure) => Err(Unwritten::Failed(failure.to_string())),
        }
    }

    fn replace(&mut self, path: &Path, decide: Decide<'_>) -> Result<(Text, Text), Unwritten> {
        let written = write_telling(path, self.waiting, decide).map_err(unwritten)?;
        let displaced = written.displaced.map(|out| (path.to_path_buf(), out));
        self.displaced.extend(displaced);
        Ok((written.before, written.after))
    }

    fn make(&mut self, path: &Path, text: &Text) -> Result<bool, Unwritten> {
        make(path, text).map_err(|failure| Unwritten::Failed(failure.to_string()))
    }

    fn unmake(&mut self, path: &Path, text: &Text) -> Result<bool, Unwritten> {
        unmake(path, text).map_err(|failure| Unwritten::Failed(failure.to_string()))
    }
}

/// Writes what one order asks for, all of it or nothing.
pub fn carry_out_on(order: &Write, disk: &mut dyn Disk) -> Outcome {
    Outcome {
        write: order.clone(),
        result: write_all(&order.parts, disk),
    }
}

fn write_all(parts: &[FileChange], disk: &mut dyn Disk) -> Result<Vec<Done>, Unwritten> {
    if parts.len() > 1 {
        parts.iter().try_for_each(|part| try_plan(part, disk))?;
    }
    let mut all = Vec::new();
    for part in parts {
        match write_part(part, disk) {
            Ok(done) => all.push(done),
            Err(reason) => return Err(put_back(parts, all, reason, disk)),
        }
    }
    Ok(all)
}

/// Plans a part on the text that stands on disk, so that nothing is written of an order that would
/// be refused later.
fn try_plan(part: &FileChange, disk: &dyn Disk) -> Result<(), Unwritten> {
    let text = disk.read(&part.file.path)?;
    let planned = part.change.plan(part.file.kind, &text);
    planned.map(|_| ()).map_err(Unwritten::from)
}

/// Puts back what was written, the last first, where the rest cannot be. Returns why the write
/// failed and, where a file cannot be put back, which one.
fn put_back(
    parts: &[FileChange],
    done: Vec<Done>,
    reason: Unwritten,
    disk: &mut dyn Disk,
) -> Unwritten {
    let mut left = Vec::new();
    for (part, done) in parts.iter().zip(done).rev() {
        let back = FileChange {
            change: done.inverse,
            ..part.clone()
        };
        if let Err(failure) = write_part(&back, disk) {
            left.push(format!("{}: {}", part.file.path.display(), failure.words()));
        }
    }
    if left.is_empty() {
        return reason;
    }
    Unwritten::Failed(format!(
        "{}. What was already written to another file could not be undone: {}",
        reason.words(),
        left.join("; ")
    ))
}

/// Writes one part.
fn write_part(part: &FileChange, disk: &mut dyn Disk) -> Result<Done, Unwritten> {
    let whole = make_whole(part, disk)?;
    if let Some(done) = whole.map_or_else(|| unmake_whole(part, disk), |done| Ok(Some(done)))? {
        return Ok(done);
    }
    let mut planned: Option<Planned> = None;
    let mut decide = |text: &Text| -> Result<Edit, Refusal> {
        let plan = part.change.plan(part.file.kind, text)?;
        let edit = plan.edit.clone();
        planned = Some(plan);
        Ok(edit)
    };
    let (before, after) = disk.replace(&part.file.path, &mut decide)?;
    let plan = planned.ok_or_else(|| Unwritten::Failed("nothing was decided".to_owned()))?;
    Ok(done(&before, after, plan))
}

/// Makes the file of a document that was written from nothing. None where it is there by now: then
/// both are merged.
fn make_whole(part: &FileChange, disk: &mut dyn Disk) -> Result<Option<Done>, Unwritten> {
    let Change::Text { base, edit } = &part.change else {
        return Ok(None);
    };
    if !base.is_empty() || edit.is_empty() {
        return Ok(None);
    }
    let after = edit.apply(base);
    if !disk.make(&part.file.path, &after)? {
        return Ok(None);
    }
    let plan = part.change.plan(part.file.kind, base);
    let mut plan = plan.map_err(Unwritten::from)?;
    plan.inverse = Change::Unmake(after.clone());
    Ok(Some(done(base, after, plan)))
}

/// Takes the file of a document away that was made by the step that is taken back. None where it
/// says something else by now: then only what was written is taken out.
fn unmake_whole(part: &FileChange, disk: &mut dyn Disk) -> Result<Option<Done>, Unwritten> {
    let Change::Unmake(made) = &part.change else {
        return Ok(None);
    };
    if !disk.unmake(&part.file.path, made)? {
        return Ok(None);
    }
    let plan = part.change.plan(part.file.kind, made);
    let plan = plan.map_err(Unwritten::from)?;
    Ok(Some(done(made, Text::default(), plan)))
}

fn unwritten(error: WriteError<Refusal>) -> Unwritten {
    match error {
        WriteError::Refused(reason) => reason.into(),
        error => Unwritten::Failed(error.to_string()),
    }
}

/// Returns what a write did: the lines that it changed are those that its inverse would splice, and those
/// that differ.
fn done(before: &Text, after: Text, plan: Planned) -> Done {
    let inverse = plan.edit.invert(before);
    let spliced = inverse.splices().iter().flat_map(|splice| {
        let last = splice.span.end.saturating_sub(1).max(splice.span.start);
        after.line_at(splice.span.start)..=after.line_at(last)
    });
    let mut lines: Vec<usize> = spliced.collect();
    // Of equal lines in a row, such as blank ones, another may be the new one to who compares.
    lines.extend(LineMap::between(before, &after).changed());
    lines.sort_unstable();
    lines.dedup();
    Done {
        after,
        lines,
        marked: plan.marked,
        targets: plan.targets,
        renamed: plan.renamed,
        inverse: plan.inverse,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Origin;
    use crate::spec::change::TaskKey;
    use crate::store::{DocumentFile, DocumentKind};
    use std::fs;
    use std::io::Write as _;
    use std::path::Path;

    const BEFORE: &str = "- [ ] 1. One\n- [ ] 2. Two\n";

    fn part(path: &Path, change: Change) -> FileChange {
        FileChange {
            feature: path.parent().unwrap().to_path_buf(),
            file: DocumentFile {
                kind: DocumentKind::Tasks,
                path: path.to_path_buf(),
            },
            change,
        }
    }

    fn order(parts: Vec<FileChange>) -> Write {
        Write {
            parts,
            origin: Origin::User,
            name: None,
        }
    }

    fn star() -> Change {
        Change::Stars {
            tasks: vec![TaskKey {
                number: Some("2".to_owned()),
                ..TaskKey::default()
            }],
            starred: true,
        }
    }

    /// An edit of `base` that replaces some words.
    fn retyped(base: &str, from: &str, to: &str) -> Change {
        let base = Text::new(base);
        let after = Text::new(base.lossy((0..base.len()).into()).replace(from, to));
        Change::Text {
            edit: Edit::between(&base, &after),
            base,
        }
    }

    fn file(folder: &Path, name: &str, source: &str) -> std::path::PathBuf {
        let path = folder.join(name);
        fs::write(&path, source).unwrap();
        path
    }

    fn on_disk(path: &Path) -> String {
        fs::read_to_string(path).unwrap()
    }

    #[test]
    fn an_edit_goes_onto_the_text_that_stands_on_disk_or_is_a_conflict() {
        let folder = tempfile::tempdir().unwrap();
        for (now, expected) in [
            (BEFORE, Ok("- [ ] 1. One\n- [ ] 2. Three\n")),
            (
                "- [x] 1. One\n- [x] 2. Two\n",
                Ok("- [x] 1. One\n- [x] 2. Three\n"),
            ),
            ("- [ ] 1. One\n- [ ] 2. Deux\n", Err("- [ ] 2. Deux\n")),
        ] {
            let path = file(folder.path(), "tasks.md", now);
            let change = retyped(BEFORE, "Two", "Three");
            let (outcome, _) = answer(&order(vec![part(&path, change)]), &());
            match (outcome.result, expected) {
                (Ok(done), Ok(expected)) => {
                    assert_eq!(done[0].after, Text::new(expected));
                    assert_eq!(on_disk(&path), expected);
                    // It is taken back, and what others did stays.
                    let back = order(vec![part(&path, done[0].inverse.clone())]);
                    assert!(answer(&back, &()).0.result.is_ok());
                }
                (Err(Unwritten::Conflict(conflict)), Err(theirs)) => {
                    let place = conflict.places()[0];
                    assert_eq!(conflict.theirs().lossy(place.theirs), theirs);
                }
                (other, _) => panic!("{other:?}"),
            }
            assert_eq!(on_disk(&path), now);
        }
    }

    #[test]
    fn several_files_are_written_all_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let one = file(folder.path(), "one.md", BEFORE);
        for (source, is_written) in [(BEFORE, true), ("- [ ] 1. One\n- [ ] 2. Else\n", false)] {
            fs::write(&one, BEFORE).unwrap();
            let other = file(folder.path(), "other.md", source);
            let change = retyped(BEFORE, "Two", "Three");
            let parts = [&one, &other].map(|path| part(path, change.clone()));
            let (outcome, displaced) = answer(&order(parts.to_vec()), &());
            assert_eq!(outcome.result.is_ok(), is_written);
            assert!(is_written || displaced.is_empty());
            let after = |source: &str| match is_written {
                true => source.replace("Two", "Three"),
                false => source.to_owned(),
            };
            assert_eq!(
                (on_disk(&one), on_disk(&other)),
                (after(BEFORE), after(source))
            );
        }
    }

    #[test]
    fn an_edit_over_which_a_late_write_came_back_is_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = file(folder.path(), "tasks.md", BEFORE);
        let mut theirs = fs::OpenOptions::new().write(true).open(&path).unwrap();
        let (tell, told) = channel();
        let writer = Writer::start(move |message| tell.send(message).unwrap()).unwrap();
        writer.order(order(vec![part(&path, star())]));
        let patience = Duration::from_secs(20);
        assert!(told.recv_timeout(patience).is_ok());
        if fs::read_dir(folder.path()).unwrap().count() < 2 {
            return println!("skipped: files are not exchanged here");
        }
        theirs.write_all(b"- [x]").unwrap();
        let again = told.recv_timeout(patience);
        let is_done = |message: &Message| matches!(message, Message::Written(outcome) if outcome.result.is_ok());
        assert!(again.as_ref().is_ok_and(is_done), "{again:?}");
        assert_eq!(on_disk(&path), "- [x] 1. One\n- [ ]* 2. Two\n");
        writer.finish();
    }
}
