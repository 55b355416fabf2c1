//! The text that is being edited: lines with a caret and a selection, moved by grapheme, undone by
//! word.
//!
//! Stands on the text area, which goes by code points and undoes one character at a time. Knows
//! neither the file that the text comes from nor how it is drawn.

use tui_textarea::{CursorMove, TextArea};
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// A place in the text: a line from 0 and a byte offset in it, always between two characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Caret {
    /// The line, from 0.
    pub row: usize,
    /// The byte offset in the line.
    pub byte: usize,
}

impl Caret {
    /// Makes a caret.
    pub fn new(row: usize, byte: usize) -> Self {
        Self { row, byte }
    }
}

/// Where a key moves the caret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// To the grapheme before, over the end of a line too.
    Back,
    /// To the grapheme behind.
    Forward,
    /// To the beginning of the word before.
    WordBack,
    /// To the end of the word behind.
    WordForward,
    /// To the first character that is no blank; from there to the start of the line.
    Home,
    /// To the end of the line.
    End,
    /// To the start of the text.
    First,
    /// To the end of the text.
    Last,
}

/// What kind of typing a step is, so that steps of one kind are undone together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Characters of a word.
    Word,
    /// Blanks, which end the word before them.
    Blank,
    /// Erased characters.
    Erase,
    /// Anything else: undone by itself.
    Other,
}

/// One replacement: what stood at `at` and what stands there now.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Step {
    at: Caret,
    removed: String,
    inserted: String,
    kind: Kind,
    caret: Caret,
}

/// The lines that are being edited.
#[derive(Clone, Debug)]
pub struct TextBuffer {
    area: TextArea<'static>,
    anchor: Option<Caret>,
    clipboard: String,
    undo: Vec<Step>,
    redo: Vec<Step>,
    /// Whether the last step was just taken, so that typing goes on in it.
    is_typing: bool,
}

impl PartialEq for TextBuffer {
    fn eq(&self, other: &Self) -> bool {
        let parts = |area: &Self| (area.caret(), area.anchor);
        self.lines() == other.lines() && parts(self) == parts(other)
    }
}

impl Eq for TextBuffer {}

impl Default for TextBuffer {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl TextBuffer {
    /// Makes an area of lines, with the caret at the start.
    pub fn new(lines: Vec<String>) -> Self {
        let mut area = TextArea::new(lines);
        // What is undone here is undone by word, so the text area keeps nothing of its own.
        area.set_max_histories(0);
        Self {
            area,
            anchor: None,
            clipboard: String::new(),
            undo: Vec::new(),
            redo: Vec::new(),
            is_typing: false,
        }
    }

    /// Returns the lines, without endings; there is always one.
    pub fn lines(&self) -> &[String] {
        self.area.lines()
    }

    /// Returns the line under the caret.
    pub fn line(&self) -> &str {
        &self.lines()[self.caret().row]
    }

    /// Returns the place of the caret.
    pub fn caret(&self) -> Caret {
        let cursor = self.area.cursor();
        let line = &self.lines()[cursor.0];
        let byte = line
            .char_indices()
            .nth(cursor.1)
            .map_or(line.len(), |(at, _)| at);
        Caret::new(cursor.0, byte)
    }

    /// Returns the selected range, the earlier end first; none where nothing is selected.
    pub fn selection(&self) -> Option<(Caret, Caret)> {
        let (anchor, caret) = (self.anchor?, self.caret());
        (anchor != caret).then(|| (anchor.min(caret), anchor.max(caret)))
    }

    /// Returns the line under the caret, cut at the caret.
    pub fn halves(&self) -> (&str, &str) {
        self.line().split_at(self.caret().byte)
    }

    /// Returns whether a selection was begun.
    pub fn is_selecting(&self) -> bool {
        self.anchor.is_some()
    }

    /// Begins a selection at the caret, unless one is there.
    pub fn start_selection(&mut self) {
        let caret = self.caret();
        self.anchor.get_or_insert(caret);
    }

    /// Drops the selection and leaves the text alone. Returns whether one was there.
    pub fn leave_selection(&mut self) -> bool {
        self.anchor.take().is_some()
    }

    /// Moves the caret. A selection that was begun grows or shrinks with it.
    pub fn step(&mut self, motion: Motion) {
        self.go_to(self.target(motion));
    }

    /// Puts the caret to a place, or the nearest one there is.
    pub fn go_to(&mut self, caret: Caret) {
        self.is_typing = false;
        self.jump(caret);
    }

    /// Types text at the caret, in the place of what is selected. Line ends of any kind begin a
    /// line; other control characters but tabs are left out.
    pub fn insert(&mut self, text: &str) {
        let text = plain(text);
        let kind = kind_of(&text);
        let (start, end) = self.selection_or_caret();
        self.replace(start, end, &text, kind);
    }

    /// Erases what is selected, else what the motion passes over.
    pub fn erase(&mut self, motion: Motion) {
        let caret = self.caret();
        let (start, end) = self.selection().unwrap_or_else(|| {
            let target = self.target(motion);
            (target.min(caret), target.max(caret))
        });
        self.replace(start, end, "", Kind::Erase);
    }

    /// Copies what is selected, else the line, and drops the selection.
    pub fn copy(&mut self) {
        self.clipboard = match self.selection() {
            Some((start, end)) => self.between(start, end),
            None => format!("{}\n", self.line()),
        };
        self.anchor = None;
    }

    /// Copies and erases what is selected, else the line.
    pub fn cut(&mut self) {
        let (start, end) = self.selection().unwrap_or_else(|| self.whole_line());
        self.copy();
        self.replace(start, end, "", Kind::Other);
    }

    /// Inserts what was copied last.
    pub fn paste(&mut self) {
        let (start, end) = self.selection_or_caret();
        self.replace(start, end, &self.clipboard.clone(), Kind::Other);
    }

    /// Takes back the last word that was typed or erased. Returns whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some(step) = self.undo.pop() else {
            return false;
        };
        self.put(step.at, &step.inserted, &step.removed);
        self.jump(step.caret);
        self.redo.push(step);
        self.end_change()
    }

    /// Does again what was taken back last. Returns whether there was something.
    pub fn redo(&mut self) -> bool {
        let Some(step) = self.redo.pop() else {
            return false;
        };
        self.put(step.at, &step.removed, &step.inserted);
        self.undo.push(step);
        self.end_change()
    }

    /// Puts other lines in the place of all, with the caret at `caret`: what stands there was not
    /// typed, so nothing before it can be undone by typing's own undo.
    pub fn reset(&mut self, lines: Vec<String>, caret: Caret) {
        let clipboard = std::mem::take(&mut self.clipboard);
        *self = Self::new(lines);
        self.clipboard = clipboard;
        self.jump(caret);
    }

    /// Replaces the text from `start` to `end`, as one step that can be undone.
    pub fn replace_range(&mut self, start: Caret, end: Caret, text: &str) {
        self.replace(start, end, &plain(text), Kind::Other);
    }

    fn end_change(&mut self) -> bool {
        self.anchor = None;
        self.is_typing = false;
        true
    }

    fn selection_or_caret(&self) -> (Caret, Caret) {
        let caret = self.caret();
        self.selection().unwrap_or((caret, caret))
    }

    /// Returns the line under the caret with one of its ends, so that erasing it leaves no blank.
    fn whole_line(&self) -> (Caret, Caret) {
        let row = self.caret().row;
        let (start, end) = (Caret::new(row, 0), Caret::new(row, self.line().len()));
        if row + 1 < self.lines().len() {
            (start, Caret::new(row + 1, 0))
        } else if row > 0 {
            (Caret::new(row - 1, self.lines()[row - 1].len()), end)
        } else {
            (start, end)
        }
    }

    fn replace(&mut self, start: Caret, end: Caret, text: &str, kind: Kind) {
        let removed = self.between(start, end);
        if removed.is_empty() && text.is_empty() {
            return;
        }
        let caret = self.caret();
        self.put(start, &removed, text);
        self.redo.clear();
        self.anchor = None;
        let step = Step {
            at: start,
            removed,
            inserted: text.to_owned(),
            kind,
            caret,
        };
        self.remember(step);
    }

    /// Puts `inserted` in the place of `removed`, which stands at `at`.
    fn put(&mut self, at: Caret, removed: &str, inserted: &str) {
        self.jump(at);
        if !removed.is_empty() {
            self.area.delete_str(removed.chars().count());
        }
        if !inserted.is_empty() {
            self.area.insert_str(inserted);
        }
    }

    /// Adds a step to those that can be undone, or to the last of them where typing goes on.
    fn remember(&mut self, step: Step) {
        let goes_on = self.is_typing;
        self.is_typing = true;
        let last = self.undo.last_mut();
        if !last.is_some_and(|last| goes_on && last.take_in(&step)) {
            self.undo.push(step);
        }
    }

    fn jump(&mut self, caret: Caret) {
        let row = caret.row.min(self.lines().len() - 1);
        let line = &self.lines()[row];
        let before = line.char_indices().take_while(|(at, _)| *at < caret.byte);
        let column = before.count();
        self.area.cancel_selection();
        self.move_to(row, column);
    }

    /// Moves the text area's cursor, which jumps no further than line and column 65,535.
    fn move_to(&mut self, row: usize, column: usize) {
        let near = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
        let behind = |at: usize| at - usize::from(near(at));
        let first = if behind(row) == 0 { near(column) } else { 0 };
        self.area.move_cursor(CursorMove::Jump(near(row), first));
        (0..behind(row)).for_each(|_| self.area.move_cursor(CursorMove::Down));
        (usize::from(first)..column).for_each(|_| self.area.move_cursor(CursorMove::Forward));
    }

    fn between(&self, start: Caret, end: Caret) -> String {
        let lines = self.lines();
        if start.row == end.row {
            return lines[start.row][start.byte..end.byte].to_owned();
        }
        let first = std::iter::once(&lines[start.row][start.byte..]);
        let inner = lines[start.row + 1..end.row].iter().map(String::as_str);
        let last = std::iter::once(&lines[end.row][..end.byte]);
        first
            .chain(inner)
            .chain(last)
            .collect::<Vec<_>>()
            .join("\n")
    }

    fn target(&self, motion: Motion) -> Caret {
        let caret = self.caret();
        match motion {
            Motion::Back => self.before(caret, last_grapheme),
            Motion::WordBack => self.before(caret, last_word),
            Motion::Forward => self.behind(caret, first_grapheme),
            Motion::WordForward => self.behind(caret, first_word),
            Motion::Home => self.home(caret),
            Motion::End => Caret::new(caret.row, self.line().len()),
            Motion::First => Caret::default(),
            Motion::Last => self.last(),
        }
    }

    fn before(&self, caret: Caret, step: fn(&str) -> usize) -> Caret {
        if caret.byte > 0 {
            return Caret::new(caret.row, step(&self.line()[..caret.byte]));
        }
        match caret.row.checked_sub(1) {
            Some(row) => Caret::new(row, self.lines()[row].len()),
            None => caret,
        }
    }

    fn behind(&self, caret: Caret, step: fn(&str) -> usize) -> Caret {
        let rest = &self.line()[caret.byte..];
        if !rest.is_empty() {
            return Caret::new(caret.row, caret.byte + step(rest));
        }
        if caret.row + 1 < self.lines().len() {
            Caret::new(caret.row + 1, 0)
        } else {
            caret
        }
    }

    fn home(&self, caret: Caret) -> Caret {
        let line = self.line();
        let blanks = line.len() - line.trim_start().len();
        let byte = if caret.byte == blanks { 0 } else { blanks };
        Caret::new(caret.row, byte)
    }

    fn last(&self) -> Caret {
        let row = self.lines().len() - 1;
        Caret::new(row, self.lines()[row].len())
    }
}

impl Step {
    /// Joins the next step to this one, where both are typed or erased in one go. Returns whether
    /// they were joined.
    fn take_in(&mut self, next: &Self) -> bool {
        match (self.kind, next.kind) {
            (Kind::Word, Kind::Word) | (Kind::Blank, Kind::Blank) | (Kind::Word, Kind::Blank) => {
                self.type_on(next)
            }
            (Kind::Erase, Kind::Erase) => self.erase_on(next),
            _ => false,
        }
    }

    fn type_on(&mut self, next: &Self) -> bool {
        let end = self.at.byte + self.inserted.len();
        let follows = next.at == Caret::new(self.at.row, end) && next.removed.is_empty();
        if follows {
            self.inserted.push_str(&next.inserted);
            self.kind = next.kind;
        }
        follows
    }

    fn erase_on(&mut self, next: &Self) -> bool {
        if next.removed.contains('\n') || self.removed.contains('\n') {
            return false;
        }
        if next.at == self.at {
            self.removed.push_str(&next.removed);
            return true;
        }
        let is_before =
            next.at == Caret::new(self.at.row, self.at.byte.wrapping_sub(next.removed.len()));
        if is_before {
            self.removed.insert_str(0, &next.removed);
            self.at = next.at;
        }
        is_before
    }
}

/// Returns text as it may be typed: line ends as `\n`, no control characters but tabs.
fn plain(text: &str) -> String {
    let unix = text.replace("\r\n", "\n").replace('\r', "\n");
    unix.chars()
        .filter(|character| matches!(character, '\n' | '\t') || !character.is_control())
        .collect()
}

fn kind_of(text: &str) -> Kind {
    let mut characters = text.graphemes(true);
    match (characters.next(), characters.next()) {
        (Some("\n"), None) => Kind::Other,
        (Some(one), None) if one.trim().is_empty() => Kind::Blank,
        (Some(_), None) => Kind::Word,
        _ => Kind::Other,
    }
}

/// Returns where the last grapheme of `text` begins.
fn last_grapheme(text: &str) -> usize {
    let mut cursor = GraphemeCursor::new(text.len(), text.len(), true);
    cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(0)
}

/// Returns where the first grapheme of `text` ends.
fn first_grapheme(text: &str) -> usize {
    text.graphemes(true).next().map_or(0, str::len)
}

/// Returns where the last word of `text` begins. Punctuation in a row is one word.
fn last_word(text: &str) -> usize {
    let filled = text.trim_end();
    let mut words = filled.split_word_bound_indices().rev().peekable();
    let Some((mut start, last)) = words.next() else {
        return 0;
    };
    while let Some((before, _)) = words.next_if(|(_, word)| is_mark(last) && is_mark(word)) {
        start = before;
    }
    start
}

/// Returns where the first word of `text` ends.
fn first_word(text: &str) -> usize {
    let blanks = text.len() - text.trim_start().len();
    let mut words = text[blanks..].split_word_bounds().peekable();
    let Some(first) = words.next() else {
        return text.len();
    };
    let mut end = blanks + first.len();
    while let Some(word) = words.next_if(|word| is_mark(first) && is_mark(word)) {
        end += word.len();
    }
    end
}

/// Returns whether a segment stands between words.
fn is_mark(word: &str) -> bool {
    word.chars()
        .all(|character| character.is_ascii_punctuation())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FAMILY: &str = "👨‍👩‍👧";

    fn buffer(text: &str) -> TextBuffer {
        let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let row = lines
            .iter()
            .position(|line| line.contains('|'))
            .unwrap_or(0);
        let byte = lines[row].find('|').unwrap_or(0);
        lines[row] = lines[row].replacen('|', "", 1);
        let mut area = TextBuffer::new(lines);
        area.go_to(Caret::new(row, byte));
        area
    }

    fn shown(area: &TextBuffer) -> String {
        let mut lines = area.lines().to_vec();
        let caret = area.caret();
        lines[caret.row].insert(caret.byte, '|');
        lines.join("\n")
    }

    #[test]
    fn motions_go_by_grapheme_and_word() {
        use Motion::{Back, End, First, Forward, Home, Last, WordBack, WordForward};
        let family = format!("a{FAMILY}|b");
        let before = format!("a|{FAMILY}b");
        for (from, motion, to) in [
            (family.as_str(), Back, before.as_str()),
            (before.as_str(), Forward, family.as_str()),
            ("e\u{301}|x", Back, "|e\u{301}x"),
            ("a\n|b", Back, "a|\nb"),
            ("a|\nb", Forward, "a\n|b"),
            ("|a", Back, "|a"),
            ("a|", Forward, "a|"),
            ("one two|", WordBack, "one |two"),
            ("one |two", WordBack, "|one two"),
            ("|one two", WordForward, "one| two"),
            ("one| two", WordForward, "one two|"),
            ("  a|b", Home, "  |ab"),
            ("  |ab", Home, "|  ab"),
            ("a|b", End, "ab|"),
            ("a\nb|", First, "|a\nb"),
            ("|a\nb", Last, "a\nb|"),
        ] {
            let mut area = buffer(from);
            area.step(motion);
            assert_eq!(shown(&area), to, "{motion:?} from {from:?}");
        }
    }

    #[test]
    fn erasing_takes_whole_graphemes_words_and_line_ends() {
        let family = format!("a{FAMILY}|b");
        for (from, motion, to) in [
            (family.as_str(), Motion::Back, "a|b"),
            ("a\n|b", Motion::Back, "a|b"),
            ("a|\nb", Motion::Forward, "a|b"),
            ("one two|", Motion::WordBack, "one |"),
            ("one| two", Motion::End, "one|"),
        ] {
            let mut area = buffer(from);
            area.erase(motion);
            assert_eq!(shown(&area), to, "{motion:?} from {from:?}");
        }
    }

    #[test]
    fn pasted_lines_of_any_ending_are_lines_and_control_characters_are_left_out() {
        let mut area = buffer("a|b");
        area.insert("1\r\n2\r3\n\u{1b}[31m\t4");
        assert_eq!(shown(&area), "a1\n2\n3\n[31m\t4|b");
    }

    #[test]
    fn typing_is_undone_by_word_and_done_again() {
        let mut area = buffer("|");
        for character in "one two".chars() {
            area.insert(&character.to_string());
        }
        let mut states = vec![shown(&area)];
        while area.undo() {
            states.push(shown(&area));
        }
        assert_eq!(states, ["one two|", "one |", "|"]);
        area.redo();
        area.redo();
        assert_eq!(shown(&area), "one two|");
        assert!(!area.redo());
    }

    #[test]
    fn erased_characters_come_back_together_and_a_moved_caret_ends_a_step() {
        let mut area = buffer("abcd|");
        area.erase(Motion::Back);
        area.erase(Motion::Back);
        area.undo();
        assert_eq!(shown(&area), "abcd|");
        area.insert("e");
        area.step(Motion::Back);
        area.step(Motion::Forward);
        area.insert("f");
        area.undo();
        assert_eq!(shown(&area), "abcde|");
    }

    #[test]
    fn what_is_selected_is_cut_copied_and_replaced() {
        let mut area = buffer("one |two\nthree");
        area.start_selection();
        area.step(Motion::Last);
        area.cut();
        assert_eq!(shown(&area), "one |");
        area.paste();
        assert_eq!(shown(&area), "one two\nthree|");
        area.start_selection();
        area.step(Motion::First);
        area.insert("x");
        assert_eq!(shown(&area), "x|");
        area.undo();
        assert_eq!(area.lines(), ["one two", "three"]);
    }

    #[test]
    fn without_a_selection_the_line_is_cut() {
        for (from, to) in [("a|b\ncd", "|cd"), ("ab\nc|d", "ab|"), ("a|b", "|")] {
            let mut area = buffer(from);
            area.cut();
            assert_eq!(shown(&area), to, "{from:?}");
        }
    }

    #[derive(Clone, Debug)]
    enum Action {
        Insert(String),
        Erase(Motion),
        Step(Motion),
        Select,
        Cut,
        Paste,
    }

    fn motion() -> impl Strategy<Value = Motion> {
        use Motion::{Back, End, First, Forward, Home, Last, WordBack, WordForward};
        proptest::sample::select(vec![
            Back,
            Forward,
            WordBack,
            WordForward,
            Home,
            End,
            First,
            Last,
        ])
    }

    fn action() -> impl Strategy<Value = Action> {
        prop_oneof![
            "[a é\n한👨\u{200d}\u{301}\t]{0,3}".prop_map(Action::Insert),
            motion().prop_map(Action::Erase),
            motion().prop_map(Action::Step),
            Just(Action::Select),
            Just(Action::Cut),
            Just(Action::Paste),
        ]
    }

    #[test]
    fn lines_and_columns_may_be_more_than_65_535() {
        for (lines, at) in [
            (vec!["one".to_owned(); 70_000], Caret::new(66_000, 1)),
            (vec!["一".repeat(70_000)], Caret::new(0, 3 * 66_000)),
        ] {
            let mut area = TextBuffer::new(lines.clone());
            area.go_to(at);
            assert_eq!(area.caret(), at);
            area.insert("typed\nand more");
            assert_eq!(area.caret(), Caret::new(at.row + 1, 8));
            assert!(area.lines()[at.row].ends_with("typed"));
            assert_eq!(area.lines().len(), lines.len() + 1);
            assert!(area.undo());
            assert_eq!((area.lines(), area.caret()), (&lines[..], at));
        }
    }

    proptest! {
        #[test]
        fn undo_leads_back_to_the_first_text(
            text in "[a é\n한👨\u{200d}]{0,12}",
            actions in proptest::collection::vec(action(), 0..30),
        ) {
            let mut area = TextBuffer::new(text.split('\n').map(str::to_owned).collect());
            let first = area.lines().to_vec();
            for action in actions {
                match action {
                    Action::Insert(text) => area.insert(&text),
                    Action::Erase(motion) => area.erase(motion),
                    Action::Step(motion) => area.step(motion),
                    Action::Select => area.start_selection(),
                    Action::Cut => area.cut(),
                    Action::Paste => area.paste(),
                }
            }
            let last = area.lines().to_vec();
            while area.undo() {}
            prop_assert_eq!(area.lines(), &first[..]);
            while area.redo() {}
            prop_assert_eq!(area.lines(), &last[..]);
        }
    }
}
