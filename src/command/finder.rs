//! The finder: going to anything with a name, in all specs.

use std::path::{Path, PathBuf};

use super::{Command, Hint, Scope, always, no_hint, offered, run_or_say};
use crate::model::{
    Arrival, Deadline, Destination, Effect, EntryKind, EntryPlace, Finder, FinderAreas,
    FinderEntry, Focus, Job, Mode, Model, Pane, Prompt, View,
};
use crate::spec::feature::Feature;

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "finder-open",
        keys: &["ctrl-p"],
        scope: Scope::All,
        doc: "Go to anything by name: specs, criteria, tasks, files, commands",
        needs: None,
        hint: |model| {
            let is_over_main = model.surface().is_main();
            is_over_main.then_some(Hint {
                keys: "ctrl-p",
                word: "go to",
                rank: 70,
            })
        },
        applies: |model| model.missing.is_none(),
        run: open,
    },
    Command {
        name: "finder-accept",
        keys: &["enter"],
        scope: Scope::Finder,
        doc: "Go there",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "enter",
                word: "go",
                rank: 10,
            })
        },
        applies: always,
        run: accept,
    },
    Command {
        name: "finder-next",
        keys: &["ctrl-n", "down"],
        scope: Scope::Finder,
        doc: "Next match",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "ctrl-n ctrl-p",
                word: "choose",
                rank: 12,
            })
        },
        applies: always,
        run: |model| step(model, 1),
    },
    Command {
        name: "finder-previous",
        keys: &["ctrl-p", "up"],
        scope: Scope::Finder,
        doc: "Previous match",
        needs: None,
        hint: no_hint,
        applies: always,
        run: |model| step(model, -1),
    },
    Command {
        name: "finder-page-down",
        keys: &["pgdn", "ctrl-d"],
        scope: Scope::Finder,
        doc: "A page of matches down",
        needs: None,
        hint: no_hint,
        applies: always,
        run: |model| {
            let page = page(model);
            step(model, page)
        },
    },
    Command {
        name: "finder-page-up",
        keys: &["pgup"],
        scope: Scope::Finder,
        doc: "A page of matches up",
        needs: None,
        hint: no_hint,
        applies: always,
        run: |model| {
            let page = page(model);
            step(model, -page)
        },
    },
    Command {
        name: "finder-kind-next",
        keys: &["tab"],
        scope: Scope::Finder,
        doc: "Only the next kind",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "tab",
                word: "kind",
                rank: 11,
            })
        },
        applies: always,
        run: |model| narrow(model, 1),
    },
    Command {
        name: "finder-kind-previous",
        keys: &["shift-tab"],
        scope: Scope::Finder,
        doc: "Only the kind before",
        needs: None,
        hint: no_hint,
        applies: always,
        run: |model| narrow(model, -1),
    },
];

/// Opens it with what is known, and asks for what is in the documents.
fn open(model: &mut Model) -> Vec<Effect> {
    let below = std::mem::take(&mut model.mode);
    let recent = model.jumps.recent();
    let mut finder = Finder::new(Prompt::over(below), entries(model), recent);
    finder.missing = model.specs.len();
    model.mode = Mode::Finder(Box::new(finder));
    let features = model.specs.features().to_vec();
    let mut effects = ask(model, features);
    effects.push(Effect::Wait(Deadline::Rest));
    effects
}

/// Asks for the entries of the documents of some features.
pub(crate) fn ask(model: &mut Model, features: Vec<Feature>) -> Vec<Effect> {
    if features.is_empty() {
        return Vec::new();
    }
    vec![model.ask(Job::ReadEntries(features))]
}

/// Returns what is known without reading: specs and their files, and the commands.
fn entries(model: &Model) -> Vec<FinderEntry> {
    let workspace = model.specs.workspace();
    let of_feature =
        |feature: &Feature| FinderEntry::of_feature(feature, &workspace.address(feature));
    let specs = model.specs.features().iter().flat_map(of_feature);
    let commands = offered().map(|command| {
        let place = EntryPlace::Command(command.name);
        let keys = command.keys_in(model).next().unwrap_or_default();
        FinderEntry::new(EntryKind::Command, place, keys, command.doc, command.name)
    });
    let mut entries: Vec<FinderEntry> = specs.chain(commands).collect();
    entries.sort_by_key(|entry| entry.kind != EntryKind::Spec);
    entries
}

/// Finds anew after something was typed.
pub(crate) fn refine(model: &mut Model) -> Vec<Effect> {
    if let Mode::Finder(finder) = &mut model.mode {
        finder.refine();
    }
    vec![Effect::Wait(Deadline::Rest)]
}

/// Returns how many matches the screen holds.
pub(super) fn page(model: &Model) -> isize {
    isize::try_from(FinderAreas::of(model.size).list.height).unwrap_or(1)
}

fn step(model: &mut Model, by: isize) -> Vec<Effect> {
    if let Mode::Finder(finder) = &mut model.mode {
        finder.step(by);
    }
    vec![Effect::Wait(Deadline::Rest)]
}

fn narrow(model: &mut Model, by: isize) -> Vec<Effect> {
    if let Mode::Finder(finder) = &mut model.mode {
        finder.narrow(by);
    }
    vec![Effect::Wait(Deadline::Rest)]
}

/// Goes to what is chosen; one can jump back to where one was.
fn accept(model: &mut Model) -> Vec<Effect> {
    let Mode::Finder(finder) = &model.mode else {
        return Vec::new();
    };
    let Some(place) = finder.chosen().map(|entry| entry.place.clone()) else {
        return Vec::new();
    };
    model.mode.leave_prompt();
    match place {
        EntryPlace::Command(name) => {
            let command = offered().find(|command| command.name == name);
            command.map_or_else(Vec::new, |command| run_or_say(model, command))
        }
        EntryPlace::Spec(feature) => go_to_spec(model, feature.to_path_buf()),
        EntryPlace::Line(feature, pane, line) => {
            go(model, feature.to_path_buf(), Destination::Line(pane, line))
        }
        EntryPlace::File(feature, path) => go_to_file(model, &feature, &path, 0),
    }
}

/// Goes to a line of a file of a spec, from 0: in the pane that shows it, else among the other files.
pub(super) fn go_to_file(
    model: &mut Model,
    feature: &Path,
    path: &Path,
    line: usize,
) -> Vec<Effect> {
    let shows = |pane: &Pane| {
        let index = model.specs.at(feature)?;
        let file = pane.file(model.specs.feature(index))?;
        (file.path == path).then_some(())
    };
    let pane = Pane::with_file().find(|pane| shows(pane).is_some());
    let destination = match pane {
        Some(pane) => Destination::Line(pane, line),
        None => Destination::File(path.to_path_buf(), line),
    };
    go(model, feature.to_path_buf(), destination)
}

/// Opens a spec as it was left.
fn go_to_spec(model: &mut Model, feature: PathBuf) -> Vec<Effect> {
    let pane = if model.surface().is_main() {
        model.pane
    } else {
        Pane::Tasks
    };
    go(model, feature, Destination::Pane(pane))
}

/// Goes to a place of a spec, once that is open.
fn go(model: &mut Model, feature: PathBuf, destination: Destination) -> Vec<Effect> {
    let Some(index) = model.specs.at(&feature) else {
        model.notices.say("this spec is gone");
        return Vec::new();
    };
    if let Some(here) = model.here() {
        model.jumps.leave(here);
    }
    model.show_view(View::Main);
    model.focus = Focus::Content;
    model.sidebar.cursor.clone_from(&feature);
    let is_open = model.open_files.feature.as_ref() == Some(&feature);
    model.arrival = Some(Arrival {
        feature,
        destination,
    });
    if is_open {
        super::arrive(model);
        return vec![Effect::Wait(Deadline::Rest)];
    }
    vec![Effect::Forget(Deadline::Rest), model.ask_to_open(index)]
}
