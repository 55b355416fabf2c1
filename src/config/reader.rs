//! Reading one file of the configuration, with a mistake for everything in it that cannot be used.

use std::ops::Range;
use std::path::PathBuf;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::table::{By, Choice, Kind, SETTINGS, Setting};
use super::{Config, keys, themes};
use crate::store::{Failure, exists, read};

/// A file of the configuration.
pub(super) struct Source {
    path: PathBuf,
    by: By,
}

/// A file that was read.
pub(super) struct Written<'a> {
    source: &'a Source,
    text: &'a str,
}

/// A name and what it was given.
type Entry<'a> = (&'a Spanned<DeString<'a>>, &'a Spanned<DeValue<'a>>);

impl Source {
    /// Returns the user's own configuration. It need not exist.
    pub(super) fn of_user(path: PathBuf) -> Self {
        let by = By::User;
        Self { path, by }
    }

    /// Returns a configuration that comes with a repository. It need not exist.
    pub(super) fn of_repository(path: PathBuf) -> Self {
        let by = By::Repository;
        Self { path, by }
    }
}

impl Written<'_> {
    /// Makes a mistake at a place of the file.
    pub(super) fn mistake(&self, span: Range<usize>, message: String) -> Failure {
        let before = self.text.as_bytes().iter().take(span.start);
        let line = 1 + before.filter(|byte| **byte == b'\n').count();
        Failure {
            line: Some(line),
            ..Failure::new(&self.source.path, message)
        }
    }
}

impl Config {
    /// Takes in a file, where it is there.
    pub(super) fn take(&mut self, source: &Source) {
        if !exists(&source.path) {
            return;
        }
        let bytes = match read(&source.path) {
            Ok((text, _)) => text,
            Err(failure) => return self.mistakes.push(failure),
        };
        match std::str::from_utf8(bytes.bytes()) {
            Ok(text) => self.take_text(source, text),
            Err(_) => self.mistakes.push(Failure::new(
                &source.path,
                "is not UTF-8, so nothing of it is used",
            )),
        }
    }

    /// Takes in the text of a file.
    pub(super) fn take_text(&mut self, source: &Source, text: &str) {
        let written = Written { source, text };
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut mistakes: Vec<Failure> = errors
            .iter()
            .map(|error| {
                let reason = format!("{}, so this line is not used", error.message());
                written.mistake(error.span().unwrap_or_default(), reason)
            })
            .collect();
        // Settings may name what stands below them.
        if let Some(value) = table.get_ref().get("themes") {
            mistakes.extend(themes::take(self, &written, value));
        }
        for entry in table.get_ref() {
            mistakes.extend(self.take_entry(&written, entry));
        }
        mistakes.sort_by_key(|mistake| mistake.line);
        mistakes.dedup_by_key(|mistake| mistake.line);
        self.mistakes.extend(mistakes);
    }

    fn take_entry(&mut self, written: &Written<'_>, entry: Entry<'_>) -> Vec<Failure> {
        let (name, value) = entry;
        let key: &str = name.get_ref();
        let setting = SETTINGS.iter().find(|setting| setting.name == key);
        let reason = match (setting, key) {
            (Some(setting), _) if setting.by == By::User && written.source.by != By::User => {
                foreign(key)
            }
            (Some(setting), _) => match self.set(setting, value.get_ref()) {
                Ok(()) => return Vec::new(),
                Err(reason) => reason,
            },
            (None, "themes") => return Vec::new(),
            (None, "keys") if written.source.by != By::User => foreign(key),
            (None, "keys") => return keys::take(self, written, value),
            (None, _) => {
                format!("{key} is no setting, so it is not used: `specboard config` lists all")
            }
        };
        vec![written.mistake(name.span(), reason)]
    }

    /// Sets something, or returns why that cannot be done.
    fn set(&mut self, setting: &Setting, value: &DeValue<'_>) -> Result<(), String> {
        let apply = match &setting.kind {
            Kind::Word(choices) => self.set_word(choices, value),
            Kind::Switch(apply) => value.as_bool().map(|is_on| {
                if is_on {
                    apply(self);
                }
            }),
            Kind::Theme(apply) => {
                let look = value.as_str().and_then(|name| self.theme(name));
                look.map(|look| apply(self, look))
            }
            Kind::Number(least, most, apply) => {
                let number = number(value).filter(|number| (*least..=*most).contains(number));
                number.map(|number| apply(self, number))
            }
        };
        if apply.is_none() {
            return Err(self.unfit(setting, value));
        }
        self.set.insert(setting.name, shown(value));
        Ok(())
    }

    fn set_word(&mut self, choices: &[Choice], value: &DeValue<'_>) -> Option<()> {
        let word = value.as_str()?;
        let choice = choices.iter().find(|choice| choice.word == word)?;
        (choice.apply)(self);
        Some(())
    }

    fn unfit(&self, setting: &Setting, value: &DeValue<'_>) -> String {
        format!(
            "{} cannot be {}, but {}: {} is used",
            setting.name,
            shown(value),
            setting.kind.words(self),
            self.value(setting)
        )
    }
}

impl Kind {
    /// Says what a setting can be, beside what else a configuration defines.
    pub(super) fn words(&self, config: &Config) -> String {
        let quoted = |word: &str| format!("\"{word}\"");
        match self {
            Self::Word(choices) => {
                let words = choices.iter().map(|choice| quoted(choice.word));
                words.collect::<Vec<_>>().join(" or ")
            }
            Self::Switch(_) => "true or false".to_owned(),
            Self::Theme(_) => {
                let names = config.theme_names().into_iter().map(quoted);
                names.collect::<Vec<_>>().join(" or ")
            }
            Self::Number(least, most, _) => format!("a number from {least} to {most}"),
        }
    }
}

/// Says that something is not for a configuration that comes with a repository.
fn foreign(key: &str) -> String {
    format!(
        "{key} is for your own configuration only, so it is not used: a repository may change looks and order"
    )
}

fn number(value: &DeValue<'_>) -> Option<i64> {
    let number = value.as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

/// Returns a value as it is written in TOML; of one that no setting has, only what it is.
fn shown(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("{text:?}"),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Boolean(is_on) => is_on.to_string(),
        other => format!("of the type {}", other.type_str()),
    }
}
