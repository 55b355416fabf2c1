//! EARS: which clauses a criterion is made of, and which pattern they make.
//!
//! Works on one string and knows no documents. The rules are Alistair Mavin's "Easy Approach to
//! Requirements Syntax": zero or many preconditions, zero or one trigger, one system name, one or
//! many responses. Accepted beside them: `THEN` or none, `SHALL CONTINUE TO`, `FOR ALL x`, a
//! condition behind the response, any order, keywords in upper case, capitalised or bold, and the
//! words of other languages. Given, When and Then together are another style, which is named and
//! not judged.

mod clauses;
mod keywords;
mod names;
mod steps;
mod verbs;
mod words;

pub use clauses::parse;
pub(crate) use steps::Step;

use crate::text::Span;

/// The pattern of a criterion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pattern {
    /// The *system* shall *response*.
    Ubiquitous,
    /// While *precondition*, the *system* shall *response*.
    StateDriven,
    /// When *trigger*, the *system* shall *response*.
    EventDriven,
    /// Where *feature is included*, the *system* shall *response*.
    OptionalFeature,
    /// If *trigger*, then the *system* shall *response*.
    UnwantedBehaviour,
    /// Several sorts of conditions.
    Complex,
    /// Given *context*, when *event*, then *outcome*: another style.
    GivenWhenThen,
    /// No pattern.
    #[default]
    None,
}

impl Pattern {
    /// Returns the name that the command line prints.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ubiquitous => "ubiquitous",
            Self::StateDriven => "state-driven",
            Self::EventDriven => "event-driven",
            Self::OptionalFeature => "optional-feature",
            Self::UnwantedBehaviour => "unwanted-behaviour",
            Self::Complex => "complex",
            Self::GivenWhenThen => "given-when-then",
            Self::None => "none",
        }
    }
}

/// What a clause says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClauseKind {
    /// The context of the other style.
    Given,
    /// What it holds for: `FOR ALL`.
    ForAll,
    /// A state: `WHILE`.
    While,
    /// An event: `WHEN`.
    When,
    /// A feature that may be missing: `WHERE`.
    Where,
    /// Something unwanted: `IF`.
    If,
    /// The mark before what follows: `THEN`. Its text is empty where a system is named behind it.
    Then,
    /// Who responds.
    System,
    /// What must happen: `SHALL`.
    Shall,
}

/// One clause of a criterion. Spans are offsets into the criterion's own text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clause {
    /// What it says.
    pub kind: ClauseKind,
    /// The word that says so; empty for a system that no article names, and for a response that
    /// only the form of its verb shows. In languages that put it last it stands behind the text.
    pub keyword: Span,
    /// What the word is about, without blanks and the comma at the end.
    pub text: Span,
}

/// A criterion cut into clauses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ears {
    /// The pattern that the clauses make.
    pub pattern: Pattern,
    /// The clauses, in the order of the text. Empty where there is no pattern.
    pub clauses: Vec<Clause>,
}

#[cfg(test)]
mod tests;
