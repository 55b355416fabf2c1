//! Copying: what the cursor is on as Markdown, and where it stands.

use std::ops::Range;

use super::{Command, Scope, no_hint};
use crate::model::{Effect, Model, Pane};
use crate::spec::unit::Unit;
use crate::text::Excerpt;

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "item-copy",
        keys: &["y"],
        scope: Scope::Items,
        doc: "Copy as Markdown",
        needs: Some("there is nothing to copy under the cursor"),
        hint: no_hint,
        applies: |model| !units(model).is_empty(),
        run: copy_items,
    },
    Command {
        name: "place-copy",
        keys: &["Y"],
        scope: Scope::All,
        doc: "Copy where it stands: spec, number, file and line",
        needs: Some("the cursor is on nothing that stands in a file"),
        hint: no_hint,
        applies: |model| model.place_in_file().is_some(),
        run: copy_place,
    },
];

/// Returns what is selected, else what the cursor is on.
fn units(model: &Model) -> Vec<Unit> {
    let Some(selected) = model.selected().filter(|selected| !selected.is_empty()) else {
        return model.unit_at_cursor().into_iter().collect();
    };
    let Some(open_file) = model.open_files.of(Pane::Tasks) else {
        return Vec::new();
    };
    let source = open_file.source(Pane::Tasks);
    let lines = selected
        .iter()
        .map(|item| open_file.tasks.items[*item].line);
    lines.filter_map(|line| source.unit_at(line)).collect()
}

fn copy_items(model: &mut Model) -> Vec<Effect> {
    let pane = match model.selected() {
        Some(_) => Pane::Tasks,
        None => model.pane_of_unit(),
    };
    let units = units(model);
    let Some(open_file) = model.open_files.of(pane) else {
        return Vec::new();
    };
    let lines = |lines: &Range<usize>| Excerpt::of(&open_file.text, lines.clone()).shown();
    let copied: Vec<String> = units.iter().flat_map(|unit| lines(&unit.lines)).collect();
    let what = match &units[..] {
        [unit] => unit.name.clone(),
        _ => format!("{} tasks", units.len()),
    };
    let count = match copied.len() {
        1 => "1 line".to_owned(),
        count => format!("{count} lines"),
    };
    model
        .notices
        .say(format!("copied {what}: {count} of Markdown"));
    vec![Effect::Copy(copied.join("\n") + "\n")]
}

/// Copies the name of the spec with the number of the item, and the file with the line.
fn copy_place(model: &mut Model) -> Vec<Effect> {
    let Some((path, line)) = model.place_in_file() else {
        return Vec::new();
    };
    let workspace = model.specs.workspace();
    let root = workspace
        .roots
        .iter()
        .find(|root| path.starts_with(&root.dir));
    let file = root.map_or_else(
        || path.to_string_lossy().into_owned(),
        |root| root.relative(&path),
    );
    let spec = model.specs.owner_of(&path).map(|index| {
        let name = workspace.address(model.specs.feature(index));
        [name, number(model)].join(" ").trim_end().to_owned()
    });
    let place = format!("{file}:{}", line + 1);
    let copied = match spec {
        Some(spec) => format!("{spec} ({place})"),
        None => place,
    };
    model.notices.say(format!("copied {copied}"));
    vec![Effect::Copy(copied)]
}

/// Returns the number of what the cursor is on; nothing where it has none.
fn number(model: &Model) -> String {
    if let Some((_, card)) = model.board.card() {
        return card.number.clone().unwrap_or_default();
    }
    let target = model.subject().and_then(|subject| model.target(subject));
    target.map_or_else(String::new, |target| target.label)
}
