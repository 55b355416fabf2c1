//! Resolving references: which known id does a reference mean?
//!
//! An id matches exactly; else by its numbers, where the known ids have one series. Words before an id do not count.

use std::collections::{HashMap, HashSet};

use super::{Reference, ReferenceKind, read_references};
use crate::spec::id::{id_key, key_digits};
use crate::spec::piece::readable;
use crate::spec::requirements::Requirements;
use crate::text::{Span, Text};

/// What an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IdKind {
    /// A whole requirement.
    Requirement,
    /// One criterion.
    Criterion,
}

/// An id that references may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The id as printed.
    pub id: String,
    /// What it names.
    pub kind: IdKind,
    /// The requirement around it, as an index into the known ids.
    pub parent: Option<usize>,
}

/// What became of a reference. Numbers are indexes into the known ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// It names these, in the order of the document.
    Found(Vec<usize>),
    /// It names every requirement: these.
    All(Vec<usize>),
    /// It is an id, as written, that names nothing.
    Dangling(String),
    /// It is words.
    Prose,
    /// It says that there is nothing to name.
    Nothing,
}

/// A reference with what became of it: one resolution, or several for a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The reference as it stands in its text.
    pub reference: Reference,
    /// What it names.
    pub resolutions: Vec<Resolution>,
}

/// The ids of a feature, ready to be looked up.
#[derive(Clone, Debug, Default)]
pub struct Resolver {
    known: Vec<Known>,
    exact: HashMap<String, usize>,
    /// By numbers alone, for each kind that has one series.
    digits: HashMap<String, usize>,
    /// For each known id, the first of its kind that is equal.
    first: Vec<usize>,
}

impl Resolver {
    /// Makes a resolver over the ids of `known`, which are in the order of the document. Of two equal ids the first counts, a requirement
    /// before a criterion.
    pub fn new(known: Vec<Known>) -> Self {
        let mut exact = HashMap::with_capacity(known.len());
        let mut first: Vec<usize> = (0..known.len()).collect();
        let mut digits = HashMap::new();
        for kind in [IdKind::Requirement, IdKind::Criterion] {
            let of_kind =
                || known.iter().enumerate().filter(|(_, known)| known.kind == kind).map(|(index, known)| (index, id_key(&known.id)));
            let series: HashSet<String> = of_kind().map(|(_, key)| series_of(&key).to_owned()).collect();
            let mut seen = HashMap::new();
            for (index, key) in of_kind() {
                first[index] = *seen.entry(key.clone()).or_insert(index);
                if series.len() == 1 {
                    digits.entry(key_digits(&key).to_owned()).or_insert(index);
                }
                exact.entry(key).or_insert(index);
            }
        }
        Self { known, exact, digits, first }
    }

    /// Makes a resolver over the requirements and criteria of a document.
    ///
    /// A criterion is also found by its own written id where that is unlike its full one, such as `AC-7`.
    pub fn of_requirements(text: &Text, requirements: &Requirements) -> Self {
        let headings = requirements.requirements.iter();
        let mut known: Vec<Known> = headings
            .map(|requirement| Known { id: requirement.id.clone(), kind: IdKind::Requirement, parent: requirement.parent })
            .collect();
        let first = known.len();
        let criteria = requirements.criteria.iter();
        known.extend(criteria.map(|found| Known { id: found.id.clone(), kind: IdKind::Criterion, parent: found.requirement }));
        let mut resolver = Self::new(known);
        for (index, criterion) in requirements.criteria.iter().enumerate() {
            let written = criterion.written.map(|span| id_key(readable(text.slice(span))));
            if let Some(key) = written.filter(|key| !series_of(key).is_empty()) {
                resolver.exact.entry(key).or_insert(first + index);
            }
        }
        resolver
    }

    /// Gives the known ids.
    pub fn known(&self) -> &[Known] {
        &self.known
    }

    /// Gives the first known id that is equal to a known one; mostly itself.
    pub fn first_of(&self, known: usize) -> usize {
        self.first[known]
    }

    /// Finds the id that `written` means.
    pub fn find(&self, written: &str) -> Option<usize> {
        let key = id_key(written);
        let by_digits = || {
            let series = series_of(&key);
            let foreign = !series.is_empty() && self.known.iter().any(|known| series_of(&id_key(&known.id)) == series);
            self.digits.get(key_digits(&key)).filter(|_| !foreign)
        };
        self.exact.get(&key).or_else(by_digits).copied()
    }

    /// Reads and resolves all references in a `body` of `text`.
    pub fn resolve_body(&self, text: &Text, body: Span) -> Vec<Resolved> {
        let references = read_references(text, body).into_iter();
        references.map(|reference| Resolved { reference, resolutions: self.resolve(text, &reference) }).collect()
    }

    /// Resolves one reference of `text`. A range of which only a part exists gives that part and what is missing.
    pub fn resolve(&self, text: &Text, reference: &Reference) -> Vec<Resolution> {
        let written = |span: Span| readable(text.slice(span));
        match reference.kind {
            ReferenceKind::Id(id) => vec![self.resolve_id(written(id))],
            ReferenceKind::Criterion { requirement, criterion } => {
                vec![self.resolve_id(&format!("{}.{}", written(requirement), written(criterion)))]
            }
            ReferenceKind::Criteria { requirement, from, to } => {
                let [from, to] = [from, to].map(|number| format!("{}.{}", written(requirement), written(number)));
                self.resolve_range(&format!("{from}-{to}"), &from, &to)
            }
            ReferenceKind::Range { from, to } => self.resolve_range(written(Span::new(from.start, to.end)), written(from), written(to)),
            ReferenceKind::InWords { from, to } => self.known_range(written(from), written(to)).unwrap_or(vec![Resolution::Prose]),
            ReferenceKind::InRemark { from, to } => self.known_range(written(from), written(to)).unwrap_or_default(),
            ReferenceKind::All => vec![Resolution::All(self.requirements())],
            ReferenceKind::Nothing => vec![Resolution::Nothing],
            ReferenceKind::Prose => vec![Resolution::Prose],
        }
    }

    /// Gives every requirement that is not a part of another; every criterion where there are no requirements.
    fn requirements(&self) -> Vec<usize> {
        let of = |kind| self.known.iter().enumerate().filter(move |(_, known)| known.kind == kind).map(|(index, _)| index);
        let requirements: Vec<usize> = of(IdKind::Requirement).collect();
        if requirements.is_empty() { of(IdKind::Criterion).collect() } else { requirements }
    }

    fn resolve_id(&self, written: &str) -> Resolution {
        self.find(written).map_or_else(|| Resolution::Dangling(written.to_owned()), |found| Resolution::Found(vec![found]))
    }

    /// Resolves ids in words: only what exists, and with a prefix only as it is written.
    fn known_range(&self, from: &str, to: &str) -> Option<Vec<Resolution>> {
        let is_bare = from.starts_with(|char: char| char.is_ascii_digit());
        let is_known = |id: &str| if is_bare { self.find(id).is_some() } else { self.exact.contains_key(&id_key(id)) };
        let whole = if from == to { from.to_owned() } else { format!("{from}-{to}") };
        let both = is_known(from) && is_known(&completed(from, to));
        both.then(|| if from == to { vec![self.resolve_id(from)] } else { self.resolve_range(&whole, from, to) })
    }

    fn resolve_range(&self, whole: &str, from: &str, to: &str) -> Vec<Resolution> {
        if let Some(found) = self.exact.get(&id_key(whole)) {
            return vec![Resolution::Found(vec![*found])];
        }
        let to = completed(from, to);
        match (self.find(from), self.find(&to)) {
            (None, None) => vec![Resolution::Dangling(whole.to_owned())],
            (Some(first), Some(last)) if self.known[first].kind == self.known[last].kind && first <= last => {
                vec![Resolution::Found(self.between(first, last))]
            }
            (Some(first), None) => vec![Resolution::Found(self.siblings_behind(first, &to)), Resolution::Dangling(to)],
            _ => [from, &to].map(|id| self.resolve_id(id)).to_vec(),
        }
    }

    /// Gives the ids of one kind from `first` to `last`, in the written order.
    fn between(&self, first: usize, last: usize) -> Vec<usize> {
        (first..=last).filter(|index| self.known[*index].kind == self.known[first].kind).collect()
    }

    /// Gives `first` and those behind it in the same requirement whose number is not above that of `to`.
    fn siblings_behind(&self, first: usize, to: &str) -> Vec<usize> {
        let last = last_number(to);
        let sibling =
            |index: &usize| self.known[*index].kind == self.known[first].kind && self.known[*index].parent == self.known[first].parent;
        (first..self.known.len()).filter(sibling).filter(|index| last_number(&self.known[*index].id) <= last).collect()
    }
}

/// Gives the letters of a key before its numbers.
fn series_of(key: &str) -> &str {
    key[..key.len() - key_digits(key).len()].trim_end_matches('-')
}

/// Gives the end of a range with what its beginning has and it leaves out: `R8.1–8.4` means `R8.4`, `1.1-5` means `1.5`.
fn completed(from: &str, to: &str) -> String {
    let (from_numbers, to_numbers) = (from.matches('.').count(), to.matches('.').count());
    let prefix = from.find(|char: char| char.is_ascii_digit()).map_or("", |start| &from[..start]);
    let bare = to.starts_with(|char: char| char.is_ascii_digit());
    match from.rsplit_once('.') {
        Some((parent, _)) if bare && to_numbers == 0 && from_numbers > 0 => format!("{parent}.{to}"),
        _ if bare => format!("{prefix}{to}"),
        _ => to.to_owned(),
    }
}

/// Gives the last number of an id.
fn last_number(id: &str) -> u64 {
    let digits = id.trim_end_matches(|char: char| !char.is_ascii_digit());
    let start = digits.rfind(|char: char| !char.is_ascii_digit()).map_or(0, |before| before + 1);
    digits.get(start..).and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolver(requirements: &[(&str, usize)]) -> Resolver {
        let mut known: Vec<Known> = Vec::new();
        for (id, _) in requirements {
            known.push(Known { id: (*id).to_owned(), kind: IdKind::Requirement, parent: None });
        }
        for (index, (id, criteria)) in requirements.iter().enumerate() {
            for number in 1..=*criteria {
                known.push(Known { id: format!("{id}.{number}"), kind: IdKind::Criterion, parent: Some(index) });
            }
        }
        Resolver::new(known)
    }

    fn drawn(resolver: &Resolver, body: &str) -> String {
        let text = Text::new(body);
        let ids = |found: &[usize]| found.iter().map(|index| resolver.known()[*index].id.clone()).collect::<Vec<_>>().join(" ");
        let draw = |resolution: &Resolution| match resolution {
            Resolution::Found(found) => ids(found),
            Resolution::All(found) => format!("all({})", ids(found)),
            Resolution::Dangling(id) => format!("?{id}"),
            Resolution::Prose => "prose".to_owned(),
            Resolution::Nothing => "nothing".to_owned(),
        };
        let references = read_references(&text, Span::new(0, body.len()));
        let resolved: Vec<Resolution> = references.iter().flat_map(|reference| resolver.resolve(&text, reference)).collect();
        resolved.iter().map(draw).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn references_of_one_series() {
        let resolver = resolver(&[("1", 3), ("2", 2), ("2A", 1)]);
        for (body, expected) in [
            ("1.1, 2.2", "1.1 2.2"),
            ("2", "2"),
            ("2A.1, 2A", "2A.1 2A"),
            ("1.2-1.3", "1.2 1.3"),
            ("1.2-3", "1.2 1.3"),
            ("1.3-2.1", "1.3 2.1"),
            ("1-2", "1 2"),
            ("1.2-1.5", "1.2 1.3 ?1.5"),
            ("8.1-8.3", "?8.1-8.3"),
            ("R1.1, FR-2", "1.1 2"),
            ("R1.1–1.3", "1.1 1.2 1.3"),
            ("Req 1 AC 2", "1.2"),
            ("9.9", "?9.9"),
            ("1.9", "?1.9"),
            ("All", "all(1 2 2A)"),
            ("N/A, Testing", "nothing prose"),
        ] {
            assert_eq!(drawn(&resolver, body), expected, "{body:?}");
        }
    }

    #[test]
    fn references_of_several_series() {
        let resolver = resolver(&[("FR-1", 2), ("NFR-1", 1)]);
        for (body, expected) in [
            ("FR-1", "FR-1"),
            ("fr-1.2", "?"),
            ("FR-01.2", "FR-1.2"),
            ("NFR-1.1", "NFR-1.1"),
            ("1.1", "?1.1"),
            ("US-1", "?US-1"),
            ("FR-9", "?FR-9"),
        ] {
            let expected = if expected == "?" { "prose" } else { expected };
            assert_eq!(drawn(&resolver, body), expected, "{body:?}");
        }
    }

    #[test]
    fn a_series_with_a_prefix_is_found_by_numbers() {
        let resolver = resolver(&[("US-001", 2), ("US-002", 1)]);
        for (body, expected) in [("US-1", "US-001"), ("1", "US-001"), ("1.2", "US-001.2"), ("US-001 - US-002", "US-001 US-002")] {
            assert_eq!(drawn(&resolver, body), expected, "{body:?}");
        }
    }
}
