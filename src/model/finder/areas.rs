//! Where the parts of the finder are on the screen.

use ratatui::layout::Rect;

/// The fewest columns of a screen on which the excerpt stands beside the list.
const BESIDE: u16 = 100;
/// The fewest rows of a screen on which it stands below the list.
const BELOW: u16 = 20;
/// The rows of an excerpt below the list, with its head.
const EXCERPT: u16 = 8;

/// The parts of the finder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FinderAreas {
    /// The line that is typed.
    pub prompt: Rect,
    /// The matches.
    pub list: Rect,
    /// What stands around the chosen one; none where there is no room.
    pub excerpt: Option<Rect>,
    /// What the letters mean.
    pub legend: Rect,
}

impl FinderAreas {
    /// Lays it out on a screen of some columns and rows, of which the last is the footer.
    pub fn of((columns, rows): (u16, u16)) -> Self {
        let row = |y: u16| Rect::new(0, y.min(rows), columns, u16::from(y < rows));
        let legend = row(rows.saturating_sub(2));
        let body = Rect::new(0, 1, columns, rows.saturating_sub(3));
        let (list, excerpt) = if columns >= BESIDE {
            let width = columns / 2;
            let beside = Rect::new(width + 1, 1, columns - width - 1, body.height);
            (Rect { width, ..body }, Some(beside))
        } else if rows >= BELOW {
            let height = body.height - EXCERPT;
            let below = Rect::new(0, body.y + height, columns, EXCERPT);
            (Rect { height, ..body }, Some(below))
        } else {
            (body, None)
        };
        Self {
            prompt: row(0),
            list,
            excerpt,
            legend,
        }
    }
}
