//! What holds after every message: the cursor stands on a row that is there, and is on the screen.

use crate::model::{Focus, Model, View};

/// Brings cursors to rows that exist, and scrolls so that they can be seen.
///
/// Beside the list of specs the view jumps by half its height at the edge, because a scroll region would move both; at full width it goes by
/// lines.
pub fn settle(model: &mut Model) {
    if let Some(index) = model.shown() {
        model.summaries[index].unread = false;
    }
    settle_sidebar(model);
    settle_pane(model);
}

fn settle_pane(model: &mut Model) {
    if model.view != View::Main {
        return;
    }
    let layout = model.layout();
    let height = usize::from(layout.body.height).max(1);
    let jumps = layout.body.x > 0;
    // Made before the rows are asked for: a pane that is shown for the first time has no place yet.
    if model.place_mut().is_none() {
        return;
    }
    let rows = model.rows();
    let Some(place) = model.place_mut() else { return };
    let places = || rows.iter().enumerate().filter(|(_, row)| row.is_place());
    let at = places().take_while(|(_, row)| row.line <= place.cursor).last().or_else(|| places().next());
    let Some((index, row)) = at else { return };
    place.cursor = row.line;
    place.top = scrolled(place.top, index, rows.len(), height, jumps);
}

fn settle_sidebar(model: &mut Model) {
    let rows = model.sidebar.rows(&model.workspace, &model.summaries);
    if !rows.iter().any(|row| row.path == model.sidebar.cursor) {
        let cursor = model.sidebar.cursor.clone();
        let above = rows.iter().rev().find(|row| cursor.starts_with(&row.path));
        let shown = rows.iter().find(|row| Some(&row.path) == model.sheets.feature.as_ref());
        if let Some(row) = above.or(shown).or(rows.first()) {
            model.sidebar.cursor = row.path.clone();
        }
    }
    if model.focus == Focus::Sidebar && rows.is_empty() {
        model.focus = Focus::Content;
    }
    let height = model.layout().sidebar_rows().max(1);
    let index = rows.iter().position(|row| row.path == model.sidebar.cursor).unwrap_or(0);
    model.sidebar.top = scrolled(model.sidebar.top, index, rows.len(), height, true);
}

/// Gives the first row on the screen, so that the row `index` of `count` is on it.
fn scrolled(top: usize, index: usize, count: usize, height: usize, jumps: bool) -> usize {
    let last = count.saturating_sub(height);
    let step = if jumps { height / 2 } else { 0 };
    match () {
        () if index < top => index.saturating_sub(step),
        () if index >= top + height => (index + 1 - height + step).min(index),
        () => top,
    }
    .min(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_row_is_always_on_the_screen() {
        for jumps in [true, false] {
            for count in 1..40 {
                for height in 1..20 {
                    for index in 0..count {
                        for top in 0..count {
                            let new = scrolled(top, index, count, height, jumps);
                            assert!((new..new + height).contains(&index), "{top} {index} {count} {height}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn at_full_width_the_view_goes_by_lines() {
        assert_eq!(scrolled(0, 10, 40, 10, false), 1);
        assert_eq!(scrolled(0, 10, 40, 10, true), 6);
        assert_eq!(scrolled(20, 19, 40, 10, false), 19);
        assert_eq!(scrolled(20, 19, 40, 10, true), 14);
        assert_eq!(scrolled(3, 5, 40, 10, true), 3);
    }
}
