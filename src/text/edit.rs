//! Edits as values: sorted, disjoint splices that can be applied, inverted, joined and chained, and
//! that tell where each place of the text went.
//!
//! Knows bytes alone. How an edit is found between two texts stands in `diff`, how two edits of one
//! text become one in `merge`.

use std::ops::Range;

use super::{Span, Text};

/// One replacement: the bytes inside `span` become `insert`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Splice {
    /// What is replaced, in the text before the edit. Empty for an insertion.
    pub span: Span,
    /// What stands there afterwards. Empty for a deletion.
    pub insert: Vec<u8>,
}

/// A change to one version of a text.
///
/// Invariant: splices are sorted by their spans and never overlap, so that each can be read without
/// the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    pub(super) splices: Vec<Splice>,
}

/// On which side of new bytes a place stands that they are put at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bias {
    /// It stays before them, with what precedes it.
    Before,
    /// It goes behind them, with what follows it.
    After,
}

/// Says that two splices of one edit claim the same bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overlap;

impl Edit {
    /// Makes an edit of `splices` in any order; fails when two of them overlap.
    pub fn new(mut splices: Vec<Splice>) -> Result<Self, Overlap> {
        splices.sort_by_key(|splice| (splice.span.start, splice.span.end));
        let overlaps = splices
            .windows(2)
            .any(|pair| pair[0].span.end > pair[1].span.start);
        if overlaps {
            Err(Overlap)
        } else {
            Ok(Self { splices })
        }
    }

    /// Makes an edit of one splice.
    pub fn splice(span: Span, insert: impl Into<Vec<u8>>) -> Self {
        Self {
            splices: vec![Splice {
                span,
                insert: insert.into(),
            }],
        }
    }

    /// Returns the splices in the order of the text.
    pub fn splices(&self) -> &[Splice] {
        &self.splices
    }

    /// Returns whether nothing is spliced.
    pub fn is_empty(&self) -> bool {
        self.splices.is_empty()
    }

    /// Returns whether every splice replaces bytes by as many others, so that it can be written in
    /// place.
    pub fn keeps_length(&self) -> bool {
        self.splices
            .iter()
            .all(|splice| splice.span.len() == splice.insert.len())
    }

    /// Returns `text` with every splice carried out. A span behind the end of the text counts as
    /// its end.
    pub fn apply(&self, text: &Text) -> Text {
        let mut bytes = Vec::with_capacity(
            text.len()
                + self
                    .splices
                    .iter()
                    .map(|splice| splice.insert.len())
                    .sum::<usize>(),
        );
        let mut done = 0;
        for splice in &self.splices {
            bytes.extend_from_slice(text.slice(Span::new(done, splice.span.start.max(done))));
            bytes.extend_from_slice(&splice.insert);
            done = splice.span.end;
        }
        bytes.extend_from_slice(text.slice(Span::new(done, text.len().max(done))));
        Text::new(bytes)
    }

    /// Returns the edit that leads back: `edit.invert(t).apply(edit.apply(t)) == t`, where `before`
    /// is `t`.
    pub fn invert(&self, before: &Text) -> Self {
        let mut shift = 0isize;
        let splices = self
            .splices
            .iter()
            .map(|splice| {
                let start = splice.span.start.saturating_add_signed(shift);
                shift += splice.insert.len().cast_signed() - splice.span.len().cast_signed();
                Splice {
                    span: Span::new(start, start + splice.insert.len()),
                    insert: before.slice(splice.span).to_vec(),
                }
            })
            .collect();
        Self { splices }
    }

    /// Returns where the place at `offset` of the text before is in the text afterwards.
    ///
    /// `bias` decides where bytes are put in exactly there, and for a place within bytes that are
    /// replaced: it goes to the start or to the end of what stands there instead. Offsets with the
    /// same bias never change their order.
    pub fn map(&self, offset: usize, bias: Bias) -> usize {
        let mut shift = 0isize;
        for splice in &self.splices {
            let (span, new) = (splice.span, splice.insert.len());
            let start = span.start.saturating_add_signed(shift);
            let is_at_start = offset == span.start && !span.is_empty();
            if offset < span.start || is_at_start {
                break;
            }
            if offset < span.end || span.is_empty() && offset == span.start {
                match bias {
                    Bias::Before => return start,
                    Bias::After if !span.is_empty() => return start + new,
                    Bias::After => {}
                }
            }
            shift += new.cast_signed() - span.len().cast_signed();
        }
        offset.saturating_add_signed(shift)
    }

    /// Returns the edit that does what both do to the same text. What both do alike is done once.
    ///
    /// Fails where they claim the same bytes. Of insertions at one place the one that sorts first
    /// comes first, so that it does not matter whose is whose.
    pub fn union(&self, other: &Self) -> Result<Self, Overlap> {
        let mut splices = self.splices.clone();
        let new = other
            .splices
            .iter()
            .filter(|splice| !self.splices.contains(splice));
        splices.extend(new.cloned());
        splices.sort_by(|one, two| {
            let key = |splice: &Splice| (splice.span.start, splice.span.end);
            key(one)
                .cmp(&key(two))
                .then_with(|| one.insert.cmp(&two.insert))
        });
        Self::new(splices)
    }

    /// Returns the edit that does what this one does and then `later`, which was made on what this
    /// one leads to. `length` is how many bytes the text before has.
    pub fn then(&self, later: &Self, length: usize) -> Self {
        let between = self.pieces(length);
        let mut chained = Vec::new();
        let mut done = 0;
        for splice in &later.splices {
            take(&between, done..splice.span.start, &mut chained);
            chained.push(SourceStr::New(&splice.insert));
            done = splice.span.end;
        }
        take(&between, done..usize::MAX, &mut chained);
        Self::of_pieces(&chained, length)
    }

    /// Returns what the text afterwards is made of.
    fn pieces(&self, length: usize) -> Vec<SourceStr<'_>> {
        let mut pieces = Vec::with_capacity(self.splices.len() * 2 + 1);
        let mut done = 0;
        for splice in &self.splices {
            pieces.push(SourceStr::Old(Span::new(done, splice.span.start.max(done))));
            pieces.push(SourceStr::New(&splice.insert));
            done = splice.span.end;
        }
        pieces.push(SourceStr::Old(Span::new(done, length.max(done))));
        pieces
    }

    /// Makes the edit whose result is made of `pieces`; the old ones are in order.
    fn of_pieces(pieces: &[SourceStr<'_>], length: usize) -> Self {
        let mut splices = Vec::new();
        let (mut done, mut insert) = (0, Vec::new());
        let end = SourceStr::Old(Span::new(length, length));
        for piece in pieces.iter().chain([&end]) {
            let span = match piece {
                SourceStr::New(bytes) => {
                    insert.extend_from_slice(bytes);
                    continue;
                }
                SourceStr::Old(span) if span.is_empty() && span.end < length => continue,
                SourceStr::Old(span) => *span,
            };
            if span.start > done || !insert.is_empty() {
                splices.push(Splice {
                    span: Span::new(done, span.start),
                    insert: std::mem::take(&mut insert),
                });
            }
            done = span.end;
        }
        Self { splices }
    }
}

/// A part of a text that an edit leads to.
#[derive(Clone, Copy)]
enum SourceStr<'a> {
    /// Bytes of the text before.
    Old(Span),
    /// Bytes that the edit brings.
    New(&'a [u8]),
}

impl<'a> SourceStr<'a> {
    fn len(self) -> usize {
        match self {
            Self::Old(span) => span.len(),
            Self::New(bytes) => bytes.len(),
        }
    }

    fn part(self, from: usize, to: usize) -> Self {
        match self {
            Self::Old(span) => Self::Old(Span::new(span.start + from, span.start + to)),
            Self::New(bytes) => Self::New(&bytes[from..to]),
        }
    }
}

/// Appends what stands in `range` of the text that is made of `pieces`.
fn take<'a>(pieces: &[SourceStr<'a>], range: Range<usize>, taken: &mut Vec<SourceStr<'a>>) {
    let mut start = 0;
    for piece in pieces {
        let end = start + piece.len();
        let (from, to) = (range.start.max(start), range.end.min(end));
        if from < to {
            taken.push(piece.part(from - start, to - start));
        }
        start = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn overlapping_splices_are_refused() {
        let splice = |start, end| Splice {
            span: Span::new(start, end),
            insert: vec![],
        };
        assert_eq!(Edit::new(vec![splice(2, 4), splice(0, 3)]), Err(Overlap));
        assert!(Edit::new(vec![splice(2, 4), splice(0, 2)]).is_ok());
    }

    #[test]
    fn one_splice_for_all_is_not_enough_to_keep_the_length() {
        let splice = |start, end, insert: &str| Splice {
            span: Span::new(start, end),
            insert: insert.as_bytes().to_vec(),
        };
        // As a selection of `[ ]` and `[]` is ticked.
        let both = Edit::new(vec![splice(1, 2, "x"), splice(5, 5, "x")]).unwrap();
        assert!(!both.keeps_length());
        let other_way = Edit::new(vec![splice(1, 1, "x"), splice(5, 6, "x")]).unwrap();
        assert!(!other_way.keeps_length());
        assert!(Edit::splice(Span::new(1, 2), "x").keeps_length());
    }

    #[test]
    fn a_place_goes_with_what_it_stands_at() {
        let edit = |start, end, insert: &str| Edit::splice(Span::new(start, end), insert);
        for (edit, offset, before, after) in [
            (edit(2, 2, "new"), 1, 1, 1),
            (edit(2, 2, "new"), 2, 2, 5),
            (edit(2, 2, "new"), 3, 6, 6),
            (edit(2, 5, "new!"), 2, 2, 2),
            (edit(2, 5, "new!"), 3, 2, 6),
            (edit(2, 5, "new!"), 5, 6, 6),
            (edit(2, 5, ""), 4, 2, 2),
            (edit(2, 5, ""), 7, 4, 4),
        ] {
            let found = [Bias::Before, Bias::After].map(|bias| edit.map(offset, bias));
            assert_eq!(found, [before, after], "{edit:?} {offset}");
        }
    }

    #[test]
    fn edits_that_claim_the_same_bytes_are_no_one_edit() {
        let edit = |start, end, insert: &str| Edit::splice(Span::new(start, end), insert);
        assert_eq!(edit(1, 3, "a").union(&edit(2, 4, "b")), Err(Overlap));
        let both = edit(1, 1, "b").union(&edit(1, 1, "a")).unwrap();
        assert_eq!(both.apply(&Text::new("()")), Text::new("(ab)"));
    }

    /// An edit of a text of `length` bytes.
    fn splices(length: usize) -> impl Strategy<Value = Edit> {
        let cuts = proptest::collection::vec(
            (0..=length, proptest::collection::vec(any::<u8>(), 0..4)),
            0..8,
        );
        cuts.prop_map(|mut cuts| {
            cuts.sort_by_key(|cut| cut.0);
            let splices = cuts.chunks_exact(2).map(|pair| Splice {
                span: Span::new(pair[0].0, pair[1].0),
                insert: pair[0].1.clone(),
            });
            Edit::new(splices.collect()).unwrap()
        })
    }

    /// Random bytes together with an edit that fits them.
    fn text_and_edit() -> impl Strategy<Value = (Vec<u8>, Edit)> {
        proptest::collection::vec(any::<u8>(), 0..60).prop_flat_map(|bytes| {
            let length = bytes.len();
            (Just(bytes), splices(length))
        })
    }

    proptest! {
        #[test]
        fn the_inverse_leads_back((bytes, edit) in text_and_edit()) {
            let before = Text::new(bytes);
            let after = edit.apply(&before);
            prop_assert_eq!(edit.invert(&before).apply(&after), before);
        }

        #[test]
        fn everything_outside_the_splices_stays((bytes, edit) in text_and_edit()) {
            let before = Text::new(bytes);
            let after = edit.apply(&before);
            let inverse = edit.invert(&before);
            let outside = |text: &Text, edit: &Edit| {
                let mut kept = text.bytes().to_vec();
                for splice in edit.splices().iter().rev() {
                    kept.drain(splice.span.range());
                }
                kept
            };
            prop_assert_eq!(outside(&before, &edit), outside(&after, &inverse));
        }

        #[test]
        fn a_place_keeps_the_byte_that_it_stands_at((bytes, edit) in text_and_edit()) {
            let before = Text::new(bytes);
            let after = edit.apply(&before);
            let is_kept = |offset: usize| !edit.splices().iter().any(|splice| splice.span.contains(offset));
            for offset in (0..before.len()).filter(|offset| is_kept(*offset)) {
                let now = edit.map(offset, Bias::After);
                prop_assert_eq!(after.bytes()[now], before.bytes()[offset]);
            }
            for bias in [Bias::Before, Bias::After] {
                let mapped: Vec<usize> = (0..=before.len()).map(|offset| edit.map(offset, bias)).collect();
                prop_assert!(mapped.is_sorted() && mapped[before.len()] <= after.len());
            }
        }

        #[test]
        fn two_edits_in_turn_are_one((bytes, first) in text_and_edit(), second in splices(90)) {
            let before = Text::new(bytes);
            let between = first.apply(&before);
            let fits = |splice: &&Splice| splice.span.end <= between.len();
            let second = Edit::new(second.splices().iter().filter(fits).cloned().collect()).unwrap();
            let both = first.then(&second, before.len());
            prop_assert_eq!(both.apply(&before), second.apply(&between));
            prop_assert!(Edit::new(both.splices().to_vec()).as_ref() == Ok(&both));
        }

        #[test]
        fn edits_of_different_bytes_are_one((bytes, edit) in text_and_edit(), chosen in any::<u8>()) {
            let before = Text::new(bytes);
            let (mut mine, mut yours) = (Vec::new(), Vec::new());
            for (index, splice) in edit.splices().iter().cloned().enumerate() {
                if chosen >> (index % 8) & 1 == 1 { mine.push(splice) } else { yours.push(splice) }
            }
            let (mine, yours) = (Edit::new(mine).unwrap(), Edit::new(yours).unwrap());
            let union = mine.union(&yours).unwrap();
            prop_assert_eq!(union.apply(&before), yours.union(&mine).unwrap().apply(&before));
            prop_assert_eq!(mine.union(&mine).unwrap().splices().len(), mine.splices().len());
            prop_assert_eq!(union.apply(&before).len(), edit.apply(&before).len());
        }
    }
}
