//! The list of places that a jump may lead to, above the footer.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use unicode_segmentation::UnicodeSegmentation;

use super::Canvas;
use super::line::{erase, put, put_end, row_of};
use super::theme::{Role, state_role};
use crate::model::{Choice, Mode, Target};
use crate::text::{clean, cut_end, pad, width};

/// The most columns for ids.
const LABEL: usize = 12;

/// Draws the list, if one is open.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let (Some(area), Mode::Choose(choice)) = (canvas.layout.list, &canvas.model.mode) else {
        return;
    };
    erase(buffer, area);
    draw_head(canvas, buffer, area, choice);
    let rows = usize::from(area.height).saturating_sub(1).max(1);
    let first = choice.at.saturating_sub(rows - 1);
    let label = choice
        .targets
        .iter()
        .map(|target| width(&clean(&target.label)))
        .max()
        .unwrap_or(0)
        .min(LABEL);
    for (index, target) in choice.targets.iter().enumerate().skip(first).take(rows) {
        let Some(row) = row_of(area, 1 + index - first) else {
            break;
        };
        if index == choice.at {
            put(buffer, row, 0, &[(canvas.glyphs.cursor, Role::Accent)]);
        }
        draw_target(canvas, buffer, row, target, label);
    }
}

fn draw_head(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, choice: &Choice) {
    let Some(row) = row_of(area, 0) else { return };
    let end = put(
        buffer,
        row,
        1,
        &[
            (canvas.glyphs.line, Role::Dim),
            (" ", Role::Text),
            (&choice.title, Role::Strong),
        ],
    );
    let mut end = end;
    if let Some(filter) = &choice.filter {
        let (before, behind) = filter.prompt.halves();
        let under = behind.graphemes(true).next().unwrap_or(" ");
        let behind = behind.strip_prefix(under).unwrap_or_default();
        let typed = [
            (before, Role::Text),
            (under, Role::Caret),
            (behind, Role::Text),
        ];
        end = put(buffer, row, end + 2, &typed);
    }
    let chosen = (choice.at + 1).min(choice.targets.len());
    let count = format!("{chosen} of {}", choice.targets.len());
    put_end(
        buffer,
        Rect {
            width: row.width.saturating_sub(1),
            ..row
        },
        end + 2,
        &[(&count, Role::Dim)],
    );
}

fn draw_target(canvas: &Canvas<'_>, buffer: &mut Buffer, row: Rect, target: &Target, label: usize) {
    if let Some(state) = target.state {
        put(
            buffer,
            row,
            2,
            &[(canvas.glyphs.state(state), state_role(state))],
        );
    }
    let id = clean(&target.label).into_owned();
    let mut at = 4;
    if label > 0 {
        at = put(
            buffer,
            row,
            at,
            &[(
                &pad(&cut_end(&id, label, canvas.glyphs.cut), label),
                Role::Id,
            )],
        ) + 2;
    }
    let text = clean(&target.text).into_owned();
    put(
        buffer,
        row,
        at,
        &[(
            &cut_end(
                &text,
                usize::from(row.width).saturating_sub(at + 1),
                canvas.glyphs.cut,
            ),
            Role::Text,
        )],
    );
}
