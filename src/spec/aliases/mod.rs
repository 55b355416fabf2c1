//! What headings and labels of spec files are called in each language, and the questions that are
//! asked of that table.
//!
//! Knows no documents. The names are those of public repositories and of the tools that write such
//! files; a new language is one row in `table.rs`.

mod table;

use table::LANGUAGES;

use std::collections::HashMap;
use std::sync::LazyLock;

use super::source_str::{first_bytes, is_caseless, prefix_length};

/// The names of one language. All of them are lower case.
#[derive(Debug)]
pub(crate) struct Aliases {
    /// Sections that introduce the document.
    pub(crate) introduction: &'static [&'static str],
    /// Sections that explain terms.
    pub(crate) glossary: &'static [&'static str],
    /// Sections that hold requirements.
    pub(crate) requirements: &'static [&'static str],
    /// Ends of further names of such sections: "functional requirements".
    pub(crate) requirements_end: &'static [&'static str],
    /// Sections that hold user stories.
    pub(crate) stories: &'static [&'static str],
    /// Sections and labels that hold acceptance criteria.
    pub(crate) criteria: &'static [&'static str],
    /// Sections beside the requirements: scope, notes, open questions.
    pub(crate) aside: &'static [&'static str],
    /// The word before the number of a requirement or of a list of references.
    pub(crate) requirement: &'static [&'static str],
    /// The label of a user story or of an objective.
    pub(crate) story: &'static [&'static str],
    /// How the sentence of a user story begins.
    pub(crate) story_start: &'static [&'static str],
    /// The word before the number of a property.
    pub(crate) property: &'static [&'static str],
    /// The word before the number of a criterion: `AC 1`.
    pub(crate) criterion: &'static [&'static str],
    /// Labels of references to requirements.
    pub(crate) references: &'static [&'static str],
    /// Labels of references to anything, which count where a word for a requirement follows:
    /// `**See:** Requirement 1`.
    pub(crate) pointers: &'static [&'static str],
    /// Labels of what a property or a test proves.
    pub(crate) validates: &'static [&'static str],
    /// Labels of the tasks that come first.
    pub(crate) depends: &'static [&'static str],
    /// The word before the number of a task.
    pub(crate) task: &'static [&'static str],
    /// Every requirement, when nothing follows.
    pub(crate) all: &'static [&'static str],
    /// Every requirement, whatever follows.
    pub(crate) all_requirements: &'static [&'static str],
    /// No requirement at all.
    pub(crate) none: &'static [&'static str],
    /// Between two ends of a range.
    pub(crate) through: &'static [&'static str],
    /// Before the first end of a range.
    pub(crate) from: &'static [&'static str],
    /// Words before a number that counts something else than requirements: `version 1.2`.
    pub(crate) counted: &'static [&'static str],
    /// Between the last two of a list.
    pub(crate) and: &'static [&'static str],
    /// Before what a list leaves out: `All except 3.1`.
    pub(crate) except: &'static [&'static str],
    /// Behind what a list leaves out: `3.1以外`.
    pub(crate) excepted: &'static [&'static str],
    /// The section of a bug report with what happens.
    pub(crate) current: &'static [&'static str],
    /// The section of a bug report with what should happen.
    pub(crate) expected: &'static [&'static str],
    /// The section of a bug report with what must stay.
    pub(crate) unchanged: &'static [&'static str],
    /// The design section of a single file.
    pub(crate) design: &'static [&'static str],
    /// The tasks section of a single file.
    pub(crate) tasks: &'static [&'static str],
}

/// What a section is, by the words of its heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Introduction, overview, background.
    Introduction,
    /// Terms and what they mean.
    Glossary,
    /// Requirements of any sort.
    Requirements,
    /// User stories.
    Stories,
    /// Acceptance criteria.
    Criteria,
    /// Beside the requirements: scope, notes, open questions.
    Aside,
    /// What a bug does.
    Current,
    /// What should happen instead.
    Expected,
    /// What must stay as it is.
    Unchanged,
    /// Design, in a single file.
    Design,
    /// Tasks, in a single file.
    Tasks,
}

/// Returns the English labels of a field with references, as the documentation lists them.
pub fn reference_labels() -> &'static [&'static str] {
    LANGUAGES.first().map_or(&[], |english| english.references)
}

/// Marks around the words of a heading or a label: emphasis, emoji, brackets, colons, dashes.
fn is_word_part(char: char) -> bool {
    char.is_alphanumeric()
}

/// Returns what the section with the heading `title` is. Numbers, emphasis and emoji around the
/// words do not count, and of `概要 (Overview)` either name will do.
pub(crate) fn role_of(title: &str) -> Option<Role> {
    let lower = title.to_lowercase();
    let words =
        unnumbered(&lower).trim_matches(|char| !is_word_part(char) && char != ')' && char != '）');
    if !words.contains(['(', '（', ')', '）']) {
        return role_of_name(words);
    }
    let outside = words.split(['(', '（']).next().unwrap_or_default();
    let inside = words
        .split(['(', '（', ')', '）'])
        .nth(1)
        .unwrap_or_default();
    [words, outside, inside]
        .into_iter()
        .find_map(|name| role_of_name(name.trim_matches(|char| !is_word_part(char))))
}

/// Returns `title` without a number at its start, such as `2.` or `3.1`.
fn unnumbered(title: &str) -> &str {
    title.trim_start_matches(|char: char| {
        char.is_ascii_digit() || char == '.' || !is_word_part(char)
    })
}

fn role_of_name(name: &str) -> Option<Role> {
    let index = &*INDEX;
    let exact = index.roles.get(name).copied();
    exact.or_else(|| {
        (!name.is_empty() && index.requirements_end.iter().any(|end| name.ends_with(end)))
            .then_some(Role::Requirements)
    })
}

impl Aliases {
    /// Returns the names of sections, those that win first.
    fn roles(&self) -> [(Role, &'static [&'static str]); 11] {
        [
            (Role::Criteria, self.criteria),
            (Role::Introduction, self.introduction),
            (Role::Glossary, self.glossary),
            (Role::Requirements, self.requirements),
            (Role::Stories, self.stories),
            (Role::Aside, self.aside),
            (Role::Current, self.current),
            (Role::Expected, self.expected),
            (Role::Unchanged, self.unchanged),
            (Role::Design, self.design),
            (Role::Tasks, self.tasks),
        ]
    }
}

/// The names of all languages for one thing, ready to be looked up.
#[derive(Debug)]
pub(crate) struct Names {
    /// By the byte that a text begins with, in either case, the names that it may begin with: most
    /// texts are done with at once.
    names: Vec<&'static str>,
    /// Where the names of each byte begin in that list; behind the last byte, where they end. A
    /// list for each byte would take ten times the room.
    begins: [u16; 257],
}

impl Names {
    fn new(names: fn(&Aliases) -> &'static [&'static str]) -> Self {
        let mut by_first: Vec<(u8, &'static str)> = Vec::new();
        for name in LANGUAGES
            .iter()
            .flat_map(|language| names(language).iter().copied())
        {
            for byte in first_bytes(name) {
                by_first.insert(
                    by_first.partition_point(|(first, _)| *first <= byte),
                    (byte, name),
                );
            }
        }
        let begin = |byte| by_first.partition_point(|(first, _)| usize::from(*first) < byte);
        let begins = std::array::from_fn(|byte| u16::try_from(begin(byte)).unwrap_or(u16::MAX));
        Self {
            names: by_first.into_iter().map(|(_, name)| name).collect(),
            begins,
        }
    }

    /// Returns the names that a text may begin with which begins with `byte`.
    fn beginning(&self, byte: u8) -> &[&'static str] {
        let place = |index: usize| usize::from(self.begins[index]);
        &self.names[place(byte.into())..place(usize::from(byte) + 1)]
    }

    /// Measures each name that `text` begins with, whatever follows.
    pub(crate) fn starts(&self, text: &str) -> impl Iterator<Item = usize> {
        let names = text
            .bytes()
            .next()
            .map_or(&[][..], |byte| self.beginning(byte));
        names
            .iter()
            .filter_map(move |name| prefix_length(text, name))
    }

    /// Measures the longest name at the start of `text` that ends where a word ends.
    pub(crate) fn word_length(&self, text: &str) -> Option<usize> {
        let ends = |length: &usize| {
            let last_is_wide = text[..*length].ends_with(is_caseless);
            last_is_wide || !text[*length..].starts_with(char::is_alphabetic)
        };
        self.starts(text).filter(ends).max()
    }

    /// Returns whether `label`, without the marks around it and a remark in parentheses, is one of
    /// the names.
    pub(crate) fn has_label(&self, label: &str) -> bool {
        let is_mark = |char| !is_word_part(char) && !matches!(char, ')' | '）');
        let label = label.trim_start_matches(is_mark);
        if label
            .bytes()
            .next()
            .is_none_or(|byte| self.beginning(byte).is_empty())
        {
            return false;
        }
        let label = label.trim_end_matches(is_mark);
        let outside = label
            .split(['(', '（'])
            .next()
            .unwrap_or_default()
            .trim_end_matches(|char| !is_word_part(char));
        self.starts(outside).any(|length| length == outside.len())
    }
}

/// The whole table, turned from languages to things.
#[derive(Debug)]
pub(crate) struct Index {
    roles: HashMap<&'static str, Role>,
    requirements_end: Vec<&'static str>,
    /// See [`Aliases::criteria`].
    pub(crate) criteria: Names,
    /// See [`Aliases::requirement`].
    pub(crate) requirement: Names,
    /// See [`Aliases::story`].
    pub(crate) story: Names,
    /// See [`Aliases::story_start`].
    pub(crate) story_start: Names,
    /// See [`Aliases::property`].
    pub(crate) property: Names,
    /// See [`Aliases::criterion`].
    pub(crate) criterion: Names,
    /// See [`Aliases::references`].
    pub(crate) references: Names,
    /// See [`Aliases::pointers`].
    pub(crate) pointers: Names,
    /// See [`Aliases::validates`].
    pub(crate) validates: Names,
    /// See [`Aliases::depends`].
    pub(crate) depends: Names,
    /// See [`Aliases::task`].
    pub(crate) task: Names,
    /// See [`Aliases::all`].
    pub(crate) all: Names,
    /// See [`Aliases::all_requirements`].
    pub(crate) all_requirements: Names,
    /// See [`Aliases::none`].
    pub(crate) none: Names,
    /// See [`Aliases::through`].
    pub(crate) through: Names,
    /// See [`Aliases::from`].
    pub(crate) from: Names,
    /// See [`Aliases::counted`].
    pub(crate) counted: Names,
    /// See [`Aliases::and`].
    pub(crate) and: Names,
    /// See [`Aliases::except`].
    pub(crate) except: Names,
    /// See [`Aliases::excepted`].
    pub(crate) excepted: Names,
}

/// The index, made at the first use.
pub(crate) static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut roles = HashMap::new();
    for (role, names) in LANGUAGES.iter().flat_map(Aliases::roles) {
        for name in names {
            roles.entry(*name).or_insert(role);
        }
    }
    Index {
        roles,
        requirements_end: LANGUAGES
            .iter()
            .flat_map(|language| language.requirements_end)
            .copied()
            .collect(),
        criteria: Names::new(|names| names.criteria),
        requirement: Names::new(|names| names.requirement),
        story: Names::new(|names| names.story),
        story_start: Names::new(|names| names.story_start),
        property: Names::new(|names| names.property),
        criterion: Names::new(|names| names.criterion),
        references: Names::new(|names| names.references),
        pointers: Names::new(|names| names.pointers),
        validates: Names::new(|names| names.validates),
        depends: Names::new(|names| names.depends),
        task: Names::new(|names| names.task),
        all: Names::new(|names| names.all),
        all_requirements: Names::new(|names| names.all_requirements),
        none: Names::new(|names| names.none),
        through: Names::new(|names| names.through),
        from: Names::new(|names| names.from),
        counted: Names::new(|names| names.counted),
        and: Names::new(|names| names.and),
        except: Names::new(|names| names.except),
        excepted: Names::new(|names| names.excepted),
    }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_of_headings() {
        for (title, expected) in [
            ("Introduction", Some(Role::Introduction)),
            ("1. Overview", Some(Role::Introduction)),
            ("简介", Some(Role::Introduction)),
            ("はじめに", Some(Role::Introduction)),
            ("소개 (Introduction)", Some(Role::Introduction)),
            ("Обзор", Some(Role::Introduction)),
            ("術語表", Some(Role::Glossary)),
            ("用語集", Some(Role::Glossary)),
            ("Glossário", Some(Role::Glossary)),
            ("2. Functional Requirements", Some(Role::Requirements)),
            ("Требования", Some(Role::Requirements)),
            ("Functional", Some(Role::Requirements)),
            ("2. Non-Functional", Some(Role::Requirements)),
            ("Нефункциональные", Some(Role::Requirements)),
            ("非功能", Some(Role::Requirements)),
            ("非機能要求", Some(Role::Requirements)),
            ("User Stories", Some(Role::Stories)),
            ("ユーザーストーリー", Some(Role::Stories)),
            ("Acceptance Criteria", Some(Role::Criteria)),
            ("**Acceptance Criteria:**", Some(Role::Criteria)),
            ("验收标准", Some(Role::Criteria)),
            ("受け入れ基準", Some(Role::Criteria)),
            ("승인 기준 (Acceptance Criteria)", Some(Role::Criteria)),
            ("Critérios de Aceitação", Some(Role::Criteria)),
            ("Criterios de Aceptación", Some(Role::Criteria)),
            ("Akzeptanzkriterien", Some(Role::Criteria)),
            ("Critères d'acceptation", Some(Role::Criteria)),
            ("Критерии приёмки", Some(Role::Criteria)),
            ("未決定事項（設計フェーズで決定）", Some(Role::Aside)),
            ("Current Behavior (Defect)", Some(Role::Current)),
            ("期望行为（正确）", Some(Role::Expected)),
            (
                "Unchanged Behavior (Regression Prevention)",
                Some(Role::Unchanged),
            ),
            ("Requirement 1", None),
            ("Login", None),
            ("", None),
        ] {
            assert_eq!(role_of(title), expected, "{title:?}");
        }
    }

    #[test]
    fn labels_and_words() {
        assert!(INDEX.story.has_label("**用户故事"));
        assert!(INDEX.story.has_label("User Story (P1)"));
        assert!(!INDEX.story.has_label("User"));
        assert_eq!(INDEX.requirement.word_length("Requirements 1"), Some(12));
        assert_eq!(INDEX.requirement.word_length("要件1"), Some(6));
        assert_eq!(INDEX.requirement.word_length("Requirementless"), None);
    }

    #[test]
    fn names_are_lower_case() {
        for language in LANGUAGES {
            for name in [
                language.criteria,
                language.requirement,
                language.references,
                language.introduction,
                language.aside,
            ]
            .concat()
            {
                assert_eq!(name, name.to_lowercase());
            }
        }
    }
}
