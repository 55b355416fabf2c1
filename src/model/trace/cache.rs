//! What the trace needs of the documents at each key, made once for each version of them.
//!
//! Knows no rules: how rows and columns follow from the documents is for the trace.

use std::cell::{OnceCell, RefCell};
use std::sync::Arc;

use super::rows::TraceNeeds;
use super::{Row, RowKind, TraceForm};

/// A form of the trace, and whether covered criteria are hidden.
type Arrangement = (TraceForm, bool);

/// What was worked out of the trace for one version of the documents.
#[derive(Clone, Debug, Default)]
pub struct TraceCache {
    needs: OnceCell<TraceNeeds>,
    /// The rows without what the one under the cursor takes more, for a form and whether covered
    /// criteria are hidden.
    plain: RefCell<Option<(Arrangement, Arc<[Row]>)>>,
    /// The rows with it.
    opened: RefCell<Option<Opened>>,
}

/// They follow from the documents, and tell no two of them apart.
impl PartialEq for TraceCache {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for TraceCache {}

/// Rows in which one takes several.
#[derive(Clone, Debug)]
struct Opened {
    plain: Arc<[Row]>,
    at: usize,
    more: usize,
    rows: Arc<[Row]>,
}

impl TraceCache {
    /// Returns the widths, found out where they are not known.
    pub(super) fn needs(&self, make: impl FnOnce() -> TraceNeeds) -> &TraceNeeds {
        self.needs.get_or_init(make)
    }

    /// Returns the rows of a form with covered criteria or without, made where they are not kept.
    pub(super) fn plain(
        &self,
        basis: (TraceForm, bool),
        make: impl FnOnce() -> Vec<Row>,
    ) -> Arc<[Row]> {
        if let Some((kept, rows)) = &*self.plain.borrow()
            && *kept == basis
        {
            return Arc::clone(rows);
        }
        let rows: Arc<[Row]> = make().into();
        self.plain.replace(Some((basis, Arc::clone(&rows))));
        rows
    }

    /// Returns rows with `more` of them behind the one at `at`.
    pub(super) fn opened(&self, plain: Arc<[Row]>, at: usize, more: usize) -> Arc<[Row]> {
        if let Some(kept) = &*self.opened.borrow()
            && (kept.at, kept.more) == (at, more)
            && Arc::ptr_eq(&kept.plain, &plain)
        {
            return Arc::clone(&kept.rows);
        }
        let line = plain[at].line;
        let rest = (1..=more).map(|part| Row {
            line,
            kind: RowKind::Rest(part),
        });
        let (before, after) = plain.split_at(at + 1);
        let rows: Arc<[Row]> = before
            .iter()
            .copied()
            .chain(rest)
            .chain(after.iter().copied())
            .collect();
        self.opened.replace(Some(Opened {
            plain,
            at,
            more,
            rows: Arc::clone(&rows),
        }));
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TraceSection;

    #[test]
    fn a_row_is_opened_in_a_copy_that_is_kept() {
        let kept = TraceCache::default();
        let row = |line: usize| Row {
            line,
            kind: RowKind::Traced(TraceSection::Gaps, line, 0),
        };
        let make = || vec![row(3), row(7)];
        let plain = kept.plain((TraceForm::List, false), make);
        let again = kept.plain((TraceForm::List, false), Vec::new);
        assert!(Arc::ptr_eq(&plain, &again));
        let opened = kept.opened(Arc::clone(&plain), 0, 2);
        let kinds: Vec<bool> = opened.iter().map(|row| row.is_part()).collect();
        assert_eq!(kinds, [false, true, true, false]);
        assert!(Arc::ptr_eq(&opened, &kept.opened(Arc::clone(&plain), 0, 2)));
        assert_eq!(kept.opened(plain, 1, 1).len(), 3);
    }
}
