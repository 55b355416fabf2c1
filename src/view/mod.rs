//! Drawing: a pure function from the model to the cells of one frame. Writes no state and reads no files.
//!
//! One file for each part of the screen; colours and glyphs are in `theme`, and everything that comes from files is cleaned in `line`.

mod footer;
mod head;
mod help;
mod line;
mod panes;
mod popup;
mod sidebar;
mod theme;
mod title;

pub use theme::{Glyphs, Role, style};

use ratatui::Frame;

use crate::model::{Layout, Model, View};
use line::put;

/// Draws the whole screen.
pub fn view(model: &Model, frame: &mut Frame<'_>) {
    let canvas = Canvas { model, glyphs: Glyphs::of(model.settings.ascii), layout: model.layout() };
    let buffer = frame.buffer_mut();
    if canvas.layout.is_too_small {
        put(buffer, canvas.layout.head, 0, &[("too small", Role::Text)]);
        return footer::draw(&canvas, buffer);
    }
    match model.view {
        View::Help { all, top } => help::draw(&canvas, buffer, all, top),
        View::Main => draw_main(&canvas, buffer),
    }
    popup::draw(&canvas, buffer);
    footer::draw(&canvas, buffer);
}

/// What every part needs to draw itself.
struct Canvas<'a> {
    model: &'a Model,
    glyphs: &'static Glyphs,
    layout: Layout,
}

fn draw_main(canvas: &Canvas<'_>, buffer: &mut ratatui::buffer::Buffer) {
    title::draw(canvas, buffer);
    head::draw(canvas, buffer);
    panes::draw(canvas, buffer);
    sidebar::draw(canvas, buffer);
}
