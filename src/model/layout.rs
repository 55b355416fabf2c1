//! Where everything is on the screen: a pure function of the model, used by both update and view.

use ratatui::layout::Rect;

use super::{Focus, Model};

/// How wide the screen is, as far as it changes what is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Width {
    /// Below 50 columns: the narrowest rows.
    Tiny,
    /// Below 70: no references, the tabs become one word.
    Narrow,
    /// Below 100: the list of specs is a drawer.
    Normal,
    /// Below 150: the list of specs stands beside the content.
    Wide,
    /// From 150 on.
    Wider,
}

impl Width {
    /// Sorts a number of columns.
    pub fn of(columns: u16) -> Self {
        match columns {
            0..50 => Self::Tiny,
            50..70 => Self::Narrow,
            70..100 => Self::Normal,
            100..150 => Self::Wide,
            _ => Self::Wider,
        }
    }
}

/// The parts of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// How wide the screen is.
    pub width: Width,
    /// The title line; none on a screen of so few rows that the content needs it.
    pub title: Option<Rect>,
    /// The list of specs with its head.
    pub sidebar: Option<Rect>,
    /// The rule between list and content.
    pub rule: Option<Rect>,
    /// The line with the tabs.
    pub head: Rect,
    /// The rows of the pane.
    pub body: Rect,
    /// The last line.
    pub footer: Rect,
    /// Whether the screen is too small for anything but saying so.
    pub is_too_small: bool,
}

impl Layout {
    /// Lays out the screen of `model`.
    pub fn of(model: &Model) -> Self {
        let (columns, rows) = model.size;
        let width = Width::of(columns);
        let title = (width >= Width::Normal && rows >= 5).then(|| Rect::new(0, 0, columns, 1));
        let top = u16::from(title.is_some());
        let middle = Rect::new(0, top, columns, rows.saturating_sub(top + 1));
        let sidebar = sidebar(model, width, middle);
        let rule = sidebar.map(|list| Rect::new(list.right(), list.y, 1, list.height));
        let is_beside = width >= Width::Wide;
        let left = rule.filter(|_| is_beside).map_or(0, |rule| rule.right());
        let content = Rect::new(left, middle.y, columns.saturating_sub(left), middle.height);
        // A blank line below the tabs, where there is room for it.
        let gap = u16::from(rows >= 30);
        let head = Rect { height: content.height.min(1), ..content };
        let body = Rect { y: content.y + 1 + gap, height: content.height.saturating_sub(1 + gap), ..content };
        let footer = Rect::new(0, rows.saturating_sub(1), columns, rows.min(1));
        Self { width, title, sidebar, rule, head, body, footer, is_too_small: columns < 20 || rows < 5 }
    }

    /// Gives the rows of the list of specs below its head.
    pub fn sidebar_rows(&self) -> usize {
        self.sidebar.map_or(0, |list| usize::from(list.height.saturating_sub(1)))
    }
}

/// Places the list of specs: beside the content unless it was put away, or as a drawer over the left half when it is called.
fn sidebar(model: &Model, width: Width, middle: Rect) -> Option<Rect> {
    let columns = match width {
        Width::Wider => 34,
        Width::Wide => 30,
        _ => (middle.width / 2).max(20),
    };
    let is_drawer = width < Width::Wide;
    let is_called = model.sidebar.toggled || (is_drawer && model.focus == Focus::Sidebar);
    let is_shown = is_called == is_drawer;
    let fits = middle.width > columns;
    (is_shown && fits).then_some(Rect { width: columns, ..middle })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Settings;
    use crate::spec::workspace::Workspace;

    fn layout(columns: u16, rows: u16, toggled: bool) -> Layout {
        let mut model = Model::new(Workspace::default(), Settings::default(), (columns, rows));
        model.sidebar.toggled = toggled;
        Layout::of(&model)
    }

    #[test]
    fn the_list_stands_beside_the_content_or_over_it() {
        let parts = |columns, toggled| {
            let layout = layout(columns, 36, toggled);
            (layout.sidebar.map(|list| list.width), layout.body.x, layout.body.width)
        };
        assert_eq!(parts(120, false), (Some(30), 31, 89));
        assert_eq!(parts(120, true), (None, 0, 120));
        assert_eq!(parts(160, false), (Some(34), 35, 125));
        assert_eq!(parts(80, false), (None, 0, 80));
        assert_eq!(parts(80, true), (Some(40), 0, 80));
    }

    #[test]
    fn every_part_is_on_the_screen_at_every_size() {
        for columns in 0..250 {
            for rows in 0..60 {
                let layout = layout(columns, rows, columns % 2 == 0);
                let screen = Rect::new(0, 0, columns, rows);
                let parts = [layout.title, layout.sidebar, layout.rule, Some(layout.head), Some(layout.body), Some(layout.footer)];
                for part in parts.into_iter().flatten().filter(|part| !part.is_empty()) {
                    assert_eq!(part.intersection(screen), part, "{columns}x{rows}");
                }
            }
        }
    }
}
