//! A diagram that has the whole screen: opening it, scrolling both ways, and its other forms.

use super::always;
use super::behaviour::{Action, Behaviour, Motion, Word, word};
use crate::model::{DiagramForm, DiagramView, Effect, Model, Position, View};

/// How many columns one key scrolls.
const STEP: isize = 8;

/// What it does.
pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    scopes: &[],
    step: scroll_down,
    page: scroll_down,
    rows: |model| usize::from(model.layout().page.height),
    across: Some(Motion {
        applies: always,
        hint: |_| word("scroll", 40),
        run: |model, by| scroll_right(model, by.saturating_mul(STEP)),
    }),
    open: None,
    turn: Some(Action {
        applies: |model| next_form(model).is_some(),
        hint: |model| word(next_form(model)?.name(), 30),
        run: turn,
    }),
    hide_finished: None,
    folding: None,
    heading: None,
    sideways: Some(Motion {
        applies: always,
        hint: |_| None,
        run: |model, by| {
            let half = isize::try_from(model.size.0 / 2).unwrap_or(STEP);
            scroll_right(model, by.saturating_mul(half))
        },
    }),
    anchor: None,
    close: Action {
        applies: always,
        hint: |_| word("back", 90),
        run: |model| {
            model.close_view();
            Vec::new()
        },
    },
    escape: |model| {
        model.close_view();
    },
    no_item: "a diagram is only read here: esc goes back to its document",
};

/// Returns whether the cursor is in a diagram.
pub(super) fn is_under_cursor(model: &Model) -> bool {
    model.diagram_at_cursor().is_some()
}

/// Returns what opens the diagram under the cursor is called.
pub(super) fn word_of_open(model: &Model) -> Option<Word> {
    if is_under_cursor(model) {
        word("diagram", 20)
    } else {
        None
    }
}

/// Opens the diagram under the cursor over the pane.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let Some(line) = model.diagram_at_cursor() else {
        return Vec::new();
    };
    model.diagram = Some(DiagramView {
        pane: model.pane,
        position: Position::at(line),
        form: DiagramForm::List,
        top: 0,
        left: 0,
    });
    model.open_view(View::Diagram);
    Vec::new()
}

/// Returns the form behind the one on the screen.
fn next_form(model: &Model) -> Option<DiagramForm> {
    let shown = model.shown_diagram()?;
    let at = shown.forms.iter().position(|form| *form == shown.form)?;
    let next = shown.forms[(at + 1) % shown.forms.len()];
    (next != shown.form).then_some(next)
}

fn turn(model: &mut Model) -> Vec<Effect> {
    let next = next_form(model);
    if let (Some(diagram), Some(form)) = (&mut model.diagram, next) {
        (diagram.form, diagram.top, diagram.left) = (form, 0, 0);
    }
    Vec::new()
}

fn scroll_down(model: &mut Model, by: isize) -> Vec<Effect> {
    if let Some(diagram) = &mut model.diagram {
        diagram.top = diagram.top.saturating_add_signed(by);
    }
    Vec::new()
}

fn scroll_right(model: &mut Model, by: isize) -> Vec<Effect> {
    if let Some(diagram) = &mut model.diagram {
        diagram.left = diagram.left.saturating_add_signed(by);
    }
    Vec::new()
}
