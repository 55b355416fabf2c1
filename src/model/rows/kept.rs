//! The rows of a document, kept until something changes that they depend on.
//!
//! A key asks for them several times, and a document can have ten thousands.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::Row;
use crate::model::{Measure, Narrowed, OpenFile, Own, PaneState, Position, Rendered};

/// The rows that were made last for one version of a document.
#[derive(Clone, Debug, Default)]
pub struct KeptRows(RefCell<Option<(Basis, Arc<[Row]>)>>);

/// They follow from the document, and tell no two of them apart.
impl PartialEq for KeptRows {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for KeptRows {}

/// What rows depend on, beside the document.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Basis {
    folded: BTreeSet<Position>,
    hides_finished: bool,
    narrowed: Option<Arc<Narrowed>>,
    own: Own,
    /// The rows of the pane.
    height: usize,
    /// The columns that its source and its laid-out form are measured for.
    columns: (usize, Option<Measure>),
}

impl Basis {
    fn of(open_file: &OpenFile, pane_state: &PaneState, height: usize) -> Self {
        Self {
            folded: pane_state.folded.clone(),
            hides_finished: pane_state.hides_finished,
            narrowed: pane_state.narrowed.clone(),
            own: pane_state.own.clone(),
            height,
            columns: columns(open_file),
        }
    }

    fn holds(&self, open_file: &OpenFile, pane_state: &PaneState, height: usize) -> bool {
        self.height == height
            && self.hides_finished == pane_state.hides_finished
            && self.narrowed == pane_state.narrowed
            && self.columns == columns(open_file)
            && self.folded == pane_state.folded
            && self.own == pane_state.own
    }
}

fn columns(open_file: &OpenFile) -> (usize, Option<Measure>) {
    let rendered = open_file.rendered.as_ref().map(Rendered::measured);
    (open_file.wrap_cache.columns(), rendered)
}

impl KeptRows {
    /// Returns the kept rows where they hold, else those that `make` gives.
    pub fn get(
        &self,
        open_file: &OpenFile,
        pane_state: &PaneState,
        height: usize,
        make: impl FnOnce() -> Vec<Row>,
    ) -> Arc<[Row]> {
        if let Some((basis, rows)) = &*self.0.borrow()
            && basis.holds(open_file, pane_state, height)
        {
            return Arc::clone(rows);
        }
        let rows: Arc<[Row]> = make().into();
        let kept = (Basis::of(open_file, pane_state, height), Arc::clone(&rows));
        self.0.replace(Some(kept));
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Pane, TasksState, Turn, rows};
    use crate::store::DocumentKind;

    #[test]
    fn rows_are_made_once_and_again_when_what_they_depend_on_changes() {
        let source = "- [x] 1. a\n  - [ ] 1.1 b\n    - detail\n- [x] 2. c\n";
        let open_file = OpenFile::of_source(Pane::Tasks, DocumentKind::Tasks, source);
        let mut pane_state = PaneState::of(Pane::Tasks);
        let mut before = rows(&open_file, &pane_state, 20);
        pane_state.go_to(3);
        (pane_state.top, pane_state.left) = (1, 1);
        assert!(Arc::ptr_eq(&before, &rows(&open_file, &pane_state, 20)));
        let tasks = |change: fn(&mut TasksState)| {
            move |pane_state: &mut PaneState| {
                if let Own::Tasks(tasks) = &mut pane_state.own {
                    change(tasks);
                }
            }
        };
        let opens = tasks(|tasks| _ = tasks.opened.insert(Position::at(1)));
        let turns = tasks(|tasks| tasks.turn = Turn::Waves);
        type Change<'a> = (&'a str, &'a dyn Fn(&mut PaneState));
        let changes: [Change<'_>; 4] = [
            ("opened", &opens),
            ("folded", &|pane_state| {
                _ = pane_state.folded.insert(Position::at(0));
            }),
            ("finished", &|pane_state| pane_state.hides_finished = true),
            ("by waves", &turns),
        ];
        for (name, change) in changes {
            change(&mut pane_state);
            let after = rows(&open_file, &pane_state, 20);
            assert_ne!(before, after, "{name}");
            assert!(
                Arc::ptr_eq(&after, &rows(&open_file, &pane_state, 20)),
                "{name}"
            );
            before = after;
        }
    }

    #[test]
    fn rows_of_source_are_made_again_at_another_size() {
        let mut open_file =
            OpenFile::of_source(Pane::Design, DocumentKind::Design, "one two three\n");
        let pane_state = PaneState {
            shows_source: true,
            ..PaneState::of(Pane::Design)
        };
        let mut counts = Vec::new();
        for columns in [40, 6] {
            open_file.measure(columns);
            counts.push(rows(&open_file, &pane_state, 20).len());
        }
        let is_place = |row: &Row| row.is_place();
        let low = rows(&open_file, &pane_state, 2);
        counts.push(low.iter().copied().filter(is_place).count());
        assert_eq!(counts, [1, 3, 3]);
    }
}
