//! What the trace needs of the documents at each key, made once for each version of them.
//!
//! Knows no rules: how rows and columns follow from the documents is for the trace.

use std::cell::{OnceCell, RefCell};
use std::sync::Arc;

use super::{Needs, Row};

/// Which criteria are shown: only gaps, and without those that are finished.
type Shown = (bool, bool);

/// The rows that were asked for last, and what the columns need.
#[derive(Clone, Debug, Default)]
pub struct TraceCache {
    rows: RefCell<Option<(Shown, Arc<[Row]>)>>,
    needs: OnceCell<Needs>,
}

/// It follows from the documents, and tells no two of them apart.
impl PartialEq for TraceCache {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for TraceCache {}

impl TraceCache {
    /// Returns the kept rows where they are those of what is `shown`, else those that `make` gives.
    pub fn rows(&self, shown: Shown, make: impl FnOnce() -> Vec<Row>) -> Arc<[Row]> {
        if let Some((of, rows)) = &*self.rows.borrow()
            && *of == shown
        {
            return Arc::clone(rows);
        }
        let rows: Arc<[Row]> = make().into();
        self.rows.replace(Some((shown, Arc::clone(&rows))));
        rows
    }

    /// Returns what the columns need, which `make` finds out.
    pub fn needs(&self, make: impl FnOnce() -> Needs) -> &Needs {
        self.needs.get_or_init(make)
    }
}
