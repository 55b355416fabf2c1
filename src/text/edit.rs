//! Edits as values: sorted, disjoint splices that can be applied, inverted and carried over later
//! changes.

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
    splices: Vec<Splice>,
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

    /// Random bytes together with an edit that fits them.
    fn text_and_edit() -> impl Strategy<Value = (Vec<u8>, Edit)> {
        proptest::collection::vec(any::<u8>(), 0..60).prop_flat_map(|bytes| {
            let length = bytes.len();
            let cuts = proptest::collection::vec(
                (0..=length, proptest::collection::vec(any::<u8>(), 0..4)),
                0..8,
            );
            (Just(bytes), cuts).prop_map(|(bytes, mut cuts)| {
                cuts.sort_by_key(|cut| cut.0);
                let splices = cuts
                    .chunks_exact(2)
                    .map(|pair| Splice {
                        span: Span::new(pair[0].0, pair[1].0),
                        insert: pair[0].1.clone(),
                    })
                    .collect();
                (bytes, Edit::new(splices).unwrap())
            })
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
    }
}
