//! The ids of a feature: which of them does a written one mean?
//!
//! An id matches exactly; else by its numbers, where the known ids have one series. Words before an
//! id do not count.

use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;
use std::sync::OnceLock;

use super::Ids;
use super::missing::Ends;
use super::own_words::own_words;
use super::range::Places;
use super::topics::{Topic, topics_of};
use crate::spec::aliases::INDEX;
use crate::spec::id::{id_key, key_digits, read_id};
use crate::spec::requirements::{Requirement, Requirements};
use crate::spec::source_str::readable;
use crate::text::{Span, Text};

/// Returns whether a heading says that it is a requirement, by a word, by the letters of its id or
/// by a story. A number alone may be that of a chapter.
fn is_one_by_name(text: &Text, requirement: &Requirement) -> bool {
    let start = text.lines()[requirement.line].content.start;
    let before = requirement.written.map(|id| Span::new(start, id.start));
    let before = before.map_or("", |before| readable(text.slice(before)));
    let has_letters = |words: &str| words.contains(char::is_alphabetic);
    requirement.story.is_some() || has_letters(&requirement.id) || has_letters(before)
}

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
    /// Whether a task has to cover it; of a requirement, where nothing stands in it. None has to do
    /// what a bug does.
    pub needs_task: bool,
}

/// The ids of a feature, ready to be looked up.
#[derive(Clone, Debug, Default)]
pub struct Resolver {
    known: Vec<Known>,
    exact: HashMap<String, usize>,
    /// By numbers alone.
    by_digits: HashMap<String, SameDigits>,
    /// For each known id, the first of its kind that is equal.
    first: Vec<usize>,
    /// The series of all known ids.
    series: HashSet<String>,
    /// For each known id, those directly inside it.
    inside: HashMap<usize, Vec<usize>>,
    /// For each id that others share, these: the criterion with the id of a requirement, and what
    /// has the same id in another document.
    twins: HashMap<usize, Vec<usize>>,
    /// By an id that itself is not known, the outermost ones that begin with it.
    groups: HashMap<String, Vec<usize>>,
    /// The words before the numbers of the file's own headings, in lower case, where no language has
    /// them: `feature`, `故事`.
    own_words: Vec<String>,
    topics: Vec<Topic>,
    /// What is asked for by a few references only.
    places: [OnceLock<Places>; 2],
    requirements: OnceLock<Ids>,
    ends: OnceLock<Ends>,
}

/// The known ids with the same numbers.
#[derive(Clone, Debug, Default)]
struct SameDigits {
    /// The first of a kind that has one series, a requirement before a criterion.
    of_one_series: Option<usize>,
    /// All, whatever the series.
    all: Vec<usize>,
}

impl PartialEq for Resolver {
    fn eq(&self, other: &Self) -> bool {
        // All else follows from these.
        self.known == other.known && self.exact == other.exact
    }
}

impl Eq for Resolver {}

impl Resolver {
    /// Makes a resolver over the ids of `known`, which are in the order of the document. Of two
    /// equal ids the first counts, a requirement before a criterion.
    pub fn new(known: Vec<Known>) -> Self {
        let keys: Vec<String> = known.iter().map(|known| lookup_key(&known.id)).collect();
        let mut exact = HashMap::with_capacity(known.len());
        let mut first: Vec<usize> = (0..known.len()).collect();
        let mut by_digits: HashMap<String, SameDigits> = HashMap::with_capacity(known.len());
        for kind in [IdKind::Requirement, IdKind::Criterion] {
            let of_kind = || {
                let keys = keys.iter().map(String::as_str).enumerate();
                keys.filter(|(index, _)| known[*index].kind == kind)
            };
            let series: HashSet<&str> = of_kind()
                .filter(|(_, key)| !key.contains(' '))
                .map(|(_, key)| series_of(key))
                .collect();
            let mut seen = HashMap::with_capacity(known.len());
            for (index, key) in of_kind() {
                first[index] = *seen.entry(key).or_insert(index);
                let same = by_digits.entry(key_digits(key).to_owned()).or_default();
                same.all.push(index);
                if series.len() == 1 && !key.contains(' ') {
                    same.of_one_series.get_or_insert(index);
                }
                exact.entry(key.to_owned()).or_insert(index);
            }
        }
        for (index, key) in keys.iter().enumerate() {
            let is_criterion = known[index].kind == IdKind::Criterion;
            if is_criterion && is_criterion_word(series_of(key)) {
                exact.entry(key_digits(key).to_owned()).or_insert(index);
            }
        }
        let mut resolver = Self {
            topics: topics_of(&known),
            known,
            exact,
            by_digits,
            first,
            ..Self::default()
        };
        resolver.index(&keys);
        resolver
    }

    /// Notes what is near what. `keys` are those of the known ids.
    fn index(&mut self, keys: &[String]) {
        for (index, (known, key)) in self.known.iter().zip(keys).enumerate() {
            if known.kind == IdKind::Criterion
                && let Some(twin) = self.exact.get(key)
                && self.known[*twin].kind == IdKind::Requirement
            {
                self.twins.insert(*twin, vec![index]);
            }
            if let Some((group, _)) = key.rsplit_once('.')
                && known.parent.is_none()
                && !self.exact.contains_key(group)
            {
                self.groups.entry(group.to_owned()).or_default().push(index);
            }
            if !self.series.contains(series_of(key)) {
                self.series.insert(series_of(key).to_owned());
            }
            if let Some(parent) = known.parent.filter(|parent| *parent != index) {
                self.inside.entry(parent).or_default().push(index);
            }
        }
    }

    /// Returns all ids of one kind in the order of their numbers.
    pub(super) fn places(&self, kind: IdKind) -> &Places {
        let place = match kind {
            IdKind::Requirement => &self.places[0],
            IdKind::Criterion => &self.places[1],
        };
        place.get_or_init(|| self.sorted(kind))
    }

    /// Returns every requirement that is not a part of another; every criterion where there are no
    /// requirements.
    pub(super) fn requirements(&self) -> Ids {
        self.requirements
            .get_or_init(|| self.all_requirements().into())
            .clone()
    }

    /// Returns the last known ids of each sort.
    pub(super) fn ends(&self) -> &Ends {
        self.ends.get_or_init(|| Ends::of(&self.known))
    }

    /// Returns whether a known id has these letters.
    pub(super) fn has_series(&self, series: &str) -> bool {
        self.series.contains(series)
    }

    fn all_requirements(&self) -> Vec<usize> {
        let of = |kind| {
            let known = self.known.iter().enumerate();
            known
                .filter(move |(_, known)| known.kind == kind)
                .map(|(index, _)| index)
        };
        let requirements: Vec<usize> = of(IdKind::Requirement).collect();
        if requirements.is_empty() {
            of(IdKind::Criterion).collect()
        } else {
            requirements
        }
    }

    /// Makes a resolver over the requirements and criteria of a document.
    ///
    /// A criterion is also found by its own written id where that is unlike its full one, such as
    /// `AC-7`.
    pub fn of_requirements(text: &Text, requirements: &Requirements) -> Self {
        let headings = requirements.requirements.iter();
        let mut known: Vec<Known> = headings
            .map(|requirement| Known {
                id: requirement.id.clone(),
                kind: IdKind::Requirement,
                parent: requirement.parent,
                needs_task: is_one_by_name(text, requirement),
            })
            .collect();
        let first = known.len();
        let criteria = requirements.criteria.iter();
        known.extend(criteria.map(|found| Known {
            id: found.id.clone(),
            kind: IdKind::Criterion,
            parent: found.requirement,
            needs_task: true,
        }));
        let mut resolver = Self::new(known);
        for (index, criterion) in requirements.criteria.iter().enumerate() {
            let written = criterion
                .written
                .map(|span| lookup_key(readable(text.slice(span))));
            if let Some(key) = written.filter(|key| !series_of(key).is_empty()) {
                resolver.exact.entry(key).or_insert(first + index);
            }
        }
        resolver.own_words = own_words(text, requirements);
        for (index, requirement) in requirements.requirements.iter().enumerate() {
            let title = readable(text.slice(requirement.title));
            if let Some(code) = code_in_brackets(title) {
                resolver.exact.entry(lookup_key(code)).or_insert(index);
            }
            for number in numbers_in_range(text, requirement) {
                let key = lookup_key(&number.to_string());
                resolver.exact.entry(key).or_insert(index);
            }
        }
        resolver
    }

    /// Takes over by what names the ids of a part are found, and the words of its headings. `place`
    /// says where its ids stand here.
    pub(super) fn take_names(&mut self, part: &Self, place: impl Fn(usize) -> usize) {
        for (key, index) in &part.exact {
            self.exact.entry(key.clone()).or_insert(place(*index));
        }
        let new = part.own_words.iter();
        let new: Vec<String> = new
            .filter(|word| !self.own_words.contains(word))
            .cloned()
            .collect();
        self.own_words.extend(new);
    }

    /// Notes that an id which names `found` names `twin` as well.
    pub(super) fn add_twin(&mut self, found: usize, twin: usize) {
        let twins = self.twins.entry(found).or_default();
        if found != twin && !twins.contains(&twin) {
            twins.push(twin);
        }
    }

    /// Returns the words before the numbers of the file's own headings.
    pub(super) fn own_words(&self) -> &[String] {
        &self.own_words
    }

    /// Returns the topics of lists of criteria below no requirement.
    pub(super) fn topics(&self) -> &[Topic] {
        &self.topics
    }

    /// Returns the known ids.
    pub fn known(&self) -> &[Known] {
        &self.known
    }

    /// Returns the first known id that is equal to a known one; mostly itself.
    pub fn first_of(&self, known: usize) -> usize {
        self.first[known]
    }

    /// Finds the id that `written` means.
    ///
    /// A word for a criterion is no series: `AC-8.1` and `8.1` mean the same criterion, and `AC 2`
    /// never a requirement. Where a requirement has nothing but one requirement inside it, `1.2`
    /// may mean the criterion 2 of that one.
    pub fn find(&self, written: &str) -> Option<usize> {
        let key = lookup_key(&written.replace(' ', "-"));
        if let Some(found) = self.exact.get(&key) {
            return Some(*found);
        }
        if is_criterion_word(series_of(&key)) {
            return self.find_criterion(key_digits(&key));
        }
        self.find_by_digits(&key).or_else(|| self.find_nested(&key))
    }

    /// Finds an id that is known as it is written, without regard to case and zeros before a
    /// number.
    pub(super) fn find_written(&self, id: &str) -> Option<usize> {
        self.exact.get(&lookup_key(id)).copied()
    }

    /// Returns everything that an id names: also the criterion with the same id as a requirement,
    /// and of a group such as `FR-1` what begins with it.
    pub(super) fn find_all(&self, written: &str) -> Vec<usize> {
        let Some(found) = self.find(written) else {
            let group = self.groups.get(&lookup_key(written));
            return group.cloned().unwrap_or_default();
        };
        std::iter::once(found)
            .chain(self.twins.get(&found).into_iter().flatten().copied())
            .collect()
    }

    /// Finds an id by its numbers, if its letters are only a word for a requirement, and no series
    /// of the document: `R1`, but not `CP1` or `NFR1`.
    fn find_by_digits(&self, key: &str) -> Option<usize> {
        let series = series_of(key);
        if !series.is_empty() && !is_requirement_word(series) {
            return None;
        }
        if !series.is_empty() && self.series.contains(series) {
            return None;
        }
        self.by_digits.get(key_digits(key))?.of_one_series
    }

    /// Finds the criterion with these numbers, whatever its series.
    fn find_criterion(&self, digits: &str) -> Option<usize> {
        let of_one_series = || self.by_digits.get(digits)?.of_one_series;
        let known = self.exact.get(digits).copied().or_else(of_one_series);
        let known = known.filter(|found| self.known[*found].kind == IdKind::Criterion);
        known.or_else(|| self.only_criterion(None, digits))
    }

    /// Finds the criterion of `requirement` with these numbers, if one alone can be meant. Without
    /// a requirement none may be in doubt.
    pub(super) fn only_criterion(&self, requirement: Option<usize>, digits: &str) -> Option<usize> {
        let number = digits.rsplit_once('.').map_or("", |(number, _)| number);
        let with = |digits: &str, kind| {
            let same = self.by_digits.get(digits);
            let same = same.map_or(&[][..], |same| &same.all);
            same.iter()
                .copied()
                .filter(move |index| self.known[*index].kind == kind)
        };
        if requirement.is_none() && with(number, IdKind::Requirement).count() > 1 {
            return None;
        }
        let mut meant = with(digits, IdKind::Criterion)
            .filter(|index| requirement.is_none() || self.known[*index].parent == requirement);
        only(&mut meant)
    }

    /// Finds the criterion that `1.2` means where requirement 1 holds nothing but requirement 1.1,
    /// and that has a criterion 2.
    fn find_nested(&self, key: &str) -> Option<usize> {
        let (outer, number) = key.rsplit_once('.')?;
        let outer = self
            .exact
            .get(outer)
            .copied()
            .or_else(|| self.find_by_digits(outer))?;
        let inner = only(&mut self.inside(outer))
            .filter(|inner| self.known[*inner].kind == IdKind::Requirement)?;
        let has_number = |index: &usize| {
            self.known[*index].kind == IdKind::Criterion
                && last_number(&self.known[*index].id).to_string() == number
        };
        only(&mut self.inside(inner).filter(has_number))
    }

    /// Returns the requirements and criteria directly inside a requirement.
    fn inside(&self, requirement: usize) -> impl Iterator<Item = usize> {
        self.inside.get(&requirement).into_iter().flatten().copied()
    }
}

/// Returns the only one of `found`; nothing where there are several.
fn only<T>(found: &mut impl Iterator<Item = T>) -> Option<T> {
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// Returns whether letters before a number only say that it is that of a criterion: `ac`.
pub(super) fn is_criterion_word(series: &str) -> bool {
    !series.is_empty() && INDEX.criterion.word_length(series) == Some(series.len())
}

/// Prefixes that only say that a requirement follows, beside the words for one.
const REQUIREMENT_PREFIXES: &[&str] = &["r", "rq", "fr", "us", "rf", "hu", "ef", "фт"];

/// Returns whether letters before a number only say that it is that of a requirement: `req`.
pub(super) fn is_requirement_word(series: &str) -> bool {
    let word = series.split('-').next().unwrap_or_default();
    REQUIREMENT_PREFIXES.contains(&word) || INDEX.requirement.word_length(word) == Some(word.len())
}

/// Returns the form of an id by which it is looked up: `FR1` is `FR-1`.
pub(super) fn lookup_key(id: &str) -> String {
    let key = id_key(id);
    let digits = key_digits(&key);
    let series = series_of(&key);
    let is_whole = series.len() + digits.len() == key.len();
    if digits.is_empty() || is_whole {
        return key;
    }
    [series, digits].concat()
}

/// Returns the id with a prefix in brackets at the end of a title: `模板管理（FR-1）`.
fn code_in_brackets(title: &str) -> Option<&str> {
    let open = title.rfind(['(', '（'])?;
    let inside = title[open..]
        .trim_start_matches(['(', '（'])
        .trim_end()
        .strip_suffix([')', '）'])?
        .trim();
    read_id(inside)
        .filter(|shape| shape.prefix > 0 && shape.length == inside.len())
        .map(|_| inside)
}

/// The most requirements that one heading stands for.
const LONGEST_RANGE: u32 = 100;

/// Returns the numbers behind the first one of a heading that stands for several requirements:
/// `Requirement 20-28`.
fn numbers_in_range(text: &Text, requirement: &Requirement) -> RangeInclusive<u32> {
    let range = || {
        let written = requirement.written?;
        let first: u32 = requirement.id.parse().ok()?;
        let behind = Span::new(written.end, requirement.title.end.max(written.end));
        let behind = readable(text.slice(behind)).strip_prefix(['-', '–', '—', '~'])?;
        let end = behind
            .find(|char: char| !char.is_ascii_digit())
            .unwrap_or(behind.len());
        if behind[end..].starts_with(['.', '-']) {
            return None;
        }
        let last: u32 = behind[..end].parse().ok()?;
        (last > first && last - first < LONGEST_RANGE).then_some(first + 1..=last)
    };
    #[expect(clippy::reversed_empty_ranges, reason = "it stands for no number")]
    range().unwrap_or(1..=0)
}

/// Returns the letters of a key before its numbers.
pub(super) fn series_of(key: &str) -> &str {
    key[..key.len() - key_digits(key).len()].trim_end_matches('-')
}

/// Returns the last number of an id.
pub(super) fn last_number(id: &str) -> u64 {
    let digits = id.trim_end_matches(|char: char| !char.is_ascii_digit());
    let start = digits
        .rfind(|char: char| !char.is_ascii_digit())
        .map_or(0, |before| before + 1);
    digits
        .get(start..)
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}
