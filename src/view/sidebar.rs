//! The list of specs: a tree with a state glyph, figures and a badge for each row, and the rule
//! beside it.

use std::ops::Range;
use std::path::Path;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Canvas;
use super::line::{put, row_of};
use super::theme::{Role, state_role};
use crate::markdown::State;
use crate::model::{Branch, FilterPlace, Focus, Model, SidebarRow, SpecOrder, Summary, Width};
use crate::spec::feature::Feature;
use crate::store::{DocumentKind, Problem};
use crate::text::{clean, cut_middle, width};

/// Draws the list and its rule.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let Some(area) = canvas.layout.sidebar else {
        return;
    };
    draw_rule(canvas, buffer);
    draw_head(canvas, buffer, area);
    let below = Rect {
        y: area.y + 1,
        height: area.height.saturating_sub(1),
        ..area
    };
    let rows = canvas.model.sidebar_rows();
    let shown = rows.iter().skip(canvas.model.sidebar.top).enumerate();
    for (index, row) in shown {
        let Some(line) = row_of(below, index) else {
            break;
        };
        draw_row(canvas, buffer, line, row);
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
    let order = order_words(canvas.model);
    if let Some(columns) = Columns::of(canvas, area) {
        put(buffer, area, 8, &[(order, Role::Dim)]);
        for (word, end) in [("open", columns.open), ("done", columns.done)] {
            let at = end.saturating_sub(word.len());
            put(buffer, area, at, &[(word, Role::Dim)]);
        }
        return;
    }
    let at = usize::from(area.width).saturating_sub(width(order) + 1);
    put(buffer, area, at, &[(order, Role::Dim)]);
}

/// Where the columns of figures end in a list that has the whole screen.
struct Columns {
    doing: usize,
    open: usize,
    done: usize,
}

impl Columns {
    /// Returns the columns; none beside the content and on the narrowest screens.
    fn of(canvas: &Canvas<'_>, area: Rect) -> Option<Self> {
        if canvas.layout.rule.is_some() || canvas.layout.width == Width::Tiny {
            return None;
        }
        let done = usize::from(area.width).saturating_sub(2);
        Some(Self {
            doing: done.saturating_sub(16),
            open: done.saturating_sub(11),
            done,
        })
    }
}

/// Says in which order the list is, and whether it leaves out what is finished or filtered.
fn order_words(model: &Model) -> &'static str {
    if model.filters.of(FilterPlace::Specs).is_some() {
        return "filtered";
    }
    match (model.spec_order(), model.sidebar.hides_finished) {
        (SpecOrder::Name, false) => "by name",
        (SpecOrder::Name, true) => "open, by name",
        (SpecOrder::OpenFirst, false) => "open first",
        (SpecOrder::OpenFirst, true) => "open only",
        (SpecOrder::Change, false) => "by change",
        (SpecOrder::Change, true) => "open, by change",
    }
}

/// Draws a row: its name has what its own figures leave.
fn draw_row(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, row: &SidebarRow) {
    draw_cursor(canvas, buffer, area, row);
    if let Some(flag) = flag(canvas, row) {
        put(buffer, area, 1, &[flag]);
    }
    put(buffer, area, row.state_at(), &[state(canvas, row)]);
    let name_end = draw_figures(canvas, buffer, area, row);
    draw_name(canvas, buffer, area, row, row.name_at()..name_end);
    if let Some(badge) = badge(canvas, row) {
        let last = usize::from(area.width).saturating_sub(1);
        put(buffer, area, last, &[badge]);
    }
}

/// Draws the figures of a row at its end. Returns the column before which its name ends.
fn draw_figures(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, row: &SidebarRow) -> usize {
    let (doing, figures) = (doing(canvas, row), figures(canvas, row));
    let doing_part = (doing.as_str(), state_role(State::Doing));
    let Some(columns) = Columns::of(canvas, area) else {
        let wide = width(&doing) + width(&figures);
        let at = usize::from(area.width).saturating_sub(2 + wide);
        put(buffer, area, at, &[doing_part, (&figures, Role::Text)]);
        return at;
    };
    let open = row.open().filter(|open| *open > 0);
    let open = open.map_or_else(String::new, |open| open.to_string());
    let doing_at = columns.doing.saturating_sub(width(doing.trim_end()));
    put(buffer, area, doing_at, &[doing_part]);
    for (text, end) in [(&open, columns.open), (&figures, columns.done)] {
        let at = end.saturating_sub(width(text));
        put(buffer, area, at, &[(text, Role::Text)]);
    }
    columns.doing.saturating_sub(4)
}

/// Returns how many tasks are in progress, with the blank behind it.
fn doing(canvas: &Canvas<'_>, row: &SidebarRow) -> String {
    let glyph = canvas.glyphs.state(State::Doing);
    row.doing()
        .map_or_else(String::new, |doing| format!("{doing}{glyph} "))
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

/// Returns the flag of a spec: that an edit of it contradicts what stands on disk, else that
/// something was changed by others.
pub(super) fn flag(canvas: &Canvas<'_>, row: &SidebarRow) -> Option<(&'static str, Role)> {
    let Branch::Feature(index) = row.branch else {
        return None;
    };
    if canvas.model.is_in_conflict(&row.path) {
        return Some((canvas.glyphs.conflict, Role::Danger));
    }
    let is_unread = canvas.model.is_unread_spec(index);
    is_unread.then_some((canvas.glyphs.unread, Role::Mark))
}

/// Draws the name of a row, and how many rows it hides, between two columns.
pub(super) fn draw_name(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    area: Rect,
    row: &SidebarRow,
    columns: Range<usize>,
) {
    let hides = row.hides();
    let room = columns
        .end
        .saturating_sub(columns.start + 1)
        .saturating_sub(width(&hides));
    let role = match row.branch {
        Branch::Feature(index) if canvas.model.specs.feature(index).is_empty() => Role::Dim,
        Branch::Feature(_) => Role::Text,
        _ => Role::Strong,
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
    if canvas.model.specs.summary(index).is_troubled() {
        Some(("!", Role::Danger))
    } else if canvas.model.stale_days(index).is_some() {
        Some(("z", Role::Dim))
    } else {
        None
    }
}

/// Returns the glyph of a row: the state of a feature, `!` where its tasks cannot be read, whether
/// a folder is open.
pub(super) fn state(canvas: &Canvas<'_>, row: &SidebarRow) -> (&'static str, Role) {
    let model = canvas.model;
    let Branch::Feature(index) = row.branch else {
        let glyph = if model.spec_list().is_folded(row) {
            canvas.glyphs.closed
        } else {
            canvas.glyphs.open
        };
        return (glyph, Role::Text);
    };
    let summary = model.specs.summary(index);
    let Some(progress) = summary.progress else {
        let is_broken = is_unreadable(model.specs.feature(index), summary);
        return if summary.counted && is_broken {
            ("!", Role::Danger)
        } else {
            (" ", Role::Text)
        };
    };
    let state = progress.at_a_glance();
    (canvas.glyphs.state(state), state_role(state))
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
        Branch::Feature(index) => canvas.model.specs.summary(index).counted,
        _ => false,
    };
    row.figures().unwrap_or_else(|| {
        let unknown = if is_counted { canvas.glyphs.none } else { "" };
        unknown.to_owned()
    })
}
