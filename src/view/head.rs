//! The line above a pane: the name of the feature, the tabs, the progress.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::figures::{place, progress};
use super::line::{put, put_end};
use super::theme::Role;
use super::{Canvas, panes};
use crate::model::{Focus, Model, Pane, Width};
use crate::store::DocumentKind;
use crate::text::{clean, cut_middle, width};

/// The columns that a name keeps, as far as it has them, while the tabs are shortened.
const NAME: usize = 20;
/// The narrowest that a name is cut to.
const SHORTEST_NAME: usize = 8;

/// How much of the tabs is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tabs {
    /// `1 Requirements  2 Design [3 Tasks]`
    Whole,
    /// `1 Req  2 Des [3 Tasks]`
    Short,
    /// `1 2 [3 Tasks]`
    Digits,
    /// `1 2 [3 Tas]`
    Least,
    /// `[3 Tasks]`
    Chosen,
}

/// Draws the line.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let area = canvas.layout.head;
    let Some(feature) = canvas.model.shown_feature() else {
        return;
    };
    if canvas.layout.is_split() {
        return draw_part(canvas, buffer);
    }
    let name = clean(feature.name()).into_owned();
    let (tabs, tail) = fitting(canvas, width(&name).min(NAME));
    let pieces = tabs_of(canvas, tabs);
    let beside = columns(&pieces) + 1 + width(&tail);
    let gap = if tabs == Tabs::Chosen { 1 } else { 2 };
    let room = usize::from(area.width)
        .saturating_sub(1 + gap + beside)
        .max(SHORTEST_NAME);
    let name = cut_middle(&name, room, canvas.glyphs.cut);
    if canvas.model.is_in_conflict(&feature.folder.path) {
        put(buffer, area, 0, &[(canvas.glyphs.conflict, Role::Danger)]);
    }
    let mut end = put(buffer, area, 1, &[(&name, Role::Strong)]);
    let at = if tabs == Tabs::Chosen {
        usize::from(area.width).saturating_sub(beside).max(end + 1)
    } else {
        end + gap
    };
    let pieces: Vec<(&str, Role)> = pieces
        .iter()
        .map(|(text, role)| (text.as_str(), *role))
        .collect();
    end = put(buffer, area, at, &pieces);
    put_end(buffer, area, end + 1, &[(&tail, Role::Text)]);
}

/// Chooses the longest tabs, with the most behind them, beside which a name keeps `name` columns.
/// The bar gives way first, the place last.
fn fitting(canvas: &Canvas<'_>, name: usize) -> (Tabs, String) {
    let (figures, bar) = progress(canvas).unwrap_or_default();
    let place = place(canvas).unwrap_or_default();
    let joined = |parts: &[&str]| {
        let parts: Vec<&str> = parts
            .iter()
            .copied()
            .filter(|part| !part.is_empty())
            .collect();
        parts.join("   ")
    };
    if canvas.layout.width < Width::Normal {
        return (Tabs::Chosen, figures);
    }
    let with_bar = joined(&[&place, &bar]);
    let with_place = joined(&[&place, &figures]);
    let forms = [
        (Tabs::Whole, with_bar),
        (Tabs::Whole, with_place.clone()),
        (Tabs::Short, with_place.clone()),
        (Tabs::Digits, with_place.clone()),
        (Tabs::Least, with_place),
        (Tabs::Digits, figures.clone()),
        (Tabs::Least, figures.clone()),
    ];
    let fits = |(tabs, tail): &(Tabs, String)| {
        let tabs = columns(&tabs_of(canvas, *tabs));
        1 + name + 2 + tabs + 1 + width(tail) <= usize::from(canvas.layout.head.width)
    };
    forms
        .into_iter()
        .find(fits)
        .unwrap_or((Tabs::Chosen, figures))
}

fn columns(pieces: &[(String, Role)]) -> usize {
    pieces.iter().map(|(text, _)| width(text)).sum()
}

/// Draws the line above one of several panes: its own tab, and how far it is. The chosen one stands
/// in brackets.
fn draw_part(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let (model, area) = (canvas.model, canvas.layout.head);
    let is_chosen = canvas.pane == model.pane;
    let has_focus = model.focus == Focus::Content && is_chosen;
    let role = if has_focus { Role::Accent } else { Role::Text };
    let name = format!("{} {}", canvas.pane.key(), title(model, canvas.pane));
    let tab = if is_chosen {
        format!("[{name}]")
    } else {
        format!(" {name} ")
    };
    let end = put(buffer, area, 1, &[(&tab, role)]);
    if is_unread(model, canvas.pane) {
        put(buffer, area, end, &[(canvas.glyphs.unread, Role::Mark)]);
    }
    let figures = panes::figures(canvas).unwrap_or_default();
    let area = Rect {
        width: area.width.saturating_sub(1),
        ..area
    };
    let with_place = place(canvas).map(|place| format!("{place}   {figures}"));
    let longest = with_place.unwrap_or_else(|| figures.clone());
    if !put_end(buffer, area, end + 2, &[(longest.trim_end(), Role::Text)]) {
        put_end(buffer, area, end + 2, &[(&figures, Role::Text)]);
    }
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

/// Returns the tabs, from the first to the last column that is written. The chosen one stands in
/// brackets, so that it shows without colour.
fn tabs_of(canvas: &Canvas<'_>, tabs: Tabs) -> Vec<(String, Role)> {
    let model = canvas.model;
    let chosen = if model.focus == Focus::Content {
        Role::Accent
    } else {
        Role::Text
    };
    if tabs == Tabs::Chosen {
        let name = open_file(canvas).unwrap_or_else(|| title(model, model.pane).to_owned());
        return vec![(format!("[{} {name}]", model.pane.key()), chosen)];
    }
    let tab = |pane: Pane| {
        if pane == model.pane {
            let title = title(model, pane);
            let tab = match tabs {
                Tabs::Digits => format!("[{} {title}] ", pane.key()),
                Tabs::Least => format!("[{} {}] ", pane.key(), short(title)),
                _ => format!("[{} {title}]", pane.key()),
            };
            (tab, chosen)
        } else {
            (unchosen(canvas, pane, tabs), Role::Text)
        }
    };
    let mut pieces: Vec<(String, Role)> = Pane::ALL.into_iter().map(tab).collect();
    if let Some((last, _)) = pieces.last_mut() {
        last.truncate(last.trim_end().len());
    }
    pieces
}

/// Returns the tab of a pane that is not chosen, with the cell that says whether others changed
/// something in it.
fn unchosen(canvas: &Canvas<'_>, pane: Pane, tabs: Tabs) -> String {
    let mark = if is_unread(canvas.model, pane) {
        canvas.glyphs.unread
    } else {
        " "
    };
    let (key, title) = (pane.key(), title(canvas.model, pane));
    match tabs {
        Tabs::Whole => format!(" {key} {title}{mark}"),
        Tabs::Short => format!(" {key} {}{mark}", short(title)),
        Tabs::Digits | Tabs::Least | Tabs::Chosen => format!("{key}{mark}"),
    }
}

/// Returns the first letters of the word on a tab.
fn short(title: &str) -> &str {
    title.get(..3).unwrap_or(title)
}

/// Returns the name of the file that is open in the Files pane, which no footer names on a narrow
/// screen.
fn open_file(canvas: &Canvas<'_>) -> Option<String> {
    if canvas.model.pane != Pane::Files {
        return None;
    }
    let path = canvas.model.shown_file()?;
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
