//! The peek: what belongs to the item under the cursor, in the last rows of its pane.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Canvas;
use super::line::{erase, put, row_of};
use super::references::first_of;
use super::theme::{Role, state_role};
use crate::model::{Peek, PeekLine, PeekPart, Width};
use crate::text::{clean, cut_end, cut_middle, width, wrap};

/// The most rows of one line.
const ROWS: usize = 2;
/// The most columns for ids.
const LABEL: usize = 10;

/// Draws the peek, as high as it must be, over the last rows of the pane.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let (Some(most), Some(peek)) = (canvas.layout.peek, canvas.model.peek()) else {
        return;
    };
    let rows = rows(canvas, &peek);
    let height = most
        .height
        .min(u16::try_from(rows.len() + 1).unwrap_or(u16::MAX));
    let area = Rect {
        y: most.bottom() - height,
        height,
        ..most
    };
    erase(buffer, area);
    draw_head(canvas, buffer, area, &peek);
    let room = usize::from(height).saturating_sub(1);
    // What does not fit is counted in the last row.
    let shown = if rows.len() > room {
        room.saturating_sub(1)
    } else {
        rows.len()
    };
    for (index, row) in rows.iter().take(shown).enumerate() {
        draw_row(canvas, buffer, area, index + 1, row);
    }
    let cut = rows.iter().skip(shown).filter(|row| row.is_first).count();
    let more = cut + peek.more;
    if let (Some(last), true) = (row_of(area, shown + 1), more > 0) {
        put(buffer, last, 2, &[(&format!("+{more} more"), Role::Dim)]);
    }
}

fn draw_head(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, peek: &Peek) {
    let Some(row) = row_of(area, 0) else { return };
    let at = put(
        buffer,
        row,
        1,
        &[
            (canvas.glyphs.line, Role::Dim),
            (" ", Role::Text),
            (&peek.label, Role::Strong),
        ],
    );
    let at = at + usize::from(!peek.label.is_empty());
    if peek.title.is_empty() {
        put(buffer, row, at, &[(&peek.remark, Role::Text)]);
        return;
    }
    let remark_at = tail_column(canvas);
    let end = if peek.remark.is_empty() {
        usize::from(area.width)
    } else {
        remark_at
    };
    let title = clean(&peek.title).into_owned();
    put(
        buffer,
        row,
        at,
        &[(
            &cut_end(&title, end.saturating_sub(at + 1), canvas.glyphs.cut),
            Role::Strong,
        )],
    );
    put(buffer, row, remark_at, &[(&peek.remark, Role::Dim)]);
}

/// One row of the peek.
struct PeekRow<'a> {
    line: &'a PeekLine,
    text: String,
    is_first: bool,
    label: usize,
}

/// Wraps the lines.
fn rows<'a>(canvas: &Canvas<'_>, peek: &'a Peek) -> Vec<PeekRow<'a>> {
    let label = peek
        .lines
        .iter()
        .map(|line| width(&clean(&line.label)))
        .max()
        .unwrap_or(0)
        .min(LABEL);
    peek.lines
        .iter()
        .flat_map(|line| wrapped(canvas, line, label))
        .collect()
}

fn wrapped<'a>(canvas: &Canvas<'_>, line: &'a PeekLine, label: usize) -> Vec<PeekRow<'a>> {
    let room = match line.part {
        PeekPart::Detail => usize::from(canvas.layout.body.width).saturating_sub(4 + 1),
        _ => tail_column(canvas).saturating_sub(text_column(label) + 1),
    }
    .max(8);
    let text = clean(&line.text).into_owned();
    let mut parts: Vec<String> = wrap(&text, room).into_iter().map(str::to_owned).collect();
    if parts.len() > ROWS {
        let kept = parts[..ROWS - 1].iter().map(String::len).sum::<usize>();
        let rest = text.get(kept..).unwrap_or_default().trim_start().to_owned();
        parts.truncate(ROWS - 1);
        parts.push(cut_end(&rest, room, canvas.glyphs.cut).into_owned());
    }
    if parts.is_empty() {
        parts.push(String::new());
    }
    parts
        .into_iter()
        .enumerate()
        .map(|(index, text)| PeekRow {
            line,
            text,
            is_first: index == 0,
            label,
        })
        .collect()
}

/// Returns the column of the words: behind the glyph and the ids.
fn text_column(label: usize) -> usize {
    if label == 0 { 4 } else { 4 + label + 2 }
}

/// Returns the column of what stands at the end of a line.
fn tail_column(canvas: &Canvas<'_>) -> usize {
    usize::from(canvas.layout.body.width).saturating_sub(canvas.layout.references())
}

/// Returns what stands at the end of a line: names as many as fit, or a place, of which the name of
/// the file gives way and the line never.
fn tail(canvas: &Canvas<'_>, line: &PeekLine) -> String {
    let room = canvas.layout.references() - 1;
    match line.tail.as_slice() {
        [pane_state] if pane_state.contains(':') => {
            let (name, line) = pane_state.rsplit_once(':').unwrap_or((pane_state, ""));
            format!(
                "{}:{line}",
                cut_middle(
                    &clean(name),
                    room.saturating_sub(line.len() + 1),
                    canvas.glyphs.cut
                )
            )
        }
        names => first_of(names, line.named, room, canvas.glyphs.cut),
    }
}

fn draw_row(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, index: usize, row: &PeekRow<'_>) {
    let Some(pane_state) = row_of(area, index) else {
        return;
    };
    let line = row.line;
    let role = if line.part == PeekPart::Detail {
        Role::Dim
    } else {
        Role::Text
    };
    let at = if line.part == PeekPart::Detail {
        4
    } else {
        text_column(row.label)
    };
    put(buffer, pane_state, at, &[(&row.text, role)]);
    if !row.is_first || line.part == PeekPart::Detail {
        return;
    }
    let glyph = line
        .state
        .map(|state| (canvas.glyphs.state(state), state_role(state)));
    let glyph = if line.part == PeekPart::Dangling {
        Some((canvas.glyphs.found, Role::Danger))
    } else {
        glyph
    };
    if let Some(glyph) = glyph {
        put(buffer, pane_state, 2, &[glyph]);
    }
    let role = if line.part == PeekPart::Dangling {
        Role::Danger
    } else {
        Role::Id
    };
    put(
        buffer,
        pane_state,
        4,
        &[(
            &cut_end(&clean(&line.label), row.label, canvas.glyphs.cut),
            role,
        )],
    );
    if canvas.layout.width > Width::Narrow {
        let tail = tail(canvas, line);
        put(
            buffer,
            pane_state,
            tail_column(canvas),
            &[(&tail, Role::Id)],
        );
    }
}
