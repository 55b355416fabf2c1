//! The pane on the screen: its partner and its peek, its headings, scrolling it.

use super::behaviour::Motion;
use super::{Command, Hint, Scope, no_hint, surface};
use crate::model::{Deadline, Effect, Layout, Model, Surface};

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "pane-split",
        keys: &["|"],
        scope: Scope::Main,
        doc: "Two panes side by side, or one",
        needs: None,
        hint: |model| {
            let word = if model.layout().is_split() {
                "one pane"
            } else {
                "side by side"
            };
            Some(Hint {
                keys: "|",
                word,
                rank: 33,
            })
        },
        applies: |model| {
            model.surface().is_main()
                && model.size.0 >= Layout::SPLIT
                && model.pane.is_beside_others()
        },
        run: toggle_split,
    },
    Command {
        name: "peek-toggle",
        keys: &["p"],
        scope: Scope::All,
        doc: "Show or hide the peek",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "p",
                word: "peek",
                rank: 70,
            })
        },
        applies: can_have_peek,
        run: toggle_peek,
    },
    Command {
        name: "heading-next",
        keys: &["] ]"],
        scope: Scope::Main,
        doc: "Next heading or requirement",
        needs: None,
        hint: heading_hint,
        applies: |model| can_go(model, surface::current(model).heading.as_ref()),
        run: |model| go(model, surface::current(model).heading.as_ref(), 1),
    },
    Command {
        name: "heading-previous",
        keys: &["[ ["],
        scope: Scope::Main,
        doc: "Previous heading or requirement",
        needs: None,
        hint: no_hint,
        applies: |model| can_go(model, surface::current(model).heading.as_ref()),
        run: |model| go(model, surface::current(model).heading.as_ref(), -1),
    },
    Command {
        name: "view-centre",
        keys: &["z z"],
        scope: Scope::All,
        doc: "Put the cursor in the middle",
        needs: None,
        hint: no_hint,
        applies: |model| can_go(model, surface::current(model).anchor.as_ref()),
        run: |model| go(model, surface::current(model).anchor.as_ref(), 0),
    },
    Command {
        name: "view-top",
        keys: &["z t"],
        scope: Scope::All,
        doc: "Put the cursor at the top",
        needs: None,
        hint: no_hint,
        applies: |model| can_go(model, surface::current(model).anchor.as_ref()),
        run: |model| go(model, surface::current(model).anchor.as_ref(), -1),
    },
    Command {
        name: "view-bottom",
        keys: &["z b"],
        scope: Scope::All,
        doc: "Put the cursor at the bottom",
        needs: None,
        hint: no_hint,
        applies: |model| can_go(model, surface::current(model).anchor.as_ref()),
        run: |model| go(model, surface::current(model).anchor.as_ref(), 1),
    },
    Command {
        name: "view-left",
        keys: &["z h"],
        scope: Scope::All,
        doc: "Scroll wide code and tables left",
        needs: None,
        hint: no_hint,
        applies: |model| can_go(model, surface::current(model).sideways.as_ref()),
        run: |model| go(model, surface::current(model).sideways.as_ref(), -1),
    },
    Command {
        name: "view-right",
        keys: &["z l"],
        scope: Scope::All,
        doc: "Scroll wide code and tables right",
        needs: None,
        hint: no_hint,
        applies: |model| can_go(model, surface::current(model).sideways.as_ref()),
        run: |model| go(model, surface::current(model).sideways.as_ref(), 1),
    },
];

/// Returns the hint of a pane that is read: among tasks other keys are used more.
fn heading_hint(model: &Model) -> Option<Hint> {
    (model.surface() != Surface::Tasks).then_some(Hint {
        keys: "] ]",
        word: "heading",
        rank: 28,
    })
}

fn can_go(model: &Model, motion: Option<&Motion>) -> bool {
    motion.is_some_and(|motion| (motion.applies)(model))
}

fn go(model: &mut Model, motion: Option<&Motion>, by: isize) -> Vec<Effect> {
    motion.map_or_else(Vec::new, |motion| (motion.run)(model, by))
}

/// Puts the partner of a pane beside it, or takes it away again.
fn toggle_split(model: &mut Model) -> Vec<Effect> {
    model.split = Some(!model.layout().is_split());
    model.choose_pane(model.pane);
    // What is beside it now is to follow as after a move.
    model.rested = None;
    vec![Effect::Wait(Deadline::Rest)]
}

/// Returns whether what the keys act on can have a peek.
fn can_have_peek(model: &Model) -> bool {
    match model.surface() {
        Surface::Board | Surface::Specs => true,
        surface => surface.is_main() && model.pane.can_have_peek(),
    }
}

/// Shows or hides the peek: below the pane, the kanban, or a list of specs that has the whole
/// screen.
fn toggle_peek(model: &mut Model) -> Vec<Effect> {
    model.hides_peek = !model.hides_peek;
    let (columns, rows) = model.size;
    let layout = model.layout();
    let is_seen = layout.peek.is_some() || layout.spec_peek.is_some();
    if !model.hides_peek && !is_seen && model.has_peek() {
        model.notices.say(format!(
            "the peek needs a larger screen than {columns}x{rows}"
        ));
    }
    vec![Effect::Wait(Deadline::Rest)]
}
