//! Figures: how far a feature is, how much of it is covered.

use super::Canvas;
use crate::model::{Pane, Width};
use crate::spec::progress::Progress;

/// Returns how many criteria have a task.
pub(super) fn covered(canvas: &Canvas<'_>) -> Option<String> {
    let model = canvas.model;
    let has_tasks = model
        .open_files
        .of(Pane::Tasks)
        .is_some_and(|open_file| !open_file.tasks.items.is_empty());
    let coverage = model.open_files.links.trace.coverage();
    (has_tasks && coverage.total > 0)
        .then(|| format!("{}/{} covered", coverage.covered, coverage.total))
}

/// Returns which rows of how many are on the screen, where it does not show all of them. The field
/// is as wide for every place, so that nothing beside it moves.
pub(super) fn place(canvas: &Canvas<'_>) -> Option<String> {
    let height = canvas.layout.reach();
    let count = canvas.model.rows_of(canvas.pane).len();
    if count <= height {
        return None;
    }
    let top = canvas.model.pane_state_of(canvas.pane)?.top;
    let digits = count.to_string().len();
    let end = (top + height).min(count);
    let rows = format!("{}{}{end}", top + 1, canvas.glyphs.range);
    Some(format!("{rows:>0$} of {count}", 2 * digits + 1))
}

/// Returns how far the tasks of the open feature are, without and with a bar.
pub(super) fn progress(canvas: &Canvas<'_>) -> Option<(String, String)> {
    let shown = canvas.model.shown()?;
    let progress = canvas.model.specs.summary(shown).progress?;
    Some((counts(&progress), figures(canvas, &progress)))
}

/// Returns how many are done of how many.
fn counts(progress: &Progress) -> String {
    format!("{}/{}", progress.done, progress.total)
}

/// Returns the figures, with a bar where there is room for one.
pub(super) fn figures(canvas: &Canvas<'_>, progress: &Progress) -> String {
    let counts = counts(progress);
    if canvas.layout.width < Width::Wide {
        return counts;
    }
    let bar = canvas.glyphs.bar(progress.done, progress.total);
    format!("{counts} {bar}")
}
