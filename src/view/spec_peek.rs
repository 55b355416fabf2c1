//! Below a list of specs that has the whole screen: what is in progress in the spec under the
//! cursor, else what is open.

use ratatui::buffer::Buffer;

use super::Canvas;
use super::line::{put, put_end, row_of};
use super::theme::{Role, state_role};
use crate::markdown::{State, Weight};
use crate::model::{Pane, SidebarRow};
use crate::spec::tasks::Task;
use crate::text::{clean, cut_end, cut_middle, pad, width};

/// The most columns for a number.
const NUMBER: usize = 8;

/// Draws the line with the name, and the tasks below it.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let model = canvas.model;
    let rows = model.sidebar_rows();
    let row = rows.iter().find(|row| row.path == model.sidebar.cursor);
    let (Some(area), Some(row)) = (canvas.layout.spec_peek, row) else {
        return;
    };
    let Some(head) = row_of(area, 0) else { return };
    let remark = remark(row);
    let room = usize::from(area.width).saturating_sub(4 + width(&remark) + 3);
    let name = clean(&row.name).into_owned();
    let name = cut_middle(&name, room, canvas.glyphs.cut);
    let line = [
        (canvas.glyphs.line, Role::Dim),
        (" ", Role::Text),
        (&*name, Role::Strong),
    ];
    let end = put(buffer, head, 1, &line);
    put_end(
        buffer,
        head,
        end + 2,
        &[(&remark, Role::Dim), (" ", Role::Text)],
    );
    let tasks = waiting(canvas, row);
    let number = |task: &&Task| width(task.number.as_deref().unwrap_or_default());
    let numbers = tasks.iter().map(number).max().unwrap_or(0).min(NUMBER);
    for (index, task) in tasks.into_iter().enumerate() {
        let Some(area) = row_of(area, index + 1) else {
            break;
        };
        let glyph = (canvas.glyphs.state(task.state), state_role(task.state));
        let number = task.number.as_deref().unwrap_or_default();
        let number = pad(
            &cut_end(&clean(number), numbers, canvas.glyphs.cut),
            numbers,
        );
        let at = put(
            buffer,
            area,
            2,
            &[glyph, (" ", Role::Text), (&number, Role::Text)],
        );
        let at = if numbers > 0 { at + 2 } else { at };
        let room = usize::from(area.width).saturating_sub(at + 1);
        let title = clean(&task.title).into_owned();
        put(
            buffer,
            area,
            at,
            &[(&cut_end(&title, room, canvas.glyphs.cut), Role::Text)],
        );
    }
}

/// Says in words how far a spec or folder is.
fn remark(row: &SidebarRow) -> String {
    match (row.doing(), row.open()) {
        (Some(doing), _) => format!("{doing} in progress"),
        (None, Some(0)) => "finished".to_owned(),
        (None, Some(_)) => "nothing in progress".to_owned(),
        (None, None) => "no tasks".to_owned(),
    }
}

/// Returns the tasks in progress of the spec of a row, as soon as it is open; where there are none,
/// those that are open.
fn waiting<'a>(canvas: &Canvas<'a>, row: &SidebarRow) -> Vec<&'a Task> {
    let open_files = &canvas.model.open_files;
    if open_files.feature.as_ref() != Some(&row.path) {
        return Vec::new();
    }
    let Some(open_file) = open_files.of(Pane::Tasks) else {
        return Vec::new();
    };
    let tasks = &open_file.tasks.items;
    let begun = |task: &&Task| task.state.marker().weight == Weight::Begun;
    let open = |task: &&Task| task.counted && task.state != State::Done;
    if tasks.iter().any(|task| begun(&task)) {
        tasks.iter().filter(begun).collect()
    } else {
        tasks.iter().filter(open).collect()
    }
}
