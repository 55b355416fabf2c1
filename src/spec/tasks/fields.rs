//! Labelled details of a task: `_Requirements: 1.1_`, `**Validates: …**`, `_Depends: 2.1_`, and where a title ends.

use std::ops::Range;

use crate::markdown::{Block, list_line};
use crate::text::{Span, Text};

/// One labelled detail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The label without its mark and colon.
    pub label: Span,
    /// What follows the colon, up to the closing mark or the end of the line.
    pub value: Span,
    /// Index of its line, from 0.
    pub line: usize,
}

/// The labels of references to requirements, in lower case.
const REFERENCE_LABELS: &[&str] = &[
    "requirements",
    "requirement",
    "satisfies",
    "validates",
    "需求",
    "要件",
    "요구사항",
    "requisitos",
    "requisito",
    "требования",
    "anforderungen",
    "exigences",
];

impl Field {
    /// Says whether the field names requirements.
    pub fn is_reference(&self, text: &Text) -> bool {
        REFERENCE_LABELS.contains(&text.lossy(self.label).to_lowercase().as_str())
    }

    /// Gives the parts of the value between commas, without blanks and words such as `Requirements`.
    pub fn values(&self, text: &Text) -> Vec<String> {
        let value = text.lossy(self.value);
        let body = value.trim().trim_start_matches("Requirements").trim();
        body.split([',', '，', '、']).map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
    }
}

/// Reads all fields of the given lines.
pub(super) fn read(text: &Text, lines: Range<usize>) -> Vec<Field> {
    lines.flat_map(|line| on_line(text, line)).collect()
}

/// Gives the index behind the last line of an item's title: it goes on until a line begins with a field.
pub(super) fn title_end(text: &Text, block: &Block) -> usize {
    let rest = block.first_line + 1..block.end_line;
    rest.clone().find(|line| starts_field(text, *line)).unwrap_or(rest.end)
}

fn starts_field(text: &Text, line: usize) -> bool {
    let body = body(text, line);
    on_line(text, line).first().is_some_and(|field| field.label.start <= body.start + 2)
}

/// Gives a line without its indent and bullet.
fn body(text: &Text, line: usize) -> Span {
    let content = text.lines()[line].content;
    if let Some(found) = list_line(text.bytes(), content) {
        return found.text;
    }
    let blanks = text.slice(content).iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    Span::new(content.start + blanks, content.end)
}

/// Finds the fields on one line: each begins with `_` or `**`, has a short label and a colon.
fn on_line(text: &Text, line: usize) -> Vec<Field> {
    let span = body(text, line);
    let bytes = text.slice(span);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = bytes[at..].iter().position(|byte| matches!(byte, b'_' | b'*')).map(|next| at + next) {
        match field_at(bytes, open) {
            Some((label, value)) => {
                found.push(Field { label: shifted(label, span.start), value: shifted(value, span.start), line });
                at = value.end;
            }
            None => at = open + 1,
        }
    }
    found
}

fn shifted(span: Span, by: usize) -> Span {
    Span::new(span.start + by, span.end + by)
}

/// The longest label, in bytes.
const LONGEST_LABEL: usize = 60;

/// Reads a field whose mark stands at `open`.
fn field_at(bytes: &[u8], open: usize) -> Option<(Span, Span)> {
    if open > 0 && bytes[open - 1].is_ascii_alphanumeric() {
        return None;
    }
    let mark: &[u8] = if bytes[open..].starts_with(b"**") { b"**" } else { &bytes[open..=open] };
    let start = open + mark.len();
    let labelled = &bytes[start..bytes.len().min(start + LONGEST_LABEL)];
    let (colon, width) = colon(labelled)?;
    let label = Span::new(start, start + colon);
    let is_label = colon > 0 && !labelled[..colon].iter().any(|byte| matches!(byte, b'_' | b'*' | b'`' | b'.'));
    is_label.then_some(())?;
    let mut value = start + colon + width;
    let closed_early = bytes[value..].starts_with(mark);
    value += if closed_early { mark.len() } else { 0 };
    let end = if closed_early { None } else { find_close(&bytes[value..], mark) };
    Some((label, Span::new(value, end.map_or(bytes.len(), |end| value + end))))
}

/// Finds the colon, ASCII or full width, and tells how wide it is.
fn colon(bytes: &[u8]) -> Option<(usize, usize)> {
    let wide = "：".as_bytes();
    let is_colon = |at: &usize| bytes[*at] == b':' || (bytes[*at] == wide[0] && bytes[*at..].starts_with(wide));
    (0..bytes.len()).find(is_colon).map(|at| (at, if bytes[at] == b':' { 1 } else { wide.len() }))
}

/// Finds the mark that closes a field: one that no letter follows, so that `snake_case` closes nothing.
fn find_close(bytes: &[u8], mark: &[u8]) -> Option<usize> {
    let closes = |at: &usize| bytes.get(at + mark.len()).is_none_or(|byte| !byte.is_ascii_alphanumeric());
    (0..bytes.len()).filter(|at| bytes[*at] == mark[0] && bytes[*at..].starts_with(mark)).find(closes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws the fields of one line as `label=value`.
    fn drawn(line: &str) -> Vec<String> {
        let text = Text::new(line);
        on_line(&text, 0).iter().map(|field| format!("{}={}", text.lossy(field.label), text.lossy(field.value).trim())).collect()
    }

    #[test]
    fn fields_in_every_form() {
        for (line, expected) in [
            ("    - _Requirements: 1.1, 1.2_", vec!["Requirements=1.1, 1.2"]),
            ("  _Requirements: 1.1_ done", vec!["Requirements=1.1"]),
            ("- _需求：1.1、1.2_", vec!["需求=1.1、1.2"]),
            ("- **Requirements:** 1.1", vec!["Requirements=1.1"]),
            ("- **Validates: Requirements 2.1, 2.2**", vec!["Validates=Requirements 2.1, 2.2"]),
            ("- *Requirements: 1.1*", vec!["Requirements=1.1"]),
            ("- _Satisfies: R15.1_ _Depends: 1.1_", vec!["Satisfies=R15.1", "Depends=1.1"]),
            ("- [ ] 1. Title _Requirements: 1.1_", vec!["Requirements=1.1"]),
            ("- _Bug_Condition: isBug(x)_", vec![]),
            ("- Use snake_case: yes", vec![]),
            ("- plain: text", vec![]),
            ("- _open: to the end", vec!["open=to the end"]),
        ] {
            assert_eq!(drawn(line), expected, "{line:?}");
        }
    }

    #[test]
    fn references_are_split_at_commas() {
        for (line, expected) in
            [("_Requirements: 1.1, 1.2_", vec!["1.1", "1.2"]), ("**Validates: Requirements 2.1**", vec!["2.1"]), ("_Files: a.rs_", vec![])]
        {
            let text = Text::new(line);
            let fields = on_line(&text, 0);
            let values: Vec<_> = fields.iter().filter(|field| field.is_reference(&text)).flat_map(|field| field.values(&text)).collect();
            assert_eq!(values, expected, "{line:?}");
        }
    }
}
