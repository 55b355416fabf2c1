//! Going across and folding, on whatever takes the keys.

use super::behaviour::{Folding, Motion, Run};
use super::{Command, Scope, fold, hint_of, no_hint, surface};
use crate::model::{Effect, Model, Pane};

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "cursor-left",
        keys: &["h", "left"],
        scope: Scope::All,
        doc: "Left: fold, then to the parent; previous cell",
        needs: None,
        hint: |model| hint_of("h l", across(model)?.hint, model),
        applies: can_go_across,
        run: |model| go_across(model, -1),
    },
    Command {
        name: "cursor-right",
        keys: &["l", "right"],
        scope: Scope::All,
        doc: "Right: unfold, show details, or next cell",
        needs: None,
        hint: no_hint,
        applies: can_go_across,
        run: |model| go_across(model, 1),
    },
    Command {
        name: "fold-toggle",
        keys: &["z a"],
        scope: Scope::All,
        doc: "Fold or unfold here",
        needs: None,
        hint: no_hint,
        applies: can_fold,
        run: |model| fold(model, |folding| folding.toggle),
    },
    Command {
        name: "fold-all",
        keys: &["z m"],
        scope: Scope::All,
        doc: "Fold everything",
        needs: None,
        hint: no_hint,
        applies: can_fold,
        run: |model| fold(model, |folding| folding.all),
    },
    Command {
        name: "fold-none",
        keys: &["z r"],
        scope: Scope::All,
        doc: "Unfold everything",
        needs: None,
        hint: no_hint,
        applies: can_fold,
        run: |model| fold(model, |folding| folding.none),
    },
    Command {
        name: "fold-finished",
        keys: &["z d"],
        scope: Scope::All,
        doc: "Fold what is done",
        needs: None,
        hint: no_hint,
        applies: |model| model.surface().is_main() && model.pane == Pane::Tasks,
        run: fold::fold_finished,
    },
];

fn across(model: &Model) -> Option<&'static Motion> {
    surface::current(model).across.as_ref()
}

fn can_go_across(model: &Model) -> bool {
    across(model).is_some_and(|across| (across.applies)(model))
}

fn go_across(model: &mut Model, by: isize) -> Vec<Effect> {
    across(model).map_or_else(Vec::new, |across| (across.run)(model, by))
}

fn can_fold(model: &Model) -> bool {
    surface::current(model).folding.is_some()
}

/// Folds or unfolds in the way that `choose` picks.
fn fold(model: &mut Model, choose: fn(&Folding) -> Run) -> Vec<Effect> {
    match &surface::current(model).folding {
        Some(folding) => choose(folding)(model),
        None => Vec::new(),
    }
}
