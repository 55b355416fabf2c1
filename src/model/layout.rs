//! Where everything is on the screen: a pure function of the model, used by both update and view.

use ratatui::layout::Rect;

use super::{Focus, Measure, Mode, Model, Pane, View};

/// How wide the screen is, as far as it changes what is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Width {
    /// Below 50 columns: the narrowest rows.
    Tiny,
    /// Below 70: no references, the tabs become one word.
    Narrow,
    /// Below 100: the list of specs is a screen of its own.
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

/// Where one of the panes that stand side by side is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// The pane.
    pub pane: Pane,
    /// The line with its tab.
    pub head: Rect,
    /// Its rows.
    pub body: Rect,
    /// How many rows above them stand while they scroll.
    pub above: u16,
    /// How many rows below them do.
    pub below: u16,
}

/// The column after which running text and titles end: longer lines are hard to read.
const TEXT: u16 = 100;
/// The columns for references behind them.
const REFERENCES: u16 = 17;
/// The fewest columns of a screen with three.
const THREE: u16 = 200;

/// The parts of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// How wide the screen is.
    pub width: Width,
    /// The title line; none in the main view of a narrow screen, where the content needs it.
    pub title: Option<Rect>,
    /// The list of specs with its head.
    pub sidebar: Option<Rect>,
    /// What is in progress in the spec under the cursor, below a list that has the whole screen.
    pub spec_peek: Option<Rect>,
    /// The rule between list and content.
    pub rule: Option<Rect>,
    /// The line with the tabs; of several panes, of the chosen one.
    pub head: Rect,
    /// The rows of the pane; of several panes, of the chosen one.
    pub body: Rect,
    /// How many rows above the body stand while it scrolls.
    pub above: u16,
    /// How many rows below the body do.
    pub below: u16,
    /// The panes on the screen, from left to right; one, where none stands beside another.
    areas: [Option<Area>; 3],
    /// Where the peek may stand: the last rows of the chosen pane, where the cursor does not go.
    pub peek: Option<Rect>,
    /// Where the places are listed that a jump may lead to.
    pub list: Option<Rect>,
    /// The rows of a view that has the whole screen, below its title.
    pub page: Rect,
    /// The last line.
    pub footer: Rect,
    /// Whether the screen is too small for anything but saying so.
    pub is_too_small: bool,
}

impl Layout {
    /// The fewest columns of a screen on which two panes stand side by side.
    pub const SPLIT: u16 = 150;
    /// The fewest columns of a screen on which they do without being asked for.
    const SPLIT_AT_FIRST: u16 = 160;

    /// Lays out the screen of `model`.
    pub fn of(model: &Model) -> Self {
        let (columns, rows) = model.size;
        let width = Width::of(columns);
        let title = (rows >= 5 && (width >= Width::Normal || is_whole(model.view)))
            .then(|| Rect::new(0, 0, columns, 1));
        let top = u16::from(title.is_some());
        let middle = Rect::new(0, top, columns, rows.saturating_sub(top + 1));
        let sidebar = sidebar(model, width, middle);
        let spec_peek = sidebar.and_then(|list| below_list(list, middle));
        let rule = sidebar.and_then(|list| rule_beside(list, width));
        let left = rule.map_or(0, |rule| rule.right());
        let content = Rect::new(left, middle.y, columns.saturating_sub(left), middle.height);
        // The cards of the kanban are tasks, whichever pane is behind it.
        let is_board = model.view == View::Board;
        let pane = if is_board { Pane::Tasks } else { model.pane };
        // A blank line below the tabs, where there is room for it.
        let gap = u16::from(rows >= 30 && !is_board);
        let areas = areas(content, gap, shown_panes(model));
        let areas = if is_board { areas } else { within_text(areas) };
        let chosen = areas.into_iter().flatten().find(|area| area.pane == pane);
        let Area {
            head,
            body,
            above,
            below,
            ..
        } = chosen.unwrap_or_else(|| area(content, gap, pane));
        let page = Rect::new(
            0,
            (1 + gap).min(rows),
            columns,
            rows.saturating_sub(2 + gap),
        );
        let footer = Rect::new(0, rows.saturating_sub(1), columns, rows.min(1));
        let list = list(model, body);
        let peek = if list.is_none() {
            peek(model, width, body)
        } else {
            None
        };
        let is_too_small = columns < 20 || rows < 5;
        Self {
            width,
            title,
            sidebar,
            spec_peek,
            rule,
            head,
            body,
            above,
            below,
            areas,
            peek,
            list,
            page,
            footer,
            is_too_small,
        }
    }

    /// Returns the panes on the screen, from left to right.
    pub fn areas(&self) -> impl Iterator<Item = Area> + use<> {
        self.areas.into_iter().flatten()
    }

    /// Returns whether several panes stand side by side.
    pub fn is_split(&self) -> bool {
        self.areas().count() > 1
    }

    /// Returns the rows of the chosen pane on which its cursor may stand.
    pub fn reach(&self) -> usize {
        let covered = self.peek.or(self.list).map_or(0, |part| part.height);
        usize::from(self.body.height.saturating_sub(covered)).max(1)
    }

    /// Returns the layout as the pane in `area` sees it.
    pub fn at(self, area: Area) -> Self {
        let is_chosen = self.body == area.body;
        let Area {
            head,
            body,
            above,
            below,
            ..
        } = area;
        Self {
            head,
            body,
            above,
            below,
            peek: if is_chosen { self.peek } else { None },
            list: if is_chosen { self.list } else { None },
            ..self
        }
    }

    /// Returns the layout as a pane sees it; as the chosen one does where it is not on the screen.
    pub fn of_pane(self, pane: Pane) -> Self {
        self.areas()
            .find(|area| area.pane == pane)
            .map_or(self, |area| self.at(area))
    }

    /// Returns the rows of the help screen's columns: the last one of its page says what the cursor
    /// is on.
    pub fn help_rows(&self) -> usize {
        usize::from(self.page.height.saturating_sub(1)).max(1)
    }

    /// Returns the head of the overview: the first row below the title.
    pub fn table_head(&self) -> Rect {
        let top = self.title.map_or(0, |title| title.height);
        Rect {
            y: top,
            height: 1,
            ..self.footer
        }
    }

    /// Returns the rows of the overview, below its head and a blank line where there is room.
    pub fn table_rows(&self) -> Rect {
        let gap = u16::from(self.footer.y >= 29);
        let top = self.table_head().bottom() + gap;
        Rect {
            y: top.min(self.footer.y),
            height: self.footer.y.saturating_sub(top),
            ..self.footer
        }
    }

    /// Returns the part of the screen in which a diagram is scrolled: all of its page but for a margin.
    pub fn diagram_rows(&self) -> Rect {
        let margin = self.margin().min(self.page.width);
        Rect {
            x: margin,
            width: (self.page.width - margin).saturating_sub(1).max(1),
            ..self.page
        }
    }

    /// Returns the columns that a message has where the last ones are listed.
    pub fn message_columns(&self) -> usize {
        usize::from(self.page.width).saturating_sub(4 + self.message_age())
    }

    /// Returns the columns for the age of a message; none on a narrow screen.
    pub fn message_age(&self) -> usize {
        if self.width >= Width::Normal { 12 } else { 0 }
    }

    /// Returns the column of the pane at which text and the glyphs of states begin: behind cursor
    /// and flag.
    pub fn margin(&self) -> u16 {
        if self.width == Width::Tiny { 2 } else { 3 }
    }

    /// Returns the columns for references at the end of a row: none where the screen, or the part
    /// of it that the pane has, is narrow.
    pub fn references(&self) -> usize {
        match self.width {
            Width::Tiny | Width::Narrow => 0,
            _ if self.is_split() => 13,
            _ => 17,
        }
    }

    /// Returns what a laid-out document is measured by.
    pub fn measure(&self) -> Measure {
        // Text needs the columns of half a screen itself.
        let references = if self.body.width < 70 && self.is_split() {
            0
        } else {
            self.references()
        };
        Measure {
            columns: usize::from(self.body.width),
            margin: usize::from(self.margin()),
            references,
            most: usize::from(TEXT),
        }
    }

    /// Returns how many columns the lines of a source have.
    pub fn source_columns(&self) -> usize {
        let columns = self.body.width.min(TEXT).saturating_sub(self.margin() + 1);
        usize::from(columns).max(8)
    }

    /// Returns the rows of the list of specs below its head.
    pub fn sidebar_rows(&self) -> usize {
        self.sidebar
            .map_or(0, |list| usize::from(list.height.saturating_sub(1)))
    }
}

/// Returns whether a view is drawn whole, with the title above it, however narrow the screen is.
fn is_whole(view: View) -> bool {
    matches!(view, View::Board | View::Overview)
}

/// Returns the panes to be shown, from left to right: the chosen one and, where that is wanted and
/// there is room, its partners.
fn shown_panes(model: &Model) -> [Option<Pane>; 3] {
    let alone = [Some(model.pane), None, None];
    let columns = model.size.0;
    let chosen = model.split.or(model.settings.side_by_side);
    let is_wanted = chosen.unwrap_or(columns >= Layout::SPLIT_AT_FIRST);
    match columns {
        _ if !is_wanted || !model.pane.is_beside_others() || model.view != View::Main => alone,
        0..Layout::SPLIT => alone,
        Layout::SPLIT..THREE => [Pane::side_by_side().next(), Some(model.partner), None],
        _ => {
            let mut panes = Pane::side_by_side();
            std::array::from_fn(|_| panes.next())
        }
    }
}

/// The fewest rows of a screen with a peek.
const PEEK_ROWS: u16 = 14;

/// The fewest rows of a peek, its rule among them.
const LEAST_PEEK: u16 = 5;

/// The most rows of the peek at a card: the cards need the rest.
const MOST_OF_BOARD: u16 = 6;

/// Returns the rule between the list of specs and what stands beside it.
fn rule_beside(list: Rect, width: Width) -> Option<Rect> {
    (width >= Width::Wide).then(|| Rect::new(list.right(), list.y, 1, list.height))
}

/// Returns the last quarter of a pane for its peek. It stands wherever the cursor is, so that
/// nothing moves under a key.
fn peek(model: &Model, width: Width, body: Rect) -> Option<Rect> {
    if let Some(rows) = model.card_editor_rows() {
        let most = (body.height * 2 / 3).max(2);
        return Some(last_rows(
            body,
            rows.max(LEAST_PEEK).min(most).min(body.height),
        ));
    }
    let is_wanted = model.has_peek() && !model.hides_peek;
    let fits = width > Width::Tiny && model.size.1 >= PEEK_ROWS;
    let most = if model.view == View::Board {
        MOST_OF_BOARD
    } else {
        body.height
    };
    let height = (body.height / 4).min(most).max(LEAST_PEEK);
    (is_wanted && fits && height < body.height).then(|| last_rows(body, height))
}

/// Returns the rows for the places that a jump may lead to, with a line above them.
fn list(model: &Model, body: Rect) -> Option<Rect> {
    let Mode::Choose(choice) = &model.mode else {
        return None;
    };
    let rows = u16::try_from(choice.count() + 1).unwrap_or(u16::MAX);
    Some(last_rows(
        body,
        rows.min((body.height / 2).max(2)).min(body.height),
    ))
}

fn last_rows(body: Rect, height: u16) -> Rect {
    Rect {
        y: body.bottom() - height,
        height,
        ..body
    }
}

/// Shares out the columns of `content`, with a column for a rule between two panes.
fn areas(content: Rect, gap: u16, panes: [Option<Pane>; 3]) -> [Option<Area>; 3] {
    let count = u16::try_from(panes.iter().flatten().count())
        .unwrap_or(1)
        .max(1);
    let columns = (content.width + 1) / count;
    let mut left = content.x;
    panes.map(|pane| {
        let pane = pane?;
        // The last one takes what division leaves.
        let is_last = left + 2 * columns > content.right() + 1;
        let width = if is_last {
            content.right() - left
        } else {
            columns - 1
        };
        let part = Rect {
            x: left,
            width,
            ..content
        };
        left += columns;
        Some(area(part, gap, pane))
    })
}

/// Lets the text of a document that has a wide screen for itself end after [`TEXT`] columns, with
/// its references right behind.
fn within_text(areas: [Option<Area>; 3]) -> [Option<Area>; 3] {
    let [Some(alone), None, None] = areas else {
        return areas;
    };
    if alone.pane.file_name().is_none() {
        return areas;
    }
    let body = Rect {
        width: alone.body.width.min(TEXT + REFERENCES),
        ..alone.body
    };
    [Some(Area { body, ..alone }), None, None]
}

fn area(part: Rect, gap: u16, pane: Pane) -> Area {
    let head = Rect {
        height: part.height.min(1),
        ..part
    };
    let body = Rect {
        y: part.y + 1 + gap,
        height: part.height.saturating_sub(1 + gap),
        ..part
    };
    let (above, below) = (pane.row().around)(body);
    let body = Rect {
        y: body.y + above,
        height: body.height - above - below,
        ..body
    };
    Area {
        pane,
        head,
        body,
        above,
        below,
    }
}

/// The fewest columns of the list of specs beside the content.
const NARROWEST_LIST: u16 = 24;
/// The most that it gets, however wide the screen is.
const WIDEST_LIST: u16 = 56;

/// The columns that the content keeps where more than a few names would be cut.
const CONTENT: u16 = 66;

/// Returns the columns of the list beside the content: as many as its longest row needs, within a
/// third of the screen; more where most names would be cut otherwise and the content has room.
fn sidebar_columns(model: &Model, screen: u16) -> u16 {
    let columns = |needed: usize| u16::try_from(needed).unwrap_or(u16::MAX);
    let within = columns(model.sidebar.columns.all).min(screen / 3);
    let spared = columns(model.sidebar.columns.most).min(screen.saturating_sub(CONTENT + 1));
    within.max(spared).clamp(NARROWEST_LIST, WIDEST_LIST)
}

/// The rows of what is in progress below a list that has the whole screen, with the line above them.
const SPEC_PEEK: u16 = 5;

/// Lays out the list of specs: beside the content unless it was put away; on a narrow screen, when
/// it is called, in the place of the content.
fn sidebar(model: &Model, width: Width, middle: Rect) -> Option<Rect> {
    if model.view == View::Board || model.missing.is_some() {
        return None;
    }
    if width >= Width::Wide {
        let beside = Rect {
            width: sidebar_columns(model, middle.width),
            ..middle
        };
        return (!model.sidebar.toggled).then_some(beside);
    }
    let is_called = model.sidebar.toggled || model.focus == Focus::Sidebar;
    let has_peek = width > Width::Tiny && model.size.1 >= PEEK_ROWS && !model.hides_peek;
    let below = if has_peek { SPEC_PEEK } else { 0 };
    is_called.then_some(Rect {
        height: middle.height.saturating_sub(below),
        ..middle
    })
}

/// Returns the rows below a list that ends before the screen does.
fn below_list(list: Rect, middle: Rect) -> Option<Rect> {
    let height = middle.bottom() - list.bottom();
    (height > 0).then_some(Rect {
        y: list.bottom(),
        height,
        ..list
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Settings, SidebarColumns};
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
            (
                layout.sidebar.map(|list| list.width),
                layout.body.x,
                layout.body.width,
            )
        };
        assert_eq!(parts(120, false), (Some(24), 25, 95));
        assert_eq!(parts(120, true), (None, 0, 117));
        assert_eq!(parts(80, false), (None, 0, 80));
        assert_eq!(parts(80, true), (Some(80), 0, 80));
    }

    #[test]
    fn the_list_is_as_wide_as_its_rows_within_a_third_of_the_screen() {
        for (columns, all, most, expected) in [
            (120, 0, 0, 24),
            (120, 30, 20, 30),
            (120, 90, 38, 40),
            (120, 90, 50, 50),
            (120, 90, 60, 53),
            (100, 90, 60, 33),
            (160, 50, 40, 50),
            (200, 90, 60, 56),
        ] {
            let mut model = Model::new(Workspace::default(), Settings::default(), (columns, 36));
            model.sidebar.columns = SidebarColumns { all, most };
            let list = Layout::of(&model).sidebar.map(|list| list.width);
            assert_eq!(list, Some(expected), "{columns} {all} {most}");
        }
    }

    #[test]
    fn every_part_is_on_the_screen_at_every_size() {
        for columns in 0..250 {
            for rows in 0..60 {
                let layout = layout(columns, rows, columns % 2 == 0);
                let screen = Rect::new(0, 0, columns, rows);
                let parts = [
                    layout.title,
                    layout.sidebar,
                    layout.rule,
                    Some(layout.head),
                    Some(layout.body),
                    Some(layout.footer),
                ];
                for part in parts.into_iter().flatten().filter(|part| !part.is_empty()) {
                    assert_eq!(part.intersection(screen), part, "{columns}x{rows}");
                }
            }
        }
    }
}
