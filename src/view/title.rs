//! The title line: the workspace at the left, the totals of required tasks at the right.

use ratatui::buffer::Buffer;

use super::Canvas;
use super::line::{put, put_end};
use super::theme::Role;
use crate::model::{Model, Pane, Width};
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

/// Counts what others changed and was not seen yet. What is remembered of a spec that is gone is not
/// to be seen any more.
fn unread(model: &Model) -> usize {
    let (specs, states) = (&model.specs, model.pane_states.iter());
    let items = states.filter(|(owner, pane, _)| {
        !specs.is_empty() && (*pane == Pane::Files || specs.at(owner).is_some())
    });
    let items: usize = items.map(|(.., pane_state)| pane_state.unread.len()).sum();
    items
        + specs
            .summaries()
            .iter()
            .filter(|summary| summary.unread)
            .count()
}

/// Returns how many of the required tasks are done, or that there are none: once that is known.
fn tasks_done(model: &Model, sum: Progress) -> String {
    let is_counted = model
        .specs
        .summaries()
        .iter()
        .all(|summary| summary.counted);
    let has_tasks = sum.total + sum.optional_total > 0;
    match model.specs.features() {
        [] => "no specs yet".to_owned(),
        _ if is_counted && !has_tasks => "no tasks yet".to_owned(),
        _ => format!("{}/{}", sum.done, sum.total),
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
    let mut parts = vec![tasks_done(model, sum)];
    let is_list = canvas.layout.sidebar.is_some() && canvas.layout.rule.is_none();
    if specs > 0 && (width >= Width::Wide || is_list) {
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
    let unread = unread(model);
    if unread > 0 {
        parts.push(format!("{unread} unread"));
    }
    match model.conflicts() {
        0 => {}
        1 => parts.push(format!("{} 1 conflict", canvas.glyphs.conflict)),
        count => parts.push(format!("{} {count} conflicts", canvas.glyphs.conflict)),
    }
    parts.join(canvas.glyphs.between)
}
