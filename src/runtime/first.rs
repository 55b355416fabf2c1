//! What the board shows first where no earlier visit and no path says it: read before the first
//! frame, as far as that is soon done.

use super::reader::{read_documents, written};
use crate::model::{Model, OpenFiles, Pane};
use crate::spec::progress::Progress;
use crate::update::{choose, count_open, in_progress, stand_on_task, wait};

/// How many bytes of task lists are read before the first frame, so that a thousand specs do not
/// hold it up. The list with which they are exceeded is read as well.
const SOON_READ: usize = 64 * 1024;

/// Opens the tasks of the feature that is shown first, with the cursor on one that waits.
pub(super) fn open(model: &mut Model) {
    let mut lists = look(model);
    let is_known = in_progress(model).is_some() || lists.len() == model.specs.len();
    let chosen = if is_known { choose(model) } else { wait(model) };
    let Some(index) = chosen else { return };
    model.open_files = if index < lists.len() {
        lists.swap_remove(index)
    } else {
        read_documents(model.specs.feature(index), &[Pane::Tasks])
    };
    read_partners(model, index);
    model.find_again();
    count_open(model);
    stand_on_task(model);
}

/// Reads the tasks of one feature after the other, up to one in progress or until enough was read.
/// Notes what they tell.
fn look(model: &mut Model) -> Vec<OpenFiles> {
    let mut lists = Vec::new();
    let mut bytes = 0;
    for index in 0..model.specs.len() {
        let feature = model.specs.feature(index);
        let tasks = read_documents(feature, &[Pane::Tasks]);
        let list = tasks.of(Pane::Tasks);
        let progress = list
            .filter(|list| !list.is_source())
            .map(|list| Progress::of(&list.tasks));
        let is_begun = progress.is_some_and(|progress| progress.doing > 0);
        let (written, is_archived) = (written(feature), feature.folder.archived);
        // The rest of a summary is left to the thread that counts them all.
        let known = model.specs.summary_mut(index);
        (known.progress, known.written) = (progress, written);
        bytes += list.map_or(0, |list| list.text.bytes().len());
        lists.push(tasks);
        if is_begun && !is_archived || bytes > SOON_READ {
            break;
        }
    }
    lists
}

/// Reads the documents that stand beside the tasks.
fn read_partners(model: &mut Model, index: usize) {
    let partners: Vec<Pane> = model
        .layout()
        .areas()
        .map(|area| area.pane)
        .filter(|pane| *pane != Pane::Tasks)
        .collect();
    if partners.is_empty() {
        return;
    }
    let read = read_documents(model.specs.feature(index), &partners);
    model.open_files.by_pane.extend(read.by_pane);
    model.open_files.link();
}
