//! The title line: the workspace at the left, the totals of required tasks at the right.

use ratatui::buffer::Buffer;

use super::Canvas;
use super::line::{put, put_end};
use super::theme::Role;
use crate::model::{Model, Width};
use crate::spec::progress::Progress;

/// Draws the title line.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let Some(area) = canvas.layout.title else {
        return;
    };
    let model = canvas.model;
    let end = put(buffer, area, 1, &[(&workspace_name(model), Role::Strong)]);
    let end = draw_words(canvas, buffer, end);
    put_end(buffer, area, end + 2, &[(&totals(canvas), Role::Text)]);
}

/// Says behind the column `end` what holds for the whole board. Gives the column behind that.
pub(super) fn draw_words(canvas: &Canvas<'_>, buffer: &mut Buffer, mut end: usize) -> usize {
    let (Some(area), model) = (canvas.layout.title, canvas.model) else {
        return end;
    };
    for (word, is_shown) in [
        ("read-only", model.settings.read_only),
        ("polling", model.is_polling),
    ] {
        if is_shown {
            end = put(buffer, area, end + 2, &[(word, Role::Dim)]);
        }
    }
    end
}

/// Returns the name of the folder that holds `.kiro`, or how many roots there are.
pub(super) fn workspace_name(model: &Model) -> String {
    match &model.specs.workspace().roots[..] {
        [root] => root.dir.file_name().map_or_else(
            || root.name.clone(),
            |name| name.to_string_lossy().into_owned(),
        ),
        roots => format!("{} roots", roots.len()),
    }
}

/// Returns the totals, as far as features were counted yet.
pub(super) fn totals(canvas: &Canvas<'_>) -> String {
    let (model, width) = (canvas.model, canvas.layout.width);
    let mut sum = Progress::default();
    for progress in model
        .specs
        .summaries()
        .iter()
        .filter_map(|summary| summary.progress)
    {
        sum += progress;
    }
    let features = model.specs.features().iter();
    let specs = features.filter(|feature| !feature.is_empty()).count();
    let word = if specs == 1 { "spec" } else { "specs" };
    let mut parts = vec![format!("{}/{}", sum.done, sum.total)];
    let is_list = canvas.layout.sidebar.is_some() && canvas.layout.rule.is_none();
    if width >= Width::Wide || is_list {
        parts.insert(0, format!("{specs} {word}"));
    }
    let open = sum.total.saturating_sub(sum.done);
    if is_list && sum.doing == 0 && open > 0 {
        parts.push(format!("{open} open"));
    }
    if sum.doing > 0 {
        parts.push(format!("{} in progress", sum.doing));
    }
    let stale = model.stale();
    if stale > 0 {
        parts.push(format!("{stale} stale"));
    }
    let failed = model
        .specs
        .summaries()
        .iter()
        .filter(|summary| {
            summary.counted && summary.progress.is_none() && !summary.problems.is_empty()
        })
        .count();
    if failed > 0 {
        parts.push(format!("{failed} not read"));
    }
    let unread = model.pane_states.unread()
        + model
            .specs
            .summaries()
            .iter()
            .filter(|summary| summary.unread)
            .count();
    if unread > 0 {
        parts.push(format!("{unread} unread"));
    }
    parts.join(canvas.glyphs.between)
}
