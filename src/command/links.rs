//! The links under the cursor: what they lead to, and going there.

use super::{Command, Scope, jump, no_hint};
use crate::model::{Deadline, Effect, Followed, Job, Mode, Model, Target};
use crate::prose::links::{FileLink, LinkTarget};

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[Command {
    name: "link-open",
    keys: &["g x"],
    scope: Scope::Main,
    doc: "Show where the link under the cursor leads",
    needs: Some("there is no link here"),
    hint: no_hint,
    applies: has_link,
    run: show,
}];

/// Returns whether there is a link under the cursor.
pub(super) fn has_link(model: &Model) -> bool {
    model.surface().is_pane() && !model.links_at_cursor().is_empty()
}

/// Returns whether the list that is open is one of links.
pub(super) fn are_listed(model: &Model) -> bool {
    let Mode::Choose(choice) = &model.mode else {
        return false;
    };
    choice.targets.iter().any(|target| target.link.is_some())
}

/// Says where the link under the cursor leads, or lists the links.
fn show(model: &mut Model) -> Vec<Effect> {
    with_one(model, |model, target| say(model, target.text))
}

/// Goes where the link under the cursor leads, or lists the links.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    with_one(model, |model, target| {
        let link = target.link;
        link.map_or_else(Vec::new, |link| follow(model, link))
    })
}

/// Does something with the link under the cursor; lists the links, where there are several.
fn with_one(model: &mut Model, run: fn(&mut Model, Target) -> Vec<Effect>) -> Vec<Effect> {
    let mut found = targets(model);
    if found.len() > 1 {
        return jump::show(model, "links".to_owned(), found, 0);
    }
    let only = found.pop();
    only.map_or_else(Vec::new, |target| run(model, target))
}

fn say(model: &mut Model, words: String) -> Vec<Effect> {
    model.notices.say(words);
    Vec::new()
}

fn targets(model: &Model) -> Vec<Target> {
    let found = model.links_at_cursor().into_iter();
    let found = found.filter_map(|link| target(model, link.target));
    found.collect()
}

/// Makes a choice of what a link under the cursor leads to.
fn target(model: &Model, link: LinkTarget) -> Option<Target> {
    Some(Target {
        pane: model.pane,
        line: model.pane_state()?.cursor.line,
        subject: None,
        state: None,
        label: String::new(),
        text: link.name(),
        link: Some(link),
    })
}

/// Lists the files of a folder that a link leads to; where there is one, it is opened.
pub(crate) fn list_files(
    model: &mut Model,
    title: String,
    paths: impl Iterator<Item = String>,
) -> Vec<Effect> {
    let links = paths.map(|path| {
        LinkTarget::File(FileLink {
            path,
            ..FileLink::default()
        })
    });
    let mut found: Vec<Target> = links.filter_map(|link| target(model, link)).collect();
    if found.len() > 1 {
        return jump::show(model, title, found, 0);
    }
    let only = found.pop().and_then(|target| target.link);
    only.map_or_else(Vec::new, |link| follow(model, link))
}

/// Goes where a link leads: to a heading here, to a file; of what is elsewhere the address is said.
pub(super) fn follow(model: &mut Model, link: LinkTarget) -> Vec<Effect> {
    match link {
        LinkTarget::Address(address) => say(model, address),
        LinkTarget::Heading(name) => go_to_heading(model, &name),
        LinkTarget::Note(name) => go_to_note(model, &name),
        LinkTarget::File(link) => follow_file(model, link),
    }
}

fn go_to_heading(model: &mut Model, name: &str) -> Vec<Effect> {
    let line = model
        .open_file()
        .and_then(|open_file| open_file.heading_named(name));
    let Some(line) = line else {
        return say(model, format!("no heading here is called #{name}"));
    };
    go_to_line(model, line)
}

fn go_to_note(model: &mut Model, name: &str) -> Vec<Effect> {
    let open_file = model.open_file();
    let Some(line) = open_file.and_then(|open_file| open_file.note_named(name)) else {
        return say(model, format!("no footnote here is called [{name}]"));
    };
    go_to_line(model, line)
}

/// Goes to a line of the document, from where one can come back.
fn go_to_line(model: &mut Model, line: usize) -> Vec<Effect> {
    let Some(here) = model.here() else {
        return Vec::new();
    };
    model.jumps.leave(here);
    jump::reveal(model, model.pane, line);
    vec![Effect::Wait(Deadline::Rest)]
}

/// Asks for the file that a link leads to.
fn follow_file(model: &mut Model, link: FileLink) -> Vec<Effect> {
    let (Some(feature), Some(open_file)) = (model.shown_feature(), model.open_file()) else {
        return Vec::new();
    };
    let dir = &model.specs.workspace().root_of(feature).dir;
    let followed = Followed::new(dir, &open_file.file.path, link);
    vec![model.ask(Job::FindFile(Box::new(followed)))]
}
