//! Choosing the criteria among the entries of a requirement, and giving them their ids.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::collect::{Entry, Form, is_ears};
use super::{Criterion, Requirement, leading_label, topics};
use crate::markdown::Fault;
use crate::spec::aliases::INDEX;
use crate::spec::ears::{self, Pattern};
use crate::spec::id::read_id;
use crate::spec::outline::Section;
use crate::spec::source_str::{SourceStr, readable};
use crate::text::{Span, Text};

/// Returns the criteria among `entries`, with ids, in the order of the text.
pub(super) fn number(
    text: &Text,
    requirements: &[Requirement],
    sections: &[Section],
    entries: Vec<Entry>,
) -> Vec<Criterion> {
    let mut groups: Vec<Vec<Entry>> = vec![Vec::new(); requirements.len()];
    let mut unowned: Vec<Entry> = Vec::new();
    for entry in entries {
        match entry.owner {
            Some(owner) => groups[owner].push(entry),
            None => unowned.push(entry),
        }
    }
    let mut criteria = Vec::new();
    for (requirement, group) in requirements.iter().zip(groups) {
        name(
            text,
            Some(&requirement.id),
            &choose(text, group),
            &mut criteria,
        );
    }
    let unowned = unowned.chunk_by(|entry, next| entry.section == next.section);
    let chosen: Vec<Entry> = unowned
        .flat_map(|section| choose(text, section.to_vec()))
        .collect();
    name_unowned(text, sections, requirements, &chosen, &mut criteria);
    criteria.sort_by_key(|criterion| (criterion.line, criterion.text.start));
    criteria
}

/// Returns all `entries`, which stand in a section with the given number, as criteria of that
/// section.
pub(super) fn number_section(text: &Text, section: &str, entries: Vec<Entry>) -> Vec<Criterion> {
    let mut criteria = Vec::new();
    name(text, Some(section), &choose(text, entries), &mut criteria);
    criteria
}

/// Names the criteria of one requirement. One without a number is named by its position, or by the
/// next number that none has written.
fn name(text: &Text, own: Option<&str>, entries: &[Entry], criteria: &mut Vec<Criterion>) {
    let lazy = is_lazy(text, entries) || own.is_none() && restarts(text, entries);
    let written = |entry: &Entry| if lazy { None } else { entry.written };
    let ids: Vec<_> = entries
        .iter()
        .map(|entry| Some(id(own, Some(readable(text.slice(written(entry)?))), 0)))
        .collect();
    let mut taken: HashSet<String> = if ids.contains(&None) {
        ids.iter().flatten().cloned().collect()
    } else {
        HashSet::new()
    };
    criteria.reserve(entries.len());
    for ((position, entry), id) in entries.iter().enumerate().zip(ids) {
        let written = written(entry);
        let id = id.unwrap_or_else(|| free_id(own, position + 1, &mut taken));
        let Entry {
            owner: requirement,
            text,
            line,
            end_line,
            marked: called,
            ..
        } = *entry;
        criteria.push(Criterion {
            id,
            written,
            requirement,
            text,
            line,
            end_line,
            called,
        });
    }
}

/// Names the criteria that belong to no requirement. Lists that each begin to count anew, or beside
/// requirements with numbers, are named by the headings above them: `Security 1`.
fn name_unowned(
    text: &Text,
    sections: &[Section],
    requirements: &[Requirement],
    entries: &[Entry],
    criteria: &mut Vec<Criterion>,
) {
    let is_numbered = |requirement: &Requirement| {
        requirement
            .id
            .starts_with(|char: char| char.is_ascii_digit())
    };
    let is_ambiguous = restarts(text, entries) || requirements.iter().any(is_numbered);
    let mut topics = if is_ambiguous {
        topics::topics(text, sections, entries)
    } else {
        vec![None; entries.len()]
    };
    name_halves(text, sections, entries, &mut topics);
    let entries = entries.iter().copied().zip(topics);
    let (named, plain): (Vec<_>, Vec<_>) =
        entries.partition(|(entry, topic)| !has_own_id(text, entry) && topic.is_some());
    let plain: Vec<Entry> = plain.into_iter().map(|(entry, _)| entry).collect();
    name(text, None, &plain, criteria);
    let is_same = |one: &(Entry, Option<&str>), next: &(Entry, Option<&str>)| {
        (one.0.section, one.1) == (next.0.section, next.1)
    };
    for list in named.chunk_by(is_same) {
        let first = criteria.len();
        let topic = list[0].1.unwrap_or_default();
        let list: Vec<Entry> = list.iter().map(|(entry, _)| *entry).collect();
        name(text, None, &list, criteria);
        for criterion in &mut criteria[first..] {
            criterion.id = [topic, &criterion.id].join(" ");
        }
    }
}

/// Gives lists without a topic that each begin to count anew the words of their headings:
/// `Functional`, `Non-Functional`.
fn name_halves<'a>(
    text: &'a Text,
    sections: &[Section],
    entries: &[Entry],
    topics: &mut [Option<&'a str>],
) {
    let nameless = entries.iter().zip(topics.iter());
    let nameless: Vec<Entry> = nameless
        .filter(|(entry, topic)| topic.is_none() && !has_own_id(text, entry))
        .map(|(entry, _)| *entry)
        .collect();
    if !restarts(text, &nameless) {
        return;
    }
    for (entry, topic) in entries.iter().zip(topics) {
        let half = || topics::half(text, sections, entry.section?);
        *topic = topic.or_else(half);
    }
}

/// Returns whether an entry has an id that names it wherever it stands: `FR-1`, `1.2`.
fn has_own_id(text: &Text, entry: &Entry) -> bool {
    let written = entry.written.map(|span| readable(text.slice(span)));
    let shape = written.and_then(read_id);
    shape.is_some_and(|shape| shape.prefix > 0 || shape.numbers > 1)
}

/// Returns the id by position, or by the first number above it that is not taken; and takes it.
fn free_id(own: Option<&str>, position: usize, taken: &mut HashSet<String>) -> String {
    let mut number = position;
    let mut free = id(own, None, number);
    while taken.contains(&free) {
        number += 1;
        free = id(own, None, number);
    }
    if !taken.is_empty() {
        taken.insert(free.clone());
    }
    free
}

/// Keeps those entries of one requirement that its author meant as criteria.
///
/// Paragraphs with ids of their own come first, then what stands below a mark, then what has an id,
/// then EARS, then the other list items. Beside what has an id, what is in EARS or in the same list
/// is a criterion too; and before a paragraph in EARS, the items below a mark.
fn choose(text: &Text, mut entries: Vec<Entry>) -> Vec<Entry> {
    let in_ears = |entry: &Entry| is_ears(SourceStr::read(text, entry.text).text);
    entries.retain(|entry| entry.form != Form::Step);
    let paragraphs = entries
        .iter()
        .any(|entry| entry.form == Form::IdentifiedParagraph);
    if !paragraphs {
        prefer(&mut entries, |entry| entry.form != Form::Prose);
        prefer(&mut entries, |entry| entry.marked);
    }
    if (paragraphs || entries.iter().any(|entry| !entry.marked))
        && entries.iter().any(is_identified)
    {
        let mut listed = listed_with_ids(text, &entries).into_iter();
        entries
            .retain(|entry| listed.next() == Some(true) || is_identified(entry) || in_ears(entry));
    }
    if announce_items(text, &entries) {
        entries.retain(|entry| entry.form != Form::Ears);
    }
    if let Some(first) = entries
        .iter()
        .find(|entry| entry.form == Form::Ears)
        .map(|entry| entry.line)
    {
        let items = entries
            .iter()
            .any(|entry| entry.form == Form::Item && in_ears(entry));
        entries.retain(|entry| {
            items || entry.form != Form::Item || entry.marked && entry.line < first
        });
    }
    if entries.iter().any(|entry| entry.form != Form::AsideItem) {
        entries.retain(|entry| entry.form != Form::AsideItem || in_ears(entry));
    }
    entries
}

/// Returns whether all paragraphs in EARS only announce the items behind them:
/// `The system SHALL provide:`. Tasks then name the items. One with a condition is a criterion by
/// itself.
fn announce_items(text: &Text, entries: &[Entry]) -> bool {
    let announces = |index: usize| {
        let said = SourceStr::read(text, entries[index].text).text;
        let next = entries
            .get(index + 1)
            .filter(|next| next.form == Form::Item && next.line <= entries[index].end_line + 1);
        next.is_some()
            && said.trim_end_matches('*').ends_with([':', '：'])
            && ears::parse(said).pattern == Pattern::Ubiquitous
    };
    (0..entries.len())
        .filter(|index| entries[*index].form == Form::Ears)
        .all(announces)
}

/// Says for each entry whether it is an item without a label in one list with an item that has an
/// id.
fn listed_with_ids(text: &Text, entries: &[Entry]) -> Vec<bool> {
    let is_item = |entry: &Entry| matches!(entry.form, Form::Identified | Form::Item);
    let lists = entries
        .chunk_by(|entry, next| entry.end_line == next.line && is_item(entry) && is_item(next));
    let listed = |list: &[Entry]| {
        let with_ids = list.iter().any(|entry| entry.form == Form::Identified);
        list.iter()
            .map(|entry| with_ids && leading_label(SourceStr::read(text, entry.text)).is_none())
            .collect::<Vec<_>>()
    };
    lists.flat_map(listed).collect()
}

fn is_identified(entry: &Entry) -> bool {
    matches!(entry.form, Form::IdentifiedParagraph | Form::Identified)
}

/// Keeps only the `wanted`, if there are any.
fn prefer(entries: &mut Vec<Entry>, wanted: fn(&Entry) -> bool) {
    if entries.iter().any(wanted) {
        entries.retain(wanted);
    }
}

/// Returns whether every number is 1, as people write who leave the counting to Markdown.
fn is_lazy(text: &Text, entries: &[Entry]) -> bool {
    let mut numbers = entries.iter().filter_map(|entry| entry.written);
    let is_one = |span: Span| text.slice(span) == b"1";
    numbers.next().is_some_and(is_one) && numbers.next().is_some_and(is_one) && numbers.all(is_one)
}

/// Returns whether the numbers of several lists repeat, so that outside of a requirement they name
/// nothing.
fn restarts(text: &Text, entries: &[Entry]) -> bool {
    let mut numbers: Vec<&[u8]> = entries
        .iter()
        .filter_map(|entry| entry.written)
        .map(|span| text.slice(span))
        .collect();
    let count = numbers.len();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.len() < count
}

/// Returns the id of a criterion. A written id of several numbers, or with a prefix that is no word
/// for a criterion, is whole by itself.
fn id(requirement: Option<&str>, written: Option<&str>, position: usize) -> String {
    let number: Cow<'_, str> = match written.and_then(|written| Some((written, read_id(written)?)))
    {
        Some((whole, shape)) if shape.numbers > 1 => return whole.to_owned(),
        Some((whole, shape))
            if shape.prefix > 0
                && (requirement.is_none() || !is_criterion_word(&whole[..shape.prefix])) =>
        {
            return whole.to_owned();
        }
        Some((whole, shape)) => whole[shape.prefix..].into(),
        None => position.to_string().into(),
    };
    requirement.map_or_else(
        || number.to_string(),
        |requirement| [requirement, &number].join("."),
    )
}

/// Returns whether a prefix only says that a criterion follows: `AC-`.
fn is_criterion_word(prefix: &str) -> bool {
    let word = prefix.trim_end_matches(['-', '_']);
    INDEX.criterion.word_length(word) == Some(word.len())
}

/// Returns a problem for each id that stands a second time.
pub(super) fn repeated(requirements: &[Requirement], criteria: &[Criterion]) -> Vec<Fault> {
    let mut problems = Vec::new();
    let headings = requirements
        .iter()
        .map(|requirement| (requirement.id.as_str(), requirement.line));
    repeated_ids("requirement", headings, &mut problems);
    let written = criteria
        .iter()
        .filter(|criterion| criterion.requirement.is_some() || criterion.written.is_some());
    repeated_ids(
        "criterion",
        written.map(|criterion| (criterion.id.as_str(), criterion.line)),
        &mut problems,
    );
    problems.sort_by_key(|problem| problem.line);
    problems
}

fn repeated_ids<'a>(
    what: &str,
    ids: impl Iterator<Item = (&'a str, usize)>,
    problems: &mut Vec<Fault>,
) {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (id, line) in ids {
        let first = *seen.entry(id).or_insert(line);
        if first != line {
            problems.push(Fault {
                line,
                message: format!("{what} {id} is already on line {}", first + 1),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_criteria() {
        for (requirement, written, position, expected) in [
            (Some("1"), Some("3"), 1, "1.3"),
            (Some("1"), None, 2, "1.2"),
            (Some("FR-1"), Some("2"), 1, "FR-1.2"),
            (Some("FR-1"), Some("FR-1.2"), 1, "FR-1.2"),
            (Some("REQ-1"), Some("1.2"), 1, "1.2"),
            (Some("3"), Some("AC-1"), 1, "3.1"),
            (Some("3"), Some("FR-7"), 1, "FR-7"),
            (None, Some("FR-7"), 1, "FR-7"),
            (None, None, 4, "4"),
            (Some("2A"), Some("1"), 1, "2A.1"),
        ] {
            assert_eq!(id(requirement, written, position), expected);
        }
    }
}
