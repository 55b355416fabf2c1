//! The columns of the kanban as they were made last, kept until something changes that they depend
//! on: a key asks for them several times, and there can be ten thousands of cards.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use super::columns::{Column, ColumnRow, Heads, Part, Slot};
use super::{Arrangement, Board, BoardScope, Card, Carried};
use crate::markdown::State;
use crate::model::{Position, Specs};

/// What the columns depend on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Basis {
    pub(super) scope: Option<BoardScope>,
    pub(super) arrangement: Arrangement,
    /// Whether the columns of what is done and of other markers are folded.
    pub(super) folds: [bool; 2],
    pub(super) carried: Option<Carried>,
    pub(super) asked: Option<Asked>,
    pub(super) left_open: usize,
    /// The features that are shown, with their cards.
    pub(super) features: Vec<Shown>,
}

/// What the answers to a filter depend on beside the cards: its words, and for each feature what
/// they ask of it.
pub(in crate::model) type Asked = (String, Vec<(bool, BTreeSet<Position>)>);

/// A feature that is shown.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    /// Its index, and its folder.
    pub(super) feature: (usize, PathBuf),
    pub(super) cards: Arc<[Card]>,
    /// When its tasks were written last.
    pub(super) written: Option<(i64, i64)>,
}

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.cards, &other.cards)
            && self.written == other.written
            && self.feature == other.feature
    }
}

/// The columns of one basis: each with its slots as indexes.
#[derive(Debug)]
struct Dealt {
    basis: Basis,
    columns: Vec<DealtColumn>,
}

#[derive(Debug)]
struct DealtColumn {
    state: State,
    heads: Heads,
    is_folded: bool,
    /// Runs of cards of one feature, by its index.
    runs: Vec<(usize, Range<usize>)>,
    /// For each slot its card, by its index, and what it is while one is carried.
    slots: Vec<(usize, Part)>,
    figures: Arc<Figures>,
}

/// What is worked out of a column where it is asked for.
#[derive(Debug, Default)]
pub(super) struct Figures {
    pub(super) rows: OnceLock<Arc<[ColumnRow]>>,
    pub(super) count: OnceLock<usize>,
    pub(super) number_columns: OnceLock<u16>,
    pub(super) natural: OnceLock<u16>,
}

/// The columns that were made last.
#[derive(Clone, Debug, Default)]
pub(super) struct KeptColumns(RefCell<Option<Arc<Dealt>>>);

impl KeptColumns {
    /// Returns the kept columns where they hold, else those that `make` gives.
    pub(super) fn get<'a>(
        &self,
        (board, specs): (&'a Board, &'a Specs),
        basis: Basis,
        make: impl FnOnce() -> Vec<Column<'a>>,
    ) -> Vec<Column<'a>> {
        let kept = self.0.borrow().clone();
        if let Some(kept) = kept.filter(|kept| kept.basis == basis) {
            return kept.columns(board, specs);
        }
        let columns = make();
        let dealt = columns.iter().map(DealtColumn::of).collect();
        let kept = Dealt {
            basis,
            columns: dealt,
        };
        self.0.replace(Some(Arc::new(kept)));
        columns
    }
}

impl DealtColumn {
    fn of(column: &Column<'_>) -> Self {
        let mut runs: Vec<(usize, Range<usize>)> = Vec::new();
        for (at, slot) in column.slots.iter().enumerate() {
            match runs.last_mut() {
                Some((feature, run)) if *feature == slot.place.0 => run.end = at + 1,
                _ => runs.push((slot.place.0, at..at + 1)),
            }
        }
        let slots = column.slots.iter().map(|slot| (slot.place.1, slot.part));
        Self {
            state: column.state,
            heads: column.heads,
            is_folded: column.is_folded,
            runs,
            slots: slots.collect(),
            figures: Arc::clone(&column.figures),
        }
    }
}

impl Dealt {
    fn columns<'a>(&self, board: &'a Board, specs: &'a Specs) -> Vec<Column<'a>> {
        let column = |dealt: &DealtColumn| {
            let mut slots = Vec::with_capacity(dealt.slots.len());
            for (at, run) in &dealt.runs {
                let feature = &specs.features()[*at];
                let Some(cards) = board.cards.get(&feature.folder.path) else {
                    continue;
                };
                slots.extend(dealt.slots[run.clone()].iter().map(|(card, part)| Slot {
                    feature,
                    cards,
                    card: &cards.list[*card],
                    part: *part,
                    place: (*at, *card),
                }));
            }
            Column {
                state: dealt.state,
                slots,
                heads: dealt.heads,
                is_folded: dealt.is_folded,
                figures: Arc::clone(&dealt.figures),
            }
        };
        self.columns.iter().map(column).collect()
    }
}
