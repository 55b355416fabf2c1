//! The help screen: groups of commands in columns, with a cursor, and what the one under it does in
//! full.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Canvas;
use super::line::{put, put_end, row_of};
use super::theme::Role;
use crate::command::commands;
use crate::model::{HelpEntry, HelpLine};
use crate::text::{cut_end, pad, width};

/// Draws the help screen over the main view.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let page = canvas.layout.page;
    draw_head(
        canvas,
        buffer,
        Rect {
            y: 0,
            height: 1,
            ..page
        },
    );
    let columns = canvas.model.help.columns(page.width);
    let list = Rect {
        height: page.height.saturating_sub(1),
        ..page
    };
    let wide = page.width / u16::try_from(columns.len()).unwrap_or(1).max(1);
    let mut area = Rect {
        width: wide,
        ..list
    };
    let field = canvas.model.help.field();
    for lines in &columns {
        draw_column(canvas, buffer, area, lines, field);
        area.x += wide;
    }
    if let Some(row) = row_of(page, usize::from(list.height)) {
        draw_chosen(
            canvas,
            buffer,
            row,
            columns.iter().map(Vec::len).max().unwrap_or(0),
        );
    }
}

fn draw_head(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect) {
    let help = &canvas.model.help;
    let title = if help.all {
        "Help: all keys"
    } else {
        "Help: keys that work here"
    };
    let end = put(buffer, area, 1, &[(title, Role::Strong)]);
    let count = format!("{} of {} commands", help.count(), commands().count());
    put_end(
        buffer,
        area,
        end + 2,
        &[(&count, Role::Dim), (" ", Role::Text)],
    );
}

fn draw_column(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    area: Rect,
    lines: &[HelpLine],
    field: usize,
) {
    let help = &canvas.model.help;
    for (index, line) in lines.iter().skip(help.top).enumerate() {
        let Some(row) = row_of(area, index) else {
            break;
        };
        match *line {
            HelpLine::Gap => {}
            HelpLine::Title(group) => {
                put(buffer, row, 1, &[(help.groups[group].title, Role::Strong)]);
            }
            HelpLine::Entry(group, entry, part) => {
                if (group, entry, part) == (help.cursor.0, help.cursor.1, 0) {
                    put(buffer, row, 0, &[(canvas.glyphs.cursor, Role::Accent)]);
                }
                draw_entry(buffer, row, field, &help.groups[group].entries[entry], part);
            }
        }
    }
}

/// Draws one row of an entry; only the first has its keys.
fn draw_entry(buffer: &mut Buffer, area: Rect, field: usize, entry: &HelpEntry, part: usize) {
    let keys = pad(&entry.keys(), field);
    let at = 1 + width(&keys) + 2;
    if part == 0 {
        put(buffer, area, 1, &[(&keys, Role::Accent)]);
    }
    if let Some(words) = entry.rows(area.width, field).get(part) {
        put(buffer, area, at, &[(words, Role::Text)]);
    }
}

/// Says in full what the command under the cursor does, with its name, and whether there is more
/// than fits.
fn draw_chosen(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, rows: usize) {
    let Some(entry) = canvas.model.help.selection() else {
        return;
    };
    let line = format!("{} ", canvas.glyphs.line);
    let room = usize::from(area.width).saturating_sub(1 + width(&line));
    let doc = cut_end(entry.doc, room, canvas.glyphs.cut);
    let end = put(buffer, area, 1, &[(&line, Role::Dim), (&doc, Role::Text)]);
    put(
        buffer,
        area,
        end + 2,
        &[(
            &cut_end(
                entry.name,
                usize::from(area.width).saturating_sub(end + 2),
                canvas.glyphs.cut,
            ),
            Role::Dim,
        )],
    );
    if canvas.model.help.top + canvas.layout.help_rows() < rows {
        put_end(
            buffer,
            area,
            end + 4 + width(entry.name),
            &[("more below", Role::Dim), (" ", Role::Text)],
        );
    }
}
