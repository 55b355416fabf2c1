//! What stands at the end of a property's row in Design: what it validates, and the tasks that test
//! it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::Canvas;
use super::super::line::{erase, put};
use super::super::references::references;
use super::super::theme::{Role, state_role};
use crate::model::{Pane, Row, Subject, Target};
use crate::text::{clean, width};

/// Draws the links of the property that begins on a row, if one does.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, row: Row) {
    if let Some(property) = property_at(canvas, row) {
        draw_links(canvas, buffer, area, property);
    }
}

/// Returns the property whose first row this is.
fn property_at(canvas: &Canvas<'_>, row: Row) -> Option<usize> {
    if canvas.pane != Pane::Design || row.part() > 0 {
        return None;
    }
    canvas
        .model
        .design()?
        .properties
        .iter()
        .position(|property| property.line == row.line)
}

/// Draws at the end of a property's first row what it validates and how far the tasks are that test
/// it; the heading gives way.
fn draw_links(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, property: usize) {
    let (model, columns) = (canvas.model, canvas.layout.references());
    if columns == 0 {
        return;
    }
    let Some(at) = usize::from(area.width).checked_sub(columns) else {
        return;
    };
    let ids = |targets: Vec<Target>| {
        targets
            .into_iter()
            .map(|target| target.label)
            .collect::<Vec<String>>()
    };
    let validated = ids(model.definitions(Subject::Property(property)));
    let tests = ids(model.referrers(Subject::Property(property)));
    let state = model.state_of_items(model.open_files.links.testing(property));
    let glyph = state.map_or((canvas.glyphs.none, Role::Dim), |state| {
        (canvas.glyphs.state(state), state_role(state))
    });
    let (validated, tests) = side_by_side(&validated, &tests, columns - 4, canvas.glyphs.cut);
    clear_end(canvas, buffer, area, at);
    let end = put(buffer, area, at, &[(&validated, Role::Id)]);
    put(
        buffer,
        area,
        end.max(at + (columns - 2) / 2) + 1,
        &[glyph, (" ", Role::Text), (&tests, Role::Id)],
    );
}

/// Returns two lists that share some columns, so that ids are counted and not cut: the second gives
/// way first.
fn side_by_side(
    first: &[String],
    second: &[String],
    columns: usize,
    cut: &str,
) -> (String, String) {
    let half = columns / 2;
    let least = |list: &[String]| {
        list.first().map_or(0, |id| {
            width(&clean(id)) + if list.len() > 1 { 3 } else { 0 }
        })
    };
    let for_first = half.max(least(first)).min(columns);
    let first = references(first, for_first, cut);
    let left = columns - width(&clean(&first)).max(half).min(columns);
    let second = if least(second) > left {
        String::new()
    } else {
        references(second, left, cut)
    };
    (first, second)
}

/// Blanks out the end of a row from a column on; what was there before it ends in the mark of a
/// cut.
fn clear_end(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, at: usize) {
    let Some(room) = u16::try_from(at)
        .ok()
        .and_then(|at| at.checked_sub(1))
        .filter(|at| *at < area.width)
    else {
        return;
    };
    let is_cut = buffer[(area.x + room, area.y)].symbol() != " ";
    erase(
        buffer,
        Rect {
            x: area.x + room,
            width: area.width - room,
            ..area
        },
    );
    if is_cut && room > 0 {
        let last = Rect {
            x: area.x + room - 1,
            width: 1,
            ..area
        };
        // Half of a wide character is none.
        let wide = if room > 1 && width(buffer[(last.x - 1, last.y)].symbol()) > 1 {
            1
        } else {
            0
        };
        erase(
            buffer,
            Rect {
                x: last.x - wide,
                width: 1 + wide,
                ..last
            },
        );
        put(buffer, last, 0, &[(canvas.glyphs.cut, Role::Strong)]);
    }
}
