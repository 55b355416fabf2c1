//! Text that runs over several lines of a source, put together and cut into lines to draw: what a
//! reader sees of a paragraph, a story, a criterion.
//!
//! Knows no screen. A line of the source begins a new line on the screen only where Markdown breaks
//! there, or where a label begins.

use std::ops::Range;

use super::highlight::{Highlight, Role, highlights, markup};
use super::line::{Run, SourceLine, hang, height_of, runs};
use crate::markdown::{BlockKind, begins_markup, entity};
use crate::spec::requirements::{begins_with_label, only_announces};
use crate::spec::source_str::SourceStr;
use crate::text::{Span, Text, clean, width};

/// The most that is read of one text, in bytes, so that a line longer than any book's holds up no
/// key: of more only the start is shown.
pub(super) const LONGEST: usize = 1 << 16;

/// What becomes of a line that only announces criteria or a story.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Labels {
    /// It is left out: what it announces is seen to follow.
    #[default]
    LeftOut,
    /// It is kept.
    Kept,
}

/// Text that runs over several lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    labels: Labels,
    /// What stands on lines of its own, each as parts of the source's lines, in order.
    stretches: Vec<Vec<Span>>,
}

impl Flow {
    /// Reads what `span` holds.
    pub fn of(text: &Text, span: Span, labels: Labels) -> Self {
        let mut flow = Self {
            labels,
            stretches: Vec::new(),
        };
        let mut is_broken = true;
        let mut line = text.line_at(span.start);
        let span = beginning(text, span);
        while let Some(found) = text
            .lines()
            .get(line)
            .filter(|line| line.content.start < span.end.max(span.start + 1))
        {
            let own = Span::new(
                found.content.start.max(span.start),
                found.content.end.min(span.end),
            );
            is_broken = flow.take(text, own, is_broken);
            line += 1;
        }
        flow
    }

    /// Adds text that begins on a line of its own; nothing where there is none.
    pub fn and(mut self, text: &Text, span: Span) -> Self {
        self.take(text, span, true);
        self
    }

    /// Puts a mark, such as a checkbox, before its first words.
    pub fn behind(mut self, mark: Span) -> Self {
        if let Some(first) = self.stretches.first_mut() {
            first.insert(0, mark);
        }
        self
    }

    /// Takes what stands on one line of the source. Says whether it breaks there.
    fn take(&mut self, text: &Text, span: Span, is_broken: bool) -> bool {
        let is_first = self.stretches.is_empty();
        let whole = SourceStr::read(text, span);
        let words = whole.trim();
        let is_left_out = words.is_empty() && whole.span().len() == span.len()
            || (!is_first && self.labels == Labels::LeftOut && only_announces(words));
        if is_left_out {
            return is_broken;
        }
        // The first line keeps its indent, from which the bullet is read.
        let own = if is_first {
            span
        } else {
            Span::new(span.start + leading(text.slice(span)), span.end)
        };
        // The backslash only breaks the line.
        let breaks = usize::from(text.slice(own).ends_with(b"\\"));
        let own = Span::new(own.start, own.end - breaks);
        let goes_on = !is_broken && !begins_with_label(words) && !is_definition(words.text);
        match self.stretches.last_mut() {
            Some(stretch) if goes_on => stretch.push(own),
            _ => self.stretches.push(vec![own]),
        }
        breaks_behind(text.slice(span))
    }

    /// Counts the lines that [`Flow::lines`] makes of it as a block of the given `kind`.
    pub fn height(&self, text: &Text, kind: BlockKind, columns: usize) -> usize {
        let mut spans = self.stretches.iter().flatten();
        if matches!(kind, BlockKind::Heading(_)) || spans.any(|span| has_markup(text.slice(*span)))
        {
            let found = markup(text, &self.source_lines(text), kind);
            return self.lines_with(text, &found, columns).len();
        }
        let hang = self.hang(text);
        let plain = self
            .stretches
            .iter()
            .enumerate()
            .map(|(index, stretch)| plain(text, stretch, if index == 0 { 0 } else { hang }));
        plain.map(|plain| height_of(&plain, columns)).sum()
    }

    /// Returns its lines. Where a span of `keywords` stands, it plays that role.
    pub fn lines(
        &self,
        text: &Text,
        kind: BlockKind,
        keywords: &[Span],
        columns: usize,
    ) -> Vec<SourceLine> {
        let found = highlights(text, &self.source_lines(text), kind, keywords);
        self.lines_with(text, &found, columns)
    }

    /// Returns its lines with what stands out in them, without the markup.
    fn lines_with(&self, text: &Text, found: &[Highlight], columns: usize) -> Vec<SourceLine> {
        let hang = self.hang(text);
        let mut lines = Vec::new();
        for (index, stretch) in self.stretches.iter().enumerate() {
            let indent = if index == 0 { 0 } else { hang };
            lines.extend(drawn(text, stretch, indent, found).wrap(columns));
        }
        lines
    }

    /// Returns the lines of the source that it has parts of, whole and in order: what stands out
    /// may begin before it. Those that are too long are left out.
    fn source_lines(&self, text: &Text) -> Vec<Span> {
        let spans = self.stretches.iter().flatten();
        let mut indexes: Vec<usize> = spans.map(|span| text.line_at(span.start)).collect();
        indexes.sort_unstable();
        indexes.dedup();
        let contents = indexes.into_iter().map(|line| text.lines()[line].content);
        contents.filter(|line| line.len() <= LONGEST).collect()
    }

    /// Measures the bullet of the first line, below whose text the further ones begin.
    fn hang(&self, text: &Text) -> usize {
        if self.stretches.len() < 2 {
            0
        } else {
            hang(&plain(text, &self.stretches[0], 0))
        }
    }
}

/// Returns as much of a span as is read of one text: no more than 64 KiB, up to a character's end.
pub fn beginning(text: &Text, span: Span) -> Span {
    let most = span.start + LONGEST;
    if span.end <= most {
        return span;
    }
    let is_within = |at: &usize| text.bytes()[*at] & 0xc0 == 0x80;
    let end = (most - 3..=most).rev().find(|at| !is_within(at));
    Span::new(span.start, end.unwrap_or(most))
}

/// Returns whether a line says what a footnote or the name of a link stands for: `[^1]: A note`.
fn is_definition(line: &str) -> bool {
    let name = line
        .strip_prefix('[')
        .and_then(|rest| rest.split_once("]:"));
    name.is_some_and(|(name, _)| !name.is_empty() && !name.contains([']', '[']))
}

/// Counts the blanks at the start.
fn leading(bytes: &[u8]) -> usize {
    bytes.len() - bytes.trim_ascii_start().len()
}

/// Returns whether Markdown breaks the line behind these bytes: after two blanks or a backslash.
fn breaks_behind(bytes: &[u8]) -> bool {
    bytes.ends_with(b"  ") || bytes.ends_with(b"\\")
}

/// Returns what parts two lines that are put together: nothing between characters that are written
/// without blanks.
fn joint(before: &str, after: &str) -> &'static str {
    let is_wide = |character: Option<char>| {
        character.is_some_and(|character| width(character.encode_utf8(&mut [0; 4])) > 1)
    };
    if before.is_empty() || is_wide(before.chars().next_back()) && is_wide(after.chars().next()) {
        ""
    } else {
        " "
    }
}

/// Returns a stretch on one line, without roles.
fn plain(text: &Text, stretch: &[Span], indent: usize) -> String {
    let mut out = " ".repeat(indent);
    for (index, span) in stretch.iter().enumerate() {
        let part = clean(&text.lossy(*span)).into_owned();
        let part = part.trim_end();
        out.push_str(if index == 0 {
            ""
        } else {
            joint(out.trim_start(), part)
        });
        out.push_str(part);
    }
    out
}

/// Returns a stretch on one line with its roles.
fn drawn(text: &Text, stretch: &[Span], indent: usize, found: &[Highlight]) -> SourceLine {
    let start = stretch.first().map_or(0, |span| span.start);
    let mut line = vec![Run::added(" ".repeat(indent), start, Role::Plain)];
    // What stands before the next part, without the blanks at its start.
    let mut sofar = String::new();
    for (index, span) in stretch.iter().enumerate() {
        let mut part = without_markup(runs(text, *span, within(found, *span)));
        trim_end(&mut part);
        let words: String = part.iter().map(|run| run.text.as_str()).collect();
        if index > 0 {
            let joint = joint(&sofar, &words);
            line.push(Run::added(joint.to_owned(), span.start, Role::Plain));
        }
        line.append(&mut part);
        keep_last(&mut sofar, &words);
    }
    line.retain(|run| !run.text.is_empty());
    SourceLine::from_runs(line)
}

/// Returns whether text may hold something that is not shown as it is written.
fn has_markup(bytes: &[u8]) -> bool {
    bytes.iter().any(begins_markup)
}

/// Takes the markup out, unless nothing would be left.
pub(super) fn without_markup(runs: Vec<Run>) -> Vec<Run> {
    let says = |run: &Run| run.role != Role::Markup && !run.text.trim().is_empty();
    if !runs.iter().any(says) {
        return runs;
    }
    let mut shown = Vec::with_capacity(runs.len());
    for run in runs {
        match run.role {
            Role::Markup => {}
            Role::Code => shown.push(run),
            _ => shown.extend(decoded(run)),
        }
    }
    shown
}

/// Returns a run with what its entities stand for.
fn decoded(run: Run) -> Vec<Run> {
    if run.text.len() != run.span.len() {
        return vec![run];
    }
    let mut parts = Vec::new();
    let mut rest = 0;
    for range in entities(&run.text) {
        if let Some(meant) = entity(&run.text[range.clone()]) {
            parts.extend(run.part(rest, range.start));
            parts.extend(run.part(range.start, range.end).map(|part| Run {
                text: meant,
                ..part
            }));
            rest = range.end;
        }
    }
    if rest == 0 {
        return vec![run];
    }
    parts.extend(run.part(rest, run.text.len()));
    parts
}

/// Returns where something stands that is written as an entity.
fn entities(text: &str) -> impl Iterator<Item = Range<usize>> {
    let starts = text.match_indices('&').map(|(at, _)| at);
    starts.filter_map(|start| {
        let is_inside = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
        let inside = text.as_bytes()[start + 1..]
            .iter()
            .take_while(|byte| is_inside(byte));
        let end = start + 1 + inside.count();
        (text.as_bytes().get(end) == Some(&b';')).then_some(start..end + 1)
    })
}

/// Returns those of the highlights, which are in order, that have bytes in `span`.
fn within(found: &[Highlight], span: Span) -> &[Highlight] {
    let start = found.partition_point(|highlight| highlight.span.end <= span.start);
    let end = found.partition_point(|highlight| highlight.span.start < span.end);
    &found[start..end.max(start)]
}

/// Keeps the last character of what has been drawn, if it is more than blanks.
fn keep_last(sofar: &mut String, words: &str) {
    let words = if sofar.is_empty() {
        words.trim_start()
    } else {
        words
    };
    if let Some(last) = words.chars().next_back() {
        sofar.clear();
        sofar.push(last);
    }
}

/// Takes the blanks from the end of the last runs.
fn trim_end(runs: &mut Vec<Run>) {
    while let Some(last) = runs.last_mut() {
        let kept = last.text.trim_end().len();
        if kept > 0 {
            last.shorten(kept);
            return;
        }
        runs.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn flow(source: &str, start: usize) -> (Text, Flow) {
        let text = Text::new(source);
        let flow = Flow::of(&text, Span::new(start, text.len()), Labels::LeftOut);
        (text, flow)
    }

    fn drawn(source: &str, start: usize, columns: usize) -> Vec<String> {
        let (text, flow) = flow(source, start);
        flow.lines(&text, BlockKind::Paragraph, &[], columns)
            .iter()
            .map(SourceLine::plain)
            .collect()
    }

    #[test]
    fn lines_of_a_source_are_put_together() {
        for (source, start, expected) in [
            ("one two\nthree four\n", 0, &["one two three", "four"][..]),
            ("1. one\n   two three\n", 3, &["one two three"]),
            (
                "- one two three\n  four\n",
                0,
                &["- one two", "  three four"],
            ),
            ("one  \ntwo\\\nthree\n", 0, &["one", "two", "three"]),
            (
                "a story.\n**Priority:** High\n",
                0,
                &["a story.", "Priority:", "High"],
            ),
            (
                "- one\n  **Priority:** High\n",
                0,
                &["- one", "  Priority:", "  High"],
            ),
            ("the user\n**SHALL** do\n", 0, &["the user", "SHALL do"]),
            ("a story.\n**Acceptance Criteria:**\n", 0, &["a story."]),
            ("用户登录\n系统显示\n", 0, &["用户登录系统", "显示"]),
            ("用户 a\n系统\n", 0, &["用户 a 系统"]),
            ("a\n[^1]: b\n[c]: d\n", 0, &["a", "^1: b", "c: d"]),
            ("\n", 0, &[]),
        ] {
            assert_eq!(drawn(source, start, 13), expected, "{source:?}");
        }
    }

    #[test]
    fn keywords_stand_out_but_not_in_code() {
        let source = "When `When` a **shall** b\n";
        let (text, flow) = flow(source, 0);
        let keywords = [Span::new(0, 4), Span::new(6, 10), Span::new(16, 21)];
        let lines = flow.lines(&text, BlockKind::Item, &keywords, 80);
        let found: Vec<&str> = lines[0]
            .parts()
            .filter(|(_, role)| *role == Role::Keyword)
            .map(|(part, _)| part)
            .collect();
        assert_eq!(found, ["When", "shall"]);
    }

    proptest! {
        #[test]
        fn the_height_is_that_of_the_lines(source in "[ \\t]{0,4}(- |1. )?[\\PC\\t日 ]{0,40}(\n[\\PC\\t日* ]{0,40}){0,3}", columns in 4usize..30) {
            let (text, flow) = flow(&source, 0);
            prop_assert_eq!(flow.lines(&text, BlockKind::Item, &[], columns).len(), flow.height(&text, BlockKind::Item, columns));
        }
    }
}
