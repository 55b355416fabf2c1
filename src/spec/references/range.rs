//! Ranges of ids: which known ones stand between two ends, by their numbers and wherever in the
//! document they are.

use std::sync::Arc;

use super::resolver::{is_criterion_word, series_of};
use super::{IdKind, Ids, Resolution, Resolver};
use crate::spec::id::{id_key, key_digits};

/// Where an id stands: its series, and its numbers with the letter behind each.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    series: String,
    numbers: Vec<(u64, String)>,
}

impl Place {
    /// Returns the place of an id. A word for a criterion is no series.
    fn of(id: &str) -> Self {
        let key = id_key(id);
        let series = Some(series_of(&key))
            .filter(|series| !is_criterion_word(series))
            .unwrap_or_default();
        Self {
            series: series.to_owned(),
            numbers: key_digits(&key).split(['.', '-']).map(numbered).collect(),
        }
    }

    /// Returns the place of a missing end, as it is written, beside an end at this place: in the
    /// same series, and with as many numbers.
    fn beside(&self, written: &str) -> Self {
        let mut numbers = Self::of(written).numbers;
        if numbers.len() != self.numbers.len() {
            let first = self
                .numbers
                .iter()
                .take(self.numbers.len().saturating_sub(1));
            numbers = first.chain(numbers.last()).cloned().collect();
        }
        Self {
            series: self.series.clone(),
            numbers,
        }
    }
}

/// Parts a number of an id from the letter behind it: `2a`.
fn numbered(part: &str) -> (u64, String) {
    let end = part
        .find(|char: char| !char.is_ascii_digit())
        .unwrap_or(part.len());
    (
        part[..end].parse().unwrap_or(u64::MAX),
        part[end..].to_owned(),
    )
}

impl Resolver {
    /// Resolves the ids from `from` to `to`. Where an end is missing, those between are named
    /// nevertheless.
    pub(super) fn resolve_range(&self, whole: &str, from: &str, to: &str) -> Vec<Resolution> {
        if let Some(found) = self.find_written(whole) {
            return vec![Resolution::Found(vec![found].into())];
        }
        let to = completed(from, to);
        let resolved = match (self.find(from), self.find(&to)) {
            (Some(first), Some(last)) => vec![Resolution::Found(self.ids_between(first, last))],
            (Some(first), None) => {
                let end = self.place(first).beside(&to);
                vec![
                    Resolution::Found(self.between(
                        self.known()[first].kind,
                        &self.place(first),
                        &end,
                    )),
                    Resolution::Dangling(to.clone()),
                ]
            }
            (None, Some(last)) => {
                let start = self.place(last).beside(from);
                let found = self.between(self.known()[last].kind, &start, &self.place(last));
                vec![
                    Resolution::Dangling(from.to_owned()),
                    Resolution::Found(found),
                ]
            }
            (None, None) => return self.resolve_inside(whole, from, &to),
        };
        let is_empty = resolved
            .iter()
            .any(|one| matches!(one, Resolution::Found(found) if found.is_empty()));
        if is_empty {
            [from, &to].map(|id| self.resolve_id(id)).to_vec()
        } else {
            resolved
        }
    }

    /// Resolves a range of which both ends are missing.
    fn resolve_inside(&self, whole: &str, from: &str, to: &str) -> Vec<Resolution> {
        let [start, end] = [from, to].map(Place::of);
        let kinds = [IdKind::Requirement, IdKind::Criterion].into_iter();
        let same = |index: &usize| self.place(*index).numbers.len() == start.numbers.len();
        let mut found = kinds.map(|kind| {
            let found = self.between(kind, &start, &end);
            found.iter().copied().filter(same).collect::<Vec<_>>()
        });
        match found.find(|found| !found.is_empty()) {
            Some(found) => vec![
                Resolution::Dangling(from.to_owned()),
                Resolution::Found(found.into()),
                Resolution::Dangling(to.to_owned()),
            ],
            None => vec![Resolution::Dangling(whole.to_owned())],
        }
    }

    /// Returns the ids between two known ones: by their numbers where they are of one series, else
    /// by the order of the document.
    fn ids_between(&self, first: usize, last: usize) -> Ids {
        let kind = self.known()[first].kind;
        let [start, end] = [first, last].map(|index| self.place(index));
        match kind == self.known()[last].kind {
            true if start.series == end.series => self.between(kind, &start, &end),
            true => (first..=last)
                .filter(|index| self.known()[*index].kind == kind)
                .collect::<Vec<_>>()
                .into(),
            false => Vec::new().into(),
        }
    }

    /// Returns the ids of one kind and one series from `start` to `end`, in the order of their
    /// numbers; of equal ones the first.
    fn between(&self, kind: IdKind, start: &Place, end: &Place) -> Ids {
        let Places { places, ids } = self.places(kind);
        let is_before =
            |place: &Place| (&place.series, &place.numbers) < (&start.series, &start.numbers);
        let is_inside =
            |place: &Place| (&place.series, &place.numbers) <= (&start.series, &end.numbers);
        let from = places.partition_point(is_before);
        let to = places.partition_point(is_inside);
        Ids::part_of(ids, from..to.max(from))
    }

    fn place(&self, known: usize) -> Place {
        Place::of(&self.known()[known].id)
    }

    /// Puts all ids of one kind in the order of their numbers, of equal ones the first.
    pub(super) fn sorted(&self, kind: IdKind) -> Places {
        let of_kind = (0..self.known().len())
            .filter(|index| self.known()[*index].kind == kind && self.first_of(*index) == *index);
        let mut sorted: Vec<(Place, usize)> =
            of_kind.map(|index| (self.place(index), index)).collect();
        sorted.sort();
        let (places, ids): (Vec<Place>, Vec<usize>) = sorted.into_iter().unzip();
        Places {
            places,
            ids: ids.into(),
        }
    }
}

/// All ids of one kind in the order of their numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Places {
    places: Vec<Place>,
    ids: Arc<[usize]>,
}

/// Returns the end of a range with what its beginning has and it leaves out: `R8.1–8.4` means
/// `R8.4`, `1.1-5` means `1.5`.
pub(super) fn completed(from: &str, to: &str) -> String {
    let (from_numbers, to_numbers) = (from.matches('.').count(), to.matches('.').count());
    let prefix = from
        .find(|char: char| char.is_ascii_digit())
        .map_or("", |start| &from[..start]);
    let bare = to.starts_with(|char: char| char.is_ascii_digit());
    match from.rsplit_once('.') {
        Some((parent, _)) if bare && to_numbers == 0 && from_numbers > 0 => {
            format!("{parent}.{to}")
        }
        _ if bare => format!("{prefix}{to}"),
        _ => to.to_owned(),
    }
}
