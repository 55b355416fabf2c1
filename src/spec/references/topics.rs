//! Lists of criteria below no requirement, by what their headings say they are about:
//! `Security 1`, `NFR Performance 1-2`, `非機能要件-アクセシビリティ1`.
//!
//! Such a reference looks like words until the topics of the file are known.

use super::body::references_in;
use super::resolver::IdKind;
use super::{Known, ReferenceKind, Resolver};
use crate::spec::aliases::{INDEX, Role, role_of};
use crate::spec::source_str::{SourceStr, is_caseless, prefix_length};

/// The most topics of a file that are looked for in references.
const MOST_TOPICS: usize = 64;

/// The longest reference to a topic, in bytes.
const LONGEST: usize = 200;

/// Signs between the words of a reference to a topic.
const SIGNS: &[char] = &[
    ' ', '\u{a0}', '-', '–', '—', ':', '：', '/', '.', '#', '_', '*',
];

/// What a list of criteria is about.
#[derive(Clone, Debug)]
pub(super) struct Topic {
    name: String,
    /// The numbers of its criteria, each with the known id.
    criteria: Vec<(String, usize)>,
}

/// Returns the topics among the known ids, in order.
pub(super) fn topics_of(known: &[Known]) -> Vec<Topic> {
    let mut topics: Vec<Topic> = Vec::new();
    for (index, known) in known.iter().enumerate() {
        if known.kind != IdKind::Criterion {
            continue;
        }
        let Some((name, number)) = known.id.rsplit_once(' ') else {
            continue;
        };
        let criterion = (number.to_owned(), index);
        if let Some(topic) = topics.iter_mut().rev().find(|topic| topic.name == name) {
            topic.criteria.push(criterion);
        } else if topics.len() < MOST_TOPICS {
            topics.push(Topic {
                name: name.to_owned(),
                criteria: vec![criterion],
            });
        }
    }
    topics
}

impl Topic {
    /// Returns the criteria that a list of numbers means, all of them where there is none; nothing
    /// where it says anything else.
    fn named_by(&self, list: &str) -> Option<Vec<usize>> {
        let list = SourceStr::new(list.trim_start_matches(SIGNS), 0);
        let numbers: Vec<usize> = (0..self.criteria.len()).collect();
        if list.is_empty() {
            return Some(self.known_at(&numbers));
        }
        let place = |number: &str| self.criteria.iter().position(|(own, _)| own == number);
        let mut found = Vec::new();
        for reference in references_in(list) {
            let ids: Vec<&str> = reference.ids().map(|id| &list.text[id.range()]).collect();
            let places: Option<Vec<usize>> = ids.into_iter().map(place).collect();
            match (reference.kind, places?[..].as_ref()) {
                (ReferenceKind::Id(_), [one]) => found.push(*one),
                (ReferenceKind::Range { .. }, [from, to]) => found.extend(*from..=*to),
                _ => return None,
            }
        }
        Some(self.known_at(&found)).filter(|found| !found.is_empty())
    }

    fn known_at(&self, places: &[usize]) -> Vec<usize> {
        places.iter().map(|place| self.criteria[*place].1).collect()
    }
}

impl Resolver {
    /// Finds the criteria that words mean by the topic of their list.
    pub(super) fn find_topic(&self, words: &str) -> Option<Vec<usize>> {
        if self.topics().is_empty() || words.len() > LONGEST {
            return None;
        }
        let starts = words.char_indices().map(|(at, _)| at);
        starts
            .filter(|at| is_nothing_else(&words[..*at]))
            .find_map(|at| self.topic_at(&words[at..]))
    }

    fn topic_at(&self, words: &str) -> Option<Vec<usize>> {
        self.topics().iter().find_map(|topic| {
            let rest = &words[prefix_length(words, &topic.name)?..];
            let ends = !rest.starts_with(char::is_alphabetic) || topic.name.ends_with(is_caseless);
            ends.then(|| topic.named_by(rest)).flatten()
        })
    }
}

/// Returns whether the words before a topic only say that requirements follow: `NFR`,
/// `非機能要件-`.
fn is_nothing_else(words: &str) -> bool {
    let name = words.trim_matches(SIGNS);
    let is_parted = name.len() < words.len() || words.ends_with(is_caseless);
    let is_prefix = || {
        let lower = name.to_lowercase();
        PREFIXES.contains(&lower.as_str())
            || role_of(name) == Some(Role::Requirements)
            || INDEX.requirement.word_length(name) == Some(name.len())
    };
    name.is_empty() || is_parted && is_prefix()
}

/// Words before a topic, beside the names of sections for requirements.
const PREFIXES: &[&str] = &[
    "nfr",
    "nfrs",
    "nf",
    "non-functional",
    "nonfunctional",
    "rnf",
    "нфт",
];
