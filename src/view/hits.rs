//! Words that are looked for, lit wherever they stand in what takes the keys.
//!
//! Works on the cells that are drawn, so that it lights what is seen, whatever drew it.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::Canvas;
use crate::model::{Focus, View};
use crate::text::{Needle, width};

/// Lights the words.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let Some(find) = &canvas.model.find else {
        return;
    };
    let Some(area) = area(canvas) else {
        return;
    };
    for y in area.top()..area.bottom() {
        light(
            buffer,
            Rect {
                y,
                height: 1,
                ..area
            },
            &find.needle,
        );
    }
    if canvas.model.surface().is_pane() {
        draw_wrapped(canvas, buffer, area, &find.needle);
    }
}

/// Lights the words that a text breaks between two rows, in the columns that it has.
fn draw_wrapped(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, needle: &Needle) {
    let margin = canvas.layout.margin().min(area.width);
    let references = u16::try_from(canvas.layout.references()).unwrap_or(0);
    let row = |y: u16, end: u16| Rect {
        x: area.x + margin,
        y,
        width: (area.width - margin).saturating_sub(end),
        height: 1,
    };
    for y in area.top() + 1..area.bottom() {
        // Running text has all columns, but for criteria.
        for end in [0, references] {
            light_wrapped(buffer, [row(y - 1, end), row(y, end)], needle);
        }
    }
}

/// Returns the part of the screen in which words are looked for.
fn area(canvas: &Canvas<'_>) -> Option<Rect> {
    let layout = &canvas.layout;
    match canvas.model.view {
        View::Main if canvas.model.focus == Focus::Sidebar => layout.sidebar,
        View::Main => {
            let reach = u16::try_from(layout.reach()).unwrap_or(u16::MAX);
            Some(Rect {
                height: reach.min(layout.body.height),
                ..layout.body
            })
        }
        View::Board | View::Help => Some(layout.page),
        View::Overview => Some(layout.table_rows()),
        View::Messages | View::Diagram | View::Start => None,
    }
}

/// Lights the words on one row.
fn light(buffer: &mut Buffer, row: Rect, needle: &Needle) {
    let drawn = Drawn::of(buffer, row);
    for span in needle.matches(&drawn.text) {
        drawn.light(buffer, &span);
    }
}

/// Lights words that begin at the end of one row and end at the start of the next, where a text is
/// wrapped between them.
fn light_wrapped(buffer: &mut Buffer, [above, below]: [Rect; 2], needle: &Needle) {
    let mut drawn = Drawn::of(buffer, above);
    drawn.text.truncate(drawn.text.trim_end().len());
    let next = Drawn::of(buffer, below);
    let skipped = next.text.len() - next.text.trim_start().len();
    let is_wide = |letter: Option<char>| {
        letter.is_some_and(|letter| width(letter.encode_utf8(&mut [0; 4])) > 1)
    };
    let end = drawn.text.len();
    if end == 0 || skipped == next.text.len() {
        return;
    }
    let begins_wide = is_wide(next.text[skipped..].chars().next());
    if !(is_wide(drawn.text.chars().next_back()) && begins_wide) {
        drawn.text.push(' ');
    }
    let start = drawn.text.len();
    drawn.text.push_str(&next.text[skipped..]);
    drawn.cells.retain(|(at, _)| *at < end);
    let moved = next.cells.into_iter().filter(|(at, _)| *at >= skipped);
    drawn
        .cells
        .extend(moved.map(|(at, cell)| (at - skipped + start, cell)));
    let broken = needle
        .matches(&drawn.text)
        .find(|span| span.start < end && span.end > start);
    if let Some(span) = broken {
        drawn.light(buffer, &span);
    }
}

/// What is drawn in some cells.
struct Drawn {
    text: String,
    /// Where the text of each cell begins.
    cells: Vec<(usize, (u16, u16))>,
}

impl Drawn {
    fn of(buffer: &Buffer, row: Rect) -> Self {
        let (mut text, mut cells) = (String::new(), Vec::new());
        for x in row.left()..row.right() {
            cells.push((text.len(), (x, row.y)));
            text.push_str(buffer[(x, row.y)].symbol());
        }
        Self { text, cells }
    }

    fn light(&self, buffer: &mut Buffer, span: &Range<usize>) {
        let lit = self.cells.iter().filter(|(start, _)| span.contains(start));
        for (_, cell) in lit {
            buffer[*cell].modifier.insert(Modifier::REVERSED);
        }
    }
}
