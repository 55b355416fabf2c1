//! What an operation on items leads to on the screen: the cursor goes with them, and what no longer
//! fits is said.

use crate::command::{offer_numbers, propose_mending, put_cursor, reveal};
use crate::model::{
    Card, CardKey, Done, Editor, FileChange, Mode, Model, OpenFile, Origin, Pane, View, Write,
};
use crate::spec::change::Change;
use crate::spec::contents::Contents;
use crate::spec::mend::{Left, Loss};
use crate::spec::structure::{Operation, Sort, item_at};
use crate::store::DocumentKind;
use crate::text::Text;

/// What the open documents said before an operation on their items.
pub(super) struct Before {
    contents: Option<Contents>,
}

impl Before {
    /// Takes down what a write may leave dangling.
    pub(super) fn of(model: &Model, write: &Write) -> Self {
        let is_meant = write.origin == Origin::User && changes_items(write);
        let contents = is_meant.then(|| model.open_files.contents().ok());
        Self {
            contents: contents.flatten(),
        }
    }
}

/// A new item that was written, by what its first line says.
pub(super) struct Written {
    first: String,
    /// The kind of the document, where it is the first thing in that.
    whole: Option<DocumentKind>,
}

impl Written {
    /// Returns what an editor writes, if that is a new item.
    pub(super) fn of(editor: &Editor) -> Option<Self> {
        let first = editor.buffer().lines().first();
        editor.is_new().then(|| Self {
            first: first.map_or_else(String::new, |line| line.trim().to_owned()),
            whole: editor.base().is_empty().then_some(editor.file.kind),
        })
    }

    /// Lets the cursor go to the item; in a new document to the last one in it.
    pub(super) fn aim(&self, done: &mut Done) {
        let says = |line: &usize| {
            let found = done.after.lines().get(*line);
            found.is_some_and(|found| done.after.lossy(found.content).trim() == self.first)
        };
        let line = match self.whole {
            Some(kind) => last_item(kind, &done.after),
            None => {
                let found = done.lines.iter().find(|line| says(line));
                found.or(done.lines.first()).copied()
            }
        };
        done.targets = line.into_iter().collect();
    }
}

/// Returns the line of the last task, criterion or property of a document.
fn last_item(kind: DocumentKind, text: &Text) -> Option<usize> {
    (0..text.lines().len()).rev().find(|line| {
        item_at(kind, text, *line).is_ok_and(|(sort, lines)| {
            !matches!(sort, Sort::Block | Sort::Item | Sort::Row) && lines.start == *line
        })
    })
}

/// Says why an operation was not done: "task 1: it is the last one already", "2 tasks: one of them
/// is the last one already".
pub(super) fn refused(write: &Write, words: &str) -> Option<String> {
    if write.origin != Origin::User {
        return None;
    }
    let (what, _) = deed(write.name.as_deref()?)?;
    match words.strip_prefix("it ") {
        Some(rest) if are_several(what) => Some(format!("{what}: one of them {rest}")),
        _ => Some(format!("{what}: {words}")),
    }
}

/// What was done to items, as the name of a write begins, and what is so of one and of several once
/// it is taken back.
const DEEDS: [(&str, &str, &str); 9] = [
    ("deleted ", "is there again", "are there again"),
    ("moved ", "is where it was", "are where they were"),
    ("indented ", "is where it was", "are where they were"),
    ("outdented ", "is where it was", "are where they were"),
    ("added ", "is gone again", "are gone again"),
    ("joined ", "is apart again", "are apart again"),
    ("split ", "is one again", "are one again each"),
    (
        "renumbered ",
        "have the numbers of before",
        "have the numbers of before",
    ),
    ("mended ", "are as they were", "are as they were"),
];

/// Cuts the name of a write into what was done and what it was done to; with what is so once it is
/// taken back.
fn deed(name: &str) -> Option<(&str, &'static str)> {
    DEEDS.iter().find_map(|(deed, one, several)| {
        let what = name.strip_prefix(*deed)?;
        Some((what, if are_several(what) { *several } else { *one }))
    })
}

/// Returns whether words name several items: "4 tasks".
fn are_several(what: &str) -> bool {
    let count = what.split(' ').next().and_then(|count| count.parse().ok());
    count.is_some_and(|count: usize| count > 1)
}

/// Returns whether a write is about items as a whole.
pub(super) fn is_about(write: &Write) -> bool {
    let name = write.name.as_deref().unwrap_or_default();
    deed(name).is_some()
}

/// Returns whether a write makes, takes away or moves items.
fn changes_items(write: &Write) -> bool {
    let name = write.name.as_deref().unwrap_or_default();
    let is_after = |deed: &str| name.starts_with(deed);
    is_about(write) && !is_after("renumbered ") && !is_after("mended ")
}

/// Says what was done and what has another number now. What the documents still call by a name that
/// is gone is shown with the edit that mends it; numbers that do not run on are said with the key
/// that puts them in order.
pub(super) fn say(
    model: &mut Model,
    write: &Write,
    name: &str,
    renamed: &[(String, String)],
    before: &Before,
) {
    if !is_about(write) {
        return;
    }
    let after = before
        .contents
        .as_ref()
        .and(model.open_files.contents().ok());
    let loss = match (&before.contents, &after) {
        (Some(before), Some(after)) => Loss::between(before, after, renamed),
        _ => Loss::default(),
    };
    let all_renamed = [renamed, &loss.called()[..]].concat();
    let done = format!("{name}{}", numbers(&all_renamed));
    if propose_mending(model, &done, loss) {
        return model.notices.note(&done);
    }
    let broken = match (&before.contents, &after) {
        (Some(before), Some(after)) => broken(before, after, renamed),
        _ => String::new(),
    };
    let offer = offer_numbers(model);
    let words = format!("{done}{broken}{offer}; u undoes it");
    model.notices.say(words);
}

/// Says which items have another number now: "1.1 is now 3". What is below one of them is not
/// listed.
fn numbers(renamed: &[(String, String)]) -> String {
    let is_below = |number: &str, above: &str| {
        let rest = number.strip_prefix(above);
        rest.is_some_and(|rest| rest.starts_with(['.', '-']))
    };
    let is_root = |(old, _): &&(String, String)| {
        let mut others = renamed.iter();
        !others.any(|(above, _)| is_below(old, above))
    };
    let roots: Vec<_> = renamed.iter().filter(is_root).collect();
    let pair = |(old, new): &&(String, String)| format!(", {old} is now {new}");
    let listed: String = roots.iter().take(3).map(pair).collect();
    match (roots.len(), roots.len() < renamed.len()) {
        (0..=3, false) => listed,
        (0..=3, true) => format!("{listed}, and so on below"),
        _ => format!("{listed}, and so on"),
    }
}

/// Says what names nothing that named something before, the first with its place.
fn broken(before: &Contents, after: &Contents, renamed: &[(String, String)]) -> String {
    let left = Left::between(before, after, renamed);
    let place = |left: &Left| {
        let name = left.file.file_name().unwrap_or_default().to_string_lossy();
        format!("; {} ({name}:{})", left.words(), left.line + 1)
    };
    let more = match left.len() {
        0 | 1 => String::new(),
        count => format!(", and {} more", count - 1),
    };
    let references = left.first().map_or_else(String::new, place) + &more;
    let faults = |contents: &Contents| contents.links.plan.schedule.faults.len();
    if faults(after) > faults(before) {
        return format!("{references}; waves or _Depends:_ no longer fit");
    }
    references
}

/// Says what taking such a write back leads to: "task 2 is there again".
pub(super) fn undone(name: &str) -> Option<String> {
    let (what, back) = deed(name)?;
    Some(format!("{what} {back}"))
}

/// Lets the cursor of the kanban go to a new task.
fn put_on_card(model: &mut Model, part: &FileChange, done: &Done) {
    let cards = model.board.cards.get(&part.feature);
    let card = cards.and_then(|cards| {
        let is_new = |card: &&Card| done.targets.contains(&card.line);
        cards.list.iter().find(is_new)
    });
    if let Some(card) = card {
        let task = card.key();
        let feature = part.feature.clone();
        put_cursor(model, CardKey { feature, task });
    }
}

/// Lets the cursor go with items that were moved, and the selection stay on them.
pub(super) fn follow(model: &mut Model, write: &Write, done: &[Done]) {
    if let Some(line) = behind_removed(model, write, done) {
        return reveal(model, model.pane, line);
    }
    let parts = write.parts.iter().zip(done);
    let moved = parts.rev().find(|(_, done)| !done.targets.is_empty());
    let Some((part, done)) = moved else {
        return;
    };
    if model.view == View::Board {
        return put_on_card(model, part, done);
    }
    let is_shown = |open_file: &OpenFile| open_file.file == part.file;
    let is_here = model.view == View::Main
        && model.pane != Pane::Trace
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

/// Returns the line of the item that now stands where the first of those was that were deleted.
fn behind_removed(model: &Model, write: &Write, done: &[Done]) -> Option<usize> {
    let ([part], [done]) = (&write.parts[..], done) else {
        return None;
    };
    let Change::Structure {
        base,
        operation: Operation::Remove,
        lines,
    } = &part.change
    else {
        return None;
    };
    let is_here = model.view == View::Main
        && model.mode == Mode::Normal
        && model
            .open_file()
            .is_some_and(|open_file| open_file.file == part.file);
    let (sort, first) = item_at(part.file.kind, base, *lines.iter().min()?).ok()?;
    let is_filled = |text: &Text, line: usize| {
        let found = text.lines().get(line);
        found.is_some_and(|found| !text.slice(found.content).trim_ascii().is_empty())
    };
    let above = (0..first.start).rev().find(|line| is_filled(base, *line));
    let below = above.map_or(0, |above| above + 1);
    let next = (below..done.after.lines().len()).find(|line| is_filled(&done.after, *line))?;
    let (now, lines) = item_at(part.file.kind, &done.after, next).ok()?;
    (is_here && now == sort && lines.start == next).then_some(next)
}
