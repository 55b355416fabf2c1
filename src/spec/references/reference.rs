//! One reference: where it stands and what it says, with ids as they are written.

use std::borrow::Cow;

use crate::text::{Span, Text};

/// One reference of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// All of it, with a word before the id, without a remark behind it.
    pub span: Span,
    /// What it says.
    pub kind: ReferenceKind,
}

/// What a reference says. Ids are spans, for they are as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceKind {
    /// A criterion or a whole requirement: `1.2`, `FR-1`.
    Id(Span),
    /// A criterion by the numbers of its requirement and its own: `Req 7 AC 1`.
    Criterion {
        /// The id of the requirement, which may stand before another reference of the list.
        requirement: Span,
        /// The number of the criterion.
        criterion: Span,
    },
    /// Criteria of one requirement from the first to the last: `Req 7 AC 1-3`.
    Criteria {
        /// The id of the requirement, which may stand before another reference of the list.
        requirement: Span,
        /// The number of the first criterion.
        from: Span,
        /// The number of the last.
        to: Span,
    },
    /// All from the first to the last: `1.1-1.5`.
    Range {
        /// The first id.
        from: Span,
        /// The last id.
        to: Span,
    },
    /// What looks like an id, or a range of two, at the end of words: `user context for 1.1`. It is
    /// prose where it names nothing.
    InWords {
        /// The first id.
        from: Span,
        /// The last id; the same where there is one.
        to: Span,
    },
    /// The same in the words behind an id: `1.1 validation 3.1`. It is nothing at all where it
    /// names nothing.
    InRemark {
        /// The first id.
        from: Span,
        /// The last id; the same where there is one.
        to: Span,
    },
    /// Every requirement.
    All,
    /// No requirement, said so: `N/A`.
    Nothing,
    /// Words.
    Prose,
}

impl Reference {
    /// Returns the reference as written, without words before an id: `1.1-1.5`, `FR-1`, `All`; a
    /// criterion with its requirement, as `7.1` for `Req 7 AC 1`.
    pub fn written(self, text: &Text) -> Cow<'_, str> {
        let lossy = |span| text.lossy(span);
        match self.kind {
            ReferenceKind::Id(id) => lossy(id),
            ReferenceKind::Range { from, to } => lossy(Span::new(from.start, to.end)),
            ReferenceKind::Criterion {
                requirement,
                criterion,
            } => format!("{}.{}", lossy(requirement), lossy(criterion)).into(),
            ReferenceKind::Criteria {
                requirement,
                from,
                to,
            } => {
                let requirement = lossy(requirement);
                format!("{requirement}.{}-{requirement}.{}", lossy(from), lossy(to)).into()
            }
            _ => lossy(self.span),
        }
    }

    /// Returns whether it is words, perhaps with an id in them.
    pub fn is_words(self) -> bool {
        matches!(
            self.kind,
            ReferenceKind::Prose | ReferenceKind::InWords { .. }
        )
    }

    /// Returns where the ids in it are written, each in one reference of a list only.
    pub fn ids(self) -> impl Iterator<Item = Span> {
        let ids = match self.kind {
            ReferenceKind::Id(id) => [Some(id), None, None],
            ReferenceKind::Criterion {
                requirement,
                criterion,
            } => [Some(requirement), Some(criterion), None],
            ReferenceKind::Criteria {
                requirement,
                from,
                to,
            } => [Some(requirement), Some(from), Some(to)],
            ReferenceKind::Range { from, to } => [Some(from), Some(to), None],
            ReferenceKind::InWords { from, to } | ReferenceKind::InRemark { from, to } => {
                [Some(from), Some(to).filter(|to| *to != from), None]
            }
            ReferenceKind::All | ReferenceKind::Nothing | ReferenceKind::Prose => [None; 3],
        };
        ids.into_iter()
            .flatten()
            .filter(move |id| id.start >= self.span.start)
    }
}
