//! The overview of all specs: opening it, its order, and going from it into a spec.

use super::behaviour::{Action, Behaviour, Folding, Motion, word};
use super::{Command, Hint, Scope, always, board, home, off_pages, specs, surface};
use crate::model::{Effect, Focus, Model, Surface, View};

/// The command that opens the overview.
pub(super) const COMMANDS: &[Command] = &[Command {
    name: "overview-open",
    keys: &["0"],
    scope: Scope::All,
    doc: "Overview: all specs in a table",
    needs: None,
    hint: |model| {
        // Among few specs the list says as much.
        if model.surface() != Surface::Specs {
            return None;
        }
        off_pages(
            model,
            Hint {
                keys: "0",
                word: "overview",
                rank: 66,
            },
        )
    },
    applies: |model| surface::has_specs(model) && model.view != View::Overview,
    run: |model| {
        open(model);
        Vec::new()
    },
}];

/// What the overview does: its rows are those of the list of specs.
pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    scopes: &[Scope::Specs],
    step: move_by,
    page: move_by,
    rows: |model| usize::from(model.layout().table_rows().height),
    across: Some(Motion {
        applies: always,
        hint: |_| word("fold", 65),
        run: specs::go_across,
    }),
    open: Some(Action {
        applies: always,
        hint: |_| word("open", 20),
        run: open_chosen,
    }),
    turn: Some(Action {
        applies: always,
        hint: |_| word("sort", 50),
        run: turn,
    }),
    hide_finished: Some(Action {
        applies: always,
        hint: |model| {
            if model.overview.list.hides_finished {
                word("show finished", 60)
            } else {
                word("hide finished", 60)
            }
        },
        run: specs::toggle_finished,
    }),
    folding: Some(Folding {
        toggle: specs::toggle,
        all: specs::fold_all,
        none: specs::unfold_all,
    }),
    heading: None,
    sideways: None,
    anchor: None,
    close: Action {
        applies: always,
        hint: |_| word("back", 90),
        run: |model| {
            model.close_view();
            Vec::new()
        },
    },
    escape: home::say_how_to_go_back,
    no_item: "the cursor is not on a task",
};

/// Opens the overview, with its cursor on the spec that is shown. What changed since it was last on
/// the screen is measured anew.
pub(super) fn open(model: &mut Model) {
    if let Some(feature) = model.open_files.feature.clone() {
        let list = &mut model.overview.list;
        list.folded.retain(|folded| !feature.starts_with(folded));
        list.cursor = feature;
    }
    model.overview.leads_back = false;
    model.overview.outdate(&[]);
    model.show_view(View::Overview);
}

fn move_by(model: &mut Model, by: isize) -> Vec<Effect> {
    specs::move_by(model, by);
    Vec::new()
}

/// Sorts by the next column. The cursor stays on its spec.
fn turn(model: &mut Model) -> Vec<Effect> {
    model.overview.order = model.overview.order.next();
    Vec::new()
}

/// Opens the spec under the cursor, from which leaving leads back; folds or unfolds a folder.
fn open_chosen(model: &mut Model) -> Vec<Effect> {
    let path = model.overview.list.cursor.clone();
    if model.specs.at(&path).is_none() {
        return specs::toggle(model);
    }
    model.show_view(View::Main);
    model.focus = Focus::Content;
    model.sidebar.toggled = false;
    model.overview.leads_back = true;
    board::choose(model, &path)
}
