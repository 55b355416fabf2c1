//! Finding words in what is on the screen: as they are typed, and from one to the next.

use super::{Command, Hint, Scope, always, board, fold, jump, no_hint};
use crate::model::{
    Deadline, Effect, Find, FindPrompt, Findable, Hit, Landed, Mode, Model, Prompt,
};
use crate::text::Needle;

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "find-open",
        keys: &["/"],
        scope: Scope::All,
        doc: "Find in this pane",
        needs: Some("there is nothing to search here"),
        hint: |_| {
            Some(Hint {
                keys: "/",
                word: "find",
                rank: 36,
            })
        },
        applies: can_find,
        run: open,
    },
    Command {
        name: "hit-next",
        keys: &["n"],
        scope: Scope::All,
        doc: "Next hit",
        needs: Some("nothing to find yet: / finds words"),
        hint: no_hint,
        applies: |model| model.find.is_some(),
        run: |model| go_on(model, 1),
    },
    Command {
        name: "hit-previous",
        keys: &["N"],
        scope: Scope::All,
        doc: "Previous hit",
        needs: Some("nothing to find yet: / finds words"),
        hint: no_hint,
        applies: |model| model.find.is_some(),
        run: |model| go_on(model, -1),
    },
    Command {
        name: "find-accept",
        keys: &["enter"],
        scope: Scope::Find,
        doc: "Stay at the hit",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "enter",
                word: "stay",
                rank: 10,
            })
        },
        applies: always,
        run: accept,
    },
    Command {
        name: "find-next",
        keys: &["ctrl-n", "down", "tab"],
        scope: Scope::Find,
        doc: "Next hit",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "tab",
                word: "next",
                rank: 11,
            })
        },
        applies: always,
        run: |model| go_on(model, 1),
    },
    Command {
        name: "find-previous",
        keys: &["ctrl-p", "up", "shift-tab"],
        scope: Scope::Find,
        doc: "Previous hit",
        needs: None,
        hint: no_hint,
        applies: always,
        run: |model| go_on(model, -1),
    },
];

fn can_find(model: &Model) -> bool {
    match model.surface().findable() {
        Findable::Lines => model.open_file().is_some(),
        Findable::Files | Findable::Specs | Findable::Cards | Findable::HelpEntries => true,
        Findable::Nothing => false,
    }
}

fn open(model: &mut Model) -> Vec<Effect> {
    let origin = model.find_origin();
    let below = std::mem::take(&mut model.mode);
    let prompt = Prompt::over(below);
    model.find = None;
    model.mode = Mode::Find(Box::new(FindPrompt { prompt, origin }));
    Vec::new()
}

/// Goes to the first hit from where the finding began, of what is typed so far.
pub(crate) fn seek(model: &mut Model) -> Vec<Effect> {
    let Mode::Find(find) = &model.mode else {
        return Vec::new();
    };
    let (needle, origin) = (Needle::of(find.prompt.text()), find.origin.clone());
    model.restore_find(origin);
    model.find = needle.map(Find::new);
    let Some(find) = &model.find else {
        return Vec::new();
    };
    let hits = model.hits(&find.needle);
    let (Ok(at) | Err(at)) = model.hit_at_cursor(&hits);
    // Behind the last one it goes on at the top.
    go_to(model, &hits, if at < hits.len() { at } else { 0 });
    vec![Effect::Wait(Deadline::Rest)]
}

/// Leaves the line, with everything where it was before.
pub(crate) fn leave(model: &mut Model) -> bool {
    let Mode::Find(find) = std::mem::take(&mut model.mode) else {
        return false;
    };
    model.mode = find.prompt.below;
    model.restore_find(find.origin);
    true
}

/// Stays at the hit. One can jump back to where the finding began; a line on which nothing was typed
/// is left.
fn accept(model: &mut Model) -> Vec<Effect> {
    let Mode::Find(find) = &model.mode else {
        return Vec::new();
    };
    if find.prompt.text().is_empty() {
        leave(model);
        return Vec::new();
    }
    let origin = find.origin.pane.clone();
    let Mode::Find(find) = std::mem::take(&mut model.mode) else {
        return Vec::new();
    };
    model.mode = find.prompt.below;
    if let Some(mut here) = model.here()
        && let Some((.., before)) = origin
        && before.cursor != here.position
    {
        (here.position, here.part) = (before.cursor, before.part);
        here.height = model.height_in(here.pane, &before).unwrap_or(0);
        model.jumps.leave(here);
    }
    say_place(model);
    Vec::new()
}

/// Goes to the next hit, or to the one before; behind the last one it goes on with the first.
fn go_on(model: &mut Model, by: isize) -> Vec<Effect> {
    let Some(find) = &model.find else {
        return Vec::new();
    };
    let hits = model.hits(&find.needle);
    let count = hits.len().max(1);
    let next = match (model.hit_at_cursor(&hits), by > 0) {
        (Ok(at), true) => at + 1,
        (Err(at), true) => at,
        (Ok(at) | Err(at), false) => at + count - 1,
    };
    go_to(model, &hits, next % count);
    if !matches!(model.mode, Mode::Find(_)) {
        say_place(model);
    }
    vec![Effect::Wait(Deadline::Rest)]
}

/// Says which hit of how many the cursor went to.
fn say_place(model: &mut Model) {
    let Some(find) = &model.find else {
        return;
    };
    let query = find.needle.query();
    let words = match find.place() {
        None => format!("\"{query}\" was not found here"),
        Some(place) => format!("{place}  {query}"),
    };
    model.notices.say(words);
}

/// Puts the cursor on one of the hits, if it is there, and opens what hides it.
fn go_to(model: &mut Model, hits: &[Hit], index: usize) {
    let hit = hits.get(index).cloned();
    if let Some(hit) = &hit {
        put_cursor(model, hit);
    }
    let stood = model.cursor_as_hit();
    if let Some(find) = &mut model.find {
        find.landed = hit.zip(stood).map(|(hit, stood)| Landed {
            hit,
            stood,
            index,
            count: hits.len(),
        });
    }
}

fn put_cursor(model: &mut Model, hit: &Hit) {
    match hit {
        Hit::Line(line) => go_to_line(model, *line),
        Hit::Spec(path) => {
            let list = model.spec_list_mut();
            list.folded.retain(|folded| !path.starts_with(folded));
            list.cursor.clone_from(path);
        }
        Hit::Card(key) => board::put_cursor(model, key.clone()),
        Hit::Help(group, entry) => model.help.cursor = (*group, *entry),
    }
}

fn go_to_line(model: &mut Model, line: usize) {
    if model.surface().findable() == Findable::Files {
        if let Some(pane_state) = model.pane_state_mut() {
            pane_state.go_to(line);
        }
        return;
    }
    open_details_around(model, line);
    jump::reveal(model, model.pane, line);
}

/// Opens the details of the task in which a line stands.
fn open_details_around(model: &mut Model, line: usize) {
    let task = model.open_file().and_then(|open_file| {
        let index = open_file.tasks.around_line(line)?;
        let task = &open_file.tasks.items[index];
        (task.line != line).then_some(task.line)
    });
    if let (Some(task), Some(pane_state)) = (task, model.pane_state_mut()) {
        fold::open_details(pane_state, task);
    }
}
