//! Editing in place: the lines of one unit, taken out of a file and typed anew over the pane.
//!
//! Knows the text that it was opened over and what the keys do to it; neither how it is drawn nor
//! how it is written. Nothing of the file is changed before the edit is committed.

mod buffer;
mod cell;
mod completion;
mod follow;
mod new;
mod newline;
mod pending;
mod place;
mod put_off;
pub mod wrap;

pub use buffer::{Caret, Motion, TextBuffer};
pub use completion::Completions;
pub use new::NewItem;
pub use place::{EditorPlace, EditorRow};
pub use put_off::LeftEdit;

use std::path::PathBuf;

use super::{Draft, FileChange, Key, KeyCode, Model, Pane, View};
use crate::spec::unit::{Unit, UnitKind};
use crate::store::{DocumentFile, Typed};
use crate::text::{Edit, Excerpt, Text};

/// A unit that is being edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editor {
    /// The folder of the feature.
    pub feature: PathBuf,
    /// The file.
    pub file: DocumentFile,
    /// What is edited, in the lines of [`Editor::base`].
    pub unit: Unit,
    /// The columns that a line has before it is wrapped, as they were last drawn.
    pub columns: usize,
    /// What the draft of it is called, for as long as the board runs.
    pub ticket: u64,
    /// Which of the ids that fit is chosen.
    pub choice: usize,
    /// What on disk contradicts what was typed, where something does.
    pub contradicted: Option<Contradiction>,
    /// What belongs to an item that is not in the file yet; none for one that is.
    new: Option<NewItem>,
    /// The first row on the screen: its line, and which of the rows of that line.
    top: (usize, usize),
    excerpt: Excerpt,
    buffer: TextBuffer,
    /// The column that vertical steps go back to.
    goal: Option<usize>,
}

/// A text on disk that contradicts what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    theirs: Text,
    /// The line of it at which the unit stands.
    at: usize,
    /// The lines of what was typed that both sides changed.
    lines: Vec<usize>,
    /// How many lines were typed when that was found.
    count: usize,
}

/// What a key did to an editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// The text is another one.
    Typed,
    /// The caret or the selection is another one.
    Moved,
    /// Nothing: the key means nothing here.
    Nothing,
}

/// How many rows a page is.
const PAGE: usize = 10;

impl Editor {
    /// Opens a unit of a text, with the caret at the start.
    pub fn open(feature: PathBuf, file: DocumentFile, base: &Text, unit: Unit) -> Self {
        let excerpt = cell::excerpt_of(base, &unit);
        let buffer = TextBuffer::new(excerpt.shown());
        Self {
            feature,
            file,
            unit,
            columns: 80,
            ticket: 0,
            choice: 0,
            contradicted: None,
            new: None,
            top: (0, 0),
            excerpt,
            buffer,
            goal: None,
        }
    }

    /// Opens an editor over the lines of a text that an edit changes, with what it makes of them as
    /// what was typed.
    pub fn over_edit(part: &FileChange, base: &Text, edit: &Edit) -> Self {
        let changed = edit.splices();
        let first = changed.first().map_or(0, |splice| splice.span.start);
        let last = changed.last().map_or(0, |splice| splice.span.end);
        let lines = base.line_at(first)..(base.line_at(last) + 1).min(base.lines().len());
        let unit = Unit {
            kind: UnitKind::Block,
            name: format!("line {}", lines.start + 1),
            lines,
        };
        let mut editor = Self::open(part.feature.clone(), part.file.clone(), base, unit);
        editor.follow_to(base, &edit.apply(base));
        editor
    }

    /// Returns the text of the file that is edited over.
    pub fn base(&self) -> &Text {
        self.excerpt.text()
    }

    /// Returns the blanks that are taken off each line.
    pub fn indent(&self) -> &[u8] {
        self.excerpt.indent()
    }

    /// Returns what is being typed.
    pub fn buffer(&self) -> &TextBuffer {
        &self.buffer
    }

    /// Returns what is being typed, to be changed.
    pub fn buffer_mut(&mut self) -> &mut TextBuffer {
        &mut self.buffer
    }

    /// Returns the edit of the base that writes what was typed.
    pub fn edit(&self) -> Edit {
        let edit_of_cell = || self.edit_of_cell();
        let of_part = self.edit_of_new().or_else(edit_of_cell);
        of_part.unwrap_or_else(|| self.excerpt.edit(self.buffer.lines()))
    }

    /// Returns whether something was typed that is not in the base.
    pub fn is_changed(&self) -> bool {
        match self.is_untouched() {
            Some(is_untouched) => !is_untouched,
            None => self.excerpt.shown() != self.buffer.lines(),
        }
    }

    /// Returns whether nothing but blanks is left of what cannot be blank: a cell can.
    pub fn is_blank(&self) -> bool {
        !matches!(self.unit.kind, UnitKind::Cell(_)) && self.has_blank_lines()
    }

    fn has_blank_lines(&self) -> bool {
        self.buffer
            .lines()
            .iter()
            .all(|line| line.trim().is_empty())
    }

    /// Puts the editor over another version of the file, in which the unit stands on other lines and
    /// says what `typed` says; the caret stays at its words.
    pub fn rebase(&mut self, base: &Text, unit: Unit, typed: Vec<String>, caret: Caret) {
        self.excerpt = cell::excerpt_of(base, &unit);
        self.unit = unit;
        self.contradicted = None;
        self.buffer.reset(typed, caret);
    }

    /// Returns what is to be kept of it at the time `now`.
    pub fn draft(&self, now: i64) -> Draft {
        let name = self.unit.name.clone();
        let (lines, caret, indent) = self.row_of_cell().unwrap_or_else(|| {
            let lines = self.buffer.lines().to_vec();
            (lines, self.buffer.caret(), self.indent().to_vec())
        });
        let mut typed = Typed::new(&self.file.path, name, lines);
        (typed.first_line, typed.end_line) = (self.unit.lines.start, self.unit.lines.end);
        typed.indent = String::from_utf8_lossy(&indent).into_owned();
        (typed.caret, typed.at) = ((caret.row, caret.byte), now);
        Draft {
            ticket: self.ticket,
            typed,
            base: self.base().clone(),
        }
    }

    /// Puts an id in the place of what was typed of it.
    pub fn complete(&mut self, from: Caret, id: &str) {
        let caret = self.buffer.caret();
        self.choice = 0;
        self.buffer.replace_range(from, caret, id);
    }

    /// Types text at the caret.
    pub fn insert(&mut self, text: &str) {
        self.goal = None;
        self.buffer.insert(text);
    }

    /// Does what a key says.
    pub fn press(&mut self, key: Key) -> Pressed {
        if let Some((rows, is_down)) = vertical(key) {
            if matches!(key.code, KeyCode::Named("shift-up" | "shift-down")) {
                self.buffer.start_selection();
            }
            self.step_rows(rows, is_down);
            return Pressed::Moved;
        }
        self.goal = None;
        if let Some((motion, selects)) = motion_of(key) {
            return self.step(motion, selects);
        }
        self.change(key)
    }

    fn step(&mut self, motion: Motion, selects: bool) -> Pressed {
        if selects {
            self.buffer.start_selection();
        }
        self.buffer.step(motion);
        Pressed::Moved
    }

    fn change(&mut self, key: Key) -> Pressed {
        match (key.ctrl, key.code) {
            (false, KeyCode::Char(typed)) => self.buffer.insert(typed.encode_utf8(&mut [0; 4])),
            (false, KeyCode::Named("tab")) => self.buffer.insert("\t"),
            (false, KeyCode::Named("enter")) => self.new_line(),
            (false, KeyCode::Named("backspace")) | (true, KeyCode::Char('h')) => {
                self.buffer.erase(Motion::Back);
            }
            (false, KeyCode::Named("delete")) | (true, KeyCode::Char('d')) => {
                self.buffer.erase(Motion::Forward);
            }
            (true, KeyCode::Char('w') | KeyCode::Named("backspace")) => {
                self.buffer.erase(Motion::WordBack);
            }
            (true, KeyCode::Named("delete")) => self.buffer.erase(Motion::WordForward),
            (true, KeyCode::Char('k')) => self.erase_to_end(),
            (true, KeyCode::Char('u')) => self.buffer.erase(Motion::Home),
            (true, KeyCode::Char('x')) => self.buffer.cut(),
            (true, KeyCode::Char('v')) => self.buffer.paste(),
            (true, KeyCode::Char('_' | '/' | '7')) => return typed(self.buffer.undo()),
            (true, KeyCode::Char('r')) => return typed(self.buffer.redo()),
            _ => return self.select(key),
        }
        Pressed::Typed
    }

    fn select(&mut self, key: Key) -> Pressed {
        match (key.ctrl, key.code) {
            (true, KeyCode::Char(' ' | '@')) => {
                if !self.buffer.leave_selection() {
                    self.buffer.start_selection();
                }
            }
            (true, KeyCode::Char('y')) => self.buffer.copy(),
            _ => return Pressed::Nothing,
        }
        Pressed::Moved
    }

    /// Erases up to the end of the line; at the end of one, the line end.
    fn erase_to_end(&mut self) {
        let is_at_end = self.buffer.halves().1.is_empty();
        let motion = if is_at_end {
            Motion::Forward
        } else {
            Motion::End
        };
        self.buffer.erase(motion);
    }

    /// Begins a line as the lines around it begin.
    fn new_line(&mut self) {
        if let Some((start, _)) = self.buffer.selection() {
            self.buffer.erase(Motion::Back);
            self.buffer.go_to(start);
        }
        let row = self.buffer.caret().row;
        let below = self.buffer.lines().get(row + 1).map(String::as_str);
        let before = self.buffer.halves().0;
        match newline::continuation(self.buffer.line(), before, below) {
            Some(prefix) => self.buffer.insert(&format!("\n{prefix}")),
            None => {
                let end = self.buffer.line().len();
                self.buffer
                    .replace_range(Caret::new(row, 0), Caret::new(row, end), "");
            }
        }
    }

    /// Moves the caret by rows as they are wrapped, and keeps its column.
    fn step_rows(&mut self, count: usize, is_down: bool) {
        let caret = self.buffer.caret();
        let rows = wrap::wrap_line(self.buffer.line(), self.columns);
        let row = &rows[wrap::row_of(&rows, caret.byte)];
        let here = wrap::column_of(self.buffer.line(), row, caret.byte);
        let goal = *self.goal.get_or_insert(here);
        let target = (0..count).fold(caret, |at, _| self.beside(at, goal, is_down));
        self.buffer.go_to(target);
    }

    /// Returns the place in the row below or above, at the column `goal`.
    fn beside(&self, at: Caret, goal: usize, is_down: bool) -> Caret {
        let lines = self.buffer.lines();
        let rows = wrap::wrap_line(&lines[at.row], self.columns);
        let index = wrap::row_of(&rows, at.byte);
        let place = |row: usize, rows: &[std::ops::Range<usize>], index: usize| {
            Caret::new(row, wrap::byte_at(&lines[row], &rows[index], goal))
        };
        if is_down && index + 1 < rows.len() {
            return place(at.row, &rows, index + 1);
        }
        if !is_down && index > 0 {
            return place(at.row, &rows, index - 1);
        }
        let next = if is_down {
            at.row.checked_add(1)
        } else {
            at.row.checked_sub(1)
        };
        let Some(row) = next.filter(|row| *row < lines.len()) else {
            return at;
        };
        let rows = wrap::wrap_line(&lines[row], self.columns);
        place(row, &rows, if is_down { 0 } else { rows.len() - 1 })
    }
}

impl Model {
    /// Opens an editor over a unit of the chosen pane's document, on the kanban of the task list.
    pub fn editor_of(&mut self, unit: Unit) -> Option<Editor> {
        let feature = self.open_files.feature.clone()?;
        let open_file = match self.view {
            View::Board => self.open_files.of(Pane::Tasks),
            _ => self.open_file(),
        }?;
        let (file, base) = (open_file.file.clone(), open_file.text.clone());
        let mut editor = Editor::open(feature, file, &base, unit);
        self.opened += 1;
        editor.ticket = self.opened;
        Some(editor)
    }
}

fn typed(is_changed: bool) -> Pressed {
    if is_changed {
        Pressed::Typed
    } else {
        Pressed::Nothing
    }
}

/// Returns how many rows a key moves the caret, and whether down.
fn vertical(key: Key) -> Option<(usize, bool)> {
    match (key.ctrl, key.code) {
        (false, KeyCode::Named("up" | "shift-up")) | (true, KeyCode::Char('p')) => Some((1, false)),
        (false, KeyCode::Named("down" | "shift-down")) | (true, KeyCode::Char('n')) => {
            Some((1, true))
        }
        (false, KeyCode::Named("pgup")) => Some((PAGE, false)),
        (false, KeyCode::Named("pgdn")) => Some((PAGE, true)),
        _ => None,
    }
}

/// Returns the motion of a key, and whether it selects what it passes over.
fn motion_of(key: Key) -> Option<(Motion, bool)> {
    use Motion::{Back, End, First, Forward, Home, Last, WordBack, WordForward};
    let plain = |motion| Some((motion, false));
    let selecting = |motion| Some((motion, true));
    match (key.ctrl, key.code) {
        (false, KeyCode::Named("left")) | (true, KeyCode::Char('b')) => plain(Back),
        (false, KeyCode::Named("right")) | (true, KeyCode::Char('f')) => plain(Forward),
        (false, KeyCode::Named("home")) | (true, KeyCode::Char('a')) => plain(Home),
        (false, KeyCode::Named("end")) | (true, KeyCode::Char('e')) => plain(End),
        (true, KeyCode::Named("left")) => plain(WordBack),
        (true, KeyCode::Named("right")) => plain(WordForward),
        (true, KeyCode::Named("home")) => plain(First),
        (true, KeyCode::Named("end")) => plain(Last),
        (false, KeyCode::Named("shift-left")) => selecting(Back),
        (false, KeyCode::Named("shift-right")) => selecting(Forward),
        (false, KeyCode::Named("shift-home")) => selecting(Home),
        (false, KeyCode::Named("shift-end")) => selecting(End),
        (true, KeyCode::Named("shift-left")) => selecting(WordBack),
        (true, KeyCode::Named("shift-right")) => selecting(WordForward),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::DocumentKind;

    const TASKS: &str = "# T\r\n\r\n- [ ] 1. Old title\r\n  - a detail\r\n- [x] 2. Next\r\n";

    fn editor() -> Editor {
        let file = DocumentFile {
            kind: DocumentKind::Tasks,
            path: "tasks.md".into(),
        };
        let unit = Unit {
            kind: UnitKind::Task,
            lines: 2..4,
            name: "task 1".to_owned(),
        };
        Editor::open("spec".into(), file, &Text::new(TASKS), unit)
    }

    fn press(editor: &mut Editor, keys: &str) {
        for word in keys.split(' ') {
            let ctrl = word.starts_with("ctrl-");
            let name = word.trim_start_matches("ctrl-");
            let code = match name {
                "enter" => KeyCode::Named("enter"),
                "end" => KeyCode::Named("end"),
                "down" => KeyCode::Named("down"),
                "up" => KeyCode::Named("up"),
                "backspace" => KeyCode::Named("backspace"),
                "shift-home" => KeyCode::Named("shift-home"),
                other => KeyCode::Char(other.chars().next().unwrap()),
            };
            editor.press(Key { code, ctrl });
        }
    }

    #[test]
    fn keys_type_into_the_unit_and_the_edit_writes_only_that() {
        for (keys, after) in [
            (
                "end !",
                "# T\r\n\r\n- [ ] 1. Old title!\r\n  - a detail\r\n- [x] 2. Next\r\n",
            ),
            (
                "end enter b",
                "# T\r\n\r\n- [ ] 1. Old title\r\n  - b\r\n  - a detail\r\n- [x] 2. Next\r\n",
            ),
            (
                "down end enter b",
                "# T\r\n\r\n- [ ] 1. Old title\r\n  - a detail\r\n  - b\r\n- [x] 2. Next\r\n",
            ),
            (
                "down end ctrl-w x",
                "# T\r\n\r\n- [ ] 1. Old title\r\n  - a x\r\n- [x] 2. Next\r\n",
            ),
            (
                "down ctrl-x",
                "# T\r\n\r\n- [ ] 1. Old title\r\n- [x] 2. Next\r\n",
            ),
            (
                "end shift-home z",
                "# T\r\n\r\nz\r\n  - a detail\r\n- [x] 2. Next\r\n",
            ),
        ] {
            let mut editor = editor();
            press(&mut editor, keys);
            let written = editor.edit().apply(editor.base());
            assert_eq!(written, Text::new(after), "{keys}");
            assert!(editor.is_changed());
        }
        assert!(!editor().is_changed() && editor().edit().is_empty());
    }

    #[test]
    fn vertical_steps_keep_their_column_over_wrapped_rows() {
        let mut editor = editor();
        editor.columns = 10;
        press(&mut editor, "end");
        let end = editor.buffer().caret();
        press(&mut editor, "up");
        assert_eq!(editor.buffer().caret(), Caret::new(0, 8));
        press(&mut editor, "down");
        assert_eq!(editor.buffer().caret(), end);
        press(&mut editor, "down down down");
        assert_eq!(editor.buffer().caret().row, 1);
    }
}
