//! The list of specs: a tree with a state glyph, figures and a badge for each row, and the rule
//! beside it.

use std::ops::Range;
use std::path::Path;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Canvas;
use super::line::{erase, put, row_of};
use super::theme::{Role, state_role};
use crate::model::{Branch, Focus, SidebarRow, Summary};
use crate::spec::feature::Feature;
use crate::store::{DocumentKind, Problem};
use crate::text::{clean, cut_middle, width};

/// The narrowest field for figures.
const FIGURES: usize = 5;

/// Draws the list and its rule.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let Some(area) = canvas.layout.sidebar else {
        return;
    };
    erase(buffer, area);
    draw_rule(canvas, buffer);
    draw_head(canvas, buffer, area);
    let model = canvas.model;
    let rows = model.sidebar.rows(&model.workspace, &model.summaries);
    let field = rows
        .iter()
        .map(|row| figures(canvas, row).len())
        .max()
        .unwrap_or(0)
        .max(FIGURES);
    for (index, row) in rows.iter().skip(model.sidebar.top).enumerate() {
        let Some(line) = row_of(
            Rect {
                y: area.y + 1,
                height: area.height.saturating_sub(1),
                ..area
            },
            index,
        ) else {
            break;
        };
        draw_row(canvas, buffer, line, row, field);
    }
}

fn draw_rule(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let Some(rule) = canvas.layout.rule else {
        return;
    };
    for row in 0..usize::from(rule.height) {
        if let Some(cell) = row_of(rule, row) {
            put(buffer, cell, 0, &[(canvas.glyphs.rule, Role::Dim)]);
        }
    }
}

fn draw_head(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect) {
    let role = if canvas.model.focus == Focus::Sidebar {
        Role::Accent
    } else {
        Role::Strong
    };
    put(buffer, area, 1, &[("Specs", role)]);
    let order = if canvas.model.sidebar.hides_finished {
        "open, by name"
    } else {
        "by name"
    };
    let at = usize::from(area.width).saturating_sub(order.len() + 1);
    put(buffer, area, at, &[(order, Role::Dim)]);
}

fn draw_row(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, row: &SidebarRow, field: usize) {
    draw_cursor(canvas, buffer, area, row);
    if is_unread(canvas, row) {
        put(buffer, area, 1, &[(canvas.glyphs.unread, Role::Mark)]);
    }
    let state_at = 2 + row.depth;
    put(buffer, area, state_at, &[state(canvas, row)]);
    let columns = usize::from(area.width);
    let figures_end = columns.saturating_sub(2);
    let name = state_at + 2..figures_end.saturating_sub(field);
    draw_name(canvas, buffer, area, row, name);
    let figures = figures(canvas, row);
    let figures_at = figures_end.saturating_sub(width(&figures));
    put(buffer, area, figures_at, &[(&figures, Role::Text)]);
    if let Some(badge) = badge(canvas, row) {
        put(buffer, area, columns - 1, &[badge]);
    }
}

fn draw_cursor(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, row: &SidebarRow) {
    if row.path != canvas.model.sidebar.cursor {
        return;
    }
    let mark = if canvas.model.focus == Focus::Sidebar {
        (canvas.glyphs.cursor, Role::Accent)
    } else {
        (canvas.glyphs.resting, Role::Dim)
    };
    put(buffer, area, 0, &[mark]);
}

/// Returns whether something in a spec was changed by others and not looked at yet.
fn is_unread(canvas: &Canvas<'_>, row: &SidebarRow) -> bool {
    let Branch::Feature(index) = row.branch else {
        return false;
    };
    let mut pane_states = canvas.model.pane_states.of_feature(&row.path);
    canvas.model.summaries[index].unread
        || pane_states.any(|pane_state| !pane_state.unread.is_empty())
}

/// Draws the name of a row, and how many rows it hides, between two columns.
fn draw_name(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    area: Rect,
    row: &SidebarRow,
    columns: Range<usize>,
) {
    let hides = if row.hides > 0 {
        format!("  {}", row.hides)
    } else {
        String::new()
    };
    let room = columns
        .end
        .saturating_sub(columns.start + 1)
        .saturating_sub(width(&hides));
    let role = if matches!(row.branch, Branch::Feature(_)) {
        Role::Text
    } else {
        Role::Strong
    };
    let name = clean(&row.name).into_owned();
    let name = cut_middle(&name, room, canvas.glyphs.cut);
    let parts = [(name.as_ref(), role), (hides.as_str(), Role::Dim)];
    put(buffer, area, columns.start, &parts);
}

/// Returns the worst of what there is to say of a feature: that something of it cannot be read, or
/// that work in it is stale.
fn badge(canvas: &Canvas<'_>, row: &SidebarRow) -> Option<(&'static str, Role)> {
    let Branch::Feature(index) = row.branch else {
        return None;
    };
    match () {
        () if canvas.model.summaries[index].is_troubled() => Some(("!", Role::Danger)),
        () if canvas.model.stale_days(index).is_some() => Some(("z", Role::Dim)),
        () => None,
    }
}

/// Returns the glyph of a row: the state of a feature, `!` where its tasks cannot be read, whether
/// a folder is open.
fn state(canvas: &Canvas<'_>, row: &SidebarRow) -> (&'static str, Role) {
    let model = canvas.model;
    let Branch::Feature(index) = row.branch else {
        let is_folded = model.sidebar.folded.contains(&row.path);
        return (
            if is_folded {
                canvas.glyphs.closed
            } else {
                canvas.glyphs.open
            },
            Role::Text,
        );
    };
    let summary = &model.summaries[index];
    match summary.progress {
        Some(progress) => (
            canvas.glyphs.state(progress.state()),
            state_role(progress.state()),
        ),
        None if summary.counted && is_unreadable(&model.workspace.features[index], summary) => {
            ("!", Role::Danger)
        }
        None => (" ", Role::Text),
    }
}

/// Returns whether a feature has a document in the list that cannot be read, instead of no tasks.
fn is_unreadable(feature: &Feature, summary: &Summary) -> bool {
    let is_document = |problem: &Problem| {
        Path::new(&problem.file)
            .file_name()
            .and_then(DocumentKind::of)
            .is_some()
    };
    let is_hidden = feature.folder.problems.iter().any(is_document);
    is_hidden || (feature.task_file().is_some() && !summary.problems.is_empty())
}

/// Returns `done/total`, a dash for a feature without tasks, nothing where it was not counted yet.
fn figures(canvas: &Canvas<'_>, row: &SidebarRow) -> String {
    let is_counted = match row.branch {
        Branch::Feature(index) => canvas.model.summaries[index].counted,
        _ => false,
    };
    match row.progress {
        Some(progress) => format!("{}/{}", progress.done, progress.total),
        None if is_counted => canvas.glyphs.none.to_owned(),
        None => String::new(),
    }
}
