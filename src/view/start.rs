//! The start screen: where there are no specs, why, and what can be done.

use ratatui::buffer::Buffer;

use super::Canvas;
use super::line::{put, row_of};
use super::theme::Role;
use crate::text::{clean, wrap};

/// What can be done here, by key.
const CHOICES: [(&str, &str); 2] = [
    ("d", "look around in the bundled sample; it is a copy"),
    ("q", "leave, or start with  specboard --root DIR"),
];

/// Draws the screen.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    if let Some(title) = canvas.layout.title {
        put(buffer, title, 1, &[("specboard", Role::Strong)]);
    }
    let (area, margin) = (canvas.layout.body, usize::from(canvas.layout.margin()));
    let columns = canvas.layout.source_columns();
    let reason = canvas
        .model
        .missing
        .as_deref()
        .map(sentence)
        .unwrap_or_default();
    let mut at = 0;
    for line in wrap(&clean(&reason), columns) {
        row_of(area, at).map(|row| put(buffer, row, margin, &[(line, Role::Text)]));
        at += 1;
    }
    // A blank line between reason and choices, where there is room for it.
    at += usize::from(usize::from(area.height) > at + CHOICES.len());
    for (key, words) in CHOICES {
        for (index, line) in wrap(words, columns.saturating_sub(3))
            .into_iter()
            .enumerate()
        {
            let key = if index == 0 { key } else { " " };
            row_of(area, at).map(|row| {
                put(
                    buffer,
                    row,
                    margin,
                    &[(key, Role::Accent), ("  ", Role::Text), (line, Role::Text)],
                )
            });
            at += 1;
        }
    }
}

/// Returns a reason as a sentence.
fn sentence(reason: &str) -> String {
    let mut characters = reason.chars();
    characters
        .next()
        .map(|first| first.to_uppercase().chain(characters).collect())
        .unwrap_or_default()
}
