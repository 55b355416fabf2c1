//! The title line of the kanban: whose cards, and the figures; where not all columns fit, the count
//! of each.

use ratatui::buffer::Buffer;

use super::super::Canvas;
use super::super::figures::figures;
use super::super::line::{put, put_end};
use super::super::theme::{Role, state_role};
use super::super::title::{draw_words, totals, workspace_name};
use crate::model::{BoardScope, Column, Model, Strip, Width};
use crate::text::{clean, cut_middle, width};

/// The narrowest that a name is cut to.
const SHORTEST_NAME: usize = 8;

/// Draws the line.
pub(super) fn draw(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    columns: &[Column<'_>],
    strips: &[Strip],
) {
    let Some(area) = canvas.layout.title else {
        return;
    };
    let fits = strips.len() == columns.len();
    let counts: Vec<(String, Role)> = if fits {
        sums(canvas)
    } else {
        counts(canvas, columns, strips)
    };
    let pieces: Vec<(&str, Role)> = counts
        .iter()
        .map(|(text, role)| (text.as_str(), *role))
        .collect();
    let taken: usize = pieces.iter().map(|(text, _)| width(text)).sum();
    let mut at = 1;
    if fits || canvas.layout.width >= Width::Wide {
        at = put(
            buffer,
            area,
            at,
            &[
                (&workspace_name(canvas.model), Role::Strong),
                (canvas.glyphs.between, Role::Text),
            ],
        );
    }
    let room = usize::from(area.width)
        .saturating_sub(at + 1 + taken)
        .max(SHORTEST_NAME);
    let name = clean(&name(canvas.model)).into_owned();
    let end = put(
        buffer,
        area,
        at,
        &[(&cut_middle(&name, room, canvas.glyphs.cut), Role::Strong)],
    );
    let end = draw_words(canvas, buffer, end);
    put_end(buffer, area, end + 1, &pieces);
}

/// Names what is shown.
fn name(model: &Model) -> String {
    match &model.board.scope {
        Some(BoardScope::One(path)) => model.specs.at(path).map_or_else(String::new, |index| {
            model.specs.workspace().address(model.specs.feature(index))
        }),
        _ => "all specs".to_owned(),
    }
}

/// Returns the figures: of the feature, or the totals of all.
fn sums(canvas: &Canvas<'_>) -> Vec<(String, Role)> {
    let model = canvas.model;
    let Some(BoardScope::One(path)) = &model.board.scope else {
        return vec![(totals(canvas), Role::Text)];
    };
    let progress = model
        .specs
        .at(path)
        .and_then(|index| model.specs.summary(index).progress);
    let Some(progress) = progress else {
        return Vec::new();
    };
    let doing = if progress.doing > 0 {
        format!("{}{} in progress", canvas.glyphs.between, progress.doing)
    } else {
        String::new()
    };
    vec![(format!("{}{doing}", figures(canvas, &progress)), Role::Text)]
}

/// Returns the count of every column, in brackets where it is on the screen.
fn counts(canvas: &Canvas<'_>, columns: &[Column<'_>], strips: &[Strip]) -> Vec<(String, Role)> {
    let gap = if canvas.layout.width == Width::Tiny {
        " "
    } else {
        "  "
    };
    let mut pieces = Vec::new();
    for (index, column) in columns.iter().enumerate() {
        let is_shown = strips.iter().any(|strip| strip.column == index);
        let (open, close) = if is_shown { ("[", "]") } else { ("", "") };
        pieces.push((format!("{gap}{open}"), Role::Text));
        pieces.push((
            canvas.glyphs.state(column.state).to_owned(),
            state_role(column.state),
        ));
        pieces.push((format!(" {}{close}", column.count()), Role::Text));
    }
    pieces
}
