//! The line above a pane: the name of the feature, the tabs, the progress.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::figures::{place, progress};
use super::line::{put, put_end};
use super::theme::Role;
use super::{Canvas, panes};
use crate::model::{Focus, Model, Pane};
use crate::store::DocumentKind;
use crate::text::{clean, cut_middle, width};

/// The narrowest that a name is cut to.
const SHORTEST_NAME: usize = 8;

/// Draws the line.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let (model, area) = (canvas.model, canvas.layout.head);
    let Some(feature) = model.shown_feature() else {
        return;
    };
    if canvas.layout.is_split() {
        return draw_part(canvas, buffer);
    }
    let tabs = tabs(canvas);
    let parts = [place(canvas), progress(canvas)].into_iter().flatten();
    let progress = parts.collect::<Vec<_>>().join("   ");
    let tabs_width: usize = tabs.iter().map(|(text, _)| width(text)).sum();
    let taken = 1 + 2 + tabs_width + width(&progress);
    let room = usize::from(area.width)
        .saturating_sub(taken)
        .max(SHORTEST_NAME);
    let name = clean(feature.name()).into_owned();
    let end = put(
        buffer,
        area,
        1,
        &[(&cut_middle(&name, room, canvas.glyphs.cut), Role::Strong)],
    );
    let pieces: Vec<(&str, Role)> = tabs
        .iter()
        .map(|(text, role)| (text.as_str(), *role))
        .collect();
    let is_narrow = is_narrow(canvas);
    if is_narrow {
        let mut pieces = pieces;
        let with_gap = format!(" {progress}");
        pieces.push((&with_gap, Role::Text));
        put_end(buffer, area, end, &pieces);
        return;
    }
    let end = put(buffer, area, end + 2, &pieces);
    put_end(buffer, area, end, &[(&progress, Role::Text)]);
}

/// Draws the line above one of several panes: its own tab, and how far it is.
fn draw_part(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let (model, area) = (canvas.model, canvas.layout.head);
    let has_focus = model.focus == Focus::Content && canvas.pane == model.pane;
    let role = if has_focus { Role::Accent } else { Role::Text };
    let tab = format!("[{} {}]", canvas.pane.key(), title(model, canvas.pane));
    let end = put(buffer, area, 1, &[(&tab, role)]);
    if is_unread(model, canvas.pane) {
        put(buffer, area, end, &[(canvas.glyphs.unread, Role::Mark)]);
    }
    let figures = panes::figures(canvas);
    let area = Rect {
        width: area.width.saturating_sub(1),
        ..area
    };
    put_end(
        buffer,
        area,
        end + 2,
        &[(&figures.unwrap_or_default(), Role::Text)],
    );
}

/// Returns the word on a tab.
fn title(model: &Model, pane: Pane) -> &'static str {
    let file = model.shown_feature().and_then(|feature| pane.file(feature));
    if file.is_some_and(|file| file.kind == DocumentKind::Bugfix) {
        "Bug analysis"
    } else {
        pane.title()
    }
}

/// Returns the tabs: all of them, or on a narrow screen the chosen one. The chosen one stands in
/// brackets, so that it shows without colour.
fn tabs(canvas: &Canvas<'_>) -> Vec<(String, Role)> {
    let model = canvas.model;
    let chosen = if model.focus == Focus::Content {
        Role::Accent
    } else {
        Role::Text
    };
    let name = |pane: Pane| format!("{} {}", pane.key(), title(model, pane));
    let tab = |pane: Pane| {
        let mark = if is_unread(model, pane) {
            canvas.glyphs.unread
        } else {
            " "
        };
        if pane == model.pane {
            (format!("[{}]", name(pane)), chosen)
        } else {
            (format!(" {}{mark}", name(pane)), Role::Text)
        }
    };
    let panes = Pane::ALL.into_iter();
    if is_narrow(canvas) {
        let open =
            open_file(canvas).map(|name| vec![(format!("[{} {name}]", model.pane.key()), chosen)]);
        return open.unwrap_or_else(|| panes.filter(|pane| *pane == model.pane).map(tab).collect());
    }
    panes.map(tab).collect()
}

/// Columns for what stands beside all tabs: the shortest name, the figures and the blanks between.
const BESIDE_TABS: usize = 17;

/// Returns whether there is room for the chosen tab only.
fn is_narrow(canvas: &Canvas<'_>) -> bool {
    let tab = |pane: Pane| "[1 ]".len() + width(pane.title());
    let all: usize = Pane::ALL.into_iter().map(tab).sum();
    usize::from(canvas.layout.head.width) < all + BESIDE_TABS
}

/// Returns the name of the file that is open in the Files pane, which no footer names on a narrow
/// screen.
fn open_file(canvas: &Canvas<'_>) -> Option<String> {
    let path = canvas
        .model
        .shown_file()
        .filter(|_| canvas.model.pane == Pane::Files)?;
    let name = clean(&path.file_name()?.to_string_lossy()).into_owned();
    Some(
        cut_middle(
            &name,
            usize::from(canvas.layout.head.width) / 3,
            canvas.glyphs.cut,
        )
        .into_owned(),
    )
}

/// Returns whether others changed something in a pane that was not seen yet.
fn is_unread(model: &Model, pane: Pane) -> bool {
    model
        .pane_state_of(pane)
        .is_some_and(|pane_state| !pane_state.unread.is_empty())
}
