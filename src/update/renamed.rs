//! Tasks that got another number or title, where Kiro keeps a history of tasks: it finds that by
//! both.

use std::collections::HashSet;

use crate::model::{Model, Origin, Pane, Write};
use crate::spec::change::Change;
use crate::spec::feature::Feature;
use crate::spec::renumber::HISTORY;
use crate::spec::tasks::Task;

/// What Kiro tells a task by.
type Name = (Option<String>, String);

/// The names of the tasks of the open spec before a write; none where nobody goes by them.
pub(super) struct Names(Option<HashSet<Name>>);

impl Names {
    /// Takes down the names that a write may change.
    pub(super) fn before(model: &Model, write: &Write) -> Self {
        let is_text = |change: &Change| !matches!(change, Change::Marks(_) | Change::Stars { .. });
        let is_meant =
            write.origin == Origin::User && write.parts.iter().any(|part| is_text(&part.change));
        let has_history = model.shown_feature().is_some_and(has_history);
        Self((is_meant && has_history).then(|| names(model)))
    }
}

fn has_history(feature: &Feature) -> bool {
    let mut files = feature.other_files();
    files.any(|path| path.file_name().is_some_and(|name| name == HISTORY))
}

fn names(model: &Model) -> HashSet<Name> {
    let tasks = model.open_files.of(Pane::Tasks);
    let tasks = tasks.map_or(&[][..], |open_file| &open_file.tasks.items);
    let name = |task: &Task| (task.number.clone(), task.title.clone());
    tasks.iter().map(name).collect()
}

/// Says, once for each spec, that Kiro knows a task by the name that it had before.
pub(super) fn say(model: &mut Model, before: Names) {
    let Names(Some(before)) = before else {
        return;
    };
    let after = names(model);
    let is_renamed =
        before.difference(&after).next().is_some() && after.difference(&before).next().is_some();
    let spec = model.open_files.feature.clone().unwrap_or_default();
    if !is_renamed || !model.notices.is_first_time(HISTORY, &spec) {
        return;
    }
    let words = format!("Kiro's history of it ({HISTORY}) goes by the old name");
    let said = model.notices.current.as_ref();
    let said = said.map_or_else(String::new, |notice| format!("{}; ", notice.text));
    model.notices.say(format!("{said}{words}"));
}
