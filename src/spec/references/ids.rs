//! Known ids that a reference names: a part of a list that many references may share.

use std::ops::{Deref, Range};
use std::sync::Arc;

/// Indexes of known ids, in order. Two are equal where they hold the same indexes.
#[derive(Clone, Debug)]
pub struct Ids {
    all: Arc<[usize]>,
    part: Range<usize>,
}

impl Ids {
    /// Makes a part of a list, without copying it.
    pub(super) fn part_of(all: &Arc<[usize]>, part: Range<usize>) -> Self {
        let end = part.end.min(all.len());
        Self {
            all: Arc::clone(all),
            part: part.start.min(end)..end,
        }
    }
}

impl Deref for Ids {
    type Target = [usize];

    fn deref(&self) -> &[usize] {
        &self.all[self.part.clone()]
    }
}

impl From<Vec<usize>> for Ids {
    fn from(ids: Vec<usize>) -> Self {
        Self {
            part: 0..ids.len(),
            all: ids.into(),
        }
    }
}

impl PartialEq for Ids {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Ids {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_share_their_list() {
        let all: Arc<[usize]> = vec![1, 2, 3, 4].into();
        let part = Ids::part_of(&all, 1..3);
        assert_eq!(part[..], [2, 3]);
        assert_eq!(part, Ids::from(vec![2, 3]));
        assert!(Ids::part_of(&all, 5..9).is_empty());
        assert_eq!(Arc::strong_count(&all), 2);
    }
}
