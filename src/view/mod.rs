//! Drawing: a pure function from the model to the cells of one frame. Writes no state and reads no
//! files.
//!
//! One file for each part of the screen; colours and glyphs are in `theme`, and everything that
//! comes from files is cleaned in `line`.

mod board;
mod choice;
mod conflict;
mod diagram;
mod editor;
mod figures;
mod finder;
mod footer;
mod head;
mod help;
mod hits;
mod line;
mod look;
mod messages;
mod overview;
mod panes;
mod peek;
mod popup;
pub(crate) mod references;
mod search;
mod sidebar;
mod spec_peek;
mod start;
mod theme;
mod title;

pub use look::{Background, Ink, Look, Palette, THEMES, Theme};
pub use theme::{Glyphs, Role};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::model::{Layout, Model, Pane, View};
use line::{put, row_of};

/// Draws the whole screen into an empty buffer of its size, in the terminal's own sixteen colours.
pub fn view(model: &Model, buffer: &mut Buffer) {
    view_in(model, &Theme::default(), buffer);
}

/// Draws the whole screen into an empty buffer of its size, in the colours of a theme.
pub fn view_in(model: &Model, theme: &Theme, buffer: &mut Buffer) {
    draw(model, buffer);
    theme.paint(buffer);
}

fn draw(model: &Model, buffer: &mut Buffer) {
    let canvas = Canvas {
        model,
        glyphs: Glyphs::of(model.settings.ascii),
        layout: model.layout(),
        pane: model.pane,
    };
    if canvas.layout.is_too_small {
        put(buffer, canvas.layout.head, 0, &[("too small", Role::Text)]);
        return footer::draw(&canvas, buffer);
    }
    match model.view {
        View::Help => help::draw(&canvas, buffer),
        View::Messages => messages::draw(&canvas, buffer),
        View::Diagram => diagram::draw(&canvas, buffer),
        View::Board => board::draw(&canvas, buffer),
        View::Overview => overview::draw(&canvas, buffer),
        View::Start => start::draw(&canvas, buffer),
        View::Main => draw_main(&canvas, buffer),
    }
    hits::draw(&canvas, buffer);
    finder::draw(&canvas, buffer);
    search::draw(&canvas, buffer);
    conflict::draw(&canvas, buffer);
    popup::draw(&canvas, buffer);
    footer::draw_above(&canvas, buffer);
    footer::draw(&canvas, buffer);
}

/// What every part needs to draw itself.
struct Canvas<'a> {
    model: &'a Model,
    glyphs: &'static Glyphs,
    layout: Layout,
    /// The pane that is drawn; of several, `layout` is as this one sees it.
    pane: Pane,
}

/// Draws the rules between panes that stand side by side.
fn draw_rules(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    for area in canvas.layout.areas().skip(1) {
        let rule = Rect {
            x: area.head.x - 1,
            width: 1,
            height: area.body.bottom() - area.head.y,
            ..area.head
        };
        for row in 0..usize::from(rule.height) {
            if let Some(row) = row_of(rule, row) {
                put(buffer, row, 0, &[(canvas.glyphs.rule, Role::Dim)]);
            }
        }
    }
}

impl Canvas<'_> {
    /// Returns the lines of the pane that are linked with where the cursor of the chosen one
    /// rested.
    fn linked_lines(&self) -> Vec<usize> {
        let Some((pane, line)) = self
            .model
            .rested
            .filter(|(pane, _)| *pane == self.model.pane && *pane != self.pane)
        else {
            return Vec::new();
        };
        let subject = self.model.subject_at(pane, line);
        subject
            .map(|subject| self.model.linked_lines(self.pane, subject))
            .unwrap_or_default()
    }
}

fn draw_main(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    title::draw(canvas, buffer);
    // A list without a rule beside it has the whole screen.
    if canvas.layout.sidebar.is_some() && canvas.layout.rule.is_none() {
        sidebar::draw(canvas, buffer);
        return spec_peek::draw(canvas, buffer);
    }
    for area in canvas.layout.areas() {
        let canvas = Canvas {
            layout: canvas.layout.at(area),
            pane: area.pane,
            ..*canvas
        };
        head::draw(&canvas, buffer);
        panes::draw(&canvas, buffer);
        editor::draw(&canvas, buffer);
        peek::draw(&canvas, buffer);
        choice::draw(&canvas, buffer);
    }
    draw_rules(canvas, buffer);
    sidebar::draw(canvas, buffer);
}
