//! The peek: what belongs to the item under the cursor, in the last rows of its pane.
//!
//! Its rule stands in the same row wherever the cursor is: what does not fit is counted.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Canvas;
use super::line::{erase, put, row_of};
use super::references::first_of;
use super::theme::{Role, state_role};
use crate::model::{Peek, PeekLine, PeekPart, View, Width};
use crate::text::{clean, cut_end, cut_middle, width, wrap};

/// The most rows of one line.
const ROWS: usize = 2;
/// The most columns for ids.
const LABEL: usize = 12;

/// Draws the peek over the last rows of the pane.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let Some(area) = canvas.layout.peek else {
        return;
    };
    erase(buffer, area);
    if is_bare(canvas) {
        return;
    }
    let Some(peek) = canvas.model.peek() else {
        return draw_empty(canvas, buffer, area);
    };
    let used = draw_head(canvas, buffer, area, &peek);
    let below = Rect {
        y: area.y + used,
        height: area.height - used,
        ..area
    };
    let (rows, cut) = fitted(canvas, &peek, usize::from(below.height));
    for (index, row) in rows.iter().enumerate() {
        draw_row(canvas, buffer, below, index, row);
    }
    if let (Some(last), Some(words)) = (row_of(below, rows.len()), cut) {
        put(buffer, last, 4, &[(&words, Role::Dim)]);
    }
}

/// Returns whether the pane above has nothing that a peek could be about.
fn is_bare(canvas: &Canvas<'_>) -> bool {
    let open_file = canvas.model.open_file();
    canvas.model.view == View::Main && open_file.is_some_and(|open_file| open_file.text.is_empty())
}

fn draw_empty(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect) {
    let is_about_card = canvas.model.view == View::Board;
    let words = if canvas.model.rested.is_some() && !is_about_card {
        "nothing refers to this"
    } else {
        ""
    };
    let line = [
        (canvas.glyphs.line, Role::Dim),
        (" ", Role::Text),
        (words, Role::Dim),
    ];
    if let Some(row) = row_of(area, 0) {
        put(buffer, row, 1, &line);
    }
}

/// Draws the rule with the number and the whole title of the item. Returns the rows that it takes.
fn draw_head(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, peek: &Peek) -> u16 {
    let Some(row) = row_of(area, 0) else { return 0 };
    let label = clean(&peek.label);
    let start = [
        (canvas.glyphs.line, Role::Dim),
        (" ", Role::Text),
        (&label, Role::Strong),
    ];
    let at = put(buffer, row, 1, &start) + usize::from(!label.is_empty());
    if peek.title.is_empty() {
        put(buffer, row, at, &[(&peek.remark, Role::Text)]);
        return 1;
    }
    let remark = clean(&peek.remark);
    let at_end = remark_column(canvas, &remark);
    let end = if remark.is_empty() {
        usize::from(area.width)
    } else {
        at_end
    };
    let title = title_rows(canvas, peek, end.saturating_sub(at + 1).max(8), area.height);
    for (index, words) in title.iter().enumerate() {
        if let Some(row) = row_of(area, index) {
            put(buffer, row, at, &[(words, Role::Strong)]);
        }
    }
    put(buffer, row, at_end, &[(&remark, Role::Dim)]);
    u16::try_from(title.len()).unwrap_or(area.height).max(1)
}

/// Wraps the title, to at most half the rows of the peek.
fn title_rows(canvas: &Canvas<'_>, peek: &Peek, room: usize, height: u16) -> Vec<String> {
    let most = usize::from(height / 2).max(1);
    wrapped(&clean(&peek.title), room, most, canvas.glyphs.cut)
}

/// Wraps words to at most so many rows; the last one says that more was there.
fn wrapped(words: &str, room: usize, most: usize, cut: &str) -> Vec<String> {
    let mut rows: Vec<String> = wrap(words, room).into_iter().map(str::to_owned).collect();
    if rows.len() > most {
        let kept: usize = rows[..most - 1].iter().map(String::len).sum();
        let rest = words.get(kept..).unwrap_or_default().trim_start();
        let rest = cut_end(rest, room, cut).into_owned();
        rows.truncate(most - 1);
        rows.push(rest);
    }
    rows
}

/// One row of the peek.
enum PeekRow<'a> {
    /// Words of a line, and the line itself in its first row.
    Line {
        line: Option<&'a PeekLine>,
        text: String,
        label: usize,
    },
    /// A detail.
    Detail(String),
}

/// Returns the rows that fit, and words on what does not.
fn fitted<'a>(
    canvas: &Canvas<'_>,
    peek: &'a Peek,
    room: usize,
) -> (Vec<PeekRow<'a>>, Option<String>) {
    for most in [ROWS, 1] {
        let rows = rows(canvas, peek, most, peek.lines.len(), peek.details.len());
        if rows.len() <= room && peek.more == 0 {
            return (rows, None);
        }
    }
    // The last row counts what is left out.
    let room = room.saturating_sub(1);
    let least = usize::from(!peek.details.is_empty()).min(room);
    let lines = peek.lines.len().min(room - least);
    let details = peek.details.len().min(room - lines);
    let rows = rows(canvas, peek, 1, lines, details);
    let left = peek.lines.len() - lines + peek.more;
    (rows, Some(counted(left, peek.details.len() - details)))
}

/// Says how many lines and details are left out.
fn counted(lines: usize, details: usize) -> String {
    let ends = if details == 1 { "" } else { "s" };
    match (lines, details) {
        (0, _) => format!("+{details} detail{ends}"),
        (_, 0) => format!("+{lines} more"),
        _ => format!("+{lines} more, +{details} detail{ends}"),
    }
}

fn rows<'a>(
    canvas: &Canvas<'_>,
    peek: &'a Peek,
    most: usize,
    lines: usize,
    details: usize,
) -> Vec<PeekRow<'a>> {
    let labels = peek.lines.iter().map(|line| width(&clean(&line.label)));
    let label = labels.max().unwrap_or(0).min(LABEL);
    let lines = peek.lines.iter().take(lines);
    let room = usize::from(canvas.layout.body.width)
        .saturating_sub(5)
        .max(8);
    let details = peek.details.iter().take(details).map(|words| {
        let words = clean(words);
        PeekRow::Detail(cut_end(&words, room, canvas.glyphs.cut).into_owned())
    });
    lines
        .flat_map(|line| rows_of_line(canvas, line, label, most))
        .chain(details)
        .collect()
}

fn rows_of_line<'a>(
    canvas: &Canvas<'_>,
    line: &'a PeekLine,
    label: usize,
    most: usize,
) -> Vec<PeekRow<'a>> {
    let end = end_of_text(canvas, !line.tail.is_empty());
    let room = end.saturating_sub(text_column(label) + 1).max(8);
    let mut words = wrapped(&clean(&line.text), room, most, canvas.glyphs.cut);
    if words.is_empty() {
        words.push(String::new());
    }
    let first = |index: usize| if index == 0 { Some(line) } else { None };
    let row = |(index, text)| PeekRow::Line {
        line: first(index),
        text,
        label,
    };
    words.into_iter().enumerate().map(row).collect()
}

/// Returns the column of the words: behind the glyph and the ids.
fn text_column(label: usize) -> usize {
    if label == 0 { 4 } else { 4 + label + 2 }
}

/// Returns the column of what stands at the end of a line.
fn tail_column(canvas: &Canvas<'_>) -> usize {
    usize::from(canvas.layout.body.width).saturating_sub(canvas.layout.references())
}

/// Returns the column of what is said at the end of the first line: that of the tails, or before
/// it where more room is needed.
fn remark_column(canvas: &Canvas<'_>, remark: &str) -> usize {
    let columns = usize::from(canvas.layout.body.width);
    tail_column(canvas).min(columns.saturating_sub(width(remark) + 1).max(columns / 2))
}

/// Returns the column before which words end: that of what stands behind them, where something
/// does.
fn end_of_text(canvas: &Canvas<'_>, has_tail: bool) -> usize {
    if has_tail {
        tail_column(canvas)
    } else {
        usize::from(canvas.layout.body.width)
    }
}

/// Returns what stands at the end of a line: names as many as fit, or a place, of which the name of
/// the file gives way and the line never.
fn tail(canvas: &Canvas<'_>, line: &PeekLine) -> String {
    let room = canvas.layout.references() - 1;
    match line.tail.as_slice() {
        [address] if address.contains(':') => {
            let (name, line) = address.rsplit_once(':').unwrap_or((address, ""));
            let columns = room.saturating_sub(line.len() + 1);
            let name = cut_middle(&clean(name), columns, canvas.glyphs.cut).into_owned();
            format!("{name}:{line}")
        }
        names => first_of(names, line.named, room, canvas.glyphs.cut),
    }
}

fn draw_row(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, index: usize, row: &PeekRow<'_>) {
    let Some(at) = row_of(area, index) else {
        return;
    };
    match row {
        PeekRow::Detail(words) => {
            put(buffer, at, 4, &[(words, Role::Dim)]);
        }
        PeekRow::Line { line, text, label } => {
            put(buffer, at, text_column(*label), &[(text, Role::Text)]);
            if let Some(line) = line {
                draw_ends(canvas, buffer, at, line, *label);
            }
        }
    }
}

/// Draws what stands before and behind the words of a line: state, id, what else names it.
fn draw_ends(canvas: &Canvas<'_>, buffer: &mut Buffer, at: Rect, line: &PeekLine, label: usize) {
    let is_dangling = line.part == PeekPart::Dangling;
    let state = line.state;
    let glyph = state.map(|state| (canvas.glyphs.state(state), state_role(state)));
    let (glyph, role) = if is_dangling {
        (Some((canvas.glyphs.found, Role::Danger)), Role::Danger)
    } else {
        (glyph, Role::Id)
    };
    if let Some(glyph) = glyph {
        put(buffer, at, 2, &[glyph]);
    }
    let id = clean(&line.label);
    put(
        buffer,
        at,
        4,
        &[(&cut_end(&id, label, canvas.glyphs.cut), role)],
    );
    if canvas.layout.width > Width::Narrow {
        let tail = tail(canvas, line);
        put(buffer, at, tail_column(canvas), &[(&tail, Role::Id)]);
    }
}
