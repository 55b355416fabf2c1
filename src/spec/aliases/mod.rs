//! What headings and labels of spec files are called in each language, and the questions that are asked of that table.
//!
//! Knows no documents. The names are those of public repositories and of the tools that write such files; a new language is one row in
//! `table.rs`.

mod table;

pub(crate) use table::LANGUAGES;

use super::piece::{is_caseless, prefix_length};

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
    /// Labels of what a property or a test proves.
    pub(crate) validates: &'static [&'static str],
    /// Labels of the tasks that come first.
    pub(crate) depends: &'static [&'static str],
    /// Every requirement, when nothing follows.
    pub(crate) all: &'static [&'static str],
    /// Every requirement, whatever follows.
    pub(crate) all_requirements: &'static [&'static str],
    /// No requirement at all.
    pub(crate) none: &'static [&'static str],
    /// Between two ends of a range.
    pub(crate) through: &'static [&'static str],
    /// Between the last two of a list.
    pub(crate) and: &'static [&'static str],
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

/// Marks around the words of a heading or a label: emphasis, emoji, brackets, colons, dashes.
fn is_word_part(char: char) -> bool {
    char.is_alphanumeric()
}

/// Gives what the section with the heading `title` is. Numbers, emphasis and emoji around the words do not count, and of
/// `概要 (Overview)` either name will do.
pub(crate) fn role_of(title: &str) -> Option<Role> {
    let lower = title.to_lowercase();
    let words = unnumbered(&lower).trim_matches(|char| !is_word_part(char) && char != ')' && char != '）');
    let outside = words.split(['(', '（']).next().unwrap_or_default();
    let inside = words.split(['(', '（', ')', '）']).nth(1).unwrap_or_default();
    [words, outside, inside].into_iter().find_map(|name| role_of_name(name.trim_matches(|char| !is_word_part(char))))
}

/// Gives `title` without a number at its start, such as `2.` or `3.1`.
fn unnumbered(title: &str) -> &str {
    title.trim_start_matches(|char: char| char.is_ascii_digit() || char == '.' || !is_word_part(char))
}

fn role_of_name(name: &str) -> Option<Role> {
    if name.is_empty() {
        return None;
    }
    LANGUAGES.iter().find_map(|language| language.role_of(name))
}

impl Aliases {
    fn role_of(&self, name: &str) -> Option<Role> {
        let names = [
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
        ];
        let exact = names.iter().find(|(_, names)| names.contains(&name)).map(|(role, _)| *role);
        exact.or_else(|| self.requirements_end.iter().any(|end| name.ends_with(end)).then_some(Role::Requirements))
    }
}

/// Says whether `label`, without its marks, is one of the `names` of some language.
pub(crate) fn is_label(label: &str, names: fn(&Aliases) -> &'static [&'static str]) -> bool {
    let outside = label.split(['(', '（']).next().unwrap_or_default();
    let label = outside.trim_matches(|char| !is_word_part(char));
    !label.is_empty() && all_of(names).any(|name| name.len() == label.len() && prefix_length(label, name).is_some())
}

/// Gives the names of all languages.
pub(crate) fn all_of(names: fn(&Aliases) -> &'static [&'static str]) -> impl Iterator<Item = &'static str> {
    LANGUAGES.iter().flat_map(move |language| names(language).iter().copied())
}

/// Measures the longest of the `names` at the start of `text` that ends where a word ends.
pub(crate) fn word_length(text: &str, names: fn(&Aliases) -> &'static [&'static str]) -> Option<usize> {
    let ends = |length: &usize| {
        let last_is_wide = text[..*length].ends_with(is_caseless);
        last_is_wide || !text[*length..].starts_with(char::is_alphabetic)
    };
    all_of(names).filter_map(|name| prefix_length(text, name)).filter(ends).max()
}

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
            ("Unchanged Behavior (Regression Prevention)", Some(Role::Unchanged)),
            ("Requirement 1", None),
            ("Login", None),
            ("", None),
        ] {
            assert_eq!(role_of(title), expected, "{title:?}");
        }
    }

    #[test]
    fn labels_and_words() {
        assert!(is_label("**用户故事", |names| names.story));
        assert!(is_label("User Story (P1)", |names| names.story));
        assert!(!is_label("User", |names| names.story));
        assert_eq!(word_length("Requirements 1", |names| names.requirement), Some(12));
        assert_eq!(word_length("要件1", |names| names.requirement), Some(6));
        assert_eq!(word_length("Requirementless", |names| names.requirement), None);
    }

    #[test]
    fn names_are_lower_case() {
        for language in LANGUAGES {
            for name in [language.criteria, language.requirement, language.references, language.introduction, language.aside].concat() {
                assert_eq!(name, name.to_lowercase());
            }
        }
    }
}
