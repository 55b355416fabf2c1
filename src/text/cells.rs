//! How text takes up columns on a terminal: cleaning, measuring, cutting, wrapping.
//!
//! Everything that comes from files, names too, goes through [`clean`] before it reaches a screen
//! or a plain terminal. The rest of this file expects cleaned text.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

const TAB: usize = 4;

/// Makes `text` safe and even: no control sequence survives, and all terminals agree on its width.
///
/// Control characters become their visible pictures, characters that reorder lines or end them
/// become `�` or a blank, tabs become blanks up to the next multiple of four columns. Of an emoji
/// sequence the first emoji stays, because terminals disagree on how wide joiners, variation
/// selectors and skin tones make it.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    let mut cleaner = Cleaner::default();
    cleaner.out.reserve(text.len());
    for character in text.chars() {
        cleaner.take(character);
    }
    Cow::Owned(cleaner.out)
}

/// Cleaned text that knows the bytes it was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// What [`clean`] makes of the bytes.
    pub text: String,
    /// The parts of it in order, which together are all of it and stand for all bytes.
    pub parts: Vec<CleanPart>,
}

/// A part of cleaned text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CleanPart {
    /// Where it is in the cleaned text.
    pub shown: Range<usize>,
    /// The bytes that it stands for: the same ones where both have one length, else all of it
    /// stands for all of them.
    pub bytes: Range<usize>,
    /// Whether it is its bytes as they are.
    pub is_same: bool,
}

/// Does as [`clean`] with bytes, invalid ones as `�`, and says what was made of which of them.
pub fn clean_parts(bytes: &[u8]) -> Cleaned {
    let mut cleaner = Cleaner::default();
    cleaner.out.reserve(bytes.len());
    let mut parts = Vec::new();
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            let start = cleaner.out.len();
            let is_same = cleaner.take(character);
            let end = at + character.len_utf8();
            add_part(&mut parts, start..cleaner.out.len(), at..end, is_same);
            at = end;
        }
        if !chunk.invalid().is_empty() {
            let start = cleaner.out.len();
            cleaner.take(char::REPLACEMENT_CHARACTER);
            let end = at + chunk.invalid().len();
            add_part(&mut parts, start..cleaner.out.len(), at..end, false);
            at = end;
        }
    }
    Cleaned {
        text: cleaner.out,
        parts,
    }
}

/// Adds a part, to the last one where both are their bytes as they are.
fn add_part(parts: &mut Vec<CleanPart>, shown: Range<usize>, bytes: Range<usize>, is_same: bool) {
    match parts.last_mut() {
        Some(last) if last.is_same && is_same => {
            (last.shown.end, last.bytes.end) = (shown.end, bytes.end);
        }
        _ => parts.push(CleanPart {
            shown,
            bytes,
            is_same,
        }),
    }
}

/// Text that is cleaned character by character.
#[derive(Default)]
struct Cleaner {
    out: String,
    /// Whether a joiner stands before the next character.
    joined: bool,
    /// The columns of `out` up to the byte `measured`, which no cluster goes across.
    column: usize,
    measured: usize,
}

impl Cleaner {
    /// Takes the next character. Says whether it is shown as it is.
    fn take(&mut self, character: char) -> bool {
        if std::mem::take(&mut self.joined) && !character.is_ascii() {
            return false;
        }
        match character {
            '\t' => self.push_tab(),
            '\0'..='\x1f' => {
                let picture = char::from_u32(0x2400 + u32::from(character));
                self.out.push(picture.unwrap_or('\u{fffd}'));
            }
            '\x7f' => self.out.push('\u{2421}'),
            '\u{200d}' => self.joined = self.out.chars().next_back().is_some_and(is_pictograph),
            '\u{80}'..='\u{9f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{fff9}'..='\u{fffb}' => self.out.push('\u{fffd}'),
            '\u{2028}' | '\u{2029}' => self.out.push(' '),
            '\u{ad}'
            | '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2060}'..='\u{2064}'
            | '\u{206a}'..='\u{206f}'
            | '\u{feff}' => {}
            '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0000}'..='\u{e0fff}' => {}
            _ => {
                self.out.push(character);
                return true;
            }
        }
        false
    }

    /// Adds blanks up to the next multiple of [`TAB`].
    fn push_tab(&mut self) {
        let column = self.column + width(&self.out[self.measured..]);
        let blanks = TAB - column % TAB;
        self.out.extend(std::iter::repeat_n(' ', blanks));
        (self.column, self.measured) = (column + blanks, self.out.len());
    }
}

fn is_pictograph(character: char) -> bool {
    matches!(character, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// Counts the columns that cleaned text takes up.
pub fn width(text: &str) -> usize {
    text.width()
}

/// Shortens a sentence at its end to at most `columns`, with `mark` (one column) in place of what
/// is missing.
pub fn cut_end<'a>(text: &'a str, columns: usize, mark: &str) -> Cow<'a, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    if columns == 0 {
        return Cow::Borrowed("");
    }
    Cow::Owned(format!("{}{mark}", head(text, columns - 1)))
}

/// Shortens a name in its middle to at most `columns`, with `mark` (one column) in place of what is
/// missing.
pub fn cut_middle<'a>(text: &'a str, columns: usize, mark: &str) -> Cow<'a, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    if columns < 3 {
        return cut_end(text, columns, mark);
    }
    let front = head(text, (columns - 1) / 2);
    let back = tail(text, columns - 1 - width(front));
    Cow::Owned(format!("{front}{mark}{back}"))
}

/// Fills `text` up with blanks on the right, to at least `columns`.
pub fn pad(text: &str, columns: usize) -> String {
    let missing = columns.saturating_sub(width(text));
    format!("{text}{:missing$}", "")
}

/// The most characters of a line that are looked at where only a part of one row is drawn.
const LONGEST_ROW: usize = 1 << 12;

/// Returns as much of the start of `text` as any row shows, so that a line of megabytes costs no
/// more than others.
pub fn row_start(text: &str) -> &str {
    text.char_indices()
        .nth(LONGEST_ROW)
        .map_or(text, |(end, _)| &text[..end])
}

/// Returns the longest start of `text` that fits into `columns`.
pub fn head(text: &str, columns: usize) -> &str {
    let mut used = 0;
    for (offset, grapheme) in text.grapheme_indices(true) {
        used += width(grapheme);
        if used > columns {
            return &text[..offset];
        }
    }
    text
}

/// Returns the longest end of `text` that fits into `columns`.
fn tail(text: &str, columns: usize) -> &str {
    let mut used = 0;
    for (offset, grapheme) in text.grapheme_indices(true).rev() {
        used += width(grapheme);
        if used > columns {
            return &text[offset + grapheme.len()..];
        }
    }
    text
}

/// Breaks `text` into lines of at most `columns`, between words where it can.
///
/// Punctuation stays with its word. A word longer than a line is broken between graphemes; between
/// wide characters (CJK) a line may be broken unless the next would begin with a closing mark or
/// this one end with an opening one. A grapheme that is wider than `columns` by itself stands
/// alone. There is always at least one line.
pub fn wrap(text: &str, columns: usize) -> Vec<&str> {
    wrap_ranges(text, columns)
        .into_iter()
        .map(|range| &text[range])
        .collect()
}

/// Does as [`wrap`], and gives the byte ranges of the lines. Blanks at the end of a line, and those
/// where it was broken, are in none.
pub fn wrap_ranges(text: &str, columns: usize) -> Vec<Range<usize>> {
    let mut wrap = Wrap {
        text,
        columns: columns.max(2),
        lines: Vec::new(),
        start: 0,
        end: 0,
        used: 0,
    };
    for (at, word) in pieces(text) {
        if word.trim().is_empty() {
            wrap.take_blank(at, word);
        } else {
            wrap.take_word(at, word);
        }
    }
    wrap.close();
    wrap.lines
}

/// Measures the longest part of `text` that [`wrap_ranges`] does not break where there is room.
pub fn longest_word(text: &str) -> usize {
    pieces(text).map(|(_, word)| width(word)).max().unwrap_or(0)
}

/// Returns the pieces of `text` between which a line may be broken, blanks as pieces of their own.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut words = text.split_word_bound_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = words.next()?;
        let mut end = start + first.len();
        while let Some((_, word)) = words.next_if(|(_, word)| stays_with(&text[start..end], word)) {
            end += word.len();
        }
        Some((start, &text[start..end]))
    })
}

/// Returns whether no line may be broken between `piece` and the word that follows it.
fn stays_with(piece: &str, word: &str) -> bool {
    let (Some(before), Some(after)) = (piece.chars().next_back(), word.chars().next()) else {
        return false;
    };
    if before.is_whitespace() || after.is_whitespace() {
        return before.is_whitespace() && after.is_whitespace();
    }
    let is_wide = |character: char| width(character.encode_utf8(&mut [0; 4])) > 1;
    let is_folder = before == '/' && !piece.ends_with("//") && after.is_alphanumeric();
    let parts = is_wide(before) || is_wide(after) || is_folder;
    !parts || CLOSING.contains(after) || OPENING.contains(before)
}

/// Marks that begin no line.
const CLOSING: &str = ",.;:!?)]}、。，．：；！？）」』】〉》〕”’…・ー々";
/// Marks that end no line.
const OPENING: &str = "([{（「『【〈《〔“‘";

/// The lines so far, and the one that is being filled: from `start` to `end`, `used` columns wide
/// with the blanks behind it.
struct Wrap<'a> {
    text: &'a str,
    columns: usize,
    lines: Vec<Range<usize>>,
    start: usize,
    end: usize,
    used: usize,
}

impl Wrap<'_> {
    /// Takes blanks: they count only when a word follows on the same line, and the first of a text
    /// are its indent.
    fn take_blank(&mut self, at: usize, blank: &str) {
        let is_indent = self.lines.is_empty() && at == 0;
        if self.start < self.end || is_indent {
            self.used += width(blank);
        }
        if is_indent {
            self.end = at + blank.len();
        }
    }

    fn take_word(&mut self, at: usize, word: &str) {
        if self.start < self.end && self.used + width(word) > self.columns {
            self.close();
        }
        if self.start == self.end {
            self.start = at;
        }
        for (offset, grapheme) in word.grapheme_indices(true) {
            let wide = width(grapheme);
            if self.used > 0 && self.used + wide > self.columns {
                self.close();
                self.start = at + offset;
            }
            self.used += wide;
            self.end = at + offset + grapheme.len();
        }
    }

    /// Ends the line and begins one that nothing stands on yet.
    fn close(&mut self) {
        let line = self.start..self.end.max(self.start);
        let trimmed = self.text[line.clone()].trim_end().len();
        self.lines.push(line.start..line.start + trimmed);
        (self.start, self.used) = (self.end, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_that_a_terminal_obeys_survives_cleaning() {
        for (text, expected) in [
            ("plain", "plain"),
            ("a\tb", "a   b"),
            ("a\tb\t日\tc", "a   b   日  c"),
            ("\x1b[31mred", "␛[31mred"),
            ("a\u{9b}31m", "a\u{fffd}31m"),
            ("bell\x07 del\x7f", "bell␇ del␡"),
            ("a\u{202e}b", "a\u{fffd}b"),
            ("日本語", "日本語"),
            ("✔\u{fe0f} ok", "✔ ok"),
            ("👨\u{200d}👩\u{200d}👧 family", "👨 family"),
            ("👍\u{1f3fd}", "👍"),
            ("e\u{301}", "e\u{301}"),
            ("zero\u{200b}width", "zerowidth"),
        ] {
            assert_eq!(clean(text), expected, "{text:?}");
        }
    }

    #[test]
    fn sentences_lose_their_end_and_names_their_middle() {
        assert_eq!(cut_end("a sentence", 6, "…"), "a sen…");
        assert_eq!(cut_end("short", 6, "…"), "short");
        assert_eq!(cut_end("日本語です", 6, "…"), "日本…");
        assert_eq!(
            cut_middle("user-authentication", 18, "…"),
            "user-aut…ntication"
        );
        assert_eq!(cut_middle("日本語の名前です", 9, "…"), "日本…です");
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("日本語の文章", 6), ["日本語", "の文章"]);
        assert_eq!(wrap("see `a b`, (c)", 8), ["see `a", "b`, (c)"]);
        assert_eq!(wrap("src/model/rows.rs", 12), ["src/model/", "rows.rs"]);
        assert_eq!(wrap("at https://a.org/b", 15), ["at", "https://a.org/b"]);
        assert_eq!(wrap("日本語（文章）。", 8), ["日本語", "（文", "章）。"]);
        assert_eq!(wrap("漢字、漢字", 4), ["漢", "字、", "漢字"]);
        assert_eq!(wrap("", 6), [""]);
    }

    #[test]
    fn a_word_without_width_before_blanks_makes_no_line_too_wide() {
        for line in wrap("\u{1e008}  0\u{a1}abcdefghijk lm", 8) {
            assert!(width(line) <= 8, "{line:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_wider_than_asked(text in "\\PC{0,40}", columns in 8usize..30) {
            let text = clean(&text);
            prop_assert!(width(&cut_end(&text, columns, "…")) <= columns);
            prop_assert!(width(&cut_middle(&text, columns, "…")) <= columns);
            prop_assert!(wrap(&text, columns).iter().all(|line| width(line) <= columns));
        }

        #[test]
        fn wrapping_loses_only_blanks(text in "\\PC{0,60}", columns in 2usize..30) {
            let text = clean(&text);
            let squeeze = |text: &str| text.chars().filter(|character| !character.is_whitespace()).collect::<String>();
            prop_assert_eq!(squeeze(&wrap(&text, columns).concat()), squeeze(&text));
        }

        #[test]
        fn the_parts_of_cleaned_text_are_what_cleaning_makes(bytes in "[a-z\\t\u{200d}👨✔\u{fe0f}日\\x1b\\x00é]{0,20}".prop_map(String::into_bytes).prop_flat_map(|bytes| (Just(bytes), proptest::collection::vec(any::<u8>(), 0..4), 0usize..20)).prop_map(|(mut bytes, wild, at)| {
            let at = at.min(bytes.len());
            bytes.splice(at..at, wild);
            bytes
        })) {
            let cleaned = clean_parts(&bytes);
            let lossy = String::from_utf8_lossy(&bytes);
            prop_assert_eq!(&cleaned.text, &clean(&lossy));
            let (mut shown, mut read) = (0, 0);
            for part in &cleaned.parts {
                prop_assert_eq!((part.shown.start, part.bytes.start), (shown, read));
                (shown, read) = (part.shown.end, part.bytes.end);
                if part.is_same {
                    prop_assert_eq!(cleaned.text[part.shown.clone()].as_bytes(), &bytes[part.bytes.clone()]);
                }
            }
            prop_assert_eq!((shown, read), (cleaned.text.len(), bytes.len()));
        }

        #[test]
        fn cleaning_twice_is_cleaning_once(text in any::<String>()) {
            let once = clean(&text).into_owned();
            prop_assert!(!once.chars().any(char::is_control));
            prop_assert_eq!(clean(&once), once.as_str());
        }
    }

    #[test]
    fn of_an_endless_line_only_the_start_is_looked_at() {
        for (text, expected) in [
            ("é".repeat(10_000), LONGEST_ROW),
            ("a".repeat(LONGEST_ROW), LONGEST_ROW),
            ("short".to_owned(), 5),
        ] {
            assert_eq!(row_start(&text).chars().count(), expected);
        }
    }
}
