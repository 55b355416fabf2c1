//! Documents that were read: taken into the model, with cursor, scroll and folds where they were.

use std::path::PathBuf;

use crate::model::{Deadline, Effect, Mode, Model, Pane, Sheet, Sheets, Summary};
use crate::spec::progress::Progress;
use crate::text::LineMap;

/// Orders the documents of the spec under the cursor of the list, if it is not the one that is open.
pub(super) fn open_cursor(model: &mut Model) -> Vec<Effect> {
    let Some(index) = model.feature_at(&model.sidebar.cursor) else { return Vec::new() };
    let feature = &model.workspace.features[index];
    if model.sheets.feature.as_ref() == Some(&feature.folder.path) {
        return Vec::new();
    }
    vec![Effect::Forget(Deadline::Rest), Effect::Open(Box::new(feature.clone()), Vec::new())]
}

/// Takes in the documents of a feature: of another one than was open, or new versions of the open one.
pub(super) fn take(model: &mut Model, sheets: Sheets) -> Vec<Effect> {
    if sheets.feature == model.sheets.feature {
        merge(model, sheets);
    } else {
        model.sheets = sheets;
        model.mode.leave_selection();
    }
    count_open(model);
    Vec::new()
}

/// Puts new versions in the place of old ones, pane by pane, and drops the panes whose file is gone.
fn merge(model: &mut Model, sheets: Sheets) {
    let feature = model.shown_feature().cloned();
    model.sheets.sheets.retain(|(pane, _)| feature.as_ref().is_some_and(|feature| pane.file(feature).is_some()));
    for (pane, sheet) in sheets.sheets {
        replace(model, pane, sheet);
    }
}

/// Puts one sheet in the place of the one before, and carries the place in it over the change.
pub(super) fn replace(model: &mut Model, pane: Pane, sheet: Result<Sheet, crate::store::Failure>) {
    let Some(feature) = model.sheets.feature.clone() else { return };
    if let (Some(before), Ok(after)) = (model.sheets.of(pane), &sheet)
        && before.text != after.text
    {
        let map = LineMap::between(&before.text, &after.text);
        model.places.entry(&feature, pane).follow(&map);
        if let (Mode::Select { anchor }, true) = (model.mode.base_mut(), pane == model.pane) {
            *anchor = map.line(*anchor);
        }
    }
    let sheets = &mut model.sheets.sheets;
    match sheets.iter_mut().find(|(of, _)| *of == pane) {
        Some(slot) => slot.1 = sheet,
        None => sheets.push((pane, sheet)),
    }
}

/// Counts the tasks of the open feature from its sheet, so that no file is parsed twice.
pub fn count_open(model: &mut Model) {
    let Some(index) = model.shown() else { return };
    let Some(tasks) = model.sheets.result(Pane::Tasks) else { return };
    let mut summary = Summary { counted: true, ..Summary::of(&model.workspace.features[index]) };
    match tasks {
        Ok(sheet) => {
            summary.progress = Some(Progress::of(&sheet.tasks)).filter(|_| !sheet.tasks.items.is_empty());
            summary.version = sheet.version;
        }
        Err(failure) => summary.problems.push(failure.message.clone()),
    }
    model.summaries[index] = summary;
}

/// Takes in the figures of features.
pub(super) fn take_summaries(model: &mut Model, summaries: Vec<(PathBuf, Summary)>) -> Vec<Effect> {
    for (path, summary) in summaries {
        if let Some(index) = model.feature_at(&path) {
            model.summaries[index] = summary;
        }
    }
    Vec::new()
}
