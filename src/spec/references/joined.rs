//! The ids of two documents of one feature as those of one: requirements.md, and bugfix.md beside
//! it.

use super::resolver::lookup_key;
use super::{IdKind, Known, Resolver};

/// Where the ids of two documents stand among those of both: what is around criteria first, and of
/// each kind those of the first document first.
struct Places {
    groups: [usize; 2],
    criteria: usize,
}

impl Places {
    fn of(first: &Resolver, second: &Resolver) -> Self {
        let groups = [first, second].map(|resolver| {
            let known = resolver.known().iter();
            known
                .take_while(|known| known.kind == IdKind::Requirement)
                .count()
        });
        Self {
            groups,
            criteria: first.known().len() - groups[0],
        }
    }

    /// Returns the place of an id of the first document.
    fn first(&self, index: usize) -> usize {
        if index < self.groups[0] {
            index
        } else {
            index + self.groups[1]
        }
    }

    /// Returns the place of an id of the second document.
    fn second(&self, index: usize) -> usize {
        if index < self.groups[1] {
            index + self.groups[0]
        } else {
            index + self.groups[0] + self.criteria
        }
    }
}

impl Resolver {
    /// Makes a resolver over the ids of this document and of another one behind it. An id that
    /// stands in both names both.
    #[must_use]
    pub fn joined(&self, other: &Self) -> Self {
        let places = Places::of(self, other);
        let total = self.known().len() + other.known().len();
        let mut known: Vec<Option<Known>> = vec![None; total];
        for (index, own) in self.known().iter().enumerate() {
            let parent = own.parent.map(|parent| places.first(parent));
            known[places.first(index)] = Some(Known {
                parent,
                ..own.clone()
            });
        }
        for (index, own) in other.known().iter().enumerate() {
            let parent = own.parent.map(|parent| places.second(parent));
            known[places.second(index)] = Some(Known {
                parent,
                ..own.clone()
            });
        }
        let mut joined = Self::new(known.into_iter().flatten().collect());
        joined.take_names(self, |index| places.first(index));
        joined.take_names(other, |index| places.second(index));
        for (index, twin) in other.known().iter().enumerate() {
            let twin_at = places.second(index);
            let named = self.find_written(&lookup_key(&twin.id));
            if let Some(found) = named.map(|found| places.first(found)) {
                joined.add_twin(found, twin_at);
            }
        }
        joined
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::references::Resolution;
    use crate::text::{Span, Text};

    fn resolver(groups: &[(&str, &[&str])]) -> Resolver {
        let known = |id: &str, kind, parent| Known {
            id: id.to_owned(),
            kind,
            parent,
            needs_task: true,
        };
        let mut all: Vec<Known> = groups
            .iter()
            .map(|(id, _)| known(id, IdKind::Requirement, None))
            .collect();
        for (parent, (_, criteria)) in groups.iter().enumerate() {
            let criteria = criteria.iter();
            all.extend(criteria.map(|id| known(id, IdKind::Criterion, Some(parent))));
        }
        Resolver::new(all)
    }

    #[test]
    fn an_id_that_two_documents_have_names_both() {
        let first = resolver(&[("1", &["1.1", "1.2"]), ("2", &["2.1"])]);
        let second = resolver(&[("1", &["1.1"]), ("4", &["4.1", "4.2"])]);
        let joined = first.joined(&second);
        let ids: Vec<&str> = joined.known().iter().map(|known| &*known.id).collect();
        let criteria = ["1.1", "1.2", "2.1", "1.1", "4.1", "4.2"];
        assert_eq!(ids, [&["1", "2", "1", "4"][..], &criteria].concat());
        let parents: Vec<Option<usize>> = joined.known()[4..]
            .iter()
            .map(|known| known.parent)
            .collect();
        assert_eq!(parents, [0, 0, 1, 2, 3, 3].map(Some));
        for (body, expected) in [
            ("1.1", &[4, 7][..]),
            ("1", &[0, 2]),
            ("2.1", &[6]),
            ("4.2", &[9]),
            ("4", &[3]),
        ] {
            let text = Text::new(body);
            let resolved = joined.resolve_body(&text, Span::new(0, body.len()));
            let Resolution::Found(found) = &resolved[0].resolutions[0] else {
                panic!("{body}: {resolved:?}");
            };
            assert_eq!(&found[..], expected, "{body}");
        }
    }
}
