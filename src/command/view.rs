//! Choosing what is shown: the list of specs, the arrangement of a view, and the next or previous
//! spec.

use std::collections::BTreeSet;

use super::behaviour::Action;
use super::{Command, Hint, Scope, hint_of, no_hint, surface};
use crate::model::{BoardScope, Deadline, Effect, Focus, Model, Pane, Position, Surface, Width};

/// The command that hides what is finished.
pub(super) const FINISHED: &[Command] = &[Command {
    name: "finished-toggle",
    keys: &["."],
    scope: Scope::All,
    doc: "Hide or show what is done",
    needs: None,
    hint: |model| {
        hint_of(
            ".",
            surface::current(model).hide_finished.as_ref()?.hint,
            model,
        )
    },
    applies: |model| can_do(model, surface::current(model).hide_finished.as_ref()),
    run: |model| perform(model, surface::current(model).hide_finished.as_ref()),
}];

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "sidebar-toggle",
        keys: &["\\"],
        scope: Scope::Main,
        doc: "Show or hide the list of specs",
        needs: None,
        hint: |model| {
            // Where the list is a screen of its own, there is no other sign of it.
            model.layout().sidebar.is_none().then_some(Hint {
                keys: "\\",
                word: "specs",
                rank: if model.layout().width < Width::Wide {
                    16
                } else {
                    31
                },
            })
        },
        applies: |model| model.surface().is_main(),
        run: toggle_sidebar,
    },
    Command {
        name: "view-turn",
        keys: &["t"],
        scope: Scope::All,
        doc: "Switch this view (tree/waves, list/matrix, order)",
        needs: None,
        hint: |model| hint_of("t", surface::current(model).turn.as_ref()?.hint, model),
        applies: |model| can_do(model, surface::current(model).turn.as_ref()),
        run: |model| perform(model, surface::current(model).turn.as_ref()),
    },
    Command {
        name: "source-toggle",
        keys: &["R"],
        scope: Scope::Main,
        doc: "Rendered text or Markdown source",
        needs: Some("nothing is rendered here"),
        hint: |model| {
            model.surface().is_pane().then_some(Hint {
                keys: "R",
                word: "source",
                rank: 29,
            })
        },
        applies: has_forms,
        run: toggle_source,
    },
    Command {
        name: "change-mark-seen",
        keys: &["x"],
        scope: Scope::All,
        doc: "Mark changes as seen",
        needs: Some("no unread changes"),
        hint: |_| {
            Some(Hint {
                keys: "x",
                word: "seen",
                rank: 19,
            })
        },
        applies: has_unread,
        run: mark_seen,
    },
    Command {
        name: "change-next",
        keys: &["] c"],
        scope: Scope::All,
        doc: "Next unread change",
        needs: Some("no unread changes"),
        hint: |_| {
            Some(Hint {
                keys: "] c",
                word: "change",
                rank: 22,
            })
        },
        applies: has_unread_anywhere,
        run: next_change,
    },
    Command {
        name: "change-previous",
        keys: &["[ c"],
        scope: Scope::All,
        doc: "Previous unread change",
        needs: Some("no unread changes"),
        hint: no_hint,
        applies: has_unread_anywhere,
        run: previous_change,
    },
    Command {
        name: "feature-next",
        keys: &["] s"],
        scope: Scope::All,
        doc: "Next spec",
        needs: None,
        hint: no_hint,
        applies: shows_one,
        run: next_feature,
    },
    Command {
        name: "feature-previous",
        keys: &["[ s"],
        scope: Scope::All,
        doc: "Previous spec",
        needs: None,
        hint: no_hint,
        applies: shows_one,
        run: previous_feature,
    },
];

/// Shows the list, with the focus on it, or puts it away.
fn toggle_sidebar(model: &mut Model) -> Vec<Effect> {
    let was_shown = model.layout().sidebar.is_some();
    let is_drawer = model.layout().width < Width::Wide;
    model.sidebar.toggled = was_shown != is_drawer;
    model.focus = if was_shown {
        Focus::Content
    } else {
        Focus::Sidebar
    };
    Vec::new()
}

fn can_do(model: &Model, action: Option<&Action>) -> bool {
    action.is_some_and(|action| (action.applies)(model))
}

fn perform(model: &mut Model, action: Option<&Action>) -> Vec<Effect> {
    action.map_or_else(Vec::new, |action| (action.run)(model))
}

/// Returns whether the document of the chosen pane can be shown both laid out and as its source.
fn has_forms(model: &Model) -> bool {
    model.surface().is_main()
        && model
            .open_file()
            .is_some_and(|open_file| open_file.rendered.is_some())
}

/// Shows the source of what was laid out, or lays it out again. The line under the cursor stays
/// where it is on the screen.
fn toggle_source(model: &mut Model) -> Vec<Effect> {
    let height = rows_above_cursor(model);
    if let Some(pane_state) = model.pane_state_mut() {
        pane_state.shows_source = !pane_state.shows_source;
        pane_state.part = 0;
    }
    let layout = model.layout();
    model.measure(model.pane, &layout);
    let above = rows_above_cursor(model);
    if let Some(pane_state) = model.pane_state_mut() {
        pane_state.top = (pane_state.top + above).saturating_sub(height);
    }
    Vec::new()
}

/// Counts the rows from the top of the screen to the cursor.
fn rows_above_cursor(model: &Model) -> usize {
    let Some(pane_state) = model.pane_state() else {
        return 0;
    };
    let rows = model.rows();
    let at = rows.iter().rposition(|row| {
        row.is_place() && (row.line, row.part()) <= (pane_state.cursor.line, pane_state.part)
    });
    at.unwrap_or(0).saturating_sub(pane_state.top)
}

/// Returns whether the view is that of one spec.
fn shows_one(model: &Model) -> bool {
    model.surface().is_main()
        || (model.surface() == Surface::Board && model.board.scope != Some(BoardScope::All))
}

fn next_feature(model: &mut Model) -> Vec<Effect> {
    step(model, 1)
}

fn previous_feature(model: &mut Model) -> Vec<Effect> {
    step(model, -1)
}

fn step(model: &mut Model, by: isize) -> Vec<Effect> {
    let at = model
        .specs
        .at(&model.sidebar.cursor.clone())
        .or(model.shown())
        .unwrap_or(0);
    let to = at
        .saturating_add_signed(by)
        .min(model.specs.len().saturating_sub(1));
    if let Some(feature) = model.specs.features().get(to) {
        model.sidebar.cursor = feature.folder.path.clone();
    }
    vec![Effect::Wait(Deadline::Rest)]
}

/// Returns whether others changed something in any pane of this spec.
fn has_unread(model: &Model) -> bool {
    model.surface().is_main() && !unread_panes(model).is_empty()
}

/// Returns whether others changed something in this spec or in another.
fn has_unread_anywhere(model: &Model) -> bool {
    has_unread(model) || (model.surface().is_main() && unread_spec(model).is_some())
}

/// Returns the next spec in which others changed something, after the open one and then from the
/// first.
fn unread_spec(model: &Model) -> Option<usize> {
    let here = model.shown().unwrap_or(0);
    let count = model.specs.len();
    (1..count)
        .map(|step| (here + step) % count)
        .find(|index| model.specs.summary(*index).unread)
}

/// Opens the next spec in which others changed something.
fn go_to_unread_spec(model: &mut Model) -> Vec<Effect> {
    let Some(index) = unread_spec(model) else {
        return Vec::new();
    };
    let feature = model.specs.feature(index);
    let words = format!("no more changes in the last spec: on to {}", feature.name());
    model.sidebar.cursor = feature.folder.path.clone();
    model.notices.say(words);
    vec![Effect::Forget(Deadline::Rest), model.ask_to_open(index)]
}

/// Returns the panes of this spec in which others changed something, the one on the screen first.
fn unread_panes(model: &Model) -> Vec<Pane> {
    let is_unread = |pane: &Pane| {
        model
            .pane_state_of(*pane)
            .is_some_and(|pane_state| !pane_state.unread.is_empty())
    };
    let others = Pane::ALL.into_iter().filter(|pane| *pane != model.pane);
    std::iter::once(model.pane)
        .chain(others)
        .filter(is_unread)
        .collect()
}

/// Forgets what others changed in this pane; where that is nothing, in all panes of this spec.
fn mark_seen(model: &mut Model) -> Vec<Effect> {
    let panes = unread_panes(model);
    let here: Vec<Pane> = panes
        .iter()
        .copied()
        .filter(|pane| *pane == model.pane)
        .collect();
    for pane in if here.is_empty() { panes } else { here } {
        if let Some(pane_state) = model.pane_state_of_mut(pane) {
            pane_state.unread.clear();
        }
    }
    Vec::new()
}

fn next_change(model: &mut Model) -> Vec<Effect> {
    go_to_change(model, |unread, cursor| {
        unread
            .range::<usize, _>(cursor + 1..)
            .next()
            .or(unread.first())
            .copied()
    })
}

fn previous_change(model: &mut Model) -> Vec<Effect> {
    go_to_change(model, |unread, cursor| {
        unread
            .range::<usize, _>(..cursor)
            .next_back()
            .or(unread.last())
            .copied()
    })
}

/// Puts the cursor on a line that others changed, in this pane or else in the next that has one;
/// what is folded over it is unfolded.
fn go_to_change(
    model: &mut Model,
    choose: impl Fn(&BTreeSet<Position>, usize) -> Option<Position>,
) -> Vec<Effect> {
    let Some(pane) = unread_panes(model).first().copied() else {
        return go_to_unread_spec(model);
    };
    model.choose_pane(pane);
    let Some(pane_state) = model.pane_state() else {
        return Vec::new();
    };
    if let Some(position) = choose(&pane_state.unread, pane_state.cursor.line) {
        model.focus = Focus::Content;
        model.go_to_line(position.line);
    }
    Vec::new()
}
