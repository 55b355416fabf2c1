//! The rows below the matrix: tasks that name nothing, and references to what is not there.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::super::Canvas;
use super::super::super::line::{put, put_end};
use super::super::super::theme::{Role, state_role};
use crate::model::{
    Model, Pane, Row, RowKind, Subject, TraceSection, Width, name_of_property, one_line,
};
use crate::text::{clean, cut_end, pad, width};

/// Columns for the number of a task, with the blank behind it.
const NUMBER: usize = 6;
/// Columns for an id as written.
const WRITTEN: usize = 8;
/// Columns for file and line at the end.
const PLACE: usize = 15;

/// Draws a row of a section below the matrix: the item or the dangling reference with this index.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, row: Row) {
    let RowKind::Traced(section, index, _) = row.kind else {
        return;
    };
    let at = match section {
        TraceSection::Unreferenced => draw_state(canvas, buffer, area, index),
        _ => draw_written(canvas, buffer, area, index),
    };
    let Some(subject) = canvas.model.subject_of_trace(row) else {
        return;
    };
    let place = place(canvas, section, row.line);
    let has_place =
        !place.is_empty() && put_end(buffer, area, at + 20, &[(&pad(&place, PLACE), Role::Dim)]);
    let room = usize::from(area.width).saturating_sub(at + 1 + if has_place { PLACE } else { 0 });
    let (name, title) = words(canvas.model, subject);
    let words = clean(&format!("{} {title}", pad(&name, NUMBER - 1))).into_owned();
    put(
        buffer,
        area,
        at,
        &[(&cut_end(&words, room, canvas.glyphs.cut), Role::Text)],
    );
}

/// Draws how far a task is. Gives the column behind it.
fn draw_state(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, item: usize) -> usize {
    let at = usize::from(canvas.layout.margin());
    let task = canvas
        .model
        .open_files
        .of(Pane::Tasks)
        .and_then(|open_file| open_file.tasks.items.get(item));
    let Some(task) = task else { return at };
    put(
        buffer,
        area,
        at,
        &[
            (canvas.glyphs.state(task.state), state_role(task.state)),
            (" ", Role::Text),
        ],
    )
}

/// Draws the id of a dangling reference as it is written. Gives the column behind it.
fn draw_written(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, index: usize) -> usize {
    put(buffer, area, 1, &[(canvas.glyphs.found, Role::Danger)]);
    let id = canvas
        .model
        .dangling(index)
        .map_or("", |dangling| &dangling.id);
    let id = clean(id).into_owned();
    let longest = usize::from(area.width) / 3;
    let id = cut_end(&id, longest, canvas.glyphs.cut);
    let field = pad(&id, WRITTEN - 1);
    put(
        buffer,
        area,
        usize::from(canvas.layout.margin()),
        &[(&field, Role::Danger)],
    ) + 1
}

/// Returns name and title.
pub(super) fn words(model: &Model, subject: Subject) -> (String, String) {
    match subject {
        Subject::Task(item) => {
            let title = model
                .open_files
                .of(Pane::Tasks)
                .and_then(|open_file| open_file.tasks.items.get(item))
                .map(|task| task.title.clone());
            (model.name_of_item(item), title.unwrap_or_default())
        }
        Subject::Property(index) => {
            let property = model
                .design()
                .and_then(|design| design.properties.get(index));
            let open_file = model.open_files.of(Pane::Design);
            let found = property.zip(open_file).map(|(property, open_file)| {
                (
                    name_of_property(property),
                    one_line(&open_file.text, property.title),
                )
            });
            found.unwrap_or_default()
        }
        _ => (String::new(), String::new()),
    }
}

/// Returns the file and the line, where there is room for them.
fn place(canvas: &Canvas<'_>, section: TraceSection, line: usize) -> String {
    if canvas.layout.width <= Width::Narrow {
        return String::new();
    }
    let place = address_of(canvas.model, section.pane(), line);
    if width(&place) < PLACE {
        place
    } else {
        String::new()
    }
}

/// Returns the file of a pane and a line in it.
pub(super) fn address_of(model: &Model, pane: Pane, line: usize) -> String {
    let file = match pane {
        Pane::Files => model.file_beside(),
        _ => model.open_files.of(pane).map(|open_file| &open_file.file),
    };
    let name = file
        .and_then(|file| file.path.file_name())
        .unwrap_or_default();
    clean(&format!("{}:{}", name.to_string_lossy(), line + 1)).into_owned()
}
