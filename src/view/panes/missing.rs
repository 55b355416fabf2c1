//! In the place of a pane: why there is nothing to be shown, what to do about it, and which panes
//! are fine.

use std::path::Path;

use ratatui::buffer::Buffer;

use super::super::Canvas;
use super::super::line::{put, row_of};
use super::super::theme::Role;
use crate::model::{Model, OpenFile, Pane};
use crate::spec::feature::Feature;
use crate::store::Failure;
use crate::text::{clean, wrap};

/// Says what is missing, or what stands in its place. A document that is still being read is no
/// news.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let model = canvas.model;
    let Some(feature) = model.shown_feature() else {
        return draw_words(canvas, buffer, &no_spec(model));
    };
    // The files are listed when the pane is shown: a moment later.
    if canvas.pane.file(feature).is_some() || canvas.pane == Pane::Files {
        return;
    }
    let mut words = unfit(canvas, feature).unwrap_or_else(|| no_file(model, canvas.pane));
    words.extend(fine(canvas));
    draw_words(canvas, buffer, &words);
}

/// Says that a document is empty.
pub(super) fn draw_empty(canvas: &Canvas<'_>, buffer: &mut Buffer, open_file: &OpenFile) {
    let name = open_file
        .file
        .path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy();
    if let Some(words) = while_edited(canvas, &name) {
        return draw_words(canvas, buffer, &words);
    }
    let mut words = vec![format!("{name} is empty.")];
    if let Some(first) = canvas.pane.first_item()
        && !canvas.model.settings.read_only
    {
        words.push(format!("o begins it, with the first {first}."));
    }
    words.extend(fine(canvas));
    draw_words(canvas, buffer, &words);
}

/// Says below an open editor that its document was deleted on disk, and what to do. Nothing is said
/// below one that is to make the document.
fn while_edited(canvas: &Canvas<'_>, name: &str) -> Option<Vec<String>> {
    if canvas.model.editor().is_none() || canvas.pane != canvas.model.pane {
        return None;
    }
    if !canvas.model.is_edited_file_deleted() {
        return Some(Vec::new());
    }
    Some(vec![
        format!("{name} was deleted on disk while you were editing. What you typed is kept."),
        "ctrl-s asks whether to make the file again; esc, then k, keeps your text as a draft."
            .to_owned(),
    ])
}

/// Says why a document cannot be read, with what to do about it.
pub(super) fn draw_failure(canvas: &Canvas<'_>, buffer: &mut Buffer, failure: &Failure) {
    let mut words = reason(&failure.path, &failure.message);
    words.extend(fine(canvas));
    draw_words(canvas, buffer, &words);
}

fn no_spec(model: &Model) -> Vec<String> {
    if model.specs.features().is_empty() {
        return vec![
            "There are no specs yet.".to_owned(),
            "Start with a folder: .kiro/specs/NAME".to_owned(),
        ];
    }
    Vec::new()
}

/// Returns the sentences of a reason: what is wrong, and what to do.
fn reason(path: &Path, message: &str) -> Vec<String> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let said = format!("{name} {message}");
    match said.split_once(". ") {
        Some((reason, remedy)) => vec![format!("{reason}."), remedy.to_owned()],
        None => vec![said],
    }
}

fn no_file(model: &Model, pane: Pane) -> Vec<String> {
    let name = pane.file_name();
    let name = name.map(|name| format!("This spec has no {name}."));
    let mut words: Vec<String> = name.into_iter().collect();
    if let Some(first) = pane.first_item()
        && model.missing_file().is_some()
        && !model.settings.read_only
    {
        words.push(format!("o makes it, with the first {first}."));
    }
    words
}

/// Lists several words as a sentence does: `a, b and c`.
fn listed(words: &[String]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => words.join(""),
    }
}

/// Says what stands in the place of the pane's document, where it is none.
fn unfit(canvas: &Canvas<'_>, feature: &Feature) -> Option<Vec<String>> {
    let is_own = |path: &Path| {
        path.parent()
            .is_some_and(|folder| folder == Path::new(&folder_of(canvas.model, feature)))
            && path.file_name().map(Pane::of_file_name) == Some(canvas.pane)
    };
    let problem = feature
        .folder
        .problems
        .iter()
        .find(|problem| is_own(Path::new(&problem.file)))?;
    Some(reason(Path::new(&problem.file), &problem.message))
}

/// Returns the folder of a feature as problems name it.
fn folder_of(model: &Model, feature: &Feature) -> String {
    model
        .specs
        .workspace()
        .root_of(feature)
        .relative(&feature.folder.path)
}

/// Says what can be shown instead, with the keys: other panes, or the list that a file was opened
/// from.
fn fine(canvas: &Canvas<'_>) -> Option<String> {
    if canvas.pane == Pane::Files {
        return Some("q goes back to the list.".to_owned());
    }
    let can_be_shown = |pane: &Pane| {
        let open_file = canvas.model.open_files.of(*pane);
        *pane != canvas.pane && open_file.is_some_and(|open_file| !open_file.text.is_empty())
    };
    let panes: Vec<Pane> = Pane::with_file().filter(can_be_shown).collect();
    let titles: Vec<String> = panes.iter().map(|pane| pane.title().to_owned()).collect();
    let keys: Vec<String> = panes.iter().map(|pane| pane.key().to_string()).collect();
    match panes.len() {
        0 => None,
        1 => Some(format!("{} is fine: key {}.", titles[0], keys[0])),
        _ => Some(format!(
            "{} are fine: keys {}.",
            listed(&titles),
            listed(&keys)
        )),
    }
}

/// Draws paragraphs, wrapped, below a blank line where there is room for it.
pub(super) fn draw_words(canvas: &Canvas<'_>, buffer: &mut Buffer, paragraphs: &[String]) {
    let area = canvas.layout.body;
    let columns = canvas.layout.source_columns();
    let cleaned: Vec<String> = paragraphs
        .iter()
        .map(|text| clean(text).into_owned())
        .collect();
    let lines: Vec<&str> = cleaned
        .iter()
        .flat_map(|text| wrap(text, columns))
        .collect();
    let first = usize::from(lines.len() < usize::from(area.height));
    for (index, line) in lines.into_iter().enumerate() {
        if let Some(row) = row_of(area, index + first) {
            put(
                buffer,
                row,
                usize::from(canvas.layout.margin()),
                &[(line, Role::Text)],
            );
        }
    }
}
