//! Which headings are requirements, and what the other sections are.

use super::{Label, Requirement, leading_label};
use crate::markdown::{BlockKind, Document, list_line};
use crate::spec::aliases::{INDEX, Role, role_of};
use crate::spec::id::{IdShape, read_id};
use crate::spec::outline::Section;
use crate::spec::source_str::{SourceStr, is_caseless};
use crate::text::Text;

/// What a section is to the reader of criteria.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// The introduction.
    Introduction,
    /// The glossary.
    Glossary,
    /// Acceptance criteria, of a requirement or of none.
    Criteria,
    /// The body of a requirement.
    Body,
    /// A section for requirements, outside of any.
    Loose,
    /// Nothing that holds criteria.
    Elsewhere,
}

/// The requirements of a document and what each of its sections is.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// The requirements, still without stories.
    pub(super) requirements: Vec<Requirement>,
    /// For each section, what it is.
    pub(super) zones: Vec<Zone>,
    /// For each section, the requirement that it belongs to.
    pub(super) owners: Vec<Option<usize>>,
}

/// Says what each section is.
pub(super) fn plan(text: &Text, document: &Document, sections: &[Section]) -> Plan {
    let mut roles: Vec<_> = sections
        .iter()
        .map(|section| role_of(SourceStr::read(text, section.title).text))
        .collect();
    forget_title(sections, &mut roles);
    let mut planner = Planner {
        text,
        document,
        sections,
        roles,
        plan: Plan::default(),
    };
    for index in 0..sections.len() {
        planner.take(index);
    }
    planner.plan
}

/// Takes the role from the title of the document, which names the whole and no section; but not
/// where it is all there is.
fn forget_title(sections: &[Section], roles: &mut [Option<Role>]) {
    let titles = sections.iter().filter(|section| section.level == 1).count();
    let holds = |role: &Option<Role>| matches!(role, Some(Role::Requirements | Role::Stories));
    let others = roles.iter().skip(1).any(holds);
    if let (1, Some(1), Some(role)) = (
        titles,
        sections.first().map(|section| section.level),
        roles.first_mut(),
    ) && (others || !holds(role))
    {
        *role = None;
    }
}

struct Planner<'a> {
    text: &'a Text,
    document: &'a Document,
    sections: &'a [Section],
    roles: Vec<Option<Role>>,
    plan: Plan,
}

impl Planner<'_> {
    fn take(&mut self, index: usize) {
        let title = SourceStr::read(self.text, self.sections[index].title);
        let own = || HeadingId::read_own(title).filter(|own| self.is_free(own.id.text));
        let heading = HeadingId::read(title).or_else(own);
        if self.is_requirement(index, heading.as_ref()) {
            self.add_requirement(index, heading.as_ref());
            return;
        }
        let owner = self
            .requirement_around(index)
            .or_else(|| self.owner_before(index));
        let zone = self.zone(index, owner);
        self.plan.owners.push(owner);
        self.plan.zones.push(zone);
    }

    fn add_requirement(&mut self, index: usize, heading: Option<&HeadingId<'_>>) {
        let section = &self.sections[index];
        let parent = self.requirement_around(index);
        let number = self.plan.requirements.len();
        self.plan.requirements.push(Requirement {
            id: heading.map_or_else(
                || (number + 1).to_string(),
                |heading| heading.id.text.to_owned(),
            ),
            written: heading.map(|heading| heading.id.span()),
            title: heading.map_or(section.title, |heading| heading.title.span()),
            level: section.level,
            line: section.line,
            end_line: section.end_line,
            parent,
            story: None,
        });
        self.plan.owners.push(Some(number));
        self.plan.zones.push(Zone::Body);
    }

    /// Returns whether no requirement has this id so far.
    fn is_free(&self, id: &str) -> bool {
        let mut before = self.plan.requirements.iter();
        before.all(|before| before.id != id)
    }

    /// Returns whether the heading is a requirement's, by its own form first and by what stands
    /// around it second.
    fn is_requirement(&self, index: usize, heading: Option<&HeadingId<'_>>) -> bool {
        let form = heading.map(|heading| heading.form);
        if heading.is_some_and(|heading| self.goes_on(index, heading)) {
            return true;
        }
        if self.roles[index].is_some() && !matches!(form, Some(Form::Word | Form::Code)) {
            return false;
        }
        let around = self.role_around(index);
        let carries = || self.carries_criteria(index);
        let beside = matches!(
            around,
            Some(Role::Aside | Role::Glossary | Role::Introduction | Role::Design | Role::Tasks)
        );
        let within = matches!(
            around,
            Some(Role::Requirements | Role::Stories | Role::Criteria)
        );
        match form {
            _ if beside => carries(),
            Some(Form::Word | Form::Code) => true,
            Some(Form::Uncertain) => within || carries(),
            Some(Form::Number) => {
                self.number_fits(index, heading, within) || carries() || self.tells_story(index)
            }
            Some(Form::OwnWord) | None => {
                let tells = form.is_some() && within && self.tells_story(index);
                self.sections[index].level > 1
                    && self.requirement_around(index).is_none()
                    && (tells || carries())
            }
        }
    }

    /// Returns whether a bare number is the next after that of the requirement before, on the same
    /// level.
    fn goes_on(&self, index: usize, heading: &HeadingId<'_>) -> bool {
        let before = self
            .plan
            .requirements
            .last()
            .filter(|before| before.level == self.sections[index].level);
        let number = before.and_then(|before| before.id.parse::<u32>().ok());
        heading.form == Form::Number
            && number.is_some_and(|number| heading.id.text.parse() == Ok(number + 1))
    }

    /// Returns whether a bare number makes a requirement here: below a section for requirements, or
    /// going on the number of one above.
    fn number_fits(&self, index: usize, heading: Option<&HeadingId<'_>>, within: bool) -> bool {
        match (self.requirement_around(index), heading) {
            (Some(parent), Some(heading)) => heading
                .id
                .text
                .starts_with(&format!("{}.", self.plan.requirements[parent].id)),
            _ => within,
        }
    }

    /// Returns the requirement that the section around belongs to.
    fn requirement_around(&self, index: usize) -> Option<usize> {
        self.sections[index]
            .parent
            .and_then(|parent| self.plan.owners[parent])
    }

    /// Returns the role of the nearest section around that has one.
    fn role_around(&self, index: usize) -> Option<Role> {
        let mut parent = self.sections[index].parent;
        while let Some(index) = parent {
            if let Some(role) = self.roles[index] {
                return Some(role);
            }
            parent = self.sections[index].parent;
        }
        None
    }

    /// Returns whether a story or criteria stand right below the heading, or below a heading of
    /// their own right under it.
    fn carries_criteria(&self, index: usize) -> bool {
        let labelled = self.sections[index]
            .blocks
            .clone()
            .any(|block| self.has_label(block));
        let below = self.sections[index + 1..]
            .iter()
            .take_while(|section| section.level > self.sections[index].level);
        let headed = |(offset, section): (usize, &Section)| {
            section.parent == Some(index) && self.roles[index + 1 + offset] == Some(Role::Criteria)
        };
        labelled || below.enumerate().any(headed)
    }

    fn has_label(&self, block: usize) -> bool {
        let block = self.document.blocks[block];
        let line = self.text.lines()[block.first_line].content;
        let content = match block.kind {
            BlockKind::Paragraph => Some(line),
            BlockKind::Item => list_line(self.text.bytes(), line).map(|line| line.text),
            _ => None,
        };
        let label =
            content.and_then(|content| leading_label(SourceStr::read(self.text, content).trim()));
        matches!(
            label,
            Some((Label::Criteria | Label::Story | Label::Ears, _))
        )
    }

    /// Returns whether the first thing below the heading is a user story without a label.
    fn tells_story(&self, index: usize) -> bool {
        let mut blocks = self.sections[index]
            .blocks
            .clone()
            .map(|block| self.document.blocks[block]);
        let first = blocks.find(|block| block.kind != BlockKind::Blank);
        first.is_some_and(|block| {
            let line = self.text.lines()[block.first_line].content;
            let content = list_line(self.text.bytes(), line).map_or(line, |line| line.text);
            starts_story(SourceStr::read(self.text, content).text)
        })
    }

    /// Returns the requirement right before a section of criteria that stands on the requirement's
    /// own level.
    fn owner_before(&self, index: usize) -> Option<usize> {
        let section = &self.sections[index];
        if self.roles[index] != Some(Role::Criteria) {
            return None;
        }
        let mut before = (0..index)
            .rev()
            .filter(|before| self.sections[*before].level <= section.level);
        let before = before.find(|before| self.roles[*before] != Some(Role::Criteria))?;
        let is_heading =
            self.plan.zones[before] == Zone::Body && self.sections[before].level == section.level;
        if is_heading {
            self.plan.owners[before]
        } else {
            None
        }
    }

    fn zone(&self, index: usize, owner: Option<usize>) -> Zone {
        let section = &self.sections[index];
        let above = section.parent.map(|parent| self.plan.zones[parent]);
        match self.roles[index] {
            Some(Role::Criteria) => Zone::Criteria,
            Some(Role::Introduction) if owner.is_none() => Zone::Introduction,
            Some(Role::Glossary) => Zone::Glossary,
            Some(Role::Requirements | Role::Stories) if owner.is_none() => Zone::Loose,
            Some(Role::Aside | Role::Design | Role::Tasks) => Zone::Elsewhere,
            _ if owner.is_some() && above == Some(Zone::Elsewhere) => Zone::Body,
            _ => above.unwrap_or(Zone::Elsewhere),
        }
    }
}

/// Returns whether a text begins as a user story does.
pub(super) fn starts_story(text: &str) -> bool {
    let text = text.trim_start_matches(['*', '_', ' ']);
    INDEX.story_start.word_length(text).is_some()
        || text.contains("として、") && text.contains("したい")
}

/// Returns whether a title begins with an id that can only be that of a requirement:
/// `US-01: Create`, `Requirement 1: Create`. A criterion may be set in the same way: `AC-1: Open`.
pub(super) fn names_requirement(title: SourceStr<'_>) -> bool {
    HeadingId::read(title).is_some_and(|heading| {
        let word = heading
            .id
            .text
            .trim_end_matches(|char: char| !char.is_alphabetic());
        let is_criterion = INDEX.criterion.word_length(word) == Some(word.len());
        matches!(heading.form, Form::Word | Form::Code) && (word.is_empty() || !is_criterion)
    })
}

/// Returns whether a heading only names the story of the requirement around it.
pub(super) fn names_story(title: &str) -> bool {
    INDEX.story.has_label(title)
}

/// How sure a heading is to be a requirement's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// A word and a number: `Requirement 1`, `需求 1`.
    Word,
    /// A code of a known kind: `FR-1`, `US-2`, `R1`.
    Code,
    /// What only looks like a code: `UTF-8 support`.
    Uncertain,
    /// A number: `1. Title`, `1.2 Title`.
    Number,
    /// A number behind a word of the file's own: `Feature 1`, `故事 1`.
    OwnWord,
}

/// The id at the start of a heading, and the title behind it.
#[derive(Clone, Copy, Debug)]
struct HeadingId<'a> {
    id: SourceStr<'a>,
    title: SourceStr<'a>,
    form: Form,
}

/// Prefixes that name requirements, in their several languages. The first or the last part of a
/// prefix decides.
const PREFIXES: &[&str] = &[
    "R", "FR", "NFR", "REQ", "US", "BR", "UR", "SR", "TR", "CR", "IR", "QR", "PR", "NF", "F", "UC",
    "AC", "RF", "RNF", "HU", "EF", "ENF", "FA", "NFA", "ФТ", "НФТ", "БТ", "БЦ", "STORY", "SEC",
    "PERF",
];

impl<'a> HeadingId<'a> {
    fn read(title: SourceStr<'a>) -> Option<Self> {
        let start = title.map(|text| text.trim_start_matches(|char: char| !char.is_alphanumeric()));
        let word = INDEX.requirement.word_length(start.text);
        let behind_word = word.map(|length| {
            start
                .after(length)
                .trim_start_of(&[' ', '\u{a0}', '#', '№', ':', '：', '-', '.', '['])
        });
        let (id_start, worded) = match behind_word.filter(|behind| read_id(behind.text).is_some()) {
            Some(behind) if !is_code(start.text) => (behind, true),
            _ => (start, false),
        };
        let shape = read_id(id_start.text)?;
        let id = id_start.before(shape.length);
        let behind = id_start.after(shape.length);
        let form = if worded {
            Form::Word
        } else {
            form(id.text, shape, behind.text)?
        };
        Some(Self {
            id,
            title: behind_id(behind),
            form,
        })
    }
}

/// The longest word of a file's own before the numbers of its requirements, in characters.
const LONGEST_OWN_WORD: usize = 24;

impl<'a> HeadingId<'a> {
    /// Reads a number behind a word that means a requirement in this file only, if at all.
    fn read_own(title: SourceStr<'a>) -> Option<Self> {
        let start = title.map(|text| text.trim_start_matches(|char: char| !char.is_alphanumeric()));
        let at = start.text.find(|char: char| char.is_ascii_digit())?;
        let word = start.text[..at].trim_end_matches([' ', '\u{a0}', '#', '№']);
        let shape = read_id(&start.text[at..]).filter(|shape| shape.numbers == 1)?;
        let (id, behind) = (
            start.after(at).before(shape.length),
            start.after(at + shape.length),
        );
        (is_own_word(word, &start.text[word.len()..at]) && is_set_off(word, behind.text)).then(
            || Self {
                id,
                title: behind_id(behind),
                form: Form::OwnWord,
            },
        )
    }
}

/// Returns whether a word may be one that means a requirement, given what parts it from its number.
fn is_own_word(word: &str, gap: &str) -> bool {
    let others = [&INDEX.task, &INDEX.property, &INDEX.criterion];
    let is_other = others
        .iter()
        .any(|names| names.word_length(word) == Some(word.len()));
    let is_parted = !gap.is_empty() || word.ends_with(is_caseless);
    !word.is_empty()
        && word.chars().count() <= LONGEST_OWN_WORD
        && word.chars().all(|char| char.is_alphabetic() || char == ' ')
        && is_parted
        && !is_other
}

/// Returns whether a title is set off from the number before it: `Feature 1: Login`, but not
/// `Chapter 11 cases`. In a script without blanks one will do.
fn is_set_off(word: &str, behind: &str) -> bool {
    let signs: &[char] = &[
        ':', '：', '.', '．', '、', ')', ']', '-', '–', '—', '|', '(', '（',
    ];
    behind.trim_start().is_empty()
        || behind.trim_start().starts_with(signs)
        || behind.starts_with(' ') && word.ends_with(is_caseless)
}

/// Returns the title behind an id, without what parts the two.
fn behind_id(behind: SourceStr<'_>) -> SourceStr<'_> {
    let signs: &[char] = &[':', '：', '.', '．', '、', ')', ']', '-', '–', '—', '|'];
    let title = behind
        .trim_start_of(signs)
        .trim_start_of(&['*', '_'])
        .trim();
    let parted = title.trim_start_of(signs);
    let title = if parted.text.starts_with(' ') {
        parted.trim()
    } else {
        title
    };
    title.map(|text| text.trim_end_matches(['*', '_', ' ']))
}

/// Returns whether the text begins with a code such as `REQ-1` or `US-1`, whose letters are a
/// prefix and no word.
fn is_code(text: &str) -> bool {
    read_id(text).is_some_and(|shape| shape.prefix > 0)
}

fn form(id: &str, shape: IdShape, behind: &str) -> Option<Form> {
    let set_off = behind.is_empty()
        || behind.starts_with([':', '：', '.', ')', ']', '、', '*'])
        || behind.trim_start().starts_with(['-', '–', '—']);
    if shape.prefix == 0 {
        let short = id.split('.').all(|number| number.len() <= 3);
        let parted = set_off || behind.starts_with([' ', '\t']) || behind.starts_with(is_caseless);
        return (short && parted).then_some(Form::Number);
    }
    let mut parts = id[..shape.prefix]
        .split(['-', '_'])
        .filter(|part| !part.is_empty());
    let known = |part: Option<&str>| {
        part.is_some_and(|part| PREFIXES.contains(&part.to_uppercase().as_str()))
    };
    let named = known(parts.next()) || known(parts.next_back());
    Some(if named && (set_off || id[..shape.prefix].ends_with('-')) {
        Form::Code
    } else {
        Form::Uncertain
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_headings() {
        for (title, expected) in [
            ("Requirement 1: Login", Some(("1", "Login", Form::Word))),
            ("Requirement 1", Some(("1", "", Form::Word))),
            (
                "Requirement 39.3 (Delete)",
                Some(("39.3", "(Delete)", Form::Word)),
            ),
            ("Requirement 2A - Login", Some(("2A", "Login", Form::Word))),
            (
                "Requirement FR-1: Login",
                Some(("FR-1", "Login", Form::Word)),
            ),
            ("需求 3：登录", Some(("3", "登录", Form::Word))),
            ("需求3", Some(("3", "", Form::Word))),
            ("要件 6: 保存", Some(("6", "保存", Form::Word))),
            ("요구사항 1", Some(("1", "", Form::Word))),
            ("Requisito 1: Entrar", Some(("1", "Entrar", Form::Word))),
            ("Требование 1: Вход", Some(("1", "Вход", Form::Word))),
            (
                "Anforderung 1: Anmelden",
                Some(("1", "Anmelden", Form::Word)),
            ),
            (
                "Exigence 1 : Connexion",
                Some(("1", "Connexion", Form::Word)),
            ),
            ("User Story 2: Login", Some(("2", "Login", Form::Word))),
            ("US-001: ログイン", Some(("US-001", "ログイン", Form::Code))),
            ("FR-1: Login", Some(("FR-1", "Login", Form::Code))),
            (
                "✅ REQ-1: Login ✅",
                Some(("REQ-1", "Login ✅", Form::Code)),
            ),
            (
                "[REQ-CC-001] Login",
                Some(("REQ-CC-001", "Login", Form::Code)),
            ),
            ("R1: Login", Some(("R1", "Login", Form::Code))),
            ("AC-4.1: Login", Some(("AC-4.1", "Login", Form::Code))),
            ("2.1 .gitignore", Some(("2.1", ".gitignore", Form::Number))),
            ("1. Login", Some(("1", "Login", Form::Number))),
            ("1.2 Login", Some(("1.2", "Login", Form::Number))),
            ("2A Login", Some(("2A", "Login", Form::Number))),
            ("UTF-8 support", Some(("UTF-8", "support", Form::Uncertain))),
            ("S3 storage", Some(("S3", "storage", Form::Uncertain))),
            ("2024 plan", None),
            ("Login", None),
            ("Phase 1: Login", None),
            ("", None),
        ] {
            let found = HeadingId::read(SourceStr::new(title, 0))
                .map(|found| (found.id.text, found.title.text, found.form));
            assert_eq!(found, expected, "{title:?}");
        }
    }
}
