//! Intents turned into edits: pure, and applied to whatever text is the fresh one.

use super::feature::task_lines;
use super::structure::{Operation, Outcome, Refused, item_at};
use super::tasks::{Task, Tasks, line_parts};
use crate::markdown::{Document, State};
use crate::store::DocumentKind;
use crate::text::{Conflict, Edit, LineMap, Overlap, Resolution, Span, Splice, Text, merge};

/// Which task is meant. What is given must hold; at least one of the three is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskKey {
    /// The number as written.
    pub number: Option<String>,
    /// The title as read.
    pub title: Option<String>,
    /// The index of the line, from 0.
    pub line: Option<usize>,
    /// Whether the line only chooses among several that fit the rest, so that the task may have
    /// moved.
    pub may_move: bool,
}

/// Why an intent cannot be carried out on a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No such task is there, or another stands in its place.
    Gone(TaskKey),
    /// Several tasks fit: the indices of their lines.
    Ambiguous(TaskKey, Vec<usize>),
    /// The marker is not the one that the intent starts from.
    Changed(TaskKey),
    /// There is no marker for the state.
    NoMarker,
    /// Somebody else changed the same lines: both changes, and a way to choose.
    Conflict(Box<Conflict>),
    /// The task stands inside a merge conflict that begins on the line with this index: both sides
    /// may have it, and one of them will go.
    Unmerged(TaskKey, usize),
    /// An operation on items means nothing there, or would change what others are.
    Structure(Refused),
}

impl TaskKey {
    /// Makes the key of a task that is on the screen: it may have moved, but must be the same by
    /// number and title.
    pub fn of(task: &Task) -> Self {
        Self {
            number: task.number.clone(),
            title: Some(task.title.clone()),
            line: Some(task.line),
            may_move: true,
        }
    }

    /// Finds the task in a list; the nearest to the line where several fit and the task may have
    /// moved.
    pub fn find(&self, tasks: &Tasks) -> Result<usize, Refusal> {
        let fitting = (0..tasks.items.len()).filter(|index| self.fits(&tasks.items[*index]));
        let fitting: Vec<usize> = match self.line {
            Some(line) if self.may_move => fitting
                .min_by_key(|index| tasks.items[*index].line.abs_diff(line))
                .into_iter()
                .collect(),
            _ => fitting.collect(),
        };
        match fitting[..] {
            [] => Err(Refusal::Gone(self.clone())),
            [index] => Ok(index),
            _ => Err(Refusal::Ambiguous(
                self.clone(),
                fitting
                    .iter()
                    .map(|index| tasks.items[*index].line)
                    .collect(),
            )),
        }
    }

    fn fits(&self, task: &Task) -> bool {
        let line_fits = self.may_move || self.line.is_none_or(|line| line == task.line);
        let number_fits = if self.may_move {
            self.number == task.number
        } else {
            self.number.is_none() || self.number == task.number
        };
        line_fits && number_fits && self.title.as_ref().is_none_or(|title| *title == task.title)
    }
}

impl std::fmt::Display for TaskKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.number, &self.title, self.line) {
            (Some(number), _, Some(line)) if !self.may_move => write!(out, "{number}:{}", line + 1),
            (Some(number), ..) => write!(out, "{number}"),
            (None, Some(title), _) => write!(out, "\"{title}\""),
            (None, None, line) => write!(out, ":{}", line.unwrap_or(0) + 1),
        }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Gone(key) => write!(
                out,
                "task {key} is no longer in the file, or another task is in its place"
            ),
            Self::Ambiguous(key, lines) => {
                let places: Vec<String> =
                    lines.iter().map(|line| format!(":{}", line + 1)).collect();
                write!(
                    out,
                    "task {key} appears several times: name one by its line, {}",
                    places.join(" or ")
                )
            }
            Self::Changed(key) => write!(out, "somebody else changed {key} since"),
            Self::Conflict(_) => write!(
                out,
                "somebody else changed the same lines since. Your text is still here: look at both, then save again"
            ),
            Self::Structure(refused) => refused.fmt(out),
            Self::NoMarker => write!(out, "there is no marker for that state"),
            Self::Unmerged(key, line) => write!(
                out,
                "task {key} is inside the merge conflict on line {}: resolve that first",
                line + 1
            ),
        }
    }
}

/// The intent to give a task a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The task.
    pub task: TaskKey,
    /// The bytes that must stand between the brackets, for taking a mark back. None: whatever is
    /// there.
    pub from: Option<Vec<u8>>,
    /// For taking a mark back: the text that it left, in which a task is found that others gave
    /// another title since.
    pub base: Option<Text>,
    /// What is to stand there.
    pub to: Target,
}

/// What a mark writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The marker of a state; a marker that already means it stays.
    State(State),
    /// Exactly these bytes, for taking a mark back.
    Marker(Vec<u8>),
}

/// What a mark changes: for messages and for taking it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The task as it was.
    pub task: Task,
    /// The bytes between the brackets before.
    pub before: Vec<u8>,
    /// And after.
    pub after: Vec<u8>,
}

/// Turns marks into one edit of `text`, all or none.
///
/// A marker that already means the state stays as it is, so that `X` is done and the edit may be
/// empty.
pub fn mark(text: &Text, tasks: &Tasks, marks: &[Mark]) -> Result<(Edit, Vec<Marked>), Refusal> {
    let mut splices: Vec<Splice> = Vec::new();
    let mut marked = Vec::new();
    for mark in marks {
        let task = &tasks.items[mark.task.find(tasks)?];
        refuse_conflict(tasks, task, &mark.task)?;
        let before = text.slice(task.marker).to_vec();
        if mark.from.as_ref().is_some_and(|from| *from != before) {
            return Err(Refusal::Changed(mark.task.clone()));
        }
        let after = target_bytes(&mark.to, task.state, &before)?;
        if after != before && !splices.iter().any(|splice| splice.span == task.marker) {
            splices.push(Splice {
                span: task.marker,
                insert: after.clone(),
            });
        }
        marked.push(Marked {
            task: task.clone(),
            before,
            after,
        });
    }
    let edit = Edit::new(splices).map_err(|Overlap| Refusal::NoMarker)?;
    Ok((edit, marked))
}

/// Refuses to change a task inside a merge conflict.
fn refuse_conflict(tasks: &Tasks, task: &Task, key: &TaskKey) -> Result<(), Refusal> {
    match tasks.conflict_at(task.line) {
        Some(conflict) => Err(Refusal::Unmerged(key.clone(), conflict.start)),
        None => Ok(()),
    }
}

fn target_bytes(target: &Target, state: State, before: &[u8]) -> Result<Vec<u8>, Refusal> {
    match target {
        Target::Marker(bytes) => Ok(bytes.clone()),
        Target::State(wanted) => match wanted.marker().byte() {
            None => Err(Refusal::NoMarker),
            Some(_) if *wanted == state => Ok(before.to_vec()),
            Some(byte) => Ok(vec![byte]),
        },
    }
}

/// A change to the tasks of a file, as an intent: it is applied to whatever text is the fresh one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Give tasks a state, all or none.
    Marks(Vec<Mark>),
    /// Make tasks optional, or required.
    Stars {
        /// The tasks, all or none.
        tasks: Vec<TaskKey>,
        /// Whether each is to have a star of its own.
        starred: bool,
    },
    /// Put an edit that was made on one text onto the one that stands there, merged with what others
    /// did to that since.
    Text {
        /// The text that the edit was made on.
        base: Text,
        /// The edit.
        edit: Edit,
    },
    /// Take away the file that was made with this text, where it still says just that. Else take the
    /// text out of it.
    Unmake(Text),
    /// Carry out an operation on tasks, wherever they stand.
    Tasks {
        /// What is done to them.
        operation: Operation,
        /// The tasks, all or none.
        tasks: Vec<TaskKey>,
    },
    /// Take items away, move them, or change their level.
    Structure {
        /// The text in which they were chosen.
        base: Text,
        /// What is done to them.
        operation: Operation,
        /// The lines on which they stand in that text, as indices.
        lines: Vec<usize>,
    },
}

/// A change as it stands on one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The edit of that text.
    pub edit: Edit,
    /// The tasks that are marked.
    pub marked: Vec<Marked>,
    /// The lines on which the items that were moved stand now.
    pub targets: Vec<usize>,
    /// What has another number now: before and after.
    pub renamed: Vec<(String, String)>,
    /// The change that takes it back. It knows nothing of what was so before.
    pub inverse: Change,
}

impl Change {
    /// Returns the change that writes a conflict as it was resolved, over what others wrote.
    pub fn resolved(conflict: &Conflict, resolutions: &[Resolution]) -> Self {
        let theirs = conflict.theirs();
        Self::Text {
            base: theirs.clone(),
            edit: Edit::between(theirs, &conflict.resolved(resolutions)),
        }
    }

    /// Plans the change on a fresh text of a file of the given kind.
    pub fn plan(&self, kind: DocumentKind, text: &Text) -> Result<Planned, Refusal> {
        let listed = || {
            let document = Document::parse(text);
            Tasks::parse_lines(text, &document, task_lines(kind, text, &document))
        };
        match self {
            Self::Text { base, edit } => plan_text(text, base, edit),
            Self::Unmake(made) => plan_text(text, made, &Edit::between(made, &Text::default())),
            Self::Structure {
                base,
                operation,
                lines,
            } => plan_structure(kind, text, (base, lines), *operation),
            Self::Marks(marks) => plan_marks(kind, text, &listed(), marks),
            Self::Stars {
                tasks: keys,
                starred,
            } => plan_stars(text, &listed(), keys, *starred),
            Self::Tasks {
                operation,
                tasks: keys,
            } => plan_on_tasks(kind, text, (&listed(), keys), *operation),
        }
    }
}

fn plan_stars(
    text: &Text,
    tasks: &Tasks,
    keys: &[TaskKey],
    starred: bool,
) -> Result<Planned, Refusal> {
    let mut edit = Edit::default();
    for key in keys {
        let star = set_star(text, tasks, key, starred)?;
        edit = edit.union(&star).map_err(|Overlap| Refusal::NoMarker)?;
    }
    // Of several stars each may be written in its own way, and all come back as they were.
    let inverse = if starred || keys.len() == 1 {
        Change::Stars {
            tasks: keys.to_vec(),
            starred: !starred,
        }
    } else {
        Change::Text {
            base: edit.apply(text),
            edit: edit.invert(text),
        }
    };
    Ok(Planned::of(edit, inverse))
}

/// Plans an operation on tasks, which must all be there.
fn plan_on_tasks(
    kind: DocumentKind,
    text: &Text,
    (tasks, keys): (&Tasks, &[TaskKey]),
    operation: Operation,
) -> Result<Planned, Refusal> {
    let line = |key: &TaskKey| {
        let task = &tasks.items[key.find(tasks)?];
        refuse_conflict(tasks, task, key)?;
        Ok(task.line)
    };
    let lines = keys.iter().map(line).collect::<Result<Vec<_>, _>>()?;
    let outcome = operation.apply(kind, text, &lines);
    let outcome = outcome.map_err(Refusal::Structure)?;
    Ok(of_outcome(text, outcome))
}

impl Planned {
    /// Makes the plan of an edit that marks nothing.
    fn of(edit: Edit, inverse: Change) -> Self {
        Self {
            edit,
            marked: Vec::new(),
            targets: Vec::new(),
            renamed: Vec::new(),
            inverse,
        }
    }
}

/// Plans an operation on the items on lines of `base`. Where they stand in the text as they did, it
/// is carried out there; where others changed them, it is an edit of `base`, which merges or is a
/// conflict.
fn plan_structure(
    kind: DocumentKind,
    text: &Text,
    (base, lines): (&Text, &[usize]),
    operation: Operation,
) -> Result<Planned, Refusal> {
    let Some(found) = same_items(kind, base, text, lines) else {
        let outcome = operation.apply(kind, base, lines);
        let outcome = outcome.map_err(Refusal::Structure)?;
        return plan_text(text, base, &outcome.edit);
    };
    let outcome = operation.apply(kind, text, &found);
    Ok(of_outcome(text, outcome.map_err(Refusal::Structure)?))
}

/// Makes the plan of what an operation led to.
fn of_outcome(text: &Text, outcome: Outcome) -> Planned {
    let edit = outcome.edit;
    let inverse = Change::Text {
        base: edit.apply(text),
        edit: edit.invert(text),
    };
    Planned {
        targets: outcome.lines,
        renamed: outcome.renamed,
        ..Planned::of(edit, inverse)
    }
}

/// Finds items of `base` in a text, each with all that belongs to it as it was: where its lines went
/// to, else the nearest.
fn same_items(kind: DocumentKind, base: &Text, text: &Text, lines: &[usize]) -> Option<Vec<usize>> {
    if base == text {
        return Some(lines.to_vec());
    }
    let map = LineMap::between(base, text);
    let find = |line: &usize| {
        let (_, own) = item_at(kind, base, *line).ok()?;
        let says = contents(base, own.clone());
        let near = map.line(own.start);
        let begins = |at: &usize| contents(text, *at..*at + own.len()) == says;
        let mut places: Vec<usize> = (0..text.lines().len()).filter(begins).collect();
        places.sort_by_key(|at| at.abs_diff(near));
        let is_item = |at: &usize| {
            let found = item_at(kind, text, *at).ok();
            found.is_some_and(|(_, lines)| lines.start == *at && lines.len() == own.len())
        };
        places.into_iter().find(is_item)
    };
    lines.iter().map(find).collect()
}

fn contents(text: &Text, lines: std::ops::Range<usize>) -> Option<Vec<&[u8]>> {
    let lines = text.lines().get(lines)?.iter();
    Some(lines.map(|line| text.slice(line.content)).collect())
}

/// Plans marks. Where one starts from a marker that others changed, they are an edit of the text as
/// it would stand without that, which merges or is a conflict.
fn plan_marks(
    kind: DocumentKind,
    text: &Text,
    tasks: &Tasks,
    marks: &[Mark],
) -> Result<Planned, Refusal> {
    let marks: Vec<Mark> = marks
        .iter()
        .map(|mark| retitled(kind, text, tasks, mark).unwrap_or_else(|| mark.clone()))
        .collect();
    let marks = &marks[..];
    let (edit, marked) = match mark(text, tasks, marks) {
        Err(Refusal::Changed(key)) => {
            let (base, edit) = as_left(text, tasks, marks).ok_or(Refusal::Changed(key))?;
            return plan_text(text, &base, &edit);
        }
        planned => planned?,
    };
    let changed = marked.iter().filter(|marked| marked.before != marked.after);
    let after = edit.apply(text);
    let back = changed.map(|marked| Mark {
        base: Some(after.clone()),
        ..marked.inverse()
    });
    let inverse = Change::Marks(back.collect());
    Ok(Planned {
        marked,
        ..Planned::of(edit, inverse)
    })
}

/// Returns a mark that is taken back as the mark of the task that others gave another title since:
/// the one with the same number, on the line that became of its line, with the marker that was
/// written. None where it is found as it is, or where another task may be meant.
fn retitled(kind: DocumentKind, text: &Text, tasks: &Tasks, mark: &Mark) -> Option<Mark> {
    let (base, from) = (mark.base.as_ref()?, mark.from.as_ref()?);
    let number = mark.task.number.as_ref()?;
    if mark.task.find(tasks).is_ok() {
        return None;
    }
    let line = LineMap::between(base, text).line(mark.task.line?);
    let task = tasks.items.iter().find(|task| task.line == line)?;
    let same_number = tasks
        .items
        .iter()
        .filter(|task| task.number.as_ref() == Some(number));
    let is_same = task.number.as_ref() == Some(number) && same_number.count() == 1;
    if !is_same || text.slice(task.marker) != from.as_slice() {
        return None;
    }
    let document = Document::parse(base);
    let before = Tasks::parse_lines(base, &document, task_lines(kind, base, &document));
    if before.items.iter().any(|other| other.title == task.title) {
        return None;
    }
    Some(Mark {
        task: TaskKey::of(task),
        ..mark.clone()
    })
}

/// Returns the text as it would stand with the markers that marks start from, and the edit of it
/// that marks them.
fn as_left(text: &Text, tasks: &Tasks, marks: &[Mark]) -> Option<(Text, Edit)> {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for mark in marks {
        let task = &tasks.items[mark.task.find(tasks).ok()?];
        let marker = text.slice(task.marker);
        let from = mark.from.clone().unwrap_or_else(|| marker.to_vec());
        let to = target_bytes(&mark.to, task.state, &from).ok()?;
        let splice = |insert| Splice {
            span: task.marker,
            insert,
        };
        before.push(splice(from));
        after.push(splice(to));
    }
    let base = Edit::new(before).ok()?.apply(text);
    let marked = Edit::new(after).ok()?.apply(text);
    let edit = Edit::between(&base, &marked);
    Some((base, edit))
}

/// Plans an edit that was made on `base`.
fn plan_text(text: &Text, base: &Text, edit: &Edit) -> Result<Planned, Refusal> {
    let edit = carry(edit, base, text)?;
    let after = edit.apply(text);
    let inverse = Change::Text {
        edit: edit.invert(text),
        base: after,
    };
    Ok(Planned::of(edit, inverse))
}

/// Carries an edit that was made on `base` over to the text that stands there now, which others may
/// have changed in the meantime: merged with what they did, in the parts that lines of tasks have.
///
/// # Errors
///
/// Where they changed the same parts, with both sides of it.
pub fn carry(edit: &Edit, base: &Text, text: &Text) -> Result<Edit, Refusal> {
    if text == base {
        return Ok(edit.clone());
    }
    let merged = merge(base, &edit.apply(base), text, line_parts).map_err(Refusal::Conflict)?;
    Ok(Edit::between(text, &merged.apply(base)))
}

impl Marked {
    /// Returns the mark that puts back what stood there, as long as what was written still stands
    /// there.
    pub fn inverse(&self) -> Mark {
        Mark {
            task: TaskKey::of(&self.task),
            from: Some(self.after.clone()),
            base: None,
            to: Target::Marker(self.before.clone()),
        }
    }
}

/// Turns the wish to give a task a star of its own, or to take it away, into an edit in the
/// spelling that the file uses.
///
/// Fails when the star is there, or not there, already: somebody else was faster.
pub fn set_star(text: &Text, tasks: &Tasks, key: &TaskKey, starred: bool) -> Result<Edit, Refusal> {
    let task = &tasks.items[key.find(tasks)?];
    refuse_conflict(tasks, task, key)?;
    match (task.star, starred) {
        (Some(star), false) => Ok(Edit::splice(star, [])),
        (None, true) => {
            let (at, star) = star_place(text, tasks, task);
            Ok(Edit::splice(Span::new(at, at), star))
        }
        _ => Err(Refusal::Changed(key.clone())),
    }
}

/// Finds where a star goes and how it is written: as at the nearest task that has one, else right
/// behind the bracket.
fn star_place(text: &Text, tasks: &Tasks, task: &Task) -> (usize, Vec<u8>) {
    let behind_bracket = task.marker.end + 1;
    let starred = tasks
        .items
        .iter()
        .filter(|other| other.star.is_some())
        .min_by_key(|other| other.line.abs_diff(task.line));
    let Some((other, star)) = starred.and_then(|other| other.star.map(|star| (other, star))) else {
        return (behind_bracket, b"*".to_vec());
    };
    let spelling = text.slice(star).to_vec();
    match (other.number_span, task.number_span) {
        (Some(theirs), Some(own)) if star.start == theirs.end => (own.end, spelling),
        (Some(theirs), Some(own)) if star.end == theirs.start => (own.start, spelling),
        _ => (behind_bracket, spelling),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tasks(text: &Text) -> Tasks {
        Tasks::parse(text, &Document::parse(text))
    }

    fn marked(source: &str, marks: &[Mark]) -> Result<String, Refusal> {
        let text = Text::new(source);
        let (edit, _) = mark(&text, &tasks(&text), marks)?;
        let after = edit.apply(&text);
        Ok(String::from_utf8(after.bytes().to_vec()).unwrap())
    }

    fn number(number: &str) -> TaskKey {
        TaskKey {
            number: Some(number.to_owned()),
            ..TaskKey::default()
        }
    }

    fn set(task: TaskKey, state: State) -> Mark {
        Mark {
            task,
            from: None,
            base: None,
            to: Target::State(state),
        }
    }

    #[test]
    fn a_mark_of_a_near_miss_changes_one_byte() {
        for (source, expected) in [
            ("- [ ]2. Colour\n", "- [x]2. Colour\n"),
            ("- [-]**2.** Print\n", "- [x]**2.** Print\n"),
            ("- [ ]\u{a0}2. a\n", "- [x]\u{a0}2. a\n"),
            ("-\u{a0}[ ] 2. a\n", "-\u{a0}[x] 2. a\n"),
            ("\u{3000}- [ ] ２．a\n", "\u{3000}- [x] ２．a\n"),
            ("- [ ] 第2步：a\n", "- [x] 第2步：a\n"),
            ("- [ ] ✅ 2. a (Req 1.1)\n", "- [x] ✅ 2. a (Req 1.1)\n"),
        ] {
            let mark = set(number("2"), State::Done);
            assert_eq!(
                marked(source, &[mark]).as_deref(),
                Ok(expected),
                "{source:?}"
            );
        }
        let hyphen = set(number("1-1"), State::Doing);
        assert_eq!(
            marked("- [ ] 1-1 a\n", &[hyphen]).as_deref(),
            Ok("- [-] 1-1 a\n")
        );
    }

    #[test]
    fn nothing_is_marked_inside_a_merge_conflict() {
        let source = "- [ ] 1. a\n<<<<<<< HEAD\n- [ ] 2. b\n=======\n- [-] 3. c\n>>>>>>> main\n";
        let text = Text::new(source);
        for inside in ["2", "3"] {
            let refused = Err(Refusal::Unmerged(number(inside), 1));
            assert_eq!(marked(source, &[set(number(inside), State::Done)]), refused);
            assert_eq!(
                set_star(&text, &tasks(&text), &number(inside), true).map(|_| String::new()),
                refused
            );
        }
        assert!(marked(source, &[set(number("1"), State::Done)]).is_ok());
    }

    #[test]
    fn a_mark_changes_one_byte() {
        let source = "- [ ] 1. a\r\n- [X] 2. b\n- [] c\n";
        for (mark, expected) in [
            (
                set(number("1"), State::Doing),
                "- [-] 1. a\r\n- [X] 2. b\n- [] c\n",
            ),
            (set(number("1"), State::Todo), source),
            (set(number("2"), State::Done), source),
            (
                set(number("2"), State::Queued),
                "- [ ] 1. a\r\n- [~] 2. b\n- [] c\n",
            ),
            (
                set(
                    TaskKey {
                        line: Some(2),
                        ..TaskKey::default()
                    },
                    State::Done,
                ),
                "- [ ] 1. a\r\n- [X] 2. b\n- [x] c\n",
            ),
        ] {
            assert_eq!(marked(source, &[mark]).unwrap(), expected);
        }
    }

    #[test]
    fn several_tasks_are_all_or_none() {
        let source = "- [ ] 1. a\n- [ ] 2. b\n";
        let both = [set(number("1"), State::Done), set(number("2"), State::Done)];
        assert_eq!(marked(source, &both).unwrap(), "- [x] 1. a\n- [x] 2. b\n");
        let one_missing = [set(number("1"), State::Done), set(number("9"), State::Done)];
        assert_eq!(
            marked(source, &one_missing),
            Err(Refusal::Gone(number("9")))
        );
    }

    #[test]
    fn a_repeated_number_needs_its_line() {
        let source = "- [ ] 1. a\n- [ ] 1. b\n";
        assert_eq!(
            marked(source, &[set(number("1"), State::Done)]),
            Err(Refusal::Ambiguous(number("1"), vec![0, 1]))
        );
        let second = TaskKey {
            line: Some(1),
            ..number("1")
        };
        assert_eq!(
            marked(source, &[set(second, State::Done)]).unwrap(),
            "- [ ] 1. a\n- [x] 1. b\n"
        );
        let both_must_hold = TaskKey {
            line: Some(0),
            ..number("2")
        };
        assert!(marked(source, &[set(both_must_hold, State::Done)]).is_err());
    }

    #[test]
    fn a_task_is_found_again_where_it_moved() {
        let shown = Text::new("- [ ] 1. a\n- [ ] 1. a\n");
        let key = TaskKey::of(&tasks(&shown).items[1]);
        assert_eq!(
            marked(
                "# New\n\n- [ ] 1. a\n- [ ] 1. a\n",
                &[set(key.clone(), State::Done)]
            )
            .unwrap(),
            "# New\n\n- [x] 1. a\n- [ ] 1. a\n"
        );
        assert_eq!(
            marked("- [ ] 1. another\n", &[set(key.clone(), State::Done)]),
            Err(Refusal::Gone(key))
        );
    }

    #[test]
    fn of_equal_tasks_the_nearest_is_the_one() {
        let shown = Text::new("- [ ] a\n\n\n- [ ] a\n");
        for (index, expected) in [
            (0, "# New\n- [x] a\n\n\n- [ ] a\n"),
            (1, "# New\n- [ ] a\n\n\n- [x] a\n"),
        ] {
            let key = TaskKey::of(&tasks(&shown).items[index]);
            let after = marked("# New\n- [ ] a\n\n\n- [ ] a\n", &[set(key, State::Done)]);
            assert_eq!(after.as_deref(), Ok(expected));
        }
    }

    #[test]
    fn a_task_that_is_named_twice_is_marked_once() {
        for source in ["- [] 1. a\n", "- [ ] 1. a\n"] {
            let by_line = TaskKey {
                line: Some(0),
                ..TaskKey::default()
            };
            let twice = [set(number("1"), State::Done), set(by_line, State::Done)];
            assert_eq!(marked(source, &twice).as_deref(), Ok("- [x] 1. a\n"));
        }
    }

    /// Plans an edit of `base` that leads to `ours` on the text `fresh`, and carries it out.
    fn carried(base: &str, ours: &str, fresh: &str) -> Result<(String, Change), Refusal> {
        let [base, ours, fresh] = [base, ours, fresh].map(Text::new);
        let change = Change::Text {
            edit: Edit::between(&base, &ours),
            base,
        };
        let planned = change.plan(DocumentKind::Tasks, &fresh)?;
        let after = planned.edit.apply(&fresh);
        let after = String::from_utf8(after.bytes().to_vec()).unwrap();
        Ok((after, planned.inverse))
    }

    #[test]
    fn an_edit_goes_onto_what_others_wrote_since() {
        let (base, ours) = ("- [ ] 1. a\n", "- [ ] 1. new\n");
        for (fresh, expected) in [
            ("- [ ] 1. a\n", "- [ ] 1. new\n"),
            ("- [x] 1. a\n", "- [x] 1. new\n"),
            ("# T\n- [ ]* 1. a\n", "# T\n- [ ]* 1. new\n"),
            ("- [ ] 1. new\n", "- [ ] 1. new\n"),
        ] {
            let (after, inverse) = carried(base, ours, fresh).unwrap();
            assert_eq!(after, expected);
            // It is taken back alone, also where still others wrote since.
            for since in ["", "- [ ] 9. z\n"] {
                let now = Text::new(format!("{after}{since}"));
                let back = inverse.plan(DocumentKind::Tasks, &now).unwrap().edit;
                assert_eq!(back.apply(&now), Text::new(format!("{fresh}{since}")));
            }
        }
    }

    #[test]
    fn an_edit_of_what_others_edited_is_a_conflict_that_can_be_resolved() {
        let refused = carried("- [ ] 1. a\n", "- [ ] 1. b\n", "- [x] 1. c\n");
        let Err(Refusal::Conflict(conflict)) = refused else {
            panic!("{refused:?}")
        };
        for (resolution, expected) in [
            (Resolution::Ours, "- [x] 1. b\n"),
            (Resolution::Theirs, "- [x] 1. c\n"),
        ] {
            let theirs = conflict.theirs();
            let change = Change::resolved(&conflict, &[resolution]);
            let planned = change.plan(DocumentKind::Tasks, theirs).unwrap();
            assert_eq!(planned.edit.apply(theirs), Text::new(expected));
        }
    }

    #[test]
    fn a_mark_is_taken_back_only_from_what_it_wrote() {
        let back = Mark {
            task: number("1"),
            from: Some(b"x".to_vec()),
            base: None,
            to: Target::Marker(b"/".to_vec()),
        };
        assert_eq!(
            marked("- [x] 1. a\n", std::slice::from_ref(&back)).unwrap(),
            "- [/] 1. a\n"
        );
        assert_eq!(
            marked("- [-] 1. a\n", &[back]),
            Err(Refusal::Changed(number("1")))
        );
    }

    #[test]
    fn a_star_is_written_as_the_file_writes_it() {
        for (source, expected) in [
            ("- [ ] 1. a\n", "- [ ]* 1. a\n"),
            ("- [ ] a\n", "- [ ]* a\n"),
            ("- [ ]* 1. a\n", "- [ ] 1. a\n"),
            ("- [ ]\\* 1. a\n", "- [ ] 1. a\n"),
            (
                "- [ ] 1. a\n- [ ]\\* 2. b\n",
                "- [ ]\\* 1. a\n- [ ]\\* 2. b\n",
            ),
            (
                "- [ ] 1.1 a\n- [ ] \\*1.2 b\n",
                "- [ ] \\*1.1 a\n- [ ] \\*1.2 b\n",
            ),
            (
                "- [ ] 1.1 a\n- [ ] 1.2* b\n",
                "- [ ] 1.1* a\n- [ ] 1.2* b\n",
            ),
        ] {
            let text = Text::new(source);
            let tasks = tasks(&text);
            let key = TaskKey {
                line: Some(0),
                ..TaskKey::default()
            };
            let edit = set_star(&text, &tasks, &key, tasks.items[0].star.is_none()).unwrap();
            assert_eq!(
                String::from_utf8_lossy(edit.apply(&text).bytes()),
                expected,
                "{source:?}"
            );
        }
    }
}
