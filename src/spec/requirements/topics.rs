//! Topics: what a list of criteria below no requirement is about, by the heading above it, so that
//! each can be named: `Security 1`.

use super::collect::Entry;
use super::labels::only_announces;
use crate::spec::aliases::{Role, role_of};
use crate::spec::outline::Section;
use crate::spec::source_str::SourceStr;
use crate::text::Text;

/// Returns what each of some entries is about, in their order: the words in bold on the line above
/// its list, else what its section is about.
pub(super) fn topics<'a>(
    text: &'a Text,
    sections: &[Section],
    entries: &[Entry],
) -> Vec<Option<&'a str>> {
    let mut before: Option<&Entry> = None;
    let mut label = None;
    let mut topics = Vec::with_capacity(entries.len());
    for entry in entries {
        let same = before.filter(|before| before.section == entry.section);
        let start = entry
            .section
            .map_or(0, |section| sections[section].line + 1);
        if same.is_none() {
            label = None;
        }
        let between = same.map_or(start, |same| same.end_line)..entry.line;
        label = between
            .rev()
            .find_map(|line| label_on(text, line))
            .or(label);
        topics.push(label.or_else(|| topic(text, sections, entry.section?)));
        before = Some(entry);
    }
    topics
}

/// Returns the words of a line that is nothing but words in bold, and no label for criteria.
fn label_on(text: &Text, line: usize) -> Option<&str> {
    let line = SourceStr::read(text, text.lines().get(line)?.content).trim();
    let inside = line.text.strip_prefix("**")?.strip_suffix("**")?;
    let name = trimmed(inside);
    let is_plain = !name.is_empty() && name.len() <= LONGEST_LABEL && !inside.contains("**");
    let says_more = role_of(name).is_none() && !is_only_requirements(name);
    (is_plain && says_more && !only_announces(SourceStr::new(name, 0))).then_some(name)
}

/// The longest label, in bytes.
const LONGEST_LABEL: usize = 60;

/// Returns what the section with the given index is about: the words of its heading, or of the one
/// around it where they only say that criteria follow. None where no heading says more than that
/// requirements follow.
pub(super) fn topic<'a>(text: &'a Text, sections: &[Section], index: usize) -> Option<&'a str> {
    let section = sections.get(index)?;
    let title = SourceStr::read(text, section.title).text;
    match role_of(title) {
        Some(Role::Criteria) => topic(text, sections, section.parent?),
        Some(Role::Requirements) if is_only_requirements(title) => None,
        Some(Role::Stories | Role::Introduction) => None,
        _ if section.level == 1 => None,
        _ => Some(trimmed(title)).filter(|title| !title.is_empty()),
    }
}

/// Returns what tells the section with the given index from others that say no more than that
/// requirements follow: `Functional` of `Functional Requirements`. None of `Requirements`.
pub(super) fn half<'a>(text: &'a Text, sections: &[Section], index: usize) -> Option<&'a str> {
    let section = sections.get(index)?;
    let title = SourceStr::read(text, section.title).text;
    if role_of(title) == Some(Role::Criteria) {
        return half(text, sections, section.parent?);
    }
    let name = trimmed(title);
    let says_requirements = |word: &str| REQUIREMENTS.contains(&word.to_lowercase().as_str());
    let name = match name.rsplit_once(' ') {
        Some((before, last)) if says_requirements(last) => before.trim_end(),
        _ => name,
    };
    let is_plain = says_requirements(name) || WIDE_ENDS.contains(&name);
    (section.level > 1 && !name.is_empty() && !is_plain).then_some(name)
}

/// Words for requirements and criteria that say nothing of their sort.
const REQUIREMENTS: &[&str] = &[
    "requirement",
    "requirements",
    "req",
    "reqs",
    "criteria",
    "criterion",
    "ac",
];

/// Returns whether a heading says nothing but that requirements follow: `Functional Requirements`,
/// but not `Security Requirements`.
fn is_only_requirements(title: &str) -> bool {
    let name = trimmed(title).to_lowercase();
    let rest: Vec<&str> = name
        .split(|char: char| !char.is_alphanumeric())
        .filter(|word| !word.is_empty() && !FILLERS.contains(word))
        .collect();
    rest.is_empty()
        || WIDE_ENDS.contains(&name.as_str())
        || WIDE_STARTS.contains(&name.as_str())
        || GENERAL.contains(&name.as_str())
}

fn trimmed(title: &str) -> &str {
    title.trim_matches(|char: char| !char.is_alphanumeric() && !matches!(char, ')' | '）'))
}

/// Words that only say that something is a requirement.
const FILLERS: &[&str] = &[
    "nfr",
    "nfrs",
    "non",
    "nonfunctional",
    "functional",
    "requirement",
    "requirements",
    "req",
    "reqs",
    "criteria",
    "criterion",
    "ac",
    "requisito",
    "requisitos",
    "требования",
    "требование",
    "anforderungen",
    "anforderung",
    "exigences",
    "exigence",
];

/// The same at the end of words without blanks.
const WIDE_ENDS: &[&str] = &["要件", "要求", "需求", "요구사항", "标准", "基準"];

/// The same at their start.
const WIDE_STARTS: &[&str] = &[
    "非機能要件",
    "非機能要求",
    "非功能性需求",
    "非功能需求",
    "비기능요구사항",
    "비기능 요구사항",
];

/// Further names of requirements of no topic.
const GENERAL: &[&str] = &[
    "system requirements",
    "quality attributes",
    "非功能",
    "非功能性",
    "非機能",
    "비기능",
    "функциональные",
    "нефункциональные",
    "funcionais",
    "não funcionais",
    "funcionales",
    "no funcionales",
    "fonctionnelles",
    "non fonctionnelles",
    "funktional",
    "nichtfunktional",
    "nicht-funktional",
    "機能要件",
    "機能要求",
    "功能需求",
    "功能性需求",
    "기능 요구사항",
    "requisitos funcionais",
    "requisitos não funcionais",
    "requisitos não-funcionais",
    "requisitos funcionales",
    "requisitos no funcionales",
    "функциональные требования",
    "нефункциональные требования",
    "exigences fonctionnelles",
    "exigences non fonctionnelles",
    "funktionale anforderungen",
    "nichtfunktionale anforderungen",
    "nicht-funktionale anforderungen",
];
