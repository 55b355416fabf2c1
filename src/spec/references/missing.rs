//! Why an id names nothing: what is there in its place.

use std::collections::HashMap;

use super::resolver::{is_requirement_word, last_number, lookup_key, series_of};
use super::{IdKind, Known, Resolver};

impl Resolver {
    /// Says why an id that is not known names nothing, in a few words: `Requirement 2 ends at 2.9`.
    pub fn why_missing(&self, written: &str) -> String {
        let id = first_of_range(written);
        if self.known().is_empty() {
            return "there is no criterion to name".to_owned();
        }
        let series = series_of(&lookup_key(id)).to_owned();
        if self.is_foreign(&series) {
            return format!("no requirement begins with {}", letters(id));
        }
        match id.rsplit_once('.') {
            Some((outer, _)) => self.why_missing_in(outer, id),
            None => self.why_no_requirement(id, &series),
        }
    }

    /// Says why a requirement lacks a criterion; where it is not there itself, why that is.
    fn why_missing_in(&self, outer: &str, id: &str) -> String {
        if let Some(last) = self.last_inside(outer) {
            let (name, wanted) = (named(outer), last_number(id));
            return if wanted > last_number(&self.known()[last].id) {
                format!("{name} ends at {}", self.known()[last].id)
            } else {
                format!("{name} has no criterion {wanted}")
            };
        }
        match self.find(outer).map(|found| &self.known()[found]) {
            None => self.why_missing(outer),
            Some(found) if found.kind == IdKind::Criterion => {
                format!("{} is one criterion, without parts", found.id)
            }
            Some(_) => format!("{} has no criteria", named(outer)),
        }
    }

    /// Returns the last of what has an id one number longer than `outer` or than what that names,
    /// else of the criteria in it.
    fn last_inside(&self, outer: &str) -> Option<usize> {
        let ends = self.ends();
        let longer = |id: &str| ends.longer.get(&lookup_key(id)).copied();
        longer(outer).or_else(|| {
            let found = self.find(outer)?;
            longer(&self.known()[found].id).or_else(|| ends.inside.get(&found).copied())
        })
    }

    /// Says why a requirement is not there.
    fn why_no_requirement(&self, id: &str, series: &str) -> String {
        let any = series.is_empty() || is_requirement_word(series);
        let ends = self.ends();
        let last = if any {
            ends.last
        } else {
            ends.series.get(series).copied()
        };
        match last.map(|last| &self.known()[last]) {
            Some(last) if last_number(id) > last_number(&last.id) => {
                format!("the requirements end at {}", last.id)
            }
            _ => format!("there is no requirement {id}"),
        }
    }

    /// Returns whether no known id has these letters.
    fn is_foreign(&self, series: &str) -> bool {
        !series.is_empty() && !is_requirement_word(series) && !self.has_series(series)
    }
}

/// The last known id of each sort, by its number: many references may name nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Ends {
    /// By an id, the last one that is one number longer.
    longer: HashMap<String, usize>,
    /// By a requirement, its last criterion.
    inside: HashMap<usize, usize>,
    /// By its letters, the last requirement that is no part of another.
    series: HashMap<String, usize>,
    /// The last of these.
    last: Option<usize>,
}

impl Ends {
    /// Finds the last ones among known ids.
    pub(super) fn of(known: &[Known]) -> Self {
        let mut ends = Self::default();
        let later = |before: usize, index: usize| {
            let number = |at: usize| last_number(&known[at].id);
            if number(index) >= number(before) {
                index
            } else {
                before
            }
        };
        for (index, one) in known.iter().enumerate() {
            let key = lookup_key(&one.id);
            if let Some((outer, _)) = key.rsplit_once('.') {
                let end = ends.longer.entry(outer.to_owned()).or_insert(index);
                *end = later(*end, index);
            }
            match (one.kind, one.parent) {
                (IdKind::Criterion, Some(parent)) => {
                    let end = ends.inside.entry(parent).or_insert(index);
                    *end = later(*end, index);
                }
                (IdKind::Requirement, None) => {
                    let end = ends
                        .series
                        .entry(series_of(&key).to_owned())
                        .or_insert(index);
                    *end = later(*end, index);
                    ends.last = Some(ends.last.map_or(index, |last| later(last, index)));
                }
                _ => {}
            }
        }
        ends
    }
}

/// Returns the first of the ids of a range that is missing as a whole: `8.1` of `8.1-8.3`.
fn first_of_range(written: &str) -> &str {
    let is_end = |at: usize| {
        let (before, behind) = (&written[..at], &written[at + 1..]);
        before.contains('.')
            && before.ends_with(|char: char| char.is_ascii_digit())
            && behind.starts_with(|char: char| char.is_ascii_alphanumeric())
    };
    let hyphen = || {
        written
            .match_indices('-')
            .map(|(at, _)| at)
            .find(|at| is_end(*at))
    };
    let end = written.find(['–', '—', '~', '〜']).or_else(hyphen);
    written[..end.unwrap_or(written.len())].trim()
}

/// Returns the letters that an id begins with, as they are written.
fn letters(id: &str) -> &str {
    let end = id
        .find(|char: char| char.is_ascii_digit())
        .unwrap_or(id.len());
    id[..end].trim_end_matches(['-', ' ', '_'])
}

/// Names a requirement: one whose id is a number with the word before it.
fn named(id: &str) -> String {
    if id.starts_with(|first: char| first.is_ascii_digit()) {
        format!("Requirement {id}")
    } else {
        id.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::Document;
    use crate::spec::requirements::Requirements;
    use crate::text::Text;

    #[test]
    fn what_is_missing_is_said_by_what_is_there() {
        let numbers = "### Requirement 1: A\n#### Acceptance Criteria\n1. THE S SHALL a\n2. THE S SHALL b\n4. THE S SHALL c\n\
                       ### Requirement 2: B\nwords\n### Requirement 4: C\n#### Acceptance Criteria\n1. THE S SHALL d\n";
        let series = "### FR-1: A\n#### Acceptance Criteria\n1. THE S SHALL a\n";
        let parts = "### 3.1 A（FR-1）\n#### FR-1.1: B\nwords\n#### FR-1.2: C\nwords\n";
        let nested = "## Requirement 1: A\n### Requirement 1.1: B\n#### Acceptance Criteria\n1. THE S SHALL a\n\
                      ### Requirement 1.2: C\n#### Acceptance Criteria\n1. THE S SHALL b\n";
        for (source, id, expected) in [
            (numbers, "1.10", "Requirement 1 ends at 1.4"),
            (numbers, "1.3", "Requirement 1 has no criterion 3"),
            (numbers, "2.1", "Requirement 2 has no criteria"),
            (numbers, "3.1", "there is no requirement 3"),
            (numbers, "5.2", "the requirements end at 4"),
            (numbers, "7", "the requirements end at 4"),
            (numbers, "5.1-5.3", "the requirements end at 4"),
            (numbers, "5.1–5.3", "the requirements end at 4"),
            (numbers, "CP3", "no requirement begins with CP"),
            (numbers, "4.1.2", "4.1 is one criterion, without parts"),
            (series, "FR-1.2", "FR-1 ends at FR-1.1"),
            (series, "FR-2.1", "the requirements end at FR-1"),
            (series, "CP-2", "no requirement begins with CP"),
            (parts, "FR-1.3", "FR-1 ends at FR-1.2"),
            (numbers, "R1.6", "R1 ends at 1.4"),
            (nested, "R1.6", "R1 ends at 1.2"),
            ("words\n", "1.1", "there is no criterion to name"),
        ] {
            let text = Text::new(source);
            let read = Requirements::parse(&text, &Document::parse(&text));
            let resolver = Resolver::of_requirements(&text, &read);
            assert_eq!(resolver.why_missing(id), expected, "{id}");
        }
    }
}
