//! The overview: a table of all specs, whose columns give way whole on a narrow screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Canvas;
use super::line::{put, row_of};
use super::sidebar;
use super::theme::{Role, state_role};
use super::title;
use crate::markdown::State;
use crate::model::{FilterPlace, OverviewOrder, OverviewRow, Width};
use crate::text::{clean, cut_middle, width};

/// A column of figures.
struct Column {
    /// What stands above it.
    title: &'static str,
    /// What sorts by it; none for a bar.
    order: Option<OverviewOrder>,
    /// How wide it is, with the blanks behind it.
    columns: usize,
    /// The narrowest screen that it is drawn on.
    least: Width,
    /// What stands in it.
    cell: fn(&Canvas<'_>, &OverviewRow) -> (String, Role),
}

/// The columns behind the name.
const COLUMNS: &[Column] = &[
    Column {
        title: "required",
        order: Some(OverviewOrder::Required),
        columns: 10,
        least: Width::Tiny,
        cell: |canvas, row| {
            let progress = row.figures.progress;
            let figures = progress.map(|progress| format!("{}/{}", progress.done, progress.total));
            let none = if is_counted(canvas, row) {
                canvas.glyphs.none
            } else {
                ""
            };
            (figures.unwrap_or_else(|| none.to_owned()), Role::Text)
        },
    },
    Column {
        title: "",
        order: None,
        columns: 7,
        least: Width::Wide,
        cell: |canvas, row| {
            let progress = row.figures.progress;
            let bar = progress.map(|progress| canvas.glyphs.bar(progress.done, progress.total));
            (bar.unwrap_or_default(), Role::Dim)
        },
    },
    Column {
        title: "now",
        order: Some(OverviewOrder::Doing),
        columns: 5,
        least: Width::Narrow,
        cell: |canvas, row| {
            let glyph = canvas.glyphs.state(State::Doing);
            let doing = row.row.doing().map(|doing| format!("{doing}{glyph}"));
            (doing.unwrap_or_default(), state_role(State::Doing))
        },
    },
    Column {
        title: "stale",
        order: Some(OverviewOrder::Stale),
        columns: 8,
        least: Width::Normal,
        cell: |_, row| {
            let days = row.figures.stale.map(|days| format!("z {days} d"));
            (days.unwrap_or_default(), Role::Dim)
        },
    },
    Column {
        title: "optional",
        order: Some(OverviewOrder::Optional),
        columns: 10,
        least: Width::Normal,
        cell: |_, row| {
            let progress = row.figures.progress;
            let counts = progress.filter(|progress| progress.optional_total > 0);
            let figures = counts
                .map(|progress| format!("{}/{}", progress.optional_done, progress.optional_total));
            (figures.unwrap_or_default(), Role::Text)
        },
    },
    Column {
        title: "covered",
        order: Some(OverviewOrder::Covered),
        columns: 11,
        least: Width::Narrow,
        cell: |_, row| {
            let coverage = row.figures.coverage;
            let figures =
                coverage.map(|coverage| format!("{}/{}", coverage.covered, coverage.total));
            (figures.unwrap_or_default(), Role::Text)
        },
    },
    Column {
        title: "changed",
        order: Some(OverviewOrder::Changed),
        columns: 8,
        least: Width::Normal,
        cell: |canvas, row| {
            let age = row.figures.written.map(|at| age(canvas.model.now - at));
            (age.unwrap_or_default(), Role::Dim)
        },
    },
];

/// Draws the table.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    title::draw(canvas, buffer);
    let (rows, area) = (canvas.model.overview_rows(), canvas.layout.table_rows());
    let figures_at = figures_at(canvas, &rows);
    draw_head(canvas, buffer, figures_at);
    let shown = rows.iter().skip(canvas.model.overview.list.top);
    for (index, row) in shown.enumerate() {
        let Some(line) = row_of(area, index) else {
            break;
        };
        draw_row(canvas, buffer, line, row, figures_at);
    }
}

/// Returns the columns that the screen has room for.
fn shown_columns<'a>(canvas: &Canvas<'_>) -> impl Iterator<Item = &'a Column> + use<'a> {
    let width = canvas.layout.width;
    COLUMNS.iter().filter(move |column| column.least <= width)
}

/// Returns the column at which the figures begin: right behind the longest name, as far as there is
/// room for them.
fn figures_at(canvas: &Canvas<'_>, rows: &[OverviewRow]) -> usize {
    let name_end = |row: &OverviewRow| {
        let name = width(&clean(&row.row.name)) + row.row.hides().len();
        row.row.name_at() + name + 2
    };
    let wanted = rows.iter().map(name_end).max().unwrap_or(0);
    let figures: usize = shown_columns(canvas).map(|column| column.columns).sum();
    let room = usize::from(canvas.layout.footer.width).saturating_sub(figures);
    wanted.max(HEAD).min(room)
}

/// The columns of the words at the head of the names.
const HEAD: usize = 28;

fn draw_head(canvas: &Canvas<'_>, buffer: &mut Buffer, figures_at: usize) {
    let (area, overview) = (canvas.layout.table_head(), &canvas.model.overview);
    let is_filtered = canvas.model.filters.of(FilterPlace::Specs).is_some();
    let words = match (overview.order, overview.list.hides_finished) {
        _ if is_filtered => "filtered",
        (OverviewOrder::Name, false) => "by name",
        (OverviewOrder::Name, true) => "open, by name",
        (_, false) => "",
        (_, true) => "open",
    };
    let names = Rect {
        width: area
            .width
            .min(u16::try_from(figures_at).unwrap_or(area.width)),
        ..area
    };
    put(
        buffer,
        names,
        1,
        &[
            ("Overview", Role::Accent),
            ("  ", Role::Text),
            (words, Role::Dim),
        ],
    );
    let mut at = figures_at;
    for column in shown_columns(canvas) {
        let role = if column.order == Some(overview.order) {
            Role::Accent
        } else {
            Role::Strong
        };
        put(buffer, area, at, &[(column.title, role)]);
        at += column.columns;
    }
}

fn draw_row(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    area: Rect,
    row: &OverviewRow,
    figures_at: usize,
) {
    if row.row.path == canvas.model.overview.list.cursor {
        put(buffer, area, 0, &[(canvas.glyphs.cursor, Role::Accent)]);
    }
    if let Some(flag) = sidebar::flag(canvas, &row.row) {
        put(buffer, area, 1, &[flag]);
    }
    let state_at = row.row.state_at();
    put(buffer, area, state_at, &[sidebar::state(canvas, &row.row)]);
    sidebar::draw_name(
        canvas,
        buffer,
        area,
        &row.row,
        row.row.name_at()..figures_at - 1,
    );
    let mut at = figures_at;
    for column in shown_columns(canvas) {
        let (text, role) = (column.cell)(canvas, row);
        let room = column.columns.saturating_sub(1);
        put(
            buffer,
            area,
            at,
            &[(&cut_middle(&text, room, canvas.glyphs.cut), role)],
        );
        at += column.columns;
    }
}

/// Returns whether the tasks of the feature of a row were counted.
fn is_counted(canvas: &Canvas<'_>, row: &OverviewRow) -> bool {
    let feature = canvas.model.specs.at(&row.row.path);
    feature.is_some_and(|index| canvas.model.specs.summary(index).counted)
}

/// Words how long ago something was, as shortly as can be; nothing where the time is not known.
fn age(seconds: i64) -> String {
    match seconds {
        ..0 => String::new(),
        0..60 => "now".to_owned(),
        60..3600 => format!("{} min", seconds / 60),
        3600..86_400 => format!("{} h", seconds / 3600),
        _ => format!("{} d", seconds / 86_400),
    }
}
