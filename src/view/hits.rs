//! Words that are looked for, lit wherever they stand in what takes the keys.
//!
//! Works on the cells that are drawn, so that it lights what is seen, whatever drew it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::Canvas;
use crate::model::{Focus, View};
use crate::text::Needle;

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
        View::Messages | View::Start => None,
    }
}

/// Lights the words on one row.
fn light(buffer: &mut Buffer, row: Rect, needle: &Needle) {
    let mut text = String::new();
    let mut starts = Vec::new();
    for x in row.left()..row.right() {
        starts.push((text.len(), x));
        text.push_str(buffer[(x, row.y)].symbol());
    }
    for span in needle.matches(&text) {
        let lit = starts.iter().filter(|(start, _)| span.contains(start));
        for (_, x) in lit {
            let cell = &mut buffer[(*x, row.y)];
            cell.modifier.insert(Modifier::REVERSED);
        }
    }
}
