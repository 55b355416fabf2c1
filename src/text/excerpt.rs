//! Lines of a text taken out to be edited, and put back so that only what was typed differs.
//!
//! Knows nothing of what the lines mean. The indent that they share, the byte order mark and the
//! line endings are taken off on the way out and put back on the way in.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Edit, Line, LineEnding, Span, Splice, Text};

/// A run of whole lines of one text, as it is given to be edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    text: Text,
    lines: Range<usize>,
    indent: Vec<u8>,
    /// The bytes of the only line that are shown; none where all are.
    part: Option<Span>,
}

impl Excerpt {
    /// Takes lines out of a text. A range without lines stands for the place before its start.
    pub fn of(text: &Text, lines: Range<usize>) -> Self {
        let all = text.lines().len();
        let lines = lines.start.min(all)..lines.end.min(all);
        let indent = shared_indent(text, &text.lines()[lines.clone()]);
        Self {
            text: text.clone(),
            lines,
            indent,
            part: None,
        }
    }

    /// Takes a part of one line out of a text.
    pub fn of_part(text: &Text, part: Span) -> Self {
        let line = text.line_at(part.start);
        Self {
            text: text.clone(),
            lines: line..line + 1,
            indent: Vec::new(),
            part: Some(part),
        }
    }

    /// Makes the place for new lines before the line `at`, indented as `indent` says.
    pub fn empty_at(text: &Text, at: usize, indent: &[u8]) -> Self {
        let at = at.min(text.lines().len());
        Self {
            text: text.clone(),
            lines: at..at,
            indent: indent.to_vec(),
            part: None,
        }
    }

    /// Returns the lines of the text that are taken out.
    pub fn lines(&self) -> Range<usize> {
        self.lines.clone()
    }

    /// Returns the text that the lines are taken out of.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// Returns how many bytes of indent are taken off each line.
    pub fn indent(&self) -> &[u8] {
        &self.indent
    }

    /// Returns the lines without the indent that they share; invalid bytes are replacement
    /// characters.
    pub fn shown(&self) -> Vec<String> {
        self.own_lines()
            .iter()
            .map(|line| self.text.lossy(self.inner(line)).into_owned())
            .collect()
    }

    /// Returns the edit of the text that puts `typed` in the place of the lines.
    ///
    /// Lines that say the same keep their bytes, and so does what a changed line begins and ends
    /// with. New lines end as the line before them does. A text without a final newline stays one.
    pub fn edit(&self, typed: &[String]) -> Edit {
        let shown = self.shown();
        let mut splices = Vec::new();
        for op in capture_diff_slices(Algorithm::Patience, &shown, typed) {
            let (old, new) = (op.old_range(), op.new_range());
            if !matches!(op, DiffOp::Equal { .. }) {
                self.change(old, &typed[new], &mut splices);
            }
        }
        Edit::new(splices).unwrap_or_default()
    }

    fn own_lines(&self) -> &[Line] {
        &self.text.lines()[self.lines.clone()]
    }

    /// Returns what is shown of a line: its content without the indent, or the part that was taken.
    fn inner(&self, line: &Line) -> Span {
        if let Some(part) = self.part {
            return part;
        }
        let content = self.text.slice(line.content);
        let indent = if content.starts_with(&self.indent) {
            self.indent.len()
        } else {
            0
        };
        Span::new(line.content.start + indent, line.content.end)
    }

    /// Puts `new` in the place of the lines `old`, counted within the excerpt.
    fn change(&self, old: Range<usize>, new: &[String], splices: &mut Vec<Splice>) {
        let paired = old.len().min(new.len());
        let lines = &self.own_lines()[old.clone()];
        for (line, typed) in lines.iter().zip(new) {
            splices.extend(self.retype(line, typed));
        }
        let from = self.lines.start + old.start + paired;
        if old.len() > paired {
            splices.push(self.remove(from..self.lines.start + old.end));
        }
        if new.len() > paired {
            splices.push(self.insert(from, &new[paired..]));
        }
    }

    /// Types one line anew.
    fn retype(&self, line: &Line, typed: &str) -> Vec<Splice> {
        let inner = self.inner(line);
        let is_indented = inner.start > line.content.start || self.indent.is_empty();
        if typed.is_empty() {
            return vec![splice(self.part.unwrap_or(line.content), Vec::new())];
        }
        if line.content.is_empty() && !is_indented {
            return vec![splice(line.content, self.indented(typed))];
        }
        retype(&self.text, inner, typed)
    }

    /// Removes whole lines. Where they are the last ones and nothing ends the last, the line before
    /// them gives its ending instead, so that the text goes on without a final newline.
    fn remove(&self, lines: Range<usize>) -> Splice {
        let all = self.text.lines();
        let (first, last) = (&all[lines.start], &all[lines.end - 1]);
        let is_open = last.ending == LineEnding::None;
        let start = match lines.start.checked_sub(1) {
            Some(before) if is_open => all[before].content.end,
            Some(_) => first.whole.start,
            None => first.content.start,
        };
        splice(Span::new(start, last.whole.end), Vec::new())
    }

    /// Inserts lines before the line `at`.
    fn insert(&self, at: usize, new: &[String]) -> Splice {
        let all = self.text.lines();
        let ending = self.ending_before(at);
        let offset = all.get(at).map_or(self.text.len(), |line| {
            if at == 0 {
                line.content.start
            } else {
                line.whole.start
            }
        });
        let is_behind_open = at == all.len() && all.last().is_some_and(is_unended);
        let mut bytes = Vec::new();
        for typed in new {
            if is_behind_open {
                bytes.extend_from_slice(ending);
            }
            bytes.extend(self.indented(typed));
            if !is_behind_open {
                bytes.extend_from_slice(ending);
            }
        }
        splice(Span::new(offset, offset), bytes)
    }

    fn ending_before(&self, at: usize) -> &'static [u8] {
        let before = at.checked_sub(1).and_then(|at| self.text.lines().get(at));
        let own = before.map(|line| line.ending);
        let ending = own.filter(|ending| *ending != LineEnding::None);
        ending.unwrap_or(self.text.main_ending()).as_bytes()
    }

    fn indented(&self, typed: &str) -> Vec<u8> {
        if typed.is_empty() {
            return Vec::new();
        }
        [&self.indent, typed.as_bytes()].concat()
    }
}

fn splice(span: Span, insert: Vec<u8>) -> Splice {
    Splice { span, insert }
}

fn is_unended(line: &Line) -> bool {
    line.ending == LineEnding::None
}

/// Returns the blanks that every line begins with, but for blank lines.
fn shared_indent(text: &Text, lines: &[Line]) -> Vec<u8> {
    let contents = lines.iter().map(|line| text.slice(line.content));
    let filled = contents.filter(|content| !content.trim_ascii().is_empty());
    let indents = filled.map(|content| &content[..blanks(content)]);
    let shared = indents.reduce(|one, other| {
        let same = one
            .iter()
            .zip(other)
            .take_while(|(one, other)| one == other);
        &one[..same.count()]
    });
    shared.unwrap_or_default().to_vec()
}

fn blanks(content: &[u8]) -> usize {
    content
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count()
}

/// Puts `typed` in the place of the bytes in `span`, and keeps each byte that stands for a character
/// that stayed: bytes that are no UTF-8 survive a change beside them.
fn retype(text: &Text, span: Span, typed: &str) -> Vec<Splice> {
    let (starts, old) = characters(text.slice(span), span.start);
    let new: Vec<char> = typed.chars().collect();
    let head = old
        .iter()
        .zip(&new)
        .take_while(|(old, new)| old == new)
        .count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let pairs = old_rest.iter().rev().zip(new_rest.iter().rev());
    let tail = pairs.take_while(|(old, new)| old == new).count();
    let (old_middle, new_middle) = (head..old.len() - tail, &new[head..new.len() - tail]);
    let is_damaged = old[old_middle.clone()].contains(&char::REPLACEMENT_CHARACTER);
    let replace = |range: Range<usize>, with: &[char]| {
        let insert = with.iter().collect::<String>().into_bytes();
        splice(Span::new(starts[range.start], starts[range.end]), insert)
    };
    if !is_damaged {
        return vec![replace(old_middle, new_middle)];
    }
    let ops = capture_diff_slices(Algorithm::Myers, &old[old_middle], new_middle);
    ops.into_iter()
        .filter(|op| !matches!(op, DiffOp::Equal { .. }))
        .map(|op| {
            let (old, new) = (op.old_range(), op.new_range());
            replace(old.start + head..old.end + head, &new_middle[new])
        })
        .collect()
}

/// Returns the characters of `bytes` and where each begins, counted from `offset`; at last where
/// the bytes end. Bytes that are no UTF-8 are replacement characters.
fn characters(bytes: &[u8], offset: usize) -> (Vec<usize>, Vec<char>) {
    let (mut starts, mut characters, mut at) = (Vec::new(), Vec::new(), offset);
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            starts.push(at);
            characters.push(character);
            at += character.len_utf8();
        }
        if !chunk.invalid().is_empty() {
            starts.push(at);
            characters.push(char::REPLACEMENT_CHARACTER);
            at += chunk.invalid().len();
        }
    }
    starts.push(at);
    (starts, characters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn edited(before: &[u8], lines: Range<usize>, typed: &str) -> Vec<u8> {
        let text = Text::new(before);
        let typed: Vec<String> = typed.split('\n').map(str::to_owned).collect();
        let edit = Excerpt::of(&text, lines).edit(&typed);
        edit.apply(&text).bytes().to_vec()
    }

    #[test]
    fn only_what_was_typed_differs() {
        type Row = (&'static [u8], Range<usize>, &'static str, &'static [u8]);
        let rows: &[Row] = &[
            (
                b"a\r\nb  \r\nc\r\n",
                0..2,
                "a\nx  \ny",
                b"a\r\nx  \r\ny\r\nc\r\n",
            ),
            (
                b"\xef\xbb\xbfa\nb\n",
                0..1,
                "x\na",
                b"\xef\xbb\xbfx\na\nb\n",
            ),
            (b"\xef\xbb\xbfa\nb\n", 0..2, "b", b"\xef\xbb\xbfb\n"),
            (b"a\nb", 1..2, "b\nc", b"a\nb\nc"),
            (b"a\nb", 0..2, "a", b"a"),
            (b"a\r\nb\nc\n", 1..2, "b\nx", b"a\r\nb\nx\nc\n"),
            (
                b"\t- a\n\t  - b\n",
                0..2,
                "- a\n  - b\n  - c",
                b"\t- a\n\t  - b\n\t  - c\n",
            ),
            (b"  a\n\n  b\n", 0..3, "a\nx\nb", b"  a\n  x\n  b\n"),
            (b"  a\n  b\n", 0..2, "a\n\nb", b"  a\n\n  b\n"),
            (b"a \xff b\n", 0..1, "A \u{fffd} b", b"A \xff b\n"),
            (b"a \xff b\n", 0..1, "A \u{fffd} B", b"A \xff B\n"),
            (b"", 0..0, "a", b"a\n"),
            (b"a\n", 1..1, "b", b"a\nb\n"),
        ];
        for (before, lines, typed, after) in rows {
            let name = String::from_utf8_lossy(before);
            assert_eq!(
                edited(before, lines.clone(), typed),
                *after,
                "{name:?} {typed:?}"
            );
        }
    }

    /// Without lone carriage returns: one that comes to stand before a line feed is one line end
    /// with it, and no edit of lines can help that.
    fn some_bytes() -> impl Strategy<Value = Vec<u8>> {
        let piece = proptest::sample::select(vec![
            &b"\n"[..],
            b"\r\n",
            b"  ",
            b"\t",
            b"- [ ] ",
            b"a",
            b"\xff",
            "한".as_bytes(),
        ]);
        proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    fn some_lines() -> impl Strategy<Value = Vec<String>> {
        proptest::collection::vec("[ \ta한\u{fffd}]{0,6}", 1..6)
    }

    proptest! {
        #[test]
        fn the_text_says_what_was_typed_and_nothing_else_moves(
            bytes in some_bytes(), from in 0usize..8, count in 0usize..5, typed in some_lines(),
        ) {
            let text = Text::new(bytes);
            let excerpt = Excerpt::of(&text, from..from + count);
            let edit = excerpt.edit(&typed);
            let after = edit.apply(&text);
            let lines = excerpt.lines();
            let (head, tail) = outside(&text, &lines);
            prop_assert!(after.bytes().starts_with(head));
            prop_assert!(after.bytes().ends_with(tail));
            prop_assert_eq!(edit.invert(&text).apply(&after), text.clone());
            let said: Vec<String> = after.lines()[lines.start..].iter()
                .take(typed.len()).map(|line| after.lossy(line.content).into_owned()).collect();
            let indent = String::from_utf8_lossy(excerpt.indent()).into_owned();
            for (said, typed) in said.iter().zip(&typed) {
                prop_assert!(*said == format!("{indent}{typed}") || said == typed, "{said:?} {typed:?}");
            }
        }

        #[test]
        fn what_was_not_changed_is_no_edit(bytes in some_bytes(), from in 0usize..8, count in 1usize..5) {
            let text = Text::new(bytes);
            let excerpt = Excerpt::of(&text, from..from + count);
            prop_assert!(excerpt.edit(&excerpt.shown()).is_empty());
        }
    }

    /// Returns the bytes before and behind the lines, without the line end before them, which may
    /// have to go with a last line.
    fn outside<'a>(text: &'a Text, lines: &Range<usize>) -> (&'a [u8], &'a [u8]) {
        let all = text.lines();
        let start = match lines.start.checked_sub(1) {
            Some(before) => all[before].content.end,
            None => 0,
        };
        let end = match lines.end.checked_sub(1) {
            Some(last) if lines.end > lines.start => all[last].whole.end,
            _ => all
                .get(lines.start)
                .map_or(text.len(), |line| line.whole.start),
        };
        (&text.bytes()[..start], &text.bytes()[end.max(start)..])
    }
}
