//! A document's source as lines to draw: cleaned, each part with its role, wrapped to a width.
//!
//! Knows neither colours nor where the lines are drawn.

use std::ops::Range;

use super::highlight::{Highlight, Role, highlights};
use super::reflow::{LONGEST, without_markup};
use crate::markdown::{BlockKind, Document, list_line};
use crate::text::{Span, Text, clean, clean_parts, head, width, wrap_ranges};

/// A part of a line as it is drawn, which plays one role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// What is drawn, safe for a terminal.
    pub text: String,
    /// The bytes that it was made from: the same ones where there are as many, else all of it
    /// stands for all of them. None where it was added, such as an indent.
    pub span: Span,
    /// The role.
    pub role: Role,
}

/// What stands at the edges of lines that are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CutMarks {
    /// At both edges of code.
    pub code: &'static str,
    /// At the left edge and at the right edge of a table, which is scrolled as one.
    pub table: [&'static str; 2],
}

impl CutMarks {
    /// The marks of a terminal that shows any letter.
    pub const UNICODE: Self = Self {
        code: "…",
        table: ["‹", "›"],
    };
    /// Those of one that shows ASCII only.
    pub const ASCII: Self = Self {
        code: "~",
        table: ["<", ">"],
    };
}

/// One line as it is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceLine {
    runs: Vec<Run>,
    /// Columns before the text proper: the indent with the bullet, below which the text goes on.
    hang: usize,
}

/// Returns all lines of `text` in order, by what `document` says of their blocks.
pub fn source_lines(text: &Text, document: &Document) -> Vec<SourceLine> {
    document
        .blocks
        .iter()
        .flat_map(|block| block_lines(text, block.first_line..block.end_line, block.kind))
        .collect()
}

/// Returns some lines of one block of the given `kind`, read together: emphasis goes across lines.
pub fn block_lines(text: &Text, lines: Range<usize>, kind: BlockKind) -> Vec<SourceLine> {
    let contents: Vec<Span> = text.lines()[lines]
        .iter()
        .map(|line| line.content)
        .collect();
    let found = highlights(text, &contents, kind, &[]);
    let mut rest = found.as_slice();
    let line = |content: &Span| {
        let own = rest.partition_point(|highlight| highlight.span.end <= content.end);
        let (own, behind) = rest.split_at(own);
        rest = behind;
        SourceLine::of(text, *content, own)
    };
    contents.iter().map(line).collect()
}

/// Returns whether the lines of a block mean something by what stands where, so that they are
/// better cut than wrapped.
pub fn keeps_columns(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Code | BlockKind::Table)
}

/// Returns whether a part of a line is short enough to be laid out.
pub fn can_be_laid_out(span: Span) -> bool {
    span.len() <= LONGEST
}

/// Counts the lines that [`SourceLine::wrap`] makes of the line with index `line`, without making
/// them.
pub fn wrapped_height(text: &Text, line: usize, columns: usize) -> usize {
    let content = text.slice(text.lines()[line].content);
    if content.len() <= columns && content.iter().all(|byte| matches!(byte, b' '..=b'~')) {
        return 1;
    }
    height_of(&clean(&text.lossy(text.lines()[line].content)), columns)
}

/// Counts the lines that [`SourceLine::wrap`] makes of a line without making them; `plain` is the
/// cleaned line.
pub(super) fn height_of(plain: &str, columns: usize) -> usize {
    if width(plain) <= columns {
        1
    } else {
        breaks(plain.trim_end(), hang(plain), columns).len()
    }
}

impl SourceLine {
    /// Makes the line with index `line`, which stands in a block of the given `kind`.
    pub fn new(text: &Text, line: usize, kind: BlockKind) -> Self {
        Self::part(text, text.lines()[line].content, kind)
    }

    /// Makes a part of a line, which stands in a block of the given `kind`.
    pub fn part(text: &Text, span: Span, kind: BlockKind) -> Self {
        Self::of(text, span, &highlights(text, &[span], kind, &[]))
    }

    /// Makes a part of a line with the roles of what stands in it.
    pub fn with(text: &Text, span: Span, highlights: &[Highlight]) -> Self {
        Self::of(text, span, highlights)
    }

    /// Makes a part of a line without its markup.
    pub fn laid_out(text: &Text, span: Span, kind: BlockKind) -> Self {
        let found = highlights(text, &[span], kind, &[]);
        Self::from_runs(without_markup(runs(text, span, &found)))
    }

    /// Makes a part of a line that stands back, some columns in.
    pub fn aside(text: &Text, span: Span, indent: usize) -> Self {
        let role = Role::Aside;
        Self::of(text, span, &[Highlight { span, role }]).indented(indent)
    }

    /// Makes a line of parts that stand back, a blank between them.
    pub(super) fn asides(text: &Text, parts: &[Span]) -> Self {
        let mut found = Vec::new();
        for span in parts {
            if !found.is_empty() {
                found.push(Run::added(" ".to_owned(), span.start, Role::Aside));
            }
            let (span, role) = (*span, Role::Aside);
            found.extend(runs(text, span, &[Highlight { span, role }]));
        }
        Self::from_runs(found)
    }

    /// Makes the first bytes of the line with index `line`, without its roles.
    pub fn beginning(text: &Text, line: usize, bytes: usize) -> Self {
        let content = text.lines()[line].content;
        let start = Span::new(content.start, content.end.min(content.start + bytes));
        Self::of(text, start, &[])
    }

    fn of(text: &Text, content: Span, highlights: &[Highlight]) -> Self {
        Self::from_runs(runs(text, content, highlights))
    }

    /// Makes a line of parts that were cleaned.
    pub(super) fn from_runs(runs: Vec<Run>) -> Self {
        let mut drawn = Self { runs, hang: 0 };
        drawn.hang = hang(&drawn.plain());
        drawn
    }

    /// Returns it some columns further in.
    pub fn indented(mut self, columns: usize) -> Self {
        if columns > 0 {
            let blanks = Run::added(" ".repeat(columns), self.start(), Role::Plain);
            self.runs.insert(0, blanks);
            self.hang += columns;
        }
        self
    }

    /// Returns it so that what follows its first line begins some columns further in.
    pub fn hanging(mut self, columns: usize) -> Self {
        self.hang += columns;
        self
    }

    /// Returns the runs in order.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Returns the texts of the runs with their roles.
    pub fn parts(&self) -> impl Iterator<Item = (&str, Role)> {
        self.runs.iter().map(|run| (run.text.as_str(), run.role))
    }

    /// Returns the line without its roles.
    pub fn plain(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }

    /// Returns the byte of the source that is drawn at a column; none behind the end and where
    /// something was added.
    pub fn offset_at(&self, column: usize) -> Option<usize> {
        let mut at = 0;
        for run in &self.runs {
            let columns = width(&run.text);
            if column < at + columns {
                let before = head(&run.text, column - at).len();
                let is_same = run.text.len() == run.span.len();
                let offset = run.span.start + if is_same { before } else { 0 };
                return (!run.span.is_empty()).then_some(offset);
            }
            at += columns;
        }
        None
    }

    /// Returns the columns where bytes of `span` are drawn; none where it is not on the line.
    pub fn columns_of(&self, span: Span) -> Option<Range<usize>> {
        let mut columns: Option<Range<usize>> = None;
        let mut at = 0;
        for run in &self.runs {
            if let Some(own) = run.columns_of(span) {
                let start = columns.map_or(at + own.start, |columns| columns.start);
                columns = Some(start..at + own.end);
            }
            at += width(&run.text);
        }
        columns
    }

    /// Breaks the line into lines of at most `columns`, between words where it can; what follows
    /// the first is indented as far as its text.
    pub fn wrap(&self, columns: usize) -> Vec<Self> {
        let plain = self.plain();
        if width(&plain) <= columns {
            return vec![self.clone()];
        }
        self.cut(&breaks(plain.trim_end(), self.hang, columns))
    }

    /// Makes a line across some columns that stands for a break, written as `span`.
    pub fn rule(span: Span, columns: usize) -> Self {
        Self::from_runs(vec![Run {
            text: "─".repeat(columns),
            span,
            role: Role::Rule,
        }])
    }

    /// Breaks the line of a quote as [`SourceLine::wrap`] does: each of its lines begins with the
    /// signs of the quote.
    pub fn wrap_quote(&self, columns: usize) -> Vec<Self> {
        let behind = self.runs.iter().rposition(|run| run.role == Role::Bar);
        let (signs, words) = self.runs.split_at(behind.map_or(0, |last| last + 1));
        let taken: usize = signs.iter().map(|run| width(&run.text)).sum();
        if taken == 0 || columns < 3 * taken {
            return self.wrap(columns);
        }
        let lines = Self::from_runs(words.to_vec()).wrap(columns - taken);
        let repeated = |(index, line): (usize, Self)| {
            let repeat = |run: &Run| Run::added(run.text.clone(), line.start(), run.role);
            let own: Vec<Run> = match index {
                0 => signs.to_vec(),
                _ => signs.iter().map(repeat).collect(),
            };
            let hang = line.hang + taken;
            let runs = own.into_iter().chain(line.runs).collect();
            Self { runs, hang }
        };
        lines.into_iter().enumerate().map(repeated).collect()
    }

    /// Returns what is inside a window of `columns` that begins at column `left`, with `mark` (one
    /// column) where something is cut off.
    ///
    /// Of a line that is all before the window nothing is shown, so that what is inside stands out.
    pub fn window(&self, left: usize, columns: usize, mark: &str) -> Self {
        self.window_between(left, columns, [mark, mark])
    }

    /// Returns what can be seen of it as [`SourceLine::window`] does, with a mark of its own for
    /// each edge.
    pub fn window_between(&self, left: usize, columns: usize, marks: [&str; 2]) -> Self {
        let plain = self.plain();
        let (start, blanks) = if left == 0 {
            (0, 0)
        } else {
            behind(&plain, left + 1)
        };
        if left > 0 && width(&plain) <= left {
            return Self::default();
        }
        let before = usize::from(start > 0);
        let blanks = blanks.min(columns.saturating_sub(2));
        let room = columns.saturating_sub(before + blanks);
        let is_cut = width(&plain[start..]) > room;
        let end = start + head(&plain[start..], room.saturating_sub(usize::from(is_cut))).len();
        let window = Break { start, end, blanks };
        let mut line = self.cut(&[window]).pop().unwrap_or_default();
        let added = |mark: &str, at: usize| Run::added(mark.to_owned(), at, Role::Aside);
        if start > 0 {
            line.runs.insert(0, added(marks[0], line.start()));
        }
        if is_cut {
            line.runs.push(added(marks[1], line.end()));
        }
        line.hang = 0;
        line
    }

    /// Returns the offset in the source at which the line begins.
    fn start(&self) -> usize {
        self.runs.first().map_or(0, |run| run.span.start)
    }

    /// Returns the offset in the source at which the line ends.
    fn end(&self) -> usize {
        self.runs.last().map_or(0, |run| run.span.end)
    }

    /// Returns each of `lines`, which are in order, as a line of its own.
    fn cut(&self, lines: &[Break]) -> Vec<Self> {
        let mut cut = Vec::with_capacity(lines.len());
        let (mut first, mut first_at) = (0, 0);
        for line in lines {
            while let Some(run) = self.runs.get(first)
                && first_at + run.text.len() <= line.start
            {
                (first, first_at) = (first + 1, first_at + run.text.len());
            }
            let mut runs = Vec::new();
            let mut at = first_at;
            for run in &self.runs[first..] {
                if at >= line.end {
                    break;
                }
                runs.extend(run.part(
                    line.start.max(at) - at,
                    line.end.min(at + run.text.len()) - at,
                ));
                at += run.text.len();
            }
            if line.blanks > 0 {
                let at = runs.first().map_or(0, |run| run.span.start);
                runs.insert(0, Run::added(" ".repeat(line.blanks), at, Role::Plain));
            }
            cut.push(Self {
                runs,
                hang: line.blanks,
            });
        }
        cut
    }
}

impl Run {
    /// Makes a run of what stands nowhere in the source, at an offset there.
    pub(super) fn added(text: String, at: usize, role: Role) -> Self {
        Self {
            text,
            span: Span::new(at, at),
            role,
        }
    }

    /// Shortens it to the first bytes of its text.
    pub(super) fn shorten(&mut self, kept: usize) {
        if self.text.len() == self.span.len() {
            self.span.end = self.span.start + kept;
        }
        self.text.truncate(kept);
    }

    /// Returns the run between two offsets in its text; none where they are the same.
    pub(super) fn part(&self, start: usize, end: usize) -> Option<Self> {
        if start >= end {
            return None;
        }
        let is_same = self.text.len() == self.span.len();
        let span = if is_same {
            Span::new(self.span.start + start, self.span.start + end)
        } else {
            self.span
        };
        Some(Self {
            text: self.text[start..end].to_owned(),
            span,
            role: self.role,
        })
    }

    /// Returns the columns of the run where bytes of `span` are drawn.
    fn columns_of(&self, span: Span) -> Option<Range<usize>> {
        let start = self.span.start.max(span.start);
        let end = self.span.end.min(span.end);
        if start >= end {
            return None;
        }
        if self.text.len() != self.span.len() {
            return Some(0..width(&self.text));
        }
        let before = self.text.get(..start - self.span.start)?;
        let within = self.text.get(..end - self.span.start)?;
        Some(width(before)..width(within))
    }
}

/// Returns a part of the source that lies on one line as runs, by its highlights, which are in
/// order; what none of them holds is plain.
pub(super) fn runs(text: &Text, content: Span, highlights: &[Highlight]) -> Vec<Run> {
    let cleaned = clean_parts(text.slice(content));
    let mut runs: Vec<Run> = Vec::with_capacity(highlights.len() + cleaned.parts.len());
    let mut next = 0;
    for part in &cleaned.parts {
        let end = content.start + part.bytes.end;
        let mut at = content.start + part.bytes.start;
        while at < end {
            while highlights
                .get(next)
                .is_some_and(|found| found.span.end <= at)
            {
                next += 1;
            }
            let (role, until) = match highlights.get(next) {
                Some(found) if found.span.start <= at => (found.role, found.span.end),
                Some(found) => (Role::Plain, found.span.start),
                None => (Role::Plain, end),
            };
            let until = if part.is_same { until.min(end) } else { end };
            let from = part.shown.start + (at - content.start - part.bytes.start);
            let shown = if part.is_same {
                from..from + (until - at)
            } else {
                part.shown.clone()
            };
            runs.push(Run {
                text: cleaned.text[shown].to_owned(),
                span: Span::new(at, until),
                role,
            });
            at = until;
        }
    }
    runs
}

/// Measures the indent of a line, with its bullet and checkbox.
pub(super) fn hang(plain: &str) -> usize {
    let text = list_line(plain.as_bytes(), Span::new(0, plain.len()))
        .map_or(indent(plain).len(), |found| found.text.start);
    width(&plain[..text])
}

/// Returns the blanks at the start.
fn indent(plain: &str) -> &str {
    &plain[..plain.len() - plain.trim_start().len()]
}

/// One of the lines that a line is broken into: bytes of it, and the blanks before them.
struct Break {
    start: usize,
    end: usize,
    blanks: usize,
}

/// Breaks a line without blanks at its end. A hang that takes more than half the columns is given
/// up for the indent.
fn breaks(plain: &str, hang: usize, columns: usize) -> Vec<Break> {
    let is_narrow = hang > columns / 2;
    let blanks = if is_narrow {
        width(indent(plain)).min(columns / 2)
    } else {
        hang
    };
    let body = if is_narrow {
        indent(plain).len()
    } else {
        head(plain, hang).len()
    };
    let mut lines: Vec<Break> = wrap_ranges(&plain[body..], columns.saturating_sub(blanks))
        .into_iter()
        .map(|range| Break {
            start: body + range.start,
            end: body + range.end,
            blanks,
        })
        .collect();
    if let Some(first) = lines.first_mut()
        && !is_narrow
    {
        (first.start, first.blanks) = (0, 0);
    }
    lines
}

/// Returns the offset at `column`, with the columns that are left over where a wide character
/// stands across it.
fn behind(plain: &str, column: usize) -> (usize, usize) {
    let before = head(plain, column);
    if width(before) == column || before.len() == plain.len() {
        return (before.len(), 0);
    }
    (head(plain, column + 1).len(), 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wrapped(source: &str, columns: usize) -> Vec<String> {
        let text = Text::new(source);
        let lines = source_lines(&text, &Document::parse(&text));
        lines
            .iter()
            .flat_map(|line| line.wrap(columns))
            .map(|line| line.plain())
            .collect()
    }

    #[test]
    fn text_goes_on_below_text() {
        for (source, expected) in [
            ("- [ ] one two three", vec!["- [ ] one two", "      three"]),
            ("  indented words here", vec!["  indented", "  words here"]),
            ("abcdefghijklmnopq", vec!["abcdefghijklm", "nopq"]),
            ("- 日本語の文章です", vec!["- 日本語の文", "  章です"]),
            ("\ta\tb", vec!["    a   b"]),
            ("", vec![]),
            ("\n", vec![""]),
        ] {
            assert_eq!(wrapped(source, 13), expected, "{source:?}");
        }
    }

    #[test]
    fn nothing_that_a_terminal_obeys_is_drawn() {
        assert_eq!(
            wrapped("- [ ] `a\x1b[31m`\u{9b}m", 80),
            ["- [ ] `a␛[31m`\u{fffd}m"]
        );
        assert_eq!(wrapped("a `b\tc`", 80), ["a `b    c`"]);
    }

    #[test]
    fn a_window_shows_where_something_is_cut_off() {
        let line = |plain: &str| SourceLine::beginning(&Text::new(plain), 0, plain.len());
        for (plain, left, columns, expected) in [
            ("abcdefgh", 0, 8, "abcdefgh"),
            ("abcdefgh", 0, 7, "abcdef~"),
            ("abcdefgh", 2, 4, "~de~"),
            ("abcdefgh", 5, 4, "~gh"),
            ("abcdefgh", 20, 4, ""),
            ("abcdefgh", 7, 4, "~"),
            ("日本語です", 0, 7, "日本語~"),
            ("日本語です", 2, 6, "~ 語~"),
            ("日本語です", 3, 7, "~語です"),
        ] {
            assert_eq!(
                line(plain).window(left, columns, "~").plain(),
                expected,
                "{plain} {left} {columns}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_window_is_never_wider_than_asked(source in "[a-z日\\t `|]{0,40}", left in 0usize..50, columns in 2usize..40) {
            let text = Text::new(source);
            for line in source_lines(&text, &Document::parse(&text)) {
                prop_assert!(width(&line.window(left, columns, "~").plain()) <= columns);
            }
        }

        #[test]
        fn the_height_is_counted_as_it_is_wrapped(source in "[ \\t]{0,12}(- |1. |> )?(\\[ \\] )?[\\PC\\t日 ]{0,60}", columns in 4usize..40) {
            let text = Text::new(source);
            for (index, line) in source_lines(&text, &Document::parse(&text)).iter().enumerate() {
                prop_assert_eq!(line.wrap(columns).len(), wrapped_height(&text, index, columns));
            }
        }

        #[test]
        fn wrapping_keeps_the_text_and_the_width(source in "[ \\t]{0,6}(- )?(\\[ \\] )?[a-z日][\\PC\\t]{0,60}", columns in 12usize..40) {
            let text = Text::new(source);
            let squeeze = |text: &str| text.chars().filter(|character| !character.is_whitespace()).collect::<String>();
            for line in source_lines(&text, &Document::parse(&text)) {
                let lines = line.wrap(columns);
                prop_assert!(lines.iter().all(|line| width(&line.plain()) <= columns));
                prop_assert_eq!(squeeze(&lines.iter().map(SourceLine::plain).collect::<String>()), squeeze(&line.plain()));
            }
        }
    }
}
