//! What an operation on items leads to on the screen: the cursor goes with them, and what no longer
//! fits is said.

use crate::command::reveal;
use crate::model::{Done, Editor, Mode, Model, OpenFile, Origin, Pane, View, Write};
use crate::spec::change::Change;

/// What is broken in the documents of the open spec: references to nothing, waves and orders of tasks
/// that are not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Broken {
    references: usize,
    faults: usize,
}

impl Broken {
    /// Counts what is broken.
    pub(super) fn of(model: &Model) -> Self {
        let links = &model.open_files.links;
        Self {
            references: links.trace.dangling.len(),
            faults: links.plan.schedule.faults.len(),
        }
    }

    /// Returns how much more is broken than before.
    pub(super) fn since(self, before: Self) -> Self {
        Self {
            references: self.references.saturating_sub(before.references),
            faults: self.faults.saturating_sub(before.faults),
        }
    }

    fn words(self) -> Option<String> {
        let references = match self.references {
            0 => None,
            1 => Some("a reference names nothing now".to_owned()),
            count => Some(format!("{count} references name nothing now")),
        };
        let faults = (self.faults > 0).then(|| "waves or _Depends:_ no longer fit".to_owned());
        let words: Vec<String> = references.into_iter().chain(faults).collect();
        (!words.is_empty()).then(|| words.join(", "))
    }
}

/// A new item that was written, by what its first line says.
pub(super) struct Written {
    first: String,
    /// Whether it is the first thing in its document.
    is_whole: bool,
}

impl Written {
    /// Returns what an editor writes, if that is a new item.
    pub(super) fn of(editor: &Editor) -> Option<Self> {
        let first = editor.buffer().lines().first();
        editor.is_new().then(|| Self {
            first: first.map_or_else(String::new, |line| line.trim().to_owned()),
            is_whole: editor.base().is_empty(),
        })
    }

    /// Lets the cursor go to the item; in a new document to the last line, which is the first item.
    pub(super) fn aim(&self, done: &mut Done) {
        let says = |line: &usize| {
            let found = done.after.lines().get(*line);
            found.is_some_and(|found| done.after.lossy(found.content).trim() == self.first)
        };
        let line = if self.is_whole {
            done.lines.last()
        } else {
            done.lines
                .iter()
                .find(|line| says(line))
                .or(done.lines.first())
        };
        done.targets = line.copied().into_iter().collect();
    }
}

/// Says why an operation was not done: "task 1: it is the last one already".
pub(super) fn refused(write: &Write, words: &str) -> Option<String> {
    if write.origin != Origin::User {
        return None;
    }
    let (what, _) = deed(write.name.as_deref()?)?;
    Some(format!("{what}: {words}"))
}

/// What was done to items, as the name of a write begins, and what is so once it is taken back.
const DEEDS: [(&str, &str); 6] = [
    ("deleted ", "is there again"),
    ("moved ", "is where it was"),
    ("indented ", "is where it was"),
    ("outdented ", "is where it was"),
    ("added ", "is gone again"),
    ("renumbered ", "have the numbers of before"),
];

/// Cuts the name of a write into what was done and what it was done to; with what is so once it is
/// taken back.
fn deed(name: &str) -> Option<(&str, &'static str)> {
    let what = |(deed, back): &(&str, &'static str)| Some((name.strip_prefix(*deed)?, *back));
    DEEDS.iter().find_map(what)
}

/// Returns whether a write is about items as a whole.
pub(super) fn is_about(write: &Write) -> bool {
    let name = write.name.as_deref().unwrap_or_default();
    deed(name).is_some()
}

/// Says what was done, what has another number now, and what no longer fits.
pub(super) fn say(
    model: &mut Model,
    write: &Write,
    name: &str,
    renamed: &[(String, String)],
    broken: Broken,
) {
    if !is_about(write) {
        return;
    }
    let numbers = match renamed {
        [] => String::new(),
        [(old, new)] => format!(", {old} is {new} now"),
        [(old, new), ..] => format!(", {old} is {new} now, and so on below it"),
    };
    let broken = broken.words().map(|words| format!("; {words}"));
    let broken = broken.unwrap_or_default();
    model
        .notices
        .say(format!("{name}{numbers}{broken}; u undoes it"));
}

/// Says what taking such a write back leads to: "task 2 is there again".
pub(super) fn undone(name: &str) -> Option<String> {
    let (what, back) = deed(name)?;
    Some(format!("{what} {back}"))
}

/// Lets the cursor go with items that were moved, and the selection stay on them.
pub(super) fn follow(model: &mut Model, write: &Write, done: &[Done]) {
    let parts = write.parts.iter().zip(done);
    let moved = parts.rev().find(|(_, done)| !done.targets.is_empty());
    let Some((part, done)) = moved else {
        return;
    };
    let is_shown = |open_file: &OpenFile| open_file.file == part.file;
    let is_here = model.view == View::Main
        && matches!(model.pane, Pane::Requirements | Pane::Design | Pane::Tasks)
        && model.open_file().is_some_and(is_shown);
    let is_selecting = matches!(model.mode, Mode::Select { .. });
    let (Some(first), Some(last)) = (done.targets.first(), done.targets.last()) else {
        return;
    };
    if !is_here || !(is_selecting || model.mode == Mode::Normal) {
        return;
    }
    let is_operation = matches!(part.change, Change::Structure { .. });
    reveal(model, model.pane, *last);
    if let Mode::Select { anchor } = &mut model.mode
        && is_operation
    {
        *anchor = *first;
    }
}
