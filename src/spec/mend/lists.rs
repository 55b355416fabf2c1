//! Taking parts out of lists that are written: ids between commas, strings in a JSON list.
//!
//! A part goes with the separator that parts it from the others; a field of which nothing is left
//! goes with its line. Knows nothing of what the parts name.

use std::ops::Range;

use crate::spec::references::Field;
use crate::spec::source_str::readable;
use crate::text::{Span, Splice, Text};

/// What parts the ids of a field.
const SEPARATORS: &[char] = &[',', ';', '，', '、', '；'];

/// A part of a field that is to go.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// All of it, with a word before the id.
    pub(super) span: Span,
    /// Where the id itself begins.
    pub(super) id: usize,
}

/// Returns the splices that take parts out of a field. None where that cannot be done without
/// touching something else.
pub(super) fn without(text: &Text, field: &Field, parts: &[Part]) -> Option<Vec<Splice>> {
    let segments = segments(text, field.body, SEPARATORS);
    let mut gone: Vec<(usize, Part)> = Vec::new();
    for part in parts {
        let at = segments
            .iter()
            .position(|segment| segment.start <= part.span.start && part.span.end <= segment.end)?;
        if !is_alone(text, segments[at], part.span) {
            return None;
        }
        gone.push((at, *part));
    }
    if (0..segments.len()).all(|at| gone.iter().any(|(other, _)| *other == at)) {
        return whole_line(text, field);
    }
    let is_gone = |at: usize| gone.iter().any(|(other, _)| *other == at);
    let mut splices = between(text, &segments, is_gone);
    // A word before the first id, as in `Requirements 1.1, 1.2`, is for the others too.
    if let (Some(first), Some((0, part))) =
        (splices.first_mut(), gone.iter().min_by_key(|(at, _)| *at))
        && !repeats_word(text, part, &segments)
    {
        first.span.start = part.id.max(first.span.start);
    }
    Some(splices)
}

/// Returns whether the words before the id of the first part stand before another one too.
fn repeats_word(text: &Text, part: &Part, segments: &[Span]) -> bool {
    let words = readable(text.slice(Span::new(part.span.start, part.id))).trim();
    let others = segments.iter().skip(1);
    let begins = |segment: &Span| {
        readable(text.slice(*segment))
            .trim_start()
            .starts_with(words)
    };
    !words.is_empty() && others.clone().any(begins)
}

/// Returns whether nothing else that says something stands in a segment: only marks and remarks in
/// parentheses.
fn is_alone(text: &Text, segment: Span, part: Span) -> bool {
    let before = readable(text.slice(Span::new(segment.start, part.start)));
    let behind = readable(text.slice(Span::new(part.end, segment.end))).trim_start();
    let says = |words: &str| words.contains(char::is_alphanumeric);
    !says(before) && (!says(behind) || behind.starts_with(['(', '（']))
}

/// Returns the splices that take segments out, each with a separator.
fn between(text: &Text, segments: &[Span], is_gone: impl Fn(usize) -> bool) -> Vec<Splice> {
    let mut splices = Vec::new();
    let first_kept = (0..segments.len()).find(|at| !is_gone(*at));
    let trimmed = |at: usize| trimmed(text, segments[at]);
    for at in (0..segments.len()).filter(|at| is_gone(*at)) {
        let span = match first_kept {
            Some(kept) if at < kept => Span::new(trimmed(at).start, trimmed(at + 1).start),
            Some(_) => Span::new(segments[at - 1].end, trimmed(at).end),
            None if at == 0 => Span::new(trimmed(0).start, trimmed(segments.len() - 1).end),
            None => continue,
        };
        splices.push(Splice {
            span,
            insert: Vec::new(),
        });
    }
    splices
}

fn trimmed(text: &Text, segment: Span) -> Span {
    let words = readable(text.slice(segment));
    let start = segment.start + words.len() - words.trim_start().len();
    Span::new(start, start + words.trim().len())
}

/// Cuts a span at separators that stand in no parentheses.
fn segments(text: &Text, span: Span, separators: &[char]) -> Vec<Span> {
    let words = readable(text.slice(span));
    let (mut segments, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, char) in words.char_indices() {
        match char {
            '(' | '（' | '[' => depth += 1,
            ')' | '）' | ']' => depth = depth.saturating_sub(1),
            char if depth == 0 && separators.contains(&char) => {
                segments.push(Span::new(span.start + start, span.start + at));
                start = at + char.len_utf8();
            }
            _ => {}
        }
    }
    segments.push(Span::new(span.start + start, span.end));
    segments
}

/// Takes out the line of a field that says nothing else.
fn whole_line(text: &Text, field: &Field) -> Option<Vec<Splice>> {
    let lines = text.lines();
    let at = text.line_at(field.body.start);
    let line = lines.get(at)?;
    if field.label.start < line.content.start || line.content.end < field.body.end {
        return None;
    }
    let before = text.slice(Span::new(line.content.start, field.label.start));
    let behind = text.slice(Span::new(field.body.end, line.content.end));
    let says =
        |bytes: &[u8]| readable(bytes).contains(|char: char| char.is_alphanumeric() || char == '[');
    if says(before) || says(behind) {
        return None;
    }
    let is_blank = |at: usize| {
        lines
            .get(at)
            .is_none_or(|line| text.slice(line.content).trim_ascii().is_empty())
    };
    // A paragraph goes with the blank lines above it.
    let above = if is_blank(at + 1) {
        (1..=at).take_while(|by| is_blank(at - by)).count()
    } else {
        0
    };
    let is_last =
        at + 1 == lines.len() || line.whole.end == text.len() && line.content.end == line.whole.end;
    let first = at - above;
    let start = if is_last && first > 0 {
        lines[first - 1].content.end
    } else {
        lines[first].whole.start
    };
    let end = if is_last {
        line.content.end
    } else {
        line.whole.end
    };
    Some(vec![Splice {
        span: Span::new(start, end),
        insert: Vec::new(),
    }])
}

/// Returns the splices that take strings or numbers out of the JSON lists that they stand in.
pub(super) fn without_elements(text: &Text, code: Span, elements: &[Span]) -> Vec<Splice> {
    let source = readable(text.slice(code));
    let mut lists: Vec<(Span, Vec<Span>)> = Vec::new();
    for element in elements {
        let Some(list) = list_around(source, element.start - code.start) else {
            continue;
        };
        let list = Span::new(code.start + list.start, code.start + list.end);
        match lists.iter_mut().find(|(other, _)| *other == list) {
            Some((_, all)) => all.push(*element),
            None => lists.push((list, vec![*element])),
        }
    }
    lists
        .into_iter()
        .flat_map(|(list, gone)| {
            let segments = segments(text, list, &[',']);
            let is_gone = |at: usize| {
                let segment: Span = segments[at];
                gone.iter()
                    .any(|one| segment.start <= one.start && one.end <= segment.end)
            };
            between(text, &segments, is_gone)
        })
        .collect()
}

/// Returns what stands inside the innermost brackets around a place.
fn list_around(source: &str, at: usize) -> Option<Range<usize>> {
    let start = source.get(..at)?.rfind('[')? + 1;
    let end = at + source.get(at..)?.find(']')?;
    Some(start..end)
}
